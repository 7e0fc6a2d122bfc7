//! Sentences about rows and about counted columns.

use super::build::*;
use super::reads;
use crate::base::Unit;
use crate::model::op::{Aggregate, Arith, Bound, Compare};
use crate::model::plan::*;

fn share(text: &str) -> Amount {
    Amount::Share(Unit::percent().to_base(&n(text)))
}

#[test]
fn every_class_within_a_limit_by_stage() {
    let mut plan = plan();
    plan.tables[CLASS].filed_by = Some(SCHOOL);
    let unit = word("pupil");
    let values = dated(day(2017, 4, 19), &[(0, "45"), (1, "50")], &unit, "第七条（五）");
    let largest = parameter(&mut plan, titles("largest_class", "班额上限"), vec![ParameterKey::Codes(0)], &unit, vec![values]);
    let limit = value_of(&plan, largest, vec![cell(&plan, CLASS, "stage")]);
    let says = compare(Compare::Le, cell(&plan, CLASS, "size"), limit);
    let of = tally(&mut plan, CLASS, SCHOOL, None, says);
    let mut asked = rule("G5", "班额", SCHOOL, vec![of_rows(Quantity::Every, of)]);
    asked.names.en = Some("Class size".into());
    asked.cites = vec!["第七条（五）".into()];
    plan.rules.push(asked);
    reads(&plan, r"
G5 “Class size”. Must be met. Basis: 第七条（五）.
  Asked: each school.
  Required: for every class: size is at most largest_class for its stage (the limit itself included).
    a school that has handed in no classes at all leaves this undecided
  largest_class from 2017-04-19: primary 45 pupils, junior 50 pupils; no limit for senior (not applicable there); source: 第七条（五）.
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
G5“班额”。必须达标。依据：第七条（五）。
  适用于：每所学校。
  要求：每个班级均须：学生数不超过该学段的班额上限（含本数）。
    有学校未报送班级数据的，判为“无法判定”
  班额上限（自2017年4月19日起）：小学 45 人，初中 50 人；高中没有标准值（判为“不适用”）；出处：第七条（五）。
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn no_head_over_two_terms() {
    let mut plan = plan();
    let head = compare(Compare::Eq, cell(&plan, TEACHER, "post"), text("校长"));
    let terms = compare(Compare::Gt, cell(&plan, TEACHER, "terms"), number("2", &Unit::plain()));
    let of = tally(&mut plan, TEACHER, SCHOOL, Some(head), terms);
    let mut asked = rule("R2", "校长任期", SCHOOL, vec![of_rows(Quantity::No, of)]);
    asked.scope = Some(node(NodeKind::Not(cell(&plan, SCHOOL, "boarding")), Type::Truth));
    plan.rules.push(asked);
    reads(&plan, r"
R2 “校长任期”. Must be met.
  Asked: each school where boarding is no; other schools are outside this rule: counted, not listed.
  Required: there must be no teacher where post is “校长” and terms is above 2 (2 itself not included).
    where there are no teachers where post is “校长” at all, this is met
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
R2“校长任期”。必须达标。
  适用于：每所学校，限：“是否寄宿制”为“否”。其余学校不在本项范围内，只计数，不列出。
  要求：不得有职务为“校长”且任期数超过 2（不含 2）的教师。
    没有职务为“校长”的教师的，判为“达标”
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn a_share_of_rows_and_of_whom() {
    let mut plan = plan();
    let (eligible, rotated, backbone) = (cell(&plan, TEACHER, "eligible"), cell(&plan, TEACHER, "rotated"), cell(&plan, TEACHER, "backbone"));
    let first = tally(&mut plan, TEACHER, COUNTY, Some(eligible.clone()), rotated.clone());
    let second = tally(&mut plan, TEACHER, COUNTY, Some(and(vec![eligible, rotated])), backbone);
    let steps = vec![step(Bound::AtLeast, share("10"), first), step(Bound::AtLeast, share("20"), second)];
    plan.rules.push(rule("G11", "交流轮岗", COUNTY, vec![sentence(Quantity::Bounds, steps)]));
    reads(&plan, r"
G11 “交流轮岗”. Must be met.
  Asked: each county.
  Required: among the teachers with “eligible”, those with “rotated” make up at least 10% (10% itself included).
    share = the number of teachers with “eligible” and “rotated” ÷ the number of all teachers with “eligible”
    where there are no teachers with “eligible”, this is not applicable
  Of whom: among the teachers with “eligible” and “rotated”, those with “backbone” make up at least 20% (20% itself included).
    share = the number of teachers with “eligible”, “rotated” and “backbone” ÷ the number of all teachers with “eligible” and “rotated”
    where there are no teachers with “eligible” and “rotated”, this is not applicable
    every step must hold; each has its own denominator, as said
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
G11“交流轮岗”。必须达标。
  适用于：每个区县。
  要求：符合交流条件的教师中，本学年交流轮岗的所占比例不低于 10%（含 10%）。
    比例 ＝ 符合交流条件且本学年交流轮岗的教师数 ÷ 符合交流条件的教师数
    没有符合交流条件的教师的，判为“不适用”
  其中：符合交流条件且本学年交流轮岗的教师中，县级骨干的所占比例不低于 20%（含 20%）。
    比例 ＝ 符合交流条件且本学年交流轮岗且县级骨干的教师数 ÷ 符合交流条件且本学年交流轮岗的教师数
    没有符合交流条件且本学年交流轮岗的教师的，判为“不适用”
    以上各步须同时满足，分母各不相同，以所列为准
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn a_share_of_counted_columns_and_of_whom() {
    let mut plan = plan();
    let column = |id: &str| cell(&plan, COUNTY, id);
    let first = StepOf::Columns { whole: column("eligible_teachers"), part: column("rotated_teachers") };
    let second = StepOf::Columns { whole: column("rotated_teachers"), part: column("backbone_teachers") };
    let steps = vec![step(Bound::AtLeast, share("10"), first), step(Bound::AtLeast, share("20"), second)];
    plan.rules.push(rule("G11", "交流轮岗", COUNTY, vec![sentence(Quantity::Bounds, steps)]));
    reads(&plan, r"
G11 “交流轮岗”. Must be met.
  Asked: each county.
  Required: rotated_teachers, as a share of eligible_teachers, is at least 10% (10% itself included).
    share = rotated_teachers ÷ eligible_teachers
    if rotated_teachers is more than eligible_teachers, one of the two figures is wrong: undecided
  Of whom: backbone_teachers, as a share of rotated_teachers, is at least 20% (20% itself included).
    share = backbone_teachers ÷ rotated_teachers
    if backbone_teachers is more than rotated_teachers, one of the two figures is wrong: undecided
    every step must hold; each has its own denominator, as said
  Not said, and so: a blank is unknown, never 0; a quotient by 0 exceeds every upper limit, and is otherwise undecided; nothing is rounded before it is compared; no dates, so always in force.
", r"
G11“交流轮岗”。必须达标。
  适用于：每个区县。
  要求：交流教师数占符合交流条件教师数的比例不低于 10%（含 10%）。
    比例 ＝ 交流教师数 ÷ 符合交流条件教师数
    交流教师数大于符合交流条件教师数的，说明有一项数据有误，判为“无法判定”
  其中：交流骨干教师数占交流教师数的比例不低于 20%（含 20%）。
    比例 ＝ 交流骨干教师数 ÷ 交流教师数
    交流骨干教师数大于交流教师数的，说明有一项数据有误，判为“无法判定”
    以上各步须同时满足，分母各不相同，以所列为准
  未写明的，按以下口径：空白视为未知，不按 0 计；除数为 0 的商，视为超过任何上限；其余情形判为“无法判定”；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn at_most_two_and_all() {
    let mut plan = plan();
    let (eligible, rotated) = (cell(&plan, TEACHER, "eligible"), cell(&plan, TEACHER, "rotated"));
    let few = tally(&mut plan, TEACHER, COUNTY, None, rotated.clone());
    let all = tally(&mut plan, TEACHER, COUNTY, Some(rotated), eligible);
    let few = sentence(Quantity::Bounds, vec![step(Bound::AtMost, Amount::Rows(n("2")), few)]);
    plan.rules.push(rule("R", "交流", COUNTY, vec![few, of_rows(Quantity::All, all)]));
    reads(&plan, r"
R “交流”. Must be met.
  Asked: each county.
  Required, 1 of 2: among the teachers, those with “rotated” number at most 2 (2 itself included).
    where there are no teachers at all, this is met
  Required, 2 of 2: for all teachers with “rotated”: eligible is yes.
    where there are no teachers with “rotated”, this is not applicable
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
R“交流”。必须达标。
  适用于：每个区县。
  要求（共 2 项，须同时满足）之 1：教师中，本学年交流轮岗的不超过 2 名（含 2）。
    没有教师的，判为“达标”
  要求（共 2 项，须同时满足）之 2：全部本学年交流轮岗的教师均须：“符合交流条件”为“是”。
    没有本学年交流轮岗的教师的，判为“不适用”
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn one_population_in_another() {
    let mut plan = plan();
    let (eligible, rotated) = (cell(&plan, TEACHER, "eligible"), cell(&plan, TEACHER, "rotated"));
    let (rotated, eligible) = (count(&mut plan, TEACHER, COUNTY, Some(rotated)), count(&mut plan, TEACHER, COUNTY, Some(eligible)));
    let part = arith(Arith::Mul, number("10", &Unit::percent()), eligible, word("teacher"));
    plan.rules.push(rule("R1", "交流比例", COUNTY, vec![compare(Compare::Ge, rotated, part)]));
    reads(&plan, r"
R1 “交流比例”. Must be met.
  Asked: each county.
  Required: the number of teachers with “rotated” is at least 10% of the number of teachers with “eligible” (10% itself included).
    share = the number of teachers with “rotated” ÷ the number of teachers with “eligible”
    those counted on the left need not be among those on the right; where some are not, both figures are shown
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
R1“交流比例”。必须达标。
  适用于：每个区县。
  要求：本学年交流轮岗的教师数不低于符合交流条件的教师数的 10%（含 10%）。
    比例 ＝ 本学年交流轮岗的教师数 ÷ 符合交流条件的教师数
    分子不要求包含在分母之内；有不在分母之内的，两种口径的数字都会列出
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn a_share_weighted_by_pupils() {
    let mut plan = plan();
    let (boarding, pupils) = (cell(&plan, SCHOOL, "boarding"), cell(&plan, SCHOOL, "pupils"));
    let at = collect(&mut plan, Collect::Value(Aggregate::Share), SCHOOL, COUNTY, None, Some(boarding), Some(pupils));
    plan.aggregates[at].ty = Type::Number(Unit::plain());
    let boarders = aggregate(&plan, at);
    plan.rules.push(rule("K2", "寄宿", COUNTY, vec![compare(Compare::Lt, boarders, number("50", &Unit::percent()))]));
    reads(&plan, r"
K2 “寄宿”. Must be met.
  Asked: each county.
  Required: the share of those with “boarding” among the schools (counted by pupils) is below 50% (50% itself not included).
    share = the sum of pupils over the schools with “boarding” ÷ the sum of pupils over all schools
    where there are no schools, this is not applicable
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
K2“寄宿”。必须达标。
  适用于：每个区县。
  要求：学校中“是否寄宿制”为“是”的所占比例（按学生数计）低于 50%（不含 50%）。
    比例 ＝ “是否寄宿制”为“是”的学校的学生数合计 ÷ 学校的学生数合计
    没有学校的，判为“不适用”
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}
