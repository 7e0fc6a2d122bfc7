//! What is no number: codes, texts, dates, yes or no, whether a cell is filled.

use crate::base::{Text, Unit};
use crate::eval::{At, World, truth_outcome};
use crate::model::op::Compare;
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::value::{Truth, Value, ValueKind, add_new};
use crate::model::verdict::{Figure, Form, Judged, Limit};

use super::{Judge, blank, despite, may};

impl Judge<'_> {
    pub(super) fn plain(&self, node: &Node, world: &World, at: At) -> Judged {
        let value = self.value(world, node, at).required();
        let mut judged = Judged { outcome: truth_outcome(&value), may: may(&value), reason: value.causes.clone(), cells: world.cells(node, at), few: self.few(&[node], &[], world, at), ..blank(Form::Plain) };
        match &*node.kind {
            NodeKind::OneOf { of, list: one_of, negated } => {
                judged.value = self.text_figure(&self.value(world, of, at), &of.ty);
                let list = one_of.iter().map(|item| self.words(&self.value(world, item, at), &item.ty)).collect();
                judged.limit = Limit::OneOf { list, negated: *negated };
                judged.few = self.few(&[of], &one_of.iter().collect::<Vec<_>>(), world, at);
            }
            NodeKind::Known { of, negated } => {
                judged.value = self.text_figure(&self.value(world, of, at), &of.ty);
                judged.limit = Limit::Plain { op: Compare::Eq, text: if *negated { Text::new("missing", "未填") } else { Text::new("known", "已填") } };
            }
            NodeKind::Rising { of, since } => {
                judged.value = self.year_by_year(of, *since, world, at);
                judged.limit = Limit::Plain { op: Compare::Eq, text: Text::new("rising in each year", "逐年上升") };
            }
            NodeKind::Not(of) if !matches!(*of.kind, NodeKind::Sentence(_)) => {
                judged.value = self.text_figure(&self.value(world, of, at), &of.ty);
                judged.limit = Limit::Plain { op: Compare::Eq, text: Text::new("no", "否") };
            }
            NodeKind::Column(_) | NodeKind::Measure(_) | NodeKind::Aggregate(_) | NodeKind::Truth(_) => {
                judged.value = self.text_figure(&value, &node.ty);
                judged.limit = Limit::Plain { op: Compare::Eq, text: Text::new("yes", "是") };
            }
            _ => {}
        }
        judged
    }

    pub(super) fn plain_comparison(&self, op: Compare, value: &Node, limit: &Node, world: &World, at: At) -> Judged {
        let (found, wanted) = self.sides(world, value, limit, at);
        let outcome = world.compare(op, &found, &wanted, &value.ty).required();
        let mut cells = world.cells(value, at);
        add_new(&mut cells, world.cells(limit, at));
        Judged {
            outcome: truth_outcome(&outcome),
            may: may(&outcome),
            despite: despite(truth_outcome(&outcome), &[&found, &wanted]),
            reason: outcome.causes,
            cells,
            value: self.text_figure(&found, &value.ty),
            limit: Limit::Plain { op, text: self.words(&wanted, &limit.ty) },
            few: self.few(&[value], &[limit], world, at),
            ..blank(Form::Plain)
        }
    }

    /// `2023-2024: 5; 2024-2025: unknown`.
    fn year_by_year(&self, of: &Node, since: i16, world: &World, at: At) -> Figure {
        let one = |when: crate::model::when::When| {
            let (moved, _) = world.moved(when, at);
            let term = moved.term.map_or_else(String::new, |term| term.to_string());
            let value = self.value(world, of, moved);
            let words = if value.is_settled() { self.words(&value, &of.ty) } else { Text::new("unknown", "未知") };
            Text::new(format!("{term}: {}", words.en), format!("{term}：{}", words.zh))
        };
        Figure::Text(Text::join(&world.years(since, at).into_iter().map(one).collect::<Vec<_>>(), "; ", "；"))
    }

    fn text_figure(&self, value: &Value, ty: &Type) -> Figure {
        if !value.is_settled() {
            return Figure::None;
        }
        match (&value.kind, ty) {
            (ValueKind::Date(Some(date)), _) => Figure::Date(date.to_string()),
            (ValueKind::Number(_), Type::Number(unit)) => super::comparison::figure(value, unit),
            (ValueKind::Number(_), _) => super::comparison::figure(value, &Unit::plain()),
            (ValueKind::Spread(Some(square)), _) => Figure::Spread { square: square.clone() },
            (ValueKind::Real(Some(real)), _) => Figure::Real(real.clone()),
            _ => Figure::Text(self.words(value, ty)),
        }
    }

    /// A value in words.
    pub(super) fn words(&self, value: &Value, ty: &Type) -> Text {
        match (&value.kind, ty) {
            (ValueKind::Code(Some(code)), Type::Code(list)) => self.plan.codes[*list].codes.get(usize::from(*code)).map(|code| code.names.text()).unwrap_or_default(),
            (ValueKind::Text(Some(text)), _) => Text::from(text),
            (ValueKind::Date(Some(date)), _) => Text::from(date),
            (ValueKind::YearMonth(Some(month)), _) => Text::from(month),
            (ValueKind::Term(Some(term)), _) => Text::from(term),
            (ValueKind::Truth(Truth::True), _) => Text::new("yes", "是"),
            (ValueKind::Truth(Truth::False), _) => Text::new("no", "否"),
            (ValueKind::Number(range), Type::Number(unit)) => range.single().map(|number| Text::from(super::comparison::shown(number, unit).plain(6))).unwrap_or_default(),
            _ => Text::new("unknown", "未知"),
        }
    }
}
