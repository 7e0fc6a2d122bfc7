//! A rule that does not say what it rests on.
//!
//! # Looks for
//! Rules, vetoes and advice without `cites`.
//!
//! # Why
//! An inspector is asked for the clause, and a reviewer compares the rule with it.
//!
//! # Caught
//! A rule of `for`, `require` and `message` alone.
//!
//! # Not caught
//! `cites "第七条（五）"`, however short.
//!
//! # Mend
//! Write the clause of the document behind `cites`.

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::NoCites;

use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for def in sight.plan.rules.iter().filter(|def| def.cites.iter().all(|cites| cites.trim().is_empty())) {
        found.push(Diagnostic::from(NoCites { rule: def.names.id.as_str().into() }).at(def.span, Text::default()));
    }
}
