//! Changes made to tables, and taken back; and the same change less by one unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Number;
use crate::model::plan::Plan;
use crate::model::remedy::Change;
use crate::model::table::{Cell, CellValue, Table, Tables};
use crate::model::value::CellRef;

/// What has to be put back, in the order in which it was changed.
pub(super) type Undo = Vec<Before>;

pub(super) enum Before {
    Cell(CellRef, Cell),
    /// So many rows of a table were added at its end.
    Added(usize, u64),
}

/// Makes a change. Errors: `None` for a cell that holds no number, or is not there; then nothing was changed.
pub fn apply(plan: &Plan, tables: &mut Tables, change: &Change) -> Option<()> {
    make(plan, tables, change).map(|_| ())
}

pub(super) fn make(plan: &Plan, tables: &mut Tables, change: &Change) -> Option<Undo> {
    match change {
        Change::Number { cell, by, .. } => {
            let now = tables.number(*cell)?.clone();
            let then = &now + by;
            // Which parts a whole has is a fact of the world: no school begins or gives up a stage to meet a rule.
            if now.is_zero() != then.is_zero() && holds_pupils_of_a_part(plan, *cell) {
                return None;
            }
            Some(vec![set(plan, tables, *cell, CellValue::Number(then))?])
        }
        Change::Truth { cell, to } => Some(vec![set(plan, tables, *cell, CellValue::Truth(*to))?]),
        Change::Add { table, like, under, rows } => {
            add(tables.tables.get_mut(*table)?, *like, *under, *rows)?;
            Some(vec![Before::Added(*table, *rows)])
        }
        Change::Divide { table, column, rows, into } => divide(plan, tables, (*table, *column), rows, *into),
    }
}

/// Whether a cell holds the pupils of a part of a split.
pub(super) fn holds_pupils_of_a_part(plan: &Plan, cell: CellRef) -> bool {
    let (table, column) = (usize::from(cell.table), usize::from(cell.column));
    plan.tables.iter().filter_map(|table| table.split.as_ref()).any(|split| split.of == table && split.parts.iter().any(|part| part.pupils == column))
}

pub(super) fn take_back(tables: &mut Tables, undo: Undo) {
    for before in undo.into_iter().rev() {
        match before {
            Before::Cell(at, cell) => {
                if let Some(place) = place(tables, at) {
                    *place = cell;
                }
            }
            Before::Added(table, rows) => {
                if let Some(table) = tables.tables.get_mut(table) {
                    shorten(table, rows);
                }
            }
        }
    }
}

/// Changes of one cell made one; those that come to nothing left out.
pub(super) fn together(changes: Vec<Change>) -> Vec<Change> {
    let mut made: Vec<Change> = Vec::new();
    let mut cells: BTreeMap<(CellRef, Option<bool>), usize> = BTreeMap::new();
    for change in changes {
        let place = match &change {
            Change::Number { cell, .. } => cells.get(&(*cell, None)).copied(),
            Change::Truth { cell, to } => cells.get(&(*cell, Some(*to))).copied(),
            Change::Add { .. } | Change::Divide { .. } => made.iter().position(|known| *known == change),
        };
        match (place, change) {
            (None, change) => {
                match &change {
                    Change::Number { cell, .. } => drop(cells.insert((*cell, None), made.len())),
                    Change::Truth { cell, to } => drop(cells.insert((*cell, Some(*to)), made.len())),
                    Change::Add { .. } | Change::Divide { .. } => {}
                }
                made.push(change);
            }
            (Some(place), Change::Number { by: more, .. }) => {
                if let Change::Number { by, .. } = &mut made[place] {
                    *by = &*by + &more;
                }
            }
            (Some(_), _) => {}
        }
    }
    made.retain(|change| !matches!(change, Change::Number { by, .. } if by.is_zero()));
    made
}

/// Whether whoever makes the second changes has made the first as well, so that the second ask for more than is needed.
pub(super) fn is_part_of(fewer: &[Change], more: &[Change]) -> bool {
    let mut cells: BTreeMap<CellRef, Vec<&Number>> = BTreeMap::new();
    for other in more {
        if let Change::Number { cell, by, .. } = other {
            cells.entry(*cell).or_default().push(by);
        }
    }
    let holds = |change: &Change| match change {
        Change::Number { cell, by, .. } => cells.get(cell).into_iter().flatten().any(|much| by.is_negative() == much.is_negative() && by.abs() <= much.abs()),
        _ => more.contains(change),
    };
    !fewer.is_empty() && fewer.iter().all(holds)
}

