//! Grades, by trying every way in which the unknown may turn out.

use std::collections::BTreeSet;

use heng::model::ast::{Grade, Status, Wanted};
use heng::model::op::Bound;
use heng::model::plan::{Amount, Rest, RuleDef, RulesDef};
use heng::model::verdict::Outcome;

use super::interval::{Interval, whole};
use super::rows::{Here, World};
use super::value::Answer;

/// What a unit may be graded; `None` where the rule does not apply.
#[derive(Clone, Debug)]
pub struct May(BTreeSet<Option<Grade>>);

impl May {
    fn of_outcome(outcome: Outcome) -> May {
        let all = [Some(Grade::Qualified), Some(Grade::Basic), Some(Grade::NotQualified), None];
        May(match outcome {
            Outcome::Met => BTreeSet::from([Some(Grade::Qualified)]),
            Outcome::NotMet => BTreeSet::from([Some(Grade::NotQualified)]),
            Outcome::Undecided => all.into_iter().collect(),
            Outcome::Exempt | Outcome::NotApplicable => BTreeSet::from([None]),
        })
    }

    pub fn outcome(&self) -> Outcome {
        let mut ways = self.0.iter();
        match (ways.next(), ways.next()) {
            (Some(Some(Grade::NotQualified)), None) => Outcome::NotMet,
            (Some(Some(_)), None) => Outcome::Met,
            (Some(None), None) => Outcome::NotApplicable,
            _ => Outcome::Undecided,
        }
    }
}

