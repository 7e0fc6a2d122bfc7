//! Comparisons of one value.

use super::build::*;
use super::reads;
use crate::base::{Span, Unit};
use crate::model::op::{Aggregate, Arith, Compare, Rounding};
use crate::model::plan::*;

/// Teaching area for each pupil against a floor by stage; the parameter has no value for senior.
fn area_floor() -> Plan {
    let mut plan = plan();
    let unit = word("m2").over(&word("pupil"));
    let body = arith(Arith::Div, cell(&plan, SECTION, "area"), cell(&plan, SECTION, "pupils"), unit.clone());
    let per_pupil = measure(&mut plan, titles("area_per_pupil", "生均面积"), SECTION, body);
    let values = dated(day(2017, 4, 19), &[(0, "4.5"), (1, "5.8")], &unit, "第六条（四）");
    let floor = parameter(&mut plan, titles("area_floor", "生均面积标准"), vec![ParameterKey::Codes(0)], &unit, vec![values]);
    plan.parameters[floor].checked_up_to = Some(day(2026, 12, 31));
    let limit = value_of(&plan, floor, vec![cell(&plan, SECTION, "stage")]);
    let mut rule = rule("L4", "生均面积", SECTION, vec![compare(Compare::Ge, per_pupil, limit)]);
    rule.cites = vec!["第六条（四）".into()];
    rule.show = Some(2);
    plan.rules.push(rule);
    plan
}

