//! The parts of a combined school.

use crate::base::Number;

use super::Titles;

/// Parts of the rows of another table, which is this table's only parent.
///
/// The columns of a split table are, in order: `pupils`, the code column, the shared ones, the own ones.
#[derive(Clone, Debug)]
pub struct SplitDef {
    pub of: usize,
    pub codes: usize,
    pub parts: Vec<PartDef>,
    /// Columns of the whole, shared in proportion to pupils × share; they are columns 2… of the parts.
    pub shared: Vec<usize>,
    /// For each own column, the whole's column for each part (in the order of `parts`), if it has one.
    pub own: Vec<Vec<Option<usize>>>,
}

impl SplitDef {
    /// Whether a column of the parts is a portion of the whole's, in proportion to its pupils.
    pub fn is_shared(&self, column: usize) -> bool {
        (2..2 + self.shared.len()).contains(&column)
    }

    /// Whether a column of the parts rests on how the whole's pupils divide: the pupils themselves and what is shared.
    pub fn rests_on_pupils(&self, column: usize) -> bool {
        column == 0 || self.is_shared(column)
    }
}

#[derive(Clone, Debug)]
pub struct PartDef {
    pub code: u16,
    pub names: Titles,
    /// The whole's column of that part's pupils.
    pub pupils: usize,
    pub share: Number,
}
