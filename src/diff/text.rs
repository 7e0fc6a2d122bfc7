//! A difference as people read it: what became of how many findings first, then each that moved, then what moved them.

use std::collections::BTreeMap;

use crate::base::{Lang, Text, visible};
use crate::model::said;

use super::cells::Cells;
use super::moves::{Change, Move};
use super::plans::{ItemChange, Plans};
use super::{Difference, Moves, Side, phrase, shown};

/// How many findings of one kind are listed, and how many cells.
const MOST: usize = 20;

/// The whole difference, in one language.
pub fn text(difference: &Difference, lang: Lang) -> String {
    let mut lines = Vec::new();
    match difference {
        Difference::Reports { a, b, moves } => {
            sides(a, b, &mut lines);
            findings(moves, true, &mut lines);
        }
        Difference::Packs { plans, .. } => packs(plans, &mut lines),
        Difference::Data { a, b, cells, moves } => {
            sides(a, b, &mut lines);
            data(cells, &mut lines);
            findings(moves, false, &mut lines);
        }
    }
    if !difference.any() {
        lines.extend([Text::default(), phrase::nothing_differs()]);
    }
    lines.iter().skip_while(|line| line.is_empty()).map(|line| format!("{}\n", line.get(lang).trim_end())).collect()
}

fn sides(a: &Side, b: &Side, lines: &mut Vec<Text>) {
    lines.push(phrase::side("A", &a.path, a.as_of, a.outcome));
    lines.push(phrase::side("B", &b.path, b.as_of, b.outcome));
}

fn indented(by: usize, text: &Text) -> Text {
    let blanks = " ".repeat(by);
    Text::new(format!("{blanks}{}", text.en), format!("{blanks}{}", text.zh))
}

/// `told`: what moved them is worth saying.
fn findings(moves: &Moves, told: bool, lines: &mut Vec<Text>) {
    let mut by: BTreeMap<Change, Vec<&Move>> = BTreeMap::new();
    for one in &moves.all {
        by.entry(one.change).or_default().push(one);
    }
    lines.push(Text::default());
    let counts: Vec<Text> = Change::ALL.iter().filter_map(|change| by.get(change).map(|found| (phrase::change(*change), found.len()))).map(|(word, count)| Text::new(format!("{} {count}", word.en), format!("{} {count}", word.zh))).collect();
    lines.push(Text::join(&counts, " · ", " · "));
    let other = moves.all.iter().filter(|one| one.other_value).count();
    lines.extend((other > 0).then(|| phrase::other_value(other)));
    if told && let Some(factors) = &moves.factors {
        lines.push(phrase::what_differs(factors));
    }
    if told && !moves.unknown.is_empty() && moves.all.iter().any(|one| one.change.is_any()) {
        lines.extend([Text::default(), phrase::no_cause()]);
        lines.extend(moves.unknown.iter().map(|why| indented(2, &phrase::not_known(why))));
    }
    for change in Change::ALL.into_iter().filter(|change| change.is_any()) {
        let Some(found) = by.get(&change) else { continue };
        lines.extend([Text::default(), phrase::counted(&phrase::change(change), found.len())]);
        lines.extend(found.iter().take(MOST).map(|one| indented(2, &moved(one, told))));
        lines.extend((found.len() > MOST).then(|| phrase::more(found.len() - MOST)));
    }
    if told && moves.unknown.is_empty() {
        summed(moves, lines);
    }
}

/// `AREA S2: met 6.10 (limit >= 6) → not met 5.80 (limit >= 6) · data`.
fn moved(one: &Move, told: bool) -> Text {
    let state = |found: &Option<super::Found>| {
        found.as_ref().map(|found| {
            let (outcome, value) = (found.outcome.text(), shown::judged(found));
            Text::new(format!("{} {}", outcome.en, value.en).trim_end(), format!("{} {}", outcome.zh, value.zh).trim_end())
        })
    };
    let said = match (state(&one.before), state(&one.after)) {
        (Some(before), Some(after)) => phrase::arrow(&before, &after),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => Text::default(),
    };
    let line = phrase::labelled(&phrase::unit(&one.of, &one.name), &said);
    match one.cause.as_ref().filter(|_| told).map(phrase::cause) {
        Some(cause) => Text::new(format!("{} · {}", line.en, cause.en), format!("{} · {}", line.zh, cause.zh)),
        None => line,
    }
}

/// How many findings each cause has moved.
fn summed(moves: &Moves, lines: &mut Vec<Text>) {
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    for one in moves.all.iter().filter(|one| one.change.is_any()) {
        *counts.entry(one.cause.as_ref().map_or_else(phrase::not_told, phrase::cause)).or_default() += 1;
    }
    if counts.is_empty() {
        return;
    }
    lines.extend([Text::default(), phrase::moved_by()]);
    lines.extend(counts.iter().map(|(cause, count)| Text::new(format!("  {}: {count}", cause.en), format!("  {}：{count} 条", cause.zh))));
}

fn packs(plans: &Plans, lines: &mut Vec<Text>) {
    for change in &plans.changes {
        item(change, lines);
    }
}

fn item(change: &ItemChange, lines: &mut Vec<Text>) {
    let (what, name) = (phrase::item(change.what), visible(&change.name));
    let how = match change.how {
        "new" => phrase::item_new(),
        "removed" => phrase::item_gone(),
        _ => Text::default(),
    };
    let colon = if how.is_empty() { ("", "") } else { (": ", "：") };
    lines.push(Text::new(format!("{} {name}{}{}", what.en, colon.0, how.en), format!("{} {name}{}{}", what.zh, colon.1, how.zh)));
    lines.extend(change.lines.iter().map(|line| indented(2, line)));
}

fn data(cells: &Cells, lines: &mut Vec<Text>) {
    if !cells.any() {
        return;
    }
    lines.extend([Text::default(), phrase::rows_and_cells()]);
    for table in &cells.tables {
        let mut parts = Vec::new();
        parts.extend(table.handed_in.map(phrase::handed_in));
        parts.extend((table.new_rows + table.gone_rows > 0).then(|| phrase::rows(table.new_rows, table.gone_rows)));
        parts.extend(table.columns.iter().map(|(column, count)| phrase::column_count(column, *count)));
        lines.push(indented(2, &phrase::labelled(&table.name, &Text::join(&parts, ", ", "，"))));
    }
    if cells.total == 0 {
        return;
    }
    lines.extend([Text::default(), phrase::cells_changed(cells.total)]);
    for cell in cells.first.iter().take(MOST) {
        let value = |raw: &str| if raw.trim().is_empty() { said::BLANK.text() } else { visible(raw).into() };
        let place = visible(&format!("{} {} {}", cell.table, cell.key, cell.column)).into();
        lines.push(indented(2, &phrase::labelled(&place, &phrase::arrow(&value(&cell.before), &value(&cell.after)))));
    }
    lines.extend((cells.total > MOST).then(|| phrase::more(cells.total - MOST)));
}
