//! A program on the bench: its trees, its cases with their tables, and which rules use what; one item exchanged for another,
//! the rules that it reaches are judged anew.

use std::collections::BTreeSet;

use crate::base::{Date, Lang, Sources, Span, Text};
use crate::diag::any_error;
use crate::model::ast::{self, ItemKind};
use crate::model::plan::{AggregateDef, Node, NodeKind, Overridden, Plan, StepOf};
use crate::model::table::Tables;
use crate::mutate::Mutant;
use crate::{check, judged, say};

use super::expect::{self, Line, Sought};
use super::stage::{self, Judged, Own};
use super::tested::{Program, place};

/// What can be shared between threads of a program and its cases.
pub struct Bench<'p> {
    plan: &'p Plan,
    sources: &'p Sources,
    own: &'p [Own],
    pub files: &'p [ast::File],
    tested: Vec<bool>,
    uses: Vec<BTreeSet<Used>>,
    cases: Vec<Ready<'p>>,
    said: Vec<Vec<Text>>,
}

/// A case that can be judged again.
pub struct Ready<'p> {
    pub path: &'p str,
    pub line: usize,
    pub name: &'p str,
    tables: &'p Tables,
    as_of: Date,
    /// What it expects, and of which rule.
    lines: Vec<(usize, &'p Line)>,
    reports: Vec<(Lang, String)>,
}

/// What a rule uses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Used {
    Measure(usize),
    Parameter(usize),
    Rule(usize),
}

/// What became of a defect.
pub enum Tried<'b> {
    Noticed(&'b Ready<'b>),
    Refused,
    /// It changes nothing: a whole number, rounded.
    Idle,
    Unnoticed,
}

type Rules = BTreeSet<usize>;

impl<'p> Bench<'p> {
    pub fn new(program: &Program<'p>) -> Bench<'p> {
        let stage = program.stage;
        let cases = program.cases.iter().filter(|case| case.passed).filter_map(|case| {
            let Judged { tables, verdict, .. } = case.stage.judged.as_ref()?;
            let called = expect::rules_called(&case.stage.plan);
            let lines = case.lines.iter().filter_map(|line| Some((*called.get(&line.rule)?, line))).collect();
            let reports = case.reports.iter().map(|lang| (*lang, case.stage.report(*lang))).collect();
            Some(Ready { path: &case.path, line: case.line, name: &case.name, tables, as_of: verdict.as_of, lines, reports })
        });
        Bench {
            plan: &stage.plan,
            sources: &stage.sources,
            own: &stage.own,
            files: &stage.files,
            tested: program.tested.clone(),
            uses: (0..stage.plan.rules.len()).map(|rule| used(&stage.plan, rule)).collect(),
            cases: cases.collect(),
            said: say::conditions(&stage.plan),
        }
    }

    pub fn is_tested(&self, file: usize) -> bool {
        self.tested.get(file).copied().unwrap_or_default()
    }

    pub fn text(&self, file: usize) -> &str {
        self.sources.iter().nth(file).map_or("", |(_, source)| &source.text)
    }

    /// The file here that is a file of another program.
    pub fn same_file(&self, other: &Bench<'_>, file: usize) -> Option<usize> {
        let wanted = other.sources.iter().nth(file).map(|(_, source)| source)?;
        self.sources.iter().position(|(_, source)| source == wanted)
    }

    /// Path and line.
    pub fn place(&self, at: Span) -> (String, usize) {
        place(self.sources, self.own, at)
    }

    pub fn pack_of(&self, at: Span) -> String {
        let by_rule = self.plan.rules.iter().find(|rule| at.holds(rule.span)).map(|rule| rule.pack);
        let pack = by_rule.or_else(|| self.plan.rules.iter().find(|rule| rule.span.source == at.source).map(|rule| rule.pack)).unwrap_or(0);
        self.plan.packs.get(pack).map(|pack| pack.id.clone()).unwrap_or_default()
    }

    /// Puts a mutant in the place of its item and asks every case that it reaches.
    pub fn try_out(&self, file: usize, item: usize, mutant: &Mutant) -> Tried<'_> {
        let near = self.users(&self.files[file].items[item]);
        let all = self.counters(&near);
        let far: Rules = all.difference(&near).copied().collect();
        for (round, rules) in [near, far].iter().enumerate() {
            let cases: Vec<&Ready<'_>> = self.cases.iter().filter(|case| case.lines.iter().any(|(rule, _)| rules.contains(rule))).collect();
            if round > 0 && cases.is_empty() {
                continue;
            }
            let Some(plan) = self.changed(Some(rules), file, item, mutant) else { return Tried::Refused };
            if mutant.defect.is_rounding() && is_idle(&plan, mutant) {
                return Tried::Idle;
            }
            if let Some(case) = cases.into_iter().find(|case| notices(case, &plan, rules)) {
                return Tried::Noticed(case);
            }
        }
        self.reported(file, item, mutant)
    }

