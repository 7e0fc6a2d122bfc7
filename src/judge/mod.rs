//! Outcomes with their reasons: plan, tables and reduced aggregates in, a [`Verdict`] out.
//!
//! Every rule is judged for every unit, in the order in which rules need one another; filters choose only what is
//! reported and heard. All arithmetic is exact; what is rounded here is marked as shown, never compared.

mod comparison;
mod evidence;
mod few;
mod grade;
mod exception;
mod heavy;
mod hear;
mod layer;
mod plain;
mod require;
mod rows;
mod rules;
mod term;
mod told;
mod unit;
mod variation;
mod working;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use crate::base::{Date, Term};
use crate::eval::{At, World, truth_outcome};
use crate::model::ast::RuleKind;
use crate::model::needs::Needs;
use crate::model::plan::{Node, NodeKind, Plan, RuleDef};
use crate::model::reduced::Reduced;
use crate::model::table::Tables;
use crate::model::value::{Absent, Cause, CauseCode, Place, Truth, Value, add_new};
use crate::model::verdict::{Asked, Few, Figure, Finding, Form, Judged, Limit, May, Outcome, UnitId, Verdict};

use few::Private;

/// What is asked of a judgement.
#[derive(Clone, Debug)]
pub struct Ask {
    pub as_of: Date,
    /// Keys of topmost rows to report; empty for all. The same for units and rule ids.
    pub counties: Vec<String>,
    pub units: Vec<String>,
    pub rules: Vec<String>,
    pub fail_level: RuleKind,
    /// A standard not checked up to the as-of date leaves its rule undecided.
    pub strict: bool,
}

/// How many rows a finding lists: those that weigh most.
const MOST_ROWS: usize = 20;

/// Judges every rule for every unit.
pub fn judge(plan: &Plan, tables: &Tables, reduced: &Reduced, ask: &Ask) -> Verdict {
    judge_listing(plan, tables, reduced, ask, MOST_ROWS)
}

/// The same with every row that breaches or is open among the parts of a finding, not the worst alone.
pub fn judge_in_full(plan: &Plan, tables: &Tables, reduced: &Reduced, ask: &Ask) -> Verdict {
    judge_listing(plan, tables, reduced, ask, usize::MAX)
}

fn judge_listing(plan: &Plan, tables: &Tables, reduced: &Reduced, ask: &Ask, most_rows: usize) -> Verdict {
    let judge = Judge { most_rows, ..Judge::new(plan, tables, reduced, ask) };
    let mut asked: Vec<Asked> = (0..plan.rules.len()).map(|rule| Asked { rule, ..Asked::default() }).collect();
    for rule in &plan.order {
        asked[*rule] = judge.rule(*rule);
    }
    let found = judge.found.take();
    let mut findings = Vec::with_capacity(found.values().map(|found| found.findings.len()).sum());
    for found in found.into_values() {
        findings.extend(found.findings);
    }
    judge.verdict(findings, asked)
}

/// Judges one unit of a rule, after the rules that it needs and as far as they concern it. `None` if it is not asked.
///
/// `ask.as_of` is the day; filters are not looked at.
pub fn again(plan: &Plan, tables: &Tables, reduced: &Reduced, ask: &Ask, needs: &Needs, unit: &UnitId) -> Option<Finding> {
    judge_one(&Judge { is_of_one: true, ..Judge::new(plan, tables, reduced, ask) }, needs, unit)
}

/// The same without the members of variations: what is tried hundreds of times is heard, not shown.
pub fn again_without_members(plan: &Plan, tables: &Tables, reduced: &Reduced, ask: &Ask, needs: &Needs, unit: &UnitId) -> Option<Finding> {
    judge_one(&Judge { is_of_one: true, tells_members: false, ..Judge::new(plan, tables, reduced, ask) }, needs, unit)
}

