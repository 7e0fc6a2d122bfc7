//! Sentences: something said of rows. English puts the condition behind the noun, Chinese
//! before it; both make one tree.

use crate::base::{Number, Span};
use crate::diag::catalog as say;
use crate::model::ast::{AggregateCall, Expr, ExprKind, Quantifier, Quantity, Rows, Sentence, Weight, Whom};
use crate::model::op::{Aggregate, Bound, Compare};

use super::expr::{expr, relation};
use super::fault;
use super::grammar::Rule;
use super::rules::says_status;
use super::token::{Build, Kids, Made, Node, has, kids};

impl<'t> Build<'t> {
    /// `section`, `section where counted`, `参评 的 学段部`.
    pub fn population(&self, node: Node<'t>) -> Made<Rows> {
        let chinese = has(&node, Rule::k_de);
        let mut parts = kids(node);
        let first = self.logic(parts.next(self)?)?;
        match parts.more() {
            None => self.rows(first, None),
            Some(place) if chinese => self.rows(self.place_by_role(place, &mut parts)?, Some(first)),
            Some(filter) => self.rows(first, Some(self.logic(filter)?)),
        }
    }

    pub fn rows(&self, name: Expr, filter: Option<Expr>) -> Made<Rows> {
        let span = filter.as_ref().map_or(name.span, |filter| name.span.to(filter.span));
        self.refuse_period_before_rows(&name, filter.as_ref(), span)?;
        let (name, role) = match *name.kind {
            ExprKind::ByRole(of, role) => (of, Some(role)),
            _ => (name, None),
        };
        match *name.kind {
            ExprKind::Name(_) | ExprKind::Of(..) => Ok(Rows { name, role, filter: filter.map(Box::new), span }),
            ExprKind::And(_) | ExprKind::Or(_) => Err(self.fault(say::SentenceBeside { instead: format!("({})", self.slice(span)).into() }, span)),
            _ => Err(self.fault(say::RowsWanted { words: self.slice(name.span).into() }, name.span)),
        }
    }

    /// A table, with the role that may stand behind it.
    fn place_by_role(&self, place: Node<'t>, parts: &mut Kids<'t>) -> Made<Expr> {
        let place = self.place(place)?;
        match parts.take(Rule::by_role) {
            Some(role) => self.by_role(place, role),
            None => Ok(place),
        }
    }

    /// `pair as urban`.
    pub fn by_role(&self, of: Expr, role: Node<'t>) -> Made<Expr> {
        let span = of.span.to(self.span(&role));
        Ok(expr(ExprKind::ByRole(of, self.name(&kids(role).next(self)?)), span))
    }

    pub fn place(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let name = self.name(&parts.next(self)?);
        Ok(match parts.more() {
            Some(column) => expr(ExprKind::Of(name, self.name(&column)), span),
            None => expr(ExprKind::Name(name.text), span),
        })
    }

    /// `every class has …`, `no class has …`, `每个 班级 的 …`, `每个 班级 …`, `没有 … 的 班级`.
    pub fn sentence_of_rows(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let refuses = node.as_rule() == Rule::none;
        let quantity = if refuses { Quantifier::No } else { Quantifier::Every };
        let filtered = has(&node, Rule::k_where);
        let mut parts = kids(node);
        let segments: Vec<Node> = kids(parts.next(self)?).rest().collect();
        let filter = if filtered { Some(self.logic(parts.next(self)?)?) } else { None };
        let (rows, says) = self.rows_and_said(segments, filter, parts.more(), refuses, span)?;
        Ok(expr(ExprKind::Sentence(Sentence { quantity, rows, says, whom: Vec::new() }), span))
    }

    /// `至少 85% 的 班级 …`, `85% 以上 的 …`, `不少于 85% 的 …`.
    pub fn share_first(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let mut parts = kids(node.clone());
        let (bound, amount) = match self.bound(&mut parts)? {
            Some(bound) => bound,
            None => {
                let bound = if has(&node, Rule::r_ge) || node.clone().into_inner().any(|part| part.as_rule() == Rule::limit_word && has(&part, Rule::k_or_more_zh)) { Bound::AtLeast } else { Bound::AtMost };
                let _ = parts.take(Rule::r_ge).or_else(|| parts.take(Rule::r_le));
                let amount = self.quantity(parts.next(self)?)?;
                let _ = parts.take(Rule::limit_word);
                (bound, amount)
            }
        };
        let segments: Vec<Node> = kids(parts.next(self)?).rest().collect();
        let told = parts.take(Rule::beside).or_else(|| parts.take(Rule::logic));
        let (rows, says) = self.rows_and_said(segments, None, told, false, span)?;
        let whom = self.whoms(&rows, parts)?;
        Ok(expr(ExprKind::Sentence(Sentence { quantity: Quantifier::Bound(bound, amount), rows, says, whom }), span))
    }

