//! Expressions: from a whole requirement down to a name. Sentences about rows and rules are in `sentence`.

use crate::base::{Number, Span};
use crate::diag::catalog as say;
use crate::model::ast::{Expr, ExprKind, Name, Status};
use crate::model::op::{Arith, Compare, Rounding};
use crate::model::word;

use super::grammar::Rule;
use super::token::{Build, Kids, Made, Node, has, kids};

/// How many operators one line of `+ − × ÷`, or one chain of `else if`, may have: the tree they make is as deep.
const CHAIN: usize = 128;

pub fn expr(kind: ExprKind, span: Span) -> Expr {
    Expr { kind: Box::new(kind), span }
}

/// An operator of a flat sum.
enum Operator {
    Plain(Arith),
    Per(Number),
}

impl<'t> Build<'t> {
    /// What a `require`, a `when`, a measure or a bracket holds.
    pub fn body(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let first = parts.next(self)?;
        let made = match first.as_rule() {
            Rule::choose => self.choose(first, span),
            Rule::evidenced => self.evidenced(first, span),
            Rule::every | Rule::none => self.sentence_of_rows(first, span),
            Rule::amounted => self.amounted(first, span),
            Rule::share_first => self.share_first(first, span),
            Rule::for_rows | Rule::for_rows_zh => self.for_rows(first, span),
            Rule::all_rules_zh => self.all_rules(first, span),
            _ => match parts.more() {
                Some(said) => self.said_behind(first, said, span),
                None => self.logic(first),
            },
        }?;
        self.low_enough(made)
    }

    fn choose(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let parts: Vec<Node> = kids(node.clone()).rest().collect();
        if parts.len() > CHAIN {
            return Err(self.fault(say::TooLong { most: CHAIN.into() }, span));
        }
        self.loose_else(&parts, span)?;
        let mut parts = parts.into_iter().map(|part| self.logic(part)).collect::<Made<Vec<Expr>>>()?.into_iter().rev();
        let mut made = parts.next().ok_or_else(|| self.gap(&node))?;
        while let (Some(then), Some(cond)) = (parts.next(), parts.next()) {
            let span = cond.span.to(made.span);
            made = expr(ExprKind::If { cond, then, otherwise: made }, span);
        }
        Ok(Expr { span, ..made })
    }

