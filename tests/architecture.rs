//! Holds the house to its plan: who may import whom, which outside crate has which room, what stays outside of `src`.
//! Both tables are data here; a file that breaks one is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const NOUNS: &[&str] = &["base", "model", "diag", "builtin", "eval"];
const VERBS: &[&str] = &["parse", "format", "check", "lint", "say", "load", "reduce", "judge", "remedy", "explain", "diff", "report", "mutate"];

/// The rooms that a room may import, besides itself.
fn may_use(room: &str) -> Vec<&'static str> {
    match room {
        "base" => vec![],
        "model" => vec!["base"],
        "diag" => vec!["base", "model"],
        "builtin" => vec!["base", "model", "diag"],
        "eval" => vec!["base", "model", "diag", "builtin"],
        "suite" => [NOUNS, VERBS].concat(),
        "cli" => [NOUNS, VERBS, &["suite"]].concat(),
        verb if VERBS.contains(&verb) => NOUNS.to_vec(),
        _ => vec![],
    }
}

/// Where an outside crate may appear: beginnings of paths.
const CRATES: &[(&str, &[&str])] = &[
    ("chardetng", &["src/load/"]),
    ("clap", &["src/cli/"]),
    ("csv", &["src/load/"]),
    ("dashu_int", &["src/base/"]),
    ("dashu_ratio", &["src/base/"]),
    ("encoding_rs", &["src/load/"]),
    ("getrandom", &["src/cli/"]),
    ("hmac", &["src/report/"]),
    ("jiff", &["src/base/"]),
    ("miette", &["src/diag/show.rs"]),
    ("pest", &["src/parse/"]),
    ("pest_derive", &["src/parse/"]),
    ("serde", &["src/diff/", "src/report/", "src/cli/", "src/suite/"]),
    ("serde_json", &["src/diff/", "src/report/", "src/cli/", "src/suite/"]),
    ("sha2", &["src/load/", "src/report/", "src/cli/"]),
    ("rustc_hash", &["src/load/", "src/check/"]),
    ("strsim", &["src/diag/"]),
    ("toml", &["src/cli/", "src/suite/"]),
    ("unicode_width", &["src/report/", "src/diag/", "src/cli/", "src/format/"]),
];

const DOORS: &[&str] = &["src/cli/", "src/suite/", "src/main.rs"];
/// Reading is shared out, whatever the door.
const THREADS: &str = "src/base/threads.rs";
const WORLD: &[&str] = &["fs", "env", "time", "process", "net", "thread"];
const STREAMS: &[&str] = &["stdin", "stdout", "stderr", "println", "eprintln", "print", "eprint", "dbg"];
const MOST_LINES: usize = 400;

