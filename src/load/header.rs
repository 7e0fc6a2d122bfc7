//! Headers: which row has them, and which of them is which column of the table.
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::base::{Text, unit};
use crate::diag::catalog::{
    ColumnNotInFile, HeaderOfTwoRows, HeadersNotUsed, KeyColumnNotInFile, LinkColumnNotInFile, NoHeaderRow, RepeatedHeader, RowsAboveHeader, TitleLines, TwoHeaderRows, header_help, label_above,
    label_again, label_first, label_header, list, near_headers, nearest, other_unit,
};
use crate::diag::{Diagnostic, cut};
use crate::model::plan::{ColumnKind, Plan, TableDef};
use crate::model::table::{LeftOut, NoRecord};

use super::Settings;
use super::clean::{fold, fold_name, is_blank, unit_spellings};
use super::log::{At, Log};
use super::numbers;
use super::sheet::Sheet;

/// Title lines may stand above the header; so many are tried.
pub const TITLE_LINES: usize = 10;

/// How many near headers a message lists.
const MOST_NEAR: usize = 3;

/// A header longer than this, in bytes, is not compared letter by letter.
const LONGEST_NEAR: usize = 200;

/// Where each column of the table stands in the file.
#[derive(Debug)]
pub struct Header {
    /// The sheet's row.
    pub row: usize,
    /// The last of its rows: the next one where the header has two.
    pub last: usize,
    /// How many cells a row must have.
    pub width: usize,
    /// For each column of the table, the cell's place in a row.
    pub places: Vec<Option<usize>>,
    /// For each column of the table, the header as the file has it, else the column's title.
    pub names: Vec<Arc<str>>,
    /// Cells that no message may show.
    pub hidden: Vec<usize>,
    /// Whether a key or link column is missing, or one stands twice: then rows cannot be told apart.
    pub broken: bool,
}

/// Every name that a column of a table goes by.
#[derive(Debug)]
pub struct Names<'p> {
    table: &'p TableDef,
    columns: HashMap<String, usize>,
}

impl Names<'_> {
    pub fn new<'p>(table: &'p TableDef, settings: &Settings) -> Names<'p> {
        let aliases = settings.aliases.get(&table.names.id);
        let mut columns = HashMap::default();
        for (at, column) in table.columns.iter().enumerate() {
            let further = aliases.and_then(|aliases| aliases.get(&column.names.id)).into_iter().flatten().map(String::as_str);
            for name in column.names.all().chain(further) {
                columns.entry(fold_name(name)).or_insert(at);
            }
        }
        Names { table, columns }
    }

    /// The column that a header means; its own unit in parentheses may follow the name.
    pub fn column(&self, header: &str) -> Option<usize> {
        // A header is short; a long text is not worth folding.
        if header.len() > 400 {
            return None;
        }
        let folded = fold_name(header);
        let with_unit = || {
            let (name, unit) = folded.strip_suffix(')')?.rsplit_once('(')?;
            // As `m2` in `总面积（㎡）`.
            self.columns.get(name).filter(|column| unit_spellings(&self.table.columns[**column]).iter().any(|known| fold_name(known) == unit))
        };
        self.columns.get(&folded).or_else(with_unit).copied()
    }

    /// The column whose name stands before a unit that is not its own, as 公用经费（万元） of one in 元; with that unit.
    fn in_other_unit<'h>(&self, header: &'h str) -> Option<(usize, &'h str)> {
        let trimmed = header.trim_matches(is_blank);
        let inner = trimmed.strip_suffix([')', '）'])?;
        let (name, written) = inner.rsplit_once(['(', '（']).filter(|_| header.len() <= 400)?;
        let is_unit = unit::UNIT_WORDS.iter().any(|word| word.en.iter().chain(word.zh).any(|spelling| fold_name(spelling) == fold_name(written)));
        let column = self.columns.get(&fold_name(name)).copied().filter(|_| is_unit && self.column(header).is_none())?;
        matches!(self.table.columns[column].ty, ColumnKind::Whole | ColumnKind::Number).then_some((column, written))
    }
}

/// One header: as it is shown, and the texts by which it may be known, the fullest first.
#[derive(Clone, Debug, Default)]
struct Head {
    shown: String,
    forms: Vec<String>,
}