/// The same change less by one unit; `None` where that is no change at all.
pub fn less(change: &Change) -> Option<Change> {
    match change {
        Change::Number { cell, by, step } => {
            let by = if by.is_negative() { by + step } else { by - step };
            (!by.is_zero()).then(|| Change::Number { cell: *cell, by, step: step.clone() })
        }
        Change::Truth { .. } => None,
        Change::Add { table, like, under, rows } => (*rows > 1).then(|| Change::Add { table: *table, like: *like, under: *under, rows: rows - 1 }),
        Change::Divide { table, column, rows, into } => (*into > rows.len() as u64).then(|| Change::Divide { table: *table, column: *column, rows: rows.clone(), into: into - 1 }),
    }
}

fn place(tables: &mut Tables, at: CellRef) -> Option<&mut Cell> {
    tables.tables.get_mut(usize::from(at.table))?.columns.get_mut(usize::from(at.column))?.get_mut(at.row as usize)
}

fn set(plan: &Plan, tables: &mut Tables, at: CellRef, value: CellValue) -> Option<Before> {
    let unit = &plan.tables.get(usize::from(at.table))?.columns.get(usize::from(at.column))?.unit;
    let raw: Arc<str> = match &value {
        CellValue::Number(number) => unit.from_base(number).plain(6).into(),
        _ => "".into(),
    };
    let cell = place(tables, at)?;
    Some(Before::Cell(at, std::mem::replace(cell, Cell { value, raw })))
}

fn add(table: &mut Table, like: u32, under: Option<(usize, u32)>, rows: u64) -> Option<()> {
    let at = like as usize;
    let key = table.keys.get(at)?.clone();
    for number in 1..=rows {
        table.keys.push(format!("{key}+{number}").into());
        table.lines.push(0);
        for column in &mut table.columns {
            let cell = column.get(at)?.clone();
            column.push(cell);
        }
        for (place, parents) in table.parents.iter_mut().enumerate() {
            let own = *parents.get(at)?;
            parents.push(under.filter(|(of, _)| *of == place).map_or(own, |(_, row)| row));
        }
    }
    Some(())
}

fn shorten(table: &mut Table, rows: u64) {
    let left = table.keys.len().saturating_sub(usize::try_from(rows).unwrap_or(usize::MAX));
    table.keys.truncate(left);
    table.lines.truncate(left);
    table.columns.iter_mut().for_each(|column| column.truncate(left));
    table.parents.iter_mut().for_each(|parents| parents.truncate(left));
}

/// As evenly as can be: the first rows have one more where it does not come out.
fn divide(plan: &Plan, tables: &mut Tables, (table, column): (usize, usize), rows: &[u32], into: u64) -> Option<Undo> {
    let narrow = |place: usize| u16::try_from(place).ok();
    let cell = |row: u32| Some(CellRef { table: narrow(table)?, column: narrow(column)?, row });
    let like = *rows.first()?;
    let mut total = Number::ZERO;
    for row in rows {
        total = &total + tables.number(cell(*row)?)?;
    }
    let more = into.checked_sub(rows.len() as u64)?;
    let first_new = u32::try_from(tables.tables.get(table)?.len()).ok()?;
    add(tables.tables.get_mut(table)?, like, None, more)?;
    let mut undo = vec![Before::Added(table, more)];
    let all = rows.iter().copied().chain(first_new..first_new + u32::try_from(more).ok()?);
    for (row, value) in all.zip(portions(&total, into)) {
        undo.push(set(plan, tables, cell(row)?, CellValue::Number(value))?);
    }
    Some(undo)
}

/// A whole total in so many portions, the larger ones first.
fn portions(total: &Number, into: u64) -> impl Iterator<Item = Number> {
    let count = Number::count(into);
    let each = total.div(&count).unwrap_or(Number::ZERO).floor();
    let left = (total - &(&each * &count)).to_i64().and_then(|left| u64::try_from(left).ok()).unwrap_or(0);
    (0..into).map(move |at| if at < left { &each + &Number::ONE } else { each.clone() })
}
