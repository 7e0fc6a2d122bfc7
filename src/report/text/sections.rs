//! The findings, sorted by what a reader has to do about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Lang, Text};
use crate::model::ast::RuleKind;
use crate::model::value::CauseCode;
use crate::model::verdict::{Finding, Outcome};
use crate::report::page::Page;
use crate::report::phrase::{self, Word};

use super::body;
use super::lines::{Lines, Tone};

/// How many findings of one rule are printed in full.
const MOST: usize = 20;
/// How many findings of a rule that another counts are printed beside those of the other.
const FEW: usize = 5;
/// How many cells to fill are listed.
const MOST_CELLS: usize = 50;
/// How many that nothing waits for.
const MOST_SETTLED: usize = 10;

pub fn sections(page: &Page, lines: &mut Lines) {
    let open = |found: &Finding| matches!(found.outcome, Outcome::NotMet | Outcome::Undecided);
    section(page, lines, phrase::NOT_MET, Tone::Bad, &|found| is_main(found) && found.outcome == Outcome::NotMet);
    section(page, lines, phrase::UNDECIDED, Tone::Open, &|found| is_main(found) && found.outcome == Outcome::Undecided);
    to_fill(page, lines);
    section(page, lines, phrase::LEVELS, Tone::Strong, &|found| found.advance.is_none() && found.kind == RuleKind::Level && found.outcome != Outcome::NotApplicable);
    settled_without(page, lines);
    section(page, lines, phrase::ADVICE, Tone::Strong, &|found| found.advance.is_none() && found.kind == RuleKind::Advice && open(found));
    section(page, lines, phrase::ADVANCE, Tone::Strong, &|found| found.advance.is_some() && open(found));
    left_out(page, lines);
    not_judged(page, lines);
    layers(page, lines);
}

fn title(lines: &mut Lines, word: Word, tone: Tone, count: usize) {
    lines.blank();
    lines.line(0, tone, phrase::counted(word, count).get(lines.lang));
}

/// Neither an advice, a level nor an advance warning: what an audit is about.
pub fn is_main(found: &Finding) -> bool {
    found.advance.is_none() && !matches!(found.kind, RuleKind::Advice | RuleKind::Level)
}

/// Vetoes first, then what counts other rules and is counted by none, then the rest in document order.
fn place(page: &Page, counting: &BTreeSet<usize>, found: &Finding) -> (u8, usize) {
    let is_whole = || page.rule(found.rule).is_some_and(|rule| rule.part_of.is_empty()) && counting.contains(&found.rule);
    match found.kind {
        RuleKind::Veto => (0, found.rule),
        _ if is_whole() => (1, found.rule),
        _ => (2, found.rule),
    }
}

/// The findings that are meant, by rule.
fn section(page: &Page, lines: &mut Lines, word: Word, tone: Tone, is_meant: &dyn Fn(&Finding) -> bool) {
    let mut by_rule: BTreeMap<(u8, usize), Vec<&Finding>> = BTreeMap::new();
    let counting: BTreeSet<usize> = page.plan.rules.iter().flat_map(|rule| rule.part_of.iter().copied()).collect();
    for found in page.verdict.findings.iter().filter(|found| is_meant(found)) {
        by_rule.entry(place(page, &counting, found)).or_default().push(found);
    }
    if by_rule.is_empty() {
        return;
    }
    title(lines, word, tone, by_rule.values().map(Vec::len).sum());
    let rules: BTreeSet<usize> = by_rule.keys().map(|(_, rule)| *rule).collect();
    let asked: BTreeMap<usize, usize> = page.verdict.asked.iter().map(|asked| (asked.rule, asked.asked)).collect();
    for ((_, rule), findings) in &by_rule {
        lines.blank();
        body::heading(page, lines, *rule);
        let wholes: Vec<usize> = page.rule(*rule).map(|rule| rule.part_of.clone()).unwrap_or_default();
        let said_elsewhere: Vec<String> = wholes.iter().filter(|whole| rules.contains(whole)).map(|whole| page.short_id(*whole)).collect();
        if findings.len() > FEW && !said_elsewhere.is_empty() {
            let of = asked.get(rule).copied().unwrap_or(findings.len());
            counted(page, lines, *rule, findings, of, &said_elsewhere);
        } else {
            several(page, lines, *rule, findings);
        }
    }
}

fn counted(page: &Page, lines: &mut Lines, rule: usize, findings: &[&Finding], asked: usize, wholes: &[String]) {
    let word = findings.first().map(|found| found.outcome.word()).map_or_else(Text::default, |word| Text::new(word.get(Lang::En), word.get(Lang::Zh)));
    let text = phrase::counted_in(findings.len(), asked, &word, &wholes.join(", "), &page.short_id(rule));
    lines.line(2, Tone::Plain, text.get(lines.lang));
}

