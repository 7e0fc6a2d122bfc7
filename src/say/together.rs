//! Rules read back one after the other: what several of them would say alike is said once, at the end.

use crate::base::Text;
use crate::model::plan::Plan;

use super::phrase::{Reader, both, line};
use super::{about, allow, explain, layers, require, who};

/// Every rule that is wanted, and, where several rules share terms, a last part with these.
///
/// Each part is a heading and what belongs to it, as in [`super::say`]. A rule alone is read back whole.
pub fn together(plan: &Plan, is_wanted: &dyn Fn(usize) -> bool) -> Vec<Vec<Text>> {
    let wanted: Vec<usize> = (0..plan.rules.len()).filter(|rule| is_wanted(*rule)).collect();
    let reader = |rule: usize| Reader { plan, row: plan.rules[rule].at.table, bounds: true };
    let terms: Vec<Vec<Vec<Text>>> = wanted.iter().map(|rule| blocks(explain::terms(reader(*rule), &plan.rules[*rule]))).collect();
    let unsaid: Vec<Vec<(Text, bool)>> = wanted.iter().map(|rule| about::unsaid_parts(plan, &plan.rules[*rule])).collect();
    let shared_terms = repeated(&terms);
    let shared_unsaid: Vec<(Text, bool)> = repeated(&unsaid).into_iter().filter(|(_, is_own)| !is_own).collect();
    let mut parts = Vec::new();
    for ((rule, terms), unsaid) in wanted.iter().zip(&terms).zip(&unsaid) {
        let def = &plan.rules[*rule];
        let mut lines = vec![about::heading(plan, def)];
        lines.extend(who::asked(reader(*rule), def));
        lines.extend(require::required(reader(*rule), def));
        lines.extend(layers::lines(reader(*rule), def));
        lines.extend(terms.iter().filter(|block| !shared_terms.contains(block)).flatten().cloned());
        if terms.iter().any(|block| shared_terms.contains(block)) {
            lines.push(line(&Text::new("Terms that other rules use too: at the end", "与其他指标共用的概念和标准值见文末")));
        }
        lines.extend(about::closing(plan, def));
        let own: Vec<(Text, bool)> = unsaid.iter().filter(|part| !shared_unsaid.contains(part)).cloned().collect();
        lines.extend((!own.is_empty()).then(|| about::unsaid(&own)));
        parts.push(lines);
    }
    parts.extend(last(shared_terms, &shared_unsaid));
    parts.extend(allow::elsewhere(plan));
    parts
}

fn last(terms: Vec<Vec<Text>>, unsaid: &[(Text, bool)]) -> Option<Vec<Text>> {
    if terms.is_empty() && unsaid.is_empty() {
        return None;
    }
    let mut lines = vec![Text::new("For all rules above.", "以上各项指标通用。")];
    lines.extend(terms.into_iter().flatten());
    if !unsaid.is_empty() {
        let unsaid: Vec<Text> = unsaid.iter().map(|(text, _)| text.clone()).collect();
        let unsaid = Text::join(&unsaid, "; ", "；");
        lines.push(line(&both!("Where a rule says nothing else: {unsaid}", "指标未另行写明的，按以下口径：{unsaid}", unsaid)));
    }
    Some(lines)
}

/// A line with the details that are indented beneath it.
fn blocks(lines: Vec<Text>) -> Vec<Vec<Text>> {
    let mut blocks: Vec<Vec<Text>> = Vec::new();
    for line in lines {
        match blocks.last_mut() {
            Some(block) if line.en.starts_with("    ") => block.push(line),
            _ => blocks.push(vec![line]),
        }
    }
    blocks
}

/// What stands in more than one of the lists, each once, in order of first mention.
fn repeated<T: PartialEq + Clone>(lists: &[Vec<T>]) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for one in lists.iter().flatten() {
        if !found.contains(one) && lists.iter().filter(|list| list.contains(one)).count() > 1 {
            found.push(one.clone());
        }
    }
    found
}
