//! The pipeline, in one place: rule texts to a plan, files to tables, both to a verdict, the verdict to reports.
//! Each step is a call of the library; this page reads, hands on, and says what each step had to say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::base::{Date, Sources, Text};
use crate::diag::catalog::{ComeAlong, NothingChosen, NothingJudged, first_of, nearest};
use crate::diag::{Diagnostic, any_error};
use crate::judge::Ask;
use crate::load::HIDDEN;
use crate::model::ast;
use crate::model::plan::Plan;
use crate::model::table::Tables;
use crate::model::verdict::{UnitId, Verdict};
use crate::report::{Options, PackDigest, Page, Reading, Told};
use crate::suite::{bases, cut};
use crate::suite::packs::{self, RuleFile};
use crate::suite::settings::{DataSource, Settings};
use crate::suite::stage::load_settings;
use crate::{check, judged, load, parse, remedied, report, say};

use super::session::{Session, Stopped};
use super::formats::Inputs;
use super::output::For;
use super::writing::{Readers, Writing};
use super::{data, formats, output};

/// Packs as they were understood.
pub struct Rules {
    pub plan: Plan,
    /// In the order of their sources.
    pub files: Vec<ast::File>,
    pub said: Vec<Diagnostic>,
    pub digests: Vec<PackDigest>,
    /// The paths that were read.
    pub read: Vec<String>,
}

/// What an audit is asked to do.
pub struct Request {
    pub packs: Vec<String>,
    pub data: Vec<DataSource>,
    pub settings: Settings,
    pub ask: Ask,
    pub formats: formats::Wanted<Format>,
    /// Where every row that breaches goes.
    pub violations: Option<PathBuf>,
    pub show_personal: bool,
    /// Keys of the units whose remedies are worked out, empty for all; `None` for no remedies.
    pub remedy: Option<Vec<String>>,
}

impl Request {
    /// Where results go.
    fn written(&self) -> formats::Wanted<()> {
        let violations = self.violations.iter().map(|path| ((), Some(path.clone())));
        self.formats.iter().map(|(_, path)| ((), path.clone())).chain(violations).collect()
    }

