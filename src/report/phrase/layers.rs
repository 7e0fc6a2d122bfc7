//! What layers and exceptions are called in a report: who set a limit, who approved it, what counts on the day and what
//! does not.

use crate::base::{Date, Text};
use crate::model::ast::Claim;
use crate::model::plan::{Period, WaiverDef, WithdrawnDef};
use crate::model::value::CauseCode;

/// Whether something counts on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Counts,
    Lapsed(Date),
    Begins(Date),
}

impl Standing {
    pub fn of(period: Period, day: Date) -> Standing {
        match period {
            Period { to: Some(to), .. } if to < day => Standing::Lapsed(to),
            Period { from: Some(from), .. } if from > day => Standing::Begins(from),
            _ => Standing::Counts,
        }
    }

    fn text(self) -> Option<Text> {
        match self {
            Standing::Counts => None,
            Standing::Lapsed(to) => Some(Text::new(format!("lapsed {to}"), format!("已于 {to} 期满"))),
            Standing::Begins(from) => Some(Text::new(format!("in force only from {from}"), format!("自 {from} 起施行"))),
        }
    }
}

/// `set by liaoning, stricter than quality-balance's 720 yuan per pupil`. `than` is written with its unit.
pub fn layer_set(pack: &str, claim: Claim, above: &str, than: Option<&str>) -> Text {
    let Text { en, zh } = claim.text();
    match than {
        Some(than) => Text::new(format!("set by {pack}, {en} {above}'s {than}"), format!("由 {pack} 规定，{zh} {above} 的 {than}")),
        None => Text::new(format!("set by {pack}, {en} {above}"), format!("由 {pack} 规定，{zh} {above}")),
    }
}

/// Who let it be looser, and until when.
pub fn waived(waiver: &WaiverDef) -> Text {
    let (document_en, document_zh) = waiver.document.as_ref().map_or_else(Default::default, |document| (format!(" ({document})"), format!("（{document}）")));
    let (to_en, to_zh) = waiver.period.to.map_or_else(Default::default, |to| (format!(", to {to}"), format!("，至 {to}")));
    Text::new(format!("approved by {}{document_en}{to_en}", waiver.approved_by), format!("经 {} 批准{document_zh}{to_zh}", waiver.approved_by))
}

/// What replaces the layer above, and nothing shows which of the two is stricter.
pub fn not_comparable() -> Text {
    Text::new("not comparable with the layer above", "与上级标准无法比较宽严")
}

/// Whether an exception counts on the day: its dates, and those of its waiver with them.
pub fn exception_state(standing: Standing, period: Period) -> Text {
    match (standing.text(), period.to) {
        (Some(text), _) => text,
        (None, Some(to)) => Text::new(format!("in force to {to}"), format!("施行至 {to}")),
        (None, None) => Text::new("in force", "施行中"),
    }
}

/// An override that does not count on the day, or counts by a waiver.
pub fn override_state(standing: Standing, above: &str, waiver: Option<&WaiverDef>) -> Text {
    let back = |text: &Text| Text::new(format!("{}; what {above} asks counts", text.en), format!("{}，以 {above} 为准", text.zh));
    match (standing.text(), waiver) {
        (Some(text), Some(waiver)) if waiver.period.to.is_some_and(|to| standing == Standing::Lapsed(to)) => back(&Text::new(format!("its waiver {}", text.en), format!("经批准例外{}", text.zh))),
        (Some(text), _) => back(&text),
        (None, Some(waiver)) => waived(waiver),
        (None, None) => Text::new("in force", "施行中"),
    }
}

/// For how many units an exception holds, and what they come to with it and without.
pub fn applied(units: usize, outcomes: &Text, without: &Text) -> Text {
    let en = if units == 1 { "1 unit".to_string() } else { format!("{units} units") };
    Text::new(format!("holds for {en}: {}; without it {}", outcomes.en, without.en), format!("适用 {units} 个：{}；如无此例外：{}", outcomes.zh, without.zh))
}

/// What a unit comes to should an exception hold, which is not known.
pub fn perhaps(outcome: &Text) -> Text {
    Text::new(format!("{} should it hold, which is not known", outcome.en), format!("是否符合尚不清楚，如符合则{}", outcome.zh))
}

/// What the unit would come to without the exception.
pub fn otherwise(outcome: &Text) -> Text {
    Text::new(format!("without it {}", outcome.en), format!("如无此例外则{}", outcome.zh))
}

pub fn exception_reason(code: CauseCode, first: &Text, second: Option<&Text>) -> Text {
    match (code, second) {
        (CauseCode::Conflict, Some(second)) => Text::new(
            format!("{} and {} hold, or may hold, at once, and nothing says which goes first", first.en, second.en),
            format!("{}与{}同时符合或可能同时符合，未写明以哪一种为准", first.zh, second.zh),
        ),
        (CauseCode::Exempted, _) => Text::new(format!("exempt by {}", first.en), format!("依 {} 豁免", first.zh)),
        (code, _) => super::why(code),
    }
}

pub fn withdrawn_reason(rule: &str, withdrawn: &WithdrawnDef) -> Text {
    let WithdrawnDef { from, authority, reason } = withdrawn;
    Text::new(format!("{rule} was withdrawn from {from} by {authority}: {reason}"), format!("{rule} 自 {from} 起由 {authority} 废止：{reason}"))
}
