//! What a judgement is made of: rows that breach, shares, steps, branches, members of a variation.

use std::cmp::Reverse;

use crate::base::{Lang, Number, Text};
use crate::model::value::{CellRef, Range, Truth};
use crate::model::ast::{Grade, Wanted};
use crate::model::op::Compare;
use crate::model::verdict::{Figure, Form, Grades, Judged, Limit, Outcome, Part};
use crate::report::figure;
use crate::report::page::{Page, ordinal};
use crate::report::phrase::{self, Word};

use super::body;
use super::lines::{Lines, Tone, clip};

/// How many rows or members are printed with one finding.
const MOST: usize = 20;
/// How many members of a variation are printed.
const MOST_MEMBERS: usize = 10;
/// A share of the spread is shown as a percent of two decimals.
pub const SHARE_DECIMALS: u32 = 4;
/// Up to so many branches of k of n are printed one by one.
pub const FEW: usize = 9;

/// All parts of a judgement. `table` is that of the row that was asked.
pub fn parts(page: &Page, lines: &mut Lines, rule: usize, found: &Judged, indent: usize, table: Option<usize>) {
    for (at, part) in found.parts.iter().enumerate() {
        let number = ordinal(&found.parts, at);
        match part {
            Part::Step(of) => nested(page, lines, rule, (of, &phrase::step(number)), indent, table),
            Part::Operand(of) => nested(page, lines, rule, (of, &operand(of, number)), indent, table),
            // That there are none is said by the reason, where one is open for want of them.
            Part::Counts { asked: 0, .. } if found.outcome == Outcome::Undecided => {}
            Part::Counts { asked, not_met, undecided, not_applicable, .. } => {
                let said = phrase::counts(*asked, (*not_met, row_word(found)), *undecided, *not_applicable);
                lines.labelled(indent, phrase::ROWS.get(lines.lang), Tone::Plain, said.get(lines.lang));
            }
            Part::Share { numerator, denominator, .. } if division(found).is_none() => share(lines, indent, numerator, denominator),
            Part::ForEvery { quantity, groups } => labelled(lines, indent, &phrase::groups(&quantity.plain(2), &groups.plain(2))),
            Part::Exception { .. } => exception(page, lines, part, indent, table),
            Part::Share { .. } | Part::Branch { .. } | Part::Row { .. } | Part::Member { .. } => {}
        }
    }
    branches(page, lines, rule, found, indent);
    rows(page, lines, rule, found, indent);
    members(page, lines, found, indent);
}

/// An exception that holds, or may: what it comes to, what the rule would come to without it, where it is written.
fn exception(page: &Page, lines: &mut Lines, part: &Part, indent: usize, table: Option<usize>) {
    let Part::Exception { rule, at, applies, outcome, judged, otherwise } = part else { return };
    let Some(def) = page.exception(*rule, *at) else { return };
    let lang = lines.lang;
    let text = |word: phrase::Word| Text::new(word.get(Lang::En), word.get(Lang::Zh));
    let mut said = vec![if *applies == Truth::True { text(outcome.word()) } else { phrase::perhaps(&text(outcome.word())) }];
    said.extend(otherwise.map(|otherwise| phrase::otherwise(&text(otherwise.word()))));
    said.push(phrase::exception_state(phrase::Standing::of(def.period, page.verdict.as_of), def.period));
    said.extend(def.waiver.as_ref().map(phrase::waived));
    said.extend(def.cites.iter().map(|source| phrase::source(source)));
    let said = Text::join(&said, ", ", "，");
    lines.labelled(indent, phrase::EXCEPTION.get(lang), Tone::Plain, &format!("{}{}{}", Page::exception_name(def).get(lang), phrase::COLON.get(lang), said.get(lang)));
    if let Some(judged) = judged {
        body::judged(page, lines, *rule, &page.veil(judged, table), indent + 2, table);
    }
}

fn labelled(lines: &mut Lines, indent: usize, text: &Text) {
    lines.labelled(indent, phrase::PARTS.get(lines.lang), Tone::Plain, text.get(lines.lang));
}

