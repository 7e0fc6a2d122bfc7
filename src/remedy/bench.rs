//! Where changes are tried: a copy of the tables, changed, asked and put back as it was.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Date, Number, Term};
use crate::eval::{At, World};
use crate::model::needs::Needs;
use crate::model::plan::{ColumnDef, ColumnKind, Level, Node, Plan};
use crate::model::reduced::{Reduced, Since};
use crate::model::remedy::Change;
use crate::model::table::Tables;
use crate::model::value::CellRef;
use crate::model::verdict::{Finding, Outcome, UnitId};

use super::Steps;
use super::change::{Before, holds_pupils_of_a_part, make, take_back};

/// Everything that the search for one finding looks at.
pub(super) struct Bench<'a> {
    pub plan: &'a Plan,
    pub steps: &'a Steps<'a>,
    pub needs: &'a Needs,
    pub day: Date,
    /// The period that the unit is asked for.
    pub at_hand: Option<Term>,
    /// As they were handed in.
    pub tables: &'a Tables,
    pub copy: &'a RefCell<Tables>,
    /// Of the tables as they were handed in.
    pub reduced: &'a Reduced,
    /// Everything that was found.
    pub findings: &'a [Finding],
}

/// A place that outlives the question asked there.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub table: Option<usize>,
    pub row: u32,
    pub codes: Vec<u16>,
    pub level: Option<&'a Level>,
    pub term: Option<Term>,
}

impl Spot<'_> {
    pub fn at(&self) -> At<'_> {
        At { table: self.table, row: self.row, codes: &self.codes, level: self.level, term: self.term }
    }

    pub fn of_row(table: usize, row: u32) -> Spot<'static> {
        Spot { table: Some(table), row, codes: Vec::new(), level: None, term: None }
    }
}

impl<'a> Bench<'a> {
    /// What is answered once the changes are made; `None` if one cannot be made. A question is never asked within another.
    ///
    /// `reads` says that the question looks at aggregates, which then are made anew.
    pub fn tried<T>(&self, changes: &[Change], reads: bool, ask: impl FnOnce(&World) -> T) -> Option<T> {
        let mut tables = self.copy.try_borrow_mut().ok()?;
        let mut undo = Vec::new();
        for change in changes {
            match make(self.plan, &mut tables, change) {
                Some(made) => undo.extend(made),
                None => {
                    take_back(&mut tables, undo);
                    return None;
                }
            }
        }
        let fresh = !changes.is_empty() && (reads || changes.iter().any(|change| self.moves_parts(change)));
        let made = fresh.then(|| (self.steps.reduce)(&tables, self.needs, self.day, Some(&self.since(&tables, &undo))));
        let world = World { plan: self.plan, tables: &tables, reduced: made.as_ref().unwrap_or(self.reduced), as_of: self.day, outcomes: None };
        let answer = ask(&world);
        take_back(&mut tables, undo);
        Some(answer)
    }

    /// Whether a change may alter which parts a split has.
    fn moves_parts(&self, change: &Change) -> bool {
        matches!(change, Change::Number { cell, .. } if self.counts_parts(*cell))
    }

    /// Whether a cell holds the pupils of a part.
    pub fn counts_parts(&self, cell: CellRef) -> bool {
        holds_pupils_of_a_part(self.plan, cell)
    }

    /// The unit judged by its rule with these changes made, every step from the tables on anew.
    pub fn judged(&self, changes: &[Change], needs: &Needs, unit: &UnitId) -> Option<Finding> {
        let mut tables = self.copy.try_borrow_mut().ok()?;
        let mut undo = Vec::new();
        let possible = changes.iter().all(|change| make(self.plan, &mut tables, change).map(|made| undo.extend(made)).is_some());
        let found = possible.then(|| {
            // What another rule needs may not have been reduced yet.
            let is_known = needs.aggregates.iter().zip(&self.needs.aggregates).all(|(needed, known)| *known || !needed);
            let since = is_known.then(|| self.since(&tables, &undo));
            let reduced = (self.steps.reduce)(&tables, needs, self.day, since.as_ref());
            (self.steps.judge)(&tables, &reduced, needs, self.day, unit)
        });
        take_back(&mut tables, undo);
        found.flatten()
    }