    /// The rows, and what is said of them: behind the rows, before them with `no`, or in one comparison with them.
    fn rows_and_said(&self, mut segments: Vec<Node<'t>>, filter: Option<Expr>, told: Option<Node<'t>>, refuses: bool, span: Span) -> Made<(Rows, Expr)> {
        let silent = || self.fault(say::NothingSaid { words: self.slice(span).into() }, span);
        let says = match told {
            Some(told) => self.told(told, &segments)?,
            None if segments.len() < 2 => return self.evenly(segments.pop().ok_or_else(silent)?)?.ok_or_else(silent),
            None if refuses => self.logic(segments.remove(0))?,
            None => Build { even: true, ..*self }.logic(segments.pop().ok_or_else(silent)?)?,
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
        Ok((self.rows(table, filter)?, says))
    }

    /// What is said of rows, behind them.
    pub fn told(&self, node: Node<'t>, rows: &[Node<'t>]) -> Made<Expr> {
        match node.as_rule() {
            Rule::half => self.half(node),
            Rule::has_zh => self.has_rows(node),
            Rule::beside => {
                let says = Build { even: true, ..*self }.logic(kids(node.clone()).next(self)?)?;
                if let (ExprKind::Name(second), false) = (&*says.kind, rows.is_empty()) {
                    // Two names and no more: a condition and its rows, with 的 left out.
                    let first = rows.last().map_or("", |row| self.slice(self.span(row)));
                    let row = rows.last().map_or(says.span, |row| self.span(row));
                    return Err(self.fault(say::SideBySide { first: first.into(), second: second.as_str().into(), joined: fault::joined(first, second) }, row.to(says.span)));
                }
                Ok(says)
            }
            _ => self.logic(node),
        }
    }

    /// `at most 45 pupils`, without the column that is at most 45.
    pub fn half(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let op = relation(&parts.next(self)?);
        Ok(expr(ExprKind::Unsaid(op, self.primary(parts.next(self)?)?), span))
    }

    /// `至少 有 1 所 公办 的 幼儿园`, said of each row: so many rows beneath it.
    fn has_rows(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let mut parts = kids(node.clone());
        let (bound, amount) = self.bound(&mut parts)?.ok_or_else(|| self.gap(&node))?;
        let rows = self.rows_zh(parts.next(self)?)?;
        let (limit, of) = (amount.span, rows.span);
        Ok(expr(ExprKind::Compare(bound.compare(), counted(rows, of), expr(ExprKind::Quantity(amount), limit)), span))
    }

    /// `班级`, `公办 的 幼儿园`, `公办 幼儿园`.
    pub fn rows_zh(&self, node: Node<'t>) -> Made<Rows> {
        let mut parts = kids(node);
        let first = self.name(&parts.next(self)?);
        let first = expr(ExprKind::Name(first.text), first.span);
        match parts.take(Rule::place) {
            Some(place) => self.rows(self.place(place)?, Some(first)),
            None => self.rows(first, None),
        }
    }

    /// `每个 教师 均 为 持证`: without 的, rows and what is said of them read as a comparison first. A comparison of any
    /// other kind, as in `every class is at most 45`, leaves out what is compared.
    fn evenly(&self, segment: Node<'t>) -> Made<Option<(Rows, Expr)>> {
        let whole = Build { even: true, ..*self }.logic(segment)?;
        let between = |left: Span, right: Span| self.slice(Span { start: left.end, end: right.start, ..left }).trim();
        let span = whole.span;
        Ok(match *whole.kind {
            ExprKind::Compare(Compare::Eq, table, says) if between(table.span, says.span).starts_with(['均', '都', '为', '是']) => Some((self.rows(table, None)?, says)),
            ExprKind::Compare(op, table, limit) if matches!(*table.kind, ExprKind::Name(_)) && op != Compare::Eq => {
                let behind = Span { start: table.span.end, ..span };
                let blank = self.slice(behind).len() - self.slice(behind).trim_start().len();
                let span = Span { start: behind.start + u32::try_from(blank).unwrap_or(0), ..span };
                Some((self.rows(table, None)?, expr(ExprKind::Unsaid(op, limit), span)))
            }
            _ => None,
        })
    }

