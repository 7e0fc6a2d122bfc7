//! Laws about reasons and limits: 6 and 9.

use std::collections::BTreeSet;

use super::common::data::{Data, Gaps};
use super::common::dice::Dice;
use super::common::program::Program;
use super::common::schema::Terms;
use super::common::trial::{as_of, fast, plan_of, show, slow as judged_slowly, tables_of};
use super::common::writer::Calm;
use super::{ALL, DATA_SETS, programs};
use heng::base::{Number, Unit};
use heng::judge::Ask;
use heng::model::ast::{RuleKind, Status, Wanted};
use heng::model::op::{Arith, Bound};
use heng::model::plan::{AggregateDef, ColumnRef, Node, NodeKind, Plan, StepOf, Type};
use heng::model::table::{Cell, CellValue, Tables, Why};
use heng::model::value::CellRef;
use heng::model::verdict::Outcome;

/// Each random program with its random tables.
fn each_pair(seed: u64, calm: Calm, mut law: impl FnMut(&Program, &Data, &Plan, &Tables)) {
    for seed in seed..seed + programs() as u64 {
        let mut dice = Dice::new(seed);
        let terms = Terms::random(&mut dice);
        let program = Program::random(&mut dice, terms, calm);
        let plan = match plan_of(&program.text()) {
            Ok(plan) => plan,
            // What is surely divided by 0 is refused.
            Err(why) if why.contains("E0253") => continue,
            Err(why) => panic!("seed {seed} is refused\n{why}\n{}", program.text()),
        };
        for _ in 0..DATA_SETS {
            let gaps = Gaps::random(&mut dice);
            let data = Data::random(&mut dice, terms, gaps);
            if let Ok(tables) = tables_of(&plan, &data) {
                law(&program, &data, &plan, &tables);
            }
        }
    }
}

