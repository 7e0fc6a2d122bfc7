//! Values of a parameter for codes for which no rule looks it up.
//!
//! # Looks for
//! Values by code, and an `otherwise` behind values for every code, that no lookup can come to, after everything that `where`
//! and `when` leave out. Parameters that nothing uses at all are another lint's.
//!
//! # Why
//! Someone wrote down a limit that is applied to nobody: the rule asks fewer than was meant, or the code is the wrong one.
//!
//! # Caught
//! A value for the senior stage where the only rule asks primary and junior classes.
//!
//! # Not caught
//! The same value as soon as one rule, or one measure of a rule, may look it up.
//!
//! # Mend
//! Let the rule ask those units too, or delete the value.

use std::collections::BTreeMap;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{IdleOtherwise, IdleValue, list};
use crate::model::plan::{DatedDef, Key as Code};

use super::lookup::Lookup;
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let (lookups, whole) = sight.lookups();
    if !whole {
        return;
    }
    let mut by_parameter: BTreeMap<usize, Vec<&Lookup>> = BTreeMap::new();
    for lookup in lookups {
        by_parameter.entry(lookup.parameter).or_default().push(lookup);
    }
    // What is not looked up at all is said elsewhere.
    for (parameter, of) in by_parameter {
        let def = &sight.plan.parameters[parameter];
        let asked: Option<Vec<&Vec<Vec<Code>>>> = of.iter().map(|lookup| lookup.codes.as_ref()).collect();
        let Some(asked) = asked else { continue };
        let is_asked = |codes: &Vec<Code>| asked.iter().any(|asked| asked.contains(codes));
        for dated in &def.dated {
            let idle: Vec<Text> = dated.values.iter().filter(|(codes, _)| !is_asked(codes)).map(|(codes, _)| sight.code_names(parameter, codes)).collect();
            if !idle.is_empty() {
                let message = IdleValue { name: def.names.short(), codes: list(&idle) };
                found.push(at(Diagnostic::from(message), dated, &of));
            }
            if dated.otherwise.is_some() && asked.iter().all(|asked| asked.iter().all(|codes| dated.values.iter().any(|(known, _)| known == codes))) {
                found.push(at(Diagnostic::from(IdleOtherwise { name: def.names.short() }), dated, &of));
            }
        }
    }
}

fn at(said: Diagnostic, dated: &DatedDef, of: &[&Lookup]) -> Diagnostic {
    let said = said.at(dated.span, Text::default());
    of.first().map_or(said.clone(), |lookup| said.at(lookup.span, Text::new("looked up here", "在此取用")))
}