impl Head {
    fn column(&self, names: &Names<'_>) -> Option<usize> {
        self.forms.iter().find_map(|form| names.column(form))
    }

    fn is_filled(&self) -> bool {
        !self.shown.is_empty()
    }
}

/// Finds the header and matches it; `left_out` takes the rows above it. Errors: `None`, said, where no row is a header, or
/// rows above it may be records.
pub fn find(plan: &Plan, table: usize, sheet: &Sheet, names: &Names<'_>, file: usize, left_out: &mut Vec<LeftOut>, log: &mut Log) -> Option<Header> {
    let def = &plan.tables[table];
    let due = def.columns.len().min(2);
    let tried = || (0..sheet.len()).take(TITLE_LINES + 1);
    let columns = |heads: &[Head]| heads.iter().filter(|head| head.column(names).is_some()).count();
    let of_row = |row: usize| {
        let single = heads(sheet, row, row);
        if !has_second(sheet, row, &single, def, names) {
            return (columns(&single) >= due && due > 0).then_some((row, single));
        }
        Some((row + 1, heads(sheet, row, row + 1)))
    };
    let Some((row, (last, heads))) = tried().find_map(|row| Some((row, of_row(row)?))) else {
        log.add(At { file, line: 1, column: 0 }, no_header(plan, table, sheet, names));
        return None;
    };
    let at = At { file, line: sheet.line(row), column: 0 };
    if last > row && columns(&heads) < due {
        let message = TwoHeaderRows { first: sheet.line(row).into(), second: sheet.line(last).into(), path: path_of(&heads).into(), id: (&def.names.id).into() };
        log.add(at, Diagnostic::new(&message).on(sheet.frame(last, None, &title_hidden(plan, table, sheet, last)), Text::default()));
        return None;
    }
    let filled = |row: usize| sheet.cells(row).filter(|cell| !cell.trim_matches(is_blank).is_empty()).count();
    let titled: Vec<usize> = (0..row).filter(|row| filled(*row) > 0).collect();
    let due = heads.iter().filter(|head| head.is_filled()).count();
    let frame = |row: usize| sheet.frame(row, None, &title_hidden(plan, table, sheet, row));
    if let Some(full) = titled.iter().copied().find(|row| filled(*row) >= due && !is_separator_line(sheet, *row)) {
        let message = RowsAboveHeader { line: sheet.line(full).into(), header: sheet.line(row).into(), cells: filled(full).into() };
        // It may be a record: of columns that no rule file declares nobody has said what they hold.
        let unknown = |at: &usize| plan.has_personal(table) || heads.get(*at).is_none_or(|head| head.column(names).is_none());
        let hidden: Vec<usize> = (0..sheet.width(full)).filter(unknown).collect();
        let both = Diagnostic::new(&message).on(sheet.frame(full, None, &hidden), label_above()).on(frame(row), label_header());
        log.add(At { line: sheet.line(full), ..at }, both);
        return None;
    }
    if let [first, ..] = titled[..] {
        let note = TitleLines { count: titled.len().into(), line: sheet.line(row).into() };
        log.add(At { line: sheet.line(first), ..at }, Diagnostic::new(&note).on(frame(first), Text::default()));
    }
    for above in 0..row {
        leave_out(left_out, sheet.line(above), if filled(above) > 0 { NoRecord::Title } else { NoRecord::Blank });
    }
    if last > row {
        let read = heads.iter().filter(|head| head.shown.contains(PATH)).map(|head| Text::from(&shown(&head.shown))).collect::<Vec<_>>();
        log.add(at, Diagnostic::new(&HeaderOfTwoRows { first: sheet.line(row).into(), second: sheet.line(last).into(), headers: joined(&read) }).on(frame(last), Text::default()));
    }
    Some(Match { plan, table, def, sheet, names, row, last, heads, at }.header(log))
}

/// Adds a row to those left out, on end with the last where it is of the same kind.
pub fn leave_out(left_out: &mut Vec<LeftOut>, line: u32, why: NoRecord) {
    match left_out.last_mut() {
        Some(last) if last.why == why && last.last.checked_add(1) == Some(line) => last.last = line,
        _ => left_out.push(LeftOut { first: line, last: line, why }),
    }
}

