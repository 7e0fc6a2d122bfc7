//! The cells of a file: every column of the table is read, and what cannot be read is listed.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap as HashMap};

use crate::base::{Number, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::{
    DecimalComma, DoubtfulPercent, ImpossibleDateCell, LostZeroCell, MixedPercent, MoreCells, NegativeCell, NotWholeCell, OutOfBoundsCell, OutsideListCell, SpoiledCell, UnreadableCell, bounds_text,
    codes_help, due_text, percent_help,
};
use crate::model::manner::{Bare, Manner};
use crate::model::plan::{ColumnKind, ColumnRef, Plan, TableDef};
use crate::model::table::{BadCell, Cell, CellValue, Why};

use super::clean::{Cleaner, How, fold};
use super::dates;
use super::draft::Draft;
use super::log::Log;
use super::numbers::{is_decimal_comma, is_scientific};
use super::{Settings, Told};

/// Room made for different texts of one column at first.
const FEW: usize = 64;
/// How many cells of one column are shown; the rest are counted.
const MOST_SHOWN: usize = 20;

/// Reads every cell of the rows that were taken.
pub fn fill(plan: &Plan, draft: &mut Draft, told: Told<'_>, manner: &Manner, log: &mut Log) {
    let (def, settings) = (&plan.tables[draft.of], told.settings);
    for (at, column) in def.columns.iter().enumerate() {
        let held = told.held.percents.get(&ColumnRef { table: draft.of, column: at });
        let how = how(def, at, held, manner);
        let cleaner = Cleaner::new(plan, column, settings, how);
        let cells = match draft.header.places[at] {
            Some(place) => cells(draft, place, &cleaner),
            None => vec![Cell { value: CellValue::Unknown(Why::NoColumn), raw: Arc::from("") }; draft.rows.len()],
        };
        draft.table.columns.push(cells);
        if column.ty == ColumnKind::YearMonth {
            doubt_january(&mut draft.table.columns[at]);
        }
        warn(plan, draft, at, log);
        if how.bare.is_none() {
            if cleaner.takes_percent() {
                refuse_mixed(plan, draft, at, log);
            }
            refuse_two_scales(plan, draft, at, held, log);
        }
        if !how.decimal_comma && matches!(column.ty, ColumnKind::Whole | ColumnKind::Number) {
            refuse_decimal_comma(plan, draft, at, log);
        }
    }
    blank_pupils(plan, draft, settings);
}

/// How one column is read. What a file says of all its columns is said of those that hold percents.
fn how(def: &TableDef, column: usize, held: Option<&Number>, manner: &Manner) -> How {
    let of = &def.columns[column];
    let is_id = def.key.contains(&column) || def.parents.iter().any(|parent| parent.column == column);
    let named = manner.bare_of(of.names.all());
    let all = || manner.bare_of_all().filter(|_| of.unit.is_percent() || (of.unit.is_plain() && held.is_some()));
    let bare = if of.is_fraction { Some(Bare::Fraction) } else { named.or_else(all).filter(|_| of.ty == ColumnKind::Number) };
    How { bare, decimal_comma: manner.decimal_comma, is_id }
}

/// Where 2020.11 or 2020.12 stand and nowhere 2020.10, a spreadsheet has taken the zero away: 2020.1 is January or October.
fn doubt_january(cells: &mut [Cell]) {
    let month = |cell: &Cell| {
        let text = fold(&cell.raw);
        let (year, month) = text.split_once('.')?;
        (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| month.to_string())
    };
    let (mut late, mut october) = (false, false);
    for cell in &*cells {
        let month = month(cell);
        late |= matches!(month.as_deref(), Some("11" | "12"));
        october |= month.as_deref() == Some("10");
    }
    if late && !october {
        for cell in cells.iter_mut().filter(|cell| month(cell).as_deref() == Some("1")) {
            cell.value = CellValue::Unknown(Why::Unreadable);
        }
    }
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
        Why::Unreadable if is_scientific(&fold(&draft.table.columns[at][row].raw)) => SpoiledCell { cell, column }.into(),
        Why::Unreadable if def.ty == ColumnKind::YearMonth && dates::month(&fold(&draft.table.columns[at][row].raw)).is_ok() => LostZeroCell { cell, column }.into(),
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

/// Numbers that may be percents or their hundredths: bare ones in a plain column held against a percent, and bare ones below
/// 1 beside written percents.
fn refuse_two_scales(plan: &Plan, draft: &Draft, column: usize, held: Option<&Number>, log: &mut Log) {
    let def = &plan.tables[draft.of].columns[column];
    let cells = || draft.table.columns[column].iter().enumerate().filter_map(|(row, cell)| if let CellValue::Number(number) = &cell.value { Some((row, number, fold(&cell.raw).ends_with('%'))) } else { None });
    let bare = || cells().filter(|(_, number, percent)| !percent && !number.is_zero()).map(|(row, number, _)| (row, number));
    let doubtful = if def.unit.is_percent() {
        let written = cells().find(|(.., percent)| *percent).map(|(row, ..)| row);
        let below = bare().find(|(_, number)| *number * &Number::int(100) < Number::ONE && !number.is_negative());
        written.zip(below.map(|(row, _)| row)).map(|(written, below)| (below, Some(written)))
    } else if let (Some(percent), true, ColumnKind::Number | ColumnKind::Whole) = (held, def.unit.is_plain(), def.ty) {
        let (two, ten) = (Number::int(2), Number::int(10));
        let high = bare().find(|(_, number)| **number > two && **number > &ten * percent).map(|(row, _)| (row, None));
        let beside = || {
            let above = bare().find(|(_, number)| **number > ten)?;
            let below = bare().find(|(_, number)| **number < Number::ONE && !number.is_negative())?;
            Some((above.0, Some(below.0)))
        };
        high.or_else(beside)
    } else {
        None
    };
    let Some((row, other)) = doubtful else { return };
    let other = other.or_else(|| bare().find(|(at, number)| *at != row && **number < Number::ONE).map(|(row, _)| row));
    let quoted = draft.quote(plan, row, column);
    let id = &def.names.id;
    let message = DoubtfulPercent { column: draft.name(column), help: percent_help(def.unit.is_percent(), id), cell: quoted };
    let mut diagnostic = Diagnostic::new(&message).on(draft.frame(row, column), Text::default());
    if let Some(other) = other {
        diagnostic = diagnostic.on(draft.frame(other, column), Text::default());
    }
    log.add(draft.at(row, column), diagnostic);
}

/// `12,5` where `1,234` may be meant as thousands: which mark parts the decimals is asked back.
fn refuse_decimal_comma(plan: &Plan, draft: &Draft, column: usize, log: &mut Log) {
    let found = draft.table.columns[column].iter().position(|cell| cell.raw.contains([',', '，']) && is_decimal_comma(&fold(&cell.raw)));
    let Some(row) = found else { return };
    let message = DecimalComma { cell: draft.quote(plan, row, column), column: draft.name(column), path: (&draft.sheet.path).into() };
    log.add(draft.at(row, column), Diagnostic::new(&message).on(draft.frame(row, column), Text::default()));
}

/// Where no part of a school has its pupils written, a blank is no 0: all are missing (R2).
fn blank_pupils(plan: &Plan, draft: &mut Draft, settings: &Settings) {
    let splits = plan.tables.iter().filter_map(|table| table.split.as_ref()).filter(|split| split.of == draft.of);
    for split in splits {
        let columns: Vec<usize> = split.parts.iter().map(|part| part.pupils).collect();
        let Some(first) = columns.first() else { continue };
        let cleaner = Cleaner::new(plan, &plan.tables[draft.of].columns[*first], settings, How::default());
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
