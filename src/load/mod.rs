//! Reading tables: bytes of files come in, every cell goes out with its value or the reason why it has none.
//!
//! A fault that leaves uncertain which rows there are, or to whom they belong, is an error; a cell that cannot be read is
//! unknown and the run goes on. Every fault of every file is listed. Which files there are, and what is asked of the rows,
//! is left to others.

mod cells;
mod choose;
mod clean;
mod csv;
mod dates;
mod draft;
mod encoding;
mod header;
mod key;
mod leave;
mod link;
mod log;
mod named;
mod numbers;
mod read;
mod sheet;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeMap;

use crate::base::Date;
use crate::diag::Diagnostic;
use crate::model::held::Held;
use crate::model::manner::Manner;
use crate::model::plan::Plan;
use crate::model::table::Tables;

pub use choose::table_of;
pub use clean::fold_name;
pub use sheet::HIDDEN;

/// One file as it was handed in.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// As people know it: its stem names the table, messages name it.
    pub path: String,
    pub bytes: Vec<u8>,
    /// Id or title of the table, where the name of the file does not say it.
    pub table: Option<String>,
    /// A label such as `gb18030`, where the bytes are not to be asked.
    pub encoding: Option<String>,
    /// What stands between cells, an ASCII letter, where the header line is not to be asked.
    pub delimiter: Option<u8>,
    pub manner: Manner,
}

/// What a project says about its files.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Table id → column id → further headers that mean this column.
    pub aliases: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Texts that stand for nothing; a blank cell always does.
    pub missing_tokens: Vec<String>,
    /// Whether a missing token is 0 where the column says that a blank means 0.
    pub token_is_zero: bool,
    /// The day as of which the tables are judged: units that stand in earlier periods only may be gone. Missing: `None` where
    /// nothing is judged; then every unit that is named must be there.
    pub as_of: Option<Date>,
    /// Whether each file's digest is taken; a report that does not show it need not wait for it.
    pub digests: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        let tokens = ["—", "——", "-", "/", "无", "N/A"];
        Settings { aliases: BTreeMap::new(), missing_tokens: tokens.map(String::from).to_vec(), token_is_zero: false, as_of: None, digests: true }
    }
}

/// What is known of reading beside the file itself.
#[derive(Clone, Copy)]
struct Told<'a> {
    settings: &'a Settings,
    held: &'a Held,
}

/// Reads every file into the table that it belongs to.
///
/// Gives one table for each table of the plan; the parts of a split are `Absent`. Rows keep the order of the file.
/// Numbers are in base units. Every row of a file is its header, a record, left out with the reason why, or stops the run.
/// Errors: with any error among the diagnostics the tables must not be judged. Missing: a cell
/// without a value is `Unknown` with its reason. Diagnostics come by file, row and column.
pub fn load(plan: &Plan, files: Vec<File>, settings: &Settings) -> (Tables, Vec<Diagnostic>) {
    let mut log = log::Log::default();
    let mut handed: Vec<link::Handed> = plan.tables.iter().map(|_| link::Handed::No).collect();
    let held = Held::of(plan);
    let chosen = choose::choose(plan, &files, &mut log);
    for (at, (file, table)) in files.into_iter().zip(chosen).enumerate() {
        let Some(table) = table else { continue };
        let found = read::read(plan, table, at, file, Told { settings, held: &held }, &mut log);
        // A second file for a table is read for its faults alone.
        if matches!(handed[table], link::Handed::No) {
            handed[table] = found;
        }
    }
    let tables = link::link(plan, handed, settings.as_of, &mut log);
    (tables, log.finish())
}
