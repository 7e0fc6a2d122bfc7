//! Statements: what is compared, listed, known, joined, said of rows.

use std::cmp::Ordering;

use crate::builtin::spread::signed_square;
use crate::builtin::{interval, logic, tally};
use crate::base::{Number, YearMonth};
use crate::model::op::{Arith, Compare};
use crate::model::plan::{Amount, Node, NodeKind, Quantity, Sentence, Step, StepOf, Type};
use crate::model::reduced::State;
use crate::model::verdict::Outcome;
use crate::model::value::{Absent, Beyond, Cause, CauseCode, Place, Range, Truth, Value, ValueKind};

use super::{At, World};

impl World<'_> {
    pub(super) fn statement(&self, node: &Node, at: At) -> Value {
        match &*node.kind {
            NodeKind::Not(of) => logic::not(&self.value(of, at)),
            NodeKind::And(list) => logic::and(&self.values(list, at)),
            NodeKind::Or(list) => logic::or(&self.values(list, at)),
            NodeKind::Compare(op, left, right) => self.of_another(*op, left, right, at, self.compared(*op, left, right, at)),
            NodeKind::Between { of, low, high } => logic::and(&[self.compared(Compare::Ge, of, low, at), self.compared(Compare::Le, of, high, at)]),
            NodeKind::OneOf { of, list, negated } => {
                let any = logic::or(&list.iter().map(|item| self.compared(Compare::Eq, of, item, at)).collect::<Vec<_>>());
                if *negated { logic::not(&any) } else { any }
            }
            NodeKind::Known { of, negated } => Value::truth(Truth::from_bool(self.value(of, at).is_settled() != *negated)),
            NodeKind::Sentence(sentence) => self.sentence(sentence, at),
            _ => Value::truth(Truth::Unknown),
        }
    }

    /// `count(a) >= 10% of count(b)`, a share of one population in another: the percent and the other.
    pub fn other_population<'n>(&self, left: &Node, right: &'n Node) -> Option<(&'n Number, &'n Node)> {
        let counts = |node: &Node| self.plan.count_of(node).is_some();
        let NodeKind::Arith(Arith::Mul, percent, of) = &*right.kind else { return None };
        let NodeKind::Number(number) = &*percent.kind else { return None };
        let is_percent = matches!(&percent.ty, Type::Number(unit) if unit.is_percent());
        (is_percent && counts(left) && counts(of)).then_some((number, of))
    }

    /// A share of a population that may be empty is what its quotient says (R20): of rows of it, it does not apply.
    pub fn of_another(&self, op: Compare, left: &Node, right: &Node, at: At, value: Value) -> Value {
        let Some((percent, of)) = self.other_population(left, right) else { return value };
        let whole = self.value(of, at);
        if !whole.as_range().may_be_zero() {
            return value;
        }
        let share = self.quotient([left, of], &self.value(left, at), &whole, at);
        self.compare(op, &share, &Value::number(percent.clone()), &left.ty)
    }

    /// The share of one population in another.
    pub fn share_of_another(&self, left: &Node, of: &Node, at: At) -> Value {
        self.quotient([left, of], &self.value(left, at), &self.value(of, at), at)
    }

    fn values(&self, list: &[Node], at: At) -> Vec<Value> {
        list.iter().map(|node| self.value(node, at)).collect()
    }

    fn compared(&self, op: Compare, left: &Node, right: &Node, at: At) -> Value {
        let (value, limit) = self.sides(left, right, at);
        self.compare(op, &value, &limit, &left.ty)
    }

    /// Decided where both sides allow but one answer.
    pub fn compare(&self, op: Compare, left: &Value, right: &Value, ty: &Type) -> Value {
        if left.beyond != Beyond::No || right.beyond != Beyond::No {
            let mut value = above_all(op, left, right).absent(left.absent.or(right.absent));
            value.add_causes(&left.causes);
            value.add_causes(&right.causes);
            return value;
        }
        let truth = match (&left.kind, &right.kind) {
            (ValueKind::Number(a), ValueKind::Number(b)) => interval::compare(op, a, b),
            (ValueKind::Real(_), _) | (_, ValueKind::Real(_)) => interval::compare(op, &apart(left, right), &apart(right, left)),
            (ValueKind::Spread(_), _) | (_, ValueKind::Spread(_)) => interval::compare(op, &squared(left), &squared(right)),
            _ => self.order(&left.kind, &right.kind, ty).map_or(Truth::Unknown, |order| Truth::from_bool(op.holds(order))),
        };
        let mut value = Value::truth(truth).absent(left.absent.or(right.absent));
        if !value.is_settled() {
            value.add_causes(&left.causes);
            value.add_causes(&right.causes);
        }
        value
    }

    /// The order of two settled values that are no numbers. A better code is the greater one.
    fn order(&self, left: &ValueKind, right: &ValueKind, ty: &Type) -> Option<Ordering> {
        match (left, right) {
            (ValueKind::Text(Some(a)), ValueKind::Text(Some(b))) => Some(a.cmp(b)),
            (ValueKind::Date(Some(a)), ValueKind::Date(Some(b))) => Some(a.cmp(b)),
            (ValueKind::YearMonth(Some(a)), ValueKind::YearMonth(Some(b))) => Some(a.cmp(b)),
            // Month with month (R25).
            (ValueKind::Date(Some(a)), ValueKind::YearMonth(Some(b))) => Some(YearMonth::of(*a).cmp(b)),
            (ValueKind::YearMonth(Some(a)), ValueKind::Date(Some(b))) => Some(a.cmp(&YearMonth::of(*b))),
            (ValueKind::Term(Some(a)), ValueKind::Term(Some(b))) if a.kind == b.kind => Some(a.cmp(b)),
            (ValueKind::Truth(a), ValueKind::Truth(b)) if *a != Truth::Unknown && *b != Truth::Unknown => Some((*a == Truth::True).cmp(&(*b == Truth::True))),
            (ValueKind::Code(Some(a)), ValueKind::Code(Some(b))) => {
                let best_first = matches!(ty, Type::Code(list) if self.plan.codes[*list].best_first);
                Some(if best_first { b.cmp(a) } else { a.cmp(b) })
            }
            _ => None,
        }
    }

    /// All steps joined: a step that does not apply is dropped.
    fn sentence(&self, sentence: &Sentence, at: At) -> Value {
        let steps: Vec<Value> = sentence.steps.iter().map(|step| self.step(sentence.quantity, step, at)).collect();
        let value = steps_joined(&steps);
        if steps.iter().all(|step| step.beyond == Beyond::No) {
            return value;
        }
        let read = |required: bool| steps_joined(&steps.iter().cloned().map(|step| if required { step.required() } else { step.forbidden() }).collect::<Vec<_>>()).as_truth();
        Value { beyond: Beyond::No, ..value }.said(read(true), read(false))
    }

    /// One step of a sentence.
    pub fn step(&self, quantity: Quantity, step: &Step, at: At) -> Value {
        match &step.of {
            StepOf::Rows(tally) => match self.state(*tally, at) {
                Some(state) => tally::sentence(quantity, step.bound, &step.amount, &state),
                None => tally::sentence(quantity, step.bound, &step.amount, &State { incomplete: true, ..State::default() }),
            },
            StepOf::Columns { whole, part } => self.column_step(step, &self.value(whole, at), &self.value(part, at), (whole, part), at),
        }
    }

    fn column_step(&self, step: &Step, whole: &Value, part: &Value, nodes: (&Node, &Node), at: At) -> Value {
        if interval::compare(Compare::Gt, part.as_range(), whole.as_range()) == Truth::True {
            return self.blame_cells(CauseCode::Exceeds, &[nodes.0, nodes.1], at);
        }
        match &step.amount {
            Amount::Rows(rows) => {
                let limit = Value::range(Range::exactly(rows.clone()));
                self.compare(step.bound.compare(), part, &limit, &nodes.1.ty)
            }
            Amount::Share(share) => {
                if whole.as_range().single().is_some_and(Number::is_zero) {
                    return self.blame_cells(CauseCode::Zero, &[nodes.0], at);
                }
                let limit = Value::range(Range::exactly(share.clone()));
                self.compare(step.bound.compare(), &share_of(part, whole), &limit, &nodes.1.ty)
            }
        }
    }

    fn blame_cells(&self, code: CauseCode, nodes: &[&Node], at: At) -> Value {
        let mut value = Value::truth(Truth::Unknown);
        for cell in nodes.iter().flat_map(|node| self.cells(node, at)) {
            value.add_causes(&[Cause { code, at: Place::Cell(cell) }]);
        }
        value
    }
}

