//! The smallest pieces of the tree: names, texts, numbers with units, days.

use std::sync::LazyLock;

use pest::iterators::Pair;

use crate::base::fold::half_width_text;
use crate::base::{Date, Number, Span, YearMonth};
use crate::diag::Diagnostic;
use crate::diag::catalog as say;
use crate::model::ast::{Name, Quantity, Quoted, UnitExpr};

use super::grammar::Rule;
use super::place::{self, Places};

pub type Node<'t> = Pair<'t, Rule>;
/// What was made, or why not: one message a clause.
pub type Made<T> = Result<T, Box<Diagnostic>>;

/// Builds the tree of one piece of the file.
#[derive(Clone, Copy)]
pub struct Build<'t> {
    pub places: Places<'t>,
    /// Where the piece begins.
    pub at: usize,
    /// Inside `每个 …`, where 均 may join rows and what is said of them.
    pub even: bool,
}

/// The parts of a node that mean something by themselves: keywords and punctuation left out.
pub fn kids(node: Node<'_>) -> Kids<'_> {
    let whole = node.clone();
    let list: Vec<Node> = node.into_inner().filter(|kid| !is_joint(kid.as_rule())).collect();
    Kids { whole, list: list.into_iter().peekable() }
}

pub struct Kids<'t> {
    whole: Node<'t>,
    list: std::iter::Peekable<std::vec::IntoIter<Node<'t>>>,
}

impl<'t> Kids<'t> {
    pub fn next(&mut self, build: &Build) -> Made<Node<'t>> {
        self.list.next().ok_or_else(|| build.gap(&self.whole))
    }

    /// What follows, if anything does.
    pub fn more(&mut self) -> Option<Node<'t>> {
        self.list.next()
    }

    pub fn take(&mut self, rule: Rule) -> Option<Node<'t>> {
        self.list.next_if(|kid| kid.as_rule() == rule)
    }

    pub fn all(&mut self, rule: Rule) -> Vec<Node<'t>> {
        std::iter::from_fn(|| self.take(rule)).collect()
    }

    pub fn rest(&mut self) -> impl Iterator<Item = Node<'t>> {
        self.list.by_ref()
    }
}

/// Keywords and punctuation.
pub fn is_joint(rule: Rule) -> bool {
    // By the number of the rule: this is asked of every node.
    static JOINTS: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let word = |rule: &&Rule| ["k_", "c_", "i_"].iter().any(|family| format!("{rule:?}").starts_with(family));
        let signs = [Rule::comma, Rule::sep, Rule::lp, Rule::rp, Rule::lb, Rule::rb, Rule::equals, Rule::EOI];
        let joints: Vec<usize> = Rule::all_rules().iter().filter(word).chain(&signs).map(|joint| *joint as usize).collect();
        let mut asked = vec![false; joints.iter().max().map_or(0, |most| most + 1)];
        for joint in joints {
            asked[joint] = true;
        }
        asked
    });
    JOINTS.get(rule as usize).is_some_and(|joint| *joint)
}

/// Whether a node has a part of this rule, not counting the parts of its parts.
pub fn has(node: &Node, rule: Rule) -> bool {
    node.clone().into_inner().any(|kid| kid.as_rule() == rule)
}

impl<'t> Build<'t> {
    pub fn span(&self, node: &Node) -> Span {
        self.places.span(self.at + node.as_span().start(), self.at + place::end(node))
    }

