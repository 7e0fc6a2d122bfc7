//! A value that is rounded before it is compared with its limit.
//!
//! # Looks for
//! `rounded to … half up` on a side of a comparison of a requirement, a grade, or of what a layer or an exception asks instead;
//! there or in the measure that is compared.
//!
//! # Why
//! A county published a variation of 0.501787 against 0.50: not met; rounded to two decimals first, it passes. Standards are
//! compared exactly unless the document says that figures are rounded.
//!
//! # Caught
//! `require share rounded to 2 decimals half up >= 95%`.
//!
//! # Not caught
//! `show 2 decimals`, which rounds what is shown alone; `rounded up` of how many rooms are due.
//!
//! # Mend
//! Take the rounding away and write `show`; or, where the document says it, `allow` with the clause for a reason.

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::RoundedFirst;
use crate::model::op::Rounding;
use crate::model::plan::{Node, NodeKind};

use super::facts::Facts;
use super::sight::Sight;
use super::walk::Measures;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for (rule, def) in sight.plan.rules.iter().enumerate() {
        let mut look = |require, facts: &Facts| sight.each(require, facts, Measures::Left, &mut |node, _| compared(sight, node, found));
        let (scope, facts) = (sight.in_scope(def), sight.asked(def));
        def.requirements().for_each(|require| look(require, &facts));
        sight.each_instead(rule, &scope, &mut look);
    }
}

fn compared(sight: &Sight, node: &Node, found: &mut Vec<Diagnostic>) {
    let sides = match &*node.kind {
        NodeKind::Compare(_, left, right) => vec![left, right],
        NodeKind::Between { of, .. } => vec![of],
        _ => return,
    };
    if let Some(rounding) = sides.into_iter().find_map(|side| sight.rounding(side)) {
        let said = Diagnostic::from(RoundedFirst {}).at(node.span, Text::new("compared here", "在此比较"));
        found.push(said.at(rounding.span, Text::new("rounded here", "在此取舍")));
    }
}

impl<'p> Sight<'p> {
    /// The rounding half up that a value is, itself or as a measure.
    pub fn rounding<'n>(&self, node: &'n Node) -> Option<&'n Node>
    where
        'p: 'n,
    {
        match &*node.kind {
            NodeKind::Round(Rounding::HalfUp(_), _) => Some(node),
            NodeKind::Measure(measure) => self.deeper(|| self.rounding(&self.plan.measures[*measure].body)).flatten(),
            _ => None,
        }
    }
}
