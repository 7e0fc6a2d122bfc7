//! What an expression may come to, and what a statement may turn out to be.

use std::sync::Arc;

use heng::base::{Date, Number, Term, YearMonth};
use heng::model::value::Absent;
use heng::model::verdict::Outcome;

use super::interval::Interval;

/// Every way in which a statement may still turn out: true, false, or no answer because it does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub yes: bool,
    pub no: bool,
    pub none: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Number(Interval),
    /// The square of a variation.
    Spread(Option<Number>),
    /// An index that need not be rational: exactly, or between close bounds.
    Real(Option<Interval>),
    Truth { yes: bool, no: bool },
    Text(Option<Arc<str>>),
    Date(Option<Date>),
    Month(Option<YearMonth>),
    Term(Option<Term>),
    Code(Option<u16>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Val {
    pub kind: Kind,
    pub absent: Absent,
    pub above_all: AboveAll,
}

/// R20: whether a number stands above every number, because something above 0 is divided by 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AboveAll {
    No,
    /// It is within its interval, or above every number.
    Perhaps,
    Surely,
}

impl Answer {
    pub const YES: Answer = Answer { yes: true, no: false, none: false };
    pub const NO: Answer = Answer { yes: false, no: true, none: false };
    pub const NONE: Answer = Answer { yes: false, no: false, none: true };
    pub const OPEN: Answer = Answer { yes: true, no: true, none: false };
    pub const ANYTHING: Answer = Answer { yes: true, no: true, none: true };

    pub fn truth(truth: bool) -> Answer {
        if truth { Answer::YES } else { Answer::NO }
    }

    pub fn may((yes, no): (bool, bool)) -> Answer {
        Answer { yes, no, none: false }
    }

    pub fn not(self) -> Answer {
        Answer { yes: self.no, no: self.yes, none: self.none }
    }

    /// R28: one that does not apply is dropped; every pair of ways is tried.
    pub fn and(self, other: Answer) -> Answer {
        self.pairs(other, |a, b| a && b)
    }

    pub fn or(self, other: Answer) -> Answer {
        self.pairs(other, |a, b| a || b)
    }

    /// All that either may be.
    pub fn hull(self, other: Answer) -> Answer {
        Answer { yes: self.yes || other.yes, no: self.no || other.no, none: self.none || other.none }
    }

    fn ways(self) -> Vec<Option<bool>> {
        [(self.yes, Some(true)), (self.no, Some(false)), (self.none, None)].into_iter().filter(|way| way.0).map(|way| way.1).collect()
    }

    fn pairs(self, other: Answer, join: impl Fn(bool, bool) -> bool) -> Answer {
        let mut all = Answer { yes: false, no: false, none: false };
        for a in self.ways() {
            for b in other.ways() {
                match (a, b) {
                    (Some(a), Some(b)) if join(a, b) => all.yes = true,
                    (Some(true), None) | (None, Some(true)) => all.yes = true,
                    (Some(_), _) | (None, Some(_)) => all.no = true,
                    (None, None) => all.none = true,
                }
            }
        }
        all
    }

    pub fn outcome(self) -> Outcome {
        match (self.yes, self.no, self.none) {
            (true, false, false) => Outcome::Met,
            (false, true, false) => Outcome::NotMet,
            (false, false, true) => Outcome::NotApplicable,
            _ => Outcome::Undecided,
        }
    }

    pub fn of_outcome(outcome: Outcome) -> Answer {
        match outcome {
            Outcome::Met => Answer::YES,
            Outcome::NotMet => Answer::NO,
            Outcome::Undecided => Answer::OPEN,
            Outcome::Exempt | Outcome::NotApplicable => Answer::NONE,
        }
    }
}

impl Val {
    pub fn of(kind: Kind) -> Val {
        Val { kind, absent: Absent::No, above_all: AboveAll::No }
    }

    pub fn number(number: &Number) -> Val {
        Val::of(Kind::Number(Interval::exactly(number)))
    }

    pub fn interval(interval: Interval) -> Val {
        Val::of(Kind::Number(interval))
    }

    /// A number that does not apply.
    pub fn none() -> Val {
        Val::of(Kind::Number(Interval::ALL)).absent(Absent::Yes)
    }