/// What stands between the two names of a header of two rows.
const PATH: &str = " › ";

/// The headers of one row, or of two: a name of the second row stands under the nearest name to the left in the first that
/// has one beneath it.
fn heads(sheet: &Sheet, row: usize, last: usize) -> Vec<Head> {
    let cell = |row: usize, at: usize| sheet.cell(row, at).trim_matches(is_blank).to_string();
    if row == last {
        return (0..sheet.width(row)).map(|at| cell(row, at)).map(|text| Head { forms: Some(text.clone()).filter(|text| !text.is_empty()).into_iter().collect(), shown: text }).collect();
    }
    let width = sheet.width(row).max(sheet.width(last));
    let beneath: Vec<String> = (0..width).map(|at| cell(last, at)).collect();
    let mut group: Option<String> = None;
    let mut made = Vec::new();
    for (at, second) in beneath.iter().enumerate() {
        let first = cell(row, at);
        if !first.is_empty() {
            group = Some(first.clone()).filter(|_| !second.is_empty());
        }
        made.push(match &group {
            _ if second.is_empty() => Head { forms: Some(first.clone()).filter(|text| !text.is_empty()).into_iter().collect(), shown: first },
            Some(above) => {
                let mut forms: Vec<String> = ["›", ">", "/", "-", "_", ""].iter().map(|mark| format!("{above}{mark}{second}")).collect();
                forms.push(format!("{above}({second})"));
                // A name that stands under several groups says nothing by itself.
                if beneath.iter().filter(|other| fold_name(other) == fold_name(second)).count() == 1 {
                    forms.push(second.clone());
                }
                Head { shown: format!("{above}{PATH}{second}"), forms }
            }
            None => Head { forms: vec![second.clone()], shown: second.clone() },
        });
    }
    made
}

/// Whether the row under a header is a second row of it: where the key stands in the first it is blank, and it fills cells
/// where the first is blank.
fn has_second(sheet: &Sheet, row: usize, heads: &[Head], def: &TableDef, names: &Names<'_>) -> bool {
    if row + 1 >= sheet.len() {
        return false;
    }
    let filled = |row: usize, at: usize| !sheet.cell(row, at).trim_matches(is_blank).is_empty();
    let links = || def.parents.iter().map(|parent| parent.column).collect();
    let known: Vec<usize> = if def.key.is_empty() { links() } else { def.key.clone() };
    let apart = |column: &usize| heads.iter().position(|head| head.column(names) == Some(*column)).is_some_and(|at| !filled(row + 1, at));
    let figures = || (0..sheet.width(row + 1)).any(|at| numbers::parse(&fold(&sheet.cell(row + 1, at))).is_some());
    !known.is_empty() && known.iter().all(apart) && (0..sheet.width(row + 1)).any(|at| !filled(row, at) && filled(row + 1, at)) && !figures()
}

/// `sep=;`, as a spreadsheet reads it.
fn is_separator_line(sheet: &Sheet, row: usize) -> bool {
    sheet.cell(row, 0).trim_start_matches(is_blank).starts_with("sep=")
}

/// One header of two rows, as an example.
fn path_of(heads: &[Head]) -> String {
    heads.iter().find(|head| head.shown.contains(PATH)).map(|head| shown(&head.shown)).unwrap_or_default()
}

/// Headers as they stand in a file.
fn joined(headers: &[Text]) -> Text {
    let side = |pick: fn(&Text) -> &str| headers.iter().map(pick).collect::<Vec<_>>().join(",");
    Text::new(side(|text| &text.en), side(|text| &text.zh))
}

/// The cells of a title, where the table has columns that may not be shown.
fn title_hidden(plan: &Plan, table: usize, sheet: &Sheet, row: usize) -> Vec<usize> {
    if plan.has_personal(table) { (0..sheet.width(row)).collect() } else { Vec::new() }
}

/// The cells of a line that is no row of the table and may not be shown: all where the table has personal columns, else
/// those that are no names of its columns.
fn all_hidden(plan: &Plan, table: usize, sheet: &Sheet, names: &Names<'_>, row: usize) -> Vec<usize> {
    let is_name = |at: usize| !plan.has_personal(table) && names.column(&sheet.cell(row, at)).is_some();
    (0..sheet.width(row)).filter(|at| !is_name(*at)).collect()
}

