//! Where things stand, by the names that people know: a cell's file, row and header; a row's name; the place of a cause.

use crate::base::Text;
use crate::base::plural::{plural_word, singular_word};
use crate::model::plan::{RuleDef, TableDef};
use crate::model::table::{Cell, CellValue, Origin, Table, Why};
use crate::model::value::{Cause, CauseCode, CellRef, Place};
use crate::model::verdict::UnitId;

use super::page::Page;
use super::phrase;

/// A cell as a report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellView {
    /// File and row; `None` where the table was not handed in.
    pub file: Option<(String, u32)>,
    pub table: usize,
    pub table_name: Text,
    /// The key of the cell's row.
    pub key: String,
    /// The header as the file has it.
    pub column: String,
    /// What stood there; a mask for what is personal.
    pub raw: String,
}

/// A unit as a report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitView {
    pub table: Option<usize>,
    pub key: String,
    pub name: Text,
    pub counties: Vec<String>,
}

impl<'a> Page<'a> {
    fn def(&self, table: usize) -> Option<&'a TableDef> {
        self.plan.tables.get(table)
    }

    fn data(&self, table: usize) -> Option<&'a Table> {
        self.tables.tables.get(table)
    }

    pub(super) fn table_id(&self, table: usize) -> String {
        self.def(table).map(|def| def.names.id.clone()).unwrap_or_default()
    }

    /// Whether rows are known by a key and not by their place alone; the part of a school has the school's.
    pub(super) fn is_keyed(&self, table: usize) -> bool {
        self.def(table).is_none_or(|def| !def.key.is_empty() || def.split.is_some())
    }

    /// A table as people call it.
    pub(super) fn table_name(&self, table: usize) -> Text {
        self.def(table).map(|def| def.names.short()).unwrap_or_default()
    }

    /// What the topmost rows are called, as a heading.
    pub(super) fn top_title(&self) -> Text {
        let Some(top) = self.plan.tables.iter().position(|table| table.parents.is_empty() && table.split.is_none()) else { return Text::default() };
        let one = self.one_of(top);
        let name = self.table_name(top);
        let several = if name.en == one.en { plural_word(&one.en) } else { name.en };
        let mut letters = several.chars();
        let en = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        Text { en, zh: one.zh }
    }

    /// One row of a table, as people call it.
    fn one_of(&self, table: usize) -> Text {
        let name = self.table_name(table);
        let id = self.def(table).map(|def| def.names.id.as_str()).unwrap_or_default();
        Text { en: singular_word(id, &name.en).to_string(), zh: name.zh }
    }

    /// The row of a table with a file: for a part of a split, the row of the whole.
    pub(super) fn whole_of(&self, table: usize, row: u32) -> (usize, u32) {
        let split = self.def(table).and_then(|def| def.split.as_ref());
        let part = self.reduced.parts.get(table).and_then(|parts| parts.get(row as usize));
        split.zip(part).map_or((table, row), |(split, part)| (split.of, part.row))
    }

    /// A cell of a part of a split is the whole's, in the column that a person can change.
    pub(super) fn origin_of(&self, at: CellRef) -> CellRef {
        let found = || {
            let split = self.def(usize::from(at.table))?.split.as_ref()?;
            let part = self.reduced.parts.get(usize::from(at.table))?.get(at.row as usize)?;
            let shared = split.shared.len();
            let column = match usize::from(at.column) {
                0 | 1 => split.parts.get(usize::from(part.part))?.pupils,
                shared_at if shared_at < 2 + shared => *split.shared.get(shared_at - 2)?,
                own_at => (*split.own.get(own_at - 2 - shared)?.get(usize::from(part.part))?)?,
            };
            Some(CellRef { table: u16::try_from(split.of).ok()?, column: u16::try_from(column).ok()?, row: part.row })
        };
        found().unwrap_or(at)
    }

    fn raw_cell(&self, at: CellRef) -> Option<&'a Cell> {
        self.data(usize::from(at.table))?.columns.get(usize::from(at.column))?.get(at.row as usize)
    }

    /// A cell as it may be shown. `None` for a place that the plan does not have.
    pub(super) fn cell(&self, at: CellRef) -> Option<CellView> {
        let at = self.origin_of(at);
        let (table, column, row) = (usize::from(at.table), usize::from(at.column), at.row as usize);
        let title = self.def(table)?.columns.get(column)?.names.text().zh;
        let data = self.data(table);
        let file = data.and_then(|data| match &data.origin {
            Origin::HandedIn(input) => Some((input.path.clone(), data.lines.get(row).copied().unwrap_or(0))),
            _ => None,
        });
        let raw = self.raw_cell(at).map(|cell| cell.raw.to_string()).unwrap_or_default();
        Some(CellView {
            file,
            table,
            table_name: self.table_name(table),
            key: self.row_key(table, at.row),
            column: data.and_then(|data| data.headers.get(column)).map_or(title, ToString::to_string),
            raw: if self.is_personal(table, column) { self.masks.mask_cell(self.def(table)?.columns.get(column)?.ty, &raw) } else { raw },
        })
    }

    /// The key of a cell's row, its column and what stood there, as they may be shown.
    pub fn shown_cell(&self, at: CellRef) -> Option<(String, String, String)> {
        self.cell(at).map(|view| (view.key, view.column, view.raw))
    }

    /// The key of a row as it may be shown.
    fn row_key(&self, table: usize, row: u32) -> String {
        let (table, row) = self.whole_of(table, row);
        let key = self.data(table).and_then(|data| data.keys.get(row as usize)).map(ToString::to_string).unwrap_or_default();
        self.veil_key(table, row, &key)
    }

    /// What a row is called in its file, in clear.
    pub(super) fn plain_name(&self, table: usize, row: u32) -> Option<String> {
        let (table, row) = self.whole_of(table, row);
        let data = self.data(table)?;
        let called = self.def(table)?.called.and_then(|column| data.columns.get(column)?.get(row as usize)).map(|cell| cell.raw.trim().to_string());
        called.filter(|name| !name.is_empty()).or_else(|| data.keys.get(row as usize).map(ToString::to_string))
    }

    /// The key of a row of a file, in clear.
    pub(super) fn plain_key(&self, table: usize, row: u32) -> String {
        let (table, row) = self.whole_of(table, row);
        self.data(table).and_then(|data| data.keys.get(row as usize)).map(ToString::to_string).unwrap_or_default()
    }

    /// A row by its name, with its file and row: `李明（teacher.csv 第3行）`.
    pub(super) fn row_place(&self, table: usize, row: u32) -> Text {
        let (own, at) = self.whole_of(table, row);
        let cell = CellRef { table: u16::try_from(own).unwrap_or(u16::MAX), column: 0, row: at };
        let address = self.cell(cell).map(|view| phrase::address(&view)).unwrap_or_default();
        phrase::remedy::at_row(&self.row_name(table, row).zh, &address)
    }

    /// What a row is called, as it may be shown.
    pub(super) fn row_name(&self, table: usize, row: u32) -> Text {
        let name: Text = self.plain_name(table, row).unwrap_or_default().into();
        self.veil_name(table, row, &name)
    }

    pub(super) fn unit(&self, unit: &UnitId) -> UnitView {
        let (key, name) = match unit.table {
            None => (unit.key.clone(), unit.name.clone()),
            Some(table) => self.row_unit(table, unit.row, &unit.key, &unit.name),
        };
        UnitView { table: unit.table, key, name, counties: unit.counties.iter().map(|county| self.veil_top_key(county)).collect() }
    }

    /// Key and name of a row as they may be shown.
    pub(super) fn row_unit(&self, table: usize, row: u32, key: &str, name: &Text) -> (String, Text) {
        (self.veil_key(table, row, key), self.veil_name(table, row, name))
    }

    /// Why, in words.
    pub(super) fn reason(&self, cause: &Cause) -> Text {
        match cause.at {
            Place::Cell(at) => match self.cell(at) {
                Some(view) => phrase::cell_reason(cause.code, self.why(at), &view),
                None => phrase::why(cause.code),
            },
            Place::Row { of, row, table } => phrase::row_reason(cause.code, &self.one_of(of), &self.row_name(of, row), &self.table_name(table)),
            Place::Table(table) => phrase::table_reason(cause.code, &self.table_name(table)),
            Place::Term { table, row, term } => phrase::term_reason(cause.code, &self.table_name(table), row.map(|row| self.name_in_any_period(table, row)).as_ref(), term),
            Place::Filed { of, row, table, term } => phrase::filed_reason(cause.code, &self.one_of(of), &self.row_name(of, row), &self.table_name(table), term),
            Place::Parameter(at) => match self.plan.parameters.get(at) {
                Some(def) => phrase::parameter_reason(cause.code, &def.names.short(), def.checked_up_to),
                None => phrase::why(cause.code),
            },
            Place::Rule(at) => match self.rule(at) {
                Some(RuleDef { withdrawn: Some(withdrawn), .. }) if cause.code == CauseCode::NotInForce && withdrawn.from <= self.verdict.as_of => phrase::withdrawn_reason(&self.short_id(at), withdrawn),
                Some(def) => phrase::rule_reason(cause.code, &self.short_id(at), self.plan.in_force(def), self.verdict.as_of),
                None => phrase::why(cause.code),
            },
            Place::Exception { rule, at, other } => {
                let name = |at: u16| self.exception(rule as usize, usize::from(at)).map(Self::exception_name).unwrap_or_default();
                phrase::exception_reason(cause.code, &name(at), other.map(name).as_ref())
            }
            Place::Nowhere => phrase::why(cause.code),
        }
    }

    /// What a row is called, without the period of its key.
    fn name_in_any_period(&self, table: usize, row: u32) -> Text {
        let name = self.row_name(table, row);
        let of = self.def(table).and_then(|def| def.period).zip(self.data(table)).and_then(|(column, data)| data.columns.get(column)?.get(row as usize));
        let Some(CellValue::Term(term)) = of.map(|cell| &cell.value) else { return name };
        let end = format!("-{term}");
        let bare = |text: &String| text.strip_suffix(&end).unwrap_or(text).to_string();
        Text { en: bare(&name.en), zh: bare(&name.zh) }
    }

    fn why(&self, at: CellRef) -> Option<Why> {
        match self.raw_cell(self.origin_of(at))?.value {
            CellValue::Unknown(why) => Some(why),
            _ => None,
        }
    }

    /// The cell that a cause is about.
    pub(super) fn cause_cell(&self, cause: &Cause) -> Option<CellView> {
        match cause.at {
            Place::Cell(at) => self.cell(at),
            _ => None,
        }
    }
}

/// Causes that a person cures by filling or correcting something.
pub fn is_curable(code: CauseCode) -> bool {
    matches!(code, CauseCode::Missing | CauseCode::Unreadable | CauseCode::NotFiled | CauseCode::NotHandedIn | CauseCode::Zero | CauseCode::Exceeds | CauseCode::NoRow | CauseCode::Turned)
}
