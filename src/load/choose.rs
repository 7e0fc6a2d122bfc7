//! Which file holds which table: by its name, or by what the caller says of it.

use crate::base::Text;
use crate::diag::catalog::{TwoFilesForTable, FileOfNoTable, list, nearest, table_help};
use crate::model::plan::Plan;

use super::File;
use super::clean::fold_name;
use super::log::{At, Log};

/// The table of a file by its name: the one whose id or title is the file's stem. Parts of a split are no table of a file.
pub fn table_of(plan: &Plan, path: &str) -> Option<usize> {
    named(plan, stem(path))
}

fn named(plan: &Plan, name: &str) -> Option<usize> {
    let name = fold_name(name);
    plan.tables.iter().position(|table| table.split.is_none() && table.names.all().any(|known| fold_name(known) == name))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The table of each file; a file of no table is an error, and so is the second file of one.
pub fn choose(plan: &Plan, files: &[File], log: &mut Log) -> Vec<Option<usize>> {
    let mut first: Vec<Option<usize>> = vec![None; plan.tables.len()];
    let mut chosen = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let name = file.table.as_deref().unwrap_or_else(|| stem(&file.path));
        let table = named(plan, name);
        match table.map(|table| (table, first[table])) {
            None => log.add(At { file: at, ..At::default() }, unknown(plan, file, name)),
            Some((table, None)) => first[table] = Some(at),
            Some((table, Some(other))) => {
                let message = TwoFilesForTable { table: plan.tables[table].names.text(), first: (&files[other].path).into(), second: (&file.path).into() };
                log.add(At { file: at, ..At::default() }, message);
            }
        }
        chosen.push(table);
    }
    chosen
}

fn unknown(plan: &Plan, file: &File, name: &str) -> FileOfNoTable {
    let tables: Vec<_> = plan.tables.iter().filter(|table| table.split.is_none()).collect();
    let near = nearest(name, tables.iter().flat_map(|table| table.names.all()));
    let title = |zh: bool| tables.iter().map(|table| if zh { table.names.text().zh } else { table.names.id.clone() }.into()).collect::<Vec<_>>();
    let known = Text { en: list(&title(false)).en, zh: list(&title(true)).zh };
    FileOfNoTable { path: (&file.path).into(), name: name.into(), near: table_help(near, &known) }
}
