//! What is looked at before the grammar: quotes and brackets that do not close, nesting too deep, characters nobody sees.

use crate::base::Span;
use crate::diag::Diagnostic;
use crate::diag::catalog as say;

use super::cut::Piece;
use super::place::Places;

/// How deep brackets may nest: on every thread the same.
pub const DEPTH: usize = 256;

const OPEN: [char; 5] = ['(', '（', '[', '［', '【'];

/// Whether more brackets are opened than so many, one in another or not. Most texts are told by their bytes.
pub fn opens_more(text: &str, than: usize) -> bool {
    let may_open = |byte: &u8| matches!(byte, b'(' | b'[' | 0xE3 | 0xEF);
    text.as_bytes().iter().filter(|byte| may_open(byte)).count() > than && text.matches(OPEN).count() > than
}

/// Faults of one piece that the grammar need not see; and how deep its brackets nest.
pub fn guard(places: &Places, piece: Piece) -> Result<usize, Box<Diagnostic>> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut deepest = 0;
    let mut at = 0;
    while let Some(c) = piece.text[at..].chars().next() {
        let span = places.span(piece.at + at, piece.at + at + c.len_utf8());
        if invisible(c) && piece.at + at > 0 {
            return Err(Box::new(unseen(c, span)));
        }
        match c {
            '#' | '＃' => at += to_line_end(&piece.text[at..]),
            c if OPEN.contains(&c) => open.push((at, c)),
            ')' | '）' | ']' | '］' | '】' => match open.pop() {
                Some((_, opening)) if closes(opening, c) => {}
                Some((from, opening)) => return Err(Box::new(unclosed(places, piece, from, opening))),
                None => return Err(Box::new(Diagnostic::from(say::StrayClose { sign: c.into() }).at(span, "".into()))),
            },
            _ => at += quoted(places, piece, at, c)?,
        }
        deepest = deepest.max(open.len());
        if deepest > DEPTH {
            return Err(Box::new(Diagnostic::from(say::TooDeep { most: DEPTH.into() }).at(span, "".into())));
        }
        at += piece.text[at..].chars().next().map_or(0, char::len_utf8);
    }
    match open.pop() {
        Some((from, opening)) => Err(Box::new(unclosed(places, piece, from, opening))),
        None => Ok(deepest),
    }
}

/// How far the closing quote stands from an opening one; 0 for any other character.
fn quoted(places: &Places, piece: Piece, at: usize, c: char) -> Result<usize, Box<Diagnostic>> {
    let close = match c {
        '"' | '＂' | '`' => c,
        '“' => '”',
        '「' => '」',
        _ => return Ok(0),
    };
    let inner = at + c.len_utf8();
    let line = &piece.text[inner..inner + to_line_end(&piece.text[inner..])];
    let Some(length) = line.find(close) else {
        let span = places.span(piece.at + at, piece.at + inner + line.trim_end().len());
        return Err(Box::new(Diagnostic::from(say::UnclosedQuote { open: c.into(), close: close.into() }).at(span, "".into())));
    };
    if let Some((from, hidden)) = line[..length].char_indices().find(|(_, c)| invisible(*c)) {
        let start = piece.at + inner + from;
        return Err(Box::new(unseen(hidden, places.span(start, start + hidden.len_utf8()))));
    }
    Ok(c.len_utf8() + length)
}

fn to_line_end(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

fn closes(open: char, close: char) -> bool {
    matches!(open, '(' | '（') == matches!(close, ')' | '）')
}

fn unclosed(places: &Places, piece: Piece, at: usize, open: char) -> Diagnostic {
    let close = match open {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '［' => '］',
        _ => '】',
    };
    let span = places.span(piece.at + at, piece.at + at + open.len_utf8());
    Diagnostic::from(say::UnclosedBracket { open: open.into(), close: close.into() }).at(span, "".into())
}

/// Characters that show nothing and yet make two names differ.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}' | '\u{180E}')
}

fn unseen(c: char, span: Span) -> Diagnostic {
    let (en, zh) = match c {
        '\u{200B}' => ("zero width space", "零宽空格"),
        '\u{200C}' | '\u{200D}' => ("zero width joiner", "零宽连接符"),
        '\u{FEFF}' => ("byte order mark", "字节顺序标记"),
        '\u{AD}' => ("soft hyphen", "软连字符"),
        _ => ("control character", "控制符"),
    };
    let name = crate::base::Text::new(format!("{en}, U+{:04X}", u32::from(c)), format!("{zh}，U+{:04X}", u32::from(c)));
    Diagnostic::from(say::Invisible { name }).at(span, "".into())
}
