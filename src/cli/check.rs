//! `heng check`: packs in; what was understood of them, rule by rule in plain words, out.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::{Lang, Span, Text};
use crate::diag::{Diagnostic, Severity};
use crate::judge::Ask;
use crate::model::ast::{ItemKind, RuleKind};
use crate::model::plan::Plan;
use crate::suite::settings::DataSource;
use crate::suite::stage::load_settings;
use crate::{load, say};

use super::run::{self, Request, Rules};
use super::session::{Session, Stopped};
use super::{COULD_NOT_RUN, audit, data, near, pick};

pub fn command(lang: Lang) -> Command {
    Command::new("check")
        .about(pick(lang, "Reads packs, says what is wrong with them, and reads every rule back in plain words.", "读入标准，指出错误，并逐条说明每项指标是怎样理解的。"))
        .arg(Arg::new("packs").value_name("PACK").num_args(0..).help(pick(lang, "Folders of .heng files, or such files; otherwise those of heng.toml.", "存放 .heng 文件的文件夹，或 .heng 文件；不写则取 heng.toml 中的。")))
        .arg(Arg::new("data").long("data").value_name("DIR|FILE").num_args(1..).action(ArgAction::Append).help(pick(
            lang,
            "Try every rule on these data and show its numbers. Put packs before it.",
            "用这些数据试算每项指标并列出数字。标准写在本选项之前。",
        )))
        .arg(Arg::new("as-of").long("as-of").value_name("DATE").help(pick(lang, "The day as of which the data are tried, as 2026-09-01.", "试算的基准日，如 2026-09-01。")))
        .arg(Arg::new("strict").long("strict").action(ArgAction::SetTrue).help(pick(lang, "A standard not checked up to the as-of date leaves its rules undecided.", "标准值未核对至基准日的，所涉指标一律无法判定。")))
        .after_help(pick(lang, "Exit status: 0 clean, 1 something to look at, 2 errors.", "退出状态：0 无问题，1 有需留意之处，2 有错误。"))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let packs = audit::packs(&audit::texts(matches, "packs"), session)?;
    let rules = run::understand(&packs, false, session)?;
    let lang = session.lang();
    let mut text = understood(&rules, session).get(lang).to_string();
    text.push('\n');
    // What was not understood cannot be read back.
    let broken: Vec<Span> = items(&rules).into_iter().filter(|item| !item.sound).map(|item| item.at).collect();
    let is_sound = |rule: usize| rules.plan.rules.get(rule).is_some_and(|rule| !broken.iter().any(|at| at.source == rule.span.source && (at.start..at.end).contains(&rule.span.start)));
    for lines in say::together(&rules.plan, &is_sound) {
        text.push('\n');
        for line in &lines {
            text.push_str(line.get(lang));
            text.push('\n');
        }
    }
    session.say(&rules.said);
    session.result(&text)?;
    let data = audit::texts(matches, "data");
    if !data.is_empty() {
        tried(data, &rules, matches, session)?;
    }
    Ok(match rules.said.iter().map(|one| one.severity).min() {
        Some(Severity::Error) => COULD_NOT_RUN,
        Some(Severity::Warning) => 1,
        _ if rules.plan.rules.is_empty() && declared(&rules.plan) == 0 => return session.stop(nothing()),
        _ => 0,
    })
}

/// Every rule with its numbers; of a pack with errors, what the columns hold that come near a name that is not there.
fn tried(data: Vec<String>, rules: &Rules, matches: &ArgMatches, session: &mut Session) -> Result<(), Stopped> {
    let settings = session.project.settings.clone();
    let data: Vec<DataSource> = data.into_iter().map(|path| DataSource { path, ..DataSource::default() }).collect();
    if !run::sound(rules) {
        let files = data::read(&data, &rules.plan, session)?;
        let (tables, _) = load::load(&rules.plan, files, &load_settings(&settings, &rules.plan).0);
        session.say(&near::columns(&rules.said, &rules.plan, &tables, &session.sources));
        return Ok(());
    }
    let ask = Ask {
        as_of: run::as_of(matches.get_one("as-of"), settings.as_of, session)?,
        counties: Vec::new(),
        units: Vec::new(),
        rules: Vec::new(),
        fail_level: RuleKind::Rule,
        strict: matches.get_flag("strict"),
    };
    let request = Request { packs: rules.read.clone(), data, settings, ask, formats: Vec::new(), violations: None, show_personal: false, remedy: None };
    let text = run::tried(rules, &request, session)?;
    session.result(&format!("\n{text}"))
}

