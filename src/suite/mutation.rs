//! Mutation: cases that were played in; each named defect of the rules that they test, and whether any case notices it, out.
//!
//! A defect is tried on the trees: the rules that it reaches are checked and judged anew with the tables that are there,
//! first those that use what is changed, then those that count these. The first case that comes out otherwise ends it.

use crate::base::{Lang, is_han, threads};
use crate::model::ast;
use crate::model::defect::Defect;
use crate::mutate::{self, Mutant, Words};
use crate::format;

use super::Played;
use super::bench::{Bench, Tried as Found};
use super::explained::{self, Explanation};
use super::tested::{names, programs};

/// One defect and what became of it.
#[derive(Clone, Debug)]
pub struct Tried {
    pub defect: Defect,
    pub pack: String,
    /// The rule, measure or standard.
    pub item: String,
    pub path: String,
    pub line: usize,
    /// What the file says there, and what it would say; empty where it is left out.
    pub was: String,
    pub would: String,
    /// The limit of a comparison, or what is rounded.
    pub about: String,
    pub fate: Fate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// By the case at this line of this suite.
    Noticed { path: String, line: usize, case: String },
    /// The rules would not pass `heng check`.
    Refused,
    Unnoticed,
    /// It makes no difference, and why.
    Explained(String),
}

/// A defect to be tried: the program, the file and the item, and which of the item's mutants it is.
struct Job {
    bench: usize,
    file: usize,
    item: usize,
    nth: usize,
    mutant: Mutant,
}

/// Every defect of what is tested, in the order of the files. Explanations that serve are marked.
pub fn mutation(played: &[Played], explained: &mut [Explanation]) -> Vec<Tried> {
    let benches: Vec<Bench<'_>> = programs(played).iter().map(Bench::new).collect();
    let jobs = jobs(&benches);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    // Dealt out in turns, so that the rules that take long do not all fall to one.
    let dealt: Vec<Vec<usize>> = (0..workers).map(|first| (first..jobs.len()).step_by(workers).collect()).collect();
    let found = threads::shared(&dealt, workers, |share| share.iter().flatten().map(|at| (*at, fate(&benches, &jobs[*at]))).collect::<Vec<_>>());
    let mut fates: Vec<(usize, Option<Fate>)> = found.into_iter().flatten().collect();
    fates.sort_by_key(|(at, _)| *at);
    let tried = fates.into_iter().filter_map(|(at, fate)| Some(tried(&benches, &jobs[at], fate?)));
    let mut tried: Vec<Tried> = tried.collect();
    for one in tried.iter_mut().filter(|one| one.fate == Fate::Unnoticed) {
        let called = names(&one.pack, &one.item);
        if let Some(reason) = explained::of_defect(explained, &[&called[0], &called[1]], &one.was, &one.would) {
            one.fate = Fate::Explained(reason);
        }
    }
    tried
}

/// What is tested is tried once, in the first program that holds its file.
fn jobs(benches: &[Bench<'_>]) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (bench, program) in benches.iter().enumerate() {
        let new = |file: &usize| program.is_tested(*file) && !benches[..bench].iter().any(|before| before.same_file(program, *file).is_some());
        for file in (0..program.files.len()).filter(new) {
            for (item, tree) in program.files[file].items.iter().enumerate() {
                let mutants = mutate::mutants(tree, program.text(file)).into_iter().enumerate();
                jobs.extend(mutants.map(|(nth, mutant)| Job { bench, file, item, nth, mutant }));
            }
        }
    }
    jobs
}

