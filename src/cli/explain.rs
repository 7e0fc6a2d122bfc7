//! `heng explain`: the code of a message in, its page out; or a rule in, out what it was understood to ask, where it
//! stands and what is written there; or a rule and a unit in, out everything that led to their finding.

use std::fmt::Write;

use clap::{Arg, ArgMatches, Command};

use crate::base::{Lang, Text};
use crate::diag::catalog::{NothingToExplain, UnitNotAsked, WhichUnit, nearest};
use crate::diag::{Page, Severity, pages};
use crate::model::plan::RuleDef;
use crate::model::verdict::Finding;
use crate::report;
use crate::say;

use super::run::{self, Format, Rules};
use super::session::{Session, Stopped};
use super::{finding, pick};

pub fn command(lang: Lang) -> Command {
    let command = Command::new("explain")
        .about(pick(lang, "Explains the code of a message, a rule, or one finding.", "解释一个信息代码、一项指标，或一条结论。"))
        .arg(Arg::new("what").value_name("CODE|RULE").required(true).help(pick(lang, "A code, as E0301, or the id of a rule.", "信息代码，如 E0301；或指标代号。")))
        .arg(Arg::new("unit").long("unit").value_name("KEY").help(pick(
            lang,
            "The unit whose finding is explained, with the data judged.",
            "要解释的是这个对象的结论，须对数据作出判定。",
        )));
    finding::options(command, lang).after_help(pick(lang, "Exit status: 0 explained, 2 not found or could not run.", "退出状态：0 已解释，2 找不到或未能运行。"))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let what = matches.get_one::<String>("what").cloned().unwrap_or_default();
    let lang = session.lang();
    let pages = pages();
    if let Some(page) = pages.iter().find(|page| page.code.eq_ignore_ascii_case(&what)) {
        return session.result(&message(page, lang)).map(|()| 0);
    }
    let packs = finding::packs(matches, session);
    let rules = run::understand(&packs, false, session)?;
    session.say(&rules.said);
    let at = (0..rules.plan.rules.len()).find(|rule| rules.plan.is_called(*rule, &what));
    let Some(at) = at else { return session.stop(unknown(&what, &pages, &rules)) };
    if ["unit", "data", "as-of", "format"].iter().any(|option| matches.contains_id(option)) {
        return if run::sound(&rules) { one_finding(matches, packs, &rules, at, session) } else { Ok(super::COULD_NOT_RUN) };
    }
    session.result(&rule(&rules, at, session)).map(|()| if run::sound(&rules) { 0 } else { super::COULD_NOT_RUN })
}

/// The finding of a rule for one unit; without a key, for the only unit that there is.
fn one_finding(matches: &ArgMatches, packs: Vec<String>, rules: &Rules, at: usize, session: &mut Session) -> Result<u8, Stopped> {
    let unit = matches.get_one::<String>("unit").cloned();
    let id = full_id(rules, at);
    let request = finding::request(matches, packs, vec![id.clone()], unit.iter().cloned().collect(), session)?;
    run::judge(rules, &request, session, |page, session| {
        let found = chosen(page, &rules.plan.rules[at].names.id, unit.as_deref(), session)?;
        let explained = crate::explained(page.plan, page.tables, found, &request.ask);
        let said: Vec<Text> = say::say(page.plan).into_iter().filter(|said| said.rule == at).flat_map(|said| said.lines).collect();
        let json = request.formats.iter().any(|(format, _)| *format == Format::Json);
        let text = if json { report::explanation_json(page, found, &explained, &said) } else { report::explanation(page, found, &explained, &said) };
        session.result_as(&text, json).map(|()| 0)
    })
}

fn full_id(rules: &Rules, at: usize) -> String {
    let def = &rules.plan.rules[at];
    match rules.plan.packs.get(def.pack) {
        Some(pack) => format!("{}/{}", pack.id, def.names.id),
        None => def.names.id.clone(),
    }
}

fn chosen<'p>(page: &report::Page<'p>, rule: &str, unit: Option<&str>, session: &Session) -> Result<&'p Finding, Stopped> {
    let all: Vec<&Finding> = page.verdict.findings.iter().collect();
    let help = || finding::which(page.plan, &all, unit, page.show_personal);
    let clear = unit.map(|unit| page.clear_key(unit));
    match (unit, all.as_slice()) {
        (None, [only]) => Ok(only),
        (None, several) => session.stop(WhichUnit { rule: rule.into(), count: several.len().into(), help: help() }),
        (Some(key), _) => match all.iter().find(|finding| Some(&finding.unit.key) == clear.as_ref()) {
            Some(found) => Ok(found),
            None => session.stop(UnitNotAsked { rule: rule.into(), unit: finding::typed(page, key).into(), help: help() }),
        },
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
