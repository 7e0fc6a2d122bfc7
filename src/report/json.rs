//! `heng-report/1`: the report that programs read, the same bytes for the same input, whatever the language.
//!
//! Here stands what the format is; `build` fills it. A field that is left out when it is empty says so.

mod build;
mod layers;
mod explained;
mod parts;
mod remedy;

pub use explained::explanation;

use std::collections::BTreeMap;

use serde::Serialize;

use super::page::Page;

/// The report as JSON, indented by two blanks, with a final newline.
pub fn json(page: &Page) -> String {
    // Maps have text keys and numbers are texts or whole, so that nothing here can fail to be written.
    let mut text = serde_json::to_string_pretty(&build::report(page)).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    tool: Tool,
    as_of: String,
    options: Options,
    /// By which the key of the masks is known; left out where nothing is masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    mask_key: Option<String>,
    packs: Vec<Pack>,
    inputs: Vec<Input>,
    outcome: &'static str,
    summary: Summary,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// `null` is no filter.
#[derive(Serialize)]
struct Options {
    rules: Option<Vec<String>>,
    counties: Option<Vec<String>>,
    units: Option<Vec<String>>,
    set: BTreeMap<String, String>,
    strict: bool,
    fail_level: &'static str,
    /// Personal columns stand in clear; left out where they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    show_personal: Option<bool>,
    /// Left out where nothing was said about reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<Reading>,
}

/// What the settings said about reading data.
#[derive(Serialize)]
struct Reading {
    /// `null` where the usual tokens stand for nothing.
    missing: Option<Vec<String>>,
    token_is_zero: bool,
    aliases: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

#[derive(Serialize)]
struct Pack {
    /// `null` for rules without a `pack` line.
    id: Option<String>,
    version: Option<String>,
    digest: String,
    extends: Option<String>,
    path: String,
    files: Vec<PackFile>,
}

#[derive(Serialize)]
struct PackFile {
    path: String,
    digest: String,
}

#[derive(Serialize)]
struct Input {
    table: String,
    path: String,
    rows: usize,
    digest: String,
    encoding: String,
    /// What the settings said of the file; left out where they said nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<Told>,
    /// Rows that are no records; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut>,
}

/// Rows of a file on end, as a spreadsheet numbers them.
#[derive(Serialize)]
struct LeftOut {
    row: u32,
    /// The last of several on end; left out where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u32>,
    why: &'static str,
}

#[derive(Serialize)]
struct Told {
    table: Option<String>,
    encoding: Option<String>,
    delimiter: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_row: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decimal: Option<&'static str>,
    /// By column, `*` for all.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    bare: BTreeMap<String, &'static str>,
}

#[derive(Serialize)]
struct Summary {
    #[serde(flatten)]
    count: Count,
    rules: Vec<RuleSummary>,
    counties: Vec<County>,
    /// Exceptions, and what lower layers set; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    layers: Vec<layers::LayerSummary>,
    /// Findings that rest on standards not checked up to the as-of date; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchecked: Option<Unchecked>,
    /// What it comes to if every blank is worst, and if every blank is best.
    worst: End,
    best: End,
    /// What undecided findings wait for, the most decisive first.
    to_fill: Vec<ToFill>,
}

#[derive(Serialize)]
struct Unchecked {
    findings: usize,
    since: String,
}

#[derive(Serialize)]
struct End {
    outcome: &'static str,
    #[serde(flatten)]
    count: Count,
}

/// `alone`: how many of the findings wait for nothing else.
#[derive(Serialize)]
struct ToFill {
    #[serde(flatten)]
    reason: Reason,
    findings: usize,
    alone: usize,
}

#[derive(Serialize)]
struct Count {
    met: usize,
    not_met: usize,
    undecided: usize,
    not_applicable: usize,
    exempt: usize,
}

#[derive(Serialize)]
struct RuleSummary {
    rule: String,
    asked: usize,
    of: usize,
    #[serde(flatten)]
    count: Count,
    /// The outcome of all its findings joined, if every blank is worst, and if every blank is best.
    worst: &'static str,
    best: &'static str,
    /// Why the rule was not judged at all; left out when it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reason: Vec<Reason>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the format calls it so")]
struct County {
    county: String,
    outcome: &'static str,
    levels: Vec<String>,
    vetoes: Vec<String>,
}

/// A text in both languages.
#[derive(Serialize, Clone)]
struct Both {
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct Finding {
    rule: String,
    title: Both,
    kind: &'static str,
    cites: Option<String>,
    message: Option<Both>,
    advice_text: Option<Both>,
    part_of: Vec<String>,
    /// The rule's first day in force, where this is an advance warning; left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    advance: Option<String>,
    unit: Unit,
    outcome: &'static str,
    grade: Option<&'static str>,
    #[serde(flatten)]
    judged: Judged,
    /// What is missing although the outcome is met or not met: it is so whatever the missing values are. Left out where
    /// nothing is missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    despite: Vec<Reason>,
    remedy: Vec<remedy::Remedy>,
    span: Option<Place>,
}

#[derive(Serialize)]
struct Unit {
    /// `null` is the whole.
    table: Option<String>,
    key: String,
    name: String,
    county: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counties: Vec<String>,
}

/// Value, limit and margin are in the limit's unit and scale as the rule writes it; a percent is the plain ratio.
#[derive(Serialize, Default)]
struct Judged {
    value: Option<Value>,
    /// Only where the value is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<Bounds>,
    limit: Option<Limit>,
    margin: Option<Exact>,
    rounding_flips: bool,
    reason: Vec<Reason>,
    cells: Vec<Cell>,
    parts: Vec<parts::Part>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Number {
        exact: Option<String>,
        decimal: String,
        shown: String,
        unit: Option<String>,
    },
    /// A variation: known by its square.
    Spread {
        exact: Option<String>,
        square: Option<String>,
        decimal: String,
        shown: String,
        unit: Option<String>,
    },
    Text {
        text: Both,
    },
    Date {
        date: String,
    },
}

/// `null` is unbounded.
#[derive(Serialize)]
struct Bounds {
    low: Option<Exact>,
    high: Option<Exact>,
    unit: Option<String>,
}

/// `exact` is `null` where it would be longer than 4,096 characters, or is irrational.
#[derive(Serialize, Clone)]
struct Exact {
    exact: Option<String>,
    decimal: String,
}

#[derive(Serialize)]
struct Limit {
    #[serde(flatten)]
    what: LimitWhat,
    set_by: Option<String>,
    checked: bool,
    /// What the standard's dated value cites; left out where it cites nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Where a lower layer set it: beside what the layer above has, and by whose leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<layers::LimitLayer>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LimitWhat {
    Number {
        exact: Option<String>,
        decimal: Option<String>,
        op: &'static str,
        /// What the rest of k of n must reach.
        #[serde(skip_serializing_if = "Option::is_none")]
        rest: Option<Rest>,
    },
    /// A variation or an index: a variation is known by its square.
    Figure {
        exact: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        square: Option<String>,
        decimal: String,
        shown: String,
        op: &'static str,
    },
    Between {
        low: Exact,
        high: Exact,
        op: &'static str,
    },
    OneOf {
        one_of: Vec<Both>,
    },
    NoneOf {
        none_of: Vec<Both>,
    },
    Plain {
        text: Both,
        op: &'static str,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Rest {
    Standard(Exact),
    Grade { grade: &'static str },
}

#[derive(Serialize)]
struct Reason {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<Cell>,
    text: Both,
}

/// A cell of a table without a file has neither source nor row: then table and key say which it is.
#[derive(Serialize)]
struct Cell {
    source: Option<String>,
    row: Option<u32>,
    column: String,
    raw: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

#[derive(Serialize)]
struct Place {
    source: String,
    line: usize,
    column: usize,
}
