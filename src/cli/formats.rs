//! `--format`: the words of the command line in; which forms are wanted, and where each goes, out.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};

use crate::base::Text;
use crate::diag::catalog::{MissingValue, SamePath, TwoOnOutput, WrongValue, choice, quoted};

use super::session::{Session, Stopped};
use super::{key, project, writing};

/// A form and the file that it goes to; without one, to standard output.
pub type Wanted<F> = Vec<(F, Option<PathBuf>)>;

/// The two forms of a command that has no others, and whether each is JSON.
pub const TEXT_OR_JSON: &[(&str, bool)] = &[("text", false), ("json", true)];

/// The option, with its help.
pub fn option(help: &'static str) -> Arg {
    Arg::new("format").long("format").value_name("NAME[=PATH]").action(ArgAction::Append).help(help)
}

/// Reads the option: at most one form goes to standard output. The first of `known` is what is meant where none is named.
pub fn read<F: Copy>(written: &[String], known: &[(&'static str, F)], session: &Session) -> Result<Wanted<F>, Stopped> {
    let mut formats = Vec::new();
    for one in written {
        let (name, path) = one.split_once('=').map_or((one.as_str(), None), |(name, path)| (name, Some(path)));
        let Some((name, format)) = known.iter().find(|(known, _)| *known == name) else {
            return session.stop(unknown(name, known));
        };
        if path == Some("") {
            return session.stop(MissingValue { option: format!("--format {name}=").into(), form: "PATH".into() });
        }
        formats.push((*format, path.map(PathBuf::from), *name));
    }
    let mut on_output = formats.iter().filter(|(_, path, _)| path.is_none()).map(|(_, _, name)| *name);
    if let (Some(first), Some(second)) = (on_output.next(), on_output.next()) {
        return session.stop(TwoOnOutput { first: first.into(), second: second.into() });
    }
    match (formats.is_empty(), known.first()) {
        (true, Some((_, first))) => Ok(vec![(*first, None)]),
        _ => Ok(formats.into_iter().map(|(format, path, _)| (format, path)).collect()),
    }
}

fn unknown<F>(name: &str, known: &[(&'static str, F)]) -> WrongValue {
    let names: Vec<Text> = known.iter().map(|(name, _)| quoted(&Text::from(*name))).collect();
    WrongValue { option: "--format".into(), value: name.into(), allowed: choice(&names) }
}

/// `--format text|json` of a command that writes to standard output alone: whether it is JSON.
pub fn text_or_json(matches: &ArgMatches, session: &Session) -> Result<bool, Stopped> {
    let Some(name) = matches.get_one::<String>("format") else { return Ok(false) };
    match TEXT_OR_JSON.iter().find(|(known, _)| known == name) {
        Some((_, is_json)) => Ok(*is_json),
        None => session.stop(unknown(name, TEXT_OR_JSON)),
    }
}

/// Whether a later run would read a file of a folder, by its path from there.
type Reads<'i> = Box<dyn Fn(&Path) -> bool + 'i>;

/// What a run reads, so that no result goes there.
#[derive(Default)]
pub struct Inputs<'i> {
    /// Files, and folders that are held against others as a whole.
    paths: Vec<PathBuf>,
    /// Folders of which only some files are read.
    folders: Vec<(PathBuf, Reads<'i>)>,
}

impl<'i> Inputs<'i> {
    pub fn new(paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Inputs<'i> {
        Inputs { paths: paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect(), folders: Vec::new() }
    }

    /// With a folder of which only some files are read.
    pub fn with(mut self, folder: &str, reads: impl Fn(&Path) -> bool + 'i) -> Inputs<'i> {
        self.folders.push((PathBuf::from(folder), Box::new(reads)));
        self
    }
}

/// No result is written over a file that was read, nor where a later run would read it, nor over another result.
pub fn refuse_overwriting<F>(formats: &Wanted<F>, read: &Inputs<'_>, session: &Session) -> Result<(), Stopped> {
    let mut taken: Vec<PathBuf> = read.paths.iter().map(|path| real(path)).filter(|path| !path.as_os_str().is_empty()).collect();
    let mut known: Vec<_> = read.paths.iter().filter_map(|path| writing::same(path)).collect();
    // Without its key nobody can tell again which mask stands for whom.
    if let Some(key) = session.project.path.as_deref().map(key::path_of) {
        taken.push(real(&key));
        known.extend(writing::same(&key));
    }
    for path in formats.iter().filter_map(|(_, path)| path.as_ref()) {
        let own = real(path);
        let refuse = |how: Text| session.stop(SamePath { path: path.display().into(), how });
        if let Some(other) = taken.iter().find(|other| own.starts_with(other)) {
            return refuse(if *other == own { Text::new("over", "被覆盖") } else { Text::new("into a folder that is read", "写入正在读取的文件夹") });
        }
        if writing::same(path).is_some_and(|own| known.contains(&own)) {
            return refuse(Text::new("over", "被覆盖"));
        }
        if own.file_name().is_some_and(|name| name == project::NAME) {
            return refuse(Text::new("as the settings of later runs", "成为以后运行的设置"));
        }
        if own.extension().is_some_and(|ending| ending == "heng") {
            return refuse(Text::new("as a rule file", "成为规则文件"));
        }
        let is_read = |(folder, reads): &(PathBuf, Reads<'_>)| own.strip_prefix(real(folder)).is_ok_and(reads);
        if read.folders.iter().any(is_read) {
            return refuse(Text::new("into a folder that is read, as a file that would be read", "写入正在读取的文件夹，成为下次要读取的文件"));
        }
        taken.push(own);
    }
    Ok(())
}

/// The same for each way of writing a path, also of a file that is not there yet.
fn real(path: &Path) -> PathBuf {
    let path = writing::followed(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = || path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let new = || Some(folder()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(new).unwrap_or_else(|| path.clone())
}
