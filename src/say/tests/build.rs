//! A small county: county ⊃ school ⊃ section, class, teacher; and nodes made of words.

use std::sync::Arc;

use crate::base::unit::unit_word;
use crate::base::{Date, Number, Span, Text, Unit};
use crate::model::ast::RuleKind;
use crate::model::op::{Aggregate, Arith, Bound, Compare, Statistic};
use crate::model::plan::*;

pub const COUNTY: usize = 0;
pub const SCHOOL: usize = 1;
pub const SECTION: usize = 2;
pub const CLASS: usize = 3;
pub const TEACHER: usize = 4;

pub fn n(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

pub fn word(text: &str) -> Unit {
    Unit::from_word(unit_word(text).expect("a unit word"))
}

pub fn per_100() -> Unit {
    word("teacher").per(&n("100"), &word("pupil"))
}

pub fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a day")
}

pub fn titles(id: &str, zh: &str) -> Titles {
    Titles { id: id.into(), en: None, zh: Some(zh.into()) }
}

pub fn node(kind: NodeKind, ty: Type) -> Node {
    Node { kind: Box::new(kind), ty, span: Span::default() }
}

fn codes(id: &str, zh: &str, best_first: bool, codes: &[(&str, &str)]) -> CodeList {
    let codes = codes.iter().map(|(id, zh)| CodeDef { names: titles(id, zh), spellings: vec![] }).collect();
    CodeList { names: titles(id, zh), best_first, codes, span: Span::default() }
}

fn column(id: &str, zh: &str, ty: ColumnKind, unit: Unit) -> ColumnDef {
    ColumnDef { names: titles(id, zh), ty, unit, blank_means: None, is_fraction: false, personal: false, open: false, low: None, high: None, span: Span::default() }
}

fn table(id: &str, zh: &str, parents: &[usize], columns: Vec<ColumnDef>) -> TableDef {
    let parents = parents.iter().map(|table| ParentDef { table: *table, column: 0, role: None, optional: false }).collect();
    let counted_in = Unit::of_rows(id, Text::new(id, zh));
    TableDef { names: titles(id, zh), key: vec![0], parents, columns, called: None, counted_in, filed_by: None, filed_as: None, evidence: None, period: None, split: None, span: Span::default() }
}

/// The tables and code lists, without rules.
pub fn plan() -> Plan {
    use ColumnKind::{Code, Date, Number, Text, Whole, YesNo};
    let plain = Unit::plain;
    let area = || column("area", "面积", Number, word("m2"));
    let mut blank = column("leased", "租赁面积", Number, word("m2"));
    blank.blank_means = Some(Blank::Number(n("0")));
    let tables = vec![
        table("county", "区县", &[], vec![
            column("eligible_teachers", "符合交流条件教师数", Whole, word("teacher")),
            column("rotated_teachers", "交流教师数", Whole, word("teacher")),
            column("backbone_teachers", "交流骨干教师数", Whole, word("teacher")),
            column("since", "认定日期", Date, plain()),
        ]),
        table("school", "学校", &[COUNTY], vec![
            column("pupils", "学生数", Whole, word("pupil")),
            column("type", "学校类型", Code(1), plain()),
            column("boarding", "是否寄宿制", YesNo, plain()),
            area(),
            blank,
            column("music_rooms", "音乐教室间数", Whole, word("room")),
        ]),
        table("section", "学段部", &[SCHOOL], vec![column("pupils", "学生数", Whole, word("pupil")), column("stage", "学段", Code(0), plain()), area()]),
        table("class", "班级", &[SCHOOL], vec![column("stage", "学段", Code(0), plain()), column("size", "学生数", Whole, word("pupil"))]),
        table("teacher", "教师", &[SCHOOL], vec![
            column("eligible", "符合交流条件", YesNo, plain()),
            column("rotated", "本学年交流轮岗", YesNo, plain()),
            column("backbone", "县级骨干", YesNo, plain()),
            column("post", "职务", Text, plain()),
            column("terms", "任期数", Whole, plain()),
        ]),
    ];
    let stage = codes("stage", "学段", false, &[("primary", "小学"), ("junior", "初中"), ("senior", "高中")]);
    let kind = codes("school_type", "学校类型", false, &[("primary_school", "小学"), ("teaching_point", "教学点"), ("nine_year", "九年一贯制学校")]);
    let rank = codes("level", "监测等级", true, &[("I", "Ⅰ"), ("II", "Ⅱ"), ("III", "Ⅲ")]);
    Plan { codes: vec![stage, kind, rank], tables, ..Plan::default() }
}

pub fn rule(id: &str, zh: &str, table: usize, require: Vec<Node>) -> RuleDef {
    RuleDef {
        kind: RuleKind::Rule, names: titles(id, zh), pack: 0, cites: vec![], at: Level { table: Some(table), ..Level::default() }, term: None, codes: vec![], scope: None, when: None,
        require, grades: vec![], after: None, message: None, remedy: None, show: None, in_force: Period::default(), layers: vec![], exceptions: vec![], withdrawn: None, part_of: vec![], span: Span::default(),
    }
}

