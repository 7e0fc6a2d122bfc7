//! Parameters: values by date and key, with no day left out and none twice.

use std::sync::Arc;

use crate::base::fold::half_width_text;
use crate::base::{Date, Text, Unit};
use crate::diag::catalog::{ValueKeys, DatesGap, DatesOverlap, DeclaredTwice, OtherwiseBeside, WrongType};
use crate::model::ast::{self, CaseKey, ItemKind, Quoted};
use crate::model::plan::{Constant, DatedDef, Key, ParameterDef, ParameterKey, Period, Type};

use super::{Checker, titles, unlabelled};

/// Values that a message lists.
const MOST_LISTED: usize = 12;

impl<'a> Checker<'a> {
    pub(super) fn parameters(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        for item in items {
            if let ItemKind::Parameter(parameter) = &item.kind {
                self.parameter(parameter, item.broken);
            }
        }
    }

    fn parameter(&mut self, parameter: &ast::Parameter, broken: bool) {
        let names = titles(&parameter.id.text, &parameter.titles);
        if let Err(first) = self.parameters.add(&names, self.plan.parameters.len()) {
            return self.again(&parameter.id, self.plan.parameters[first].span);
        }
        if parameter.dated.is_empty() && !broken {
            self.nothing_said(Text::new("a parameter", "标准值"), Text::new("from", "自"), parameter.id.span);
        }
        let by = parameter.by.iter().filter_map(|name| self.parameter_key(name)).collect::<Vec<_>>();
        let before = self.missed;
        let unit = self.unit(parameter.unit.as_ref());
        let ty = if self.missed > before || parameter.dated.is_empty() { Type::Unknown } else { parameter_type(parameter, &unit) };
        self.refuse_keys(parameter, parameter.by.len());
        self.refuse_mixed_percents(parameter);
        let dated = parameter.dated.iter().map(|dated| self.dated(dated, &by, &ty)).collect();
        let dated = self.closed(&parameter.id, dated);
        let def = ParameterDef { names, by, ty, dated, checked_up_to: parameter.checked_up_to.map(|(date, _)| date), pack: self.pack_at(parameter.id.span), layers: Vec::new(), own: Vec::new(), span: parameter.id.span };
        self.plan.parameters.push(def);
    }

    fn parameter_key(&mut self, name: &ast::Name) -> Option<ParameterKey> {
        if matches!(name.text.as_str(), "text" | "文本") {
            return Some(ParameterKey::Text);
        }
        self.codes_named(name).map(ParameterKey::Codes)
    }

    pub(super) fn dated(&mut self, dated: &ast::Dated, by: &[ParameterKey], ty: &Type) -> DatedDef {
        let mut values: Vec<(Vec<Key>, Constant)> = Vec::new();
        let mut otherwise = None;
        for valued in &dated.values {
            let Some(constant) = self.constant(&valued.value, ty) else { continue };
            if matches!(valued.keys.as_slice(), [CaseKey::Otherwise(_)]) {
                if otherwise.replace(constant).is_some() {
                    self.say(DeclaredTwice { name: "otherwise".into() }, valued.span, unlabelled());
                }
                continue;
            }
            if valued.keys.iter().any(|key| matches!(key, CaseKey::Otherwise(_))) {
                self.otherwise_beside(valued, &dated.values, by);
                continue;
            }
            let keys: Vec<Key> = valued.keys.iter().zip(by).filter_map(|(key, by)| self.case_key(key, *by)).collect();
            if keys.len() < by.len() || valued.keys.len() != by.len() {
                continue;
            }
            if values.iter().any(|(known, _)| *known == keys) {
                self.say(DeclaredTwice { name: key_text(&valued.keys) }, valued.span, unlabelled());
            } else {
                values.push((keys, constant));
            }
        }
        DatedDef { period: period(Some(&dated.window)), values, otherwise, source: dated.source.as_ref().map(|source| source.text.clone()), set: Vec::new(), span: dated.span }
    }

