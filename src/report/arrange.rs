//! The order in which persons are told: that of their rows in the file, which every report names, never that of their keys,
//! which would say of two masks whose key comes first.

use crate::eval::World;
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
    let world = World { plan, tables, reduced, as_of: verdict.as_of, outcomes: None };
    let is_moved = |finding: &Finding| finding.unit.table.is_some_and(|table| moved.get(table).copied().unwrap_or(false));
    let group = |one: &Finding, other: &Finding| is_moved(one) && is_moved(other) && (one.rule, one.advance) == (other.rule, other.advance);
    for run in verdict.findings.chunk_by_mut(group) {
        if let Some(table) = run.first().filter(|first| is_moved(first)).and_then(|first| first.unit.table) {
            run.sort_by_cached_key(|finding| stands(&world, false, table, finding.unit.row));
        }
    }
    let topmost = |at: &usize| *at < plan.tables.len() && plan.tables[*at].parents.is_empty() && plan.has_personal_key(*at);
    for (_, table) in tables.tables.iter().enumerate().filter(|(at, _)| topmost(at)) {
        let places: std::collections::BTreeMap<&str, usize> = table.keys.iter().enumerate().map(|(row, key)| (&**key, row)).collect();
        verdict.counties.sort_by_key(|county| places.get(county.key.as_str()).copied());
    }
}

/// Whether the key of a table, or of one above it by any way, is personal.
fn hides_any_key(plan: &Plan, table: usize) -> bool {
    plan.has_personal_key(table) || plan.tables.get(table).is_some_and(|def| def.parents.iter().any(|parent| hides_any_key(plan, parent.table)))
}

/// The row and those above it, from the topmost; by their keys alone where these are shown.
pub fn stands(world: &World, shows_keys: bool, table: usize, row: u32) -> Vec<Stand> {
    let key = |at: usize, row: u32| world.tables.tables.get(at).and_then(|data| data.keys.get(row as usize)).map(ToString::to_string).unwrap_or_default();
    let stand = |(at, row): (usize, u32)| if !shows_keys && world.plan.has_personal_key(at) { Stand::Row(row) } else { Stand::Key(key(at, row)) };
    world.rows_down(table, row).into_iter().map(stand).collect()
}
