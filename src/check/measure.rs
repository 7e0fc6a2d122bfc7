//! Measures: looked into when first needed, so that they may stand in any order.

use crate::base::{Span, TermKind, Text};
use crate::diag::catalog::{MeasureOfItself, MeasureTooLarge, MeasuresTooDeep};
use crate::model::ast::{self, ItemKind};
use crate::model::plan::{Level, MeasureDef, Node, Titles, Type};

use super::scope::{Scope, unit_of, unknown};
use super::{Checker, titles, unlabelled};

/// How deep an expression may nest when every measure in it is opened: all that is done with it later goes as deep, and has
/// room for it on every thread.
pub(super) const DEEPEST: usize = 640;

/// As many parts may a measure have when every measure in it is opened: a row is asked for each of them.
const MOST_PARTS: usize = 10_000;

/// A measure on its way.
pub(super) struct Work<'a> {
    pub(super) names: Titles,
    item: &'a ast::Measure,
    pub(super) of: usize,
    state: State,
    /// The kind of period that whoever uses it must have at hand.
    pub(super) needs: Option<TermKind>,
    /// How deep it is nested, those that it needs opened.
    height: usize,
    /// How many parts it has, those that it needs opened.
    parts: usize,
}

enum State {
    Waiting,
    /// Being looked into: whoever needs it now needs itself.
    Begun,
    Done(Node),
}

impl<'a> Checker<'a> {
    pub(super) fn declare_measures(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        for item in items {
            let ItemKind::Measure(measure) = &item.kind else { continue };
            let Some(of) = self.table_named(&measure.of) else { continue };
            if measure.body.is_none() && !item.broken {
                self.nothing_said(Text::new("a measure", "计算项"), Text::from("="), measure.id.span);
            }
            let names = titles(&measure.id.text, &measure.titles);
            match self.measures[of].add(&names, self.work.len()) {
                Ok(()) => self.work.push(Work { names, item: measure, of, state: State::Waiting, needs: None, height: 0, parts: 0 }),
                Err(first) => {
                    let first = self.work[first].item.id.span;
                    self.twice(&measure.id, Some(first));
                }
            }
        }
    }

    /// What a measure is, asked from a place that needs it.
    pub(super) fn measure_type(&mut self, measure: usize, span: Span) -> Type {
        match &self.work[measure].state {
            State::Done(body) if body.ty == Type::Unknown => Type::Unknown,
            State::Done(_) => {
                if self.has_room(measure, span) { self.known_type(measure) } else { Type::Unknown }
            }
            State::Begun => {
                let name = Text::from(&self.work[measure].names.id);
                self.say(MeasureOfItself { name }, span, unlabelled());
                Type::Unknown
            }
            State::Waiting => {
                self.measure(measure);
                // Of one that is too deep nothing is known, and here that is said.
                if self.has_room(measure, span) { self.known_type(measure) } else { Type::Unknown }
            }
        }
    }

    fn known_type(&self, measure: usize) -> Type {
        if let State::Done(body) = &self.work[measure].state { body.ty.clone() } else { Type::Unknown }
    }

    /// Whether what is at hand may open this measure. Errors: said, with `false`.
    fn has_room(&mut self, measure: usize, span: Span) -> bool {
        let deep = self.depth + self.work[measure].height;
        if deep > DEEPEST {
            self.say(MeasuresTooDeep { most: DEEPEST.into() }, span, unlabelled());
            return false;
        }
        self.deepest = self.deepest.max(deep);
        self.parts += self.work[measure].parts;
        true
    }

    fn measure(&mut self, measure: usize) {
        self.work[measure].state = State::Begun;
        let (item, of) = (self.work[measure].item, self.work[measure].of);
        let scope = Scope::of(Level { table: Some(of), ..Level::default() });
        // A measure speaks of rows, wherever it is used: the outcome of a rule has no place in it.
        let scope = Scope { frames: vec![scope.frames[0].clone(), scope.frames[0].clone()], borrows: true, ..scope };
        let outer = (self.needs.take(), std::mem::take(&mut self.asking));
        let above = std::mem::replace(&mut self.deepest, self.depth);
        let beside = std::mem::take(&mut self.parts);
        self.depth += 1;
        let before = self.missed;
        let unit = item.unit.is_some().then(|| self.unit(item.unit.as_ref()));
        let lost_unit = self.missed > before;
        let mut body = item.body.as_ref().map_or_else(|| unknown(item.id.span), |body| self.expr(body, &scope, unit.as_ref()));
        if lost_unit {
            body = unknown(body.span);
        }
        if let (Some(unit), Type::Number(found)) = (unit, &body.ty) {
            if unit.same_dimension(found) {
                body.ty = Type::Number(unit);
            } else {
                let found = unit_of(&body);
                let place = item.unit.as_ref().map_or(item.id.span, |written| written.span);
                self.units_differ((&unit, place), (&found, body.span));
                body = unknown(body.span);
            }
        }
        let parts = std::mem::replace(&mut self.parts, beside);
        if parts > MOST_PARTS {
            self.say(MeasureTooLarge { most: MOST_PARTS.into() }, item.id.span, unlabelled());
            body = unknown(body.span);
        }
        self.work[measure].parts = parts;
        self.work[measure].needs = std::mem::replace(&mut self.needs, outer.0);
        self.asking = outer.1;
        self.depth -= 1;
        self.work[measure].height = std::mem::replace(&mut self.deepest, above) - self.depth;
        self.work[measure].state = State::Done(body);
    }

    pub(super) fn finish_measures(&mut self) {
        for measure in 0..self.work.len() {
            let span = self.work[measure].item.id.span;
            self.measure_type(measure, span);
        }
        for work in &self.work {
            let body = match &work.state {
                State::Done(body) => body.clone(),
                State::Waiting | State::Begun => unknown(work.item.id.span),
            };
            self.plan.measures.push(MeasureDef { names: work.names.clone(), of: work.of, body, show: work.item.show, span: work.item.id.span });
        }
    }
}
