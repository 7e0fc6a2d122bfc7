//! Playing a case: its rules, tables and date in; every message and, where nothing stopped it, the verdict out.
//! The same steps as an audit, on texts instead of files.

use std::collections::BTreeSet;

use crate::base::{Date, Lang, SourceId, Sources, Text};
use crate::diag::catalog::{AliasOfTwo, CaseNeedsDate, SettingNamesNothing, WrongSetting, nearest};
use crate::diag::show::{Style, render};
use crate::diag::{Diagnostic, any_error};
use crate::judge::Ask;
use crate::load::{self, File};
use crate::model::ast::{self, RuleKind};
use crate::model::plan::{Plan, Titles};
use crate::model::reduced::Reduced;
use crate::model::table::Tables;
use crate::model::verdict::Verdict;
use crate::report::{MaskKey, Masks, Options, Page};
use crate::lint::{self, Linted};
use crate::{check, judge, judged, parse, report, say};

use super::Find;
use super::bases::{self, Looked};
use super::case::{Case, Expected, Setup};
use super::packs::{RuleFile, join};
use super::settings::{Alias, Settings, date, read};

/// Columns of rendered messages and reports in suites.
pub const WIDTH: usize = 100;

/// What came of a case.
#[derive(Debug)]
pub struct Stage {
    pub sources: Sources,
    /// The trees of the sources, in their order.
    pub files: Vec<ast::File>,
    /// The sources that stand in the suite itself.
    pub own: Vec<Own>,
    /// The sources of packs that no case names, but that others extend.
    pub bases: Vec<SourceId>,
    pub said: Vec<Diagnostic>,
    pub plan: Plan,
    /// Absent if an error stopped the case before.
    pub linted: Option<Linted>,
    /// Absent if an error stopped the case, or nothing asked for it.
    pub judged: Option<Judged>,
}

/// Rules that a suite writes down itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    pub source: SourceId,
    /// The suite.
    pub path: String,
    /// The line of the suite on which they begin.
    pub line: usize,
}

#[derive(Debug)]
pub struct Judged {
    pub tables: Tables,
    pub reduced: Reduced,
    pub verdict: Verdict,
}

impl Stage {
    /// The messages as a reader sees them.
    pub fn output(&self, lang: Lang) -> String {
        let style = Style { lang, color: false, width: WIDTH };
        self.said.iter().map(|one| render(one, &self.sources, style)).collect::<Vec<_>>().join("\n")
    }

    /// The units that each rule could ask, were it not for its conditions: the rule and the key.
    pub fn units(&self) -> BTreeSet<(usize, String)> {
        let Some(Judged { tables, reduced, verdict }) = &self.judged else { return BTreeSet::new() };
        let mut plan = self.plan.clone();
        for def in &mut plan.rules {
            (def.scope, def.when) = (None, None);
            def.require.clear();
            def.grades.clear();
            (def.layers, def.exceptions) = (Vec::new(), Vec::new());
        }
        plan.order = (0..plan.rules.len()).collect();
        judge::judge(&plan, tables, reduced, &ask(verdict.as_of)).findings.into_iter().map(|finding| (finding.rule, finding.unit.key)).collect()
    }

    /// What the lints find, and what is set aside, as a reader sees it.
    pub fn lints(&self, lang: Lang) -> String {
        let Some(linted) = &self.linted else { return String::new() };
        let style = Style { lang, color: false, width: WIDTH };
        let found = linted.found.iter().map(|one| render(one, &self.sources, style));
        let aside: String = linted.allowed.iter().map(|one| format!("{}\n", one.said_aside(&self.plan).get(lang))).collect();
        found.chain((!aside.is_empty()).then_some(aside)).collect::<Vec<_>>().join("\n")
    }

    /// Every rule as it is read back.
    pub fn reading(&self, lang: Lang) -> String {
        let parts = say::together(&self.plan, &|_| true);
        parts.iter().map(|lines| lines.iter().map(|line| format!("{}\n", line.get(lang))).collect::<String>()).collect::<Vec<_>>().join("\n")
    }

