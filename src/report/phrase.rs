//! The words of reports for people, in both languages: the only place.

use crate::base::{Date, Lang, Text};
use crate::model::ast::RuleKind;
use crate::model::op::Compare;
use crate::model::plan::Period;
use crate::model::table::Why;
use crate::model::value::CauseCode;
use crate::model::verdict::Outcome;

use super::place::CellView;

/// A word in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    en: &'static str,
    zh: &'static str,
}

impl Word {
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

const fn word(en: &'static str, zh: &'static str) -> Word {
    Word { en, zh }
}

pub const OUTCOME: Word = word("Outcome", "结论");
pub const AS_OF: Word = word("as of", "基准日");
pub const COUNTIES: Word = word("Counties", "区县");
pub const VETO_NOT_MET: Word = word("veto not met:", "一票否决项不达标：");
pub const NOT_MET: Word = word("Not met", "不达标");
pub const UNDECIDED: Word = word("Undecided", "无法判定");
pub const TO_FILL: Word = word("Cells to fill or correct", "待补报、待核实的数据");
pub const ADVICE: Word = word("Advice, which never fails an audit", "鼓励性要求，不影响结论");
pub const ADVANCE: Word = word("Advance warnings, not yet in force", "提前预警，尚未施行");
pub const LEFT_OUT: Word = word("Not applicable or exempt", "不适用与豁免");
pub const NOT_JUDGED: Word = word("Not judged", "未判定的指标");
pub const SUMMARY: Word = word("Summary", "汇总");
pub const RULE: Word = word("rule", "指标");
pub const ASKED: Word = word("asked/of", "应判/总数");
pub const TITLE: Word = word("title", "名称");
pub const WHOLE: Word = word("the whole", "总体");

pub const REQUIRE: Word = word("require", "要求");
pub const VALUE: Word = word("value", "实际");
pub const BREACHES: Word = word("breach", "违反");
pub const SHARE: Word = word("share", "占比");
pub const COUNT: Word = word("count", "数量");
pub const LIMIT: Word = word("limit", "标准");
pub const NOTE: Word = word("note", "说明");
pub const REASON: Word = word("reason", "原因");
pub const CELLS: Word = word("cells", "数据");
pub const PARTS: Word = word("parts", "明细");
pub const MESSAGE: Word = word("message", "问题");
pub const ADVISE: Word = word("advice", "建议");

pub const UNKNOWN: Word = word("unknown", "未知");
pub const BLANK: Word = word("(blank)", "（空白）");

/// Between a name and what is said of it.
pub const COLON: Word = word(": ", "：");
/// Between things said one after the other.
pub const COMMA: Word = word(", ", "，");
pub const SEMICOLON: Word = word("; ", "；");

/// A heading and how many stand under it.
pub fn counted(heading: Word, count: usize) -> Text {
    Text::new(format!("{} ({count})", heading.en), format!("{}（{count}）", heading.zh))
}

/// A limit in a line that has no label.
pub fn limited(limit: &str) -> Text {
    Text::new(format!("limit {limit}"), format!("标准 {limit}"))
}

pub fn outcome(outcome: Outcome) -> Word {
    match outcome {
        Outcome::Met => word("met", "达标"),
        Outcome::NotMet => word("not met", "不达标"),
        Outcome::Undecided => word("undecided", "无法判定"),
        Outcome::NotApplicable => word("not applicable", "不适用"),
        Outcome::Exempt => word("exempt", "豁免"),
    }
}

pub fn kind(kind: RuleKind) -> Option<Word> {
    match kind {
        RuleKind::Veto => Some(word("veto", "一票否决")),
        RuleKind::Advice => Some(word("advice", "鼓励性要求")),
        RuleKind::Rule => None,
    }
}

/// A kind as the machine formats write it.
pub fn kind_code(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Veto => "veto",
        RuleKind::Rule => "rule",
        RuleKind::Advice => "advice",
    }
}

/// `school.csv row 12`; where no file was handed in, `school 2121000001`.
pub fn address(view: &CellView) -> Text {
    match &view.file {
        Some((path, row)) => Text::new(format!("{path} row {row}"), format!("{path} 第{row}行")),
        None => Text::new(format!("{} {}", view.table_name.en, view.key), format!("{} {}", view.table_name.zh, view.key)),
    }
}

fn in_brackets(text: &Text, at: &Text) -> Text {
    Text::new(format!("{} ({})", text.en, at.en), format!("{}（{}）", text.zh, at.zh))
}

