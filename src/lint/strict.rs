//! A limit that its own text includes and the comparison leaves out.
//!
//! # Looks for
//! `>` where the rule's message or title, or the source of its limit, says 不低于, 不少于, 达到, a number with 以上, or `at least`;
//! `<` where it says 不超过, 不高于, a number with 以下 or 以内, or `at most`. Where a number stands beside the word it must be the
//! limit; where none does, the rule must have no other limit of that side, and the word must not stand in the title. Grades are
//! looked at as requirements are, and so is what layers and exceptions ask instead.
//!
//! # Why
//! Whoever reaches the limit exactly fails, against the document. A product's own paper had “>10%” where the standard
//! says 不低于.
//!
//! # Caught
//! `require share > 10%` with `message "交流比例应不低于10%"`.
//!
//! # Not caught
//! 县级以上, which is no number; `> 0` beside “at least one”; words of the other side; a title as 达到省定标准的比例.
//!
//! # Mend
//! Write `>=` or `<=`; or correct the text.

use crate::base::{Number, Text};
use crate::diag::Diagnostic;
use crate::diag::catalog::StrictLimit;
use crate::model::plan::Constant;
use crate::model::word;

use super::claim::{Claim, Limit};
use super::sight::Sight;

pub fn look(sight: &Sight, found: &mut Vec<Diagnostic>) {
    for rule in 0..sight.plan.rules.len() {
        let (claims, own) = (sight.every_claim(rule), sight.claims(rule).len());
        for (at, claim) in claims.iter().enumerate().filter(|(_, claim)| claim.op.is_strict()) {
            // What is asked instead is not asked beside it.
            let beside = if at < own { &claims[..own] } else { &claims };
            let alone = beside.iter().filter(|other| other.op.is_floor() == claim.op.is_floor()).count() == 1;
            let limits = limits(sight, claim);
            if limits.is_empty() || limits.iter().all(Number::is_zero) {
                continue;
            }
            let words = texts(sight, claim).iter().find_map(|(text, title)| included(text, claim, &limits, alone && !title));
            if let Some(words) = words {
                let message = StrictLimit { words: words.as_str().into(), sign: claim.op.sign().into(), due: if claim.op.is_floor() { ">=" } else { "<=" }.into() };
                found.push(Diagnostic::from(message).at(claim.span, Text::default()));
            }
        }
    }
}

/// Everything that the rule says for people, and whether it is a title: there a word alone names what is counted, as
/// 达到省定标准的比例 does.
fn texts<'s>(sight: &Sight<'s>, claim: &Claim) -> Vec<(&'s String, bool)> {
    let def = &sight.plan.rules[claim.rule];
    let layers = def.layers.iter().filter_map(|at| sight.plan.overrides.get(*at)?.ruling.as_ref()?.message.as_ref());
    let titles = [&def.names.zh, &def.names.en].into_iter().flatten().map(|title| (title, true));
    let sources: Vec<&String> = match claim.limit {
        Limit::Parameter { id, .. } => sight.plan.parameters[id].dated.iter().filter_map(|dated| dated.source.as_ref()).collect(),
        _ => Vec::new(),
    };
    def.message.iter().chain(layers).map(|told| (&told.text, false)).chain(titles).chain(sources.into_iter().map(|text| (text, false))).collect()
}

/// The limits that the claim may have, as people write them.
fn limits(sight: &Sight, claim: &Claim) -> Vec<Number> {
    let base: Vec<Number> = match claim.limit {
        Limit::Fixed(number) => vec![number.clone()],
        Limit::Parameter { id, .. } => {
            let values = sight.plan.parameters[id].dated.iter().flat_map(|dated| dated.values.iter().map(|(_, value)| value).chain(&dated.otherwise));
            values.filter_map(|value| if let Constant::Number(number) = value { Some(number.clone()) } else { None }).collect()
        }
        Limit::Zero => Vec::new(),
    };
    base.iter().map(|number| claim.unit.from_base(number)).collect()
}

/// The words by which a text includes the limit, if it has such words of this side.
fn included(text: &str, claim: &Claim, limits: &[Number], alone: bool) -> Option<String> {
    let floor = claim.op.is_floor();
    let before = spellings(if floor { "r_ge" } else { "r_le" }).find(|spelling| {
        let mut rests = text.match_indices(spelling.as_str()).map(|(at, _)| text[at + spelling.len()..].trim_start());
        rests.any(|rest| leading(rest).map_or(alone, |number| limits.contains(&number)))
    });
    let behind = spellings(if floor { "k_or_more_zh" } else { "k_or_less_zh" }).find(|spelling| {
        let mut heads = text.match_indices(spelling.as_str()).map(|(at, _)| &text[..at]);
        heads.any(|head| trailing(head).is_some_and(|number| limits.contains(&number)))
    });
    before.or(behind)
}

fn spellings(id: &str) -> impl Iterator<Item = String> {
    word::word(id).into_iter().flat_map(|word| word.spellings().map(str::to_string).collect::<Vec<_>>())
}

/// The number that a text begins with.
fn leading(text: &str) -> Option<Number> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    Number::parse(text[..end].trim_end_matches('.'))
}

/// The number that a text ends in, before a sign of percent and at most one word that counts.
fn trailing(text: &str) -> Option<Number> {
    let mut rest = text.trim_end();
    if !rest.ends_with(|c: char| c.is_ascii_digit()) {
        let last = rest.chars().next_back()?;
        rest = rest[..rest.len() - last.len_utf8()].trim_end();
    }
    let start = rest.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
    Number::parse(rest[start..].trim_start_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::{Number, leading, trailing};

    #[test]
    fn numbers_beside_words_are_read() {
        assert_eq!(leading("10%，本校不足"), Some(Number::int(10)));
        assert_eq!(leading("规定标准"), None);
        assert_eq!(trailing("应在95%"), Some(Number::int(95)));
        assert_eq!(trailing("每校3人"), Some(Number::int(3)));
        assert_eq!(trailing("县级"), None);
        assert_eq!(trailing(""), None);
    }
}