    /// The text report; nothing if the case was not judged.
    pub fn report(&self, lang: Lang) -> String {
        self.page(lang).map(|page| report::text(&page)).unwrap_or_default()
    }

    /// A text with what is personal in the case's tables hidden, as nothing may tell it unasked.
    pub fn scrubbed(&self, text: &str) -> String {
        self.page(Lang::En).map_or_else(|| text.to_string(), |page| page.scrubbed(text))
    }

    fn page(&self, lang: Lang) -> Option<Page<'_>> {
        let Judged { tables, reduced, verdict } = self.judged.as_ref()?;
        Some(page(&self.plan, &self.sources, (tables, reduced, verdict), say::conditions(&self.plan), lang))
    }
}

/// The text report of a verdict, with what each rule says in words.
pub fn report(plan: &Plan, sources: &Sources, (tables, reduced, verdict): (&Tables, &Reduced, &Verdict), said: Vec<Vec<Text>>, lang: Lang) -> String {
    report::text(&page(plan, sources, (tables, reduced, verdict), said, lang))
}

fn page<'p>(plan: &'p Plan, sources: &'p Sources, (tables, reduced, verdict): (&'p Tables, &'p Reduced, &'p Verdict), said: Vec<Vec<Text>>, lang: Lang) -> Page<'p> {
    Page { plan, tables, reduced, verdict, sources, packs: Vec::new(), options: Options::default(), said, lang, color: false, width: WIDTH, show_personal: false, masks: Masks::of(plan, tables, MaskKey::of_suites()), alike: std::sync::OnceLock::new() }
}

/// Plays a case. Errors: a pack that is not there, or no date where one is needed.
pub fn play(case: &Case<'_>, find: &Find<'_>) -> Result<Stage, Box<Diagnostic>> {
    let mut stage = Stage { sources: Sources::default(), files: Vec::new(), own: Vec::new(), bases: Vec::new(), said: Vec::new(), plan: Plan::default(), linted: None, judged: None };
    let (files, looked) = rules(case, find, &mut stage)?;
    let (plan, said) = check::check(&files);
    stage.plan = plan;
    stage.said.extend(said);
    bases::told(&mut stage.said, &looked, &stage.sources);
    stage.said = super::cut::explained(&files, &stage.sources, std::mem::take(&mut stage.said));
    stage.files = files;
    let settings = settings(case, &mut stage);
    let as_of = as_of(case, &settings)?;
    if let Some(as_of) = as_of.filter(|_| !any_error(&stage.said)) {
        let standing = check::standing(&stage.plan, as_of);
        stage.said.extend(standing);
    }
    if !any_error(&stage.said) && case.expected.iter().any(|(expected, _)| matches!(expected, Expected::Lints | Expected::Lint(_))) {
        stage.linted = Some(lint::lint(&stage.plan, as_of));
    }
    if any_error(&stage.said) || !wants_data(case) {
        return Ok(stage);
    }
    let (loading, said) = load_settings(&settings, &stage.plan);
    let loading = load::Settings { as_of, ..loading };
    stage.said.extend(said);
    let (tables, said) = load::load(&stage.plan, tables(case, &settings), &loading);
    stage.said.extend(said);
    if any_error(&stage.said) {
        return Ok(stage);
    }
    if let Some(as_of) = as_of {
        let (reduced, verdict) = judged(&stage.plan, &tables, &ask(as_of));
        stage.judged = Some(Judged { tables, reduced, verdict });
    }
    Ok(stage)
}

/// What every case asks: everything, as of its day.
pub fn ask(as_of: Date) -> Ask {
    Ask { as_of, counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false }
}

