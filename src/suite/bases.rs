//! The packs that others extend: those at hand come in, those that they stand upon and that are not among them are looked
//! for and go out; where one was not found, where it was looked for.

use std::fs;
use std::path::Path;

use crate::base::{Sources, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::BaseMissing;
use crate::parse;

use super::files;
use super::packs::{self, RuleFile, join};

/// Where a base was looked for in vain: the file that extends it, and what to do.
pub type Looked = Vec<(String, Text)>;

/// Looks for the pack with this id, for the file that extends it; else says where it looked.
pub type FindBase<'f> = dyn Fn(&RuleFile, &str) -> Result<Vec<RuleFile>, Text> + 'f;

/// A pack that extends one that is not among `packs`: the file that says so, and the id that it names.
pub fn missing(packs: &[Vec<RuleFile>]) -> Vec<(&RuleFile, String)> {
    let heads: Vec<_> = packs.iter().flatten().filter_map(|file| Some((file, parse::pack(&file.text)?))).collect();
    let is_here = |id: &str| heads.iter().any(|(_, pack)| pack.id.text == id);
    let bases = heads.iter().filter_map(|(file, pack)| Some((*file, pack.extends.as_ref()?.id.text.clone())));
    bases.filter(|(_, id)| !is_here(id)).collect()
}

/// Adds every base that `find` finds, and those that they extend in turn.
pub fn complete(packs: &mut Vec<Vec<RuleFile>>, find: &FindBase<'_>) -> Looked {
    loop {
        let mut looked = Looked::new();
        let mut found = None;
        for (file, id) in missing(packs) {
            match find(file, &id) {
                Ok(base) if base.iter().any(|file| parse::pack_id(&file.text).as_deref() == Some(&id)) => found = Some(base),
                Ok(_) => {}
                Err(where_looked) => looked.push((file.path.clone(), where_looked)),
            }
        }
        match found {
            Some(base) => packs.push(base),
            None => return looked,
        }
    }
}

/// The pack with this id in a folder, or in a file, next to the folder that a file stands in.
///
/// `pack` is the path by which the pack of the file was named.
pub fn beside(pack: &str, id: &str) -> Result<Vec<RuleFile>, Text> {
    let folder = above(pack);
    let shown = if folder.is_empty() { "." } else { folder.as_str() };
    let mut names: Vec<String> = fs::read_dir(shown).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let holds = |name: &String| {
        let path = Path::new(shown).join(name);
        let head = if path.is_dir() { path.join("pack.heng") } else { path };
        let is_rules = head.extension().is_some_and(|end| end == "heng");
        is_rules && files::text(&head, "").is_ok_and(|text| parse::pack_id(&text).as_deref() == Some(id))
    };
    let found = names.iter().find(|name| holds(name)).map(|name| packs::read(&Path::new(shown).join(name), &join(&folder, name)));
    found.and_then(Result::ok).ok_or_else(|| nowhere(shown, id))
}

fn nowhere(folder: &str, id: &str) -> Text {
    Text::new(
        format!("`{id}` was looked for among the packs that were named, and in the folders and files of `{folder}`; name its folder too"),
        format!("已在写明的标准中，以及“{folder}”之下的文件夹和文件中查找“{id}”；请把它所在的文件夹一并写明"),
    )
}

/// The folder above a path, as it is written; nothing for the working directory.
fn above(path: &str) -> String {
    let path = path.trim_end_matches('/');
    match path.rsplit_once('/') {
        None if path == "." => "..".to_string(),
        Some((folder, name)) if name != ".." && name != "." => folder.to_string(),
        _ if path == ".." || path.ends_with("/..") || path.ends_with("/.") => join(path, ".."),
        _ => String::new(),
    }
}

/// Says where a base was looked for, in the message that it is not here.
pub fn told(said: &mut [Diagnostic], looked: &Looked, sources: &Sources) {
    for one in said.iter_mut().filter(|one| one.code == BaseMissing::CODE) {
        let path = one.place().map(|place| sources.get(place.source).path.clone());
        if let Some((_, help)) = looked.iter().find(|(file, _)| Some(file) == path.as_ref()) {
            one.help = if one.help.is_empty() { help.clone() } else { Text::join(&[one.help.clone(), help.clone()], " ", "") };
        }
    }
}
