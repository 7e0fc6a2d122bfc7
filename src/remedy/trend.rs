//! Which way a value goes when one cell is raised, read off the expression: up, down, not at all, or it depends.

use crate::eval::{At, World};
use crate::model::op::{Aggregate, Arith};
use crate::model::plan::{AggregateDef, Collect, ColumnRef, Node, NodeKind};
use crate::model::value::{CellRef, Truth};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trend {
    Flat,
    Up,
    Down,
    /// Up here and down there, or more than can be read off.
    Mixed,
}

impl Trend {
    pub fn turned(self) -> Trend {
        match self {
            Trend::Up => Trend::Down,
            Trend::Down => Trend::Up,
            same => same,
        }
    }

    pub fn with(self, other: Trend) -> Trend {
        match (self, other) {
            (Trend::Flat, other) => other,
            (own, Trend::Flat) => own,
            (own, other) if own == other => own,
            _ => Trend::Mixed,
        }
    }
}

/// How the value of a node goes with a cell of a table with a file.
///
/// A product or a quotient is read with the sign that its other side has now; what stands on both sides is mixed.
pub(super) fn trend(world: &World, node: &Node, at: At, cell: CellRef) -> Trend {
    let of = |node: &Node| trend(world, node, at, cell);
    match &*node.kind {
        NodeKind::Column(column) => of_column(world, *column, at, cell),
        NodeKind::Measure(measure) => {
            let def = &world.plan.measures[*measure];
            world.above(at, def.of).map_or(Trend::Flat, |row| trend(world, &def.body, At { table: Some(def.of), row, ..at }, cell))
        }
        NodeKind::InTerm { when, of: there } => trend(world, there, world.moved(*when, at).0, cell),
        NodeKind::Through { link, of: there } => world.through(*link, at).map_or(Trend::Flat, |at| trend(world, there, at, cell)),
        NodeKind::Neg(of_node) => of(of_node).turned(),
        NodeKind::Round(_, of_node) | NodeKind::ForEvery { of: of_node, .. } => of(of_node),
        NodeKind::Arith(Arith::Add, a, b) => of(a).with(of(b)),
        NodeKind::Arith(Arith::Sub, a, b) => of(a).with(of(b).turned()),
        NodeKind::Arith(op, a, b) => product(world, *op, [(a, of(a)), (b, of(b))], at),
        NodeKind::If { cond, then, otherwise } => match (of(cond), world.value(cond, at).as_truth()) {
            (Trend::Flat, Truth::True) => of(then),
            (Trend::Flat, Truth::False) => of(otherwise),
            _ => Trend::Mixed,
        },
        NodeKind::ByCase { of: code, arms, otherwise } if of(code) == Trend::Flat => arms.iter().map(|(_, node)| node).chain(otherwise).fold(Trend::Flat, |known, arm| known.with(of(arm))),
        NodeKind::Aggregate(id) => of_aggregate(world, *id, at, cell),
        _ if world.cells(node, at).contains(&cell) => Trend::Mixed,
        _ => Trend::Flat,
    }
}

fn product(world: &World, op: Arith, [(a, left), (b, right)]: [(&Node, Trend); 2], at: At) -> Trend {
    let right = if op == Arith::Div { right.turned() } else { right };
    let signed = |by: &Node, trend: Trend| match world.value(by, at).as_range().single() {
        Some(number) if number.is_negative() => trend.turned(),
        Some(number) if number.is_zero() => Trend::Flat,
        Some(_) => trend,
        None => Trend::Mixed,
    };
    match (left, right) {
        (left, Trend::Flat) => signed(b, left),
        (Trend::Flat, right) => signed(a, right),
        _ => Trend::Mixed,
    }
}

fn of_column(world: &World, column: ColumnRef, at: At, cell: CellRef) -> Trend {
    let Some(row) = world.above(at, column.table) else { return Trend::Flat };
    let Some(split) = &world.plan.tables[column.table].split else {
        let same = usize::from(cell.table) == column.table && usize::from(cell.column) == column.column && cell.row == row;
        return if same { Trend::Up } else { Trend::Flat };
    };
    let Some(part) = world.part(column.table, row).filter(|part| usize::from(cell.table) == split.of && part.row == cell.row) else { return Trend::Flat };
    let (own, asked) = (usize::from(part.part), usize::from(cell.column));
    let up = |is: bool| if is { Trend::Up } else { Trend::Flat };
    match column.column {
        0 => up(split.parts[own].pupils == asked),
        1 => Trend::Flat,
        shared if shared - 2 < split.shared.len() => {
            let pupils = split.parts.iter().any(|part| part.pupils == asked);
            if pupils { Trend::Mixed } else { up(split.shared[shared - 2] == asked) }
        }
        place => up(split.own[place - 2 - split.shared.len()][own] == Some(asked)),
    }
}

fn of_aggregate(world: &World, id: usize, at: At, cell: CellRef) -> Trend {
    let def = &world.plan.aggregates[id];
    let Some(operand) = &def.operand else { return if mentions(world, def, cell) { Trend::Mixed } else { Trend::Flat } };
    let Some(state) = world.state(id, at) else { return Trend::Mixed };
    let rows = state.sure.iter().chain(&state.possible).map(|member| member.row);
    let monotone = matches!(def.what, Collect::Value(Aggregate::Sum | Aggregate::Mean | Aggregate::Min | Aggregate::Max | Aggregate::Median));
    rows.filter(|row| may_read(world, def.over, *row, cell)).fold(Trend::Flat, |known, row| {
        let here = At::row(def.over, row);
        let conditions = def.filter.iter().chain(&def.weight).any(|node| world.cells(node, here).contains(&cell));
        let own = trend(world, operand, here, cell);
        known.with(if conditions || own != Trend::Flat && !monotone { Trend::Mixed } else { own })
    })
}

/// Whether a cell may stand in a row or above it.
fn may_read(world: &World, over: usize, row: u32, cell: CellRef) -> bool {
    world.belongs(over, row, usize::from(cell.table), cell.row)
}

/// Whether a count may look at the column of a cell.
fn mentions(world: &World, def: &AggregateDef, cell: CellRef) -> bool {
    let rows = 0..u32::try_from(world.rows(def.over)).unwrap_or(u32::MAX);
    rows.filter(|row| may_read(world, def.over, *row, cell)).any(|row| def.filter.iter().any(|node| world.cells(node, At::row(def.over, row)).contains(&cell)))
}
