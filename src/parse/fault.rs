//! Why a piece could not be read: the furthest place the grammar reached, turned into a message that says what to write.

use pest::error::{Error, ErrorVariant, InputLocation};
use pest::unicode::XID_CONTINUE;

use crate::base::{Span, Text, is_han};
use crate::diag::Diagnostic;
use crate::diag::catalog::{self as say, nearest};
use crate::model::line::{clause_word, spelled};
use crate::model::word;

use super::cut::Piece;
use super::expect;
use super::grammar::Rule;
use super::place::Places;
use super::token::{Build, Node};

/// The codes that say no more than where reading ended: a message that knows what was meant is better.
pub const GENERAL: &[&str] = &[
    say::NotUnderstood::CODE,
    say::EndsEarly::CODE,
    say::SentenceBeside::CODE,
    say::ColonRatio::CODE,
    say::ReservedName::CODE,
    say::RowsWanted::CODE,
    say::NothingSaid::CODE,
    say::EvenAlone::CODE,
    say::RuleWanted::CODE,
    say::RulesWanted::CODE,
    say::SideBySide::CODE,
];

/// How far the grammar came, in bytes of the piece.
pub fn position(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) => at,
        InputLocation::Span((start, _)) => start,
    }
}

/// A line in the first column that begins with no item word.
pub fn unknown_item(places: &Places, piece: Piece) -> Diagnostic {
    let found = first_word(piece.text);
    let span = places.span(piece.at, piece.at + found.len());
    let help = match (closest(found, "i_"), closest(found, "c_")) {
        (Some(near), _) => Text::new(format!("write `{near}`"), format!("改为“{near}”")),
        (None, Some(near)) => Text::new(format!("write `{near}` if a clause is meant"), format!("如为条款，改为“{near}”")),
        (None, None) => Text::new(format!("begin the line with {}", items(true)), format!("行首改用{}", items(false))),
    };
    Diagnostic::from(say::UnknownItem { word: found.into(), near: help }).at(span, "".into())
}

fn items(english: bool) -> String {
    let words = word::family("i_").map(word::Word::text);
    let list: Vec<Text> = words.map(|text| Text::new(format!("`{}`", text.en), format!("“{}”", text.zh))).collect();
    let list = say::choice(&list);
    if english { list.en } else { list.zh }
}

/// A line within an item that begins no clause and goes on with none: its first word comes near a clause word, or is the
/// very place (a byte of the line) where the clause before it ended.
pub fn unknown_clause(places: &Places, line: Piece, failed: usize) -> Option<Diagnostic> {
    let start = blanks(line.text);
    let rest = &line.text[start..];
    let found = first_word(rest);
    if found.is_empty() || clause_word(rest).is_some() {
        return None;
    }
    let span = places.span(line.at + start, line.at + start + found.len());
    let near = closest(found, "c_").or_else(|| closest(found, "i_"));
    let help = match (near, run_on(found, word::family("c_").flat_map(word::Word::spellings))) {
        (_, Some(apart)) => apart,
        (Some(near), None) => Text::new(format!("write `{near}`"), format!("改为“{near}”")),
        (None, None) if failed <= start => say::clause_wanted(),
        (None, None) => return None,
    };
    Some(Diagnostic::from(say::UnknownClause { word: found.into(), near: help }).at(span, "".into()))
}

/// A Chinese word that runs on into what follows it, and the two set apart.
fn run_on<'w>(found: &str, words: impl IntoIterator<Item = &'w str>) -> Option<Text> {
    let begins = |word: &&str| word.starts_with(is_han) && found.len() > word.len() && found.starts_with(*word);
    let word = words.into_iter().filter(begins).max_by_key(|word| word.len())?;
    let apart = format!("{word} {}", &found[word.len()..]);
    Some(Text::new(format!("write `{apart}`"), format!("写成“{apart}”")))
}

