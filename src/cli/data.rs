//! Data files: folders and files by name in, their bytes out, each with what the settings say of it.
//! What stands in them is left to load.

use std::fs;
use std::path::Path;

use crate::diag::catalog::{FileLeftOut, NoTableFile, WorkbookLeftOut, list};
use crate::load::{self, File};
use crate::model::plan::Plan;
use crate::suite::files;
use crate::suite::packs::{cannot_read, join};
use crate::suite::settings::DataSource;

use super::session::{Session, Stopped};

/// Endings of files that are read, and of files that people take for data, so that leaving them out is said.
const READ: &[&str] = &["csv", "tsv", "txt"];
const LIKE_DATA: &[&str] = &["csv", "tsv", "xlsx", "xls", "et", "ods", "json"];
const WORKBOOKS: &[&str] = &["xlsx", "xls", "et", "ods"];

/// The files of all sources, in order; those of a folder by name.
pub fn read(sources: &[DataSource], plan: &Plan, session: &Session) -> Result<Vec<File>, Stopped> {
    let mut files = Vec::new();
    let mut failed = false;
    for source in sources {
        let paths = match fs::metadata(&source.path) {
            Ok(kind) if kind.is_dir() => folder(&source.path, plan, session),
            Ok(_) => Ok(vec![source.path.clone()]),
            Err(error) => session.stop(*cannot_read(&source.path, &error)),
        };
        failed |= paths.is_err();
        for path in paths.unwrap_or_default() {
            match files::bytes(Path::new(&path), &path) {
                Ok(bytes) => files.push(file(path, bytes, source)),
                Err(why) => {
                    failed = true;
                    session.say(&[*why]);
                }
            }
        }
    }
    if failed { Err(Stopped) } else { Ok(files) }
}

fn file(path: String, bytes: Vec<u8>, source: &DataSource) -> File {
    File { path, bytes, table: source.table.clone(), encoding: source.encoding.clone(), delimiter: source.delimiter, manner: source.manner.clone() }
}

/// The files of a folder that have the name of a table. Others that look like data are named in a note.
fn folder(folder: &str, plan: &Plan, session: &Session) -> Result<Vec<String>, Stopped> {
    let names = session.need(names(folder).map_err(|error| cannot_read(folder, &error)))?;
    let (mut found, mut workbooks, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for name in names {
        let path = join(folder, &name);
        let (_, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let ending = ending.to_ascii_lowercase();
        if is_table(plan, &name) {
            found.push(path);
        } else if WORKBOOKS.contains(&ending.as_str()) && load::table_of(plan, &name).is_some() {
            workbooks.push((path, load::table_of(plan, &name)));
        } else if LIKE_DATA.contains(&ending.as_str()) {
            left.push(FileLeftOut { path: path.into() }.into());
        }
    }
    // A workbook beside the text that was saved of it is left out; where there is none, reading it says what to do.
    for (path, table) in workbooks {
        if found.iter().any(|other| load::table_of(plan, other) == table) {
            left.push(WorkbookLeftOut { path: path.into() }.into());
        } else {
            found.push(path);
        }
    }
    session.say(&left);
    if found.is_empty() {
        let tables: Vec<_> = plan.tables.iter().filter(|table| table.split.is_none()).map(|table| table.names.short()).collect();
        return session.stop(NoTableFile { path: folder.into(), tables: list(&tables) });
    }
    Ok(found)
}

/// Whether a file of this name in a folder of data is read.
pub fn is_table(plan: &Plan, name: &str) -> bool {
    let (_, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    !name.contains('/') && READ.contains(&ending.to_ascii_lowercase().as_str()) && load::table_of(plan, name).is_some()
}

fn names(folder: &str) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(['.', '~']) && !entry.path().is_dir() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