impl World<'_> {
    /// Each line may hold, not hold, or not apply; every combination of them is tried.
    pub fn grades(&self, rule: &RuleDef, here: &Here) -> May {
        let lines: Vec<(Grade, Outcome)> = rule.grades.iter().map(|(grade, node)| (*grade, self.requirement(node, here).0)).collect();
        let mut ways: Vec<Vec<(Grade, Option<bool>)>> = vec![Vec::new()];
        for (grade, outcome) in lines {
            let answers: &[Option<bool>] = match outcome {
                Outcome::Met => &[Some(true)],
                Outcome::NotMet => &[Some(false)],
                Outcome::Undecided => &[Some(true), Some(false), None],
                Outcome::Exempt | Outcome::NotApplicable => &[None],
            };
            ways = ways.iter().flat_map(|way| answers.iter().map(|answer| [way.clone(), vec![(grade, *answer)]].concat())).collect();
        }
        May(ways.iter().map(|way| graded(way)).collect())
    }

    /// k of n by grades: every way in which each branch may be graded.
    pub fn rules_of_grade(&self, def: &RulesDef, wanted: Grade, here: &Here) -> (Outcome, Interval) {
        let branches: Vec<(Outcome, May)> = def.rules.iter().map(|rule| self.graded_branch(*rule, here)).collect();
        let left: Vec<&May> = branches.iter().filter(|(outcome, _)| *outcome <= Outcome::Met).map(|(_, may)| may).collect();
        // A better grade counts too where so many at least are asked for.
        let at_least = def.bound.as_ref().is_none_or(|(bound, _)| *bound == heng::model::op::Bound::AtLeast);
        let counts = |grade: Grade| grade == wanted || at_least && wanted == Grade::Basic && grade == Grade::Qualified;
        let may_count = |may: &May| may.0.iter().flatten().any(|grade| counts(*grade));
        let surely_counts = |may: &May| may.0.iter().all(|grade| grade.is_some_and(counts));
        let count = |surely: bool| left.iter().filter(|may| may_count(may) && (!surely || surely_counts(may))).count();
        let open = left.iter().filter(|may| may.0.contains(&None) && !may_count(may)).count();
        let count = Interval::counts(count(true), count(false) + open);
        if left.is_empty() {
            return (Outcome::join(branches.iter().map(|branch| branch.0)), count);
        }
        if branches.iter().all(|(outcome, _)| *outcome >= Outcome::Undecided && *outcome != Outcome::Met) {
            return (Outcome::Undecided, count);
        }
        let k = def.bound.as_ref().map_or(whole(left.len()), |(bound, amount)| super::rules::asked(*bound, amount, left.len()));
        let op = def.bound.as_ref().map_or(heng::model::op::Compare::Ge, |(bound, _)| bound.compare());
        let mut ways = BTreeSet::from([(0usize, true)]);
        for may in left {
            let stands = |grade: Grade| counts(grade) || def.rest != Some(Rest::Basic) || grade != Grade::NotQualified;
            // A branch that may not apply may count for either.
            let grades: Vec<Grade> = if may.0.contains(&None) { Grade::ALL.to_vec() } else { may.0.iter().flatten().copied().collect() };
            ways = ways.iter().flat_map(|(counted, stand)| grades.iter().map(move |grade| (counted + usize::from(counts(*grade)), *stand && stands(*grade)))).collect();
        }
        let holds: BTreeSet<bool> = ways.iter().map(|(counted, stand)| *stand && op.holds(whole(*counted).cmp(&k))).collect();
        let outcome = match (holds.contains(&true), holds.contains(&false)) {
            (true, true) => Outcome::Undecided,
            (met, _) => if met { Outcome::Met } else { Outcome::NotMet },
        };
        (outcome, count)
    }

    /// R33: of the units of one rule beneath, which share is what is said of it. What is open may be so or not.
    pub fn share_of_units(&self, def: &RulesDef, here: &Here) -> (Outcome, Interval) {
        let (Some((bound, Amount::Share(share))), [rule]) = (&def.bound, def.rules.as_slice()) else { panic!("a share of units is of one rule") };
        let asked = if super::in_force(self.plan, *rule, self.as_of) { self.related(*rule, here) } else { Vec::new() };
        let units: Vec<(Here, Outcome)> = asked.into_iter().filter_map(|(unit, sure)| self.judge(*rule, &unit, sure).map(|judged| (unit, judged.0))).collect();
        let left: Vec<&(Here, Outcome)> = units.iter().filter(|(_, outcome)| *outcome <= Outcome::Met).collect();
        if left.is_empty() {
            return (Outcome::join(units.iter().map(|unit| unit.1)), Interval::counts(0, 0));
        }
        let may_be = |(unit, outcome): &(Here, Outcome)| match def.wanted {
            Wanted::Status(wanted) => {
                let (so, not) = if wanted == Status::Met { (Outcome::Met, Outcome::NotMet) } else { (Outcome::NotMet, Outcome::Met) };
                (*outcome != not, *outcome != so)
            }
            Wanted::Grade(wanted) => {
                let is_settled = self.is_surely_asked(*rule, unit) && self.is_itself(&self.plan.rules[*rule], unit) && self.has_own_grades(&self.plan.rules[*rule]);
                let may = if is_settled { self.grades(&self.plan.rules[*rule], unit) } else { May::of_outcome(*outcome) };
                let counts = |grade: Grade| grade == wanted || *bound == Bound::AtLeast && wanted == Grade::Basic && grade == Grade::Qualified;
                (may.0.iter().any(|grade| grade.is_none_or(counts)), may.0.iter().any(|grade| grade.is_none_or(|grade| !counts(grade))))
            }
        };
        let ways: Vec<(bool, bool)> = left.iter().map(|unit| may_be(unit)).collect();
        let low = ways.iter().filter(|(_, may_not)| !may_not).count();
        let high = ways.iter().filter(|(may, _)| *may).count();
        let value = Interval::counts(low, high).over(&Interval::exactly(&whole(left.len())));
        let (yes, no) = value.compare(bound.compare(), &Interval::exactly(share));
        // All of them may yet not apply, and then nothing remains.
        let is_open = left.iter().all(|(_, outcome)| *outcome == Outcome::Undecided);
        let outcome = match (yes, no) {
            _ if is_open => Outcome::Undecided,
            (true, true) => Outcome::Undecided,
            (met, _) => if met { Outcome::Met } else { Outcome::NotMet },
        };
        (outcome, value)
    }

    /// Of several units beneath the worst grade, where all of them are met.
    fn graded_branch(&self, rule: usize, here: &Here) -> (Outcome, May) {
        let outcome = self.branch(rule, here);
        let def = &self.plan.rules[rule];
        if !self.has_own_grades(def) || outcome > Outcome::Met || !super::in_force(self.plan, rule, self.as_of) {
            return (outcome, May::of_outcome(outcome));
        }
        let asked: Vec<(Here, Outcome)> = self.related(rule, here).into_iter().filter_map(|(unit, sure)| self.judge(rule, &unit, sure).map(|judged| (unit, judged.0))).collect();
        match asked.as_slice() {
            // Whether it is asked at all may be what is open; and of units beneath only their outcomes are joined.
            [(unit, _)] if self.is_own(def, here) => (outcome, if self.is_surely_asked(rule, unit) && self.is_itself(def, unit) { self.grades(def, unit) } else { May::of_outcome(outcome) }),
            _ if outcome == Outcome::Met => {
                let grades = asked.iter().filter(|(_, outcome)| *outcome == Outcome::Met).flat_map(|(unit, _)| if self.is_itself(def, unit) { self.grades(def, unit).0 } else { May::of_outcome(Outcome::Met).0 }).max();
                (outcome, May(grades.into_iter().collect()))
            }
            _ => (outcome, May::of_outcome(outcome)),
        }
    }
}

impl World<'_> {
    /// Whether the rule's unit is the one that counts it, or one above.
    fn is_own(&self, rule: &RuleDef, here: &Here) -> bool {
        let above = rule.at.table.is_none_or(|table| self.above(here.row, Some(table)).is_some());
        above && rule.at.codes.iter().all(|list| here.codes.iter().any(|(carried, _)| carried == list))
    }

    fn is_surely_asked(&self, rule: usize, unit: &Here) -> bool {
        let rule_def = &self.plan.rules[rule];
        let sure = self.related(rule, unit).iter().all(|(other, sure)| *sure || other.row != unit.row);
        sure && [rule_def.scope.as_ref(), self.stands(rule_def).0].into_iter().flatten().all(|node| self.value(node, unit).as_answer() == Answer::YES)
    }
}

fn graded(way: &[(Grade, Option<bool>)]) -> Option<Grade> {
    let holding = way.iter().find(|(_, answer)| *answer == Some(true)).map(|(grade, _)| *grade);
    let refused = way.iter().any(|(_, answer)| *answer == Some(false));
    holding.or(refused.then_some(Grade::NotQualified))
}
