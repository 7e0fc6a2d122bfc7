//! What stands upon a rule: what a lower layer asks instead, its exceptions, who approved them, and that it was withdrawn.

use crate::base::Text;
use crate::model::plan::{ExceptionDef, Node, OverrideDef, Period, Plan, RuleDef, SetDef, Type, WaiverDef};

use super::clause::clause;
use super::number;
use super::phrase::{Reader, both, line};
use super::require::listed;

/// Overrides in the order of layers, exceptions in that of the files; each with what it asks beneath it.
pub(super) fn lines(reader: Reader, rule: &RuleDef) -> Vec<Text> {
    let layers = rule.layers.iter().filter_map(|at| reader.plan.overrides.get(*at));
    let mut lines: Vec<Text> = layers.flat_map(|layer| overriding(reader, rule, layer)).collect();
    lines.extend(rule.exceptions.iter().flat_map(|exception| excepted(reader, rule, exception)));
    lines.extend(rule.withdrawn.as_ref().map(|withdrawn| {
        let (day, authority, reason) = (number::date(withdrawn.from), Text::from(&withdrawn.authority), Text::from(&withdrawn.reason));
        line(&both!("Withdrawn from {day} by {authority}: {reason}", "自{day}起由{authority}废止：{reason}", day, authority, reason))
    }));
    lines
}

/// ` (set by liaoning, stricter than quality-balance's 720 yuan per pupil)`.
pub(super) fn beside(reader: Reader, set: &SetDef, ty: &Type) -> Text {
    let Some(layer) = reader.plan.overrides.get(set.by) else { return Text::default() };
    let (pack, above, claim) = (pack(reader.plan, layer.pack), pack(reader.plan, set.above), layer.claim.text());
    let waiver = Text::join(&[waived(layer.waiver.as_ref()), uncompared(layer)], "", "");
    match &set.than {
        Some(than) => {
            let than = number::constant(than, ty);
            both!(" (set by {pack}, {claim} {above}'s {than}{waiver})", "（{pack} 规定，{claim} {above} 的 {than}{waiver}）", pack, claim, above, than, waiver)
        }
        None => both!(" (set by {pack}{waiver})", "（{pack} 规定{waiver}）", pack, waiver),
    }
}

fn pack(plan: &Plan, at: usize) -> Text {
    plan.packs.get(at).map(|pack| Text::from(&pack.id)).unwrap_or_default()
}

/// `; approved by …, to …`.
fn waived(waiver: Option<&WaiverDef>) -> Text {
    let Some(waiver) = waiver else { return Text::default() };
    let by = Text::from(&waiver.approved_by);
    let document = waiver.document.as_ref().map_or_else(Text::default, |document| Text::new(format!(" ({document})"), format!("（{document}）")));
    let to = waiver.period.to.map(number::date).map_or_else(Text::default, |to| both!(", to {to}", "，至{to}止", to));
    both!("; approved by {by}{document}{to}", "；经 {by} 批准{document}{to}", by, document, to)
}

/// That nothing shows which of the two is stricter.
fn uncompared(layer: &OverrideDef) -> Text {
    if layer.comparable { Text::default() } else { Text::new("; not comparable with the layer above", "；与上级标准无法比较宽严") }
}

fn days(period: Period) -> Text {
    number::period(period).map_or_else(Text::default, |period| both!(", {period}", "（{period}）", period))
}

fn overriding(reader: Reader, rule: &RuleDef, layer: &OverrideDef) -> Vec<Text> {
    let Some(ruling) = &layer.ruling else { return Vec::new() };
    let (own, above, claim) = (pack(reader.plan, layer.pack), pack(reader.plan, rule.pack), layer.claim.text());
    let (days, waiver, sources) = (days(layer.period), Text::join(&[waived(layer.waiver.as_ref()), uncompared(layer)], "", ""), sources(&ruling.cites));
    let mut lines = vec![line(&both!("Override by {own}, {claim} {above}{days}{sources}{waiver}", "{own} 的本级标准，{claim} {above}{days}{sources}{waiver}", own, claim, above, days, sources, waiver))];
    if let Some(when) = &ruling.when {
        let when = clause(reader, when);
        lines.push(inner(&line(&both!("Only when: {when}", "适用条件：{when}", when))));
    }
    lines.extend(instead(reader, rule, &ruling.require));
    lines
}

fn excepted(reader: Reader, rule: &RuleDef, exception: &ExceptionDef) -> Vec<Text> {
    let (id, title) = (Text::from(&exception.names.id), exception.names.text());
    let name = if title.en == id.en && title.zh == id.zh { id } else { both!("{id} “{title}”", "{id}“{title}”", id, title) };
    let rows = exception.when.as_ref().map_or_else(
        || Text::new("for all", "全部对象"),
        |when| {
            let when = clause(reader, when);
            both!("where {when}", "{when}的", when)
        },
    );
    let asked = if exception.require.is_empty() { Text::new("exempt", "豁免") } else { Text::new("instead", "改按下列要求") };
    let (days, waiver, sources) = (days(exception.period), waived(exception.waiver.as_ref()), sources(&exception.cites));
    let priority = exception.priority.map_or_else(Text::default, |place| {
        let place = Text::from(place);
        both!("; priority {place}", "；优先级 {place}", place)
    });
    let head = both!("Exception {name}{days}: {rows}, {asked}{priority}{sources}{waiver}", "特殊情形 {name}{days}：{rows}，{asked}{priority}{sources}{waiver}", name, days, rows, asked, priority, sources, waiver);
    std::iter::once(line(&head)).chain(instead(reader, rule, &exception.require)).collect()
}

fn sources(cites: &[String]) -> Text {
    let sources = Text::join(&cites.iter().map(Text::from).collect::<Vec<_>>(), ", ", "、");
    if sources.is_empty() { Text::default() } else { both!("; source: {sources}", "；出处：{sources}", sources) }
}

/// What is required in place of the rule's own, two blanks further in.
fn instead(reader: Reader, rule: &RuleDef, require: &[Node]) -> Vec<Text> {
    listed(reader, rule, require).iter().map(inner).collect()
}

fn inner(text: &Text) -> Text {
    both!("  {text}", "  {text}", text)
}
