//! The command `heng`: words and files in; results on standard output, everything else on standard error, an exit status.
//! A subcommand is a file here; the pipeline that they share stands in [`run`]. Nothing is decided here.

pub mod again;
pub mod audit;
pub mod check;
pub mod crosses;
pub mod data;
pub mod diff;
pub mod explain;
pub mod finding;
pub mod fmt;
pub mod formats;
pub mod help;
pub mod key;
pub mod lint;
pub mod near;
pub mod output;
pub mod project;
pub mod remedy;
pub mod recorded;
pub mod run;
pub mod session;
pub mod test;
pub mod tested;
pub mod usage;
pub mod verify;
pub mod writing;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use crate::base::Lang;

use session::{Session, Stopped};

/// Could not run: usage, rules, or tables whose rows are uncertain.
pub const COULD_NOT_RUN: u8 = 2;

type Words = fn(Lang) -> Command;
type Run = fn(&ArgMatches, &mut Session) -> Result<u8, Stopped>;

/// Every subcommand: its words and its work.
const COMMANDS: &[(Words, Run)] = &[(audit::command, audit::run), (check::command, check::run), (diff::command, diff::run), (explain::command, explain::run), (fmt::command, fmt::run), (remedy::command, remedy::run), (lint::command, lint::run), (test::command, test::run), (verify::command, verify::run)];

/// Runs the command with the words and the environment of this process.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let mut session = Session::begin(&words);
    ExitCode::from(dispatch(words, &mut session).unwrap_or(COULD_NOT_RUN))
}

fn dispatch(words: Vec<OsString>, session: &mut Session) -> Result<u8, Stopped> {
    let commands = whole(session.lang());
    let asked = help::asked(&commands, &words);
    let matches = match commands.clone().try_get_matches_from(words) {
        Ok(matches) => matches,
        Err(error) => return usage::answer(&error, &commands, asked.as_deref(), session),
    };
    session.read_project()?;
    let found = matches.subcommand().and_then(|(name, rest)| COMMANDS.iter().find(|(command, _)| command(session.lang()).get_name() == name).map(|(_, run)| (run, rest)));
    match found {
        Some((run, rest)) => run(rest, session),
        None => Ok(COULD_NOT_RUN),
    }
}

/// The whole command line in one language.
pub fn whole(lang: Lang) -> Command {
    let about = pick(lang, "Criteria as rule files, judged exactly over county data.", "把教育评估标准写成规则文件，对区县数据作精确判定。");
    let language = Arg::new("lang").long("lang").value_name("zh|en").value_parser(["zh", "en"]).global(true).help(pick(
        lang,
        "Language of messages and of the text report; otherwise heng.toml, then the system's.",
        "信息和文本报告所用的语言；不写则依 heng.toml，再依系统语言。",
    ));
    let mut whole = Command::new("heng").version(env!("CARGO_PKG_VERSION")).about(about).arg(language).subcommand_required(true).arg_required_else_help(true);
    whole = whole.subcommands(COMMANDS.iter().map(|(command, _)| command(lang)));
    whole.build();
    whole
}

/// One of two texts that stand side by side.
pub fn pick(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
