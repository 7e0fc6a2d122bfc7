//! Two natural readings: refused, never chosen. Both are shown, each with its brackets.

use crate::base::Span;
use crate::diag::Diagnostic;
use crate::diag::catalog as say;
use crate::model::ast::Expr;
use crate::model::word;

use super::grammar::Rule;
use super::token::{Build, Made, Node, has, kids};

impl<'t> Build<'t> {
    /// `and` beside `or`.
    pub fn and_or(&self, node: &Node<'t>, span: Span) -> Box<Diagnostic> {
        let first = self.grouped(node, Rule::and);
        let second = self.grouped(node, Rule::or);
        self.fault(say::AndBesideOr { readings: say::either(&first, &second) }, span)
    }

    /// The text with brackets round every run that one junction joins.
    fn grouped(&self, node: &Node<'t>, tight: Rule) -> String {
        let mut runs: Vec<(String, usize)> = Vec::new();
        let mut made = String::new();
        let close = |run: (String, usize)| if run.1 > 1 { format!("({})", run.0) } else { run.0 };
        for part in node.clone().into_inner() {
            let words = self.slice(self.span(&part));
            match (part.as_rule(), runs.last_mut()) {
                (rule, Some(run)) if rule == tight => run.0.extend([" ", words, " "]),
                (Rule::and | Rule::or, _) => {
                    made += &runs.pop().map(close).unwrap_or_default();
                    made.extend([" ", words, " "]);
                }
                (Rule::k_not | Rule::comparison, Some(run)) => {
                    let blank = if run.0.ends_with(' ') || run.0.is_empty() { "" } else { " " };
                    run.0.extend([blank, words]);
                    run.1 += usize::from(part.as_rule() == Rule::comparison);
                }
                (Rule::k_not | Rule::comparison, None) => runs.push((words.to_string(), usize::from(part.as_rule() == Rule::comparison))),
                _ => {}
            }
        }
        made + &runs.pop().map(close).unwrap_or_default()
    }

    /// `50 <= x > 3`, `50 < x < 99`: one direction with both ends included is `between`, all else two comparisons.
    pub fn turning(&self, left: &Expr, middle: &Expr, right: &Expr, span: Span) -> Box<Diagnostic> {
        let between = |from: u32, to: u32| self.slice(Span { start: from, end: to, ..span }).trim();
        let first = between(span.start, middle.span.end);
        let second = between(middle.span.start, right.span.end);
        // `至少 1 所 幼儿园 为 办园性质 为 …`: rows, how many of them, and what is said of them, in the order of another language.
        let before = between(u32::try_from(self.at).unwrap_or(span.start), span.start);
        let bound = word::family("b_").flat_map(|known| &known.zh).filter_map(|known| before.rfind(known.as_str())).max().map(|at| &before[at..]);
        if let Some(bound) = bound.filter(|bound| !bound.contains(['，', ',', '。'])) {
            let table = between(left.span.start, left.span.end);
            return self.fault(say::ChainTurns { instead: format!("{table} 中 {bound} 为 {second}").into() }, span);
        }
        let and = if between(left.span.end, middle.span.start).is_ascii() { "and" } else { "且" };
        self.fault(say::ChainTurns { instead: format!("{first} {and} {second}").into() }, span)
    }

    /// `% of`, `per 100`, `rounded` and `for every` beside `+ − × ÷`.
    pub fn words_beside_signs(&self, node: &Node<'t>) -> Made<()> {
        let parts: Vec<Node> = kids(node.clone()).rest().filter(|part| part.as_rule() != Rule::minus).collect();
        if parts.len() < 3 {
            return Ok(());
        }
        let word = parts.iter().position(|part| match part.as_rule() {
            Rule::per => parts.len() > 3,
            Rule::operand => wordy(part),
            _ => false,
        });
        let Some(at) = word else { return Ok(()) };
        let span = self.span(node);
        let (first, second) = if parts[at].as_rule() == Rule::per { self.per_readings(&parts, at, span) } else { self.word_readings(&parts, at, span) };
        let words = self.slice(span);
        Err(self.fault(say::WordBesideSign { words: words.into(), readings: say::either(&first, &second) }, span))
    }

    fn per_readings(&self, parts: &[Node<'t>], at: usize, span: Span) -> (String, String) {
        let (left, right) = (self.span(&parts[at - 1]), self.span(&parts[at + 1]));
        let first = self.bracketed(span, left.start, right.end);
        let second = if at + 2 < parts.len() { self.bracketed(span, right.start, span.end) } else { self.bracketed(span, span.start, left.end) };
        (first, second)
    }

    fn word_readings(&self, parts: &[Node<'t>], at: usize, span: Span) -> (String, String) {
        let operand = self.span(&parts[at]);
        let first = self.bracketed(span, operand.start, operand.end);
        let mut inner = kids(parts[at].clone());
        let value = inner.rest().next().map_or(operand, |value| self.reach(&value));
        let second = match inner.rest().next() {
            // A word behind its value may mean all before it, a word before its value all behind it.
            Some(_) if at == 0 => return (first.clone(), first),
            Some(_) => self.bracketed(span, span.start, value.end),
            None if at + 1 == parts.len() => return (first.clone(), first),
            None => self.bracketed(span, value.start, span.end),
        };
        (first, second)
    }

    /// The value that a word reaches: the `x` of `10% of x`.
    fn reach(&self, value: &Node<'t>) -> Span {
        kids(value.clone()).rest().find(|part| part.as_rule() == Rule::simple).map_or(self.span(value), |of| self.span(&of))
    }

    /// The words of a place with brackets round a part of them.
    fn bracketed(&self, span: Span, from: u32, to: u32) -> String {
        let slice = |start: u32, end: u32| self.slice(Span { start, end, ..span });
        format!("{}({}){}", slice(span.start, from), slice(from, to), slice(to, span.end))
    }

    /// `if a then b else c >= 3`: is the comparison in the last branch, or is the whole compared?
    pub fn loose_else(&self, parts: &[Node<'t>], whole: Span) -> Made<()> {
        let (Some(then), Some(last)) = (parts.get(1), parts.last()) else { return Ok(()) };
        if compares(then) || !compares(last) {
            return Ok(());
        }
        let (start, end) = (whole.start, self.span(last));
        let tail = self.slice(end);
        let span = Span { start, ..end };
        let before = self.slice(Span { start, end: end.start, ..end });
        let inner = format!("{before}({tail})");
        // One comparison at the end: all before its sign is the choice.
        let value = last.clone().into_inner().find(|part| part.as_rule() == Rule::comparison).and_then(|comparison| comparison.into_inner().find(|part| part.as_rule() == Rule::sum));
        let outer = value.map_or_else(|| inner.clone(), |value| self.bracketed(span, start, self.span(&value).end));
        Err(self.fault(say::LooseElse { words: tail.into(), readings: say::either(&outer, &inner) }, span))
    }
}

/// A branch that is a truth by its form: it has a comparison or a junction at its top.
fn compares(node: &Node) -> bool {
    has(node, Rule::and) || has(node, Rule::or) || node.clone().into_inner().any(|part| part.as_rule() == Rule::comparison && has(&part, Rule::chain))
}

/// An operand with a word that reaches further than a sign.
fn wordy(operand: &Node) -> bool {
    operand.clone().into_inner().any(|part| match part.as_rule() {
        Rule::rounded | Rule::percent_of_zh | Rule::for_every_zh | Rule::within | Rule::earlier | Rule::within_zh | Rule::earlier_zh | Rule::given_zh => true,
        Rule::portion | Rule::amount_of => has(&part, Rule::simple),
        _ => false,
    })
}