    pub fn slice(&self, span: Span) -> &'t str {
        self.places.slice(span)
    }

    pub fn fault(&self, message: impl Into<Diagnostic>, span: Span) -> Box<Diagnostic> {
        Box::new(message.into().at(span, "".into()))
    }

    /// For parts that the grammar always gives: should one be absent, the clause is refused instead of guessed.
    pub fn gap(&self, node: &Node) -> Box<Diagnostic> {
        let span = self.span(node);
        self.fault(say::NotUnderstood { words: self.slice(span).into(), expected: say::other_words() }, span)
    }

    pub fn name(&self, node: &Node<'t>) -> Name {
        let written = node.as_str().trim();
        let text = written.trim_matches(['「', '」', '`', '·']);
        Name { text: text.to_string(), span: self.span(node) }
    }

    /// A text without its quotes; a title is a text.
    pub fn text(&self, node: &Node<'t>) -> Quoted {
        let written = node.as_str().trim();
        let inner = written.strip_prefix(['"', '＂', '“']).unwrap_or(written);
        let inner = inner.strip_suffix(['"', '＂', '”']).unwrap_or(inner);
        Quoted { text: inner.to_string(), span: self.span(node) }
    }

    pub fn number(&self, node: &Node<'t>) -> Made<Number> {
        Number::parse(&half_width_text(node.as_str())).ok_or_else(|| self.gap(node))
    }

    /// A count of decimals: a whole number, at most twelve.
    pub fn decimals(&self, node: &Node<'t>) -> Made<u32> {
        let number = self.number(node)?.to_i64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number <= 12);
        number.ok_or_else(|| self.fault(say::Decimals { number: node.as_str().trim().into() }, self.span(node)))
    }

    /// `45`, `10%`, `4.5 m2/pupil`, also with a minus before it.
    pub fn quantity(&self, node: Node<'t>) -> Made<Quantity> {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::number => Ok(Quantity { number: self.number(&node)?, percent: false, unit: None, span }),
            Rule::amount => self.quantity(kids(node).next(self)?),
            Rule::number_word => Ok(in_words(node.as_str().trim(), span)),
            Rule::signed | Rule::signed_quantity => {
                let mut parts = kids(node);
                let minus = parts.take(Rule::minus).is_some();
                let quantity = self.quantity(parts.next(self)?)?;
                let number = if minus { -&quantity.number } else { quantity.number };
                Ok(Quantity { number, span, ..quantity })
            }
            percent_or_unit => {
                let mut parts = kids(node);
                let number = self.number(&parts.next(self)?)?;
                let unit = parts.take(Rule::unit_of).map(|unit| self.unit(unit)).transpose()?;
                Ok(Quantity { number, percent: percent_or_unit == Rule::percent, unit, span })
            }
        }
    }

    /// `m2`, `m2/pupil`, `teacher per 100 pupil`, `per 100 pupil`, `%`.
    pub fn unit(&self, node: Node<'t>) -> Made<UnitExpr> {
        let span = self.span(&node);
        let mut unit = UnitExpr { over: None, under: None, each: None, span };
        if node.as_rule() == Rule::written_unit {
            return self.unit(kids(node).next(self)?);
        }
        if node.as_rule() == Rule::percent_unit {
            unit.over = Some(self.name(&node));
            return Ok(unit);
        }
        for part in kids(node).rest() {
            match part.as_rule() {
                Rule::unit => {
                    let mut words = kids(part);
                    unit.over = words.take(Rule::unit_word).map(|word| self.name(&word));
                    unit.under = words.take(Rule::unit_word).map(|word| self.name(&word));
                }
                _ if unit.under.is_some() => return Err(self.gap(&part)),
                _ => {
                    let mut words = kids(part);
                    unit.each = words.take(Rule::number).map(|number| self.number(&number)).transpose()?;
                    unit.under = Some(self.name(&words.next(self)?));
                }
            }
        }
        Ok(unit)
    }

    pub fn date(&self, node: &Node<'t>) -> Made<Date> {
        let date = match parts_of(node.as_str())[..] {
            [year, month, day] => narrow(year).zip(narrow(month)).zip(narrow(day)).and_then(|((year, month), day)| Date::new(year, month, day)),
            _ => None,
        };
        date.ok_or_else(|| self.impossible(node))
    }

    pub fn year_month(&self, node: &Node<'t>) -> Made<YearMonth> {
        let month = match parts_of(node.as_str())[..] {
            [year, month] => narrow(year).zip(narrow(month)).and_then(|(year, month)| YearMonth::new(year, month)),
            _ => None,
        };
        month.ok_or_else(|| self.impossible(node))
    }

    fn impossible(&self, node: &Node) -> Box<Diagnostic> {
        let span = self.span(node);
        self.fault(say::ImpossibleDate { date: self.slice(span).into() }, span)
    }
}

/// `one` to `ten`; `half` is 50%.
fn in_words(word: &str, span: Span) -> Quantity {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    match WORDS.iter().zip(1..).find(|(known, _)| **known == word) {
        Some((_, number)) => Quantity { number: Number::int(number), percent: false, unit: None, span },
        None => Quantity { number: Number::int(50), percent: true, unit: None, span },
    }
}

fn parts_of(written: &str) -> Vec<u32> {
    half_width_text(written).split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

fn narrow<T: TryFrom<u32>>(number: u32) -> Option<T> {
    T::try_from(number).ok()
}

