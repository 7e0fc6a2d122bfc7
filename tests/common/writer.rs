//! Writes random expressions in the language: only such as make sense at their place, by unit and by table.

use std::collections::BTreeSet;

use super::data::halves;
use super::dice::Dice;
use super::schema::{AREAS, Dim, GRADES, STAGES, TEXTS, Table, Terms, What};

/// The unit asked comes first, the row at hand last. No table is the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub table: Option<Table>,
    pub stage: bool,
}

/// What may be written.
#[derive(Clone, Copy, Debug)]
pub struct Calm {
    /// `is known`, `is missing`.
    pub known: bool,
    pub rounding: bool,
    /// Every population of classes and teachers asks that they are counted.
    pub guard: bool,
}

pub struct Measure {
    pub id: String,
    pub of: Table,
    /// `None` is a yes or no.
    pub dim: Option<Dim>,
}

pub struct Writer<'a> {
    pub dice: &'a mut Dice,
    pub terms: Terms,
    pub calm: Calm,
    pub forms: BTreeSet<&'static str>,
    pub measures: Vec<Measure>,
}

pub fn row_of(table: Table) -> Frame {
    Frame { table: Some(table), stage: false }
}

fn here(frames: &[Frame]) -> Option<Table> {
    frames.last().and_then(|frame| frame.table)
}

fn within(frames: &[Frame], table: Table) -> Vec<Frame> {
    [frames, &[row_of(table)]].concat()
}

/// Tables whose rows can be spoken of.
fn beneath(frames: &[Frame]) -> Vec<Table> {
    let stands_under = |table: Table, frame: &&Frame| frame.table.is_none_or(|above| table.chain()[1..].contains(&above));
    let speaks = |table: &Table| {
        let nearest = frames.iter().rev().find(|frame| stands_under(*table, frame));
        nearest.is_some_and(|frame| !frame.stage || matches!(table, Table::Section | Table::Class))
    };
    [Table::County, Table::School, Table::Section, Table::Class, Table::Teacher, Table::Incident].into_iter().filter(speaks).collect()
}

