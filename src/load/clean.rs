//! One cell: what was typed comes in, its value or the reason why it has none goes out.
//!
//! Full-width forms become their ASCII letters and nothing else is changed: wider foldings would turn ① into 1.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::base::{Number, Term, half_width, unit};
use crate::model::manner::Bare;
use crate::model::plan::{Blank, ColumnDef, ColumnKind, Plan};
use crate::model::table::{CellValue, Why};

use super::Settings;
use super::dates;
use super::numbers;

/// Blanks of every script, and letters that take no room.
pub fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{180e}')
}

/// Trimmed, with full-width forms folded, and without the `="…"` by which a spreadsheet is kept from changing an id: how
/// keys are compared.
pub fn fold(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim_matches(is_blank);
    let kept = trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).filter(|inner| !inner.contains('"'));
    let trimmed = kept.map_or(trimmed, |inner| inner.trim_matches(is_blank));
    let wide = |letter: char| half_width(letter) != letter;
    if trimmed.is_ascii() || !trimmed.contains(wide) {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.chars().map(half_width).collect())
}

/// How names are compared: without blanks, in lower case, ㎡ as m2, Ⅲ as iii, ≥ as >=.
pub fn fold_name(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_blank(*letter)).map(half_width) {
        match letter {
            '㎡' => folded.push_str("m2"),
            '²' => folded.push('2'),
            '≥' | '≧' => folded.push_str(">="),
            '≤' | '≦' => folded.push_str("<="),
            'Ⅰ'..='Ⅻ' => folded.push_str(ROMAN[(u32::from(letter) - u32::from('Ⅰ')) as usize]),
            'ⅰ'..='ⅻ' => folded.push_str(ROMAN[(u32::from(letter) - u32::from('ⅰ')) as usize]),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded
}

const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// Every spelling of a column's unit that may follow its numbers.
pub fn unit_spellings(column: &ColumnDef) -> Vec<String> {
    let mut spellings = vec![column.unit.text().en.clone(), column.unit.text().zh.clone()];
    for word in unit::UNIT_WORDS.iter().filter(|word| unit::Unit::from_word(word) == column.unit) {
        spellings.extend(word.en.iter().chain(word.zh).map(|spelling| (*spelling).to_string()));
        if word.counter {
            spellings.extend(unit::COUNTERS.iter().map(|counter| (*counter).to_string()));
        }
        // 人 and 名 count people, whoever they are.
        if word.zh.contains(&"人") || word.zh.contains(&"名") {
            spellings.extend(["人".to_string(), "名".to_string()]);
        }
    }
    spellings.retain(|spelling| !spelling.is_empty());
    spellings
}

/// What is known of a column's cells beside what the plan says.
#[derive(Clone, Copy, Debug, Default)]
pub struct How {
    /// What a number without a percent sign is, where that was settled.
    pub bare: Option<Bare>,
    pub decimal_comma: bool,
    /// Part of the key, or a link: what a spreadsheet has spoiled is said there.
    pub is_id: bool,
}

/// Reads the cells of one column.
#[derive(Debug)]
pub struct Cleaner<'p> {
    column: &'p ColumnDef,
    how: How,
    tokens: Vec<String>,
    codes: HashMap<String, u16>,
    /// Most columns are never asked.
    units: OnceCell<Vec<String>>,
    token_is_zero: bool,
}

