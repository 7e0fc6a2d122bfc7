//! `heng explain`: the code of a message in, its page out; or a rule in, out what it was understood to ask, where it
//! stands and what is written there.

use std::fmt::Write;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::{Lang, Text};
use crate::diag::catalog::{NothingToExplain, nearest};
use crate::diag::{Page, Severity, pages};
use crate::model::plan::RuleDef;
use crate::say;

use super::run::{self, Rules};
use super::session::{Session, Stopped};
use super::{audit, pick};

pub fn command(lang: Lang) -> Command {
    Command::new("explain")
        .about(pick(lang, "Explains the code of a message, or a rule.", "解释一个信息代码，或一项指标。"))
        .arg(Arg::new("what").value_name("CODE|RULE").required(true).help(pick(lang, "A code, as E0301, or the id of a rule.", "信息代码，如 E0301；或指标代号。")))
        .arg(Arg::new("pack").long("pack").value_name("PACK").num_args(1..).action(ArgAction::Append).help(pick(
            lang,
            "Where the rule stands; otherwise the packs of heng.toml.",
            "指标所在的标准；不写则取 heng.toml 中的。",
        )))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let what = matches.get_one::<String>("what").cloned().unwrap_or_default();
    let lang = session.lang();
    let pages = pages();
    if let Some(page) = pages.iter().find(|page| page.code.eq_ignore_ascii_case(&what)) {
        return session.result(&message(page, lang)).map(|()| 0);
    }
    let named = audit::texts(matches, "pack");
    let packs = if named.is_empty() { session.project.settings.packs.clone() } else { named };
    let rules = run::understand(&packs, false, session)?;
    session.say(&rules.said);
    let at = (0..rules.plan.rules.len()).find(|rule| rules.plan.is_called(*rule, &what));
    match at {
        Some(at) => session.result(&rule(&rules, at, session)).map(|()| if run::sound(&rules) { 0 } else { super::COULD_NOT_RUN }),
        None => session.stop(unknown(&what, &pages, &rules)),
    }
}

fn message(page: &Page, lang: Lang) -> String {
    let severity = match page.severity {
        Severity::Error => pick(lang, "error", "错误"),
        Severity::Warning => pick(lang, "warning", "警告"),
        Severity::Note => pick(lang, "note", "提示"),
    };
    format!("{} · {severity} · {}\n\n{}\n", page.code, page.name, super::help::filled(page.get(lang)))
}

/// Reading back, then the place and the text of the rule as it is written.
fn rule(rules: &Rules, at: usize, session: &Session) -> String {
    let lang = session.lang();
    let def = &rules.plan.rules[at];
    let mut text = String::new();
    for line in say::say(&rules.plan).into_iter().filter(|said| said.rule == at).flat_map(|said| said.lines) {
        text.push_str(line.get(lang));
        text.push('\n');
    }
    let source = session.sources.get(def.span.source);
    let (line, _) = source.line_column(def.span.start as usize);
    let _ = writeln!(text, "\n{}:{line}\n", source.path);
    for line in written(rules, def, &source.text).lines() {
        let _ = writeln!(text, "    {line}");
    }
    text
}

/// The rule's lines, from its head to the next item, without the blank lines and comments between.
fn written<'s>(rules: &Rules, def: &RuleDef, text: &'s str) -> &'s str {
    let items = rules.files.iter().flat_map(|file| &file.items).filter(|item| item.span.source == def.span.source);
    let start = items.clone().map(|item| item.span.start).filter(|start| *start <= def.span.start).max().unwrap_or(def.span.start) as usize;
    let end = items.map(|item| item.span.start as usize).filter(|next| *next > start).min().unwrap_or(text.len());
    let body = text.get(start..end).unwrap_or("");
    let kept: usize = body.split_inclusive('\n').rev().skip_while(|line| line.trim().is_empty() || line.starts_with('#')).map(str::len).sum();
    body[..kept].trim_end()
}

fn unknown(what: &str, pages: &[Page], rules: &Rules) -> NothingToExplain {
    let known = pages.iter().map(|page| page.code).chain(rules.plan.rules.iter().map(|rule| rule.names.id.as_str()));
    let help = match nearest(what, known) {
        Some(near) => Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？")),
        None => Text::new(format!("name the pack of the rule: `heng explain {what} --pack PACK`"), format!("请指明指标所在的标准：“heng explain {what} --pack 标准”")),
    };
    NothingToExplain { word: what.into(), help }
}
