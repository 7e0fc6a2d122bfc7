//! A spreadsheet of everything that breaches or is open: a line for each row that a finding lists, and for the unit itself
//! where a requirement lists none. Given a verdict that lists them all, not the worst alone.

use crate::base::Text;
use crate::model::value::{CellRef, Place};
use crate::model::verdict::{Finding, Form, Judged, Limit, Outcome, Part};

use super::csv::{MARK, push_record};
use super::figure;
use super::page::{Page, ordinal};
use super::phrase;

/// The heads of the columns; `requirement` is the number of one of several, or of a step.
const HEADS: [&str; 10] = ["rule", "unit", "requirement", "table", "key", "place", "outcome", "value", "limit", "cells"];

/// The rows as CSV (RFC 4180, UTF-8 with a byte order mark), what is personal masked as in any report.
pub fn violations(page: &Page) -> String {
    let mut text = String::from(MARK);
    push_record(&mut text, HEADS.into_iter().map(String::from));
    for finding in page.verdict.findings.iter().filter(|finding| breaks(finding.outcome)) {
        let mut records = Vec::new();
        rows(page, finding, &finding.judged, "", &mut records);
        for record in records {
            push_record(&mut text, record.into_iter());
        }
    }
    text
}

fn breaks(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::NotMet | Outcome::Undecided)
}

/// The rows that a judgement lists, in their order; the unit itself where it lists none. Those of a requirement that is met
/// are no breach.
fn rows(page: &Page, finding: &Finding, judged: &Judged, within: &str, records: &mut Vec<[String; 10]>) {
    if !breaks(judged.outcome) {
        return;
    }
    let before = records.len();
    // How many rows stand there may be a figure that is not shown.
    let shown = page.veil(judged, finding.unit.table);
    for (at, part) in shown.parts.iter().enumerate() {
        match part {
            Part::Step(of) | Part::Operand(of) => {
                let number = ordinal(&shown.parts, at).to_string();
                let number = if within.is_empty() { number } else { format!("{within}.{number}") };
                rows(page, finding, of, &number, records);
            }
            Part::Row { table, row, name, key, judged: of } => {
                let (key, _) = page.row_unit(*table, *row, key, name);
                records.push(record(page, finding, within, (Some(*table), *row, key), of));
            }
            // Of rules that are counted the figure is how many: the unit itself.
            Part::Branch { .. } if matches!(judged.form, Form::Rules { .. }) => {}
            Part::Branch { rule, unit: Some(key), row: Some(row), judged: Some(of), .. } => {
                let of = in_share(judged, of);
                if breaks(of.outcome) {
                    records.push(record(page, finding, within, (page.table_of(*rule), *row, page.veil_branch_key(*rule, key)), &of));
                }
            }
            _ => {}
        }
    }
    if records.len() == before {
        records.push(record(page, finding, within, (finding.unit.table, finding.unit.row, page.unit(&finding.unit).key), judged));
    }
}

/// A unit in a share of units: one that is met breaks the share where there are too many of its kind, or where its grade is
/// not the one wanted. Its own limit would then read the wrong way round.
fn in_share(share: &Judged, unit: &Judged) -> Judged {
    match (share.form, unit.outcome) {
        (Form::Share, Outcome::Met) => Judged { outcome: share.outcome, limit: Limit::None, ..unit.clone() },
        _ => unit.clone(),
    }
}

fn record(page: &Page, finding: &Finding, within: &str, (table, row, key): (Option<usize>, u32, String), judged: &Judged) -> [String; 10] {
    let lang = page.lang;
    let shown = page.veil(judged, table);
    // Where it is open whether the unit is asked at all, by the cells that leave it so.
    let open: Vec<CellRef> = judged.reason.iter().filter_map(|cause| if let Place::Cell(cell) = cause.at { Some(cell) } else { None }).collect();
    [
        page.full_id(finding.rule),
        page.unit(&finding.unit).key,
        within.to_string(),
        table.map(|table| page.table_id(table)).unwrap_or_default(),
        if table.is_some_and(|table| page.is_keyed(table)) { key } else { String::new() },
        table.map(|table| place(page, table, row)).unwrap_or_default().get(lang).to_string(),
        judged.outcome.code().to_string(),
        figure::value(&shown.value, shown.show, lang),
        figure::limit(&shown.limit, shown.show, lang),
        cells(page, if judged.form == Form::Unasked { &open } else { &shown.cells }).get(lang).to_string(),
    ]
}

/// `class.csv row 26`; of a part of a school the row of the whole.
fn place(page: &Page, table: usize, row: u32) -> Text {
    let cell = CellRef { table: u16::try_from(table).unwrap_or(u16::MAX), column: 0, row };
    page.cell(cell).map(|view| phrase::address(&view)).unwrap_or_default()
}

/// `class.csv row 26: size 46, teachers 1`: cells of one row under one address.
fn cells(page: &Page, cells: &[CellRef]) -> Text {
    let mut by_row: Vec<(Text, Vec<Text>)> = Vec::new();
    for view in cells.iter().filter_map(|cell| page.cell(*cell)) {
        let address = phrase::address(&view);
        let cell: Text = format!("{} {}", view.column, view.raw.trim()).trim_end().into();
        match by_row.iter_mut().find(|(known, _)| *known == address) {
            Some((_, cells)) if cells.contains(&cell) => {}
            Some((_, cells)) => cells.push(cell),
            None => by_row.push((address, vec![cell])),
        }
    }
    let line = |(address, cells): &(Text, Vec<Text>)| {
        let cells = Text::join(cells, ", ", "，");
        Text::new(format!("{}: {}", address.en, cells.en), format!("{}：{}", address.zh, cells.zh))
    };
    Text::join(&by_row.iter().map(line).collect::<Vec<_>>(), "; ", "；")
}
