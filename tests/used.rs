//! Law 14: whatever of a rule file is read is used, or refused with a message.
//!
//! Held from outside, so that no construct can be forgotten: in a pack that is understood one thing at a time is changed
//! in the text itself — a number, a letter between quotes, a word that becomes another word, the name of something
//! else or its opposite; a part of a list or a clause that is left out, or said twice; an item that is said twice. After each change the
//! plan or the messages must be others. Where they are the same, what was changed had been read and then dropped.
//!
//! `HENG_LAWS=n` tries n random programs; `HENG_USED=n` changes n things in each of them, and 40 times as many in each
//! pack and suite.

mod common;
mod slow;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use common::dice::Dice;
use common::program::Program;
use common::schema::Terms;
use common::trial::LOWER;
use common::writer::Calm;
use common::yearly::Yearly;
use heng::base::SourceId;
use heng::base::unit::unit_word;
use heng::diag::any_error;
use heng::model::ast::{File, ItemKind, Name, Quoted};
use heng::suite::markdown::{Section, sections};
use heng::suite::packs;

fn setting(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(otherwise)
}

/// The texts of a pack, or of packs that stand upon one another.
type Pack = Vec<String>;

/// What a pack comes to, without its places: the plan and everything that is said of it.
struct Meant {
    plan: String,
    said: String,
    is_sound: bool,
}

impl Meant {
    fn of(pack: &[String]) -> (Meant, Vec<File>) {
        let mut said = Vec::new();
        let mut files = Vec::new();
        for (at, text) in pack.iter().enumerate() {
            let (file, faults) = heng::parse::parse(SourceId(u32::try_from(at).unwrap_or(u32::MAX)), text);
            said.extend(faults);
            files.push(file);
        }
        let (plan, more) = heng::check::check(&files);
        said.extend(more);
        (Meant { plan: format!("{plan:#?}"), is_sound: !any_error(&said), said: format!("{said:#?}") }, files)
    }

    fn is(&self, other: &Meant) -> bool {
        self.plan == other.plan && self.said == other.said
    }
}

/// A stretch of a text that becomes another, and what kind of change it is.
#[derive(Clone, Debug)]
struct Change {
    kind: &'static str,
    file: usize,
    at: Range<usize>,
    instead: String,
}

impl Change {
    fn made(&self, pack: &[String]) -> Pack {
        let mut pack = pack.to_vec();
        pack[self.file].replace_range(self.at.clone(), &self.instead);
        pack
    }
}

/// What a pack declares: each thing with everything that it is called.
fn declared(files: &[File]) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut add = |id: &Name, titles: &[Quoted]| found.push(std::iter::once(&id.text).chain(titles.iter().map(|title| &title.text)).cloned().collect());
    for item in files.iter().flat_map(|file| &file.items) {
        match &item.kind {
            ItemKind::Codes(codes) => {
                add(&codes.id, &codes.titles);
                codes.codes.iter().for_each(|code| add(&code.id, &code.titles));
            }
            ItemKind::Table(table) => {
                add(&table.id, &table.titles);
                table.keys.iter().chain(&table.columns).for_each(|column| add(&column.id, &column.titles));
            }
            ItemKind::Split(split) => {
                add(&split.into, &split.titles);
                split.own.iter().for_each(|own| add(&own.id, &own.titles));
            }
            ItemKind::Parameter(parameter) => add(&parameter.id, &parameter.titles),
            ItemKind::Measure(measure) => add(&measure.id, &measure.titles),
            ItemKind::Rule(rule) => add(&rule.id, &[]),
            ItemKind::Exception(exception) => add(&exception.ruling.id, &[]),
            ItemKind::Pack(_) | ItemKind::Override(_) | ItemKind::Waiver(_) => {}
        }
    }
    found
}

/// The words, numbers and texts of a clause, comments left out; and the commas that stand outside quotes.
struct Tokens {
    words: Vec<Range<usize>>,
    numbers: Vec<Range<usize>>,
    texts: Vec<Range<usize>>,
    commas: Vec<usize>,
}