fn closest(found: &str, family: &'static str) -> Option<&'static str> {
    nearest(found, word::family(family).flat_map(word::Word::spellings))
}

/// A second clause where one is enough.
pub fn duplicate(build: &Build, node: &Node, first: Span) -> Diagnostic {
    let span = build.span(node);
    let words = clause_words(build.slice(span));
    let label = Text::new("the first", "第一处");
    Diagnostic::from(say::Duplicate { word: words.into() }).at(span, Text::new("the second", "第二处")).at(first, label)
}

/// A second note of one kind on a column.
pub fn note_twice(build: &Build, second: Span, first: Span) -> Box<Diagnostic> {
    let words = build.slice(second);
    let said = Diagnostic::from(say::NoteTwice { words: words.into() }).at(second, Text::new("the second", "第二处"));
    Box::new(said.at(first, Text::new("the first", "第一处")))
}

/// The clause word that a clause begins with, as it is written there.
pub fn clause_words(clause: &str) -> &str {
    let length = word::family("c_").map(|word| spelled(clause, word)).max().unwrap_or(0);
    let whole = ["for each", "in force"].iter().find(|words| clause.starts_with(**words)).map_or(length, |words| words.len());
    if whole == 0 { first_word(clause) } else { &clause[..whole] }
}

/// The message for a piece that the grammar refused.
pub fn not_understood(places: &Places, piece: Piece, error: &Error<Rule>) -> Diagnostic {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
        // The grammar's own guard of the stack.
        return Diagnostic::from(say::TooDeep { most: super::guard::DEPTH.into() }).at(places.span(piece.at, piece.at + piece.text.len()), "".into());
    };
    let at = position(error).min(piece.text.len());
    let at = at + blanks(&piece.text[at..]);
    let rest = &piece.text[at..];
    let found = token(rest);
    if let Some((from, near)) = slipped(piece.text, at, found) {
        let help = Text::new(format!("write `{near}`"), format!("改为“{near}”"));
        let words = last_word(piece.text[..at].trim_end());
        return Diagnostic::from(say::NotUnderstood { words: words.into(), expected: help }).at(places.span(piece.at + from, piece.at + from + words.len()), "".into());
    }
    let (from, to) = place(piece.text, at, found);
    let span = places.span(piece.at + from, piece.at + to);
    let message = known(piece.text, at, found, positives).unwrap_or_else(|| general(piece.text, at, found, positives));
    message.at(span, "".into())
}

/// A misspelt joint that was taken for a name: where it begins, and what is meant.
fn slipped(text: &str, at: usize, found: &str) -> Option<(usize, &'static str)> {
    let before = text[..at].trim_end();
    let word = last_word(before);
    let names = [word, found].iter().all(|word| word.starts_with(|c: char| XID_CONTINUE(c) && !c.is_numeric()) && !reserved(word));
    let near = nearest(word, ["where", "across"]).filter(|_| names)?;
    Some((before.len() - word.len(), near))
}

/// What is underlined: a number with all its signs, the word at the place, and where the text ends its last word.
fn place(text: &str, at: usize, found: &str) -> (usize, usize) {
    if let Some(written) = ratio(text, at).map(|(written, _)| written).or_else(|| thousands(text, at).map(|(written, _)| written)) {
        let from = text[..at].rfind(|c: char| !c.is_numeric() && !",:：.".contains(c)).map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        return if text[from..].starts_with(&written) { (from, from + written.len()) } else { (at, at + found.len()) };
    }
    if found.is_empty() {
        let before = text[..at].trim_end();
        let word = last_word(before);
        let sign = before.char_indices().rev().take_while(|(_, c)| !c.is_whitespace() && !XID_CONTINUE(*c)).last().map_or(before.len(), |(from, _)| from);
        return (if word.is_empty() { sign } else { before.len() - word.len() }, before.len());
    }
    (at, at + found.len())
}

/// Faults that have a message of their own, by what stands at the place.
fn known(text: &str, at: usize, found: &str, positives: &[Rule]) -> Option<Diagnostic> {
    let before = text[..at].trim_end();
    let wants_value = positives.iter().any(|rule| matches!(rule, Rule::logic | Rule::comparison | Rule::sum | Rule::operand | Rule::body | Rule::name));
    if let Some((written, instead)) = ratio(text, at) {
        return Some(say::ColonRatio { written: written.into(), instead }.into());
    }
    if let Some((written, instead)) = thousands(text, at) {
        return Some(say::Thousands { written: written.into(), instead: instead.into() }.into());
    }
    if found.is_empty() {
        // `x at least 4.5`: read so far as a sentence about rows, meant as a comparison.
        let half = positives.contains(&Rule::k_say_zh) && ["at least", "at most"].iter().any(|word| text.contains(word));
        return half.then(|| say::EndsEarly { expected: say::BOUND_FOR_COMPARISON.text() }.into());
    }
    let starts = |ids: &[&str]| ids.iter().filter_map(|id| word::word(id)).any(|word| spelled(&text[at..], word) > 0);
    if wants_value && starts(&["k_if"]) {
        return Some(say::IfInside { instead: between_brackets(&text[at..]) }.into());
    }
    let joined = ["且", "或", "and", "or"].iter().any(|word| last_word(before) == *word);
    if joined && wants_value && starts(&["k_every", "k_none", "b_least", "b_most", "b_exactly", "k_all_of"]) {
        return Some(say::SentenceBeside { instead: both_between_brackets(before, &text[at..]) }.into());
    }
    if matches!(found, "均" | "都") {
        return Some(say::EvenAlone {}.into());
    }
    if let Some(help) = say::habit(last_word(before), &text[at..]) {
        return Some(say::NotUnderstood { words: found.into(), expected: help }.into());
    }
    let wants_name = wants_value || positives.iter().any(|rule| matches!(rule, Rule::place | Rule::own_of | Rule::role));
    let compares = word::family("r_").any(|word| word.spellings().any(|spelling| spelling == found));
    if wants_name && reserved(found) && !compares {
        return Some(say::ReservedName { word: found.into() }.into());
    }
    None
}

