//! What tests leave open: the suites of the packs show every rule met, not met and undecided, and notice every named defect;
//! and where suites do not, it is said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use heng::model::defect::Defect;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(folder: &Path, words: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.current_dir(folder).args(words.split_whitespace()).stdin(Stdio::null()).env("LC_ALL", "en_GB.UTF-8").env_remove("COLUMNS");
    command.output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn json(words: &str) -> (Value, Option<i32>) {
    let done = run(&root(), &format!("{words} --format json"));
    (serde_json::from_slice(&done.stdout).unwrap_or_else(|why| panic!("{why}: {}", text(&done.stderr))), done.status.code())
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// Every rule of the pack is expected met, not met and undecided; no named defect goes unnoticed but such as is explained.
#[test]
fn the_suites_of_quality_balance_leave_nothing_open() {
    let (found, status) = json("test rules/quality-balance --coverage --mutate");
    for rule in list(&found, "coverage") {
        for outcome in ["met", "not_met", "undecided"] {
            assert!(rule[outcome].as_u64() > Some(0), "{} is never {outcome}", rule["rule"]);
        }
    }
    let defects = list(&found["mutation"], "defects");
    let unnoticed: Vec<&Value> = defects.iter().filter(|defect| word(defect, "fate") == "unnoticed").collect();
    assert!(unnoticed.is_empty(), "{unnoticed:#?}");
    let explained: Vec<&Value> = defects.iter().filter(|defect| word(defect, "fate") == "explained").collect();
    assert!(explained.iter().all(|defect| word(defect, "reason").len() > 20), "{explained:#?}");
    assert!(explained.len() * 50 < defects.len(), "what is explained away is the exception");
    assert_eq!(status, Some(0));

    // The pack has places for all but these.
    let tried: BTreeSet<&str> = defects.iter().map(|defect| word(defect, "defect")).collect();
    let missing: Vec<&str> = Defect::ALL.iter().map(|defect| defect.code()).filter(|code| !tried.contains(code)).collect();
    assert_eq!(missing, ["period", "grade", "layer", "unrounded"]);

    // The mistakes that real tools make are each noticed wherever a hand could make them, but for these: what is no number is
    // not rounded, and two boundaries change no outcome, as the pack says of each.
    let mistakes = ["weights", "rounded_before", "rounded_within", "boundary", "direction"];
    for mistake in mistakes {
        assert!(tried.contains(mistake), "{mistake}");
    }
    let of_mistakes = defects.iter().filter(|defect| mistakes.contains(&word(defect, "defect")) && word(defect, "fate") != "noticed");
    let apart: Vec<[&str; 4]> = of_mistakes.map(|defect| ["item", "defect", "was", "fate"].map(|key| word(defect, key))).collect();
    let expected = [
        ["quality-balance/larger_indoor", "boundary", "> gym_area", "explained"],
        ["quality-balance/of_the_year", "rounded_before", "day", "refused"],
        ["quality-balance/of_the_year", "rounded_before", "day", "refused"],
        ["quality-balance/Q9", "rounded_before", "level", "refused"],
        ["quality-balance/L3_small", "boundary", ">= pe_arts_floor[stage]", "explained"],
    ];
    assert_eq!(apart, expected);
}

/// Each of them has a case of its own that names it, with the rule as it should be and with the mistake.
#[test]
fn the_mistakes_of_real_tools_have_cases() {
    let (found, _) = json("test rules/quality-balance/tests/mistakes.md");
    let cases = list(&found["suites"][0], "cases");
    let named: Vec<&str> = cases.iter().filter(|case| case["passed"] == true).map(|case| word(case, "name")).collect();
    assert_eq!(named.len(), 5, "{named:?}");
    assert!((1..=5).all(|number| named.iter().any(|name| name.starts_with(&format!("Mistake {number}: ")))), "{named:?}");
}

#[test]
fn a_suite_with_gaps_is_not_clean() {
    let (found, status) = json("test tests/tested/size.md --coverage --mutate");
    let gaps: Vec<String> = list(&found, "coverage").iter().map(|rule| format!("{} {}", word(rule, "rule"), rule["gaps"])).collect();
    assert_eq!(gaps, ["size/SIZE []", "size/ROOM [\"not_met\",\"undecided\"]"]);
    let unnoticed: Vec<String> = list(&found["mutation"], "defects").iter().filter(|defect| word(defect, "fate") == "unnoticed").map(|defect| format!("{}: {} → {}", defect["line"], word(defect, "was"), word(defect, "would"))).collect();
    assert_eq!(
        unnoticed,
        [
            "15: junior 1200 → junior 1199",
            "15: junior 1200 → junior 1201",
            "22: where not closing → ",
            "23: >= 4.5 m2/pupil → > 4.5 m2/pupil",
            "23: area / pupils → (area / pupils) rounded to 2 decimals half up",
            "23: 4.5 → 4.4",
            "23: 4.5 → 4.6",
            "23: 4.5 → 3.5",
        ]
    );
    assert_eq!(status, Some(1));
}

/// The same in Chinese: the words of the file, not of the reader.
#[test]
fn defects_are_written_in_the_language_of_the_rule() {
    let (found, _) = json("test tests/tested/规模.md --mutate");
    let defects: Vec<String> = list(&found["mutation"], "defects").iter().map(|defect| format!("{} {} → {}", word(defect, "fate"), word(defect, "was"), word(defect, "would"))).collect();
    assert_eq!(defects, ["noticed 不 拟撤并 → 拟撤并", "unnoticed 不 拟撤并 的 → ", "unnoticed 不超过 900 人 → 低于 900 人", "noticed 不超过 900 人 → 不低于 900 人", "unnoticed 900 → 899", "noticed 900 → 901"]);
}

#[test]
fn two_runs_give_the_same_bytes() {
    let words = "test tests/tested rules/quality-balance/tests/size.md --coverage --mutate --format junit";
    assert_eq!(run(&root(), words).stdout, run(&root(), words).stdout);
}

/// Results as they stand in files; `UPDATE=1` writes them anew.
#[test]
fn junit_is_as_written() {
    let golden = |name: &str, words: &str| {
        let (path, found) = (root().join("tests/tested").join(name), text(&run(&root(), words).stdout));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &found).expect("a file");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), found, "{name}");
        well_formed(&found);
    };
    golden("size.xml", "test tests/tested/size.md --coverage --mutate --format junit");
    golden("failing.xml", "test tests/tested/failing --format junit --lang zh");
    golden("audit.xml", "audit tests/tested/size.heng --data tests/tested/school.csv --as-of 2026-09-01 --format junit");
}

