use super::{Number, Portion};

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
    // The digits that are cut away begin with zeros: those that are kept end in one.
    assert_eq!(number("4351966879968718229909847/7193644306626970064040100").root_decimal(), "0.777800666090…");
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
        super::small::reduced(num, den).map_or(Number::ZERO, |(_, num, den)| Number::lowest(num, den))
    };
    for (one, other) in (0..20_000).map(|_| (any(), any())) {
        assert_eq!(&one + &other, Number::from_big(one.big() + other.big()));
        assert_eq!(&one * &other, Number::from_big(one.big() * other.big()));
        assert_eq!(one.cmp(&other), one.big().cmp(&other.big()));
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

#[test]
fn a_number_is_two_words_and_equal_whichever_way_it_came() {
    assert_eq!(size_of::<Number>(), 16);
    let edge = [i64::MAX, i64::MIN, i64::MIN + 1, i64::MAX - 1, 0, 1, -1, 2, -2];
    for (a, b) in edge.iter().flat_map(|a| edge.iter().map(move |b| (Number::int(*a), Number::int(*b)))) {
        let far = &a * &number("100000000000000000000000000000000000000000000000000");
        assert_eq!(far.div(&number("100000000000000000000000000000000000000000000000000")), Some(a.clone()));
        assert_eq!(&(&a + &b) - &b, a);
        assert_eq!(-&-&a, a);
        if let Some(quotient) = a.div(&b) {
            assert_eq!(&quotient * &b, a);
            assert_eq!(quotient, Number::from_big(a.big() / b.big()));
        }
    }
}

/// ln 2, ln 3 and √2 to sixty places, from tables (OEIS A002162, A002391, A002193).
#[test]
fn reals_close_in_on_what_the_tables_say() {
    let ln = |text: &str| super::Real::logs(vec![(Number::ONE, number(text))], Number::ONE, Number::ONE);
    assert_eq!(ln("2").round_half_up(60), number("0.693147180559945309417232121458176568075500134360255254120680"));
    assert_eq!(ln("3").round_half_up(60), number("1.098612288668109691395245236922525704647490557822749451734694"));
    assert_eq!(ln("1/2").round_half_up(60), -&ln("2").round_half_up(60));
    assert_eq!(ln("9/8").round_half_up(40), (&(&number("2") * &ln("3").round_half_up(50)) - &(&number("3") * &ln("2").round_half_up(50))).round_half_up(40));
    // 1 − (√2 + 1)² ÷ 8 = (5 − 2√2) ÷ 8
    let roots = super::Real::roots(vec![(Number::ONE, number("2")), (Number::ONE, number("1"))], number("8"));
    let two = number("1.414213562373095048801688724209698078569671875376948073176680");
    assert_eq!(roots.round_half_up(50), (&number("5") - &(&number("2") * &two)).div(&number("8")).expect("not 0").round_half_up(50));
}

#[test]
fn reals_are_told_apart_from_any_rational_number() {
    let ln = super::Real::logs(vec![(Number::ONE, number("2"))], Number::ONE, Number::ONE);
    let near = number("0.693147180559945309417232121458176568075500134360255254120680");
    let (low, high) = ln.apart_from(&[&near]);
    assert!(low > near || high < near);
    assert!(high < number("0.7") && low > number("0.69"));
    assert_eq!(ln.decimal(), "0.693147180559…");
    assert_eq!((ln.floor(), ln.ceil()), (Number::ZERO, Number::ONE));
    let half = super::Real::rational(number("1/2"));
    assert_eq!(half.apart_from(&[&number("1/2")]), (number("1/2"), number("1/2")));
    assert_eq!((half.decimal(), half.floor(), half.ceil()), ("0.5".into(), Number::ZERO, Number::ONE));
}

/// The bounds hold what they bound, and close in: the logarithm of a product is the sum of the logarithms.
#[test]
fn bounds_hold_what_they_bound() {
    let mut random = fastrand::Rng::with_seed(5);
    let mut any = || {
        let [over, under] = [(); 2].map(|()| random.i64(1..i64::MAX) >> random.u32(0..60)).map(|number| number.max(1));
        Number::ratio(over, under).expect("not 0")
    };
    for (one, other) in (0..300).map(|_| (any(), any())) {
        let ln = |of: &Number, places: usize| super::Real::logs(vec![(Number::ONE, of.clone())], Number::ONE, Number::ONE).bounds(places);
        let ((a, b), (c, d), (low, high)) = (ln(&one, 64), ln(&other, 64), ln(&(&one * &other), 64));
        assert!(&a + &c <= high && &b + &d >= low, "{one:?} {other:?}");
        let (narrow_low, narrow_high) = ln(&one, 128);
        assert!(a <= narrow_low && narrow_low < narrow_high && narrow_high <= b, "{one:?}");
        assert!(&b - &a < number("0.00000000000001"));
    }
}

#[test]
fn portions_are_what_they_come_to_in_lowest_terms() {
    let over = Number::sum((1..=40).map(|one| Number::ratio(1, 2 * one + 1).expect("not 0")));
    let (common, wholes) = Number::common([&over, &Number::int(3), &Number::ratio(-5, 6).expect("not 0")]);
    assert!(wholes.iter().all(Number::is_whole));
    assert_eq!(wholes.iter().map(|whole| whole.div(&common).expect("not 0")).collect::<Vec<_>>(), [over, Number::int(3), Number::ratio(-5, 6).expect("not 0")]);
    for den in [common.clone(), -&common, Number::ratio(7, 3).expect("not 0")] {
        let portions = Portion::all(&wholes, &den);
        for (portion, whole) in portions.iter().zip(&wholes) {
            let number = whole.div(&den).expect("not 0");
            assert_eq!(portion.number(), number);
            assert_eq!(portion.decimal(), number.decimal());
            assert_eq!(portion.round_half_up(4), number.round_half_up(4));
            assert_eq!(portion.exact(4096), Some(number.exact()));
            assert_eq!(portion.cmp(&portions[0]), number.cmp(&wholes[0].div(&den).expect("not 0")));
        }
    }
    assert!(Portion::all(&wholes, &Number::ZERO).iter().all(|portion| portion.number().is_zero()));
}

#[test]
fn a_long_portion_is_exact_where_it_comes_to_small_numbers() {
    let long = (1..=600).fold(Number::ONE, |all, one| &all * &Number::int(one * one + 1));
    let portions = Portion::all(&[&long * &Number::int(-3), Number::ZERO, &long + &Number::ONE, long.clone()], &(&long * &Number::int(7)));
    let exact: Vec<Option<String>> = portions.iter().map(|portion| portion.exact(64)).collect();
    assert_eq!(exact, [Some("-3/7".to_string()), Some("0".to_string()), None, Some("1/7".to_string())]);
}
