//! A name that one of the pack's languages does not have.
//!
//! # Looks for
//! Rules, parameters, measures, tables and code lists without a Chinese or without an English title, in a pack in which others
//! have one. A pack whose titles are all of one language has chosen it.
//!
//! # Why
//! Reports and readings in that language show an id instead.
//!
//! # Caught
//! `rule G5 "班额"` beside `rule G4 "学校规模" / "School size"`.
//!
//! # Not caught
//! A pack that is Chinese throughout. Codes and columns: forms and lists often have one language alone.
//!
//! # Mend
//! Write the other title behind the first.

use std::collections::BTreeSet;

use crate::base::{Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::NoTitle;
use crate::model::plan::{Plan, Titles};

use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let items = items(sight.plan);
    let pack = |span: Span| sight.plan.files.get(span.source.0 as usize).copied().unwrap_or_default();
    let english: BTreeSet<usize> = items.iter().filter(|(_, names, _)| names.en.is_some()).map(|(.., span)| pack(*span)).collect();
    let chinese: BTreeSet<usize> = items.iter().filter(|(_, names, _)| names.zh.is_some()).map(|(.., span)| pack(*span)).collect();
    for (kind, names, span) in &items {
        let mut miss = |lang: Text| found.push(Diagnostic::from(NoTitle { kind: kind.clone(), name: names.id.as_str().into(), lang }).at(*span, Text::default()));
        if names.en.is_none() && english.contains(&pack(*span)) {
            miss(Text::new("English", "英文"));
        }
        if names.zh.is_none() && chinese.contains(&pack(*span)) {
            miss(Text::new("Chinese", "中文"));
        }
    }
}

fn items(plan: &Plan) -> Vec<(Text, &Titles, Span)> {
    let rules = plan.rules.iter().map(|def| (Text::new("rule", "指标"), &def.names, def.span));
    let parameters = plan.parameters.iter().map(|def| (Text::new("parameter", "标准值"), &def.names, def.span));
    let measures = plan.measures.iter().map(|def| (Text::new("measure", "计算项"), &def.names, def.span));
    let tables = plan.tables.iter().map(|def| (Text::new("table", "数据表"), &def.names, def.span));
    let codes = plan.codes.iter().map(|def| (Text::new("code list", "代码表"), &def.names, def.span));
    rules.chain(parameters).chain(measures).chain(tables).chain(codes).collect()
}
