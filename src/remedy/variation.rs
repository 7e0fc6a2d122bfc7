//! A variation brought down: the fewest units moved between two schools, or added to one; several moves where one is not
//! enough.
//!
//! With S₂ = Σsx², S₁ = Σsx, S₀ = Σs and the mean X̄ a variation is at most L when S₂ − 2X̄S₁ + (S₀ − L²)X̄² ≤ 0. A change
//! of d units makes that a quadratic in d, so that the least d of a pair of schools is found without trying each.

use crate::base::unit::unit_word;
use crate::base::{Number, Unit};
use crate::eval::{At, World};
use crate::model::op::{Compare, Spread};
use crate::model::plan::Node;
use crate::model::remedy::{Change, Way};
use crate::model::value::CellRef;

use super::bench::Bench;
use super::figure::{Ease, TRIED, is_of_pupils};
use super::goal::{Found, Goal};
use super::quadratic::{Quadratic, a_little_less};
use super::slope::slope;
use super::trend::{Trend, trend};

/// So many moves are tried, one after the other, where no single one is enough.
const MOST_MOVES: usize = 40;
/// No more units than this are added to one school.
const MOST_ADDED: i64 = 1 << 40;
/// As many schools at either end are looked at for each of several moves.
const EITHER_END: usize = 6;
/// As many columns are told of.
const MOST_COLUMNS: usize = 4;

/// The members of a variation with their figures.
#[derive(Clone)]
struct Members {
    values: Vec<Number>,
    /// Each member's part in the mean, and in the variance.
    in_mean: Vec<Number>,
    in_variance: Vec<Number>,
}

/// A cell by which a member's value can be raised: by `gain` for each step.
#[derive(Clone)]
struct Lever {
    member: usize,
    key: String,
    cell: CellRef,
    step: Number,
    gain: Number,
    /// Steps that may be taken away.
    stock: i64,
}

/// Units taken from one lever, if from any, and put to another.
struct Moved<'l> {
    from: Option<&'l Lever>,
    to: &'l Lever,
}

