//! When two expressions are the same: by what they say, not where they stand. Measures are opened, and the order of what is
//! added, multiplied or joined does not count.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::op::Arith;
use super::plan::{AggregateDef, Amount, Node, NodeKind, Plan, Sentence, StepOf};

/// The number of an expression: equal ones have one number.
pub type Key = usize;

/// Deeper than this an expression is told apart by its place alone.
const DEEPEST: usize = 200;

/// Every expression seen so far.
pub struct Keys<'p> {
    plan: &'p Plan,
    known: RefCell<BTreeMap<String, Key>>,
    measures: RefCell<Vec<Option<Key>>>,
}

impl<'p> Keys<'p> {
    pub fn new(plan: &'p Plan) -> Keys<'p> {
        Keys { plan, known: RefCell::default(), measures: RefCell::new(vec![None; plan.measures.len()]) }
    }

    pub fn of(&self, node: &Node) -> Key {
        self.node(node, DEEPEST)
    }

    /// The key of something made of others.
    pub fn named(&self, name: &str, parts: &[Key]) -> Key {
        let text = parts.iter().fold(name.to_string(), |text, part| format!("{text} {part}"));
        let mut known = self.known.borrow_mut();
        let next = known.len();
        *known.entry(text).or_insert(next)
    }

    fn node(&self, node: &Node, left: usize) -> Key {
        if left == 0 {
            return self.named(&format!("deep {:?}", node.span), &[]);
        }
        let of = |node: &Node| self.node(node, left - 1);
        let sorted = |list: &[Node]| {
            let mut keys: Vec<Key> = list.iter().map(of).collect();
            keys.sort_unstable();
            keys
        };
        match &*node.kind {
            NodeKind::Measure(at) => self.measure(*at, left - 1),
            NodeKind::Aggregate(at) => self.aggregate(&self.plan.aggregates[*at], left - 1),
            NodeKind::And(list) => self.named("and", &sorted(list)),
            NodeKind::Or(list) => self.named("or", &sorted(list)),
            NodeKind::Arith(op @ (Arith::Add | Arith::Mul), a, b) => {
                let mut keys = [of(a), of(b)];
                keys.sort_unstable();
                self.named(op.sign(), &keys)
            }
            NodeKind::Sentence(sentence) => self.sentence(sentence, left - 1),
            // Where it is rounded depends on the unit.
            NodeKind::Round(rounding, inner) => self.named(&format!("{rounding:?} {:?}", inner.ty), &[of(inner)]),
            _ => {
                let mut parts = Vec::new();
                node.each_child(&mut |child| parts.push(of(child)));
                self.named(&own(node), &parts)
            }
        }
    }

    fn measure(&self, at: usize, left: usize) -> Key {
        // While measures are still being made, each is told apart by its number.
        let Some(def) = self.plan.measures.get(at) else { return self.named(&format!("measure {at}"), &[]) };
        if let Some(known) = self.measures.borrow()[at] {
            return known;
        }
        let key = self.node(&def.body, left);
        self.measures.borrow_mut()[at] = Some(key);
        key
    }

    fn aggregate(&self, def: &AggregateDef, left: usize) -> Key {
        let rows = self.rows(def, left);
        let parts: Vec<Key> = [Some(rows)].into_iter().chain([&def.operand, &def.weight].map(|node| node.as_ref().map(|node| self.node(node, left)))).flatten().collect();
        self.named(&format!("{:?} {}{}", def.what, u8::from(def.operand.is_some()), u8::from(def.weight.is_some())), &parts)
    }

    /// The rows that are spoken of, whatever is said of them.
    pub fn rows(&self, def: &AggregateDef, left: usize) -> Key {
        let mut filter: Vec<Key> = def.filter.iter().map(|node| self.node(node, left)).collect();
        filter.sort_unstable();
        self.named(&format!("rows {} {:?} {:?} {:?} {:?}", def.over, def.at, def.role, def.code_columns, def.by), &filter)
    }

    /// What an aggregate or a tally collects of which rows.
    pub fn collected(&self, aggregate: usize) -> Key {
        self.aggregate(&self.plan.aggregates[aggregate], DEEPEST)
    }

    /// The rows that an aggregate or a tally speaks of.
    pub fn rows_of(&self, aggregate: usize) -> Key {
        self.rows(&self.plan.aggregates[aggregate], DEEPEST)
    }

    fn sentence(&self, sentence: &Sentence, left: usize) -> Key {
        let steps = sentence.steps.iter().map(|step| {
            let said = match &step.of {
                StepOf::Rows(tally) => vec![self.aggregate(&self.plan.aggregates[*tally], left)],
                StepOf::Columns { whole, part } => vec![self.node(whole, left), self.node(part, left)],
            };
            let amount = match &step.amount {
                Amount::Share(share) => format!("share {share}"),
                Amount::Rows(rows) => format!("rows {rows}"),
            };
            self.named(&format!("{:?} {amount}", step.bound), &said)
        });
        self.named(&format!("{:?}", sentence.quantity), &steps.collect::<Vec<_>>())
    }
}

/// What an expression says itself, without what stands beneath it.
fn own(node: &Node) -> String {
    match &*node.kind {
        NodeKind::Parameter { id, .. } => format!("parameter {id}"),
        NodeKind::Neg(_) => "neg".into(),
        NodeKind::Not(_) => "not".into(),
        NodeKind::Arith(op, ..) => op.sign().into(),
        NodeKind::Compare(op, ..) => op.code().into(),
        NodeKind::Between { .. } => "between".into(),
        NodeKind::OneOf { negated, .. } => format!("one of {negated}"),
        NodeKind::Known { negated, .. } => format!("known {negated}"),
        NodeKind::If { .. } => "if".into(),
        NodeKind::ByCase { arms, otherwise, .. } => format!("by {:?} {}", arms.iter().map(|(keys, _)| keys).collect::<Vec<_>>(), otherwise.is_some()),
        NodeKind::ForEvery { amount, every, part_counted, .. } => format!("{amount} for every {every} {part_counted}"),
        NodeKind::InTerm { when, .. } => format!("in {when:?}"),
        NodeKind::Through { link, .. } => format!("through {link:?}"),
        NodeKind::Rising { since, .. } => format!("rising since {since}"),
        NodeKind::DateShift { months, .. } => format!("shift {months}"),
        NodeKind::Whole { months, touched, .. } => format!("whole {months} {touched}"),
        // What is on file follows from the rule.
        NodeKind::Evidence(def) => format!("evidence {:?} {:?} {}", def.rule, def.within, def.found),
        // The rest has nothing beneath it, and its form without its places is what it says.
        other => format!("{other:#?}"),
    }
}
