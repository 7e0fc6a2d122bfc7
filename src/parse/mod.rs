//! A rule file's text in, its tree and every message about its spelling out. No name is resolved, nothing is computed.
//!
//! The file is cut by lines into items, an item into head and clauses; the grammar reads each alone. What is not understood
//! is said and left out of the tree, everything else stands.

#![expect(clippy::needless_pass_by_value, clippy::unused_self, reason = "a node is a handle that is handed on, and all that builds hangs on one builder")]

mod allow;
mod clause;
mod cut;
mod evidence;
mod expect;
mod expr;
mod fault;
#[allow(clippy::pedantic, reason = "made by the grammar")]
mod grammar;
mod guard;
mod head;
mod height;
mod layers;
mod phrase;
mod place;
mod primary;
mod readings;
mod rules;
mod said;
mod sentence;
mod share;
mod spaced;
mod term;
#[cfg(test)]
mod tests;
mod token;

use pest::Parser;

use crate::base::{SourceId, Span, threads};
use crate::diag::Diagnostic;
use crate::diag::catalog as say;
use crate::model::ast::{self, File, Item, ItemKind};
use crate::model::line::clause_word;

use cut::{Cut, Piece};
use grammar::{Grammar, Rule};
use place::Places;
pub use spaced::spaced;
use token::{Build, Made, Node};

/// Brackets nested deeper than this are read on a thread with room for them, so that every thread reads the same.
const SHALLOW: usize = 12;
const ROOM: usize = 256 << 20;
/// Of a line that belongs nowhere so many characters are repeated.
const MOST_WORDS: usize = 40;
/// How many bytes of text are worth a thread.
const LARGE: usize = 64 << 10;

/// Reads a rule file.
///
/// Never fails: items and clauses that could not be understood are absent from the tree, counted in `begun`, and each has a
/// message.
pub fn parse(source: SourceId, text: &str) -> (File, Vec<Diagnostic>) {
    let places = Places { source, text };
    let (items, stray) = cut::cut(text);
    let pieces = items.iter().flat_map(|item| std::iter::once(&item.head).chain(&item.clauses));
    let deepest = pieces.filter(|piece| guard::opens_more(piece.text, SHALLOW)).filter_map(|piece| guard::guard(&places, *piece).ok()).max().unwrap_or(0);
    if deepest > SHALLOW {
        return threads::with_room(ROOM, || file(places, &items, &stray, true));
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(text.len() / LARGE);
    if threads < 2 { file(places, &items, &stray, true) } else { on_threads(places, &items, &stray, threads) }
}

/// Items are read alone, so any number of threads reads the same.
fn on_threads(places: Places, items: &[Cut], stray: &[Piece], threads: usize) -> (File, Vec<Diagnostic>) {
    let (mut whole, mut said) = file(places, &[], stray, true);
    for (part, more) in threads::shared(items, threads, |share| file(places, share, &[], true)) {
        whole.append(part);
        said.extend(more);
    }
    (whole, said)
}

/// The id of the pack that a file begins, with nothing else read.
pub fn pack_id(text: &str) -> Option<String> {
    pack(text).map(|pack| pack.id.text)
}

/// The pack that a file begins, with nothing else read.
pub fn pack(text: &str) -> Option<ast::Pack> {
    if !text.lines().any(cut::begins_pack) {
        return None;
    }
    let (items, _) = cut::cut(text);
    let packs = items.iter().filter(|item| item.word == Some("i_pack"));
    let mut read = packs.flat_map(|pack| file(Places { source: SourceId::default(), text }, std::slice::from_ref(pack), &[], false).0.items);
    read.find_map(|item| if let ItemKind::Pack(pack) = item.kind { Some(pack) } else { None })
}

/// Whether a line that is to be offered would be understood.
fn reads(line: &str) -> bool {
    let clause = if matches!(clause_word(line), Some("c_when" | "c_require")) { line.to_string() } else { format!("require {line}") };
    let text = format!("rule X\n  {clause}\n");
    let (items, _) = cut::cut(&text);
    let (_, said) = file(Places { source: SourceId::default(), text: &text }, &items, &[], false);
    said.is_empty()
}

fn file(places: Places, items: &[Cut], stray: &[Piece], offers: bool) -> (File, Vec<Diagnostic>) {
    let mut reader = Reader { places, said: Vec::new(), lost: Vec::new(), pieces: Vec::new(), offers };
    let mut file = File { begun: items.len(), ..File::default() };
    for piece in stray {
        reader.stray(*piece);
    }
    for cut in items {
        match reader.item(cut) {
            Some(item) => file.items.push(item),
            None => file.broken.push(first_line(&places, cut.head)),
        }
    }
    file.lost = reader.lost;
    file.pieces = reader.pieces;
    file.pieces.sort_by_key(|piece| piece.span.start);
    (file, reader.said)
}

/// The words of a head's first line.
fn first_line(places: &Places, piece: Piece) -> Span {
    let line = piece.text.lines().next().unwrap_or_default().trim_end();
    places.span(piece.at, piece.at + line.len())
}

struct Reader<'t> {
    places: Places<'t>,
    said: Vec<Diagnostic>,
    lost: Vec<String>,
    pieces: Vec<ast::Piece>,
    /// Whether a sentence that is not understood is held against what people write unasked.
    offers: bool,
}

