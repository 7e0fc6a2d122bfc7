//! What a run of suites says to people: failures, coverage as a table with its gaps in words, the defects that no case notices,
//! and how many passed.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::base::{Lang, Sources, Text, shown, visible};
use crate::diag::catalog::{defect, noticing};
use crate::diag::show::{Style, render};
use crate::model::verdict::Outcome;
use crate::suite::coverage::{self, Covered};
use crate::suite::mutation::{Fate, Tried};
use crate::suite::{Results, Suite, explained};

use super::pick;

/// The failures of one suite, each in full.
pub fn failures(found: &Suite, style: Style) -> String {
    let (lang, sources) = (style.lang, Sources::default());
    let mut text: String = found.faults.iter().map(|fault| render(fault, &sources, style)).collect();
    for case in found.cases.iter().filter(|case| !case.failures.is_empty()) {
        let _ = writeln!(text, "{} {}:{} {}", pick(lang, "failed", "失败"), visible(&found.path), case.line, visible(&case.name));
        for failure in &case.failures {
            text.push_str(&render(&failure.said, &sources, style));
            text.push_str(&shown(failure.detail.get(lang), false));
        }
        text.push('\n');
    }
    text
}

/// What comes after the failures.
pub fn rest(results: &Results, style: Style) -> String {
    let lang = style.lang;
    let mut text = String::new();
    if let Some(rules) = &results.coverage {
        text.push_str(&table(rules, lang));
        text.push_str(&gaps(rules, lang));
        text.push('\n');
    }
    if let Some(tried) = &results.mutation {
        text.push_str(&unnoticed(tried, lang));
        text.push_str(&totals(tried, lang));
        text.push('\n');
    }
    for fault in &results.stale {
        text.push_str(&render(fault, &Sources::default(), style));
        text.push('\n');
    }
    let (passed, failed) = (results.passed(), results.failed());
    text + &match lang {
        Lang::En => format!("{passed} passed, {failed} failed\n"),
        Lang::Zh => format!("通过 {passed} 个，失败 {failed} 个\n"),
    }
}

/// An outcome as the head of a column of numbers.
fn head(outcome: Outcome, lang: Lang) -> &'static str {
    match (outcome, lang) {
        (Outcome::NotApplicable, Lang::En) => "n/a",
        _ => outcome.word().get(lang),
    }
}

fn table(rules: &[Covered], lang: Lang) -> String {
    let heads = Outcome::ALL.iter().map(|outcome| head(*outcome, lang));
    let heads = std::iter::once(pick(lang, "rule", "指标")).chain(heads).chain([pick(lang, "not asked", "范围外"), pick(lang, "title", "名称")]);
    let mut rows: Vec<Vec<String>> = vec![heads.map(String::from).collect()];
    for rule in rules {
        let counts = Outcome::ALL.iter().map(|outcome| rule.count(*outcome).to_string());
        rows.push(std::iter::once(rule.rule.clone()).chain(counts).chain([rule.not_asked.to_string(), rule.title.get(lang).to_string()]).collect());
    }
    let widths: Vec<usize> = (0..rows[0].len()).map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0)).collect();
    let mut text = format!("{}\n", pick(lang, "Expected outcomes", "测试所预期的结论"));
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at {
            0 => format!("{cell}{}", " ".repeat(width - cell.width())),
            at if at + 1 == row.len() => cell.clone(),
            _ => format!("{}{cell}", " ".repeat(width - cell.width())),
        });
        let _ = writeln!(text, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text.push('\n');
    text
}

fn gaps(rules: &[Covered], lang: Lang) -> String {
    let open: Vec<&Covered> = rules.iter().filter(|rule| !rule.gaps.is_empty()).collect();
    let explained: usize = rules.iter().map(|rule| rule.explained.len()).sum();
    let mut text = String::new();
    if !open.is_empty() {
        text = match lang {
            Lang::En => format!("Rules that lack a case ({})\n", open.len()),
            Lang::Zh => format!("缺少测试的指标（{}）\n", open.len()),
        };
    }
    let mut path = "";
    for rule in open {
        heading(&mut text, &mut path, &rule.path);
        let gap = coverage::gap(rule);
        let _ = match lang {
            Lang::En => writeln!(text, "  rule {}, line {}: {}", rule.rule, rule.line, gap.en),
            Lang::Zh => writeln!(text, "  指标 {}，第 {} 行：{}", rule.rule, rule.line, gap.zh),
        };
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let whole = rules.iter().filter(|rule| rule.gaps.is_empty()).count();
    let (of, also) = (rules.len(), Text::new(format!(", {explained} of the outcomes explained"), format!("，其中 {explained} 种结论另有说明")));
    let also = if explained == 0 { Text::default() } else { also };
    let _ = match lang {
        Lang::En => writeln!(text, "{whole} of {of} rules met, not met and undecided at least once{}", also.en),
        Lang::Zh => writeln!(text, "{of} 项指标中，{whole} 项的达标、不达标、无法判定均有测试{}", also.zh),
    };
    text
}

/// The path, where it is another than before.
fn heading<'p>(text: &mut String, path: &mut &'p str, next: &'p str) {
    if *path != next {
        let _ = writeln!(text, "{next}");
        *path = next;
    }
}

fn unnoticed(tried: &[Tried], lang: Lang) -> String {
    let open: Vec<&Tried> = tried.iter().filter(|one| one.fate == Fate::Unnoticed).collect();
    if open.is_empty() {
        return String::new();
    }
    let mut text = match lang {
        Lang::En => format!("Defects that no test would notice ({})\n", open.len()),
        Lang::Zh => format!("写错也不会被测试发现之处（{}）\n", open.len()),
    };
    let mut path = "";
    for one in open {
        heading(&mut text, &mut path, &one.path);
        let (what, how) = (defect(&one.was, &one.would), noticing(one.defect, &one.was, &one.would, &one.about));
        let _ = match lang {
            Lang::En => writeln!(text, "  {}, line {}: {} and no case would notice: {}", one.item, one.line, what.en, how.en),
            Lang::Zh => writeln!(text, "  {}，第 {} 行：{}，没有测试会发现：{}", one.item, one.line, what.zh, how.zh),
        };
        let _ = writeln!(text, "    {} …", explained::written(&one.item, &one.was, &one.would, lang));
    }
    text.push('\n');
    text
}

fn totals(tried: &[Tried], lang: Lang) -> String {
    let count = |fits: &dyn Fn(&Fate) -> bool| tried.iter().filter(|one| fits(&one.fate)).count();
    let noticed = count(&|fate| matches!(fate, Fate::Noticed { .. }));
    let (refused, explained, open) = (count(&|fate| *fate == Fate::Refused), count(&|fate| matches!(fate, Fate::Explained(_))), count(&|fate| *fate == Fate::Unnoticed));
    let all = tried.len();
    match lang {
        Lang::En => format!("Defects tried: {all}; noticed by a test {noticed}, refused by heng check {refused}, explained {explained}, unnoticed {open}\n"),
        Lang::Zh => format!("共试 {all} 处错误：测试发现 {noticed} 处，heng check 拒绝 {refused} 处，另有说明 {explained} 处，未被发现 {open} 处\n"),
    }
}