fn several(page: &Page, lines: &mut Lines, rule: usize, findings: &[&Finding]) {
    let mixed = findings.iter().any(|found| found.outcome != findings[0].outcome) || !is_main(findings[0]);
    // What is said of all alike is said once.
    let alike = findings.len() > 1 && findings.windows(2).all(|two| two[0].outcome == two[1].outcome && body::message_texts(page, two[0]) == body::message_texts(page, two[1]));
    if alike {
        body::message(page, lines, findings[0], 2);
    }
    for found in findings.iter().take(MOST) {
        body::finding(page, lines, found, mixed, !alike);
    }
    if findings.len() > MOST {
        let text = phrase::more_findings(findings.len() - MOST, &page.short_id(rule));
        lines.line(2, Tone::Faint, text.get(lines.lang));
    }
}

/// Each cell, row or table that something undecided waits for, with how many findings wait for it; the most decisive first.
fn to_fill(page: &Page, lines: &mut Lines) {
    let waiting = page.to_fill();
    if waiting.is_empty() {
        return;
    }
    title(lines, phrase::TO_FILL, Tone::Open, waiting.len());
    for wait in waiting.iter().take(MOST_CELLS) {
        lines.line(2, Tone::Plain, &format!("{}  · {}", wait.text.get(lines.lang), phrase::waiting(wait.findings, wait.alone).get(lines.lang)));
    }
    if waiting.len() > MOST_CELLS {
        lines.line(2, Tone::Faint, phrase::more(waiting.len() - MOST_CELLS).get(lines.lang));
    }
}

/// What is missing and yet cannot matter to any finding: with how many findings that are settled without it.
fn settled_without(page: &Page, lines: &mut Lines) {
    let mut counts: Vec<(Text, usize)> = Vec::new();
    let mut places: BTreeMap<Text, usize> = BTreeMap::new();
    for found in page.verdict.findings.iter().filter(|found| is_main(found)) {
        for cause in page.despite(found) {
            let text = page.reason(&cause);
            let at = *places.entry(text.clone()).or_insert(counts.len());
            if at == counts.len() {
                counts.push((text, 0));
            }
            counts[at].1 += 1;
        }
    }
    if counts.is_empty() {
        return;
    }
    // What something waits for is to be filled all the same.
    let awaited: BTreeSet<Text> = page.to_fill().into_iter().map(|wait| wait.text).collect();
    counts.retain(|(text, _)| !awaited.contains(text));
    if counts.is_empty() {
        return;
    }
    title(lines, phrase::SETTLED, Tone::Strong, counts.len());
    for (text, count) in counts.iter().take(MOST_SETTLED) {
        lines.line(2, Tone::Plain, &format!("{}  · {}", text.get(lines.lang), phrase::waiting(*count, *count).get(lines.lang)));
    }
    if counts.len() > MOST_SETTLED {
        lines.line(2, Tone::Faint, phrase::more(counts.len() - MOST_SETTLED).get(lines.lang));
    }
}

/// What does not apply or is exempt, counted by rule and reason.
fn left_out(page: &Page, lines: &mut Lines) {
    let mut groups: BTreeMap<(usize, Outcome, Option<&'static str>), (usize, Text)> = BTreeMap::new();
    for found in page.verdict.findings.iter().filter(|found| is_main(found) && matches!(found.outcome, Outcome::NotApplicable | Outcome::Exempt)) {
        let code = found.judged.reason.first().map(|cause| cause.code);
        let group = groups.entry((found.rule, found.outcome, code.map(CauseCode::code))).or_insert_with(|| (0, code.map(phrase::why).unwrap_or_default()));
        group.0 += 1;
    }
    if groups.is_empty() {
        return;
    }
    title(lines, phrase::LEFT_OUT, Tone::Strong, groups.values().map(|(count, _)| count).sum());
    for ((rule, outcome, _), (count, why)) in &groups {
        let outcome = outcome.word().get(lines.lang);
        let why = Some(why.get(lines.lang)).filter(|why| !why.is_empty()).map(|why| format!("{}{why}", phrase::COLON.get(lines.lang))).unwrap_or_default();
        lines.line(2, Tone::Plain, &format!("{} {outcome} {count}{why}", page.short_id(*rule)));
    }
}

/// Rules that asked nobody, and why.
fn not_judged(page: &Page, lines: &mut Lines) {
    let silent: Vec<_> = page.verdict.asked.iter().filter(|asked| !asked.reason.is_empty()).collect();
    if silent.is_empty() {
        return;
    }
    title(lines, phrase::NOT_JUDGED, Tone::Strong, silent.len());
    for asked in silent {
        let reasons: Vec<Text> = asked.reason.iter().map(|cause| page.reason(cause)).collect();
        lines.line(2, Tone::Plain, &format!("{}{}{}", page.short_id(asked.rule), phrase::COLON.get(lines.lang), Text::join(&reasons, "; ", "；").get(lines.lang)));
    }
}

/// Exceptions with whom they hold for; what a layer sets by a waiver; and what of both does not count on the day.
fn layers(page: &Page, lines: &mut Lines) {
    let told: Vec<_> = page.layers().into_iter().filter(|layer| layer.is_told).collect();
    if told.is_empty() {
        return;
    }
    title(lines, phrase::LAYERS, Tone::Strong, told.len());
    for layer in told {
        lines.line(2, Tone::Plain, &format!("{}{}{}", layer.name.get(lines.lang), phrase::COLON.get(lines.lang), layer.text.get(lines.lang)));
    }
}
