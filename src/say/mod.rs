//! Reading back: a plan comes in, what each of its rules was understood to ask goes out, in plain words.
//! Decides nothing and computes nothing; what the words mean is settled before.

mod about;
mod allow;
mod clause;
mod evidence;
mod clauses;
mod explain;
mod formula;
mod layers;
mod limit;
mod name;
mod number;
mod phrase;
mod require;
mod rows;
mod rules;
mod sentence;
mod statistic;
mod term;
mod together;
#[cfg(test)]
mod tests;
mod value;
mod walk;
mod who;

use crate::base::Text;
use crate::model::plan::{Node, OverrideDef, Overridden, Plan, RuleDef, Type};

use phrase::Reader;

pub use clauses::{Clauses, Standard, clauses, measures, standards};
pub use together::together;

/// What one rule was understood to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The rule's place in the plan.
    pub rule: usize,
    /// A heading, then what belongs to it, indented by two or four blanks.
    pub lines: Vec<Text>,
}

/// Every rule of a plan in plain words, in document order.
///
/// Units: numbers stand in the unit in which the rule file writes them.
/// Missing: what a rule does not say is said, with how it is taken.
pub fn say(plan: &Plan) -> Vec<Said> {
    (0..plan.rules.len()).filter(|rule| plan.is_understood(*rule)).map(|rule| Said { rule, lines: read(plan, rule) }).collect()
}

/// An expression in words: a value or a condition, without the row that it is said of.
pub fn node(plan: &Plan, node: &Node) -> Text {
    let reader = Reader { plan, row: None, bounds: false };
    if node.ty == Type::Truth { clause::clause(reader, node) } else { value::value(reader, node) }
}

/// For each rule its condition, if it has one, and its requirements, each in words alone; behind all rules, for each
/// override, those of the rule as it changes them.
pub fn conditions(plan: &Plan) -> Vec<Vec<Text>> {
    let of = |rule: &RuleDef| {
        let reader = Reader { plan, row: rule.at.table, bounds: true };
        rule.when.iter().chain(rule.requirements()).map(|node| clause::clause(reader, node)).collect()
    };
    let changed = |layer: &OverrideDef| {
        let (Overridden::Rule(rule), Some(said)) = (layer.of, &layer.ruling) else { return Vec::new() };
        let rule = plan.rules[rule].clone();
        let when = said.when.clone().or_else(|| rule.when.clone());
        let require = if said.require.is_empty() { rule.require.clone() } else { said.require.clone() };
        of(&RuleDef { when, require, ..rule })
    };
    plan.rules.iter().map(of).chain(plan.overrides.iter().map(changed)).collect()
}

fn read(plan: &Plan, at: usize) -> Vec<Text> {
    let rule = &plan.rules[at];
    let reader = Reader { plan, row: rule.at.table, bounds: true };
    let mut lines = vec![about::heading(plan, rule)];
    lines.extend(who::asked(reader, rule));
    lines.extend(require::required(reader, rule));
    lines.extend(layers::lines(reader, rule));
    lines.extend(explain::terms(reader, rule));
    lines.extend(about::closing(plan, rule));
    let unsaid = about::unsaid_parts(plan, rule);
    lines.extend((!unsaid.is_empty()).then(|| about::unsaid(&unsaid)));
    lines
}
