//! Heads of items: what is declared, before any clause is read.

use crate::base::fold::half_width_text;
use crate::model::ast::{Codes, Item, ItemKind, Measure, Name, Pack, Parameter, Quoted, RuleKind, Split, Table};

use super::grammar::Rule;
use super::token::{Build, Kids, Made, Node, kids};

impl<'t> Build<'t> {
    pub fn head(&self, node: Node<'t>) -> Made<Item> {
        let span = self.span(&node);
        let rule = node.as_rule();
        let whole = node.clone();
        let mut parts = kids(node);
        let kind = match rule {
            Rule::pack => ItemKind::Pack(self.pack(parts)?),
            Rule::codes => {
                let (id, titles) = (self.name(&parts.next(self)?), self.titles(&mut parts));
                let best_first = parts.take(Rule::ordered).is_some();
                ItemKind::Codes(Codes { id, titles, best_first, codes: Vec::new() })
            }
            Rule::table => ItemKind::Table(self.table(parts)?),
            Rule::split => ItemKind::Split(self.split(parts)?),
            Rule::parameter => ItemKind::Parameter(self.parameter(parts)?),
            Rule::measure => ItemKind::Measure(self.measure(parts)?),
            Rule::overriding => self.overriding(&whole, parts)?,
            Rule::waiver => self.waiver(parts)?,
            Rule::exception => self.exception(parts)?,
            Rule::veto => self.rule(RuleKind::Veto, parts)?,
            Rule::advice => self.rule(RuleKind::Advice, parts)?,
            Rule::level => self.rule(RuleKind::Level, parts)?,
            _ => self.rule(RuleKind::Rule, parts)?,
        };
        Ok(Item { span, kind, allows: Vec::new(), broken: false })
    }

    pub fn titles(&self, parts: &mut Kids<'t>) -> Vec<Quoted> {
        parts.all(Rule::title).iter().map(|title| self.text(title)).collect()
    }

    fn pack(&self, mut parts: Kids<'t>) -> Made<Pack> {
        let id = self.name(&parts.next(self)?);
        let version = half_width_text(parts.next(self)?.as_str());
        Ok(Pack { id, version, titles: self.titles(&mut parts), extends: None, authority: None, document: None, in_force: None })
    }

    fn table(&self, mut parts: Kids<'t>) -> Made<Table> {
        Ok(Table {
            id: self.name(&parts.next(self)?),
            titles: self.titles(&mut parts),
            keys: Vec::new(),
            key_of: Vec::new(),
            parents: Vec::new(),
            columns: Vec::new(),
            called: None,
            counted_in: None,
            filed_by: None,
            filed_as: None,
            evidence: None,
            period: None,
        })
    }

    fn split(&self, mut parts: Kids<'t>) -> Made<Split> {
        let [table, into, by] = [parts.next(self)?, parts.next(self)?, parts.next(self)?].map(|name| self.name(&name));
        Ok(Split { table, into, by, titles: self.titles(&mut parts), parts: Vec::new(), shared: Vec::new(), own: Vec::new() })
    }

    fn parameter(&self, mut parts: Kids<'t>) -> Made<Parameter> {
        let id = self.name(&parts.next(self)?);
        let titles = self.titles(&mut parts);
        let by = parts.take(Rule::by_codes).map(|by| kids(by).all(Rule::name).iter().map(|name| self.name(name)).collect()).unwrap_or_default();
        Ok(Parameter { id, titles, by, unit: self.in_unit(&mut parts)?, dated: Vec::new(), checked_up_to: None })
    }

    pub fn in_unit(&self, parts: &mut Kids<'t>) -> Made<Option<crate::model::ast::UnitExpr>> {
        let unit = parts.take(Rule::in_unit);
        unit.map(|unit| self.unit(kids(unit).next(self)?)).transpose()
    }

    fn measure(&self, mut parts: Kids<'t>) -> Made<Measure> {
        let id = self.name(&parts.next(self)?);
        let titles = self.titles(&mut parts);
        let of = self.name(&parts.next(self)?);
        let unit = self.in_unit(&mut parts)?;
        let body = parts.take(Rule::body).map(|body| self.body(body)).transpose()?;
        Ok(Measure { id, titles, of, unit, body, show: None })
    }

    fn rule(&self, kind: RuleKind, mut parts: Kids<'t>) -> Made<ItemKind> {
        let id = self.name(&parts.next(self)?);
        let titles = self.titles(&mut parts);
        let after = parts.take(Rule::name).map(|name| self.name(&name));
        Ok(ItemKind::Rule(crate::model::ast::Rule { after, ..blank_rule(kind, id, titles) }))
    }
}

/// A rule without clauses yet.
pub fn blank_rule(kind: RuleKind, id: Name, titles: Vec<Quoted>) -> crate::model::ast::Rule {
    crate::model::ast::Rule {
        kind,
        id,
        titles,
        after: None,
        cites: Vec::new(),
        each: Vec::new(),
        term: None,
        when: None,
        require: Vec::new(),
        grades: Vec::new(),
        message: None,
        remedy: None,
        show: None,
        in_force: None,
        withdrawn: None,
    }
}
