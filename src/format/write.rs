//! What every piece is made of: words, names, texts, numbers with units, days.

use crate::base::{Date, Lang, Span, YearMonth, half_width};
use crate::model::ast::{CaseKey, Name, Quantity, Quoted, UnitExpr, Window};
use crate::model::word;

use super::Style;
use super::align::MARK;

/// Where a line may be broken; a blank where it is not.
pub const BREAK: char = '\u{1}';

/// Writes the pieces of one clause in one language.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    pub text: &'a str,
    pub lang: Lang,
    pub style: &'a Style,
}

impl<'a> Writer<'a> {
    pub fn is_zh(&self) -> bool {
        self.lang == Lang::Zh
    }

    /// The first spelling of a word.
    pub fn word(&self, id: &str) -> &'static str {
        let word = word::word(id);
        let pick = |one: &'static [String], other: &'static [String]| one.first().or(other.first()).map_or("", String::as_str);
        word.map_or("", |word| if self.is_zh() { pick(&word.zh, &word.en) } else { pick(&word.en, &word.zh) })
    }

    /// The nth spelling of a word that has several in this language: `is`, `are`.
    pub fn nth(&self, id: &str, nth: usize) -> &'static str {
        word::word(id).map_or("", |word| word.nth(self.lang, nth))
    }

    pub fn pick<T>(&self, en: T, zh: T) -> T {
        if self.is_zh() { zh } else { en }
    }

    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// What lines up what stands behind it; a blank in Chinese.
    pub fn mark(&self) -> char {
        self.pick(MARK, ' ')
    }

    /// A list with the signs of the language; `、` joins names, `，` what has names of its own.
    pub fn list(&self, parts: &[String], zh: &str) -> String {
        parts.join(self.pick(", ", zh))
    }

    pub fn brackets(&self, inner: &str) -> String {
        if self.is_zh() { format!("（{inner}）") } else { format!("({inner})") }
    }

    /// A list in brackets behind a word.
    pub fn listed(&self, inner: &str) -> String {
        format!("{}{}", self.pick(" ", ""), self.brackets(inner))
    }

    pub fn name(&self, name: &Name) -> String {
        self.named(&name.text, name.span)
    }

    /// A name that is declared here: never written otherwise.
    pub fn id(&self, name: &Name) -> String {
        self.quoted_name(&name.text, self.slice(name.span).starts_with(['「', '`', '·']))
    }

    /// A name as it was written, in its quotes if it had any; or what it is written as instead.
    pub fn named(&self, text: &str, span: Span) -> String {
        let quoted = self.slice(span).trim_start_matches(['(', '（', ' ', '\u{3000}']).starts_with(['「', '`', '·']);
        match self.style.names.get(text) {
            Some(other) => self.quoted_name(other, !is_plain(other)),
            None => self.quoted_name(text, quoted),
        }
    }

    fn quoted_name(&self, text: &str, quoted: bool) -> String {
        match (quoted, self.is_zh()) {
            (false, _) => text.to_string(),
            (true, true) => format!("「{text}」"),
            (true, false) if text.contains('`') => format!("「{text}」"),
            (true, false) => format!("`{text}`"),
        }
    }

    pub fn names(&self, names: &[Name]) -> String {
        self.list(&names.iter().map(|name| self.name(name)).collect::<Vec<_>>(), "、")
    }

    pub fn text(&self, quoted: &Quoted) -> String {
        self.quoted(&quoted.text)
    }

    pub fn quoted(&self, text: &str) -> String {
        let english = !text.contains('"') && (!self.is_zh() || text.contains('”'));
        if english { format!("\"{text}\"") } else { format!("“{text}”") }
    }

    /// Titles, each with a blank before it.
    pub fn titles(&self, titles: &[Quoted]) -> String {
        let titles: Vec<String> = titles.iter().map(|title| self.text(title)).collect();
        if titles.is_empty() { String::new() } else { format!(" {}", titles.join(" / ")) }
    }

    /// A number as it was written, so that 0.50 keeps its zero; then its percent sign or its unit.
    pub fn quantity(&self, quantity: &Quantity) -> String {
        let number = self.digits(quantity.span).unwrap_or_else(|| quantity.number.plain(12));
        match &quantity.unit {
            _ if quantity.percent => format!("{number}%"),
            Some(unit) => format!("{number} {}", self.unit(unit)),
            None => number,
        }
    }

    fn digits(&self, span: Span) -> Option<String> {
        let written: String = self.slice(span).chars().map(half_width).map(|c| if c == '−' { '-' } else { c }).filter(|c| *c != ' ').collect();
        let digits: String = written.trim_start_matches('(').chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        crate::base::Number::parse(&digits).map(|_| digits)
    }

    pub fn unit(&self, unit: &UnitExpr) -> String {
        let word = |name: &Name| self.unit_word(&name.text);
        let per = self.word("k_per");
        match (&unit.over, &unit.under, &unit.each) {
            (Some(over), None, _) => word(over),
            // As people write what is translated: 平方米/生. What was typed stays.
            (Some(over), Some(under), None) => format!("{}/{}", word(over), if word(under) == "人" && under.text != "人" { "生".into() } else { word(under) }),
            (over, Some(under), each) => {
                let parts = [over.as_ref().map(word), Some(per.to_string()), each.as_ref().map(|each| each.plain(12)), Some(word(under))];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            (None, None, _) => String::new(),
        }
    }

    /// Units have words of both languages; they are turned only where all words are.
    fn unit_word(&self, text: &str) -> String {
        use crate::base::unit::UNIT_WORDS;
        let known = UNIT_WORDS.iter().find(|word| word.en.contains(&text) || word.zh.contains(&text));
        match (self.style.words.filter(|_| !self.style.keep_units), known) {
            (Some(Lang::En), Some(word)) => word.en.first().map_or(text, |first| first).to_string(),
            (Some(Lang::Zh), Some(word)) => word.zh.first().map_or(text, |first| first).to_string(),
            _ => self.style.names.get(text).map_or(text, String::as_str).to_string(),
        }
    }

    pub fn date(&self, date: Date) -> String {
        let written = date.to_string();
        let parts: Vec<&str> = written.split('-').map(|part| part.trim_start_matches('0')).collect();
        match parts[..] {
            [year, month, day] if self.is_zh() => format!("{year}年{month}月{day}日"),
            _ => written,
        }
    }

    pub fn year_month(&self, month: YearMonth) -> String {
        let written = month.to_string();
        match written.split_once('-') {
            Some((year, month)) if self.is_zh() => format!("{year}年{}月", month.trim_start_matches('0')),
            _ => written,
        }
    }

    /// `from D to D`, `自 D 至 D`.
    pub fn window(&self, window: &Window) -> String {
        let from = window.from.map(|from| format!("{} {}", self.word("c_from"), self.date(from)));
        let to = window.to.map(|to| format!("{} {}", self.word("k_to"), self.date(to)));
        from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
    }

    pub fn case_key(&self, key: &CaseKey) -> String {
        match key {
            CaseKey::Name(name) => self.name(name),
            CaseKey::Text(text) => self.text(text),
            CaseKey::Otherwise(_) => self.word("k_otherwise").to_string(),
        }
    }
}

/// Whether a name needs no quotes, as far as its signs go.
fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    begins && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
