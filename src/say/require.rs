//! What each `require` asks: one clause for each requirement, with what it divides by what.

use crate::base::Text;
use crate::model::op::{Arith, Compare};
use crate::model::plan::{Node, NodeKind, RuleDef};

use super::clause::clause;
use super::explain::example;
use super::formula::formula;
use super::limit::included;
use super::phrase::{Reader, both, bracketed, detail, line};
use super::value::{percent_of, quotient, value};
use super::walk::Found;
use super::{evidence, limit, rules, sentence};

/// Every requirement of a rule, or its grades.
pub(super) fn required(reader: Reader, rule: &RuleDef) -> Vec<Text> {
    if rule.grades.is_empty() { listed(reader, rule, &rule.require) } else { graded(reader, rule) }
}

/// What is required of a rule, by itself or instead; several are numbered, and all must hold. The level before a
/// level comes last, and stands in the first line of what is read back.
pub(super) fn listed(reader: Reader, rule: &RuleDef, require: &[Node]) -> Vec<Text> {
    let own = require.len().saturating_sub(usize::from(rule.after.is_some()));
    let parts: Vec<&Node> = require.iter().take(own).flat_map(Node::conjuncts).collect();
    let count = parts.len();
    let lines = parts.iter().enumerate().flat_map(|(at, node)| one(reader, &head(at, count), node));
    lines.collect()
}

/// The lines of the grades of a rule; none where it is not graded.
pub(super) fn graded_lines(reader: Reader, rule: &RuleDef) -> Vec<Text> {
    if rule.grades.is_empty() { Vec::new() } else { graded(reader, rule) }
}

/// What each grade takes, best first, and what is so otherwise.
fn graded(reader: Reader, rule: &RuleDef) -> Vec<Text> {
    let mut lines: Vec<Text> = Vec::new();
    for (grade, when) in &rule.grades {
        let grade = grade.text();
        // What is explained of one line is not said again of the next.
        for said in one(reader, &both!("Graded {grade} when: ", "{grade}的条件：", grade), when) {
            if !lines.contains(&said) {
                lines.push(said);
            }
        }
    }
    lines.push(detail(&Text::new("tried in this order; where none holds: not qualified, which is not met", "依次判定；均不符合的为不合格（不达标）")));
    lines
}

fn head(at: usize, count: usize) -> Text {
    if count == 1 {
        return Text::new("Required: ", "要求：");
    }
    let (at, count) = (Text::from(at + 1), Text::from(count));
    both!("Required, {at} of {count}: ", "要求（共 {count} 项，须同时满足）之 {at}：", at, count)
}

fn one(reader: Reader, head: &Text, node: &Node) -> Vec<Text> {
    match node.kind.as_ref() {
        NodeKind::Sentence(said) => sentence::lines(reader, head, said),
        NodeKind::Rules(def) => rules::lines(reader.plan, head, def),
        NodeKind::Evidence(def) => evidence::lines(reader, head, def),
        NodeKind::Compare(op, a, b) => compared(reader, head, *op, a, b),
        _ => plain(reader, head, node),
    }
}

fn plain(reader: Reader, head: &Text, node: &Node) -> Vec<Text> {
    let text = clause(reader, node);
    let mut lines = vec![line(&both!("{head}{text}", "{head}{text}", head, text))];
    lines.extend(formulas(reader, node));
    lines
}

/// `a ≥ 10% of b` is a share of `a` in `b`, though `a` need not lie inside `b`.
fn compared(reader: Reader, head: &Text, op: Compare, a: &Node, b: &Node) -> Vec<Text> {
    let share = match b.kind.as_ref() {
        NodeKind::Arith(Arith::Mul, x, y) => percent_of(x, y),
        _ => None,
    };
    let Some((percent, whole)) = share else {
        let text = limit::comparison(reader, op, a, b);
        let mut lines = vec![line(&both!("{head}{text}", "{head}{text}", head, text))];
        lines.extend([a, b].iter().flat_map(|node| formulas(reader, node)));
        if let NodeKind::Arith(Arith::Div, part, whole) = a.kind.as_ref()
            && both_shown(reader, part, whole)
        {
            lines.push(detail(&apart()));
        }
        return lines;
    };
    let note = included(op, &percent);
    let (part_text, whole_text) = (value(reader, a), value(reader, whole));
    let relation = limit::of_numbers(op, &both!("{percent} of {whole_text}", "{whole_text}的 {percent}", percent, whole_text));
    let mut lines = vec![line(&both!("{head}{part_text} {relation}{note}", "{head}{part_text}{relation}{note}", head, part_text, relation, note))];
    lines.push(detail(&divided(a, whole, &part_text, &whole_text)));
    if both_shown(reader, a, whole) {
        lines.push(detail(&apart()));
    }
    lines
}

fn apart() -> Text {
    Text::new(
        "those counted on the left need not be among those on the right; where some are not, both figures are shown",
        "分子不要求包含在分母之内；有不在分母之内的，两种口径的数字都会列出",
    )
}

/// Whether a share is one of two populations, of which the numerator's may stand outside the denominator's.
fn both_shown(reader: Reader, part: &Node, whole: &Node) -> bool {
    let pair = match (part.kind.as_ref(), whole.kind.as_ref()) {
        (NodeKind::Aggregate(part), NodeKind::Aggregate(whole)) => (*part, *whole),
        _ => return false,
    };
    is_count(reader, part) && is_count(reader, whole) || reader.plan.shares.iter().any(|share| (share.part, share.whole) == pair)
}

fn divided(a: &Node, b: &Node, part: &Text, whole: &Text) -> Text {
    let hold = |node: &Node, text: &Text| if matches!(node.kind.as_ref(), NodeKind::Arith(..)) { bracketed(text) } else { text.clone() };
    let (part, whole) = (hold(a, part), hold(b, whole));
    quotient(&part, &whole)
}

fn is_count(reader: Reader, node: &Node) -> bool {
    reader.plan.count_of(node).is_some()
}

/// How the shares, variations and amounts that a requirement names are reckoned.
fn formulas(reader: Reader, node: &Node) -> Vec<Text> {
    let found = Found::of_node(reader.plan, node);
    let examples = found.amounts.iter().filter_map(|node| example(node));
    found.aggregates.iter().flat_map(|at| formula(reader, &reader.plan.aggregates[*at])).chain(examples).map(|text| detail(&text)).collect()
}
