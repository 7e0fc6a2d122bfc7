//! Limits: how each comparison is said for numbers, dates and ranked codes, and whether the limit itself is included.

use crate::base::Text;
use crate::model::op::{Bound, Compare};
use crate::model::plan::{Node, NodeKind, Type};

use super::number;
use super::phrase::{Reader, both};
use super::value::value;

/// `a op b`, turned so that what is measured comes first.
pub(super) fn comparison(reader: Reader, op: Compare, a: &Node, b: &Node) -> Text {
    if is_literal(a) && !is_literal(b) {
        return comparison(reader, op.turned(), b, a);
    }
    let (a_text, b_text) = (value(reader, a), value(reader, b));
    let relation = relation(reader, op, &a.ty, &b_text);
    let note = if reader.bounds { note(op, b) } else { Text::default() };
    both!("{a_text} {relation}{note}", "{a_text}{relation}{note}", a_text, relation, note)
}

/// `is at least 4.5 m2/pupil` / `不低于 4.5 平方米/生`.
fn relation(reader: Reader, op: Compare, ty: &Type, limit: &Text) -> Text {
    let text = match ty {
        Type::Number(_) | Type::Spread | Type::Real => return of_numbers(op, limit),
        Type::Date | Type::YearMonth => of_dates(op, limit),
        Type::Code(list) if reader.plan.codes.get(*list).is_some_and(|list| list.best_first) => of_ranks(op, limit),
        _ => None,
    };
    text.unwrap_or_else(|| of_names(op, limit))
}

pub(super) fn of_numbers(op: Compare, limit: &Text) -> Text {
    let word = match op {
        Compare::Ge => Text::new("is at least", "不低于"),
        Compare::Le => Text::new("is at most", "不超过"),
        Compare::Gt => Text::new("is above", "超过"),
        Compare::Lt => Text::new("is below", "低于"),
        Compare::Eq => Text::new("equals", "等于"),
        Compare::Ne => Text::new("is other than", "不等于"),
    };
    spaced(&word, limit)
}

fn of_dates(op: Compare, limit: &Text) -> Option<Text> {
    let word = match op {
        Compare::Ge => Text::new("is on or after", "不早于"),
        Compare::Le => Text::new("is on or before", "不晚于"),
        Compare::Gt => Text::new("is after", "晚于"),
        Compare::Lt => Text::new("is before", "早于"),
        _ => return None,
    };
    Some(both!("{word} {limit}", "{word}{limit}", word, limit))
}

fn of_ranks(op: Compare, limit: &Text) -> Option<Text> {
    match op {
        Compare::Ge => Some(both!("is {limit} or better", "不低于{limit}", limit)),
        Compare::Le => Some(both!("is {limit} or worse", "不高于{limit}", limit)),
        Compare::Gt => Some(both!("is better than {limit}", "高于{limit}", limit)),
        Compare::Lt => Some(both!("is worse than {limit}", "低于{limit}", limit)),
        _ => None,
    }
}

fn of_names(op: Compare, limit: &Text) -> Text {
    match op {
        Compare::Ne => both!("is not {limit}", "不为{limit}", limit),
        Compare::Eq => both!("is {limit}", "为{limit}", limit),
        _ => of_numbers(op, limit),
    }
}

/// Chinese sets a number apart by a blank, but not a word.
fn spaced(word: &Text, limit: &Text) -> Text {
    let gap = if limit.zh.starts_with(|first: char| first.is_ascii_digit() || first == '-') { " " } else { "" };
    Text { en: format!("{} {}", word.en, limit.en), zh: format!("{}{gap}{}", word.zh, limit.zh) }
}

/// Whether the limit itself is enough: of a number that number, of anything else 本数.
fn note(op: Compare, limit: &Node) -> Text {
    match (limit.kind.as_ref(), &limit.ty) {
        (NodeKind::Number(base), Type::Number(unit)) => included(op, &Text::from(number::bare(base, unit))),
        (NodeKind::Number(base), _) => included(op, &Text::from(base.plain(12))),
        (_, Type::Date) => day_included(op),
        (_, Type::Number(_)) => limit_included(op),
        _ => Text::default(),
    }
}

/// `(4.2 itself included)` / `（含 4.2）`; nothing for `=` and `≠`.
pub(super) fn included(op: Compare, limit: &Text) -> Text {
    match op {
        Compare::Ge | Compare::Le => both!(" ({limit} itself included)", "（含 {limit}）", limit),
        Compare::Gt | Compare::Lt => both!(" ({limit} itself not included)", "（不含 {limit}）", limit),
        Compare::Eq | Compare::Ne => Text::default(),
    }
}

fn limit_included(op: Compare) -> Text {
    match op {
        Compare::Ge | Compare::Le => Text::new(" (the limit itself included)", "（含本数）"),
        Compare::Gt | Compare::Lt => Text::new(" (the limit itself not included)", "（不含本数）"),
        Compare::Eq | Compare::Ne => Text::default(),
    }
}

fn day_included(op: Compare) -> Text {
    match op {
        Compare::Ge | Compare::Le => Text::new(" (that day included)", "（含当日）"),
        Compare::Gt | Compare::Lt => Text::new(" (that day not included)", "（不含当日）"),
        Compare::Eq | Compare::Ne => Text::default(),
    }
}

/// `at least 10%` / `不低于 10%`, and whether that itself is enough.
pub(super) fn bound(bound: Bound, amount: &Text, bare: &Text) -> Text {
    let note = included(bound.compare(), bare);
    match bound {
        Bound::AtLeast => both!("at least {amount}{note}", "不低于 {amount}{note}", amount, note),
        Bound::AtMost => both!("at most {amount}{note}", "不超过 {amount}{note}", amount, note),
        Bound::Exactly => both!("exactly {amount}", "恰为 {amount}", amount),
    }
}

fn is_literal(node: &Node) -> bool {
    matches!(
        node.kind.as_ref(),
        NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Truth(_) | NodeKind::Date(_) | NodeKind::YearMonth(_) | NodeKind::Term(_) | NodeKind::Code(_) | NodeKind::Parameter { .. } | NodeKind::AsOf
    )
}
