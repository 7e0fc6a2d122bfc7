//! Two packs: which standards, limits, scopes, dates, tables and rules differ, in words and not as lines of text.

use std::collections::BTreeSet;

use crate::base::{Date, Text};
use crate::model::ast::RuleKind;
use crate::model::plan::{MeasureDef, PackInfo, ParameterDef, Period, Plan, RuleDef, Titles, Told, Type};

use super::phrase::{self, line};
use super::tables;

/// What a plan says in words, by its own numbers: they are made elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub rules: Vec<RuleWords>,
    pub measures: Vec<Text>,
    /// For each standard, each of its keys in words with its values in time.
    pub standards: Vec<Keyed>,
}

/// A standard: each of its keys with its values in time.
pub type Keyed = Vec<(Text, Vec<(Period, Text)>)>;

#[derive(Clone, Debug, Default)]
pub struct RuleWords {
    pub asked: Text,
    pub when: Option<Text>,
    pub require: Vec<Text>,
    /// The period asked, grades, layers and exceptions, a line each.
    pub further: Vec<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Pack,
    Parameter,
    Rule,
    Measure,
    Table,
    Codes,
}

impl What {
    pub fn code(self) -> &'static str {
        match self {
            What::Pack => "pack",
            What::Parameter => "parameter",
            What::Rule => "rule",
            What::Measure => "measure",
            What::Table => "table",
            What::Codes => "codes",
        }
    }
}

/// One item in which the packs differ, and each thing that differs in it.
#[derive(Clone, Debug)]
pub struct ItemChange {
    pub what: What,
    pub name: String,
    /// `new`, `removed` or `changed`.
    pub how: &'static str,
    pub lines: Vec<Text>,
}

#[derive(Clone, Debug, Default)]
pub struct Plans {
    pub changes: Vec<ItemChange>,
}

impl Plans {
    pub fn any(&self) -> bool {
        !self.changes.is_empty()
    }
}

/// Packs first, then standards, rules and what they are made of; each in the order of `b`, what only `a` has last.
pub fn plans(a: &Plan, b: &Plan, said_a: &Said, said_b: &Said) -> Plans {
    let mut found = Found::default();
    found.items(What::Pack, &ids(&a.packs, |pack| &pack.id), &ids(&b.packs, |pack| &pack.id), |i, j| packs(a, b, i, j));
    let parameters = |plan: &Plan| plan.parameters.iter().map(|parameter| full(plan, parameter.pack, &parameter.names)).collect::<Vec<_>>();
    found.items(What::Parameter, &parameters(a), &parameters(b), |i, j| standards(a, b, (i, &said_a.standards[i]), (j, &said_b.standards[j])));
    let rules = |plan: &Plan| plan.rules.iter().map(|rule| full(plan, rule.pack, &rule.names)).collect::<Vec<_>>();
    found.items(What::Rule, &rules(a), &rules(b), |i, j| rule((&a.rules[i], &said_a.rules[i]), (&b.rules[j], &said_b.rules[j])));
    let measures = |plan: &Plan| plan.measures.iter().map(|measure| measure.names.id.clone()).collect::<Vec<_>>();
    found.items(What::Measure, &measures(a), &measures(b), |i, j| measure((a, i, &said_a.measures[i]), (b, j, &said_b.measures[j])));
    found.items(What::Table, &ids(&a.tables, |table| &table.names.id), &ids(&b.tables, |table| &table.names.id), |i, j| tables::table(a, b, i, j));
    found.items(What::Codes, &ids(&a.codes, |list| &list.names.id), &ids(&b.codes, |list| &list.names.id), |i, j| tables::codes(a, b, i, j));
    Plans { changes: found.changes }
}

#[derive(Default)]
struct Found {
    changes: Vec<ItemChange>,
}

impl Found {
    fn items(&mut self, what: What, a: &[String], b: &[String], compare: impl Fn(usize, usize) -> Vec<Text>) {
        for (at, name) in b.iter().enumerate() {
            let (how, lines) = match a.iter().position(|known| known == name) {
                None => ("new", Vec::new()),
                Some(before) => ("changed", compare(before, at)),
            };
            if how == "new" || !lines.is_empty() {
                self.changes.push(ItemChange { what, name: name.clone(), how, lines });
            }
        }
        let gone = a.iter().filter(|name| !b.contains(name));
        self.changes.extend(gone.map(|name| ItemChange { what, name: name.clone(), how: "removed", lines: Vec::new() }));
    }
}

fn ids<T>(list: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
    list.iter().map(|one| id(one).clone()).collect()
}

/// The id alone where there is but one pack, else with the pack's.
fn full(plan: &Plan, pack: usize, names: &Titles) -> String {
    match plan.packs.get(pack).filter(|_| plan.packs.len() > 1) {
        Some(pack) => format!("{}/{}", pack.id, names.id),
        None => names.id.clone(),
    }
}

