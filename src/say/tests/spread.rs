//! Variations, each with its formula.

use super::build::*;
use super::reads;
use crate::base::{Span, Unit};
use crate::model::op::{Aggregate, Arith, Compare, Spread};
use crate::model::plan::*;

fn variation(spread: Spread) -> Plan {
    let mut plan = plan();
    let unit = word("m2").over(&word("pupil"));
    let body = arith(Arith::Div, cell(&plan, SECTION, "area"), cell(&plan, SECTION, "pupils"), unit);
    let per_pupil = measure(&mut plan, titles("area_per_pupil", "生均面积"), SECTION, body);
    let senior = compare(Compare::Ne, cell(&plan, SECTION, "stage"), code(0, 2));
    let counted = measure(&mut plan, titles("counted", "参评"), SECTION, senior);
    let weight = (spread == Spread::Weighted).then(|| cell(&plan, SECTION, "pupils"));
    let at = collect(&mut plan, Collect::Value(Aggregate::Variation(spread)), SECTION, COUNTY, Some(counted), Some(per_pupil), weight);
    plan.aggregates[at].at.codes = vec![0];
    plan.tables[SECTION].split = Some(split());
    let values = dated(day(2017, 4, 19), &[(0, "0.50"), (1, "0.45")], &Unit::plain(), "第六条");
    let ceiling = parameter(&mut plan, titles("cv_ceiling", "差异系数上限"), vec![ParameterKey::Codes(0)], &Unit::plain(), vec![values]);
    let limit = value_of(&plan, ceiling, vec![node(NodeKind::UnitCode(0), Type::Code(0))]);
    let mut asked = rule("CV4", "生均面积差异系数", COUNTY, vec![compare(Compare::Le, aggregate(&plan, at), limit)]);
    asked.at.codes = vec![0];
    asked.codes = vec![vec![0, 1]];
    asked.show = Some(3);
    plan.rules.push(asked);
    plan
}

/// The area of a section is its portion of the school's.
fn split() -> SplitDef {
    let part = |code: u16, share: &str| PartDef { code, names: Titles::default(), pupils: 0, share: n(share) };
    SplitDef { of: SCHOOL, codes: 0, parts: vec![part(0, "1"), part(1, "1.1")], shared: vec![3], own: vec![] }
}

