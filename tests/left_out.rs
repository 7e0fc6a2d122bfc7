//! What a report says of rows that are no records, and of what was said about reading a file, as processes.

use serde_json::{Value, json};

#[path = "common/place.rs"]
mod place;

use place::{Done, Place};

const PACK: &str = "\
pack stay 1.0 \"巩固\" / \"Retention\"

table school \"学校\"
  key code \"学校代码\" text
  name title
  column title \"学校名称\" text
  column rate \"巩固率\" number

rule STAY \"巩固率\" / \"Retention\"
  for each school
  require rate >= 95%
";

const SCHOOLS: &str = "巩固率一览,,\n学校代码,学校名称,巩固率\n甲,乙,丙\nS1,甲校,96.2\n\nS2,乙校,\nS9,全县平均,95.1\n学校代码,学校名称,巩固率\n注：年报数,,\n注：不含民办,,\n";

fn place(name: &str) -> Place {
    let place = Place::new(name);
    place.file("pack/pack.heng", PACK).file("data/school.csv", SCHOOLS);
    place
}

fn report(done: &Done) -> Value {
    serde_json::from_str(&done.out).unwrap_or_else(|why| panic!("{why}: {} {}", done.out, done.err))
}

#[test]
fn what_was_left_out_stands_in_the_report() {
    let place = place("left-out-json");
    place.file("heng.toml", "data = { path = \"data\", bare = { rate = \"percent\" } }\n");
    let found = report(&place.heng("audit pack --data data --as-of 2026-09-01 --format json"));
    let input = &found["inputs"][0];
    let due = json!([{"row": 1, "why": "title"}, {"row": 3, "why": "heading"}, {"row": 5, "why": "blank"}, {"row": 7, "why": "totals"}, {"row": 8, "why": "header_again"}, {"row": 9, "to": 10, "why": "note"}]);
    assert_eq!(input["left_out"], due);
    assert_eq!(input["rows"], 2);
    // Nine rows and a header: two are records, seven are left out.
    let left: u64 = due.as_array().expect("a list").iter().map(|one| one["to"].as_u64().unwrap_or(one["row"].as_u64().expect("a row")) - one["row"].as_u64().expect("a row") + 1).sum();
    assert_eq!(left + 2 + 1, SCHOOLS.lines().count() as u64);
    let text = place.heng("audit pack --data data --as-of 2026-09-01 --lang en");
    assert!(text.out.lines().take(6).any(|line| line.starts_with("Rows left out, no records: 6 ")), "{}", text.out);
    let text = place.heng("audit pack --data data --as-of 2026-09-01 --lang zh");
    assert!(text.out.lines().take(6).any(|line| line.starts_with("不是记录、未计入的行：6")), "{}", text.out);
}

#[test]
fn the_same_bytes_are_read_under_what_was_recorded() {
    for (name, said) in [("percent", "bare = \"percent\""), ("fraction", "bare = { rate = \"fraction\" }"), ("kept", "bare = \"percent\", totals = \"keep\""), ("record", "bare = \"percent\", first_row = \"heading\", decimal = \".\"")] {
        let place = place(&format!("left-out-verify-{name}"));
        place.file("heng.toml", &format!("packs = [\"pack\"]\nas_of = \"2026-09-01\"\ndata = {{ path = \"data\", {said} }}\n"));
        let done = place.heng("audit --format json=a.json");
        assert_ne!(done.status, 2, "{name} {}", done.err);
        place.file("heng.toml", "");
        let again = place.heng("verify a.json");
        assert_eq!(again.status, 0, "{name} {} {}", again.out, again.err);
    }
}

#[test]
fn what_is_not_settled_stops_the_run() {
    let place = place("left-out-stops");
    let done = place.heng("audit pack --data data --as-of 2026-09-01 --lang en");
    assert_eq!(done.status, 2, "{}", done.out);
    assert!(done.err.contains("E0323") && done.err.contains("number in %"), "{}", done.err);
    place.file("heng.toml", "data = { path = \"data\", bare = \"per cent\", totals = 1 }\n");
    let done = place.heng("audit pack --data data --as-of 2026-09-01 --lang en");
    assert_eq!(done.status, 2, "{}", done.out);
    assert!(done.err.matches("E0532").count() == 2 && done.err.contains("heng.toml:1:"), "{}", done.err);
}