impl<'t> Reader<'t> {
    fn lay(&mut self, piece: Piece<'t>, head: bool, understood: bool) {
        self.pieces.push(ast::Piece { span: self.places.span(piece.at, piece.at + piece.text.len()), head, understood });
    }

    fn stray(&mut self, piece: Piece<'t>) {
        self.lay(piece, false, false);
        let span = first_line(&self.places, piece);
        let words = self.places.slice(span);
        let said = if clause_word(words).is_some() { Diagnostic::from(say::StrayClause {}) } else { say::OutsideItems { words: words.chars().take(MOST_WORDS).collect::<String>().into() }.into() };
        self.said.push(said.at(span, "".into()));
    }

    /// `None` when the head could not be understood: its clauses are still read, for their messages.
    fn item(&mut self, cut: &Cut<'t>) -> Option<Item> {
        if cut.word.is_none() {
            self.said.push(fault::unknown_item(&self.places, cut.head));
            self.lose(cut.head);
        }
        let head = cut.word.and_then(|_| self.piece(cut.head, Rule::one_head));
        let mut item = head.and_then(|(at, node, whole)| {
            let made = self.keep(self.build(at).head(node));
            made.map(|item| Item { broken: !whole, ..item })
        });
        if cut.word.is_some() && item.is_none() {
            self.lose(cut.head);
        }
        self.lay(cut.head, true, item.as_ref().is_some_and(|item| !item.broken));
        let codes = cut.word == Some("i_codes");
        let declares = matches!(cut.word, None | Some("i_codes" | "i_table" | "i_split"));
        let mut seen: Vec<(Rule, Span)> = Vec::new();
        for piece in &cut.clauses {
            let entry = if codes && !allow::begins(piece.text) { Rule::one_code } else { Rule::one_clause };
            let understood = self.clause(*piece, entry, item.as_mut(), &mut seen);
            self.lay(*piece, false, understood);
            if declares && (!understood || item.is_none()) {
                self.lose(*piece);
            }
            if let Some(item) = item.as_mut() {
                item.broken |= !understood;
            }
        }
        item
    }

    /// Remembers the words of what could not be understood.
    fn lose(&mut self, piece: Piece<'t>) {
        self.lost.extend(piece.text.split(|c: char| !pest::unicode::XID_CONTINUE(c)).filter(|word| !word.is_empty()).map(str::to_string));
    }

    /// Reads one clause into its item; whether all of it was understood.
    fn clause(&mut self, piece: Piece<'t>, entry: Rule, item: Option<&mut Item>, seen: &mut Vec<(Rule, Span)>) -> bool {
        let before = self.said.len();
        let understood = self.clause_alone(piece, entry, item, seen);
        if !understood && self.said.len() > before {
            self.offer(piece);
        }
        understood
    }

