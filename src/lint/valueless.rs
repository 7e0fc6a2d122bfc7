//! Codes for which a rule looks up a value that is not there.
//!
//! # Looks for
//! A parameter by code that a rule needs for codes without a value and without `otherwise`, in the values that stand last;
//! after everything that `where` and `when` leave out.
//!
//! # Why
//! For these units the rule is not applicable, silently as far as the rule's text goes: a stage or a type was forgotten.
//!
//! # Caught
//! `largest_class[stage]` of every class, with values for primary and junior, where a class may be of the senior stage.
//!
//! # Not caught
//! The same rule with `where stage is one of (primary, junior)`.
//!
//! # Mend
//! Add the value, or say with `where` whom the standard does not concern.

use std::collections::BTreeMap;

use crate::base::{Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::{WithoutValue, list};
use crate::model::plan::Key as Code;

use super::sight::Sight;

/// A rule that looks up codes without a value, and these.
type Missed = (usize, Vec<Vec<Code>>);

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    // One message for a place, however many rules come by.
    let mut said: BTreeMap<(usize, Span), Missed> = BTreeMap::new();
    for lookup in sight.lookups().0 {
        let force = sight.in_force(&sight.plan.rules[lookup.rule]);
        let last = sight.plan.parameters[lookup.parameter].dated.iter().rfind(|dated| dated.period.overlap(force).is_some());
        let (Some(codes), Some(last)) = (&lookup.codes, last) else { continue };
        let missing: Vec<Vec<Code>> = codes.iter().filter(|codes| last.value_of(codes).is_none()).cloned().collect();
        if !missing.is_empty() {
            let (_, known) = said.entry((lookup.parameter, lookup.span)).or_insert((lookup.rule, Vec::new()));
            for codes in missing {
                if !known.contains(&codes) {
                    known.push(codes);
                }
            }
        }
    }
    found.extend(said.into_iter().map(|((parameter, span), (rule, codes))| message(sight, (parameter, span), rule, &codes)));
}

fn message(sight: &Sight, (parameter, span): (usize, Span), rule: usize, codes: &[Vec<Code>]) -> Diagnostic {
    const SHOWN: usize = 8;
    let names: Vec<Text> = codes.iter().take(SHOWN).map(|codes| sight.code_names(parameter, codes)).collect();
    let more = codes.len().saturating_sub(SHOWN);
    let mut shown = list(&names);
    if more > 0 {
        shown = Text::new(format!("{} and {more} more", Text::join(&names, ", ", "").en), format!("{}等（另有 {more} 个）", shown.zh));
    }
    let def = &sight.plan.parameters[parameter];
    let message = WithoutValue { name: def.names.short(), codes: shown, rule: sight.plan.rules[rule].names.id.as_str().into() };
    let declared = def.dated.last().map_or(def.span, |dated| dated.span);
    Diagnostic::from(message).at(span, Text::new("looked up here", "在此取用")).at(declared, Text::new("its values", "现有的值"))
}
