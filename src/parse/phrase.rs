//! A sentence that was not understood, held against what people write unasked: in, its words; out, a message with a line
//! to paste. A line is offered only if the grammar reads it.

use pest::Parser;
use pest::unicode::XID_CONTINUE;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{self as say, PHRASES, Phrase, PhraseKind};

use super::grammar::{Grammar, Rule};

/// Sentences of more words are not looked at: a pattern with several open holes would try too many ways.
const MOST: usize = 60;

/// The message for the first phrase that fits and gives lines that `reads` accepts.
pub fn offer(sentence: &str, reads: &dyn Fn(&str) -> bool) -> Option<Diagnostic> {
    let words = words(sentence);
    if words.len() > MOST {
        return None;
    }
    let one_line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    PHRASES.iter().find_map(|phrase| {
        let mut held = Held { text: sentence, holes: Vec::new() };
        let pattern: Vec<&str> = phrase.said.split(' ').collect();
        if !held.fits(&pattern, &words) {
            return None;
        }
        let line = held.filled(phrase.write);
        line.lines().all(reads).then(|| message(phrase, &held, &one_line, &line))
    })
}

fn message(phrase: &Phrase, held: &Held, sentence: &str, line: &str) -> Diagnostic {
    let lines = Text::new(line.replace('\n', "` and `"), line.replace('\n', "”和“"));
    match phrase.kind {
        PhraseKind::Absolute => say::NoAbsolute { line: lines }.into(),
        PhraseKind::Same => say::Rewritten { words: sentence.into(), line: lines }.into(),
        PhraseKind::Or(second) => say::TwoReadings { words: sentence.into(), first: lines, second: held.filled(second).into() }.into(),
        PhraseKind::Nearest(en, zh) => say::NotSayable { what: Text::new(en, zh), line: lines }.into(),
    }
}

/// Words, numbers with their percent, comparison signs and single signs, as stretches of the text.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let plain = rest.find(|c: char| !XID_CONTINUE(c)).unwrap_or(rest.len());
        let length = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '0'..='9' if number >= plain => number + usize::from(rest[number..].starts_with('%')),
            '"' | '“' => quoted(rest).unwrap_or(first.len_utf8()),
            _ if plain > 0 => plain,
            _ if [">=", "<=", "!="].iter().any(|sign| rest.starts_with(sign)) => 2,
            _ => first.len_utf8(),
        };
        words.push((at, at + length));
        at += length;
    }
    words
}

/// The length of a text with its quotes.
fn quoted(rest: &str) -> Option<usize> {
    let (end, close) = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '"' | '”'))?;
    Some(end + close.len_utf8())
}

struct Held<'t> {
    text: &'t str,
    /// What each hole stands for.
    holes: Vec<(&'static str, &'t str)>,
}

impl<'t> Held<'t> {
    /// Whether the whole pattern fits all the words; the holes are filled then.
    fn fits(&mut self, pattern: &[&'static str], words: &[(usize, usize)]) -> bool {
        let Some((first, rest)) = pattern.split_first() else { return words.is_empty() };
        let Some(hole) = first.strip_prefix('{').and_then(|hole| hole.strip_suffix('}')) else {
            return words.split_first().is_some_and(|(word, after)| either(first, self.slice(&[*word])) && self.fits(rest, after));
        };
        let (name, choice) = hole.split_once('=').map_or((hole, None), |(name, choice)| (name, Some(choice)));
        let open = name.strip_suffix("..");
        let name = open.unwrap_or(name);
        let (least, most) = if open.is_some() { (0, words.len()) } else { (1, if name.starts_with('Q') { 2 } else { 1 }) };
        (least..=most.min(words.len())).any(|count| {
            let (taken, after) = words.split_at(count);
            let text = self.slice(taken);
            let known = self.holes.iter().find(|(hole, _)| *hole == name).map(|(_, text)| *text);
            let right = known.is_none_or(|known| known == text) && choice.is_none_or(|choice| either(choice, text)) && (open.is_some() || choice.is_some() || known.is_some() || self.kind(name, taken));
            let before = self.holes.len();
            if !right {
                return false;
            }
            self.holes.push((name, text));
            let fits = self.fits(rest, after);
            if !fits {
                self.holes.truncate(before);
            }
            fits
        })
    }

    /// Numbers where a number is due, words elsewhere.
    fn kind(&self, name: &str, taken: &[(usize, usize)]) -> bool {
        let number = |word: &(usize, usize)| self.slice(&[*word]).starts_with(|c: char| c.is_ascii_digit());
        let plain = |word: &(usize, usize)| self.slice(&[*word]).starts_with(XID_CONTINUE) && !number(word);
        match name.as_bytes().first() {
            Some(b'N') => taken.iter().all(number),
            Some(b'Q') => taken.split_first().is_some_and(|(first, unit)| number(first) && unit.iter().all(plain)),
            _ => taken.iter().all(|word| plain(word) && Grammar::parse(Rule::name, self.slice(&[*word])).is_ok()),
        }
    }

    fn slice(&self, words: &[(usize, usize)]) -> &'t str {
        match (words.first(), words.last()) {
            (Some((from, _)), Some((_, to))) => self.text.get(*from..*to).unwrap_or_default(),
            _ => "",
        }
    }

    fn filled(&self, write: &str) -> String {
        // What is quoted alone is a name, which needs no quotes.
        let bare = |text: &'t str| if quoted(text) == Some(text.len()) { text.trim_matches(['"', '“', '”']) } else { text };
        let filled = self.holes.iter().fold(write.to_string(), |line, (name, text)| line.replace(&format!("{{{name}}}"), bare(text)));
        filled.trim().to_string()
    }
}

fn either(choice: &str, word: &str) -> bool {
    choice.split('|').any(|one| one == word)
}
