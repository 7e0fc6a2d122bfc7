//! Keys: what each row is known by, and which rows share a key or have none.
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{BlankKeyCell, RepeatedKeyCell, SpoiledId, TwinKeys, label_again, label_first};
use crate::model::plan::{ColumnKind, Plan};
use crate::model::table::{Cell, CellValue, Why};

use super::clean::fold;
use super::draft::Draft;
use super::header::shown;
use super::log::Log;
use super::numbers::is_scientific;
use super::sheet::HIDDEN;

/// What a key or link cell names: trimmed, full-width folded, a code by its id. `None` for a blank.
pub fn text(plan: &Plan, kind: ColumnKind, cell: &Cell) -> Option<Arc<str>> {
    match (&cell.value, kind) {
        (CellValue::Text(text), _) => Some(text.clone()),
        (CellValue::Code(code), ColumnKind::Code(list)) => plan.codes.get(list)?.codes.get(usize::from(*code)).map(|code| Arc::from(code.names.id.as_str())),
        (CellValue::Number(number), _) => Some(number.exact().into()),
        (CellValue::Date(date), _) => Some(date.to_string().into()),
        (CellValue::YearMonth(month), _) => Some(month.to_string().into()),
        (CellValue::Term(term), _) => Some(term.to_string().into()),
        (CellValue::Unknown(Why::Missing | Why::NoColumn), _) => None,
        _ => Some(Arc::from(fold(&cell.raw).as_ref())).filter(|text: &Arc<str>| !text.is_empty()),
    }
}

/// Whether a spreadsheet has spoiled an id of this column, as `2.12E+09`.
pub fn is_spoiled(kind: ColumnKind, text: &str) -> bool {
    kind == ColumnKind::Text && is_scientific(text)
}

/// Says that a spreadsheet has spoiled an id.
pub fn spoiled(plan: &Plan, draft: &Draft, row: usize, column: usize, log: &mut Log) {
    let message = SpoiledId { id: draft.quote(plan, row, column), column: draft.name(column) };
    log.add(draft.at(row, column), Diagnostic::new(&message).on(draft.frame(row, column), Text::default()));
}

/// The key of every row, and the row of every key. Errors: blank, repeated and spoiled keys are said.
pub fn keys(plan: &Plan, draft: &Draft, log: &mut Log) -> (Vec<Arc<str>>, HashMap<Arc<str>, u32>) {
    let def = &plan.tables[draft.of];
    if def.key.is_empty() {
        let places: Vec<Arc<str>> = draft.table.lines.iter().map(|line| line.to_string().into()).collect();
        return (places, HashMap::default());
    }
    let mut keys = Vec::with_capacity(draft.rows.len());
    let mut by_key = HashMap::default();
    let mut first = HashMap::default();
    let sound_header = def.key.iter().all(|column| draft.header.places[*column].is_some());
    for row in 0..draft.rows.len() {
        let (key, exact, sound) = row_key(plan, draft, row, sound_header, log);
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        if sound {
            match first.entry(exact) {
                Entry::Vacant(entry) => {
                    entry.insert(row);
                }
                Entry::Occupied(entry) => repeated(plan, draft, *entry.get(), row, &key, log),
            }
        }
        by_key.entry(key.clone()).or_insert(number);
        keys.push(key);
    }
    twins(plan, draft, &keys, &by_key, log);
    (keys, by_key)
}

/// `2101` and `2101.0` in one table: nobody can tell whether that is one row or two.
fn twins(plan: &Plan, draft: &Draft, keys: &[Arc<str>], by_key: &HashMap<Arc<str>, u32>, log: &mut Log) {
    let def = &plan.tables[draft.of];
    let [column] = def.key[..] else { return };
    if def.columns[column].ty != ColumnKind::Text {
        return;
    }
    for (row, key) in keys.iter().enumerate() {
        let digits = key.strip_suffix(".0").filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(first) = digits.and_then(|digits| by_key.get(digits)) else { continue };
        let message = TwinKeys { first: draft.quote(plan, *first as usize, column), again: draft.quote(plan, row, column), table: def.names.text() };
        let both = Diagnostic::new(&message).on(draft.frame(row, column), label_again()).on(draft.frame(*first as usize, column), label_first());
        log.add(draft.at(row, column), both);
    }
}

/// The key as shown, the key as compared, and whether every part of it is there.
fn row_key(plan: &Plan, draft: &Draft, row: usize, say: bool, log: &mut Log) -> (Arc<str>, Arc<str>, bool) {
    let def = &plan.tables[draft.of];
    let mut parts: Vec<Arc<str>> = Vec::with_capacity(def.key.len());
    let mut sound = say;
    for &column in &def.key {
        let kind = def.columns[column].ty;
        let part = text(plan, kind, &draft.table.columns[column][row]);
        if say && part.is_none() {
            let message = BlankKeyCell { column: draft.name(column), table: def.names.text() };
            log.add(draft.at(row, column), Diagnostic::new(&message).on(draft.frame(row, column), Text::default()));
        }
        if part.as_deref().is_some_and(|part| is_spoiled(kind, part)) {
            spoiled(plan, draft, row, column, log);
            sound = false;
        }
        sound &= part.is_some();
        parts.push(part.unwrap_or_default());
    }
    match parts.as_slice() {
        [one] => (one.clone(), one.clone(), sound),
        many => {
            let shown: Vec<String> = def.key.iter().zip(many).map(|(column, part)| shown_part(def.columns[*column].ty, part)).collect();
            (shown.join("-").into(), many.join("\u{1f}").into(), sound)
        }
    }
}

/// A part of a key as it is shown beside others: a text that holds what joins them stands in brackets, so that no two keys
/// are shown alike.
fn shown_part(kind: ColumnKind, part: &str) -> String {
    let is_text = matches!(kind, ColumnKind::Text | ColumnKind::Code(_));
    if is_text && part.contains(['-', '「', '」']) { format!("「{}」", part.replace('」', "」」")) } else { part.to_string() }
}

fn repeated(plan: &Plan, draft: &Draft, first: usize, again: usize, key: &str, log: &mut Log) {
    let def = &plan.tables[draft.of];
    let column = def.key.last().copied().unwrap_or(0);
    let personal = plan.has_personal_key(draft.of);
    let key: Text = if personal { HIDDEN.into() } else { shown(key).into() };
    let line = |row: usize| Text::from(draft.table.lines[row]);
    let message = RepeatedKeyCell { key, table: def.names.text(), first: line(first), again: line(again) };
    let diagnostic = Diagnostic::new(&message).on(draft.frame(again, column), label_again()).on(draft.frame(first, column), label_first());
    log.add(draft.at(again, column), diagnostic);
}
