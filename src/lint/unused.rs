//! A parameter, measure, code list or column that nothing reads.
//!
//! # Looks for
//! Parameters and measures that no rule needs, also not through a measure; code lists that no column, key or rule uses; and,
//! as a note only, columns that nothing reads. Keys, links, names, and what a split takes its parts from are read.
//!
//! # Why
//! A standard that nobody looks up is a standard that is not applied: usually a rule was forgotten, or names another one.
//! Tables describe whole forms, so that a column too many is no mistake.
//!
//! # Caught
//! `parameter largest_class …` while the rule says `size <= 45`.
//!
//! # Not caught
//! A measure that only another measure needs.
//!
//! # Mend
//! Use it in the rule that it was meant for, or delete it.

use std::collections::BTreeSet;

use crate::base::{Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::{ColumnsNotRead, NotUsed, list};
use crate::model::plan::{ColumnKind, Node, NodeKind, ParameterKey, Plan, TableDef, Titles};

use super::sight::Sight;

/// Everything that something names.
#[derive(Default)]
struct Named {
    parameters: BTreeSet<usize>,
    measures: BTreeSet<usize>,
    columns: BTreeSet<(usize, usize)>,
    codes: BTreeSet<usize>,
}

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let plan = sight.plan;
    let named = named(plan);
    for (_, def) in plan.parameters.iter().enumerate().filter(|(place, _)| !named.parameters.contains(place)) {
        found.push(said(Text::new("parameter", "标准值"), &def.names, def.span));
    }
    for (_, def) in plan.measures.iter().enumerate().filter(|(place, _)| !named.measures.contains(place)) {
        found.push(said(Text::new("measure", "计算项"), &def.names, def.span));
    }
    for (_, def) in plan.codes.iter().enumerate().filter(|(place, _)| !named.codes.contains(place)) {
        found.push(said(Text::new("code list", "代码表"), &def.names, def.span));
    }
    found.extend(plan.tables.iter().enumerate().filter(|(_, table)| table.split.is_none()).filter_map(|(place, table)| columns(table, place, &named)));
}

fn said(kind: Text, names: &Titles, span: Span) -> Diagnostic {
    Diagnostic::from(NotUsed { kind, name: names.short() }).at(span, Text::new("used nowhere", "无处使用"))
}

/// One note for a table: forms have many columns.
fn columns(table: &TableDef, place: usize, named: &Named) -> Option<Diagnostic> {
    const SHOWN: usize = 12;
    let idle: Vec<Text> = table.columns.iter().enumerate().filter(|(column, _)| !named.columns.contains(&(place, *column))).map(|(_, column)| column.names.short()).collect();
    if idle.is_empty() {
        return None;
    }
    let mut shown = list(&idle[..idle.len().min(SHOWN)]);
    if idle.len() > SHOWN {
        let more = idle.len() - SHOWN;
        shown = Text::new(format!("{} and {more} more", Text::join(&idle[..SHOWN], ", ", "").en), format!("{} 等（另有 {more} 列）", shown.zh));
    }
    let count = Text::new(if idle.len() == 1 { "1 column".to_string() } else { format!("{} columns", idle.len()) }, format!("{} 列", idle.len()));
    let message = ColumnsNotRead { count, table: table.names.short(), names: shown };
    Some(Diagnostic::from(message).at(table.span, Text::default()))
}

fn named(plan: &Plan) -> Named {
    let mut named = Named::default();
    for rule in &plan.rules {
        rule.nodes(plan).for_each(|node| read(node, &mut named));
        named.codes.extend(&rule.at.codes);
    }
    plan.measures.iter().for_each(|measure| read(&measure.body, &mut named));
    for aggregate in &plan.aggregates {
        aggregate.nodes().for_each(|node| read(node, &mut named));
        named.columns.extend(aggregate.code_columns.iter().map(|at| (at.table, at.column)));
    }
    for parameter in &plan.parameters {
        named.codes.extend(parameter.by.iter().filter_map(|by| if let ParameterKey::Codes(list) = by { Some(*list) } else { None }));
    }
    plan.tables.iter().enumerate().for_each(|(place, table)| of_table(table, place, &mut named));
    named
}

/// What a table needs of itself, or of the table whose parts it holds.
fn of_table(table: &TableDef, place: usize, named: &mut Named) {
    named.codes.extend(table.columns.iter().filter_map(|column| if let ColumnKind::Code(list) = column.ty { Some(list) } else { None }));
    if let Some(split) = &table.split {
        let sources = split.parts.iter().map(|part| part.pupils).chain(split.shared.iter().copied()).chain(split.own.iter().flatten().flatten().copied());
        named.columns.extend(sources.map(|column| (split.of, column)));
        return;
    }
    let own = table.key.iter().copied().chain(table.parents.iter().map(|parent| parent.column)).chain(table.called);
    let evidence = table.evidence.iter().flat_map(|of| [Some(of.rule), of.issued, of.until, Some(of.found)]).flatten();
    named.columns.extend(own.chain(evidence).map(|column| (place, column)));
}

fn read(node: &Node, named: &mut Named) {
    match &*node.kind {
        NodeKind::Parameter { id, .. } => drop(named.parameters.insert(*id)),
        NodeKind::Measure(measure) => drop(named.measures.insert(*measure)),
        NodeKind::Column(at) => drop(named.columns.insert((at.table, at.column))),
        _ => {}
    }
    node.each_child(&mut |child| read(child, named));
}
