//! A statement that shall hold at a place: which of its parts decide, and what makes them hold.

use crate::base::Number;
use crate::eval::{World, truth_outcome};
use crate::model::ast::Status;
use crate::model::plan::{Node, NodeKind};
use crate::model::remedy::{Change, Others, Way};
use crate::model::value::Truth;
use crate::model::verdict::Outcome;

use super::bench::{Bench, Spot};
use super::figure::{Ease, TRIED};

/// What shall be true, or false, of a place.
#[derive(Clone)]
pub(super) struct Goal<'g> {
    pub node: &'g Node,
    pub spot: Spot<'g>,
    pub wanted: bool,
    /// Whether a yes may be turned to no. What is recorded has happened, unless a rule says how much of it may be.
    pub undo: bool,
    /// The percent of its limit that a comparison must reach, instead of all of it.
    pub reach: Option<&'g Number>,
}

/// Changes that together bring a goal about.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub way: Way,
    pub changes: Vec<Change>,
    pub ease: Ease,
    pub proven: bool,
    /// How many steps were tried, where it is not proven.
    pub bound: u64,
    /// How much is changed, as a part of what there is: to choose among rows and branches.
    pub weight: Number,
}

impl<'g> Goal<'g> {
    pub fn met(node: &'g Node, spot: Spot<'g>) -> Goal<'g> {
        Goal { node, spot, wanted: true, undo: false, reach: None }
    }

    pub fn of(&self, node: &'g Node) -> Goal<'g> {
        Goal { node, ..self.clone() }
    }

    pub fn holds(&self, world: &World) -> bool {
        let outcome = truth_outcome(&world.value(self.node, self.spot.at()).required());
        outcome == if self.wanted { Outcome::Met } else { Outcome::NotMet }
    }
}

impl Found {
    pub fn nothing_to_do() -> Found {
        Found { way: Way::Cells, changes: Vec::new(), ease: Ease::default(), proven: true, bound: TRIED, weight: Number::ZERO }
    }

    pub fn elsewhere(others: Vec<Others>) -> Found {
        Found { way: Way::Elsewhere(others), ..Found::nothing_to_do() }
    }

    /// Both, one after the other.
    pub fn and(self, other: Found) -> Found {
        let way = match (self.way, other.way) {
            (Way::Elsewhere(some), Way::Elsewhere(more)) => Way::Elsewhere([some, more].concat()),
            (Way::Elsewhere(others), _) | (_, Way::Elsewhere(others)) => Way::Elsewhere(others),
            (Way::Rows { table, rows, more }, Way::Rows { table: there, rows: others, more: same }) if (table, more) == (there, same) => {
                let others = others.into_iter().filter(|row| !rows.contains(row)).collect::<Vec<_>>();
                Way::Rows { table, rows: [rows, others].concat(), more }
            }
            (_, way) if self.changes.is_empty() => way,
            (way, _) if other.changes.is_empty() => way,
            (way, same) => if way == same { way } else { Way::Cells },
        };
        let mut changes = self.changes;
        changes.extend(other.changes);
        Found { way, changes, ease: self.ease.max(other.ease), proven: self.proven && other.proven, bound: self.bound.min(other.bound), weight: &self.weight + &other.weight }
    }
}

