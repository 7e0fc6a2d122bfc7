//! Fills the JSON report from a page.

use crate::base::{Number, Portion, Span, Text, Unit as BaseUnit};
use crate::model::ast::Grade;
use crate::model::manner::FirstRow;
use crate::model::plan;
use crate::model::table::Origin;
use crate::model::value::Cause;
use crate::model::verdict::{self, Figure, Limit as FoundLimit};
use crate::report::figure as words;
use crate::report::page::{self, Page};
use crate::report::phrase;
use crate::report::place::CellView;

use super::{Both, Bounds, Cell, Count, County, End, Exact, Finding, Input, Judged, LeftOut, Limit, LimitWhat, Options, Pack, PackFile, Place, Reading, Reason, Report, Rest, RuleSummary, Summary, ToFill, Told, Tool, Unchecked, Unit, Value, layers, parts, remedy};

/// An exact text beyond so many characters is left out: its decimal stands alone.
const LONGEST_EXACT: usize = 4096;

pub fn report(page: &Page) -> Report {
    Report {
        schema: "heng-report/1",
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        as_of: page.verdict.as_of.to_string(),
        options: options(page),
        mask_key: page.hides().then(|| page.masks.fingerprint()),
        packs: page.packs.iter().map(|digest| pack(page, digest)).collect(),
        inputs: inputs(page),
        outcome: page.verdict.outcome.code(),
        summary: summary(page),
        findings: page.verdict.findings.iter().map(|found| finding(page, found)).collect(),
    }
}

fn options(page: &Page) -> Options {
    let filter = |list: Vec<String>| Some(list).filter(|list| !list.is_empty());
    let keys = |list: &[String]| filter(list.iter().map(|key| page.veil_typed_key(key)).collect());
    let asked = &page.options;
    Options {
        rules: filter(asked.rules.clone()),
        counties: keys(&asked.counties),
        units: keys(&asked.units),
        set: asked.set.clone(),
        strict: asked.strict,
        fail_level: phrase::kind_code(asked.fail_level),
        show_personal: page.show_personal.then_some(true),
        reading: reading(&asked.reading),
    }
}

fn reading(said: &page::Reading) -> Option<Reading> {
    let plain = said.missing.is_none() && !said.token_is_zero && said.aliases.is_empty();
    (!plain).then(|| Reading { missing: said.missing.clone(), token_is_zero: said.token_is_zero, aliases: said.aliases.clone() })
}

fn pack(page: &Page, digest: &page::PackDigest) -> Pack {
    let version = page.plan.packs.iter().find(|pack| pack.id == digest.id).map(|pack| pack.version.clone());
    let files = digest.files.iter().map(|(path, sha256)| PackFile { path: path.clone(), digest: format!("sha256:{sha256}") }).collect();
    let id = Some(digest.id.clone()).filter(|id| !id.is_empty());
    Pack { id, version, digest: format!("sha256:{}", digest.sha256), extends: layers::extends(page, &digest.id), path: digest.path.clone(), files }
}

fn inputs(page: &Page) -> Vec<Input> {
    let handed_in = page.tables.tables.iter().enumerate().filter_map(|(at, table)| match &table.origin {
        Origin::HandedIn(input) => Some((at, input)),
        _ => None,
    });
    handed_in
        .map(|(at, input)| Input {
            table: page.table_id(at),
            path: input.path.clone(),
            rows: input.rows,
            digest: format!("sha256:{}", input.sha256),
            encoding: input.encoding.clone(),
            told: page.options.reading.files.get(&input.path).map(told),
            left_out: input.left_out.iter().map(|rows| LeftOut { row: rows.first, to: Some(rows.last).filter(|last| *last > rows.first), why: rows.why.code() }).collect(),
        })
        .collect()
}

fn told(told: &page::Told) -> Told {
    let manner = &told.manner;
    Told {
        table: told.table.clone(),
        encoding: told.encoding.clone(),
        delimiter: told.delimiter,
        totals: manner.keeps_totals.then_some("keep"),
        first_row: manner.first_row.map(FirstRow::word),
        decimal: manner.decimal_comma.then_some(","),
        bare: manner.bare.iter().map(|(column, bare)| (column.clone(), bare.word())).collect(),
    }
}

