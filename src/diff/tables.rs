//! Tables and code lists of two plans: everything that is declared of them, each as a label and what is said under it.

use crate::base::{Number, Text};
use crate::model::plan::{Blank, CodeDef, CodeList, ColumnDef, ColumnKind, EvidenceTable, ParentDef, Plan, SplitDef, TableDef};

use super::phrase;

/// Decimals of a number that a rule file holds.
const WRITTEN: u32 = 30;

/// What is declared of an item: each label once, blank where nothing is said.
type Declared = Vec<(Text, Text)>;

pub fn table(a: &Plan, b: &Plan, i: usize, j: usize) -> Vec<Text> {
    let (before, after) = (&a.tables[i], &b.tables[j]);
    let mut lines = compared(&structure(a, before), &structure(b, after));
    let column = |id: &str| Text::new(format!("column {id}"), format!("列 {id}"));
    for new in &after.columns {
        match before.columns.iter().find(|old| old.names.id == new.names.id) {
            None => lines.push(phrase::labelled(&column(&new.names.id), &phrase::item_new())),
            Some(old) => lines.extend(phrase::line(&column(&new.names.id), &of_column(a, old), &of_column(b, new))),
        }
    }
    let gone = before.columns.iter().filter(|old| !after.columns.iter().any(|new| new.names.id == old.names.id));
    lines.extend(gone.map(|old| phrase::labelled(&column(&old.names.id), &phrase::item_gone())));
    lines
}

pub fn codes(a: &Plan, b: &Plan, i: usize, j: usize) -> Vec<Text> {
    let (before, after) = (&a.codes[i], &b.codes[j]);
    // That a code is new or gone is said of it: here the others, in the order in which each list has them.
    let in_order = |of: &CodeList, other: &CodeList| list(of.codes.iter().map(|code| &code.names.id).filter(|id| other.codes.iter().any(|code| code.names.id == **id)).map(Text::from));
    let mut lines = compared(&listed(before), &listed(after));
    lines.extend(phrase::line(&Text::new("codes in order", "代码次序"), &in_order(before, after), &in_order(after, before)));
    lines
}

/// A line for each label of either under which not the same is said.
fn compared(before: &Declared, after: &Declared) -> Vec<Text> {
    let of = |declared: &Declared, label: &Text| declared.iter().find(|(known, _)| known == label).map(|(_, said)| said.clone()).unwrap_or_default();
    let gone = before.iter().filter(|(label, _)| !after.iter().any(|(known, _)| known == label));
    after.iter().chain(gone).filter_map(|(label, _)| phrase::line(label, &of(before, label), &of(after, label))).collect()
}

fn structure(plan: &Plan, table: &TableDef) -> Declared {
    let named = |column: Option<usize>| column.map(|column| id(table, column)).unwrap_or_default();
    let mut said = vec![
        (Text::new("title", "名称"), table.names.text()),
        (Text::new("key", "主键"), list(table.key.iter().map(|column| id(table, *column)))),
        (Text::new("rows called by", "名称取自列"), named(table.called)),
        (Text::new("counted in", "计数单位"), counted_in(table)),
        (Text::new("period", "期间"), named(table.period)),
        (Text::new("filed by", "必报者"), table.filed_by.map(|by| Text::from(&plan.tables[by].names.id)).unwrap_or_default()),
        (Text::new("evidence", "佐证"), table.evidence.map(|evidence| documents(table, evidence)).unwrap_or_default()),
    ];
    match &table.split {
        None => said.push((Text::new("in", "属于"), Text::join(&table.parents.iter().map(|parent| above(plan, table, parent)).collect::<Vec<_>>(), "; ", "；"))),
        Some(split) => said.extend(parts(plan, table, split)),
    }
    said
}

/// The unit of a count of its rows; nothing where that is what the table is called.
fn counted_in(table: &TableDef) -> Text {
    let unit = table.counted_in.text();
    if [table.names.short(), table.names.text()].contains(unit) { Text::default() } else { unit.clone() }
}

fn id(table: &TableDef, column: usize) -> Text {
    table.columns.get(column).map(|column| Text::from(&column.names.id)).unwrap_or_default()
}

fn list(names: impl Iterator<Item = Text>) -> Text {
    Text::join(&names.collect::<Vec<_>>(), ", ", "、")
}

/// `school by from_school as sender, may be blank`.
fn above(plan: &Plan, table: &TableDef, parent: &ParentDef) -> Text {
    let (above, column) = (&plan.tables[parent.table].names.id, id(table, parent.column));
    let (role_en, role_zh) = parent.role.as_ref().map_or_else(Default::default, |role| (format!(" as {role}"), format!(" 作为 {role}")));
    let (blank_en, blank_zh) = if parent.optional { (", may be blank", "，可空") } else { Default::default() };
    Text::new(format!("{above} by {}{role_en}{blank_en}", column.en), format!("{above} 按 {}{role_zh}{blank_zh}", column.zh))
}

