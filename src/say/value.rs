//! Values in words: arithmetic, cells, measures, parameters, cases, roundings, dates.

use crate::base::{Number, Text, Unit};
use crate::model::op::{Arith, Rounding};
use crate::model::plan::{Key, Node, NodeKind, Type};

use super::clause::clause;
use super::phrase::{Reader, both, bracketed, mark, or_list, quoted, set};
use super::{name, number, rows, term};

/// A value in words.
pub(super) fn value(reader: Reader, node: &Node) -> Text {
    match node.kind.as_ref() {
        NodeKind::Number(base) => number::number(base, &unit(&node.ty)),
        NodeKind::Text(text) => quoted(text),
        NodeKind::Truth(yes) => number::truth(*yes),
        NodeKind::Date(day) => number::date(*day),
        NodeKind::YearMonth(month) => number::month(*month),
        NodeKind::Term(term) => term::label(*term),
        NodeKind::InTerm { when, of } => term::moved(*when, &operand(reader, of, 9)),
        NodeKind::Code(code) => code_name(reader, &node.ty, *code),
        NodeKind::Column(at) => name::column(reader, *at),
        NodeKind::Through { link, of } => name::by_role(reader, *link, of),
        NodeKind::UnitCode(_) => key(reader, node),
        NodeKind::AsOf => Text::new("the as-of date", "基准日"),
        NodeKind::Measure(at) => measure(reader, *at),
        NodeKind::Parameter { id, keys } => parameter(reader, *id, keys),
        NodeKind::Aggregate(at) => rows::aggregate(reader, &reader.plan.aggregates[*at]),
        NodeKind::Neg(of) => minus(reader, of),
        NodeKind::Arith(op, a, b) => arithmetic(reader, *op, a, b),
        NodeKind::Round(rounding, of) => rounded(*rounding, &operand(reader, of, 9)),
        NodeKind::ForEvery { amount, every, of, part_counted } => for_every(reader, &node.ty, (amount, every), of, *part_counted),
        NodeKind::If { cond, then, otherwise } => choice(reader, cond, then, otherwise),
        NodeKind::ByCase { of, arms, otherwise } => cases(reader, of, arms, otherwise.as_ref()),
        NodeKind::DateShift { months, of } => shifted(*months, &value(reader, of)),
        NodeKind::Whole { months, touched: false, from, to } => whole(*months, &value(reader, from), &value(reader, to)),
        NodeKind::Whole { months, touched: true, from, to } => touched(*months, &value(reader, from), &value(reader, to)),
        _ => clause(reader, node),
    }
}

/// How people write numbers of this type.
pub(super) fn unit(ty: &Type) -> Unit {
    match ty {
        Type::Number(unit) => unit.clone(),
        _ => Unit::plain(),
    }
}

fn code_name(reader: Reader, ty: &Type, code: u16) -> Text {
    match ty {
        Type::Code(list) => {
            let name = name::code(reader, *list, code);
            both!("{name}", "“{name}”", name)
        }
        _ => Text::from(code),
    }
}

fn measure(reader: Reader, at: usize) -> Text {
    let (above, name) = name::measure_apart(reader, at);
    let name = mark(name);
    both!("{above}{name}", "{above}{name}", above, name)
}

/// `largest_class for its stage` / `该学段的班额上限`.
fn parameter(reader: Reader, id: usize, keys: &[Node]) -> Text {
    let name = mark(reader.plan.parameters[id].names.short());
    if keys.is_empty() {
        return name;
    }
    let keys: Vec<Text> = keys.iter().map(|of| key(reader, of)).collect();
    let keys = Text::join(&keys, " and ", "、");
    both!("{name} for {keys}", "{keys}的{name}", name, keys)
}

/// What a value is looked up by: `its stage` / `该学段`.
fn key(reader: Reader, node: &Node) -> Text {
    match (node.kind.as_ref(), &node.ty) {
        (NodeKind::Column(at), _) if reader.row.is_none_or(|row| row == at.table) => {
            let name = name::column(reader, *at);
            both!("its {name}", "该{name}", name)
        }
        (NodeKind::UnitCode(_), Type::Code(list)) => {
            let name = reader.plan.codes[*list].names.short();
            both!("that {name}", "该{name}", name)
        }
        (NodeKind::UnitCode(_), _) => Text::new("that code", "该代码"),
        _ => value(reader, node),
    }
}

