//! What is asked of a unit: the rule as the layers have it, or what exceptions ask in its place.

use crate::base::{Date, Number};
use crate::model::ast::Grade;
use crate::model::plan::{Node, Plan};
use crate::model::remedy::Change;
use crate::model::verdict::{Judged, Part};

use super::bench::{Bench, Spot};
use super::goal::{Found, Goal, readiest};

/// Which of a rule's requirements and its exceptions' may hold for a unit: all of those named here have to be brought
/// about, for nobody knows yet which of them it will be.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub rule: usize,
    /// Whether the rule itself may hold.
    own: bool,
    /// The exceptions that hold, or may.
    exceptions: Vec<usize>,
}

impl Asked {
    /// As the unit was judged.
    pub fn of(rule: usize, judged: Option<&Judged>) -> Asked {
        let mut asked = Asked { rule, own: true, exceptions: Vec::new() };
        for part in judged.iter().flat_map(|judged| &judged.parts) {
            match part {
                Part::Exception { rule: of, at, judged, otherwise, .. } if *of == rule => {
                    asked.exceptions.push(*at);
                    // Where an exception surely holds its judgement is the unit's, and the rule itself asks nothing.
                    asked.own = judged.is_some() && otherwise.is_some();
                }
                _ => {}
            }
        }
        asked
    }

    /// Everything that may be asked.
    pub fn nodes<'p>(&self, plan: &'p Plan, day: Date) -> Vec<&'p Node> {
        let own = plan.ruling(&plan.rules[self.rule], day).requirements();
        self.instead(plan).chain(own.filter(|_| self.own)).collect()
    }

    fn instead<'p>(&self, plan: &'p Plan) -> impl Iterator<Item = &'p Node> {
        let all = &plan.rules[self.rule].exceptions;
        self.exceptions.iter().flat_map(move |at| &all[*at].require)
    }
}

impl<'a> Bench<'a> {
    /// The ways to meet a rule at a unit, or to reach one of these grades.
    pub fn solve_rule(&self, asked: &Asked, spot: &Spot<'a>, grades: &[Grade], reach: Option<&Number>, given: &[Change]) -> Vec<Found> {
        let ruling = self.plan.ruling(&self.plan.rules[asked.rule], self.day);
        let goal = |node: &'a Node| Goal { reach, ..Goal::met(node, spot.clone()) };
        let instead: Vec<Goal> = asked.instead(self.plan).map(goal).collect();
        if !asked.own || ruling.grades.is_empty() {
            let own = ruling.require.iter().filter(|_| asked.own).map(goal);
            return self.solve_all(&instead.into_iter().chain(own).collect::<Vec<_>>(), given);
        }
        let lines = ruling.grades.iter().filter(|(grade, _)| grades.contains(grade));
        let all = |(_, node): &'a (Grade, Node)| self.solve_all(&[instead.as_slice(), &[Goal::met(node, spot.clone())]].concat(), given);
        let mut found: Vec<Found> = lines.flat_map(all).collect();
        found.sort_by(readiest);
        found
    }
}