    /// Only the JSON report shows the digests of what was read.
    fn shows_digests(&self) -> bool {
        self.formats.iter().any(|(format, _)| *format == Format::Json)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
    Csv,
    Junit,
}

/// `Source → ast::File → Plan`, for packs in the order of their ids.
pub fn understand(paths: &[String], digests: bool, session: &mut Session) -> Result<Rules, Stopped> {
    let mut read = Vec::new();
    for path in paths {
        read.push(session.need(packs::read(path.as_ref(), path))?);
    }
    let named = |file: &RuleFile| paths.iter().filter(|path| file.path.starts_with(path.as_str())).max_by_key(|path| path.len()).cloned();
    let looked = bases::complete(&mut read, &|file, id| bases::beside(&named(file).unwrap_or_else(|| folder_of(&file.path)), id));
    // A base that was found beside is known by its folder, or by its one file.
    let own = |files: &[RuleFile]| match files {
        [one] => one.path.clone(),
        _ => files.first().map(|file| folder_of(&file.path)).unwrap_or_default(),
    };
    let path = |at: usize, files: &[RuleFile]| paths.get(at).cloned().unwrap_or_else(|| own(files));
    let packs = read.into_iter().enumerate().map(|(at, files)| (path(at, &files), files)).collect();
    Ok(understood(packs, digests, &mut session.sources, &|said, sources| bases::told(said, &looked, sources)))
}

/// The same of packs that were read already, each with the path that it was named by; `told` may add to the messages.
pub fn understood(packs: Vec<(String, Vec<RuleFile>)>, digests: bool, sources: &mut Sources, told: &dyn Fn(&mut Vec<Diagnostic>, &Sources)) -> Rules {
    let mut groups: Vec<_> = packs.into_iter().map(|(path, files)| (id(&files), path, files)).collect();
    groups.sort_by(|one, other| one.0.cmp(&other.0));
    let mut rules = Rules { plan: Plan::default(), files: Vec::new(), said: Vec::new(), digests: Vec::new(), read: Vec::new() };
    for (id, path, files) in groups {
        rules.digests.extend(digests.then(|| digest(id.unwrap_or_default(), path, &files)));
        for RuleFile { path, text } in files {
            let source = sources.add(path.clone(), text);
            let (file, said) = parse::parse(source, &sources.get(source).text);
            rules.said.extend(said);
            rules.files.push(file);
            rules.read.push(path);
        }
    }
    let (plan, said) = check::check(&rules.files);
    rules.plan = plan;
    rules.said.extend(said);
    told(&mut rules.said, sources);
    rules.said = cut::explained(&rules.files, sources, rules.said);
    rules
}

/// `bytes → Tables → Reduced → Verdict → bytes`. Gives the exit status.
pub fn audit(request: &Request, session: &mut Session) -> Result<u8, Stopped> {
    let rules = understand(&request.packs, request.shows_digests(), session)?;
    session.hear(&rules.said)?;
    judge(&rules, request, session, |page, session| {
        let written = request.written();
        let mut writing = session.need(Writing::begin(Readers::of(request.show_personal), written.iter().map(|((), path)| path.as_deref())))?;
        for (at, (format, path)) in request.formats.iter().enumerate() {
            let (text, whom) = match format {
                Format::Text => (report::text(&Page { color: page.color && path.is_none(), ..page.clone() }), For::People),
                Format::Json => (report::json(page), For::Programs),
                Format::Csv => (report::csv(page), For::Programs),
                // Logs of tests are read by people too.
                Format::Junit => (report::junit(page), For::People),
            };
            session.need(writing.take(at, text, whom))?;
        }
        if request.violations.is_some() {
            let clear = |list: &[String]| list.iter().map(|key| page.clear_key(key)).collect::<Vec<_>>();
            let ask = Ask { units: clear(&request.ask.units), counties: clear(&request.ask.counties), ..request.ask.clone() };
            let mut verdict = ManuallyDrop::new(crate::judged_in_full(page.plan, page.tables, &ask));
            if !request.show_personal {
                report::arrange(page.plan, page.tables, page.reduced, &mut verdict);
            }
            let text = report::violations(&Page { verdict: &verdict, ..page.clone() });
            session.need(writing.take(request.formats.len(), text, For::Programs))?;
        }
        session.need(writing.finish())?;
        Ok(page.verdict.status)
    })
}

/// Every rule of packs that were understood, tried on data.
pub fn tried(rules: &Rules, request: &Request, session: &mut Session) -> Result<String, Stopped> {
    judge(rules, request, session, |page, _| Ok(report::trial(page)))
}

/// Judges data by packs that were understood without an error, and hands on the page that any report is made of.
pub fn judge<T>(rules: &Rules, request: &Request, session: &mut Session, make: impl FnOnce(&Page, &Session) -> Result<T, Stopped>) -> Result<T, Stopped> {
    let plan = &rules.plan;
    session.hear(&check::standing(plan, request.ask.as_of))?;
    chosen_rules(plan, &request.ask, session)?;
    let files = data::read(&request.data, plan, session)?;
    let read = Inputs::new(rules.read.iter().chain(files.iter().map(|file| &file.path)).chain(&session.project.path));
    let is_table = |within: &std::path::Path| within.to_str().is_some_and(|name| data::is_table(plan, name));
    let read = request.data.iter().fold(read, |read, source| read.with(&source.path, is_table));
    formats::refuse_overwriting(&request.written(), &read, session)?;
    let (settings, mut said) = load_settings(&request.settings, plan);
    let settings = load::Settings { digests: request.shows_digests(), as_of: Some(request.ask.as_of), ..settings };
    let told = told(&files);
    if !request.show_personal && (0..plan.tables.len()).any(|table| plan.has_personal(table)) {
        session.seed_masks(files.iter().map(|file| file.bytes.as_slice()));
    }
    let (tables, faults) = load::load(plan, files, &settings);
    said.extend(faults);
    session.hear(&said)?;
    // The process ends with the report: to take large tables apart before it does would only cost time.
    let tables = ManuallyDrop::new(tables);
    let masks = session.masks(plan, &tables, request.show_personal)?;
    // A unit may be named by the mask that a report shows.
    let clear = |list: &[String]| list.iter().map(|key| report::unmasked(plan, &tables, &masks, key)).collect::<Vec<_>>();
    let ask = Ask { units: clear(&request.ask.units), counties: clear(&request.ask.counties), ..request.ask.clone() };
    let (reduced, mut verdict) = judged(plan, &tables, &ask);
    if let Some(units) = &request.remedy {
        let units = clear(units);
        remedied(plan, &tables, &mut verdict, &ask, |finding| units.is_empty() || units.contains(&finding.unit.key));
    }
    if !request.show_personal {
        report::arrange(plan, &tables, &reduced, &mut verdict);
    }
    let (reduced, verdict) = (ManuallyDrop::new(reduced), ManuallyDrop::new(verdict));
    something_judged(plan, &tables, &verdict, &ask, session)?;
    session.say(come_with(plan, &verdict, &ask).as_slice());
    let page = Page {
        plan,
        tables: &tables,
        reduced: &reduced,
        verdict: &verdict,
        sources: &session.sources,
        packs: rules.digests.clone(),
        options: Options { reading: reading(&request.settings, &settings, told), ..options(&ask) },
        said: say::conditions(plan),
        lang: session.lang(),
        color: output::color(),
        width: output::width(),
        show_personal: request.show_personal,
        masks,
        alike: std::sync::OnceLock::new(),
    };
    make(&page, session)
}

/// The folder of a base that was found beside another pack.
fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_string())
}

