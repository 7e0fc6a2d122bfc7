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
  from 2017-04-19  primary 45, junior 50  source "教督〔2017〕6号 第六条5"
  checked up to 2026-12-31

rule G5 "班额" / "Class size"
  cites    "第六条5"
  for      each school
  require  every class has size <= largest_class[stage]

rule G11 "交流轮岗" / "Rotation"
  cites    "第六条11"
  for      each county
  require  at least 10% of teachers where eligible are rotated, of whom at least 20% are backbone
"#;

const CHINESE: &str = r#"标准 class-and-rotation 1.0 “班额与交流轮岗”
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
  自 2017年4月19日  小学 45，初中 50  出处 “教督〔2017〕6号 第六条5”
  已核对至 2026年12月31日

指标 G5 “班额”
  依据：“第六条5”
  适用于：每所 学校
  要求：每个 班级 的 学生数 均 不超过 班额上限[学段]

指标 G11 “交流轮岗”
  依据：“第六条11”
  适用于：每个 区县
  要求：符合交流条件 的 教师 中 至少 10% 为 本学年交流轮岗，其中 至少 20% 为 县级骨干
"#;

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
            'S' if rest.starts_with("Span {") => rest.find('}'),
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
