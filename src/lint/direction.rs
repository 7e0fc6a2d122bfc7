//! A ratio judged the wrong way round against its unit.
//!
//! # Looks for
//! A floor for persons served over what serves them (pupils per teacher, per class, per room, per square metre), and a ceiling
//! for what serves over persons served (teachers, rooms or square metres per pupil), told by the unit of the quantity alone.
//! Money is left out: what each pupil is charged has a ceiling. Grades, layers and exceptions are looked at as requirements are.
//!
//! # Why
//! More pupils for each teacher are worse, more area for each pupil is better: turned round, the rule passes the worst.
//!
//! # Caught
//! `require pupils / teachers >= 17 pupil/teacher`.
//!
//! # Not caught
//! The same floor beside a ceiling for the same quantity: then a range is meant. A ratio of plain numbers.
//!
//! # Mend
//! Turn the sign, or the ratio.

use std::collections::BTreeSet;

use crate::base::{Text, Unit};
use crate::diag::Diagnostic;
use crate::diag::catalog::WrongWayRound;
use crate::model::plan::{NodeKind, Type};

use super::claim::{Claim, Limit};
use super::sight::Sight;

const SERVED: &[&str] = &["pupil"];
const SERVING: &[&str] = &["teacher", "class", "room", "m2"];

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let claims: Vec<Claim> = (0..sight.plan.rules.len()).flat_map(|rule| sight.every_claim(rule)).collect();
    let floors: BTreeSet<usize> = claims.iter().filter(|claim| claim.op.is_floor()).map(|claim| claim.quantity).collect();
    let ceilings: BTreeSet<usize> = claims.iter().filter(|claim| claim.op.is_ceiling()).map(|claim| claim.quantity).collect();
    for claim in &claims {
        let Some((unit, burden)) = ratio(claim) else { continue };
        let wrong = if burden { claim.op.is_floor() && !ceilings.contains(&claim.quantity) } else { claim.op.is_ceiling() && !floors.contains(&claim.quantity) };
        if wrong {
            found.push(said(sight, claim, &unit, burden));
        }
    }
}

/// The unit of a claim's quantity, and whether it is persons served over what serves them; `None` if it is no such ratio.
fn ratio(claim: &Claim) -> Option<(Unit, bool)> {
    let Type::Number(unit) = &claim.node?.ty else { return None };
    let powers: Vec<(&str, i8)> = unit.powers().collect();
    let [(one, above), (other, below)] = powers[..] else { return None };
    let (over, under) = match (above, below) {
        (1, -1) => (one, other),
        (-1, 1) => (other, one),
        _ => return None,
    };
    match () {
        () if SERVED.contains(&over) && SERVING.contains(&under) => Some((unit.clone(), true)),
        () if SERVING.contains(&over) && SERVED.contains(&under) => Some((unit.clone(), false)),
        () => None,
    }
}

fn said(sight: &Sight, claim: &Claim, unit: &Unit, burden: bool) -> Diagnostic {
    let (better, wanted) = if burden { (Text::new("the less the better", "越小越好"), "r_le") } else { (Text::new("the more the better", "越大越好"), "r_ge") };
    let sign = Text::from(claim.op.sign());
    let wanted = crate::model::word::word(wanted).map(|word| Text::new(word.text().en, word.text().zh)).unwrap_or_default();
    let message = WrongWayRound { unit: Text::new(unit.text().en.trim(), unit.text().zh.trim()), better, sign, wanted };
    let label = if burden { Text::new("a floor for a burden", "对负担设下限") } else { Text::new("a ceiling for a resource", "对资源设上限") };
    let said = Diagnostic::from(message).at(claim.span, label);
    let declared = match (claim.limit, claim.node.map(|node| &*node.kind)) {
        (Limit::Parameter { id, .. }, _) => Some(sight.plan.parameters[id].span),
        (_, Some(NodeKind::Measure(measure))) => Some(sight.plan.measures[*measure].span),
        _ => None,
    };
    let unit = Text::new(format!("in {}", unit.text().en.trim()), format!("单位：{}", unit.text().zh.trim()));
    declared.map_or(said.clone(), |span| said.at(span, unit))
}
