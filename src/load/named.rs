//! Tables that were not handed in: their rows are the keys that the rows beneath name, every other cell unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::Text;
use crate::diag::catalog::UnplacedRows;
use crate::model::plan::{ColumnKind, Plan, TableDef};
use crate::model::table::{Cell, CellValue, Origin, Table, Why};

use super::link::{Handed, Links};
use super::log::{At, Log};

/// The rows of a table that was not handed in.
#[derive(Debug, Default)]
pub struct Named {
    /// By code point; empty if nothing names a row of it.
    pub keys: BTreeSet<Arc<str>>,
    /// For each of its parents, the one row that all of its rows belong to; `None` if there is none.
    pub above: Vec<Option<Arc<str>>>,
}

impl Named {
    /// The table, its links not yet followed.
    pub fn table(self, def: &TableDef) -> Table {
        if self.keys.is_empty() {
            return empty(def, Origin::Absent);
        }
        let unknown = Cell { value: CellValue::Unknown(Why::NoColumn), raw: Arc::from("") };
        let cell = |column: usize, key: &Arc<str>| match (&*def.key, def.columns[column].ty) {
            ([only], ColumnKind::Text) if *only == column && !key.is_empty() => Cell { value: CellValue::Text(key.clone()), raw: key.clone() },
            _ => unknown.clone(),
        };
        let columns = (0..def.columns.len()).map(|column| self.keys.iter().map(|key| cell(column, key)).collect()).collect();
        let lines = vec![0; self.keys.len()];
        Table { lines, columns, keys: self.keys.into_iter().collect(), ..empty(def, Origin::Named) }
    }
}

/// A table without rows.
pub fn empty(def: &TableDef, origin: Origin) -> Table {
    let headers = def.columns.iter().map(|column| Arc::from(column.names.text().zh)).collect();
    Table { origin, lines: Vec::new(), keys: Vec::new(), columns: vec![Vec::new(); def.columns.len()], headers, parents: Vec::new(), gone: BTreeMap::new() }
}

/// For each table of the plan, the rows that others name; none for one that was handed in.
pub fn name_tables(plan: &Plan, handed: &[Handed], links: &[Links], log: &mut Log) -> Vec<Named> {
    let absent = |table: usize| matches!(handed[table], Handed::No) && plan.tables[table].split.is_none();
    let mut named: Vec<Named> = plan.tables.iter().map(|_| Named::default()).collect();
    for (def, links) in plan.tables.iter().zip(links) {
        for (parent, keys) in def.parents.iter().zip(links).filter(|(parent, _)| absent(parent.table)) {
            named[parent.table].keys.extend(keys.iter().flatten().cloned());
        }
    }
    for table in beneath_first(plan) {
        if !absent(table) || named[table].keys.is_empty() {
            continue;
        }
        for parent in plan.tables[table].parents.iter().map(|parent| parent.table) {
            let above = only_row(plan, table, parent, &handed[parent], &named[parent].keys, log);
            if let Some(key) = above.clone().filter(|_| absent(parent)) {
                named[parent].keys.insert(key);
            }
            named[table].above.push(above);
        }
    }
    named
}

/// The row above that rows known by their key alone belong to: the only one there is, or one without a name. Errors:
/// `None`, said, where several rows were handed in or none.
fn only_row(plan: &Plan, table: usize, parent: usize, handed: &Handed, named: &BTreeSet<Arc<str>>, log: &mut Log) -> Option<Arc<str>> {
    match handed {
        Handed::No => named.first().filter(|_| named.len() == 1).cloned().or_else(|| Some(Arc::from(""))),
        Handed::Broken(_) => None,
        Handed::Read(draft) if draft.table.keys.len() == 1 => draft.table.keys.first().cloned(),
        Handed::Read(draft) => {
            let rows = Text::from(draft.table.keys.len());
            let message = UnplacedRows { table: plan.tables[table].names.text(), parent: plan.tables[parent].names.text(), rows };
            log.add(At { file: draft.file, ..At::default() }, message);
            None
        }
    }
}

/// Every table after those beneath it.
fn beneath_first(plan: &Plan) -> Vec<usize> {
    let mut height: Vec<usize> = vec![0; plan.tables.len()];
    // A chain of parents is no longer than there are tables; a ring, which no sound plan has, ends there too.
    for _ in 0..plan.tables.len() {
        for (table, def) in plan.tables.iter().enumerate() {
            for parent in &def.parents {
                height[parent.table] = height[parent.table].max(height[table] + 1).min(plan.tables.len());
            }
        }
    }
    let mut order: Vec<usize> = (0..plan.tables.len()).collect();
    order.sort_by_key(|table| height[*table]);
    order
}
