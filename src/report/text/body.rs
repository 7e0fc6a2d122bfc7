//! One finding: the requirement as it was written, the value with numbers put in, the limit, the distance, rows and cells.

use crate::base::{Lang, Text};
use crate::model::plan::RuleDef;
use crate::model::value::{Cause, CauseCode, CellRef, Place};
use crate::model::verdict::{Figure, Finding, Form, Grades, Judged, Limit, Outcome, Part};
use crate::report::figure;
use crate::report::page::Page;
use crate::model::said;
use crate::report::phrase::{self, Standing, Word};
use crate::report::place::UnitView;

use super::lines::{Lines, Tone, clip};
use super::{parts, remedies};

/// How many rows of cells, and how many reasons, are printed with one finding.
const MOST_ROWS: usize = 8;

/// The rule: id, title, clause, and the requirement as the rule file has it.
pub fn heading(page: &Page, lines: &mut Lines, rule: usize) {
    let Some(def) = page.rule(rule) else { return };
    let title = def.names.text();
    let title = title.get(lines.lang);
    let mut head = page.short_id(rule);
    if title != head {
        head = format!("{head} {title}");
    }
    let ruling = page.plan.ruling(def, page.verdict.as_of);
    if !ruling.cites.is_empty() {
        head = format!("{head}  [{}]", ruling.cites.join("; "));
    }
    if let Some(kind) = phrase::kind(def.kind) {
        head = format!("{head}  · {}", kind.get(lines.lang));
    }
    lines.line(0, Tone::Strong, &head);
    let labels = ruling.when.iter().map(|node| (phrase::WHEN, node.span)).chain(ruling.require.iter().map(|node| (phrase::REQUIRE, node.span)).chain(ruling.grades.iter().map(|(grade, node)| (grade.word(), node.span))));
    for (at, (label, span)) in labels.enumerate() {
        let said = page.said.get(ruling.by.map_or(rule, |by| page.plan.rules.len() + by)).and_then(|said| said.get(at)).map(|said| said.get(lines.lang));
        match (page.words(span), said) {
            (words, Some(said)) if !is_in(words, lines.lang) => lines.labelled(2, label.get(lines.lang), Tone::Plain, said),
            (words, _) => requirement(lines, label.get(lines.lang), words),
        }
    }
    exceptions(page, lines, def);
}

/// Each exception of a rule, and whether it counts on the day.
fn exceptions(page: &Page, lines: &mut Lines, def: &RuleDef) {
    for exception in &def.exceptions {
        let state = phrase::exception_state(Standing::of(exception.period, page.verdict.as_of), exception.period);
        let name = Page::exception_name(exception);
        lines.labelled(2, phrase::EXCEPTION.get(lines.lang), Tone::Plain, &format!("{}{}{}", name.get(lines.lang), phrase::COLON.get(lines.lang), state.get(lines.lang)));
    }
}

/// Whether a rule's words are written in the reader's language.
fn is_in(words: &str, lang: Lang) -> bool {
    let is_chinese = words.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
    is_chinese == (lang == Lang::Zh)
}

fn requirement(lines: &mut Lines, label: &str, words: &str) {
    for (at, words) in words.lines().map(str::trim).filter(|words| !words.is_empty()).enumerate() {
        lines.labelled(2, if at == 0 { label } else { "" }, Tone::Plain, words);
    }
}

/// Unit, outcome (where it is not said by the section), and all that led there.
pub fn finding(page: &Page, lines: &mut Lines, finding: &Finding, says_outcome: bool, says_message: bool) {
    let view = page.unit(&finding.unit);
    let mut head = unit_words(page, lines, &view);
    if says_outcome {
        head = format!("{head}{}{}", phrase::COLON.get(lines.lang), finding.outcome.word().get(lines.lang));
    }
    if let Some(grade) = finding.judged.grades.and_then(Grades::single) {
        head = format!("{head}  · {}", grade.word().get(lines.lang));
    }
    if let Some(date) = finding.advance {
        head = format!("{head}  · {}", phrase::from_date(date).get(lines.lang));
    }
    lines.line(2, Tone::of(finding.outcome), &head);
    judged(page, lines, finding.rule, &page.veil(&finding.judged, finding.unit.table), 4, finding.unit.table);
    whatever(page, lines, finding);
    if says_message {
        message(page, lines, finding, 4);
    }
    remedies::of_finding(page, lines, finding, 4);
}

/// That nothing missing can change it, and what is missing.
fn whatever(page: &Page, lines: &mut Lines, finding: &Finding) {
    let missing: Vec<Text> = page.despite(finding).iter().map(|cause| page.reason(cause)).collect();
    if missing.is_empty() {
        return;
    }
    let mut said: Vec<Text> = missing.iter().take(MOST_ROWS).cloned().collect();
    said.extend((missing.len() > MOST_ROWS).then(|| phrase::more(missing.len() - MOST_ROWS)));
    let text = phrase::whatever(finding.outcome.word(), &Text::join(&said, "; ", "；"));
    lines.labelled(4, phrase::NOTE.get(lines.lang), Tone::Open, text.get(lines.lang));
}

