//! A report that was written before: the text of its JSON comes in, what it says goes out, or where it is not as reports
//! are written. Nothing is looked up and nothing is judged.

use std::collections::BTreeMap;
use std::fmt::Formatter;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use serde_json::error::Error;

use crate::base::{Date, Text};
use crate::diag::catalog::{OtherSchema, ReportField, ReportNotJson};
use crate::diag::{Diagnostic, cut};
use crate::model::ast::RuleKind;
use crate::model::manner::{Bare, FirstRow, Manner};
use crate::model::verdict::Outcome;

/// The schema that is read.
const SCHEMA: &str = "heng-report/1";

/// A report as it was written.
#[derive(Clone, Debug)]
pub struct Record {
    /// As people know it.
    pub path: String,
    pub as_of: Date,
    pub options: RecordedOptions,
    pub packs: Vec<RecordedPack>,
    pub inputs: Vec<RecordedInput>,
    pub outcome: Outcome,
    pub tool: RecordedTool,
    /// By which the key of its masks is known, where anything is masked and the version that wrote it had keys.
    pub mask_key: Option<String>,
    pub findings: Vec<Found>,
    /// All of it, field by field.
    pub whole: Value,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RecordedTool {
    pub name: String,
    pub version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedOptions {
    pub rules: Option<Vec<String>>,
    pub counties: Option<Vec<String>>,
    pub units: Option<Vec<String>>,
    pub set: BTreeMap<String, String>,
    pub strict: bool,
    pub fail_level: Level,
    pub show_personal: Option<bool>,
    pub reading: Option<RecordedReading>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Veto,
    Rule,
    Advice,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RecordedReading {
    pub missing: Option<Vec<String>>,
    pub token_is_zero: bool,
    pub aliases: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// Reports of earlier versions name neither path nor files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedPack {
    pub id: Option<String>,
    pub version: Option<String>,
    pub digest: String,
    pub path: Option<String>,
    #[serde(default)]
    pub files: Vec<RecordedFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedFile {
    pub path: String,
    pub digest: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedInput {
    pub table: String,
    pub path: String,
    pub digest: String,
    pub told: Option<RecordedTold>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RecordedTold {
    pub table: Option<String>,
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
    #[serde(flatten)]
    pub manner: RecordedManner,
}

/// What the settings said of reading one file beside; earlier reports say nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RecordedManner {
    pub totals: Option<Keep>,
    pub first_row: Option<RecordedFirstRow>,
    pub decimal: Option<Mark>,
    #[serde(default)]
    pub bare: BTreeMap<String, RecordedBare>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    Keep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Mark {
    #[serde(rename = ",")]
    Comma,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedFirstRow {
    Record,
    Heading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedBare {
    Percent,
    Fraction,
}

impl RecordedManner {
    pub fn manner(&self) -> Manner {
        let first_row = self.first_row.map(|row| match row {
            RecordedFirstRow::Record => FirstRow::Record,
            RecordedFirstRow::Heading => FirstRow::Heading,
        });
        let bare = |bare: &RecordedBare| match bare {
            RecordedBare::Percent => Bare::Percent,
            RecordedBare::Fraction => Bare::Fraction,
        };
        Manner { keeps_totals: self.totals.is_some(), first_row, decimal_comma: self.decimal.is_some(), bare: self.bare.iter().map(|(column, one)| (column.clone(), bare(one))).collect() }
    }
}

/// What identifies a finding: rule with its pack, table (`None` for the whole) and key of its unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Of {
    pub rule: String,
    pub table: Option<String>,
    pub key: String,
    /// Which of several that are called alike, as masks may be.
    pub nth: usize,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Found {
    pub of: Of,
    pub name: String,
    pub outcome: Outcome,
    /// All of it, field by field.
    pub whole: Value,
}

#[derive(Deserialize)]
struct Document {
    as_of: String,
    options: RecordedOptions,
    packs: Vec<RecordedPack>,
    inputs: Vec<RecordedInput>,
    #[serde(deserialize_with = "outcome")]
    outcome: Outcome,
    tool: RecordedTool,
    mask_key: Option<String>,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    unit: Unit,
    #[serde(deserialize_with = "outcome")]
    outcome: Outcome,
}

#[derive(Deserialize)]
struct Unit {
    table: Option<String>,
    key: String,
    name: String,
}

/// Any JSON in which no field stands twice: of two, one reader takes the first and another the last.
struct Whole(Value);

impl<'d> Deserialize<'d> for Whole {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Whole, D::Error> {
        from.deserialize_any(WholeVisitor).map(Whole)
    }
}

struct WholeVisitor;

impl<'d> Visitor<'d> for WholeVisitor {
    type Value = Value;

    fn expecting(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        to.write_str("JSON")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<Value, E> {
        Ok(truth.into())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut all: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Whole(one)) = all.next_element()? {
            list.push(one);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'d>>(self, mut all: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some((name, Whole(value))) = all.next_entry::<String, Whole>()? {
            if fields.contains_key(&name) {
                return Err(A::Error::custom(format!("{TWICE} `{name}`")));
            }
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

/// Said by the visitor, read by [`broken`].
const TWICE: &str = "duplicate field";

/// An outcome by its code.
fn outcome<'d, D: Deserializer<'d>>(from: D) -> Result<Outcome, D::Error> {
    let code = String::deserialize(from)?;
    Outcome::ALL.into_iter().find(|outcome| outcome.code() == code).ok_or_else(|| D::Error::custom("no outcome"))
}

impl Level {
    pub fn kind(self) -> RuleKind {
        match self {
            Level::Veto => RuleKind::Veto,
            Level::Rule => RuleKind::Rule,
            Level::Advice => RuleKind::Advice,
        }
    }
}

impl Record {
    pub fn shows_personal(&self) -> bool {
        self.options.show_personal == Some(true)
    }
}

/// Reads a report. Errors: no whole JSON, another schema, a field that is missing or holds something else; each at its line.
pub fn record(path: &str, text: &str) -> Result<Record, Box<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let whole = serde_json::from_str::<Whole>(text).map_err(|error| broken(path, text, &error))?.0;
    match whole.get("schema") {
        Some(Value::String(schema)) if schema == SCHEMA => {}
        found => return Err(Box::new(OtherSchema { path: path.into(), found: schema_words(found) }.into())),
    }
    let document: Document = serde_json::from_str(text).map_err(|error| misfit(path, text, &error))?;
    let Some(as_of) = date(&document.as_of) else { return Err(field(path, Text::new("`as_of` is no date", "“as_of”不是日期"))) };
    let values = whole.get("findings").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut known: BTreeMap<Of, usize> = BTreeMap::new();
    let findings = document.findings.into_iter().zip(values).map(|(found, whole)| {
        let first = Of { rule: found.rule, table: found.unit.table, key: found.unit.key, nth: 0 };
        let count = known.entry(first.clone()).or_default();
        *count += 1;
        Found { of: Of { nth: *count - 1, ..first }, name: found.unit.name, outcome: found.outcome, whole }
    });
    Ok(Record {
        path: path.to_string(),
        as_of,
        options: document.options,
        packs: document.packs,
        inputs: document.inputs,
        outcome: document.outcome,
        tool: document.tool,
        mask_key: document.mask_key,
        findings: findings.collect(),
        whole,
    })
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() { None } else { Date::new(year, month, day) }
}

fn schema_words(found: Option<&Value>) -> Text {
    match found {
        None => Text::new("not there", "缺失"),
        Some(Value::String(schema)) => Text::new(format!("`{schema}`"), format!("“{schema}”")),
        Some(other) => other.into(),
    }
}

fn field(path: &str, what: Text) -> Box<Diagnostic> {
    Box::new(ReportField { path: path.into(), what }.into())
}

fn broken(path: &str, text: &str, error: &Error) -> Box<Diagnostic> {
    let said = error.to_string();
    if let Some(name) = said.strip_prefix(TWICE).and_then(|_| said.split('`').nth(1)) {
        let what = Text::new(format!("the field `{name}` stands twice in one place"), format!("同一处有两个“{name}”字段"));
        return Box::new(framed(ReportField { path: path.into(), what }, path, text, error));
    }
    let (line, ..) = place(text, error);
    let is_last = line >= text.trim_end().split('\n').count();
    let why = if is_last { Text::new("it ends too early", "内容中途截断") } else { Text::new(format!("line {line} cannot be read"), format!("第 {line} 行无法读取")) };
    Box::new(framed(ReportNotJson { path: path.into(), why }, path, text, error))
}

/// The parser names the field between backticks, if it knows it.
fn misfit(path: &str, text: &str, error: &Error) -> Box<Diagnostic> {
    let said = error.to_string();
    let name = said.split('`').nth(1).unwrap_or_default();
    let what = if said.starts_with("missing field") {
        Text::new(format!("the field `{name}` is missing"), format!("缺少“{name}”字段"))
    } else {
        Text::new(format!("line {} holds something else than reports hold there", error.line()), format!("第 {} 行的内容不是该处应有的内容", error.line()))
    };
    Box::new(framed(ReportField { path: path.into(), what }, path, text, error))
}

fn framed(message: impl Into<Diagnostic>, path: &str, text: &str, error: &Error) -> Diagnostic {
    let (line, shown, at) = place(text, error);
    let start = (0..=at).rev().find(|at| shown.is_char_boundary(*at)).unwrap_or(0);
    let end = (start + 1..=shown.len()).find(|at| shown.is_char_boundary(*at)).unwrap_or(start);
    message.into().on(cut(path, u32::try_from(line).unwrap_or(u32::MAX), shown, start, end), Text::default())
}

/// The line, from 1, its text, and the byte in it; a fault at the end of a line is said there, not on the next.
fn place<'t>(text: &'t str, error: &Error) -> (usize, &'t str, usize) {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let mut line = error.line().clamp(1, lines.len());
    let mut at = error.column().saturating_sub(1);
    while line > 1 && (error.column() == 0 && line == error.line() || lines[line - 1].is_empty()) {
        line -= 1;
        at = usize::MAX;
    }
    let shown = lines[line - 1];
    (line, shown, at.min(shown.len().saturating_sub(1)))
}
