//! Results stay what they are: where they are written, what is never written over, what is never waited for, what a report
//! may be changed in without being found out (nothing), and what a terminal is given to obey (nothing).
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

#[path = "common/place.rs"]
mod place;

use place::Place;

const PACK: &str = "\
pack room 1.0 \"教室\" / \"Rooms\"

table school \"学校\" / \"Schools\"
  key code \"学校代码\" text
  name called
  column called \"校名\" text
  column pupils \"学生数\" whole number in pupil
  column area \"面积\" number in m2

rule AREA \"生均面积\" / \"Area per pupil\"
  for each school
  require area / pupils >= 6 m2/pupil

rule FEW \"人数\" / \"Pupils\"
  for each school
  require every of pupils <= 100 pupil
";

const SCHOOLS: &str = "学校代码,校名,学生数,面积\nS1,甲,95,600\nS2,乙,95,540\nS3,丙,100,\n";
const AUDIT: &str = "audit pack --data data --as-of 2026-09-01";

/// A folder with a pack and its data; with its own path, for what [`Place`] does not offer.
fn place(name: &str) -> (Place, PathBuf) {
    let place = Place::new(name);
    place.file("pack/pack.heng", &PACK.replace("  require every of pupils <= 100 pupil\n", "  require pupils <= 100 pupil\n")).file("data/school.csv", SCHOOLS);
    (place, std::env::temp_dir().join(format!("heng-{name}-{}", std::process::id())))
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

fn reader(path: &Path) -> Child {
    Command::new("cat").arg(path).stdout(Stdio::piped()).spawn().expect("cat")
}

fn all_of(mut child: Child) -> String {
    let mut text = String::new();
    child.stdout.take().expect("a pipe").read_to_string(&mut text).expect("UTF-8");
    child.wait().expect("it ends");
    text
}

/// Files in a folder, the hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_pipe_is_written_into() {
    let (place, at) = place("into-pipe");
    pipe(&at.join("pipe"));
    symlink("pipe", at.join("link")).expect("a link");
    for (format, name, begins) in [("json", "pipe", "{"), ("csv", "link", "\u{feff}table"), ("text", "pipe", "Rooms"), ("junit", "link", "<?xml")] {
        let reader = reader(&at.join("pipe"));
        place.heng(&format!("{AUDIT} --format {format}={name}")).ends(1);
        let got = all_of(reader);
        assert!(got.starts_with(begins) || format == "text" && got.contains("AREA"), "{format}: {got}");
        let kind = fs::symlink_metadata(at.join("pipe")).expect("still there").file_type();
        assert!(std::os::unix::fs::FileTypeExt::is_fifo(&kind));
        assert!(fs::symlink_metadata(at.join("link")).expect("still there").is_symlink());
    }
    assert_eq!(names(&at), ["data", "link", "pack", "pipe"]);
}

#[test]
fn what_the_shell_opened_is_written_into() {
    let (_place, at) = place("into-open");
    let out = fs::File::create(at.join("out.txt")).expect("a file");
    let status = Command::new(env!("CARGO_BIN_EXE_heng")).current_dir(&at).args(format!("{AUDIT} --format json=/dev/stdout").split(' ')).stdout(out).status().expect("it runs");
    assert_eq!(status.code(), Some(1));
    assert!(fs::read_to_string(at.join("out.txt")).expect("a file").starts_with('{'));
}

