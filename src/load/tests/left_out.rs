//! Rows that are no records: each row of a file is its header, a record, left out with its reason, or stops the run.

use super::*;
use crate::model::manner::{FirstRow, Manner};
use crate::model::plan::{Node, NodeKind, Type};
use crate::model::table::{Input, NoRecord, Origin};

/// Schools with a name.
fn named() -> Plan {
    let mut plan = plan();
    plan.tables[SCHOOL].called = Some(2);
    plan
}

fn input(tables: &Tables, table: usize) -> &Input {
    match &tables.tables[table].origin {
        Origin::HandedIn(input) => input,
        other => panic!("not handed in: {other:?}"),
    }
}

fn left_out(tables: &Tables, table: usize) -> Vec<(u32, &'static str)> {
    input(tables, table).left_out.iter().flat_map(|rows| (rows.first..=rows.last).map(|row| (row, rows.why.code()))).collect()
}

const HEADER: &str = "学校代码,区县代码,学校名称,小学学生人数\n";

fn schools(rows: &str, manner: &Manner) -> (Tables, Vec<Diagnostic>) {
    let files = vec![File { manner: manner.clone(), ..file("school.csv", format!("{HEADER}{rows}")) }];
    load(&named(), files, &Settings::default())
}

fn errors(said: &[Diagnostic]) -> Vec<&str> {
    said.iter().filter(|one| one.is_error()).map(|one| one.code).collect()
}

#[test]
fn totals_by_key_or_name_at_the_end_of_a_text() {
    let rows = [
        "0190,2101,城关镇小计,700", "2101,2101,合计,900", "0191,2101,全县合计：,9", "0192,2101,各校平均,9", "0193,2101,State total,9", "0194,2101,District Totals,9", "0195,2101,Sub-total,9", "0196,2101,（ 共 计 ）,9",
        "Grand Total,2101,,9", "TOTALS,,,9", "All schools,2101,,9", "Average,2101,x,9", "0197,2101,Ｍｅａｎ,9", "合计,,,9", "0198,2101,学生数汇总,9",
    ];
    for row in rows {
        let (tables, said) = schools(&format!("0101,2101,甲校,400\n{row}\n0102,2101,乙校,300\n"), &Manner::default());
        assert!(errors(&said).is_empty(), "{row} {said:?}");
        assert_eq!(left_out(&tables, SCHOOL), [(3, "totals")], "{row}");
        assert_eq!(tables.tables[SCHOOL].lines, [2, 4], "{row}");
    }
}

#[test]
fn what_only_resembles_a_total_is_a_school() {
    for name in ["合计小学", "Totalview", "Ormean", "总计划小学", "平均路小学", "Meaning", "Nontotal"] {
        let (tables, said) = schools(&format!("0101,2101,{name},400\n"), &Manner::default());
        assert!(said.iter().all(|one| one.code == "W0301"), "{name} {said:?}");
        assert_eq!(tables.tables[SCHOOL].len(), 1, "{name}");
    }
}

#[test]
fn totals_are_kept_where_the_settings_say_so_but_for_the_row_above() {
    let keep = Manner { keeps_totals: true, ..Manner::default() };
    let (tables, _) = schools("0101,2101,甲校,400\n0190,2101,城关镇小计,700\n2101,2101,合计,900\n", &keep);
    assert_eq!(left_out(&tables, SCHOOL), [(4, "totals")]);
    assert_eq!(tables.tables[SCHOOL].lines, [2, 3]);
}

#[test]
fn a_word_of_totals_that_is_a_code_makes_a_record() {
    let mut plan = plan();
    plan.codes[0].codes.push(CodeDef { names: titles("all", "合计"), spellings: Vec::new() });
    plan.tables[CLASS].called = Some(2);
    let (tables, said) = load(&plan, vec![file("class.csv", "班级代码,学校代码,学段,学生数\nC1,S1,合计,45\nC2,S1,小学,40\nC3,S1,总计,5\n")], &Settings::default());
    assert!(errors(&said).is_empty(), "{said:?}");
    assert_eq!(tables.tables[CLASS].lines, [2, 3]);
    assert_eq!(left_out(&tables, CLASS), [(4, "totals")]);
}

#[test]
fn a_word_of_totals_that_a_rule_asks_for_makes_a_record() {
    let mut plan = named();
    let node = |kind, ty| Node { kind: Box::new(kind), ty, span: Span::default() };
    let name = node(NodeKind::Column(crate::model::plan::ColumnRef { table: SCHOOL, column: 2 }), Type::Text);
    let asked = node(NodeKind::Compare(crate::model::op::Compare::Eq, name, node(NodeKind::Text("合计".into()), Type::Text)), Type::Truth);
    plan.measures.push(crate::model::plan::MeasureDef { names: titles("is_whole", "全部"), of: SCHOOL, body: asked, show: None, span: Span::default() });
    let rows = format!("{HEADER}0101,2101,甲校,400\n0190,2101,合计,700\n0191,2101,小计,7\n");
    let (tables, _) = load(&plan, vec![file("school.csv", rows)], &Settings::default());
    assert_eq!(left_out(&tables, SCHOOL), [(4, "totals")]);
    // The key of the county: the row is the county's, whatever the rule asks.
    let (tables, _) = load(&plan, vec![file("school.csv", format!("{HEADER}2101,2101,合计,700\n"))], &Settings::default());
    assert_eq!(left_out(&tables, SCHOOL), [(2, "totals")]);
}

