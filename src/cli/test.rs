//! `heng test`: Markdown suites in, what passed and what did not out; with `--update` the outcomes are written in, with
//! `--coverage` and `--mutate` it is said what the cases leave open.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::{Lang, Text};
use crate::diag::catalog::{DefectsUnnoticed, ExpectationsWritten, MissingArgument, MutationWaits, NoTest, NothingTested, OutcomesMissing};
use crate::diag::show::Style;
use crate::suite::explained::{Explanation, stale};
use crate::suite::files;
use crate::suite::packs::{cannot_read, markdown};
use crate::suite::{self, Played, Results, coverage, mutation};

use super::session::{Session, Stopped};
use super::formats::Inputs;
use super::output::For;
use super::writing::{Readers, Writing};
use super::{audit, formats, output, pick, tested, writing};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Json,
    Junit,
}

/// The first is meant where none is named.
const FORMATS: &[(&str, Format)] = &[("text", Format::Text), ("json", Format::Json), ("junit", Format::Junit)];

pub fn command(lang: Lang) -> Command {
    let flag = |id: &'static str, en, zh| Arg::new(id).long(id).action(ArgAction::SetTrue).help(pick(lang, en, zh));
    Command::new("test")
        .about(pick(lang, "Runs test suites written in Markdown.", "运行用 Markdown 写的测试。"))
        .arg(Arg::new("paths").value_name("PATH").num_args(0..).help(pick(lang, "Suites, or folders of suites; otherwise the packs of heng.toml.", "测试文件，或存放测试文件的文件夹；不写则取 heng.toml 中的标准。")))
        .arg(flag("update", "Write what was found into expect, diagnostics, output, reading, report, lints and lint blocks.", "把实际结果写入 expect、diagnostics、output、reading、report、lints、lint 块。"))
        .arg(flag(
            "coverage",
            "Count how often the cases expect each outcome of each rule; a rule that is never met, not met or undecided is a gap.",
            "统计各测试对每项指标预期了哪些结论；从未预期达标、不达标或无法判定的，列为缺漏。",
        ))
        .arg(flag(
            "mutate",
            "Write named defects into the rules, one at a time, and list those that no case notices.",
            "在规则中逐一写入常见错误，列出没有测试能发现的错误。",
        ))
        .arg(formats::option(pick(
            lang,
            "text, json or junit; to standard output, or whole into a file. May be repeated; text if not said.",
            "text、json 或 junit；写到标准输出，或完整写入文件。可以重复；不写则为 text。",
        )))
        .after_help(pick(
            lang,
            "Exit status: 0 all passed and nothing is left open, 1 something failed, a rule lacks a case or a defect goes unnoticed, 2 there was no test or it could not run.",
            "退出状态：0 全部通过且没有缺漏，1 有失败、有指标缺少测试或有错误未被发现，2 没有测试或未能运行。",
        ))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let formats = formats::read(&audit::texts(matches, "format"), FORMATS, session)?;
    let paths = paths(&audit::texts(matches, "paths"), session)?;
    let is_suite = |within: &Path| within.extension().is_some_and(|ending| ending == "md");
    let read = Inputs::new(paths.iter().map(|(path, _)| path.clone()).chain(session.project.path.iter().map(PathBuf::from)));
    let read = roots(&audit::texts(matches, "paths"), session).iter().fold(read, |read, root| read.with(root, is_suite));
    formats::refuse_overwriting(&formats, &read, session)?;
    let (mut played, mut explained) = (Vec::new(), Vec::new());
    let mut results = Results::default();
    let keeps = matches.get_flag("coverage") || matches.get_flag("mutate");
    for (path, named) in &paths {
        let mut hand_on = |case| if keeps { played.push(case) };
        one(path, *named, matches.get_flag("update"), &mut hand_on, &mut results, session)?;
    }
    for suite in &mut results.suites {
        explained.append(&mut suite.explained);
    }
    if results.passed() + results.failed() == 0 {
        let named = roots(&audit::texts(matches, "paths"), session);
        let shown = paths.first().map_or_else(|| named.join(", "), |(path, _)| path.display().to_string());
        return session.stop(NoTest { path: shown.into() });
    }
    look_further(matches, &played, &mut explained, &mut results, session)?;
    show(&results, &formats, session)?;
    say_what_is_open(&results, session);
    let open = results.failed() + results.gaps() + results.unnoticed() + results.stale.len();
    Ok(u8::from(open > 0))
}

