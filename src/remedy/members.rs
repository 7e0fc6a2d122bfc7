//! Several members of one aggregate changed together: each that is the least or the largest beyond a limit, and a total
//! that no row can carry alone.

use crate::base::Number;
use crate::model::op::Aggregate;
use crate::model::plan::{Collect, Node, NodeKind};
use crate::model::remedy::{Change, Way};
use crate::model::value::CellRef;

use super::bench::{Bench, Spot};
use super::comparison::{Sides, number};
use super::figure::{Ease, TRIED, between};
use super::goal::{Found, Goal};
use super::trend::{Trend, trend};

impl Bench<'_> {
    pub fn by_members(&self, goal: &Goal, sides: &Sides, given: &[Change]) -> Vec<Found> {
        let NodeKind::Aggregate(id) = &*sides.left.kind else { return Vec::new() };
        let found = match self.plan.aggregates[*id].what {
            Collect::Value(Aggregate::Min) if sides.op.is_floor() => self.each_beyond(goal, sides, *id, given),
            Collect::Value(Aggregate::Max) if sides.op.is_ceiling() => self.each_beyond(goal, sides, *id, given),
            Collect::Value(Aggregate::Sum | Aggregate::Mean) if goal.reach.is_none() => self.spread_over(goal, sides, *id, given),
            _ => None,
        };
        found.into_iter().collect()
    }

    /// Every member beyond the limit brought to it.
    fn each_beyond(&self, goal: &Goal, sides: &Sides, id: usize, given: &[Change]) -> Option<Found> {
        let def = &self.plan.aggregates[id];
        let operand = def.operand.as_ref()?;
        let (limit, rows) = self.tried(given, true, |world| {
            let limit = number(&world.value(sides.right, goal.spot.at()).kind)?.clone();
            let state = world.state(id, goal.spot.at())?;
            let is_beyond = |value: &Number| !sides.op.holds(value.cmp(&limit));
            let rows: Vec<u32> = state.sure.iter().filter(|member| number(&member.value.kind).is_some_and(is_beyond)).map(|member| member.row).collect();
            Some((limit, rows))
        })??;
        let limit = Node { kind: Box::new(NodeKind::Number(limit)), ty: sides.right.ty.clone(), span: sides.right.span };
        let asked = Node { kind: Box::new(NodeKind::Compare(sides.op, operand.clone(), limit)), ty: goal.node.ty.clone(), span: goal.node.span };
        let mut whole = Found::nothing_to_do();
        for row in rows {
            let spot = Spot { term: goal.spot.term, ..Spot::of_row(def.over, row) };
            let first = self.solve(&Goal { reach: goal.reach, ..Goal::met(&asked, spot) }, given).into_iter().next()?;
            whole = whole.and(first);
        }
        Some(whole)
    }

    /// A total of one column: as much as each row can carry, those first that can carry most, the last no more than it must.
    fn spread_over(&self, goal: &Goal, sides: &Sides, id: usize, given: &[Change]) -> Option<Found> {
        let def = &self.plan.aggregates[id];
        let operand = def.operand.as_ref().filter(|operand| matches!(*operand.kind, NodeKind::Column(_)))?;
        let up = sides.op.is_floor();
        let cells: Vec<CellRef> = self.tried(given, true, |world| {
            let state = world.state(id, goal.spot.at())?;
            let rows = state.sure.iter().map(|member| member.row);
            let at = |row: u32| Spot::of_row(def.over, row);
            Some(rows.flat_map(|row| world.cells(operand, at(row).at()).into_iter().filter(move |cell| trend(world, operand, at(row).at(), *cell) == Trend::Up).collect::<Vec<_>>()).collect())
        })??;
        let mut rooms: Vec<(CellRef, Number, i64)> = cells.into_iter().filter_map(|cell| {
            let step = self.step(cell)?;
            let room = self.room(cell, &step, up).filter(|room| *room > 0)?;
            Some((cell, step, room))
        }).collect();
        let is_personal = |cell: CellRef| self.plan.is_personal(usize::from(cell.table), usize::from(cell.column));
        // Whose figure has most room would tell whose is least.
        if rooms.iter().any(|(cell, ..)| is_personal(*cell)) {
            rooms.sort_by_key(|(cell, ..)| *cell);
        } else {
            rooms.sort_by(|one, other| (&other.1 * &Number::int(other.2)).cmp(&(&one.1 * &Number::int(one.2))).then_with(|| one.0.cmp(&other.0)));
        }
        let change = |(cell, step, _): &(CellRef, Number, i64), steps: i64| Change::Number { cell: *cell, by: step * &Number::int(if up { steps } else { -steps }), step: step.clone() };
        let changes = |rows: usize, last: i64| rooms[..rows].iter().enumerate().map(|(at, room)| change(room, if at + 1 == rows { last } else { room.2 })).collect::<Vec<_>>();
        let holds = |changes: &[Change]| self.tried(&[given, changes].concat(), true, |world| goal.holds(world)) == Some(true);
        let full = |rows: i64| usize::try_from(rows).ok().filter(|rows| (1..=rooms.len()).contains(rows)).is_some_and(|rows| holds(&changes(rows, rooms[rows - 1].2)));
        let most = i64::try_from(rooms.len()).ok().filter(|most| full(*most))?;
        let rows = usize::try_from(between(&full, 0, most)).ok()?;
        let last = between(&|steps| holds(&changes(rows, steps)), 0, rooms[rows - 1].2);
        Some(Found { way: Way::AnyRow, changes: changes(rows, last), ease: Ease { less: !up, ..Ease::default() }, proven: true, bound: TRIED, weight: Number::count(rows) })
    }
}