    /// What was changed in the tables since they were handed in, by what is to be put back.
    fn since(&self, tables: &Tables, undo: &[Before]) -> Since<'a> {
        let mut since = Since { before: self.reduced, rows: BTreeSet::new(), columns: BTreeSet::new(), added: BTreeMap::new() };
        for before in undo {
            match before {
                Before::Cell(cell, _) => {
                    since.rows.insert((usize::from(cell.table), cell.row));
                    since.columns.insert((usize::from(cell.table), usize::from(cell.column)));
                }
                Before::Added(table, _) => {
                    let rows = |tables: &Tables| u32::try_from(tables.tables[*table].len()).unwrap_or(u32::MAX);
                    let first = rows(self.tables);
                    since.rows.extend((first..rows(tables)).map(|row| (*table, row)));
                    since.added.insert(*table, first);
                }
            }
        }
        since
    }

    pub fn is_met(&self, changes: &[Change], unit: &UnitId) -> bool {
        self.judged(changes, self.needs, unit).is_some_and(|finding| finding.outcome == Outcome::Met)
    }

    pub fn column(&self, cell: CellRef) -> &'a ColumnDef {
        &self.plan.tables[usize::from(cell.table)].columns[usize::from(cell.column)]
    }

    pub fn number(&self, cell: CellRef) -> Option<Number> {
        self.copy.try_borrow().ok()?.number(cell).cloned()
    }

    /// The least amount by which people change a number of this column, in base units: one of the unit in which it is
    /// written; without a unit, one of the last decimal that stands in the cell.
    ///
    /// `None` for what is no quantity that a person can change: keys, links, codes, dates, years, and figures of a period that
    /// is over.
    pub fn step(&self, cell: CellRef) -> Option<Number> {
        self.step_from(cell, &self.number(cell)?)
    }

    /// The same, of a number that is known already.
    pub fn step_from(&self, cell: CellRef, now: &Number) -> Option<Number> {
        let def = self.column(cell);
        let table = &self.plan.tables[usize::from(cell.table)];
        let place = usize::from(cell.column);
        let time = ["year", "month"].iter().filter_map(|word| crate::base::unit::unit_word(word)).any(|word| crate::base::Unit::from_word(word).same_dimension(&def.unit));
        if time || table.key.contains(&place) || table.parents.iter().any(|parent| parent.column == place) || self.is_of_the_past(cell) {
            return None;
        }
        match def.ty {
            ColumnKind::Whole => Some(def.unit.to_base(&Number::ONE)),
            ColumnKind::Number if !def.unit.is_plain() => Some(def.unit.to_base(&Number::ONE)),
            ColumnKind::Number => Some(last_decimal(now)),
            _ => None,
        }
    }

    /// How many steps a number may go up, or down, before its column ends; `None` without an end.
    pub fn room(&self, cell: CellRef, step: &Number, up: bool) -> Option<i64> {
        let (def, now) = (self.column(cell), self.number(cell)?);
        let end = if up { def.high.clone()? } else { def.low.clone().or_else(|| (!now.is_negative()).then_some(Number::ZERO))? };
        let way = if up { &end - &now } else { &now - &end };
        let steps = way.div(step)?;
        // A part of a school without pupils would be gone, and with it what is asked of it.
        if !up && self.counts_parts(cell) && end.is_zero() { (&steps.ceil() - &Number::ONE).to_i64() } else { steps.floor().to_i64() }
    }

    /// Whether a node looks at aggregates.
    pub fn reads(&self, node: &Node) -> bool {
        crate::model::needs::reads_aggregates(self.plan, node)
    }
}

/// A tenth, a hundredth …, as many decimals as the number has, six at most; 1 for a whole number.
fn last_decimal(number: &Number) -> Number {
    let tenth = Number::ratio(1, 10).unwrap_or(Number::ONE);
    let mut step = Number::ONE;
    for _ in 0..6 {
        if number.div(&step).is_some_and(|steps| steps.is_whole()) {
            break;
        }
        step = &step * &tenth;
    }
    step
}
