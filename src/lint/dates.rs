//! Days on which a rule is in force and its standard has no value.
//!
//! # Looks for
//! A parameter whose first value begins after a rule that needs it, or whose last one ends before that rule does; the rule's
//! days also by its pack.
//!
//! # Why
//! On those days nothing can be judged: the run stops, and it stops when the figures are due.
//!
//! # Caught
//! A value `from 2020-09-01 to 2025-08-31` of a rule without an end.
//!
//! # Not caught
//! A value without an end; a rule that ends with its standard.
//!
//! # Mend
//! Add the value that follows, take the end away, or end the rule with `in force … to`.

use std::collections::BTreeSet;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::DaysWithoutValue;
use crate::model::plan::ParameterDef;

use super::lookup::Lookup;
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let mut said = BTreeSet::new();
    for lookup in sight.lookups().0 {
        let def = &sight.plan.parameters[lookup.parameter];
        if let Some(days) = uncovered(sight, def, lookup)
            && said.insert(lookup.parameter)
        {
            let rule = &sight.plan.rules[lookup.rule];
            let message = DaysWithoutValue { name: def.names.short(), rule: rule.names.id.as_str().into(), days };
            let declared = def.dated.last().map_or(def.span, |dated| dated.span);
            found.push(Diagnostic::from(message).at(declared, Text::new("its values", "现有的值")).at(lookup.span, Text::new("looked up here", "在此取用")));
        }
    }
}

/// ` after 2025-08-31`, ` before 2020-09-01`. Between its values no day is left out: that is an error of its own.
fn uncovered(sight: &Sight, def: &ParameterDef, lookup: &Lookup) -> Option<Text> {
    let force = sight.in_force(&sight.plan.rules[lookup.rule]);
    let (first, last) = (def.dated.first()?.period.from, def.dated.last()?.period.to);
    if let Some(last) = last.filter(|last| force.to.is_none_or(|to| to > *last)) {
        return Some(Text::new(format!("after {last}"), format!("{last} 之后")));
    }
    let first = first.filter(|first| force.from.is_some_and(|from| from < *first))?;
    Some(Text::new(format!("before {first}"), format!("{first} 之前")))
}
