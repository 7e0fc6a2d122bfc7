//! Overrides of rules: what a lower layer asks instead of the layer above.

use crate::base::Text;
use crate::diag::catalog::NothingToOverride;
use crate::model::ast::{self, ItemKind};
use crate::model::plan::{Level, OverrideDef, Overridden, RulingDef, Type};

use super::index::suggest;
use super::parameter::period;
use super::Checker;

impl<'a> Checker<'a> {
    pub(super) fn override_rules(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        for item in items {
            let ItemKind::Override(layer) = &item.kind else { continue };
            if layer.values.dated.is_empty() {
                self.override_of_rule(layer, item.broken);
            }
        }
        for rule in 0..self.plan.rules.len() {
            let layers = std::mem::take(&mut self.plan.rules[rule].layers);
            self.plan.rules[rule].layers = self.in_order(layers);
        }
    }

    fn override_of_rule(&mut self, layer: &'a ast::Override, broken: bool) {
        let (name, said) = (&layer.values.id, &layer.ruling);
        let is_parameter = self.parameters.one(&name.text).is_some();
        let says_nothing = said.require.is_empty() && said.when.is_none();
        if says_nothing && !broken {
            let clause = if is_parameter { Text::new("from", "自") } else { Text::new("require", "要求") };
            self.nothing_said(Text::new(format!("override {}", name.text), format!("本级标准 {}", name.text)), clause, name.span);
        }
        let Some(rule) = self.rules.one(&name.text) else {
            if !is_parameter {
                let names = self.parameters.names().chain(self.rules.names()).collect::<Vec<_>>();
                let near = suggest(&name.text, names.into_iter());
                self.miss(NothingToOverride { name: name.text.as_str().into(), near }, name);
            } else if !says_nothing {
                self.nothing_said(Text::new(format!("override {}", name.text), format!("本级标准 {}", name.text)), Text::new("from", "自"), name.span);
            }
            return;
        };
        let def = self.plan.rules[rule].clone();
        let Some(pack) = self.standing_below(name, def.pack, def.span, &def.layers) else { return };
        if says_nothing || self.doubtful[rule] && def.at == Level::default() {
            return;
        }
        self.at_hand(rule);
        let scope = self.rule_scope(rule);
        let when = said.when.as_ref().map(|when| self.truth(when, &scope));
        let mut require: Vec<_> = said.require.iter().map(|require| self.truth(require, &scope)).collect();
        if require.iter().chain(&when).any(|node| node.ty == Type::Unknown) {
            return;
        }
        self.no_level_skipped(rule, &mut require, name.span);
        let waiver = self.waiver(pack, |own, waived| own.rules.one(waived) == Some(rule) && own.parameters.one(waived).is_none());
        let told = [&said.message, &said.remedy].map(|template| self.told(template.as_ref(), &scope));
        let [message, remedy] = told;
        let cites = said.cites.iter().map(|quoted| quoted.text.clone()).collect();
        let ruling = RulingDef { when, require, cites, message, remedy, show: said.show };
        let period = self.period_of(pack, waiver.as_ref()).within(period(said.in_force.as_ref()));
        self.plan.rules[rule].layers.push(self.plan.overrides.len());
        self.plan.overrides.push(OverrideDef { pack, of: Overridden::Rule(rule), claim: layer.claim, comparable: true, waiver, period, values: Vec::new(), ruling: Some(ruling), span: name.span });
    }
}
