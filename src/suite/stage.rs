//! Playing a case: its rules, tables and date in; every message and, where nothing stopped it, the verdict out.
//! The same steps as an audit, on texts instead of files.

use crate::base::{Date, Lang, SourceId, Sources, Text};
use crate::diag::catalog::{CaseNeedsDate, SettingNamesNothing, WrongSetting, nearest};
use crate::diag::show::{Style, render};
use crate::diag::{Diagnostic, any_error};
use crate::judge::Ask;
use crate::load::{self, File};
use crate::model::ast::{self, RuleKind};
use crate::model::plan::{Plan, Titles};
use crate::model::reduced::Reduced;
use crate::model::table::Tables;
use crate::model::verdict::Verdict;
use crate::report::{Options, Page};
use crate::{check, judged, parse, report, say};

use super::Find;
use super::case::{Case, Expected, Setup};
use super::settings::{Alias, Settings, date, read};

/// Columns of rendered messages and reports in suites.
pub const WIDTH: usize = 100;

/// What came of a case.
#[derive(Debug)]
pub struct Stage {
    pub sources: Sources,
    pub said: Vec<Diagnostic>,
    pub plan: Plan,
    /// Absent if an error stopped the case, or nothing asked for it.
    pub judged: Option<Judged>,
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
        Some(Page {
            plan: &self.plan,
            tables,
            reduced,
            verdict,
            sources: &self.sources,
            packs: Vec::new(),
            options: Options::default(),
            said: say::conditions(&self.plan),
            lang,
            color: false,
            width: WIDTH,
            show_personal: false,
        })
    }
}

/// Plays a case. Errors: a pack that is not there, or no date where one is needed.
pub fn play(case: &Case<'_>, find: &Find<'_>) -> Result<Stage, Box<Diagnostic>> {
    let mut stage = Stage { sources: Sources::default(), said: Vec::new(), plan: Plan::default(), judged: None };
    let files = rules(case, find, &mut stage)?;
    let (plan, said) = check::check(&files);
    stage.plan = plan;
    stage.said.extend(said);
    stage.said = super::cut::explained(&files, &stage.sources, std::mem::take(&mut stage.said));
    let settings = settings(case, &mut stage);
    let as_of = as_of(case, &settings)?;
    if let Some(as_of) = as_of.filter(|_| !any_error(&stage.said)) {
        let standing = check::standing(&stage.plan, as_of);
        stage.said.extend(standing);
    }
    if any_error(&stage.said) || !wants_data(case) {
        return Ok(stage);
    }
    let (loading, said) = load_settings(&settings, &stage.plan);
    stage.said.extend(said);
    let (tables, said) = load::load(&stage.plan, tables(case), &loading);
    stage.said.extend(said);
    if any_error(&stage.said) {
        return Ok(stage);
    }
    if let Some(as_of) = as_of {
        let ask = Ask { as_of, counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
        let (reduced, verdict) = judged(&stage.plan, &tables, &ask);
        stage.judged = Some(Judged { tables, reduced, verdict });
    }
    Ok(stage)
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
            Ok((table, column)) => made.aliases.entry(table).or_default().entry(column).or_default().extend(alias.headers.iter().cloned()),
            Err(why) => said.push(*why),
        }
    }
    (made, said)
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

fn rules(case: &Case<'_>, find: &Find<'_>, stage: &mut Stage) -> Result<Vec<ast::File>, Box<Diagnostic>> {
    let mut files = Vec::new();
    let mut unnamed = 0;
    for (setup, block) in &case.setup {
        match setup {
            Setup::Rules { name } => {
                unnamed += usize::from(name.is_none());
                let path = name.clone().unwrap_or_else(|| if unnamed > 1 { format!("rules-{unnamed}.heng") } else { "rules.heng".to_string() });
                let source = stage.sources.add(path, case.body(block));
                files.push(parsed(source, stage));
            }
            Setup::Use => {
                for name in case.body(block).lines().map(str::trim).filter(|name| !name.is_empty()) {
                    for file in find(name).map_err(|why| Box::new(case.at_head(*why, block)))? {
                        let source = stage.sources.add(file.path, file.text);
                        files.push(parsed(source, stage));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(files)
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

fn tables(case: &Case<'_>) -> Vec<File> {
    let file = |name: &str, ending: &str, text: &str| File { path: format!("{name}.{ending}"), bytes: text.as_bytes().to_vec(), table: Some(name.to_string()), ..File::default() };
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
