//! Exact rational numbers: small ones in machine integers, large ones promoted, the same to every user.
//! No rounding happens here but where a name says so.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use dashu_int::ops::{DivRem, SquareRoot};
use dashu_int::{IBig, Sign, UBig};
use dashu_ratio::RBig;

/// An exact rational number, always in lowest terms with a positive denominator.
///
/// INVARIANT: a value that fits machine integers is `Small`, so that equality is structural.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small { num: i128, den: i128 },
    Big(Box<RBig>),
}

/// How many significant digits a decimal carries at most.
const DECIMAL_DIGITS: usize = 12;

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // Most numbers are small, and dividing them is far quicker.
        if let (Ok(small), Ok(other)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(small_gcd(small, other));
        }
        (a, b) = (b, a % b);
    }
    a
}

fn small_gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The greatest common divisor with a positive number, and both divided by it.
fn reduced(a: i128, b: i128) -> Option<(i128, i128, i128)> {
    let common = i128::try_from(gcd(a.unsigned_abs(), b.unsigned_abs())).ok()?;
    Some(if common == 1 { (1, a, b) } else { (common, a / common, b / common) })
}

/// a/b × c/d, both in lowest terms. Shortening crosswise beforehand leaves lowest terms and keeps the products small.
/// Errors: `None` where machine integers are too small.
fn product((a, b): (i128, i128), (c, d): (i128, i128)) -> Option<Number> {
    let (_, a, d) = reduced(a, d)?;
    let (_, c, b) = reduced(c, b)?;
    Some(Number(Form::Small { num: a.checked_mul(c)?, den: b.checked_mul(d)? }))
}

/// a/b + c/d, both in lowest terms. Only what the denominators share can be shortened. Errors: as [`product`].
fn sum((a, b): (i128, i128), (c, d): (i128, i128)) -> Option<Number> {
    let (common, b_rest, d_rest) = reduced(b, d)?;
    let num = a.checked_mul(d_rest)?.checked_add(c.checked_mul(b_rest)?)?;
    let (shared, num, _) = reduced(num, common)?;
    Some(Number(Form::Small { num, den: b_rest.checked_mul(d / shared)? }))
}

fn ten_to(power: usize) -> UBig {
    UBig::from(10u8).pow(power)
}

impl Number {
    pub const ZERO: Number = Number(Form::Small { num: 0, den: 1 });
    pub const ONE: Number = Number(Form::Small { num: 1, den: 1 });

    /// A whole number.
    pub fn int(whole: i64) -> Number {
        Number(Form::Small { num: i128::from(whole), den: 1 })
    }

    /// `num / den`. Errors: `None` when `den` is 0.
    pub fn ratio(num: i64, den: i64) -> Option<Number> {
        Number::int(num).div(&Number::int(den))
    }

    fn small(num: i128, den: i128) -> Option<Number> {
        if den == 1 {
            return Some(Number(Form::Small { num, den }));
        }
        let divisor = i128::try_from(gcd(num.unsigned_abs(), den.unsigned_abs())).ok()?;
        let (num, den) = (num / divisor, den / divisor);
        Some(Number(if den < 0 { Form::Small { num: num.checked_neg()?, den: den.checked_neg()? } } else { Form::Small { num, den } }))
    }

    fn from_big(big: RBig) -> Number {
        match (i128::try_from(big.numerator()), i128::try_from(big.denominator())) {
            (Ok(num), Ok(den)) => Number(Form::Small { num, den }),
            _ => Number(Form::Big(Box::new(big))),
        }
    }

    fn big(&self) -> RBig {
        match &self.0 {
            Form::Small { num, den } => RBig::from_parts(IBig::from(*num), UBig::from(den.unsigned_abs())),
            Form::Big(big) => (**big).clone(),
        }
    }

