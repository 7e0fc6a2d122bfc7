//! Cells, and the columns that a split makes.

use crate::base::Number;
use crate::model::plan::{ColumnKind, ColumnRef, LinkRef, Node, NodeKind, SplitDef};
use crate::model::reduced::PartRow;
use crate::model::table::{Cell, CellValue, NOWHERE, Why};
use crate::model::value::{Absent, Cause, CauseCode, CellRef, Place, Range, Truth, Value, ValueKind};

use super::{At, World};

impl World<'_> {
    /// The cell of a column, at the row at hand or above it.
    pub fn column(&self, column: ColumnRef, at: At) -> Value {
        self.column_by(column, at, None)
    }

    pub(super) fn column_by(&self, column: ColumnRef, at: At, role: Option<LinkRef>) -> Value {
        self.above_by(at, column.table, role).map_or_else(|| self.not_there(column, at), |row| self.cell(column, row))
    }

    /// A column of a row that a role leads to, or of what stands above that row.
    pub(super) fn by_role(&self, link: LinkRef, of: &Node, at: At) -> Value {
        match (self.through(link, at), &*of.kind) {
            (Some(there), _) => self.value(of, there),
            (None, NodeKind::Column(column)) => self.not_there(*column, at),
            (None, _) => Value::range(Range::UNKNOWN),
        }
    }

    fn not_there(&self, column: ColumnRef, at: At) -> Value {
        // There is no row of that period: what stands above it is not known either.
        if at.row == NOWHERE {
            return self.unknown(column, Cause { code: CauseCode::NoRow, at: Place::Table(column.table) });
        }
        // The unit that the row names is gone: what is asked of it, or above it, was never handed in.
        if let Some(cell) = at.table.and_then(|table| self.gone(table, at.row, column.table)) {
            return self.unknown(column, Cause { code: CauseCode::NoRow, at: Place::Cell(cell) });
        }
        // The row names no row of that table, which it need not.
        Value { causes: Vec::new(), ..self.unknown(column, Cause { code: CauseCode::Empty, at: Place::Table(column.table) }) }.absent(Absent::Yes)
    }

    /// The cell of a row.
    pub fn cell(&self, column: ColumnRef, row: u32) -> Value {
        if let Some(split) = &self.plan.tables[column.table].split {
            return self.part_cell(split, column, row);
        }
        let table = &self.tables.tables[column.table];
        match table.columns.get(column.column).and_then(|cells| cells.get(row as usize)) {
            Some(cell) => self.read(column, row, cell),
            None => self.unknown(column, Cause { code: CauseCode::NotHandedIn, at: Place::Table(column.table) }),
        }
    }

    fn read(&self, column: ColumnRef, row: u32, cell: &Cell) -> Value {
        let kind = match &cell.value {
            CellValue::Number(number) => ValueKind::Number(Range::exactly(number.clone())),
            CellValue::Text(text) => ValueKind::Text(Some(text.clone())),
            CellValue::Truth(truth) => ValueKind::Truth(Truth::from_bool(*truth)),
            CellValue::Date(date) => ValueKind::Date(Some(*date)),
            CellValue::YearMonth(month) => ValueKind::YearMonth(Some(*month)),
            CellValue::Term(term) => ValueKind::Term(Some(*term)),
            CellValue::Code(code) => ValueKind::Code(Some(*code)),
            // A figure that a written one contradicts bounds nothing: below 0 there was one.
            CellValue::Unknown(Why::Negative) => return Value::of(ValueKind::Number(Range { low: None, high: None })).because(self.why(column, row, Why::Negative)),
            CellValue::Unknown(why) => return self.unknown(column, self.why(column, row, *why)),
        };
        Value::of(kind)
    }

    fn why(&self, column: ColumnRef, row: u32, why: Why) -> Cause {
        if !self.tables.tables[column.table].handed_in() {
            return Cause { code: CauseCode::NotHandedIn, at: Place::Table(column.table) };
        }
        Cause { code: why.into(), at: Place::Cell(cell_ref(column, row)) }
    }

    /// An unknown of this column: within its declared or natural bounds.
    fn unknown(&self, column: ColumnRef, cause: Cause) -> Value {
        let def = self.plan.column(column);
        let kind = match def.ty {
            ColumnKind::Whole | ColumnKind::Number => ValueKind::Number(Range { low: def.low.clone(), high: def.high.clone() }),
            ColumnKind::Text => ValueKind::Text(None),
            ColumnKind::YesNo => ValueKind::Truth(Truth::Unknown),
            ColumnKind::Date => ValueKind::Date(None),
            ColumnKind::YearMonth => ValueKind::YearMonth(None),
            ColumnKind::Term(_) => ValueKind::Term(None),
            ColumnKind::Code(_) => ValueKind::Code(None),
        };
        Value::of(kind).because(cause)
    }

    /// A part's pupils, its code, its share of what is shared, or its own.
    fn part_cell(&self, split: &SplitDef, column: ColumnRef, row: u32) -> Value {
        let Some(part) = self.part(column.table, row) else {
            return self.unknown(column, Cause { code: CauseCode::NotHandedIn, at: Place::Table(split.of) });
        };
        let whole = |place: usize| self.cell(ColumnRef { table: split.of, column: place }, part.row);
        match column.column {
            0 => whole(split.parts[usize::from(part.part)].pupils),
            1 => Value::of(ValueKind::Code(Some(split.parts[usize::from(part.part)].code))),
            shared if shared - 2 < split.shared.len() => self.shared(split, part, &whole(split.shared[shared - 2]), column),
            own => match split.own[own - 2 - split.shared.len()][usize::from(part.part)] {
                Some(place) => whole(place),
                None => self.unknown(column, Cause { code: CauseCode::Missing, at: Place::Table(split.of) }),
            },
        }
    }

    /// whole × pupils × share ÷ Σ pupils × share; unknown if any part's pupils are.
    fn shared(&self, split: &SplitDef, part: PartRow, whole: &Value, column: ColumnRef) -> Value {
        let pupils: Vec<Value> = split.parts.iter().map(|part_def| self.cell(ColumnRef { table: split.of, column: part_def.pupils }, part.row)).collect();
        let weigh = |(value, part): (&Value, &crate::model::plan::PartDef)| value.as_range().single().map(|pupils| pupils * &part.share);
        let weights: Option<Vec<Number>> = pupils.iter().zip(&split.parts).map(weigh).collect();
        let settled = weights.zip(whole.as_range().single()).and_then(|(weights, whole)| {
            let total = weights.iter().fold(Number::ZERO, |sum, weight| &sum + weight);
            (whole * &weights[usize::from(part.part)]).div(&total)
        });
        if let Some(number) = settled {
            return Value::number(number);
        }
        let def = self.plan.column(column);
        // A figure below 0, of the whole or of pupils, bounds no part of it either.
        let cell = |column: usize| self.tables.tables[split.of].columns.get(column)?.get(part.row as usize);
        let is_negative = |column: usize| cell(column).is_some_and(|cell| cell.value == CellValue::Unknown(Why::Negative));
        let shared = column.column.checked_sub(2).and_then(|place| split.shared.get(place).copied());
        let negative = shared.into_iter().chain(split.parts.iter().map(|part| part.pupils)).any(is_negative);
        let mut value = Value::range(if negative { Range { low: None, high: None } } else { Range { low: def.low.clone(), high: def.high.clone() } });
        for unsettled in std::iter::once(whole).chain(&pupils).filter(|value| !value.is_settled()) {
            value.add_causes(&unsettled.causes);
        }
        value
    }
}

/// The address of a cell.
pub fn cell_ref(column: ColumnRef, row: u32) -> CellRef {
    let narrow = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
    CellRef { table: narrow(column.table), column: narrow(column.column), row }
}
