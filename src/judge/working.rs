//! The arithmetic with numbers put in, as an inspector would write it down.

use crate::base::{Number, Text, Unit};
use crate::eval::{At, World};
use crate::model::op::Arith;
use crate::model::plan::{ColumnRef, Node, NodeKind, Type};
use crate::model::value::Truth;
use crate::model::verdict::Piece;

use super::Judge;

/// A share with no more decimals is written as a decimal.
const EXACT_DECIMALS: u32 = 6;

impl Judge<'_> {
    /// The pieces of a value: measures opened, conditions settled, each cell's number in its own unit.
    pub(super) fn working(&self, node: &Node, world: &World, at: At) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.pieces(node, world, at, 0, &mut pieces);
        // A value that is but one number says nothing more than the value.
        if pieces.len() < 2 { Vec::new() } else { pieces }
    }

    fn pieces(&self, node: &Node, world: &World, at: At, outer: u8, pieces: &mut Vec<Piece>) {
        match &*node.kind {
            NodeKind::Measure(measure) => {
                let def = &self.plan.measures[*measure];
                if let Some(row) = world.above(at, def.of) {
                    self.pieces(&def.body, world, At { table: Some(def.of), row, ..at }, outer, pieces);
                }
            }
            NodeKind::InTerm { when, of } => self.pieces(of, world, world.moved(*when, at).0, outer, pieces),
            NodeKind::Through { link, of } => world.through(*link, at).into_iter().for_each(|there| self.pieces(of, world, there, outer, pieces)),
            NodeKind::Arith(op, left, right) => {
                in_brackets(op.strength() < outer, pieces, |pieces| {
                    self.pieces(left, world, at, op.strength(), pieces);
                    pieces.push(Piece::Sign(op.sign()));
                    // a − (b − c) and a ÷ (b × c) keep their parentheses.
                    let inner = op.strength() + u8::from(matches!(op, Arith::Sub | Arith::Div));
                    self.pieces(right, world, at, inner, pieces);
                });
            }
            NodeKind::Neg(of) => {
                pieces.push(Piece::Sign("−"));
                self.pieces(of, world, at, 3, pieces);
            }
            NodeKind::Round(_, of) => self.pieces(of, world, at, outer, pieces),
            NodeKind::Column(column) => match self.shared_cell(*column, world, at) {
                Some((whole, share)) => {
                    let unit = unit_of(node);
                    let whole = Piece::Number { number: super::comparison::shown(&whole, &unit), unit };
                    in_brackets(Arith::Mul.strength() < outer, pieces, |pieces| {
                        pieces.extend([whole, Piece::Sign(Arith::Mul.sign())]);
                        ratio(&share, pieces);
                    });
                }
                None => self.leaf(node, world, at, pieces),
            },
            NodeKind::Aggregate(id) => match self.neighbours(*id, world, at) {
                Some((low, high, part)) if !part.is_zero() => between_neighbours(&unit_of(node), [low, high, part], outer, pieces),
                _ => self.leaf(node, world, at, pieces),
            },
            NodeKind::If { cond, then, otherwise } => match self.value(world, cond, at).as_truth() {
                Truth::True => self.pieces(then, world, at, outer, pieces),
                Truth::False => self.pieces(otherwise, world, at, outer, pieces),
                Truth::Unknown => self.leaf(node, world, at, pieces),
            },
            _ => self.leaf(node, world, at, pieces),
        }
    }

    /// A cell of a combined school that its parts share: the cell, and this part's share of it. `None` for any other, for one
    /// that is unknown, and where there is but one part.
    fn shared_cell(&self, column: ColumnRef, world: &World, at: At) -> Option<(Number, Number)> {
        let split = self.plan.tables[column.table].split.as_ref()?;
        let place = *split.shared.get(column.column.checked_sub(2)?)?;
        let row = world.above(at, column.table)?;
        let part = world.part(column.table, row)?;
        let (own, whole) = (world.cell(column, row), world.cell(ColumnRef { table: split.of, column: place }, part.row));
        let (own, whole) = (own.as_range().single()?.clone(), whole.as_range().single()?.clone());
        let share = own.div(&whole).filter(|share| *share != Number::ONE)?;
        Some((whole, share))
    }

    fn leaf(&self, node: &Node, world: &World, at: At, pieces: &mut Vec<Piece>) {
        let value = self.value(world, node, at);
        let unit = unit_of(node);
        match value.as_range().single().filter(|_| value.is_settled()) {
            Some(number) => pieces.push(Piece::Number { number: super::comparison::shown(number, &unit), unit }),
            None => pieces.push(Piece::Unknown(self.leaf_name(node))),
        }
    }

    fn leaf_name(&self, node: &Node) -> Text {
        match &*node.kind {
            NodeKind::Column(column) => self.plan.column(*column).names.text(),
            NodeKind::Parameter { id, .. } => self.plan.parameters[*id].names.text(),
            NodeKind::Aggregate(id) => self.plan.tables[self.plan.aggregates[*id].over].names.text(),
            _ => Text::new("unknown", "未知"),
        }
    }
}

/// What is pushed, between brackets where they are needed.
fn in_brackets(open: bool, pieces: &mut Vec<Piece>, push: impl FnOnce(&mut Vec<Piece>)) {
    if open {
        pieces.push(Piece::Open);
    }
    push(pieces);
    if open {
        pieces.push(Piece::Close);
    }
}

/// A ratio as a decimal where that is exact, else as the division that it is.
fn ratio(share: &Number, pieces: &mut Vec<Piece>) {
    let plain = |number: Number| Piece::Number { number, unit: Unit::plain() };
    let exact = share.exact();
    let sides = exact.split_once('/').and_then(|(over, under)| Number::parse(over).zip(Number::parse(under)));
    match sides.filter(|_| share.round_half_up(EXACT_DECIMALS) != *share) {
        Some((over, under)) => pieces.extend([Piece::Open, plain(over), Piece::Sign(Arith::Div.sign()), plain(under), Piece::Close]),
        None => pieces.push(plain(share.clone())),
    }
}

/// `35 + (38 − 35) × 0.25`: a value between two neighbours.
fn between_neighbours(unit: &Unit, [low, high, part]: [Number; 3], outer: u8, pieces: &mut Vec<Piece>) {
    let written = |number: &Number| Piece::Number { number: super::comparison::shown(number, unit), unit: unit.clone() };
    in_brackets(Arith::Add.strength() < outer, pieces, |pieces| {
        pieces.extend([written(&low), Piece::Sign(Arith::Add.sign()), Piece::Open, written(&high), Piece::Sign(Arith::Sub.sign()), written(&low), Piece::Close, Piece::Sign(Arith::Mul.sign())]);
        ratio(&part, pieces);
    });
}

/// How people write a number; plain for anything else.
pub(super) fn unit_of(node: &Node) -> Unit {
    match &node.ty {
        Type::Number(unit) => unit.clone(),
        _ => Unit::plain(),
    }
}
