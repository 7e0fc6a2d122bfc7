//! One figure raised or lowered until something holds: the equation solved where it is linear, searched where it only
//! goes one way, tried up to a stated bound elsewhere.

use crate::base::Number;
use crate::base::unit::unit_word;
use crate::base::Unit;
use crate::eval::World;
use crate::model::remedy::Change;
use crate::model::value::CellRef;

use super::bench::Bench;
use super::trend::Trend;

/// So many steps are tried where nothing is known of how a value goes.
const BOUND: i64 = 1 << 20;
pub(super) const TRIED: u64 = BOUND.unsigned_abs();
/// No figure is changed by more steps than this.
const FARTHEST: i64 = 1 << 50;

/// Something that a figure shall bring about.
pub(super) struct Target<'t> {
    /// How far the value stands above its limit; `None` while either is unknown.
    pub margin: &'t dyn Fn(&World) -> Option<Number>,
    pub holds: &'t dyn Fn(&World) -> bool,
    /// Whether the margin must go up.
    pub up: bool,
    /// Whether a margin of 0 is not enough.
    pub strict: bool,
    /// Whether it looks at aggregates.
    pub reads: bool,
}

/// How readily a person changes a figure: first what is no number of pupils, then what is the unit's own and not another's,
/// then what does not divide and sets no limit, then what is more of something rather than less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ease {
    pub pupils: bool,
    pub elsewhere: bool,
    pub divides: bool,
    pub less: bool,
}

/// A figure changed so that the target holds.
#[derive(Clone, Debug)]
pub(super) struct Solved {
    pub change: Change,
    pub ease: Ease,
    /// Whether one step less is known not to be enough, whatever the value does in between.
    pub proven: bool,
    /// The change as a part of the figure.
    pub weight: Number,
}

impl Bench<'_> {
    /// The least change of one cell after the given changes; `None` where none is found.
    pub fn solve_figure(&self, target: &Target, given: &[Change], cell: CellRef, trend: Trend) -> Option<Solved> {
        let now = self.number(cell)?;
        // No part of a school is called into being.
        let step = self.step(cell).filter(|_| !(now.is_zero() && self.counts_parts(cell)))?;
        let up = self.direction(target, given, cell, trend, &step)?;
        let room = self.room(cell, &step, up).unwrap_or(FARTHEST).min(FARTHEST);
        let change = |steps: i64| {
            let by = &step * &Number::int(if up { steps } else { -steps });
            Change::Number { cell, by, step: step.clone() }
        };
        let with = |steps: i64| given.iter().cloned().chain((steps > 0).then(|| change(steps))).collect::<Vec<_>>();
        let holds = |steps: i64| self.tried(&with(steps), target.reads, |world| (target.holds)(world)) == Some(true);
        let margin = |steps: i64| self.tried(&with(steps), target.reads, |world| (target.margin)(world)).flatten();
        let steps = linear(target, &margin, room).filter(|steps| holds(*steps) && !holds(steps - 1)).or_else(|| fewest(&holds, room.min(BOUND)))?;
        let size = &step * &Number::int(steps);
        let weight = size.div(&now.abs()).unwrap_or(size);
        let ease = Ease { pupils: is_of_pupils(&self.column(cell).unit), elsewhere: false, divides: false, less: !up };
        Some(Solved { change: change(steps), ease, proven: trend != Trend::Mixed, weight })
    }

    /// Whether the cell must go up; `None` where it does not matter.
    fn direction(&self, target: &Target, given: &[Change], cell: CellRef, trend: Trend, step: &Number) -> Option<bool> {
        match trend {
            Trend::Flat => None,
            Trend::Up => Some(target.up),
            Trend::Down => Some(!target.up),
            Trend::Mixed => {
                let first = [given, &[Change::Number { cell, by: step.clone(), step: step.clone() }]].concat();
                let now = self.tried(given, target.reads, |world| (target.margin)(world)).flatten()?;
                let then = self.tried(&first, target.reads, |world| (target.margin)(world)).flatten()?;
                (then != now).then_some((then > now) == target.up)
            }
        }
    }
}

/// The least number of steps at which a margin that goes evenly reaches 0, or passes it where 0 is not enough.
fn linear(target: &Target, margin: &dyn Fn(i64) -> Option<Number>, room: i64) -> Option<i64> {
    let (now, then) = (margin(0)?, margin(1)?);
    let exact = (-&now).div(&(&then - &now))?;
    let steps = if target.strict { &exact.floor() + &Number::ONE } else { exact.ceil() };
    steps.to_i64().filter(|steps| (1..=room).contains(steps))
}

/// The fewest, from one on, that are enough, where more are never worse: doubled until they are, then halved between.
pub(super) fn fewest(enough: &dyn Fn(i64) -> bool, most: i64) -> Option<i64> {
    let mut high = 1.min(most);
    while high < most && !enough(high) {
        high = (high * 2).min(most);
    }
    if high < 1 || !enough(high) {
        return None;
    }
    Some(between(enough, if high == most { 0 } else { high / 2 }, high))
}

/// The first that is enough, above one that is not and up to one that is.
pub(super) fn between(enough: &dyn Fn(i64) -> bool, mut low: i64, mut high: i64) -> i64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if enough(middle) { high = middle } else { low = middle }
    }
    high
}

pub(super) fn is_of_pupils(unit: &Unit) -> bool {
    unit_word("pupil").is_some_and(|word| Unit::from_word(word).same_dimension(unit))
}
