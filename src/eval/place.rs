//! Rows above rows, and groups of rows.

use std::sync::Arc;

use crate::base::Number;
use crate::model::keys::Keys;
use crate::model::op::{Aggregate, Arith};
use crate::model::plan::{AggregateDef, Collect, ColumnRef, Level, LinkRef, Node, NodeKind, Plan};
use crate::model::reduced::PartRow;
use crate::model::table::NOWHERE;
use crate::model::value::{CellRef, Value, ValueKind, add_new};

use super::{At, World, cell_ref};

impl World<'_> {
    /// How many rows a table has; a split's rows are its parts.
    pub fn rows(&self, table: usize) -> usize {
        if self.plan.tables[table].split.is_some() { self.reduced.parts.get(table).map_or(0, |parts| parts.len()) } else { self.tables.tables[table].len() }
    }

    /// A row of a split.
    pub fn part(&self, table: usize, row: u32) -> Option<PartRow> {
        self.reduced.parts.get(table)?.get(row as usize).copied()
    }

    /// The row of `table` at or above a place.
    pub fn above(&self, at: At, table: usize) -> Option<u32> {
        self.above_by(at, table, None)
    }

    /// The row of `table` at or above a place, by the role that is named, if one is.
    pub fn above_by(&self, at: At, table: usize, role: Option<LinkRef>) -> Option<u32> {
        self.climb(at.table?, at.row, table, role)
    }

    /// The row that a role of the row at hand, or of a row above it, leads to. Missing: `None` where it leads to none.
    pub fn through<'a>(&self, link: LinkRef, at: At<'a>) -> Option<At<'a>> {
        let from = self.above(at, link.table)?;
        let row = *self.tables.tables[link.table].parents.get(link.parent)?.get(from as usize)?;
        (row != NOWHERE).then(|| At { table: Some(self.plan.tables[link.table].parents[link.parent].table), row, ..at })
    }

    /// Whether a row is, or stands beneath, a row of a table, by whichever role.
    pub fn belongs(&self, table: usize, row: u32, to: usize, above: u32) -> bool {
        self.all_above(table, row, to).contains(&above)
    }

    /// The rows of a table to which a row belongs: one, or with roles one for each.
    pub fn all_above(&self, table: usize, row: u32, to: usize) -> Vec<u32> {
        if table == to {
            return vec![row];
        }
        let mut found = Vec::new();
        for (parent, above) in self.parents_of(table, row) {
            if self.plan.leads_up(parent, to) {
                add_new(&mut found, self.all_above(parent, above, to));
            }
        }
        found
    }

    /// The rows that a row names as those above it; of a part, the row that it is a part of.
    pub fn parents_of(&self, table: usize, row: u32) -> Vec<(usize, u32)> {
        if self.plan.tables[table].split.is_some() {
            let of = self.plan.tables[table].parents.first().map(|parent| parent.table);
            return of.zip(self.part(table, row)).map(|(of, part)| (of, part.row)).into_iter().collect();
        }
        let above = self.plan.tables[table].parents.iter().zip(&self.tables.tables[table].parents);
        above.filter_map(|(parent, rows)| Some((parent.table, *rows.get(row as usize)?))).filter(|(_, above)| *above != NOWHERE).collect()
    }

    fn climb(&self, from: usize, row: u32, to: usize, role: Option<LinkRef>) -> Option<u32> {
        if from == to {
            return Some(row);
        }
        if self.plan.tables[from].split.is_some() {
            let part = self.part(from, row)?;
            return self.climb(self.plan.tables[from].parents.first()?.table, part.row, to, role);
        }
        let above = &self.tables.tables[from].parents;
        // A row need not name every row above it: then another way up is taken, if there is one. Where it names several, they
        // agree: loading sees to that.
        self.plan.ways(from, to, role).find_map(|(place, parent)| {
            let above = *above.get(place)?.get(row as usize)?;
            if above == NOWHERE { None } else { self.climb(parent.table, above, to, role) }
        }).or_else(|| self.lists_gone(from, row, to).filter(|_| self.rows(to) == 1).map(|_| 0))
    }

    /// Whether a row of an earlier period names a unit that is gone, so that it is not known which row of a table above that unit
    /// it belongs to; the cell that names it.
    pub fn may_belong(&self, at: At, to: usize) -> Option<CellRef> {
        let from = at.table?;
        self.lists_gone(from, at.row, to).map(|column| cell_ref(ColumnRef { table: from, column }, at.row))
    }

    /// The cell by which a row of an earlier period names a unit that is gone, where the way to a table goes by it.
    pub(super) fn gone(&self, from: usize, row: u32, to: usize) -> Option<CellRef> {
        let def = &self.plan.tables[from];
        let links = self.tables.tables.get(from)?.gone.get(&row)?;
        let column = links.iter().map(|place| &def.parents[*place]).find(|parent| self.plan.leads_up(parent.table, to))?.column;
        Some(cell_ref(ColumnRef { table: from, column }, row))
    }

    /// The link column of a row whose unit is gone, where the way to a table goes through the list of units.
    fn lists_gone(&self, from: usize, row: u32, to: usize) -> Option<usize> {
        let def = &self.plan.tables[from];
        let links = self.tables.tables[from].gone.get(&row)?;
        links.iter().map(|place| &def.parents[*place]).find(|parent| parent.table != to && self.plan.leads_up(parent.table, to)).map(|parent| parent.column)
    }

    /// The keys of the rows above a row, the topmost first, then its own; a part is known by its whole.
    pub fn keys_down(&self, table: usize, row: u32) -> Vec<Arc<str>> {
        self.rows_down(table, row).into_iter().filter_map(|at| self.key_of(at).cloned()).collect()
    }

    /// The rows above a row, the topmost first, then the row itself; a part is known by its whole. Of several ways up the
    /// longest is taken, then that through the table that stands first, so that the order of links changes nothing.
    pub fn rows_down(&self, table: usize, row: u32) -> Vec<(usize, u32)> {
        let keys = |rows: &[(usize, u32)]| rows.iter().map(|at| self.key_of(*at).cloned()).collect::<Vec<_>>();
        let longest = |a: &(usize, Vec<(usize, u32)>), b: &(usize, Vec<(usize, u32)>)| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)).then_with(|| keys(&a.1).cmp(&keys(&b.1)));
        let above = self.parents_of(table, row).into_iter().map(|(parent, above)| (parent, self.rows_down(parent, above))).min_by(longest);
        let mut rows = above.map(|(_, rows)| rows).unwrap_or_default();
        if self.plan.tables[table].split.is_none() {
            rows.push((table, row));
        }
        rows
    }

    fn key_of(&self, (table, row): (usize, u32)) -> Option<&Arc<str>> {
        self.tables.tables[table].keys.get(row as usize)
    }

    /// The topmost rows that a row stands beneath, or itself: of one table, of several rows where roles lead to them. Where ways
    /// lead to tables that differ, the longest decides, as in [`World::keys_down`].
    pub fn topmost(&self, table: usize, row: u32) -> Vec<(usize, u32)> {
        let mut found = self.tops(table, row, 0);
        found.sort_by_key(|(steps, top, _)| (std::cmp::Reverse(*steps), *top));
        let first = found.first().map(|(_, top, _)| *top);
        let mut tops: Vec<(usize, u32)> = Vec::new();
        add_new(&mut tops, found.into_iter().filter(|(_, top, _)| Some(*top) == first).map(|(_, top, row)| (top, row)));
        tops
    }

    fn tops(&self, table: usize, row: u32, steps: usize) -> Vec<(usize, usize, u32)> {
        if self.plan.tables[table].parents.is_empty() {
            return vec![(steps, table, row)];
        }
        let above: Vec<_> = self.parents_of(table, row).into_iter().flat_map(|(parent, above)| self.tops(parent, above, steps + 1)).collect();
        if !above.is_empty() || self.tables.tables[table].gone.is_empty() {
            return above;
        }
        // Of a unit that is gone: the only row that there is.
        let top = |to: &usize| self.plan.tables[*to].parents.is_empty() && *to != table;
        (0..self.plan.tables.len()).filter(top).filter_map(|to| Some((steps + 1, to, self.above(At::row(table, row), to)?))).collect()
    }

    /// The group of a level that a place belongs to.
    pub fn group_of(&self, level: &Level, at: At) -> Option<usize> {
        let row = match level.table {
            None => 0,
            Some(table) => self.above(at, table)?,
        };
        let codes = match at.level {
            Some(asked) if asked.codes == level.codes => at.codes,
            _ if level.codes.is_empty() => &[],
            _ => return None,
        };
        Some(group(self.plan, level, row, codes))
    }

    /// How many groups a level has.
    pub fn groups(&self, level: &Level) -> usize {
        let rows = level.table.map_or(1, |table| self.rows(table));
        level.codes.iter().fold(rows, |groups, list| groups * self.plan.codes[*list].codes.len())
    }

    /// The rows of an aggregate's table that surely belong to the group of a place, whether or not they are members.
    pub fn rows_of_group(&self, def: &AggregateDef, at: At) -> Vec<u32> {
        let above = def.at.table.map(|table| (table, self.above(at, table)));
        let is_in = |row: &u32| {
            let here = At::row(def.over, *row);
            let coded = || self.codes_at(def, here).into_iter().zip(at.codes).all(|((code, _), wanted)| code == Some(*wanted));
            above.is_none_or(|(table, wanted)| self.above_by(here, table, def.role) == wanted) && (def.at.codes.is_empty() || coded())
        };
        (0..u32::try_from(self.rows(def.over)).unwrap_or(u32::MAX)).filter(is_in).collect()
    }

    /// The codes of a row for the lists of an aggregate's level, read from its columns; `None` where one is unknown.
    pub fn codes_at(&self, def: &AggregateDef, at: At) -> Vec<(Option<u16>, Value)> {
        let read = |column: &ColumnRef| {
            let value = self.column_by(*column, at, def.role);
            let code = match value.kind {
                ValueKind::Code(code) => code,
                _ => None,
            };
            (code, value)
        };
        def.code_columns.iter().map(read).collect()
    }
}

