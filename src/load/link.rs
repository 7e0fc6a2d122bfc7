//! Rows to the rows above them, by key; and the tables that were not handed in, whose rows are the keys that others name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{BlankLinkCell, DanglingLink, UnplacedRows, likely_key, nearest};
use crate::model::plan::{ParentDef, Plan, TableDef};
use crate::model::table::{Cell, CellValue, Input, Origin, Table, Tables, Why};

use super::clean::fold;
use super::header::shown;
use super::key;
use super::log::{At, Log};
use super::read::Draft;

/// What became of a table of the plan.
#[derive(Debug)]
pub enum Handed {
    No,
    /// A file that could not be read; said already.
    Broken(Input),
    Read(Box<Draft>),
}

/// The row of a link that leads nowhere; with one there is an error, or the table above is no table of a file.
const NOWHERE: u32 = u32::MAX;

/// How many rows a message about one dangling key shows.
const MOST_SHOWN: usize = 3;

/// How many dangling keys of one link are compared letter by letter with the keys above.
const MOST_COMPARED: usize = 20;

/// Follows every link. Errors: blank, dangling and spoiled links are said.
pub fn link(plan: &Plan, handed: Vec<Handed>, log: &mut Log) -> Tables {
    let links: Vec<Vec<Vec<Option<Arc<str>>>>> = handed.iter().map(|handed| named_above(plan, handed, log)).collect();
    let named = name_tables(plan, &handed, &links, log);
    let mut parents = Vec::new();
    for (at, def) in plan.tables.iter().enumerate() {
        let follow = |(place, parent): (usize, &ParentDef)| match &handed[at] {
            Handed::Read(draft) => follow(plan, draft, parent, &links[at][place], &handed[parent.table], &named[parent.table], log),
            _ => named[at].above.get(place).map_or_else(Vec::new, |key| {
                let row = key.as_ref().map_or(NOWHERE, |key| place_of(key, &handed[parent.table], &named[parent.table]));
                vec![row; named[at].keys.len()]
            }),
        };
        parents.push(def.parents.iter().enumerate().map(follow).collect::<Vec<_>>());
    }
    let mut tables = Tables::default();
    for (((def, handed), named), parents) in plan.tables.iter().zip(handed).zip(named).zip(parents) {
        let table = match handed {
            Handed::Read(mut draft) => {
                tables.bad.append(&mut draft.bad);
                draft.table
            }
            Handed::Broken(input) => empty(def, Origin::HandedIn(input)),
            Handed::No => named.table(def),
        };
        tables.tables.push(Table { parents, ..table });
    }
    tables.bad.sort_by_key(|bad| (bad.table, bad.row, bad.column));
    tables
}

fn empty(def: &TableDef, origin: Origin) -> Table {
    let headers = def.columns.iter().map(|column| Arc::from(column.names.text().zh)).collect();
    Table { origin, lines: Vec::new(), keys: Vec::new(), columns: vec![Vec::new(); def.columns.len()], headers, parents: Vec::new() }
}

/// For each parent of a table, the key that each row names; `None` where it names none, said here.
fn named_above(plan: &Plan, handed: &Handed, log: &mut Log) -> Vec<Vec<Option<Arc<str>>>> {
    let Handed::Read(draft) = handed else { return Vec::new() };
    let def = &plan.tables[draft.of];
    def.parents.iter().map(|parent| (0..draft.rows.len()).map(|row| named_key(plan, draft, parent, row, log)).collect()).collect()
}

fn named_key(plan: &Plan, draft: &Draft, parent: &ParentDef, row: usize, log: &mut Log) -> Option<Arc<str>> {
    let def = &plan.tables[draft.of];
    let (column, kind) = (parent.column, def.columns[parent.column].ty);
    let said = draft.header.places[column].is_none() || def.key.contains(&column);
    match key::text(plan, kind, &draft.table.columns[column][row]) {
        Some(text) if !key::is_spoiled(kind, &text) => Some(text),
        Some(_) if !said => {
            key::spoiled(plan, draft, row, column, log);
            None
        }
        None if !said => {
            let message = BlankLinkCell { column: draft.name(column), parent: plan.tables[parent.table].names.text() };
            log.add(draft.at(row, column), Diagnostic::new(&message).on(draft.frame(row, column), Text::default()));
            None
        }
        _ => None,
    }
}

