//! Values in their order: the least, the greatest, percentiles.

use crate::base::Number;
use crate::model::reduced::Member;
use crate::model::value::{CauseCode, Range};

use super::spread::Known;

/// Where the value at a part of the way from the least to the greatest can lie: all unknown values at their low end, then
/// all at their high end. An open end is open only where the place falls on one. Of at least one member, without weights.
pub fn placed(members: &[Member], part: &Number) -> Range {
    let lows = members.iter().map(|member| member.value.as_range().low.clone()).collect();
    // The highest is the lowest of the negatives, turned back.
    let turn = |end: &Option<Number>| end.as_ref().map(|end| -end);
    let highs = members.iter().map(|member| turn(&member.value.as_range().high)).collect();
    let rest = &Number::ONE - part;
    Range { low: at_place(lows, part), high: turn(&at_place(highs, &rest)) }
}

/// The value at the place 1 + (n − 1)p, between neighbours in proportion; `None` stands for what lies below all numbers.
fn at_place(mut ends: Vec<Option<Number>>, part: &Number) -> Option<Number> {
    ends.sort_unstable();
    let last = i64::try_from(ends.len()).ok()? - 1;
    let place = &Number::int(last) * part;
    let (below, beyond) = (place.floor(), &place - &place.floor());
    let at = |place: &Number| place.to_i64().and_then(|place| usize::try_from(place).ok()).and_then(|place| ends.get(place)).cloned().flatten();
    let low = at(&below)?;
    if beyond.is_zero() {
        return Some(low);
    }
    let high = at(&(&below + &Number::ONE))?;
    Some(&low + &(&(&high - &low) * &beyond))
}

/// Values from least to greatest, each with its weight, where there are any: what weighs nothing is left out.
pub struct Ordered {
    pub rows: Vec<(Number, Number)>,
    is_weighted: bool,
}

impl Ordered {
    /// Of at least one member. Errors: a negative weight, or none above 0.
    pub fn of(members: &[Known]) -> Result<Ordered, CauseCode> {
        let is_weighted = members.iter().any(|(_, weight)| weight.is_some());
        let mut rows: Vec<(Number, Number)> = members.iter().map(|(value, weight)| (value.clone(), weight.clone().unwrap_or(Number::ONE))).collect();
        rows.retain(|(_, weight)| !weight.is_zero());
        if rows.iter().any(|(_, weight)| weight.is_negative()) {
            return Err(CauseCode::Negative);
        }
        rows.sort();
        if rows.is_empty() { Err(CauseCode::Zero) } else { Ok(Ordered { rows, is_weighted }) }
    }

    pub fn least(&self) -> Number {
        self.rows.first().map_or(Number::ZERO, |(value, _)| value.clone())
    }

    pub fn greatest(&self) -> Number {
        self.rows.last().map_or(Number::ZERO, |(value, _)| value.clone())
    }

    pub fn total_weight(&self) -> Number {
        self.rows.iter().fold(Number::ZERO, |sum, (_, weight)| &sum + weight)
    }

    /// Σwx.
    pub fn total(&self) -> Number {
        self.rows.iter().fold(Number::ZERO, |sum, (value, weight)| &sum + &(value * weight))
    }

    /// Without weights the value at the place 1 + (n − 1)p, between neighbours in proportion (Hyndman and Fan 1996,
    /// definition 7); with weights the least value at which the weights added up reach p of their total.
    pub fn percentile(&self, part: &Number) -> Number {
        if self.is_weighted { self.weighted_percentile(part) } else { self.plain_percentile(part) }
    }

    /// The 25th percentile, the 50th or the 75th.
    pub fn quartile(&self, quarters: i64) -> Number {
        self.percentile(&Number::ratio(quarters, 4).unwrap_or(Number::ZERO))
    }

    fn plain_percentile(&self, part: &Number) -> Number {
        let last = i64::try_from(self.rows.len()).unwrap_or(i64::MAX) - 1;
        let place = &Number::int(last) * part;
        let (below, beyond) = (place.floor(), &place - &place.floor());
        let at = |place: &Number| place.to_i64().and_then(|place| usize::try_from(place).ok()).and_then(|place| self.rows.get(place)).map_or_else(|| self.greatest(), |(value, _)| value.clone());
        let (low, high) = (at(&below), at(&(&below + &Number::ONE)));
        &low + &(&(&high - &low) * &beyond)
    }

    fn weighted_percentile(&self, part: &Number) -> Number {
        let due = &self.total_weight() * part;
        let mut sum = Number::ZERO;
        let reached = self.rows.iter().find(|(_, weight)| {
            sum = &sum + weight;
            sum >= due
        });
        reached.map_or_else(|| self.greatest(), |(value, _)| value.clone())
    }
}
