//! What is said to people when something is wrong: a stable code, both languages, the place, one thing to do.

pub mod catalog;
mod cut;
pub mod show;

use crate::base::{Span, Text};

pub use catalog::{Page, pages};
pub use cut::cut;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    /// Something was done that the reader should know, as a totals row left out.
    Note,
}

/// One message, said once, in both languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub code: &'static str,
    pub severity: Severity,
    pub text: Text,
    pub help: Text,
    /// The first is the main one.
    pub labels: Vec<Label>,
}

/// A place and what is to be seen there.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub place: Place,
    pub text: Text,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// In a rule file.
    Rule(Span),
    /// In a file of data or settings: one line of it.
    Line(Frame),
}

/// A line of a file that is not held, with the stretch that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub path: String,
    /// From 1, as a spreadsheet numbers it.
    pub line: u32,
    pub text: String,
    /// How many characters of the line stand before `text`, less the mark that says so.
    pub cut: usize,
    /// Bytes of `text`.
    pub start: usize,
    pub end: usize,
}

/// A message of the catalog with its holes filled.
pub trait Message {
    fn code(&self) -> &'static str;
    fn severity(&self) -> Severity;
    fn text(&self) -> Text;
    fn help(&self) -> Text;
}

impl Diagnostic {
    pub fn new(message: &impl Message) -> Diagnostic {
        Diagnostic { code: message.code(), severity: message.severity(), text: message.text(), help: message.help(), labels: Vec::new() }
    }

    /// With a place in a rule file.
    pub fn at(mut self, span: Span, text: Text) -> Diagnostic {
        self.labels.push(Label { place: Place::Rule(span), text });
        self
    }

    /// With a line of a data file.
    pub fn on(mut self, frame: Frame, text: Text) -> Diagnostic {
        self.labels.push(Label { place: Place::Line(frame), text });
        self
    }

    /// Where it is in a rule file, if it is in one.
    pub fn place(&self) -> Option<Span> {
        match self.labels.first()?.place {
            Place::Rule(span) => Some(span),
            Place::Line(_) => None,
        }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Whether any of them is an error.
pub fn any_error(list: &[Diagnostic]) -> bool {
    list.iter().any(Diagnostic::is_error)
}
