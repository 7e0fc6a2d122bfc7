//! Remedies, tried: applied to the data each makes its rule met, and one unit less does not where it claims to be the
//! least. Who says so is the slow evaluator, which knows nothing of how a remedy was found.
//!
//! `HENG_LAWS=n` tries n random programs.

mod common;
#[path = "remedy/kinds.rs"]
mod kinds;
mod slow;
#[path = "remedy/tried.rs"]
mod tried;

use std::path::PathBuf;

use common::data::{Data, Gaps};
use common::dice::Dice;
use common::program::Program;
use common::schema::Terms;
use common::trial::{as_of, plan_of, show, tables_of};
use common::writer::Calm;
use common::yearly::Yearly;
use heng::base::SourceId;
use heng::model::plan::Plan;
use heng::model::remedy::{Change, Claim, Others, Remedy, Way};
use heng::model::table::{CellValue, Tables};
use heng::model::value::CellRef;
use heng::model::verdict::{Finding, Outcome};
use slow::rows::World;
use tried::{Ways, ask, changed, remedied, slowly, try_all};

/// Ways that random programs lead to; the others have tests of their own.
const WAYS: &[(&str, bool)] = &[("cells", true), ("cells", false), ("rows", true), ("any row", true), ("new rows", true), ("branches", true), ("fill", false), ("elsewhere", false), ("nothing", false)];

