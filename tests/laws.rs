//! The laws of the language, tried on random programs and tables.
//!
//! `HENG_LAWS=n` tries n programs a law; each is judged on ten sets of tables.

mod common;
#[path = "laws/reasons.rs"]
mod reasons;
#[path = "laws/rows.rs"]
mod rows;
mod slow;

use std::collections::BTreeMap;
use std::rc::Rc;

use common::data::{Data, Gaps, known_cell};
use common::dice::Dice;
use common::lower::standards;
use common::program::Program;
use common::schema::{FILES, Table, Terms, What};
use common::trial::{Found, differences, fast, plan_of, possible, show, slow as judged_slowly, smallest, tables_of};
use common::writer::Calm;
use common::yearly::Yearly;
use heng::model::plan::Plan;
use heng::model::table::{CellValue, Tables};
use heng::model::verdict::Outcome;
use slow::SlowValue;

const DATA_SETS: usize = 10;

fn programs() -> usize {
    std::env::var("HENG_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(1000)
}

const ALL: Calm = Calm { known: true, rounding: true, guard: false };

/// Judges random pairs; `law` gives what is wrong with one, and is asked again about smaller ones.
fn try_pairs(seed: u64, calm: Calm, law: impl Fn(&Program, &Data, &mut Dice) -> Option<String>) -> BTreeMap<&'static str, usize> {
    let mut forms = BTreeMap::new();
    for at in 0..programs() {
        let seed = seed + at as u64;
        let mut dice = Dice::new(seed);
        let terms = Terms::random(&mut dice);
        let program = Program::random(&mut dice, terms, calm);
        for form in &program.forms {
            *forms.entry(*form).or_insert(0) += 1;
        }
        if let Err(why) = plan_of(&program.text()) {
            // Exceptions of which one surely holds wherever another does are refused, and what is surely divided by 0.
            if why.contains("E0415") || why.contains("E0253") {
                continue;
            }
            panic!("seed {seed} is refused\n{why}\n{}", program.text());
        }
        for set in 0..DATA_SETS {
            let gaps = Gaps::random(&mut dice);
            let data = Data::random(&mut dice, terms, gaps);
            let chance = seed * 1000 + set as u64;
            if law(&program, &data, &mut Dice::new(chance)).is_some() {
                let fails = |program: &Program, data: &Data| law(program, data, &mut Dice::new(chance));
                let (program, data, why) = smallest(&program, &data, &fails);
                panic!("seed {seed}, tables {set}\n{}\n{why}", show(&program, &data));
            }
        }
    }
    forms
}

fn planned(program: &Program, data: &Data) -> Option<(Rc<Plan>, Tables)> {
    let plan = plan_of(&program.text()).ok()?;
    let tables = tables_of(&plan, data).ok()?;
    Some((plan, tables))
}

fn exactly_same(a: &(Outcome, Option<SlowValue>), b: &(Outcome, Option<SlowValue>)) -> bool {
    a == b
}

fn same_outcome(a: &(Outcome, Option<SlowValue>), b: &(Outcome, Option<SlowValue>)) -> bool {
    a.0 == b.0
}

const FORMS: &[&str] = &[
    "comparison", "between", "one_of", "text", "date", "date_shift", "year_month", "known", "every", "no", "all", "at_least", "at_most", "exactly",
    "share_of_rows", "number_of_rows", "of_whom_rows", "columns", "of_whom_columns", "share_of_another", "counted_by", "for_every_rows", "k_of_n", "k_of_n_rest", "k_of_n_graded", "k_of_n_beside", "graded", "evidence", "all_of_rules", "status",
    "variation_weighted", "variation_pooled", "variation_sampled", "variation_equal", "variation_sample", "variation_rounded", "for_every", "if", "by_case",
    "rounded_half_up", "rounded_up", "rounded_down", "count", "count distinct", "sum", "mean", "min", "max", "median", "percentile", "range", "gini(", "mcloone(", "atkinson(2, ", "range ratio(",
    "interquartile ratio(", "theil(", "atkinson(0.5, ", "atkinson(1/2, ", "real_rounded", "share", "whole_years",
    "whole_months", "total_years", "total_months", "closing_month", "month_or_day", "month_beside_day", "division_by_column", "division", "division_by_count", "per", "parameter", "measure", "and", "or", "scope", "when", "several", "each_code",
    "override_parameter", "override_rule", "exception", "exempt", "priority",
];

