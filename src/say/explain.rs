//! The terms that a rule uses: each measure's formula once, each parameter's values by code and date, shared parts.

use crate::base::{Number, Text};
use crate::model::plan::{ColumnRef, Constant, DatedDef, Key, MeasureDef, Node, NodeKind, ParameterDef, ParameterKey, RuleDef, SetDef, SplitDef, Type};

use super::clause::clause;
use super::phrase::{Reader, and_list, article, both, detail, line, mark, opening, or_list};
use super::value::{equation, unit, value};
use super::walk::Found;
use super::{layers, name, number};

/// As many missing codes of two lists as are named one by one.
const NAMED: usize = 6;

/// What stands behind the names in a rule's requirements, scope and condition, in order of first mention.
pub(super) fn terms(reader: Reader, rule: &RuleDef) -> Vec<Text> {
    let found = Found::of_rule(reader.plan, rule);
    let mut lines: Vec<Text> = Vec::new();
    lines.extend(found.measures.iter().map(|at| line(&measure(reader, &reader.plan.measures[*at]))));
    lines.extend(shared(reader, &found.columns));
    for (at, keys) in &found.parameters {
        lines.extend(parameter(reader, rule, &reader.plan.parameters[*at], keys));
    }
    lines
}

/// `where area_per_pupil = (teaching_area − indoor_sports_area) ÷ pupils, in m2/pupil`.
fn measure(reader: Reader, measure: &MeasureDef) -> Text {
    let inner = reader.of(measure.of);
    let name = measure.names.short();
    if measure.body.ty == Type::Truth {
        let (body, row) = (clause(inner, &measure.body), name::singular(&reader.plan.tables[measure.of]));
        let article = opening(&row);
        return both!("{article} {row} is “{name}” when: {body}", "其中：{row}“{name}”，是指：{body}", article, body, row, name);
    }
    let formula = equation(&mark(name), &value(inner, &measure.body));
    match number::unit_name(&unit(&measure.body.ty)) {
        Some(unit) => both!("Where {formula}, {unit}", "其中：{formula}（{unit}）", formula, unit),
        None => both!("Where {formula}", "其中：{formula}", formula),
    }
}

/// What one more than a full group comes to: `13 → 2 rooms`.
pub(super) fn example(node: &Node) -> Option<Text> {
    let NodeKind::ForEvery { amount, every, of, part_counted } = node.kind.as_ref() else { return None };
    let (of_unit, amount_unit) = (unit(&of.ty), unit(&node.ty));
    let more = every + &of_unit.to_base(&Number::ONE);
    let due = if *part_counted { amount + amount } else { amount.clone() };
    let (full, more) = (number::number(every, &of_unit), number::number(&more, &of_unit));
    let (once, due) = (number::number(amount, &amount_unit), number::number(&due, &amount_unit));
    Some(both!("so {full}: {once}; {more}: {due}; 0: not applicable", "例如 {full}应有 {once}，{more}应有 {due}；为 0 的，判为“不适用”", full, once, more, due))
}

/// Columns of a part that are its portion of the whole school's.
fn shared(reader: Reader, columns: &[ColumnRef]) -> Vec<Text> {
    let mut lines = Vec::new();
    for (at, table) in reader.plan.tables.iter().enumerate() {
        let Some(split) = &table.split else { continue };
        let names: Vec<Text> = columns.iter().filter(|column| column.table == at && split.is_shared(column.column)).map(|column| reader.plan.column(*column).names.short()).collect();
        if !names.is_empty() {
            lines.push(line(&portion(reader, split, &name::singular(table), &and_list(&names))));
        }
    }
    lines
}

fn portion(reader: Reader, split: &SplitDef, part: &Text, names: &Text) -> Text {
    let weights = split.parts.iter().map(|of| {
        let (code, share) = (name::code(reader, split.codes, of.code), Text::from(number::bare(&of.share, &crate::base::Unit::plain())));
        both!("{code} {share}", "{code} {share}", code, share)
    });
    let (whole, weights) = (name::singular(&reader.plan.tables[split.of]), Text::join(&weights.collect::<Vec<_>>(), ", ", "，"));
    let article = article(part);
    both!(
        "Of the {whole}'s {names} {article} {part} has its portion, in proportion to pupils × weight ({weights})",
        "其中：{part}的{names}由{whole}的总数按“学生数 × 折算系数”的比例分得（折算系数：{weights}）",
        article,
        part,
        names,
        whole,
        weights
    )
}

/// Values by code, with their dates and sources, one line for each date.
fn parameter(reader: Reader, rule: &RuleDef, parameter: &ParameterDef, keys: &[Node]) -> Vec<Text> {
    let name = mark(parameter.names.short());
    let mut lines: Vec<Text> = parameter.dated.iter().map(|dated| line(&value_line(reader, rule, parameter, keys, dated, &name))).collect();
    if let Some(day) = parameter.checked_up_to.map(number::date) {
        lines.push(detail(&both!("confirmed up to {day}", "已核对至{day}", day)));
    }
    lines
}

