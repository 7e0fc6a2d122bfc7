//! k of n over rules: each branch with its outcome and percent of standard, joined however the undecided may turn out.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::base::{Number, Term, Unit};
use crate::builtin::interval::compare;
use crate::builtin::logic::not;
use crate::eval::{At, outcome_value, truth_outcome};
use crate::model::ast::{Grade, Status, Wanted};
use crate::model::op::{Bound, Compare};
use crate::model::plan::{Amount, Level, NodeKind, Rest, RulesDef};
use crate::model::value::{Cause, Range, Truth, Value, add_new};
use crate::model::verdict::{Figure, Finding, Form, Grades, Judged, Limit, Outcome, Part};

use super::{Found, Judge, UnitKey, blank};

/// One rule that is counted.
struct Branch {
    rule: usize,
    outcome: Outcome,
    /// What its grade may be; of several units the worst.
    grades: Grades,
    /// The one unit whose outcome it is; `None` for the outcomes of several, joined.
    unit: Option<UnitKey>,
    attainment: Option<Range>,
    reason: Vec<Cause>,
}

impl Judge<'_> {
    pub(super) fn rules(&self, rules: &RulesDef, at: At) -> Judged {
        if let (true, Some((bound, Amount::Share(share))), [rule]) = (rules.of_units, &rules.bound, rules.rules.as_slice()) {
            return self.share_of_units(rules, (*rule, *bound, share), at);
        }
        let branches: Vec<Branch> = rules.rules.iter().map(|rule| self.branch(*rule, at)).collect();
        let left: Vec<&Branch> = branches.iter().filter(|branch| !matches!(branch.outcome, Outcome::NotApplicable | Outcome::Exempt)).collect();
        let outcome = if left.is_empty() { Outcome::join(branches.iter().map(|branch| branch.outcome)) } else { decide(rules, &left) };
        let mut judged = Judged { outcome, show: 0, ..blank(Form::Rules { bound: rules.bound.as_ref().map(|(bound, _)| *bound), wanted: rules.wanted }) };
        (judged.value, judged.limit) = counts(rules, &left);
        if let (Figure::Number { number, .. }, Limit::Number { number: limit, op, .. }) = (&judged.value, &judged.limit) {
            judged.margin = if op.is_floor() { Some(number - limit) } else if op.is_ceiling() { Some(limit - number) } else { None };
        }
        if outcome == Outcome::Undecided {
            add_new(&mut judged.reason, left.iter().flat_map(|branch| branch.reason.iter().copied()));
        }
        judged.parts = branches.into_iter().map(|branch| self.part(branch)).collect();
        judged
    }

    /// A rule that a requirement names, as a part of it: its unit, or of units beneath those that decide and how many there
    /// are of each kind.
    pub(super) fn named(&self, rule: usize, at: At) -> Vec<Part> {
        let branch = self.branch(rule, at);
        let level = &self.plan.rules[rule].at;
        let is_own = branch.unit.is_some() || self.unit_above(level, at).is_some();
        if is_own {
            return vec![self.part(branch)];
        }
        let mut counts = [0; 5];
        let mut parts = Vec::new();
        let all = self.found.borrow();
        let found = all.get(&rule).unwrap_or(&self.nothing);
        let mut kin = self.kin(rule, found, at);
        kin.sort_unstable();
        for finding in kin.into_iter().map(|place| &found.findings[place]) {
            let unit = &finding.unit;
            counts[finding.outcome as usize] += 1;
            let decides = (finding.outcome == branch.outcome || self.lists_open()) && matches!(finding.outcome, Outcome::NotMet | Outcome::Undecided);
            if decides && parts.len() < self.most_rows {
                let attainment = finding.judged.attainment.as_ref().and_then(|range| range.single().cloned());
                let grade = finding.judged.grades.unwrap_or_else(|| Grades::of_outcome(finding.outcome)).single();
                parts.push(Part::Branch { rule, unit: Some(unit.key.clone()), row: unit.table.map(|_| unit.row), outcome: finding.outcome, judged: Some(Box::new(finding.judged.clone())), grade, attainment });
            }
        }
        let count = |outcome: Outcome| counts[outcome as usize];
        let left = count(Outcome::NotApplicable) + count(Outcome::Exempt);
        parts.push(Part::Counts { asked: counts.iter().sum(), met: count(Outcome::Met), not_met: count(Outcome::NotMet), undecided: count(Outcome::Undecided), not_applicable: left });
        parts
    }

    /// The share of the units beneath of which what is said of the rule is so, among those that it asks; exempt ones, and those
    /// to which it does not apply, are left out. Listed are the units that are too few, or too many; where nothing is decided
    /// those that leave it open.
    fn share_of_units(&self, rules: &RulesDef, (rule, bound, share): (usize, Bound, &Number), at: At) -> Judged {
        let all = self.found.borrow();
        let found = all.get(&rule).unwrap_or(&self.nothing);
        let mut kin = self.kin(rule, found, at);
        kin.sort_unstable();
        let units: Vec<&Finding> = kin.into_iter().map(|place| &found.findings[place]).collect();
        let left: Vec<(&Finding, Truth)> = units.iter().filter(|unit| !matches!(unit.outcome, Outcome::NotApplicable | Outcome::Exempt)).map(|unit| (*unit, is_so(unit, rules))).collect();
        let op = bound.compare();
        let mut judged = Judged { outcome: Outcome::join(units.iter().map(|unit| unit.outcome)), show: 2, ..blank(Form::Share) };
        let counts = count(&left.iter().map(|(_, truth)| *truth).collect::<Vec<_>>());
        let all = Number::count(left.len());
        let of_all = |end: &Option<Number>| end.as_ref().and_then(|end| end.div(&all));
        judged.limit = Limit::Number { number: share.clone(), unit: Unit::percent(), op, rest: None };
        if let Some((low, high)) = of_all(&counts.low).zip(of_all(&counts.high)) {
            // Where nothing is settled none may yet be asked, and then nothing remains.
            let is_open = left.iter().all(|(unit, _)| unit.outcome == Outcome::Undecided);
            let range = Range::between(low, high);
            let truth = if is_open { Truth::Unknown } else { compare(op, &range, &Range::exactly(share.clone())) };
            judged.outcome = truth_outcome(&Value::truth(truth));
            let value = Value::range(range);
            judged.attainment = Some(super::comparison::attainment(op, judged.outcome, &value, &Value::number(share.clone())));
            judged.value = super::comparison::figure(&value, &Unit::percent());
            judged.margin = super::rows::share_margin(&judged.value, share, op);
            judged.parts.push(Part::Share { numerator: counts, denominator: Range::exactly(all), outside: None });
        }
        let of = |wanted: Truth| left.iter().filter(move |(_, truth)| *truth == wanted);
        let breaking = if judged.outcome == Outcome::Undecided { Truth::Unknown } else { super::rows::breaching(&judged) };
        if !left.is_empty() {
            let branch = |unit: &Finding| Part::Branch {
                rule,
                unit: Some(unit.unit.key.clone()),
                row: unit.unit.table.map(|_| unit.unit.row),
                outcome: unit.outcome,
                judged: Some(Box::new(unit.judged.clone())),
                grade: grades(unit).single(),
                attainment: unit.judged.attainment.as_ref().and_then(|range| range.single().cloned()),
            };
            judged.parts.extend(of(breaking).take(self.most_rows).map(|(unit, _)| branch(unit)));
            if breaking != Truth::Unknown && judged.outcome == Outcome::NotMet && self.lists_open() {
                judged.parts.extend(of(Truth::Unknown).map(|(unit, _)| branch(unit)));
            }
        }
        let unknown = of(Truth::Unknown).flat_map(|(unit, _)| unit.judged.reason.iter().copied());
        add_new(if judged.outcome == Outcome::Undecided { &mut judged.reason } else { &mut judged.despite }, unknown);
        let outcomes = |wanted: Outcome| units.iter().filter(|unit| unit.outcome == wanted).count() as u64;
        let outside = outcomes(Outcome::NotApplicable) + outcomes(Outcome::Exempt);
        judged.parts.push(Part::Counts { asked: units.len() as u64, met: outcomes(Outcome::Met), not_met: outcomes(Outcome::NotMet), undecided: outcomes(Outcome::Undecided), not_applicable: outside });
        super::comparison::flip(&mut judged);
        judged
    }

    fn part(&self, branch: Branch) -> Part {
        let level = &self.plan.rules[branch.rule].at;
        let attainment = branch.attainment.as_ref().and_then(|range| range.single().cloned());
        let of_table = branch.unit.as_ref().filter(|_| level.table.is_some());
        let row = of_table.map(|(row, ..)| *row);
        let unit = of_table.map(|(row, codes, term)| self.unit(level.table, *row, &level.codes, codes, *term).key);
        let judged = branch.unit.and_then(|unit| self.found.borrow().get(&branch.rule).and_then(|found| found.of(&unit).cloned())).map(Box::new);
        Part::Branch { rule: branch.rule, unit, row, outcome: branch.outcome, judged, grade: branch.grades.single(), attainment }
    }

    /// The outcome of a rule for the unit that asks: its own, that of the unit above, or those beneath joined.
    fn branch(&self, rule: usize, at: At) -> Branch {
        let level = &self.plan.rules[rule].at;
        let all = self.found.borrow();
        let found = all.get(&rule).unwrap_or(&self.nothing);
        if let Some(unit) = self.unit_above(level, at) {
            // A rule whose tables hold no period has one unit that stands for them all.
            let timeless = (unit.0, unit.1.clone(), None);
            let Some((unit, judged)) = [unit, timeless].into_iter().find_map(|unit| found.of(&unit).map(|judged| (unit, judged))) else { return Branch { rule, outcome: Outcome::NotApplicable, grades: Grades::of_outcome(Outcome::NotApplicable), unit: None, attainment: None, reason: Vec::new() } };
            let reason = if judged.outcome == Outcome::Undecided { judged.reason.clone() } else { Vec::new() };
            let grades = judged.grades.unwrap_or_else(|| Grades::of_outcome(judged.outcome));
            return Branch { rule, outcome: judged.outcome, grades, unit: Some(unit), attainment: judged.attainment.clone(), reason };
        }
        let mut outcomes = Vec::new();
        let mut worst = Grade::Qualified;
        let mut reasons = Vec::new();
        for place in self.kin(rule, found, at) {
            let judged = &found.findings[place].judged;
            outcomes.push(judged.outcome);
            worst = worst.max(judged.grades.and_then(Grades::single).unwrap_or(Grade::Qualified));
            if judged.outcome == Outcome::Undecided {
                reasons.extend(&judged.reason);
            }
        }
        let mut reason = Vec::new();
        add_new(&mut reason, reasons);
        let outcome = Outcome::join(outcomes);
        let grades = if outcome == Outcome::Met { Grades::of(worst) } else { Grades::of_outcome(outcome) };
        Branch { rule, outcome, grades, unit: None, attainment: None, reason }
    }

    /// The outcome of a rule, or of rules that are counted, as a statement about the unit that asks.
    pub(super) fn outcome_value(&self, kind: &NodeKind, at: At) -> Value {
        let (outcome, reason, is_turned) = match kind {
            NodeKind::Status { rule, wanted } => {
                let branch = self.branch(*rule, at);
                (branch.outcome, branch.reason, *wanted == Status::NotMet)
            }
            NodeKind::Rules(rules) => {
                let judged = self.rules(rules, at);
                (judged.outcome, judged.reason, false)
            }
            _ => (Outcome::Undecided, Vec::new(), false),
        };
        let mut value = outcome_value(outcome);
        value.add_causes(&reason);
        if is_turned { not(&value) } else { value }
    }

    /// The unit of a level that the asking unit is, or stands beneath.
    fn unit_above(&self, level: &Level, at: At) -> Option<UnitKey> {
        let asking = at.level?;
        // A semester is heard of in its school year; what is asked of no period is asked of them all.
        let term = match level.each {
            Some(kind) => Some(self.term_asking(at)?.within(kind)?),
            None => None,
        };
        let codes = level.codes.iter().map(|list| asking.codes.iter().position(|code| code == list).and_then(|place| at.codes.get(place).copied())).collect::<Option<Vec<u16>>>()?;
        let row = match level.table {
            None => 0,
            Some(table) => self.world(self.ask.as_of).above(at, table)?,
        };
        // A row that is itself of a period says so, and not its key.
        Some((row, codes, term.filter(|_| !self.is_of_periods(level))))
    }

    /// The findings of a rule whose units are the asking unit, or stand above or beneath it: their places, by the units' keys.
    fn kin(&self, rule: usize, found: &Found, at: At) -> Vec<usize> {
        let level = &self.plan.rules[rule].at;
        let is_kin = |((row, codes, term), place): (&UnitKey, &usize)| self.is_kin(level, *row, codes, *term, at).then_some(*place);
        let Some((asking, own)) = at.level.and_then(|asking| asking.table).zip(level.table) else { return found.places.iter().filter_map(is_kin).collect() };
        let rows = self.kin_rows(own, asking, at.row);
        let of_row = |row: u32| found.places.range((row, Vec::new(), None)..).take_while(move |(unit, _)| unit.0 == row);
        rows.into_iter().flat_map(of_row).filter_map(is_kin).collect()
    }

    /// The rows of a table that a row of another is, or stands above or beneath, in order.
    pub(super) fn kin_rows(&self, own: usize, asking: usize, row: u32) -> Vec<u32> {
        let mut rows = self.world(self.ask.as_of).all_above(asking, row, own);
        let beneath = self.rows_beneath(own, asking);
        let first = beneath.partition_point(|(above, _)| *above < row);
        rows.extend(beneath[first..].iter().take_while(|(above, _)| *above == row).map(|(_, row)| *row));
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The rows of a table, each behind the rows of another that it is or stands beneath, in order. Sought once.
    fn rows_beneath(&self, own: usize, above: usize) -> Rc<[(u32, u32)]> {
        let known = self.reduced.beneath.borrow().get(&(own, above)).cloned();
        known.unwrap_or_else(|| {
            let world = self.world(self.ask.as_of);
            let rows = 0..u32::try_from(world.rows(own)).unwrap_or(u32::MAX);
            let mut pairs: Vec<(u32, u32)> = rows.flat_map(|row| world.all_above(own, row, above).into_iter().map(move |above| (above, row))).collect();
            pairs.sort_unstable();
            let pairs: Rc<[(u32, u32)]> = pairs.into();
            self.reduced.beneath.borrow_mut().insert((own, above), pairs.clone());
            pairs
        })
    }

    /// Whether a unit of a level is the asking unit, or stands above or beneath it: by its row, its codes and its period.
    pub(super) fn is_kin(&self, level: &Level, row: u32, codes: &[u16], term: Option<Term>, at: At) -> bool {
        let Some(asking) = at.level else { return false };
        let world = self.world(self.ask.as_of);
        let same_codes = asking.codes.iter().zip(at.codes).all(|(list, code)| level.codes.iter().zip(codes).all(|(own, own_code)| own != list || own_code == code));
        let same_row = match (asking.table, level.table) {
            (Some(asking), Some(own)) => world.belongs(own, row, asking, at.row) || world.belongs(asking, at.row, own, row),
            _ => true,
        };
        let own_term = level.table.and_then(|table| world.row_term(table, row)).or(term);
        let same_term = own_term.zip(self.term_asking(at)).is_none_or(|(own, asked)| own.within(asked.kind) == Some(asked) || asked.within(own.kind) == Some(own));
        same_codes && same_row && same_term
    }

    /// The period of the unit that asks: of its row, else the one of each that it is asked for.
    fn term_asking(&self, at: At) -> Option<Term> {
        let own = at.table.and_then(|table| self.world(self.ask.as_of).row_term(table, at.row));
        own.or(at.term.filter(|_| at.level.is_some_and(|level| level.each.is_some())))
    }

    fn is_of_periods(&self, level: &Level) -> bool {
        level.table.is_some_and(|table| self.plan.tables[table].period.is_some())
    }
}

