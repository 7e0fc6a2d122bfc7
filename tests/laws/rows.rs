//! Law 15: the rows that a finding names are those that broke it, never those that kept it; and turning the truth of as
//! many of them as it is short, or over, makes it no longer not met, while one fewer does not.
//!
//! Sentences of one rule over a small table, told by a statement of their own here: each row by itself, counted by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::common::dice::Dice;
use super::common::trial::{as_of, plan_of};
use super::programs;
use heng::judge::Ask;
use heng::model::ast::RuleKind;
use heng::model::plan::Plan;
use heng::model::verdict::{Judged, Outcome, Part};

/// Sentences for each program that `HENG_LAWS` asks of another law.
const SENTENCES: usize = 10;

/// Two answers and a number of a row, for one statement about it: `p`, `q` are 0 or 1, a blank is `None`.
type Cells = [Option<i64>; 3];

/// What is said of a row, of cells of its own.
#[derive(Clone, Copy, Debug)]
enum Says {
    Yes,
    No,
    Both,
    Either,
    Above(i64),
    UpTo(i64),
}

impl Says {
    fn random(dice: &mut Dice) -> Says {
        let limit = dice.between(0, 4);
        *dice.pick(&[Says::Yes, Says::Yes, Says::No, Says::Both, Says::Either, Says::Above(limit), Says::UpTo(limit)])
    }

    fn text(self, of: &str) -> String {
        match self {
            Says::Yes => format!("p{of}"),
            Says::No => format!("(not p{of})"),
            Says::Both => format!("(p{of} and q{of})"),
            Says::Either => format!("(p{of} or q{of})"),
            Says::Above(limit) => format!("x{of} > {limit}"),
            Says::UpTo(limit) => format!("x{of} <= {limit}"),
        }
    }

    /// `None` where a blank leaves it open.
    fn truth(self, [p, q, x]: Cells) -> Option<bool> {
        let (p, q) = (p.map(|p| p == 1), q.map(|q| q == 1));
        match self {
            Says::Yes => p,
            Says::No => p.map(|p| !p),
            Says::Both => and(p, q),
            Says::Either => and(p.map(|p| !p), q.map(|q| !q)).map(|neither| !neither),
            Says::Above(limit) => x.map(|x| x > limit),
            Says::UpTo(limit) => x.map(|x| x <= limit),
        }
    }

    /// Cells of which it is so, or is not.
    fn cells(self, wanted: bool) -> Cells {
        let mut all = [0, 1].into_iter().flat_map(|p| [0, 1].into_iter().flat_map(move |q| (0..=5).map(move |x| [Some(p), Some(q), Some(x)])));
        all.find(|cells| self.truth(*cells) == Some(wanted)).expect("cells that say so")
    }
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    Percent(i64),
    Rows(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Every,
    No,
    AtLeast(Amount),
    AtMost(Amount),
    Exactly(i64),
    /// Of a share that is compared.
    MoreThan(i64),
    LessThan(i64),
}

impl Bound {
    fn name(self) -> &'static str {
        match self {
            Bound::Every => "every",
            Bound::No => "no",
            Bound::AtLeast(Amount::Percent(_)) => "at least %",
            Bound::AtLeast(Amount::Rows(_)) => "at least",
            Bound::AtMost(Amount::Percent(_)) => "at most %",
            Bound::AtMost(Amount::Rows(_)) => "at most",
            Bound::Exactly(_) => "exactly",
            Bound::MoreThan(_) => "more than",
            Bound::LessThan(_) => "less than",
        }
    }

    fn random(dice: &mut Dice) -> Bound {
        let amount = if dice.chance(1, 2) { Amount::Percent(*dice.pick(&[0, 10, 33, 50, 50, 75, 100])) } else { Amount::Rows(dice.between(0, 4)) };
        match dice.below(5) {
            0 | 1 => Bound::AtLeast(amount),
            2 | 3 => Bound::AtMost(amount),
            _ => Bound::Exactly(dice.between(0, 4)),
        }
    }

    fn words(self) -> String {
        let amount = |amount: Amount| match amount {
            Amount::Percent(percent) => format!("{percent}%"),
            Amount::Rows(rows) => rows.to_string(),
        };
        match self {
            Bound::AtLeast(least) => format!("at least {}", amount(least)),
            Bound::AtMost(most) => format!("at most {}", amount(most)),
            Bound::Exactly(rows) => format!("exactly {rows}"),
            _ => String::new(),
        }
    }
}

/// A sentence: whom it is said of, and its steps.
#[derive(Clone, Debug)]
struct Sentence {
    filter: Option<Says>,
    steps: Vec<(Bound, Says)>,
}

