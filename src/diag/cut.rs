//! A line of any length to the part of it that a reader is shown: what surrounds the place that is meant.

use unicode_width::UnicodeWidthChar;

use crate::base::is_hidden;

use super::Frame;

/// How much is shown on each side of the place, in columns of a terminal.
const MARGIN: usize = 40;

/// A frame of one line: what surrounds the stretch, control signs shown as they are written in code.
pub fn cut(path: &str, line: u32, text: &str, start: usize, end: usize) -> Frame {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(start.min(text.len()));
    let end = floor(end.clamp(start, text.len()));
    let end = start + columns(text[start..end].chars(), 2 * MARGIN);
    let from = start - columns(text[..start].chars().rev(), MARGIN);
    let to = end + columns(text[end..].chars(), MARGIN);
    let mut shown = String::new();
    if from > 0 {
        shown.push('…');
    }
    legible(&text[from..start], &mut shown);
    let begin = shown.len();
    legible(&text[start..end], &mut shown);
    let finish = shown.len();
    legible(&text[end..to], &mut shown);
    if to < text.len() {
        shown.push('…');
    }
    let left_out = text[..from].chars().count();
    Frame { path: path.to_string(), line, text: shown, cut: left_out.saturating_sub(1), start: begin, end: finish }
}

/// Whether a line holds signs that a frame would show otherwise.
pub fn is_illegible(line: &str) -> bool {
    line.chars().any(|sign| sign != '\t' && is_hidden(sign))
}

fn legible(text: &str, shown: &mut String) {
    for sign in text.chars() {
        if sign != '\t' && is_hidden(sign) {
            shown.extend(sign.escape_unicode());
        } else {
            shown.push(sign);
        }
    }
}

/// How many bytes of the letters fit into so many columns of a terminal.
fn columns(letters: impl Iterator<Item = char>, most: usize) -> usize {
    let mut used = 0;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or(1);
        used <= most
    };
    letters.take_while(fits).map(char::len_utf8).sum()
}
