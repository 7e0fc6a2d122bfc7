//! Rows in words: whose they are, what marks them out, and what is collected over them.

use crate::base::Text;
use crate::model::op::{Aggregate, Spread};
use crate::model::plan::{AggregateDef, Collect, Node, NodeKind};

use super::clause::{clause, is_bare, such};
use super::name;
use super::phrase::{Reader, both};
use super::statistic;
use super::value::value;

/// The rows that an aggregate reads: `teachers with eligible` / `符合交流条件的教师`.
pub(super) fn population(reader: Reader, of: &AggregateDef) -> Text {
    population_and(reader, of, None)
}

/// The rows of which one more statement is true.
pub(super) fn population_and(reader: Reader, of: &AggregateDef, also: Option<&Node>) -> Text {
    let (rows, place) = (in_role(reader, of, name::plural(&reader.plan.tables[of.over])), place(reader, of));
    let marks = marks(reader, of, also);
    let gap = gap(&place, &marks);
    both!("{rows}{place}{marks}", "{place}{gap}{marks}{rows}", rows, place, gap, marks)
}

/// One of those rows, for `every` and `no`: without `each` in English, with 每个 left to the caller.
pub(super) fn one(reader: Reader, of: &AggregateDef, also: Option<&Node>) -> Text {
    let (row, place) = (in_role(reader, of, name::singular(&reader.plan.tables[of.over])), place(reader, of));
    let marks = marks(reader, of, also);
    let gap = gap(&place, &marks);
    both!("{row}{place}{marks}", "{place}{gap}{marks}{row}", row, place, gap, marks)
}

/// Chinese joins a place to its noun by 的, unless a condition stands between.
fn gap(place: &Text, marks: &Text) -> Text {
    Text::new("", if place.zh.is_empty() || !marks.zh.is_empty() { "" } else { "的" })
}

fn marks(reader: Reader, of: &AggregateDef, also: Option<&Node>) -> Text {
    let row = reader.of(of.over);
    let said: Vec<&Node> = of.filter.iter().chain(also).collect();
    match said.as_slice() {
        [] => Text::default(),
        [only] => such(row, only),
        [.., last] => {
            let kind = NodeKind::And(said.iter().map(|node| (*node).clone()).collect());
            such(row, &Node { kind: Box::new(kind), ty: last.ty.clone(), span: last.span })
        }
    }
}

/// Where the rows are gathered, if not under the unit asked; and of which code.
fn place(reader: Reader, of: &AggregateDef) -> Text {
    let codes: Vec<Text> = of.at.codes.iter().map(|list| reader.plan.codes[*list].names.short()).collect();
    let codes = codes.iter().map(|code| both!(" of that {code}", "该{code}", code)).collect::<Vec<_>>();
    let codes = Text::join(&codes, "", "");
    let above = match of.at.table {
        Some(table) if reader.row.is_some_and(|row| row != table) => {
            let above = name::singular(&reader.plan.tables[table]);
            both!(" in its {above}", "所在{above}", above)
        }
        None if reader.row.is_some() => Text::new(" in all the data", "全部数据中"),
        _ => Text::default(),
    };
    both!("{codes}{above}", "{above}{codes}", codes, above)
}

