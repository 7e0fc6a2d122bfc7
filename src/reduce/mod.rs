//! One pass over each table for each aggregate: plan and tables in, mergeable states out.
//!
//! First the parts of split tables and the periods of tables that hold several, then every aggregate in the plan's order, so that one may read those before it.
//! Nothing is divided, averaged or compared here: that is left to [`crate::builtin`] and to judging.

mod again;
mod kept;
mod scan;
mod split;
mod terms;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::base::Date;
use crate::eval::World;
use crate::model::plan::Plan;
use crate::model::reduced::{Reduced, Since, States};
use crate::model::table::Tables;

/// Every aggregate of the plan, for every group.
pub fn reduce(plan: &Plan, tables: &Tables, as_of: Date) -> Reduced {
    reduce_where(plan, tables, as_of, |_| true)
}

/// The aggregates of the plan that are wanted; of the others there are no states.
pub fn reduce_where(plan: &Plan, tables: &Tables, as_of: Date, is_wanted: impl Fn(usize) -> bool) -> Reduced {
    reduce_since(plan, tables, as_of, is_wanted, None)
}

/// The same of tables that were reduced before and have changed since: what no change can reach is not made again.
/// The aggregates that are wanted were wanted then as well.
pub fn reduce_since(plan: &Plan, tables: &Tables, as_of: Date, is_wanted: impl Fn(usize) -> bool, since: Option<&Since>) -> Reduced {
    let mut reduced = Reduced { parts: vec![Rc::default(); plan.tables.len()], kept: vec![None; plan.tables.len()], states: BTreeMap::new(), beneath: Rc::default() };
    if let Some(since) = since.filter(|since| !again::moves_ways(plan, since)) {
        reduced.beneath = since.before.beneath.clone();
    }
    for (place, table) in plan.tables.iter().enumerate() {
        if let Some(split) = &table.split {
            let known = since.filter(|since| !again::moves_parts(split, since)).map(|since| since.before.parts[place].clone());
            reduced.parts[place] = known.unwrap_or_else(|| Rc::new(split::parts(&World { plan, tables, reduced: &reduced, as_of, outcomes: None }, split)));
        }
    }
    for place in 0..plan.tables.len() {
        let known = since.filter(|since| !again::moves_periods(plan, place, since)).map(|since| since.before.kept[place].clone());
        reduced.kept[place] = known.unwrap_or_else(|| kept::kept(&World { plan, tables, reduced: &reduced, as_of, outcomes: None }, place).map(Rc::new));
    }
    for (place, aggregate) in plan.aggregates.iter().enumerate().filter(|(place, _)| is_wanted(*place)) {
        let world = World { plan, tables, reduced: &reduced, as_of, outcomes: None };
        let states = match since {
            Some(since) => again::again(&world, place, since).unwrap_or_else(|| States::of(scan::scan(&world, aggregate))),
            None => States::of(scan::scan(&world, aggregate)),
        };
        reduced.states.insert(place, states);
    }
    reduced
}
