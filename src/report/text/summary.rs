//! What it comes to: the outcome and the counties above, all rules in a table below.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use crate::base::Lang;
use crate::model::ast::Grade;
use crate::model::table::{Input, LeftOut, NoRecord, Origin};
use crate::model::verdict::{Finding, Grades, Judged, Outcome};
use crate::report::page::{Count, Page};
use crate::report::phrase;

use super::lines::{Lines, Tone, clip, fit, pad, visible};
use super::sections::is_main;

/// How many of the topmost rows are listed.
const MOST: usize = 20;
/// How many stretches of rows that were left out are named.
const MOST_LEFT_OUT: usize = 6;
/// No title is cut shorter than this.
const SHORTEST_TITLE: usize = 12;

/// Outcome, as-of date and counts; then each county.
pub fn head(page: &Page, lines: &mut Lines) {
    let lang = lines.lang;
    let verdict = page.verdict;
    let (outcome, as_of) = (verdict.outcome.word().get(lang), phrase::AS_OF.get(lang));
    let text = match lang {
        Lang::En => format!("{}: {outcome}, {as_of} {}", phrase::OUTCOME.get(lang), verdict.as_of),
        Lang::Zh => format!("{}：{outcome}（{as_of} {}）", phrase::OUTCOME.get(lang), verdict.as_of),
    };
    lines.line(0, Tone::of(verdict.outcome), &text);
    let count = Count::over(verdict.findings.iter().filter(|found| is_main(found)));
    let all = phrase::findings(Outcome::ALL.iter().map(|outcome| count.of(*outcome)).sum());
    lines.line(0, Tone::Plain, &format!("{}{}", all.get(lang), counted(count, lang)));
    let grades = graded(page, page.verdict.findings.iter().filter(|found| is_main(found)));
    if !grades.is_empty() {
        let said: Vec<String> = grades.iter().map(|(grade, count)| format!("{} {count}", grade.word().get(lang))).collect();
        lines.line(0, Tone::Plain, &format!("{}{}{}", phrase::GRADES.get(lang), phrase::COLON.get(lang), said.join(" · ")));
    }
    if count.of(Outcome::Undecided) > 0 {
        ends(page, lines);
    }
    unchecked(page, lines);
    left_out(page, lines);
    counties(page, lines);
}

/// `met 3 · undecided 1`: the outcomes that occur.
fn counted(count: Count, lang: Lang) -> String {
    let said = Outcome::ALL.iter().filter(|outcome| count.of(**outcome) > 0).map(|outcome| format!("{} {}", outcome.word().get(lang), count.of(*outcome)));
    said.collect::<Vec<_>>().join(" · ")
}

/// How often each grade was given by a graded rule; nothing where no rule is graded.
fn graded<'f>(page: &Page, findings: impl Iterator<Item = &'f Finding>) -> BTreeMap<Grade, usize> {
    let mut grades = BTreeMap::new();
    for grade in findings.filter(|found| page.is_graded(found.rule)).filter_map(|found| found.judged.grades.and_then(Grades::single)) {
        *grades.entry(grade).or_insert(0) += 1;
    }
    grades
}

/// What it comes to if every blank is worst, and if every blank is best.
fn ends(page: &Page, lines: &mut Lines) {
    let end = |of: fn(&Judged) -> Outcome| counted(Count::of_outcomes(page.verdict.findings.iter().filter(|found| is_main(found)).map(|found| of(&found.judged))), lines.lang);
    let worst = phrase::at_end(false, page.verdict.ends.worst.word(), &end(Judged::worst));
    let best = phrase::at_end(true, page.verdict.ends.best.word(), &end(Judged::best));
    for text in [worst, best] {
        lines.line(0, Tone::Plain, text.get(lines.lang));
    }
}

/// How many findings, met ones too, rest on standards that nobody has checked up to the day. A green report says it as well.
fn unchecked(page: &Page, lines: &mut Lines) {
    let count = page.unchecked();
    if let Some(since) = page.unchecked_since().filter(|_| count > 0) {
        lines.line(0, Tone::Open, phrase::resting_on_unchecked(count, since).get(lines.lang));
    }
}

/// How many rows of files are no records, and the first of them; blank ones are in the JSON report alone.
fn left_out(page: &Page, lines: &mut Lines) {
    let lang = lines.lang;
    let inputs = page.tables.tables.iter().filter_map(|table| if let Origin::HandedIn(input) = &table.origin { Some(input) } else { None });
    let told: Vec<(&Input, &LeftOut)> = inputs.flat_map(|input| input.left_out.iter().filter(|rows| rows.why != NoRecord::Blank).map(move |rows| (input, rows))).collect();
    if told.is_empty() {
        return;
    }
    let count: usize = told.iter().map(|(_, rows)| rows.rows()).sum();
    let (colon, comma) = (phrase::COLON.get(lang), phrase::LISTED.get(lang));
    let mut path = "";
    let mut text = format!("{}{colon}{count}", phrase::NO_RECORDS.get(lang));
    for (input, rows) in told.iter().take(MOST_LEFT_OUT) {
        let at = if input.path == path { comma.to_string() } else { format!("  · {} ", visible(&input.path)) };
        text = format!("{text}{at}{}", phrase::left_out(rows).get(lang));
        path = &input.path;
    }
    if told.len() > MOST_LEFT_OUT {
        text = format!("{text}  {}", phrase::more(told.len() - MOST_LEFT_OUT).get(lang));
    }
    lines.line(0, Tone::Plain, &text);
}

