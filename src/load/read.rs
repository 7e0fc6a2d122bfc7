//! One file: its bytes come in, the rows of its table go out, links not yet followed.
use std::fmt::Write;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use sha2::{Digest, Sha256};

use crate::base::Text;
use crate::diag::catalog::{FileTooLarge, NoteLine, RaggedRow, TotalsRow, UnbalancedQuote, UndecodableBytes, UnknownEncoding, WorkbookFile, ragged_help};
use crate::diag::{Diagnostic, Frame, cut};
use crate::model::plan::Plan;
use crate::model::table::{Input, Origin, Table};

use super::clean::fold;
use super::draft::Draft;
use super::header::{self, Header, Names};
use super::leave::{self, Kind};
use super::link::Handed;
use super::log::{At, Log};
use super::sheet::{HIDDEN, Sheet};
use super::{File, Settings, cells, csv, encoding, key};

/// Reads a file into its table. Errors are said; a file that yields no header is `Broken`.
pub fn read(plan: &Plan, table: usize, at: usize, file: File, settings: &Settings, log: &mut Log) -> Handed {
    let def = &plan.tables[table];
    let mut input = Input { path: file.path.clone(), rows: 0, sha256: if settings.digests { digest(&file.bytes) } else { String::new() }, encoding: String::new() };
    let told = file.delimiter.filter(u8::is_ascii).map(char::from);
    let decoded = text(&file, At { file: at, ..At::default() }, log);
    // The text is a second copy; the bytes are not needed beside it.
    drop(file);
    let Some(decoded) = decoded else { return Handed::Broken(input) };
    input.encoding = decoded.encoding;
    let names = Names::new(def, settings);
    let is_header = |cell: &str| names.column(cell).is_some();
    let delimiter = told.unwrap_or_else(|| csv::delimiter(&decoded.text, header::TITLE_LINES + 1, is_header));
    let (sheet, faults) = csv::sheet(&input.path, decoded.text, delimiter);
    let holes = !faults.is_empty();
    let header = header::find(plan, table, &sheet, &names, at, log);
    let is_shown = header.as_ref().is_some_and(|header| header.hidden.is_empty());
    for fault in faults {
        let message = UnbalancedQuote { line: fault.line.into() };
        let frame = if is_shown { fault.frame } else { veiled(fault.frame) };
        log.add(At { file: at, line: fault.line, column: 0 }, Diagnostic::new(&message).on(frame, Text::default()));
    }
    let Some(header) = header else { return Handed::Broken(input) };
    let mut draft = rows(plan, table, at, sheet, header, log);
    draft.holes |= holes;
    input.rows = draft.rows.len();
    draft.table.origin = Origin::HandedIn(input);
    cells::fill(plan, &mut draft, settings, log);
    (draft.table.keys, draft.by_key) = key::keys(plan, &draft, log);
    Handed::Read(Box::new(draft))
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A line that was not cut into cells, hidden whole: some of it may stand in a column that may not be shown.
fn veiled(frame: Frame) -> Frame {
    Frame { text: HIDDEN.to_string(), start: 0, end: HIDDEN.len(), ..frame }
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
    let decoded = encoding::decode(&file.bytes, encoding);
    match decoded {
        Ok(decoded) if u32::try_from(decoded.text.len()).is_ok() => Some(decoded),
        Ok(_) => {
            log.add(at, FileTooLarge { path });
            None
        }
        Err(found) => {
            for (line, text, place) in encoding::undecoded_lines(&found.text) {
                let message = UndecodableBytes { path: path.clone(), line: line.into(), encoding: (&found.encoding).into() };
                let frame = cut(&file.path, line, text, place, place + '\u{fffd}'.len_utf8());
                log.add(At { line, ..at }, Diagnostic::new(&message).on(veiled(frame), Text::default()));
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
    let mut draft = Draft { of, file, table, rows: Vec::new(), by_key: HashMap::default(), lost: HashSet::default(), holes: header.broken, bad: Vec::new(), sheet, header };
    for row in draft.header.row + 1..draft.sheet.len() {
        let line = draft.sheet.line(row);
        let at = At { file, line, column: 0 };
        match leave::kind(&draft.sheet, row, &draft.header, &keys) {
            Kind::Blank => {}
            Kind::Totals => log.add(at, Diagnostic::new(&TotalsRow { line: line.into() }).on(draft.frame_untaken(row), Text::default())),
            Kind::Note => log.add(at, Diagnostic::new(&NoteLine { line: line.into() }).on(draft.frame_untaken(row), Text::default())),
            Kind::Record if is_ragged(&draft, row) => {
                let (found, due) = (draft.sheet.width(row), draft.header.width);
                let message = RaggedRow { line: line.into(), found: found.into(), due: due.into(), help: ragged_help(found, due) };
                log.add(at, Diagnostic::new(&message).on(draft.frame_untaken(row), Text::default()));
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

/// Remembers the key of a row that could not be taken; a row of one cell, as behind another separator, hides its key.
fn lose(draft: &mut Draft, row: usize, keys: &[usize]) {
    draft.holes |= draft.sheet.width(row) == 1;
    let key: Vec<String> = keys.iter().map(|at| fold(&draft.sheet.cell(row, *at)).into_owned()).collect();
    draft.lost.insert(key.join("-"));
}
