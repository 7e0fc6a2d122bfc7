//! What is sure at a place of a rule: where numbers lie, which codes remain, which conditions hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::keys::Key;
use crate::model::op::Compare;
use crate::model::plan::{Blank, ColumnKind, ColumnRef, Node, NodeKind, RuleDef, Type};

use super::bounds::{Bounds, Verdict};
use super::sight::Sight;

/// Facts about expressions, by their keys.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    numbers: BTreeMap<Key, Bounds>,
    codes: BTreeMap<Key, BTreeSet<u16>>,
    truths: BTreeMap<Key, bool>,
    /// They contradict one another: nothing can be so.
    pub impossible: bool,
}

impl Facts {
    pub fn number(&self, key: Key) -> Option<&Bounds> {
        self.numbers.get(&key)
    }

    pub fn codes(&self, key: Key) -> Option<&BTreeSet<u16>> {
        self.codes.get(&key)
    }

    pub fn truth(&self, key: Key) -> Option<bool> {
        self.truths.get(&key).copied()
    }
}

impl Sight<'_> {
    /// The codes for which a rule asks.
    pub fn codes_asked(&self, rule: &RuleDef) -> Facts {
        let mut facts = Facts::default();
        for (place, codes) in rule.codes.iter().enumerate() {
            facts.codes.insert(self.unit_code(place), codes.iter().copied().collect());
        }
        facts
    }

    fn unit_code(&self, place: usize) -> Key {
        self.keys.named(&format!("unit code {place}"), &[])
    }

    /// What is sure of a row of an aggregate, from what is sure of the unit that it belongs to and from its filter.
    pub fn of_rows(&self, aggregate: usize, unit: &Facts) -> Facts {
        let mut facts = self.of_group(aggregate, unit);
        for filter in &self.plan.aggregates[aggregate].filter {
            self.assume(filter, true, &mut facts);
        }
        facts
    }

    /// The same before its filter.
    pub fn of_group(&self, aggregate: usize, unit: &Facts) -> Facts {
        let mut facts = Facts::default();
        for (place, column) in self.plan.aggregates[aggregate].code_columns.iter().enumerate() {
            if let Some(codes) = unit.codes(self.unit_code(place)) {
                facts.codes.insert(self.column_key(*column), codes.clone());
            }
        }
        facts
    }

    fn column_key(&self, column: ColumnRef) -> Key {
        let node = Node { kind: Box::new(NodeKind::Column(column)), ty: Type::Unknown, span: self.plan.column(column).span };
        self.keys.of(&node)
    }

    /// The codes that an expression can be; `None` where that is not known.
    pub fn codes(&self, node: &Node, facts: &Facts) -> Option<BTreeSet<u16>> {
        let Type::Code(list) = node.ty else { return None };
        let all = || (0..self.plan.codes[list].codes.len()).filter_map(|code| u16::try_from(code).ok()).collect::<BTreeSet<u16>>();
        let known = match &*node.kind {
            NodeKind::Code(code) => return Some(BTreeSet::from([*code])),
            NodeKind::UnitCode(place) => return Some(facts.codes(self.unit_code(*place)).cloned().unwrap_or_else(all)),
            NodeKind::Column(at) => self.codes_of_column(*at).unwrap_or_else(all),
            _ => all(),
        };
        Some(match facts.codes(self.keys.of(node)) {
            Some(sure) => known.intersection(sure).copied().collect(),
            None => known,
        })
    }

    /// A part has only the codes of the parts that there are.
    fn codes_of_column(&self, at: ColumnRef) -> Option<BTreeSet<u16>> {
        let split = self.plan.tables[at.table].split.as_ref()?;
        (at.column == 1).then(|| split.parts.iter().map(|part| part.code).collect())
    }

    /// Adds what follows if a condition is true, or false. What may have no answer beside others is not relied on.
    pub fn assume(&self, node: &Node, wanted: bool, facts: &mut Facts) {
        let Some(()) = self.deeper(|| self.take(node, wanted, facts)) else { return };
    }

    fn take(&self, node: &Node, wanted: bool, facts: &mut Facts) {
        if facts.truths.insert(self.keys.of(node), wanted) == Some(!wanted) {
            facts.impossible = true;
        }
        match &*node.kind {
            NodeKind::Not(of) => self.assume(of, !wanted, facts),
            NodeKind::Measure(measure) => self.assume(&self.plan.measures[*measure].body, wanted, facts),
            NodeKind::And(list) | NodeKind::Or(list) => self.take_joined(list, matches!(&*node.kind, NodeKind::And(_)) == wanted, wanted, facts),
            NodeKind::Compare(op, left, right) => {
                let op = if wanted { *op } else { op.opposite() };
                self.take_compared(op, left, right, facts);
            }
            NodeKind::Between { of, low, high } if wanted => {
                self.take_compared(Compare::Ge, of, low, facts);
                self.take_compared(Compare::Le, of, high, facts);
            }
            NodeKind::OneOf { of, list, negated } => self.take_listed(of, list, *negated != wanted, facts),
            _ => {}
        }
    }

    /// `all`: each of them holds as wanted. Otherwise one of them does: the last that can.
    fn take_joined(&self, list: &[Node], all: bool, wanted: bool, facts: &mut Facts) {
        let sure: Vec<&Node> = list.iter().filter(|node| self.always_answers(node)).collect();
        if all {
            return sure.into_iter().for_each(|node| self.assume(node, wanted, facts));
        }
        let open: Vec<&&Node> = sure.iter().filter(|node| self.truth(node, facts) == Verdict::Open).collect();
        let refused = if wanted { Verdict::Never } else { Verdict::Always };
        let others = sure.iter().filter(|node| self.truth(node, facts) == refused).count();
        if let ([last], true) = (&open[..], others + 1 == list.len()) {
            self.assume(last, wanted, facts);
        }
    }

    fn take_compared(&self, op: Compare, left: &Node, right: &Node, facts: &mut Facts) {
        if matches!(left.ty, Type::Code(_)) {
            for (node, other, op) in [(left, right, op), (right, left, op.turned())] {
                let (Some(codes), Some(others)) = (self.codes(node, facts), self.codes(other, facts)) else { continue };
                let best_first = matches!(node.ty, Type::Code(list) if self.plan.codes[list].best_first);
                let may = |code: &u16| others.iter().any(|other| op.holds(if best_first { other.cmp(code) } else { code.cmp(other) }));
                self.keep_codes(node, codes.into_iter().filter(may).collect(), facts);
            }
            return;
        }
        for (node, other, op) in [(left, right, op), (right, left, op.turned())] {
            if matches!(*node.kind, NodeKind::Number(_)) {
                continue;
            }
            let (own, limit) = (self.bounds(node, facts), self.bounds(other, facts));
            let end = if op.is_floor() { &limit.low } else { &limit.high };
            let allowed = match (op, end) {
                (Compare::Eq, _) => Bounds { step: None, ..limit.clone() },
                (Compare::Ne, _) | (_, None) => Bounds::default(),
                (_, Some(end)) => {
                    let made = Bounds::of(op, &end.at);
                    if end.open { open_ended(made) } else { made }
                }
            };
            let kept = own.meet(&allowed);
            facts.impossible |= kept.is_empty();
            facts.numbers.insert(self.keys.of(node), kept);
        }
    }

    fn take_listed(&self, of: &Node, list: &[Node], inside: bool, facts: &mut Facts) {
        let Some(codes) = self.codes(of, facts) else { return };
        let listed: Option<Vec<BTreeSet<u16>>> = list.iter().map(|item| self.codes(item, facts)).collect();
        // A list of plain codes only: what is no code by itself excludes nothing.
        let Some(listed) = listed.filter(|listed| listed.iter().all(|codes| codes.len() == 1)) else { return };
        let listed: BTreeSet<u16> = listed.into_iter().flatten().collect();
        self.keep_codes(of, codes.into_iter().filter(|code| listed.contains(code) == inside).collect(), facts);
    }

    /// Adds that an expression is, or is not, one of these codes.
    pub fn assume_codes(&self, of: &Node, among: &BTreeSet<u16>, inside: bool, facts: &mut Facts) {
        if let Some(codes) = self.codes(of, facts) {
            self.keep_codes(of, codes.into_iter().filter(|code| among.contains(code) == inside).collect(), facts);
        }
    }

    fn keep_codes(&self, node: &Node, kept: BTreeSet<u16>, facts: &mut Facts) {
        let key = match &*node.kind {
            NodeKind::Code(_) => {
                facts.impossible |= kept.is_empty();
                return;
            }
            NodeKind::UnitCode(place) => self.unit_code(*place),
            _ => self.keys.of(node),
        };
        facts.impossible |= kept.is_empty();
        facts.codes.insert(key, kept);
    }

    /// Whether an expression has a value, known or unknown, for every row: it can never be not applicable.
    pub fn always_answers(&self, node: &Node) -> bool {
        let own = match &*node.kind {
            NodeKind::Aggregate(_) | NodeKind::Sentence(_) | NodeKind::Rules(_) | NodeKind::Status { .. } | NodeKind::Evidence(_) | NodeKind::InTerm { .. } | NodeKind::Through { .. } | NodeKind::Rising { .. } | NodeKind::ForEvery { .. } => false,
            // A row may have nothing above it.
            NodeKind::Column(at) => !self.plan.tables.iter().flat_map(|table| &table.parents).any(|parent| parent.optional && self.plan.leads_up(parent.table, at.table)),
            NodeKind::Parameter { keys, .. } => keys.is_empty(),
            NodeKind::ByCase { otherwise, .. } => otherwise.is_some(),
            NodeKind::Measure(measure) => self.deeper(|| self.always_answers(&self.plan.measures[*measure].body)).unwrap_or(false),
            _ => true,
        };
        let mut all = own;
        node.each_child(&mut |child| all = all && self.deeper(|| self.always_answers(child)).unwrap_or(false));
        all
    }

    /// Declared and natural bounds of a column, and what a blank means in it; a whole number moves in steps of its unit.
    pub fn column_bounds(&self, at: ColumnRef) -> Bounds {
        let column = self.plan.column(at);
        let step = (column.ty == ColumnKind::Whole).then(|| column.unit.to_base(&crate::base::Number::ONE));
        let blank = column.blank_means.as_ref().and_then(|blank| if let Blank::Number(number) = blank { Some(Bounds::point(number.clone())) } else { None });
        let own = Bounds { step, ..Bounds::between(column.low.clone(), column.high.clone()) };
        blank.map_or(own.clone(), |blank| Bounds { step: own.step.clone(), ..own.hull(&blank) })
    }
}

fn open_ended(bounds: Bounds) -> Bounds {
    let open = |end: Option<super::bounds::End>| end.map(|end| super::bounds::End { open: true, ..end });
    Bounds { low: open(bounds.low), high: open(bounds.high), step: bounds.step }
}