/// A part of a formula, in brackets where it binds less tightly than what stands round it.
pub(super) fn operand(reader: Reader, node: &Node, strength: u8) -> Text {
    let text = value(reader, node);
    if tightness(node) < strength { bracketed(&text) } else { text }
}

fn tightness(node: &Node) -> u8 {
    match node.kind.as_ref() {
        NodeKind::Arith(op, ..) => op.strength(),
        NodeKind::Parameter { keys, .. } if !keys.is_empty() => 0,
        NodeKind::Aggregate(_) | NodeKind::Neg(_) | NodeKind::Round(..) | NodeKind::ForEvery { .. } | NodeKind::If { .. } | NodeKind::ByCase { .. } | NodeKind::Whole { .. } => 0,
        _ => 9,
    }
}

fn arithmetic(reader: Reader, op: Arith, a: &Node, b: &Node) -> Text {
    if op == Arith::Mul && let Some((percent, of)) = percent_of(a, b) {
        let of = operand(reader, of, 9);
        return both!("{percent} of {of}", "{of}的 {percent}", percent, of);
    }
    let strict = u8::from(matches!(op, Arith::Sub | Arith::Div));
    infix(&operand(reader, a, op.strength()), &Text::from(op.sign()), &operand(reader, b, op.strength() + strict))
}

/// A sign between two texts; in Chinese a bracket carries its own blank.
pub(super) fn infix(a: &Text, sign: &Text, b: &Text) -> Text {
    let gap = |beside: bool| Text::new(" ", if beside { "" } else { " " });
    let (before, after) = (gap(a.zh.ends_with('）')), gap(b.zh.starts_with('（')));
    both!("{a}{before}{sign}{after}{b}", "{a}{before}{sign}{after}{b}", a, before, sign, after, b)
}

/// What equals what.
pub(super) fn equation(a: &Text, b: &Text) -> Text {
    infix(a, &Text::new("=", "＝"), b)
}

/// `share = part ÷ whole`.
pub(super) fn quotient(part: &Text, whole: &Text) -> Text {
    equation(&Text::new("share", "比例"), &infix(part, &Text::from("÷"), whole))
}

/// A percentage of something, whichever of the two stands first.
pub(super) fn percent_of<'a>(a: &'a Node, b: &'a Node) -> Option<(Text, &'a Node)> {
    let percent = |node: &Node| match (node.kind.as_ref(), &node.ty) {
        (NodeKind::Number(base), Type::Number(unit)) if unit.is_percent() => Some(number::number(base, unit)),
        _ => None,
    };
    percent(a).map(|found| (found, b)).or_else(|| percent(b).map(|found| (found, a)))
}

fn minus(reader: Reader, of: &Node) -> Text {
    let of = operand(reader, of, 9);
    both!("−{of}", "−{of}", of)
}

fn rounded(rounding: Rounding, of: &Text) -> Text {
    match rounding {
        Rounding::HalfUp(0) => both!("{of} (rounded half up to a whole number)", "{of}（四舍五入到整数）", of),
        Rounding::HalfUp(decimals) => {
            let (decimals, places) = (Text::from(decimals), if decimals == 1 { "decimal" } else { "decimals" });
            both!("{of} (rounded half up to {decimals} {places})", "{of}（四舍五入到 {decimals} 位小数）", of, decimals)
        }
        Rounding::Up => both!("{of} (rounded up to a whole number)", "{of}（向上取整）", of),
        Rounding::Down => both!("{of} (rounded down to a whole number)", "{of}（向下取整）", of),
    }
}

fn for_every(reader: Reader, ty: &Type, (amount, every): (&Number, &Number), of: &Node, part_counted: bool) -> Text {
    let (amount, bare) = (number::number(amount, &unit(ty)), Text::from(number::bare(every, &unit(&of.ty))));
    let every = number::number(every, &unit(&of.ty));
    let each = each_of(reader, of, &every, &bare);
    if part_counted {
        both!("{amount} for every {each}, a remainder counted as a further {bare}", "按每 {every} {amount}（余数计，不足 {bare} 的按 {bare} 计）由{each}算得的数", amount, each, every, bare)
    } else {
        both!("{amount} for every {each}, a remainder not counted", "按每 {every} {amount}（余数不计）由{each}算得的数", amount, each, every)
    }
}

