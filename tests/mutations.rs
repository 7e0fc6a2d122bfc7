//! Slips of the hand in rule files: every token of every item of every pack is deleted, doubled, and swapped with its
//! neighbour on the line, one at a time, and the pack is read again.
//!
//! What holds for each of these texts:
//! 1. Nothing panics.
//! 2. It still means something, or at least one error points at the slip: its main label lies on the line of the slip or on
//!    the first line of its item, or, where the clause goes on, on the line after; or one of its labels is a use of a name
//!    that stood on that line, now changed or gone.
//! 3. Every other item of the file is understood as before, place for place the same tree.
//! 4. Where the first line of its item is understood and the slip is refused by the parser, every other clause of that item
//!    is understood as before.
//!
//! `cargo test --test mutations -- --nocapture` prints how many there are, and what was said of them.
#![expect(clippy::print_stdout, reason = "a test tells what it counted")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use heng::base::SourceId;
use heng::diag::{Diagnostic, Label, Place};
use heng::model::ast::{File, Item};

/// Texts that the parser refuses are checked too, one of so many: what is left of them must not upset the checker.
const CHECKED: usize = 20;

/// How many failures are shown.
const SHOWN: usize = 80;

/// The files of one pack, in the order in which they are read.
struct Pack {
    files: Vec<RuleFile>,
}

struct RuleFile {
    path: String,
    text: String,
    items: Vec<Understood>,
}

/// An item as it is understood: the line of its first word, and its tree without places.
#[derive(Clone, PartialEq, Eq)]
struct Understood {
    line: usize,
    tree: String,
}

/// One text with one slip.
struct Mutant {
    how: How,
    /// From 0.
    line: usize,
    text: String,
    /// The words of the line, before and after.
    words: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Deleted,
    Doubled,
    Swapped,
}

/// What became of a mutant.
enum Fate {
    /// Nothing is said, and the tree is the same.
    Same,
    /// Nothing is said: it means something else.
    Means,
    /// Refused, by the parser or by the checker.
    Refused { code: &'static str, errors: usize },
}

#[test]
fn a_slip_is_said_where_it_is_and_hides_nothing_else() {
    let packs: Vec<Pack> = folders().iter().flat_map(|folder| packs(folder)).collect();
    let jobs: Vec<(&Pack, usize)> = packs.iter().flat_map(|pack| (0..pack.files.len()).map(move |at| (pack, at))).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let work = || {
            let mut tally = Tally::default();
            while let Some((pack, at)) = jobs.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                slips(pack, *at, &mut tally);
            }
            tally
        };
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker")).collect()
    });
    let mut tally = Tally::default();
    for one in tallies {
        tally.add(one);
    }
    tally.print();
    let shown: String = tally.failures.iter().take(SHOWN).map(|failure| format!("{failure}\n")).collect();
    assert!(tally.failures.is_empty(), "{} of {} slips:\n{shown}", tally.failures.len(), tally.mutants);
    assert!(tally.mutants > 5_000, "only {} slips were tried", tally.mutants);
}

/// Every folder that holds a pack, and the files of this test, each a pack of its own.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/mutations")];
    for above in ["rules", "examples"] {
        folders.extend(std::fs::read_dir(root.join(above)).expect("a folder").flatten().map(|entry| entry.path()));
    }
    folders.sort();
    folders
}

fn packs(folder: &Path) -> Vec<Pack> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "heng")).collect();
    paths.sort_by_key(|path| (path.file_name().is_some_and(|name| name != "pack.heng"), path.clone()));
    // Without a `pack.heng` each file stands for itself.
    let groups = if folder.join("pack.heng").is_file() { vec![paths] } else { paths.chunks(1).map(<[PathBuf]>::to_vec).collect() };
    // What a pack that extends another says is not whole by itself.
    let whole = |path: &PathBuf| !std::fs::read_to_string(path).is_ok_and(|text| heng::parse::pack(&text).is_some_and(|pack| pack.extends.is_some()));
    groups.into_iter().filter(|paths| !paths.is_empty() && paths.iter().all(whole)).map(|paths| Pack { files: paths.iter().enumerate().map(|(at, path)| rule_file(at, path)).collect() }).collect()
}

fn rule_file(at: usize, path: &Path) -> RuleFile {
    let text = std::fs::read_to_string(path).expect("a rule file");
    let (tree, said) = heng::parse::parse(id(at), &text);
    assert!(said.is_empty(), "{}: {said:?}", path.display());
    RuleFile { path: path.display().to_string(), items: understood(&text, &tree), text }
}

