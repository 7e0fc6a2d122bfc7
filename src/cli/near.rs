//! Names that are not there, and the columns that come near them with what they hold: messages of a pack and its tables
//! in, lines for the reader out.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::base::Lang;
use crate::diag::catalog::nearest;
use crate::diag::{Diagnostic, Place};
use crate::model::plan::{ColumnDef, Plan};
use crate::model::table::{CellValue, Tables};

use super::session::Session;

/// How many columns are shown for a name, and how many values of each.
const MOST: usize = 4;
const VALUES: usize = 3;

/// What near columns hold, for each name that nothing is called by.
pub fn columns(said: &[Diagnostic], plan: &Plan, tables: &Tables, session: &Session) -> String {
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    for one in said.iter().filter(|one| one.code == "E0201") {
        let Some(Place::Rule(at)) = one.labels.first().map(|label| &label.place) else { continue };
        let name = session.sources.get(at.source).text.get(at.range()).unwrap_or_default();
        if !seen.insert(name) {
            continue;
        }
        for (table, column) in near(name, plan) {
            let def = &plan.tables[table];
            let (of, is) = (def.names.text(), def.columns[column].names.text());
            let held = held(plan, tables, table, column, session.lang());
            let _ = match session.lang() {
                Lang::En => writeln!(text, "`{name}`: near it is `{}` of {}, {held}", is.en, of.en),
                Lang::Zh => writeln!(text, "“{name}”：相近的有“{}”的“{}”，{held}", of.zh, is.zh),
            };
        }
    }
    if text.is_empty() { text } else { format!("\n{text}") }
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

/// `filled in 309 of 312 rows, as 12, 15, 20`. Personal values are not shown.
fn held(plan: &Plan, tables: &Tables, table: usize, column: usize, lang: Lang) -> String {
    let cells = tables.tables[table].columns.get(column).map_or(&[][..], Vec::as_slice);
    let filled: Vec<&str> = cells.iter().filter(|cell| !matches!(cell.value, CellValue::Unknown(_))).map(|cell| cell.raw.trim()).collect();
    let mut some: Vec<&str> = Vec::new();
    for value in filled.iter().filter(|value| !value.is_empty()) {
        if some.len() < VALUES && !some.contains(value) {
            some.push(value);
        }
    }
    let shown = if plan.tables[table].columns[column].personal || some.is_empty() { String::new() } else { some.join(if lang == Lang::En { ", " } else { "、" }) };
    match (lang, shown.is_empty()) {
        (Lang::En, true) => format!("filled in {} of {} rows", filled.len(), cells.len()),
        (Lang::En, false) => format!("filled in {} of {} rows, as {shown}", filled.len(), cells.len()),
        (Lang::Zh, true) => format!("共 {} 行，已填 {} 行", cells.len(), filled.len()),
        (Lang::Zh, false) => format!("共 {} 行，已填 {} 行，如 {shown}", cells.len(), filled.len()),
    }
}
