//! Two requirements that no value meets.
//!
//! # Looks for
//! Two claims about one quantity, of one rule or of two rules that ask the same units on the same days, whose limits leave no
//! value between them. Limits may be numbers or parameters; those are held against one another code by code.
//!
//! # Why
//! Every unit fails, whatever it does; usually a sign was turned or a limit was changed in one place only.
//!
//! # Caught
//! `require size >= 50` and `require size <= 40` of the same rule.
//!
//! # Not caught
//! The same two limits in rules of which one of several suffices, in levels, or in rules that ask different schools: either may
//! be meant.
//!
//! # Mend
//! Correct one of the two limits or signs; or say with `where` that they ask different units.

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::Contradiction;

use super::claim::Case;
use super::pair::Pair;
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let claims = sight.all_claims();
    for pair in sight.pairs(claims) {
        let cases = sight.cases(pair.first, pair.second, &pair.facts, pair.days).unwrap_or_default();
        if let Some(case) = cases.iter().find(|case| is_empty(&pair, case)) {
            found.push(said(sight, &pair, case));
        }
    }
}

/// A limit that cannot be met at all contradicts nothing: that is said of it alone.
fn is_empty(pair: &Pair, case: &Case) -> bool {
    let (Some(first), Some(second)) = (&case.first, &case.second) else { return false };
    let (first, second) = (pair.first.bounds(first), pair.second.bounds(second));
    !first.is_empty() && !second.is_empty() && first.meet(&second).is_empty()
}

fn said(sight: &Sight, pair: &Pair, case: &Case) -> Diagnostic {
    let of = |value: &Option<_>, claim| value.as_ref().map_or_else(Text::default, |value| Sight::says(claim, value));
    let (first, second) = (of(&case.first, pair.first), of(&case.second, pair.second));
    let message = Contradiction { of: sight.of_case([pair.first, pair.second], case) };
    let said = Diagnostic::from(message).at(pair.second.span, second);
    if pair.first.span == pair.second.span { said } else { said.at(pair.first.span, first) }
}
