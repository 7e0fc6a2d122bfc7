use crate::base::{Date, Lang, Unit};
use crate::model::ast::RuleKind;
use crate::model::op::Compare;
use crate::model::value::{CauseCode, Place, Range};
use crate::model::verdict::{Asked, Figure, Finding, Form, Judged, Limit, Outcome, Part, Piece};
use crate::report::{self, Page};

use super::build::*;

#[test]
fn a_whole_report_in_english() {
    assert_eq!(report::text(&world().page(Lang::En)), r"Outcome: not met, as of 2026-09-01
7 findings: not met 4 · undecided 2 · not applicable 1
If every blank is worst: not met (not met 6 · not applicable 1)
If every blank is best: not met (met 2 · not met 4 · not applicable 1)

Counties
  210102 浑南区  not met

Not met (4)

WHOLE Schools
  require  at least 1 of AREA, SPREAD met, the rest at least 85% of standard
  2101-primary 浑河小学（小学部）
    met      0
    limit    ≥ 1, the rest at least 85% of standard, 1 short
    AREA Area per pupil: not met, (4246 − 200) ÷ 900 = 4.50 m2/pupil, limit ≥
      4.5 m2/pupil, 0.004 m2/pupil short, 99.90% of standard

AREA Area per pupil  [第六条（四）]
  require  (teaching_area - indoor_sports_area) / pupils
           >= 4.5 m2/pupil
  2101-primary 浑河小学（小学部）
    value    (4246 − 200) ÷ 900 = 4.50 m2/pupil
    limit    ≥ 4.5 m2/pupil, 0.004 m2/pupil short
    note     rounded to 2 decimals it would be met; what counts is the exact
             value, which is 4.49555555555…
    cells    school.csv row 2: 教学及辅助用房总面积 ４２４６, 室内体育用房面积
             200, 小学学生人数 900
    message  浑河小学（小学部） 面积不足

CLASSES Class size
  require  every class has size <= 45
  2101 浑河小学
    rows     1 of 2 not met
    C2: not met, 58 pupils, limit ≤ 45 pupils, 13 pupils over
      cells    class.csv row 3: 学生数 58

SPREAD Variation
  require  variation(area across section, weighted by pupils) <= 0.50
  210102-primary 210102 小学
    value    0.50
    limit    ≤ 0.5, 0.001 over
    note     rounded to 2 decimals it would be met; what counts is the exact
             value, which is 0.501
    of spread  value  weight  (values in m2/pupil)
       75.00%   9.00     900  2102-primary 沈河小学（小学部）
       25.00%   4.50     900  2101-primary 浑河小学（小学部）

Undecided (2)

AREA Area per pupil  [第六条（四）]
  require  (teaching_area - indoor_sports_area) / pupils
           >= 4.5 m2/pupil
  2102-primary 沈河小学（小学部）
    value    unknown
    limit    ≥ 4.5 m2/pupil
    reason   教学及辅助用房总面积 is blank (school.csv row 3)

CLASSES Class size
  require  every class has size <= 45
  2102 沈河小学
    reason   school 沈河小学 has not filed class

Cells to fill or correct (2)
  教学及辅助用房总面积 is blank (school.csv row 3)  · 1 finding
  school 沈河小学 has not filed class  · 1 finding

Advice, which never fails an audit (1)

PAY Pay  · advice
  require  pay >= 5000 yuan
  某VSRWCH6VHC5PPY04 某MYX4MF2DNBVH7ERR: not met
    value    某
    limit    ≥ 5000 yuan
    cells    teacher.csv row 2: 月工资 某

Not applicable or exempt (1)
  WHOLE not applicable 1: its condition does not hold

Summary
  rule     asked/of  met  not met  undecided  not applicable  title
  WHOLE         2/2    0        1          0               1  Schools
  AREA          2/2    0        1          1               0  Area per pupil
  CLASSES       2/3    0        1          1               0  Class size
  SPREAD        1/1    0        1          0               0  Variation
  PAY           1/1    0        1          0               0  Pay
");
}

#[test]
fn a_whole_report_in_chinese() {
    assert_eq!(report::text(&world().page(Lang::Zh)), r"结论：不达标（基准日 2026-09-01）
共 7 条结论：不达标 4 · 无法判定 2 · 不适用 1
空缺数据均取最不利时：不达标（不达标 6 · 不适用 1）
空缺数据均取最有利时：不达标（达标 2 · 不达标 4 · 不适用 1）

区县
  210102 浑南区  不达标

不达标（4）

WHOLE 学校达标
  要求   at least 1 of AREA, SPREAD met, the rest at least 85% of standard
  2101-primary 浑河小学（小学部）
    达标项 0
    标准   ≥ 1，余项不低于标准的 85%，差 1
    AREA 生均用房面积：不达标，(4246 − 200) ÷ 900 = 4.50 平方米/生，标准 ≥ 4.5
      平方米/生，差 0.004 平方米/生，为标准的 99.90%

AREA 生均用房面积  [第六条（四）]
  要求   (teaching_area - indoor_sports_area) / pupils
         >= 4.5 m2/pupil
  2101-primary 浑河小学（小学部）
    实际   (4246 − 200) ÷ 900 = 4.50 平方米/生
    标准   ≥ 4.5 平方米/生，差 0.004 平方米/生
    说明   四舍五入到 2 位小数则为达标，判定以精确值 4.49555555555… 为准
    数据   school.csv 第2行：教学及辅助用房总面积 ４２４６，室内体育用房面积
           200，小学学生人数 900
    问题   浑河小学（小学部） 面积不足

CLASSES 班额
  要求   every class has size <= 45
  2101 浑河小学
    逐条   共 2 条，不达标 1 条
    C2：不达标，58 人，标准 ≤ 45 人，超 13 人
      数据   class.csv 第3行：学生数 58

SPREAD 差异系数
  要求   variation(area across section, weighted by pupils) <= 0.50
  210102-primary 210102 小学
    实际   0.50
    标准   ≤ 0.5，超 0.001
    说明   四舍五入到 2 位小数则为达标，判定以精确值 0.501 为准
    占总离差  数值  权重  （数值单位：平方米/生）
      75.00%  9.00   900  2102-primary 沈河小学（小学部）
      25.00%  4.50   900  2101-primary 浑河小学（小学部）

无法判定（2）

AREA 生均用房面积  [第六条（四）]
  要求   (teaching_area - indoor_sports_area) / pupils
         >= 4.5 m2/pupil
  2102-primary 沈河小学（小学部）
    实际   未知
    标准   ≥ 4.5 平方米/生
    原因   教学及辅助用房总面积 未填（school.csv 第3行）

CLASSES 班额
  要求   every class has size <= 45
  2102 沈河小学
    原因   学校 沈河小学 未填报 班级

待补报、待核实的数据（2）
  教学及辅助用房总面积 未填（school.csv 第3行）  · 涉及 1 条结论
  学校 沈河小学 未填报 班级  · 涉及 1 条结论

鼓励性要求，不影响结论（1）

PAY 教师工资  · 鼓励性要求
  要求   pay >= 5000 yuan
  某VSRWCH6VHC5PPY04 某MYX4MF2DNBVH7ERR：不达标
    实际   某
    标准   ≥ 5000 元
    数据   teacher.csv 第2行：月工资 某

不适用与豁免（1）
  WHOLE 不适用 1：不符合适用条件

汇总
  指标     应判/总数  达标  不达标  无法判定  不适用  名称
  WHOLE          2/2     0       1         0       1  学校达标
  AREA           2/2     0       1         1       0  生均用房面积
  CLASSES        2/3     0       1         1       0  班额
  SPREAD         1/1     0       1         0       0  差异系数
  PAY            1/1     0       1         0       0  教师工资
");
}

/// One finding of the class rule, alone, without the lines of its rule.
fn alone(judged: Judged, lang: Lang) -> String {
    let world = world();
    let text = report::finding(&world.page(lang), &finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), judged));
    text.split_inclusive('\n').skip(2).collect()
}

