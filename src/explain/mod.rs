//! One finding opened further than a report opens it: the variation without each of its members, the rows of a share that
//! stand outside. Plan, tables and states in, an [`Explained`] out; what it says is worked out twice and told only where
//! both agree.

mod without;

use crate::base::Date;
use crate::eval::{At, World};
use crate::model::explained::Explained;
use crate::model::plan::{Node, Plan};
use crate::model::reduced::Reduced;
use crate::model::table::Tables;
use crate::model::value::Truth;
use crate::model::verdict::Finding;

/// So many rows that stand outside are named.
const MOST_OUTSIDE: usize = 20;

/// `judge` judges the finding's unit again from changed states.
pub fn explain(plan: &Plan, tables: &Tables, reduced: Reduced, day: Date, finding: &Finding, judge: &dyn Fn(&Reduced) -> Option<Finding>) -> Explained {
    let rule = &plan.rules[finding.rule];
    let codes: Vec<u16> = finding.unit.codes.iter().map(|(_, code)| *code).collect();
    let at = At { table: finding.unit.table, row: finding.unit.row, codes: &codes, level: Some(&rule.at), term: finding.unit.term.or_else(|| rule.one_term(day)) };
    let outside = outside(&World { plan, tables, reduced: &reduced, as_of: day, outcomes: None }, &plan.ruling(rule, day).requirements().collect::<Vec<_>>(), at);
    let without = without::without(plan, tables, reduced, day, finding, at, judge);
    Explained { without, outside }
}

/// Rows that the numerator of a share counts and its denominator does not.
fn outside(world: &World, nodes: &[&Node], at: At) -> Vec<(usize, u32)> {
    let ids: Vec<usize> = nodes.iter().flat_map(|node| world.aggregates(node, at)).map(|(id, _)| id).collect();
    let mut found = Vec::new();
    for share in world.plan.shares.iter().filter(|share| ids.contains(&share.part) && ids.contains(&share.whole)) {
        let (part, whole) = (&world.plan.aggregates[share.part], &world.plan.aggregates[share.whole]);
        if part.over != whole.over {
            continue;
        }
        let counts = |filter: &[Node], row: u32| {
            let here = At { codes: at.codes, level: Some(&part.at), ..At::row(part.over, row) };
            filter.iter().fold(Truth::True, |known, node| known.and(world.value(node, here).as_truth()))
        };
        let rows = world.rows_of_group(part, at).into_iter().filter(|row| counts(&part.filter, *row) == Truth::True && counts(&whole.filter, *row) == Truth::False);
        found.extend(rows.take(MOST_OUTSIDE).map(|row| (part.over, row)));
    }
    found
}
