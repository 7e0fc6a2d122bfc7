//! One file: its bytes come in, the rows of its table go out, links not yet followed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::base::{Number, Text};
use crate::diag::catalog::{
    FileTooLarge, ImpossibleDateCell, MixedPercent, MoreCells, NegativeCell, NotWholeCell, NoteLine, OutOfBoundsCell, OutsideListCell, RaggedRow, TotalsRow, UnbalancedQuote, UndecodableBytes,
    UnknownEncoding, UnreadableCell, WorkbookFile, bounds_text, codes_help, due_text, ragged_help,
};
use crate::diag::{Diagnostic, Frame};
use crate::model::plan::{ColumnKind, Plan};
use crate::model::table::{BadCell, Cell, CellValue, Input, Origin, Table, Why};

use super::clean::{Cleaner, fold};
use super::header::{self, Header, Names};
use super::leave::{self, Kind};
use super::link::Handed;
use super::log::{At, Log};
use super::sheet::{Sheet, cut};
use super::{File, Settings, csv, encoding, key};

/// How many cells of one column are shown; the rest are counted.
const MOST_SHOWN: usize = 20;

/// The rows of one file, with all that a message about them needs.
#[derive(Debug)]
pub struct Draft {
    /// The plan's table.
    pub of: usize,
    pub file: usize,
    /// Its links are not yet followed.
    pub table: Table,
    pub sheet: Sheet,
    pub header: Header,
    /// The sheet's row of each row.
    pub rows: Vec<usize>,
    pub by_key: HashMap<Arc<str>, u32>,
    /// Keys of rows that could not be taken, so that a link to one is not called dangling.
    pub lost: HashSet<String>,
    /// Whether rows were lost whose key is not known.
    pub holes: bool,
    pub bad: Vec<BadCell>,
}

impl Draft {
    pub fn at(&self, row: usize, column: usize) -> At {
        At { file: self.file, line: self.table.lines[row], column: self.header.places[column].unwrap_or(usize::MAX) }
    }

    pub fn frame(&self, row: usize, column: usize) -> Frame {
        self.sheet.frame(self.rows[row], self.header.places[column], &self.header.hidden)
    }

    /// A column's header, as the file has it.
    pub fn name(&self, column: usize) -> Text {
        header::shown(&self.header.names[column]).into()
    }

    /// A cell as a message quotes it; personal ones are not shown.
    pub fn quote(&self, plan: &Plan, row: usize, column: usize) -> Text {
        if plan.tables[self.of].columns[column].personal { "***".into() } else { header::shown(&self.table.columns[column][row].raw).into() }
    }
}

/// Reads a file into its table. Errors are said; a file that yields no header is `Broken`.
pub fn read(plan: &Plan, table: usize, at: usize, file: File, settings: &Settings, log: &mut Log) -> Handed {
    let sha256 = Sha256::digest(&file.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut input = Input { path: file.path.clone(), rows: 0, sha256, encoding: String::new() };
    let place = At { file: at, ..At::default() };
    let Some(decoded) = text(&file, place, log) else { return Handed::Broken(input) };
    input.encoding = decoded.encoding;
    let names = Names::new(&plan.tables[table], settings);
    let is_header = |cell: &str| names.column(cell).is_some();
    let delimiter = file.delimiter.filter(u8::is_ascii).map_or_else(|| csv::delimiter(&decoded.text, header::TITLE_LINES + 1, is_header), char::from);
    let (sheet, faults) = csv::sheet(&file.path, decoded.text, delimiter);
    for fault in &faults {
        log.add(At { line: fault.line, ..place }, Diagnostic::new(&UnbalancedQuote { line: fault.line.into() }).on(fault.frame.clone(), Text::default()));
    }
    let Some(header) = header::find(plan, table, &sheet, &names, at, log) else { return Handed::Broken(input) };
    let mut draft = rows(plan, table, at, sheet, header, log);
    draft.holes |= !faults.is_empty();
    input.rows = draft.rows.len();
    draft.table.origin = Origin::HandedIn(input);
    fill(plan, &mut draft, settings, log);
    (draft.table.keys, draft.by_key) = key::keys(plan, &draft, log);
    Handed::Read(Box::new(draft))
}

/// The file's text. Errors: `None`, said: a workbook, an unknown encoding, undecodable bytes, more than 4 GiB.
fn text(file: &File, at: At, log: &mut Log) -> Option<encoding::Decoded> {
    let path = Text::from(&file.path);
    let label = file.encoding.as_deref();
    let encoding = label.and_then(encoding::of_label);
    if file.bytes.starts_with(b"PK\x03\x04") || file.bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        log.add(at, WorkbookFile { path });
        return None;
    }
    if let (Some(label), None) = (label, encoding) {
        log.add(at, UnknownEncoding { path, label: label.into() });
        return None;
    }
    match encoding::decode(&file.bytes, encoding) {
        Ok(decoded) if u32::try_from(decoded.text.len()).is_ok() => Some(decoded),
        Ok(_) => {
            log.add(at, FileTooLarge { path });
            None
        }
        Err(found) => {
            for (line, text, place) in encoding::undecoded_lines(&found.text) {
                let message = UndecodableBytes { path: path.clone(), line: line.into(), encoding: (&found.encoding).into() };
                let frame = cut(&file.path, line, text, place, place + '\u{fffd}'.len_utf8());
                log.add(At { line, ..at }, Diagnostic::new(&message).on(frame, Text::default()));
            }
            None
        }
    }
}