fn documents(table: &TableDef, evidence: EvidenceTable) -> Text {
    let column = |label: Text, column: usize| {
        let name = id(table, column);
        Text::new(format!("{} {}", label.en, name.en), format!("{} {}", label.zh, name.zh))
    };
    let mut said = vec![column(Text::new("for", "指标"), evidence.rule)];
    said.extend(evidence.issued.map(|at| column(Text::new("issued", "出具"), at)));
    said.extend(evidence.until.map(|at| column(Text::new("until", "有效至"), at)));
    said.push(column(Text::new("found", "认定"), evidence.found));
    Text::join(&said, ", ", "，")
}

/// What is split and by which codes, each part with its pupils and their share, and which columns are shared or its own.
fn parts(plan: &Plan, table: &TableDef, split: &SplitDef) -> Declared {
    let (whole, codes) = (&plan.tables[split.of], &plan.codes[split.codes]);
    let code = |code: u16| codes.codes.get(usize::from(code)).map(|code| code.names.id.clone()).unwrap_or_default();
    let mut said = vec![(Text::new("split", "折算"), Text::new(format!("{} by {}", whole.names.id, codes.names.id), format!("{} 按 {}", whole.names.id, codes.names.id)))];
    for part in &split.parts {
        let (name, title, pupils, share) = (code(part.code), part.names.text(), id(whole, part.pupils), part.share.plain(WRITTEN));
        let words = Text::new(format!("{}, pupils {}, share {share}", title.en, pupils.en), format!("{}，学生 {}，折 {share}", title.zh, pupils.zh));
        said.push((Text::new(format!("part {name}"), format!("部分 {name}")), words));
    }
    said.push((Text::new("shared", "共用"), list(split.shared.iter().map(|column| id(whole, *column)))));
    let first = 2 + split.shared.len();
    for (at, columns) in split.own.iter().enumerate() {
        let own = id(table, first + at);
        let of = split.parts.iter().zip(columns).filter_map(|(part, column)| column.map(|column| (code(part.code), id(whole, column))));
        let words = list(of.map(|(code, column)| Text::new(format!("{code} {}", column.en), format!("{code} {}", column.zh))));
        said.push((Text::new(format!("own {}", own.en), format!("分列 {}", own.zh)), words));
    }
    said
}

fn of_column(plan: &Plan, column: &ColumnDef) -> Text {
    let number = |number: &Number| column.unit.from_base(number).plain(WRITTEN);
    let kind = match column.ty {
        ColumnKind::Code(list) => Text::new(format!("one of {}", plan.codes[list].names.id), format!("取自 {}", plan.codes[list].names.id)),
        other => phrase::column_kind(other),
    };
    let mut parts = vec![column.names.text(), kind];
    parts.extend((!column.unit.text().is_empty()).then(|| column.unit.text().clone()));
    parts.extend(column.blank_means.as_ref().map(|means| blank(plan, column, means, &number)));
    parts.extend(column.low.as_ref().map(|low| Text::from(format!(">= {}", number(low)))));
    parts.extend(column.high.as_ref().map(|high| Text::from(format!("<= {}", number(high)))));
    parts.extend(column.is_fraction.then(|| Text::new("as fraction", "小数")));
    parts.extend(column.personal.then(|| Text::new("personal", "个人信息")));
    parts.extend(column.open.then(|| Text::new("open", "公开")));
    Text::join(&parts, ", ", "，")
}

fn blank(plan: &Plan, column: &ColumnDef, means: &Blank, number: &dyn Fn(&Number) -> String) -> Text {
    let means = match (means, column.ty) {
        (Blank::Number(of), _) => number(of).into(),
        (Blank::Truth(true), _) => Text::new("yes", "是"),
        (Blank::Truth(false), _) => Text::new("no", "否"),
        (Blank::Code(code), ColumnKind::Code(list)) => plan.codes[list].codes.get(usize::from(*code)).map_or_else(Text::default, |code| Text::from(&code.names.id)),
        (Blank::Code(_), _) => Text::default(),
    };
    Text::new(format!("blank means {}", means.en), format!("空白计 {}", means.zh))
}

fn listed(of: &CodeList) -> Declared {
    let order = if of.best_first { Text::new("best first", "由优到劣") } else { Text::default() };
    let mut said = vec![(Text::new("title", "名称"), of.names.text()), (Text::new("order", "次序"), order)];
    said.extend(of.codes.iter().map(|code| (Text::new(format!("code {}", code.names.id), format!("代码 {}", code.names.id)), of_code(code))));
    said
}

/// Its title, and what else it may be written by.
fn of_code(code: &CodeDef) -> Text {
    let title = code.names.text();
    let others = code.spellings.join(", ");
    if others.is_empty() { title } else { Text::new(format!("{}, {others}", title.en), format!("{}，{others}", title.zh)) }
}
