//! What would make a finding met: plan, tables and what was found in, remedies out, each tried before it is told.
//!
//! The search solves the rule's own arithmetic; then the changed tables are reduced and judged anew, and a remedy after
//! which the rule is not met is thrown away. Where a remedy claims to be the least, one unit less was tried as well.

mod asked;
mod bench;
mod change;
mod comparison;
mod figure;
mod goal;
mod members;
mod quadratic;
mod rows;
mod rules;
mod sentence;
mod slope;
mod term;
mod trend;
mod variation;

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::base::{Date, Number};
use crate::eval::{At, World, truth_outcome};
use crate::model::needs::Needs;
use crate::model::plan::{Node, NodeKind, Plan, Quantity, Step};
use crate::model::reduced::{Reduced, Since};
use crate::model::remedy::{Change, Claim, Nothing, Remedy, Way};
use crate::model::table::Tables;
use crate::model::value::{Cause, CellRef, add_new};
use crate::model::verdict::{Finding, Judged, Outcome, Part, UnitId};

pub use change::{apply, less};

use asked::Asked;
use bench::{Bench, Spot};
use change::{is_part_of, together};
use figure::{Ease, TRIED, Whose, fewest, is_of_pupils};
use goal::{Found, Goal, readiest};

/// So many figures, and so many steps of each, are tried by judging alone.
const FIGURES: usize = 8;
const STEPS: i64 = 1 << 12;

/// The aggregates that rules need, as of a day. Where it is told what was changed since, only what that reaches is reduced
/// again.
pub type Reducing<'a> = &'a dyn Fn(&Tables, &Needs, Date, Option<&Since>) -> Reduced;

/// One unit of the last of the needed rules, judged as of a day.
pub type Judging<'a> = &'a dyn Fn(&Tables, &Reduced, &Needs, Date, &UnitId) -> Option<Finding>;

/// The steps by which changed tables are judged again, as far as a rule needs them.
pub struct Steps<'a> {
    pub reduce: Reducing<'a>,
    pub judge: Judging<'a>,
}

/// For each of the wanted findings its remedies: none where it is met, or where it does not apply.
///
/// `all` is everything that was found, whatever is reported of it.
pub fn remedies(plan: &Plan, tables: &Tables, as_of: Date, wanted: &[&Finding], all: &[Finding], steps: &Steps) -> Vec<Vec<Remedy>> {
    let copy = RefCell::new(Tables::default());
    let mut known: BTreeMap<(usize, Date), (Needs, Reduced)> = BTreeMap::new();
    let mut made = Vec::with_capacity(wanted.len());
    for finding in wanted {
        made.push(match finding.outcome {
            Outcome::Undecided => vec![fill(finding)],
            Outcome::NotMet => {
                if copy.borrow().tables.is_empty() {
                    *copy.borrow_mut() = tables.clone();
                }
                let day = finding.advance.unwrap_or(as_of);
                let (needs, reduced) = known.entry((finding.rule, day)).or_insert_with(|| {
                    let needs = Needs::of(plan, finding.rule);
                    let reduced = (steps.reduce)(tables, &needs, day, None);
                    (needs, reduced)
                });
                let at_hand = finding.unit.term.or_else(|| plan.rules[finding.rule].one_term(day));
                Bench { plan, steps, needs, day, at_hand, tables, copy: &copy, reduced, findings: all }.remedies(finding)
            }
            Outcome::Met | Outcome::NotApplicable | Outcome::Exempt => Vec::new(),
        });
    }
    made
}

/// What has to be filled or corrected before a rule can be judged.
fn fill(finding: &Finding) -> Remedy {
    let mut causes: Vec<Cause> = Vec::new();
    add_new(&mut causes, finding.judged.reason.iter().copied());
    Remedy { way: Way::Fill(causes), changes: Vec::new(), claim: Claim::None }
}

