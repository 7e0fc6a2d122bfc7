//! The rows of findings as programs read them: `heng audit --violations`, every row that breaches in a file of its own, and
//! what the JSON report says of rows, of a limit that is a variation, and of rules that are named by `met`.

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
    // Those that breach and, after them, the one that is open.
    assert_eq!(rows.len(), 26, "{text}");
    assert_eq!(rows[25][4..9], ["29", "data/class.csv row 31", "undecided", "unknown", "≤ 45 pupils"], "{text}");
    // The worst first.
    assert_eq!(rows[0], ["rows/EVERY", "S", "", "class", "24", "data/class.csv row 26", "not_met", "70 pupils", "≤ 45 pupils", "data/class.csv row 26: size 70"]);
    assert!((0..25).all(|class| rows.iter().any(|row| row[4] == class.to_string())), "{text}");
}

#[test]
fn of_too_many_those_that_are_counted_and_of_what_is_met_nothing() {
    let place = Place::new("few");
    let text = place.audit(&["--lang", "en", "--rule", "FEW", "OWN"]).2.expect("the file");
    let rows = lines(&text, "rows/FEW");
    assert_eq!(rows.iter().filter(|row| row[6] == "not_met").count(), 25, "{text}");
    assert_eq!(rows.len(), 26, "{text}");
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

const NAMED: &str = "\
pack named 1.0

table county
  key code text

table school
  key code text
  in county by county
  column doctors whole number

table funds
  key code text
  period year year
  in school by code
  column spent number in yuan

rule NARROWER
  for each county, in year 2025
  require variation(spent across funds, equal weights) < variation(spent across funds, equal weights) in the year before

rule DOCTOR
  for each school
  require doctors >= 1

rule STAFFED
  for each county
  require DOCTOR met

rule MOST
  for each county
  require at most 1 of school have doctors >= 1
";

#[test]
fn the_json_has_the_members_of_both_variations_and_the_units_that_a_named_rule_fails() {
    let place = Place::new("json");
    place.file("named.heng", NAMED).file("data/school.csv", "code,county,doctors\nS1,C,2\nS2,C,0\nS3,C,1\n");
    place.file("data/funds.csv", "code,year,spent\nS1,2024,1000\nS2,2024,1200\nS1,2025,1000\nS2,2025,3000\n");
    let data: Vec<String> = ["county", "school", "funds"].iter().map(|table| format!("data/{table}.csv")).collect();
    let run = Command::new(env!("CARGO_BIN_EXE_heng")).current_dir(&place.0).args(["audit", "named.heng", "--data"]).args(data).args(["--as-of", "2026-03-01", "--format", "json"]).output().expect("the command");
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|why| panic!("{why}: {}", String::from_utf8_lossy(&run.stderr)));
    let finding = |rule: &str| report["findings"].as_array().expect("findings").iter().find(|finding| finding["rule"] == format!("named/{rule}")).cloned().expect("a finding");

    let narrower = finding("NARROWER");
    assert_eq!((&narrower["limit"]["square"], &narrower["limit"]["op"], &narrower["limit"]["shown"]), (&"1/121".into(), &"<".into(), &"0.09".into()));
    let members = |of: serde_json::Value| narrower["parts"].as_array().expect("parts").iter().filter(|part| part["of"] == of).map(|part| part["unit"]["key"].as_str().unwrap_or_default().to_string()).collect::<Vec<_>>();
    assert_eq!((members(serde_json::Value::Null), members("limit".into())), (vec!["S1-2025".into(), "S2-2025".into()], vec!["S1-2024".into(), "S2-2024".into()]));

    let staffed = finding("STAFFED");
    assert_eq!(staffed["parts"][0]["rule"], "named/DOCTOR");
    assert_eq!((&staffed["parts"][0]["unit"], &staffed["parts"][0]["outcome"]), (&"S2".into(), &"not_met".into()));
    assert_eq!((&staffed["parts"][1]["counts"]["asked"], &staffed["parts"][1]["counts"]["not_met"]), (&3.into(), &1.into()));

    let most = finding("MOST");
    let rows: Vec<_> = most["parts"].as_array().expect("parts").iter().filter_map(|part| part["unit"]["key"].as_str()).collect();
    // The one that is the most above what none but one may be comes first.
    assert_eq!(rows, ["S1", "S3"]);
}

const KINDS: &str = r#"pack kinds 1.0

codes kind "类别"
  town  "城镇"
  rural "农村"

table county
  key code text

table school
  key     code text
  in      county by county
  column  gate yes/no
  column  wall yes/no
  column  pupils whole number in pupil
  column  kind one of kind

table class
  key code text
  in school by school
  column size whole number in pupil
  column extra yes/no

rule GATED
  for each school
  require gate and wall

rule EITHER
  for each school
  require gate or kind = rural

rule UNEVEN
  for each county
  require variation(pupils across school, equal weights) <= 0.01

rule MOSTLY
  for each county
  require at least 90% of GATED met

rule SELDOM
  for each county
  require at most 10% of GATED met

rule ALL_GATED
  for each county
  require GATED met

