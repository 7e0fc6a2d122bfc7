//! Where a number can lie: a stretch whose ends may be open, on steps of a whole number where there are any.

use std::cmp::Ordering;

use crate::base::Number;
use crate::model::op::Compare;

/// One end of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    pub at: Number,
    /// The end itself is not in it.
    pub open: bool,
}

/// The values that a number can have; an end that is absent is unbounded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    pub low: Option<End>,
    pub high: Option<End>,
    /// Only multiples of it occur.
    pub step: Option<Number>,
}

/// What can be said of a statement before any cell is known. Where it has no answer, nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Always,
    Never,
    Open,
}

impl Verdict {
    pub fn turned(self) -> Verdict {
        match self {
            Verdict::Always => Verdict::Never,
            Verdict::Never => Verdict::Always,
            Verdict::Open => Verdict::Open,
        }
    }

    /// What both say, if they say the same.
    pub fn shared(self, other: Verdict) -> Verdict {
        if self == other { self } else { Verdict::Open }
    }
}

fn closed(at: Number) -> End {
    End { at, open: false }
}

impl Bounds {
    pub fn point(at: Number) -> Bounds {
        Bounds { low: Some(closed(at.clone())), high: Some(closed(at)), step: None }
    }

    pub fn between(low: Option<Number>, high: Option<Number>) -> Bounds {
        Bounds { low: low.map(closed), high: high.map(closed), step: None }
    }

    pub fn from_zero() -> Bounds {
        Bounds::between(Some(Number::ZERO), None)
    }

    /// A number of things.
    pub fn count() -> Bounds {
        Bounds { step: Some(Number::ONE), ..Bounds::from_zero() }
    }

    /// What a comparison with a limit leaves; `≠` leaves everything.
    pub fn of(op: Compare, limit: &Number) -> Bounds {
        let end = |open| Some(End { at: limit.clone(), open });
        match op {
            Compare::Ge | Compare::Gt => Bounds { low: end(op.is_strict()), ..Bounds::default() },
            Compare::Le | Compare::Lt => Bounds { high: end(op.is_strict()), ..Bounds::default() },
            Compare::Eq => Bounds::point(limit.clone()),
            Compare::Ne => Bounds::default(),
        }
    }