impl Bench<'_> {
    fn remedies(&self, finding: &Finding) -> Vec<Remedy> {
        let rule = &self.plan.rules[finding.rule];
        let unit = &finding.unit;
        let spot = Spot { table: unit.table, row: unit.row, codes: unit.codes.iter().map(|(_, code)| *code).collect(), level: Some(&rule.at), term: self.at_hand };
        let asked = Asked::of(finding.rule, Some(&finding.judged));
        let mut found: Vec<Remedy> = Vec::new();
        for remedy in self.solve_rule(&asked, &spot, rules::MET, None, &[]).into_iter().filter_map(|found| self.proved(found, unit)) {
            if !found.iter().any(|other| spares(other, &remedy)) {
                found.retain(|other| !spares(&remedy, other));
                found.push(remedy);
            }
        }
        if found.is_empty() {
            found.extend(self.beside_blanks(&asked, &spot, unit));
        }
        let why = self.why_nothing(&asked);
        if found.is_empty() && matches!(why, Nothing::OutOfReach(_)) {
            found.extend(self.by_judging(&asked, &spot, unit).and_then(|found| self.proved(found, unit)));
        }
        if found.is_empty() { vec![Remedy { way: Way::Nothing(why), changes: Vec::new(), claim: Claim::None }] } else { found }
    }

    /// Of several requirements those that are not met, one by one, where others wait for cells to be filled.
    fn beside_blanks(&self, asked: &Asked, spot: &Spot, unit: &UnitId) -> Option<Remedy> {
        let goals: Vec<Goal> = asked.nodes(self.plan, self.day).into_iter().map(|node| Goal::met(node, spot.clone())).collect();
        let is_not_met = |goal: &&Goal| self.tried(&[], self.reads(goal.node), |world| truth_outcome(&world.value(goal.node, goal.spot.at()))) == Some(Outcome::NotMet);
        let unmet: Vec<Goal> = goals.iter().filter(is_not_met).cloned().collect();
        let found = self.solve_all(&unmet, &[]).into_iter().find(|found| !found.changes.is_empty())?;
        let changes = together(found.changes.clone());
        let found = Found { changes, ..found };
        let left = self.judged(&found.changes, self.needs, unit).filter(|left| left.outcome == Outcome::Undecided)?;
        let Way::Fill(causes) = fill(&left).way else { return None };
        let claim = found.claim(|fewer| self.judged(fewer, self.needs, unit).is_some_and(|finding| finding.outcome == Outcome::NotMet));
        (!causes.is_empty()).then_some(Remedy { way: Way::AndFill(causes), changes: found.changes, claim })
    }

    /// One figure after the other, raised and lowered by 1, 2, 4 … and the unit judged each time: where the arithmetic of a
    /// rule is not to be solved, as against a percentile that moves along, what is tried may still be found.
    fn by_judging(&self, asked: &Asked, spot: &Spot, unit: &UnitId) -> Option<Found> {
        let nodes = asked.nodes(self.plan, self.day);
        let cells = |world: &World| {
            let mut cells: Vec<(CellRef, Whose)> = Vec::new();
            for node in &nodes {
                cells.extend(world.cells(node, spot.at()).into_iter().map(|cell| (cell, Whose::Own)));
                for (id, at) in world.aggregates(node, spot.at()) {
                    let (def, Some(state)) = (&world.plan.aggregates[id], world.state(id, at)) else { continue };
                    let Some(operand) = &def.operand else { continue };
                    let whose = Whose::of(def.at.table == spot.table);
                    let rows = state.said.iter().map(|(row, _)| *row).chain(state.sure.iter().map(|member| member.row));
                    let read = rows.take(FIGURES).flat_map(|row| world.cells(operand, At::row(def.over, row)));
                    cells.extend(read.map(|cell| (cell, whose)));
                }
            }
            cells
        };
        let mut known: Vec<(CellRef, Whose)> = Vec::new();
        for (cell, whose) in self.tried(&[], true, cells)? {
            if known.len() < FIGURES && !known.iter().any(|(other, _)| *other == cell) && self.step(cell).is_some() {
                known.push((cell, whose));
            }
        }
        let mut found: Vec<Found> = known.iter().flat_map(|(cell, whose)| [true, false].map(|up| self.judge_steps(*cell, up, *whose, unit))).flatten().collect();
        found.sort_by(readiest);
        found.into_iter().next()
    }

    fn judge_steps(&self, cell: CellRef, up: bool, whose: Whose, unit: &UnitId) -> Option<Found> {
        let (now, step) = (self.number(cell)?, self.step(cell)?);
        let change = |steps: i64| Change::Number { cell, by: &step * &Number::int(if up { steps } else { -steps }), step: step.clone() };
        let room = self.room(cell, &step, up).unwrap_or(STEPS).min(STEPS);
        let steps = fewest(&|steps| self.is_met(&[change(steps)], unit), room)?;
        let size = &step * &Number::int(steps);
        let ease = Ease { pupils: is_of_pupils(&self.column(cell).unit), whose, divides: false, less: !up };
        let bound = STEPS.unsigned_abs();
        Some(Found { way: Way::Cells, changes: vec![change(steps)], ease, proven: false, bound, weight: size.div(&now.abs()).unwrap_or(size) })
    }

    /// The changed tables are judged again: a change that is not enough is no remedy, and one of which less is enough is
    /// not called the least.
    fn proved(&self, found: Found, unit: &UnitId) -> Option<Remedy> {
        // Of moves each pair is told by itself.
        let changes = if found.way == Way::Move { found.changes } else { together(found.changes) };
        let found = Found { changes, ..found };
        let claim = match found.way {
            Way::Elsewhere(_) => self.beside_others(&found, unit),
            _ if found.changes.is_empty() || !self.is_met(&found.changes, unit) => return None,
            _ => found.claim(|fewer| !self.is_met(fewer, unit)),
        };
        Some(Remedy { way: found.way, changes: found.changes, claim })
    }

    /// What other rules need is not at hand, so that the unit stays not met: whether one unit less leaves more of its own
    /// requirements not met is what is looked at.
    fn beside_others(&self, found: &Found, unit: &UnitId) -> Claim {
        let unmet = |changes: &[Change]| self.judged(changes, self.needs, unit).map(|finding| unmet(&finding.judged));
        let left = unmet(&found.changes);
        match () {
            () if found.changes.is_empty() => Claim::None,
            () if left < unmet(&[]) => found.claim(|fewer| unmet(fewer) > left),
            () => Claim::Within(found.bound),
        }
    }

    /// Whether it allows nothing of what it names: `no …`, `at most 0 of …`, a count of 0 at most.
    fn forbids(&self, node: &Node) -> bool {
        match &*node.kind {
            NodeKind::Sentence(sentence) => {
                sentence.quantity == Quantity::No || sentence.quantity == Quantity::Bounds && sentence.steps.iter().any(Step::allows_none)
            }
            NodeKind::Compare(op, left, right) => {
                self.plan.count_of(left).is_some() && !op.is_floor() && matches!(&*right.kind, NodeKind::Number(number) if number.is_zero())
            }
            _ => false,
        }
    }

    fn why_nothing(&self, asked: &Asked) -> Nothing {
        let mut waiting: Vec<_> = asked.nodes(self.plan, self.day);
        let (mut counted, mut over) = (false, false);
        while let Some(node) = waiting.pop() {
            match &*node.kind {
                _ if self.forbids(node) => return Nothing::Recorded,
                // Had the period at hand alone not risen, something would have been found.
                NodeKind::Rising { .. } => {
                    over = true;
                    continue;
                }
                NodeKind::InTerm { when, .. } if when.term(self.day, self.at_hand).is_some_and(|term| self.is_over(term)) => {
                    over = true;
                    continue;
                }
                NodeKind::Arith(..) | NodeKind::Aggregate(_) | NodeKind::Sentence(_) => counted = true,
                NodeKind::Measure(measure) => waiting.push(&self.plan.measures[*measure].body),
                _ => {}
            }
            node.each_child(&mut |child| waiting.push(child));
        }
        match (counted, over) {
            (true, _) => Nothing::OutOfReach(TRIED),
            (false, true) => Nothing::Recorded,
            (false, false) => Nothing::NotCounted,
        }
    }
}