/// What is wrong and what to do: said of what is not met, not of what is open.
pub fn message(page: &Page, lines: &mut Lines, finding: &Finding, indent: usize) {
    if finding.outcome != Outcome::NotMet {
        return;
    }
    for (label, text) in [phrase::MESSAGE, phrase::ADVISE].into_iter().zip(message_texts(page, finding)) {
        if let Some(text) = text {
            lines.labelled(indent, label.get(lines.lang), Tone::Plain, text.get(lines.lang));
        }
    }
}

/// The message and the advice of a finding as they may be shown.
pub fn message_texts(page: &Page, finding: &Finding) -> [Option<Text>; 2] {
    [&finding.message, &finding.advice_text].map(|text| text.as_ref().map(|text| page.veil_text(finding, text)))
}

/// `2121000001-primary 阳光小学`; with its county where there are several.
pub fn unit_words(page: &Page, lines: &Lines, view: &UnitView) -> String {
    if view.table.is_none() {
        return phrase::WHOLE.get(lines.lang).to_string();
    }
    let name = clip(view.name.get(lines.lang));
    let key = clip(&view.key);
    let mut words = if name == key || name.is_empty() { key } else { format!("{key} {name}") };
    let several = page.verdict.counties.len() > 1;
    for county in view.counties.iter().filter(|county| several && **county != view.key && !view.key.starts_with(&format!("{county}-"))) {
        words = format!("{words} · {}", clip(county));
    }
    words
}

/// A judgement that is veiled already.
pub fn judged(page: &Page, lines: &mut Lines, rule: usize, found: &Judged, indent: usize, table: Option<usize>) {
    // What is made of rows, steps or several requirements says everything there.
    let is_told_by_parts = match found.form {
        Form::OfWhom | Form::Several | Form::Graded => found.parts.iter().any(|part| matches!(part, Part::Step(_) | Part::Operand(_))),
        Form::Rows => found.parts.iter().any(|part| matches!(part, Part::Counts { .. })),
        _ => false,
    };
    if !is_told_by_parts {
        value(lines, found, indent);
        limit(page, lines, found, indent);
    }
    evidence(page, lines, found, indent);
    parts::parts(page, lines, rule, found, indent, table);
}

/// What has to be known beside the value: flags, reasons, cells. What a part says again is left to it.
pub fn evidence(page: &Page, lines: &mut Lines, found: &Judged, indent: usize) {
    notes(lines, found, indent);
    let within: Vec<&Judged> = found.parts.iter().filter_map(judged_within).collect();
    let causes: Vec<Cause> = found.reason.iter().filter(|cause| !within.iter().any(|part| part.reason.contains(cause))).copied().collect();
    reasons(page, lines, &causes, indent);
    // A cell that a reason names already stands there with what is wrong with it.
    let named = |cell: &CellRef| found.reason.iter().any(|cause| matches!(cause.at, Place::Cell(at) if page.origin_of(at) == page.origin_of(*cell)));
    let others: Vec<CellRef> = found.cells.iter().filter(|cell| !named(cell) && !within.iter().any(|part| part.cells.contains(cell))).copied().collect();
    // Of a variation the members are told, each with its value.
    if !found.parts.iter().any(|part| matches!(part, Part::Member { .. })) {
        cells(page, lines, &others, indent);
    }
}

/// The judgement that is printed in full beneath another.
fn judged_within(part: &Part) -> Option<&Judged> {
    match part {
        Part::Step(judged) | Part::Operand(judged) | Part::Row { judged, .. } | Part::Exception { judged: Some(judged), .. } => Some(judged),
        _ => None,
    }
}

fn value(lines: &mut Lines, found: &Judged, indent: usize) {
    let lang = lines.lang;
    let text = match parts::division(found) {
        Some((division, outside)) => {
            let value = figure::value(&found.value, found.show, lang);
            let outside = outside.map(|note| format!("{}{}", phrase::SEMICOLON.get(lang), note.get(lang))).unwrap_or_default();
            format!("{division} = {value}{outside}")
        }
        None => value_words(found, lang),
    };
    if !text.is_empty() {
        lines.labelled(indent, value_label(found.form).get(lang), Tone::Plain, &text);
    }
}

/// The arithmetic and what it comes to.
pub fn value_words(found: &Judged, lang: Lang) -> String {
    let value = figure::value(&found.value, found.show, lang);
    // Only a text comes from data as it stands; arithmetic is never cut.
    let value = if matches!(found.value, Figure::Text(_)) { clip(&value) } else { value };
    let working = figure::working(&found.working, &found.value, lang);
    match (working.as_str(), value.as_str()) {
        ("", value) => value.to_string(),
        (working, "") => working.to_string(),
        (working, value) if working == value => value.to_string(),
        (working, value) => format!("{working} = {value}"),
    }
}

fn value_label(form: Form) -> Word {
    match form {
        Form::Rows => phrase::ROWS,
        Form::Share | Form::OfWhom => phrase::SHARE,
        Form::Count => phrase::COUNT,
        Form::Rules { wanted, .. } => phrase::counted_rules(wanted),
        _ => phrase::VALUE,
    }
}

