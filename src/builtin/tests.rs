//! What holds of percentiles, ranges and indices of inequality whatever the values: tried on random ones.

use fastrand::Rng;

use super::aggregate;
use crate::base::Number;
use crate::model::op::{Aggregate, Aversion, Rank, Statistic};
use crate::model::reduced::{Member, State};
use crate::model::value::{Value, ValueKind};

const INDICES: [Statistic; 4] = [Statistic::Gini, Statistic::Theil, Statistic::Atkinson(Aversion::Half), Statistic::Atkinson(Aversion::Two)];
const PLAIN: [Statistic; 3] = [Statistic::McLoone, Statistic::RangeRatio, Statistic::InterquartileRatio];

type Row = (Number, Option<Number>);

fn half(twice: i64) -> Number {
    Number::ratio(twice, 2).expect("2 is not 0")
}

/// Values above 0, with weights or without.
fn rows(dice: &mut Rng) -> Vec<Row> {
    let weighted = dice.bool();
    (0..dice.usize(2..7)).map(|_| (half(dice.i64(1..40)), weighted.then(|| Number::int(dice.i64(1..9))))).collect()
}

fn state(rows: &[Row]) -> State {
    let member = |(row, (value, weight)): (usize, &Row)| Member { row: u32::try_from(row).expect("few"), value: Value::number(value.clone()), weight: weight.clone().map(Value::number) };
    State { sure: rows.iter().enumerate().map(member).collect(), ..State::default() }
}

/// A decimal of sixty places for what is not rational.
fn reckoned(what: Statistic, rows: &[Row]) -> Number {
    let value = aggregate::value(Aggregate::Statistic(what), &state(rows));
    match &value.kind {
        ValueKind::Real(Some(real)) => real.as_rational().cloned().unwrap_or_else(|| real.round_half_up(60)),
        _ => value.as_range().single().cloned().unwrap_or_else(|| panic!("{what:?} of {rows:?} is {value:?}")),
    }
}

fn tried(law: impl Fn(&mut Rng, &[Row])) {
    for seed in 0..200 {
        let mut dice = Rng::with_seed(seed);
        let rows = rows(&mut dice);
        law(&mut dice, &rows);
    }
}

fn mapped(rows: &[Row], value: impl Fn(&Number) -> Number) -> Vec<Row> {
    rows.iter().map(|(number, weight)| (value(number), weight.clone())).collect()
}

fn rank(hundredths: i64) -> Statistic {
    Statistic::Percentile(Rank::new(&Number::ratio(hundredths, 100).expect("not 0")).expect("from 0 to 1"))
}

#[test]
fn equal_values_have_no_inequality() {
    tried(|_, rows| {
        let equal = mapped(rows, |_| rows[0].0.clone());
        for what in INDICES.iter().chain(&[Statistic::Range]) {
            assert_eq!(reckoned(*what, &equal), Number::ZERO, "{what:?}");
        }
        for what in PLAIN {
            assert_eq!(reckoned(what, &equal), Number::ONE, "{what:?}");
        }
    });
}

#[test]
fn indices_do_not_depend_on_the_scale() {
    tried(|dice, rows| {
        let scale = Number::ratio(dice.i64(1..50), dice.i64(1..50)).expect("not 0");
        let scaled = mapped(rows, |value| value * &scale);
        for what in INDICES.iter().chain(&PLAIN) {
            assert_eq!(reckoned(*what, rows), reckoned(*what, &scaled), "{what:?} {rows:?} × {scale}");
        }
        for what in [Statistic::Range, rank(35)] {
            assert_eq!(&reckoned(what, rows) * &scale, reckoned(what, &scaled), "{what:?}");
        }
    });
}

