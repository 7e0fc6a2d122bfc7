//! Real numbers that need not be rational: known by rational bounds that close in on them, as near as anyone asks.
//! Every answer is certain: whoever compares or rounds gets bounds so narrow that but one answer is left.

use dashu_int::ops::{BitTest, DivEuclid, SquareRoot};
use dashu_int::{IBig, UBig};

use super::Number;

/// The first bounds have so many binary places; the next twice as many.
const FIRST_PLACES: usize = 64;
/// As many as nobody needs who only looks.
const NEAR_PLACES: usize = 256;

/// A real number.
///
/// INVARIANT: all forms but the first are irrational, so that closing in on them ends, whatever rational number they are
/// compared with. Whoever makes one knows why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Real(Form);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Rational(Number),
    Root(Number),
    Logs { terms: Vec<(Number, Number)>, over: Number, less: Number },
    Roots { terms: Vec<(Number, Number)>, over: Number },
}

impl Real {
    pub fn rational(number: Number) -> Real {
        Real(Form::Rational(number))
    }

    /// `(Σ a ln b) ÷ over − ln less` for terms (a, b); all of them above 0, and the whole irrational.
    pub fn logs(terms: Vec<(Number, Number)>, over: Number, less: Number) -> Real {
        Real(Form::Logs { terms, over, less })
    }

    /// `1 − (Σ a √b)² ÷ over` for terms (a, b); all of them above 0, and the whole irrational.
    pub fn roots(terms: Vec<(Number, Number)>, over: Number) -> Real {
        Real(Form::Roots { terms, over })
    }

    /// The square root of a number that is not negative.
    pub fn root(square: Number) -> Real {
        square.square_root().map_or(Real(Form::Root(square)), Real::rational)
    }

    /// The number itself, if it is rational.
    pub fn as_rational(&self) -> Option<&Number> {
        match &self.0 {
            Form::Rational(number) => Some(number),
            Form::Root(_) | Form::Logs { .. } | Form::Roots { .. } => None,
        }
    }

    /// Bounds, both included, some seventy decimals apart.
    pub fn near(&self) -> (Number, Number) {
        self.bounds(NEAR_PLACES)
    }

    /// Bounds, both included, between which stands none of the limits, but that a rational number is its own bounds.
    pub fn apart_from(&self, limits: &[&Number]) -> (Number, Number) {
        self.settled(|low, high| (low == high || limits.iter().all(|limit| *limit < low || *limit > high)).then(|| (low.clone(), high.clone())))
    }

    /// Rounded to `decimals` places, halves away from zero.
    pub fn round_half_up(&self, decimals: u32) -> Number {
        self.settled(|low, high| Some(low.round_half_up(decimals)).filter(|rounded| *rounded == high.round_half_up(decimals)))
    }

    /// The greatest whole number not above it.
    pub fn floor(&self) -> Number {
        self.settled(|low, high| Some(low.floor()).filter(|floor| *floor == high.floor()))
    }

    /// The least whole number not below it.
    pub fn ceil(&self) -> Number {
        self.settled(|low, high| Some(low.ceil()).filter(|ceil| *ceil == high.ceil()))
    }

    /// At most twelve significant digits, cut toward zero, with `…` when anything was cut.
    pub fn decimal(&self) -> String {
        self.settled(|low, high| Some(low.decimal()).filter(|decimal| *decimal == high.decimal()))
    }

    /// What the first bounds say that are narrow enough to say anything.
    fn settled<T>(&self, ask: impl Fn(&Number, &Number) -> Option<T>) -> T {
        let mut places = FIRST_PLACES;
        loop {
            let (low, high) = self.bounds(places);
            if let Some(found) = ask(&low, &high) {
                return found;
            }
            places *= 2;
        }
    }

    pub(super) fn bounds(&self, places: usize) -> (Number, Number) {
        let within = match &self.0 {
            Form::Rational(number) => return (number.clone(), number.clone()),
            Form::Root(square) => root(square, places),
            Form::Logs { terms, over, less } => {
                let ln_2 = ln_2(places);
                let sum = terms.iter().fold(Within::nothing(), |sum, (times, of)| sum.plus(&ln(of, &ln_2, places).times(times)));
                sum.over(over).plus(&ln(less, &ln_2, places).turned())
            }
            Form::Roots { terms, over } => {
                let sum = terms.iter().fold(Within::nothing(), |sum, (times, of)| sum.plus(&root(of, places).times(times)));
                Within::whole(1, places).plus(&sum.squared(places).over(over).turned())
            }
        };
        let number = |end: IBig| Number::from_big(dashu_ratio::RBig::from_parts(end, UBig::ONE << places));
        (number(within.low), number(within.high))
    }
}

