//! Which figures are of so few persons that they may not be shown: they rest on a personal column, and one or two rows
//! enter them (R50); of bounds those rows that are known. And which arithmetic holds a figure of one person.

use crate::base::Number;
use crate::eval::{At, World};
use crate::model::op::{Aggregate, Arith, Statistic};
use crate::model::plan::{Collect, ColumnRef, Node, NodeKind, Plan};
use crate::model::reduced::{Member, State, Tally};
use crate::model::value::{CellRef, Range, Value};
use crate::model::verdict::Few;

use super::Judge;

/// A figure of so many persons may be shown.
const ENOUGH: u64 = 3;

/// What rests on personal columns: settled once for a judgement, as every unit asks.
pub(super) struct Private {
    /// For each table, which columns are personal.
    columns: Vec<Vec<bool>>,
    /// For each aggregate, whether a personal column says what it collects.
    aggregates: Vec<bool>,
    any: bool,
}

impl Private {
    pub(super) fn of(plan: &Plan) -> Private {
        let columns: Vec<Vec<bool>> = plan.tables.iter().enumerate().map(|(at, table)| (0..table.columns.len()).map(|column| plan.is_personal(at, column)).collect()).collect();
        let any = columns.iter().flatten().any(|personal| *personal);
        let mut private = Private { columns, aggregates: Vec::new(), any };
        for def in &plan.aggregates {
            // An aggregate only reads aggregates before it.
            let rests = any && def.filter.iter().chain(&def.operand).chain(&def.weight).any(|node| private.reads(plan, node));
            private.aggregates.push(rests);
        }
        private
    }

    /// Whether a node reads a personal column, itself or by way of an aggregate.
    fn reads(&self, plan: &Plan, node: &Node) -> bool {
        match &*node.kind {
            NodeKind::Column(at) => self.columns.get(at.table).and_then(|columns| columns.get(at.column)).copied().unwrap_or(false),
            NodeKind::Aggregate(id) => self.aggregates.get(*id).copied().unwrap_or(false),
            NodeKind::Measure(measure) => self.reads(plan, &plan.measures[*measure].body),
            _ => {
                let mut found = false;
                node.each_child(&mut |child| found = found || self.reads(plan, child));
                found
            }
        }
    }

    fn holds(&self, cell: CellRef) -> bool {
        self.columns.get(usize::from(cell.table)).and_then(|columns| columns.get(usize::from(cell.column))).copied().unwrap_or(false)
    }
}

