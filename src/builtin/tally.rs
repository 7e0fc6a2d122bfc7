//! Sentences about rows, decided from a tally: how many satisfy, breach or leave open what is said of them.

use crate::base::Number;
use crate::model::op::{Bound, Compare};
use crate::model::plan::{Amount, Quantity};
use crate::model::reduced::{State, Tally};
use crate::model::value::{Absent, Range, Truth, Value, ValueKind};

use super::interval::compare;

/// The share of the rows that satisfy, and whether there may be no rows at all.
///
/// Low end: rows surely in the denominator, plus every possible row that may fail, none of the open numerators counted.
/// High end: those surely in, plus every possible row that may satisfy, all open numerators counted.
pub fn share(tally: &Tally) -> (Range, Absent) {
    let low = Number::count(tally.sure_true).div(&Number::count(tally.sure() + tally.possible_false + tally.possible_open));
    let high = Number::count(tally.sure_true + tally.sure_open + tally.possible_true + tally.possible_open).div(&Number::count(tally.sure() + tally.possible_true + tally.possible_open));
    let absent = match (tally.sure(), tally.possible()) {
        (0, 0) => Absent::Yes,
        (0, _) => Absent::Maybe,
        _ => Absent::No,
    };
    // Where only rows that surely satisfy, or surely fail, may be there at all, the share is theirs.
    (Range::between(low.unwrap_or(Number::ONE), high.unwrap_or(Number::ZERO)), absent)
}

/// A whole sentence of one step: a statement with the causes of the state.
pub fn sentence(quantity: Quantity, bound: Bound, amount: &Amount, state: &State) -> Value {
    let may_be_empty = !(quantity == Quantity::No || quantity == Quantity::Bounds && matches!(amount, Amount::Rows(_)));
    let open = || Value::truth(Truth::Unknown).absent(if may_be_empty { Absent::Maybe } else { Absent::No });
    let settled = if state.incomplete { open() } else { judge(quantity, bound, amount, &state.tally) };
    let mut value = settled;
    if !state.incomplete && !state.zeros.is_empty() && let Some(of_rows) = required_of_rows(quantity, bound) {
        // Where the sentence is required so is what is said of rows, or it must not be true of them.
        let read = |is_required: bool| judge(quantity, bound, amount, &state.read(is_required == of_rows)).as_truth();
        value = value.said(read(true), read(false));
    }
    if !value.is_settled() {
        value.add_causes(&state.causes);
    }
    value
}

/// Whether a sentence that is required asks of rows that something be true of them, or that it be not; neither, where there
/// can be too few as well as too many.
pub fn required_of_rows(quantity: Quantity, bound: Bound) -> Option<bool> {
    match (quantity, bound) {
        (Quantity::Every | Quantity::All, _) | (Quantity::Bounds, Bound::AtLeast) => Some(true),
        (Quantity::No, _) | (Quantity::Bounds, Bound::AtMost) => Some(false),
        (Quantity::Bounds, Bound::Exactly) => None,
    }
}

fn judge(quantity: Quantity, bound: Bound, amount: &Amount, tally: &Tally) -> Value {
    let zero = Range::exactly(Number::ZERO);
    match (quantity, amount) {
        (Quantity::Every | Quantity::All, _) => {
            let (_, absent) = share(tally);
            let never = tally.sure() + tally.possible_true + tally.possible_open == 0;
            Value::of(ValueKind::Truth(if never { Truth::False } else { compare(Compare::Le, &tally.breached(), &zero) })).absent(absent)
        }
        (Quantity::No, _) => Value::truth(compare(Compare::Le, &tally.satisfied(), &zero)),
        (Quantity::Bounds, Amount::Rows(rows)) => Value::truth(compare(bound.compare(), &tally.satisfied(), &Range::exactly(rows.clone()))),
        (Quantity::Bounds, Amount::Share(wanted)) => {
            let (share, absent) = share(tally);
            Value::of(ValueKind::Truth(compare(bound.compare(), &share, &Range::exactly(wanted.clone())))).absent(absent)
        }
    }
}
