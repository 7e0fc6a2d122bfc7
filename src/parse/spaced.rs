//! Chinese typed without blanks: one clause and the names that are declared come in, the ways to set its words apart that
//! can be read go out. Which of them means something is for others to find out.

use crate::base::unit::{COUNTERS, UNIT_WORDS};
use crate::base::{SourceId, is_han};
use crate::model::word;

/// How many ways are followed from each place, and how long a clause may be, in characters.
const WAYS: usize = 24;
const LONGEST: usize = 400;

/// The texts of a clause with its words set apart, one for each tree that can be read, those of fewest words first.
///
/// `head` is the head of the item that the clause stands in. Nothing for a clause that some sign of stands in no word.
pub fn spaced(head: &str, clause: &str, names: &[&str]) -> Vec<String> {
    let chars: Vec<(usize, char)> = clause.char_indices().collect();
    if chars.len() > LONGEST {
        return Vec::new();
    }
    let words = vocabulary();
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); chars.len() + 1];
    ways[chars.len()].push(Way::default());
    for place in (0..chars.len()).rev() {
        let rest = &clause[chars[place].0..];
        let mut found: Vec<Way> = Vec::new();
        for (length, kind) in steps(rest, names, &words) {
            let next = place + rest[..length].chars().count();
            found.extend(ways[next].iter().map(|way| way.behind(kind, &rest[..length])));
        }
        found.sort_by_key(|way| way.words);
        found.dedup_by(|one, other| one.pieces == other.pieces);
        found.truncate(WAYS);
        ways[place] = found;
    }
    let mut trees: Vec<String> = Vec::new();
    let texts = ways.swap_remove(0).into_iter().map(|way| way.text());
    texts.filter(|text| tree(head, text).is_some_and(|tree| { let new = !trees.contains(&tree); trees.push(tree); new })).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A name that only quotes can hold.
    Quoted,
    Word,
    /// Punctuation, blanks, texts: what stands beside a word without a blank.
    Sign,
}

/// The rest of a clause in words, from the last to the first.
#[derive(Clone, Debug, Default)]
struct Way<'t> {
    words: usize,
    pieces: Vec<(Kind, &'t str)>,
}

impl<'t> Way<'t> {
    fn behind(&self, kind: Kind, piece: &'t str) -> Way<'t> {
        let mut pieces = self.pieces.clone();
        pieces.push((kind, piece));
        Way { words: self.words + usize::from(kind != Kind::Sign), pieces }
    }

    fn text(&self) -> String {
        let mut made = String::new();
        let mut before = Kind::Sign;
        for (kind, piece) in self.pieces.iter().rev() {
            if *kind != Kind::Sign && before != Kind::Sign {
                made.push(' ');
            }
            if *kind == Kind::Quoted { made.extend(["「", piece, "」"]) } else { made.push_str(piece) }
            before = *kind;
        }
        made
    }
}

/// What may stand at the beginning of a text: the bytes that it takes.
fn steps(rest: &str, names: &[&str], words: &[&str]) -> Vec<(usize, Kind)> {
    let Some(first) = rest.chars().next() else { return Vec::new() };
    let close = match first {
        '“' => '”',
        '"' | '`' => first,
        '「' => '」',
        _ => '\0',
    };
    if let Some(end) = rest[first.len_utf8()..].find(close).filter(|_| close != '\0') {
        return vec![(first.len_utf8() + end + close.len_utf8(), Kind::Sign)];
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '㎡';
    let mut found: Vec<(usize, Kind)> = Vec::new();
    for name in names.iter().filter(|name| rest.starts_with(**name)) {
        let plain = name.chars().all(is_word) && !name.starts_with(|c: char| c.is_numeric());
        found.push((name.len(), if plain { Kind::Word } else { Kind::Quoted }));
    }
    if first.is_ascii_digit() {
        found.push((day(rest).unwrap_or_else(|| number(rest)), Kind::Word));
    } else if first.is_alphanumeric() && !is_han(first) && found.is_empty() {
        // A word of another script is whole, declared or not.
        found.push((rest.find(|c: char| !is_word(c) || is_han(c)).unwrap_or(rest.len()), Kind::Word));
    } else if is_word(first) {
        found.extend(words.iter().filter(|word| rest.starts_with(**word)).map(|word| (word.len(), Kind::Word)));
    } else {
        found.push((first.len_utf8(), Kind::Sign));
    }
    found.sort_unstable_by_key(|(length, _)| std::cmp::Reverse(*length));
    found.dedup();
    found
}

/// `10%`, `4.5`.
fn number(rest: &str) -> usize {
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let digits = rest[..digits].trim_end_matches('.').len();
    digits + rest[digits..].chars().next().filter(|sign| matches!(sign, '%' | '％')).map_or(0, char::len_utf8)
}

/// `2017年4月19日`, which is one word.
fn day(rest: &str) -> Option<usize> {
    let mut end = 0;
    for sign in ["年", "月", "日"] {
        let digits = rest[end..].find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
        end += digits + rest[end + digits..].strip_prefix(sign).map(|_| sign.len())?;
    }
    Some(end)
}

/// The Chinese words of the language and of units.
fn vocabulary() -> Vec<&'static str> {
    let words = word::words().iter().flat_map(|word| word.zh.iter().map(String::as_str));
    let units = UNIT_WORDS.iter().flat_map(|unit| unit.zh.iter().chain(unit.en).copied()).chain(COUNTERS.iter().copied());
    let mut found: Vec<&str> = words.chain(units).filter(|word| word.starts_with(|c: char| !c.is_ascii_alphabetic())).chain(["日", "号"]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What is read of an item with this clause; `None` if anything is wrong with it.
fn tree(head: &str, clause: &str) -> Option<String> {
    let (file, said) = super::parse(SourceId::default(), &format!("{head}\n  {clause}\n"));
    let sound = said.is_empty() && file.pieces.len() == 2;
    sound.then(|| file.items.iter().map(|item| format!("{:#?}", item.kind)).collect())
}
