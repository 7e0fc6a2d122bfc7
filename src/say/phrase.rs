//! How phrases are put together in both languages at once: the two readings of a template, lists, brackets, indents.

use crate::base::Text;
use crate::model::plan::Plan;

/// Whose words are being said: the plan, the table of the row at hand, and whether each limit says if it is included.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub plan: &'a Plan,
    pub row: Option<usize>,
    pub bounds: bool,
}

impl Reader<'_> {
    /// The same words said of a row of another table.
    pub fn of(self, table: usize) -> Self {
        Reader { row: Some(table), ..self }
    }
}

/// A text from two templates, each filled with the same texts in its own language.
macro_rules! both {
    ($en:literal, $zh:literal $(, $name:ident)* $(,)?) => {
        $crate::base::Text {
            en: { $(let $name = &$name.en; let _ = $name;)* format!($en) },
            zh: { $(let $name = &$name.zh; let _ = $name;)* format!($zh) },
        }
    };
}
pub(super) use both;

pub(super) fn bracketed(text: &Text) -> Text {
    both!("({text})", "（{text}）", text)
}

/// The English article before a noun, by how it begins to sound; Chinese has none.
pub(super) fn article(noun: &Text) -> Text {
    const CONSONANT: [&str; 6] = ["uni", "use", "uti", "eu", "one", "once"];
    const VOWEL: [&str; 4] = ["hour", "honest", "honour", "heir"];
    let word = noun.en.to_lowercase();
    let begins = |with: &[&str]| with.iter().any(|start| word.starts_with(start));
    let vowel = begins(&VOWEL) || word.starts_with(['a', 'e', 'i', 'o', 'u']) && !begins(&CONSONANT);
    Text::new(if vowel { "an" } else { "a" }, "")
}

/// The same article where it opens a sentence.
pub(super) fn opening(noun: &Text) -> Text {
    Text::new(if article(noun).en == "an" { "An" } else { "A" }, "")
}

pub(super) fn quoted(text: &str) -> Text {
    Text::from(format!("“{text}”"))
}

/// A name inside an English sentence: one of several words stands between quotation marks.
pub(super) fn mark(name: Text) -> Text {
    Text { en: if name.en.contains(' ') { format!("“{}”", name.en) } else { name.en }, zh: name.zh }
}

/// `a, b and c` / `a、b和c`.
pub(super) fn and_list(parts: &[Text]) -> Text {
    list(parts, "and", "和")
}

/// `a, b or c` / `a、b或c`.
pub(super) fn or_list(parts: &[Text]) -> Text {
    list(parts, "or", "或")
}

/// `a, b nor c` / `a、b或c`.
pub(super) fn nor_list(parts: &[Text]) -> Text {
    list(parts, "nor", "或")
}

fn list(parts: &[Text], en: &str, zh: &str) -> Text {
    match parts {
        [] => Text::default(),
        [only] => only.clone(),
        [first @ .., last] => {
            let first = Text::join(first, ", ", "、");
            Text { en: format!("{} {en} {}", first.en, last.en), zh: format!("{}{zh}{}", first.zh, last.zh) }
        }
    }
}

/// A text inside a Chinese sentence: a blank stands between Han and digits or Latin letters.
pub(super) fn set(text: &Text) -> Text {
    let latin = |letter: char| letter.is_ascii_alphanumeric() || letter == '%' || letter == '-';
    let before = if text.zh.starts_with(latin) { " " } else { "" };
    let after = if text.zh.ends_with(latin) { " " } else { "" };
    Text { en: text.en.clone(), zh: format!("{before}{}{after}", text.zh) }
}

/// A clause of a rule, as a sentence.
pub(super) fn line(text: &Text) -> Text {
    both!("  {text}.", "  {text}。", text)
}

/// What explains a clause, without a full stop.
pub(super) fn detail(text: &Text) -> Text {
    both!("    {text}", "    {text}", text)
}
