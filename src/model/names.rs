//! Names that files declare: the noun that the formatter, the cut into words and suggestions share.

use super::ast::{Exception, File, ItemKind, Name, Quoted};

/// The as-of date, which every rule may name.
pub const AS_OF: [&str; 2] = ["as_of", "基准日"];

/// Everything that has a name by which others speak of it: its id and its titles.
pub fn declared(files: &[File]) -> Vec<(&Name, &[Quoted])> {
    let mut found: Vec<(&Name, &[Quoted])> = Vec::new();
    for item in files.iter().flat_map(|file| &file.items) {
        match &item.kind {
            ItemKind::Codes(codes) => {
                found.push((&codes.id, &codes.titles));
                found.extend(codes.codes.iter().map(|code| (&code.id, code.titles.as_slice())));
            }
            ItemKind::Table(table) => {
                found.push((&table.id, &table.titles));
                found.extend(table.keys.iter().chain(&table.columns).map(|column| (&column.id, column.titles.as_slice())));
                found.extend(table.parents.iter().map(|parent| (&parent.column, parent.titles.as_slice())));
            }
            ItemKind::Split(split) => {
                found.push((&split.into, &split.titles));
                found.extend(split.own.iter().map(|own| (&own.id, own.titles.as_slice())));
            }
            ItemKind::Parameter(parameter) => found.push((&parameter.id, &parameter.titles)),
            ItemKind::Measure(measure) => found.push((&measure.id, &measure.titles)),
            ItemKind::Pack(_) | ItemKind::Rule(_) | ItemKind::Override(_) | ItemKind::Waiver(_) | ItemKind::Exception(_) => {}
        }
    }
    found
}

/// Every id and title by which something may be spoken of, and every rule's id.
pub fn spoken(files: &[File]) -> Vec<&str> {
    let rules = files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Rule(rule) | ItemKind::Exception(Exception { ruling: rule, .. }) => Some(rule.id.text.as_str()),
        _ => None,
    });
    let names = declared(files).into_iter().flat_map(|(id, titles)| std::iter::once(id.text.as_str()).chain(titles.iter().map(|title| title.text.as_str())));
    let mut found: Vec<&str> = names.chain(rules).chain(AS_OF).filter(|name| !name.is_empty()).collect();
    found.sort_unstable();
    found.dedup();
    found
}
