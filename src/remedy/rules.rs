//! k of n: the fewest branches, and among as many those that lack least, brought to their limit; of the rest those that
//! fall short, brought to the percent that the rest must reach.

use crate::base::{Number, Text};
use crate::model::ast::{Grade, Status, Wanted};
use crate::model::needs::Needs;
use crate::model::op::Bound;
use crate::model::plan::{Level, Rest, RulesDef};
use crate::model::remedy::{Change, Others, Way};
use crate::model::verdict::{Finding, Grades, Outcome, UnitId};

use super::asked::Asked;
use super::change::{less, together};
use super::bench::{Bench, Spot};
use super::figure::{Ease, fewest};
use super::goal::Found;

/// So often changes that stand together are made less.
const MOST_PASSES: usize = 24;

/// Grades that are as good as met.
pub(super) const MET: &[Grade] = &[Grade::Qualified, Grade::Basic];

/// One rule that is counted, as it stands after the changes so far.
struct Branch<'a> {
    rule: usize,
    asked: Asked,
    /// `None` where units beneath are joined.
    spot: Option<Spot<'a>>,
    outcome: Outcome,
    grade: Option<Grade>,
    attainment: Option<Number>,
}

impl Branch<'_> {
    /// Whether it stays among those that are counted.
    fn is_left(&self) -> bool {
        !matches!(self.outcome, Outcome::NotApplicable | Outcome::Exempt)
    }
}

/// What a branch is brought to.
#[derive(Clone, Copy)]
enum Aim<'r> {
    Counted(Wanted),
    Rest(&'r Rest),
}

impl<'a> Bench<'a> {
    pub fn solve_rules(&self, rules: &RulesDef, spot: &Spot, given: &[Change]) -> Vec<Found> {
        // Which of its units are the readiest is told by their own remedies.
        if rules.of_units {
            return Vec::new();
        }
        let branches = self.branches(rules, spot, given);
        if lacking(&branches, rules, &[]).is_none() {
            return Vec::new();
        }
        let Some((mut whole, touched)) = self.one_by_one(rules, spot, given) else { return vec![self.elsewhere(rules, &branches)] };
        if matches!(whole.way, Way::Elsewhere(_)) {
            return vec![whole];
        }
        whole.changes = self.trimmed(together(whole.changes), &|changes| {
            let after = self.branches(rules, spot, &[given, changes].concat());
            lacking(&after, rules, &[]).is_some_and(|lacking| lacking.aims(rules).next().is_none())
        });
        // A branch brought to a percent of its standard may meet it besides, and another need no more than the percent.
        let after = self.branches(rules, spot, &[given, &whole.changes].concat());
        let is_met = |rule: &usize| after.iter().any(|branch| branch.rule == *rule && is_counted(branch, rules) == (rules.wanted != Wanted::Status(Status::NotMet)));
        let (met, rest) = touched.into_iter().partition(is_met);
        vec![Found { way: Way::Branches { met, rest }, ease: Ease::default(), ..whole }]
    }

