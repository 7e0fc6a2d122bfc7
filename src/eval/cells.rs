//! The cells that an expression reads, in the order in which it names them.

use crate::model::plan::{Collect, ColumnRef, Node, NodeKind, StepOf};
use crate::model::value::{CellRef, Truth};

use super::cell::cell_ref;
use super::{At, World};

impl World<'_> {
    /// The cells of the row at hand and above it that a node reads there: of a condition's branches, the one that is
    /// taken. Rows that an aggregate reads are not among them.
    pub fn cells(&self, node: &Node, at: At) -> Vec<CellRef> {
        let mut cells = Vec::new();
        self.collect(node, at, &mut cells);
        cells
    }

    fn collect(&self, node: &Node, at: At, cells: &mut Vec<CellRef>) {
        match &*node.kind {
            NodeKind::Column(column) => self.collect_cell(*column, at, cells),
            NodeKind::Measure(measure) => {
                let def = &self.plan.measures[*measure];
                if let Some(row) = self.above(at, def.of) {
                    self.collect(&def.body, At { table: Some(def.of), row, ..at }, cells);
                }
            }
            NodeKind::If { cond, then, otherwise } => {
                self.collect(cond, at, cells);
                match self.value(cond, at).as_truth() {
                    Truth::True => self.collect(then, at, cells),
                    Truth::False => self.collect(otherwise, at, cells),
                    Truth::Unknown => [then, otherwise].into_iter().for_each(|branch| self.collect(branch, at, cells)),
                }
            }
            _ => node.each_child(&mut |child| self.collect(child, at, cells)),
        }
    }

    fn collect_cell(&self, column: ColumnRef, at: At, cells: &mut Vec<CellRef>) {
        let Some(row) = self.above(at, column.table) else { return };
        let mut add = |table: usize, place: usize, row: u32| {
            let cell = cell_ref(ColumnRef { table, column: place }, row);
            if self.tables.tables[table].handed_in() && !cells.contains(&cell) {
                cells.push(cell);
            }
        };
        let Some(split) = &self.plan.tables[column.table].split else { return add(column.table, column.column, row) };
        let Some(part) = self.part(column.table, row) else { return };
        let own = usize::from(part.part);
        match column.column {
            0 => add(split.of, split.parts[own].pupils, part.row),
            1 => {}
            shared if shared - 2 < split.shared.len() => {
                add(split.of, split.shared[shared - 2], part.row);
                // The share of a combined school hangs on the pupils of all its parts.
                let combined = split.parts.iter().filter(|def| self.cell(ColumnRef { table: split.of, column: def.pupils }, part.row).as_range().single().is_none_or(|pupils| !pupils.is_zero())).count() > 1;
                for (place, def) in split.parts.iter().enumerate() {
                    let counted = self.cell(ColumnRef { table: split.of, column: def.pupils }, part.row).as_range().single().is_none_or(|pupils| !pupils.is_zero());
                    if combined && counted || place == own {
                        add(split.of, def.pupils, part.row);
                    }
                }
            }
            place => {
                if let Some(place) = split.own[place - 2 - split.shared.len()][own] {
                    add(split.of, place, part.row);
                }
            }
        }
    }

    /// Whether a node looks at data at all, or only at what rule files say.
    pub fn has_data(&self, node: &Node) -> bool {
        match &*node.kind {
            NodeKind::Column(_) | NodeKind::Aggregate(_) => true,
            NodeKind::Measure(measure) => self.has_data(&self.plan.measures[*measure].body),
            // A standard looked up by a code is a standard, whatever row the code stands in.
            NodeKind::Parameter { .. } => false,
            NodeKind::ByCase { arms, otherwise, .. } => arms.iter().map(|(_, value)| value).chain(otherwise).any(|value| self.has_data(value)),
            NodeKind::Sentence(sentence) => sentence.steps.iter().any(|step| matches!(step.of, StepOf::Rows(_) | StepOf::Columns { .. })),
            _ => {
                let mut found = false;
                node.each_child(&mut |child| found = found || self.has_data(child));
                found
            }
        }
    }

    /// Whether an aggregate is a tally, whose rows a finding can list.
    pub fn is_tally(&self, id: usize) -> bool {
        self.plan.aggregates[id].what == Collect::Tally
    }
}
