//! Defects of whole clauses and items: who is asked, when a rule bites, the values of a standard, the weights of a split, what
//! holds for some or in a lower layer.

use crate::base::{Number, Span};
use crate::model::ast::{Constant, Dated, Expr, ExprKind, Grade, GradeLine, Item, ItemKind, Quantity, Valued};
use crate::model::defect::Defect;
use crate::model::op::Rounding;

use super::step;
use super::{Mutant, Words};

/// `for each TABLE where C` without its condition.
pub fn scopes(item: &Item, text: &str) -> Vec<Mutant> {
    let Some(rule) = item.ruling() else { return Vec::new() };
    let filtered = rule.each.iter().enumerate().filter(|(_, each)| each.rows.filter.is_some());
    let made = filtered.map(|(at, each)| {
        let mut changed = item.clone();
        if let Some(rule) = changed.ruling_mut() {
            rule.each[at].rows.filter = None;
        }
        // The condition stands behind the table, in Chinese before it.
        let (rows, table) = (slice(text, each.rows.span), slice(text, each.rows.name.span));
        let words = rows.strip_prefix(table).or_else(|| rows.trim_end().strip_suffix(table)).unwrap_or(rows);
        Mutant { defect: Defect::Filter, span: each.rows.span, before: Words::Text(words.to_string()), after: Words::Text(String::new()), about: None, item: Some(changed) }
    });
    made.collect()
}

/// A rule without its `when`.
pub fn conditions(item: &Item, _: &str) -> Vec<Mutant> {
    let Some(rule) = item.ruling() else { return Vec::new() };
    let Some(when) = &rule.when else { return Vec::new() };
    let mut changed = item.clone();
    if let Some(rule) = changed.ruling_mut() {
        rule.when = None;
    }
    vec![Mutant { defect: Defect::When, span: when.span, before: Words::Tree(when.clone()), after: Words::Text(String::new()), about: None, item: Some(changed) }]
}

/// A rule without one of its grades.
pub fn grades(item: &Item, text: &str) -> Vec<Mutant> {
    let Some(rule) = item.ruling() else { return Vec::new() };
    let left_out = |(at, line): (usize, &GradeLine)| {
        let mut changed = item.clone();
        if let Some(rule) = changed.ruling_mut() {
            rule.grades.remove(at);
        }
        let before = Words::Text(slice(text, line.span).to_string());
        Mutant { defect: Defect::Grade, span: line.span, before, after: Words::Text(String::new()), about: None, item: Some(changed) }
    };
    // Not qualified is what is left, said or not.
    let says = |line: &GradeLine| line.when.is_some() || line.grade != Grade::NotQualified;
    rule.grades.iter().enumerate().filter(|(_, line)| rule.grades.len() > 1 && says(line)).map(left_out).collect()
}

/// A measure rounded before anything else is made of it.
pub fn measures(item: &Item, _: &str) -> Vec<Mutant> {
    let ItemKind::Measure(measure) = &item.kind else { return Vec::new() };
    let Some(body) = measure.body.as_ref().filter(|body| is_figure(body)) else { return Vec::new() };
    let rounded = Expr { kind: Box::new(ExprKind::Rounded(body.clone(), Rounding::HalfUp(2))), span: body.span };
    let mut changed = item.clone();
    if let ItemKind::Measure(measure) = &mut changed.kind {
        measure.body = Some(rounded.clone());
    }
    let (before, after) = (Words::Tree(body.clone()), Words::Tree(rounded));
    vec![Mutant { defect: Defect::RoundedWithin, span: body.span, before, after, about: Some(body.clone()), item: Some(changed) }]
}

/// Whether it may be a number; whether it is one is for check to say.
fn is_figure(body: &Expr) -> bool {
    use ExprKind::{And, Between, Compare, Known, Not, OneOf, Or, Rounded, Rules, Sentence, Status, Truth};
    !matches!(*body.kind, And(_) | Or(_) | Not(_) | Compare(..) | Between(..) | OneOf { .. } | Known { .. } | Status { .. } | Sentence(_) | Rules(_) | Truth(_) | Rounded(..))
}

