//! Periods in words: which is asked, what it runs from and to, values in another.

use crate::base::{Term, TermKind, Text};
use crate::model::plan::RuleDef;
use crate::model::when::When;

use super::phrase::both;

/// The period of a rule, in a clause of its own.
pub(super) fn asked(rule: &RuleDef) -> Option<Text> {
    let when = rule.term.map(when);
    let text = match (rule.at.each, when) {
        (Some(kind), None) => {
            let kind = one(kind);
            both!("Period: each {kind} that is there in the data handed in, judged by itself", "期间：所交数据中的每个{kind}，分别判定", kind)
        }
        (Some(kind), Some(when)) => {
            let kind = one(kind);
            both!("Period: each {kind} of {when} that is there in the data handed in, judged by itself", "期间：所交数据中{when}的每个{kind}，分别判定", kind, when)
        }
        (None, Some(when)) => both!("Period: {when}; rows of other periods are not counted", "期间：{when}，其他期间的数据不计", when),
        (None, None) => return None,
    };
    Some(text)
}

fn one(kind: TermKind) -> Text {
    match kind {
        TermKind::SchoolYear => Text::new("school year", "学年"),
        TermKind::Semester => Text::new("semester", "学期"),
        TermKind::Year => Text::new("year", "年度"),
    }
}

/// The period in which the as-of date lies, one before it, one by its label.
fn when(when: When) -> Text {
    match when {
        When::Of { kind: TermKind::Year, back: 0 } => Text::new("the year of the as-of date", "基准日所在年度"),
        When::Of { kind: TermKind::Year, .. } => Text::new("the year before that of the as-of date", "基准日所在年度的上一年度"),
        When::Of { back: 0, .. } => Text::new("the school year of the as-of date (1 September to 31 August)", "基准日所在学年（9 月 1 日至次年 8 月 31 日）"),
        When::Of { .. } => Text::new("the school year before that of the as-of date (1 September to 31 August)", "基准日所在学年的上一学年（9 月 1 日至次年 8 月 31 日）"),
        When::Given(term) => label(term),
        When::Earlier(years) => earlier(years),
    }
}

fn earlier(years: i32) -> Text {
    match years {
        1 => Text::new("the year before", "前一年"),
        _ => Text::new(format!("{years} years earlier"), format!("{years} 年前")),
    }
}

/// `school year 2025-2026` / `2025-2026 学年`.
pub(super) fn label(term: Term) -> Text {
    match term.kind {
        TermKind::SchoolYear => Text::new(format!("school year {term}"), format!("{term} 学年")),
        TermKind::Semester => Text::new(format!("semester {term}"), format!("{term} 学期")),
        TermKind::Year => Text::new(format!("{term}"), format!("{term} 年度")),
    }
}

/// A value in another period.
pub(super) fn moved(when_said: When, of: &Text) -> Text {
    let when = match when_said {
        When::Of { kind: TermKind::Year, back: 0 } => Text::new("in this year", "本年度"),
        When::Of { kind: TermKind::Year, .. } => Text::new("in last year", "上一年度"),
        When::Of { back: 0, .. } => Text::new("in this school year", "本学年"),
        When::Of { .. } => Text::new("in last school year", "上一学年"),
        When::Given(term) => {
            let label = label(term);
            both!("in {label}", "{label}", label)
        }
        When::Earlier(1) => Text::new("in the year before", "前一年"),
        When::Earlier(years) => earlier(years),
    };
    both!("{of} {when}", "{when}的{of}", of, when)
}

/// What grows from year to year.
pub(super) fn rising(of: &Text, since: i16) -> Text {
    let since = Text::from(since);
    both!("{of} is greater in each year since {since} than in the year before (no year is passed over)", "{of}自 {since} 年起逐年上升（每一年均高于前一年，不跳过任何一年）", of, since)
}
