//! The words in which a difference is told, in both languages; what outcomes are called stands with the nouns.

use crate::base::{Date, Text, visible};
use crate::diag::catalog::term_name;
use crate::model::plan::ColumnKind;
use crate::model::verdict::Outcome;

use super::cause::{Cause, Factor, Manner};
use super::moves::Change;
use super::Unknown;
use super::record::Of;

/// Digits of a digest that tell files apart for a reader.
const DIGITS: usize = 12;

pub fn change(change: Change) -> Text {
    match change {
        Change::NewlyNotMet => Text::new("newly not met", "新增不达标"),
        Change::NewlyMet => Text::new("newly met", "新达标"),
        Change::Undecided => Text::new("undecided now", "变为无法判定"),
        Change::Decided => Text::new("decided now", "由无法判定变为已判定"),
        Change::Applies => Text::new("applicable now", "变为适用"),
        Change::AppliesNoMore => Text::new("no longer applicable", "变为不适用或豁免"),
        Change::New => Text::new("new", "新增对象"),
        Change::Gone => Text::new("gone", "不再出现"),
        Change::StillNotMet => Text::new("still not met", "仍不达标"),
        Change::StillUndecided => Text::new("still undecided", "仍无法判定"),
        Change::StillMet => Text::new("still met", "仍达标"),
        Change::StillNotApplicable => Text::new("still not applicable", "仍不适用"),
    }
}

pub fn factor(factor: Factor) -> Text {
    match factor {
        Factor::Data => Text::new("data", "数据"),
        Factor::Rule => Text::new("rule", "规则"),
        Factor::Parameter => Text::new("parameter", "标准值"),
        Factor::Date => Text::new("date", "基准日"),
        Factor::Options => Text::new("options of the run", "运行选项"),
    }
}

pub fn factors(list: &[Factor]) -> Text {
    let words: Vec<Text> = list.iter().map(|one| factor(*one)).collect();
    let en = match words.as_slice() {
        [most @ .., end] if !most.is_empty() => format!("{} and {}", Text::join(most, ", ", "、").en, end.en),
        _ => Text::join(&words, "", "").en,
    };
    Text { en, zh: Text::join(&words, "", "、").zh }
}

/// What moved a finding.
pub fn cause(cause: &Cause) -> Text {
    let list = factors(&cause.factors);
    match cause.manner {
        Manner::Alone => list,
        Manner::Together => Text::new(format!("{} together", list.en), format!("{}共同所致", list.zh)),
        Manner::Mixed => Text::new(format!("{}, entangled", list.en), format!("{}交织所致", list.zh)),
        Manner::Either => Text::new(format!("{}, either alone", list.en), format!("{}，任一变动即可致此", list.zh)),
    }
}

