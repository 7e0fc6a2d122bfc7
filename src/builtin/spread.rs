//! Variations between rows, exactly: by their square, the root never taken.

use crate::base::Number;
use crate::model::op::Spread;
use crate::model::reduced::Terms;

/// A known member: its value and, where the formula has one, its weight.
pub type Known = (Number, Option<Number>);

/// The terms of a variation of at least two members.
///
/// Weighted: mean Σwx/W, variance Σ(w/W)(x−mean)². Equal: mean Σx/n, or Σwx/W where weights are given ("pooled");
/// variance Σ(x−mean)²/n. Sample: the same with n − 1. `None` for fewer than two members or weights that sum to 0.
/// Source: 县域义务教育校际均衡指标计算方法.
pub fn terms(spread: Spread, members: &[Known]) -> Option<Terms> {
    let count = i64::try_from(members.len()).ok().filter(|count| *count >= 2)?;
    let one = Number::ONE;
    // All in whole numbers, over one denominator: x = a ÷ d, w = b ÷ e, B = Σb, S = Σab. The mean is S ÷ dB.
    let (over, values) = Number::common(members.iter().map(|member| &member.0));
    let (_, weights) = Number::common(members.iter().map(|member| member.1.as_ref().unwrap_or(&one)));
    let total = Number::sum(weights.iter().cloned());
    if total.is_zero() {
        return None;
    }
    let sum = Number::sum(values.iter().zip(&weights).map(|(value, weight)| value * weight));
    // (x − mean)² is (aB − S)² ÷ d²B².
    let distances = values.iter().map(|value| (&(value * &total) - &sum).square());
    let (terms, divisor): (Vec<Number>, Number) = match spread {
        Spread::Weighted => (distances.zip(&weights).map(|(distance, weight)| &distance * weight).collect(), total.clone()),
        Spread::Equal => (distances.collect(), Number::int(count)),
        Spread::Sample => (distances.collect(), Number::int(count - 1)),
    };
    let all = Number::sum(terms.iter().cloned());
    let square = all.div(&(&divisor * &sum.square())).map(|square| if sum.is_negative() == total.is_negative() { square } else { -&square });
    Some(Terms { terms, over: &(&over * &total).square() * &divisor, all, square })
}

/// The square of a number with its sign: order is kept, so roots are compared by it.
pub fn signed_square(number: &Number) -> Number {
    if number.is_negative() { -&number.square() } else { number.square() }
}
