//! What may stand behind a whole statement, and amounts of rows for every so many: `type is primary`, `type in (a, b)`,
//! `kind of school = rural`, `for every 12 classes, part counted, at least 1 of rooms where …`.

use crate::base::Span;
use crate::diag::catalog as say;
use crate::model::ast::{AggregateCall, CaseKey, Expr, ExprKind, Name, Quantity};
use crate::model::op::{Aggregate, Compare, Spread};

use super::expr::{expr, relation};
use super::grammar::Rule;
use super::sentence::counted;
use super::token::{Build, Made, Node, has, kids};

impl<'t> Build<'t> {
    pub fn said_behind(&self, left: Node<'t>, said: Node<'t>, span: Span) -> Made<Expr> {
        match said.as_rule() {
            Rule::said_is => self.said_is(self.logic(left)?, said, span),
            Rule::in_list => self.in_list(self.logic(left)?, said, span),
            Rule::listed_zh => self.listed_zh(self.logic(left)?, said, span),
            Rule::of_place => self.of_place(self.logic(left)?, said, span),
            Rule::counted_by => self.counted_by(self.logic(left)?, said),
            Rule::cases_zh => self.cases_zh(self.logic(left)?, said, span),
            Rule::spread_zh => self.spread_zh(self.logic(left)?, said, span),
            _ => self.said_zh(left, said, span),
        }
    }

    /// `type is primary`, `type is not special`; a list joined by `or` may be meant in two ways.
    fn said_is(&self, left: Expr, said: Node<'t>, span: Span) -> Made<Expr> {
        let says = self.logic(kids(said).next(self)?)?;
        let words = |expr: &Expr| self.slice(expr.span);
        if !is_value(&left) {
            return Err(self.fault(say::Rewritten { words: words(&left).into(), line: format!("({}) = …", words(&left)).into() }, span));
        }
        let (op, value) = match *says.kind {
            ExprKind::Not(value) if is_value(&value) => (Compare::Ne, value),
            ExprKind::Or(list) if list.iter().all(is_value) => {
                let list: Vec<&str> = list.iter().map(words).collect();
                let line = format!("{} is one of ({})", words(&left), list.join(", "));
                return Err(self.fault(say::Rewritten { words: self.slice(span).into(), line: line.into() }, span));
            }
            kind => (Compare::Eq, Expr { kind: Box::new(kind), span: says.span }),
        };
        if !is_value(&value) {
            let line = format!("{} = {}", words(&left), words(&value));
            return Err(self.fault(say::Rewritten { words: self.slice(span).into(), line: line.into() }, span));
        }
        Ok(expr(ExprKind::Compare(op, left, value), span))
    }

    /// `type in (primary, junior)`, `type is one of primary, junior`.
    fn in_list(&self, of: Expr, said: Node<'t>, span: Span) -> Made<Expr> {
        let mut parts = kids(said);
        let list = match parts.take(Rule::listed) {
            Some(listed) => kids(listed).rest().map(|entry| self.primary(entry)).collect::<Made<_>>()?,
            None => self.named(parts.all(Rule::name)),
        };
        Ok(expr(ExprKind::OneOf { of, list, negated: false }, span))
    }

    /// 学校类型 为 小学、教学点 之一.
    fn listed_zh(&self, left: Expr, said: Node<'t>, span: Span) -> Made<Expr> {
        let names = self.named(kids(said.clone()).all(Rule::name));
        match *left.kind {
            ExprKind::Compare(Compare::Eq, of, first) if is_value(&first) => {
                let list = std::iter::once(first).chain(names).collect();
                Ok(expr(ExprKind::OneOf { of, list, negated: false }, span))
            }
            _ => Err(self.gap(&said)),
        }
    }

    fn named(&self, names: Vec<Node<'t>>) -> Vec<Expr> {
        names.iter().map(|name| self.name(name)).map(|name| expr(ExprKind::Name(name.text), name.span)).collect()
    }