/// How many things a pack declares for others to stand upon.
fn declared(plan: &Plan) -> usize {
    plan.tables.len() + plan.parameters.len() + plan.measures.len() + plan.codes.len()
}

fn nothing() -> Diagnostic {
    crate::diag::catalog::NothingJudged { why: Text::new("the pack has no rule", "标准中没有指标") }.into()
}

/// One rule, or one item whose first line could not be read: where it stands and whether it was understood.
struct Item {
    at: Span,
    rule: bool,
    sound: bool,
}

/// `11 of 12 rules understood; the 12th (line 38) was not`.
fn understood(rules: &Rules, session: &Session) -> Text {
    let items = items(rules);
    let (judged, others): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| item.rule);
    let said = judged.iter().filter(|item| item.sound).count();
    let total = judged.len();
    let broken: Vec<Text> = judged.iter().enumerate().filter(|(_, item)| !item.sound).map(|(at, item)| nth(at + 1, &place(item.at, rules, session))).collect();
    let elsewhere: Vec<Text> = others.iter().filter(|item| !item.sound).map(|item| place(item.at, rules, session)).collect();
    let mut parts = vec![match declared(&rules.plan) {
        tables if total == 0 && tables > 0 => Text::new(format!("no rules; tables, code lists, parameters and measures understood: {tables}"), format!("没有指标；读懂数据表、代码表、标准值、计算项共 {tables} 项")),
        _ => Text::new(format!("{said} of {total} rules understood"), format!("{total} 项指标中，读懂 {said} 项")),
    }];
    if !broken.is_empty() {
        let verb = if broken.len() == 1 { "was not" } else { "were not" };
        let list = crate::diag::catalog::list(&broken);
        parts.push(Text::new(format!("{} {verb}", list.en), format!("未读懂的是{}", list.zh)));
    }
    if !elsewhere.is_empty() {
        let list = crate::diag::catalog::list(&elsewhere);
        parts.push(Text::new(format!("other items not understood: {}", list.en), format!("另有未读懂的条目：{}", list.zh)));
    }
    Text::join(&parts, "; ", "；")
}

/// Items in the order of the files. An item is not understood if reading it failed or an error points into it.
fn items(rules: &Rules) -> Vec<Item> {
    let mut items = Vec::new();
    // By their places, so that each item looks only at what stands in it.
    let at = |span: Span| (span.source, span.start);
    let faults: BTreeSet<_> = rules.said.iter().filter(|one| one.is_error()).filter_map(Diagnostic::place).map(at).collect();
    let found: BTreeMap<_, usize> = rules.plan.rules.iter().enumerate().rev().map(|(place, rule)| (at(rule.span), place)).collect();
    for file in &rules.files {
        let understood = file.items.iter().map(|item| Item { at: item.span, rule: matches!(item.kind, ItemKind::Rule(_)), sound: !item.broken });
        let broken = file.broken.iter().map(|span| Item { at: *span, rule: false, sound: false });
        let mut of_file: Vec<Item> = understood.chain(broken).collect();
        of_file.sort_by_key(|item| item.at.start);
        let starts: Vec<u32> = of_file.iter().skip(1).map(|item| item.at.start).chain([u32::MAX]).collect();
        for (item, end) in of_file.iter_mut().zip(starts) {
            let has_fault = faults.range(at(item.at)..(item.at.source, end)).next().is_some();
            // All that a rule speaks of must be understood, also the measures and standards that are declared elsewhere.
            let rule = found.range(at(item.at)..(item.at.source, item.at.end)).next();
            item.sound &= !has_fault && rule.is_none_or(|(_, rule)| rules.plan.is_understood(*rule));
        }
        items.extend(of_file);
    }
    items
}


fn nth(number: usize, place: &Text) -> Text {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    Text::new(format!("the {number}{suffix} ({})", place.en), format!("第 {number} 项（{}）", place.zh))
}

/// `line 38`; with the file where there are several.
fn place(at: Span, rules: &Rules, session: &Session) -> Text {
    let source = session.sources.get(at.source);
    let (line, _) = source.line_column(at.start as usize);
    match rules.files.len() {
        1 => Text::new(format!("line {line}"), format!("第 {line} 行")),
        _ => Text::new(format!("{} line {line}", source.path), format!("{} 第 {line} 行", source.path)),
    }
}
