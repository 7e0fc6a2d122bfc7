//! `heng diff`: two reports, two packs or two data sets in; what differs, and what moved each finding, out.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use crate::base::{Lang, Text};
use crate::diag::catalog::{KindsDiffer, NothingToCompare, ShownInOne};
use crate::diff::{self, Difference, Plans, RuleWords, Said, Side};
use crate::judge::Ask;
use crate::load;
use crate::model::ast::RuleKind;
use crate::model::plan::Plan;
use crate::model::table::Tables;
use crate::say;
use crate::suite::packs::{self, cannot_read};
use crate::suite::settings::DataSource;
use crate::suite::stage::load_settings;

use super::again::{self, Asked, Known};
use super::session::{Session, Stopped};
use super::formats::Inputs;
use super::output::For;
use super::writing::{Readers, Writing};
use super::{audit, crosses, data, formats, pick, recorded, run, verify};

pub fn command(lang: Lang) -> Command {
    Command::new("diff")
        .about(pick(lang, "Compares two reports, two packs of rules or two data sets.", "比较两份报告、两套标准或两批数据。"))
        .arg(Arg::new("a").value_name("A").required(true).help(pick(lang, "What was before: a JSON report, a folder of .heng files, or a folder of data.", "此前的：JSON 报告、存放 .heng 文件的文件夹，或数据文件夹。")))
        .arg(Arg::new("b").value_name("B").required(true).help(pick(lang, "What is now, of the same kind.", "现在的，须为同类。")))
        .args(verify::places(lang))
        .mut_arg("data", |arg| arg.help(pick(lang, "Where the data of the reports are now, if not where the reports say.", "报告所用数据现在的位置；不写则取报告所记的位置。")))
        .mut_arg("pack", |arg| arg.help(pick(lang, "The packs by which data are compared, or where those of the reports are now; otherwise those of heng.toml, or as the reports say.", "比较数据所依据的标准，或报告所用标准现在的位置；不写则取 heng.toml 中的，或报告所记的。")))
        .mut_arg("show-personal", |arg| arg.help(pick(lang, "Show personal columns in clear instead of masked.", "个人信息列显示原文，不作遮掩。")))
        .arg(Arg::new("as-of").long("as-of").value_name("DATE").help(pick(lang, "The day as of which two data sets are judged, as 2026-09-01.", "比较数据时判定所用的基准日，如 2026-09-01。")))
        .arg(formats::option(pick(lang, "text or json; to standard output, or whole into a file. May be repeated; text if not said.", "text 或 json；写到标准输出，或完整写入文件。可以重复；不写则为 text。")))
        .after_help(pick(lang, "Exit status: 0 nothing differs, 1 something differs, 2 could not run.", "退出状态：0 没有不同，1 有不同，2 未能运行。"))
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Report,
    Pack,
    Data,
}

impl Kind {
    fn words(self) -> Text {
        match self {
            Kind::Report => Text::new("a report", "报告"),
            Kind::Pack => Text::new("a pack", "标准"),
            Kind::Data => Text::new("a data set", "数据"),
        }
    }
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let path = |id: &str| matches.get_one::<String>(id).cloned().unwrap_or_default();
    let (a, b) = (path("a"), path("b"));
    let formats = formats::read(&audit::texts(matches, "format"), formats::TEXT_OR_JSON, session)?;
    let (kind_a, kind_b) = (kind(&a, session)?, kind(&b, session)?);
    if kind_a != kind_b {
        return session.stop(KindsDiffer { first: (&a).into(), first_kind: kind_a.words(), second: (&b).into(), second_kind: kind_b.words() });
    }
    let mut read = vec![PathBuf::from(&a), PathBuf::from(&b)];
    let found = match kind_a {
        Kind::Report => reports(&a, &b, matches, &mut read, session)?,
        Kind::Pack => packs(&a, &b, &mut read, session)?,
        Kind::Data => data_sets(&a, &b, matches, &mut read, session)?,
    };
    formats::refuse_overwriting(&formats, &Inputs::new(read.iter().map(PathBuf::as_path).chain(session.project.path.iter().map(Path::new))), session)?;
    let mut writing = session.need(Writing::begin(Readers::of(matches.get_flag("show-personal")), formats.iter().map(|(_, path)| path.as_deref())))?;
    for (at, (is_json, _)) in formats.iter().enumerate() {
        let text = if *is_json { diff::json(&found) } else { diff::text(&found, session.lang()) };
        session.need(writing.take(at, text, if *is_json { For::Programs } else { For::People }))?;
    }
    session.need(writing.finish())?;
    Ok(u8::from(found.any()))
}

/// What stands at a path.
fn kind(path: &str, session: &Session) -> Result<Kind, Stopped> {
    let at = Path::new(path);
    let found = session.need(std::fs::metadata(at).map_err(|error| cannot_read(path, &error)))?;
    let ending = |at: &Path| at.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let is_data = |at: &Path| ["csv", "tsv", "txt"].contains(&ending(at).as_str());
    match ending(at).as_str() {
        _ if found.is_dir() && packs::read(at, path).is_ok() => Ok(Kind::Pack),
        _ if found.is_dir() && std::fs::read_dir(at).into_iter().flatten().flatten().any(|entry| is_data(&entry.path())) => Ok(Kind::Data),
        "heng" => Ok(Kind::Pack),
        "json" => Ok(Kind::Report),
        _ if !found.is_dir() && is_data(at) => Ok(Kind::Data),
        _ => session.stop(NothingToCompare { path: path.into() }),
    }
}

