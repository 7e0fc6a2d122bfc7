//! Periods: `in this school year`, `each semester`, `3 years earlier`, `rising since 2022`.

use crate::base::fold::half_width_text;
use crate::base::{Span, Term, TermKind};
use crate::diag::catalog as say;
use crate::model::ast::{Expr, ExprKind, Rows, Rule as Ruling, TermClause};
use crate::model::when::When;

use super::grammar::Rule;
use super::token::{Build, Kids, Made, Node, has, kids};

/// Which kind of period a word names.
pub fn term_kind(word: &Node) -> TermKind {
    match word.as_rule() {
        Rule::t_semester => TermKind::Semester,
        Rule::t_year => TermKind::Year,
        _ => TermKind::SchoolYear,
    }
}

impl<'t> Build<'t> {
    /// Who is asked, and for which period.
    pub fn for_each(&self, ruling: &mut Ruling, mut parts: Kids<'t>) -> Made<()> {
        let (mut asked, mut term) = (Vec::new(), None);
        for part in parts.rest() {
            let span = self.span(&part);
            if part.as_rule() == Rule::each {
                let (each, when) = self.each(part)?;
                asked.push(each);
                let Some(when) = when else { continue };
                if when.kind().is_none() {
                    return Err(self.fault(say::NoTermAtHand { words: say::quoted(&self.slice(span).into()) }, span));
                }
                self.one_term(&mut term, TermClause { each: None, when: Some(when), span })?;
            } else {
                let clause = self.term_clause(part, span)?;
                self.one_term(&mut term, clause)?;
            }
        }
        // All of it or nothing: who is asked is not known by half.
        (ruling.each, ruling.term) = (asked, term);
        Ok(())
    }

    fn one_term(&self, term: &mut Option<TermClause>, found: TermClause) -> Made<()> {
        let span = found.span;
        if term.replace(found).is_some() {
            return Err(self.fault(say::TermTwice { words: self.slice(span).into() }, span));
        }
        Ok(())
    }

    fn term_clause(&self, node: Node<'t>, span: Span) -> Made<TermClause> {
        let each = node.clone().into_inner().find(|part| matches!(part.as_rule(), Rule::t_school_year | Rule::t_semester | Rule::t_year)).map(|word| term_kind(&word));
        let when = node.into_inner().find(|part| part.as_rule() == Rule::term_said).map(|said| self.said_term(&said)).transpose()?;
        Ok(TermClause { each, when, span })
    }

    /// `this school year`, `school year 2024-2025`, 上一学年.
    pub fn said_term(&self, node: &Node<'t>) -> Made<When> {
        let of = |kind, back| Ok(When::Of { kind, back });
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::k_this_school_year => return of(TermKind::SchoolYear, 0),
                Rule::k_last_school_year => return of(TermKind::SchoolYear, 1),
                Rule::k_this_year => return of(TermKind::Year, 0),
                Rule::k_last_year => return of(TermKind::Year, 1),
                Rule::school_year_label | Rule::semester_label | Rule::year_label | Rule::year_label_zh => return self.label(&part).map(When::Given),
                _ => {}
            }
        }
        Err(self.gap(node))
    }

    /// `2025-2026`, `2025-2026-1`, `2025`. Errors: no such school year or semester.
    pub fn label(&self, node: &Node<'t>) -> Made<Term> {
        let kind = match node.as_rule() {
            Rule::school_year_label => TermKind::SchoolYear,
            Rule::semester_label => TermKind::Semester,
            _ => TermKind::Year,
        };
        let span = self.span(node);
        Term::read(kind, &half_width_text(node.as_str())).ok_or_else(|| self.fault(say::ImpossibleTerm { words: self.slice(span).into() }, span))
    }

    /// `x in last school year`, `x 3 years earlier`, behind the value.
    pub fn behind(&self, node: &Node<'t>, of: Expr) -> Made<ExprKind> {
        Ok(ExprKind::InTerm(self.when(node)?, of))
    }

    /// 上一学年 的 x, 3 年前 的 x.
    pub fn in_front(&self, node: Node<'t>) -> Made<ExprKind> {
        let when = self.when(&node)?;
        let of = kids(node.clone()).rest().find(|part| part.as_rule() == Rule::simple).ok_or_else(|| self.gap(&node))?;
        Ok(ExprKind::InTerm(when, self.primary(of)?))
    }

    fn when(&self, node: &Node<'t>) -> Made<When> {
        if has(node, Rule::k_year_before) {
            return Ok(When::Earlier(1));
        }
        let first = kids(node.clone()).next(self)?;
        if first.as_rule() == Rule::term_said {
            return self.said_term(&first);
        }
        let years = self.number(&first)?.to_i64().and_then(|years| i32::try_from(years).ok()).filter(|years| (1..=999).contains(years));
        let span = self.span(&first);
        years.map(When::Earlier).ok_or_else(|| self.fault(say::ImpossibleTerm { words: self.slice(span).into() }, span))
    }

    /// `teacher in last school year`, 上一学年 的 教师: the rows, and the period that stands beside their table.
    pub fn population_of_term(&self, node: Node<'t>) -> Made<(Rows, Option<When>)> {
        let chinese = has(&node, Rule::k_de);
        let mut parts = kids(node.clone());
        let first = self.logic(parts.next(self)?)?;
        match *first.kind {
            ExprKind::InTerm(when, name) if !chinese => {
                let filter = parts.more().map(|filter| self.logic(filter)).transpose()?;
                Ok((self.rows(name, filter)?, Some(when)))
            }
            _ => Ok((self.population(node)?, None)),
        }
    }

    /// A period before or behind a table could be that of the rows, or that of what is said of them.
    pub fn refuse_period_before_rows(&self, name: &Expr, filter: Option<&Expr>, span: Span) -> Made<()> {
        let in_front = |expr: &Expr| matches!(&*expr.kind, ExprKind::InTerm(_, of) if of.span.start > expr.span.start && !self.slice(expr.span).starts_with(['(', '（']));
        if matches!(*name.kind, ExprKind::InTerm(..)) || filter.is_some_and(in_front) {
            return Err(self.fault(say::TermBesideRows { words: self.slice(span).into() }, span));
        }
        Ok(())
    }

    /// `x rising since 2022`.
    pub fn rising(&self, of: Expr, tail: Node<'t>) -> Made<ExprKind> {
        let label = kids(kids(tail).next(self)?).next(self)?;
        Ok(ExprKind::Rising { of, since: self.label(&label)?.year })
    }
}
