//! Links: rows to the rows above, dangling ones, tables that were not handed in.

use super::*;
use crate::model::table::Origin;

const SCHOOLS: &str = "学校代码,区县代码,学校名称\n0012,2101,一小\n0034,2101,二小\n2101003.0,2101,三小\n";

fn classes(links: &[&str]) -> String {
    let rows: Vec<String> = links.iter().enumerate().map(|(row, link)| format!("C{row},{link},小学,45\n")).collect();
    format!("班级代码,学校代码,学段,学生数\n{}", rows.concat())
}

#[test]
fn rows_know_the_rows_above_them() {
    let got = read(&[("class.csv", &classes(&["0034", " ００１２　", "0034"])), ("school.csv", SCHOOLS), ONE_COUNTY]);
    assert!(got.errors().is_empty(), "{:?}", got.said);
    assert_eq!(got.tables.tables[CLASS].parents, [vec![1, 0, 1]]);
    assert_eq!(got.tables.tables[SCHOOL].parents, [vec![0, 0, 0]]);
}

#[test]
fn a_dangling_link_names_what_was_likely_meant() {
    let got = read(&[("class.csv", &classes(&["12", "0035", "12", "2101003", "甲"])), ("school.csv", SCHOOLS), ONE_COUNTY]);
    assert_eq!(got.errors(), ["E0316"; 4]);
    let dangling: Vec<_> = got.said.iter().filter(|said| said.code == "E0316").collect();
    assert!(dangling[0].help.en.contains("`0012`") && dangling[0].help.en.contains("spreadsheet"), "{}", dangling[0].help.en);
    assert!(dangling[0].text.en.contains("rows that say so: 2"), "{}", dangling[0].text.en);
    assert_eq!(got.places("E0316"), [(2, "12".to_string()), (4, "12".to_string())]);
    assert!(dangling[1].help.en.contains("did you mean `0034`"), "{}", dangling[1].help.en);
    assert!(dangling[2].help.en.contains("`2101003.0`"), "{}", dangling[2].help.en);
    assert!(dangling[3].help.en.contains("add its row"), "{}", dangling[3].help.en);
}

#[test]
fn keys_that_lost_their_zeros() {
    let got = read(&[("class.csv", &classes(&["0012"])), ("school.csv", "学校代码,区县代码,学校名称\n12,2101,一小\n"), ONE_COUNTY]);
    assert_eq!(got.errors(), ["E0316"]);
    assert!(got.the("E0316").help.zh.contains("“12”"));
}

#[test]
fn blank_links() {
    let got = read(&[("class.csv", &classes(&["", "0012", "/"])), ("school.csv", SCHOOLS), ONE_COUNTY]);
    assert_eq!(got.errors(), ["E0315", "E0315"]);
    assert_eq!(got.places("E0315"), [(2, String::new())]);
    assert_eq!(got.value(CLASS, 0, 3), &number("45"));
}

#[test]
fn a_broken_table_above_makes_no_link_dangling() {
    let got = read(&[("class.csv", &classes(&["0012"])), ("school.csv", "no header here\n")]);
    assert_eq!(got.errors(), ["E0309"]);
}

#[test]
fn a_table_not_handed_in_is_named_by_the_rows_beneath() {
    let got = read(&[("class.csv", &classes(&["0034", "0012", "0034"])), ("teacher.csv", "教师编号,学校代码,骨干级别,备注\nT1,0013,县级,x\n"), ONE_COUNTY]);
    assert!(got.errors().is_empty(), "{:?}", got.said);
    let schools = &got.tables.tables[SCHOOL];
    assert_eq!(schools.origin, Origin::Named);
    assert_eq!(got.keys(SCHOOL), ["0012", "0013", "0034"]);
    assert_eq!(got.value(SCHOOL, 0, 0), &text("0012"));
    assert_eq!(got.value(SCHOOL, 0, 3), &unknown(Why::NoColumn));
    assert_eq!(schools.lines, [0, 0, 0]);
    assert_eq!(schools.parents, [vec![0, 0, 0]]);
    assert_eq!(got.tables.tables[CLASS].parents, [vec![2, 0, 2]]);
}

#[test]
fn nothing_above_at_all() {
    let got = read(&[("class.csv", &classes(&["0034"]))]);
    assert!(got.errors().is_empty(), "{:?}", got.said);
    assert_eq!(got.keys(COUNTY), [""]);
    assert_eq!(got.value(COUNTY, 0, 0), &unknown(Why::NoColumn));
    assert_eq!(got.tables.tables[SCHOOL].parents, [vec![0]]);
    assert_eq!(got.tables.tables[TEACHER].origin, Origin::Absent);
}

#[test]
fn one_county_that_another_table_names() {
    let got = read(&[("class.csv", &classes(&["0034"])), ("monitoring.csv", "区县代码,年份,等级\n2101,2024,Ⅰ\n")]);
    assert_eq!(got.keys(COUNTY), ["2101"]);
    assert_eq!(got.tables.tables[SCHOOL].parents, [vec![0]]);
}

#[test]
fn several_counties_leave_named_schools_without_a_place() {
    let got = read(&[("class.csv", &classes(&["0034"])), ("county.csv", "区县代码,区县名称\n2101,甲\n2102,乙\n")]);
    assert_eq!(got.errors(), ["E0319"]);
}

#[test]
fn a_school_alone_names_its_county() {
    let got = read(&[("school.csv", SCHOOLS)]);
    assert!(got.errors().is_empty());
    assert_eq!(got.keys(COUNTY), ["2101"]);
    assert_eq!(got.tables.tables[COUNTY].origin, Origin::Named);
}