pub fn number(text: &str, unit: &Unit) -> Node {
    node(NodeKind::Number(unit.to_base(&n(text))), Type::Number(unit.clone()))
}

pub fn text(text: &str) -> Node {
    node(NodeKind::Text(Arc::from(text)), Type::Text)
}

pub fn code(list: usize, code: u16) -> Node {
    node(NodeKind::Code(code), Type::Code(list))
}

pub fn cell(plan: &Plan, table: usize, id: &str) -> Node {
    let place = plan.tables[table].columns.iter().position(|column| column.names.id == id).expect("a column");
    let column = &plan.tables[table].columns[place];
    node(NodeKind::Column(ColumnRef { table, column: place }), column.value_type())
}

pub fn compare(op: Compare, a: Node, b: Node) -> Node {
    node(NodeKind::Compare(op, a, b), Type::Truth)
}

pub fn arith(op: Arith, a: Node, b: Node, unit: Unit) -> Node {
    node(NodeKind::Arith(op, a, b), Type::Number(unit))
}

pub fn and(parts: Vec<Node>) -> Node {
    node(NodeKind::And(parts), Type::Truth)
}

/// Adds an aggregate and returns its place.
pub fn collect(plan: &mut Plan, what: Collect, over: usize, at: usize, filter: impl IntoIterator<Item = Node>, operand: Option<Node>, weight: Option<Node>) -> usize {
    let at = Level { table: Some(at), ..Level::default() };
    let ty = match what {
        Collect::Value(Aggregate::Variation(_)) => Type::Spread,
        Collect::Value(Aggregate::Statistic(of)) if of.is_real() => Type::Real,
        Collect::Value(Aggregate::Statistic(of)) if of.is_spread() && of != Statistic::Range => Type::Number(Unit::plain()),
        Collect::Value(Aggregate::Count) => Type::Number(plan.tables[over].counted_in.clone()),
        _ => operand.as_ref().map_or(Type::Number(Unit::plain()), |node| node.ty.clone()),
    };
    plan.aggregates.push(AggregateDef { what, over, at, role: None, code_columns: vec![], filter: filter.into_iter().collect(), operand, weight, by: None, ty, span: Span::default() });
    plan.aggregates.len() - 1
}

pub fn aggregate(plan: &Plan, at: usize) -> Node {
    node(NodeKind::Aggregate(at), plan.aggregates[at].ty.clone())
}

pub fn count(plan: &mut Plan, over: usize, at: usize, filter: impl IntoIterator<Item = Node>) -> Node {
    let place = collect(plan, Collect::Value(Aggregate::Count), over, at, filter, None, None);
    aggregate(plan, place)
}

pub fn tally(plan: &mut Plan, over: usize, at: usize, filter: impl IntoIterator<Item = Node>, says: Node) -> StepOf {
    StepOf::Rows(collect(plan, Collect::Tally, over, at, filter, Some(says), None))
}

pub fn step(bound: Bound, amount: Amount, of: StepOf) -> Step {
    Step { bound, amount, of, span: Span::default() }
}

pub fn sentence(quantity: Quantity, steps: Vec<Step>) -> Node {
    node(NodeKind::Sentence(Sentence { quantity, steps, span: Span::default() }), Type::Truth)
}

/// `every`, `all` and `no` have one step.
pub fn of_rows(quantity: Quantity, of: StepOf) -> Node {
    sentence(quantity, vec![step(Bound::AtLeast, Amount::Share(Number::ONE), of)])
}

pub fn parameter(plan: &mut Plan, names: Titles, by: Vec<ParameterKey>, unit: &Unit, dated: Vec<DatedDef>) -> usize {
    plan.parameters.push(ParameterDef { names, by, ty: Type::Number(unit.clone()), dated, checked_up_to: None, pack: 0, layers: vec![], own: vec![], span: Span::default() });
    plan.parameters.len() - 1
}

pub fn dated(from: Date, values: &[(u16, &str)], unit: &Unit, source: &str) -> DatedDef {
    let values = values.iter().map(|(code, value)| (vec![Key::Code(*code)], Constant::Number(unit.to_base(&n(value))))).collect();
    DatedDef { period: Period { from: Some(from), to: None }, values, otherwise: None, source: Some(source.into()), set: vec![], span: Span::default() }
}

pub fn value_of(plan: &Plan, id: usize, keys: Vec<Node>) -> Node {
    node(NodeKind::Parameter { id, keys }, plan.parameters[id].ty.clone())
}

pub fn measure(plan: &mut Plan, names: Titles, of: usize, body: Node) -> Node {
    let ty = body.ty.clone();
    plan.measures.push(MeasureDef { names, of, body, show: None, span: Span::default() });
    node(NodeKind::Measure(plan.measures.len() - 1), ty)
}