    /// Branch after branch, looking anew after each: what brings one to its limit may help another, or harm it. Of those
    /// for which no change is found others take the place. `None` where too few are left.
    fn one_by_one(&self, rules: &RulesDef, spot: &Spot, given: &[Change]) -> Option<(Found, Vec<usize>)> {
        let (mut whole, mut touched, mut barred, mut waiting) = (Found::nothing_to_do(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..MOST_PASSES {
            let so_far = [given, &whole.changes].concat();
            let branches = self.branches(rules, spot, &so_far);
            let lacking = lacking(&branches, rules, &barred)?;
            if lacking.met.len() < lacking.need {
                return None;
            }
            let next = lacking.aims(rules).find(|(branch, _)| !waiting.contains(&branch.rule));
            let Some((branch, aim)) = next else { return Some((whole, touched)) };
            match (self.solve_branch(branch, aim, &so_far), aim) {
                (Some(first), _) => {
                    // Its own parts have to be met first, by their own remedies.
                    waiting.extend(matches!(first.way, Way::Elsewhere(_)).then_some(branch.rule));
                    whole = whole.and(first);
                    touched.extend((!touched.contains(&branch.rule)).then_some(branch.rule));
                }
                (None, Aim::Counted(_)) => barred.push(branch.rule),
                (None, Aim::Rest(_)) => return None,
            }
        }
        None
    }

    fn branches(&self, rules: &RulesDef, spot: &Spot, given: &[Change]) -> Vec<Branch<'a>> {
        rules.rules.iter().map(|rule| self.branch(*rule, spot, given)).collect()
    }

    /// As little of each change as is enough beside the others, those first that change the most of what there is. With
    /// less of one, less of another may be enough: so again until nothing is left to take away.
    fn trimmed(&self, mut changes: Vec<Change>, enough: &dyn Fn(&[Change]) -> bool) -> Vec<Change> {
        let part = |change: &Change| if let Change::Number { cell, by, .. } = change { self.number(*cell).and_then(|now| by.abs().div(&now.abs())) } else { None };
        for _ in 0..MOST_PASSES {
            let mut order: Vec<usize> = (0..changes.len()).collect();
            order.sort_by_key(|at| part(&changes[*at]).map(|part| -&part));
            let Some(at) = order.into_iter().find(|at| less(&changes[*at]).is_some_and(|fewer| enough(&with(&changes, *at, Some(fewer))))) else { break };
            let least = if enough(&with(&changes, at, None)) { None } else { least_of(&changes, at, enough) };
            changes = with(&changes, at, least);
        }
        changes
    }

    fn branch(&self, rule: usize, asking: &Spot, given: &[Change]) -> Branch<'a> {
        let level = &self.plan.rules[rule].at;
        match self.spot_above(level, asking, given) {
            Some(spot) => {
                let judged = self.judged(given, &Needs::of(self.plan, rule), &unit_of(level, &spot)).map(|finding| finding.judged);
                let asked = Asked::of(rule, judged.as_ref());
                let outcome = judged.as_ref().map_or(Outcome::NotApplicable, |judged| judged.outcome);
                let grade = judged.as_ref().and_then(|judged| judged.grades).unwrap_or_else(|| Grades::of_outcome(outcome)).single();
                let attainment = judged.and_then(|judged| judged.attainment?.single().cloned());
                Branch { rule, asked, spot: Some(spot), outcome, grade, attainment }
            }
            None => {
                let outcome = Outcome::join(self.findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.outcome));
                Branch { rule, asked: Asked::of(rule, None), spot: None, outcome, grade: Grades::of_outcome(outcome).single(), attainment: None }
            }
        }
    }

    /// The unit of a level that the asking unit is, or stands beneath.
    fn spot_above(&self, level: &'a Level, asking: &Spot, given: &[Change]) -> Option<Spot<'a>> {
        let own = asking.level?;
        let codes = level.codes.iter().map(|list| own.codes.iter().position(|code| code == list).and_then(|place| asking.codes.get(place).copied())).collect::<Option<Vec<u16>>>()?;
        let row = match level.table {
            None => 0,
            Some(table) => self.tried(given, false, |world| world.above(asking.at(), table)).flatten()?,
        };
        Some(Spot { table: level.table, row, codes, level: Some(level), term: asking.term.filter(|_| own.each == level.each) })
    }

    fn solve_branch(&self, branch: &Branch<'a>, aim: Aim, given: &[Change]) -> Option<Found> {
        let spot = branch.spot.clone()?;
        let (grades, reach): (&[Grade], _) = match aim {
            Aim::Counted(Wanted::Grade(Grade::Basic)) => (&[Grade::Basic], None),
            Aim::Counted(Wanted::Grade(_)) => (&[Grade::Qualified], None),
            Aim::Counted(Wanted::Status(_)) | Aim::Rest(Rest::Basic) => (MET, None),
            Aim::Rest(Rest::Standard(percent)) => (MET, Some(percent)),
        };
        self.solve_rule(&branch.asked, &spot, grades, reach, given).into_iter().next()
    }

    /// Each of them has remedies of its own: of those that are not counted yet, also the undecided, as many as are needed.
    fn elsewhere(&self, rules: &RulesDef, branches: &[Branch]) -> Found {
        let open = |finding: &&Finding| matches!(finding.outcome, Outcome::NotMet | Outcome::Undecided);
        let units = |rule: usize| self.findings.iter().filter(|finding| finding.rule == rule).filter(open).count();
        let left: Vec<&Branch> = branches.iter().filter(|branch| branch.is_left()).collect();
        let counted = left.iter().filter(|branch| is_counted(branch, rules)).count();
        let turned = rules.wanted == Wanted::Status(Status::NotMet);
        let short: Vec<&&Branch> = left.iter().filter(|branch| is_counted(branch, rules) == turned).collect();
        let others = short.iter().map(|branch| (branch.rule, if branch.spot.is_some() { 1 } else { units(branch.rule) })).collect();
        Found::elsewhere(vec![Others { need: needed(rules, left.len(), short.len(), counted).unwrap_or(short.len()), rules: others }])
    }
}

/// The same changes, with another or none in the place of one.
fn with(changes: &[Change], at: usize, other: Option<Change>) -> Vec<Change> {
    changes[..at].iter().cloned().chain(other).chain(changes[at + 1..].iter().cloned()).collect()
}

