//! A value against a limit: the cells that move either side, and rows that a count would take in or leave.

use crate::base::Number;
use crate::eval::{At, World};
use crate::model::op::{Aggregate, Arith, Compare};
use crate::model::plan::{Collect, Node, NodeKind, Type};
use crate::model::remedy::{Change, Way};
use crate::model::value::{CellRef, ValueKind};

use super::bench::Bench;
use super::figure::{Ease, TRIED, Target, Whose};
use super::goal::{Found, Goal, readiest};
use super::trend::{Trend, trend};

/// As many members of an aggregate are looked at from either end of their order.
const EITHER_END: usize = 4;
/// As many ways are told of one finding.
const MOST_WAYS: usize = 6;

/// A comparison as it shall come out.
pub(super) struct Sides<'n> {
    pub left: &'n Node,
    pub right: &'n Node,
    pub op: Compare,
}

/// A cell that a side reads, and whether a total takes it in, so that any other row would do as well.
struct Candidate {
    cell: CellRef,
    /// Whether it stands beneath a division.
    divides: bool,
    /// Whether it is what a ceiling is counted from.
    base: bool,
    whose: Whose,
    in_total: bool,
}

impl Bench<'_> {
    pub fn solve_comparison(&self, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let Some(sides) = self.sides(goal, given) else { return Vec::new() };
        if !matches!(sides.right.ty, Type::Number(_)) || !matches!(sides.left.ty, Type::Number(_) | Type::Spread | Type::Real) {
            return Vec::new();
        }
        if sides.left.ty == Type::Spread {
            return self.solve_variation(goal, sides.left, sides.right, sides.op, given);
        }
        let mut found = self.by_cells(goal, &sides, given);
        // Nobody sends pupils away where others may be taken on.
        if found.iter().all(|one| one.ease.pupils) {
            found.extend(self.by_rows(goal, &sides, given));
        }
        if found.is_empty() {
            found.extend(self.by_members(goal, &sides, given));
        }
        chosen(found)
    }

    fn sides<'n>(&self, goal: &Goal<'n>, given: &[Change]) -> Option<Sides<'n>> {
        match &*goal.node.kind {
            NodeKind::Compare(op, left, right) => {
                let op = if goal.wanted { *op } else { op.opposite() };
                // A standard on the left stands there as people write it; the value is what comes from data.
                let turned = self.tried(given, false, |world| !world.has_data(left) && world.has_data(right)) == Some(true);
                Some(if turned { Sides { left: right, right: left, op: op.turned() } } else { Sides { left, right, op } })
            }
            NodeKind::Between { of, low, high } if goal.wanted => {
                let low_holds = self.tried(given, self.reads(goal.node), |world| margin(world, of, low, goal.spot.at()).is_none_or(|margin| !margin.is_negative())) == Some(true);
                Some(if low_holds { Sides { left: of, right: high, op: Compare::Le } } else { Sides { left: of, right: low, op: Compare::Ge } })
            }
            _ => None,
        }
    }

    /// Every cell that moves the margin the right way, each by itself.
    fn by_cells(&self, goal: &Goal, sides: &Sides, given: &[Change]) -> Vec<Found> {
        let at = goal.spot.at();
        let reads = self.reads(goal.node);
        let of_margin = |world: &World| scaled_margin(world, sides, at, goal.reach);
        let holds = |world: &World| match goal.reach {
            Some(_) => of_margin(world).is_some_and(|margin| sides.op.holds(margin.cmp(&Number::ZERO))),
            None => goal.holds(world),
        };
        let now = self.tried(given, reads, |world| of_margin(world)).flatten();
        let up = match sides.op {
            op if op.is_floor() => true,
            op if op.is_ceiling() => false,
            _ => now.is_none_or(|now| now.is_negative()),
        };
        let target = Target { margin: &of_margin, holds: &holds, up, strict: sides.op.is_strict(), reads };
        let candidates = self.tried(given, reads, |world| candidates(world, sides, at)).unwrap_or_default();
        // Beside what is personal another figure that is brought to meet it would tell what it is.
        let tells = candidates.iter().any(|one| self.plan.is_personal(usize::from(one.cell.table), usize::from(one.cell.column)));
        let mut found = Vec::new();
        for candidate in &candidates {
            let way = self.tried(given, reads, |world| trend(world, sides.left, at, candidate.cell).with(trend(world, sides.right, at, candidate.cell).turned())).unwrap_or(Trend::Flat);
            let Some(solved) = self.solve_figure(&target, given, candidate.cell, way) else { continue };
            let (cells, any) = (Way::Cells, Way::AnyRow);
            let way = if candidate.in_total { any } else { cells };
            let ease = Ease { divides: candidate.divides || candidate.base && !tells, whose: if tells { Whose::Own } else { candidate.whose }, ..solved.ease };
            // How large a part of a figure is changed would tell whose is large: among what is personal the first row is taken.
            let weight = if tells { Number::ZERO } else { solved.weight };
            found.push(Found { way, changes: vec![solved.change], ease, proven: solved.proven, bound: TRIED, weight });
        }
        found
    }

    /// Rows of counts that would have to come in, or to leave; new rows where none can.
    fn by_rows(&self, goal: &Goal, sides: &Sides, given: &[Change]) -> Vec<Found> {
        if goal.reach.is_some() {
            return Vec::new();
        }
        if matches!(&*sides.left.kind, NodeKind::Aggregate(_)) {
            return self.plan.count_of(sides.left).map_or_else(Vec::new, |id| self.by_count(goal, sides, id, given));
        }
        let ids = self.tried(given, self.reads(goal.node), |world| {
            let found = [sides.left, sides.right].into_iter().flat_map(|side| world.aggregates(side, goal.spot.at()));
            found.filter(|(_, at)| at.term == goal.spot.term).map(|(id, _)| id).collect::<Vec<_>>()
        });
        let ids = ids.unwrap_or_default().into_iter().filter(|id| self.plan.is_count(*id)).collect::<Vec<_>>();
        let turned = |more: bool| ids.iter().flat_map(|id| self.turned_rows(goal, *id, more, true, given)).collect::<Vec<_>>();
        [turned(true), turned(false)].into_iter().find(|found| !found.is_empty()).unwrap_or_else(|| ids.iter().flat_map(|id| self.new_rows(goal, *id, given)).collect())
    }

    fn by_count(&self, goal: &Goal, sides: &Sides, id: usize, given: &[Change]) -> Vec<Found> {
        let more = sides.op.is_floor();
        let none = matches!(&*sides.right.kind, NodeKind::Number(number) if number.is_zero());
        let found = self.turned_rows(goal, id, more, !none, given);
        if found.is_empty() && more { self.new_rows(goal, id, given) } else { found }
    }
}

