//! Which pack stands upon which, what lower ones set of a parameter, and who approved it.

use crate::base::{Span, Text, fold};
use crate::diag::Diagnostic;
use crate::diag::catalog::{BaseMissing, BaseVersion, DeclaredAbove, ExtendsItself, NotAbove, NothingToOverride, OfThisPack, OverrideOfTwo, TwoOverrides, WaiverOfNothing, WaiverWithoutEnd, nearest};
use crate::model::ast::{self, Extends, ItemKind, Name};
use crate::model::plan::{OverrideDef, Overridden, WaiverDef};

use super::index::suggest;
use super::merge::merged;
use super::parameter::period;
use super::{Checker, unlabelled};

/// A waiver, what it names, and whether anything is waived by it.
pub(super) struct Waived {
    pack: usize,
    of: Name,
    def: WaiverDef,
    used: bool,
}

impl<'a> Checker<'a> {
    /// Finds the pack that each one extends: the same id, the same version, no way round in a circle.
    pub(super) fn bases(&mut self, packs: &[(Span, Option<&Extends>)]) {
        for (pack, (own, extends)) in packs.iter().enumerate() {
            let Some(extends) = extends else { continue };
            let Some(base) = self.plan.packs.iter().position(|base| base.id == extends.id.text) else {
                self.baseless = true;
                let others = self.plan.packs.iter().enumerate().filter(|(at, _)| *at != pack).map(|(_, pack)| pack.id.as_str());
                let near = nearest(&extends.id.text, others).map_or_else(Text::default, |near| Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？")));
                self.say(BaseMissing { id: extends.id.text.as_str().into(), looked: near }, extends.span, unlabelled());
                continue;
            };
            let found = self.plan.packs[base].version.clone();
            if found != extends.version {
                let message = BaseVersion { id: extends.id.text.as_str().into(), wanted: extends.version.as_str().into(), found: found.into() };
                self.say(message, extends.span, Text::new("extended here", "在此沿用"));
                self.beside(packs[base].0, Text::new("and this is what there is", "实有的是这个"));
            }
            self.plan.packs[pack].extends = Some(base);
            if base == pack || self.plan.is_above(pack, base) {
                self.plan.packs[pack].extends = None;
                self.say(ExtendsItself { id: self.plan.packs[pack].id.as_str().into() }, extends.span, Text::new("extended here", "在此沿用"));
                self.beside(*own, Text::new("and this comes round to itself", "这个标准又回到自身"));
            }
        }
    }

    /// Adds a second place to the last message.
    pub(super) fn beside(&mut self, span: Span, label: Text) {
        if let Some(said) = self.said.last_mut() {
            *said = Diagnostic::at(said.clone(), span, label);
        }
    }

    /// Says that a name is taken: by the layer above, which is changed by an override, or in the same pack.
    pub(super) fn again(&mut self, name: &Name, first: Span) {
        let (high, low) = (self.pack_at(first), self.pack_at(name.span));
        if !self.plan.is_above(high, low) {
            return self.twice(name, Some(first));
        }
        self.say(DeclaredAbove { name: name.text.as_str().into(), pack: self.plan.packs[high].id.as_str().into() }, name.span, Text::new("declared again", "又声明一次"));
        self.beside(first, Text::new("declared in the layer above", "上级标准已声明"));
    }

    pub(super) fn waivers(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        for item in items {
            let ItemKind::Waiver(waiver) = &item.kind else { continue };
            let called = || Text::new(format!("waiver {}", waiver.of.text), format!("经批准例外 {}", waiver.of.text));
            if waiver.approved_by.is_none() && !item.broken {
                self.nothing_said(called(), Text::new("approved by", "批准"), waiver.of.span);
            }
            let period = period(waiver.in_force.as_ref());
            if period.to.is_none() && !item.broken {
                self.say(WaiverWithoutEnd { name: waiver.of.text.as_str().into() }, waiver.of.span, unlabelled());
            }
            let text = |quoted: &Option<ast::Quoted>| quoted.as_ref().map(|quoted| quoted.text.clone());
            let def = WaiverDef { approved_by: text(&waiver.approved_by).unwrap_or_default(), document: text(&waiver.document), period, span: waiver.of.span };
            self.waivers.push(Waived { pack: self.pack_at(waiver.of.span), of: waiver.of.clone(), def, used: false });
        }
    }

    /// The waiver of a pack for what `is_meant` by its name.
    pub(super) fn waiver(&mut self, pack: usize, is_meant: impl Fn(&Self, &str) -> bool) -> Option<WaiverDef> {
        let found = self.waivers.iter().position(|waived| waived.pack == pack && is_meant(self, &waived.of.text))?;
        self.waivers[found].used = true;
        Some(self.waivers[found].def.clone())
    }

    pub(super) fn waivers_of_nothing(&mut self) {
        for waived in std::mem::take(&mut self.waivers) {
            if !waived.used && !self.baseless && !self.lost.contains(&fold(&waived.of.text)) {
                let pack = self.plan.packs[waived.pack].id.as_str().into();
                self.say(WaiverOfNothing { name: waived.of.text.as_str().into(), pack }, waived.of.span, unlabelled());
            }
        }
    }

    /// Overrides that give values: each put upon those of the layers above it.
    pub(super) fn override_values(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        let mut touched = Vec::new();
        for item in items {
            let ItemKind::Override(layer) = &item.kind else { continue };
            if layer.values.dated.is_empty() {
                continue;
            }
            if says_more(&layer.ruling) {
                self.say(OverrideOfTwo { name: layer.values.id.text.as_str().into() }, layer.values.id.span, unlabelled());
                continue;
            }
            touched.extend(self.override_of_parameter(layer));
        }
        touched.sort_unstable();
        touched.dedup();
        for parameter in touched {
            self.lay_upon(parameter);
        }
    }

    fn override_of_parameter(&mut self, layer: &'a ast::Override) -> Option<usize> {
        let name = &layer.values.id;
        let Some(parameter) = self.parameters.one(&name.text) else {
            let near = suggest(&name.text, self.parameters.names().collect::<Vec<_>>().into_iter());
            self.miss(NothingToOverride { name: name.text.as_str().into(), near }, name);
            return None;
        };
        let def = self.plan.parameters[parameter].clone();
        let pack = self.standing_below(name, def.pack, def.span, &def.layers.clone())?;
        self.refuse_keys(&layer.values, def.by.len());
        let dated = layer.values.dated.iter().map(|dated| self.dated(dated, &def.by, &def.ty)).collect();
        let values = self.closed(name, dated);
        let waiver = self.waiver(pack, |own, waived| own.parameters.one(waived) == Some(parameter));
        let period = self.period_of(pack, waiver.as_ref()).within(period(layer.ruling.in_force.as_ref()));
        self.plan.parameters[parameter].layers.push(self.plan.overrides.len());
        if let Some((checked, _)) = layer.values.checked_up_to {
            let before = self.plan.parameters[parameter].checked_up_to;
            self.plan.parameters[parameter].checked_up_to = Some(before.map_or(checked, |before| before.min(checked)));
        }
        self.plan.overrides.push(OverrideDef { pack, of: Overridden::Parameter(parameter), claim: layer.claim, comparable: true, waiver, period, values, ruling: None, span: name.span });
        Some(parameter)
    }

    /// The pack of an override, where it stands beneath what it overrides, and no other of the same row does so already.
    pub(super) fn standing_below(&mut self, name: &Name, above: usize, declared: Span, others: &[usize]) -> Option<usize> {
        let pack = self.pack_at(name.span);
        let id = |pack: usize| Text::from(&self.plan.packs[pack].id);
        if !self.plan.is_above(above, pack) {
            if pack == above {
                self.say(OfThisPack { name: name.text.as_str().into(), pack: id(pack) }, name.span, Text::new("overridden here", "在此改写"));
                self.beside(declared, Text::new("declared here", "声明于此"));
            } else if !self.baseless {
                self.say(NotAbove { name: name.text.as_str().into(), own: id(pack), pack: id(above) }, name.span, Text::new("overridden here", "在此改写"));
                self.beside(declared, Text::new("declared here", "声明于此"));
            }
            return None;
        }
        for other in others.iter().map(|other| self.plan.overrides[*other].clone()) {
            if other.pack == pack {
                self.twice(name, Some(other.span));
                return None;
            }
            if !self.plan.is_above(other.pack, pack) && !self.plan.is_above(pack, other.pack) {
                self.say(TwoOverrides { name: name.text.as_str().into(), first: id(other.pack), second: id(pack) }, name.span, Text::new("here", "此处"));
                self.beside(other.span, Text::new("and here", "与此处"));
                return None;
            }
        }
        Some(pack)
    }

    /// The days on which a layer may count: those of its pack and of its waiver.
    pub(super) fn period_of(&self, pack: usize, waiver: Option<&WaiverDef>) -> crate::model::plan::Period {
        let own = self.plan.packs[pack].in_force;
        waiver.map_or(own, |waiver| own.within(waiver.period))
    }

    /// The highest layer first, whatever the order of files.
    pub(super) fn in_order(&self, mut layers: Vec<usize>) -> Vec<usize> {
        let depth = |layer: &usize| (0..self.plan.packs.len()).filter(|pack| self.plan.is_above(*pack, self.plan.overrides[*layer].pack)).count();
        layers.sort_by_key(depth);
        layers
    }

    fn lay_upon(&mut self, parameter: usize) {
        let layers = std::mem::take(&mut self.plan.parameters[parameter].layers);
        let layers = self.in_order(layers);
        let own = self.plan.parameters[parameter].dated.clone();
        let pack = self.plan.parameters[parameter].pack;
        let dated = layers.iter().fold(own.clone(), |above, at| merged(&above, *at, &self.plan.overrides, pack));
        let def = &mut self.plan.parameters[parameter];
        (def.layers, def.own, def.dated) = (layers, own, dated);
    }
}

/// Whether anything is said beside values that only rules say: a value names its source itself.
fn says_more(said: &ast::Rule) -> bool {
    let asks = !said.require.is_empty() || said.when.is_some();
    asks || !said.cites.is_empty() || said.message.is_some() || said.remedy.is_some() || said.show.is_some()
}
