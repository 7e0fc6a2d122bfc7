//! Places in a text that the doors read: a stretch of bytes in, the line that a message shows out.

use std::ops::Range;

use crate::diag::Frame;

/// The line in which a stretch begins, with as much of the stretch as stands on that line.
pub fn frame(text: &str, path: &str, at: Range<usize>) -> Frame {
    let mut start = at.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[first..].find('\n').map_or(text.len(), |newline| first + newline);
    let line = text[first..last].trim_end_matches('\r');
    let end = at.end.clamp(start, first + line.len().max(start - first));
    let number = u32::try_from(text[..first].matches('\n').count() + 1).unwrap_or(u32::MAX);
    Frame { path: path.to_string(), line: number, text: line.to_string(), cut: 0, start: (start - first).min(line.len()), end: (end - first).min(line.len()) }
}
