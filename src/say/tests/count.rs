//! Rules about rules.

use super::build::*;
use super::reads;
use crate::model::ast::{RuleKind, Status, Wanted};
use crate::model::op::Bound;
use crate::model::plan::*;

fn parts(count: usize) -> Plan {
    let mut plan = plan();
    for at in 1..=count {
        let says = cell(&plan, SCHOOL, "boarding");
        plan.rules.push(rule(&format!("L{at}"), &format!("第 {at} 项"), SCHOOL, vec![says]));
    }
    plan
}

fn about(bound: Option<(Bound, &str)>, rules: Vec<usize>, wanted: Status, rest: Option<&str>) -> Node {
    let def = RulesDef { of_units: false, bound: bound.map(|(bound, count)| (bound, Amount::Rows(n(count)))), rules, wanted: Wanted::Status(wanted), rest: rest.map(|share| Rest::Standard(n(share))) };
    node(NodeKind::Rules(def), Type::Truth)
}

#[test]
fn six_of_seven_and_the_rest() {
    let mut plan = parts(7);
    let says = about(Some((Bound::AtLeast, "6")), (0..7).collect(), Status::Met, Some("0.85"));
    let mut asked = rule("SCHOOL", "学校综合达标", SCHOOL, vec![says]);
    asked.part_of = vec![7];
    plan.rules.push(rule("COUNTY", "整县", COUNTY, vec![]));
    plan.rules.push(asked);
    reads(&plan, r"
SCHOOL “学校综合达标”. Counted by COUNTY.
  Asked: each school.
  Required: at least 6 of the 7 rules L1 to L7 are met (6 itself included); each of the rest reaches at least 85% of its standard (85% itself included).
    they are: L1 “第 1 项”; L2 “第 2 项”; L3 “第 3 项”; L4 “第 4 项”; L5 “第 5 项”; L6 “第 6 项”; L7 “第 7 项”
    percent of standard = value ÷ limit where the limit is a minimum, limit ÷ value where it is a maximum
    a rule that is not applicable or exempt leaves the list; if fewer remain than are asked for, all that remain are asked for
  It is listed by itself, but counts towards the result only through COUNTY.
  Not said, and so: no dates, so always in force.
", r"
SCHOOL“学校综合达标”。计入 COUNTY。
  适用于：每所学校。
  要求：L1 至 L7 共 7 项中，至少 6 项达标（含 6）；其余各项均不低于标准的 85%（含 85%）。
    各项为：L1“第 1 项”；L2“第 2 项”；L3“第 3 项”；L4“第 4 项”；L5“第 5 项”；L6“第 6 项”；L7“第 7 项”
    达到标准的百分比：下限类指标 ＝ 实际值 ÷ 标准值，上限类指标 ＝ 标准值 ÷ 实际值
    不适用或豁免的项不计入总项数；剩余项数少于所要求项数的，以剩余项数为准
  本项单独列出，仅通过 COUNTY 影响结论。
  未写明的，按以下口径：未写施行时间，一直有效。
");
}

#[test]
fn all_of_many_when_another_is_met() {
    let mut plan = parts(12);
    let says = about(None, (1..12).collect(), Status::Met, None);
    let mut asked = rule("COUNTY", "整县", COUNTY, vec![says]);
    asked.when = Some(node(NodeKind::Status { rule: 0, wanted: Status::Met }, Type::Truth));
    asked.kind = RuleKind::Advice;
    plan.rules.push(asked);
    reads(&plan, r"
COUNTY “整县”. Advice: reported, never fails an audit.
  Asked: each county.
  Only when: L1 is met; otherwise not applicable.
  Required: all 11 of L2 to L12 are met.
    a rule that is not applicable or exempt leaves the list
  Not said, and so: no dates, so always in force.
", r"
COUNTY“整县”。鼓励性要求：只作提示，不影响结论。
  适用于：每个区县。
  适用条件：L1 达标；不符合的，判为“不适用”。
  要求：L2 至 L12 共 11 项全部达标。
    不适用或豁免的项不计入
  未写明的，按以下口径：未写施行时间，一直有效。
");
}

#[test]
fn at_most_one_not_met() {
    let mut plan = parts(3);
    let says = about(Some((Bound::AtMost, "1")), vec![0, 2], Status::NotMet, None);
    plan.rules.push(rule("T", "合计", SCHOOL, vec![says]));
    reads(&plan, r"
T “合计”. Must be met.
  Asked: each school.
  Required: at most 1 of the 2 rules L1 and L3 are not met (1 itself included).
    they are: L1 “第 1 项”; L3 “第 3 项”
    a rule that is not applicable or exempt leaves the list
  Not said, and so: no dates, so always in force.
", r"
T“合计”。必须达标。
  适用于：每所学校。
  要求：L1、L3 共 2 项中，至多 1 项不达标（含 1）。
    各项为：L1“第 1 项”；L3“第 3 项”
    不适用或豁免的项不计入
  未写明的，按以下口径：未写施行时间，一直有效。
");
}
