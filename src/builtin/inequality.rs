//! Indices of inequality between rows, exactly: rational, or real numbers known as closely as anyone asks.
//!
//! In all of them W = Σw, μ = Σwx ÷ W, and every weight is 1 where none is given. All take [`measurable`] values. Errors:
//! `None` where a median or a value is 0 and divides.

use crate::base::{Number, Real};
use crate::model::value::CauseCode;

use super::order::Ordered;

/// Values of which an index can be made: none negative, and not all 0.
pub fn measurable(values: &Ordered) -> Result<&Ordered, CauseCode> {
    match values.least().is_negative() {
        true => Err(CauseCode::Negative),
        false if values.greatest().is_zero() => Err(CauseCode::Zero),
        false => Ok(values),
    }
}

/// Σᵢⱼ wᵢwⱼ|xᵢ − xⱼ| ÷ (2W²μ).
///
/// In the order of values, each lies above all before it: Σᵢⱼ is 2 Σⱼ wⱼ (xⱼ Σwᵢ − Σwᵢxᵢ) over the i before j.
pub fn gini(values: &Ordered) -> Option<Number> {
    // In whole numbers: it is the same on any scale of values and on any of weights.
    let (_, scaled) = Number::common(values.rows.iter().map(|(value, _)| value));
    let (_, weights) = Number::common(values.rows.iter().map(|(_, by)| by));
    let (mut sum, mut weight, mut total) = (Number::ZERO, Number::ZERO, Number::ZERO);
    for (value, by) in scaled.iter().zip(&weights) {
        sum = &sum + &(by * &(&(value * &weight) - &total));
        weight = &weight + by;
        total = &total + &(by * value);
    }
    sum.div(&(&weight * &total))
}

/// Σwx over the rows below the median ÷ (their Σw × the median); 1 where none is below it, for then the lower half has
/// all of the median. A row at the median is not below it. Source: Berne and Stiefel, The Measurement of Equity in
/// School Finance (1984).
pub fn mcloone(values: &Ordered) -> Option<Number> {
    let median = values.quartile(2);
    let below = values.rows.iter().filter(|(value, _)| *value < median);
    let (has, weight): (Vec<Number>, Vec<Number>) = below.map(|(value, by)| (value * by, by.clone())).unzip();
    let (has, weight) = (Number::sum(has), Number::sum(weight));
    if weight.is_zero() { (!median.is_zero()).then_some(Number::ONE) } else { has.div(&(&weight * &median)) }
}

/// Σ (w/W)(x/μ) ln(x/μ), where 0 ln 0 is 0: that is (Σ wx ln x) ÷ Σwx − ln μ.
///
/// It is 0 if all values are equal, else irrational: e to a whole multiple of it is a root of a rational number, and e to
/// a rational number that is not 0 is no such thing (Lindemann).
pub fn theil(values: &Ordered) -> Option<Real> {
    if values.least() == values.greatest() {
        return Some(Real::rational(Number::ZERO));
    }
    let total = values.total();
    let mean = total.div(&values.total_weight())?;
    let terms = values.rows.iter().filter(|(value, _)| !value.is_zero()).map(|(value, weight)| (value * weight, value.clone()));
    Some(Real::logs(terms.collect(), total, mean))
}

/// 1 − (Σ (w/W) √x)² ÷ μ, that is 1 − (Σ w√x)² ÷ (W Σwx).
///
/// Where the product of any two values is a square, all roots are rational multiples of one of them, √g, and the index is
/// rational: with √x = √(xg) ÷ g it is 1 − (Σ w√(xg))² ÷ (g W Σwx). Else it is irrational: the square is a sum of rational
/// numbers and of roots of numbers that are no squares, none of them negative, and such roots add up to nothing rational.
pub fn atkinson_half(values: &Ordered) -> Option<Real> {
    let over = &values.total_weight() * &values.total();
    let some = values.greatest();
    let merged = values.rows.iter().map(|(value, weight)| Some(&(value * &some).square_root()? * weight)).collect::<Option<Vec<Number>>>();
    if let Some(merged) = merged {
        let sum = merged.iter().fold(Number::ZERO, |sum, term| &sum + term);
        let part = sum.square().div(&(&some * &over))?;
        return Some(Real::rational(&Number::ONE - &part));
    }
    let terms = values.rows.iter().filter(|(value, _)| !value.is_zero()).map(|(value, weight)| (weight.clone(), value.clone()));
    Some(Real::roots(terms.collect(), over))
}

/// 1 − (Σ (w/W) ÷ x)⁻¹ ÷ μ, that is 1 − W² ÷ (Σ w/x × Σwx): the harmonic mean beside the plain one.
pub fn atkinson_two(values: &Ordered) -> Option<Number> {
    let inverse = Number::sum(values.rows.iter().map(|(value, weight)| weight.div(value)).collect::<Option<Vec<Number>>>()?);
    let part = values.total_weight().square().div(&(&inverse * &values.total()))?;
    Some(&Number::ONE - &part)
}