/// `None` for a defect that is none: a whole number, rounded.
fn fate(benches: &[Bench<'_>], job: &Job) -> Option<Fate> {
    let first = &benches[job.bench];
    for (at, bench) in benches.iter().enumerate().skip(job.bench) {
        let Some(file) = bench.same_file(first, job.file) else { continue };
        // Places in another program are other places: the mutant is made of its own tree.
        let own = if at == job.bench { None } else { mutate::mutants(&bench.files[file].items[job.item], bench.text(file)).into_iter().nth(job.nth) };
        match bench.try_out(file, job.item, own.as_ref().unwrap_or(&job.mutant)) {
            Found::Noticed(case) => return Some(Fate::Noticed { path: case.path.to_string(), line: case.line, case: case.name.to_string() }),
            Found::Refused => return Some(Fate::Refused),
            Found::Idle => return None,
            Found::Unnoticed => {}
        }
    }
    Some(Fate::Unnoticed)
}

fn tried(benches: &[Bench<'_>], job: &Job, fate: Fate) -> Tried {
    let bench = &benches[job.bench];
    let (mutant, text) = (&job.mutant, bench.text(job.file));
    let item = &bench.files[job.file].items[job.item];
    let lang = if text.get(item.span.range()).is_some_and(|head| head.starts_with(is_han)) { Lang::Zh } else { Lang::En };
    let words = |words: &Words| match words {
        Words::Tree(expr) => plain(&format::expression(text, expr, lang)),
        Words::Text(text) => plain(text),
    };
    let (was, would) = (words(&mutant.before), words(&mutant.after));
    let trees = matches!((&mutant.before, &mutant.after), (Words::Tree(_), Words::Tree(_)));
    let (was, would) = if trees { differing(mutant.defect, &was, &would) } else { (was, would) };
    let about = mutant.about.as_ref().map(|about| plain(&format::expression(text, about, lang))).unwrap_or_default();
    let (path, line) = bench.place(mutant.span);
    Tried { defect: mutant.defect, pack: bench.pack_of(item.span), item: id(item).to_string(), path, line, was, would, about, fate }
}

/// What an item with defects is called.
fn id(item: &ast::Item) -> &str {
    match &item.kind {
        ast::ItemKind::Rule(rule) => &rule.id.text,
        ast::ItemKind::Measure(measure) => &measure.id.text,
        ast::ItemKind::Parameter(parameter) => &parameter.id.text,
        ast::ItemKind::Split(split) => &split.into.text,
        ast::ItemKind::Table(table) => &table.id.text,
        ast::ItemKind::Codes(codes) => &codes.id.text,
        ast::ItemKind::Pack(pack) => &pack.id.text,
        ast::ItemKind::Override(layer) if layer.values.id.text.is_empty() => &layer.ruling.id.text,
        ast::ItemKind::Override(layer) => &layer.values.id.text,
        ast::ItemKind::Waiver(waiver) => &waiver.of.text,
        ast::ItemKind::Exception(exception) => &exception.ruling.id.text,
    }
}

/// On one line, and without the marks that an `explained` block needs for itself.
fn plain(words: &str) -> String {
    words.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where both say the same is left out: of a comparison what stands before it, of most others also what stands behind.
fn differing(defect: Defect, was: &str, would: &str) -> (String, String) {
    let whole = || (was.to_string(), would.to_string());
    let (was, would): (Vec<char>, Vec<char>) = (was.chars().collect(), would.chars().collect());
    let before = alike(&was, &would);
    let behind = match defect {
        Defect::Ratio | Defect::Sign | Defect::Codes | Defect::RoundedBefore | Defect::RoundedWithin => return whole(),
        Defect::Boundary | Defect::Direction | Defect::Opposite => 0,
        _ => {
            let turned = |signs: &[char]| signs[before..].iter().rev().copied().collect::<Vec<_>>();
            alike(&turned(&was), &turned(&would))
        }
    };
    let middle = |signs: &[char]| signs[before..signs.len() - behind].iter().collect::<String>().trim_matches([' ', ',', '，']).to_string();
    let (left, right) = (middle(&was), middle(&would));
    if left.is_empty() { whole() } else { (left, right) }
}

/// How many signs are alike from the start on, but never up to the middle of a word, a number or an operator.
fn alike(one: &[char], other: &[char]) -> usize {
    let mut count = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    while count > 0 && kind(one[count - 1]).is_some() && [one.get(count), other.get(count)].into_iter().flatten().any(|next| kind(*next) == kind(one[count - 1])) {
        count -= 1;
    }
    count
}

/// Signs of one kind belong together.
fn kind(sign: char) -> Option<bool> {
    match sign {
        '<' | '>' | '=' | '!' | '≥' | '≤' | '≠' => Some(true),
        '.' | '%' | '_' => Some(false),
        sign if sign.is_alphanumeric() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Defect, differing};

    #[test]
    fn only_what_differs_is_shown() {
        let pair = |defect, was: &str, would: &str| {
            let (was, would) = differing(defect, was, would);
            format!("{was} → {would}")
        };
        assert_eq!(pair(Defect::Boundary, "pupils >= 45", "pupils > 45"), ">= 45 → > 45");
        assert_eq!(pair(Defect::Threshold, "at least 85% of schools", "at least 84% of schools"), "85% → 84%");
        assert_eq!(pair(Defect::Threshold, "primary 4.2", "primary 4.3"), "4.2 → 4.3");
        assert_eq!(pair(Defect::Filter, "count(class where stage = primary)", "count(class)"), "where stage = primary → ");
        assert_eq!(pair(Defect::Weights, "variation(x across t, weighted by pupils)", "variation(x across t, equal weights)"), "weighted by pupils → equal weights");
        assert_eq!(pair(Defect::Condition, "a and b and c", "a and c"), "b and → ");
        assert_eq!(pair(Defect::Filter, "参评 的 学段部", "学段部"), "参评 的 → ");
        assert_eq!(pair(Defect::Ratio, "a / b", "b / a"), "a / b → b / a");
    }
}
