//! What is missing: what undecided findings wait for, the most decisive first; what is missing where nothing waits for it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::Text;
use crate::model::value::{Cause, CauseCode};
use crate::model::verdict::{Finding, Outcome};

use super::page::Page;
use super::place::is_curable;

/// One cell, row or table that undecided findings wait for.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub cause: Cause,
    pub text: Text,
    /// How many wait for it.
    pub findings: usize,
    /// How many of them wait for nothing else, so that it alone decides them.
    pub alone: usize,
}

impl Page<'_> {
    /// What undecided findings wait for: what alone decides most of them first, then what most of them wait for, then in
    /// the order of the findings.
    pub(super) fn to_fill(&self) -> Vec<Waiting> {
        let mut waiting: Vec<Waiting> = Vec::new();
        let mut places: BTreeMap<Text, usize> = BTreeMap::new();
        for found in self.verdict.findings.iter().filter(|found| found.outcome == Outcome::Undecided && found.advance.is_none()) {
            let curable = self.curable(&found.judged.reason);
            let is_alone = curable.len() == 1 && found.judged.reason.iter().all(|cause| is_curable(cause.code));
            for (cause, text) in curable {
                let at = *places.entry(text.clone()).or_insert(waiting.len());
                if at == waiting.len() {
                    waiting.push(Waiting { cause, text, findings: 0, alone: 0 });
                }
                waiting[at].findings += 1;
                waiting[at].alone += usize::from(is_alone);
            }
        }
        waiting.sort_by_key(|wait| Reverse((wait.alone, wait.findings)));
        waiting
    }

    /// What is missing though a finding is met or not met.
    pub(super) fn despite(&self, found: &Finding) -> Vec<Cause> {
        self.curable(&found.judged.despite()).into_iter().map(|(cause, _)| cause).filter(|cause| is_blank(cause.code)).collect()
    }

    /// What someone can cure, each once.
    fn curable(&self, causes: &[Cause]) -> Vec<(Cause, Text)> {
        let mut found: Vec<(Cause, Text)> = Vec::new();
        let mut known = BTreeSet::new();
        for cause in causes.iter().filter(|cause| is_curable(cause.code)) {
            let text = self.reason(cause);
            if known.insert(text.clone()) {
                found.push((*cause, text));
            }
        }
        found
    }
}

fn is_blank(code: CauseCode) -> bool {
    matches!(code, CauseCode::Missing | CauseCode::Unreadable | CauseCode::NotFiled | CauseCode::NotHandedIn)
}
