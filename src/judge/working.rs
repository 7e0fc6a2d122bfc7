//! The arithmetic with numbers put in, as an inspector would write it down.

use crate::base::{Text, Unit};
use crate::eval::{At, World};
use crate::model::op::Arith;
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::value::Truth;
use crate::model::verdict::Piece;

use super::Judge;

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
            NodeKind::Arith(op, left, right) => {
                let open = op.strength() < outer;
                if open {
                    pieces.push(Piece::Open);
                }
                self.pieces(left, world, at, op.strength(), pieces);
                pieces.push(Piece::Sign(op.sign()));
                // a − (b − c) and a ÷ (b × c) keep their parentheses.
                let inner = op.strength() + u8::from(matches!(op, Arith::Sub | Arith::Div));
                self.pieces(right, world, at, inner, pieces);
                if open {
                    pieces.push(Piece::Close);
                }
            }
            NodeKind::Neg(of) => {
                pieces.push(Piece::Sign("−"));
                self.pieces(of, world, at, 3, pieces);
            }
            NodeKind::Round(_, of) => self.pieces(of, world, at, outer, pieces),
            NodeKind::If { cond, then, otherwise } => match self.value(world, cond, at).as_truth() {
                Truth::True => self.pieces(then, world, at, outer, pieces),
                Truth::False => self.pieces(otherwise, world, at, outer, pieces),
                Truth::Unknown => self.leaf(node, world, at, pieces),
            },
            _ => self.leaf(node, world, at, pieces),
        }
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

/// How people write a number; plain for anything else.
pub(super) fn unit_of(node: &Node) -> Unit {
    match &node.ty {
        Type::Number(unit) => unit.clone(),
        _ => Unit::plain(),
    }
}
