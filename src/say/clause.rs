//! Conditions in words: as a clause (`stage is primary`), and as what marks rows out (`with eligible`, `符合交流条件的`).

use crate::base::Text;
use crate::model::ast::Status;
use crate::model::plan::{Node, NodeKind};

use super::limit::comparison;
use super::phrase::{Reader, and_list, both, bracketed, mark, nor_list, or_list, quoted, set};
use super::value::value;
use super::{evidence, name, number, rules, sentence, term};

/// A condition as a clause.
pub(super) fn clause(reader: Reader, node: &Node) -> Text {
    match node.kind.as_ref() {
        NodeKind::Column(_) => cell(reader, node, true),
        NodeKind::Measure(_) => named(reader, node, true),
        NodeKind::Not(of) => not(reader, of),
        NodeKind::And(all) => joined(reader, all, " and ", "，且"),
        NodeKind::Or(any) => joined(reader, any, " or ", "，或"),
        NodeKind::Compare(op, a, b) => comparison(reader, *op, a, b),
        NodeKind::Between { of, low, high } => between(reader, of, low, high),
        NodeKind::OneOf { of, list, negated } => one_of(reader, of, list, *negated),
        NodeKind::Known { of, negated } => known(&value(reader, of), *negated),
        NodeKind::Sentence(said) => sentence::inline(reader, said),
        NodeKind::InTerm { when, of } => term::moved(*when, &clause(reader, of)),
        NodeKind::Rising { of, since } => term::rising(&value(reader, of), *since),
        NodeKind::Status { rule, wanted } => status(&Text::from(&reader.plan.rules[*rule].names.id), *wanted),
        NodeKind::Rules(def) => rules::inline(reader.plan, def),
        NodeKind::Evidence(def) => evidence::inline(reader, def),
        _ => value(reader, node),
    }
}

/// A yes/no cell: `staffed is yes` / `“是否配足”为“是”`.
fn cell(reader: Reader, node: &Node, yes: bool) -> Text {
    let ((above, name), answer) = (apart(reader, node), number::truth(yes));
    let en = mark(name.clone());
    let zh = both!("{above}{name}", "{above}“{name}”", above, name).zh;
    Text { en: format!("{}{} is {}", above.en, en.en, answer.en), zh: format!("{zh}为“{}”", answer.zh) }
}

/// A yes/no measure: `it is “counted”` / `属于“参评”`.
fn named(reader: Reader, node: &Node, yes: bool) -> Text {
    let (above, name) = apart(reader, node);
    let row = if above.is_empty() { Text::new("it", "") } else { Text::new(above.en.trim_end_matches("'s "), above.zh.trim_end_matches('的')) };
    if yes { both!("{row} is “{name}”", "{row}属于“{name}”", row, name) } else { both!("{row} is not “{name}”", "{row}不属于“{name}”", row, name) }
}

/// Whose a yes/no name is, and the name without quotation marks.
fn apart(reader: Reader, node: &Node) -> (Text, Text) {
    match node.kind.as_ref() {
        NodeKind::Column(at) => name::column_apart(reader, *at),
        NodeKind::Measure(at) => name::measure_apart(reader, *at),
        _ => (Text::default(), value(reader, node)),
    }
}

fn not(reader: Reader, of: &Node) -> Text {
    match of.kind.as_ref() {
        NodeKind::Column(_) => cell(reader, of, false),
        NodeKind::Measure(_) => named(reader, of, false),
        NodeKind::OneOf { of, list, negated } => one_of(reader, of, list, !negated),
        NodeKind::Known { of, negated } => known(&value(reader, of), !negated),
        NodeKind::Compare(op, a, b) => comparison(reader, op.opposite(), a, b),
        NodeKind::Not(of) => clause(reader, of),
        NodeKind::And(_) => {
            let of = clause(reader, of);
            both!("not all at once ({of})", "不同时满足（{of}）", of)
        }
        _ => {
            let of = clause(reader, of);
            both!("it is not so that ({of})", "并非（{of}）", of)
        }
    }
}