#[test]
fn one_finding_alone_has_its_rule_and_its_outcome() {
    let world = world();
    assert_eq!(report::finding(&world.page(Lang::Zh), &world.verdict.findings[3]), r"AREA 生均用房面积  [第六条（四）]
  要求   (teaching_area - indoor_sports_area) / pupils
         >= 4.5 m2/pupil
  2102-primary 沈河小学（小学部）：无法判定
    实际   未知
    标准   ≥ 4.5 平方米/生
    原因   教学及辅助用房总面积 未填（school.csv 第3行）
");
}

fn share_judged() -> Judged {
    let share = |numerator: &str, denominator: &str, outside| Part::Share { numerator: Range::exactly(number(numerator)), denominator: Range::exactly(number(denominator)), outside };
    let step = |outcome, value: &str, wanted: &str, margin: &str, part| Judged {
        value: figure(value, Unit::percent()),
        limit: limit(Compare::Ge, wanted, Unit::percent()),
        margin: Some(number(margin)),
        parts: vec![part],
        ..judged(outcome, Form::Share)
    };
    let first = step(Outcome::Met, "20/200", "1/10", "0", share("20", "200", Some(4)));
    let second = step(Outcome::NotMet, "3/20", "1/5", "-1/20", share("3", "20", None));
    Judged { parts: vec![Part::Step(Box::new(first)), Part::Step(Box::new(second.clone()))], form: Form::OfWhom, ..second }
}

#[test]
fn shares_and_those_of_them() {
    let mut found = share_judged();
    found.parts.retain(|part| matches!(part, Part::Step(_)));
    assert_eq!(alone(found.clone(), Lang::En), r"  2101 浑河小学: not met
    step 1: met
      share    20 ÷ 200 = 10.00%; 4 of the numerator stand outside the
               denominator; without them 16 ÷ 200 = 8.00%
      limit    ≥ 10%
    step 2: not met
      share    3 ÷ 20 = 15.00%
      limit    ≥ 20%, 5.00 percentage points short
");
    assert_eq!(alone(found, Lang::Zh), r"  2101 浑河小学：不达标
    第 1 步：达标
      占比   20 ÷ 200 = 10.00%；分子中有 4 个不在分母之内，除去后为 16 ÷ 200 =
             8.00%
      标准   ≥ 10%
    第 2 步：不达标
      占比   3 ÷ 20 = 15.00%
      标准   ≥ 20%，差 5.00 个百分点
");
}

#[test]
fn a_range_between_a_list_and_a_date() {
    let between = Judged { value: figure("120", unit("pupil")), limit: Limit::Between { low: number("50"), high: number("99"), unit: unit("pupil") }, show: 0, ..judged(Outcome::NotMet, Form::Between) };
    let list = Judged { value: Figure::Text("中学".into()), limit: Limit::OneOf { list: vec!["小学".into(), "教学点".into()], negated: false }, ..judged(Outcome::NotMet, Form::Plain) };
    let date = Judged { value: Figure::Date("2026-09-02".into()), limit: Limit::Plain { op: Compare::Le, text: "2026-09-01".into() }, ..judged(Outcome::NotMet, Form::Plain) };
    let bounds = Judged { value: Figure::Bounds { range: Range::between(number("3"), number("5")), unit: per_pupil() }, limit: limit(Compare::Gt, "4", per_pupil()), ..judged(Outcome::Undecided, Form::Comparison) };
    let just = Judged { value: figure("4", per_pupil()), limit: limit(Compare::Gt, "4", per_pupil()), margin: Some(number("0")), ..judged(Outcome::NotMet, Form::Comparison) };
    let operands = [between, list, date, bounds, just].map(|part| Part::Operand(Box::new(part))).to_vec();
    let several = Judged { parts: operands, ..judged(Outcome::NotMet, Form::Several) };
    assert_eq!(alone(several.clone(), Lang::En), r"  2101 浑河小学: not met
    requirement 1: not met
      value    120 pupils
      limit    between 50 and 99 pupils
    requirement 2: not met
      value    中学
      limit    one of (小学, 教学点)
    requirement 3: not met
      value    2026-09-02
      limit    ≤ 2026-09-01
    requirement 4: undecided
      value    between 3.00 and 5.00 m2/pupil
      limit    > 4 m2/pupil
    requirement 5: not met
      value    4.00 m2/pupil
      limit    > 4 m2/pupil, just at the limit, which is not included
");
    assert_eq!(alone(several, Lang::Zh), r"  2101 浑河小学：不达标
    第 1 项要求：不达标
      实际   120 人
      标准   介于 50 与 99 人 之间
    第 2 项要求：不达标
      实际   中学
      标准   属于（小学、教学点）
    第 3 项要求：不达标
      实际   2026-09-02
      标准   ≤ 2026-09-01
    第 4 项要求：无法判定
      实际   介于 3.00 与 5.00 平方米/生 之间
      标准   > 4 平方米/生
    第 5 项要求：不达标
      实际   4.00 平方米/生
      标准   > 4 平方米/生，恰为限值，而限值本身不在内
");
}

#[test]
fn every_reason_in_words() {
    let mut world = world();
    world.tables.tables[SCHOOL].columns[5][0].value = crate::model::table::CellValue::Unknown(crate::model::table::Why::NotWhole);
    world.tables.tables[SCHOOL].columns[4][0].value = crate::model::table::CellValue::Unknown(crate::model::table::Why::NoColumn);
    let cell = |column| Place::Cell(at(SCHOOL, column, 0));
    let row = Place::Row { of: SCHOOL, row: 0, table: CLASS };
    let causes = [
        (CauseCode::Unreadable, cell(5)),
        (CauseCode::Missing, cell(4)),
        (CauseCode::Missing, Place::Cell(at(COUNTY, 0, 0))),
        (CauseCode::NotHandedIn, row),
        (CauseCode::NotHandedIn, Place::Table(CLASS)),
        (CauseCode::Zero, cell(3)),
        (CauseCode::Exceeds, cell(3)),
    ];
    let further = [(CauseCode::Empty, Place::Table(CLASS)), (CauseCode::OneMember, Place::Nowhere), (CauseCode::NotInForce, Place::Rule(2)), (CauseCode::NoLimit, Place::Parameter(9)), (CauseCode::Negative, Place::Nowhere)];
    let say = |list: &[(CauseCode, Place)], lang| {
        let reason = list.iter().map(|(code, at)| cause(*code, *at)).collect();
        let found = finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), Judged { reason, ..judged(Outcome::Undecided, Form::Plain) });
        report::finding(&world.page(lang), &found).split_inclusive('\n').skip(3).collect::<String>()
    };
    assert_eq!(say(&causes, Lang::En) + &say(&further, Lang::En), r"    reason   小学学生人数 is not a whole number: `900` (school.csv row 2)
             室内体育用房面积: the file has no such column (school.csv)
             区县代码: its table was not handed in (county 210102)
             class was not handed in, so nothing is known of school 浑河小学
             class was not handed in
             教学及辅助用房总面积 is 0 and cannot divide (school.csv row 2)
             教学及辅助用房总面积 (４２４６) does not fit the total that it
             belongs to: one of the two is wrong (school.csv row 2)
    reason   no rows of class to judge
             with one member there is no variation
             not in force on the as-of date (CLASSES)
             the standard has no limit for it
             a value or a weight is negative, and this index has no meaning then
");
    assert_eq!(say(&causes, Lang::Zh) + &say(&further, Lang::Zh), r"    原因   小学学生人数 不是整数：“900”（school.csv 第2行）
           室内体育用房面积 文件中没有这一列（school.csv）
           区县代码 所在数据表未提交（区县 210102）
           班级 未提交，学校 浑河小学 情况不明
           班级 未提交
           教学及辅助用房总面积 为 0，不能作分母（school.csv 第2行）
           教学及辅助用房总面积（４２４６）与所属总数矛盾，二者必有一误
           （school.csv 第2行）
    原因   没有可供判定的 班级
           仅一个单位，不存在差异
           基准日不在施行期内（CLASSES）
           标准未规定限值
           数值或权重为负，该指数没有意义
");
}

#[test]
fn data_cannot_move_the_cursor_or_turn_the_line() {
    let mut world = world();
    let hostile = "\u{1b}[2J红\u{202e}字\n,\"=1+1\"\t\u{0}";
    world.tables.tables[SCHOOL].columns[3][0] = cell(hostile);
    world.tables.tables[SCHOOL].headers[3] = hostile.into();
    for finding in &mut world.verdict.findings {
        finding.unit.name = hostile.into();
        finding.unit.key = hostile.into();
        finding.message = Some(hostile.into());
    }
    world.verdict.counties[0].name = hostile.into();
    let text = report::text(&world.page(Lang::Zh));
    assert!(text.contains(r#"\u{1b}[2J红\u{202e}字\n,"=1+1"\t\u{0}"#));
    assert!(text.chars().all(|sign| sign == '\n' || !(sign.is_control() || sign == '\u{202e}')), "{text}");
}

#[test]
fn long_lists_are_cut_and_say_how_to_see_the_rest() {
    let mut world = world();
    let one = world.verdict.findings.remove(4);
    world.verdict.findings = vec![one; 32];
    let text = report::text(&world.page(Lang::En));
    assert_eq!(text.matches("  2101 浑河小学\n").count(), 20);
    assert!(text.contains("and 12 more (--rule CLASSES, --format json)"));
}

#[test]
fn what_another_rule_counts_is_told_by_its_number() {
    let mut world = world();
    let part = world.verdict.findings[2].clone();
    world.verdict.findings.truncate(1);
    world.verdict.findings.extend(vec![part; 6]);
    let text = report::text(&world.page(Lang::En));
    assert!(text.contains("  6 of 2 not met, counted in WHOLE; each in full with --rule AREA\n"), "{text}");
    world.verdict.findings.remove(0);
    assert!(!report::text(&world.page(Lang::En)).contains("counted in"));
}

#[test]
fn vetoes_come_first_and_advance_warnings_apart() {
    let mut world = world();
    let early = Date::new(2027, 1, 1);
    world.verdict.findings[2].advance = early;
    world.verdict.findings[4].kind = RuleKind::Veto;
    world.plan.rules[2].kind = RuleKind::Veto;
    world.verdict.counties[0].vetoes = vec![2];
    world.verdict.asked[3] = Asked { rule: 3, asked: 0, of: 1, reason: vec![cause(CauseCode::NotInForce, Place::Rule(3))] };
    world.plan.rules[3].in_force.to = Date::new(2025, 12, 31);
    let text = report::text(&world.page(Lang::En));
    assert!(text.contains("210102 浑南区  not met  veto not met: CLASSES\n"));
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(place("CLASSES Class size  · veto") < place("WHOLE Schools"));
    assert!(place("Advance warnings, not yet in force (1)") < place("not met  · in force from 2027-01-01"));
    assert!(text.contains("  SPREAD: SPREAD was in force only to 2025-12-31\n"));
}

#[test]
fn colour_only_where_it_is_wanted_and_lines_within_the_width() {
    let world = world();
    let colored = report::text(&Page { color: true, ..world.page(Lang::Zh) });
    assert!(colored.contains("\u{1b}[31m结论：不达标"));
    assert!(!report::text(&world.page(Lang::Zh)).contains('\u{1b}'));
    for lang in [Lang::En, Lang::Zh] {
        let narrow = report::text(&Page { width: 50, ..world.page(lang) });
        for line in narrow.lines().take_while(|line| !line.starts_with("Summary") && !line.starts_with("汇总")) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 50, "{line}");
        }
    }
}

#[test]
fn a_value_above_its_limit_says_what_it_has_to_spare() {
    let pieces = vec![Piece::Sign("−"), Piece::Number { number: number("2"), unit: Unit::plain() }, Piece::Sign("+"), Piece::Unknown("面积".into()), Piece::Sign("×"), Piece::Word("min".into()), Piece::Open, Piece::Number { number: number("1/10"), unit: Unit::percent() }, Piece::Close];
    let met = Judged { value: figure("5", per_pupil()), limit: limit(Compare::Ge, "4.5", per_pupil()), margin: Some(number("1/2")), working: pieces, unchecked: true, source: Some("第六条".into()), ..judged(Outcome::Met, Form::Comparison) };
    assert_eq!(alone(met, Lang::En), r"  2101 浑河小学: met
    value    −2 + 面积? × min(10%) = 5.00 m2/pupil
    limit    ≥ 4.5 m2/pupil, 0.50 m2/pupil to spare, source: 第六条
    note     the standard has not been checked up to the as-of date
");
}

#[test]
fn a_plan_without_sources_still_reports() {
    let mut world = world();
    world.sources = crate::base::Sources::default();
    world.verdict.findings.push(Finding { rule: 99, ..world.verdict.findings[0].clone() });
    world.verdict.findings[0].judged.cells = vec![at(77, 0, 0), at(SECTION, 99, 0), at(SCHOOL, 3, 999)];
    let page = world.page(Lang::Zh);
    assert!(!report::text(&page).is_empty() && !report::json(&page).is_empty() && !report::csv(&page).is_empty());
}