/// The rows that are records, their cells not yet read. Totals and notes are left out and said; ragged rows are errors.
fn rows(plan: &Plan, of: usize, file: usize, sheet: Sheet, header: Header, log: &mut Log) -> Draft {
    let def = &plan.tables[of];
    let table = Table { origin: Origin::Absent, lines: Vec::new(), keys: Vec::new(), columns: Vec::new(), headers: header.names.clone(), parents: Vec::new() };
    let keys: Vec<usize> = def.key.iter().filter_map(|column| header.places[*column]).collect();
    let mut draft = Draft { of, file, table, rows: Vec::new(), by_key: HashMap::new(), lost: HashSet::new(), holes: header.broken, bad: Vec::new(), sheet, header };
    for row in draft.header.row + 1..draft.sheet.len() {
        let line = draft.sheet.line(row);
        let frame = |draft: &Draft| draft.sheet.frame(row, None, &draft.header.hidden);
        let at = At { file, line, column: 0 };
        match leave::kind(&draft.sheet, row, &draft.header, &keys) {
            Kind::Blank => {}
            Kind::Totals => log.add(at, Diagnostic::new(&TotalsRow { line: line.into() }).on(frame(&draft), Text::default())),
            Kind::Note => log.add(at, Diagnostic::new(&NoteLine { line: line.into() }).on(frame(&draft), Text::default())),
            Kind::Record if is_ragged(&draft, row) => {
                let (found, due) = (draft.sheet.width(row), draft.header.width);
                let message = RaggedRow { line: line.into(), found: found.into(), due: due.into(), help: ragged_help(found, due) };
                log.add(at, Diagnostic::new(&message).on(frame(&draft), Text::default()));
                lose(&mut draft, row, &keys);
            }
            Kind::Record => {
                draft.rows.push(row);
                draft.table.lines.push(line);
            }
        }
    }
    draft
}

/// Fewer cells than headers, or filled cells beyond them.
fn is_ragged(draft: &Draft, row: usize) -> bool {
    let (found, due) = (draft.sheet.width(row), draft.header.width);
    found < due || (due..found).any(|at| !fold(&draft.sheet.cell(row, at)).is_empty())
}

fn lose(draft: &mut Draft, row: usize, keys: &[usize]) {
    let key: Vec<String> = keys.iter().map(|at| fold(&draft.sheet.cell(row, *at)).into_owned()).collect();
    draft.lost.insert(key.join("-"));
}

/// Reads every cell.
fn fill(plan: &Plan, draft: &mut Draft, settings: &Settings, log: &mut Log) {
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
    let mut known: HashMap<&str, Cell> = HashMap::new();
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
