//! What would make a rule met: changes of the data at hand, in whole units, that were tried before they are told.

use crate::base::Number;

use super::value::{Cause, CellRef};

/// One way to make one finding met. Its changes stand together; other remedies of the finding are other ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    pub way: Way,
    /// Empty where there is nothing to count up or down.
    pub changes: Vec<Change>,
    pub claim: Claim,
}

/// What kind of change it is, for the words in which it is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// Figures raised or lowered.
    Cells,
    /// A figure of a total: any row of its table may carry the change.
    AnyRow,
    /// Rows of a table that must come to satisfy, or cease to.
    Rows { table: usize, rows: Vec<u32>, more: bool },
    /// New rows of a table.
    NewRows { table: usize },
    /// Rows too large divided among more rows.
    Divide,
    /// Units moved from rows to others: a change down and a change up, pair by pair.
    Move,
    /// Rules that k of n counts, each brought to its limit, or to the percent that the rest must reach.
    Branches { met: Vec<usize>, rest: Vec<usize> },
    /// Cells to fill or to correct before anything can be said.
    Fill(Vec<Cause>),
    /// The changes meet what can be met, and these cells have to be filled besides: the rest cannot be told before.
    AndFill(Vec<Cause>),
    /// Rules that must be met by their own remedies, besides whatever is changed here.
    Elsewhere(Vec<Others>),
    /// No figure at hand can be raised or lowered so that it is met.
    Nothing(Nothing),
}

/// Rules of which so many have to be met, each with how many of its units are not met or undecided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Others {
    pub need: usize,
    pub rules: Vec<(usize, usize)>,
}

/// Why nothing in the data can make a rule met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// What is recorded has happened.
    Recorded,
    /// It turns on a text, a code, a date or a yes or no.
    NotCounted,
    /// Figures were tried, none of them was enough within the bound.
    OutOfReach(u64),
}

/// How sure it is that less is not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// One unit less of any of the changes is not enough.
    Least,
    /// Found by trying up to so many units; less may be enough elsewhere.
    Within(u64),
    /// Nothing is claimed: there is no change.
    None,
}

/// One change of the tables. Numbers are in base units.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A number raised or lowered by whole steps.
    Number { cell: CellRef, by: Number, step: Number },
    /// A yes or no set.
    Truth { cell: CellRef, to: bool },
    /// New rows like a row of the table; with another row of its parent where that is said.
    Add { table: usize, like: u32, under: Option<(usize, u32)>, rows: u64 },
    /// The total of a column over these rows, divided as evenly as can be among so many rows.
    Divide { table: usize, column: usize, rows: Vec<u32>, into: u64 },
}
