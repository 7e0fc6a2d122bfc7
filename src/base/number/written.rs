//! Numbers as they are written: read from digits, shown as decimals, roots taken. What is cut or rounded is for eyes.

use std::fmt;

use dashu_int::ops::{BitTest, DivRem, SquareRoot};
use dashu_int::{IBig, Sign, UBig};
use dashu_ratio::RBig;

use super::{Number, small, ten_to};

/// How many significant digits a decimal carries at most.
const DECIMAL_DIGITS: usize = 12;
const FEW: u64 = 10u64.pow(12);

impl Number {
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
            let (_, num, den) = small::reduced(num * sign, 10i128.checked_pow(u32::try_from(part.len()).ok()?)?)?;
            return Some(Number::lowest(num, den));
        }
        let num: IBig = all.parse().ok()?;
        Some(Number::from_big(RBig::from_parts(num * IBig::from(sign), ten_to(part.len()))))
    }

    /// `numerator/denominator`, or a whole number.
    pub fn exact(&self) -> String {
        match self.parts_or_big() {
            Ok((num, 1)) => num.to_string(),
            Ok((num, den)) => format!("{num}/{den}"),
            Err(big) if big.is_int() => big.numerator().to_string(),
            Err(big) => format!("{}/{}", big.numerator(), big.denominator()),
        }
    }

    /// As [`Number::exact`]. `None` where that is longer than `most` characters, which is seen without writing it.
    pub fn exact_within(&self, most: usize) -> Option<String> {
        // A decimal digit holds less than four bits.
        let is_far_longer = self.parts_or_big().is_err_and(|big| big.numerator().bit_len() + big.denominator().bit_len() > 4 * most);
        if is_far_longer { None } else { Some(self.exact()).filter(|text| text.len() <= most) }
    }

    /// Whether it is negative, its size's numerator, its denominator.
    fn parts(&self) -> (bool, UBig, UBig) {
        let big = self.big();
        let (sign, num) = big.numerator().clone().into_parts();
        (sign == Sign::Negative, num, big.denominator().clone())
    }

    /// At most twelve significant digits, cut toward zero, with `…` when anything was cut.
    pub fn decimal(&self) -> String {
        if let Some(whole) = self.to_i64().filter(|whole| whole.unsigned_abs() < FEW) {
            return whole.to_string();
        }
        let (negative, num, den) = self.parts();
        decimal(negative, &num, &den)
    }

    /// Exactly `decimals` places, rounded half away from zero: for eyes only.
    pub fn fixed(&self, decimals: u32) -> String {
        let rounded = self.round_half_up(decimals);
        let digits = (&rounded.abs() * &Number::ten_to(decimals)).exact();
        place_point(rounded.is_negative(), &digits, decimals as usize)
    }

    /// As many decimals as the number has, if it has few; else rounded to `most`.
    pub fn plain(&self, most: u32) -> String {
        let text = self.fixed(most);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
    }

    /// The square root, where it is rational.
    pub fn square_root(&self) -> Option<Number> {
        let (negative, num, den) = self.parts();
        let (over, under) = (num.sqrt(), den.sqrt());
        let exact = !negative && over.clone() * over.clone() == num && under.clone() * under.clone() == den;
        exact.then(|| Number::from_big(RBig::from_parts(IBig::from(over), under)))
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
        if exact {
            return Number::from_big(RBig::from_parts(IBig::from(root), ten_to(digits + zeros))).decimal();
        }
        // A digit behind all that are kept says that something follows, also where those cut away are zeros.
        let more = root * UBig::from(10u8) + UBig::ONE;
        Number::from_big(RBig::from_parts(IBig::from(more), ten_to(digits + zeros + 1))).decimal()
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

/// As [`Number::decimal`], of a fraction that need not be in lowest terms.
pub fn decimal(negative: bool, num: &UBig, den: &UBig) -> String {
    let (whole, rest) = num.div_rem(den);
    let whole_digits = if whole == UBig::ZERO { 0 } else { whole.to_string().len() };
    let places = if whole_digits > 0 { DECIMAL_DIGITS.saturating_sub(whole_digits) } else { DECIMAL_DIGITS + leading_zeros(&rest, den) };
    write_decimal(negative, num, den, places, whole_digits)
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