fn counties(page: &Page, lines: &mut Lines) {
    if page.verdict.counties.is_empty() {
        return;
    }
    let lang = lines.lang;
    lines.blank();
    // Of a choice the outcomes are those of what is listed, not of the whole county.
    let chosen = !(page.options.units.is_empty() && page.options.rules.is_empty());
    lines.line(0, Tone::Strong, &format!("{}{}", page.top_title().get(lang), if chosen { phrase::OF_WHAT_IS_LISTED.get(lang) } else { "" }));
    for county in page.verdict.counties.iter().take(MOST) {
        let key = page.veil_top_key(&county.key);
        let name = page.veil_top_name(&county.key, &county.name).get(lang).to_string();
        let named = if name.is_empty() || name == key { clip(&key) } else { format!("{} {}", clip(&key), clip(&name)) };
        let mut text = format!("{named}  {}", county.outcome.word().get(lang));
        if !county.levels.is_empty() {
            let levels: Vec<String> = county.levels.iter().filter_map(|rule| Some(page.rule(*rule)?.names.text().get(lang).to_string())).collect();
            text = format!("{text}  {}{}", phrase::REACHED.get(lang), levels.join(phrase::LISTED.get(lang)));
        }
        if !county.vetoes.is_empty() {
            let vetoes: Vec<String> = county.vetoes.iter().map(|rule| page.short_id(*rule)).collect();
            text = format!("{text}  {}{}", phrase::VETO_NOT_MET.get(lang), vetoes.join(", "));
        }
        lines.line(2, Tone::of(county.outcome), &text);
    }
    if page.verdict.counties.len() > MOST {
        lines.line(2, Tone::Faint, phrase::more(page.verdict.counties.len() - MOST).get(lang));
    }
}

/// A row for each rule; columns right under each other, Chinese too.
pub fn table(page: &Page, lines: &mut Lines) {
    if page.verdict.asked.is_empty() {
        return;
    }
    let lang = lines.lang;
    lines.blank();
    lines.line(0, Tone::Strong, phrase::SUMMARY.get(lang));
    let counts = page.counts();
    let always = [Outcome::Met, Outcome::NotMet, Outcome::Undecided];
    let shown: Vec<Outcome> = Outcome::ALL.into_iter().filter(|outcome| always.contains(outcome) || counts.values().any(|count| count.of(*outcome) > 0)).collect();
    let mut head = vec![phrase::RULE.get(lang).to_string(), phrase::ASKED.get(lang).to_string()];
    head.extend(shown.iter().map(|outcome| outcome.word().get(lang).to_string()));
    // What is met may be of one grade or of another.
    let grades: Vec<Grade> = graded(page, page.verdict.findings.iter()).into_keys().collect();
    head.extend(grades.iter().map(|grade| grade.word().get(lang).to_string()));
    head.push(phrase::TITLE.get(lang).to_string());
    let mut of_rules: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
    if !grades.is_empty() {
        page.verdict.findings.iter().for_each(|found| of_rules.entry(found.rule).or_default().push(found));
    }
    let mut rows = vec![head];
    // Rules that were not chosen have nothing to show.
    for asked in page.verdict.asked.iter().filter(|asked| page.options.rules.is_empty() && (page.options.units.is_empty() || asked.of > 0) || counts.contains_key(&asked.rule)) {
        let count = counts.get(&asked.rule).copied().unwrap_or_default();
        let title = page.rule(asked.rule).map(|rule| rule.names.text().get(lang).to_string()).unwrap_or_default();
        let mut row = vec![visible(&page.short_id(asked.rule)), format!("{}/{}", asked.asked, asked.of)];
        row.extend(shown.iter().map(|outcome| count.of(*outcome).to_string()));
        let of_rule = graded(page, of_rules.get(&asked.rule).into_iter().flatten().copied());
        row.extend(grades.iter().map(|grade| if page.is_graded(asked.rule) { of_rule.get(grade).copied().unwrap_or(0).to_string() } else { String::new() }));
        row.push(visible(&title));
        rows.push(row);
    }
    for row in laid_out(&rows, page.width) {
        lines.raw(Tone::Plain, &row);
    }
}

/// The first column to the left, numbers to the right, the last to the left and cut to what is left of the width.
fn laid_out(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns).map(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0)).collect();
    let before: usize = widths.iter().take(columns.saturating_sub(1)).map(|width| width + 2).sum();
    let left = width.saturating_sub(before + 2).max(SHORTEST_TITLE);
    let cell = |column: usize, text: &str| match column {
        0 => pad(text, widths[0], false),
        last if last + 1 == columns => fit(text, left),
        _ => pad(text, widths[column], true),
    };
    rows.iter().map(|row| format!("  {}", row.iter().enumerate().map(|(column, text)| cell(column, text)).collect::<Vec<_>>().join("  "))).collect()
}
