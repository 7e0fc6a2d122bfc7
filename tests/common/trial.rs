//! Runs a program on tables, and makes a failing pair as small as it can be.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

use heng::base::{Date, Number, SourceId, Unit};
use heng::diag::Diagnostic;
use heng::judge::Ask;
use heng::model::ast::RuleKind;
use heng::model::manner::{Bare, FirstRow, Manner};
use heng::model::plan::Plan;
use heng::model::table::Tables;
use heng::model::verdict::{Figure, Form, May, Outcome};

use super::data::{Data, Sheet};
use super::program::Program;
use super::slow::interval::Interval;
use super::slow::{self, SlowValue};

/// Rule and unit to what was found there.
pub type Found = BTreeMap<(String, String), (Outcome, Option<SlowValue>)>;

pub fn as_of() -> Date {
    Date::new(2026, 9, 1).expect("a day of the calendar")
}

fn errors(said: &[Diagnostic]) -> Result<(), String> {
    let mut text = String::new();
    for one in said.iter().filter(|one| one.is_error()) {
        let _ = writeln!(text, "{} {} {:?}", one.code, one.text.en, one.labels);
    }
    if text.is_empty() { Ok(()) } else { Err(text) }
}

/// How the lower pack of a program begins.
pub const LOWER: &str = "\npack lower 1.0\n";

/// How many plans are remembered: a law asks for the same ones for every set of tables.
const REMEMBERED: usize = 4;

thread_local! {
    static PLANS: RefCell<Vec<(String, Rc<Plan>)>> = const { RefCell::new(Vec::new()) };
}

pub fn plan_of(text: &str) -> Result<Rc<Plan>, String> {
    let known = PLANS.with_borrow(|plans| plans.iter().find(|(known, _)| known == text).map(|(_, plan)| plan.clone()));
    if let Some(plan) = known {
        return Ok(plan);
    }
    let plan = Rc::new(read_plan(text)?);
    PLANS.with_borrow_mut(|plans| {
        plans.truncate(REMEMBERED - 1);
        plans.insert(0, (text.to_string(), plan.clone()));
    });
    Ok(plan)
}

fn read_plan(text: &str) -> Result<Plan, String> {
    // A lower pack is a file of its own.
    let (upper, lower) = text.split_once(LOWER).map_or((text, None), |(upper, lower)| (upper, Some(format!("{}{lower}", &LOWER[1..]))));
    let mut files = Vec::new();
    for (at, text) in std::iter::once(upper).chain(lower.as_deref()).enumerate() {
        let (file, said) = heng::parse::parse(SourceId(u32::try_from(at).unwrap_or(u32::MAX)), text);
        errors(&said)?;
        files.push(file);
    }
    let (plan, said) = heng::check::check(&files);
    errors(&said)?;
    Ok(plan)
}

/// Random figures are what they are: nobody is there to be asked what 96 means beside 95%.
fn settled() -> Manner {
    Manner { first_row: Some(FirstRow::Record), bare: [(Manner::ALL.to_string(), Bare::Fraction)].into(), ..Manner::default() }
}

pub fn tables_of(plan: &Plan, data: &Data) -> Result<Tables, String> {
    let file = |sheet: &Sheet| heng::load::File { path: format!("{}.csv", sheet.table.name()), bytes: sheet.csv().into_bytes(), manner: settled(), ..heng::load::File::default() };
    let (tables, said) = heng::load::load(plan, data.sheets.iter().map(file).collect(), &heng::load::Settings::default());
    errors(&said)?;
    Ok(tables)
}

