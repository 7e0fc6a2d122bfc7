//! Periods as they are written.

use crate::base::TermKind;
use crate::model::ast::{Expr, TermClause};
use crate::model::when::When;

use super::write::Writer;

/// The word of a kind of period.
pub fn term_word(kind: TermKind) -> &'static str {
    match kind {
        TermKind::SchoolYear => "t_school_year",
        TermKind::Semester => "t_semester",
        TermKind::Year => "t_year",
    }
}

impl Writer<'_> {
    /// `each semester in this school year`, `in last school year`.
    pub fn term_clause(&self, clause: &TermClause) -> String {
        let each = clause.each.map(|kind| format!("{} {}", self.word("k_each"), self.word(term_word(kind))));
        match (each, clause.when) {
            (Some(each), Some(when)) if self.is_zh() => format!("{} {} {each}", self.when(when), self.word("k_de")),
            (Some(each), Some(when)) => format!("{each} {} {}", self.word("k_in"), self.when(when)),
            (Some(each), None) => each,
            (None, Some(when)) if self.is_zh() => self.when(when),
            (None, when) => when.map_or_else(String::new, |when| format!("{} {}", self.word("k_in"), self.when(when))),
        }
    }

    /// `last school year`, `school year 2024-2025`; 上一学年, 2024-2025学年.
    fn when(&self, when: When) -> String {
        match when {
            When::Of { kind: TermKind::Year, back: 0 } => self.word("k_this_year").to_string(),
            When::Of { kind: TermKind::Year, .. } => self.word("k_last_year").to_string(),
            When::Of { back: 0, .. } => self.word("k_this_school_year").to_string(),
            When::Of { .. } => self.word("k_last_school_year").to_string(),
            When::Given(term) if self.is_zh() => match term.kind {
                TermKind::Semester => term.to_string(),
                kind => format!("{term}{}", self.word(term_word(kind))),
            },
            When::Given(term) => format!("{} {term}", self.word(term_word(term.kind))),
            When::Earlier(_) => self.word("k_year_before").to_string(),
        }
    }

    /// A value in another period: before it in Chinese, behind it in English.
    pub fn in_term(&self, when: When, of: &Expr) -> String {
        let zh = self.is_zh();
        let said = match when {
            When::Earlier(years) if years != 1 => format!("{years} {}", self.word(if zh { "k_years_earlier_zh" } else { "k_years_earlier" })),
            _ if zh => self.when(when),
            _ => format!("{} {}", self.word("k_in"), self.when(when)),
        };
        if zh { format!("{said} {} {}", self.word("k_de"), self.simply(of)) } else { format!("{} {said}", self.primarily(of)) }
    }

    /// `x rising since 2022`, x 自 2022 年起 上升.
    pub fn rising(&self, of: &Expr, since: i16) -> String {
        if self.is_zh() {
            return format!("{} {} {since} {} {}", self.side(of), self.word("k_from_zh"), self.word("k_year_on_zh"), self.word("k_rising_zh"));
        }
        format!("{} {} {since}", self.side(of), self.word("k_rising"))
    }
}
