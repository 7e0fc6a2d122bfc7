//! What is read, and how it reads: both languages make one tree, a broken part hides nothing, nothing panics.

use std::fmt::Debug;

use super::parse;
use crate::base::SourceId;
use crate::diag::Diagnostic;
use crate::model::ast::{Expr, File, ItemKind};

const ENGLISH: &str = r#"pack class-and-rotation 1.0 "班额与交流轮岗" / "Class size and rotation"
  authority  "教育部"
  document   "教督〔2017〕6号"
  in force   from 2017-04-19

codes stage "学段"
  primary  "小学"
  junior   "初中"

table county "区县"
  key     code "区县代码"           text

table school "学校"
  key     code "学校代码"           text
  in      county by county_code "区县代码"
  column  private "是否民办"        yes/no

table class "班级" / "classes"
  key     code "班级代码"           text
  in      school by school_code "学校代码"
  column  stage "学段"              one of stage
  column  size "学生数"             whole number in pupil

table teacher "教师" / "teachers"
  key     id "教师编号"             text, personal
  in      school by school_code "学校代码"
  column  eligible "符合交流条件"    yes/no
  column  rotated "本学年交流轮岗"   yes/no
  column  backbone "县级骨干"        yes/no

parameter largest_class "班额上限" by stage in pupil
  from 2017-04-19  primary 45, junior 50  source "教督〔2017〕6号 第七条（五）"
  checked up to 2026-12-31

rule G5 "班额" / "Class size"
  cites    "第七条（五）"
  for      each school
  require  every class has size <= largest_class[stage]

rule G11 "交流轮岗" / "Rotation"
  cites    "第七条（十一）"
  for      each county
  require  at least 10% of teachers where eligible are rotated, of whom at least 20% are backbone
"#;

const CHINESE: &str = r"标准 class-and-rotation 1.0 “班额与交流轮岗”
  发布：“教育部”
  文号：“教督〔2017〕6号”
  施行：自 2017年4月19日

代码表 stage “学段”
  primary “小学”
  junior “初中”

数据表 county “区县”
  主键 code “区县代码” 文本

数据表 school “学校”
  主键 code “学校代码” 文本
  属于 区县，按 county_code “区县代码”
  列 private “是否民办” 是否

数据表 class “班级”
  主键 code “班级代码” 文本
  属于 学校，按 school_code “学校代码”
  列 stage “学段” 取自 学段
  列 size “学生数” 整数，单位 人

数据表 teacher “教师”
  主键 id “教师编号” 文本，个人信息
  属于 学校，按 school_code “学校代码”
  列 eligible “符合交流条件” 是否
  列 rotated “本学年交流轮岗” 是否
  列 backbone “县级骨干” 是否

标准值 largest_class “班额上限”  按 学段，单位 人
  自 2017年4月19日  小学 45，初中 50  出处 “教督〔2017〕6号 第七条（五）”
  已核对至 2026年12月31日

指标 G5 “班额”
  依据：“第七条（五）”
  适用于：每所 学校
  要求：每个 班级 的 学生数 均 不超过 班额上限[学段]

指标 G11 “交流轮岗”
  依据：“第七条（十一）”
  适用于：每个 区县
  要求：符合交流条件 的 教师 中 至少 10% 为 本学年交流轮岗，其中 至少 20% 为 县级骨干
";

fn read(text: &str) -> (File, Vec<Diagnostic>) {
    parse(SourceId(0), text)
}

/// A file without any fault.
fn sound(text: &str) -> File {
    let (file, said) = read(text);
    assert!(said.is_empty(), "{text}\n{said:#?}");
    assert_eq!(file.items.len(), file.begun, "{text}");
    file
}

/// The tree without places, names, texts and titles.
fn shape(thing: &impl Debug) -> String {
    let debug = format!("{thing:?}");
    let mut rest = debug.as_str();
    let mut made = String::new();
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            '0' if rest.starts_with("0:") => rest.find([',', ' ', ')']).map(|end| end - 1),
            't' if rest.starts_with("titles: [") => rest.find(']'),
            '"' => rest[1..].find('"').map(|end| end + 1),
            _ => None,
        };
        if skip.is_none() {
            made.push(c);
        }
        rest = &rest[skip.map_or(c.len_utf8(), |end| end + 1)..];
    }
    made
}

