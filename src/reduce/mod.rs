//! One pass over each table for each aggregate: plan and tables in, mergeable states out.
//!
//! First the parts of split tables and the periods of tables that hold several, then every aggregate in the plan's order, so that one may read those before it.
//! Nothing is divided, averaged or compared here: that is left to [`crate::builtin`] and to judging.

mod kept;
mod scan;
mod split;
mod terms;

use crate::base::Date;
use crate::eval::World;
use crate::model::plan::Plan;
use crate::model::reduced::Reduced;
use crate::model::table::Tables;

/// Every aggregate of the plan, for every group.
pub fn reduce(plan: &Plan, tables: &Tables, as_of: Date) -> Reduced {
    reduce_where(plan, tables, as_of, |_| true)
}

/// The aggregates of the plan that are wanted; of the others there are no states.
pub fn reduce_where(plan: &Plan, tables: &Tables, as_of: Date, is_wanted: impl Fn(usize) -> bool) -> Reduced {
    let mut reduced = Reduced { parts: vec![Vec::new(); plan.tables.len()], kept: vec![None; plan.tables.len()], states: Vec::with_capacity(plan.aggregates.len()) };
    for (place, table) in plan.tables.iter().enumerate() {
        if let Some(split) = &table.split {
            reduced.parts[place] = split::parts(&World { plan, tables, reduced: &reduced, as_of, outcomes: None }, split);
        }
    }
    for place in 0..plan.tables.len() {
        reduced.kept[place] = kept::kept(&World { plan, tables, reduced: &reduced, as_of, outcomes: None }, place);
    }
    for (place, aggregate) in plan.aggregates.iter().enumerate() {
        let states = if is_wanted(place) { scan::scan(&World { plan, tables, reduced: &reduced, as_of, outcomes: None }, aggregate) } else { Vec::new() };
        reduced.states.push(states);
    }
    reduced
}
