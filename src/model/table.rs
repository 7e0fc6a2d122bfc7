//! Tables as they were handed in: every cell with its value, or with the reason why it has none, and its raw text.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Date, Number, Term, YearMonth};

use super::value::CellRef;

/// The value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    Number(Number),
    Text(Arc<str>),
    Truth(bool),
    Date(Date),
    YearMonth(YearMonth),
    Term(Term),
    /// The place of the code in its list.
    Code(u16),
    Unknown(Why),
}

/// Why a cell has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Nothing, or a token that stands for nothing.
    Missing,
    /// The file has no such column.
    NoColumn,
    Unreadable,
    OutsideList,
    ImpossibleDate,
    Negative,
    /// A whole number was due.
    NotWhole,
    /// Outside the bounds that the column declares.
    OutOfBounds,
}

/// A cell: its value and what stood there, as it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub value: CellValue,
    pub raw: Arc<str>,
}

/// One file (or sheet) that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub path: String,
    pub rows: usize,
    /// Lower-case hexadecimal of the bytes.
    pub sha256: String,
    pub encoding: String,
    /// Rows of the file that are no records, in their order; the header is not among them.
    pub left_out: Vec<LeftOut>,
}

/// Rows of a file, one or several on end, that are no records (R37).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// As a spreadsheet numbers them, both included.
    pub first: u32,
    pub last: u32,
    pub why: NoRecord,
}

impl LeftOut {
    pub fn rows(self) -> usize {
        (self.last - self.first) as usize + 1
    }
}

/// Why a row is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoRecord {
    /// Above the header.
    Title,
    /// It sums up other rows.
    Totals,
    /// The header once more.
    HeaderAgain,
    /// Units or column numbers under the header.
    Heading,
    /// A remark.
    Note,
    /// No filled cell.
    Blank,
}

impl NoRecord {
    pub const ALL: [NoRecord; 6] = [NoRecord::Title, NoRecord::Totals, NoRecord::HeaderAgain, NoRecord::Heading, NoRecord::Note, NoRecord::Blank];

    pub fn code(self) -> &'static str {
        match self {
            NoRecord::Title => "title",
            NoRecord::Totals => "totals",
            NoRecord::HeaderAgain => "header_again",
            NoRecord::Heading => "heading",
            NoRecord::Note => "note",
            NoRecord::Blank => "blank",
        }
    }
}

/// Where a table's rows come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, with its header, even without rows.
    HandedIn(Input),
    /// No file; the keys that the rows beneath name stand as rows, every other cell unknown.
    Named,
    /// No file, and nothing names a row of it.
    Absent,
}

/// The rows of one table of the plan.
///
/// INVARIANT: every column has one cell a row; `lines`, `keys` and each of `parents` have one entry a row.
#[derive(Clone, Debug)]
pub struct Table {
    pub origin: Origin,
    /// The row of each record as a spreadsheet numbers it, header counted; 0 where the table was not handed in.
    pub lines: Vec<u32>,
    /// The key of each row, trimmed and folded; its place (`12`) where the table has no key.
    pub keys: Vec<Arc<str>>,
    /// For each column of the plan, in its order; key and link columns are among them.
    pub columns: Vec<Vec<Cell>>,
    /// The header as the file has it, for each column; the plan's own title where the file has none.
    pub headers: Vec<Arc<str>>,
    /// For each parent of the plan, in its order, the row of the parent table that each row names.
    pub parents: Vec<Vec<u32>>,
    /// Rows of earlier periods that name units which are no longer in the list of units: for each row, the places among its
    /// parents of the links that lead there.
    pub gone: BTreeMap<u32, Vec<usize>>,
}

impl Tables {
    /// The number in a cell, in base units. Missing: `None`, as for what is no number or is not there.
    pub fn number(&self, at: CellRef) -> Option<&Number> {
        match &self.tables.get(usize::from(at.table))?.columns.get(usize::from(at.column))?.get(at.row as usize)?.value {
            CellValue::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl Table {
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub fn handed_in(&self) -> bool {
        matches!(self.origin, Origin::HandedIn(_))
    }
}

/// The row above a row that names none; the row of a period of which there is none. Every cell of it is unknown.
pub const NOWHERE: u32 = u32::MAX;

/// A cell that could not be read or did not fit, for the list that the reader gets.
#[derive(Clone, Debug, PartialEq)]
pub struct BadCell {
    pub table: usize,
    pub row: u32,
    pub column: u16,
    pub why: Why,
}

/// Everything that was handed in, by the plan's table numbers.
///
/// INVARIANT: one entry for each table of the plan; a derived table (the parts of a split) is `Absent` here.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub tables: Vec<Table>,
    /// Every unreadable, impossible or outlying cell, by table, row and column; missing cells are not among them.
    pub bad: Vec<BadCell>,
}
