//! Defects of one expression, each with the expression as it would stand instead.

use crate::model::ast::{AggregateCall, EvidenceSaid, Expr, ExprKind, Quantifier, Quantity, Rest, RulesSentence, Sentence, Status, Weight};
use crate::model::defect::Defect;
use crate::model::op::{Aggregate, Arith, Bound, Compare, Rounding, Spread};

use super::step;

/// The decimals to which people round who round too early.
const EARLY: Rounding = Rounding::HalfUp(2);

/// What could stand instead.
pub struct Change {
    pub defect: Defect,
    pub after: Expr,
    pub about: Option<Expr>,
    /// The stretch that changes, where that is less than the expression: before and after.
    pub shown: Option<(Expr, Expr)>,
}

/// Every kind of defect that an expression may have.
const KINDS: &[fn(&Expr, &str) -> Vec<Change>] = &[compared, rounded, stepped, reckoned, joined, chosen, turned, dated, collected, said, counted];

pub fn changes(expr: &Expr, text: &str) -> Vec<Change> {
    KINDS.iter().flat_map(|kind| kind(expr, text)).collect()
}

fn change(defect: Defect, like: &Expr, kind: ExprKind) -> Change {
    Change { defect, after: node(like, kind), about: None, shown: None }
}

fn node(like: &Expr, kind: ExprKind) -> Expr {
    Expr { kind: Box::new(kind), span: like.span }
}

fn compared(expr: &Expr, _: &str) -> Vec<Change> {
    let ExprKind::Compare(op, left, right) = &*expr.kind else { return Vec::new() };
    let instead: &[(Defect, Compare)] = match op {
        Compare::Ge => &[(Defect::Boundary, Compare::Gt), (Defect::Direction, Compare::Le)],
        Compare::Le => &[(Defect::Boundary, Compare::Lt), (Defect::Direction, Compare::Ge)],
        Compare::Gt => &[(Defect::Boundary, Compare::Ge), (Defect::Direction, Compare::Lt)],
        Compare::Lt => &[(Defect::Boundary, Compare::Le), (Defect::Direction, Compare::Gt)],
        Compare::Eq => &[(Defect::Opposite, Compare::Ne)],
        Compare::Ne => &[(Defect::Opposite, Compare::Eq)],
    };
    let limit = if is_limit(left) { left } else { right };
    let made = |(defect, op): &(Defect, Compare)| Change { about: Some(limit.clone()), ..change(*defect, expr, ExprKind::Compare(*op, left.clone(), right.clone())) };
    instead.iter().map(made).collect()
}

/// Rounded before the test, or before the figure goes on into another.
fn rounded(expr: &Expr, _: &str) -> Vec<Change> {
    let early = |of: &Expr| node(of, ExprKind::Rounded(of.clone(), EARLY));
    let made = |defect, of: &Expr, kind| Change { about: Some(of.clone()), shown: Some((of.clone(), early(of))), ..change(defect, expr, kind) };
    match &*expr.kind {
        ExprKind::Compare(op, left, right) if op.is_floor() || op.is_ceiling() => match (is_limit(left), is_limit(right)) {
            (true, true) => Vec::new(),
            (true, false) => vec![made(Defect::RoundedBefore, right, ExprKind::Compare(*op, left.clone(), early(right)))],
            _ => vec![made(Defect::RoundedBefore, left, ExprKind::Compare(*op, early(left), right.clone()))],
        },
        ExprKind::Aggregate(call) => match &call.operand {
            Some(operand) if !matches!(*operand.kind, ExprKind::Name(_) | ExprKind::Of(..)) => {
                vec![made(Defect::RoundedWithin, operand, ExprKind::Aggregate(AggregateCall { operand: Some(early(operand)), ..call.clone() }))]
            }
            _ => Vec::new(),
        },
        ExprKind::Rounded(of, _) => vec![Change { defect: Defect::Unrounded, after: of.clone(), about: None, shown: None }],
        _ => Vec::new(),
    }
}

/// What a rule or a standard writes, and no data.
fn is_limit(expr: &Expr) -> bool {
    matches!(*expr.kind, ExprKind::Quantity(_) | ExprKind::Index(..) | ExprKind::Date(_) | ExprKind::YearMonth(_) | ExprKind::ForEvery { .. })
}

