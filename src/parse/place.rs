//! Where things stand: offsets of a piece turned into spans of the file.

use pest::iterators::Pair;

use crate::base::{SourceId, Span};

use super::grammar::Rule;

/// The file that is read.
#[derive(Clone, Copy, Debug)]
pub struct Places<'t> {
    pub source: SourceId,
    pub text: &'t str,
}

impl<'t> Places<'t> {
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    pub fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// Where a pair ends without the blanks and comments that the grammar skipped behind it.
pub fn end(pair: &Pair<Rule>) -> usize {
    let mut pair = pair.clone();
    // Atomic rules skip nothing: they end where they end, whatever stands inside.
    while !exact(pair.as_rule()) {
        match pair.clone().into_inner().next_back() {
            Some(last) => pair = last,
            None => break,
        }
    }
    pair.as_span().start() + pair.as_str().trim_end().len()
}

fn exact(rule: Rule) -> bool {
    matches!(rule, Rule::name | Rule::quantity | Rule::percent | Rule::unit_of | Rule::date | Rule::year_month | Rule::text | Rule::code_id)
}
