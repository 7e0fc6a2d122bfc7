//! What moved the findings of two reports: both are judged again from what they record, then with some of what differs
//! taken from the one and the rest from the other. Which of it moved a finding is left to diff.

use std::collections::BTreeMap;

use crate::base::Sources;
use crate::diff::{self, Cross, Factor, Moves, Of, Record, Unknown};
use crate::load::File;
use crate::model::plan::Plan;
use crate::model::table::Tables;
use crate::model::verdict::Outcome;
use crate::diag::Diagnostic;
use crate::diag::catalog::{MasksNotMatched, OtherMasks};
use crate::report::{MaskKey, PackDigest};

use super::again::{self, Asked, Known};
use super::recorded::{self, Places};
use super::run;

/// One report made again: its rules, its files, what it was asked.
struct Made {
    plan: Plan,
    sources: Sources,
    packs: Vec<PackDigest>,
    files: Vec<File>,
    asked: Asked,
    path: String,
}

/// The findings of both, with what moved each, as far as the inputs are at hand.
pub fn attributed(a: &Record, b: &Record, places: &Places, key: &MaskKey) -> Moves {
    let mut moves = Moves { all: diff::moves(a, b), factors: None, unknown: Vec::new() };
    let (old, new) = match (made(a, places), made(b, places)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let why = |made: Result<Made, Vec<Why>>, side: &str| made.err().unwrap_or_default().into_iter().map(|why| why.of(side)).collect::<Vec<_>>();
            moves.unknown = [why(old, "A"), why(new, "B")].concat();
            return moves;
        }
    };
    let factors = factors(a, b, &old, &new);
    let crosses = crosses(&factors, &old, &new, key);
    for (record, taken, side) in [(a, 0, "A"), (b, (1 << factors.len()) - 1, "B")] {
        if !is_as_reported(record, crosses.get(taken)) {
            moves.unknown.push(Unknown::NotAsReported { side: side.to_string() });
        }
    }
    if moves.unknown.is_empty() {
        diff::causes(&mut moves.all, &factors, &crosses);
    }
    moves.factors = Some(factors);
    moves
}

/// Gives both reports the masks of one key. What was masked with another is judged again with this one, which tells which
/// mask stands for which; messages: where that was done, and where it could not be.
pub fn with_one_key(a: &mut Record, b: &mut Record, places: &Places, key: &MaskKey) -> Vec<Diagnostic> {
    let here = key.fingerprint();
    let mut said = Vec::new();
    let with_one = a.mask_key == b.mask_key;
    for record in [a, b] {
        if record.mask_key.as_ref().is_none_or(|known| *known == here) {
            continue;
        }
        let again = made(record, places).ok().filter(|_| !record.chooses_by_mask()).and_then(|made| {
            let tables = again::tables(&made.plan, &made.files, &made.asked.reading, record.as_of).ok()?;
            let known = Known { sources: &made.sources, packs: &made.packs, path: &made.path, key };
            again::judge(&made.plan, &tables, &made.asked, record.as_of, known).ok()
        });
        match again {
            Some(again) => {
                *record = record.with_masks_of(&again);
                said.push(OtherMasks { path: record.path.as_str().into() }.into());
            }
            None if !with_one => said.push(MasksNotMatched { path: record.path.as_str().into() }.into()),
            None => {}
        }
    }
    said
}

/// Why a report cannot be made again.
enum Why {
    Input { path: String, changed: bool },
    Pack,
    Set,
    Errors,
}

impl Why {
    fn of(self, side: &str) -> Unknown {
        let side = side.to_string();
        match self {
            Why::Input { path, changed } => Unknown::NotAtHand { side, path, changed },
            Why::Pack => Unknown::PackNotNamed { side },
            Why::Set => Unknown::NotRepeated { side },
            Why::Errors => Unknown::NotAsReported { side },
        }
    }
}

