#![doc = include_str!("../docs/architecture.md")]

// The generated parser writes `alloc::` where its library asks for no more than that.
extern crate alloc;

pub mod base;
pub mod builtin;
pub mod check;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod eval;
pub mod explain;
pub mod format;
pub mod judge;
pub mod lint;
pub mod load;
pub mod model;
pub mod mutate;
pub mod parse;
pub mod reduce;
pub mod remedy;
pub mod report;
pub mod say;
pub mod suite;

use judge::Ask;
use model::explained::Explained;
use model::needs::Needs;
use model::plan::Plan;
use model::reduced::{Reduced, Since};
use model::table::Tables;
use model::verdict::{Finding, UnitId, Verdict};

/// `Plan × Tables → Reduced → Verdict`, with advance warnings of rules that begin later, judged as of their first day.
pub fn judged(plan: &Plan, tables: &Tables, ask: &Ask) -> (Reduced, Verdict) {
    judged_by(plan, tables, ask, judge::judge)
}

/// The same verdict with every row that breaches, where reports list the worst.
pub fn judged_in_full(plan: &Plan, tables: &Tables, ask: &Ask) -> Verdict {
    judged_by(plan, tables, ask, judge::judge_in_full).1
}

fn judged_by(plan: &Plan, tables: &Tables, ask: &Ask, judge: impl Fn(&Plan, &Tables, &Reduced, &Ask) -> Verdict) -> (Reduced, Verdict) {
    let reduced = reduce::reduce(plan, tables, ask.as_of);
    let mut verdict = judge(plan, tables, &reduced, ask);
    for day in judge::first_days(plan, ask.as_of) {
        let then = reduce::reduce(plan, tables, day);
        judge::warn(plan, &mut verdict, day, judge(plan, tables, &then, &Ask { as_of: day, ..ask.clone() }));
    }
    (reduced, verdict)
}

/// Writes into the findings that are wanted what would make each of them met: changed tables are reduced and judged
/// again as far as its rule needs them.
pub fn remedied(plan: &Plan, tables: &Tables, verdict: &mut Verdict, ask: &Ask, is_wanted: impl Fn(&Finding) -> bool) {
    let reduce = |tables: &Tables, needs: &Needs, day, since: Option<&Since>| reduce::reduce_since(plan, tables, day, |aggregate| needs.aggregates[aggregate], since);
    let judge = |tables: &Tables, reduced: &Reduced, needs: &Needs, day, unit: &UnitId| judge::again_without_members(plan, tables, reduced, &Ask { as_of: day, ..ask.clone() }, needs, unit);
    let steps = remedy::Steps { reduce: &reduce, judge: &judge };
    // What is reported is chosen; what a rule hangs on is not.
    let whole = Ask { counties: Vec::new(), units: Vec::new(), rules: Vec::new(), ..ask.clone() };
    let is_whole = ask.counties.is_empty() && ask.units.is_empty() && ask.rules.is_empty();
    let all = if is_whole { verdict.findings.clone() } else { judged(plan, tables, &whole).1.findings };
    let places: Vec<usize> = (0..verdict.findings.len()).filter(|place| is_wanted(&verdict.findings[*place])).collect();
    let wanted: Vec<&Finding> = places.iter().map(|place| &verdict.findings[*place]).collect();
    let remedies = remedy::remedies(plan, tables, verdict.as_of, &wanted, &all, &steps);
    for (place, remedy) in places.into_iter().zip(remedies) {
        verdict.findings[place].remedy = remedy;
    }
}

/// What is told of one finding beyond the report: each figure worked out twice, by a formula and by judging again.
pub fn explained(plan: &Plan, tables: &Tables, finding: &Finding, ask: &Ask) -> Explained {
    let day = finding.advance.unwrap_or(ask.as_of);
    let needs = Needs::of(plan, finding.rule);
    let reduced = reduce::reduce_where(plan, tables, day, |aggregate| needs.aggregates[aggregate]);
    let then = Ask { as_of: day, ..ask.clone() };
    let judge = |reduced: &Reduced| judge::again(plan, tables, reduced, &then, &needs, &finding.unit);
    explain::explain(plan, tables, reduced, day, finding, &judge)
}
