//! Rows that are no record: blank ones, totals, notes under the table.

use crate::base::half_width;

use super::clean::{fold_name, is_blank};
use super::header::Header;
use super::sheet::Sheet;

/// What a row below the header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Record,
    Blank,
    Totals,
    Note,
}

const TOTALS: [&str; 6] = ["总计", "合计", "小计", "total", "subtotal", "grandtotal"];

/// What lines under a table begin with.
const NOTES: [&str; 12] = ["注:", "说明:", "备注", "填表人", "填报人", "制表人", "审核人", "负责人", "单位负责人", "填表日期", "填报日期", "日期:"];

/// Tells records from what else stands under a header; `keys` are the places of the key's cells.
pub fn kind(sheet: &Sheet, row: usize, header: &Header, keys: &[usize]) -> Kind {
    let filled = |at: &usize| !sheet.cell(row, *at).trim_matches(is_blank).is_empty();
    let Some(first) = (0..sheet.width(row)).find(filled) else { return Kind::Blank };
    let first_text = (first..sheet.width(row)).find(|at| has_letters(&sheet.cell(row, *at)));
    if first_text.iter().chain(keys).any(|at| is_totals(&sheet.cell(row, *at))) {
        return Kind::Totals;
    }
    // A file of one column has no room for notes beside its records.
    if header.width > 1 && first == 0 && (0..sheet.width(row)).filter(filled).all(|at| is_note(&sheet.cell(row, at))) {
        return Kind::Note;
    }
    Kind::Record
}

fn has_letters(cell: &str) -> bool {
    cell.chars().any(|letter| !is_blank(letter) && !half_width(letter).is_ascii_digit())
}

fn is_totals(cell: &str) -> bool {
    // Most cells are ids or figures, and no word for a total has a digit.
    cell.len() <= 60 && !cell.bytes().any(|byte| byte.is_ascii_digit()) && TOTALS.contains(&fold_name(cell).trim_end_matches(':'))
}

fn is_note(cell: &str) -> bool {
    let start: String = cell.chars().filter(|letter| !is_blank(*letter)).take(8).map(half_width).collect();
    NOTES.iter().any(|note| start.starts_with(note))
}
