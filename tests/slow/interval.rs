//! Intervals of exact numbers with open ends, by the textbook.

use heng::base::Number;
use heng::model::op::{Compare, Rounding};

/// One end. The order of the variants is the order of the line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Below,
    At(Number),
    Above,
}

/// All numbers from `low` to `high`; `low` is never `Above`, `high` never `Below`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    pub low: End,
    pub high: End,
}

impl End {
    fn plus(&self, other: &End) -> End {
        match (self, other) {
            (End::At(a), End::At(b)) => End::At(a + b),
            (End::At(_), end) | (end, _) => end.clone(),
        }
    }

    fn negated(&self) -> End {
        match self {
            End::Below => End::Above,
            End::At(number) => End::At(-number),
            End::Above => End::Below,
        }
    }

    fn sign(&self) -> i8 {
        match self {
            End::At(number) if number.is_zero() => 0,
            End::At(number) if !number.is_negative() => 1,
            End::Above => 1,
            End::At(_) | End::Below => -1,
        }
    }

    /// Nothing times an open end is nothing.
    fn times(&self, other: &End) -> End {
        match (self, other) {
            (End::At(a), End::At(b)) => End::At(a * b),
            _ => match self.sign() * other.sign() {
                0 => End::At(Number::ZERO),
                1 => End::Above,
                _ => End::Below,
            },
        }
    }

    /// One over an end that is not 0.
    fn inverse(&self) -> End {
        match self {
            End::At(number) => Number::ONE.div(number).map_or(End::Above, End::At),
            End::Below | End::Above => End::At(Number::ZERO),
        }
    }

    fn map(&self, f: impl Fn(&Number) -> Number) -> End {
        match self {
            End::At(number) => End::At(f(number)),
            open => open.clone(),
        }
    }
}

impl Interval {
    pub const ALL: Interval = Interval { low: End::Below, high: End::Above };

    pub fn of(low: Option<&Number>, high: Option<&Number>) -> Interval {
        Interval { low: low.map_or(End::Below, |n| End::At(n.clone())), high: high.map_or(End::Above, |n| End::At(n.clone())) }
    }

    pub fn exactly(number: &Number) -> Interval {
        Interval::of(Some(number), Some(number))
    }

    pub fn from_zero() -> Interval {
        Interval::of(Some(&Number::ZERO), None)
    }

    pub fn counts(low: usize, high: usize) -> Interval {
        Interval { low: End::At(whole(low)), high: End::At(whole(high)) }
    }

    pub fn single(&self) -> Option<&Number> {
        match (&self.low, &self.high) {
            (End::At(low), End::At(high)) if low == high => Some(low),
            _ => None,
        }
    }

    pub fn hull(&self, other: &Interval) -> Interval {
        Interval { low: self.low.clone().min(other.low.clone()), high: self.high.clone().max(other.high.clone()) }
    }

    pub fn plus(&self, other: &Interval) -> Interval {
        Interval { low: self.low.plus(&other.low), high: self.high.plus(&other.high) }
    }

    pub fn negated(&self) -> Interval {
        Interval { low: self.high.negated(), high: self.low.negated() }
    }

    pub fn times(&self, other: &Interval) -> Interval {
        let corners = [&self.low, &self.high].map(|a| [&other.low, &other.high].map(|b| a.times(b)));
        let [[a, b], [c, d]] = corners;
        let low = a.clone().min(b.clone()).min(c.clone()).min(d.clone());
        Interval { low, high: a.max(b).max(c).max(d) }
    }

    pub fn holds_zero(&self) -> bool {
        self.low <= End::At(Number::ZERO) && self.high >= End::At(Number::ZERO)
    }

    /// Everything, where the divisor may be 0.
    pub fn over(&self, other: &Interval) -> Interval {
        if other.holds_zero() {
            return Interval::ALL;
        }
        self.times(&Interval { low: other.high.inverse(), high: other.low.inverse() })
    }

    /// R20: over what may be 0, from the least over the most upwards without end, where neither may be below 0.
    pub fn over_what_may_be_zero(&self, other: &Interval) -> Interval {
        let zero = End::At(Number::ZERO);
        if !other.holds_zero() || *other == Interval::exactly(&Number::ZERO) || self.low < zero || other.low < zero {
            return self.over(other);
        }
        let low = match (&self.low, &other.high) {
            (End::At(part), End::At(whole)) => part.div(whole).map_or(End::Below, End::At),
            _ => zero,
        };
        Interval { low, high: End::Above }
    }

    /// For a function that never falls.
    pub fn map(&self, f: impl Fn(&Number) -> Number) -> Interval {
        Interval { low: self.low.map(&f), high: self.high.map(&f) }
    }

    /// Whether `self op other` may be true, and whether it may be false.
    pub fn compare(&self, op: Compare, other: &Interval) -> (bool, bool) {
        let apart = self.high < other.low || self.low > other.high;
        let same = self.single().is_some() && self.single() == other.single();
        match op {
            Compare::Ge => (self.high >= other.low, self.low < other.high),
            Compare::Gt => (self.high > other.low, self.low <= other.high),
            Compare::Le => other.compare(Compare::Ge, self),
            Compare::Lt => other.compare(Compare::Gt, self),
            Compare::Eq => (!apart, !same),
            Compare::Ne => (!same, !apart),
        }
    }
}

pub fn whole(count: usize) -> Number {
    Number::int(i64::try_from(count).unwrap_or(i64::MAX))
}

pub fn round(how: Rounding, number: &Number) -> Number {
    match how {
        Rounding::HalfUp(decimals) => number.round_half_up(decimals),
        Rounding::Up => number.ceil(),
        Rounding::Down => number.floor(),
    }
}
