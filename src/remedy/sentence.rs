//! Something said of rows or of counted columns: each step in its order, after the changes of those before it.

use crate::base::Number;
use crate::eval::{World, truth_outcome};
use crate::model::op::{Bound, Compare};
use crate::model::plan::{Amount, Node, Quantity, Sentence, Step, StepOf};
use crate::model::remedy::{Change, Way};
use crate::model::value::Truth;
use crate::model::verdict::Outcome;

use super::bench::{Bench, Spot};
use super::figure::{TRIED, Target};
use super::goal::{Found, Goal};
use super::rows::{Turn, beside};
use super::trend::{Trend, trend};

impl Bench<'_> {
    pub fn solve_sentence(&self, sentence: &Sentence, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let open: Vec<usize> = (0..sentence.steps.len()).filter(|at| !self.step_holds(sentence, *at, goal, given)).collect();
        if let [only] = open.as_slice() {
            let ways = self.solve_step(sentence, *only, goal, given);
            let all_hold = |found: &Found| self.tried(&[given, &found.changes].concat(), true, |world| goal.holds(world)) == Some(true);
            let ways: Vec<Found> = ways.into_iter().filter(all_hold).collect();
            if !ways.is_empty() {
                return ways;
            }
        }
        let mut whole = Found::nothing_to_do();
        for at in 0..sentence.steps.len() {
            let so_far = [given, &whole.changes].concat();
            if self.step_holds(sentence, at, goal, &so_far) {
                continue;
            }
            let Some(first) = self.solve_step(sentence, at, goal, &so_far).into_iter().next() else { return Vec::new() };
            whole = whole.and(first);
        }
        vec![whole]
    }

    fn step_holds(&self, sentence: &Sentence, at: usize, goal: &Goal, given: &[Change]) -> bool {
        let outcome = |world: &World| truth_outcome(&world.step(sentence.quantity, &sentence.steps[at], goal.spot.at()).required());
        self.tried(given, true, outcome).is_some_and(|outcome| matches!(outcome, Outcome::Met | Outcome::NotApplicable))
    }

    fn solve_step(&self, sentence: &Sentence, at: usize, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let step = &sentence.steps[at];
        match &step.of {
            StepOf::Columns { whole, part } => self.solve_columns(step, [whole, part], goal, given),
            StepOf::Rows(tally) => match sentence.quantity {
                Quantity::Every | Quantity::All => self.solve_every(*tally, goal, given),
                Quantity::No => self.solve_none(*tally, goal, given),
                Quantity::Bounds => self.solve_bound(sentence, at, *tally, goal, given),
            },
        }
    }

    /// More, or fewer, in the column that is a part; the whole stays.
    fn solve_columns(&self, step: &Step, [whole, part]: [&Node; 2], goal: &Goal, given: &[Change]) -> Vec<Found> {
        let at = goal.spot.at();
        let reads = self.reads(whole) || self.reads(part);
        let margin = |world: &World| {
            let (part, whole) = (world.value(part, at), world.value(whole, at));
            let part = part.as_range().single()?;
            Some(match &step.amount {
                Amount::Rows(rows) => part - rows,
                Amount::Share(share) => part - &(share * whole.as_range().single()?),
            })
        };
        let holds = |world: &World| truth_outcome(&world.step(Quantity::Bounds, step, at).required()) == Outcome::Met;
        let now = self.tried(given, reads, |world| margin(world)).flatten();
        let up = match step.bound {
            Bound::AtLeast => true,
            Bound::AtMost => false,
            Bound::Exactly => now.is_none_or(|now| now.is_negative()),
        };
        let target = Target { margin: &margin, holds: &holds, up, strict: false, reads };
        let cells = self.tried(given, reads, |world| {
            let whole = world.cells(whole, at);
            world.cells(part, at).into_iter().filter(|cell| !whole.contains(cell)).map(|cell| (cell, trend(world, part, at, cell))).collect::<Vec<_>>()
        });
        let solved = cells.unwrap_or_default().into_iter().filter(|(_, trend)| *trend != Trend::Flat).filter_map(|(cell, trend)| self.solve_figure(&target, given, cell, trend));
        let found = solved.map(|solved| Found { way: Way::Cells, changes: vec![solved.change], ease: solved.ease, proven: solved.proven, bound: TRIED, weight: solved.weight });
        super::comparison::chosen(found.collect())
    }

    /// Every row that breaches, each with its readiest change.
    fn solve_every(&self, tally: usize, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let Some(says) = &self.plan.aggregates[tally].operand else { return Vec::new() };
        let rows = self.said(tally, goal, given, Truth::False);
        self.mended(tally, says, &rows, given, true)
    }

    /// Every row of which it is said. What is recorded as yes or no is not undone by a change of figures.
    fn solve_none(&self, tally: usize, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let Some(says) = &self.plan.aggregates[tally].operand else { return Vec::new() };
        let rows = self.said(tally, goal, given, Truth::True);
        self.mended(tally, says, &rows, given, false)
    }

    /// All of these rows brought to satisfy, or to no longer satisfy; or what is too large divided among more rows.
    fn mended(&self, tally: usize, says: &Node, rows: &[u32], given: &[Change], wanted: bool) -> Vec<Found> {
        let divided = self.divide(tally, says, rows, given, wanted);
        self.mend(tally, says, rows, given, wanted).into_iter().chain(divided).collect()
    }

    fn mend(&self, tally: usize, says: &Node, rows: &[u32], given: &[Change], wanted: bool) -> Option<Found> {
        let table = self.plan.aggregates[tally].over;
        let mut whole = Found::nothing_to_do();
        for row in rows {
            let goal = Goal { wanted, ..Goal::met(says, Spot::of_row(table, *row)) };
            let first = self.solve(&goal, given).into_iter().next()?;
            whole = whole.and(first);
        }
        let only_figures = whole.changes.iter().all(|change| matches!(change, Change::Number { .. }));
        if !only_figures {
            whole.way = Way::Rows { table, rows: rows.to_vec(), more: wanted };
        }
        (!whole.changes.is_empty()).then_some(whole)
    }

    /// So many rows more, or fewer, that satisfy: those first that already satisfy most of what is said after.
    fn solve_bound(&self, sentence: &Sentence, at: usize, tally: usize, goal: &Goal, given: &[Change]) -> Vec<Found> {
        let step = &sentence.steps[at];
        let def = &self.plan.aggregates[tally];
        let Some(says) = &def.operand else { return Vec::new() };
        let more = match step.bound {
            Bound::AtMost if step.allows_none() => return self.solve_none(tally, goal, given),
            Bound::AtLeast => true,
            Bound::AtMost => false,
            Bound::Exactly => self.count_is_below(tally, step, goal, given),
        };
        let rows = self.said(tally, goal, given, if more { Truth::False } else { Truth::True });
        let later: Vec<usize> = sentence.steps[at + 1..].iter().filter_map(|step| if let StepOf::Rows(tally) = step.of { Some(tally) } else { None }).collect();
        let holds = |world: &World| truth_outcome(&world.step(sentence.quantity, step, goal.spot.at()).required()) == Outcome::Met;
        let conditions: Vec<&Node> = def.filter.iter().chain([says]).collect();
        let counted = matches!(step.amount, Amount::Rows(_));
        let new = |all: &[Change]| beside(all, self.add_rows(def, &conditions, goal, &holds, &[given, all].concat()));
        let turn = Turn { table: def.over, goals: vec![Goal { wanted: more, undo: true, ..Goal::met(says, Spot::of_row(def.over, 0)) }], more, holds: &holds, new: counted.then_some(&new) };
        let mut found = self.turn(&turn, &rows, &later, given);
        if found.is_empty() && more && counted {
            found = self.add_rows(def, &conditions, goal, &holds, given);
        }
        found
    }

    fn count_is_below(&self, tally: usize, step: &Step, goal: &Goal, given: &[Change]) -> bool {
        let below = |world: &World| {
            let Some(state) = world.state(tally, goal.spot.at()) else { return true };
            let (part, whole) = (state.tally.satisfied(), state.tally.members());
            let wanted = match &step.amount {
                Amount::Rows(rows) => Some(rows.clone()),
                Amount::Share(share) => whole.single().map(|whole| whole * share),
            };
            wanted.zip(part.single().cloned()).is_none_or(|(wanted, part): (Number, Number)| Compare::Lt.holds(part.cmp(&wanted)))
        };
        self.tried(given, true, below).unwrap_or(true)
    }

    /// The rows of which it is surely so: not so, where it is required; so, where it must not be.
    fn said(&self, tally: usize, goal: &Goal, given: &[Change], truth: Truth) -> Vec<u32> {
        let rows = |world: &World| {
            let state = world.state(tally, goal.spot.at())?;
            Some(state.said_read(truth == Truth::False).iter().filter(|(_, said)| *said == truth).map(|(row, _)| *row).collect::<Vec<u32>>())
        };
        self.tried(given, true, rows).flatten().unwrap_or_default()
    }
}