fn grades(unit: &Finding) -> Grades {
    unit.judged.grades.unwrap_or_else(|| Grades::of_outcome(unit.outcome))
}

/// Whether a unit is what is said of the rule: met, not met, or of a grade that counts.
fn is_so(unit: &Finding, rules: &RulesDef) -> Truth {
    match (unit.outcome, rules.wanted) {
        (_, Wanted::Grade(_)) => among(grades(unit), rules.counted_grades()),
        (Outcome::Undecided, _) => Truth::Unknown,
        (outcome, Wanted::Status(Status::Met)) => Truth::from_bool(outcome == Outcome::Met),
        (outcome, Wanted::Status(Status::NotMet)) => Truth::from_bool(outcome == Outcome::NotMet),
    }
}

/// Whether a branch is what is counted: met, or not met, or of a grade that counts.
fn is_wanted(branch: &Branch, rules: &RulesDef) -> Truth {
    match (branch.outcome, rules.wanted) {
        (Outcome::Undecided, Wanted::Grade(_)) => among(branch.grades, rules.counted_grades()),
        (_, Wanted::Grade(_)) => Truth::from_bool(branch.grades.single().is_some_and(|grade| rules.counted_grades().contains(&grade))),
        (Outcome::Undecided, _) => Truth::Unknown,
        (outcome, Wanted::Status(Status::Met)) => Truth::from_bool(outcome == Outcome::Met),
        (outcome, Wanted::Status(Status::NotMet)) => Truth::from_bool(outcome == Outcome::NotMet),
    }
}