    /// Comparisons joined by `and` or by `or`, never by both.
    pub fn logic(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let mut operands = Vec::new();
        let mut negated = None;
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::k_not => negated = Some(self.span(&part)),
                Rule::half => {
                    let again = self.again(operands.last(), &part)?;
                    operands.push(again);
                }
                Rule::comparison => {
                    let operand = self.comparison(part)?;
                    operands.push(match negated.take() {
                        Some(not) => Expr { span: not.to(operand.span), kind: Box::new(ExprKind::Not(operand)) },
                        None => operand,
                    });
                }
                _ => {}
            }
        }
        let (and, or) = (has(&node, Rule::and), has(&node, Rule::or));
        if and && or {
            return Err(self.and_or(&node, span));
        }
        match (operands.pop(), operands.is_empty()) {
            (Some(only), true) => Ok(only),
            (Some(last), false) => {
                operands.push(last);
                Ok(expr(if or { ExprKind::Or(operands) } else { ExprKind::And(operands) }, span))
            }
            (None, _) => Err(self.gap(&node)),
        }
    }

    /// `x >= 50 and < 100`: what the comparison before compared.
    fn again(&self, before: Option<&Expr>, node: &Node<'t>) -> Made<Expr> {
        let half = self.half(node.clone())?;
        let left = before.and_then(|before| if let ExprKind::Compare(_, left, _) = &*before.kind { Some(left.clone()) } else { None });
        match (left, *half.kind) {
            (Some(left), ExprKind::Unsaid(op, limit)) => Ok(expr(ExprKind::Compare(op, left, limit), half.span)),
            _ => Err(self.gap(node)),
        }
    }

    fn comparison(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        // 均 belongs to the outermost comparison only.
        let inner = Build { even: false, ..*self };
        let mut parts = kids(node);
        parts.take(Rule::is_before_name);
        let left = inner.sum(parts.next(self)?)?;
        match parts.more() {
            Some(tail) => self.tail(left, tail, span),
            None => Ok(left),
        }
    }

    fn tail(&self, left: Expr, tail: Node<'t>, span: Span) -> Made<Expr> {
        let inner = Build { even: false, ..*self };
        let kind = match tail.as_rule() {
            Rule::between => {
                let mut ends = kids(tail);
                ExprKind::Between(left, inner.sum(ends.next(self)?)?, inner.sum(ends.next(self)?)?)
            }
            Rule::one_of | Rule::not_one_of => {
                let negated = tail.as_rule() == Rule::not_one_of;
                let list = kids(kids(tail).next(self)?).rest().map(|entry| inner.entry(entry)).collect::<Made<_>>()?;
                ExprKind::OneOf { of: left, list, negated }
            }
            Rule::known | Rule::missing => ExprKind::Known { of: left, negated: tail.as_rule() == Rule::missing },
            Rule::status => self.status(left, &tail)?,
            Rule::limit_zh | Rule::at_zh => {
                let mut parts = kids(tail.clone());
                let first = inner.primary(parts.next(self)?)?;
                match parts.take(Rule::limit_word) {
                    Some(word) => self.limits(left, (first, &word), parts)?,
                    None => ExprKind::Between(left, first, inner.primary(parts.next(self)?)?),
                }
            }
            Rule::occupies => inner.occupies(left, tail)?,
            Rule::rising => inner.rising(left, tail)?,
            _ => return self.chain(left, tail, span),
        };
        Ok(expr(kind, span))
    }

    /// `45 人 以内`, `50 人 以上 100 人 以下`.
    fn limits(&self, left: Expr, (first, word): (Expr, &Node<'t>), mut parts: Kids<'t>) -> Made<ExprKind> {
        let op = limit_word(word);
        let Some(second) = parts.more() else { return Ok(ExprKind::Compare(op, left, first)) };
        let (second, end) = (self.primary(second)?, parts.next(self)?);
        match (op, limit_word(&end)) {
            (Compare::Ge, Compare::Le) => Ok(ExprKind::Between(left, first, second)),
            (Compare::Le, Compare::Ge) => Ok(ExprKind::Between(left, second, first)),
            _ => Err(self.gap(&end)),
        }
    }

    fn status(&self, left: Expr, tail: &Node<'t>) -> Made<ExprKind> {
        let wanted = if has(tail, Rule::k_not_met) { Status::NotMet } else { Status::Met };
        match *left.kind {
            ExprKind::Name(text) => Ok(ExprKind::Status { rule: Name { text, span: left.span }, wanted }),
            _ => Err(self.fault(say::RuleWanted { words: self.slice(left.span).into() }, left.span)),
        }
    }

    /// One comparison, or two of one direction: `50 <= x <= 99`.
    pub fn chain(&self, left: Expr, tail: Node<'t>, span: Span) -> Made<Expr> {
        if has(&tail, Rule::k_even_zh) && !self.even {
            return Err(self.fault(say::EvenAlone {}, span));
        }
        let inner = Build { even: false, ..*self };
        let mut parts = kids(tail);
        let said = parts.next(self)?;
        let first = relation(&said);
        let middle = inner.sum(parts.next(self)?)?;
        self.refuse_duration(&left, &said, &middle, span)?;
        let Some(second) = parts.more() else {
            return Ok(expr(ExprKind::Compare(first, left, middle), span));
        };
        if second.as_rule() == Rule::limit_word {
            // 达到 95% 以上, 为 45 人 以下; behind any other comparison 以上 would say it twice, or say something else.
            return match (first, limit_word(&second)) {
                (Compare::Eq, _) => Ok(expr(self.limits(left, (middle, &second), parts)?, span)),
                (first, limit) if first == limit => Ok(expr(ExprKind::Compare(limit, left, middle), span)),
                _ => Err(self.gap(&second)),
            };
        }
        let right = inner.sum(parts.next(self)?)?;
        match (first, relation(&second)) {
            (Compare::Le, Compare::Le) => Ok(expr(ExprKind::Between(middle, left, right), span)),
            (Compare::Ge, Compare::Ge) => Ok(expr(ExprKind::Between(middle, right, left), span)),
            _ => Err(self.turning(&left, &middle, &right, span)),
        }
    }

    /// `joined at least 9 years before as_of` is on or after that day as a date, and nine years ago or more as a duration.
    fn refuse_duration(&self, left: &Expr, said: &Node<'t>, day: &Expr, span: Span) -> Made<()> {
        let typed = self.slice(self.span(said)).trim();
        let of_days = |op| word::relation(op).and_then(word::Word::of_days).unwrap_or_default();
        let sign = typed.starts_with(|c: char| !c.is_alphabetic());
        if !matches!(*day.kind, ExprKind::DateShift { .. }) || sign || typed == of_days(relation(said)) || matches!(relation(said), Compare::Eq | Compare::Ne) {
            return Ok(());
        }
        let (left, day) = (self.slice(left.span), self.slice(day.span));
        let line = |op: Compare| format!("{left} {} {day}", if day.is_ascii() { op.code() } else { of_days(op) }).into();
        Err(self.fault(say::DurationOrDay { words: typed.into(), long_ago: line(Compare::Le), lately: line(Compare::Ge) }, span))
    }

    /// One entry of a list in `is one of (…)`.
    fn entry(&self, node: Node<'t>) -> Made<Expr> {
        self.primary(node)
    }

    /// `+ − × ÷` and `per`, by how tightly they bind.
    pub fn sum(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        self.words_beside_signs(&node)?;
        let mut values: Vec<Expr> = Vec::new();
        let mut operators: Vec<Operator> = Vec::new();
        let mut minus = None;
        for part in kids(node.clone()).rest() {
            match part.as_rule() {
                Rule::minus => minus = Some(self.span(&part)),
                Rule::operand => {
                    let value = self.operand(part)?;
                    values.push(match minus.take() {
                        Some(sign) => Expr { span: sign.to(value.span), kind: Box::new(ExprKind::Neg(value)) },
                        None => value,
                    });
                }
                _ => {
                    let operator = self.operator(&part)?;
                    fold(&mut values, &mut operators, operator.strength());
                    operators.push(operator);
                }
            }
        }
        // Strength 0 is below every operator: all that remain are folded.
        let count = kids(node.clone()).rest().count();
        if count > 2 * CHAIN {
            return Err(self.fault(say::TooLong { most: CHAIN.into() }, span));
        }
        fold(&mut values, &mut operators, 0);
        values.pop().ok_or_else(|| self.gap(&node))
    }

    fn operator(&self, node: &Node<'t>) -> Made<Operator> {
        Ok(match node.as_rule() {
            Rule::add => Operator::Plain(Arith::Add),
            Rule::sub => Operator::Plain(Arith::Sub),
            Rule::mul => Operator::Plain(Arith::Mul),
            Rule::div => Operator::Plain(Arith::Div),
            _ => Operator::Per(kids(node.clone()).take(Rule::number).map_or(Ok(Number::ONE), |number| self.number(&number))?),
        })
    }

    fn operand(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let mut value = self.primary(parts.next(self)?)?;
        if let Some(role) = parts.take(Rule::by_role) {
            value = self.by_role(value, role)?;
        }
        let Some(postfix) = parts.more() else {
            return Ok(value);
        };
        let kind = match postfix.as_rule() {
            Rule::rounded => ExprKind::Rounded(value, self.rounding(&postfix)?),
            Rule::percent_of_zh => ExprKind::PercentOf(self.quantity(kids(postfix).next(self)?)?, value),
            Rule::within | Rule::earlier => self.behind(&postfix, value)?,
            _ => self.shift(&postfix, value)?,
        };
        Ok(expr(kind, span))
    }

    pub fn rounding(&self, node: &Node<'t>) -> Made<Rounding> {
        if has(node, Rule::k_round_up) {
            return Ok(Rounding::Up);
        }
        if has(node, Rule::k_round_down) {
            return Ok(Rounding::Down);
        }
        Ok(Rounding::HalfUp(self.decimals(&kids(node.clone()).next(self)?)?))
    }

    /// `2 years before d`, `d 前 2 年`.
    pub fn shift(&self, node: &Node<'t>, before: Expr) -> Made<ExprKind> {
        let number = self.number(&kids(node.clone()).next(self)?)?;
        Ok(ExprKind::DateShift { number, months: has(node, Rule::k_months), before })
    }
}