fn id(at: usize) -> SourceId {
    SourceId(u32::try_from(at).expect("few files"))
}

/// Every slip of one file of a pack.
fn slips(pack: &Pack, at: usize, tally: &mut Tally) {
    let file = &pack.files[at];
    let mut trees: Vec<File> = pack.files.iter().enumerate().map(|(at, file)| heng::parse::parse(id(at), &file.text).0).collect();
    let mut near = Near::new(file, 0);
    for mutant in mutants(&file.text) {
        if near.line != mutant.line {
            near = Near::new(file, mutant.line);
        }
        tally.mutants += 1;
        let number = tally.mutants;
        let look = AssertUnwindSafe(|| look(pack, at, &mutant, &mut trees, &mut near, number.is_multiple_of(CHECKED)));
        match catch_unwind(look) {
            Ok((fate, failures, said)) => tally.note(file, &mutant, &fate, failures, &said),
            Err(_) => tally.failures.push(format!("{} line {}: a panic\n{}", file.path, mutant.line + 1, mutant.text)),
        }
    }
}

/// Reads a mutant. Gives its fate, in what it fails, and all that was said.
///
/// What the parser refuses is read among its neighbours alone; what it takes, with the whole file and pack.
fn look(pack: &Pack, at: usize, mutant: &Mutant, trees: &mut [File], near: &mut Near, check_anyway: bool) -> (Fate, Vec<String>, Vec<Diagnostic>) {
    let file = &pack.files[at];
    let (_, mut said) = heng::parse::parse(id(at), &kept(&mutant.text, &near.lines));
    let refused = said.iter().any(Diagnostic::is_error);
    let text = if refused && !check_anyway { kept(&mutant.text, &near.lines) } else { mutant.text.clone() };
    let before = if refused && !check_anyway { near.items.clone() } else { file.items.clone() };
    let (tree, whole_said) = heng::parse::parse(id(at), &text);
    assert_eq!(refused, whole_said.iter().any(Diagnostic::is_error), "the file and a part of it are read alike");
    let items = understood(&text, &tree);
    if !refused || check_anyway {
        let whole = std::mem::replace(&mut trees[at], tree);
        let checked = heng::check::check(trees).1;
        trees[at] = whole;
        if !refused {
            said = checked;
        }
    }
    let head = file.items.iter().rev().find(|item| item.line <= mutant.line).map_or(0, |item| item.line);
    let mut failures = Vec::new();
    failures.extend(lost_neighbour(&before, &items, head));
    if refused && !check_anyway && mutant.line != head {
        failures.extend(lost_clause(&items, head, mutant, near));
    }
    let errors: Vec<&Diagnostic> = said.iter().filter(|one| one.is_error()).collect();
    let fate = match errors.first() {
        None if items == before => Fate::Same,
        None => Fate::Means,
        Some(first) => {
            if !errors.iter().any(|one| points_at(one, at, mutant, head, pack)) {
                failures.push(format!("no error points at the slip: {}", errors.iter().map(|one| one.text.en.as_str()).collect::<Vec<_>>().join(" | ")));
            }
            Fate::Refused { code: first.code, errors: errors.len() }
        }
    };
    (fate, failures, said)
}

/// Law 3 of this page.
fn lost_neighbour(before: &[Understood], items: &[Understood], head: usize) -> Option<String> {
    let others = |items: &[Understood]| items.iter().filter(|item| item.line != head).cloned().collect::<Vec<_>>();
    let (before, after) = (others(before), others(items));
    let lost = before.iter().find(|item| !after.contains(item)).or_else(|| after.iter().find(|item| !before.contains(item)))?;
    Some(format!("the item of line {} is not understood as before", lost.line + 1))
}

/// Law 4 of this page. Of the clause with the slip, the lines before may still be understood.
fn lost_clause(items: &[Understood], head: usize, mutant: &Mutant, near: &mut Near) -> Option<String> {
    let item = items.iter().find(|item| item.line == head)?;
    if near.without(head, mutant.line).contains(&item.tree) {
        return None;
    }
    let cut_short = (mutant.line + 1..mutant.line + 4).any(|to| {
        let lines = near.lines.iter().copied().filter(|line| !(mutant.line + 1..=to).contains(line)).collect();
        let text = kept(&mutant.text, &lines);
        let (tree, _) = heng::parse::parse(SourceId(0), &text);
        understood(&text, &tree).contains(item)
    });
    (!cut_short).then(|| "another clause of the item is lost or changed".to_string())
}

