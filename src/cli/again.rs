//! A judgement made again, as a report records it: rule texts, bytes and options in; the record of what comes of them
//! out. Quiet: what is said on the way is given back.

use std::collections::BTreeMap;

use crate::base::{Date, Lang, Sources};
use crate::diag::{Diagnostic, any_error};
use crate::diff::{Record, record};
use crate::judge::Ask;
use crate::load::{self, File};
use crate::model::plan::Plan;
use crate::model::table::Tables;
use crate::report::{MaskKey, Masks, Options, PackDigest, Page, Reading, Told};
use crate::{check, judged, remedied, report};

use super::run;

/// What a judgement is asked, as a report records it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub ask: Ask,
    pub show_personal: bool,
    pub reading: Reading,
    /// Whether remedies are worked out too.
    pub remedy: bool,
}

impl Asked {
    pub fn of(report: &Record) -> Asked {
        let options = &report.options;
        let list = |list: &Option<Vec<String>>| list.clone().unwrap_or_default();
        let ask = Ask {
            as_of: report.as_of,
            counties: list(&options.counties),
            units: list(&options.units),
            rules: list(&options.rules),
            fail_level: options.fail_level.kind(),
            strict: options.strict,
        };
        let files = report.inputs.iter().filter_map(|input| input.told.clone().map(|told| (input.path.clone(), Told { manner: told.manner.manner(), table: told.table, encoding: told.encoding, delimiter: told.delimiter })));
        let said = options.reading.clone().unwrap_or_default();
        let reading = Reading { missing: said.missing, token_is_zero: said.token_is_zero, aliases: said.aliases, files: files.collect::<BTreeMap<_, _>>() };
        Asked { ask, show_personal: report.shows_personal(), reading, remedy: false }
    }
}

/// How the files of a report are read: as it records.
pub fn settings(reading: &Reading) -> load::Settings {
    let mut settings = load::Settings { token_is_zero: reading.token_is_zero, aliases: reading.aliases.clone(), digests: true, ..load::Settings::default() };
    if let Some(missing) = &reading.missing {
        settings.missing_tokens.clone_from(missing);
    }
    settings
}

/// Reads the tables of a judgement. Errors: what is wrong with them.
pub fn tables(plan: &Plan, files: &[File], reading: &Reading, as_of: Date) -> Result<Tables, Vec<Diagnostic>> {
    let (tables, said) = load::load(plan, files.to_vec(), &load::Settings { as_of: Some(as_of), ..settings(reading) });
    if any_error(&said) { Err(said) } else { Ok(tables) }
}

/// What the rules are known by in a report.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    pub sources: &'k Sources,
    pub packs: &'k [PackDigest],
    /// As the reports are named that are made of it.
    pub path: &'k str,
    /// That of the masks.
    pub key: &'k MaskKey,
}

/// Judges and records. Errors: a standard without a value on the day.
pub fn judge(plan: &Plan, tables: &Tables, asked: &Asked, as_of: Date, known: Known<'_>) -> Result<Record, Vec<Diagnostic>> {
    on_page(plan, tables, asked, as_of, known, &|page| record(known.path, &report::json(page)).map_err(|why| vec![*why]))
}

/// The page of a judgement, for whoever needs more than its record.
pub fn on_page<T>(plan: &Plan, tables: &Tables, asked: &Asked, as_of: Date, known: Known<'_>, make: &dyn Fn(&Page) -> Result<T, Vec<Diagnostic>>) -> Result<T, Vec<Diagnostic>> {
    let standing = check::standing(plan, as_of);
    if any_error(&standing) {
        return Err(standing);
    }
    let masks = Masks::of(plan, tables, known.key.clone());
    // A filter by a masked key means the key behind the mask.
    let clear = |list: &[String]| list.iter().map(|key| report::unmasked(plan, tables, &masks, key)).collect();
    let ask = Ask { as_of, units: clear(&asked.ask.units), counties: clear(&asked.ask.counties), ..asked.ask.clone() };
    let (reduced, mut verdict) = judged(plan, tables, &ask);
    if asked.remedy {
        remedied(plan, tables, &mut verdict, &ask, |_| true);
    }
    if !asked.show_personal {
        report::arrange(plan, tables, &reduced, &mut verdict);
    }
    make(&Page {
        plan,
        tables,
        reduced: &reduced,
        verdict: &verdict,
        sources: known.sources,
        packs: known.packs.to_vec(),
        options: Options { reading: asked.reading.clone(), ..run::options(&ask) },
        said: Vec::new(),
        lang: Lang::En,
        color: false,
        width: 0,
        show_personal: asked.show_personal,
        masks,
        alike: std::sync::OnceLock::new(),
    })
}
