//! The numbers and days next to one that is written: one unit of the last place, and one whole.

use crate::base::{Date, Number, SourceId, Span};
use crate::model::ast::Quantity;
use crate::model::when::When;

/// Further decimals than any limit has.
const MOST_DECIMALS: usize = 12;

/// The numbers next to one, as it is written. None falls below 0 where the number itself does not.
pub fn numbers(number: &Number, written: &str) -> Vec<Number> {
    let last = (0..decimals(written)).try_fold(Number::ONE, |unit, _| unit.div(&Number::int(10))).unwrap_or(Number::ONE);
    let mut found = Vec::new();
    for step in [last, Number::ONE] {
        for next in [number - &step, number + &step] {
            let below = next.is_negative() && !number.is_negative();
            if !below && !found.contains(&next) {
                found.push(next);
            }
        }
    }
    found
}

/// The quantities next to one.
pub fn quantities(quantity: &Quantity, text: &str) -> Vec<Quantity> {
    let written = text.get(quantity.span.range()).unwrap_or_default();
    // Without a place of its own, so that it is not written as it stood.
    numbers(&quantity.number, written).into_iter().map(|number| Quantity { number, span: nowhere(quantity.span.source), ..quantity.clone() }).collect()
}

/// The day before and the day after.
pub fn days(date: Date) -> Vec<Date> {
    [-1, 1].into_iter().filter_map(|days| date.plus_days(days)).collect()
}

/// This year for last year, and the reverse; one year earlier or later.
pub fn periods(when: When) -> Vec<When> {
    match when {
        When::Of { kind, back: 0 } => vec![When::Of { kind, back: 1 }],
        When::Of { kind, back: 1 } => vec![When::Of { kind, back: 0 }],
        When::Earlier(years) => [years - 1, years + 1].into_iter().filter(|years| *years > 0).map(When::Earlier).collect(),
        _ => Vec::new(),
    }
}

pub fn nowhere(source: SourceId) -> Span {
    Span::new(source, 0, 0)
}

/// How many digits stand behind the point of the first number.
fn decimals(written: &str) -> usize {
    let half: String = written.chars().map(crate::base::half_width).collect();
    let digits = half.trim_start_matches(|c: char| !c.is_ascii_digit());
    let behind = digits.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('.').unwrap_or_default();
    behind.chars().take_while(char::is_ascii_digit).count().min(MOST_DECIMALS)
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::base::Number;

    #[test]
    fn the_last_place_and_one_whole() {
        let steps = |written: &str| numbers(&Number::parse(written).expect("a number"), written).iter().map(|number| number.plain(4)).collect::<Vec<_>>();
        assert_eq!(steps("45"), ["44", "46"]);
        assert_eq!(steps("4.2"), ["4.1", "4.3", "3.2", "5.2"]);
        assert_eq!(steps("0.50"), ["0.49", "0.51", "1.5"]);
        assert_eq!(steps("0"), ["1"]);
    }
}
