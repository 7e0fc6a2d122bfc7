//! A report beside the same judgement made again: what the inputs, the rule files and the findings differ in, and
//! whatever else does: nothing that a report holds is left out of the comparison.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::base::{Lang, Text, visible};
use crate::model::verdict::Outcome;

use super::moves::field;
use super::phrase;
use super::record::{Found, Of, Record};
use super::shown;

/// How many findings are listed.
const MOST: usize = 50;

/// What differs between a report and the judgement made again.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    pub path: String,
    /// What was judged from: input files, packs, rule files, findings.
    pub inputs: usize,
    pub packs: usize,
    pub files: usize,
    pub findings: usize,
    pub other_version: Option<Text>,
    pub changed_inputs: Vec<Text>,
    pub changed_rules: Vec<Text>,
    pub changed_findings: Vec<Text>,
    /// Of the report as a whole: outcome, counts, options.
    pub rest: Vec<Text>,
}

impl Verified {
    pub fn is_identical(&self) -> bool {
        self.changed_inputs.is_empty() && self.changed_rules.is_empty() && self.changed_findings.is_empty() && self.rest.is_empty()
    }

    pub fn text(&self, lang: Lang) -> String {
        let mut lines: Vec<Text> = Vec::new();
        if self.is_identical() {
            lines.push(phrase::identical(self.inputs, self.packs, self.files, self.findings));
            lines.extend(self.other_version.clone());
        } else {
            lines.push(phrase::differs(&self.path));
            lines.extend(self.other_version.clone());
            section(&mut lines, phrase::inputs_changed(self.changed_inputs.len()), &self.changed_inputs);
            section(&mut lines, phrase::rules_changed(self.changed_rules.len()), &self.changed_rules);
            section(&mut lines, phrase::findings_differ(self.changed_findings.len(), self.findings), &self.changed_findings);
            section(&mut lines, phrase::rest_differs(), &self.rest);
            if self.changed_findings.is_empty() {
                lines.extend([Text::default(), phrase::no_finding_differs(self.findings)]);
            }
        }
        lines.iter().map(|line| format!("{}\n", line.get(lang))).collect()
    }
}

fn section(lines: &mut Vec<Text>, title: Text, said: &[Text]) {
    if said.is_empty() {
        return;
    }
    lines.extend([Text::default(), title]);
    lines.extend(said.iter().take(MOST).map(|line| Text::new(format!("  {}", line.en), format!("  {}", line.zh))));
    lines.extend((said.len() > MOST).then(|| phrase::more(said.len() - MOST)));
}

/// Compares a report with the record of the judgement made again from what it names.
pub fn verified(report: &Record, again: &Record) -> Verified {
    let version = (report.tool.version != again.tool.version).then(|| phrase::other_version(&report.tool.version, &again.tool.version));
    let mut verified = Verified {
        path: visible(&report.path),
        inputs: report.inputs.len(),
        packs: report.packs.len(),
        files: report.packs.iter().map(|pack| pack.files.len()).sum(),
        findings: report.findings.len(),
        other_version: version,
        changed_inputs: inputs(report, again),
        changed_rules: rules(report, again),
        changed_findings: findings(report, again),
        rest: Vec::new(),
    };
    verified.rest = rest(report, again, &verified);
    // INVARIANT: what is not the same is never called identical.
    if verified.is_identical() && report.whole != again.whole {
        verified.rest.push(phrase::rest_not_the_same());
    }
    verified
}

fn inputs(report: &Record, again: &Record) -> Vec<Text> {
    let now = |path: &str| again.inputs.iter().find(|input| input.path == path).map(|input| input.digest.as_str());
    let changed = |path: &str, table: &str, digest: &str| match now(path) {
        Some(now) if now == digest => None,
        Some(now) => Some(phrase::changed(&named(table, path), digest, now)),
        None => Some(phrase::gone(&named(table, path))),
    };
    report.inputs.iter().filter_map(|input| changed(&input.path, &input.table, &input.digest)).collect()
}

