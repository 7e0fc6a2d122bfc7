//! Where the value of an expression can lie, and whether a condition can be true or false, before any cell is known.

use crate::base::{Date, Number, YearMonth};
use crate::model::op::{Aggregate, Arith, Compare, Rounding, Statistic};
use crate::model::plan::{Amount, Collect, Constant, Node, NodeKind, Quantity, Sentence, StepOf, Type};

use super::bounds::{Bounds, Verdict};
use super::facts::Facts;
use super::sight::Sight;

impl Sight<'_> {
    /// Where a number, or a day, can lie; days stand in their order, not at their distance.
    pub fn bounds(&self, node: &Node, facts: &Facts) -> Bounds {
        let own = self.deeper(|| self.own_bounds(node, facts)).unwrap_or_default();
        match facts.number(self.keys.of(node)) {
            Some(sure) => own.meet(sure),
            None => own,
        }
    }

    fn own_bounds(&self, node: &Node, facts: &Facts) -> Bounds {
        match &*node.kind {
            NodeKind::Number(number) => Bounds::point(number.clone()),
            NodeKind::Date(day) => Bounds::point(day_number(*day)),
            NodeKind::YearMonth(month) => Bounds::point(month_number(*month)),
            NodeKind::Column(at) => self.column_bounds(*at),
            NodeKind::Measure(measure) => self.bounds(&self.plan.measures[*measure].body, facts),
            NodeKind::Parameter { id, .. } => self.values(*id),
            NodeKind::Aggregate(at) => self.collected(*at, facts),
            NodeKind::Neg(of) => self.bounds(of, facts).negated(),
            NodeKind::Arith(op, left, right) => {
                let (left, right) = (self.bounds(left, facts), self.bounds(right, facts));
                match op {
                    Arith::Add => left.plus(&right),
                    Arith::Sub => left.plus(&right.negated()),
                    Arith::Mul => left.times(&right),
                    Arith::Div => left.over(&right),
                }
            }
            // Of another period, or of a row that a role leads to, nothing is sure yet.
            NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } => self.bounds(of, &Facts::default()),
            NodeKind::Round(rounding, of) => rounded(*rounding, &self.bounds(of, facts)),
            NodeKind::ForEvery { amount, of, .. } if !amount.is_negative() && self.bounds(of, facts).is_from_zero() => Bounds::from_zero(),
            NodeKind::If { cond, then, otherwise } => self.chosen(cond, then, otherwise, facts),
            NodeKind::ByCase { arms, otherwise, .. } => {
                let all = arms.iter().map(|(_, value)| value).chain(otherwise).map(|value| self.bounds(value, facts));
                all.reduce(|one, other| one.hull(&other)).unwrap_or_default()
            }
            _ => Bounds::default(),
        }
    }

    fn chosen(&self, cond: &Node, then: &Node, otherwise: &Node, facts: &Facts) -> Bounds {
        let branch = |wanted: bool, value: &Node| {
            let mut facts = facts.clone();
            self.assume(cond, wanted, &mut facts);
            (!facts.impossible).then(|| self.bounds(value, &facts))
        };
        match (branch(true, then), branch(false, otherwise)) {
            (Some(one), Some(other)) => one.hull(&other),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => Bounds::default(),
        }
    }

    /// Every value that a parameter has had or has.
    fn values(&self, parameter: usize) -> Bounds {
        let dated = &self.plan.parameters[parameter].dated;
        let all = dated.iter().flat_map(|dated| dated.values.iter().map(|(_, value)| value).chain(&dated.otherwise));
        let points: Option<Vec<Bounds>> = all.map(|value| constant(value).map(Bounds::point)).collect();
        points.into_iter().flatten().reduce(|one, other| one.hull(&other)).unwrap_or_default()
    }

    fn collected(&self, aggregate: usize, facts: &Facts) -> Bounds {
        let def = &self.plan.aggregates[aggregate];
        let rows = self.of_rows(aggregate, facts);
        let of = || def.operand.as_ref().map_or_else(Bounds::default, |operand| Bounds { step: None, ..self.bounds(operand, &rows) });
        let fair = || def.weight.as_ref().is_none_or(|weight| self.bounds(weight, &rows).is_from_zero());
        let share = || Bounds::between(Some(Number::ZERO), Some(Number::ONE));
        match def.what {
            Collect::Tally if fair() => share(),
            Collect::Tally => Bounds::default(),
            Collect::Value(what) => match what {
                Aggregate::Count | Aggregate::CountDistinct => Bounds::count(),
                Aggregate::Sum if of().is_from_zero() => Bounds::from_zero(),
                Aggregate::Mean | Aggregate::Min | Aggregate::Max | Aggregate::Median | Aggregate::Statistic(Statistic::Percentile(_)) if fair() => of(),
                Aggregate::Share if fair() => share(),
                Aggregate::Statistic(Statistic::Range) => Bounds::from_zero(),
                Aggregate::Variation(_) | Aggregate::Statistic(Statistic::Theil | Statistic::Gini | Statistic::Atkinson(_)) if fair() && of().is_from_zero() => Bounds::from_zero(),
                _ => Bounds::default(),
            },
        }
    }

    /// Whether a condition is true, or false, wherever it has an answer.
    pub fn truth(&self, node: &Node, facts: &Facts) -> Verdict {
        match facts.truth(self.keys.of(node)) {
            Some(true) => Verdict::Always,
            Some(false) => Verdict::Never,
            None => self.deeper(|| self.own_truth(node, facts)).unwrap_or(Verdict::Open),
        }
    }

    fn own_truth(&self, node: &Node, facts: &Facts) -> Verdict {
        match &*node.kind {
            NodeKind::Truth(true) => Verdict::Always,
            NodeKind::Truth(false) => Verdict::Never,
            NodeKind::Measure(measure) => self.truth(&self.plan.measures[*measure].body, facts),
            NodeKind::Not(of) => self.truth(of, facts).turned(),
            NodeKind::And(list) => self.joined(list, facts, Verdict::Always),
            NodeKind::Or(list) => self.joined(list, facts, Verdict::Never),
            NodeKind::Compare(op, left, right) => self.compared(*op, left, right, facts),
            NodeKind::Between { of, low, high } => match (self.compared(Compare::Ge, of, low, facts), self.compared(Compare::Le, of, high, facts)) {
                (Verdict::Never, _) | (_, Verdict::Never) => Verdict::Never,
                (above, below) => above.shared(below),
            },
            NodeKind::OneOf { of, list, negated } => {
                let found = self.listed(of, list, facts);
                if *negated { found.turned() } else { found }
            }
            NodeKind::If { cond, then, otherwise } => match self.truth(cond, facts) {
                Verdict::Always => self.truth(then, facts),
                Verdict::Never => self.truth(otherwise, facts),
                Verdict::Open => self.truth(then, facts).shared(self.truth(otherwise, facts)),
            },
            NodeKind::Sentence(sentence) => self.said(sentence, facts),
            _ => Verdict::Open,
        }
    }

    /// `neutral` is what one of them must be for the others to decide. One that may have no answer decides nothing alone.
    fn joined(&self, list: &[Node], facts: &Facts, neutral: Verdict) -> Verdict {
        let mut facts = facts.clone();
        let mut all = neutral;
        for node in list {
            match self.truth(node, &facts) {
                found if found == neutral => {}
                found if found == neutral.turned() && self.always_answers(node) => return found,
                _ => all = Verdict::Open,
            }
            // The next one decides only where this one does not.
            if self.always_answers(node) {
                self.assume(node, neutral == Verdict::Always, &mut facts);
            }
        }
        if facts.impossible { neutral.turned() } else { all }
    }

    fn compared(&self, op: Compare, left: &Node, right: &Node, facts: &Facts) -> Verdict {
        if matches!(left.ty, Type::Code(_)) {
            return self.codes_compared(op, left, right, facts);
        }
        if !matches!(left.ty, Type::Number(_) | Type::Spread | Type::Real | Type::Date | Type::YearMonth) {
            return Verdict::Open;
        }
        if self.keys.of(left) == self.keys.of(right) {
            return if op.holds(std::cmp::Ordering::Equal) { Verdict::Always } else { Verdict::Never };
        }
        self.bounds(left, facts).compare(op, &self.bounds(right, facts))
    }

    fn codes_compared(&self, op: Compare, left: &Node, right: &Node, facts: &Facts) -> Verdict {
        let (Type::Code(list), Some(some), Some(others)) = (&left.ty, self.codes(left, facts), self.codes(right, facts)) else { return Verdict::Open };
        let best_first = self.plan.codes[*list].best_first;
        let pairs = some.iter().flat_map(|one| others.iter().map(move |other| op.holds(if best_first { other.cmp(one) } else { one.cmp(other) })));
        settled(pairs)
    }

    fn listed(&self, of: &Node, list: &[Node], facts: &Facts) -> Verdict {
        let Some(codes) = self.codes(of, facts) else { return Verdict::Open };
        let listed: Option<Vec<_>> = list.iter().map(|item| self.codes(item, facts).filter(|codes| codes.len() == 1)).collect();
        let Some(listed) = listed else { return Verdict::Open };
        settled(codes.iter().map(|code| listed.iter().any(|codes| codes.contains(code))))
    }

    /// What a sentence comes to if what it says of each row is always, or never, true.
    fn said(&self, sentence: &Sentence, facts: &Facts) -> Verdict {
        let ([step], quantity) = (&sentence.steps[..], sentence.quantity) else { return Verdict::Open };
        let StepOf::Rows(tally) = step.of else {
            let share = Bounds::between(Some(Number::ZERO), Some(Number::ONE));
            return match &step.amount {
                Amount::Share(limit) => share.compare(step.bound.compare(), &Bounds::point(limit.clone())),
                Amount::Rows(_) => Verdict::Open,
            };
        };
        let rows = self.of_rows(tally, facts);
        let each = self.plan.aggregates[tally].operand.as_ref().map_or(Verdict::Open, |says| self.truth(says, &rows));
        match (quantity, &step.amount) {
            (Quantity::Every | Quantity::All, _) => each,
            // Of no rows at all it is true that none is so, whatever is said of each.
            (Quantity::No, _) => if each == Verdict::Never { Verdict::Always } else { Verdict::Open },
            (Quantity::Bounds, Amount::Share(limit)) => {
                let share = match each {
                    Verdict::Always => Bounds::point(Number::ONE),
                    Verdict::Never => Bounds::point(Number::ZERO),
                    Verdict::Open => Bounds::between(Some(Number::ZERO), Some(Number::ONE)),
                };
                share.compare(step.bound.compare(), &Bounds::point(limit.clone()))
            }
            (Quantity::Bounds, Amount::Rows(limit)) => {
                let rows = if each == Verdict::Never { Bounds::point(Number::ZERO) } else { Bounds::count() };
                rows.compare(step.bound.compare(), &Bounds::point(limit.clone()))
            }
        }
    }
}

