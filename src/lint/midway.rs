//! A value that is rounded in the middle of a calculation.
//!
//! # Looks for
//! `rounded to … half up`, there or in a measure, that goes on into arithmetic or into an aggregate.
//!
//! # Why
//! Each rounding moves the result a little, and the moves add up: a script in use rounded every school's value, and again its
//! weighted share, before it formed the county's variation.
//!
//! # Caught
//! `variation(area_per_pupil rounded to 2 decimals half up across school, weighted by pupils)`.
//!
//! # Not caught
//! A rounding that ends the calculation; `rounded up` of how many are due.
//!
//! # Mend
//! Take the rounding away; what is shown is rounded by itself.

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::RoundedMidway;
use crate::model::plan::{Node, NodeKind};

use super::facts::Facts;
use super::sight::Sight;
use super::walk::Measures;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for rule in 0..sight.plan.rules.len() {
        sight.afresh();
        sight.each_of_rule(rule, Measures::Left, &mut |node, _| goes_on(sight, node, found));
    }
    for measure in &sight.plan.measures {
        sight.afresh();
        sight.each(&measure.body, &Facts::default(), Measures::Left, &mut |node, _| goes_on(sight, node, found));
    }
}

fn goes_on(sight: &Sight, node: &Node, found: &mut Vec<Diagnostic>) {
    match &*node.kind {
        NodeKind::Arith(_, left, right) => [left, right].into_iter().for_each(|side| said(sight, side, found)),
        NodeKind::Aggregate(aggregate) => {
            let def = &sight.plan.aggregates[*aggregate];
            def.operand.iter().chain(&def.weight).for_each(|side| said(sight, side, found));
        }
        _ => {}
    }
}

fn said(sight: &Sight, part: &Node, found: &mut Vec<Diagnostic>) {
    if let Some(rounding) = sight.rounding(part) {
        let said = Diagnostic::from(RoundedMidway {}).at(part.span, Text::new("goes on into a calculation", "继续参与计算"));
        found.push(if rounding.span == part.span { said } else { said.at(rounding.span, Text::new("rounded here", "在此取舍")) });
    }
}