impl Sentence {
    fn random(dice: &mut Dice) -> Sentence {
        let filter = dice.chance(1, 2).then(|| Says::random(dice));
        let percent = *dice.pick(&[0, 20, 33, 50, 75, 99]);
        let steps = match dice.below(8) {
            0 => vec![Bound::Every],
            1 => vec![Bound::No],
            2 => vec![*dice.pick(&[Bound::MoreThan(percent), Bound::LessThan(percent)])],
            3 => vec![Bound::random(dice), Bound::random(dice)],
            4 => vec![Bound::random(dice), Bound::random(dice), Bound::random(dice)],
            _ => vec![Bound::random(dice)],
        };
        Sentence { filter, steps: steps.into_iter().map(|bound| (bound, Says::random(dice))).collect() }
    }

    fn text(&self) -> String {
        let rows = format!("school{}", self.filter.map_or_else(String::new, |filter| format!(" where {}", filter.text("f"))));
        let says = |at: usize| self.steps[at].1.text(&at.to_string());
        match self.steps[0].0 {
            Bound::Every => format!("every {rows} has {}", says(0)),
            Bound::No => format!("no {rows} has {}", says(0)),
            Bound::MoreThan(percent) => format!("share({} across {rows}) > {percent}%", says(0)),
            Bound::LessThan(percent) => format!("share({} across {rows}) < {percent}%", says(0)),
            first => {
                let rest: String = (1..self.steps.len()).map(|at| format!(", of whom {} have {}", self.steps[at].0.words(), says(at))).collect();
                format!("{} of {rows} have {}{rest}", first.words(), says(0))
            }
        }
    }

    fn rules(&self) -> String {
        let columns: String = ["f", "0", "1", "2"].iter().map(|of| format!("  column p{of} yes/no\n  column q{of} yes/no\n  column x{of} whole number\n")).collect();
        format!("pack world 1.0\n\ntable county\n  key code text\n\ntable school\n  key code text\n  in county by county\n{columns}\nrule R\n  for each county\n  require {}\n", self.text())
    }
}

/// A school's cells: of the filter, then of each step.
type School = [Cells; 4];

fn schools(dice: &mut Dice) -> Vec<School> {
    let blanks = *dice.pick(&[0, 1, 1, 3]);
    let count = if dice.chance(1, 12) { 25 } else { dice.below(9) };
    let mut cell = |high: i64| if dice.chance(blanks, 8) { None } else { Some(dice.between(0, high)) };
    (0..count).map(|_| std::array::from_fn(|_| [cell(1), cell(1), cell(5)])).collect()
}

fn sheet(schools: &[School]) -> String {
    let mut text = "code,county".to_string();
    for of in ["f", "0", "1", "2"] {
        let _ = write!(text, ",p{of},q{of},x{of}");
    }
    for (at, school) in schools.iter().enumerate() {
        let _ = write!(text, "\ns{at:02},c");
        for [p, q, x] in school {
            let answer = |cell: &Option<i64>| cell.map_or("", |cell| if cell == 1 { "yes" } else { "no" });
            let _ = write!(text, ",{},{},{}", answer(p), answer(q), x.map_or_else(String::new, |x| x.to_string()));
        }
    }
    text + "\n"
}

/// The rows of a step: those surely counted by their truth, and how many there are that may be counted.
#[derive(Default)]
struct Told {
    yes: BTreeSet<usize>,
    no: BTreeSet<usize>,
    open: i64,
    may_be_yes: i64,
    may_be_no: i64,
    may_be_open: i64,
}

fn told(sentence: &Sentence, step: usize, schools: &[School]) -> Told {
    let mut told = Told::default();
    for (at, school) in schools.iter().enumerate() {
        let earlier = (0..step).map(|earlier| sentence.steps[earlier].1.truth(school[earlier + 1]));
        let counted = earlier.chain(sentence.filter.map(|filter| filter.truth(school[0]))).fold(Some(true), and);
        match (counted, sentence.steps[step].1.truth(school[step + 1])) {
            (Some(false), _) => {}
            (Some(true), Some(true)) => _ = told.yes.insert(at),
            (Some(true), Some(false)) => _ = told.no.insert(at),
            (Some(true), None) => told.open += 1,
            (None, Some(true)) => told.may_be_yes += 1,
            (None, Some(false)) => told.may_be_no += 1,
            (None, None) => told.may_be_open += 1,
        }
    }
    told
}

fn count(rows: &BTreeSet<usize>) -> i64 {
    i64::try_from(rows.len()).expect("few rows")
}

fn up(percent: i64, of: i64) -> i64 {
    (percent * of + 99).div_euclid(100)
}

fn down(percent: i64, of: i64) -> i64 {
    (percent * of).div_euclid(100)
}

