//! Sentences: something said of rows, or of how many rules are met. English puts the condition behind the noun, Chinese
//! before it; both make one tree.

use crate::base::Span;
use crate::diag::catalog as say;
use crate::model::ast::{Expr, ExprKind, Name, Quantifier, Quantity, Rows, RulesSentence, Sentence, Status, Whom};
use crate::model::op::{Bound, Compare};

use super::expr::expr;
use super::grammar::Rule;
use super::token::{Build, Kids, Made, Node, has, kids};

impl<'t> Build<'t> {
    /// `section`, `section where counted`, `参评 的 学段部`.
    pub fn population(&self, node: Node<'t>) -> Made<Rows> {
        let chinese = has(&node, Rule::k_de);
        let mut parts = kids(node);
        let first = self.logic(parts.next(self)?)?;
        match parts.next(self) {
            Err(_) => self.rows(first, None),
            Ok(place) if chinese => self.rows(self.place(place)?, Some(first)),
            Ok(filter) => self.rows(first, Some(self.logic(filter)?)),
        }
    }

    fn rows(&self, name: Expr, filter: Option<Expr>) -> Made<Rows> {
        let span = filter.as_ref().map_or(name.span, |filter| name.span.to(filter.span));
        match *name.kind {
            ExprKind::Name(_) | ExprKind::Of(..) => Ok(Rows { name, filter: filter.map(Box::new), span }),
            ExprKind::And(_) | ExprKind::Or(_) => Err(self.fault(say::SentenceBeside { instead: format!("({})", self.slice(span)).into() }, span)),
            _ => Err(self.fault(say::RowsWanted { words: self.slice(name.span).into() }, name.span)),
        }
    }

    fn place(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let name = self.name(&parts.next(self)?);
        Ok(match parts.next(self) {
            Ok(column) => expr(ExprKind::Of(name, self.name(&column)), span),
            Err(_) => expr(ExprKind::Name(name.text), span),
        })
    }

    /// `every class has …`, `no class has …`, `每个 班级 的 …`, `没有 … 的 班级`.
    pub fn sentence_of_rows(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let refuses = node.as_rule() == Rule::none;
        let quantity = if refuses { Quantifier::No } else { Quantifier::Every };
        let (filtered, linked) = (has(&node, Rule::k_where), has(&node, Rule::k_link));
        let mut parts = kids(node);
        let mut segments: Vec<Node> = kids(parts.next(self)?).rest().collect();
        let filter = if filtered { Some(self.logic(parts.next(self)?)?) } else { None };
        let silent = || self.fault(say::NothingSaid { words: self.slice(span).into() }, span);
        let says = match (linked, refuses) {
            (true, _) => self.logic(parts.next(self)?)?,
            (false, true) if segments.len() > 1 => self.logic(segments.remove(0))?,
            (false, false) if segments.len() > 1 => Build { even: true, ..*self }.logic(segments.pop().ok_or_else(silent)?)?,
            (false, _) => return self.evenly(quantity, segments, span).ok_or_else(silent),
        };
        let table = self.logic(segments.pop().ok_or_else(silent)?)?;
        let filter = match (filter, segments.pop()) {
            (None, Some(filter)) => Some(self.logic(filter)?),
            (filter, None) => filter,
            (Some(_), Some(_)) => return Err(silent()),
        };
        if !segments.is_empty() {
            return Err(silent());
        }
        let rows = self.rows(table, filter)?;
        Ok(expr(ExprKind::Sentence(Sentence { quantity, rows, says, whom: Vec::new() }), span))
    }

    /// `每个 教师 均 为 持证`: without 的, 均 为 reads as a comparison first.
    fn evenly(&self, quantity: Quantifier, mut segments: Vec<Node<'t>>, span: Span) -> Option<Expr> {
        let whole = Build { even: true, ..*self }.logic(segments.pop()?).ok()?;
        let between = |left: Span, right: Span| self.slice(Span { start: left.end, end: right.start, ..left }).trim().starts_with(['均', '都']);
        match *whole.kind {
            ExprKind::Compare(Compare::Eq, table, says) if between(table.span, says.span) => {
                let rows = self.rows(table, None).ok()?;
                Some(expr(ExprKind::Sentence(Sentence { quantity, rows, says, whom: Vec::new() }), span))
            }
            _ => None,
        }
    }

    /// English: `at least N of …`, `all of …`, of rows or of rules.
    pub fn amounted(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let mut parts = kids(node);
        let bound = self.bound(&mut parts)?;
        let subject = self.place(parts.next(self)?)?;
        let said = parts.next(self)?;
        if said.as_rule() == Rule::said_of_rules {
            let made = self.rules(bound, subject, said)?;
            return Ok(expr(made, span));
        }
        let filtered = has(&said, Rule::k_where);
        let mut parts = kids(said);
        let filter = if filtered { Some(self.logic(parts.next(self)?)?) } else { None };
        let rows = self.rows(subject, filter)?;
        Ok(expr(self.said(bound, rows, parts)?, span))
    }

