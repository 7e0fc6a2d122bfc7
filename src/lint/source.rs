//! A value of a parameter without its source.
//!
//! # Looks for
//! Lines of values that do not say with `source` from which document and clause they come.
//!
//! # Why
//! A figure without a source cannot be argued about nor checked when the document changes.
//!
//! # Caught
//! `from 2017-04-19  primary 45, junior 50`.
//!
//! # Not caught
//! The same line with `source "…"` behind it.
//!
//! # Mend
//! Write document and clause behind the values.

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::NoSource;

use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for def in &sight.plan.parameters {
        for dated in def.dated.iter().filter(|dated| dated.source.as_ref().is_none_or(|source| source.trim().is_empty())) {
            found.push(Diagnostic::from(NoSource { name: def.names.short() }).at(dated.span, Text::default()));
        }
        for set in def.dated.iter().flat_map(|dated| &dated.set).filter(|set| set.source.as_ref().is_none_or(|source| source.trim().is_empty())) {
            found.push(Diagnostic::from(NoSource { name: def.names.short() }).at(set.span, Text::default()));
        }
    }
}
