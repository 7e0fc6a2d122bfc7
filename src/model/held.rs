//! What cells themselves, not through arithmetic, are held against anywhere in a plan: percents, and written texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::Number;

use super::plan::{AggregateDef, ColumnRef, Constant, Node, NodeKind, Plan, StepOf, Type};

/// By column of a table that is handed in: a part's own column stands for those that it is taken from.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The greatest percent, as a plain ratio.
    pub percents: BTreeMap<ColumnRef, Number>,
    pub texts: BTreeMap<ColumnRef, BTreeSet<Arc<str>>>,
}

impl Held {
    pub fn of(plan: &Plan) -> Held {
        let mut held = Held::default();
        let rules = plan.rules.iter().flat_map(|rule| rule.nodes(plan));
        let measures = plan.measures.iter().map(|measure| &measure.body);
        let rows = plan.aggregates.iter().flat_map(AggregateDef::nodes);
        for node in rules.chain(measures).chain(rows) {
            held.walk(plan, node);
        }
        held
    }

    fn walk(&mut self, plan: &Plan, node: &Node) {
        match &*node.kind {
            NodeKind::Compare(_, left, right) => {
                self.against(plan, left, right);
                self.against(plan, right, left);
            }
            NodeKind::Between { of, low, high } => {
                self.against(plan, of, low);
                self.against(plan, of, high);
            }
            NodeKind::OneOf { of, list, .. } => list.iter().for_each(|one| self.against(plan, of, one)),
            NodeKind::Sentence(sentence) => {
                for step in &sentence.steps {
                    if let StepOf::Columns { whole, part } = &step.of {
                        self.walk(plan, whole);
                        self.walk(plan, part);
                    }
                }
            }
            _ => {}
        }
        node.each_child(&mut |child| self.walk(plan, child));
    }

    fn against(&mut self, plan: &Plan, cell: &Node, limit: &Node) {
        let columns = columns(plan, cell);
        if columns.is_empty() {
            return;
        }
        if let NodeKind::Text(text) = &*limit.kind {
            for column in &columns {
                self.texts.entry(*column).or_default().insert(text.clone());
            }
        }
        if let Some(percent) = percent(plan, limit) {
            for column in columns {
                let most = self.percents.entry(column).or_insert_with(|| percent.clone());
                *most = most.clone().max(percent.clone());
            }
        }
    }
}

/// The columns whose cells a value is, as they are.
fn columns(plan: &Plan, node: &Node) -> Vec<ColumnRef> {
    match &*node.kind {
        NodeKind::Column(column) => sources(plan, *column),
        NodeKind::Measure(measure) => plan.measures.get(*measure).map(|measure| columns(plan, &measure.body)).unwrap_or_default(),
        NodeKind::InTerm { of, .. } => columns(plan, of),
        NodeKind::If { then, otherwise, .. } => [then, otherwise].into_iter().flat_map(|node| columns(plan, node)).collect(),
        NodeKind::ByCase { arms, otherwise, .. } => arms.iter().map(|(_, value)| value).chain(otherwise).flat_map(|node| columns(plan, node)).collect(),
        _ => Vec::new(),
    }
}

/// Where the cells of a column stand in files. What parts share is divided, so it is no cell.
fn sources(plan: &Plan, at: ColumnRef) -> Vec<ColumnRef> {
    let Some(split) = &plan.tables[at.table].split else { return vec![at] };
    let of = |column: usize| ColumnRef { table: split.of, column };
    match at.column {
        0 => split.parts.iter().map(|part| of(part.pupils)).collect(),
        own => own.checked_sub(2 + split.shared.len()).and_then(|own| split.own.get(own)).into_iter().flatten().flatten().map(|column| of(*column)).collect(),
    }
}

/// The greatest percent that a limit may be; `None` for what is no percent.
fn percent(plan: &Plan, node: &Node) -> Option<Number> {
    let is_percent = matches!(&node.ty, Type::Number(unit) if unit.is_percent());
    match &*node.kind {
        NodeKind::Number(number) if is_percent => Some(number.clone()),
        NodeKind::Parameter { id, .. } if is_percent => {
            let dated = plan.parameters.get(*id)?.dated.iter();
            let values = dated.flat_map(|dated| dated.values.iter().map(|(_, value)| value).chain(&dated.otherwise));
            values.filter_map(|value| if let Constant::Number(number) = value { Some(number.clone()) } else { None }).max()
        }
        NodeKind::If { then, otherwise, .. } => [then, otherwise].into_iter().filter_map(|node| percent(plan, node)).max(),
        NodeKind::ByCase { arms, otherwise, .. } => arms.iter().map(|(_, value)| value).chain(otherwise).filter_map(|node| percent(plan, node)).max(),
        NodeKind::Measure(measure) => percent(plan, &plan.measures.get(*measure)?.body),
        _ => None,
    }
}
