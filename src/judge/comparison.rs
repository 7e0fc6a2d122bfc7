//! A value against a limit: distance, attainment, and whether rounding would flip it.

use crate::base::{Number, Real, Unit};
use crate::eval::{At, World, truth_outcome};
use crate::model::op::{Arith, Compare};
use crate::model::plan::{Collect, Node, NodeKind, Plan, Type};
use crate::model::value::{Beyond, Range, Truth, Value, ValueKind};
use crate::model::verdict::{Few, Figure, Form, Judged, Limit, Outcome, Part};

use super::few::{is_share_of, of_few_known};
use super::rows::{Tallied, breaching};
use super::{Judge, blank, despite, may};

impl Judge<'_> {
    pub(super) fn comparison(&self, op: Compare, left: &Node, right: &Node, world: &World, at: At) -> Judged {
        // The side with data stands left; with data on both sides, as written.
        let (op, value, limit) = if !world.has_data(left) && world.has_data(right) { (op.turned(), right, left) } else { (op, left, right) };
        let is_figure = |ty: &Type| matches!(ty, Type::Number(_) | Type::Spread | Type::Real);
        if !is_figure(&value.ty) || !is_figure(&limit.ty) {
            return self.plain_comparison(op, value, limit, world, at);
        }
        let (found, wanted) = (self.value(world, value, at), self.value(world, limit, at));
        let outcome = world.of_another(op, value, limit, at, world.compare(op, &found, &wanted, &value.ty)).required();
        let unit = match &limit.ty {
            Type::Number(unit) => unit.clone(),
            _ => Unit::plain(),
        };
        let form = match self.variation(value, world, at) {
            Some((spread, ..)) if value.ty == Type::Spread || !is_for_every(limit) => Form::Variation(spread),
            _ => if is_for_every(limit) { Form::ForEvery } else { Form::Comparison },
        };
        let mut judged = Judged { outcome: truth_outcome(&outcome), may: may(&outcome), reason: outcome.causes.clone(), show: self.decimals(value, &unit), few: self.few(&[value], &[limit], world, at), ..blank(form) };
        judged.despite = despite(judged.outcome, &[&found, &wanted]);
        judged.value = figure(&found, &unit);
        judged.limit = match (wanted.as_range().single(), figure(&wanted, &unit)) {
            (Some(number), _) => Limit::Number { number: shown(number, &unit), unit: unit.clone(), op, rest: None },
            (None, figure @ (Figure::Spread { .. } | Figure::Real(_))) => Limit::Figure { figure, op },
            _ => Limit::Unknown { op },
        };
        judged.margin = margin(op, &found, &wanted, &unit);
        // Of a variation held against another there is no standard to be so many percent of.
        let is_standard = judged.outcome != Outcome::NotApplicable && matches!(limit.ty, Type::Number(_));
        judged.attainment = is_standard.then(|| attainment(op, judged.outcome, &found, &wanted));
        judged.cells = self.all_cells(&[value, limit], world, at);
        judged.working = self.working(value, world, at);
        judged.few.working = self.shows_one(value, world, at) || form == Form::ForEvery && self.shows_one(limit, world, at);
        judged.source = self.source(limit, world, at);
        judged.layer = self.layer(limit, &unit, world, at);
        match form {
            Form::Variation(_) => judged.parts = [value, limit].into_iter().flat_map(|node| self.members(node, std::ptr::eq(node, limit), world, at)).collect(),
            Form::ForEvery => judged.parts = self.due(limit, world, at),
            _ => {}
        }
        if let Some((percent, of)) = world.other_population(value, limit) {
            let share = world.share_of_another(value, of, at).absent(outcome.absent);
            judged.attainment = judged.attainment.take().map(|_| attainment(op, judged.outcome, &share, &Value::number(percent.clone())));
            // Both sides are in the share, and the limit is the percent that the rule writes.
            let is_few = judged.few.any() || self.is_share_of_few_nodes(value, of, world, at);
            judged.few = Few { value: is_few, limit: false, working: false };
            share_of_another(&mut judged, op, &share, percent, [found.as_range().clone(), self.value(world, of, at).as_range().clone()]);
        }
        self.look_outside(value, limit, &mut judged, world, at);
        self.look_at_share(value, limit, &mut judged, world, at);
        flip(&mut judged);
        judged
    }

    /// A share of rows is shown with its two figures and the rows that break it, as `at least 85% of` shows them.
    fn look_at_share(&self, value: &Node, limit: &Node, judged: &mut Judged, world: &World, at: At) {
        let Some((id, at)) = self.aggregate_of(value, world, at).filter(|(id, _)| self.plan.aggregates[*id].what == Collect::Tally) else { return };
        let Some(state) = world.state(id, at) else { return };
        if !world.has_data(limit) && !state.incomplete {
            judged.form = Form::Share;
            judged.few.value |= self.rests_on_persons(id) && is_share_of(&state.tally);
            judged.parts.push(Part::Share { numerator: state.tally.satisfied(), denominator: state.tally.members(), outside: None });
        }
        self.list_rows(&Tallied { id, said: &state.said, left: state.tally.left, causes: &state.causes, breaching: breaching(judged), lists: true }, judged, world, at);
    }

    pub(super) fn between(&self, node: &Node, [of, low, high]: [&Node; 3], world: &World, at: At) -> Judged {
        let (Type::Number(unit), true) = (&low.ty, matches!(of.ty, Type::Number(_) | Type::Spread | Type::Real)) else { return self.plain(node, world, at) };
        let found = self.value(world, of, at);
        let (least, most) = (self.value(world, low, at), self.value(world, high, at));
        let outcome = self.value(world, node, at).required();
        let mut judged = Judged { outcome: truth_outcome(&outcome), may: may(&outcome), reason: outcome.causes, show: self.decimals(of, unit), few: self.few(&[of], &[low, high], world, at), ..blank(Form::Between) };
        judged.despite = despite(judged.outcome, &[&found, &least, &most]);
        judged.value = figure(&found, unit);
        if let (Some(low), Some(high)) = (least.as_range().single(), most.as_range().single()) {
            judged.limit = Limit::Between { low: shown(low, unit), high: shown(high, unit), unit: unit.clone() };
            judged.margin = found.as_range().single().filter(|_| found.is_settled()).map(|value| shown(&(value - low).min(high - value), unit));
        } else {
            judged.limit = Limit::Unknown { op: Compare::Ge };
        }
        judged.cells = self.all_cells(&[of, low, high], world, at);
        judged.working = self.working(of, world, at);
        judged.few.working = self.shows_one(of, world, at);
        flip(&mut judged);
        judged
    }

    /// How much of the numerator of a share stands outside its denominator, where that is known.
    fn look_outside(&self, value: &Node, limit: &Node, judged: &mut Judged, world: &World, at: At) {
        let nodes = match (&*value.kind, &*limit.kind) {
            (NodeKind::Arith(Arith::Div, part, whole), _) => Some((part, whole)),
            // An amount held against a part of another amount is no share.
            (_, NodeKind::Arith(Arith::Mul, _, whole)) if matches!(&judged.limit, Limit::Number { unit, .. } if unit.is_percent()) => Some((value, whole)),
            _ => None,
        };
        let Some((part, whole)) = nodes else { return };
        let (NodeKind::Aggregate(a), NodeKind::Aggregate(b)) = (&*part.kind, &*whole.kind) else { return };
        let Some(share) = self.plan.shares.iter().find(|share| (share.part, share.whole) == (*a, *b)) else { return };
        let inside = Node { kind: Box::new(NodeKind::Aggregate(share.inside)), ty: part.ty.clone(), span: part.span };
        let [part, whole, inside] = [part, whole, &inside].map(|node| self.value(world, node, at).as_range().clone());
        let outside = part.single().zip(inside.single()).and_then(|(part, inside)| u64::try_from((part - inside).to_i64()?).ok());
        judged.form = Form::Share;
        judged.parts = vec![Part::Share { numerator: part, denominator: whole, outside }];
        let rows = share.rows.and_then(|rows| Some((rows, world.state(rows, at)?)));
        if let Some((id, state)) = rows {
            judged.few.value |= self.rests_on_persons(id) && of_few_known(&state.tally);
            self.list_rows(&Tallied { id, said: &state.said, left: state.tally.left, causes: &state.causes, breaching: breaching(judged), lists: true }, judged, world, at);
        }
    }

    /// Decimals to show: the measure's own, none for what is counted in whole things, else two.
    fn decimals(&self, value: &Node, unit: &Unit) -> u32 {
        measure_decimals(self.plan, value).unwrap_or(if unit.is_whole_thing() && self.plan.is_whole(value) { 0 } else { 2 })
    }
}

