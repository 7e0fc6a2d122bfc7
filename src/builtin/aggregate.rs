//! Aggregates: what the state of a group comes to.

use std::collections::BTreeSet;

use crate::base::Number;
use crate::model::op::{Aggregate, Arith, Spread};
use crate::model::reduced::{Member, State, Terms};
use crate::model::value::{Absent, Cause, CauseCode, Place, Range, Value, ValueKind};

use super::interval::arith;
use super::spread::{Known, terms};

/// The value of an aggregate over one group.
///
/// Of nothing: count, sum and count distinct are 0, all else does not apply. Unknown operands and possible members widen
/// it: no cleverer than each row by itself. A group with rows not handed in is unknown.
pub fn value(what: Aggregate, state: &State) -> Value {
    state.value.get_or_init(|| finish(what, state)).clone()
}

/// A variation opened up; `None` while any member is unknown or may be none.
pub fn opened(spread: Spread, state: &State) -> Option<&Terms> {
    let open = || {
        let known: Option<Vec<Known>> = state.sure.iter().map(known).collect();
        known.filter(|_| state.possible.is_empty() && !state.incomplete).and_then(|known| terms(spread, &known))
    };
    state.opened.get_or_init(open).as_ref()
}

fn finish(what: Aggregate, state: &State) -> Value {
    let mut value = if state.incomplete { unknown(what) } else { complete(what, state) };
    if !value.is_settled() {
        value.add_causes(&state.causes);
    }
    value
}

fn unknown(what: Aggregate) -> Value {
    match what {
        Aggregate::Count | Aggregate::CountDistinct | Aggregate::Total { .. } => Value::range(Range::at_least(Number::ZERO)),
        Aggregate::Sum => Value::range(Range::UNKNOWN),
        Aggregate::Variation(_) => Value::of(ValueKind::Spread(None)).absent(Absent::Maybe),
        Aggregate::Statistic(what) => super::statistic::unknown(what).absent(Absent::Maybe),
        _ => Value::range(Range::UNKNOWN).absent(Absent::Maybe),
    }
}

fn complete(what: Aggregate, state: &State) -> Value {
    match what {
        Aggregate::Count => Value::range(state.tally.members()),
        Aggregate::CountDistinct => distinct(state),
        Aggregate::Sum => Value::range(sum(state)),
        Aggregate::Mean => mean(state),
        Aggregate::Min => extreme(state, false),
        Aggregate::Max => extreme(state, true),
        Aggregate::Median => median(state),
        Aggregate::Share => {
            let (share, absent) = super::tally::share(&state.tally);
            maybe_empty(Value::range(share).absent(absent))
        }
        Aggregate::Variation(spread) => {
            // Of fewer than two, whatever is missing, no number could decide it.
            match state.sure.len() + state.possible.len() {
                0 => return no_spread(CauseCode::Empty),
                1 => return no_spread(CauseCode::OneMember),
                _ if !state.possible.is_empty() => return Value::of(ValueKind::Spread(None)).absent(if state.sure.len() < 2 { Absent::Maybe } else { Absent::No }),
                _ => {}
            }
            variation(spread, state)
        }
        Aggregate::Statistic(what) => super::statistic::value(what, state),
        Aggregate::Total { months } => super::total::total(months, state),
    }
}

/// A member whose value and weight are settled.
pub fn known(member: &Member) -> Option<Known> {
    let value = member.value.as_range().single()?.clone();
    match &member.weight {
        Some(weight) => Some((value, Some(weight.as_range().single()?.clone()))),
        None => Some((value, None)),
    }
}

fn variation(spread: Spread, state: &State) -> Value {
    if state.sure.iter().any(|member| known(member).is_none()) {
        return Value::of(ValueKind::Spread(None));
    }
    match opened(spread, state).and_then(|opened| opened.square.clone()) {
        Some(square) => Value::of(ValueKind::Spread(Some(square))),
        None => Value::of(ValueKind::Spread(None)).because(Cause { code: CauseCode::Zero, at: Place::Nowhere }),
    }
}

fn no_spread(code: CauseCode) -> Value {
    Value::of(ValueKind::Spread(None)).absent(Absent::Yes).because(Cause { code, at: Place::Nowhere })
}

fn maybe_empty(value: Value) -> Value {
    if value.absent == Absent::Yes { value.because(Cause { code: CauseCode::Empty, at: Place::Nowhere }) } else { value }
}

fn empty() -> Value {
    maybe_empty(Value::range(Range::UNKNOWN).absent(Absent::Yes))
}