/// `12 classes`, where classes are counted; else `12 of pupils`. Chinese names what is counted alone.
fn each_of(reader: Reader, of: &Node, every: &Text, bare: &Text) -> Text {
    let said = value(reader, of);
    match reader.plan.count_of(of) {
        Some(count) => {
            let rows = rows::population(reader, &reader.plan.aggregates[count]);
            both!("{bare} {rows}", "{said}", bare, rows, said)
        }
        None => both!("{every} of {said}", "{said}", every, said),
    }
}

fn choice(reader: Reader, cond: &Node, then: &Node, otherwise: &Node) -> Text {
    let (cond, then, otherwise) = (clause(reader, cond), set(&value(reader, then)), set(&value(reader, otherwise)));
    let (then, otherwise) = (trim_end(then), trim_end(otherwise));
    both!("if {cond}: {then}; otherwise: {otherwise}", "{cond}时取{then}，否则取{otherwise}", cond, then, otherwise)
}

/// What ends a phrase needs no blank after it.
fn trim_end(text: Text) -> Text {
    Text { zh: text.zh.trim_end().to_string(), ..text }
}

/// `the value for its type: primary 7.5, any other 10` / `该学校类型的取值：小学 7.5，其余 10`.
fn cases(reader: Reader, of: &Node, arms: &[(Vec<Key>, Node)], otherwise: Option<&Node>) -> Text {
    let list = match of.ty {
        Type::Code(list) => Some(list),
        _ => None,
    };
    let arm = |(keys, node): &(Vec<Key>, Node)| {
        let keys = or_list(&keys.iter().map(|key| name::key(reader, list, key)).collect::<Vec<_>>());
        let value = operand(reader, node, 1);
        both!("{keys} {value}", "{keys} {value}", keys, value)
    };
    let mut parts: Vec<Text> = arms.iter().map(arm).collect();
    match otherwise {
        Some(node) => {
            let value = operand(reader, node, 1);
            parts.push(both!("any other {value}", "其余 {value}", value));
        }
        None => parts.extend(without(reader, list, arms)),
    }
    let (key, parts) = (key(reader, of), Text::join(&parts, ", ", "，"));
    both!("the value for {key}: {parts}", "{key}的取值：{parts}", key, parts)
}

/// The codes that no case names.
fn without(reader: Reader, list: Option<usize>, arms: &[(Vec<Key>, Node)]) -> Option<Text> {
    let Some(list) = list else { return Some(Text::new("no limit for any other", "其余没有标准值")) };
    let is_named = |code: &u16| arms.iter().any(|(keys, _)| keys.contains(&Key::Code(*code)));
    let codes: Vec<Text> = (0u16..).zip(&reader.plan.codes[list].codes).filter(|(code, _)| !is_named(code)).map(|(_, code)| code.names.short()).collect();
    let names = or_list(&codes);
    (!codes.is_empty()).then(|| both!("no limit for {names}", "{names}没有标准值", names))
}

fn shifted(months: i32, of: &Text) -> Text {
    let (count, years) = (months.unsigned_abs(), months % 12 == 0);
    let count = if years { count / 12 } else { count };
    let unit = match (years, count == 1) {
        (true, one) => Text::new(if one { "year" } else { "years" }, "年"),
        (false, one) => Text::new(if one { "month" } else { "months" }, "个月"),
    };
    let count = Text::from(count);
    if months < 0 {
        both!("{count} {unit} before {of}", "{of}前 {count} {unit}", count, unit, of)
    } else {
        both!("{count} {unit} after {of}", "{of}后 {count} {unit}", count, unit, of)
    }
}

fn touched(months: bool, from: &Text, to: &Text) -> Text {
    if months {
        both!("the number of calendar months touched from {from} to {to}", "{from}至{to}所跨的月数", from, to)
    } else {
        both!("the number of years, of 12 calendar months touched from {from} to {to}", "{from}至{to}所跨的月数折成的整年数", from, to)
    }
}

fn whole(months: bool, from: &Text, to: &Text) -> Text {
    if months {
        both!("the number of whole months from {from} to {to}", "{from}至{to}的整月数", from, to)
    } else {
        both!("the number of whole years from {from} to {to}", "{from}至{to}的整年数", from, to)
    }
}
