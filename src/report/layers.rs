//! Layers and exceptions as a report tells of them: who set a limit, which exceptions held for whom, what does not count on
//! the day and why.

use crate::base::{Lang, Text};
use crate::model::plan::{ExceptionDef, OverrideDef, Overridden, Period};
use crate::model::value::Truth;
use crate::model::verdict::{Finding, Judged, Limit, Outcome, Part};

use super::figure;
use super::page::{Count, Page};
use super::phrase::{self, Standing};

/// One exception or override, and whether it counts on the day.
#[derive(Clone, Debug)]
pub struct LayerView {
    pub kind: &'static str,
    /// With its pack.
    pub id: String,
    /// What it stands upon, with its pack.
    pub of: String,
    pub in_force: bool,
    /// An override in force without a waiver stands with the limits that it sets.
    pub is_told: bool,
    pub period: Period,
    /// What people call it.
    pub name: Text,
    pub text: Text,
}

impl<'a> Page<'a> {
    /// Who set a limit, where several packs might have; nothing for one pack alone.
    pub(super) fn set_by(&self, found: &Judged, lang: Lang) -> Option<Text> {
        if self.plan.packs.len() < 2 {
            return None;
        }
        let pack = self.pack_id(found.set_by)?;
        let Some((layer, def)) = found.layer.as_ref().and_then(|layer| Some((layer, self.plan.overrides.get(layer.set)?))) else { return Some(phrase::set_by(&pack)) };
        let unit = if let Limit::Number { unit, .. } = &found.limit { Some(unit) } else { None };
        let than = layer.than.as_ref().zip(unit).map(|(than, unit)| figure::with_unit(&figure::written(than, unit), unit, lang));
        let set = phrase::layer_set(&pack, def.claim, &self.pack_id(layer.above).unwrap_or_default(), than.as_deref());
        let mut said = vec![set];
        said.extend(def.waiver.as_ref().map(phrase::waived));
        said.extend((!def.comparable).then(phrase::not_comparable));
        Some(Text::join(&said, ", ", "，"))
    }

    pub(super) fn exception(&self, rule: usize, at: usize) -> Option<&'a ExceptionDef> {
        self.rule(rule)?.exceptions.get(at)
    }

    /// `pack/exception`.
    pub(super) fn exception_id(&self, def: &ExceptionDef) -> String {
        format!("{}/{}", self.pack_id(def.pack).unwrap_or_default(), def.names.id)
    }

    /// The id and the title that it has beside it.
    pub(super) fn exception_name(def: &ExceptionDef) -> Text {
        let (id, title) = (&def.names.id, def.names.text());
        let with = |title: &String| if title == id { id.clone() } else { format!("{id} {title}") };
        Text::new(with(&title.en), with(&title.zh))
    }

    /// Everything that stands upon a rule or a parameter, in document order: exceptions first.
    pub(super) fn layers(&self) -> Vec<LayerView> {
        let mut found = Vec::new();
        let findings = self.by_rule();
        for (rule, def) in self.plan.rules.iter().enumerate().filter(|(rule, _)| self.is_shown(*rule)) {
            found.extend(def.exceptions.iter().enumerate().map(|(at, exception)| self.exception_view(rule, at, exception, findings.get(&rule).map_or(&[], Vec::as_slice))));
        }
        found.extend(self.plan.overrides.iter().filter_map(|def| self.override_view(def)));
        found
    }

    fn is_shown(&self, rule: usize) -> bool {
        self.options.rules.is_empty() || self.options.rules.iter().any(|wanted| self.plan.is_called(rule, wanted))
    }

    fn exception_view(&self, rule: usize, at: usize, def: &ExceptionDef, findings: &[&Finding]) -> LayerView {
        let standing = Standing::of(def.period, self.verdict.as_of);
        let mut text = vec![phrase::exception_state(standing, def.period)];
        text.extend(applied(at, findings));
        text.extend(def.waiver.as_ref().filter(|_| standing == Standing::Counts).map(phrase::waived));
        LayerView { kind: "exception", id: self.exception_id(def), of: self.full_id(rule), in_force: standing == Standing::Counts, is_told: true, period: def.period, name: Self::exception_name(def), text: Text::join(&text, "; ", "；") }
    }

    fn override_view(&self, def: &OverrideDef) -> Option<LayerView> {
        let (name, id, own, full, layers) = match def.of {
            Overridden::Parameter(at) => self.plan.parameters.get(at).map(|of| (of.names.short(), &of.names.id, of.pack, format!("{}/{}", self.pack_id(of.pack).unwrap_or_default(), of.names.id), &of.layers))?,
            Overridden::Rule(at) => self.rule(at).filter(|_| self.is_shown(at)).map(|of| (Text::from(&of.names.id), &of.names.id, of.pack, self.full_id(at), &of.layers))?,
        };
        let higher = layers.iter().filter_map(|at| self.plan.overrides.get(*at)).take_while(|other| other.span != def.span);
        let above = higher.filter(|other| days(other).contains(self.verdict.as_of)).last().map_or(own, |other| other.pack);
        let pack = self.pack_id(def.pack)?;
        let period = days(def);
        let standing = Standing::of(period, self.verdict.as_of);
        let mut text = vec![phrase::override_state(standing, &self.pack_id(above)?, def.waiver.as_ref())];
        text.extend((!def.comparable).then(phrase::not_comparable));
        let text = Text::join(&text, "; ", "；");
        Some(LayerView { kind: "override", id: format!("{pack}/{id}"), of: full, in_force: standing == Standing::Counts, is_told: standing != Standing::Counts || def.waiver.is_some() || !def.comparable, period, name: Text::new(format!("{} of {pack}", name.en), format!("{pack} 的 {}", name.zh)), text })
    }
}

/// How many units an exception holds for, and what they come to.
fn applied(at: usize, findings: &[&Finding]) -> Option<Text> {
    let (mut units, mut with, mut without) = (0, Count::default(), Count::default());
    for finding in findings.iter().filter(|finding| finding.advance.is_none()) {
        for part in &finding.judged.parts {
            if let Part::Exception { at: own, applies: Truth::True, otherwise: Some(otherwise), .. } = part
                && *own == at
            {
                units += 1;
                with.add(finding.outcome);
                without.add(*otherwise);
            }
        }
    }
    (units > 0).then(|| phrase::applied(units, &counted(with), &counted(without)))
}

/// From the first day on which an override sets anything to the last.
fn days(def: &OverrideDef) -> Period {
    let Some((first, last)) = def.values.first().zip(def.values.last()) else { return def.period };
    Period { from: first.period.from, to: last.period.to }.within(def.period)
}

/// `met 2 · not met 1`.
fn counted(count: Count) -> Text {
    let said = Outcome::ALL.into_iter().filter(|outcome| count.of(*outcome) > 0).map(|outcome| {
        let word = outcome.word();
        Text::new(format!("{} {}", word.get(Lang::En), count.of(outcome)), format!("{} {}", word.get(Lang::Zh), count.of(outcome)))
    });
    Text::join(&said.collect::<Vec<_>>(), " · ", " · ")
}