/// One change of several with as few steps as are enough beside the others.
fn least_of(changes: &[Change], at: usize, enough: &dyn Fn(&[Change]) -> bool) -> Option<Change> {
    let Change::Number { cell, by, step } = &changes[at] else { return less(&changes[at]) };
    let up = !by.is_negative();
    let change = |steps: i64| Change::Number { cell: *cell, by: step * &Number::int(if up { steps } else { -steps }), step: step.clone() };
    let most = by.abs().div(step)?.to_i64()?;
    Some(change(fewest(&|steps| enough(&with(changes, at, Some(change(steps)))), most)?))
}

/// Which branches have to be met, and which to reach what the rest must.
struct Lacking<'b, 'a> {
    /// How many have to be met.
    need: usize,
    met: Vec<&'b Branch<'a>>,
    rest: Vec<&'b Branch<'a>>,
}

impl<'b, 'a> Lacking<'b, 'a> {
    fn aims<'r>(&'r self, rules: &'r RulesDef) -> impl Iterator<Item = (&'b Branch<'a>, Aim<'r>)> {
        let aim = match rules.wanted {
            Wanted::Status(_) => Aim::Counted(Wanted::Status(Status::Met)),
            grade @ Wanted::Grade(_) => Aim::Counted(grade),
        };
        let rest = rules.rest.iter().flat_map(|aim| self.rest.iter().map(move |branch| (*branch, Aim::Rest(aim))));
        self.met.iter().map(move |branch| (*branch, aim)).chain(rest)
    }
}

/// `None` where to meet more of them would not help. Those that are barred, and those of units beneath, are not chosen.
fn lacking<'b, 'a>(branches: &'b [Branch<'a>], rules: &RulesDef, barred: &[usize]) -> Option<Lacking<'b, 'a>> {
    let left: Vec<&Branch> = branches.iter().filter(|branch| branch.is_left()).collect();
    let counted = left.iter().filter(|branch| is_counted(branch, rules)).count();
    let short: Vec<&Branch> = left.iter().copied().filter(|branch| branch.outcome != Outcome::Undecided && is_counted(branch, rules) == (rules.wanted == Wanted::Status(Status::NotMet))).collect();
    let need = needed(rules, left.len(), short.len(), counted)?;
    let open: Vec<&Branch> = short.into_iter().filter(|branch| branch.spot.is_some() && !barred.contains(&branch.rule)).collect();
    let (met, rest) = choose(&open, need, rules.rest.as_ref());
    Some(Lacking { need, met, rest })
}

/// How many of those that are not met must come to be met; `None` where that would not help.
fn needed(rules: &RulesDef, left: usize, short: usize, met: usize) -> Option<usize> {
    let asked = rules.asked_of(left).to_i64().and_then(|k| usize::try_from(k).ok())?;
    match (&rules.bound, rules.wanted) {
        (None, Wanted::Status(Status::Met) | Wanted::Grade(_)) => Some(short),
        (Some((Bound::AtLeast | Bound::Exactly, _)), Wanted::Status(Status::Met) | Wanted::Grade(_)) => Some(asked.saturating_sub(met)).filter(|need| *need <= short),
        (Some((Bound::AtMost, _)), Wanted::Status(Status::NotMet)) => Some(short.saturating_sub(asked)),
        (None | Some(_), _) => None,
    }
}

fn is_counted(branch: &Branch, rules: &RulesDef) -> bool {
    match rules.wanted {
        Wanted::Status(Status::Met) => branch.outcome == Outcome::Met,
        Wanted::Status(Status::NotMet) => branch.outcome == Outcome::NotMet,
        Wanted::Grade(_) => branch.grade.is_some_and(|grade| rules.counted_grades().contains(&grade)),
    }
}

/// Those to be met, and those that need only reach the percent of the rest. Whoever falls below the percent has to be
/// touched anyway, and so comes first.
fn choose<'b, 'a>(short: &[&'b Branch<'a>], need: usize, rest: Option<&Rest>) -> (Vec<&'b Branch<'a>>, Vec<&'b Branch<'a>>) {
    let below = |branch: &Branch| match rest {
        None => false,
        Some(Rest::Standard(percent)) => branch.attainment.as_ref().is_none_or(|reached| reached < percent),
        Some(Rest::Basic) => branch.outcome == Outcome::NotMet,
    };
    let mut order: Vec<&Branch> = short.to_vec();
    order.sort_by_key(|branch| (!below(branch), branch.attainment.is_none(), branch.attainment.as_ref().map(|reached| -reached)));
    let met: Vec<&Branch> = order.iter().copied().take(need).collect();
    let left = order.into_iter().skip(need).filter(|branch| below(branch)).collect();
    (met, left)
}

fn unit_of(level: &Level, spot: &Spot) -> UnitId {
    UnitId { table: spot.table, row: spot.row, codes: level.codes.iter().copied().zip(spot.codes.iter().copied()).collect(), term: spot.term, key: String::new(), name: Text::default(), counties: Vec::new() }
}
