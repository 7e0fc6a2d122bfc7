//! From a plan to what is likely to be wrong with it: a [`Plan`] in, findings out. Nothing here is an error: the pack can be
//! judged, and a finding may be meant. No data are looked at.
//!
//! One file is one lint; its headings say what it looks for, why it matters, what is caught and what is not, and how to mend
//! it. A lint is silent where it cannot be sure: what is allowed on data that it has not seen is never a finding.

mod allow;
mod bounds;
mod branch;
mod cites;
mod claim;
mod condition;
mod contradiction;
mod dates;
mod direction;
mod exception;
mod facts;
mod idle_value;
mod implied;
mod lookup;
mod midway;
mod outcome;
mod pair;
mod repeated;
mod rounded;
mod sight;
mod source;
mod strict;
mod title;
mod unused;
mod value;
mod valueless;
mod walk;
mod weights;

use crate::base::{Date, Text};
use crate::diag::Diagnostic;
use crate::model::plan::Plan;

use sight::Sight;

/// What the lints found.
#[derive(Clone, Debug)]
pub struct Linted {
    /// In document order.
    pub found: Vec<Diagnostic>,
    pub allowed: Vec<Allowed>,
}

/// A finding that is set aside.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub said: Diagnostic,
    /// The place of its `allow` in the plan.
    pub by: usize,
}

type Look = fn(&Sight, &mut Vec<Diagnostic>);

const LINTS: &[Look] = &[
    contradiction::look,
    implied::look,
    branch::look,
    condition::look,
    exception::look,
    outcome::look,
    unused::look,
    valueless::look,
    idle_value::look,
    dates::look,
    direction::look,
    source::look,
    cites::look,
    title::look,
    rounded::look,
    midway::look,
    weights::look,
    strict::look,
    repeated::look,
];

/// Looks at a plan that was understood without an error.
///
/// `as_of` ends what is allowed to an earlier day; without it nothing has ended.
pub fn lint(plan: &Plan, as_of: Option<Date>) -> Linted {
    let sight = Sight::new(plan);
    let mut found = Vec::new();
    for look in LINTS {
        sight.afresh();
        look(&sight, &mut found);
    }
    let place = |said: &Diagnostic| (said.place().map(|at| (at.source, at.start)), said.code);
    let mut linted = allow::sift(plan, as_of, found);
    linted.found.sort_by_key(place);
    linted.found.dedup();
    linted.allowed.sort_by_key(|allowed| place(&allowed.said));
    linted.allowed.dedup_by(|one, other| one.said == other.said);
    linted
}

impl Allowed {
    /// What is set aside, to which day, and why, in one line.
    pub fn said_aside(&self, plan: &Plan) -> Text {
        let Some(allow) = plan.allows.get(self.by) else { return Text::default() };
        let (code, until, reason) = (self.said.code, allow.until, &allow.reason);
        Text::new(
            format!("{code} set aside up to {until}: {} ({reason})", self.said.text.en),
            format!("{code} 允许保留至 {until}：{}（{reason}）", self.said.text.zh),
        )
    }
}
