//! `heng lint`: packs in; what is likely to be wrong with them, and what is set aside, out.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use crate::base::{Date, Lang, Text};
use crate::diag::show::{Style, render};
use crate::diag::{Diagnostic, Place, Severity};
use crate::lint::{self, Allowed, Linted};

use super::run::{self, Rules};
use super::session::{Session, Stopped};
use super::{audit, formats, output, pick};

pub fn command(lang: Lang) -> Command {
    Command::new("lint")
        .about(pick(lang, "Looks for what is likely to be wrong with packs that can be read: contradictions, gaps, what never counts.", "在能读懂的标准中查找疑点：互相矛盾、有缺口、从不起作用之处。"))
        .arg(Arg::new("packs").value_name("PACK").num_args(0..).help(pick(lang, "Folders of .heng files, or such files; otherwise those of heng.toml.", "存放 .heng 文件的文件夹，或 .heng 文件；不写则取 heng.toml 中的。")))
        .arg(Arg::new("as-of").long("as-of").value_name("DATE").help(pick(
            lang,
            "The day after which an `allow` of an earlier day no longer holds; otherwise that of heng.toml; without either none has ended.",
            "基准日，此前到期的“允许”不再有效；不写则取 heng.toml 中的；都没有则不论到期。",
        )))
        .arg(Arg::new("format").long("format").value_name("NAME").help(pick(lang, "text or json.", "text（文本）或 json。")))
        .after_help(pick(lang, "Exit status: 0 clean, 1 something found, 2 errors in a pack. Notes are told and do not count.", "退出状态：0 无疑点，1 有疑点，2 标准有错误。说明性的提示不计。"))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let packs = audit::packs(&audit::texts(matches, "packs"), session)?;
    let as_of = as_of(matches.get_one("as-of"), session)?;
    let json = formats::text_or_json(matches, session)?;
    let rules = run::understand(&packs, false, session)?;
    session.hear(&rules.said)?;
    let linted = lint::lint(&rules.plan, as_of);
    let text = if json { as_json(&linted, &rules, session) } else { as_text(&linted, &rules, session) };
    session.result_as(&text, json)?;
    Ok(u8::from(linted.found.iter().any(counts)))
}

fn as_of(written: Option<&String>, session: &Session) -> Result<Option<Date>, Stopped> {
    match written {
        None => Ok(session.project.settings.as_of),
        Some(_) => run::as_of(written, None, session).map(Some),
    }
}

/// A note is told and does not count.
fn counts(said: &Diagnostic) -> bool {
    said.severity != Severity::Note
}

/// Every finding with its lines, what is set aside, and how many there are.
fn as_text(linted: &Linted, rules: &Rules, session: &Session) -> String {
    let style = Style { color: output::color(), ..session.style() };
    let mut parts: Vec<String> = linted.found.iter().map(|one| render(one, &session.sources, style)).collect();
    let allowed: String = linted.allowed.iter().map(|one| format!("{}\n", one.said_aside(&rules.plan).get(style.lang))).collect();
    parts.extend((!allowed.is_empty()).then_some(allowed));
    parts.push(format!("{}\n", counted(linted).get(style.lang)));
    parts.join("\n")
}

/// `2 findings, 1 set aside`.
fn counted(linted: &Linted) -> Text {
    let found = linted.found.iter().filter(|one| counts(one)).count();
    let aside = linted.allowed.len();
    let first = match found {
        0 => Text::new("nothing found", "没有疑点"),
        1 => Text::new("1 finding", "1 处疑点"),
        _ => Text::new(format!("{found} findings"), format!("{found} 处疑点")),
    };
    if aside == 0 { first } else { Text::new(format!("{}, {aside} set aside", first.en), format!("{}，另保留 {aside} 处", first.zh)) }
}

fn as_json(linted: &Linted, rules: &Rules, session: &Session) -> String {
    let found: Vec<Value> = linted.found.iter().map(|one| written(one, session)).collect();
    let allowed = |one: &Allowed| {
        let allow = &rules.plan.allows[one.by];
        let mut value = written(&one.said, session);
        value["until"] = json!(allow.until.to_string());
        value["reason"] = json!(allow.reason);
        value
    };
    let value = json!({ "schema": "heng-lint/1", "found": found, "allowed": linted.allowed.iter().map(allowed).collect::<Vec<_>>() });
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

fn written(said: &Diagnostic, session: &Session) -> Value {
    let text = |text: &Text| json!({ "zh": text.zh, "en": text.en });
    let place = |label: &crate::diag::Label| match &label.place {
        Place::Rule(span) => {
            let source = session.sources.get(span.source);
            let (line, column) = source.line_column(span.start as usize);
            json!({ "source": source.path, "line": line, "column": column, "text": text(&label.text) })
        }
        Place::Line(frame) => json!({ "source": frame.path, "line": frame.line, "text": text(&label.text) }),
    };
    let severity = if counts(said) { "warning" } else { "note" };
    json!({ "code": said.code, "severity": severity, "text": text(&said.text), "help": text(&said.help), "places": said.labels.iter().map(place).collect::<Vec<_>>() })
}
