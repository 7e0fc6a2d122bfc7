//! What `heng explain` and `heng remedy` share: the options that say of what they speak, and the request that they make.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::{Lang, Text};
use crate::diag::catalog::{list, nearest};
use crate::judge::Ask;
use crate::model::ast::RuleKind;
use crate::model::plan::Plan;
use crate::base::mask::begins_as_mask;
use crate::load::HIDDEN;
use crate::model::verdict::Finding;
use crate::report::Page;

use super::run::{self, Format, Request};
use super::session::{Session, Stopped};
use super::{audit, formats, pick};

/// As many units are named in a message.
const HANDFUL: usize = 5;

/// Packs, data, day and form, said as `heng audit` says them.
pub fn options(command: Command, lang: Lang) -> Command {
    let many = |id: &'static str, value: &'static str, en, zh| Arg::new(id).long(id).value_name(value).num_args(1..).action(ArgAction::Append).help(pick(lang, en, zh));
    command
        .arg(many("pack", "PACK", "Where the rules stand; otherwise the packs of heng.toml.", "指标所在的标准；不写则取 heng.toml 中的。"))
        .arg(many("data", "DIR|FILE", "A folder of data files, or such files; otherwise those of heng.toml.", "存放数据文件的文件夹，或数据文件；不写则取 heng.toml 中的。"))
        .arg(Arg::new("as-of").long("as-of").value_name("DATE").help(pick(lang, "The day as of which the data are judged, as 2026-09-01.", "基准日，如 2026-09-01。")))
        .arg(Arg::new("format").long("format").value_name("text|json").help(pick(lang, "text or json; text if not said.", "text 或 json；不写则为 text。")))
        .arg(Arg::new("show-personal").long("show-personal").action(ArgAction::SetTrue).help(pick(
            lang,
            "Show personal columns in clear instead of masked.",
            "个人信息列显示原文，不作遮掩。",
        )))
}

/// The packs that were named, else those of heng.toml.
pub fn packs(matches: &ArgMatches, session: &Session) -> Vec<String> {
    let named = audit::texts(matches, "pack");
    if named.is_empty() { session.project.settings.packs.clone() } else { named }
}

/// Some rules judged, with the remedies of some units: no list is all.
pub fn request(matches: &ArgMatches, packs: Vec<String>, rules: Vec<String>, units: Vec<String>, session: &mut Session) -> Result<Request, Stopped> {
    let named = audit::texts(matches, "data");
    audit::use_pack_project(&packs, !named.is_empty(), session)?;
    let project = session.project.clone();
    Ok(Request {
        data: audit::sources(named, &project, session)?,
        settings: project.settings.clone(),
        ask: Ask {
            as_of: run::as_of(matches.get_one("as-of"), project.settings.as_of, session)?,
            counties: Vec::new(),
            units: Vec::new(),
            rules,
            fail_level: RuleKind::Advice,
            strict: false,
        },
        formats: vec![(if formats::text_or_json(matches, session)? { Format::Json } else { Format::Text }, None)],
        violations: None,
        show_personal: matches.get_flag("show-personal"),
        remedy: Some(units),
        packs,
    })
}

/// A key as it was typed, unless it may be that of a person.
pub fn typed<'k>(page: &Page, key: &'k str) -> &'k str {
    let has_personal_keys = !page.show_personal && (0..page.plan.tables.len()).any(|table| page.plan.has_personal_key(table));
    let is_known = || page.tables.tables.iter().enumerate().any(|(at, table)| !page.plan.has_personal_key(at) && table.keys.iter().any(|own| **own == *key));
    if has_personal_keys && !begins_as_mask(key) && !is_known() { HIDDEN } else { key }
}

/// A unit that comes near one that is not there, else some that are; personal keys are not named.
pub fn which(plan: &Plan, findings: &[&Finding], wanted: Option<&str>, show_personal: bool) -> Text {
    let is_hidden = |finding: &&&Finding| !show_personal && finding.unit.table.is_some_and(|table| plan.has_personal_key(table));
    let keys: Vec<&str> = findings.iter().filter(|finding| !is_hidden(finding)).map(|finding| finding.unit.key.as_str()).collect();
    if let Some(near) = wanted.and_then(|wanted| nearest(wanted, keys.iter().copied())) {
        return Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？"));
    }
    let some: Vec<Text> = keys.iter().take(HANDFUL).map(|key| Text::from(*key)).collect();
    if some.is_empty() {
        return Text::new("name a unit that the report shows: `--unit KEY`", "请指明报告中的对象：“--unit 主键”");
    }
    let more = keys.len().saturating_sub(some.len());
    let named = if more > 0 { Text::join(&some, ", ", "、") } else { list(&some) };
    let more = if more > 0 { Text::new(format!(" and {more} more"), format!(" 等 {} 个", keys.len())) } else { Text::default() };
    Text::new(format!("name one of its units with `--unit`: {}{}", named.en, more.en), format!("用“--unit”指明其中一个对象：{}{}", named.zh, more.zh))
}