    /// Digits with an optional sign and decimal point, as `-0.45`; nothing else.
    pub fn parse(text: &str) -> Option<Number> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let sound = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !sound(whole) || !sound(part) || (digits.contains('.') && part.is_empty()) {
            return None;
        }
        let all = format!("{whole}{part}");
        if all.len() <= 36 {
            let num: i128 = all.parse().ok()?;
            return Number::small(num * sign, 10i128.checked_pow(u32::try_from(part.len()).ok()?)?);
        }
        let num: IBig = all.parse().ok()?;
        Some(Number::from_big(RBig::from_parts(num * IBig::from(sign), ten_to(part.len()))))
    }

    /// `self / other`. Errors: `None` when `other` is 0.
    pub fn div(&self, other: &Number) -> Option<Number> {
        if other.is_zero() {
            return None;
        }
        if let (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) = (&self.0, &other.0) {
            // The sign goes up, where the denominator would be negative.
            let turned = if *c < 0 { c.checked_neg().map(|c| (-d, c)) } else { Some((*d, *c)) };
            if let Some(found) = turned.and_then(|(d, c)| product((*a, *b), (d, c))) {
                return Some(found);
            }
        }
        Some(Number::from_big(self.big() / other.big()))
    }

    pub fn is_zero(&self) -> bool {
        matches!(self.0, Form::Small { num: 0, .. })
    }

    pub fn is_negative(&self) -> bool {
        *self < Number::ZERO
    }

    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Form::Small { den, .. } => *den == 1,
            Form::Big(big) => big.is_int(),
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
        match &self.0 {
            Form::Small { num, den } => Number(Form::Small { num: num.div_euclid(*den), den: 1 }),
            Form::Big(big) => Number::from_big(RBig::from(big.floor())),
        }
    }

    /// The least whole number not below `self`.
    pub fn ceil(&self) -> Number {
        -&(-self).floor()
    }

    /// Rounded to `decimals` places, halves away from zero.
    pub fn round_half_up(&self, decimals: u32) -> Number {
        let scale = Number::from_big(RBig::from(IBig::from(ten_to(decimals as usize))));
        let half = Number(Form::Small { num: 1, den: 2 });
        let size = (&(&self.abs() * &scale) + &half).floor().div(&scale).unwrap_or(Number::ZERO);
        if self.is_negative() { -&size } else { size }
    }

    /// Rounded to `decimals` places, away from zero if anything is cut.
    pub fn round_up(&self, decimals: u32) -> Number {
        let scale = Number::from_big(RBig::from(IBig::from(ten_to(decimals as usize))));
        let size = (&self.abs() * &scale).ceil().div(&scale).unwrap_or(Number::ZERO);
        if self.is_negative() { -&size } else { size }
    }

    /// A whole number as a machine integer. Errors: `None` when it is not whole or does not fit.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Small { num, den: 1 } => i64::try_from(*num).ok(),
            _ => None,
        }
    }

    /// `numerator/denominator`, or a whole number.
    pub fn exact(&self) -> String {
        match &self.0 {
            Form::Small { num, den: 1 } => num.to_string(),
            Form::Small { num, den } => format!("{num}/{den}"),
            Form::Big(big) if big.is_int() => big.numerator().to_string(),
            Form::Big(big) => format!("{}/{}", big.numerator(), big.denominator()),
        }
    }

    fn parts(&self) -> (bool, UBig, UBig) {
        let big = self.big();
        let (sign, num) = big.numerator().clone().into_parts();
        (sign == Sign::Negative, num, big.denominator().clone())
    }

    /// At most twelve significant digits, cut toward zero, with `…` when anything was cut.
    pub fn decimal(&self) -> String {
        let (negative, num, den) = self.parts();
        let (whole, rest) = num.clone().div_rem(&den);
        let whole_digits = if whole == UBig::ZERO { 0 } else { whole.to_string().len() };
        let places = if whole_digits > 0 { DECIMAL_DIGITS.saturating_sub(whole_digits) } else { DECIMAL_DIGITS + leading_zeros(&rest, &den) };
        write_decimal(negative, &num, &den, places, whole_digits)
    }

    /// Exactly `decimals` places, rounded half away from zero: for eyes only.
    pub fn fixed(&self, decimals: u32) -> String {
        let (negative, num, den) = self.round_half_up(decimals).parts();
        let digits = (num * ten_to(decimals as usize) / den).to_string();
        place_point(negative, &digits, decimals as usize)
    }

    /// As many decimals as the number has, if it has few; else rounded to `most`.
    pub fn plain(&self, most: u32) -> String {
        let text = self.fixed(most);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
    }

    /// The square root as a decimal cut toward zero, for a value that is not negative.
    pub fn root_decimal(&self) -> String {
        let digits = DECIMAL_DIGITS + 3;
        let (_, num, den) = self.parts();
        let zeros = leading_zeros(&(num.clone() % den.clone()), &den);
        let scale = ten_to(2 * (digits + zeros));
        let (scaled, rest) = (num * scale).div_rem(den);
        let root = scaled.sqrt();
        let exact = rest == UBig::ZERO && root.clone() * root.clone() == scaled;
        let root = Number::from_big(RBig::from_parts(IBig::from(root), ten_to(digits + zeros))).decimal();
        if exact || root.ends_with('…') { root } else { format!("{root}…") }
    }

    /// The square root rounded half up to `decimals` places, for a value that is not negative.
    ///
    /// The half is decided exactly, by squares.
    pub fn root_rounded(&self, decimals: u32) -> Number {
        let (_, num, den) = self.parts();
        let doubled = ten_to(decimals as usize) * UBig::from(2u8);
        // floor(2·10^d·√x) is enough: half up means floor((that + 1) / 2).
        let root = ((num * doubled.clone() * doubled) / den).sqrt();
        let rounded = (root + UBig::ONE) / UBig::from(2u8);
        Number::from_big(RBig::from_parts(IBig::from(rounded), ten_to(decimals as usize)))
    }
}

fn leading_zeros(rest: &UBig, den: &UBig) -> usize {
    if *rest == UBig::ZERO {
        return 0;
    }
    let mut scaled = rest.clone() * UBig::from(10u8);
    let mut zeros = 0;
    while scaled < *den {
        scaled *= UBig::from(10u8);
        zeros += 1;
    }
    zeros
}