fn titles(before: &Titles, after: &Titles) -> Option<Text> {
    line(&Text::new("title", "名称"), &before.text(), &after.text())
}

fn dates(before: Period, after: Period) -> Option<Text> {
    let words = |period: Period| if period == Period::default() { phrase::always() } else { trimmed(&phrase::period(period.from, period.to)) };
    line(&Text::new("in force", "施行"), &words(before), &words(after))
}

fn trimmed(text: &Text) -> Text {
    Text::new(text.en.trim(), text.zh.trim_start_matches('（').trim_end_matches('）'))
}

fn packs(a: &Plan, b: &Plan, i: usize, j: usize) -> Vec<Text> {
    let said = |text: &Option<String>| text.as_deref().unwrap_or_default().into();
    let (before, after) = (&a.packs[i], &b.packs[j]);
    let base = |plan: &Plan, pack: &PackInfo| pack.extends.and_then(|base| plan.packs.get(base)).map(|base| Text::from(&base.id)).unwrap_or_default();
    let lines = [
        line(&Text::new("version", "版本"), &(&before.version).into(), &(&after.version).into()),
        titles(&before.titles, &after.titles),
        line(&Text::new("authority", "发布"), &said(&before.authority), &said(&after.authority)),
        line(&Text::new("document", "文号"), &said(&before.document), &said(&after.document)),
        line(&Text::new("extends", "沿用"), &base(a, before), &base(b, after)),
        dates(before.in_force, after.in_force),
    ];
    lines.into_iter().flatten().collect()
}

fn measure((a, i, before): (&Plan, usize, &Text), (b, j, after): (&Plan, usize, &Text)) -> Vec<Text> {
    let (old, new) = (&a.measures[i], &b.measures[j]);
    let of = |plan: &Plan, measure: &MeasureDef| Text::from(&plan.tables[measure.of].names.id);
    let unit = |measure: &MeasureDef| if let Type::Number(unit) = &measure.body.ty { unit.text().clone() } else { Text::default() };
    let lines = [
        titles(&old.names, &new.names),
        line(&Text::new("of", "属于"), &of(a, old), &of(b, new)),
        line(&Text::new("unit", "单位"), &unit(old), &unit(new)),
        line(&Text::new("how it is reckoned", "算法"), before, after),
        line(&Text::new("decimals shown", "显示小数位数"), &decimals(old.show), &decimals(new.show)),
    ];
    lines.into_iter().flatten().collect()
}

fn decimals(show: Option<u32>) -> Text {
    show.map(Text::from).unwrap_or_default()
}

/// The values of a standard in time, of one key.
type Dated = [(Period, Text)];

fn standards(a: &Plan, b: &Plan, (i, before): (usize, &Keyed), (j, after): (usize, &Keyed)) -> Vec<Text> {
    let (old, new) = (&a.parameters[i], &b.parameters[j]);
    let mut lines: Vec<Text> = titles(&old.names, &new.names).into_iter().collect();
    let of = |keyed: &Keyed, key: &Text| keyed.iter().find(|(known, _)| known == key).map(|(_, dated)| dated.clone()).unwrap_or_default();
    let mut keys: Vec<&Text> = after.iter().map(|(key, _)| key).collect();
    keys.extend(before.iter().map(|(key, _)| key).filter(|key| !after.iter().any(|(known, _)| known == *key)));
    for key in keys {
        let name = if key.is_empty() { Text::from(&new.names.id) } else { Text::new(format!("{}[{}]", new.names.id, key.en), format!("{}[{}]", new.names.short().zh, key.zh)) };
        lines.extend(in_time(&name, &of(before, key), &of(after, key)));
    }
    let checked = |date: Option<Date>| date.map(Text::from).unwrap_or_default();
    lines.extend(line(&Text::new("checked up to", "已核对至"), &checked(old.checked_up_to), &checked(new.checked_up_to)));
    let sources = |of: &ParameterDef| {
        let mut all: Vec<Text> = of.dated.iter().filter_map(|one| one.source.as_ref()).map(Text::from).collect();
        all.dedup();
        Text::join(&all, "; ", "；")
    };
    lines.extend(line(&Text::new("source", "出处"), &sources(old), &sources(new)));
    lines
}