/// Of what is readiest, for each column its least change, at most so many.
pub(super) fn chosen(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(readiest);
    let best: Option<Ease> = found.first().map(|first| first.ease);
    let mut columns = Vec::new();
    found.retain(|one| {
        let column = one.changes.first().and_then(|change| if let Change::Number { cell, .. } = change { Some((cell.table, cell.column)) } else { None });
        let again = column.is_some() && columns.contains(&column);
        columns.push(column);
        Some(one.ease) == best && !again
    });
    found.truncate(MOST_WAYS);
    found
}

fn margin(world: &World, left: &Node, right: &Node, at: At) -> Option<Number> {
    let (left, right) = (world.value(left, at), world.value(right, at));
    if !left.is_settled() || !right.is_settled() {
        return None;
    }
    Some(number(&left.kind)? - number(&right.kind)?)
}

pub(super) fn number(kind: &ValueKind) -> Option<&Number> {
    match kind {
        ValueKind::Number(range) => range.single(),
        _ => None,
    }
}

/// Towards a percent of the standard: of a floor the limit is taken less by it, of a ceiling the value.
fn scaled_margin(world: &World, sides: &Sides, at: At, reach: Option<&Number>) -> Option<Number> {
    let Some(percent) = reach else { return margin(world, sides.left, sides.right, at) };
    let (left, right) = (world.value(sides.left, at), world.value(sides.right, at));
    let (left, right) = (number(&left.kind)?.clone(), number(&right.kind)?.clone());
    Some(if sides.op.is_floor() { &left - &(&right * percent) } else { &(&left * percent) - &right })
}