/// Everything with the recorded digest, understood; or each thing that is missing or has changed.
fn made(report: &Record, places: &Places) -> Result<Made, Vec<Why>> {
    let found = recorded::exactly(report, places);
    let mut why = Vec::new();
    if !report.options.set.is_empty() {
        why.push(Why::Set);
    }
    if report.packs.is_empty() {
        why.push(Why::Pack);
    }
    for (pack, found) in report.packs.iter().zip(&found.packs).filter(|(_, found)| found.is_none()) {
        let path = pack.path.clone().or_else(|| pack.id.clone()).unwrap_or_default();
        let changed = found.is_none() && pack.path.as_ref().is_some_and(|path| recorded::is_there(report, path));
        why.push(Why::Input { path, changed });
    }
    for (input, _) in report.inputs.iter().zip(&found.files).filter(|(_, found)| found.is_none()) {
        why.push(Why::Input { path: input.path.clone(), changed: recorded::is_there(report, &input.path) });
    }
    if !why.is_empty() {
        return Err(why);
    }
    let mut sources = Sources::default();
    let rules = run::understood(found.packs.into_iter().flatten().collect(), true, &mut sources, &|_, _| ());
    if !run::sound(&rules) {
        return Err(vec![Why::Errors]);
    }
    Ok(Made { plan: rules.plan, sources, packs: rules.digests, files: found.files.into_iter().flatten().collect(), asked: Asked::of(report), path: report.path.clone() })
}

/// What differs between two reports.
fn factors(a: &Record, b: &Record, old: &Made, new: &Made) -> Vec<Factor> {
    let inputs = |record: &Record| record.inputs.iter().map(|input| (input.table.clone(), input.digest.clone(), input.told.clone())).collect::<Vec<_>>();
    let reading = |made: &Made| (made.asked.reading.missing.clone(), made.asked.reading.token_is_zero, made.asked.reading.aliases.clone());
    let digests = |made: &Made| made.packs.iter().map(|pack| (pack.id.clone(), pack.sha256.clone())).collect::<Vec<_>>();
    let other_rules = digests(old) != digests(new);
    let asked = |record: &Record| (record.options.rules.clone(), record.options.counties.clone(), record.options.units.clone(), record.options.strict);
    let found = [
        (Factor::Data, inputs(a) != inputs(b) || reading(old) != reading(new)),
        (Factor::Rule, other_rules && !diff::same_but_standards(&old.plan, &new.plan)),
        (Factor::Parameter, other_rules && !diff::same_standards(&old.plan, &new.plan)),
        (Factor::Date, a.as_of != b.as_of),
        (Factor::Options, asked(a) != asked(b)),
    ];
    found.into_iter().filter(|(_, differs)| *differs).map(|(factor, _)| factor).collect()
}

/// One judgement for each set of factors that is taken from the new.
fn crosses(factors: &[Factor], old: &Made, new: &Made, key: &MaskKey) -> Vec<Cross> {
    let mut tables: BTreeMap<(bool, bool, bool), Option<Tables>> = BTreeMap::new();
    let mut crosses = Vec::new();
    for taken in 0..1usize << factors.len() {
        let is_new = |factor: Factor| factors.iter().position(|known| *known == factor).map(|at| taken & (1 << at) != 0);
        let side = |new_one: bool| if new_one { new } else { old };
        let rules = is_new(Factor::Rule).unwrap_or(false);
        let data = is_new(Factor::Data).unwrap_or(false);
        let (rules_of, data_of, asked_of) = (side(rules), side(data), side(is_new(Factor::Options).unwrap_or(false)));
        // Standards that are the same go with their rules.
        let values = is_new(Factor::Parameter).unwrap_or(rules);
        let plan = if values == rules { rules_of.plan.clone() } else { diff::mixed(&rules_of.plan, &side(values).plan) };
        let day = is_new(Factor::Date).unwrap_or(false);
        let as_of = side(day).asked.ask.as_of;
        // Which periods are earlier ones hangs on the date.
        let read = tables.entry((rules, data, day)).or_insert_with(|| again::tables(&rules_of.plan, &data_of.files, &data_of.asked.reading, as_of).ok());
        let asked = Asked { reading: data_of.asked.reading.clone(), ..asked_of.asked.clone() };
        let known = Known { sources: &rules_of.sources, packs: &rules_of.packs, path: &rules_of.path, key };
        let record = read.as_ref().and_then(|tables| again::judge(&plan, tables, &asked, as_of, known).ok());
        crosses.push(Cross { taken, outcomes: record.map(|record| outcomes(&record)) });
    }
    crosses
}

fn outcomes(record: &Record) -> BTreeMap<Of, Outcome> {
    record.findings.iter().map(|found| (found.of.clone(), found.outcome)).collect()
}

fn is_as_reported(record: &Record, cross: Option<&Cross>) -> bool {
    cross.and_then(|cross| cross.outcomes.as_ref()).is_some_and(|found| *found == outcomes(record))
}
