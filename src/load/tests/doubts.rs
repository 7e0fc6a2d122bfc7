//! Cells that can be read and still be doubted (R38).

use encoding_rs::{GB18030, WINDOWS_1252};

use super::*;
use crate::model::manner::{Bare, Manner};
use crate::model::op::Compare;
use crate::model::plan::{ColumnRef, MeasureDef, Node, NodeKind, Type};

const RATE: usize = 8;

/// A plan whose column 巩固率 is held against 95%.
fn held() -> Plan {
    let mut plan = plan();
    let node = |kind, ty| Node { kind: Box::new(kind), ty, span: Span::default() };
    let rate = node(NodeKind::Column(ColumnRef { table: SCHOOL, column: RATE }), Type::Number(Unit::plain()));
    let limit = node(NodeKind::Number(Number::parse("0.95").expect("a number")), Type::Number(Unit::percent()));
    let body = node(NodeKind::Compare(Compare::Ge, rate, limit), Type::Truth);
    plan.measures.push(MeasureDef { names: titles("stays", "巩固"), of: SCHOOL, body, show: None, span: Span::default() });
    plan
}

fn rates(plan: &Plan, cells: &[&str], manner: &Manner) -> (Vec<CellValue>, Vec<Diagnostic>) {
    let rows: String = cells.iter().enumerate().map(|(at, cell)| format!("S{at},2101,\"{cell}\"\n")).collect();
    let files = vec![File { manner: manner.clone(), ..file("school.csv", format!("学校代码,区县代码,巩固率\n{rows}")) }];
    let (tables, said) = load(plan, files, &Settings::default());
    (tables.tables[SCHOOL].columns[RATE].iter().map(|cell| cell.value.clone()).collect(), said)
}

fn stops(plan: &Plan, cells: &[&str]) -> Option<&'static str> {
    rates(plan, cells, &Manner::default()).1.iter().find(|one| one.is_error()).map(|one| one.code)
}

#[test]
fn a_plain_number_held_against_a_percent() {
    for cells in [&["96.2", "93.1", "0.93"][..], &["9.6"], &["0.96", "96"], &["100"], &["12", "0.5"]] {
        assert_eq!(stops(&held(), cells), Some("E0323"), "{cells:?}");
    }
    for cells in [&["0.962", "0.931"][..], &["1.05", "0.9"], &["9.5"], &["96.2%", "931%"], &["0", "1"], &[""]] {
        assert_eq!(stops(&held(), cells), None, "{cells:?}");
    }
    // Nothing is held against the column here.
    assert_eq!(stops(&plan(), &["96.2", "0.93"]), None);
}

#[test]
fn it_is_settled_in_the_settings_or_in_the_rules() {
    let bare = |column: &str, bare| Manner { bare: [(column.to_string(), bare)].into(), ..Manner::default() };
    for column in ["rate", "巩固率", "*"] {
        let (values, said) = rates(&held(), &["96.2", "93%", "0.5"], &bare(column, Bare::Percent));
        assert!(!said.iter().any(Diagnostic::is_error), "{said:?}");
        assert_eq!(values, [number("0.962"), number("0.93"), number("0.005")]);
    }
    let (values, said) = rates(&held(), &["96.2", "0.5"], &bare("rate", Bare::Fraction));
    assert!(!said.iter().any(Diagnostic::is_error), "{said:?}");
    assert_eq!(values, [number("96.2"), number("0.5")]);
    let mut settled = held();
    settled.tables[SCHOOL].columns[RATE].is_fraction = true;
    assert_eq!(stops(&settled, &["96.2", "0.93", "85%"]), None);
    // What a file says of all its columns is said of percents alone.
    assert_eq!(rates(&plan(), &["96.2"], &bare("*", Bare::Percent)).0, [number("96.2")]);
}

#[test]
fn small_numbers_beside_written_percents() {
    let mut plan = plan();
    plan.tables[SCHOOL].columns[RATE].unit = Unit::percent();
    for cells in [&["85%", "0.85"][..], &["0.5", "97", "3%"], &["９５％", "0.01"]] {
        assert_eq!(stops(&plan, cells), Some("E0323"), "{cells:?}");
    }
    for cells in [&["85%", "97"][..], &["0.85", "0.9"], &["85%", "0"], &["85%", "0.5%"]] {
        assert_eq!(stops(&plan, cells), None, "{cells:?}");
    }
    let manner = Manner { bare: [("rate".to_string(), Bare::Fraction)].into(), ..Manner::default() };
    assert_eq!(rates(&plan, &["85%", "0.85"], &manner).0, [number("0.85"), number("0.85")]);
    let manner = Manner { bare: [("*".to_string(), Bare::Percent)].into(), ..Manner::default() };
    assert_eq!(rates(&plan, &["85%", "0.85"], &manner).0, [number("0.85"), number("0.0085")]);
}

