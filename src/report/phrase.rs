//! The words of reports for people, in both languages; what outcomes and grades are called stands with the nouns.

mod layers;
mod reason;
mod records;
pub mod remedy;

use crate::base::{Date, Text};
use crate::model::ast::{Grade, RuleKind, Status, Wanted};
use crate::model::op::Compare;
use crate::model::said::word;
use crate::model::verdict::Outcome;

pub use crate::model::said::Word;
pub use layers::{Standing, applied, exception_reason, exception_state, layer_set, not_comparable, otherwise, override_state, perhaps, waived, withdrawn_reason};
pub use records::left_out;
pub use reason::{address, cell_reason, filed_reason, parameter_reason, row_reason, rule_reason, table_reason, term_reason, why};

/// How much of a text from data is shown at most, in characters.
const LONGEST: usize = 80;

/// A text from data, cut where it is too long to be read in passing.
pub fn clip(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

pub const OUTCOME: Word = word("Outcome", "结论");
pub const AS_OF: Word = word("as of", "基准日");
pub const VETO_NOT_MET: Word = word("veto not met: ", "一票否决项不达标：");
pub const NOT_MET: Word = word("Not met", "不达标");
pub const UNDECIDED: Word = word("Undecided", "无法判定");
pub const TO_FILL: Word = word("Cells to fill or correct", "待补报、待核实的数据");
pub const SETTLED: Word = word("Missing, but decided whatever the missing values are", "有空缺，但无论空缺数据为何结论均已确定");
pub const ADVICE: Word = word("Advice, which never fails an audit", "鼓励性要求，不影响结论");
pub const LEVELS: Word = word("Levels", "等次");
pub const REACHED: Word = word("reached: ", "已达：");
pub const OF_WHAT_IS_LISTED: Word = word(", of what is listed", "（只就所列）");
pub const ADVANCE: Word = word("Advance warnings, not yet in force", "提前预警，尚未施行");
pub const LEFT_OUT: Word = word("Not applicable or exempt", "不适用与豁免");
pub const NOT_JUDGED: Word = word("Not judged", "未判定的指标");
pub const NO_RECORDS: Word = word("Rows left out, no records", "不是记录、未计入的行");
pub const SUMMARY: Word = word("Summary", "汇总");
pub const RULE: Word = word("rule", "指标");
pub const ASKED: Word = word("asked/of", "应判/总数");
pub const TITLE: Word = word("title", "名称");
pub const WHOLE: Word = word("the whole", "总体");

pub const WHEN: Word = word("when", "条件");
pub const REQUIRE: Word = word("require", "要求");
pub const VALUE: Word = word("value", "实际");
pub const ROWS: Word = word("rows", "逐条");
pub const SHARE: Word = word("share", "占比");
pub const COUNT: Word = word("count", "数量");
pub const LIMIT: Word = word("limit", "标准");
pub const NOTE: Word = word("note", "说明");
pub const REASON: Word = word("reason", "原因");
pub const CELLS: Word = word("cells", "数据");
pub const PARTS: Word = word("parts", "明细");
/// Of a row that is among too many: nobody says of it by itself that it is not met.
pub const COUNTED: Word = word("counted", "计入");
/// Above the members of a variation that another is held against.
pub const MEMBERS_OF_LIMIT: Word = word("The limit, opened up:", "标准一侧的各单位：");
pub const EXCEPTION: Word = word("except", "例外");
pub const LAYERS: Word = word("Exceptions and layers", "特殊情形与本级标准");
pub const YES: Word = word("yes", "是");
pub const NO: Word = word("no", "否");
pub const GRADES: Word = word("Grades", "等级");
pub const MESSAGE: Word = word("message", "问题");
pub const ADVISE: Word = word("advice", "建议");

/// The heads of the table of a variation without each member.
pub const WITHOUT_EACH: Word = word("The variation without each of them:", "逐一去掉后的差异系数：");
pub const WITHOUT_IT: Word = word("without it", "去掉后");
pub const SET_BY: Word = word("set by", "规定者");
pub const OUTSIDE: Word = word("outside", "分母外");

/// Between a name and what is said of it.
pub const COLON: Word = word(": ", "：");
/// Between things said one after the other.
pub const COMMA: Word = word(", ", "，");
/// Between ids in a list.
pub const LISTED: Word = word(", ", "、");
pub const SEMICOLON: Word = word("; ", "；");

/// A heading and how many stand under it.
pub fn counted(heading: Word, count: usize) -> Text {
    Text::new(format!("{} ({count})", heading.en), format!("{}（{count}）", heading.zh))
}

/// A limit in a line that has no label.
pub fn limited(limit: &str) -> Text {
    Text::new(format!("limit {limit}"), format!("标准 {limit}"))
}

pub fn kind(kind: RuleKind) -> Option<Word> {
    match kind {
        RuleKind::Veto => Some(word("veto", "一票否决")),
        RuleKind::Advice => Some(word("advice", "鼓励性要求")),
        RuleKind::Level => Some(word("level", "等次")),
        RuleKind::Rule => None,
    }
}

/// A kind as the machine formats write it.
pub fn kind_code(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Veto => "veto",
        RuleKind::Rule => "rule",
        RuleKind::Advice => "advice",
        RuleKind::Level => "level",
    }
}

