//! Plans built by hand, and what each construct reads like in both languages, whole.

mod build;
mod count;
mod pupils;
mod share;
mod single;
mod spread;
mod statistic;

use crate::base::{Lang, Text};
use crate::model::plan::Plan;

/// All lines of a plan's last rule in one language.
fn read(plan: &Plan, lang: Lang) -> String {
    let said = super::say(plan);
    let lines: &[Text] = said.last().map_or(&[], |said| &said.lines);
    lines.iter().map(|line| line.get(lang)).collect::<Vec<_>>().join("\n")
}

/// The last rule reads so.
#[track_caller]
fn reads(plan: &Plan, en: &str, zh: &str) {
    same(&read(plan, Lang::En), &read(plan, Lang::Zh), en, zh);
}

#[track_caller]
fn same(en: &str, zh: &str, wanted_en: &str, wanted_zh: &str) {
    assert_eq!(en, wanted_en.trim_matches('\n'));
    assert_eq!(zh, wanted_zh.trim_matches('\n'));
}
