//! A requirement judged: which form it is decides what value, limit and parts mean.

use crate::base::Date;
use crate::eval::{At, World, truth_outcome};
use crate::model::ast::Grade;
use crate::model::plan::{Node, NodeKind};
use crate::model::value::{Cause, CauseCode, Place, Truth, add_new};
use crate::model::verdict::{Form, Judged, May, Outcome, Part};

use super::{Judge, blank, may};

impl Judge<'_> {
    /// All `require` of a rule, joined: not met, undecided, met, exempt, not applicable, the first that occurs.
    pub(super) fn required(&self, rule: usize, world: &World, at: At) -> Judged {
        let ruling = self.plan.ruling(&self.plan.rules[rule], world.as_of);
        self.asked_of((ruling.require, ruling.grades), ruling.show, world, at, |judged| self.say_who_set(rule, &ruling, world.as_of, judged))
    }

    /// Requirements joined, shown with so many decimals, with whoever set their limits.
    pub(super) fn asked_of(&self, (require, grades): (&[Node], &[(Grade, Node)]), show: Option<u32>, world: &World, at: At, say_who_set: impl Fn(&mut Judged)) -> Judged {
        let mut judged = match require {
            _ if !grades.is_empty() => self.graded(grades, world, at),
            [only] => self.judged(only, world, at),
            several => self.several(several, world, at),
        };
        if let Some(show) = show {
            show_decimals(&mut judged, show);
        }
        say_who_set(&mut judged);
        self.look_at_dates(require.iter().chain(grades.iter().map(|(_, when)| when)), world.as_of, &mut judged);
        judged
    }

    fn several(&self, nodes: &[Node], world: &World, at: At) -> Judged {
        let parts: Vec<Judged> = nodes.iter().map(|node| self.judged(node, world, at)).collect();
        let outcome = Outcome::join(parts.iter().map(|part| part.outcome));
        let possible: Vec<May> = parts.iter().map(Judged::possible).collect();
        let mut judged = Judged { outcome, may: May::join(&possible), ..blank(Form::Several) };
        add_new(&mut judged.cells, parts.iter().flat_map(|part| part.cells.iter().copied()));
        add_new(&mut judged.reason, parts.iter().flat_map(|part| part.reason.iter().copied()));
        judged.rounding_flips |= parts.iter().any(|part| part.rounding_flips);
        judged.parts = parts.into_iter().map(|part| Part::Operand(Box::new(part))).collect();
        judged
    }

    /// One requirement, or one node of it.
    pub(super) fn judged(&self, node: &Node, world: &World, at: At) -> Judged {
        match &*node.kind {
            NodeKind::Compare(op, left, right) => self.comparison(*op, left, right, world, at),
            NodeKind::Between { of, low, high } => self.between(node, [of, low, high], world, at),
            NodeKind::And(list) => {
                let value = self.value(world, node, at).required();
                Judged { outcome: truth_outcome(&value), may: may(&value), ..self.several(list, world, at) }
            }
            NodeKind::Or(list) => {
                let value = self.value(world, node, at).required();
                Judged { outcome: truth_outcome(&value), may: may(&value), reason: value.causes, ..self.several(list, world, at) }
            }
            NodeKind::Sentence(sentence) => self.sentence(sentence, world, at),
            NodeKind::Rules(rules) => self.rules(rules, at),
            NodeKind::Status { rule, .. } => Judged { parts: self.named(*rule, at), ..self.plain(node, world, at) },
            NodeKind::Not(of) => match &*of.kind {
                NodeKind::Status { rule, .. } => Judged { parts: self.named(*rule, at), ..self.plain(node, world, at) },
                NodeKind::Rules(rules) => Judged { parts: self.rules(rules, at).parts, ..self.plain(node, world, at) },
                _ => self.plain(node, world, at),
            },
            NodeKind::Evidence(def) => self.evidence(def, node, world, at),
            NodeKind::InTerm { when, of } => match world.moved(*when, at) {
                (moved, None) => self.judged(of, world, moved),
                (_, Some(_)) => self.plain(node, world, at),
            },
            NodeKind::Through { link, of } => match world.through(*link, at) {
                Some(there) => self.judged(of, world, there),
                None => self.plain(node, world, at),
            },
            NodeKind::If { cond, then, otherwise } => match self.value(world, cond, at) {
                value if value.is_settled() => {
                    let chosen = if value.as_truth() == Truth::True { then } else { otherwise };
                    let judged = self.judged(chosen, world, at);
                    Judged { attainment: None, few: self.told_by_branch(cond, judged.few, world, at), ..judged }
                }
                _ => self.plain(node, world, at),
            },
            _ => self.plain(node, world, at),
        }
    }

    /// A standard whose `checked up to` lies before the day is flagged; asked strictly, the outcome is undecided.
    fn look_at_dates<'n>(&self, require: impl Iterator<Item = &'n Node>, day: Date, judged: &mut Judged) {
        let is_stale = |parameter: &usize| self.plan.parameters[*parameter].checked_up_to.is_some_and(|checked| checked < day);
        // Mostly all are checked, and nobody has to look which of them a unit is held against.
        if self.checked_up_to.is_none_or(|checked| checked >= day) {
            return;
        }
        let mut stale = Vec::new();
        add_new(&mut stale, require.flat_map(|node| self.standards(node)).filter(is_stale));
        judged.unchecked = !stale.is_empty();
        if judged.unchecked && self.ask.strict {
            rest_on_nothing(judged, &stale);
        }
    }

    /// The parameters that a node looks up, also through measures and what is said of rows.
    pub(super) fn standards(&self, node: &Node) -> Vec<usize> {
        let mut found = Vec::new();
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            match &*node.kind {
                NodeKind::Parameter { id, .. } => found.push(*id),
                NodeKind::Measure(measure) => waiting.push(&self.plan.measures[*measure].body),
                NodeKind::Aggregate(id) => waiting.extend(self.plan.aggregates[*id].nodes()),
                NodeKind::Sentence(sentence) => {
                    for step in &sentence.steps {
                        if let crate::model::plan::StepOf::Rows(tally) = step.of {
                            waiting.extend(self.plan.aggregates[tally].nodes());
                        }
                    }
                }
                _ => {}
            }
            node.each_child(&mut |child| waiting.push(child));
        }
        let mut standards = Vec::new();
        add_new(&mut standards, found);
        standards
    }
}

/// Undecided for want of checked standards: no grade, no percent of standard rests on them, whatever is filled in.
fn rest_on_nothing(judged: &mut Judged, stale: &[usize]) {
    match judged.outcome {
        Outcome::Undecided => {}
        Outcome::Met | Outcome::NotMet => judged.reason.clear(),
        Outcome::Exempt | Outcome::NotApplicable => return,
    }
    judged.outcome = Outcome::Undecided;
    judged.may = May::NOTHING;
    (judged.grades, judged.attainment) = (None, None);
    judged.reason.extend(stale.iter().map(|parameter| Cause { code: CauseCode::NotChecked, at: Place::Parameter(*parameter) }));
}

/// The rule says how many decimals to show: of the value itself and of its parts.
fn show_decimals(judged: &mut Judged, show: u32) {
    judged.show = show;
    super::comparison::flip(judged);
    for part in &mut judged.parts {
        if let Part::Operand(part) | Part::Step(part) = part {
            show_decimals(part, show);
        }
    }
    if matches!(judged.form, Form::Several | Form::Graded) {
        judged.rounding_flips = judged.parts.iter().any(|part| matches!(part, Part::Operand(part) if part.rounding_flips));
    }
}