fn nested(page: &Page, lines: &mut Lines, rule: usize, (of, name): (&Judged, &Text), indent: usize, table: Option<usize>) {
    let head = format!("{}{}{}", name.get(lines.lang), phrase::COLON.get(lines.lang), of.outcome.word().get(lines.lang));
    lines.line(indent, Tone::of(of.outcome), &head);
    let shown = page.veil(of, table);
    body::judged(page, lines, rule, &if of.outcome == Outcome::Met { without_rows(shown) } else { shown }, indent + 2, table);
}

/// Of what is met beside what is not, no row is a reason: its figure is enough.
fn without_rows(mut found: Judged) -> Judged {
    let (rows, others): (Vec<Part>, Vec<Part>) = found.parts.into_iter().partition(|part| matches!(part, Part::Row { .. }));
    let told = |cell: &CellRef| rows.iter().any(|part| matches!(part, Part::Row { judged, .. } if judged.cells.contains(cell)));
    found.cells.retain(|cell| !told(cell));
    found.parts = others;
    found
}

/// What is said of the rows that are listed: not met where too few satisfy, counted where too many do.
fn row_word(found: &Judged) -> Word {
    let Limit::Number { number: limit, op, .. } = &found.limit else { return Outcome::NotMet.word() };
    let is_over = matches!(&found.value, Figure::Number { number, .. } if number > limit) || matches!(&found.value, Figure::Bounds { range: Range { low: Some(low), .. }, .. } if low > limit);
    let counts = op.is_ceiling() || *op == Compare::Eq && is_over;
    if counts && matches!(found.form, Form::Share | Form::Count | Form::Comparison) { phrase::COUNTED } else { Outcome::NotMet.word() }
}

/// A grade line goes by its grade, any other requirement by its number.
fn operand(of: &Judged, number: usize) -> Text {
    of.grades.and_then(Grades::single).map_or_else(|| phrase::operand(number), |grade| grade.word().text())
}

/// The division that a known share is: `28 ÷ 312`, and what it is without those that stand outside.
pub fn division(found: &Judged) -> Option<(String, Option<Text>)> {
    let mut shares = found.parts.iter().filter_map(|part| if let Part::Share { numerator, denominator, outside } = part { Some((numerator, denominator, outside)) } else { None });
    let (numerator, denominator, outside) = shares.next().filter(|_| shares.next().is_none())?;
    let (part, whole) = numerator.single().zip(denominator.single())?;
    let note = outside.filter(|count| *count > 0).map(|count| {
        let inside = part - &Number::count(count);
        let share = inside.div(whole).map_or_else(String::new, |share| format!(" = {}", figure::rounded_percent(&share)));
        phrase::outside(count, &format!("{} ÷ {}{share}", inside.plain(6), whole.plain(6)))
    });
    Some((format!("{} ÷ {}", part.plain(6), whole.plain(6)), note))
}

/// What is known of both sides of a share that is not.
fn share(lines: &mut Lines, indent: usize, numerator: &Range, denominator: &Range) {
    let lang = lines.lang;
    let side = |range: &Range| {
        let text = figure::range(range, lang, &|number| number.plain(6), &|text| text);
        if range.single().is_some() { text } else { format!("({text})") }
    };
    labelled(lines, indent, &format!("{} ÷ {}", side(numerator), side(denominator)).into());
}

/// Value, limit and distance on one line; nothing for a yes or a no, which its outcome says and its cell shows.
pub fn short(found: &Judged, lines: &Lines) -> String {
    let is_answer = |text: &Text| [phrase::YES, phrase::NO].iter().any(|word| word.text() == *text);
    if matches!((&found.value, &found.limit), (Figure::Text(_), Limit::Plain { op: Compare::Eq, text }) if is_answer(text)) {
        return String::new();
    }
    let limit = Some(figure::limit(&found.limit, found.show, lines.lang)).filter(|limit| !limit.is_empty());
    let limit = limit.map(|limit| phrase::limited(&limit).get(lines.lang).to_string());
    let said = [Some(body::value_words(found, lines.lang)), limit, body::distance(found, lines)];
    let said: Vec<String> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    said.join(phrase::COMMA.get(lines.lang))
}

pub fn named(key: &str, name: &Text, lang: Lang) -> String {
    let (key, name) = (clip(key), clip(name.get(lang)));
    if name == key || name.is_empty() { key } else { format!("{key} {name}") }
}