#[test]
fn decimal_commas() {
    let area = |cell: &str, decimal_comma: bool| {
        let files = vec![File { manner: Manner { decimal_comma, ..Manner::default() }, ..file("school.csv", format!("学校代码,区县代码,教学用房面积\nS1,2101,\"{cell}\"\n")) }];
        let (tables, said) = load(&plan(), files, &Settings::default());
        (tables.tables[SCHOOL].columns[5][0].value.clone(), said.iter().find(|one| one.is_error()).map(|one| one.code))
    };
    for (cell, due) in [("12,5", "12.5"), ("0,850", "0.85"), ("1.234,5", "1234.5"), ("1.234.567,25", "1234567.25"), ("1234,567", "1234.567")] {
        assert_eq!(area(cell, false).1, Some("E0325"), "{cell}");
        assert_eq!(area(cell, true), (number(due), None), "{cell}");
    }
    for cell in ["1,155", "1,234,567.5", "1,23,456", "12.5", "1234"] {
        assert_eq!(area(cell, false).1, None, "{cell}");
    }
    assert_eq!(area("1,155", true).0, number("1.155"));
    assert_eq!(area("1.23", true).0, unknown(Why::Unreadable));
}

#[test]
fn numbers_that_a_spreadsheet_has_spoiled() {
    let got = read(&[("teacher.csv", "教师编号,学校代码,骨干级别,备注\nT1,S1,无,3.30106E+17\nT2,S1,无,3.30106E+17\nT3,S1,无,330106200001010011\nT4,S1,无,1.2E+11\nT5,S1,无,1E2\n")]);
    let notes: Vec<&CellValue> = (0..5).map(|row| got.value(TEACHER, row, 3)).collect();
    assert_eq!(notes, [&unknown(Why::Unreadable), &unknown(Why::Unreadable), &text("330106200001010011"), &unknown(Why::Unreadable), &text("1E2")]);
    assert_eq!(got.codes(), ["W0310", "W0310", "W0310"]);
    // A figure of which only the first digits are left; one that is whole.
    let area = |cell: &str| read(&[("school.csv", &format!("学校代码,区县代码,教学用房面积\nS1,2101,{cell}\n"))]).value(SCHOOL, 0, 5).clone();
    assert_eq!(area("1.23457E+11"), unknown(Why::Unreadable));
    assert_eq!(area("1.2E+3"), number("1200"));
}

#[test]
fn october_without_its_zero() {
    let months = |cells: &[&str]| {
        let rows: String = cells.iter().enumerate().map(|(at, cell)| format!("S{at},2101,{cell}\n")).collect();
        let got = read(&[("school.csv", &format!("学校代码,区县代码,起始年月\n{rows}"))]);
        let known: Vec<bool> = (0..cells.len()).map(|row| matches!(got.value(SCHOOL, row, 12), CellValue::YearMonth(_))).collect();
        (known, got.codes().iter().filter(|code| **code == "W0311").count())
    };
    assert_eq!(months(&["2020.9", "2020.11", "2020.1", "2020.12"]), (vec![true, true, false, true], 1));
    assert_eq!(months(&["2019.12", "2021.1", "2020.01"]), (vec![true, false, true], 1));
    for cells in [&["2020.1", "2020.10", "2020.11"][..], &["2020.1", "2020.2"], &["2020-1", "2020-11"], &["2020.1", "2020-11"]] {
        assert_eq!(months(cells).1, 0, "{cells:?}");
    }
}