/// Whether an error points at the slip. Law 2 of this page.
fn points_at(error: &Diagnostic, at: usize, mutant: &Mutant, head: usize, pack: &Pack) -> bool {
    let there = |label: &Label, first: bool| {
        let Place::Rule(span) = label.place else { return false };
        let same_file = span.source == id(at);
        let text = if same_file { &mutant.text } else { &pack.files[span.source.0 as usize].text };
        let line = line_of(text, span.start as usize);
        let used = text.get(span.range()).unwrap_or_default();
        let repeats = || tokens(used).into_iter().any(|(from, to)| mutant.words.iter().any(|known| known == &used[from..to]));
        same_file && first && (line == head || line == mutant.line || line == mutant.line + 1) || repeats()
    };
    error.labels.iter().enumerate().any(|(nth, label)| there(label, nth == 0))
}

/// A line among its neighbours: the lines that are kept, so many that they are read without a fault, and what they say.
struct Near {
    line: usize,
    lines: BTreeSet<usize>,
    text: String,
    items: Vec<Understood>,
    /// The item as it is understood when the line, or the whole clause around it, is not there; found when first asked.
    without: Option<Vec<String>>,
}

impl Near {
    fn new(file: &RuleFile, line: usize) -> Near {
        let count = file.text.lines().count();
        let head = |line: usize| file.items.iter().rev().map(|item| item.line).find(|head| *head <= line);
        let mut reach = 4;
        loop {
            let from = line.saturating_sub(reach);
            let lines: BTreeSet<usize> = (from..=line + reach).chain(head(line)).chain(head(from)).collect();
            let text = kept(&file.text, &lines);
            let (tree, said) = heng::parse::parse(SourceId(0), &text);
            if said.is_empty() || reach > count {
                let items = understood(&text, &tree);
                return Near { line, lines, text, items, without: None };
            }
            reach += 1;
        }
    }

    /// The clause around a line may go on over several: each stretch of up to four lines that holds it is tried.
    fn without(&mut self, head: usize, line: usize) -> &[String] {
        let (text, items) = (&self.text, &self.items);
        self.without.get_or_insert_with(|| {
            let end = items.iter().map(|item| item.line).find(|start| *start > head).unwrap_or(usize::MAX);
            let stretches = (head + 1..=line).flat_map(|from| (line..end.min(line + 4)).map(move |to| (from, to))).filter(|(from, to)| to - from < 4);
            let mut found = Vec::new();
            for (from, to) in stretches {
                let kept: String = text.split_inclusive('\n').enumerate().map(|(at, text)| if (from..=to).contains(&at) { blank(text) } else { text.into() }).collect();
                let (tree, _) = heng::parse::parse(SourceId(0), &kept);
                found.extend(understood(&kept, &tree).into_iter().filter(|item| item.line == head).map(|item| item.tree));
            }
            found
        })
    }
}

/// A text with only these lines; the others are blank, so that every place stays where it was.
fn kept(text: &str, lines: &BTreeSet<usize>) -> String {
    text.split_inclusive('\n').enumerate().map(|(at, text)| if lines.contains(&at) { text.into() } else { blank(text) }).collect()
}

fn blank(line: &str) -> Cow<'static, str> {
    (" ".repeat(line.trim_end_matches('\n').len()) + "\n").into()
}

fn understood(text: &str, file: &File) -> Vec<Understood> {
    let one = |item: &Item| Understood { line: line_of(text, item.span.start as usize), tree: format!("{:#?}", item.kind) };
    file.items.iter().map(one).collect()
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

// Tokens and slips ---------------------------------------------------------------------------------------------------------

/// Every text with one slip.
fn mutants(text: &str) -> Vec<Mutant> {
    let mut found = Vec::new();
    let mut start = 0;
    for (line, words) in text.split_inclusive('\n').enumerate() {
        let tokens = if words.trim_start().starts_with('#') { Vec::new() } else { tokens(words) };
        let known: Vec<&str> = tokens.iter().map(|(from, to)| &words[*from..*to]).collect();
        let mut add = |how, slip: String| {
            let said = self::tokens(&slip).into_iter().map(|(from, to)| slip[from..to].to_string());
            let near = known.iter().map(ToString::to_string).chain(said).map(|word| word.trim_matches(['「', '」', '`', '“', '”', '"']).to_string()).collect();
            found.push(Mutant { how, line, text: format!("{}{slip}{}", &text[..start], &text[start + words.len()..]), words: near });
        };
        for (nth, (from, to)) in tokens.iter().enumerate() {
            let (before, token, after) = (&words[..*from], &words[*from..*to], &words[*to..]);
            // The blank behind a word goes with it, as under an editor's hand.
            add(How::Deleted, format!("{before}{}", after.strip_prefix(' ').unwrap_or(after)));
            add(How::Doubled, format!("{before}{token} {token}{after}"));
            if let Some((next, end)) = tokens.get(nth + 1) {
                add(How::Swapped, format!("{before}{}{}{token}{}", &words[*next..*end], &words[*to..*next], &words[*end..]));
            }
        }
        start += words.len();
    }
    found
}

/// Where the tokens of a line stand: words, numbers, quoted texts, signs. A run of Han characters is one.
fn tokens(line: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let length = token(&line[at..], c);
        if !c.is_whitespace() {
            tokens.push((at, at + length));
        }
        at += length;
    }
    tokens
}

