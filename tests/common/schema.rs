//! The small world that random rules speak of: its tables, columns, code lists and parameters.

use std::fmt::Write;

use super::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    County,
    School,
    Section,
    Class,
    Teacher,
    Incident,
    Evidence,
}

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dim {
    Plain,
    Pupil,
    Area,
    Money,
    Teacher,
    Room,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Key,
    Link,
    /// A school that a row may name.
    School,
    /// The id of a rule.
    Rule,
    /// Whole or not; least and greatest value of random cells.
    Number { dim: Dim, whole: bool, low: i64, high: i64 },
    YesNo,
    Stage,
    Area,
    Grade,
    Date,
    Month,
    Text,
}

#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub table: Table,
    pub name: &'static str,
    pub what: What,
    /// What follows the type in the declaration.
    pub note: &'static str,
}

const fn number(table: Table, name: &'static str, dim: Dim, whole: bool, low: i64, high: i64, note: &'static str) -> Column {
    Column { table, name, what: What::Number { dim, whole, low, high }, note }
}

const fn other(table: Table, name: &'static str, what: What) -> Column {
    Column { table, name, what, note: "" }
}

pub const COLUMNS: &[Column] = &[
    other(Table::County, "code", What::Key),
    number(Table::County, "people", Dim::Pupil, true, 0, 12, ""),
    number(Table::County, "budget", Dim::Money, false, 0, 6, ""),
    other(Table::County, "pilot", What::YesNo),
    other(Table::School, "code", What::Key),
    other(Table::School, "county_code", What::Link),
    other(Table::School, "private", What::YesNo),
    other(Table::School, "area", What::Area),
    other(Table::School, "grade", What::Grade),
    other(Table::School, "opened", What::Date),
    other(Table::School, "built", What::Month),
    other(Table::School, "label", What::Text),
    number(Table::School, "primary_pupils", Dim::Pupil, true, 0, 4, ", blank means 0"),
    number(Table::School, "junior_pupils", Dim::Pupil, true, 0, 3, ", blank means 0"),
    number(Table::School, "floor", Dim::Area, false, 0, 20, ""),
    number(Table::School, "money", Dim::Money, false, 0, 6, ""),
    number(Table::School, "quality", Dim::Plain, false, 0, 10, ", between 0 and 10"),
    number(Table::School, "change", Dim::Plain, false, -3, 3, ""),
    number(Table::School, "rooms", Dim::Room, true, 0, 5, ""),
    number(Table::School, "staff", Dim::Teacher, true, 0, 8, ""),
    number(Table::School, "certified", Dim::Teacher, true, 0, 6, ""),
    number(Table::School, "senior", Dim::Teacher, true, 0, 4, ""),
    number(Table::School, "primary_backbones", Dim::Teacher, true, 0, 3, ""),
    number(Table::School, "junior_backbones", Dim::Teacher, true, 0, 3, ""),
    number(Table::Section, "pupils", Dim::Pupil, true, 0, 4, ""),
    other(Table::Section, "stage", What::Stage),
    number(Table::Section, "floor", Dim::Area, false, 0, 20, ""),
    number(Table::Section, "money", Dim::Money, false, 0, 6, ""),
    number(Table::Section, "backbones", Dim::Teacher, true, 0, 3, ""),
    other(Table::Class, "code", What::Key),
    other(Table::Class, "school_code", What::Link),
    other(Table::Class, "counted", What::YesNo),
    other(Table::Class, "stage", What::Stage),
    number(Table::Class, "size", Dim::Pupil, true, 0, 5, ""),
    number(Table::Class, "score", Dim::Plain, false, -3, 3, ", between -5 and 5"),
    other(Table::Class, "mixed", What::YesNo),
    other(Table::Teacher, "code", What::Key),
    other(Table::Teacher, "school_code", What::Link),
    other(Table::Teacher, "counted", What::YesNo),
    other(Table::Teacher, "full_time", What::YesNo),
    other(Table::Teacher, "licensed", What::YesNo),
    other(Table::Teacher, "backbone", What::YesNo),
    number(Table::Teacher, "age", Dim::Plain, true, 18, 24, ", between 18 and 70"),
    other(Table::Teacher, "since", What::Date),
    other(Table::Teacher, "subject", What::Text),
    other(Table::Incident, "code", What::Key),
    other(Table::Incident, "county_code", What::Link),
    other(Table::Incident, "confirmed", What::YesNo),
    other(Table::Incident, "day", What::Date),
    number(Table::Incident, "loss", Dim::Money, false, 0, 4, ""),
    other(Table::Evidence, "code", What::Key),
    other(Table::Evidence, "county_code", What::Link),
    other(Table::Evidence, "school_code", What::School),
    other(Table::Evidence, "about", What::Rule),
    other(Table::Evidence, "day", What::Date),
    other(Table::Evidence, "last_day", What::Date),
    other(Table::Evidence, "finding", What::Grade),
];

