//! Ten times the data take about ten times as long, not a hundred times.
//!
//! Times are compared with one another, never with a clock of some machine, and with ample room: what grows with the square
//! of its input takes a hundred times as long and is noticed all the same.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const AT_MOST: u32 = 33;
/// Below this a run is mostly the start of the program.
const ROOM: Duration = Duration::from_millis(500);

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("heng-growth-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder of its own");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file in it");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn took(folder: &Path, args: &[&str]) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    let status = command.args(args).args(["--data", ".", "--as-of", "2026-09-01"]).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let code = status.expect("the program starts").code();
    assert!(matches!(code, Some(0 | 1 | 3)), "{args:?}: {code:?}");
    start.elapsed()
}

/// The same of n rows and of ten times as many.
fn grows(name: &str, rules: &str, n: usize, args: &[&str], rows: impl Fn(usize) -> String) {
    let folder = Folder::new(name);
    folder.write("rules.heng", rules);
    folder.write("county.csv", "code\nC1\n");
    let mut times = Vec::new();
    for count in [n, 10 * n] {
        let mut text = rows(0);
        for row in 1..=count {
            text += &rows(row);
        }
        folder.write("school.csv", &text);
        times.push(took(&folder.0, args));
    }
    assert!(times[1] <= times[0] * AT_MOST + ROOM, "{name}: {n} rows take {:?}, {} take {:?}", times[0], 10 * n, times[1]);
}

const TABLES: &str = "pack growth 1.0 \"Growth\"\ntable county \"counties\"\n  key code text\ntable school \"schools\"\n  key code text\n  in county by county\n  column size whole number in pupil\n  column land number in m2\n";

#[test]
fn undecided_rows_that_are_counted() {
    let rules = format!("{TABLES}rule SIZE\n  for each school\n  require size <= 46\nrule ALL\n  for each county\n  require all of SIZE met\n");
    grows("undecided", &rules, 3000, &["audit", "rules.heng"], |row| if row == 0 { "code,county,size,land\n".into() } else { format!("S{row},C1,,1\n") });
}

#[test]
fn a_variation_without_each_school() {
    let rules = format!("{TABLES}rule CV\n  for each county\n  require variation(land / size across school, weighted by size) <= 0.1\n");
    grows("variation", &rules, 60, &["explain", "CV", "--unit", "C1", "--pack", "rules.heng"], |row| {
        let mut text = String::new();
        let _ = if row == 0 { writeln!(text, "code,county,size,land") } else { writeln!(text, "S{row},C1,{},{}", 50 + row * 7 % 13, 1000 + row * row % 971) };
        text
    });
}
