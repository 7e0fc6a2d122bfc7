//! Numbers as people read them: a value in its unit, a distance, the arithmetic with numbers put in.
//! Machine formats take the exact number and only `shown` from here.

use crate::base::{Lang, Number, Real, Text, Unit};
use crate::model::op::Compare;
use crate::model::plan::Rest;
use crate::model::said;
use crate::model::value::Range;
use crate::model::verdict::{Figure, Limit, Piece};

use super::phrase;

/// Decimals of a number that a rule file or a cell holds.
const WRITTEN: u32 = 6;
/// Beyond these decimals a distance is no longer looked for.
const FARTHEST: u32 = 30;

fn hundredfold(ratio: &Number) -> Number {
    ratio * &Number::int(100)
}

/// A value rounded for eyes, without its unit; a percent with its sign.
pub fn shown(number: &Number, unit: &Unit, show: u32) -> String {
    if unit.is_percent() { format!("{}%", hundredfold(number).fixed(show)) } else { number.fixed(show) }
}

/// The number as it would be written in a rule file or a cell, without its unit; a percent with its sign. What has an end is
/// never rounded: `8.9999999` is no 9.
pub fn written(number: &Number, unit: &Unit) -> String {
    if unit.is_percent() { format!("{}%", plain(&hundredfold(number))) } else { plain(number) }
}

fn plain(number: &Number) -> String {
    let exact = [WRITTEN, FARTHEST].into_iter().find(|decimals| number.round_half_up(*decimals) == *number);
    number.plain(exact.unwrap_or(WRITTEN))
}

/// A plain ratio as percent.
pub fn percent(ratio: &Number) -> String {
    format!("{}%", plain(&hundredfold(ratio)))
}

/// A value where it is the exact one that counts: to twelve digits, cut and not rounded.
pub fn precise(number: &Number, unit: &Unit) -> String {
    if unit.is_percent() { format!("{}%", hundredfold(number).decimal()) } else { number.decimal() }
}

/// A ratio as percent with two decimals.
pub fn rounded_percent(ratio: &Number) -> String {
    format!("{}%", hundredfold(ratio).fixed(2))
}

pub fn with_unit(number: &str, unit: &Unit, lang: Lang) -> String {
    unit.amount(number).get(lang).to_string()
}

/// A unit without a number, as the head of a column.
pub fn unit_alone(unit: &Unit, lang: Lang) -> String {
    match lang {
        Lang::En => unit.english(false),
        Lang::Zh => unit.short_zh(),
    }
}

/// A distance in its unit: with more decimals than are shown where it would otherwise look like nothing.
pub fn distance(margin: &Number, unit: &Unit, show: u32, lang: Lang) -> String {
    let size = if unit.is_percent() { hundredfold(&margin.abs()) } else { margin.abs() };
    let decimals = (show..=FARTHEST).find(|decimals| !size.round_half_up(*decimals).is_zero()).unwrap_or(show);
    let text = size.fixed(decimals);
    if unit.is_percent() { phrase::percentage_points(&text).get(lang).to_string() } else { with_unit(&text, unit, lang) }
}

/// `value − limit` of a variation, which is known by its square: the root to far more decimals than are shown.
///
/// The flag says whether the number is the exact one.
pub fn root_margin(square: &Number, limit: &Number, op: Compare) -> (Number, bool) {
    let root = square.root_rounded(2 * FARTHEST);
    let margin = if op.is_ceiling() { limit - &root } else { &root - limit };
    (margin, root.square() == *square)
}

/// As [`root_margin`], of a number that need not be rational.
pub fn real_margin(real: &Real, limit: &Number, op: Compare) -> (Number, bool) {
    let value = real.as_rational().cloned().unwrap_or_else(|| real.round_half_up(2 * FARTHEST));
    (if op.is_ceiling() { limit - &value } else { &value - limit }, real.as_rational().is_some())
}

/// A value as people read it; nothing for no value.
pub fn value(figure: &Figure, show: u32, lang: Lang) -> String {
    match figure {
        Figure::None => String::new(),
        Figure::Number { number, unit } => with_unit(&shown(number, unit, show), unit, lang),
        Figure::Bounds { range: bounds, unit } => range(bounds, lang, &|number| shown(number, unit, show), &|text| with_unit(&text, unit, lang)),
        Figure::Spread { square } => square.root_rounded(show).fixed(show),
        Figure::Real(real) => real.round_half_up(show).fixed(show),
        Figure::Text(text) => text.get(lang).to_string(),
        Figure::Date(date) => date.clone(),
    }
}

