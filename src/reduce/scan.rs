//! One aggregate over one table: each row to its group, by filter, into a state.

use crate::base::Term;
use crate::eval::{At, World, group};
use crate::model::plan::{AggregateDef, Collect, ColumnRef};
use crate::model::reduced::{Member, State, Zero};
use crate::model::value::{Absent, Beyond, Cause, CauseCode, MOST_CAUSES, Place, Truth, Value, ValueKind};

use super::terms;

/// The states of all groups, in their order.
pub(super) fn scan(world: &World, aggregate: &AggregateDef) -> Vec<State> {
    let terms = aggregate.by.map(|kind| terms::terms(world, aggregate.over, kind));
    let mut states = vec![State::default(); world.groups(&aggregate.at) * terms.as_ref().map_or(1, Vec::len)];
    for row in 0..u32::try_from(world.rows(aggregate.over)).unwrap_or(u32::MAX) {
        let at = At::row(aggregate.over, row);
        for (group, codes, sure_code) in groups(world, aggregate, at) {
            let at = At { codes: &codes, level: Some(&aggregate.at), ..at };
            match &terms {
                None => join(world, aggregate, at, &sure_code, states.get_mut(group)),
                Some(terms) => {
                    for (place, term, unsure) in terms::of_row(world, aggregate, terms, row) {
                        let causes = [sure_code.as_slice(), &unsure].concat();
                        join(world, aggregate, At { term: Some(term), ..at }, &causes, states.get_mut(group * terms.len() + place));
                    }
                }
            }
        }
    }
    mark_incomplete(world, aggregate, terms.as_deref(), &mut states);
    states
}

/// Adds a row to the state of a group; `unsure` is why it may not belong there.
pub(super) fn join(world: &World, aggregate: &AggregateDef, at: At, unsure: &[Cause], state: Option<&mut State>) {
    let Some((membership, causes, value)) = member(world, aggregate, at) else { return };
    if let Some(state) = state {
        let sure = membership == Truth::True && unsure.is_empty();
        add_causes(state, &causes);
        add_causes(state, unsure);
        add(state, aggregate, at.row, sure, value);
    }
}

/// Whether a row is a member, why that is unknown, and its operand with its weight. `None` for a row that is none.
type Operand = Option<(Value, Option<Value>)>;

fn member(world: &World, aggregate: &AggregateDef, at: At) -> Option<(Truth, Vec<Cause>, Operand)> {
    let mut membership = Truth::True;
    let mut causes = Vec::new();
    if let Some(part) = world.part(aggregate.over, at.row).filter(|part| part.possible) {
        membership = Truth::Unknown;
        let split = world.plan.tables[aggregate.over].split.as_ref()?;
        let pupils = ColumnRef { table: split.of, column: split.parts[usize::from(part.part)].pupils };
        causes.extend(world.cell(pupils, part.row).causes);
    }
    for filter in &aggregate.filter {
        let value = world.value(filter, at);
        if value.absent == Absent::Yes {
            return None;
        }
        let truth = if value.absent == Absent::Maybe && value.as_truth() == Truth::True { Truth::Unknown } else { value.as_truth() };
        membership = membership.and(truth);
        causes.extend(value.causes);
    }
    if membership == Truth::False {
        return None;
    }
    let operand = aggregate.operand.as_ref().map(|operand| (world.value(operand, at), aggregate.weight.as_ref().map(|weight| world.value(weight, at))));
    Some((membership, if membership == Truth::Unknown { causes } else { Vec::new() }, operand))
}

/// The groups that a row belongs to; several, each with its causes, where its code is unknown.
pub(super) fn groups(world: &World, aggregate: &AggregateDef, at: At) -> Vec<(usize, Vec<u16>, Vec<Cause>)> {
    let row = match aggregate.at.table {
        None => 0,
        Some(table) => match world.above_by(at, table, aggregate.role) {
            Some(row) => row,
            None => return possible_groups(world, aggregate, at, table),
        },
    };
    groups_of_row(world, aggregate, at, row)
}

/// A row of a unit that is gone may belong to any row above; another row that names none belongs to none.
fn possible_groups(world: &World, aggregate: &AggregateDef, at: At, table: usize) -> Vec<(usize, Vec<u16>, Vec<Cause>)> {
    let Some(cell) = world.may_belong(at, table) else { return Vec::new() };
    let cause = Cause { code: CauseCode::NoRow, at: Place::Cell(cell) };
    let rows = 0..u32::try_from(world.rows(table)).unwrap_or(u32::MAX);
    let groups = rows.flat_map(|row| groups_of_row(world, aggregate, at, row));
    groups.map(|(group, codes, causes)| (group, codes, std::iter::once(cause).chain(causes).collect())).collect()
}

fn groups_of_row(world: &World, aggregate: &AggregateDef, at: At, row: u32) -> Vec<(usize, Vec<u16>, Vec<Cause>)> {
    if aggregate.at.codes.is_empty() {
        return vec![(row as usize, Vec::new(), Vec::new())];
    }
    let mut found: Vec<(Vec<u16>, Vec<Cause>)> = vec![(Vec::new(), Vec::new())];
    for ((code, value), list) in world.codes_at(aggregate, at).into_iter().zip(&aggregate.at.codes) {
        let all = 0..u16::try_from(world.plan.codes[*list].codes.len()).unwrap_or(u16::MAX);
        let codes: Vec<u16> = code.map_or_else(|| all.collect(), |code| vec![code]);
        found = found.iter().flat_map(|(known, causes)| codes.iter().map(|code| ([known.as_slice(), &[*code]].concat(), [causes.as_slice(), &value.causes].concat()))).collect();
    }
    found.into_iter().map(|(codes, causes)| (group(world.plan, &aggregate.at, row, &codes), codes, causes)).collect()
}