/// The cells that both sides read at a place, then those of the members of their aggregates that stand at either end.
fn candidates(world: &World, sides: &Sides, at: At) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut below = Vec::new();
    for node in [sides.left, sides.right] {
        divisors(world, node, at, &mut below);
    }
    // To raise what a ceiling is a part of makes room for more of what is too much.
    let bases = if sides.op.is_ceiling() { world.cells(sides.right, at) } else { Vec::new() };
    let mut add = |cells: Vec<CellRef>, in_total: bool, whose: Whose| {
        for cell in cells {
            if !found.iter().any(|known| known.cell == cell) {
                found.push(Candidate { cell, divides: below.contains(&cell), base: bases.contains(&cell), whose, in_total });
            }
        }
    };
    for node in [sides.left, sides.right] {
        add(world.cells(node, at), false, Whose::Own);
        for (id, there) in world.aggregates(node, at) {
            let def = &world.plan.aggregates[id];
            let Some(operand) = &def.operand else { continue };
            let plain = matches!(*operand.kind, NodeKind::Column(column) if world.plan.tables[column.table].split.is_none() && column.table == def.over);
            let in_total = plain && def.what == Collect::Value(Aggregate::Sum);
            for row in ends(world, id, there) {
                // What is collected for more than the unit is of others too.
                let own = def.at.table == at.table || (def.over, row) == (at.table.unwrap_or(usize::MAX), at.row);
                add(world.cells(operand, At::row(def.over, row)), in_total, Whose::of(own));
            }
        }
    }
    found
}

/// The cells that stand beneath a division at the place.
fn divisors(world: &World, node: &Node, at: At, found: &mut Vec<CellRef>) {
    match &*node.kind {
        NodeKind::Measure(measure) => {
            let def = &world.plan.measures[*measure];
            if let Some(row) = world.above(at, def.of) {
                divisors(world, &def.body, At { table: Some(def.of), row, ..at }, found);
            }
        }
        NodeKind::InTerm { when, of } => divisors(world, of, world.moved(*when, at).0, found),
        NodeKind::Through { link, of } => world.through(*link, at).into_iter().for_each(|there| divisors(world, of, there, found)),
        NodeKind::Arith(Arith::Div, over, under) => {
            divisors(world, over, at, found);
            found.extend(world.cells(under, at));
        }
        _ => node.each_child(&mut |child| divisors(world, child, at, found)),
    }
}

/// The members with the largest and with the smallest values; those of one value in the order of rows. Of what is personal
/// the first members, for whose is the largest is told to nobody.
fn ends(world: &World, id: usize, at: At) -> Vec<u32> {
    let Some(state) = world.state(id, at) else { return Vec::new() };
    let def = &world.plan.aggregates[id];
    let rests_on = |row: u32| def.operand.iter().flat_map(|operand| world.cells(operand, At::row(def.over, row))).any(|cell| world.plan.is_personal(usize::from(cell.table), usize::from(cell.column)));
    if state.sure.first().is_some_and(|member| rests_on(member.row)) {
        let mut rows: Vec<u32> = state.sure.iter().map(|member| member.row).collect();
        rows.sort_unstable();
        rows.truncate(2 * EITHER_END);
        return rows;
    }
    let mut known: Vec<(Number, u32)> = state.sure.iter().filter_map(|member| Some((number(&member.value.kind)?.clone(), member.row))).collect();
    known.sort();
    let last = known.len().saturating_sub(EITHER_END).max(EITHER_END.min(known.len()));
    known.iter().take(EITHER_END).chain(&known[last..]).map(|(_, row)| *row).collect()
}
