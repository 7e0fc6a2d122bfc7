//! Comparing what a case expects with what came of it: failures, each at its line of the suite, and the edits that would
//! make it pass.

use std::cell::OnceCell;

use crate::base::{Lang, Text};
use crate::diag::catalog::{BadExpectation, NoSuchUnit, NothingExpected, OtherOutcome, OtherText, UnexpectedMessages};
use crate::diag::show::{Style, render};
use crate::diag::{Diagnostic, Place, Severity};

use super::case::{Case, Expected};
use super::expect::{self, Sought};
use super::markdown::Block;
use super::stage::{Judged, Stage, WIDTH};
use super::{Edit, Failure};

/// What a comparison gives.
#[derive(Debug, Default)]
pub struct Compared {
    pub failures: Vec<Failure>,
    pub edits: Vec<Edit>,
}

/// Compares every block of expectations. Errors that no block expects are a failure.
pub fn compare(case: &Case<'_>, stage: &Stage) -> Compared {
    let mut compared = Compared::default();
    let looks = case.expected.iter().any(|(expected, _)| matches!(expected, Expected::Messages | Expected::Output(_)));
    let errors: Vec<&Diagnostic> = stage.said.iter().filter(|one| one.is_error()).collect();
    if let (false, false, Some((_, block))) = (looks, errors.is_empty(), case.expected.first()) {
        let said = case.at_head(UnexpectedMessages { count: errors.len().into() }, block);
        compared.failures.push(Failure { said, detail: rendered(&errors, stage) });
        return compared;
    }
    for (expected, block) in &case.expected {
        match expected {
            Expected::Findings => findings(case, block, stage, &mut compared),
            Expected::Messages => messages(case, block, &stage.said, stage, &mut compared),
            Expected::Lints => messages(case, block, stage.linted.as_ref().map_or(&[], |linted| &linted.found), stage, &mut compared),
            Expected::Lint(lang) => text(case, block, &stage.lints(*lang), &mut compared),
            Expected::Output(lang) => text(case, block, &stage.output(*lang), &mut compared),
            Expected::Reading(lang) => text(case, block, &stage.reading(*lang), &mut compared),
            Expected::Report(lang) => text(case, block, &stage.report(*lang), &mut compared),
        }
    }
    if (0..stage.plan.tables.len()).any(|table| stage.plan.has_personal(table)) {
        compared.failures.iter_mut().for_each(|failure| hide(failure, stage));
    }
    compared
}

/// A failure goes to logs that others read: what is personal in the tables of its case stands in none of its lines.
fn hide(failure: &mut Failure, stage: &Stage) {
    let scrubbed = |text: &Text| Text { en: stage.scrubbed(&text.en), zh: stage.scrubbed(&text.zh) };
    failure.detail = scrubbed(&failure.detail);
    failure.said.text = scrubbed(&failure.said.text);
    failure.said.help = scrubbed(&failure.said.help);
    for label in &mut failure.said.labels {
        let Place::Line(frame) = &mut label.place else { continue };
        let text = stage.scrubbed(&frame.text);
        if text != frame.text {
            (frame.start, frame.end) = (0, text.len());
            frame.text = text;
        }
    }
}

fn findings(case: &Case<'_>, block: &Block, stage: &Stage, compared: &mut Compared) {
    let Some(Judged { verdict, .. }) = &stage.judged else {
        let said = case.at_head(NothingExpected { case: case.name.as_str().into() }, block);
        compared.failures.push(Failure { said, detail: rendered(&stage.said.iter().collect::<Vec<_>>(), stage) });
        return;
    };
    let sought = Sought::new(&stage.plan, verdict);
    let units = OnceCell::new();
    let mut at = block.body.start;
    let mut lines = 0;
    for full in case.body(block).split_inclusive('\n') {
        let place = at..at + full.trim_end().len();
        at += full.len();
        let written = full.trim();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        lines += 1;
        let mut fail = |said: Diagnostic| compared.failures.push(Failure { said: said.on(case.suite.frame(place.clone()), Text::default()), detail: Text::default() });
        let Some(line) = expect::line(written) else {
            fail(BadExpectation { line: written.into() }.into());
            continue;
        };
        let found = sought.finding(&line);
        if found.is_none() && !sought.rule(&line.rule).is_some_and(|rule| units.get_or_init(|| stage.units()).contains(&(rule, line.unit.clone()))) {
            fail(NoSuchUnit { rule: line.rule.as_str().into(), unit: line.unit.as_str().into(), help: sought.near(&line) }.into());
            continue;
        }
        if !expect::agrees(&line, found) {
            let write = |like| found.map_or_else(|| expect::written_not_asked(&line), |found| sought.written(found, like));
            fail(OtherOutcome { rule: line.rule.as_str().into(), unit: line.unit.as_str().into(), expected: tail(written).into(), found: tail(&write(None)).into() }.into());
            compared.edits.push(Edit { at: place, text: write(Some(&line)) });
        }
    }
    if lines == 0 {
        let said = case.at_head(NothingExpected { case: case.name.as_str().into() }, block);
        compared.failures.push(Failure { said, detail: Text::default() });
        let all: String = verdict.findings.iter().map(|finding| sought.written(finding, None) + "\n").collect();
        compared.edits.push(Edit { at: block.body.end..block.body.end, text: all });
    }
}