    pub fn answer(answer: Answer) -> Val {
        let absent = match (answer.none, answer.yes || answer.no) {
            (false, _) => Absent::No,
            (true, true) => Absent::Maybe,
            (true, false) => Absent::Yes,
        };
        Val::of(Kind::Truth { yes: answer.yes, no: answer.no }).absent(absent)
    }

    pub fn absent(mut self, absent: Absent) -> Val {
        self.absent = absent;
        self
    }

    pub fn above_all(mut self, above_all: AboveAll) -> Val {
        self.above_all = above_all;
        self
    }

    pub fn as_answer(&self) -> Answer {
        if self.absent == Absent::Yes {
            return Answer::NONE;
        }
        let none = self.absent == Absent::Maybe;
        match self.kind {
            Kind::Truth { yes, no } => Answer { yes, no, none },
            _ => Answer { yes: true, no: true, none },
        }
    }

    /// What a number may be; in arithmetic what stands above every number may be anything.
    pub fn as_interval(&self) -> Interval {
        match &self.kind {
            Kind::Number(interval) if self.above_all == AboveAll::No => interval.clone(),
            _ => Interval::ALL,
        }
    }

    /// One value, surely there.
    pub fn settled(&self) -> bool {
        self.absent == Absent::No
            && match &self.kind {
                Kind::Number(interval) => self.above_all == AboveAll::No && interval.single().is_some(),
                Kind::Spread(square) => square.is_some(),
                Kind::Real(real) => real.is_some(),
                Kind::Truth { yes, no } => yes != no,
                Kind::Text(text) => text.is_some(),
                Kind::Date(date) => date.is_some(),
                Kind::Month(month) => month.is_some(),
                Kind::Term(term) => term.is_some(),
                Kind::Code(code) => code.is_some(),
            }
    }

    /// What either may be.
    pub fn hull(&self, other: &Val) -> Val {
        let absent = if self.absent == other.absent { self.absent } else { Absent::Maybe };
        // One that does not apply adds nothing to what the other may be.
        match (self.absent, other.absent) {
            (Absent::Yes, _) => Val { absent, ..other.clone() },
            (_, Absent::Yes) => Val { absent, ..self.clone() },
            _ if self.above_all != AboveAll::No || other.above_all != AboveAll::No => Val::interval(Interval::ALL).absent(absent),
            _ => Val::of(self.kind.hull(&other.kind)).absent(absent),
        }
    }
}

/// All that any of them may be; nothing at all is a value that does not apply.
pub fn hull_of(all: impl IntoIterator<Item = Val>) -> Val {
    all.into_iter().reduce(|a, b| a.hull(&b)).unwrap_or_else(Val::none)
}

impl Kind {
    fn hull(&self, other: &Kind) -> Kind {
        fn same<T: PartialEq + Clone>(a: Option<&T>, b: Option<&T>) -> Option<T> {
            if a == b { a.cloned() } else { None }
        }
        match (self, other) {
            (Kind::Number(a), Kind::Number(b)) => Kind::Number(a.hull(b)),
            (Kind::Spread(a), Kind::Spread(b)) => Kind::Spread(same(a.as_ref(), b.as_ref())),
            (Kind::Real(a), Kind::Real(b)) => Kind::Real(same(a.as_ref(), b.as_ref())),
            (Kind::Truth { yes: a, no: b }, Kind::Truth { yes: c, no: d }) => Kind::Truth { yes: *a || *c, no: *b || *d },
            (Kind::Text(a), Kind::Text(b)) => Kind::Text(same(a.as_ref(), b.as_ref())),
            (Kind::Date(a), Kind::Date(b)) => Kind::Date(same(a.as_ref(), b.as_ref())),
            (Kind::Month(a), Kind::Month(b)) => Kind::Month(same(a.as_ref(), b.as_ref())),
            (Kind::Term(a), Kind::Term(b)) => Kind::Term(same(a.as_ref(), b.as_ref())),
            (Kind::Code(a), Kind::Code(b)) => Kind::Code(same(a.as_ref(), b.as_ref())),
            _ => Kind::Number(Interval::ALL),
        }
    }
}
