//! What stands on a day: whether every rule in force has the values that it needs.

use crate::base::{Date, Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::NoValueYet;
use crate::model::plan::{Node, NodeKind, Plan};

/// Messages for each rule in force on the day whose parameter has no value yet: the pack cannot be judged then.
///
/// A rule that begins later is looked at on its first day.
pub fn standing(plan: &Plan, as_of: Date) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    for rule in &plan.rules {
        let days = plan.in_force(rule);
        let day = days.from.filter(|from| *from > as_of).unwrap_or(as_of);
        if !days.contains(day) {
            continue;
        }
        let mut found = Vec::new();
        let mut seen = vec![false; plan.measures.len()];
        let ruling = plan.ruling(rule, day);
        let exceptions = rule.exceptions.iter().filter(|exception| exception.period.contains(day)).flat_map(|exception| exception.when.iter().chain(&exception.require));
        for node in rule.scope.iter().chain(ruling.when).chain(ruling.requirements()).chain(exceptions) {
            parameters(plan, node, &mut seen, &mut found);
        }
        for (parameter, span) in found {
            let def = &plan.parameters[parameter];
            if !def.dated.is_empty() && !def.dated.iter().any(|dated| dated.period.contains(day)) {
                let message = NoValueYet { name: def.names.id.as_str().into(), rule: rule.names.id.as_str().into(), date: day.into() };
                said.push(Diagnostic::from(message).at(span, Text::new("used here", "用于此处")).at(def.span, Text::new("declared here", "声明于此")));
            }
        }
    }
    said
}

fn parameters(plan: &Plan, node: &Node, seen: &mut [bool], found: &mut Vec<(usize, Span)>) {
    match &*node.kind {
        NodeKind::Parameter { id, .. } => found.push((*id, node.span)),
        NodeKind::Measure(measure) if !std::mem::replace(&mut seen[*measure], true) => parameters(plan, &plan.measures[*measure].body, seen, found),
        NodeKind::Aggregate(id) => aggregate(plan, *id, seen, found),
        NodeKind::Sentence(sentence) => {
            for step in &sentence.steps {
                if let crate::model::plan::StepOf::Rows(tally) = step.of {
                    aggregate(plan, tally, seen, found);
                }
            }
        }
        _ => {}
    }
    node.each_child(&mut |child| parameters(plan, child, seen, found));
}

fn aggregate(plan: &Plan, id: usize, seen: &mut [bool], found: &mut Vec<(usize, Span)>) {
    for node in plan.aggregates[id].nodes() {
        parameters(plan, node, seen, found);
    }
}