    /// English: `at least N of …`, `all of …`, `none of …`, of rows or of rules.
    pub fn amounted(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let of_none = has(&node, Rule::k_none_of);
        let mut parts = kids(node);
        let bound = self.bound(&mut parts)?;
        let subject = parts.next(self)?;
        let subject = self.place_by_role(subject, &mut parts)?;
        let table = match parts.take(Rule::place) {
            Some(table) => Some(self.place_by_role(table, &mut parts)?),
            None => None,
        };
        let said = parts.next(self)?;
        if said.as_rule() == Rule::said_of_rules {
            if let Some(table) = table {
                return Err(self.fault(say::RuleWanted { words: self.slice(subject.span.to(table.span)).into() }, subject.span.to(table.span)));
            }
            let zero = Quantity { number: Number::ZERO, percent: false, unit: None, span: subject.span };
            let bound = if of_none { Some((Bound::AtMost, zero)) } else { bound };
            let made = self.rules(bound, subject, said)?;
            return Ok(expr(made, span));
        }
        let filtered = has(&said, Rule::k_where);
        let mut parts = kids(said);
        let filter = if filtered { Some(self.logic(parts.next(self)?)?) } else { None };
        let rows = match (table, filter) {
            (Some(table), None) => self.rows(table, Some(subject))?,
            (None, filter) => self.rows(subject, filter)?,
            (Some(table), Some(filter)) => {
                let both = subject.span.to(filter.span);
                self.rows(table, Some(expr(ExprKind::And(vec![subject, filter]), both)))?
            }
        };
        let quantity = match bound {
            Some((bound, amount)) => Quantifier::Bound(bound, amount),
            None if of_none => Quantifier::No,
            None => Quantifier::All,
        };
        let says = self.told(parts.next(self)?, &[])?;
        let whom = self.whoms(&rows, parts)?;
        Ok(expr(ExprKind::Sentence(Sentence { quantity, rows, says, whom }), span))
    }

    /// Chinese: what is said stands behind its subject, and decides what the subject was.
    pub fn said_zh(&self, left: Node<'t>, said: Node<'t>, span: Span) -> Made<Expr> {
        let left = self.logic(left)?;
        if says_status(&said) {
            if let Some(place) = said.clone().into_inner().find(|part| part.as_rule() == Rule::place) {
                return Err(self.gap(&place));
            }
            return Ok(expr(self.rules(None, left, said)?, span));
        }
        let none = has(&said, Rule::k_none);
        let joined = has(&said, Rule::k_de);
        let mut parts = kids(said);
        if let Some(range) = parts.take(Rule::name).or_else(|| parts.take(Rule::rule_range)) {
            return Err(self.fault(say::RulesWanted {}, self.span(&range)));
        }
        let mut left = left;
        let place = match parts.take(Rule::place) {
            Some(place) => Some(self.place_by_role(place, &mut parts)?),
            None => None,
        };
        if let Some(role) = parts.take(Rule::by_role) {
            left = self.by_role(left, role)?;
        }
        if let Some(share) = parts.take(Rule::share_zh) {
            return self.share_zh(left, place, joined, share, span);
        }
        if none {
            let rows = self.rows_of(left, place)?;
            let says = self.logic(parts.next(self)?)?;
            return Ok(expr(ExprKind::Sentence(Sentence { quantity: Quantifier::No, rows, says, whom: Vec::new() }), span));
        }
        let quantity = self.bound(&mut parts)?.map_or(Quantifier::All, |(bound, amount)| Quantifier::Bound(bound, amount));
        if let Some(chain) = parts.take(Rule::chain) {
            // 班级 的 学生数 全部 不超过 45: the second name is a column of the first.
            let column = place.ok_or_else(|| self.gap(&chain))?;
            let span_of = column.span.to(self.span(&chain));
            let says = self.chain(column, chain, span_of)?;
            let rows = self.rows(left, None)?;
            let whom = self.whoms(&rows, parts)?;
            return Ok(expr(ExprKind::Sentence(Sentence { quantity, rows, says, whom }), span));
        }
        let rows = self.rows_of(left, place)?;
        let says = self.told(parts.next(self)?, &[])?;
        let whom = self.whoms(&rows, parts)?;
        Ok(expr(ExprKind::Sentence(Sentence { quantity, rows, says, whom }), span))
    }