fn distinct(state: &State) -> Value {
    let mut sure = BTreeSet::new();
    let mut open = 0;
    for member in &state.sure {
        match word(&member.value) {
            Some(word) => _ = sure.insert(word),
            None => open += 1,
        }
    }
    let mut all = sure.clone();
    for member in &state.possible {
        match word(&member.value) {
            Some(word) => _ = all.insert(word),
            None => open += 1,
        }
    }
    // A row that is surely there has some value, known or not.
    let least = sure.len().max(usize::from(!state.sure.is_empty()));
    Value::range(Range::between(Number::count(least), Number::count(all.len() + open)))
}

/// A settled value as a word to tell it from others.
fn word(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Number(range) => range.single().map(Number::exact),
        ValueKind::Spread(square) => square.as_ref().map(Number::exact),
        // Whether two of them are equal is not known: the checker lets none be told apart.
        ValueKind::Real(_) => None,
        ValueKind::Truth(_) => value.is_settled().then(|| format!("{:?}", value.as_truth())),
        ValueKind::Text(text) => text.as_ref().map(ToString::to_string),
        ValueKind::Date(date) => date.map(|date| date.to_string()),
        ValueKind::YearMonth(month) => month.map(|month| month.to_string()),
        ValueKind::Term(term) => term.map(|term| term.to_string()),
        ValueKind::Code(code) => code.map(|code| code.to_string()),
    }
}

/// A possible row adds to each end what lowers, or raises, it.
fn sum(state: &State) -> Range {
    let sure = state.sure.iter().fold(Range::exactly(Number::ZERO), |sum, member| arith(Arith::Add, &sum, member.value.as_range()));
    let zero = Range::exactly(Number::ZERO);
    state.possible.iter().fold(sure, |sum, member| arith(Arith::Add, &sum, &member.value.as_range().hull(&zero)))
}

fn mean(state: &State) -> Value {
    if state.sure.is_empty() && state.possible.is_empty() {
        return empty();
    }
    let low = lowest_mean(state, |range| range.low.clone());
    // The highest mean is the lowest of the negatives, turned back.
    let high = lowest_mean(state, |range| range.high.as_ref().map(|high| -high)).map(|high| -&high);
    Value::range(Range { low, high }).absent(if state.sure.is_empty() { Absent::Maybe } else { Absent::No })
}

/// A possible row is taken when it lowers the mean: the lowest first, until one no longer does.
fn lowest_mean(state: &State, end: impl Fn(&Range) -> Option<Number>) -> Option<Number> {
    let mut total = Number::ZERO;
    for member in &state.sure {
        total = &total + &end(member.value.as_range())?;
    }
    let mut count = i64::try_from(state.sure.len()).ok()?;
    let mut possible = state.possible.iter().map(|member| end(member.value.as_range())).collect::<Option<Vec<Number>>>()?;
    possible.sort();
    for number in possible {
        if count > 0 && &number * &Number::int(count) >= total {
            break;
        }
        total = &total + &number;
        count += 1;
    }
    total.div(&Number::int(count))
}

/// The least, or the greatest: possible rows widen it.
fn extreme(state: &State, greatest: bool) -> Value {
    if state.sure.is_empty() && state.possible.is_empty() {
        return empty();
    }
    let turned = |range: &Range| if greatest { super::interval::negate(range) } else { range.clone() };
    let sure: Vec<Range> = state.sure.iter().map(|member| turned(member.value.as_range())).collect();
    let possible: Vec<Range> = state.possible.iter().map(|member| turned(member.value.as_range())).collect();
    let low = sure.iter().chain(&possible).map(|range| range.low.clone()).collect::<Option<Vec<_>>>().and_then(|lows| lows.into_iter().min());
    let high = if sure.is_empty() {
        possible.iter().map(|range| range.high.clone()).collect::<Option<Vec<_>>>().and_then(|highs| highs.into_iter().max())
    } else {
        sure.iter().filter_map(|range| range.high.clone()).min()
    };
    let absent = if state.sure.is_empty() { Absent::Maybe } else { Absent::No };
    Value::range(turned(&Range { low, high })).absent(absent)
}

/// The middle one; of an even number, the mean of the middle two. What is unknown stands at its low end, then at its high
/// one (R9); a row that may be none leaves it unknown.
fn median(state: &State) -> Value {
    if state.sure.is_empty() && state.possible.is_empty() {
        return empty();
    }
    let absent = if state.sure.is_empty() { Absent::Maybe } else { Absent::No };
    if !state.possible.is_empty() {
        return Value::range(Range::UNKNOWN).absent(absent);
    }
    let half = Number::ratio(1, 2).unwrap_or(Number::ZERO);
    Value::range(super::order::placed(&state.sure, &half)).absent(absent)
}