impl Found {
    /// The least, where less of any of its changes is not enough.
    fn claim(&self, too_few: impl Fn(&[Change]) -> bool) -> Claim {
        // Each change that is taken back costs a judgement: of very many nobody says that they are the least.
        let few = self.changes.len() <= MOST_TAKEN_BACK;
        let least = few && self.proven && lessened(&self.way, &self.changes).iter().all(|fewer| too_few(fewer));
        if least { Claim::Least } else { Claim::Within(self.bound) }
    }
}

/// Of how many changes at most each is tried with one unit less.
const MOST_TAKEN_BACK: usize = 400;

/// Whether whoever follows the second does all of the first as well, and so more than is needed.
fn spares(first: &Remedy, second: &Remedy) -> bool {
    !matches!(first.way, Way::Elsewhere(_)) && is_part_of(&first.changes, &second.changes)
}

/// How many of several requirements are not met.
fn unmet(judged: &Judged) -> usize {
    judged.parts.iter().filter(|part| matches!(part, Part::Operand(part) if part.outcome != Outcome::Met)).count()
}

/// Each way of changing one unit less: of a move both its ends.
pub fn lessened(way: &Way, changes: &[Change]) -> Vec<Vec<Change>> {
    let pairs = if *way == Way::Move { 2 } else { 1 };
    let groups = changes.len().div_ceil(pairs);
    let fewer = |group: usize| changes.iter().enumerate().filter_map(|(at, change)| if at / pairs == group { less(change) } else { Some(change.clone()) }).collect();
    (0..groups).map(fewer).collect()
}
