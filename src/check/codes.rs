//! Code lists.

use crate::diag::catalog::{DeclaredTwice, UnknownCode, UnknownCodes};
use crate::model::ast::{self, ItemKind, Name};
use crate::model::plan::{CodeDef, CodeList};

use super::index::{Index, suggest};
use super::{Checker, titles};

impl<'a> Checker<'a> {
    pub(super) fn code_lists(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        for item in items {
            if let ItemKind::Codes(codes) = &item.kind {
                self.code_list(codes);
            }
        }
    }

    fn code_list(&mut self, codes: &ast::Codes) {
        let names = titles(&codes.id.text, &codes.titles);
        if let Err(first) = self.codes.add(&names, self.plan.codes.len()) {
            return self.twice(&codes.id, Some(self.plan.codes[first].span));
        }
        let mut index = Index::default();
        let mut defs = Vec::new();
        for code in &codes.codes {
            let names = titles(&code.id.text, &code.titles);
            match index.add(&names, defs.len()) {
                Ok(()) => defs.push(CodeDef { names, numbers: code.numbers.clone() }),
                Err(_) => self.twice(&code.id, None),
            }
        }
        self.code_names.push(index);
        self.plan.codes.push(CodeList { names, best_first: codes.best_first, codes: defs, span: codes.id.span });
    }

    /// Says that a name is declared twice, with both places where the first is known.
    pub(super) fn twice(&mut self, name: &Name, first: Option<crate::base::Span>) {
        self.say(DeclaredTwice { name: name.text.as_str().into() }, name.span, crate::base::Text::new("the second", "第二处"));
        if let (Some(first), Some(said)) = (first, self.said.last_mut()) {
            *said = said.clone().at(first, crate::base::Text::new("the first", "第一处"));
        }
    }

    /// The code list of this name.
    pub(super) fn codes_named(&mut self, name: &Name) -> Option<usize> {
        let found = self.codes.one(&name.text);
        if found.is_none() {
            let near = suggest(&name.text, self.codes.names().collect::<Vec<_>>().into_iter());
            self.miss(UnknownCodes { name: name.text.as_str().into(), near }, name);
        }
        found
    }

    /// The code of this list.
    pub(super) fn code_named(&mut self, list: usize, name: &Name) -> Option<u16> {
        if let Some(place) = self.code_names[list].one(&name.text) {
            return u16::try_from(place).ok();
        }
        let near = suggest(&name.text, self.code_names[list].names().collect::<Vec<_>>().into_iter());
        let list = self.plan.codes[list].names.short();
        self.miss(UnknownCode { name: name.text.as_str().into(), list, near }, name);
        None
    }
}