impl<'p> Cleaner<'p> {
    pub fn new(plan: &Plan, column: &'p ColumnDef, settings: &Settings, how: How) -> Cleaner<'p> {
        let tokens = settings.missing_tokens.iter().map(|token| fold_name(token)).filter(|token| !token.is_empty()).collect();
        let codes = match column.ty {
            ColumnKind::Code(list) => code_names(plan, list),
            _ => HashMap::default(),
        };
        Cleaner { column, how, tokens, codes, units: OnceCell::new(), token_is_zero: settings.token_is_zero }
    }

    /// Whether `85%` is read here, as a plain ratio.
    pub fn takes_percent(&self) -> bool {
        self.column.ty == ColumnKind::Number && self.units().is_empty()
    }

    fn units(&self) -> &[String] {
        self.units.get_or_init(|| unit_spellings(self.column))
    }

    /// Whether a text is one of those that stand for nothing.
    pub fn is_missing(&self, text: &str) -> bool {
        let text = fold(text);
        text.is_empty() || self.is_token(&text)
    }

    /// No token is long, most cells are no token, and most of those are digits, which nothing is to be folded in.
    fn is_token(&self, text: &str) -> bool {
        let same = |token: &String| token.as_bytes().first() == text.as_bytes().first();
        let digits = text.as_bytes().first().is_some_and(u8::is_ascii_digit);
        text.len() <= 40 && (!digits || self.tokens.iter().any(same)) && self.tokens.contains(&fold_name(text))
    }

    pub fn value(&self, raw: &str) -> CellValue {
        let text = fold(raw);
        let text = text.as_ref();
        if text.is_empty() {
            return self.zero(true).unwrap_or(CellValue::Unknown(Why::Missing));
        }
        if let Some(code) = self.code(text) {
            return CellValue::Code(code);
        }
        if self.is_token(text) {
            return self.zero(self.token_is_zero).unwrap_or(CellValue::Unknown(Why::Missing));
        }
        self.typed(text).unwrap_or_else(CellValue::Unknown)
    }

    fn zero(&self, allowed: bool) -> Option<CellValue> {
        self.column.blank_means.as_ref().filter(|_| allowed).map(|blank| match blank {
            Blank::Number(number) => CellValue::Number(number.clone()),
            Blank::Truth(truth) => CellValue::Truth(*truth),
            Blank::Code(code) => CellValue::Code(*code),
        })
    }

    fn code(&self, text: &str) -> Option<u16> {
        if self.codes.is_empty() { None } else { self.codes.get(&fold_name(text)).copied() }
    }

    fn typed(&self, text: &str) -> Result<CellValue, Why> {
        match self.column.ty {
            // What stood there is lost, and two that are lost are not the same.
            ColumnKind::Text if !self.how.is_id && numbers::is_scientific(text) => Err(Why::Unreadable),
            ColumnKind::Text => Ok(CellValue::Text(Arc::from(text))),
            ColumnKind::Code(_) => Err(Why::OutsideList),
            ColumnKind::YesNo => yes_no(text).map(CellValue::Truth).ok_or(Why::Unreadable),
            ColumnKind::Whole | ColumnKind::Number => self.number(text).map(CellValue::Number),
            ColumnKind::Date => dates::date(text).map(CellValue::Date),
            ColumnKind::YearMonth => dates::month(text).map(CellValue::YearMonth),
            ColumnKind::Term(kind) => Term::read(kind, text).map(CellValue::Term).ok_or(Why::Unreadable),
        }
    }

    fn number(&self, text: &str) -> Result<Number, Why> {
        let written = self.written(text).ok_or(Why::Unreadable)?;
        let number = self.column.unit.to_base(&written);
        let below = self.column.low.as_ref().is_some_and(|low| number < *low);
        if below && number.is_negative() && self.column.low.as_ref().is_some_and(|low| !low.is_negative()) {
            return Err(Why::Negative);
        }
        if self.column.ty == ColumnKind::Whole && !written.is_whole() {
            return Err(Why::NotWhole);
        }
        if below || self.column.high.as_ref().is_some_and(|high| number > *high) {
            return Err(Why::OutOfBounds);
        }
        Ok(number)
    }

    /// The number as written, in the column's own unit.
    fn written(&self, text: &str) -> Option<Number> {
        let pointed = if self.how.decimal_comma { Cow::Owned(numbers::pointed(text)?) } else { Cow::Borrowed(text) };
        let text = pointed.as_ref();
        if numbers::is_spoiled(text) {
            return None;
        }
        if let Some(number) = numbers::parse(text) {
            return self.scaled(&number);
        }
        if self.takes_percent() {
            return numbers::parse(text.strip_suffix('%')?.trim_end())?.div(&Number::int(100));
        }
        self.units().iter().find_map(|unit| numbers::parse(text.strip_suffix(unit.as_str())?.trim_end_matches(is_blank)))
    }
}

impl Cleaner<'_> {
    /// A number without a percent sign, as the column writes its numbers.
    fn scaled(&self, number: &Number) -> Option<Number> {
        let hundred = Number::int(100);
        match self.how.bare {
            Some(Bare::Percent) if !self.column.unit.is_percent() => number.div(&hundred),
            Some(Bare::Fraction) if self.column.unit.is_percent() => Some(number * &hundred),
            _ => Some(number.clone()),
        }
    }
}

/// Every folded name of a list's codes; of two codes with one name the first has it.
fn code_names(plan: &Plan, list: usize) -> HashMap<String, u16> {
    let mut names = HashMap::default();
    for (at, code) in plan.codes.get(list).iter().flat_map(|list| list.codes.iter().enumerate()) {
        let Ok(at) = u16::try_from(at) else { break };
        for name in code.names.all().chain(code.spellings.iter().map(String::as_str)) {
            names.entry(fold_name(name)).or_insert(at);
        }
    }
    names
}

fn yes_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "是" | "1" | "y" | "yes" | "true" | "√" | "✓" | "✔" => Some(true),
        "否" | "0" | "n" | "no" | "false" | "×" | "✗" | "✘" => Some(false),
        _ => None,
    }
}
