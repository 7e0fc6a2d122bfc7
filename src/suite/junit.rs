//! Suites that were run as `JUnit` XML: a test suite for each file, a case for each case; then one for coverage with a case for
//! each rule, and one for the defects with a case for each item, where these were looked at.

use crate::base::{Lang, Sources};
use crate::diag::Diagnostic;
use crate::diag::catalog::{DefectsUnnoticed, OutcomesMissing, defect, noticing};
use crate::diag::show::{Style, render};
use crate::report::xml::{TestCase, TestResult, TestSuite, document};

use super::coverage::Covered;
use super::mutation::{Fate, Tried};
use super::stage::WIDTH;
use super::{CaseResult, Results, Suite};

/// The whole document, in the reader's language.
pub fn junit(results: &Results, lang: Lang) -> String {
    let mut suites: Vec<TestSuite> = results.suites.iter().map(|found| suite(found, lang)).collect();
    suites.extend(results.coverage.as_ref().map(|rules| TestSuite { name: "coverage".into(), cases: rules.iter().map(|rule| covered(rule, lang)).collect() }));
    suites.extend(results.mutation.as_ref().map(|tried| TestSuite { name: "mutation".into(), cases: items(tried).iter().map(|item| mutated(item, lang)).collect() }));
    let stale = results.stale.iter().map(|fault| faulty(fault, "explained", lang));
    if !results.stale.is_empty() {
        suites.push(TestSuite { name: "explained".into(), cases: stale.collect() });
    }
    document("heng test", &suites)
}

fn suite(found: &Suite, lang: Lang) -> TestSuite {
    let faults = found.faults.iter().map(|fault| faulty(fault, &found.path, lang));
    TestSuite { name: found.path.clone(), cases: faults.chain(found.cases.iter().map(|case| played(case, &found.path, lang))).collect() }
}

fn faulty(fault: &Diagnostic, class: &str, lang: Lang) -> TestCase {
    let text = fault.text.get(lang).to_string();
    TestCase { name: text.clone(), class: class.to_string(), place: None, result: TestResult::Failed { kind: fault.code.into(), message: text, text: shown(fault, lang) } }
}

fn played(case: &CaseResult, path: &str, lang: Lang) -> TestCase {
    let result = match case.failures.first() {
        None => TestResult::Passed,
        Some(first) => {
            let text: String = case.failures.iter().flat_map(|failure| [shown(&failure.said, lang), failure.detail.get(lang).to_string()]).collect();
            TestResult::Failed { kind: first.said.code.into(), message: first.said.text.get(lang).into(), text }
        }
    };
    TestCase { name: case.name.clone(), class: path.to_string(), place: Some((path.to_string(), case.line)), result }
}

fn shown(said: &Diagnostic, lang: Lang) -> String {
    render(said, &Sources::default(), Style { lang, color: false, width: WIDTH })
}

fn covered(rule: &Covered, lang: Lang) -> TestCase {
    let result = match rule.gaps.as_slice() {
        [] => TestResult::Passed,
        _ => {
            let message = super::coverage::gap(rule).get(lang).to_string();
            TestResult::Failed { kind: OutcomesMissing::CODE.into(), message: message.clone(), text: message }
        }
    };
    TestCase { name: rule.rule.clone(), class: rule.pack.clone(), place: Some((rule.path.clone(), rule.line)), result }
}

/// The defects of each item together.
fn items(tried: &[Tried]) -> Vec<&[Tried]> {
    tried.chunk_by(|one, other| (&one.path, &one.item) == (&other.path, &other.item)).collect()
}

fn mutated(item: &&[Tried], lang: Lang) -> TestCase {
    let Some(first) = item.first() else { return TestCase { name: String::new(), class: String::new(), place: None, result: TestResult::Passed } };
    let line = |one: &Tried| format!("{}:{} {}: {}\n", one.path, one.line, defect(&one.was, &one.would).get(lang), noticing(one.defect, &one.was, &one.would, &one.about).get(lang));
    let unnoticed: Vec<&Tried> = item.iter().filter(|one| one.fate == Fate::Unnoticed).collect();
    let result = match unnoticed.len() {
        0 => TestResult::Passed,
        count => {
            let said = Diagnostic::from(DefectsUnnoticed { count: count.into() });
            TestResult::Failed { kind: said.code.into(), message: said.text.get(lang).into(), text: unnoticed.iter().map(|one| line(one)).collect() }
        }
    };
    TestCase { name: first.item.clone(), class: first.pack.clone(), place: Some((first.path.clone(), first.line)), result }
}
