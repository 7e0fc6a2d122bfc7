//! Roundings that a rule names, and amounts for every so many.

use crate::base::{Number, Unit};
use crate::model::op::Rounding;
use crate::model::value::Range;

/// Rounds a base number in the unit that people write it in. All roundings keep order, so ends go to ends.
pub fn round(rounding: Rounding, range: &Range, unit: &Unit) -> Range {
    let one = |number: &Number| unit.to_base(&round_written(rounding, &unit.from_base(number)));
    Range { low: range.low.as_ref().map(one), high: range.high.as_ref().map(one) }
}

fn round_written(rounding: Rounding, number: &Number) -> Number {
    match rounding {
        Rounding::HalfUp(decimals) => number.round_half_up(decimals),
        Rounding::Up => number.ceil(),
        Rounding::Down => number.floor(),
    }
}

/// `amount` for each begun, or each whole, `every` of a quantity above 0.
pub fn for_every(amount: &Number, every: &Number, quantity: &Range, part_counted: bool) -> Range {
    let least = Number::int(i64::from(part_counted));
    let groups = |number: &Number| {
        let groups = number.div(every).unwrap_or(Number::ZERO);
        (if part_counted { groups.ceil() } else { groups.floor() }).max(least.clone())
    };
    let low = quantity.low.as_ref().map_or(least.clone(), groups);
    Range { low: Some(amount * &low), high: quantity.high.as_ref().map(|high| amount * &groups(high)) }
}
