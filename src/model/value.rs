//! Values that may be unknown: numbers as intervals, statements as what they may still turn out to be, each unknown with
//! the cell where it was born.

use std::sync::Arc;

use crate::base::{Date, Number, Real, Term, YearMonth};

use super::table::Why;

/// A value, what it may still be, and why it is not settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub kind: ValueKind,
    /// Whether there may be no value at all, because the question does not apply.
    pub absent: Absent,
    /// Why it is unknown, or does not apply. Empty for a settled value.
    pub causes: Vec<Cause>,
    /// Whether something is divided by 0 in it.
    pub beyond: Beyond,
}

/// What a division by 0 leaves of a value (R20): something surely above 0 over nothing stands above every number, but only
/// where a requirement fails by it. Everywhere else such a value is unknown, and so is a statement about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beyond {
    #[default]
    No,
    /// A number whose divisor may be 0: within its bounds, or above every number.
    Maybe,
    /// A number whose divisor is 0.
    Surely,
    /// A statement that is unknown: what it is where it is required, and where it must not be. Each is settled only where
    /// that makes the requirement fail.
    Said { required: Truth, forbidden: Truth },
}

#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    Number(Range),
    /// The square of a variation with its sign (that of the mean); `None` if unknown.
    Spread(Option<Number>),
    /// An index that need not be rational; `None` if unknown.
    Real(Option<Arc<Real>>),
    Truth(Truth),
    Text(Option<Arc<str>>),
    Date(Option<Date>),
    YearMonth(Option<YearMonth>),
    Term(Option<Term>),
    Code(Option<u16>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absent {
    No,
    Maybe,
    Yes,
}

impl Absent {
    /// Absent if either is.
    pub fn or(self, other: Absent) -> Absent {
        self.max(other)
    }
}

/// All that a number may be, both ends included; an open end is `None`. Base units.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    pub low: Option<Number>,
    pub high: Option<Number>,
}

impl Range {
    pub const UNKNOWN: Range = Range { low: None, high: None };

    pub fn exactly(number: Number) -> Range {
        Range { low: Some(number.clone()), high: Some(number) }
    }

    pub fn between(low: Number, high: Number) -> Range {
        Range { low: Some(low), high: Some(high) }
    }

    pub fn at_least(low: Number) -> Range {
        Range { low: Some(low), high: None }
    }

    /// The number, if it is but one.
    pub fn single(&self) -> Option<&Number> {
        self.low.as_ref().filter(|low| self.high.as_ref() == Some(low))
    }

    /// All that either may be.
    pub fn hull(&self, other: &Range) -> Range {
        Range {
            low: self.low.as_ref().zip(other.low.as_ref()).map(|(a, b)| a.min(b).clone()),
            high: self.high.as_ref().zip(other.high.as_ref()).map(|(a, b)| a.max(b).clone()),
        }
    }

    pub fn may_be_zero(&self) -> bool {
        self.low.as_ref().is_none_or(|low| *low <= Number::ZERO) && self.high.as_ref().is_none_or(|high| *high >= Number::ZERO)
    }
}

/// What a statement may turn out to be, when it is answered at all (see [`Value::absent`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    True,
    False,
    Unknown,
}

impl Truth {
    pub fn from_bool(truth: bool) -> Truth {
        if truth { Truth::True } else { Truth::False }
    }

    pub fn may(self, truth: bool) -> bool {
        self != Truth::from_bool(!truth)
    }

    pub fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }

    /// Kleene's conjunction.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// All that either may be.
    pub fn hull(self, other: Truth) -> Truth {
        if self == other { self } else { Truth::Unknown }
    }
}

/// Where something is unknown, or why it does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    pub code: CauseCode,
    pub at: Place,
}

/// The reason codes of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseCode {
    Missing,
    Unreadable,
    NotFiled,
    NotHandedIn,
    NoLimit,
    Empty,
    Zero,
    OneMember,
    Condition,
    NotInForce,
    NotChecked,
    Exceeds,
    Negative,
    /// Nothing is on file for a rule.
    NoEvidence,
    /// A document is too old, or no longer valid.
    Expired,
    /// A document of a later day.
    NotYet,
    /// Valid documents of which different things were found.
    Contradicted,
    /// There is no row of that period, though there are of earlier ones.
    NoRow,
    /// The first row is of a later period.
    New,
    /// What begins ends before it.
    Turned,
    /// An exception exempts it.
    Exempted,
    /// Two exceptions hold, and nothing says which goes first.
    Conflict,
}

impl CauseCode {
    pub fn code(self) -> &'static str {
        match self {
            CauseCode::Missing => "missing",
            CauseCode::Unreadable => "unreadable",
            CauseCode::NotFiled => "not_filed",
            CauseCode::NotHandedIn => "not_handed_in",
            CauseCode::NoLimit => "no_limit",
            CauseCode::Empty => "empty",
            CauseCode::Zero => "zero",
            CauseCode::OneMember => "one_member",
            CauseCode::Condition => "condition",
            CauseCode::NotInForce => "not_in_force",
            CauseCode::NotChecked => "not_checked",
            CauseCode::Exceeds => "exceeds",
            CauseCode::Negative => "negative",
            CauseCode::NoEvidence => "no_evidence",
            CauseCode::Expired => "expired",
            CauseCode::NotYet => "not_yet",
            CauseCode::Contradicted => "contradicted",
            CauseCode::NoRow => "no_row",
            CauseCode::New => "new",
            CauseCode::Turned => "turned",
            CauseCode::Exempted => "exempted",
            CauseCode::Conflict => "conflict",
        }
    }
}

