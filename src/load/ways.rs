//! Rows that name nobody, and rows of which two links lead to different rows further up.

use std::sync::Arc;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{NoLinkFilled, WaysDisagree};
use crate::model::plan::Plan;
use crate::model::table::NOWHERE;

use super::draft::Draft;
use super::header::shown;
use super::link::{Handed, Links};
use super::log::Log;
use super::named::Named;
use super::sheet::HIDDEN;

/// Says which rows fill none of several links, each of which may be blank: they would count for nobody. Of evidence one
/// link that may be blank is enough, unless a rule asks documents of the whole.
pub fn say_unplaced(plan: &Plan, draft: &Draft, links: &Links, log: &mut Log) {
    let def = &plan.tables[draft.of];
    let is_sole = def.parents.len() < 2 && def.evidence.is_none();
    let found = |column: usize| draft.header.places[column].is_some();
    let of_the_whole = def.evidence.is_some() && plan.asks_documents_of_the_whole();
    if is_sole || of_the_whole || !def.parents.iter().all(|parent| parent.optional) || !def.parents.iter().any(|parent| found(parent.column)) {
        return;
    }
    let names: Vec<Text> = def.parents.iter().filter(|parent| found(parent.column)).map(|parent| draft.name(parent.column)).map(|name| Text::new(format!("`{}`", name.en), format!("“{}”", name.zh))).collect();
    for row in 0..draft.rows.len() {
        // A cell that is filled and cannot be a key was said as such.
        let blank = |column: usize| draft.table.columns[column][row].raw.trim().is_empty();
        if links.iter().all(|keys| keys[row].is_none()) && def.parents.iter().all(|parent| !found(parent.column) || blank(parent.column)) {
            let column = def.parents.iter().map(|parent| parent.column).find(|column| found(*column)).unwrap_or_default();
            let message = NoLinkFilled { table: def.names.text(), columns: Text::join(&names, " and ", "、") };
            log.add(draft.at(row, column), Diagnostic::new(&message).on(draft.frame(row, column), Text::default()));
        }
    }
}

/// Says where links without a role lead from one row to two rows of one table. `parents` are the rows above those of every
/// table, link by link.
pub fn say_disagreeing(plan: &Plan, draft: &Draft, known: (&[Handed], &[Named]), parents: &[Vec<Vec<u32>>], log: &mut Log) {
    let def = &plan.tables[draft.of];
    let unnamed: Vec<usize> = (0..def.parents.len()).filter(|place| def.parents[*place].role.is_none()).collect();
    let shared = |to: &usize| unnamed.iter().filter(|place| plan.leads_up(def.parents[**place].table, *to)).count() > 1;
    let shared: Vec<usize> = (0..plan.tables.len()).filter(shared).collect();
    for row in (0..draft.rows.len()).filter(|_| !shared.is_empty()) {
        let ways = |to: usize| {
            unnamed.iter().filter_map(move |place| {
                let above = *parents[draft.of].get(*place)?.get(row)?;
                Some((*place, climb(plan, parents, def.parents[*place].table, above, to)?))
            })
        };
        let differing = shared.iter().find_map(|to| {
            let first = ways(*to).next()?;
            ways(*to).find(|other| other.1 != first.1).map(|other| (*to, first, other))
        });
        let Some((to, (_, one), (place, other))) = differing else { continue };
        let column = def.parents[place].column;
        let hide = |table: usize, key: &str| if plan.has_personal_key(table) { Text::from(HIDDEN) } else { shown(key).into() };
        let above = |row: u32| hide(to, &key(known, to, row));
        let own = hide(draft.of, &draft.table.keys[row]);
        let message = WaysDisagree { key: own, table: def.names.text(), above: plan.tables[to].names.text(), one: above(one), other: above(other) };
        log.add(draft.at(row, column), Diagnostic::new(&message).on(draft.frame(row, column), Text::default()));
    }
}

/// The row of a table at or above a row, by the first link that leads there.
fn climb(plan: &Plan, parents: &[Vec<Vec<u32>>], from: usize, row: u32, to: usize) -> Option<u32> {
    if row == NOWHERE {
        return None;
    }
    if from == to {
        return Some(row);
    }
    plan.ways(from, to, None).find_map(|(place, parent)| climb(plan, parents, parent.table, *parents[from].get(place)?.get(row as usize)?, to))
}

fn key((handed, named): (&[Handed], &[Named]), table: usize, row: u32) -> Arc<str> {
    let found = match &handed[table] {
        Handed::Read(draft) => draft.table.keys.get(row as usize),
        _ => named[table].keys.iter().nth(row as usize),
    };
    found.cloned().unwrap_or_else(|| Arc::from(""))
}
