//! Whether two expressions say the same, wherever they stand, and which of two requirements asks more.

use std::cmp::Ordering;
use std::mem::discriminant;

use crate::base::Number;
use crate::model::op::{Bound, Compare};
use crate::model::plan::{AggregateDef, Amount, Node, NodeKind, Plan, Sentence, Step, StepOf};

/// Whether two nodes are the same by their form.
pub(super) fn alike(plan: &Plan, a: &Node, b: &Node) -> bool {
    let below = |node: &Node| {
        let mut found = Vec::new();
        node.each_child(&mut |child| found.push(child.clone()));
        found
    };
    if discriminant(&*a.kind) != discriminant(&*b.kind) || own(&a.kind) != own(&b.kind) {
        return false;
    }
    let inner = match (&*a.kind, &*b.kind) {
        (NodeKind::Aggregate(a), NodeKind::Aggregate(b)) => same_rows(plan, *a, *b),
        (NodeKind::Sentence(a), NodeKind::Sentence(b)) => same_steps(plan, a, b) && a.steps.iter().zip(&b.steps).all(|(a, b)| a.amount == b.amount),
        _ => true,
    };
    let (a, b) = (below(a), below(b));
    inner && a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| alike(plan, a, b))
}

/// What a node says beside the nodes beneath it.
fn own(kind: &NodeKind) -> String {
    match kind {
        NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Truth(_) | NodeKind::Date(_) | NodeKind::YearMonth(_) | NodeKind::Code(_) | NodeKind::Column(_) | NodeKind::UnitCode(_) | NodeKind::Measure(_) | NodeKind::Status { .. } | NodeKind::Rules(_) => format!("{kind:?}"),
        NodeKind::Parameter { id, .. } => format!("{id}"),
        NodeKind::Arith(op, ..) => format!("{op:?}"),
        NodeKind::Compare(op, ..) => format!("{op:?}"),
        NodeKind::Round(rounding, _) => format!("{rounding:?}"),
        NodeKind::ForEvery { amount, every, part_counted, .. } => format!("{amount:?} {every:?} {part_counted}"),
        NodeKind::ByCase { arms, .. } => format!("{:?}", arms.iter().map(|(keys, _)| keys).collect::<Vec<_>>()),
        NodeKind::InTerm { when, .. } => format!("{when:?}"),
        NodeKind::Rising { since, .. } => format!("{since:?}"),
        NodeKind::Evidence(def) => format!("{:?}", (&def.rule, def.within, def.found)),
        NodeKind::DateShift { months, .. } => format!("{months}"),
        NodeKind::Whole { months, .. } => format!("{months}"),
        NodeKind::OneOf { negated, .. } | NodeKind::Known { negated, .. } => format!("{negated}"),
        _ => String::new(),
    }
}

fn same_rows(plan: &Plan, a: usize, b: usize) -> bool {
    let (a, b): (&AggregateDef, &AggregateDef) = (&plan.aggregates[a], &plan.aggregates[b]);
    let same = |a: Vec<&Node>, b: Vec<&Node>| a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| alike(plan, a, b));
    (a.what, a.over, &a.at) == (b.what, b.over, &b.at)
        && same(a.filter.iter().collect(), b.filter.iter().collect())
        && same(a.operand.iter().collect(), b.operand.iter().collect())
        && same(a.weight.iter().collect(), b.weight.iter().collect())
}

/// Whether two sentences speak of the same rows and say the same of them, whatever number they ask.
fn same_steps(plan: &Plan, a: &Sentence, b: &Sentence) -> bool {
    let step = |(a, b): (&Step, &Step)| {
        let of = match (&a.of, &b.of) {
            (StepOf::Rows(a), StepOf::Rows(b)) => same_rows(plan, *a, *b),
            // Counted columns stand beneath the node.
            (StepOf::Columns { .. }, StepOf::Columns { .. }) => true,
            _ => false,
        };
        of && a.bound == b.bound && std::mem::discriminant(&a.amount) == std::mem::discriminant(&b.amount)
    };
    a.quantity == b.quantity && a.steps.len() == b.steps.len() && a.steps.iter().zip(&b.steps).all(step)
}

/// Whether `new` asks more than `old` of the same value: greater is stricter. `None` where they cannot be compared.
pub(super) fn strictness(plan: &Plan, old: &Node, new: &Node) -> Option<Ordering> {
    if alike(plan, old, new) {
        return Some(Ordering::Equal);
    }
    match (&*old.kind, &*new.kind) {
        (NodeKind::Compare(op, left, right), NodeKind::Compare(other, over, under)) if alike(plan, left, over) => {
            let (old, new) = (constant(right)?, constant(under)?);
            let by_limit = match () {
                () if op.is_floor() && other.is_floor() => new.cmp(old),
                () if op.is_ceiling() && other.is_ceiling() => old.cmp(new),
                () => return None,
            };
            Some(by_limit.then(is_strict(*other).cmp(&is_strict(*op))))
        }
        (NodeKind::Sentence(old), NodeKind::Sentence(new)) if same_steps(plan, old, new) => {
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
