//! What was found: one finding for each rule and each unit that it asks, ready to be shown in any form.

mod filled;

use std::sync::Arc;

use crate::base::{Date, Number, Portion, Real, Term, Text, Unit};

use super::ast::{Grade, RuleKind, Wanted};
use super::plan::Rest;
use super::op::{Bound, Compare, Spread};
use super::remedy::Remedy;
use super::value::{Cause, CauseCode, CellRef, Range, Truth};

pub use filled::{Filled, Wording};

/// The five outcomes. The order is that in which they win when joined by *all*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    NotMet,
    Undecided,
    Met,
    Exempt,
    NotApplicable,
}

impl Outcome {
    pub const ALL: [Outcome; 5] = [Outcome::Met, Outcome::NotMet, Outcome::Undecided, Outcome::NotApplicable, Outcome::Exempt];

    pub fn code(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::NotMet => "not_met",
            Outcome::Undecided => "undecided",
            Outcome::NotApplicable => "not_applicable",
            Outcome::Exempt => "exempt",
        }
    }

    /// Joined by *all*: the first of not met, undecided, met, exempt, not applicable that occurs.
    pub fn join(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
        outcomes.into_iter().min().unwrap_or(Outcome::NotApplicable)
    }
}

/// What an outcome may still turn out to be once everything is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct May {
    pub met: bool,
    pub not_met: bool,
    pub not_applicable: bool,
}

impl May {
    pub const ALL: May = May { met: true, not_met: true, not_applicable: true };
    /// It stays open whatever is filled in, as under a standard that nobody has checked.
    pub const NOTHING: May = May { met: false, not_met: false, not_applicable: false };

    /// Of an outcome that is settled; an open one may be anything.
    fn settled(outcome: Outcome) -> May {
        match outcome {
            Outcome::Met => May { met: true, ..May::NOTHING },
            Outcome::NotMet => May { not_met: true, ..May::NOTHING },
            Outcome::NotApplicable | Outcome::Exempt => May { not_applicable: true, ..May::NOTHING },
            Outcome::Undecided => May::ALL,
        }
    }

    /// Of outcomes that are joined by *all*.
    pub fn join(all: &[May]) -> May {
        May {
            not_met: all.iter().any(|may| may.not_met),
            met: all.iter().all(|may| may.met || may.not_applicable) && all.iter().any(|may| may.met),
            not_applicable: all.iter().all(|may| may.not_applicable),
        }
    }

    pub fn or_not_applicable(self) -> May {
        May { not_applicable: true, ..self }
    }

    fn worst(self) -> Outcome {
        match self {
            May { not_met: true, .. } => Outcome::NotMet,
            May { not_applicable: true, .. } => Outcome::NotApplicable,
            May { met: true, .. } => Outcome::Met,
            _ => Outcome::Undecided,
        }
    }

    fn best(self) -> Outcome {
        match self {
            May { met: true, .. } => Outcome::Met,
            May { not_applicable: true, .. } => Outcome::NotApplicable,
            May { not_met: true, .. } => Outcome::NotMet,
            _ => Outcome::Undecided,
        }
    }
}

/// What the whole comes to if every blank is at its worst, or at its best, for each rule by itself: the truth lies between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    pub worst: Outcome,
    pub best: Outcome,
}

impl Ends {
    pub fn over<'j>(judged: impl Iterator<Item = &'j Judged> + Clone) -> Ends {
        Ends { worst: Outcome::join(judged.clone().map(Judged::worst)), best: Outcome::join(judged.map(Judged::best)) }
    }
}

impl Judged {
    /// What it may turn out to be: what it is, where that is settled.
    pub fn possible(&self) -> May {
        if self.outcome == Outcome::Undecided { self.may } else { May::settled(self.outcome) }
    }

    /// The outcome with every blank at its worst: not met if that is possible at all.
    pub fn worst(&self) -> Outcome {
        if self.outcome == Outcome::Undecided && self.hangs_on_blanks() { self.may.worst() } else { self.outcome }
    }

    /// The outcome with every blank at its best.
    pub fn best(&self) -> Outcome {
        if self.outcome == Outcome::Undecided && self.hangs_on_blanks() { self.may.best() } else { self.outcome }
    }

    /// Whether anything is unknown that could be filled in or handed in. What is divided by 0, has expired or contradicts
    /// itself stays undecided whatever else is filled in.
    fn hangs_on_blanks(&self) -> bool {
        let is_fixed = |cause: &Cause| matches!(cause.code, CauseCode::Zero | CauseCode::Exceeds | CauseCode::Expired | CauseCode::NotYet | CauseCode::Contradicted | CauseCode::NotChecked | CauseCode::Conflict);
        self.reason.is_empty() || !self.reason.iter().all(is_fixed)
    }

