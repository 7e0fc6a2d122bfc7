//! What every format yields: the text of a file, its rows, and the place of each cell in the text.
//!
//! The text is kept whole so that a message can show the row as it stands; cells borrow from it.

use std::borrow::Cow;

use crate::diag::{Frame, cut};

/// Rows of one file or sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    pub path: String,
    text: String,
    rows: Vec<Row>,
    cells: Vec<Stretch>,
}

/// One row: its number in a spreadsheet, its stretch of the text, its cells.
#[derive(Clone, Copy, Debug)]
struct Row {
    line: u32,
    start: u32,
    end: u32,
    first: u32,
    count: u32,
}

/// A cell's bytes, without the quotes around it.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    pub start: u32,
    pub end: u32,
    /// Whether quotes inside are written twice.
    pub doubled: bool,
}

/// What stands for a cell that may not be shown.
pub const HIDDEN: &str = "***";

impl Sheet {
    pub fn new(path: &str) -> Sheet {
        Sheet { path: path.to_string(), ..Sheet::default() }
    }

    /// With the text that its cells are stretches of.
    pub fn of(self, text: String) -> Sheet {
        Sheet { text, ..self }
    }

    /// A row with its cells; stretches outside the text read as blank.
    pub fn push(&mut self, line: u32, start: u32, end: u32, cells: &[Stretch]) {
        let first = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.rows.push(Row { line, start, end, first, count: u32::try_from(cells.len()).unwrap_or(0) });
        self.cells.extend_from_slice(cells);
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row as a spreadsheet numbers it.
    pub fn line(&self, row: usize) -> u32 {
        self.rows[row].line
    }

    /// How many cells a row has.
    pub fn width(&self, row: usize) -> usize {
        self.rows[row].count as usize
    }

    /// A cell as it was typed; blank where the row has none.
    pub fn cell(&self, row: usize, at: usize) -> Cow<'_, str> {
        let Some(stretch) = self.stretch(row, at) else { return Cow::Borrowed("") };
        let text = self.text.get(stretch.start as usize..stretch.end as usize).unwrap_or("");
        if stretch.doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) }
    }

    fn stretch(&self, row: usize, at: usize) -> Option<Stretch> {
        let row = self.rows[row];
        let cells = self.cells.get(row.first as usize..(row.first + row.count) as usize)?;
        cells.get(at).copied()
    }

    pub fn cells(&self, row: usize) -> impl Iterator<Item = Cow<'_, str>> {
        (0..self.width(row)).map(move |at| self.cell(row, at))
    }

    /// The row as a message shows it, with one cell underlined, or the whole; cells in `hidden` are not shown.
    pub fn frame(&self, row: usize, cell: Option<usize>, hidden: &[usize]) -> Frame {
        let place = self.rows[row];
        let (whole_start, whole_end) = (place.start as usize, place.end as usize);
        let mut text = String::new();
        let mut at = whole_start;
        let (mut start, mut end) = (0, None);
        for index in 0..self.width(row) {
            let Some(stretch) = self.stretch(row, index) else { continue };
            text.push_str(self.text.get(at..stretch.start as usize).unwrap_or(""));
            let from = text.len();
            let shown = self.text.get(stretch.start as usize..stretch.end as usize).unwrap_or("");
            text.push_str(if hidden.contains(&index) && !shown.is_empty() { HIDDEN } else { shown });
            at = stretch.end as usize;
            if cell == Some(index) {
                (start, end) = (from, Some(text.len()));
            }
        }
        text.push_str(self.text.get(at..whole_end).unwrap_or(""));
        let end = end.unwrap_or(text.len());
        cut(&self.path, place.line, &text, start, end)
    }
}
