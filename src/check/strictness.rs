//! Which of two requirements asks more of the same thing.

use std::cmp::Ordering;

use crate::base::Number;
use crate::model::keys::Keys;
use crate::model::op::{Bound, Compare};
use crate::model::plan::{Amount, Node, NodeKind, Sentence, Step, StepOf};

/// Whether two sentences speak of the same rows, or of the same columns, and say the same of them, whatever number they ask.
fn same_steps(keys: &Keys, a: &Sentence, b: &Sentence) -> bool {
    let step = |(a, b): (&Step, &Step)| {
        let of = match (&a.of, &b.of) {
            (StepOf::Rows(a), StepOf::Rows(b)) => keys.collected(*a) == keys.collected(*b),
            (StepOf::Columns { whole, part }, StepOf::Columns { whole: over, part: under }) => keys.of(whole) == keys.of(over) && keys.of(part) == keys.of(under),
            _ => false,
        };
        of && a.bound == b.bound && std::mem::discriminant(&a.amount) == std::mem::discriminant(&b.amount)
    };
    a.quantity == b.quantity && a.steps.len() == b.steps.len() && a.steps.iter().zip(&b.steps).all(step)
}

/// Whether `new` asks more than `old` of the same value: greater is stricter. `None` where they cannot be compared.
pub(super) fn strictness(keys: &Keys, old: &Node, new: &Node) -> Option<Ordering> {
    if keys.of(old) == keys.of(new) {
        return Some(Ordering::Equal);
    }
    match (&*old.kind, &*new.kind) {
        (NodeKind::Compare(op, left, right), NodeKind::Compare(other, over, under)) if keys.of(left) == keys.of(over) => {
            let (old, new) = (constant(right)?, constant(under)?);
            let by_limit = match () {
                () if op.is_floor() && other.is_floor() => new.cmp(old),
                () if op.is_ceiling() && other.is_ceiling() => old.cmp(new),
                () => return None,
            };
            Some(by_limit.then(is_strict(*other).cmp(&is_strict(*op))))
        }
        (NodeKind::Sentence(old), NodeKind::Sentence(new)) if same_steps(keys, old, new) => {
            let orders: Option<Vec<Ordering>> = old.steps.iter().zip(&new.steps).map(|(old, new)| by_amount(old, new)).collect();
            joined(&orders?)
        }
        _ => None,
    }
}

fn is_strict(op: Compare) -> bool {
    matches!(op, Compare::Gt | Compare::Lt)
}

fn constant(node: &Node) -> Option<&Number> {
    if let NodeKind::Number(number) = &*node.kind { Some(number) } else { None }
}

fn by_amount(old: &Step, new: &Step) -> Option<Ordering> {
    let order = match (&old.amount, &new.amount) {
        (Amount::Share(old), Amount::Share(new)) | (Amount::Rows(old), Amount::Rows(new)) => new.cmp(old),
        _ => return None,
    };
    match old.bound {
        Bound::AtLeast => Some(order),
        Bound::AtMost => Some(order.reverse()),
        Bound::Exactly => (order == Ordering::Equal).then_some(order),
    }
}

/// All of them, where none goes the other way.
pub(super) fn joined(orders: &[Ordering]) -> Option<Ordering> {
    match (orders.contains(&Ordering::Greater), orders.contains(&Ordering::Less)) {
        (true, true) => None,
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        (false, false) => Some(Ordering::Equal),
    }
}
