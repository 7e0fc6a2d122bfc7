//! Which way a parameter, or a rule, acts on what is required: whether raising it asks more of everyone, or less.
//!
//! INVARIANT: what is called `Up` or `Down` is so whatever the data are. Where that cannot be seen it is `Mixed`.

use crate::base::Span;
use crate::model::ast::{Grade, Status, Wanted};
use crate::model::op::{Aggregate, Arith, Bound, Compare};
use crate::model::plan::{Collect, Node, NodeKind, Plan, RulesDef, Sentence, StepOf};

/// How something moves when a target is raised: a number, or a statement from false to true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Nowhere,
    Up,
    Down,
    Mixed,
}

impl Way {
    fn join(self, other: Way) -> Way {
        match (self, other) {
            (Way::Nowhere, way) | (way, Way::Nowhere) => way,
            (a, b) if a == b => a,
            _ => Way::Mixed,
        }
    }

    fn turned(self) -> Way {
        match self {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
            same => same,
        }
    }
}

/// What is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Parameter(usize),
    /// From not met to met.
    Rule(usize),
}

/// Looks through rules for what moves with a target.
pub(super) struct Looker<'p> {
    plan: &'p Plan,
    target: Target,
    /// For each rule what was found, `None` while it is not looked at.
    rules: Vec<Option<Way>>,
    /// For each measure the same, and whether it cannot be below 0.
    measures: Vec<Option<Way>>,
    not_negative: Vec<Option<bool>>,
    /// Where it first could not be seen which way it acts.
    pub(super) mixed: Option<Span>,
}

