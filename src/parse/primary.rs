//! What stands between operators: values, names, calls, brackets.

use crate::base::{Number, Span};
use crate::model::ast::{AggregateCall, CaseKey, Expr, ExprKind, Quantity, Weight};
use crate::model::op::{Aggregate, Aversion, Rank, Spread, Statistic};

use super::expr::expr;
use super::grammar::Rule;
use super::token::{Build, Made, Node, has, kids};

impl<'t> Build<'t> {
    pub fn primary(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::simple => return self.primary(kids(node).next(self)?),
            Rule::group => return self.group(node, span),
            Rule::round_call => {
                let rounding = self.rounding(&node)?;
                ExprKind::Rounded(self.body(kids(node).next(self)?)?, rounding)
            }
            Rule::truth => ExprKind::Truth(has(&node, Rule::v_yes)),
            Rule::date => ExprKind::Date(self.date(&node)?),
            Rule::year_month => ExprKind::YearMonth(self.year_month(&node)?),
            Rule::term_label => ExprKind::Term(self.label(&kids(node).next(self)?)?),
            Rule::within_zh | Rule::earlier_zh | Rule::given_zh => self.in_front(node)?,
            Rule::text => ExprKind::Text(self.text(&node).text),
            Rule::quantity | Rule::signed_quantity | Rule::percent => ExprKind::Quantity(self.quantity(node)?),
            Rule::reference => self.reference(node)?,
            Rule::portion => self.portion(node)?,
            Rule::amount_of | Rule::for_every_zh => self.for_every(node)?,
            Rule::shift => self.shift_before(node)?,
            Rule::by_case => self.by_case(node)?,
            Rule::whole_span => self.whole_span(node)?,
            Rule::total_span => self.total_span(node)?,
            Rule::aggregate => return self.aggregate(node),
            _ => return Err(self.gap(&node)),
        };
        Ok(expr(kind, span))
    }

    /// The brackets belong to the place of what they hold.
    fn group(&self, node: Node<'t>, span: Span) -> Made<Expr> {
        let inner = self.body(kids(node).next(self)?)?;
        Ok(Expr { span, ..inner })
    }

    /// `name`, `table.column`, `parameter[code]`.
    fn reference(&self, node: Node<'t>) -> Made<ExprKind> {
        let mut parts = kids(node);
        let name = self.name(&parts.next(self)?);
        match parts.more() {
            None => Ok(ExprKind::Name(name.text)),
            Some(column) if column.as_rule() == Rule::name => Ok(ExprKind::Of(name, self.name(&column))),
            Some(index) => Ok(ExprKind::Index(name, kids(index).rest().map(|key| self.logic(key)).collect::<Made<_>>()?)),
        }
    }

    /// `10%`, `10% of x`.
    fn portion(&self, node: Node<'t>) -> Made<ExprKind> {
        let mut parts = kids(node);
        let percent = self.quantity(parts.next(self)?)?;
        match parts.take(Rule::simple) {
            Some(of) => Ok(ExprKind::PercentOf(percent, self.primary(of)?)),
            None => Ok(ExprKind::Quantity(percent)),
        }
    }

    /// `45 pupil`, `1 room for every 12 of x, part counted`, `每 12 个 x 1 间，余数 计`.
    fn for_every(&self, node: Node<'t>) -> Made<ExprKind> {
        let mut parts = kids(node);
        let first = parts.next(self)?;
        let (amount, every, of) = if first.as_rule() == Rule::number {
            let of = self.primary(parts.next(self)?)?;
            (self.quantity(parts.next(self)?)?, first, of)
        } else {
            let amount = self.quantity(first)?;
            let Some(every) = parts.take(Rule::number) else {
                return Ok(ExprKind::Quantity(amount));
            };
            (amount, every, self.primary(parts.next(self)?)?)
        };
        let part_counted = has(&parts.next(self)?, Rule::k_part_counted);
        Ok(ExprKind::ForEvery { amount, every: self.number(&every)?, of, part_counted })
    }

    fn shift_before(&self, node: Node<'t>) -> Made<ExprKind> {
        let mut parts = kids(node.clone());
        parts.next(self)?;
        let before = self.primary(parts.next(self)?)?;
        self.shift(&node, before)
    }

    fn by_case(&self, node: Node<'t>) -> Made<ExprKind> {
        let mut parts = kids(node);
        let of = self.primary(parts.next(self)?)?;
        let arms = parts.rest().map(|arm| self.arm(arm)).collect::<Made<_>>()?;
        Ok(ExprKind::ByCase { of: Some(of), arms })
    }

    fn arm(&self, node: Node<'t>) -> Made<(CaseKey, Expr)> {
        let mut parts = kids(node);
        let key = self.case_key(&parts.next(self)?);
        Ok((key, self.logic(parts.next(self)?)?))
    }

    pub fn case_key(&self, node: &Node<'t>) -> CaseKey {
        match node.as_rule() {
            Rule::otherwise => CaseKey::Otherwise(self.span(node)),
            Rule::text => CaseKey::Text(self.text(node)),
            _ => CaseKey::Name(self.name(node)),
        }
    }

    fn whole_span(&self, node: Node<'t>) -> Made<ExprKind> {
        let months = has(&node, Rule::k_whole_months);
        let mut parts = kids(node);
        Ok(ExprKind::Whole { months, touched: false, from: self.sum(parts.next(self)?)?, to: self.sum(parts.next(self)?)? })
    }

    /// `total_years(begin to end across t where c)`, 合计时长（学期 跨 任教）; without rows, of the row at hand.
    fn total_span(&self, node: Node<'t>) -> Made<ExprKind> {
        let months = has(&node, Rule::k_total_months);
        let gap = self.gap(&node);
        let mut parts = kids(node);
        let from = self.sum(parts.next(self)?)?;
        let to = parts.take(Rule::sum).map(|to| self.sum(to)).transpose()?;
        let Some(rows) = parts.take(Rule::population) else {
            let to = to.ok_or(gap)?;
            return Ok(ExprKind::Whole { months, touched: true, from, to });
        };
        Ok(ExprKind::Total { months, from, to, rows: self.population(rows)? })
    }

    /// `sum(x across t where c)`, `count(t where c)`, `variation(x across t, weighted by w)`, `percentile(90%, x across t)`.
    /// A period beside the table is that of the whole: `count(t in last school year)`.
    fn aggregate(&self, node: Node<'t>) -> Made<Expr> {
        let span = self.span(&node);
        let distinct = has(&node, Rule::k_distinct);
        let mut parts = kids(node);
        let word = parts.next(self)?;
        let mut what = aggregate(word.as_rule());
        if distinct && what == Aggregate::Count {
            what = Aggregate::CountDistinct;
        }
        let degree = parts.take(Rule::degree).map(|degree| self.degree(degree)).transpose()?;
        let first = parts.next(self)?;
        let (operand, (rows, when)) = match parts.take(Rule::population) {
            Some(rows) => (Some(self.logic(self.only(first)?)?), self.population_of_term(rows)?),
            None => (None, self.population_of_term(first)?),
        };
        let weight = parts.take(Rule::weight);
        let (weight, spread) = match weight {
            Some(weight) => self.weight(weight)?,
            None => (Weight::Unsaid, None),
        };
        if let (Aggregate::Variation(_), Some(spread)) = (what, spread) {
            what = Aggregate::Variation(spread);
        }
        let made = expr(ExprKind::Aggregate(AggregateCall { what, degree, operand, rows, weight, spread, span }), span);
        Ok(when.map_or(made.clone(), |when| expr(ExprKind::InTerm(when, made), span)))
    }

    /// `90%`, `2`, `1/2`.
    fn degree(&self, node: Node<'t>) -> Made<Quantity> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let over = self.quantity(parts.next(self)?)?;
        let Some(under) = parts.take(Rule::number) else { return Ok(over) };
        let number = over.number.div(&self.number(&under)?).unwrap_or(Number::ZERO);
        Ok(Quantity { number, span, ..over })
    }

    /// What is measured across rows is one expression, not rows of its own.
    fn only(&self, population: Node<'t>) -> Made<Node<'t>> {
        let mut parts = kids(population.clone());
        let first = parts.next(self)?;
        if parts.more().is_some() { Err(self.gap(&population)) } else { Ok(first) }
    }

    pub fn weight(&self, node: Node<'t>) -> Made<(Weight, Option<Spread>)> {
        let said = |rules: [Rule; 2]| rules.iter().any(|rule| has(&node, *rule));
        let spread = if said([Rule::k_weighted, Rule::k_weighted_zh]) {
            Spread::Weighted
        } else if said([Rule::k_sampled, Rule::k_sampled_zh]) || has(&node, Rule::k_sample_weights) {
            Spread::Sample
        } else {
            Spread::Equal
        };
        let weight = match kids(node).take(Rule::simple) {
            Some(by) => Weight::By(self.primary(by)?),
            None => Weight::Equal,
        };
        Ok((weight, Some(spread)))
    }
}