/// Why something is unknown or does not apply, without saying where.
pub fn why(code: CauseCode) -> Text {
    match code {
        CauseCode::Missing => Text::new("a cell is blank", "数据未填"),
        CauseCode::Unreadable => Text::new("a cell cannot be read", "数据无法读取"),
        CauseCode::NotFiled => Text::new("rows have not been filed", "未填报"),
        CauseCode::NotHandedIn => Text::new("a table was not handed in", "数据表未提交"),
        CauseCode::NoLimit => Text::new("the standard has no limit for it", "标准未规定限值"),
        CauseCode::Empty => Text::new("there is nothing to judge", "没有可供判定的记录"),
        CauseCode::Zero => Text::new("the denominator is 0", "分母为 0"),
        CauseCode::OneMember => Text::new("with one member there is no variation", "仅一个单位，不存在差异"),
        CauseCode::Condition => Text::new("its condition does not hold", "不符合适用条件"),
        CauseCode::NotInForce => Text::new("not in force on the as-of date", "基准日不在施行期内"),
        CauseCode::NotChecked => Text::new("the standard has not been checked up to the as-of date", "标准值未核对至基准日"),
        CauseCode::Exceeds => Text::new("a part exceeds the whole that it belongs to", "分项数大于总数"),
    }
}

pub fn cell_reason(code: CauseCode, why_not: Option<Why>, view: &CellView) -> Text {
    let column = &view.column;
    let said = match (code, why_not) {
        _ if view.file.is_none() && matches!(code, CauseCode::Missing | CauseCode::NotHandedIn) => Text::new(format!("{column}: its table was not handed in"), format!("{column} 所在数据表未提交")),
        (CauseCode::Missing, Some(Why::NoColumn)) => Text::new(format!("{column}: the file has no such column"), format!("{column} 文件中没有这一列")),
        (CauseCode::Missing, _) => Text::new(format!("{column} is blank"), format!("{column} 未填")),
        (CauseCode::Unreadable, why_not) => unreadable(why_not, view),
        (CauseCode::Zero, _) => Text::new(format!("{column} is 0 and cannot divide"), format!("{column} 为 0，不能作分母")),
        (CauseCode::Exceeds, _) => Text::new(format!("{column} ({}) does not fit the total that it belongs to: one of the two is wrong", view.raw), format!("{column}（{}）与所属总数矛盾，二者必有一误", view.raw)),
        (code, _) => {
            let why = why(code);
            Text::new(format!("{column}: {}", why.en), format!("{column}：{}", why.zh))
        }
    };
    match (why_not, &view.file) {
        // It is the same for every row.
        (Some(Why::NoColumn), Some((path, _))) => in_brackets(&said, &path.into()),
        _ => in_brackets(&said, &address(view)),
    }
}

fn unreadable(why_not: Option<Why>, view: &CellView) -> Text {
    let (column, raw) = (&view.column, &view.raw);
    let (en, zh) = match why_not {
        Some(Why::OutsideList) => ("is outside the list", "不在代码表内"),
        Some(Why::ImpossibleDate) => ("is an impossible date", "是不存在的日期"),
        Some(Why::Negative) => ("is negative", "为负数"),
        Some(Why::NotWhole) => ("is not a whole number", "不是整数"),
        Some(Why::OutOfBounds) => ("is out of bounds", "超出允许范围"),
        _ => ("cannot be read", "无法读取"),
    };
    Text::new(format!("{column} {en}: `{raw}`"), format!("{column} {zh}：“{raw}”"))
}

pub fn row_reason(code: CauseCode, of: &Text, row: &Text, table: &Text) -> Text {
    match code {
        CauseCode::NotFiled => Text::new(format!("{} {} has not filed {}", of.en, row.en, table.en), format!("{} {} 未填报 {}", of.zh, row.zh, table.zh)),
        CauseCode::NotHandedIn => Text::new(format!("{} was not handed in, so nothing is known of {} {}", table.en, of.en, row.en), format!("{} 未提交，{} {} 情况不明", table.zh, of.zh, row.zh)),
        code => in_brackets(&why(code), &Text::new(format!("{} {}", of.en, row.en), format!("{} {}", of.zh, row.zh))),
    }
}

pub fn table_reason(code: CauseCode, table: &Text) -> Text {
    match code {
        CauseCode::NotHandedIn => Text::new(format!("{} was not handed in", table.en), format!("{} 未提交", table.zh)),
        CauseCode::NotFiled => Text::new(format!("{} has not been filed", table.en), format!("{} 未填报", table.zh)),
        CauseCode::Empty => Text::new(format!("no rows of {} to judge", table.en), format!("没有可供判定的 {}", table.zh)),
        CauseCode::Zero => Text::new(format!("no rows of {} in the denominator", table.en), format!("分母中没有 {}", table.zh)),
        CauseCode::OneMember => Text::new(format!("with one row of {} there is no variation", table.en), format!("{} 仅一条，不存在差异", table.zh)),
        code => in_brackets(&why(code), table),
    }
}