    /// The only value, if there is one.
    pub fn only(&self) -> Option<&Number> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.at == high.at && !low.open && !high.open => Some(&low.at),
            _ => None,
        }
    }

    pub fn is_from_zero(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.at.is_negative())
    }

    pub fn is_above_zero(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.at.is_negative() && (low.open || !low.at.is_zero()))
    }

    pub fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => low.at > high.at || low.at == high.at && (low.open || high.open),
            _ => false,
        }
    }

    /// What both allow.
    pub fn meet(&self, other: &Bounds) -> Bounds {
        let step = self.step.clone().or_else(|| other.step.clone());
        let low = tighter(self.low.as_ref(), other.low.as_ref(), Ordering::Greater);
        let high = tighter(self.high.as_ref(), other.high.as_ref(), Ordering::Less);
        Bounds { low, high, step }.on_steps()
    }

    /// What either allows.
    pub fn hull(&self, other: &Bounds) -> Bounds {
        let step = if self.step == other.step { self.step.clone() } else { None };
        Bounds { low: looser(self.low.as_ref(), other.low.as_ref(), Ordering::Less), high: looser(self.high.as_ref(), other.high.as_ref(), Ordering::Greater), step }
    }

    /// Whether all that this allows is allowed by the other too.
    pub fn within(&self, other: &Bounds) -> bool {
        self.is_empty() || self.meet(other) == *self
    }

    /// Ends moved inward to the next step.
    fn on_steps(mut self) -> Bounds {
        let Some(step) = self.step.clone().filter(|step| !step.is_zero()) else { return self };
        let steps = |at: &Number| at.div(&step);
        if let Some(count) = self.low.as_ref().and_then(|low| steps(&low.at).map(|count| if low.open { &count.floor() + &Number::ONE } else { count.ceil() })) {
            self.low = Some(closed(&count * &step));
        }
        if let Some(count) = self.high.as_ref().and_then(|high| steps(&high.at).map(|count| if high.open { &count.ceil() - &Number::ONE } else { count.floor() })) {
            self.high = Some(closed(&count * &step));
        }
        self
    }

    pub fn negated(&self) -> Bounds {
        let turn = |end: &Option<End>| end.as_ref().map(|end| End { at: -&end.at, open: end.open });
        Bounds { low: turn(&self.high), high: turn(&self.low), step: self.step.clone() }
    }

    pub fn plus(&self, other: &Bounds) -> Bounds {
        let add = |a: &Option<End>, b: &Option<End>| a.as_ref().zip(b.as_ref()).map(|(a, b)| End { at: &a.at + &b.at, open: a.open || b.open });
        let step = if self.step == other.step { self.step.clone() } else { None };
        Bounds { low: add(&self.low, &other.low), high: add(&self.high, &other.high), step }
    }

    /// Sound where neither is negative, or where one is a known number; otherwise anything.
    pub fn times(&self, other: &Bounds) -> Bounds {
        if let Some(factor) = self.only() {
            return other.scaled(factor);
        }
        if let Some(factor) = other.only() {
            return self.scaled(factor);
        }
        if !self.is_from_zero() || !other.is_from_zero() {
            return Bounds::default();
        }
        let product = |a: &Option<End>, b: &Option<End>| a.as_ref().zip(b.as_ref()).map(|(a, b)| End { at: &a.at * &b.at, open: false });
        Bounds { low: product(&self.low, &other.low), high: product(&self.high, &other.high), step: None }
    }

    fn scaled(&self, factor: &Number) -> Bounds {
        let scale = |end: &Option<End>| end.as_ref().map(|end| End { at: &end.at * factor, open: end.open });
        match factor.cmp(&Number::ZERO) {
            Ordering::Equal => Bounds::point(Number::ZERO),
            Ordering::Greater => Bounds { low: scale(&self.low), high: scale(&self.high), step: self.step.as_ref().map(|step| step * factor) },
            Ordering::Less => Bounds { low: scale(&self.high), high: scale(&self.low), step: None },
        }
    }

    /// A quotient by 0 has no value, so only those above 0 count.
    pub fn over(&self, other: &Bounds) -> Bounds {
        if let Some(inverse) = other.only().and_then(|divisor| Number::ONE.div(divisor)) {
            return Bounds { step: None, ..self.scaled(&inverse) };
        }
        if !self.is_from_zero() || !other.is_from_zero() {
            return Bounds::default();
        }
        let quotient = |a: &Option<End>, b: &Option<End>| a.as_ref().zip(b.as_ref()).and_then(|(a, b)| a.at.div(&b.at)).map(|at| End { at, open: false });
        let low = quotient(&self.low, &other.high).or_else(|| Some(closed(Number::ZERO)));
        let positive = self.is_above_zero() && low.as_ref().is_some_and(|low| low.at.is_zero());
        Bounds { low: low.map(|low| End { open: low.open || positive, ..low }), high: quotient(&self.high, &other.low), step: None }
    }

    /// Whether `self op other` holds whatever the two are.
    pub fn compare(&self, op: Compare, other: &Bounds) -> Verdict {
        match op {
            Compare::Lt | Compare::Le => other.compare(op.turned(), self),
            Compare::Ge => over_under(self.low.as_ref(), other.high.as_ref(), false).unwrap_or_else(|| if over_under(other.low.as_ref(), self.high.as_ref(), true).is_some() { Verdict::Never } else { Verdict::Open }),
            Compare::Gt => other.compare(Compare::Ge, self).turned(),
            Compare::Eq if self.meet(other).is_empty() => Verdict::Never,
            Compare::Eq if self.only().is_some() && self.only() == other.only() => Verdict::Always,
            Compare::Eq => Verdict::Open,
            Compare::Ne => self.compare(Compare::Eq, other).turned(),
        }
    }
}

