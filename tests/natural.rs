//! What people write unasked, in both languages: each sentence is read as it means, or refused with a line that can be
//! pasted in its place. A sentence is never taken for another.
//!
//! `tests/natural/{zh,en}.txt` hold a record for each sentence; `tests/natural/base.heng` the tables that they speak of.
//!
//! ```text
//! @ county              who is asked, from here on
//! SENTENCE
//! = CANONICAL           accepted: the plan is the same as that of this line
//! ! E0133               or refused with this code,
//! > LINE                and the help offers this line, in place of what is underlined; it is accepted
//! ~ NAME = COLUMN       a word of the offered line that a person replaces by one of their own
//! ```

use std::fmt::Write as _;
use std::path::Path;

use heng::base::{Lang, SourceId};
use heng::diag::{Diagnostic, Place, Severity};
use heng::{check, parse};

struct Record {
    asked: String,
    sentence: String,
    same: Option<String>,
    code: Option<String>,
    lines: Vec<String>,
    replaced: Vec<(String, String)>,
}

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/natural").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn records(text: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut asked = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (sign, rest) = line.split_at_checked(2).unwrap_or(("", ""));
        match (sign, records.last_mut()) {
            ("@ ", _) => asked = rest.to_string(),
            ("= ", Some(record)) => record.same = Some(record.same.take().map_or_else(|| rest.to_string(), |first| format!("{first}\n{rest}"))),
            ("! ", Some(record)) => record.code = Some(rest.to_string()),
            ("> ", Some(record)) => record.lines.push(rest.to_string()),
            ("~ ", Some(record)) => record.replaced.extend(rest.split_once(" = ").map(|(from, to)| (from.to_string(), to.to_string()))),
            _ => records.push(Record { asked: asked.clone(), sentence: line.to_string(), same: None, code: None, lines: Vec::new(), replaced: Vec::new() }),
        }
    }
    records
}

/// Rules that the sentences name.
fn ranges() -> String {
    let mut text = String::new();
    for (stem, last) in [("A", 36), ("L", 7), ("P", 36), ("K", 36), ("V", 6)] {
        for number in 1..=last {
            let _ = writeln!(text, "rule {stem}{number}\n  for each county\n  require places >= {number}\n");
        }
    }
    text
}

/// A plan without its places (the long form of Debug leaves them out), and every error; and where the sentence begins in the text.
fn judged(asked: &str, body: &str) -> (String, Vec<Diagnostic>, usize) {
    let clauses = if body.starts_with("when ") || body.starts_with("当：") || body.starts_with("适用于：") || body.starts_with("for each ") { format!("  {}\n", body.replace('\n', "\n  ")) } else { format!("  require {body}\n") };
    let each = if clauses.contains("for each ") || clauses.contains("适用于") { String::new() } else { format!("  for each {asked}\n") };
    let before = format!("{}{}rule SENTENCE\n{each}", read("base.heng"), ranges());
    let at = before.len() + "  require ".len();
    let (file, mut said) = parse::parse(SourceId::default(), &(before + &clauses));
    let (plan, more) = check::check(&[file]);
    said.extend(more);
    said.retain(|said| said.severity == Severity::Error);
    let rule = plan.rules.last().map(|rule| format!("{:#?} {:#?} {:#?}", rule.at, rule.when, rule.require));
    let aggregates = format!("{:#?} {:#?} {:#?}", rule, plan.aggregates, plan.shares);
    (aggregates, said, at)
}

/// What stands between the quotes of a help.
fn offered(help: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, close) in [('`', '`'), ('“', '”')] {
        let mut rest = help;
        while let Some(from) = rest.find(open) {
            let inner = &rest[from + open.len_utf8()..];
            let Some(to) = inner.find(close) else { break };
            found.push(inner[..to].to_string());
            rest = &inner[to + close.len_utf8()..];
        }
    }
    found
}

