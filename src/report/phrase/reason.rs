//! Why something is unknown or does not apply, in words, with the place where people find it.

use crate::base::{Date, Term, Text};
use crate::model::plan::Period;
use crate::model::table::Why;
use crate::model::value::CauseCode;
use crate::report::place::CellView;

use super::clip;

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
        CauseCode::Negative => Text::new("a value or a weight is negative, and this index has no meaning then", "数值或权重为负，该指数没有意义"),
        CauseCode::NoEvidence => Text::new("no evidence is on file", "没有佐证材料"),
        CauseCode::Expired => Text::new("the evidence has expired", "佐证材料已失效"),
        CauseCode::NotYet => Text::new("the evidence is of a later day than the as-of date", "佐证材料的日期晚于基准日"),
        CauseCode::Contradicted => Text::new("findings contradict one another", "认定结论相互矛盾"),
        CauseCode::NoRow => Text::new("there is no row of that period", "没有该期间的数据"),
        CauseCode::New => Text::new("its first row is of a later period", "首次填报晚于该期间"),
        CauseCode::Turned => Text::new("it ends before it begins", "止期早于起期"),
        CauseCode::Exempted => Text::new("an exception exempts it", "符合特殊情形，予以豁免"),
        CauseCode::Conflict => Text::new("two exceptions hold, and nothing says which goes first", "同时符合两种特殊情形，未写明以哪一种为准"),
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
        (CauseCode::NoRow, _) => Text::new(format!("{column} `{}` is no longer in the list of units", view.raw), format!("{column}“{}”已不在单位名单中", view.raw)),
        (CauseCode::Zero, _) => Text::new(format!("{column} is 0 and cannot divide"), format!("{column} 为 0，不能作分母")),
        (CauseCode::Exceeds, _) => Text::new(format!("{column} ({}) does not fit the total that it belongs to: one of the two is wrong", clip(&view.raw)), format!("{column}（{}）与所属总数矛盾，二者必有一误", clip(&view.raw))),
        (CauseCode::Expired | CauseCode::NotYet | CauseCode::Contradicted, _) => {
            let (why, raw) = (why(code), clip(&view.raw));
            Text::new(format!("{column} {raw}: {}", why.en), format!("{column} {raw}：{}", why.zh))
        }
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
    let (column, raw) = (&view.column, clip(&view.raw));
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

/// The rows of a period: of one row's key, or all; `row` is what that key is called.
pub fn term_reason(code: CauseCode, table: &Text, row: Option<&Text>, term: Term) -> Text {
    let row = row.cloned().unwrap_or_default();
    match code {
        CauseCode::New => Text::new(format!("{} has no row of {term} in {}: its first is of a later period, as of what is new", row.en, table.en), format!("{} 在 {} 中没有 {term} 的数据，首次填报在其后（新设）", row.zh, table.zh)),
        CauseCode::NoRow => Text::new(format!("{} has no row of {term} in {}", row.en, table.en), format!("{} 在 {} 中没有 {term} 的数据", row.zh, table.zh)),
        _ => Text::new(format!("{} has no rows of {term}", table.en), format!("{} 没有 {term} 的数据", table.zh)),
    }
}

/// What a row was to file for a period.
pub fn filed_reason(code: CauseCode, of: &Text, row: &Text, table: &Text, term: Term) -> Text {
    match code {
        CauseCode::New => Text::new(format!("{} {} has filed no {} for {term}: its first is of a later period, as of what is new", of.en, row.en, table.en), format!("{} {} 未填报 {term} 的 {}，首次填报在其后（新设）", of.zh, row.zh, table.zh)),
        _ => Text::new(format!("{} {} has not filed {} for {term}", of.en, row.en, table.en), format!("{} {} 未填报 {term} 的 {}", of.zh, row.zh, table.zh)),
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