#[test]
fn a_link_is_followed_and_rights_are_kept() {
    let (place, at) = place("through-link");
    fs::create_dir(at.join("far")).expect("a folder");
    place.file("far/report.json", "old");
    fs::set_permissions(at.join("far/report.json"), fs::Permissions::from_mode(0o640)).expect("rights");
    symlink("far/report.json", at.join("one")).expect("a link");
    symlink("one", at.join("two")).expect("a link");
    symlink("far/new.json", at.join("dangling")).expect("a link");
    symlink("circle", at.join("circle")).expect("a link");
    for (named, real) in [("two", "far/report.json"), ("dangling", "far/new.json")] {
        place.heng(&format!("{AUDIT} --format json={named}")).ends(1);
        assert!(fs::symlink_metadata(at.join(named)).expect("still there").is_symlink());
        assert!(place.read(real).starts_with('{'));
    }
    assert_eq!(fs::metadata(at.join("far/report.json")).expect("there").permissions().mode() & 0o777, 0o640);
    place.heng(&format!("{AUDIT} --format json=circle")).ends(2).says("E0513");
    // A second name of a file still names the same file.
    fs::hard_link(at.join("far/report.json"), at.join("twin.json")).expect("a second name");
    place.heng(&format!("{AUDIT} --format csv=twin.json")).ends(1);
    assert_eq!(place.read("far/report.json"), place.read("twin.json"));
    assert!(place.read("twin.json").contains("AREA"));
    assert_eq!(names(&at.join("far")), ["new.json", "report.json"]);
}

#[test]
fn nothing_is_written_over_what_is_read() {
    let (place, at) = place("over-read");
    let settings = "packs = [\"pack\"]\ndata = [\"data\"]\nas_of = 2026-09-01\n";
    place.file("heng.toml", settings).file("tests/a.md", "# A\n\n```use\npack\n```\n");
    symlink("heng.toml", at.join("settings")).expect("a link");
    symlink("data", at.join("tables")).expect("a link");
    fs::hard_link(at.join("data/school.csv"), at.join("twin.csv")).expect("a second name");
    let refused = ["heng.toml", "settings", "./pack/../heng.toml", "data/school.csv", "twin.csv", "tables/school.csv", "tables/学校.TSV", "data/schools.txt", "pack/new.heng", "pack/deep/pack.heng", "elsewhere/heng.toml", "new.heng"];
    fs::create_dir_all(at.join("pack/deep")).expect("a folder");
    fs::create_dir(at.join("elsewhere")).expect("a folder");
    for path in refused {
        for format in ["json", "csv", "text", "junit"] {
            place.heng(&format!("audit --format {format}={path}")).ends(2).says("E0522");
        }
    }
    assert_eq!((place.read("heng.toml"), place.read("data/school.csv")), (settings.to_string(), SCHOOLS.to_string()));
    // Beside the tables there is room for what is no table.
    place.heng("audit --format text=data/report.txt").ends(1);
    place.heng("test tests --format json=tests/b.md").ends(2).says("E0522");
    place.heng("test tests --format json=tests/a.md").ends(2).says("E0522");
    place.heng("audit --format json=a.json").ends(1);
    place.heng("diff a.json a.json --format json=a.json").ends(2).says("E0522");
    place.heng("diff a.json a.json --format json=heng.toml").ends(2).says("E0522");
    assert_eq!(names(&at.join("pack")), ["deep", "pack.heng"]);
}

#[test]
fn all_are_tried_before_one_is_written() {
    let (place, at) = place("all-or-none");
    place.file("old.json", "old").file("plain", "no folder");
    fs::create_dir(at.join("folder")).expect("a folder");
    for second in ["csv=nowhere/a.csv", "csv=folder", "junit=plain/a.xml"] {
        for order in [format!("--format json=old.json --format {second}"), format!("--format {second} --format json=old.json")] {
            let done = place.heng(&format!("{AUDIT} {order} --format text"));
            done.ends(2).says("E0513");
            assert_eq!((done.out.as_str(), place.read("old.json").as_str()), ("", "old"));
        }
    }
    assert_eq!(names(&at), ["data", "folder", "old.json", "pack", "plain"]);
    place.heng(&format!("{AUDIT} --format json=old.json --format csv=a.csv --format text")).ends(1).prints("AREA");
    assert!(place.read("old.json").starts_with('{') && place.read("a.csv").contains("AREA"));
}

const SUITE: &str = "# A\n\n```heng\ntable school \"s\"\n  key code text\n  column pupils whole number\nrule A \"a\"\n  for each school\n  require pupils >= 10\n```\n\n```as-of\n2026-09-01\n```\n\n```csv school\ncode,pupils\nS1,5\n```\n\n## Found\n\n```expect\n```\n";