/// What follows rule and unit, which may stand between backticks.
fn tail(line: &str) -> &str {
    let mut rest = line.trim();
    for _ in 0..2 {
        let end = match rest.strip_prefix('`') {
            Some(inside) => inside.find('`').map_or(rest.len(), |end| end + 2),
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        rest = rest[end..].trim_start();
    }
    rest
}

/// `CODE LINE [words]`. Every error and warning must be expected, and every expected message must be there.
fn messages(case: &Case<'_>, block: &Block, said: &[Diagnostic], stage: &Stage, compared: &mut Compared) {
    let body = case.body(block);
    let mut left: Vec<&Diagnostic> = said.iter().collect();
    let mut missing = Vec::new();
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match left.iter().position(|one| is_message(line, one, stage)) {
            Some(at) => drop(left.remove(at)),
            None => missing.push(line),
        }
    }
    left.retain(|one| one.severity != Severity::Note);
    if missing.is_empty() && left.is_empty() {
        return;
    }
    let found = |lang| left.iter().map(|one| written(one, stage, lang)).collect::<Vec<_>>();
    let detail = |lang| lines('-', &missing) + &lines('+', &found(lang));
    let all: String = said.iter().map(|one| written(one, stage, Lang::En) + "\n").collect();
    compared.edits.push(Edit { at: block.body.clone(), text: all });
    let said = case.at_head(OtherText { block: block.mark.join(" ").into(), line: 1.into() }, block);
    compared.failures.push(Failure { said, detail: Text { en: detail(Lang::En), zh: detail(Lang::Zh) } });
}

fn is_message(line: &str, one: &Diagnostic, stage: &Stage) -> bool {
    let mut words = line.splitn(3, char::is_whitespace);
    let (code, at, rest) = (words.next().unwrap_or(""), words.next().unwrap_or("-"), words.next().unwrap_or("").trim());
    let (path, number) = place(one, stage);
    let here = at == number || at == format!("{path}:{number}");
    let holds = |text: &Text| text.en.contains(rest) || text.zh.contains(rest);
    code == one.code && here && (holds(&one.text) || holds(&one.help) || one.labels.iter().any(|label| holds(&label.text)))
}

fn written(one: &Diagnostic, stage: &Stage, lang: Lang) -> String {
    let (path, number) = place(one, stage);
    let at = if path.is_empty() || path == "rules.heng" { number } else { format!("{path}:{number}") };
    format!("{} {at} {}", one.code, one.text.get(lang))
}

/// File and line of the main place; nothing and `-` where there is none.
fn place(one: &Diagnostic, stage: &Stage) -> (String, String) {
    match one.labels.first().map(|label| &label.place) {
        Some(Place::Rule(span)) => {
            let source = stage.sources.get(span.source);
            (source.path.clone(), source.line_column(span.start as usize).0.to_string())
        }
        Some(Place::Line(frame)) => (frame.path.clone(), frame.line.to_string()),
        None => (String::new(), "-".to_string()),
    }
}

/// A block that must be equal to the last letter, but for line ends at its own end.
fn text(case: &Case<'_>, block: &Block, found: &str, compared: &mut Compared) {
    let expected = case.body(block);
    if expected.trim_end_matches('\n') == found.trim_end_matches('\n') {
        return;
    }
    let (line, detail) = difference(expected, found);
    let said = case.at_head(OtherText { block: block.mark.join(" ").into(), line: line.into() }, block);
    compared.failures.push(Failure { said, detail: detail.into() });
    let ended = if found.is_empty() || found.ends_with('\n') { found.to_string() } else { format!("{found}\n") };
    compared.edits.push(Edit { at: block.body.clone(), text: ended });
}

/// The first line that differs, and the lines between the beginning and the end that are alike.
fn difference(expected: &str, found: &str) -> (usize, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let shorter = old.len().min(new.len());
    let before = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let after = old.iter().rev().zip(new.iter().rev()).take(shorter - before).take_while(|(one, other)| one == other).count();
    (before + 1, lines('-', &old[before..old.len() - after]) + &lines('+', &new[before..new.len() - after]))
}

/// Lines with a sign before each.
fn lines(sign: char, lines: &[impl AsRef<str>]) -> String {
    lines.iter().flat_map(|line| ["  ", if sign == '-' { "- " } else { "+ " }, line.as_ref(), "\n"]).collect()
}

fn rendered(said: &[&Diagnostic], stage: &Stage) -> Text {
    let all = |lang| said.iter().map(|one| render(one, &stage.sources, Style { lang, color: false, width: WIDTH })).collect();
    Text { en: all(Lang::En), zh: all(Lang::Zh) }
}