/// Whether everything above `low` is at or above everything below `high`; strictly above where that is asked.
fn over_under(low: Option<&End>, high: Option<&End>, strictly: bool) -> Option<Verdict> {
    let (low, high) = low.zip(high)?;
    let above = low.at > high.at || low.at == high.at && (!strictly || low.open || high.open);
    above.then_some(Verdict::Always)
}

/// Of two ends the one that lies further in this direction; an open one where they lie together.
fn tighter(one: Option<&End>, other: Option<&End>, inward: Ordering) -> Option<End> {
    match (one, other) {
        (Some(a), Some(b)) => Some(match a.at.cmp(&b.at) {
            Ordering::Equal => End { at: a.at.clone(), open: a.open || b.open },
            order if order == inward => a.clone(),
            _ => b.clone(),
        }),
        (end, None) | (None, end) => end.cloned(),
    }
}

/// Of two ends the one that lies further out; a closed one where they lie together.
fn looser(one: Option<&End>, other: Option<&End>, outward: Ordering) -> Option<End> {
    let (a, b) = one.zip(other)?;
    Some(match a.at.cmp(&b.at) {
        Ordering::Equal => End { at: a.at.clone(), open: a.open && b.open },
        order if order == outward => a.clone(),
        _ => b.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Compare, Number, Verdict};

    fn whole(op: Compare, limit: i64) -> Bounds {
        Bounds::count().meet(&Bounds::of(op, &Number::int(limit)))
    }

    #[test]
    fn whole_numbers_move_in_steps() {
        assert_eq!(whole(Compare::Gt, 3), whole(Compare::Ge, 4));
        assert!(whole(Compare::Lt, 4).meet(&Bounds::of(Compare::Gt, &Number::int(3))).is_empty());
        let halves = Bounds::of(Compare::Gt, &Number::int(3)).meet(&Bounds::of(Compare::Lt, &Number::int(4)));
        assert!(!halves.is_empty());
    }

    #[test]
    fn ends_that_touch_hold_the_limit_or_not() {
        let (to, from) = (Bounds::of(Compare::Le, &Number::int(5)), Bounds::of(Compare::Ge, &Number::int(5)));
        assert!(!to.meet(&from).is_empty());
        assert!(to.meet(&Bounds::of(Compare::Gt, &Number::int(5))).is_empty());
        assert_eq!(from.compare(Compare::Ge, &Bounds::point(Number::int(5))), Verdict::Always);
        assert_eq!(from.compare(Compare::Gt, &Bounds::point(Number::int(5))), Verdict::Open);
        assert_eq!(from.compare(Compare::Lt, &Bounds::point(Number::int(5))), Verdict::Never);
        assert_eq!(to.compare(Compare::Gt, &Bounds::point(Number::int(5))), Verdict::Never);
    }

    #[test]
    fn quotients_keep_what_is_sure() {
        let (some, few) = (Bounds::from_zero(), Bounds::between(Some(Number::int(2)), Some(Number::int(4))));
        assert_eq!(some.over(&few), Bounds::from_zero());
        assert_eq!(few.over(&few), Bounds::between(Number::ratio(1, 2), Some(Number::int(2))));
        assert_eq!(few.over(&Bounds::default()), Bounds::default());
        assert!(Bounds::between(Some(Number::int(1)), None).over(&some).is_above_zero());
    }

    #[test]
    fn a_hull_holds_both_and_is_held_by_neither() {
        let (low, high) = (Bounds::point(Number::int(1)), Bounds::point(Number::int(3)));
        let hull = low.hull(&high);
        assert!(low.within(&hull) && high.within(&hull) && !hull.within(&low));
    }
}
