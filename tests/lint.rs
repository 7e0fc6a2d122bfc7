//! What the lints say, held against what judging finds on random programs and tables; and the form of each lint.
//!
//! `HENG_LAWS=n` tries n programs; each is judged on several sets of tables.

mod common;
mod slow;

use std::fs;
use std::path::PathBuf;

use common::data::{Data, Gaps};
use common::dice::Dice;
use common::program::Program;
use common::schema::Terms;
use common::trial::{Found, fast, plan_of, show, tables_of};
use common::writer::Calm;
use heng::base::Span;
use heng::diag::{Diagnostic, Place};
use heng::lint::lint;
use heng::model::plan::{Plan, RuleDef};
use heng::model::verdict::Outcome;

const DATA_SETS: usize = 3;
/// The pack that examples extend.
const BASE: &str = "quality-balance";

fn programs() -> u64 {
    std::env::var("HENG_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(1000)
}

/// A program with a second rule like one that it has, but for a limit or the direction.
fn beside(program: &Program, dice: &mut Dice) -> Program {
    let mut program = program.clone();
    for copy in 0..3 {
        let chosen = dice.pick(&program.rules).clone();
        let Some((_, rest)) = chosen.split_once('\n') else { continue };
        let mut rest = rest.to_string();
        if dice.chance(1, 2) {
            let (from, to) = *dice.pick(&[(" >= ", " <= "), (" <= ", " >= "), (" > ", " >= "), (" < ", " >= "), ("at least", "at most")]);
            rest = rest.replace(from, to);
        }
        if let Some(at) = rest.rfind(|c: char| c.is_ascii_digit()) {
            rest.replace_range(at..=at, &dice.below(10).to_string());
        }
        let changed = format!("rule Z{copy}\n{rest}");
        let tried = Program { rules: [&program.rules[..], &[changed]].concat(), ..program.clone() };
        if plan_of(&tried.text()).is_ok() {
            program = tried;
        }
    }
    program
}

fn places(said: &Diagnostic) -> Vec<Span> {
    said.labels.iter().filter_map(|label| if let Place::Rule(span) = label.place { Some(span) } else { None }).collect()
}

/// The rules whose only requirement stands at these places, one for each; asked of all of their units on all of their days.
fn whole<'p>(plan: &'p Plan, spans: &[Span]) -> Option<Vec<&'p RuleDef>> {
    let of = |span: &Span| plan.rules.iter().find(|rule| matches!(&rule.require[..], [only] if only.span == *span) && rule.grades.is_empty() && rule.exceptions.is_empty() && rule.layers.is_empty());
    spans.iter().map(of).collect()
}

fn outcomes<'f>(found: &'f Found, rule: &'f RuleDef) -> impl Iterator<Item = (&'f str, Outcome)> {
    found.iter().filter(|((id, _), _)| *id == rule.names.id).map(|((_, unit), (outcome, _))| (unit.as_str(), *outcome))
}

/// What is wrong with a finding, if data show it.
fn refuted(said: &Diagnostic, plan: &Plan, found: &Found) -> Option<String> {
    let spans = places(said);
    let rules = whole(plan, &spans).unwrap_or_default();
    let any = |rule: &RuleDef, wanted: Outcome| outcomes(found, rule).any(|(_, outcome)| outcome == wanted);
    let both = |one: &RuleDef, first: Outcome, other: &RuleDef, second: &[Outcome]| {
        outcomes(found, one).filter(|(_, outcome)| *outcome == first).any(|(unit, _)| outcomes(found, other).any(|(same, outcome)| same == unit && second.contains(&outcome)))
    };
    let is_wrong = match (said.code, &rules[..]) {
        ("W0606", [rule]) => any(rule, Outcome::NotMet),
        ("W0607", [rule]) => any(rule, Outcome::Met),
        // Of one code nothing is said of the others.
        ("W0601", [one, other]) if !said.text.en.contains(" for ") => both(one, Outcome::Met, other, &[Outcome::Met]),
        ("W0602", [loose, strict]) => both(loose, Outcome::NotMet, strict, &[Outcome::Met]),
        ("W0604", _) => {
            // Beside others a part that has no answer is left out, and they decide.
            let asks = |rule: &&RuleDef| rule.scope.iter().chain(&rule.when).any(|node| node.span == spans[0]);
            plan.rules.iter().filter(asks).any(|rule| any(rule, Outcome::Met) || any(rule, Outcome::NotMet))
        }
        _ => false,
    };
    is_wrong.then(|| format!("{} {:?} {}", said.code, spans, said.text.en))
}

