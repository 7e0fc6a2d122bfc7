//! `--format NAME[=PATH]`: the words of the command line in; which forms are wanted, and where each goes, out.

use std::path::PathBuf;

use clap::{Arg, ArgAction};

use crate::base::Text;
use crate::diag::catalog::{MissingValue, TwoOnOutput, WrongValue, choice, quoted};

use super::session::{Session, Stopped};

/// A form and the file that it goes to; without one, to standard output.
pub type Wanted<F> = Vec<(F, Option<PathBuf>)>;

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
            let names: Vec<Text> = known.iter().map(|(name, _)| quoted(&Text::from(*name))).collect();
            return session.stop(WrongValue { option: "--format".into(), value: name.into(), allowed: choice(&names) });
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
