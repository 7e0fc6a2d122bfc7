//! What a judgement is made of: rows that breach, shares, steps, branches, members of a variation.

use crate::base::{Lang, Number, Text, Unit};
use crate::model::value::Range;
use crate::model::verdict::{Judged, Part};
use crate::report::figure;
use crate::report::page::{Page, ordinal};
use crate::report::phrase;

use super::body;
use super::lines::{Lines, Tone, clip};

/// How many rows or members are printed with one finding.
const MOST: usize = 20;

/// All parts of a judgement. `table` is that of the row that was asked.
pub fn parts(page: &Page, lines: &mut Lines, rule: usize, found: &Judged, indent: usize, table: Option<usize>) {
    for (at, part) in found.parts.iter().enumerate() {
        let number = ordinal(&found.parts, at);
        match part {
            Part::Step(of) => nested(page, lines, rule, (of, &phrase::step(number)), indent, table),
            Part::Operand(of) => nested(page, lines, rule, (of, &phrase::operand(number)), indent, table),
            Part::Counts { asked, met, not_met, undecided, not_applicable } => {
                labelled(lines, indent, &phrase::counts(*asked, *met, *not_met, *undecided, *not_applicable));
            }
            Part::Share { numerator, denominator, outside } => share(lines, indent, numerator, denominator, *outside),
            Part::ForEvery { quantity, groups } => labelled(lines, indent, &phrase::groups(&quantity.plain(2), &groups.plain(2))),
            Part::Branch { .. } => branch(page, lines, indent, part),
            Part::Row { .. } | Part::Member { .. } => {}
        }
    }
    rows(page, lines, rule, found, indent);
    members(page, lines, found, indent);
}

fn labelled(lines: &mut Lines, indent: usize, text: &Text) {
    lines.labelled(indent, phrase::PARTS.get(lines.lang), Tone::Plain, text.get(lines.lang));
}

fn nested(page: &Page, lines: &mut Lines, rule: usize, (of, name): (&Judged, &Text), indent: usize, table: Option<usize>) {
    let head = format!("{}{}{}", name.get(lines.lang), phrase::COLON.get(lines.lang), phrase::outcome(of.outcome).get(lines.lang));
    lines.line(indent, Tone::of(of.outcome), &head);
    body::judged(page, lines, rule, &page.veil(rule, of, table), indent + 2, table);
}

/// `28 ÷ 312 = 8.97%`, and what it is without those that stand outside.
fn share(lines: &mut Lines, indent: usize, numerator: &Range, denominator: &Range, outside: Option<u64>) {
    let lang = lines.lang;
    let side = |range: &Range| {
        let text = figure::range(range, lang, &|number| number.plain(6), &|text| text);
        if range.single().is_some() { text } else { format!("({text})") }
    };
    let ratio = |part: &Number, whole: &Number| part.div(whole).map(|share| figure::rounded_percent(&share));
    let singles = numerator.single().zip(denominator.single());
    let mut text = format!("{} ÷ {}", side(numerator), side(denominator));
    if let Some(share) = singles.and_then(|(part, whole)| ratio(part, whole)) {
        text = format!("{text} = {share}");
    }
    if let Some((count, (part, whole))) = outside.filter(|count| *count > 0).zip(singles) {
        let inside = part - &Number::int(i64::try_from(count).unwrap_or(i64::MAX));
        let share = ratio(&inside, whole).map_or_else(String::new, |share| format!(" = {share}"));
        let note = phrase::outside(count, &format!("{} ÷ {}{share}", inside.plain(6), whole.plain(6)));
        text = format!("{text}{}{}", phrase::SEMICOLON.get(lang), note.get(lang));
    }
    labelled(lines, indent, &text.into());
}

/// Value, limit and distance on one line.
fn short(found: &Judged, lines: &Lines) -> String {
    let limit = Some(figure::limit(&found.limit, lines.lang)).filter(|limit| !limit.is_empty());
    let limit = limit.map(|limit| phrase::limited(&limit).get(lines.lang).to_string());
    let said = [Some(body::value_words(found, lines.lang)), limit, body::distance(found, lines)];
    let said: Vec<String> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    said.join(phrase::COMMA.get(lines.lang))
}

