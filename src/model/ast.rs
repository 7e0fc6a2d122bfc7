//! A rule file as it was written: items, clauses and expressions, each with its place. No name is resolved here.

use crate::base::{Date, Number, Span, Term, TermKind, YearMonth};

pub use super::layer::{Claim, Exception, Extends, Override, Waiver, Withdrawn};
use super::op::{Arith, Compare, Rounding};

mod sentence;

pub use sentence::*;
use super::when::When;

/// A name as it was written, without its quotes.
#[derive(Clone, Debug)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// A text between quotes.
#[derive(Clone, Debug)]
pub struct Quoted {
    pub text: String,
    pub span: Span,
}

/// A text with holes, `{pupils} pupils, at most 900`: what stands between braces is a value of the unit that is told of it.
#[derive(Clone, Debug)]
pub struct Template {
    pub words: Quoted,
    /// From left to right; the place of each with its braces.
    pub holes: Vec<(Span, Expr)>,
}

/// A number with or without a unit.
#[derive(Clone, Debug)]
pub struct Quantity {
    pub number: Number,
    pub percent: bool,
    pub unit: Option<UnitExpr>,
    pub span: Span,
}

/// A unit as it was written: `m2`, `m2/pupil`, `teacher per 100 pupil`, `per 100 pupil`.
#[derive(Clone, Debug)]
pub struct UnitExpr {
    pub over: Option<Name>,
    pub under: Option<Name>,
    /// The 100 of `per 100 pupil`.
    pub each: Option<Number>,
    pub span: Span,
}

/// All that was understood of one file. Items and clauses that were not are absent; their messages stand beside.
#[derive(Clone, Debug, Default)]
pub struct File {
    pub items: Vec<Item>,
    /// How many items were begun, understood or not.
    pub begun: usize,
    /// The spans of heads of items that could not be understood.
    pub broken: Vec<Span>,
    /// Words of heads and declarations that could not be understood: what they were to declare need not be missed again.
    pub lost: Vec<String>,
    /// Heads and clauses in the order in which they stand, understood or not.
    pub pieces: Vec<Piece>,
}

impl File {
    /// Adds what follows in the same file.
    pub fn append(&mut self, more: File) {
        self.items.extend(more.items);
        self.begun += more.begun;
        self.broken.extend(more.broken);
        self.lost.extend(more.lost);
        self.pieces.extend(more.pieces);
    }
}

/// The stretch of a head or of a clause, without the comments behind it.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub span: Span,
    pub head: bool,
    /// Whether all of it was understood.
    pub understood: bool,
}

#[derive(Clone, Debug)]
pub struct Item {
    /// The head line's words, without clauses.
    pub span: Span,
    pub kind: ItemKind,
    /// The lints that it need not heed.
    pub allows: Vec<Allow>,
    /// Some clause of it could not be understood.
    pub broken: bool,
}

