//! What the cases of a run test: the packs that they use, each set of rule files with the cases that are played with it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::{SourceId, Sources, Span};
use crate::diag::any_error;
use crate::model::verdict::Finding;

use super::Played;
use super::expect::Sought;
use super::stage::{Judged, Own, Stage};

/// Cases that are played with the same rule files.
pub struct Program<'p> {
    /// Of the first of them.
    pub stage: &'p Stage,
    pub cases: Vec<&'p Played>,
    /// For each source, whether its rules are what is tested.
    pub tested: Vec<bool>,
}

/// The programs of a run, in the order of their first cases. Rules that a suite writes down itself serve the test, unless no
/// suite uses a pack: then they are what is tested. A pack that is only extended is tested where it is at home.
pub fn programs(played: &[Played]) -> Vec<Program<'_>> {
    let uses_packs = played.iter().any(|case| case.stage.files.len() > case.stage.own.len() + case.stage.bases.len());
    let mut programs: Vec<Program<'_>> = Vec::new();
    let mut known: BTreeMap<Vec<(&str, &str)>, usize> = BTreeMap::new();
    for case in played.iter().filter(|case| case.stage.judged.is_some() && !any_error(&case.stage.said)) {
        let stage = &case.stage;
        let sources = stage.sources.iter().map(|(_, source)| (source.path.as_str(), source.text.as_str())).collect();
        match known.entry(sources) {
            Entry::Occupied(known) => programs[*known.get()].cases.push(case),
            Entry::Vacant(place) => {
                place.insert(programs.len());
                let serves = |id: SourceId| stage.bases.contains(&id) || uses_packs && stage.own.iter().any(|own| own.source == id);
                let tested = stage.sources.iter().map(|(id, _)| !serves(id)).collect();
                programs.push(Program { stage, cases: vec![case], tested });
            }
        }
    }
    programs
}

impl Program<'_> {
    pub fn is_tested(&self, source: SourceId) -> bool {
        self.tested.get(source.0 as usize).copied().unwrap_or_default()
    }
}

/// What is found of the rules that a case expects something of, counted once a finding: the rule, and what it found;
/// nothing where it was to ask no one.
pub fn expected(case: &Played) -> Vec<(usize, Option<&Finding>)> {
    let (stage, Some(Judged { verdict, .. })) = (&case.stage, &case.stage.judged) else { return Vec::new() };
    if !case.reports.is_empty() {
        return verdict.findings.iter().map(|finding| (finding.rule, Some(finding))).collect();
    }
    let sought = Sought::new(&stage.plan, verdict);
    let mut seen: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut found = Vec::new();
    for line in &case.lines {
        let Some(rule) = sought.rule(&line.rule) else { continue };
        if seen.insert((rule, &line.unit)) {
            found.push((rule, sought.finding(line)));
        }
    }
    found
}

/// The names that a rule goes by in a suite.
pub fn names(pack: &str, item: &str) -> [String; 2] {
    [item.to_string(), format!("{pack}/{item}")]
}

/// Where something stands: the path and the line of its file, or of the suite that writes it down itself.
pub fn place(sources: &Sources, own: &[Own], at: Span) -> (String, usize) {
    let source = sources.get(at.source);
    let (line, _) = source.line_column(at.start as usize);
    match own.iter().find(|own| own.source == at.source) {
        Some(own) => (own.path.clone(), own.line + line - 1),
        None => (source.path.clone(), line),
    }
}
