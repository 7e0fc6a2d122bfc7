//! Rows: quotes, ragged rows, keys, what is left out.

use super::*;

#[test]
fn a_quote_that_never_closes() {
    let got = read(&[("county.csv", "区县代码,区县名称\n2101,\"甲县\n2102,乙县\n2102,丙县\n")]);
    assert_eq!(got.errors(), ["E0307", "E0314"]);
    assert_eq!(got.places("E0307"), [(2, "\"".to_string())]);
    assert_eq!(frames(got.the("E0307"))[0].text, "2101,\"甲县");
    assert_eq!(got.keys(COUNTY), ["2102", "2102"]);
}

#[test]
fn a_quote_that_closes_too_early() {
    let got = read(&[("county.csv", "区县代码,区县名称\n2101,\"甲\"县\"\n2102,乙县\n")]);
    assert_eq!(got.errors(), ["E0307"]);
    assert_eq!(got.keys(COUNTY), ["2102"]);
}

#[test]
fn quotes_that_balance() {
    let got = read(&[("county.csv", "区县代码,区县名称\n\"2101\",\"甲\"\"县\"\"\n东\" \n2102,乙\"县\"\n")]);
    assert!(got.said.is_empty(), "{:?}", got.said);
    assert_eq!(got.value(COUNTY, 0, 1), &text("甲\"县\"\n东"));
    assert_eq!(got.value(COUNTY, 1, 1), &text("乙\"县\""));
    // A cell over two lines is one row of a spreadsheet.
    assert_eq!(got.tables.tables[COUNTY].lines, [2, 3]);
}

#[test]
fn ragged_rows() {
    let got = read(&[("county.csv", "区县代码,区县名称\n2101\n2102,乙县,1,155\n2103,丙县\n2104,丁县,,\n")]);
    assert_eq!(got.errors(), ["E0308", "E0308"]);
    assert_eq!(got.places("E0308"), [(2, "2101".to_string())]);
    assert!(got.said[1].help.en.contains("double quotes"));
    assert_eq!(got.keys(COUNTY), ["2103", "2104"]);
}

#[test]
fn a_ragged_row_leaves_no_dangling_link() {
    let got = read(&[("county.csv", "区县代码,区县名称\n2101\n"), ("school.csv", "学校代码,区县代码,学校名称\nS1,2101,一小\n")]);
    assert_eq!(got.errors(), ["E0308"]);
}

#[test]
fn blank_keys() {
    let got = read(&[("county.csv", "区县代码,区县名称,人数\n 　,甲县,1\n—,乙县,\n2103,丙县,2\n")]);
    assert_eq!(got.errors(), ["E0313", "E0313"]);
    assert_eq!(got.places("E0313"), [(2, " 　".to_string())]);
    assert_eq!(got.value(COUNTY, 2, 1), &text("丙县"));
}

#[test]
fn repeated_keys_show_both_rows() {
    let got = read(&[("county.csv", "区县代码,区县名称\n2101,甲县\n2102,乙县\n　２１０１ ,丙县\n")]);
    assert_eq!(got.errors(), ["E0314"]);
    assert_eq!(got.places("E0314"), [(4, "　２１０１ ".to_string()), (2, "2101".to_string())]);
    assert!(got.the("E0314").text.en.contains("row 2 and again in row 4"));
}

#[test]
fn keys_of_several_columns() {
    let rows = "区县代码,年份,等级\n2101,2023,Ⅰ\n2101,2024年,III\n2101,２０２３,Ⅰ\n";
    let got = read(&[ONE_COUNTY, ("monitoring.csv", rows)]);
    assert_eq!(got.errors(), ["E0314"]);
    assert_eq!(got.keys(MONITORING), ["2101-2023", "2101-2024", "2101-2023"]);
    assert_eq!(got.value(MONITORING, 1, 2), &CellValue::Code(1));
}

#[test]
fn ids_that_a_spreadsheet_spoiled() {
    let got = read(&[("school.csv", "学校代码,区县代码,学校名称\n2.12E+09,2101,一小\n2.12E+09,2101,二小\nS3,2.1E+03,三小\n")]);
    assert_eq!(got.errors(), ["E0317", "E0317", "E0317"]);
    assert_eq!(got.places("E0317"), [(2, "2.12E+09".to_string())]);
    assert_eq!(frames(&got.said[got.said.len() - 1])[0].line, 4);
    // A class may well be called 1E2.
    assert!(read(&[("class.csv", "班级代码,学校代码,学段,学生数\n1E2,S1,小学,45\n")]).said.is_empty());
}