rule TOWN
  for each school where kind = town
  require pupils >= 1000

rule WHEN
  for each school
  when kind = town
  require pupils >= 1000

rule SIZES
  for each school
  require every class has size <= 45

rule WHOM
  for each county
  require at least 10% of class have size <= 45, of whom at least 90% are extra

rule TWO
  for each county
  require at least 1 of UNEVEN, ALL_GATED met

rule GRADES
  for each school
  grade qualified when pupils >= 1000 pupil
  grade basic when pupils >= 500 pupil

rule WHOLE
  require mean(pupils across school) >= 5000 pupil
"#;

/// Every finding that is not met or open stands in the file, whatever its form; and of its rows those that breach and those
/// that are open.
#[test]
fn whatever_is_not_met_or_open_has_a_row() {
    let place = Place::new("kinds");
    place.file("kinds.heng", KINDS).file("data/school.csv", "code,county,gate,wall,pupils,kind\nS1,C,1,0,100,town\nS2,C,1,1,300,rural\nS3,C,,1,200,\nS4,D,1,1,,town\n").file("data/county.csv", "code\nC\nD\n");
    place.file("data/class.csv", "code,school,size,extra\nK1,S1,46,1\nK2,S1,,1\nK3,S2,40,\nK4,S3,30,1\nK5,S4,30,\n");
    let data = ["county", "school", "class"].map(|table| format!("data/{table}.csv"));
    let run = Command::new(env!("CARGO_BIN_EXE_heng")).current_dir(&place.0).args(["audit", "kinds.heng", "--data"]).args(data).args(["--as-of", "2026-03-01", "--lang", "en", "--format", "json", "--violations", "rows.csv"]).output().expect("the command");
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|why| panic!("{why}: {}", String::from_utf8_lossy(&run.stderr)));
    let text = fs::read_to_string(place.0.join("rows.csv")).expect("the file");
    assert!(text.starts_with("\u{feff}rule,unit,requirement,table,key,place,outcome,value,limit,cells\r\n"), "{text}");
    let mut broken = std::collections::BTreeSet::new();
    for finding in report["findings"].as_array().expect("findings") {
        let (rule, unit) = (finding["rule"].as_str().unwrap_or_default(), finding["unit"]["key"].as_str().unwrap_or_default());
        let is_broken = ["not_met", "undecided"].iter().any(|outcome| finding["outcome"] == *outcome);
        assert_eq!(lines(&text, rule).iter().any(|row| row[1] == unit), is_broken, "{rule} {unit} is {}\n{text}", finding["outcome"]);
        broken.extend(is_broken.then(|| rule.to_string()));
    }
    assert_eq!(broken.len(), 13, "a rule of each kind is broken: {broken:?}");
    let cut = |rule: &str, unit: &str| lines(&text, &format!("kinds/{rule}")).into_iter().filter(|row| row[1] == unit).map(|row| (row[2], row[3], row[4], row[6], row[7], row[8])).collect::<Vec<_>>();
    assert_eq!(cut("GATED", "S1"), [("2", "school", "S1", "not_met", "no", "'= yes")], "{text}");
    assert_eq!(cut("UNEVEN", "C"), [("", "county", "C", "not_met", "0.41", "≤ 0.01")], "{text}");
    assert_eq!(cut("MOSTLY", "C").iter().map(|row| (row.2, row.3)).collect::<Vec<_>>(), [("S1", "not_met"), ("S3", "undecided")], "{text}");
    // Of too many those that are met, and none whose limit reads the wrong way round.
    assert_eq!(cut("SELDOM", "C").iter().map(|row| (row.2, row.3, row.5)).collect::<Vec<_>>(), [("S2", "not_met", ""), ("S3", "undecided", "")], "{text}");
    assert_eq!(cut("ALL_GATED", "C").iter().map(|row| (row.2, row.3)).collect::<Vec<_>>(), [("S1", "not_met"), ("S3", "undecided")], "{text}");
    assert_eq!(cut("TOWN", "S3"), [("", "school", "S3", "undecided", "", "")], "{text}");
    assert_eq!(cut("WHEN", "S3"), [("", "school", "S3", "undecided", "", "")], "{text}");
    assert_eq!(cut("SIZES", "S1").iter().map(|row| (row.2, row.3)).collect::<Vec<_>>(), [("K1", "not_met"), ("K2", "undecided")], "{text}");
    assert_eq!(cut("WHOM", "C").iter().map(|row| (row.0, row.2, row.3)).collect::<Vec<_>>(), [("2", "K2", "undecided"), ("2", "K3", "undecided")], "{text}");
    assert_eq!(cut("TWO", "C"), [("", "county", "C", "not_met", "0", "≥ 1")], "{text}");
    assert_eq!(cut("GRADES", "S1").iter().map(|row| (row.0, row.3)).collect::<Vec<_>>(), [("1", "not_met"), ("2", "not_met")], "{text}");
    assert_eq!(cut("WHOLE", "all").iter().map(|row| (row.1, row.3)).collect::<Vec<_>>(), [("", "undecided")], "{text}");
}
