//! The units that a rule asks: who they are, what they are called, in which order they stand.

use std::sync::Arc;

use crate::base::{Term, Text};
use crate::eval::{At, World};
use crate::model::table::CellValue;
use crate::model::verdict::UnitId;

use super::{Judge, UnitKey};

/// What a row is called, and the counties that it belongs to.
#[derive(Clone, Debug)]
pub struct Called {
    key: String,
    name: Text,
    counties: Vec<String>,
}

impl Judge<'_> {
    /// The units of a rule's level, rows with codes, in order: by their parents' keys, then their own, by code point; codes
    /// by their list.
    pub(super) fn units(&self, rule: usize) -> Vec<UnitKey> {
        let world = self.world(self.ask.as_of);
        self.units_among(rule, self.rows_in_order(&world, self.plan.rules[rule].at.table))
    }

    /// Those of them that are the asking unit, or stand above or beneath it.
    pub(super) fn kin_units(&self, rule: usize, at: At) -> Vec<UnitKey> {
        let level = &self.plan.rules[rule].at;
        let mut units = match at.level.and_then(|asking| asking.table).zip(level.table) {
            Some((asking, own)) => {
                let world = self.world(self.ask.as_of);
                let mut rows = self.kin_rows(own, asking, at.row);
                rows.sort_by_cached_key(|row| self.place_in_order(&world, own, *row));
                self.units_among(rule, &rows)
            }
            None => self.units(rule),
        };
        units.retain(|(row, codes, term)| self.is_kin(level, *row, codes, *term, at));
        units
    }

    fn units_among(&self, rule: usize, rows: &[u32]) -> Vec<UnitKey> {
        let def = &self.plan.rules[rule];
        let world = self.world(self.ask.as_of);
        let mut combinations: Vec<Vec<u16>> = vec![Vec::new()];
        for only in &def.codes {
            combinations = combinations.iter().flat_map(|known| only.iter().map(|code| [known.as_slice(), &[*code]].concat())).collect();
        }
        let terms = self.terms_asked(rule);
        let rows = self.rows_asked(&world, def, rows);
        let units = rows.iter().flat_map(|row| combinations.iter().map(move |codes| (*row, codes)));
        units.flat_map(|(row, codes)| terms.iter().map(move |term| (row, codes.clone(), *term))).collect()
    }

    fn rows_in_order(&self, world: &World, table: Option<usize>) -> &[u32] {
        let Some(table) = table else { return &[0] };
        self.orders[table].get_or_init(|| {
            let mut rows: Vec<u32> = (0..u32::try_from(world.rows(table)).unwrap_or(u32::MAX)).collect();
            rows.sort_by_cached_key(|row| self.place_in_order(world, table, *row));
            rows
        })
    }

    /// Keys from the top down; a part stands by its code's place in the list.
    fn place_in_order(&self, world: &World, table: usize, row: u32) -> (Vec<Arc<str>>, u16) {
        let code = match (&self.plan.tables[table].split, world.part(table, row)) {
            (Some(split), Some(part)) => split.parts[usize::from(part.part)].code,
            _ => 0,
        };
        (world.keys_down(table, row), code)
    }

    /// A unit by its row, its codes of these lists, and its period where each is asked.
    pub(super) fn unit(&self, table: Option<usize>, row: u32, lists: &[usize], codes: &[u16], term: Option<Term>) -> UnitId {
        let world = &self.world(self.ask.as_of);
        let codes: Vec<(usize, u16)> = lists.iter().copied().zip(codes.iter().copied()).collect();
        let code = |(list, code): &(usize, u16)| &self.plan.codes[*list].codes[usize::from(*code)].names;
        let whole = || Called { key: "all".to_string(), name: Text::new("the whole", "全体"), counties: Vec::new() };
        let Called { mut key, mut name, counties } = table.and_then(|table| self.called(world, table, row)).unwrap_or_else(whole);
        for part in codes.iter().map(code) {
            key = format!("{key}-{}", part.id);
            let title = part.text();
            name = Text::new(format!("{} {}", name.en, title.en), format!("{} {}", name.zh, title.zh));
        }
        if let Some(term) = term {
            key = format!("{key}-{term}");
            name = Text::new(format!("{} {term}", name.en), format!("{} {term}", name.zh));
        }
        UnitId { table, row, codes, term, key, name, counties }
    }

    fn called(&self, world: &World, table: usize, row: u32) -> Option<Called> {
        let rows = u32::try_from(world.rows(table)).unwrap_or(u32::MAX);
        let called = |row: u32| Called { key: self.key(world, table, row), name: self.row_name(world, table, row), counties: self.counties_above(world, table, row) };
        if self.is_of_one {
            return (row < rows).then(|| called(row));
        }
        self.called[table].get_or_init(|| (0..rows).map(called).collect()).get(row as usize).cloned()
    }

    /// The key of a row; a part's is its whole's with the part's code.
    pub(super) fn key(&self, world: &World, table: usize, row: u32) -> String {
        match (&self.plan.tables[table].split, world.part(table, row)) {
            (Some(split), Some(part)) => {
                let code = &self.plan.codes[split.codes].codes[usize::from(split.parts[usize::from(part.part)].code)].names.id;
                format!("{}-{code}", self.key(world, split.of, part.row))
            }
            _ => self.tables.tables[table].keys.get(row as usize).map_or_else(String::new, ToString::to_string),
        }
    }

    /// What a row is called: its name column, else its key.
    pub(super) fn row_name(&self, world: &World, table: usize, row: u32) -> Text {
        if let (Some(split), Some(part)) = (&self.plan.tables[table].split, world.part(table, row)) {
            let name = self.row_name(world, split.of, part.row);
            let title = split.parts[usize::from(part.part)].names.text();
            return Text::new(format!("{} {}", name.en, title.en), format!("{} {}", name.zh, title.zh));
        }
        let cell = self.plan.tables[table].called.and_then(|column| self.tables.tables[table].columns.get(column)?.get(row as usize));
        match cell.map(|cell| &cell.value) {
            Some(CellValue::Text(text)) => Text::from(text),
            _ => self.key(world, table, row).into(),
        }
    }

    /// A topmost table is a county's only if rows of other files stand beneath its rows.
    fn is_above_others(&self, table: usize) -> bool {
        self.plan.tables.iter().any(|beneath| beneath.split.is_none() && beneath.parents.iter().any(|parent| parent.table == table))
    }

    /// The keys of the topmost rows above a row: one, or with roles one for each to which it leads.
    pub(super) fn counties_above(&self, world: &World, table: usize, row: u32) -> Vec<String> {
        let tops = world.topmost(table, row).into_iter().filter(|(top, _)| self.is_above_others(*top));
        tops.map(|(top, row)| self.key(world, top, row)).collect()
    }
}