fn judge_one(judge: &Judge, needs: &Needs, unit: &UnitId) -> Option<Finding> {
    let plan = judge.plan;
    let (rule, others) = needs.rules.split_last()?;
    let def = &plan.rules[*rule];
    let codes: Vec<u16> = unit.codes.iter().map(|(_, code)| *code).collect();
    let at = At { table: unit.table, row: unit.row, codes: &codes, level: Some(&def.at), term: unit.term.or_else(|| judge.term(*rule)) };
    for other in others {
        // What another rule asks about is judged for every unit.
        let units = if needs.near.contains(other) { judge.kin_units(*other, at) } else { judge.units(*other) };
        judge.rule_of(*other, units);
    }
    let (day, _) = judge.day(def)?;
    let judged = judge.unit_judged(*rule, day, at)?;
    Some(judge.finding(*rule, unit.clone(), judged, at))
}

/// The days after the as-of date on which rules begin: each is judged as of then, as an advance warning.
pub fn first_days(plan: &Plan, as_of: Date) -> Vec<Date> {
    let mut days: Vec<Date> = plan.rules.iter().filter_map(|rule| plan.in_force(rule).from).filter(|day| *day > as_of).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Adds to a verdict what was found, as of a day, of the rules that begin on it.
pub fn warn(plan: &Plan, verdict: &mut Verdict, day: Date, then: Verdict) {
    let begin_then = |rule: usize| plan.in_force(&plan.rules[rule]).from == Some(day);
    for asked in then.asked.into_iter().filter(|asked| begin_then(asked.rule)) {
        let place = asked.rule;
        verdict.asked[place] = asked;
    }
    verdict.findings.extend(then.findings.into_iter().filter(|finding| begin_then(finding.rule)).map(|finding| Finding { advance: Some(day), heard: false, ..finding }));
    verdict.findings.sort_by_key(|finding| finding.rule);
}

/// `where` of `for each`: a unit that the condition does not apply to is not asked.
fn asked_or_not(value: Value) -> Value {
    match (value.absent, value.as_truth()) {
        (Absent::Yes, _) => Value::truth(Truth::False),
        (Absent::Maybe, Truth::True) => Value { causes: value.causes, ..Value::truth(Truth::Unknown) },
        _ => value.absent(Absent::No),
    }
}

struct Judge<'a> {
    plan: &'a Plan,
    tables: &'a Tables,
    reduced: &'a Reduced,
    ask: &'a Ask,
    /// For each rule what was found, for other rules to ask; of the others nothing.
    found: RefCell<BTreeMap<usize, Found>>,
    nothing: Found,
    /// What rests on personal columns.
    private: Private,
    /// For each table its rows in order, once they are asked for.
    orders: Vec<OnceCell<Vec<u32>>>,
    /// And what each is called.
    called: Vec<OnceCell<Vec<unit::Called>>>,
    /// Whether one unit alone is judged, so that nothing is worth preparing for all.
    is_of_one: bool,
    /// Whether variations are opened up into their members.
    tells_members: bool,
    /// The earliest day up to which any standard was checked.
    checked_up_to: Option<Date>,
    /// How many rows, or units beneath, a finding lists.
    most_rows: usize,
}

/// The findings of a rule, in the order of its units, and which is whose.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    places: BTreeMap<UnitKey, usize>,
}

impl Found {
    fn of(&self, unit: &UnitKey) -> Option<&Judged> {
        self.places.get(unit).map(|place| &self.findings[*place].judged)
    }
}

/// A unit of a rule: its row, its codes, and its period where each is asked.
type UnitKey = (u32, Vec<u16>, Option<Term>);

