//! Rules: who is asked, what is required, and rules that count rules.

use std::collections::BTreeSet;

use heng::base::{Number, Term};
use heng::model::ast::{Status, Wanted};
use heng::model::op::{Bound, Compare};
use heng::model::plan::{Amount, Node, NodeKind, Plan, Rest, RulesDef};
use heng::model::value::Absent;
use heng::model::verdict::Outcome;

use super::collect::units_of;
use super::expr::{compare, compare_where};
use super::interval::{End, Interval, whole};
use super::layers::Came;
use super::rows::{Here, Row, World};
use super::sentence::Said;
use super::value::{AboveAll, Answer, Kind, Val};
use super::{SlowFinding, SlowValue};

/// A quantity and what bounds it.
struct Bounded {
    value: Val,
    op: Compare,
    limit: Val,
}

impl World<'_> {
    pub fn findings(&self, rule: usize) -> Vec<SlowFinding> {
        let judge = |(here, sure): (Here, bool)| {
            let (outcome, value) = self.judge(rule, &here, sure)?;
            Some(SlowFinding { rule, unit_key: self.key(&here), outcome, value })
        };
        self.units(rule).into_iter().filter_map(judge).collect()
    }

    fn units(&self, place: usize) -> Vec<(Here, bool)> {
        let rule = &self.plan.rules[place];
        self.with_terms(place, rule, units_of(&rule.at, &rule.codes, self.rows(rule.at.table)))
    }

    /// `None` where the unit is not asked.
    pub fn judge(&self, rule: usize, here: &Here, sure: bool) -> Option<(Outcome, Option<SlowValue>)> {
        let rule = &self.plan.rules[rule];
        let scope = rule.scope.as_ref().map_or(Answer::YES, |node| self.value(node, here).as_answer());
        let of_it = self.of_period_asked(rule, here);
        if of_it == Answer::OPEN && self.own_term(here.row).is_ok() {
            return Some((Outcome::Undecided, None));
        }
        // A unit that the condition does not apply to is not asked.
        let scope = Answer { no: scope.no || scope.none, none: false, ..scope }.and(of_it);
        let when = self.stands(rule).0.map_or(Answer::YES, |node| self.value(node, here).as_answer());
        if !scope.yes {
            return None;
        }
        if !sure || scope != Answer::YES {
            return Some((Outcome::Undecided, None));
        }
        if !when.yes {
            return Some((Outcome::NotApplicable, None));
        }
        if when != Answer::YES {
            return Some((Outcome::Undecided, None));
        }
        Some(self.with_exceptions(rule, here))
    }

    /// All of some requirements; one alone keeps its figure.
    pub fn all_of(&self, require: &[Node], here: &Here) -> Came {
        let judged: Vec<_> = require.iter().map(|node| self.requirement(node, here)).collect();
        match judged.as_slice() {
            [only] => only.clone(),
            several => (Outcome::join(several.iter().map(|one| one.0)), None),
        }
    }

    pub fn requirement(&self, node: &Node, here: &Here) -> (Outcome, Option<SlowValue>) {
        if let NodeKind::InTerm { when, of } = &*node.kind
            && let Some(moved) = self.there(*when, here)
        {
            return self.requirement(of, &moved);
        }
        if let NodeKind::Rules(rules) = &*node.kind {
            let (outcome, count) = self.rules(rules, here);
            let judged = matches!(outcome, Outcome::NotMet | Outcome::Undecided | Outcome::Met);
            return (outcome, shown(&Val::interval(count)).filter(|_| judged));
        }
        if let NodeKind::Sentence(sentence) = &*node.kind {
            let said = self.sentence(sentence, here, Some(false));
            return (said.outcome, shown(&said.value).filter(|_| said.outcome != Outcome::NotApplicable));
        }
        let outcome = self.asked(node, here, false).outcome();
        let value = match &*node.kind {
            NodeKind::Between { of, .. } => shown(&self.value(of, here)),
            NodeKind::Compare(..) => self.bounded(node, here).and_then(|bounded| shown(&bounded.value)),
            _ => None,
        };
        (outcome, value)
    }

    /// A comparison turned so that the side with data stands left, or a sentence with one bound.
    fn bounded(&self, node: &Node, here: &Here) -> Option<Bounded> {
        match &*node.kind {
            NodeKind::Compare(op, a, b) if has_data(self.plan, b) && !has_data(self.plan, a) => Some(Bounded { value: self.value(b, here), op: op.turned(), limit: self.value(a, here) }),
            NodeKind::Compare(op, a, b) => Some(self.share_of_another(*op, a, b, here).unwrap_or_else(|| Bounded { value: self.value(a, here), op: *op, limit: self.value(b, here) })),
            NodeKind::Sentence(sentence) => {
                let Said { value, limit, op, .. } = self.sentence(sentence, here, Some(false));
                Some(Bounded { value, op, limit: Val::number(&limit) })
            }
            _ => None,
        }
    }

    /// Form 3: `count(a) >= 10% × count(b)` is a share and its limit.
    fn share_of_another(&self, op: Compare, a: &Node, b: &Node, here: &Here) -> Option<Bounded> {
        let (percent, of) = self.other_population(a, b)?;
        let share = self.quotient(a, of, &self.value(a, here), &self.value(of, here));
        Some(Bounded { value: share, op, limit: Val::number(percent) })
    }

    pub fn status(&self, rule: usize, wanted: Status, here: &Here) -> Answer {
        let answer = Answer::of_outcome(self.branch(rule, here));
        if wanted == Status::Met { answer } else { answer.not() }
    }

    /// The units of a rule at, above or beneath this unit, that are asked; with whether each is surely a unit.
    pub fn related(&self, rule: usize, here: &Here) -> Vec<(Here, bool)> {
        let near = |unit: &Here| {
            let kin = self.belongs(unit.row, here.row) || self.belongs(here.row, unit.row) || unit.row == Row::Whole;
            let held = |a: Term, b: Term| a.within(b.kind) == Some(b);
            let same_term = self.each_term(here).zip(self.each_term(unit)).is_none_or(|(asked, own)| held(asked, own) || held(own, asked));
            kin && same_term && unit.codes.iter().all(|(list, code)| here.codes.iter().all(|(other, carried)| other != list || carried == code))
        };
        self.units(rule).into_iter().filter(|(unit, _)| near(unit)).collect()
    }

    /// The period of a unit that is one of several: of its row, or asked.
    fn each_term(&self, here: &Here) -> Option<Term> {
        self.own_term(here.row).ok().flatten().or(here.term.filter(|_| here.each))
    }

    /// The outcome of a rule as this unit hears it. R4: not in force, or not asked, is not applicable.
    pub fn branch(&self, rule: usize, here: &Here) -> Outcome {
        if !super::in_force(self.plan, rule, self.as_of) {
            return Outcome::NotApplicable;
        }
        Outcome::join(self.related(rule, here).iter().filter_map(|(unit, sure)| self.judge(rule, unit, *sure)).map(|judged| judged.0))
    }

    /// R4, with the number of branches that are as wanted, at least and at most.
    pub fn rules(&self, def: &RulesDef, here: &Here) -> (Outcome, Interval) {
        if def.of_units {
            return self.share_of_units(def, here);
        }
        if let Wanted::Grade(wanted) = def.wanted {
            return self.rules_of_grade(def, wanted, here);
        }
        let turned = |outcome: Outcome| match (def.wanted, outcome) {
            (Wanted::Status(Status::NotMet), Outcome::Met) => Outcome::NotMet,
            (Wanted::Status(Status::NotMet), Outcome::NotMet) => Outcome::Met,
            (_, same) => same,
        };
        let branches: Vec<(usize, Outcome)> = def.rules.iter().map(|rule| (*rule, turned(self.branch(*rule, here)))).collect();
        let of = |wanted: Outcome| branches.iter().filter(|(_, outcome)| *outcome == wanted).count();
        let count = Interval::counts(of(Outcome::Met), of(Outcome::Met) + of(Outcome::Undecided));
        let left: Vec<_> = branches.iter().filter(|(_, outcome)| *outcome <= Outcome::Met).collect();
        let Some((bound, k)) = def.bound.as_ref().filter(|_| !left.is_empty()) else {
            return (Outcome::join(branches.iter().map(|branch| branch.1)), count);
        };
        // All of them may yet not apply, and then nothing remains.
        if left.iter().all(|(_, outcome)| *outcome == Outcome::Undecided) {
            return (Outcome::Undecided, count);
        }
        let k = asked(*bound, k, left.len());
        // Every way in which the branches may turn out: how many are as wanted, and whether the rest stands.
        let mut ways = BTreeSet::from([(0usize, true)]);
        for (rule, outcome) in left {
            let rest = match &def.rest {
                None => Answer::YES,
                Some(Rest::Standard(percent)) => self.reaches(*rule, percent, here),
                // What is not counted is not met, or is met where what is not met is counted.
                Some(Rest::Basic) => Answer { yes: def.wanted == Wanted::Status(Status::NotMet), no: def.wanted == Wanted::Status(Status::Met), none: false },
            };
            let mut next = BTreeSet::new();
            for (wanted, stands) in ways {
                if *outcome != Outcome::NotMet {
                    next.insert((wanted + 1, stands));
                }
                if *outcome != Outcome::Met && rest.yes {
                    next.insert((wanted, stands));
                }
                if *outcome != Outcome::Met && (rest.no || rest.none) {
                    next.insert((wanted, false));
                }
            }
            ways = next;
        }
        let holds = |(wanted, stands): &(usize, bool)| *stands && bound_holds(*bound, *wanted, &k);
        let answer = Answer { yes: ways.iter().any(holds), no: !ways.iter().all(holds), none: false };
        (answer.outcome(), count)
    }

    /// Whether attainment reaches the percent in every unit that is asked.
    fn reaches(&self, rule: usize, percent: &Number, here: &Here) -> Answer {
        let units = self.related(rule, here).into_iter().filter(|(unit, sure)| self.judge(rule, unit, *sure).is_some_and(|judged| judged.0 <= Outcome::Met));
        units.map(|(unit, _)| self.reaches_in(rule, percent, &unit)).reduce(Answer::and).unwrap_or(Answer::YES)
    }

    /// A floor: value ÷ limit; a ceiling: limit ÷ value.
    fn reaches_in(&self, rule: usize, percent: &Number, unit: &Here) -> Answer {
        let Some(node) = self.standard(&self.plan.rules[rule], unit) else { return Answer::OPEN };
        let Some(Bounded { value, op, limit }) = self.bounded(node, unit) else { return Answer::OPEN };
        if let Kind::Spread(_) = value.kind {
            let most = limit.as_interval().over(&Interval::exactly(percent));
            return compare(if op.is_floor() { Compare::Ge } else { Compare::Le }, &value, &Val::interval(if op.is_floor() { limit.as_interval().times(&Interval::exactly(percent)) } else { most }), false);
        }
        // R20: nothing is reached where the requirement fails by what stands above every number.
        let under = if op.is_floor() { &limit } else { &value };
        let fails = compare_where(op, &value, &limit, false, Some(false)) == Answer::NO;
        match (under.above_all, &under.kind) {
            (AboveAll::Surely, _) if fails => return Answer::truth(*percent <= Number::ZERO),
            (AboveAll::Perhaps, Kind::Number(bounds)) if fails => {
                let over = if op.is_floor() { value.as_interval() } else { limit.as_interval() };
                return Answer::may(over.over(bounds).compare(Compare::Ge, &Interval::exactly(percent)));
            }
            _ => {}
        }
        let found = if let Kind::Real(Some(real)) = &value.kind { real.clone() } else { value.as_interval() };
        let (value, limit, absent) = (found, limit.as_interval(), value.absent.or(limit.absent));
        let attainment = if op.is_floor() { value.over(&limit) } else { limit.over(&value) };
        let may = attainment.compare(Compare::Ge, &Interval::exactly(percent));
        if absent == Absent::Yes { Answer::OPEN } else { Answer::may(may) }
    }
}

