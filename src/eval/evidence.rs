//! Evidence: whether what is on file settles a rule, and if not why.
//!
//! Documents that are valid, all found as asked, settle it; all found otherwise, they breach it. Nothing on file, nothing
//! valid, findings that differ or cells that are unknown leave it undecided, each with its reason.

use crate::model::plan::{ColumnRef, EvidenceDef, EvidenceTable};
use crate::model::value::{Cause, CauseCode, Place, Truth, Value, ValueKind};

use super::{At, World, cell_ref};

/// A document on file: whether it counts, and whether it was found as asked.
struct Document {
    valid: Truth,
    found: Truth,
    causes: Vec<Cause>,
    finding: Cause,
}

impl World<'_> {
    pub(super) fn evidence(&self, def: &EvidenceDef, at: At) -> Value {
        let open = Value::truth(Truth::Unknown);
        let (Some(columns), Some(state)) = (self.plan.tables[def.table].evidence, self.state(def.filed, at)) else { return open };
        if state.incomplete {
            return Value { causes: state.causes.clone(), ..open };
        }
        let documents: Vec<Document> = state.said.iter().map(|(row, on_file)| self.document(def, columns, *row, *on_file)).collect();
        let mut value = settled(&documents);
        if value.as_truth() == Truth::Unknown {
            let rule_ids = state.causes.iter().copied();
            let causes: Vec<Cause> = rule_ids.chain(why(&documents)).collect();
            value.add_causes(&causes);
            if value.causes.is_empty() {
                value.add_causes(&[Cause { code: CauseCode::NoEvidence, at: Place::Table(def.table) }]);
            }
        }
        value
    }

    /// The rows on file for a unit.
    pub fn on_file(&self, def: &EvidenceDef, at: At) -> Vec<u32> {
        self.state(def.filed, at).map(|state| state.said.iter().map(|(row, _)| *row).collect()).unwrap_or_default()
    }

    fn document(&self, def: &EvidenceDef, columns: EvidenceTable, row: u32, on_file: Truth) -> Document {
        let column = |column: usize| ColumnRef { table: def.table, column };
        let mut causes = Vec::new();
        let in_time = columns.issued.map_or(Truth::from_bool(def.within.is_none()), |issued| self.in_time(def, column(issued), row, &mut causes));
        let lasting = columns.until.map_or(Truth::True, |until| self.lasting(column(until), row, &mut causes));
        let finding = self.cell(column(columns.found), row);
        let found = match finding.kind {
            ValueKind::Code(Some(code)) => Truth::from_bool(code == def.found),
            _ => Truth::Unknown,
        };
        if found == Truth::Unknown {
            causes.extend(&finding.causes);
        }
        let at = Place::Cell(cell_ref(column(columns.found), row));
        Document { valid: on_file.and(in_time).and(lasting), found, causes, finding: Cause { code: CauseCode::Contradicted, at } }
    }

    /// Issued neither too early nor after the as-of date. A blank day matters only where a time is set; what cannot be read
    /// may be a later day.
    fn in_time(&self, def: &EvidenceDef, column: ColumnRef, row: u32, causes: &mut Vec<Cause>) -> Truth {
        let cell = self.cell(column, row);
        let at = Place::Cell(cell_ref(column, row));
        match (&cell.kind, def.within) {
            (ValueKind::Date(Some(day)), _) if *day > self.as_of => said_no(causes, CauseCode::NotYet, at),
            (ValueKind::Date(Some(day)), Some(months)) if self.as_of.plus_months(-months).is_some_and(|first| *day < first) => said_no(causes, CauseCode::Expired, at),
            (ValueKind::Date(Some(_)), _) => Truth::True,
            (_, None) if is_blank(&cell) => Truth::True,
            _ => {
                causes.extend(&cell.causes);
                Truth::Unknown
            }
        }
    }

    /// Still valid on the as-of date. A blank sets no end; what cannot be read leaves it open.
    fn lasting(&self, column: ColumnRef, row: u32, causes: &mut Vec<Cause>) -> Truth {
        let cell = self.cell(column, row);
        match &cell.kind {
            ValueKind::Date(Some(day)) if *day < self.as_of => said_no(causes, CauseCode::Expired, Place::Cell(cell_ref(column, row))),
            ValueKind::Date(Some(_)) => Truth::True,
            _ if is_blank(&cell) => Truth::True,
            _ => {
                causes.extend(&cell.causes);
                Truth::Unknown
            }
        }
    }
}

/// Nothing was written there, in difference to what cannot be read.
fn is_blank(cell: &Value) -> bool {
    cell.causes.iter().all(|cause| cause.code == CauseCode::Missing)
}

fn said_no(causes: &mut Vec<Cause>, code: CauseCode, at: Place) -> Truth {
    causes.push(Cause { code, at });
    Truth::False
}

/// Settled where every valid document says the same, and none that may be valid says otherwise.
fn settled(documents: &[Document]) -> Value {
    let any = |surely: bool, found: Truth| documents.iter().any(|document| {
        let valid = if surely { document.valid == Truth::True } else { document.valid.may(true) };
        valid && if surely { document.found == found } else { document.found == found || document.found == Truth::Unknown }
    });
    match (any(true, Truth::True), any(false, Truth::True), any(true, Truth::False), any(false, Truth::False)) {
        (true, _, _, false) => Value::truth(Truth::True),
        (_, false, true, _) => Value::truth(Truth::False),
        _ => Value::truth(Truth::Unknown),
    }
}

/// Why nothing is settled: findings that differ, what is unknown of documents that may be valid, and if there are none what
/// became of the others.
fn why(documents: &[Document]) -> Vec<Cause> {
    let valid: Vec<&Document> = documents.iter().filter(|document| document.valid.may(true)).collect();
    let told = |found: Truth| valid.iter().any(|document| document.valid == Truth::True && document.found == found);
    if told(Truth::True) && told(Truth::False) {
        return valid.iter().filter(|document| document.found != Truth::Unknown).map(|document| document.finding).collect();
    }
    let asked = if valid.is_empty() { documents.iter().collect() } else { valid };
    asked.into_iter().flat_map(|document| document.causes.clone()).collect()
}
