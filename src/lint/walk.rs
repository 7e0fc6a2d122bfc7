//! Ways through what a rule says: each expression with what is sure where it stands.

use std::collections::BTreeSet;

use crate::model::plan::{Key, Node, NodeKind, Sentence, StepOf};

use super::facts::Facts;
use super::sight::Sight;

/// Whether measures are opened where they are used, or looked at by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measures {
    Opened,
    Left,
}

pub type Call<'c, 'n> = dyn FnMut(&'n Node, &Facts) + 'c;

impl<'p> Sight<'p> {
    /// Each expression of a rule. What cannot be so is not looked into.
    pub fn each_of_rule(&self, rule: usize, measures: Measures, call: &mut Call<'_, 'p>) {
        let def = &self.plan.rules[rule];
        let (first, scope) = (self.codes_asked(def), self.in_scope(def));
        def.scope.iter().for_each(|node| self.each(node, &first, measures, call));
        def.when.iter().for_each(|node| self.each(node, &scope, measures, call));
        let asked = self.asked(def);
        def.require.iter().for_each(|node| self.each(node, &asked, measures, call));
        self.each_grade(rule, &asked, &mut |node, facts| self.each(node, facts, measures, call));
        for when in self.otherwise(rule).filter_map(|(when, _)| when.as_ref()) {
            self.each(when, &scope, measures, call);
        }
        self.each_instead(rule, &scope, &mut |node, facts| self.each(node, facts, measures, call));
    }

    /// What each grade takes, with what is sure where it is tried; `asked` is sure of every unit.
    pub fn each_grade(&self, rule: usize, asked: &Facts, call: &mut Call<'_, 'p>) {
        let mut facts = asked.clone();
        // A grade is given only where none before it was.
        for (_, node) in &self.plan.rules[rule].grades {
            call(node, &facts);
            self.assume(node, false, &mut facts);
        }
    }

    /// What layers and exceptions require instead, with what is sure of the units for which they do; `scope` is sure of all.
    pub fn each_instead(&self, rule: usize, scope: &Facts, call: &mut Call<'_, 'p>) {
        for (when, require) in self.otherwise(rule) {
            let mut facts = scope.clone();
            if let Some(when) = when {
                self.assume(when, true, &mut facts);
            }
            for node in require {
                call(node, &facts);
            }
        }
    }

    /// The condition and the requirements of each layer and each exception of a rule.
    fn otherwise(&self, rule: usize) -> impl Iterator<Item = (&'p Option<Node>, &'p Vec<Node>)> {
        let (plan, def) = (self.plan, &self.plan.rules[rule]);
        let layers = def.layers.iter().filter_map(|at| plan.overrides.get(*at)?.ruling.as_ref()).map(|said| (&said.when, &said.require));
        layers.chain(def.exceptions.iter().map(|exception| (&exception.when, &exception.require)))
    }

    /// An expression and each beneath it.
    pub fn each(&self, node: &'p Node, facts: &Facts, measures: Measures, call: &mut Call<'_, 'p>) {
        if facts.impossible {
            return;
        }
        call(node, facts);
        let _ = self.deeper(|| self.beneath(node, facts, measures, call));
    }

    fn beneath(&self, node: &'p Node, facts: &Facts, measures: Measures, call: &mut Call<'_, 'p>) {
        match &*node.kind {
            NodeKind::Measure(measure) if measures == Measures::Opened => self.each(&self.plan.measures[*measure].body, facts, measures, call),
            NodeKind::If { cond, then, otherwise } => {
                self.each(cond, facts, measures, call);
                for (wanted, branch) in [(true, then), (false, otherwise)] {
                    let mut facts = facts.clone();
                    self.assume(cond, wanted, &mut facts);
                    self.each(branch, &facts, measures, call);
                }
            }
            NodeKind::ByCase { of, arms, otherwise } => {
                self.each(of, facts, measures, call);
                self.each_case(of, (arms, otherwise.as_ref()), facts, measures, call);
            }
            // Of another period, or of a row that a role leads to, nothing is sure yet.
            NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } | NodeKind::Rising { of, .. } => self.each(of, &Facts::default(), measures, call),
            NodeKind::And(list) => self.each_joined(list, true, facts, measures, call),
            NodeKind::Or(list) => self.each_joined(list, false, facts, measures, call),
            NodeKind::Aggregate(aggregate) => self.each_of_rows(*aggregate, true, facts, measures, call),
            NodeKind::Sentence(sentence) => self.each_of_sentence(sentence, facts, measures, call),
            _ => {
                let mut children = Vec::new();
                node.each_child(&mut |child| children.push(child));
                for child in children {
                    self.each(child, facts, measures, call);
                }
            }
        }
    }

    /// Where one of them settles the whole, the later ones need not be looked at.
    fn each_joined(&self, list: &'p [Node], wanted: bool, facts: &Facts, measures: Measures, call: &mut Call<'_, 'p>) {
        let mut facts = facts.clone();
        for node in list {
            self.each(node, &facts, measures, call);
            self.assume(node, wanted, &mut facts);
        }
    }

    fn each_case(&self, of: &'p Node, (arms, otherwise): (&'p [(Vec<Key>, Node)], Option<&'p Node>), facts: &Facts, measures: Measures, call: &mut Call<'_, 'p>) {
        let of_arm = |keys: &[Key]| keys.iter().filter_map(|key| if let Key::Code(code) = key { Some(*code) } else { None }).collect::<BTreeSet<u16>>();
        for (keys, value) in arms {
            let mut facts = facts.clone();
            self.assume_codes(of, &of_arm(keys), true, &mut facts);
            self.each(value, &facts, measures, call);
        }
        if let Some(value) = otherwise {
            let mut facts = facts.clone();
            let all: BTreeSet<u16> = arms.iter().flat_map(|(keys, _)| of_arm(keys)).collect();
            self.assume_codes(of, &all, false, &mut facts);
            self.each(value, &facts, measures, call);
        }
    }

    fn each_of_rows(&self, aggregate: usize, filters: bool, facts: &Facts, measures: Measures, call: &mut Call<'_, 'p>) {
        let def = &self.plan.aggregates[aggregate];
        if filters {
            self.each_joined(&def.filter, true, &self.of_group(aggregate, facts), measures, call);
        }
        let rows = self.of_rows(aggregate, facts);
        for node in def.operand.iter().chain(&def.weight) {
            self.each(node, &rows, measures, call);
        }
    }

    fn each_of_sentence(&self, sentence: &'p Sentence, facts: &Facts, measures: Measures, call: &mut Call<'_, 'p>) {
        for (place, step) in sentence.steps.iter().enumerate() {
            match &step.of {
                // The rows of a later step are those of which every earlier statement is true: looked at before.
                StepOf::Rows(tally) => self.each_of_rows(*tally, place == 0, facts, measures, call),
                StepOf::Columns { whole, part } => [whole, part].into_iter().for_each(|node| self.each(node, facts, measures, call)),
            }
        }
    }
}