fn token(rest: &str, first: char) -> usize {
    let run = |keep: fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
    let closed = |close: char| rest[first.len_utf8()..].find(close).map_or(first.len_utf8(), |end| first.len_utf8() + end + close.len_utf8());
    match first {
        '"' | '`' => closed(first),
        '“' => closed('”'),
        '「' => closed('」'),
        '>' | '<' | '!' if rest[1..].starts_with('=') => 2,
        c if c.is_ascii_digit() => run(|c| c.is_ascii_digit() || c == '.'),
        c if han(c) => run(han),
        c if c.is_ascii_alphabetic() || c == '_' => run(|c| c.is_ascii_alphanumeric() || c == '_'),
        c => c.len_utf8(),
    }
}

fn han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

// What is counted ----------------------------------------------------------------------------------------------------------

#[derive(Default)]
struct Tally {
    mutants: usize,
    fates: BTreeMap<(How, &'static str), usize>,
    codes: BTreeMap<&'static str, usize>,
    /// How many errors a refused text has.
    errors: BTreeMap<usize, usize>,
    failures: Vec<String>,
}

impl Tally {
    fn note(&mut self, file: &RuleFile, mutant: &Mutant, fate: &Fate, failures: Vec<String>, said: &[Diagnostic]) {
        let name = match fate {
            Fate::Same => "the same",
            Fate::Means => "means something else",
            Fate::Refused { code, errors } => {
                *self.codes.entry(code).or_default() += 1;
                *self.errors.entry((*errors).min(10)).or_default() += 1;
                "refused"
            }
        };
        *self.fates.entry((mutant.how, name)).or_default() += 1;
        let line = mutant.text.lines().nth(mutant.line).unwrap_or_default();
        let place = format!("{} line {} {:?}: {line}", file.path, mutant.line + 1, mutant.how);
        self.failures.extend(failures.into_iter().map(|failure| format!("{place}\n    {failure}")));
        if std::env::var_os("MUTANTS").is_some() {
            show(mutant, &place, name, said);
        }
    }

    fn add(&mut self, other: Tally) {
        self.mutants += other.mutants;
        other.fates.into_iter().for_each(|(key, count)| *self.fates.entry(key).or_default() += count);
        other.codes.into_iter().for_each(|(key, count)| *self.codes.entry(key).or_default() += count);
        other.errors.into_iter().for_each(|(key, count)| *self.errors.entry(key).or_default() += count);
        self.failures.extend(other.failures);
    }

    fn print(&self) {
        println!("{} slips", self.mutants);
        for ((how, fate), count) in &self.fates {
            println!("  {how:?}, {fate}: {count}");
        }
        println!("by the first error: {:?}", self.codes);
        println!("by how many errors (10 is ten or more): {:?}", self.errors);
    }
}

/// Prints all that is said of a mutant, in both languages, with the words that are underlined.
fn show(mutant: &Mutant, place: &str, fate: &str, said: &[Diagnostic]) {
    println!("-- {place}\n   {fate}");
    for one in said {
        let underlined = |place: &Place| if let Place::Rule(span) = place { mutant.text.get(span.range()).unwrap_or_default().to_string() } else { String::new() };
        let words: Vec<String> = one.labels.iter().map(|label| underlined(&label.place)).collect();
        println!("   {} {words:?} {} | {}\n      {} | {}", one.code, one.text.en, one.help.en, one.text.zh, one.help.zh);
    }
}
