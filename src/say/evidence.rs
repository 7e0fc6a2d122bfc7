//! What a rule asks of documents, and what becomes of it where they are not there.

use crate::base::Text;
use crate::model::plan::{ColumnKind, EvidenceDef};

use super::name;
use super::phrase::{Reader, both, detail, line};

/// `evidence for G8, issued within 3 years before the as-of date, is found met`.
pub(super) fn inline(reader: Reader, def: &EvidenceDef) -> Text {
    let (rule, found) = (Text::from(&*def.rule), finding(reader, def));
    match def.within {
        None => both!("evidence for {rule} is found {found}", "{rule} 的佐证材料认定为“{found}”", rule, found),
        Some(months) => {
            let span = span(months);
            both!("evidence for {rule}, issued within {span} up to the as-of date (both days included), is found {found}", "{rule} 的佐证材料在基准日前 {span}内出具（含首尾两日），认定为“{found}”", rule, span, found)
        }
    }
}

pub(super) fn lines(reader: Reader, head: &Text, def: &EvidenceDef) -> Vec<Text> {
    let text = inline(reader, def);
    vec![
        line(&both!("{head}{text}", "{head}{text}", head, text)),
        detail(&Text::new(
            "settled by a document and what was found of it, never by data: nothing on file, nothing valid, or findings that differ leave it undecided",
            "以材料和认定结论为准，不以数据判定：没有材料、材料均已失效或认定结论不一致的，判为“无法判定”",
        )),
    ]
}

fn finding(reader: Reader, def: &EvidenceDef) -> Text {
    let table = &reader.plan.tables[def.table];
    match table.evidence.map(|columns| table.columns[columns.found].ty) {
        Some(ColumnKind::Code(list)) => name::code(reader, list, def.found),
        _ => Text::default(),
    }
}

fn span(months: i32) -> Text {
    match (months % 12, months / 12) {
        (0, 1) => Text::new("1 year", "1 年"),
        (0, years) => Text::new(format!("{years} years"), format!("{years} 年")),
        _ => Text::new(format!("{months} months"), format!("{months} 个月")),
    }
}
