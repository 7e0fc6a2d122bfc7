//! Test suites: a Markdown text in; for each case, what it expected and what was found out; and the text with what was
//! found written in. Headings name cases; blocks of a heading above are inherited; expectations are not.
//! Files are left to [`packs`] and to the caller.

pub mod bases;
mod bench;
pub mod case;
pub mod compare;
pub mod coverage;
pub mod cut;
pub mod expect;
pub mod explained;
pub mod files;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod mutation;
pub mod packs;
pub mod place;
pub mod settings;
pub mod stage;
pub mod tested;

use std::ops::Range;

use crate::base::{Lang, Text};
use crate::diag::Diagnostic;

use case::{Case, Expected};
use explained::Explanation;
use packs::RuleFile;
use place::Lines;
use stage::Stage;

/// Finds a pack by the words of a `use` block.
pub type Find<'f> = dyn Fn(&str) -> Result<Vec<RuleFile>, Box<Diagnostic>> + 'f;

/// A suite that was run.
#[derive(Clone, Debug)]
pub struct Suite {
    pub path: String,
    pub cases: Vec<CaseResult>,
    /// What is wrong with the suite as such. Each is a failure.
    pub faults: Vec<Diagnostic>,
    /// Why some gaps and some defects that no case notices are none.
    pub explained: Vec<Explanation>,
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

/// Everything that a run of suites found.
#[derive(Debug, Default)]
pub struct Results {
    pub suites: Vec<Suite>,
    /// Files that were named and hold no test: each is a failure.
    pub empty: Vec<String>,
    /// Where these were asked for.
    pub coverage: Option<Vec<coverage::Covered>>,
    pub mutation: Option<Vec<mutation::Tried>>,
    /// Explanations that explain nothing.
    pub stale: Vec<Diagnostic>,
}

impl Results {
    pub fn passed(&self) -> usize {
        self.suites.iter().map(Suite::passed).sum()
    }

    pub fn failed(&self) -> usize {
        self.suites.iter().map(Suite::failed).sum::<usize>() + self.empty.len()
    }

    /// Rules that lack a case.
    pub fn gaps(&self) -> usize {
        self.coverage.iter().flatten().filter(|rule| !rule.gaps.is_empty()).count()
    }

    /// Defects that no case notices and nothing explains.
    pub fn unnoticed(&self) -> usize {
        self.mutation.iter().flatten().filter(|tried| tried.fate == mutation::Fate::Unnoticed).count()
    }
}

/// A case that was played, with all that it takes to judge it again.
#[derive(Debug)]
pub struct Played {
    /// The suite.
    pub path: String,
    pub name: String,
    /// The heading's line.
    pub line: usize,
    pub passed: bool,
    pub stage: Stage,
    /// What its `expect` blocks say.
    pub lines: Vec<expect::Line>,
    /// The languages of its `report` blocks.
    pub reports: Vec<Lang>,
}

/// Runs every case of a suite. `path` is only shown.
pub fn run(text: &str, path: &str, find: &Find<'_>) -> Suite {
    each(text, path, find, &mut drop)
}

/// Runs every case of a suite, and hands each on when it was played.
pub fn each(text: &str, path: &str, find: &Find<'_>, hand_on: &mut dyn FnMut(Played)) -> Suite {
    let (sections, mut faults) = markdown::sections(text, path);
    let suite = Lines::new(text, path);
    let (cases, more) = case::cases(&sections, &suite);
    faults.extend(more);
    let (explained, more) = explained::explanations(&sections, &suite);
    faults.extend(more);
    let mut edits = Vec::new();
    let results = cases.iter().map(|case| result(case, find, &mut edits, hand_on)).collect();
    Suite { path: path.to_string(), cases: results, faults, explained, updated: written(text, edits) }
}

fn result(case: &Case<'_>, find: &Find<'_>, edits: &mut Vec<Edit>, hand_on: &mut dyn FnMut(Played)) -> CaseResult {
    let failures = match stage::play(case, find) {
        Ok(stage) => {
            let compared = compare::compare(case, &stage);
            edits.extend(compared.edits);
            hand_on(played(case, stage, compared.failures.is_empty()));
            compared.failures
        }
        Err(why) => vec![Failure { said: *why, detail: Text::default() }],
    };
    CaseResult { name: case.name.clone(), line: case.line, failures }
}

fn played(case: &Case<'_>, stage: Stage, passed: bool) -> Played {
    let findings = case.expected.iter().filter(|(expected, _)| *expected == Expected::Findings);
    let lines = findings.flat_map(|(_, block)| case.body(block).lines()).filter_map(expect::line).collect();
    let reports = case.expected.iter().filter_map(|(expected, _)| if let Expected::Report(lang) = expected { Some(*lang) } else { None }).collect();
    Played { path: case.suite.path.to_string(), name: case.name.clone(), line: case.line, passed, stage, lines, reports }
}

/// The text with its edits. They do not overlap: each is a line or the body of a block.
fn written(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.at.start);
    let mut written = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in edits {
        written.push_str(&text[copied..edit.at.start]);
        written.push_str(&edit.text);
        copied = edit.at.end;
    }
    written.push_str(&text[copied..]);
    written
}
