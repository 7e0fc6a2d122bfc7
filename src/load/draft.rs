//! The rows of one file before their links are followed, and how messages point into them.
use std::sync::Arc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::base::Text;
use crate::diag::Frame;
use crate::model::plan::Plan;
use crate::model::table::{BadCell, Table};

use super::header::{Header, shown};
use super::log::At;
use super::sheet::{HIDDEN, Sheet};

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

    /// The whole of a row that was not taken; where some cells may not be shown none is, for they may
    /// have shifted; nor what stands beyond the headers.
    pub fn frame_untaken(&self, row: usize) -> Frame {
        let shown = if self.header.hidden.is_empty() { self.header.width } else { 0 };
        let all: Vec<usize> = (shown..self.sheet.width(row)).collect();
        self.sheet.frame(row, None, &all)
    }

    /// A column's header, as the file has it.
    pub fn name(&self, column: usize) -> Text {
        shown(&self.header.names[column]).into()
    }

    /// A cell as a message quotes it; personal ones are not shown.
    pub fn quote(&self, plan: &Plan, row: usize, column: usize) -> Text {
        if plan.is_personal(self.of, column) { HIDDEN.into() } else { shown(&self.table.columns[column][row].raw).into() }
    }
}
