//! A rule that documents settle: what was found, and the cells that say so.

use crate::base::Text;
use crate::eval::{At, World, cell_ref, truth_outcome};
use crate::model::op::Compare;
use crate::model::plan::{ColumnKind, ColumnRef, EvidenceDef, Node};
use crate::model::value::ValueKind;
use crate::model::verdict::{Figure, Form, Judged, Limit};

use super::{Judge, blank};

impl Judge<'_> {
    pub(super) fn evidence(&self, def: &EvidenceDef, node: &Node, world: &World, at: At) -> Judged {
        let value = self.value(world, node, at);
        let mut judged = Judged { outcome: truth_outcome(&value), reason: value.causes, ..blank(Form::Plain) };
        let table = &self.plan.tables[def.table];
        let Some(columns) = table.evidence else { return judged };
        let ColumnKind::Code(list) = table.columns[columns.found].ty else { return judged };
        let title = |code: u16| self.plan.codes[list].codes[usize::from(code)].names.text();
        judged.limit = Limit::Plain { op: Compare::Eq, text: title(def.found) };
        let mut found: Vec<Text> = Vec::new();
        for row in world.on_file(def, at) {
            for column in [columns.issued, columns.until, Some(columns.found)].into_iter().flatten() {
                judged.cells.push(cell_ref(ColumnRef { table: def.table, column }, row));
            }
            if let ValueKind::Code(Some(code)) = world.cell(ColumnRef { table: def.table, column: columns.found }, row).kind {
                found.push(title(code));
            }
        }
        found.dedup();
        if !found.is_empty() {
            judged.value = Figure::Text(Text::join(&found, ", ", "、"));
        }
        judged
    }
}
