//! Claims about one quantity that are heard together: two requirements of one rule, or of two rules that ask the same units.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Span, Text};
use crate::model::keys::Key;
use crate::model::ast::{RuleKind, Status, Wanted};
use crate::model::plan::{Key as Code, Node, NodeKind, ParameterKey, Period, RuleDef};

use super::bounds::Bounds;
use super::claim::{Case, Claim, Limit, shown};
use super::facts::Facts;
use super::sight::Sight;

/// With so many later ones a claim is held: more about one quantity nobody writes by hand.
const MOST_BESIDE: usize = 100;

pub struct Pair<'c, 'p> {
    /// The one that stands first.
    pub first: &'c Claim<'p>,
    pub second: &'c Claim<'p>,
    pub facts: Facts,
    /// The days on which both are in force.
    pub days: Period,
    /// Every unit that the first asks is asked by the second, as long as the first is in force.
    pub first_within: bool,
    pub second_within: bool,
}

impl<'p> Sight<'p> {
    /// Each two claims about one quantity of which some unit hears both.
    pub fn pairs<'c>(&self, claims: &'c [Claim<'p>]) -> Vec<Pair<'c, 'p>> {
        let mut by_quantity: BTreeMap<usize, Vec<&'c Claim<'p>>> = BTreeMap::new();
        for claim in claims {
            by_quantity.entry(claim.quantity).or_default().push(claim);
        }
        let alternatives = self.alternatives();
        let stands = |claim: &Claim| !alternatives.contains(&claim.rule);
        let conditions: Vec<BTreeSet<Key>> = (0..self.plan.rules.len()).map(|rule| self.conditions(rule)).collect();
        let mut found = Vec::new();
        for claims in by_quantity.values() {
            for (place, first) in claims.iter().enumerate() {
                for second in claims[place + 1..].iter().take(MOST_BESIDE) {
                    if first.rule == second.rule || stands(first) && stands(second) {
                        found.extend(self.pair(first, second, &conditions));
                    }
                }
            }
        }
        found
    }

    fn pair<'c>(&self, first: &'c Claim<'p>, second: &'c Claim<'p>, conditions: &[BTreeSet<Key>]) -> Option<Pair<'c, 'p>> {
        let (one, other) = (&self.plan.rules[first.rule], &self.plan.rules[second.rule]);
        let stands_alone = |rule: &RuleDef| rule.kind == RuleKind::Level || is_changed(rule);
        if one.at != other.at || one.term != other.term || first.rule != second.rule && [one, other].iter().any(|rule| stands_alone(rule)) {
            return None;
        }
        let (force, other_force) = (self.in_force(one), self.in_force(other));
        let days = force.overlap(other_force)?;
        let (conditions, others) = (&conditions[first.rule], &conditions[second.rule]);
        let fewer = others.is_subset(conditions) && codes_within(one, other);
        let more = conditions.is_subset(others) && codes_within(other, one);
        let facts = if fewer { first.facts.clone() } else { second.facts.clone() };
        let pair = Pair { first, second, facts, days, first_within: fewer && days == force, second_within: more && days == other_force };
        ((fewer || more) && !pair.facts.impossible).then_some(pair)
    }

    /// When a rule is in force, also by its pack.
    pub fn in_force(&self, rule: &RuleDef) -> Period {
        let days = self.plan.in_force(rule);
        if days.has_days() { days } else { rule.in_force }
    }

    /// The rules that need not be met by themselves: of several some suffice, or a level counts them, which may be one of
    /// several ways, or another rule asks whether they are met.
    fn alternatives(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for def in &self.plan.rules {
            let all = |node: &&Node| def.kind != RuleKind::Level && counts_all(node);
            let must: Vec<Span> = def.requirements().flat_map(Node::conjuncts).filter(all).map(|node| node.span).collect();
            def.nodes(self.plan).flat_map(Node::conjuncts).filter(|node| !must.contains(&node.span)).for_each(|node| names(node, &mut found));
        }
        found
    }

    /// What a claim says in a case: `≥ 45 pupil`.
    pub fn says(claim: &Claim, value: &crate::base::Number) -> Text {
        let limit = shown(value, &claim.unit);
        match claim.limit {
            Limit::Zero => Text::default(),
            _ => Text::new(format!("{} {}", claim.op.sign(), limit.en), format!("{} {}", claim.op.sign(), limit.zh)),
        }
    }

    /// ` for primary from 2017-04-19`, where it is not so in every case.
    pub fn of_case(&self, claims: [&Claim; 2], case: &Case) -> Text {
        let id = claims.iter().find_map(|claim| if let Limit::Parameter { id, keys } = claim.limit { (!keys.is_empty()).then_some(id) } else { None });
        let Some(id) = id else { return Text::default() };
        let name = self.code_names(id, &case.codes);
        Text::new(format!(" for {}", name.en), format!("（{}）", name.zh))
    }

    /// Codes by which a parameter is looked up, as people call them.
    pub fn code_names(&self, parameter: usize, codes: &[Code]) -> Text {
        let name = |(by, code): (&ParameterKey, &Code)| match (by, code) {
            (ParameterKey::Codes(list), Code::Code(code)) => self.plan.codes[*list].codes.get(usize::from(*code)).map(|code| code.names.short()).unwrap_or_default(),
            (_, Code::Text(text)) => Text::from(text),
            _ => Text::default(),
        };
        let names: Vec<Text> = self.plan.parameters[parameter].by.iter().zip(codes).map(name).collect();
        Text::join(&names, " ", "")
    }
}

impl Claim<'_> {
    /// Where the quantity lies if the claim is met.
    pub fn bounds(&self, limit: &crate::base::Number) -> Bounds {
        self.natural.meet(&Bounds::of(self.op, limit))
    }
}

fn codes_within(one: &RuleDef, other: &RuleDef) -> bool {
    one.codes.iter().zip(&other.codes).all(|(codes, others)| codes.iter().all(|code| others.contains(code)))
}

/// Whether something else is asked of some units or on some days.
fn is_changed(rule: &RuleDef) -> bool {
    !rule.layers.is_empty() || !rule.exceptions.is_empty()
}

/// `all of … met`: each of them must be.
fn counts_all(node: &Node) -> bool {
    matches!(&*node.kind, NodeKind::Rules(def) if def.bound.is_none() && def.wanted == Wanted::Status(Status::Met))
}

/// The rules that a condition counts, or asks about.
fn names(node: &Node, found: &mut BTreeSet<usize>) {
    match &*node.kind {
        NodeKind::Rules(def) => found.extend(&def.rules),
        NodeKind::Status { rule, .. } => drop(found.insert(*rule)),
        _ => {}
    }
    node.each_child(&mut |child| names(child, found));
}
