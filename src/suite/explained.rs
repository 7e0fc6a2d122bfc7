//! `explained` blocks: why an outcome that no case expects, or a defect that no case notices, is nothing to test.
//! A line is `RULE OUTCOME because REASON` or `ITEM WAS WOULD because REASON`; stretches with blanks stand between backticks.

use crate::base::{Lang, Text};
use crate::diag::catalog::{BadExplanation, StaleExplanation};
use crate::diag::{Diagnostic, Frame};
use crate::model::verdict::Outcome;

use super::expect::{BECAUSE, outcome_of, parted};
use super::markdown::Section;
use super::place::Lines;

/// How a stretch that is left out is written, in English and in Chinese.
const NOTHING: [&str; 2] = ["nothing", "无"];

/// One line of a block.
#[derive(Clone, Debug)]
pub struct Explanation {
    of: Of,
    pub reason: String,
    at: Frame,
    used: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Of {
    Gap { rule: String, outcome: Outcome },
    /// What a rule, a measure or a standard says, and what it might say instead.
    Defect { item: String, was: String, would: String },
}

/// The explanations of a suite, and the lines that are none.
pub fn explanations(sections: &[Section], suite: &Lines<'_>) -> (Vec<Explanation>, Vec<Diagnostic>) {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for block in sections.iter().flat_map(|section| &section.blocks).filter(|block| block.mark == ["explained"]) {
        let mut at = block.body.start;
        for full in suite.text.get(block.body.clone()).unwrap_or_default().split_inclusive('\n') {
            let place = suite.frame(at..at + full.trim_end().len());
            at += full.len();
            let line = full.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match explanation(line) {
                Some((of, reason)) => found.push(Explanation { of, reason, at: place, used: false }),
                None => faults.push(Diagnostic::from(BadExplanation {}).on(place, Text::default())),
            }
        }
    }
    (found, faults)
}

fn explanation(line: &str) -> Option<(Of, String)> {
    let (head, reason) = parted(line);
    let reason = reason.filter(|reason| !reason.is_empty())?.join(" ");
    let of = match head.as_slice() {
        [rule, outcome] => Of::Gap { rule: rule.clone(), outcome: outcome_of(outcome)? },
        [item, was, would] => Of::Defect { item: item.clone(), was: was.clone(), would: if NOTHING.contains(&would.as_str()) { String::new() } else { would.clone() } },
        _ => return None,
    };
    Some((of, reason))
}

/// Why no case needs to expect this outcome of a rule, which may be named by any of these.
pub fn of_gap(explained: &mut [Explanation], names: &[&str], outcome: Outcome) -> Option<String> {
    let fits = |of: &Of| matches!(of, Of::Gap { rule, outcome: wanted } if names.contains(&rule.as_str()) && *wanted == outcome);
    reason(explained, &fits)
}

/// Why no case needs to notice this defect of an item, which may be named by any of these.
pub fn of_defect(explained: &mut [Explanation], names: &[&str], was: &str, would: &str) -> Option<String> {
    let fits = |of: &Of| matches!(of, Of::Defect { item, was: old, would: new } if names.contains(&item.as_str()) && old == was && new == would);
    reason(explained, &fits)
}

fn reason(explained: &mut [Explanation], fits: &dyn Fn(&Of) -> bool) -> Option<String> {
    let mut found = None;
    for one in explained.iter_mut().filter(|one| fits(&one.of)) {
        one.used = true;
        found = found.or(Some(one.reason.clone()));
    }
    found
}

/// Explanations of gaps, or of defects, that explain nothing any more.
pub fn stale(explained: &[Explanation], gaps: bool) -> Vec<Diagnostic> {
    let unused = explained.iter().filter(|one| !one.used && matches!(one.of, Of::Gap { .. }) == gaps);
    unused.map(|one| Diagnostic::from(StaleExplanation {}).on(one.at.clone(), Text::default())).collect()
}

/// A defect as a line of a block says it, but for the reason.
pub fn written(item: &str, was: &str, would: &str, lang: Lang) -> String {
    let ([en, zh], [because, yin]) = (NOTHING, BECAUSE);
    let (nothing, because) = if lang == Lang::Zh { (zh, yin) } else { (en, because) };
    let would = if would.is_empty() { nothing.to_string() } else { format!("`{would}`") };
    format!("{item} `{was}` {would} {because}")
}

#[cfg(test)]
mod tests {
    use super::{Of, explanation};
    use crate::model::verdict::Outcome;

    #[test]
    fn lines_of_both_kinds() {
        let (of, reason) = explanation("R1 undecided because every cell is a code").expect("a line");
        assert_eq!((of, reason.as_str()), (Of::Gap { rule: "R1".into(), outcome: Outcome::Undecided }, "every cell is a code"));
        let (of, _) = explanation("R1 `where open` nothing 因 没有关闭的学校").expect("a line");
        assert_eq!(of, Of::Defect { item: "R1".into(), was: "where open".into(), would: String::new() });
        for none in ["", "R1 undecided", "R1 maybe because x", "R1 `a` `b` because", "because x"] {
            assert!(explanation(none).is_none(), "{none}");
        }
    }
}
