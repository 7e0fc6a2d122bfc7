//! What rule files mean: names resolved, types and units settled, aggregates named, nothing left to look up.
//!
//! Numbers are in base units throughout (yuan, not 万元; a plain ratio, not percent); a [`Unit`] beside a node says how
//! people write its value.

use std::sync::Arc;

use crate::base::{Date, Number, Span, Term, TermKind, Text, Unit, YearMonth};

use super::ast::{Grade, RuleKind, Status};
pub use super::allow::{AllowDef, Reach};
pub use super::layered::{ExceptionDef, OverrideDef, Overridden, Ruling, RulingDef, SetDef, WaiverDef, WithdrawnDef};
use super::op::{Aggregate, Arith, Compare, Rounding};

mod said;
mod split;

pub use said::*;
pub use split::*;
use super::when::When;

/// Everything that packs say.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub packs: Vec<PackInfo>,
    pub codes: Vec<CodeList>,
    pub tables: Vec<TableDef>,
    pub parameters: Vec<ParameterDef>,
    pub measures: Vec<MeasureDef>,
    /// INVARIANT: an aggregate only reads aggregates before it.
    pub aggregates: Vec<AggregateDef>,
    /// Shares of one population in another.
    pub shares: Vec<ShareDef>,
    /// What packs set instead of those that they extend.
    pub overrides: Vec<OverrideDef>,
    /// In document order.
    pub rules: Vec<RuleDef>,
    /// INVARIANT: every rule's number once, after those that it counts or asks about.
    pub order: Vec<usize>,
    /// The pack of each source.
    pub files: Vec<usize>,
    /// Lints that are set aside, in document order.
    pub allows: Vec<AllowDef>,
}

#[derive(Clone, Debug)]
pub struct PackInfo {
    pub id: String,
    pub version: String,
    pub titles: Titles,
    pub authority: Option<String>,
    pub document: Option<String>,
    pub in_force: Period,
    /// The pack that this one extends.
    pub extends: Option<usize>,
}

/// An id and its titles. Either title may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles {
    pub id: String,
    pub en: Option<String>,
    pub zh: Option<String>,
}

impl Titles {
    /// The best name in each language: its own title, else the other's, else the id.
    pub fn text(&self) -> Text {
        let pick = |first: &Option<String>, second: &Option<String>| first.clone().or_else(|| second.clone()).unwrap_or_else(|| self.id.clone());
        Text { en: pick(&self.en, &self.zh), zh: pick(&self.zh, &self.en) }
    }

    /// For English, an id reads better than a Chinese title.
    pub fn short(&self) -> Text {
        Text { en: self.en.clone().unwrap_or_else(|| self.id.clone()), zh: self.zh.clone().unwrap_or_else(|| self.id.clone()) }
    }

    pub fn all(&self) -> impl Iterator<Item = &str> {
        [Some(&self.id), self.en.as_ref(), self.zh.as_ref()].into_iter().flatten().map(String::as_str)
    }
}

/// From and to, both included, either open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Period {
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

#[derive(Clone, Debug)]
pub struct CodeList {
    pub names: Titles,
    pub best_first: bool,
    pub codes: Vec<CodeDef>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct CodeDef {
    pub names: Titles,
    /// What else stands for it in data: its numbers, and titles beyond the first of a language.
    pub spellings: Vec<String>,
}

/// What one row is, and what stands above it.
#[derive(Clone, Debug)]
pub struct TableDef {
    pub names: Titles,
    /// The places of the key's columns; empty if rows are known by their place.
    pub key: Vec<usize>,
    pub parents: Vec<ParentDef>,
    /// Key and link columns first, then the others in order.
    pub columns: Vec<ColumnDef>,
    /// The column that says what a row is called.
    pub called: Option<usize>,
    /// The unit of a count of its rows.
    pub counted_in: Unit,
    /// Every row of this table must have rows here.
    pub filed_by: Option<usize>,
    /// And, where its rows have several ways there, by which of them.
    pub filed_as: Option<LinkRef>,
    /// Where its rows are evidence.
    pub evidence: Option<EvidenceTable>,
    /// The column of the period that a row is of: a key has one row in each. It is the last of the key.
    pub period: Option<usize>,
    /// The parts of a split table, instead of rows of a file.
    pub split: Option<SplitDef>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ParentDef {
    pub table: usize,
    /// The link column's place.
    pub column: usize,
    pub role: Option<String>,
    /// A row need not name one; then nothing stands above it here.
    pub optional: bool,
}

/// One of the links of a table: the way up from its rows that a role names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkRef {
    pub table: usize,
    /// The place among its parents.
    pub parent: usize,
}

/// The columns of a table of evidence.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceTable {
    /// A text: the id of the rule that it speaks of.
    pub rule: usize,
    /// A date.
    pub issued: Option<usize>,
    /// A date, the last of its validity; a blank sets no end.
    pub until: Option<usize>,
    /// A code.
    pub found: usize,
}

