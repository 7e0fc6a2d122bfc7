//! Percentiles, ranges and indices of inequality, each with its formula.

use super::build::*;
use super::{read, same};
use crate::base::{Lang, Unit};
use crate::model::op::{Aggregate, Aversion, Compare, Rank, Statistic};
use crate::model::plan::*;

/// What is required of each, and how it is reckoned: the lines that are of this rule alone.
#[track_caller]
fn reckoned(all: &[Statistic], weighted: bool, en: &str, zh: &str) {
    let said = |lang: Lang| {
        let lines = all.iter().flat_map(|what| {
            let mut plan = plan();
            let (area, pupils) = (cell(&plan, SECTION, "area"), cell(&plan, SECTION, "pupils"));
            let at = collect(&mut plan, Collect::Value(Aggregate::Statistic(*what)), SECTION, COUNTY, None, Some(area), weighted.then_some(pupils));
            let asked = compare(Compare::Le, aggregate(&plan, at), number("1", &Unit::plain()));
            plan.rules.push(rule("A", "甲", COUNTY, vec![asked]));
            read(&plan, lang).lines().skip(2).take_while(|line| !line.contains("not applicable") && !line.contains("不适用")).map(String::from).collect::<Vec<_>>()
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    same(&said(Lang::En), &said(Lang::Zh), en, zh);
}

fn median() -> Statistic {
    Statistic::Percentile(Rank::new(&n("0.5")).expect("from 0 to 1"))
}

#[test]
fn places_in_the_order() {
    reckoned(&[median(), Statistic::Range, Statistic::RangeRatio, Statistic::InterquartileRatio, Statistic::McLoone], false, r"
  Required: the 50% percentile of area over the sections is at most 1 (1 itself included).
    the 50% percentile of n values stands at place 1 + (n − 1) × 50% from the least; between two places, in proportion
  Required: the range of area over the sections is at most 1 (1 itself included).
    range = the greatest area − the least
  Required: the range ratio of area over the sections is at most 1 (1 itself included).
    range ratio = the greatest area ÷ the least
  Required: the interquartile ratio of area over the sections is at most 1 (1 itself included).
    interquartile ratio = the 75% percentile of area ÷ the 25% percentile
    the p percentile of n values stands at place 1 + (n − 1) × p from the least; between two places, in proportion
  Required: the McLoone index of area between the sections is at most 1 (1 itself included).
    McLoone = Σ area of those below the median ÷ (their number × the median); 1 where none is below it
    median = the middle value; of an even number, the mean of the middle two
", r"
  要求：学段部的面积 50% 百分位数不超过 1（含 1）。
    n 个数值由小到大排列，50% 百分位数在第 1 ＋（n − 1）× 50% 位；在两位之间的，按比例取值
  要求：学段部的面积极差不超过 1（含 1）。
    极差 ＝ 最大面积 − 最小面积
  要求：学段部的面积极值比不超过 1（含 1）。
    极值比 ＝ 最大面积 ÷ 最小面积
  要求：学段部的面积四分位比不超过 1（含 1）。
    四分位比 ＝ 面积的 75% 百分位数 ÷ 25% 百分位数
    n 个数值由小到大排列，p 百分位数在第 1 ＋（n − 1）× p 位；在两位之间的，按比例取值
  要求：学段部之间面积的麦克伦指数不超过 1（含 1）。
    麦克伦指数 ＝ 低于中位数者的面积之和 ÷（其个数 × 中位数）；没有低于中位数的，为 1
    中位数 ＝ 居中的数值；偶数个的，取中间两数的平均
");
}

#[test]
fn indices_of_inequality() {
    reckoned(&[Statistic::Gini, Statistic::Theil, Statistic::Atkinson(Aversion::Half), Statistic::Atkinson(Aversion::Two)], false, r"
  Required: the Gini coefficient of area between the sections is at most 1 (1 itself included).
    mean = the plain average of area over these n rows, each counting once
    Gini = Σ |area − area of another| over every pair, each counted both ways ÷ (2 n² mean)
  Required: the Theil index of area between the sections is at most 1 (1 itself included).
    mean = the plain average of area over these n rows, each counting once
    Theil = Σ [(area ÷ mean) × ln (area ÷ mean)] ÷ n, where 0 ln 0 is 0
  Required: the Atkinson index (aversion 0.5) of area between the sections is at most 1 (1 itself included).
    mean = the plain average of area over these n rows, each counting once
    Atkinson = 1 − (Σ √area ÷ n)² ÷ mean
  Required: the Atkinson index (aversion 2) of area between the sections is at most 1 (1 itself included).
    mean = the plain average of area over these n rows, each counting once
    Atkinson = 1 − (n ÷ Σ (1 ÷ area)) ÷ mean
", r"
  要求：学段部之间面积的基尼系数不超过 1（含 1）。
    平均值 ＝ 面积的简单平均，共 n 个，权重相同
    基尼系数 ＝ Σ | 面积之差 |（任意两者，来回各计一次）÷（2 n² × 平均值）
  要求：学段部之间面积的泰尔指数不超过 1（含 1）。
    平均值 ＝ 面积的简单平均，共 n 个，权重相同
    泰尔指数 ＝ Σ［（面积 ÷ 平均值）× ln（面积 ÷ 平均值）］÷ n，0 ln 0 计为 0
  要求：学段部之间面积的阿特金森指数（厌恶系数 0.5）不超过 1（含 1）。
    平均值 ＝ 面积的简单平均，共 n 个，权重相同
    阿特金森指数 ＝ 1 −（Σ √面积 ÷ n）² ÷ 平均值
  要求：学段部之间面积的阿特金森指数（厌恶系数 2）不超过 1（含 1）。
    平均值 ＝ 面积的简单平均，共 n 个，权重相同
    阿特金森指数 ＝ 1 −［n ÷ Σ（1 ÷ 面积）］÷ 平均值
");
}

#[test]
fn weighted() {
    reckoned(&[median(), Statistic::McLoone, Statistic::Gini, Statistic::Theil, Statistic::Atkinson(Aversion::Half), Statistic::Atkinson(Aversion::Two)], true, r"
  Required: the 50% percentile of area over the sections (weighted by pupils) is at most 1 (1 itself included).
    the 50% percentile is the least value at which pupils, added up from the least value, reaches 50% of Σ pupils
  Required: the McLoone index of area between the sections (weighted by pupils) is at most 1 (1 itself included).
    McLoone = Σ (pupils × area) of those below the median ÷ (Σ pupils of those × the median); 1 where none is below it
    median = the least value at which pupils, added up from the least value, reaches half of Σ pupils
  Required: the Gini coefficient of area between the sections (weighted by pupils) is at most 1 (1 itself included).
    mean = Σ (pupils × area) ÷ Σ pupils
    Gini = Σ (pupils × pupils of another × |area − area of another|) over every pair, each counted both ways ÷ (2 (Σ pupils)² mean)
  Required: the Theil index of area between the sections (weighted by pupils) is at most 1 (1 itself included).
    mean = Σ (pupils × area) ÷ Σ pupils
    Theil = Σ [(pupils ÷ Σ pupils) × (area ÷ mean) × ln (area ÷ mean)], where 0 ln 0 is 0
  Required: the Atkinson index (aversion 0.5) of area between the sections (weighted by pupils) is at most 1 (1 itself included).
    mean = Σ (pupils × area) ÷ Σ pupils
    Atkinson = 1 − (Σ [(pupils ÷ Σ pupils) × √area])² ÷ mean
  Required: the Atkinson index (aversion 2) of area between the sections (weighted by pupils) is at most 1 (1 itself included).
    mean = Σ (pupils × area) ÷ Σ pupils
    Atkinson = 1 − (Σ pupils ÷ Σ (pupils ÷ area)) ÷ mean
", r"
  要求：学段部的面积 50% 百分位数（按学生数加权）不超过 1（含 1）。
    由小到大累计学生数，50% 百分位数是累计达到 Σ 学生数 的 50% 时的数值
  要求：学段部之间面积的麦克伦指数（按学生数加权）不超过 1（含 1）。
    麦克伦指数 ＝ 低于中位数者的 Σ（学生数 × 面积）÷（其 Σ 学生数 × 中位数）；没有低于中位数的，为 1
    中位数 ＝ 由小到大累计学生数，达到 Σ 学生数 一半时的数值
  要求：学段部之间面积的基尼系数（按学生数加权）不超过 1（含 1）。
    平均值 ＝ Σ（学生数 × 面积）÷ Σ 学生数
    基尼系数 ＝ Σ（两者学生数之积 × | 面积之差 |）（任意两者，来回各计一次）÷［2（Σ 学生数）² × 平均值］
  要求：学段部之间面积的泰尔指数（按学生数加权）不超过 1（含 1）。
    平均值 ＝ Σ（学生数 × 面积）÷ Σ 学生数
    泰尔指数 ＝ Σ［（学生数 ÷ Σ 学生数）×（面积 ÷ 平均值）× ln（面积 ÷ 平均值）］，0 ln 0 计为 0
  要求：学段部之间面积的阿特金森指数（厌恶系数 0.5）（按学生数加权）不超过 1（含 1）。
    平均值 ＝ Σ（学生数 × 面积）÷ Σ 学生数
    阿特金森指数 ＝ 1 −（Σ［（学生数 ÷ Σ 学生数）× √面积］）² ÷ 平均值
  要求：学段部之间面积的阿特金森指数（厌恶系数 2）（按学生数加权）不超过 1（含 1）。
    平均值 ＝ Σ（学生数 × 面积）÷ Σ 学生数
    阿特金森指数 ＝ 1 −［Σ 学生数 ÷ Σ（学生数 ÷ 面积）］÷ 平均值
");
}
