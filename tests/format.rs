//! Formatting keeps what a file says: laws 1 and 2 of the language, on the packs, the examples and random programs.
//!
//! `HENG_LAWS=n` tries n programs.

mod common;
mod slow;

use common::dice::Dice;
use common::program::Program;
use common::schema::Terms;
use common::writer::Calm;
use heng::base::{Lang, SourceId};
use heng::format::{Style, format, translated};
use heng::model::ast::File;

fn programs() -> u64 {
    std::env::var("HENG_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

fn read(text: &str) -> File {
    heng::parse::parse(SourceId(0), text).0
}

/// The items of a file, wherever they stand.
fn tree(text: &str) -> Vec<String> {
    read(text).items.iter().map(|item| format!("{:#?}", item.kind)).collect()
}

fn written(text: &str, style: &Style) -> String {
    format(text, &read(text), style)
}

fn checked(text: &str) -> (heng::model::plan::Plan, Vec<heng::diag::Diagnostic>) {
    // A lower pack is a file of its own.
    let lower = ["\npack lower ", "\n标准 lower "].into_iter().find_map(|head| text.find(head));
    let (upper, lower) = text.split_at(lower.map_or(text.len(), |at| at + 1));
    let (second, faults) = heng::parse::parse(SourceId(1), lower);
    assert!(faults.is_empty(), "{faults:#?}\n{text}");
    heng::check::check(&[read(upper), second])
}

/// Whether a file is refused because it surely divides by 0.
fn refused(text: &str) -> bool {
    checked(text).1.iter().any(|one| one.code == "E0253")
}

/// What a file comes to once its names are resolved.
fn plan(text: &str) -> String {
    let (plan, said) = checked(text);
    assert!(said.iter().all(|one| !one.is_error()), "{said:#?}\n{text}");
    format!("{plan:#?}")
}

/// Both trees are one; else the first lines that differ are shown.
fn same(left: &str, right: &str, what: &str) {
    let place = left.lines().zip(right.lines()).position(|(left, right)| left != right);
    if let Some(place) = place {
        let around = |text: &str| text.lines().skip(place.saturating_sub(12)).take(20).collect::<Vec<_>>().join("\n");
        panic!("{what}\n{}\n---\n{}", around(left), around(right));
    }
    assert_eq!(left.len(), right.len(), "{what}");
}

fn comments(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text.lines().filter_map(|line| line.split_once('#').map(|(_, comment)| comment.trim().to_string())).collect();
    found.sort();
    found
}

/// Every .heng file of the project.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![std::path::PathBuf::from("rules"), "examples".into()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "heng") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 10);
    found
}

/// A program with blanks, line breaks and comments where people put them.
fn untidy(text: &str, dice: &mut Dice) -> String {
    let mut made = String::new();
    for (at, line) in text.lines().enumerate() {
        if dice.chance(1, 12) {
            made += &format!("{}# above {at}\n", " ".repeat(dice.below(5)));
        }
        let indent = if line.starts_with(' ') { " ".repeat(1 + dice.below(6)) } else { String::new() };
        let words: Vec<&str> = line.split_whitespace().collect();
        made += &indent;
        made += &words.join(&" ".repeat(1 + dice.below(3)));
        if dice.chance(1, 12) && !line.trim().is_empty() {
            made += &format!(" # behind {at}");
        }
        made += &"\n".repeat(1 + dice.below(2));
    }
    made
}

#[test]
fn a_file_written_anew_says_the_same_and_stays_so() {
    for (path, text) in files() {
        let once = written(&text, &Style::default());
        assert_eq!(tree(&once), tree(&text), "{path}");
        assert_eq!(written(&once, &Style::default()), once, "{path}");
        assert_eq!(comments(&once), comments(&text), "{path}");
    }
}

#[test]
fn random_programs_written_anew_say_the_same() {
    for seed in 0..programs() {
        let mut dice = Dice::new(seed);
        let terms = Terms::random(&mut dice);
        let program = Program::random(&mut dice, terms, Calm { known: true, rounding: true, guard: false });
        let text = untidy(&program.text(), &mut dice);
        let once = written(&text, &Style::default());
        assert_eq!(tree(&once), tree(&text), "seed {seed}\n{text}\n{once}");
        assert_eq!(written(&once, &Style::default()), once, "seed {seed}");
        assert_eq!(comments(&once), comments(&text), "seed {seed}\n{text}\n{once}");
    }
}

#[test]
fn random_programs_say_the_same_in_the_other_language() {
    for seed in 0..programs() {
        let mut dice = Dice::new(seed + 1_000_000);
        let terms = Terms::random(&mut dice);
        let text = Program::random(&mut dice, terms, Calm { known: true, rounding: true, guard: false }).text();
        // What surely divides by 0 is refused.
        if refused(&text) {
            continue;
        }
        let turned = |text: &str, lang| written(text, &Style { words: Some(lang), keep_units: true, ..Style::default() });
        let chinese = turned(&text, Lang::Zh);
        same(&plan(&chinese), &plan(&text), &format!("seed {seed}\n{text}\n{chinese}"));
        let back = turned(&chinese, Lang::En);
        same(&plan(&back), &plan(&text), &format!("seed {seed}\n{chinese}\n{back}"));
        assert_eq!(turned(&back, Lang::Zh), chinese, "seed {seed}");
        assert!(!chinese.contains("require") && !back.contains("要求"), "seed {seed}\n{chinese}\n{back}");
    }
}

/// Also with the titles of what it names.
#[test]
fn a_pack_says_the_same_in_the_other_language() {
    let (_, files): (Vec<String>, Vec<String>) = files().into_iter().filter(|(path, _)| path.starts_with("rules")).unzip();
    let trees: Vec<File> = files.iter().map(|text| read(text)).collect();
    let plan = |trees: &[File]| format!("{:#?}", heng::check::check(trees).0);
    for lang in [Lang::Zh, Lang::En] {
        let style = Style { words: Some(lang), names: translated(&trees, lang), ..Style::default() };
        let turned: Vec<String> = files.iter().zip(&trees).map(|(text, tree)| format(text, tree, &style)).collect();
        assert_eq!(plan(&turned.iter().map(|text| read(text)).collect::<Vec<_>>()), plan(&trees));
        let other = if lang == Lang::Zh { "  require" } else { "  要求" };
        assert!(turned.iter().flat_map(|text| text.lines()).all(|line| !line.starts_with(other)));
    }
}

/// What could not be read stays as it was typed, and everything else is put in order.
#[test]
fn what_is_not_understood_stays() {
    let text = "rule   R1   \n  for  each   school\n  require  every every nonsense  <=\n\nrule R2\n  require   pupils<=45  # why\n";
    let once = written(text, &Style::default());
    assert_eq!(once, "rule R1\n  for      each school\n  require  every every nonsense  <=\n\nrule R2\n  require  pupils <= 45  # why\n");
    assert_eq!(written(&once, &Style::default()), once);
}

/// A text without its blanks, but for those between quotes.
fn unspaced(text: &str) -> String {
    let mut made = String::new();
    let mut close = None;
    for sign in text.chars() {
        match (close, sign) {
            (Some(end), _) if sign == end => close = None,
            (None, '“') => close = Some('”'),
            (None, '「') => close = Some('」'),
            (None, ' ' | '\n') => continue,
            _ => {}
        }
        made.push(sign);
    }
    made
}

/// Chinese rules typed without a blank come back as they were, or with every way to read them.
#[test]
fn rules_typed_without_blanks_come_back() {
    use heng::base::Sources;
    use heng::suite::cut;
    let (_, files): (Vec<String>, Vec<String>) = files().into_iter().filter(|(path, _)| path.starts_with("rules")).unzip();
    let trees: Vec<File> = files.iter().map(|text| read(text)).collect();
    let style = Style { words: Some(Lang::Zh), names: translated(&trees, Lang::Zh), ..Style::default() };
    // The whole pack as one file, so that every clause sees every name.
    let spaced: String = files.iter().zip(&trees).map(|(text, tree)| format(text, tree, &style)).collect::<Vec<_>>().join("\n");
    let mut text = spaced.clone();
    let rules = |tree: &File| tree.items.iter().filter(|item| matches!(item.kind, heng::model::ast::ItemKind::Rule(_))).map(|item| item.span.start).min();
    let first = rules(&read(&spaced)).expect("a rule");
    let clauses: Vec<_> = read(&spaced).pieces.into_iter().filter(|piece| !piece.head && piece.span.start > first).collect();
    let mut dropped = 0;
    for piece in clauses.iter().rev() {
        let typed = &spaced[piece.span.range()];
        if !typed.starts_with('=') {
            text = cut::replaced(&text, piece.span, &unspaced(typed));
            dropped += usize::from(unspaced(typed) != typed);
        }
    }
    assert!(dropped > 60, "{dropped}");
    let mut several = 0;
    for _ in 0..8 {
        let mut sources = Sources::default();
        let source = sources.add("pack.heng", text.clone());
        let (tree, mut said) = heng::parse::parse(source, &text);
        said.extend(heng::check::check(std::slice::from_ref(&tree)).1);
        let trees = [tree];
        several = cut::cuts(&trees, &sources, &said).iter().filter(|cut| cut.texts.len() > 1).count();
        let apart = cut::set_apart(&trees, &sources, &said);
        if apart.is_empty() {
            break;
        }
        for (at, way) in apart.iter().rev() {
            text = cut::replaced(&text, *at, way);
        }
    }
    let (before, after) = (tree(&spaced), tree(&text));
    assert_eq!(before.len(), after.len());
    let other: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert!(other.len() <= several, "{several} {:#?}", other.first());
}

/// Blanks of a text are its own, also behind a full-width comma.
#[test]
fn texts_keep_their_blanks() {
    let text = "指标 R1 “甲，  乙”\n  问题描述：“丙， 丁”\n  要求：学生数 不超过 45\n";
    assert_eq!(written(text, &Style::default()), text);
}