/// Steps are joined as outcomes: one that may not apply leaves the whole undecided.
fn steps_joined(steps: &[Value]) -> Value {
    let joined = Outcome::join(steps.iter().map(super::truth_outcome));
    let value = logic::and(steps);
    let open = joined == Outcome::Undecided && super::truth_outcome(&value) != joined;
    if open { Value { kind: ValueKind::Truth(Truth::Unknown), ..value } } else { value }
}

/// What is, or may be, divided by 0 against another value: settled only where the requirement fails by it (R20).
///
/// Where the divisor is 0 it is `Greater` than any number. Where it only may be, the numbers that it may be besides must
/// agree; bounds that begin at 0 say nothing, for 0 ÷ 0 is no number.
fn above_all(op: Compare, left: &Value, right: &Value) -> Value {
    let (op, above, other) = if left.beyond == Beyond::No { (op.turned(), right, left) } else { (op, left, right) };
    let open = Value::truth(Truth::Unknown);
    if other.beyond != Beyond::No {
        return open;
    }
    let truth = op.holds(Ordering::Greater);
    let decided = match above.beyond {
        Beyond::Surely => true,
        _ => above.bounds().low.as_ref().is_some_and(|low| *low > Number::ZERO) && interval::compare(op, above.bounds(), other.as_range()) == Truth::from_bool(truth),
    };
    match (decided, truth) {
        (false, _) => open,
        (true, true) => open.said(Truth::Unknown, Truth::True),
        (true, false) => open.said(Truth::False, Truth::Unknown),
    }
}

/// A counted part of a counted whole. Unknown where the whole may be 0.
pub fn share_of(part: &Value, whole: &Value) -> Value {
    let range = interval::arith(Arith::Div, part.as_range(), whole.as_range());
    let mut value = Value::range(range).absent(part.absent.or(whole.absent));
    value.add_causes(&part.causes);
    value.add_causes(&whole.causes);
    value
}

/// A variation by its square; a number squared with its sign, beside one.
fn squared(value: &Value) -> Range {
    match &value.kind {
        ValueKind::Spread(Some(square)) => Range::exactly(square.clone()),
        ValueKind::Number(range) => Range { low: range.low.as_ref().map(signed_square), high: range.high.as_ref().map(signed_square) },
        _ => Range::UNKNOWN,
    }
}

/// A real number by bounds between which no end of the other stands; a number as it is.
fn apart(value: &Value, other: &Value) -> Range {
    match &value.kind {
        ValueKind::Real(Some(real)) => {
            let Range { low, high } = other.as_range();
            let (low, high) = real.apart_from(&low.iter().chain(high).collect::<Vec<_>>());
            Range::between(low, high)
        }
        _ => value.as_range().clone(),
    }
}

/// Whether it is settled that a value does not apply.
pub fn is_absent(value: &Value) -> bool {
    value.absent == Absent::Yes
}
