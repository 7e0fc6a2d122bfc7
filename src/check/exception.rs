//! Exceptions to rules: for whom, what instead, when, and which goes first.

use std::collections::BTreeSet;

use crate::base::{Text, fold};
use crate::diag::catalog::{ExceptionsOverlap, ExemptAndRequired, NotAbove};
use crate::model::ast::{self, ItemKind};
use crate::model::keys::{Key, Keys};
use crate::model::plan::{ExceptionDef, Level, Node, Plan, Type};

use super::index::Index;
use super::parameter::period;
use super::{Checker, titles, unlabelled};

impl<'a> Checker<'a> {
    pub(super) fn exceptions(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        let mut known = Index::default();
        let mut spans = Vec::new();
        for item in items {
            let ItemKind::Exception(exception) = &item.kind else { continue };
            let id = &exception.ruling.id;
            let names = titles(&id.text, &exception.ruling.titles);
            let by_id = crate::model::plan::Titles { id: names.id.clone(), en: None, zh: None };
            if let Err(first) = known.add(&by_id, spans.len()) {
                self.twice(id, spans.get(first).copied());
                continue;
            }
            spans.push(id.span);
            if let Some((rule, def)) = self.exception(exception, names, item.broken) {
                self.plan.rules[rule].exceptions.push(def);
            }
        }
        for rule in 0..self.plan.rules.len() {
            self.refuse_overlaps(rule);
        }
    }

    fn exception(&mut self, exception: &'a ast::Exception, names: crate::model::plan::Titles, broken: bool) -> Option<(usize, ExceptionDef)> {
        let said = &exception.ruling;
        match (exception.exempt, said.require.is_empty()) {
            (Some(exempt), false) => self.say(ExemptAndRequired { name: said.id.text.as_str().into() }, exempt, unlabelled()),
            (None, true) if !broken => {
                let called = Text::new(format!("exception {}", said.id.text), format!("特殊情形 {}", said.id.text));
                self.nothing_said(called, Text::new("require` or `exempt", "要求”或“豁免"), said.id.span);
            }
            _ => {}
        }
        let rule = self.rule_named(&exception.to)?;
        let def = &self.plan.rules[rule];
        let (whole, above, declared) = (def.at == Level::default(), def.pack, def.span);
        let pack = self.pack_at(said.id.span);
        if pack != above && !self.plan.is_above(above, pack) {
            let id = |pack: usize| Text::from(&self.plan.packs[pack].id);
            self.say(NotAbove { name: exception.to.text.as_str().into(), own: id(pack), pack: id(above) }, exception.to.span, Text::new("an exception to it", "对它规定例外"));
            self.beside(declared, Text::new("declared here", "声明于此"));
            return None;
        }
        if self.doubtful[rule] && whole {
            return None;
        }
        self.at_hand(rule);
        let scope = self.rule_scope(rule);
        let when = said.when.as_ref().map(|when| self.truth(when, &scope));
        let mut require: Vec<Node> = said.require.iter().map(|require| self.truth(require, &scope)).collect();
        if require.iter().chain(&when).any(|node| node.ty == Type::Unknown) {
            return None;
        }
        self.no_level_skipped(rule, &mut require, exception.to.span);
        let waiver = self.waiver(pack, |_, waived| fold(waived) == fold(&said.id.text));
        if require.is_empty() && exception.exempt.is_none() {
            return None;
        }
        let cites = said.cites.iter().map(|quoted| quoted.text.clone()).collect();
        let days = self.period_of(pack, waiver.as_ref()).within(period(said.in_force.as_ref()));
        Some((rule, ExceptionDef { names, pack, cites, when, require, show: said.show, priority: exception.priority, period: days, waiver, span: said.id.span }))
    }

    /// Two that hold for one unit on one day, with nothing to say which goes first, as far as that can be seen without data.
    fn refuse_overlaps(&mut self, rule: usize) {
        for (first, second) in overlaps(&self.plan, rule) {
            let def = &self.plan.rules[rule];
            let (first, second) = (&def.exceptions[first], &def.exceptions[second]);
            let spans = (first.span, second.span);
            let message = ExceptionsOverlap { first: (&first.names.id).into(), second: (&second.names.id).into(), rule: (&def.names.id).into() };
            self.say(message, spans.1, Text::new("this one", "此处"));
            self.beside(spans.0, Text::new("and this one", "与此处"));
        }
    }
}

/// Pairs of exceptions of which one holds wherever the other does: each thing that it asks, the other asks too.
fn overlaps(plan: &Plan, rule: usize) -> Vec<(usize, usize)> {
    let list = &plan.rules[rule].exceptions;
    if list.len() < 2 {
        return Vec::new();
    }
    let keys = Keys::new(plan);
    let asked: Vec<BTreeSet<Key>> = list.iter().map(|one| one.when.iter().flat_map(Node::conjuncts).map(|node| keys.of(node)).collect()).collect();
    let mut found = Vec::new();
    for (at, second) in list.iter().enumerate() {
        for (before, first) in list[..at].iter().enumerate() {
            let some_day = first.period.within(second.period).has_days();
            let ordered = first.goes_before(second) || second.goes_before(first);
            if some_day && !ordered && (asked[before].is_subset(&asked[at]) || asked[at].is_subset(&asked[before])) {
                found.push((before, at));
            }
        }
    }
    found
}
