//! How rules hang together: who counts whom, in which order they are judged, and whether their units belong together.

use crate::base::Text;
use crate::diag::catalog::{NoStandard, RuleOfItself, RulesApart};
use crate::model::plan::{Level, Node, NodeKind, Plan, Rest, RulesDef};

use super::{Checker, unlabelled};

impl Checker<'_> {
    pub(super) fn order_rules(&mut self) {
        let needs: Vec<Vec<usize>> = (0..self.plan.rules.len()).map(|rule| needed(&self.plan, rule)).collect();
        let mut state = vec![0u8; needs.len()];
        for rule in 0..needs.len() {
            self.visit(rule, &needs, &mut state);
        }
        self.count_parts();
    }

    /// Depth first: those that a rule needs come before it.
    fn visit(&mut self, rule: usize, needs: &[Vec<usize>], state: &mut [u8]) {
        const NEW: u8 = 0;
        const BEGUN: u8 = 1;
        const DONE: u8 = 2;
        if state[rule] == BEGUN {
            let (name, span) = (Text::from(&self.plan.rules[rule].names.id), self.plan.rules[rule].span);
            self.say(RuleOfItself { name }, span, unlabelled());
        }
        if state[rule] != NEW {
            return;
        }
        state[rule] = BEGUN;
        for needed in &needs[rule] {
            self.visit(*needed, needs, state);
        }
        state[rule] = DONE;
        self.plan.order.push(rule);
    }

    /// Notes who counts whom, and refuses what cannot be counted.
    fn count_parts(&mut self) {
        for by in 0..self.plan.rules.len() {
            for (rule, rest, span) in counted(&self.plan, by) {
                // A level is no part of the one that comes after it.
                if self.plan.rules[by].after != Some(rule) && !self.plan.rules[rule].part_of.contains(&by) {
                    self.plan.rules[rule].part_of.push(by);
                }
                let (name, other) = (Text::from(&self.plan.rules[rule].names.id), Text::from(&self.plan.rules[by].names.id));
                if self.doubtful[rule] || self.doubtful[by] {
                    continue;
                }
                if !related(&self.plan, &self.plan.rules[by].at, &self.plan.rules[rule].at) {
                    self.say(RulesApart { rule: name.clone(), by: other }, span, unlabelled());
                }
                if rest && !has_standard(&self.plan, rule) {
                    self.say(NoStandard { rule: name }, span, unlabelled());
                }
            }
        }
    }
}

/// Every rule that a rule counts or asks about.
pub(super) fn needed(plan: &Plan, rule: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for node in plan.rules[rule].nodes(plan) {
        each_node(node, &mut |node| match &*node.kind {
            NodeKind::Status { rule, .. } => found.push(*rule),
            NodeKind::Rules(rules) => found.extend(&rules.rules),
            _ => {}
        });
    }
    found
}

/// Every rule that a rule counts in a `require`, whether a rest is asked of it, and where.
fn counted(plan: &Plan, by: usize) -> Vec<(usize, bool, crate::base::Span)> {
    let mut found = Vec::new();
    for node in plan.rules[by].requirements() {
        each_node(node, &mut |node| match &*node.kind {
            NodeKind::Status { rule, .. } => found.push((*rule, false, node.span)),
            NodeKind::Rules(RulesDef { rules, rest, .. }) => found.extend(rules.iter().map(|rule| (*rule, matches!(rest, Some(Rest::Standard(_))), node.span))),
            _ => {}
        });
    }
    found
}

/// Calls with the node and each beneath it: wherever it stands, the outcome of a rule must be known first.
fn each_node(node: &Node, call: &mut dyn FnMut(&Node)) {
    call(node);
    node.each_child(&mut |child| each_node(child, call));
}

/// Same unit, above or beneath.
pub(super) fn related(plan: &Plan, by: &Level, rule: &Level) -> bool {
    by == rule || above(plan, rule, by) || above(plan, by, rule)
}

/// Whether every unit of `low` belongs to exactly one of `high`.
fn above(plan: &Plan, high: &Level, low: &Level) -> bool {
    let tables = match (high.table, low.table) {
        (None, _) => true,
        (Some(high), Some(low)) => plan.path_up(low, high).is_some(),
        (Some(_), None) => false,
    };
    tables && high.codes.iter().all(|list| low.codes.contains(list))
}

/// One comparison with one floor or ceiling.
fn has_standard(plan: &Plan, rule: usize) -> bool {
    match plan.rules[rule].require.as_slice() {
        [only] => matches!(&*only.kind, NodeKind::Compare(op, ..) if op.is_floor() || op.is_ceiling()),
        _ => false,
    }
}
