//! By how much a value rises for each unit of a cell, where that is the same wherever the cell stands.

use crate::base::Number;
use crate::eval::{At, World};
use crate::model::op::Arith;
use crate::model::plan::{ColumnRef, Node, NodeKind};
use crate::model::value::{CellRef, Truth};

/// `None` where it is not the same everywhere, or not known.
pub(super) fn slope(world: &World, node: &Node, at: At, cell: CellRef) -> Option<Number> {
    let of = |node: &Node| slope(world, node, at, cell);
    let number = |node: &Node| world.value(node, at).as_range().single().cloned();
    match &*node.kind {
        NodeKind::Column(column) => of_column(world, *column, at, cell),
        NodeKind::Measure(measure) => {
            let def = &world.plan.measures[*measure];
            let row = world.above(at, def.of)?;
            slope(world, &def.body, At { table: Some(def.of), row, ..at }, cell)
        }
        NodeKind::InTerm { when, of: there } => slope(world, there, world.moved(*when, at).0, cell),
        NodeKind::Through { link, of: there } => slope(world, there, world.through(*link, at)?, cell),
        NodeKind::Neg(of_node) => of(of_node).map(|slope| -&slope),
        NodeKind::Arith(Arith::Add, a, b) => Some(&of(a)? + &of(b)?),
        NodeKind::Arith(Arith::Sub, a, b) => Some(&of(a)? - &of(b)?),
        NodeKind::Arith(Arith::Mul, a, b) => match (of(a)?, of(b)?) {
            (left, right) if right.is_zero() => Some(&left * &number(b)?),
            (left, right) if left.is_zero() => Some(&right * &number(a)?),
            _ => None,
        },
        NodeKind::Arith(Arith::Div, a, b) => of(b)?.is_zero().then(|| of(a)?.div(&number(b)?))?,
        NodeKind::If { cond, then, otherwise } if !world.cells(cond, at).contains(&cell) => match world.value(cond, at).as_truth() {
            Truth::True => of(then),
            Truth::False => of(otherwise),
            Truth::Unknown => None,
        },
        _ => (!world.cells(node, at).contains(&cell)).then_some(Number::ZERO),
    }
}

fn of_column(world: &World, column: ColumnRef, at: At, cell: CellRef) -> Option<Number> {
    let row = world.above(at, column.table)?;
    let whole = |is: bool| Some(if is { Number::ONE } else { Number::ZERO });
    let Some(split) = &world.plan.tables[column.table].split else {
        return whole((usize::from(cell.table), usize::from(cell.column), cell.row) == (column.table, column.column, row));
    };
    let part = world.part(column.table, row)?;
    if usize::from(cell.table) != split.of || cell.row != part.row {
        return whole(false);
    }
    let (own, asked) = (usize::from(part.part), usize::from(cell.column));
    match column.column {
        0 => whole(split.parts[own].pupils == asked),
        1 => whole(false),
        shared if shared - 2 < split.shared.len() => {
            let weights = split.parts.iter().map(|part_of| {
                let pupils = world.cell(ColumnRef { table: split.of, column: part_of.pupils }, part.row);
                Some(pupils.as_range().single()? * &part_of.share)
            });
            let weights = weights.collect::<Option<Vec<Number>>>()?;
            let total = weights.iter().fold(Number::ZERO, |sum, weight| &sum + weight);
            let portion = weights[own].div(&total)?;
            if split.parts.iter().any(|part| part.pupils == asked) { None } else { Some(if split.shared[shared - 2] == asked { portion } else { Number::ZERO }) }
        }
        place => whole(split.own[place - 2 - split.shared.len()][own] == Some(asked)),
    }
}
