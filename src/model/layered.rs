//! What layers and exceptions mean: who set what instead of whom, who approved it, and what holds otherwise for some.

use crate::base::{Date, Span};

use super::ast::{Claim, Grade};
use super::plan::{Constant, DatedDef, Key, Node, Period, Plan, RuleDef, Titles, Told};

/// What a pack sets instead of the pack that it extends.
#[derive(Clone, Debug)]
pub struct OverrideDef {
    pub pack: usize,
    pub of: Overridden,
    pub claim: Claim,
    /// Whether the rules show which of it and the layer above is stricter.
    pub comparable: bool,
    pub waiver: Option<WaiverDef>,
    /// The days on which it may count at all: those of its pack, of its own clause and of its waiver.
    pub period: Period,
    /// The values as they are written; they are put into those of the parameter already.
    pub values: Vec<DatedDef>,
    /// What the rule asks instead.
    pub ruling: Option<RulingDef>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overridden {
    Parameter(usize),
    Rule(usize),
}

/// Who let a layer be looser, by which document, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverDef {
    pub approved_by: String,
    pub document: Option<String>,
    pub period: Period,
    pub span: Span,
}

/// What is asked instead; what is not said stays as the layer above has it.
#[derive(Clone, Debug)]
pub struct RulingDef {
    pub when: Option<Node>,
    /// Empty where it is not said.
    pub require: Vec<Node>,
    pub cites: Vec<String>,
    pub message: Option<Told>,
    pub remedy: Option<Told>,
    pub show: Option<u32>,
}

/// A value of a parameter that a layer set: whose it is, and what stands there without it.
#[derive(Clone, Debug)]
pub struct SetDef {
    /// `None` for `otherwise`.
    pub keys: Option<Vec<Key>>,
    /// The override, by its place in the plan.
    pub by: usize,
    pub source: Option<String>,
    /// What the layer above has there, and the pack that set it.
    pub than: Option<Constant>,
    pub above: usize,
    /// Where the layer above says it; `None` where it says nothing on these days.
    pub than_span: Option<Span>,
    pub span: Span,
}

/// What holds instead of a rule for the units of which a condition is true.
#[derive(Clone, Debug)]
pub struct ExceptionDef {
    pub names: Titles,
    pub pack: usize,
    pub cites: Vec<String>,
    /// Said of a unit of the rule; all of them where it is not said.
    pub when: Option<Node>,
    /// Empty for an exemption.
    pub require: Vec<Node>,
    pub show: Option<u32>,
    /// The smaller goes before the greater.
    pub priority: Option<u32>,
    pub period: Period,
    pub waiver: Option<WaiverDef>,
    pub span: Span,
}

impl ExceptionDef {
    /// Whether it goes before another where both hold: only stated priorities say so.
    pub fn goes_before(&self, other: &ExceptionDef) -> bool {
        self.priority.zip(other.priority).is_some_and(|(own, other)| own < other)
    }
}

/// When a rule was withdrawn, by whom and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawnDef {
    pub from: Date,
    pub authority: String,
    pub reason: String,
}

/// What a rule asks on a day, layers considered.
#[derive(Clone, Copy, Debug)]
pub struct Ruling<'p> {
    pub when: Option<&'p Node>,
    pub require: &'p [Node],
    pub grades: &'p [(Grade, Node)],
    pub show: Option<u32>,
    pub cites: &'p [String],
    pub message: Option<&'p Told>,
    pub remedy: Option<&'p Told>,
    /// The override that it is from, if it is from one.
    pub by: Option<usize>,
}

impl<'p> Ruling<'p> {
    /// What is required, and what each grade takes.
    pub fn requirements(&self) -> impl Iterator<Item = &'p Node> + use<'p> {
        self.require.iter().chain(self.grades.iter().map(|(_, when)| when))
    }
}

impl Plan {
    /// What a rule asks on a day: of each clause what the lowest layer in force says.
    pub fn ruling<'p>(&'p self, rule: &'p RuleDef, day: Date) -> Ruling<'p> {
        let mut ruling = Ruling { when: rule.when.as_ref(), require: &rule.require, grades: &rule.grades, show: rule.show, cites: &rule.cites, message: rule.message.as_ref(), remedy: rule.remedy.as_ref(), by: None };
        for (at, layer) in rule.layers.iter().filter_map(|at| self.overrides.get(*at).map(|layer| (*at, layer))) {
            let Some(said) = layer.ruling.as_ref().filter(|_| layer.period.contains(day)) else { continue };
            ruling.when = said.when.as_ref().or(ruling.when);
            if !said.require.is_empty() {
                (ruling.require, ruling.grades) = (&said.require, &[]);
            }
            ruling.show = said.show.or(ruling.show);
            ruling.cites = if said.cites.is_empty() { ruling.cites } else { &said.cites };
            ruling.message = said.message.as_ref().or(ruling.message);
            ruling.remedy = said.remedy.as_ref().or(ruling.remedy);
            ruling.by = Some(at);
        }
        ruling
    }

    /// Whether a pack stands above another: the other extends it, or extends one that does.
    pub fn is_above(&self, high: usize, low: usize) -> bool {
        let bases = std::iter::successors(self.packs.get(low).and_then(|pack| pack.extends), |base| self.packs.get(*base).and_then(|pack| pack.extends));
        // As many steps as there are packs: the checker has said where they go round.
        bases.take(self.packs.len()).any(|base| base == high)
    }
}

impl DatedDef {
    /// The layer that set the value of these keys, if one did.
    pub fn set_of(&self, keys: &[Key]) -> Option<&SetDef> {
        let named = self.values.iter().any(|(own, _)| own.as_slice() == keys);
        self.set.iter().find(|set| if named { set.keys.as_deref() == Some(keys) } else { set.keys.is_none() })
    }

    /// The value of these keys, else that of all others.
    pub fn value_of(&self, keys: &[Key]) -> Option<&Constant> {
        self.values.iter().find(|(own, _)| own.as_slice() == keys).map(|(_, value)| value).or(self.otherwise.as_ref())
    }
}

impl RuleDef {
    /// Everything that is said of a unit: who is asked, when, what, by whichever layer, by its exceptions, and what is told of it.
    pub fn nodes<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = &'p Node> {
        let layers = self.layers.iter().filter_map(|at| plan.overrides.get(*at)?.ruling.as_ref());
        let told = layers.clone().flat_map(|said| said.message.iter().chain(&said.remedy)).chain(&self.message).chain(&self.remedy).flat_map(Told::values);
        let layers = layers.flat_map(|said| said.when.iter().chain(&said.require));
        let exceptions = self.exceptions.iter().flat_map(|exception| exception.when.iter().chain(&exception.require));
        self.scope.iter().chain(&self.when).chain(self.requirements()).chain(layers).chain(exceptions).chain(told)
    }
}

impl Period {
    /// The days that lie in both; `None` where there are none.
    pub fn overlap(self, other: Period) -> Option<Period> {
        let both = self.within(other);
        both.has_days().then_some(both)
    }

    /// The days that lie in both, if there are any.
    #[must_use]
    pub fn within(self, other: Period) -> Period {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Period { from, to }
    }

    /// Whether it does not end before it begins.
    pub fn has_days(self) -> bool {
        self.from.zip(self.to).is_none_or(|(from, to)| from <= to)
    }

    /// Whether every day of the other lies in it.
    pub fn covers(self, other: Period) -> bool {
        self.within(other) == other
    }
}
