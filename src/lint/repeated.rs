//! A number in a rule that repeats a parameter.
//!
//! # Looks for
//! A requirement with a bare number for a limit, where another requirement holds the same quantity to a parameter, on the
//! same side, that has this very value.
//!
//! # Why
//! When the standard changes, the parameter is changed and the number is forgotten: two papers of one project drifted apart so.
//!
//! # Caught
//! `require size <= 45` in one rule and `require size <= largest_class[stage]` in another.
//!
//! # Not caught
//! The same number for another quantity: that may be chance.
//!
//! # Mend
//! Write the parameter in place of the number.

use std::collections::BTreeMap;

use crate::base::{Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::LimitRepeated;
use crate::model::plan::Constant;

use super::claim::{Claim, Limit};
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let side = |claim: &Claim| (claim.quantity, claim.op.is_floor(), claim.op.is_ceiling());
    let mut parameters: BTreeMap<_, (usize, Span)> = BTreeMap::new();
    for claim in sight.all_claims() {
        if let Limit::Parameter { id, .. } = claim.limit {
            parameters.entry(side(claim)).or_insert((id, claim.span));
        }
    }
    for claim in sight.all_claims() {
        let Limit::Fixed(number) = claim.limit else { continue };
        let Some((id, place)) = parameters.get(&side(claim)).copied() else { continue };
        let def = &sight.plan.parameters[id];
        let last = def.dated.last().into_iter().flat_map(|dated| dated.values.iter().map(|(_, value)| value).chain(&dated.otherwise));
        if last.into_iter().any(|value| *value == Constant::Number(number.clone())) {
            let message = LimitRepeated { name: def.names.short() };
            found.push(Diagnostic::from(message).at(claim.span, Text::default()).at(place, Text::new("the parameter", "标准值")));
        }
    }
}
