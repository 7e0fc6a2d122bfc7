//! Texts and data made by chance, from the first byte to the report: whatever comes in, nothing panics, and the same input
//! gives the same bytes. Seeded, so that a failure comes again; it prints the seed that shows it.
#![expect(clippy::print_stdout, reason = "a test tells what it counted")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use fastrand::Rng;
use heng::base::{Date, Lang, Sources};
use heng::diag::Diagnostic;
use heng::diag::show::{Style, render};
use heng::judge::Ask;
use heng::load::{File, Settings};
use heng::model::ast::RuleKind;
use heng::model::plan::Plan;
use heng::report::{MaskKey, Masks, self, Options, Page};

/// How long each of the two tests goes on, and how few rounds would mean that it tried nothing.
const TIME: Duration = Duration::from_secs(5);
const FEWEST: u64 = 20;

/// Pieces that upset readers, thrown into texts.
const SPLINTERS: &[&[u8]] = &[
    b"\"", b"\"\"", b",", b"\n", b"\r", b"\t", b";", b"\0", b"\xff", b"\xe4\xba", "\u{feff}".as_bytes(), "\u{200b}".as_bytes(), "“".as_bytes(), "”".as_bytes(), "「".as_bytes(), "（".as_bytes(),
    b"(", b")", b"[", b"]", b"((((((((((((((((((((", b"-", b"%", b"/", b"=", b">=", b"#", b"0", b"9999999999999999999999999999999", b"1e308", b"0.0000000000000000000001", b"2026-02-30",
    "每个 ".as_bytes(), "的 ".as_bytes(), "至少 ".as_bytes(), b" where ", b" and ", b" or ", b" not ", b" of ", b" across ", b" per 100 ", b" if ", b"\n  require ", b"\n  when ", b"\nrule X\n", b"\nmeasure m of school\n  = ",
    b" in section", b" by stage", "合计".as_bytes(), "注：".as_bytes(), b" rounded to 2 decimals half up", b" met", b"count(", b"variation(", b"percentile(90%, ", b"atkinson(1/2, ", b"theil(",
];

/// Letters of which noise may be a table.
const LETTERS: &[u8] = b"S12,;\t\"\n\n .-%";

/// A pack with the tables that belong to it.
struct Sample {
    rules: Vec<String>,
    data: Vec<(String, Vec<u8>)>,
}

fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str, ending: &str| {
        let mut paths: Vec<_> = std::fs::read_dir(root.join(folder)).expect("a folder").flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == ending)).collect();
        // The pack's own file comes first.
        paths.sort_by_key(|path| (!path.ends_with("pack.heng"), path.clone()));
        paths.into_iter().map(|path| (path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(), std::fs::read(path).expect("a file"))).collect::<Vec<_>>()
    };
    let texts = |folder: &str| read(folder, "heng").into_iter().map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect::<Vec<_>>();
    let few = |data: Vec<(String, Vec<u8>)>| data.into_iter().map(|(name, bytes)| (name, bytes.split_inclusive(|byte| *byte == b'\n').take(8).flatten().copied().collect())).collect();
    let mut samples: Vec<Sample> = ["books", "jiujiang", "nine-year"].iter().map(|name| format!("examples/{name}")).map(|folder| Sample { rules: texts(&folder), data: read(&folder, "csv") }).collect();
    samples.push(Sample { rules: texts("rules/quality-balance"), data: few(read("examples/county", "csv")) });
    samples
}

/// A text with a few random edits.
fn edited(dice: &mut Rng, bytes: &[u8]) -> Vec<u8> {
    let mut made = bytes.to_vec();
    for _ in 0..dice.usize(1..5) {
        let at = dice.usize(0..=made.len());
        let far = if dice.u32(0..5) == 0 { 400 } else { 6 };
        let end = (at + dice.usize(0..far)).min(made.len());
        match dice.usize(0..5) {
            0 => drop(made.drain(at..end)),
            1 => drop(made.splice(at..at, SPLINTERS[dice.usize(0..SPLINTERS.len())].iter().copied())),
            2 => drop(made.splice(at..end, SPLINTERS[dice.usize(0..SPLINTERS.len())].iter().copied())),
            3 => {
                let copied = made[at..end].to_vec();
                let to = dice.usize(0..=made.len());
                made.splice(to..to, copied);
            }
            _ => (0..end - at).for_each(|nth| made[at + nth] = dice.u8(..)),
        }
    }
    made
}

