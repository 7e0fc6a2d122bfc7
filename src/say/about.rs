//! What frames a rule: its heading and weight, its dates, what it does not say and how that is taken, who counts it.

use crate::base::Text;
use crate::model::ast::RuleKind;
use crate::model::plan::{Blank, ColumnDef, ColumnKind, ColumnRef, Plan, RuleDef, TableDef};

use super::number;
use super::phrase::{and_list, article, both, line, mark};
use super::walk::Found;
use super::{allow, name, rules};

/// The rule's name, what a breach means, and what it rests on.
pub(super) fn heading(plan: &Plan, rule: &RuleDef) -> Text {
    let (name, weight) = (name::rule(rule), weight(plan, rule));
    let basis = Text::join(&rule.cites.iter().map(Text::from).collect::<Vec<_>>(), ", ", "、");
    if basis.is_empty() { both!("{name}. {weight}.", "{name}。{weight}。", name, weight) } else { both!("{name}. {weight}. Basis: {basis}.", "{name}。{weight}。依据：{basis}。", name, weight, basis) }
}

fn weight(plan: &Plan, rule: &RuleDef) -> Text {
    match rule.kind {
        RuleKind::Rule if !heard_by(plan, rule).is_empty() => {
            let by = rules::ids(plan, &heard_by(plan, rule));
            both!("Counted by {by}", "计入 {by}", by)
        }
        RuleKind::Rule => Text::new("Must be met", "必须达标"),
        RuleKind::Veto => Text::new("Veto: if it is not met the whole fails, whatever else is met", "一票否决：不达标的，整体不达标"),
        RuleKind::Level => level(plan, rule),
        RuleKind::Advice => Text::new("Advice: reported, never fails an audit", "鼓励性要求：只作提示，不影响结论"),
    }
}

fn level(plan: &Plan, rule: &RuleDef) -> Text {
    match rule.after {
        None => Text::new("A level: reached or not, never fails an audit", "等次：只判是否达到，不影响结论"),
        Some(before) => {
            let before = Text::from(&plan.rules[before].names.id);
            both!("A level that is reached only after {before}; never fails an audit", "等次：须先达到 {before}，只判是否达到，不影响结论", before)
        }
    }
}

/// Dates, decimals, who counts the rule.
pub(super) fn closing(plan: &Plan, rule: &RuleDef) -> Vec<Text> {
    let mut lines = Vec::new();
    lines.extend(number::period(rule.in_force).map(|period| line(&both!("In force {period}, both days included", "施行时间：{period}（含首尾两日）", period))));
    lines.extend(rule.show.map(|decimals| line(&shown(decimals))));
    lines.extend(counted_by(plan, rule));
    lines.extend(allow::of_item(plan, rule.span));
    lines
}

/// What a rule does not say, and how it is taken.
pub(super) fn unsaid(parts: &[(Text, bool)]) -> Text {
    let parts: Vec<Text> = parts.iter().map(|(text, _)| text.clone()).collect();
    let parts = Text::join(&parts, "; ", "；");
    line(&both!("Not said, and so: {parts}", "未写明的，按以下口径：{parts}", parts))
}

fn shown(decimals: u32) -> Text {
    let places = Text::from(if decimals == 1 { "1 decimal".to_string() } else { format!("{decimals} decimals") });
    let count = Text::from(decimals);
    both!("Shown with {places}; judged on the exact value", "显示 {count} 位小数，判定时用未取舍的精确值", places, count)
}

/// The rules through which a rule is heard; a level is heard by nobody.
fn heard_by(plan: &Plan, rule: &RuleDef) -> Vec<usize> {
    rule.part_of.iter().copied().filter(|by| plan.rules[*by].kind != RuleKind::Level).collect()
}

fn counted_by(plan: &Plan, rule: &RuleDef) -> Option<Text> {
    let heard_by = heard_by(plan, rule);
    let by = (!heard_by.is_empty()).then(|| rules::ids(plan, &heard_by))?;
    Some(line(&both!("It is listed by itself, but counts towards the result only through {by}", "本项单独列出，仅通过 {by} 影响结论", by)))
}