#[test]
fn the_first_page_makes_one_tree_in_both_languages() {
    let (english, chinese) = (sound(ENGLISH), sound(CHINESE));
    assert_eq!(english.items.len(), 9);
    for (left, right) in english.items.iter().zip(&chinese.items) {
        assert_eq!(shape(left), shape(right));
    }
}

/// One rule that requires this.
fn required(text: &str) -> Expr {
    let chinese = text.contains(|c| matches!(c, '一'..='鿿'));
    let file = sound(&if chinese { format!("指标 R\n  要求：{text}\n") } else { format!("rule R\n  require {text}\n") });
    match file.items.into_iter().next().map(|item| item.kind) {
        Some(ItemKind::Rule(rule)) => rule.require.into_iter().next().expect("one requirement"),
        other => panic!("{text}: {other:?}"),
    }
}

/// Both languages make this tree; the tree's first words are given to see what it is.
#[track_caller]
fn same(begins: &str, english: &str, chinese: &str) {
    let tree = shape(&required(english));
    assert_eq!(tree, shape(&required(chinese)), "\n{english}\n{chinese}");
    let whole = format!("Expr {{ kind: {begins}");
    assert!(tree.starts_with(&whole), "{english}\n{tree}");
}

#[test]
fn comparisons() {
    same("Compare(Le", "pupils <= school_limit[type]", "学生数 不超过 规模上限[学校类型]");
    same("Compare(Ge", "area >= 4.5 m2 per pupil", "面积 不少于 4.5 平方米 每 生");
    same("Compare(Ge", "area >= 7.5m2/pupil", "面积 达到 7.5平方米/生");
    same("Compare(Ge", "degree >= 4.2 teacher per 100 pupil", "高于规定学历 不低于 4.2 名 每 100 人");
    same("Compare(Gt", "size > 55", "学生数 多于 55");
    same("Compare(Lt", "size < 55", "学生数 不足 55");
    same("Compare(Eq", "stage = primary", "学段 为 小学");
    same("Compare(Ne", "stage != primary", "学段 不为 小学");
    same("Compare(Eq", "boarding = yes", "是否寄宿制 为 是");
    same("Compare(Ge", "since >= 2017-04-19", "任职日期 不早于 2017年4月19日");
    same("Compare(Le", "since <= 2017-04", "任职日期 不晚于 2017年4月");
    same("Between(", "pupils between 50 and 99", "学生数 介于 50 与 99 之间");
    same("Between(", "50 <= pupils <= 99", "50 ≤ 学生数 ≤ 99");
    same("OneOf {", "type is one of (primary, junior)", "学校类型 属于（小学、初中）");
    same("OneOf {", "type is not one of (primary, junior)", "学校类型 不属于（小学、初中）");
    same("Known { of: Expr { kind: Name(), span:  }, negated: false", "type is known", "学校类型 已填");
    same("Known { of: Expr { kind: Name(), span:  }, negated: true", "type is missing", "学校类型 未填");
    same("And([", "a > 1 and not b and (c or d)", "甲 超过 1 且 不 乙 且 （丙 或 丁）");
    same("Compare(Ge", "school.area >= 3", "学校.面积 不低于 3");
    same("Compare(Ge", "training >= 5% of funds", "培训费 不低于 公用经费 的 5%");
    same("Compare(Ge", "count(teachers where rotated) >= 10% of count(teachers where eligible)", "计数（交流 的 教师） 不低于 计数（符合条件 的 教师） 的 10%");
    same("Compare(Ge", "rate >= 95%", "巩固率 95% 以上");
    same("Compare(Ge", "rate >= 95%", "巩固率 达到 95%以上");
    same("Compare(Le", "size <= 45 pupil", "班额 在 45人以内");
    same("Status {", "L1 met", "L1 达标");
    same("And([", "L1 met and L2 not met", "L1 达标 且 L2 不达标");
}

