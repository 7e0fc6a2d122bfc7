//! Rows and cells: those of files, and the parts that a split makes of them. Every question walks the tables anew.

use heng::base::{Date, Number, Term};
use heng::model::plan::{ColumnDef, LinkRef, Plan, SplitDef};
use heng::model::table::{Cell, CellValue, Tables, Why};

use super::interval::Interval;
use super::value::{Kind, Val};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Above every table.
    Whole,
    File { table: usize, row: usize },
    Part { table: usize, row: usize, part: usize },
}

/// A row, and the codes that the unit asked carries: list and code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub row: Row,
    pub codes: Vec<(usize, u16)>,
    /// The period asked.
    pub term: Option<Term>,
    /// One of several.
    pub each: bool,
}

/// What is asked about, as of a day.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub plan: &'a Plan,
    pub tables: &'a Tables,
    pub as_of: Date,
}

impl Row {
    pub fn table(self) -> Option<usize> {
        match self {
            Row::Whole => None,
            Row::File { table, .. } | Row::Part { table, .. } => Some(table),
        }
    }
}

impl World<'_> {
    /// All rows of a table, and whether each is surely one. No table: the whole, once.
    pub fn rows(&self, table: Option<usize>) -> Vec<(Row, bool)> {
        let Some(table) = table else { return vec![(Row::Whole, true)] };
        let Some(split) = &self.plan.tables[table].split else {
            return (0..self.tables.tables[table].len()).map(|row| (Row::File { table, row }, true)).collect();
        };
        let mut rows = Vec::new();
        for row in 0..self.tables.tables[split.of].len() {
            for part in 0..split.parts.len() {
                match self.pupils(split, row, part) {
                    Some(pupils) if pupils.is_zero() => {}
                    pupils => rows.push((Row::Part { table, row, part }, pupils.is_some())),
                }
            }
        }
        rows
    }

    /// A part's pupils. R2: where no part has any figure, a blank is not 0.
    fn pupils(&self, split: &SplitDef, row: usize, part: usize) -> Option<Number> {
        let cell = |part: usize| &self.tables.tables[split.of].columns[split.parts[part].pupils][row];
        let written = |cell: &Cell| matches!(cell.value, CellValue::Number(_)) && cell.raw.chars().any(char::is_numeric);
        if !(0..split.parts.len()).any(|part| written(cell(part))) {
            return None;
        }
        match &cell(part).value {
            CellValue::Number(number) => Some(number.clone()),
            _ => None,
        }
    }

    /// The row itself, or the row above it that is of this table.
    pub fn above(&self, row: Row, table: Option<usize>) -> Option<Row> {
        self.above_by(row, table, None)
    }

    /// By this role, where one is named: of all ways up, those that go by it; else those that go by no role, if there are any.
    pub fn above_by(&self, row: Row, table: Option<usize>, role: Option<LinkRef>) -> Option<Row> {
        let ways = self.paths(row, table);
        let by_role = |links: &[LinkRef]| role.is_some_and(|role| links.contains(&role));
        if let Some((found, _)) = ways.iter().find(|(_, links)| by_role(links)) {
            return Some(*found);
        }
        if role.is_some_and(|role| row.table().is_some_and(|from| self.plan.leads_up(from, role.table))) {
            return None;
        }
        // Wherever a link without a role could have been taken, none with a role was.
        let named = |link: &LinkRef| self.plan.tables[link.table].parents[link.parent].role.is_some();
        let unnamed_leads = |from: usize| self.plan.tables[from].parents.iter().any(|parent| parent.role.is_none() && table.is_some_and(|to| self.plan.leads_up(parent.table, to)));
        ways.into_iter().find(|(_, links)| !links.iter().any(|link| named(link) && unnamed_leads(link.table))).map(|(found, _)| found)
    }

    /// Whether a row is, or stands beneath, another, by whichever role.
    pub fn belongs(&self, row: Row, to: Row) -> bool {
        self.paths(row, to.table()).iter().any(|(found, _)| *found == to)
    }

    /// Every way up from a row to a table: where it ends, and the links that it takes.
    fn paths(&self, row: Row, table: Option<usize>) -> Vec<(Row, Vec<LinkRef>)> {
        if row.table() == table {
            return vec![(row, Vec::new())];
        }
        if table.is_none() {
            return vec![(Row::Whole, Vec::new())];
        }
        match row {
            Row::Whole => Vec::new(),
            Row::Part { table: parts, row, .. } => self.plan.tables[parts].split.as_ref().map_or_else(Vec::new, |split| self.paths(Row::File { table: split.of, row }, table)),
            Row::File { table: from, row } => {
                let mut found = Vec::new();
                for (at, parent) in self.plan.tables[from].parents.iter().enumerate() {
                    let Some(up) = self.tables.tables[from].parents[at].get(row).filter(|up| **up != heng::model::table::NOWHERE) else { continue };
                    for (end, links) in self.paths(Row::File { table: parent.table, row: *up as usize }, table) {
                        found.push((end, [vec![LinkRef { table: from, parent: at }], links].concat()));
                    }
                }
                found
            }
        }
    }

    /// The row that a role leads to.
    pub fn through(&self, link: LinkRef, row: Row) -> Option<Row> {
        let Row::File { row: from, .. } = self.above(row, Some(link.table))? else { return None };
        let up = self.tables.tables[link.table].parents[link.parent].get(from).filter(|up| **up != heng::model::table::NOWHERE)?;
        Some(Row::File { table: self.plan.tables[link.table].parents[link.parent].table, row: *up as usize })
    }

    pub fn handed_in(&self, table: usize) -> bool {
        match &self.plan.tables[table].split {
            Some(split) => self.handed_in(split.of),
            None => self.tables.tables[table].handed_in(),
        }
    }

    pub fn key(&self, here: &Here) -> String {
        let mut parts = match here.row {
            Row::Whole => vec!["all".to_string()],
            Row::File { table, row } => vec![self.tables.tables[table].keys[row].to_string()],
            Row::Part { table, row, part } => match &self.plan.tables[table].split {
                Some(split) => vec![self.tables.tables[split.of].keys[row].to_string(), self.code_id(split.codes, split.parts[part].code)],
                None => Vec::new(),
            },
        };
        parts.extend(here.codes.iter().map(|(list, code)| self.code_id(*list, *code)));
        parts.extend(here.term.filter(|_| here.each).map(|term| term.to_string()));
        parts.join("-")
    }

    fn code_id(&self, list: usize, code: u16) -> String {
        self.plan.codes[list].codes[usize::from(code)].names.id.clone()
    }

    /// A cell of this very row.
    pub fn cell(&self, row: Row, column: usize) -> Val {
        match row {
            Row::Whole => Val::none(),
            Row::File { table, row } => {
                let def = &self.plan.tables[table].columns[column];
                self.tables.tables[table].columns[column].get(row).map_or_else(|| unknown(def), |cell| of_cell(cell, def))
            }
            Row::Part { table, row, part } => match &self.plan.tables[table].split {
                Some(split) => self.part_cell(split, &self.plan.tables[table].columns[column], row, part, column),
                None => Val::none(),
            },
        }
    }

    fn part_cell(&self, split: &SplitDef, def: &ColumnDef, row: usize, part: usize, column: usize) -> Val {
        let own = 2 + split.shared.len();
        match column {
            0 => match self.pupils(split, row, part) {
                Some(pupils) => Val::number(&pupils),
                None if self.is_negative(split, row, split.parts[part].pupils) => Val::interval(Interval::ALL),
                None => unknown(def),
            },
            1 => Val::of(Kind::Code(Some(split.parts[part].code))),
            _ if column < own => self.shared(split, row, part, split.shared[column - 2]).map_or_else(
                || Val::interval(if self.has_negative(split, row, split.shared[column - 2]) { Interval::ALL } else { Interval::from_zero() }),
                |number| Val::number(&number),
            ),
            _ => split.own[column - own][part].map_or_else(|| unknown(def), |column| self.cell(Row::File { table: split.of, row }, column)),
        }
    }

    fn is_negative(&self, split: &SplitDef, row: usize, column: usize) -> bool {
        self.tables.tables[split.of].columns[column][row].value == CellValue::Unknown(Why::Negative)
    }

    /// R38: whether the whole, or the pupils of a part, is a figure below 0.
    fn has_negative(&self, split: &SplitDef, row: usize, column: usize) -> bool {
        self.is_negative(split, row, column) || split.parts.iter().any(|part| self.is_negative(split, row, part.pupils))
    }

    /// R29: the whole's cell by pupils × share; nothing is known unless all of it is.
    fn shared(&self, split: &SplitDef, row: usize, part: usize, column: usize) -> Option<Number> {
        let CellValue::Number(whole) = &self.tables.tables[split.of].columns[column][row].value else { return None };
        let mut all = Number::ZERO;
        for (other, def) in split.parts.iter().enumerate() {
            all = &all + &(&self.pupils(split, row, other)? * &def.share);
        }
        let mine = &self.pupils(split, row, part)? * &split.parts[part].share;
        (whole * &mine).div(&all)
    }
}