/// How many are asked for of those that remain: only the least shrinks; a percent is of what remains.
pub fn asked(bound: Bound, amount: &Amount, left: usize) -> Number {
    let left = whole(left);
    match (bound, amount) {
        (Bound::AtLeast, Amount::Rows(k)) => if *k > left { left } else { k.clone() },
        (_, Amount::Rows(k)) => k.clone(),
        (Bound::AtLeast, Amount::Share(share)) => (&left * share).ceil(),
        (_, Amount::Share(share)) => (&left * share).floor(),
    }
}

fn bound_holds(bound: Bound, count: usize, k: &Number) -> bool {
    bound.compare().holds(whole(count).cmp(k))
}

/// Whether anything in it comes from tables. What is looked up by a code is a standard, whatever row the code stands in.
fn has_data(plan: &Plan, node: &Node) -> bool {
    let any = |nodes: &[&Node]| nodes.iter().any(|node| has_data(plan, node));
    match &*node.kind {
        NodeKind::Column(_) | NodeKind::Aggregate(_) | NodeKind::Sentence(_) => true,
        NodeKind::Measure(id) => has_data(plan, &plan.measures[*id].body),
        NodeKind::Neg(of) | NodeKind::Not(of) | NodeKind::Round(_, of) | NodeKind::ForEvery { of, .. } | NodeKind::DateShift { of, .. } | NodeKind::Known { of, .. } | NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } | NodeKind::Rising { of, .. } => any(&[of]),
        NodeKind::Arith(_, a, b) | NodeKind::Compare(_, a, b) | NodeKind::Whole { from: a, to: b, .. } => any(&[a, b]),
        NodeKind::If { cond: a, then: b, otherwise: c } | NodeKind::Between { of: a, low: b, high: c } => any(&[a, b, c]),
        NodeKind::OneOf { of, list, .. } => any(&[of]) || any(&list.iter().collect::<Vec<_>>()),
        NodeKind::And(list) | NodeKind::Or(list) => any(&list.iter().collect::<Vec<_>>()),
        NodeKind::ByCase { arms, otherwise, .. } => arms.iter().map(|(_, node)| node).chain(otherwise).any(|node| has_data(plan, node)),
        _ => false,
    }
}

fn shown(value: &Val) -> Option<SlowValue> {
    if value.absent == Absent::Yes {
        return None;
    }
    match &value.kind {
        Kind::Number(interval) => Some(match interval.single() {
            Some(number) if value.absent == Absent::No => SlowValue::Exact(number.clone()),
            _ => SlowValue::Bounds(interval.clone()),
        }),
        Kind::Spread(Some(square)) => Some(SlowValue::Square(square.clone())),
        Kind::Real(Some(real)) => match (&real.low, &real.high) {
            (End::At(low), End::At(high)) if low.decimal() == high.decimal() => Some(SlowValue::Real(low.decimal())),
            _ => Some(SlowValue::Bounds(real.clone())),
        },
        Kind::Spread(None) | Kind::Real(None) => Some(SlowValue::Bounds(Interval::ALL)),
        _ => None,
    }
}
