//! What things are called: tables in singular and plural, columns as seen from the row at hand, codes, rules.

use crate::base::Text;
use crate::base::plural::{plural_word, singular_of, singular_word};
use crate::model::plan::{ColumnRef, Key, LinkRef, Node, RuleDef, TableDef};

use super::phrase::{Reader, both, mark, quoted};

/// One row: `school` / `学校`; `survey result` of a table `survey` that is called `survey results`.
pub(super) fn singular(table: &TableDef) -> Text {
    let names = table.names.short();
    Text { en: lower(&singular_of(singular_word(&table.names.id, &names.en))), zh: names.zh }
}

/// Several rows: `schools` / `学校`.
pub(super) fn plural(table: &TableDef) -> Text {
    let one = singular(table);
    Text { en: plural_word(&one.en), zh: one.zh }
}

/// `each school` / `每所学校`.
pub(super) fn each(table: &TableDef) -> Text {
    let (one, counter) = (singular(table), counter(table));
    both!("each {one}", "每{counter}{one}", one, counter)
}

/// The word that Chinese puts between a number and the thing: 所, 名, 间, else 个.
pub(super) fn counter(table: &TableDef) -> Text {
    let counted = table.counted_in.text().zh.as_str();
    Text::new("", if ["所", "名", "间"].contains(&counted) { counted } else if counted == "人" { "名" } else { "个" })
}

/// A title's first letter in a sentence, unless it is an abbreviation.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => first.to_ascii_lowercase().to_string() + letters.as_str(),
        _ => title.to_string(),
    }
}

/// A column's own name, or with the row above to which it belongs: `its school's type` / `所属学校的学校类型`.
pub(super) fn column(reader: Reader, at: ColumnRef) -> Text {
    let (above, name) = column_apart(reader, at);
    let name = mark(name);
    both!("{above}{name}", "{above}{name}", above, name)
}

/// Whose a column is, if not the row's at hand, and its own name.
pub(super) fn column_apart(reader: Reader, at: ColumnRef) -> (Text, Text) {
    (whose(reader, at.table), reader.plan.column(at).names.short())
}

/// Whose a measure is, if not the row's at hand, and its own name.
pub(super) fn measure_apart(reader: Reader, at: usize) -> (Text, Text) {
    let measure = &reader.plan.measures[at];
    (whose(reader, measure.of), measure.names.short())
}

/// What a role leads to: `urban's head` / `城区校的校长`.
pub(super) fn by_role(reader: Reader, link: LinkRef, of: &Node) -> Text {
    let role = Text::from(reader.plan.role_name(link));
    let first = reader.plan.tables[link.table].parents[link.parent].table;
    let inner = super::value::value(Reader { row: Some(first), ..reader }, of);
    both!("{role}'s {inner}", "{role}的{inner}", role, inner)
}

fn whose(reader: Reader, table: usize) -> Text {
    if reader.row.is_none_or(|row| row == table) {
        return Text::default();
    }
    let above = singular(&reader.plan.tables[table]);
    both!("its {above}'s ", "所属{above}的", above)
}

pub(super) fn code(reader: Reader, list: usize, code: u16) -> Text {
    match reader.plan.codes.get(list).and_then(|list| list.codes.get(usize::from(code))) {
        Some(found) => found.names.short(),
        None => Text::from(code),
    }
}

/// A key of a parameter or of a case.
pub(super) fn key(reader: Reader, list: Option<usize>, key: &Key) -> Text {
    match (key, list) {
        (Key::Code(at), Some(list)) => code(reader, list, *at),
        (Key::Code(at), None) => Text::from(at),
        (Key::Text(text), _) => quoted(text),
    }
}

/// `G5 “Class size”` / `G5“班额”`.
pub(super) fn rule(rule: &RuleDef) -> Text {
    let (id, title) = (Text::from(&rule.names.id), rule.names.text());
    if title.en == id.en && title.zh == id.zh { id } else { both!("{id} “{title}”", "{id}“{title}”", id, title) }
}
