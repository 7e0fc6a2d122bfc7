//! Arithmetic and the units of its results.

use crate::base::{Number, Span, Text, Unit};
use crate::diag::catalog::{Ambiguous, DividedByZero, SpreadArithmetic, UnitsDiffer, WrongType};
use crate::model::ast::{AggregateCall, Expr, ExprKind, Name, Quantity, Rows, Weight};
use crate::model::op::{Aggregate, Arith};
use crate::model::plan::{Node, NodeKind, Type};

use super::parameter::type_name;
use super::scope::{Scope, node, unit_of, unknown};
use super::unit::is_counter;
use super::{Checker, unlabelled};

impl Checker<'_> {
    /// A number; without a unit of its own, or with a mere counter, it takes the one that is wanted.
    pub(super) fn quantity(&mut self, quantity: &Quantity, want: Option<&Unit>) -> Node {
        let before = self.missed;
        let unit = match (&quantity.unit, want) {
            _ if quantity.percent => Unit::percent(),
            (Some(written), Some(want)) if is_counter(written) => {
                let own = self.unit(Some(written));
                if own.same_dimension(want) { own } else { want.clone() }
            }
            (Some(written), Some(want)) if written.over.is_none() => {
                // 4.2 per 100 pupils, beside teachers per 100 pupils.
                let own = self.unit(Some(written));
                let counted = want.base().div(&own.base()).is_whole_thing() && want.from_base(&Number::ONE) == own.from_base(&Number::ONE);
                if counted { want.clone() } else { own }
            }
            (Some(written), _) => self.unit(Some(written)),
            (None, Some(want)) if want.is_percent() => Unit::plain(),
            (None, Some(want)) => want.clone(),
            (None, None) => Unit::plain(),
        };
        if self.missed > before {
            return unknown(quantity.span);
        }
        node(NodeKind::Number(unit.to_base(&quantity.number)), Type::Number(unit), quantity.span)
    }

    /// Expressions that are compared, added or chosen between: bare numbers take the unit of the first that has one.
    pub(super) fn together(&mut self, exprs: &[&Expr], scope: &Scope, want: Option<&Unit>) -> Vec<Node> {
        let mut nodes: Vec<Option<Node>> = exprs.iter().map(|expr| (!is_bare(expr)).then(|| self.expr(expr, scope, want))).collect();
        let found = nodes.iter().flatten().find(|node| matches!(&node.ty, Type::Number(_))).map(unit_of);
        let want = want.cloned().or(found);
        for (place, expr) in nodes.iter_mut().zip(exprs) {
            if place.is_none() {
                *place = Some(self.expr(expr, scope, want.as_ref()));
            }
        }
        nodes.into_iter().flatten().collect()
    }

    pub(super) fn arithmetic(&mut self, expr: &Expr, scope: &Scope, want: Option<&Unit>) -> Node {
        let span = expr.span;
        match &*expr.kind {
            ExprKind::Neg(of) => {
                let of = self.number(of, scope, want);
                let ty = of.ty.clone();
                node(NodeKind::Neg(of), ty, span)
            }
            ExprKind::Arith(op @ (Arith::Add | Arith::Sub), left, right) => self.sum(*op, [left, right], span, scope, want),
            ExprKind::Arith(op, left, right) => {
                // 1/15 beside teachers / pupils: as a whole it has no unit, and takes the one that is wanted.
                let whole = if is_bare(left) && is_bare(right) { want } else { None };
                let (left, right) = (self.number(left, scope, whole), self.number(right, scope, None));
                if *op == Arith::Div && constant(&right).is_some_and(|number| number.is_zero()) {
                    return self.divided_by_zero(right.span);
                }
                let (over, under) = (unit_of(&left).base(), unit_of(&right).base());
                let unit = if *op == Arith::Mul { over.mul(&under) } else { over.div(&under) };
                made(NodeKind::Arith(*op, left, right), unit, span)
            }
            ExprKind::Per(over, each, under) => {
                let (over, under) = (self.number(over, scope, None), self.number(under, scope, None));
                if each.is_zero() || constant(&under).is_some_and(|number| number.is_zero()) {
                    return self.divided_by_zero(span);
                }
                let unit = unit_of(&over).base().per(each, &unit_of(&under).base());
                made(NodeKind::Arith(Arith::Div, over, under), unit, span)
            }
            ExprKind::PercentOf(percent, of) => {
                let of = self.number(of, scope, want);
                let percent = self.quantity(percent, None);
                let unit = unit_of(&of);
                made(NodeKind::Arith(Arith::Mul, percent, of), unit, span)
            }
            ExprKind::Rounded(of, rounding) => {
                let of = self.expr(of, scope, want);
                let ty = if of.ty == Type::Real { Type::Number(Unit::plain()) } else { of.ty.clone() };
                let of = if matches!(of.ty, Type::Spread | Type::Real) { of } else { self.expect(of, &Type::Number(Unit::plain())) };
                node(NodeKind::Round(*rounding, of), ty, span)
            }
            ExprKind::ForEvery { amount, every, of, part_counted } => self.for_every((amount, every, *part_counted), of, span, scope, want),
            _ => unknown(span),
        }
    }

    /// What is divided by 0 is never anything, whatever the data.
    fn divided_by_zero(&mut self, span: Span) -> Node {
        self.say(DividedByZero {}, span, unlabelled());
        unknown(span)
    }

    fn sum(&mut self, op: Arith, sides: [&Expr; 2], span: Span, scope: &Scope, want: Option<&Unit>) -> Node {
        let mut both = self.together(&sides, scope, want).into_iter().map(|side| self.must_be_number(side));
        let (Some(left), Some(right)) = (both.next(), both.next()) else { return unknown(span) };
        drop(both);
        let (over, under) = (unit_of(&left), unit_of(&right));
        if left.ty != Type::Unknown && right.ty != Type::Unknown && !over.same_dimension(&under) {
            self.units_differ((&over, left.span), (&under, right.span));
            return unknown(span);
        }
        made(NodeKind::Arith(op, left, right), over, span)
    }

    fn for_every(&mut self, (amount, every, part_counted): (&Quantity, &Number, bool), of: &Expr, span: Span, scope: &Scope, want: Option<&Unit>) -> Node {
        let amount = self.quantity(amount, want);
        let of = self.many(of, scope);
        if every.is_zero() {
            self.say(WrongType { wanted: Text::new("a number above 0", "大于 0 的数"), found: Text::from("0") }, span, unlabelled());
            return unknown(span);
        }
        let unit = unit_of(&amount);
        let NodeKind::Number(amount) = *amount.kind else { return unknown(span) };
        made(NodeKind::ForEvery { amount, every: unit_of(&of).to_base(every), of, part_counted }, unit, span)
    }

    /// A quantity of which every so many are taken: a number, or the rows of a table that is named.
    fn many(&mut self, of: &Expr, scope: &Scope) -> Node {
        let ExprKind::Name(text) = &*of.kind else { return self.number(of, scope, None) };
        let name = Name { text: text.clone(), span: of.span };
        if self.tables.one(text).is_none() {
            return self.number(of, scope, None);
        }
        if self.is_name(&name, scope) {
            let list = Text::new(format!("`count({text})` or `TABLE.{text}`"), format!("“计数（{text}）”或“数据表.{text}”"));
            self.say(Ambiguous { name: text.as_str().into(), list }, of.span, unlabelled());
            return unknown(of.span);
        }
        let rows = Rows { name: of.clone(), role: None, filter: None, span: of.span };
        self.aggregate(&AggregateCall { what: Aggregate::Count, degree: None, operand: None, rows, weight: Weight::Unsaid, spread: None, span: of.span }, scope)
    }

    /// An expression that must be a number.
    pub(super) fn number(&mut self, expr: &Expr, scope: &Scope, want: Option<&Unit>) -> Node {
        let found = self.expr(expr, scope, want);
        self.must_be_number(found)
    }

    fn must_be_number(&mut self, found: Node) -> Node {
        let span = found.span;
        match &found.ty {
            Type::Number(_) | Type::Unknown => return found,
            Type::Spread | Type::Real => self.say(SpreadArithmetic {}, span, unlabelled()),
            other => {
                let message = WrongType { wanted: Text::new("a number", "数"), found: type_name(other) };
                self.say(message, span, unlabelled());
            }
        }
        unknown(span)
    }

    /// Says that two units do not agree, at both places.
    pub(super) fn units_differ(&mut self, left: (&Unit, Span), right: (&Unit, Span)) {
        let name = |unit: &Unit| if unit.is_plain() { Text::new("a number without a unit", "没有单位的数") } else { Text::new(format!("`{}`", unit.text().en.trim()), format!("“{}”", unit.text().zh.trim())) };
        let (first, second) = (name(left.0), name(right.0));
        self.say(UnitsDiffer { left: first.clone(), right: second.clone() }, left.1, first);
        if left.1 != right.1
            && let Some(said) = self.said.last_mut()
        {
            *said = said.clone().at(right.1, second);
        }
    }
}

