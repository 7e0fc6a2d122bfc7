//! Rows by their periods: which state a row belongs to, and who has filed none of a period.

use std::collections::BTreeMap;

use crate::base::{Term, TermKind};
use crate::eval::{At, World};
use crate::model::plan::AggregateDef;
use crate::model::value::{Cause, CauseCode, Place};

/// The periods by which an aggregate is kept.
pub(super) fn terms(world: &World, over: usize, kind: TermKind) -> Vec<Term> {
    world.terms(over, kind).into_owned()
}

/// The periods to which a row belongs: their places, and why it may not be of them.
///
/// Missing: a row whose period is unknown may be of any. A row of a table without periods is looked at in each.
pub(super) fn of_row(world: &World, aggregate: &AggregateDef, terms: &[Term], row: u32) -> Vec<(usize, Term, Vec<Cause>)> {
    let Some(cell) = world.term_cell(aggregate.over, row) else { return all(terms, &[]) };
    match world.row_term(aggregate.over, row) {
        None => all(terms, &cell.causes),
        Some(own) => {
            let held = aggregate.by.and_then(|kind| own.within(kind));
            terms.iter().position(|term| Some(*term) == held).map(|place| (place, own, Vec::new())).into_iter().collect()
        }
    }
}

fn all(terms: &[Term], causes: &[Cause]) -> Vec<(usize, Term, Vec<Cause>)> {
    terms.iter().enumerate().map(|(place, term)| (place, *term, causes.to_vec())).collect()
}

/// For each row of `by` and each period of which it has no row in `table`: the row, the period's place, and why.
///
/// A row of unknown period may be that of any, so that nobody who has one is said not to have filed.
pub(super) fn unfiled(world: &World, table: usize, by: usize, terms: &[Term]) -> Vec<(u32, usize, Cause)> {
    let mut filed: BTreeMap<u32, Vec<Option<Term>>> = (0..u32::try_from(world.rows(by)).unwrap_or(u32::MAX)).map(|row| (row, Vec::new())).collect();
    for row in 0..u32::try_from(world.rows(table)).unwrap_or(u32::MAX) {
        if let Some(of) = world.above_by(At::row(table, row), by, world.plan.tables[table].filed_as).and_then(|above| filed.get_mut(&above)) {
            of.push(world.row_term(table, row));
        }
    }
    let mut found = Vec::new();
    for (row, of) in filed {
        for (place, term) in terms.iter().enumerate() {
            let of: Vec<Option<Term>> = of.iter().map(|own| own.and_then(|own| own.within(term.kind))).collect();
            if of.iter().any(|own| own.is_none_or(|own| own == *term)) {
                continue;
            }
            let is_new = !of.is_empty() && of.iter().flatten().all(|own| own > term);
            let code = if is_new { CauseCode::New } else { CauseCode::NotFiled };
            found.push((row, place, Cause { code, at: Place::Filed { of: by, row, table, term: *term } }));
        }
    }
    found
}
