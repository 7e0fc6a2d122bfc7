//! The words in which remedies are told, in both languages.

use crate::base::Text;
use crate::model::remedy::{Claim, Nothing};

use super::{Word, word};

pub const REMEDY: Word = word("remedy", "办法");
pub const OR: Word = word("or", "或");
/// Between changes that are made together.
pub const AND: Word = word("; ", "；");

/// `from` and `to` are without their unit; `size` has it.
pub fn figure(column: &str, size: &Text, up: bool, range: Option<(&str, &str)>, address: &Text) -> Text {
    let (en, zh) = if up { ("raise", "增加") } else { ("lower", "减少") };
    let (from_en, from_zh) = match range {
        Some((from, to)) => (format!(", from {from} to {to}"), format!("由 {from} 改为 {to}，")),
        None => (String::new(), String::new()),
    };
    Text::new(format!("{en} {column} by {}{from_en} ({})", size.en, address.en), format!("{column} {zh} {}（{from_zh}{}）", size.zh, address.zh))
}

pub fn any_row(said: &Text) -> Text {
    Text::new(format!("{}, there or spread over other rows that count in the same way", said.en), format!("{}，也可分摊到同样计入的其他各行", said.zh))
}

pub fn fact(column: &str, to: bool, address: &Text) -> Text {
    let (en, zh) = yes_or_no(to);
    Text::new(format!("{column} has to become {en} in fact ({})", address.en), format!("须实际做到“{column}”为“{zh}”（{}）", address.zh))
}

fn yes_or_no(to: bool) -> (&'static str, &'static str) {
    if to { ("yes", "是") } else { ("no", "否") }
}

/// So many rows that must come to satisfy, or cease to.
pub fn rows(count: usize, table: &Text, more: bool, said: &Text) -> Text {
    let (en, zh) = if more { ("more", "增加") } else { ("fewer", "减少") };
    Text::new(format!("{count} {en} of {}: {}", table.en, said.en), format!("符合的 {} {zh} {count} 条：{}", table.zh, said.zh))
}

/// One column in several rows of a file.
pub fn fact_in_rows(column: &str, to: bool, path: &str, rows: &str) -> Text {
    let (en, zh) = yes_or_no(to);
    Text::new(format!("{column} has to become {en} in fact, in {path} rows {rows}"), format!("须实际做到“{column}”为“{zh}”（{path} 第 {rows} 行）"))
}

pub fn new_rows(count: &str, table: &Text, like: &Text) -> Text {
    Text::new(format!("{count} more of {}, of the kind of that in {}", table.en, like.en), format!("须新增 {count} 条 {}，条件同 {}", table.zh, like.zh))
}

pub fn divide(total: &Text, rows: &str, count: usize, into: u64, table: &Text, path: &str) -> Text {
    Text::new(
        match count {
            1 => format!("divide the {} of {path} row {rows} into {into} {}", total.en, table.en),
            _ => format!("divide the {} of {path} rows {rows} anew among {into} {} instead of {count}", total.en, table.en),
        },
        match count {
            1 => format!("将 {path} 第 {rows} 行的 {}分为 {into} 个{}", total.zh, table.zh),
            _ => format!("将 {path} 第 {rows} 行共 {}重新分为 {into} 个{}（原为 {count} 个）", total.zh, table.zh),
        },
    )
}

pub fn moved(size: &Text, column: &str, from: &Text, to: &Text) -> Text {
    Text::new(format!("move {} of {column} from {} to {}", size.en, from.en, to.en), format!("{column}：由{}调 {}到{}", from.zh, size.zh, to.zh))
}

/// A row by its name and place.
pub fn at_row(name: &str, address: &Text) -> Text {
    Text::new(format!("{name} ({})", address.en), format!("{name}（{}）", address.zh))
}

