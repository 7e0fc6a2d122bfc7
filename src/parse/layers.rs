//! Heads and clauses of what stands upon another pack, or upon a rule: overrides, waivers, exceptions, and rules that were
//! withdrawn.

use crate::base::fold::half_width_text;
use crate::diag::catalog as say;
use crate::model::ast::{Claim, Exception, Extends, ItemKind, Override, Parameter, RuleKind, Waiver, Withdrawn};

use super::grammar::Rule;
use super::head::blank_rule;
use super::token::{Build, Kids, Made, Node, has};

impl<'t> Build<'t> {
    pub fn overriding(&self, node: &Node<'t>, mut parts: Kids<'t>) -> Made<ItemKind> {
        let claim = match () {
            () if has(node, Rule::k_stricter) => Claim::Stricter,
            () if has(node, Rule::k_looser) => Claim::Looser,
            () => Claim::Replaces,
        };
        let (id, titles) = (self.name(&parts.next(self)?), self.titles(&mut parts));
        let values = Parameter { id: id.clone(), titles: titles.clone(), by: Vec::new(), unit: None, dated: Vec::new(), checked_up_to: None };
        Ok(ItemKind::Override(Override { claim, values, ruling: blank_rule(RuleKind::Rule, id, titles) }))
    }

    pub fn waiver(&self, mut parts: Kids<'t>) -> Made<ItemKind> {
        let (of, titles) = (self.name(&parts.next(self)?), self.titles(&mut parts));
        Ok(ItemKind::Waiver(Waiver { of, titles, approved_by: None, document: None, in_force: None }))
    }

    pub fn exception(&self, mut parts: Kids<'t>) -> Made<ItemKind> {
        let (id, titles) = (self.name(&parts.next(self)?), self.titles(&mut parts));
        parts.take(Rule::comma);
        let to = self.name(&parts.next(self)?);
        Ok(ItemKind::Exception(Exception { to, exempt: None, priority: None, ruling: blank_rule(RuleKind::Rule, id, titles) }))
    }

    pub fn extends(&self, mut parts: Kids<'t>, node: &Node<'t>) -> Made<Extends> {
        let id = self.name(&parts.next(self)?);
        Ok(Extends { id, version: half_width_text(parts.next(self)?.as_str()), span: self.span(node) })
    }

    pub fn override_clause(&self, layer: &mut Override, rule: Rule, parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::dated | Rule::checked => self.parameter_clause(&mut layer.values, rule, parts, node),
            Rule::for_each | Rule::grade | Rule::withdrawn => Ok(false),
            _ => self.rule_clause(&mut layer.ruling, rule, parts, node),
        }
    }

    pub fn waiver_clause(&self, waiver: &mut Waiver, rule: Rule, mut parts: Kids<'t>) -> Made<bool> {
        match rule {
            Rule::approved => waiver.approved_by = Some(self.text(&parts.next(self)?)),
            Rule::document => waiver.document = Some(self.text(&parts.next(self)?)),
            Rule::in_force => waiver.in_force = Some(self.in_force(parts)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub fn exception_clause(&self, exception: &mut Exception, rule: Rule, mut parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::exempt => exception.exempt = Some(self.span(node)),
            Rule::priority => {
                let written = parts.next(self)?;
                let place = self.number(&written)?.to_i64().and_then(|place| u32::try_from(place).ok()).filter(|place| *place > 0);
                exception.priority = Some(place.ok_or_else(|| self.fault(say::PriorityPlace { number: written.as_str().trim().into() }, self.span(&written)))?);
            }
            // What is shown of a unit is what the rule itself says.
            Rule::for_each | Rule::grade | Rule::withdrawn | Rule::message | Rule::remedy => return Ok(false),
            _ => return self.rule_clause(&mut exception.ruling, rule, parts, node),
        }
        Ok(true)
    }

    pub fn withdrawn(&self, mut parts: Kids<'t>, node: &Node<'t>) -> Made<Withdrawn> {
        let from = self.date(&parts.next(self)?)?;
        parts.take(Rule::comma);
        let authority = self.text(&parts.next(self)?);
        parts.take(Rule::comma);
        Ok(Withdrawn { from, authority, reason: self.text(&parts.next(self)?), span: self.span(node) })
    }
}
