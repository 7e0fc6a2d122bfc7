//! What one pass over the tables leaves: for each aggregate and each group, a state that can be merged in any order,
//! and the rows of derived tables.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::base::{Number, Term, TermKind};

use super::value::{Cause, Range, Truth, Value};

/// All aggregates of a plan, and the parts of split tables.
#[derive(Clone, Debug, Default)]
pub struct Reduced {
    /// For each table of the plan: its parts if it is a split, else empty.
    pub parts: Vec<Rc<Vec<PartRow>>>,
    /// For each table of the plan: the periods of its rows, if it holds several.
    pub kept: Vec<Option<Rc<Kept>>>,
    /// For each aggregate of the plan that was wanted.
    pub states: BTreeMap<usize, States>,
    /// Which rows stand beneath which, for the tables for which someone has asked.
    pub beneath: Rc<RefCell<Beneath>>,
}

/// By a table and one above it, their rows in pairs, the upper first, in order.
pub type Beneath = BTreeMap<(usize, usize), Rc<[(u32, u32)]>>;

/// The states of one aggregate by group. Groups are row × codes, row-major, in the order of the level; of an aggregate by
/// periods, × periods in the order of [`Kept::of`].
#[derive(Clone, Debug, Default)]
pub struct States {
    all: Rc<Vec<State>>,
    /// Those that have changed since all were made.
    changed: BTreeMap<usize, State>,
    /// Which rows belong to which group, once someone has asked: the group first, in order.
    members: Rc<OnceCell<Vec<(usize, u32)>>>,
}

impl States {
    pub fn of(all: Vec<State>) -> States {
        States { all: Rc::new(all), ..States::default() }
    }

    pub fn get(&self, group: usize) -> Option<&State> {
        self.changed.get(&group).or_else(|| self.all.get(group))
    }

    /// Puts another state in the place of a group's.
    pub fn put(&mut self, group: usize, state: State) {
        self.changed.insert(group, state);
    }

    /// The rows of a group; `pairs` says once which rows belong to which.
    pub fn members(&self, group: usize, pairs: impl FnOnce() -> Vec<(usize, u32)>) -> impl Iterator<Item = u32> {
        let pairs = self.members.get_or_init(|| {
            let mut pairs = pairs();
            pairs.sort_unstable();
            pairs
        });
        let first = pairs.partition_point(|(known, _)| *known < group);
        pairs[first..].iter().take_while(move |(known, _)| *known == group).map(|(_, row)| *row)
    }
}

/// What was changed in tables since they were reduced.
#[derive(Clone, Debug)]
pub struct Since<'r> {
    pub before: &'r Reduced,
    /// Rows with a changed cell, and rows that were added.
    pub rows: BTreeSet<(usize, u32)>,
    /// The columns of the changed cells.
    pub columns: BTreeSet<(usize, usize)>,
    /// For each table to which rows were added, the first of them.
    pub added: BTreeMap<usize, u32>,
}

impl Since<'_> {
    pub fn touches(&self, table: usize) -> bool {
        self.added.contains_key(&table) || self.rows_of(table).next().is_some()
    }

    /// The rows of a table that were changed or added.
    pub fn rows_of(&self, table: usize) -> impl Iterator<Item = u32> {
        self.rows.range((table, 0)..=(table, u32::MAX)).map(|(_, row)| *row)
    }
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
    /// For each member, its squared distance from the mean × its share of the weights: the numerator, a whole number, over the
    /// denominator of all.
    pub terms: Vec<Number>,
    pub over: Number,
    /// All numerators added up: over the denominator that is the variance.
    pub all: Number,
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
