//! Shares of one population in another: how much of the numerator stands in the denominator too.

use crate::model::keys::Keys;
use crate::model::op::{Aggregate, Arith};
use crate::model::plan::{AggregateDef, Collect, Node, NodeKind, Plan, ShareDef, Type};

use super::Checker;

impl Checker<'_> {
    /// Remembers a comparison that asks a share of one population in another: `count(a) >= 10% of count(b)`, or the same
    /// counted by a column.
    pub(super) fn note_share(&mut self, left: &Node, right: &Node) {
        let found = match (&*left.kind, &*right.kind) {
            (NodeKind::Aggregate(part), NodeKind::Arith(Arith::Mul, percent, of)) if is_percent(percent) => match &*of.kind {
                NodeKind::Aggregate(whole) => Some((*part, *whole)),
                _ => None,
            },
            (NodeKind::Arith(Arith::Div, part, whole), NodeKind::Number(_)) if is_percent(right) => match (&*part.kind, &*whole.kind) {
                (NodeKind::Aggregate(part), NodeKind::Aggregate(whole)) => Some((*part, *whole)),
                _ => None,
            },
            _ => None,
        };
        let Some((part, whole)) = found else { return };
        let (a, b) = (&self.plan.aggregates[part], &self.plan.aggregates[whole]);
        if !alike(&self.plan, a, b) || a.over != b.over || a.at != b.at || self.plan.shares.iter().any(|share| (share.part, share.whole) == (part, whole)) {
            return;
        }
        let mut inside = part;
        if !b.filter.is_empty() {
            let both = AggregateDef { filter: a.filter.iter().chain(&b.filter).cloned().collect(), ..a.clone() };
            inside = self.plan.aggregates.len();
            self.plan.aggregates.push(both);
        }
        let rows = self.rows_of_share(part, whole);
        self.plan.shares.push(ShareDef { part, whole, inside, rows });
    }

    /// The denominator, row by row, with what the numerator asks: a report names the rows as it does for `at least 85% of`.
    fn rows_of_share(&mut self, part: usize, whole: usize) -> Option<usize> {
        let (a, b) = (&self.plan.aggregates[part], &self.plan.aggregates[whole]);
        if a.what != Collect::Value(Aggregate::Count) {
            return None;
        }
        let says = match a.filter.as_slice() {
            [] => return None,
            [only] => only.clone(),
            several => Node { kind: Box::new(NodeKind::And(several.to_vec())), ty: Type::Truth, span: a.span },
        };
        let tally = AggregateDef { what: Collect::Tally, operand: Some(says), ty: Type::Truth, ..b.clone() };
        self.plan.aggregates.push(tally);
        Some(self.plan.aggregates.len() - 1)
    }
}

/// Two counts, or two sums of the same thing.
fn alike(plan: &Plan, a: &AggregateDef, b: &AggregateDef) -> bool {
    match (a.what, b.what) {
        (Collect::Value(Aggregate::Count), Collect::Value(Aggregate::Count)) => true,
        (Collect::Value(Aggregate::Sum), Collect::Value(Aggregate::Sum)) => {
            let keys = Keys::new(plan);
            a.operand.as_ref().zip(b.operand.as_ref()).is_some_and(|(a, b)| keys.of(a) == keys.of(b))
        }
        _ => false,
    }
}

fn is_percent(node: &Node) -> bool {
    matches!((&*node.kind, &node.ty), (NodeKind::Number(_), Type::Number(unit)) if unit.is_percent())
}