/// Law 9: what a finding names is enough to find it again. Every cell that it does not name is blanked, but for the columns
/// of the tables that its aggregates collect over; the second evaluator then finds the same value and outcome.
#[test]
fn the_cells_that_are_named_are_enough() {
    let mut tried = 0;
    let mut by_cells_alone = 0;
    each_pair(700_000, ALL, |program, data, plan, tables| {
        let ask = Ask { as_of: as_of(), counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
        let (_, verdict) = heng::judged(plan, tables, &ask);
        // Two of a set of tables are as good as all, and much sooner done.
        let decided = verdict.findings.iter().filter(|finding| matches!(finding.outcome, Outcome::Met | Outcome::NotMet) && finding.advance.is_none());
        for finding in decided.take(2) {
            let rule = &plan.rules[finding.rule];
            let mut read = Read::default();
            rule.requirements().for_each(|node| read.node(plan, node));
            // Which exception holds is settled by cells of its condition.
            if read.asks_rules || !rule.exceptions.is_empty() || !rule.layers.is_empty() {
                continue;
            }
            let mut alone = plan.clone();
            // Who is asked was settled before; here it is asked what was found of it.
            (alone.rules[finding.rule].scope, alone.rules[finding.rule].when) = (None, None);
            let blanked = blanked(plan, tables, &finding.judged.cells, &read.columns);
            let key = (rule.names.id.clone(), finding.unit.key.clone());
            let (before, after) = (judged_slowly(&alone, tables).remove(&key), judged_slowly(&alone, &blanked).remove(&key));
            assert_eq!(before, after, "{key:?}\n{:?}\n{}", finding.judged.cells, show(program, data));
            assert_eq!(after.map(|found| found.0), Some(finding.outcome), "{key:?}\n{}", show(program, data));
            tried += 1;
            by_cells_alone += usize::from(read.columns.is_empty());
        }
    });
    assert!(tried > programs() && by_cells_alone > 0, "{tried} findings were tried, {by_cells_alone} of them by cells alone");
}

/// What a requirement reads of whole tables.
#[derive(Default)]
struct Read {
    columns: BTreeSet<ColumnRef>,
    /// Tables of which every column counts.
    asks_rules: bool,
}

impl Read {
    fn node(&mut self, plan: &Plan, node: &Node) {
        match &*node.kind {
            NodeKind::Status { .. } | NodeKind::Rules(_) => self.asks_rules = true,
            NodeKind::Measure(id) => self.node(plan, &plan.measures[*id].body),
            NodeKind::Aggregate(id) => self.collected(plan, &plan.aggregates[*id]),
            NodeKind::Evidence(def) => self.columns.extend((0..plan.tables[def.table].columns.len()).map(|column| ColumnRef { table: def.table, column })),
            NodeKind::Sentence(sentence) => {
                for step in &sentence.steps {
                    if let StepOf::Rows(tally) = step.of {
                        self.collected(plan, &plan.aggregates[tally]);
                    }
                }
            }
            _ => {}
        }
        node.each_child(&mut |child| self.node(plan, child));
    }

    /// Everything that is asked of each row of a table.
    fn collected(&mut self, plan: &Plan, aggregate: &AggregateDef) {
        self.columns.extend(&aggregate.code_columns);
        for node in aggregate.nodes() {
            self.of_rows(plan, node);
        }
    }

    fn of_rows(&mut self, plan: &Plan, node: &Node) {
        match &*node.kind {
            NodeKind::Column(at) => self.columns.extend(sources(plan, *at)),
            NodeKind::Measure(id) => self.of_rows(plan, &plan.measures[*id].body),
            NodeKind::Aggregate(id) => self.collected(plan, &plan.aggregates[*id]),
            NodeKind::Sentence(sentence) => {
                for step in &sentence.steps {
                    if let StepOf::Rows(tally) = step.of {
                        self.collected(plan, &plan.aggregates[tally]);
                    }
                }
            }
            _ => {}
        }
        node.each_child(&mut |child| self.of_rows(plan, child));
    }
}

/// The columns of files that a column is made of.
fn sources(plan: &Plan, at: ColumnRef) -> Vec<ColumnRef> {
    let Some(split) = &plan.tables[at.table].split else { return vec![at] };
    let of = |column: usize| ColumnRef { table: split.of, column };
    match at.column {
        0 | 1 => Vec::new(),
        shared if shared - 2 < split.shared.len() => vec![of(split.shared[shared - 2])],
        own => split.own[own - 2 - split.shared.len()].iter().flatten().map(|column| of(*column)).collect(),
    }
}

fn blanked(plan: &Plan, tables: &Tables, named: &[CellRef], whole: &BTreeSet<ColumnRef>) -> Tables {
    let mut kept: BTreeSet<(ColumnRef, u32)> = BTreeSet::new();
    for cell in named {
        let at = ColumnRef { table: usize::from(cell.table), column: usize::from(cell.column) };
        let row = part_row(plan, tables, at.table, cell.row);
        kept.extend(sources(plan, at).into_iter().map(|at| (at, row)));
    }
    let mut blanked = tables.clone();
    for (table, def) in plan.tables.iter().enumerate() {
        // Keys and links say which rows there are; the pupils of the parts, which parts.
        let pupils: Vec<usize> = plan.tables.iter().filter_map(|other| other.split.as_ref()).filter(|split| split.of == table).flat_map(|split| split.parts.iter().map(|part| part.pupils)).collect();
        for (column, cells) in blanked.tables[table].columns.iter_mut().enumerate() {
            let fixed = def.key.contains(&column) || pupils.contains(&column) || def.parents.iter().any(|parent| parent.column == column);
            if fixed || whole.contains(&ColumnRef { table, column }) {
                continue;
            }
            for (row, cell) in (0u32..).zip(cells.iter_mut()) {
                if !kept.contains(&(ColumnRef { table, column }, row)) {
                    *cell = Cell { value: CellValue::Unknown(Why::Missing), raw: "".into() };
                }
            }
        }
    }
    blanked
}

/// The row of the whole that a part belongs to.
fn part_row(plan: &Plan, tables: &Tables, table: usize, row: u32) -> u32 {
    if plan.tables[table].split.is_none() {
        return row;
    }
    heng::reduce::reduce(plan, tables, as_of()).parts[table].get(row as usize).map_or(row, |part| part.row)
}

/// Law 6: a higher floor, or a lower ceiling, never turns a rule from not met into met; nor a count of such rules.
#[test]
fn a_higher_floor_never_turns_not_met_into_met() {
    let (mut tried, mut counted) = (0, 0);
    each_pair(800_000, ALL, |program, data, plan, tables| {
        let before = fast(plan, tables);
        for (at, rule) in plan.rules.iter().enumerate() {
            let Some(harder) = harder(plan, at) else { continue };
            let after = fast(&harder, tables);
            let hear: Vec<&str> = plan.rules.iter().enumerate().filter(|(by, _)| *by == at || counts_up(plan, *by, at)).map(|(_, rule)| rule.names.id.as_str()).collect();
            for (key, (outcome, value)) in before.iter().filter(|(key, _)| hear.contains(&key.0.as_str())) {
                let met = after.get(key).is_some_and(|found| found.0 == Outcome::Met);
                assert!(!(*outcome == Outcome::NotMet && met), "{} harder: {key:?} {value:?}\n{}", rule.names.id, show(program, data));
            }
            tried += 1;
            counted += usize::from(hear.len() > 1);
        }
    });
    assert!(tried > programs() && counted > 0, "{tried} limits were moved, {counted} of them of rules that another counts");
}

/// The plan with one limit that is harder to reach, where a rule has one floor or ceiling.
fn harder(plan: &Plan, rule: usize) -> Option<Plan> {
    let [only] = plan.rules[rule].require.as_slice() else { return None };
    let NodeKind::Compare(op, left, right) = &*only.kind else { return None };
    // A limit in percent of a count is a share: it is not moved by adding to it.
    let share = matches!(&*right.kind, NodeKind::Arith(Arith::Mul, ..));
    if share || !matches!((&left.ty, &right.ty), (Type::Number(_), Type::Number(_))) || !(op.is_floor() || op.is_ceiling()) {
        return None;
    }
    let step = if op.is_floor() { Number::ONE } else { Number::int(-1) };
    let step = Node { kind: Box::new(NodeKind::Number(step)), ty: Type::Number(Unit::plain()), span: right.span };
    let limit = Node { kind: Box::new(NodeKind::Arith(Arith::Add, right.clone(), step)), ty: right.ty.clone(), span: right.span };
    let mut harder = plan.clone();
    *harder.rules[rule].require[0].kind = NodeKind::Compare(*op, left.clone(), limit);
    Some(harder)
}

/// Whether a rule only counts how many are met, among them this one, which no other way leads to.
fn counts_up(plan: &Plan, by: usize, rule: usize) -> bool {
    let [only] = plan.rules[by].require.as_slice() else { return false };
    let NodeKind::Rules(counted) = &*only.kind else { return false };
    let up = matches!(counted.wanted, Wanted::Status(Status::Met)) && counted.rest.is_none() && counted.bound.as_ref().is_none_or(|(bound, _)| *bound == Bound::AtLeast);
    // What else is counted may itself hear of the rule, and turn it round.
    let stands_alone = |other: usize| other == rule || !hears(plan, other);
    up && counted.rules.contains(&rule) && plan.rules[by].when.is_none() && plan.rules[by].scope.is_none() && counted.rules.iter().all(|other| stands_alone(*other))
}

fn hears(plan: &Plan, rule: usize) -> bool {
    let def = &plan.rules[rule];
    let mut read = Read::default();
    def.requirements().chain(&def.when).chain(&def.scope).for_each(|node| read.node(plan, node));
    read.asks_rules
}
