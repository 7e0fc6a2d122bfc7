//! Layers and exceptions: every layer is asked in its turn, and every way is tried in which the open conditions of
//! exceptions may turn out.

use heng::model::plan::{DatedDef, ExceptionDef, Node, RuleDef};
use heng::model::verdict::Outcome;

use super::SlowValue;
use super::rows::{Here, World};
use super::value::Answer;

/// What a rule comes to for a unit, and the figure beside it.
pub type Came = (Outcome, Option<SlowValue>);

/// What counts for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Rule,
    Exception(usize),
    /// Two hold, and nothing says which goes first.
    AtOdds,
}

impl World<'_> {
    /// What each layer says of a parameter on the day, the lowest first.
    pub fn layers_of(&self, parameter: usize) -> Vec<&DatedDef> {
        let def = &self.plan.parameters[parameter];
        let stands = |dated: &&DatedDef| dated.period.contains(self.as_of);
        let layers = def.layers.iter().rev().map(|at| &self.plan.overrides[*at]).filter(|layer| layer.period.contains(self.as_of));
        let own = if def.layers.is_empty() { &def.dated } else { &def.own };
        layers.filter_map(|layer| layer.values.iter().find(stands)).chain(own.iter().find(stands)).collect()
    }

    /// The condition and the requirements that stand on the day.
    pub fn stands<'r>(&'r self, rule: &'r RuleDef) -> (Option<&'r Node>, &'r [Node]) {
        let lowest_first = || rule.layers.iter().rev().map(|at| &self.plan.overrides[*at]).filter(|layer| layer.period.contains(self.as_of)).filter_map(|layer| layer.ruling.as_ref());
        let when = lowest_first().find_map(|said| said.when.as_ref()).or(rule.when.as_ref());
        let require = lowest_first().map(|said| said.require.as_slice()).find(|require| !require.is_empty()).unwrap_or(&rule.require);
        (when, require)
    }

    /// Everything that may count for a unit, once the open conditions are known.
    pub fn ways(&self, rule: &RuleDef, here: &Here) -> Vec<Way> {
        let live: Vec<(usize, &ExceptionDef, Answer)> = rule
            .exceptions
            .iter()
            .enumerate()
            .filter(|(_, exception)| exception.period.contains(self.as_of))
            .map(|(at, exception)| (at, exception, exception.when.as_ref().map_or(Answer::YES, |when| self.value(when, here).as_answer())))
            .collect();
        let mut ways = Vec::new();
        for choice in 0..1u32 << live.len() {
            let holds = |place: usize| choice & (1 << place) != 0;
            let possible = live.iter().enumerate().all(|(place, (_, _, answer))| if holds(place) { answer.yes } else { answer.no || answer.none });
            if !possible {
                continue;
            }
            let held: Vec<&(usize, &ExceptionDef, Answer)> = live.iter().enumerate().filter(|(place, _)| holds(*place)).map(|(_, one)| one).collect();
            let first = held.iter().find(|one| held.iter().all(|other| other.0 == one.0 || matches!((one.1.priority, other.1.priority), (Some(own), Some(other)) if own < other)));
            let way = match (held.is_empty(), first) {
                (true, _) => Way::Rule,
                (false, Some(first)) => Way::Exception(first.0),
                (false, None) => Way::AtOdds,
            };
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    /// The outcome of a rule that asks this unit, exceptions considered.
    pub fn with_exceptions(&self, rule: &RuleDef, here: &Here) -> Came {
        let ways = self.ways(rule, here);
        if ways.contains(&Way::AtOdds) {
            return (Outcome::Undecided, None);
        }
        let came = |way: &Way| match way {
            Way::Exception(at) if rule.exceptions[*at].require.is_empty() => (Outcome::Exempt, None),
            Way::Exception(at) => self.all_of(&rule.exceptions[*at].require, here),
            _ if self.has_own_grades(rule) => (self.grades(rule, here).outcome(), None),
            _ => self.all_of(self.stands(rule).1, here),
        };
        let found: Vec<Came> = ways.iter().map(came).collect();
        if let [only] = found.as_slice() {
            return only.clone();
        }
        let same = found.iter().all(|one| one.0 == found[0].0);
        let figure = ways.iter().position(|way| *way == Way::Rule).and_then(|at| found[at].1.clone());
        (if same { found[0].0 } else { Outcome::Undecided }, figure)
    }

    /// Whether the rule grades on the day: a layer that requires something else grades nothing.
    pub fn has_own_grades(&self, rule: &RuleDef) -> bool {
        let requires = |at: &usize| self.plan.overrides[*at].period.contains(self.as_of) && self.plan.overrides[*at].ruling.as_ref().is_some_and(|said| !said.require.is_empty());
        !rule.grades.is_empty() && !rule.layers.iter().any(requires)
    }

    /// Whether it is the rule itself, and no exception, that surely counts for this unit.
    pub fn is_itself(&self, rule: &RuleDef, here: &Here) -> bool {
        self.has_own_grades(rule) && self.ways(rule, here) == [Way::Rule]
    }

    /// The one requirement that surely counts for this unit.
    pub fn standard<'r>(&'r self, rule: &'r RuleDef, here: &Here) -> Option<&'r Node> {
        let require = if rule.exceptions.is_empty() {
            self.stands(rule).1
        } else {
            let (when, require) = self.stands(rule);
            let surely = |node: Option<&Node>| node.is_none_or(|node| self.value(node, here).as_answer() == Answer::YES);
            if !surely(rule.scope.as_ref()) || !surely(when) {
                return None;
            }
            match self.ways(rule, here)[..] {
                [Way::Rule] => require,
                [Way::Exception(at)] => &rule.exceptions[at].require,
                _ => return None,
            }
        };
        if let [only] = require { Some(only) } else { None }
    }
}