fn named(key: &str, name: &Text, lang: Lang) -> String {
    let (key, name) = (clip(key), clip(name.get(lang)));
    if name == key || name.is_empty() { key } else { format!("{key} {name}") }
}

/// A branch of k of n: rule, outcome, value, limit, percent of standard.
fn branch(page: &Page, lines: &mut Lines, indent: usize, part: &Part) {
    let Part::Branch { rule, unit, outcome, judged, attainment } = part else { return };
    let lang = lines.lang;
    let title = page.rule(*rule).map(|rule| rule.names.text().get(lang).to_string()).unwrap_or_default();
    let mut head = named(&page.short_id(*rule), &title.into(), lang);
    if let Some(unit) = unit {
        head = format!("{head} · {}", clip(&page.veil_branch_key(*rule, unit)));
    }
    let mut said = vec![phrase::outcome(*outcome).get(lang).to_string()];
    said.extend(judged.as_ref().map(|found| short(&page.veil(*rule, found, page.table_of(*rule)), lines)).filter(|text| !text.is_empty()));
    said.extend(attainment.as_ref().map(|share| phrase::of_standard(&figure::rounded_percent(share)).get(lang).to_string()));
    lines.line(indent, Tone::of(*outcome), &format!("{head}{}{}", phrase::COLON.get(lang), said.join(phrase::COMMA.get(lang))));
}

/// Rows that breach or are open, each with its cells or reasons.
fn rows(page: &Page, lines: &mut Lines, rule: usize, found: &Judged, indent: usize) {
    let rows: Vec<&Part> = found.parts.iter().filter(|part| matches!(part, Part::Row { .. })).collect();
    for part in rows.iter().take(MOST) {
        let Part::Row { table, row, name, key, judged } = part else { continue };
        let judged = page.veil(rule, judged, Some(*table));
        let (key, name) = page.row_unit(*table, *row, key, name);
        let mut said = vec![phrase::outcome(judged.outcome).get(lines.lang).to_string()];
        said.extend(Some(short(&judged, lines)).filter(|text| !text.is_empty()));
        lines.line(indent, Tone::of(judged.outcome), &format!("{}{}{}", named(&key, &name, lines.lang), phrase::COLON.get(lines.lang), said.join(phrase::COMMA.get(lines.lang))));
        body::evidence(page, lines, &judged, indent + 2);
        parts(page, lines, rule, &judged, indent + 2, Some(*table));
    }
    more(lines, indent, rows.len());
}

fn more(lines: &mut Lines, indent: usize, of: usize) {
    if of > MOST {
        lines.line(indent, Tone::Faint, phrase::more(of - MOST).get(lines.lang));
    }
}

/// Members of a variation, the largest share of the spread first.
fn members(page: &Page, lines: &mut Lines, found: &Judged, indent: usize) {
    let mut members: Vec<(&Number, String, String)> = found.parts.iter().filter_map(|part| member(page, lines.lang, found.show, part)).collect();
    members.sort_by(|a, b| b.0.cmp(a.0));
    for (_, name, said) in members.iter().take(MOST) {
        lines.line(indent, Tone::Plain, &format!("{name}{}{said}", phrase::COLON.get(lines.lang)));
    }
    more(lines, indent, members.len());
}

fn member<'f>(page: &Page, lang: Lang, show: u32, part: &'f Part) -> Option<(&'f Number, String, String)> {
    let Part::Member { table, row, name, key, value, unit, weight, term, share } = part else { return None };
    let (key, name) = page.row_unit(*table, *row, key, name);
    let figure = |number: &Number, unit: &Unit| figure::with_unit(figure::shown(number, unit, show), unit, lang);
    let said = phrase::member(&figure(value, unit), &weight.plain(4), &term.plain(6), &figure::rounded_percent(share));
    Some((share, named(&key, &name, lang), said.get(lang).to_string()))
}