/// The rest of a clause between brackets, on one line.
fn between_brackets(rest: &str) -> Text {
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    if rest.is_ascii() { format!("({rest})").into() } else { format!("（{rest}）").into() }
}

/// What stands before and behind a joint, each between brackets: either may be a sentence that runs to its end.
fn both_between_brackets(before: &str, rest: &str) -> Text {
    let joint = last_word(before);
    let first = before[..before.len() - joint.len()].trim_end().trim_end_matches(['，', ',']);
    let first = super::cut::required(first).unwrap_or(first);
    let both = format!("{} {joint} {}", between_brackets(first).zh, between_brackets(rest).zh);
    // Where the first is a sentence about rows, both may be meant of each of its rows.
    let quantified = word::family("b_").chain(["k_every", "k_all_of"].into_iter().filter_map(word::word)).any(|known| known.spellings().any(|spelling| first.contains(spelling)));
    let says = ["k_say_zh", "k_has", "k_is"].into_iter().filter_map(word::word).flat_map(word::Word::spellings).map(|say| format!(" {say} "));
    let said = says.filter_map(|say| Some(first.rfind(&say)? + say.len())).max().filter(|_| quantified);
    let table = if rest.is_ascii() { rest.split_whitespace().nth(1) } else { rest.split_whitespace().last() };
    // Of each row of a table nothing can be said of all of its rows.
    let Some(at) = said.filter(|at| table.is_none_or(|table| !first[..*at].contains(table))) else { return both.into() };
    let of_each = format!("{} {joint} {}", &first[at..], between_brackets(rest).zh);
    let of_each = format!("{}{}", &first[..at], between_brackets(&of_each).zh);
    Text::new(format!("{both}`, or, where both are said of each row, `{of_each}"), format!("{both}”；两者都是对每行说的，写成“{of_each}"))
}

/// Two names with nothing between them that says how they belong together.
fn side_by_side(before: &str, found: &str) -> Option<Diagnostic> {
    let first = last_word(before);
    let plain = |word: &str| word.starts_with(|c: char| XID_CONTINUE(c) && !c.is_numeric()) && !reserved(word);
    // What holds a comparison or a joint within itself is no name, but words that run together.
    let joints = || ["k_then", "k_or", "k_and", "k_de"].into_iter().filter_map(word::word).flat_map(|known| &known.zh);
    let compares = || word::family("r_").flat_map(|known| &known.zh).filter(|spelling| spelling.chars().count() > 1);
    let runs_on = |word: &str| compares().any(|spelling| word.contains(spelling.as_str())) || joints().any(|spelling| word.starts_with(spelling.as_str()));
    // The first word of a clause is its clause word.
    (!runs_on(first) && !runs_on(found) && plain(first) && plain(found) && first.len() < before.len()).then(|| say::SideBySide { first: first.into(), second: found.into(), joined: joined(first, found) }.into())
}

/// Rows and their condition, in the language of the text.
pub fn joined(first: &str, second: &str) -> Text {
    if first.is_ascii() && second.is_ascii() { format!("{second} where {first}").into() } else { format!("{first} 的 {second}").into() }
}

/// Whether a word is a joint of expressions and so no name.
fn reserved(found: &str) -> bool {
    found.starts_with(XID_CONTINUE) && word::words().iter().any(|word| ["k_", "b_", "v_", "r_"].iter().any(|family| word.id.starts_with(family)) && word.spellings().any(|spelling| spelling == found))
}