impl Bench<'_> {
    pub fn solve_variation(&self, goal: &Goal, value: &Node, limit: &Node, op: Compare, given: &[Change]) -> Vec<Found> {
        let Some((id, spread)) = self.plan.variation_of(value).filter(|_| op.is_ceiling()) else { return Vec::new() };
        let at = goal.spot.at();
        let Some(Some(limit)) = self.tried(given, true, |world| world.value(limit, at).as_range().single().cloned()) else { return Vec::new() };
        let limit = goal.reach.map_or(Some(limit.clone()), |percent| limit.div(percent));
        let Some((members, levers)) = limit.as_ref().and_then(|_| self.tried(given, true, |world| self.opened(world, id, spread, at)).flatten()) else { return Vec::new() };
        let bound = Limit { square: limit.unwrap_or(Number::ZERO).square(), strict: op.is_strict() };
        let mut found: Vec<Found> = columns_of(&levers).iter().filter_map(|column| self.one_move(&members, column, &bound, true)).collect();
        if found.is_empty() {
            found.extend(self.several_moves(&members, &levers, &bound));
        }
        if found.is_empty() {
            // Where no move is enough, people who come anew may be.
            found.extend(columns_of(&levers).iter().filter_map(|column| self.one_move(&members, column, &bound, false)));
        }
        found.sort_by(|one, other| one.weight.cmp(&other.weight));
        found.truncate(MOST_COLUMNS);
        found
    }

    /// Everything known, or nothing.
    fn opened(&self, world: &World, id: usize, spread: Spread, at: At) -> Option<(Members, Vec<Lever>)> {
        let def = &self.plan.aggregates[id];
        let operand = def.operand.as_ref().filter(|operand| !self.reads(operand))?;
        let state = world.state(id, at).filter(|state| state.possible.is_empty() && !state.incomplete)?;
        let known = state.sure.iter().map(crate::builtin::aggregate::known).collect::<Option<Vec<_>>>()?;
        let members = Members::of(spread, &known)?;
        let mut levers = Vec::new();
        for (member, row) in state.sure.iter().map(|member| member.row).enumerate() {
            let here = At::row(def.over, row);
            let fixed: Vec<CellRef> = def.filter.iter().chain(&def.weight).flat_map(|node| world.cells(node, here)).collect();
            for cell in world.cells(operand, here).into_iter().filter(|cell| !fixed.contains(cell)) {
                levers.extend(self.lever(world, operand, here, member, cell));
            }
        }
        levers.sort_by(|one, other| one.key.cmp(&other.key).then_with(|| one.cell.cmp(&other.cell)));
        Some((members, levers))
    }

    /// A cell that raises a member's value by the same for each step.
    fn lever(&self, world: &World, operand: &Node, at: At, member: usize, cell: CellRef) -> Option<Lever> {
        let column = self.column(cell);
        let table = world.tables.tables.get(usize::from(cell.table))?;
        if trend(world, operand, at, cell) != Trend::Up || is_of_pupils(&column.unit) {
            return None;
        }
        let now = world.tables.number(cell)?;
        let step = self.step_from(cell, now)?;
        let gain = &slope(world, operand, at, cell)? * &step;
        let low = column.low.clone().unwrap_or(Number::ZERO);
        let stock = (now - &low).div(&step)?.floor().to_i64().filter(|stock| *stock > 0).unwrap_or(0);
        Some(Lever { member, key: table.keys.get(cell.row as usize)?.to_string(), cell, step, gain, stock })
    }

    /// The fewest units of one column, moved or added once.
    fn one_move(&self, members: &Members, levers: &[Lever], bound: &Limit, among: bool) -> Option<Found> {
        let excess = members.excess(bound);
        // Begun a little lower it is quick to see that most pairs need more than the best so far.
        let least = |moved: &Moved, most: i64| {
            members.quadratic(moved, &excess, &excess.nearly).least(most, bound.strict)?;
            members.quadratic(moved, &excess, &excess.now).least(most, bound.strict)
        };
        let all_move = among && levers.first().is_some_and(|lever| moves(&self.column(lever.cell).unit));
        let (units, moved) = match all_move.then(|| Pulls::of(members, levers, &excess)).flatten() {
            Some(pulls) => pulls.fewest(members, &least)?,
            None => {
                let mut best: Option<(i64, Moved)> = None;
                for moved in self.moves(members, levers, levers.len(), among) {
                    let fewer = best.as_ref().map_or(i64::MAX, |(units, _)| units - 1).min(moved.stock());
                    if let Some(units) = least(&moved, fewer) {
                        best = Some((units, moved));
                    }
                }
                best?
            }
        };
        let weight = Number::int(units);
        Some(Found { way: moved.way(), changes: moved.changes(units), ease: Ease::default(), proven: true, bound: TRIED, weight })
    }

    /// Pairs of donors above and receivers below them; single receivers where units of the column do not move, or
    /// are not to move among them.
    fn moves<'l>(&self, members: &Members, levers: &'l [Lever], either_end: usize, among: bool) -> Vec<Moved<'l>> {
        let mut order: Vec<&Lever> = levers.iter().collect();
        order.sort_by(|one, other| members.values[one.member].cmp(&members.values[other.member]));
        let low: Vec<&Lever> = order.iter().copied().take(either_end).collect();
        if !among || !levers.first().is_some_and(|lever| moves(&self.column(lever.cell).unit)) {
            return low.into_iter().map(|to| Moved { from: None, to }).collect();
        }
        let high = order.iter().rev().copied().take(either_end);
        let pairs = high.flat_map(|from| low.iter().map(move |to| Moved { from: Some(from), to }));
        pairs.filter(|moved| moved.is_step(members)).collect()
    }

    /// The move that brings most, again and again, the last one no further than it must go.
    fn several_moves(&self, members: &Members, levers: &[Lever], bound: &Limit) -> Option<Found> {
        let (mut members, mut levers) = (members.clone(), levers.to_vec());
        let mut changes: Vec<Change> = Vec::new();
        for _ in 0..MOST_MOVES {
            let excess = members.excess(bound);
            let (to, from, most) = self.strongest(&members, &levers, &excess)?;
            let moved = Moved { from: from.map(|from| &levers[from]), to: &levers[to] };
            let least = members.quadratic(&moved, &excess, &excess.now).least(most, bound.strict);
            let units = least.unwrap_or(most);
            changes.extend(moved.changes(units));
            if least.is_some() {
                let weight = Number::count(changes.len());
                return Some(Found { way: moved.way(), changes, ease: Ease::default(), proven: false, bound: MOST_MOVES as u64, weight });
            }
            members.take(&moved, units);
            levers[to].stock += units;
            if let Some(from) = from {
                levers[from].stock -= units;
            }
        }
        None
    }

    /// The places of the levers by which one move lowers the variation most, and how many units do so.
    fn strongest(&self, members: &Members, levers: &[Lever], excess: &Excess) -> Option<Places> {
        let mut best: Option<(Number, Places)> = None;
        for column in columns_of(levers) {
            for moved in self.moves(members, &column, EITHER_END, true) {
                let (units, left) = members.quadratic(&moved, excess, &excess.nearly).best(moved.stock());
                if units > 0 && best.as_ref().is_none_or(|(least, _)| left < *least) {
                    let place = |lever: &Lever| levers.iter().position(|known| known.member == lever.member && known.cell == lever.cell);
                    best = Some((left, (place(moved.to)?, moved.from.and_then(place), units)));
                }
            }
        }
        best.map(|(_, places)| places)
    }
}

