//! What is told of one finding beyond the report: the outcome without each member of a variation, and who stands outside.

use crate::base::{Number, Portion, Text};

use super::verdict::Outcome;

#[derive(Clone, Debug, Default)]
pub struct Explained {
    /// One for each member of a variation, the largest share of the spread first.
    pub without: Vec<Without>,
    /// Rows of the numerator of a share that stand outside its denominator: their table and rows, the first of them.
    pub outside: Vec<(usize, u32)>,
}

/// A variation without one of its members.
#[derive(Clone, Debug, PartialEq)]
pub struct Without {
    pub table: usize,
    pub row: u32,
    pub key: String,
    pub name: Text,
    /// Its share of the spread.
    pub share: Portion,
    /// The square of the variation of the others; `None` where no variation is left.
    pub square: Option<Number>,
    pub outcome: Outcome,
}