#[test]
fn headers_that_come_again() {
    for again in ["学校代码,区县代码,学校名称,小学学生人数", "code,county_code,name,primary_pupils", "学校代码 , 区县代码,学校名称,小学学生人数（人）", "学校代码,区县代码,学校名称,小学学生人数,,"] {
        let (tables, said) = schools(&format!("0101,2101,甲校,400\n{again}\n0102,2101,乙校,300\n"), &Manner::default());
        assert!(errors(&said).is_empty(), "{again} {said:?}");
        assert_eq!(left_out(&tables, SCHOOL), [(3, "header_again")], "{again}");
    }
    // A column that the table does not have may stand first.
    let numbered = "序号,学校代码,区县代码,学校名称\n1,0101,2101,甲校\n序号,学校代码,区县代码,学校名称\n1,0102,2101,乙校\n";
    let (tables, _) = load(&named(), vec![file("school.csv", numbered)], &Settings::default());
    assert_eq!(left_out(&tables, SCHOOL), [(3, "header_again")]);
    let (_, said) = schools("0101,2101,甲校,400\n学校名称,学校代码,区县代码,小学学生人数\n乙校,0102,2101,300\n", &Manner::default());
    assert_eq!(errors(&said), ["E0329"]);
}

#[test]
fn remarks_and_footnotes() {
    let remarks = [
        "注：面积以平方米计,,,", "注,,,", "说明：无,,,", "资料来源：教育局,,,", "制表：张三,,,", "填表人,,,", "\"Source: DfE, School census\",,,", "Source: DfE, School census,,", "Notes,,,", "Note 1: x is suppressed,,,", "* provisional,,,",
        "1. x means suppressed,,,", "(2) as of May,,,", "1、不含民办,,,", ",,,共三页", ",教育局制,,",
    ];
    for remark in remarks {
        let (tables, said) = schools(&format!("0101,2101,甲校,400\n{remark}\n"), &Manner::default());
        assert!(errors(&said).is_empty(), "{remark} {said:?}");
        assert_eq!(left_out(&tables, SCHOOL), [(3, "note")], "{remark}");
    }
}

/// On the template a school that reported nothing has its key and no more; one that has lost its key stops the run.
#[test]
fn a_school_that_reported_nothing_is_never_gone() {
    for row in ["0102,,,", "注册一小,,,", "1 中,,,", "Notable School,,,", "0102,2101,乙校,", "Sourceton,,,"] {
        let (tables, _) = schools(&format!("0101,2101,甲校,400\n{row}\n"), &Manner::default());
        assert_eq!(tables.tables[SCHOOL].lines, [2, 3], "{row}");
    }
    for row in [",,乙校,", ",2101,乙校,300", "—,2101,乙校,"] {
        let (_, said) = schools(&format!("0101,2101,甲校,400\n{row}\n"), &Manner::default());
        assert_eq!(errors(&said).first(), Some(&"E0313"), "{row}");
    }
}

#[test]
fn rows_above_the_header_that_may_be_records_stop_the_run() {
    for (above, is_title) in [("学校编码,区县,校名,人数\nA1,2101,甲校,9", false), ("A1,2101,甲校,9", false), ("甲县学校情况,,,", true), ("甲县学校情况,,,\n单位：人,2026 年,,", true), ("sep=,", true)] {
        let files = vec![file("school.csv", format!("{above}\n{HEADER}0101,2101,甲校,400\n"))];
        let (tables, said) = load(&named(), files, &Settings::default());
        if is_title {
            assert!(errors(&said).is_empty(), "{above} {said:?}");
            assert!(left_out(&tables, SCHOOL).iter().all(|(_, why)| *why == "title"), "{above}");
        } else {
            assert_eq!(errors(&said).first(), Some(&"E0321"), "{above}");
        }
    }
}

