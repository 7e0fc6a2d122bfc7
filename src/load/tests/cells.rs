//! Cells: what becomes a value, and why the others do not.

use super::*;
use crate::base::{Date, YearMonth};

/// One cell of one school, in the column with this title.
fn school(title: &str, cell: &str) -> Got {
    school_with(title, cell, &Settings::default())
}

fn school_with(title: &str, cell: &str, settings: &Settings) -> Got {
    let rows = format!("学校代码,区县代码,{title}\nS1,2101,\"{}\"\n", cell.replace('"', "\"\""));
    read_files(vec![file("school.csv", rows)], settings)
}

fn at(title: &str) -> usize {
    plan().tables[SCHOOL].columns.iter().position(|column| column.names.zh.as_deref() == Some(title)).expect("a column")
}

fn value(title: &str, cell: &str) -> CellValue {
    school(title, cell).value(SCHOOL, 0, at(title)).clone()
}

#[test]
fn numbers_as_people_write_them() {
    let cases = [
        ("４２４６", "4246"),
        (" 　200.50\u{a0}", "200.5"),
        ("1,234,567.5", "1234567.5"),
        ("１，２３４", "1234"),
        ("200㎡", "200"),
        ("200 平方米", "200"),
        ("200m2", "200"),
        ("200 m²", "200"),
        ("+7", "7"),
        (".5", "0.5"),
        ("1.2E+3", "1200"),
        ("1.25e-2", "0.0125"),
        ("0.1234567890123456789", "0.1234567890123456789"),
    ];
    for (cell, due) in cases {
        assert_eq!(value("教学用房面积", cell), number(due), "{cell}");
    }
}

#[test]
fn texts_that_are_no_number() {
    let cells = ["1,23", "1234,567", "0,123", "1,234,56", "45人", "85%", "约200", "200亩", "1.2.3", "5.", "一百", "1E999", "1 234", "--5", "0x1F", "∞", "NaN", "1e", "e5", "㎡", "①"];
    for cell in cells {
        assert_eq!(value("教学用房面积", cell), unknown(Why::Unreadable), "{cell}");
    }
    assert_eq!(value("教学用房面积", &"9".repeat(5000)), unknown(Why::Unreadable));
}

#[test]
fn whole_numbers_and_counters() {
    for cell in ["45", "45.0", "45人", "４５ 人", "45名", "45个"] {
        assert_eq!(value("小学学生人数", cell), number("45"), "{cell}");
    }
    assert_eq!(value("小学学生人数", "45.5"), unknown(Why::NotWhole));
    assert_eq!(value("小学学生人数", "45间"), unknown(Why::Unreadable));
    assert_eq!(value("小学学生人数", "-3"), unknown(Why::Negative));
}

#[test]
fn numbers_are_kept_in_base_units() {
    assert_eq!(value("设备资产值", "３.5"), number("35000"));
    assert_eq!(value("设备资产值", "3.5万元"), number("35000"));
    assert_eq!(value("设备资产值", "35000元"), unknown(Why::Unreadable));
}

#[test]
fn bounds() {
    assert_eq!(value("建成年份", "1987年"), number("1987"));
    assert_eq!(value("建成年份", "1899"), unknown(Why::OutOfBounds));
    let got = school("建成年份", "2101");
    assert_eq!(got.codes().last(), Some(&"W0307"));
    assert!(got.the("W0307").text.en.contains("between 1900 and 2100"), "{}", got.the("W0307").text.en);
}

#[test]
fn bad_cells_are_listed_and_neighbours_read() {
    let got = read(&[("class.csv", "班级代码,学校代码,学段,学生数\nC1,S1,高中,四十五\nC2,S1,初中,50\nC3,S1,小学,—\n")]);
    assert_eq!(got.codes(), ["W0303", "W0302"]);
    assert_eq!(got.places("W0303"), [(2, "高中".to_string())]);
    assert_eq!(got.places("W0302"), [(2, "四十五".to_string())]);
    assert_eq!(frames(got.the("W0302"))[0].text, "C1,S1,高中,四十五");
    let bad: Vec<_> = got.tables.bad.iter().map(|bad| (bad.table, bad.row, bad.column, bad.why)).collect();
    assert_eq!(bad, [(CLASS, 0, 2, Why::OutsideList), (CLASS, 0, 3, Why::Unreadable)]);
    assert_eq!(got.value(CLASS, 1, 2), &CellValue::Code(1));
    assert_eq!(got.value(CLASS, 1, 3), &number("50"));
    assert_eq!(got.value(CLASS, 2, 3), &unknown(Why::Missing));
    assert_eq!(&*got.cell(CLASS, 2, 3).raw, "—");
}

