//! The slow, obvious second evaluator: every rule on every unit by plain recursion over the plan and nested loops over
//! the rows, with no reduce step, no states and no memory. It shares only nouns with the engine; where the two
//! disagree, one of them has read the semantics wrongly.

pub mod collect;
pub mod evidence;
pub mod expr;
pub mod grade;
pub mod interval;
pub mod layers;
pub mod rows;
pub mod rules;
pub mod sentence;
pub mod statistic;
pub mod term;
pub mod total;
pub mod value;

use heng::base::{Date, Number};
use heng::model::plan::{Period, Plan};
use heng::model::table::Tables;
use heng::model::verdict::Outcome;

use interval::Interval;
use rows::World;

/// What was found for one rule and one unit. Units that are not asked have none.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowFinding {
    pub rule: usize,
    /// The key of the row, then the ids of the codes, joined with `-`.
    pub unit_key: String,
    pub outcome: Outcome,
    /// `None` where the form has no figure, or it does not apply.
    pub value: Option<SlowValue>,
}

/// A figure in base units.
#[derive(Clone, Debug, PartialEq)]
pub enum SlowValue {
    Exact(Number),
    /// A variation, by its square.
    Square(Number),
    /// An index that need not be rational, to twelve digits.
    Real(String),
    Bounds(Interval),
}

/// Everything that is found, in the order of rules, then of units as their table has them.
///
/// A rule that begins only later is judged as of its first day; one that is over is not judged.
pub fn judge(plan: &Plan, tables: &Tables, as_of: Date) -> Vec<SlowFinding> {
    let of_rule = |rule: usize| {
        let day = plan.rules[rule].in_force.from.into_iter().chain(pack_of(plan, rule).from).chain([as_of]).max();
        let day = day.filter(|day| in_force(plan, rule, *day));
        day.map_or_else(Vec::new, |as_of| World { plan, tables, as_of }.findings(rule))
    };
    (0..plan.rules.len()).flat_map(of_rule).collect()
}

fn pack_of(plan: &Plan, rule: usize) -> Period {
    plan.packs.get(plan.rules[rule].pack).map(|pack| pack.in_force).unwrap_or_default()
}

/// A rule stands while both it and its pack do.
fn in_force(plan: &Plan, rule: usize, day: Date) -> bool {
    plan.rules[rule].in_force.contains(day) && pack_of(plan, rule).contains(day)
}