#[test]
fn headers_of_two_rows_are_read_by_path() {
    let mut plan = named();
    plan.tables[SCHOOL].columns[3].names.zh = Some("小学".into());
    plan.tables[SCHOOL].columns[4].names.zh = Some("在校生初中".into());
    let two = "学校代码,区县代码,学校名称,在校生,,,教师\n,,,合计,小学,初中,初中\n";
    let (tables, said) = load(&plan, vec![file("school.csv", format!("{two}0101,2101,甲校,30,10,20,5\n"))], &Settings::default());
    assert!(errors(&said).is_empty(), "{said:?}");
    let row = |column: usize| tables.tables[SCHOOL].columns[column][0].value.clone();
    assert_eq!((row(3), row(4)), (number("10"), number("20")));
    assert_eq!(tables.tables[SCHOOL].lines, [3]);
    // By an alias too, and under a title.
    let alias = Settings { aliases: [("school".into(), [("area".into(), vec!["校舍 › 面积".into()])].into())].into(), ..Settings::default() };
    let (tables, said) = load(&plan, vec![file("school.csv", "情况表,,,,\n学校代码,区县代码,校舍,,\n,,间数,面积,\n0101,2101,3,200,\n")], &alias);
    assert!(errors(&said).is_empty(), "{said:?}");
    assert_eq!(tables.tables[SCHOOL].columns[5][0].value, number("200"));
    // What stands under several groups says nothing by itself, and a row of figures is no header.
    let (_, said) = load(&plan, vec![file("class.csv", "班级代码,甲,,乙,\n,学段,学生数,学段,学生数\nC1,小学,4,小学,5\n")], &Settings::default());
    assert_eq!(errors(&said), ["E0320"]);
    let (_, said) = load(&plan, vec![file("class.csv", "班级代码,学校代码,,学生数\n,S1,x,45\n")], &Settings::default());
    assert_eq!(errors(&said), ["E0313"]);
}

#[test]
fn numbers_and_units_under_the_header() {
    for row in ["甲,乙,丙,1", "甲,乙,丙,丁", ",,,人", "—,—,—,（人）"] {
        let (tables, said) = schools(&format!("{row}\n0101,2101,甲校,400\n"), &Manner::default());
        let readable = row.ends_with('1');
        assert_eq!(errors(&said).is_empty(), !readable, "{row} {said:?}");
        if readable {
            assert_eq!(errors(&said)[..1], ["E0322"], "{row}");
        } else {
            assert_eq!(left_out(&tables, SCHOOL), [(2, "heading")], "{row}");
        }
    }
    let told = |first_row| schools("甲,乙,丙,1\n0101,2101,甲校,400\n", &Manner { first_row: Some(first_row), ..Manner::default() }).0.tables[SCHOOL].lines.clone();
    assert_eq!(told(FirstRow::Heading), [3]);
    assert_eq!(told(FirstRow::Record), [2, 3]);
    // Records that are numbered themselves are no heading.
    let (tables, said) = schools("1,2,3,4\n2,2,3,5\n", &Manner::default());
    assert!(errors(&said).is_empty(), "{said:?}");
    assert_eq!(tables.tables[SCHOOL].len(), 2);
}

/// Rows in are records, rows left out and the header, whatever was put together; every school that was put in is there.
#[test]
fn no_row_is_lost() {
    let others = ["城关镇小计,,小计,9", "合计,,,99", "0190,2101,全县合计,9", HEADER.trim_end(), "注：无,,,", "Source: DfE,,,", ",,,x", ",,,", "", "2101,2101,总计,"];
    let mut random = fastrand::Rng::with_seed(37);
    let mut ran = 0;
    for _ in 0..3000 {
        let (mut text, mut rows, mut due) = (String::new(), 0u32, Vec::new());
        for title in ["甲县学校情况表,,,\n", "\n", "单位：人\n"].iter().take(random.usize(..4)) {
            text.push_str(title);
            rows += 1;
        }
        text.push_str(HEADER);
        let above = rows;
        for at in 0..random.u32(..12) {
            rows += 1;
            if random.bool() {
                due.push(above + 1 + at + 1);
                text.push_str(&format!("01{at:02},2101,{},{}\n", ["", "甲校", "无"][random.usize(..3)], ["", "400", "—"][random.usize(..3)]));
            } else {
                text.push_str(others[random.usize(..others.len())]);
                text.push('\n');
            }
        }
        let (tables, said) = load(&named(), vec![file("school.csv", &text)], &Settings::default());
        // A copy of the header with a key twice stops the run: then nothing is judged.
        if said.iter().any(Diagnostic::is_error) {
            assert_eq!(errors(&said).iter().filter(|code| **code != "E0314").count(), 0, "{text} {said:?}");
            continue;
        }
        ran += 1;
        let input = input(&tables, SCHOOL);
        let left: usize = input.left_out.iter().map(|rows| rows.rows()).sum();
        assert_eq!(input.rows + left + 1, rows as usize + 1, "{text}");
        assert_eq!(tables.tables[SCHOOL].lines, due, "{text}");
        assert!(input.left_out.iter().all(|rows| NoRecord::ALL.contains(&rows.why)));
    }
    assert!(ran > 2000, "{ran}");
}
