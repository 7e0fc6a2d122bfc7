//! Files as they really come: a small plan by hand, broken files, what is said of them, and what is read all the same.

mod cells;
mod doubts;
mod files;
mod links;
mod left_out;
mod noise;
mod rows;

use std::sync::Arc;

use crate::base::{Number, Span, Unit, unit};
use crate::diag::{Diagnostic, Frame, Place, Severity};
use crate::model::plan::{Blank, CodeDef, CodeList, ColumnDef, ColumnKind, ParentDef, PartDef, Plan, SplitDef, TableDef, Titles};
use crate::model::table::{Cell, CellValue, Tables, Why};

use super::{File, Settings, load};

pub const COUNTY: usize = 0;
pub const SCHOOL: usize = 1;
pub const CLASS: usize = 2;
pub const SECTION: usize = 3;
pub const MONITORING: usize = 4;
pub const TEACHER: usize = 5;

pub fn titles(id: &str, zh: &str) -> Titles {
    Titles { id: id.into(), en: None, zh: Some(zh.into()) }
}

pub fn column(id: &str, zh: &str, ty: ColumnKind, word: &str) -> ColumnDef {
    let unit = unit::unit_word(word).map_or_else(Unit::plain, Unit::from_word);
    let low = Some(Number::ZERO).filter(|_| !word.is_empty());
    ColumnDef { names: titles(id, zh), ty, unit, blank_means: None, is_fraction: false, personal: false, open: false, low, high: None, span: Span::default() }
}

fn blank_is_zero(column: ColumnDef) -> ColumnDef {
    ColumnDef { blank_means: Some(Blank::Number(Number::ZERO)), ..column }
}

pub fn table(id: &str, zh: &str, key: &[usize], parents: &[(usize, usize)], columns: Vec<ColumnDef>) -> TableDef {
    let parents = parents.iter().map(|(table, column)| ParentDef { table: *table, column: *column, role: None, optional: false }).collect();
    TableDef { names: titles(id, zh), key: key.to_vec(), parents, columns, called: None, counted_in: Unit::plain(), filed_by: None, filed_as: None, evidence: None, period: None, split: None, span: Span::default() }
}

fn codes(id: &str, zh: &str, codes: &[(&str, &str, &[&str])]) -> CodeList {
    let code = |(id, zh, numbers): &(&str, &str, &[&str])| CodeDef { names: titles(id, zh), spellings: numbers.iter().map(|number| (*number).to_string()).collect() };
    CodeList { names: titles(id, zh), best_first: false, codes: codes.iter().map(code).collect(), span: Span::default() }
}

/// Counties, schools with two pupil columns, classes, the sections of the schools, yearly monitoring, teachers.
pub fn plan() -> Plan {
    use ColumnKind::{Code, Date, Number as Plain, Text, Whole, YearMonth, YesNo};
    let stages = codes("stage", "学段", &[("primary", "小学", &["211"]), ("junior", "初中", &["311"])]);
    let ranks = codes("rank", "骨干级别", &[("none", "无", &[]), ("county", "县级", &[])]);
    let levels = codes("level", "等级", &[("I", "Ⅰ", &[]), ("III", "Ⅲ", &[])]);
    let county = table("county", "区县", &[0], &[], vec![column("code", "区县代码", Text, ""), column("name", "区县名称", Text, "")]);
    let school = vec![
        column("code", "学校代码", Text, ""),
        column("county_code", "区县代码", Text, ""),
        column("name", "学校名称", Text, ""),
        blank_is_zero(column("primary_pupils", "小学学生人数", Whole, "pupil")),
        blank_is_zero(column("junior_pupils", "初中学生人数", Whole, "pupil")),
        column("area", "教学用房面积", Plain, "m2"),
        column("equipment", "设备资产值", Plain, "万元"),
        column("boarding", "是否寄宿制", YesNo, ""),
        column("rate", "巩固率", Plain, ""),
        ColumnDef { high: Some(Number::int(2100)), low: Some(Number::int(1900)), ..column("built", "建成年份", Whole, "year") },
        column("rooms_96", "单间面积≥96㎡的音乐教室间数", Whole, "room"),
        column("since", "通过日期", Date, ""),
        column("month", "起始年月", YearMonth, ""),
    ];
    let class = vec![column("code", "班级代码", Text, ""), column("school_code", "学校代码", Text, ""), column("stage", "学段", Code(0), ""), column("pupils", "学生数", Whole, "pupil")];
    let teacher = vec![
        ColumnDef { personal: true, ..column("id", "教师编号", Text, "") },
        column("school_code", "学校代码", Text, ""),
        column("rank", "骨干级别", Code(1), ""),
        column("note", "备注", Text, ""),
    ];
    let monitoring = vec![column("county_code", "区县代码", Text, ""), column("year", "年份", Whole, "year"), column("level", "等级", Code(2), "")];
    let part = |code, id: &str, pupils| PartDef { code, names: titles(id, id), pupils, share: Number::ONE };
    let split = SplitDef { of: SCHOOL, codes: 0, parts: vec![part(0, "primary", 3), part(1, "junior", 4)], shared: Vec::new(), own: Vec::new() };
    let section = TableDef { split: Some(split), ..table("section", "学段部", &[], &[(SCHOOL, 0)], vec![column("pupils", "学生数", Whole, "pupil"), column("stage", "学段", Code(0), "")]) };
    let tables = vec![
        county,
        table("school", "学校", &[0], &[(COUNTY, 1)], school),
        table("class", "班级", &[0], &[(SCHOOL, 1)], class),
        section,
        table("monitoring", "质量监测", &[0, 1], &[(COUNTY, 0)], monitoring),
        table("teacher", "教师", &[0], &[(SCHOOL, 1)], teacher),
    ];
    Plan { codes: vec![stages, ranks, levels], tables, ..Plan::default() }
}

