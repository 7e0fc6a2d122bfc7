//! Arithmetic on values.

use crate::builtin::interval::{arith, divide_by_count, negate};
use crate::builtin::round::{for_every, round};
use crate::builtin::spread::signed_square;
use crate::base::{Number, Real, Unit};
use crate::model::op::{Arith, Rounding};
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::value::{Absent, Cause, CauseCode, Place, Range, Value, ValueKind};

use super::place::counts_rows;
use super::{At, World};

impl World<'_> {
    pub(super) fn number(&self, node: &Node, at: At) -> Value {
        match &*node.kind {
            NodeKind::Neg(of) => {
                let of = self.value(of, at);
                Value { kind: ValueKind::Number(negate(of.as_range())), ..of }
            }
            NodeKind::Arith(op, left, right) => {
                let (over, under) = (self.value(left, at), self.value(right, at));
                if *op == Arith::Div && under.absent != Absent::Yes && under.as_range().may_be_zero() { self.by_zero(&over, &under, right, at) } else { both(&over, &under, arith(*op, over.as_range(), under.as_range())) }
            }
            NodeKind::Round(rounding, of) => rounded(*rounding, self.value(of, at), &node.ty),
            NodeKind::ForEvery { amount, every, of, part_counted } => {
                let of = self.value(of, at);
                for_every_so_many(amount, every, &of, *part_counted)
            }
            _ => Value::range(Range::UNKNOWN),
        }
    }

    /// A divisor that is, or may be, 0.
    ///
    /// A count of rows that is 0 means that there are none: the question does not apply. Reported cells that come to 0
    /// may be wrong data: unknown, naming them.
    fn by_zero(&self, over: &Value, under: &Value, divisor: &Node, at: At) -> Value {
        let sure = under.as_range().single().is_some();
        if counts_rows(self.plan, divisor) {
            let value = both(over, under, divide_by_count(over.as_range(), under.as_range(), super::place::least_count(self.plan, divisor)));
            let absent = if sure { Absent::Yes } else { Absent::Maybe };
            let value = Value { absent: value.absent.or(absent), ..value };
            return if sure { value.because(Cause { code: CauseCode::Empty, at: Place::Nowhere }) } else { value };
        }
        let mut value = both(over, under, Range::UNKNOWN);
        if sure {
            let cells = self.cells(divisor, at);
            if cells.is_empty() {
                value.add_causes(&[Cause { code: CauseCode::Zero, at: Place::Nowhere }]);
            }
            for cell in cells {
                value.add_causes(&[Cause { code: CauseCode::Zero, at: Place::Cell(cell) }]);
            }
        }
        value
    }
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
    let value = Value { kind: ValueKind::Number(range), absent: of.absent.or(absent), causes: of.causes.clone() };
    if absent == Absent::Yes { value.because(Cause { code: CauseCode::Empty, at: Place::Nowhere }) } else { value }
}
