//! A remedy in words: its changes in the columns that people know, with what must not be shown left out.

use crate::base::{Lang, Number, Text, Unit};
use crate::model::ast::Grade;
use crate::model::plan::{NodeKind, Plan, Rest};
use crate::model::remedy::{Change, Claim, Others, Remedy, Way};
use crate::model::value::CellRef;
use crate::model::verdict::Finding;

use super::figure::percent;
use super::page::Page;
use super::phrase::{self, remedy as words};
use super::place::CellView;

/// As many changes are told one by one.
const MOST: usize = 8;

impl Page<'_> {
    /// What is to be done; of what is not known to be the least, that is said. Nothing is told from which a
    /// masked figure could be worked out.
    pub(super) fn remedy(&self, finding: &Finding, remedy: &Remedy) -> Text {
        if self.hides_remedy(finding) && !matches!(remedy.way, Way::Fill(_) | Way::Nothing(_)) {
            return words::untold();
        }
        let told = self.told(finding.rule, remedy);
        match remedy.claim {
            Claim::Within(_) => together(&[told, words::claim(remedy.claim)]),
            Claim::Least | Claim::None => told,
        }
    }

    fn told(&self, rule: usize, remedy: &Remedy) -> Text {
        match &remedy.way {
            Way::Cells | Way::NewRows { .. } | Way::Divide => self.changes(&remedy.changes),
            Way::AnyRow => words::any_row(&self.changes(&remedy.changes)),
            Way::Rows { table, rows, more } => words::rows(rows.len(), &self.table_name(*table), *more, &self.facts(&remedy.changes)),
            Way::Move => together(&first(remedy.changes.chunks(2).map(|pair| self.moved(pair)))),
            Way::Branches { met, rest } => {
                let ids = |rules: &[usize]| rules.iter().map(|rule| self.short_id(*rule)).collect::<Vec<_>>();
                words::branches(&ids(met).join(", "), &ids(rest).join(", "), &rest_wanted(self.plan, rule), &self.changes(&remedy.changes))
            }
            Way::Fill(causes) => words::fill(&first(causes.iter().map(|cause| self.reason(cause)))),
            Way::AndFill(causes) => together(&[self.changes(&remedy.changes), words::fill_besides(&first(causes.iter().map(|cause| self.reason(cause))))]),
            Way::Elsewhere(others) => {
                let own = (!remedy.changes.is_empty()).then(|| self.changes(&remedy.changes));
                together(&own.into_iter().chain(others.iter().map(|others| self.others(others))).collect::<Vec<_>>())
            }
            Way::Nothing(why) => words::nothing(*why),
        }
    }

    fn others(&self, others: &Others) -> Text {
        let rules: Vec<Text> = others.rules.iter().map(|(rule, units)| words::units_of(&self.short_id(*rule), *units)).collect();
        words::elsewhere((others.need < rules.len()).then_some(others.need), &rules)
    }

    fn changes(&self, changes: &[Change]) -> Text {
        together(&first(changes.iter().map(|change| self.change(change))))
    }

    fn change(&self, change: &Change) -> Text {
        match change {
            Change::Number { cell, by, .. } => self.number_change(*cell, by),
            Change::Truth { cell, to } => self.fact(*cell, *to),
            Change::Add { table, like, rows, .. } => words::new_rows(&rows.to_string(), &self.table_name(*table), &self.row_place(*table, *like)),
            Change::Divide { table, column, rows, into } => self.divide(*table, *column, rows, *into),
        }
    }

    fn number_change(&self, cell: CellRef, by: &Number) -> Text {
        let Some(view) = self.cell(cell) else { return Text::default() };
        let address = phrase::address(&view);
        if self.is_personal(usize::from(cell.table), usize::from(cell.column)) {
            return words::hidden(&view.column, &address);
        }
        let unit = self.unit_of(cell);
        let range = self.tables.number(cell).map(|now| (unit.from_base(now).plain(6), unit.from_base(&(now + by)).plain(6)));
        words::figure(&view.column, &in_unit(by, &unit), !by.is_negative(), range.as_ref().map(|(from, to)| (from.as_str(), to.as_str())), &address)
    }

    fn fact(&self, cell: CellRef, to: bool) -> Text {
        let Some(view) = self.cell(cell) else { return Text::default() };
        let address = phrase::address(&view);
        // What a personal cell is to be says what it is.
        if self.is_personal(usize::from(cell.table), usize::from(cell.column)) { words::hidden(&view.column, &address) } else { words::fact(&view.column, to, &address) }
    }

    /// Rows of one column by their numbers; of several columns change by change.
    fn facts(&self, changes: &[Change]) -> Text {
        let cells: Vec<(CellRef, bool)> = changes.iter().filter_map(|change| if let Change::Truth { cell, to } = change { Some((*cell, *to)) } else { None }).collect();
        let Some((first, to)) = cells.first().copied() else { return self.changes(changes) };
        let alike = cells.len() == changes.len() && cells.iter().all(|(cell, other)| (cell.table, cell.column, *other) == (first.table, first.column, to));
        let alike = alike && !self.is_personal(usize::from(first.table), usize::from(first.column));
        match self.cell(first).filter(|view| alike && view.file.is_some()) {
            Some(view) => words::fact_in_rows(&view.column, to, &path_of(&view), &self.row_numbers(usize::from(first.table), &cells.iter().map(|(cell, _)| cell.row).collect::<Vec<_>>())),
            None => self.changes(changes),
        }
    }

    fn row_numbers(&self, table: usize, rows: &[u32]) -> String {
        let lines = self.tables.tables.get(table).map(|table| table.lines.as_slice()).unwrap_or_default();
        let numbers: Vec<String> = rows.iter().take(MOST * 3).map(|row| lines.get(*row as usize).copied().unwrap_or(0).to_string()).collect();
        let more = rows.len().saturating_sub(MOST * 3);
        let numbers = numbers.join(", ");
        if more > 0 { format!("{numbers}, … (+{more})") } else { numbers }
    }

    fn divide(&self, table: usize, column: usize, rows: &[u32], into: u64) -> Text {
        let cell = |row: u32| CellRef { table: u16::try_from(table).unwrap_or(u16::MAX), column: u16::try_from(column).unwrap_or(u16::MAX), row };
        let total = rows.iter().filter_map(|row| self.tables.number(cell(*row))).fold(Number::ZERO, |sum, number| &sum + number);
        let first = rows.first().and_then(|row| self.cell(cell(*row)));
        if let Some(view) = first.as_ref().filter(|_| self.is_personal(table, column)) {
            return words::hidden(&view.column, &phrase::address(view));
        }
        let path = first.as_ref().map(path_of).unwrap_or_default();
        words::divide(&in_unit(&total, &self.unit_of(cell(0))), &self.row_numbers(table, rows), rows.len(), into, &self.table_name(table), &path)
    }

    fn moved(&self, pair: &[Change]) -> Text {
        let [Change::Number { cell: from, .. }, Change::Number { cell: to, by, .. }] = pair else { return self.changes(pair) };
        let Some(to_view) = self.cell(*to) else { return Text::default() };
        if self.is_personal(usize::from(to.table), usize::from(to.column)) {
            return words::hidden(&to_view.column, &phrase::address(&to_view));
        }
        let row = |at: &CellRef| self.row_place(usize::from(at.table), at.row);
        words::moved(&in_unit(by, &self.unit_of(*to)), &to_view.column, &row(from), &row(to))
    }

    pub(super) fn unit_of(&self, cell: CellRef) -> Unit {
        self.plan.tables.get(usize::from(cell.table)).and_then(|table| table.columns.get(usize::from(cell.column))).map(|column| column.unit.clone()).unwrap_or_default()
    }
}