#[derive(Clone, Debug)]
pub struct ColumnDef {
    pub names: Titles,
    pub ty: ColumnKind,
    /// How numbers of this column are written.
    pub unit: Unit,
    pub blank_means: Option<Blank>,
    /// `number as fraction`: 0.85 is 85%, and nobody need ask.
    pub is_fraction: bool,
    pub personal: bool,
    /// Not personal, though the key of its table is.
    pub open: bool,
    /// In base units. A column with a unit has 0 for its lower bound.
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub span: Span,
}

/// What a blank cell of a column means, in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blank {
    Number(Number),
    Truth(bool),
    Code(u16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    Whole,
    Number,
    Text,
    YesNo,
    Date,
    YearMonth,
    Term(TermKind),
    /// A code of this list.
    Code(usize),
}

#[derive(Clone, Debug)]
pub struct ParameterDef {
    pub names: Titles,
    pub by: Vec<ParameterKey>,
    pub ty: Type,
    pub dated: Vec<DatedDef>,
    pub checked_up_to: Option<Date>,
    pub pack: usize,
    /// The layers that set values of it, from the highest to the lowest; `dated` holds what wins.
    pub layers: Vec<usize>,
    /// Where layers set values: what the parameter's own pack says.
    pub own: Vec<DatedDef>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKey {
    Codes(usize),
    Text,
}

#[derive(Clone, Debug)]
pub struct DatedDef {
    pub period: Period,
    pub values: Vec<(Vec<Key>, Constant)>,
    pub otherwise: Option<Constant>,
    pub source: Option<String>,
    /// Which of the values layers have set.
    pub set: Vec<SetDef>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Code(u16),
    Text(Arc<str>),
}

/// A value that stands in a rule file, in base units.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    Number(Number),
    Date(Date),
    Truth(bool),
}

#[derive(Clone, Debug)]
pub struct MeasureDef {
    pub names: Titles,
    pub of: usize,
    pub body: Node,
    pub show: Option<u32>,
    pub span: Span,
}

/// Who is asked: the rows of a table, for each code of some lists; or, without a table, the whole once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Level {
    pub table: Option<usize>,
    /// Code lists, in the order of `for each`.
    pub codes: Vec<usize>,
    /// Asked once for each period of this kind.
    pub each: Option<TermKind>,
}

#[derive(Clone, Debug)]
pub struct AggregateDef {
    pub what: Collect,
    pub over: usize,
    /// One result for each group: a row of the level's table × codes, else one for the whole.
    pub at: Level,
    /// The role by which rows of `over` belong to a row of the level's table, where there is more than one way.
    pub role: Option<LinkRef>,
    /// For each code of the level, the column of `over` (or of a table above it) that says it.
    pub code_columns: Vec<ColumnRef>,
    /// Each said of a row of `over`: a member is a row of which all are true. One that does not apply is not.
    pub filter: Vec<Node>,
    /// Said of a row of `over`; absent for a count.
    pub operand: Option<Node>,
    /// Of a total of periods, where each ends.
    pub weight: Option<Node>,
    /// One result for each period of this kind that the rows name: rows of several periods are never collected together.
    pub by: Option<TermKind>,
    pub ty: Type,
    pub span: Span,
}

/// A share of one population in another, as aggregates: what is in the numerator, in the denominator, and in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareDef {
    pub part: usize,
    pub whole: usize,
    pub inside: usize,
    /// Of two counts: a tally of the denominator, row by row, of what the numerator asks.
    pub rows: Option<usize>,
}