fn named(table: &str, path: &str) -> Text {
    let (table, path) = (visible(table), visible(path));
    Text::new(format!("{path} ({table})"), format!("{path}（{table}）"))
}

/// The rule files of each pack; of a report that names none, each pack as a whole.
fn rules(report: &Record, again: &Record) -> Vec<Text> {
    let mut said = Vec::new();
    // A pack of which nothing was recorded cannot have changed.
    for pack in report.packs.iter().filter(|pack| !pack.digest.is_empty()) {
        let Some(now) = again.packs.iter().find(|now| now.id == pack.id && (now.path == pack.path || pack.path.is_none())) else {
            said.push(phrase::gone(&visible(pack.id.as_deref().unwrap_or_default()).into()));
            continue;
        };
        if now.digest == pack.digest {
            continue;
        }
        let files = |pack: &super::RecordedPack| pack.files.iter().map(|file| (file.path.clone(), file.digest.clone())).collect::<BTreeMap<_, _>>();
        let (before, after) = (files(pack), files(now));
        let paths: BTreeSet<&String> = if before.is_empty() { BTreeSet::new() } else { before.keys().chain(after.keys()).collect() };
        let known = said.len();
        for path in paths {
            let shown: Text = visible(path).into();
            said.extend(match (before.get(path), after.get(path)) {
                (Some(one), Some(other)) if one == other => None,
                (Some(one), Some(other)) => Some(phrase::changed(&shown, one, other)),
                (Some(_), None) => Some(phrase::gone(&shown)),
                (None, _) => Some(phrase::added(&shown)),
            });
        }
        if said.len() == known {
            said.push(phrase::changed(&visible(pack.id.as_deref().unwrap_or_default()).into(), &pack.digest, &now.digest));
        }
    }
    said
}

fn findings(report: &Record, again: &Record) -> Vec<Text> {
    let exactly = is_same_version(report, again);
    let before: BTreeMap<&Of, &Found> = report.findings.iter().map(|found| (&found.of, found)).collect();
    let after: BTreeMap<&Of, &Found> = again.findings.iter().map(|found| (&found.of, found)).collect();
    let mut said: Vec<Text> = Vec::new();
    for found in &report.findings {
        match after.get(&found.of) {
            Some(now) if agree(&found.whole, &now.whole, exactly) => {}
            Some(now) => said.push(phrase::finding(&found.of, &found.name, &fields(found, now, exactly))),
            None => said.push(phrase::only_in_report(&found.of, &found.name, found.outcome)),
        }
    }
    said.extend(again.findings.iter().filter(|found| !before.contains_key(&found.of)).map(|found| phrase::only_now(&found.of, &found.name, found.outcome)));
    said
}

fn is_same_version(report: &Record, again: &Record) -> bool {
    report.tool == again.tool
}