#[test]
fn sentences_about_rows() {
    same("Sentence(Sentence { quantity: Every", "every class has size <= 45", "每个 班级 的 学生数 均 不超过 45");
    same("Sentence(Sentence { quantity: Every", "every class where counted has size <= 45", "每个 计入 的 班级 的 学生数 均 不超过 45");
    same("Sentence(Sentence { quantity: Every", "every teacher is certified", "每名 教师 均 持证");
    same("Sentence(Sentence { quantity: Every", "every teacher is certified", "每名 教师 均 为 持证");
    same("Sentence(Sentence { quantity: No", "no class has size > 55", "没有 学生数 超过 55 的 班级");
    same("Sentence(Sentence { quantity: No", "no incident where kind = one is confirmed", "事项编号 为 一 的 否决事项 没有 是否查实");
    same("Sentence(Sentence { quantity: All", "all of teachers where full_time are certified", "专任 的 教师 全部 为 持证");
    same("Sentence(Sentence { quantity: Bound(AtMost", "at most 2 of projects are overdue", "项目 中 至多 2 个 为 逾期");
    same("Sentence(Sentence { quantity: Bound(Exactly", "exactly 2 of projects are overdue", "项目 中 恰好 2 个 为 逾期");
    same("Sentence(Sentence { quantity: Bound(AtLeast", "at least 85% of classes have size <= 45", "班级 中 至少 85% 的 学生数 不超过 45");
    same(
        "Sentence(Sentence { quantity: Bound(AtLeast",
        "at least 10% of teachers where eligible are rotated, of whom at least 20% are backbone, of whom at least 1 are senior",
        "符合交流条件 的 教师 中 至少 10% 为 交流，其中 至少 20% 为 骨干，其中 至少 1 名 为 高级",
    );
    same("And([", "a > 1 and (no incident is confirmed)", "甲 大于 1 且 （没有 查实 的 事项）");
}

#[test]
fn how_many_rules_are_met() {
    same(
        "Rules(RulesSentence { bound: Some((AtLeast",
        "at least 6 of L1 to L7 met, the rest at least 85% of standard",
        "L1 至 L7 中 至少 6 项 达标，余项 不低于 标准 的 85%",
    );
    same("Rules(RulesSentence { bound: None", "all of SCHOOL, CV1 to CV7, S1 met", "SCHOOL、CV1 至 CV7、S1 全部 达标");
    same("Rules(RulesSentence { bound: Some((AtMost", "at most 2 of L1 to L7 not met", "L1 至 L7 中 至多 2 项 不达标");
}

