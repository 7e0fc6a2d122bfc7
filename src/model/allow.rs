//! What is set aside: which lint, for which lines, to which day, and why.

use crate::base::{Date, SourceId, Span};

/// A lint that is set aside for an item, or, where the item is a pack, for all of it.
#[derive(Clone, Debug)]
pub struct AllowDef {
    pub code: String,
    /// The last day.
    pub until: Date,
    pub reason: String,
    pub reach: Reach,
    pub span: Span,
}

/// How far something that an item says reaches.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    /// The item's lines.
    Item(Span),
    /// The files from this one up to, and without, the other.
    Files(SourceId, SourceId),
}

impl Reach {
    pub fn holds(self, span: Span) -> bool {
        match self {
            Reach::Item(item) => item.holds(span),
            Reach::Files(first, end) => (first..end).contains(&span.source),
        }
    }
}
