//! What is said of rows, of counted columns, of documents and of other rules.

use std::sync::Arc;

use crate::base::{Number, Span};
use crate::model::ast::Wanted;
use crate::model::op::Bound;

use super::Node;

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
    /// `None` is `all of`.
    pub bound: Option<(Bound, Number)>,
    pub rules: Vec<usize>,
    pub wanted: Wanted,
    pub rest: Option<Rest>,
}

/// What the rules that are not counted must reach.
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// A percent of their standard, as a plain ratio.
    Standard(Number),
    /// The grade `basic`.
    Basic,
}
