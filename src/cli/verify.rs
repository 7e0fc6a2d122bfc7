//! `heng verify`: a report in; judged again from what it records, whether it is identical, or where it differs.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::{Lang, Text};
use crate::diag::catalog::{ChosenByOtherMasks, OptionNotRepeated, OtherMasks};
use crate::report::MaskKey;
use crate::diff::{Record, verified};

use super::again::{self, Asked, Known};
use super::recorded::{self, Places};
use super::session::{Session, Stopped};
use super::{audit, pick, run};

pub fn command(lang: Lang) -> Command {
    Command::new("verify")
        .about(pick(lang, "Judges again from what a report records, and says whether it is identical or where it differs.", "据报告所记录的标准和数据重新判定，说明是否一致、何处不同。"))
        .arg(Arg::new("report").value_name("REPORT").required(true).help(pick(lang, "A report that `heng audit --format json` wrote.", "“heng audit --format json”写出的报告。")))
        .args(places(lang))
        .after_help(pick(lang, "Exit status: 0 identical, 1 something differs, 2 could not run.", "退出状态：0 一致，1 有不同，2 未能运行。"))
}

/// Where the files of a report are now, and whether what is personal may be shown.
pub fn places(lang: Lang) -> [Arg; 3] {
    let many = |id: &'static str, value: &'static str, en, zh| Arg::new(id).long(id).value_name(value).num_args(1..).action(ArgAction::Append).help(pick(lang, en, zh));
    [
        many("data", "DIR|FILE", "Where the data are now, if not where the report says.", "数据现在的位置；不写则取报告所记的位置。"),
        many("pack", "PACK", "Where the packs are now, if not where the report says.", "标准现在的位置；不写则取报告所记的位置。"),
        Arg::new("show-personal").long("show-personal").action(ArgAction::SetTrue).help(pick(lang, "The report may show personal columns in clear, and so may what is said of it.", "允许报告中的个人信息为原文，输出内容亦可显示。")),
    ]
}

pub fn places_of(matches: &ArgMatches) -> Places {
    Places { packs: audit::texts(matches, "pack"), data: audit::texts(matches, "data") }
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let path = matches.get_one::<String>("report").cloned().unwrap_or_default();
    let report = recorded::read(&path, matches.get_flag("show-personal"), session)?;
    if !report.options.set.is_empty() {
        return session.stop(OptionNotRepeated { option: Text::new("parameters set by hand", "手工设定的标准值") });
    }
    let mut report = report;
    let places = places_of(matches);
    // A report of rules without a `pack` line may record no pack at all: it is where the user says.
    if report.packs.is_empty() {
        report.packs.extend(recorded::unnamed(&places));
    }
    if report.mask_key.is_some() {
        session.seed_masks(recorded::look(&report, &places).files.iter().flatten().map(|file| file.bytes.as_slice()));
    }
    let key = session.any_mask_key(report.mask_key.is_some())?;
    let has_other_key = report.mask_key.as_ref().is_some_and(|known| *known != key.fingerprint());
    if has_other_key && report.chooses_by_mask() {
        return session.stop(ChosenByOtherMasks { path: path.as_str().into() });
    }
    let again = repeated(&report, &places, &key, session)?;
    if has_other_key {
        session.say(&[OtherMasks { path: path.as_str().into() }.into()]);
        report = report.with_masks_of(&again);
    }
    let found = verified(&report, &again);
    session.result(&found.text(session.lang()))?;
    Ok(u8::from(!found.is_identical()))
}

fn repeated(report: &Record, places: &Places, key: &MaskKey, session: &mut Session) -> Result<Record, Stopped> {
    let (packs, files) = recorded::all(report, recorded::look(report, places), session)?;
    let rules = run::understood(packs, true, &mut session.sources, &|_, _| ());
    if !run::sound(&rules) {
        session.hear(&rules.said)?;
    }
    // A report holds remedies only where they were asked for.
    let remedy = report.findings.iter().any(|found| found.whole.get("remedy").and_then(serde_json::Value::as_array).is_some_and(|all| !all.is_empty()));
    let asked = Asked { remedy, ..Asked::of(report) };
    let made = again::tables(&rules.plan, &files, &asked.reading, report.as_of).and_then(|tables| {
        let known = Known { sources: &session.sources, packs: &rules.digests, path: &report.path, key };
        again::judge(&rules.plan, &tables, &asked, report.as_of, known)
    });
    made.or_else(|said| session.hear(&said).and(Err(Stopped)))
}