#[test]
fn remedies_of_random_programs_make_their_rules_met() {
    let programs = std::env::var("HENG_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(500u64);
    let calm = Calm { known: true, rounding: true, guard: false };
    let mut ways = Ways::new();
    for seed in 0..programs {
        let mut dice = Dice::new(700_000 + seed);
        let terms = Terms::random(&mut dice);
        let program = Program::random(&mut dice, terms, calm);
        let Ok(plan) = plan_of(&program.text()) else { continue };
        for _ in 0..3 {
            let gaps = Gaps::random(&mut dice);
            let data = Data::random(&mut dice, terms, gaps);
            let Ok(tables) = tables_of(&plan, &data) else { continue };
            if let Some(why) = try_all(&plan, &tables, &mut ways) {
                panic!("seed {seed}\n{}\n{why}", show(&program, &data));
            }
        }
    }
    let changed: usize = ways.iter().filter(|((way, _), _)| !["fill", "elsewhere", "nothing"].contains(way)).map(|(_, count)| count).sum();
    assert!(changed as u64 >= programs.min(500), "{ways:?}");
    let never: Vec<_> = WAYS.iter().filter(|way| !ways.contains_key(*way)).collect();
    assert!(programs < 500 || never.is_empty(), "never reached: {never:?} of {ways:?}");
}

/// Of several years: besides, no figure of a year before the one that a unit is asked for is ever to be changed.
#[test]
fn remedies_of_random_years_leave_the_past_alone() {
    let programs = std::env::var("HENG_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(400u64);
    let mut ways = Ways::new();
    for seed in 0..programs {
        let yearly = Yearly::random(&mut Dice::new(760_000 + seed));
        let plan = plan_of(&yearly.text).unwrap_or_else(|why| panic!("seed {seed}: {why}\n{}", yearly.text));
        let files = yearly.sheets.iter().map(|(name, text)| heng::load::File { path: format!("{name}.csv"), bytes: text.clone().into_bytes(), ..heng::load::File::default() });
        let (tables, _) = heng::load::load(&plan, files.collect(), &heng::load::Settings::default());
        assert_eq!(try_all(&plan, &tables, &mut ways), None, "seed {seed}\n{}", yearly.text);
        for finding in remedied(&plan, &tables).findings {
            let Some(asked) = finding.unit.term else { continue };
            let early = |cell: &CellRef| plan.tables[usize::from(cell.table)].period.map(|period| &tables.tables[usize::from(cell.table)].columns[period][cell.row as usize].value);
            for change in finding.remedy.iter().flat_map(|remedy| &remedy.changes) {
                let (Change::Number { cell, .. } | Change::Truth { cell, .. }) = change else { continue };
                assert!(!matches!(early(cell), Some(CellValue::Term(term)) if term.year < asked.year), "seed {seed}: {change:?} of {asked}\n{}", yearly.text);
            }
        }
    }
    let changed: usize = ["cells", "any row", "rows", "new rows"].iter().map(|way| ways.get(&(*way, true)).copied().unwrap_or(0)).sum();
    assert!(changed as u64 >= programs / 2, "{ways:?}");
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn county() -> (Plan, Tables) {
    let rules = root().join("rules/quality-balance");
    let files = heng::suite::packs::read(&rules, "rules/quality-balance").expect("the pack");
    let parsed: Vec<_> = files.iter().enumerate().map(|(at, file)| heng::parse::parse(SourceId(u32::try_from(at).expect("few files")), &file.text).0).collect();
    let (plan, said) = heng::check::check(&parsed);
    assert!(said.iter().all(|one| !one.is_error()));
    let file = |name: &str| heng::load::File { path: format!("{name}.csv"), bytes: std::fs::read(root().join(format!("examples/county/{name}.csv"))).expect("the example"), ..heng::load::File::default() };
    let (tables, _) = heng::load::load(&plan, ["county", "school", "class", "incident", "monitoring", "survey", "evidence"].map(file).into(), &heng::load::Settings::default());
    (plan, tables)
}

#[test]
fn remedies_of_the_example_county_make_its_rules_met() {
    let (plan, tables) = county();
    let mut ways = Ways::new();
    assert_eq!(try_all(&plan, &tables, &mut ways), None);
    for way in [("cells", true), ("branches", true), ("move", true), ("divide", true), ("fill", false), ("elsewhere", false), ("nothing", false)] {
        assert!(ways.contains_key(&way), "{way:?} is not among {ways:?}");
    }
}

/// A pack of one rule over schools, and its plan.
fn schools(columns: &str, rule: &str) -> Plan {
    let text = format!("pack p 1.0 \"P\"\n\ntable county\n  key code text\n\ntable school\n  key code text\n  in county by county_code\n{columns}\n\ntable class\n  key code text\n  in school by school_code\n  column size whole number in pupil\n\nmeasure ratio of school in teacher per 100 pupil\n  = teachers per 100 pupils\n\nmeasure room of school in m2/pupil\n  = area / pupils\n\n{rule}\n");
    (*plan_of(&text).unwrap_or_else(|why| panic!("{why}\n{text}"))).clone()
}

const COLUMNS: &str = "  column teachers whole number in teacher\n  column area number in m2\n  column pupils whole number in pupil";

/// Schools as teachers, area and pupils; classes as their school and size.
fn handed_in(plan: &Plan, schools: &[(i64, i64, i64)], classes: &[(usize, i64)]) -> Tables {
    let file = |name: &str, text: String| heng::load::File { path: format!("{name}.csv"), bytes: text.into_bytes(), ..heng::load::File::default() };
    let school: String = schools.iter().enumerate().map(|(at, (teachers, area, pupils))| format!("s{at},c,{teachers},{area},{pupils}\n")).collect();
    let class: String = classes.iter().enumerate().map(|(at, (school, size))| format!("k{at},s{school},{size}\n")).collect();
    let files = vec![file("county", "code\nc\n".into()), file("school", format!("code,county_code,teachers,area,pupils\n{school}")), file("class", format!("code,school_code,size\n{class}"))];
    let (tables, said) = heng::load::load(plan, files, &heng::load::Settings::default());
    assert!(said.iter().all(|one| !one.is_error()), "{said:?}");
    tables
}

fn random_schools(dice: &mut Dice) -> Vec<(i64, i64, i64)> {
    let one = |dice: &mut Dice| (dice.between(0, 14), dice.between(0, 90), dice.between(20, 140));
    (0..dice.between(2, 5)).map(|_| one(dice)).collect()
}

fn number_of(change: &Change) -> (usize, i64) {
    match change {
        Change::Number { cell, by, .. } => (cell.row as usize, by.to_i64().expect("whole")),
        other => panic!("{other:?}"),
    }
}

/// All pairs and all numbers of teachers, one by one: the fewest that have to move.
fn fewest_moved(plan: &Plan, schools: &[(i64, i64, i64)], finding: &Finding) -> Option<i64> {
    let most = schools.iter().map(|school| school.0).max().unwrap_or(0);
    (1..=most).find(|units| {
        (0..schools.len()).any(|from| {
            (0..schools.len()).filter(|to| *to != from && schools[from].0 >= *units).any(|to| {
                let mut moved = schools.to_vec();
                moved[from].0 -= units;
                moved[to].0 += units;
                slowly(plan, &handed_in(plan, &moved, &[]), finding) == Some(Outcome::Met)
            })
        })
    })
}

#[test]
fn a_variation_is_brought_down_by_the_fewest_moves() {
    let mut ways = Ways::new();
    for form in ["weighted by pupils", "equal weights", "pooled by pupils", "sampled by pupils"] {
        let plan = schools(COLUMNS, &format!("rule R\n  for each county\n  require variation(ratio across school, {form}) <= 0.5"));
        for seed in 0..40 {
            let schools = random_schools(&mut Dice::new(710_000 + seed));
            let tables = handed_in(&plan, &schools, &[]);
            assert_eq!(try_all(&plan, &tables, &mut ways), None, "{form} {schools:?}");
            for finding in remedied(&plan, &tables).findings.iter().filter(|finding| finding.outcome == Outcome::NotMet) {
                let fewest = fewest_moved(&plan, &schools, finding);
                match &finding.remedy[0] {
                    Remedy { way: Way::Move, changes, claim: Claim::Least } => assert_eq!(Some(number_of(&changes[1]).1), fewest, "{form} {schools:?}"),
                    other => assert_eq!(fewest, None, "{form} {schools:?}: {other:?}"),
                }
            }
        }
    }
    for way in [("move", true), ("move", false)] {
        assert!(ways.get(&way).is_some_and(|count| *count > 3), "{ways:?}");
    }
}

#[test]
fn area_is_added_to_one_school_as_little_as_can_be() {
    let plan = schools(COLUMNS, "rule R\n  for each county\n  require variation(room across school, weighted by pupils) < 0.45");
    let mut ways = Ways::new();
    for seed in 0..60 {
        let schools = random_schools(&mut Dice::new(720_000 + seed));
        let tables = handed_in(&plan, &schools, &[]);
        assert_eq!(try_all(&plan, &tables, &mut ways), None, "{schools:?}");
        for finding in remedied(&plan, &tables).findings.iter().filter(|finding| finding.outcome == Outcome::NotMet) {
            let Remedy { way: Way::Cells, changes, claim: Claim::Least } = &finding.remedy[0] else { continue };
            let (row, by) = number_of(&changes[0]);
            let enough = |at: usize, by: i64| {
                let mut more = schools.clone();
                more[at].1 += by;
                slowly(&plan, &handed_in(&plan, &more, &[]), finding) == Some(Outcome::Met)
            };
            assert!(enough(row, by) && (0..schools.len()).all(|at| !enough(at, by - 1)), "{schools:?}: {changes:?}");
        }
    }
    assert!(ways.get(&("cells", true)).is_some_and(|count| *count > 10), "{ways:?}");
}

/// A variation a little above its limit: the transfer that the remedy names, made in the data, is audited again.
#[test]
fn a_named_transfer_brings_a_variation_under_its_limit() {
    let plan = schools(COLUMNS, "rule R\n  for each county\n  require variation(ratio across school, weighted by pupils) <= 0.5");
    let mut table = vec![(10, 0, 100), (28, 0, 100), (9, 0, 100), (10, 0, 100), (12, 0, 100)];
    let verdict = remedied(&plan, &handed_in(&plan, &table, &[]));
    let finding = &verdict.findings[0];
    let heng::model::verdict::Figure::Spread { square } = &finding.judged.value else { panic!("{:?}", finding.judged.value) };
    assert_eq!(square.root_rounded(2).plain(2), "0.52");
    let [Remedy { way: Way::Move, changes, claim: Claim::Least }, ..] = finding.remedy.as_slice() else { panic!("{:?}", finding.remedy) };
    for (row, by) in changes.iter().map(number_of) {
        table[row].0 += by;
    }
    assert_eq!(changes.iter().map(number_of).collect::<Vec<_>>(), [(1, -1), (2, 1)]);
    assert_eq!(remedied(&plan, &handed_in(&plan, &table, &[])).findings[0].outcome, Outcome::Met);
}

#[test]
fn classes_that_are_too_large_are_divided_among_the_fewest() {
    let plan = schools(COLUMNS, "rule R\n  for each school\n  require every class has size <= 45");
    let mut ways = Ways::new();
    for seed in 0..150 {
        let mut dice = Dice::new(730_000 + seed);
        let classes: Vec<(usize, i64)> = (0..dice.between(1, 6)).map(|_| (0, dice.between(30, 140))).collect();
        let tables = handed_in(&plan, &[(1, 1, 1)], &classes);
        assert_eq!(try_all(&plan, &tables, &mut ways), None, "{classes:?}");
        let large: Vec<i64> = classes.iter().map(|(_, size)| *size).filter(|size| *size > 45).collect();
        let finding = &remedied(&plan, &tables).findings[0];
        let divided = finding.remedy.iter().find(|remedy| remedy.way == Way::Divide).map(|remedy| remedy.changes.clone());
        match divided.as_deref() {
            Some([Change::Divide { into, .. }]) => assert_eq!(i64::try_from(*into).expect("few"), (large.iter().sum::<i64>() + 44) / 45, "{classes:?}"),
            other => assert!(large.is_empty(), "{classes:?}: {other:?}"),
        }
    }
    assert!(ways.get(&("divide", true)).is_some_and(|count| *count > 50), "{ways:?}");
}

/// Law 9, of what an explanation adds: a variation without one school is the variation of the data without its row.
#[test]
fn a_variation_without_one_school_is_that_of_the_others() {
    let mut told = 0;
    for form in ["weighted by pupils", "equal weights", "pooled by pupils", "sampled by pupils"] {
        let plan = schools(COLUMNS, &format!("rule R\n  for each county\n  require variation(ratio across school, {form}) <= 0.5"));
        for seed in 0..40 {
            let schools = random_schools(&mut Dice::new(740_000 + seed));
            let tables = handed_in(&plan, &schools, &[]);
            let (_, verdict) = heng::judged(&plan, &tables, &ask());
            let explained = heng::explained(&plan, &tables, &verdict.findings[0], &ask());
            for without in &explained.without {
                let others: Vec<(i64, i64, i64)> = schools.iter().enumerate().filter(|(at, _)| *at != without.row as usize).map(|(_, school)| *school).collect();
                let found = World { plan: &plan, tables: &handed_in(&plan, &others, &[]), as_of: as_of() }.findings(0).remove(0);
                let square = if let Some(slow::SlowValue::Square(square)) = found.value { Some(square) } else { None };
                assert_eq!((found.outcome, square), (without.outcome, without.square.clone()), "{form} {schools:?} without {}", without.row);
                told += 1;
            }
        }
    }
    assert!(told > 300, "{told}");
}

/// What other rules need is told of them; what the rule lacks besides is no more than it must be, and hides no way that is
/// enough by itself.
#[test]
fn other_rules_are_told_beside_what_is_lacking_here() {
    let whole = "sum(area across school) >= 500 m2";
    let plan = schools(COLUMNS, &format!("rule A\n  for each school\n  require room >= 5 m2/pupil\n\nrule S\n  for each county\n  require {whole}\n\nrule R\n  for each county\n  require all of A met\n  require {whole}\n\nrule T\n  for each school\n  require (A met and teachers >= 5) or teachers >= 8"));
    let tables = handed_in(&plan, &[(2, 90, 100), (9, 80, 40), (9, 300, 60)], &[]);
    let verdict = remedied(&plan, &tables);
    let of = |rule: &str, at: usize| verdict.findings.iter().filter(|one| plan.rules[one.rule].names.id == rule).nth(at).expect("asked");
    let a = plan.rules.iter().position(|rule| rule.names.id == "A").expect("a rule");
    let [Remedy { way: Way::Elsewhere(others), changes, claim: Claim::Least }] = of("R", 0).remedy.as_slice() else { panic!("{:?}", of("R", 0).remedy) };
    assert_eq!(others.as_slice(), [Others { need: 1, rules: vec![(a, 2)] }]);
    assert_eq!(changes.iter().map(|change| number_of(change).1).collect::<Vec<_>>(), [30]);
    // The same requirement, asked alone.
    assert_eq!(slowly(&plan, &changed(&plan, &tables, changes), of("S", 0)), Some(Outcome::Met));
    let enough = |remedy: &&Remedy| !matches!(remedy.way, Way::Elsewhere(_));
    let told: Vec<_> = of("T", 0).remedy.iter().filter(enough).map(|remedy| number_of(&remedy.changes[0])).collect();
    assert_eq!(told, [(0, 6)], "{:?}", of("T", 0).remedy);
}

/// Nothing that has happened is undone, and what is no quantity is not counted up.
#[test]
fn where_no_figure_helps_that_is_said() {
    let columns = format!("{COLUMNS}\n  column kind text\n  column fire yes/no");
    let plan = schools(&columns, "rule KIND\n  for each school\n  require kind = \"town\"\n\nrule FIRE\n  for each county\n  require no school is fire");
    let file = |name: &str, text: &str| heng::load::File { path: format!("{name}.csv"), bytes: text.as_bytes().to_vec(), ..heng::load::File::default() };
    let (tables, _) = heng::load::load(&plan, vec![file("county", "code\nc\n"), file("school", "code,county_code,teachers,area,pupils,kind,fire\ns,c,1,1,1,city,yes\n")], &heng::load::Settings::default());
    let told: Vec<_> = remedied(&plan, &tables).findings.iter().map(|finding| finding.remedy[0].way.clone()).collect();
    assert_eq!(told, [Way::Nothing(heng::model::remedy::Nothing::NotCounted), Way::Nothing(heng::model::remedy::Nothing::Recorded)]);
}