    /// `primary otherwise 2`: whom it is for would hang on what else is said, so each key is written. Says the keys that are left.
    fn otherwise_beside(&mut self, valued: &ast::Valued, all: &[ast::Valued], by: &[ParameterKey]) {
        let value = written(&valued.value);
        let mut left = vec![String::new()];
        for (key, by) in valued.keys.iter().zip(by) {
            let names: Vec<String> = match (key, by) {
                (CaseKey::Name(ast::Name { text, .. }) | CaseKey::Text(Quoted { text, .. }), _) => vec![text.clone()],
                (CaseKey::Otherwise(_), ParameterKey::Codes(list)) => self.plan.codes[*list].codes.iter().map(|code| code.names.id.clone()).collect(),
                (CaseKey::Otherwise(_), ParameterKey::Text) => Vec::new(),
            };
            left = left.iter().flat_map(|before| names.iter().map(move |name| format!("{before}{name} "))).collect();
        }
        let said: Vec<String> = all.iter().map(|one| format!("{} ", key_text(&one.keys).en)).collect();
        let lines: Vec<String> = left.into_iter().filter(|keys| !said.contains(keys)).take(MOST_LISTED).map(|keys| format!("{keys}{value}")).collect();
        let instead = if lines.is_empty() {
            Text::new("leave it out: nothing is left for it", "删去：已没有其余的键")
        } else {
            Text::new(format!("write each: `{}`", lines.join(", ")), format!("逐一写出：“{}”", lines.join("，")))
        };
        self.say(OtherwiseBeside { instead }, valued.span, unlabelled());
    }

    /// A value without its key, or with one too many, would stand for other codes than was meant.
    pub(super) fn refuse_keys(&mut self, parameter: &ast::Parameter, wanted: usize) {
        for valued in parameter.dated.iter().flat_map(|dated| &dated.values) {
            let found = valued.keys.len();
            if found != wanted && !(wanted > 0 && matches!(valued.keys.as_slice(), [CaseKey::Otherwise(_)])) {
                self.say(ValueKeys { name: parameter.id.text.as_str().into(), wanted: wanted.into(), found: found.into() }, valued.span, unlabelled());
            }
        }
    }

    /// `primary 100%, junior 95`: whether 95 is 95% or 95 times as much nobody can tell.
    fn refuse_mixed_percents(&mut self, parameter: &ast::Parameter) {
        if parameter.unit.is_some() {
            return;
        }
        let find = |percent: bool| {
            let values = parameter.dated.iter().flat_map(|dated| &dated.values);
            let mut numbers = values.filter_map(|valued| if let ast::Constant::Quantity(quantity) = &valued.value { Some(quantity) } else { None });
            numbers.find(|quantity| quantity.percent == percent && quantity.unit.is_none() && !quantity.number.is_zero()).map(|quantity| quantity.span)
        };
        if let (Some(percent), Some(bare)) = (find(true), find(false)) {
            self.units_differ((&Unit::percent(), percent), (&Unit::plain(), bare));
        }
    }

    fn case_key(&mut self, key: &CaseKey, by: ParameterKey) -> Option<Key> {
        match (key, by) {
            (CaseKey::Name(name), ParameterKey::Codes(list)) => self.code_named(list, name).map(Key::Code),
            (CaseKey::Text(text), ParameterKey::Text) => Some(Key::Text(Arc::from(half_width_text(&text.text)))),
            (CaseKey::Text(text), ParameterKey::Codes(list)) => self.code_named(list, &ast::Name { text: text.text.clone(), span: text.span }).map(Key::Code),
            (CaseKey::Name(name), ParameterKey::Text) => Some(Key::Text(Arc::from(half_width_text(&name.text)))),
            (CaseKey::Otherwise(_), _) => None,
        }
    }

    fn constant(&mut self, written: &ast::Constant, ty: &Type) -> Option<Constant> {
        match (written, ty) {
            (ast::Constant::Quantity(quantity), Type::Number(unit)) => {
                let before = self.missed;
                let own = match &quantity.unit {
                    _ if quantity.percent => Unit::percent(),
                    Some(written) if !super::unit::is_counter(written) => self.unit(Some(written)),
                    _ => unit.clone(),
                };
                if self.missed > before {
                    return None;
                }
                if !own.same_dimension(unit) {
                    self.units_differ((&own, quantity.span), (unit, quantity.span));
                }
                Some(Constant::Number(own.to_base(&quantity.number)))
            }
            (ast::Constant::Date(date, _), Type::Date) => Some(Constant::Date(*date)),
            (ast::Constant::Truth(truth, _), Type::Truth) => Some(Constant::Truth(*truth)),
            (_, Type::Unknown) => None,
            (ast::Constant::Quantity(ast::Quantity { span, .. }) | ast::Constant::Date(_, span) | ast::Constant::Truth(_, span), _) => {
                let found = match written {
                    ast::Constant::Quantity(_) => Text::new("a number", "数值"),
                    ast::Constant::Date(..) => Text::new("a date", "日期"),
                    ast::Constant::Truth(..) => Text::new("yes or no", "“是”或“否”"),
                };
                self.say(WrongType { wanted: type_name(ty), found }, *span, unlabelled());
                None
            }
        }
    }

