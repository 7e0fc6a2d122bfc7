//! A small county: two schools, their primary parts, classes and a teacher whose columns are personal.

use std::sync::Arc;

use crate::base::{Date, Lang, Number, Sources, Span, Unit};
use crate::model::ast::{RuleKind, Status, Wanted};
use crate::model::op::{Bound, Compare, Spread};
use crate::model::plan::*;
use crate::model::reduced::{PartRow, Reduced};
use crate::model::table::{Cell, CellValue, Input, Origin, Table, Tables, Why};
use crate::model::value::{Cause, CauseCode, CellRef, Place, Range};
use crate::model::verdict::*;
use crate::report::{MaskKey, Masks, Options, PackDigest, Page};

pub const COUNTY: usize = 0;
pub const SCHOOL: usize = 1;
pub const SECTION: usize = 2;
pub const CLASS: usize = 3;
pub const TEACHER: usize = 4;

const RULES: &str = "\
rule WHOLE \"学校达标\" / \"Schools\"
  for      each section
  require  at least 1 of AREA, SPREAD met, the rest at least 85% of standard

rule AREA \"生均用房面积\" / \"Area per pupil\"
  cites    \"第六条（四）\"
  for      each section
  require  (teaching_area - indoor_sports_area) / pupils
           >= 4.5 m2/pupil

rule CLASSES \"班额\" / \"Class size\"
  for      each school
  require  every class has size <= 45

rule SPREAD \"差异系数\" / \"Variation\"
  for      each county, each stage
  require  variation(area across section, weighted by pupils) <= 0.50

advice PAY \"教师工资\" / \"Pay\"
  for      each teacher
  require  pay >= 5000 yuan
";

/// All that a page borrows.
pub struct World {
    pub plan: Plan,
    pub tables: Tables,
    pub reduced: Reduced,
    pub verdict: Verdict,
    pub sources: Sources,
}

impl World {
    pub fn page(&self, lang: Lang) -> Page<'_> {
        Page {
            plan: &self.plan,
            tables: &self.tables,
            reduced: &self.reduced,
            verdict: &self.verdict,
            sources: &self.sources,
            packs: vec![PackDigest { id: "sample".into(), sha256: "00ff".into(), path: "rules".into(), files: vec![("rules/pack.heng".into(), "0f".into())] }],
            options: Options::default(),
            said: Vec::new(),
            lang,
            color: false,
            width: 80,
            show_personal: false,
            masks: Masks::of(&self.plan, &self.tables, MaskKey::of_suites()),
            alike: std::sync::OnceLock::new(),
        }
    }
}

pub fn number(text: &str) -> Number {
    match text.split_once('/') {
        Some((num, den)) => number(num).div(&number(den)).expect("a denominator that is not 0"),
        None => Number::parse(text).expect("a number"),
    }
}

pub fn unit(word: &str) -> Unit {
    Unit::from_word(crate::base::unit::unit_word(word).expect("a unit word"))
}

pub fn per_pupil() -> Unit {
    unit("m2").over(&unit("pupil"))
}

fn titles(id: &str, en: &str, zh: &str) -> Titles {
    let some = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
    Titles { id: id.into(), en: some(en), zh: some(zh) }
}

fn column(id: &str, zh: &str, personal: bool) -> ColumnDef {
    ColumnDef { names: titles(id, "", zh), ty: ColumnKind::Text, unit: Unit::plain(), blank_means: None, is_fraction: false, personal, open: false, low: None, high: None, span: Span::default() }
}

fn table_def(id: &str, zh: &str, columns: Vec<ColumnDef>) -> TableDef {
    TableDef { names: titles(id, "", zh), key: vec![0], parents: Vec::new(), columns, called: None, counted_in: Unit::plain(), filed_by: None, filed_as: None, evidence: None, period: None, split: None, span: Span::default() }
}

fn parent(table: usize, column: usize) -> Vec<ParentDef> {
    vec![ParentDef { table, column, role: None, optional: false }]
}

