//! `heng test`: Markdown suites in, what passed and what did not out; with `--update` the outcomes are written in.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::{Lang, Sources, Text};
use crate::diag::catalog::{MissingArgument, NoTest};
use crate::diag::show::render;
use crate::suite::packs::{cannot_read, markdown};
use crate::suite::{self, Suite};

use super::session::{Session, Stopped};
use super::{audit, output, pick};

pub fn command(lang: Lang) -> Command {
    Command::new("test")
        .about(pick(lang, "Runs test suites written in Markdown.", "运行用 Markdown 写的测试。"))
        .arg(Arg::new("paths").value_name("PATH").num_args(0..).help(pick(lang, "Suites, or folders of suites; otherwise the packs of heng.toml.", "测试文件，或存放测试文件的文件夹；不写则取 heng.toml 中的标准。")))
        .arg(Arg::new("update").long("update").action(ArgAction::SetTrue).help(pick(
            lang,
            "Write what was found into expect, diagnostics, output, reading and report blocks.",
            "把实际结果写入 expect、diagnostics、output、report 块。",
        )))
        .after_help(pick(lang, "Exit status: 0 all passed, 1 something failed, 2 there was no test or it could not run.", "退出状态：0 全部通过，1 有失败，2 没有测试或未能运行。"))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let paths = paths(&audit::texts(matches, "paths"), session)?;
    let update = matches.get_flag("update");
    let (mut passed, mut failed, mut empty) = (0, 0, Vec::new());
    for path in &paths {
        let (path, named) = path;
        let shown = path.display().to_string();
        let text = session.need(std::fs::read_to_string(path).map_err(|error| cannot_read(&shown, &error)))?;
        let folder = folder_of(path);
        let found = suite::run(&text, &shown, &|name| suite::packs::find(&folder, name));
        if update && found.updated != text {
            session.need(output::whole(path, &found.updated))?;
            let written = crate::diag::catalog::ExpectationsWritten { path: (&shown).into(), lines: changed(&text, &found.updated).into() };
            session.say(&[written.into()]);
        }
        if found.cases.is_empty() && found.faults.is_empty() {
            empty.extend(named.then_some(shown));
            continue;
        }
        passed += found.passed();
        failed += found.failed();
        session.result(&failures(&found, session))?;
    }
    for shown in &empty {
        session.say(&[NoTest { path: shown.into() }.into()]);
        failed += 1;
    }
    if passed + failed == 0 {
        let roots = audit::texts(matches, "paths");
        let named = if roots.is_empty() { session.project.settings.packs.clone() } else { roots };
        let shown = paths.first().map_or_else(|| named.join(", "), |(path, _)| path.display().to_string());
        return session.stop(NoTest { path: shown.into() });
    }
    session.result(&summary(passed, failed, session.lang()))?;
    Ok(u8::from(failed > 0))
}

/// Every suite, and whether it was named itself: a named file without a test is a failure.
fn paths(named: &[String], session: &Session) -> Result<Vec<(PathBuf, bool)>, Stopped> {
    let roots = if named.is_empty() { session.project.settings.packs.clone() } else { named.to_vec() };
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

fn failures(found: &Suite, session: &Session) -> String {
    let (lang, style) = (session.lang(), crate::diag::show::Style { color: output::color(), ..session.style() });
    let sources = Sources::default();
    let mut text: String = found.faults.iter().map(|fault| render(fault, &sources, style)).collect();
    for case in found.cases.iter().filter(|case| !case.failures.is_empty()) {
        let _ = writeln!(text, "{} {}:{} {}", pick(lang, "failed", "失败"), found.path, case.line, case.name);
        for failure in &case.failures {
            text.push_str(&render(&failure.said, &sources, style));
            text.push_str(failure.detail.get(lang));
        }
        text.push('\n');
    }
    text
}

fn summary(passed: usize, failed: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{passed} passed, {failed} failed\n"),
        Lang::Zh => format!("通过 {passed} 个，失败 {failed} 个\n"),
    }
}