/// Whole numbers of four digits and more that have a meaning of their own beside standards.
const OWN_NUMBERS: &[&str] = &[
    "1000", "10000", // scales
    "2000", // an 亩 is 2000/3 square metres
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder with this ending, as path from the root and text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let (mut found, mut waiting) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string().replace('\\', "/");
                found.push((shown, fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found.sort();
    found
}

/// A file as its words: identifiers, numbers and signs of the code, and apart from them the texts between quotes.
struct Code {
    words: Vec<String>,
    texts: Vec<String>,
}

/// Reads Rust as far as these tests need it: comments fall away, raw strings, characters and lifetimes are told apart.
fn code(text: &str) -> Code {
    let chars: Vec<char> = text.chars().collect();
    let (mut words, mut texts) = (Vec::new(), Vec::new());
    let mut at = 0;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    while at < chars.len() {
        let rest = &chars[at..];
        match rest {
            ['/', '/', ..] => at += rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => at += 2 + rest[2..].windows(2).position(|pair| pair == ['*', '/']).map_or(rest.len() - 2, |end| end + 2),
            ['r', '"' | '#', ..] if raw_string(rest).is_some() => {
                let (text, length) = raw_string(rest).unwrap_or_default();
                texts.push(text);
                at += length;
            }
            ['"', ..] => {
                let (mut text, mut end) = (String::new(), 1);
                while end < rest.len() && rest[end] != '"' {
                    if rest[end] == '\\' {
                        end += 1;
                    }
                    text.extend(rest.get(end));
                    end += 1;
                }
                texts.push(text);
                at += end + 1;
            }
            ['\'', '\\', ..] => at += 3 + rest[3..].iter().position(|c| *c == '\'').map_or(0, |end| end + 1),
            ['\'', c, '\'', ..] => {
                texts.push(c.to_string());
                at += 3;
            }
            ['\'', ..] => at += 1,
            [c, ..] if is_word(*c) => {
                let number = c.is_ascii_digit();
                let end = rest.iter().enumerate().position(|(i, c)| !is_word(*c) && (!number || *c != '.' || !rest.get(i + 1).is_some_and(char::is_ascii_digit)));
                let end = end.unwrap_or(rest.len());
                words.push(rest[..end].iter().collect());
                at += end;
            }
            [':', ':', ..] => {
                words.push("::".to_string());
                at += 2;
            }
            [c, ..] => {
                if !c.is_whitespace() {
                    words.push(c.to_string());
                }
                at += 1;
            }
            [] => break,
        }
    }
    Code { words, texts }
}

fn raw_string(rest: &[char]) -> Option<(String, usize)> {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    let begin = 1 + hashes + 1;
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let ends = |at: usize| rest[at] == '"' && rest.len() > at + hashes && rest[at + 1..=at + hashes].iter().all(|c| *c == '#');
    let end = (begin..rest.len()).find(|at| ends(*at))?;
    Some((rest[begin..end].iter().collect(), end + 1 + hashes))
}

/// The text before `#[cfg(test)]`; nothing for files that hold only tests.
fn without_tests<'t>(path: &str, text: &'t str) -> &'t str {
    if is_test(path) { "" } else { text.split("#[cfg(test)]\nmod ").next().unwrap_or(text) }
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn room(path: &str) -> &str {
    path.strip_prefix("src/").and_then(|rest| rest.split_once('/')).map_or("", |(room, _)| room)
}

/// The first names of the paths that begin with `root::`, braces opened.
fn heads<'c>(words: &'c [String], root: &str) -> Vec<&'c str> {
    let mut heads = Vec::new();
    for (at, window) in words.windows(3).enumerate() {
        if window[0] != root || window[1] != "::" {
            continue;
        }
        if window[2] != "{" {
            heads.push(window[2].as_str());
            continue;
        }
        let (mut depth, mut first) = (0, false);
        for word in &words[at + 2..] {
            match word.as_str() {
                "{" => {
                    depth += 1;
                    first = depth == 1;
                }
                "}" => depth -= 1,
                "," => first = depth == 1,
                name if first => {
                    heads.push(name);
                    first = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    heads
}

/// What a file imports that its room may not. Tests of a room may build their material with any verb.
fn imports(path: &str, text: &str) -> Vec<String> {
    let room = room(path);
    if room.is_empty() {
        return Vec::new();
    }
    let words = code(without_tests(path, text)).words;
    let allowed = may_use(room);
    let known = |name: &str| NOUNS.contains(&name) || VERBS.contains(&name) || ["suite", "cli"].contains(&name);
    let mut wrong: Vec<String> = heads(&words, "crate").into_iter().filter(|name| known(name) && *name != room && !allowed.contains(name)).map(|name| format!("{path}: {room} may not use {name}")).collect();
    let depth = path.matches('/').count() - usize::from(path.ends_with("/mod.rs"));
    let supers = words.windows(2).fold((0, 0), |(run, most), pair| if pair[0] == "super" && pair[1] == "::" { (run + 1, most.max(run + 1)) } else if pair[0] == "::" && pair[1] == "super" { (run, most) } else { (0, most) }).1;
    if supers >= depth {
        wrong.push(format!("{path}: climbs out of its room with super"));
    }
    wrong
}

/// Outside crates in rooms that are not theirs.
fn crates(path: &str, text: &str) -> Vec<String> {
    let words = code(text).words;
    let own = |name: &str| files("src", "rs").iter().any(|(file, _)| *file == format!("src/{}/{name}.rs", room(path)) || *file == format!("src/{}/{name}/mod.rs", room(path)));
    let named = |name: &str| {
        words.windows(2).enumerate().any(|(at, pair)| {
            let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
            pair[0] == name && pair[1] == "::" && !(before == "::" && at > 1 && words[at - 2] != "use" && words[at - 2] != "{" && words[at - 2] != ";") && before != "."
        })
    };
    let elsewhere = CRATES.iter().filter(|(name, rooms)| !rooms.iter().any(|room| path.starts_with(room)) && named(name) && !own(name));
    elsewhere.map(|(name, _)| format!("{path}: {name} has no place here")).collect()
}

/// Files, clock, environment, processes and printing outside the doors.
fn world(path: &str, text: &str) -> Vec<String> {
    if DOORS.iter().any(|door| path.starts_with(door)) {
        return Vec::new();
    }
    let words = code(without_tests(path, text)).words;
    let mut wrong: Vec<String> = heads(&words, "std").into_iter().filter(|name| WORLD.contains(name) && !(*name == "thread" && path == THREADS)).map(|name| format!("{path}: std::{name} outside the doors")).collect();
    let printing = words.windows(2).filter(|pair| STREAMS.contains(&pair[0].as_str()) && ["!", "("].contains(&pair[1].as_str()));
    wrong.extend(printing.map(|pair| format!("{path}: {} outside the doors", pair[0])));
    wrong
}

/// What packs say and `src` may not: ids and Chinese titles of rules, and the figures of standards.
#[derive(Default)]
struct Standards {
    ids: BTreeSet<String>,
    titles: BTreeSet<String>,
    figures: BTreeSet<String>,
}

const RULE_WORDS: &[&str] = &["rule", "veto", "advice", "指标", "一票否决", "鼓励性要求"];

fn standards(packs: &[(String, String)]) -> Standards {
    let mut found = Standards::default();
    for (_, text) in packs {
        for line in text.lines() {
            let mut words = line.split_whitespace();
            if words.next().is_some_and(|word| RULE_WORDS.contains(&word)) && !line.starts_with(' ') {
                found.ids.extend(words.next().map(str::to_string));
                let quoted = line.split(['"', '“', '”']).skip(1).step_by(2).filter(|title| !title.is_ascii() && title.chars().count() > 1);
                found.titles.extend(quoted.map(str::to_string));
            }
            found.figures.extend(figures(line));
        }
    }
    found
}

/// Decimals, and whole numbers of four digits and more that are no part of a date: what a standard would be known by.
fn figures(line: &str) -> impl Iterator<Item = String> + '_ {
    let outside = line.split(['"', '“', '”']).step_by(2).flat_map(|part| part.split(|c: char| !(c.is_ascii_digit() || ".-年月/_".contains(c) || c.is_ascii_alphabetic())));
    let is_figure = |word: &&str| {
        let decimal = word.split_once('.').is_some_and(|(whole, part)| !whole.is_empty() && !part.is_empty() && word.matches('.').count() == 1);
        let digits = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        digits && (decimal || word.len() >= 4) && !OWN_NUMBERS.contains(word)
    };
    outside.filter(is_figure).map(str::to_string)
}

fn standard_in(path: &str, text: &str, standards: &Standards) -> Vec<String> {
    let code = code(without_tests(path, text));
    let in_texts = code.texts.iter().flat_map(|text| text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).map(|word| word.trim_matches('.').to_string()));
    let plain = |word: &String| word.replace('_', "");
    let words: BTreeSet<String> = code.words.iter().cloned().chain(in_texts).collect();
    let numbers: BTreeSet<String> = words.iter().map(plain).collect();
    let ids = standards.ids.intersection(&words).map(|id| format!("{path}: {id} is a rule of a pack"));
    let figures = standards.figures.intersection(&numbers).map(|figure| format!("{path}: {figure} is a figure of a standard"));
    let titles = standards.titles.iter().filter(|title| code.texts.iter().any(|text| text.contains(title.as_str()))).map(|title| format!("{path}: {title} is a title of a rule"));
    ids.chain(figures).chain(titles).collect()
}

/// Every keyword line of the grammar has both languages, or says that the other needs no word.
fn spellings(path: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let (rule, note) = line.split_once("//").unwrap_or((line, ""));
        let spelt: Vec<&str> = rule.split('"').skip(1).step_by(2).collect();
        let words = spelt.iter().any(|word| word.chars().any(char::is_alphabetic));
        let both = spelt.iter().any(|word| word.is_ascii()) && spelt.iter().any(|word| word.chars().any(|c| c.is_alphabetic() && !c.is_ascii()));
        if rule.contains('=') && words && !both && !["en", "zh"].contains(&note.trim()) {
            wrong.push(format!("{path}:{} has one language only", number + 1));
        }
    }
    wrong
}

