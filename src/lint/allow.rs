//! What is set aside: findings that an item, or its pack, allows to a day, with a reason.
//!
//! An `allow` whose day is over no longer holds and is named beside what it allowed. One that allows nothing is itself a
//! finding, so that none outlives its cause.

use crate::base::{Date, Text};
use crate::diag::catalog::{AllowEnded, AllowIdle};
use crate::diag::{Diagnostic, Place};
use crate::model::plan::{AllowDef, Plan};

use super::{Allowed, Linted};

/// Parts findings into those that stand and those that are allowed. Without a date no `allow` has ended.
pub fn sift(plan: &Plan, as_of: Option<Date>, found: Vec<Diagnostic>) -> Linted {
    let mut linted = Linted { found: Vec::new(), allowed: Vec::new() };
    let mut used = vec![false; plan.allows.len()];
    let is_over = |allow: &AllowDef| as_of.is_some_and(|day| allow.until < day);
    for said in found {
        let by: Vec<usize> = (0..plan.allows.len()).filter(|by| covers(&plan.allows[*by], &said)).collect();
        for by in &by {
            used[*by] = true;
        }
        match by.iter().find(|by| !is_over(&plan.allows[**by])) {
            Some(by) => linted.allowed.push(Allowed { said, by: *by }),
            None => linted.found.push(said),
        }
    }
    let idle = plan.allows.iter().zip(&used).filter(|(_, used)| !**used).map(|(allow, _)| Diagnostic::from(AllowIdle { code: allow.code.as_str().into() }).at(allow.span, Text::default()));
    let ended = plan.allows.iter().zip(&used).filter(|(allow, used)| **used && is_over(allow)).map(|(allow, _)| over(allow));
    linted.found.extend(idle.chain(ended));
    linted
}

/// Whether one of its places lies where the `allow` reaches.
fn covers(allow: &AllowDef, said: &Diagnostic) -> bool {
    let within = |place: &Place| matches!(place, Place::Rule(span) if allow.reach.holds(*span));
    allow.code == said.code && said.labels.iter().any(|label| within(&label.place))
}

fn over(allow: &AllowDef) -> Diagnostic {
    let message = AllowEnded { code: allow.code.as_str().into(), until: allow.until.into() };
    Diagnostic::from(message).at(allow.span, Text::default())
}
