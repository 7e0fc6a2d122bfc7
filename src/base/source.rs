//! Texts that came from somewhere, and places in them.

use std::fmt;
use std::sync::OnceLock;

/// The number of a source in its [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A stretch of bytes of one source. Written out with `{:#?}`, a tree shows none of its places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.write_str("_") } else { write!(f, "{}:{}..{}", self.source.0, self.start, self.end) }
    }
}

impl Span {
    /// Whether another stretch lies within this one.
    pub fn holds(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    pub fn new(source: SourceId, start: usize, end: usize) -> Span {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source, start: narrow(start), end: narrow(end) }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The stretch from the start of `self` to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span { end: other.end.max(self.end), start: self.start.min(other.start), ..self }
    }
}

/// A text and the path that a reader knows it by.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    /// Where each line begins, once it was asked.
    lines: OnceLock<Vec<usize>>,
}

impl PartialEq for Source {
    // What was asked of a text does not make it another one.
    fn eq(&self, other: &Source) -> bool {
        (&self.path, &self.text) == (&other.path, &other.text)
    }
}

impl Eq for Source {}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        Source { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// Line and column of a byte, both from 1; the column counts characters, not bytes.
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= at);
        let start = lines.get(line - 1).copied().unwrap_or_default();
        (line, self.text[start..at].chars().count() + 1)
    }
}

/// All the rule texts of a run, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.list.push(Source::new(path, text));
        SourceId(u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX))
    }

    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().enumerate().map(|(at, source)| (SourceId(u32::try_from(at).unwrap_or(u32::MAX)), source))
    }

    /// The words at a place.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.range()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn places_count_lines_and_characters() {
        let source = Source::new("a.heng", "一二\n\nab");
        assert_eq!([0, 3, 6, 7, 8, 9, 99].map(|at| source.line_column(at)), [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2), (3, 3)]);
        // A byte within a character is that character's.
        assert_eq!(source.line_column(4), (1, 2));
        assert_eq!(source, Source::new("a.heng", "一二\n\nab"), "what was asked of it is no part of it");
    }
}
