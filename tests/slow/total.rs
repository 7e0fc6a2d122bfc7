//! Totals of periods: month after month, each is looked for in every period.

use heng::base::{Date, Number, TermKind, YearMonth};

use super::collect::Member;
use super::interval::{End, Interval};
use super::value::Kind;

/// R25: months touched, or whole years of 12 months or of 2 semesters; what is unknown may last for ever.
pub fn total(members: &[Member], months: bool) -> Interval {
    let sure: Vec<&Member> = members.iter().filter(|member| member.sure).collect();
    let low = lasts(&sure, months);
    let high = lasts(&members.iter().collect::<Vec<_>>(), months);
    let all_known = members.iter().all(|member| ends(member).is_some() || matches!(member.value.kind, Kind::Term(Some(_))));
    Interval { low: End::At(Number::int(low)), high: if all_known { End::At(Number::int(high)) } else { End::Above } }
}

/// First and last day; `None` where either is unknown, or the period ends before it begins.
fn ends(member: &Member) -> Option<(Date, Date)> {
    let from = day(&member.value.kind, YearMonth::first_day)?;
    let to = day(&member.weight.as_ref()?.kind, YearMonth::last_day)?;
    (from <= to).then_some((from, to))
}

fn day(kind: &Kind, of_month: fn(YearMonth) -> Option<Date>) -> Option<Date> {
    match kind {
        Kind::Date(date) => *date,
        Kind::Month(month) => month.and_then(of_month),
        _ => None,
    }
}

fn lasts(members: &[&Member], months: bool) -> i64 {
    let spans: Vec<(Date, Date)> = members.iter().filter_map(|member| ends(member)).collect();
    let years = spans.iter().map(|span| span.0.year()).min().unwrap_or(1)..=spans.iter().map(|span| span.1.year()).max().unwrap_or(0);
    let mut touched = 0;
    for year in years {
        for month in 1..=12 {
            let this = YearMonth { year, month };
            let reaches = |span: &&(Date, Date)| this.last_day().is_some_and(|last| span.0 <= last) && this.first_day().is_some_and(|first| first <= span.1);
            touched += i64::from(spans.iter().any(|span| reaches(&span)));
        }
    }
    let mut labels = Vec::new();
    for member in members {
        if let Kind::Term(Some(term)) = member.value.kind
            && !labels.contains(&term)
        {
            labels.push(term);
        }
    }
    let semesters = labels.iter().filter(|term| term.kind == TermKind::Semester).count();
    let years = labels.len() - semesters + semesters / 2;
    if months { touched } else { touched / 12 + i64::try_from(years).unwrap_or(0) }
}
