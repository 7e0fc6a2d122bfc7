//! What a report records, looked for again: its rule files and its data, each under the path that it had then, so that a
//! judgement made again names them as the report does.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{InputNotFound, PackNotAtHand};
use crate::diff::{Record, RecordedInput, RecordedPack, record};
use crate::load::File;
use crate::suite::files as regular;
use crate::suite::packs::{self, RuleFile};

use super::run;
use super::session::{Session, Stopped};

/// Where files may be now, beside where they were.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub packs: Vec<String>,
    pub data: Vec<String>,
}

/// A pack with the path that a report records.
pub type Pack = (String, Vec<RuleFile>);

/// All that a report was made from, as far as it was found.
pub struct AtHand {
    /// Each pack, if it was found.
    pub packs: Vec<Option<Pack>>,
    /// Each input, if it was found.
    pub files: Vec<Option<File>>,
}

/// Reads a report. Personal data in clear are only spoken of where that is asked for.
pub fn read(path: &str, show_personal: bool, session: &Session) -> Result<Record, Stopped> {
    let bytes = session.need(regular::bytes(Path::new(path), path))?;
    let text = String::from_utf8_lossy(&bytes);
    let found = session.need(record(path, &text))?;
    if found.shows_personal() && !show_personal {
        return session.stop(crate::diag::catalog::ShowsPersonal { path: path.into() });
    }
    Ok(found)
}

/// Packs where the user says they are, for a report that names none.
pub fn unnamed(places: &Places) -> Vec<RecordedPack> {
    places.packs.iter().map(|path| RecordedPack { id: None, version: None, digest: String::new(), path: Some(path.clone()), files: Vec::new() }).collect()
}

/// Looks for everything that a report names: where the user says first, then where it was. What has the recorded digest
/// goes before what has only the recorded name.
pub fn look(report: &Record, places: &Places) -> AtHand {
    at_hand(report, places, false)
}

/// Looks for everything that a report names by its digest alone.
pub fn exactly(report: &Record, places: &Places) -> AtHand {
    at_hand(report, places, true)
}

fn at_hand(report: &Record, places: &Places, exactly: bool) -> AtHand {
    AtHand {
        packs: report.packs.iter().map(|one| pack(report, one, places, exactly)).collect(),
        files: report.inputs.iter().map(|one| input(report, one, places, exactly)).collect(),
    }
}

/// Whether anything stands at a recorded path.
pub fn is_there(report: &Record, path: &str) -> bool {
    recorded(report, path).iter().any(|path| path.exists())
}

/// The files in which what a report names may be found.
pub fn paths(report: &Record, places: &Places) -> Vec<PathBuf> {
    let rules = report.packs.iter().flat_map(|pack| &pack.files).map(|file| &file.path);
    let then = rules.chain(report.inputs.iter().map(|input| &input.path)).flat_map(|path| recorded(report, path));
    then.chain(places.packs.iter().chain(&places.data).flat_map(|place| files(place))).collect()
}

/// Everything, or a message for each thing that is not there.
pub fn all(report: &Record, at_hand: AtHand, session: &Session) -> Result<(Vec<Pack>, Vec<File>), Stopped> {
    let mut missing: Vec<Diagnostic> = Vec::new();
    for (one, _) in report.packs.iter().zip(&at_hand.packs).filter(|(_, found)| found.is_none()) {
        missing.push(PackNotAtHand { pack: pack_words(one), help: Text::new("say where it is now: `--pack PATH`", "请指明现在的位置：“--pack 路径”") }.into());
    }
    if report.packs.is_empty() {
        missing.push(PackNotAtHand { pack: Text::default(), help: Text::new("say where it is: `--pack PATH`", "请指明位置：“--pack 路径”") }.into());
    }
    for (one, _) in report.inputs.iter().zip(&at_hand.files).filter(|(_, found)| found.is_none()) {
        let help = Text::new("say where they are now: `--data PATH`", "请指明现在的位置：“--data 路径”");
        missing.push(InputNotFound { path: (&one.path).into(), table: (&one.table).into(), help }.into());
    }
    session.hear(&missing)?;
    Ok((at_hand.packs.into_iter().flatten().collect(), at_hand.files.into_iter().flatten().collect()))
}