fn tables_of_plan() -> Vec<TableDef> {
    let county = table_def("county", "区县", vec![column("code", "区县代码", false)]);
    let columns = [("code", "学校代码"), ("county_code", "区县代码"), ("name", "学校名称"), ("teaching_area", "教学及辅助用房总面积"), ("indoor", "室内体育用房面积"), ("primary_pupils", "小学学生人数")];
    let school = TableDef { parents: parent(COUNTY, 1), called: Some(2), ..table_def("school", "学校", columns.map(|(id, zh)| column(id, zh, false)).to_vec()) };
    let part = PartDef { code: 0, names: titles("primary", "", "小学部"), pupils: 5, share: Number::ONE };
    let split = SplitDef { of: SCHOOL, codes: 0, parts: vec![part], shared: vec![3, 4], own: Vec::new() };
    let columns = [("pupils", "学生数"), ("stage", "学段"), ("teaching_area", "教学及辅助用房总面积"), ("indoor", "室内体育用房面积")];
    let section = TableDef { key: Vec::new(), parents: parent(SCHOOL, 0), split: Some(split), ..table_def("section", "学段部", columns.map(|(id, zh)| column(id, zh, false)).to_vec()) };
    let columns = [("code", "班级代码"), ("school_code", "学校代码"), ("size", "学生数")];
    let class = TableDef { parents: parent(SCHOOL, 1), ..table_def("class", "班级", columns.map(|(id, zh)| column(id, zh, false)).to_vec()) };
    let pay = ColumnDef { ty: ColumnKind::Number, ..column("pay", "月工资", true) };
    let columns = vec![column("id", "教师编号", true), column("school_code", "学校代码", false), column("name", "姓名", true), pay];
    let teacher = TableDef { parents: parent(SCHOOL, 1), called: Some(2), ..table_def("teacher", "教师", columns) };
    vec![county, school, section, class, teacher]
}

fn rule(id: &str, en: &str, zh: &str, table: usize) -> RuleDef {
    let place = |word: &str, from: usize| RULES[from..].find(word).map(|at| from + at).expect("stands in the rules");
    let start = [format!("rule {id} "), format!("advice {id} ")].iter().find_map(|head| RULES.find(head.as_str())).expect("a rule");
    let body = place("require  ", start) + "require  ".len();
    let end = RULES[body..].find("\n\n").map_or(RULES.trim_end().len(), |end| body + end);
    let node = Node { kind: Box::new(NodeKind::Truth(true)), ty: Type::Truth, span: Span::new(crate::base::SourceId(0), body, end) };
    RuleDef {
        kind: RuleKind::Rule,
        names: titles(id, en, zh),
        pack: 0,
        cites: Vec::new(),
        at: Level { table: Some(table), ..Level::default() },
        term: None,
        codes: Vec::new(),
        scope: None,
        when: None,
        require: vec![node],
        grades: Vec::new(),
        after: None,
        message: None,
        remedy: None,
        show: None,
        in_force: Period::default(),
        layers: Vec::new(),
        exceptions: Vec::new(),
        withdrawn: None,
        part_of: Vec::new(),
        span: Span::new(crate::base::SourceId(0), start, start + 10),
    }
}

fn plan() -> Plan {
    let whole = rule("WHOLE", "Schools", "学校达标", SECTION);
    let area = RuleDef { cites: vec!["第六条（四）".into()], part_of: vec![0], message: Some(Told { text: "{name} 面积不足".into(), holes: Vec::new() }), ..rule("AREA", "Area per pupil", "生均用房面积", SECTION) };
    let classes = rule("CLASSES", "Class size", "班额", SCHOOL);
    let spread = RuleDef { part_of: vec![0], ..rule("SPREAD", "Variation", "差异系数", COUNTY) };
    let pay = RuleDef { kind: RuleKind::Advice, ..rule("PAY", "Pay", "教师工资", TEACHER) };
    let stage = CodeList { names: titles("stage", "", "学段"), best_first: false, codes: vec![CodeDef { names: titles("primary", "", "小学"), spellings: Vec::new() }], span: Span::default() };
    let pack = PackInfo { id: "sample".into(), version: "1.0".into(), titles: titles("sample", "", ""), authority: None, document: None, in_force: Period::default(), extends: None };
    Plan { packs: vec![pack], codes: vec![stage], tables: tables_of_plan(), rules: vec![whole, area, classes, spread, pay], order: vec![1, 2, 3, 4, 0], ..Plan::default() }
}

pub fn cell(raw: &str) -> Cell {
    let value = if raw.is_empty() { CellValue::Unknown(Why::Missing) } else { CellValue::Text(Arc::from(raw)) };
    Cell { value, raw: Arc::from(raw) }
}

/// A table from a file; the first cell of a row is its key.
fn data(def: &TableDef, path: &str, rows: &[&[&str]], above: Option<&[u32]>) -> Table {
    Table {
        origin: Origin::HandedIn(Input { path: path.into(), rows: rows.len(), sha256: "ab12".into(), encoding: "utf-8".into(), left_out: Vec::new() }),
        lines: (2u32..).take(rows.len()).collect(),
        keys: rows.iter().map(|row| Arc::from(row[0])).collect(),
        columns: (0..def.columns.len()).map(|column| rows.iter().map(|row| cell(row[column])).collect()).collect(),
        headers: def.columns.iter().map(|column| Arc::from(column.names.text().zh)).collect(),
        parents: above.iter().map(|rows| rows.to_vec()).collect(),
        gone: std::collections::BTreeMap::new(),
    }
}