/// Each thing that a rule does not say, and whether it is of this rule's columns.
pub(super) fn unsaid_parts(plan: &Plan, rule: &RuleDef) -> Vec<(Text, bool)> {
    let found = Found::of_rule(plan, rule);
    let mut parts = Vec::new();
    if !found.columns.is_empty() {
        parts.push((Text::new("a blank is unknown, never 0", "空白视为未知，不按 0 计"), false));
        parts.extend(blanks(plan, &found.columns).into_iter().map(|text| (text, true)));
        parts.extend(no_pupils(plan, &found.columns).into_iter().map(|text| (text, true)));
        if found.divides {
            parts.push((Text::new("a quotient by 0 exceeds every upper limit, and is otherwise undecided", "除数为 0 的商，视为超过任何上限；其余情形判为“无法判定”"), false));
        }
        if !found.rounds {
            parts.push((Text::new("nothing is rounded before it is compared", "比较前不作取舍（不四舍五入）"), false));
        }
    }
    parts.extend(unfiled(plan, &found).map(|text| (text, true)));
    if number::period(rule.in_force).is_none() {
        parts.push((match number::period(plan.in_force(rule)) {
            Some(period) => both!("no dates, so in force as its pack is, {period}", "未写施行时间，与所在标准同：{period}", period),
            None => Text::new("no dates, so always in force", "未写施行时间，一直有效"),
        }, false));
    }
    parts
}

/// Tables of several periods of which nobody must file: a period without rows has none.
fn unfiled(plan: &Plan, found: &Found) -> Option<Text> {
    let mut tables: Vec<usize> = found.aggregates.iter().map(|at| &plan.aggregates[*at]).filter(|of| of.by.is_some()).map(|of| of.over).collect();
    tables.retain(|table| plan.tables[*table].period.is_some() && plan.tables[*table].filed_by.is_none());
    tables.sort_unstable();
    tables.dedup();
    let names: Vec<Text> = tables.into_iter().map(|table| mark(plan.tables[table].names.short())).collect();
    let names = and_list(&names);
    (!names.is_empty()).then(|| both!("whoever has no rows of a period of which others have rows in {names} has none there, a count or sum of 0 (`filed by` makes it unknown); a period of which nobody has rows is unknown", "{names}未写“必报”：某一期他人有、自己没有数据的，按没有计，计数与合计为 0；某一期谁都没有数据的，视为未知", names))
}

/// Tables that are split: where no part of a row has a figure of pupils, no blank of them means anything. That holds for
/// whoever reads the pupils, those of the whole or of a part, or what is portioned by them.
fn no_pupils(plan: &Plan, columns: &[ColumnRef]) -> Vec<Text> {
    let said = |(part, table): (usize, &TableDef)| {
        let split = table.split.as_ref()?;
        let whole = &plan.tables[split.of];
        let pupils: Vec<&ColumnDef> = split.parts.iter().map(|part| &whole.columns[part.pupils]).collect();
        let of_part = |at: &ColumnRef| at.table == part && split.rests_on_pupils(at.column) && pupils.iter().any(|column| column.blank_means.is_some());
        let of_whole = |at: &ColumnRef| at.table == split.of && split.parts.iter().any(|part| part.pupils == at.column) && plan.column(*at).blank_means.is_some();
        let names = and_list(&pupils.iter().map(|column| mark(column.names.short())).collect::<Vec<_>>());
        let one = name::singular(whole);
        let article = article(&one);
        columns.iter().any(|at| of_part(at) || of_whole(at)).then(|| both!("where {article} {one} has a number in none of {names}, all of them are unknown", "同一{one}的{names}均未填数字的，全部视为未知", article, one, names))
    };
    plan.tables.iter().enumerate().filter_map(said).collect()
}

/// The columns for which a blank has a meaning after all, by that meaning.
fn blanks(plan: &Plan, columns: &[ColumnRef]) -> Vec<Text> {
    let mut said: Vec<(Text, Vec<Text>)> = Vec::new();
    for column in columns.iter().map(|at| plan.column(*at)) {
        let Some(means) = column.blank_means.as_ref().map(|means| blank(plan, column, means)) else { continue };
        let name = mark(column.names.short());
        match said.iter_mut().find(|(same, _)| *same == means) {
            Some((_, names)) => names.push(name),
            None => said.push((means, vec![name])),
        }
    }
    let text = |(means, names): (Text, Vec<Text>)| {
        let names = and_list(&names);
        both!("but a blank is {means} in {names}", "但{names}空白计 {means}", means, names)
    };
    said.into_iter().map(text).collect()
}

fn blank(plan: &Plan, column: &ColumnDef, means: &Blank) -> Text {
    match (means, column.ty) {
        (Blank::Number(number), _) => number::bare(number, &column.unit).into(),
        (Blank::Truth(true), _) => Text::new("yes", "“是”"),
        (Blank::Truth(false), _) => Text::new("no", "“否”"),
        (Blank::Code(code), ColumnKind::Code(list)) => plan.codes[list].codes.get(usize::from(*code)).map_or_else(Text::default, |code| mark(code.names.short())),
        (Blank::Code(_), _) => Text::default(),
    }
}
