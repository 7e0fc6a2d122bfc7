//! Ways through a plan: who is called what, up from a table to those above it, down from a node to those beneath.

use crate::base::{Date, Term};

use super::op::{Aggregate, Arith, Bound, Rounding, Spread, Statistic};
use super::plan::{AggregateDef, Amount, Collect, ColumnDef, ColumnKind, ColumnRef, LinkRef, Node, NodeKind, ParentDef, Period, Plan, RuleDef, Step, StepOf, Type};

impl Plan {
    /// The days on which a rule and its pack are both in force; a rule that says none has those of its pack.
    pub fn in_force(&self, rule: &RuleDef) -> Period {
        let pack = self.packs.get(rule.pack).map(|pack| pack.in_force).unwrap_or_default();
        rule.in_force.within(pack)
    }

    /// Whether a rule is called so: by its id, or by its pack and id.
    pub fn is_called(&self, rule: usize, wanted: &str) -> bool {
        let Some(def) = self.rules.get(rule) else { return false };
        let pack = self.packs.get(def.pack).map_or("", |pack| pack.id.as_str());
        wanted == def.names.id || wanted.strip_prefix(pack).and_then(|rest| rest.strip_prefix('/')) == Some(&def.names.id)
    }

    /// The tables from `from` up to and with `to`, following parents; `None` if `to` is not at or above it.
    ///
    /// A table's parents are tried in order; the first that leads there is taken.
    pub fn path_up(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        if from == to {
            return Some(Vec::new());
        }
        self.tables[from].parents.iter().enumerate().find_map(|(at, parent)| {
            let mut path = vec![at];
            path.extend(self.path_up(parent.table, to)?);
            Some(path)
        })
    }

    /// A table, then those above it, then those above these: the nearest first.
    pub fn outward(&self, from: Option<usize>) -> impl Iterator<Item = Vec<usize>> {
        let above = |near: &Vec<usize>| {
            let mut above = Vec::new();
            super::value::add_new(&mut above, near.iter().flat_map(|table| self.tables[*table].parents.iter().map(|parent| parent.table)));
            above
        };
        std::iter::successors(Some(from.into_iter().collect()), move |near| Some(above(near))).take_while(|near: &Vec<usize>| !near.is_empty())
    }