/// A finding of a kind that this run was not asked to hear.
pub fn not_heard() -> Text {
    Text::new("not heard at this fail level", "不计入本次运行的结论")
}

pub fn heard_through_others() -> Text {
    Text::new("heard only through the rule that counts it", "仅通过计入它的指标影响结论")
}

pub fn from_date(date: Date) -> Text {
    Text::new(format!("in force from {date}"), format!("自 {date} 起施行"))
}

pub fn set_by(pack: &str) -> Text {
    Text::new(format!("set by {pack}"), format!("由 {pack} 规定"))
}

pub fn source(source: &str) -> Text {
    Text::new(format!("source: {source}"), format!("出处：{source}"))
}

/// How far the value is from its limit. `size` is written with its unit.
pub fn distance(size: &str, op: Compare, short: bool) -> Text {
    match (short, op.is_floor(), op.is_ceiling()) {
        (true, true, _) => Text::new(format!("{size} short"), format!("差 {size}")),
        (true, _, true) => Text::new(format!("{size} over"), format!("超 {size}")),
        (true, ..) => Text::new(format!("{size} off"), format!("相差 {size}")),
        (false, ..) => Text::new(format!("{size} to spare"), format!("余 {size}")),
    }
}

/// The value is the limit, which does not include it.
pub fn at_limit() -> Text {
    Text::new("just at the limit, which is not included", "恰为限值，而限值本身不在内")
}

/// Enough rules are met, but of the rest some fall short.
pub fn rest_short() -> Text {
    Text::new("which not all of the rest reach", "余项未全部达到")
}

/// That rounding to the decimals shown would decide otherwise than the exact value.
pub fn rounding_flips(decimals: u32, met: bool, exact: &str) -> Text {
    let otherwise = if met { Outcome::NotMet } else { Outcome::Met }.word();
    let exactly = if exact.is_empty() { Text::default() } else { Text::new(format!(", which is {exact}"), format!(" {exact} ")) };
    Text::new(
        format!("rounded to {decimals} decimal{} it would be {}; what counts is the exact value{}", if decimals == 1 { "" } else { "s" }, otherwise.en, exactly.en),
        format!("四舍五入到 {decimals} 位小数则为{}，判定以精确值{}为准", otherwise.zh, exactly.zh),
    )
}

pub fn one_of(list: &[Text], negated: bool) -> Text {
    let joined = Text::join(list, ", ", "、");
    let (en, zh) = if negated { ("none of", "不属于") } else { ("one of", "属于") };
    Text::new(format!("{en} ({})", joined.en), format!("{zh}（{}）", joined.zh))
}

pub fn rest(percent: &str) -> Text {
    Text::new(format!("the rest at least {percent} of standard"), format!("余项不低于标准的 {percent}"))
}

/// The rest must be of the second grade at least.
pub fn rest_basic() -> Text {
    Text::new("the rest basic", "余项基本合格")
}

pub fn of_standard(percent: &str) -> Text {
    Text::new(format!("{percent} of standard"), format!("为标准的 {percent}"))
}

/// What the count of a k of n is a count of.
pub fn counted_rules(wanted: Wanted) -> Word {
    match wanted {
        Wanted::Status(Status::Met) => word("met", "达标项"),
        Wanted::Status(Status::NotMet) => word("not met", "不达标项"),
        Wanted::Grade(Grade::Qualified) => word("qualified", "合格项"),
        Wanted::Grade(Grade::Basic) => word("basic", "基本合格项"),
        Wanted::Grade(Grade::NotQualified) => word("not qualified", "不合格项"),
    }
}

/// The heading over rules that were tried.
pub fn tried(as_of: crate::base::Date) -> Text {
    Text::new(format!("On these data, as of {as_of}:"), format!("用这些数据试算（基准日 {as_of}）："))
}

pub fn asked_of(asked: usize, of: usize) -> Text {
    Text::new(format!("asked {asked} of {of}"), format!("总数 {of}，应判 {asked}"))
}

/// Units whose code has no value of the standard.
pub fn without_limit(units: usize) -> Text {
    Text::new(format!("no limit for {units} of them: their code has no value"), format!("其中 {units} 个没有标准值（所属类别未规定数值）"))
}

/// How many rows were asked, how many of them broke the requirement, and in which words, and how many are neither.
pub fn counts(asked: u64, (broke, word): (u64, Word), undecided: u64, not_applicable: u64) -> Text {
    if asked == 0 {
        return Text::new("there are none", "没有记录");
    }
    let mut parts = vec![Text::new(format!("{broke} of {asked} {}", word.en), format!("共 {asked} 条，{} {broke} 条", word.zh))];
    for (count, what) in [(undecided, Outcome::Undecided), (not_applicable, Outcome::NotApplicable)] {
        if count > 0 {
            let what = what.word();
            parts.push(Text::new(format!("{count} {}", what.en), format!("{} {count} 条", what.zh)));
        }
    }
    Text::join(&parts, ", ", "，")
}