#[test]
fn aggregates() {
    same("Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: Count,", "count(class) >= 1", "计数（班级） 不少于 1");
    same("Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: CountDistinct", "count distinct(code across member) >= 1", "计数不同（代码 跨 成员） 不少于 1");
    same("Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: Sum", "sum(pupils across section) >= 1", "求和（学生数 跨 学段部） 不少于 1");
    same("Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: Mean", "mean(pupils across section) >= 1", "平均（学生数 跨 学段部） 不少于 1");
    same("Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: Min", "min(pupils across section) >= 1", "最小（学生数 跨 学段部） 不少于 1");
    same("Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: Max", "max(pupils across section) >= 1", "最大（学生数 跨 学段部） 不少于 1");
    same("Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: Median", "median(pupils across section) >= 1", "中位数（学生数 跨 学段部） 不少于 1");
    same(
        "Compare(Ge, Expr { kind: Aggregate(AggregateCall { what: Share",
        "share(kind = public across nursery where counted) >= 50%",
        "占比（性质 = 公办 跨 计入 的 幼儿园） 不低于 50%",
    );
    let statistic = |what: &str| format!("Compare(Ge, Expr {{ kind: Aggregate(AggregateCall {{ what: Statistic({what}");
    let degree = |what: &str, number: &str| format!("{}), degree: Some(Quantity {{ number: {number},", statistic(what));
    same(&degree("Percentile(Rank(0))", "90"), "percentile(90%, pupils across section) >= 1", "百分位数（90%，学生数 跨 学段部） 不少于 1");
    same(&degree("Percentile(Rank(0))", "25/2"), "percentile(12.5%, pupils across section, weighted by area) >= 1", "百分位数（12.5%，学生数 跨 学段部，按 面积 加权） 不少于 1");
    same(&degree("Atkinson(Half)", "1/2"), "atkinson(0.5, pupils across section) >= 1", "阿特金森指数（0.5，学生数 跨 学段部） 不少于 1");
    same(&degree("Atkinson(Half)", "1/2"), "atkinson(1/2, pupils across section) >= 1", "阿特金森指数（1/2，学生数 跨 学段部） 不少于 1");
    same(&degree("Atkinson(Half)", "2"), "atkinson(2, pupils across section) >= 1", "阿特金森指数（2，学生数 跨 学段部） 不少于 1");
    same(&statistic("Percentile(Rank(0))), degree: None"), "percentile(90% of pupils across section) >= 1", "百分位数（学生数 的 90% 跨 学段部） 不少于 1");
    for (what, english, chinese) in [
        ("Range)", "range", "极差"),
        ("RangeRatio)", "range ratio", "极值比"),
        ("InterquartileRatio)", "interquartile ratio", "四分位比"),
        ("Gini)", "gini", "基尼系数"),
        ("McLoone)", "mcloone", "麦克伦指数"),
        ("Theil)", "theil", "泰尔指数"),
    ] {
        same(&statistic(what), &format!("{english}(pupils across section where counted) >= 1"), &format!("{chinese}（学生数 跨 参评 的 学段部） 不少于 1"));
        same(&statistic(what), &format!("{english}(pupils across section, equal weights) >= 1"), &format!("{chinese}（学生数 跨 学段部，等权） 不少于 1"));
    }
    // Before no bracket they are names like others.
    same("Compare(Ge, Expr { kind: Name(", "range >= ratio", "极差 不少于 极值比");
    let spread = |formula: &str| format!("Compare(Le, Expr {{ kind: Aggregate(AggregateCall {{ what: Variation({formula})");
    for (formula, english, chinese) in [
        ("Weighted", ", weighted by pupils", "，按 学生数 加权"),
        ("Equal", ", pooled by pupils", "，按 学生数 合并"),
        ("Sample", ", sampled by pupils", "，按 学生数 抽样"),
        ("Equal", ", equal weights", "，等权"),
        ("Sample", ", sample weights", "，样本"),
        ("Weighted", "", ""),
    ] {
        same(
            &spread(formula),
            &format!("variation(area across section where counted{english}) <= 0.50"),
            &format!("差异系数（面积 跨 参评 的 学段部{chinese}） 不超过 0.50"),
        );
    }
}

#[test]
fn arithmetic_and_choices() {
    same("Compare(Ge, Expr { kind: Arith(Sub, Expr { kind: Arith(Add", "a + b * 2 - c / d >= 1", "甲 ＋ 乙 × 2 － 丙 ÷ 丁 不低于 1");
    same("Compare(Ge, Expr { kind: Arith(Div, Expr { kind: Neg", "-a / b >= 1", "－甲 / 乙 不低于 1");
    same("Compare(Ge, Expr { kind: Per(", "teachers per 100 pupils >= 4", "教师数 每 100 学生数 不低于 4");
    same("Compare(Ge, Expr { kind: Per(", "(a + b) per 100 pupils >= 4", "（甲 + 乙） 每 100 学生数 不低于 4");
    same("Compare(Ge, Expr { kind: Arith(Div", "12 m2 / pupils >= 4", "12 平方米 / 学生数 不低于 4");
    same("Compare(Ge, Expr { kind: Rounded(", "(a / b) rounded to 2 decimals half up >= 4", "（甲 / 乙） 四舍五入 到 2 位小数 不低于 4");
    same("Compare(Ge, Expr { kind: Rounded(", "(a / b) rounded up >= 4", "（甲 / 乙） 向上取整 不低于 4");
    same("Compare(Ge, Expr { kind: Rounded(", "(a / b) rounded down >= 4", "（甲 / 乙） 向下取整 不低于 4");
    same("Compare(Ge, Expr { kind: Rounded(", "(a / b) rounded up >= 4", "向上取整（甲 / 乙） 不低于 4");
    same("If {", "if pupils < 100 then 100 else pupils", "如果 学生数 不足 100，则 100，否则 学生数");
    same("If {", "if a then 1 else if b then 2 else 3", "如果 甲，则 1，否则 如果 乙，则 2，否则 3");
    same(
        "Compare(Le, Expr { kind: Name(), span:  }, Expr { kind: ByCase",
        "pupils <= by case type (nine_year 2500, otherwise 2000)",
        "学生数 不超过 按 学校类型 取（九年一贯制学校 2500，其余 2000）",
    );
    same("Compare(Ge, Expr { kind: Whole { months: false", "whole_years(since to as_of) >= 3", "整年数（认定日期 至 基准日） 不少于 3");
    same("Compare(Ge, Expr { kind: Whole { months: true", "whole_months(since to as_of) >= 3", "整月数（认定日期 至 基准日） 不少于 3");
    same("Compare(Ge, Expr { kind: Name(), span:  }, Expr { kind: DateShift", "day >= 2 years before as_of", "日期 不早于 基准日 前 2 年");
    same("Compare(Ge, Expr { kind: Name(), span:  }, Expr { kind: DateShift", "day >= 3 months before as_of", "日期 不早于 基准日 前 3 个月");
    same(
        "Compare(Ge, Expr { kind: Name(), span:  }, Expr { kind: ForEvery",
        "music_rooms >= 1 room for every 12 of count(class), part counted",
        "音乐教室间数 不少于 每 12 个 计数（班级） 1 间，余数 计",
    );
    same(
        "Compare(Ge, Expr { kind: Name(), span:  }, Expr { kind: ForEvery",
        "music_rooms >= 1 room for every 12 of classes, whole only",
        "音乐教室间数 不少于 每 12 个 班级数 1 间，余数不计",
    );
}