fn pack_words(pack: &RecordedPack) -> Text {
    let path = pack.path.clone().or_else(|| pack.id.clone()).unwrap_or_default();
    Text::new(format!("`{path}`"), format!("“{path}”"))
}

/// The path from the working directory, then from the report's own folder.
fn recorded(report: &Record, path: &str) -> Vec<PathBuf> {
    let folder = Path::new(&report.path).parent().map(|folder| folder.join(path));
    [Some(PathBuf::from(path)), folder].into_iter().flatten().collect()
}

fn pack(report: &Record, wanted: &RecordedPack, places: &Places, exactly: bool) -> Option<Pack> {
    let said: Vec<PathBuf> = places.packs.iter().map(PathBuf::from).collect();
    let known: Vec<PathBuf> = wanted.path.iter().flat_map(|path| recorded(report, path)).collect();
    // Where the report names no path, the place at which the pack is now is as good as any.
    let named = |at: &Path| wanted.path.clone().unwrap_or_else(|| at.display().to_string());
    let read = |at: &PathBuf| packs::read(at, &named(at)).ok().map(|files| (named(at), files));
    let is_same = |(path, files): &Pack| format!("sha256:{}", run::digest(String::new(), path.clone(), files).sha256) == wanted.digest;
    let is_named = |(_, files): &Pack| run::id(files).unwrap_or_default() == wanted.id.clone().unwrap_or_default();
    let found = |tries: &[PathBuf]| {
        let all: Vec<_> = tries.iter().filter_map(read).collect();
        let same = all.iter().position(is_same).or_else(|| all.iter().position(is_named).filter(|_| !exactly));
        same.and_then(|at| all.into_iter().nth(at))
    };
    found(&said).or_else(|| found(&known))
}

fn input(report: &Record, wanted: &RecordedInput, places: &Places, exactly: bool) -> Option<File> {
    let said: Vec<PathBuf> = places.data.iter().flat_map(|place| files(place)).collect();
    let known = recorded(report, &wanted.path);
    let found = |tries: &[PathBuf], is_named: &dyn Fn(&Path) -> bool| {
        let read: Vec<(&PathBuf, Vec<u8>)> = tries.iter().filter_map(|at| Some((at, regular::bytes(at, "").ok()?))).collect();
        let same = read.iter().position(|(_, bytes)| is_same(bytes, &wanted.digest));
        let at = same.or_else(|| read.iter().position(|(at, _)| is_named(at)).filter(|_| !exactly));
        at.and_then(|at| read.into_iter().nth(at)).map(|(_, bytes)| bytes)
    };
    let bytes = found(&said, &|at| same_name(at, wanted)).or_else(|| found(&known, &|_| true))?;
    let told = wanted.told.clone().unwrap_or_default();
    let delimiter = told.delimiter.and_then(|letter| u8::try_from(letter).ok());
    // The table is named by its id, for the file may have been renamed.
    let table = Some(told.table.unwrap_or_else(|| wanted.table.clone()));
    Some(File { path: wanted.path.clone(), bytes, table, encoding: told.encoding, delimiter, manner: told.manner.manner() })
}

fn is_same(bytes: &[u8], digest: &str) -> bool {
    format!("sha256:{}", run::hex(&Sha256::digest(bytes))) == digest
}

/// The recorded name of the file, or that of its table.
fn same_name(at: &Path, wanted: &RecordedInput) -> bool {
    let name = wanted.path.rsplit(['/', '\\']).next().unwrap_or(&wanted.path);
    at.file_name().is_some_and(|found| found.to_string_lossy() == name) || at.file_stem().is_some_and(|stem| stem.to_string_lossy() == wanted.table)
}

/// A file, or the files of a folder.
fn files(place: &str) -> Vec<PathBuf> {
    let path = PathBuf::from(place);
    if !path.is_dir() {
        return vec![path];
    }
    let mut found: Vec<PathBuf> = fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    found.sort();
    found
}
