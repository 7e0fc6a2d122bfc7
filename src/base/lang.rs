//! The two languages, and a text that stands in both.

/// A language that the reader may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    /// `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`, `en-GB` and the like; anything else is `None`.
    pub fn parse(tag: &str) -> Option<Lang> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Text {
    pub en: String,
    pub zh: String,
}

impl Text {
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Text {
        Text { en: en.into(), zh: zh.into() }
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }

    /// Texts one after the other, in each language.
    pub fn join(parts: &[Text], en: &str, zh: &str) -> Text {
        let collect = |lang: Lang, between: &str| parts.iter().map(|part| part.get(lang)).collect::<Vec<_>>().join(between);
        Text { en: collect(Lang::En, en), zh: collect(Lang::Zh, zh) }
    }
}

/// What reads the same in both languages: a name from a file, a number.
impl<T: std::fmt::Display> From<T> for Text {
    fn from(same: T) -> Text {
        let same = same.to_string();
        Text { en: same.clone(), zh: same }
    }
}

/// A Chinese character of the words of rule files, tables and messages.
pub fn is_han(c: char) -> bool {
    matches!(c, '一'..='鿿')
}