const EVERY_CLAUSE: &str = r#"
codes level "监测等级" best first
  I "Ⅰ" 1
  II "Ⅱ" 2

table pair "结对" / "Pairs"
  key     code "序号" text
  key     year "年份" whole number in year
  in      school by urban_code "城镇学校代码" as urban
  in      school by rural_code "乡村学校代码" as rural
  column  area "面积" number in m2, blank means 0, between 0 and 900000
  column  legal "法定代表人" text, personal
  column  since "起始年月" year-month
  column  day "日期" date
  column  level "等级" one of level
  name    legal
  counted in class
  filed by school

split school into section by stage "学段部"
  part primary "小学部" pupils primary_pupils share 1
  part junior "初中部" pupils junior_pupils share 1.1
  shared teaching_area, equipment
  own backbone "骨干教师数" primary primary_backbone, junior junior_backbone

parameter limit "上限" by type, stage in pupil
  from 2017-04-19 to 2026-12-31  nine_year primary 2500, otherwise 2000  source "第五条"
  from 2027-01-01  otherwise 2100
  checked up to 2026-12-31

parameter floor "标准"
  from 2017-04-19  85%

measure area_per_pupil "生均面积" of section in m2/pupil
  = (teaching_area - sports_area) / pupils
  show 2 decimals

measure ratio "比" of section = a / b

veto V1 "考试招生"
  for each county
  require no incident is confirmed

advice A1 "鼓励"
  require a > 1

rule G13 "就近入学"
  cites    "第五条", "附件"
  for      each county where counted, each stage in (primary, junior)
  when     pupils >= 5
  require  a > 1
  require  b > 1
  message  "{name} 未达标"
  remedy   "整改"
  show     1 decimal
  in force from 2017-04-19 to 2027-12-31
"#;

const EVERY_CLAUSE_ZH: &str = r"
代码表 level “监测等级” 由优到劣
  I “Ⅰ” 1
  II “Ⅱ” ２

数据表 pair “结对”
  主键 code “序号” 文本
  主键：year “年份” 整数，单位 年
  属于 学校，按 urban_code “城镇学校代码” 作为 城镇
  属于 学校 按 rural_code “乡村学校代码” 作为 乡村
  列 area “面积” 数值，单位 平方米，空白 计 0，介于 0 与 900000 之间
  列 legal “法定代表人” 文本，个人信息
  列 since “起始年月” 年月
  列 day “日期” 日期
  列 level “等级” 取自 监测等级
  名称 legal
  单位 班
  每所 学校 必报

折算 school 为 section 按 stage “学段部”
  部分 primary “小学部” 学生 小学学生人数 折 1
  部分 junior “初中部” 学生 初中学生人数 折 1.1
  共用 teaching_area、equipment
  分列 backbone “骨干教师数” 小学 小学骨干，初中 初中骨干

