//! Encodings, delimiters, which file is which table, headers.

use encoding_rs::GB18030;

use super::*;
use crate::model::table::Origin;

const SMALL: &str = "区县代码,区县名称\n2101,甲县\n2102,乙县\n";

fn input(got: &Got, table: usize) -> &crate::model::table::Input {
    match &got.tables.tables[table].origin {
        Origin::HandedIn(input) => input,
        other => panic!("not handed in: {other:?}"),
    }
}

#[test]
fn plain_utf8_with_its_digest() {
    let got = read(&[("data/县/区县.csv", SMALL)]);
    assert!(got.said.is_empty(), "{:?}", got.said);
    assert_eq!(got.keys(COUNTY), ["2101", "2102"]);
    assert_eq!(got.tables.tables[COUNTY].lines, [2, 3]);
    let input = input(&got, COUNTY);
    assert_eq!((input.path.as_str(), input.rows, input.encoding.as_str()), ("data/县/区县.csv", 2, "utf-8"));
    assert_eq!(input.sha256.len(), 64);
    assert!(input.sha256.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase()));
}

#[test]
fn a_known_digest() {
    let got = read(&[("county.csv", "")]);
    assert_eq!(input(&got, COUNTY).sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn gb18030_is_recognised() {
    let (bytes, _, _) = GB18030.encode(SMALL);
    let got = read_files(vec![file("county.csv", bytes)], &Settings::default());
    assert!(got.said.is_empty(), "{:?}", got.said);
    assert_eq!(input(&got, COUNTY).encoding, "gb18030");
    assert_eq!(got.value(COUNTY, 0, 1), &text("甲县"));
}

/// Both letters of 小学 are, byte by byte, sound UTF-8 of a letter that nobody wrote.
#[test]
fn a_table_of_primary_schools_is_recognised() {
    for letters in ["小学", "小学小学", "一所小学", "学校"] {
        let rows: String = (1..=60).map(|at| format!("21{at:02},{letters}\n")).chain(["2199,初级中学和小学\n".to_string()]).collect();
        let (bytes, ..) = GB18030.encode(&rows);
        let bytes = [&b"code,name\n"[..], &bytes[..]].concat();
        let got = read_files(vec![file("county.csv", bytes)], &Settings::default());
        assert_eq!(input(&got, COUNTY).encoding, "gb18030", "{letters}");
    }
}

#[test]
fn gbk_by_label_is_gb18030() {
    let (bytes, _, _) = GB18030.encode(SMALL);
    let labelled = File { encoding: Some("GBK".into()), ..file("county.csv", bytes) };
    let got = read_files(vec![labelled], &Settings::default());
    assert_eq!(input(&got, COUNTY).encoding, "gb18030");
    assert_eq!(got.value(COUNTY, 1, 1), &text("乙县"));
}

#[test]
fn a_label_that_is_no_encoding() {
    let labelled = File { encoding: Some("klingon".into()), ..file("county.csv", SMALL) };
    assert_eq!(read_files(vec![labelled], &Settings::default()).codes(), ["E0305"]);
}

#[test]
fn byte_order_marks() {
    let got = read(&[("county.csv", &format!("\u{feff}{SMALL}"))]);
    assert!(got.said.is_empty(), "{:?}", got.said);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(SMALL.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let got = read_files(vec![file("county.txt", wide)], &Settings::default());
    assert!(got.said.is_empty(), "{:?}", got.said);
    assert_eq!(input(&got, COUNTY).encoding, "utf-16le");
    assert_eq!(got.value(COUNTY, 0, 1), &text("甲县"));
}

#[test]
fn utf8_with_a_broken_letter_is_no_gb18030() {
    let mut bytes = SMALL.as_bytes().to_vec();
    let second = SMALL.find("甲县").expect("there");
    bytes.remove(second + 2);
    let got = read_files(vec![file("county.csv", bytes)], &Settings::default());
    assert_eq!(got.codes(), ["E0304"]);
    // The line was not cut into cells: what stands in which column is not known, so none of it is shown.
    assert_eq!(got.places("E0304"), [(2, "***".to_string())]);
    assert!(got.the("E0304").text.en.contains("line 2"), "{}", got.the("E0304").text.en);
}

#[test]
fn bytes_of_no_encoding() {
    let (bytes, _, _) = GB18030.encode(SMALL);
    let mut bytes = bytes.into_owned();
    bytes.extend(b"2103,\xff\xff\n2104,\x81\n");
    let got = read_files(vec![file("county.csv", bytes)], &Settings::default());
    assert_eq!(got.codes(), ["E0304", "E0304"]);
    assert_eq!(frames(&got.said[0])[0].line, 4);
    assert_eq!(frames(&got.said[1])[0].line, 5);
}

#[test]
fn a_workbook_is_named_as_such() {
    assert_eq!(read_files(vec![file("county.csv", b"PK\x03\x04\x00\x00")], &Settings::default()).codes(), ["E0303"]);
}

#[test]
fn every_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let got = read(&[("county.csv", &SMALL.replace('\n', end))]);
        assert!(got.said.is_empty(), "{end:?} {:?}", got.said);
        assert_eq!(got.keys(COUNTY), ["2101", "2102"], "{end:?}");
        assert_eq!(got.tables.tables[COUNTY].lines, [2, 3]);
    }
}

#[test]
fn every_delimiter() {
    for delimiter in ["\t", ";"] {
        let text = SMALL.replace(',', delimiter).replace("甲县", "甲,县,");
        let got = read(&[("county.tsv", &text)]);
        assert!(got.said.is_empty(), "{delimiter:?} {:?}", got.said);
        assert_eq!(got.value(COUNTY, 0, 1), &super::text("甲,县,"));
    }
    let told = File { delimiter: Some(b'|'), ..file("county.csv", SMALL.replace(',', "|")) };
    assert_eq!(read_files(vec![told], &Settings::default()).keys(COUNTY), ["2101", "2102"]);
}

#[test]
fn a_delimiter_in_quotes_is_none() {
    let got = read(&[("county.csv", "\"区县代码\";\"区县名称\";\"a,b,c,d,e\"\n2101;甲;x\n")]);
    assert_eq!(got.keys(COUNTY), ["2101"]);
    assert!(got.errors().is_empty());
}

#[test]
fn a_file_of_no_table_is_answered_with_the_near_one_or_all() {
    let got = read(&[("scholl.csv", SMALL), ("county.csv", SMALL)]);
    assert_eq!(got.codes(), ["E0301"]);
    let help = &got.the("E0301").help;
    assert_eq!(help.en, "did you mean `school`?");
    assert_eq!(got.keys(COUNTY), ["2101", "2102"]);
    let got = read(&[("表一.csv", SMALL)]);
    let help = &got.the("E0301").help;
    assert!(help.en.contains("school") && help.en.contains("monitoring"), "{}", help.en);
    assert!(help.zh.contains("质量监测"), "{}", help.zh);
}

#[test]
fn parts_of_a_split_are_no_file() {
    assert_eq!(read(&[("section.csv", "学段,学生数\n")]).codes(), ["E0301"]);
}

#[test]
fn names_of_files_are_folded() {
    for path in ["COUNTY.CSV", "ｃｏｕｎｔｙ.csv", "a\\区县.txt", "区县"] {
        assert_eq!(read(&[(path, SMALL)]).keys(COUNTY), ["2101", "2102"], "{path}");
    }
    let told = File { table: Some("区县".into()), ..file("2025年上报.csv", SMALL) };
    assert_eq!(read_files(vec![told], &Settings::default()).keys(COUNTY), ["2101", "2102"]);
}

#[test]
fn two_files_for_one_table() {
    let got = read(&[("county.csv", SMALL), ("区县.csv", "区县代码,区县名称,人数\n,x,1\n")]);
    assert_eq!(got.codes(), ["E0302", "E0313"]);
    let text = &got.the("E0302").text.en;
    assert!(text.contains("county.csv") && text.contains("区县.csv"), "{text}");
    assert_eq!(got.keys(COUNTY), ["2101", "2102"]);
}

#[test]
fn headers_in_any_order_and_spelling() {
    let header = "学校 名称,单间面积>=96m²的音乐教室间数,ＣＯＤＥ,县码,教学用房面积（平方米）,设备资产值(元)";
    let mut settings = Settings::default();
    settings.aliases.entry("school".into()).or_default().insert("county_code".into(), vec!["县码".into()]);
    let school = file("school.csv", format!("{header}\n一小,2,S1,2101,200.5,9\n"));
    let got = read_files(vec![file(ONE_COUNTY.0, ONE_COUNTY.1), school], &settings);
    assert!(got.errors().is_empty(), "{:?}", got.said);
    assert_eq!(got.keys(SCHOOL), ["S1"]);
    assert_eq!(got.value(SCHOOL, 0, 10), &number("2"));
    assert_eq!(got.value(SCHOOL, 0, 5), &number("200.5"));
    assert_eq!(got.tables.tables[SCHOOL].parents[0], [0]);
    // Another unit than the column's own is no spelling of it.
    assert_eq!(got.value(SCHOOL, 0, 6), &unknown(Why::NoColumn));
    assert_eq!(&*got.tables.tables[SCHOOL].headers[0], "ＣＯＤＥ");
}

#[test]
fn a_missing_column_is_missing_cells_and_one_message() {
    let got = read(&[("class.csv", "班级代码,学校代码,学段,学生人数\nC1,S1,小学,45\nC2,S1,小学,44\n")]);
    assert_eq!(got.codes(), ["W0301"]);
    let said = got.the("W0301");
    assert!(said.help.en.contains("学生人数") && said.help.en.contains("pupils = [\"学生人数\"]"), "{}", said.help.en);
    assert_eq!(frames(said)[0].line, 1);
    assert_eq!(got.value(CLASS, 1, 3), &unknown(Why::NoColumn));
    assert_eq!(&*got.tables.tables[CLASS].headers[3], "学生数");
    assert!(got.tables.bad.is_empty());
    assert!(!got.codes().contains(&"N0301"), "what was offered for a missing column is said once");
}

#[test]
fn missing_key_and_link_columns_are_both_said() {
    let got = read(&[("class.csv", "学段,学生数\n小学,45\n")]);
    assert_eq!(got.errors(), ["E0311", "E0312"]);
    assert_eq!(got.value(CLASS, 0, 3), &number("45"));
}

#[test]
fn a_header_that_stands_twice() {
    let got = read(&[("county.csv", "区县代码,code,区县名称\n1,2,x\n")]);
    assert_eq!(got.codes(), ["E0310"]);
    assert_eq!(got.places("E0310"), [(1, "区县代码".to_string()), (1, "code".to_string())]);
}

#[test]
fn title_lines_above_the_header() {
    let got = read(&[("county.csv", "甲市 2025 年上报表,\n\n单位：县,,,\n区县代码,区县名称\n2101,甲\n")]);
    assert!(got.codes().is_empty(), "{:?}", got.said);
    assert_eq!(got.tables.tables[COUNTY].lines, [5]);
    assert!(got.the("N0304").text.en.contains("row 4"));
}

#[test]
fn no_header_at_all() {
    let got = read(&[("county.csv", "2101,甲\n2102,乙\n"), ("school.csv", "")]);
    assert_eq!(got.codes(), ["E0309", "E0309"]);
    let late = format!("{}区县代码,区县名称\n", "x\n".repeat(11));
    assert_eq!(read(&[("county.csv", &late)]).codes(), ["E0309"]);
}

#[test]
fn a_header_without_rows_is_handed_in() {
    let got = read(&[("county.csv", "区县代码,区县名称\n")]);
    assert!(got.said.is_empty());
    assert!(got.tables.tables[COUNTY].handed_in() && got.tables.tables[COUNTY].is_empty());
    assert_eq!(got.tables.tables[SECTION].origin, Origin::Absent);
}