    /// `教师`, or `符合交流条件 的 教师` where a place stands behind its condition.
    pub fn rows_of(&self, left: Expr, place: Option<Expr>) -> Made<Rows> {
        match place {
            Some(place) => self.rows(place, Some(left)),
            None => self.rows(left, None),
        }
    }

    pub fn whoms(&self, rows: &Rows, mut parts: Kids<'t>) -> Made<Vec<Whom>> {
        parts.rest().filter(|whom| whom.as_rule() == Rule::of_whom).map(|whom| self.whom(rows, whom)).collect()
    }

    fn whom(&self, rows: &Rows, node: Node<'t>) -> Made<Whom> {
        let span = self.span(&node);
        let mut parts = kids(node.clone());
        if let Some(last) = parts.take(Rule::whom_last) {
            return self.whom_last(rows, last, span);
        }
        let mut parts = match parts.take(Rule::whom_first) {
            Some(first) => kids(first),
            None => parts,
        };
        let (bound, amount) = self.bound(&mut parts)?.ok_or_else(|| self.gap(&node))?;
        Ok(Whom { bound, amount, says: self.logic(parts.next(self)?)?, span })
    }

    /// `其中 骨干 至少 20%`, `其中 骨干 不低于 20%`, `其中 骨干 的 教师 占 20% 以上`.
    fn whom_last(&self, rows: &Rows, node: Node<'t>, span: Span) -> Made<Whom> {
        let mut parts = kids(node.clone());
        let says = self.logic(parts.next(self)?)?;
        if let Some(place) = parts.take(Rule::place) {
            let place = self.place(place)?;
            let same = matches!((&*place.kind, &*rows.name.kind), (ExprKind::Name(place), ExprKind::Name(rows)) if place == rows);
            if !same {
                return Err(self.fault(say::RowsWanted { words: self.slice(place.span).into() }, place.span));
            }
        }
        if let Some((bound, amount)) = self.bound(&mut parts)? {
            return Ok(Whom { bound, amount, says, span });
        }
        if let Some(amount) = parts.take(Rule::percent) {
            let bound = if parts.take(Rule::limit_word).is_some_and(|word| has(&word, Rule::k_or_less_zh)) { Bound::AtMost } else { Bound::AtLeast };
            return Ok(Whom { bound, amount: self.quantity(amount)?, says, span });
        }
        if let Some(op) = parts.more() {
            let bound = bound_of(relation(&op)).ok_or_else(|| self.gap(&op))?;
            return Ok(Whom { bound, amount: self.quantity(parts.next(self)?)?, says, span });
        }
        match *says.kind {
            ExprKind::Compare(op, says, amount) => match (bound_of(op), *amount.kind) {
                (Some(bound), ExprKind::Quantity(amount)) if amount.percent => Ok(Whom { bound, amount, says, span }),
                _ => Err(self.gap(&node)),
            },
            _ => Err(self.gap(&node)),
        }
    }

    /// `at least 6`; nothing for `all of`.
    pub fn bound(&self, parts: &mut Kids<'t>) -> Made<Option<(Bound, Quantity)>> {
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
}

/// A comparison that may bound a share.
pub fn bound_of(op: Compare) -> Option<Bound> {
    match op {
        Compare::Ge => Some(Bound::AtLeast),
        Compare::Le => Some(Bound::AtMost),
        Compare::Eq => Some(Bound::Exactly),
        _ => None,
    }
}

/// How many rows there are.
pub fn counted(rows: Rows, span: Span) -> Expr {
    expr(ExprKind::Aggregate(AggregateCall { what: Aggregate::Count, degree: None, operand: None, rows, weight: Weight::Unsaid, spread: None, span }), span)
}
