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

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::LimitRepeated;
use crate::model::plan::Constant;

use super::claim::{Claim, Limit};
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let claims = sight.all_claims();
    for claim in &claims {
        let Limit::Fixed(number) = claim.limit else { continue };
        let alike = |other: &&Claim| other.quantity == claim.quantity && other.op.is_floor() == claim.op.is_floor() && other.op.is_ceiling() == claim.op.is_ceiling();
        let parameter = claims.iter().filter(alike).find_map(|other| if let Limit::Parameter { id, .. } = other.limit { Some((id, other.span)) } else { None });
        let Some((id, place)) = parameter else { continue };
        let def = &sight.plan.parameters[id];
        let last = def.dated.last().into_iter().flat_map(|dated| dated.values.iter().map(|(_, value)| value).chain(&dated.otherwise));
        if last.into_iter().any(|value| *value == Constant::Number(number.clone())) {
            let message = LimitRepeated { name: def.names.short() };
            found.push(Diagnostic::from(message).at(claim.span, Text::default()).at(place, Text::new("the parameter", "标准值")));
        }
    }
}