fn no_header(plan: &Plan, table: usize, sheet: &Sheet, names: &Names<'_>) -> Diagnostic {
    let def = &plan.tables[table];
    let some: Vec<Text> = def.columns.iter().take(6).map(|column| column.names.text()).collect();
    let lines = sheet.len().min(TITLE_LINES + 1);
    let message = NoHeaderRow { path: (&sheet.path).into(), table: def.names.text(), lines: lines.into(), help: unit_or_parted(sheet, names, lines).unwrap_or_else(|| header_help(unparted(sheet, names, lines), &joined(&some))) };
    let frame = if sheet.len() == 0 { cut(&sheet.path, 1, "", 0, 0) } else { sheet.frame(0, None, &all_hidden(plan, table, sheet, names, 0)) };
    Diagnostic::new(&message).on(frame, Text::default())
}

/// What stands between the cells of a row that was not cut, where that would make headers of them.
fn unparted(sheet: &Sheet, names: &Names<'_>, lines: usize) -> Option<char> {
    let parts = |row: usize, mark: char| sheet.cells(row).flat_map(|cell| cell.split(mark).map(str::to_string).collect::<Vec<_>>()).filter(|part| names.column(part).is_some()).count();
    ['|', ':', '^', '~', ' ', '，', '；', '、', '\u{3000}'].into_iter().find(|mark| (0..lines).any(|row| parts(row, *mark) >= 2))
}

/// What to do about a header that gives a figure in another unit.
fn unit_or_parted(sheet: &Sheet, names: &Names<'_>, lines: usize) -> Option<Text> {
    let cells = (0..lines).flat_map(|row| sheet.cells(row).map(std::borrow::Cow::into_owned).collect::<Vec<_>>());
    cells.into_iter().find_map(|cell| names.in_other_unit(&cell).map(|(column, written)| other_unit(&shown(&cell), written, &names.table.columns[column].unit)))
}

struct Match<'a> {
    plan: &'a Plan,
    table: usize,
    def: &'a TableDef,
    sheet: &'a Sheet,
    names: &'a Names<'a>,
    row: usize,
    last: usize,
    heads: Vec<Head>,
    at: At,
}

