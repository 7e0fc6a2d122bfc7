//! Rows that are no record: blank ones, totals, headers that come again, remarks (R37). Every other row with a filled key
//! is a record, however blank.

use std::collections::BTreeSet;

use crate::base::{half_width, unit};
use crate::model::held::Held;
use crate::model::manner::FirstRow;
use crate::model::plan::{CodeList, ColumnKind, ColumnRef, Plan, TableDef};
use crate::model::table::{CellValue, NoRecord, Why};

use super::Settings;
use super::clean::{Cleaner, How, fold, fold_name, is_blank};
use super::header::{Header, Names};
use super::sheet::Sheet;

/// What a row below the header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Record,
    No(NoRecord),
    /// Column numbers or units, or a record: nobody can tell.
    MayBeHeading,
    /// The header once more, its cells in another order: the rows below are not those of the table.
    OtherOrder,
}

/// The text of a cell of a word of totals, where it stands at the end.
const TOTALS: [&str; 6] = ["合计", "总计", "小计", "共计", "汇总", "平均"];
const TOTALS_LATIN: [&str; 6] = ["total", "totals", "subtotal", "subtotals", "average", "mean"];

/// What lines under a table begin with, where a mark, a number or a blank follows, or nothing.
const NOTES_APART: [&str; 8] = ["注", "备注", "说明", "日期", "source", "sources", "note", "notes"];
/// The same, whatever follows.
const NOTES: [&str; 11] = ["资料来源", "数据来源", "制表", "填表", "填报人", "填报日期", "填报单位", "填报说明", "审核人", "负责人", "单位负责人"];

/// What tells records from other rows of one file.
pub struct Leaver<'a> {
    plan: &'a Plan,
    def: &'a TableDef,
    sheet: &'a Sheet,
    header: &'a Header,
    names: &'a Names<'a>,
    held: &'a Held,
    table: usize,
    keeps_totals: bool,
    /// Places of the key's cells.
    keys: Vec<usize>,
    called: Option<usize>,
    /// For each place, the column.
    columns: Vec<Option<usize>>,
    /// The header's names, folded, by place.
    heads: Vec<String>,
}

