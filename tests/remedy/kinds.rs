//! Five hundred random units of every kind of rule: each is brought to be met, and of the kinds whose arithmetic is solved
//! one unit less is never enough.
//!
//! `HENG_LAWS=n` tries n units of each kind.

use std::collections::BTreeMap;
use std::fmt::Write;

use heng::load::{File, Settings};
use heng::model::plan::Plan;
use heng::model::remedy::Claim;
use heng::model::table::Tables;
use heng::model::verdict::Outcome;

use super::common::dice::Dice;
use super::common::trial::plan_of;
use super::tried::{Ways, faults_of, remedied};

const TABLES: &str = r#"pack p 1.0 "P"

table county
  key code text

table school
  key code text
  in county by county_code
  column teachers whole number in teacher
  column graduates whole number in teacher
  column mentors whole number in teacher
  column area number in m2
  column rooms whole number
  column pupils whole number in pupil
  column remote yes/no

table class
  key code text
  in school by school_code
  column size whole number in pupil
  column joint yes/no

table staff
  key code text
  in school by school_code
  column eligible yes/no
  column rotated yes/no
  column senior yes/no

table funds
  period year school year
  key code text
  in school by code
  column spent number in yuan

measure ratio of school in teacher per 100 pupil
  = teachers per 100 pupils

measure room of school in m2/pupil
  = area / pupils

"#;

/// A kind of rule: its name; what writes the rules, of which the last is looked at; whether each remedy is the least.
struct Kind {
    name: &'static str,
    rules: fn(&mut Dice) -> String,
    solved: bool,
}

const KINDS: &[Kind] = &[
    Kind { name: "a ratio of cells", rules: ratio, solved: true },
    Kind { name: "a ratio of sums", rules: ratio_of_sums, solved: true },
    Kind { name: "a total", rules: total, solved: true },
    Kind { name: "a mean, the least or the largest", rules: mean, solved: true },
    Kind { name: "a difference", rules: difference, solved: true },
    Kind { name: "a count of rows", rules: count, solved: true },
    Kind { name: "a share of rows", rules: share_of_rows, solved: true },
    Kind { name: "a share of a column", rules: share_of_columns, solved: true },
    Kind { name: "of whom, by rows", rules: of_whom_rows, solved: true },
    Kind { name: "of whom, by columns", rules: of_whom_columns, solved: true },
    Kind { name: "a ceiling", rules: ceiling, solved: true },
    Kind { name: "k of n", rules: k_of_n, solved: true },
    Kind { name: "a grade", rules: grade, solved: true },
    Kind { name: "one of several", rules: either, solved: true },
    Kind { name: "an exception", rules: exception, solved: true },
    Kind { name: "an override", rules: overridden, solved: true },
    Kind { name: "a year against the year before", rules: year_before, solved: true },
    Kind { name: "a rise from year to year", rules: rising, solved: true },
    Kind { name: "a count beneath a ratio", rules: ratio_to_count, solved: true },
    Kind { name: "pupils to a count", rules: pupils_to_count, solved: true },
    Kind { name: "a variation weighted by pupils", rules: weighted, solved: false },
    Kind { name: "a variation otherwise", rules: moved, solved: false },
    Kind { name: "a variation of area", rules: added, solved: false },
];

fn one(unit: &str, require: &str) -> String {
    format!("rule R\n  for each {unit}\n  require {require}\n")
}

fn ratio(dice: &mut Dice) -> String {
    let percent = dice.between(30, 120);
    one("school", &match dice.below(6) {
        0 => format!("room >= {} m2/pupil", tenths(dice, 20, 90)),
        1 => format!("ratio >= {} teacher per 100 pupil", tenths(dice, 40, 120)),
        2 => format!("pupils / teachers <= {} pupil/teacher", dice.between(8, 22)),
        3 => format!("teachers / pupils > {}", format_args!("1 teacher / {} pupil", dice.between(8, 22))),
        4 => format!("graduates / teachers >= {percent}%"),
        _ => format!("rooms / pupils >= {} / 12 pupil", dice.between(1, 3)),
    })
}

