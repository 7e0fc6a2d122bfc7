//! What a rule claims of a quantity: the quantity, the comparison, the limit, and for whom. One requirement is one claim or
//! several; what is said of every row is a claim of those rows.

use std::collections::BTreeSet;

use crate::base::{Date, Number, Span, Text, Unit};
use crate::model::keys::Key;
use crate::model::op::Compare;
use crate::model::plan::{Amount, Key as Code, Node, NodeKind, ParameterKey, Period, Quantity, Step, StepOf, Type};

use super::bounds::Bounds;
use super::facts::Facts;
use super::sight::Sight;

/// A quantity held to a limit.
pub struct Claim<'p> {
    pub rule: usize,
    pub quantity: Key,
    /// The side of the comparison that is held to the limit; absent where it is a share or a number of rows.
    pub node: Option<&'p Node>,
    pub op: Compare,
    pub limit: Limit<'p>,
    /// Where the quantity can lie in any case.
    pub natural: Bounds,
    /// What is sure of the unit, or of the row, that is spoken of.
    pub facts: Facts,
    pub unit: Unit,
    pub span: Span,
}

#[derive(Clone, Copy)]
pub enum Limit<'p> {
    Fixed(&'p Number),
    Parameter { id: usize, keys: &'p [Node] },
    /// Two quantities beside one another: their difference against 0.
    Zero,
}

/// One case of two limits: which codes, from which day.
pub struct Case {
    pub codes: Vec<Code>,
    pub day: Option<Date>,
    /// Absent where it has no value in this case.
    pub first: Option<Number>,
    pub second: Option<Number>,
}

impl<'p> Sight<'p> {
    /// The claims of a rule's requirements, in their order: all of them must hold.
    pub fn claims(&self, rule: usize) -> Vec<Claim<'p>> {
        let def = &self.plan.rules[rule];
        let facts = self.asked(def);
        let mut found = Vec::new();
        def.require.iter().for_each(|node| self.claims_in(rule, node, &facts, &mut found));
        found
    }

    /// The same, and those of what each grade takes and of what layers and exceptions ask instead, each taken by itself.
    pub fn every_claim(&self, rule: usize) -> Vec<Claim<'p>> {
        let def = &self.plan.rules[rule];
        let (scope, asked, mut found) = (self.in_scope(def), self.asked(def), self.claims(rule));
        self.each_grade(rule, &asked, &mut |node, facts| self.claims_in(rule, node, facts, &mut found));
        self.each_instead(rule, &scope, &mut |node, facts| self.claims_in(rule, node, facts, &mut found));
        found
    }

    fn claims_in(&self, rule: usize, node: &'p Node, facts: &Facts, found: &mut Vec<Claim<'p>>) {
        for node in node.conjuncts() {
            self.claim(rule, node, facts, &|key| key, found);
        }
    }

    fn claim(&self, rule: usize, node: &'p Node, facts: &Facts, of: &dyn Fn(Key) -> Key, found: &mut Vec<Claim<'p>>) {
        match &*node.kind {
            NodeKind::Compare(op, left, right) => found.extend(self.comparison(rule, *op, (left, right), node.span, facts, of)),
            NodeKind::Between { of: inner, low, high } => {
                found.extend(self.comparison(rule, Compare::Ge, (inner, low), node.span, facts, of));
                found.extend(self.comparison(rule, Compare::Le, (inner, high), node.span, facts, of));
            }
            NodeKind::Sentence(sentence) => {
                let [step] = &sentence.steps[..] else { return };
                match (&step.of, sentence.quantity) {
                    (StepOf::Rows(tally), Quantity::Every | Quantity::All) => {
                        let (rows, facts) = (self.keys.rows_of(*tally), self.of_rows(*tally, facts));
                        let each = |key| of(self.keys.named("of every", &[rows, key]));
                        for said in self.plan.aggregates[*tally].operand.iter().flat_map(Node::conjuncts) {
                            self.claim(rule, said, &facts, &each, found);
                        }
                    }
                    (_, Quantity::Bounds) => found.extend(self.amount(rule, node, step, facts, of)),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn comparison(&self, rule: usize, op: Compare, (left, right): (&'p Node, &'p Node), span: Span, facts: &Facts, of: &dyn Fn(Key) -> Key) -> Option<Claim<'p>> {
        let is_number = |node: &Node| matches!(node.ty, Type::Number(_) | Type::Spread | Type::Real);
        if !is_number(left) || !is_number(right) {
            return None;
        }
        let unit = |node: &Node| if let Type::Number(unit) = &node.ty { unit.clone() } else { Unit::plain() };
        let (node, op, limit, shown) = match (limit(left), limit(right)) {
            (None, Some(limit)) => (left, op, limit, right),
            (Some(limit), None) => (right, op.turned(), limit, left),
            (None, None) => return Some(self.beside(rule, op, (left, right), span, facts, of)),
            (Some(_), Some(_)) => return None,
        };
        let unit = if unit(shown).is_plain() && !unit(shown).is_percent() { unit(node) } else { unit(shown) };
        Some(Claim { rule, quantity: of(self.keys.of(node)), node: Some(node), op, limit, natural: self.bounds(node, facts), facts: facts.clone(), unit, span })
    }

    /// Neither side is a limit: the one with the lower key is held to the other.
    fn beside(&self, rule: usize, op: Compare, (left, right): (&'p Node, &'p Node), span: Span, facts: &Facts, of: &dyn Fn(Key) -> Key) -> Claim<'p> {
        let (one, other) = (self.keys.of(left), self.keys.of(right));
        let (op, keys) = if one <= other { (op, [one, other]) } else { (op.turned(), [other, one]) };
        let quantity = of(self.keys.named("against", &keys));
        Claim { rule, quantity, node: None, op, limit: Limit::Zero, natural: Bounds::default(), facts: facts.clone(), unit: Unit::plain(), span }
    }

    fn amount(&self, rule: usize, node: &'p Node, step: &'p Step, facts: &Facts, of: &dyn Fn(Key) -> Key) -> Option<Claim<'p>> {
        let said = match &step.of {
            StepOf::Rows(tally) => {
                let operand = self.plan.aggregates[*tally].operand.as_ref()?;
                [self.keys.rows_of(*tally), self.keys.of(operand)]
            }
            StepOf::Columns { whole, part } => [self.keys.of(whole), self.keys.of(part)],
        };
        let (name, number, natural, unit) = match &step.amount {
            Amount::Share(share) => ("share of", share, Bounds::between(Some(Number::ZERO), Some(Number::ONE)), Unit::percent()),
            Amount::Rows(rows) => ("rows of", rows, Bounds::count(), Unit::plain()),
        };
        let quantity = of(self.keys.named(name, &said));
        Some(Claim { rule, quantity, node: None, op: step.bound.compare(), limit: Limit::Fixed(number), natural, facts: facts.clone(), unit, span: node.span })
    }

    /// Whom a claim is about: the conditions of its rule, each by its key. Fewer conditions, more units.
    pub fn conditions(&self, rule: usize) -> BTreeSet<Key> {
        let def = &self.plan.rules[rule];
        def.scope.iter().chain(&def.when).flat_map(Node::conjuncts).map(|node| self.keys.of(node)).collect()
    }

    /// The cases in which two limits can be held against one another, each with both values; `None` if they cannot be.
    pub fn cases(&self, first: &Claim, second: &Claim, facts: &Facts, days: Period) -> Option<Vec<Case>> {
        let keys = match (first.limit, second.limit) {
            (Limit::Parameter { keys, .. }, Limit::Parameter { keys: others, .. }) if !keys.is_empty() && !others.is_empty() => {
                let same = keys.len() == others.len() && keys.iter().zip(others).all(|(one, other)| self.keys.of(one) == self.keys.of(other));
                if !same {
                    return None;
                }
                keys
            }
            (Limit::Parameter { keys, .. }, other) | (other, Limit::Parameter { keys, .. }) => match other {
                Limit::Parameter { keys: others, .. } if keys.is_empty() => others,
                _ => keys,
            },
            _ => &[],
        };
        let tuples = self.tuples(keys, facts)?;
        let mut found = Vec::new();
        for day in self.days(&[first.limit, second.limit], days) {
            for codes in &tuples {
                found.push(Case { codes: codes.clone(), day, first: self.value(first.limit, codes, day), second: self.value(second.limit, codes, day) });
            }
        }
        Some(found)
    }

    /// Every choice of codes that keys can be; `None` for keys that are no codes, or too many.
    pub fn tuples(&self, keys: &[Node], facts: &Facts) -> Option<Vec<Vec<Code>>> {
        const MOST: usize = 4096;
        let mut tuples: Vec<Vec<Code>> = vec![Vec::new()];
        for key in keys {
            let codes = self.codes(key, facts)?;
            tuples = tuples.iter().flat_map(|tuple| codes.iter().map(|code| [tuple.clone(), vec![Code::Code(*code)]].concat())).collect();
            if tuples.len() > MOST {
                return None;
            }
        }
        Some(tuples)
    }

    /// The first day of each stretch in which nothing changes, within a period; `None` where no day is named.
    fn days(&self, limits: &[Limit], within: Period) -> Vec<Option<Date>> {
        let parameters = limits.iter().filter_map(|limit| if let Limit::Parameter { id, .. } = limit { Some(*id) } else { None });
        let froms = parameters.flat_map(|id| &self.plan.parameters[id].dated).filter_map(|dated| dated.period.from);
        let days: BTreeSet<Date> = froms.map(|from| within.from.map_or(from, |first| from.max(first))).filter(|day| within.contains(*day)).collect();
        if days.is_empty() { vec![within.from] } else { days.into_iter().map(Some).collect() }
    }

    fn value(&self, limit: Limit, codes: &[Code], day: Option<Date>) -> Option<Number> {
        match limit {
            Limit::Fixed(number) => Some(number.clone()),
            Limit::Zero => Some(Number::ZERO),
            Limit::Parameter { id, keys } => {
                let dated = &self.plan.parameters[id].dated;
                let dated = dated.iter().find(|dated| day.is_none_or(|day| dated.period.contains(day)))?;
                super::value::constant(dated.value_of(if keys.is_empty() { &[] } else { codes })?)
            }
        }
    }

    /// Whether a parameter is looked up by codes alone.
    pub fn is_by_codes(&self, parameter: usize) -> bool {
        let by = &self.plan.parameters[parameter].by;
        !by.is_empty() && by.iter().all(|key| matches!(key, ParameterKey::Codes(_)))
    }
}

fn limit(node: &Node) -> Option<Limit<'_>> {
    match &*node.kind {
        NodeKind::Number(number) => Some(Limit::Fixed(number)),
        NodeKind::Parameter { id, keys } => Some(Limit::Parameter { id: *id, keys }),
        _ => None,
    }
}

/// A number of the base unit, as people write it.
pub fn shown(base: &Number, unit: &Unit) -> Text {
    const MOST_DECIMALS: u32 = 12;
    let written = unit.from_base(base);
    let decimal = written.plain(MOST_DECIMALS);
    let number = if Number::parse(&decimal).as_ref() == Some(&written) { decimal } else { written.exact() };
    if unit.is_percent() { Text::from(number + "%") } else { unit.amount(&number) }
}
