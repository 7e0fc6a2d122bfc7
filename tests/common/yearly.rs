//! Random rules over tables that hold several school years and semesters, and random rows for them.

use std::fmt::Write;

use super::dice::Dice;

/// A small pack, and its tables as CSV by name.
#[derive(Clone, Debug)]
pub struct Yearly {
    pub text: String,
    pub sheets: Vec<(&'static str, String)>,
}

/// What can be counted beneath a school: the table, its numbers, and whether it is kept by semesters.
const BENEATH: [(&str, &str, bool); 3] = [("teacher", "hours", false), ("funds", "spent", false), ("pupil", "films", true)];

impl Yearly {
    pub fn random(dice: &mut Dice) -> Yearly {
        let mut text = String::from("codes stage\n  primary\n  junior\n\ntable county\n  key code text\n\ntable school\n  key code text\n  in county by county_code\n  column rural yes/no\n  column places whole number in pupil\n");
        for (table, columns, semester) in [
            ("funds", "  key code text\n  in school by code\n  column stage one of stage\n  column spent number in yuan\n  column pupils whole number in pupil\n  column good yes/no\n", false),
            ("teacher", "  key id text\n  in school by school_code\n  column stage one of stage\n  column hours number between 0 and 9\n  column good yes/no\n", false),
            ("pupil", "  key id text\n  in school by school_code\n  column stage one of stage\n  column films whole number\n  column good yes/no\n", true),
        ] {
            let columns = columns.replace(" number between", " number, between");
            let _ = write!(text, "\ntable {table}\n  period year {}\n{columns}", if semester { "semester" } else { "school year" });
            if dice.chance(1, 3) {
                text += "  filed by school\n";
            }
        }
        text += "\ntable post\n  in school by school_code\n  column begins date\n  column ends date\n  column half semester\n  column good yes/no\n";
        // A measure over semesters is asked by semesters alone; one that names its year is the same in every year.
        let measure = std::iter::repeat_with(|| amount(dice, false, 1)).find(|amount| !amount.contains("pupil") && !amount.contains("school year")).unwrap_or_default();
        let _ = write!(text, "\nmeasure m0 of school = {measure}\n");
        text += "\nmeasure m1 of funds = spent / pupils\n\nmeasure m2 of funds = spent / school.places\n";
        let rules: Vec<String> = (0..2 + dice.below(4)).map(|_| rule(dice)).collect();
        for (at, rule) in rules.iter().enumerate() {
            let _ = write!(text, "\nrule R{at}\n{rule}");
        }
        if dice.chance(1, 2) {
            text += &counting(dice, &rules);
        }
        Yearly { text, sheets: sheets(dice) }
    }
}

fn rule(dice: &mut Dice) -> String {
    let text = of_the_year_asked(&required(dice));
    if dice.chance(1, 6) { text.replace("  require ", "  grade qualified when ") } else { text }
}

/// In a rule of a named year or of each year, `this` and `last` would go by the as-of date: the year asked is meant.
fn of_the_year_asked(text: &str) -> String {
    let (unit, required) = text.split_once('\n').unwrap_or((text, ""));
    if !unit.contains(", each school year") && !unit.contains(", each semester") && !unit.contains(", in school year") {
        return text.to_string();
    }
    let required = required.replace(" in last school year", " in the year before").replace(" in this school year", " in school year 2025-2026");
    format!("{unit}\n{required}")
}

fn required(dice: &mut Dice) -> String {
    const PERIODS: [&str; 6] = ["in this school year", "in last school year", "in school year 2024-2025", "each school year", "each school year in this school year", "in this school year"];
    const SEMESTERS: [&str; 3] = ["each semester", "each semester in this school year", "each semester in school year 2024-2025"];
    let period = *dice.pick(&PERIODS);
    match dice.below(9) {
        8 => {
            let counted = *dice.pick(&["teacher", "funds"]);
            let filter = if dice.chance(1, 2) { " where good" } else { "" };
            format!("  for each school, {period}\n  require places / (count({counted}{filter}){}) >= {} pupil/{counted}\n", moved(dice), dice.between(0, 4))
        }
        7 => format!("  for each school\n  require {} {} {}\n", total(dice), dice.pick(&[">=", "<", "="]), dice.between(0, 15)),
        0 | 1 => {
            let filter = if dice.chance(1, 3) { " where good" } else { "" };
            format!("  for each funds{filter}, {period}\n  require {}\n", of_row(dice))
        }
        2 => format!("  for each school, {}\n  require {}\n", dice.pick(&SEMESTERS), statement(dice, true)),
        3 => format!("  for each county, {period}\n  require {} school has {}\n", dice.pick(&["every", "at least 50% of", "no"]), comparison(dice, false)),
        4 => format!("  for each school, each stage, {period}\n  require {}\n", statement(dice, false)),
        _ => format!("  for each school where rural, {period}\n  require {}\n", statement(dice, false)),
    }
    .replace("50% of school has", "50% of school have")
}

/// A rule that hears others of the same school, of one above or beneath it, in periods of its own.
fn counting(dice: &mut Dice, rules: &[String]) -> String {
    let at = dice.below(rules.len());
    // A school's stage is neither above nor beneath a row of its funds.
    let table = if rules[at].contains("each stage") { "school" } else { *dice.pick(&["school", "county", "funds"]) };
    let own = if table == "funds" { "good" } else { "count(teacher) >= 1" };
    let period = *dice.pick(&["each school year", "each school year", "in this school year", "each semester"]);
    let period = if period == "each semester" && table == "funds" { "each school year" } else { period };
    let own = if period == "each semester" { "count(pupil) >= 1" } else { own };
    format!("\nrule K\n  for each {table}, {period}\n  require R{at} {}\n  require {own}\n", dice.pick(&["met", "not met"]))
}

fn statement(dice: &mut Dice, semester: bool) -> String {
    match dice.below(5) {
        0 => format!("{} rising since {}", amount(dice, semester, 1), dice.between(2023, 2027)),
        1 => {
            let (table, column, _) = table(dice, semester);
            format!("{} {table} has {column} >= {}", dice.pick(&["every", "no"]), dice.between(0, 4))
        }
        2 => format!("at least 50% of {} are good", table(dice, semester).0),
        _ => comparison(dice, semester),
    }
}

fn comparison(dice: &mut Dice, semester: bool) -> String {
    let left = if dice.chance(1, 5) && !semester { "m0".to_string() } else { amount(dice, semester, 1) };
    let right = if left == "m0" { "m0 in the year before".to_string() } else if dice.chance(1, 3) { dice.between(0, 6).to_string() } else { format!("{left}{}", moved(dice)) };
    let right = if left.contains(" in ") || left.contains(" earlier") { dice.between(0, 6).to_string() } else { right };
    format!("{left} {} {right}", dice.pick(&[">=", ">", "<=", "<"]))
}

/// Of semesters every second time one that is kept by semesters; else what is kept by school years.
fn table(dice: &mut Dice, semester: bool) -> (&'static str, &'static str, bool) {
    let found = *dice.pick(&BENEATH);
    if semester || !found.2 || dice.chance(1, 2) { found } else { BENEATH[0] }
}

fn amount(dice: &mut Dice, semester: bool, depth: u32) -> String {
    let (table, column, _) = table(dice, semester);
    let filter = if dice.chance(1, 3) { " where good" } else { "" };
    let of = match dice.below(5) {
        0 => format!("sum({column} across {table}{filter})"),
        1 => format!("max({column} across {table}{filter})"),
        2 => format!("mean({column} across {table}{filter})"),
        _ => format!("count({table}{filter})"),
    };
    if depth > 0 && dice.chance(1, 6) { format!("{of}{}", moved(dice)) } else { of }
}

/// How long posts last together.
fn total(dice: &mut Dice) -> String {
    let filter = *dice.pick(&["", " where good", " where not good"]);
    let ends = *dice.pick(&["ends", "ends", "(if ends is missing then as_of else ends)", "as_of"]);
    match dice.below(3) {
        0 => format!("total_years(half across post{filter})"),
        1 => format!("total_years(begins to {ends} across post{filter})"),
        _ => format!("total_months(begins to {ends} across post{filter})"),
    }
}

fn of_row(dice: &mut Dice) -> String {
    let of = *dice.pick(&["spent", "pupils", "m1", "m2", "m2"]);
    match dice.below(5) {
        0 => format!("{of} rising since {}", dice.between(2023, 2026)),
        1 => format!("({of}{}) is known", moved(dice)),
        2 => format!("{of} >= {of}{} or good", moved(dice)),
        _ => format!("{of} {} {of}{}", dice.pick(&[">=", ">", "<"]), moved(dice)),
    }
}

fn moved(dice: &mut Dice) -> &'static str {
    let chosen: &&str = dice.pick(&[" in last school year", " in the year before", " 2 years earlier", " in school year 2024-2025", " in this school year"]);
    chosen
}