/// Whether whatever grade it turns out to be is one of these. One that may not apply is open.
fn among(grades: Grades, wanted: &[Grade]) -> Truth {
    let may = |inside: bool| Grade::ALL.into_iter().any(|grade| grades.may_be(grade) && wanted.contains(&grade) == inside);
    match (grades.none, may(true), may(false)) {
        (true, ..) | (_, true, true) => Truth::Unknown,
        (_, inside, _) => Truth::from_bool(inside),
    }
}

/// Where nothing is settled nothing is decided: every branch might yet not apply, and then nothing would remain.
fn decide(rules: &RulesDef, left: &[&Branch]) -> Outcome {
    if left.iter().all(|branch| branch.outcome == Outcome::Undecided) {
        return Outcome::Undecided;
    }
    let k = rules.asked_of(left.len());
    // How many are counted at least and at most where the rest stands; each number between them may come about too.
    let (mut least, mut most) = (0, 0);
    let (mut may_stand, mut may_fall) = (true, false);
    for turns in left.iter().map(|branch| turns(branch, rules)) {
        let [counted, stays, falls] = [(true, true), (false, true), (false, false)].map(|turn| turns.contains(&turn));
        least += usize::from(!stays);
        most += usize::from(counted);
        may_stand &= counted || stays;
        may_fall |= falls;
    }
    let [low, high] = [least, most].map(|count| Number::count(count).cmp(&k));
    let is_between = low.is_lt() && high.is_gt() && k.is_whole();
    let holds = |ordering: &Ordering| op(rules).holds(*ordering);
    let ways: Vec<Ordering> = [low, high].into_iter().chain(is_between.then_some(Ordering::Equal)).collect();
    match (may_stand && ways.iter().any(holds), may_stand && !may_fall && ways.iter().all(holds)) {
        (_, true) => Outcome::Met,
        (false, _) => Outcome::NotMet,
        _ => Outcome::Undecided,
    }
}

