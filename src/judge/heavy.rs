//! The cells behind a value: those that it reads itself, then those of the rows that weigh most in its aggregates.

use crate::base::Number;
use crate::builtin::aggregate::opened;
use crate::eval::{At, World};
use crate::model::op::{Aggregate, Statistic};
use crate::model::plan::{Collect, Node};
use crate::model::reduced::{Member, State};
use crate::model::value::{CellRef, add_new};

use super::Judge;

/// How many rows of an aggregate a finding names.
const MOST_ROWS: usize = 20;

impl Judge<'_> {
    /// The cells of nodes in the order in which they name them, each once.
    pub(super) fn all_cells(&self, nodes: &[&Node], world: &World, at: At) -> Vec<CellRef> {
        let mut cells: Vec<CellRef> = Vec::new();
        for node in nodes {
            add_new(&mut cells, world.cells(node, at));
            for (id, at) in world.aggregates(node, at) {
                add_new(&mut cells, self.heavy_cells(id, world, at));
            }
        }
        cells
    }

    fn heavy_cells(&self, id: usize, world: &World, at: At) -> Vec<CellRef> {
        let def = &self.plan.aggregates[id];
        let (Some(operand), Some(state), Collect::Value(what)) = (&def.operand, world.state(id, at), def.what) else { return Vec::new() };
        let nodes: Vec<&Node> = std::iter::once(operand).chain(&def.weight).collect();
        let of = |row: u32| At { term: at.term, ..At::row(def.over, row) };
        let cells_of = |row: u32| nodes.iter().flat_map(|node| world.cells(node, of(row))).collect::<Vec<_>>();
        // In the order of a personal weight, whose is the least and whose the greatest could be told: then by key alone.
        let is_personal = self.reads_persons(id) && state.sure.iter().any(|member| nodes.iter().any(|node| self.is_few(node, world, of(member.row))));
        if let Some(values) = deciding(what, &state).filter(|_| !is_personal) {
            let mut rows: Vec<(usize, String, u32)> = state
                .sure
                .iter()
                .filter_map(|member| Some((values.iter().position(|value| Some(value) == member.value.as_range().single())?, self.key(world, def.over, member.row), member.row)))
                .collect();
            rows.sort();
            return rows.iter().take(MOST_ROWS).flat_map(|(.., row)| cells_of(*row)).collect();
        }
        let weights = if is_personal { vec![Number::ZERO; state.sure.len()] } else { weights(what, &state) };
        let mut rows: Vec<(&Number, u32)> = state.sure.iter().zip(&weights).map(|(member, weight)| (weight, member.row)).collect();
        let heavier = |a: &(&Number, u32), b: &(&Number, u32)| b.0.cmp(a.0).then_with(|| self.key(world, def.over, a.1).cmp(&self.key(world, def.over, b.1)));
        if rows.len() > MOST_ROWS {
            rows.select_nth_unstable_by(MOST_ROWS, heavier);
            rows.truncate(MOST_ROWS);
        }
        rows.sort_by(heavier);
        rows.iter().flat_map(|(_, row)| cells_of(*row)).collect()
    }

    /// The neighbours between which a percentile or a median lies, and how far it is from the lower to the upper one.
    pub(super) fn neighbours(&self, id: usize, world: &World, at: At) -> Option<(Number, Number, Number)> {
        let Collect::Value(what) = self.plan.aggregates[id].what else { return None };
        neighbours(what, &*world.state(id, at)?)
    }
}

/// The values that alone make what is asked: the least, the greatest, the neighbours of a place. `None` where every member
/// has a part in it, or some are unknown.
fn deciding(what: Aggregate, state: &State) -> Option<Vec<Number>> {
    match what {
        Aggregate::Min => known(state).map(|values| values.first().cloned().into_iter().collect()),
        Aggregate::Max => known(state).map(|values| values.last().cloned().into_iter().collect()),
        Aggregate::Statistic(Statistic::Range | Statistic::RangeRatio) if state.sure.iter().all(|member| member.weight.is_none()) => known(state).map(|values| values.first().into_iter().chain(values.last()).cloned().collect()),
        _ => neighbours(what, state).map(|(low, high, part)| if part.is_zero() { vec![low] } else { vec![low, high] }),
    }
}

fn neighbours(what: Aggregate, state: &State) -> Option<(Number, Number, Number)> {
    let part = match what {
        Aggregate::Median => Number::ratio(1, 2)?,
        Aggregate::Statistic(Statistic::Percentile(rank)) if state.sure.iter().all(|member| member.weight.is_none()) => rank.part(),
        _ => return None,
    };
    let values = known(state)?;
    let place = &Number::count(values.len().checked_sub(1)?) * &part;
    let below = usize::try_from(place.floor().to_i64()?).ok()?;
    let low = values.get(below)?;
    Some((low.clone(), values.get(below + 1).unwrap_or(low).clone(), &place - &place.floor()))
}

/// The members' values in their order. `None` while any is unknown or may be none.
fn known(state: &State) -> Option<Vec<Number>> {
    let values: Option<Vec<Number>> = state.sure.iter().map(|member| member.value.as_range().single().cloned()).collect();
    let mut values = values.filter(|_| state.possible.is_empty() && !state.incomplete)?;
    values.sort();
    Some(values)
}

/// How much each member weighs: in a variation its term, else the size of its value. An unknown member weighs nothing.
fn weights(what: Aggregate, state: &State) -> Vec<Number> {
    let size = |member: &Member| member.value.as_range().single().map_or(Number::ZERO, Number::abs);
    let terms = match what {
        Aggregate::Variation(spread) => opened(spread, state),
        _ => None,
    };
    terms.map_or_else(|| state.sure.iter().map(size).collect(), |opened| opened.terms.clone())
}
