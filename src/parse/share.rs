//! Shares in the documents' own order: `甲 不低于 乙 的 10%`, `甲 占 乙 的 10% 以上`, `counted by x`. They make the comparison
//! that `count(甲) >= 10% of count(乙)` makes.

use crate::base::Span;
use crate::diag::catalog as say;
use crate::model::ast::{Expr, ExprKind, Quantifier, Quantity, Rows, Sentence};
use crate::model::op::{Aggregate, Arith, Compare};

use super::expr::{expr, limit_word, relation};
use super::grammar::Rule;
use super::sentence::{bound_of, counted};
use super::token::{Build, Made, Node, kids};

/// What a share is asked of.
enum Whole {
    /// `符合交流条件 的 教师 的 10%`.
    Part(Option<Compare>, Quantity, Rows),
    /// `不少于 2 个`, `不少于 85%`.
    Limit(Expr),
}

impl<'t> Build<'t> {
    /// `[C 的] TABLE` and then 不低于, 占 or 占比.
    pub fn share_zh(&self, left: Expr, place: Option<Expr>, joined: bool, node: Node<'t>, span: Span) -> Made<Expr> {
        let near = left.span;
        let beside = place.is_some() && !joined;
        let rows = self.rows_of(left, place)?;
        let mut parts = kids(node.clone());
        let occupies = super::token::has(&node, Rule::k_occupy_zh);
        let said = if occupies { None } else { Some(relation(&parts.next(self)?)) };
        if let (Some(op), Some(percent)) = (said, parts.take(Rule::percent)) {
            let amount = self.quantity(percent)?;
            return self.within(op, rows, expr(ExprKind::Quantity(amount), near), &node, span);
        }
        let (op, amount, whole) = match (said, self.whole(parts.next(self)?)?) {
            (Some(op), Whole::Part(None, amount, whole)) | (None, Whole::Part(Some(op), amount, whole)) => (op, amount, whole),
            (Some(op), Whole::Limit(limit)) if !beside => return self.within(op, rows, limit, &node, span),
            _ => return Err(self.gap(&node)),
        };
        let part = Rows { name: rows.name.clone(), role: rows.role.clone(), filter: rows.filter.clone(), span: rows.span };
        let (part_span, whole_span) = (part.span, whole.span);
        let limit = expr(ExprKind::PercentOf(amount, counted(whole, whole_span)), whole_span);
        let mut made = expr(ExprKind::Compare(op, counted(part, part_span), limit), span);
        if let Some(by) = parts.take(Rule::counted_by) {
            made = self.counted_by(made, by)?;
        }
        // 其中 speaks of the left population: each step is a sentence of its own about the rows that are left.
        let whom = self.whoms(&rows, parts)?;
        Ok(self.and_of_whom(made, rows, whom, span))
    }

    fn and_of_whom(&self, made: Expr, rows: Rows, mut whom: Vec<crate::model::ast::Whom>, span: Span) -> Expr {
        if whom.is_empty() {
            return made;
        }
        let first = whom.remove(0);
        let sentence = Sentence { quantity: Quantifier::Bound(first.bound, first.amount), rows, says: first.says, whom };
        expr(ExprKind::And(vec![made, expr(ExprKind::Sentence(sentence), first.span)]), span)
    }

    /// `C 的 TABLE 不少于 85%`, `占比 不低于 85%`: a share within the table; `不超过 2 个`: how many rows there are.
    fn within(&self, op: Compare, mut rows: Rows, limit: Expr, node: &Node<'t>, span: Span) -> Made<Expr> {
        let ExprKind::Quantity(amount) = *limit.kind else { return Err(self.gap(node)) };
        if !amount.percent {
            let (of, at) = (rows.span, amount.span);
            return Ok(expr(ExprKind::Compare(op, counted(rows, of), expr(ExprKind::Quantity(amount), at)), span));
        }
        let (Some(bound), Some(says)) = (bound_of(op), rows.filter.take()) else { return Err(self.gap(node)) };
        let rows = Rows { span: rows.name.span, ..rows };
        Ok(expr(ExprKind::Sentence(Sentence { quantity: Quantifier::Bound(bound, amount), rows, says: *says, whom: Vec::new() }), span))
    }