/// Words of the language of which each says the opposite of the other, or something else in the same place.
const OPPOSITES: &[(&str, &str)] = &[
    ("at least", "at most"),
    ("part counted", "whole only"),
    (">=", "<="),
    ("years", "months"),
    ("year", "month"),
    ("yes", "no"),
    ("and", "or"),
    ("met", "not met"),
    ("up", "down"),
    ("stricter", "replaces"),
    ("qualified", "basic"),
    ("is known", "is missing"),
    ("sum", "mean"),
    ("min", "max"),
    ("then", "else"),
    ("weighted by", "pooled by"),
    ("advice", "veto"),
    ("rule", "level"),
    ("whole number", "number"),
    ("text", "date"),
    ("至少", "至多"),
    ("不低于", "不超过"),
    ("余数 计", "余数 不计"),
    ("且", "或"),
    ("达标", "不达标"),
    ("按 学生数 加权", "按 学生数 合并"),
    ("+", "-"),
    ("*", "/"),
];

/// Where a word of the language stands by itself.
fn alone<'t>(slice: &'t str, spelling: &'t str) -> impl Iterator<Item = usize> + 't {
    let edge = move |c: Option<char>| !spelling.is_ascii() || !spelling.starts_with(is_word) || c.is_none_or(|c| !is_word(c));
    slice.match_indices(spelling).map(|(at, _)| at).filter(move |at| edge(slice[..*at].chars().next_back()) && edge(slice[*at + spelling.len()..].chars().next()))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn tokens(text: &str) -> Tokens {
    let mut found = Tokens { words: Vec::new(), numbers: Vec::new(), texts: Vec::new(), commas: Vec::new() };
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let close = match first {
            '"' | '＂' | '`' | '·' => Some(first),
            '“' => Some('”'),
            '「' => Some('」'),
            _ => None,
        };
        let end = match (first, close) {
            ('#' | '＃', _) => rest.find('\n').unwrap_or(rest.len()),
            (_, Some(close)) => {
                let inner = first.len_utf8();
                let end = rest[inner..].find(close).map_or(rest.len(), |end| inner + end);
                let list = if matches!(first, '`' | '·' | '「') { &mut found.words } else { &mut found.texts };
                list.push(at + inner..at + end);
                (end + close.len_utf8()).min(rest.len())
            }
            (c, _) if is_word(c) => {
                let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                let list = if c.is_ascii_digit() { &mut found.numbers } else { &mut found.words };
                list.push(at..at + end);
                end
            }
            (',' | '，' | '、', _) => {
                found.commas.push(at);
                first.len_utf8()
            }
            _ => first.len_utf8(),
        };
        at += end;
    }
    found
}

/// Everything that can be changed in one clause or head.
fn changes_of(file: usize, text: &str, piece: Range<usize>, head: bool, whole: Option<Range<usize>>) -> Vec<Change> {
    let slice = &text[piece.clone()];
    let place = |at: Range<usize>| piece.start + at.start..piece.start + at.end;
    let found = tokens(slice);
    let mut made = Vec::new();
    let mut add = |kind, at, instead: String| made.push(Change { kind, file, at, instead });
    for number in &found.numbers {
        // The last digit of its first run; a unit may touch it.
        let digits = slice[number.clone()].bytes().take_while(u8::is_ascii_digit).count();
        let last = number.start + digits - 1;
        let other = match slice.as_bytes()[last] {
            b'1' => "2",
            b'0' => "5",
            _ => "1",
        };
        add("number", place(last..last + 1), other.into());
    }
    for quoted in &found.texts {
        if let Some((at, letter)) = slice[quoted.clone()].char_indices().find(|(_, c)| c.is_alphabetic()) {
            let other = if letter.is_ascii() { if letter == 'q' { "z" } else { "q" } } else { "鑫" };
            let at = quoted.start + at;
            add("text", place(at..at + letter.len_utf8()), other.into());
        }
        if let Some(at) = slice[quoted.clone()].find('{') {
            add("hole", place(quoted.start + at..quoted.start + at + 1), "{no_such_name".into());
        }
    }
    for word in &found.words {
        add("word", place(word.clone()), "no_such_name".into());
        add("name", place(word.clone()), String::new());
    }
    let quoted = |at: &usize| found.texts.iter().any(|text| text.contains(at)) || slice[..*at].rsplit('\n').next().is_some_and(|line| line.contains(['#', '＃']));
    for (one, other) in OPPOSITES {
        for (from, to) in [(one, other), (other, one)] {
            // `not met` is not `met` behind `not`.
            let longer = |at: &usize| slice[*at..].starts_with(to) || slice[..*at + from.len()].ends_with(to);
            for at in alone(slice, from).filter(|at| !(quoted(at) || from.len() < to.len() && longer(at))) {
                add("opposite", place(at..at + from.len()), (*to).to_string());
            }
        }
    }
    for (nth, comma) in found.commas.iter().enumerate() {
        let end = found.commas.get(nth + 1).copied().unwrap_or(slice.len());
        // A list in brackets ends with them.
        let depth = |text: &str| text.chars().filter(|c| "(（[［【".contains(*c)).count();
        let closed = |text: &str| text.chars().filter(|c| ")）]］】".contains(*c)).count();
        let mut part = &slice[*comma..end];
        while closed(part) > depth(part) {
            let Some(last) = part.rfind(|c: char| ")）]］】".contains(c)) else { break };
            part = &part[..last];
        }
        let end = *comma + part.trim_end().len();
        add("part left out", place(*comma..end), String::new());
        add("part twice", place(end..end), slice[*comma..end].to_string());
    }
    if head {
        if let Some(whole) = whole {
            add("item twice", whole.end..whole.end, format!("\n{}\n", &text[whole]));
        }
    } else {
        add("clause left out", piece.clone(), String::new());
        add("clause twice", piece.end..piece.end, format!("\n  {slice}"));
    }
    made
}

