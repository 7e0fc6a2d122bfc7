//! What is reported and what is heard: filters, parts of other rules, counties, the whole, the exit status.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::ast::RuleKind;
use crate::model::plan::RuleDef;
use crate::model::verdict::{Asked, County, Ends, Finding, Outcome, UnitId, Verdict};

use super::Judge;

impl Judge<'_> {
    pub(super) fn verdict(&self, findings: Vec<Finding>, asked: Vec<Asked>) -> Verdict {
        let unmatched = self.unmatched(&findings);
        let reported: Vec<Finding> = findings.into_iter().filter(|finding| self.is_reported(finding)).collect();
        let listed: BTreeSet<usize> = reported.iter().map(|finding| finding.rule).collect();
        let reported: Vec<Finding> = reported.into_iter().map(|finding| Finding { heard: self.is_heard(&finding, &listed), ..finding }).collect();
        let asked = self.asked_of_chosen(asked, &reported);
        let heard: Vec<Outcome> = reported.iter().filter(|finding| finding.heard).map(|finding| finding.outcome).collect();
        let outcome = Outcome::join(heard.iter().copied());
        let ends = Ends::over(reported.iter().filter(|finding| finding.heard).map(|finding| &finding.judged));
        Verdict { as_of: self.ask.as_of, counties: self.counties(&reported), outcome, ends, status: status(&heard), findings: reported, asked, unmatched }
    }

    fn is_reported(&self, finding: &Finding) -> bool {
        let chosen = |list: &[String], key: &str| list.is_empty() || list.iter().any(|wanted| wanted == key);
        (self.ask.counties.is_empty() || finding.unit.counties.iter().any(|county| chosen(&self.ask.counties, county))) && self.is_chosen(&finding.unit) && (self.ask.rules.is_empty() || self.is_named(finding.rule))
    }

    /// Whether `--unit` names a unit or a row that it stands beneath: the parts, classes and staff of a school come with it.
    fn is_chosen(&self, unit: &UnitId) -> bool {
        let named = |key: &str| self.ask.units.iter().any(|wanted| wanted == key);
        self.ask.units.is_empty() || named(&unit.key) || unit.table.is_some_and(|table| self.is_beneath(table, unit.row, &named))
    }

    fn is_beneath(&self, table: usize, row: u32, named: &dyn Fn(&str) -> bool) -> bool {
        let world = self.world(self.ask.as_of);
        named(&self.key(&world, table, row)) || world.parents_of(table, row).into_iter().any(|(parent, above)| self.is_beneath(parent, above, named))
    }

    /// Where units are chosen, how many of them each rule asked, and of how many.
    fn asked_of_chosen(&self, asked: Vec<Asked>, reported: &[Finding]) -> Vec<Asked> {
        if self.ask.units.is_empty() {
            return asked;
        }
        let mut listed: BTreeMap<usize, usize> = BTreeMap::new();
        for finding in reported {
            *listed.entry(finding.rule).or_default() += 1;
        }
        let count = |asked: Asked| {
            let level = &self.plan.rules[asked.rule].at;
            let is_chosen = |(row, codes, term): &super::UnitKey| self.is_chosen(&self.unit(level.table, *row, &level.codes, codes, *term));
            let of = self.units(asked.rule).iter().filter(|unit| is_chosen(unit)).count();
            Asked { asked: listed.get(&asked.rule).copied().unwrap_or_default(), of, ..asked }
        };
        asked.into_iter().map(count).collect()
    }

    /// Whether a filter names a rule, by its id or with its pack's.
    fn is_named(&self, rule: usize) -> bool {
        self.ask.rules.iter().any(|wanted| self.plan.is_called(rule, wanted))
    }

    /// A part is heard through the rule that counts it while that one is in force, unless a filter names it; an advice only
    /// where advices are asked; a level only where a filter names it. Where units are chosen, a rule that is not asked of any of
    /// them hears nothing: what is listed is what is heard.
    fn is_heard(&self, finding: &Finding, listed: &BTreeSet<usize>) -> bool {
        let hears = |by: &RuleDef| by.kind >= self.ask.fail_level && matches!(self.day(by), Some((_, None)));
        let is_listed = |by: &usize| self.ask.units.is_empty() || listed.contains(by);
        let through_others = self.plan.rules[finding.rule].part_of.iter().any(|by| is_listed(by) && hears(&self.plan.rules[*by]));
        let asked_for = self.is_named(finding.rule);
        let is_heard = finding.kind >= self.ask.fail_level || finding.kind == RuleKind::Level && asked_for;
        finding.advance.is_none() && is_heard && (!through_others || asked_for)
    }

    fn counties(&self, reported: &[Finding]) -> Vec<County> {
        let mut keys: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in reported {
            for county in &finding.unit.counties {
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
        let mut unmatched = missing(&self.ask.counties, &|wanted| findings.iter().any(|finding| finding.unit.counties.iter().any(|county| county == wanted)));
        let stands_there = |wanted: &str, unit: &UnitId| unit.key == wanted || unit.table.is_some_and(|table| self.is_beneath(table, unit.row, &|key| key == wanted));
        unmatched.extend(missing(&self.ask.units, &|wanted| findings.iter().any(|finding| stands_there(wanted, &finding.unit))));
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
