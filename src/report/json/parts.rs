//! The parts of a judgement: what they are in the format, and how they are filled.

use serde::Serialize;

use crate::base::Text;
use crate::model::ast::Grade;
use crate::model::value::Range;
use crate::model::verdict::{self, Grades, Part as Found};
use crate::report::page::{Page, ordinal};

use super::build::{exact, figure, judged, portion};
use super::{Exact, Judged, Value};

/// Which of them stand where depends on the form of the requirement.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Part {
    Row {
        unit: RowUnit,
        outcome: &'static str,
        #[serde(flatten)]
        judged: Judged,
    },
    Counts {
        counts: Counts,
    },
    Share {
        numerator: Quantity,
        denominator: Quantity,
        outside: Option<u64>,
    },
    Step {
        step: usize,
        outcome: &'static str,
        #[serde(flatten)]
        judged: Judged,
    },
    Operand {
        operand: usize,
        /// Of a grade line; left out otherwise.
        #[serde(skip_serializing_if = "Option::is_none")]
        grade: Option<&'static str>,
        outcome: &'static str,
        #[serde(flatten)]
        judged: Judged,
    },
    ForEvery {
        quantity: Exact,
        groups: Exact,
    },
    Member {
        unit: RowUnit,
        value: Value,
        weight: Exact,
        term: Exact,
        share: Exact,
        /// Of the variation that the other is held against; left out otherwise.
        #[serde(skip_serializing_if = "Option::is_none")]
        of: Option<&'static str>,
    },
    Exception(Box<super::layers::ExceptionPart>),
    Branch {
        rule: String,
        unit: Option<String>,
        outcome: &'static str,
        #[serde(flatten)]
        judged: Judged,
        /// Of a graded rule; left out otherwise.
        #[serde(skip_serializing_if = "Option::is_none")]
        grade: Option<&'static str>,
        attainment: Option<Exact>,
    },
}

#[derive(Serialize)]
pub struct RowUnit {
    table: String,
    key: String,
    name: String,
}

#[derive(Serialize)]
pub struct Counts {
    asked: u64,
    met: u64,
    not_met: u64,
    undecided: u64,
    not_applicable: u64,
}

/// A count or a sum, or its bounds.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Quantity {
    Known(Exact),
    Unknown { exact: Option<String>, low: Option<Exact>, high: Option<Exact> },
}

/// `table` is that of the row that was asked.
pub fn parts(page: &Page, rule: usize, found: &verdict::Judged, table: Option<usize>) -> Vec<Part> {
    found.parts.iter().enumerate().map(|(at, of)| part(page, rule, found, table, at, of)).collect()
}

fn part(page: &Page, rule: usize, found: &verdict::Judged, own: Option<usize>, at: usize, part: &Found) -> Part {
    let number = ordinal(&found.parts, at);
    match part {
        Found::Step(of) => Part::Step { step: number, outcome: of.outcome.code(), judged: judged(page, rule, of, own) },
        Found::Operand(of) => Part::Operand { operand: number, grade: of.grades.and_then(Grades::single).map(Grade::code), outcome: of.outcome.code(), judged: judged(page, rule, of, own) },
        Found::Row { table, row, name, key, judged: of } => {
            Part::Row { unit: row_unit(page, *table, *row, key, name), outcome: of.outcome.code(), judged: judged(page, rule, of, Some(*table)) }
        }
        Found::Counts { asked, met, not_met, undecided, not_applicable } => {
            Part::Counts { counts: Counts { asked: *asked, met: *met, not_met: *not_met, undecided: *undecided, not_applicable: *not_applicable } }
        }
        Found::Share { numerator, denominator, outside } => Part::Share { numerator: quantity(numerator), denominator: quantity(denominator), outside: *outside },
        Found::ForEvery { quantity, groups } => Part::ForEvery { quantity: exact(quantity), groups: exact(groups) },
        Found::Member { table, row, name, key, value, unit, weight, term, share, of_limit, .. } => Part::Member {
            unit: row_unit(page, *table, *row, key, name),
            value: figure(value, unit, found.show),
            weight: exact(weight),
            term: portion(term),
            share: portion(share),
            of: of_limit.then_some("limit"),
        },
        Found::Exception { rule, at, applies, outcome, judged: of, otherwise } => {
            let judged = of.as_ref().map(|of| judged(page, *rule, of, own)).unwrap_or_default();
            Part::Exception(Box::new(super::layers::exception(page, (*rule, *at), *applies, [Some(*outcome), *otherwise], judged)))
        }
        Found::Branch { rule, unit, outcome, judged: of, grade, attainment, .. } => Part::Branch {
            rule: page.full_id(*rule),
            unit: unit.as_ref().map(|unit| page.veil_branch_key(*rule, unit)),
            outcome: outcome.code(),
            judged: of.as_ref().map(|of| judged(page, *rule, of, page.table_of(*rule))).unwrap_or_default(),
            grade: grade.filter(|_| page.is_graded(*rule)).map(Grade::code),
            attainment: attainment.as_ref().map(exact),
        },
    }
}

pub fn row_unit(page: &Page, table: usize, row: u32, key: &str, name: &Text) -> RowUnit {
    let (key, name) = page.row_unit(table, row, key, name);
    RowUnit { table: page.table_id(table), key, name: name.zh }
}

fn quantity(range: &Range) -> Quantity {
    match range.single() {
        Some(number) => Quantity::Known(exact(number)),
        None => Quantity::Unknown { exact: None, low: range.low.as_ref().map(exact), high: range.high.as_ref().map(exact) },
    }
}