impl<'a> Judge<'a> {
    fn new(plan: &'a Plan, tables: &'a Tables, reduced: &'a Reduced, ask: &'a Ask) -> Judge<'a> {
        Judge { private: Private::of(plan), plan, tables, reduced, ask, found: RefCell::default(), nothing: Found::default(), orders: vec![OnceCell::new(); plan.tables.len()], called: vec![OnceCell::new(); plan.tables.len()], is_of_one: false, tells_members: true, checked_up_to: plan.parameters.iter().filter_map(|parameter| parameter.checked_up_to).min(), most_rows: MOST_ROWS }
    }

    /// Whether all rows are listed: then of what is not met also those that are open.
    fn lists_open(&self) -> bool {
        self.most_rows == usize::MAX
    }

    fn world(&self, as_of: Date) -> World<'a> {
        World { plan: self.plan, tables: self.tables, reduced: self.reduced, as_of, outcomes: None }
    }

    fn rule(&self, rule: usize) -> Asked {
        self.rule_of(rule, self.units(rule))
    }

    /// Judges units of a rule.
    fn rule_of(&self, rule: usize, units: Vec<UnitKey>) -> Asked {
        let def = &self.plan.rules[rule];
        let mut asked = Asked { rule, asked: 0, of: units.len(), reason: Vec::new() };
        let Some((day, advance)) = self.day(def) else {
            asked.reason.push(Cause { code: CauseCode::NotInForce, at: Place::Rule(rule) });
            return asked;
        };
        if advance.is_some() {
            // Judged with everything as of that day, see `first_days`.
            return asked;
        }
        self.found.borrow_mut().entry(rule).or_default().findings.reserve_exact(units.len());
        for (row, codes, term) in units {
            let at = At { table: def.at.table, row, codes: &codes, level: Some(&def.at), term: term.or_else(|| self.term(rule)) };
            let Some(judged) = self.unit_judged(rule, day, at) else { continue };
            let finding = self.finding(rule, self.unit(def.at.table, row, &def.at.codes, &codes, term), judged, at);
            let mut all = self.found.borrow_mut();
            let found = all.entry(rule).or_default();
            found.places.insert((row, codes, term), found.findings.len());
            found.findings.push(finding);
            asked.asked += 1;
        }
        asked
    }

    fn finding(&self, rule: usize, unit: UnitId, judged: Judged, at: At) -> Finding {
        let def = &self.plan.rules[rule];
        let ruling = self.plan.ruling(def, self.ask.as_of);
        let [message, advice_text] = [ruling.message, ruling.remedy].map(|told| told.map(|told| self.told(told, ruling.show, at)));
        Finding { rule, kind: def.kind, unit, outcome: judged.outcome, judged, message, advice_text, advance: None, heard: true, remedy: Vec::new() }
    }

    /// The day that a rule is judged as of; its first day, as an advance warning, if it begins later; `None` if it is over.
    fn day(&self, def: &RuleDef) -> Option<(Date, Option<Date>)> {
        let days = self.plan.in_force(def);
        match days.from {
            _ if days.to.is_some_and(|to| to < self.ask.as_of) => None,
            Some(from) if from > self.ask.as_of => Some((from, Some(from))),
            _ => Some((self.ask.as_of, None)),
        }
    }

    /// How a unit was judged; `None` if the rule does not ask it.
    fn unit_judged(&self, rule: usize, day: Date, at: At) -> Option<Judged> {
        let def = &self.plan.rules[rule];
        let world = self.world(day);
        let mut scope = self.membership(&world, at);
        match self.of_the_period(&world, def, at) {
            Ok(of_it) => scope = crate::builtin::logic::and(&[scope, of_it]),
            Err(cause) => return Some(self.unasked(rule, Outcome::Undecided, vec![cause])),
        }
        if let Some(asked) = &def.scope {
            scope = crate::builtin::logic::and(&[scope, asked_or_not(self.value(&world, asked, at))]);
        }
        match (scope.absent, scope.as_truth()) {
            (Absent::Yes, _) | (Absent::No, Truth::False) => return None,
            (Absent::No, Truth::True) => {}
            _ => return Some(self.perhaps_asked(rule, &world, at, scope.causes)),
        }
        let ruling = self.plan.ruling(def, day);
        if let Some(when) = ruling.when {
            let when = self.value(&world, when, at);
            match truth_outcome(&when) {
                Outcome::Met => {}
                Outcome::Undecided if when.as_truth().may(true) => return Some(self.perhaps_asked(rule, &world, at, when.causes)),
                _ => {
                    let mut causes = when.causes;
                    causes.push(Cause { code: CauseCode::Condition, at: Place::Rule(rule) });
                    return Some(self.unasked(rule, Outcome::NotApplicable, causes));
                }
            }
        }
        Some(self.excepted(rule, &world, at))
    }

    /// A part whose pupils are unknown may be no unit at all.
    fn membership(&self, world: &World, at: At) -> Value {
        let possible = at.table.and_then(|table| world.part(table, at.row).filter(|part| part.possible).map(|part| (table, part)));
        let Some((table, part)) = possible else { return Value::truth(Truth::True) };
        let mut value = Value::truth(Truth::Unknown);
        if let Some(split) = &self.plan.tables[table].split {
            let pupils = crate::model::plan::ColumnRef { table: split.of, column: split.parts[usize::from(part.part)].pupils };
            value.add_causes(&world.cell(pupils, part.row).causes);
        }
        value
    }

    /// A value that may ask for outcomes of rules.
    fn value(&self, world: &World, node: &Node, at: At) -> Value {
        let outcomes = |kind: &NodeKind, at: At| self.outcome_value(kind, at);
        World { outcomes: Some(&outcomes), ..*world }.value(node, at)
    }

    /// Both sides of a comparison, which may ask for outcomes of rules.
    fn sides(&self, world: &World, left: &Node, right: &Node, at: At) -> (Value, Value) {
        let outcomes = |kind: &NodeKind, at: At| self.outcome_value(kind, at);
        World { outcomes: Some(&outcomes), ..*world }.sides(left, right, at)
    }

    /// It is unknown whether the rule asks this unit; its percent of standard is known all the same.
    fn perhaps_asked(&self, rule: usize, world: &World, at: At, reason: Vec<Cause>) -> Judged {
        let judged = self.excepted(rule, world, at);
        let may = judged.possible().or_not_applicable();
        let attainment = judged.attainment.filter(|_| self.plan.rules[rule].exceptions.is_empty());
        Judged { attainment, may, ..self.unasked(rule, Outcome::Undecided, reason) }
    }

    fn unasked(&self, rule: usize, outcome: Outcome, reason: Vec<Cause>) -> Judged {
        Judged { outcome, reason, set_by: self.plan.rules[rule].pack, ..blank(Form::Unasked) }
    }
}