    /// The parents of a table by which the way to a table above it goes: those without a role, if any of them leads there.
    ///
    /// `role` is the way that was said, where the rows of its table have several.
    pub fn ways(&self, from: usize, to: usize, role: Option<LinkRef>) -> impl Iterator<Item = (usize, &ParentDef)> + Clone + use<'_> {
        let said = role.filter(|link| link.table == from).map(|link| link.parent);
        // What leads past the table of the role says nothing of the role.
        let by = role.map(|link| link.table).filter(|table| *table != from && self.leads_up(from, *table) && self.leads_up(*table, to));
        let leads = move |parent: &ParentDef| self.leads_up(parent.table, by.unwrap_or(to));
        let parents = &self.tables[from].parents;
        let unnamed = said.is_none() && parents.iter().any(|parent| parent.role.is_none() && leads(parent));
        parents.iter().enumerate().filter(move |(at, parent)| said.is_none_or(|said| said == *at) && (!unnamed || parent.role.is_none()) && leads(parent))
    }

    /// The roles of which one must be named to come from a table to one above it; none where there is but one way.
    pub fn roles_between(&self, from: usize, to: usize) -> Vec<LinkRef> {
        if from == to {
            return Vec::new();
        }
        let ways: Vec<_> = self.ways(from, to, None).collect();
        match ways.as_slice() {
            [(_, only)] => self.roles_between(only.table, to),
            [(_, first), ..] if first.role.is_some() => ways.iter().map(|(parent, _)| LinkRef { table: from, parent: *parent }).collect(),
            several => {
                let mut found: Vec<LinkRef> = several.iter().flat_map(|(_, parent)| self.roles_between(parent.table, to)).collect();
                found.sort_unstable();
                found.dedup();
                found
            }
        }
    }

    /// Whether a rule that asks the whole is settled by documents: a row that names no unit is then the whole's.
    pub fn asks_documents_of_the_whole(&self) -> bool {
        fn asks(node: &Node) -> bool {
            let mut found = matches!(*node.kind, NodeKind::Evidence(_));
            node.each_child(&mut |child| found |= asks(child));
            found
        }
        self.rules.iter().filter(|rule| rule.at.table.is_none()).any(|rule| rule.nodes(self).any(asks))
    }

    /// What a link is called: its role.
    pub fn role_name(&self, link: LinkRef) -> &str {
        self.tables[link.table].parents[link.parent].role.as_deref().unwrap_or_default()
    }

    /// Whether everything that a rule says was understood, also through measures and what it says of rows.
    pub fn is_understood(&self, rule: usize) -> bool {
        let def = &self.rules[rule];
        let mut waiting: Vec<&Node> = def.nodes(self).collect();
        let mut seen = vec![false; self.measures.len()];
        while let Some(node) = waiting.pop() {
            match &*node.kind {
                _ if node.ty == Type::Unknown => return false,
                NodeKind::Measure(measure) if !std::mem::replace(&mut seen[*measure], true) => waiting.push(&self.measures[*measure].body),
                NodeKind::Aggregate(id) => waiting.extend(self.aggregates[*id].nodes()),
                NodeKind::Sentence(sentence) => {
                    for step in &sentence.steps {
                        if let StepOf::Rows(tally) = step.of {
                            waiting.extend(self.aggregates[tally].nodes());
                        }
                    }
                }
                _ => {}
            }
            node.each_child(&mut |child| waiting.push(child));
        }
        def.requirements().next().is_some()
    }

    /// Whether a value can only be a whole number: a mean of whole numbers, or a part of a shared one, may not be.
    pub fn is_whole(&self, node: &Node) -> bool {
        match &*node.kind {
            NodeKind::Number(number) => number.is_whole(),
            NodeKind::Column(column) => {
                let table = &self.tables[column.table];
                let shared = table.split.as_ref().is_some_and(|split| split.is_shared(column.column));
                table.columns[column.column].ty == ColumnKind::Whole && !shared
            }
            NodeKind::Measure(measure) => self.is_whole(&self.measures[*measure].body),
            NodeKind::Aggregate(id) => match self.aggregates[*id].what {
                Collect::Value(Aggregate::Count | Aggregate::CountDistinct | Aggregate::Total { .. }) => true,
                Collect::Value(Aggregate::Sum | Aggregate::Min | Aggregate::Max | Aggregate::Statistic(Statistic::Range)) => self.aggregates[*id].operand.as_ref().is_some_and(|operand| self.is_whole(operand)),
                _ => false,
            },
            NodeKind::Arith(Arith::Add | Arith::Sub | Arith::Mul, left, right) => self.is_whole(left) && self.is_whole(right),
            NodeKind::Neg(of) | NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } => self.is_whole(of),
            NodeKind::Round(rounding, _) => !matches!(rounding, Rounding::HalfUp(decimals) if *decimals > 0),
            NodeKind::If { then, otherwise, .. } => self.is_whole(then) && self.is_whole(otherwise),
            NodeKind::ForEvery { amount, .. } => amount.is_whole(),
            NodeKind::Whole { .. } => true,
            _ => false,
        }
    }

    /// Whether `to` is `from` or stands above it.
    pub fn leads_up(&self, from: usize, to: usize) -> bool {
        from == to || self.tables[from].parents.iter().any(|parent| self.leads_up(parent.table, to))
    }

    pub fn column(&self, at: ColumnRef) -> &ColumnDef {
        &self.tables[at.table].columns[at.column]
    }

    /// The aggregate of which a value is the number of rows; `None` for any other value.
    pub fn count_of(&self, node: &Node) -> Option<usize> {
        match &*node.kind {
            NodeKind::Aggregate(id) => Some(*id).filter(|id| self.is_count(*id)),
            _ => None,
        }
    }

    /// Whether an aggregate is the number of its rows.
    pub fn is_count(&self, aggregate: usize) -> bool {
        self.aggregates[aggregate].what == Collect::Value(Aggregate::Count)
    }

    /// The variation that a value is, also by the name of a measure; `None` for one that is rounded or part of a sum.
    pub fn variation_of(&self, node: &Node) -> Option<(usize, Spread)> {
        match &*node.kind {
            NodeKind::Aggregate(id) => match self.aggregates[*id].what {
                Collect::Value(Aggregate::Variation(spread)) => Some((*id, spread)),
                _ => None,
            },
            NodeKind::Measure(measure) => self.variation_of(&self.measures[*measure].body),
            _ => None,
        }
    }
}