/// The place of a group: rows first, then codes, row-major.
pub fn group(plan: &Plan, level: &Level, row: u32, codes: &[u16]) -> usize {
    level.codes.iter().zip(codes).fold(row as usize, |group, (list, code)| group * plan.codes[*list].codes.len() + usize::from(*code))
}

/// Whether a number is made of counts of rows: then its zero means that there are none, not that data are wrong.
pub(super) fn counts_rows(plan: &Plan, node: &Node) -> bool {
    match &*node.kind {
        NodeKind::Aggregate(id) => matches!(plan.aggregates[*id].what, Collect::Value(Aggregate::Count | Aggregate::CountDistinct)),
        NodeKind::Measure(measure) => counts_rows(plan, &plan.measures[*measure].body),
        NodeKind::Arith(Arith::Mul, left, right) => {
            let constant = |node: &Node| matches!(*node.kind, NodeKind::Number(_));
            counts_rows(plan, left) && (constant(right) || counts_rows(plan, right)) || constant(left) && counts_rows(plan, right)
        }
        NodeKind::Arith(Arith::Add, left, right) => counts_rows(plan, left) && counts_rows(plan, right),
        NodeKind::Arith(Arith::Div, left, right) => counts_rows(plan, left) && matches!(*right.kind, NodeKind::Number(_)),
        NodeKind::Round(_, of) | NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } => counts_rows(plan, of),
        _ => false,
    }
}

