//! What the author says of a unit: own words, and between them what is found in the data.

use crate::base::Text;

/// A text of the author with its holes filled: from left to right what the author wrote and what fills a hole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(pub Vec<Wording>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    Written(String),
    /// What fills a hole; `few` where it is of one or two persons and may not be shown.
    Hole { value: Text, few: bool },
}

impl Filled {
    /// The text, what fills each hole as `show` gives it.
    pub fn text(&self, show: impl Fn(&Text, bool) -> Text) -> Text {
        let mut made = Text::default();
        for piece in &self.0 {
            let text = match piece {
                Wording::Written(text) => Text::from(text),
                Wording::Hole { value, few } => show(value, *few),
            };
            made.en.push_str(&text.en);
            made.zh.push_str(&text.zh);
        }
        made
    }
}

impl From<&str> for Filled {
    /// A text that comes from the data.
    fn from(text: &str) -> Filled {
        Filled(vec![Wording::Hole { value: text.into(), few: false }])
    }
}
