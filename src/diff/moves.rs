//! Findings of two reports, matched by rule and unit: what became of each.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::verdict::Outcome;

use super::cause::Cause;
use super::record::{Found, Of, Record};

/// What became of a finding. `Still…` and `Same` are no change of the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    NewlyNotMet,
    NewlyMet,
    /// Met or not met, and undecided now.
    Undecided,
    /// Undecided before, and met or not met now.
    Decided,
    /// It applies now, and did not.
    Applies,
    /// It does not apply now, or is exempt, and was asked before.
    AppliesNoMore,
    New,
    Gone,
    StillNotMet,
    StillUndecided,
    StillMet,
    StillNotApplicable,
}

impl Change {
    pub const ALL: [Change; 12] = [
        Change::NewlyNotMet,
        Change::NewlyMet,
        Change::Undecided,
        Change::Decided,
        Change::Applies,
        Change::AppliesNoMore,
        Change::New,
        Change::Gone,
        Change::StillNotMet,
        Change::StillUndecided,
        Change::StillMet,
        Change::StillNotApplicable,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Change::NewlyNotMet => "newly_not_met",
            Change::NewlyMet => "newly_met",
            Change::Undecided => "undecided",
            Change::Decided => "decided",
            Change::Applies => "applies",
            Change::AppliesNoMore => "applies_no_more",
            Change::New => "new",
            Change::Gone => "gone",
            Change::StillNotMet => "still_not_met",
            Change::StillUndecided => "still_undecided",
            Change::StillMet => "still_met",
            Change::StillNotApplicable => "still_not_applicable",
        }
    }

    pub fn is_any(self) -> bool {
        self < Change::StillNotMet
    }

    fn of(before: Outcome, after: Outcome) -> Change {
        let asked = |outcome: Outcome| !matches!(outcome, Outcome::NotApplicable | Outcome::Exempt);
        match (before, after) {
            (Outcome::Met, Outcome::Met) => Change::StillMet,
            (Outcome::NotMet, Outcome::NotMet) => Change::StillNotMet,
            (Outcome::Undecided, Outcome::Undecided) => Change::StillUndecided,
            (before, after) if before == after => Change::StillNotApplicable,
            (_, after) if !asked(after) => Change::AppliesNoMore,
            (before, _) if !asked(before) => Change::Applies,
            (Outcome::Undecided, _) => Change::Decided,
            (_, Outcome::Undecided) => Change::Undecided,
            (_, Outcome::Met) => Change::NewlyMet,
            _ => Change::NewlyNotMet,
        }
    }
}

/// A finding before and after.
#[derive(Clone, Debug)]
pub struct Move {
    pub of: Of,
    pub name: String,
    pub change: Change,
    pub before: Option<Found>,
    pub after: Option<Found>,
    /// The outcome is the same, and what was judged is not.
    pub other_value: bool,
    /// What moved it; `None` where nothing can be said.
    pub cause: Option<Cause>,
}

/// Every finding of either, in the order of `b`; what only `a` has comes after, in its own order.
pub fn moves(a: &Record, b: &Record) -> Vec<Move> {
    let before: BTreeMap<&Of, &Found> = a.findings.iter().map(|found| (&found.of, found)).collect();
    let after: BTreeMap<&Of, &Found> = b.findings.iter().map(|found| (&found.of, found)).collect();
    let mut all: Vec<Move> = b.findings.iter().map(|found| one(before.get(&found.of).copied(), Some(found), found)).collect();
    all.extend(a.findings.iter().filter(|found| !after.contains_key(&found.of)).map(|found| one(Some(found), None, found)));
    all
}

fn one(before: Option<&Found>, after: Option<&Found>, named: &Found) -> Move {
    let change = match (before, after) {
        (Some(before), Some(after)) => Change::of(before.outcome, after.outcome),
        (None, _) => Change::New,
        (_, None) => Change::Gone,
    };
    let other_value = !change.is_any() && before.zip(after).is_some_and(|(before, after)| JUDGED.iter().any(|field| before.whole.get(field) != after.whole.get(field)));
    Move { of: named.of.clone(), name: named.name.clone(), change, before: before.cloned(), after: after.cloned(), other_value, cause: None }
}

/// The fields that say what was judged.
const JUDGED: [&str; 4] = ["value", "bounds", "limit", "margin"];

/// A field of a finding; `null` where it is left out.
pub fn field<'f>(found: &'f Found, name: &str) -> &'f Value {
    found.whole.get(name).unwrap_or(&Value::Null)
}