/// `read` takes the paths that were looked at.
fn reports(a: &str, b: &str, matches: &ArgMatches, read: &mut Vec<PathBuf>, session: &mut Session) -> Result<Difference, Stopped> {
    let show = matches.get_flag("show-personal");
    let (a, b) = (recorded::read(a, show, session)?, recorded::read(b, show, session)?);
    if a.shows_personal() != b.shows_personal() {
        let (shown, masked) = if a.shows_personal() { (&a.path, &b.path) } else { (&b.path, &a.path) };
        return session.stop(ShownInOne { shown: shown.into(), masked: masked.into() });
    }
    let places = verify::places_of(matches);
    read.extend([&a, &b].into_iter().flat_map(|report| recorded::paths(report, &places)));
    let (mut a, mut b) = (a, b);
    if a.mask_key.is_some() {
        session.seed_masks(recorded::exactly(&a, &places).files.iter().flatten().map(|file| file.bytes.as_slice()));
    }
    let key = session.any_mask_key(a.mask_key.is_some() || b.mask_key.is_some())?;
    for said in crosses::with_one_key(&mut a, &mut b, &places, &key) {
        session.say(&[said]);
    }
    let moves = crosses::attributed(&a, &b, &places, &key);
    let side = |record: &diff::Record| Side { path: record.path.clone(), as_of: record.as_of, outcome: record.outcome };
    Ok(Difference::Reports { a: side(&a), b: side(&b), moves })
}

fn packs(a: &str, b: &str, read: &mut Vec<PathBuf>, session: &mut Session) -> Result<Difference, Stopped> {
    let mut plan = |path: &str, session: &mut Session| {
        let rules = run::understand(&[path.to_string()], false, session)?;
        if !run::sound(&rules) {
            session.hear(&rules.said)?;
        }
        read.extend(rules.read.iter().map(PathBuf::from));
        Ok(rules.plan)
    };
    let (before, after) = (plan(a, session)?, plan(b, session)?);
    let plans: Plans = diff::plans(&before, &after, &said(&before), &said(&after));
    Ok(Difference::Packs { a: a.to_string(), b: b.to_string(), plans })
}

/// What a plan says, in words.
fn said(plan: &Plan) -> Said {
    let rules = say::clauses(plan).into_iter().map(|clauses| RuleWords { asked: clauses.asked, when: clauses.when, require: clauses.require, further: clauses.further });
    Said { rules: rules.collect(), measures: say::measures(plan), standards: say::standards(plan) }
}

fn data_sets(a: &str, b: &str, matches: &ArgMatches, read: &mut Vec<PathBuf>, session: &mut Session) -> Result<Difference, Stopped> {
    let named = audit::packs(&audit::texts(matches, "pack"), session)?;
    let rules = run::understand(&named, true, session)?;
    session.hear(&rules.said)?;
    read.extend(rules.read.iter().map(PathBuf::from));
    let as_of = run::as_of(matches.get_one("as-of"), session.project.settings.as_of, session)?;
    let (settings, said) = load_settings(&session.project.settings, &rules.plan);
    let settings = load::Settings { as_of: Some(as_of), ..settings };
    session.hear(&said)?;
    let (before, after) = (tables(a, &rules.plan, &settings, session)?, tables(b, &rules.plan, &settings, session)?);
    let ask = Ask { as_of, counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
    let asked = Asked { ask, show_personal: matches.get_flag("show-personal"), reading: crate::report::Reading::default(), remedy: false };
    let key = session.mask_key(&rules.plan, asked.show_personal)?;
    let known = |path| Known { sources: &session.sources, packs: &rules.digests, path, key: &key };
    let found = again::on_page(&rules.plan, &before, &asked, as_of, known(a), &|old| {
        again::on_page(&rules.plan, &after, &asked, as_of, known(b), &|new| {
            let record = |path: &str, page| diff::record(path, &crate::report::json(page)).map_err(|why| vec![*why]);
            let (old_record, new_record) = (record(a, old)?, record(b, new)?);
            let cells = diff::cells(&rules.plan, (&before, &|at| old.shown_cell(at)), (&after, &|at| new.shown_cell(at)));
            let side = |record: diff::Record| Side { path: record.path, as_of: record.as_of, outcome: record.outcome };
            let moves = diff::Moves { all: diff::moves(&old_record, &new_record), factors: Some(vec![diff::Factor::Data]), unknown: Vec::new() };
            Ok(Difference::Data { a: side(old_record), b: side(new_record), cells, moves })
        })
    });
    found.or_else(|said| session.hear(&said).and(Err(Stopped)))
}

fn tables(path: &str, plan: &Plan, settings: &load::Settings, session: &Session) -> Result<Tables, Stopped> {
    let files = data::read(&[DataSource { path: path.to_string(), ..DataSource::default() }], plan, session)?;
    let (tables, said) = load::load(plan, files, settings);
    session.hear(&said)?;
    Ok(tables)
}
