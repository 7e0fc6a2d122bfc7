//! Which of two requirements asks more of the same thing.

use std::cmp::Ordering;

use crate::base::Number;
use crate::model::keys::Keys;
use crate::model::op::{Arith, Bound, Compare};
use crate::model::plan::{Amount, Constant, Node, NodeKind, Plan, Sentence, Step, StepOf};

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
pub(super) fn strictness(plan: &Plan, keys: &Keys, old: &Node, new: &Node) -> Option<Ordering> {
    if keys.of(old) == keys.of(new) {
        return Some(Ordering::Equal);
    }
    match (&*old.kind, &*new.kind) {
        (NodeKind::Compare(op, left, right), NodeKind::Compare(other, over, under)) if keys.of(left) == keys.of(over) => {
            let by_number = beside(&limits(plan, right)?, &limits(plan, under)?)?;
            let by_limit = match () {
                () if op.is_floor() && other.is_floor() => by_number,
                () if op.is_ceiling() && other.is_ceiling() => by_number.reverse(),
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

/// How a limit stands to another, each known by the least and the greatest that it may be: greater where it is nowhere less.
fn beside(old: &(Number, Number), new: &(Number, Number)) -> Option<Ordering> {
    match () {
        () if old == new && old.0 == old.1 => Some(Ordering::Equal),
        () if new.0 >= old.1 => Some(Ordering::Greater),
        () if new.1 <= old.0 => Some(Ordering::Less),
        () => None,
    }
}

/// The least and the greatest that a limit may be: a number, or a parameter on whatever day and for whatever key.
fn limits(plan: &Plan, node: &Node) -> Option<(Number, Number)> {
    match &*node.kind {
        NodeKind::Number(number) => Some((number.clone(), number.clone())),
        NodeKind::Parameter { id, .. } => {
            let values = plan.parameters[*id].dated.iter().flat_map(|dated| dated.values.iter().map(|(_, value)| value).chain(&dated.otherwise));
            let numbers = values.map(|value| if let Constant::Number(number) = value { Some(number) } else { None }).collect::<Option<Vec<_>>>()?;
            Some((numbers.iter().min().copied()?.clone(), numbers.iter().max().copied()?.clone()))
        }
        NodeKind::Arith(op @ (Arith::Add | Arith::Mul), left, right) => {
            let (left, right) = (limits(plan, left)?, limits(plan, right)?);
            match op {
                Arith::Add => Some((&left.0 + &right.0, &left.1 + &right.1)),
                _ if left.0.is_negative() || right.0.is_negative() => None,
                _ => Some((&left.0 * &right.0, &left.1 * &right.1)),
            }
        }
        _ => None,
    }
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
