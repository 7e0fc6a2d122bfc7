//! Operators: how they are written for eyes, how tightly they bind, how they turn round.

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