#[test]
fn weighted_by_pupils() {
    reads(&variation(Spread::Weighted), r"
CV4 “生均面积差异系数”. Must be met.
  Asked: each county, once for each stage: primary, junior.
  Required: the variation of area_per_pupil between the sections of that stage taken as “counted” (weighted by pupils) is at most cv_ceiling for that stage (the limit itself included).
    mean = Σ (pupils × area_per_pupil) ÷ Σ pupils over all these sections: one with more pupils counts for more; it is not the plain average
    variation = √ Σ [(pupils ÷ Σ pupils) × (area_per_pupil − mean)²] ÷ mean: each section's distance from the mean is squared and multiplied by its part of all pupils; these are added up; the square root of that is divided by the mean
    fewer than two sections: not applicable; any value missing: undecided
  Where area_per_pupil = area ÷ pupils, in m2/pupil.
  A section is “counted” when: stage is not senior.
  Of the school's area a section has its portion, in proportion to pupils × weight (primary 1, junior 1.1).
  cv_ceiling from 2017-04-19: primary 0.5, junior 0.45; source: 第六条.
  Shown with 3 decimals; judged on the exact value.
  Not said, and so: a blank is unknown, never 0; a quotient by 0 exceeds every upper limit, and is otherwise undecided; nothing is rounded before it is compared; no dates, so always in force.
", r"
CV4“生均面积差异系数”。必须达标。
  适用于：每个区县，按学段（小学、初中）分别判定。
  要求：该学段参评的学段部之间生均面积的差异系数（按学生数加权）不超过该学段的差异系数上限（含本数）。
    平均值 ＝ Σ（学生数 × 生均面积）÷ Σ 学生数，对全部学段部求和，即按学生数加权的平均值，不是各学段部数值的简单平均
    差异系数 ＝ √ Σ［（学生数 ÷ Σ 学生数）×（生均面积 − 平均值）²］÷ 平均值：各学段部与平均值之差平方后，乘以该学段部的学生数占全部学生数的比重，相加后开平方，再除以平均值
    不足两个学段部的，判为“不适用”；任何一个数值缺失的，判为“无法判定”
  其中：生均面积 ＝ 面积 ÷ 学生数（单位：平方米/生）。
  其中：学段部“参评”，是指：学段不为“高中”。
  其中：学段部的面积由学校的总数按“学生数 × 折算系数”的比例分得（折算系数：小学 1，初中 1.1）。
  差异系数上限（自2017年4月19日起）：小学 0.5，初中 0.45；出处：第六条。
  显示 3 位小数，判定时用未取舍的精确值。
  未写明的，按以下口径：空白视为未知，不按 0 计；除数为 0 的商，视为超过任何上限；其余情形判为“无法判定”；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn equal_weights() {
    reads(&variation(Spread::Equal), r"
CV4 “生均面积差异系数”. Must be met.
  Asked: each county, once for each stage: primary, junior.
  Required: the variation of area_per_pupil between the sections of that stage taken as “counted” (every section counting alike) is at most cv_ceiling for that stage (the limit itself included).
    mean = the plain average of area_per_pupil over these sections, each counting once
    variation = √ [Σ (area_per_pupil − mean)² ÷ n] ÷ mean: each section's distance from the mean is squared; these are added up and divided by n, their number; the square root of that is divided by the mean
    fewer than two sections: not applicable; any value missing: undecided
  Where area_per_pupil = area ÷ pupils, in m2/pupil.
  A section is “counted” when: stage is not senior.
  Of the school's area a section has its portion, in proportion to pupils × weight (primary 1, junior 1.1).
  cv_ceiling from 2017-04-19: primary 0.5, junior 0.45; source: 第六条.
  Shown with 3 decimals; judged on the exact value.
  Not said, and so: a blank is unknown, never 0; a quotient by 0 exceeds every upper limit, and is otherwise undecided; nothing is rounded before it is compared; no dates, so always in force.
", r"
CV4“生均面积差异系数”。必须达标。
  适用于：每个区县，按学段（小学、初中）分别判定。
  要求：该学段参评的学段部之间生均面积的差异系数（各学段部权重相同）不超过该学段的差异系数上限（含本数）。
    平均值 ＝ 各学段部生均面积的简单平均，每个学段部权重相同
    差异系数 ＝ √［Σ（生均面积 − 平均值）² ÷ n］÷ 平均值：各学段部与平均值之差平方后相加，除以个数 n，开平方，再除以平均值
    不足两个学段部的，判为“不适用”；任何一个数值缺失的，判为“无法判定”
  其中：生均面积 ＝ 面积 ÷ 学生数（单位：平方米/生）。
  其中：学段部“参评”，是指：学段不为“高中”。
  其中：学段部的面积由学校的总数按“学生数 × 折算系数”的比例分得（折算系数：小学 1，初中 1.1）。
  差异系数上限（自2017年4月19日起）：小学 0.5，初中 0.45；出处：第六条。
  显示 3 位小数，判定时用未取舍的精确值。
  未写明的，按以下口径：空白视为未知，不按 0 计；除数为 0 的商，视为超过任何上限；其余情形判为“无法判定”；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn a_sample() {
    let mut plan = variation(Spread::Sample);
    plan.tables[SECTION].split = None;
    plan.rules[0].span = Span::default();
    reads(&plan, r"
CV4 “生均面积差异系数”. Must be met.
  Asked: each county, once for each stage: primary, junior.
  Required: the variation of area_per_pupil between the sections of that stage taken as “counted” (every section counting alike) is at most cv_ceiling for that stage (the limit itself included).
    mean = the plain average of area_per_pupil over these sections, each counting once
    variation = √ [Σ (area_per_pupil − mean)² ÷ (n − 1)] ÷ mean: each section's distance from the mean is squared; these are added up and divided by n − 1, their number less one; the square root of that is divided by the mean
    fewer than two sections: not applicable; any value missing: undecided
  Where area_per_pupil = area ÷ pupils, in m2/pupil.
  A section is “counted” when: stage is not senior.
  cv_ceiling from 2017-04-19: primary 0.5, junior 0.45; source: 第六条.
  Shown with 3 decimals; judged on the exact value.
  Not said, and so: a blank is unknown, never 0; a quotient by 0 exceeds every upper limit, and is otherwise undecided; nothing is rounded before it is compared; no dates, so always in force.
", r"
CV4“生均面积差异系数”。必须达标。
  适用于：每个区县，按学段（小学、初中）分别判定。
  要求：该学段参评的学段部之间生均面积的差异系数（各学段部权重相同）不超过该学段的差异系数上限（含本数）。
    平均值 ＝ 各学段部生均面积的简单平均，每个学段部权重相同
    差异系数 ＝ √［Σ（生均面积 − 平均值）² ÷ (n − 1)］÷ 平均值：各学段部与平均值之差平方后相加，除以个数减一（n − 1），开平方，再除以平均值
    不足两个学段部的，判为“不适用”；任何一个数值缺失的，判为“无法判定”
  其中：生均面积 ＝ 面积 ÷ 学生数（单位：平方米/生）。
  其中：学段部“参评”，是指：学段不为“高中”。
  差异系数上限（自2017年4月19日起）：小学 0.5，初中 0.45；出处：第六条。
  显示 3 位小数，判定时用未取舍的精确值。
  未写明的，按以下口径：空白视为未知，不按 0 计；除数为 0 的商，视为超过任何上限；其余情形判为“无法判定”；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}
