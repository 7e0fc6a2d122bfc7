//! A variation without each of its members: by sums from which one member is taken, and by judging again without it.

use std::collections::BTreeMap;

use crate::base::{Date, Number, Text};
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
    let Some(place) = group.and_then(|group| reduced.states.get_mut(id)?.get_mut(group)) else { return Vec::new() };
    let whole = std::mem::take(place);
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
        let square = sums.without(&members[left_out]);
        let worked_out = square.as_ref().filter(|_| agreed && place_in_order >= JUDGED_AGAIN).and_then(|square| outcome_of(&finding.judged, square));
        if let Some(outcome) = worked_out {
            found.extend(shares.get(&member.row).map(|part| part.one(square.as_ref(), outcome)));
            continue;
        }
        let sure = whole.sure.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, member)| member.clone()).collect();
        if let Some(state) = group.and_then(|group| reduced.states.get_mut(id)?.get_mut(group)) {
            *state = State { sure, ..State::default() };
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
    share: &'f Number,
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

/// Σw, Σwx, Σwx² by the weights of the mean and by those of the distances, which a variation is made of.
struct Sums {
    spread: Spread,
    count: i64,
    weights: Number,
    total: Number,
    first: Number,
    second: Number,
}

impl Sums {
    fn of(spread: Spread, members: &[Known]) -> Sums {
        let sum = |term: &dyn Fn(&Known) -> Number| Number::sum(members.iter().map(term));
        Sums {
            spread,
            count: i64::try_from(members.len()).unwrap_or(i64::MAX),
            weights: sum(&weight),
            total: sum(&|member| &weight(member) * &member.0),
            first: sum(&|member| &distant(spread, member) * &member.0),
            second: sum(&|member| &distant(spread, member) * &member.0.square()),
        }
    }

    /// The square of the variation of the others: from each sum less what the one left out adds to it.
    fn without(&self, one: &Known) -> Option<Number> {
        if self.count < 3 {
            return None;
        }
        let by = distant(self.spread, one);
        let weights = &self.weights - &weight(one);
        let mean = (&self.total - &(&weight(one) * &one.0)).div(&weights)?;
        let (first, second) = (&self.first - &(&by * &one.0), &self.second - &(&by * &one.0.square()));
        let count = if self.spread == Spread::Weighted { weights } else { Number::int(self.count - 1) };
        let divisor = if self.spread == Spread::Sample { Number::int(self.count - 2) } else { count.clone() };
        let squares = &(&second - &(&(&mean * &first) * &Number::int(2))) + &(&count * &mean.square());
        let square = squares.div(&divisor)?.div(&mean.square())?;
        Some(if mean.is_negative() { -&square } else { square })
    }
}

fn weight(member: &Known) -> Number {
    member.1.clone().unwrap_or(Number::ONE)
}

/// What a member's distance from the mean is weighed by.
fn distant(spread: Spread, member: &Known) -> Number {
    if spread == Spread::Weighted { weight(member) } else { Number::ONE }
}