#[test]
fn both_evaluators_agree() {
    let forms = try_pairs(1, ALL, |program, data, _| {
        let (plan, tables) = planned(program, data)?;
        differences(&fast(&plan, &tables), &judged_slowly(&plan, &tables), exactly_same)
    });
    let never: Vec<_> = FORMS.iter().filter(|form| !forms.contains_key(*form)).collect();
    assert!(never.is_empty(), "never reached: {never:?}");
}

/// Law 3.
/// Tables of several periods have a small world of their own.
#[test]
fn both_evaluators_agree_about_periods() {
    let mut outcomes = BTreeMap::new();
    for seed in 0..programs() as u64 {
        let mut dice = Dice::new(seed);
        let yearly = Yearly::random(&mut dice);
        let plan = plan_of(&yearly.text).unwrap_or_else(|why| panic!("seed {seed} is refused\n{why}\n{}", yearly.text));
        let files = yearly.sheets.iter().map(|(name, text)| heng::load::File { path: format!("{name}.csv"), bytes: text.clone().into_bytes(), ..heng::load::File::default() });
        let (tables, said) = heng::load::load(&plan, files.collect(), &heng::load::Settings::default());
        let errors: Vec<_> = said.iter().filter(|one| one.is_error()).map(|one| one.text.en.clone()).collect();
        assert!(errors.is_empty(), "seed {seed}: {errors:?}\n{:?}", yearly.sheets);
        let (fast, slow) = (fast(&plan, &tables), judged_slowly(&plan, &tables));
        for (outcome, _) in fast.values() {
            *outcomes.entry(*outcome).or_insert(0) += 1;
        }
        if let Some(why) = differences(&fast, &slow, exactly_same) {
            let sheets: String = yearly.sheets.iter().map(|(name, text)| format!("\n{name}.csv\n{text}")).collect();
            panic!("seed {seed}\n{}{sheets}\n{why}", yearly.text);
        }
    }
    assert!(outcomes.len() >= 4, "{outcomes:?}");
}

#[test]
fn order_changes_nothing() {
    try_pairs(100_000, ALL, |program, data, dice| {
        let (plan, tables) = planned(program, data)?;
        let (mut program, mut data) = (program.clone(), data.clone());
        // One order of items for each program, so that it is read but once.
        let mut items = Dice::new(program.rules.iter().map(|rule| rule.len() as u64).sum());
        items.shuffle(&mut program.rules);
        items.shuffle(&mut program.measures);
        items.shuffle(&mut program.declarations[1..]);
        dice.shuffle(&mut data.sheets);
        for sheet in &mut data.sheets {
            dice.shuffle(&mut sheet.rows);
            let mut order: Vec<usize> = (0..sheet.header.len()).collect();
            dice.shuffle(&mut order);
            sheet.header = order.iter().map(|at| sheet.header[*at]).collect();
            sheet.rows = sheet.rows.iter().map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect();
        }
        let (other_plan, other_tables) = planned(&program, &data)?;
        differences(&fast(&plan, &tables), &fast(&other_plan, &other_tables), exactly_same)
    });
}

