//! Lines on a terminal: wrapped to its width, Chinese anywhere and English at blanks, control signs made visible,
//! colour only where it is wanted.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::Lang;
pub use crate::base::visible;
use crate::model::verdict::Outcome;
pub use crate::report::phrase::clip;

/// No terminal is taken for narrower than this.
const NARROWEST: usize = 40;
/// Signs that may not begin a line, and such as may not end one.
const CLOSING: &str = "，。、；：！？）》」』”％,.;:)]}%/";
const OPENING: &str = "（《「『“([{/";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Strong,
    Good,
    Bad,
    Open,
    Faint,
}

impl Tone {
    fn ansi(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Strong => "1",
            Tone::Good => "32",
            Tone::Bad => "31",
            Tone::Open => "33",
            Tone::Faint => "2",
        }
    }

    pub fn of(outcome: Outcome) -> Tone {
        match outcome {
            Outcome::Met => Tone::Good,
            Outcome::NotMet => Tone::Bad,
            Outcome::Undecided => Tone::Open,
            Outcome::NotApplicable | Outcome::Exempt => Tone::Faint,
        }
    }
}

pub struct Lines {
    out: String,
    pub lang: Lang,
    color: bool,
    width: usize,
}

impl Lines {
    pub fn new(lang: Lang, color: bool, width: usize) -> Lines {
        Lines { out: String::new(), lang, color, width: width.max(NARROWEST) }
    }

    pub fn done(self) -> String {
        self.out
    }

    pub fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn toned(&self, tone: Tone, text: &str) -> String {
        if self.color && tone != Tone::Plain && !text.is_empty() { format!("\u{1b}[{}m{text}\u{1b}[0m", tone.ansi()) } else { text.to_string() }
    }

    /// A line of prose; what does not fit goes on two columns further in.
    pub fn line(&mut self, indent: usize, tone: Tone, text: &str) {
        for (at, piece) in wrap(&visible(text), self.width.saturating_sub(indent), 2).iter().enumerate() {
            let inner = indent + if at == 0 { 0 } else { 2 };
            let toned = self.toned(tone, piece);
            self.out.push_str(&" ".repeat(inner));
            self.out.push_str(&toned);
            self.out.push('\n');
        }
    }

    /// A label and what it says, which goes on under itself.
    pub fn labelled(&mut self, indent: usize, label: &str, tone: Tone, text: &str) {
        let column = match self.lang {
            Lang::En => 9,
            Lang::Zh => 7,
        };
        let column = column.max(label.width() + 1);
        for (at, piece) in wrap(&visible(text), self.width.saturating_sub(indent + column), 0).iter().enumerate() {
            let head = if at == 0 { label } else { "" };
            let gap = " ".repeat(column.saturating_sub(head.width()));
            let (head, piece) = (self.toned(Tone::Faint, head), self.toned(tone, piece));
            self.out.extend([" ".repeat(indent).as_str(), &head, &gap, &piece, "\n"]);
        }
    }

    /// Rows whose last column is a text and the others are numbers; the first row is the head.
    pub fn table<const N: usize>(&mut self, indent: usize, rows: &[[String; N]]) {
        let widths: Vec<usize> = (0..N).map(|column| rows.iter().map(|row| visible(&row[column]).width()).max().unwrap_or(0)).collect();
        let before: usize = widths.iter().take(N.saturating_sub(1)).map(|width| width + 2).sum();
        let room = self.width.saturating_sub(indent + before).max(NARROWEST / 2);
        for (at, row) in rows.iter().enumerate() {
            let cells = row.iter().enumerate().map(|(column, text)| if column + 1 == N { fit(&visible(text), room) } else { pad(&visible(text), widths[column], true) });
            let line = format!("{}{}", " ".repeat(indent), cells.collect::<Vec<_>>().join("  "));
            self.raw(if at == 0 { Tone::Faint } else { Tone::Plain }, &line);
        }
    }

    /// A line that is laid out already, as one of a table.
    pub fn raw(&mut self, tone: Tone, text: &str) {
        let toned = self.toned(tone, text.trim_end());
        self.out.push_str(&toned);
        self.out.push('\n');
    }
}

/// Cut to so many columns, and filled up with blanks.
pub fn pad(text: &str, width: usize, right: bool) -> String {
    let gap = " ".repeat(width.saturating_sub(text.width()));
    if right { format!("{gap}{text}") } else { format!("{text}{gap}") }
}

/// As much of a text as fits into so many columns.
pub fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut made = String::new();
    for sign in text.chars() {
        if made.width() + sign.width().unwrap_or(0) + 1 > width {
            break;
        }
        made.push(sign);
    }
    format!("{made}…")
}

/// Lines of at most `width` columns; all but the first are `hang` narrower.
fn wrap(text: &str, width: usize, hang: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(text, width.saturating_sub(hang).max(1)) {
        let room = if lines.len() == 1 { width } else { width.saturating_sub(hang) };
        if used > 0 && used + word.blanks + word.wide > room {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            let blanks = if used == 0 { 0 } else { word.blanks };
            line.extend(std::iter::repeat_n(' ', blanks));
            line.push_str(word.text);
            used += blanks + word.wide;
        }
    }
    lines
}

/// A stretch that may not be divided, the blanks before it, and how many columns it takes.
struct Word<'t> {
    blanks: usize,
    text: &'t str,
    wide: usize,
}

/// The words of a text; none is wider than `widest`.
fn words(text: &str, widest: usize) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let (mut blanks, mut start) = (0, 0);
    let mut before = (' ', 1);
    for (at, sign) in text.char_indices() {
        if sign == ' ' {
            blanks += 1;
            continue;
        }
        let wide = sign.width().unwrap_or(0);
        let end = at + sign.len_utf8();
        match words.last_mut() {
            Some(word) if blanks == 0 && word.wide + wide <= widest && is_joined(before, (sign, wide)) => {
                word.text = &text[start..end];
                word.wide += wide;
            }
            _ => {
                words.push(Word { blanks, text: &text[at..end], wide });
                start = at;
            }
        }
        before = (sign, wide);
        blanks = 0;
    }
    words
}

/// Whether two signs, with the columns they take, may not be divided.
fn is_joined((before, before_wide): (char, usize), (sign, wide): (char, usize)) -> bool {
    (before_wide < 2 && wide < 2) || CLOSING.contains(sign) || OPENING.contains(before)
}