fn of_cell(cell: &Cell, def: &ColumnDef) -> Val {
    match &cell.value {
        CellValue::Number(number) => Val::number(number),
        CellValue::Text(text) => Val::of(Kind::Text(Some(text.clone()))),
        CellValue::Truth(truth) => Val::of(Kind::Truth { yes: *truth, no: !truth }),
        CellValue::Date(date) => Val::of(Kind::Date(Some(*date))),
        CellValue::YearMonth(month) => Val::of(Kind::Month(Some(*month))),
        CellValue::Term(term) => Val::of(Kind::Term(Some(*term))),
        CellValue::Code(code) => Val::of(Kind::Code(Some(*code))),
        // R38: a figure below 0 where there is none bounds nothing.
        CellValue::Unknown(Why::Negative) => Val::interval(Interval::ALL),
        CellValue::Unknown(_) => unknown(def),
    }
}

/// R12: what a cell may be of which nothing is known.
pub fn unknown(def: &ColumnDef) -> Val {
    use heng::model::plan::ColumnKind;
    Val::of(match def.ty {
        ColumnKind::Whole | ColumnKind::Number => Kind::Number(Interval::of(def.low.as_ref(), def.high.as_ref())),
        ColumnKind::Text => Kind::Text(None),
        ColumnKind::YesNo => Kind::Truth { yes: true, no: true },
        ColumnKind::Date => Kind::Date(None),
        ColumnKind::YearMonth => Kind::Month(None),
        ColumnKind::Term(_) => Kind::Term(None),
        ColumnKind::Code(_) => Kind::Code(None),
    })
}