/// Law 4: rows that no population counts, and a county apart.
#[test]
fn rows_outside_change_nothing() {
    try_pairs(200_000, Calm { guard: true, ..ALL }, |program, data, dice| {
        let (plan, tables) = planned(program, data)?;
        let before = fast(&plan, &tables);
        let mut data = data.clone();
        for table in [Table::Class, Table::Teacher] {
            let Some(sheet) = data.sheet_mut(table) else { continue };
            let Some(counted) = sheet.column("counted") else { continue };
            // Beneath a school that has rows already: otherwise it would have filed none before.
            let Some(mut row) = sheet.rows.first().cloned() else { continue };
            row[0] = "zz".into();
            row[counted] = "no".into();
            for column in table.columns().filter(|column| !matches!(column.what, What::Key | What::Link) && column.name != "counted") {
                if let Some(at) = sheet.column(column.name) {
                    row[at] = known_cell(dice, column, Terms { yuan: false, class_filed: false, school_filed: false });
                }
            }
            sheet.rows.push(row);
        }
        let tables = tables_of(&plan, &data).ok()?;
        differences(&before, &fast(&plan, &tables), exactly_same)
    });
}

/// Law 4: a county apart changes nothing of what is asked in another.
#[test]
fn another_county_changes_nothing() {
    try_pairs(300_000, ALL, |program, data, dice| {
        let (plan, tables) = planned(program, data)?;
        // Without their file schools are taken to belong to the only county there is: with another there are two.
        data.sheet(Some(Table::School))?;
        let terms = Terms { yuan: false, class_filed: false, school_filed: false };
        let other = Data::random(dice, terms, Gaps { cells: 10, columns: 0 });
        let mut data = data.clone();
        for table in FILES {
            let (Some(from), Some(to)) = (other.sheet(Some(table)), data.sheet_mut(table)) else { continue };
            for row in &from.rows {
                let cell = |name: &&str| {
                    let at = from.column(name)?;
                    let link = table.columns().any(|column| column.name == *name && matches!(column.what, What::Key | What::Link | What::School));
                    Some(if link && !row[at].is_empty() { format!("z{}", row[at]) } else { row[at].clone() })
                };
                let row = to.header.iter().map(|name| cell(name).unwrap_or_default()).collect();
                to.rows.push(row);
            }
        }
        let more = tables_of(&plan, &data).ok()?;
        let whole = |rule: &str| plan.rules.iter().any(|def| def.names.id == rule && def.at.table.is_none());
        let asks_whole = plan.rules.iter().any(|rule| rule.at.table.is_none());
        // What hears a rule of the whole hears of every county.
        if asks_whole && program.text().contains("met") {
            return None;
        }
        let before: Found = fast(&plan, &tables).into_iter().filter(|(key, _)| !whole(&key.0)).collect();
        let after: Found = fast(&plan, &more).into_iter().filter(|(key, _)| before.contains_key(key)).collect();
        differences(&before, &after, exactly_same)
    });
}

/// The tables with blanks filled, each with this chance.
fn filled(plan: &Plan, tables: &Tables, data: &Data, dice: &mut Dice, chance: (u32, u32)) -> Data {
    let mut known = data.clone();
    for (at, table) in plan.tables.iter().enumerate() {
        let Some(file) = FILES.iter().find(|file| file.name() == table.names.id) else { continue };
        let Some(sheet) = known.sheet_mut(*file) else { continue };
        // A blank there says something: no end, no school.
        for column in file.columns().filter(|column| column.name != "last_day" && column.what != What::School) {
            let place = table.columns.iter().position(|def| def.names.id == column.name);
            let (Some(to), Some(from)) = (sheet.column(column.name), place) else { continue };
            for row in 0..sheet.rows.len() {
                if matches!(tables.tables[at].columns[from][row].value, CellValue::Unknown(_)) && dice.chance(chance.0, chance.1) {
                    sheet.rows[row][to] = known_cell(dice, column, Terms { yuan: false, class_filed: false, school_filed: false });
                }
            }
        }
    }
    known
}