/// The place of the lever that receives, of the one that gives, and how many units.
type Places = (usize, Option<usize>, i64);

/// The limit, by its square.
struct Limit {
    square: Number,
    strict: bool,
}

impl Members {
    fn of(spread: Spread, known: &[(Number, Option<Number>)]) -> Option<Members> {
        let count = i64::try_from(known.len()).ok().filter(|count| *count >= 2)?;
        let weights: Vec<Number> = known.iter().map(|(_, weight)| weight.clone().unwrap_or(Number::ONE)).collect();
        let total = sum(&weights);
        let in_mean = weights.iter().map(|weight| weight.div(&total)).collect::<Option<Vec<Number>>>()?;
        let in_variance = match spread {
            Spread::Weighted => in_mean.clone(),
            Spread::Equal => vec![Number::ratio(1, count)?; known.len()],
            Spread::Sample => vec![Number::ratio(1, count - 1)?; known.len()],
        };
        let members = Members { values: known.iter().map(|(value, _)| value.clone()).collect(), in_mean, in_variance };
        (members.mean() > Number::ZERO).then_some(members)
    }

    fn mean(&self) -> Number {
        self.values.iter().zip(&self.in_mean).fold(Number::ZERO, |sum, (value, part)| &sum + &(value * part))
    }

    fn excess(&self, bound: &Limit) -> Excess {
        let mean = self.mean();
        let of = |power: fn(&Number) -> Number| self.values.iter().zip(&self.in_variance).fold(Number::ZERO, |sum, (value, part)| &sum + &(&power(value) * part));
        let (second, first) = (of(Number::square), of(Number::clone));
        let rest = &sum(&self.in_variance) - &bound.square;
        let now = &(&second - &(&(&mean * &first) * &Number::int(2))) + &(&rest * &mean.square());
        Excess { nearly: a_little_less(&now), mean, first, rest, now }
    }

    /// The excess over the limit after d units, as a quadratic in d that begins at `start`.
    fn quadratic(&self, moved: &Moved, excess: &Excess, start: &Number) -> Quadratic {
        let two = Number::int(2);
        let gains: Vec<(usize, Number)> = moved.from.iter().map(|from| (from.member, -&from.gain)).chain([(moved.to.member, moved.to.gain.clone())]).collect();
        let of = |term: &dyn Fn(usize, &Number) -> Number| gains.iter().fold(Number::ZERO, |sum, (member, gain)| &sum + &term(*member, gain));
        let mean = of(&|member, gain| &self.in_mean[member] * gain);
        let first = of(&|member, gain| &self.in_variance[member] * gain);
        let second = of(&|member, gain| &(&(&self.in_variance[member] * gain) * &self.values[member]) * &two);
        let second_square = of(&|member, gain| &self.in_variance[member] * &gain.square());
        let square = &(&second_square - &(&(&mean * &first) * &two)) + &(&excess.rest * &mean.square());
        let crossed = &(&excess.mean * &first) + &(&excess.first * &mean);
        let line = &(&second - &(&crossed * &two)) + &(&(&(&excess.rest * &excess.mean) * &mean) * &two);
        Quadratic { square, line, start: start.clone() }
    }

    fn take(&mut self, moved: &Moved, units: i64) {
        let units = Number::int(units);
        if let Some(from) = moved.from {
            self.values[from.member] = &self.values[from.member] - &(&from.gain * &units);
        }
        self.values[moved.to.member] = &self.values[moved.to.member] + &(&moved.to.gain * &units);
    }
}