/// Whether a number is taken from rows that a count counts: of no rows it is nothing (R20).
///
/// By what is written: a count, a sum or a number of kinds over the same rows, of which every condition of the count is asked
/// too; perhaps times a constant.
pub(super) fn is_among(plan: &Plan, part: &Node, count: &Node) -> bool {
    match &*part.kind {
        NodeKind::Measure(measure) => is_among(plan, &plan.measures[*measure].body, count),
        NodeKind::Round(_, of) => is_among(plan, of, count),
        NodeKind::Arith(Arith::Mul, a, b) => is_among(plan, a, count) || is_among(plan, b, count),
        NodeKind::Arith(Arith::Div, a, b) => is_among(plan, a, count) && matches!(*b.kind, NodeKind::Number(_)),
        NodeKind::Arith(Arith::Add | Arith::Sub, a, b) => is_among(plan, a, count) && is_among(plan, b, count),
        NodeKind::Aggregate(part) => counted(plan, count).is_some_and(|whole| {
            let (part, whole) = (&plan.aggregates[*part], &plan.aggregates[whole]);
            let keys = Keys::new(plan);
            let adds = matches!(part.what, Collect::Value(Aggregate::Count | Aggregate::Sum | Aggregate::CountDistinct));
            let asked: Vec<usize> = part.filter.iter().map(|node| keys.of(node)).collect();
            adds && part.over == whole.over && part.at == whole.at && part.by == whole.by && whole.filter.iter().all(|node| asked.contains(&keys.of(node)))
        }),
        _ => false,
    }
}

/// The one count that a number is.
fn counted(plan: &Plan, node: &Node) -> Option<usize> {
    match &*node.kind {
        NodeKind::Aggregate(id) => matches!(plan.aggregates[*id].what, Collect::Value(Aggregate::Count)).then_some(*id),
        NodeKind::Measure(measure) => counted(plan, &plan.measures[*measure].body),
        _ => None,
    }
}

/// The least that a number made of counts is when it is more than 0.
pub(super) fn least_count(plan: &Plan, node: &Node) -> Option<Number> {
    match &*node.kind {
        NodeKind::Number(number) => (*number > Number::ZERO).then(|| number.clone()),
        NodeKind::Aggregate(_) | NodeKind::Round(..) => Some(Number::ONE),
        NodeKind::Measure(measure) => least_count(plan, &plan.measures[*measure].body),
        NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } => least_count(plan, of),
        NodeKind::Arith(Arith::Mul, a, b) => Some(&least_count(plan, a)? * &least_count(plan, b)?),
        NodeKind::Arith(Arith::Div, a, b) => least_count(plan, a)?.div(&least_count(plan, b)?),
        NodeKind::Arith(Arith::Add, a, b) => Some(least_count(plan, a)?.min(least_count(plan, b)?)),
        _ => None,
    }
}
