//! Days moved by whole months, and whole years or months between two days.

use crate::base::{Date, Number};
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::value::{Range, Value, ValueKind};

use super::{At, World};

impl World<'_> {
    pub(super) fn dates(&self, node: &Node, at: At) -> Value {
        match &*node.kind {
            NodeKind::DateShift { months, of } => {
                let of = self.value(of, at);
                let moved = day(&of, false).and_then(|day| day.plus_months(*months));
                Value { kind: ValueKind::Date(moved), ..of }
            }
            NodeKind::Whole { months, from, to } => self.whole(*months, from, to, &node.ty, at),
            _ => Value::range(Range::UNKNOWN),
        }
    }

    fn whole(&self, months: bool, from: &Node, to: &Node, ty: &Type, at: At) -> Value {
        let (from, to) = (self.value(from, at), self.value(to, at));
        let range = match (day(&from, false), day(&to, true)) {
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

/// A year and month is its first day where something begins, its last where it ends.
fn day(value: &Value, end: bool) -> Option<Date> {
    match value.kind {
        ValueKind::Date(date) => date,
        ValueKind::YearMonth(month) => month.and_then(|month| if end { month.last_day() } else { month.first_day() }),
        _ => None,
    }
}