fn sheets(dice: &mut Dice) -> Vec<(&'static str, String)> {
    let (schools, gaps) = (1 + dice.below(3), *dice.pick(&[0, 0, 10, 30]));
    let mut sheets = vec![("county", "code\nC1\n".to_string())];
    let rows: String = (0..schools).map(|at| format!("S{at},C1,{},{}\n", cell(dice, gaps, &["yes", "no", "yes"]), cell(dice, gaps, &["0", "2", "5"]))).collect();
    sheets.push(("school", format!("code,county_code,rural,places\n{rows}")));
    for (name, own, semester) in [("funds", false, false), ("teacher", true, false), ("pupil", true, true)] {
        if dice.chance(1, 15) {
            continue;
        }
        let mut text = match name {
            "funds" => "code,year,stage,spent,pupils,good\n".to_string(),
            "teacher" => "id,year,school_code,stage,hours,good\n".to_string(),
            _ => "id,year,school_code,stage,films,good\n".to_string(),
        };
        for at in 0..if own { 1 + dice.below(4) } else { schools } {
            let school = if own { dice.below(schools) } else { at };
            for year in 2023..2027 {
                for part in 1..=if semester { 2 } else { 1 } {
                    if dice.chance(1, 3) {
                        continue;
                    }
                    let label = if dice.chance(1, 30) { format!("huh{year}{part}") } else { format!("{year}-{}{}", year + 1, if semester { format!("-{part}") } else { String::new() }) };
                    let key = if own { format!("P{at},{label},S{school}") } else { format!("S{at},{label}") };
                    let _ = write!(text, "{key},{},{}", cell(dice, gaps, &["primary", "junior"]), cell(dice, gaps, &["0", "1", "2", "3", "4"]));
                    if name == "funds" {
                        let _ = write!(text, ",{}", cell(dice, gaps, &["1", "2", "4"]));
                    }
                    let _ = writeln!(text, ",{}", cell(dice, gaps, &["yes", "no"]));
                }
            }
        }
        sheets.push((name, text));
    }
    let mut text = "school_code,begins,ends,half,good\n".to_string();
    for _ in 0..dice.below(6) {
        let day = |dice: &mut Dice| if dice.chance(gaps, 100) { String::new() } else { format!("{}-{:02}-{:02}", dice.between(2024, 2026), dice.between(1, 12), dice.between(1, 28)) };
        let (begins, ends) = (day(dice), day(dice));
        // Some end before they begin, but not half of them.
        let (begins, ends) = if begins > ends && !ends.is_empty() && dice.chance(4, 5) { (ends, begins) } else { (begins, ends) };
        let _ = writeln!(text, "S{},{begins},{ends},{},{}", dice.below(schools), cell(dice, gaps, &["2023-2024-1", "2023-2024-2", "2024-2025-1"]), cell(dice, gaps, &["yes", "no"]));
    }
    sheets.push(("post", text));
    sheets
}

fn cell(dice: &mut Dice, gaps: u32, list: &[&str]) -> String {
    if dice.chance(gaps, 100) { String::new() } else { (*dice.pick(list)).to_string() }
}