/// Statements joined; one that is itself joined stands in brackets.
fn joined(reader: Reader, parts: &[Node], en: &str, zh: &str) -> Text {
    let part = |node: &Node| {
        let text = clause(reader, node);
        if matches!(node.kind.as_ref(), NodeKind::And(_) | NodeKind::Or(_) | NodeKind::If { .. }) { bracketed(&text) } else { text }
    };
    Text::join(&parts.iter().map(part).collect::<Vec<_>>(), en, zh)
}

fn between(reader: Reader, of: &Node, low: &Node, high: &Node) -> Text {
    let (of, low, high) = (value(reader, of), set(&value(reader, low)), set(&value(reader, high)));
    let note = if reader.bounds { Text::new(" (both included)", "（含两端）") } else { Text::default() };
    both!("{of} is between {low} and {high}{note}", "{of}介于{low}与{high}之间{note}", of, low, high, note)
}

fn one_of(reader: Reader, of: &Node, list: &[Node], negated: bool) -> Text {
    let (of, list) = (value(reader, of), list.iter().map(|item| value(reader, item)).collect::<Vec<_>>());
    match (negated, list.len()) {
        (false, _) => {
            let names = or_list(&list);
            both!("{of} is {names}", "{of}为{names}", of, names)
        }
        (true, 0..2) => {
            let name = or_list(&list);
            both!("{of} is not {name}", "{of}不为{name}", of, name)
        }
        (true, _) => {
            let names = nor_list(&list);
            both!("{of} is neither {names}", "{of}不为{names}", of, names)
        }
    }
}

fn known(of: &Text, missing: bool) -> Text {
    if missing { both!("{of} is not filled in", "{of}未填", of) } else { both!("{of} is filled in", "{of}已填", of) }
}

pub(super) fn status(rule: &Text, wanted: Status) -> Text {
    match wanted {
        Status::Met => both!("{rule} is met", "{rule} 达标", rule),
        Status::NotMet => both!("{rule} is not met", "{rule} 不达标", rule),
    }
}

/// What marks rows out: ` with eligible`, ` where size is at most 45` / `符合交流条件的`, `学生数不超过 45 人的`.
pub(super) fn such(reader: Reader, node: &Node) -> Text {
    let parts = node.conjuncts();
    let en = if parts.iter().all(|part| bare(reader, part).is_some()) {
        taken(reader, &parts)
    } else {
        let parts: Vec<Text> = parts.iter().map(|part| inner(reader, part, parts.len())).collect();
        format!(" where {}", Text::join(&parts, " and ", "").en)
    };
    let mark = |part: &&Node| bare(reader, part).filter(|name| !name.zh.starts_with("是否")).unwrap_or_else(|| inner(reader, part, parts.len()));
    let zh = Text::join(&parts.iter().map(mark).collect::<Vec<_>>(), "", "且").zh;
    Text { en, zh: zh + "的" }
}

/// ` with “eligible” and “rotated”` of cells, ` taken as “counted”` of measures.
fn taken(reader: Reader, parts: &[&Node]) -> String {
    let names = |cells: bool| {
        let wanted = parts.iter().filter(|part| matches!(part.kind.as_ref(), NodeKind::Column(_)) == cells);
        wanted.filter_map(|part| bare(reader, part)).map(|name| quoted(&name.en)).collect::<Vec<_>>()
    };
    let said = [("with", names(true)), ("taken as", names(false))].into_iter().filter(|(_, names)| !names.is_empty());
    said.map(|(word, names)| format!(" {word} {}", and_list(&names).en)).collect::<Vec<_>>().join(" and")
}

fn inner(reader: Reader, node: &Node, among: usize) -> Text {
    let text = clause(reader, node);
    if among > 1 && matches!(node.kind.as_ref(), NodeKind::Or(_) | NodeKind::If { .. }) { bracketed(&text) } else { text }
}

/// Whether rows are marked out by names alone, which then stand before the noun.
pub(super) fn is_bare(node: &Node) -> bool {
    let parts = node.conjuncts();
    parts.iter().all(|part| matches!(part.kind.as_ref(), NodeKind::Column(_) | NodeKind::Measure(_)))
}

fn bare(reader: Reader, node: &Node) -> Option<Text> {
    let (above, name) = apart(reader, node);
    let is_name = matches!(node.kind.as_ref(), NodeKind::Column(_) | NodeKind::Measure(_));
    (is_name && above.is_empty()).then_some(name)
}
