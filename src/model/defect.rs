//! Named defects: what a hand may get wrong in a rule that still reads well.

/// What is wrong. The order is that in which they are listed at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defect {
    /// `>` for `>=`, or the reverse: the limit itself falls on the other side.
    Boundary,
    /// `<=` for `>=`: the requirement the wrong way round.
    Direction,
    /// `!=` for `=`, known for missing, met for not met, `x` for `not x`.
    Opposite,
    /// A number or a day of a rule is another one.
    Threshold,
    /// The numerator below, the denominator above.
    Ratio,
    /// `-` for `+`.
    Sign,
    /// `or` for `and`.
    Junction,
    /// One of several conditions, or of several codes, is left out.
    Condition,
    /// Rows are not chosen: `where` is left out.
    Filter,
    /// The clause `when` is left out.
    When,
    /// Each counts for one instead of for its weight.
    Weights,
    /// The values of two codes are exchanged.
    Codes,
    /// Of several rules one more or one less.
    Count,
    /// The rest of the rules may be as low as it likes.
    Rest,
    /// A step of `of whom` is left out.
    OfWhom,
    /// Another year, or another number of years earlier.
    Period,
    /// A grade is left out.
    Grade,
    /// An exception is left out.
    Exception,
    /// What a layer sets instead is left out.
    Layer,
    /// A part of a group does not count, or the reverse.
    Remainder,
    /// Rounded before it is compared.
    RoundedBefore,
    /// Rounded before it is reckoned with.
    RoundedWithin,
    /// Not rounded where the rule says so.
    Unrounded,
}

impl Defect {
    pub const ALL: [Defect; 23] = [
        Defect::Boundary,
        Defect::Direction,
        Defect::Opposite,
        Defect::Threshold,
        Defect::Ratio,
        Defect::Sign,
        Defect::Junction,
        Defect::Condition,
        Defect::Filter,
        Defect::When,
        Defect::Weights,
        Defect::Codes,
        Defect::Count,
        Defect::Rest,
        Defect::OfWhom,
        Defect::Period,
        Defect::Grade,
        Defect::Exception,
        Defect::Layer,
        Defect::Remainder,
        Defect::RoundedBefore,
        Defect::RoundedWithin,
        Defect::Unrounded,
    ];

    /// As the machine formats write it.
    pub fn code(self) -> &'static str {
        match self {
            Defect::Boundary => "boundary",
            Defect::Direction => "direction",
            Defect::Opposite => "opposite",
            Defect::Threshold => "threshold",
            Defect::Ratio => "ratio",
            Defect::Sign => "sign",
            Defect::Junction => "junction",
            Defect::Condition => "condition",
            Defect::Filter => "filter",
            Defect::When => "when",
            Defect::Weights => "weights",
            Defect::Codes => "codes",
            Defect::Count => "count",
            Defect::Rest => "rest",
            Defect::OfWhom => "of_whom",
            Defect::Period => "period",
            Defect::Grade => "grade",
            Defect::Exception => "exception",
            Defect::Layer => "layer",
            Defect::Remainder => "remainder",
            Defect::RoundedBefore => "rounded_before",
            Defect::RoundedWithin => "rounded_within",
            Defect::Unrounded => "unrounded",
        }
    }

    /// Whether it puts in a rounding, which changes nothing where a value is whole.
    pub fn is_rounding(self) -> bool {
        matches!(self, Defect::RoundedBefore | Defect::RoundedWithin)
    }
}