/// Each value of a standard moved, and the values of two codes exchanged.
pub fn standards(item: &Item, text: &str) -> Vec<Mutant> {
    let Some(parameter) = item.standard() else { return Vec::new() };
    let mut found = Vec::new();
    for (nth, dated) in parameter.dated.iter().enumerate() {
        let mut add = |defect, span, after: String, change: &dyn Fn(&mut Dated)| {
            let mut changed = item.clone();
            if let Some(parameter) = changed.standard_mut() {
                change(&mut parameter.dated[nth]);
            }
            let before = Words::Text(slice(text, span).to_string());
            found.push(Mutant { defect, span, before, after: Words::Text(after), about: None, item: Some(changed) });
        };
        for (at, valued) in dated.values.iter().enumerate() {
            for value in next(&valued.value, text) {
                add(Defect::Threshold, valued.span, with_value(valued, &value, text), &|dated| dated.values[at].value = value.clone());
            }
            for (other, second) in dated.values.iter().enumerate().skip(at + 1).filter(|(_, second)| differ(&valued.value, &second.value)) {
                let after = format!("{}, {}", with_value(valued, &second.value, text), with_value(second, &valued.value, text));
                add(Defect::Codes, valued.span.to(second.span), after, &|dated| exchange(dated, at, other));
            }
        }
    }
    found
}

fn exchange(dated: &mut Dated, one: usize, other: usize) {
    let first = dated.values[one].value.clone();
    dated.values[one].value = std::mem::replace(&mut dated.values[other].value, first);
}

fn next(value: &Constant, text: &str) -> Vec<Constant> {
    match value {
        Constant::Quantity(quantity) => step::quantities(quantity, text).into_iter().map(Constant::Quantity).collect(),
        Constant::Date(date, span) => step::days(*date).into_iter().map(|day| Constant::Date(day, *span)).collect(),
        Constant::Truth(truth, span) => vec![Constant::Truth(!truth, *span)],
    }
}

fn differ(one: &Constant, other: &Constant) -> bool {
    match (one, other) {
        (Constant::Quantity(one), Constant::Quantity(other)) => one.number != other.number,
        (Constant::Date(one, _), Constant::Date(other, _)) => one != other,
        (Constant::Truth(one, _), Constant::Truth(other, _)) => one != other,
        _ => true,
    }
}

/// Keys and value as they stand, with another value.
fn with_value(valued: &Valued, value: &Constant, text: &str) -> String {
    let place = match &valued.value {
        Constant::Quantity(quantity) => quantity.span,
        Constant::Date(_, span) | Constant::Truth(_, span) => *span,
    };
    let keys = Span { end: place.start.max(valued.span.start), ..valued.span };
    let written = match value {
        Constant::Quantity(quantity) => number(quantity),
        Constant::Date(date, _) => date.to_string(),
        Constant::Truth(truth, _) => if *truth { "yes" } else { "no" }.to_string(),
    };
    format!("{}{written}", slice(text, keys))
}

fn number(quantity: &Quantity) -> String {
    format!("{}{}", quantity.number.plain(12), if quantity.percent { "%" } else { "" })
}

/// An exception forgotten, or what a layer sets instead.
pub fn wholes(item: &Item, text: &str) -> Vec<Mutant> {
    let defect = match item.kind {
        ItemKind::Exception(_) => Defect::Exception,
        ItemKind::Override(_) => Defect::Layer,
        _ => return Vec::new(),
    };
    vec![Mutant { defect, span: item.span, before: Words::Text(slice(text, item.span).to_string()), after: Words::Text(String::new()), about: None, item: None }]
}

/// The weight of each part of a split school moved.
pub fn shares(item: &Item, text: &str) -> Vec<Mutant> {
    let ItemKind::Split(split) = &item.kind else { return Vec::new() };
    let mut found = Vec::new();
    for (at, part) in split.parts.iter().enumerate() {
        // The number ends the clause.
        let written = slice(text, part.span).trim_end();
        let digits = written.rfind(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(written, |last| &written[last..]);
        let word = written.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').split_whitespace().next_back().unwrap_or_default();
        for share in step::numbers(&part.share, digits).into_iter().filter(|share| *share > Number::ZERO) {
            let words = |number: &Number| Words::Text(format!("{word} {}", number.plain(12)));
            let (before, after) = (words(&part.share), words(&share));
            let mut changed = item.clone();
            if let ItemKind::Split(split) = &mut changed.kind {
                split.parts[at].share = share;
            }
            found.push(Mutant { defect: Defect::Threshold, span: part.span, before, after, about: None, item: Some(changed) });
        }
    }
    found
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}
