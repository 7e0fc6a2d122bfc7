//! Code lists.

use std::collections::BTreeMap;

use crate::base::{Text, fold};
use crate::diag::catalog::{DeclaredTwice, SameSpelling, UnknownCode, UnknownCodes};
use crate::model::ast::{self, ItemKind, Name};
use crate::model::plan::{CodeDef, CodeList, Titles};

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
                Ok(()) => defs.push(CodeDef { spellings: spellings(&names, code), names }),
                Err(_) => self.twice(&code.id, None),
            }
        }
        self.refuse_same_spelling(&codes.codes);
        self.code_names.push(index);
        self.plan.codes.push(CodeList { names, best_first: codes.best_first, codes: defs, span: codes.id.span });
    }

    /// A cell is a code by its id, a title or a number: two codes of one list share none of them.
    fn refuse_same_spelling(&mut self, codes: &[ast::Code]) {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (at, code) in codes.iter().enumerate() {
            let spellings = std::iter::once(&code.id.text).chain(code.titles.iter().map(|title| &title.text)).chain(&code.numbers);
            for spelling in spellings {
                let first = *known.entry(as_cell(spelling)).or_insert(at);
                // Of two codes of one id that is said already.
                if first != at && fold(&codes[first].id.text) != fold(&code.id.text) {
                    let message = SameSpelling { spelling: spelling.as_str().into(), first: codes[first].id.text.as_str().into(), second: code.id.text.as_str().into() };
                    self.say(message, code.id.span, Text::new("this one", "此处"));
                    self.beside(codes[first].id.span, Text::new("and this one", "与此处"));
                }
            }
        }
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

/// A spelling as a cell is compared with it: also without regard to capitals.
pub(super) fn as_cell(spelling: &str) -> String {
    fold(spelling).to_lowercase()
}

/// What stands for a code in data beside its id and the title of each language.
fn spellings(names: &Titles, code: &ast::Code) -> Vec<String> {
    let further = code.titles.iter().map(|title| &title.text).filter(|title| !names.all().any(|name| name == title.as_str()));
    further.chain(&code.numbers).cloned().collect()
}