impl<'a> Leaver<'a> {
    pub fn new(plan: &'a Plan, table: usize, sheet: &'a Sheet, header: &'a Header, names: &'a Names<'a>, held: &'a Held, keeps_totals: bool) -> Leaver<'a> {
        let def = &plan.tables[table];
        let keys = def.key.iter().filter_map(|column| header.places[*column]).collect();
        let called = def.called.and_then(|column| header.places[column]);
        let mut columns = vec![None; header.width];
        for (column, place) in header.places.iter().enumerate() {
            if let Some(slot) = place.and_then(|place| columns.get_mut(place)) {
                *slot = Some(column);
            }
        }
        let heads = (0..header.width).map(|place| fold_name(&sheet.cell(header.row, place))).collect();
        Leaver { plan, def, sheet, header, names, held, table, keeps_totals, keys, called, columns, heads }
    }

    pub fn kind(&self, row: usize) -> Kind {
        let Some(first) = self.filled(row).next() else { return Kind::No(NoRecord::Blank) };
        if self.is_totals_row(row, first) {
            return Kind::No(NoRecord::Totals);
        }
        if self.is_note_row(row, first) {
            return Kind::No(NoRecord::Note);
        }
        self.header_again(row, first).unwrap_or(Kind::Record)
    }

    fn filled(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.sheet.width(row)).filter(move |at| !self.sheet.cell(row, *at).trim_matches(is_blank).is_empty())
    }

    fn is_totals_row(&self, row: usize, first: usize) -> bool {
        let cell = |at: usize| self.sheet.cell(row, at);
        let is_filled = |at: &usize| !cell(*at).trim_matches(is_blank).is_empty();
        let called = self.called.filter(is_filled);
        let said = |at: usize| is_totals(&cell(at)) && !self.is_said_otherwise(row, at);
        if self.keys.iter().any(|at| said(*at)) || called.is_some_and(said) {
            return !self.keeps_totals || self.is_key_above(row);
        }
        if called.is_some() || self.keeps_totals {
            return false;
        }
        // Without a name the first text may be one; beside a filled key it must be the very word, for it may be a remark.
        let Some(at) = (first..self.sheet.width(row)).find(|at| has_letters(&cell(*at))) else { return false };
        let has_key = !self.keys.is_empty() && self.keys.iter().all(is_filled);
        said(at) && (!has_key || is_totals_word(&cell(at)))
    }

    /// Whether a word of totals is a code of its column, or a text that a rule asks for there.
    fn is_said_otherwise(&self, row: usize, at: usize) -> bool {
        let Some(column) = self.columns.get(at).copied().flatten() else { return false };
        let text = self.sheet.cell(row, at);
        let is_code = match self.def.columns[column].ty {
            ColumnKind::Code(list) => self.plan.codes.get(list).is_some_and(|list| is_code(list, &text)),
            _ => false,
        };
        let asked = self.held.texts.get(&ColumnRef { table: self.table, column });
        let is_asked = asked.is_some_and(|texts| texts.contains(fold(&text).as_ref()));
        (is_code || is_asked) && !self.is_key_above(row)
    }

    /// Whether the row's key is that of a row above, as the rows of this file name them.
    fn is_key_above(&self, row: usize) -> bool {
        let [key] = self.keys[..] else { return false };
        let key = self.sheet.cell(row, key);
        let key = fold(&key);
        let links = self.def.parents.iter().filter_map(|parent| self.header.places[parent.column]).filter(|place| !self.keys.contains(place));
        !key.is_empty() && links.into_iter().any(|place| (self.header.last + 1..self.sheet.len()).any(|other| fold(&self.sheet.cell(other, place)) == key))
    }

    fn is_note_row(&self, row: usize, first: usize) -> bool {
        // A file of one column has no room for notes beside its records.
        if self.header.width <= 1 {
            return false;
        }
        let cell = |at: usize| self.sheet.cell(row, at);
        let alone = self.filled(row).nth(1).is_none();
        if alone && !self.keys.is_empty() && !self.keys.contains(&first) {
            // What a row is called, and nothing beside it, may be a record that has lost its key.
            return self.called != Some(first) || begins_note(&cell(first)) || is_footnote(&cell(first));
        }
        if first != 0 {
            return false;
        }
        // A remark with commas in it is cut into cells, none of which is a figure.
        let is_prose = || begins_remark(&cell(0)) && self.filled(row).all(|at| has_letters(&cell(at)));
        self.filled(row).all(|at| begins_note(&cell(at))) || (alone && is_footnote(&cell(0))) || is_prose()
    }

    /// A row whose cells are the headers, at their places or at others.
    fn header_again(&self, row: usize, first: usize) -> Option<Kind> {
        // Most rows have a first cell that is no header, and of these most are numbers.
        let cell = self.sheet.cell(row, first);
        if first >= self.header.width || cell.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if self.names.column(&cell).is_none() && self.heads.get(first) != Some(&fold_name(&cell)) {
            return None;
        }
        let same = |at: usize| {
            let folded = fold_name(&self.sheet.cell(row, at));
            self.heads.get(at) == Some(&folded) || self.columns.get(at).copied().flatten().is_some_and(|column| self.names.column(&folded) == Some(column))
        };
        let heads = (0..self.header.width).filter(|at| self.columns[*at].is_some() || !self.heads[*at].is_empty());
        if self.filled(row).all(same) && heads.clone().filter(|at| self.columns[*at].is_some()).all(same) {
            return Some(Kind::No(NoRecord::HeaderAgain));
        }
        // No record calls its key by the name of the key's column.
        let found: BTreeSet<usize> = self.filled(row).filter_map(|at| self.names.column(&self.sheet.cell(row, at))).collect();
        let has_keys = self.def.key.iter().all(|key| found.contains(key));
        (found.len() >= 2 && has_keys).then_some(Kind::OtherOrder)
    }

    /// A row right under the header that is one of column numbers or units, if it looks like one.
    pub fn heading(&self, row: usize, settings: &Settings, told: Option<FirstRow>) -> Option<Kind> {
        let cells: Vec<(usize, String)> = self.filled(row).map(|at| (at, fold(&self.sheet.cell(row, at)).into_owned())).collect();
        let texts: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
        if !(is_units(&texts) || self.is_numbering(row, &texts)) {
            return None;
        }
        match told {
            Some(FirstRow::Record) => return Some(Kind::Record),
            Some(FirstRow::Heading) => return Some(Kind::No(NoRecord::Heading)),
            None => {}
        }
        let unreadable = |(at, text): &(usize, String)| {
            let Some(column) = self.columns.get(*at).copied().flatten() else { return false };
            let value = Cleaner::new(self.plan, &self.def.columns[column], settings, How::default()).value(text);
            matches!(value, CellValue::Unknown(why) if why != Why::Missing)
        };
        Some(if cells.iter().any(unreadable) { Kind::No(NoRecord::Heading) } else { Kind::MayBeHeading })
    }

    /// 甲 乙 1 2, or 1 2 3: one for each header, and not the first of records that are numbered so themselves.
    fn is_numbering(&self, row: usize, texts: &[&str]) -> bool {
        const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
        let stems = texts.iter().zip(STEMS).take_while(|(text, stem)| *text == stem).count();
        let numbered = texts[stems..].iter().enumerate().all(|(at, text)| text.trim_matches(['(', ')']) == (at + 1).to_string());
        // Two cells may be anything.
        // A header of two rows names some columns in its second row alone.
        let is_headed = |place: &usize| (self.header.row..=self.header.last).any(|row| !self.sheet.cell(row, *place).trim_matches(is_blank).is_empty());
        if texts.len() < 3 || !numbered || texts.len() != (0..self.header.width).filter(is_headed).count() {
            return false;
        }
        let next = (row + 1..self.sheet.len()).find_map(|next| self.filled(next).next().map(|at| fold(&self.sheet.cell(next, at)).into_owned()));
        let successor = if stems > 0 { STEMS[1] } else { "2" };
        next.map_or(stems > 0, |next| next.trim_matches(['(', ')']) != successor)
    }
}

