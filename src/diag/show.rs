//! Diagnostics as a person sees them on a terminal: the frame, the words underlined, columns right for Chinese.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::base::{Lang, Source, Sources};

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
    text + &help(diagnostic.help.get(style.lang), style)
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
fn reports(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for label in &diagnostic.labels {
        let shortened = if diagnostic.labels.len() == 1 { long_line(&label.place, sources) } else { None };
        let (view, start, end) = shortened.as_ref().map_or_else(|| view(&label.place, sources), framed);
        let span = LabeledSpan::new(Some(label.text.get(lang).to_string()).filter(|text| !text.is_empty()), start, end.saturating_sub(start));
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

fn view(place: &Place, sources: &Sources) -> (View, usize, usize) {
    match place {
        Place::Rule(span) => (View { source: sources.get(span.source).clone(), first_line: 0, cut: 0 }, span.start as usize, span.end as usize),
        Place::Line(frame) => framed(frame),
    }
}

fn framed(frame: &Frame) -> (View, usize, usize) {
    let source = Source { path: frame.path.clone(), text: frame.text.clone() };
    (View { source, first_line: frame.line.saturating_sub(1) as usize, cut: frame.cut }, frame.start, frame.end)
}

/// A place in a line of a rule file that is too long to be shown whole.
fn long_line(place: &Place, sources: &Sources) -> Option<Frame> {
    const LONG: usize = 200;
    let Place::Rule(span) = place else { return None };
    let (source, at) = (sources.get(span.source), span.start as usize);
    let start = source.text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = source.text[start..].lines().next()?;
    let number = u32::try_from(source.line_column(at).0).ok()?;
    (line.len() > LONG).then(|| cut(&source.path, number, line, at - start, (span.end as usize - start).min(line.len())))
}

#[derive(Debug)]
struct Report {
    code: Option<String>,
    severity: miette::Severity,
    text: String,
    labels: Vec<LabeledSpan>,
    view: Option<View>,
}

impl Report {
    fn new(diagnostic: &Diagnostic, lang: Lang, view: Option<View>, labels: Vec<LabeledSpan>) -> Report {
        let severity = match diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        };
        Report { code: Some(diagnostic.code.to_string()), severity, text: diagnostic.text.get(lang).to_string(), labels, view }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
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

/// A source whose columns are counted in characters: miette alone counts bytes.
#[derive(Debug)]
struct View {
    source: Source,
    /// How many lines of the file stand before this text.
    first_line: usize,
    /// How many characters of the line were left out before this text.
    cut: usize,
}

impl View {
    fn same(&self, other: &View) -> bool {
        self.source.path == other.source.path && self.first_line == other.first_line
    }
}

impl View {
    /// The stretch widened to whole lines: the reader sees the row, not only the cell.
    fn whole_lines(&self, span: &SourceSpan) -> SourceSpan {
        let text = &self.source.text;
        let (start, end) = (span.offset().min(text.len()), (span.offset() + span.len()).min(text.len()));
        let first = text.as_bytes()[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let last = text.as_bytes()[end..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| end + at);
        (first, last - first).into()
    }
}

impl SourceCode for View {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.source.text.read_span(&self.whole_lines(span), before, after)?;
        let (_, column) = self.source.line_column(inner.span().offset().max(span.offset()));
        let contents = MietteSpanContents::new_named(
            self.source.path.clone(),
            inner.data(),
            *inner.span(),
            inner.line() + self.first_line,
            column.saturating_sub(1) + self.cut,
            inner.line_count(),
        );
        Ok(Box::new(contents))
    }
}