fn value_line(reader: Reader, rule: &RuleDef, parameter: &ParameterDef, keys: &[Node], dated: &DatedDef, name: &Text) -> Text {
    let lists: Vec<Option<usize>> = parameter.by.iter().map(|by| if let ParameterKey::Codes(list) = by { Some(*list) } else { None }).collect();
    let told = |constant: &Constant, set: Option<&SetDef>| {
        let (value, layer) = (number::constant(constant, &parameter.ty), set.map(|set| layers::beside(reader, set, &parameter.ty)).unwrap_or_default());
        both!("{value}{layer}", "{value}{layer}", value, layer)
    };
    let mut values: Vec<Text> = dated.values.iter().map(|(keys, constant)| keyed(reader, &lists, keys, &told(constant, dated.set_of(keys)))).collect();
    let others = dated.set.iter().find(|set| set.keys.is_none());
    let otherwise = dated.otherwise.as_ref().map(|constant| told(constant, others));
    values.extend(otherwise.map(|value| if lists.is_empty() { value } else { both!("any other {value}", "其余 {value}", value) }));
    let mut parts = vec![Text::join(&values, ", ", "，")];
    if dated.otherwise.is_none() {
        parts.extend(absent(reader, &lists, dated, &asked(rule, parameter, keys)));
    }
    let mut sources: Vec<&String> = dated.source.iter().filter(|_| !all_set(dated)).chain(dated.set.iter().filter_map(|set| set.source.as_ref())).collect();
    sources.dedup();
    parts.extend(sources.into_iter().map(Text::from).map(|source| both!("source: {source}", "出处：{source}", source)));
    let parts = Text::join(&parts, "; ", "；");
    match number::period(dated.period) {
        Some(period) => both!("{name} {period}: {parts}", "{name}（{period}）：{parts}", name, period, parts),
        None => both!("{name}: {parts}", "{name}：{parts}", name, parts),
    }
}

/// Whether layers have set every value, so that nothing is left of the pack's own.
fn all_set(dated: &DatedDef) -> bool {
    let others = dated.otherwise.is_none() || dated.set.iter().any(|set| set.keys.is_none());
    !dated.set.is_empty() && others && dated.values.iter().all(|(keys, _)| dated.set_of(keys).is_some())
}

fn joined_keys(reader: Reader, lists: &[Option<usize>], keys: &[Key]) -> Text {
    let keys: Vec<Text> = keys.iter().enumerate().map(|(at, key)| name::key(reader, lists.get(at).copied().flatten(), key)).collect();
    Text::join(&keys, " ", "")
}

fn keyed(reader: Reader, lists: &[Option<usize>], keys: &[Key], value: &Text) -> Text {
    let keys = joined_keys(reader, lists, keys);
    if keys.is_empty() { value.clone() } else { both!("{keys} {value}", "{keys} {value}", keys, value) }
}

/// For each key, the codes that the rule can ask for: those of its `for each`, else the whole list.
fn asked(rule: &RuleDef, parameter: &ParameterDef, keys: &[Node]) -> Vec<Option<Vec<u16>>> {
    let of = |at: usize| match keys.get(at).map(|node| node.kind.as_ref()) {
        Some(NodeKind::UnitCode(place)) => rule.codes.get(*place).cloned(),
        Some(NodeKind::Code(code)) => Some(vec![*code]),
        _ => None,
    };
    (0..parameter.by.len()).map(of).collect()
}

/// The codes for which there is no value: `no limit for teaching points`.
fn absent(reader: Reader, lists: &[Option<usize>], dated: &DatedDef, asked: &[Option<Vec<u16>>]) -> Option<Text> {
    let mut all: Vec<Vec<Key>> = vec![Vec::new()];
    for (at, list) in lists.iter().enumerate() {
        let Some(list) = list else { return Some(Text::new("no limit for any other", "其余没有标准值")) };
        let codes = asked.get(at).cloned().flatten().unwrap_or_else(|| (0u16..).zip(&reader.plan.codes[*list].codes).map(|(code, _)| code).collect());
        all = all.iter().flat_map(|before| codes.iter().map(|code| before.iter().cloned().chain([Key::Code(*code)]).collect())).collect();
    }
    let is_absent = |keys: &&Vec<Key>| !dated.values.iter().any(|(found, _)| found == *keys);
    let missing: Vec<Text> = all.iter().filter(is_absent).map(|keys| joined_keys(reader, lists, keys)).collect();
    match missing.len() {
        0 => None,
        1..=NAMED => {
            let names = or_list(&missing);
            Some(both!("no limit for {names} (not applicable there)", "{names}没有标准值（判为“不适用”）", names))
        }
        _ => Some(Text::new("no limit for any other (not applicable there)", "其余没有标准值（判为“不适用”）")),
    }
}