/// What an open statement may turn out to be. It may always turn out not to apply: its variation may have but one member,
/// the rule that it asks may not ask this unit.
fn may(value: &Value) -> May {
    let answered = value.absent != Absent::Yes;
    May { met: answered && value.as_truth().may(true), not_met: answered && value.as_truth().may(false), not_applicable: true }
}

/// What is unknown in values although an outcome that is read from them is settled.
fn despite(outcome: Outcome, values: &[&Value]) -> Vec<Cause> {
    let mut found = Vec::new();
    if matches!(outcome, Outcome::Met | Outcome::NotMet) {
        // That something is divided by 0 is the reason, and no cell to fill.
        let open = |cause: &Cause| cause.code != CauseCode::Zero;
        add_new(&mut found, values.iter().filter(|value| !value.is_settled()).flat_map(|value| value.causes.iter().copied()).filter(open));
    }
    found
}

/// A judgement with nothing in it yet.
fn blank(form: Form) -> Judged {
    Judged {
        outcome: Outcome::Undecided,
        grades: None,
        form,
        value: Figure::None,
        limit: Limit::None,
        margin: None,
        few: Few::default(),
        attainment: None,
        rounding_flips: false,
        show: 2,
        working: Vec::new(),
        cells: Vec::new(),
        reason: Vec::new(),
        may: May::ALL,
        despite: Vec::new(),
        parts: Vec::new(),
        unchecked: false,
        set_by: 0,
        layer: None,
        source: None,
    }
}

