//! What an expression names, in order of first mention, each once: measures, parameters, aggregates, columns, roundings.

use crate::model::plan::{AggregateDef, ColumnRef, Node, NodeKind, Plan, RuleDef, StepOf};

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
}

impl<'a> Found<'a> {
    /// What a rule names in its scope, its condition and its requirements.
    pub fn of_rule(plan: &'a Plan, rule: &'a RuleDef) -> Found<'a> {
        let mut found = Found::default();
        for node in rule.require.iter().chain(&rule.when).chain(&rule.scope) {
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
                if let StepOf::Rows(at) = step.of {
                    self.aggregate(plan, at);
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
