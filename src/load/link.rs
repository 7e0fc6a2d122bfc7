//! Rows to the rows above them, by key: drafts come in, whole tables go out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::base::{Date, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::{BlankLinkCell, DanglingLink, GoneUnits, first_of, likely_key, nearest};
use crate::model::plan::{ParentDef, Plan};
use crate::model::table::{CellValue, Input, NOWHERE, Origin, Table, Tables};

use super::clean::fold;
use super::draft::Draft;
use super::header::shown;
use super::key;
use super::log::{At as LogAt, Log};
use super::named::{Named, empty, name_tables};
use super::sheet::HIDDEN;
use super::ways;

/// What became of a table of the plan.
#[derive(Debug)]
pub enum Handed {
    No,
    /// A file that could not be read; said already.
    Broken(Input),
    Read(Box<Draft>),
}

/// For each parent of a table, the key that each row names; `None` where it names none.
pub type Links = Vec<Vec<Option<Arc<str>>>>;

/// For each row that names a unit which is gone, the places of the links that lead there.
type Gone = BTreeMap<u32, Vec<usize>>;

/// How many units that are gone a note names.
const MOST_TOLD: usize = 10;

/// How many rows a message about one dangling key shows.
const MOST_SHOWN: usize = 3;

/// How many dangling keys of one link are compared letter by letter with how many keys above, and how long, in bytes.
const MOST_COMPARED: usize = 20;
const MOST_KEYS: usize = 2000;
const LONGEST: usize = 40;

/// Follows every link. Errors: blank, dangling and spoiled links are said.
pub fn link(plan: &Plan, handed: Vec<Handed>, as_of: Option<Date>, log: &mut Log) -> Tables {
    let links: Vec<Links> = handed.iter().map(|handed| links(plan, handed, log)).collect();
    let named = name_tables(plan, &handed, &links, log);
    let mut gone = vec![BTreeMap::new(); plan.tables.len()];
    let follow = |(table, gone): (usize, &mut Gone)| parents(plan, table, (&handed, &named, &links[table]), (as_of, gone), log);
    let parents: Vec<Vec<Vec<u32>>> = gone.iter_mut().enumerate().map(follow).collect();
    for draft in handed.iter().filter_map(|handed| if let Handed::Read(draft) = handed { Some(draft) } else { None }) {
        ways::say_unplaced(plan, draft, &links[draft.of], log);
        ways::say_disagreeing(plan, draft, (&handed, &named), &parents, log);
    }
    let mut tables = Tables::default();
    for ((((def, handed), named), parents), gone) in plan.tables.iter().zip(handed).zip(named).zip(parents).zip(gone) {
        let table = match handed {
            Handed::Read(mut draft) => {
                tables.bad.append(&mut draft.bad);
                draft.table
            }
            Handed::Broken(input) => empty(def, Origin::HandedIn(input)),
            Handed::No => named.table(def),
        };
        tables.tables.push(Table { parents, gone, ..table });
    }
    tables.bad.sort_by_key(|bad| (bad.table, bad.row, bad.column));
    tables
}

/// The keys that the rows of a table name, a blank or spoiled one being said.
fn links(plan: &Plan, handed: &Handed, log: &mut Log) -> Links {
    let Handed::Read(draft) = handed else { return Vec::new() };
    let def = &plan.tables[draft.of];
    def.parents.iter().map(|parent| (0..draft.rows.len()).map(|row| named_key(plan, draft, parent, row, log)).collect()).collect()
}

fn named_key(plan: &Plan, draft: &Draft, parent: &ParentDef, row: usize, log: &mut Log) -> Option<Arc<str>> {
    let def = &plan.tables[draft.of];
    let (column, kind) = (parent.column, def.columns[parent.column].ty);
    // A missing column was said once; a link that is part of the key, as a key.
    let said = draft.header.places[column].is_none() || def.key.contains(&column);
    match key::text(plan, kind, &draft.table.columns[column][row]) {
        Some(text) if !key::is_spoiled(kind, &text) => Some(text),
        Some(_) if !said => {
            key::spoiled(plan, draft, row, column, log);
            None
        }
        None if !said && !parent.optional => {
            let message = BlankLinkCell { column: draft.name(column), parent: plan.tables[parent.table].names.text() };
            log.add(draft.at(row, column), Diagnostic::new(&message).on(draft.frame(row, column), Text::default()));
            None
        }
        _ => None,
    }
}

/// For each parent of a table, the row above each of its rows.
fn parents(plan: &Plan, table: usize, (handed, named, links): (&[Handed], &[Named], &Links), (as_of, gone): (Option<Date>, &mut Gone), log: &mut Log) -> Vec<Vec<u32>> {
    let mut parents = Vec::new();
    for (place, parent) in plan.tables[table].parents.iter().enumerate() {
        let above = Above::new(&handed[parent.table], &named[parent.table]);
        parents.push(match &handed[table] {
            Handed::Read(draft) => {
                let followed = links[place].iter().map(|key| key.as_deref().and_then(|key| above.row(key))).collect::<Vec<_>>();
                if let Some(draft_above) = above.whole(plan) {
                    let excused = say_dangling(plan, draft, parent, (draft_above, as_of), &links[place], &followed, log);
                    for row in excused {
                        gone.entry(row).or_default().push(place);
                    }
                }
                followed.into_iter().map(|row| row.unwrap_or(NOWHERE)).collect()
            }
            Handed::Broken(_) => Vec::new(),
            Handed::No => {
                let row = named[table].above.get(place).and_then(|key| above.row(key.as_deref()?));
                vec![row.unwrap_or(NOWHERE); named[table].keys.len()]
            }
        });
    }
    parents
}

