//! What is said of rows and of rules, and what is collected over rows, as it was written.

use crate::base::{Number, Span};
use crate::model::op::{Aggregate, Bound, Spread};

use super::{Expr, Name, Quantity};

/// Rows of a table: `section where counted`, `参评 的 学段部`. The name may also be a counted column.
#[derive(Clone, Debug)]
pub struct Rows {
    pub name: Expr,
    /// `as ROLE`: the way by which the rows stand beneath whoever speaks of them.
    pub role: Option<Name>,
    pub filter: Option<Box<Expr>>,
    pub span: Span,
}

/// `sum(x across t where c)`, `count(t where c)`, `variation(x across t, weighted by w)`, `percentile(90%, x across t)`.
#[derive(Clone, Debug)]
pub struct AggregateCall {
    pub what: Aggregate,
    /// The rank of a percentile, the aversion of an Atkinson index, as it is written.
    pub degree: Option<Quantity>,
    pub operand: Option<Expr>,
    pub rows: Rows,
    pub weight: Weight,
    /// How the weights enter, where they are said.
    pub spread: Option<Spread>,
    pub span: Span,
}

impl AggregateCall {
    pub fn weight_is_said(&self) -> bool {
        !matches!(self.weight, Weight::Unsaid)
    }
}

#[derive(Clone, Debug)]
pub enum Weight {
    Unsaid,
    Equal,
    By(Expr),
}

/// Forms 2 and 4: something said of rows, or of counted columns.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub quantity: Quantifier,
    pub rows: Rows,
    pub says: Expr,
    pub whom: Vec<Whom>,
}

#[derive(Clone, Debug)]
pub enum Quantifier {
    /// `every t has …`
    Every,
    /// `all of t are …`
    All,
    /// `no t is …`
    No,
    /// `at least 10% of …`, `at most 2 of …`
    Bound(Bound, Quantity),
}

/// `of whom at least 20% are backbone`.
#[derive(Clone, Debug)]
pub struct Whom {
    pub bound: Bound,
    pub amount: Quantity,
    pub says: Expr,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Met,
    NotMet,
}

/// How well a graded rule is met, best first. A rule without grades is qualified where it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    Qualified,
    Basic,
    NotQualified,
}

impl Grade {
    pub const ALL: [Grade; 3] = [Grade::Qualified, Grade::Basic, Grade::NotQualified];

    pub fn code(self) -> &'static str {
        match self {
            Grade::Qualified => "qualified",
            Grade::Basic => "basic",
            Grade::NotQualified => "not_qualified",
        }
    }
}

/// What rules are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Status(Status),
    Grade(Grade),
}

/// What the rules that are not counted must reach.
#[derive(Clone, Debug)]
pub enum Rest {
    /// `the rest at least 85% of standard`.
    Standard(Quantity),
    /// `the rest basic`.
    Basic,
}

/// `grade basic when …`; without a condition what is so otherwise.
#[derive(Clone, Debug)]
pub struct GradeLine {
    pub grade: Grade,
    pub when: Option<Expr>,
    pub span: Span,
}

/// Form 5.
#[derive(Clone, Debug)]
pub struct RulesSentence {
    /// `None` is `all of`.
    pub bound: Option<(Bound, Quantity)>,
    /// Single rules, and ranges `A1 to A7`.
    pub rules: Vec<(Name, Option<Name>)>,
    pub wanted: Wanted,
    pub rest: Option<Rest>,
}

/// Form 7: a document and what was found settle it.
#[derive(Clone, Debug)]
pub struct EvidenceSaid {
    /// The rule that it speaks of, where that is another than the one at hand.
    pub of: Option<Name>,
    /// `issued within 3 years`: the number, and whether of months.
    pub within: Option<(Number, bool)>,
    /// A finding, as the code of the column calls it.
    pub found: Name,
}
