//! Rules: who is asked, when it bites, what is required.

use crate::base::{Number, Span, Text, Unit};
use crate::diag::catalog::{UnknownRule, WrongType};
use crate::model::ast::{self, Each, ExprKind, ItemKind, Name};
use crate::model::plan::{Level, Node, NodeKind, Rest, Period, RuleDef, RulesDef, Type, WithdrawnDef};

use super::index::suggest;
use super::parameter::{before, period, type_name};
use super::scope::{node, unknown};
use super::{Checker, term, titles, unlabelled};

/// Of a range so many missing rules are named one by one.
const MOST_NAMED: usize = 3;

impl<'a> Checker<'a> {
    /// Every rule's id first, so that rules may count those that stand later.
    pub(super) fn declare_rules(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        for item in items {
            let ItemKind::Rule(rule) = &item.kind else { continue };
            let names = titles(&rule.id.text, &rule.titles);
            // Rules are named by id alone: their titles are not names.
            let by_id = crate::model::plan::Titles { id: names.id.clone(), en: None, zh: None };
            if let Err(first) = self.rules.add(&by_id, self.plan.rules.len()) {
                let first = self.plan.rules[first].span;
                self.again(&rule.id, first);
                continue;
            }
            self.refuse_both(rule);
            if rule.require.is_empty() && rule.grades.is_empty() && !item.broken {
                self.nothing_said(Text::new(format!("rule {}", rule.id.text), format!("指标 {}", rule.id.text)), Text::new("require", "要求"), rule.id.span);
            }
            // Who is asked was written and not understood: what is said of them cannot be judged, and no name is at fault.
            if !(item.broken && rule.each.is_empty()) {
                self.rule_items.push((self.plan.rules.len(), rule));
            }
            let withdrawn = rule.withdrawn.as_ref().map(|said| WithdrawnDef { from: said.from, authority: said.authority.text.clone(), reason: said.reason.text.clone() });
            let last = withdrawn.as_ref().map_or_else(Period::default, |withdrawn| Period { from: None, to: before(withdrawn.from) });
            let def = RuleDef {
                kind: rule.kind,
                names,
                pack: self.pack_at(rule.id.span),
                cites: rule.cites.iter().map(|quoted| quoted.text.clone()).collect(),
                at: Level::default(),
                term: None,
                codes: Vec::new(),
                scope: None,
                when: None,
                require: Vec::new(),
                grades: Vec::new(),
                after: None,
                message: rule.message.as_ref().map(|quoted| quoted.text.clone()),
                remedy: rule.remedy.as_ref().map(|quoted| quoted.text.clone()),
                show: rule.show,
                in_force: period(rule.in_force.as_ref()).within(last),
                layers: Vec::new(),
                exceptions: Vec::new(),
                withdrawn,
                part_of: Vec::new(),
                span: rule.id.span,
            };
            self.plan.rules.push(def);
            // Without a clause that says who is asked, a broken rule seems to ask the whole.
            self.doubtful.push(item.broken);
        }
    }

    /// First who is asked, for every rule; then what, since a rule that counts others needs to know whom they ask.
    pub(super) fn finish_rules(&mut self) {
        let items = self.rule_items.clone();
        for (place, rule) in &items {
            self.at_hand(*place);
            self.asked(*place, rule);
        }
        for (place, rule) in &items {
            self.at_hand(*place);
            // No name is at fault where the table is unknown.
            if (self.doubtful[*place] || !rule.each.is_empty()) && self.plan.rules[*place].at == Level::default() {
                continue;
            }
            let scope = self.rule_scope(*place);
            let before = self.dated;
            let when = rule.when.as_ref().map(|when| self.truth(when, &scope));
            let require: Vec<Node> = rule.require.iter().map(|require| self.truth(require, &scope)).collect();
            self.doubtful[*place] |= require.iter().any(|node| node.ty == Type::Unknown);
            let grades = self.grades(rule, &scope);
            self.doubtful[*place] |= grades.iter().any(|(_, node)| node.ty == Type::Unknown);
            self.plan.rules[*place].grades = grades;
            self.plan.rules[*place].when = when;
            self.plan.rules[*place].require = require;
            self.after(*place, rule);
            self.refuse_idle_period(*place, rule, before);
        }
    }

    /// A rule, and what layers and exceptions say instead of it, is read in its own name: of whom it asks, and for its period.
    pub(super) fn at_hand(&mut self, place: usize) {
        self.rule_at_hand = Some(self.plan.rules[place].names.id.clone());
        let written = self.rule_items.binary_search_by_key(&place, |(place, _)| *place).ok();
        self.asking = written.map_or_else(Text::default, |at| term::asking(self.rule_items[at].1));
    }

