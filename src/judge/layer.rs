//! Who set a limit: the pack whose value wins, and what the layer above has there.

use crate::base::{Date, Unit};
use crate::eval::{At, World};
use crate::model::plan::{Constant, DatedDef, Node, NodeKind, Ruling, SetDef};
use crate::model::verdict::{Judged, Layer, Part};

use super::Judge;
use super::comparison::shown;

impl Judge<'_> {
    /// The source that the value of a parameter cites on this day.
    pub(super) fn source(&self, limit: &Node, world: &World, at: At) -> Option<String> {
        let NodeKind::Parameter { id, .. } = &*limit.kind else { return None };
        let dated = self.dated(*id, world.as_of)?;
        match self.set(limit, world, at) {
            Some(set) => set.source.clone(),
            None => dated.source.clone(),
        }
    }

    fn dated(&self, parameter: usize, day: Date) -> Option<&DatedDef> {
        self.plan.parameters[parameter].dated.iter().find(|dated| dated.period.contains(day))
    }

    /// The layer that set the value of a parameter for the keys at hand.
    fn set(&self, limit: &Node, world: &World, at: At) -> Option<&SetDef> {
        let NodeKind::Parameter { id, keys } = &*limit.kind else { return None };
        let dated = self.dated(*id, world.as_of).filter(|dated| !dated.set.is_empty())?;
        dated.set_of(&world.keys(keys, at)?)
    }

    /// The layer that set a limit; of a limit made of several standards, the lowest that set any of them.
    pub(super) fn layer(&self, limit: &Node, unit: &Unit, world: &World, at: At) -> Option<Layer> {
        if self.plan.overrides.is_empty() {
            return None;
        }
        if matches!(&*limit.kind, NodeKind::Parameter { .. }) {
            let set = self.set(limit, world, at)?;
            let than = if let Some(Constant::Number(than)) = &set.than { Some(shown(than, unit)) } else { None };
            return Some(Layer { set: set.by, than, above: set.above });
        }
        self.lowest(std::slice::from_ref(limit), world.as_of)
    }

    /// The lowest layer that set anything of what these nodes look up.
    fn lowest(&self, nodes: &[Node], day: Date) -> Option<Layer> {
        let found = nodes.iter().flat_map(|node| self.standards(node)).filter_map(|parameter| self.dated(parameter, day)).flat_map(|dated| &dated.set);
        let lower = |one: &SetDef, other: &SetDef| self.plan.is_above(self.plan.overrides[other.by].pack, self.plan.overrides[one.by].pack);
        let set = found.reduce(|kept, next| if lower(next, kept) { next } else { kept })?;
        Some(Layer { set: set.by, than: None, above: set.above })
    }

    /// Whoever set the limits of a rule's requirements: a layer that set a value, or that asks something else of the rule;
    /// else the pack of the rule.
    pub(super) fn say_who_set(&self, rule: usize, ruling: &Ruling, day: Date, judged: &mut Judged) {
        let own = self.plan.rules[rule].pack;
        if self.plan.overrides.is_empty() {
            return who_set(judged, &|_| own);
        }
        if judged.layer.is_none() {
            judged.layer = self.lowest(ruling.require, day).or_else(|| ruling.by.map(|by| Layer { set: by, than: None, above: self.above(rule, by) }));
        }
        self.who_set_of(judged, ruling.by.map_or(own, |by| self.plan.overrides[by].pack));
    }

    /// Whoever set the limits of other requirements, as an exception's.
    pub(super) fn who_set_of(&self, judged: &mut Judged, own: usize) {
        who_set(judged, &|layer| layer.map_or(own, |layer| self.plan.overrides[layer.set].pack));
    }

    /// The pack whose requirements stand where an override does not.
    fn above(&self, rule: usize, by: usize) -> usize {
        let def = &self.plan.rules[rule];
        let higher = def.layers.iter().take_while(|at| **at != by).last();
        higher.map_or(def.pack, |at| self.plan.overrides[*at].pack)
    }
}

/// A branch has its own rule's pack already.
fn who_set(judged: &mut Judged, pack: &dyn Fn(Option<&Layer>) -> usize) {
    judged.set_by = pack(judged.layer.as_ref());
    for part in &mut judged.parts {
        if let Part::Operand(part) | Part::Step(part) | Part::Row { judged: part, .. } = part {
            who_set(part, pack);
        }
    }
}
