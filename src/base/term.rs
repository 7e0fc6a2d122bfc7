//! School years, semesters and calendar years: the labels by which yearly tables are kept.
//!
//! A school year runs from 1 September to 31 August. A semester is a label, never derived from a date.

use std::fmt;

use super::Date;

/// What a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermKind {
    SchoolYear,
    Semester,
    Year,
}

/// One school year, semester or calendar year. Those of one kind are in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    pub kind: TermKind,
    /// The year in which it begins; of a semester, in which its school year begins.
    pub year: i16,
    /// 1 or 2 for a semester, else 0.
    part: u8,
}

/// The month in which a school year begins.
const SEPTEMBER: i8 = 9;

impl Term {
    pub fn school_year(year: i16) -> Term {
        Term { kind: TermKind::SchoolYear, year, part: 0 }
    }

    pub fn calendar_year(year: i16) -> Term {
        Term { kind: TermKind::Year, year, part: 0 }
    }

    /// Errors: `None` for any but the first and the second.
    pub fn semester(year: i16, part: u8) -> Option<Term> {
        (1..=2).contains(&part).then_some(Term { kind: TermKind::Semester, year, part })
    }

    /// The one in which a day lies. Errors: `None` for semesters, which have no dates.
    pub fn of_day(kind: TermKind, day: Date) -> Option<Term> {
        match kind {
            TermKind::SchoolYear => Some(Term::school_year(if day.month() >= SEPTEMBER { day.year() } else { day.year() - 1 })),
            TermKind::Year => Some(Term::calendar_year(day.year())),
            TermKind::Semester => None,
        }
    }

    /// The same period of an earlier year.
    pub fn years_earlier(self, years: i32) -> Term {
        let year = i32::from(self.year).saturating_sub(years).clamp(1, 9999);
        Term { year: i16::try_from(year).unwrap_or(self.year), ..self }
    }

    /// Itself, or the school year of a semester. Errors: `None` where a period of that kind does not hold it.
    pub fn within(self, kind: TermKind) -> Option<Term> {
        match (self.kind, kind) {
            (held, asked) if held == asked => Some(self),
            (TermKind::Semester, TermKind::SchoolYear) => Some(Term::school_year(self.year)),
            _ => None,
        }
    }

    /// Whether it is over before the period in which a day lies begins. A semester is held against school years.
    pub fn is_before(self, day: Date) -> bool {
        let kind = if self.kind == TermKind::Semester { TermKind::SchoolYear } else { self.kind };
        self.within(kind).zip(Term::of_day(kind, day)).is_some_and(|(own, now)| own < now)
    }

    /// What people write: `2025-2026`, `2025-2026学年第一学期`, `2025-2026-1`, `2025年度`. Digits are half-width.
    ///
    /// Errors: `None` for anything else, and for a school year that does not end in the year after.
    pub fn read(kind: TermKind, text: &str) -> Option<Term> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '－' | '—' | '–' | '−' | '~' | '～' | '/' | '至') { '-' } else { c }).collect();
        match kind {
            TermKind::Year => year(text.strip_suffix("年度").or(text.strip_suffix('年')).unwrap_or(&text)).map(Term::calendar_year),
            TermKind::SchoolYear => school_year(&text).map(Term::school_year),
            TermKind::Semester => semester(&text),
        }
    }
}

/// `2025-2026`, `2025-2026学年`, `2025-26`, `202526`; `2025学年` begins in 2025.
fn school_year(text: &str) -> Option<i16> {
    let Some(bare) = text.strip_suffix("学年度").or(text.strip_suffix("学年")) else { return two_years(text) };
    if bare.len() == 4 { year(bare) } else { two_years(bare) }
}

fn two_years(text: &str) -> Option<i16> {
    let (first, second) = if text.contains('-') { text.split_once('-')? } else { (text.get(..4).filter(|_| text.len() == 6)?, text.get(4..)?) };
    let first = year(first)?;
    let next = match second.len() {
        2 => i16::from(second.parse::<u8>().ok().filter(|_| second.bytes().all(|byte| byte.is_ascii_digit()))?) == (first + 1) % 100,
        _ => year(second)? == first + 1,
    };
    next.then_some(first)
}

/// `2025-2026-1`, `2025-2026学年第一学期`, `2025-2026学年上学期`.
fn semester(text: &str) -> Option<Term> {
    const PARTS: [(&str, u8); 8] = [("第一学期", 1), ("第1学期", 1), ("上学期", 1), ("第二学期", 2), ("第2学期", 2), ("下学期", 2), ("-1", 1), ("-2", 2)];
    let (of, part) = PARTS.iter().find_map(|(end, part)| Some((text.strip_suffix(end)?, *part)))?;
    Term::semester(school_year(of)?, part)
}

fn year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?.filter(|year| *year > 0 && *year < 9999)
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TermKind::Year => write!(f, "{:04}", self.year),
            TermKind::SchoolYear => write!(f, "{:04}-{:04}", self.year, self.year + 1),
            TermKind::Semester => write!(f, "{:04}-{:04}-{}", self.year, self.year + 1, self.part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Term, TermKind};

    #[test]
    fn a_school_year_runs_from_september_to_august() {
        let of = |month, day| Date::new(2026, month, day).and_then(|day| Term::of_day(TermKind::SchoolYear, day)).map(|term| term.to_string());
        assert_eq!(of(8, 31).as_deref(), Some("2025-2026"));
        assert_eq!(of(9, 1).as_deref(), Some("2026-2027"));
        assert_eq!(Date::new(2026, 9, 1).and_then(|day| Term::of_day(TermKind::Semester, day)), None);
    }

    #[test]
    fn what_people_write_is_read() {
        let read = |kind, text| Term::read(kind, text).map(|term| term.to_string());
        for text in ["2025-2026", "2025-2026学年", "2025—2026 学年", "2025/2026", "2025学年"] {
            assert_eq!(read(TermKind::SchoolYear, text).as_deref(), Some("2025-2026"), "{text}");
        }
        for text in ["2025-2026-1", "2025-2026学年第一学期", "2025-2026学年第1学期", "2025-2026学年上学期"] {
            assert_eq!(read(TermKind::Semester, text).as_deref(), Some("2025-2026-1"), "{text}");
        }
        assert_eq!(read(TermKind::Year, "2025年度").as_deref(), Some("2025"));
        for (kind, text) in [(TermKind::SchoolYear, "2025-2027"), (TermKind::SchoolYear, "2025"), (TermKind::Semester, "2025-2026"), (TermKind::Semester, "2025-2026-3"), (TermKind::Year, "25")] {
            assert_eq!(read(kind, text), None, "{text}");
        }
    }

    #[test]
    fn earlier_years_keep_the_semester() {
        let first = Term::semester(2025, 1).map(|term| term.years_earlier(2).to_string());
        assert_eq!(first.as_deref(), Some("2023-2024-1"));
        assert_eq!(Term::semester(2025, 2).and_then(|term| term.within(TermKind::SchoolYear)), Some(Term::school_year(2025)));
        assert_eq!(Term::school_year(2025).within(TermKind::Semester), None);
    }
}
