//! Dates as an audit needs them: made of what people typed, moved by whole months and years.

use std::fmt;

use jiff::civil;
use jiff::{Span, ToSpan};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Errors: `None` for a day that the calendar does not have.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().filter(|date| date.year() >= 1).map(Date)
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Of its month.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The same day of another month, or the last of that month if it has none (Civil Code, art. 202).
    pub fn plus_months(self, months: i32) -> Option<Date> {
        self.shift(i64::from(months).months())
    }

    /// The same day of another year, or the last of that month if it has none (Civil Code, art. 202).
    pub fn plus_years(self, years: i32) -> Option<Date> {
        self.shift(i64::from(years).years())
    }

    pub fn plus_days(self, days: i32) -> Option<Date> {
        self.shift(i64::from(days).days())
    }

    fn shift(self, by: Span) -> Option<Date> {
        self.0.checked_add(by).ok().map(Date)
    }

    /// The greatest n with `self + n years ≤ end`; negative when `end` comes first.
    pub fn whole_years_to(self, end: Date) -> i32 {
        let mut years = i32::from(end.year()) - i32::from(self.year());
        if self.plus_years(years).is_none_or(|date| date > end) {
            years -= 1;
        }
        years
    }

    /// The greatest n with `self + n months ≤ end`; negative when `end` comes first.
    pub fn whole_months_to(self, end: Date) -> i32 {
        let mut months = (i32::from(end.year()) - i32::from(self.year())) * 12 + i32::from(end.month()) - i32::from(self.month());
        if self.plus_months(months).is_none_or(|date| date > end) {
            months -= 1;
        }
        months
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    pub year: i16,
    pub month: i8,
}

impl YearMonth {
    pub fn new(year: i16, month: i8) -> Option<YearMonth> {
        Date::new(year, month, 1).map(|_| YearMonth { year, month })
    }

    /// The month that a day is in.
    pub fn of(date: Date) -> YearMonth {
        YearMonth { year: date.year(), month: date.month() }
    }

    pub fn plus_months(self, months: i32) -> Option<YearMonth> {
        self.first_day()?.plus_months(months).map(YearMonth::of)
    }

    /// How many calendar months there are from this one to another, both counted; less than 1 when that comes first.
    pub fn months_to(self, end: YearMonth) -> i32 {
        (i32::from(end.year) - i32::from(self.year)) * 12 + i32::from(end.month) - i32::from(self.month) + 1
    }

    /// Where something begins.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year, self.month, 1)
    }

    /// Where something ends.
    pub fn last_day(self) -> Option<Date> {
        civil::Date::new(self.year, self.month, 1).ok().map(|date| Date(date.last_of_month()))
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).expect("a day of the calendar")
    }

    #[test]
    fn a_leap_day_moves_to_the_last_of_february() {
        assert_eq!(day(2024, 2, 29).plus_years(1), Some(day(2025, 2, 28)));
        assert_eq!(day(2024, 3, 31).plus_months(-1), Some(day(2024, 2, 29)));
    }

    #[test]
    fn whole_years_count_anniversaries_reached() {
        assert_eq!(day(2023, 9, 1).whole_years_to(day(2026, 9, 1)), 3);
        assert_eq!(day(2023, 9, 2).whole_years_to(day(2026, 9, 1)), 2);
        assert_eq!(day(2024, 2, 29).whole_years_to(day(2025, 2, 28)), 1);
        assert_eq!(day(2026, 9, 2).whole_years_to(day(2026, 9, 1)), -1);
    }

    #[test]
    fn impossible_days_are_refused() {
        assert_eq!(Date::new(2026, 2, 29), None);
        assert_eq!(Date::new(2026, 13, 1), None);
    }
}
