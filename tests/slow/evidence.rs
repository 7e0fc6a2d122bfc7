//! Evidence, by trying every way in which each row may turn out: it does not count, was found as asked, or otherwise.

use std::collections::BTreeSet;

use heng::model::plan::EvidenceDef;
use heng::model::table::{CellValue, NOWHERE, Why};

use super::rows::{Here, Row, World};
use super::value::Answer;

impl World<'_> {
    pub fn evidence(&self, def: &EvidenceDef, here: &Here) -> Answer {
        if !self.handed_in(def.table) {
            return Answer::OPEN;
        }
        // What all rows so far say together: something was found as asked, something was found otherwise.
        let mut ways = BTreeSet::from([(false, false)]);
        for row in 0..self.tables.tables[def.table].len() {
            let may = self.document(def, row, here);
            ways = ways.iter().flat_map(|(yes, no)| may.iter().map(move |found| (*yes || *found == Some(true), *no || *found == Some(false)))).collect();
        }
        match ways.into_iter().collect::<Vec<_>>()[..] {
            [(true, false)] => Answer::YES,
            [(false, true)] => Answer::YES.not(),
            _ => Answer::OPEN,
        }
    }

    /// `None`: the row does not count.
    fn document(&self, def: &EvidenceDef, row: usize, here: &Here) -> BTreeSet<Option<bool>> {
        let table = &self.tables.tables[def.table];
        let out = BTreeSet::from([None]);
        let Some(columns) = self.plan.tables[def.table].evidence else { return out };
        // Of the nearest row at or above the unit that a document can name.
        let named = |unit: usize| unit == def.table || self.plan.tables[def.table].parents.iter().any(|parent| parent.table == unit);
        let unit = here.row.table().and_then(|asked| self.plan.outward(Some(asked)).flatten().find(|unit| named(*unit)));
        let holder = self.above(here.row, unit);
        if holder.is_none() || self.above(Row::File { table: def.table, row }, unit) != holder {
            return out;
        }
        // What names a row between the unit and itself is that row's.
        let finer = |above: usize| unit != Some(above) && unit.is_none_or(|unit| self.plan.path_up(above, unit).is_some());
        let parents = self.plan.tables[def.table].parents.iter().enumerate();
        if parents.into_iter().any(|(at, parent)| parent.optional && finer(parent.table) && table.parents[at][row] != NOWHERE) {
            return out;
        }
        let cell = |column: usize| &table.columns[column][row].value;
        let mut counts = BTreeSet::from([true]);
        let mut also = |may: &[bool]| counts = counts.iter().flat_map(|so_far| may.iter().map(move |this| *so_far && *this)).collect();
        match cell(columns.rule) {
            CellValue::Text(id) => also(&[**id == *def.rule]),
            _ => also(&[true, false]),
        }
        match (columns.issued.map(cell), def.within) {
            (Some(CellValue::Date(day)), within) => {
                let first = within.and_then(|months| self.as_of.plus_months(-months));
                also(&[*day <= self.as_of && first.is_none_or(|first| *day >= first)]);
            }
            (None | Some(CellValue::Unknown(Why::Missing | Why::NoColumn)), None) => {}
            _ => also(&[true, false]),
        }
        match columns.until.map(cell) {
            Some(CellValue::Date(day)) => also(&[*day >= self.as_of]),
            None | Some(CellValue::Unknown(Why::Missing | Why::NoColumn)) => {}
            Some(_) => also(&[true, false]),
        }
        let found: &[bool] = match cell(columns.found) {
            CellValue::Code(code) => &[*code == def.found],
            _ => &[true, false],
        };
        counts.iter().flat_map(|counts| found.iter().map(|found| counts.then_some(*found))).collect()
    }
}