impl From<Why> for CauseCode {
    fn from(why: Why) -> CauseCode {
        match why {
            Why::Missing | Why::NoColumn => CauseCode::Missing,
            _ => CauseCode::Unreadable,
        }
    }
}

/// What a cause is about. Numbers are the plan's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Nowhere,
    Cell(CellRef),
    /// A row, as the school that has not filed a table.
    Row { of: usize, row: u32, table: usize },
    Table(usize),
    /// The rows of a period: of one key, that of this row of any period, or all of them.
    Term { table: usize, row: Option<u32>, term: Term },
    /// The rows of a period that this row of another table was to file.
    Filed { of: usize, row: u32, table: usize, term: Term },
    Parameter(usize),
    Rule(usize),
    /// An exception of a rule, by its place among those of the rule; and the other one, where two are at odds.
    Exception { rule: u32, at: u16, other: Option<u16> },
}

/// A cell of a table that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    pub table: u16,
    pub column: u16,
    pub row: u32,
}

/// How many causes a value carries at most; the rest are as good as these.
pub const MOST_CAUSES: usize = 40;

/// Adds what is not there yet, in order.
pub fn add_new<T: Copy + PartialEq>(all: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

impl Value {
    pub fn of(kind: ValueKind) -> Value {
        Value { kind, absent: Absent::No, causes: Vec::new(), beyond: Beyond::No }
    }

    pub fn number(number: Number) -> Value {
        Value::of(ValueKind::Number(Range::exactly(number)))
    }

    pub fn range(range: Range) -> Value {
        Value::of(ValueKind::Number(range))
    }

    pub fn truth(truth: Truth) -> Value {
        Value::of(ValueKind::Truth(truth))
    }

    pub fn because(mut self, cause: Cause) -> Value {
        self.add_causes(std::slice::from_ref(&cause));
        self
    }

    pub fn absent(mut self, absent: Absent) -> Value {
        self.absent = absent;
        self
    }

    pub fn beyond(mut self, beyond: Beyond) -> Value {
        self.beyond = beyond;
        self
    }

    /// What a statement is where it is required: what is divided by 0 may make it false, never true.
    pub fn required(self) -> Value {
        let truth = self.reading(true);
        self.read_as(truth)
    }

    /// What a statement is where it must not be: what is divided by 0 may make it true, never false.
    pub fn forbidden(self) -> Value {
        let truth = self.reading(false);
        self.read_as(truth)
    }

    /// What a statement is where it is required, or where it must not be.
    pub fn reading(&self, is_required: bool) -> Truth {
        match self.beyond {
            Beyond::Said { required, forbidden } => if is_required { required } else { forbidden },
            _ => self.as_truth(),
        }
    }

    fn read_as(mut self, truth: Truth) -> Value {
        if matches!(self.beyond, Beyond::Said { .. }) {
            if truth != Truth::Unknown && self.absent == Absent::No {
                self.causes.retain(|cause| cause.code == CauseCode::Zero);
            }
            (self.kind, self.beyond) = (ValueKind::Truth(truth), Beyond::No);
        }
        self
    }

    /// A statement with what it is where it is required and where it must not be.
    pub fn said(mut self, required: Truth, forbidden: Truth) -> Value {
        let plain = self.as_truth();
        self.beyond = if (required, forbidden) == (plain, plain) { Beyond::No } else { Beyond::Said { required, forbidden } };
        self
    }

    /// The bounds of a number, also of one that may be divided by 0: then it is within them or above every number.
    pub fn bounds(&self) -> &Range {
        match &self.kind {
            ValueKind::Number(range) => range,
            _ => &Range::UNKNOWN,
        }
    }

    pub fn add_causes(&mut self, causes: &[Cause]) {
        for cause in causes {
            if self.causes.len() >= MOST_CAUSES {
                return;
            }
            if !self.causes.contains(cause) {
                self.causes.push(*cause);
            }
        }
    }

    /// The interval of a number; all numbers for anything else, and for what may be divided by 0.
    pub fn as_range(&self) -> &Range {
        match &self.kind {
            ValueKind::Number(range) if self.beyond == Beyond::No => range,
            _ => &Range::UNKNOWN,
        }
    }

    /// What a statement may be; unknown for anything else.
    pub fn as_truth(&self) -> Truth {
        match self.kind {
            ValueKind::Truth(truth) => truth,
            _ => Truth::Unknown,
        }
    }

    /// Whether it is but one value, and surely there.
    pub fn is_settled(&self) -> bool {
        self.absent == Absent::No
            && match &self.kind {
                ValueKind::Number(range) => self.beyond == Beyond::No && range.single().is_some(),
                ValueKind::Spread(square) => square.is_some(),
                ValueKind::Real(real) => real.is_some(),
                ValueKind::Truth(truth) => *truth != Truth::Unknown,
                ValueKind::Text(text) => text.is_some(),
                ValueKind::Date(date) => date.is_some(),
                ValueKind::YearMonth(month) => month.is_some(),
                ValueKind::Term(term) => term.is_some(),
                ValueKind::Code(code) => code.is_some(),
            }
    }
}