标准值 limit “上限” 按 学校类型、学段，单位 人
  自 2017年4月19日 起 至 2026年12月31日  九年一贯制 小学 2500，其余 2000  出处 “第五条”
  自 2027年1月1日 起 其余 2100
  已核对至 2026年12月31日

标准值 floor “标准”
  自 2017年4月19日  ８５％

计算项 area_per_pupil “生均面积” 属于 学段部，单位 平方米/生
  ＝ （teaching_area － sports_area） ／ 学生数
  显示：2 位小数

计算项 ratio “比” 属于 学段部 = 甲 / 乙

一票否决 V1 “考试招生”
  适用于：每个 区县
  要求：没有 查实 的 事项

鼓励性要求 A1 “鼓励”
  要求：甲 大于 1

指标 G13 “就近入学”
  依据：“第五条”、“附件”
  适用于：每个 参评 的 区县，每个 学段 限（小学、初中）
  当 学生数 不少于 5 时
  要求：甲 大于 1
  要求：乙 大于 1
  问题描述：“{name} 未达标”
  整改建议：“整改”
  显示：1 位小数
  施行：自 2017年4月19日 起 至 2027年12月31日
";

#[test]
fn items_and_their_clauses() {
    let (english, chinese) = (sound(EVERY_CLAUSE), sound(EVERY_CLAUSE_ZH));
    assert_eq!(english.items.len(), 10);
    for (left, right) in english.items.iter().zip(&chinese.items) {
        assert_eq!(shape(left), shape(right));
    }
    let ItemKind::Parameter(limit) = &english.items[3].kind else { panic!("{english:?}") };
    assert_eq!(limit.dated[0].values[0].keys.len(), 2);
    let by_report = sound("数据表 a\n  由 学校 填报\n");
    assert!(matches!(&by_report.items[0].kind, ItemKind::Table(table) if table.filed_by.is_some()));
}

#[test]
fn what_a_chinese_keyboard_gives() {
    let plain = shape(&required("a >= 45 and b <= 2017-04-19"));
    for typed in [
        "a ＞= ４５ 且 b ≤ 2017.4.19",
        "a 》= 45，且 b 《= 2017/4/19。",
        "a≥45 且 b≤2017年4月19日；",
        "a ≥ 45 # 注\n 且 b ＜＝ ２０１７年４月１９日",
        "「a」>=45 并且 `b` 不晚于2017-4-19",
    ] {
        assert_eq!(shape(&required(typed)), plain, "{typed}");
    }
    same("Compare(Le", "pupils <= 2000", "小学学生人数不超过2000");
    same("Compare(Ge", "rate >= 95%", "巩固率 达到95％");
    same("Compare(Le", "size <= largest_class[stage]", "学生数 不超过 班额上限【学段】");
    same("Compare(Ge", "(`73㎡≤area` + b) >= 3", "（「73㎡≤单间面积＜96㎡」 ＋ 乙） ≥ 3");
    assert_eq!(sound("\u{FEFF}指标 R “甲”\r\n　　要求：a > 1\r\n").items.len(), 1);
    assert_eq!(sound("指标L4\n要求：a > 1\n").items.len(), 1);
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).1.iter().map(|said| said.code).collect()
}

#[test]
fn a_broken_item_hides_no_neighbour() {
    let file = |middle: &str| format!("rule A\n  require a > 1\n\n{middle}\n\nrule C\n  require c > 1\n");
    for (middle, code) in [
        ("rul B \"乙\"\n  require b > 1", "E0101"),
        ("rule B \"乙\n  require b > 1", "E0105"),
        ("rule B ]\n  require b > 1", "E0107"),
        ("rule \"乙\"\n  require b > 1", "E0103"),
        ("指标标 B “乙”\n  要求 b > 1", "E0101"),
    ] {
        let (tree, said) = read(&file(middle));
        assert_eq!(said.iter().map(|said| said.code).collect::<Vec<_>>(), [code], "{middle}\n{said:#?}");
        assert_eq!((tree.items.len(), tree.begun, tree.broken.len()), (2, 3, 1), "{middle}");
    }
}