#[test]
fn totals_are_left_out() {
    // No rule file declares the last column, so no message shows it.
    for (totals, shown) in [("总计,99,", "总计,99,"), ("合 计,,", "合 计,,"), (",合计：,99", ",合计：,***"), ("1,小计,", "1,小计,"), ("TOTAL,,", "TOTAL,,")] {
        let got = read(&[("county.csv", &format!("区县代码,区县名称,人数\n2101,甲县,99\n{totals}\n2102,乙县,1\n"))]);
        assert!(got.codes().is_empty(), "{totals} {:?}", got.said);
        assert_eq!(got.keys(COUNTY), ["2101", "2102"], "{totals}");
        assert_eq!(got.places("N0302"), [(3, shown.to_string())]);
    }
}

#[test]
fn blank_rows_and_notes_are_left_out() {
    let got = read(&[("county.csv", "区县代码,区县名称\n2101,甲县\n\n , 　\n2102,乙县\n注：面积以平方米计\n说明：无,\n填表人：张三,审核人：李四\n备注\n")]);
    assert!(got.codes().is_empty(), "{:?}", got.said);
    assert_eq!(got.keys(COUNTY), ["2101", "2102"]);
    assert_eq!(got.tables.tables[COUNTY].lines, [2, 5]);
    assert_eq!(got.said.iter().filter(|said| said.code == "N0303").count(), 4);
}

#[test]
fn a_record_that_looks_like_a_note_is_kept() {
    let got = read(&[("county.csv", "区县名称,区县代码\n备注县,2101\n")]);
    assert_eq!(got.keys(COUNTY), ["2101"]);
}

#[test]
fn faults_of_every_file_by_file_row_and_column() {
    let class = "班级代码,学校代码,学段,学生数\n,S9,小学,x\nC2,,小学,45\nC3\n";
    let got = read(&[("class.csv", class), ("county.csv", "区县代码,区县名称\n2101,甲\n2101,乙\n"), ("school.csv", "学校代码,区县代码,学校名称\nS1,2101,一小\n")]);
    assert_eq!(got.errors(), ["E0313", "E0316", "E0315", "E0308", "E0314"]);
    let warned: Vec<_> = got.said.iter().filter(|said| said.code == "W0302").collect();
    assert_eq!(frames(warned[0])[0].line, 2);
}

#[test]
fn frames_of_long_rows_are_cut_around_the_cell() {
    let long = "长".repeat(5000);
    let got = read(&[("county.csv", &format!("区县名称,区县代码,其他\n{long},,{long}\n"))]);
    let frame = &frames(got.the("E0313"))[0];
    assert!(frame.text.len() < 1000);
    assert_eq!(frame.start, frame.end);
    assert!(frame.text[..frame.start].ends_with("长,") && frame.text[frame.end..] == *",***", "{frame:?}");
}

#[test]
fn control_letters_are_not_passed_on() {
    let got = read(&[("county.csv", "区县代码,区县名称,人数\n,\u{1b}[31m甲,1\n")]);
    assert_eq!(frames(got.the("E0313"))[0].text, ",\\u{1b}[31m甲,***");
}

#[test]
fn a_file_that_is_wrong_throughout_is_counted() {
    let got = read(&[("county.csv", &format!("区县代码,区县名称,人数\n{}", ",x,1\n".repeat(1500)))]);
    assert_eq!(got.errors().len(), 1000);
    assert!(got.the("W0309").text.en.contains("500 more of E0313"));
}

#[test]
fn personal_cells_are_not_shown() {
    let got = read(&[("teacher.csv", "教师编号,学校代码,骨干级别,备注\nT007,S1,无,x\nT007,S1,无,y\n")]);
    let said = got.the("E0314");
    assert!(!format!("{said:?}").contains("T007"), "{said:?}");
    assert_eq!(got.places("E0314")[0].1, "***");
}

#[test]
fn personal_cells_of_broken_rows_are_not_shown() {
    for broken in ["T007,S1\n", "\"T007,S1,无,y\n", "S1,1,T007,y,z\n"] {
        let got = read(&[("teacher.csv", &format!("教师编号,学校代码,骨干级别,备注\nT001,S1,无,x\n{broken}"))]);
        assert_eq!(got.errors().len(), 1, "{broken} {:?}", got.said);
        assert!(!format!("{:?}", got.said).contains("T007"), "{:?}", got.said);
    }
}
