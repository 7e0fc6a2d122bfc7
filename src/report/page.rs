//! What a reader sees, whatever the format: the verdict with everything that is needed to name its parts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::base::{Date, Lang, Source, Sources, Span, Text};
use crate::model::ast::RuleKind;
use crate::model::manner::Manner;
use crate::model::plan::{Plan, RuleDef};
use crate::model::reduced::Reduced;
use crate::model::table::Tables;
use crate::model::verdict::{Finding, Outcome, Part, Verdict};

use super::mask::Masks;

/// A verdict and all that its report needs.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    pub plan: &'a Plan,
    pub tables: &'a Tables,
    pub reduced: &'a Reduced,
    pub verdict: &'a Verdict,
    pub sources: &'a Sources,
    /// One for each pack of the plan that has bytes of its own.
    pub packs: Vec<PackDigest>,
    pub options: Options,
    /// For each rule its condition and its requirements in words, for readers of the language in which it is not written;
    /// may be empty.
    pub said: Vec<Vec<Text>>,
    /// For text only: machine formats do not depend on it.
    pub lang: Lang,
    /// Whether text may carry ANSI colours.
    pub color: bool,
    /// Columns of the terminal, for text.
    pub width: usize,
    /// Personal columns in clear, in every format.
    pub show_personal: bool,
    /// What stands in place of what is personal.
    pub masks: Masks,
    /// The rules that share their ids with others, once someone has asked.
    pub alike: OnceLock<BTreeSet<usize>>,
}

/// What was read of a pack: its digest, and that of each of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackDigest {
    /// Blank for rules without a `pack` line.
    pub id: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// As it was named: a folder or a file.
    pub path: String,
    /// The path of each rule file as it was read, with its digest.
    pub files: Vec<(String, String)>,
}

/// What the settings said about reading data, so that the same bytes are read the same way again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The tokens that stand for nothing, where they were said.
    pub missing: Option<Vec<String>>,
    pub token_is_zero: bool,
    /// Table id → column id → further headers.
    pub aliases: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// By the path of a file, what was said of it.
    pub files: BTreeMap<String, Told>,
}

/// What was said of one file; nothing where the file itself was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub table: Option<String>,
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
    pub manner: Manner,
}

/// What the run was asked, so that it can be run again. An empty list is no filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub rules: Vec<String>,
    pub counties: Vec<String>,
    pub units: Vec<String>,
    /// Parameters set by hand, as they were written.
    pub set: BTreeMap<String, String>,
    pub strict: bool,
    pub fail_level: RuleKind,
    pub reading: Reading,
}

impl Default for Options {
    fn default() -> Options {
        Options { rules: Vec::new(), counties: Vec::new(), units: Vec::new(), set: BTreeMap::new(), strict: false, fail_level: RuleKind::Rule, reading: Reading::default() }
    }
}

/// How often each outcome occurred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub met: usize,
    pub not_met: usize,
    pub undecided: usize,
    pub not_applicable: usize,
    pub exempt: usize,
}

impl Count {
    fn slot(&mut self, outcome: Outcome) -> &mut usize {
        match outcome {
            Outcome::Met => &mut self.met,
            Outcome::NotMet => &mut self.not_met,
            Outcome::Undecided => &mut self.undecided,
            Outcome::NotApplicable => &mut self.not_applicable,
            Outcome::Exempt => &mut self.exempt,
        }
    }

    pub fn add(&mut self, outcome: Outcome) {
        *self.slot(outcome) += 1;
    }

    pub fn of(mut self, outcome: Outcome) -> usize {
        *self.slot(outcome)
    }

    pub fn over<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Count {
        Count::of_outcomes(findings.into_iter().map(|finding| finding.outcome))
    }

    pub fn of_outcomes(outcomes: impl IntoIterator<Item = Outcome>) -> Count {
        let mut count = Count::default();
        for outcome in outcomes {
            *count.slot(outcome) += 1;
        }
        count
    }
}

impl<'a> Page<'a> {
    pub(super) fn rule(&self, rule: usize) -> Option<&'a RuleDef> {
        self.plan.rules.get(rule)
    }

    /// The table whose rows a rule asks; `None` for the whole.
    pub(super) fn table_of(&self, rule: usize) -> Option<usize> {
        self.rule(rule)?.at.table.filter(|table| *table < self.plan.tables.len())
    }

    pub(super) fn is_graded(&self, rule: usize) -> bool {
        self.rule(rule).is_some_and(|rule| !rule.grades.is_empty())
    }

    /// `pack/rule`: what a rule is called among all packs.
    pub(super) fn full_id(&self, rule: usize) -> String {
        let Some(def) = self.rule(rule) else { return String::new() };
        match self.pack_id(def.pack) {
            Some(pack) => format!("{pack}/{}", def.names.id),
            None => def.names.id.clone(),
        }
    }

    /// The rule's own id; with its pack where two packs have the same.
    pub(super) fn short_id(&self, rule: usize) -> String {
        let Some(def) = self.rule(rule) else { return String::new() };
        let alike = self.alike.get_or_init(|| {
            let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            self.plan.rules.iter().enumerate().for_each(|(rule, def)| by_id.entry(&def.names.id).or_default().push(rule));
            by_id.into_values().filter(|rules| rules.len() > 1).flatten().collect()
        });
        if alike.contains(&rule) { self.full_id(rule) } else { def.names.id.clone() }
    }

    pub(super) fn pack_id(&self, pack: usize) -> Option<String> {
        self.plan.packs.get(pack).map(|pack| pack.id.clone())
    }

    /// The findings of each rule that has any.
    pub(super) fn by_rule(&self) -> BTreeMap<usize, Vec<&'a Finding>> {
        let mut found: BTreeMap<usize, Vec<&'a Finding>> = BTreeMap::new();
        for finding in &self.verdict.findings {
            found.entry(finding.rule).or_default().push(finding);
        }
        found
    }

    /// Outcomes of each rule that has findings.
    pub(super) fn counts(&self) -> BTreeMap<usize, Count> {
        let mut counts: BTreeMap<usize, Count> = BTreeMap::new();
        for finding in &self.verdict.findings {
            *counts.entry(finding.rule).or_default().slot(finding.outcome) += 1;
        }
        counts
    }

    /// How many findings, whatever their outcome, rest on a standard that was not checked up to the as-of date.
    pub(super) fn unchecked(&self) -> usize {
        self.verdict.findings.iter().filter(|finding| finding.judged.unchecked).count()
    }

    /// The earliest day up to which such a standard was checked.
    pub(super) fn unchecked_since(&self) -> Option<Date> {
        self.plan.parameters.iter().filter_map(|parameter| parameter.checked_up_to).filter(|checked| *checked < self.verdict.as_of).min()
    }

    /// The source of a place in a rule file; `None` for a plan that was made without one.
    pub(super) fn source(&self, span: Span) -> Option<&'a Source> {
        self.sources.iter().find(|(id, _)| *id == span.source).map(|(_, source)| source)
    }

    /// The words at a place of a rule file.
    pub(super) fn words(&self, span: Span) -> &'a str {
        self.source(span).and_then(|source| source.text.get(span.range())).unwrap_or("")
    }
}

/// The place of a step or of one of several requirements among its like, from 1.
pub(super) fn ordinal(parts: &[Part], at: usize) -> usize {
    parts.iter().take(at + 1).filter(|part| matches!(part, Part::Step(_) | Part::Operand(_))).count()
}
