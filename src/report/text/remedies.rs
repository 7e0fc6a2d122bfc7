//! Remedies for people: beneath a finding, and all of them on a page of their own.

use crate::model::verdict::{Finding, Outcome};
use crate::report::page::{Count, Page};
use crate::report::phrase::{self, remedy as words};

use super::lines::{Lines, Tone};
use super::{body, parts};

/// Every finding that is not met or undecided, rule by rule, each with what would make it met.
pub fn remedies(page: &Page) -> String {
    let mut lines = Lines::new(page.lang, page.color, page.width);
    let told: Vec<&Finding> = page.verdict.findings.iter().filter(|finding| !finding.remedy.is_empty()).collect();
    if told.is_empty() {
        lines.line(0, Tone::Good, words::NONE_NEEDED.get(page.lang));
        return lines.done();
    }
    let count = Count::over(told.iter().copied());
    lines.line(0, Tone::Strong, words::heading(count.of(Outcome::NotMet), count.of(Outcome::Undecided)).get(page.lang));
    lines.line(0, Tone::Faint, words::TRIED.get(page.lang));
    let mut rule = None;
    for finding in told {
        if rule.replace(finding.rule) != Some(finding.rule) {
            lines.blank();
            body::heading(page, &mut lines, finding.rule);
        }
        one(page, &mut lines, finding);
    }
    lines.done()
}

/// The unit, its outcome, value and limit on one line, then what would make it met.
fn one(page: &Page, lines: &mut Lines, finding: &Finding) {
    let view = page.unit(&finding.unit);
    let head = format!("{}{}{}", body::unit_words(page, lines, &view), phrase::COLON.get(lines.lang), finding.outcome.word().get(lines.lang));
    lines.line(2, Tone::of(finding.outcome), &head);
    let veiled = page.veil(&finding.judged, finding.unit.table);
    let short = parts::short(&veiled, lines);
    if finding.outcome == Outcome::NotMet && !short.is_empty() {
        lines.labelled(4, phrase::VALUE.get(lines.lang), Tone::Plain, &short);
    }
    of_finding(page, lines, finding, 4);
}

/// One line for each way.
pub fn of_finding(page: &Page, lines: &mut Lines, finding: &Finding, indent: usize) {
    for (at, remedy) in finding.remedy.iter().enumerate() {
        let label = if at == 0 { words::REMEDY } else { words::OR };
        lines.labelled(indent, label.get(lines.lang), Tone::Plain, page.remedy(finding, remedy).get(lines.lang));
    }
}
