//! A requirement that every unit meets, or none.
//!
//! # Looks for
//! Requirements, also those of layers and exceptions, and each part that `and` joins, whose outcome is settled before any cell is known: by natural and declared
//! bounds, whole-number steps, shares between 0 and 1, codes, and what the rule asks of its units beforehand.
//!
//! # Why
//! What can never fail checks nothing; what can never be met fails everybody. Percent written as a plain number, or a turned
//! sign, are the usual causes.
//!
//! # Caught
//! `require share(boarding across school) >= 0`; `require size <= -1`; `require share(…) >= 85`.
//!
//! # Not caught
//! `require deficit >= 0` of a column without unit or bounds: it may be negative.
//!
//! # Mend
//! Correct the limit, its percent sign or the comparison; or delete the requirement.

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{AlwaysMet, NeverMet};
use crate::model::plan::{Node, NodeKind, Type};

use super::bounds::{Bounds, End, Verdict};
use super::claim::shown;
use super::facts::Facts;
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for (rule, def) in sight.plan.rules.iter().enumerate() {
        let (scope, facts) = (sight.in_scope(def), sight.asked(def));
        def.require.iter().for_each(|require| settled(sight, require, &facts, found));
        sight.each_instead(rule, &scope, &mut |require, facts| settled(sight, require, facts, found));
    }
}

fn settled(sight: &Sight, require: &Node, facts: &Facts, found: &mut Vec<Diagnostic>) {
    if facts.impossible {
        return;
    }
    for part in require.conjuncts() {
        let label = reach(sight, part, facts);
        match sight.truth(part, facts) {
            Verdict::Always => found.push(Diagnostic::from(AlwaysMet {}).at(part.span, label)),
            Verdict::Never => found.push(Diagnostic::from(NeverMet {}).at(part.span, label)),
            Verdict::Open => {}
        }
    }
}

/// Where what is compared can lie, in words; nothing where that is no number.
fn reach(sight: &Sight, node: &Node, facts: &Facts) -> Text {
    let of = match &*node.kind {
        NodeKind::Compare(_, left, right) => if matches!(*left.kind, NodeKind::Number(_) | NodeKind::Parameter { .. }) { right } else { left },
        NodeKind::Between { of, .. } => of,
        _ => return Text::default(),
    };
    let Type::Number(unit) = &of.ty else { return Text::default() };
    let Bounds { low, high, .. } = sight.bounds(of, facts);
    let end = |end: &End| shown(&end.at, unit);
    match (low.as_ref().map(end), high.as_ref().map(end)) {
        (Some(low), Some(high)) if low == high => Text::new(format!("it is always {}", low.en), format!("恒为 {}", low.zh)),
        (Some(low), Some(high)) => Text::new(format!("it lies between {} and {}", low.en, high.en), format!("介于 {} 与 {} 之间", low.zh, high.zh)),
        (Some(low), None) => Text::new(format!("it is never below {}", low.en), format!("不会低于 {}", low.zh)),
        (None, Some(high)) => Text::new(format!("it is never above {}", high.en), format!("不会超过 {}", high.zh)),
        (None, None) => Text::default(),
    }
}