impl<'p> Looker<'p> {
    pub(super) fn new(plan: &'p Plan, target: Target) -> Looker<'p> {
        Looker { plan, target, rules: vec![None; plan.rules.len()], measures: vec![None; plan.measures.len()], not_negative: vec![None; plan.measures.len()], mixed: None }
    }

    /// How the outcome of a rule moves.
    pub(super) fn rule(&mut self, rule: usize) -> Way {
        if self.target == Target::Rule(rule) {
            return Way::Up;
        }
        if let Some(known) = self.rules[rule] {
            return known;
        }
        self.rules[rule] = Some(Way::Nowhere);
        let def = &self.plan.rules[rule];
        let layers = || def.layers.iter().filter_map(|at| self.plan.overrides.get(*at)?.ruling.as_ref());
        let asked: Vec<&Node> = def.scope.iter().chain(&def.when).chain(layers().filter_map(|said| said.when.as_ref())).chain(def.exceptions.iter().filter_map(|exception| exception.when.as_ref())).collect();
        let required: Vec<&Node> = def.requirements().chain(layers().flat_map(|said| &said.require)).chain(def.exceptions.iter().flat_map(|exception| &exception.require)).collect();
        let asks = asked.into_iter().fold(Way::Nowhere, |way, node| way.join(self.open(node)));
        let way = required.into_iter().fold(asks, |way, node| way.join(self.node(node)));
        self.rules[rule] = Some(way);
        way
    }

    /// Where anything that moves makes it impossible to say which way the whole goes.
    fn open(&mut self, node: &Node) -> Way {
        match self.node(node) {
            Way::Nowhere => Way::Nowhere,
            _ => {
                self.mixed.get_or_insert(node.span);
                Way::Mixed
            }
        }
    }

    fn all(&mut self, nodes: &[&Node]) -> Way {
        nodes.iter().fold(Way::Nowhere, |way, node| way.join(self.node(node)))
    }

    fn all_open(&mut self, nodes: &[&Node]) -> Way {
        nodes.iter().fold(Way::Nowhere, |way, node| way.join(self.open(node)))
    }

    fn node(&mut self, node: &Node) -> Way {
        match &*node.kind {
            NodeKind::Parameter { id, keys } => {
                let keys = self.all_open(&keys.iter().collect::<Vec<_>>());
                if self.target == Target::Parameter(*id) { keys.join(Way::Up) } else { keys }
            }
            NodeKind::Measure(measure) => self.measure(*measure),
            NodeKind::Aggregate(id) => self.aggregate(*id),
            NodeKind::Sentence(sentence) => self.sentence(sentence),
            NodeKind::Status { rule, wanted } => {
                let way = self.rule(*rule);
                if *wanted == Status::Met { way } else { way.turned() }
            }
            NodeKind::Rules(rules) => self.counted(rules, node.span),
            NodeKind::Neg(of) | NodeKind::Not(of) => self.node(of).turned(),
            NodeKind::Round(_, of) | NodeKind::DateShift { of, .. } => self.node(of),
            NodeKind::Arith(op, left, right) => self.arithmetic(*op, left, right),
            NodeKind::And(list) | NodeKind::Or(list) => self.all(&list.iter().collect::<Vec<_>>()),
            NodeKind::Compare(Compare::Ge | Compare::Gt, left, right) => self.node(left).join(self.node(right).turned()),
            NodeKind::Compare(Compare::Le | Compare::Lt, left, right) => self.node(left).turned().join(self.node(right)),
            NodeKind::Between { of, low, high } => self.open(of).join(self.node(low).turned()).join(self.node(high)),
            NodeKind::If { cond, then, otherwise } => self.open(cond).join(self.all(&[then, otherwise])),
            NodeKind::ByCase { of, arms, otherwise } => {
                let values: Vec<&Node> = arms.iter().map(|(_, value)| value).chain(otherwise).collect();
                self.open(of).join(self.all(&values))
            }
            _ => {
                let mut below = Vec::new();
                node.each_child(&mut |child| below.push(child));
                self.all_open(&below)
            }
        }
    }

    fn measure(&mut self, measure: usize) -> Way {
        if let Some(known) = self.measures[measure] {
            return known;
        }
        let way = self.node(&self.plan.measures[measure].body);
        self.measures[measure] = Some(way);
        way
    }

    fn arithmetic(&mut self, op: Arith, left: &Node, right: &Node) -> Way {
        let (over, under) = (self.node(left), self.node(right));
        match (op, over, under) {
            (Arith::Add, ..) => over.join(under),
            (Arith::Sub, ..) => over.join(under.turned()),
            (_, Way::Nowhere, Way::Nowhere) => Way::Nowhere,
            (Arith::Mul | Arith::Div, _, Way::Nowhere) if self.is_not_negative(right) => over,
            (Arith::Mul, Way::Nowhere, _) if self.is_not_negative(left) => under,
            _ => self.open(if under == Way::Nowhere { left } else { right }),
        }
    }

    /// Whether a number cannot be below 0, by what is declared of it.
    fn is_not_negative(&mut self, node: &Node) -> bool {
        match &*node.kind {
            NodeKind::Number(number) => !number.is_negative(),
            NodeKind::Column(at) => self.plan.column(*at).low.as_ref().is_some_and(|low| !low.is_negative()),
            NodeKind::Measure(measure) => {
                if let Some(known) = self.not_negative[*measure] {
                    return known;
                }
                let known = self.is_not_negative(&self.plan.measures[*measure].body);
                self.not_negative[*measure] = Some(known);
                known
            }
            NodeKind::Arith(Arith::Sub, ..) => false,
            NodeKind::Arith(_, left, right) => self.is_not_negative(left) && self.is_not_negative(right),
            NodeKind::Aggregate(id) => {
                let def = &self.plan.aggregates[*id];
                match def.what {
                    Collect::Value(Aggregate::Count | Aggregate::CountDistinct) => true,
                    Collect::Value(Aggregate::Sum | Aggregate::Mean | Aggregate::Min | Aggregate::Max | Aggregate::Median) => def.operand.as_ref().is_some_and(|of| self.is_not_negative(of)),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn aggregate(&mut self, id: usize) -> Way {
        let def = &self.plan.aggregates[id];
        let rows: Vec<&Node> = def.filter.iter().chain(&def.weight).collect();
        let rows = self.all_open(&rows);
        let Some(operand) = &def.operand else { return rows };
        let way = match def.what {
            Collect::Tally | Collect::Value(Aggregate::Sum | Aggregate::Mean | Aggregate::Min | Aggregate::Max | Aggregate::Median) => self.node(operand),
            Collect::Value(_) => self.open(operand),
        };
        rows.join(way)
    }

    fn sentence(&mut self, sentence: &Sentence) -> Way {
        let mut way = Way::Nowhere;
        for step in &sentence.steps {
            let said = match &step.of {
                StepOf::Rows(tally) => self.aggregate(*tally),
                StepOf::Columns { whole, part } => self.open(whole).join(self.node(part)),
            };
            way = way.join(self.bounded(Some(step.bound), said, step.span));
        }
        way
    }

    fn counted(&mut self, rules: &RulesDef, span: Span) -> Way {
        let way = rules.rules.iter().fold(Way::Nowhere, |way, rule| way.join(self.rule(*rule)));
        let way = match rules.wanted {
            Wanted::Status(Status::Met) | Wanted::Grade(Grade::Qualified) => way,
            Wanted::Status(Status::NotMet) | Wanted::Grade(Grade::NotQualified) => way.turned(),
            // Easier may be qualified where it was basic.
            Wanted::Grade(Grade::Basic) => {
                self.mixed.get_or_insert(span);
                Way::Mixed
            }
        };
        self.bounded(rules.bound.as_ref().map(|(bound, _)| *bound), way, span)
    }

    /// At least so many of them, at most, exactly; `None` is all of them.
    fn bounded(&mut self, bound: Option<Bound>, way: Way, span: Span) -> Way {
        match (bound, way) {
            (Some(Bound::AtLeast) | None, way) | (_, way @ Way::Nowhere) => way,
            (Some(Bound::AtMost), way) => way.turned(),
            (Some(Bound::Exactly), _) => {
                self.mixed.get_or_insert(span);
                Way::Mixed
            }
        }
    }
}