/// Rules that are named by `met`: each of its units, as far as they are listed.
fn named_rules(page: &Page, lines: &mut Lines, rule: usize, found: &Judged, indent: usize) {
    let all: Vec<&Part> = found.parts.iter().filter(|part| matches!(part, Part::Branch { .. })).collect();
    for part in all.iter().take(MOST) {
        branch(page, lines, rule, indent, part);
    }
    let (open, broke) = found.parts.iter().find_map(|part| if let Part::Counts { not_met, undecided, .. } = part { Some((*undecided, *not_met)) } else { None }).unwrap_or((0, 0));
    let deciding = if matches!(all.first(), Some(Part::Branch { outcome: Outcome::Undecided, .. })) { open } else { broke };
    more(lines, indent, all.len().max(usize::try_from(deciding).unwrap_or(usize::MAX)));
}

/// Branches of k of n. A few: each that is not met or open in full, the others by id. Many: by id, outcome by outcome.
fn branches(page: &Page, lines: &mut Lines, rule: usize, found: &Judged, indent: usize) {
    if found.form == Form::Plain {
        return named_rules(page, lines, rule, found, indent);
    }
    let all: Vec<(usize, Outcome, &Part)> = found.parts.iter().filter_map(|part| if let Part::Branch { rule, outcome, .. } = part { Some((*rule, *outcome, part)) } else { None }).collect();
    for outcome in [Outcome::NotMet, Outcome::Undecided, Outcome::Met, Outcome::NotApplicable, Outcome::Exempt] {
        let of: Vec<_> = all.iter().filter(|(_, found, _)| *found == outcome).collect();
        if all.len() <= FEW && matches!(outcome, Outcome::NotMet | Outcome::Undecided) {
            for (_, _, part) in of {
                branch(page, lines, rule, indent, part);
            }
        } else if outcome == Outcome::Met && matches!(found.form, Form::Rules { wanted: Wanted::Grade(_), .. }) {
            graded(page, lines, indent, &of.iter().map(|(.., part)| *part).collect::<Vec<_>>());
        } else if !of.is_empty() {
            let ids: Vec<String> = of.iter().map(|(rule, ..)| page.short_id(*rule)).collect();
            lines.line(indent, Tone::of(outcome), phrase::branches(outcome, ids.len(), &ids.join(phrase::LISTED.get(lines.lang))).get(lines.lang));
        }
    }
}

/// Branches that are met, by their grades.
fn graded(page: &Page, lines: &mut Lines, indent: usize, parts: &[&Part]) {
    for wanted in [Grade::Qualified, Grade::Basic] {
        let rule = |part: &&Part| if let Part::Branch { rule, grade: Some(grade), .. } = part { (*grade == wanted).then(|| page.short_id(*rule)) } else { None };
        let ids: Vec<String> = parts.iter().filter_map(rule).collect();
        if !ids.is_empty() {
            lines.line(indent, Tone::of(Outcome::Met), phrase::listed(wanted.word(), ids.len(), &ids.join(phrase::LISTED.get(lines.lang))).get(lines.lang));
        }
    }
}

/// A branch of k of n: rule, outcome, value, limit, percent of standard; its unit where that is not the one asked.
pub fn branch(page: &Page, lines: &mut Lines, asking: usize, indent: usize, part: &Part) {
    let Part::Branch { rule, unit, outcome, judged, attainment, .. } = part else { return };
    let lang = lines.lang;
    let title = page.rule(*rule).map(|rule| rule.names.text().get(lang).to_string()).unwrap_or_default();
    let mut head = named(&page.short_id(*rule), &title.into(), lang);
    if let Some(unit) = unit.as_ref().filter(|_| page.table_of(*rule) != page.table_of(asking)) {
        head = format!("{head} · {}", clip(&page.veil_branch_key(*rule, unit)));
    }
    let mut said = vec![outcome.word().get(lang).to_string()];
    said.extend(judged.as_ref().map(|found| short(&page.veil(found, page.table_of(*rule)), lines)).filter(|text| !text.is_empty()));
    said.extend(attainment.as_ref().map(|share| phrase::of_standard(&figure::rounded_percent(share)).get(lang).to_string()));
    lines.line(indent, Tone::of(*outcome), &format!("{head}{}{}", phrase::COLON.get(lang), said.join(phrase::COMMA.get(lang))));
}