/// How strongly the variation falls at first for each unit that is taken from a lever, or put to one: the slope of a move
/// is the difference of two pulls. Where every move bends up, it brings at most its slope for each unit, so that most pairs
/// need not be looked at.
struct Pulls<'l> {
    /// By their values from the highest on, as givers; with a pull that is a little more than theirs.
    givers: Vec<(Number, &'l Lever)>,
    /// By their values from the lowest on, as receivers; with a pull that is a little less.
    receivers: Vec<(Number, &'l Lever)>,
    start: Number,
}

impl<'l> Pulls<'l> {
    /// `None` where some move may bend down.
    fn of(members: &Members, levers: &'l [Lever], excess: &Excess) -> Option<Pulls<'l>> {
        let two = Number::int(2);
        let bends_up = |lever: &Lever| {
            let (mean, variance) = (&members.in_mean[lever.member], &members.in_variance[lever.member]);
            // Of d² in a move there is of either member this, and of both together one that each takes half of.
            let own = &(variance - &(&(mean * variance) * &two)) + &(&excess.rest * &mean.square());
            !lever.gain.is_negative() && !mean.is_negative() && !own.is_negative() && &two * variance >= &excess.rest * mean
        };
        if excess.rest.is_negative() || !levers.iter().all(bends_up) {
            return None;
        }
        let mut order: Vec<&Lever> = levers.iter().collect();
        order.sort_by(|one, other| members.values[one.member].cmp(&members.values[other.member]));
        let pull = |lever: &'l Lever| members.quadratic(&Moved { from: None, to: lever }, excess, &excess.nearly).line;
        let receivers = order.iter().map(|lever| (a_little_less(&pull(lever)), *lever)).collect();
        let givers = order.iter().rev().map(|lever| (-&a_little_less(&-&pull(lever)), *lever)).collect();
        Some(Pulls { givers, receivers, start: excess.nearly.clone() })
    }

    /// The move of the fewest units; of several that of the highest giver, then of the lowest receiver.
    fn fewest(&self, members: &Members, least: &dyn Fn(&Moved, i64) -> Option<i64>) -> Option<(i64, Moved<'l>)> {
        let by_pull = |of: &[(Number, &Lever)]| {
            let mut places: Vec<usize> = (0..of.len()).collect();
            places.sort_by(|one, other| of[*one].0.cmp(&of[*other].0));
            places
        };
        let (mut givers, receivers) = (by_pull(&self.givers), by_pull(&self.receivers));
        givers.reverse();
        let mut best: Option<(i64, (usize, usize))> = None;
        for giver in givers {
            let (much, from) = &self.givers[giver];
            for receiver in &receivers {
                let (little, to) = &self.receivers[*receiver];
                let place = (giver, *receiver);
                // As few units as the best so far are enough only where the pair comes before it.
                let most = best.map_or(i64::MAX, |(units, known)| if place < known { units } else { units - 1 }).min(from.stock);
                let farthest = best.map_or(i64::MAX, |(units, _)| units).min(from.stock);
                if &(much - little) * &Number::int(farthest) < self.start {
                    break;
                }
                let moved = Moved { from: Some(from), to };
                if moved.is_step(members)
                    && let Some(units) = least(&moved, most)
                {
                    best = Some((units, place));
                }
            }
        }
        let (units, (giver, receiver)) = best?;
        Some((units, Moved { from: Some(self.givers[giver].1), to: self.receivers[receiver].1 }))
    }
}

/// What all quadratics of a round share.
struct Excess {
    mean: Number,
    first: Number,
    /// S₀ − L².
    rest: Number,
    now: Number,
    /// A little less than now, in fewer digits.
    nearly: Number,
}

impl Moved<'_> {
    /// Whether units can move this way, from a member above to one below.
    fn is_step(&self, members: &Members) -> bool {
        self.from.is_some_and(|from| from.cell.row != self.to.cell.row && from.stock > 0 && from.step == self.to.step && members.values[from.member] > members.values[self.to.member])
    }

    fn stock(&self) -> i64 {
        self.from.map_or(MOST_ADDED, |from| from.stock)
    }

    fn way(&self) -> Way {
        if self.from.is_some() { Way::Move } else { Way::Cells }
    }

    fn changes(&self, units: i64) -> Vec<Change> {
        let change = |lever: &Lever, units: i64| Change::Number { cell: lever.cell, by: &lever.step * &Number::int(units), step: lever.step.clone() };
        self.from.iter().map(|from| change(from, -units)).chain([change(self.to, units)]).collect()
    }
}

/// The levers column by column.
fn columns_of(levers: &[Lever]) -> Vec<Vec<Lever>> {
    let mut columns: Vec<Vec<Lever>> = Vec::new();
    for lever in levers {
        let same = |of: &&mut Vec<Lever>| of.iter().any(|known| (known.cell.table, known.cell.column) == (lever.cell.table, lever.cell.column));
        match columns.iter_mut().find(same) {
            Some(of) => of.push(lever.clone()),
            None => columns.push(vec![lever.clone()]),
        }
    }
    columns
}

/// People move between schools; rooms, areas and money do not.
fn moves(unit: &Unit) -> bool {
    unit_word("teacher").is_some_and(|word| Unit::from_word(word).same_dimension(unit))
}

fn sum(numbers: &[Number]) -> Number {
    numbers.iter().fold(Number::ZERO, |sum, number| &sum + number)
}