/// Tags open and close in turn, and nothing stands there that XML reserves.
fn well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').expect("a tag that ends");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match tag.chars().next() {
            Some('?') => {}
            Some('/') => assert_eq!(open.pop(), Some(name), "{tag}"),
            _ if tag.ends_with('/') => {}
            _ => open.push(name),
        }
        assert!(tag.matches('"').count().is_multiple_of(2) && rest.split('&').skip(1).all(|entity| ["amp;", "lt;", "gt;", "quot;", "#"].iter().any(|known| entity.starts_with(known))), "{piece}");
    }
    assert!(open.is_empty(), "{open:?}");
}

/// A rule that a suite writes down itself serves the test, unless there is nothing else.
#[test]
fn rules_of_the_suite_itself_are_looked_at_where_no_pack_is_used() {
    let rules = |words: &str| list(&json(words).0, "coverage").iter().map(|rule| word(rule, "rule").to_string()).collect::<Vec<_>>();
    assert_eq!(rules("test tests/tested/own.md --coverage"), ["rules/OWN"]);
    let (found, _) = json("test tests/tested/own.md --coverage");
    assert_eq!((word(&found["coverage"][0], "path"), found["coverage"][0]["line"].as_u64()), ("tests/tested/own.md", Some(8)), "the place in the suite");
    assert_eq!(rules("test tests/tested/own.md tests/tested/size.md --coverage"), ["size/SIZE", "size/ROOM"]);
}
