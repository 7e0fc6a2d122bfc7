//! Fractions of machine integers, in lowest terms with denominators above 0: each answer is one again.
//! Errors: `None` where machine integers are too small.

use std::cmp::Ordering;
use std::num::NonZeroU64;

type Small = (i64, NonZeroU64);
type Wide = (i128, i128);

/// Two products of one signed and one unsigned word: none leaves 127 bits.
pub fn order((a, b): Small, (c, d): Small) -> Ordering {
    if b == d { a.cmp(&c) } else { (i128::from(a) * i128::from(d.get())).cmp(&(i128::from(c) * i128::from(b.get()))) }
}

/// a/b × c/d. Shortening crosswise beforehand leaves lowest terms.
pub fn product((a, b): Small, (c, d): Small) -> Option<Wide> {
    if (b.get(), d.get()) == (1, 1) {
        return Some((i128::from(a) * i128::from(c), 1));
    }
    let (a, d) = shortened(a, d.get());
    let (c, b) = shortened(c, b.get());
    Some((a * c, i128::try_from(u128::from(b) * u128::from(d)).ok()?))
}

/// a/b + c/d. Only what the denominators share can be shortened.
pub fn sum((a, b): Small, (c, d): Small) -> Option<Wide> {
    let (b, d) = (b.get(), d.get());
    if b == d && b == 1 {
        return Some((i128::from(a) + i128::from(c), 1));
    }
    let common = gcd(b, d);
    let (b_rest, d_rest) = (b / common, d / common);
    let num = (i128::from(a) * i128::from(d_rest)).checked_add(i128::from(c) * i128::from(b_rest))?;
    let shared = gcd(u64::try_from(num.unsigned_abs() % u128::from(common)).ok()?, common);
    Some((num / i128::from(shared), i128::try_from(u128::from(b_rest) * u128::from(d / shared)).ok()?))
}

/// As [`order`].
pub fn wide_order((a, b): Wide, (c, d): Wide) -> Option<Ordering> {
    Some(a.checked_mul(d)?.cmp(&c.checked_mul(b)?))
}

/// As [`product`].
pub fn wide_product((a, b): Wide, (c, d): Wide) -> Option<Wide> {
    let (_, a, d) = reduced(a, d)?;
    let (_, c, b) = reduced(c, b)?;
    Some((a.checked_mul(c)?, b.checked_mul(d)?))
}

/// As [`sum`].
pub fn wide_sum((a, b): Wide, (c, d): Wide) -> Option<Wide> {
    let (common, b_rest, d_rest) = reduced(b, d)?;
    let num = a.checked_mul(d_rest)?.checked_add(c.checked_mul(b_rest)?)?;
    let (shared, num, _) = reduced(num, common)?;
    Some((num, b_rest.checked_mul(d / shared)?))
}

/// Both divided by what they share.
fn shortened(num: i64, den: u64) -> (i128, u64) {
    let common = gcd(num.unsigned_abs(), den);
    if common == 1 { (i128::from(num), den) } else { (i128::from(num) / i128::from(common), den / common) }
}

/// The greatest common divisor with a number above 0, and both divided by it.
pub fn reduced(a: i128, b: i128) -> Option<(i128, i128, i128)> {
    let common = i128::try_from(wide_gcd(a.unsigned_abs(), b.unsigned_abs())).ok()?;
    Some(if common == 1 { (1, a, b) } else { (common, a / common, b / common) })
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        if b == 1 {
            return 1;
        }
        (a, b) = (b, a % b);
    }
    a
}

/// By halves and differences: to divide wide numbers would take far longer.
fn wide_gcd(a: u128, b: u128) -> u128 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let (mut a, mut b, twos) = (a >> a.trailing_zeros(), b >> b.trailing_zeros(), (a | b).trailing_zeros());
    while a != b {
        if let (Ok(small), Ok(other)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd(small, other)) << twos;
        }
        if a < b {
            (a, b) = (b, a);
        }
        a -= b;
        a >>= a.trailing_zeros();
    }
    a << twos
}