#[test]
fn twenty_bad_cells_of_a_column_are_shown() {
    let rows: Vec<String> = (0..50).map(|row| format!("C{row},S1,小学,x{row}\n")).collect();
    let got = read(&[("class.csv", &format!("班级代码,学校代码,学段,学生数\n{}", rows.concat()))]);
    assert_eq!(got.said.iter().filter(|said| said.code == "W0302").count(), 20);
    assert!(got.the("W0308").text.en.contains("30 more"));
    assert_eq!(got.said.last().map(|said| said.code), Some("W0308"));
    assert_eq!(got.tables.bad.len(), 50);
}

#[test]
fn codes_by_id_title_and_number() {
    let rows = "班级代码,学校代码,学段,学生数\nC1,S1,Primary,1\nC2,S1,小 学,1\nC3,S1,２１１,1\n";
    let got = read(&[("class.csv", rows)]);
    assert!((0..3).all(|row| got.value(CLASS, row, 2) == &CellValue::Code(0)));
    let near = read(&[("class.csv", "班级代码,学校代码,学段,学生数\nC1,S1,primery,1\n")]);
    assert!(near.the("W0303").help.en.contains("`primary`"));
}

#[test]
fn a_code_comes_before_a_missing_token() {
    let got = read(&[("teacher.csv", "教师编号,学校代码,骨干级别,备注\nT1,S1,无,无\nT2,S1,/,x\n")]);
    assert!(got.said.is_empty(), "{:?}", got.said);
    assert_eq!(got.value(TEACHER, 0, 2), &CellValue::Code(0));
    assert_eq!(got.value(TEACHER, 0, 3), &unknown(Why::Missing));
    assert_eq!(got.value(TEACHER, 1, 2), &unknown(Why::Missing));
}

#[test]
fn missing_tokens() {
    for token in ["", " ", "　", "—", "——", "-", "－", "/", "无", "N/A", "n/a", "Ｎ／Ａ"] {
        assert_eq!(value("教学用房面积", token), unknown(Why::Missing), "{token}");
    }
    let settings = Settings { missing_tokens: vec!["未填".into()], ..Settings::default() };
    assert_eq!(school_with("教学用房面积", "未填", &settings).value(SCHOOL, 0, 5), &unknown(Why::Missing));
    assert_eq!(school_with("教学用房面积", "/", &settings).value(SCHOOL, 0, 5), &unknown(Why::Unreadable));
}

#[test]
fn a_blank_means_zero_only_beside_a_written_number() {
    let rows = "学校代码,区县代码,小学学生人数,初中学生人数\nS1,2101,300,\nS2,2101,,\nS3,2101,0,0\nS4,2101,许多,\nS5,2101,5,—\n";
    let got = read(&[("school.csv", rows)]);
    assert_eq!(got.value(SCHOOL, 0, 4), &number("0"));
    assert_eq!((got.value(SCHOOL, 1, 3), got.value(SCHOOL, 1, 4)), (&unknown(Why::Missing), &unknown(Why::Missing)));
    assert_eq!(got.value(SCHOOL, 2, 3), &number("0"));
    assert_eq!((got.value(SCHOOL, 3, 3), got.value(SCHOOL, 3, 4)), (&unknown(Why::Unreadable), &unknown(Why::Missing)));
    assert_eq!(got.value(SCHOOL, 4, 4), &unknown(Why::Missing));
    let zero = Settings { token_is_zero: true, ..Settings::default() };
    let got = read_files(vec![file("school.csv", rows)], &zero);
    assert_eq!(got.value(SCHOOL, 4, 4), &number("0"));
    // A token is 0 only where a blank is.
    assert_eq!(school_with("教学用房面积", "—", &zero).value(SCHOOL, 0, 5), &unknown(Why::Missing));
}

