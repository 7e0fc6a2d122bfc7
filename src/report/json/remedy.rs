//! Remedies in the format: what is to be done in words, the cell, the change, whether less is not enough.

use serde::Serialize;

use crate::model::remedy::{Change, Claim, Remedy as Found};
use crate::model::value::CellRef;
use crate::model::verdict::Finding;
use crate::report::page::Page;

use super::Both;
use super::build::{both, exact_text, unit_id};

/// `cell` and `change` are `null` where there are several changes, or none.
#[derive(Serialize)]
pub struct Remedy {
    say: Both,
    cell: Option<Cell>,
    change: Option<Amount>,
    /// One unit less of any change was tried and is not enough.
    least: bool,
    /// How many steps were tried, where it is not known to be the least; left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<u64>,
    /// All changes, which stand together; left out where there is one, or none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<OneChange>,
}

#[derive(Serialize)]
struct OneChange {
    cell: Option<Cell>,
    change: Option<Amount>,
}

/// `row` is `null` for rows that are not there yet, `column` where whole rows are meant.
#[derive(Serialize)]
struct Cell {
    source: Option<String>,
    row: Option<u32>,
    column: Option<String>,
}

/// `exact` is `yes` or `no` where a yes or no is set, `null` where it may not be shown.
#[derive(Serialize)]
struct Amount {
    exact: Option<String>,
    unit: Option<String>,
}

pub fn remedy(page: &Page, finding: &Finding, found: &Found) -> Remedy {
    if page.hides_remedy(finding) {
        return Remedy { say: both(&page.remedy(finding, found)), cell: None, change: None, least: false, within: None, changes: Vec::new() };
    }
    let mut changes: Vec<OneChange> = found.changes.iter().map(|change| one(page, change)).collect();
    let single = if changes.len() == 1 { changes.pop() } else { None };
    let (cell, change) = single.map_or((None, None), |single| (single.cell, single.change));
    let within = if let Claim::Within(bound) = found.claim { Some(bound) } else { None };
    Remedy { say: both(&page.remedy(finding, found)), cell, change, least: found.claim == Claim::Least, within, changes }
}

fn one(page: &Page, change: &Change) -> OneChange {
    let number = |rows: u64, unit: Option<String>| Some(Amount { exact: Some(rows.to_string()), unit });
    let counted_in = |table: usize| page.plan.tables.get(table).and_then(|table| unit_id(&table.counted_in));
    match change {
        Change::Number { cell, by, .. } => {
            let unit = page.unit_of(*cell);
            let hidden = page.is_personal(usize::from(cell.table), usize::from(cell.column));
            let exact = if hidden { None } else { exact_text(&unit.from_base(by)) };
            OneChange { cell: cell_of(page, *cell), change: Some(Amount { exact, unit: unit_id(&unit) }) }
        }
        Change::Truth { cell, to } => {
            let hidden = page.is_personal(usize::from(cell.table), usize::from(cell.column));
            let exact = (!hidden).then(|| if *to { "yes" } else { "no" }.to_string());
            OneChange { cell: cell_of(page, *cell), change: Some(Amount { exact, unit: None }) }
        }
        Change::Add { table, rows, .. } => OneChange { cell: table_of(page, *table), change: number(*rows, counted_in(*table)) },
        Change::Divide { table, rows, into, .. } => OneChange { cell: table_of(page, *table), change: number(into.saturating_sub(rows.len() as u64), counted_in(*table)) },
    }
}

fn cell_of(page: &Page, at: CellRef) -> Option<Cell> {
    let view = page.cell(at)?;
    let (source, row) = view.file.map_or((None, None), |(path, row)| (Some(path), Some(row)));
    Some(Cell { source, row, column: Some(view.column) })
}

fn table_of(page: &Page, table: usize) -> Option<Cell> {
    let cell = CellRef { table: u16::try_from(table).ok()?, column: 0, row: 0 };
    Some(Cell { source: page.cell(cell)?.file.map(|(path, _)| path), row: None, column: None })
}
