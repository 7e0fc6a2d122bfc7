//! Days moved by whole months, and whole years or months between two days.

use crate::base::{Date, Number, YearMonth};
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::value::{Cause, CauseCode, Place, Range, Value, ValueKind};

use super::{At, World};

impl World<'_> {
    pub(super) fn dates(&self, node: &Node, at: At) -> Value {
        match &*node.kind {
            NodeKind::DateShift { months, of } => {
                let of = self.value(of, at);
                let moved = begins(&of).and_then(|day| day.plus_months(*months));
                Value { kind: ValueKind::Date(moved), ..of }
            }
            NodeKind::Whole { months, touched: false, from, to } => self.whole(*months, from, to, &node.ty, at),
            NodeKind::Whole { months, touched: true, from, to } => self.touched(*months, from, to, at),
            _ => Value::range(Range::UNKNOWN),
        }
    }

    /// Both sides of a comparison. A day against `n years before d` is judged by adding: the n years are added to it, and
    /// what comes out stands against d (R25). So it agrees with counting whole years where a month has no such day. Where
    /// both sides are moved, both are taken as the days that they are.
    pub fn sides(&self, left: &Node, right: &Node, at: At) -> (Value, Value) {
        match (before(left), before(right)) {
            (None, Some(_)) => self.added(left, right, at),
            (Some(_), None) => {
                let (right, left) = self.added(right, left, at);
                (left, right)
            }
            _ => (self.value(left, at), self.value(right, at)),
        }
    }

    fn added(&self, day: &Node, limit: &Node, at: At) -> (Value, Value) {
        let (mut value, mut limit) = (self.value(day, at), limit);
        while let Some((months, of)) = before(limit) {
            (value, limit) = (moved(value, months), of);
        }
        (value, self.value(limit, at))
    }

    /// The calendar months that a period touches, or how many twelves of them. Turned, nothing is known of it.
    fn touched(&self, months: bool, from: &Node, to: &Node, at: At) -> Value {
        let (from, to) = (self.value(from, at), self.value(to, at));
        let is_turned = match (&from.kind, &to.kind) {
            (ValueKind::Date(Some(from)), ValueKind::Date(Some(to))) => from > to,
            _ => month(&from).zip(month(&to)).is_some_and(|(from, to)| from > to),
        };
        let count = month(&from).zip(month(&to)).filter(|_| !is_turned).map(|(from, to)| from.months_to(to));
        let number = count.map(|count| Number::int(i64::from(if months { count } else { count / 12 })));
        let mut value = Value::range(number.map_or(Range::at_least(Number::ZERO), Range::exactly)).absent(from.absent.or(to.absent));
        value.add_causes(&from.causes);
        value.add_causes(&to.causes);
        if is_turned { value.because(Cause { code: CauseCode::Turned, at: Place::Nowhere }) } else { value }
    }

    fn whole(&self, months: bool, from: &Node, to: &Node, ty: &Type, at: At) -> Value {
        let (from, to) = (self.value(from, at), self.value(to, at));
        let range = match (begins(&from), ends(&to)) {
            (Some(from), Some(to)) => {
                let count = if months { from.whole_months_to(to) } else { from.whole_years_to(to) };
                let number = Number::int(i64::from(count));
                Range::exactly(if let Type::Number(unit) = ty { unit.to_base(&number) } else { number })
            }
            _ => Range::UNKNOWN,
        };
        let mut value = Value::range(range).absent(from.absent.or(to.absent));
        value.add_causes(&from.causes);
        value.add_causes(&to.causes);
        value
    }
}

/// A year and month begins on its first day.
fn begins(value: &Value) -> Option<Date> {
    match value.kind {
        ValueKind::Date(date) => date,
        ValueKind::YearMonth(month) => month.and_then(YearMonth::first_day),
        _ => None,
    }
}

/// A year and month that closes a period is counted whole: it is over when the next begins.
fn ends(value: &Value) -> Option<Date> {
    match value.kind {
        ValueKind::Date(date) => date,
        ValueKind::YearMonth(month) => month.and_then(|month| month.plus_months(1)).and_then(YearMonth::first_day),
        _ => None,
    }
}

fn month(value: &Value) -> Option<YearMonth> {
    match value.kind {
        ValueKind::Date(date) => date.map(YearMonth::of),
        ValueKind::YearMonth(month) => month,
        _ => None,
    }
}

/// Moved by whole months; a year and month by so many months.
fn moved(value: Value, months: i32) -> Value {
    let kind = match value.kind {
        ValueKind::Date(date) => ValueKind::Date(date.and_then(|date| date.plus_months(months))),
        ValueKind::YearMonth(month) => ValueKind::YearMonth(month.and_then(|month| month.plus_months(months))),
        other => other,
    };
    Value { kind, ..value }
}

/// How many months before which other day a day is.
fn before(node: &Node) -> Option<(i32, &Node)> {
    match &*node.kind {
        NodeKind::DateShift { months, of } if *months < 0 => Some((months.checked_neg()?, of)),
        _ => None,
    }
}
