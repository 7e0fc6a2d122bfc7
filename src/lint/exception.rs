//! An exception that no unit comes to.
//!
//! # Looks for
//! Exceptions whose condition is never true of the units that their rule asks, whose days lie outside those of the rule, or
//! behind one that goes before them and takes all of their units on all of their days.
//!
//! # Why
//! Those for whom it was granted are judged by the rule after all.
//!
//! # Caught
//! An exception for primary schools to a rule `for each school where type = junior`.
//!
//! # Not caught
//! An exception that goes before another for some of its units; one whose days merely begin later than the rule's.
//!
//! # Mend
//! Correct the condition, the dates or the priority; or delete the exception.

use std::collections::BTreeSet;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::IdleException;
use crate::model::keys::Key;
use crate::model::plan::{ExceptionDef, Node, RuleDef};

use super::bounds::Verdict;
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for rule in &sight.plan.rules {
        found.extend(rule.exceptions.iter().filter_map(|exception| idle(sight, rule, exception)));
    }
}

fn idle(sight: &Sight, rule: &RuleDef, exception: &ExceptionDef) -> Option<Diagnostic> {
    let facts = sight.in_scope(rule);
    let (name, rule_id) = (Text::from(&exception.names.id), Text::from(&rule.names.id));
    let said = |why: Text| Diagnostic::from(IdleException { name: name.clone(), rule: rule_id.clone(), why });
    let never = exception.when.as_ref().filter(|when| !facts.impossible && sight.truth(when, &facts) == Verdict::Never);
    if let Some(when) = never {
        let why = Text::new("its condition is never true of them", "其条件对这些单位永不成立");
        return Some(said(why).at(when.span, Text::new("never true", "永不成立")).at(rule.span, Text::new("the rule", "所针对的指标")));
    }
    if exception.period.overlap(sight.in_force(rule)).is_none() {
        let why = Text::new("its days lie outside those of the rule", "其日期不在指标的施行期内");
        return Some(said(why).at(exception.span, Text::default()).at(rule.span, Text::new("the rule", "所针对的指标")));
    }
    let first = rule.exceptions.iter().find(|other| other.goes_before(exception) && takes_all(sight, other, exception))?;
    let why = Text::new("another one goes before it and takes them all", "另一项特殊情形优先，已包含其全部单位");
    Some(said(why).at(exception.span, Text::default()).at(first.span, Text::new("goes before it", "优先适用")))
}

/// Whether one holds wherever, and whenever, the other does: it asks no condition that the other does not ask too.
fn takes_all(sight: &Sight, one: &ExceptionDef, other: &ExceptionDef) -> bool {
    let conditions = |exception: &ExceptionDef| exception.when.iter().flat_map(Node::conjuncts).map(|node| sight.keys.of(node)).collect::<BTreeSet<Key>>();
    one.period.overlap(other.period) == Some(other.period) && conditions(one).is_subset(&conditions(other))
}