    /// Chinese: what is said stands behind its subject, and decides what the subject was.
    pub fn said_zh(&self, left: Node<'t>, said: Node<'t>, span: Span) -> Made<Expr> {
        let left = self.logic(left)?;
        if has(&said, Rule::k_met) || has(&said, Rule::k_not_met) {
            if let Some(place) = said.clone().into_inner().find(|part| part.as_rule() == Rule::place) {
                return Err(self.gap(&place));
            }
            return Ok(expr(self.rules(None, left, said)?, span));
        }
        let none = has(&said, Rule::k_none);
        let mut parts = kids(said);
        if let Some(range) = parts.take(Rule::name).or_else(|| parts.take(Rule::rule_range)) {
            return Err(self.fault(say::RulesWanted {}, self.span(&range)));
        }
        let rows = match parts.take(Rule::place) {
            Some(place) => self.rows(self.place(place)?, Some(left))?,
            None => self.rows(left, None)?,
        };
        if none {
            let says = self.logic(parts.next(self)?)?;
            return Ok(expr(ExprKind::Sentence(Sentence { quantity: Quantifier::No, rows, says, whom: Vec::new() }), span));
        }
        let bound = self.bound(&mut parts)?;
        Ok(expr(self.said(bound, rows, parts)?, span))
    }

    /// What is said of rows, and of whom among them.
    fn said(&self, bound: Option<(Bound, Quantity)>, rows: Rows, mut parts: Kids<'t>) -> Made<ExprKind> {
        let quantity = bound.map_or(Quantifier::All, |(bound, amount)| Quantifier::Bound(bound, amount));
        let says = self.logic(parts.next(self)?)?;
        let whom = parts.rest().map(|whom| self.whom(whom)).collect::<Made<_>>()?;
        Ok(ExprKind::Sentence(Sentence { quantity, rows, says, whom }))
    }

    fn whom(&self, node: Node<'t>) -> Made<Whom> {
        let span = self.span(&node);
        let inner = kids(node.clone()).next(self)?;
        let last = inner.as_rule() == Rule::whom_last;
        let mut parts = kids(inner);
        let early = if last { Some(self.logic(parts.next(self)?)?) } else { None };
        let (bound, amount) = self.bound(&mut parts)?.ok_or_else(|| self.gap(&node))?;
        let says = match early {
            Some(says) => says,
            None => self.logic(parts.next(self)?)?,
        };
        Ok(Whom { bound, amount, says, span })
    }

    /// `at least 6`; nothing for `all of`.
    fn bound(&self, parts: &mut Kids<'t>) -> Made<Option<(Bound, Quantity)>> {
        let bound = if parts.take(Rule::b_least).is_some() {
            Bound::AtLeast
        } else if parts.take(Rule::b_most).is_some() {
            Bound::AtMost
        } else if parts.take(Rule::b_exactly).is_some() {
            Bound::Exactly
        } else {
            return Ok(None);
        };
        Ok(Some((bound, self.quantity(parts.next(self)?)?)))
    }

    /// `at least 6 of A1 to A7 met, the rest at least 85% of standard`, `A1 至 A7 中 至少 6 项 达标，余项 …`.
    fn rules(&self, bound: Option<(Bound, Quantity)>, first: Expr, said: Node<'t>) -> Made<ExprKind> {
        let wanted = if has(&said, Rule::k_not_met) { Status::NotMet } else { Status::Met };
        let ExprKind::Name(text) = *first.kind else {
            return Err(self.fault(say::RuleWanted { words: self.slice(first.span).into() }, first.span));
        };
        let mut parts = kids(said);
        let to = parts.take(Rule::name).map(|name| self.name(&name));
        let mut rules = vec![(Name { text, span: first.span }, to)];
        for range in parts.all(Rule::rule_range) {
            let mut ends = kids(range);
            let from = self.name(&ends.next(self)?);
            rules.push((from, ends.take(Rule::name).map(|to| self.name(&to))));
        }
        let bound = match bound {
            Some(bound) => Some(bound),
            None => self.bound(&mut parts)?,
        };
        let rest = match parts.take(Rule::the_rest) {
            Some(rest) => self.attainment(rest)?,
            None => None,
        };
        Ok(ExprKind::Rules(RulesSentence { bound, rules, wanted, rest }))
    }

    fn attainment(&self, node: Node<'t>) -> Made<Option<Quantity>> {
        kids(node).rest().find(|part| part.as_rule() == Rule::percent).map(|percent| self.quantity(percent)).transpose()
    }
}
