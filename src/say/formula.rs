//! Formulas of aggregates in words: a share as one number over another, a variation with its weights and its mean.

use crate::base::Text;
use crate::model::op::{Aggregate, Spread};
use crate::model::plan::{AggregateDef, Collect, Node, Type};

use super::name;
use super::phrase::{Reader, both};
use super::rows::{population, population_and};
use super::statistic;
use super::value::value;

/// How a share or a variation is reckoned, line by line; nothing for what its name already says.
pub(super) fn formula(reader: Reader, of: &AggregateDef) -> Vec<Text> {
    match of.what {
        Collect::Value(Aggregate::Variation(spread)) => variation(&Terms::of(reader, of), spread),
        Collect::Value(Aggregate::Statistic(what)) => statistic::reckoned(reader, of, what),
        Collect::Value(Aggregate::Share) => share(reader, of),
        // A tally that is used as a number is a share.
        Collect::Tally if of.ty != Type::Truth => share(reader, of),
        _ => Vec::new(),
    }
}

fn share(reader: Reader, of: &AggregateDef) -> Vec<Text> {
    let Some(said) = of.operand.as_ref() else { return Vec::new() };
    let (part, whole) = (population_and(reader, of, Some(said)), population(reader, of));
    let line = match of.weight.as_ref().map(|node| value(reader.of(of.over), node)) {
        Some(weight) => both!(
            "share = the sum of {weight} over the {part} ÷ the sum of {weight} over all {whole}",
            "比例 ＝ {part}的{weight}合计 ÷ {whole}的{weight}合计",
            weight,
            part,
            whole
        ),
        None => both!("share = the number of {part} ÷ the number of all {whole}", "比例 ＝ {part}数 ÷ {whole}数", part, whole),
    };
    vec![line, none_at_all(&whole)]
}

/// What becomes of a share of nothing.
pub(super) fn none_at_all(whole: &Text) -> Text {
    both!("where there are no {whole}, this is not applicable", "没有{whole}的，判为“不适用”", whole)
}

/// What a variation is between and about.
struct Terms {
    row: Text,
    rows: Text,
    counter: Text,
    x: Text,
    weight: Text,
}

impl Terms {
    fn of(reader: Reader, of: &AggregateDef) -> Terms {
        let (table, inner) = (&reader.plan.tables[of.over], reader.of(of.over));
        let said = |node: Option<&Node>| node.map(|node| value(inner, node)).unwrap_or_default();
        Terms { row: name::singular(table), rows: name::plural(table), counter: name::counter(table), x: said(of.operand.as_ref()), weight: said(of.weight.as_ref()) }
    }
}

fn variation(terms: &Terms, spread: Spread) -> Vec<Text> {
    let mut lines = match spread {
        Spread::Weighted => weighted(terms),
        Spread::Equal => alike(terms, &Text::from("n"), &Text::new("n, their number", "个数 n")),
        Spread::Sample => alike(terms, &Text::from("(n − 1)"), &Text::new("n − 1, their number less one", "个数减一（n − 1）")),
    };
    lines.push(fewer_than_two(&terms.row, &terms.rows, &terms.counter));
    if spread == Spread::Weighted {
        let (row, weight) = (&terms.row, &terms.weight);
        lines.push(both!("a {row} whose {weight} is 0 does not count, whatever its value", "{weight}为 0 的{row}不计入，其数值有无均可", row, weight));
    }
    lines
}

/// What becomes of a spread of nothing, of one row, of rows with a value missing.
pub(super) fn fewer_than_two(row: &Text, rows: &Text, counter: &Text) -> Text {
    both!(
        "fewer than two {rows}: not applicable; any value missing: undecided",
        "不足两{counter}{row}的，判为“不适用”；任何一个数值缺失的，判为“无法判定”",
        row,
        rows,
        counter
    )
}

fn weighted(Terms { row, rows, x, weight, .. }: &Terms) -> Vec<Text> {
    let mean = both!(
        "mean = Σ ({weight} × {x}) ÷ Σ {weight} over all these {rows}: one with more {weight} counts for more; it is not the plain average",
        "平均值 ＝ Σ（{weight} × {x}）÷ Σ {weight}，对上述{row}求和，即按{weight}加权的平均值，不是各{row}数值的简单平均",
        row,
        rows,
        x,
        weight
    );
    let variation = both!(
        "variation = √ Σ [({weight} ÷ Σ {weight}) × ({x} − mean)²] ÷ mean: each {row}'s distance from the mean is squared and multiplied by its part of all {weight}; these are added up; the square root of that is divided by the mean",
        "差异系数 ＝ √ Σ［（{weight} ÷ Σ {weight}）×（{x} − 平均值）²］÷ 平均值：各{row}与平均值之差平方后，乘以该{row}的{weight}占全部{weight}的比重，相加后开平方，再除以平均值",
        row,
        x,
        weight
    );
    vec![mean, variation]
}

fn alike(Terms { row, rows, x, .. }: &Terms, n: &Text, number: &Text) -> Vec<Text> {
    let mean = both!("mean = the plain average of {x} over these {rows}, each counting once", "平均值 ＝ 各{row}{x}的简单平均，每个{row}权重相同", row, rows, x);
    let variation = both!(
        "variation = √ [Σ ({x} − mean)² ÷ {n}] ÷ mean: each {row}'s distance from the mean is squared; these are added up and divided by {number}; the square root of that is divided by the mean",
        "差异系数 ＝ √［Σ（{x} − 平均值）² ÷ {n}］÷ 平均值：各{row}与平均值之差平方后相加，除以{number}，开平方，再除以平均值",
        row,
        x,
        n,
        number
    );
    vec![mean, variation]
}
