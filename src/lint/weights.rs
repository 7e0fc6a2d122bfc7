//! A variation of a ratio per pupil that gives every school the same weight.
//!
//! # Looks for
//! `variation(…, equal weights)` and `sample weights` of a quantity whose unit is per pupil.
//!
//! # Why
//! The official 差异系数 weighs every school by its pupils. A system in use took plain SD over mean: on the worked example of the
//! method that gives another figure, and another outcome. A school of ten pupils then counts as much as one of two thousand.
//!
//! # Caught
//! `variation(area_per_pupil across section, equal weights)`.
//!
//! # Not caught
//! `weighted by pupils`; equal weights of a ratio that is not per pupil.
//!
//! # Mend
//! Write `weighted by` and the column of pupils; or, where the document says it, `allow` with the clause for a reason.

use std::collections::BTreeSet;

use crate::base::{Span, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::EqualWeights;
use crate::model::op::{Aggregate, Spread};
use crate::model::plan::{AggregateDef, Collect, Type};

use super::sight::Sight;

const PUPIL: &str = "pupil";

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    let mut said: BTreeSet<Span> = BTreeSet::new();
    for def in sight.plan.aggregates.iter().filter(|def| is_equal(def)) {
        if let Some(Type::Number(unit)) = def.operand.as_ref().map(|operand| &operand.ty)
            && unit.powers().any(|(dimension, power)| dimension == PUPIL && power < 0)
            && said.insert(def.span)
        {
            let label = Text::new(format!("in {}", unit.text().en.trim()), format!("单位：{}", unit.text().zh.trim()));
            found.push(Diagnostic::from(EqualWeights {}).at(def.span, label));
        }
    }
}

fn is_equal(def: &AggregateDef) -> bool {
    def.weight.is_none() && matches!(def.what, Collect::Value(Aggregate::Variation(Spread::Equal | Spread::Sample)))
}
