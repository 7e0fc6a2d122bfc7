//! Texts from files, made safe to be seen on a terminal.

use std::borrow::Cow;

/// A text of one line: control signs, and signs that turn or hide what stands beside them, as they are written in code.
pub fn visible(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            '\t' => made.push_str("\\t"),
            sign if is_hidden(sign) => made.extend(sign.escape_unicode()),
            sign => made.push(sign),
        }
    }
    made
}

/// A sign that a terminal obeys or that shows nothing: C0 and C1 controls, marks of direction, what has no width.
pub fn is_hidden(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A text of many lines as a terminal may be given it: line ends and tabs stay, every other hidden sign is written as in
/// code. Where `colored`, so do the sequences that set a colour (`ESC [ … m`), and no others.
pub fn shown(text: &str, colored: bool) -> Cow<'_, str> {
    let stays = |at: usize, sign: char| match sign {
        '\n' | '\t' => true,
        '\r' => text[at..].starts_with("\r\n"),
        '\u{1b}' => colored && is_color(&text[at + 1..]),
        sign => !is_hidden(sign),
    };
    let Some((first, _)) = text.char_indices().find(|(at, sign)| !stays(*at, *sign)) else { return Cow::Borrowed(text) };
    let mut made = String::with_capacity(text.len() + 16);
    made.push_str(&text[..first]);
    for (at, sign) in text[first..].char_indices() {
        match sign {
            sign if stays(first + at, sign) => made.push(sign),
            '\r' => made.push_str("\\r"),
            sign => made.extend(sign.escape_unicode()),
        }
    }
    Cow::Owned(made)
}

/// What follows an escape: `[`, digits and semicolons, `m`.
fn is_color(rest: &str) -> bool {
    let figures = |rest: &str| rest.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == ';').starts_with('m');
    rest.strip_prefix('[').is_some_and(figures)
}

#[cfg(test)]
mod tests {
    use super::{is_hidden, shown, visible};

    #[test]
    fn nothing_that_is_obeyed_comes_through() {
        for sign in ('\0'..='\u{ffff}').filter(|sign| is_hidden(*sign)) {
            let text = format!("a{sign}b");
            assert!(!visible(&text).contains(sign), "{sign:?}");
            assert!(matches!(sign, '\n' | '\t') || !shown(&text, false).contains(sign), "{sign:?}");
            assert!(matches!(sign, '\n' | '\t') || !shown(&text, true).contains(sign), "{sign:?}");
        }
    }

    #[test]
    fn only_colours_stay_where_there_are_colours() {
        assert_eq!(shown("\u{1b}[1;31mred\u{1b}[0m\r\n\tx", true), "\u{1b}[1;31mred\u{1b}[0m\r\n\tx");
        assert_eq!(shown("\u{1b}[31mred", false), "\\u{1b}[31mred");
        for obeyed in ["\u{1b}]0;title\u{7}", "\u{1b}[2J", "\u{1b}[31;1H", "\u{1b}c", "\u{1b}"] {
            assert!(!shown(obeyed, true).contains(['\u{1b}', '\u{7}']), "{obeyed:?}");
        }
        assert_eq!(shown("a\rb", true), "a\\rb");
    }
}
