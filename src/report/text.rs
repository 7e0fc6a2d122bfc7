//! The report on a terminal: what it comes to first, then what is not met, what is open and which cells it waits for,
//! and a table of all rules last, where the reader's eye ends up.

mod body;
mod explained;
mod lines;
mod parts;
mod remedies;
mod sections;
mod summary;
mod trial;

use crate::model::verdict::Finding;

use super::page::Page;
use lines::Lines;

pub use explained::explanation;
pub use remedies::remedies;
pub use body::message_texts;
pub use trial::trial;

/// The whole report, in the page's language.
pub fn text(page: &Page) -> String {
    let mut lines = Lines::new(page.lang, page.color, page.width);
    summary::head(page, &mut lines);
    sections::sections(page, &mut lines);
    summary::table(page, &mut lines);
    lines.done()
}

/// One finding alone, with its rule, in the page's language.
pub fn finding(page: &Page, finding: &Finding) -> String {
    let mut lines = Lines::new(page.lang, page.color, page.width);
    body::heading(page, &mut lines, finding.rule);
    body::finding(page, &mut lines, finding, true, true);
    lines.done()
}
