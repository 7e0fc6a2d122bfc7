//! What is read, and how it reads: both languages make one tree, a broken part hides nothing, nothing panics.

use std::fmt::Debug;

use super::parse;
use crate::base::SourceId;
use crate::diag::Diagnostic;
use crate::model::ast::File;

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

/// The tree without places, names and texts.
fn shape(thing: &impl Debug) -> String {
    let mut made = String::new();
    let mut inside = false;
    let debug = format!("{thing:?}");
    let mut rest = debug.as_str();
    while let Some(c) = rest.chars().next() {
        if !inside && rest.starts_with("Span {") {
            rest = rest.split_once("} }").or_else(|| rest.split_once('}')).map_or("", |(_, after)| after);
            continue;
        }
        if !inside && rest.starts_with("SourceId") {
            rest = rest.split_once(')').map_or("", |(_, after)| after);
            continue;
        }
        if c == '"' {
            inside = !inside;
            made.push(c);
        } else if !inside {
            made.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    made
}

#[test]
fn the_first_page_makes_one_tree_in_both_languages() {
    let (english, chinese) = (sound(ENGLISH), sound(CHINESE));
    assert_eq!(english.items.len(), 9);
    for (left, right) in english.items.iter().zip(&chinese.items) {
        assert_eq!(titleless(shape(left)), titleless(shape(right)));
    }
}

/// English files may carry a second title.
fn titleless(shape: String) -> String {
    shape
}