    /// What is unknown although the outcome is settled, here or in a part: it is so whatever the missing values are.
    pub fn despite(&self) -> Vec<Cause> {
        if !matches!(self.outcome, Outcome::Met | Outcome::NotMet) {
            return Vec::new();
        }
        let mut found = self.despite.clone();
        let within = self.parts.iter().filter_map(|part| match part {
            Part::Row { judged, .. } | Part::Step(judged) | Part::Operand(judged) | Part::Branch { judged: Some(judged), .. } => Some(judged),
            _ => None,
        });
        for judged in within {
            found.extend(if judged.outcome == Outcome::Undecided { judged.reason.clone() } else { judged.despite() });
        }
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|cause| seen.insert(*cause));
        found
    }
}

/// Everything that was found.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub as_of: Date,
    /// In the order of rules, then of units.
    pub findings: Vec<Finding>,
    /// For each rule of the plan: how many units it asked, of how many.
    pub asked: Vec<Asked>,
    /// For each county (or topmost row): its key and what is heard of it.
    pub counties: Vec<County>,
    /// Over all that is heard.
    pub outcome: Outcome,
    /// The same if every blank is worst, and if every blank is best.
    pub ends: Ends,
    /// The exit status that a run at this fail level has: 0, 1 or 3.
    pub status: u8,
    /// Filters that chose nothing, as they were written.
    pub unmatched: Vec<String>,
}

/// Units asked by a rule, and their outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub rule: usize,
    pub asked: usize,
    pub of: usize,
    /// Why the rule was not judged at all, if it was not (out of force).
    pub reason: Vec<Cause>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct County {
    pub key: String,
    pub name: Text,
    pub outcome: Outcome,
    /// Levels that are reached.
    pub levels: Vec<usize>,
    /// Vetoes that are not met.
    pub vetoes: Vec<usize>,
}

#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: usize,
    pub kind: RuleKind,
    pub unit: UnitId,
    pub outcome: Outcome,
    pub judged: Judged,
    /// `message` and `remedy` with their holes filled.
    pub message: Option<Filled>,
    pub advice_text: Option<Filled>,
    /// Not in force at the as-of date: judged as an advance warning of the first day in force.
    pub advance: Option<Date>,
    /// Whether the outcome of the whole, and the exit status, hear it by itself.
    pub heard: bool,
    /// Ways to make it met, where they were asked for.
    pub remedy: Vec<Remedy>,
}

/// The unit that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitId {
    /// `None` for the whole.
    pub table: Option<usize>,
    pub row: u32,
    /// Codes of a derived unit.
    pub codes: Vec<(usize, u16)>,
    /// The period that it was asked for.
    pub term: Option<Term>,
    /// Parents' keys are not part of it: `2121000001-primary`.
    pub key: String,
    pub name: Text,
    /// The keys of the topmost rows above it: none, one, or with roles one for each to which it leads.
    pub counties: Vec<String>,
}

/// How one requirement, or one node of it, was judged.
#[derive(Clone, Debug)]
pub struct Judged {
    pub outcome: Outcome,
    /// What the grade is or may still be, of a graded rule; the grade of a line, of one of its lines.
    pub grades: Option<Grades>,
    pub form: Form,
    pub value: Figure,
    pub limit: Limit,
    /// In the limit's unit: negative is short.
    pub margin: Option<Number>,
    /// Which of its figures are of so few persons that they may not be shown.
    pub few: Few,
    /// Percent of standard of one comparison, as far as it is known: value over limit for a floor, limit over value for a
    /// ceiling.
    pub attainment: Option<Range>,
    pub rounding_flips: bool,
    /// Decimals to show.
    pub show: u32,
    /// The value with numbers put in.
    pub working: Vec<Piece>,
    /// In the order in which the requirement names them.
    pub cells: Vec<CellRef>,
    pub reason: Vec<Cause>,
    /// What it may still be, while it is undecided.
    pub may: May,
    /// What is unknown in its value or limit although the outcome is settled.
    pub despite: Vec<Cause>,
    pub parts: Vec<Part>,
    /// The standard's `checked up to` lies before the as-of date.
    pub unchecked: bool,
    /// The pack that set the limit.
    pub set_by: usize,
    /// Where a lower layer set it.
    pub layer: Option<Layer>,
    /// The source that the parameter's dated value cites.
    pub source: Option<String>,
}

/// Figures that rest on personal columns and are of one or two persons (R50).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Few {
    pub value: bool,
    pub limit: bool,
    /// Its arithmetic holds what is but one person's, though the figure may be shown.
    pub working: bool,
}

impl Few {
    pub fn any(self) -> bool {
        self.value || self.limit
    }
}

/// The grades that a rule may have been given, and whether it may not apply at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grades {
    grades: [bool; 3],
    pub none: bool,
}

impl Grades {
    pub const ANY: Grades = Grades { grades: [true; 3], none: true };

    pub fn of(grade: Grade) -> Grades {
        Grades::default().with(grade)
    }