#[test]
fn a_broken_clause_hides_no_neighbour() {
    let file = |clause: &str| format!("rule A\n  cites \"x\"\n  {clause}\n  require a > 1\n");
    for (clause, code) in [
        ("when (a", "E0106"),
        ("when a >=", "E0104"),
        ("whn a > 1", "E0102"),
        ("requires a > 1", "E0102"),
        ("when a > 1:15", "E0117"),
        ("when a > 1,155", "E0118"),
        ("when a > 2026-02-30", "E0119"),
        ("in force from 2026-02-01 to 2025-01-01", "E0120"),
        ("column a text", "E0122"),
        ("when a and b or c", "E0111"),
        ("when a + b per 100 c > 1", "E0112"),
        ("when a / b rounded up > 1", "E0112"),
        ("when 5% of a + b > 1", "E0112"),
        ("when 1 < a > 3", "E0113"),
        ("when if a then 1 else 2 > 1", "E0114"),
        ("when a > if b then 1 else 2", "E0115"),
        ("when a and every class is big", "E0116"),
        ("when a 且 没有 查实 的 事项", "E0116"),
        ("when a > in", "E0124"),
        ("when at least 2 of a + b are c", "E0103"),
        ("当 a + b 中 至少 2 个 为 c", "E0125"),
        ("when every class", "E0126"),
        ("当 学生数 均 不超过 45", "E0127"),
        ("when a + b met", "E0128"),
        ("show 99 decimals", "E0130"),
        ("when a\u{200B} > 1", "E0108"),
    ] {
        let (tree, said) = read(&file(clause));
        assert_eq!(said.iter().map(|said| said.code).collect::<Vec<_>>(), [code], "{clause}\n{said:#?}");
        assert!(tree.items[0].broken);
        let ItemKind::Rule(rule) = &tree.items[0].kind else { panic!("{clause}") };
        assert_eq!((rule.cites.len(), rule.require.len()), (1, 1), "{clause}");
    }
    assert_eq!(codes("rule A\n  when a\n  when b\n  require c > 1\n"), ["E0121"]);
    assert_eq!(codes("require c > 1\nrule A\n"), ["E0123"]);
    assert_eq!(codes("rule A\n  cites \"x\"\n  and so on\n  require c > 1\n"), ["E0102"]);
    assert_eq!(codes("rule A\nrequier c > 1\n"), ["E0101"]);
}

#[test]
fn both_readings_are_shown() {
    let help = |text: &str| read(&format!("rule A\n  require {text}\n")).1[0].help.en.clone();
    assert_eq!(help("a and b or c > 1"), "write `(a and b) or c > 1` or `a and (b or c > 1)`");
    assert_eq!(help("a or not b and c"), "write `a or (not b and c)` or `(a or not b) and c`");
    assert_eq!(help("a + b per 100 c > 1"), "write `a + (b per 100 c)` or `(a + b) per 100 c`");
    assert_eq!(help("a / b rounded up > 1"), "write `a / (b rounded up)` or `(a / b) rounded up`");
    assert_eq!(help("x > 5% of a + b"), "write `(5% of a) + b` or `5% of (a + b)`");
    assert_eq!(help("a < b > c"), "write `a < b and b > c`");
    assert_eq!(help("a andd b"), "write `and`");
    assert_eq!(help("every class wher y has z"), "write `where`");
    assert_eq!(help("size exceeds 45"), "write `>`");
    assert_eq!(help("count(eligible teachers) > 1"), "if `teachers` are rows, write `teachers where eligible`; otherwise say how the two belong together");
}