    /// 生均面积 小学 不低于 4，初中 不低于 5: one comparison, whose limit goes by the code.
    fn cases_zh(&self, left: Expr, said: Node<'t>, span: Span) -> Made<Expr> {
        let mut op = None;
        let mut arms = Vec::new();
        for case in kids(said.clone()).rest() {
            let mut parts = kids(case);
            let key = CaseKey::Name(self.name(&parts.next(self)?));
            let compared = relation(&parts.next(self)?);
            if *op.get_or_insert(compared) != compared {
                return Err(self.gap(&said));
            }
            let value = self.quantity(parts.next(self)?)?;
            let value_span = value.span;
            arms.push((key, expr(ExprKind::Quantity(value), value_span)));
        }
        let op = op.filter(|_| is_value(&left)).ok_or_else(|| self.gap(&said))?;
        let limit = expr(ExprKind::ByCase { of: None, arms }, self.span(&said));
        Ok(expr(ExprKind::Compare(op, left, limit), span))
    }

    /// 参评 的 学段部 生均面积 按 学生数 加权 的 差异系数 不超过 0.5.
    fn spread_zh(&self, left: Expr, said: Node<'t>, span: Span) -> Made<Expr> {
        let mut parts = kids(said.clone());
        let place = parts.take(Rule::place).map(|place| self.place(place)).transpose()?;
        let rows = self.rows_of(left, place)?;
        let operand = self.primary(parts.next(self)?)?;
        let (weight, spread) = self.weight(parts.next(self)?)?;
        let what = Aggregate::Variation(spread.unwrap_or(Spread::Weighted));
        let chain = parts.rest().find(|part| part.as_rule() == Rule::chain).ok_or_else(|| self.gap(&said))?;
        let call = AggregateCall { what, degree: None, operand: Some(operand), rows, weight, spread, span };
        self.chain(expr(ExprKind::Aggregate(call), span), chain, span)
    }

    /// `area_kind of school = rural`.
    fn of_place(&self, left: Expr, said: Node<'t>, span: Span) -> Made<Expr> {
        let mut parts = kids(said.clone());
        let table = self.name(&parts.next(self)?);
        let ExprKind::Name(text) = *left.kind else { return Err(self.gap(&said)) };
        let column = Name { text, span: left.span };
        let value = expr(ExprKind::Of(table.clone(), column), left.span.to(table.span));
        self.chain(value, parts.next(self)?, span)
    }

    /// `for every 12 classes, part counted, at least 1 of rooms where …`: as many rows as the amount that is due.
    pub fn for_rows(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let most = has(&node, Rule::b_most);
        let mut parts = kids(node);
        let every = self.number(&parts.next(self)?)?;
        let of = parts.next(self)?;
        let of = if of.as_rule() == Rule::rows_zh { self.rows_zh(of)? } else { self.population(of)? };
        let part_counted = has(&parts.next(self)?, Rule::k_part_counted);
        parts.next(self)?;
        let amount = parts.next(self)?;
        let amount = Quantity { number: self.number(&amount)?, percent: false, unit: None, span: self.span(&amount) };
        let rows = self.population(parts.next(self)?)?;
        let (of_span, rows_span) = (of.span, rows.span);
        // A bare name may be a table, a column or a measure: the checker knows.
        let of = if of.filter.is_some() { counted(of, of_span) } else { of.name };
        let due = expr(ExprKind::ForEvery { amount, every, of, part_counted }, span);
        Ok(expr(ExprKind::Compare(if most { Compare::Le } else { Compare::Ge }, counted(rows, rows_span), due), span))
    }
}

/// A value by its form: a name, a number, a text, a date, yes or no.
fn is_value(expr: &Expr) -> bool {
    matches!(&*expr.kind, ExprKind::Name(_) | ExprKind::Of(..) | ExprKind::Quantity(_) | ExprKind::Text(_) | ExprKind::Date(_) | ExprKind::YearMonth(_) | ExprKind::Truth(_) | ExprKind::Index(..))
}
