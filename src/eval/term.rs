//! Values in another period: which period is at hand, the row of the same key in another, what is collected of it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::{Term, TermKind};
use crate::model::op::Compare;
use crate::model::plan::{ColumnRef, Node, Plan};
use crate::model::reduced::State;
use crate::model::table::{CellValue, NOWHERE, Tables};
use crate::model::value::{Absent, Cause, CauseCode, Place, Truth, Value};
use crate::model::when::When;

use super::{At, World};

impl World<'_> {
    /// The period at hand: of the row, if it is of one, else that of the unit asked.
    pub fn term_at(&self, at: At) -> Option<Term> {
        at.table.and_then(|table| self.row_term(table, at.row)).or(at.term)
    }

    /// The period that a row is of. Missing: `None` where its table has none, or the cell is unknown.
    pub fn row_term(&self, table: usize, row: u32) -> Option<Term> {
        let column = self.plan.tables[table].period?;
        match self.tables.tables[table].columns.get(column)?.get(row as usize)?.value {
            CellValue::Term(term) => Some(term),
            _ => None,
        }
    }

    /// The cell that says which period a row is of.
    pub fn term_cell(&self, table: usize, row: u32) -> Option<Value> {
        self.plan.tables[table].period.map(|column| self.cell(ColumnRef { table, column }, row))
    }

    pub(super) fn in_term(&self, when: When, of: &Node, at: At) -> Value {
        let (moved, cause) = self.moved(when, at);
        let mut value = self.value(of, moved);
        if let Some(cause) = cause.filter(|_| !value.is_settled()) {
            value.causes = vec![cause];
        }
        value
    }

    /// The same place in another period; with the reason where there is no such row.
    pub fn moved<'a>(&self, when: When, at: At<'a>) -> (At<'a>, Option<Cause>) {
        let term = when.term(self.as_of, self.term_at(at));
        let Some(table) = at.table.filter(|table| self.plan.tables[*table].period.is_some()) else { return (At { term, ..at }, None) };
        match term.map_or(Err(None), |term| self.sibling(table, at.row, term).map_err(Some)) {
            Ok(row) => (At { row, term, ..at }, None),
            Err(cause) => (At { row: NOWHERE, term, ..at }, cause),
        }
    }

    /// The row of the same key in a period. Errors: why there is none.
    pub fn sibling(&self, table: usize, row: u32, term: Term) -> Result<u32, Cause> {
        let kept = self.reduced.kept.get(table).and_then(Option::as_ref);
        let rows = kept.and_then(|kept| kept.rows.get(&bare_key(self.plan, self.tables, table, row))).map_or(&[][..], Vec::as_slice);
        if let Some((_, found)) = rows.iter().find(|(of, _)| *of == term) {
            return Ok(*found);
        }
        if !kept.is_some_and(|kept| kept.of(term.kind).contains(&term)) {
            return Err(Cause { code: CauseCode::NotHandedIn, at: Place::Term { table, row: None, term } });
        }
        let is_new = rows.first().is_some_and(|(first, _)| *first > term);
        Err(Cause { code: if is_new { CauseCode::New } else { CauseCode::NoRow }, at: Place::Term { table, row: Some(row), term } })
    }

    /// The periods by which an aggregate over these rows is kept: those that its rows are of, else all there are.
    pub fn terms(&self, over: usize, kind: TermKind) -> Cow<'_, [Term]> {
        if let Some(Some(kept)) = self.reduced.kept.get(over) {
            return Cow::Borrowed(kept.of(kind));
        }
        let mut all: Vec<Term> = self.reduced.kept.iter().flatten().flat_map(|kept| kept.of(kind)).copied().collect();
        all.sort_unstable();
        all.dedup();
        Cow::Owned(all)
    }

    pub(super) fn state_of_term(&self, id: usize, kind: TermKind, group: usize, at: At) -> Option<Cow<'_, State>> {
        let over = self.plan.aggregates[id].over;
        let terms = self.terms(over, kind);
        let wanted = self.term_at(at).and_then(|term| term.within(kind));
        match terms.iter().position(|term| Some(*term) == wanted) {
            Some(place) => self.reduced.states.get(&id)?.get(group * terms.len() + place).map(Cow::Borrowed),
            None => Some(Cow::Owned(State { incomplete: true, causes: vec![self.no_rows(over, wanted)], ..State::default() })),
        }
    }

    /// Why nothing is known of a period.
    fn no_rows(&self, over: usize, term: Option<Term>) -> Cause {
        let holds = |table: &usize| self.plan.tables[*table].period.is_some();
        let table = Some(over).filter(holds).or((0..self.plan.tables.len()).find(holds)).unwrap_or(over);
        let at = match term.filter(|_| self.tables.tables[table].handed_in()) {
            Some(term) => Place::Term { table, row: None, term },
            None => Place::Table(table),
        };
        Cause { code: if self.tables.tables[table].handed_in() && term.is_none() { CauseCode::NoRow } else { CauseCode::NotHandedIn }, at }
    }

    /// Each year from the first to that at hand.
    pub fn years(&self, since: i16, at: At) -> Vec<When> {
        let Some(now) = self.term_at(at) else { return Vec::new() };
        (since..=now.year).map(|year| When::Given(now.years_earlier(i32::from(now.year) - i32::from(year)))).collect()
    }

    /// Strictly greater in each year than in the year before: no year is passed over. Of one year there is no trend.
    pub(super) fn rising(&self, of: &Node, since: i16, at: At) -> Value {
        let values: Vec<Value> = self.years(since, at).into_iter().map(|when| self.in_term(when, of, at)).collect();
        if values.len() < 2 {
            let nothing = Value::truth(Truth::Unknown);
            return if self.term_at(at).is_some() { nothing.absent(Absent::Yes).because(Cause { code: CauseCode::Empty, at: Place::Nowhere }) } else { nothing };
        }
        let mut rising = Value::truth(Truth::True);
        for pair in values.windows(2) {
            let grows = self.compare(Compare::Gt, &pair[1], &pair[0], &of.ty);
            rising.kind = Value::truth(rising.as_truth().and(grows.as_truth())).kind;
            rising.absent = rising.absent.or(grows.absent);
            rising.add_causes(&grows.causes);
        }
        if rising.is_settled() {
            rising.causes.clear();
        }
        rising
    }
}

/// The key of a row without its period; empty where there is no such row.
pub fn bare_key(plan: &Plan, tables: &Tables, table: usize, row: u32) -> Arc<str> {
    let def = &plan.tables[table];
    let mut key = String::new();
    for column in def.key.iter().filter(|column| Some(**column) != def.period) {
        let Some(cell) = tables.tables[table].columns.get(*column).and_then(|cells| cells.get(row as usize)) else { return Arc::from("") };
        match &cell.value {
            CellValue::Text(text) => key.push_str(text),
            CellValue::Code(code) => key.push_str(&code.to_string()),
            CellValue::Number(number) => key.push_str(&number.exact()),
            CellValue::Date(date) => key.push_str(&date.to_string()),
            CellValue::YearMonth(month) => key.push_str(&month.to_string()),
            CellValue::Term(term) => key.push_str(&term.to_string()),
            CellValue::Truth(truth) => key.push_str(if *truth { "1" } else { "0" }),
            CellValue::Unknown(_) => key.push_str(&cell.raw),
        }
        key.push('\u{1f}');
    }
    key.into()
}