impl Writer<'_> {
    pub fn mark(&mut self, form: &'static str) {
        self.forms.insert(form);
    }

    fn names(&mut self, frames: &[Frame], wanted: impl Fn(&What) -> bool) -> Vec<String> {
        let Some(table) = here(frames) else { return Vec::new() };
        let mut names = Vec::new();
        for table in table.chain() {
            for column in table.columns().filter(|column| wanted(&column.what)) {
                names.push(column.name.to_string());
                if self.dice.chance(1, 4) {
                    names.push(format!("{}.{}", table.name(), column.name));
                }
            }
        }
        names
    }

    fn name(&mut self, frames: &[Frame], wanted: impl Fn(&What) -> bool) -> Option<String> {
        let names = self.names(frames, wanted);
        if names.is_empty() { None } else { Some(self.dice.pick(&names).clone()) }
    }

    fn measure(&mut self, frames: &[Frame], wanted: Option<Dim>) -> Option<String> {
        let chain = here(frames)?.chain();
        let fit: Vec<String> = self.measures.iter().filter(|measure| measure.dim == wanted && chain.contains(&measure.of)).map(|measure| measure.id.clone()).collect();
        if fit.is_empty() {
            return None;
        }
        self.mark("measure");
        Some(self.dice.pick(&fit).clone())
    }

    /// A number with the unit of its kind.
    pub fn literal(&mut self, dim: Dim) -> String {
        let twice = if dim == Dim::Plain { self.dice.between(-4, 12) } else { self.dice.between(0, 14) };
        match dim {
            Dim::Plain => halves(twice),
            Dim::Pupil => format!("{} pupil", halves(twice)),
            Dim::Area => format!("{}m2", halves(twice)),
            Dim::Money if self.terms.yuan => format!("{} yuan", twice * 5000),
            Dim::Money => format!("{} wan_yuan", halves(twice)),
            Dim::Teacher => format!("{} teacher", halves(twice)),
            Dim::Room => format!("{} room", halves(twice)),
        }
    }

    fn dim(&mut self) -> Dim {
        *self.dice.pick(&Dim::ALL)
    }

    /// A number of this kind.
    pub fn number(&mut self, frames: &[Frame], dim: Dim, depth: u32) -> String {
        for _ in 0..6 {
            let found = match self.dice.below(if depth == 0 { 5 } else { 12 }) {
                0..=2 => self.name(frames, |what| matches!(what, What::Number { dim: found, .. } if *found == dim)),
                3 => self.measure(frames, Some(dim)),
                4 => self.parameter(frames, dim),
                5..=7 => self.aggregate(frames, dim, depth - 1),
                8 => Some(self.arithmetic(frames, dim, depth - 1)),
                9 => self.choice(frames, dim, depth - 1),
                10 => self.rounded(frames, dim, depth - 1),
                _ => self.for_every(frames, dim, depth - 1),
            };
            if let Some(found) = found {
                return found;
            }
        }
        match self.name(frames, |what| matches!(what, What::Number { dim: found, .. } if *found == dim)) {
            Some(name) => name,
            None => self.aggregate(frames, dim, 0).unwrap_or_else(|| self.literal(dim)),
        }
    }

    fn parameter(&mut self, frames: &[Frame], dim: Dim) -> Option<String> {
        let stage = frames.first().is_some_and(|frame| frame.stage) || matches!(here(frames), Some(Table::Section | Table::Class));
        let in_school = here(frames).is_some_and(|table| table.chain().contains(&Table::School));
        let found = match dim {
            Dim::Plain if in_school && self.dice.chance(1, 2) => "fee[label]",
            Dim::Plain => "flat",
            Dim::Pupil if stage => *self.dice.pick(&["cap[stage]", "half[stage]", "cap[junior]"]),
            Dim::Area if stage && in_school => "grid[area, stage]",
            _ => return None,
        };
        self.mark("parameter");
        Some(found.to_string())
    }

    fn arithmetic(&mut self, frames: &[Frame], dim: Dim, depth: u32) -> String {
        let first = self.number(frames, dim, depth);
        match self.dice.below(5) {
            0 => format!("({first} + {})", self.number(frames, dim, depth)),
            1 => format!("({first} - {})", self.number(frames, dim, depth)),
            2 => format!("({first} + {})", self.literal(dim)),
            3 => format!("({first} * {})", self.number(frames, Dim::Plain, depth)),
            _ => format!("({first} / {})", self.number(frames, Dim::Plain, depth)),
        }
    }

    fn choice(&mut self, frames: &[Frame], dim: Dim, depth: u32) -> Option<String> {
        if self.dice.chance(1, 2) {
            self.mark("if");
            let cond = self.truth(frames, depth);
            return Some(format!("(if {cond} then {} else {})", self.number(frames, dim, depth), self.literal(dim)));
        }
        let area = here(frames).is_some_and(|table| table.chain().contains(&Table::School));
        let stage = frames.first().is_some_and(|frame| frame.stage) || matches!(here(frames), Some(Table::Section | Table::Class));
        let (of, codes): (&str, &[&str]) = match (stage, area) {
            (true, _) if self.dice.chance(1, 2) => ("stage", &STAGES),
            (_, true) if self.dice.chance(1, 4) => ("label", &TEXTS),
            (_, true) => ("area", &AREAS),
            _ => return None,
        };
        self.mark("by_case");
        let some = 1 + self.dice.below(codes.len());
        let mut arms: Vec<String> = Vec::new();
        for code in &codes[..some] {
            let code = if of == "label" { format!("\"{code}\"") } else { (*code).to_string() };
            arms.push(format!("{code} {}", if self.dice.chance(1, 2) { self.literal(dim) } else { self.number(frames, dim, 0) }));
        }
        if self.dice.chance(1, 2) {
            arms.push(format!("otherwise {}", self.literal(dim)));
        }
        Some(format!("by case {of} ({})", arms.join(", ")))
    }

    fn rounded(&mut self, frames: &[Frame], dim: Dim, depth: u32) -> Option<String> {
        if !self.calm.rounding {
            return None;
        }
        let of = self.number(frames, dim, depth);
        let (form, how) = *self.dice.pick(&[("rounded_half_up", "rounded to 1 decimals half up"), ("rounded_half_up", "rounded to 0 decimals half up"), ("rounded_up", "rounded up"), ("rounded_down", "rounded down")]);
        self.mark(form);
        Some(format!("(({of}) {how})"))
    }

    fn for_every(&mut self, frames: &[Frame], dim: Dim, depth: u32) -> Option<String> {
        let amount = match dim {
            Dim::Room => "2 room",
            Dim::Pupil => "3 pupil",
            _ => return None,
        };
        let of = match self.count(frames, depth) {
            Some(count) => count,
            // What is counted off is never negative.
            None => self.name(frames, |what| matches!(what, What::Number { dim: Dim::Pupil, .. }))?,
        };
        self.mark("for_every");
        let how = *self.dice.pick(&["part counted", "whole only"]);
        Some(format!("({amount} for every {} of {of}, {how})", self.dice.between(1, 3)))
    }

    /// `where …` of rows of a table, or nothing.
    pub fn filter(&mut self, inner: &[Frame], depth: u32) -> String {
        let guarded = self.calm.guard && matches!(here(inner), Some(Table::Class | Table::Teacher));
        match (guarded, self.dice.chance(1, 2)) {
            (true, true) => format!(" where counted and {}", self.operand(inner, depth)),
            (true, false) => " where counted".into(),
            (false, true) => format!(" where {}", self.truth(inner, depth)),
            (false, false) => String::new(),
        }
    }

    pub fn count(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let tables = beneath(frames);
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        self.mark("count");
        let filter = self.filter(&within(frames, table), depth);
        Some(format!("count({}{filter})", table.name()))
    }

    fn aggregate(&mut self, frames: &[Frame], dim: Dim, depth: u32) -> Option<String> {
        let mut tables = beneath(frames);
        tables.retain(|table| table.columns().any(|column| matches!(column.what, What::Number { dim: found, .. } if found == dim)));
        if dim == Dim::Teacher && self.dice.chance(1, 2) && beneath(frames).contains(&Table::Teacher) {
            self.mark("count");
            let filter = self.filter(&within(frames, Table::Teacher), depth);
            return Some(format!("count(teacher{filter})"));
        }
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        let inner = within(frames, table);
        let word = *self.dice.pick(&["sum", "sum", "mean", "min", "max", "median", "percentile", "range"]);
        self.mark(word);
        let rank = if word == "percentile" { format!("{}%, ", self.dice.pick(&["0", "12.5", "50", "90", "100"])) } else { String::new() };
        let operand = self.number(&inner, dim, depth);
        let filter = self.filter(&inner, depth);
        let weight = if word == "percentile" { self.weight(&inner) } else { String::new() };
        Some(format!("{word}({rank}{operand} across {}{filter}{weight})", table.name()))
    }

    /// `, weighted by …`, `, equal weights`, or nothing.
    fn weight(&mut self, inner: &[Frame]) -> String {
        match self.dice.below(3) {
            0 => format!(", weighted by ({})", self.number(inner, Dim::Pupil, 0)),
            1 => ", equal weights".into(),
            _ => String::new(),
        }
    }

    /// An index of inequality, or a ratio of two places in the order: one of these words, over rows beneath.
    fn index(&mut self, frames: &[Frame], words: &[&'static str], depth: u32) -> Option<String> {
        let tables = beneath(frames);
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        let inner = within(frames, table);
        let word = *self.dice.pick(words);
        self.mark(word);
        let operand = if self.dice.chance(2, 3) { self.number(&inner, Dim::Area, depth) } else { self.any(&inner, depth) };
        let filter = self.filter(&inner, depth);
        let weight = if word == "range ratio(" { String::new() } else { self.weight(&inner) };
        Some(format!("{word}{operand} across {}{filter}{weight})", table.name()))
    }

    /// An index that need not be rational, against a limit.
    pub fn real(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let index = self.index(frames, &["theil(", "theil(", "atkinson(0.5, ", "atkinson(1/2, "], depth)?;
        let limit = *self.dice.pick(&["0", "0.05", "0.1", "20%", "1"]);
        let relation = self.relation();
        if self.calm.rounding && self.dice.chance(1, 4) {
            self.mark("real_rounded");
            return Some(format!("2 * ({index} rounded to 1 decimals half up) {relation} {limit}"));
        }
        Some(format!("{index} {relation} {limit}"))
    }

    /// A number without regard to its kind, to be compared with a bare one.
    pub fn any(&mut self, frames: &[Frame], depth: u32) -> String {
        for _ in 0..4 {
            let found = match self.dice.below(8) {
                7 => self.index(frames, &["gini(", "mcloone(", "atkinson(2, ", "range ratio(", "interquartile ratio("], depth),
                0 => self.count(frames, depth),
                1 => self.distinct(frames, depth),
                2 => self.share(frames, depth),
                3 => self.span_of_days(frames),
                4 => self.over_count(frames, depth),
                _ => {
                    let (over, under) = (self.dim(), self.dim());
                    self.mark("division");
                    Some(format!("({} / {})", self.number(frames, over, depth), self.number(frames, under, depth)))
                }
            };
            if let Some(found) = found {
                return found;
            }
        }
        self.number(frames, Dim::Pupil, depth)
    }

    fn over_count(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let count = self.count(frames, depth)?;
        self.mark("division_by_count");
        let dim = self.dim();
        let count = match self.dice.below(4) {
            0 => format!("(2 * {count})"),
            1 => format!("(0.5 * {count})"),
            2 => format!("({count} / 4)"),
            _ => count,
        };
        Some(format!("({} / {count})", self.number(frames, dim, depth)))
    }

    fn distinct(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let tables = beneath(frames);
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        let inner = within(frames, table);
        let of = self.name(&inner, |what| !matches!(what, What::Key | What::Link))?;
        self.mark("count distinct");
        let filter = self.filter(&inner, depth);
        Some(format!("count(distinct {of} across {}{filter})", table.name()))
    }

    fn share(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let tables = beneath(frames);
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        let inner = within(frames, table);
        self.mark("share");
        let says = self.operand(&inner, depth);
        let filter = self.filter(&inner, depth);
        Some(format!("share({says} across {}{filter})", table.name()))
    }

    fn span_of_days(&mut self, frames: &[Frame]) -> Option<String> {
        let from = self.name(frames, |what| matches!(what, What::Date | What::Month))?;
        let to = self.end_of_days(frames);
        let word = *self.dice.pick(&["whole_years", "whole_months", "total_years", "total_months"]);
        self.mark(word);
        Some(format!("{word}({from} to {to})"))
    }

    /// Where a period closes: a day, a month, or whichever is there.
    fn end_of_days(&mut self, frames: &[Frame]) -> String {
        let day = self.name(frames, |what| matches!(what, What::Date)).filter(|_| self.dice.chance(1, 2)).unwrap_or_else(|| "as_of".into());
        match (self.dice.below(4), self.name(frames, |what| matches!(what, What::Month))) {
            (0, Some(month)) => {
                self.mark("closing_month");
                month
            }
            (1, Some(month)) => {
                self.mark("month_or_day");
                format!("(if {month} >= 2015-06 then {month} else {day})")
            }
            (2, _) => format!("{}-{:02}", self.dice.between(2015, 2026), self.dice.between(1, 12)),
            _ => day,
        }
    }

    fn relation(&mut self) -> &'static str {
        let relations: [&'static str; 8] = [">=", ">=", "<=", "<=", ">", "<", "=", "!="];
        relations[self.dice.below(relations.len())]
    }

    /// A comparison of numbers.
    pub fn comparison(&mut self, frames: &[Frame], depth: u32) -> String {
        let relation = self.relation();
        self.comparison_by(frames, relation, depth)
    }

    pub fn comparison_by(&mut self, frames: &[Frame], relation: &str, depth: u32) -> String {
        self.mark("comparison");
        let dim = self.dim();
        match self.dice.below(5) {
            0 => {
                let twice = self.dice.between(0, 8);
                format!("{} {relation} {}", self.any(frames, depth), halves(twice))
            }
            1 => format!("{} {relation} {}", self.number(frames, dim, depth), self.number(frames, dim, depth)),
            2 => format!("{} {relation} {}", self.literal(dim), self.number(frames, dim, depth)),
            3 if self.dice.chance(1, 2) => self.per(frames, relation, depth),
            3 => {
                // One column over another: what is reported as 0 divides often.
                let (over, under) = (self.number(frames, dim, 0), self.any(frames, 0));
                self.mark("division_by_column");
                format!("({over} / {under}) {relation} {}", halves(self.dice.between(0, 8)))
            }
            _ => format!("{} {relation} {}", self.number(frames, dim, depth), self.literal(dim)),
        }
    }

    /// `a per 10 b` against a number for each ten, or the same for each one.
    fn per(&mut self, frames: &[Frame], relation: &str, depth: u32) -> String {
        let (over, under, twice) = (self.number(frames, Dim::Area, depth), self.number(frames, Dim::Pupil, depth), self.dice.between(0, 40));
        self.mark("per");
        if self.terms.yuan {
            return format!("({over} / {under}) {relation} {}.{:02}", twice * 5 / 100, twice * 5 % 100);
        }
        format!("({over} per 10 {under}) {relation} {}", halves(twice))
    }

    /// A statement that may stand beside `and`, `or`.
    fn operand(&mut self, frames: &[Frame], depth: u32) -> String {
        format!("({})", self.truth(frames, depth))
    }

    /// Something that is true or not of the row at hand.
    pub fn truth(&mut self, frames: &[Frame], depth: u32) -> String {
        for _ in 0..6 {
            let found = match self.dice.below(if depth == 0 { 11 } else { 15 }) {
                0 => self.name(frames, |what| *what == What::YesNo),
                1 => self.name(frames, |what| *what == What::YesNo).map(|name| format!("not {name}")),
                2..=4 => Some(self.comparison(frames, depth.saturating_sub(1))),
                5 => Some(self.between(frames, depth.saturating_sub(1))),
                6 => self.code(frames),
                7 => self.text(frames),
                8 => self.day(frames),
                9 => self.known(frames),
                10 => self.measure(frames, None),
                11 => {
                    self.mark("and");
                    Some(format!("{} and {}", self.operand(frames, depth - 1), self.operand(frames, depth - 1)))
                }
                12 => {
                    self.mark("or");
                    Some(format!("{} or {}", self.operand(frames, depth - 1), self.operand(frames, depth - 1)))
                }
                13 => Some(format!("not {}", self.operand(frames, depth - 1))),
                _ => self.sentence(frames, depth - 1).map(|sentence| format!("({sentence})")),
            };
            if let Some(found) = found {
                return found;
            }
        }
        self.comparison(frames, 0)
    }

    pub fn between(&mut self, frames: &[Frame], depth: u32) -> String {
        self.mark("between");
        let (low, high) = (self.dice.between(0, 4), self.dice.between(2, 9));
        format!("({} between {} and {})", self.any(frames, depth), halves(low), halves(high))
    }

    fn code(&mut self, frames: &[Frame]) -> Option<String> {
        let in_school = here(frames).is_some_and(|table| table.chain().contains(&Table::School));
        let stage = frames.first().is_some_and(|frame| frame.stage) || matches!(here(frames), Some(Table::Section | Table::Class));
        self.mark("one_of");
        Some(match self.dice.below(6) {
            0 if stage => format!("stage = {}", self.dice.pick(&STAGES)),
            1 if stage => "stage is not one of (primary)".into(),
            2 if in_school => format!("area is one of ({}, {})", self.dice.pick(&AREAS), self.dice.pick(&AREAS)),
            3 if in_school => format!("area != {}", self.dice.pick(&AREAS)),
            4 if in_school => format!("grade >= {}", self.dice.pick(&GRADES)),
            5 if in_school => format!("grade < {}", self.dice.pick(&GRADES)),
            _ => return None,
        })
    }

    fn text(&mut self, frames: &[Frame]) -> Option<String> {
        let name = self.name(frames, |what| *what == What::Text)?;
        self.mark("text");
        Some(match self.dice.below(3) {
            0 => format!("{name} = \"{}\"", self.dice.pick(&TEXTS)),
            1 => format!("{name} is one of (\"x\", \"{}\")", self.dice.pick(&TEXTS)),
            _ => format!("{name} != \"{}\"", self.dice.pick(&TEXTS)),
        })
    }

    fn day(&mut self, frames: &[Frame]) -> Option<String> {
        let relation = *self.dice.pick(&["<=", ">=", "<", ">", "=", "!="]);
        if self.dice.chance(1, 4) {
            let name = self.name(frames, |what| *what == What::Month)?;
            self.mark("year_month");
            if self.dice.chance(1, 2) {
                self.mark("month_beside_day");
                let day = self.limit_day(frames);
                return Some(if self.dice.chance(1, 3) { format!("{day} {relation} {name}") } else { format!("{name} {relation} {day}") });
            }
            return Some(format!("{name} {relation} {}-{:02}", self.dice.between(2013, 2017), self.dice.between(1, 12)));
        }
        let name = self.name(frames, |what| *what == What::Date)?;
        if self.dice.chance(1, 2) {
            self.mark("date_shift");
            let (limit, other) = (self.limit_day(frames), self.limit_day(frames));
            return Some(match self.dice.below(5) {
                0 => format!("{limit} {relation} {name}"),
                1 => format!("{name} is between {limit} and {other}"),
                2 => format!("{limit} {relation} {other}"),
                _ => format!("{name} {relation} {limit}"),
            });
        }
        self.mark("date");
        Some(format!("{name} {relation} {}-{:02}-28", self.dice.between(2018, 2026), self.dice.between(1, 12)))
    }

    /// A day that another is held against; mostly so many years or months before one.
    fn limit_day(&mut self, frames: &[Frame]) -> String {
        let column = self.name(frames, |what| *what == What::Date).filter(|_| self.dice.chance(1, 3));
        let day = column.unwrap_or_else(|| self.dice.pick(&["as_of", "2024-02-28", "2025-02-28", "2024-02-29", "2026-02-28"]).to_string());
        let unit = *self.dice.pick(&["years", "months"]);
        match self.dice.below(6) {
            0 => day,
            1 => format!("{} {unit} before (1 years before {day})", self.dice.between(1, 6)),
            _ => format!("{} {unit} before {day}", self.dice.between(1, 30)),
        }
    }

    pub fn known(&mut self, frames: &[Frame]) -> Option<String> {
        if !self.calm.known {
            return None;
        }
        let name = self.name(frames, |what| !matches!(what, What::Key | What::Link))?;
        self.mark("known");
        Some(format!("({name} is {})", self.dice.pick(&["known", "missing"])))
    }

    /// Something said of rows.
    pub fn sentence(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let tables = beneath(frames);
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        let inner = within(frames, table);
        let rows = format!("{}{}", table.name(), self.filter(&inner, depth));
        let says = self.truth(&inner, depth);
        if self.dice.chance(2, 5) {
            let (form, word) = *self.dice.pick(&[("every", "every"), ("no", "no"), ("all", "all of")]);
            self.mark(form);
            return Some(format!("{word} {rows} has {says}"));
        }
        let mut text = format!("{} of {rows} have {says}", self.bound());
        for _ in 0..*self.dice.pick(&[0, 0, 0, 1, 2]) {
            self.mark("of_whom_rows");
            text = format!("{text}, of whom {} have {}", self.bound(), self.truth(&inner, depth));
        }
        Some(text)
    }

    fn bound(&mut self) -> String {
        let (form, word) = *self.dice.pick(&[("at_least", "at least"), ("at_least", "at least"), ("at_most", "at most"), ("exactly", "exactly")]);
        self.mark(form);
        if self.dice.chance(1, 2) {
            self.mark("share_of_rows");
            return format!("{word} {}%", *self.dice.pick(&[0, 10, 33, 50, 50, 75, 100]));
        }
        self.mark("number_of_rows");
        format!("{word} {}", self.dice.between(0, 3))
    }

    /// The same over counted columns.
    pub fn counted_columns(&mut self, frames: &[Frame]) -> Option<String> {
        if here(frames) != Some(Table::School) {
            return None;
        }
        self.mark("columns");
        let mut text = format!("{} of staff are certified", self.bound());
        if self.dice.chance(1, 2) {
            self.mark("of_whom_columns");
            text = format!("{text}, of whom {} are senior", self.bound());
        }
        Some(text)
    }

    /// A share of one population in another, also counted by a column; or rows for every so many rows.
    pub fn another(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let tables = beneath(frames);
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        let inner = within(frames, table);
        let (first, second) = (self.filter(&inner, depth), self.filter(&inner, depth));
        let relation = *self.dice.pick(&[">=", "<=", ">"]);
        let share = format!("count({0}{first}) {relation} {1}% of count({0}{second})", table.name(), *self.dice.pick(&[10, 50, 100]));
        // With dice of their own, so that they change nothing of what comes after.
        let dice = self.dice.clone();
        let said = match self.dice.below(4) {
            0 => {
                self.mark("for_every_rows");
                let how = *self.dice.pick(&["part counted", "whole only"]);
                format!("for every {1} {0}{first}, {how}, at least {2} of {0}{second}", table.name(), self.dice.between(1, 3), self.dice.between(1, 2))
            }
            1 => {
                self.mark("counted_by");
                format!("{share}, counted by ({})", self.number(&inner, Dim::Pupil, 0))
            }
            _ => {
                self.mark("share_of_another");
                share
            }
        };
        *self.dice = dice;
        Some(said)
    }

    pub fn variation(&mut self, frames: &[Frame], depth: u32) -> Option<String> {
        let mut tables = beneath(frames);
        tables.retain(|table| !matches!(table, Table::Incident | Table::Teacher | Table::County));
        if tables.is_empty() {
            return None;
        }
        let table = *self.dice.pick(&tables);
        let inner = within(frames, table);
        let of = if self.dice.chance(1, 2) { self.number(&inner, Dim::Area, depth) } else { self.any(&inner, depth) };
        let filter = self.filter(&inner, depth);
        let (form, how) = *self.dice.pick(&[
            ("variation_weighted", "weighted by"),
            ("variation_weighted", "weighted by"),
            ("variation_pooled", "pooled by"),
            ("variation_sampled", "sampled by"),
            ("variation_equal", "equal weights"),
            ("variation_sample", "sample weights"),
        ]);
        self.mark(form);
        let weight = if how.ends_with("by") { format!(" ({})", self.number(&inner, Dim::Pupil, 0)) } else { String::new() };
        let call = format!("variation({of} across {}{filter}, {how}{weight})", table.name());
        let limit = *self.dice.pick(&["0.5", "0.25", "1", "30%"]);
        let relation = *self.dice.pick(&["<=", "<=", "<", ">="]);
        if self.calm.rounding && self.dice.chance(1, 4) {
            self.mark("variation_rounded");
            return Some(format!("({call} rounded to 1 decimals half up) {relation} {limit}"));
        }
        Some(format!("{call} {relation} {limit}"))
    }
}
