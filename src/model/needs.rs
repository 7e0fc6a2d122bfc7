//! What a rule hangs on: the rules that it counts or asks about, and the aggregates that any of them reads.

use super::plan::{Node, NodeKind, Plan, StepOf};

/// What has to be known to judge one rule.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// In the order in which rules are judged; the rule itself is the last.
    pub rules: Vec<usize>,
    /// Those of them that only the rule itself asks about.
    pub near: Vec<usize>,
    /// For each aggregate of the plan, whether it is read.
    pub aggregates: Vec<bool>,
}

impl Needs {
    pub fn of(plan: &Plan, rule: usize) -> Needs {
        let mut walk = Walk::new(plan);
        walk.rule(rule);
        let rules: Vec<usize> = plan.order.iter().copied().filter(|other| walk.rules[*other] && *other != rule).chain([rule]).collect();
        let near = rules.iter().copied().filter(|other| walk.asked.iter().all(|(by, asked)| asked != other || *by == rule)).collect();
        Needs { rules, near, aggregates: walk.aggregates }
    }
}

/// Whether a node reads any aggregate, also through measures.
pub fn reads_aggregates(plan: &Plan, node: &Node) -> bool {
    let mut walk = Walk::new(plan);
    walk.node(node);
    walk.aggregates.contains(&true)
}

struct Walk<'a> {
    plan: &'a Plan,
    rules: Vec<bool>,
    aggregates: Vec<bool>,
    measures: Vec<bool>,
    /// The rule that is walked, and which rule asked about which.
    at: usize,
    asked: Vec<(usize, usize)>,
}

impl<'a> Walk<'a> {
    fn new(plan: &'a Plan) -> Walk<'a> {
        Walk { plan, rules: vec![false; plan.rules.len()], aggregates: vec![false; plan.aggregates.len()], measures: vec![false; plan.measures.len()], at: 0, asked: Vec::new() }
    }

    fn ask(&mut self, rule: usize) {
        self.asked.push((self.at, rule));
        self.rule(rule);
    }

    fn rule(&mut self, rule: usize) {
        if std::mem::replace(&mut self.rules[rule], true) {
            return;
        }
        let before = std::mem::replace(&mut self.at, rule);
        let def = &self.plan.rules[rule];
        def.nodes(self.plan).for_each(|node| self.node(node));
        self.at = before;
    }

    fn node(&mut self, node: &Node) {
        match &*node.kind {
            NodeKind::Measure(measure) if !std::mem::replace(&mut self.measures[*measure], true) => self.node(&self.plan.measures[*measure].body),
            NodeKind::Aggregate(id) => self.aggregate(*id),
            NodeKind::Evidence(evidence) => self.aggregate(evidence.filed),
            NodeKind::Sentence(sentence) => {
                for step in &sentence.steps {
                    if let StepOf::Rows(tally) = step.of {
                        self.aggregate(tally);
                    }
                }
            }
            NodeKind::Status { rule, .. } => self.ask(*rule),
            NodeKind::Rules(rules) => rules.rules.iter().for_each(|rule| self.ask(*rule)),
            _ => {}
        }
        let mut children = Vec::new();
        node.each_child(&mut |child| children.push(child));
        for child in children {
            self.node(child);
        }
    }

    fn aggregate(&mut self, id: usize) {
        if std::mem::replace(&mut self.aggregates[id], true) {
            return;
        }
        self.plan.aggregates[id].nodes().for_each(|node| self.node(node));
        // Of a share both populations are read, and what stands in both.
        for share in self.plan.shares.iter().filter(|share| share.part == id || share.whole == id) {
            for id in [share.part, share.whole, share.inside].into_iter().chain(share.rows) {
                self.aggregate(id);
            }
        }
    }
}