fn stepped(expr: &Expr, text: &str) -> Vec<Change> {
    let written = || text.get(expr.span.range()).unwrap_or_default();
    let kinds: Vec<ExprKind> = match &*expr.kind {
        ExprKind::Quantity(quantity) => step::quantities(quantity, text).into_iter().map(ExprKind::Quantity).collect(),
        ExprKind::PercentOf(quantity, of) => step::quantities(quantity, text).into_iter().map(|next| ExprKind::PercentOf(next, of.clone())).collect(),
        ExprKind::Date(date) => step::days(*date).into_iter().map(ExprKind::Date).collect(),
        ExprKind::DateShift { number, months, before } => {
            let shift = |number| ExprKind::DateShift { number, months: *months, before: before.clone() };
            step::numbers(number, written()).into_iter().map(shift).collect()
        }
        ExprKind::ForEvery { amount, every, of, part_counted } => {
            let due = |amount, every| ExprKind::ForEvery { amount, every, of: of.clone(), part_counted: *part_counted };
            let amounts = step::quantities(amount, text).into_iter().map(|amount| due(amount, every.clone()));
            amounts.chain(step::numbers(every, "").into_iter().filter(|every| !every.is_zero()).map(|every| due(amount.clone(), every))).collect()
        }
        _ => Vec::new(),
    };
    kinds.into_iter().map(|kind| change(Defect::Threshold, expr, kind)).collect()
}

fn reckoned(expr: &Expr, _: &str) -> Vec<Change> {
    let arith = |defect, op, left: &Expr, right: &Expr| vec![change(defect, expr, ExprKind::Arith(op, left.clone(), right.clone()))];
    match &*expr.kind {
        ExprKind::Arith(Arith::Div, left, right) => arith(Defect::Ratio, Arith::Div, right, left),
        ExprKind::Arith(Arith::Add, left, right) => arith(Defect::Sign, Arith::Sub, left, right),
        ExprKind::Arith(Arith::Sub, left, right) => arith(Defect::Sign, Arith::Add, left, right),
        ExprKind::Per(left, each, right) => vec![change(Defect::Ratio, expr, ExprKind::Per(right.clone(), each.clone(), left.clone()))],
        ExprKind::ForEvery { amount, every, of, part_counted } => {
            let kind = ExprKind::ForEvery { amount: amount.clone(), every: every.clone(), of: of.clone(), part_counted: !part_counted };
            vec![change(Defect::Remainder, expr, kind)]
        }
        _ => Vec::new(),
    }
}

/// `and` for `or`; one of several conditions left out.
fn joined(expr: &Expr, _: &str) -> Vec<Change> {
    type Join = fn(Vec<Expr>) -> ExprKind;
    let (list, same, other): (&Vec<Expr>, Join, Join) = match &*expr.kind {
        ExprKind::And(list) => (list, ExprKind::And, ExprKind::Or),
        ExprKind::Or(list) => (list, ExprKind::Or, ExprKind::And),
        _ => return Vec::new(),
    };
    let left_out = |at: usize| match without(list, at).as_slice() {
        [only] => Change { defect: Defect::Condition, after: only.clone(), about: None, shown: None },
        rest => change(Defect::Condition, expr, same(rest.to_vec())),
    };
    std::iter::once(change(Defect::Junction, expr, other(list.clone()))).chain((0..list.len()).map(left_out)).collect()
}

/// One of several codes left out; the values of two cases exchanged.
fn chosen(expr: &Expr, _: &str) -> Vec<Change> {
    match &*expr.kind {
        ExprKind::OneOf { of, list, negated } if list.len() > 1 => {
            let left_out = |at| ExprKind::OneOf { of: of.clone(), list: without(list, at), negated: *negated };
            (0..list.len()).map(|at| change(Defect::Condition, expr, left_out(at))).collect()
        }
        ExprKind::ByCase { of, arms } => {
            let exchanged = |at: usize| {
                let mut arms = arms.clone();
                let value = arms[at].1.clone();
                arms[at].1 = std::mem::replace(&mut arms[at + 1].1, value);
                change(Defect::Codes, expr, ExprKind::ByCase { of: of.clone(), arms })
            };
            (0..arms.len().saturating_sub(1)).map(exchanged).collect()
        }
        _ => Vec::new(),
    }
}

fn without<T: Clone>(list: &[T], at: usize) -> Vec<T> {
    list.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, one)| one.clone()).collect()
}

fn turned(expr: &Expr, _: &str) -> Vec<Change> {
    let opposite = |kind| vec![change(Defect::Opposite, expr, kind)];
    match &*expr.kind {
        ExprKind::Not(of) => vec![Change { defect: Defect::Opposite, after: of.clone(), about: None, shown: None }],
        ExprKind::Known { of, negated } => opposite(ExprKind::Known { of: of.clone(), negated: !negated }),
        ExprKind::Status { rule, wanted } => {
            let wanted = if *wanted == Status::Met { Status::NotMet } else { Status::Met };
            opposite(ExprKind::Status { rule: rule.clone(), wanted })
        }
        _ => Vec::new(),
    }
}