fn add(state: &mut State, aggregate: &AggregateDef, row: u32, sure: bool, operand: Operand) {
    match (aggregate.what, operand) {
        (Collect::Tally, Some((value, _))) => add_said(state, row, sure, &value),
        (Collect::Value(_), Some((value, weight))) => {
            let absent = weight.as_ref().map_or(value.absent, |weight| weight.absent.or(value.absent));
            if absent == Absent::Yes {
                state.tally.left += 1;
                return;
            }
            // What weighs nothing is no member, whatever its value (R20); what may weigh nothing may be none.
            let may_count = |weight: &Value| weight.as_range().single().is_none_or(|weight| !weight.is_zero());
            let is_number = |weight: &&Value| matches!(weight.kind, ValueKind::Number(_));
            let weighed = weight.as_ref().filter(is_number);
            if weighed.is_some_and(|weight| weight.absent == Absent::No && !may_count(weight)) {
                state.tally.left += 1;
                return;
            }
            let may_weigh_nothing = weighed.is_some_and(|weight| weight.as_range().may_be_zero());
            let sure = sure && absent == Absent::No && !may_weigh_nothing;
            for value in std::iter::once(&value).chain(&weight).filter(|value| !value.is_settled()) {
                add_causes(state, &value.causes);
            }
            let member = Member { row, value, weight };
            if sure { state.sure.push(member) } else { state.possible.push(member) }
        }
        (_, None) if sure => state.tally.sure_true += 1,
        (_, None) => state.tally.possible_true += 1,
    }
}

/// What was said of a row: one that the question does not apply to leaves the population.
fn add_said(state: &mut State, row: u32, sure: bool, value: &Value) {
    if value.absent == Absent::Yes {
        state.tally.left += 1;
        return;
    }
    let sure = sure && value.absent == Absent::No;
    let truth = value.as_truth();
    *state.tally.place(sure, truth) += 1;
    if let Beyond::Said { required, forbidden } = value.beyond {
        state.zeros.push(Zero { row, sure, required, forbidden });
    }
    state.said.push((row, if sure { truth } else { Truth::Unknown }));
    if !value.is_settled() {
        add_causes(state, &value.causes);
    }
}

fn add_causes(state: &mut State, causes: &[Cause]) {
    for cause in causes {
        if state.causes.len() < MOST_CAUSES && !state.causes.contains(cause) {
            state.causes.push(*cause);
        }
    }
}

/// A table that was not handed in, or that a unit has not filed, leaves every group above it open.
fn mark_incomplete(world: &World, aggregate: &AggregateDef, terms: Option<&[Term]>, states: &mut [State]) {
    let source = world.plan.tables[aggregate.over].split.as_ref().map_or(aggregate.over, |split| split.of);
    if !world.tables.tables[source].handed_in() {
        for state in states {
            state.incomplete = true;
            add_causes(state, &[Cause { code: CauseCode::NotHandedIn, at: Place::Table(source) }]);
        }
        return;
    }
    let Some(by) = world.plan.tables[source].filed_by else { return };
    let codes = aggregate.at.codes.iter().fold(1, |all, list| all * world.plan.codes[*list].codes.len());
    let group = |row: u32| aggregate.at.table.map_or(Some(0), |table| world.above(At::row(by, row), table)).map(|group| group as usize * codes);
    // By another role than that by which they are filed, the rows that are not there may be anybody's.
    let is_anybodys = aggregate.role.is_some() && aggregate.role != world.plan.tables[source].filed_as;
    let from = |row: u32, own: usize| if is_anybodys { Some((0, usize::MAX)) } else { group(row).map(|first| (first, own)) };
    if let Some(terms) = terms.filter(|_| world.plan.tables[source].period.is_some()) {
        for (row, place, cause) in terms::unfiled(world, source, by, terms) {
            let Some((first, many)) = from(row, codes) else { continue };
            states.iter_mut().skip(first * terms.len() + place).step_by(terms.len()).take(many).for_each(|state| leave_open(state, cause));
        }
        return;
    }
    let terms = terms.map_or(1, <[Term]>::len);
    for row in unfiled(world, source, by) {
        let Some((first, many)) = from(row, codes * terms) else { continue };
        let cause = Cause { code: CauseCode::NotFiled, at: Place::Row { of: by, row, table: aggregate.over } };
        states.iter_mut().skip(first * terms).take(many).for_each(|state| leave_open(state, cause));
    }
}

fn leave_open(state: &mut State, cause: Cause) {
    state.incomplete = true;
    add_causes(state, &[cause]);
}

/// The rows of `by` that have no row in `table`.
fn unfiled(world: &World, table: usize, by: usize) -> Vec<u32> {
    let mut filed = vec![false; world.rows(by)];
    for row in 0..u32::try_from(world.rows(table)).unwrap_or(u32::MAX) {
        if let Some(above) = world.above_by(At::row(table, row), by, world.plan.tables[table].filed_as)
            && let Some(place) = filed.get_mut(above as usize)
        {
            *place = true;
        }
    }
    (0u32..).zip(filed).filter(|(_, filed)| !filed).map(|(row, _)| row).collect()
}
