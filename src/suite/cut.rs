//! Chinese typed without blanks, in whole files: trees and what was said of them come in, the clauses whose words can be
//! set apart go out, each with every way that means something. Never chosen silently: that is for those who ask.

use crate::base::{Sources, Span, is_han};
use crate::diag::catalog::{RunTogether, apart};
use crate::diag::{Diagnostic, any_error};
use crate::model::ast::File;
use crate::model::names::spoken;
use crate::{check, parse};

/// How many ways of one clause are tried on the pack, how many clauses in one run.
const WAYS: usize = 6;
const CLAUSES: usize = 60;

/// A clause, and its text with the words set apart.
#[derive(Clone, Debug)]
pub struct Cut {
    pub at: Span,
    pub texts: Vec<String>,
}

/// Puts one message for each clause whose words run together in place of what was said of it.
pub fn explained(trees: &[File], sources: &Sources, said: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut said = said;
    for cut in cuts(trees, sources, &said) {
        let first = said.iter().position(|one| points_into(one, cut.at)).unwrap_or(said.len());
        said.retain(|one| !points_into(one, cut.at));
        said.insert(first.min(said.len()), Diagnostic::from(RunTogether { instead: apart(&cut.texts) }).at(cut.at, "".into()));
    }
    said
}

/// The clauses of which something was said that is not true once their words are set apart.
pub fn cuts(trees: &[File], sources: &Sources, said: &[Diagnostic]) -> Vec<Cut> {
    let mut names = None;
    let mut found = Vec::new();
    if !any_error(said) {
        return found;
    }
    let mut wrong: Vec<Span> = said.iter().filter(|one| one.is_error()).filter_map(Diagnostic::place).collect();
    wrong.sort_unstable();
    for (file, tree) in trees.iter().enumerate() {
        for (place, piece) in tree.pieces.iter().enumerate().filter(|(_, piece)| !piece.head) {
            let text = slice(sources, piece.span);
            if found.len() == CLAUSES || !text.contains(is_han) || !is_wrong(&wrong, piece.span) {
                continue;
            }
            let Some(head) = tree.pieces[..place].iter().rfind(|piece| piece.head) else { continue };
            let names = names.get_or_insert_with(|| spoken(trees));
            let ways = parse::spaced(slice(sources, head.span), text, names);
            let sound = |way: &String| way != text && means_something(trees, file, sources, piece.span, way);
            let texts: Vec<String> = ways.into_iter().take(WAYS).filter(sound).collect();
            if !texts.is_empty() {
                found.push(Cut { at: piece.span, texts });
            }
        }
    }
    found
}

/// Whether any of these places, in their order, lies within a stretch.
fn is_wrong(places: &[Span], at: Span) -> bool {
    let first = places.partition_point(|place| (place.source, place.start) < (at.source, at.start));
    places[first..].iter().take_while(|place| (place.source, place.start) <= (at.source, at.end)).any(|place| at.holds(*place))
}

fn slice(sources: &Sources, span: Span) -> &str {
    sources.get(span.source).text.get(span.range()).unwrap_or_default()
}

fn points_into(one: &Diagnostic, at: Span) -> bool {
    one.place().is_some_and(|place| at.holds(place))
}

/// The texts with every clause set apart that has one way only, and what was written. What has several stays.
pub fn set_apart(trees: &[File], sources: &Sources, said: &[Diagnostic]) -> Vec<(Span, String)> {
    let one = |cut: Cut| match <[String; 1]>::try_from(cut.texts) {
        Ok([text]) => Some((cut.at, text)),
        Err(_) => None,
    };
    cuts(trees, sources, said).into_iter().filter_map(one).collect()
}

/// Whether nothing is wrong with a clause once it is written so.
fn means_something(trees: &[File], file: usize, sources: &Sources, at: Span, way: &str) -> bool {
    let text = replaced(&sources.get(at.source).text, at, way);
    let (tree, said) = parse::parse(at.source, &text);
    let now = Span::new(at.source, at.start as usize, at.start as usize + way.len());
    let wrong = |said: &[Diagnostic]| said.iter().any(|one| one.is_error() && points_into(one, now));
    if wrong(&said) {
        return false;
    }
    let mut all = trees.to_vec();
    all[file] = tree;
    !wrong(&check::check(&all).1)
}

/// A text with one stretch written otherwise.
pub fn replaced(text: &str, at: Span, way: &str) -> String {
    format!("{}{way}{}", text.get(..at.start as usize).unwrap_or_default(), text.get(at.end as usize..).unwrap_or_default())
}
