//! The values of one layer put upon those of the layers above: day by day and key by key the lower wins.

use crate::base::Date;
use crate::model::plan::{Constant, DatedDef, Key, OverrideDef, Period, SetDef};

use super::parameter::{after, before};

/// The values that win, with each that this layer (by its place) has set.
///
/// A key that the layer does not name keeps the value above, unless the layer says `otherwise`. On days for which it says
/// nothing the values above stand. `pack` is the pack of the parameter itself.
pub(super) fn merged(above: &[DatedDef], at: usize, layers: &[OverrideDef], pack: usize) -> Vec<DatedDef> {
    let layer = &layers[at];
    let mut begins: Vec<Option<Date>> = vec![None];
    for period in above.iter().map(|dated| dated.period).chain(layer.values.iter().map(|dated| dated.period.within(layer.period))) {
        begins.push(period.from);
        begins.extend(period.to.and_then(after).map(Some));
    }
    begins.sort_unstable();
    begins.dedup();
    let ends = begins.iter().skip(1).map(|next| next.and_then(before)).chain([None]);
    begins.iter().zip(ends).filter_map(|(from, to)| slice(above, at, layers, pack, Period { from: *from, to })).collect()
}

/// What wins from one day to another, on which nothing changes.
fn slice(above: &[DatedDef], at: usize, layers: &[OverrideDef], pack: usize, period: Period) -> Option<DatedDef> {
    let layer = &layers[at];
    let under = above.iter().find(|dated| begins_in(dated.period, period.from));
    let over = layer.values.iter().find(|dated| begins_in(dated.period.within(layer.period), period.from));
    let Some(over) = over else { return under.map(|under| DatedDef { period, ..under.clone() }) };
    let mut made = DatedDef { period, values: over.values.clone(), otherwise: over.otherwise.clone(), source: over.source.clone(), set: Vec::new(), span: over.span };
    for (keys, value) in under.map(|under| under.values.as_slice()).unwrap_or_default() {
        if !over.values.iter().any(|(own, _)| own == keys) {
            made.values.push((keys.clone(), over.otherwise.clone().unwrap_or_else(|| value.clone())));
        }
    }
    if over.otherwise.is_none()
        && let Some(under) = under
    {
        made.otherwise.clone_from(&under.otherwise);
        made.source.clone_from(&under.source);
        made.span = under.span;
        made.set.extend(under.set.iter().filter(|set| !set.keys.as_ref().is_some_and(|keys| over.values.iter().any(|(own, _)| own == keys))).cloned());
    }
    let kept = |keys: &Vec<Key>| over.otherwise.is_none() && !over.values.iter().any(|(own, _)| own == keys);
    let named: Vec<Option<Vec<Key>>> = made.values.iter().map(|(keys, _)| keys).filter(|keys| !kept(keys)).cloned().map(Some).collect();
    let others = over.otherwise.iter().map(|_| None);
    made.set.extend(named.into_iter().chain(others).map(|keys| set(keys, (over, at), under, layers, pack)));
    Some(made)
}

fn set(keys: Option<Vec<Key>>, (over, at): (&DatedDef, usize), under: Option<&DatedDef>, layers: &[OverrideDef], pack: usize) -> SetDef {
    let than: Option<Constant> = under.and_then(|under| keys.as_ref().map_or(under.otherwise.as_ref(), |keys| under.value_of(keys))).cloned();
    let by = under.and_then(|under| match &keys {
        Some(keys) => under.set_of(keys),
        None => under.set.iter().find(|set| set.keys.is_none()),
    });
    let above = by.map_or(pack, |set| layers[set.by].pack);
    let than_span = by.map(|set| set.span).or(under.map(|under| under.span));
    SetDef { keys, by: at, source: over.source.clone(), than, above, than_span, span: over.span }
}

/// Whether a stretch that begins on this day (or has no beginning) lies in a period.
pub(super) fn begins_in(period: Period, from: Option<Date>) -> bool {
    match from {
        Some(from) => period.contains(from),
        None => period.from.is_none(),
    }
}
