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
pub mod format;
pub mod judge;
pub mod load;
pub mod model;
pub mod parse;
pub mod reduce;
pub mod report;
pub mod say;
pub mod suite;

use judge::Ask;
use model::plan::Plan;
use model::reduced::Reduced;
use model::table::Tables;
use model::verdict::Verdict;

/// `Plan × Tables → Reduced → Verdict`, with advance warnings of rules that begin later, judged as of their first day.
pub fn judged(plan: &Plan, tables: &Tables, ask: &Ask) -> (Reduced, Verdict) {
    let reduced = reduce::reduce(plan, tables, ask.as_of);
    let mut verdict = judge::judge(plan, tables, &reduced, ask);
    for day in judge::first_days(plan, ask.as_of) {
        let then = reduce::reduce(plan, tables, day);
        judge::warn(plan, &mut verdict, day, judge::judge(plan, tables, &then, &Ask { as_of: day, ..ask.clone() }));
    }
    (reduced, verdict)
}