#[test]
fn a_measure_against_a_parameter_by_stage() {
    reads(&area_floor(), r"
L4 “生均面积”. Must be met. Basis: 第六条（四）.
  Asked: each section.
  Required: area_per_pupil is at least area_floor for its stage (the limit itself included).
  Where area_per_pupil = area ÷ pupils, in m2/pupil.
  area_floor from 2017-04-19: primary 4.5 m2/pupil, junior 5.8 m2/pupil; no limit for senior (not applicable there); source: 第六条（四）.
    confirmed up to 2026-12-31
  Shown with 2 decimals; judged on the exact value.
  Not said, and so: a blank is unknown, never 0; a quotient by 0 exceeds every upper limit, and is otherwise undecided; nothing is rounded before it is compared; no dates, so always in force.
", r"
L4“生均面积”。必须达标。依据：第六条（四）。
  适用于：每个学段部。
  要求：生均面积不低于该学段的生均面积标准（含本数）。
  其中：生均面积 ＝ 面积 ÷ 学生数（单位：平方米/生）。
  生均面积标准（自2017年4月19日起）：小学 4.5 平方米/生，初中 5.8 平方米/生；高中没有标准值（判为“不适用”）；出处：第六条（四）。
    已核对至2026年12月31日
  显示 2 位小数，判定时用未取舍的精确值。
  未写明的，按以下口径：空白视为未知，不按 0 计；除数为 0 的商，视为超过任何上限；其余情形判为“无法判定”；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn a_case_of_the_type_with_a_rounding() {
    let mut plan = plan();
    let pupils = cell(&plan, SCHOOL, "pupils");
    let rounded = node(NodeKind::Round(Rounding::HalfUp(1), pupils), Type::Number(word("pupil")));
    let arms = vec![(vec![Key::Code(2)], number("2500", &word("pupil")))];
    let by_case = node(NodeKind::ByCase { of: cell(&plan, SCHOOL, "type"), arms, otherwise: Some(number("2000", &word("pupil"))) }, Type::Number(word("pupil")));
    let mut asked = rule("G4", "学校规模", SCHOOL, vec![compare(Compare::Le, rounded, by_case)]);
    let list = vec![code(1, 0), code(1, 2)];
    asked.scope = Some(node(NodeKind::OneOf { of: cell(&plan, SCHOOL, "type"), list, negated: false }, Type::Truth));
    asked.in_force = Period { from: Some(day(2019, 10, 11)), to: Some(day(2022, 10, 10)) };
    plan.rules.push(asked);
    reads(&plan, r"
G4 “学校规模”. Must be met.
  Asked: each school where type is primary_school or nine_year; other schools are outside this rule: counted, not listed.
  Required: pupils (rounded half up to 1 decimal) is at most the value for its type: nine_year 2500 pupils, any other 2000 pupils (the limit itself included).
  In force from 2019-10-11 to 2022-10-10, both days included.
  Not said, and so: a blank is unknown, never 0.
", r"
G4“学校规模”。必须达标。
  适用于：每所学校，限：学校类型为“小学”或“九年一贯制学校”。其余学校不在本项范围内，只计数，不列出。
  要求：学生数（四舍五入到 1 位小数）不超过该学校类型的取值：九年一贯制学校 2500 人，其余 2000 人（含本数）。
  施行时间：自2019年10月11日起至2022年10月10日止（含首尾两日）。
  未写明的，按以下口径：空白视为未知，不按 0 计。
");
}

#[test]
fn dates_ranges_and_what_is_known() {
    let mut plan = plan();
    let years = NodeKind::Whole { months: false, touched: false, from: cell(&plan, COUNTY, "since"), to: node(NodeKind::AsOf, Type::Date) };
    let long = compare(Compare::Ge, node(years, Type::Number(word("year"))), number("3", &word("year")));
    let ago = node(NodeKind::DateShift { months: -36, of: node(NodeKind::AsOf, Type::Date) }, Type::Date);
    let early = compare(Compare::Le, cell(&plan, COUNTY, "since"), ago);
    let teacher = word("teacher");
    let range = NodeKind::Between { of: cell(&plan, COUNTY, "rotated_teachers"), low: number("50", &teacher), high: number("99", &teacher) };
    let mut asked = rule("P1", "认定满三年", COUNTY, vec![long, early, node(range, Type::Truth)]);
    asked.when = Some(node(NodeKind::Known { of: cell(&plan, COUNTY, "since"), negated: false }, Type::Truth));
    asked.kind = crate::model::ast::RuleKind::Veto;
    plan.rules.push(asked);
    reads(&plan, r"
P1 “认定满三年”. Veto: if it is not met the whole fails, whatever else is met.
  Asked: each county.
  Only when: since is filled in; otherwise not applicable.
  Required, 1 of 3: the number of whole years from since to the as-of date is at least 3 years (3 itself included).
  Required, 2 of 3: since is on or before 3 years before the as-of date (that day included).
  Required, 3 of 3: rotated_teachers is between 50 teachers and 99 teachers (both included).
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
P1“认定满三年”。一票否决：不达标的，整体不达标。
  适用于：每个区县。
  适用条件：认定日期已填；不符合的，判为“不适用”。
  要求（共 3 项，须同时满足）之 1：认定日期至基准日的整年数不低于 3 年（含 3）。
  要求（共 3 项，须同时满足）之 2：认定日期不晚于基准日前 3 年（含当日）。
  要求（共 3 项，须同时满足）之 3：交流教师数介于 50 名与 99 名之间（含两端）。
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn a_room_for_every_twelve_classes_and_a_blank_that_means_0() {
    let mut plan = plan();
    let classes = count(&mut plan, CLASS, SCHOOL, None);
    let due = NodeKind::ForEvery { amount: n("1"), every: n("12"), of: classes, part_counted: true };
    let rooms = compare(Compare::Ge, cell(&plan, SCHOOL, "music_rooms"), node(due, Type::Number(word("room"))));
    let area = arith(Arith::Add, cell(&plan, SCHOOL, "area"), cell(&plan, SCHOOL, "leased"), word("m2"));
    let few = compare(Compare::Lt, cell(&plan, SCHOOL, "pupils"), number("100", &word("pupil")));
    let pupils = NodeKind::If { cond: few, then: number("100", &word("pupil")), otherwise: cell(&plan, SCHOOL, "pupils") };
    let share = arith(Arith::Div, area, node(pupils, Type::Number(word("pupil"))), word("m2").over(&word("pupil")));
    let space = compare(Compare::Gt, share, number("4", &word("m2").over(&word("pupil"))));
    plan.rules.push(rule("G3", "专用教室", SCHOOL, vec![and(vec![rooms, space])]));
    reads(&plan, r"
G3 “专用教室”. Must be met.
  Asked: each school.
  Required, 1 of 2: music_rooms is at least 1 room for every 12 classes, a remainder counted as a further 12 (the limit itself included).
    so 12 classes: 1 room; 13 classes: 2 rooms; 0: not applicable
  Required, 2 of 2: (area + leased) ÷ (if pupils is below 100 pupils (100 itself not included): 100 pupils; otherwise: pupils) is above 4 m2/pupil (4 itself not included).
  Not said, and so: a blank is unknown, never 0; but a blank is 0 in leased; a quotient by 0 exceeds every upper limit, and is otherwise undecided; nothing is rounded before it is compared; no dates, so always in force.
", r"
G3“专用教室”。必须达标。
  适用于：每所学校。
  要求（共 2 项，须同时满足）之 1：音乐教室间数不低于按每 12 个班 1 间（余数计，不足 12 的按 12 计）由班级数算得的数（含本数）。
    例如 12 个班应有 1 间，13 个班应有 2 间；为 0 的，判为“不适用”
  要求（共 2 项，须同时满足）之 2：（面积 + 租赁面积）÷（学生数低于 100 人（不含 100）时取 100 人，否则取学生数）超过 4 平方米/生（不含 4）。
  未写明的，按以下口径：空白视为未知，不按 0 计；但租赁面积空白计 0；除数为 0 的商，视为超过任何上限；其余情形判为“无法判定”；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}

#[test]
fn numbers_stand_in_the_unit_of_the_rule() {
    let plan = plan();
    let said = |text: &str, unit: &Unit| super::super::node(&plan, &number(text, unit));
    assert_eq!(said("4.2", &per_100()).en, "4.2 teachers per 100 pupils");
    assert_eq!(said("4.2", &per_100()).zh, "每 100 人 4.2 名");
    assert_eq!(said("1", &word("pupil")).en, "1 pupil");
    assert_eq!(said("12", &word("class")).zh, "12 个班");
    assert_eq!(said("10", &Unit::percent()).en, "10%");
    let books = Unit::plain().div(&word("pupil"));
    assert_eq!((said("5", &books).en, said("5", &books).zh), ("5 per pupil".to_string(), "每生 5".to_string()));
    assert_eq!(said("3", &word("万元")).zh, "3 万元");
}

/// Expressions said by themselves.
#[test]
fn phrases() {
    let mut plan = plan();
    let pupil = word("pupil");
    let pupils = || cell(&super::build::plan(), SCHOOL, "pupils");
    let truth = |kind: NodeKind| node(kind, Type::Truth);
    let small = compare(Compare::Lt, pupils(), number("50", &pupil));
    let point = compare(Compare::Eq, cell(&plan, SCHOOL, "type"), code(1, 1));
    let both = truth(NodeKind::And(vec![point.clone(), small.clone()]));
    let rank = node(NodeKind::Code(2), Type::Code(2));
    let level = node(NodeKind::Column(ColumnRef { table: SCHOOL, column: 1 }), Type::Code(2));
    let classes = |plan: &mut Plan, what, of: Option<Node>| collect(plan, Collect::Value(what), CLASS, SCHOOL, None, of, None);
    let size = cell(&plan, CLASS, "size");
    let largest = classes(&mut plan, Aggregate::Max, Some(size.clone()));
    let mean = classes(&mut plan, Aggregate::Mean, Some(size.clone()));
    let kinds = classes(&mut plan, Aggregate::CountDistinct, Some(cell(&super::build::plan(), CLASS, "stage")));
    let total = collect(&mut plan, Collect::Value(Aggregate::Sum), CLASS, SCHOOL, Some(compare(Compare::Gt, size.clone(), number("45", &pupil))), Some(size), None);
    let nodes = [
        truth(NodeKind::Not(both.clone())),
        truth(NodeKind::Or(vec![both, truth(NodeKind::Not(cell(&plan, SCHOOL, "boarding")))])),
        truth(NodeKind::OneOf { of: cell(&plan, SCHOOL, "type"), list: vec![code(1, 0), code(1, 1)], negated: true }),
        truth(NodeKind::Known { of: pupils(), negated: true }),
        compare(Compare::Ge, level, rank),
        compare(Compare::Gt, number("50", &pupil), pupils()),
        arith(Arith::Sub, pupils(), arith(Arith::Sub, pupils(), number("1", &pupil), pupil.clone()), pupil.clone()),
        arith(Arith::Div, aggregate(&plan, total), pupils(), Unit::plain()),
        aggregate(&plan, largest),
        aggregate(&plan, mean),
        aggregate(&plan, kinds),
        node(NodeKind::ForEvery { amount: n("2"), every: n("100"), of: pupils(), part_counted: false }, Type::Number(word("room"))),
        node(NodeKind::Round(Rounding::Up, arith(Arith::Div, pupils(), number("45", &Unit::plain()), pupil.clone())), Type::Number(pupil)),
    ];
    let said: Vec<_> = nodes.iter().map(|node| super::super::node(&plan, node)).collect();
    let lines = |lang| said.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join("\n");
    let (en, zh) = (lines(crate::base::Lang::En), lines(crate::base::Lang::Zh));
    super::same(&en, &zh, r"
not all at once (type is teaching_point and pupils is below 50 pupils)
(type is teaching_point and pupils is below 50 pupils) or boarding is no
type is neither primary_school nor teaching_point
pupils is not filled in
type is III or better
pupils is below 50 pupils
pupils − (pupils − 1 pupil)
(the sum of size over the classes where size is above 45 pupils) ÷ pupils
the largest size among the classes
the mean of size over the classes
the number of different values of stage among the classes
2 rooms for every 100 pupils of pupils, a remainder not counted
(pupils ÷ 45) (rounded up to a whole number)
", r"
不同时满足（学校类型为“教学点”，且学生数低于 50 人）
（学校类型为“教学点”，且学生数低于 50 人），或“是否寄宿制”为“否”
学校类型不为“小学”或“教学点”
学生数未填
学校类型不低于“Ⅲ”
学生数低于 50 人
学生数 −（学生数 − 1 人）
（学生数超过 45 人的班级的学生数合计）÷ 学生数
班级中学生数的最大值
班级的学生数平均值
班级中不同学段的个数
按每 100 人 2 间（余数不计）由学生数算得的数
（学生数 ÷ 45）（向上取整）
");
}

/// What is told of the row above, of the whole, of two keys and of text keys.
#[test]
fn a_parameter_by_type_and_text_from_the_row_above() {
    let mut plan = plan();
    let pupil = word("pupil");
    let value = |keys: Vec<Key>, text: &str| (keys, Constant::Number(n(text)));
    let first = DatedDef {
        period: Period { from: Some(day(2016, 1, 1)), to: Some(day(2022, 12, 31)) },
        values: vec![value(vec![Key::Code(0), Key::Text("城区".into())], "45")],
        otherwise: Some(Constant::Number(n("40"))),
        source: Some("旧文".into()),
        set: vec![], span: Span::default(),
    };
    let second = DatedDef { period: Period { from: Some(day(2023, 2, 1)), to: None }, values: vec![value(vec![Key::Code(0), Key::Text("城区".into())], "40")], otherwise: None, source: None, set: vec![], span: Span::default() };
    let by = vec![ParameterKey::Codes(1), ParameterKey::Text];
    let limit = parameter(&mut plan, titles("limit", "规模上限"), by, &pupil, vec![first, second]);
    let keys = vec![cell(&plan, SCHOOL, "type"), text("城区")];
    let mut asked = rule("N1", "规模", CLASS, vec![compare(Compare::Lt, cell(&plan, CLASS, "size"), value_of(&plan, limit, keys))]);
    asked.scope = Some(node(NodeKind::Or(vec![compare(Compare::Eq, cell(&plan, SCHOOL, "type"), code(1, 1)), cell(&plan, SCHOOL, "boarding")]), Type::Truth));
    asked.at.table = Some(CLASS);
    plan.rules.push(asked);
    reads(&plan, r"
N1 “规模”. Must be met.
  Asked: each class where its school's type is teaching_point or its school's boarding is yes; other classes are outside this rule: counted, not listed.
  Required: size is below limit for its school's type and “城区” (the limit itself not included).
  limit from 2016-01-01 to 2022-12-31: primary_school “城区” 45 pupils, any other 40 pupils; source: 旧文.
  limit from 2023-02-01: primary_school “城区” 40 pupils; no limit for any other.
  Not said, and so: a blank is unknown, never 0; nothing is rounded before it is compared; no dates, so always in force.
", r"
N1“规模”。必须达标。
  适用于：每个班级，限：所属学校的学校类型为“教学点”，或所属学校的“是否寄宿制”为“是”。其余班级不在本项范围内，只计数，不列出。
  要求：学生数低于所属学校的学校类型、“城区”的规模上限（不含本数）。
  规模上限（自2016年1月1日起至2022年12月31日止）：小学“城区” 45 人，其余 40 人；出处：旧文。
  规模上限（自2023年2月1日起）：小学“城区” 40 人；其余没有标准值。
  未写明的，按以下口径：空白视为未知，不按 0 计；比较前不作取舍（不四舍五入）；未写施行时间，一直有效。
");
}
