//! Tries every remedy of a verdict, and says what is wrong with the first that does not do what it says.

use std::collections::BTreeMap;

use heng::base::Date;
use heng::judge::Ask;
use heng::model::ast::RuleKind;
use heng::model::plan::Plan;
use heng::model::remedy::{Change, Claim, Remedy, Way};
use heng::model::table::Tables;
use heng::model::verdict::{Finding, Outcome, Verdict};
use heng::remedy::{apply, lessened};

use super::common::trial::as_of;
use super::slow::rows::World;

/// How many remedies there were of each way, and whether they claim to be the least.
pub type Ways = BTreeMap<(&'static str, bool), usize>;

pub fn ask() -> Ask {
    Ask { as_of: as_of(), counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false }
}

pub fn remedied(plan: &Plan, tables: &Tables) -> Verdict {
    let (_, mut verdict) = heng::judged(plan, tables, &ask());
    heng::remedied(plan, tables, &mut verdict, &ask(), |_| true);
    verdict
}

/// What the slow evaluator finds for a unit of a rule.
pub fn slowly(plan: &Plan, tables: &Tables, finding: &Finding) -> Option<Outcome> {
    let day: Date = finding.advance.unwrap_or(as_of());
    let found = World { plan, tables, as_of: day }.findings(finding.rule);
    found.into_iter().find(|one| one.unit_key == finding.unit.key).map(|one| one.outcome)
}

pub fn changed(plan: &Plan, tables: &Tables, changes: &[Change]) -> Tables {
    let mut tables = tables.clone();
    for change in changes {
        apply(plan, &mut tables, change).expect("a change of cells that are there");
    }
    tables
}

/// What is wrong with a remedy.
fn fault(plan: &Plan, tables: &Tables, finding: &Finding, remedy: &Remedy) -> Option<String> {
    // What other rules need is told of them.
    if remedy.changes.is_empty() || matches!(remedy.way, Way::Elsewhere(_)) {
        return None;
    }
    let after = slowly(plan, &changed(plan, tables, &remedy.changes), finding);
    // Where cells have to be filled besides, nothing is left that is known not to be met.
    let wanted = if matches!(remedy.way, Way::AndFill(_)) { Outcome::Undecided } else { Outcome::Met };
    if after != Some(wanted) {
        return Some(format!("{remedy:?} leaves it {after:?}"));
    }
    if remedy.claim != Claim::Least {
        return None;
    }
    let fewer = lessened(&remedy.way, &remedy.changes).into_iter().find(|fewer| slowly(plan, &changed(plan, tables, fewer), finding) == Some(wanted));
    fewer.map(|fewer| format!("{remedy:?} is not the least: {fewer:?} is enough"))
}

fn word(way: &Way) -> &'static str {
    match way {
        Way::Cells => "cells",
        Way::AnyRow => "any row",
        Way::Rows { .. } => "rows",
        Way::NewRows { .. } => "new rows",
        Way::Divide => "divide",
        Way::Move => "move",
        Way::Branches { .. } => "branches",
        Way::Fill(_) => "fill",
        Way::AndFill(_) => "and fill",
        Way::Elsewhere(_) => "elsewhere",
        Way::Nothing(_) => "nothing",
    }
}

/// Tries every remedy; gives what is wrong, and counts the ways.
pub fn try_all(plan: &Plan, tables: &Tables, ways: &mut Ways) -> Option<String> {
    let mut faults = Vec::new();
    for finding in remedied(plan, tables).findings {
        let wanted = matches!(finding.outcome, Outcome::NotMet | Outcome::Undecided);
        assert_eq!(wanted, !finding.remedy.is_empty(), "{:?}", finding.unit);
        faults.extend(faults_of(plan, tables, &finding, ways));
    }
    faults.into_iter().next()
}

/// What is wrong with the remedies of one finding.
pub fn faults_of(plan: &Plan, tables: &Tables, finding: &Finding, ways: &mut Ways) -> Option<String> {
    for remedy in &finding.remedy {
        *ways.entry((word(&remedy.way), remedy.claim == Claim::Least)).or_insert(0) += 1;
        if let Some(why) = fault(plan, tables, finding, remedy) {
            return Some(format!("{} {}: {why}", plan.rules[finding.rule].names.id, finding.unit.key));
        }
    }
    None
}