#[test]
fn no_data_refute_what_is_found() {
    let calm = Calm { known: true, rounding: true, guard: false };
    let mut seen = std::collections::BTreeMap::new();
    for seed in 0..programs() {
        let mut dice = Dice::new(900_000 + seed);
        let terms = Terms::random(&mut dice);
        let program = Program::random(&mut dice, terms, calm);
        let program = beside(&program, &mut dice);
        let Ok(plan) = plan_of(&program.text()) else { continue };
        let linted = lint(&plan, None);
        for said in &linted.found {
            *seen.entry(said.code).or_insert(0usize) += 1;
        }
        for _ in 0..DATA_SETS {
            let gaps = Gaps::random(&mut dice);
            let data = Data::random(&mut dice, terms, gaps);
            let Ok(tables) = tables_of(&plan, &data) else { continue };
            let found = fast(&plan, &tables);
            if let Some(why) = linted.found.iter().find_map(|said| refuted(said, &plan, &found)) {
                panic!("seed {seed}: {why}\n{}", show(&program, &data));
            }
        }
    }
    for code in ["W0601", "W0602", "W0604", "W0605", "W0606", "W0607"] {
        assert!(programs() < 1000 || seen.contains_key(code), "{code} was never found: {seen:?}");
    }
}

/// One file is one lint, and each says the same things of itself in the same order.
#[test]
fn every_lint_says_what_it_looks_for() {
    const HEADINGS: [&str; 5] = ["//! # Looks for", "//! # Why", "//! # Caught", "//! # Not caught", "//! # Mend"];
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/lint");
    let mut lints = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        if !text.contains("pub fn look(") {
            continue;
        }
        lints += 1;
        let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("//! # ")).collect();
        assert_eq!(headings, HEADINGS, "{}", entry.path().display());
    }
    assert!(lints > 10, "the lints are not where they should be");
}

/// The packs that come with the program are clean: what is not is mended, or allowed with a reason.
#[test]
fn the_packs_are_clean() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folders = |of: PathBuf| fs::read_dir(of).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect::<Vec<_>>();
    let above: Vec<PathBuf> = ["rules", "examples"].into_iter().flat_map(|folder| folders(root.join(folder))).collect();
    let packs: Vec<PathBuf> = above.iter().flat_map(|folder| folders(folder.clone())).chain(above.iter().cloned()).collect();
    let mut looked = 0;
    // Files without a `pack.heng` beside them stand each for itself.
    let rules = |folder: &PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|ending| ending == "heng")).collect::<Vec<_>>();
    // Rules of which a recorded report holds the digest stay as they were.
    let recorded = |folder: &PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().any(|file| file.path().extension().is_some_and(|ending| ending == "json"));
    for pack in packs.into_iter().filter(|folder| !recorded(folder)).flat_map(|folder| if folder.join("pack.heng").is_file() { vec![folder] } else { rules(&folder) }) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_heng"));
        command.current_dir(&root).arg("lint").arg(&pack);
        let text = fs::read_to_string(pack.join("pack.heng")).unwrap_or_default();
        if text.contains(&format!("extends  {BASE} ")) {
            command.arg(format!("rules/{BASE}"));
        }
        let done = command.output().expect("the command runs");
        assert_eq!(done.status.code(), Some(0), "{}\n{}{}", pack.display(), String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        looked += 1;
    }
    assert!(looked >= 8, "the packs are not where they should be");
}
