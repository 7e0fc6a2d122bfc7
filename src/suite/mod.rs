//! Test suites: a Markdown text in; for each case, what it expected and what was found out; and the text with what was
//! found written in. Headings name cases; blocks of a heading above are inherited; expectations are not.
//! Files are left to [`packs`] and to the caller.

pub mod bases;
pub mod case;
pub mod compare;
pub mod cut;
pub mod expect;
pub mod markdown;
pub mod packs;
pub mod place;
pub mod settings;
pub mod stage;

use std::ops::Range;

use crate::base::Text;
use crate::diag::Diagnostic;

use packs::RuleFile;

/// Finds a pack by the words of a `use` block.
pub type Find<'f> = dyn Fn(&str) -> Result<Vec<RuleFile>, Box<Diagnostic>> + 'f;

/// A suite that was run.
#[derive(Clone, Debug)]
pub struct Suite {
    pub path: String,
    pub cases: Vec<CaseResult>,
    /// What is wrong with the suite as such. Each is a failure.
    pub faults: Vec<Diagnostic>,
    /// The text with what was found in place of what was expected, otherwise unchanged.
    pub updated: String,
}

#[derive(Clone, Debug)]
pub struct CaseResult {
    pub name: String,
    /// The heading's line.
    pub line: usize,
    /// Empty for a case that passed.
    pub failures: Vec<Failure>,
}

#[derive(Clone, Debug)]
pub struct Failure {
    pub said: Diagnostic,
    /// Further lines: a difference, or messages in full. Each ends in a newline.
    pub detail: Text,
}

/// A stretch of the suite and what should stand there.
#[derive(Clone, Debug)]
pub struct Edit {
    pub at: Range<usize>,
    pub text: String,
}

impl Suite {
    pub fn passed(&self) -> usize {
        self.cases.iter().filter(|case| case.failures.is_empty()).count()
    }

    pub fn failed(&self) -> usize {
        self.cases.len() - self.passed() + self.faults.len()
    }
}

/// Runs every case of a suite. `path` is only shown.
pub fn run(text: &str, path: &str, find: &Find<'_>) -> Suite {
    let (sections, mut faults) = markdown::sections(text, path);
    let (cases, more) = case::cases(&sections, text, path);
    faults.extend(more);
    let mut edits = Vec::new();
    let results = cases.iter().map(|case| result(case, find, &mut edits)).collect();
    Suite { path: path.to_string(), cases: results, faults, updated: written(text, edits) }
}

fn result(case: &case::Case<'_>, find: &Find<'_>, edits: &mut Vec<Edit>) -> CaseResult {
    let failures = match stage::play(case, find) {
        Ok(stage) => {
            let compared = compare::compare(case, &stage);
            edits.extend(compared.edits);
            compared.failures
        }
        Err(why) => vec![Failure { said: *why, detail: Text::default() }],
    };
    CaseResult { name: case.name.clone(), line: case.line, failures }
}

/// The text with its edits. They do not overlap: each is the body of a block.
fn written(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.at.start);
    let mut written = text.to_string();
    for edit in edits.into_iter().rev() {
        written.replace_range(edit.at, &edit.text);
    }
    written
}
