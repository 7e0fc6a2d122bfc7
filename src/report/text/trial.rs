//! Rules tried on data: for each rule how many units it asked and how they came out, and the one that is furthest off.

use crate::base::Number;
use crate::model::value::CauseCode;
use crate::model::verdict::{Finding, Limit, Outcome};
use crate::report::page::{Count, Page};
use crate::report::phrase;

use super::body;
use super::lines::{Lines, Tone};

/// Every rule with its numbers, in the page's language.
pub fn trial(page: &Page) -> String {
    let mut lines = Lines::new(page.lang, page.color, page.width);
    lines.line(0, Tone::Strong, phrase::tried(page.verdict.as_of).get(page.lang));
    let mut found = page.by_rule();
    for asked in &page.verdict.asked {
        let findings: Vec<&Finding> = found.remove(&asked.rule).unwrap_or_default();
        let count = Count::over(findings.iter().copied());
        let counts: Vec<String> = Outcome::ALL.iter().filter(|outcome| count.of(**outcome) > 0).map(|outcome| format!("{} {}", outcome.word().get(page.lang), count.of(*outcome))).collect();
        let title = page.plan.rules[asked.rule].names.text();
        let head = format!("{} {}", page.short_id(asked.rule), title.get(page.lang));
        lines.blank();
        lines.line(0, Tone::Plain, &format!("{head}{}{}", phrase::COLON.get(page.lang), phrase::asked_of(asked.asked, asked.of).get(page.lang)));
        if !counts.is_empty() {
            lines.line(2, Tone::Plain, &counts.join(" · "));
        }
        let without = findings.iter().filter(|finding| finding.judged.reason.iter().any(|cause| cause.code == CauseCode::NoLimit)).count();
        if without > 0 {
            lines.line(2, Tone::Plain, phrase::without_limit(without).get(page.lang));
        }
        if let Some(finding) = furthest(&findings) {
            body::finding(page, &mut lines, finding, true, false);
        }
    }
    lines.done()
}

/// The finding that says most of a rule: the one not met by the widest margin, else one that is open, else the closest met.
fn furthest<'f>(findings: &[&'f Finding]) -> Option<&'f Finding> {
    let rank = |finding: &Finding| match finding.outcome {
        Outcome::NotMet => 0,
        Outcome::Undecided => 1,
        Outcome::Met => 2,
        Outcome::Exempt | Outcome::NotApplicable => 3,
    };
    findings.iter().copied().filter(|finding| rank(finding) < 3).min_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| margin(one).cmp(&margin(other))))
}

/// The margin as a share of its limit, so that units of every size compare.
fn margin(finding: &Finding) -> Number {
    // Which of several masked figures is the furthest off is not told either.
    if finding.judged.few.any() {
        return Number::ZERO;
    }
    let margin = finding.judged.margin.clone().unwrap_or(Number::ZERO);
    match &finding.judged.limit {
        Limit::Number { number, .. } => margin.div(&number.abs()).unwrap_or(margin),
        _ => margin,
    }
}