/// Whether two values are the same. Between two versions a field that is left out is one that holds nothing, and what only
/// the later of them writes is no difference.
fn agree(report: &Value, again: &Value, exactly: bool) -> bool {
    match (report, again) {
        _ if exactly => report == again,
        (Value::Object(before), Value::Object(after)) => {
            let of = |fields: &Map<String, Value>, name: &str| fields.get(name).cloned().unwrap_or(Value::Null);
            before.keys().all(|name| agree(&of(before, name), &of(after, name), exactly))
        }
        (Value::Array(before), Value::Array(after)) => before.len() == after.len() && before.iter().zip(after).all(|(before, after)| agree(before, after, exactly)),
        (before, after) if is_nothing(before) && is_nothing(after) => true,
        (before, after) => before == after,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Each field in which two findings differ, with both values where they have a short form.
fn fields(before: &Found, after: &Found, exactly: bool) -> Vec<Text> {
    let names = |found: &Found| found.whole.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    let mut all = names(before);
    all.extend(names(after).into_iter().filter(|name| !all.contains(name)).collect::<Vec<_>>());
    let differs = |name: &String| !agree(field(before, name), field(after, name), exactly);
    // A value that became known, or unknown, is said once.
    let is_said = |name: &String| name == "bounds" && differs(&"value".to_string());
    all.iter().filter(|name| differs(name) && !is_said(name)).map(|name| phrase::field(name, &short(before, name), &short(after, name))).collect()
}

fn short(found: &Found, name: &str) -> Text {
    let held = field(found, name);
    match name {
        "outcome" => shown::outcome(held).map(Outcome::text).unwrap_or_default(),
        "value" | "bounds" => shown::value(field(found, "value"), field(found, "bounds")),
        "limit" => shown::limit(found),
        "margin" => held.get("decimal").and_then(Value::as_str).unwrap_or_default().into(),
        _ => match held {
            Value::String(text) => visible(text).into(),
            Value::Bool(truth) => phrase::truth(*truth),
            _ => Text::default(),
        },
    }
}

/// What differs beside the findings, and beside the files that are told to have changed.
fn rest(report: &Record, again: &Record, told: &Verified) -> Vec<Text> {
    let exactly = is_same_version(report, again);
    let names = |record: &Record| record.whole.as_object().map(|fields| fields.keys().cloned().collect::<BTreeSet<_>>()).unwrap_or_default();
    let at = |record: &Record, name: &str| record.whole.get(name).cloned().unwrap_or(Value::Null);
    let all: BTreeSet<String> = names(report).union(&names(again)).cloned().collect();
    let mut said = Vec::new();
    for name in &all {
        let (before, after) = (at(report, name), at(again, name));
        let outcome = |value: &Value| shown::outcome(value).map(|outcome: Outcome| outcome.text()).unwrap_or_default();
        match name.as_str() {
            // Each finding is told by itself.
            "findings" => said.extend(is_other_order(report, again).then(phrase::other_order)),
            "inputs" => leaves(name, &before, &after, &|field| field == "digest" && !told.changed_inputs.is_empty(), exactly, &mut said),
            "packs" => leaves(name, &before, &after, &|field| ["digest", "files"].contains(&field) && !told.changed_rules.is_empty(), exactly, &mut said),
            "tool" => leaves(name, &before, &after, &|_| false, true, &mut said),
            _ if agree(&before, &after, exactly) => {}
            _ => said.push(phrase::field(name, &outcome(&before), &outcome(&after))),
        }
    }
    said
}

/// Whether the findings that both have stand in another order.
fn is_other_order(report: &Record, again: &Record) -> bool {
    let known: BTreeSet<&Of> = report.findings.iter().map(|found| &found.of).collect();
    let both: BTreeSet<&Of> = again.findings.iter().map(|found| &found.of).filter(|of| known.contains(of)).collect();
    let order = |record: &'_ Record| record.findings.iter().map(|found| found.of.clone()).filter(|of| both.contains(of)).collect::<Vec<_>>();
    order(report) != order(again)
}

/// Every field beneath in which two values differ, by its path; those that `is_told` names are left out.
fn leaves(path: &str, before: &Value, after: &Value, is_told: &dyn Fn(&str) -> bool, exactly: bool, said: &mut Vec<Text>) {
    match (before, after) {
        _ if agree(before, after, exactly) => {}
        (Value::Object(one), Value::Object(other)) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).filter(|name| !is_told(name)).collect();
            for name in names {
                let of = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or(Value::Null);
                leaves(&format!("{path}.{name}"), &of(one), &of(other), is_told, exactly, said);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for at in 0..one.len().max(other.len()) {
                let of = |list: &Vec<Value>| list.get(at).cloned().unwrap_or(Value::Null);
                leaves(&format!("{path}[{at}]"), &of(one), &of(other), is_told, exactly, said);
            }
        }
        _ => said.push(phrase::field(path, &leaf(before), &leaf(after))),
    }
}

fn leaf(value: &Value) -> Text {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => Text::default(),
        Value::String(text) => visible(text).into(),
        Value::Bool(truth) => phrase::truth(*truth),
        Value::Number(number) => number.into(),
    }
}