/// Runs one suite, and writes it anew where that is asked.
fn one(path: &Path, named: bool, update: bool, hand_on: &mut dyn FnMut(Played), results: &mut Results, session: &Session) -> Result<(), Stopped> {
    let shown = path.display().to_string();
    let text = session.need(files::text(path, &shown))?;
    let folder = folder_of(path);
    let find = |name: &str| suite::packs::find(&folder, name);
    let mut text = text;
    if update {
        let updated = suite::run(&text, &shown, &find).updated;
        if updated != text {
            session.need(writing::whole(path, &updated))?;
            session.say(&[ExpectationsWritten { path: (&shown).into(), lines: changed(&text, &updated).into() }.into()]);
            text = updated;
        }
    }
    // What was written in is no failure any more; what cannot be written in still is one.
    let found = suite::each(&text, &shown, &find, hand_on);
    if found.cases.is_empty() && found.faults.is_empty() && found.explained.is_empty() {
        results.empty.extend(named.then_some(shown));
    } else {
        results.suites.push(found);
    }
    Ok(())
}

/// Coverage and defects, where they are asked for.
fn look_further(matches: &ArgMatches, played: &[Played], explained: &mut [Explanation], results: &mut Results, session: &Session) -> Result<(), Stopped> {
    if matches.get_flag("coverage") {
        let rules = coverage::coverage(played, explained);
        if rules.is_empty() {
            return session.stop(NothingTested { option: "--coverage".into() });
        }
        results.stale.extend(stale(explained, true));
        results.coverage = Some(rules);
    }
    if matches.get_flag("mutate") {
        if results.failed() > 0 {
            session.say(&[MutationWaits { failed: results.failed().into() }.into()]);
            return Ok(());
        }
        let tried = mutation::mutation(played, explained);
        if tried.is_empty() {
            return session.stop(NothingTested { option: "--mutate".into() });
        }
        results.stale.extend(stale(explained, false));
        results.mutation = Some(tried);
    }
    Ok(())
}

fn show(results: &Results, formats: &formats::Wanted<Format>, session: &Session) -> Result<(), Stopped> {
    let mut writing = session.need(Writing::begin(Readers::Anyone, formats.iter().map(|(_, path)| path.as_deref())))?;
    for (at, (format, path)) in formats.iter().enumerate() {
        let style = Style { color: output::color() && path.is_none(), ..session.style() };
        let (text, whom) = match format {
            Format::Text => (results.suites.iter().map(|found| tested::failures(found, style)).collect::<String>() + &tested::rest(results, style), For::People),
            Format::Json => (suite::json::json(results), For::Programs),
            Format::Junit => (suite::junit::junit(results, session.lang()), For::People),
        };
        session.need(writing.take(at, text, whom))?;
    }
    session.need(writing.finish())
}

fn say_what_is_open(results: &Results, session: &Session) {
    for shown in &results.empty {
        session.say(&[NoTest { path: shown.into() }.into()]);
    }
    if results.gaps() > 0 {
        session.say(&[OutcomesMissing { count: results.gaps().into() }.into()]);
    }
    if results.unnoticed() > 0 {
        session.say(&[DefectsUnnoticed { count: results.unnoticed().into() }.into()]);
    }
}

/// What was named, else the packs of the settings.
fn roots(named: &[String], session: &Session) -> Vec<String> {
    if named.is_empty() { session.project.settings.packs.clone() } else { named.to_vec() }
}

/// Every suite, and whether it was named itself: a named file without a test is a failure.
fn paths(named: &[String], session: &Session) -> Result<Vec<(PathBuf, bool)>, Stopped> {
    let roots = roots(named, session);
    if roots.is_empty() {
        return session.stop(MissingArgument { what: Text::new("the path of a suite", "测试文件的路径"), form: "heng test PATH".into() });
    }
    let mut paths = Vec::new();
    for root in roots {
        let found = session.need(markdown(Path::new(&root)).map_err(|error| cannot_read(&root, &error)))?;
        let named = Path::new(&root).is_file();
        paths.extend(found.into_iter().map(|path| (path, named)));
    }
    Ok(paths)
}

/// How many lines of the new text stood nowhere in the old one.
fn changed(before: &str, after: &str) -> usize {
    let known: std::collections::BTreeSet<&str> = before.lines().collect();
    after.lines().filter(|line| !known.contains(line)).count()
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
