//! What an expression is worth on a row: shared by reducing, which asks it of every row of a table, and by judging,
//! which asks it of units.
//!
//! Takes the plan, the tables and whatever aggregates are reduced so far. Every unknown carries the cell where it was
//! born; nothing missing is ever read as 0; nothing is rounded but where the rule says so.

mod cell;
mod cells;
mod choice;
mod date;
mod evidence;
mod number;
mod place;
mod statement;
mod term;

pub use cell::cell_ref;
pub use number::over_what_may_be_zero;
pub use place::group;
pub use term::bare_key;
pub use statement::{is_absent, share_of};

use std::borrow::Cow;

use crate::base::{Date, Term};
use crate::model::plan::{Collect, Level, Node, NodeKind, Plan};
use crate::model::reduced::{Reduced, State};
use crate::model::table::{NOWHERE, Tables};
use crate::model::value::{Range, Truth, Value, ValueKind};

use crate::builtin::aggregate;
use crate::model::op::Aggregate;
use crate::model::verdict::Outcome;

/// Where an expression is asked: a row of a table, or the whole; and the codes of the unit, if it has any.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    pub table: Option<usize>,
    pub row: u32,
    /// The codes of the unit asked, in the order of its level.
    pub codes: &'a [u16],
    /// The level of the unit asked.
    pub level: Option<&'a Level>,
    /// The period asked; a row that is of one has its own.
    pub term: Option<Term>,
}

impl<'a> At<'a> {
    /// A row by itself.
    pub fn row(table: usize, row: u32) -> At<'a> {
        At { table: Some(table), row, codes: &[], level: None, term: None }
    }
}

/// Outcomes of rules, for those who have them: the node that asks about one, or counts several, and the unit that asks.
pub type Outcomes<'a> = &'a dyn Fn(&NodeKind, At) -> Value;

/// Everything that an expression may look at.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub plan: &'a Plan,
    pub tables: &'a Tables,
    pub reduced: &'a Reduced,
    pub as_of: Date,
    pub outcomes: Option<Outcomes<'a>>,
}

impl World<'_> {
    /// The value of a node at a place.
    pub fn value(&self, node: &Node, at: At) -> Value {
        match &*node.kind {
            NodeKind::Number(number) => Value::number(number.clone()),
            NodeKind::Text(text) => Value::of(ValueKind::Text(Some(text.clone()))),
            NodeKind::Truth(truth) => Value::truth(Truth::from_bool(*truth)),
            NodeKind::Date(date) => Value::of(ValueKind::Date(Some(*date))),
            NodeKind::YearMonth(month) => Value::of(ValueKind::YearMonth(Some(*month))),
            NodeKind::Term(term) => Value::of(ValueKind::Term(Some(*term))),
            NodeKind::Code(code) => Value::of(ValueKind::Code(Some(*code))),
            NodeKind::AsOf => Value::of(ValueKind::Date(Some(self.as_of))),
            NodeKind::UnitCode(place) => Value::of(ValueKind::Code(at.codes.get(*place).copied())),
            NodeKind::Column(column) => self.column(*column, at),
            NodeKind::Measure(measure) => self.measure(*measure, at),
            NodeKind::Aggregate(id) => self.aggregate(*id, at),
            NodeKind::Parameter { id, keys } => self.parameter(*id, keys, at),
            NodeKind::If { cond, then, otherwise } => self.either(cond, then, otherwise, at),
            NodeKind::ByCase { of, arms, otherwise } => self.by_case(of, arms, otherwise.as_ref(), at),
            NodeKind::Neg(_) | NodeKind::Arith(..) | NodeKind::Round(..) | NodeKind::ForEvery { .. } => self.number(node, at),
            NodeKind::DateShift { .. } | NodeKind::Whole { .. } => self.dates(node, at),
            NodeKind::InTerm { when, of } => self.in_term(*when, of, at),
            NodeKind::Through { link, of } => self.by_role(*link, of, at),
            NodeKind::Rising { of, since } => self.rising(of, *since, at),
            NodeKind::Status { .. } | NodeKind::Rules(_) => self.outcome(node, at),
            NodeKind::Evidence(def) => self.evidence(def, at),
            _ => self.statement(node, at),
        }
    }

    fn measure(&self, measure: usize, at: At) -> Value {
        let def = &self.plan.measures[measure];
        match self.above(at, def.of) {
            Some(row) => self.value(&def.body, At { table: Some(def.of), row, ..at }),
            None => Value::range(Range::UNKNOWN),
        }
    }

    fn aggregate(&self, id: usize, at: At) -> Value {
        let what = match self.plan.aggregates[id].what {
            Collect::Value(what) => what,
            Collect::Tally => Aggregate::Share,
        };
        self.state(id, at).map_or_else(|| aggregate::value(what, &State { incomplete: true, ..State::default() }), |state| aggregate::value(what, &state))
    }

    /// What was reduced for the group that a place belongs to.
    pub fn state(&self, id: usize, at: At) -> Option<Cow<'_, State>> {
        let def = &self.plan.aggregates[id];
        let group = self.group_of(&def.at, at)?;
        match def.by {
            None => self.reduced.states.get(&id)?.get(group).map(Cow::Borrowed),
            Some(kind) => self.state_of_term(id, kind, group, at),
        }
    }

    fn outcome(&self, node: &Node, at: At) -> Value {
        // A row that is not there is no unit of any rule.
        let outcomes = self.outcomes.filter(|_| at.row != NOWHERE);
        outcomes.map_or_else(|| Value::truth(Truth::Unknown), |outcomes| outcomes(&node.kind, at))
    }
}

/// An outcome as a statement that may be joined with others.
pub fn outcome_value(outcome: Outcome) -> Value {
    use crate::model::value::Absent;
    match outcome {
        Outcome::Met => Value::truth(Truth::True),
        Outcome::NotMet => Value::truth(Truth::False),
        Outcome::Undecided => Value::truth(Truth::Unknown),
        Outcome::Exempt | Outcome::NotApplicable => Value::truth(Truth::Unknown).absent(Absent::Yes),
    }
}

/// A statement as an outcome.
pub fn truth_outcome(value: &Value) -> Outcome {
    use crate::model::value::Absent;
    match (value.absent, value.as_truth()) {
        (Absent::Yes, _) => Outcome::NotApplicable,
        (Absent::Maybe, _) | (_, Truth::Unknown) => Outcome::Undecided,
        (_, Truth::True) => Outcome::Met,
        (_, Truth::False) => Outcome::NotMet,
    }
}