impl Operator {
    fn strength(&self) -> u8 {
        match self {
            Operator::Plain(arith) => arith.strength(),
            // `per` never stands beside another operator.
            Operator::Per(_) => Arith::Div.strength(),
        }
    }
}

/// Folds the operators that bind at least so tightly into their two values, from the left.
fn fold(values: &mut Vec<Expr>, operators: &mut Vec<Operator>, strength: u8) {
    while operators.last().is_some_and(|operator| operator.strength() >= strength) {
        let (Some(operator), Some(right), Some(left)) = (operators.pop(), values.pop(), values.pop()) else {
            return;
        };
        let span = left.span.to(right.span);
        values.push(expr(
            match operator {
                Operator::Plain(arith) => ExprKind::Arith(arith, left, right),
                Operator::Per(number) => ExprKind::Per(left, number, right),
            },
            span,
        ));
    }
}

pub fn limit_word(node: &Node) -> Compare {
    if has(node, Rule::k_or_more_zh) { Compare::Ge } else { Compare::Le }
}

pub fn relation(node: &Node) -> Compare {
    match node.as_rule() {
        Rule::r_ge => Compare::Ge,
        Rule::r_le => Compare::Le,
        Rule::r_gt => Compare::Gt,
        Rule::r_lt => Compare::Lt,
        Rule::r_ne => Compare::Ne,
        _ => Compare::Eq,
    }
}
