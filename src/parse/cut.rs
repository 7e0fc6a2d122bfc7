//! Cuts a file into items, and an item into its head and its clauses, by lines, before the grammar sees any of it.
//!
//! INVARIANT: no piece crosses the start of a line that begins another, so that one fault never hides a neighbour.

use std::sync::LazyLock;

use pest::unicode::XID_CONTINUE;

use crate::model::word::{self, Word};

/// A stretch of the file.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'t> {
    pub at: usize,
    pub text: &'t str,
}

/// One item: what its head says, and its clauses.
#[derive(Clone, Debug)]
pub struct Cut<'t> {
    pub head: Piece<'t>,
    pub clauses: Vec<Piece<'t>>,
    /// The item word, unless it is misspelt.
    pub word: Option<&'static str>,
}

/// The items of a file, and the clauses that stand before the first of them.
pub fn cut(text: &str) -> (Vec<Cut<'_>>, Vec<Piece<'_>>) {
    let mut items: Vec<(Vec<usize>, Option<&'static str>)> = Vec::new();
    let mut stray = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, rest) = first_word(line);
        let within = items.last().and_then(|(_, word)| *word);
        match begins(rest, start == 0, within) {
            Begins::Item => items.push((vec![at + start], item_word(rest).map(|word| word.id))),
            Begins::Clause => items.last_mut().map_or(&mut stray, |(starts, _)| starts).push(at + start),
            Begins::Nothing => {}
        }
        at += line.len();
    }
    let first = items.first().map_or(text.len(), |(starts, _)| starts[0]);
    let ends = items.iter().skip(1).map(|(starts, _)| starts[0]).chain([text.len()]);
    let cuts = items.iter().zip(ends).map(|((starts, word), end)| item(text, starts, end, *word)).collect();
    (cuts, pieces(text, &stray, first))
}

/// Where the first word of a line begins, and the line from there. A byte order mark is no part of a line.
fn first_word(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let blanks = &line[..line.len() - rest.len()];
    (if blanks.chars().all(|c| c == '\u{FEFF}') { 0 } else { blanks.len() }, rest)
}

fn item<'t>(text: &'t str, starts: &[usize], end: usize, word: Option<&'static str>) -> Cut<'t> {
    let mut clauses = pieces(text, starts, end);
    let head = clauses.remove(0);
    Cut { head, clauses, word }
}

fn pieces<'t>(text: &'t str, starts: &[usize], end: usize) -> Vec<Piece<'t>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().zip(ends).map(|(at, end)| Piece { at: *at, text: without_comments(&text[*at..end]) }).collect()
}

/// A piece without the lines of comments behind it: they belong to what follows, and no fault is shown there.
fn without_comments(piece: &str) -> &str {
    let mut piece = piece.trim_end();
    while let Some((before, last)) = piece.rsplit_once('\n') {
        if !last.trim_start().starts_with(['#', '＃']) {
            break;
        }
        piece = before.trim_end();
    }
    piece
}

enum Begins {
    Item,
    Clause,
    Nothing,
}

fn begins(line: &str, first_column: bool, within: Option<&str>) -> Begins {
    let codes = within == Some("i_codes");
    let wordy = line.starts_with(|c: char| XID_CONTINUE(c) || "「`".contains(c));
    if item_word(line).is_some_and(|word| first_column || named(&line[spelled(line, word)..])) {
        return Begins::Item;
    }
    match wordy {
        _ if within == Some("i_measure") && defines(line) => Begins::Clause,
        _ if clause_word(line).is_some() && (first_column || !codes) => Begins::Clause,
        true if first_column => Begins::Item,
        true if codes => Begins::Clause,
        _ => Begins::Nothing,
    }
}

/// The item word that a line begins with.
pub fn item_word(line: &str) -> Option<&'static Word> {
    static ITEMS: LazyLock<Vec<&Word>> = LazyLock::new(|| word::family("i_").collect());
    ITEMS.iter().copied().find(|word| spelled(line, word) > 0)
}

/// Whether a line begins with the word of a pack.
pub fn begins_pack(line: &str) -> bool {
    starts(first_word(line).1, "i_pack") > 0
}

/// What a `require` asks: the words behind its clause word.
pub fn required(clause: &str) -> Option<&str> {
    let word = word::word("c_require")?;
    let length = spelled(clause, word);
    (length > 0).then(|| clause[length..].trim_start().trim_start_matches([':', '：']).trim().trim_end_matches(['。', '；', ';']))
}

/// The clause word that a line begins with, where what follows can be the rest of such a clause.
pub fn clause_word(line: &str) -> Option<&'static str> {
    static CLAUSES: LazyLock<Vec<&Word>> = LazyLock::new(|| word::family("c_").collect());
    if line.lines().next().is_some_and(|line| line.contains("必报")) && starts(line, "k_each") > 0 {
        return Some("c_filed_by");
    }
    let word = CLAUSES.iter().find(|word| spelled(line, word) > 0)?;
    let rest = line[spelled(line, word)..].trim_start();
    let operator = match word.id {
        // `属于（小学、初中）`, `in (primary, junior)`, `part counted` and `for every 12` go on with an expression.
        "c_parent" => rest.starts_with(['(', '（']),
        "c_part" => starts(line, "k_part_counted") > 0,
        "c_for" => starts(line, "k_for_every") > 0,
        _ => false,
    };
    (!operator).then_some(word.id)
}

/// `= body` on a line of its own; in a rule such a line goes on with a comparison.
fn defines(line: &str) -> bool {
    line.starts_with(['=', '＝'])
}

fn starts(line: &str, id: &str) -> usize {
    word::word(id).map_or(0, |word| spelled(line, word))
}

/// How many bytes of the line spell this word; 0 if it begins with another.
pub fn spelled(line: &str, word: &Word) -> usize {
    word.spellings().filter_map(|spelling| spelled_as(line, spelling)).max().unwrap_or(0)
}

fn spelled_as(line: &str, spelling: &str) -> Option<usize> {
    if line.as_bytes().first() != spelling.as_bytes().first() {
        return None;
    }
    let mut rest = line;
    for (nth, part) in spelling.split(' ').enumerate() {
        let after = if nth == 0 { rest } else { rest.strip_prefix(|c: char| c.is_whitespace())?.trim_start() };
        rest = after.strip_prefix(part)?;
    }
    let goes_on = rest.starts_with(|c: char| XID_CONTINUE(c) && (spelling.is_ascii() || !latin(c)));
    (!goes_on).then_some(line.len() - rest.len())
}

/// A letter or digit that may touch a Chinese keyword.
fn latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// An item word names something: `level III` is an item, `level >= III` goes on with an expression.
fn named(rest: &str) -> bool {
    use pest::Parser;
    super::grammar::Grammar::parse(super::grammar::Rule::name, rest.trim_start_matches([' ', '\t', '\u{3000}', '\u{A0}'])).is_ok()
}