/// The rows of the table above, by key.
enum Above<'a> {
    Draft(&'a Draft),
    Named(HashMap<&'a str, u32>),
}

impl<'a> Above<'a> {
    fn new(handed: &'a Handed, named: &'a Named) -> Above<'a> {
        match handed {
            Handed::Read(draft) => Above::Draft(draft),
            _ => Above::Named(named.keys.iter().zip(0..).map(|(key, at)| (&**key, at)).collect()),
        }
    }

    fn row(&self, key: &str) -> Option<u32> {
        match self {
            Above::Draft(draft) => draft.by_key.get(key).copied(),
            Above::Named(rows) => rows.get(key).copied(),
        }
    }

    /// A file of which no row was lost without its key: only then is a link without a row dangling.
    fn whole(&self, plan: &Plan) -> Option<&'a Draft> {
        match self {
            Above::Draft(draft) if !draft.holes && !plan.tables[draft.of].key.is_empty() => Some(draft),
            _ => None,
        }
    }
}

/// One error for each key that is not there, in the order of the rows that name them. Gives the rows that name units of
/// earlier periods, which may be gone: they are told in a note.
fn say_dangling(plan: &Plan, draft: &Draft, parent: &ParentDef, (above, as_of): (&Draft, Option<Date>), links: &[Option<Arc<str>>], followed: &[Option<u32>], log: &mut Log) -> Vec<u32> {
    let mut dangling: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, (key, found)) in links.iter().zip(followed).enumerate() {
        if let (Some(key), None) = (key, found) {
            dangling.entry(key).or_default().push(row);
        }
    }
    dangling.retain(|key, _| !above.lost.contains(*key));
    let excused = excused(plan, draft, parent, as_of, &mut dangling, log);
    if dangling.is_empty() {
        return excused;
    }
    let mut dangling: Vec<(&str, Vec<usize>)> = dangling.into_iter().collect();
    dangling.sort_by_key(|(_, rows)| rows.first().copied());
    let column = parent.column;
    let personal = plan.is_personal(draft.of, column);
    let title = plan.tables[parent.table].names.text();
    let mut meant = Meant::new(&above.table.keys);
    for (key, rows) in dangling {
        let help = if personal { likely_key(None, None, &title) } else { meant.help(key, &title) };
        let key = if personal { HIDDEN.into() } else { shown(key).into() };
        let mut diagnostic = Diagnostic::new(&DanglingLink { key, column: draft.name(column), parent: title.clone(), rows: rows.len().into(), help });
        for row in rows.iter().take(MOST_SHOWN) {
            diagnostic = diagnostic.on(draft.frame(*row, column), Text::default());
        }
        let Some(first) = rows.first() else { continue };
        log.add(draft.at(*first, column), diagnostic);
    }
    excused
}

/// Takes out the rows of periods before the as-of period, and tells which units they are of.
fn excused(plan: &Plan, draft: &Draft, parent: &ParentDef, as_of: Option<Date>, dangling: &mut BTreeMap<&str, Vec<usize>>, log: &mut Log) -> Vec<u32> {
    let Some((period, as_of)) = plan.tables[draft.of].period.zip(as_of) else { return Vec::new() };
    let is_past = |row: &usize| matches!(draft.table.columns[period][*row].value, CellValue::Term(term) if term.is_before(as_of));
    let mut rows: Vec<u32> = Vec::new();
    let mut keys: Vec<Text> = Vec::new();
    for (key, named_by) in dangling.iter_mut() {
        let past = named_by.iter().filter(|row| is_past(row)).filter_map(|row| u32::try_from(*row).ok());
        let before = rows.len();
        rows.extend(past);
        if rows.len() > before {
            keys.push(shown(key).into());
        }
        named_by.retain(|row| !is_past(row));
    }
    dangling.retain(|_, rows| !rows.is_empty());
    if !rows.is_empty() {
        let of = if plan.is_personal(draft.of, parent.column) { Text::new("units", "单位") } else { first_of(&keys, MOST_TOLD) };
        let message = GoneUnits { table: plan.tables[draft.of].names.text(), parent: plan.tables[parent.table].names.text(), keys: of, rows: rows.len().into() };
        log.add(LogAt { file: draft.file, ..LogAt::default() }, message);
    }
    rows.sort_unstable();
    rows
}

/// Which key was meant by one that is not there.
struct Meant<'a> {
    keys: &'a [Arc<str>],
    bare: HashMap<String, &'a str>,
    compared: usize,
}

impl<'a> Meant<'a> {
    fn new(keys: &'a [Arc<str>]) -> Meant<'a> {
        Meant { keys, bare: keys.iter().map(|key| (bare(key), &**key)).collect(), compared: 0 }
    }

    fn help(&mut self, key: &str, title: &Text) -> Text {
        if let Some(likely) = self.bare.get(&bare(key)) {
            return likely_key(Some(likely), None, title);
        }
        self.compared += 1;
        let near = || nearest(key, self.keys.iter().take(MOST_KEYS).map(|key| &**key).filter(|key| key.len() <= LONGEST));
        likely_key(None, if self.compared <= MOST_COMPARED && key.len() <= LONGEST { near() } else { None }, title)
    }
}

/// A key without what a spreadsheet takes or adds: leading zeros, a trailing `.0`.
fn bare(key: &str) -> String {
    let key = fold(key);
    let key = key.strip_suffix(".0").unwrap_or(&key);
    key.trim_start_matches('0').to_string()
}
