//! What is reported and what is heard: filters, parts of other rules, counties, the whole, the exit status.

use std::collections::BTreeMap;

use crate::model::ast::RuleKind;
use crate::model::plan::RuleDef;
use crate::model::verdict::{Asked, County, Ends, Finding, Outcome, Verdict};

use super::Judge;

impl Judge<'_> {
    pub(super) fn verdict(&self, findings: Vec<Finding>, asked: Vec<Asked>) -> Verdict {
        let unmatched = self.unmatched(&findings);
        let reported = findings.into_iter().filter(|finding| self.is_reported(finding));
        let reported: Vec<Finding> = reported.map(|finding| Finding { heard: self.is_heard(&finding), ..finding }).collect();
        let heard: Vec<Outcome> = reported.iter().filter(|finding| finding.heard).map(|finding| finding.outcome).collect();
        let outcome = Outcome::join(heard.iter().copied());
        let ends = Ends::over(reported.iter().filter(|finding| finding.heard).map(|finding| &finding.judged));
        Verdict { as_of: self.ask.as_of, counties: self.counties(&reported), outcome, ends, status: status(&heard), findings: reported, asked, unmatched }
    }

    fn is_reported(&self, finding: &Finding) -> bool {
        let chosen = |list: &[String], key: &str| list.is_empty() || list.iter().any(|wanted| wanted == key);
        chosen(&self.ask.counties, finding.unit.county.as_deref().unwrap_or_default()) && chosen(&self.ask.units, &finding.unit.key) && (self.ask.rules.is_empty() || self.is_named(finding.rule))
    }

    /// Whether a filter names a rule, by its id or with its pack's.
    fn is_named(&self, rule: usize) -> bool {
        self.ask.rules.iter().any(|wanted| self.plan.is_called(rule, wanted))
    }

    /// A part is heard through the rule that counts it while that one is in force, unless a filter names it; an advice only
    /// where advices are asked; a level only where a filter names it.
    fn is_heard(&self, finding: &Finding) -> bool {
        let hears = |by: &RuleDef| by.kind >= self.ask.fail_level && matches!(self.day(by), Some((_, None)));
        let through_others = self.plan.rules[finding.rule].part_of.iter().any(|by| hears(&self.plan.rules[*by]));
        let asked_for = self.is_named(finding.rule);
        let is_heard = finding.kind >= self.ask.fail_level || finding.kind == RuleKind::Level && asked_for;
        finding.advance.is_none() && is_heard && (!through_others || asked_for)
    }

    fn counties(&self, reported: &[Finding]) -> Vec<County> {
        let mut keys: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in reported {
            if let Some(county) = &finding.unit.county {
                keys.entry(county).or_default().push(finding);
            }
        }
        keys.into_iter().map(|(key, findings)| self.one_county(key, &findings)).collect()
    }

    fn one_county(&self, key: &str, findings: &[&Finding]) -> County {
        let outcome = Outcome::join(findings.iter().filter(|finding| finding.heard).map(|finding| finding.outcome));
        let rules = |kind: RuleKind, outcome: Outcome| {
            let mut rules: Vec<usize> = findings.iter().filter(|finding| finding.kind == kind && finding.outcome == outcome && finding.advance.is_none()).map(|finding| finding.rule).collect();
            rules.dedup();
            rules
        };
        // A level of the schools is theirs, not the county's.
        let own = |rule: &usize| findings.iter().any(|finding| finding.rule == *rule && finding.unit.key == key);
        let (levels, vetoes) = (rules(RuleKind::Level, Outcome::Met).into_iter().filter(own).collect(), rules(RuleKind::Veto, Outcome::NotMet));
        let name = findings.iter().find(|finding| finding.unit.key == key).map(|finding| finding.unit.name.clone());
        County { key: key.to_string(), name: name.unwrap_or_else(|| self.county_name(key)), outcome, levels, vetoes }
    }

    fn county_name(&self, key: &str) -> crate::base::Text {
        let world = self.world(self.ask.as_of);
        for (table, _) in self.plan.tables.iter().enumerate().filter(|(_, def)| def.parents.is_empty() && def.split.is_none()) {
            if let Some(row) = self.tables.tables[table].keys.iter().position(|known| **known == *key) {
                return self.row_name(&world, table, u32::try_from(row).unwrap_or(u32::MAX));
            }
        }
        key.into()
    }

    /// The filters that choose nothing.
    fn unmatched(&self, findings: &[Finding]) -> Vec<String> {
        let missing = |list: &[String], found: &dyn Fn(&str) -> bool| list.iter().filter(|wanted| !found(wanted)).cloned().collect::<Vec<_>>();
        let mut unmatched = missing(&self.ask.counties, &|wanted| findings.iter().any(|finding| finding.unit.county.as_deref() == Some(wanted)));
        unmatched.extend(missing(&self.ask.units, &|wanted| findings.iter().any(|finding| finding.unit.key == wanted)));
        let named = |wanted: &str| (0..self.plan.rules.len()).any(|rule| self.plan.is_called(rule, wanted));
        unmatched.extend(missing(&self.ask.rules, &named));
        unmatched
    }
}

/// 1 where anything is not met; 3 where anything is undecided, or nothing was met; else 0.
fn status(heard: &[Outcome]) -> u8 {
    let any = |outcome: Outcome| heard.contains(&outcome);
    match (any(Outcome::NotMet), any(Outcome::Undecided), any(Outcome::Met)) {
        (true, _, _) => 1,
        (_, true, _) | (_, _, false) => 3,
        _ => 0,
    }
}