    /// A general message gives way to one that offers the line that was meant.
    fn offer(&mut self, piece: Piece<'t>) {
        let Some(said) = self.said.last_mut().filter(|said| self.offers && fault::GENERAL.contains(&said.code)) else { return };
        let Some(sentence) = cut::required(piece.text) else { return };
        if let Some(offer) = phrase::offer(sentence, &reads) {
            *said = Diagnostic { labels: std::mem::take(&mut said.labels), ..offer };
        }
    }

    fn clause_alone(&mut self, piece: Piece<'t>, entry: Rule, item: Option<&mut Item>, seen: &mut Vec<(Rule, Span)>) -> bool {
        let Some((at, node, whole)) = self.piece(piece, entry) else { return false };
        let Some(item) = item else { return false };
        let build = self.build(at);
        let (rule, span) = (node.as_rule(), build.span(&node));
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == rule && clause::single(rule)) {
            self.said.push(fault::duplicate(&build, &node, *first));
            return false;
        }
        let timed = rule == Rule::require && token::has(&node, Rule::k_time_zh);
        if rule == Rule::require && (timed && !seen.iter().all(|(known, _)| *known != Rule::require && *known != Rule::when) || is_timed(seen)) {
            self.said.push(Diagnostic::from(say::TimedBeside {}).at(span, "".into()));
            return false;
        }
        seen.push((rule, span));
        if timed {
            seen.push((Rule::when, span));
        }
        let made = match rule {
            Rule::allow => build.allow(node).map(|allow| item.allows.push(allow)),
            _ => build.clause(&mut item.kind, node),
        };
        self.keep(made).is_some() && whole
    }

    fn build(&self, at: usize) -> Build<'t> {
        Build { places: self.places, at, even: false }
    }

    fn keep<T>(&mut self, made: Made<T>) -> Option<T> {
        made.map_err(|fault| self.said.push(*fault)).ok()
    }

    /// The one node that a piece holds, and whether it is the whole piece: a line behind it that begins nothing known is
    /// said and left out.
    fn piece(&mut self, piece: Piece<'t>, entry: Rule) -> Option<(usize, Node<'t>, bool)> {
        if let Err(fault) = guard::guard(&self.places, piece) {
            self.said.push(*fault);
            return None;
        }
        let error = match read(piece.text, entry) {
            Ok(node) => return Some((piece.at, node, true)),
            Err(error) => error,
        };
        let at = fault::position(&error).min(piece.text.len());
        let line = piece.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let before = Piece { at: piece.at, text: piece.text[..line].trim_end() };
        let kept = if before.text.is_empty() { None } else { read(before.text, entry).ok() };
        let unknown = kept.is_some().then(|| fault::unknown_clause(&self.places, Piece { at: piece.at + line, text: &piece.text[line..] }, at - line)).flatten();
        if let (Some(node), Some(unknown)) = (kept, unknown) {
            self.said.push(unknown);
            return Some((piece.at, node, false));
        }
        self.said.push(fault::not_understood(&self.places, piece, &error));
        None
    }
}

/// Whether the condition seen stands in a `require`.
fn is_timed(seen: &[(Rule, Span)]) -> bool {
    seen.iter().any(|(rule, at)| *rule == Rule::when && seen.contains(&(Rule::require, *at)))
}

fn read(text: &str, entry: Rule) -> Result<Node<'_>, Box<pest::error::Error<Rule>>> {
    let mut whole = Grammar::parse(entry, text).map_err(Box::new)?;
    let inner = whole.next().and_then(|whole| whole.into_inner().next());
    inner.ok_or_else(|| {
        let variant = pest::error::ErrorVariant::ParsingError { positives: Vec::new(), negatives: Vec::new() };
        Box::new(pest::error::Error::new_from_pos(variant, pest::Position::from_start(text)))
    })
}