/// Bytes of one kind or another.
fn noise(dice: &mut Rng) -> Vec<u8> {
    let length = dice.usize(0..3000);
    match dice.usize(0..3) {
        0 => (0..length).map(|_| dice.u8(..)).collect(),
        1 => (0..length / 4).flat_map(|_| SPLINTERS[dice.usize(0..SPLINTERS.len())].to_vec()).collect(),
        _ => (0..length).map(|_| LETTERS[dice.usize(0..LETTERS.len())]).collect(),
    }
}

/// Rounds until the time is over, each with a seed of its own.
fn rounds(name: &str, round: impl Fn(&mut Rng)) {
    let start = Instant::now();
    let mut seed = 0;
    while start.elapsed() < TIME || seed < FEWEST {
        let mut dice = Rng::with_seed(seed);
        let held = catch_unwind(AssertUnwindSafe(|| round(&mut dice)));
        assert!(held.is_ok(), "{name}: seed {seed}");
        seed += 1;
    }
    println!("{name}: {seed} rounds");
}

#[test]
fn rules_by_chance() {
    let samples = samples();
    rounds("rules", |dice| {
        let sample = &samples[dice.usize(0..samples.len())];
        let mut rules = sample.rules.clone();
        let at = dice.usize(0..rules.len());
        let bytes = if dice.u32(0..10) == 0 { noise(dice) } else { edited(dice, rules[at].as_bytes()) };
        rules[at] = String::from_utf8_lossy(&bytes).into_owned();
        through(&rules, &sample.data);
    });
}

#[test]
fn data_by_chance() {
    let samples = samples();
    rounds("data", |dice| {
        let sample = &samples[dice.usize(0..samples.len())];
        let mut data = sample.data.clone();
        for _ in 0..dice.usize(1..3) {
            let at = dice.usize(0..data.len());
            data[at].1 = if dice.u32(0..10) == 0 { noise(dice) } else { edited(dice, &data[at].1) };
        }
        through(&sample.rules, &data);
    });
}

/// The whole way, as far as it goes, twice for the report.
fn through(rules: &[String], data: &[(String, Vec<u8>)]) {
    let mut sources = Sources::default();
    let mut said = Vec::new();
    let mut files = Vec::new();
    for (at, text) in rules.iter().enumerate() {
        let source = sources.add(format!("{at}.heng"), text.clone());
        let (file, more) = heng::parse::parse(source, text);
        files.push(file);
        said.extend(more);
    }
    let (plan, more) = heng::check::check(&files);
    said.extend(more);
    show(&said, &sources);
    // What was understood is read back even where not all was.
    heng::say::say(&plan);
    if said.iter().any(Diagnostic::is_error) {
        return;
    }
    let files = || data.iter().map(|(path, bytes)| File { path: path.clone(), bytes: bytes.clone(), ..File::default() }).collect();
    let (tables, said) = heng::load::load(&plan, files(), &Settings::default());
    show(&said, &sources);
    if said.iter().any(Diagnostic::is_error) {
        return;
    }
    let first = reports(&plan, &tables, &sources);
    let (tables, _) = heng::load::load(&plan, files(), &Settings::default());
    assert_eq!(first, reports(&plan, &tables, &sources), "the same input gives the same bytes");
}

/// Every message can be shown, in both languages.
fn show(said: &[Diagnostic], sources: &Sources) {
    for one in said.iter().take(20) {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!render(one, sources, Style { lang, color: false, width: 80 }).is_empty());
        }
    }
}

fn reports(plan: &Plan, tables: &heng::model::table::Tables, sources: &Sources) -> Vec<String> {
    let as_of = Date::new(2026, 9, 1).expect("a day of the calendar");
    let reduced = heng::reduce::reduce(plan, tables, as_of);
    let ask = Ask { as_of, counties: Vec::new(), units: Vec::new(), rules: Vec::new(), fail_level: RuleKind::Rule, strict: false };
    let verdict = heng::judge::judge(plan, tables, &reduced, &ask);
    let page = |lang| Page { plan, tables, reduced: &reduced, verdict: &verdict, sources, packs: Vec::new(), options: Options::default(), said: Vec::new(), lang, color: false, width: 80, show_personal: false, masks: Masks::of(plan, tables, MaskKey::of_suites()), alike: std::sync::OnceLock::new() };
    let (en, zh) = (page(Lang::En), page(Lang::Zh));
    vec![report::text(&en), report::text(&zh), report::json(&en), report::csv(&en)]
}