/// What is collected over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collect {
    Value(Aggregate),
    /// How many rows satisfy the operand, breach it, leave it open or have no answer: what sentences need.
    Tally,
}

/// A column of a table at or above a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnRef {
    pub table: usize,
    pub column: usize,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A number, and how people write it.
    Number(Unit),
    /// A variation: known by its square, compared, rounded and shown, nothing else.
    Spread,
    /// An index that need not be rational: compared with a limit, rounded and shown, nothing else.
    Real,
    Truth,
    Text,
    Date,
    YearMonth,
    Term(TermKind),
    Code(usize),
    /// What could not be understood: agrees with everything, so that one mistake is said once.
    Unknown,
}

/// An expression that means something.
#[derive(Clone, Debug)]
pub struct Node {
    pub kind: Box<NodeKind>,
    pub ty: Type,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum NodeKind {
    Number(Number),
    Text(Arc<str>),
    Truth(bool),
    Date(Date),
    YearMonth(YearMonth),
    Term(Term),
    Code(u16),
    /// The cell of the row at hand, or of the row above it that is of this table.
    Column(ColumnRef),
    /// The n-th code of the unit asked.
    UnitCode(usize),
    AsOf,
    /// A measure of the row at hand, or of the row above it.
    Measure(usize),
    Parameter { id: usize, keys: Vec<Node> },
    /// The aggregate of the group that the row at hand, or the unit asked, belongs to.
    Aggregate(usize),
    Neg(Node),
    Arith(Arith, Node, Node),
    Round(Rounding, Node),
    ForEvery { amount: Number, every: Number, of: Node, part_counted: bool },
    If { cond: Node, then: Node, otherwise: Node },
    ByCase { of: Node, arms: Vec<(Vec<Key>, Node)>, otherwise: Option<Node> },
    DateShift { months: i32, of: Node },
    /// Whole years or months from one day to another; or the calendar months that are touched, or twelves of them.
    Whole { months: bool, touched: bool, from: Node, to: Node },
    /// A column or a measure of the row above that a role leads to, or of what stands above that row.
    Through { link: LinkRef, of: Node },
    /// The value in another period: of the row of the same key, and of aggregates over the rows of that period.
    InTerm { when: When, of: Node },
    /// Greater in each year than in the year before, from the year that begins then to the period at hand.
    Rising { of: Node, since: i16 },
    Not(Node),
    And(Vec<Node>),
    Or(Vec<Node>),
    Compare(Compare, Node, Node),
    Between { of: Node, low: Node, high: Node },
    OneOf { of: Node, list: Vec<Node>, negated: bool },
    Known { of: Node, negated: bool },
    Sentence(Sentence),
    /// Only said of the unit asked.
    Evidence(EvidenceDef),
    /// Only in `when` and `require`, never said of rows.
    Status { rule: usize, wanted: Status },
    /// Only in `when` and `require`, never said of rows.
    Rules(RulesDef),
}

#[derive(Clone, Debug)]
pub struct RuleDef {
    pub kind: RuleKind,
    pub names: Titles,
    pub pack: usize,
    pub cites: Vec<String>,
    pub at: Level,
    /// The period asked: that at hand for all that the rule says. Of a rule that asks each, those that are asked.
    pub term: Option<When>,
    /// For each code list of the level, the codes that are asked, in the order of their list.
    pub codes: Vec<Vec<u16>>,
    /// `where` of `for each`, said of a unit.
    pub scope: Option<Node>,
    pub when: Option<Node>,
    /// Empty where the rule is graded.
    pub require: Vec<Node>,
    /// When each grade is reached, best first; empty where the rule is not graded.
    pub grades: Vec<(Grade, Node)>,
    /// Of a level: the level that comes before it, whose outcome is its last requirement.
    pub after: Option<usize>,
    pub message: Option<Told>,
    pub remedy: Option<Told>,
    pub show: Option<u32>,
    pub in_force: Period,
    /// The layers that ask something else, from the highest to the lowest.
    pub layers: Vec<usize>,
    pub exceptions: Vec<ExceptionDef>,
    /// `in_force` ends the day before.
    pub withdrawn: Option<WithdrawnDef>,
    /// The rules that count this one.
    pub part_of: Vec<usize>,
    pub span: Span,
}
