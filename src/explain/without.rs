//! A variation without each of its members: by sums from which one member is taken, and by judging again without it.

use std::collections::BTreeMap;

use crate::base::{Date, Number, Portion, Text};
use crate::builtin::aggregate::known;
use crate::builtin::spread::{Known, signed_square};
use crate::eval::{At, World};
use crate::model::explained::Without;
use crate::model::op::Spread;
use crate::model::plan::{NodeKind, Plan};
use crate::model::reduced::{Reduced, State};
use crate::model::table::Tables;
use crate::model::verdict::{Figure, Finding, Judged, Limit, Outcome, Part};

/// One for each member, the largest share of the spread first. None while any member is unknown.
pub(super) fn without(plan: &Plan, tables: &Tables, mut reduced: Reduced, day: Date, finding: &Finding, at: At, judge: &dyn Fn(&Reduced) -> Option<Finding>) -> Vec<Without> {
    let [only] = plan.ruling(&plan.rules[finding.rule], day).require else { return Vec::new() };
    let NodeKind::Compare(_, left, right) = &*only.kind else { return Vec::new() };
    // A rounded one is not opened.
    let Some((id, spread)) = plan.variation_of(left).or_else(|| plan.variation_of(right)) else { return Vec::new() };
    let group = World { plan, tables, reduced: &reduced, as_of: day, outcomes: None }.group_of(&plan.aggregates[id].at, at);
    let Some(whole) = group.and_then(|group| reduced.states.get(&id)?.get(group)).cloned() else { return Vec::new() };
    let members: Option<Vec<Known>> = whole.sure.iter().map(known).collect();
    let Some(members) = members.filter(|_| whole.possible.is_empty() && !whole.incomplete) else { return Vec::new() };
    let sums = Sums::of(spread, &members);
    // Those of the largest shares are judged again; of the rest the same sums say what judging would.
    let shares = shares(&finding.judged, plan.aggregates[id].over);
    let mut order: Vec<usize> = (0..members.len()).collect();
    let share = |at: &usize| shares.get(&whole.sure[*at].row).map(|part| part.share);
    order.sort_by(|a, b| share(b).cmp(&share(a)).then(a.cmp(b)));
    let mut found = Vec::new();
    let mut agreed = true;
    for (place_in_order, left_out) in order.into_iter().enumerate() {
        let member = &whole.sure[left_out];
        let square = sums.without(left_out);
        let worked_out = square.as_ref().filter(|_| agreed && place_in_order >= JUDGED_AGAIN).and_then(|square| outcome_of(&finding.judged, square));
        if let Some(outcome) = worked_out {
            found.extend(shares.get(&member.row).map(|part| part.one(square.as_ref(), outcome)));
            continue;
        }
        let sure = whole.sure.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, member)| member.clone()).collect();
        if let Some((states, group)) = reduced.states.get_mut(&id).zip(group) {
            states.put(group, State { sure, ..State::default() });
        }
        let Some(judged) = judge(&reduced).map(|finding| finding.judged) else { continue };
        let found_again = if let Figure::Spread { square } = &judged.value { Some(square.clone()) } else { None };
        // Where the two ways do not agree even once, nothing is told that was not judged.
        agreed &= found_again == square && square.as_ref().is_none_or(|square| outcome_of(&finding.judged, square) == Some(judged.outcome));
        if found_again == square {
            found.extend(shares.get(&member.row).map(|part| part.one(square.as_ref(), judged.outcome)));
        }
    }
    found.sort_by(|a, b| b.share.cmp(&a.share).then_with(|| a.key.cmp(&b.key)));
    found
}

/// How many are judged again.
const JUDGED_AGAIN: usize = 20;

/// A member as the finding lists it.
struct Listed<'f> {
    table: usize,
    row: u32,
    key: &'f str,
    name: &'f Text,
    share: &'f Portion,
}

impl Listed<'_> {
    fn one(&self, square: Option<&Number>, outcome: Outcome) -> Without {
        Without { table: self.table, row: self.row, key: self.key.to_string(), name: self.name.clone(), share: self.share.clone(), square: square.cloned(), outcome }
    }
}

/// The members of a variation by their rows.
fn shares(judged: &Judged, over: usize) -> BTreeMap<u32, Listed<'_>> {
    let mut listed = BTreeMap::new();
    for part in &judged.parts {
        if let Part::Member { table, row, name, key, share, .. } = part
            && *table == over
        {
            listed.insert(*row, Listed { table: *table, row: *row, key, name, share });
        }
    }
    listed
}

/// A variation by its square against the limit of the finding, where that is a number.
fn outcome_of(judged: &Judged, square: &Number) -> Option<Outcome> {
    let Limit::Number { number, op, .. } = &judged.limit else { return None };
    Some(if op.holds(square.cmp(&signed_square(number))) { Outcome::Met } else { Outcome::NotMet })
}

/// All in whole numbers, over one denominator of the values and one of the weights: Σw, Σwx, and Σx and Σx² by what a distance
/// from the mean is weighed by. A variation is made of these, and no denominator is left in it.
struct Sums {
    spread: Spread,
    members: Vec<Whole>,
    weights: Number,
    total: Number,
    first: Number,
    second: Number,
}

/// What a member adds to each of the sums.
struct Whole {
    weight: Number,
    total: Number,
    first: Number,
    second: Number,
}

impl Sums {
    fn of(spread: Spread, members: &[Known]) -> Sums {
        let one = Number::ONE;
        let (_, values) = Number::common(members.iter().map(|member| &member.0));
        let (_, weights) = Number::common(members.iter().map(|member| member.1.as_ref().unwrap_or(&one)));
        let whole = |(value, weight): (&Number, Number)| {
            let total = value * &weight;
            match spread {
                Spread::Weighted => Whole { second: &total * value, first: total.clone(), total, weight },
                Spread::Equal | Spread::Sample => Whole { second: value.square(), first: value.clone(), total, weight },
            }
        };
        let members: Vec<Whole> = values.iter().zip(weights).map(whole).collect();
        let sum = |of: &dyn Fn(&Whole) -> &Number| Number::sum(members.iter().map(|member| of(member).clone()));
        let (total, first, second) = (sum(&|member| &member.total), sum(&|member| &member.first), sum(&|member| &member.second));
        Sums { spread, weights: sum(&|member| &member.weight), total, first, second, members }
    }

    /// The square of the variation of the others: from each sum less what the one left out adds to it.
    ///
    /// With W, S, F, Q for the sums and the mean S ÷ W it is (QW² − 2SFW + NS²) ÷ DS², N the weight of all distances and D what
    /// these are divided by.
    fn without(&self, left_out: usize) -> Option<Number> {
        let others = i64::try_from(self.members.len()).ok()? - 1;
        let one = self.members.get(left_out).filter(|_| others >= 2)?;
        let (weights, total) = (&self.weights - &one.weight, &self.total - &one.total);
        let (first, second) = (&self.first - &one.first, &self.second - &one.second);
        let (count, divisor) = match self.spread {
            Spread::Weighted => (weights.clone(), weights.clone()),
            Spread::Equal => (Number::int(others), Number::int(others)),
            Spread::Sample => (Number::int(others), Number::int(others - 1)),
        };
        let crossed = &(&total * &first) * &Number::int(2);
        let squares = &(&(&(&second * &weights) - &crossed) * &weights) + &(&count * &total.square());
        let square = squares.div(&(&divisor * &total.square())).filter(|_| !weights.is_zero())?;
        Some(if total.is_negative() == weights.is_negative() { square } else { -&square })
    }
}
