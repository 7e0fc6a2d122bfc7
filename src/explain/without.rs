//! A variation without each of its members: by sums from which one member is taken, and by judging again without it.

use crate::base::{Date, Number};
use crate::builtin::aggregate::known;
use crate::builtin::spread::Known;
use crate::eval::{At, World};
use crate::model::explained::Without;
use crate::model::op::Spread;
use crate::model::plan::{NodeKind, Plan};
use crate::model::reduced::{Reduced, State};
use crate::model::table::Tables;
use crate::model::verdict::{Figure, Finding, Judged, Outcome, Part};

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
    let mut found = Vec::new();
    for (left_out, member) in whole.sure.iter().enumerate() {
        let sure = whole.sure.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, member)| member.clone()).collect();
        if let Some(state) = group.and_then(|group| reduced.states.get_mut(id)?.get_mut(group)) {
            *state = State { sure, ..State::default() };
        }
        let Some(judged) = judge(&reduced).map(|finding| finding.judged) else { continue };
        let square = if let Figure::Spread { square } = &judged.value { Some(square.clone()) } else { None };
        if square == taken_out(spread, &members, left_out) {
            found.extend(one(&finding.judged, plan.aggregates[id].over, member.row, square.as_ref(), judged.outcome));
        }
    }
    found.sort_by(|a, b| b.share.cmp(&a.share).then_with(|| a.key.cmp(&b.key)));
    found
}

fn one(judged: &Judged, over: usize, wanted: u32, square: Option<&Number>, outcome: Outcome) -> Option<Without> {
    judged.parts.iter().find_map(|part| match part {
        Part::Member { table, row, name, key, share, .. } if (*table, *row) == (over, wanted) => {
            Some(Without { table: *table, row: *row, key: key.clone(), name: name.clone(), share: share.clone(), square: square.cloned(), outcome })
        }
        _ => None,
    })
}

/// The square of the variation of the others, from Σw, Σwx, Σwx², Σx and Σx² less what the one left out adds to them.
fn taken_out(spread: Spread, members: &[Known], left_out: usize) -> Option<Number> {
    let others = i64::try_from(members.len()).ok().filter(|count| *count > 2)? - 1;
    let weight = |member: &Known| member.1.clone().unwrap_or(Number::ONE);
    let less = |term: &dyn Fn(&Known) -> Number| &members.iter().fold(Number::ZERO, |sum, member| &sum + &term(member)) - &term(&members[left_out]);
    let weights = less(&weight);
    let mean = less(&|member| &weight(member) * &member.0).div(&weights)?;
    let (count, first, second) = match spread {
        Spread::Weighted => (weights.clone(), less(&|member| &weight(member) * &member.0), less(&|member| &weight(member) * &member.0.square())),
        Spread::Equal | Spread::Sample => (Number::int(others), less(&|member| member.0.clone()), less(&|member| member.0.square())),
    };
    let divisor = if spread == Spread::Sample { Number::int(others - 1) } else { count.clone() };
    let squares = &(&second - &(&(&mean * &first) * &Number::int(2))) + &(&count * &mean.square());
    let square = squares.div(&divisor)?.div(&mean.square())?;
    Some(if mean.is_negative() { -&square } else { square })
}