fn aggregate(word: Rule) -> Aggregate {
    match word {
        Rule::a_count_distinct => Aggregate::CountDistinct,
        Rule::a_count => Aggregate::Count,
        Rule::a_sum => Aggregate::Sum,
        Rule::a_mean => Aggregate::Mean,
        Rule::a_min => Aggregate::Min,
        Rule::a_max => Aggregate::Max,
        Rule::a_median => Aggregate::Median,
        Rule::a_share => Aggregate::Share,
        // Degrees are the checker's: until it has read one, any stands here.
        Rule::a_percentile => Aggregate::Statistic(Statistic::Percentile(Rank::default())),
        Rule::a_atkinson => Aggregate::Statistic(Statistic::Atkinson(Aversion::Half)),
        Rule::a_range => Aggregate::Statistic(Statistic::Range),
        Rule::a_range_ratio => Aggregate::Statistic(Statistic::RangeRatio),
        Rule::a_interquartile_ratio => Aggregate::Statistic(Statistic::InterquartileRatio),
        Rule::a_gini => Aggregate::Statistic(Statistic::Gini),
        Rule::a_mcloone => Aggregate::Statistic(Statistic::McLoone),
        Rule::a_theil => Aggregate::Statistic(Statistic::Theil),
        // What none is said of is weighted; the weight itself stays unsaid, and the checker asks for it.
        _ => Aggregate::Variation(Spread::Weighted),
    }
}
