//! Weights and degrees of aggregates: which of them have any, and which are of their kind.

use crate::base::Unit;
use crate::diag::catalog::{AtkinsonAversion, PercentileRank, SpreadArithmetic, WeightNotTaken, WeightsOfVariation};
use crate::model::ast::{AggregateCall, Expr, Weight};
use crate::model::op::{Aggregate, Aversion, Rank, Spread, Statistic};
use crate::model::plan::{Node, Type};

use super::scope::{Scope, unknown};
use super::{Checker, unlabelled};

impl Checker<'_> {
    /// What is collected, with its degree; none where the degree or the weights are not of its kind.
    pub(super) fn statistic(&mut self, call: &AggregateCall) -> Option<Aggregate> {
        let said = call.weight_is_said();
        let found = match call.what {
            Aggregate::Variation(_) => return Some(call.what),
            Aggregate::Statistic(of) if of.takes_weights() => {
                if said && !matches!((&call.weight, call.spread), (Weight::By(_), Some(Spread::Weighted)) | (Weight::Equal, Some(Spread::Equal))) {
                    self.say(WeightsOfVariation {}, call.span, unlabelled());
                    return None;
                }
                self.with_degree(of, call)?
            }
            _ if said => {
                self.say(WeightNotTaken {}, call.span, unlabelled());
                return None;
            }
            other => return Some(other),
        };
        Some(Aggregate::Statistic(found))
    }

    fn with_degree(&mut self, of: Statistic, call: &AggregateCall) -> Option<Statistic> {
        let (degree, span) = (call.degree.as_ref(), call.degree.as_ref().map_or(call.span, |degree| degree.span));
        match of {
            Statistic::Percentile(_) => {
                let rank = degree.filter(|degree| degree.percent).and_then(|degree| Rank::new(&Unit::percent().to_base(&degree.number)));
                if rank.is_none() {
                    self.say(PercentileRank {}, span, unlabelled());
                }
                rank.map(Statistic::Percentile)
            }
            Statistic::Atkinson(_) => {
                let aversion = degree.filter(|degree| !degree.percent).and_then(|degree| Aversion::of(&degree.number));
                if aversion.is_none() {
                    self.say(AtkinsonAversion {}, span, unlabelled());
                }
                aversion.map(Statistic::Atkinson)
            }
            _ => Some(of),
        }
    }

    /// Values of which equal ones are known to be equal.
    pub(super) fn told_apart(&mut self, operand: &Expr, scope: &Scope) -> Node {
        let found = self.expr(operand, scope, None);
        if found.ty != Type::Real {
            return found;
        }
        self.say(SpreadArithmetic {}, found.span, unlabelled());
        unknown(found.span)
    }
}
