//! Law 11: every head and clause has exactly one tree, also with the order taken away from the choices of the grammar.
//!
//! Tried on every clause of the packs, the examples, the manual and the suites, in the language that it is written in and
//! in the other, on the sentences that people write unasked, and on random programs (`HENG_LAWS=n`: n of them).

mod common;
mod free;
mod slow;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::dice::Dice;
use common::program::Program;
use common::schema::Terms;
use common::writer::Calm;
use free::{Grammar, parting};
use heng::base::{Lang, SourceId};
use heng::format::{Style, format};
use heng::model::line::{clause_word, item_word};

fn grammar() -> Grammar {
    Grammar::read(&[include_str!("../grammar/lexical.pest"), include_str!("../grammar/words.pest"), include_str!("../grammar/language.pest")])
}

/// The heads and clauses of a file that are understood, with what each is read as.
fn pieces(text: &str) -> Vec<(&'static str, String)> {
    let (file, _) = heng::parse::parse(SourceId(0), text);
    let mut codes = false;
    let mut found = Vec::new();
    for piece in &file.pieces {
        let written = text[piece.span.range()].trim_end();
        if piece.head {
            codes = item_word(written).is_some_and(|word| word.id == "i_codes");
        }
        // A list may hold what is set aside for it, beside its codes.
        let allows = clause_word(written) == Some("c_allow") && file.items.iter().any(|item| item.allows.iter().any(|allow| piece.span.holds(allow.span)));
        let entry = if piece.head { "one_head" } else if codes && !allows { "one_code" } else { "one_clause" };
        if piece.understood {
            found.push((entry, written.to_string()));
        }
    }
    found
}

/// A program in its own language, and in both.
fn in_both_languages(text: &str) -> Vec<(&'static str, String)> {
    let (file, _) = heng::parse::parse(SourceId(0), text);
    let turned = |lang| format(text, &file, &Style { words: Some(lang), keep_units: true, ..Style::default() });
    [text.to_string(), turned(Lang::En), turned(Lang::Zh)].iter().flat_map(|text| pieces(text)).collect()
}

fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = waiting.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|known| known == ending) {
                found.push(path);
            }
        }
    }
    found
}

/// The rules in the fenced blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    page.split("```heng").skip(1).filter_map(|rest| rest.split_once('\n')?.1.split_once("```").map(|(block, _)| block.to_string())).collect()
}

/// How many faults are shown.
const MOST_SHOWN: usize = 20;

fn fault(grammar: &Grammar, entry: &str, text: &str) -> Option<String> {
    match grammar.trees(entry, text).as_slice() {
        [_] => None,
        [] => Some(format!("no tree: {text}")),
        [one, other, ..] => Some(format!("two trees: {text}\n{}", parting(one, other, text))),
    }
}

fn has_one_tree(grammar: &Grammar, pieces: impl IntoIterator<Item = (&'static str, String)>) -> usize {
    let different: BTreeSet<(&str, String)> = pieces.into_iter().collect();
    let wrong: Vec<String> = different.iter().filter_map(|(entry, text)| fault(grammar, entry, text)).take(MOST_SHOWN).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    different.len()
}

#[test]
fn what_the_project_holds_has_one_tree() {
    let read = |path: PathBuf| std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let rules = ["rules", "examples", "tests"].iter().flat_map(|folder| files_below(folder, "heng")).map(read);
    let pages = ["rules", "docs", "tests/suites"].iter().flat_map(|folder| files_below(folder, "md")).map(read);
    let texts: Vec<String> = rules.chain(pages.flat_map(|page| blocks(&page))).collect();
    let tried = has_one_tree(&grammar(), texts.iter().flat_map(|text| in_both_languages(text)));
    assert!(tried > 2000, "only {tried} clauses");
}

#[test]
fn sentences_that_people_write_have_one_tree() {
    let texts = [include_str!("natural/zh.txt"), include_str!("natural/en.txt")];
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with(['#', '@', '!', '~']));
    let rules = lines.map(|line| format!("rule X\n  require {}\n", line.trim_start_matches("= ").trim_start_matches("> ")));
    let tried = has_one_tree(&grammar(), rules.flat_map(|rule| pieces(&rule)));
    assert!(tried > 150, "only {tried} sentences");
}

#[test]
fn random_clauses_have_one_tree() {
    let programs = std::env::var("HENG_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(800);
    let random = |seed: u64| {
        let mut dice = Dice::new(seed + 2_000_000);
        let terms = Terms::random(&mut dice);
        Program::random(&mut dice, terms, Calm { known: true, rounding: true, guard: false }).text()
    };
    let tried = has_one_tree(&grammar(), (0..programs).flat_map(|seed| in_both_languages(&random(seed))));
    assert!(tried as u64 > 13 * programs, "only {tried} clauses");
}

/// The reading itself can tell: a grammar that order alone settles has two trees.
#[test]
fn what_order_alone_settles_has_two_trees() {
    let grammar = Grammar::read(&["WHITESPACE = _{ \" \" }\nCOMMENT = _{ \"#\" }\nday = @{ ASCII_DIGIT+ ~ \"-\" ~ ASCII_DIGIT+ }\nnumber = @{ ASCII_DIGIT+ }\nsum = { (day | number) ~ (\"-\" ~ number)* }"]);
    assert_eq!(grammar.trees("sum", "1-2").len(), 2);
    assert_eq!(grammar.trees("sum", "1 - 2").len(), 1);
    assert_eq!(grammar.trees("sum", "1 -").len(), 0);
}
