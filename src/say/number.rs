//! Numbers with their units, dates, and the constants of parameters, as people write them.

use crate::base::unit::unit_word;
use crate::base::{Date, Number, Text, Unit, YearMonth};
use crate::model::plan::{Constant, Period, Type};

use super::phrase::both;

/// Decimals that are shown before a number is written as a fraction instead.
const MOST_DECIMALS: u32 = 12;

/// A number of the base unit, written in `unit` with its name: `45 pupils`, `10%`, `4.2 teachers per 100 pupils`.
pub(super) fn number(base: &Number, unit: &Unit) -> Text {
    let text = bare(base, unit);
    if unit.is_percent() || unit.text().is_empty() {
        return Text::from(text);
    }
    Text { en: unit.amount(&text).en, zh: chinese(&text, &unit.text().zh) }
}

/// The same without the unit's name; a percent keeps its sign.
pub(super) fn bare(base: &Number, unit: &Unit) -> String {
    let written = unit.from_base(base);
    let decimal = written.plain(MOST_DECIMALS);
    let text = if Number::parse(&decimal).as_ref() == Some(&written) { decimal } else { written.exact() };
    if unit.is_percent() { text + "%" } else { text }
}

/// A unit by itself, as a formula's end names it; nothing for a plain number.
pub(super) fn unit_name(unit: &Unit) -> Option<Text> {
    let text = unit.text();
    match () {
        () if unit.is_percent() => Some(Text::new("as a percentage", "以百分比表示")),
        () if text.is_empty() => None,
        () if text.en.starts_with("1/") => Some(Text { en: unit.english(false), zh: format!("单位：{}", text.zh) }),
        () => Some(Text { en: format!("in {}", unit.english(false)), zh: format!("单位：{}", unit.short_zh()) }),
    }
}

/// Chinese puts the hundred before the number, and a counter before what has none.
fn chinese(bare: &str, unit: &str) -> String {
    if let Some(under) = unit.strip_prefix("1/") {
        return format!("每{under} {bare}");
    }
    match unit.split_once(" 每 ") {
        Some((over, under)) => format!("每 {under} {bare} {over}"),
        None if unit == "班" => format!("{bare} 个班"),
        None if unit.contains(['/', '·', '^']) || unit_word(unit).is_some() => format!("{bare} {unit}"),
        None => format!("{bare} 个{unit}"),
    }
}

pub(super) fn date(day: Date) -> Text {
    let text = day.to_string();
    let zh = match text.split('-').map(|part| part.trim_start_matches('0')).collect::<Vec<_>>()[..] {
        [year, month, day] => format!("{year}年{month}月{day}日"),
        _ => text.clone(),
    };
    Text { en: text, zh }
}

pub(super) fn month(month: YearMonth) -> Text {
    Text::new(month.to_string(), format!("{}年{}月", month.year, month.month))
}

pub(super) fn truth(yes: bool) -> Text {
    if yes { Text::new("yes", "是") } else { Text::new("no", "否") }
}

/// `from 2017-04-19 to 2026-12-31` / `自2017年4月19日起至2026年12月31日止`; nothing where both ends are open.
pub(super) fn period(period: Period) -> Option<Text> {
    match (period.from.map(date), period.to.map(date)) {
        (Some(from), Some(to)) => Some(both!("from {from} to {to}", "自{from}起至{to}止", from, to)),
        (Some(from), None) => Some(both!("from {from}", "自{from}起", from)),
        (None, Some(to)) => Some(both!("up to {to}", "至{to}止", to)),
        (None, None) => None,
    }
}

pub(super) fn constant(constant: &Constant, ty: &Type) -> Text {
    match (constant, ty) {
        (Constant::Number(base), Type::Number(unit)) => number(base, unit),
        (Constant::Number(base), _) => number(base, &Unit::plain()),
        (Constant::Date(day), _) => date(*day),
        (Constant::Truth(yes), _) => truth(*yes),
    }
}
