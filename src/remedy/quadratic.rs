//! f(d) = ad² + bd + c over whole d from 1 on: where it first comes down to 0, and where it is least.

use crate::base::Number;

use super::figure::between;

pub(super) struct Quadratic {
    pub square: Number,
    pub line: Number,
    /// f(0), which is above 0, or 0 where 0 is not enough.
    pub start: Number,
}

impl Quadratic {
    pub fn at(&self, units: i64) -> Number {
        let units = Number::int(units);
        &(&(&(&self.square * &units) + &self.line) * &units) + &self.start
    }

    /// The least d, at most `most`, at which f is at most 0, or below 0 where that is asked.
    pub fn least(&self, most: i64, strict: bool) -> Option<i64> {
        let enough = |units: i64| {
            let excess = self.at(units);
            excess.is_negative() || excess.is_zero() && !strict
        };
        if most < 1 {
            return None;
        }
        let Some(bottom) = self.bottom() else {
            // It bends down or is straight: where it is low enough it stays so.
            return enough(most).then(|| between(&enough, 0, most));
        };
        let low = bottom.min(most);
        if low >= 1 && enough(low) {
            return Some(between(&enough, 0, low));
        }
        // Beside its bottom a whole number may still lie low enough.
        let beside = bottom.saturating_add(1).max(1);
        (beside <= most && enough(beside)).then_some(beside)
    }

    /// The d, at most `most`, at which f is least, and f there; 0 if it only rises.
    pub fn best(&self, most: i64) -> (i64, Number) {
        let units = match self.bottom() {
            Some(bottom) => bottom.min(most),
            None if self.line.is_negative() || self.square.is_negative() => most,
            None => 0,
        };
        (units.max(0), self.at(units.max(0)))
    }

    /// The whole number at or before the bottom of a curve that bends up.
    fn bottom(&self) -> Option<i64> {
        if self.square <= Number::ZERO {
            return None;
        }
        let bottom = (-&self.line).div(&(&self.square * &Number::int(2)))?.floor();
        Some(bottom.to_i64().unwrap_or(if bottom.is_negative() { -1 } else { i64::MAX }))
    }
}

/// A little less, in fewer digits: so that a comparison is quick.
pub(super) fn a_little_less(number: &Number) -> Number {
    const DIGITS: i64 = 1_000_000_000_000;
    let mut scale = Number::int(DIGITS);
    for _ in 0..3 {
        let scaled = number * &scale;
        if scaled.abs() >= Number::int(DIGITS) {
            return scaled.floor().div(&scale).unwrap_or_else(|| number.clone());
        }
        scale = &scale * &Number::int(DIGITS);
    }
    number.clone()
}

#[cfg(test)]
mod tests {
    use super::{Quadratic, a_little_less};
    use crate::base::Number;

    #[test]
    fn the_first_d_is_found_as_by_trying_each() {
        for square in -3..=3 {
            for line in -40..=10 {
                for start in 0..=30 {
                    for strict in [false, true] {
                        let curve = Quadratic { square: Number::int(square), line: Number::int(line), start: Number::int(start) };
                        if start == 0 && !strict {
                            continue;
                        }
                        let enough = |units: i64| curve.at(units) < Number::ZERO || !strict && curve.at(units) == Number::ZERO;
                        let tried = (1..=25).find(|units| enough(*units));
                        // From 0 on such a curve may rise first and be low enough only far off: that is found too.
                        assert_eq!(curve.least(25, strict), tried, "{square}d² + {line}d + {start}, {strict}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_little_less_is_less() {
        for (num, den) in [(1, 3), (-1, 3), (7, 1_000_003), (1, 999_999_999_989)] {
            let number = Number::ratio(num, den).expect("not 0");
            let less = a_little_less(&number);
            assert!(less <= number && (&number - &less) < Number::ratio(1, 1_000_000_000).expect("not 0"));
        }
    }
}