    /// `符合交流条件 的 教师 的 10%`, `幼儿园 的 80% 以上`, `公办 的 幼儿园 的 比例 不低于 10%`, or a limit alone.
    fn whole(&self, node: Node<'t>) -> Made<Whole> {
        let mut parts = kids(node.clone());
        let first = self.logic(parts.next(self)?)?;
        let place = parts.take(Rule::place).map(|place| self.place(place)).transpose()?;
        let mut op = None;
        let mut percent = parts.take(Rule::percent);
        if percent.is_none() && place.is_some() || super::token::has(&node, Rule::k_ratio_zh) {
            op = Some(relation(&parts.next(self)?));
            percent = parts.take(Rule::percent);
        }
        if let Some(word) = parts.take(Rule::limit_word) {
            op = Some(limit_word(&word));
        }
        match (percent, *first.kind) {
            (Some(percent), kind) => {
                let first = Expr { kind: Box::new(kind), span: first.span };
                Ok(Whole::Part(op, self.quantity(percent)?, self.rows_of(first, place)?))
            }
            (None, ExprKind::PercentOf(percent, of)) => Ok(Whole::Part(op, percent, self.rows(of, None)?)),
            (None, kind) if op.is_none() => Ok(Whole::Limit(Expr { kind: Box::new(kind), span: first.span })),
            _ => Err(self.gap(&node)),
        }
    }

    /// `教师培训经费 占 公用经费 的 5% 以上`, `占 公用经费 的 比例 不低于 5%`: a quotient.
    pub fn occupies(&self, left: Expr, node: Node<'t>) -> Made<ExprKind> {
        let mut parts = kids(node.clone());
        let of = self.sum(parts.next(self)?)?;
        let span = left.span.to(of.span);
        if let Some(word) = parts.take(Rule::limit_word) {
            return match *of.kind {
                ExprKind::PercentOf(percent, of) => {
                    let at = percent.span;
                    Ok(ExprKind::Compare(limit_word(&word), expr(ExprKind::Arith(Arith::Div, left, of), span), expr(ExprKind::Quantity(percent), at)))
                }
                _ => Err(self.gap(&node)),
            };
        }
        let op = relation(&parts.next(self)?);
        let percent = self.primary(parts.next(self)?)?;
        Ok(ExprKind::Compare(op, expr(ExprKind::Arith(Arith::Div, left, of), span), percent))
    }

    /// `count(A) >= 10% of count(B), counted by x`: the quotient of two sums of x over the rows. A quotient, so that a
    /// denominator that comes to 0 is doubted as everywhere.
    pub fn counted_by(&self, made: Expr, node: Node<'t>) -> Made<Expr> {
        let by_span = self.span(&node);
        let by = self.primary(kids(node).next(self)?)?;
        let span = made.span.to(by_span);
        let refused = || self.fault(say::CountedBy {}, by_span);
        let ExprKind::Compare(op, part, limit) = *made.kind else { return Err(refused()) };
        let ExprKind::PercentOf(percent, whole) = *limit.kind else { return Err(refused()) };
        let (part, whole) = (summed(part, &by).ok_or_else(refused)?, summed(whole, &by).ok_or_else(refused)?);
        let limit = percent.span;
        Ok(expr(ExprKind::Compare(op, expr(ExprKind::Arith(Arith::Div, part, whole), span), expr(ExprKind::Quantity(percent), limit)), span))
    }
}

/// A count turned into the sum of a column of the rows.
fn summed(count: Expr, by: &Expr) -> Option<Expr> {
    let span = count.span;
    match *count.kind {
        ExprKind::Aggregate(mut call) if call.what == Aggregate::Count => {
            call.what = Aggregate::Sum;
            call.operand = Some(by.clone());
            Some(expr(ExprKind::Aggregate(call), span))
        }
        _ => None,
    }
}
