//! What is said of rows, of counted columns, of documents and of other rules.

use std::ops::Range;
use std::sync::Arc;

use crate::base::{Number, Span};
use crate::model::ast::{Grade, Wanted};
use crate::model::op::Bound;

use super::Node;

/// A text of the author about a unit, with holes that its values fill.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// As it was written, holes with their braces.
    pub text: String,
    /// From left to right.
    pub holes: Vec<Hole>,
}

#[derive(Clone, Debug)]
pub struct Hole {
    /// Bytes of the text, braces included.
    pub at: Range<usize>,
    /// Said of the unit that is told of it.
    pub value: Node,
}

impl Told {
    pub fn values(&self) -> impl Iterator<Item = &Node> {
        self.holes.iter().map(|hole| &hole.value)
    }
}

/// A document and what was found of it settle a rule.
#[derive(Clone, Debug)]
pub struct EvidenceDef {
    /// A table of evidence.
    pub table: usize,
    /// The id of the rule that it must speak of.
    pub rule: Arc<str>,
    /// It was issued within so many months before the as-of date.
    pub within: Option<i32>,
    /// The finding that settles it, as a code of its column.
    pub found: u16,
    /// A tally of all that is on file for the rule and the unit.
    pub filed: usize,
}

/// Something said of rows or of counted columns.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub quantity: Quantity,
    /// The first statement, then one for each `of whom`. `every`, `all` and `no` have one.
    pub steps: Vec<Step>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    Every,
    All,
    No,
    /// Each step has its own bound.
    Bounds,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub bound: Bound,
    pub amount: Amount,
    pub of: StepOf,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// A plain ratio.
    Share(Number),
    Rows(Number),
}

#[derive(Clone, Debug)]
pub enum StepOf {
    /// A tally of rows; for a later step, of the rows of which every earlier statement is true.
    Rows(usize),
    /// Counted columns.
    Columns { whole: Node, part: Node },
}

#[derive(Clone, Debug)]
pub struct RulesDef {
    /// `None` is `all of`. A share is of the rules that remain once those that do not apply have left.
    pub bound: Option<(Bound, Amount)>,
    /// The share is of the units of one rule that is asked beneath.
    pub of_units: bool,
    pub rules: Vec<usize>,
    pub wanted: Wanted,
    pub rest: Option<Rest>,
}

impl RulesDef {
    /// How many are asked for of those that remain: k, which shrinks to what remains only where it is the least that is
    /// asked; a percent of what remains; all of that for `all of`.
    pub fn asked_of(&self, left: usize) -> Number {
        let left = Number::count(left);
        match &self.bound {
            Some((Bound::AtLeast, Amount::Rows(k))) => k.clone().min(left),
            Some((_, Amount::Rows(k))) => k.clone(),
            Some((Bound::AtLeast, Amount::Share(share))) => (share * &left).ceil(),
            Some((_, Amount::Share(share))) => (share * &left).floor(),
            None => left,
        }
    }

    /// The grades that are counted. Where so many at least are asked for, a better grade counts too; `not qualified` is
    /// never reached by a better one.
    pub fn counted_grades(&self) -> &'static [Grade] {
        let at_least = matches!(self.bound, Some((Bound::AtLeast, _)) | None);
        match self.wanted {
            Wanted::Grade(Grade::Qualified) => &[Grade::Qualified],
            Wanted::Grade(Grade::Basic) if at_least => &[Grade::Qualified, Grade::Basic],
            Wanted::Grade(Grade::Basic) => &[Grade::Basic],
            Wanted::Grade(Grade::NotQualified) => &[Grade::NotQualified],
            Wanted::Status(_) => &[],
        }
    }
}

/// What the rules that are not counted must reach.
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// A percent of their standard, as a plain ratio.
    Standard(Number),
    /// The grade `basic`.
    Basic,
}
