//! How a file is read where its text alone leaves a doubt: what a project said of it.

use std::collections::BTreeMap;

/// What was said of one file beside its encoding and what stands between its cells. Nothing said: the file is asked, and
/// a doubt stops the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Rows of totals are records.
    pub keeps_totals: bool,
    /// What the row under the header is, where it may be a row of column numbers or units.
    pub first_row: Option<FirstRow>,
    /// `0,85` is 0.85, and a point groups by three.
    pub decimal_comma: bool,
    /// By column, as it was written (`*` for all): what a number without a percent sign is.
    pub bare: BTreeMap<String, Bare>,
}

impl Manner {
    /// What is said of a column that goes by one of these names.
    pub fn bare_of<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> Option<Bare> {
        names.find_map(|name| self.bare.get(name)).copied()
    }

    /// What is said of every column.
    pub fn bare_of_all(&self) -> Option<Bare> {
        self.bare.get(Manner::ALL).copied()
    }

    /// Stands for every column.
    pub const ALL: &'static str = "*";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstRow {
    Record,
    Heading,
}

/// What `62.4` is in a column of percents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    /// 62.4%.
    Percent,
    /// 6240%.
    Fraction,
}

impl FirstRow {
    pub const ALL: [FirstRow; 2] = [FirstRow::Record, FirstRow::Heading];

    pub fn word(self) -> &'static str {
        match self {
            FirstRow::Record => "record",
            FirstRow::Heading => "heading",
        }
    }

    pub fn of_word(word: &str) -> Option<FirstRow> {
        FirstRow::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl Bare {
    pub const ALL: [Bare; 2] = [Bare::Percent, Bare::Fraction];

    pub fn word(self) -> &'static str {
        match self {
            Bare::Percent => "percent",
            Bare::Fraction => "fraction",
        }
    }

    pub fn of_word(word: &str) -> Option<Bare> {
        Bare::ALL.into_iter().find(|one| one.word() == word)
    }
}