pub fn fast(plan: &Plan, tables: &Tables) -> Found {
    let ask = Ask { as_of: as_of(), counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
    let (_, verdict) = heng::judged(plan, tables, &ask);
    // A percent is reported as a plain ratio.
    let base = |number: &Number, unit: &Unit| if unit.is_percent() { number.clone() } else { unit.to_base(number) };
    let figure = |figure: &Figure| match figure {
        Figure::Number { number, unit } => Some(SlowValue::Exact(base(number, unit))),
        Figure::Bounds { range, unit } => {
            let end = |end: &Option<Number>| end.as_ref().map(|number| base(number, unit));
            Some(SlowValue::Bounds(Interval::of(end(&range.low).as_ref(), end(&range.high).as_ref())))
        }
        Figure::Real(real) => Some(SlowValue::Real(real.decimal())),
        Figure::Spread { square } => Some(SlowValue::Square(square.clone())),
        _ => None,
    };
    let mut found = Found::new();
    for finding in verdict.findings {
        let key = (plan.rules[finding.rule].names.id.clone(), finding.unit.key.clone());
        let before = found.insert(key.clone(), (finding.outcome, if finding.judged.form == Form::Plain { None } else { figure(&finding.judged.value) }));
        assert!(before.is_none(), "two findings for {key:?}");
    }
    found
}

/// What each finding may still turn out to be.
pub fn possible(plan: &Plan, tables: &Tables) -> BTreeMap<(String, String), May> {
    let ask = Ask { as_of: as_of(), counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
    let (_, verdict) = heng::judged(plan, tables, &ask);
    verdict.findings.iter().map(|finding| ((plan.rules[finding.rule].names.id.clone(), finding.unit.key.clone()), finding.judged.possible())).collect()
}

pub fn slow(plan: &Plan, tables: &Tables) -> Found {
    slow::judge(plan, tables, as_of()).into_iter().map(|one| ((plan.rules[one.rule].names.id.clone(), one.unit_key), (one.outcome, one.value))).collect()
}

/// The findings in which two sides differ, a line each.
pub fn differences(left: &Found, right: &Found, same: impl Fn(&(Outcome, Option<SlowValue>), &(Outcome, Option<SlowValue>)) -> bool) -> Option<String> {
    let mut text = String::new();
    let mut keys: Vec<_> = left.keys().chain(right.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        match (left.get(key), right.get(key)) {
            (Some(a), Some(b)) if same(a, b) => {}
            (a, b) => {
                let _ = writeln!(text, "{} {}: {a:?} | {b:?}", key.0, key.1);
            }
        }
    }
    if text.is_empty() { None } else { Some(text) }
}

/// Drops rules, measures, parameters, rows and tables while the pair still fails.
pub fn smallest(program: &Program, data: &Data, fails: &dyn Fn(&Program, &Data) -> Option<String>) -> (Program, Data, String) {
    let (mut program, mut data) = (program.clone(), data.clone());
    let mut why = fails(&program, &data).unwrap_or_else(|| "it no longer fails".into());
    loop {
        let Some((smaller, fewer, because)) = steps(&program, &data).into_iter().find_map(|(p, d)| fails(&p, &d).map(|why| (p, d, why))) else {
            return (program, data, why);
        };
        (program, data, why) = (smaller, fewer, because);
    }
}

fn steps(program: &Program, data: &Data) -> Vec<(Program, Data)> {
    fn without<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
        (0..list.len()).map(|at| [&list[..at], &list[at + 1..]].concat()).collect()
    }
    let mut all = Vec::new();
    all.extend(without(&program.rules).into_iter().map(|rules| (Program { rules, ..program.clone() }, data.clone())));
    all.extend(without(&program.measures).into_iter().map(|measures| (Program { measures, ..program.clone() }, data.clone())));
    all.extend(without(&program.declarations).into_iter().map(|declarations| (Program { declarations, ..program.clone() }, data.clone())));
    all.extend(without(&program.lower).into_iter().map(|lower| (Program { lower, ..program.clone() }, data.clone())));
    for (at, rule) in program.rules.iter().enumerate() {
        let lines: Vec<&str> = rule.lines().collect();
        for shorter in without(&lines[1..]) {
            let mut rules = program.rules.clone();
            rules[at] = [&lines[..1], &shorter].concat().join("\n") + "\n";
            all.push((Program { rules, ..program.clone() }, data.clone()));
        }
    }
    all.extend(without(&data.sheets).into_iter().map(|sheets| (program.clone(), Data { sheets })));
    for (at, sheet) in data.sheets.iter().enumerate() {
        for rows in without(&sheet.rows) {
            let mut data = data.clone();
            data.sheets[at].rows = rows;
            all.push((program.clone(), data));
        }
    }
    all
}

/// A pair as a person would read it.
pub fn show(program: &Program, data: &Data) -> String {
    let mut text = program.text();
    for sheet in &data.sheets {
        let _ = write!(text, "\n{}.csv\n{}", sheet.table.name(), sheet.csv());
    }
    text
}