/// `largest_class[primary] 45 → 50 from 2026-09-01`: a line for each stretch of time in which the values differ.
fn in_time(name: &Text, before: &Dated, after: &Dated) -> Vec<Text> {
    let mut days: BTreeSet<Option<Date>> = BTreeSet::from([None]);
    for (period, _) in before.iter().chain(after) {
        days.insert(period.from);
        days.extend(period.to.and_then(|to| to.plus_days(1)).map(Some));
    }
    let days: Vec<Option<Date>> = days.into_iter().collect();
    let at = |dated: &Dated, day: Option<Date>| dated.iter().find(|(period, _)| day.map_or(period.from.is_none(), |day| period.contains(day))).map(|(_, value)| value.clone());
    let mut stretches: Vec<(Option<Date>, Option<Text>, Option<Text>)> = Vec::new();
    for day in days {
        let (old, new) = (at(before, day), at(after, day));
        if stretches.last().is_none_or(|(_, known_old, known_new)| (known_old, known_new) != (&old, &new)) {
            stretches.push((day, old, new));
        }
    }
    let mut lines = Vec::new();
    for (place, (from, old, new)) in stretches.iter().enumerate().filter(|(_, (_, old, new))| old != new) {
        let to = stretches.get(place + 1).and_then(|(next, ..)| next.and_then(|next| next.plus_days(-1)));
        let value = |value: &Option<Text>| value.clone().unwrap_or_else(phrase::no_value);
        let (moved, when) = (phrase::arrow(&value(old), &value(new)), phrase::period(*from, to));
        lines.push(Text::new(format!("{} {}{}", name.en, moved.en, when.en), format!("{} {}{}", name.zh, moved.zh, when.zh)));
    }
    lines
}

fn rule((before, said_before): (&RuleDef, &RuleWords), (after, said_after): (&RuleDef, &RuleWords)) -> Vec<Text> {
    let cites = |rule: &RuleDef| Text::new(rule.cites.join("; "), rule.cites.join("；"));
    let when = |words: &RuleWords| words.when.clone().unwrap_or_default();
    let mut lines: Vec<Text> = [
        line(&Text::new("kind", "类别"), &kind(before.kind), &kind(after.kind)),
        titles(&before.names, &after.names),
        line(&Text::new("cites", "依据"), &cites(before), &cites(after)),
        line(&Text::new("scope", "适用范围"), &said_before.asked, &said_after.asked),
        line(&Text::new("condition", "适用条件"), &when(said_before), &when(said_after)),
    ]
    .into_iter()
    .flatten()
    .collect();
    lines.extend(required(&said_before.require, &said_after.require));
    lines.extend(said_before.further.iter().filter(|line| !said_after.further.contains(line)).map(|line| phrase::labelled(&Text::new("no longer", "不再写明"), line)));
    lines.extend(said_after.further.iter().filter(|line| !said_before.further.contains(line)).map(|line| phrase::labelled(&Text::new("now", "现写明"), line)));
    lines.extend(dates(before.in_force, after.in_force));
    lines.extend(line(&Text::new("message", "问题描述"), &told(before.message.as_ref()), &told(after.message.as_ref())));
    lines.extend(line(&Text::new("advice", "整改建议"), &told(before.remedy.as_ref()), &told(after.remedy.as_ref())));
    lines.extend(line(&Text::new("decimals shown", "显示小数位数"), &decimals(before.show), &decimals(after.show)));
    lines
}

fn told(told: Option<&Told>) -> Text {
    told.map_or_else(Text::default, |told| Text::from(&told.text))
}

fn kind(kind: RuleKind) -> Text {
    match kind {
        RuleKind::Rule => Text::new("rule", "指标"),
        RuleKind::Veto => Text::new("veto", "一票否决"),
        RuleKind::Advice => Text::new("advice", "鼓励性要求"),
        RuleKind::Level => Text::new("level", "等次"),
    }
}

fn required(before: &[Text], after: &[Text]) -> Vec<Text> {
    let label = || Text::new("requirement", "要求");
    let pairs = before.len().max(after.len());
    let one = |at: usize| {
        let (old, new) = (before.get(at).cloned().unwrap_or_default(), after.get(at).cloned().unwrap_or_default());
        match numbers(&old.en, &new.en).filter(|pairs| !pairs.is_empty() && numbers(&old.zh, &new.zh).is_some()) {
            Some(pairs) => Some(phrase::limit_changed(&pairs, &new)),
            None => line(&label(), &old, &new),
        }
    };
    (0..pairs).filter_map(one).collect()
}

/// The numbers that differ between two sentences which are otherwise the same; `None` where more than numbers differs.
fn numbers(before: &str, after: &str) -> Option<Vec<(String, String)>> {
    let (before, after) = (pieces(before), pieces(after));
    if before.len() != after.len() {
        return None;
    }
    let mut pairs = Vec::new();
    for ((old, is_number), (new, also)) in before.into_iter().zip(after) {
        match (is_number, also) {
            _ if old == new => {}
            (true, true) => {
                if !pairs.contains(&(old.clone(), new.clone())) {
                    pairs.push((old, new));
                }
            }
            _ => return None,
        }
    }
    Some(pairs)
}

/// Stretches of digits with what makes them a number, and what stands between.
fn pieces(text: &str) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for sign in text.chars() {
        let inside = pieces.last().is_some_and(|(_, is_number)| *is_number);
        let is_number = sign.is_ascii_digit() || (inside && matches!(sign, '.' | '%' | '/'));
        match pieces.last_mut() {
            Some((piece, known)) if *known == is_number => piece.push(sign),
            _ => pieces.push((sign.to_string(), is_number)),
        }
    }
    pieces
}