fn ratio_of_sums(dice: &mut Dice) -> String {
    one("county", &match dice.below(5) {
        0 => format!("sum(area across school) / sum(pupils across school) >= {} m2/pupil", tenths(dice, 20, 90)),
        1 => format!("sum(pupils across school) / sum(teachers across school) <= {} pupil/teacher", dice.between(8, 22)),
        2 => format!("sum(teachers across school) / sum(pupils across school) > 1 teacher / {} pupil", dice.between(8, 22)),
        3 => format!("sum(graduates across school) / sum(teachers across school) >= {}%", dice.between(40, 100)),
        _ => format!("sum(area across school where remote) / sum(pupils across school where remote) >= {} m2/pupil", tenths(dice, 20, 90)),
    })
}

fn total(dice: &mut Dice) -> String {
    one("county", &match dice.below(3) {
        0 => format!("sum(area across school) >= {} m2", tenths(dice, 1000, 4000)),
        1 => format!("sum(teachers across school) > {} teacher", dice.between(15, 60)),
        _ => format!("sum(pupils across school) <= {} pupil", dice.between(60, 250)),
    })
}

fn mean(dice: &mut Dice) -> String {
    one("county", &match dice.below(3) {
        0 => format!("mean(area across school) >= {} m2", tenths(dice, 300, 900)),
        1 => format!("min(teachers across school) >= {} teacher", dice.between(4, 14)),
        _ => format!("max(pupils across school) <= {} pupil", dice.between(40, 120)),
    })
}

fn difference(dice: &mut Dice) -> String {
    one("school", &match dice.below(2) {
        0 => format!("area - {} m2/pupil * pupils >= 0 m2", tenths(dice, 20, 90)),
        _ => format!("teachers - graduates <= {} teacher", dice.between(0, 3)),
    })
}

fn count(dice: &mut Dice) -> String {
    one("county", &match dice.below(3) {
        0 => format!("count(school where teachers >= {}) >= {}", dice.between(6, 12), dice.between(2, 4)),
        1 => format!("count(staff where senior) >= {}", dice.between(2, 9)),
        _ => format!("count(class where size > {}) <= {}", dice.between(35, 50), dice.between(0, 2)),
    })
}

fn share_of_rows(dice: &mut Dice) -> String {
    one("county", &match dice.below(4) {
        0 => format!("at least {}% of class have size <= {}", dice.between(50, 100), dice.between(35, 50)),
        1 => format!("at least {}% of staff where eligible are rotated", dice.between(30, 100)),
        2 => format!("at most {}% of class are joint", dice.between(0, 40)),
        _ => format!("at least {} staff where eligible are rotated", dice.between(2, 9)),
    })
}

fn share_of_columns(dice: &mut Dice) -> String {
    let (bound, low, high) = *dice.pick(&[("at least", 40, 100), ("at most", 5, 60)]);
    one("school", &format!("{bound} {}% of teachers are graduates", dice.between(low, high)))
}

fn of_whom_rows(dice: &mut Dice) -> String {
    one("county", &format!("at least {}% of staff where eligible are rotated, of whom at least {}% are senior", dice.between(10, 80), dice.between(10, 90)))
}

fn of_whom_columns(dice: &mut Dice) -> String {
    one("school", &format!("at least {}% of teachers are graduates, of whom at least {}% are mentors", dice.between(30, 95), dice.between(20, 95)))
}

fn ceiling(dice: &mut Dice) -> String {
    let most = dice.between(30, 50);
    let unit = if dice.chance(1, 2) { "school" } else { "county" };
    one(unit, &match dice.below(3) {
        0 => format!("every class has size <= {most}"),
        1 => format!("every class has size < {most}"),
        _ => format!("every class where not joint has size <= {most}"),
    })
}

