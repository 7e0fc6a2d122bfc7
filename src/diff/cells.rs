//! The tables of two data sets: which rows are new or gone, which cells hold another value.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Text;
use crate::model::plan::Plan;
use crate::model::table::{Table, Tables};
use crate::model::value::CellRef;

/// How many changed cells are kept with their texts.
const MOST: usize = 1000;

/// What differs between two data sets.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    pub tables: Vec<TableChange>,
    /// How many cells hold another value.
    pub total: usize,
    /// The first of them, by table, row and column.
    pub first: Vec<CellChange>,
}

#[derive(Clone, Debug)]
pub struct TableChange {
    pub table: String,
    pub name: Text,
    pub new_rows: usize,
    pub gone_rows: usize,
    /// `Some(true)` where the table is handed in now and was not, `Some(false)` the other way round.
    pub handed_in: Option<bool>,
    /// Columns with changed cells, and how many.
    pub columns: Vec<(String, usize)>,
}

/// One cell before and after, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub table: String,
    pub key: String,
    pub column: String,
    pub before: String,
    pub after: String,
}

/// How a cell may be shown: its row's key, its column, what stood there.
pub type View<'v> = dyn Fn(CellRef) -> Option<(String, String, String)> + 'v;

impl Cells {
    pub fn any(&self) -> bool {
        !self.tables.is_empty()
    }
}

/// Compares the tables of one plan row by row, by key; rows without a key by their place.
pub fn cells(plan: &Plan, a: (&Tables, &View), b: (&Tables, &View)) -> Cells {
    let mut cells = Cells::default();
    for (at, def) in plan.tables.iter().enumerate().filter(|(_, def)| def.split.is_none()) {
        let (Some(before), Some(after)) = (a.0.tables.get(at), b.0.tables.get(at)) else { continue };
        let change = table(at, (before, a.1), (after, b.1), plan, &mut cells);
        if change.new_rows + change.gone_rows > 0 || change.handed_in.is_some() || !change.columns.is_empty() {
            cells.tables.push(TableChange { table: def.names.id.clone(), name: def.names.short(), ..change });
        }
    }
    cells
}

fn table(at: usize, a: (&Table, &View), b: (&Table, &View), plan: &Plan, cells: &mut Cells) -> TableChange {
    let (before, after) = (a.0, b.0);
    let known: BTreeMap<&Arc<str>, usize> = before.keys.iter().zip(0..).collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut rows: Vec<(&Arc<str>, usize)> = after.keys.iter().zip(0..).collect();
    rows.sort();
    let mut kept = 0;
    for (key, row) in rows {
        let Some(old) = known.get(key) else { continue };
        kept += 1;
        for column in 0..plan.tables[at].columns.len() {
            let cell = |table: &Table, row: usize| table.columns.get(column).and_then(|cells| cells.get(row)).map(|cell| cell.value.clone());
            if cell(before, *old) == cell(after, row) {
                continue;
            }
            *counts.entry(column).or_default() += 1;
            cells.total += 1;
            if cells.first.len() < MOST {
                cells.first.extend(shown(at, column, (*old, a.1), (row, b.1), plan));
            }
        }
    }
    let columns = counts.into_iter().map(|(column, count)| (plan.tables[at].columns[column].names.text().zh, count)).collect();
    let handed_in = (before.handed_in() != after.handed_in()).then(|| after.handed_in());
    TableChange { table: String::new(), name: Text::default(), new_rows: after.len() - kept, gone_rows: before.len() - kept, handed_in, columns }
}

fn shown(table: usize, column: usize, (old, view_a): (usize, &View), (new, view_b): (usize, &View), plan: &Plan) -> Option<CellChange> {
    let cell = |row: usize| Some(CellRef { table: u16::try_from(table).ok()?, column: u16::try_from(column).ok()?, row: u32::try_from(row).ok()? });
    let (_, _, before) = view_a(cell(old)?)?;
    let (key, column, after) = view_b(cell(new)?)?;
    Some(CellChange { table: plan.tables[table].names.id.clone(), key, column, before, after })
}
