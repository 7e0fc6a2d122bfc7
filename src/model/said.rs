//! What outcomes, grades and claims are called, and how the ends of a number are told, in both languages: the only place.

use crate::base::{Lang, Text};

use super::ast::{Claim, Grade};
use super::verdict::Outcome;

/// A word in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub en: &'static str,
    pub zh: &'static str,
}

impl Word {
    pub fn text(self) -> Text {
        Text::new(self.en, self.zh)
    }

    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

pub const fn word(en: &'static str, zh: &'static str) -> Word {
    Word { en, zh }
}

impl Outcome {
    pub fn word(self) -> Word {
        match self {
            Outcome::Met => word("met", "达标"),
            Outcome::NotMet => word("not met", "不达标"),
            Outcome::Undecided => word("undecided", "无法判定"),
            Outcome::NotApplicable => word("not applicable", "不适用"),
            Outcome::Exempt => word("exempt", "豁免"),
        }
    }

    pub fn text(self) -> Text {
        self.word().text()
    }
}

impl Grade {
    pub fn word(self) -> Word {
        match self {
            Grade::Qualified => word("qualified", "合格"),
            Grade::Basic => word("basic", "基本合格"),
            Grade::NotQualified => word("not qualified", "不合格"),
        }
    }

    pub fn text(self) -> Text {
        self.word().text()
    }
}

impl Claim {
    /// How a layer stands to what is above it: `stricter than …`.
    pub fn text(self) -> Text {
        match self {
            Claim::Stricter => Text::new("stricter than", "严于"),
            Claim::Looser => Text::new("looser than", "宽于"),
            Claim::Replaces => Text::new("in place of", "替换"),
        }
    }
}

pub const UNKNOWN: Word = word("unknown", "未知");
pub const BLANK: Word = word("(blank)", "（空白）");

/// What is known of a number of which only the ends are; a unit stands behind the last of them.
pub fn between(low: &str, high: &Text) -> Text {
    Text::new(format!("between {low} and {}", high.en), format!("介于 {low} 与 {} 之间", high.zh))
}

pub fn at_least(low: &Text) -> Text {
    Text::new(format!("at least {}", low.en), format!("不低于 {}", low.zh))
}

pub fn at_most(high: &Text) -> Text {
    Text::new(format!("at most {}", high.en), format!("不超过 {}", high.zh))
}