impl Judge<'_> {
    pub(super) fn few(&self, value: &[&Node], limit: &[&Node], world: &World, at: At) -> Few {
        let any = |nodes: &[&Node]| self.private.any && nodes.iter().any(|node| self.is_few(node, world, at));
        Few { value: any(value), limit: any(limit), working: false }
    }

    /// Whether arithmetic with what a node collects would show what one person has: the least and the greatest are one
    /// row's, and so are the neighbours of a median or of a percentile.
    pub(super) fn shows_one(&self, node: &Node, world: &World, at: At) -> bool {
        let picks = |id: usize| matches!(self.plan.aggregates[id].what, Collect::Value(Aggregate::Min | Aggregate::Max | Aggregate::Median | Aggregate::Statistic(Statistic::Percentile(_))));
        self.private.any && world.aggregates(node, at).iter().any(|(id, _)| picks(*id) && self.reads_persons(*id))
    }

    /// Whether what a node is worth is of one or two persons: read from a personal cell of the row at hand or above it,
    /// or collected from so few rows by what a personal column says.
    pub(super) fn is_few(&self, node: &Node, world: &World, at: At) -> bool {
        if !self.private.any {
            return false;
        }
        if world.cells(node, at).into_iter().any(|cell| self.private.holds(cell)) {
            return true;
        }
        let found = world.aggregates(node, at);
        found.iter().any(|(id, at)| self.private.aggregates[*id] && self.collects_few(*id, world, *at)) || self.is_few_of_few(node, world, at)
    }

    /// Whether an aggregate is of few rows, or, where some are open, of few that are known: its bounds rest on these.
    fn collects_few(&self, id: usize, world: &World, at: At) -> bool {
        let is_few = of_few(&self.entering(id, world, at));
        let Some(state) = world.state(id, at).filter(|state| !is_few && !state.incomplete) else { return is_few };
        let (sure, possible) = (&state.sure, &state.possible);
        let is_known = |member: &&Member| member.value.is_settled() && member.weight.as_ref().is_none_or(Value::is_settled);
        let known = |members: &[Member]| members.iter().filter(is_known).count() as u64;
        let (surely, perhaps) = (known(sure), known(possible));
        if possible.is_empty() && surely == sure.len() as u64 {
            return false;
        }
        // The two bounds lie apart by the rows that may be none: of one it would be what that person has.
        if is_few_of(surely) || is_few_of(surely + perhaps) || self.reads_persons(id) && is_few_of(perhaps) {
            return true;
        }
        // Of two things that make one, as pay and what is added to it, one may be known alone.
        let tells = |member: &&Member| is_known(member) || self.tells_of(id, member.row, world, at);
        is_few_of(sure.iter().chain(possible).filter(tells).take(usize::try_from(ENOUGH).unwrap_or(usize::MAX)).count() as u64)
    }

    /// Whether some personal cell that an aggregate reads of a row has a value.
    fn tells_of(&self, id: usize, row: u32, world: &World, at: At) -> bool {
        let def = &self.plan.aggregates[id];
        let there = At { term: at.term, ..At::row(def.over, row) };
        let has_value = |cell: CellRef| world.cell(ColumnRef { table: usize::from(cell.table), column: usize::from(cell.column) }, cell.row).is_settled();
        def.operand.iter().chain(&def.weight).flat_map(|node| world.cells(node, there)).any(|cell| self.private.holds(cell) && has_value(cell))
    }

    /// How many rows enter what a node collects by what a personal column says: the least of its aggregates; of a personal
    /// cell itself, one.
    pub(super) fn persons(&self, node: &Node, world: &World, at: At) -> u64 {
        if world.cells(node, at).into_iter().any(|cell| self.private.holds(cell)) {
            return 1;
        }
        let found = world.aggregates(node, at);
        found.iter().filter_map(|(id, at)| self.entering(*id, world, *at).high?.to_i64()).min().and_then(|least| u64::try_from(least).ok()).unwrap_or(0)
    }

    /// A share of which the denominator is of few, whatever its numerator.
    fn is_few_of_few(&self, node: &Node, world: &World, at: At) -> bool {
        let sides = match &*node.kind {
            NodeKind::Arith(Arith::Div, part, whole) => Some((part, whole)),
            _ => None,
        };
        sides.is_some_and(|(part, whole)| self.is_share_of_few_nodes(part, whole, world, at))
    }

    pub(super) fn is_share_of_few_nodes(&self, part: &Node, whole: &Node, world: &World, at: At) -> bool {
        match (&*part.kind, &*whole.kind) {
            (NodeKind::Aggregate(part), NodeKind::Aggregate(whole)) => self.private.any && self.is_share_of_few(*part, *whole, world, at),
            _ => false,
        }
    }

    /// Whether a share rests on a personal column and its denominator is of few.
    pub(super) fn is_share_of_few(&self, part: usize, whole: usize, world: &World, at: At) -> bool {
        let is_share = self.plan.shares.iter().any(|share| (share.part, share.whole) == (part, whole));
        let rests = self.private.aggregates[part] || self.private.aggregates[whole];
        is_share && rests && of_few(&self.entering(whole, world, at))
    }

    /// Whether what an aggregate collects is personal.
    pub(super) fn reads_persons(&self, aggregate: usize) -> bool {
        let def = &self.plan.aggregates[aggregate];
        self.private.any && def.operand.iter().chain(&def.weight).any(|node| self.private.reads(self.plan, node))
    }

    /// Whether a sentence about rows rests on a personal column.
    pub(super) fn rests_on_persons(&self, aggregate: usize) -> bool {
        self.private.aggregates[aggregate]
    }

    /// The rows that enter an aggregate: at least, at most.
    fn entering(&self, id: usize, world: &World, at: At) -> Range {
        let none = State::default();
        let state = world.state(id, at);
        let state = state.as_deref().unwrap_or(&none);
        let counted = state.tally.members();
        if self.plan.aggregates[id].operand.is_none() {
            return counted;
        }
        let (sure, possible) = (state.sure.len() as u64, state.possible.len() as u64);
        let collected = Range::between(Number::count(sure), Number::count(sure + possible));
        if sure + possible > 0 { collected } else { counted }
    }

    /// Whether a node of a unit's own personal cells says which branch of a requirement holds: the limit tells which.
    pub(super) fn told_by_branch(&self, cond: &Node, few: Few, world: &World, at: At) -> Few {
        Few { limit: few.limit || self.is_few(cond, world, at), ..few }
    }
}

/// Whether a share is of few: its numerator, its denominator, or those that are known.
pub(super) fn is_share_of(tally: &Tally) -> bool {
    of_few(&tally.satisfied()) || of_few(&tally.members()) || of_few_known(tally)
}

/// Whether of rows that are in part open so few are known that what is told of all tells of them.
pub(super) fn of_few_known(tally: &Tally) -> bool {
    let known = tally.sure_true + tally.sure_false + tally.possible_true + tally.possible_false;
    known < tally.sure() + tally.possible() && is_few_of(known)
}

fn is_few_of(rows: u64) -> bool {
    (1..ENOUGH).contains(&rows)
}

/// One or two, or perhaps: what is sure, or what is possible, is one or two.
pub(super) fn of_few(rows: &Range) -> bool {
    let is_few = |end: &Option<Number>| end.as_ref().is_some_and(|end| !end.is_zero() && *end < Number::count(ENOUGH));
    is_few(&rows.low) || is_few(&rows.high)
}