/// Tables that stand in files.
pub const FILES: [Table; 6] = [Table::County, Table::School, Table::Class, Table::Teacher, Table::Incident, Table::Evidence];
pub const RULES: [&str; 3] = ["R0", "R1", "R2"];
pub const TEXTS: [&str; 3] = ["x", "y", "z"];
pub const STAGES: [&str; 2] = ["primary", "junior"];
pub const AREAS: [&str; 3] = ["urban", "town", "rural"];
pub const GRADES: [&str; 3] = ["good", "fair", "poor"];

impl Table {
    pub const ALL: [Table; 7] = [Table::County, Table::School, Table::Section, Table::Class, Table::Teacher, Table::Incident, Table::Evidence];

    pub fn name(self) -> &'static str {
        match self {
            Table::County => "county",
            Table::School => "school",
            Table::Section => "section",
            Table::Class => "class",
            Table::Teacher => "teacher",
            Table::Incident => "incident",
            Table::Evidence => "evidence",
        }
    }

    pub fn above(self) -> Option<Table> {
        match self {
            Table::County => None,
            Table::School | Table::Incident | Table::Evidence => Some(Table::County),
            Table::Section | Table::Class | Table::Teacher => Some(Table::School),
        }
    }

    /// The table and those above it.
    pub fn chain(self) -> Vec<Table> {
        let mut chain = vec![self];
        while let Some(above) = chain.last().and_then(|table| table.above()) {
            chain.push(above);
        }
        chain
    }

    pub fn columns(self) -> impl Iterator<Item = &'static Column> {
        COLUMNS.iter().filter(move |column| column.table == self)
    }
}

impl Dim {
    pub const ALL: [Dim; 6] = [Dim::Plain, Dim::Pupil, Dim::Area, Dim::Money, Dim::Teacher, Dim::Room];
}

/// What a world may be like.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Money stands in yuan, and not in ten thousands.
    pub yuan: bool,
    /// Which tables say that every row above files.
    pub class_filed: bool,
    pub school_filed: bool,
}

impl Terms {
    pub fn random(dice: &mut Dice) -> Terms {
        Terms { yuan: false, class_filed: dice.chance(1, 2), school_filed: dice.chance(1, 3) }
    }
}

fn kind(column: &Column, terms: Terms) -> String {
    match column.what {
        What::Key | What::Link | What::School | What::Rule | What::Text => "text".into(),
        What::YesNo => "yes/no".into(),
        What::Stage => "one of stage".into(),
        What::Area => "one of area".into(),
        What::Grade => "one of grade".into(),
        What::Date => "date".into(),
        What::Month => "year-month".into(),
        What::Number { dim, whole, .. } => {
            let number = if whole { "whole number" } else { "number" };
            let unit = match dim {
                Dim::Plain => return number.into(),
                Dim::Pupil => "pupil",
                Dim::Area => "m2",
                Dim::Money if terms.yuan => "yuan",
                Dim::Money => "wan_yuan",
                Dim::Teacher => "teacher",
                Dim::Room => "room",
            };
            format!("{number} in {unit}")
        }
    }
}

/// The declarations of tables and code lists, as text, one item each.
pub fn declarations(terms: Terms) -> Vec<String> {
    let list = |name: &str, order: &str, codes: &[&str]| format!("codes {name}{order}\n  {}\n", codes.join("\n  "));
    let mut items = vec![
        "pack world 1.0 \"World\"\n  in force from 2020-01-01\n".to_string(),
        list("stage", "", &STAGES),
        list("area", "", &AREAS),
        list("grade", " best first", &GRADES),
    ];
    for table in FILES {
        let mut text = format!("table {}\n", table.name());
        for column in table.columns() {
            let _ = match (column.what, table.above()) {
                (What::Key, _) => writeln!(text, "  key    {} text", column.name),
                (What::School, _) => writeln!(text, "  in     school by {}, may be blank", column.name),
                (What::Link, Some(above)) => writeln!(text, "  in     {} by {}", above.name(), column.name),
                _ => writeln!(text, "  column {} {}{}", column.name, kind(column, terms), column.note),
            };
        }
        match table {
            Table::Class if terms.class_filed => text.push_str("  filed by school\n"),
            Table::Evidence => text.push_str("  evidence for about, issued day, until last_day, found finding\n"),
            Table::School if terms.school_filed => text.push_str("  filed by county\n"),
            _ => {}
        }
        items.push(text);
    }
    items.push("split school into section by stage\n  part   primary pupils primary_pupils share 1\n  part   junior pupils junior_pupils share 1.5\n  shared floor, money\n  own    backbones primary primary_backbones, junior junior_backbones\n".into());
    items.push("parameter flat\n  from 2020-01-01 to 2025-12-31 2\n  from 2026-01-01 3\n".into());
    items.push("parameter cap by stage in pupil\n  from 2020-01-01 primary 3\n  from 2026-01-01 primary 2, junior 4\n".into());
    items.push("parameter half by stage in pupil\n  from 2020-01-01 primary 2\n".into());
    items.push("parameter grid by area, stage in m2\n  from 2020-01-01 urban primary 3, urban junior 5, town primary 2, otherwise 4\n".into());
    items.push("parameter fee by text\n  from 2020-01-01 \"x\" 1, \"y\" 3\n".into());
    items
}