pub fn outside(outside: u64, inside_share: &str) -> Text {
    Text::new(
        match outside {
            1 => format!("1 of the numerator stands outside the denominator; without it {inside_share}"),
            _ => format!("{outside} of the numerator stand outside the denominator; without them {inside_share}"),
        },
        format!("分子中有 {outside} 个不在分母之内，除去后为 {inside_share}"),
    )
}

pub fn step(number: usize) -> Text {
    Text::new(format!("step {number}"), format!("第 {number} 步"))
}

pub fn operand(number: usize) -> Text {
    Text::new(format!("requirement {number}"), format!("第 {number} 项要求"))
}

pub fn groups(quantity: &str, groups: &str) -> Text {
    Text::new(format!("{quantity} make {groups} group{}", if groups == "1" { "" } else { "s" }), format!("{quantity} 折合 {groups} 组"))
}

/// The heads of the table of members of a variation.
pub const OF_SPREAD: Word = word("of spread", "占总离差");
pub const MEMBER_VALUE: Word = word("value", "数值");
pub const WEIGHT: Word = word("weight", "权重");

/// A row that is known by its place alone.
pub fn row(place: &str) -> Text {
    Text::new(format!("row {place}"), format!("第 {place} 行"))
}

/// In which unit the values of a table stand.
pub fn values_in(unit: &str) -> Text {
    let unit_en = if unit.starts_with("per ") { unit.to_string() } else { format!("in {unit}") };
    if unit.is_empty() { Text::default() } else { Text::new(format!("(values {unit_en})"), format!("（数值单位：{unit}）")) }
}

/// Branches of one outcome.
pub fn branches(outcome: Outcome, count: usize, rules: &str) -> Text {
    listed(outcome.word(), count, rules)
}

pub fn listed(word: Word, count: usize, rules: &str) -> Text {
    Text::new(format!("{} ({count}): {rules}", word.en), format!("{}（{count}）：{rules}", word.zh))
}

pub fn more(count: usize) -> Text {
    Text::new(format!("and {count} more"), format!("另有 {count} 条"))
}

/// Findings that were not printed, and how to see them.
pub fn more_findings(count: usize, rule: &str) -> Text {
    Text::new(format!("and {count} more (--rule {rule}, --format json)"), format!("另有 {count} 条（--rule {rule}，--format json）"))
}

/// How many findings rest on standards whose last check lies before the as-of date, the earliest on this day.
pub fn resting_on_unchecked(count: usize, since: Date) -> Text {
    let findings = if count == 1 { "1 finding rests".to_string() } else { format!("{count} findings rest") };
    Text::new(format!("{findings} on standards not checked since {since}"), format!("{count} 条结论所依据的标准值自 {since} 后未再核对"))
}

/// Findings of a rule that another rule counts, told only by their number.
pub fn counted_in(count: usize, of: usize, outcome: &Text, rules: &str, rule: &str) -> Text {
    Text::new(
        format!("{count} of {of} {}, counted in {rules}; each in full with --rule {rule}", outcome.en),
        format!("{of} 个中 {count} 个{}，已计入 {rules}；逐条查看用 --rule {rule}", outcome.zh),
    )
}

/// How many findings a report has.
pub fn findings(count: usize) -> Text {
    Text::new(if count == 1 { "1 finding: ".to_string() } else { format!("{count} findings: ") }, format!("共 {count} 条结论："))
}

/// Findings that wait for one cell, and how many of them for nothing else.
pub fn waiting(count: usize, alone: usize) -> Text {
    let en = if count == 1 { "1 finding".to_string() } else { format!("{count} findings") };
    let zh = format!("涉及 {count} 条结论");
    match alone {
        alone if alone == count => Text::new(en, zh),
        0 => Text::new(format!("{en}, with others missing too"), format!("{zh}，另有其他空缺")),
        alone => Text::new(format!("{en}, {alone} with nothing else missing"), format!("{zh}，其中 {alone} 条仅缺此项")),
    }
}

/// That a finding is what it is although something is missing.
pub fn whatever(outcome: Word, missing: &Text) -> Text {
    Text::new(format!("{} whatever the missing values are: {}", outcome.en, missing.en), format!("无论空缺数据为何，均{}：{}", outcome.zh, missing.zh))
}

/// What the whole comes to if every blank is worst, or best.
pub fn at_end(best: bool, outcome: Word, counts: &str) -> Text {
    let (en, zh) = if best { ("best", "最有利") } else { ("worst", "最不利") };
    Text::new(format!("If every blank is {en}: {} ({counts})", outcome.en), format!("空缺数据均取{zh}时：{}（{counts}）", outcome.zh))
}

pub fn percentage_points(size: &str) -> Text {
    Text::new(format!("{size} percentage points"), format!("{size} 个百分点"))
}