fn limit(page: &Page, lines: &mut Lines, found: &Judged, indent: usize) {
    let lang = lines.lang;
    let mut text = figure::limit(&found.limit, found.show, lang);
    if text.is_empty() {
        return;
    }
    let mut add = |more: &str| {
        text.push_str(phrase::COMMA.get(lang));
        text.push_str(more);
    };
    if let Some(distance) = distance(found, lines) {
        add(&distance);
    }
    if let Some(set) = page.set_by(found, lang) {
        add(set.get(lang));
    }
    if let Some(source) = &found.source {
        add(phrase::source(source).get(lang));
    }
    lines.labelled(indent, phrase::LIMIT.get(lang), Tone::Plain, &text);
}

/// How far from the limit, where that can be said.
pub fn distance(found: &Judged, lines: &Lines) -> Option<String> {
    let Limit::Number { number, unit, op, .. } = &found.limit else { return None };
    let margin = match (&found.margin, &found.value) {
        (Some(margin), _) => margin.clone(),
        (None, Figure::Spread { square }) => figure::root_margin(square, number, *op).0,
        (None, Figure::Real(real)) => figure::real_margin(real, number, *op).0,
        _ => return None,
    };
    let short = found.outcome == Outcome::NotMet;
    let enough = matches!(found.form, Form::Rules { .. }) && short && !margin.is_negative();
    if enough {
        return Some(phrase::rest_short().get(lines.lang).to_string());
    }
    if margin.is_zero() {
        return (short && op.is_strict()).then(|| phrase::at_limit().get(lines.lang).to_string());
    }
    // A margin on the other side than the outcome belongs to another requirement than this limit: nothing is said of it.
    let agrees = short == margin.is_negative() || !(op.is_floor() || op.is_ceiling());
    let size = figure::distance(&margin, unit, found.show, lines.lang);
    agrees.then(|| phrase::distance(&size, *op, short).get(lines.lang).to_string())
}

fn notes(lines: &mut Lines, found: &Judged, indent: usize) {
    let lang = lines.lang;
    if found.rounding_flips {
        let exact = match &found.value {
            Figure::Number { number, unit } => figure::precise(number, unit),
            Figure::Spread { square } => square.root_decimal(),
            Figure::Real(real) => real.decimal(),
            _ => String::new(),
        };
        let note = phrase::rounding_flips(found.show, found.outcome == Outcome::Met, &exact);
        lines.labelled(indent, phrase::NOTE.get(lang), Tone::Open, note.get(lang));
    }
    let said = found.reason.iter().any(|cause| cause.code == CauseCode::NotChecked);
    if found.unchecked && !said {
        lines.labelled(indent, phrase::NOTE.get(lang), Tone::Open, phrase::why(CauseCode::NotChecked).get(lang));
    }
}

fn reasons(page: &Page, lines: &mut Lines, causes: &[Cause], indent: usize) {
    let lang = lines.lang;
    for (at, cause) in causes.iter().take(MOST_ROWS).enumerate() {
        let label = if at == 0 { phrase::REASON.get(lang) } else { "" };
        lines.labelled(indent, label, Tone::Plain, page.reason(cause).get(lang));
    }
    more(lines, causes.len(), indent);
}

fn more(lines: &mut Lines, of: usize, indent: usize) {
    if of > MOST_ROWS {
        lines.labelled(indent, "", Tone::Faint, phrase::more(of - MOST_ROWS).get(lines.lang));
    }
}

/// `school.csv row 12: 教学及辅助用房总面积 ４２４６, 室内体育用房面积 200`: one line for each row.
fn cells(page: &Page, lines: &mut Lines, cells: &[CellRef], indent: usize) {
    let rows = cell_rows(page, lines, cells);
    for (at, (address, cells)) in rows.iter().take(MOST_ROWS).enumerate() {
        let label = if at == 0 { phrase::CELLS.get(lines.lang) } else { "" };
        let cells = cells.join(phrase::COMMA.get(lines.lang));
        lines.labelled(indent, label, Tone::Plain, &format!("{address}{}{cells}", phrase::COLON.get(lines.lang)));
    }
    more(lines, rows.len(), indent);
}

/// Cells joined by the row that they stand in, in order of first appearance.
fn cell_rows(page: &Page, lines: &Lines, cells: &[CellRef]) -> Vec<(String, Vec<String>)> {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for view in cells.iter().filter_map(|at| page.cell(*at)) {
        let address = phrase::address(&view).get(lines.lang).to_string();
        let raw = if view.raw.trim().is_empty() { said::BLANK.get(lines.lang).to_string() } else { clip(&view.raw) };
        let cell = format!("{} {raw}", view.column);
        match rows.iter_mut().find(|(known, _)| *known == address) {
            Some((_, cells)) if cells.contains(&cell) => {}
            Some((_, cells)) => cells.push(cell),
            None => rows.push((address, vec![cell])),
        }
    }
    rows
}
