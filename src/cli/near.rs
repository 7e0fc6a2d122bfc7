//! Names that are not there, and the columns that come near them with what they hold: messages of a pack and its tables
//! in, notes out.

use std::collections::BTreeSet;

use crate::base::Sources;
use crate::diag::Diagnostic;
use crate::diag::catalog::{NearColumn, UnknownName, held, nearest};
use crate::model::plan::{ColumnDef, Plan};
use crate::model::table::{Cell, CellValue, Tables};

/// How many columns are shown for a name, and how many values of each.
const MOST: usize = 4;
const VALUES: usize = 3;

/// A note for each column that comes near a name by which nothing is called, at the name's first place.
pub fn columns(said: &[Diagnostic], plan: &Plan, tables: &Tables, sources: &Sources) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut notes = Vec::new();
    for at in said.iter().filter(|one| one.code == UnknownName::CODE).filter_map(Diagnostic::place) {
        let name = sources.get(at.source).text.get(at.range()).unwrap_or_default();
        if seen.insert(name) {
            notes.extend(near(name, plan).into_iter().map(|place| note(name, place, plan, tables).at(at, "".into())));
        }
    }
    notes
}

/// Columns with a name that is alike, that lies within the one sought, or that it lies within.
fn near(name: &str, plan: &Plan) -> Vec<(usize, usize)> {
    let alike = |column: &ColumnDef| {
        let within = |known: &str| name.chars().count() > 1 && (known.contains(name) || (known.chars().count() > 1 && name.contains(known)));
        column.names.all().any(within) || nearest(name, column.names.all()).is_some()
    };
    let columns = plan.tables.iter().enumerate().filter(|(_, table)| table.split.is_none());
    columns.flat_map(|(at, table)| table.columns.iter().enumerate().filter(|(_, column)| alike(column)).map(move |(column, _)| (at, column))).take(MOST).collect()
}

/// What a column holds. Personal values are not shown.
fn note(name: &str, (table, column): (usize, usize), plan: &Plan, tables: &Tables) -> Diagnostic {
    let def = &plan.tables[table];
    let cells = tables.tables[table].columns.get(column).map_or(&[][..], Vec::as_slice);
    let filled: Vec<&Cell> = cells.iter().filter(|cell| !matches!(cell.value, CellValue::Unknown(_))).collect();
    let shown = if plan.is_personal(table, column) { Vec::new() } else { different(&filled) };
    let held = held(filled.len(), cells.len(), &shown);
    NearColumn { name: name.into(), column: def.columns[column].names.text(), table: def.names.text(), held }.into()
}

fn different<'c>(cells: &[&'c Cell]) -> Vec<&'c str> {
    let mut found: Vec<&str> = Vec::new();
    for value in cells.iter().map(|cell| cell.raw.trim()).filter(|value| !value.is_empty()) {
        if found.len() < VALUES && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
