//! Percentiles, ranges and indices of inequality, by their definitions: sorted lists, sums over all pairs, logarithms and
//! roots between bounds of a fixed width.

use heng::base::Number;
use heng::model::op::{Aversion, Statistic};
use heng::model::value::Absent;

use super::collect::{Member, known_pairs};
use super::interval::{End, Interval, whole};
use super::value::{Kind, Val};

/// Bounds of real numbers are so many decimals close.
const DECIMALS: u32 = 60;

pub fn unknown(what: Statistic) -> Val {
    if what.is_real() { Val::of(Kind::Real(None)) } else { Val::interval(Interval::ALL) }
}

/// Of nothing, or a spread of one, there is none; with any unknown nothing is known; so too where it divides by 0, or
/// where something is negative that may not be.
pub fn statistic(members: &[Member], what: Statistic) -> Val {
    let fewest = if matches!(what, Statistic::Percentile(_)) { 1 } else { 2 };
    if members.len() < fewest {
        return unknown(what).absent(Absent::Yes);
    }
    let sure = members.iter().filter(|member| member.sure).count();
    let unweighted = members.iter().all(|member| member.weight.is_none());
    if let (Statistic::Percentile(rank), true) = (what, unweighted && sure == members.len()) {
        return percentile_between(members, &rank.part());
    }
    let Some(pairs) = known_pairs(members) else {
        return unknown(what).absent(if sure < fewest { Absent::Maybe } else { Absent::No });
    };
    let weighted = members.iter().any(|member| member.weight.is_some());
    let pairs: Vec<_> = pairs.into_iter().filter(|(_, weight)| *weight != Number::ZERO).collect();
    if pairs.is_empty() || pairs.iter().any(|(_, weight)| weight.is_negative()) {
        return unknown(what);
    }
    let list = List { pairs, weighted };
    if what.is_real() {
        return Val::of(Kind::Real(list.real(what)));
    }
    list.rational(what).map_or_else(|| unknown(what), |number| Val::number(&number))
}

/// R9: of the low ends, and of the high ends.
fn percentile_between(members: &[Member], part: &Number) -> Val {
    let of = |end: fn(&Interval) -> &End| {
        let mut ends: Vec<End> = members.iter().map(|member| end(&member.value.as_interval()).clone()).collect();
        ends.sort();
        // Place 1 is the first.
        let place = &Number::ONE + &(&whole(ends.len() - 1) * part);
        let before = (1..=ends.len()).rev().find(|at| whole(*at) <= place).unwrap_or(1);
        let rest = &place - &whole(before);
        match (&ends[before - 1], ends.get(before)) {
            (here, _) if rest.is_zero() => here.clone(),
            (End::At(one), Some(End::At(next))) => End::At(one + &(&(next - one) * &rest)),
            (End::At(_), Some(open)) | (open, _) => open.clone(),
        }
    };
    Val::interval(Interval { low: of(|one| &one.low), high: of(|one| &one.high) })
}

struct List {
    pairs: Vec<(Number, Number)>,
    weighted: bool,
}

fn sum(numbers: impl IntoIterator<Item = Number>) -> Number {
    numbers.into_iter().fold(Number::ZERO, |sum, one| &sum + &one)
}

fn quarters(count: i64) -> Number {
    Number::ratio(count, 4).expect("4 is not 0")
}

impl List {
    fn weights(&self) -> Number {
        sum(self.pairs.iter().map(|(_, weight)| weight.clone()))
    }

    fn mean(&self) -> Option<Number> {
        sum(self.pairs.iter().map(|(value, weight)| value * weight)).div(&self.weights())
    }

    fn sorted(&self) -> Vec<Number> {
        let mut values: Vec<Number> = self.pairs.iter().map(|(value, _)| value.clone()).collect();
        values.sort();
        values
    }

    fn percentile(&self, part: &Number) -> Number {
        let values = self.sorted();
        if self.weighted {
            let reaches = |value: &&Number| sum(self.pairs.iter().filter(|(other, _)| other <= value).map(|(_, weight)| weight.clone())) >= part * &self.weights();
            return values.iter().find(reaches).expect("all reach any part").clone();
        }
        let place = &Number::ONE + &(&whole(values.len() - 1) * part);
        // The first value stands at place 1; none stands beyond the last.
        let before = (1..values.len()).rev().find(|at| whole(*at) <= place).unwrap_or(1);
        let (low, high) = (&values[before - 1], &values[before.min(values.len() - 1)]);
        low + &(&(high - low) * &(&place - &whole(before)))
    }

