//! Rules about rules: k of n, the rest, and which ones are counted.

use crate::base::{Text, Unit};
use crate::model::ast::{Status, Wanted};
use crate::model::op::{Bound, Compare};
use crate::model::plan::{Amount, Plan, Rest, RulesDef};
use crate::model::verdict::Outcome;

use super::limit::included;
use super::phrase::{and_list, both, detail, line};
use super::{name, number};

/// As many rules as are listed with their titles; more are listed by id.
const TITLED: usize = 9;

/// A count of rules as one phrase.
pub(super) fn inline(plan: &Plan, def: &RulesDef) -> Text {
    if let (true, Some((bound, Amount::Share(share)))) = (def.of_units, &def.bound) {
        let asked = Text::from(number::bare(share, &Unit::percent()));
        let (bound, note, ids, wanted) = (words(*bound), included(bound.compare(), &asked), ids(plan, &def.rules), wanted(def.wanted));
        return both!("of the units that {ids} asks beneath, {bound} {asked} are {wanted}{note}", "{ids} 所问的下级单位中，{bound} {asked} {wanted}{note}", ids, bound, asked, wanted, note);
    }
    let ids = ids(plan, &def.rules);
    let (count, wanted) = (Text::from(def.rules.len()), wanted(def.wanted));
    let first = match &def.bound {
        None => both!("all {count} of {ids} are {wanted}", "{ids} 共 {count} 项全部{wanted}", count, ids, wanted),
        Some((at, Amount::Share(share))) => {
            let asked = Text::from(number::bare(share, &Unit::percent()));
            let (bound, note) = (words(*at), rounded(*at));
            both!("{bound} {asked} of those of the {count} rules {ids} that apply are {wanted}{note}", "{ids} 共 {count} 项中，适用的项里{bound} {asked} {wanted}{note}", count, ids, wanted, bound, asked, note)
        }
        Some((at, Amount::Rows(base))) => {
            let asked = Text::from(number::bare(base, &Unit::plain()));
            let (bound, note) = (words(*at), included(at.compare(), &asked));
            both!("{bound} {asked} of the {count} rules {ids} are {wanted}{note}", "{ids} 共 {count} 项中，{bound} {asked} 项{wanted}{note}", count, ids, wanted, bound, asked, note)
        }
    };
    match rest(def) {
        Some(rest) => both!("{first}; {rest}", "{first}；{rest}", first, rest),
        None => first,
    }
}

pub(super) fn lines(plan: &Plan, head: &Text, def: &RulesDef) -> Vec<Text> {
    let statement = inline(plan, def);
    let mut lines = vec![line(&both!("{head}{statement}", "{head}{statement}", head, statement))];
    if def.rules.len() <= TITLED {
        let titles: Vec<Text> = def.rules.iter().map(|rule| name::rule(&plan.rules[*rule])).collect();
        let titles = Text::join(&titles, "; ", "；");
        lines.push(detail(&both!("they are: {titles}", "各项为：{titles}", titles)));
    }
    if matches!(def.rest, Some(Rest::Standard(_))) {
        lines.push(detail(&Text::new(
            "percent of standard = value ÷ limit where the limit is a minimum, limit ÷ value where it is a maximum",
            "达到标准的百分比：下限类指标 ＝ 实际值 ÷ 标准值，上限类指标 ＝ 标准值 ÷ 实际值",
        )));
    }
    if matches!(def.wanted, Wanted::Grade(_)) {
        lines.push(detail(&ungraded()));
    }
    lines.push(detail(&left_out(def)));
    lines
}

fn words(bound: Bound) -> Text {
    match bound {
        Bound::AtLeast => Text::new("at least", "至少"),
        Bound::AtMost => Text::new("at most", "至多"),
        Bound::Exactly => Text::new("exactly", "恰有"),
    }
}

/// Which way a percent of rules comes to a whole number of them.
fn rounded(bound: Bound) -> Text {
    match bound {
        Bound::AtMost => Text::new(" (a part of a rule left off)", "（不足一项的舍去）"),
        Bound::AtLeast | Bound::Exactly => Text::new(" (a part of a rule counted as one)", "（不足一项的按一项计）"),
    }
}

fn left_out(def: &RulesDef) -> Text {
    match def.bound {
        Some((Bound::AtLeast, Amount::Rows(_))) => Text::new(
            "a rule that is not applicable or exempt leaves the list; if fewer remain than are asked for, all that remain are asked for",
            "不适用或豁免的项不计入总项数；剩余项数少于所要求项数的，以剩余项数为准",
        ),
        _ => Text::new("a rule that is not applicable or exempt leaves the list", "不适用或豁免的项不计入"),
    }
}

fn wanted(wanted: Wanted) -> Text {
    match wanted {
        Wanted::Status(Status::Met) => Outcome::Met.text(),
        Wanted::Status(Status::NotMet) => Outcome::NotMet.text(),
        Wanted::Grade(grade) => grade.text(),
    }
}

/// What the grades of a rule without grades are.
fn ungraded() -> Text {
    Text::new("a rule without grades is qualified where it is met, not qualified where it is not", "未分等的项，达标即为合格，不达标即为不合格")
}

fn rest(def: &RulesDef) -> Option<Text> {
    let Rest::Standard(share) = def.rest.as_ref()? else { return Some(Text::new("each of the rest is at least basic", "其余各项均为基本合格以上")) };
    let percent = Text::from(number::bare(share, &Unit::percent()));
    let note = included(Compare::Ge, &percent);
    Some(both!("each of the rest reaches at least {percent} of its standard{note}", "其余各项均不低于标准的 {percent}{note}", percent, note))
}

/// `L1 to L7 and S1` / `L1 至 L7、S1`: rules of one stem with numbers in a row stand as a range.
pub(super) fn ids(plan: &Plan, rules: &[usize]) -> Text {
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for rule in rules {
        let id = plan.rules[*rule].names.id.as_str();
        match runs.last_mut() {
            Some((_, last)) if follows(last, id) => *last = id,
            _ => runs.push((id, id)),
        }
    }
    let run = |(first, last): &(&str, &str)| match first == last {
        true => vec![Text::from(*first)],
        false if follows(first, last) => vec![Text::from(*first), Text::from(*last)],
        false => vec![Text::new(format!("{first} to {last}"), format!("{first} 至 {last}"))],
    };
    let parts: Vec<Text> = runs.iter().flat_map(run).collect();
    Text { en: and_list(&parts).en, zh: Text::join(&parts, "", "、").zh }
}

fn follows(last: &str, next: &str) -> bool {
    let cut = |id: &str| {
        let stem = id.trim_end_matches(|digit: char| digit.is_ascii_digit());
        id[stem.len()..].parse::<u32>().ok().map(|number| (stem.to_string(), number))
    };
    cut(last).zip(cut(next)).is_some_and(|((a, last), (b, next))| a == b && last.checked_add(1) == Some(next))
}