/// The ways in which a branch may turn out: whether it is counted, and whether it then stands as one of the rest.
fn turns(branch: &Branch, rules: &RulesDef) -> Vec<(bool, bool)> {
    let found = is_wanted(branch, rules);
    let rest = rules.rest.as_ref().map_or(Truth::True, |rest| reaches(branch, rest, rules));
    let counted = found.may(true).then_some((true, true));
    let left = [true, false].into_iter().filter(|stands| found.may(false) && rest.may(*stands)).map(|stands| (false, stands));
    counted.into_iter().chain(left).collect()
}

/// Whether a branch that is not counted reaches what the rest must.
fn reaches(branch: &Branch, rest: &Rest, rules: &RulesDef) -> Truth {
    match (rest, rules.wanted) {
        (Rest::Standard(percent), _) => branch.attainment.as_ref().map_or(Truth::Unknown, |range| compare(Compare::Ge, range, &Range::exactly(percent.clone()))),
        (Rest::Basic, Wanted::Status(status)) => Truth::from_bool(status == Status::NotMet),
        (Rest::Basic, Wanted::Grade(_)) => {
            let may = |grade: &Grade| !rules.counted_grades().contains(grade) && (branch.grades.none || branch.grades.may_be(*grade));
            let truths = Grade::ALL.into_iter().filter(may).map(|grade| Truth::from_bool(grade != Grade::NotQualified));
            truths.reduce(Truth::hull).unwrap_or(Truth::True)
        }
    }
}

fn op(rules: &RulesDef) -> Compare {
    rules.bound.as_ref().map_or(Compare::Ge, |(bound, _)| bound.compare())
}

fn count(found: &[Truth]) -> Range {
    let number = |keep: fn(Truth) -> bool| Number::count(found.iter().filter(|truth| keep(**truth)).count());
    Range::between(number(|truth| truth == Truth::True), number(|truth| truth != Truth::False))
}

fn counts(rules: &RulesDef, left: &[&Branch]) -> (Figure, Limit) {
    if left.is_empty() {
        return (Figure::None, Limit::None);
    }
    let found: Vec<Truth> = left.iter().map(|branch| is_wanted(branch, rules)).collect();
    let value = super::comparison::figure(&Value::range(count(&found)), &Unit::plain());
    (value, Limit::Number { number: rules.asked_of(left.len()), unit: Unit::plain(), op: op(rules), rest: rules.rest.clone() })
}