fn summary(page: &Page) -> Summary {
    let (counts, found) = (page.counts(), page.by_rule());
    // What a rule's findings come to together, with every blank at its worst and at its best.
    let ends = |rule: usize| verdict::Ends::over(found.get(&rule).into_iter().flatten().map(|found| &found.judged));
    let rules = page.verdict.asked.iter().map(|asked| RuleSummary {
        rule: page.full_id(asked.rule),
        asked: asked.asked,
        of: asked.of,
        count: count(counts.get(&asked.rule).copied().unwrap_or_default()),
        worst: ends(asked.rule).worst.code(),
        best: ends(asked.rule).best.code(),
        reason: reasons(page, &asked.reason),
    });
    let counties = page.verdict.counties.iter().map(|county| County {
        county: page.veil_top_key(&county.key),
        outcome: county.outcome.code(),
        levels: county.levels.iter().map(|rule| page.full_id(*rule)).collect(),
        vetoes: county.vetoes.iter().map(|rule| page.full_id(*rule)).collect(),
    });
    let end = |outcome: verdict::Outcome, of: fn(&verdict::Judged) -> verdict::Outcome| End {
        outcome: outcome.code(),
        count: count(page::Count::of_outcomes(page.verdict.findings.iter().map(|found| of(&found.judged)))),
    };
    Summary {
        count: count(page::Count::over(&page.verdict.findings)),
        rules: rules.collect(),
        counties: counties.collect(), layers: layers::summary(page),
        unchecked: page.unchecked_since().map(|since| Unchecked { findings: page.unchecked(), since: since.to_string() }).filter(|unchecked| unchecked.findings > 0),
        worst: end(page.verdict.ends.worst, verdict::Judged::worst),
        best: end(page.verdict.ends.best, verdict::Judged::best),
        to_fill: page.to_fill().into_iter().map(|wait| ToFill { reason: reason(page, &wait.cause), findings: wait.findings, alone: wait.alone }).collect(),
    }
}

fn count(count: page::Count) -> Count {
    Count { met: count.met, not_met: count.not_met, undecided: count.undecided, not_applicable: count.not_applicable, exempt: count.exempt }
}

pub fn finding(page: &Page, found: &verdict::Finding) -> Finding {
    let rule = page.rule(found.rule);
    let ruling = rule.map(|rule| page.plan.ruling(rule, page.verdict.as_of));
    let said = |text: &Option<verdict::Filled>| text.as_ref().map(|text| both(&page.veil_text(found, text)));
    Finding {
        rule: page.full_id(found.rule),
        title: both(&rule.map(|rule| rule.names.text()).unwrap_or_default()),
        kind: phrase::kind_code(found.kind),
        cites: ruling.map(|ruling| ruling.cites.join("；")).filter(|cites| !cites.is_empty()),
        message: said(&found.message),
        advice_text: said(&found.advice_text),
        part_of: rule.map(|rule| rule.part_of.iter().map(|whole| page.full_id(*whole)).collect()).unwrap_or_default(),
        advance: found.advance.map(|date| date.to_string()),
        unit: unit(page, &found.unit),
        outcome: found.outcome.code(),
        grade: found.judged.grades.and_then(verdict::Grades::single).map(Grade::code),
        judged: judged(page, found.rule, &found.judged, found.unit.table),
        despite: reasons(page, &page.despite(found)),
        remedy: found.remedy.iter().map(|remedy| remedy::remedy(page, found, remedy)).collect(),
        span: rule.and_then(|rule| place(page, rule.span)),
    }
}

fn unit(page: &Page, unit: &verdict::UnitId) -> Unit {
    let view = page.unit(unit);
    Unit { table: view.table.map(|table| page.table_id(table)), key: view.key, name: view.name.zh, county: view.counties.first().cloned(), counties: if view.counties.len() > 1 { view.counties } else { Vec::new() } }
}

fn place(page: &Page, span: Span) -> Option<Place> {
    let source = page.source(span)?;
    let (line, column) = source.line_column(span.start as usize);
    Some(Place { source: source.path.clone(), line, column })
}

/// One judgement; `table` is that of the row that was asked.
pub fn judged(page: &Page, rule: usize, found: &verdict::Judged, table: Option<usize>) -> Judged {
    let found = page.veil(found, table);
    let (value, bounds) = value(&found.value, found.show);
    Judged {
        value,
        bounds,
        limit: limit(page, &found),
        margin: margin(&found),
        rounding_flips: found.rounding_flips,
        reason: reasons(page, &found.reason),
        cells: found.cells.iter().filter_map(|at| page.cell(*at)).map(|view| cell(page, view)).collect(),
        parts: parts::parts(page, rule, &found, table),
    }
}

pub fn both(text: &Text) -> Both {
    Both { zh: text.zh.clone(), en: text.en.clone() }
}

pub fn exact_text(number: &Number) -> Option<String> {
    number.exact_within(LONGEST_EXACT)
}

pub fn exact(number: &Number) -> Exact {
    Exact { exact: exact_text(number), decimal: number.decimal() }
}

/// As [`exact`].
pub fn portion(portion: &Portion) -> Exact {
    Exact { exact: portion.exact(LONGEST_EXACT), decimal: portion.decimal() }
}

/// The English text of a unit; nothing for a plain number or a percent.
pub fn unit_id(unit: &BaseUnit) -> Option<String> {
    (!unit.is_plain()).then(|| unit.text().en.clone())
}

