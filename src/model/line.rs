//! The word that a line of a rule file begins with.

use std::sync::LazyLock;

use crate::base::Lang;

use super::word::{self, Word};

/// Words by the byte that they begin with: this is asked of every line.
struct ByFirst(Vec<Vec<&'static Word>>);

impl ByFirst {
    fn of(words: impl Iterator<Item = &'static Word>) -> ByFirst {
        let mut rows = vec![Vec::new(); 256];
        for word in words {
            let mut firsts: Vec<u8> = word.spellings().filter_map(|spelling| spelling.bytes().next()).collect();
            firsts.sort_unstable();
            firsts.dedup();
            for first in firsts {
                rows[usize::from(first)].push(word);
            }
        }
        ByFirst(rows)
    }

    fn begins(&self, line: &str) -> Option<&'static Word> {
        let row = &self.0[usize::from(line.bytes().next()?)];
        row.iter().copied().find(|word| spelled(line, word) > 0)
    }
}

/// The item word that a line begins with.
pub fn item_word(line: &str) -> Option<&'static Word> {
    static ITEMS: LazyLock<ByFirst> = LazyLock::new(|| ByFirst::of(word::family("i_")));
    ITEMS.begins(line)
}

/// The clause word that a line begins with, where what follows can be the rest of such a clause.
pub fn clause_word(line: &str) -> Option<&'static str> {
    static CLAUSES: LazyLock<ByFirst> = LazyLock::new(|| ByFirst::of(word::family("c_")));
    static EACH: LazyLock<ByFirst> = LazyLock::new(|| ByFirst::of(word::word("k_each").into_iter()));
    if EACH.begins(line).is_some() && line.lines().next().is_some_and(|line| line.contains(filed())) {
        return Some("c_filed_by");
    }
    let word = CLAUSES.begins(line)?;
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

/// 必报, which ends the clause that it belongs to.
fn filed() -> &'static str {
    word::word("k_filed_zh").map_or("", |word| word.nth(Lang::Zh, 0))
}

/// How many bytes of the line spell the word with this id.
pub fn starts(line: &str, id: &str) -> usize {
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
    let goes_on = rest.starts_with(|c: char| (c.is_alphanumeric() || c == '_') && (spelling.is_ascii() || !latin(c)));
    (!goes_on).then_some(line.len() - rest.len())
}

/// A letter or digit that may touch a Chinese keyword.
fn latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}