/// The id of a pack: what its `pack` line says. Sources are numbered in the order of packs, so it must be known before.
pub fn id(files: &[RuleFile]) -> Option<String> {
    files.iter().find_map(|file| parse::pack_id(&file.text))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 of the lines that `sha256sum` prints for the files, by their paths as they were read.
pub fn digest(id: String, path: String, files: &[RuleFile]) -> PackDigest {
    let folder = files.first().and_then(|file| file.path.rfind('/')).map_or(0, |slash| slash + 1);
    let mut whole = Sha256::new();
    let mut each = Vec::new();
    for file in files {
        let own = hex(&Sha256::digest(&file.text));
        whole.update(format!("{own}  {}\n", file.path.get(folder..).unwrap_or(&file.path)));
        each.push((file.path.clone(), own));
    }
    PackDigest { id, sha256: hex(&whole.finalize()), path, files: each }
}

/// What the settings said about reading; column names are ids here.
fn reading(said: &Settings, settings: &load::Settings, files: BTreeMap<String, Told>) -> Reading {
    Reading { missing: said.missing.clone(), token_is_zero: said.token_is_zero, aliases: settings.aliases.clone(), files }
}

fn told(files: &[load::File]) -> BTreeMap<String, Told> {
    let of = |file: &load::File| Told { table: file.table.clone(), encoding: file.encoding.clone(), delimiter: file.delimiter.map(char::from), manner: file.manner.clone() };
    files.iter().map(|file| (file.path.clone(), of(file))).filter(|(_, told)| *told != Told::default()).collect()
}

pub fn options(ask: &Ask) -> Options {
    Options { rules: ask.rules.clone(), counties: ask.counties.clone(), units: ask.units.clone(), strict: ask.strict, fail_level: ask.fail_level, ..Options::default() }
}

/// Every `--rule` names a rule.
fn chosen_rules(plan: &Plan, ask: &Ask, session: &Session) -> Result<(), Stopped> {
    let known = |wanted: &str| (0..plan.rules.len()).any(|rule| plan.is_called(rule, wanted));
    match ask.rules.iter().find(|wanted| !known(wanted)) {
        Some(unknown) => session.stop(nothing("--rule", unknown, nearest(unknown, plan.rules.iter().map(|rule| rule.names.id.as_str())))),
        None => Ok(()),
    }
}

/// Which other keys come with the units that were chosen: the parts of a school, its classes, its staff.
fn come_with(plan: &Plan, verdict: &Verdict, ask: &Ask) -> Option<Diagnostic> {
    let shown = |unit: &UnitId| !ask.units.contains(&unit.key) && unit.table.is_some_and(|table| !plan.has_personal_key(table));
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let findings = verdict.findings.iter().filter(|finding| !ask.units.is_empty() && shown(&finding.unit));
    let keys: Vec<Text> = findings.map(|finding| finding.unit.key.as_str()).filter(|key| named.insert(key)).map(Text::from).collect();
    (!keys.is_empty()).then(|| ComeAlong { keys: first_of(&keys, MOST_COME) }.into())
}

/// So many of them are named.
const MOST_COME: usize = 12;

/// An empty report would look like a clean one, and so would a choice that matches nothing.
fn something_judged(plan: &Plan, tables: &Tables, verdict: &Verdict, ask: &Ask, session: &Session) -> Result<(), Stopped> {
    // A key that may not appear in clear is not offered either.
    let keys = || tables.tables.iter().enumerate().filter(|(at, _)| !plan.has_personal_key(*at)).flat_map(|(_, table)| table.keys.iter().map(AsRef::as_ref));
    for (option, wanted) in [("--county", &ask.counties), ("--unit", &ask.units)] {
        if let Some(value) = wanted.iter().find(|value| verdict.unmatched.contains(value)) {
            let near = nearest(value, keys());
            // Where keys are personal, what was typed may be one.
            let may_be_personal = (0..plan.tables.len()).any(|table| plan.has_personal_key(table)) && near.is_none() && !crate::base::mask::begins_as_mask(value);
            return session.stop(nothing(option, if may_be_personal { HIDDEN } else { value }, near));
        }
    }
    if plan.rules.is_empty() {
        return session.stop(NothingJudged { why: Text::new("the pack has no rule", "标准中没有指标") });
    }
    if verdict.findings.is_empty() && !(ask.counties.is_empty() && ask.units.is_empty() && ask.rules.is_empty()) {
        return session.stop(NothingJudged { why: Text::new("no rule asks what was chosen", "选取的范围内没有任何指标适用的对象") });
    }
    if verdict.findings.is_empty() && verdict.asked.iter().all(|asked| asked.reason.is_empty()) {
        return session.stop(NothingJudged { why: Text::new("no rule asks any row of these data", "这些数据中没有任何一行适用于任何指标") });
    }
    Ok(())
}

fn nothing(option: &str, value: &str, near: Option<&str>) -> NothingChosen {
    let help = match near {
        Some(near) if near != value => Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？")),
        _ => Text::new(format!("leave `{option}` out to see all"), format!("去掉“{option}”可查看全部")),
    };
    NothingChosen { option: option.into(), value: value.into(), help }
}

/// Whether packs were understood without an error.
pub fn sound(rules: &Rules) -> bool {
    !any_error(&rules.said)
}

/// A request's as-of date, for messages that need an example.
pub const EXAMPLE_DATE: &str = "2026-09-01";

/// The date of a run, which must be said.
pub fn as_of(written: Option<&String>, project: Option<Date>, session: &Session) -> Result<Date, Stopped> {
    use crate::diag::catalog::{NoAsOf, WrongValue};
    match written {
        Some(text) => match crate::suite::settings::date(text) {
            Some(date) => Ok(date),
            None => session.stop(WrongValue { option: "--as-of".into(), value: text.into(), allowed: Text::new(format!("a day of the calendar, as {EXAMPLE_DATE}"), format!("实有的日期，如 {EXAMPLE_DATE}")) }),
        },
        None => match project {
            Some(date) => Ok(date),
            None => session.stop(NoAsOf { form: format!("--as-of {EXAMPLE_DATE}").into() }),
        },
    }
}