fn k_of_n(dice: &mut Dice) -> String {
    let (room, teachers, rooms, graduates) = (tenths(dice, 40, 90), tenths(dice, 50, 120), dice.between(3, 9), dice.between(40, 100));
    let rest = *dice.pick(&["", ", the rest at least 85% of standard", ", the rest at least 70% of standard"]);
    format!(
        "rule A\n  for each school\n  require room >= {room} m2/pupil\n\nrule B\n  for each school\n  require ratio >= {teachers} teacher per 100 pupil\n\nrule C\n  for each school\n  require rooms >= {rooms}\n\nrule D\n  for each school\n  require graduates / teachers >= {graduates}%\n\nrule R\n  for each school\n  require at least {} of A, B, C, D met{rest}\n",
        dice.between(1, 4)
    )
}

fn grade(dice: &mut Dice) -> String {
    let basic = dice.between(40, 60);
    format!("rule R\n  for each school\n  grade qualified when room >= {} m2/pupil\n  grade basic when room >= {} m2/pupil and rooms >= {}\n", tenths(dice, 70, 99), dice.between(basic / 10, 6), dice.between(2, 9))
}

fn either(dice: &mut Dice) -> String {
    one("school", &format!("room >= {} m2/pupil or (rooms >= {} and ratio >= {} teacher per 100 pupil)", tenths(dice, 50, 99), dice.between(5, 12), tenths(dice, 50, 120)))
}

fn exception(dice: &mut Dice) -> String {
    let first = tenths(dice, 50, 99);
    format!("rule R\n  for each school\n  require room >= {first} m2/pupil\n\nexception E to R\n  when remote\n  require teachers >= {}\n  require rooms >= {}\n", dice.between(5, 15), dice.between(3, 9))
}

fn overridden(dice: &mut Dice) -> String {
    format!("{}\npack lower 1.0\n\nextends p 1.0\n\noverride R replaces\n  cites   \"Order 1\"\n  require rooms >= {}\n", one("school", "room >= 1 m2/pupil"), dice.between(5, 12))
}

fn year_before(dice: &mut Dice) -> String {
    let more = tenths(dice, 9, 13);
    let require = *dice.pick(&["spent >= (spent 1 year earlier) * MORE", "spent > spent 1 year earlier", "spent <= (spent 1 year earlier) * MORE", "spent - (spent 1 year earlier) >= 20 yuan"]);
    format!("rule R\n  for each funds, in this school year\n  require {}\n", require.replace("MORE", &more))
}

fn rising(dice: &mut Dice) -> String {
    let since = dice.between(2024, 2025);
    match dice.below(2) {
        0 => format!("rule R\n  for each funds, in this school year\n  require spent rising since {since}\n"),
        _ => format!("rule R\n  for each county, in this school year\n  require sum(spent across funds) rising since {since}\n"),
    }
}

fn ratio_to_count(dice: &mut Dice) -> String {
    one("county", &match dice.below(3) {
        0 => format!("count(staff) / count(school) >= {} staff/school", tenths(dice, 30, 80)),
        1 => format!("sum(pupils across school) / count(class) <= {} pupil/class", dice.between(10, 40)),
        _ => format!("count(staff where senior) / count(staff) >= {}%", dice.between(30, 90)),
    })
}

fn pupils_to_count(dice: &mut Dice) -> String {
    one("school", &format!("pupils / count(staff) <= {} pupil/staff", dice.between(5, 18)))
}

fn weighted(dice: &mut Dice) -> String {
    one("county", &format!("variation(ratio across school, weighted by pupils) <= 0.{}", dice.between(3, 6)))
}

fn moved(dice: &mut Dice) -> String {
    let form = *dice.pick(&["equal weights", "pooled by pupils", "sampled by pupils"]);
    one("county", &format!("variation(ratio across school, {form}) <= 0.{}", dice.between(3, 6)))
}

fn added(dice: &mut Dice) -> String {
    one("county", &format!("variation(room across school, weighted by pupils) <= 0.{}", dice.between(3, 6)))
}

fn tenths(dice: &mut Dice, low: i64, high: i64) -> String {
    let number = dice.between(low, high);
    format!("{}.{}", number / 10, number % 10)
}

fn yes(dice: &mut Dice, of: u32) -> &'static str {
    if dice.chance(1, of) { "yes" } else { "no" }
}

