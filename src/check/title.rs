//! Titles: one in each language, and none that nobody would ever see.

use crate::diag::catalog::TitleTwice;
use crate::model::ast::{Item, ItemKind, Quoted};

use super::codes::as_cell;
use super::{Checker, unlabelled};

impl Checker<'_> {
    pub(super) fn refuse_idle_titles<'i>(&mut self, items: impl Iterator<Item = &'i Item>) {
        for item in items {
            match &item.kind {
                ItemKind::Pack(pack) => self.one_of_each(&pack.titles),
                ItemKind::Codes(codes) => {
                    self.one_of_each(&codes.titles);
                    codes.codes.iter().for_each(|code| self.none_again(&code.titles));
                }
                ItemKind::Table(table) => {
                    self.one_of_each(&table.titles);
                    table.keys.iter().chain(&table.columns).chain(&table.period).for_each(|column| self.one_of_each(&column.titles));
                    table.parents.iter().for_each(|parent| self.one_of_each(&parent.titles));
                }
                ItemKind::Split(split) => {
                    self.one_of_each(&split.titles);
                    split.parts.iter().for_each(|part| self.one_of_each(&part.titles));
                    split.own.iter().for_each(|own| self.one_of_each(&own.titles));
                }
                ItemKind::Parameter(parameter) => self.one_of_each(&parameter.titles),
                ItemKind::Measure(measure) => self.one_of_each(&measure.titles),
                ItemKind::Rule(rule) => self.one_of_each(&rule.titles),
                ItemKind::Exception(exception) => self.one_of_each(&exception.ruling.titles),
                // What is overridden or waived is called as it is where it stands.
                ItemKind::Override(layer) => self.no_title(&layer.values.titles),
                ItemKind::Waiver(waiver) => self.no_title(&waiver.titles),
            }
        }
    }

    fn one_of_each(&mut self, titles: &[Quoted]) {
        for (at, title) in titles.iter().enumerate() {
            if titles[..at].iter().any(|before| before.text.is_ascii() == title.text.is_ascii()) {
                self.no_title(std::slice::from_ref(title));
            }
        }
    }

    /// Further titles of a code are further ways in which data write it.
    fn none_again(&mut self, titles: &[Quoted]) {
        for (at, title) in titles.iter().enumerate() {
            if titles[..at].iter().any(|before| as_cell(&before.text) == as_cell(&title.text)) {
                self.no_title(std::slice::from_ref(title));
            }
        }
    }

    pub(super) fn no_title(&mut self, titles: &[Quoted]) {
        for title in titles {
            self.say(TitleTwice { title: title.text.as_str().into() }, title.span, unlabelled());
        }
    }
}