/// Lines that are neither blank nor tests.
fn length(path: &str, text: &str) -> Option<String> {
    let lines = without_tests(path, text).lines().filter(|line| !line.trim().is_empty()).count();
    (lines > MOST_LINES).then(|| format!("{path} has {lines} lines; a file of the house has {MOST_LINES} at most"))
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn each(look: impl Fn(&str, &str) -> Vec<String>) {
    let files = files("src", "rs");
    assert!(files.len() > 10, "the source is not where it should be");
    none(&files.iter().flat_map(|(path, text)| look(path, text)).collect::<Vec<_>>());
}

#[test]
fn rooms_import_only_what_they_may() {
    each(imports);
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    each(crates);
}

#[test]
fn every_dependency_has_a_room() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap_or_default();
    let section = manifest.split("\n[dependencies]\n").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default();
    let names: Vec<String> = section.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().replace('-', "_")).collect();
    assert!(!names.is_empty(), "no dependency was found");
    none(&names.into_iter().filter(|name| !CRATES.iter().any(|(known, _)| known == name)).map(|name| format!("{name} has no room")).collect::<Vec<_>>());
}

#[test]
fn only_doors_touch_the_world() {
    each(world);
}

#[test]
fn no_standard_stands_in_the_source() {
    let packs: Vec<_> = files("rules", "heng").into_iter().filter(|(path, _)| !path.contains("/tests/")).collect();
    let found = standards(&packs);
    assert!(!found.ids.is_empty() && !found.figures.is_empty(), "the packs are not where they should be");
    each(|path, text| standard_in(path, text, &found));
}