/// `1:15` somewhere at the place: the written ratio, and what to write for it. What may be a time of day is told as one too.
fn ratio(text: &str, at: usize) -> Option<(String, Text)> {
    let (from, to) = run(text, at, |c| c.is_ascii_digit() || matches!(c, '０'..='９' | ':' | '：' | '.' | ' '));
    let written = text.get(from..to)?.trim();
    let (left, right) = written.split_once([':', '：'])?;
    let number = |side: &str| side.trim().chars().all(|c| c.is_numeric() || c == '.') && !side.trim().is_empty();
    if !number(left) || !number(right) {
        return None;
    }
    let (left, right) = (left.trim(), right.trim());
    let fraction = Text::new(format!("write `{left}/{right}`"), format!("写成“{left}/{right}”"));
    let part = |side: &str, digits: std::ops::RangeInclusive<usize>, below: u32| side.parse::<u32>().ok().filter(|part| digits.contains(&side.len()) && *part < below);
    let minutes = part(left, 1..=2, 24).filter(|hour| *hour > 4).zip(part(right, 2..=2, 60)).map(|(hour, minute)| hour * 60 + minute);
    let told = minutes.map_or(fraction.clone(), |minutes| {
        let en = format!("a time of day is kept as minutes after midnight in the column: write `{minutes}`; for a ratio {}", fraction.en);
        Text::new(en, format!("时刻在列中按零点起的分钟数填写，此处写成“{minutes}”；如为比例，{}", fraction.zh))
    });
    Some((written.to_string(), told))
}

/// `1,155` at the place, and the number without its separators.
fn thousands(text: &str, at: usize) -> Option<(String, String)> {
    let (from, to) = run(text, at, |c| c.is_ascii_digit() || c == ',');
    let written = text.get(from..to)?.trim_matches(',');
    let groups: Vec<&str> = written.split(',').collect();
    let grouped = groups.len() > 1 && (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    grouped.then(|| (written.to_string(), groups.concat()))
}

/// The run of such characters round a place.
fn run(text: &str, at: usize, keep: impl Fn(char) -> bool) -> (usize, usize) {
    let from = text[..at].char_indices().rev().take_while(|(_, c)| keep(*c)).last().map_or(at, |(from, _)| from);
    let to = text[at..].find(|c: char| !keep(c)).map_or(text.len(), |to| at + to);
    (from, to)
}

fn general(text: &str, at: usize, found: &str, positives: &[Rule]) -> Diagnostic {
    if text[at..].is_empty() {
        return say::EndsEarly { expected: going_on(expect::expected(positives)) }.into();
    }
    // A keyword of two words is spelt wrong in its second.
    let two = text[at..].match_indices(char::is_whitespace).nth(1).map_or(&text[at..], |(end, _)| &text[at..at + end]);
    let near = nearest(found, expect::spellings(positives)).or_else(|| nearest(two, expect::spellings(positives).into_iter().filter(|word| word.contains(' ')))).filter(|near| *near != found);
    if let Some(near) = near {
        let help = Text::new(format!("write `{near}`"), format!("改为“{near}”"));
        return say::NotUnderstood { words: found.into(), expected: help }.into();
    }
    if let Some(apart) = run_on(found, expect::spellings(positives)) {
        return say::NotUnderstood { words: found.into(), expected: apart }.into();
    }
    let before = text[..at].trim_end();
    let twice = last_word(before) == found && found.starts_with(XID_CONTINUE);
    let told = if twice { say::word_twice() } else { told(expect::expected(positives)) };
    let aside = if twice || !expect::goes_on(positives) { None } else { side_by_side(before, found) };
    aside.unwrap_or_else(|| say::NotUnderstood { words: unquoted(found).into(), expected: told }.into())
}

/// What stands between quotes: a message sets its own round it.
fn unquoted(found: &str) -> &str {
    let inner = found.trim_matches(['"', '＂', '“', '”']);
    if inner.is_empty() { found } else { inner }
}

fn told(expected: Text) -> Text {
    if expected.en.is_empty() {
        return Text::new("leave it out", "删去");
    }
    Text::new(format!("here could stand: {}", expected.en), format!("此处可写：{}", expected.zh))
}

fn going_on(expected: Text) -> Text {
    Text::new(format!("go on with {}", expected.en), format!("接着写{}", expected.zh))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take_while(|(_, c)| XID_CONTINUE(*c)).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !XID_CONTINUE(c)).unwrap_or(text.len())]
}

/// The word, the number, the text in quotes or the single sign that a text begins with.
fn token(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let close = match first {
        '"' | '＂' => first,
        '“' => '”',
        _ => '\n',
    };
    let line = text.split('\n').next().unwrap_or_default();
    let inner = first.len_utf8();
    if close != '\n'
        && let Some(length) = line[inner..].find(close)
    {
        return &line[..inner + length + close.len_utf8()];
    }
    let number = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    match first_word(text) {
        "" => &text[..inner],
        word if number > word.len() => text[..number].trim_end_matches('.'),
        word => word,
    }
}