/// Rows that breach or are open, each with its cells or reasons.
fn rows(page: &Page, lines: &mut Lines, rule: usize, found: &Judged, indent: usize) {
    let rows: Vec<&Part> = found.parts.iter().filter(|part| matches!(part, Part::Row { .. })).collect();
    let broke = row_word(found);
    for part in rows.iter().take(MOST) {
        let Part::Row { table, row, name, key, judged } = part else { continue };
        let judged = page.veil(judged, Some(*table));
        let (key, name) = page.row_unit(*table, *row, key, name);
        let outcome = if judged.outcome == Outcome::NotMet { broke } else { judged.outcome.word() };
        let mut said = vec![outcome.get(lines.lang).to_string()];
        let says_more = judged.form != Form::Plain || judged.limit != Limit::None;
        said.extend(Some(short(&judged, lines)).filter(|text| says_more && !text.is_empty()));
        let called = if page.is_keyed(*table) { named(&key, &name, lines.lang) } else { phrase::row(&clip(&key)).get(lines.lang).to_string() };
        let tone = if found.outcome == Outcome::Met { Tone::Plain } else { Tone::of(judged.outcome) };
        lines.line(indent, tone, &format!("{called}{}{}", phrase::COLON.get(lines.lang), said.join(phrase::COMMA.get(lines.lang))));
        body::evidence(page, lines, &judged, indent + 2);
        parts(page, lines, rule, &judged, indent + 2, Some(*table));
    }
    // A finding keeps the worst rows; how many there are stands in its counts.
    let is_open = matches!(rows.first(), Some(Part::Row { judged, .. }) if judged.outcome == Outcome::Undecided);
    let counted = found.parts.iter().find_map(|part| if let Part::Counts { not_met, undecided, .. } = part { usize::try_from(if is_open { *undecided } else { *not_met }).ok() } else { None });
    if !rows.is_empty() {
        more(lines, indent, rows.len().max(counted.unwrap_or(0)));
    }
}

fn more(lines: &mut Lines, indent: usize, of: usize) {
    if of > MOST {
        lines.line(indent, Tone::Faint, phrase::more(of - MOST).get(lines.lang));
    }
}

/// Members of a variation in a table, the largest share of the spread first.
fn members(page: &Page, lines: &mut Lines, found: &Judged, indent: usize) {
    for of_limit in [false, true] {
        let of = |part: &&Part| matches!(part, Part::Member { of_limit: is, .. } if *is == of_limit);
        members_of(page, lines, found.show, (of_limit, found.parts.iter().filter(of).collect()), indent);
    }
}

/// Those of one variation; of the one that is the limit under a line that says so.
fn members_of(page: &Page, lines: &mut Lines, show: u32, (of_limit, mut members): (bool, Vec<&Part>), indent: usize) {
    let share = |part: &Part| if let Part::Member { share, .. } = part { Some(share.clone()) } else { None };
    members.sort_by_cached_key(|part| Reverse(share(part)));
    let Some(Part::Member { unit, .. }) = members.first() else { return };
    let lang = lines.lang;
    if of_limit {
        lines.line(indent, Tone::Faint, phrase::MEMBERS_OF_LIMIT.get(lang));
    }
    let unit = if unit.is_plain() { String::new() } else { figure::unit_alone(unit, lang) };
    let head = [phrase::OF_SPREAD, phrase::MEMBER_VALUE, phrase::WEIGHT].map(|word| word.get(lang).to_string());
    let [share, value, weight] = head;
    let mut rows = vec![[share, value, weight, phrase::values_in(&unit).get(lang).to_string()]];
    let of = members.len();
    rows.extend(members.into_iter().take(MOST_MEMBERS).filter_map(|part| member(page, lang, show, part)));
    lines.table(indent, &rows);
    if of > MOST_MEMBERS {
        lines.line(indent, Tone::Faint, phrase::more(of - MOST_MEMBERS).get(lang));
    }
}

/// Share of the spread, value, weight, name.
fn member(page: &Page, lang: Lang, show: u32, part: &Part) -> Option<[String; 4]> {
    let Part::Member { table, row, name, key, value, unit, weight, share, .. } = part else { return None };
    let (key, name) = page.row_unit(*table, *row, key, name);
    Some([figure::rounded_percent(&share.round_half_up(SHARE_DECIMALS)), figure::shown(value, unit, show), weight.plain(4), named(&key, &name, lang)])
}
