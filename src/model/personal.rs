//! Which columns hold what may not appear in clear: those that say so, and those that hold the personal key of another table.

use super::plan::Plan;

impl Plan {
    /// Whether the cells of a column may not appear in clear.
    pub fn is_personal(&self, table: usize, column: usize) -> bool {
        self.holds_personal(table, column, self.tables.len())
    }

    /// Whether rows of a table are known by a key that may not appear in clear; parts are known by the key of the whole.
    pub fn has_personal_key(&self, table: usize) -> bool {
        self.tables.get(table).is_some_and(|def| match &def.split {
            Some(split) if split.of != table => self.has_personal_key(split.of),
            _ => def.key.iter().any(|key| self.is_personal(table, *key)),
        })
    }

    /// Whether any column of a table may not appear in clear.
    pub fn has_personal(&self, table: usize) -> bool {
        self.tables.get(table).is_some_and(|def| (0..def.columns.len()).any(|column| self.is_personal(table, column)))
    }

    /// A chain of links is no longer than there are tables.
    fn holds_personal(&self, table: usize, column: usize, steps: usize) -> bool {
        let Some(def) = self.tables.get(table) else { return false };
        let mut above = def.parents.iter().filter(|parent| parent.column == column && parent.table != table);
        let personal_key = |table: usize| self.tables.get(table).is_some_and(|def| def.key.iter().any(|key| self.holds_personal(table, *key, steps - 1)));
        // The parent of a part is the whole that it is a part of, and its first column is no link.
        def.columns.get(column).is_some_and(|column| column.personal) || (steps > 0 && def.split.is_none() && above.any(|parent| personal_key(parent.table)))
    }
}