fn changes(pack: &[String], files: &[File]) -> Vec<Change> {
    let mut made = Vec::new();
    for (at, (text, file)) in pack.iter().zip(files).enumerate() {
        for (nth, piece) in file.pieces.iter().enumerate() {
            let last = file.pieces[nth + 1..].iter().take_while(|next| !next.head).last().unwrap_or(piece);
            let whole = piece.head.then_some(piece.span.start as usize..last.span.end as usize);
            made.extend(changes_of(at, text, piece.span.range(), piece.head, whole));
        }
    }
    made
}

/// How often each kind of change was made.
type Tried = BTreeMap<&'static str, usize>;

/// Makes `most` changes of a pack, or all there are; each must be noticed.
fn hold(what: &str, pack: &[String], most: usize, dice: &mut Dice, tried: &mut Tried, dropped: &mut Vec<String>) {
    let (before, files) = Meant::of(pack);
    if !before.is_sound {
        return;
    }
    let known = declared(&files);
    let mut all = changes(pack, &files);
    dice.shuffle(&mut all);
    for mut change in all.into_iter().take(most) {
        let word = pack[change.file][change.at.clone()].to_string();
        if change.kind == "name" {
            // Only the name of one declared thing becomes that of another.
            let own: Vec<usize> = (0..known.len()).filter(|at| known[*at].contains(&word)).collect();
            let others: Vec<&Vec<String>> = known.iter().filter(|names| !names.contains(&word) && own.iter().all(|own| known[*own].iter().all(|name| !names.contains(name)))).collect();
            if own.is_empty() || others.is_empty() {
                continue;
            }
            change.instead.clone_from(&dice.pick(&others)[0]);
        }
        *tried.entry(change.kind).or_insert(0) += 1;
        let changed = change.made(pack);
        let (after, _) = Meant::of(&changed);
        let line = pack[change.file][..change.at.start].matches('\n').count();
        let line = pack[change.file].lines().nth(line).unwrap_or_default();
        if after.is(&before) && !says_nothing(&word, &change, line) {
            dropped.push(format!("{what}: {} `{word}` → `{}`: nothing changes\n  {line}", change.kind, change.instead));
        }
    }
}

/// What may be left as it is: another spelling of the same unit, and what is said though it is so without it. Saying it
/// otherwise is noticed.
fn says_nothing(word: &str, change: &Change, line: &str) -> bool {
    let same_unit = || unit_word(word).zip(unit_word(&change.instead)).is_some_and(|(a, b)| std::ptr::eq(a, b));
    // A measure is in the unit of its formula, weights are equal, and what reaches no grade is not qualified.
    let left_out = word.trim_start_matches([',', '，']).trim_start();
    let measure = ["measure", "计算项"].iter().any(|head| line.trim_start().starts_with(head));
    let by_itself = measure && (left_out.starts_with("in ") || left_out.starts_with("单位")) || ["equal weights", "等权", "grade otherwise", "等级 其余", "其余 不合格"].iter().any(|said| left_out.contains(said));
    match change.kind {
        "name" => same_unit(),
        "part left out" | "clause left out" => by_itself,
        // A quantity is the same per 100 as per 1,000: its measure says in which it is shown.
        "number" => ["per 100 ", "每 100 "].iter().any(|per| line.contains(per)),
        _ => false,
    }
}