/// The decimals that a measure is shown with, where it says so.
pub(super) fn measure_decimals(plan: &Plan, value: &Node) -> Option<u32> {
    match &*value.kind {
        NodeKind::Measure(measure) => plan.measures[*measure].show,
        NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } => measure_decimals(plan, of),
        _ => None,
    }
}

/// A share of one population in another is shown as what it is: the share, beside its percent.
fn share_of_another(judged: &mut Judged, op: Compare, share: &Value, percent: &Number, [numerator, denominator]: [Range; 2]) {
    let unit = Unit::percent();
    judged.form = Form::Share;
    judged.value = figure(share, &unit);
    judged.limit = Limit::Number { number: percent.clone(), unit: unit.clone(), op, rest: None };
    judged.margin = margin(op, share, &Value::number(percent.clone()), &unit);
    judged.show = 2;
    judged.parts = vec![crate::model::verdict::Part::Share { numerator, denominator, outside: None }];
}

fn is_for_every(limit: &Node) -> bool {
    matches!(*limit.kind, NodeKind::ForEvery { .. })
}

/// A base number in the unit that the rule writes; a percent stays a plain ratio.
pub(super) fn shown(number: &Number, unit: &Unit) -> Number {
    if unit.is_percent() { number.clone() } else { unit.from_base(number) }
}