/// `allow W0611 until 2027-12-31 "…"`: a lint that an item need not heed, to which day, and why.
#[derive(Clone, Debug)]
pub struct Allow {
    /// As the catalog writes it.
    pub code: String,
    /// The last day.
    pub until: Date,
    pub reason: Quoted,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ItemKind {
    Pack(Pack),
    Codes(Codes),
    Table(Table),
    Split(Split),
    Parameter(Parameter),
    Measure(Measure),
    Rule(Rule),
    Override(Override),
    Waiver(Waiver),
    Exception(Exception),
}

#[derive(Clone, Debug)]
pub struct Pack {
    pub id: Name,
    pub version: String,
    pub titles: Vec<Quoted>,
    pub extends: Option<Extends>,
    pub authority: Option<Quoted>,
    pub document: Option<Quoted>,
    pub in_force: Option<Window>,
}

/// `from D to D`, either end open.
#[derive(Clone, Debug)]
pub struct Window {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Codes {
    pub id: Name,
    pub titles: Vec<Quoted>,
    pub best_first: bool,
    pub codes: Vec<Code>,
}

#[derive(Clone, Debug)]
pub struct Code {
    pub id: Name,
    pub titles: Vec<Quoted>,
    /// The national number codes.
    pub numbers: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub id: Name,
    pub titles: Vec<Quoted>,
    pub keys: Vec<Column>,
    /// `key a, b`: columns that are declared elsewhere in the table.
    pub key_of: Vec<Name>,
    pub parents: Vec<Parent>,
    pub columns: Vec<Column>,
    /// `name COLUMN`: what a row is called.
    pub called: Option<Name>,
    /// `counted in UNIT`.
    pub counted_in: Option<UnitExpr>,
    /// `filed by TABLE`.
    pub filed_by: Option<Name>,
    /// And `as ROLE`.
    pub filed_as: Option<Name>,
    /// `evidence for …`.
    pub evidence: Option<EvidenceColumns>,
    /// `period NAME school year`: what tells the rows of one key apart.
    pub period: Option<Column>,
}

#[derive(Clone, Debug)]
pub struct Parent {
    pub table: Name,
    pub column: Name,
    pub titles: Vec<Quoted>,
    /// `as ROLE`.
    pub role: Option<Name>,
    /// `may be blank`: a row need not name one.
    pub optional: bool,
    /// The link is not personal, though the key of its table is.
    pub open: bool,
    pub span: Span,
}

/// The columns of a table of evidence: which rule, when issued, until when, what was found.
#[derive(Clone, Debug)]
pub struct EvidenceColumns {
    pub rule: Name,
    pub issued: Option<Name>,
    pub until: Option<Name>,
    pub found: Name,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub id: Name,
    pub titles: Vec<Quoted>,
    pub ty: ColumnType,
    pub blank_means: Option<BlankMeans>,
    pub personal: bool,
    /// Not personal, though the key of its table is.
    pub open: bool,
    /// `between a and b`: declared bounds.
    pub between: Option<(Quantity, Quantity)>,
    /// `may be negative`: no natural bound.
    pub negative: bool,
    pub span: Span,
}

/// What stands for a blank cell: `blank means 0`, `blank means no`, `blank means none`.
#[derive(Clone, Debug)]
pub struct BlankMeans {
    pub means: Meaning,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Meaning {
    Number(Number),
    Truth(bool),
    /// A code of the column's list.
    Code(Name),
}

#[derive(Clone, Debug)]
pub enum ColumnType {
    Whole(Option<UnitExpr>),
    Number(Option<UnitExpr>),
    /// `number as fraction`.
    Fraction,
    Text,
    YesNo,
    Date,
    YearMonth,
    Term(TermKind),
    OneOf(Name),
}

#[derive(Clone, Debug)]
pub struct Split {
    pub table: Name,
    pub into: Name,
    pub by: Name,
    pub titles: Vec<Quoted>,
    pub parts: Vec<Part>,
    pub shared: Vec<Name>,
    pub own: Vec<Own>,
}

/// `part primary pupils primary_pupils share 1`.
#[derive(Clone, Debug)]
pub struct Part {
    pub code: Name,
    pub titles: Vec<Quoted>,
    pub pupils: Name,
    pub share: Number,
    pub span: Span,
}

/// `own backbone_teachers "…" primary a, junior b`.
#[derive(Clone, Debug)]
pub struct Own {
    pub id: Name,
    pub titles: Vec<Quoted>,
    pub columns: Vec<(Name, Name)>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Parameter {
    pub id: Name,
    pub titles: Vec<Quoted>,
    /// Code lists or `text`.
    pub by: Vec<Name>,
    pub unit: Option<UnitExpr>,
    pub dated: Vec<Dated>,
    pub checked_up_to: Option<(Date, Span)>,
}

#[derive(Clone, Debug)]
pub struct Dated {
    pub window: Window,
    pub values: Vec<Valued>,
    pub source: Option<Quoted>,
    pub span: Span,
}

/// `primary 45`, `otherwise 2000`, or a value alone.
#[derive(Clone, Debug)]
pub struct Valued {
    pub keys: Vec<CaseKey>,
    pub value: Constant,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum CaseKey {
    Name(Name),
    Text(Quoted),
    Otherwise(Span),
}

#[derive(Clone, Debug)]
pub enum Constant {
    Quantity(Quantity),
    Date(Date, Span),
    Truth(bool, Span),
}

#[derive(Clone, Debug)]
pub struct Measure {
    pub id: Name,
    pub titles: Vec<Quoted>,
    pub of: Name,
    pub unit: Option<UnitExpr>,
    pub body: Option<Expr>,
    pub show: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// Reached or not; never heard by the whole.
    Level,
    Advice,
    Rule,
    Veto,
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub kind: RuleKind,
    pub id: Name,
    pub titles: Vec<Quoted>,
    pub cites: Vec<Quoted>,
    pub each: Vec<Each>,
    /// `in this school year`, `each semester`, behind those who are asked.
    pub term: Option<TermClause>,
    pub when: Option<Expr>,
    pub require: Vec<Expr>,
    /// Instead of `require`, in the order in which they are written.
    pub grades: Vec<GradeLine>,
    /// Of a level: the level that comes before it.
    pub after: Option<Name>,
    pub message: Option<Template>,
    pub remedy: Option<Template>,
    pub show: Option<u32>,
    pub in_force: Option<Window>,
    pub withdrawn: Option<Withdrawn>,
}

/// One `each` of `for each county, each stage in (primary, junior)`.
#[derive(Clone, Debug)]
pub struct Each {
    pub rows: Rows,
    pub only: Option<Vec<Name>>,
    pub span: Span,
}

/// `in this school year`, `each semester`, `each semester in this school year`.
#[derive(Clone, Copy, Debug)]
pub struct TermClause {
    pub each: Option<TermKind>,
    pub when: Option<When>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: Box<ExprKind>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    Quantity(Quantity),
    Text(String),
    Date(Date),
    YearMonth(YearMonth),
    Term(Term),
    Truth(bool),
    /// A bare name, of whatever its place wants.
    Name(String),
    /// `table.column`.
    Of(Name, Name),
    /// `pair as urban`: rows with the role that leads up from them.
    ByRole(Expr, Name),
    /// `largest_class[stage]`.
    Index(Name, Vec<Expr>),
    Neg(Expr),
    Not(Expr),
    Arith(Arith, Expr, Expr),
    /// `x per 100 y`; the number is 1 where none stands.
    Per(Expr, Number, Expr),
    /// `10% of x`.
    PercentOf(Quantity, Expr),
    Compare(Compare, Expr, Expr),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Between(Expr, Expr, Expr),
    OneOf { of: Expr, list: Vec<Expr>, negated: bool },
    Known { of: Expr, negated: bool },
    /// `L1 met`.
    Status { rule: Name, wanted: Status },
    If { cond: Expr, then: Expr, otherwise: Expr },
    /// `of` is absent where the codes alone say it: 生均面积 小学 不低于 4，初中 不低于 5.
    ByCase { of: Option<Expr>, arms: Vec<(CaseKey, Expr)> },
    Rounded(Expr, Rounding),
    /// `1 room for every 12 of count(class), part counted`.
    ForEvery { amount: Quantity, every: Number, of: Expr, part_counted: bool },
    /// `2 years before d`.
    DateShift { number: Number, months: bool, before: Expr },
    /// `whole_years(a to b)`.
    Whole { months: bool, touched: bool, from: Expr, to: Expr },
    /// `total_years(begin to end across t where c)`; of labels without an end.
    Total { months: bool, from: Expr, to: Option<Expr>, rows: Rows },
    /// `x in last school year`, `x 3 years earlier`.
    InTerm(When, Expr),
    /// `x rising since 2022`.
    Rising { of: Expr, since: i16 },
    Aggregate(AggregateCall),
    Sentence(Sentence),
    Rules(RulesSentence),
    Evidence(EvidenceSaid),
    /// `at most 45 pupils` said of rows, without the column that is compared. Never meant: the checker names the columns.
    Unsaid(Compare, Expr),
}
