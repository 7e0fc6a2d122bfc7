//! Expressions, with brackets only where the language wants them.

use crate::base::{Lang, Number};
use crate::model::ast::{AggregateCall, CaseKey, Expr, ExprKind, Quantity, Weight};
use crate::model::op::{Aggregate, Arith, Compare, Rounding, Spread, Statistic};
use crate::model::word;

use super::write::{BREAK, Writer};

/// How tightly a kind of expression binds. What stands where more is due gets brackets.
pub const LOGIC: u8 = 1;
const OPERAND: u8 = 2;
const SIDE: u8 = 4;
const SUM: u8 = 4;
const PRODUCT: u8 = 5;
const TURNED: u8 = 6;
const POSTFIX: u8 = 7;
const PRIMARY: u8 = 8;
const SIMPLE: u8 = 9;

fn strength(kind: &ExprKind) -> u8 {
    match kind {
        ExprKind::Sentence(_) | ExprKind::Rules(_) | ExprKind::Evidence(_) | ExprKind::If { .. } => 0,
        ExprKind::And(_) | ExprKind::Or(_) => LOGIC,
        ExprKind::Not(_) => OPERAND,
        ExprKind::Compare(..) | ExprKind::Between(..) | ExprKind::OneOf { .. } | ExprKind::Known { .. } | ExprKind::Status { .. } | ExprKind::Unsaid(..) | ExprKind::Rising { .. } => 3,
        // `per` has two readings beside signs, so that it gets brackets there.
        ExprKind::Arith(Arith::Add | Arith::Sub, ..) | ExprKind::Per(..) => SUM,
        ExprKind::Arith(Arith::Mul | Arith::Div, ..) => PRODUCT,
        ExprKind::Neg(_) => TURNED,
        ExprKind::Rounded(..) | ExprKind::PercentOf(..) | ExprKind::DateShift { .. } | ExprKind::ForEvery { .. } | ExprKind::InTerm(..) | ExprKind::ByRole(..) => POSTFIX,
        ExprKind::Truth(_) => PRIMARY,
        ExprKind::Quantity(quantity) if quantity.percent || quantity.unit.is_some() => PRIMARY,
        _ => SIMPLE,
    }
}

fn is_wordy(expr: &Expr) -> bool {
    matches!(*expr.kind, ExprKind::InTerm(..) | ExprKind::Per(..) | ExprKind::Rounded(..) | ExprKind::PercentOf(..) | ExprKind::DateShift { .. } | ExprKind::ForEvery { .. })
}

