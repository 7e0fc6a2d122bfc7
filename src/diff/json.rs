//! `heng-diff/1`: the difference that programs read, the same bytes whatever the language.

use serde::Serialize;
use serde_json::Value;

use crate::base::Text;

use super::cause::{Cause, Manner};
use super::cells::Cells;
use super::moves::{Change, Move, field};
use super::plans::ItemChange;
use super::{Difference, Found, Moves, Side, phrase};

#[derive(Serialize)]
struct Document<'d> {
    schema: &'static str,
    tool: Tool,
    /// `reports`, `packs` or `data`.
    kind: &'static str,
    different: bool,
    a: Compared<'d>,
    b: Compared<'d>,
    /// What differs between the two; `null` where it cannot be told or was not asked.
    factors: Option<Vec<&'static str>>,
    /// Why nothing can be put down to data, rule, parameter or date.
    unattributed: Vec<Owned>,
    /// How many findings became what.
    summary: Vec<Count>,
    /// Every finding whose outcome moved, and every one that has another value.
    findings: Vec<Moved<'d>>,
    tables: Vec<Table<'d>>,
    cells: Vec<Cell<'d>>,
    changes: Vec<Item<'d>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// `as_of` and `outcome` are `null` for a pack.
#[derive(Serialize)]
struct Compared<'d> {
    path: &'d str,
    as_of: Option<String>,
    outcome: Option<&'static str>,
}

#[derive(Serialize)]
struct Both<'d> {
    zh: &'d str,
    en: &'d str,
}

#[derive(Serialize)]
struct Owned {
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct Count {
    change: &'static str,
    findings: usize,
}

#[derive(Serialize)]
struct Moved<'d> {
    rule: &'d str,
    unit: Unit<'d>,
    change: &'static str,
    /// `null` where the finding is new.
    before: Option<State<'d>>,
    /// `null` where the finding is gone.
    after: Option<State<'d>>,
    /// `null` where the outcome is the same or nothing can be said.
    cause: Option<Why>,
}

#[derive(Serialize)]
struct Unit<'d> {
    table: Option<&'d str>,
    key: &'d str,
    name: &'d str,
}

/// Value, bounds, limit and margin as the report has them.
#[derive(Serialize)]
struct State<'d> {
    outcome: &'static str,
    value: &'d Value,
    bounds: &'d Value,
    limit: &'d Value,
    margin: &'d Value,
}

/// `alone`, `either` (each would have been enough), `together` (only all of them), or `mixed`.
#[derive(Serialize)]
struct Why {
    factors: Vec<&'static str>,
    manner: &'static str,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the format calls it so")]
struct Table<'d> {
    table: &'d str,
    handed_in: Option<bool>,
    new_rows: usize,
    gone_rows: usize,
    columns: Vec<Column<'d>>,
}

#[derive(Serialize)]
struct Column<'d> {
    column: &'d str,
    cells: usize,
}

#[derive(Serialize)]
struct Cell<'d> {
    table: &'d str,
    key: &'d str,
    column: &'d str,
    before: &'d str,
    after: &'d str,
}

#[derive(Serialize)]
struct Item<'d> {
    what: &'static str,
    name: &'d str,
    /// `new`, `removed` or `changed`.
    how: &'static str,
    text: Vec<Both<'d>>,
}

/// The difference as JSON, indented by two blanks, with a final newline.
pub fn json(difference: &Difference) -> String {
    let mut text = serde_json::to_string_pretty(&document(difference)).unwrap_or_default();
    text.push('\n');
    text
}

fn document(difference: &Difference) -> Document<'_> {
    let pack = |path| Compared { path, as_of: None, outcome: None };
    let (kind, a, b) = match difference {
        Difference::Reports { a, b, .. } => ("reports", side(a), side(b)),
        Difference::Packs { a, b, .. } => ("packs", pack(a), pack(b)),
        Difference::Data { a, b, .. } => ("data", side(a), side(b)),
    };
    let moves = match difference {
        Difference::Reports { moves, .. } | Difference::Data { moves, .. } => Some(moves),
        Difference::Packs { .. } => None,
    };
    let cells = if let Difference::Data { cells, .. } = difference { Some(cells) } else { None };
    let changes = if let Difference::Packs { plans, .. } = difference { plans.changes.iter().map(item).collect() } else { Vec::new() };
    Document {
        schema: "heng-diff/1",
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        kind,
        different: difference.any(),
        a,
        b,
        factors: moves.and_then(|moves| moves.factors.as_ref()).map(|factors| factors.iter().map(|factor| factor.code()).collect()),
        unattributed: moves.map(|moves| moves.unknown.iter().map(|why| owned(&phrase::not_known(why))).collect()).unwrap_or_default(),
        summary: moves.map(summary).unwrap_or_default(),
        findings: moves.map(|moves| moves.all.iter().filter(|one| one.change.is_any() || one.other_value).map(moved).collect()).unwrap_or_default(),
        tables: cells.map(tables).unwrap_or_default(),
        cells: cells.map(|cells| cells.first.iter().map(|cell| Cell { table: &cell.table, key: &cell.key, column: &cell.column, before: &cell.before, after: &cell.after }).collect()).unwrap_or_default(),
        changes,
    }
}

fn side(side: &Side) -> Compared<'_> {
    Compared { path: &side.path, as_of: Some(side.as_of.to_string()), outcome: Some(side.outcome.code()) }
}

fn both(text: &Text) -> Both<'_> {
    Both { zh: &text.zh, en: &text.en }
}

fn owned(text: &Text) -> Owned {
    Owned { zh: text.zh.clone(), en: text.en.clone() }
}

/// All kinds of change, so that every count can be read off; 0 where there is none.
fn summary(moves: &Moves) -> Vec<Count> {
    let count = |change: Change| moves.all.iter().filter(|one| one.change == change).count();
    Change::ALL.iter().map(|change| Count { change: change.code(), findings: count(*change) }).collect()
}

fn moved(one: &Move) -> Moved<'_> {
    Moved {
        rule: &one.of.rule,
        unit: Unit { table: one.of.table.as_deref(), key: &one.of.key, name: &one.name },
        change: one.change.code(),
        before: one.before.as_ref().map(state),
        after: one.after.as_ref().map(state),
        cause: one.cause.as_ref().map(why),
    }
}

fn state(found: &Found) -> State<'_> {
    State { outcome: found.outcome.code(), value: field(found, "value"), bounds: field(found, "bounds"), limit: field(found, "limit"), margin: field(found, "margin") }
}

fn why(cause: &Cause) -> Why {
    let manner = match cause.manner {
        Manner::Alone => "alone",
        Manner::Either => "either",
        Manner::Together => "together",
        Manner::Mixed => "mixed",
    };
    Why { factors: cause.factors.iter().map(|factor| factor.code()).collect(), manner }
}

fn tables(cells: &Cells) -> Vec<Table<'_>> {
    cells
        .tables
        .iter()
        .map(|table| Table {
            table: &table.table,
            handed_in: table.handed_in,
            new_rows: table.new_rows,
            gone_rows: table.gone_rows,
            columns: table.columns.iter().map(|(column, cells)| Column { column, cells: *cells }).collect(),
        })
        .collect()
}

fn item(change: &ItemChange) -> Item<'_> {
    Item { what: change.what.code(), name: &change.name, how: change.how, text: change.lines.iter().map(both).collect() }
}
