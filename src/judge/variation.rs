//! A variation opened up: each member's value, weight, term and share of the spread; and what is due for every so many.

use crate::base::{Number, Portion, Unit};
use crate::builtin::aggregate::{known, opened};
use crate::builtin::spread::Known;
use crate::eval::{At, World};
use crate::model::op::{Aggregate, Spread};
use crate::model::plan::{Collect, Node, NodeKind, Type};
use crate::model::verdict::Part;

use super::Judge;

impl Judge<'_> {
    /// The aggregate that a value is, and where it is asked: also through a measure, rounded, or in another period.
    pub(super) fn aggregate_of<'a>(&self, value: &Node, world: &World, at: At<'a>) -> Option<(usize, At<'a>)> {
        match &*value.kind {
            NodeKind::Aggregate(id) => Some((*id, at)),
            NodeKind::Measure(measure) => self.aggregate_of(&self.plan.measures[*measure].body, world, at),
            NodeKind::Round(_, of) => self.aggregate_of(of, world, at),
            NodeKind::InTerm { when, of } => self.aggregate_of(of, world, world.moved(*when, at).0),
            _ => None,
        }
    }

    /// The variation that a value is.
    pub(super) fn variation<'a>(&self, value: &Node, world: &World, at: At<'a>) -> Option<(Spread, usize, At<'a>)> {
        let (id, at) = self.aggregate_of(value, world, at)?;
        match self.plan.aggregates[id].what {
            Collect::Value(Aggregate::Variation(spread)) => Some((spread, id, at)),
            _ => None,
        }
    }

    /// One part a member, in the order of rows' keys. None while any member is unknown.
    pub(super) fn members(&self, value: &Node, is_limit: bool, world: &World, at: At) -> Vec<Part> {
        let Some((spread, id, at)) = self.variation(value, world, at).filter(|_| self.tells_members) else { return Vec::new() };
        let aggregate = &self.plan.aggregates[id];
        let Some(state) = world.state(id, at).filter(|state| state.possible.is_empty() && !state.incomplete) else { return Vec::new() };
        let known: Option<Vec<Known>> = state.sure.iter().map(known).collect();
        let Some(known) = known else { return Vec::new() };
        let Some(opened) = opened(spread, &state) else { return Vec::new() };
        let unit = match aggregate.operand.as_ref().map(|operand| &operand.ty) {
            Some(Type::Number(unit)) => unit.clone(),
            _ => Unit::plain(),
        };
        // In the square of the value's unit, as the value itself is written.
        let terms = Portion::all(&opened.terms, &unit.to_base(&unit.to_base(&opened.over)));
        let shares = Portion::all(&opened.terms, &opened.all);
        let nodes: Vec<&Node> = aggregate.operand.iter().chain(&aggregate.weight).collect();
        let of = |row: u32| At { term: at.term, ..At::row(aggregate.over, row) };
        let mut parts: Vec<Part> = state
            .sure
            .iter()
            .zip(&known)
            .zip(terms.into_iter().zip(shares))
            .map(|((member, (value, weight)), (term, share))| Part::Member {
                table: aggregate.over,
                row: member.row,
                name: self.row_name(world, aggregate.over, member.row),
                key: self.key(world, aggregate.over, member.row),
                value: unit.from_base(value),
                unit: unit.clone(),
                weight: weight.clone().filter(|_| spread == Spread::Weighted).unwrap_or(Number::ONE),
                term,
                share,
                of_limit: is_limit,
                few: nodes.iter().any(|node| self.is_few(node, world, of(member.row))),
                persons: nodes.iter().map(|node| self.persons(node, world, of(member.row))).min().unwrap_or(0),
            })
            .collect();
        parts.sort_by(|a, b| part_key(a).cmp(part_key(b)));
        parts
    }

    /// How much there is to be served, and for how many begun or whole groups something is due.
    pub(super) fn due(&self, limit: &Node, world: &World, at: At) -> Vec<Part> {
        let NodeKind::ForEvery { every, of, part_counted, .. } = &*limit.kind else { return Vec::new() };
        let quantity = self.value(world, of, at);
        let Some(quantity) = quantity.as_range().single() else { return Vec::new() };
        let groups = quantity.div(every).unwrap_or(Number::ZERO);
        let groups = if *part_counted { groups.ceil() } else { groups.floor() };
        vec![Part::ForEvery { quantity: quantity.clone(), groups }]
    }
}

fn part_key(part: &Part) -> &str {
    match part {
        Part::Member { key, .. } => key,
        _ => "",
    }
}