#[test]
fn files_stay_short() {
    each(|path, text| length(path, text).into_iter().collect());
}

#[test]
fn keywords_have_two_spellings() {
    let words: Vec<_> = files("grammar", "pest").into_iter().filter(|(path, _)| path.ends_with("words.pest")).collect();
    assert_eq!(words.len(), 1, "grammar/words.pest is not where it should be");
    none(&words.iter().flat_map(|(path, text)| spellings(path, text)).collect::<Vec<_>>());
}

/// The tests above can fail.
#[test]
fn violations_are_seen() {
    let import = "use crate::{base::Text, judge::{self, Ask}};\nfn f() { crate::cli::main(); }\n// crate::suite\n";
    assert_eq!(imports("src/load/x.rs", import), ["src/load/x.rs: load may not use judge", "src/load/x.rs: load may not use cli"]);
    assert_eq!(imports("src/load/x.rs", "use super::super::judge;").len(), 1);
    assert!(imports("src/load/x.rs", "use super::y; use crate::eval::z;").is_empty());
    assert_eq!(crates("src/judge/x.rs", "use miette::Report;"), ["src/judge/x.rs: miette has no place here"]);
    assert_eq!(world("src/judge/x.rs", "use std::{fmt, fs::File}; fn f() { println!(\"x\"); }").len(), 2);
    assert!(world("src/judge/x.rs", "// std::fs\nconst A: &str = \"std::fs println!(\";").is_empty());
    let pack = [("p".to_string(), "rule L4 \"生均面积\"\n  require area >= 4.5 m2\nparameter p\n  from 2017-04-19  2500\n".to_string())];
    let found = standards(&pack);
    assert_eq!(found.figures.iter().collect::<Vec<_>>(), ["2500", "4.5"]);
    assert_eq!(standard_in("src/judge/x.rs", "fn f() { g(\"L4\", 2_500, '四'); h(\"生均面积不足\") }", &found).len(), 3);
    assert!(standard_in("src/judge/x.rs", "// L4\nfn f<'a>(l4: &'a str) { g(45); }", &found).is_empty());
    assert_eq!(spellings("w", "a = @{ \"pack\" ~ !w }\nb = @{ \"in\" | \"属于\" }\nc = @{ \"时\" } // zh\n").len(), 1);
    assert!(length("src/x/y.rs", &"let a;\n".repeat(401)).is_some());
}
