//! Names that have a title in the language wanted: ids and other titles to the title, or back to the id.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Lang;
use crate::model::ast::{File, ItemKind, Name, Quoted};

use super::write::has_han;

/// How each name of these files is written in a language. Left out: what has no title there, and what two things share.
pub fn translated(files: &[File], lang: Lang) -> BTreeMap<String, String> {
    let mut targets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, titles) in declared(files) {
        let of = |wanted: Lang| titles.iter().map(|title| title.text.as_str()).find(|title| title.contains(has_han) == (wanted == Lang::Zh));
        let target = match lang {
            Lang::Zh => of(Lang::Zh).unwrap_or(&id.text),
            // English titles are often phrases; the id is a word.
            Lang::En => &id.text,
        };
        for name in std::iter::once(id.text.as_str()).chain(titles.iter().map(|title| title.text.as_str())) {
            targets.entry(name).or_default().insert(target);
        }
    }
    let one = |(name, targets): (&str, BTreeSet<&str>)| match targets.into_iter().collect::<Vec<_>>()[..] {
        [target] if target != name => Some((name.to_string(), target.to_string())),
        _ => None,
    };
    targets.into_iter().filter_map(one).collect()
}

/// Everything that has a name by which others speak of it: its id and its titles.
fn declared(files: &[File]) -> Vec<(&Name, &[Quoted])> {
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
            ItemKind::Pack(_) | ItemKind::Rule(_) => {}
        }
    }
    found
}