impl Match<'_> {
    fn header(&self, log: &mut Log) -> Header {
        let cells: Vec<String> = self.heads.iter().map(|head| head.shown.clone()).collect();
        let width = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let mut places: Vec<Option<usize>> = vec![None; self.def.columns.len()];
        let mut unused = Vec::new();
        let mut broken = false;
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match self.heads[at].column(self.names).map(|column| (column, places[column])) {
                None => unused.push((at, cell.as_str())),
                Some((column, None)) => places[column] = Some(at),
                Some((column, Some(first))) => {
                    broken = true;
                    log.add(At { column: at, ..self.at }, self.repeated(column, first, at, &cells));
                }
            }
        }
        let mut offered = Vec::new();
        broken |= self.missing(&places, &unused, &mut offered, log);
        // What was offered for a missing column is said there.
        unused.retain(|(_, header)| !offered.contains(&shown(header)));
        self.unused(&places, &unused, log);
        let name = |(column, place): (usize, &Option<usize>)| match place {
            Some(at) => Arc::from(cells[*at].as_str()),
            None => Arc::from(self.def.columns[column].names.text().zh),
        };
        let names = places.iter().enumerate().map(name).collect();
        let hidden = self.hidden(&places, cells.len());
        Header { row: self.row, last: self.last, width, places, names, hidden, broken }
    }

    /// The places whose cells may not be shown: those of personal columns, and those that no rule file declares, of which
    /// nobody has said what they hold.
    fn hidden(&self, places: &[Option<usize>], width: usize) -> Vec<usize> {
        let personal = |place: usize| places.iter().enumerate().any(|(column, known)| *known == Some(place) && self.plan.is_personal(self.table, column));
        (0..width).filter(|place| personal(*place) || !places.contains(&Some(*place))).collect()
    }

    fn repeated(&self, column: usize, first: usize, again: usize, cells: &[String]) -> Diagnostic {
        let message = RepeatedHeader { first: (&cells[first]).into(), again: (&cells[again]).into(), column: self.def.columns[column].names.text() };
        let frame = |at| self.sheet.frame(self.last, Some(at), &[]);
        Diagnostic::new(&message).on(frame(first), label_first()).on(frame(again), label_again())
    }

    /// Says which columns the file does not have; whether a key or link column is among them.
    fn missing(&self, places: &[Option<usize>], unused: &[(usize, &str)], offered: &mut Vec<String>, log: &mut Log) -> bool {
        let mut broken = false;
        for (column, _) in places.iter().enumerate().filter(|(_, place)| place.is_none()) {
            let names = &self.def.columns[column].names;
            let near = near(names.all(), unused);
            offered.extend(near.iter().map(|header| header.zh.clone()));
            let near = match unused.iter().find_map(|(_, header)| self.names.in_other_unit(header).filter(|(found, _)| *found == column).map(|(_, written)| (*header, written))) {
                Some((header, written)) => other_unit(&shown(header), written, &self.def.columns[column].unit),
                None => near_headers(&near, &names.text(), &self.def.names.id, &names.id),
            };
            let (table, title) = (self.def.names.text(), names.text());
            let link = self.def.parents.iter().find(|parent| parent.column == column);
            let diagnostic: Diagnostic = match link {
                _ if self.def.key.contains(&column) => KeyColumnNotInFile { table, column: title, near }.into(),
                Some(link) => LinkColumnNotInFile { table, column: title, parent: self.plan.tables[link.table].names.text(), near }.into(),
                None => ColumnNotInFile { table, column: title, near }.into(),
            };
            broken |= diagnostic.is_error();
            log.add(At { column: usize::MAX, ..self.at }, diagnostic.on(self.sheet.frame(self.row, None, &[]), Text::default()));
        }
        broken
    }

    /// One note on what the file has and the table does not.
    fn unused(&self, places: &[Option<usize>], unused: &[(usize, &str)], log: &mut Log) {
        let Some((first, _)) = unused.first() else { return };
        let missing: Vec<&str> = self.def.columns.iter().zip(places).filter(|(_, place)| place.is_none()).flat_map(|(column, _)| column.names.all()).collect();
        let near = |header: &str| nearest(header, missing.iter().copied().filter(|_| header.len() <= LONGEST_NEAR));
        let one = |(_, header): &(usize, &str)| match near(header) {
            Some(near) => Text::new(format!("`{}` (near `{near}`)", shown(header)), format!("“{}”（与“{near}”相近）", shown(header))),
            None => Text::new(format!("`{}`", shown(header)), format!("“{}”", shown(header))),
        };
        let all: Vec<Text> = unused.iter().take(20).map(one).collect();
        let note = HeadersNotUsed { count: unused.len().into(), headers: list(&all), id: (&self.def.names.id).into() };
        log.add(At { column: *first, ..self.at }, Diagnostic::new(&note).on(self.sheet.frame(self.row, Some(*first), &[]), Text::default()));
    }
}

/// Headers that come near a name: alike, or one within the other.
fn near<'n>(names: impl Iterator<Item = &'n str>, unused: &[(usize, &str)]) -> Vec<Text> {
    let mut left: Vec<&str> = unused.iter().map(|(_, header)| *header).filter(|header| header.len() <= LONGEST_NEAR).take(200).collect();
    let mut found = Vec::new();
    for name in names {
        let folded = fold_name(name);
        while let Some(near) = nearest(name, left.iter().copied()).or_else(|| within(&folded, &left)) {
            if found.len() == MOST_NEAR {
                return found;
            }
            left.retain(|header| *header != near);
            found.push(shown(near).into());
        }
    }
    found
}

fn within<'h>(name: &str, headers: &[&'h str]) -> Option<&'h str> {
    let long = |text: &str| text.chars().count() >= 2;
    headers.iter().copied().find(|header| {
        let header = fold_name(header);
        long(name) && long(&header) && (header.contains(name) || name.contains(&header))
    })
}

/// A text as a message quotes it: not too long, on one line.
pub fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let mut letters = text.trim_matches(is_blank).chars();
    let mut shown: String = letters.by_ref().take(MOST).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if letters.next().is_some() {
        shown.push('…');
    }
    shown
}
