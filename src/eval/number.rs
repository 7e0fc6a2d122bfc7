//! Arithmetic on values.

use crate::builtin::interval::{arith, divide_by_count, negate};
use crate::builtin::round::{for_every, round};
use crate::builtin::spread::signed_square;
use crate::base::{Number, Real, Unit};
use crate::model::op::{Arith, Rounding};
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::value::{Absent, Beyond, Cause, CauseCode, Place, Range, Value, ValueKind};

use super::place::{counts_rows, is_among};
use super::{At, World};

impl World<'_> {
    pub(super) fn number(&self, node: &Node, at: At) -> Value {
        match &*node.kind {
            NodeKind::Neg(of) => {
                let of = self.value(of, at);
                Value { kind: ValueKind::Number(negate(of.as_range())), beyond: Beyond::No, ..of }
            }
            NodeKind::Arith(op, left, right) => {
                let (over, under) = (self.value(left, at), self.value(right, at));
                if *op == Arith::Div { self.quotient([left, right], &over, &under, at) } else { both(&over, &under, arith(*op, over.as_range(), under.as_range())) }
            }
            NodeKind::Round(rounding, of) => rounded(*rounding, self.value(of, at), &node.ty),
            NodeKind::ForEvery { amount, every, of, part_counted } => {
                let of = self.value(of, at);
                for_every_so_many(amount, every, &of, *part_counted)
            }
            _ => Value::range(Range::UNKNOWN),
        }
    }

    /// One number over another, with the nodes that they are of.
    pub(super) fn quotient(&self, nodes: [&Node; 2], over: &Value, under: &Value, at: At) -> Value {
        let [part, divisor] = nodes;
        if under.absent == Absent::Yes || over.absent == Absent::Yes || !under.as_range().may_be_zero() {
            return both(over, under, arith(Arith::Div, over.as_range(), under.as_range()));
        }
        let counted = counts_rows(self.plan, divisor);
        let among = counted && is_among(self.plan, part, divisor);
        if under.as_range().single().is_some() { self.by_zero(over, under, counted, divisor, at) } else { self.by_what_may_be_zero(over, under, (counted, among), divisor) }
    }

    /// Something over 0. Of no rows there is no share, and of nothing counted nothing is asked. What is surely above 0
    /// stands above every number; what was reported as 0 over 0 may be wrong data: unknown, naming the cells.
    fn by_zero(&self, over: &Value, under: &Value, counted: bool, divisor: &Node, at: At) -> Value {
        let range = over.as_range();
        let above = range.low.as_ref().is_some_and(|low| *low > Number::ZERO);
        let nothing = range.single().is_some_and(Number::is_zero);
        let value = both(over, under, Range::UNKNOWN);
        if counted && nothing {
            return value.absent(Absent::Yes).because(Cause { code: CauseCode::Empty, at: Place::Nowhere });
        }
        let absent = if counted && range.may_be_zero() { Absent::Maybe } else { Absent::No };
        let mut value = Value { absent: value.absent.or(absent), ..value }.beyond(if above { Beyond::Surely } else { Beyond::No });
        let cells = self.cells(divisor, at);
        if cells.is_empty() {
            let table = self.aggregates(divisor, at).first().map_or(Place::Nowhere, |(id, _)| Place::Table(self.plan.aggregates[*id].over));
            value.add_causes(&[Cause { code: CauseCode::Zero, at: table }]);
        }
        for cell in cells {
            value.add_causes(&[Cause { code: CauseCode::Zero, at: Place::Cell(cell) }]);
        }
        value
    }

    /// Over a number that may be 0: from the least over the most upwards without end, and perhaps above every number.
    fn by_what_may_be_zero(&self, over: &Value, under: &Value, (counted, among): (bool, bool), divisor: &Node) -> Value {
        let (part, whole) = (over.as_range(), under.as_range());
        let maybe = |value: Value| Value { absent: value.absent.or(Absent::Maybe), ..value };
        if among {
            return maybe(both(over, under, divide_by_count(part, whole, super::place::least_count(self.plan, divisor))));
        }
        let open = match over_what_may_be_zero(part, whole) {
            Some(range) => both(over, under, range).beyond(Beyond::Maybe),
            None => both(over, under, Range::UNKNOWN),
        };
        // Of nothing counted nothing is asked where the part may be nothing too.
        if counted && part.may_be_zero() { maybe(open) } else { open }
    }
}

/// From the least over the most upwards without end; `None` where either may be below 0.
pub fn over_what_may_be_zero(part: &Range, whole: &Range) -> Option<Range> {
    let positive = |end: &Option<Number>| end.as_ref().is_some_and(|low| *low >= Number::ZERO);
    (positive(&part.low) && positive(&whole.low)).then(|| Range { low: part.low.as_ref().and_then(|low| whole.high.as_ref().map_or(Some(Number::ZERO), |high| low.div(high))), high: None })
}

/// A number made of two: it does not apply where either does not, and is as unknown as both.
fn both(left: &Value, right: &Value, range: Range) -> Value {
    let mut value = Value::range(range).absent(left.absent.or(right.absent));
    value.add_causes(&left.causes);
    value.add_causes(&right.causes);
    value
}

fn rounded(rounding: Rounding, of: Value, ty: &Type) -> Value {
    let kind = match (&of.kind, ty) {
        (ValueKind::Spread(Some(square)), _) => ValueKind::Spread(Some(round_spread(rounding, square))),
        (ValueKind::Real(Some(real)), _) => ValueKind::Number(Range::exactly(round_real(rounding, real))),
        (ValueKind::Real(None), _) => ValueKind::Number(Range::UNKNOWN),
        (ValueKind::Number(range), Type::Number(unit)) => ValueKind::Number(round(rounding, range, unit)),
        (kind, _) => kind.clone(),
    };
    Value { kind, ..of }
}

fn round_real(rounding: Rounding, real: &Real) -> Number {
    match rounding {
        Rounding::HalfUp(decimals) => real.round_half_up(decimals),
        Rounding::Up => real.ceil(),
        Rounding::Down => real.floor(),
    }
}

/// The square of a rounded root.
fn round_spread(rounding: Rounding, square: &Number) -> Number {
    let size = square.abs();
    let root = match rounding {
        Rounding::HalfUp(decimals) => size.root_rounded(decimals),
        Rounding::Up | Rounding::Down => {
            let near = round(Rounding::HalfUp(0), &Range::exactly(size.root_rounded(0)), &Unit::plain()).single().cloned().unwrap_or(Number::ZERO);
            let over = near.square() > size;
            let under = near.square() < size;
            match rounding {
                Rounding::Up if under => &near + &Number::ONE,
                Rounding::Down if over => &near - &Number::ONE,
                _ => near,
            }
        }
    };
    if square.is_negative() { -&signed_square(&root) } else { signed_square(&root) }
}

fn for_every_so_many(amount: &Number, every: &Number, of: &Value, part_counted: bool) -> Value {
    let range = for_every(amount, every, of.as_range(), part_counted);
    let zero = of.as_range().may_be_zero();
    let absent = match (zero, of.as_range().single()) {
        (true, Some(_)) => Absent::Yes,
        (true, None) => Absent::Maybe,
        (false, _) => Absent::No,
    };
    let value = Value { causes: of.causes.clone(), ..Value::range(range).absent(of.absent.or(absent)) };
    if absent == Absent::Yes { value.because(Cause { code: CauseCode::Empty, at: Place::Nowhere }) } else { value }
}
