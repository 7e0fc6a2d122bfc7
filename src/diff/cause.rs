//! What moved a finding: told from judgements in which some of what differs is taken from `b` and the rest from `a`.

use std::collections::BTreeMap;

use crate::model::verdict::Outcome;

use super::moves::Move;
use super::record::Of;

/// What may differ between two judgements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    Data,
    Rule,
    Parameter,
    Date,
    /// What the run was asked: filters, `--strict`.
    Options,
}

impl Factor {
    pub fn code(self) -> &'static str {
        match self {
            Factor::Data => "data",
            Factor::Rule => "rule",
            Factor::Parameter => "parameter",
            Factor::Date => "date",
            Factor::Options => "options",
        }
    }
}

/// What moved a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    pub factors: Vec<Factor>,
    pub manner: Manner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// One factor, whatever the others are.
    Alone,
    /// Each of them would have been enough.
    Either,
    /// Only together.
    Together,
    /// Some of them would have been enough, but undoing those does not undo the change.
    Mixed,
}

/// A judgement of a cross: which of the factors, by their places in the list, were taken from `b`. `None` where that
/// cannot be judged, as new data by old rules that miss a column.
pub struct Cross {
    pub taken: usize,
    pub outcomes: Option<BTreeMap<Of, Outcome>>,
}

/// Says of each finding whose outcome moved what moved it.
///
/// A set of factors moved a finding if taking it alone from `b` brings the change about and taking it alone from `a`
/// undoes it; the smallest such sets are meant, so that comparing `b` with `a` names the same factors. All of them
/// together always are one.
/// INVARIANT: `crosses` has one entry for each set of `factors`, by its bits.
pub fn causes(moves: &mut [Move], factors: &[Factor], crosses: &[Cross]) {
    let all = (1usize << factors.len()) - 1;
    let mut found: Vec<Option<&BTreeMap<Of, Outcome>>> = vec![None; all + 1];
    for cross in crosses.iter().filter(|cross| cross.taken <= all) {
        found[cross.taken] = cross.outcomes.as_ref();
    }
    for one in moves.iter_mut().filter(|one| one.change.is_any()) {
        let (before, after) = (one.before.as_ref().map(|found| found.outcome), one.after.as_ref().map(|found| found.outcome));
        // Of what is new or gone it is asked whether it is there, not how it comes out.
        let is_presence = before.is_none() || after.is_none();
        let same = |found: Option<Outcome>, wanted: Option<Outcome>| if is_presence { found.is_some() == wanted.is_some() } else { found == wanted };
        let is = |taken: usize, wanted: Option<Outcome>| found[taken].is_some_and(|outcomes| same(outcomes.get(&one.of).copied(), wanted));
        one.cause = cause(factors, all, &|taken| is(taken, after), &|taken| is(taken, before));
    }
}

fn cause(factors: &[Factor], all: usize, is_after: &dyn Fn(usize) -> bool, is_before: &dyn Fn(usize) -> bool) -> Option<Cause> {
    // Both ends must come out as they were reported, or the crosses say nothing of this finding.
    if !is_before(0) || !is_after(all) {
        return None;
    }
    let mut sets: Vec<usize> = (1..=all).filter(|set| is_after(*set) && is_before(all & !set)).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    let set = sets.first().copied()?;
    let chosen: Vec<usize> = (0..factors.len()).filter(|at| set & (1 << at) != 0).collect();
    let manner = match chosen.len() {
        1 => Manner::Alone,
        _ if chosen.iter().all(|at| is_after(1 << at)) => Manner::Either,
        _ if (1..set).filter(|part| part & !set == 0).any(is_after) => Manner::Mixed,
        _ => Manner::Together,
    };
    Some(Cause { factors: chosen.iter().map(|at| factors[*at]).collect(), manner })
}

#[cfg(test)]
mod tests {
    use super::{Cause, Factor, Manner, cause};

    const TWO: [Factor; 2] = [Factor::Data, Factor::Rule];

    /// The cause where these sets come out as after, and the others as before.
    fn of(after: &[usize]) -> Option<Cause> {
        cause(&TWO, 3, &|set| after.contains(&set), &|set| !after.contains(&set))
    }

    #[test]
    fn one_factor_alone() {
        assert_eq!(of(&[1, 3]), Some(Cause { factors: vec![Factor::Data], manner: Manner::Alone }));
        assert_eq!(of(&[2, 3]), Some(Cause { factors: vec![Factor::Rule], manner: Manner::Alone }));
    }

    #[test]
    fn two_together_and_either() {
        assert_eq!(of(&[3]).map(|cause| cause.manner), Some(Manner::Together));
        assert_eq!(of(&[1, 2, 3]).map(|cause| cause.manner), Some(Manner::Either));
    }

    /// Seen from the other side the same factors are named.
    #[test]
    fn both_directions_name_the_same_factors() {
        for bits in 0..4usize {
            let after: Vec<usize> = [1usize, 2].into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, set)| set).chain([3]).collect();
            let back: Vec<usize> = (0..4).filter(|set| !after.contains(&(3 - set))).collect();
            assert_eq!(of(&after).map(|cause| cause.factors), of(&back).map(|cause| cause.factors), "{after:?}");
        }
    }

    #[test]
    fn ends_that_do_not_come_out_as_reported_say_nothing() {
        assert_eq!(cause(&TWO, 3, &|_| true, &|_| false), None);
    }
}