pub fn parameter_reason(code: CauseCode, name: &Text, checked_up_to: Option<Date>) -> Text {
    match (code, checked_up_to) {
        (CauseCode::NoLimit, _) => Text::new(format!("{} sets no limit for it", name.en), format!("{} 未对此类规定限值", name.zh)),
        (CauseCode::NotChecked, Some(date)) => Text::new(format!("{}: standard not checked since {date}", name.en), format!("{}：标准值自 {date} 后未再核对", name.zh)),
        (code, _) => in_brackets(&why(code), name),
    }
}

pub fn rule_reason(code: CauseCode, rule: &str, in_force: Period, as_of: Date) -> Text {
    match (code, in_force) {
        (CauseCode::NotInForce, Period { from: Some(from), .. }) if as_of < from => Text::new(format!("{rule} is in force only from {from}"), format!("{rule} 自 {from} 起施行")),
        (CauseCode::NotInForce, Period { to: Some(to), .. }) => Text::new(format!("{rule} was in force only to {to}"), format!("{rule} 施行至 {to}")),
        (code, _) => in_brackets(&why(code), &rule.into()),
    }
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

/// That rounding to the decimals shown would decide otherwise than the exact value.
pub fn rounding_flips(decimals: u32, met: bool, exact: &str) -> Text {
    let otherwise = outcome(if met { Outcome::NotMet } else { Outcome::Met });
    let exactly = if exact.is_empty() { Text::default() } else { Text::new(format!(", which is {exact}"), format!(" {exact} ")) };
    Text::new(
        format!("rounded to {decimals} decimals it would be {}; what counts is the exact value{}", otherwise.en, exactly.en),
        format!("四舍五入到 {decimals} 位小数则为{}，判定以精确值{}为准", otherwise.zh, exactly.zh),
    )
}

pub fn between(low: &str, high: &str) -> Text {
    Text::new(format!("between {low} and {high}"), format!("介于 {low} 与 {high} 之间"))
}

pub fn at_least(number: &str) -> Text {
    Text::new(format!("at least {number}"), format!("不低于 {number}"))
}

pub fn at_most(number: &str) -> Text {
    Text::new(format!("at most {number}"), format!("不超过 {number}"))
}

pub fn one_of(list: &[Text], negated: bool) -> Text {
    let joined = Text::join(list, ", ", "、");
    let (en, zh) = if negated { ("none of", "不属于") } else { ("one of", "属于") };
    Text::new(format!("{en} ({})", joined.en), format!("{zh}（{}）", joined.zh))
}

pub fn rest(percent: &str) -> Text {
    Text::new(format!("the rest at least {percent} of standard"), format!("余项不低于标准的 {percent}"))
}

pub fn of_standard(percent: &str) -> Text {
    Text::new(format!("{percent} of standard"), format!("为标准的 {percent}"))
}

/// What the count of a k of n is a count of.
pub fn counted_rules(outcome_met: bool) -> Word {
    if outcome_met { word("met", "达标项") } else { word("not met", "不达标项") }
}

pub fn counts(asked: u64, met: u64, not_met: u64, undecided: u64, not_applicable: u64) -> Text {
    Text::new(
        format!("asked {asked}: met {met}, not met {not_met}, undecided {undecided}, not applicable {not_applicable}"),
        format!("共 {asked}：达标 {met}，不达标 {not_met}，无法判定 {undecided}，不适用 {not_applicable}"),
    )
}

pub fn outside(outside: u64, inside_share: &str) -> Text {
    Text::new(
        format!("{outside} of the numerator stand outside the denominator; without them {inside_share}"),
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
    Text::new(format!("{quantity} make {groups} groups"), format!("{quantity} 折合 {groups} 组"))
}

pub fn member(value: &str, weight: &str, term: &str, share: &str) -> Text {
    Text::new(format!("{value}, weight {weight}, term {term}, {share} of the spread"), format!("{value}，权重 {weight}，离差项 {term}，占总离差 {share}"))
}

pub fn more(count: usize) -> Text {
    Text::new(format!("and {count} more"), format!("另有 {count} 条"))
}

/// Findings that were not printed, and how to see them.
pub fn more_findings(count: usize, rule: &str) -> Text {
    Text::new(format!("and {count} more (--rule {rule}, --format json)"), format!("另有 {count} 条（--rule {rule}，--format json）"))
}

/// Findings of a rule that another rule counts, told only by their number.
pub fn counted_in(count: usize, of: usize, outcome: &Text, rules: &str, rule: &str) -> Text {
    Text::new(
        format!("{count} of {of} {}, counted in {rules}; each in full with --rule {rule}", outcome.en),
        format!("{of} 个中 {count} 个{}，已计入 {rules}；逐条查看用 --rule {rule}", outcome.zh),
    )
}

/// Findings that wait for one cell.
pub fn waiting(count: usize) -> Text {
    Text::new(if count == 1 { "1 finding".to_string() } else { format!("{count} findings") }, format!("涉及 {count} 条结论"))
}

pub fn percentage_points(size: &str) -> Text {
    Text::new(format!("{size} percentage points"), format!("{size} 个百分点"))
}
