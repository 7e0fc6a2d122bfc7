//! Percentiles, ranges and indices of inequality in words: what they are called, and how each is reckoned.

use crate::base::{Text, Unit};
use crate::model::op::{Aversion, Rank, Statistic};
use crate::model::plan::AggregateDef;

use super::formula::fewer_than_two;
use super::name;
use super::number::number;
use super::phrase::{Reader, both};
use super::value::operand;

/// `the Gini coefficient of pupils between the schools`.
pub(super) fn named(what: Statistic, rows: &Text, of: &Text) -> Text {
    match what {
        Statistic::Percentile(rank) => {
            let rank = percent(rank);
            both!("the {rank} percentile of {of} over the {rows}", "{rows}的{of} {rank} 百分位数", rows, of, rank)
        }
        Statistic::Range => both!("the range of {of} over the {rows}", "{rows}的{of}极差", rows, of),
        Statistic::RangeRatio => both!("the range ratio of {of} over the {rows}", "{rows}的{of}极值比", rows, of),
        Statistic::InterquartileRatio => both!("the interquartile ratio of {of} over the {rows}", "{rows}的{of}四分位比", rows, of),
        Statistic::Gini => both!("the Gini coefficient of {of} between the {rows}", "{rows}之间{of}的基尼系数", rows, of),
        Statistic::McLoone => both!("the McLoone index of {of} between the {rows}", "{rows}之间{of}的麦克伦指数", rows, of),
        Statistic::Theil => both!("the Theil index of {of} between the {rows}", "{rows}之间{of}的泰尔指数", rows, of),
        Statistic::Atkinson(aversion) => {
            let aversion = Text::from(aversion.number().decimal());
            both!("the Atkinson index (aversion {aversion}) of {of} between the {rows}", "{rows}之间{of}的阿特金森指数（厌恶系数 {aversion}）", rows, of, aversion)
        }
    }
}

/// How it is reckoned, line by line.
pub(super) fn reckoned(reader: Reader, of: &AggregateDef, what: Statistic) -> Vec<Text> {
    let (table, inner) = (&reader.plan.tables[of.over], reader.of(of.over));
    // Beside signs of its own: what is itself made by arithmetic stands in brackets.
    let said = |node: &_| operand(inner, node, 9);
    let x = of.operand.as_ref().map(said).unwrap_or_default();
    let weight = of.weight.as_ref().map(said);
    let mut lines = formula(what, &x, weight.as_ref());
    let (row, rows, counter) = (name::singular(table), name::plural(table), name::counter(table));
    lines.push(match what {
        Statistic::Percentile(_) if weight.is_none() => both!(
            "no {rows}: not applicable; values missing: taken at their least, then at their most, and undecided only where that differs",
            "没有{row}的，判为“不适用”；有数值缺失的，先后按可能的最小值、最大值计算，结论不同才判为“无法判定”",
            row,
            rows
        ),
        Statistic::Percentile(_) => both!("no {rows}: not applicable; any value missing: undecided", "没有{row}的，判为“不适用”；任何一个数值缺失的，判为“无法判定”", row, rows),
        _ => fewer_than_two(&row, &rows, &counter),
    });
    lines
}

