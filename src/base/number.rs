//! Exact rational numbers: small ones in machine integers, large ones promoted, the same to every user.
//! No rounding happens here but where a name says so.

mod portion;
mod real;
mod small;
#[cfg(test)]
mod tests;
mod written;

pub use portion::Portion;
pub use real::Real;

use std::cmp::Ordering;
use std::num::NonZeroU64;
use std::ops::{Add, Mul, Neg, Sub};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// An exact rational number, always in lowest terms with a positive denominator.
///
/// INVARIANT: a value has the first form that holds it, so that equality is structural.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Form);

/// Tables are full of numbers, so that the form of most of them is kept to two words.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small { num: i64, den: NonZeroU64 },
    Large(Box<Large>),
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Large {
    Wide { num: i128, den: i128 },
    Big(RBig),
}

impl Number {
    pub const ZERO: Number = Number::int(0);
    pub const ONE: Number = Number::int(1);

    /// A whole number.
    pub const fn int(whole: i64) -> Number {
        Number(Form::Small { num: whole, den: NonZeroU64::MIN })
    }

    /// How many there are.
    pub fn count(count: impl TryInto<i64>) -> Number {
        Number::int(count.try_into().unwrap_or(i64::MAX))
    }

    /// All of them together; of none, 0. Neighbours first, so that few large numbers are made of many with other denominators.
    pub fn sum(numbers: impl IntoIterator<Item = Number>) -> Number {
        let mut left: Vec<Number> = numbers.into_iter().collect();
        while left.len() > 1 {
            let both = |pair: &[Number]| match pair {
                [one, other] => one + other,
                one => one.first().cloned().unwrap_or(Number::ZERO),
            };
            left = left.chunks(2).map(both).collect();
        }
        left.pop().unwrap_or(Number::ZERO)
    }

    /// `num / den`. Errors: `None` when `den` is 0.
    pub fn ratio(num: i64, den: i64) -> Option<Number> {
        Number::int(num).div(&Number::int(den))
    }

    /// In lowest terms already, the denominator above 0.
    fn lowest(num: i128, den: i128) -> Number {
        match (i64::try_from(num), u64::try_from(den).ok().and_then(NonZeroU64::new)) {
            (Ok(num), Some(den)) => Number(Form::Small { num, den }),
            _ => Number(Form::Large(Box::new(Large::Wide { num, den }))),
        }
    }

    fn from_big(big: RBig) -> Number {
        match (i128::try_from(big.numerator()), i128::try_from(big.denominator())) {
            (Ok(num), Ok(den)) => Number::lowest(num, den),
            _ => Number(Form::Large(Box::new(Large::Big(big)))),
        }
    }

    /// Numerator and denominator. Errors: what machine integers are too small for.
    fn parts_or_big(&self) -> Result<(i128, i128), &RBig> {
        match &self.0 {
            Form::Small { num, den } => Ok((i128::from(*num), i128::from(den.get()))),
            Form::Large(large) => match &**large {
                Large::Wide { num, den } => Ok((*num, *den)),
                Large::Big(big) => Err(big),
            },
        }
    }

    fn pair(&self) -> Option<(i128, i128)> {
        self.parts_or_big().ok()
    }

    fn big(&self) -> RBig {
        match self.parts_or_big() {
            Ok((num, den)) => RBig::from_parts(IBig::from(num), UBig::from(den.unsigned_abs())),
            Err(big) => big.clone(),
        }
    }

    /// `self / other`. Errors: `None` when `other` is 0.
    pub fn div(&self, other: &Number) -> Option<Number> {
        if other.is_zero() {
            return None;
        }
        let inverse = match other.pair() {
            Some((num, den)) if num > 0 => Some(Number::lowest(den, num)),
            // The sign goes up, where the denominator would be negative.
            Some((num, den)) => num.checked_neg().map(|num| Number::lowest(-den, num)),
            None => None,
        };
        Some(inverse.map_or_else(|| Number::from_big(self.big() / other.big()), |inverse| self * &inverse))
    }

    pub fn is_zero(&self) -> bool {
        matches!(self.0, Form::Small { num: 0, .. })
    }

    pub fn is_negative(&self) -> bool {
        *self < Number::ZERO
    }

    pub fn is_whole(&self) -> bool {
        match self.parts_or_big() {
            Ok((_, den)) => den == 1,
            Err(big) => big.is_int(),
        }
    }

    pub fn abs(&self) -> Number {
        if self.is_negative() { -self } else { self.clone() }
    }

    pub fn square(&self) -> Number {
        self * self
    }

    /// The greatest whole number not above `self`.
    pub fn floor(&self) -> Number {
        match self.parts_or_big() {
            Ok((num, den)) => Number::lowest(num.div_euclid(den), 1),
            Err(big) => Number::from_big(RBig::from(big.floor())),
        }
    }

    /// The least whole number not below `self`.
    pub fn ceil(&self) -> Number {
        -&(-self).floor()
    }

    /// Rounded to `decimals` places, halves away from zero.
    pub fn round_half_up(&self, decimals: u32) -> Number {
        let scale = Number::ten_to(decimals);
        let half = Number(Form::Small { num: 1, den: NonZeroU64::MIN.saturating_add(1) });
        let size = (&(&self.abs() * &scale) + &half).floor().div(&scale).unwrap_or(Number::ZERO);
        if self.is_negative() { -&size } else { size }
    }

    /// Rounded to `decimals` places, away from zero if anything is cut.
    pub fn round_up(&self, decimals: u32) -> Number {
        let scale = Number::ten_to(decimals);
        let size = (&self.abs() * &scale).ceil().div(&scale).unwrap_or(Number::ZERO);
        if self.is_negative() { -&size } else { size }
    }

    /// A whole number as a machine integer. Errors: `None` when it is not whole or does not fit.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Small { num, den } if den.get() == 1 => Some(*num),
            _ => None,
        }
    }

    fn ten_to(power: u32) -> Number {
        match 10i64.checked_pow(power) {
            Some(scale) => Number::int(scale),
            None => Number::from_big(RBig::from(IBig::from(ten_to(power as usize)))),
        }
    }
}

fn ten_to(power: usize) -> UBig {
    UBig::from(10u8).pow(power)
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) => small::order((*a, *b), (*c, *d)),
            _ => match (self.parts_or_big(), other.parts_or_big()) {
                (Err(one), Err(other)) => one.cmp(other),
                (Ok(left), Ok(right)) => small::wide_order(left, right).unwrap_or_else(|| self.big().cmp(&other.big())),
                _ => self.big().cmp(&other.big()),
            },
        }
    }
}

impl Add for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        let found = match (&self.0, &other.0) {
            (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) => small::sum((*a, *b), (*c, *d)),
            _ => self.pair().zip(other.pair()).and_then(|(one, other)| small::wide_sum(one, other)),
        };
        found.map_or_else(|| Number::from_big(self.big() + other.big()), |(num, den)| Number::lowest(num, den))
    }
}

impl Sub for &Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        self + &-other
    }
}

impl Mul for &Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        let found = match (&self.0, &other.0) {
            (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) => small::product((*a, *b), (*c, *d)),
            _ => self.pair().zip(other.pair()).and_then(|(one, other)| small::wide_product(one, other)),
        };
        found.map_or_else(|| Number::from_big(self.big() * other.big()), |(num, den)| Number::lowest(num, den))
    }
}

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        match self.pair().and_then(|(num, den)| num.checked_neg().zip(Some(den))) {
            Some((num, den)) => Number::lowest(num, den),
            None => Number::from_big(-self.big()),
        }
    }
}
