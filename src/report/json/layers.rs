//! Layers and exceptions in the report that programs read.

use serde::Serialize;

use crate::model::ast::Claim;
use crate::model::plan::{Period, WaiverDef};
use crate::model::value::Truth;
use crate::model::verdict::{self, Outcome};
use crate::report::page::Page;

use super::build::{both, exact};
use super::{Both, Exact, Judged};

/// An exception, or what a lower layer sets.
#[derive(Serialize)]
pub struct LayerSummary {
    kind: &'static str,
    id: String,
    /// The rule or the parameter that it is about.
    of: String,
    in_force: bool,
    from: Option<String>,
    to: Option<String>,
    text: Both,
}

/// A limit that a lower layer set.
#[derive(Serialize)]
pub struct LimitLayer {
    claim: &'static str,
    /// The pack that the layer above belongs to, and its limit where it is one number.
    above: Option<String>,
    than: Option<Exact>,
    waiver: Option<Waiver>,
}

#[derive(Serialize)]
pub struct Waiver {
    approved_by: String,
    document: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// `otherwise` is what the rule comes to without it, where that is not the finding's own outcome.
#[derive(Serialize)]
pub struct ExceptionPart {
    exception: String,
    title: Both,
    /// `yes`, or `unknown` where its condition is open.
    applies: &'static str,
    outcome: Option<&'static str>,
    otherwise: Option<&'static str>,
    cites: Option<String>,
    set_by: Option<String>,
    from: Option<String>,
    to: Option<String>,
    waiver: Option<Waiver>,
    #[serde(flatten)]
    judged: Judged,
}

/// `id version` of the pack that a pack extends.
pub fn extends(page: &Page, id: &str) -> Option<String> {
    let base = page.plan.packs.iter().find(|pack| pack.id == id)?.extends?;
    page.plan.packs.get(base).map(|base| format!("{} {}", base.id, base.version))
}

pub fn summary(page: &Page) -> Vec<LayerSummary> {
    let days = |period: Period| [period.from, period.to].map(|day| day.map(|day| day.to_string()));
    page.layers()
        .into_iter()
        .map(|layer| {
            let [from, to] = days(layer.period);
            LayerSummary { kind: layer.kind, id: layer.id, of: layer.of, in_force: layer.in_force, from, to, text: both(&layer.text) }
        })
        .collect()
}

pub fn of_limit(page: &Page, found: &verdict::Judged) -> Option<LimitLayer> {
    let layer = found.layer.as_ref()?;
    let def = page.plan.overrides.get(layer.set)?;
    let claim = match def.claim {
        Claim::Stricter => "stricter",
        Claim::Looser => "looser",
        Claim::Replaces => "replaces",
    };
    Some(LimitLayer { claim, above: page.pack_id(layer.above), than: layer.than.as_ref().map(exact), waiver: def.waiver.as_ref().map(waiver) })
}

fn waiver(waiver: &WaiverDef) -> Waiver {
    let [from, to] = [waiver.period.from, waiver.period.to].map(|day| day.map(|day| day.to_string()));
    Waiver { approved_by: waiver.approved_by.clone(), document: waiver.document.clone(), from, to }
}

pub fn exception(page: &Page, (rule, at): (usize, usize), applies: Truth, [outcome, otherwise]: [Option<Outcome>; 2], judged: Judged) -> ExceptionPart {
    let def = page.exception(rule, at);
    let [from, to] = def.map_or([None, None], |def| [def.period.from, def.period.to]).map(|day| day.map(|day| day.to_string()));
    ExceptionPart {
        exception: def.map(|def| page.exception_id(def)).unwrap_or_default(),
        title: both(&def.map(|def| def.names.text()).unwrap_or_default()),
        applies: if applies == Truth::True { "yes" } else { "unknown" },
        outcome: outcome.map(Outcome::code),
        otherwise: otherwise.map(Outcome::code),
        cites: def.map(|def| def.cites.join("；")).filter(|cites| !cites.is_empty()),
        set_by: def.and_then(|def| page.pack_id(def.pack)),
        from,
        to,
        waiver: def.and_then(|def| def.waiver.as_ref()).map(waiver),
        judged,
    }
}
