//! Overrides, waivers and exceptions, and rules that were withdrawn.

use crate::base::Span;
use crate::model::ast::{Claim, Exception, Override, Waiver, Withdrawn};

use super::declare::Clause;
use super::write::Writer;

impl Writer<'_> {
    pub fn override_head(&self, layer: &Override) -> String {
        let claim = match layer.claim {
            Claim::Stricter => "k_stricter",
            Claim::Looser => "k_looser",
            Claim::Replaces => "k_replaces",
        };
        format!("{}{} {}", self.name(&layer.values.id), self.titles(&layer.values.titles), self.word(claim))
    }

    pub fn exception_head(&self, exception: &Exception) -> String {
        let ruling = &exception.ruling;
        format!("{}{} {} {}", self.id(&ruling.id), self.titles(&ruling.titles), self.word("k_exception_to"), self.name(&exception.to))
    }

    pub fn override_clause(&self, layer: &Override, id: &str, span: Span) -> Option<Clause> {
        match id {
            "c_from" | "c_checked" => self.parameter_clause(&layer.values, id, span),
            _ => self.rule_clause(&layer.ruling, id, span),
        }
    }

    pub fn waiver_clause(&self, waiver: &Waiver, id: &str) -> Option<Clause> {
        Some(match id {
            "c_approved" => self.said(id, self.text(waiver.approved_by.as_ref()?)),
            "c_document" => self.said(id, self.text(waiver.document.as_ref()?)),
            "c_in_force" => self.said(id, self.window(waiver.in_force.as_ref()?)),
            _ => return None,
        })
    }

    pub fn exception_clause(&self, exception: &Exception, id: &str, span: Span) -> Option<Clause> {
        Some(match id {
            "c_exempt" => exception.exempt.map(|_| (self.word(id).to_string(), String::new()))?,
            "c_priority" => self.said(id, exception.priority?.to_string()),
            _ => return self.rule_clause(&exception.ruling, id, span),
        })
    }

    pub fn withdrawn(&self, withdrawn: &Withdrawn) -> String {
        let comma = self.pick(", ", "，");
        let from = format!("{} {}", self.word("c_from"), self.date(withdrawn.from));
        let authority = format!("{} {}", self.word("c_authority"), self.text(&withdrawn.authority));
        let reason = format!("{} {}", self.word("k_reason"), self.text(&withdrawn.reason));
        [from, authority, reason].join(comma)
    }
}
