//! A line of any length to the part of it that a reader is shown: what surrounds the place that is meant.

use unicode_width::UnicodeWidthChar;

use super::Frame;

/// How much is shown on each side of the place, in columns of a terminal.
const MARGIN: usize = 40;

/// A frame of one line: what surrounds the stretch, control characters shown as blanks.
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
    let before = shown.len();
    shown.extend(text[from..to].chars().map(|letter| if letter.is_ascii_control() && letter != '\t' { ' ' } else { letter }));
    if to < text.len() {
        shown.push('…');
    }
    let left_out = text[..from].chars().count();
    Frame { path: path.to_string(), line, text: shown, cut: left_out.saturating_sub(1), start: start - from + before, end: end - from + before }
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
