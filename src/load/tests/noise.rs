//! Whatever the bytes are, there is an answer, and it is the same twice.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::*;

const BITS: &[&str] = &[
    "学校代码", "区县代码", "区县名称", "班级代码", "学段", "学生数", "小学学生人数", "年份", "等级", "教师编号", ",", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\t", ";", "\"", "\"\"", "小学", "合计", "注：", "2101", "0012", "12", "12.0",
    "2.1E+09", "45人", "85%", "1,234", "-3", "2017-02-30", "无", "—", "　", "\u{feff}", "\u{1b}", "Ⅲ", "㎡", "٣", "９９", "\u{0}",
];
const PATHS: &[&str] = &["county.csv", "school.csv", "class.csv", "monitoring.csv", "teacher.csv", "section.csv", "?.csv"];

fn noise(random: &mut fastrand::Rng) -> Vec<u8> {
    if random.u8(..4) == 0 {
        return (0..random.usize(..200)).map(|_| random.u8(..)).collect();
    }
    let mut bytes: Vec<u8> = (0..random.usize(..80)).flat_map(|_| BITS[random.usize(..BITS.len())].bytes()).collect();
    if random.u8(..8) == 0 && !bytes.is_empty() {
        let at = random.usize(..bytes.len());
        bytes[at] = random.u8(..);
    }
    bytes
}

#[test]
fn no_bytes_make_it_panic() {
    let plan = plan();
    let mut random = fastrand::Rng::with_seed(7);
    let start = Instant::now();
    for _ in 0..20_000 {
        if start.elapsed() > Duration::from_secs(20) {
            return;
        }
        let files: Vec<File> = (0..random.usize(1..4)).map(|_| file(PATHS[random.usize(..PATHS.len())], noise(&mut random))).collect();
        let (tables, said) = load(&plan, files.clone(), &Settings::default());
        sound(&plan, &tables);
        for frame in said.iter().flat_map(frames) {
            assert!(frame.text.get(frame.start..frame.end).is_some(), "{frame:?}");
        }
        if random.u8(..16) == 0 {
            assert_eq!(said, load(&plan, files, &Settings::default()).1);
        }
    }
}

#[test]
fn cells_are_those_of_the_csv_crate() {
    let mut random = fastrand::Rng::with_seed(11);
    let bits = ["a", "学", ",", "\"", "\n", " ", "", "0"];
    for _ in 0..2000 {
        let rows: Vec<Vec<String>> = (0..4).map(|_| (0..3).map(|_| (0..random.usize(..6)).map(|_| bits[random.usize(..bits.len())]).collect()).collect()).collect();
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).expect("written");
        }
        let text = String::from_utf8(writer.into_inner().expect("written")).expect("text");
        let (sheet, faults) = crate::load::csv::sheet("x.csv", text, ',');
        assert!(faults.is_empty());
        let read: Vec<Vec<String>> = (0..sheet.len()).map(|row| sheet.cells(row).map(String::from).collect()).collect();
        assert_eq!(read, rows);
    }
}

/// A table of the size of a province is read in about a second; ten times that is a fault of the reader.
#[test]
fn a_hundred_thousand_rows() {
    let mut rows = plan().tables[SCHOOL].columns.iter().filter_map(|column| column.names.zh.clone()).collect::<Vec<_>>().join(",");
    for row in 0..100_000 {
        write!(rows, "\nS{row:06},2101,学校{row},{},{},{row}.5,{},是,0.9,1990,3,2017-04-19,2017-04", row % 900, row % 700, row % 1000).expect("written");
    }
    let start = Instant::now();
    let got = read(&[ONE_COUNTY, ("school.csv", &rows)]);
    let spent = start.elapsed();
    assert!(got.said.is_empty(), "{:?}", got.said.first());
    assert_eq!(got.tables.tables[SCHOOL].len(), 100_000);
    assert!(spent < Duration::from_secs(10), "{spent:?}");
}
