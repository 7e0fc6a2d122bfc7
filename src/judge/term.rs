//! Units by their periods: which are asked, and which rows of a table that holds several.

use std::collections::BTreeSet;

use crate::base::Term;
use crate::eval::{At, World, bare_key};
use crate::model::needs::Needs;
use crate::model::plan::RuleDef;
use crate::model::value::{Cause, Truth, Value};

use super::Judge;

impl Judge<'_> {
    /// The one period that a rule asks; `None` where it asks each, or none.
    pub(super) fn term(&self, rule: usize) -> Option<Term> {
        self.plan.rules[rule].one_term(self.ask.as_of)
    }

    /// The periods that a rule asks its units for: those that its tables hold, and those of the rules that it counts, in the
    /// order of time.
    ///
    /// Where they hold none there is still one unit, of which nothing is known: that nobody is asked must not look well.
    pub(super) fn terms_asked(&self, rule: usize) -> Vec<Option<Term>> {
        let def = &self.plan.rules[rule];
        let Some(kind) = def.at.each.filter(|_| !self.has_periods(def)) else { return vec![None] };
        let among = def.term.and_then(|when| when.term(self.ask.as_of, None));
        let read = Needs::of(self.plan, rule).aggregates;
        let tables: BTreeSet<usize> = self.plan.aggregates.iter().zip(read).filter(|(_, is_read)| *is_read).map(|(def, _)| def.over).collect();
        let held = tables.into_iter().filter_map(|table| self.reduced.kept.get(table)?.as_ref()).flat_map(|kept| kept.of(kind));
        let terms: BTreeSet<Term> = held.filter(|term| among.is_none_or(|among| term.within(among.kind) == Some(among))).copied().collect();
        if terms.is_empty() { vec![None] } else { terms.into_iter().map(Some).collect() }
    }

    /// Whether the rows asked are themselves of periods.
    fn has_periods(&self, def: &RuleDef) -> bool {
        def.at.table.is_some_and(|table| self.plan.tables[table].period.is_some())
    }

    /// Of rows of periods: one for each key, that of the period asked or else the latest; and those of unknown period.
    pub(super) fn rows_asked(&self, world: &World, def: &RuleDef, rows: &[u32]) -> Vec<u32> {
        let Some(table) = def.at.table.filter(|_| self.has_periods(def) && def.at.each.is_none()) else { return rows.to_vec() };
        let Some(term) = def.term.and_then(|when| when.term(self.ask.as_of, None)) else { return rows.to_vec() };
        let kept = self.reduced.kept.get(table).and_then(Option::as_ref);
        let keyed = !self.plan.tables[table].key.is_empty();
        let is_asked = |row: &&u32| match world.row_term(table, **row) {
            None => true,
            Some(own) if own == term || !keyed => own == term,
            Some(_) => {
                let of_key = kept.and_then(|kept| kept.rows.get(&bare_key(self.plan, self.tables, table, **row)));
                of_key.is_some_and(|rows| rows.iter().all(|(own, _)| *own != term) && rows.last().is_some_and(|(_, last)| last == *row))
            }
        };
        rows.iter().filter(is_asked).copied().collect()
    }

    /// Whether a row is of the period that the rule asks. Errors: the key has no row of that period.
    pub(super) fn of_the_period(&self, world: &World, def: &RuleDef, at: At) -> Result<Value, Cause> {
        let yes = Value::truth(Truth::True);
        let Some((table, when)) = at.table.filter(|_| self.has_periods(def)).zip(def.term) else { return Ok(yes) };
        let Some(term) = when.term(self.ask.as_of, None) else { return Ok(yes) };
        match world.row_term(table, at.row) {
            None => Ok(Value { causes: world.term_cell(table, at.row).map(|cell| cell.causes).unwrap_or_default(), ..Value::truth(Truth::Unknown) }),
            Some(own) if def.at.each.is_some() => Ok(Value::truth(Truth::from_bool(own.within(term.kind) == Some(term)))),
            Some(_) => world.sibling(table, at.row, term).map(|_| yes),
        }
    }
}
