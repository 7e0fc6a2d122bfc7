//! What differs: two records of reports, two plans or the tables of two data sets come in, the difference goes out, in
//! words and for programs. Whether it was data, rule, parameter or date that moved a finding is told from judgements of
//! the crosses, which are made elsewhere. Nothing is judged here and nothing is looked up.

mod cause;
mod cells;
mod json;
mod moves;
mod phrase;
mod plans;
mod record;
mod renamed;
mod shown;
mod standards;
mod tables;
mod text;
mod verify;

pub use cause::{Cause, Cross, Factor, Manner, causes};
pub use cells::{CellChange, Cells, cells};
pub use json::json;
pub use moves::{Change, Move, moves};
pub use plans::{Plans, RuleWords, Said, plans};
pub use record::{Found, Of, Record, RecordedInput, RecordedPack, record};
pub use standards::{mixed, same_but_standards, same_standards};
pub use text::text;
pub use verify::{Verified, verified};

/// All that `heng diff` has found.
#[derive(Clone, Debug)]
pub enum Difference {
    Reports { a: Side, b: Side, moves: Moves },
    Packs { a: String, b: String, plans: Plans },
    Data { a: Side, b: Side, cells: Cells, moves: Moves },
}

/// One of the two things that are compared.
#[derive(Clone, Debug)]
pub struct Side {
    pub path: String,
    pub as_of: crate::base::Date,
    pub outcome: crate::model::verdict::Outcome,
}

/// What became of each finding, and what moved it.
#[derive(Clone, Debug)]
pub struct Moves {
    pub all: Vec<Move>,
    /// What differs between the two; `None` where it cannot be told.
    pub factors: Option<Vec<Factor>>,
    /// Why no finding can be put down to any of them.
    pub unknown: Vec<Unknown>,
}

/// Why it cannot be said what moved a finding. `side` is A or B.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// A file or a pack is not at hand, or has changed since the report.
    NotAtHand { side: String, path: String, changed: bool },
    /// The report does not say by which packs it was judged.
    PackNotNamed { side: String },
    NotRepeated { side: String },
    /// Judged again, the report does not come out as it is.
    NotAsReported { side: String },
}

impl Difference {
    /// Whether anything differs at all.
    pub fn any(&self) -> bool {
        let moved = |moves: &Moves| moves.all.iter().any(|one| one.change.is_any() || one.other_value);
        match self {
            Difference::Reports { a, b, moves } => moved(moves) || a.outcome != b.outcome || a.as_of != b.as_of || moves.factors.as_ref().is_some_and(|factors| !factors.is_empty()),
            Difference::Packs { plans, .. } => plans.any(),
            Difference::Data { a, b, cells, moves } => cells.any() || moved(moves) || a.outcome != b.outcome,
        }
    }
}