/// A row of weight 2 is two rows; where every row stands twice nothing changes.
#[test]
fn indices_do_not_depend_on_how_often_all_is_repeated() {
    tried(|_, rows| {
        let twice = [rows, rows].concat();
        let double: Vec<Row> = rows.iter().map(|(value, weight)| (value.clone(), weight.as_ref().map(|weight| weight + weight))).collect();
        let each: Vec<Row> = rows.iter().flat_map(|(value, weight)| std::iter::repeat_n((value.clone(), None), weight.as_ref().and_then(Number::to_i64).map_or(1, |count| usize::try_from(count).expect("few")))).collect();
        for what in INDICES {
            for other in [&twice, &double, &each] {
                assert_eq!(reckoned(what, rows), reckoned(what, other), "{what:?} {rows:?}");
            }
        }
    });
}

/// Pigou and Dalton: what the richest gives to the poorest, and stays the richer, lessens inequality.
#[test]
fn a_gift_from_the_richest_to_the_poorest_lessens_inequality() {
    tried(|_, rows| {
        let mut alike: Vec<Row> = mapped(rows, Number::clone).into_iter().map(|(value, _)| (value, None)).collect();
        alike.sort();
        let last = alike.len() - 1;
        let gift = (&alike[last].0 - &alike[0].0).div(&Number::int(3)).expect("not 0");
        let mut given = alike.clone();
        given[0].0 = &given[0].0 + &gift;
        given[last].0 = &given[last].0 - &gift;
        for what in INDICES {
            let (before, after) = (reckoned(what, &alike), reckoned(what, &given));
            assert!(after < before || gift.is_zero() && after == before, "{what:?} {alike:?}");
        }
    });
}

#[test]
fn indices_keep_their_bounds() {
    tried(|_, rows| {
        for what in INDICES {
            let found = reckoned(what, rows);
            assert!(!found.is_negative(), "{what:?} {rows:?}");
            // A Theil index is at most ln n.
            let most = if what == Statistic::Theil { Number::int(2) } else { Number::ONE };
            assert!(found < most || rows.iter().any(|(_, weight)| weight.is_some()), "{what:?} {rows:?}");
        }
        let index = reckoned(Statistic::McLoone, rows);
        assert!(index > Number::ZERO && index <= Number::ONE, "{rows:?}");
    });
}

#[test]
fn percentiles_rise_from_the_least_to_the_greatest() {
    tried(|_, rows| {
        let found: Vec<Number> = (0..=20).map(|step| reckoned(rank(5 * step), rows)).collect();
        assert!(found.is_sorted(), "{rows:?}");
        let values: Vec<&Number> = rows.iter().map(|(value, _)| value).collect();
        assert_eq!((Some(&&found[0]), Some(&&found[20])), (values.iter().min(), values.iter().max()));
        let alike: Vec<Row> = mapped(rows, Number::clone).into_iter().map(|(value, _)| (value, None)).collect();
        let median = aggregate::value(Aggregate::Median, &state(&alike));
        assert_eq!(Some(&reckoned(rank(50), &alike)), median.as_range().single());
    });
}

#[test]
fn an_index_is_told_apart_from_its_own_decimal() {
    let rows: Vec<Row> = [1, 2, 4].map(|value| (Number::int(value), None)).to_vec();
    let value = aggregate::value(Aggregate::Statistic(Statistic::Theil), &state(&rows));
    let ValueKind::Real(Some(real)) = &value.kind else { panic!("{value:?}") };
    for decimals in [3, 30, 300] {
        let near = real.round_half_up(decimals);
        let (low, high) = real.apart_from(&[&near]);
        assert!((low > near) != (high < near), "{decimals}");
    }
}

#[test]
fn ranks_are_parts_of_one() {
    assert_eq!(Rank::new(&half(1)).map(Rank::part), Some(half(1)));
    assert_eq!([half(3), half(-1), Number::ratio(1, 3).expect("not 0")].map(|part| Rank::new(&part)), [None; 3]);
    assert_eq!([Number::ZERO, Number::ONE].map(|part| Rank::new(&part).map(Rank::part)), [Some(Number::ZERO), Some(Number::ONE)]);
}