/// The rows of a table that was not handed in.
#[derive(Debug, Default)]
struct Named {
    /// By code point; empty if nothing names a row of it.
    keys: BTreeSet<Arc<str>>,
    /// For each of its parents, the one row that all of its rows belong to; `None` if there is none.
    above: Vec<Option<Arc<str>>>,
}

impl Named {
    fn table(self, def: &TableDef) -> Table {
        if self.keys.is_empty() {
            return empty(def, Origin::Absent);
        }
        let unknown = Cell { value: CellValue::Unknown(Why::NoColumn), raw: Arc::from("") };
        let cell = |column: usize, key: &Arc<str>| match (&*def.key, def.columns[column].ty) {
            ([only], crate::model::plan::ColumnKind::Text) if *only == column && !key.is_empty() => Cell { value: CellValue::Text(key.clone()), raw: key.clone() },
            _ => unknown.clone(),
        };
        let columns = (0..def.columns.len()).map(|column| self.keys.iter().map(|key| cell(column, key)).collect()).collect();
        let lines = vec![0; self.keys.len()];
        Table { lines, columns, keys: self.keys.into_iter().collect(), ..empty(def, Origin::Named) }
    }
}

/// For each table, the rows that others name if it was not handed in.
fn name_tables(plan: &Plan, handed: &[Handed], links: &[Vec<Vec<Option<Arc<str>>>>], log: &mut Log) -> Vec<Named> {
    let absent = |table: usize| matches!(handed[table], Handed::No) && plan.tables[table].split.is_none();
    let mut named: Vec<Named> = plan.tables.iter().map(|_| Named::default()).collect();
    for (def, links) in plan.tables.iter().zip(links) {
        for (parent, keys) in def.parents.iter().zip(links).filter(|(parent, _)| absent(parent.table)) {
            named[parent.table].keys.extend(keys.iter().flatten().cloned());
        }
    }
    for table in beneath_first(plan) {
        if !absent(table) || named[table].keys.is_empty() {
            continue;
        }
        for parent in plan.tables[table].parents.iter().map(|parent| parent.table) {
            let above = only_row(plan, table, parent, handed, &named[parent].keys, log);
            if let Some(key) = above.clone().filter(|_| absent(parent)) {
                named[parent].keys.insert(key);
            }
            named[table].above.push(above);
        }
    }
    named
}

/// The row above that rows known by their key alone belong to: the only one there is, or one without a name. Errors:
/// `None`, said, where several rows were handed in or none.
fn only_row(plan: &Plan, table: usize, parent: usize, handed: &[Handed], named: &BTreeSet<Arc<str>>, log: &mut Log) -> Option<Arc<str>> {
    match &handed[parent] {
        Handed::No => named.first().filter(|_| named.len() == 1).cloned().or_else(|| Some(Arc::from(""))),
        Handed::Broken(_) => None,
        Handed::Read(draft) if draft.table.keys.len() == 1 => draft.table.keys.first().cloned(),
        Handed::Read(draft) => {
            let rows = Text::from(draft.table.keys.len());
            let message = UnplacedRows { table: plan.tables[table].names.text(), parent: plan.tables[parent].names.text(), rows };
            log.add(At { file: draft.file, ..At::default() }, message);
            None
        }
    }
}

/// Every table after those beneath it.
fn beneath_first(plan: &Plan) -> Vec<usize> {
    let mut above: Vec<usize> = vec![0; plan.tables.len()];
    // A chain of parents is no longer than there are tables; a ring, which no sound plan has, ends there too.
    for _ in 0..plan.tables.len() {
        for (table, def) in plan.tables.iter().enumerate() {
            for parent in &def.parents {
                above[parent.table] = above[parent.table].max(above[table] + 1).min(plan.tables.len());
            }
        }
    }
    let mut order: Vec<usize> = (0..plan.tables.len()).collect();
    order.sort_by_key(|table| above[*table]);
    order
}

