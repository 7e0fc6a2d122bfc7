//! One file: its bytes come in, the rows of its table go out, links not yet followed.
use std::collections::BTreeMap;
use std::fmt::Write;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use sha2::{Digest, Sha256};

use crate::base::Text;
use crate::diag::catalog::{DoubtfulFirstRow, FileTooLarge, HeaderAgainRow, HeaderInOtherOrder, HeadingRow, LooksLikeLatin, NoteLine, RaggedRow, TotalsRow, TwoEncodings, UnbalancedQuote, UndecodableBytes, UnknownEncoding, WorkbookFile, ragged_help};
use crate::diag::{Diagnostic, Frame, cut};
use crate::model::manner::Manner;
use crate::model::plan::Plan;
use crate::model::table::{Input, LeftOut, NoRecord, Origin, Table};

use super::clean::fold;
use super::draft::Draft;
use super::encoding::Refused;
use super::header::{self, Header, Names};
use super::leave::{Kind, Leaver};
use super::link::Handed;
use super::log::{At, Log};
use super::sheet::{HIDDEN, Sheet};
use super::{File, Told, cells, csv, encoding, key};

/// Reads a file into its table. Errors are said; a file that yields no header is `Broken`.
pub fn read(plan: &Plan, table: usize, at: usize, file: File, known: Told<'_>, log: &mut Log) -> Handed {
    let (def, settings) = (&plan.tables[table], known.settings);
    let mut input = Input { path: file.path.clone(), rows: 0, sha256: if settings.digests { digest(&file.bytes) } else { String::new() }, encoding: String::new(), left_out: Vec::new() };
    let told = file.delimiter.filter(u8::is_ascii).map(char::from);
    let decoded = text(&file, At { file: at, ..At::default() }, log);
    let manner = file.manner.clone();
    // The text is a second copy; the bytes are not needed beside it.
    drop(file);
    let Some(decoded) = decoded else { return Handed::Broken(input) };
    input.encoding = decoded.encoding;
    let names = Names::new(def, settings);
    let is_header = |cell: &str| names.column(cell).is_some();
    let delimiter = told.unwrap_or_else(|| csv::delimiter(&decoded.text, header::TITLE_LINES + 1, is_header));
    let (sheet, faults) = csv::sheet(&input.path, decoded.text, delimiter);
    let holes = !faults.is_empty();
    let header = header::find(plan, table, &sheet, &names, at, &mut input.left_out, log);
    let is_shown = header.as_ref().is_some_and(|header| header.hidden.is_empty());
    for fault in faults {
        let message = UnbalancedQuote { line: fault.line.into() };
        let frame = if is_shown { fault.frame } else { veiled(fault.frame) };
        log.add(At { file: at, line: fault.line, column: 0 }, Diagnostic::new(&message).on(frame, Text::default()));
    }
    let Some(header) = header else { return Handed::Broken(input) };
    let mut draft = rows(plan, table, at, Rows { sheet, header, names: &names, manner: &manner, known }, &mut input.left_out, log);
    draft.holes |= holes;
    input.rows = draft.rows.len();
    draft.table.origin = Origin::HandedIn(input);
    cells::fill(plan, &mut draft, known, &manner, log);
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
        Err(Refused::Mixed { utf8, other }) => {
            log.add(At { line: other, ..at }, TwoEncodings { path, utf8: utf8.into(), other: other.into() });
            None
        }
        Err(Refused::Latin { line }) => {
            log.add(At { line, ..at }, LooksLikeLatin { path, line: line.into() });
            None
        }
        Err(Refused::Undecodable(found)) => {
            for (line, text, place) in encoding::undecoded_lines(&found.text) {
                let message = UndecodableBytes { path: path.clone(), line: line.into(), encoding: (&found.encoding).into() };
                let frame = cut(&file.path, line, text, place, place + '\u{fffd}'.len_utf8());
                log.add(At { line, ..at }, Diagnostic::new(&message).on(veiled(frame), Text::default()));
            }
            None
        }
    }
}

/// What the rows of one file are told by.
struct Rows<'a> {
    sheet: Sheet,
    header: Header,
    names: &'a Names<'a>,
    manner: &'a Manner,
    known: Told<'a>,
}

/// The rows that are records, their cells not yet read. What is no record is left out and said; ragged rows are errors.
fn rows(plan: &Plan, of: usize, file: usize, told: Rows<'_>, left_out: &mut Vec<LeftOut>, log: &mut Log) -> Draft {
    let Rows { sheet, header, names, manner, known } = told;
    let def = &plan.tables[of];
    let table = Table { origin: Origin::Absent, lines: Vec::new(), keys: Vec::new(), columns: Vec::new(), headers: header.names.clone(), parents: Vec::new(), gone: BTreeMap::new() };
    let keys: Vec<usize> = def.key.iter().filter_map(|column| header.places[*column]).collect();
    let kinds = kinds(&Leaver::new(plan, of, &sheet, &header, names, known.held, manner.keeps_totals), &sheet, header.last, manner, known);
    let mut draft = Draft { of, file, table, rows: Vec::new(), by_key: HashMap::default(), lost: HashSet::default(), holes: header.broken, bad: Vec::new(), sheet, header };
    for (row, kind) in (draft.header.last + 1..draft.sheet.len()).zip(kinds) {
        let line = draft.sheet.line(row);
        let at = At { file, line, column: 0 };
        let said = match kind {
            Kind::No(why) => {
                header::leave_out(left_out, line, why);
                match why {
                    NoRecord::Totals => Diagnostic::new(&TotalsRow { line: line.into() }),
                    NoRecord::Note => Diagnostic::new(&NoteLine { line: line.into() }),
                    NoRecord::HeaderAgain => Diagnostic::new(&HeaderAgainRow { line: line.into() }),
                    NoRecord::Heading => Diagnostic::new(&HeadingRow { line: line.into() }),
                    NoRecord::Blank | NoRecord::Title => continue,
                }
            }
            Kind::MayBeHeading => Diagnostic::new(&DoubtfulFirstRow { line: line.into(), path: (&draft.sheet.path).into() }),
            Kind::OtherOrder => {
                draft.holes = true;
                Diagnostic::new(&HeaderInOtherOrder { line: line.into() })
            }
            Kind::Record if is_ragged(&draft, row) => {
                let (found, due) = (draft.sheet.width(row), draft.header.width);
                lose(&mut draft, row, &keys);
                Diagnostic::new(&RaggedRow { line: line.into(), found: found.into(), due: due.into(), help: ragged_help(found, due) })
            }
            Kind::Record => {
                draft.rows.push(row);
                draft.table.lines.push(line);
                continue;
            }
        };
        log.add(at, said.on(draft.frame_untaken(plan, row), Text::default()));
    }
    draft
}

/// What each row below the header is. Only rows right under it may be headings.
fn kinds(leaver: &Leaver<'_>, sheet: &Sheet, header: usize, manner: &Manner, known: Told<'_>) -> Vec<Kind> {
    let mut under = true;
    let kind = |row: usize| {
        let kind = leaver.kind(row);
        // A row of units may have one cell, as a remark may.
        let heading = if under && kind != Kind::No(NoRecord::Blank) { leaver.heading(row, known.settings, manner.first_row) } else { None };
        under &= heading == Some(Kind::No(NoRecord::Heading));
        heading.unwrap_or(kind)
    };
    (header + 1..sheet.len()).map(kind).collect()
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
