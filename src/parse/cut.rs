//! Cuts a file into items, and an item into its head and its clauses, by lines, before the grammar sees any of it.
//!
//! INVARIANT: no piece crosses the start of a line that begins another, so that one fault never hides a neighbour.

use pest::unicode::XID_CONTINUE;

use crate::model::line::{clause_word, item_word, spelled, starts};
use crate::model::word;

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

/// The items of a file, and what stands before the first of them: clauses, or anything else but comments.
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
            // Behind an item it goes on with a clause; before the first it would be lost.
            Begins::Nothing if items.is_empty() && stray.is_empty() && says_something(rest) => stray.push(at + start),
            Begins::Nothing => {}
        }
        at += line.len();
    }
    let first = items.first().map_or(text.len(), |(starts, _)| starts[0]);
    let ends = items.iter().skip(1).map(|(starts, _)| starts[0]).chain([text.len()]);
    let cuts = items.iter().zip(ends).map(|((starts, word), end)| item(text, starts, end, *word)).collect();
    (cuts, pieces(text, &stray, first))
}

/// Neither blank nor a comment.
fn says_something(rest: &str) -> bool {
    !rest.is_empty() && !rest.starts_with(['#', '＃'])
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

/// `= body` on a line of its own; in a rule such a line goes on with a comparison.
fn defines(line: &str) -> bool {
    line.starts_with(['=', '＝'])
}

/// An item word names something: `level III` is an item, `level >= III` goes on with an expression.
fn named(rest: &str) -> bool {
    use pest::Parser;
    super::grammar::Grammar::parse(super::grammar::Rule::name, rest.trim_start_matches([' ', '\t', '\u{3000}', '\u{A0}'])).is_ok()
}
