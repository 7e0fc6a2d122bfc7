//! Headers: which row has them, and which of them is which column of the table.
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::base::Text;
use crate::diag::catalog::{
    ColumnNotInFile, KeyColumnNotInFile, LinkColumnNotInFile, NoHeaderRow, RepeatedHeader, TitleLines, HeadersNotUsed, list, near_headers, nearest, label_first, label_again,
};
use crate::diag::{Diagnostic, cut};
use crate::model::plan::{Plan, TableDef};

use super::Settings;
use super::clean::{fold_name, is_blank, unit_spellings};
use super::log::{At, Log};
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
}

/// Finds the header and matches it. Errors: `None`, said, where no row is a header.
pub fn find(plan: &Plan, table: usize, sheet: &Sheet, names: &Names<'_>, file: usize, log: &mut Log) -> Option<Header> {
    let def = &plan.tables[table];
    let due = def.columns.len().min(2);
    let matches = |row: usize| sheet.cells(row).filter(|cell| names.column(cell).is_some()).count();
    let found = (0..sheet.len()).take(TITLE_LINES + 1).find(|row| matches(*row) >= due && due > 0);
    let Some(row) = found else {
        log.add(At { file, line: 1, column: 0 }, no_header(plan, table, sheet, names));
        return None;
    };
    let at = At { file, line: sheet.line(row), column: 0 };
    let titled: Vec<usize> = (0..row).filter(|row| sheet.cells(*row).any(|cell| !cell.trim_matches(is_blank).is_empty())).collect();
    if let [first, ..] = titled[..] {
        let note = TitleLines { count: titled.len().into(), line: sheet.line(row).into() };
        log.add(At { line: sheet.line(first), ..at }, Diagnostic::new(&note).on(sheet.frame(first, None, &title_hidden(plan, table, sheet, first)), Text::default()));
    }
    Some(Match { plan, table, def, sheet, names, row, at }.header(log))
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
    let message = NoHeaderRow { path: (&sheet.path).into(), table: def.names.text(), columns: joined(&some), lines: (TITLE_LINES + 1).into() };
    let frame = if sheet.len() == 0 { cut(&sheet.path, 1, "", 0, 0) } else { sheet.frame(0, None, &all_hidden(plan, table, sheet, names, 0)) };
    Diagnostic::new(&message).on(frame, Text::default())
}

struct Match<'a> {
    plan: &'a Plan,
    table: usize,
    def: &'a TableDef,
    sheet: &'a Sheet,
    names: &'a Names<'a>,
    row: usize,
    at: At,
}

impl Match<'_> {
    fn header(&self, log: &mut Log) -> Header {
        let cells: Vec<String> = self.sheet.cells(self.row).map(|cell| cell.trim_matches(is_blank).to_string()).collect();
        let width = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let mut places: Vec<Option<usize>> = vec![None; self.def.columns.len()];
        let mut unused = Vec::new();
        let mut broken = false;
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match self.names.column(cell).map(|column| (column, places[column])) {
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
        Header { row: self.row, width, places, names, hidden, broken }
    }

    /// The places whose cells may not be shown: those of personal columns, and those that no rule file declares, of which
    /// nobody has said what they hold.
    fn hidden(&self, places: &[Option<usize>], width: usize) -> Vec<usize> {
        let personal = |place: usize| places.iter().enumerate().any(|(column, known)| *known == Some(place) && self.plan.is_personal(self.table, column));
        (0..width).filter(|place| personal(*place) || !places.contains(&Some(*place))).collect()
    }

    fn repeated(&self, column: usize, first: usize, again: usize, cells: &[String]) -> Diagnostic {
        let message = RepeatedHeader { first: (&cells[first]).into(), again: (&cells[again]).into(), column: self.def.columns[column].names.text() };
        let frame = |at| self.sheet.frame(self.row, Some(at), &[]);
        Diagnostic::new(&message).on(frame(first), label_first()).on(frame(again), label_again())
    }

    /// Says which columns the file does not have; whether a key or link column is among them.
    fn missing(&self, places: &[Option<usize>], unused: &[(usize, &str)], offered: &mut Vec<String>, log: &mut Log) -> bool {
        let mut broken = false;
        for (column, _) in places.iter().enumerate().filter(|(_, place)| place.is_none()) {
            let names = &self.def.columns[column].names;
            let near = near(names.all(), unused);
            offered.extend(near.iter().map(|header| header.zh.clone()));
            let near = near_headers(&near, &names.text(), &self.def.names.id, &names.id);
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