fn settle(tried: &Tried, dropped: &[String], kinds: &[&str]) {
    let distinct: BTreeSet<&String> = dropped.iter().collect();
    let shown: Vec<&str> = distinct.iter().take(40).map(|text| text.as_str()).collect();
    assert!(dropped.is_empty(), "{} read and then dropped, among {tried:?}\n{}", distinct.len(), shown.join("\n"));
    for kind in kinds {
        assert!(tried.contains_key(kind), "never tried: {kind}; {tried:?}");
    }
}

const KINDS: &[&str] = &["number", "text", "word", "name", "opposite", "part left out", "part twice", "clause left out", "clause twice", "item twice"];

/// Every .heng file beneath a folder, by the folder that it stands in.
fn folders(root: &str) -> BTreeMap<String, Pack> {
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut waiting = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "heng") {
                found.entry(folder.display().to_string()).or_default().push((path.display().to_string(), std::fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    let in_order = |mut files: Vec<(String, String)>| {
        files.sort_by_key(|(path, _)| (!path.ends_with("/pack.heng"), path.clone()));
        files.into_iter().map(|(_, text)| text).collect()
    };
    found.into_iter().map(|(folder, files)| (folder, in_order(files))).collect()
}

/// Each set of rule files that a page of suites judges: those of a section and of the sections that it stands in.
fn packs_of_page(path: &Path) -> BTreeSet<Pack> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let (all, _) = sections(&text, "page");
    let rule_files = |section: &Section| section.blocks.iter().filter(|block| block.mark.first().is_some_and(|mark| mark == "heng")).map(|block| (block.mark.get(1).cloned().unwrap_or_default(), text[block.body.clone()].to_string())).collect::<Vec<_>>();
    let mut found = BTreeSet::new();
    for at in 0..all.len() {
        let mut way: Vec<usize> = std::iter::successors(Some(at), |up| all[*up].parent).collect();
        way.reverse();
        let files: BTreeMap<String, String> = way.iter().flat_map(|up| rule_files(&all[*up])).collect();
        let mut files: Vec<(String, String)> = files.into_iter().collect();
        files.sort_by_key(|(path, text)| (!text.starts_with("pack "), !path.ends_with("pack.heng"), path.clone()));
        found.insert(files.into_iter().map(|(_, text)| text).collect::<Pack>());
    }
    found
}

#[test]
fn all_that_packs_and_examples_say_is_used() {
    let (mut tried, mut dropped) = (Tried::new(), Vec::new());
    let most = 40 * setting("HENG_USED", 6);
    for root in ["rules", "examples", "tests/fresh", "tests/mutations"] {
        for (folder, pack) in folders(root) {
            hold(&folder, &pack, most, &mut Dice::new(1), &mut tried, &mut dropped);
        }
    }
    settle(&tried, &dropped, KINDS);
}

#[test]
fn all_that_suites_and_manuals_say_is_used() {
    let (mut tried, mut dropped) = (Tried::new(), Vec::new());
    let most = 40 * setting("HENG_USED", 6);
    for folder in ["tests/suites", "docs/manual"] {
        for page in packs::markdown(Path::new(folder)).expect("a folder of pages") {
            for pack in packs_of_page(&page) {
                hold(&page.display().to_string(), &pack, most, &mut Dice::new(2), &mut tried, &mut dropped);
            }
        }
    }
    settle(&tried, &dropped, KINDS);
}

#[test]
fn all_that_random_programs_say_is_used() {
    let (mut tried, mut dropped) = (Tried::new(), Vec::new());
    let most = setting("HENG_USED", 6);
    for seed in 0..setting("HENG_LAWS", 400) as u64 {
        let mut dice = Dice::new(seed + 14_000_000);
        let text = if dice.chance(1, 5) {
            Yearly::random(&mut dice).text
        } else {
            let terms = Terms::random(&mut dice);
            Program::random(&mut dice, terms, Calm { known: true, rounding: true, guard: false }).text()
        };
        let pack = match text.split_once(LOWER) {
            Some((upper, lower)) => vec![upper.to_string(), format!("{}{lower}", &LOWER[1..])],
            None => vec![text],
        };
        hold(&format!("seed {seed}"), &pack, most, &mut dice, &mut tried, &mut dropped);
    }
    settle(&tried, &dropped, KINDS);
}
