//! Places in a text that the doors read: a stretch of bytes in, the line that a message shows out.

use std::cell::OnceCell;
use std::ops::Range;

use crate::base::is_hidden;
use crate::diag::{Frame, cut};

/// A line of so many bytes is shown whole.
const LONG: usize = 200;

/// A text with its path, and where its lines begin once that was asked.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    pub text: &'t str,
    pub path: &'t str,
    starts: OnceCell<Vec<usize>>,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str, path: &'t str) -> Lines<'t> {
        Lines { text, path, starts: OnceCell::new() }
    }

    /// The line of a byte, from 1.
    pub fn number(&self, at: usize) -> usize {
        let starts = self.starts.get_or_init(|| std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect());
        starts.partition_point(|start| *start <= at)
    }

    /// As [`frame`].
    pub fn frame(&self, at: Range<usize>) -> Frame {
        frame_of(self, at)
    }
}

/// The line in which a stretch begins, with as much of the stretch as stands on that line.
pub fn frame(text: &str, path: &str, at: Range<usize>) -> Frame {
    Lines::new(text, path).frame(at)
}

fn frame_of(lines: &Lines<'_>, at: Range<usize>) -> Frame {
    let Lines { text, path, .. } = *lines;
    let mut start = at.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[first..].find('\n').map_or(text.len(), |newline| first + newline);
    let line = text[first..last].trim_end_matches('\r');
    let end = at.end.clamp(start, first + line.len().max(start - first));
    let number = u32::try_from(lines.number(first)).unwrap_or(u32::MAX);
    let (start, end) = ((start - first).min(line.len()), (end - first).min(line.len()));
    if line.len() > LONG || line.contains(is_hidden) {
        return cut(path, number, line, start, end);
    }
    Frame { path: path.to_string(), line: number, text: line.to_string(), cut: 0, start, end }
}