/// What settings say about reading tables. Tables and columns are named by id or title; a name that is neither is said.
pub fn load_settings(settings: &Settings, plan: &Plan) -> (load::Settings, Vec<Diagnostic>) {
    let mut made = load::Settings { token_is_zero: settings.token_is_zero, ..load::Settings::default() };
    let mut said = Vec::new();
    if let Some(tokens) = &settings.missing {
        made.missing_tokens.clone_from(tokens);
    }
    for alias in &settings.aliases {
        match named(alias, plan) {
            Ok((table, column)) => match of_two(alias, plan, &made, &table, &column) {
                None => made.aliases.entry(table).or_default().entry(column).or_default().extend(alias.headers.iter().cloned()),
                Some(why) => said.push(*why),
            },
            Err(why) => said.push(*why),
        }
    }
    for (column, at) in settings.data.iter().flat_map(|source| &source.bare_at) {
        let names = || plan.tables.iter().flat_map(|table| &table.columns).flat_map(|column| column.names.all());
        if !names().any(|known| known == column) {
            said.push(names_nothing(Text::new("column", "列"), column, names()).on(at.clone(), Text::default()));
        }
    }
    (made, said)
}

/// A header that would be two columns: it is an alias of another column already, or another column's own name.
fn of_two(alias: &Alias, plan: &Plan, made: &load::Settings, table: &str, column: &str) -> Option<Box<Diagnostic>> {
    let columns = &plan.tables.iter().find(|known| known.names.id == table)?.columns;
    let aliases = made.aliases.get(table);
    let (header, other) = alias.headers.iter().find_map(|header| {
        let folded = load::fold_name(header);
        let goes_by = |names: &Titles| {
            let further = aliases.and_then(|aliases| aliases.get(&names.id)).into_iter().flatten().map(String::as_str);
            names.all().chain(further).any(|name| load::fold_name(name) == folded)
        };
        let other = columns.iter().find(|known| known.names.id != column && goes_by(&known.names))?;
        Some((header, other))
    })?;
    let this = columns.iter().find(|known| known.names.id == column)?;
    let message = AliasOfTwo { header: header.clone().into(), first: other.names.short(), second: this.names.short() };
    Some(Box::new(Diagnostic::from(message).on(alias.column_at.clone(), Text::default())))
}

/// The ids of the table and the column of an alias.
fn named(alias: &Alias, plan: &Plan) -> Result<(String, String), Box<Diagnostic>> {
    let called = |names: &Titles, wanted: &str| names.all().any(|known| known == wanted);
    let Some(table) = plan.tables.iter().find(|table| called(&table.names, &alias.table)) else {
        let known = plan.tables.iter().flat_map(|table| table.names.all());
        return Err(Box::new(names_nothing(Text::new("table", "数据表"), &alias.table, known).on(alias.table_at.clone(), Text::default())));
    };
    let Some(column) = table.columns.iter().find(|column| called(&column.names, &alias.column)) else {
        let known = table.columns.iter().flat_map(|column| column.names.all());
        return Err(Box::new(names_nothing(Text::new("column", "列"), &alias.column, known).on(alias.column_at.clone(), Text::default())));
    };
    Ok((table.names.id.clone(), column.names.id.clone()))
}

fn names_nothing<'n>(kind: Text, name: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let help = match nearest(name, known) {
        Some(near) => Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？")),
        None => Text::new("write an id or a title of the pack", "请写标准中的代号或名称"),
    };
    SettingNamesNothing { kind, name: name.into(), help }.into()
}

/// The rule files of a case, those of the packs that they extend behind them.
fn rules(case: &Case<'_>, find: &Find<'_>, stage: &mut Stage) -> Result<(Vec<ast::File>, Looked), Box<Diagnostic>> {
    let (mut packs, mut written) = (Vec::new(), Vec::new());
    let mut unnamed = 0;
    for (setup, block) in &case.setup {
        match setup {
            Setup::Rules { name } => {
                unnamed += usize::from(name.is_none());
                let path = name.clone().unwrap_or_else(|| if unnamed > 1 { format!("rules-{unnamed}.heng") } else { "rules.heng".to_string() });
                written.push((packs.len(), case.suite.number(block.body.start)));
                packs.push(vec![RuleFile { path, text: case.body(block).to_string() }]);
            }
            Setup::Use => {
                for name in case.body(block).lines().map(str::trim).filter(|name| !name.is_empty()) {
                    packs.push(find(name).map_err(|why| Box::new(case.at_head(*why, block)))?);
                }
            }
            _ => {}
        }
    }
    let named = packs.len();
    let looked = bases::complete(&mut packs, &|file, id| base(find, file, id));
    let mut files = Vec::new();
    for (at, file) in packs.into_iter().enumerate().flat_map(|(at, pack)| pack.into_iter().map(move |file| (at, file))) {
        let source = stage.sources.add(file.path, file.text);
        stage.own.extend(written.iter().filter(|(pack, _)| *pack == at).map(|(_, line)| Own { source, path: case.suite.path.to_string(), line: *line }));
        stage.bases.extend((at >= named).then_some(source));
        files.push(parsed(source, stage));
    }
    Ok((files, looked))
}