/// Always, where all are true; never, where none is; nothing at all says nothing.
fn settled(found: impl Iterator<Item = bool>) -> Verdict {
    let (mut some, mut other) = (false, false);
    for one in found {
        some |= one;
        other |= !one;
    }
    match (some, other) {
        (true, false) => Verdict::Always,
        (false, true) => Verdict::Never,
        _ => Verdict::Open,
    }
}

/// Rounding never crosses 0; how far it moves depends on a unit that is not looked at here.
fn rounded(rounding: Rounding, of: &Bounds) -> Bounds {
    match rounding {
        Rounding::Up => Bounds { low: of.low.clone().filter(|low| !low.open), high: None, step: None },
        Rounding::Down | Rounding::HalfUp(_) if of.is_from_zero() => Bounds::from_zero(),
        Rounding::Down | Rounding::HalfUp(_) => Bounds::default(),
    }
}

/// A constant as a number; days as their numbers.
pub fn constant(value: &Constant) -> Option<Number> {
    match value {
        Constant::Number(number) => Some(number.clone()),
        Constant::Date(day) => Some(day_number(*day)),
        Constant::Truth(_) => None,
    }
}

/// In the order of days. INVARIANT: only ever compared, never added.
fn day_number(day: Date) -> Number {
    Number::int((i64::from(day.year()) * 100 + i64::from(day.month())) * 100 + i64::from(day.day()))
}

fn month_number(month: YearMonth) -> Number {
    Number::int(i64::from(month.year) * 100 + i64::from(month.month))
}