fn is_code(list: &CodeList, text: &str) -> bool {
    let text = fold_name(text);
    list.codes.iter().any(|code| code.names.all().chain(code.spellings.iter().map(String::as_str)).any(|name| fold_name(name) == text))
}

/// Units, at least one, and nothing else: 人, （平方米）, —.
fn is_units(texts: &[&str]) -> bool {
    let bare = |text: &str| text.trim_matches(['(', ')', '[', ']', ':']).to_string();
    let is_unit = |text: &str| {
        let folded = fold_name(&bare(text));
        folded == "%" || unit::UNIT_WORDS.iter().any(|word| word.en.iter().chain(word.zh).any(|spelling| fold_name(spelling) == folded))
    };
    let is_other = |text: &str| matches!(bare(text).as_str(), "单位" | "计量单位" | "unit" | "Unit" | "units" | "Units" | "-" | "—" | "——" | "/" | "×");
    texts.iter().any(|text| is_unit(text)) && texts.iter().all(|text| is_unit(text) || is_other(text))
}

fn has_letters(cell: &str) -> bool {
    cell.chars().any(|letter| !is_blank(letter) && !half_width(letter).is_ascii_digit())
}

/// Whether a cell is, or ends in, a word for a sum or a mean of other rows.
fn is_totals(cell: &str) -> bool {
    let last = cell.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    // Most cells end in nothing of the kind, and no word is long.
    if !last.ends_with(['计', '总', '均', '汇', 'l', 's', 'n', 'e', 'L', 'S', 'N', 'E', 'ｌ', 'ｓ', 'ｎ', 'ｅ', 'Ｌ', 'Ｓ', 'Ｎ', 'Ｅ']) || cell.len() > 300 {
        return false;
    }
    let letters: String = last.chars().map(half_width).filter(|letter| letter.is_alphanumeric()).collect();
    if TOTALS.iter().any(|word| letters.ends_with(word)) || is_totals_word(cell) {
        return true;
    }
    // A Latin word must stand by itself: Mean is one, Ormean is a place.
    let wide: String = last.chars().map(half_width).collect::<String>().to_lowercase();
    let start = wide.rfind(|letter: char| !letter.is_ascii_alphabetic()).map_or(0, |at| at + wide[at..].chars().next().map_or(1, char::len_utf8));
    TOTALS_LATIN.contains(&&wide[start..])
}

/// Whether a cell is such a word and nothing else.
fn is_totals_word(cell: &str) -> bool {
    if cell.len() > 100 {
        return false;
    }
    let letters: String = cell.chars().map(half_width).filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    TOTALS.contains(&letters.as_str()) || TOTALS_LATIN.contains(&letters.as_str()) || matches!(letters.as_str(), "grandtotal" | "grandtotals" | "allschools")
}

fn folded_start(cell: &str) -> String {
    cell.trim_matches(is_blank).chars().take(16).map(half_width).flat_map(char::to_lowercase).collect()
}

fn begins_note(cell: &str) -> bool {
    // Most cells begin with no letter of these words.
    if !cell.trim_start_matches(is_blank).starts_with(|first: char| matches!(half_width(first), '注' | '备' | '说' | '日' | '资' | '数' | '制' | '填' | '审' | '负' | '单' | 's' | 'S' | 'n' | 'N')) {
        return false;
    }
    let start = folded_start(cell);
    let spaceless: String = start.chars().filter(|letter| !is_blank(*letter)).collect();
    let apart = |word: &str| start.strip_prefix(word).is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphabetic()));
    NOTES.iter().any(|word| spaceless.starts_with(word)) || NOTES_APART.iter().any(|word| apart(word)) || ["备注:", "说明:", "日期:", "注:"].iter().any(|word| spaceless.starts_with(word))
}

/// `Source: …`, `注：…`: no key begins so.
fn begins_remark(cell: &str) -> bool {
    begins_note(cell) && folded_start(cell).contains(':')
}

/// `* …`, `1. …`, `(1) …`, `[a] …`: a mark and a blank; `1、…`.
fn is_footnote(cell: &str) -> bool {
    let text: String = cell.trim_matches(is_blank).chars().take(12).map(half_width).collect();
    let Some(mark) = text.split_once(is_blank).map(|(mark, _)| mark) else {
        return text.split_once('、').is_some_and(|(number, _)| !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit()));
    };
    let stars = mark.chars().all(|letter| matches!(letter, '*' | '†' | '‡' | '§' | '#' | '※' | '⁂' | '¹' | '²' | '³' | '①'..='⑳'));
    let inner = mark.trim_matches(['(', ')', '[', ']', '.']);
    let numbered = inner.len() < mark.len() && (inner.len() <= 2 && !inner.is_empty()) && (inner.bytes().all(|byte| byte.is_ascii_digit()) || (inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_alphabetic())));
    stars || numbered
}