fn absent(def: &TableDef) -> Table {
    Table { origin: Origin::Absent, lines: Vec::new(), keys: Vec::new(), columns: vec![Vec::new(); def.columns.len()], headers: Vec::new(), parents: vec![Vec::new(); def.parents.len()], gone: std::collections::BTreeMap::new() }
}

fn tables(plan: &Plan) -> Tables {
    let county = Table { origin: Origin::Named, lines: vec![0], ..data(&plan.tables[COUNTY], "", &[&["210102"]], None) };
    let school = data(&plan.tables[SCHOOL], "school.csv", &[&["2101", "210102", "浑河小学", "４２４６", "200", "900"], &["2102", "210102", "沈河小学", "", "0", "600"]], Some(&[0, 0]));
    let class = data(&plan.tables[CLASS], "class.csv", &[&["C1", "2101", "44"], &["C2", "2101", "58"]], Some(&[0, 0]));
    let teacher = data(&plan.tables[TEACHER], "teacher.csv", &[&["T0007", "2101", "王小明", "4321"]], Some(&[0]));
    Tables { tables: vec![county, school, absent(&plan.tables[SECTION]), class, teacher], bad: Vec::new() }
}

pub fn at(table: usize, column: u16, row: u32) -> CellRef {
    CellRef { table: u16::try_from(table).expect("a table"), column, row }
}

pub fn judged(outcome: Outcome, form: Form) -> Judged {
    Judged {
        outcome,
        grades: None,
        form,
        value: Figure::None,
        limit: Limit::None,
        attainment: None, margin: None,
        few: Few::default(),
        rounding_flips: false,
        show: 2,
        working: Vec::new(),
        cells: Vec::new(),
        reason: Vec::new(),
        parts: Vec::new(),
        may: May::ALL,
        despite: Vec::new(),
        unchecked: false,
        set_by: 0,
        layer: None,
        source: None,
    }
}

pub fn figure(text: &str, unit: Unit) -> Figure {
    Figure::Number { number: number(text), unit }
}

pub fn limit(op: Compare, text: &str, unit: Unit) -> Limit {
    Limit::Number { number: number(text), unit, op, rest: None }
}

pub fn cause(code: CauseCode, at: Place) -> Cause {
    Cause { code, at }
}

pub fn asks(table: usize, row: u32, key: &str, name: &str) -> UnitId {
    UnitId { table: Some(table), row, codes: Vec::new(), term: None, key: key.into(), name: name.into(), counties: vec!["210102".into()] }
}

pub fn finding(rule: usize, unit: UnitId, judged: Judged) -> Finding {
    let kind = if rule == 4 { RuleKind::Advice } else { RuleKind::Rule };
    Finding { rule, kind, unit, outcome: judged.outcome, judged, message: None, advice_text: None, advance: None, heard: kind >= RuleKind::Rule, remedy: Vec::new() }
}

/// Short by a hair, and met if it were rounded.
pub fn area_judged() -> Judged {
    let pupils = |text: &str| Piece::Number { number: number(text), unit: Unit::plain() };
    Judged {
        value: figure("2023/450", per_pupil()),
        limit: limit(Compare::Ge, "4.5", per_pupil()),
        attainment: None, margin: Some(number("-1/225")),
        rounding_flips: true,
        working: vec![Piece::Open, pupils("4246"), Piece::Sign("−"), pupils("200"), Piece::Close, Piece::Sign("÷"), pupils("900")],
        cells: vec![at(SECTION, 2, 0), at(SECTION, 3, 0), at(SECTION, 0, 0)],
        ..judged(Outcome::NotMet, Form::Comparison)
    }
}

fn open_area_judged() -> Judged {
    Judged {
        value: Figure::Bounds { range: Range::at_least(Number::ZERO), unit: per_pupil() },
        limit: limit(Compare::Ge, "4.5", per_pupil()),
        cells: vec![at(SECTION, 2, 1)],
        reason: vec![cause(CauseCode::Missing, Place::Cell(at(SCHOOL, 3, 1)))],
        ..judged(Outcome::Undecided, Form::Comparison)
    }
}

fn whole_judged() -> Judged {
    let branch = Part::Branch { rule: 1, unit: Some("2101-primary".into()), row: Some(0), outcome: Outcome::NotMet, judged: Some(Box::new(area_judged())), grade: None, attainment: Some(number("2023/2025")) };
    Judged {
        value: figure("0", Unit::plain()),
        limit: Limit::Number { number: number("1"), unit: Unit::plain(), op: Compare::Ge, rest: Some(Rest::Standard(number("17/20"))) },
        attainment: None, margin: Some(number("-1")),
        show: 0,
        parts: vec![branch],
        ..judged(Outcome::NotMet, Form::Rules { bound: Some(Bound::AtLeast), wanted: Wanted::Status(Status::Met) })
    }
}

