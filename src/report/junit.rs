//! A verdict as `JUnit` XML: a suite for each rule, a case for each unit that it asks, in the page's language.
//!
//! Not met is a failure, undecided an error; not applicable and exempt are skipped, and so is what no exit status hears: an
//! advice below the fail level, a level that was not asked for, a rule that is not yet in force, or one that is heard only
//! through the rule that counts it.

use crate::base::Text;
use crate::model::verdict::{Finding, Outcome};

use super::page::Page;
use super::phrase::{self, clip};
use super::xml::{TestCase, TestResult, TestSuite, document};

/// Columns of what is said of a finding.
const WIDTH: usize = 100;

/// The whole document.
pub fn junit(page: &Page) -> String {
    // No terminal has a say in a file.
    let page = Page { color: false, width: WIDTH, ..page.clone() };
    let found = page.by_rule();
    let of = |rule: usize| found.get(&rule).map_or(&[][..], Vec::as_slice);
    let suites: Vec<TestSuite> = page.verdict.asked.iter().map(|asked| suite(&page, asked.rule, of(asked.rule))).filter(|suite| !suite.cases.is_empty()).collect();
    document("heng audit", &suites)
}

fn suite(page: &Page, rule: usize, findings: &[&Finding]) -> TestSuite {
    let title = page.rule(rule).map(|def| def.names.text()).unwrap_or_default();
    TestSuite { name: [page.full_id(rule), title.get(page.lang).to_string()].join(" "), cases: findings.iter().map(|finding| case(page, finding)).collect() }
}

fn case(page: &Page, finding: &Finding) -> TestCase {
    let view = page.unit(&finding.unit);
    let (key, name) = (clip(&view.key), clip(view.name.get(page.lang)));
    let (key, name) = (key.as_str(), name.as_str());
    let name = match (key, name) {
        ("", "") => phrase::WHOLE.get(page.lang).to_string(),
        (key, name) if key == name || name.is_empty() => key.to_string(),
        (key, name) => format!("{key} {name}"),
    };
    TestCase { name, class: page.full_id(finding.rule), place: None, result: result(page, finding) }
}

fn result(page: &Page, finding: &Finding) -> TestResult {
    let kind = finding.outcome.code().to_string();
    let outcome = finding.outcome.word().get(page.lang);
    match (finding.outcome, unheard(page, finding)) {
        (Outcome::Met, _) => TestResult::Passed,
        (Outcome::NotApplicable | Outcome::Exempt, _) => TestResult::Skipped { message: with(page, outcome, &reasons(page, finding)) },
        (_, Some(why)) => TestResult::Skipped { message: with(page, outcome, why.get(page.lang)) },
        (Outcome::NotMet, _) => TestResult::Failed { kind, message: with(page, outcome, &message(page, finding)), text: super::text::finding(page, finding) },
        (Outcome::Undecided, _) => TestResult::Error { kind, message: with(page, outcome, &reasons(page, finding)), text: super::text::finding(page, finding) },
    }
}

fn with(page: &Page, outcome: &str, more: &str) -> String {
    if more.is_empty() { outcome.to_string() } else { format!("{outcome}{}{more}", phrase::COLON.get(page.lang)) }
}

/// What the rule says of it, else its own title.
fn message(page: &Page, finding: &Finding) -> String {
    let [message, _] = super::text::message_texts(page, finding);
    let title = || page.rule(finding.rule).map(|rule| rule.names.text()).unwrap_or_default();
    message.unwrap_or_else(title).get(page.lang).to_string()
}

fn reasons(page: &Page, finding: &Finding) -> String {
    let judged = page.veil(&finding.judged, finding.unit.table);
    let reasons: Vec<Text> = judged.reason.iter().map(|cause| page.reason(cause)).collect();
    Text::join(&reasons, "; ", "；").get(page.lang).to_string()
}

/// Why the exit status does not hear a finding.
fn unheard(page: &Page, finding: &Finding) -> Option<Text> {
    match finding.advance {
        _ if finding.heard => None,
        Some(date) => Some(phrase::from_date(date)),
        None if finding.kind >= page.options.fail_level => Some(phrase::heard_through_others()),
        None => Some(phrase::not_heard()),
    }
}
