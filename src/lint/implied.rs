//! A requirement that another one implies.
//!
//! # Looks for
//! Two claims about one quantity of which the looser asks nothing that the stricter does not ask of the same units, on the
//! same days, with at least the same weight.
//!
//! # Why
//! The looser one can never fail alone. It looks as if it counted, and a reader takes the wrong limit for the standard.
//!
//! # Caught
//! `require area >= 50 m2` beside `require area >= 40 m2`.
//!
//! # Not caught
//! A stricter limit in an advice, which fails nothing; a looser one that asks more units; levels; rules that are counted
//! apart.
//!
//! # Mend
//! Delete the looser requirement; or say with `where` whom it asks instead.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::Implied;

use super::claim::{Case, Claim};
use super::pair::Pair;
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let claims = sight.all_claims();
    // What a requirement says, by its place: `between` makes two claims, and only both together can be one too many.
    let mut waiting: BTreeMap<Span, usize> = BTreeMap::new();
    for claim in claims {
        *waiting.entry(claim.span).or_default() += 1;
    }
    let mut told: BTreeSet<(Span, bool)> = BTreeSet::new();
    for pair in sight.pairs(claims) {
        let Some(cases) = sight.cases(pair.first, pair.second, &pair.facts, pair.days) else { continue };
        let turned: Vec<Case> = cases.iter().map(|case| Case { codes: case.codes.clone(), day: case.day, first: case.second.clone(), second: case.first.clone() }).collect();
        // Of two that ask the same the later one is the one too many.
        let (loose, strict, cases) = if pair.second_within && weighs(sight, pair.first, pair.second) && implies(pair.first, pair.second, &cases) {
            (pair.second, pair.first, turned)
        } else if pair.first_within && weighs(sight, pair.second, pair.first) && implies(pair.second, pair.first, &turned) {
            (pair.first, pair.second, cases)
        } else {
            continue;
        };
        // One that is stricter is enough to say so.
        let left = waiting.entry(loose.span).or_default();
        if told.insert((loose.span, loose.op.is_floor())) {
            *left = left.saturating_sub(1);
            if *left == 0 {
                found.push(said(sight, &pair, loose, strict, &cases));
            }
        }
    }
}

/// Whether a breach of the looser is always one of the stricter too, wherever it is counted.
fn weighs(sight: &Sight, strict: &Claim, loose: &Claim) -> bool {
    let (strict, loose) = (&sight.plan.rules[strict.rule], &sight.plan.rules[loose.rule]);
    strict.kind >= loose.kind && loose.part_of.iter().all(|by| strict.part_of.contains(by))
}

/// In every case in which the looser has a limit. A looser one that nothing can fail implies nothing: that is said of it alone.
fn implies(strict: &Claim, loose: &Claim, cases: &[Case]) -> bool {
    let implied = |case: &Case| match (&case.first, &case.second) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(strictest), Some(loosest)) => {
            let (inner, outer) = (strict.bounds(strictest), loose.bounds(loosest));
            !inner.is_empty() && inner.within(&outer) && !loose.natural.within(&outer)
        }
    };
    cases.iter().any(|case| case.second.is_some()) && cases.iter().all(implied)
}

/// `cases` with the looser one first.
fn said(sight: &Sight, pair: &Pair, loose: &Claim, strict: &Claim, cases: &[Case]) -> Diagnostic {
    let case = cases.iter().find(|case| case.first.is_some() && case.second.is_some());
    let (of, outer, inner) = match case {
        Some(case @ Case { first: Some(first), second: Some(second), .. }) => (sight.of_case([pair.first, pair.second], case), Sight::says(loose, first), Sight::says(strict, second)),
        _ => (Text::default(), Text::default(), Text::default()),
    };
    let label = |claim: Text| Text::new(format!("{}{}", claim.en, of.en), format!("{}{}", claim.zh, of.zh));
    let message = Implied {};
    let said = Diagnostic::from(message).at(loose.span, label(outer));
    if loose.span == strict.span { said } else { said.at(strict.span, label(inner)) }
}