#[test]
fn percents_in_plain_columns() {
    assert_eq!(value("巩固率", "85%"), number("0.85"));
    assert_eq!(value("巩固率", "９５.5％"), number("0.955"));
    assert_eq!(value("巩固率", "0.85"), number("0.85"));
    assert_eq!(value("小学学生人数", "85%"), unknown(Why::Unreadable));
}

#[test]
fn percents_in_a_column_of_percents() {
    let mut plan = plan();
    plan.tables[SCHOOL].columns[8].unit = Unit::percent();
    let rows = "学校代码,区县代码,巩固率\nS1,2101,85%\nS2,2101,97\n";
    let (tables, said) = load(&plan, vec![file("school.csv", rows)], &Settings::default());
    assert!(!said.iter().any(Diagnostic::is_error), "{said:?}");
    let values: Vec<_> = tables.tables[SCHOOL].columns[8].iter().map(|cell| cell.value.clone()).collect();
    assert_eq!(values, [number("0.85"), number("0.97")]);
}

#[test]
fn percents_beside_bare_numbers_are_refused() {
    let got = read(&[("school.csv", "学校代码,区县代码,巩固率\nS1,2101,\nS2,2101,85%\nS3,2101,无\nS4,2101,97\nS5,2101,96%\n")]);
    assert_eq!(got.errors(), ["E0318"]);
    assert_eq!(got.places("E0318"), [(3, "85%".to_string()), (5, "97".to_string())]);
}

#[test]
fn yes_and_no() {
    for (cell, due) in [("是", true), ("否", false), ("１", true), ("0", false), ("y", true), ("No", false), ("TRUE", true), ("false", false), ("√", true), ("×", false)] {
        assert_eq!(value("是否寄宿制", cell), CellValue::Truth(due), "{cell}");
    }
    assert_eq!(value("是否寄宿制", "也许"), unknown(Why::Unreadable));
    assert_eq!(value("是否寄宿制", "2"), unknown(Why::Unreadable));
}

#[test]
fn dates_as_people_type_them() {
    let due = CellValue::Date(Date::new(2017, 4, 19).expect("a day"));
    let cells = ["2017-04-19", "2017-4-19", "2017/4/19", "2017.4.19", "2017年4月19日", "２０１７年４月１９日", "2017 年 4 月 19 日", "20170419", "2017-04-19 00:00:00", "2017/4/19 0:00", "2017-04-19T00:00:00.000"];
    for cell in cells {
        assert_eq!(value("通过日期", cell), due, "{cell}");
    }
    for cell in ["2017-04", "17-4-19", "2017-4-19-1", "2017-04/19", "2017年4月19", "42844", "4/19/2017", "2017-04-19 25:00", "2017--19", "昨天"] {
        assert_eq!(value("通过日期", cell), unknown(Why::Unreadable), "{cell}");
    }
    for cell in ["2017-02-29", "20171301", "2017年4月31日", "0000-01-01"] {
        assert_eq!(value("通过日期", cell), unknown(Why::ImpossibleDate), "{cell}");
    }
}

#[test]
fn months_as_people_type_them() {
    let due = CellValue::YearMonth(YearMonth { year: 2017, month: 4 });
    for cell in ["2017-04", "2017/4", "2017.4", "2017年4月", "201704", "2017-04-19", "20170419", "2017年4月19日 00:00:00"] {
        assert_eq!(value("起始年月", cell), due, "{cell}");
    }
    assert_eq!(value("起始年月", "2017-13"), unknown(Why::ImpossibleDate));
    assert_eq!(value("起始年月", "2017-02-30"), unknown(Why::ImpossibleDate));
    assert_eq!(value("起始年月", "四月"), unknown(Why::Unreadable));
}

#[test]
fn raw_text_stays_as_it_was() {
    let got = school("教学用房面积", " ４２４６　");
    assert_eq!(&*got.cell(SCHOOL, 0, 5).raw, " ４２４６　");
    assert_eq!(value("学校名称", " 一小（东①）　"), text("一小(东①)"));
}