/// The value of an expression in which nothing but numbers stands.
fn constant(node: &Node) -> Option<Number> {
    match &*node.kind {
        NodeKind::Number(number) => Some(number.clone()),
        NodeKind::Neg(of) => constant(of).map(|number| -&number),
        NodeKind::Arith(op, left, right) => {
            let (left, right) = (constant(left)?, constant(right)?);
            match op {
                Arith::Add => Some(&left + &right),
                Arith::Sub => Some(&left - &right),
                Arith::Mul => Some(&left * &right),
                Arith::Div => left.div(&right),
            }
        }
        _ => None,
    }
}

/// A node of a number in this unit; unknown if an operand was.
fn made(kind: NodeKind, unit: Unit, span: Span) -> Node {
    let lost = match &kind {
        NodeKind::Arith(_, left, right) => left.ty == Type::Unknown || right.ty == Type::Unknown,
        NodeKind::ForEvery { of, .. } => of.ty == Type::Unknown,
        _ => false,
    };
    if lost { unknown(span) } else { node(kind, Type::Number(unit), span) }
}

/// A number that has no unit of its own and so takes that of its neighbours.
pub(super) fn is_bare(expr: &Expr) -> bool {
    match &*expr.kind {
        ExprKind::Quantity(quantity) => !quantity.percent && quantity.unit.as_ref().is_none_or(|unit| is_counter(unit) || unit.over.is_none()),
        ExprKind::Neg(of) | ExprKind::Rounded(of, _) => is_bare(of),
        ExprKind::Arith(_, left, right) => is_bare(left) && is_bare(right),
        ExprKind::If { then, otherwise, .. } => is_bare(then) && is_bare(otherwise),
        ExprKind::ByCase { arms, .. } => arms.iter().all(|(_, value)| is_bare(value)),
        ExprKind::ForEvery { amount, .. } => amount.unit.as_ref().is_none_or(is_counter) && !amount.percent,
        _ => false,
    }
}