#[test]
fn files_that_are_written_anew_keep_links_and_rights() {
    let (place, at) = place("anew");
    let untidy = "rule   A \"a\"\n  for   each school\n  require code is known\n";
    place.file("real/a.heng", &format!("table school \"s\"\n  key code text\n{untidy}")).file("suite/real.txt", SUITE);
    fs::create_dir(at.join("rules")).expect("a folder");
    symlink("../real/a.heng", at.join("rules/a.heng")).expect("a link");
    symlink("real.txt", at.join("suite/a.md")).expect("a link");
    for file in ["real/a.heng", "suite/real.txt"] {
        fs::set_permissions(at.join(file), fs::Permissions::from_mode(0o600)).expect("rights");
    }
    place.heng("fmt rules").ends(0);
    place.heng("fmt rules --check").ends(0);
    // What was filled in is no failure.
    place.heng("test suite --update").ends(0).prints("1 passed, 0 failed");
    place.heng("test suite").ends(0);
    assert!(place.read("suite/real.txt").contains("A S1 not_met 5"), "{}", place.read("suite/real.txt"));
    for (link, file) in [("rules/a.heng", "real/a.heng"), ("suite/a.md", "suite/real.txt")] {
        assert!(fs::symlink_metadata(at.join(link)).expect("there").is_symlink(), "{link}");
        assert_eq!(fs::metadata(at.join(file)).expect("there").mode() & 0o777, 0o600, "{file}");
    }
    // What cannot be filled in is one still.
    place.file("suite/b.md", &SUITE.replace("```expect\n", "```expect\nB S1 met\n"));
    place.heng("test suite/b.md --update").ends(1);
}

#[test]
fn nothing_is_waited_for() {
    let (place, at) = place("waits");
    for folder in ["piped", "rules", "suites", "set", "mixed/school.csv"] {
        fs::create_dir_all(at.join(folder)).expect("a folder");
    }
    place.file("rules/pack.heng", &place.read("pack/pack.heng"));
    for path in ["piped/school.csv", "rules/z.heng", "suites/a.md", "a.json", "set/heng.toml", "one.heng"] {
        pipe(&at.join(path));
    }
    symlink("/dev/zero", at.join("endless.heng")).expect("a link");
    symlink("/dev/zero", at.join("endless.json")).expect("a link");
    fs::create_dir(at.join("zero")).expect("a folder");
    symlink("/dev/zero", at.join("zero/school.csv")).expect("a link");
    let begun = Instant::now();
    for words in [
        "audit pack --data piped --as-of 2026-09-01",
        "audit pack --data zero --as-of 2026-09-01",
        "audit pack --data zero/school.csv --as-of 2026-09-01",
        "audit rules --data data --as-of 2026-09-01",
        "check endless.heng",
        "check one.heng",
        "fmt one.heng",
        "lint rules",
        "test suites",
        "test suites/a.md",
        "verify a.json",
        "verify endless.json",
        "diff a.json a.json",
        "diff endless.heng pack",
    ] {
        place.heng(words).ends(2).says("E0523");
    }
    let done = Command::new(env!("CARGO_BIN_EXE_heng")).current_dir(at.join("set")).args(["check", "../pack", "--lang", "en"]).output().expect("it runs");
    assert!(String::from_utf8_lossy(&done.stderr).contains("`heng.toml` is a pipe"), "{}", String::from_utf8_lossy(&done.stderr));
    // A folder with the name of a table is no table, and none is found.
    place.heng("audit pack --data mixed --as-of 2026-09-01").ends(2);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn a_file_is_measured_before_it_is_read() {
    let (place, at) = place("large");
    fs::create_dir(at.join("huge")).expect("a folder");
    // A hole: it takes no room on the disk.
    for path in ["huge/school.csv", "huge.heng", "huge.json", "huge.md"] {
        fs::File::create(at.join(path)).and_then(|file| file.set_len(5 << 30)).expect("a large file");
    }
    let begun = Instant::now();
    for words in ["audit pack --data huge --as-of 2026-09-01", "check huge.heng", "verify huge.json", "test huge.md"] {
        place.heng(words).ends(2).says("larger than 4 GiB");
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn a_cell_of_any_size_is_cut_where_it_is_shown() {
    let (place, _) = place("wide-cell");
    let cell = "甲".repeat(1 << 20);
    for row in [format!("S9,丁,{cell},100"), format!("S9,{cell},x,100"), format!("{cell},丁,x,100")] {
        place.file("data/school.csv", &format!("{SCHOOLS}{row}\n"));
        for format in ["text", "junit"] {
            let done = place.heng(&format!("{AUDIT} --format {format}"));
            done.ends(1);
            let longest = done.out.lines().chain(done.err.lines()).map(str::len).max().unwrap_or_default();
            assert!(longest < 20_000 && done.out.len() + done.err.len() < 200_000, "{format}: a line of {longest}, {} in all", done.out.len());
        }
    }
}

/// Every leaf of a JSON value, by the pointer that leads there; a list or an object that holds nothing is a leaf.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => fields.iter().for_each(|(name, value)| leaves(value, &format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), found)),
        Value::Array(list) if !list.is_empty() => list.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), found)),
        _ => found.push(path.to_string()),
    }
}