pub fn branches(met: &str, rest: &str, aim: &Text, said: &Text) -> Text {
    let rest_en = if rest.is_empty() { String::new() } else { format!("{rest} to reach {}", aim.en) };
    let rest_zh = if rest.is_empty() { String::new() } else { format!("{rest} 达到{}", aim.zh) };
    let met_en = if met.is_empty() { String::new() } else { format!("{met} to be met") };
    let met_zh = if met.is_empty() { String::new() } else { format!("使 {met} 达标") };
    let join = |one: String, other: String, by: &str| [one, other].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(by);
    Text::new(format!("{}: {}", join(met_en, rest_en, ", "), said.en), format!("{}：{}", join(met_zh, rest_zh, "，"), said.zh))
}

pub fn fill(reasons: &[Text]) -> Text {
    let reasons = Text::join(reasons, "; ", "；");
    Text::new(format!("fill in or correct first: {}", reasons.en), format!("先补报或核实：{}", reasons.zh))
}

/// What stands beside changes that are not enough to settle it.
pub fn fill_besides(reasons: &[Text]) -> Text {
    let reasons = Text::join(reasons, "; ", "；");
    Text::new(format!("and fill in or correct, for the rest cannot be told before: {}", reasons.en), format!("并补报或核实（此前其余要求无法判定）：{}", reasons.zh))
}

/// A rule, and how many of its units.
pub fn units_of(rule: &str, units: usize) -> Text {
    match units {
        0 | 1 => rule.into(),
        _ => Text::new(format!("{rule} ({units} units)"), format!("{rule}（{units} 个）")),
    }
}

/// Of some of them so many are enough.
pub fn elsewhere(need: Option<usize>, rules: &[Text]) -> Text {
    let rules = Text::join(rules, ", ", "、");
    let (en, zh) = match need {
        None => ("each of these has to be met".to_string(), "须使下列各项逐一达标".to_string()),
        Some(1) => ("one of these has to be met".to_string(), "须使下列任一项达标".to_string()),
        Some(need) => (format!("{need} of these have to be met"), format!("须使下列各项中的 {need} 项达标")),
    };
    Text::new(format!("{en}, as `heng remedy RULE` tells of each: {}", rules.en), format!("{zh}，办法分别见“heng remedy 指标”：{}", rules.zh))
}

pub fn nothing(why: Nothing) -> Text {
    match why {
        Nothing::Recorded => Text::new("what is recorded has happened: no change of figures makes it met", "所记录的事项已经发生，增减数据不能使其达标"),
        Nothing::NotCounted => Text::new("it turns on what is no figure: what is required has to become true", "要求的不是数量：须使“要求”所述的情形实际成立"),
        Nothing::OutOfReach(bound) => Text::new(format!("no change that was tried makes it met (up to {bound} steps of each figure)"), format!("没有单改一项数据就能达标的办法（每项试至 {bound} 个单位）")),
    }
}

/// Nothing of it, for it would give a figure of so few persons that it is masked.
pub fn untold() -> Text {
    Text::new("what would be enough is not shown: it would tell a personal figure", "所需改动不予显示，以免透露个人信息")
}

/// Personal figures are not shown.
pub fn hidden(column: &str, address: &Text) -> Text {
    Text::new(format!("{column} is personal: by how much is not shown ({})", address.en), format!("{column} 为个人信息，改动数量不予显示（{}）", address.zh))
}

pub fn claim(claim: Claim) -> Text {
    match claim {
        Claim::Within(bound) => Text::new(format!("found within {bound} steps; less may be enough"), format!("在 {bound} 步以内找到，未必最少")),
        Claim::Least | Claim::None => Text::default(),
    }
}

pub const NONE_NEEDED: Word = word("Nothing is not met and nothing is undecided: no remedy is needed.", "没有不达标或无法判定的项目，无需补救。");

/// The heading over findings of which remedies are told.
pub fn heading(not_met: usize, undecided: usize) -> Text {
    Text::new(format!("{not_met} not met, {undecided} undecided. What would make each met:"), format!("不达标 {not_met} 条，无法判定 {undecided} 条。达标所需："))
}

pub const TRIED: Word = word(
    "Each says what has to become true, not what to enter. Each was tried by judging the changed data again; where nothing else is said, one unit less is not enough.",
    "所列为须实际做到的事，并非改动填报数据。每条都经试改、重新判定；未另行说明的，少一个单位即不达标。",
);