/// Every line that following the helps may give: what is offered in place of what is underlined, or of all behind it, or
/// of the whole sentence.
fn followed(sentence: &str, said: &[Diagnostic], at: usize, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let mut all = sentence.to_string();
    let mut shift = 0isize;
    for said in said {
        let places: Vec<_> = said.labels.iter().filter_map(|label| if let Place::Rule(span) = &label.place { Some(span.range()) } else { None }).collect();
        for offer in offered(said.help.get(lang)) {
            lines.push(offer.clone());
            for (first, place) in places.iter().enumerate().filter(|(_, place)| place.start >= at && place.end <= at + sentence.len()) {
                let (start, end) = (place.start - at, place.end - at);
                lines.push(format!("{}{offer}{}", &sentence[..start], &sentence[end..]));
                lines.push(format!("{}{offer}", &sentence[..start]));
                let (from, to) = (start.saturating_add_signed(shift), end.saturating_add_signed(shift));
                if first == 0 && to <= all.len() && from <= to && all.is_char_boundary(from) && all.is_char_boundary(to) {
                    all.replace_range(from..to, &offer);
                    shift += isize::try_from(offer.len()).unwrap_or(0) - isize::try_from(end - start).unwrap_or(0);
                }
            }
        }
    }
    lines.push(all);
    lines
}

fn fault(record: &Record, lang: Lang) -> Option<String> {
    let (tree, said, at) = judged(&record.asked, &record.sentence);
    let shown = || said.iter().map(|said| format!("    {} {} | {}\n", said.code, said.text.get(lang), said.help.get(lang))).collect::<String>();
    if let Some(same) = &record.same {
        if !said.is_empty() {
            return Some(format!("refused\n{}", shown()));
        }
        let (wanted, faults, _) = judged(&record.asked, same);
        if let Some(fault) = faults.first() {
            return Some(format!("the canonical line is refused: {} {}", fault.text.get(lang), fault.help.get(lang)));
        }
        return (tree != wanted).then(|| format!("another tree\n    {tree}\n    {wanted}"));
    }
    let Some(code) = &record.code else { return Some(if said.is_empty() { "accepted, unrecorded\n".into() } else { shown() }) };
    if said.is_empty() {
        return Some("accepted".into());
    }
    if !said.iter().any(|said| said.code == code) {
        return Some(format!("refused otherwise\n{}", shown()));
    }
    let lines = followed(&record.sentence, &said, at, lang);
    let wanted = record.lines.join("\n");
    let given = record.lines.iter().all(|line| lines.contains(line));
    if record.lines.is_empty() || !given {
        return Some(format!("does not offer the line\n{}", shown()));
    }
    let pasted = record.replaced.iter().fold(wanted, |line, (from, to)| line.replace(from, to));
    let (_, faults, _) = judged(&record.asked, &pasted);
    faults.first().map(|fault| format!("the offered line is refused: {} {} {}", fault.code, fault.text.get(lang), fault.help.get(lang)))
}

fn run(name: &str, lang: Lang, sentences: usize, accepted: usize) {
    let records = records(&read(name));
    let wrong: String = records.iter().filter_map(|record| fault(record, lang).map(|fault| format!("{}\n    {fault}\n", record.sentence))).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
    let read_as_meant = records.iter().filter(|record| record.same.is_some()).count();
    assert_eq!(records.len(), sentences, "sentences");
    assert!(read_as_meant >= accepted, "{read_as_meant} sentences are read as they mean");
}

#[test]
fn chinese_sentences_are_read_as_they_mean_or_refused_with_a_line_to_paste() {
    run("zh.txt", Lang::Zh, 67, 45);
}

#[test]
fn english_sentences_are_read_as_they_mean_or_refused_with_a_line_to_paste() {
    run("en.txt", Lang::En, 89, 60);
}

/// The base itself is sound, or the records would say nothing.
#[test]
fn the_base_is_understood() {
    let (_, said, _) = judged("county", "places >= 1");
    assert!(said.is_empty(), "{said:?}");
}