/// Something else of the same kind.
fn other(value: &Value) -> Value {
    match value {
        Value::String(text) => format!("{text}x").into(),
        Value::Bool(truth) => (!truth).into(),
        Value::Number(number) => (number.as_i64().unwrap_or_default() + 1).into(),
        Value::Null => "x".into(),
        Value::Array(_) => serde_json::json!(["x"]),
        Value::Object(_) => serde_json::json!({ "x": "x" }),
    }
}

/// A report that asks another question is a report of its own: judged again it may come out the same, and rightly so.
fn asks_otherwise(pointer: &str) -> bool {
    pointer.starts_with("/options/")
}

#[test]
fn whatever_is_changed_in_a_report_is_noticed() {
    let (place, _) = place("each-leaf");
    place.heng(&format!("{AUDIT} --remedy --format json=a.json")).ends(1);
    place.heng("verify a.json").ends(0);
    let whole: Value = serde_json::from_str(&place.read("a.json")).expect("JSON");
    let mut all = Vec::new();
    leaves(&whole, "", &mut all);
    assert!(all.len() > 300, "{}", all.len());
    let mut missed = Vec::new();
    // What steers the judgement is tried on the command line, all of it; the rest here and there, for it is all compared alike.
    for (at, pointer) in all.iter().enumerate() {
        if asks_otherwise(pointer) || pointer.starts_with("/findings") && at % 9 > 0 {
            continue;
        }
        let mut changed = whole.clone();
        let leaf = changed.pointer_mut(pointer).expect("a leaf");
        *leaf = other(leaf);
        place.file("b.json", &serde_json::to_string_pretty(&changed).expect("JSON"));
        let done = place.heng("verify b.json");
        if !matches!(done.status, 1 | 2) {
            missed.push(format!("{pointer}: {} {}", done.status, done.out));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_leaf_of_the_example_is_compared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = std::env::temp_dir().join(format!("heng-example-{}.json", std::process::id()));
    let done = Command::new(env!("CARGO_BIN_EXE_heng"))
        .current_dir(root)
        .args(["audit", "rules/quality-balance", "--data", "examples/county", "--as-of", "2026-09-01", "--format"])
        .arg(format!("json={}", report.display()))
        .output()
        .expect("it runs");
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    let text = fs::read_to_string(&report).expect("a report");
    let _ = fs::remove_file(&report);
    let mut whole: Value = serde_json::from_str(&text).expect("JSON");
    let findings = whole["findings"].as_array_mut().expect("findings");
    // Findings of every rule and outcome, as many as can be read again for each leaf in a few seconds.
    *findings = findings.iter().step_by(23).cloned().collect();
    let again = heng::diff::record("a.json", &whole.to_string()).expect("a report");
    assert!(heng::diff::verified(&again, &again).is_identical());
    let mut all = Vec::new();
    leaves(&whole, "", &mut all);
    assert!(all.len() > 900, "{}", all.len());
    // All of a kind are compared alike: of each the first and the last are tried.
    let kind = |pointer: &str| pointer.split('/').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join("/");
    let mut ends: BTreeMap<String, [&String; 2]> = BTreeMap::new();
    for pointer in &all {
        ends.entry(kind(pointer)).and_modify(|ends| ends[1] = pointer).or_insert([pointer, pointer]);
    }
    let mut tried = 0;
    for pointer in ends.into_values().flatten() {
        let mut changed = whole.clone();
        let leaf = changed.pointer_mut(pointer).expect("a leaf");
        *leaf = other(leaf);
        // What cannot be read as a report any more is not verified either.
        let Ok(report) = heng::diff::record("a.json", &changed.to_string()) else { continue };
        let found = heng::diff::verified(&report, &again);
        assert!(!found.is_identical(), "{pointer}");
        assert!(found.text(heng::base::Lang::En).lines().count() > 2, "{pointer}");
        tried += 1;
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn what_is_added_left_out_or_moved_is_noticed() {
    let (place, _) = place("verify-forms");
    place.heng(&format!("{AUDIT} --format json=a.json")).ends(1);
    let text = place.read("a.json");
    let whole: Value = serde_json::from_str(&text).expect("JSON");
    let forged = |name: &str, change: &dyn Fn(&mut Value)| {
        let mut changed = whole.clone();
        change(&mut changed);
        place.file("b.json", &changed.to_string());
        let done = place.heng("verify b.json");
        assert!(matches!(done.status, 1 | 2), "{name}: {}", done.out);
    };
    forged("order of findings", &|report| report["findings"].as_array_mut().expect("a list").reverse());
    forged("no rule files", &|report| report["packs"][0]["files"] = serde_json::json!([]));
    forged("a finding twice", &|report| {
        let list = report["findings"].as_array_mut().expect("a list");
        list.push(list[0].clone());
    });
    forged("a field more", &|report| report["findings"][0]["checked_by"] = "the ministry".into());
    forged("a field more above", &|report| report["approved"] = true.into());
    forged("a list that holds nothing for nothing", &|report| report["findings"][0]["grade"] = serde_json::json!([]));
    place.heng("verify b.json --lang zh").ends(1).prints("不同的结论（1 条");
    // The same fields, written otherwise, are the same report.
    place.file("b.json", &whole.to_string());
    place.heng("verify b.json").ends(0);
    // Of a field that stands twice one reader takes the first, another the last.
    place.file("b.json", &text.replacen("\"outcome\": ", "\"outcome\": \"met\",\n  \"outcome\": ", 1));
    place.heng("verify b.json").ends(2).says("`outcome` stands twice");
    place.file("b.json", &text.replacen("\"rows\": 3", "\"rows\": 99999", 1));
    place.heng("verify b.json").ends(1).prints("field `inputs[0].rows` 99999 → 3");
    place.file("b.json", &text.replacen(&format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"version\": \"9.9.9\"", 1));
    place.heng("verify b.json").ends(1).prints("9.9.9");
}

/// Every sign that a terminal obeys or that turns or hides others, but line ends and tabs.
fn obeyed() -> Vec<char> {
    ('\u{1}'..='\u{ffff}').filter(|sign| heng::base::is_hidden(*sign) && !matches!(sign, '\n' | '\t' | '\r')).collect()
}

#[track_caller]
fn shows_all(done: &place::Done, what: &str) {
    let raw: Vec<char> = done.out.chars().chain(done.err.chars()).filter(|sign| heng::base::is_hidden(*sign) && !matches!(sign, '\n' | '\t')).collect();
    assert!(raw.is_empty(), "{what}: {raw:?} in\n{}{}", done.out, done.err);
}

/// `heng` with words that may hold anything but a NUL.
fn heng_with(at: &Path, words: &[&str]) -> place::Done {
    let done = Command::new(env!("CARGO_BIN_EXE_heng")).current_dir(at).args(words).env("LANG", "en_GB.UTF-8").stdin(Stdio::null()).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    place::Done { status: done.status.code().unwrap_or(-1), out: text(&done.stdout), err: text(&done.stderr) }
}

#[test]
fn no_sign_that_a_terminal_obeys_reaches_it() {
    let (place, at) = place("obeyed");
    let all: String = obeyed().into_iter().collect();
    let sequences = format!("\u{1b}[31mred\u{1b}]0;title\u{7}\u{9b}2J\u{202e}{all}");
    for signs in [&sequences, "\u{1b}[2J", "\u{9b}31m", "\u{202e}\u{2066}", "\u{85}\u{8}\u{7}"] {
        // Cells, also as keys, in messages and reports.
        place.file("data/school.csv", &format!("学校代码,校名,学生数,面积\nS1{signs},甲{signs},9{signs},60{signs}\nS2,乙{signs},95,540\n"));
        for format in ["text", "junit"] {
            shows_all(&place.heng(&format!("{AUDIT} --remedy --format {format}")), "cells");
        }
        shows_all(&place.heng("remedy --pack pack --data data --as-of 2026-09-01"), "remedies");
        shows_all(&place.heng("explain AREA --unit S2 --pack pack --data data --as-of 2026-09-01"), "an explanation");
        shows_all(&place.heng("check pack --data data --as-of 2026-09-01"), "figures");
        place.heng(&format!("{AUDIT} --format json=a.json"));
        place.file("data/school.csv", SCHOOLS);
        shows_all(&place.heng("verify a.json"), "verify");
        place.heng(&format!("{AUDIT} --format json=b.json"));
        shows_all(&place.heng("diff a.json b.json"), "diff");
        // Titles, sources and texts of rules.
        place.file("odd/pack.heng", &PACK.replace("生均面积", &format!("生{signs}均")).replace("  require every of", &format!("  message \"{signs}\"\n  require every of")));
        for words in ["check odd", "lint odd", "fmt odd --check", "explain AREA --pack odd", "audit odd --data data --as-of 2026-09-01"] {
            shows_all(&place.heng(words), words);
        }
        // Names of cases, settings, files, arguments.
        place.file("suites/a.md", &SUITE.replace("## Found", &format!("## Found {signs}")).replace("```expect\n", &format!("```expect\nA S1{signs} met\n{signs}\n")));
        shows_all(&place.heng("test suites"), "a case");
        place.file("set/heng.toml", &format!("packs = [\"../pack\"]\n\"key{}\" = 1\ndata = [\"no{}where\"]\nlnag = \"\u{202e}\u{85}\"\n", "\\u001b\u{9d}", "\\u001b[31m"));
        shows_all(&heng_with(&at.join("set"), &["audit", "--as-of", "2026-09-01"]), "settings");
        let short: String = signs.chars().filter(|sign| *sign != '/').take(40).collect();
        let name = format!("school{short}.csv");
        fs::create_dir_all(at.join("files")).expect("a folder");
        fs::write(at.join("files").join(&name), "a").expect("a file");
        shows_all(&place.heng("audit pack --data files --as-of 2026-09-01"), "a file's name");
        for words in [&["explain", &short, "--pack", "pack"][..], &[&short], &["audit", "pack", "--data", &name, "--as-of", "2026-09-01"], &["check", &short], &["--lang", &short], &["audit", "pack", &format!("--{short}")], &["audit", "pack", "--data", "data", "--as-of", &short], &["verify", &short]] {
            shows_all(&heng_with(&at, words), &format!("{words:?}"));
        }
        fs::remove_dir_all(at.join("files")).expect("removed");
    }
}

#[test]
fn one_page_alone_writes_to_the_terminal() {
    let mut waiting = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else if fs::read_to_string(&entry).is_ok_and(|text| ["stdout().lock", "stderr().lock", "io::stdout()\n", "println!", "print!(", "dbg!("].iter().any(|word| text.contains(word))) {
                found.push(entry.file_name().expect("a name").to_string_lossy().into_owned());
            }
        }
    }
    assert_eq!(found, ["output.rs"]);
}
