//! A branch that is never taken.
//!
//! # Looks for
//! `if` whose condition is always or never true where it stands, cases of `by case` for codes that cannot occur there, and
//! grades that a better one always takes first, with the columns' bounds and codes and what the branches before have settled.
//!
//! # Why
//! What stands there looks as if it counted and never does: a code is missing, or two conditions are in the wrong order.
//!
//! # Caught
//! `if pupils >= 10 then 1 else if pupils >= 20 then 2 else 0`: the second condition is never true.
//!
//! # Not caught
//! Conditions from the greatest limit to the least; `otherwise` beside cases for some of the codes.
//!
//! # Mend
//! Turn the order of the conditions, correct the code, or delete the branch.

use crate::base::{Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::NeverTaken;
use crate::model::plan::{Key, Node, NodeKind};

use super::bounds::Verdict;
use super::facts::Facts;
use super::sight::Sight;
use super::walk::Measures;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for rule in 0..sight.plan.rules.len() {
        sight.afresh();
        sight.each_of_rule(rule, Measures::Left, &mut |node, facts| branches(sight, node, facts, found));
        grades(sight, rule, found);
    }
    for measure in &sight.plan.measures {
        sight.afresh();
        sight.each(&measure.body, &Facts::default(), Measures::Left, &mut |node, facts| branches(sight, node, facts, found));
    }
}

/// Grades are tried best first: one that asks no less than those before it is never given.
fn grades(sight: &Sight, rule: usize, found: &mut Vec<Diagnostic>) {
    let mut facts = sight.asked(&sight.plan.rules[rule]);
    for (_, when) in &sight.plan.rules[rule].grades {
        if facts.impossible || sight.truth(when, &facts) == Verdict::Never {
            found.push(Diagnostic::from(NeverTaken {}).at(when.span, Text::new("never given", "永不给予")));
        }
        sight.assume(when, false, &mut facts);
    }
}

fn branches(sight: &Sight, node: &Node, facts: &Facts, found: &mut Vec<Diagnostic>) {
    match &*node.kind {
        NodeKind::If { cond, then, otherwise } => match sight.truth(cond, facts) {
            Verdict::Always => found.push(said(otherwise.span, Some((cond.span, Text::new("always true here", "在此恒成立"))))),
            Verdict::Never => found.push(said(then.span, Some((cond.span, Text::new("never true here", "在此永不成立"))))),
            Verdict::Open => {}
        },
        NodeKind::ByCase { of, arms, otherwise } => cases(sight, of, (arms, otherwise.as_ref()), facts, found),
        _ => {}
    }
}

fn cases(sight: &Sight, of: &Node, (arms, otherwise): (&[(Vec<Key>, Node)], Option<&Node>), facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(mut left) = sight.codes(of, facts) else { return };
    for (keys, value) in arms {
        let before = left.len();
        left.retain(|code| !keys.contains(&Key::Code(*code)));
        if left.len() == before {
            found.push(said(value.span, None));
        }
    }
    if let (Some(value), true) = (otherwise, left.is_empty()) {
        found.push(said(value.span, None));
    }
}

fn said(branch: Span, cond: Option<(Span, Text)>) -> Diagnostic {
    let said = Diagnostic::from(NeverTaken {}).at(branch, Text::new("never taken", "永不取用"));
    cond.into_iter().fold(said, |said, (span, label)| said.at(span, label))
}
