//! Ten times the data take at most eleven times as long, and not a hundred times.
//!
//! Times are compared with one another, never with a clock of some machine: the processor's time where the system tells it,
//! of several runs the best, one run at a time, so that other work on the machine does not count; with a little room beside.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const AT_MOST: u32 = 11;
/// Below this a run is mostly the start of the program.
const ROOM: Duration = Duration::from_millis(250);
/// So often it is tried, until it is right once.
const TIMES: usize = 5;
/// Held while programs run: two at a time would slow each other down, and their times be mixed up.
static ALONE: Mutex<()> = Mutex::new(());

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("heng-growth-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder of its own");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What all programs that were waited for have taken of the processor; `None` where the system does not tell.
fn spent() -> Option<Duration> {
    /// Linux counts these in hundredths of a second, whatever the machine.
    const HUNDREDTH: Duration = Duration::from_millis(10);
    let told = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name in brackets the 14th and 15th: of the children, in their own code and in the system's.
    let of_children = told.rsplit_once(')')?.1.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<u32>().ok());
    of_children.sum::<Option<u32>>().map(|ticks| HUNDREDTH * ticks)
}

fn took(folder: &Path, args: &[&str]) -> Duration {
    let (start, before) = (Instant::now(), spent());
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    let status = command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let code = status.expect("the program starts").code();
    assert!(matches!(code, Some(0 | 1 | 3)), "{args:?}: {code:?}");
    spent().zip(before).map_or_else(|| start.elapsed(), |(now, before)| now.saturating_sub(before))
}