/// What is collected over rows, as a phrase.
pub(super) fn aggregate(reader: Reader, of: &AggregateDef) -> Text {
    let rows = population(reader, of);
    let what = of.operand.as_ref().map(|node| value(reader.of(of.over), node)).unwrap_or_default();
    let text = match of.what {
        Collect::Value(Aggregate::Count) => both!("the number of {rows}", "{rows}数", rows),
        Collect::Value(Aggregate::CountDistinct) => both!("the number of different values of {what} among the {rows}", "{rows}中不同{what}的个数", rows, what),
        Collect::Value(Aggregate::Sum) => both!("the sum of {what} over the {rows}", "{rows}的{what}合计", rows, what),
        Collect::Value(Aggregate::Mean) => both!("the mean of {what} over the {rows}", "{rows}的{what}平均值", rows, what),
        Collect::Value(Aggregate::Min) => both!("the smallest {what} among the {rows}", "{rows}中{what}的最小值", rows, what),
        Collect::Value(Aggregate::Max) => both!("the largest {what} among the {rows}", "{rows}中{what}的最大值", rows, what),
        Collect::Value(Aggregate::Median) => both!("the median of {what} over the {rows}", "{rows}的{what}中位数", rows, what),
        Collect::Tally | Collect::Value(Aggregate::Share) => share(reader, of, &rows),
        Collect::Value(Aggregate::Variation(_)) => both!("the variation of {what} between the {rows}", "{rows}之间{what}的差异系数", rows, what),
        Collect::Value(Aggregate::Statistic(of)) => statistic::named(of, &rows, &what),
        Collect::Value(Aggregate::Total { months }) => return total(reader, of, months, &rows, &what),
    };
    weighted(reader, of, &text)
}

/// How long periods last together: what is touched twice counts once.
fn total(reader: Reader, of: &AggregateDef, months: bool, rows: &Text, from: &Text) -> Text {
    let Some(to) = of.weight.as_ref().map(|node| value(reader.of(of.over), node)) else {
        return both!("the whole years that the {rows} last together (each {from} once; two semesters are a year)", "{rows}合计的整年数（同一{from}只计一次，两个学期为一年）", rows, from);
    };
    if months {
        both!("the calendar months that the {rows} touch, each from {from} to {to} (overlaps once)", "{rows}所及的月数，每段自{from}至{to}（重叠只计一次）", rows, from, to)
    } else {
        both!("the whole years that the {rows} last together, each from {from} to {to} (overlaps once; 12 calendar months touched are a year)", "{rows}合计的整年数，每段自{from}至{to}（重叠只计一次，所及满 12 个月为一年）", rows, from, to)
    }
}

fn share(reader: Reader, of: &AggregateDef, rows: &Text) -> Text {
    let those = of.operand.as_ref().map(|said| such(reader.of(of.over), said)).unwrap_or_default();
    both!("the share of those{those} among the {rows}", "{rows}中{those}所占比例", rows, those)
}

fn weighted(reader: Reader, of: &AggregateDef, text: &Text) -> Text {
    let weight = of.weight.as_ref().map(|node| value(reader.of(of.over), node));
    match (of.what, weight) {
        (Collect::Value(Aggregate::Variation(Spread::Equal | Spread::Sample)), _) => {
            let row = name::singular(&reader.plan.tables[of.over]);
            both!("{text} (every {row} counting alike)", "{text}（各{row}权重相同）", text, row)
        }
        (Collect::Tally | Collect::Value(Aggregate::Share), Some(weight)) => both!("{text} (counted by {weight})", "{text}（按{weight}计）", text, weight),
        (_, Some(weight)) => both!("{text} (weighted by {weight})", "{text}（按{weight}加权）", text, weight),
        (_, None) => text.clone(),
    }
}

/// `each section with counted` / `每个参评的学段部`; Chinese puts a longer condition after the noun.
pub(super) fn scoped(reader: Reader, table: usize, scope: &Node) -> Text {
    let table = &reader.plan.tables[table];
    let (each, marks, counter, one) = (name::each(table), such(reader, scope), name::counter(table), name::singular(table));
    if is_bare(scope) {
        both!("{each}{marks}", "每{counter}{marks}{one}", each, marks, counter, one)
    } else {
        let clause = clause(reader, scope);
        both!("{each}{marks}", "{each}，限：{clause}", each, marks, clause)
    }
}

/// `pairs as rural` / `作为山区校的结对`.
fn in_role(reader: Reader, of: &AggregateDef, rows: Text) -> Text {
    let Some(link) = of.role else { return rows };
    let role = Text::from(reader.plan.role_name(link));
    both!("{rows} as {role}", "作为{role}的{rows}", rows, role)
}
