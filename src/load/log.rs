//! Messages as they are found, given back by file, row and column.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::diag::catalog::MoreFaults;

/// Where something was found. Row 0 is the file as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The file's place in the order given.
    pub file: usize,
    pub line: u32,
    /// The cell's place in its row.
    pub column: usize,
}

/// How many messages of one kind a file gets; a file that is wrong throughout says so in one sentence more.
const MOST: usize = 1000;

#[derive(Debug, Default)]
pub struct Log {
    found: Vec<(At, Diagnostic)>,
    counts: BTreeMap<(usize, &'static str), usize>,
}

impl Log {
    pub fn add(&mut self, at: At, diagnostic: impl Into<Diagnostic>) {
        let diagnostic = diagnostic.into();
        let count = self.counts.entry((at.file, diagnostic.code)).or_default();
        *count += 1;
        if *count <= MOST {
            self.found.push((at, diagnostic));
        }
    }

    pub fn finish(mut self) -> Vec<Diagnostic> {
        for ((file, code), count) in &self.counts {
            if *count > MOST {
                let more = MoreFaults { count: (*count - MOST).into(), code: (*code).into() };
                self.found.push((At { file: *file, line: u32::MAX, column: 0 }, more.into()));
            }
        }
        self.found.sort_by_key(|(at, _)| *at);
        self.found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }
}