#[test]
fn nesting_is_quick_and_bounded() {
    let nested = |depth: usize| format!("rule A\n  require {}a{} > 1\n", "(".repeat(depth), ")".repeat(depth));
    let started = std::time::Instant::now();
    sound(&nested(200));
    let quick = if cfg!(debug_assertions) { 500 } else { 50 };
    assert!(started.elapsed().as_millis() < quick, "{:?}", started.elapsed());
    sound(&nested(256));
    assert_eq!(codes(&nested(257)), ["E0109"]);
    assert_eq!(codes(&nested(100_000)), ["E0109"]);
    let deep = |open: &str, close: &str| format!("指标 A\n  要求：{}a{} > 1\n", open.repeat(200), close.repeat(200));
    sound(&deep("求和（", " 跨 b）"));
    sound(&deep("（如果 a，则 ", "，否则 b）"));
    read(&deep("（每个 甲 的 乙 均 ", "）"));
    sound("rule A\n  require by case (by case a (x: y, y: x)) (x: 1, y: 2) > b\n");
    assert_eq!(codes(&format!("指标 A\n  要求：{}x 取（a 1） > 1\n", "按 ".repeat(20_000))), ["E0103"]);
    assert_eq!(codes(&format!("rule A\n  require {}x (a: 1) > 1\n", "by case ".repeat(20_000))), ["E0103"]);
    assert_eq!(codes(&format!("rule A\n  require {}a > 1\n", "a + ".repeat(5000))), ["E0110"]);
    assert_eq!(codes(&format!("rule A\n  require {} 3\n", "if a then 1 else ".repeat(5000))), ["E0110"]);
    sound(&format!("rule A\n  require {}a > 1\n", "a and ".repeat(5000)));
}

#[test]
fn no_order_of_words_makes_it_panic() {
    let mut words: Vec<&str> = crate::model::word::words().iter().flat_map(crate::model::word::Word::spellings).collect();
    words.extend(["(", ")", "（", "）", "[", "]", ",", "，", "、", "a", "甲", "L1", "3", "10%", "「乙」", "“文”", "4.5 m2/pupil", "2017-04-19", "+", "-", "*", "/", "=", "\n  ", "\n", ":", ".", "#", "\u{FEFF}", "“", "`"]);
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20_000 {
        let length = random.usize(3..40);
        let soup: Vec<&str> = (0..length).map(|_| words[random.usize(..words.len())]).collect();
        let (tree, said) = read(&format!("rule A\n  require {}\n", soup.join(if random.bool() { " " } else { "" })));
        assert!(!said.is_empty() || tree.items.len() == tree.begun);
    }
}

/// What a message shows stands in the words of the language, never in those of the grammar.
#[test]
fn messages_never_name_a_grammar_rule() {
    for line in include_str!("../../grammar/language.pest").split_whitespace().chain(["a >=", "a b", "every", "(a", "至少 5", "按 学段", "count(", "if a"]) {
        for said in read(&format!("rule A\n  require {line}\n")).1 {
            for text in [&said.text.en, &said.text.zh, &said.help.en, &said.help.zh] {
                let foreign = ["k_", "r_ge", "c_", "EOI", "said_", "unexpected"].iter().find(|word| text.contains(**word) && !line.contains(**word));
                assert_eq!(foreign, None, "{line}: {text}");
            }
        }
    }
}

/// The glance at how a word begins hides none of the words that are no names.
#[test]
fn every_reserved_word_passes_the_first_glance() {
    use super::grammar::{Grammar, Rule};
    use pest::Parser;
    let grammar = include_str!("../../grammar/words.pest");
    let (_, list) = grammar.split_once("reserved = _{").expect("the list of reserved words");
    let (list, _) = list.split_once('}').expect("its end");
    let reserved: Vec<&str> = list.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|id| crate::model::word::word(id).is_some()).collect();
    assert!(reserved.len() > 50, "{reserved:?}");
    for word in reserved.iter().filter_map(|id| crate::model::word::word(id)) {
        for spelling in word.spellings().filter(|spelling| spelling.starts_with(pest::unicode::XID_START)) {
            assert!(Grammar::parse(Rule::joint_start, spelling).is_ok(), "{spelling}");
            assert!(Grammar::parse(Rule::bare, spelling).is_err() || spelling.contains(' '), "{spelling}");
        }
    }
}

/// Also where items are misspelt, and clauses stand before the first.
#[test]
fn any_number_of_threads_reads_the_same() {
    let text = format!("  require stray >= 1\n{ENGLISH}\nrul MISSPELT\n{CHINESE}\nrule X\n  require size >=\n");
    let places = super::Places { source: SourceId(0), text: &text };
    let (items, stray) = super::cut::cut(&text);
    let one = format!("{:?}", super::file(places, &items, &stray, true));
    for threads in [1, 2, 3, 7, 100] {
        assert_eq!(format!("{:?}", super::on_threads(places, &items, &stray, threads)), one, "{threads}");
    }
}