/// Another period, and another age of a document.
fn dated(expr: &Expr, _: &str) -> Vec<Change> {
    match &*expr.kind {
        ExprKind::InTerm(when, of) => step::periods(*when).into_iter().map(|when| change(Defect::Period, expr, ExprKind::InTerm(when, of.clone()))).collect(),
        ExprKind::Rising { of, since } => [since - 1, since + 1].into_iter().map(|since| change(Defect::Period, expr, ExprKind::Rising { of: of.clone(), since })).collect(),
        ExprKind::Evidence(said) => {
            let Some((number, months)) = &said.within else { return Vec::new() };
            let within = |number| ExprKind::Evidence(EvidenceSaid { within: Some((number, *months)), ..said.clone() });
            step::numbers(number, "").into_iter().filter(|number| !number.is_zero()).map(|number| change(Defect::Threshold, expr, within(number))).collect()
        }
        _ => Vec::new(),
    }
}

/// Rows of an aggregate not chosen, or not weighed.
fn collected(expr: &Expr, _: &str) -> Vec<Change> {
    let ExprKind::Aggregate(call) = &*expr.kind else { return Vec::new() };
    let made = |defect, call| change(defect, expr, ExprKind::Aggregate(call));
    let mut found = Vec::new();
    if call.rows.filter.is_some() {
        let mut all = call.clone();
        all.rows.filter = None;
        found.push(made(Defect::Filter, all));
    }
    if matches!(call.weight, Weight::By(_)) {
        found.push(made(Defect::Weights, unweighted(call)));
    }
    found
}

fn unweighted(call: &AggregateCall) -> AggregateCall {
    match call.what {
        Aggregate::Variation(_) => AggregateCall { what: Aggregate::Variation(Spread::Equal), weight: Weight::Equal, spread: Some(Spread::Equal), ..call.clone() },
        _ => AggregateCall { weight: Weight::Unsaid, spread: None, ..call.clone() },
    }
}

/// Sentences: rows not chosen, another share or number of them, a step left out.
fn said(expr: &Expr, text: &str) -> Vec<Change> {
    let ExprKind::Sentence(sentence) = &*expr.kind else { return Vec::new() };
    let made = |defect, sentence| change(defect, expr, ExprKind::Sentence(sentence));
    let mut found = Vec::new();
    if sentence.rows.filter.is_some() {
        let mut all = sentence.clone();
        all.rows.filter = None;
        found.push(made(Defect::Filter, all));
    }
    if let Quantifier::Bound(bound, amount) = &sentence.quantity {
        let bounded = |bound, amount| Sentence { quantity: Quantifier::Bound(bound, amount), ..sentence.clone() };
        found.extend(step::quantities(amount, text).into_iter().map(|amount| made(Defect::Threshold, bounded(*bound, amount))));
        found.extend(opposite(*bound).map(|other| made(Defect::Direction, bounded(other, amount.clone()))));
    }
    for (at, whom) in sentence.whom.iter().enumerate() {
        found.push(made(Defect::OfWhom, Sentence { whom: without(&sentence.whom, at), ..sentence.clone() }));
        found.extend(step::quantities(&whom.amount, text).into_iter().map(|amount| {
            let mut other = sentence.clone();
            other.whom[at].amount = amount;
            made(Defect::Threshold, other)
        }));
    }
    found
}

fn opposite(bound: Bound) -> Option<Bound> {
    match bound {
        Bound::AtLeast => Some(Bound::AtMost),
        Bound::AtMost => Some(Bound::AtLeast),
        Bound::Exactly => None,
    }
}

/// Rules that are counted: one more, one less, the rest forgotten or another.
fn counted(expr: &Expr, text: &str) -> Vec<Change> {
    let ExprKind::Rules(rules) = &*expr.kind else { return Vec::new() };
    let made = |defect, rules| change(defect, expr, ExprKind::Rules(rules));
    let mut found = Vec::new();
    if let Some((bound, amount)) = &rules.bound {
        let another = |amount: Quantity| RulesSentence { bound: Some((*bound, amount)), ..rules.clone() };
        found.extend(step::quantities(amount, text).into_iter().map(|amount| made(Defect::Count, another(amount))));
    }
    if let Some(rest) = &rules.rest {
        found.push(made(Defect::Rest, RulesSentence { rest: None, ..rules.clone() }));
        if let Rest::Standard(percent) = rest {
            let another = |percent| RulesSentence { rest: Some(Rest::Standard(percent)), ..rules.clone() };
            found.extend(step::quantities(percent, text).into_iter().map(|percent| made(Defect::Threshold, another(percent))));
        }
    }
    found
}
