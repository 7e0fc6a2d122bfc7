//! Evidence: which columns of a table say what, and what a rule asks of a document.

use crate::model::ast::{EvidenceColumns, EvidenceSaid, Expr, ExprKind, Name};

use super::expr::expr;
use super::grammar::Rule;
use super::token::{Build, Made, Node, has, kids};
use crate::base::Span;

impl<'t> Build<'t> {
    /// `evidence for rule_id, issued issued_on, until valid_until, found finding`: each name by the word before it.
    pub fn evidence_columns(&self, node: &Node<'t>) -> Made<EvidenceColumns> {
        let mut word = None;
        let (mut rule, mut issued, mut until, mut found) = (None, None, None, None);
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::name => *match word {
                    Some(Rule::k_issued) => &mut issued,
                    Some(Rule::k_until) => &mut until,
                    Some(Rule::k_found) => &mut found,
                    _ => &mut rule,
                } = Some(self.name(&part)),
                other => word = Some(other),
            }
        }
        match (rule, found) {
            (Some(rule), Some(found)) => Ok(EvidenceColumns { rule, issued, until, found, span: self.span(node) }),
            _ => Err(self.gap(node)),
        }
    }

    /// `evidence issued within 3 years, found met`.
    pub fn evidenced(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let mut parts = kids(node);
        let of = match parts.take(Rule::text) {
            Some(text) => Some(self.text(&text)).map(|quoted| Name { text: quoted.text, span: quoted.span }),
            None => parts.take(Rule::name).map(|name| self.name(&name)),
        };
        let within = parts.take(Rule::issued).map(|issued| self.issued_within(&issued)).transpose()?;
        let found = parts.next(self)?;
        let place = self.span(&found);
        let found = kids(found).take(Rule::name).map_or_else(|| Name { text: self.slice(place).trim().to_string(), span: place }, |name| self.name(&name));
        Ok(expr(ExprKind::Evidence(EvidenceSaid { of, within, found }), span))
    }

    fn issued_within(&self, issued: &Node<'t>) -> Made<(crate::base::Number, bool)> {
        let number = kids(issued.clone()).next(self)?;
        Ok((self.number(&number)?, has(issued, Rule::k_months) || has(issued, Rule::k_months_within_zh)))
    }
}