/// How many rows a step is short, or over, at the end that decides; and the truth of the rows that broke it.
fn wanting(bound: Bound, told: &Told) -> (i64, bool) {
    let sure = count(&told.yes) + count(&told.no) + told.open;
    let (most, most_of) = (count(&told.yes) + told.open + told.may_be_yes + told.may_be_open, sure + told.may_be_yes + told.may_be_open);
    let (least, least_of) = (count(&told.yes), sure + told.may_be_no + told.may_be_open);
    match bound {
        Bound::Every => (count(&told.no), false),
        Bound::No => (least, true),
        Bound::AtLeast(Amount::Percent(percent)) => (up(percent, most_of) - most, false),
        Bound::MoreThan(percent) => (down(percent, most_of) + 1 - most, false),
        Bound::AtLeast(Amount::Rows(rows)) => (rows - most, false),
        Bound::AtMost(Amount::Percent(percent)) => (least - down(percent, least_of), true),
        Bound::LessThan(percent) => (least - up(percent, least_of) + 1, true),
        Bound::Exactly(rows) if most < rows => (rows - most, false),
        Bound::AtMost(Amount::Rows(rows)) | Bound::Exactly(rows) => (least - rows, true),
    }
}

/// Of a share there is none of no rows, and so no breach while there may be none.
fn may_be_of_none(bound: Bound, told: &Told) -> bool {
    let is_share = matches!(bound, Bound::AtLeast(Amount::Percent(_)) | Bound::AtMost(Amount::Percent(_)) | Bound::MoreThan(_) | Bound::LessThan(_));
    is_share && count(&told.yes) + count(&told.no) + told.open == 0
}

/// How each step was judged, with every row that breaches.
fn steps(plan: &Plan, schools: &[School], several: bool) -> Vec<Judged> {
    let file = |name: &str, text: String| heng::load::File { path: format!("{name}.csv"), bytes: text.into_bytes(), ..heng::load::File::default() };
    let files = vec![file("county", "code\nc\n".into()), file("school", sheet(schools))];
    let (tables, said) = heng::load::load(plan, files, &heng::load::Settings::default());
    assert!(said.iter().all(|one| !one.is_error()), "{said:?}\n{}", sheet(schools));
    let ask = Ask { as_of: as_of(), counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
    let verdict = heng::judged_in_full(plan, &tables, &ask);
    let judged = verdict.findings.into_iter().next().expect("a finding").judged;
    let chain = judged.parts.iter().filter_map(|part| if let Part::Step(step) = part { Some((**step).clone()) } else { None });
    if several { chain.collect() } else { vec![judged] }
}

fn named(judged: &Judged) -> BTreeSet<usize> {
    let place = |key: &str| key.trim_start_matches('s').parse().expect("a key of these tables");
    judged.parts.iter().filter_map(|part| if let Part::Row { key, judged: row, .. } = part { (row.outcome == Outcome::NotMet).then(|| place(key)) } else { None }).collect()
}

#[test]
fn the_rows_named_are_those_that_broke_it_and_enough_of_them_mend_it() {
    let mut mended: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for seed in 0..(programs() * SENTENCES) as u64 {
        let mut dice = Dice::new(1_500_000 + seed);
        let sentence = Sentence::random(&mut dice);
        let plan = plan_of(&sentence.rules()).unwrap_or_else(|why| panic!("seed {seed} is refused\n{why}\n{}", sentence.text()));
        let schools = schools(&mut dice);
        let several = sentence.steps.len() > 1;
        let told_here = || format!("seed {seed}: {}\n{}", sentence.text(), sheet(&schools));
        for (at, judged) in steps(&plan, &schools, several).iter().enumerate() {
            let (bound, says) = sentence.steps[at];
            let told = told(&sentence, at, &schools);
            let (wanting, truth) = wanting(bound, &told);
            let broken = wanting > 0 && !may_be_of_none(bound, &told);
            assert_eq!(judged.outcome == Outcome::NotMet, broken, "step {at} is {:?}\n{}", judged.outcome, told_here());
            if judged.outcome != Outcome::NotMet {
                continue;
            }
            let broke = if truth { &told.yes } else { &told.no };
            assert_eq!(&named(judged), broke, "step {at} names others than those that broke it\n{}", told_here());
            // As many as there are may not be enough: then no rows of these tables could mend it.
            if wanting > count(broke) {
                continue;
            }
            let mut order: Vec<usize> = broke.iter().copied().collect();
            dice.shuffle(&mut order);
            let after = |turned: i64| {
                let mut schools = schools.clone();
                for place in order.iter().take(usize::try_from(turned).unwrap_or(0)) {
                    schools[*place][at + 1] = says.cells(!truth);
                }
                steps(&plan, &schools, several).get(at).map(|judged| judged.outcome)
            };
            assert_ne!(after(wanting), Some(Outcome::NotMet), "step {at} with {wanting} of {order:?} turned\n{}", told_here());
            assert_eq!(after(wanting - 1), Some(Outcome::NotMet), "step {at} with one fewer than {wanting} of {order:?} turned\n{}", told_here());
            *mended.entry((bound.name(), at > 0)).or_insert(0) += 1;
        }
    }
    for form in ["every", "no", "at least %", "at least", "at most %", "at most", "exactly", "more than", "less than"] {
        assert!(mended.contains_key(&(form, false)), "never mended: {form}; {mended:?}");
    }
    assert!(mended.keys().any(|(_, is_later)| *is_later), "no later step was mended: {mended:?}");
}