/// What a load gave.
pub struct Got {
    pub tables: Tables,
    pub said: Vec<Diagnostic>,
}

pub fn file(path: &str, bytes: impl AsRef<[u8]>) -> File {
    File { path: path.into(), bytes: bytes.as_ref().to_vec(), ..File::default() }
}

pub fn read(files: &[(&str, &str)]) -> Got {
    read_files(files.iter().map(|(path, text)| file(path, text)).collect(), &Settings::default())
}

pub fn read_files(files: Vec<File>, settings: &Settings) -> Got {
    let (tables, said) = load(&plan(), files, settings);
    sound(&plan(), &tables);
    Got { tables, said }
}

/// The invariants of tables, whatever came in.
pub fn sound(plan: &Plan, tables: &Tables) {
    assert_eq!(tables.tables.len(), plan.tables.len());
    for (def, table) in plan.tables.iter().zip(&tables.tables) {
        assert_eq!(table.columns.len(), def.columns.len());
        assert_eq!(table.headers.len(), def.columns.len());
        assert_eq!(table.parents.len(), def.parents.len());
        assert_eq!(table.lines.len(), table.len());
        assert!(table.columns.iter().all(|column| column.len() == table.len()));
        assert!(table.parents.iter().all(|parents| parents.len() == table.len()));
    }
}

impl Got {
    /// Codes of errors and warnings, in order; notes are left to those who ask.
    pub fn codes(&self) -> Vec<&str> {
        self.said.iter().filter(|said| said.severity != Severity::Note).map(|said| said.code).collect()
    }

    pub fn errors(&self) -> Vec<&str> {
        self.said.iter().filter(|said| said.is_error()).map(|said| said.code).collect()
    }

    pub fn the(&self, code: &str) -> &Diagnostic {
        self.said.iter().find(|said| said.code == code).unwrap_or_else(|| panic!("no {code} among {:?}", self.said.iter().map(|said| said.code).collect::<Vec<_>>()))
    }

    /// Line and underlined words of a message's places.
    pub fn places(&self, code: &str) -> Vec<(u32, String)> {
        frames(self.the(code)).into_iter().map(|frame| (frame.line, frame.text[frame.start..frame.end].to_string())).collect()
    }

    pub fn cell(&self, table: usize, row: usize, column: usize) -> &Cell {
        &self.tables.tables[table].columns[column][row]
    }

    pub fn value(&self, table: usize, row: usize, column: usize) -> &CellValue {
        &self.cell(table, row, column).value
    }

    pub fn keys(&self, table: usize) -> Vec<&str> {
        self.tables.tables[table].keys.iter().map(|key| &**key).collect()
    }
}

pub fn frames(said: &Diagnostic) -> Vec<Frame> {
    let frame = |place: &Place| match place {
        Place::Line(frame) => Some(frame.clone()),
        Place::Rule(_) => None,
    };
    said.labels.iter().filter_map(|label| frame(&label.place)).collect()
}

pub fn number(text: &str) -> CellValue {
    CellValue::Number(Number::parse(text).expect("a number"))
}

pub fn text(text: &str) -> CellValue {
    CellValue::Text(Arc::from(text))
}

pub fn unknown(why: Why) -> CellValue {
    CellValue::Unknown(why)
}

/// One county, so that schools have something above them.
pub const ONE_COUNTY: (&str, &str) = ("区县.csv", "区县代码,区县名称\n2101,甲县\n");