/// One county of a few schools with their classes, staff and funds of three years.
fn handed_in(plan: &Plan, dice: &mut Dice) -> Tables {
    let mut sheets = [String::from("code\nc\n"), String::from("code,county_code,teachers,graduates,mentors,area,rooms,pupils,remote\n"), String::from("code,school_code,size,joint\n"), String::from("code,school_code,eligible,rotated,senior\n"), String::from("year,code,spent\n")];
    for school in 0..dice.between(2, 5) {
        let teachers = dice.between(1, 14);
        let graduates = dice.between(0, teachers);
        let _ = writeln!(sheets[1], "s{school},c,{teachers},{graduates},{},{},{},{},{}", dice.between(0, graduates), tenths(dice, 0, 900), dice.between(0, 9), dice.between(20, 140), yes(dice, 2));
        for class in 0..dice.between(1, 4) {
            let _ = writeln!(sheets[2], "k{school}{class},s{school},{},{}", dice.between(20, 90), yes(dice, 3));
        }
        for person in 0..dice.between(1, 6) {
            let _ = writeln!(sheets[3], "p{school}{person},s{school},{},{},{}", yes(dice, 2), yes(dice, 3), yes(dice, 3));
        }
        let mut spent = dice.between(50, 150);
        for year in 2023..=2026 {
            let _ = writeln!(sheets[4], "{year}-{},s{school},{spent}", year + 1);
            spent += dice.between(if year == 2025 { -60 } else { -3 }, 40);
        }
    }
    let file = |(name, text): (&str, String)| File { path: format!("{name}.csv"), bytes: text.into_bytes(), ..File::default() };
    let (tables, said) = heng::load::load(plan, ["county", "school", "class", "staff", "funds"].into_iter().zip(sheets).map(file).collect(), &Settings::default());
    assert!(said.iter().all(|one| !one.is_error()), "{said:?}");
    tables
}

fn units() -> usize {
    std::env::var("HENG_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(500)
}

/// Tries units until so many were told something to change; gives how many were told nothing.
fn try_kind(kind: &Kind, wanted: usize) -> (usize, Ways) {
    let (mut ways, mut tried, mut nothing) = (Ways::new(), 0, 0);
    let mut seed = 750_000;
    while tried < wanted {
        let mut dice = Dice::new(seed);
        let rules = (kind.rules)(&mut dice);
        let plan = plan_of(&format!("{TABLES}{rules}")).unwrap_or_else(|why| panic!("{}: {why}\n{rules}", kind.name));
        let tables = handed_in(&plan, &mut dice);
        for finding in remedied(&plan, &tables).findings.iter().filter(|one| one.outcome == Outcome::NotMet && plan.rules[one.rule].names.id == "R") {
            assert_eq!(faults_of(&plan, &tables, finding, &mut ways), None, "{} seed {seed}\n{rules}", kind.name);
            let told = finding.remedy.iter().any(|remedy| !remedy.changes.is_empty());
            let least = finding.remedy.iter().all(|remedy| remedy.changes.is_empty() || remedy.claim == Claim::Least);
            assert!(least || !kind.solved, "{} seed {seed} {}: {:?}\n{rules}", kind.name, finding.unit.key, finding.remedy);
            if told { tried += 1 } else { nothing += 1 }
        }
        seed += 1;
        assert!(seed < 750_000 + 40 * wanted as u64 + 1000, "{}: {tried} of {seed}", kind.name);
    }
    (nothing, ways)
}

#[test]
fn units_of_every_kind_of_rule_are_brought_to_be_met() {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for kind in KINDS {
        let (nothing, ways) = try_kind(kind, units());
        assert!(nothing <= units() / 10, "{}: {nothing} were told that nothing helps; {ways:?}", kind.name);
        for ((way, _), count) in ways {
            *all.entry(way).or_default() += count;
        }
    }
    for way in ["cells", "any row", "rows", "new rows", "divide", "move", "branches"] {
        assert!(all.get(way).is_some_and(|count| *count >= units()), "{way} of {all:?}");
    }
}