    /// Of a rule without grades: it is met, not met, undecided, or has none.
    pub fn of_outcome(outcome: Outcome) -> Grades {
        match outcome {
            Outcome::Met => Grades::of(Grade::Qualified),
            Outcome::NotMet => Grades::of(Grade::NotQualified),
            Outcome::Undecided => Grades::ANY,
            Outcome::Exempt | Outcome::NotApplicable => Grades::default().or_none(),
        }
    }

    pub fn with(mut self, grade: Grade) -> Grades {
        self.grades[grade as usize] = true;
        self
    }

    pub fn or_none(self) -> Grades {
        Grades { none: true, ..self }
    }

    pub fn may_be(self, grade: Grade) -> bool {
        self.grades[grade as usize]
    }

    /// The grade, if it is but one.
    pub fn single(self) -> Option<Grade> {
        let mut may = Grade::ALL.into_iter().filter(|grade| self.may_be(*grade));
        may.next().filter(|_| may.next().is_none() && !self.none)
    }

    /// Qualified and basic are met, not qualified is not met; several that are left leave it undecided.
    pub fn outcome(self) -> Outcome {
        match self.single() {
            Some(Grade::Qualified | Grade::Basic) => Outcome::Met,
            Some(Grade::NotQualified) => Outcome::NotMet,
            None if self.none && self.grades == [false; 3] => Outcome::NotApplicable,
            None => Outcome::Undecided,
        }
    }
}

/// A layer that set a limit, and what the layer above has there.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The override, by its place in the plan.
    pub set: usize,
    /// In the limit's unit; `None` where it is no one number.
    pub than: Option<Number>,
    /// The pack that the layer above belongs to.
    pub above: usize,
}

/// Which requirement it was: what value, limit and parts mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Comparison,
    Between,
    /// Codes, text, yes/no, dates, is known.
    Plain,
    /// Rows that breach: every, no, all.
    Rows,
    /// At least or at most N% of rows, or of counted columns.
    Share,
    /// At least or at most N of rows.
    Count,
    OfWhom,
    ForEvery,
    Variation(Spread),
    Several,
    /// One part for each grade line.
    Graded,
    Rules { bound: Option<Bound>, wanted: Wanted },
    /// `when` was false, or the scope or the rule's dates left nothing to judge.
    Unasked,
}

/// A value as a report shows it: in the unit and scale of the limit as the rule writes it (4.2 teacher per 100 pupil).
/// A percent alone stays a plain ratio (`7/78`, never `8.97`), in values, limits, margins and pieces.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    None,
    Number { number: Number, unit: Unit },
    /// Unknown: what is known of its ends.
    Bounds { range: Range, unit: Unit },
    /// A variation, by its square.
    Spread { square: Number },
    /// An index that need not be rational.
    Real(Arc<Real>),
    Text(Text),
    Date(String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    None,
    Number { number: Number, unit: Unit, op: Compare, rest: Option<Rest> },
    /// The limit is itself unknown or has no value.
    Unknown { op: Compare },
    /// A variation or an index, which need not be rational.
    Figure { figure: Figure, op: Compare },
    Between { low: Number, high: Number, unit: Unit },
    OneOf { list: Vec<Text>, negated: bool },
    Plain { op: Compare, text: Text },
}

/// A piece of the arithmetic.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Number { number: Number, unit: Unit },
    Word(Text),
    Unknown(Text),
    Open,
    Close,
    Sign(&'static str),
}

#[derive(Clone, Debug)]
pub enum Part {
    /// A row that breaches or is open.
    Row { table: usize, row: u32, name: Text, key: String, judged: Box<Judged> },
    Counts { asked: u64, met: u64, not_met: u64, undecided: u64, not_applicable: u64 },
    Share { numerator: Range, denominator: Range, outside: Option<u64> },
    Step(Box<Judged>),
    Operand(Box<Judged>),
    ForEvery { quantity: Number, groups: Number },
    /// One school's part in a variation. `share` is its share of the spread; `of_limit` where the variation is the limit that
    /// another is held against; `few`, that its value or its weight is of so few persons that none of it may be shown;
    /// `persons`, of how many it is.
    Member { table: usize, row: u32, name: Text, key: String, value: Number, unit: Unit, weight: Number, term: Portion, share: Portion, of_limit: bool, few: bool, persons: u64 },
    /// An exception of the rule that holds for the unit, or may. With a judgement of its own where it is not the unit's; and
    /// what the rule would come to without it, where that is not the unit's.
    Exception { rule: usize, at: usize, applies: Truth, outcome: Outcome, judged: Option<Box<Judged>>, otherwise: Option<Outcome> },
    /// A rule that is counted or named, and the one unit whose outcome it is: its key, and its row where it has one.
    Branch { rule: usize, unit: Option<String>, row: Option<u32>, outcome: Outcome, judged: Option<Box<Judged>>, grade: Option<Grade>, attainment: Option<Number> },
}