/// A value as the report has it.
pub(super) fn figure(value: &Value, unit: &Unit) -> Figure {
    match &value.kind {
        _ if value.absent == crate::model::value::Absent::Yes => Figure::None,
        ValueKind::Number(range) => match range.single().filter(|_| value.is_settled()) {
            Some(number) => Figure::Number { number: shown(number, unit), unit: unit.clone() },
            None => {
                let end = |end: &Option<Number>| end.as_ref().map(|end| shown(end, unit));
                Figure::Bounds { range: Range { low: end(&range.low), high: end(&range.high) }, unit: unit.clone() }
            }
        },
        ValueKind::Spread(Some(square)) => Figure::Spread { square: square.clone() },
        ValueKind::Real(Some(real)) => Figure::Real(real.clone()),
        _ => Figure::Bounds { range: Range::UNKNOWN, unit: unit.clone() },
    }
}

/// value − limit for a floor, limit − value for a ceiling: negative is short.
fn margin(op: Compare, value: &Value, limit: &Value, unit: &Unit) -> Option<Number> {
    let (ValueKind::Number(_), true) = (&value.kind, value.is_settled()) else { return None };
    let (value, limit) = (value.as_range().single()?, limit.as_range().single()?);
    match op {
        _ if op.is_floor() => Some(shown(&(value - limit), unit)),
        _ if op.is_ceiling() => Some(shown(&(limit - value), unit)),
        _ => None,
    }
}

/// Value over limit for a floor, limit over value for a ceiling; nothing where it fails because something is divided by 0.
pub(super) fn attainment(op: Compare, outcome: Outcome, value: &Value, limit: &Value) -> Range {
    let (over, under) = if op.is_floor() { (value, limit) } else { (limit, value) };
    match under.beyond {
        Beyond::Surely if outcome == Outcome::NotMet => return Range::exactly(Number::ZERO),
        Beyond::Maybe if outcome == Outcome::NotMet => return crate::builtin::interval::arith(Arith::Div, &ends(over), under.bounds()),
        _ => {}
    }
    crate::builtin::interval::arith(Arith::Div, &ends(over), &ends(under))
}

/// A root or another real number between bounds that are close enough for any percent that people write.
fn ends(value: &Value) -> Range {
    let between = |(low, high)| Range::between(low, high);
    match &value.kind {
        ValueKind::Spread(Some(square)) if !square.is_negative() => between(Real::root(square.clone()).near()),
        ValueKind::Real(Some(real)) => between(real.near()),
        _ => value.as_range().clone(),
    }
}

/// Whether the outcome would differ if the value were rounded to the decimals shown; the limit stands as written.
pub(super) fn flip(judged: &mut Judged) {
    let holds = |truth: Truth| if truth == Truth::True { Outcome::Met } else { Outcome::NotMet };
    let compare = |op: Compare, value: &Number, limit: &Number| holds(crate::builtin::interval::compare(op, &Range::exactly(value.clone()), &Range::exactly(limit.clone())));
    if !matches!(judged.outcome, Outcome::Met | Outcome::NotMet) {
        return;
    }
    let number = match &judged.value {
        Figure::Number { number, unit } => rounded(number, unit, judged.show),
        Figure::Spread { square } if !square.is_negative() => square.root_rounded(judged.show),
        Figure::Real(real) => real.round_half_up(judged.show),
        _ => return,
    };
    let rounded = match &judged.limit {
        Limit::Number { number: limit, op, .. } => compare(*op, &number, limit),
        Limit::Between { low, high, .. } if number >= *low && number <= *high => Outcome::Met,
        Limit::Between { .. } => Outcome::NotMet,
        _ => return,
    };
    judged.rounding_flips = rounded != judged.outcome;
}

/// Rounded as it is shown: a percent by its percent points.
fn rounded(number: &Number, unit: &Unit, decimals: u32) -> Number {
    number.round_half_up(if unit.is_percent() { decimals + 2 } else { decimals })
}
