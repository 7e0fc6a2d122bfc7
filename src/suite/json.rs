//! Suites that were run as JSON, `heng-tests/1`: every case, and coverage and defects where these were looked at. Texts are in
//! both languages; nothing depends on the reader's.

use serde::Serialize;

use crate::base::Text;
use crate::diag::{Diagnostic, Place};
use crate::model::verdict::Outcome;

use super::coverage::Covered;
use super::mutation::{Fate, Tried};
use super::{Results, Suite};

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    tool: Tool,
    passed: usize,
    failed: usize,
    suites: Vec<SuiteOut<'r>>,
    coverage: Option<Vec<Rule<'r>>>,
    mutation: Option<Mutation<'r>>,
    stale: Vec<Message>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct SuiteOut<'r> {
    path: &'r str,
    faults: Vec<Message>,
    cases: Vec<Case<'r>>,
}

#[derive(Serialize)]
struct Case<'r> {
    name: &'r str,
    line: usize,
    passed: bool,
    failures: Vec<Message>,
}

#[derive(Serialize)]
struct Message {
    code: &'static str,
    path: Option<String>,
    line: Option<u32>,
    text: Both,
}

#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct Rule<'r> {
    #[serde(rename = "rule")]
    id: String,
    title: Both,
    path: &'r str,
    line: usize,
    met: usize,
    not_met: usize,
    undecided: usize,
    not_applicable: usize,
    exempt: usize,
    not_asked: usize,
    gaps: Vec<&'static str>,
    explained: Vec<Explained<'r>>,
}

#[derive(Serialize)]
struct Explained<'r> {
    outcome: &'static str,
    reason: &'r str,
}

#[derive(Serialize)]
struct Mutation<'r> {
    tried: usize,
    noticed: usize,
    refused: usize,
    explained: usize,
    unnoticed: usize,
    defects: Vec<Defect<'r>>,
}

#[derive(Serialize)]
struct Defect<'r> {
    item: String,
    #[serde(rename = "defect")]
    kind: &'static str,
    path: &'r str,
    line: usize,
    was: &'r str,
    would: &'r str,
    fate: &'static str,
    /// The case that notices it.
    by: Option<By<'r>>,
    reason: Option<&'r str>,
}

#[derive(Serialize)]
struct By<'r> {
    path: &'r str,
    line: usize,
    case: &'r str,
}

/// The whole document.
pub fn json(results: &Results) -> String {
    let document = Document {
        schema: "heng-tests/1",
        tool: Tool { name: "heng", version: env!("CARGO_PKG_VERSION") },
        passed: results.passed(),
        failed: results.failed(),
        suites: results.suites.iter().map(suite).collect(),
        coverage: results.coverage.as_ref().map(|rules| rules.iter().map(rule).collect()),
        mutation: results.mutation.as_ref().map(|tried| mutation(tried)),
        stale: results.stale.iter().map(message).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn suite(suite: &Suite) -> SuiteOut<'_> {
    let case = |case: &super::CaseResult| case.failures.iter().map(|failure| message(&failure.said)).collect();
    let cases = suite.cases.iter().map(|one| Case { name: &one.name, line: one.line, passed: one.failures.is_empty(), failures: case(one) });
    SuiteOut { path: &suite.path, faults: suite.faults.iter().map(message).collect(), cases: cases.collect() }
}

fn message(said: &Diagnostic) -> Message {
    let frame = said.labels.first().and_then(|label| if let Place::Line(frame) = &label.place { Some(frame) } else { None });
    Message { code: said.code, path: frame.map(|frame| frame.path.clone()), line: frame.map(|frame| frame.line), text: both(&said.text) }
}

fn both(text: &Text) -> Both {
    Both { zh: text.zh.clone(), en: text.en.clone() }
}

fn rule(rule: &Covered) -> Rule<'_> {
    Rule {
        id: format!("{}/{}", rule.pack, rule.rule),
        title: both(&rule.title),
        path: &rule.path,
        line: rule.line,
        met: rule.count(Outcome::Met),
        not_met: rule.count(Outcome::NotMet),
        undecided: rule.count(Outcome::Undecided),
        not_applicable: rule.count(Outcome::NotApplicable),
        exempt: rule.count(Outcome::Exempt),
        not_asked: rule.not_asked,
        gaps: rule.gaps.iter().map(|outcome| outcome.code()).collect(),
        explained: rule.explained.iter().map(|(outcome, reason)| Explained { outcome: outcome.code(), reason }).collect(),
    }
}

fn mutation(tried: &[Tried]) -> Mutation<'_> {
    let defects: Vec<Defect<'_>> = tried.iter().map(defect).collect();
    let count = |fate: &str| defects.iter().filter(|defect| defect.fate == fate).count();
    Mutation { tried: defects.len(), noticed: count("noticed"), refused: count("refused"), explained: count("explained"), unnoticed: count("unnoticed"), defects }
}

fn defect(tried: &Tried) -> Defect<'_> {
    let (fate, by, reason) = match &tried.fate {
        Fate::Noticed { path, line, case } => ("noticed", Some(By { path, line: *line, case }), None),
        Fate::Refused => ("refused", None, None),
        Fate::Unnoticed => ("unnoticed", None, None),
        Fate::Explained(reason) => ("explained", None, Some(reason.as_str())),
    };
    Defect { item: format!("{}/{}", tried.pack, tried.item), kind: tried.defect.code(), path: &tried.path, line: tried.line, was: &tried.was, would: &tried.would, fate, by, reason }
}