/// What is known of a number; its unit is named once.
pub fn range(range: &Range, lang: Lang, bare: &dyn Fn(&Number) -> String, in_unit: &dyn Fn(String) -> String) -> String {
    let write = |number: &Number| in_unit(bare(number));
    match (&range.low, &range.high) {
        (Some(low), Some(high)) if low == high => write(low),
        (Some(low), Some(high)) => said::between(&bare(low), &write(high).into()).get(lang).to_string(),
        // That a count is not negative is not worth a sentence.
        (Some(low), None) if low.is_zero() => said::UNKNOWN.get(lang).to_string(),
        (Some(low), None) => said::at_least(&write(low).into()).get(lang).to_string(),
        (None, Some(high)) => said::at_most(&write(high).into()).get(lang).to_string(),
        (None, None) => said::UNKNOWN.get(lang).to_string(),
    }
}

/// A limit with its operator; nothing for no limit. `show` is the decimals of a variation that is one.
pub fn limit(limit: &Limit, show: u32, lang: Lang) -> String {
    let text: Text = match limit {
        Limit::None => Text::default(),
        Limit::Number { number, unit, op, rest } => {
            let main = format!("{} {}", op.sign(), with_unit(&written(number, unit), unit, lang));
            let further = rest.as_ref().map(|rest| match rest {
                Rest::Standard(share) => phrase::rest(&percent(share)),
                Rest::Basic => phrase::rest_basic(),
            });
            further.map_or_else(|| main.clone().into(), |rest| Text::new(format!("{main}, {}", rest.en), format!("{main}，{}", rest.zh)))
        }
        Limit::Unknown { op } => Text::new(format!("{} {}", op.sign(), said::UNKNOWN.get(Lang::En)), format!("{} {}", op.sign(), said::UNKNOWN.get(Lang::Zh))),
        Limit::Figure { figure, op } => format!("{} {}", op.sign(), value(figure, show, lang)).into(),
        Limit::Between { low, high, unit } => said::between(&written(low, unit), &with_unit(&written(high, unit), unit, lang).into()),
        Limit::OneOf { list, negated } => phrase::one_of(list, *negated),
        Limit::Plain { op, text } => Text::new(format!("{} {}", op.sign(), text.en), format!("{} {}", op.sign(), text.zh)),
    };
    text.get(lang).to_string()
}

/// The arithmetic with numbers put in; nothing where it would only repeat the value. A number in thousands or in another unit
/// than the value's says so: `102 万元 ÷ 600 = 1700.00 元/人`.
pub fn working(pieces: &[Piece], value: &Figure, lang: Lang) -> String {
    if pieces.len() < 2 {
        return match pieces {
            [Piece::Word(text) | Piece::Unknown(text)] => text.get(lang).to_string(),
            _ => String::new(),
        };
    }
    let mut made = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| pieces.get(before));
        if blank_between(before, at.checked_sub(2).and_then(|at| pieces.get(at)), piece, at) {
            made.push(' ');
        }
        made.push_str(&one(piece, value, lang));
    }
    made
}

fn one(piece: &Piece, value: &Figure, lang: Lang) -> String {
    let is_own = |unit: &Unit| matches!(value, Figure::Number { unit: own, .. } | Figure::Bounds { unit: own, .. } if own == unit);
    match piece {
        Piece::Number { number, unit } if unit.is_multiple() && !is_own(unit) => with_unit(&written(number, unit), unit, lang),
        Piece::Number { number, unit } => written(number, unit),
        Piece::Word(text) => text.get(lang).to_string(),
        Piece::Unknown(text) if text.is_empty() => "?".to_string(),
        Piece::Unknown(text) => format!("{}?", text.get(lang)),
        Piece::Open => "(".to_string(),
        Piece::Close => ")".to_string(),
        Piece::Sign(sign) => (*sign).to_string(),
    }
}

/// No blank inside brackets, before a comma, between a word and its bracket, nor after a sign that stands before one number.
fn blank_between(before: Option<&Piece>, earlier: Option<&Piece>, piece: &Piece, at: usize) -> bool {
    let starts = |piece: Option<&Piece>| matches!(piece, None | Some(Piece::Open | Piece::Sign(_)));
    match (before, piece) {
        (None | Some(Piece::Open), _) | (_, Piece::Close | Piece::Sign(",")) | (Some(Piece::Word(_)), Piece::Open) => false,
        (Some(Piece::Sign("−" | "-")), _) if at == 1 || starts(earlier) => false,
        _ => true,
    }
}