impl Writer<'_> {
    /// What a `require`, a measure or a bracket holds.
    pub fn body(&self, expr: &Expr) -> String {
        match &*expr.kind {
            ExprKind::Sentence(sentence) => self.sentence(sentence, expr.span),
            ExprKind::Rules(rules) => self.counted(rules),
            ExprKind::Evidence(said) => self.evidence(said),
            ExprKind::If { .. } => self.choice(expr),
            _ => self.at(expr, LOGIC),
        }
    }

    /// The expression where at least this strength is due.
    pub fn at(&self, expr: &Expr, due: u8) -> String {
        if strength(&expr.kind) < due { self.brackets(&self.body(expr).replace(BREAK, " ")) } else { self.bare(expr) }
    }

    /// A value in front of a word that reaches back to it.
    pub fn primarily(&self, expr: &Expr) -> String {
        self.at(expr, PRIMARY)
    }

    /// A value behind a word that reaches on to it.
    pub fn simply(&self, expr: &Expr) -> String {
        self.at(expr, SIMPLE)
    }

    /// One side of a comparison.
    pub fn side(&self, expr: &Expr) -> String {
        self.at(expr, SIDE)
    }

    fn bare(&self, expr: &Expr) -> String {
        match &*expr.kind {
            ExprKind::And(list) => self.joined(list, "k_and"),
            ExprKind::Or(list) => self.joined(list, "k_or"),
            ExprKind::Not(of) => format!("{} {}", self.word("k_not"), self.at(of, 3)),
            ExprKind::Compare(_, left, right) if matches!(*right.kind, ExprKind::ByCase { of: None, .. }) => format!("{} {}", self.side(left), self.slice(right.span)),
            ExprKind::Compare(op, left, right) => self.counted_by(*op, left, right).unwrap_or_else(|| format!("{} {}", self.side(left), self.relation_to(*op, right))),
            ExprKind::Between(of, low, high) => format!("{} {}", self.side(of), self.between(&self.side(low), &self.side(high))),
            ExprKind::OneOf { of, list, negated } => {
                let list: Vec<String> = list.iter().map(|entry| self.at(entry, PRIMARY)).collect();
                let word = self.word(if *negated { "k_not_one_of" } else { "k_one_of" });
                format!("{} {word}{}", self.side(of), self.listed(&self.list(&list, "、")))
            }
            ExprKind::Known { of, negated } => format!("{} {}", self.side(of), self.word(if *negated { "k_missing" } else { "k_known" })),
            ExprKind::Status { rule, wanted } => format!("{} {}", self.id(rule), self.status_word(*wanted)),
            ExprKind::Arith(op, left, right) => self.arith(*op, left, right),
            ExprKind::Per(left, number, right) => {
                let number = if *number == Number::ONE { String::new() } else { format!(" {}", number.plain(12)) };
                format!("{} {}{number} {}", self.at(left, PRIMARY), self.word("k_per"), self.at(right, PRIMARY))
            }
            ExprKind::Neg(of) => format!("-{}", self.at(of, POSTFIX)),
            ExprKind::Rounded(of, rounding) => format!("{} {}", self.at(of, PRIMARY), self.rounding(*rounding)),
            ExprKind::PercentOf(percent, of) => self.percent_of(percent, of),
            ExprKind::DateShift { number, months, before } => self.shift(&number.plain(12), *months, before),
            ExprKind::ForEvery { amount, every, of, part_counted } => self.for_every(amount, &every.plain(12), of, *part_counted),
            ExprKind::InTerm(when, of) => self.in_term(*when, of),
            ExprKind::Rising { of, since } => self.rising(of, *since),
            _ => self.simple(expr),
        }
    }

    /// A quotient of two sums of one column, which is named but once: `count(A) >= 10% of count(B), counted by x`.
    fn counted_by(&self, op: Compare, left: &Expr, right: &Expr) -> Option<String> {
        let (ExprKind::Arith(Arith::Div, part, whole), ExprKind::Quantity(percent)) = (&*left.kind, &*right.kind) else { return None };
        let (ExprKind::Aggregate(part), ExprKind::Aggregate(whole)) = (&*part.kind, &*whole.kind) else { return None };
        let by = part.operand.as_ref().filter(|by| percent.percent && whole.operand.as_ref().is_some_and(|other| other.span == by.span))?;
        let counted = |call: &AggregateCall| self.aggregate(&AggregateCall { what: Aggregate::Count, operand: None, ..call.clone() });
        let limit = Expr { kind: Box::new(ExprKind::Quantity(percent.clone())), span: right.span };
        let (relation, by) = (self.relation(op, &limit), self.at(by, SIMPLE));
        let (part, whole, percent) = (counted(part), counted(whole), self.quantity(percent));
        Some(if self.is_zh() {
            format!("{part} {relation} {whole} {} {percent}，{} {by} {}", self.word("k_de"), self.word("k_by"), self.word("k_count_zh"))
        } else {
            format!("{part} {relation} {percent} {} {whole}, {} {by}", self.word("k_of"), self.word("k_counted_by"))
        })
    }

    fn joined(&self, list: &[Expr], id: &str) -> String {
        let list: Vec<String> = list.iter().map(|one| self.at(one, OPERAND)).collect();
        list.join(&format!("{BREAK}{} ", self.word(id)))
    }

    /// The relation and what stands behind it. Chinese has words of its own for days.
    pub fn relation_to(&self, op: Compare, right: &Expr) -> String {
        format!("{} {}", self.relation(op, right), self.side(right))
    }

    fn relation(&self, op: Compare, right: &Expr) -> &'static str {
        let day = matches!(*right.kind, ExprKind::Date(_) | ExprKind::YearMonth(_) | ExprKind::DateShift { .. });
        let thing = matches!(*right.kind, ExprKind::Name(_) | ExprKind::Text(_) | ExprKind::Truth(_));
        match op {
            _ if !self.is_zh() => op.code(),
            Compare::Eq if thing => self.word("k_say_zh"),
            _ => word::relation(op).map_or("", |word| word.of_days().filter(|_| day).unwrap_or(word.nth(Lang::Zh, 0))),
        }
    }

    fn arith(&self, op: Arith, left: &Expr, right: &Expr) -> String {
        let sign = match op {
            Arith::Add => "+",
            Arith::Sub => "-",
            Arith::Mul => "*",
            Arith::Div => "/",
        };
        let due = op.strength() + SUM - 1;
        let part = |expr: &Expr, due: u8| self.at(expr, if is_wordy(expr) { SIMPLE } else { due });
        format!("{} {sign} {}", part(left, due), part(right, due + 1))
    }

    fn rounding(&self, rounding: Rounding) -> String {
        match rounding {
            Rounding::HalfUp(decimals) if self.is_zh() => format!("{} {decimals} {}", self.word("k_half_up_zh"), self.word("k_decimals")),
            Rounding::HalfUp(decimals) => format!("{} {decimals} {} {}", self.word("k_rounded_to"), self.word("k_decimals"), self.word("k_half_up")),
            Rounding::Up => self.word("k_round_up").to_string(),
            Rounding::Down => self.word("k_round_down").to_string(),
        }
    }

    fn percent_of(&self, percent: &Quantity, of: &Expr) -> String {
        if self.is_zh() {
            format!("{} {} {}", self.at(of, PRIMARY), self.word("k_de"), self.quantity(percent))
        } else {
            format!("{} {} {}", self.quantity(percent), self.word("k_of"), self.at(of, SIMPLE))
        }
    }

    fn shift(&self, number: &str, months: bool, before: &Expr) -> String {
        let unit = self.word(if months { "k_months" } else { "k_years" });
        if self.is_zh() {
            format!("{} {} {number} {unit}", self.at(before, PRIMARY), self.word("k_before"))
        } else {
            format!("{number} {unit} {} {}", self.word("k_before"), self.at(before, SIMPLE))
        }
    }

    fn for_every(&self, amount: &Quantity, every: &str, of: &Expr, part_counted: bool) -> String {
        let (amount, of) = (self.quantity(amount), self.at(of, SIMPLE));
        let remainder = self.word(if part_counted { "k_part_counted" } else { "k_whole_only" });
        if self.is_zh() {
            format!("{} {every} {} {of} {amount}，{remainder}", self.word("k_per"), self.word("k_counter_zh"))
        } else {
            format!("{amount} {} {every} {} {of}, {remainder}", self.word("k_for_every"), self.word("k_of"))
        }
    }

    fn simple(&self, expr: &Expr) -> String {
        match &*expr.kind {
            ExprKind::Quantity(quantity) => self.quantity(quantity),
            ExprKind::Text(text) => self.quoted(text),
            ExprKind::Date(date) => self.date(*date),
            ExprKind::YearMonth(month) => self.year_month(*month),
            ExprKind::Term(term) => term.to_string(),
            ExprKind::Truth(truth) => self.word(if *truth { "v_yes" } else { "v_no" }).to_string(),
            ExprKind::Name(text) => self.named(text, expr.span),
            ExprKind::Of(table, column) => format!("{}.{}", self.name(table), self.name(column)),
            ExprKind::ByRole(of, role) => format!("{} {} {}", self.at(of, SIMPLE), self.word("k_as"), self.id(role)),
            ExprKind::Index(name, keys) => {
                let keys: Vec<String> = keys.iter().map(|key| self.at(key, LOGIC)).collect();
                format!("{}[{}]", self.name(name), self.list(&keys, "，"))
            }
            ExprKind::ByCase { of: Some(of), arms } => self.by_case(of, arms),
            ExprKind::Whole { months, touched, from, to } => {
                let word = self.word(match (*months, *touched) {
                    (true, false) => "k_whole_months",
                    (false, false) => "k_whole_years",
                    (true, true) => "k_total_months",
                    (false, true) => "k_total_years",
                });
                format!("{word}{}", self.brackets(&format!("{} {} {}", self.side(from), self.word("k_to"), self.side(to))))
            }
            ExprKind::Total { months, from, to, rows } => {
                let word = self.word(if *months { "k_total_months" } else { "k_total_years" });
                let to = to.as_ref().map_or_else(String::new, |to| format!(" {} {}", self.word("k_to"), self.side(to)));
                let inner = format!("{}{to} {} {}", self.side(from), self.word("k_across"), self.rows(rows));
                format!("{word}{}", self.brackets(&inner.replace(BREAK, " ")))
            }
            ExprKind::Aggregate(call) => self.aggregate(call),
            // Cases that stand behind what is compared, and what no rule can mean, stay as they were typed.
            _ => self.slice(expr.span).to_string(),
        }
    }

    fn choice(&self, expr: &Expr) -> String {
        let ExprKind::If { cond, then, otherwise } = &*expr.kind else { return self.at(expr, LOGIC) };
        let rest = if matches!(*otherwise.kind, ExprKind::If { .. }) { self.choice(otherwise) } else { self.at(otherwise, LOGIC) };
        let (cond, then) = (self.at(cond, LOGIC).replace(BREAK, " "), self.at(then, LOGIC).replace(BREAK, " "));
        let comma = self.pick("", "，");
        format!("{} {cond}{comma}{BREAK}{} {then}{comma}{BREAK}{} {rest}", self.word("k_if"), self.word("k_then"), self.word("k_else"))
    }

    fn by_case(&self, of: &Expr, arms: &[(CaseKey, Expr)]) -> String {
        let arms: Vec<String> = arms.iter().map(|(key, value)| format!("{} {}", self.case_key(key), self.at(value, LOGIC))).collect();
        let (of, arms) = (self.at(of, SIMPLE), self.brackets(&self.list(&arms, "，")));
        if self.is_zh() { format!("{} {of} {}{arms}", self.word("k_by"), self.word("k_take_zh")) } else { format!("{} {of} {arms}", self.word("k_by_case")) }
    }

    fn aggregate(&self, call: &AggregateCall) -> String {
        let word = self.word(match call.what {
            Aggregate::Count => "a_count",
            Aggregate::CountDistinct => "a_count_distinct",
            Aggregate::Sum => "a_sum",
            Aggregate::Mean => "a_mean",
            Aggregate::Min => "a_min",
            Aggregate::Max => "a_max",
            Aggregate::Median => "a_median",
            Aggregate::Share => "a_share",
            Aggregate::Variation(_) => "a_variation",
            Aggregate::Statistic(of) => statistic(of),
            Aggregate::Total { months: true } => "k_total_months",
            Aggregate::Total { .. } => "k_total_years",
        });
        let degree = call.degree.as_ref().map_or_else(String::new, |degree| format!("{}{}", self.degree(degree), self.pick(", ", "，")));
        let rows = self.rows(&call.rows);
        let inner = match &call.operand {
            Some(operand) => format!("{} {} {rows}", self.at(operand, LOGIC), self.word("k_across")),
            None => rows,
        };
        let weight = self.weight(call).map_or_else(String::new, |weight| format!("{}{weight}", self.pick(", ", "，")));
        format!("{word}{}", self.brackets(&format!("{degree}{}{weight}", inner.replace(BREAK, " "))))
    }

    /// As it was typed: `0.50`, `90%`; a fraction as one.
    fn degree(&self, degree: &Quantity) -> String {
        let written = self.quantity(degree);
        let whole = degree.percent || Number::parse(&written).is_some_and(|number| number == degree.number);
        if whole { written } else { degree.number.exact() }
    }

    fn weight(&self, call: &AggregateCall) -> Option<String> {
        let spread = call.spread.unwrap_or(Spread::Weighted);
        let (en, zh) = match spread {
            Spread::Weighted => ("k_weighted", "k_weighted_zh"),
            Spread::Equal => ("k_pooled", "k_pooled_zh"),
            Spread::Sample => ("k_sampled", "k_sampled_zh"),
        };
        match &call.weight {
            Weight::Unsaid => None,
            Weight::Equal => Some(self.word(if spread == Spread::Sample { "k_sample_weights" } else { "k_equal_weights" }).to_string()),
            Weight::By(by) if self.is_zh() => Some(format!("{} {} {}", self.word("k_by"), self.at(by, SIMPLE), self.word(zh))),
            Weight::By(by) => Some(format!("{} {}", self.word(en), self.at(by, SIMPLE))),
        }
    }
}

fn statistic(of: Statistic) -> &'static str {
    match of {
        Statistic::Percentile(_) => "a_percentile",
        Statistic::Range => "a_range",
        Statistic::RangeRatio => "a_range_ratio",
        Statistic::InterquartileRatio => "a_interquartile_ratio",
        Statistic::Gini => "a_gini",
        Statistic::McLoone => "a_mcloone",
        Statistic::Theil => "a_theil",
        Statistic::Atkinson(_) => "a_atkinson",
    }
}