/// A pack beside the folder of another, or by its id wherever packs are found.
fn base(find: &Find<'_>, file: &RuleFile, id: &str) -> Result<Vec<RuleFile>, Text> {
    let beside = file.path.rsplit_once('/').and_then(|(folder, _)| folder.rsplit_once('/')).map(|(above, _)| join(above, id));
    let found = beside.and_then(|path| find(&path).ok()).or_else(|| find(id).ok());
    found.ok_or_else(|| {
        Text::new(
            format!("`{id}` was looked for among the packs of the case, and as a folder that could be used; put it into a block or `use` it"),
            format!("已在本例的标准中，并按“use”的方式查找“{id}”；请写入本例，或用“use”写明"),
        )
    })
}

fn parsed(source: SourceId, stage: &mut Stage) -> ast::File {
    let (file, said) = parse::parse(source, &stage.sources.get(source).text);
    stage.said.extend(said);
    file
}

fn settings(case: &Case<'_>, stage: &mut Stage) -> Settings {
    let Some((_, block)) = case.setup.iter().find(|(setup, _)| *setup == Setup::Settings) else { return Settings::default() };
    let (settings, said) = read(case.body(block), "heng.toml");
    stage.said.extend(said);
    settings
}

/// A case that only looks at the messages of its rules needs no data.
fn wants_data(case: &Case<'_>) -> bool {
    needs_verdict(case) || case.setup.iter().any(|(setup, _)| matches!(setup, Setup::Table { .. }))
}

fn needs_verdict(case: &Case<'_>) -> bool {
    case.expected.iter().any(|(expected, _)| matches!(expected, Expected::Findings | Expected::Report(_)))
}

/// The tables of a case; what its settings say of a file of that name holds here too.
fn tables(case: &Case<'_>, settings: &Settings) -> Vec<File> {
    let file = |name: &str, ending: &str, text: &str| {
        let path = format!("{name}.{ending}");
        let said = settings.data.iter().find(|source| source.path == path).cloned().unwrap_or_default();
        File { path, bytes: text.as_bytes().to_vec(), table: Some(name.to_string()), encoding: None, delimiter: said.delimiter, manner: said.manner }
    };
    case.setup.iter().filter_map(|(setup, block)| if let Setup::Table { name, ending } = setup { Some(file(name, ending, case.body(block))) } else { None }).collect()
}

/// The date of the case. Errors: it is needed and not there, or is none.
fn as_of(case: &Case<'_>, settings: &Settings) -> Result<Option<Date>, Box<Diagnostic>> {
    let block = case.setup.iter().find(|(setup, _)| *setup == Setup::AsOf).map(|(_, block)| *block);
    let Some(block) = block else {
        return match (settings.as_of, case.expected.first()) {
            (None, Some((_, block))) if needs_verdict(case) => Err(Box::new(case.at_head(CaseNeedsDate { case: case.name.as_str().into() }, block))),
            (as_of, _) => Ok(as_of),
        };
    };
    let due = || Text::new("a date, as 2026-09-01", "日期，如 2026-09-01");
    date(case.body(block)).map(Some).ok_or_else(|| Box::new(case.at_head(WrongSetting { key: "as-of".into(), due: due() }, block)))
}
