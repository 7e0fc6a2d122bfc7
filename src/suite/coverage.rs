//! Coverage: cases that were played in; for each rule that they test, how often each outcome was expected, out.

use std::collections::BTreeMap;

use crate::base::Text;
use crate::diag::catalog::choice;
use crate::model::verdict::Outcome;

use super::Played;
use super::explained::{self, Explanation};
use super::tested::{Program, expected, names, place, programs};

/// The outcomes that every rule should show at least once.
const WANTED: [Outcome; 3] = [Outcome::Met, Outcome::NotMet, Outcome::Undecided];

/// One rule and what the cases expect of it.
#[derive(Clone, Debug)]
pub struct Covered {
    pub pack: String,
    pub rule: String,
    pub title: Text,
    pub path: String,
    pub line: usize,
    /// In the order of [`Outcome::ALL`].
    pub counts: [usize; 5],
    /// How often it was to ask no one.
    pub not_asked: usize,
    /// Outcomes that no case expects.
    pub gaps: Vec<Outcome>,
    /// Such as need no case, and why.
    pub explained: Vec<(Outcome, String)>,
}

impl Covered {
    pub fn count(&self, outcome: Outcome) -> usize {
        Outcome::ALL.iter().position(|one| *one == outcome).map_or(0, |place| self.counts[place])
    }

    /// Whether no case expects anything of it.
    pub fn is_never_asked(&self) -> bool {
        self.not_asked == 0 && self.counts.iter().all(|count| *count == 0)
    }
}

/// Every rule that is tested, in the order of the packs. Explanations that serve are marked.
pub fn coverage(played: &[Played], explained: &mut [Explanation]) -> Vec<Covered> {
    let mut rules: Vec<Covered> = Vec::new();
    let mut known = Known::new();
    for program in programs(played) {
        let places: Vec<Option<usize>> = (0..program.stage.plan.rules.len()).map(|rule| entry(&program, rule, &mut rules, &mut known)).collect();
        for (rule, finding) in program.cases.iter().flat_map(|case| expected(case)) {
            if let Some(at) = places[rule] {
                count(finding.map(|finding| finding.outcome), &mut rules[at]);
            }
        }
    }
    for rule in &mut rules {
        look_for_gaps(rule, explained);
    }
    rules
}

/// Where a rule stands among those that are counted, by its path, line and id.
type Known = BTreeMap<(String, usize, String), usize>;

/// Where a rule of a program stands among those that are counted; `None` if it only serves the test.
fn entry(program: &Program<'_>, rule: usize, rules: &mut Vec<Covered>, known: &mut Known) -> Option<usize> {
    let plan = &program.stage.plan;
    let def = plan.rules.get(rule).filter(|def| program.is_tested(def.span.source))?;
    let (path, line) = place(&program.stage.sources, &program.stage.own, def.span);
    Some(*known.entry((path.clone(), line, def.names.id.clone())).or_insert_with(|| {
        let pack = plan.packs.get(def.pack).map(|pack| pack.id.clone()).unwrap_or_default();
        rules.push(Covered { pack, rule: def.names.id.clone(), title: def.names.text(), path, line, counts: [0; 5], not_asked: 0, gaps: Vec::new(), explained: Vec::new() });
        rules.len() - 1
    }))
}

fn count(outcome: Option<Outcome>, covered: &mut Covered) {
    match outcome {
        Some(outcome) => {
            for (count, _) in covered.counts.iter_mut().zip(Outcome::ALL).filter(|(_, one)| *one == outcome) {
                *count += 1;
            }
        }
        None => covered.not_asked += 1,
    }
}

fn look_for_gaps(rule: &mut Covered, explained: &mut [Explanation]) {
    let called = names(&rule.pack, &rule.rule);
    for outcome in WANTED.into_iter().filter(|outcome| rule.count(*outcome) == 0).collect::<Vec<_>>() {
        match explained::of_gap(explained, &[&called[0], &called[1]], outcome) {
            Some(reason) => rule.explained.push((outcome, reason)),
            None => rule.gaps.push(outcome),
        }
    }
}

/// What is missing, in words.
pub fn gap(rule: &Covered) -> Text {
    if rule.is_never_asked() {
        return Text::new("no case expects anything of it", "没有任何测试涉及");
    }
    let names: Vec<Text> = rule.gaps.iter().map(|outcome| name(*outcome)).collect();
    let list = Text { zh: Text::join(&names, "", "、").zh, ..choice(&names) };
    Text::new(format!("no case expects it {}", list.en), format!("尚无结论为{}的测试", list.zh))
}

fn name(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Met => Text::new("to be met", "达标"),
        Outcome::NotMet => Text::new("not to be met", "不达标"),
        Outcome::Undecided => Text::new("to be undecided", "无法判定"),
        Outcome::NotApplicable => Text::new("not to apply", "不适用"),
        Outcome::Exempt => Text::new("to be exempt", "豁免"),
    }
}
