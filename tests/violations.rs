//! `heng audit --violations`: every row that breaches, in a file of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

const PACK: &str = "\
pack rows 1.0

table county
  key code text

table school
  key code text
  in county by county

table class
  key code text
  in school by school
  column size whole number in pupil

table person
  key id text, personal
  in school by school
  column score whole number, personal

rule EVERY
  for each school
  require every class has size <= 45

rule FEW
  for each school
  require at most 2 of class have size > 40
  require at least 1 of class have size > 10

rule OWN
  for each class
  require size >= 30

rule CHECKED
  for each school
  require at least 90% of person have score >= 60
";

/// A folder of its own for each test, gone at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("heng-violations-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("data")).expect("a folder");
        let place = Place(path);
        place.file("pack.heng", PACK).file("data/county.csv", "code\nC\n").file("data/school.csv", "code,county\nS,C\n");
        let classes: String = (0..30).map(|class| format!("{class},S,{}\n", if class < 25 { (46 + class).to_string() } else if class < 29 { "40".into() } else { String::new() })).collect();
        place.file("data/class.csv", &format!("code,school,size\n{classes}"));
        let people: String = (0..6).map(|person| format!("210{person}19990101,S,{}\n", if person < 2 { 59 } else { 80 })).collect();
        place.file("data/person.csv", &format!("id,school,score\n{people}"));
        place
    }

    fn file(&self, path: &str, text: &str) -> &Place {
        fs::write(self.0.join(path), text).expect("a file");
        self
    }

    /// What the command prints, and the file that it wrote.
    fn audit(&self, more: &[&str]) -> (i32, String, Option<String>) {
        let to = self.0.join("rows.csv");
        let _ = fs::remove_file(&to);
        let run = Command::new(env!("CARGO_BIN_EXE_heng")).current_dir(&self.0).args(["audit", "pack.heng", "--data", "data", "--as-of", "2026-09-01", "--violations", "rows.csv"]).args(more).output().expect("the command");
        let printed = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
        (run.status.code().unwrap_or(-1), printed, fs::read_to_string(&to).ok())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The lines of a rule, each cut into its cells.
fn lines<'t>(text: &'t str, rule: &str) -> Vec<Vec<&'t str>> {
    text.lines().map(|line| line.split(',').collect::<Vec<_>>()).filter(|cells| cells[0] == rule).collect()
}

#[test]
fn every_row_that_breaches_is_written_where_the_report_lists_the_worst() {
    let place = Place::new("all");
    let (status, printed, text) = place.audit(&["--lang", "en", "--rule", "EVERY"]);
    let text = text.expect("the file");
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("and 5 more"), "{printed}");
    assert!(text.starts_with("\u{feff}rule,unit,requirement,table,key,place,outcome,value,limit,cells\r\n"), "{text}");
    let rows = lines(&text, "rows/EVERY");
    assert_eq!(rows.len(), 25, "{text}");
    // The worst first.
    assert_eq!(rows[0], ["rows/EVERY", "S", "", "class", "24", "data/class.csv row 26", "not_met", "70 pupils", "≤ 45 pupils", "data/class.csv row 26: size 70"]);
    assert!((0..25).all(|class| rows.iter().any(|row| row[4] == class.to_string())), "{text}");
}

#[test]
fn of_too_many_those_that_are_counted_and_of_what_is_met_nothing() {
    let place = Place::new("few");
    let text = place.audit(&["--lang", "en", "--rule", "FEW", "OWN"]).2.expect("the file");
    let rows = lines(&text, "rows/FEW");
    assert_eq!(rows.len(), 25, "{text}");
    // The second requirement is met; of the first there is no limit by which a row alone would be too much.
    assert!(rows.iter().all(|row| row[2] == "1" && row[8].is_empty() && row[7] != "40 pupils"), "{text}");
    // A unit that is judged by its own figures is a row itself, and so is one that is open.
    let own = lines(&text, "rows/OWN");
    assert_eq!(own.iter().map(|row| (row[1], row[6])).collect::<Vec<_>>(), [("29", "undecided")], "{text}");
}

#[test]
fn what_is_personal_is_masked() {
    let place = Place::new("masked");
    let text = place.audit(&["--rule", "CHECKED"]).2.expect("the file");
    assert_eq!(lines(&text, "rows/CHECKED").len(), 2, "{text}");
    assert!(!text.contains("19990101") && !text.contains(" 59"), "{text}");
    let clear = place.audit(&["--rule", "CHECKED", "--show-personal"]).2.expect("the file");
    assert!(clear.contains("210019990101") && clear.contains(" 59"), "{clear}");
}

#[test]
fn it_is_written_over_nothing_that_was_read_and_beside_no_other_result() {
    let place = Place::new("over");
    let run = |path: &str, more: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_heng")).current_dir(&place.0).args(["audit", "pack.heng", "--data", "data", "--as-of", "2026-09-01", "--violations", path]).args(more).output().expect("the command");
        run.status.code()
    };
    assert_eq!(run("data/class.csv", &[]), Some(2));
    assert_eq!(run("same.csv", &["--format", "csv=same.csv"]), Some(2));
    assert!(fs::read_to_string(place.0.join("data/class.csv")).expect("the data").starts_with("code,school,size\n"));
}
