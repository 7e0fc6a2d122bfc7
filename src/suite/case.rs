//! Cases: sections of a suite in; for each section with expectations, all that it is to be judged with, out.

use std::collections::BTreeSet;

use crate::base::{Lang, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::{NothingExpected, UnknownBlock};

use super::markdown::{Block, Section};
use super::place::Lines;

/// A case and its blocks; inherited ones come first.
#[derive(Clone, Debug)]
pub struct Case<'t> {
    pub name: String,
    pub line: usize,
    /// The suite.
    pub suite: &'t Lines<'t>,
    pub setup: Vec<(Setup, &'t Block)>,
    pub expected: Vec<(Expected, &'t Block)>,
}

/// What a case is judged with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setup {
    Rules { name: Option<String> },
    Use,
    Table { name: String, ending: &'static str },
    Settings,
    AsOf,
}

/// What a case expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Findings,
    Messages,
    Output(Lang),
    Reading(Lang),
    Report(Lang),
    /// What the lints find, by code and line.
    Lints,
    /// What the lints find, as a reader sees it.
    Lint(Lang),
}

enum Mark {
    Setup(Setup),
    Expected(Expected),
    /// A block of another language.
    Other,
    Incomplete,
}

impl<'t> Case<'t> {
    pub fn body(&self, block: &Block) -> &'t str {
        self.suite.text.get(block.body.clone()).unwrap_or("")
    }

    /// A message about a block, at its opening line.
    pub fn at_head(&self, said: impl Into<Diagnostic>, block: &Block) -> Diagnostic {
        said.into().on(self.suite.frame(block.head.clone()), Text::default())
    }
}

/// The cases of a suite. A section that sets something up for no expectation at all, in itself or beneath, is a fault.
pub fn cases<'t>(sections: &'t [Section], suite: &'t Lines<'t>) -> (Vec<Case<'t>>, Vec<Diagnostic>) {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    let served = above_cases(sections);
    for (at, section) in sections.iter().enumerate() {
        for block in section.blocks.iter().filter(|block| matches!(mark(block), Mark::Incomplete)) {
            faults.push(Diagnostic::from(UnknownBlock { word: block.mark.join(" ").into() }).on(suite.frame(block.head.clone()), Text::default()));
        }
        if expects(section) {
            cases.push(case(sections, at, suite));
        } else if let (Some(block), false) = (setup(section), served.contains(&at)) {
            let said = Diagnostic::from(NothingExpected { case: section.name.as_str().into() });
            faults.push(said.on(suite.frame(block.head.clone()), Text::default()));
        }
    }
    (cases, faults)
}

/// The first block with rules.
fn setup(section: &Section) -> Option<&Block> {
    section.blocks.iter().find(|block| matches!(mark(block), Mark::Setup(Setup::Rules { .. } | Setup::Use)))
}

fn expects(section: &Section) -> bool {
    section.blocks.iter().any(|block| matches!(mark(block), Mark::Expected(_)))
}

/// The sections that stand above one with expectations.
fn above_cases(sections: &[Section]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (at, _) in sections.iter().enumerate().filter(|(_, section)| expects(section)) {
        // What stands above one that is known is known too.
        let _ = above(sections, at).find(|up| !found.insert(*up));
    }
    found
}

/// The sections above one, nearest first.
fn above(sections: &[Section], at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(sections[at].parent, |up| sections[*up].parent)
}

fn case<'t>(sections: &'t [Section], at: usize, suite: &'t Lines<'t>) -> Case<'t> {
    let mut way: Vec<usize> = above(sections, at).collect();
    way.reverse();
    let section = &sections[at];
    let mut case = Case { name: section.name.clone(), line: section.line, suite, setup: Vec::new(), expected: Vec::new() };
    for block in way.iter().chain([&at]).flat_map(|up| &sections[*up].blocks) {
        if let Mark::Setup(setup) = mark(block) {
            // A table, a date or settings given again replace those from above; rules add up.
            if !matches!(setup, Setup::Rules { name: None } | Setup::Use) {
                case.setup.retain(|(known, _)| *known != setup);
            }
            case.setup.push((setup, block));
        }
    }
    case.expected = section.blocks.iter().filter_map(|block| if let Mark::Expected(expected) = mark(block) { Some((expected, block)) } else { None }).collect();
    case
}

fn mark(block: &Block) -> Mark {
    let words: Vec<&str> = block.mark.iter().map(String::as_str).collect();
    let table = |name: &str, ending| Mark::Setup(Setup::Table { name: name.to_string(), ending });
    let lang = |word: &str| Lang::parse(word).filter(|_| word.len() == 2);
    match words[..] {
        ["heng"] => Mark::Setup(Setup::Rules { name: None }),
        ["heng", name] => Mark::Setup(Setup::Rules { name: Some(name.to_string()) }),
        ["use"] => Mark::Setup(Setup::Use),
        ["csv", name] => table(name, "csv"),
        ["tsv", name] => table(name, "tsv"),
        ["toml"] => Mark::Setup(Setup::Settings),
        ["as-of"] => Mark::Setup(Setup::AsOf),
        ["expect"] => Mark::Expected(Expected::Findings),
        ["diagnostics"] => Mark::Expected(Expected::Messages),
        ["output", word] => lang(word).map_or(Mark::Incomplete, |lang| Mark::Expected(Expected::Output(lang))),
        ["reading", word] => lang(word).map_or(Mark::Incomplete, |lang| Mark::Expected(Expected::Reading(lang))),
        ["report", word] => lang(word).map_or(Mark::Incomplete, |lang| Mark::Expected(Expected::Report(lang))),
        ["lints"] => Mark::Expected(Expected::Lints),
        ["lint", word] => lang(word).map_or(Mark::Incomplete, |lang| Mark::Expected(Expected::Lint(lang))),
        ["heng" | "use" | "csv" | "tsv" | "toml" | "as-of" | "expect" | "diagnostics" | "output" | "reading" | "report" | "lint", ..] => Mark::Incomplete,
        _ => Mark::Other,
    }
}