pub fn counted(title: &Text, count: usize) -> Text {
    Text::new(format!("{} ({count})", capital(&title.en)), format!("{}（{count}）", title.zh))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub fn more(count: usize) -> Text {
    Text::new(format!("  and {count} more (--format json)"), format!("  另有 {count} 条（--format json）"))
}

pub fn truth(truth: bool) -> Text {
    if truth { Text::new("yes", "是") } else { Text::new("no", "否") }
}

pub fn value_and_limit(value: &Text, limit: &Text) -> Text {
    Text::new(format!("{} (limit {})", value.en, limit.en), format!("{}（标准 {}）", value.zh, limit.zh))
}

pub fn arrow(before: &Text, after: &Text) -> Text {
    Text::new(format!("{} → {}", before.en, after.en), format!("{} → {}", before.zh, after.zh))
}

pub fn labelled(label: &Text, said: &Text) -> Text {
    Text::new(format!("{}: {}", label.en, said.en), format!("{}：{}", label.zh, said.zh))
}

/// A line for what differs; `None` where nothing does.
pub fn line(label: &Text, before: &Text, after: &Text) -> Option<Text> {
    (before != after).then(|| labelled(label, &arrow(&or_none(before), &or_none(after))))
}

fn or_none(text: &Text) -> Text {
    if text.is_empty() { Text::new("none", "无") } else { text.clone() }
}

/// `AREA S2 阳光小学`.
pub fn unit(of: &Of, name: &str) -> Text {
    let rule = of.rule.rsplit('/').next().unwrap_or(&of.rule);
    match (&of.table, name) {
        (None, _) => Text::new(format!("{rule} the whole"), format!("{rule} 总体")),
        (_, name) if name.is_empty() || name == of.key => visible(&format!("{rule} {}", of.key)).into(),
        (_, name) => visible(&format!("{rule} {} {name}", of.key)).into(),
    }
}

// Verifying.

pub fn identical(inputs: usize, packs: usize, files: usize, findings: usize) -> Text {
    let many = |count: usize, one: &str, several: &str| format!("{count} {}", if count == 1 { one } else { several });
    Text::new(
        format!("Identical: judged again from {} and {} ({}), {} as recorded", many(inputs, "input file", "input files"), many(packs, "pack", "packs"), many(files, "rule file", "rule files"), many(findings, "finding", "findings")),
        format!("一致：据 {inputs} 个数据文件、{packs} 套标准（{files} 个规则文件）重新判定，{findings} 条结论均与报告相同"),
    )
}

pub fn differs(path: &str) -> Text {
    Text::new(format!("Different from what `{path}` records"), format!("与“{path}”的记录不一致"))
}

pub fn other_version(then: &str, now: &str) -> Text {
    let (then, now) = (visible(then), visible(now));
    Text::new(format!("written by version {then}, judged again by version {now}"), format!("报告由版本 {then} 写出，由版本 {now} 重新判定"))
}

pub fn inputs_changed(count: usize) -> Text {
    Text::new(format!("Data files that have changed ({count})"), format!("已变动的数据文件（{count}）"))
}

pub fn rules_changed(count: usize) -> Text {
    Text::new(format!("Rule files that have changed ({count})"), format!("已变动的规则文件（{count}）"))
}

pub fn findings_differ(count: usize, of: usize) -> Text {
    Text::new(format!("Findings that differ ({count}, of {of} recorded)"), format!("不同的结论（{count} 条，报告共 {of} 条）"))
}

pub fn no_finding_differs(of: usize) -> Text {
    Text::new(format!("None of the {of} findings differs"), format!("{of} 条结论均无不同"))
}

pub fn rest_differs() -> Text {
    Text::new("In the report as a whole", "报告其余部分")
}

pub fn rest_not_the_same() -> Text {
    Text::new("not the same", "不同")
}

pub fn other_order() -> Text {
    Text::new("the findings stand in another order", "结论的先后顺序不同")
}

pub fn changed(name: &Text, then: &str, now: &str) -> Text {
    let short = |digest: &str| visible(digest).trim_start_matches("sha256:").chars().take(DIGITS).collect::<String>();
    let (then, now) = (short(then), short(now));
    Text::new(format!("{}: sha256 recorded {then}…, now {now}…", name.en), format!("{}：报告所记 sha256 为 {then}…，现为 {now}…", name.zh))
}

pub fn gone(name: &Text) -> Text {
    Text::new(format!("{}: recorded, and not there now", name.en), format!("{}：报告有记录，现已不在", name.zh))
}

pub fn added(name: &Text) -> Text {
    Text::new(format!("{}: there now, and not recorded", name.en), format!("{}：现有，而报告没有记录", name.zh))
}

pub fn finding(of: &Of, name: &str, fields: &[Text]) -> Text {
    let unit = unit(of, name);
    let fields = Text::join(fields, "; ", "；");
    Text::new(format!("{}: {}", unit.en, fields.en), format!("{}：{}", unit.zh, fields.zh))
}

pub fn only_in_report(of: &Of, name: &str, found: Outcome) -> Text {
    let (unit, found) = (unit(of, name), found.text());
    Text::new(format!("{}: only in the report ({})", unit.en, found.en), format!("{}：仅见于报告（{}）", unit.zh, found.zh))
}

pub fn only_now(of: &Of, name: &str, found: Outcome) -> Text {
    let (unit, found) = (unit(of, name), found.text());
    Text::new(format!("{}: not in the report ({} now)", unit.en, found.en), format!("{}：报告没有，现为{}", unit.zh, found.zh))
}

/// A field of the report as people call it.
fn field_name(name: &str) -> Text {
    match name {
        "outcome" => Text::new("outcome", "结论"),
        "value" | "bounds" => Text::new("value", "实际"),
        "limit" => Text::new("limit", "标准"),
        "margin" => Text::new("margin", "差距"),
        "reason" => Text::new("reason", "原因"),
        "cells" => Text::new("cells", "数据"),
        "parts" => Text::new("parts", "明细"),
        "message" => Text::new("message", "问题"),
        "advice_text" => Text::new("advice", "建议"),
        "title" => Text::new("title", "名称"),
        "cites" => Text::new("what it cites", "依据"),
        "unit" => Text::new("unit", "对象"),
        "span" => Text::new("place of the rule", "规则所在位置"),
        "rounding_flips" => Text::new("whether rounding would flip it", "取舍是否会改变结论"),
        "summary" => Text::new("summary", "汇总"),
        "as_of" => Text::new("as-of date", "基准日"),
        "options" => Text::new("options", "选项"),
        other => Text::new(format!("field `{}`", visible(other)), format!("字段“{}”", visible(other))),
    }
}

/// A field and both its values; its name alone where they have no short form.
pub fn field(name: &str, before: &Text, after: &Text) -> Text {
    let title = field_name(name);
    match (before.is_empty(), after.is_empty()) {
        (true, true) => Text::new(format!("{} not the same", title.en), format!("{}不同", title.zh)),
        _ => {
            let moved = arrow(&or_none(before), &or_none(after));
            Text::new(format!("{} {}", title.en, moved.en), format!("{} {}", title.zh, moved.zh))
        }
    }
}

// Comparing.

pub fn side(letter: &str, path: &str, as_of: Date, found: Outcome) -> Text {
    let (path, found) = (visible(path), found.text());
    Text::new(format!("{letter}  {path}: {}, as of {as_of}", found.en), format!("{letter}  {path}：{}（基准日 {as_of}）", found.zh))
}

pub fn nothing_differs() -> Text {
    Text::new("Nothing differs", "没有不同")
}

pub fn what_differs(list: &[Factor]) -> Text {
    let words = factors(list);
    if list.is_empty() { Text::new("Data, rules, parameters, date and options are the same", "数据、规则、标准值、基准日和选项均相同") } else { Text::new(format!("What differs: {}", words.en), format!("有变动的：{}", words.zh)) }
}

pub fn no_cause() -> Text {
    Text::new("What moved the findings cannot be said:", "无法判断变动的原因：")
}

pub fn moved_by() -> Text {
    Text::new("What moved them", "变动原因")
}

pub fn not_told() -> Text {
    Text::new("cannot be said", "无法判断")
}

pub fn other_value(count: usize) -> Text {
    Text::new(format!("of those with the same outcome, {count} with another value, limit or margin"), format!("结论未变者中，{count} 条的实际值、标准或差距有变"))
}

/// Why it cannot be said what moved a finding.
pub fn not_known(why: &Unknown) -> Text {
    match why {
        Unknown::NotAtHand { side, path, changed } => not_at_hand(side, &visible(path), *changed),
        Unknown::PackNotNamed { side } => Text::new(format!("the report {side} does not say where its packs are"), format!("报告 {side} 未记录标准的位置")),
        Unknown::NotRepeated { side } => Text::new(format!("{side} was judged with parameters set by hand"), format!("{side} 判定时手工设定了标准值")),
        Unknown::NotAsReported { side } => Text::new(format!("judged again from its inputs, {side} does not come out as it is reported; `heng verify` says where"), format!("用所记录的数据重新判定，{side} 的结果与报告不符，详见“heng verify”")),
    }
}

fn not_at_hand(side: &str, path: &str, changed: bool) -> Text {
    if changed {
        Text::new(format!("`{path}` of {side} has changed since the report"), format!("{side} 所用的“{path}”在报告之后已变动"))
    } else {
        Text::new(format!("`{path}` of {side} is not at hand; `--data` and `--pack` say where files are now"), format!("{side} 所用的“{path}”不在手边，可用“--data”“--pack”指明现在的位置"))
    }
}

// Packs.

pub fn item(what: super::plans::What) -> Text {
    use super::plans::What;
    match what {
        What::Pack => Text::new("pack", "标准"),
        What::Codes => Text::new("codes", "代码表"),
        What::Table => Text::new("table", "数据表"),
        What::Parameter => Text::new("parameter", "标准值"),
        What::Measure => Text::new("measure", "计算项"),
        What::Rule => Text::new("rule", "指标"),
    }
}

pub fn item_new() -> Text {
    Text::new("new", "新增")
}

pub fn item_gone() -> Text {
    Text::new("removed", "删除")
}

pub fn no_value() -> Text {
    Text::new("no value", "无值")
}

/// From and to, both included; nothing where both are open.
pub fn period(from: Option<Date>, to: Option<Date>) -> Text {
    match (from, to) {
        (Some(from), Some(to)) => Text::new(format!(" from {from} to {to}"), format!("（自 {from} 至 {to}）")),
        (Some(from), None) => Text::new(format!(" from {from}"), format!("（自 {from} 起）")),
        (None, Some(to)) => Text::new(format!(" up to {to}"), format!("（至 {to} 止）")),
        (None, None) => Text::default(),
    }
}

pub fn always() -> Text {
    Text::new("no dates", "未写日期")
}

pub fn limit_changed(pairs: &[(String, String)], now: &Text) -> Text {
    let pairs = pairs.iter().map(|(before, after)| format!("{before} → {after}")).collect::<Vec<_>>().join(", ");
    Text::new(format!("limit {pairs}, now: {}", now.en), format!("限值 {pairs}，现为：{}", now.zh))
}

pub fn column_kind(kind: ColumnKind) -> Text {
    match kind {
        ColumnKind::Whole => Text::new("whole number", "整数"),
        ColumnKind::Number => Text::new("number", "数值"),
        ColumnKind::Text => Text::new("text", "文本"),
        ColumnKind::YesNo => Text::new("yes/no", "是否"),
        ColumnKind::Date => Text::new("date", "日期"),
        ColumnKind::YearMonth => Text::new("year-month", "年月"),
        ColumnKind::Term(kind) => term_name(kind),
        ColumnKind::Code(_) => Text::new("code", "代码"),
    }
}

// Data.

pub fn cells_changed(count: usize) -> Text {
    Text::new(format!("Cells that have changed ({count})"), format!("有变动的单元格（{count}）"))
}

pub fn rows(new: usize, gone: usize) -> Text {
    Text::new(format!("rows new {new}, gone {gone}"), format!("新增 {new} 行，减少 {gone} 行"))
}

pub fn handed_in(now: bool) -> Text {
    if now { Text::new("handed in now", "现已提交") } else { Text::new("no longer handed in", "不再提交") }
}

pub fn column_count(column: &str, count: usize) -> Text {
    let column = visible(column);
    Text::new(format!("{column} {count}"), format!("{column} {count} 处"))
}

pub fn rows_and_cells() -> Text {
    Text::new("Rows and cells that differ", "有变动的行与单元格")
}