    fn asked(&mut self, place: usize, rule: &ast::Rule) {
        let mut level = Level::default();
        let mut scopes = Vec::new();
        let before = (self.said.len(), self.missed);
        for each in &rule.each {
            self.each(place, each, &mut level);
            scopes.extend(each.rows.filter.as_deref());
        }
        if (self.said.len(), self.missed) != before {
            // Who is asked is not known, so nothing can be said of what.
            self.doubtful[place] = true;
            return;
        }
        if !self.periods_asked(place, rule, &mut level) {
            self.doubtful[place] = true;
            return;
        }
        self.plan.rules[place].at = level.clone();
        let scope = self.rule_scope(place);
        let mut filters: Vec<Node> = scopes.iter().map(|filter| self.truth(filter, &scope)).collect();
        self.plan.rules[place].scope = match filters.len() {
            0 | 1 => filters.pop(),
            _ => Some(node(NodeKind::And(filters), Type::Truth, rule.id.span)),
        };
        self.plan.rules[place].at = level;
    }

    /// One `each`: a table first, code lists after it.
    fn each(&mut self, place: usize, each: &Each, level: &mut Level) {
        let ExprKind::Name(text) = &*each.rows.name.kind else {
            self.say(WrongType { wanted: Text::new("a table or a code list", "数据表或代码表"), found: type_name(&Type::Unknown) }, each.span, unlabelled());
            return;
        };
        let name = Name { text: text.clone(), span: each.rows.name.span };
        let is_first = level.table.is_none() && level.codes.is_empty();
        if is_first && (self.tables.one(text).is_some() || self.codes.one(text).is_none()) {
            level.table = self.table_named(&name);
            return;
        }
        let Some(list) = self.codes_named(&name) else { return };
        let mut only: Vec<u16> = match &each.only {
            Some(names) => names.iter().filter_map(|name| self.code_named(list, name)).collect(),
            None => (0..self.plan.codes[list].codes.len()).filter_map(|code| u16::try_from(code).ok()).collect(),
        };
        only.sort_unstable();
        only.dedup();
        level.codes.push(list);
        self.plan.rules[place].codes.push(only);
    }

    /// The rule of this id.
    pub(super) fn rule_named(&mut self, name: &Name) -> Option<usize> {
        let found = self.rules.one(&name.text);
        if found.is_none() {
            let near = suggest(&name.text, self.rules.names().collect::<Vec<_>>().into_iter());
            self.miss(UnknownRule { name: name.text.as_str().into(), near }, name);
        }
        found
    }

    pub(super) fn rules_sentence(&mut self, sentence: &ast::RulesSentence, span: Span) -> Node {
        let before = (self.said.len(), self.missed);
        let mut rules: Vec<usize> = Vec::new();
        for (first, last) in &sentence.rules {
            for rule in self.range(first, last.as_ref()) {
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        let bound = sentence.bound.as_ref().map(|(bound, amount)| (*bound, how_many(amount, rules.len())));
        let rest = sentence.rest.as_ref().map(|rest| match rest {
            ast::Rest::Standard(percent) => Rest::Standard(Unit::percent().to_base(&percent.number)),
            ast::Rest::Basic => Rest::Basic,
        });
        if (self.said.len(), self.missed) != before {
            return unknown(span);
        }
        node(NodeKind::Rules(RulesDef { bound, rules, wanted: sentence.wanted, rest }), Type::Truth, span)
    }

    /// `A1 to A7`: one stem and every whole number between; each must be there.
    fn range(&mut self, first: &Name, last: Option<&Name>) -> Vec<usize> {
        let Some(last) = last else { return self.rule_named(first).into_iter().collect() };
        let (Some((stem, from)), Some((other, to))) = (numbered(&first.text), numbered(&last.text)) else {
            return self.rule_named(first).into_iter().chain(self.rule_named(last)).collect();
        };
        if stem != other || to < from || to - from > 999 {
            let span = first.span.to(last.span);
            self.say(UnknownRule { name: format!("{} to {}", first.text, last.text).into(), near: Text::new("a range has one stem and goes upward, as `A1 to A7`", "范围须同一前缀、由小到大，如“A1 至 A7”") }, span, unlabelled());
            return Vec::new();
        }
        let span = first.span.to(last.span);
        let names: Vec<String> = (from..=to).map(|number| format!("{stem}{number}")).collect();
        let missing: Vec<&String> = names.iter().filter(|name| self.rules.one(name).is_none()).collect();
        if missing.len() > MOST_NAMED {
            // Said once for all: a range may be long.
            self.miss(UnknownRule { name: format!("{} … {}", missing[0], missing[missing.len() - 1]).into(), near: suggest(&first.text, self.rules.names().collect::<Vec<_>>().into_iter()) }, &Name { text: first.text.clone(), span });
            return Vec::new();
        }
        names.into_iter().filter_map(|text| self.rule_named(&Name { text, span })).collect()
    }
}

/// k, or a percent of the rules that are named.
fn how_many(amount: &ast::Quantity, rules: usize) -> Number {
    if !amount.percent {
        return amount.number.clone();
    }
    &Unit::percent().to_base(&amount.number) * &Number::count(rules)
}

/// A name that ends in a number: its stem and the number.
fn numbered(name: &str) -> Option<(&str, u32)> {
    let digits = name.len() - name.bytes().rev().take_while(u8::is_ascii_digit).count();
    Some((&name[..digits], name[digits..].parse().ok()?))
}
