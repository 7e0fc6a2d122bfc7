//! Units as written to units as meant.

use crate::base::{Text, Unit, fold};
use crate::base::unit::{COUNTERS, UNIT_WORDS, UnitWord, unit_word};
use crate::diag::catalog::{DividedByZero, UnknownUnit, nearest};
use crate::model::ast::{Name, UnitExpr};

use super::Checker;

impl Checker<'_> {
    /// The unit that is written here; a plain one, with a message, if it is none.
    pub(super) fn unit(&mut self, written: Option<&UnitExpr>) -> Unit {
        written.map_or_else(Unit::plain, |written| self.written_unit(written))
    }

    fn written_unit(&mut self, written: &UnitExpr) -> Unit {
        let over = written.over.as_ref().map_or_else(Unit::plain, |name| self.word(name));
        let Some(under) = &written.under else { return over };
        let under = self.word(under);
        match &written.each {
            Some(each) if each.is_zero() => {
                self.say(DividedByZero {}, written.span, super::unlabelled());
                over.over(&under)
            }
            Some(each) => over.per(each, &under),
            None => over.over(&under),
        }
    }

    fn word(&mut self, name: &Name) -> Unit {
        let folded = name.text.to_lowercase();
        if let Some(word) = find_word(&name.text).or_else(|| find_word(&folded)) {
            return Unit::from_word(word);
        }
        if matches!(name.text.as_str(), "percent" | "%") {
            return Unit::percent();
        }
        if COUNTERS.contains(&name.text.as_str()) {
            return Unit::plain();
        }
        if let Some(table) = self.tables.one(&name.text).and_then(|table| self.plan.tables.get(table)) {
            return table.counted_in.clone();
        }
        let words = UNIT_WORDS.iter().flat_map(|word| word.en.iter().chain(word.zh)).copied();
        let near = match nearest(&name.text, words) {
            Some(near) => Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？")),
            None => {
                let list = |pick: fn(&UnitWord) -> &str| UNIT_WORDS.iter().map(pick).collect::<Vec<_>>();
                Text::new(format!("units are {}", list(|word| word.en[0]).join(", ")), format!("单位有 {}", list(|word| word.zh[0]).join("、")))
            }
        };
        self.miss(UnknownUnit { word: name.text.as_str().into(), near }, name);
        Unit::plain()
    }
}

fn find_word(spelling: &str) -> Option<&'static UnitWord> {
    unit_word(spelling).or_else(|| unit_word(&fold(spelling)))
}

/// A number behind which stands no more than a counter: it takes the unit that is due.
pub(super) fn is_counted(written: &crate::model::ast::Quantity) -> bool {
    written.unit.as_ref().is_some_and(is_counter)
}

/// A unit that may merely count, as 人 or 个 after a number: it then takes the other side's unit.
pub(super) fn is_counter(written: &UnitExpr) -> bool {
    match (&written.over, &written.under, &written.each) {
        (Some(name), None, None) => COUNTERS.contains(&name.text.as_str()) || find_word(&name.text).is_some_and(|word| word.counter && word.zh.contains(&name.text.as_str())),
        _ => false,
    }
}