    /// Cases that expect a whole report notice whatever changes in it.
    fn reported(&self, file: usize, item: usize, mutant: &Mutant) -> Tried<'_> {
        if self.cases.iter().all(|case| case.reports.is_empty()) {
            return Tried::Unnoticed;
        }
        let Some(plan) = self.changed(None, file, item, mutant) else { return Tried::Refused };
        let differs = |case: &&Ready<'_>| {
            let (reduced, verdict) = judged(&plan, case.tables, &stage::ask(case.as_of));
            case.reports.iter().any(|(lang, text)| stage::report(&plan, self.sources, (case.tables, &reduced, &verdict), self.said.clone(), *lang) != *text)
        };
        self.cases.iter().filter(|case| !case.reports.is_empty()).find(differs).map_or(Tried::Unnoticed, Tried::Noticed)
    }

    /// The plan with a mutant: of these rules and those that they ask, or of all. `None`: it would not pass check.
    fn changed(&self, rules: Option<&Rules>, file: usize, item: usize, mutant: &Mutant) -> Option<Plan> {
        let sound = |keep: &dyn Fn(usize) -> bool| {
            let (plan, said) = check::check(&self.trees(keep, file, item, mutant));
            (!any_error(&said)).then_some(plan)
        };
        // What is left out may be missed by what stays: only the whole can tell a fault of the mutant from that.
        let few = rules.map(|rules| self.asked(rules));
        few.and_then(|few| sound(&|rule| few.contains(&rule))).or_else(|| sound(&|_| true))
    }

    fn trees(&self, keep: &dyn Fn(usize) -> bool, file: usize, item: usize, mutant: &Mutant) -> Vec<ast::File> {
        let kept = |one: &ast::Item| self.rule_of(one).is_none_or(keep);
        let tree = |(place, tree): (usize, &ast::File)| {
            let items = tree.items.iter().enumerate().filter(|(at, one)| (place, *at) == (file, item) || kept(one));
            let items = items.filter_map(|(at, one)| if (place, at) == (file, item) { mutant.item.clone() } else { Some(one.clone()) });
            ast::File { items: items.collect(), begun: tree.begun, ..ast::File::default() }
        };
        self.files.iter().enumerate().map(tree).collect()
    }

    /// The rule that an item says, excepts from or overrides.
    fn rule_of(&self, item: &ast::Item) -> Option<usize> {
        let holds = |at: Span| item.span.holds(at);
        match item.kind {
            ItemKind::Rule(_) => self.plan.rules.iter().position(|rule| holds(rule.span)),
            ItemKind::Exception(_) => self.plan.rules.iter().position(|rule| rule.exceptions.iter().any(|exception| holds(exception.span))),
            ItemKind::Override(_) => match self.plan.overrides.iter().find(|layer| holds(layer.span))?.of {
                Overridden::Rule(rule) => Some(rule),
                Overridden::Parameter(_) => None,
            },
            _ => None,
        }
    }

    /// The rules that use what an item says.
    fn users(&self, item: &ast::Item) -> Rules {
        let using = |used: Used| (0..self.uses.len()).filter(|rule| self.uses[*rule].contains(&used)).collect();
        if let Some(rule) = self.rule_of(item) {
            return [rule].into();
        }
        match item.kind {
            ItemKind::Override(_) => match self.plan.overrides.iter().find(|layer| item.span.holds(layer.span)).map(|layer| layer.of) {
                Some(Overridden::Parameter(parameter)) => using(Used::Parameter(parameter)),
                _ => (0..self.uses.len()).collect(),
            },
            ItemKind::Measure(_) => self.plan.measures.iter().position(|measure| item.span.holds(measure.span)).map(|measure| using(Used::Measure(measure))).unwrap_or_default(),
            ItemKind::Parameter(_) => self.plan.parameters.iter().position(|parameter| item.span.holds(parameter.span)).map(|parameter| using(Used::Parameter(parameter))).unwrap_or_default(),
            _ => (0..self.uses.len()).collect(),
        }
    }

    /// Rules, and those that count them or ask about them, to any depth.
    fn counters(&self, rules: &Rules) -> Rules {
        self.grown(rules, |known, rule| known.iter().any(|counted| self.uses[rule].contains(&Used::Rule(*counted))))
    }

    /// Rules, and those that they count or ask about, to any depth.
    fn asked(&self, rules: &Rules) -> Rules {
        self.grown(rules, |known, rule| known.iter().any(|by| self.uses[*by].contains(&Used::Rule(rule))))
    }

    fn grown(&self, rules: &Rules, belongs: impl Fn(&Rules, usize) -> bool) -> Rules {
        let mut known = rules.clone();
        loop {
            let more: Vec<usize> = (0..self.uses.len()).filter(|rule| !known.contains(rule) && belongs(&known, *rule)).collect();
            if more.is_empty() {
                return known;
            }
            known.extend(more);
        }
    }
}

