//! `heng audit`: packs and data in, reports out; the exit status is the verdict.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::Lang;
use crate::diag::catalog::{NoData, NoPack};
use crate::judge::Ask;
use crate::model::ast::RuleKind;
use crate::suite::settings::DataSource;

use super::formats;
use super::pick;
use super::project::Project;
use super::run::{self, Format, Request};
use super::session::{Session, Stopped};

/// The first is meant where none is named.
const FORMATS: &[(&str, Format)] = &[("text", Format::Text), ("json", Format::Json), ("csv", Format::Csv), ("junit", Format::Junit)];

pub fn command(lang: Lang) -> Command {
    let many = |id: &'static str, value: &'static str, en, zh| Arg::new(id).long(id).value_name(value).num_args(1..).action(ArgAction::Append).help(pick(lang, en, zh));
    let flag = |id: &'static str, en, zh| Arg::new(id).long(id).action(ArgAction::SetTrue).help(pick(lang, en, zh));
    Command::new("audit")
        .about(pick(lang, "Judges data by packs of rules.", "依据标准对数据作出判定。"))
        .arg(Arg::new("packs").value_name("PACK").num_args(0..).help(pick(lang, "Folders of .heng files, or such files; otherwise those of heng.toml.", "存放 .heng 文件的文件夹，或 .heng 文件；不写则取 heng.toml 中的。")))
        .arg(many(
            "data",
            "DIR|FILE",
            "A folder of .csv, .tsv and .txt files named after tables, or such files. Put packs before it.",
            "存放 .csv、.tsv、.txt 文件的文件夹，或这样的文件，文件按数据表命名。标准写在本选项之前。",
        ))
        .arg(Arg::new("as-of").long("as-of").value_name("DATE").help(pick(lang, "The day as of which the data are judged, as 2026-09-01. There is no hidden today.", "基准日，如 2026-09-01。程序不会自行采用当天日期。")))
        .arg(many("county", "CODE", "Report only these counties. What is computed stays the same.", "只报告这些区县。计算的范围不变。"))
        .arg(many("unit", "KEY", "Report only the units with these keys.", "只报告这些主键的对象。"))
        .arg(many("rule", "ID", "Report only these rules.", "只报告这些指标。"))
        .arg(formats::option(pick(
            lang,
            "text, json, csv or junit; to standard output, or whole into a file. May be repeated; text if not said.",
            "text、json、csv 或 junit；写到标准输出，或完整写入文件。可以重复；不写则为 text。",
        )))
        .arg(Arg::new("violations").long("violations").value_name("PATH").help(pick(
            lang,
            "Write every row that breaches or is open into this file, as CSV; reports list the worst twenty.",
            "将全部不达标、无法判定的记录写入此文件（CSV）；报告只列其中最严重的二十条。",
        )))
        .arg(Arg::new("fail-level").long("fail-level").value_name("veto|rule|advice").value_parser(["veto", "rule", "advice"]).default_value("rule").hide_default_value(true).help(pick(
            lang,
            "The lowest kind of rule that the exit status hears; rule if not said.",
            "退出状态所计入的最低一级指标；不写则为 rule。",
        )))
        .arg(flag("strict", "A standard not checked up to the as-of date leaves its rules undecided.", "标准值未核对至基准日的，所涉指标一律无法判定。"))
        .arg(flag("show-personal", "Show personal columns in clear instead of masked.", "个人信息列显示原文，不作遮掩。"))
        .arg(flag("remedy", "Work out what would make each finding met, and report it.", "推算各条结论达标所需的改动，一并报告。"))
        .after_help(pick(
            lang,
            "Exit status: 0 met, 1 something is not met, 2 could not run, 3 something is undecided or nothing was met.",
            "退出状态：0 达标，1 有不达标，2 未能运行，3 有无法判定或没有一项达标。",
        ))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let named = texts(matches, "data");
    let packs = packs(&texts(matches, "packs"), session)?;
    use_pack_project(&packs, !named.is_empty(), session)?;
    let project = session.project.clone();
    let request = Request {
        data: sources(named, &project, session)?,
        settings: project.settings.clone(),
        ask: Ask {
            as_of: run::as_of(matches.get_one("as-of"), project.settings.as_of, session)?,
            counties: texts(matches, "county"),
            units: texts(matches, "unit"),
            rules: texts(matches, "rule"),
            fail_level: level(matches.get_one::<String>("fail-level").map(String::as_str)),
            strict: matches.get_flag("strict"),
        },
        formats: formats::read(&texts(matches, "format"), FORMATS, session)?,
        violations: matches.get_one::<String>("violations").map(PathBuf::from),
        show_personal: matches.get_flag("show-personal"),
        remedy: matches.get_flag("remedy").then(Vec::new),
        packs,
    };
    run::audit(&request, session)
}

/// The packs that were named, else those of heng.toml.
pub fn packs(named: &[String], session: &Session) -> Result<Vec<String>, Stopped> {
    let packs = if named.is_empty() { session.project.settings.packs.clone() } else { named.to_vec() };
    if packs.is_empty() { session.stop(NoPack { form: "heng audit PACK --data DIR --as-of 2026-09-01".into() }) } else { Ok(packs) }
}

/// A pack folder's own heng.toml counts where that folder is named and no data are.
pub fn use_pack_project(packs: &[String], data_named: bool, session: &mut Session) -> Result<(), Stopped> {
    if data_named {
        return Ok(());
    }
    if let Some((project, said)) = packs.iter().find_map(|pack| Project::of_pack(pack)) {
        session.hear(&said)?;
        session.project = project;
    }
    Ok(())
}

pub fn sources(named: Vec<String>, project: &Project, session: &Session) -> Result<Vec<DataSource>, Stopped> {
    if !named.is_empty() {
        // What heng.toml says of the same path holds for it, however the path came.
        let plain = |path: &str| path.trim_start_matches("./").trim_end_matches('/').to_string();
        let said = |path: &str| project.settings.data.iter().find(|source| plain(&source.path) == plain(path)).cloned().unwrap_or_default();
        return Ok(named.into_iter().map(|path| DataSource { path: path.clone(), ..said(&path) }).collect());
    }
    match &project.settings.data[..] {
        [] => session.stop(NoData { form: "--data DIR".into() }),
        data => Ok(data.to_vec()),
    }
}

fn level(word: Option<&str>) -> RuleKind {
    match word {
        Some("veto") => RuleKind::Veto,
        Some("advice") => RuleKind::Advice,
        _ => RuleKind::Rule,
    }
}

/// All values of an option, in their order.
pub fn texts(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches.get_many::<String>(id).map(|values| values.cloned().collect()).unwrap_or_default()
}
