//! A rule file's tree and its text in, the file as it is to be written out: one blank where one is needed, the first
//! spelling of each word, comments kept where they stand.
//!
//! Clauses keep their order and their language. What was not understood stays as it was typed. Nothing is resolved: whether
//! the new text means the same is for others to see, by reading it again.

mod align;
mod comment;
mod declare;
mod expr;
mod layers;
mod layout;
mod names;
mod rows;
mod rule;
mod term;
mod write;

use std::collections::BTreeMap;

use crate::base::{Lang, Span};
use crate::model::ast::{Expr, File};

pub use names::translated;

/// How a file is to be written.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// The language of all words; as each clause has it, where none is said.
    pub words: Option<Lang>,
    /// Units keep the words that they have: 人 after a number takes the other side's unit, `pupil` does not.
    pub keep_units: bool,
    /// Names that are written otherwise.
    pub names: BTreeMap<String, String>,
    /// Heads whose items stay as they were typed.
    pub kept: Vec<Span>,
}

/// The file as it is to be written. Formatting what comes out changes nothing.
pub fn format(text: &str, file: &File, style: &Style) -> String {
    layout::layout(text, file, style)
}

/// One expression of a file, or what it might be instead, as it is written in a language. What the tree does not say,
/// as how many zeros a number ends in, is taken from the text.
pub fn expression(text: &str, expr: &Expr, lang: Lang) -> String {
    let written = write::Writer { text, lang, style: &Style::default() }.body(expr);
    written.replace(&format!("，{}", write::BREAK), "，").replace(write::BREAK, " ")
}
