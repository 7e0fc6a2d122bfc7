//! What an expression names, in order of first mention, each once: measures, parameters, aggregates, columns, roundings.

use crate::model::op::Arith;
use crate::model::plan::{AggregateDef, Amount, ColumnRef, Node, NodeKind, Plan, RuleDef, StepOf};

/// What is named directly or through measures and aggregates.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub measures: Vec<usize>,
    /// With one of the places where it is looked up.
    pub parameters: Vec<(usize, &'a [Node])>,
    pub aggregates: Vec<usize>,
    pub columns: Vec<ColumnRef>,
    pub amounts: Vec<&'a Node>,
    pub rounds: bool,
    /// Something is divided by figures, not by a plain number or a count.
    pub divides: bool,
}

impl<'a> Found<'a> {
    /// What a rule names in its scope, its condition and its requirements.
    pub fn of_rule(plan: &'a Plan, rule: &'a RuleDef) -> Found<'a> {
        let mut found = Found::default();
        for node in rule.requirements().chain(&rule.when).chain(&rule.scope).chain(rule.nodes(plan)) {
            found.node(plan, node);
        }
        found
    }

    /// What one expression names.
    pub fn of_node(plan: &'a Plan, node: &'a Node) -> Found<'a> {
        let mut found = Found::default();
        found.node(plan, node);
        found
    }

    fn node(&mut self, plan: &'a Plan, node: &'a Node) {
        match node.kind.as_ref() {
            NodeKind::Column(at) => once(&mut self.columns, *at),
            NodeKind::Measure(at) => self.measure(plan, *at),
            NodeKind::Aggregate(at) => self.aggregate(plan, *at),
            NodeKind::Parameter { id, keys } if !self.parameters.iter().any(|(seen, _)| seen == id) => self.parameters.push((*id, keys)),
            NodeKind::ForEvery { .. } => self.amounts.push(node),
            NodeKind::Round(..) => self.rounds = true,
            NodeKind::Arith(Arith::Div, _, under) if !matches!(under.kind.as_ref(), NodeKind::Number(_) | NodeKind::Aggregate(_)) => self.divides = true,
            _ => {}
        }
        self.children(plan, node);
    }

    fn measure(&mut self, plan: &'a Plan, at: usize) {
        if !self.measures.contains(&at) {
            self.measures.push(at);
            self.node(plan, &plan.measures[at].body);
        }
    }

    fn aggregate(&mut self, plan: &'a Plan, at: usize) {
        if self.aggregates.contains(&at) {
            return;
        }
        self.aggregates.push(at);
        let AggregateDef { filter, operand, weight, .. } = &plan.aggregates[at];
        for node in operand.iter().chain(weight).chain(filter) {
            self.node(plan, node);
        }
    }

    fn children(&mut self, plan: &'a Plan, node: &'a Node) {
        if let NodeKind::Sentence(said) = node.kind.as_ref() {
            for step in &said.steps {
                match step.of {
                    StepOf::Rows(at) => self.aggregate(plan, at),
                    StepOf::Columns { .. } => self.divides |= matches!(step.amount, Amount::Share(_)),
                }
            }
        }
        node.each_child(&mut |child| self.node(plan, child));
    }
}

fn once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
