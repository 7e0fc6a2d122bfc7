//! Statements: comparisons, lists, and, or, not.

use crate::base::{Span, Text, Unit};
use crate::diag::catalog::{NoOrder, SpreadArithmetic, WrongType};
use crate::model::ast::{Expr, ExprKind};
use crate::model::op::Compare;
use crate::model::plan::{Node, NodeKind, Type};

use super::number::is_bare;
use super::parameter::type_name;
use super::scope::{Scope, node, unit_of, unknown};
use super::{Checker, unlabelled};

impl Checker<'_> {
    pub(super) fn statement(&mut self, expr: &Expr, scope: &Scope) -> Node {
        let span = expr.span;
        let kind = match &*expr.kind {
            ExprKind::Compare(op, left, right) => return self.comparison(*op, left, right, span, scope),
            ExprKind::Between(of, low, high) => return self.between([of, low, high], span, scope),
            ExprKind::OneOf { of, list, negated } => return self.one_of(of, list, *negated, span, scope),
            ExprKind::Not(of) => NodeKind::Not(self.truth(of, scope)),
            ExprKind::And(list) => NodeKind::And(list.iter().map(|of| self.truth(of, scope)).collect()),
            ExprKind::Or(list) if self.code_alone(list, span, scope) => return unknown(span),
            ExprKind::Unsaid(op, limit) => return self.unsaid(*op, limit, span, scope),
            ExprKind::Or(list) => NodeKind::Or(list.iter().map(|of| self.truth(of, scope)).collect()),
            ExprKind::Known { of, negated } => NodeKind::Known { of: self.expr(of, scope, None), negated: *negated },
            _ => return unknown(span),
        };
        node(kind, Type::Truth, span)
    }

    fn comparison(&mut self, op: Compare, left: &Expr, right: &Expr, span: Span, scope: &Scope) -> Node {
        let [left, right] = super::term::years(self.sides(left, right, scope));
        if !self.comparable(op, &left, &right) {
            return unknown(span);
        }
        self.note_share(&left, &right);
        self.note_share(&right, &left);
        node(NodeKind::Compare(op, left, right), Type::Truth, span)
    }

    /// Both sides of a comparison: a code's name is looked up in the list of the other side.
    fn sides(&mut self, left: &Expr, right: &Expr, scope: &Scope) -> [Node; 2] {
        let may_be_code = |expr: &Expr| matches!(&*expr.kind, ExprKind::Name(_) | ExprKind::Text(_));
        if may_be_code(right) && !is_bare(left) {
            let before = self.said.len();
            let first = self.expr(left, scope, None);
            if let Type::Code(list) = first.ty {
                let second = self.code_value(right, list, scope);
                return [first, second];
            }
            if first.ty == Type::Unknown && may_be_code(left) {
                // The left name means nothing by itself: perhaps it is a code of the right side's list.
                let mark = self.said.len();
                let second = self.expr(right, scope, None);
                if let Type::Code(list) = second.ty {
                    self.said.truncate(before);
                    let first = self.code_value(left, list, scope);
                    return [first, second];
                }
                self.said.truncate(mark);
            }
            let want = matches!(first.ty, Type::Number(_)).then(|| unit_of(&first));
            let second = self.expr(right, scope, want.as_ref());
            return [first, second];
        }
        let mut both = self.together(&[left, right], scope, None).into_iter();
        let mut next = || both.next().unwrap_or_else(|| unknown(left.span));
        [next(), next()]
    }

    fn comparable(&mut self, op: Compare, left: &Node, right: &Node) -> bool {
        match (&left.ty, &right.ty) {
            (Type::Unknown, _) | (_, Type::Unknown) => false,
            (Type::Number(over), Type::Number(under)) if !over.same_dimension(under) => {
                let fix = literal(right, over).or_else(|| literal(left, under));
                self.units_differ((over, left.span), (under, right.span));
                if let (Some(fix), Some(said)) = (fix, self.said.last_mut()) {
                    said.help = fix;
                }
                false
            }
            (Type::Number(unit), Type::Spread | Type::Real) | (Type::Spread | Type::Real, Type::Number(unit)) if !unit.is_plain() => {
                self.units_differ((&Unit::plain(), left.span), (unit, right.span));
                false
            }
            (Type::Number(_) | Type::Spread | Type::Real, Type::Number(_)) | (Type::Number(_), Type::Spread | Type::Real) => true,
            (Type::Real, Type::Real | Type::Spread) | (Type::Spread, Type::Real) => {
                self.say(SpreadArithmetic {}, right.span, unlabelled());
                false
            }
            (Type::Code(list), Type::Code(other)) if list == other => self.ordered(op, *list, left.span.to(right.span)),
            // Month with month (R25).
            (Type::Date, Type::YearMonth) | (Type::YearMonth, Type::Date) => true,
            (Type::Text | Type::Truth, _) if left.ty == right.ty && !matches!(op, Compare::Eq | Compare::Ne) => self.mismatch(right, &Type::Number(Unit::plain())),
            (found, other) if found == other => true,
            (wanted, _) => {
                let wanted = wanted.clone();
                self.mismatch(right, &wanted)
            }
        }
    }

    fn mismatch(&mut self, found: &Node, wanted: &Type) -> bool {
        let message = WrongType { wanted: type_name(wanted), found: type_name(&found.ty) };
        self.say(message, found.span, unlabelled());
        false
    }

    fn ordered(&mut self, op: Compare, list: usize, span: Span) -> bool {
        let ordered = self.plan.codes[list].best_first || matches!(op, Compare::Eq | Compare::Ne);
        if !ordered {
            let list = self.plan.codes[list].names.short();
            self.say(NoOrder { list }, span, unlabelled());
        }
        ordered
    }

    fn between(&mut self, exprs: [&Expr; 3], span: Span, scope: &Scope) -> Node {
        let mut three = self.together(&exprs, scope, None).into_iter();
        let (Some(of), Some(low), Some(high)) = (three.next(), three.next(), three.next()) else { return unknown(span) };
        if !self.comparable(Compare::Ge, &of, &low) || !self.comparable(Compare::Le, &of, &high) {
            return unknown(span);
        }
        node(NodeKind::Between { of, low, high }, Type::Truth, span)
    }

    fn one_of(&mut self, of: &Expr, list: &[Expr], negated: bool, span: Span, scope: &Scope) -> Node {
        let of = self.expr(of, scope, None);
        let want = matches!(of.ty, Type::Number(_)).then(|| unit_of(&of));
        let list: Vec<Node> = list
            .iter()
            .map(|item| match of.ty {
                Type::Code(codes) => self.code_value(item, codes, scope),
                _ => self.expr(item, scope, want.as_ref()),
            })
            .collect();
        let refused = list.iter().filter(|item| !self.comparable(Compare::Eq, &of, item)).count();
        if refused == 0 { node(NodeKind::OneOf { of, list, negated }, Type::Truth, span) } else { unknown(span) }
    }
}

/// What to write for a number whose unit is of another kind than the other side's: the number in that unit.
fn literal(node: &Node, wanted: &Unit) -> Option<Text> {
    let (NodeKind::Number(base), Type::Number(unit)) = (&*node.kind, &node.ty) else { return None };
    if unit.is_plain() || wanted.is_plain() || unit.is_percent() {
        return None;
    }
    let number = unit.from_base(base).plain(12);
    let text = wanted.text();
    Some(Text::new(format!("if it is meant so, write `{number} {}`", text.en.trim()), format!("如系此意，写成“{number} {}”", text.zh.trim())))
}