    fn rational(&self, what: Statistic) -> Option<Number> {
        let values = self.sorted();
        let (least, greatest) = (values.first()?, values.last()?);
        match what {
            Statistic::Percentile(rank) => Some(self.percentile(&rank.part())),
            Statistic::Range => Some(greatest - least),
            Statistic::RangeRatio => greatest.div(least),
            Statistic::InterquartileRatio => self.percentile(&quarters(3)).div(&self.percentile(&quarters(1))),
            _ if least.is_negative() => None,
            Statistic::Gini => {
                let pairs = self.pairs.iter().flat_map(|(a, v)| self.pairs.iter().map(move |(b, w)| &(v * w) * &(a - b).abs()));
                sum(pairs).div(&(&Number::int(2) * &(&self.weights().square() * &self.mean()?)))
            }
            Statistic::McLoone if *greatest == Number::ZERO => None,
            Statistic::McLoone => {
                let median = self.percentile(&quarters(2));
                let below: Vec<_> = self.pairs.iter().filter(|(value, _)| *value < median).collect();
                if below.is_empty() {
                    return (median != Number::ZERO).then_some(Number::ONE);
                }
                let due = sum(below.iter().map(|(_, weight)| &median * weight));
                sum(below.iter().map(|(value, weight)| value * weight)).div(&due)
            }
            Statistic::Atkinson(Aversion::Two) => {
                let inverse: Option<Vec<Number>> = self.pairs.iter().map(|(value, weight)| weight.div(value)).collect();
                let harmonic = self.weights().div(&sum(inverse?))?;
                Some(&Number::ONE - &harmonic.div(&self.mean()?)?)
            }
            _ => None,
        }
    }

    fn real(&self, what: Statistic) -> Option<Interval> {
        let (weights, mean) = (self.weights(), self.mean()?);
        if self.pairs.iter().any(|(value, _)| value.is_negative()) || mean.is_zero() {
            return None;
        }
        let share = |weight: &Number| weight.div(&weights).expect("not 0");
        let parts = self.pairs.iter().map(|(value, weight)| (value.div(&mean).expect("not 0"), share(weight)));
        if what == Statistic::Theil {
            let terms = parts.filter(|(part, _)| !part.is_zero()).map(|(part, share)| ln(&part).times(&Interval::exactly(&(&part * &share))));
            return Some(terms.fold(Interval::exactly(&Number::ZERO), |sum, term| sum.plus(&term)));
        }
        // (Σ share √part)² over all pairs: Σᵢⱼ sᵢsⱼ √(pᵢpⱼ).
        let parts: Vec<_> = parts.collect();
        let roots = parts.iter().flat_map(|(a, s)| parts.iter().map(move |(b, t)| root(&(a * b)).times(&Interval::exactly(&(s * t)))));
        let square = roots.fold(Interval::exactly(&Number::ZERO), |sum, root| sum.plus(&root));
        Some(Interval::exactly(&Number::ONE).plus(&square.negated()))
    }
}

fn ten_to(power: u32) -> Number {
    (0..power).fold(Number::ONE, |all, _| &all * &Number::int(10))
}

/// A rational root as it is, any other between two decimals.
fn root(of: &Number) -> Interval {
    let text = of.exact();
    let (over, under) = text.split_once('/').unwrap_or((&text, "1"));
    let [over, under] = [over, under].map(|text| Number::parse(text).expect("a number"));
    let [high, low] = [&over, &under].map(|number| number.root_rounded(0));
    if high.square() == over && low.square() == under {
        return Interval::exactly(&high.div(&low).expect("not 0"));
    }
    let (near, last) = (of.root_rounded(DECIMALS), Number::ONE.div(&ten_to(DECIMALS)).expect("not 0"));
    Interval::of(Some(&(&near - &last)), Some(&(&near + &last)))
}

/// ln x = ln m + k ln 4/3 with m from 3/4 to 4/3, and ln m = −Σ (1 − m)ⁿ ÷ n.
fn ln(of: &Number) -> Interval {
    let [step, back] = [(4, 3), (3, 4)].map(|(over, under)| Number::ratio(over, under).expect("not 0"));
    let (mut near, mut steps) = (of.clone(), Number::ZERO);
    while near > step {
        near = &near * &back;
        steps = &steps + &Number::ONE;
    }
    while near < back {
        near = &near * &step;
        steps = &steps - &Number::ONE;
    }
    // ln 4/3 = −ln 3/4
    series(&near).plus(&series(&back).negated().times(&Interval::exactly(&steps)))
}

fn series(near: &Number) -> Interval {
    if *near == Number::ONE {
        return Interval::exactly(&Number::ZERO);
    }
    let scale = ten_to(DECIMALS + 5);
    let cut = |interval: &Interval| match (&interval.low, &interval.high) {
        (End::At(low), End::At(high)) => Interval::of((low * &scale).floor().div(&scale).as_ref(), (high * &scale).ceil().div(&scale).as_ref()),
        _ => Interval::ALL,
    };
    let rest = Interval::exactly(&(&Number::ONE - near));
    let (mut power, mut all) = (rest.clone(), Interval::exactly(&Number::ZERO));
    // A third at most each time: what comes after the last is less than half of it.
    let terms = 2 * i64::from(DECIMALS) + 15;
    for n in 1..=terms {
        all = all.plus(&cut(&power.times(&Interval::exactly(&Number::ratio(1, n).expect("not 0")))));
        power = cut(&power.times(&rest));
    }
    let last = Number::ONE.div(&ten_to(DECIMALS - 5)).expect("not 0");
    all.plus(&Interval::of(Some(&-&last), Some(&last))).negated()
}