fn classes_judged() -> Judged {
    let row = Judged { value: figure("58", unit("pupil")), limit: limit(Compare::Le, "45", unit("pupil")), attainment: None, margin: Some(number("-13")), show: 0, cells: vec![at(CLASS, 2, 1)], ..judged(Outcome::NotMet, Form::Comparison) };
    Judged {
        value: figure("1", unit("class")),
        limit: limit(Compare::Le, "0", unit("class")),
        attainment: None, margin: Some(number("-1")),
        show: 0,
        parts: vec![Part::Counts { asked: 2, met: 1, not_met: 1, undecided: 0, not_applicable: 0 }, Part::Row { table: CLASS, row: 1, name: "C2".into(), key: "C2".into(), judged: Box::new(row) }],
        ..judged(Outcome::NotMet, Form::Rows)
    }
}

fn spread_judged() -> Judged {
    let member = |row: u32, key: &str, name: &str, value: &str, share: &str| Part::Member { table: SECTION, row, name: name.into(), key: key.into(), value: number(value), unit: per_pupil(), weight: number("900"), term: number("0.125").into(), share: number(share).into(), of_limit: false, few: false, persons: 0 };
    Judged {
        value: Figure::Spread { square: number("0.251001") },
        limit: limit(Compare::Le, "0.5", Unit::plain()),
        rounding_flips: true,
        parts: vec![member(0, "2101-primary", "浑河小学（小学部）", "4.5", "1/4"), member(1, "2102-primary", "沈河小学（小学部）", "9", "3/4")],
        ..judged(Outcome::NotMet, Form::Variation(Spread::Weighted))
    }
}

pub fn pay_judged() -> Judged {
    Judged {
        value: figure("4321", unit("yuan")),
        limit: limit(Compare::Ge, "5000", unit("yuan")),
        attainment: None, margin: Some(number("-679")),
        working: vec![Piece::Number { number: number("4321"), unit: unit("yuan") }],
        cells: vec![at(TEACHER, 3, 0)],
        few: Few { value: true, limit: false, working: false },
        ..judged(Outcome::NotMet, Form::Comparison)
    }
}

fn findings() -> Vec<Finding> {
    let section = |row: u32, key: &str, name: &str| asks(SECTION, row, key, name);
    let nothing = Judged { reason: vec![cause(CauseCode::NotFiled, Place::Row { of: SCHOOL, row: 1, table: CLASS })], ..judged(Outcome::Undecided, Form::Rows) };
    let stage = UnitId { codes: vec![(0, 0)], counties: vec!["210102".into()], ..asks(COUNTY, 0, "210102-primary", "210102 小学") };
    let message = Some("浑河小学（小学部） 面积不足".into());
    vec![
        finding(0, section(0, "2101-primary", "浑河小学（小学部）"), whole_judged()),
        finding(0, section(1, "2102-primary", "沈河小学（小学部）"), Judged { reason: vec![cause(CauseCode::Condition, Place::Nowhere)], ..judged(Outcome::NotApplicable, Form::Unasked) }),
        Finding { message, ..finding(1, section(0, "2101-primary", "浑河小学（小学部）"), area_judged()) },
        finding(1, section(1, "2102-primary", "沈河小学（小学部）"), open_area_judged()),
        finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), classes_judged()),
        finding(2, asks(SCHOOL, 1, "2102", "沈河小学"), nothing),
        finding(3, stage, spread_judged()),
        finding(4, asks(TEACHER, 0, "T0007", "王小明"), pay_judged()),
    ]
}

/// The county with all its findings.
pub fn world() -> World {
    let plan = plan();
    let tables = tables(&plan);
    let part = |row: u32| PartRow { row, part: 0, possible: false };
    let reduced = Reduced { parts: [Vec::new(), Vec::new(), vec![part(0), part(1)], Vec::new(), Vec::new()].map(std::rc::Rc::new).to_vec(), ..Reduced::default() };
    let asked = |rule: usize, asked: usize, of: usize| Asked { rule, asked, of, reason: Vec::new() };
    let verdict = Verdict {
        as_of: Date::new(2026, 9, 1).expect("a day"),
        findings: findings(),
        asked: vec![asked(0, 2, 2), asked(1, 2, 2), asked(2, 2, 3), asked(3, 1, 1), asked(4, 1, 1)],
        counties: vec![County { key: "210102".into(), name: "浑南区".into(), outcome: Outcome::NotMet, levels: Vec::new(), vetoes: Vec::new() }],
        outcome: Outcome::NotMet,
        status: 1,
        ends: Ends { worst: Outcome::NotMet, best: Outcome::NotMet },
        unmatched: Vec::new(),
    };
    let mut sources = Sources::default();
    sources.add("rules/sample/resources.heng", RULES);
    World { plan, tables, reduced, verdict, sources }
}