/// Law 5.
#[test]
fn knowing_more_only_decides() {
    try_pairs(400_000, Calm { known: false, ..ALL }, |program, data, dice| {
        let (plan, tables) = planned(program, data)?;
        let before = fast(&plan, &tables);
        let known = filled(&plan, &tables, data, dice, (1, 3));
        let after = fast(&plan, &tables_of(&plan, &known).ok()?);
        let decided: Found = before.into_iter().filter(|(_, (outcome, _))| matches!(outcome, Outcome::Met | Outcome::NotMet)).collect();
        let after: Found = after.into_iter().filter(|(key, _)| decided.contains_key(key)).collect();
        // Counted columns that contradict one another are undecided only when both are known.
        let may_contradict = program.text().contains("staff are certified");
        differences(&decided, &after, |before, after| same_outcome(before, after) || may_contradict && after.0 == Outcome::Undecided)
    });
}

/// Law 6: what is called stricter, and is not refused, never passes what the layer above fails.
#[test]
fn a_stricter_layer_never_passes_what_the_layer_above_fails() {
    let (mut kept, mut harder) = (0, 0);
    for at in 0..programs() as u64 {
        let seed = 700_000 + at;
        let mut dice = Dice::new(seed);
        let terms = Terms::random(&mut dice);
        let mut program = Program { lower: Vec::new(), ..Program::random(&mut dice, terms, ALL) };
        if dice.chance(3, 4) {
            program.rules.clear();
        }
        program.rules.extend(standards(&mut dice));
        let upper = match plan_of(&program.text()) {
            Err(why) if why.contains("E0253") => continue,
            upper => upper.expect("a sound pack"),
        };
        let layers = ["flat", "cap", "half", "grid", "fee"].map(|parameter| {
            let values: &[&str] = match parameter {
                "flat" => &["0", "1", "6"],
                "cap" => &["primary 0", "primary 9", "junior 9", "junior 1", "primary 1, junior 3"],
                "half" => &["primary 0", "primary 5"],
                "grid" => &["urban primary 0, otherwise 1", "otherwise 9", "town primary 1"],
                _ => &["\"x\" 0", "\"x\" 4, \"y\" 5", "\"y\" 1"],
            };
            format!("override {parameter} stricter\n  from 2026-01-01 {}\n", dice.pick(values))
        });
        for layer in layers {
            let stricter = Program { lower: vec![layer], ..program.clone() };
            let Ok(lower) = plan_of(&stricter.text()) else { continue };
            kept += 1;
            for _ in 0..DATA_SETS {
                let gaps = Gaps::random(&mut dice);
                let data = Data::random(&mut dice, terms, gaps);
                let (Ok(above), Ok(below)) = (tables_of(&upper, &data), tables_of(&lower, &data)) else { continue };
                let below = fast(&lower, &below);
                for (key, (outcome, _)) in fast(&upper, &above) {
                    let now = below.get(&key).map(|found| found.0);
                    harder += usize::from(outcome == Outcome::Met && now == Some(Outcome::NotMet));
                    assert!(outcome != Outcome::NotMet || now != Some(Outcome::Met), "seed {seed} {key:?} passes\n{}", show(&stricter, &data));
                }
            }
        }
    }
    assert!(kept > 0 && harder > 0, "nothing was tried: {kept} layers, {harder} findings that they made harder");
}

/// Whatever the blanks turn out to be, a finding comes out as one of what it may be, and so between worst and best.
#[test]
fn every_completion_lies_between_worst_and_best() {
    try_pairs(900_000, Calm { known: false, ..ALL }, |program, data, dice| {
        let (plan, tables) = planned(program, data)?;
        let before = possible(&plan, &tables);
        let known = filled(&plan, &tables, data, dice, (1, 1));
        let after = fast(&plan, &tables_of(&plan, &known).ok()?);
        // A filled cell may still be a wrong one, as a 0 that divides; and a row that is no longer asked does not apply.
        let text: String = before.iter().filter_map(|(key, may)| {
            let outcome = after.get(key).map_or(Outcome::NotApplicable, |(outcome, _)| *outcome);
            let holds = match outcome {
                Outcome::Met => may.met,
                Outcome::NotMet => may.not_met,
                Outcome::NotApplicable => may.not_applicable,
                Outcome::Undecided | Outcome::Exempt => true,
            };
            (!holds).then(|| format!("{} {}: {outcome:?}, and it may be {may:?}\n", key.0, key.1))
        }).collect();
        Some(text).filter(|text| !text.is_empty())
    });
}

