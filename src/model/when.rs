//! Which period is meant: this one, an earlier one, one by its label.

use crate::base::{Date, Term, TermKind};

/// A period as a rule names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum When {
    /// The one in which the as-of date lies, or so many years before it.
    Of { kind: TermKind, back: i32 },
    Given(Term),
    /// So many years before the period at hand.
    Earlier(i32),
}

impl When {
    /// What kind of period it is; `None` for that at hand.
    pub fn kind(self) -> Option<TermKind> {
        match self {
            When::Of { kind, .. } => Some(kind),
            When::Given(term) => Some(term.kind),
            When::Earlier(_) => None,
        }
    }

    /// The period itself. Errors: `None` where none is at hand, or it has no dates.
    pub fn term(self, as_of: Date, at_hand: Option<Term>) -> Option<Term> {
        match self {
            When::Of { kind, back } => Term::of_day(kind, as_of).map(|term| term.years_earlier(back)),
            When::Given(term) => Some(term),
            When::Earlier(years) => at_hand.map(|term| term.years_earlier(years)),
        }
    }
}
