//! Packs as files: a folder or a file in, its rule texts in their order out. What they mean is left to parse and check.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{CannotRead, EmptyPack, PackNotFound, RulesNotUtf8};

use super::files;

/// A rule file: the path that readers know it by, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFile {
    pub path: String,
    pub text: String,
}

/// How deep folders may lie in one another: a bound for links that lead back.
const DEEPEST: usize = 32;

/// The rule files of a pack: pack.heng first, then the others by path. Folders named tests, and hidden ones, are left out.
///
/// `shown` is what readers know `path` by.
pub fn read(path: &Path, shown: &str) -> Result<Vec<RuleFile>, Box<Diagnostic>> {
    let kind = fs::metadata(path).map_err(|error| cannot_read(shown, &error))?;
    if !kind.is_dir() {
        return Ok(vec![rule_file(path, shown)?]);
    }
    let mut names = Vec::new();
    collect(path, "", DEEPEST, &mut names).map_err(|(name, error)| cannot_read(&join(shown, &name), &error))?;
    names.sort_by_key(|name| (name != "pack.heng", name.clone()));
    if names.is_empty() {
        return Err(Box::new(EmptyPack { path: shown.into() }.into()));
    }
    names.iter().map(|name| rule_file(&path.join(name), &join(shown, name))).collect()
}

/// Looks for a pack from `folder` upward: at its path, or as the name of a folder under `rules`.
pub fn find(folder: &Path, name: &str) -> Result<Vec<RuleFile>, Box<Diagnostic>> {
    let missing = || Box::new(Diagnostic::from(PackNotFound { name: name.into() }));
    let folder = fs::canonicalize(folder).map_err(|_| missing())?;
    let tries = folder.ancestors().flat_map(|above| [(above.join(name), name.to_string()), (above.join("rules").join(name), join("rules", name))]);
    let (path, shown) = tries.into_iter().find(|(path, _)| path.exists()).ok_or_else(missing)?;
    read(&path, &shown)
}

/// Says that something cannot be read, and why.
pub fn cannot_read(path: &str, error: &io::Error) -> Box<Diagnostic> {
    Box::new(CannotRead { path: path.into(), why: why(error) }.into())
}

/// The system's reason, in both languages where it is a common one.
pub fn why(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => Text::new("there is no such file or folder", "文件或文件夹不存在"),
        io::ErrorKind::PermissionDenied => Text::new("permission denied", "没有权限"),
        io::ErrorKind::IsADirectory => Text::new("it is a folder", "这是一个文件夹"),
        io::ErrorKind::NotADirectory => Text::new("a part of the path is no folder", "路径中有一段不是文件夹"),
        io::ErrorKind::StorageFull => Text::new("the disk is full", "磁盘已满"),
        _ => error.into(),
    }
}

fn collect(folder: &Path, under: &str, depth: usize, names: &mut Vec<String>) -> Result<(), (String, io::Error)> {
    let fail = |error: io::Error| (under.to_string(), error);
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let kind = entry.file_type().map_err(fail)?;
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() && name != "tests" && depth > 0 {
            collect(&entry.path(), &join(under, &name), depth - 1, names)?;
        } else if !kind.is_dir() && Path::new(&name).extension().is_some_and(|end| end == "heng") {
            names.push(join(under, &name));
        }
    }
    Ok(())
}

fn rule_file(path: &Path, shown: &str) -> Result<RuleFile, Box<Diagnostic>> {
    let bytes = files::bytes(path, shown)?;
    let text = String::from_utf8(bytes).map_err(|_| Box::new(Diagnostic::from(RulesNotUtf8 { path: shown.into() })))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text);
    Ok(RuleFile { path: shown.to_string(), text })
}

/// Paths are shown with `/` everywhere, so that reports do not depend on the system.
pub fn join(folder: &str, name: &str) -> String {
    match folder.trim_end_matches('/') {
        "" if folder.is_empty() => name.to_string(),
        folder => format!("{folder}/{name}"),
    }
}

/// The Markdown files at a path: itself if it is a file, else all beneath, by path.
pub fn markdown(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    let mut waiting = vec![(path.to_path_buf(), DEEPEST)];
    while let Some((folder, depth)) = waiting.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type()?.is_dir() && !hidden && depth > 0 {
                waiting.push((entry.path(), depth - 1));
            } else if entry.path().extension().is_some_and(|end| end == "md") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