impl RuleDef {
    /// The one period that all its units are asked for; `None` where it is each, or none is said.
    pub fn one_term(&self, as_of: Date) -> Option<Term> {
        self.term.filter(|_| self.at.each.is_none()).and_then(|when| when.term(as_of, None))
    }

    /// What is required, and what each grade takes.
    pub fn requirements(&self) -> impl Iterator<Item = &Node> {
        self.require.iter().chain(self.grades.iter().map(|(_, when)| when))
    }
}

impl ColumnDef {
    /// What a cell of it is.
    pub fn value_type(&self) -> Type {
        match self.ty {
            ColumnKind::Whole | ColumnKind::Number => Type::Number(self.unit.clone()),
            ColumnKind::Text => Type::Text,
            ColumnKind::YesNo => Type::Truth,
            ColumnKind::Date => Type::Date,
            ColumnKind::YearMonth => Type::YearMonth,
            ColumnKind::Term(kind) => Type::Term(kind),
            ColumnKind::Code(list) => Type::Code(list),
        }
    }
}

impl Step {
    /// Whether none may be so: `at most 0`.
    pub fn allows_none(&self) -> bool {
        let (Amount::Rows(number) | Amount::Share(number)) = &self.amount;
        self.bound == Bound::AtMost && number.is_zero()
    }
}

impl AggregateDef {
    /// What is said of its rows.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.filter.iter().chain(&self.operand).chain(&self.weight)
    }
}

impl Node {
    /// The statements that a condition joins with `and`, however they are nested; itself if it joins none.
    pub fn conjuncts(&self) -> Vec<&Node> {
        match &*self.kind {
            NodeKind::And(list) => list.iter().flat_map(Node::conjuncts).collect(),
            _ => vec![self],
        }
    }

    /// Calls with each node directly beneath this one. What a measure, a rule or an aggregate says is not beneath it.
    pub fn each_child<'n>(&'n self, call: &mut dyn FnMut(&'n Node)) {
        match &*self.kind {
            NodeKind::Parameter { keys, .. } => keys.iter().for_each(call),
            NodeKind::Neg(of) | NodeKind::Not(of) | NodeKind::Round(_, of) | NodeKind::ForEvery { of, .. } | NodeKind::DateShift { of, .. } | NodeKind::Known { of, .. } | NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } | NodeKind::Rising { of, .. } => call(of),
            NodeKind::Arith(_, left, right) | NodeKind::Compare(_, left, right) | NodeKind::Whole { from: left, to: right, .. } => [left, right].into_iter().for_each(call),
            NodeKind::If { cond, then, otherwise } => [cond, then, otherwise].into_iter().for_each(call),
            NodeKind::Between { of, low, high } => [of, low, high].into_iter().for_each(call),
            NodeKind::ByCase { of, arms, otherwise } => std::iter::once(of).chain(arms.iter().map(|(_, value)| value)).chain(otherwise).for_each(call),
            NodeKind::OneOf { of, list, .. } => std::iter::once(of).chain(list).for_each(call),
            NodeKind::And(list) | NodeKind::Or(list) => list.iter().for_each(call),
            NodeKind::Sentence(sentence) => {
                for step in &sentence.steps {
                    if let StepOf::Columns { whole, part } = &step.of {
                        call(whole);
                        call(part);
                    }
                }
            }
            // What stands for itself, or for something outside the expression, has nothing beneath it.
            _ => {}
        }
    }
}