/// Between two whole numbers of so many binary places, both included.
struct Within {
    low: IBig,
    high: IBig,
}

impl Within {
    fn nothing() -> Within {
        Within { low: IBig::ZERO, high: IBig::ZERO }
    }

    fn whole(number: i64, places: usize) -> Within {
        let end = IBig::from(number) << places;
        Within { low: end.clone(), high: end }
    }

    fn plus(&self, other: &Within) -> Within {
        Within { low: &self.low + &other.low, high: &self.high + &other.high }
    }

    fn turned(&self) -> Within {
        Within { low: -&self.high, high: -&self.low }
    }

    /// Times a number above 0, or 0.
    fn times(&self, by: &Number) -> Within {
        let by = by.big();
        self.scaled(by.numerator(), &IBig::from(by.denominator().clone()))
    }

    /// Divided by a number above 0.
    fn over(&self, by: &Number) -> Within {
        let by = by.big();
        self.scaled(&IBig::from(by.denominator().clone()), by.numerator())
    }

    fn scaled(&self, over: &IBig, under: &IBig) -> Within {
        let floor = |end: IBig| end.div_euclid(under);
        Within { low: floor(&self.low * over), high: -floor(-&self.high * over) }
    }

    /// Of what is not negative.
    fn squared(&self, places: usize) -> Within {
        let one = IBig::ONE << places;
        Within { low: &self.low * &self.low, high: &self.high * &self.high }.scaled(&IBig::ONE, &one)
    }
}

/// The square root of a number that is not negative.
fn root(of: &Number, places: usize) -> Within {
    let (num, den) = parts(of);
    let floor = IBig::from(((num << (2 * places)) / den).sqrt());
    Within { high: &floor + IBig::ONE, low: floor }
}

/// The natural logarithm of a number above 0: of 2ᵏ m with 1 ≤ m < 2 it is k ln 2 + 2 artanh z, with z = (m − 1) ÷ (m + 1).
fn ln(of: &Number, ln_2: &Within, places: usize) -> Within {
    let (mut num, mut den) = parts(of);
    let (above, below) = (num.bit_len(), den.bit_len());
    let mut power = i64::try_from(above).unwrap_or(i64::MAX) - i64::try_from(below).unwrap_or(i64::MAX);
    den <<= above.saturating_sub(below);
    num <<= below.saturating_sub(above);
    if num < den {
        num <<= 1;
        power -= 1;
    }
    let twos = if power < 0 { ln_2.turned() } else { Within { low: ln_2.low.clone(), high: ln_2.high.clone() } };
    let size = Number::int(power.saturating_abs());
    twice_artanh(&(&num - &den), &(num + den), places).plus(&twos.times(&size))
}

/// ln 2 = 2 artanh ⅓.
fn ln_2(places: usize) -> Within {
    twice_artanh(&UBig::ONE, &UBig::from(3u8), places)
}

/// 2 (z + z³/3 + z⁵/5 + …) for a z from 0 to ⅓.
///
/// Each power is cut at the last place, and so is z²: a power is too small by less than 3 of that place, since it has a
/// ninth of what was cut before, less than 1 for z² and less than 1 of its own. With its own division each term is too
/// small by less than 4, and all that come after the last by less than 4 together.
fn twice_artanh(num: &UBig, den: &UBig, places: usize) -> Within {
    let mut power: UBig = (num << places) / den;
    let square: UBig = (&power * &power) >> places;
    let (mut sum, mut odd) = (UBig::ZERO, 1u32);
    while power != UBig::ZERO {
        sum += &power / UBig::from(odd);
        power = (power * &square) >> places;
        odd += 2;
    }
    let terms = u64::from(odd / 2) + 1;
    let low = IBig::from(sum << 1);
    Within { high: &low + IBig::from(8 * terms), low }
}

/// Numerator and denominator of a number that is not negative.
fn parts(of: &Number) -> (UBig, UBig) {
    let big = of.big();
    (big.numerator().clone().into_parts().1, big.denominator().clone())
}
