//! Reading back: a plan comes in, what each of its rules was understood to ask goes out, in plain words.
//! Decides nothing and computes nothing; what the words mean is settled before.

mod about;
mod clause;
mod clauses;
mod explain;
mod formula;
mod limit;
mod name;
mod number;
mod phrase;
mod require;
mod rows;
mod rules;
mod sentence;
mod statistic;
mod together;
#[cfg(test)]
mod tests;
mod value;
mod walk;
mod who;

use crate::base::Text;
use crate::model::plan::{Node, Plan, RuleDef, Type};

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

/// For each rule its condition, if it has one, and its requirements, each in words alone.
pub fn conditions(plan: &Plan) -> Vec<Vec<Text>> {
    let of = |rule: &RuleDef| {
        let reader = Reader { plan, row: rule.at.table, bounds: true };
        rule.when.iter().chain(&rule.require).map(|node| clause::clause(reader, node)).collect()
    };
    plan.rules.iter().map(of).collect()
}

fn read(plan: &Plan, at: usize) -> Vec<Text> {
    let rule = &plan.rules[at];
    let reader = Reader { plan, row: rule.at.table, bounds: true };
    let mut lines = vec![about::heading(plan, rule)];
    lines.extend(who::asked(reader, rule));
    lines.extend(require::required(reader, rule));
    lines.extend(explain::terms(reader, rule));
    lines.extend(about::closing(plan, rule));
    let unsaid = about::unsaid_parts(plan, rule);
    lines.extend((!unsaid.is_empty()).then(|| about::unsaid(&unsaid)));
    lines
}
