//! And, or and not over statements that may be unknown or may not apply at all.

use crate::model::value::{Absent, Beyond, Truth, Value, ValueKind};

/// All that a statement may turn out to be.
#[derive(Clone, Copy)]
struct May {
    be_true: bool,
    be_false: bool,
    be_absent: bool,
}

impl May {
    fn of(value: &Value) -> May {
        let answered = value.absent != Absent::Yes;
        let truth = value.as_truth();
        May { be_true: answered && truth.may(true), be_false: answered && truth.may(false), be_absent: value.absent != Absent::No }
    }

    /// An operand that does not apply is dropped; else false wins.
    fn and(self, other: May) -> May {
        May {
            be_true: self.be_true && (other.be_true || other.be_absent) || self.be_absent && other.be_true,
            be_false: self.be_false || other.be_false,
            be_absent: self.be_absent && other.be_absent,
        }
    }

    fn not(self) -> May {
        May { be_true: self.be_false, be_false: self.be_true, ..self }
    }

    fn value(self) -> Value {
        let truth = match (self.be_true, self.be_false) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        };
        let absent = match (self.be_absent, self.be_true || self.be_false) {
            (false, _) => Absent::No,
            (true, true) => Absent::Maybe,
            (true, false) => Absent::Yes,
        };
        Value::of(ValueKind::Truth(truth)).absent(absent)
    }
}

/// All of them. Of none: true.
pub fn and(values: &[Value]) -> Value {
    joined(values, all)
}

/// Any of them. Of none: false.
pub fn or(values: &[Value]) -> Value {
    joined(values, any)
}

/// What is required must not be there to be denied, and the other way round.
pub fn not(value: &Value) -> Value {
    let beyond = match value.beyond {
        Beyond::Said { required, forbidden } => Beyond::Said { required: forbidden.not(), forbidden: required.not() },
        other => other,
    };
    Value { kind: ValueKind::Truth(value.as_truth().not()), beyond, ..value.clone() }
}

fn all(values: &[Value]) -> Value {
    values.iter().map(May::of).reduce(May::and).map_or_else(|| Value::truth(Truth::True), May::value)
}

fn any(values: &[Value]) -> Value {
    values.iter().map(|value| May::of(value).not()).reduce(May::and).map_or_else(|| Value::truth(Truth::False), |may| may.not().value())
}

fn joined(values: &[Value], join: fn(&[Value]) -> Value) -> Value {
    let mut joined = join(values);
    if values.iter().any(|value| value.beyond != Beyond::No) {
        let read = |is_required: bool| {
            let read: Vec<Value> = values.iter().map(|value| Value::truth(value.reading(is_required)).absent(value.absent)).collect();
            join(&read).as_truth()
        };
        joined = joined.said(read(true), read(false));
    }
    blame(&mut joined, values);
    joined
}

/// An unsettled whole carries the causes of its unsettled parts.
fn blame(joined: &mut Value, values: &[Value]) {
    if !joined.is_settled() {
        for value in values.iter().filter(|value| !value.is_settled()) {
            joined.add_causes(&value.causes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Absent, Truth, Value, and, or};

    fn all() -> Vec<Value> {
        let mut values = Vec::new();
        for truth in [Truth::True, Truth::False, Truth::Unknown] {
            for absent in [Absent::No, Absent::Maybe] {
                values.push(Value::truth(truth).absent(absent));
            }
        }
        values.push(Value::truth(Truth::Unknown).absent(Absent::Yes));
        values
    }

    /// Every single answer that a value allows: `None` stands for "does not apply".
    fn answers(value: &Value) -> Vec<Option<bool>> {
        let mut answers = Vec::new();
        if value.absent != Absent::Yes {
            answers.extend([true, false].into_iter().filter(|truth| value.as_truth().may(*truth)).map(Some));
        }
        if value.absent != Absent::No {
            answers.push(None);
        }
        answers
    }

    fn joined(left: Option<bool>, right: Option<bool>, op: fn(bool, bool) -> bool) -> Option<bool> {
        match (left, right) {
            (Some(left), Some(right)) => Some(op(left, right)),
            (one, None) | (None, one) => one,
        }
    }

    #[test]
    fn joints_allow_exactly_what_their_operands_allow() {
        for left in all() {
            for right in all() {
                for (join, op) in [(and as fn(&[Value]) -> Value, (|a, b| a && b) as fn(bool, bool) -> bool), (or, |a, b| a || b)] {
                    let mut wanted: Vec<Option<bool>> = answers(&left).iter().flat_map(|a| answers(&right).into_iter().map(|b| joined(*a, b, op)).collect::<Vec<_>>()).collect();
                    let mut found = answers(&join(&[left.clone(), right.clone()]));
                    wanted.sort_unstable();
                    wanted.dedup();
                    found.sort_unstable();
                    assert_eq!(found, wanted, "{left:?} {right:?}");
                }
            }
        }
    }
}
