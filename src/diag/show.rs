//! Diagnostics as a person sees them on a terminal: the frame, the words underlined, columns right for Chinese.

use std::borrow::Cow;
use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::base::{Lang, Source, Sources, shown, visible};

use super::cut::is_illegible;
use super::{Diagnostic, Frame, Place, Severity, cut};

/// How to print.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub lang: Lang,
    pub color: bool,
    pub width: usize,
}

/// One diagnostic as text, ending in a newline.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_context_lines(0).with_links(false);
    let mut text = String::new();
    for report in reports(diagnostic, sources, style.lang) {
        // Writing to a string cannot fail; should miette fail, its message still names code and text.
        if handler.render_report(&mut text, &report).is_err() {
            text.extend([diagnostic.code, " ", diagnostic.text.get(style.lang), "\n"]);
        }
    }
    text + &help(&shown(diagnostic.help.get(style.lang), false), style)
}

/// What to do, in the reader's language. Never broken into lines: a line that is to be pasted stays one.
fn help(help: &str, style: Style) -> String {
    let word = match style.lang {
        Lang::En => "help: ",
        Lang::Zh => "提示：",
    };
    match (help.is_empty(), style.color) {
        (true, _) => String::new(),
        (false, true) => format!("  \u{1b}[36m{word}\u{1b}[0m{help}\n"),
        (false, false) => format!("  {word}{help}\n"),
    }
}

/// miette shows one source a report: labels in further files follow as reports of their own.
fn reports<'s>(diagnostic: &'s Diagnostic, sources: &'s Sources, lang: Lang) -> Vec<Report<'s>> {
    let mut reports: Vec<Report<'s>> = Vec::new();
    for label in &diagnostic.labels {
        let shortened = if diagnostic.labels.len() == 1 { long_line(&label.place, sources) } else { None };
        let (view, start, end) = shortened.map_or_else(|| view(&label.place, sources), |frame| framed(Cow::Owned(frame)));
        let span = LabeledSpan::new(Some(visible(label.text.get(lang))).filter(|text| !text.is_empty()), start, end.saturating_sub(start));
        match reports.iter_mut().find(|report| report.view.as_ref().is_some_and(|known| known.same(&view))) {
            Some(report) => report.labels.push(span),
            None => reports.push(Report::new(diagnostic, lang, Some(view), vec![span])),
        }
    }
    if reports.is_empty() {
        reports.push(Report::new(diagnostic, lang, None, Vec::new()));
    }
    for further in reports.iter_mut().skip(1) {
        further.severity = miette::Severity::Advice;
        further.code = None;
        further.text = match lang {
            Lang::En => "and here".to_string(),
            Lang::Zh => "另见此处".to_string(),
        };
    }
    reports
}

fn view<'s>(place: &'s Place, sources: &'s Sources) -> (View<'s>, usize, usize) {
    match place {
        Place::Rule(span) => (View { source: Whole::Held(sources.get(span.source)), first_line: 0, cut: 0 }, span.start as usize, span.end as usize),
        Place::Line(frame) => framed(Cow::Borrowed(frame)),
    }
}

fn framed(frame: Cow<'_, Frame>) -> (View<'_>, usize, usize) {
    let (first_line, cut, start, end) = (frame.line.saturating_sub(1) as usize, frame.cut, frame.start, frame.end);
    (View { source: Whole::Line(frame), first_line, cut }, start, end)
}

/// A place in a line of a rule file that is too long to be shown whole, or that holds what a terminal would obey.
fn long_line(place: &Place, sources: &Sources) -> Option<Frame> {
    const LONG: usize = 200;
    let Place::Rule(span) = place else { return None };
    let (source, at) = (sources.get(span.source), span.start as usize);
    let start = source.text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = source.text[start..].lines().next()?;
    let number = u32::try_from(source.line_column(at).0).ok()?;
    (line.len() > LONG || is_illegible(line)).then(|| cut(&source.path, number, line, at - start, (span.end as usize - start).min(line.len())))
}

#[derive(Debug)]
struct Report<'s> {
    code: Option<String>,
    severity: miette::Severity,
    text: String,
    labels: Vec<LabeledSpan>,
    view: Option<View<'s>>,
}

impl<'s> Report<'s> {
    fn new(diagnostic: &Diagnostic, lang: Lang, view: Option<View<'s>>, labels: Vec<LabeledSpan>) -> Report<'s> {
        let severity = match diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        };
        Report { code: Some(diagnostic.code.to_string()), severity, text: shown(diagnostic.text.get(lang), false).into_owned(), labels, view }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.view.as_ref().map(|view| view as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// Labels that stand no further apart than so many lines are shown in one frame, with what is between.
const NEAR: usize = 4;

/// The text in which labels stand: a source that is held whole, or one line of a file.
#[derive(Debug)]
enum Whole<'s> {
    Held(&'s Source),
    Line(Cow<'s, Frame>),
}

/// A source whose columns are counted in characters: miette alone counts bytes.
#[derive(Debug)]
struct View<'s> {
    source: Whole<'s>,
    /// How many lines of the file stand before this text.
    first_line: usize,
    /// How many characters of the line were left out before this text.
    cut: usize,
}

impl View<'_> {
    fn path(&self) -> &str {
        match &self.source {
            Whole::Held(source) => &source.path,
            Whole::Line(frame) => &frame.path,
        }
    }

    fn text(&self) -> &str {
        match &self.source {
            Whole::Held(source) => &source.text,
            Whole::Line(frame) => &frame.text,
        }
    }

    fn line_column(&self, at: usize) -> (usize, usize) {
        match &self.source {
            Whole::Held(source) => source.line_column(at),
            Whole::Line(frame) => (1, frame.text.get(..at).unwrap_or(&frame.text).chars().count() + 1),
        }
    }

    fn same(&self, other: &View) -> bool {
        self.path() == other.path() && self.first_line == other.first_line
    }

    /// The stretch widened to whole lines, without the last one's end: the reader sees the row, not only the cell.
    fn whole_lines(&self, span: &SourceSpan) -> (usize, usize) {
        let text = self.text().as_bytes();
        let (start, end) = (span.offset().min(text.len()), (span.offset() + span.len()).min(text.len()));
        let first = text[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let last = text[end..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| end + at);
        (first, last)
    }
}

impl SourceCode for View<'_> {
    // What miette reads itself it reads from the first byte on, and counts all lines that stand before as lines of the frame.
    // No lines of context are asked for anywhere.
    fn read_span<'a>(&'a self, span: &SourceSpan, _: usize, _: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.text().as_bytes();
        let (first, last) = self.whole_lines(span);
        let (line, column) = self.line_column(span.offset());
        let further = self.text().get(first..last).unwrap_or_default().matches('\n').count();
        // Its end is part of a line: a carriage return before it is none.
        let end = (last + 1).min(text.len());
        let contents = MietteSpanContents::new_named(visible(self.path()), &text[first..end], (first, end - first).into(), line - 1 + self.first_line, column - 1 + self.cut, further + NEAR);
        Ok(Box::new(contents))
    }
}
