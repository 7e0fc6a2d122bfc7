//! The cells of a file: every column of the table is read, and what cannot be read is listed.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap as HashMap};

use crate::base::{Number, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::{
    ImpossibleDateCell, MixedPercent, MoreCells, NegativeCell, NotWholeCell, OutOfBoundsCell, OutsideListCell, UnreadableCell, bounds_text, codes_help, due_text,
};
use crate::model::plan::{ColumnKind, Plan};
use crate::model::table::{BadCell, Cell, CellValue, Why};

use super::Settings;
use super::clean::{Cleaner, fold};
use super::draft::Draft;
use super::log::Log;

/// Room made for different texts of one column at first.
const FEW: usize = 64;
/// How many cells of one column are shown; the rest are counted.
const MOST_SHOWN: usize = 20;

/// Reads every cell of the rows that were taken.
pub fn fill(plan: &Plan, draft: &mut Draft, settings: &Settings, log: &mut Log) {
    let def = &plan.tables[draft.of];
    for (at, column) in def.columns.iter().enumerate() {
        let cleaner = Cleaner::new(plan, column, settings);
        let cells = match draft.header.places[at] {
            Some(place) => cells(draft, place, &cleaner),
            None => vec![Cell { value: CellValue::Unknown(Why::NoColumn), raw: Arc::from("") }; draft.rows.len()],
        };
        draft.table.columns.push(cells);
        warn(plan, draft, at, log);
        if cleaner.takes_percent() {
            refuse_mixed(plan, draft, at, log);
        }
    }
    blank_pupils(plan, draft, settings);
}

/// Reads one column; a text that comes again is read once.
fn cells(draft: &Draft, place: usize, cleaner: &Cleaner) -> Vec<Cell> {
    let mut known: HashMap<&str, Cell> = HashMap::with_capacity_and_hasher(draft.rows.len().min(FEW), FxBuildHasher);
    let read = |raw: &str| Cell { value: cleaner.value(raw), raw: Arc::from(raw) };
    let cell = |row: &usize| match draft.sheet.cell(*row, place) {
        Cow::Borrowed(raw) => known.entry(raw).or_insert_with(|| read(raw)).clone(),
        Cow::Owned(raw) => read(&raw),
    };
    draft.rows.iter().map(cell).collect()
}

/// Lists the cells of a column that have no value though something stands there.
fn warn(plan: &Plan, draft: &mut Draft, column: usize, log: &mut Log) {
    let reason = |(row, cell): (usize, &Cell)| match cell.value {
        CellValue::Unknown(why) if !matches!(why, Why::Missing | Why::NoColumn) => Some((row, why)),
        _ => None,
    };
    let found: Vec<(usize, Why)> = draft.table.columns[column].iter().enumerate().filter_map(reason).collect();
    for (row, why) in found.iter().take(MOST_SHOWN) {
        let diagnostic = bad_cell(plan, draft, *row, column, *why);
        log.add(draft.at(*row, column), diagnostic.on(draft.frame(*row, column), Text::default()));
    }
    if let Some((row, _)) = found.get(MOST_SHOWN) {
        let message = MoreCells { count: (found.len() - MOST_SHOWN).into(), column: draft.name(column) };
        log.add(draft.at(*row, column), Diagnostic::new(&message).on(draft.frame(*row, column), Text::default()));
    }
    let (table, number) = (draft.of, u16::try_from(column).unwrap_or(u16::MAX));
    draft.bad.extend(found.iter().map(|(row, why)| BadCell { table, row: u32::try_from(*row).unwrap_or(u32::MAX), column: number, why: *why }));
}

fn bad_cell(plan: &Plan, draft: &Draft, row: usize, at: usize, why: Why) -> Diagnostic {
    let def = &plan.tables[draft.of].columns[at];
    let (cell, column) = (draft.quote(plan, row, at), draft.name(at));
    let written = |number: &Option<Number>| number.as_ref().map(|number| def.unit.from_base(number).plain(6));
    match why {
        Why::OutsideList => {
            let codes = if let ColumnKind::Code(list) = def.ty { plan.codes.get(list) } else { None };
            OutsideListCell { help: codes_help(codes, &cell.en), cell, column }.into()
        }
        Why::ImpossibleDate => ImpossibleDateCell { cell, column }.into(),
        Why::Negative => NegativeCell { cell, column }.into(),
        Why::NotWhole => NotWholeCell { cell, column }.into(),
        Why::OutOfBounds => OutOfBoundsCell { cell, column, bounds: bounds_text(written(&def.low), written(&def.high)) }.into(),
        Why::Unreadable | Why::Missing | Why::NoColumn => UnreadableCell { cell, column, due: due_text(def.ty, &def.unit) }.into(),
    }
}

/// `85%` beside `85` in one column of plain numbers: which of them is 0.85 nobody can tell.
fn refuse_mixed(plan: &Plan, draft: &Draft, column: usize, log: &mut Log) {
    let cells = &draft.table.columns[column];
    let written = |cell: &&Cell, percent: bool| {
        let text = fold(&cell.raw);
        matches!(cell.value, CellValue::Number(_)) && text.ends_with('%') == percent && text.bytes().any(|byte| byte.is_ascii_digit())
    };
    let find = |percent: bool| cells.iter().position(|cell| written(&cell, percent));
    let (Some(percent), Some(bare)) = (find(true), find(false)) else { return };
    let message = MixedPercent { column: draft.name(column), percent: draft.quote(plan, percent, column), bare: draft.quote(plan, bare, column) };
    let diagnostic = Diagnostic::new(&message).on(draft.frame(percent, column), Text::default()).on(draft.frame(bare, column), Text::default());
    log.add(draft.at(percent, column), diagnostic);
}

/// Where no part of a school has its pupils written, a blank is no 0: all are missing (R2).
fn blank_pupils(plan: &Plan, draft: &mut Draft, settings: &Settings) {
    let splits = plan.tables.iter().filter_map(|table| table.split.as_ref()).filter(|split| split.of == draft.of);
    for split in splits {
        let columns: Vec<usize> = split.parts.iter().map(|part| part.pupils).collect();
        let Some(first) = columns.first() else { continue };
        let cleaner = Cleaner::new(plan, &plan.tables[draft.of].columns[*first], settings);
        for row in 0..draft.rows.len() {
            let cell = |column: &usize| &draft.table.columns[*column][row];
            let written = |column: &usize| !matches!(cell(column).value, CellValue::Unknown(_)) && !cleaner.is_missing(&cell(column).raw);
            if columns.iter().any(written) {
                continue;
            }
            for column in &columns {
                let value = &mut draft.table.columns[*column][row].value;
                if !matches!(value, CellValue::Unknown(_)) {
                    *value = CellValue::Unknown(Why::Missing);
                }
            }
        }
    }
}