impl Bench<'_> {
    /// The ways to bring a goal about after the given changes, the readiest first.
    pub fn solve(&self, goal: &Goal, given: &[Change]) -> Vec<Found> {
        if self.tried(given, self.reads(goal.node), |world| goal.holds(world)) == Some(true) && goal.reach.is_none() {
            return vec![Found::nothing_to_do()];
        }
        match (&*goal.node.kind, goal.wanted) {
            (NodeKind::Compare(..) | NodeKind::Between { .. }, _) => self.solve_comparison(goal, given),
            (NodeKind::And(list), true) | (NodeKind::Or(list), false) => self.solve_all(&list.iter().map(|node| goal.of(node)).collect::<Vec<_>>(), given),
            (NodeKind::Or(list), true) | (NodeKind::And(list), false) => {
                let mut found: Vec<Found> = list.iter().flat_map(|node| self.solve(&goal.of(node), given)).collect();
                found.sort_by(readiest);
                found
            }
            (NodeKind::Not(of), wanted) => self.solve(&Goal { wanted: !wanted, ..goal.of(of) }, given),
            (NodeKind::If { cond, then, otherwise }, _) => match self.tried(given, self.reads(cond), |world| world.value(cond, goal.spot.at()).as_truth()) {
                Some(Truth::True) => self.solve(&goal.of(then), given),
                Some(Truth::False) => self.solve(&goal.of(otherwise), given),
                _ => Vec::new(),
            },
            (NodeKind::Measure(measure), _) => {
                let def = &self.plan.measures[*measure];
                let row = self.tried(given, false, |world| world.above(goal.spot.at(), def.of)).flatten();
                row.map_or_else(Vec::new, |row| self.solve(&Goal { node: &def.body, spot: Spot { table: Some(def.of), row, ..goal.spot.clone() }, ..goal.clone() }, given))
            }
            (NodeKind::Through { link, of }, _) => {
                let there = self.tried(given, false, |world| world.through(*link, goal.spot.at()).map(|there| (there.table, there.row))).flatten();
                there.map_or_else(Vec::new, |(table, row)| self.solve(&Goal { node: of, spot: Spot { table, row, ..goal.spot.clone() }, ..goal.clone() }, given))
            }
            (NodeKind::Column(_), wanted) if wanted || goal.undo => self.solve_fact(goal, wanted, given),
            // Met by its own remedies.
            (NodeKind::Status { rule, wanted: Status::Met }, true) => vec![Found::elsewhere(vec![Others { need: 1, rules: vec![(*rule, 1)] }])],
            (NodeKind::Rules(rules), true) => self.solve_rules(rules, &goal.spot, given),
            (NodeKind::InTerm { when, of }, _) => self.solve_in_term(*when, of, goal, given),
            (NodeKind::Rising { of, .. }, true) => self.solve_rising(of, goal, given),
            (NodeKind::Sentence(sentence), true) => self.solve_sentence(sentence, goal, given),
            _ => Vec::new(),
        }
    }

    /// All of several, each with its readiest way after those before it; all ways of the last where it alone is open.
    pub fn solve_all(&self, goals: &[Goal], given: &[Change]) -> Vec<Found> {
        let open: Vec<&Goal> = goals.iter().filter(|goal| self.tried(given, self.reads(goal.node), |world| goal.holds(world)) != Some(true)).collect();
        if let [only] = open.as_slice() {
            return self.solve(only, given);
        }
        let mut whole = Found::nothing_to_do();
        for goal in open {
            let so_far = [given, &whole.changes].concat();
            let Some(first) = self.solve(goal, &so_far).into_iter().next() else { return Vec::new() };
            whole = whole.and(first);
        }
        vec![whole]
    }

    /// A yes or no in the place's own row, or above it.
    fn solve_fact(&self, goal: &Goal, to: bool, given: &[Change]) -> Vec<Found> {
        let cells = self.tried(given, false, |world| world.cells(goal.node, goal.spot.at())).unwrap_or_default();
        let [cell] = cells.as_slice() else { return Vec::new() };
        if self.is_of_the_past(*cell) {
            return Vec::new();
        }
        let changes = vec![Change::Truth { cell: *cell, to }];
        vec![Found { way: Way::Cells, changes, ease: Ease::default(), proven: true, bound: TRIED, weight: Number::ONE }]
    }
}

/// By ease, then by how much is changed.
pub(super) fn readiest(one: &Found, other: &Found) -> std::cmp::Ordering {
    one.ease.cmp(&other.ease).then_with(|| one.weight.cmp(&other.weight))
}
