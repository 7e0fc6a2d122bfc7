//! Days and months as people type them: `2017-04-19`, `2017/4`, `2017.4.19`, `2017年4月19日`, `20170419`, with or without
//! a time of day, which is dropped. Full-width digits are folded before.

use crate::base::{Date, YearMonth};
use crate::model::table::Why;

use super::clean::is_blank;

/// What was typed, before the calendar is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Typed {
    year: i16,
    month: i8,
    /// Absent in a month.
    day: Option<i8>,
}

/// The day of the calendar. Errors: unreadable where no day was typed, impossible where the calendar has none.
pub fn date(text: &str) -> Result<Date, Why> {
    let typed = parse(text).ok_or(Why::Unreadable)?;
    let day = typed.day.ok_or(Why::Unreadable)?;
    Date::new(typed.year, typed.month, day).ok_or(Why::ImpossibleDate)
}

/// A month, or the month of a day. Errors: as for a day.
pub fn month(text: &str) -> Result<YearMonth, Why> {
    let typed = parse(text).ok_or(Why::Unreadable)?;
    if typed.day.is_some() {
        date(text)?;
    }
    YearMonth::new(typed.year, typed.month).ok_or(Why::ImpossibleDate)
}

/// A day or a month in one of the forms; `None` for anything else.
fn parse(text: &str) -> Option<Typed> {
    let text = without_time(text);
    if text.contains('年') {
        return chinese(text);
    }
    for separator in ['-', '/', '.'] {
        if text.contains(separator) {
            return parts(text.split(separator));
        }
    }
    match text.len() {
        8 => parts([text.get(..4)?, text.get(4..6)?, text.get(6..)?].into_iter()),
        6 => parts([text.get(..4)?, text.get(4..)?].into_iter()),
        _ => None,
    }
}

fn chinese(text: &str) -> Option<Typed> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    match rest.trim_matches(is_blank) {
        "" => parts([year, month].into_iter()),
        rest => parts([year, month, rest.strip_suffix(['日', '号'])?].into_iter()),
    }
}

fn parts<'t>(mut parts: impl Iterator<Item = &'t str>) -> Option<Typed> {
    let year = parts.next().map(|part| part.trim_matches(is_blank)).filter(|part| part.len() == 4)?;
    let month = short(parts.next()?)?;
    let day = match parts.next() {
        Some(day) => Some(short(day)?),
        None => None,
    };
    let typed = Typed { year: i16::try_from(digits(year)?).ok()?, month, day };
    parts.next().is_none().then_some(typed)
}

fn short(part: &str) -> Option<i8> {
    let part = part.trim_matches(is_blank);
    digits(part).filter(|_| part.len() <= 2).and_then(|number| i8::try_from(number).ok())
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A day may carry a time, as a spreadsheet or a database adds it.
fn without_time(text: &str) -> &str {
    let Some((day, time)) = text.split_once([' ', 'T']) else { return text };
    let mut pieces = time.trim_matches(is_blank).split(':');
    let within = |piece: Option<&str>, below: u32| piece.is_some_and(|piece| piece.len() <= 2 && digits(piece).is_some_and(|number| number < below));
    let clock = within(pieces.next(), 24) && within(pieces.next(), 60);
    let seconds = pieces.next().is_none_or(|piece| within(piece.split('.').next(), 60));
    if clock && seconds && pieces.next().is_none() { day } else { text }
}
