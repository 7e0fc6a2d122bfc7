//! Which periods the rows of a table are of, and which rows are of one key.

use crate::base::TermKind;
use crate::eval::{World, bare_key};
use crate::model::reduced::Kept;

/// The periods of a table; `None` for one that holds no periods.
pub(super) fn kept(world: &World, table: usize) -> Option<Kept> {
    world.plan.tables[table].period?;
    let mut kept = Kept::default();
    for row in 0..u32::try_from(world.rows(table)).unwrap_or(u32::MAX) {
        let Some(term) = world.row_term(table, row) else { continue };
        kept.terms.extend([TermKind::SchoolYear, TermKind::Semester, TermKind::Year].into_iter().filter_map(|kind| term.within(kind)));
        kept.rows.entry(bare_key(world.plan, world.tables, table, row)).or_default().push((term, row));
    }
    kept.terms.sort_unstable();
    kept.terms.dedup();
    kept.rows.values_mut().for_each(|rows| rows.sort_unstable());
    Some(kept)
}
