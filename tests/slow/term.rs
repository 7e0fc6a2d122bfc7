//! Periods: every question looks through all rows again for those of the period that is meant.

use heng::base::{Term, TermKind};
use heng::model::op::Compare;
use heng::model::plan::{AggregateDef, Node, NodeKind, RuleDef, StepOf};
use heng::model::table::CellValue;
use heng::model::value::Absent;
use heng::model::when::When;

use super::expr::compare;
use super::rows::{Here, Row, World};
use super::value::{Answer, Val};

/// A row that is not there.
const NOWHERE: usize = usize::MAX;

/// Of what stands above a row that is not there nothing is known.
pub fn is_nowhere(row: Row) -> bool {
    matches!(row, Row::File { row: NOWHERE, .. })
}

impl World<'_> {
    /// The period that a row is of; `Err` if it is of one and it is not known which.
    pub fn own_term(&self, row: Row) -> Result<Option<Term>, ()> {
        let Row::File { table, row } = row else { return Ok(None) };
        let Some(column) = self.plan.tables[table].period else { return Ok(None) };
        match self.tables.tables[table].columns[column].get(row).map(|cell| &cell.value) {
            Some(CellValue::Term(term)) => Ok(Some(*term)),
            _ => Err(()),
        }
    }

    pub fn term(&self, here: &Here) -> Option<Term> {
        self.own_term(here.row).ok().flatten().or(here.term)
    }

    /// The row that is this one but for its period, in that period.
    fn same_in(&self, table: usize, row: usize, term: Term) -> usize {
        let def = &self.plan.tables[table];
        let cells = &self.tables.tables[table];
        let key = |row: usize| def.key.iter().filter(|column| Some(**column) != def.period).map(|column| cells.columns[*column].get(row).map(|cell| cell.value.clone())).collect::<Vec<_>>();
        let same = |other: &usize| key(*other) == key(row) && self.own_term(Row::File { table, row: *other }) == Ok(Some(term));
        (0..cells.len()).find(same).unwrap_or(NOWHERE)
    }

    pub fn moved(&self, when: When, here: &Here) -> Here {
        let term = when.term(self.as_of, self.term(here));
        match here.row {
            Row::File { table, row } if self.plan.tables[table].period.is_some() => {
                let row = term.map_or(NOWHERE, |term| self.same_in(table, row, term));
                Here { row: Row::File { table, row }, term, ..here.clone() }
            }
            _ => Here { term, ..here.clone() },
        }
    }

    /// The same place in another period, if there is such a row.
    pub fn there(&self, when: When, here: &Here) -> Option<Here> {
        Some(self.moved(when, here)).filter(|moved| !is_nowhere(moved.row))
    }

    pub fn in_term(&self, when: When, of: &Node, here: &Here) -> Val {
        self.value(of, &self.moved(when, here))
    }

    pub fn rising(&self, of: &Node, since: i16, here: &Here) -> Val {
        let Some(now) = self.term(here) else { return Val::answer(Answer::OPEN) };
        let in_year = |year: i16| self.in_term(When::Given(now.years_earlier(i32::from(now.year - year))), of, here);
        let pairs: Vec<Answer> = (since..now.year).map(|year| compare(Compare::Gt, &in_year(year + 1), &in_year(year), false)).collect();
        if pairs.is_empty() || pairs.contains(&Answer::NONE) {
            return Val::answer(Answer::NONE);
        }
        let all = Answer { yes: pairs.iter().all(|pair| pair.yes), no: pairs.iter().any(|pair| pair.no), none: false };
        let absent = if pairs.iter().any(|pair| pair.none) { Absent::Maybe } else { Absent::No };
        Val::answer(all).absent(absent)
    }

    /// The period by which an aggregate is asked; `Err` if no rows of it were handed in at all.
    pub fn asked_term(&self, def: &AggregateDef, here: &Here) -> Result<Option<Term>, ()> {
        let Some(kind) = def.by else { return Ok(None) };
        let wanted = self.term(here).and_then(|term| term.within(kind)).ok_or(())?;
        let kept = |table: &usize| self.plan.tables[*table].period.is_some();
        let looked_at: Vec<usize> = if kept(&def.over) { vec![def.over] } else { (0..self.plan.tables.len()).filter(kept).collect() };
        let there = looked_at.iter().any(|table| self.terms(*table, kind).contains(&wanted));
        if there { Ok(Some(wanted)) } else { Err(()) }
    }

    /// The periods of a table's rows, by a kind.
    fn terms(&self, table: usize, kind: TermKind) -> Vec<Term> {
        (0..self.tables.tables[table].len()).filter_map(|row| self.own_term(Row::File { table, row }).ok().flatten()?.within(kind)).collect()
    }

    /// Whether a row is of a period.
    pub fn of_term(&self, row: Row, term: Option<Term>) -> Answer {
        match (self.own_term(row), term) {
            (Ok(Some(own)), Some(term)) => Answer::truth(own.within(term.kind) == Some(term)),
            (Err(()), Some(_)) => Answer::OPEN,
            _ => Answer::YES,
        }
    }

    /// The units of a rule in each of its periods, or in the one that it asks.
    pub fn with_terms(&self, place: usize, rule: &RuleDef, units: Vec<(Here, bool)>) -> Vec<(Here, bool)> {
        let asked = rule.term.and_then(|when| when.term(self.as_of, None));
        let yearly = rule.at.table.filter(|table| self.plan.tables[*table].period.is_some());
        match (rule.at.each, yearly) {
            (None, None) => units.into_iter().map(|(here, sure)| (Here { term: asked, ..here }, sure)).collect(),
            (None, Some(table)) => units.into_iter().filter(|(here, _)| self.stands_for(table, here.row, asked)).collect(),
            (Some(_), Some(_)) => units.into_iter().filter(|(here, _)| self.of_term(here.row, asked).yes).collect(),
            (Some(kind), None) => {
                let tables = self.read_by(place).into_iter().map(|id| self.plan.aggregates[id].over).filter(|table| self.plan.tables[*table].period.is_some());
                let mut terms: Vec<Term> = tables.flat_map(|table| self.terms(table, kind)).filter(|term| asked.is_none_or(|asked| term.within(asked.kind) == Some(asked))).collect();
                terms.sort();
                terms.dedup();
                if terms.is_empty() {
                    return units;
                }
                units.iter().flat_map(|(here, sure)| terms.iter().map(move |term| (Here { term: Some(*term), each: true, ..here.clone() }, *sure))).collect()
            }
        }
    }

    /// The aggregates that a rule reads, or a rule that it counts.
    fn read_by(&self, rule: usize) -> Vec<usize> {
        let (mut read, mut rules) = (Vec::new(), vec![rule]);
        let mut waiting: Vec<&Node> = self.plan.rules[rule].nodes(self.plan).collect();
        while let Some(node) = waiting.pop() {
            let asked = match &*node.kind {
                NodeKind::Status { rule, .. } => vec![*rule],
                NodeKind::Rules(counted) => counted.rules.clone(),
                _ => Vec::new(),
            };
            for rule in asked {
                if !rules.contains(&rule) {
                    rules.push(rule);
                    waiting.extend(self.plan.rules[rule].nodes(self.plan));
                }
            }
            let ids = match &*node.kind {
                NodeKind::Aggregate(id) => vec![*id],
                NodeKind::Sentence(sentence) => sentence.steps.iter().filter_map(|step| if let StepOf::Rows(id) = step.of { Some(id) } else { None }).collect(),
                NodeKind::Measure(id) => {
                    waiting.push(&self.plan.measures[*id].body);
                    Vec::new()
                }
                _ => Vec::new(),
            };
            for id in ids {
                read.push(id);
                waiting.extend(self.plan.aggregates[id].nodes());
            }
            node.each_child(&mut |child| waiting.push(child));
        }
        read
    }

    /// Of one key the row of the period asked, or else the latest; and every row of unknown period.
    fn stands_for(&self, table: usize, row: Row, asked: Option<Term>) -> bool {
        let (Row::File { row, .. }, Some(asked)) = (row, asked) else { return true };
        let Ok(Some(own)) = self.own_term(Row::File { table, row }) else { return true };
        if own == asked || self.plan.tables[table].key.is_empty() {
            return own == asked;
        }
        let all: Vec<Term> = self.terms(table, own.kind).into_iter().filter(|term| self.same_in(table, row, *term) != NOWHERE).collect();
        !all.contains(&asked) && all.iter().max() == Some(&own)
    }

    /// Whether a unit's row is of the period that its rule asks.
    pub fn of_period_asked(&self, rule: &RuleDef, here: &Here) -> Answer {
        let yearly = rule.at.table.filter(|table| self.plan.tables[*table].period.is_some());
        match (yearly, rule.term.and_then(|when| when.term(self.as_of, None))) {
            (Some(_), Some(asked)) if rule.at.each.is_some() => self.of_term(here.row, Some(asked)),
            // Whose row of that period is not there may meet it or not.
            (Some(_), Some(asked)) if self.own_term(here.row) != Ok(Some(asked)) => Answer::OPEN,
            _ => Answer::YES,
        }
    }
}
