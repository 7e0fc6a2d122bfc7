//! Values that depend on a condition, on a code, or on the date of a standard.

use crate::model::plan::{Constant, DatedDef, Key, Node, ParameterKey, Type};
use crate::model::value::{Absent, Beyond, Cause, CauseCode, Place, Truth, Value, ValueKind};

use super::{At, World};

impl World<'_> {
    /// `if`: while the condition is unknown, all that either branch may be.
    pub(super) fn either(&self, cond: &Node, then: &Node, otherwise: &Node, at: At) -> Value {
        let asked = self.value(cond, at);
        if asked.absent == Absent::Yes {
            let mut value = self.value(then, at).absent(Absent::Yes);
            value.causes = asked.causes;
            return value;
        }
        let mut value = match asked.as_truth() {
            Truth::True => self.value(then, at),
            Truth::False => self.value(otherwise, at),
            Truth::Unknown => hull([self.value(then, at), self.value(otherwise, at)]),
        };
        value.absent = value.absent.or(asked.absent);
        if !asked.is_settled() {
            value.add_causes(&asked.causes);
        }
        value
    }

    /// `by case`: while the code is unknown, all that any arm may be. A code without an arm does not apply.
    pub(super) fn by_case(&self, of: &Node, arms: &[(Vec<Key>, Node)], otherwise: Option<&Node>, at: At) -> Value {
        let asked = self.value(of, at);
        if let Some(key) = key_of(&asked) {
            let arm = arms.iter().find(|(keys, _)| keys.contains(&key)).map(|(_, value)| value).or(otherwise);
            return arm.map_or_else(|| no_limit(Place::Nowhere), |arm| self.value(arm, at));
        }
        let covered = matches!(of.ty, Type::Code(list) if arms.iter().map(|(keys, _)| keys.len()).sum::<usize>() >= self.plan.codes[list].codes.len());
        let values = arms.iter().map(|(_, value)| value).chain(otherwise.filter(|_| !covered)).map(|value| self.value(value, at));
        let mut value = hull(values);
        if value.absent == Absent::No && (otherwise.is_none() && !covered || asked.absent != Absent::No) {
            value.absent = Absent::Maybe;
        }
        value.add_causes(&asked.causes);
        value
    }

    /// A parameter on the as-of date: by its keys, else `otherwise`, else there is no limit and the question does not apply.
    pub(super) fn parameter(&self, id: usize, keys: &[Node], at: At) -> Value {
        let def = &self.plan.parameters[id];
        let Some(dated) = def.dated.iter().find(|dated| dated.period.contains(self.as_of)) else { return no_limit(Place::Parameter(id)) };
        let asked: Vec<Value> = keys.iter().map(|key| self.value(key, at)).collect();
        let limit = |keys: Option<Vec<Key>>| {
            let found = keys.map_or(dated.otherwise.as_ref(), |keys| dated.value_of(&keys));
            found.map_or_else(|| no_limit(Place::Parameter(id)), constant)
        };
        let known: Option<Vec<Key>> = asked.iter().map(key_of).collect();
        if known.is_some() {
            return limit(known);
        }
        let mut value = hull(self.ways(dated, &def.by, &asked).into_iter().map(|way| limit(way.into_iter().collect())));
        for asked in &asked {
            value.add_causes(&asked.causes);
        }
        value
    }

    /// The keys that nodes come to, where all are known.
    pub fn keys(&self, keys: &[Node], at: At) -> Option<Vec<Key>> {
        keys.iter().map(|key| key_of(&self.value(key, at))).collect()
    }

    /// Every combination of keys that is still possible; `None` stands for a text that no value names.
    fn ways(&self, dated: &DatedDef, by: &[ParameterKey], asked: &[Value]) -> Vec<Vec<Option<Key>>> {
        let mut ways: Vec<Vec<Option<Key>>> = vec![Vec::new()];
        for (place, (asked, by)) in asked.iter().zip(by).enumerate() {
            let may: Vec<Option<Key>> = match (key_of(asked), by) {
                (Some(key), _) => vec![Some(key)],
                (None, ParameterKey::Codes(list)) => (0..self.plan.codes[*list].codes.len()).map(|code| u16::try_from(code).ok().map(Key::Code)).collect(),
                (None, ParameterKey::Text) => dated.values.iter().map(|(keys, _)| keys.get(place).cloned()).chain([None]).collect(),
            };
            ways = ways.iter().flat_map(|way| may.iter().map(|key| [way.as_slice(), std::slice::from_ref(key)].concat())).collect();
        }
        ways
    }
}

fn no_limit(at: Place) -> Value {
    Value::range(crate::model::value::Range::UNKNOWN).absent(Absent::Yes).because(Cause { code: CauseCode::NoLimit, at })
}

fn constant(constant: &Constant) -> Value {
    match constant {
        Constant::Number(number) => Value::number(number.clone()),
        Constant::Date(date) => Value::of(ValueKind::Date(Some(*date))),
        Constant::Truth(truth) => Value::truth(Truth::from_bool(*truth)),
    }
}

fn key_of(value: &Value) -> Option<Key> {
    match &value.kind {
        ValueKind::Code(code) if value.absent == Absent::No => code.map(Key::Code),
        ValueKind::Text(text) if value.absent == Absent::No => text.clone().map(Key::Text),
        _ => None,
    }
}

/// A statement is where it is required all that either branch is there.
fn both_read(left: &Value, right: &Value) -> Beyond {
    match (&left.kind, &right.kind) {
        (ValueKind::Truth(a), ValueKind::Truth(b)) => {
            let read = |required: bool| left.reading(required).hull(right.reading(required));
            Value::truth(a.hull(*b)).said(read(true), read(false)).beyond
        }
        _ => Beyond::No,
    }
}

/// All that any of the values may be.
fn hull(values: impl IntoIterator<Item = Value>) -> Value {
    values.into_iter().reduce(|left, right| {
        let kind = match (&left.kind, &right.kind) {
            (ValueKind::Number(_), ValueKind::Number(_)) => ValueKind::Number(left.as_range().hull(right.as_range())),
            (ValueKind::Truth(a), ValueKind::Truth(b)) => ValueKind::Truth(a.hull(*b)),
            (a, b) if a == b => a.clone(),
            (ValueKind::Text(_), _) => ValueKind::Text(None),
            (ValueKind::Date(_), _) => ValueKind::Date(None),
            (ValueKind::YearMonth(_), _) => ValueKind::YearMonth(None),
            (ValueKind::Term(_), _) => ValueKind::Term(None),
            (ValueKind::Code(_), _) => ValueKind::Code(None),
            (ValueKind::Spread(_), _) => ValueKind::Spread(None),
            (ValueKind::Real(_), _) => ValueKind::Real(None),
            (other, _) => other.clone(),
        };
        let absent = if left.absent == right.absent { left.absent } else { Absent::Maybe };
        // An absent branch bounds nothing: what the other may be stays.
        let (kind, beyond) = match (left.absent, right.absent) {
            (Absent::Yes, Absent::No | Absent::Maybe) => (right.kind.clone(), right.beyond),
            (Absent::No | Absent::Maybe, Absent::Yes) => (left.kind.clone(), left.beyond),
            _ => (kind, both_read(&left, &right)),
        };
        let mut value = Value::of(kind).absent(absent).beyond(beyond);
        value.add_causes(&left.causes);
        value.add_causes(&right.causes);
        value
    }).unwrap_or_else(|| no_limit(Place::Nowhere))
}
