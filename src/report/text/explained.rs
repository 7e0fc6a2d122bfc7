//! One finding in full: the rule in plain words, everything that led to the outcome, what it would be without each
//! school, what would change it.

use crate::base::{Lang, Text};
use crate::model::explained::{Explained, Without};
use crate::model::verdict::{Finding, Form, Outcome, Part};
use crate::report::figure;
use crate::report::page::Page;
use crate::report::phrase;

use super::lines::{Lines, Tone};
use super::{body, parts};

/// As many members are told.
const MOST: usize = 20;

/// `said` is the rule read back, line by line.
pub fn explanation(page: &Page, finding: &Finding, explained: &Explained, said: &[Text]) -> String {
    let mut lines = Lines::new(page.lang, page.color, page.width);
    for line in said {
        let text = line.get(page.lang);
        lines.line(text.len() - text.trim_start().len(), Tone::Plain, text.trim_start());
    }
    lines.blank();
    body::finding(page, &mut lines, finding, true, true);
    set_by(page, &mut lines, finding);
    branches(page, &mut lines, finding);
    without(page, &mut lines, finding, explained);
    outside(page, &mut lines, explained);
    lines.done()
}

fn set_by(page: &Page, lines: &mut Lines, finding: &Finding) {
    if let Some(pack) = page.pack_id(finding.judged.set_by).filter(|_| page.plan.packs.len() < 2) {
        lines.labelled(4, phrase::SET_BY.get(lines.lang), Tone::Plain, &pack);
    }
}

/// The branches that the finding names by their ids alone.
fn branches(page: &Page, lines: &mut Lines, finding: &Finding) {
    let Form::Rules { .. } = finding.judged.form else { return };
    let is_told = |outcome: &Outcome| matches!(outcome, Outcome::NotMet | Outcome::Undecided) && finding.judged.parts.len() <= parts::FEW;
    for part in &finding.judged.parts {
        if matches!(part, Part::Branch { outcome, .. } if !is_told(outcome)) {
            parts::branch(page, lines, finding.rule, 4, part);
        }
    }
}

fn without(page: &Page, lines: &mut Lines, finding: &Finding, explained: &Explained) {
    let shown = page.veil(&finding.judged, finding.unit.table);
    if explained.without.is_empty() || !shown.parts.iter().any(|part| matches!(part, Part::Member { .. })) {
        return;
    }
    let lang = lines.lang;
    let mut rows = vec![[phrase::OF_SPREAD.get(lang).to_string(), phrase::WITHOUT_IT.get(lang).to_string(), phrase::OUTCOME.get(lang).to_string(), String::new()]];
    rows.extend(explained.without.iter().take(MOST).map(|one| row(page, one, finding.judged.show, lang)));
    lines.line(4, Tone::Faint, phrase::WITHOUT_EACH.get(lang));
    lines.table(4, &rows);
    if explained.without.len() > MOST {
        lines.line(4, Tone::Faint, phrase::more(explained.without.len() - MOST).get(lang));
    }
}

fn row(page: &Page, one: &Without, show: u32, lang: Lang) -> [String; 4] {
    let (key, name) = page.row_unit(one.table, one.row, &one.key, &one.name);
    let value = one.square.as_ref().map(|square| square.root_rounded(show).fixed(show)).unwrap_or_default();
    [figure::rounded_percent(&one.share.round_half_up(parts::SHARE_DECIMALS)), value, one.outcome.word().get(lang).to_string(), parts::named(&key, &name, lang)]
}

fn outside(page: &Page, lines: &mut Lines, explained: &Explained) {
    let lang = lines.lang;
    for (at, (table, row)) in explained.outside.iter().enumerate() {
        let label = if at == 0 { phrase::OUTSIDE.get(lang) } else { "" };
        lines.labelled(4, label, Tone::Plain, page.row_place(*table, *row).get(lang));
    }
}
