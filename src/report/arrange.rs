//! The order in which persons are told: that of their rows in the file, which every report names, never that of their keys,
//! which would say of two masks whose key comes first.

use crate::model::plan::Plan;
use crate::model::reduced::Reduced;
use crate::model::table::Tables;
use crate::model::verdict::{Finding, Verdict};

/// Where a row stands: by its key, or by its place where the key is personal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    Row(u32),
    Key(String),
}

/// Findings of units with a personal key, or beneath one, in the order of their rows; and so the topmost rows.
pub fn arrange(plan: &Plan, tables: &Tables, reduced: &Reduced, verdict: &mut Verdict) {
    let moved: Vec<bool> = (0..plan.tables.len()).map(|table| hides_any_key(plan, table)).collect();
    if !moved.contains(&true) {
        return;
    }
    let is_moved = |finding: &Finding| finding.unit.table.is_some_and(|table| moved.get(table).copied().unwrap_or(false));
    let group = |one: &Finding, other: &Finding| is_moved(one) && is_moved(other) && (one.rule, one.advance) == (other.rule, other.advance);
    for run in verdict.findings.chunk_by_mut(group) {
        if let Some(table) = run.first().filter(|first| is_moved(first)).and_then(|first| first.unit.table) {
            run.sort_by_cached_key(|finding| stands(plan, (tables, reduced), false, table, finding.unit.row));
        }
    }
    let topmost = |at: &usize| *at < plan.tables.len() && plan.tables[*at].parents.is_empty() && plan.has_personal_key(*at);
    for (_, table) in tables.tables.iter().enumerate().filter(|(at, _)| topmost(at)) {
        let places: std::collections::BTreeMap<&str, usize> = table.keys.iter().enumerate().map(|(row, key)| (&**key, row)).collect();
        verdict.counties.sort_by_key(|county| places.get(county.key.as_str()).copied());
    }
}

fn hides_any_key(plan: &Plan, table: usize) -> bool {
    let mut next = Some(table);
    let mut steps = 0;
    while let Some(at) = next.take().filter(|_| steps <= plan.tables.len()) {
        steps += 1;
        if plan.has_personal_key(at) {
            return true;
        }
        next = plan.tables.get(at).and_then(|def| def.parents.first()).map(|parent| parent.table);
    }
    false
}

/// The row and those above it, from the topmost; by their keys alone where these are shown.
pub fn stands(plan: &Plan, (tables, reduced): (&Tables, &Reduced), shows_keys: bool, table: usize, row: u32) -> Vec<Stand> {
    let split = plan.tables.get(table).and_then(|def| def.split.as_ref());
    let part = reduced.parts.get(table).and_then(|parts| parts.get(row as usize));
    let mut next = Some(split.zip(part).map_or((table, row), |(split, part)| (split.of, part.row)));
    let mut found = Vec::new();
    while let Some((at, row)) = next.take().filter(|_| found.len() <= plan.tables.len()) {
        let data = tables.tables.get(at);
        let key = || data.and_then(|data| data.keys.get(row as usize)).map(ToString::to_string).unwrap_or_default();
        found.push(if !shows_keys && plan.has_personal_key(at) { Stand::Row(row) } else { Stand::Key(key()) });
        let above = data.and_then(|data| data.parents.first()).and_then(|rows| rows.get(row as usize));
        next = plan.tables.get(at).and_then(|def| def.parents.first()).zip(above).map(|(parent, row)| (parent.table, *row));
    }
    found.reverse();
    found
}
