//! What was left out, and what could be meant: a comparison without its column, a code or a rule that stands alone.

use crate::base::{Span, Text, Unit};
use crate::diag::catalog::{CodeAlone, ColumnUnsaid, choice};
use crate::model::ast::{Expr, ExprKind, Name, Quantity};
use crate::model::op::Compare;
use crate::model::plan::{ColumnKind, Node, Type};
use crate::model::word;

use super::scope::{Scope, unit_of, unknown};
use super::{Checker, unlabelled};

impl Checker<'_> {
    /// `at most 45 pupils`, said of rows: which of their columns it may be is listed, never guessed.
    pub(super) fn unsaid(&mut self, op: Compare, limit: &Expr, span: Span, scope: &Scope) -> Node {
        let before = self.said.len();
        let found = self.expr(limit, scope, None);
        if self.said.len() > before {
            return unknown(span);
        }
        let wanted = unit_of(&found);
        let fits = |unit: &Unit| wanted.is_plain() || unit.same_dimension(&wanted);
        let columns = scope.table().map(|table| &self.plan.tables[table].columns).into_iter().flatten();
        let fitting = columns.filter(|column| matches!(column.ty, ColumnKind::Whole | ColumnKind::Number) && fits(&column.unit));
        let limit = if let ExprKind::Quantity(quantity) = &*limit.kind { written(quantity) } else { Text::from("…") };
        let zh = word::relation(op).and_then(|word| word.zh.first()).map_or("", String::as_str);
        let lines: Vec<Text> = fitting.take(3).map(|column| Text::new(format!("`{} {} {}`", column.names.id, op.code(), limit.en), format!("“{} {zh} {}”", column.names.short().zh, limit.zh))).collect();
        let near = if lines.is_empty() { Text::new("name the column that is compared", "写明要比较的是哪一列") } else { Text::new(format!("write {}", choice(&lines).en), format!("写成{}", choice(&lines).zh)) };
        self.say(ColumnUnsaid { limit, near }, span, unlabelled());
        unknown(span)
    }

    /// `type = primary or junior`: a code that stands alone beside a comparison with its list.
    pub(super) fn code_alone(&mut self, list: &[Expr], span: Span, scope: &Scope) -> bool {
        let Some(ExprKind::Compare(Compare::Eq, of, first)) = list.first().map(|first| &*first.kind) else { return false };
        let names: Option<Vec<&str>> = std::iter::once(first).chain(&list[1..]).map(|expr| if let ExprKind::Name(text) = &*expr.kind { Some(text.as_str()) } else { None }).collect();
        let (Some(names), ExprKind::Name(column)) = (names, &*of.kind) else { return false };
        let alone = &list[1..];
        if alone.is_empty() || alone.iter().zip(&names[1..]).any(|(expr, text)| self.is_name(&Name { text: (*text).to_string(), span: expr.span }, scope)) {
            return false;
        }
        let found = self.expr(of, scope, None);
        let Type::Code(codes) = found.ty else { return false };
        if names.iter().any(|name| self.code_names[codes].one(name).is_none()) {
            return false;
        }
        let line = Text::new(format!("{column} is one of ({})", names.join(", ")), format!("{column} 属于（{}）", names.join("、")));
        self.say(CodeAlone { name: names[1].into(), line }, span, unlabelled());
        true
    }
}

/// A number as it was written, with its unit.
fn written(quantity: &Quantity) -> Text {
    let number = quantity.number.plain(12);
    let percent = if quantity.percent { "%" } else { "" };
    let unit = quantity.unit.as_ref().map(|unit| match (&unit.over, &unit.each, &unit.under) {
        (Some(over), None, Some(under)) => format!(" {}/{}", over.text, under.text),
        (Some(over), None, None) => format!(" {}", over.text),
        _ => String::new(),
    });
    Text::from(format!("{number}{percent}{}", unit.unwrap_or_default()))
}
