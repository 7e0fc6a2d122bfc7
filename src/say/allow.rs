//! Lints that are set aside: which, to which day, and why.

use crate::base::{Span, Text};
use crate::model::plan::{AllowDef, Plan, Reach};

use super::number;
use super::phrase::{both, line};

/// Those of the item that holds this place.
pub(super) fn of_item(plan: &Plan, at: Span) -> Vec<Text> {
    plan.allows.iter().filter(|allow| matches!(allow.reach, Reach::Item(_)) && allow.reach.holds(at)).map(said).collect()
}

/// Those of items that are no rules.
pub(super) fn elsewhere(plan: &Plan) -> Option<Vec<Text>> {
    let of_rule = |allow: &AllowDef| matches!(allow.reach, Reach::Item(_)) && plan.rules.iter().any(|rule| allow.reach.holds(rule.span));
    let lines: Vec<Text> = plan.allows.iter().filter(|allow| !of_rule(allow)).map(said).collect();
    (!lines.is_empty()).then(|| [vec![Text::new("Set aside outside of rules.", "指标以外保留的疑点。")], lines].concat())
}

fn said(allow: &AllowDef) -> Text {
    let (code, until, reason) = (Text::from(&allow.code), number::date(allow.until), Text::from(&allow.reason));
    line(&both!("Lint {code} is set aside up to {until}, that day included: {reason}", "疑点 {code} 允许保留至{until}（含当日），原因：{reason}", code, until, reason))
}
