//! What layers and exceptions were written as: the pack that one extends, what it sets instead, who approved it, and
//! what holds otherwise for some.

use crate::base::{Date, Span};

use super::ast::{Name, Parameter, Quoted, Rule, Window};

/// `extends quality-balance 2017.3`.
#[derive(Clone, Debug)]
pub struct Extends {
    pub id: Name,
    pub version: String,
    pub span: Span,
}

/// What a layer says of its own standard beside that of the layer above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    Stricter,
    Looser,
    Replaces,
}

/// `override funding_base stricter`: values of a parameter, or what a rule requires. Its own id is the name of what it
/// overrides; one of the two is empty.
#[derive(Clone, Debug)]
pub struct Override {
    pub claim: Claim,
    pub values: Parameter,
    pub ruling: Rule,
}

/// `waiver funding_base`: who let a layer be looser than the one above, in what, and until when.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub of: Name,
    pub titles: Vec<Quoted>,
    pub approved_by: Option<Quoted>,
    pub document: Option<Quoted>,
    pub in_force: Option<Window>,
}

/// `exception L3_small "…" to L3`: for whom (`when`), what is required of them instead, or nothing at all (`exempt`).
#[derive(Clone, Debug)]
pub struct Exception {
    pub to: Name,
    pub exempt: Option<Span>,
    pub priority: Option<u32>,
    /// Its id, titles, condition, requirements and dates.
    pub ruling: Rule,
}

/// `withdrawn from 2024-01-01, authority "…", reason "…"`.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    pub from: Date,
    pub authority: Quoted,
    pub reason: Quoted,
    pub span: Span,
}
