//! `heng-explanation/1`: the finding as it stands in the report, with its remedies, and what is told beyond it.

use serde::Serialize;

use crate::base::Text;
use crate::model::explained::{Explained, Without};
use crate::model::verdict::{Finding as Found, Figure, Part};
use crate::report::page::Page;

use super::build::{both, finding, portion, value};
use super::parts::{RowUnit, row_unit};
use super::{Both, Exact, Finding, Tool, Value};

#[derive(Serialize)]
struct Explanation {
    schema: &'static str,
    tool: Tool,
    as_of: String,
    /// The rule read back, line by line.
    said: Vec<Both>,
    finding: Finding,
    /// A variation without each of its members.
    without: Vec<Rest>,
    /// Rows of the numerator of a share that stand outside its denominator.
    outside: Vec<Outside>,
}

#[derive(Serialize)]
struct Rest {
    unit: RowUnit,
    share: Exact,
    value: Option<Value>,
    outcome: &'static str,
}

#[derive(Serialize)]
struct Outside {
    unit: RowUnit,
    place: Both,
}

/// As JSON, indented by two blanks, with a final newline.
pub fn explanation(page: &Page, found: &Found, explained: &Explained, said: &[Text]) -> String {
    let members = page.veil(&found.judged, found.unit.table).parts.iter().any(|part| matches!(part, Part::Member { .. }));
    let made = Explanation {
        schema: "heng-explanation/1",
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        as_of: page.verdict.as_of.to_string(),
        said: said.iter().map(both).collect(),
        finding: finding(page, found),
        without: explained.without.iter().filter(|_| members).map(|one| rest(page, one, found.judged.show)).collect(),
        outside: explained.outside.iter().map(|(table, row)| outside(page, *table, *row)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&made).unwrap_or_default();
    text.push('\n');
    text
}

fn rest(page: &Page, one: &Without, show: u32) -> Rest {
    let figure = one.square.as_ref().map_or(Figure::None, |square| Figure::Spread { square: square.clone() });
    Rest { unit: row_unit(page, one.table, one.row, &one.key, &one.name), share: portion(&one.share), value: value(&figure, show).0, outcome: one.outcome.code() }
}

fn outside(page: &Page, table: usize, row: u32) -> Outside {
    let name = page.plain_name(table, row).unwrap_or_default();
    let key = page.plain_key(table, row);
    Outside { unit: row_unit(page, table, row, &key, &name.into()), place: both(&page.row_place(table, row)) }
}