    /// An open end lasts until the next value begins; then no day may have two values, or none between two.
    pub(super) fn closed(&mut self, name: &ast::Name, mut dated: Vec<DatedDef>) -> Vec<DatedDef> {
        let name: Text = name.text.as_str().into();
        dated.sort_by_key(|dated| dated.period.from);
        for later in 1..dated.len() {
            let [earlier, next] = [later - 1, later].map(|at| dated[at].clone());
            let Some(begin) = next.period.from else { continue };
            let Some(end) = earlier.period.to else {
                dated[later - 1].period.to = before(begin);
                if earlier.period.from == Some(begin) {
                    self.overlap(&name, &earlier, &next);
                }
                continue;
            };
            if end >= begin {
                self.overlap(&name, &earlier, &next);
            } else if let (Some(first), Some(last)) = (after(end), before(begin))
                && first <= last
            {
                self.say(DatesGap { name: name.clone(), from: first.into(), to: last.into() }, next.span, unlabelled());
            }
        }
        dated
    }

    fn overlap(&mut self, name: &Text, earlier: &DatedDef, later: &DatedDef) {
        let end = later.period.from.and_then(before).map_or_else(Text::default, Text::from);
        self.say(DatesOverlap { name: name.clone(), end }, later.span, Text::new("this value", "此值"));
        if let Some(said) = self.said.last_mut() {
            *said = said.clone().at(earlier.span, Text::new("and this one", "与此值"));
        }
    }
}

/// The days on which something holds; the parser has refused those that end before they begin.
pub(super) fn period(window: Option<&ast::Window>) -> Period {
    window.map_or_else(Period::default, |window| Period { from: window.from, to: window.to })
}

pub(super) fn before(date: Date) -> Option<Date> {
    date.plus_days(-1)
}

pub(super) fn after(date: Date) -> Option<Date> {
    date.plus_days(1)
}

/// A value as it may be written.
fn written(value: &ast::Constant) -> String {
    match value {
        ast::Constant::Quantity(quantity) if quantity.percent => format!("{}%", quantity.number.plain(12)),
        ast::Constant::Quantity(quantity) => quantity.number.plain(12),
        ast::Constant::Date(date, _) => date.to_string(),
        ast::Constant::Truth(truth, _) => if *truth { "yes" } else { "no" }.to_string(),
    }
}

fn key_text(keys: &[CaseKey]) -> Text {
    let texts: Vec<&str> = keys
        .iter()
        .map(|key| match key {
            CaseKey::Name(name) => name.text.as_str(),
            CaseKey::Text(text) => text.text.as_str(),
            CaseKey::Otherwise(_) => "otherwise",
        })
        .collect();
    texts.join(" ").into()
}

/// A parameter is of the type of its first value: a number in its unit, a percent, a date, yes or no.
fn parameter_type(parameter: &ast::Parameter, unit: &Unit) -> Type {
    match parameter.dated.first().and_then(|dated| dated.values.first()).map(|valued| &valued.value) {
        Some(ast::Constant::Date(..)) => Type::Date,
        Some(ast::Constant::Truth(..)) => Type::Truth,
        Some(ast::Constant::Quantity(quantity)) if quantity.percent && unit.is_plain() => Type::Number(Unit::percent()),
        _ => Type::Number(unit.clone()),
    }
}

/// What a type is called where a message needs it.
pub(super) fn type_name(ty: &Type) -> Text {
    match ty {
        Type::Number(_) => Text::new("a number", "数值"),
        Type::Spread => Text::new("a variation", "差异系数"),
        Type::Real => Text::new("an index that is no fraction", "非有理数的指数"),
        Type::Truth => Text::new("a condition (yes or no)", "条件（是或否）"),
        Type::Text => Text::new("a text", "文本"),
        Type::Date => Text::new("a date", "日期"),
        Type::YearMonth => Text::new("a year and month", "年月"),
        Type::Term(kind) => crate::diag::catalog::term_name(*kind),
        Type::Code(_) => Text::new("a code", "代码"),
        Type::Unknown => Text::new("a value", "值"),
    }
}