pub fn figure(number: &Number, unit: &BaseUnit, show: u32) -> Value {
    Value::Number { exact: exact_text(number), decimal: number.decimal(), shown: words::shown(number, unit, show), unit: unit_id(unit) }
}

pub fn value(value: &Figure, show: u32) -> (Option<Value>, Option<Bounds>) {
    let known = match value {
        Figure::None => return (None, None),
        Figure::Bounds { range, unit } => {
            let bounds = Bounds { low: range.low.as_ref().map(exact), high: range.high.as_ref().map(exact), unit: unit_id(unit) };
            return (None, Some(bounds));
        }
        Figure::Number { number, unit } => figure(number, unit, show),
        Figure::Spread { square } => Value::Spread {
            exact: None,
            square: exact_text(square),
            decimal: square.root_decimal(),
            shown: square.root_rounded(show).fixed(show),
            unit: None,
        },
        Figure::Real(real) => Value::Number { exact: real.as_rational().and_then(exact_text), decimal: real.decimal(), shown: real.round_half_up(show).fixed(show), unit: None },
        Figure::Text(text) => Value::Text { text: both(text) },
        Figure::Date(date) => Value::Date { date: date.clone() },
    };
    (Some(known), None)
}

fn limit(page: &Page, found: &verdict::Judged) -> Option<Limit> {
    let list = |list: &[Text]| list.iter().map(both).collect();
    let what = match &found.limit {
        FoundLimit::None => return None,
        FoundLimit::Number { number, op, rest, .. } => LimitWhat::Number { exact: exact_text(number), decimal: Some(number.decimal()), op: op.code(), rest: rest.as_ref().map(rest_of) },
        FoundLimit::Unknown { op } => LimitWhat::Number { exact: None, decimal: None, op: op.code(), rest: None },
        FoundLimit::Figure { figure, op } => figure_limit(figure, op.code(), found.show),
        FoundLimit::Between { low, high, .. } => LimitWhat::Between { low: exact(low), high: exact(high), op: "between" },
        FoundLimit::OneOf { list: of, negated: false } => LimitWhat::OneOf { one_of: list(of) },
        FoundLimit::OneOf { list: of, negated: true } => LimitWhat::NoneOf { none_of: list(of) },
        FoundLimit::Plain { op, text } => LimitWhat::Plain { text: both(text), op: op.code() },
    };
    Some(Limit { what, set_by: page.pack_id(found.set_by), checked: !found.unchecked, source: found.source.clone(), layer: layers::of_limit(page, found) })
}

/// A limit that is itself a variation or an index, as a value of that kind stands.
fn figure_limit(figure: &Figure, op: &'static str, show: u32) -> LimitWhat {
    match value(figure, show).0 {
        Some(Value::Spread { exact, square, decimal, shown, .. }) => LimitWhat::Figure { exact, square, decimal, shown, op },
        Some(Value::Number { exact, decimal, shown, .. }) => LimitWhat::Figure { exact, square: None, decimal, shown, op },
        _ => LimitWhat::Number { exact: None, decimal: None, op, rest: None },
    }
}

fn rest_of(rest: &plan::Rest) -> Rest {
    match rest {
        plan::Rest::Standard(share) => Rest::Standard(exact(share)),
        plan::Rest::Basic => Rest::Grade { grade: Grade::Basic.code() },
    }
}

fn margin(found: &verdict::Judged) -> Option<Exact> {
    match (&found.margin, &found.value, &found.limit) {
        (Some(margin), ..) => Some(exact(margin)),
        (None, Figure::Spread { square }, FoundLimit::Number { number, op, .. }) => Some(near(words::root_margin(square, number, *op))),
        (None, Figure::Real(real), FoundLimit::Number { number, op, .. }) => Some(near(words::real_margin(real, number, *op))),
        _ => None,
    }
}

/// A number, and whether it is the exact one.
fn near((number, is_exact): (Number, bool)) -> Exact {
    if is_exact { exact(&number) } else { Exact { exact: None, decimal: number.decimal() } }
}

fn reasons(page: &Page, causes: &[Cause]) -> Vec<Reason> {
    causes.iter().map(|cause| reason(page, cause)).collect()
}

fn reason(page: &Page, cause: &Cause) -> Reason {
    Reason { code: cause.code.code(), cell: page.cause_cell(cause).map(|view| cell(page, view)), text: both(&page.reason(cause)) }
}

fn cell(page: &Page, view: CellView) -> Cell {
    let (source, row) = view.file.map_or((None, None), |(path, row)| (Some(path), Some(row)));
    let named = source.is_none();
    Cell { source, row, column: view.column, raw: view.raw, table: named.then(|| page.table_id(view.table)), key: named.then_some(view.key) }
}
