//! `heng remedy`: packs and data in, out what would make each finding met, in whole units.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::Lang;
use crate::diag::catalog::{NoPack, UnitNotAsked};
use crate::model::verdict::{Finding, Verdict};
use crate::report::{self, Page};

use super::run::{self, Format};
use super::session::{Session, Stopped};
use super::{audit, finding, pick};

pub fn command(lang: Lang) -> Command {
    let command = Command::new("remedy")
        .about(pick(lang, "Works out what would make rules met, in whole units.", "推算怎样才能达标，以整数个单位计。"))
        .arg(Arg::new("rules").value_name("RULE").num_args(0..).help(pick(lang, "Only these rules; otherwise all that are not met or undecided.", "只看这些指标；不写则为全部不达标和无法判定的指标。")))
        .arg(Arg::new("unit").long("unit").value_name("KEY").num_args(1..).action(ArgAction::Append).help(pick(lang, "Only the units with these keys.", "只看这些主键的对象。")));
    finding::options(command, lang).after_help(pick(
        lang,
        "Each remedy was tried: the changed data were judged again. Exit status: 0 no remedy is needed, 1 some are, 2 could not run.",
        "每条办法都已试过：改动后的数据重新作了判定。退出状态：0 无需补救，1 需要补救，2 未能运行。",
    ))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let packs = finding::packs(matches, session);
    if packs.is_empty() {
        return session.stop(NoPack { form: "heng remedy --pack PACK --data DIR --as-of 2026-09-01".into() });
    }
    let (rules, units) = (audit::texts(matches, "rules"), audit::texts(matches, "unit"));
    let request = finding::request(matches, packs, rules, units.clone(), session)?;
    let json = request.formats.iter().any(|(format, _)| *format == Format::Json);
    let understood = run::understand(&request.packs, json, session)?;
    session.hear(&understood.said)?;
    run::judge(&understood, &request, session, |page, session| {
        let typed = &units;
        let units: Vec<String> = typed.iter().map(|unit| page.clear_key(unit)).collect();
        every_unit_is_there(page, &request.ask.rules, &units, session)?;
        let verdict = chosen(page.verdict, &units);
        let page = Page { verdict: &verdict, ..page.clone() };
        session.result_as(&if json { report::json(&page) } else { report::remedies(&page) }, json)?;
        Ok(u8::from(verdict.findings.iter().any(|finding| !finding.remedy.is_empty())))
    })
}

fn chosen(verdict: &Verdict, units: &[String]) -> Verdict {
    let mut verdict = verdict.clone();
    verdict.findings.retain(|finding| units.is_empty() || units.contains(&finding.unit.key));
    verdict
}

fn every_unit_is_there(page: &Page, rules: &[String], units: &[String], session: &Session) -> Result<(), Stopped> {
    let Some(unknown) = units.iter().find(|unit| page.verdict.findings.iter().all(|finding| finding.unit.key != **unit)) else { return Ok(()) };
    let all: Vec<&Finding> = page.verdict.findings.iter().collect();
    let rule = if rules.is_empty() { page.plan.packs.iter().map(|pack| pack.id.clone()).collect::<Vec<_>>().join(", ") } else { rules.join(", ") };
    session.stop(UnitNotAsked { rule: rule.into(), unit: finding::typed(page, unknown).into(), help: finding::which(page.plan, &all, Some(unknown), page.show_personal) })
}
