//! States of tables that have changed since they were reduced: what no change can reach stays as it was, and of an aggregate
//! whose rows say by themselves what is collected only the groups of the changed rows are made again.

use std::collections::BTreeSet;

use crate::eval::{At, World};
use crate::model::plan::{AggregateDef, Node, NodeKind, Plan, SplitDef};
use crate::model::reduced::{Since, State, States};

use super::scan::{groups, join};

/// The states of an aggregate after the changes. `None`: all of them have to be made again.
pub(super) fn again(world: &World, id: usize, since: &Since) -> Option<States> {
    let plan = world.plan;
    let def = &plan.aggregates[id];
    let mut read = BTreeSet::from([def.over]);
    read.extend(def.code_columns.iter().map(|column| column.table));
    if !def.filter.iter().chain(&def.operand).chain(&def.weight).all(|node| reads(plan, node, &mut read)) {
        return None;
    }
    let before = since.before.states.get(&id)?;
    let splits: Vec<usize> = read.iter().copied().chain(def.at.table).filter_map(|table| plan.tables[table].split.as_ref()).map(|split| split.of).collect();
    read.extend(splits);
    // New rows of a table above are new groups, or other ways up; those of the table that files say who has filed.
    let source = plan.tables[def.over].split.as_ref().map_or(def.over, |split| split.of);
    let is_way = |table: usize| Some(table) == def.at.table || plan.leads_up(def.over, table);
    let bears = |table: usize| table != def.over && (is_way(table) || Some(table) == plan.tables[source].filed_by);
    let is_split_anew = plan.tables.iter().enumerate().any(|(table, of)| of.split.as_ref().is_some_and(|split| moves_parts(split, since)) && is_way(table));
    if is_split_anew || since.added.keys().any(|table| bears(*table) || def.by.is_some()) {
        return None;
    }
    if !read.iter().any(|table| since.touches(*table)) {
        return Some(before.clone());
    }
    let is_alone = def.by.is_none() && plan.tables[def.over].split.is_none() && def.at.table != Some(def.over) && read.iter().all(|table| *table == def.over || !since.touches(*table));
    if !is_alone || moves_rows(plan, def, since) || since.added.contains_key(&def.over) && plan.tables[def.over].filed_by.is_some() {
        return None;
    }
    groups_again(world, def, before, since)
}

/// Only the groups of the changed rows.
fn groups_again(world: &World, def: &AggregateDef, before: &States, since: &Since) -> Option<States> {
    let groups_of = |row: u32| groups(world, def, At::row(def.over, row));
    let all = u32::try_from(world.rows(def.over)).unwrap_or(u32::MAX);
    let first_new = since.added.get(&def.over).copied().unwrap_or(all);
    let pairs = || (0..first_new).flat_map(|row| groups_of(row).into_iter().map(move |(group, ..)| (group, row))).collect();
    let touched: BTreeSet<usize> = since.rows_of(def.over).flat_map(groups_of).map(|(group, ..)| group).collect();
    let mut states = before.clone();
    for group in touched {
        // Who has not filed is told by other tables.
        before.get(group).filter(|state| !state.incomplete)?;
        let mut state = State::default();
        for row in before.members(group, pairs).chain(first_new..all) {
            for (_, codes, sure_code) in groups_of(row).into_iter().filter(|(found, ..)| *found == group) {
                join(world, def, At { codes: &codes, level: Some(&def.at), ..At::row(def.over, row) }, &sure_code, Some(&mut state));
            }
        }
        states.put(group, state);
    }
    Some(states)
}

/// Whether a change may alter to which group a row belongs.
fn moves_rows(plan: &Plan, def: &AggregateDef, since: &Since) -> bool {
    let table = &plan.tables[def.over];
    let is_moving = |column: usize| table.key.contains(&column) || table.period == Some(column) || table.parents.iter().any(|parent| parent.column == column) || def.code_columns.iter().any(|code| (code.table, code.column) == (def.over, column));
    since.columns.iter().any(|(of, column)| *of == def.over && is_moving(*column))
}

/// Whether a change may alter which parts there are.
pub(super) fn moves_parts(split: &SplitDef, since: &Since) -> bool {
    since.added.contains_key(&split.of) || split.parts.iter().any(|part| since.columns.contains(&(split.of, part.pupils)))
}

/// Whether a change may alter which rows stand beneath which.
pub(super) fn moves_ways(plan: &Plan, since: &Since) -> bool {
    !since.added.is_empty() || plan.tables.iter().filter_map(|table| table.split.as_ref()).any(|split| moves_parts(split, since))
}

/// Whether a change may alter of which periods the rows of a table are.
pub(super) fn moves_periods(plan: &Plan, table: usize, since: &Since) -> bool {
    let def = &plan.tables[table];
    since.added.contains_key(&table) || def.key.iter().chain(&def.period).any(|column| since.columns.contains(&(table, *column)))
}

/// Adds the tables whose cells a node reads of a row and of those above it; `false` where it looks farther.
fn reads(plan: &Plan, node: &Node, read: &mut BTreeSet<usize>) -> bool {
    match &*node.kind {
        NodeKind::Column(column) => {
            read.insert(column.table);
            true
        }
        NodeKind::Measure(measure) => {
            let def = &plan.measures[*measure];
            read.insert(def.of);
            reads(plan, &def.body, read)
        }
        NodeKind::Aggregate(_) | NodeKind::Through { .. } | NodeKind::InTerm { .. } | NodeKind::Rising { .. } | NodeKind::Sentence(_) | NodeKind::Evidence(_) | NodeKind::Status { .. } | NodeKind::Rules(_) => false,
        _ => {
            let mut near = true;
            node.each_child(&mut |child| near = near && reads(plan, child, read));
            near
        }
    }
}
