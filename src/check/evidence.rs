//! Evidence: which columns of a table say what, and what a rule asks of them.

use std::sync::Arc;

use crate::base::{Number, Span, Text};
use crate::diag::catalog::{ManyWays, NoEvidenceTable, NotBeneath, SecondEvidence, StatusOfRows, WrongType, choice, quoted};
use crate::model::ast::{self, EvidenceSaid, Name};
use crate::model::op::Compare;
use crate::model::plan::{AggregateDef, Collect, ColumnKind, ColumnRef, EvidenceDef, EvidenceTable, Level, Node, NodeKind, Type};

use super::parameter::type_name;
use super::scope::{Scope, node, unknown};
use super::{Checker, unlabelled};

impl Checker<'_> {
    /// The columns of the table of evidence. Errors: one that is not there, or of another type; a second such table.
    pub(super) fn evidence_table(&mut self, place: usize, columns: &ast::EvidenceColumns) {
        if let Some(first) = self.plan.tables.iter().find(|table| table.evidence.is_some()) {
            let first = (first.names.short(), first.span);
            self.say(SecondEvidence { table: self.plan.tables[place].names.short(), first: first.0 }, columns.span, Text::new("the second", "第二处"));
            self.beside(first.1, Text::new("the first", "第一处"));
            return;
        }
        let date = |kind: ColumnKind| kind == ColumnKind::Date;
        let rule = self.evidence_column(place, &columns.rule, &|kind| kind == ColumnKind::Text, &Type::Text);
        let issued = columns.issued.as_ref().map(|name| self.evidence_column(place, name, &date, &Type::Date));
        let until = columns.until.as_ref().map(|name| self.evidence_column(place, name, &date, &Type::Date));
        let found = self.evidence_column(place, &columns.found, &|kind| matches!(kind, ColumnKind::Code(_)), &Type::Code(0));
        if let (Some(rule), Some(found)) = (rule, found) {
            self.plan.tables[place].evidence = Some(EvidenceTable { rule, issued: issued.flatten(), until: until.flatten(), found });
        }
    }

    fn evidence_column(&mut self, place: usize, name: &Name, fits: &dyn Fn(ColumnKind) -> bool, wanted: &Type) -> Option<usize> {
        let column = self.own_column(place, name)?;
        let def = &self.plan.tables[place].columns[column];
        if fits(def.ty) {
            return Some(column);
        }
        let found = type_name(&def.value_type());
        self.say(WrongType { wanted: type_name(wanted), found }, name.span, unlabelled());
        None
    }

    /// `evidence issued within 3 years, found met`, of the unit asked.
    pub(super) fn evidence(&mut self, said: &EvidenceSaid, span: Span, scope: &Scope) -> Node {
        if !scope.is_unit() {
            self.say(StatusOfRows {}, span, unlabelled());
            return unknown(span);
        }
        self.evidence_def(said, span, scope).map_or_else(|| unknown(span), |def| node(NodeKind::Evidence(def), Type::Truth, span))
    }

    fn evidence_def(&mut self, said: &EvidenceSaid, span: Span, scope: &Scope) -> Option<EvidenceDef> {
        let Some((table, columns)) = self.plan.tables.iter().enumerate().find_map(|(at, table)| Some((at, table.evidence?))) else {
            self.say(NoEvidenceTable {}, span, unlabelled());
            return None;
        };
        let rule = match &said.of {
            Some(name) => name.text.clone(),
            None => self.rule_at_hand.clone()?,
        };
        let ColumnKind::Code(list) = self.plan.tables[table].columns[columns.found].ty else { return None };
        let found = self.code_named(list, &said.found)?;
        let within = match &said.within {
            Some((number, months)) => Some(self.months(number, *months, span)?),
            None => None,
        };
        let filed = self.on_file(table, columns, &rule, span, scope)?;
        Some(EvidenceDef { table, rule: Arc::from(rule), within, found, filed })
    }

    fn months(&mut self, number: &Number, months: bool, span: Span) -> Option<i32> {
        let count = number.to_i64().and_then(|count| i32::try_from(count).ok()).and_then(|count| count.checked_mul(if months { 1 } else { 12 }));
        if count.is_none() {
            self.say(WrongType { wanted: Text::new("a whole number", "整数"), found: number.into() }, span, unlabelled());
        }
        count
    }

    /// The rows that speak of the rule and of this very unit: what names a school beneath the county is the school's. Where the
    /// table cannot name the unit, what is on file for the nearest unit above that it can name.
    fn on_file(&mut self, table: usize, columns: EvidenceTable, rule: &str, span: Span, scope: &Scope) -> Option<usize> {
        let asked = scope.table();
        let can_name = |unit: &usize| *unit == table || self.plan.tables[table].parents.iter().any(|parent| parent.table == *unit);
        let unit = asked.and_then(|asked| self.plan.outward(Some(asked)).flatten().find(can_name));
        if let Some(asked) = asked.filter(|_| unit.is_none()) {
            let name = |table: usize| self.plan.tables[table].names.short();
            let (table, unit) = (name(table), name(asked));
            self.say(NotBeneath { table, unit }, span, unlabelled());
            return None;
        }
        let roles = asked.zip(unit).map_or_else(Vec::new, |(asked, unit)| self.plan.roles_between(asked, unit));
        let roles = if roles.is_empty() { unit.map_or_else(Vec::new, |unit| self.plan.roles_between(table, unit)) } else { roles };
        if !roles.is_empty() {
            let names: Vec<Text> = roles.iter().map(|link| quoted(&self.plan.role_name(*link).into())).collect();
            self.say(ManyWays { words: unit.map(|unit| self.plan.tables[unit].names.short()).unwrap_or_default(), lines: choice(&names) }, span, unlabelled());
            return None;
        }
        let column = |column: usize, ty: Type| node(NodeKind::Column(ColumnRef { table, column }), ty, span);
        let id = node(NodeKind::Text(Arc::from(rule)), Type::Text, span);
        let mut filter = vec![node(NodeKind::Compare(Compare::Eq, column(columns.rule, Type::Text), id), Type::Truth, span)];
        for parent in &self.plan.tables[table].parents {
            let finer = unit != Some(parent.table) && unit.is_none_or(|unit| self.plan.path_up(parent.table, unit).is_some());
            if parent.optional && finer {
                filter.push(node(NodeKind::Known { of: column(parent.column, Type::Text), negated: true }, Type::Truth, span));
            }
        }
        let operand = Some(node(NodeKind::Truth(true), Type::Truth, span));
        let at = Level { table: unit, ..Level::default() };
        self.plan.aggregates.push(AggregateDef { what: Collect::Tally, over: table, at, role: None, code_columns: Vec::new(), by: None, filter, operand, weight: None, ty: Type::Truth, span });
        Some(self.plan.aggregates.len() - 1)
    }
}
