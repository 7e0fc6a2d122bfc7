//! How long periods last together, overlaps once: the set of calendar months that they touch, or of semesters.

use std::collections::BTreeSet;

use crate::base::{Number, Term, TermKind};
use crate::model::reduced::{Member, State};
use crate::model::value::{Cause, CauseCode, Place, Range, Value, ValueKind};

/// One period: the first and the last calendar month that it touches, counted through; or a label.
enum Lasting {
    Months(i32, i32),
    Label(Term),
    /// It ends before it begins.
    Turned,
    Unknown,
}

/// Months, or whole years of 12 months or 2 semesters.
///
/// Missing: what is known lasts at least; how much more there may be is unbounded unless every row is known.
pub(super) fn total(months: bool, state: &State) -> Value {
    let sure: Vec<Lasting> = state.sure.iter().map(lasting).collect();
    let possible: Vec<Lasting> = state.possible.iter().map(lasting).collect();
    let all_known = || sure.iter().chain(&possible).all(|one| matches!(one, Lasting::Months(..) | Lasting::Label(_)));
    let low = together(sure.iter(), months);
    let high = all_known().then(|| together(sure.iter().chain(&possible), months));
    let value = Value::range(Range { low: Some(Number::int(low)), high: high.map(Number::int) });
    let turned = sure.iter().chain(&possible).any(|one| matches!(one, Lasting::Turned));
    if turned { value.because(Cause { code: CauseCode::Turned, at: Place::Nowhere }) } else { value }
}

fn lasting(member: &Member) -> Lasting {
    let end = member.weight.as_ref().map(|end| month(&end.kind));
    match (&member.value.kind, month(&member.value.kind), end) {
        (ValueKind::Term(Some(term)), ..) => Lasting::Label(*term),
        (_, Some(from), Some(Some(to))) if from <= to && starts_before_end(member) => Lasting::Months(from, to),
        (_, Some(_), Some(Some(_))) => Lasting::Turned,
        _ => Lasting::Unknown,
    }
}

/// Within one month only days tell whether a period is turned.
fn starts_before_end(member: &Member) -> bool {
    match (&member.value.kind, member.weight.as_ref().map(|end| &end.kind)) {
        (ValueKind::Date(Some(from)), Some(ValueKind::Date(Some(to)))) => from <= to,
        _ => true,
    }
}

/// A calendar month, counted through from the first year.
fn month(kind: &ValueKind) -> Option<i32> {
    let (year, month) = match kind {
        ValueKind::Date(Some(date)) => (date.year(), date.month()),
        ValueKind::YearMonth(Some(month)) => (month.year, month.month),
        _ => return None,
    };
    Some(i32::from(year) * 12 + i32::from(month))
}

fn together<'l>(all: impl Iterator<Item = &'l Lasting>, months: bool) -> i64 {
    let mut spans: Vec<(i32, i32)> = Vec::new();
    let mut labels: BTreeSet<Term> = BTreeSet::new();
    for one in all {
        match one {
            Lasting::Months(from, to) => spans.push((*from, *to)),
            Lasting::Label(term) => _ = labels.insert(*term),
            Lasting::Turned | Lasting::Unknown => {}
        }
    }
    let touched = touched(spans);
    let semesters = labels.iter().filter(|term| term.kind == TermKind::Semester).count();
    let years = i64::try_from(labels.len() - semesters + semesters / 2).unwrap_or(i64::MAX);
    if months { touched } else { touched / 12 + years }
}

/// How many months any of the spans touches.
fn touched(mut spans: Vec<(i32, i32)>) -> i64 {
    spans.sort_unstable();
    let (mut count, mut counted_to) = (0, i32::MIN);
    for (from, to) in spans {
        let from = from.max(counted_to.saturating_add(1));
        count += i64::from((to - from + 1).max(0));
        counted_to = counted_to.max(to);
    }
    count
}
