//! The parts of combined schools: a row for each part that has pupils.

use crate::eval::World;
use crate::model::plan::{ColumnRef, SplitDef};
use crate::model::reduced::PartRow;

/// A part with 0 pupils is no row; one with pupils unknown is one, that may be none.
pub(super) fn parts(world: &World, split: &SplitDef) -> Vec<PartRow> {
    let rows = u32::try_from(world.rows(split.of)).unwrap_or(u32::MAX);
    let mut parts = Vec::new();
    for row in 0..rows {
        for (place, part) in split.parts.iter().enumerate() {
            let pupils = world.cell(ColumnRef { table: split.of, column: part.pupils }, row);
            let known = pupils.as_range().single();
            if known.is_none_or(|pupils| !pupils.is_zero()) {
                parts.push(PartRow { row, part: u16::try_from(place).unwrap_or(u16::MAX), possible: known.is_none() });
            }
        }
    }
    parts
}