/// Whether a case comes out otherwise.
fn notices(case: &Ready<'_>, plan: &Plan, rules: &Rules) -> bool {
    let (_, verdict) = judged(plan, case.tables, &stage::ask(case.as_of));
    let sought = Sought::new(plan, &verdict);
    case.lines.iter().filter(|(rule, _)| rules.contains(rule)).any(|(_, line)| !expect::agrees(line, sought.finding(line)))
}

/// Everything that a rule uses, also through measures and what it says of rows.
fn used(plan: &Plan, rule: usize) -> BTreeSet<Used> {
    let mut found: BTreeSet<Used> = plan.rules[rule].after.map(Used::Rule).into_iter().collect();
    let mut waiting: Vec<&Node> = plan.rules[rule].nodes(plan).collect();
    while let Some(node) = waiting.pop() {
        match &*node.kind {
            NodeKind::Measure(measure) => {
                if found.insert(Used::Measure(*measure)) {
                    waiting.push(&plan.measures[*measure].body);
                }
            }
            NodeKind::Parameter { id, .. } => drop(found.insert(Used::Parameter(*id))),
            NodeKind::Status { rule, .. } => drop(found.insert(Used::Rule(*rule))),
            NodeKind::Rules(rules) => found.extend(rules.rules.iter().map(|rule| Used::Rule(*rule))),
            _ => waiting.extend(collected(plan, node)),
        }
        node.each_child(&mut |child| waiting.push(child));
    }
    found
}

/// What is said of the rows that a node collects.
fn collected<'a>(plan: &'a Plan, node: &'a Node) -> Vec<&'a Node> {
    match &*node.kind {
        NodeKind::Aggregate(id) => plan.aggregates[*id].nodes().collect(),
        NodeKind::Sentence(sentence) => {
            let tallies = sentence.steps.iter().filter_map(|step| if let StepOf::Rows(tally) = step.of { Some(tally) } else { None });
            tallies.flat_map(|tally| plan.aggregates[tally].nodes()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether all that a mutant rounds is whole.
fn is_idle(plan: &Plan, mutant: &Mutant) -> bool {
    let Some(about) = &mutant.about else { return false };
    let rules = plan.rules.iter().flat_map(|rule| rule.nodes(plan));
    let mut waiting: Vec<&Node> = rules.chain(plan.measures.iter().map(|measure| &measure.body)).chain(plan.aggregates.iter().flat_map(AggregateDef::nodes)).collect();
    let (mut rounded, mut whole) = (0, 0);
    while let Some(node) = waiting.pop() {
        if let NodeKind::Round(_, of) = &*node.kind
            && of.span == about.span
        {
            rounded += 1;
            whole += usize::from(plan.is_whole(of));
        }
        node.each_child(&mut |child| waiting.push(child));
    }
    rounded > 0 && rounded == whole
}
