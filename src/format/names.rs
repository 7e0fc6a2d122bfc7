//! Names that have a title in the language wanted: ids and other titles to the title, or back to the id.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Lang, is_han};
use crate::model::ast::File;
use crate::model::names::declared;


/// How each name of these files is written in a language. Left out: what has no title there, and what two things share.
pub fn translated(files: &[File], lang: Lang) -> BTreeMap<String, String> {
    let mut targets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, titles) in declared(files) {
        let of = |wanted: Lang| titles.iter().map(|title| title.text.as_str()).find(|title| title.contains(is_han) == (wanted == Lang::Zh));
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
