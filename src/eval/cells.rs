//! The cells that an expression reads, in the order in which it names them, and its aggregates.

use crate::model::plan::{ColumnRef, Node, NodeKind, SplitDef, StepOf};
use crate::model::value::{CellRef, Truth, add_new};

use super::cell::cell_ref;
use super::{At, World};

/// What was read so far: the cells that are named, and those that only say how something is shared.
struct Read {
    cells: Vec<CellRef>,
    shares: Vec<CellRef>,
}

impl World<'_> {
    /// The aggregates of a node and where each is asked, also through measures and in other periods.
    pub fn aggregates<'a>(&self, node: &Node, at: At<'a>) -> Vec<(usize, At<'a>)> {
        let mut found = Vec::new();
        self.add_aggregates(node, at, &mut found);
        found
    }

    fn add_aggregates<'a>(&self, node: &Node, at: At<'a>, found: &mut Vec<(usize, At<'a>)>) {
        match &*node.kind {
            NodeKind::Aggregate(id) => found.push((*id, at)),
            NodeKind::Measure(measure) => self.add_aggregates(&self.plan.measures[*measure].body, at, found),
            NodeKind::InTerm { when, of } => self.add_aggregates(of, self.moved(*when, at).0, found),
            NodeKind::Through { link, of } => self.through(*link, at).into_iter().for_each(|there| self.add_aggregates(of, there, found)),
            NodeKind::Rising { of, since } => self.years(*since, at).into_iter().for_each(|when| self.add_aggregates(of, self.moved(when, at).0, found)),
            _ => node.each_child(&mut |child| self.add_aggregates(child, at, found)),
        }
    }

    /// The cells of the row at hand and above it that a node reads there: of a condition's branches, the one that is
    /// taken. Rows that an aggregate reads are not among them.
    pub fn cells(&self, node: &Node, at: At) -> Vec<CellRef> {
        let mut read = Read { cells: Vec::new(), shares: Vec::new() };
        self.collect(node, at, &mut read);
        let mut cells = Vec::new();
        add_new(&mut cells, read.cells.into_iter().chain(read.shares));
        cells
    }

    fn collect(&self, node: &Node, at: At, read: &mut Read) {
        match &*node.kind {
            NodeKind::Column(column) => self.collect_cell(*column, at, read),
            NodeKind::Measure(measure) => {
                let def = &self.plan.measures[*measure];
                if let Some(row) = self.above(at, def.of) {
                    self.collect(&def.body, At { table: Some(def.of), row, ..at }, read);
                }
            }
            NodeKind::InTerm { when, of } => self.collect(of, self.moved(*when, at).0, read),
            NodeKind::Through { link, of } => self.through(*link, at).into_iter().for_each(|there| self.collect(of, there, read)),
            NodeKind::Rising { of, since } => self.years(*since, at).into_iter().for_each(|when| self.collect(of, self.moved(when, at).0, read)),
            NodeKind::If { cond, then, otherwise } => {
                self.collect(cond, at, read);
                match self.value(cond, at).as_truth() {
                    Truth::True => self.collect(then, at, read),
                    Truth::False => self.collect(otherwise, at, read),
                    Truth::Unknown => [then, otherwise].into_iter().for_each(|branch| self.collect(branch, at, read)),
                }
            }
            _ => node.each_child(&mut |child| self.collect(child, at, read)),
        }
    }

    fn collect_cell(&self, column: ColumnRef, at: At, read: &mut Read) {
        let Some(row) = self.above(at, column.table) else { return };
        let Some(split) = &self.plan.tables[column.table].split else {
            return self.add_cell(column, row, &mut read.cells);
        };
        let Some(part) = self.part(column.table, row) else { return };
        let own = usize::from(part.part);
        let mut of_whole = |place: usize| self.add_cell(ColumnRef { table: split.of, column: place }, part.row, &mut read.cells);
        match column.column {
            0 => of_whole(split.parts[own].pupils),
            1 => {}
            shared if shared - 2 < split.shared.len() => {
                of_whole(split.shared[shared - 2]);
                self.add_shares(split, part.row, &mut read.shares);
            }
            place => {
                if let Some(place) = split.own[place - 2 - split.shared.len()][own] {
                    of_whole(place);
                }
            }
        }
    }

    /// The share of a combined school hangs on the pupils of all its parts; a school of one part shares with nobody.
    fn add_shares(&self, split: &SplitDef, row: u32, shares: &mut Vec<CellRef>) {
        let pupils = |place: usize| ColumnRef { table: split.of, column: place };
        let counted: Vec<usize> = split.parts.iter().map(|part| part.pupils).filter(|place| self.cell(pupils(*place), row).as_range().single().is_none_or(|number| !number.is_zero())).collect();
        if counted.len() > 1 {
            for place in counted {
                self.add_cell(pupils(place), row, shares);
            }
        }
    }

    fn add_cell(&self, column: ColumnRef, row: u32, cells: &mut Vec<CellRef>) {
        let table = &self.tables.tables[column.table];
        if table.handed_in() && (row as usize) < table.len() {
            cells.push(cell_ref(column, row));
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
}
