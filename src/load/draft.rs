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

    /// The whole of a row that was not taken, without what may not be shown, nor what stands beyond the headers. Where cells
    /// may have shifted, or the table has personal columns, all that might stand in one that may not be shown is hidden.
    pub fn frame_untaken(&self, plan: &Plan, row: usize) -> Frame {
        let (hidden, width) = (&self.header.hidden, self.sheet.width(row));
        let in_place = width == self.header.width && !plan.has_personal(self.of);
        let shown = |at: usize| at < self.header.width && (hidden.is_empty() || in_place && !hidden.contains(&at));
        let all: Vec<usize> = (0..width).filter(|at| !shown(*at)).collect();
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
