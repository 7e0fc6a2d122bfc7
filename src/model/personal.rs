//! Which columns hold what may not appear in clear: those that say so, those that hold the personal key of another table,
//! and in a table with a personal key all that do not say that they are open.

use super::plan::Plan;

impl Plan {
    /// Whether the cells of a column may not appear in clear.
    pub fn is_personal(&self, table: usize, column: usize) -> bool {
        let Some(def) = self.tables.get(table) else { return false };
        let is_open = def.columns.get(column).is_none_or(|column| column.open);
        self.is_personal_itself(table, column, self.tables.len()) || (!is_open && self.has_personal_key(table))
    }

    /// Whether rows of a table are known by a key that may not appear in clear; parts are known by the key of the whole.
    pub fn has_personal_key(&self, table: usize) -> bool {
        self.has_key_of_person(table, self.tables.len())
    }

    /// Whether any column of a table may not appear in clear.
    pub fn has_personal(&self, table: usize) -> bool {
        self.tables.get(table).is_some_and(|def| (0..def.columns.len()).any(|column| self.is_personal(table, column)))
    }

    /// Whether a column holds the personal key of a table above.
    pub fn links_to_person(&self, table: usize, column: usize) -> bool {
        self.is_link_to_person(table, column, self.tables.len())
    }

    /// A chain of links is no longer than there are tables: `steps` counts what is left of it.
    fn has_key_of_person(&self, table: usize, steps: usize) -> bool {
        self.tables.get(table).is_some_and(|def| match &def.split {
            Some(split) if split.of != table => steps > 0 && self.has_key_of_person(split.of, steps - 1),
            _ => def.key.iter().any(|key| self.is_personal_itself(table, *key, steps)),
        })
    }

    /// Whether a column says that it is personal, or holds the personal key of another table.
    fn is_personal_itself(&self, table: usize, column: usize, steps: usize) -> bool {
        self.tables.get(table).and_then(|def| def.columns.get(column)).is_some_and(|column| column.personal) || self.is_link_to_person(table, column, steps)
    }

    fn is_link_to_person(&self, table: usize, column: usize, steps: usize) -> bool {
        let Some(def) = self.tables.get(table) else { return false };
        let mut above = def.parents.iter().filter(|parent| parent.column == column && parent.table != table);
        // The parent of a part is the whole that it is a part of, and its first column is no link.
        steps > 0 && def.split.is_none() && above.any(|parent| self.has_key_of_person(parent.table, steps - 1))
    }
}
