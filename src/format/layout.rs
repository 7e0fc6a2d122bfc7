//! Pieces to lines: heads in the first column, clauses under them, comments and blank lines between.

use unicode_width::UnicodeWidthStr;

use crate::base::{Lang, Span, is_han};
use crate::model::ast::{File, Item, ItemKind, Piece};
use crate::model::line::clause_word;
use crate::model::word::word;

use super::Style;
use super::align::align;
use super::comment::comments;
use super::write::{BREAK, Writer};

/// A line longer than this is broken before its operators.
const WIDEST: usize = 100;
const INDENT: &str = "  ";

pub fn layout(text: &str, file: &File, style: &Style) -> String {
    let mut page = Page { text, file, style, widest: 0, out: String::new() };
    let mut at = 0;
    for (place, piece) in file.pieces.iter().enumerate() {
        page.between(&text[at..piece.span.range().start], piece.head);
        if piece.head {
            page.widest = page.widest_word(place);
        }
        page.piece(*piece);
        at = piece.span.range().end;
    }
    page.between(&text[at..], true);
    let end = page.out.trim_end().len();
    page.out.truncate(end);
    if !page.out.is_empty() {
        page.out.push('\n');
    }
    align(&page.out)
}

struct Page<'a> {
    text: &'a str,
    file: &'a File,
    style: &'a Style,
    /// How wide the clause words of the item at hand are.
    widest: usize,
    out: String,
}

/// The language of a clause, the words it begins with, and the rest with marks where it may be broken.
struct Written {
    lang: Lang,
    word: String,
    rest: String,
}

impl Page<'_> {
    /// Comments on lines of their own, and at most one blank line in a row.
    fn between(&mut self, gap: &str, before_head: bool) {
        let mut lines: Vec<&str> = gap.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')).collect();
        if gap.ends_with('\n') {
            lines.push("");
        }
        // The line behind a piece ends it, and the line before the next one is its own.
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let inner = at > 0 && at + 1 < count;
            if line.is_empty() && inner && !self.out.is_empty() && !self.out.ends_with("\n\n") {
                self.out.push('\n');
            }
            if !line.is_empty() {
                if before_head && !self.out.is_empty() && !self.out.ends_with("\n\n") && !self.follows_comment() {
                    self.out.push('\n');
                }
                self.out.push_str(if before_head { "" } else { INDENT });
                self.out.push_str(line);
                self.out.push('\n');
            }
        }
    }

    fn piece(&mut self, piece: Piece) {
        if piece.head && !self.out.is_empty() && !self.follows_comment() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        let typed = &self.text[piece.span.range()];
        let indent = if piece.head { "" } else { INDENT };
        let written = if piece.understood && !self.is_kept(piece.span) { self.written(piece) } else { None };
        let Some(written) = written else {
            self.out.push_str(indent);
            self.out.push_str(typed.trim_end());
            self.out.push('\n');
            return;
        };
        let found = comments(typed);
        let behind = found.last().filter(|last| last.at + last.text.len() == typed.trim_end().len()).copied();
        for comment in &found[..found.len() - usize::from(behind.is_some())] {
            self.out.extend([indent, comment.text, "\n"]);
        }
        let width = if piece.head { 0 } else { self.width(piece, written[0].lang) };
        let lines: Vec<String> = written.iter().map(|written| lines(written, indent, width)).collect();
        self.out.push_str(&lines.join("\n"));
        if let Some(comment) = behind {
            self.out.extend([INDENT, comment.text]);
        }
        self.out.push('\n');
    }

    /// A head stands behind a blank line, unless a comment that belongs to it does.
    fn follows_comment(&self) -> bool {
        self.out.lines().next_back().is_some_and(|line| line.starts_with(['#', '＃']))
    }

    fn is_kept(&self, span: Span) -> bool {
        self.item(span).is_some_and(|item| self.style.kept.iter().any(|kept| kept.holds(item.span)))
    }

    /// The item that a head or a clause belongs to.
    fn item(&self, span: Span) -> Option<&Item> {
        let place = self.file.items.partition_point(|item| item.span.start < span.end);
        self.file.items.get(place.checked_sub(1)?)
    }

    /// A clause, or the two that were typed in one.
    fn written(&self, piece: Piece) -> Option<Vec<Written>> {
        let item = self.item(piece.span)?;
        let typed = &self.text[piece.span.range()];
        let own = if typed.starts_with(|c: char| is_han(c) || c == '·') { Lang::Zh } else { Lang::En };
        // A definition or a code has no word of its own: it goes with its item.
        let head = if self.text[item.span.range()].starts_with(is_han) { Lang::Zh } else { Lang::En };
        let wordless = typed.starts_with(['=', '＝']) || matches!(item.kind, ItemKind::Codes(_));
        let lang = self.style.words.unwrap_or(if wordless { head } else { own });
        let writer = Writer { text: self.text, lang, style: self.style };
        let clauses = if piece.head { vec![writer.head(item)] } else { writer.clauses(item, piece.span)? };
        Some(clauses.into_iter().map(|(word, rest)| Written { lang, word, rest }).collect())
    }

    /// How wide the words of an item's clauses are: English lines its clauses up, but for the days of a parameter.
    fn width(&self, piece: Piece, lang: Lang) -> usize {
        let of_parameter = self.item(piece.span).is_some_and(|item| match &item.kind {
            ItemKind::Parameter(_) => true,
            ItemKind::Override(layer) => !layer.values.dated.is_empty(),
            _ => false,
        });
        if lang == Lang::Zh || of_parameter {
            return 0;
        }
        if self.widest == 0 { 0 } else { self.widest + 2 }
    }

    fn widest_word(&self, head: usize) -> usize {
        let clauses = self.file.pieces[head + 1..].iter().take_while(|piece| !piece.head);
        let words = clauses.filter_map(|piece| clause_word(&self.text[piece.span.range()])).map(|id| word(id).map_or(0, |word| word.text().en.len()));
        words.max().unwrap_or(0)
    }
}

/// One line where it fits, else a line for each part.
fn lines(written: &Written, indent: &str, width: usize) -> String {
    let gap = match (written.word.is_empty(), written.lang) {
        (true, _) => String::new(),
        (false, Lang::En) if width > 0 => " ".repeat(width.saturating_sub(written.word.len()).max(1)),
        (false, Lang::Zh) if written.word.ends_with('：') => String::new(),
        (false, _) => " ".to_string(),
    };
    // A full-width comma has its blank within itself.
    let flat = format!("{indent}{}{gap}{}", written.word, written.rest.replace(&format!("，{BREAK}"), "，").replace(BREAK, " "));
    if flat.width() <= WIDEST || !written.rest.contains(BREAK) {
        return flat.trim_end().to_string();
    }
    let inner = match written.lang {
        Lang::En => indent.len() + width.max(2),
        Lang::Zh => indent.len() + 2,
    };
    let parts: Vec<&str> = written.rest.split(BREAK).collect();
    format!("{indent}{}{gap}{}", written.word, parts.join(&format!("\n{}", " ".repeat(inner))))
}
