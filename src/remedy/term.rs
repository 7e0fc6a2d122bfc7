//! Values of other periods: what is over is not changed any more, only the figures of the period at hand, or of later ones.

use crate::base::{Date, Term, TermKind};
use crate::eval::World;
use crate::model::op::Compare;
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::remedy::Change;
use crate::model::table::CellValue;
use crate::model::value::CellRef;
use crate::model::when::When;

use super::bench::{Bench, Spot};
use super::goal::{Found, Goal};

impl Bench<'_> {
    /// Something that shall hold in another period.
    pub fn solve_in_term(&self, when: When, of: &Node, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let place = |world: &World| {
            let (at, missing) = world.moved(when, goal.spot.at());
            missing.is_none().then_some((at.row, at.term))
        };
        let Some(Some((row, term))) = self.tried(given, false, place) else { return Vec::new() };
        if term.is_some_and(|term| self.is_over(term)) {
            return Vec::new();
        }
        self.solve(&Goal { node: of, spot: Spot { row, term, ..goal.spot.clone() }, ..goal.clone() }, given)
    }

    /// The period at hand above the one before it: no earlier one is changed.
    pub fn solve_rising(&self, of: &Node, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let before = Node { kind: Box::new(NodeKind::InTerm { when: When::Earlier(1), of: of.clone() }), ty: of.ty.clone(), span: of.span };
        let risen = Node { kind: Box::new(NodeKind::Compare(Compare::Gt, of.clone(), before)), ty: Type::Truth, span: of.span };
        self.solve(&goal.of(&risen), given)
    }

    /// Whether a cell is of a period that is over.
    pub fn is_of_the_past(&self, cell: CellRef) -> bool {
        let table = usize::from(cell.table);
        let period = self.plan.tables[table].period.and_then(|column| self.tables.tables[table].columns.get(column)?.get(cell.row as usize));
        period.is_some_and(|period| matches!(period.value, CellValue::Term(term) if self.is_over(term)))
    }

    /// Whether a period ended before the one that the unit is asked for; without one, before the as-of date.
    pub fn is_over(&self, term: Term) -> bool {
        is_before(term, self.at_hand, self.day)
    }
}

fn is_before(term: Term, at_hand: Option<Term>, day: Date) -> bool {
    // A semester has no dates: it is over when its school year is.
    let year = term.within(TermKind::SchoolYear).unwrap_or(term);
    let within = |hand: Term| (hand.kind == term.kind).then_some(term < hand).or_else(|| hand.within(year.kind).map(|hand| year < hand));
    at_hand.and_then(within).unwrap_or_else(|| Term::of_day(year.kind, day).is_some_and(|now| year < now))
}