/// Law 7: money in yuan or in ten thousands, for each ten or for each one.
#[test]
fn scales_change_nothing() {
    for at in 0..programs() as u64 {
        let seed = 500_000 + at;
        let make = |yuan: bool| {
            let mut dice = Dice::new(seed);
            let terms = Terms { yuan, ..Terms::random(&mut dice) };
            let program = Program::random(&mut dice, terms, Calm { rounding: false, ..ALL });
            let sets: Vec<Data> = (0..DATA_SETS)
                .map(|_| {
                    let gaps = Gaps::random(&mut dice);
                    Data::random(&mut dice, terms, gaps)
                })
                .collect();
            (program, sets)
        };
        let ((program, sets), (other_program, other_sets)) = (make(false), make(true));
        for (data, other) in sets.iter().zip(&other_sets) {
            let (Some((plan, tables)), Some((other_plan, other_tables))) = (planned(&program, data), planned(&other_program, other)) else { continue };
            if let Some(why) = differences(&fast(&plan, &tables), &fast(&other_plan, &other_tables), same_outcome) {
                panic!("seed {seed}\n{}\n{}\n{why}", show(&program, data), show(&other_program, other));
            }
        }
    }
}

/// Law 8.
#[test]
fn dividing_a_school_leaves_the_variation() {
    let text = |form: &str| {
        format!(
            "pack p 1.0 \"P\"\n\ntable county\n  key code text\n\ntable school\n  key code text\n  in county by county_code\n  column floor number in m2\n  column pupils whole number in pupil\n\nmeasure ratio of school\n  = floor / pupils\n\nrule R\n  for each county\n  require variation(ratio across school where pupils > 0, {form}) <= 0.5\n"
        )
    };
    let plan = plan_of(&text("weighted by pupils")).expect("a sound pack");
    for seed in 0..10 * programs() as u64 {
        let mut dice = Dice::new(600_000 + seed);
        let schools: Vec<(i64, i64)> = (0..dice.between(2, 6)).map(|_| (dice.between(0, 60), dice.between(1, 20))).collect();
        let chosen = dice.below(schools.len());
        let parts = dice.between(2, 4);
        // Every figure times the number of parts, so that a part of each is whole.
        let mut whole = Vec::new();
        let mut divided = Vec::new();
        for (at, (floor, pupils)) in schools.iter().enumerate() {
            whole.push((floor * parts, pupils * parts));
            if at == chosen {
                let first = dice.between(1, parts - 1);
                divided.push((floor * first, pupils * first));
                divided.push((floor * (parts - first), pupils * (parts - first)));
            } else {
                divided.push((floor * parts, pupils * parts));
            }
        }
        let judged = |schools: &[(i64, i64)]| {
            let lines: Vec<String> = schools.iter().enumerate().map(|(at, (floor, pupils))| format!("s{at},c,{floor},{pupils}")).collect();
            let file = |name: &str, text: String| heng::load::File { path: format!("{name}.csv"), bytes: text.into_bytes(), ..heng::load::File::default() };
            let files = vec![file("county", "code\nc\n".into()), file("school", format!("code,county_code,floor,pupils\n{}\n", lines.join("\n")))];
            let (tables, _) = heng::load::load(&plan, files, &heng::load::Settings::default());
            let found = fast(&plan, &tables);
            assert_eq!(found, judged_slowly(&plan, &tables), "{schools:?}");
            found
        };
        assert_eq!(judged(&whole), judged(&divided), "seed {seed}: {whole:?} | {divided:?}");
    }
}
