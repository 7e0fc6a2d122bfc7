//! Sentences about rules: how many of them are met, and what the rest must reach.

use crate::base::Span;
use crate::diag::catalog as say;
use crate::model::ast::{Expr, ExprKind, Grade, Name, Quantity, Rest, RulesSentence, Status, Wanted};
use crate::model::op::{Arith, Bound};

use super::expr::{expr, relation};
use super::grammar::Rule;
use super::sentence::bound_of;
use super::token::{Build, Kids, Made, Node, has, kids};

impl<'t> Build<'t> {
    /// `at least 6 of A1 to A7 met, the rest at least 85% of standard`, `A1 至 A7 中 至少 6 项 达标，余项 …`.
    pub fn rules(&self, bound: Option<(Bound, Quantity)>, first: Expr, said: Node<'t>) -> Made<ExprKind> {
        let counted = said.clone().into_inner().find(|part| matches!(part.as_rule(), Rule::counted_status | Rule::counted_grade));
        let wanted = wanted(counted.as_ref().unwrap_or(&said));
        let span = first.span;
        let mut parts = kids(said);
        let first = match *first.kind {
            ExprKind::Name(text) => (Name { text, span }, None),
            // L1-L7 reads as a difference first.
            ExprKind::Arith(Arith::Sub, from, to) => match (*from.kind, *to.kind) {
                (ExprKind::Name(first), ExprKind::Name(last)) => (Name { text: first, span: from.span }, Some(Name { text: last, span: to.span })),
                _ => return Err(self.fault(say::RuleWanted { words: self.slice(span).into() }, span)),
            },
            _ => return Err(self.fault(say::RuleWanted { words: self.slice(span).into() }, span)),
        };
        let _ = parts.take(Rule::range_sign).or_else(|| parts.take(Rule::minus));
        let to = parts.take(Rule::name).map(|name| self.name(&name));
        let mut rules = vec![(first.0, first.1.or(to))];
        rules.extend(self.ranges(&mut parts)?);
        let bound = match (bound, parts.take(Rule::counted_status).or_else(|| parts.take(Rule::counted_grade))) {
            (Some(bound), _) => Some(bound),
            (None, Some(counted)) => Some(self.counted_status(counted)?),
            (None, None) => self.bound(&mut parts)?,
        };
        let rest = self.the_rest(&mut parts)?;
        Ok(ExprKind::Rules(RulesSentence { bound, rules, wanted, rest }))
    }

    /// 全部 A1 至 A7 达标.
    pub fn all_rules(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let wanted = wanted(&node);
        let mut parts = kids(node);
        let rules = self.ranges(&mut parts)?;
        let rest = self.the_rest(&mut parts)?;
        Ok(expr(ExprKind::Rules(RulesSentence { bound: None, rules, wanted, rest }), span))
    }

    fn ranges(&self, parts: &mut Kids<'t>) -> Made<Vec<(Name, Option<Name>)>> {
        let range = |range: Node<'t>| {
            let mut ends = kids(range);
            let from = self.name(&ends.next(self)?);
            let _ = ends.take(Rule::range_sign).or_else(|| ends.take(Rule::minus));
            Ok((from, ends.take(Rule::name).map(|to| self.name(&to))))
        };
        parts.all(Rule::rule_range).into_iter().map(range).collect()
    }

    fn the_rest(&self, parts: &mut Kids<'t>) -> Made<Option<Rest>> {
        let Some(rest) = parts.take(Rule::the_rest) else { return Ok(None) };
        match kids(rest).rest().find(|part| part.as_rule() == Rule::percent) {
            Some(percent) => Ok(Some(Rest::Standard(self.quantity(percent)?))),
            None => Ok(Some(Rest::Basic)),
        }
    }

    /// 不达标 不超过 2 项, 达标 至少 6 项.
    fn counted_status(&self, node: Node<'t>) -> Made<(Bound, Quantity)> {
        let mut parts = kids(node.clone());
        if let Some(bound) = self.bound(&mut parts)? {
            return Ok(bound);
        }
        let bound = bound_of(relation(&parts.next(self)?)).ok_or_else(|| self.gap(&node))?;
        Ok((bound, self.quantity(parts.next(self)?)?))
    }
}

/// Whether rules are spoken of: 达标 or 不达标 behind them.
pub fn says_status(said: &Node) -> bool {
    said.as_rule() == Rule::graded_zh || [Rule::k_met, Rule::k_not_met, Rule::counted_status].iter().any(|rule| has(said, *rule))
}

fn wanted(said: &Node) -> Wanted {
    if let Some(grade) = grade(said) {
        return Wanted::Grade(grade);
    }
    Wanted::Status(if has(said, Rule::k_not_met) { Status::NotMet } else { Status::Met })
}

/// The grade that a node names.
pub fn grade(node: &Node) -> Option<Grade> {
    let words = [(Rule::k_qualified, Grade::Qualified), (Rule::k_basic, Grade::Basic), (Rule::k_unqualified, Grade::NotQualified)];
    words.into_iter().find(|(word, _)| has(node, *word)).map(|(_, grade)| grade)
}