fn place_of(key: &Arc<str>, handed: &Handed, named: &Named) -> u32 {
    match handed {
        Handed::Read(draft) => draft.by_key.get(key).copied().unwrap_or(NOWHERE),
        _ => named.keys.iter().position(|known| known == key).and_then(|at| u32::try_from(at).ok()).unwrap_or(NOWHERE),
    }
}

/// The row above for each row of a table that was handed in.
fn follow(plan: &Plan, draft: &Draft, parent: &ParentDef, links: &[Option<Arc<str>>], handed: &Handed, named: &Named, log: &mut Log) -> Vec<u32> {
    let rows: HashMap<&str, u32>;
    let find: &dyn Fn(&str) -> Option<u32> = match handed {
        Handed::Read(above) => &|key| above.by_key.get(key).copied(),
        _ => {
            rows = named.keys.iter().zip(0..).map(|(key, at)| (&**key, at)).collect();
            &|key| rows.get(key).copied()
        }
    };
    let mut dangling: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut followed = Vec::with_capacity(links.len());
    for (row, key) in links.iter().enumerate() {
        let found = key.as_deref().and_then(find);
        if let (Some(key), None) = (key.as_deref(), found) {
            dangling.entry(key).or_default().push(row);
        }
        followed.push(found.unwrap_or(NOWHERE));
    }
    if let Handed::Read(above) = handed.filter_sound(plan) {
        say_dangling(plan, draft, parent, above, dangling, log);
    }
    followed
}

impl Handed {
    /// A table of which no row was lost without its key: only then is a link without a row dangling.
    fn filter_sound(&self, plan: &Plan) -> &Handed {
        match self {
            Handed::Read(draft) if !draft.holes && !plan.tables[draft.of].key.is_empty() => self,
            _ => &Handed::No,
        }
    }
}

/// One error for each key that is not there, in the order of the rows that name them.
fn say_dangling(plan: &Plan, draft: &Draft, parent: &ParentDef, above: &Draft, dangling: BTreeMap<&str, Vec<usize>>, log: &mut Log) {
    let def = &plan.tables[parent.table];
    let personal = plan.tables[draft.of].columns[parent.column].personal;
    let bare: HashMap<String, &Arc<str>> = if dangling.is_empty() { HashMap::new() } else { above.table.keys.iter().map(|key| (bared(key), key)).collect() };
    let mut compared = 0;
    let mut all: Vec<(&str, Vec<usize>)> = dangling.into_iter().filter(|(key, _)| !above.lost.contains(*key)).collect();
    all.sort_by_key(|(_, rows)| rows.first().copied());
    for (key, rows) in all {
        let likely = bare.get(&bared(key)).map(|key| key.to_string());
        let near = likely.is_none() && compared < MOST_COMPARED && key.len() <= 100;
        compared += usize::from(near);
        let close = || nearest(key, above.table.keys.iter().take(10_000).map(|key| &**key).filter(|key| key.len() <= 100)).map(String::from);
        let help = if personal { likely_key(None, None, &def.names.text()) } else { likely_key(likely.as_deref(), if near { close() } else { None }.as_deref(), &def.names.text()) };
        let shown_key = if personal { "***".into() } else { shown(key).into() };
        let message = DanglingLink { key: shown_key, column: draft.name(parent.column), parent: def.names.text(), rows: rows.len().into(), help };
        let mut diagnostic = Diagnostic::new(&message);
        for row in rows.iter().take(MOST_SHOWN) {
            diagnostic = diagnostic.on(draft.frame(*row, parent.column), Text::default());
        }
        let Some(first) = rows.first() else { continue };
        log.add(draft.at(*first, parent.column), diagnostic);
    }
}

/// A key without what a spreadsheet takes or adds: leading zeros, a trailing `.0`.
fn bared(key: &str) -> String {
    let key = fold(key);
    let key = key.strip_suffix(".0").unwrap_or(&key);
    key.trim_start_matches('0').to_string()
}
