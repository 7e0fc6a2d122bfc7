//! What every lint looks with: the plan, expressions told apart, and a bound on how much is looked at.

use std::cell::{Cell, OnceCell};

use crate::model::keys::Keys;
use crate::model::plan::{Plan, RuleDef};

use super::claim::Claim;
use super::facts::Facts;
use super::lookup::Lookup;

/// How many expressions are opened for one question. What lies beyond is left open: nothing is said of it.
const MOST: u32 = 20_000;
const DEEPEST: u32 = 200;

pub struct Sight<'p> {
    pub plan: &'p Plan,
    pub keys: Keys<'p>,
    left: Cell<u32>,
    deep: Cell<u32>,
    /// What several lints ask for, found once.
    claims: OnceCell<Vec<Claim<'p>>>,
    lookups: OnceCell<(Vec<Lookup>, bool)>,
}

impl<'p> Sight<'p> {
    pub fn new(plan: &'p Plan) -> Sight<'p> {
        Sight { plan, keys: Keys::new(plan), left: Cell::new(MOST), deep: Cell::new(0), claims: OnceCell::new(), lookups: OnceCell::new() }
    }

    /// What every rule requires.
    pub fn all_claims(&self) -> &[Claim<'p>] {
        self.claims.get_or_init(|| (0..self.plan.rules.len()).flat_map(|rule| self.claims(rule)).collect())
    }

    /// Every place where a rule looks a parameter up, itself or through measures; and whether all of it was looked at.
    pub fn lookups(&self) -> (&[Lookup], bool) {
        let (found, whole) = self.lookups.get_or_init(|| self.find_lookups());
        (found, *whole)
    }

    /// Begins a question.
    pub fn afresh(&self) {
        self.left.set(MOST);
    }

    /// Whether all that was asked since [`Sight::afresh`] was looked at.
    pub fn saw_all(&self) -> bool {
        self.left.get() > 0
    }

    /// What is found one step deeper; `None` where that would be too deep, or too much.
    pub fn deeper<T>(&self, look: impl FnOnce() -> T) -> Option<T> {
        let left = self.left.get();
        if left == 0 || self.deep.get() >= DEEPEST {
            self.left.set(0);
            return None;
        }
        self.left.set(left - 1);
        self.deep.set(self.deep.get() + 1);
        let found = look();
        self.deep.set(self.deep.get() - 1);
        Some(found)
    }

    /// What is sure of a unit that a rule asks: its codes, who is asked, when it bites.
    pub fn asked(&self, rule: &RuleDef) -> Facts {
        let mut facts = self.in_scope(rule);
        rule.when.iter().for_each(|condition| self.assume(condition, true, &mut facts));
        facts
    }

    /// The same before `when`.
    pub fn in_scope(&self, rule: &RuleDef) -> Facts {
        self.afresh();
        let mut facts = self.codes_asked(rule);
        rule.scope.iter().for_each(|condition| self.assume(condition, true, &mut facts));
        facts
    }
}
