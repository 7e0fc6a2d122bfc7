//! Percentiles, ranges and indices of inequality: what the state of a group comes to.

use std::sync::Arc;

use crate::base::Real;
use crate::model::op::{Aversion, Statistic};
use crate::model::reduced::State;
use crate::model::value::{Absent, Cause, CauseCode, Place, Range, Value, ValueKind};

use super::aggregate::known;
use super::inequality::{atkinson_half, atkinson_two, gini, mcloone, measurable, theil};
use super::order::Ordered;
use super::spread::Known;

/// Of nothing none applies, and of one row no spread, whatever is missing. A percentile without weights lies between that of
/// all low ends and that of all high ends (R9). Else any unknown value, weight or member leaves the value unknown, without
/// bounds. What has no value by its formula is unknown too, with the reason.
pub fn value(what: Statistic, state: &State) -> Value {
    let fewest = if what.is_spread() { 2 } else { 1 };
    let (sure, most) = (state.sure.len(), state.sure.len() + state.possible.len());
    if most < fewest {
        let code = if most == 0 { CauseCode::Empty } else { CauseCode::OneMember };
        return unknown(what).absent(Absent::Yes).because(Cause { code, at: Place::Nowhere });
    }
    if let (Statistic::Percentile(rank), true) = (what, sure == most && state.sure.iter().all(|member| member.weight.is_none())) {
        return Value::range(super::order::placed(&state.sure, &rank.part()));
    }
    let members: Option<Vec<Known>> = state.sure.iter().map(known).collect();
    match members.filter(|_| sure == most) {
        Some(members) => found(what, &members).unwrap_or_else(|code| unknown(what).because(Cause { code, at: Place::Nowhere })),
        None => unknown(what).absent(if sure < fewest { Absent::Maybe } else { Absent::No }),
    }
}

/// A value of which nothing is known.
pub fn unknown(what: Statistic) -> Value {
    if what.is_real() { Value::of(ValueKind::Real(None)) } else { Value::range(Range::UNKNOWN) }
}

fn found(what: Statistic, members: &[Known]) -> Result<Value, CauseCode> {
    let values = &Ordered::of(members)?;
    let number = match what {
        Statistic::Theil => return measurable(values).and_then(|values| real(theil(values))),
        Statistic::Atkinson(Aversion::Half) => return measurable(values).and_then(|values| real(atkinson_half(values))),
        Statistic::Percentile(rank) => Some(values.percentile(&rank.part())),
        Statistic::Range => Some(&values.greatest() - &values.least()),
        Statistic::RangeRatio => values.greatest().div(&values.least()),
        Statistic::InterquartileRatio => values.quartile(3).div(&values.quartile(1)),
        Statistic::Gini => gini(measurable(values)?),
        Statistic::McLoone => mcloone(measurable(values)?),
        Statistic::Atkinson(Aversion::Two) => atkinson_two(measurable(values)?),
    };
    number.map(Value::number).ok_or(CauseCode::Zero)
}

fn real(found: Option<Real>) -> Result<Value, CauseCode> {
    found.map(|real| Value::of(ValueKind::Real(Some(Arc::new(real))))).ok_or(CauseCode::Zero)
}