fn write_decimal(negative: bool, num: &UBig, den: &UBig, places: usize, whole_digits: usize) -> String {
    let (scaled, cut) = (num.clone() * ten_to(places)).div_rem(den);
    let mut digits = scaled.to_string();
    let mut was_cut = cut != UBig::ZERO;
    if whole_digits > DECIMAL_DIGITS {
        was_cut |= digits[DECIMAL_DIGITS..].bytes().any(|digit| digit != b'0');
        digits = format!("{}{}", &digits[..DECIMAL_DIGITS], "0".repeat(whole_digits - DECIMAL_DIGITS));
    }
    let text = place_point(negative, &digits, places);
    if was_cut {
        return format!("{text}…");
    }
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

fn place_point(negative: bool, digits: &str, decimals: usize) -> String {
    let sign = if negative && digits.bytes().any(|digit| digit != b'0') { "-" } else { "" };
    if decimals == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, part) = padded.split_at(padded.len() - decimals);
    format!("{sign}{whole}.{part}")
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        if let (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) = (&self.0, &other.0)
            && let (Some(left), Some(right)) = (a.checked_mul(*d), c.checked_mul(*b))
        {
            return left.cmp(&right);
        }
        self.big().cmp(&other.big())
    }
}

impl Add for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        if let (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) = (&self.0, &other.0)
            && let Some(found) = sum((*a, *b), (*c, *d))
        {
            return found;
        }
        Number::from_big(self.big() + other.big())
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
        if let (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) = (&self.0, &other.0)
            && let Some(found) = product((*a, *b), (*c, *d))
        {
            return found;
        }
        Number::from_big(self.big() * other.big())
    }
}

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        match &self.0 {
            Form::Small { num, den } if *num != i128::MIN => Number(Form::Small { num: -num, den: *den }),
            _ => Number::from_big(-self.big()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact())
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn number(text: &str) -> Number {
        match text.split_once('/') {
            Some((num, den)) => number(num).div(&number(den)).expect("a denominator that is not 0"),
            None => Number::parse(text).expect("a number"),
        }
    }

    #[test]
    fn decimals_are_cut_toward_zero_at_twelve_digits() {
        assert_eq!(number("2023/450").decimal(), "4.49555555555…");
        assert_eq!(number("-1/225").decimal(), "-0.00444444444444…");
        assert_eq!(number("9/2").decimal(), "4.5");
        assert_eq!(number("1234567890123456").decimal(), "1234567890120000…");
        assert_eq!(number("0").decimal(), "0");
        assert_eq!(number("12000").decimal(), "12000");
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(number("0.125").round_half_up(2), number("0.13"));
        assert_eq!(number("-0.125").round_half_up(2), number("-0.13"));
        assert_eq!(number("2023/450").fixed(2), "4.50");
        assert_eq!(number("-0.001").fixed(2), "0.00");
    }

    #[test]
    fn roots_are_decided_by_squares() {
        let square = number("3343375367537/12593253949265");
        assert!(square.root_decimal().starts_with("0.51525"), "{}", square.root_decimal());
        assert_eq!(number("1/4").root_decimal(), "0.5");
        assert_eq!(number("2").root_decimal(), "1.41421356237…");
        assert_eq!(number("0.251001").root_rounded(2), number("0.5"));
        assert_eq!(number("0.255025").root_rounded(2), number("0.51"));
        assert_eq!(number("0").root_decimal(), "0");
    }

    #[test]
    fn large_numbers_promote_and_come_back() {
        let mut sum = Number::ZERO;
        for den in 1..=120 {
            sum = &sum + &Number::ratio(1, den).expect("not 0");
        }
        for den in 1..=120 {
            sum = &sum - &Number::ratio(1, den).expect("not 0");
        }
        assert_eq!(sum, Number::ZERO);
    }

    #[test]
    fn small_and_large_arithmetic_agree() {
        let mut random = fastrand::Rng::with_seed(3);
        let mut any = || {
            let bits = random.u32(..127);
            let (num, den) = (random.i128(..) >> bits, (random.i128(..) >> random.u32(..127)).checked_abs().unwrap_or(1).max(1));
            Number::small(num, den).unwrap_or(Number::ZERO)
        };
        for (one, other) in (0..20_000).map(|_| (any(), any())) {
            assert_eq!(&one + &other, Number::from_big(one.big() + other.big()));
            assert_eq!(&one * &other, Number::from_big(one.big() * other.big()));
            assert_eq!(one.div(&other), (!other.is_zero()).then(|| Number::from_big(one.big() / other.big())));
        }
    }

    #[test]
    fn texts_that_are_no_number() {
        for text in ["", "-", ".5", "5.", "1e3", "1,000", "１", "--1", "1.2.3"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(number("123456789012345678901234567890123456789012345").exact(), "123456789012345678901234567890123456789012345");
    }

    #[test]
    fn floors_and_ceilings() {
        assert_eq!(number("-7/2").floor(), number("-4"));
        assert_eq!(number("-7/2").ceil(), number("-3"));
        assert_eq!(number("13/12").ceil(), number("2"));
        assert_eq!(number("1.21").round_up(1), number("1.3"));
    }
}