fn formula(what: Statistic, x: &Text, weight: Option<&Text>) -> Vec<Text> {
    match (what, weight) {
        (Statistic::Percentile(rank), _) => vec![percentile(&percent(rank), weight)],
        (Statistic::Range, _) => vec![both!("range = the greatest {x} − the least", "极差 ＝ 最大{x} − 最小{x}", x)],
        (Statistic::RangeRatio, _) => vec![both!("range ratio = the greatest {x} ÷ the least", "极值比 ＝ 最大{x} ÷ 最小{x}", x)],
        (Statistic::InterquartileRatio, _) => {
            let ratio = both!("interquartile ratio = the 75% percentile of {x} ÷ the 25% percentile", "四分位比 ＝ {x}的 75% 百分位数 ÷ 25% 百分位数", x);
            vec![ratio, percentile(&Text::from("p"), weight)]
        }
        (Statistic::McLoone, _) => vec![mcloone(x, weight), percentile_of_median(weight)],
        (Statistic::Gini, None) => alike(x, &both!("Gini = Σ |{x} − {x} of another| over every pair, each counted both ways ÷ (2 n² mean)", "基尼系数 ＝ Σ | {x}之差 |（任意两者，来回各计一次）÷（2 n² × 平均值）", x)),
        (Statistic::Gini, Some(w)) => by(x, w, &both!("Gini = Σ ({w} × {w} of another × |{x} − {x} of another|) over every pair, each counted both ways ÷ (2 (Σ {w})² mean)", "基尼系数 ＝ Σ（两者{w}之积 × | {x}之差 |）（任意两者，来回各计一次）÷［2（Σ {w}）² × 平均值］", x, w)),
        (Statistic::Theil, None) => alike(x, &both!("Theil = Σ [({x} ÷ mean) × ln ({x} ÷ mean)] ÷ n, where 0 ln 0 is 0", "泰尔指数 ＝ Σ［（{x} ÷ 平均值）× ln（{x} ÷ 平均值）］÷ n，0 ln 0 计为 0", x)),
        (Statistic::Theil, Some(w)) => by(x, w, &both!("Theil = Σ [({w} ÷ Σ {w}) × ({x} ÷ mean) × ln ({x} ÷ mean)], where 0 ln 0 is 0", "泰尔指数 ＝ Σ［（{w} ÷ Σ {w}）×（{x} ÷ 平均值）× ln（{x} ÷ 平均值）］，0 ln 0 计为 0", x, w)),
        (Statistic::Atkinson(Aversion::Half), None) => alike(x, &both!("Atkinson = 1 − (Σ √{x} ÷ n)² ÷ mean", "阿特金森指数 ＝ 1 −（Σ √{x} ÷ n）² ÷ 平均值", x)),
        (Statistic::Atkinson(Aversion::Half), Some(w)) => by(x, w, &both!("Atkinson = 1 − (Σ [({w} ÷ Σ {w}) × √{x}])² ÷ mean", "阿特金森指数 ＝ 1 −（Σ［（{w} ÷ Σ {w}）× √{x}］）² ÷ 平均值", x, w)),
        (Statistic::Atkinson(Aversion::Two), None) => alike(x, &both!("Atkinson = 1 − (n ÷ Σ (1 ÷ {x})) ÷ mean", "阿特金森指数 ＝ 1 −［n ÷ Σ（1 ÷ {x}）］÷ 平均值", x)),
        (Statistic::Atkinson(Aversion::Two), Some(w)) => by(x, w, &both!("Atkinson = 1 − (Σ {w} ÷ Σ ({w} ÷ {x})) ÷ mean", "阿特金森指数 ＝ 1 −［Σ {w} ÷ Σ（{w} ÷ {x}）］÷ 平均值", x, w)),
    }
}

fn percent(rank: Rank) -> Text {
    number(&rank.part(), &Unit::percent())
}

fn percentile(rank: &Text, weight: Option<&Text>) -> Text {
    match weight {
        None => both!(
            "the {rank} percentile of n values stands at place 1 + (n − 1) × {rank} from the least; between two places, in proportion",
            "n 个数值由小到大排列，{rank} 百分位数在第 1 ＋（n − 1）× {rank} 位；在两位之间的，按比例取值",
            rank
        ),
        Some(weight) => both!(
            "the {rank} percentile is the least value at which {weight}, added up from the least value, reaches {rank} of Σ {weight}",
            "由小到大累计{weight}，{rank} 百分位数是累计达到 Σ {weight} 的 {rank} 时的数值",
            rank,
            weight
        ),
    }
}

fn percentile_of_median(weight: Option<&Text>) -> Text {
    match weight {
        None => Text::new("median = the middle value; of an even number, the mean of the middle two", "中位数 ＝ 居中的数值；偶数个的，取中间两数的平均"),
        Some(weight) => both!("median = the least value at which {weight}, added up from the least value, reaches half of Σ {weight}", "中位数 ＝ 由小到大累计{weight}，达到 Σ {weight} 一半时的数值", weight),
    }
}

fn mcloone(x: &Text, weight: Option<&Text>) -> Text {
    match weight {
        None => both!(
            "McLoone = Σ {x} of those below the median ÷ (their number × the median); 1 where none is below it",
            "麦克伦指数 ＝ 低于中位数者的{x}之和 ÷（其个数 × 中位数）；没有低于中位数的，为 1",
            x
        ),
        Some(w) => both!(
            "McLoone = Σ ({w} × {x}) of those below the median ÷ (Σ {w} of those × the median); 1 where none is below it",
            "麦克伦指数 ＝ 低于中位数者的 Σ（{w} × {x}）÷（其 Σ {w} × 中位数）；没有低于中位数的，为 1",
            x,
            w
        ),
    }
}

fn alike(x: &Text, index: &Text) -> Vec<Text> {
    vec![both!("mean = the plain average of {x} over these n rows, each counting once", "平均值 ＝ {x}的简单平均，共 n 个，权重相同", x), index.clone()]
}

fn by(x: &Text, w: &Text, index: &Text) -> Vec<Text> {
    vec![both!("mean = Σ ({w} × {x}) ÷ Σ {w}", "平均值 ＝ Σ（{w} × {x}）÷ Σ {w}", x, w), index.clone()]
}