/// Files by their names.
type Files = Vec<(&'static str, String)>;

/// The same of n and of ten times as many, for each way to ask.
fn grows(name: &str, n: usize, ways: &[&[&str]], files: impl Fn(usize) -> Files) {
    let folders = [n, 10 * n].map(|count| {
        let folder = Folder::new(&format!("{name}-{count}"));
        for (path, text) in files(count) {
            std::fs::write(folder.0.join(path), text).expect("a file in it");
        }
        folder
    });
    for args in ways {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut best = [Duration::MAX; 2];
        for _ in 0..TIMES {
            for (best, folder) in best.iter_mut().zip(&folders) {
                *best = (*best).min(took(&folder.0, args));
            }
            if is_even(best) {
                break;
            }
        }
        let [few, many] = best;
        assert!(is_even(best), "{name}, {args:?}: {n} take {few:?}, {} take {many:?}", 10 * n);
    }
}

fn is_even([few, many]: [Duration; 2]) -> bool {
    many <= few * AT_MOST + ROOM
}

const TABLES: &str = "pack growth 1.0 \"Growth\"\ntable county \"counties\"\n  key code text\ntable school \"schools\"\n  key code text\n  in county by county\n  column size whole number in pupil\n  column land number in m2\n";
const DATA: [&str; 4] = ["--data", ".", "--as-of", "2026-09-01"];
const AUDIT: [&str; 6] = ["audit", "rules.heng", "--data", ".", "--as-of", "2026-09-01"];
const AUDIT_JSON: [&str; 8] = ["audit", "rules.heng", "--data", ".", "--as-of", "2026-09-01", "--format", "json"];
const REMEDY: [&str; 7] = ["remedy", "--pack", "rules.heng", "--data", ".", "--as-of", "2026-09-01"];

/// Rules on schools of one county, each school a line.
fn schools(rules: &str, count: usize, school: impl Fn(usize) -> String) -> Files {
    let mut text = "code,county,size,land\n".to_string();
    for at in 1..=count {
        let _ = writeln!(text, "S{at},C1,{}", school(at));
    }
    vec![("rules.heng", format!("{TABLES}{rules}")), ("county.csv", "code\nC1\n".into()), ("school.csv", text)]
}

fn uneven(at: usize) -> String {
    format!("{},{}", 50 + at * 7 % 13, 1000 + at * at % 971)
}

#[test]
fn undecided_rows_that_are_counted() {
    let rules = "rule SIZE\n  for each school\n  require size <= 46\nrule ALL\n  for each county\n  require all of SIZE met\n";
    grows("undecided", 3000, &[&AUDIT, &AUDIT_JSON, &REMEDY], |count| schools(rules, count, |_| ",1".into()));
}

#[test]
fn a_variation_without_each_school() {
    let rules = "rule CV\n  for each county\n  require variation(land / size across school, weighted by size) <= 0.1\n";
    let explain = [&["explain", "CV", "--unit", "C1", "--pack", "rules.heng"], &DATA[..]].concat();
    grows("variation", 100, &[&explain], |count| schools(rules, count, uneven));
}

#[test]
fn indices_of_inequality() {
    let rules = "rule GINI\n  for each county\n  require gini(land / size across school, weighted by size) <= 0.1\nrule LOW\n  for each county\n  require mcloone(land across school) >= 0.999\nrule MIDDLE\n  for each county\n  require interquartile ratio(land across school, weighted by size) <= 1.2\n";
    grows("indices", 3000, &[&AUDIT], |count| schools(rules, count, uneven));
}

#[test]
fn rules_of_a_pack() {
    let rules = |count: usize| {
        let rule = |at: usize| format!("rule R{at} \"rule {at}\"\n  for each school\n  require size <= {at}\n");
        (1..=count).map(rule).collect::<String>()
    };
    let files = |count: usize| schools(&rules(count), 2, |at| format!("{},1", at * 100));
    grows("rules", 800, &[&["check", "rules.heng"], &AUDIT, &AUDIT_JSON, &[&AUDIT[..], &["--format", "junit"]].concat()], files);
}

#[test]
fn rules_that_are_counted() {
    let rules = |count: usize| {
        let mut text = String::new();
        let mut ids = Vec::new();
        for at in 1..=count {
            let _ = write!(text, "rule R{at}\n  for each school\n  require size <= {at}\n");
            ids.push(format!("R{at}"));
        }
        format!("{text}rule WHOLE\n  for each school\n  require at least 50% of {} met\n", ids.join(", "))
    };
    grows("counted", 500, &[&AUDIT], |count| schools(&rules(count), 2, |at| if at == 1 { ",1".into() } else { "3,1".into() }));
}

#[test]
fn counties_that_ask_about_their_schools() {
    let rules = "rule SIZE\n  for each school\n  require size <= 46\nrule ALL\n  for each county\n  require all of SIZE met\nrule EACH\n  for each county\n  require every school has size >= 22\n";
    let files = |count: usize| {
        let counties = (0..count).map(|at| format!("C{at}\n")).collect::<String>();
        let schools = (0..10 * count).map(|at| format!("S{at},C{},{},1\n", at / 10, 20 + at % 40)).collect::<String>();
        vec![("rules.heng", format!("{TABLES}{rules}")), ("county.csv", format!("code\n{counties}")), ("school.csv", format!("code,county,size,land\n{schools}"))]
    };
    grows("counties", 150, &[&AUDIT, &REMEDY], files);
}

#[test]
fn remedies_of_each_school() {
    let rules = "rule SIZE\n  for each school\n  require size >= 60\nrule SHARE\n  for each county\n  require count(school where size >= 59) / count(school) >= 95%\n";
    grows("remedies", 1500, &[&REMEDY], |count| schools(rules, count, uneven));
}

#[test]
fn remedies_of_what_stands_beneath() {
    let rules = "table class \"classes\"\n  key id text\n  in school by school\n  column pupils whole number in pupil\nrule ROOM\n  for each school\n  require land >= 5 m2/pupil * sum(pupils across class)\nrule CLASSES\n  for each school\n  require every class has pupils <= 45\n";
    let files = |count: usize| {
        let mut files = schools(rules, count, uneven);
        let classes = (0..20 * count).map(|at| format!("K{at},S{},{}\n", 1 + at % count, 30 + at % 20)).collect::<String>();
        files.push(("class.csv", format!("id,school,pupils\n{classes}")));
        files
    };
    grows("beneath", 40, &[&REMEDY], files);
}

#[test]
fn expectations_of_a_suite() {
    let suite = |count: usize, outcome: &str| {
        let mut text = format!("# Growth\n\n```heng rules.heng\n{TABLES}rule SIZE\n  for each school\n  require size <= 46\n```\n\n```as-of\n2026-09-01\n```\n\n```csv county\ncode\nC1\n```\n\n```csv school\ncode,county,size,land\n");
        (1..=count).for_each(|at| text += &format!("S{at},C1,{},1\n", at % 40));
        text += "```\n\n### A case\n\n```expect\n";
        (1..=count).for_each(|at| text += &format!("SIZE S{at} {outcome}\n"));
        text + "```\n"
    };
    let files = |count: usize| vec![("right.md", suite(count, "met")), ("wrong.md", suite(count, "not_asked"))];
    grows("expectations", 2000, &[&["test", "right.md"], &["test", "wrong.md"]], files);
}
