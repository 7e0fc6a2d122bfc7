//! A condition that nothing, or everything, satisfies.
//!
//! # Looks for
//! Parts of `where` and `when` that are never true, or always, on the bounds and codes of their columns and beside the other
//! conditions of the same rule.
//!
//! # Why
//! A rule that asks nobody is never broken; a condition that excludes nobody hides that another one was meant.
//!
//! # Caught
//! `when pupils < 0`; `where type = primary and type = junior`; `where pupils >= 0`.
//!
//! # Not caught
//! `when pupils > 0`, which leaves empty schools out; a condition that may have no answer, for that alone excludes.
//!
//! # Mend
//! Correct the comparison or the code; delete a condition that excludes nothing.

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{AlwaysTrue, NeverTrue};
use crate::model::plan::{Node, NodeKind, StepOf};

use super::bounds::Verdict;
use super::facts::Facts;
use super::sight::Sight;
use super::walk::Measures;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for (rule, def) in sight.plan.rules.iter().enumerate() {
        sight.afresh();
        condition(sight, def.scope.as_ref(), sight.codes_asked(def), found);
        condition(sight, def.when.as_ref(), sight.in_scope(def), found);
        let mut filters = |node: &Node, facts: &Facts| of_rows(sight, node, facts, found);
        sight.each_of_rule(rule, Measures::Left, &mut filters);
    }
    for measure in &sight.plan.measures {
        sight.afresh();
        sight.each(&measure.body, &Facts::default(), Measures::Left, &mut |node, facts| of_rows(sight, node, facts, found));
    }
}

/// The conditions on the rows that an expression speaks of.
fn of_rows(sight: &Sight, node: &Node, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let aggregate = match &*node.kind {
        NodeKind::Aggregate(aggregate) => *aggregate,
        NodeKind::Sentence(sentence) => match sentence.steps.first().map(|step| &step.of) {
            Some(StepOf::Rows(tally)) => *tally,
            _ => return,
        },
        _ => return,
    };
    let parts = sight.plan.aggregates[aggregate].filter.iter().flat_map(Node::conjuncts).collect();
    each(sight, parts, sight.of_group(aggregate, facts), found);
}

fn condition(sight: &Sight, node: Option<&Node>, facts: Facts, found: &mut Vec<Diagnostic>) {
    each(sight, node.map(Node::conjuncts).unwrap_or_default(), facts, found);
}

fn each(sight: &Sight, parts: Vec<&Node>, mut facts: Facts, found: &mut Vec<Diagnostic>) {
    for part in parts {
        if facts.impossible {
            return;
        }
        let answers = sight.always_answers(part);
        match sight.truth(part, &facts) {
            Verdict::Never => found.push(Diagnostic::from(NeverTrue {}).at(part.span, Text::new("never true", "永不成立"))),
            Verdict::Always if answers => found.push(Diagnostic::from(AlwaysTrue {}).at(part.span, Text::new("always true", "恒成立"))),
            _ => {}
        }
        sight.assume(part, true, &mut facts);
    }
}
