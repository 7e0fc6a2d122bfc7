//! Lints that are set aside, and how far: an item's own lines, or all files of a pack.

use crate::base::{SourceId, Span};
use crate::model::ast::{self, ItemKind};
use crate::model::plan::{AllowDef, Reach};

use super::Checker;

impl Checker<'_> {
    pub(super) fn allows(&mut self, files: &[ast::File]) {
        let sources = files.iter().flat_map(|file| &file.items).map(|item| item.span.source.0).max().map_or(0, |last| last + 1);
        self.plan.files = (0..sources).map(|source| self.pack_at(Span { source: SourceId(source), ..Span::default() })).collect();
        for file in files {
            let starts: Vec<Span> = file.items.iter().map(|item| item.span).chain(file.broken.iter().copied()).collect();
            for item in file.items.iter().filter(|item| !item.allows.is_empty()) {
                let next = starts.iter().map(|span| span.start).filter(|start| *start > item.span.start).min();
                let reach = match item.kind {
                    ItemKind::Pack(_) => self.files_of(item.span.source),
                    _ => Reach::Item(Span { end: next.unwrap_or(u32::MAX), ..item.span }),
                };
                let defs = item.allows.iter().map(|allow| AllowDef { code: allow.code.clone(), until: allow.until, reason: allow.reason.text.clone(), reach, span: allow.span });
                self.plan.allows.extend(defs);
            }
        }
    }

    /// The files of the pack that begins in this one.
    fn files_of(&self, first: SourceId) -> Reach {
        let end = self.pack_of.iter().copied().filter(|other| *other > first.0 as usize).min();
        Reach::Files(first, SourceId(end.and_then(|end| u32::try_from(end).ok()).unwrap_or(u32::MAX)))
    }
}