#[test]
fn a_file_that_is_partly_utf8() {
    let (gb, _, _) = GB18030.encode("2102,实验学校\n");
    let bytes = |utf8: &str, rest: &[u8]| [utf8.as_bytes(), rest].concat();
    for start in ["区县代码,区县名称\n2101,甲县\n", "code,区县名称\n2101,x\n"] {
        let got = read_files(vec![file("county.csv", bytes(start, &gb))], &Settings::default());
        assert_eq!(got.codes(), ["E0326"], "{start}");
    }
    let (many, _, _) = GB18030.encode("区县代码,区县名称\n2101,甲县第一实验学校附属小学\n2102,乙县第二实验学校附属小学\n");
    let got = read_files(vec![file("county.csv", [&many[..], "2103,实验学校\n".as_bytes()].concat())], &Settings::default());
    assert_eq!(got.codes(), ["E0326"]);
    assert!(got.the("E0326").text.en.contains("line 4"), "{}", got.the("E0326").text.en);
    // `规定` of GB18030 looks like a letter of UTF-8 among others that do not.
    let (header, _, _) = GB18030.encode("区县代码,区县名称,规定的小学生均公用经费标准
");
    let got = read_files(vec![file("county.csv", [&header[..], "2101,某县,720
".as_bytes()].concat())], &Settings::default());
    assert_eq!(got.codes(), ["E0326"]);
    // By its label the file is read as that, for better or worse.
    let labelled = File { encoding: Some("gb18030".into()), ..file("county.csv", [&many[..], "2103,实验学校\n".as_bytes()].concat()) };
    assert!(!read_files(vec![labelled], &Settings::default()).codes().contains(&"E0326"));
}

#[test]
fn western_letters_are_no_han() {
    let counties = |rows: &str| format!("code,name\n{rows}");
    for rows in ["1,St Mary’s CE Primary\n", "1,Renée Müller School\n", "1,René\n", "1,Café\n2,naïve Müßig\n", "1,2024 – 25\n", "1,£100\n"] {
        let text = counties(rows);
        let (bytes, _, _) = WINDOWS_1252.encode(&text);
        let got = read_files(vec![file("county.csv", &bytes)], &Settings::default());
        assert_eq!(got.codes(), ["E0327"], "{rows}");
        assert!(got.the("E0327").help.en.contains("windows-1252"));
        let labelled = File { encoding: Some("windows-1252".into()), ..file("county.csv", &bytes) };
        let read = read_files(vec![labelled], &Settings::default());
        assert!(read.said.iter().all(|one| !one.is_error()), "{:?}", read.said);
    }
    for rows in ["1,甲县\n", "1,A班\n2,B班\n", "1,St 玛丽\n"] {
        let text = counties(rows);
        let (bytes, _, _) = GB18030.encode(&text);
        let got = read_files(vec![file("county.csv", &bytes)], &Settings::default());
        assert!(!got.codes().contains(&"E0327"), "{rows} {:?}", got.said);
    }
}

#[test]
fn ids_that_a_spreadsheet_keeps_by_a_formula() {
    let got = read(&[("county.csv", "区县代码,区县名称\n=\"0021\",甲县\n"), ("school.csv", "学校代码,区县代码,学校名称\n\"=\"\"01\"\"\",0021,\"=\"\"一小\"\"\"\nS2,=\"0021\",二小\n")]);
    assert!(got.errors().is_empty(), "{:?}", got.said);
    assert_eq!(got.keys(COUNTY), ["0021"]);
    assert_eq!(got.keys(SCHOOL), ["01", "S2"]);
    assert_eq!(got.value(SCHOOL, 0, 2), &text("一小"));
}

#[test]
fn one_key_that_a_spreadsheet_wrote_twice() {
    assert_eq!(read(&[("county.csv", "区县代码,区县名称\n2101,甲县\n2101.0,乙县\n")]).errors(), ["E0328"]);
    assert!(read(&[("county.csv", "区县代码,区县名称\n2101,甲县\n2102.0,乙县\n1.0a,丙\n")]).errors().is_empty());
}

#[test]
fn a_file_whose_cells_were_not_parted_or_whose_unit_differs() {
    let help = |text: &str| read(&[("school.csv", text)]).said.iter().map(|one| one.help.en.clone()).collect::<Vec<_>>().join(" ");
    assert!(help("学校代码|区县代码|学校名称\nS1|2101|一小\n").contains("delimiter = \"|\""));
    assert!(help("学校代码，区县代码，学校名称\n").contains("put a comma there"));
    assert!(help("学校代码,区县代码,设备资产值（元）\nS1,2101,5\n").contains("convert the figures"), "{}", help("学校代码,区县代码,设备资产值（元）\nS1,2101,5\n"));
    assert!(help("设备资产值（元）,其他\n5,6\n").contains("convert the figures"));
}
