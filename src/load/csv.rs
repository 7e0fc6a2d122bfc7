//! Comma, tab or semicolon separated text: a text comes in, rows with the place of every cell go out, and each row whose
//! quotes do not balance.
//!
//! Rows are numbered as a spreadsheet numbers them: blank lines count, a cell over several lines is one row. Which row is
//! the header is left to others.

use crate::diag::{Frame, cut};

use super::sheet::{Sheet, Stretch};

/// A row that could not be cut into cells.
#[derive(Debug)]
pub struct Fault {
    pub line: u32,
    pub frame: Frame,
}

const DELIMITERS: [char; 3] = [',', '\t', ';'];

/// What stands between cells: the delimiter by which one of the first `rows` rows has most cells that are headers.
pub fn delimiter(text: &str, rows: usize, is_header: impl Fn(&str) -> bool) -> char {
    let score = |delimiter: char| {
        let mut best = (0, 0);
        let mut scan = Scan::new(text, delimiter);
        while let Some(found) = scan.row().filter(|_| scan.line as usize <= rows) {
            let Ok(found) = found else { continue };
            let headers = scan.cells.iter().filter(|cell| is_header(&text[cell.start as usize..cell.end as usize])).count();
            best = best.max((headers, if found.start == 0 { scan.cells.len() } else { 0 }));
        }
        best
    };
    let mut best = (DELIMITERS[0], score(DELIMITERS[0]));
    for delimiter in &DELIMITERS[1..] {
        let found = score(*delimiter);
        if found > best.1 {
            best = (*delimiter, found);
        }
    }
    best.0
}

/// Cuts a text into rows. INVARIANT: the text is shorter than 4 GiB.
pub fn sheet(path: &str, text: String, delimiter: char) -> (Sheet, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut sheet = Sheet::new(path);
    let mut scan = Scan::new(&text, delimiter);
    while let Some(found) = scan.row() {
        match found {
            Ok(row) => sheet.push(scan.line, narrow(row.start), narrow(row.end), &scan.cells),
            Err(quote) => faults.push(Fault { line: scan.line, frame: line_frame(path, scan.line, &text, quote) }),
        }
    }
    (sheet.of(text), faults)
}

/// The physical line around a quote.
fn line_frame(path: &str, line: u32, text: &str, quote: usize) -> Frame {
    let newline = |letter: char| letter == '\n' || letter == '\r';
    let start = text[..quote].rfind(newline).map_or(0, |at| at + 1);
    let end = text[quote..].find(newline).map_or(text.len(), |at| quote + at);
    cut(path, line, &text[start..end], quote - start, quote - start + 1)
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Scan<'t> {
    bytes: &'t [u8],
    delimiter: String,
    at: usize,
    /// The row last given.
    line: u32,
    /// Its cells.
    cells: Vec<Stretch>,
}

/// Where a cell ends and what follows it.
enum After {
    Cell,
    Row,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, delimiter: char) -> Scan<'t> {
        Scan { bytes: text.as_bytes(), delimiter: delimiter.to_string(), at: 0, line: 0, cells: Vec::new() }
    }

    /// The next row's stretch, without its line end; its cells are in `cells`. Errors: the place of a quote that is not
    /// closed, or is closed before the cell ends; reading goes on at the next line.
    fn row(&mut self) -> Option<Result<std::ops::Range<usize>, usize>> {
        if self.at >= self.bytes.len() {
            return None;
        }
        self.line = self.line.saturating_add(1);
        self.cells.clear();
        let start = self.at;
        loop {
            let open = self.at;
            let found = if self.bytes.get(open) == Some(&b'"') { self.quoted() } else { Some(self.bare()) };
            match found {
                None => {
                    self.at = open;
                    self.skip_line();
                    return Some(Err(open));
                }
                Some(After::Cell) => self.at += self.delimiter.len(),
                Some(After::Row) => break,
            }
        }
        let end = self.at;
        self.skip_newline();
        Some(Ok(start..end))
    }

    fn bare(&mut self) -> After {
        let start = self.at;
        let first = self.delimiter.as_bytes()[0];
        while let Some(&byte) = self.bytes.get(self.at) {
            let special = byte == b'\n' || byte == b'\r' || byte == first;
            if special && (byte != first || self.at_delimiter()) {
                break;
            }
            self.at += 1;
        }
        self.cells.push(Stretch { start: narrow(start), end: narrow(self.at), doubled: false });
        self.after()
    }

    fn quoted(&mut self) -> Option<After> {
        let start = self.at + 1;
        let mut doubled = false;
        self.at = start;
        loop {
            match (self.bytes.get(self.at)?, self.bytes.get(self.at + 1)) {
                (b'"', Some(b'"')) => {
                    doubled = true;
                    self.at += 2;
                }
                (b'"', _) => break,
                _ => self.at += 1,
            }
        }
        self.cells.push(Stretch { start: narrow(start), end: narrow(self.at), doubled });
        self.at += 1;
        while self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let ends = self.at_delimiter() || matches!(self.bytes.get(self.at), None | Some(b'\n' | b'\r'));
        ends.then(|| self.after())
    }

    fn at_delimiter(&self) -> bool {
        self.bytes[self.at..].starts_with(self.delimiter.as_bytes())
    }

    fn after(&self) -> After {
        if self.at < self.bytes.len() && self.at_delimiter() { After::Cell } else { After::Row }
    }

    fn skip_line(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| *byte != b'\n' && *byte != b'\r') {
            self.at += 1;
        }
        self.skip_newline();
    }

    fn skip_newline(&mut self) {
        match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => self.at += 2,
            (Some(b'\r' | b'\n'), _) => self.at += 1,
            _ => {}
        }
    }
}
