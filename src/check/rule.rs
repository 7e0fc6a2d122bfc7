//! Rules: who is asked, when it bites, what is required.

use crate::base::{Number, Span, TermKind, Text, Unit, fold};
use crate::diag::catalog::{DeclaredTwice, MoreThanNamed, NoRange, NoSuchRole, NumberOfOne, OnlyOfCodes, PercentOfOne, PercentOfSeveral, RestOfUnits, RuleByRoles, RuleTwice, SharePercent, UnknownRule, WrongType};
use crate::model::ast::{self, Each, ExprKind, ItemKind, Name};
use crate::model::op::Bound;
use crate::model::plan::{Amount, Hole, Level, Node, NodeKind, Rest, Period, RuleDef, RulesDef, Told, Type, WithdrawnDef};

use super::index::suggest;
use super::order::related;
use super::parameter::{before, period, type_name};
use super::scope::{Scope, node, unknown};
use super::{Checker, term, titles, unlabelled};

/// Of a range so many missing rules are named one by one.
const MOST_NAMED: usize = 3;
/// A range of more rules is a slip.
const LONGEST: u64 = 999;
const MOST_DIGITS: usize = 18;
/// Rules that a message lists.
const MOST_LISTED: usize = 40;

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
                message: None,
                remedy: None,
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
            let told = [&rule.message, &rule.remedy].map(|template| self.told(template.as_ref(), &scope));
            let [message, remedy] = told;
            let def = &mut self.plan.rules[*place];
            (def.message, def.remedy) = (message, remedy);
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
        if let Some(role) = &each.rows.role {
            // Whoever is asked is asked for itself, not from above.
            self.say(NoSuchRole { role: role.text.as_str().into(), table: text.as_str().into(), roles: Text::new("leave the role out", "去掉角色") }, role.span, unlabelled());
            return;
        }
        let is_first = level.table.is_none() && level.codes.is_empty();
        if is_first && (self.tables.one(text).is_some() || self.codes.one(text).is_none()) {
            level.table = self.table_named(&name);
            if each.only.is_some() {
                self.say(OnlyOfCodes { name: text.as_str().into() }, each.span, unlabelled());
            }
            return;
        }
        let Some(list) = self.codes_named(&name) else { return };
        if level.codes.contains(&list) {
            return self.say(DeclaredTwice { name: text.as_str().into() }, each.span, unlabelled());
        }
        let mut only: Vec<u16> = Vec::new();
        match &each.only {
            Some(names) => {
                for name in names {
                    match self.code_named(list, name) {
                        Some(code) if only.contains(&code) => self.say(DeclaredTwice { name: name.text.as_str().into() }, name.span, unlabelled()),
                        found => only.extend(found),
                    }
                }
            }
            None => only.extend((0..self.plan.codes[list].codes.len()).filter_map(|code| u16::try_from(code).ok())),
        }
        only.sort_unstable();
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

    pub(super) fn rules_sentence(&mut self, sentence: &ast::RulesSentence, span: Span, scope: &Scope) -> Node {
        let before = (self.said.len(), self.missed);
        let mut rules: Vec<usize> = Vec::new();
        for (first, last) in &sentence.rules {
            let place = last.as_ref().map_or(first.span, |last| first.span.to(last.span));
            for rule in self.range(first, last.as_ref()) {
                if rules.contains(&rule) {
                    let name = Text::from(&self.plan.rules[rule].names.id);
                    self.say(RuleTwice { name }, place, unlabelled());
                } else {
                    rules.push(rule);
                }
            }
        }
        if (self.said.len(), self.missed) != before || !rules.iter().all(|rule| self.is_heard_by_one_way(*rule, span, scope)) {
            return unknown(span);
        }
        let Some(of_units) = self.is_share_of_units(&rules, sentence, span, scope) else { return unknown(span) };
        let bound = sentence.bound.as_ref().and_then(|(bound, amount)| self.how_many(*bound, amount, rules.len()).map(|amount| (*bound, amount)));
        let rest = sentence.rest.as_ref().map(|rest| match rest {
            ast::Rest::Standard(percent) => Rest::Standard(Unit::percent().to_base(&percent.number)),
            ast::Rest::Basic => Rest::Basic,
        });
        if (self.said.len(), self.missed) != before {
            return unknown(span);
        }
        node(NodeKind::Rules(RulesDef { bound, of_units, rules, wanted: sentence.wanted, rest }), Type::Truth, span)
    }

    /// Whether a count of rules is a share of the units of one rule that is asked beneath. Errors: said, with `None`, where it
    /// could be of rules or of units.
    fn is_share_of_units(&mut self, rules: &[usize], sentence: &ast::RulesSentence, span: Span, scope: &Scope) -> Option<bool> {
        let Some((_, amount)) = &sentence.bound else { return Some(false) };
        let unit = &scope.frames[0];
        // Of one unit: the one that asks, or one above it, with codes and a period that it has too.
        let is_beneath = |rule: &usize| {
            let own = &self.plan.rules[*rule].at;
            let is_at_or_above = own.table.is_none_or(|own| unit.table.is_some_and(|unit| own == unit || self.plan.leads_up(unit, own)));
            let in_period = own.each.is_none() || own.each == Some(TermKind::SchoolYear) && self.term_here(scope) == Some(TermKind::Semester) || own.each == self.term_here(scope);
            !is_at_or_above || !in_period || own.codes.iter().any(|list| !unit.codes.contains(list))
        };
        // Of units that do not hang together another message speaks.
        if rules.iter().any(|rule| !related(&self.plan, unit, &self.plan.rules[*rule].at)) {
            return Some(false);
        }
        let id = |rule: &usize| self.plan.rules[*rule].names.id.clone();
        let beneath = rules.iter().filter(|rule| is_beneath(rule)).count();
        let number = amount.number.plain(12);
        match (rules, amount.percent) {
            ([only], false) if beneath == 1 => {
                let message = NumberOfOne { number: number.into(), rule: id(only).into() };
                self.say(message, span, unlabelled());
                None
            }
            ([only], true) if beneath == 0 => {
                let message = PercentOfOne { rule: id(only).into() };
                self.say(message, span, unlabelled());
                None
            }
            ([only], true) if sentence.rest.is_some() => {
                let message = RestOfUnits { rule: id(only).into() };
                self.say(message, span, unlabelled());
                None
            }
            ([_], percent) => Some(percent),
            (several, true) if beneath > 0 => {
                let ids: Vec<String> = several.iter().map(id).collect();
                let (list_en, list_zh) = (ids.join(", "), ids.join("、"));
                let message = PercentOfSeveral {
                    bound: format!("{number}%").into(),
                    rules: Text::new(list_en.clone(), list_zh.clone()),
                    first: Text::new(format!("at least {number}% of {} met", ids[0]), format!("{} 中 至少 {number}% 达标", ids[0])),
                    second: Text::new(format!("at least {} of {list_en} met", ids.len()), format!("{list_zh} 中 至少 {} 项 达标", ids.len())),
                };
                self.say(message, span, unlabelled());
                None
            }
            _ => Some(false),
        }
    }

    /// Whether it is settled which unit of a rule above the unit that asks is meant. Errors: said.
    pub(super) fn is_heard_by_one_way(&mut self, rule: usize, span: Span, scope: &Scope) -> bool {
        let (Some(here), Some(above)) = (scope.table(), self.plan.rules[rule].at.table) else { return true };
        if !self.plan.leads_up(here, above) || self.plan.roles_between(here, above).is_empty() {
            return true;
        }
        let short = |table: usize| self.plan.tables[table].names.short();
        let message = RuleByRoles { rule: self.plan.rules[rule].names.id.as_str().into(), above: short(above), table: short(here) };
        self.say(message, span, unlabelled());
        false
    }

    /// k, or a percent of the rules that remain. Errors: no whole number, or more than there are names.
    fn how_many(&mut self, bound: Bound, amount: &ast::Quantity, rules: usize) -> Option<Amount> {
        if amount.percent {
            let share = Unit::percent().to_base(&amount.number);
            if share > Number::ONE {
                self.say(SharePercent { amount: format!("{}%", amount.number).into() }, amount.span, unlabelled());
                return None;
            }
            if bound == Bound::Exactly {
                self.say(WrongType { wanted: Text::new("a whole number of rules", "指标的整数项数"), found: Text::new("a percent", "百分比") }, amount.span, unlabelled());
                return None;
            }
            return Some(Amount::Share(share));
        }
        if !amount.number.is_whole() {
            self.say(WrongType { wanted: Text::new("a whole number of rules", "指标的整数项数"), found: (&amount.number).into() }, amount.span, unlabelled());
            return None;
        }
        if amount.number > Number::count(rules) {
            self.say(MoreThanNamed { asked: (&amount.number).into(), named: rules.into() }, amount.span, unlabelled());
            return None;
        }
        Some(Amount::Rows(amount.number.clone()))
    }

    /// `A1 to A7`: one stem and every whole number between; each must be there. Numbers that are padded (`A01 to A12`) have
    /// as many digits at both ends.
    fn range(&mut self, first: &Name, last: Option<&Name>) -> Vec<usize> {
        let Some(last) = last else { return self.rule_named(first).into_iter().collect() };
        let span = first.span.to(last.span);
        if fold(&first.text) == fold(&last.text) {
            return self.rule_named(first).into_iter().collect();
        }
        let (from, to) = (Numbered::of(&first.text), Numbered::of(&last.text));
        let (Some(from), Some(to)) = (from, to) else { return self.no_range(first, last, Text::new("its ends are no whole numbers in digits", "两端不是以阿拉伯数字结尾的整数")) };
        if from.stem != to.stem || to.number < from.number || to.number - from.number > LONGEST {
            self.say(UnknownRule { name: format!("{} to {}", first.text, last.text).into(), near: Text::new("a range has one stem and goes upward, as `A1 to A7`", "范围须同一前缀、由小到大，如“A1 至 A7”") }, span, unlabelled());
            return Vec::new();
        }
        let padded = [&from, &to].into_iter().any(|end| end.digits > 1 && end.is_padded);
        if padded && from.digits != to.digits {
            return self.no_range(first, last, Text::new("one end is padded with 0, and the other has another number of digits", "一端以 0 补位，而两端的位数不同"));
        }
        let width = if padded { from.digits } else { 0 };
        let names: Vec<String> = (from.number..=to.number).map(|number| format!("{}{number:0width$}", from.stem)).collect();
        let missing: Vec<&String> = names.iter().filter(|name| self.rules.one(name).is_none()).collect();
        if missing.len() > MOST_NAMED {
            // Said once for all: a range may be long.
            self.miss(UnknownRule { name: format!("{} … {}", missing[0], missing[missing.len() - 1]).into(), near: suggest(&first.text, self.rules.names().collect::<Vec<_>>().into_iter()) }, &Name { text: first.text.clone(), span });
            return Vec::new();
        }
        names.into_iter().filter_map(|text| self.rule_named(&Name { text, span })).collect()
    }

    /// Says that a range cannot be run over, with the rules from its first to its last as they stand, to be named one by one.
    fn no_range(&mut self, first: &Name, last: &Name, why: Text) -> Vec<usize> {
        let between = self.rules.one(&first.text).zip(self.rules.one(&last.text)).filter(|(from, to)| from <= to && to - from < MOST_LISTED);
        let named = between.map(|(from, to)| self.plan.rules[from..=to].iter().map(|rule| rule.names.id.as_str()).collect::<Vec<_>>());
        let instead = named.map_or_else(|| Text::new("name each of the rules, with commas between", "逐一写出各项指标的编号，以“、”隔开"), |ids| Text::new(format!("name each rule; in the order of the file they are `{}`", ids.join(", ")), format!("逐一写出各项指标；按文件中的次序为“{}”", ids.join("、"))));
        let range = Text::new(format!("{} to {}", first.text, last.text), format!("{} 至 {}", first.text, last.text));
        self.say(NoRange { range, why, instead }, first.span.to(last.span), unlabelled());
        Vec::new()
    }

    /// A text of the author with what fills its holes.
    pub(super) fn told(&mut self, template: Option<&ast::Template>, scope: &super::scope::Scope) -> Option<Told> {
        let template = template?;
        let (words, text) = (template.words.span, template.words.text.clone());
        // Both quotes are of one length.
        let begin = words.start as usize + (words.range().len() - text.len()) / 2;
        let holes = template.holes.iter().map(|(at, value)| Hole { at: at.start as usize - begin..at.end as usize - begin, value: self.expr(value, scope, None) });
        let holes: Vec<Hole> = holes.filter(|hole| hole.value.ty != Type::Unknown).collect();
        Some(Told { text, holes })
    }
}

/// A name that ends in a whole number.
struct Numbered {
    /// Folded, as names are compared.
    stem: String,
    number: u64,
    digits: usize,
    /// Its number begins with 0.
    is_padded: bool,
}

impl Numbered {
    /// `None` without a number at its end, or with one of more digits than any document has.
    fn of(name: &str) -> Option<Numbered> {
        let folded = fold(name);
        let digits = folded.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (stem, number) = folded.split_at(folded.len() - digits);
        Some(Numbered { number: number.parse().ok().filter(|_| digits <= MOST_DIGITS)?, stem: stem.to_string(), digits, is_padded: number.starts_with('0') })
    }
}
