//! Plain interval arithmetic: each appearance of a value bounded by itself, ends exact, an open end open.

use std::cmp::Ordering;

use crate::base::Number;
use crate::model::op::{Arith, Compare};
use crate::model::value::{Range, Truth};

/// An end of an interval, or what lies beyond all numbers.
#[derive(Clone, PartialEq, Eq)]
enum End {
    Below,
    At(Number),
    Beyond,
}

impl End {
    fn low(range: &Range) -> End {
        range.low.clone().map_or(End::Below, End::At)
    }

    fn high(range: &Range) -> End {
        range.high.clone().map_or(End::Beyond, End::At)
    }

    fn sign(&self) -> Ordering {
        match self {
            End::Below => Ordering::Less,
            End::At(number) => number.cmp(&Number::ZERO),
            End::Beyond => Ordering::Greater,
        }
    }

    fn order(&self, other: &End) -> Ordering {
        let rank = |end: &End| match end {
            End::Below => 0,
            End::At(_) => 1,
            End::Beyond => 2,
        };
        match (self, other) {
            (End::At(a), End::At(b)) => a.cmp(b),
            _ => rank(self).cmp(&rank(other)),
        }
    }

    /// Nothing times anything is nothing, however far it goes.
    fn times(&self, other: &End) -> End {
        match (self, other) {
            (End::At(a), End::At(b)) => End::At(a * b),
            _ => match (self.sign(), other.sign()) {
                (Ordering::Equal, _) | (_, Ordering::Equal) => End::At(Number::ZERO),
                (a, b) if a == b => End::Beyond,
                _ => End::Below,
            },
        }
    }

    fn finite(self) -> Option<Number> {
        match self {
            End::At(number) => Some(number),
            End::Below | End::Beyond => None,
        }
    }
}

/// `left op right`. A division by an interval that holds 0 is unbounded: the caller says what a zero means.
pub fn arith(op: Arith, left: &Range, right: &Range) -> Range {
    if let (Some(a), Some(b)) = (left.single(), right.single()) {
        let exact = match op {
            Arith::Add => Some(a + b),
            Arith::Sub => Some(a - b),
            Arith::Mul => Some(a * b),
            Arith::Div => a.div(b),
        };
        return exact.map_or(Range::UNKNOWN, Range::exactly);
    }
    match op {
        Arith::Add => Range { low: both(left.low.as_ref(), right.low.as_ref(), |a, b| a + b), high: both(left.high.as_ref(), right.high.as_ref(), |a, b| a + b) },
        Arith::Sub => arith(Arith::Add, left, &negate(right)),
        Arith::Mul => multiply(left, right),
        Arith::Div if right.may_be_zero() => Range::UNKNOWN,
        Arith::Div => multiply(left, &invert(right)),
    }
}

fn both(a: Option<&Number>, b: Option<&Number>, op: impl Fn(&Number, &Number) -> Number) -> Option<Number> {
    a.zip(b).map(|(a, b)| op(a, b))
}

pub fn negate(range: &Range) -> Range {
    let turn = |end: &Option<Number>| end.as_ref().map(|end| -end);
    Range { low: turn(&range.high), high: turn(&range.low) }
}

fn multiply(left: &Range, right: &Range) -> Range {
    let lefts = [End::low(left), End::high(left)];
    let rights = [End::low(right), End::high(right)];
    let products: Vec<End> = lefts.iter().flat_map(|a| rights.iter().map(|b| a.times(b))).collect();
    let least = products.iter().min_by(|a, b| a.order(b)).cloned().unwrap_or(End::Below);
    let most = products.into_iter().max_by(End::order).unwrap_or(End::Beyond);
    Range { low: least.finite(), high: most.finite() }
}

/// 1 over an interval that does not hold 0.
fn invert(range: &Range) -> Range {
    let turn = |end: &Option<Number>| match end {
        Some(end) => Number::ONE.div(end),
        // Towards an open end the inverse comes down to nothing.
        None => Some(Number::ZERO),
    };
    Range { low: turn(&range.high), high: turn(&range.low) }
}

/// What a count in [low, high] above 0 divides to: its zero is another matter, said by the caller.
pub fn divide_by_count(left: &Range, count: &Range, least: Option<Number>) -> Range {
    let Some(least) = least else { return Range::UNKNOWN };
    let most = count.high.clone();
    let inverse = Range { low: most.map_or(Some(Number::ZERO), |most| Number::ONE.div(&most)), high: Number::ONE.div(&least) };
    multiply(left, &inverse)
}

/// Decided where the whole of both intervals agrees.
pub fn compare(op: Compare, left: &Range, right: &Range) -> Truth {
    let before = |a: &Option<Number>, b: &Option<Number>, or_equal: bool| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| if or_equal { a <= b } else { a < b });
    let (surely, never) = match op {
        Compare::Ge => (before(&right.high, &left.low, true), before(&left.high, &right.low, false)),
        Compare::Gt => (before(&right.high, &left.low, false), before(&left.high, &right.low, true)),
        Compare::Le => return compare(Compare::Ge, right, left),
        Compare::Lt => return compare(Compare::Gt, right, left),
        Compare::Eq => (left.single().is_some() && left.single() == right.single(), before(&left.high, &right.low, false) || before(&right.high, &left.low, false)),
        Compare::Ne => return compare(Compare::Eq, left, right).not(),
    };
    match (surely, never) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Arith, Number, Range, arith};

    fn range(low: Option<i64>, high: Option<i64>) -> Range {
        Range { low: low.map(Number::int), high: high.map(Number::int) }
    }

    #[test]
    fn open_ends_stay_open() {
        assert_eq!(arith(Arith::Sub, &range(Some(9), Some(9)), &range(Some(0), None)), range(None, Some(9)));
        assert_eq!(arith(Arith::Mul, &range(Some(0), None), &range(Some(2), Some(3))), range(Some(0), None));
        assert_eq!(arith(Arith::Mul, &range(None, Some(-1)), &range(Some(0), None)), range(None, Some(0)));
    }

    #[test]
    fn a_divisor_that_may_be_zero_bounds_nothing() {
        assert_eq!(arith(Arith::Div, &range(Some(1), Some(1)), &range(Some(0), None)), Range::UNKNOWN);
        assert_eq!(arith(Arith::Div, &range(Some(6), Some(8)), &range(Some(2), None)), range(Some(0), Some(4)));
    }
}
