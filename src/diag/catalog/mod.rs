//! Every message: code, severity, name, page, text and help, in English and Chinese. The only place.
//!
//! A hole that is no field of its message, or a language left out, does not compile. Texts are lowercase, without a final
//! period, the user's own words in backticks; the help says one thing to do. Codes never change their meaning.

mod data;
mod explained;
mod grades;
mod layers;
mod lint;
mod differences;
mod names;
mod personal;
mod phrases;
mod places;
mod records;
mod syntax;
mod tested;
mod time;
mod unused;
mod usage;

pub use data::*;
pub use explained::*;
pub use personal::*;
pub use grades::*;
pub use layers::*;
pub use lint::*;
pub use differences::*;
pub use names::*;
pub use phrases::*;
pub use places::*;
pub use records::*;
pub use syntax::*;
pub use tested::*;
pub use time::*;
pub use unused::*;
pub use usage::*;

use std::borrow::Cow;

use crate::base::{Lang, Text, is_hidden, visible};

use super::Severity;

/// What `heng explain CODE` prints.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub code: &'static str,
    pub severity: Severity,
    pub name: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
}

impl Page {
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// Every page, by code.
pub fn pages() -> Vec<Page> {
    let mut pages = [syntax::PAGES, names::PAGES, grades::PAGES, layers::PAGES, data::PAGES, records::PAGES, tested::PAGES, differences::PAGES, usage::PAGES, lint::PAGES, time::PAGES, explained::PAGES, personal::PAGES, places::PAGES, unused::PAGES].concat();
    pages.sort_by_key(|page| page.code);
    pages
}

/// Declares messages: one struct each, whose fields are texts in both languages.
///
/// ```text
/// E0101 Error UnknownItem(word, near)
///   page "…" "…"
///   text "…" "…"
///   help "…" "…"
/// ```
macro_rules! messages {
    ($($code:ident $severity:ident $name:ident($($hole:ident),*) page $page_en:literal $page_zh:literal text $en:literal $zh:literal help $help_en:literal $help_zh:literal)*) => {
        $(
            #[doc = $page_en]
            #[derive(Clone, Debug)]
            pub struct $name { $(pub $hole: $crate::base::Text),* }

            impl $name {
                pub const CODE: &'static str = stringify!($code);
            }

            impl $crate::diag::Message for $name {
                fn code(&self) -> &'static str {
                    Self::CODE
                }
                fn severity(&self) -> $crate::diag::Severity {
                    $crate::diag::Severity::$severity
                }
                fn text(&self) -> $crate::base::Text {
                    $crate::base::Text { en: { $(let $hole = super::hole(&self.$hole.en); let _ = &$hole;)* format!($en) }, zh: { $(let $hole = super::hole(&self.$hole.zh); let _ = &$hole;)* format!($zh) } }
                }
                fn help(&self) -> $crate::base::Text {
                    $crate::base::Text { en: { $(let $hole = super::hole(&self.$hole.en); let _ = &$hole;)* format!($help_en) }, zh: { $(let $hole = super::hole(&self.$hole.zh); let _ = &$hole;)* format!($help_zh) } }
                }
            }

            impl From<$name> for $crate::diag::Diagnostic {
                fn from(message: $name) -> $crate::diag::Diagnostic {
                    $crate::diag::Diagnostic::new(&message)
                }
            }
        )*

        pub(super) const PAGES: &[super::Page] = &[$(super::Page { code: stringify!($code), severity: $crate::diag::Severity::$severity, name: stringify!($name), en: $page_en, zh: $page_zh }),*];
    };
}
use messages;

/// What fills a hole: one line, whatever stands in the file that it comes from, and no longer than can be read.
fn hole(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 2000;
    let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    match end {
        None if !text.contains(is_hidden) => Cow::Borrowed(text),
        None => Cow::Owned(visible(text)),
        Some(end) => Cow::Owned(visible(&text[..end]) + "…"),
    }
}

/// A list for a sentence: `a, b and c`, `a、b、c`.
pub fn list(items: &[Text]) -> Text {
    let en = match items {
        [] => String::new(),
        [one] => one.en.clone(),
        [most @ .., last] => format!("{} and {}", most.iter().map(|item| item.en.as_str()).collect::<Vec<_>>().join(", "), last.en),
    };
    Text { en, zh: joined_zh(items) }
}

/// A choice for a sentence: `a, b or c`, `a、b、c`.
pub fn choice(items: &[Text]) -> Text {
    match items {
        [most @ .., last] if !most.is_empty() => Text { en: format!("{} or {}", most.iter().map(|item| item.en.as_str()).collect::<Vec<_>>().join(", "), last.en), zh: joined_zh(items) },
        _ => list(items),
    }
}

/// Items between quotation marks need no 、 between them.
fn joined_zh(items: &[Text]) -> String {
    items.iter().map(|item| item.zh.as_str()).collect::<Vec<_>>().join("、").replace("”、“", "”“")
}

/// The first of many names, quoted, and how many there are besides.
pub fn first_of(names: &[Text], most: usize) -> Text {
    let shown: Vec<Text> = names.iter().take(most).map(quoted).collect();
    match names.len().saturating_sub(most) {
        0 => list(&shown),
        more => Text::new(format!("{} and {more} more", shown.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(", ")), format!("{}等 {} 个", joined_zh(&shown), names.len())),
    }
}

/// A name as a message quotes it.
pub fn quoted(name: &Text) -> Text {
    Text::new(format!("`{}`", name.en), format!("“{}”", name.zh))
}

/// The nearest of `names` to `word`, above a similarity floor.
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const FLOOR_PERCENT: usize = 60;
    let length = |text: &str| text.chars().count();
    let likeness = |name: &str| {
        let longest = length(word).max(length(name)).max(1);
        (longest - strsim::damerau_levenshtein(word, name).min(longest)) * 100 / longest
    };
    names.into_iter().map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness >= FLOOR_PERCENT).max_by_key(|(likeness, _)| *likeness).map(|(_, name)| name)
}
