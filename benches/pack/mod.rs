//! Made-up rules and rows for the figures: as long as is asked for, with the words that packs use.

use std::fmt::Write;

/// A pack of about so many lines: tables, measures, standards and rules in both languages, each group using its own.
pub fn lines(wanted: usize) -> String {
    let mut text = String::from(HEAD);
    for group in 0.. {
        if text.lines().count() >= wanted {
            break;
        }
        let form = if group % 2 == 0 { ENGLISH } else { CHINESE };
        text.push_str(&form.replace("{n}", &group.to_string()));
    }
    text
}

/// Schools of the pack for compulsory education, in ten counties.
pub fn schools(count: usize) -> String {
    let mut text = String::from("学校代码,区县代码,学校名称,学校类型,办学性质,小学学生人数,初中学生人数,高中学生人数\n");
    for school in 0..count {
        let pupils = 300 + school % 1500;
        let _ = writeln!(text, "S{school:06},{},第{school}小学,小学,公办,{pupils},0,0", 100_000 + school % 10);
    }
    text
}

/// Classes, fifty a school.
pub fn classes(count: usize) -> String {
    let mut text = String::from("班级代码,学校代码,学段,年级,学生数\n");
    for class in 0..count {
        let school = class / 50;
        let _ = writeln!(text, "S{school:06}-{:02},S{school:06},小学,{},{}", class % 50, class % 6 + 1, 30 + class % 17);
    }
    text
}

const HEAD: &str = r#"pack figures 1.0.0 "数字" / "Figures"

codes level "学段"
  primary "小学"
  junior "初中"

table county "区县" / "counties"
  key code "区县代码" text

"#;

const ENGLISH: &str = r#"# Group {n}: what an inspector would ask of one kind of place.
table place{n} "场所{n}" / "places {n}"
  key     code "场所代码{n}"                                          text
  in      county by county_code "区县代码{n}"
  column  name "场所名称{n}"                                          text
  column  level "学段{n}"                                             one of level
  column  open{n} "是否开放{n}"                                       yes/no
  column  pupils{n} "学生数{n}" / "pupils here {n}"                   whole number in pupil, blank means 0
  column  teachers{n} "教师数{n}" / "teachers here {n}"               whole number in teacher
  column  floor_area{n} "建筑面积{n}"                                 number in m2, between 0 and 100000
  column  funds{n} "经费{n}"                                          number in 万元

parameter floor{n} "标准{n}" by level in m2/pupil
  from 2017-04-19 to 2020-08-31  primary 4.2, junior 5.3  source "第{n}条"
  from 2020-09-01  primary 4.5, junior 5.8  source "第{n}条"
  checked up to 2026-12-31

measure area_each{n} "生均面积{n}" / "area for each pupil {n}" of place{n} in m2/pupil
  = floor_area{n} / pupils{n}

measure ratio{n} "师生比{n}" of place{n} in teacher per 100 pupil
  = (teachers{n} + teachers{n}) per 100 pupils{n}

measure counted{n} "计入{n}" of place{n}
  = level is one of (primary, junior) and not (open{n} and pupils{n} < 50) and teachers{n} is known

rule A{n} "面积{n}" / "Area {n}"
  cites    "第{n}条1"
  for      each place{n} where counted{n}
  require  area_each{n} >= floor{n}[level]
  message  "面积不足"
  remedy   "增加面积"

rule B{n} "教师{n}" / "Teachers {n}"
  cites    "第{n}条2"
  for      each place{n} where counted{n}
  when     pupils{n} > 0
  require  ratio{n} >= 3.5 and pupils{n} <= 2000

rule C{n} "均衡{n}" / "Balance {n}"
  cites    "第{n}条3"
  for      each county
  require  variation(ratio{n} across place{n} where counted{n}, weighted by pupils{n}) <= 0.55

rule D{n} "开放{n}" / "Open {n}"
  cites    "第{n}条4"
  for      each county
  require  at least 95% of place{n} where pupils{n} >= 100 have teachers{n} >= 5

"#;

const CHINESE: &str = r"# 第{n}组
数据表 单位{n} “单位{n}” / “units {n}”
  主键：代码{n} “单位代码{n}”  文本
  属于：county，按 区县{n} “所属区县{n}”
  列：学段{n} “所属学段{n}”  取自 level
  列：人数{n} “在校人数{n}”  整数，单位 人，空白 计 0
  列：教师{n} “专任教师{n}”  整数，单位 人
  列：面积{n} “用房面积{n}”  数值，单位 平方米
  列：规范{n} “是否规范{n}”  是否

标准值 下限{n} “下限标准{n}” 按 level 单位 平方米/人
  自 2017-04-19 起：primary 4.2，junior 5.3，出处：“第{n}条”
  已核对至：2026-12-31

计算项 人均{n} “人均面积{n}” 属于 单位{n} 单位 平方米/人
  = 面积{n} ÷ 人数{n}

计算项 计入{n} “计入范围{n}” 属于 单位{n}
  = 学段{n} 属于（primary，junior）且 人数{n} 不低于 50

指标 甲{n} “面积要求{n}”
  依据：“第{n}条1”
  适用于：每个 单位{n}
  当：人数{n} 大于 0 时
  要求：人均{n} 不低于 下限{n}[学段{n}]
  问题描述：“面积不足”

指标 乙{n} “人数要求{n}”
  依据：“第{n}条2”
  适用于：每个 county
  要求：每个 单位{n} 的 人数{n} 均 不超过 2000

指标 丙{n} “均衡要求{n}”
  依据：“第{n}条3”
  适用于：每个 county
  要求：差异系数（人均{n} 跨 单位{n}，按 人数{n} 加权）不超过 0.5

";
