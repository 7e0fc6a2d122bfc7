//! How long the command and its parts take, and how much memory: `cargo bench` prints one line a figure, with the bound
//! that it should stay under. Nothing fails here: a figure depends on the machine, so people judge it, not a check.

#![expect(clippy::print_stdout, reason = "printing figures is all that this is for")]

mod pack;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use heng::base::{Date, SourceId, Sources};
use heng::check::check;
use heng::judge::{Ask, judge};
use heng::load::{File, Settings, load};
use heng::model::ast::RuleKind;
use heng::model::plan::Plan;
use heng::parse::parse;
use heng::reduce::reduce;
use heng::suite::packs;

/// How often a figure is taken.
const TIMES: usize = 9;
const PACK: &str = "rules/quality-balance";
const AUDIT: &[&str] = &["audit", PACK, "--data", "examples/county", "--as-of", "2026-09-01"];
const ROWS: usize = 100_000;

fn main() {
    println!("{:<58} {:>12} {:>12} {:>10}", "", "least", "middle", "bound");
    whole_process("audit of the example county, text", AUDIT, "30 ms");
    whole_process("audit of the example county, JSON", &[AUDIT, &["--format", "json"]].concat(), "");
    whole_process("check of rules/quality-balance", &["check", PACK], "20 ms");
    peak("audit of the example county, peak memory", AUDIT, "40 MB");
    parsing();
    checking();
    formatting();
    rows();
}

fn whole_process(what: &str, words: &[&str], bound: &str) {
    let mut run = heng(words);
    show(what, taken(|| assert!(run.status().is_ok())), bound);
}

/// The largest resident size, as `/usr/bin/time` measures it; left out where there is none.
fn peak(what: &str, words: &[&str], bound: &str) {
    let whole = heng(words);
    let measured = Command::new("/usr/bin/time").args(["-f", "%M"]).arg(whole.get_program()).args(words).current_dir(root()).stdout(Stdio::null()).output();
    let kilobytes = measured.ok().and_then(|output| String::from_utf8_lossy(&output.stderr).lines().next_back()?.trim().parse::<u64>().ok());
    match kilobytes {
        Some(kilobytes) => println!("{what:<58} {:>12} {:>9}.{} MB {bound:>10}", "", kilobytes / 1000, kilobytes % 1000 / 100),
        None => println!("{what:<58} {:>12} {:>12} {bound:>10}", "", "no figure"),
    }
}

fn parsing() {
    let nested = format!("rule A\n  require {}a{} > 1\n", "(".repeat(200), ")".repeat(200));
    show("parsing 200 brackets in one another", taken(|| drop(black_box(read(&nested)))), "50 ms");
    let text = pack::lines(5000);
    show(&format!("parsing a pack of {} lines, {} kB", text.lines().count(), text.len() / 1000), taken(|| drop(black_box(read(&text)))), "");
}

fn checking() {
    let text = pack::lines(5000);
    let file = read(&text);
    show("checking it", taken(|| drop(black_box(check(std::slice::from_ref(&file))))), "");
    show("both", taken(|| drop(black_box(check(&[read(&text)])))), "200 ms");
    let folder = root().join(PACK);
    show("rules/quality-balance, parsing and checking", taken(|| drop(black_box(plan(&folder)))), "");
}

/// A file of 1 MB, once as people might have typed it and once as it is to be written.
fn formatting() {
    let typed = pack::lines(24_200);
    let tidy = heng::format::format(&typed, &read(&typed), &heng::format::Style { keep_units: true, ..heng::format::Style::default() });
    for (what, text, bound) in [("in order", tidy, "300 ms"), ("to be formatted", typed, "")] {
        let path = std::env::temp_dir().join(format!("heng-figures-{}.heng", std::process::id()));
        if std::fs::write(&path, &text).is_err() {
            continue;
        }
        whole_process(&format!("fmt --check of {} kB, {what}", text.len() / 1000), &["fmt", "--check", &path.display().to_string()], bound);
        let _ = std::fs::remove_file(&path);
    }
}

fn rows() {
    let plan = plan(&root().join(PACK));
    let files = || vec![file("school.csv", pack::schools(ROWS / 50)), file("class.csv", pack::classes(ROWS))];
    show(&format!("loading {ROWS} classes"), taken(|| drop(black_box(load(&plan, files(), &Settings::default())))), "");
    let (tables, _) = load(&plan, files(), &Settings::default());
    let Some(as_of) = Date::new(2026, 9, 1) else { return };
    let ask = Ask { as_of, counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
    show("reducing them", taken(|| drop(black_box(reduce(&plan, &tables, as_of)))), "");
    let reduced = reduce(&plan, &tables, as_of);
    show("judging them", taken(|| drop(black_box(judge(&plan, &tables, &reduced, &ask)))), "");
}

fn read(text: &str) -> heng::model::ast::File {
    let (file, said) = parse(SourceId::default(), text);
    assert!(said.is_empty(), "{said:#?}");
    file
}

fn plan(folder: &Path) -> Plan {
    let files = packs::read(folder, PACK).unwrap_or_default();
    let mut sources = Sources::default();
    let files: Vec<_> = files.iter().map(|file| parse(sources.add(&file.path, &file.text), &file.text).0).collect();
    check(&files).0
}

fn file(path: &str, text: String) -> File {
    File { path: path.into(), bytes: text.into_bytes(), ..File::default() }
}

fn heng(words: &[&str]) -> Command {
    let mut run = Command::new(env!("CARGO_BIN_EXE_heng"));
    run.args(words).current_dir(root()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    run
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The least and the middle of some runs, after one that warms up: where much differs, the machine had other work.
fn taken(mut work: impl FnMut()) -> [Duration; 2] {
    work();
    let mut taken: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    taken.sort();
    [taken[0], taken[TIMES / 2]]
}

fn show(what: &str, taken: [Duration; 2], bound: &str) {
    let [least, middle] = taken.map(|taken| format!("{}.{} ms", taken.as_micros() / 1000, taken.as_micros() % 1000 / 100));
    println!("{what:<58} {least:>12} {middle:>12} {bound:>10}");
}
