//! What one pass over the tables leaves: for each aggregate and each group, a state that can be merged in any order,
//! and the rows of derived tables.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Number, Term, TermKind};

use super::value::{Cause, Range, Truth, Value};

/// All aggregates of a plan, and the parts of split tables.
#[derive(Clone, Debug, Default)]
pub struct Reduced {
    /// For each table of the plan: its parts if it is a split, else empty.
    pub parts: Vec<Vec<PartRow>>,
    /// For each table of the plan: the periods of its rows, if it holds several.
    pub kept: Vec<Option<Kept>>,
    /// `states[aggregate][group]`; groups are row × codes, row-major, in the order of the level; of an aggregate by periods,
    /// × periods in the order of [`Kept::of`].
    pub states: Vec<Vec<State>>,
}

/// The rows of a table that holds several periods.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The periods that rows are of, and the longer ones that hold them: in the order of time within a kind.
    pub terms: Vec<Term>,
    /// For each key without its period, its rows in the order of time; rows whose period is unknown are not among them.
    pub rows: BTreeMap<Arc<str>, Vec<(Term, u32)>>,
}

impl Kept {
    /// The periods of one kind, in the order of time.
    pub fn of(&self, kind: TermKind) -> &[Term] {
        let from = self.terms.partition_point(|term| term.kind < kind);
        let to = self.terms.partition_point(|term| term.kind <= kind);
        &self.terms[from..to]
    }
}

/// One part of a combined school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// The row of the whole.
    pub row: u32,
    /// The place of the part in the split.
    pub part: u16,
    /// Its pupils are unknown: it may be no row at all.
    pub possible: bool,
}

/// What is known of one group.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub tally: Tally,
    /// Operands of rows that are surely members, in row order.
    pub sure: Vec<Member>,
    /// Operands of rows that may be members.
    pub possible: Vec<Member>,
    /// For a tally: every member and what was said of it, in row order.
    pub said: Vec<(u32, Truth)>,
    /// For a tally: the members of whom what was said is unknown because something is divided by 0.
    pub zeros: Vec<Zero>,
    /// Why members or operands are unknown.
    pub causes: Vec<Cause>,
    /// Some rows are not there at all (not filed, not handed in): nothing can be said of how many.
    pub incomplete: bool,
    /// What it comes to, once someone has asked: only [`crate::builtin::aggregate`] fills it in.
    pub value: OnceCell<Value>,
    /// A variation opened up, once someone has asked.
    pub opened: OnceCell<Option<Terms>>,
}

/// A variation of known members opened up.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    pub mean: Number,
    /// For each member, its squared distance from the mean × its share of the weights: these add up to the variance.
    pub terms: Vec<Number>,
    /// Variance over squared mean, with the sign of the mean; `None` where the mean is 0.
    pub square: Option<Number>,
}

/// A row of which something is said that rests on a division by 0 (R20): what is said of it where it is required, and where
/// it must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zero {
    pub row: u32,
    /// Whether it is surely a member.
    pub sure: bool,
    pub required: Truth,
    pub forbidden: Truth,
}

impl State {
    /// The tally where what is said of rows is required of them, or must not be true of them.
    pub fn read(&self, is_required: bool) -> Tally {
        let mut tally = self.tally;
        for zero in &self.zeros {
            let truth = if is_required { zero.required } else { zero.forbidden };
            if truth != Truth::Unknown {
                *tally.place(zero.sure, Truth::Unknown) -= 1;
                *tally.place(zero.sure, truth) += 1;
            }
        }
        tally
    }

    /// Every member and what is said of it, read likewise.
    pub fn said_read(&self, is_required: bool) -> Vec<(u32, Truth)> {
        let mut said = self.said.clone();
        let mut zeros = self.zeros.iter().filter(|zero| zero.sure).peekable();
        for (row, truth) in &mut said {
            if let Some(zero) = zeros.next_if(|zero| zero.row == *row) {
                *truth = if is_required { zero.required } else { zero.forbidden };
            }
        }
        said
    }
}

/// A row's operand, and its weight where the aggregate has one.
#[derive(Clone, Debug)]
pub struct Member {
    pub row: u32,
    pub value: Value,
    pub weight: Option<Value>,
}

/// Rows by what was said of them. A row that the question does not apply to leaves the population.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub sure_true: u64,
    pub sure_false: u64,
    pub sure_open: u64,
    pub possible_true: u64,
    pub possible_false: u64,
    pub possible_open: u64,
    /// Left because the question does not apply to them.
    pub left: u64,
}

impl Tally {
    pub fn sure(&self) -> u64 {
        self.sure_true + self.sure_false + self.sure_open
    }

    pub fn possible(&self) -> u64 {
        self.possible_true + self.possible_false + self.possible_open
    }

    /// Where rows of this kind are counted.
    pub fn place(&mut self, sure: bool, truth: Truth) -> &mut u64 {
        match (sure, truth) {
            (true, Truth::True) => &mut self.sure_true,
            (true, Truth::False) => &mut self.sure_false,
            (true, Truth::Unknown) => &mut self.sure_open,
            (false, Truth::True) => &mut self.possible_true,
            (false, Truth::False) => &mut self.possible_false,
            (false, Truth::Unknown) => &mut self.possible_open,
        }
    }

    /// How many satisfy: at least, at most.
    pub fn satisfied(&self) -> Range {
        range(self.sure_true, self.sure_true + self.sure_open + self.possible_true + self.possible_open)
    }

    /// How many breach: at least, at most.
    pub fn breached(&self) -> Range {
        range(self.sure_false, self.sure_false + self.sure_open + self.possible_false + self.possible_open)
    }

    /// How many members: at least, at most.
    pub fn members(&self) -> Range {
        range(self.sure(), self.sure() + self.possible())
    }
}

fn range(low: u64, high: u64) -> Range {
    Range::between(Number::count(low), Number::count(high))
}
