//! Fractions as they were made, perhaps not in lowest terms: of thousands with one large denominator, each costs no more
//! than its numerator. To shorten each of them would cost more than all that is done with them.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use dashu_int::ops::{BitTest, DivRem, Gcd};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::{Number, written};

/// One of many fractions of one denominator.
#[derive(Clone, Debug)]
pub struct Portion {
    num: IBig,
    /// INVARIANT: above 0.
    den: Arc<UBig>,
}

impl Number {
    /// The least number above 0 that makes all of them whole, and each of them times that.
    pub fn common<'n>(numbers: impl IntoIterator<Item = &'n Number>) -> (Number, Vec<Number>) {
        let numbers: Vec<&Number> = numbers.into_iter().collect();
        let mut left: Vec<UBig> = numbers.iter().map(|number| number.big().into_parts().1).collect::<BTreeSet<UBig>>().into_iter().collect();
        // Neighbours first, so that few large ones are made of many.
        while left.len() > 1 {
            left = left.chunks(2).map(|pair| pair.iter().fold(UBig::ONE, |one, other| &one / (&one).gcd(other) * other)).collect();
        }
        let over = Number::from_big(RBig::from(left.pop().unwrap_or(UBig::ONE)));
        let wholes = numbers.into_iter().map(|number| number * &over).collect();
        (over, wholes)
    }
}

impl Portion {
    /// Each of the whole numerators over the one denominator, in order; of a denominator that is 0, each is 0.
    pub fn all(nums: &[Number], den: &Number) -> Vec<Portion> {
        // Over a/b is over a, times b.
        let (over, times) = den.big().into_parts();
        let (sign, over) = over.into_parts();
        let times = if over == UBig::ZERO { IBig::ZERO } else { IBig::from_parts(sign, times) };
        let den = Arc::new(if over == UBig::ZERO { UBig::ONE } else { over });
        nums.iter().map(|num| Portion { num: num.big().numerator() * &times, den: Arc::clone(&den) }).collect()
    }

    /// In lowest terms.
    pub fn number(&self) -> Number {
        Number::from_big(RBig::from_parts(self.num.clone(), (*self.den).clone()))
    }

    /// At most twelve significant digits, as [`Number::decimal`].
    pub fn decimal(&self) -> String {
        let (sign, size) = self.num.clone().into_parts();
        written::decimal(sign == dashu_int::Sign::Negative, &size, &self.den)
    }

    /// Rounded to `decimals` places, halves away from zero.
    pub fn round_half_up(&self, decimals: u32) -> Number {
        let (sign, size) = self.num.clone().into_parts();
        let scaled = size * super::ten_to(decimals as usize) * UBig::from(2u8) + &*self.den;
        let rounded = scaled / (UBig::from(2u8) * &*self.den);
        Number::from_big(RBig::from_parts(IBig::from_parts(sign, rounded), super::ten_to(decimals as usize)))
    }

    /// In lowest terms as text. `None` where that is longer than `most` characters, or where the fraction as it was made
    /// is more than twice as long and does not come to a short one.
    pub fn exact(&self, most: usize) -> Option<String> {
        let bits = self.num.bit_len() + self.den.bit_len();
        let number = if bits <= 6 * most { Some(self.number()) } else { self.short() };
        number.and_then(|number| number.exact_within(most))
    }

    /// The fraction of two numbers of at most 32 bits that it comes to, if there is one. Two such that differ lie further apart
    /// than the binary places that are looked at, so that it is met on the way to these: among their continued fractions.
    fn short(&self) -> Option<Number> {
        const PLACES: usize = 130;
        const MOST_BITS: usize = 32;
        let (sign, size) = self.num.clone().into_parts();
        let (scaled, _) = ((size.clone() << PLACES) + (&*self.den >> 1usize)).div_rem(&*self.den);
        let (mut over, mut under) = (scaled, UBig::ONE << PLACES);
        let (mut last, mut now) = ((UBig::ZERO, UBig::ONE), (UBig::ONE, UBig::ZERO));
        while under != UBig::ZERO {
            let (whole, rest) = over.div_rem(&under);
            let next = (&whole * &now.0 + &last.0, &whole * &now.1 + &last.1);
            if next.0.bit_len() > MOST_BITS || next.1.bit_len() > MOST_BITS {
                return None;
            }
            // Only where it came very near is it worth comparing exactly.
            if &under >> MOST_BITS >= rest && &next.0 * &*self.den == &next.1 * &size {
                return Some(Number::from_big(RBig::from_parts(IBig::from_parts(sign, next.0), next.1)));
            }
            (last, now) = (now, next);
            (over, under) = (under, rest);
        }
        None
    }
}

impl From<Number> for Portion {
    fn from(number: Number) -> Portion {
        let (num, den) = number.big().into_parts();
        Portion { num, den: Arc::new(den) }
    }
}

impl PartialEq for Portion {
    fn eq(&self, other: &Portion) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Portion {}

impl PartialOrd for Portion {
    fn partial_cmp(&self, other: &Portion) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Portion {
    fn cmp(&self, other: &Portion) -> Ordering {
        if Arc::ptr_eq(&self.den, &other.den) || self.den == other.den {
            return self.num.cmp(&other.num);
        }
        (&self.num * IBig::from((*other.den).clone())).cmp(&(&other.num * IBig::from((*self.den).clone())))
    }
}
