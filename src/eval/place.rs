//! Rows above rows, and groups of rows.

use crate::base::Number;
use crate::model::keys::Keys;
use crate::model::op::{Aggregate, Arith};
use crate::model::plan::{AggregateDef, Collect, Level, Node, NodeKind, Plan};
use crate::model::reduced::PartRow;
use crate::model::table::NOWHERE;
use crate::model::value::{Value, ValueKind};

use super::{At, World};

impl World<'_> {
    /// How many rows a table has; a split's rows are its parts.
    pub fn rows(&self, table: usize) -> usize {
        if self.plan.tables[table].split.is_some() { self.reduced.parts.get(table).map_or(0, Vec::len) } else { self.tables.tables[table].len() }
    }

    /// A row of a split.
    pub fn part(&self, table: usize, row: u32) -> Option<PartRow> {
        self.reduced.parts.get(table)?.get(row as usize).copied()
    }

    /// The row of `table` at or above a place.
    pub fn above(&self, at: At, table: usize) -> Option<u32> {
        self.climb(at.table?, at.row, table)
    }

    fn climb(&self, from: usize, row: u32, to: usize) -> Option<u32> {
        if from == to {
            return Some(row);
        }
        if self.plan.tables[from].split.is_some() {
            let part = self.part(from, row)?;
            return self.climb(self.plan.tables[from].parents.first()?.table, part.row, to);
        }
        let parents = &self.plan.tables[from].parents;
        // A row need not name every row above it: then another way up is taken, if there is one.
        parents.iter().enumerate().filter(|(_, parent)| self.plan.leads_up(parent.table, to)).find_map(|(place, parent)| {
            let above = *self.tables.tables[from].parents.get(place)?.get(row as usize)?;
            if above == NOWHERE { None } else { self.climb(parent.table, above, to) }
        })
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
            let coded = || self.codes_at(&def.code_columns, here).into_iter().zip(at.codes).all(|((code, _), wanted)| code == Some(*wanted));
            above.is_none_or(|(table, wanted)| self.above(here, table) == wanted) && (def.at.codes.is_empty() || coded())
        };
        (0..u32::try_from(self.rows(def.over)).unwrap_or(u32::MAX)).filter(is_in).collect()
    }

    /// The codes of a place for the lists of a level, read from its columns; `None` where one is unknown.
    pub fn codes_at(&self, columns: &[crate::model::plan::ColumnRef], at: At) -> Vec<(Option<u16>, Value)> {
        let read = |column: &crate::model::plan::ColumnRef| {
            let value = self.column(*column, at);
            let code = match value.kind {
                ValueKind::Code(code) => code,
                _ => None,
            };
            (code, value)
        };
        columns.iter().map(read).collect()
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
        NodeKind::Round(_, of) | NodeKind::InTerm { of, .. } => counts_rows(plan, of),
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
        NodeKind::InTerm { of, .. } => least_count(plan, of),
        NodeKind::Arith(Arith::Mul, a, b) => Some(&least_count(plan, a)? * &least_count(plan, b)?),
        NodeKind::Arith(Arith::Div, a, b) => least_count(plan, a)?.div(&least_count(plan, b)?),
        NodeKind::Arith(Arith::Add, a, b) => Some(least_count(plan, a)?.min(least_count(plan, b)?)),
        _ => None,
    }
}
