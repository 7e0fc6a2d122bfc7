//! Values of a report as people read them: a field of its JSON comes in, a text goes out; nothing for what has no short form.

use serde_json::Value;

use crate::base::unit::unit_word;
use crate::base::{Number, Text, Unit, visible};
use crate::model::op::Compare;
use crate::model::said;
use crate::model::verdict::Outcome;

use super::moves::field;
use super::phrase;
use super::record::Found;

/// Value and limit of a finding: `4.50 m2/pupil, limit >= 4.5`; nothing where it has none.
pub fn judged(found: &Found) -> Text {
    let value = value(field(found, "value"), field(found, "bounds"));
    let limit = limit(found);
    match (value.is_empty(), limit.is_empty()) {
        (false, false) => phrase::value_and_limit(&value, &limit),
        (false, true) => value,
        _ => Text::default(),
    }
}

/// A value, or what is known of it.
pub fn value(value: &Value, bounds: &Value) -> Text {
    if let Some(text) = value.get("text") {
        return both(text);
    }
    if let Some(date) = value.get("date").and_then(Value::as_str) {
        return date.into();
    }
    match value.get("shown").and_then(Value::as_str) {
        Some(shown) => in_unit(shown, value.get("unit")),
        None if bounds.is_object() => range(bounds),
        None => Text::default(),
    }
}

fn range(bounds: &Value) -> Text {
    let end = |name: &str| bounds.get(name).and_then(|end| end.get("decimal")).and_then(Value::as_str);
    let with = |text: &str| in_unit(text, bounds.get("unit"));
    match (end("low"), end("high")) {
        (Some(low), Some(high)) => said::between(low, &with(high)),
        (Some(low), None) => said::at_least(&with(low)),
        (None, Some(high)) => said::at_most(&with(high)),
        (None, None) => said::UNKNOWN.text(),
    }
}

/// A limit with its operator, in the value's manner.
pub fn limit(found: &Found) -> Text {
    let limit = field(found, "limit");
    let op = limit.get("op").and_then(Value::as_str).map(sign).unwrap_or_default();
    if let Some(text) = limit.get("text") {
        let text = both(text);
        return Text::new(format!("{op} {}", text.en), format!("{op} {}", text.zh));
    }
    if let (Some(low), Some(high)) = (decimal(limit.get("low")), decimal(limit.get("high"))) {
        return said::between(&low, &high.as_str().into());
    }
    let percent = field(found, "value").get("shown").and_then(Value::as_str).is_some_and(|shown| shown.ends_with('%'));
    match decimal(Some(limit)) {
        Some(number) if percent => format!("{op} {}", hundredfold(&number)).into(),
        Some(number) => format!("{op} {number}").into(),
        None => Text::default(),
    }
}

/// `≥` for the code `>=`.
fn sign(code: &str) -> &str {
    const ALL: [Compare; 6] = [Compare::Ge, Compare::Le, Compare::Gt, Compare::Lt, Compare::Eq, Compare::Ne];
    ALL.iter().find(|op| op.code() == code).map_or(code, |op| op.sign())
}

fn decimal(of: Option<&Value>) -> Option<String> {
    of?.get("decimal")?.as_str().map(str::to_string)
}

fn hundredfold(decimal: &str) -> String {
    Number::parse(decimal).map_or_else(|| decimal.to_string(), |number| format!("{}%", (&number * &Number::int(100)).plain(6)))
}

/// A text that stands in both languages, as data can hold anything.
pub fn both(text: &Value) -> Text {
    let of = |lang: &str| visible(text.get(lang).and_then(Value::as_str).unwrap_or_default());
    Text { en: of("en"), zh: of("zh") }
}

fn in_unit(number: &str, unit: Option<&Value>) -> Text {
    let Some(unit) = unit.and_then(Value::as_str) else { return number.into() };
    match read_unit(unit) {
        Some(known) => known.amount(number),
        None => format!("{number} {unit}").into(),
    }
}

/// Reports name units in English. `None` for one that no unit word makes, as the rows of a table.
fn read_unit(text: &str) -> Option<Unit> {
    let word = |word: &str| unit_word(word).map(Unit::from_word);
    if let Some((over, under)) = text.split_once(" per ") {
        let (times, under) = under.split_once(' ')?;
        return Some(word(over)?.per(&Number::parse(times)?, &word(under)?));
    }
    match text.split_once('/') {
        Some((over, under)) => Some(word(over)?.over(&word(under)?)),
        None => word(text),
    }
}

/// The outcome that a field holds.
pub fn outcome(code: &Value) -> Option<Outcome> {
    Outcome::ALL.into_iter().find(|outcome| Some(outcome.code()) == code.as_str())
}
