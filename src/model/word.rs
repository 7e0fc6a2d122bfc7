//! Every keyword and operator of the language with its spellings, read from `grammar/words.pest`: the only place.
//!
//! The first spelling of each language is the one that is written; the others are read too. Words are named by the id of
//! their grammar rule (`k_and`, `r_ge`, `c_require`, …), which is never shown to people.

use std::sync::LazyLock;

use crate::base::{Lang, Text, is_han};

use super::op::Compare;

/// One word of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub id: &'static str,
    /// Words of several parts have one blank between them: `at least`.
    pub en: Vec<String>,
    pub zh: Vec<String>,
    /// The language that alone has this word.
    pub only: Option<Lang>,
}

impl Word {
    /// How it is written in each language; a language without the word gets the other's.
    pub fn text(&self) -> Text {
        let pick = |first: &[String], second: &[String]| first.first().or(second.first()).cloned().unwrap_or_default();
        Text { en: pick(&self.en, &self.zh), zh: pick(&self.zh, &self.en) }
    }

    /// The nth spelling of a language, from 0: `is`, `are`; the first where there is no such.
    pub fn nth(&self, lang: Lang, nth: usize) -> &str {
        let own = if lang == Lang::Zh { &self.zh } else { &self.en };
        own.get(nth).or(own.first()).map_or("", String::as_str)
    }

    /// How Chinese compares days: 不早于, 晚于.
    pub fn of_days(&self) -> Option<&str> {
        self.zh.iter().map(String::as_str).find(|spelling| spelling.contains(['早', '晚']))
    }

    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.en.iter().chain(&self.zh).map(String::as_str)
    }
}

static WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| include_str!("../../grammar/words.pest").lines().filter_map(read).collect());

/// Every word, in the order of the grammar.
pub fn words() -> &'static [Word] {
    &WORDS
}

/// The word with this id.
pub fn word(id: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.id == id)
}

/// The word of a comparison.
pub fn relation(op: Compare) -> Option<&'static Word> {
    word(match op {
        Compare::Ge => "r_ge",
        Compare::Le => "r_le",
        Compare::Gt => "r_gt",
        Compare::Lt => "r_lt",
        Compare::Eq => "r_eq",
        Compare::Ne => "r_ne",
    })
}

/// The words whose ids begin so: `c_` clauses, `r_` comparisons, `a_` aggregates, `t_` types, `i_` items.
pub fn family(prefix: &str) -> impl Iterator<Item = &'static Word> {
    WORDS.iter().filter(move |word| word.id.starts_with(prefix))
}

/// One line of the grammar: `id = @{ "en" ~ !w | "zh" ~ !h } // zh`.
fn read(line: &'static str) -> Option<Word> {
    let (id, rest) = line.split_once('=')?;
    let (body, note) = rest.trim().strip_prefix("@{")?.rsplit_once('}')?;
    let only = match note.trim() {
        "// en" => Some(Lang::En),
        "// zh" => Some(Lang::Zh),
        _ => None,
    };
    let mut rest = body.trim_start();
    // Signs as `≥` belong to no language; they are kept with the English words.
    let mut found: Vec<String> = choice(&mut rest);
    found.dedup();
    let (zh, en) = found.into_iter().partition(|spelling: &String| spelling.contains(is_han));
    Some(Word { id: id.trim(), en, zh, only })
}

/// The texts that a choice reads. What stands behind `!` and `&` reads nothing.
fn choice(rest: &mut &str) -> Vec<String> {
    let mut found = sequence(rest);
    while eat(rest, "|") {
        found.extend(sequence(rest));
    }
    found
}

fn sequence(rest: &mut &str) -> Vec<String> {
    let mut found = piece(rest);
    while eat(rest, "~") {
        let next = piece(rest);
        found = found.iter().flat_map(|head| next.iter().map(move |tail| format!("{head}{tail}"))).collect();
    }
    found
}

fn piece(rest: &mut &str) -> Vec<String> {
    if eat(rest, "!") || eat(rest, "&") {
        piece(rest);
        return vec![String::new()];
    }
    let found = if eat(rest, "(") {
        let inner = choice(rest);
        eat(rest, ")");
        inner
    } else if eat(rest, "\"") {
        vec![until(rest, |c| c == '"')]
    } else {
        let name = until(rest, |c| !c.is_alphanumeric() && c != '_');
        vec![if name == "s" { " ".to_string() } else { String::new() }]
    };
    eat(rest, "\"");
    if eat(rest, "?") {
        return found.into_iter().chain([String::new()]).collect();
    }
    if eat(rest, "*") { vec![String::new()] } else { found }
}

fn eat(rest: &mut &str, sign: &str) -> bool {
    let found = rest.trim_start().strip_prefix(sign);
    if let Some(after) = found {
        *rest = after;
    }
    found.is_some()
}

fn until(rest: &mut &str, stop: impl Fn(char) -> bool) -> String {
    let trimmed = rest.trim_start();
    let (text, after) = trimmed.split_at(trimmed.find(stop).unwrap_or(trimmed.len()));
    *rest = after;
    text.to_string()
}

#[cfg(test)]
mod tests {
    use super::{Lang, word, words};

    #[test]
    fn every_word_has_the_languages_it_needs() {
        assert!(words().len() > 100);
        for word in words() {
            assert_eq!(word.en.is_empty(), word.only == Some(Lang::Zh), "{word:?}");
            assert_eq!(word.zh.is_empty(), word.only == Some(Lang::En), "{word:?}");
            assert!(word.spellings().all(|spelling| !spelling.is_empty() && spelling.trim() == spelling), "{word:?}");
        }
    }

    #[test]
    fn spellings_of_several_parts_and_choices_are_read_whole() {
        let spelled = |id: &str| word(id).map(|word| word.spellings().collect::<Vec<_>>().join(" · "));
        assert_eq!(spelled("b_least").as_deref(), Some("at least · 至少"));
        assert_eq!(spelled("k_or").as_deref(), Some("or · 或 · 或者"));
        assert_eq!(spelled("c_checked").as_deref(), Some("checked up to · 已核对至"));
        assert_eq!(spelled("k_since_zh").as_deref(), Some("起"));
    }
}
