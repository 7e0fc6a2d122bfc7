//! Exceptions: which hold for a unit, which goes first, and what it comes to while that is not known.
//!
//! Every way is looked at in which the open conditions may turn out. The outcome is decided only where all of them come
//! to the same; two that hold at once with nothing to say which goes first decide nothing.

use crate::eval::{At, World};
use crate::model::plan::ExceptionDef;
use crate::model::value::{Cause, CauseCode, Place, Truth, Value, add_new};
use crate::model::verdict::{Form, Judged, May, Outcome, Part};

use super::{Judge, asked_or_not, blank};

/// An exception that holds for a unit, or may.
struct Held<'p> {
    at: usize,
    def: &'p ExceptionDef,
    truth: Truth,
    causes: Vec<Cause>,
}

impl Judge<'_> {
    /// A rule, with its exceptions if it has any, for a unit that it asks.
    pub(super) fn excepted(&self, rule: usize, world: &World, at: At) -> Judged {
        let held = self.held(rule, world, at);
        let own = self.required(rule, world, at);
        if held.is_empty() {
            return own;
        }
        let is_open = held.iter().all(|one| one.truth == Truth::Unknown);
        let mut ways: Vec<(Option<&Held>, Judged)> = if is_open { vec![(None, own.clone())] } else { Vec::new() };
        let wins = |one: &&Held| held.iter().all(|other| other.at == one.at || other.truth == Truth::Unknown || one.def.goes_before(other.def));
        ways.extend(held.iter().filter(wins).map(|one| (Some(one), self.instead(rule, one.at, one.def, world, at))));
        if let Some((first, second)) = conflict(&held) {
            // No blank decides between two that surely hold: then there is no way at all.
            let may = any(ways.iter().map(|(_, judged)| judged.possible()));
            return Judged { may, ..self.at_odds(rule, &held, first, second) };
        }
        match <[_; 1]>::try_from(ways) {
            Ok([(Some(one), judged)]) => {
                let part = Part::Exception { rule, at: one.at, applies: one.truth, outcome: judged.outcome, judged: None, otherwise: Some(own.outcome) };
                Judged { parts: judged.parts.iter().cloned().chain([part]).collect(), ..judged }
            }
            Ok([(None, judged)]) => judged,
            Err(ways) => self.open(rule, &held, &ways),
        }
    }

    fn held(&self, rule: usize, world: &World, at: At) -> Vec<Held<'_>> {
        let mut held = Vec::new();
        for (place, def) in self.plan.rules[rule].exceptions.iter().enumerate().filter(|(_, def)| def.period.contains(world.as_of)) {
            let value = def.when.as_ref().map_or_else(|| Value::truth(Truth::True), |when| asked_or_not(self.value(world, when, at)));
            if value.as_truth() != Truth::False {
                held.push(Held { at: place, def, truth: value.as_truth(), causes: value.causes });
            }
        }
        held
    }

    /// What the exception asks in place of the rule.
    fn instead(&self, rule: usize, at: usize, def: &ExceptionDef, world: &World, unit: At) -> Judged {
        if def.require.is_empty() {
            return Judged { outcome: Outcome::Exempt, reason: vec![Cause { code: CauseCode::Exempted, at: place(rule, at, None) }], set_by: def.pack, ..blank(Form::Unasked) };
        }
        self.asked_of((&def.require, &[]), def.show.or(self.plan.rules[rule].show), world, unit, |judged| self.who_set_of(judged, def.pack))
    }

    /// Two hold, or may: which goes first nobody has said.
    fn at_odds(&self, rule: usize, held: &[Held], first: &Held, second: &Held) -> Judged {
        let mut reason = vec![Cause { code: CauseCode::Conflict, at: place(rule, first.at, Some(second.at)) }];
        for one in [first, second] {
            add_new(&mut reason, one.causes.iter().copied());
        }
        let parts = held.iter().map(|one| Part::Exception { rule, at: one.at, applies: one.truth, outcome: Outcome::Undecided, judged: None, otherwise: None }).collect();
        Judged { parts, ..self.unasked(rule, Outcome::Undecided, reason) }
    }

    /// Some conditions are open: decided only if every way comes to the same.
    fn open(&self, rule: usize, held: &[Held], ways: &[(Option<&Held>, Judged)]) -> Judged {
        let first = &ways[0].1;
        let same = ways.iter().all(|(_, judged)| judged.outcome == first.outcome);
        let outcome = if same { first.outcome } else { Outcome::Undecided };
        let mut reason = Vec::new();
        let of_conditions = held.iter().filter(|_| outcome == Outcome::Undecided).flat_map(|one| &one.causes);
        let of_ways = ways.iter().filter(|(_, judged)| judged.outcome == outcome).flat_map(|(_, judged)| &judged.reason);
        add_new(&mut reason, of_conditions.chain(of_ways).copied());
        let own = ways.iter().find(|(one, _)| one.is_none()).map(|(_, judged)| judged.outcome);
        let part = |(one, judged): &(Option<&Held>, Judged)| one.map(|one| Part::Exception { rule, at: one.at, applies: one.truth, outcome: judged.outcome, judged: Some(Box::new(judged.clone())), otherwise: own });
        let parts = ways.iter().filter_map(part);
        // What the rule itself comes to is shown where it may be the rule itself.
        let shown = if ways[0].0.is_none() { first.clone() } else { self.unasked(rule, outcome, Vec::new()) };
        let may = any(ways.iter().map(|(_, judged)| judged.possible()));
        let mut despite = Vec::new();
        if matches!(outcome, Outcome::Met | Outcome::NotMet) {
            // It is so whichever of them holds.
            let open = held.iter().filter(|one| one.truth == Truth::Unknown).flat_map(|one| one.causes.iter().copied());
            add_new(&mut despite, open.chain(ways.iter().flat_map(|(_, judged)| judged.despite())));
        }
        Judged { outcome, may, reason, despite, grades: None, attainment: None, parts: shown.parts.iter().cloned().chain(parts).collect(), rounding_flips: false, ..shown }
    }
}

/// What any of several may turn out to be.
fn any(all: impl Iterator<Item = May>) -> May {
    all.fold(May::NOTHING, |one, other| May { met: one.met || other.met, not_met: one.not_met || other.not_met, not_applicable: one.not_applicable || other.not_applicable })
}

fn place(rule: usize, at: usize, other: Option<usize>) -> Place {
    let narrow = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    Place::Exception { rule: u32::try_from(rule).unwrap_or(u32::MAX), at: narrow(at), other: other.map(narrow) }
}

/// Two of which neither goes before the other, unless one that surely holds goes before both and before all that do.
fn conflict<'h, 'p>(held: &'h [Held<'p>]) -> Option<(&'h Held<'p>, &'h Held<'p>)> {
    let sure = || held.iter().filter(|one| one.truth == Truth::True);
    for (place, second) in held.iter().enumerate() {
        for first in &held[..place] {
            let ordered = first.def.goes_before(second.def) || second.def.goes_before(first.def);
            let beaten = sure().any(|one| [first, second].into_iter().chain(sure()).all(|other| one.at == other.at || one.def.goes_before(other.def)) && one.at != first.at && one.at != second.at);
            if !ordered && !beaten {
                return Some((first, second));
            }
        }
    }
    None
}
