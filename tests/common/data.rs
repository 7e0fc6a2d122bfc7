//! Random tables as people hand them in: CSV, with blanks, unreadable cells, missing columns and missing files.

use super::dice::Dice;
use super::schema::{AREAS, Column, Dim, FILES, GRADES, RULES, STAGES, TEXTS, Table, Terms, What};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub table: Table,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// One sheet for each table that is handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data {
    pub sheets: Vec<Sheet>,
}

/// How often things are missing.
#[derive(Clone, Copy, Debug)]
pub struct Gaps {
    /// Of a hundred cells.
    pub cells: u32,
    /// Of a hundred columns, and tables.
    pub columns: u32,
}

impl Gaps {
    pub fn random(dice: &mut Dice) -> Gaps {
        Gaps { cells: *dice.pick(&[0, 0, 3, 10, 30]), columns: *dice.pick(&[0, 0, 0, 4]) }
    }
}

impl Sheet {
    pub fn csv(&self) -> String {
        let mut lines = vec![self.header.join(",")];
        lines.extend(self.rows.iter().map(|row| row.join(",")));
        lines.join("\n") + "\n"
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|header| *header == name)
    }
}

impl Data {
    pub fn random(dice: &mut Dice, terms: Terms, gaps: Gaps) -> Data {
        let mut data = Data::default();
        for table in FILES {
            let schools = data.sheet(Some(Table::School)).map_or_else(Vec::new, |sheet| sheet.rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>());
            let keys = data.sheet(table.above()).map_or_else(Vec::new, |sheet| sheet.rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>());
            let most = match table {
                Table::School => 5,
                Table::Class => 7,
                Table::Teacher | Table::Evidence => 6,
                Table::County | Table::Incident => 3,
                Table::Section => 0,
            };
            let least = usize::from(matches!(table, Table::County | Table::School) && !dice.chance(1, 20));
            let count = least + dice.below(most - least + 1);
            let mut sheet = Sheet { table, header: Vec::new(), rows: vec![Vec::new(); if table.above().is_some() && keys.is_empty() { 0 } else { count }] };
            for column in table.columns() {
                let always = matches!(column.what, What::Key | What::Link | What::School);
                if !always && dice.chance(gaps.columns, 100) {
                    continue;
                }
                sheet.header.push(column.name);
                for (at, row) in sheet.rows.iter_mut().enumerate() {
                    row.push(match column.what {
                        What::Key => format!("{}{at}", &table.name()[..1]),
                        What::Link => dice.pick(&keys).clone(),
                        What::School if schools.is_empty() || dice.chance(1, 2) => String::new(),
                        What::School => dice.pick(&schools).clone(),
                        _ => cell(dice, column, terms, gaps),
                    });
                }
            }
            data.sheets.push(sheet);
        }
        // A table may not be handed in; its keys are then named by those beneath.
        data.sheets.retain(|sheet| !dice.chance(if sheet.table == Table::School { gaps.columns / 2 } else { gaps.columns }, 40));
        data
    }

    pub fn sheet(&self, table: Option<Table>) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| Some(sheet.table) == table)
    }

    pub fn sheet_mut(&mut self, table: Table) -> Option<&mut Sheet> {
        self.sheets.iter_mut().find(|sheet| sheet.table == table)
    }
}

fn cell(dice: &mut Dice, column: &Column, terms: Terms, gaps: Gaps) -> String {
    if dice.chance(gaps.cells, 100) {
        return match (dice.below(6), column.what) {
            (0, _) => "—".into(),
            (1, What::Number { .. } | What::YesNo | What::Stage | What::Area | What::Grade | What::Date) => "huh".into(),
            (2, What::Number { dim: Dim::Pupil | Dim::Area | Dim::Money, .. }) => "-1".into(),
            _ => String::new(),
        };
    }
    known_cell(dice, column, terms)
}

/// A cell that can be read.
pub fn known_cell(dice: &mut Dice, column: &Column, terms: Terms) -> String {
    match column.what {
        What::Number { dim, whole, low, high } => {
            let steps = if whole { 1 } else { 2 };
            // Nothing at all is written often: it divides, and it weighs.
            let twice = if low <= 0 && dice.chance(1, 5) { 0 } else { dice.between(low * steps, high * steps) };
            // Ten thousands are written out where the column is in yuan.
            match (whole, dim == Dim::Money && terms.yuan) {
                (true, _) => twice.to_string(),
                (false, true) => (twice * 5000).to_string(),
                (false, false) => halves(twice),
            }
        }
        What::YesNo => dice.pick(&["yes", "no", "yes", "是", "否"]).to_string(),
        What::Stage => dice.pick(&STAGES).to_string(),
        What::Area => dice.pick(&AREAS).to_string(),
        What::Grade => dice.pick(&GRADES).to_string(),
        What::Date if dice.chance(1, 4) => dice.pick(&["2020-02-29", "2024-02-29", "2024-02-28", "2025-02-28", "2025-08-31", "2023-09-01"]).to_string(),
        What::Date => format!("{}-{:02}-{:02}", dice.between(2018, 2026), dice.between(1, 12), dice.between(1, 28)),
        What::Month if dice.chance(1, 4) => format!("{}-{:02}", dice.between(2018, 2026), dice.between(1, 12)),
        What::Month => format!("{}-{:02}", dice.between(2012, 2018), dice.between(1, 12)),
        What::Rule => dice.pick(&RULES).to_string(),
        What::Text | What::Key | What::Link | What::School => dice.pick(&TEXTS).to_string(),
    }
}

/// So many halves, as people write them.
pub fn halves(count: i64) -> String {
    let sign = if count < 0 { "-" } else { "" };
    let half = if count % 2 == 0 { "" } else { ".5" };
    format!("{sign}{}{half}", count.abs() / 2)
}
