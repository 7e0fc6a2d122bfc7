//! Operators: how they are written for eyes, how tightly they bind, how they turn round.

use crate::base::Number;

/// `+ − × ÷`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arith {
    Add,
    Sub,
    Mul,
    Div,
}

impl Arith {
    pub fn sign(self) -> &'static str {
        match self {
            Arith::Add => "+",
            Arith::Sub => "−",
            Arith::Mul => "×",
            Arith::Div => "÷",
        }
    }

    /// How tightly it binds: a greater number binds tighter.
    pub fn strength(self) -> u8 {
        match self {
            Arith::Add | Arith::Sub => 1,
            Arith::Mul | Arith::Div => 2,
        }
    }
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compare {
    Ge,
    Le,
    Gt,
    Lt,
    Eq,
    Ne,
}

impl Compare {
    /// As the machine formats write it.
    pub fn code(self) -> &'static str {
        match self {
            Compare::Ge => ">=",
            Compare::Le => "<=",
            Compare::Gt => ">",
            Compare::Lt => "<",
            Compare::Eq => "=",
            Compare::Ne => "!=",
        }
    }

    /// As people read it.
    pub fn sign(self) -> &'static str {
        match self {
            Compare::Ge => "≥",
            Compare::Le => "≤",
            Compare::Ne => "≠",
            _ => self.code(),
        }
    }

    /// `a op b` is `b turned a`.
    pub fn turned(self) -> Compare {
        match self {
            Compare::Ge => Compare::Le,
            Compare::Le => Compare::Ge,
            Compare::Gt => Compare::Lt,
            Compare::Lt => Compare::Gt,
            same => same,
        }
    }

    /// What holds where this does not.
    pub fn opposite(self) -> Compare {
        match self {
            Compare::Ge => Compare::Lt,
            Compare::Lt => Compare::Ge,
            Compare::Le => Compare::Gt,
            Compare::Gt => Compare::Le,
            Compare::Eq => Compare::Ne,
            Compare::Ne => Compare::Eq,
        }
    }

    /// More is better: `≥` and `>`.
    pub fn is_floor(self) -> bool {
        matches!(self, Compare::Ge | Compare::Gt)
    }

    /// The limit itself is not enough: `>` and `<`.
    pub fn is_strict(self) -> bool {
        matches!(self, Compare::Gt | Compare::Lt)
    }

    /// Less is better: `≤` and `<`.
    pub fn is_ceiling(self) -> bool {
        matches!(self, Compare::Le | Compare::Lt)
    }

    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Compare::Ge => ordering.is_ge(),
            Compare::Le => ordering.is_le(),
            Compare::Gt => ordering.is_gt(),
            Compare::Lt => ordering.is_lt(),
            Compare::Eq => ordering.is_eq(),
            Compare::Ne => ordering.is_ne(),
        }
    }
}

/// `at least`, `at most`, `exactly`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    AtLeast,
    AtMost,
    Exactly,
}

impl Bound {
    pub fn compare(self) -> Compare {
        match self {
            Bound::AtLeast => Compare::Ge,
            Bound::AtMost => Compare::Le,
            Bound::Exactly => Compare::Eq,
        }
    }
}

/// A rounding that a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Halves away from zero, to so many decimals of the unit.
    HalfUp(u32),
    /// Up to a whole number of the unit.
    Up,
    /// Down to a whole number of the unit.
    Down,
}

/// The aggregates over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aggregate {
    Count,
    CountDistinct,
    Sum,
    Mean,
    Min,
    Max,
    Median,
    /// The share of the rows of which something is true.
    Share,
    Variation(Spread),
    Statistic(Statistic),
    /// How long periods last together, overlaps once: calendar months, or whole years of 12.
    Total { months: bool },
}

/// Percentiles, ranges and indices of inequality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statistic {
    Percentile(Rank),
    Range,
    RangeRatio,
    /// The 75th percentile over the 25th.
    InterquartileRatio,
    Gini,
    McLoone,
    Theil,
    Atkinson(Aversion),
}

impl Statistic {
    /// Whether its formula has weights.
    pub fn takes_weights(self) -> bool {
        !matches!(self, Statistic::Range | Statistic::RangeRatio)
    }

    /// Whether it says how far rows lie apart: there is none of one row.
    pub fn is_spread(self) -> bool {
        !matches!(self, Statistic::Percentile(_))
    }

    /// Whether its values need not be rational.
    pub fn is_real(self) -> bool {
        matches!(self, Statistic::Theil | Statistic::Atkinson(Aversion::Half))
    }
}

/// Where in the order a percentile stands, from 0 to 1, in whole steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rank(i64);

impl Rank {
    /// So many steps make one: a percent of at most ten decimals.
    const STEPS: i64 = 10i64.pow(12);

    /// Errors: `None` for what is not from 0 to 1, or has more decimals than there are steps.
    pub fn new(part: &Number) -> Option<Rank> {
        (part * &Number::int(Rank::STEPS)).to_i64().filter(|steps| (0..=Rank::STEPS).contains(steps)).map(Rank)
    }

    pub fn part(self) -> Number {
        Number::ratio(self.0, Rank::STEPS).unwrap_or(Number::ZERO)
    }
}

/// The aversion to inequality of an Atkinson index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aversion {
    Half,
    Two,
}

impl Aversion {
    /// Errors: `None` for any other: its index could not be compared exactly.
    pub fn of(number: &Number) -> Option<Aversion> {
        [Aversion::Half, Aversion::Two].into_iter().find(|aversion| aversion.number() == *number)
    }

    pub fn number(self) -> Number {
        match self {
            Aversion::Half => Number::ratio(1, 2).unwrap_or(Number::ZERO),
            Aversion::Two => Number::int(2),
        }
    }
}

/// The formula of a variation between rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spread {
    /// √Σ(wᵢ/W)(xᵢ−X̄)² ÷ X̄ with X̄ = Σwᵢxᵢ/W: the official 差异系数.
    Weighted,
    /// The same with every weight 1.
    Equal,
    /// With equal weights and n − 1.
    Sample,
}