/// The first of several, and how many more there are.
fn first(all: impl ExactSizeIterator<Item = Text>) -> Vec<Text> {
    let more = all.len().saturating_sub(MOST);
    all.take(MOST).chain((more > 0).then(|| phrase::more(more))).collect()
}

/// Changes that are made together.
fn together(told: &[Text]) -> Text {
    Text::join(told, words::AND.get(Lang::En), words::AND.get(Lang::Zh))
}

/// A size in its unit, without its sign.
fn in_unit(by: &Number, unit: &Unit) -> Text {
    let size = unit.from_base(&by.abs()).plain(6);
    unit.amount(&size)
}

fn path_of(view: &CellView) -> String {
    view.file.as_ref().map(|(path, _)| path.clone()).unwrap_or_default()
}

/// What a rule asks of the rest.
fn rest_wanted(plan: &Plan, rule: usize) -> Text {
    let mut waiting: Vec<_> = plan.rules.get(rule).map(|rule| rule.requirements().collect()).unwrap_or_default();
    while let Some(node) = waiting.pop() {
        if let NodeKind::Rules(rules) = &*node.kind
            && let Some(rest) = &rules.rest
        {
            return match rest {
                Rest::Standard(ratio) => Text::new(format!("{} of standard", percent(ratio)), format!("标准的 {}", percent(ratio))),
                Rest::Basic => Grade::Basic.text(),
            };
        }
        node.each_child(&mut |child| waiting.push(child));
    }
    Text::default()
}
