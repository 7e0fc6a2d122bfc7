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
    let weight = |member: &Known| member.1.clone().unwrap_or_else(|| one.clone());
    let total = Number::sum(members.iter().map(weight));
    let mean = Number::sum(members.iter().map(|(value, by)| value * by.as_ref().unwrap_or(&one))).div(&total)?;
    let share = |member: &Known| match spread {
        Spread::Weighted => weight(member).div(&total),
        Spread::Equal => Number::ratio(1, count),
        Spread::Sample => Number::ratio(1, count - 1),
    };
    let terms = members.iter().map(|member| Some(&(&member.0 - &mean).square() * &share(member)?)).collect::<Option<Vec<Number>>>()?;
    let variance = Number::sum(terms.iter().cloned());
    let square = variance.div(&mean.square()).map(|square| if mean.is_negative() { -&square } else { square });
    Some(Terms { mean, terms, variance, square })
}

/// The square of a number with its sign: order is kept, so roots are compared by it.
pub fn signed_square(number: &Number) -> Number {
    if number.is_negative() { -&number.square() } else { number.square() }
}
