//! A spreadsheet: a row for each unit, a column for each rule, an outcome code where the rule asked the unit.

use std::collections::BTreeMap;

use crate::eval::World;
use crate::model::verdict::{Outcome, UnitId};

use super::arrange::{Stand, stands};
use super::page::Page;

/// The byte order mark, by which spreadsheets know UTF-8.
pub(super) const MARK: char = '\u{feff}';

/// How units are ordered: by table, then by the keys above, the own key, the place of the part and of the codes.
type Order = (Option<usize>, Vec<Stand>, u16, Vec<(usize, u16)>);

/// The matrix of outcomes as CSV (RFC 4180, UTF-8 with a byte order mark).
pub fn csv(page: &Page) -> String {
    let rules: Vec<usize> = page.verdict.asked.iter().map(|asked| asked.rule).collect();
    let mut text = String::from(MARK);
    let heads = ["table", "key", "name", "county"].map(String::from).into_iter().chain(rules.iter().map(|rule| page.short_id(*rule)));
    push_record(&mut text, heads);
    for (unit, outcomes) in rows(page).into_values() {
        let view = page.unit(unit);
        let table = view.table.map(|table| page.table_id(table)).unwrap_or_default();
        let found = rules.iter().map(|rule| outcomes.get(rule).map_or("", |outcome| outcome.code()).to_string());
        push_record(&mut text, [table, view.key, view.name.zh, view.counties.join(" ")].into_iter().chain(found));
    }
    text
}

/// Each unit with its outcomes by rule, in order.
fn rows<'p>(page: &'p Page) -> BTreeMap<Order, (&'p UnitId, BTreeMap<usize, Outcome>)> {
    let mut rows: BTreeMap<Order, (&UnitId, BTreeMap<usize, Outcome>)> = BTreeMap::new();
    for finding in &page.verdict.findings {
        let row = rows.entry(order(page, &finding.unit)).or_insert_with(|| (&finding.unit, BTreeMap::new()));
        row.1.insert(finding.rule, finding.outcome);
    }
    rows
}

fn order(page: &Page, unit: &UnitId) -> Order {
    let Some(table) = unit.table else { return (None, vec![Stand::Key(unit.key.clone())], 0, unit.codes.clone()) };
    let part = page.reduced.parts.get(table).and_then(|parts| parts.get(unit.row as usize)).map_or(0, |part| part.part);
    let world = World { plan: page.plan, tables: page.tables, reduced: page.reduced, as_of: page.verdict.as_of, outcomes: None };
    let keys = stands(&world, page.show_personal, table, unit.row);
    (Some(table), keys, part, unit.codes.clone())
}

pub(super) fn push_record(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        push_cell(text, &cell);
    }
    text.push_str("\r\n");
}

fn push_cell(text: &mut String, cell: &str) {
    // A spreadsheet would take such a cell for a formula.
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if formula { format!("'{cell}") } else { cell.to_string() };
    if guarded.contains(['"', ',', '\n', '\r']) {
        text.push('"');
        text.push_str(&guarded.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(&guarded);
    }
}
