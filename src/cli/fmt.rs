//! `heng fmt`: rule files in, the same files written as they are to be written.
//!
//! What comes out is read again before anything is written: an item that would not mean the same stays as it was typed.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::{Lang, SourceId, threads};
use crate::diag::catalog::SetApart;
use crate::diag::{Diagnostic, any_error};
use crate::format::{self, Style};
use crate::model::ast::File;
use crate::suite::cut;
use crate::suite::packs::{self, RuleFile};
use crate::{check, parse};

use super::session::{Session, Stopped};
use super::output::For;
use super::writing::{Readers, Writing};
use super::{COULD_NOT_RUN, audit, pick};

/// How often clauses are set apart, each time with what was understood before.
const ROUNDS: usize = 8;

pub fn command(lang: Lang) -> Command {
    let words = Arg::new("words").long("words").value_name("zh|en").value_parser(["zh", "en"]).help(pick(
        lang,
        "Write all words, and the names that have a title, in one language.",
        "把所有用词，以及有名称的代号，统一写成一种语言。",
    ));
    let check = Arg::new("check").long("check").action(ArgAction::SetTrue).help(pick(lang, "Change nothing; name the files that would change.", "不作改动，只列出需要整理的文件。"));
    Command::new("fmt")
        .about(pick(lang, "Writes rule files as they are to be written, comments and meaning kept.", "整理规则文件的写法；注释和含义不变。"))
        .arg(Arg::new("packs").value_name("PACK").num_args(0..).help(pick(lang, "Folders of .heng files, or such files; otherwise those of heng.toml.", "存放 .heng 文件的文件夹，或 .heng 文件；不写则取 heng.toml 中的。")))
        .arg(check)
        .arg(words)
        .after_help(pick(lang, "Exit status: 0 clean or written, 1 with --check: something to write, 2 errors.", "退出状态：0 无需整理或已整理，1 有需整理之处（--check），2 有错误。"))
}

pub fn run(matches: &ArgMatches, session: &mut Session) -> Result<u8, Stopped> {
    let words = matches.get_one::<String>("words").map(|word| if word == "zh" { Lang::Zh } else { Lang::En });
    let mut status = 0;
    for path in audit::packs(&audit::texts(matches, "packs"), session)? {
        let files = session.need(packs::read(path.as_ref(), &path))?;
        let (read, written) = Read::of(&files, session, |trees| formatted(&files, trees, words));
        let (spaced, apart, read) = set_apart(&files, read, session);
        let written = if apart.is_empty() { written } else { formatted(&spaced, &read.trees, words) };
        // The process ends without taking its trees apart first.
        let mut read = ManuallyDrop::new(read);
        let open = read.open(session);
        session.say(&[apart, open.clone(), read.faults.clone()].concat());
        status = status.max(if any_error(&read.faults) { COULD_NOT_RUN } else { u8::from(!open.is_empty()) });
        let others: Vec<_> = files.iter().zip(written).filter(|(file, text)| file.text != *text).collect();
        if matches.get_flag("check") {
            status = if others.is_empty() { status } else { status.max(1) };
        } else {
            let mut writing = session.need(Writing::begin(Readers::Anyone, others.iter().map(|(file, _)| Some(Path::new(&file.path)))))?;
            for (at, (_, text)) in others.iter().enumerate() {
                session.need(writing.take(at, text.clone(), For::Programs))?;
            }
            session.need(writing.finish())?;
        }
        session.result(&others.iter().map(|(file, _)| format!("{}\n", file.path)).collect::<String>())?;
    }
    Ok(status)
}

/// The files with the words of their clauses set apart where there is one way to do so, a note on each, and how they read.
fn set_apart(files: &[RuleFile], read: Read, session: &mut Session) -> (Vec<RuleFile>, Vec<Diagnostic>, Read) {
    let (mut files, mut read) = (files.to_vec(), read);
    let mut notes = Vec::new();
    // A clause may mean something only once another has been set apart, as a measure that it asks for.
    for _ in 0..ROUNDS {
        let cuts = cut::set_apart(&read.trees, &session.sources, &read.said);
        if cuts.is_empty() {
            break;
        }
        // From the last to the first, so that places stay true.
        for (at, text) in cuts.iter().rev() {
            for (file, _) in files.iter_mut().zip(&read.trees).filter(|(_, tree)| tree.pieces.iter().any(|piece| piece.span == *at)) {
                file.text = cut::replaced(&file.text, *at, text);
            }
        }
        notes.extend(cuts.into_iter().map(|(at, text)| Diagnostic::from(SetApart { words: text.into() }).at(at, "".into())));
        read = Read::of(&files, session, |_| ()).0;
    }
    (files, notes, read)
}

/// A pack's files as they were read.
struct Read {
    trees: Vec<File>,
    /// What the parser could not understand: it stays as it was typed.
    faults: Vec<Diagnostic>,
    /// The same, and all that is wrong with what names mean. A file alone may speak of names that others declare, so that
    /// this is nothing to stop at.
    said: Vec<Diagnostic>,
}

impl Read {
    /// The files, read and checked; and what is made of their trees meanwhile.
    fn of<T>(files: &[RuleFile], session: &mut Session, work: impl FnOnce(&[File]) -> T) -> (Read, T) {
        let mut read = Read { trees: Vec::new(), faults: Vec::new(), said: Vec::new() };
        for file in files {
            let source = session.sources.add(file.path.clone(), file.text.clone());
            let (tree, faults) = parse::parse(source, &file.text);
            read.faults.extend(faults);
            read.trees.push(tree);
        }
        let trees = &read.trees;
        let check = || {
            let (plan, said) = check::check(trees);
            // Taking a large plan apart would keep the others waiting.
            std::mem::forget(plan);
            said
        };
        let (wrong, made) = threads::beside(check, || work(trees));
        read.said = [read.faults.clone(), wrong].concat();
        (read, made)
    }

    /// Clauses whose words can be set apart in several ways: each message shows them, and the clauses stay. What the parser
    /// said of them is said no more.
    fn open(&mut self, session: &Session) -> Vec<Diagnostic> {
        let explained = cut::explained(&self.trees, &session.sources, self.said.clone());
        self.faults.retain(|fault| explained.contains(fault));
        explained.into_iter().filter(|one| !self.said.contains(one)).collect()
    }
}

/// The texts of a pack's files as they are to be written.
fn formatted(files: &[RuleFile], trees: &[File], words: Option<Lang>) -> Vec<String> {
    let all = |style: &Style| files.iter().zip(trees).map(|(file, tree)| sound(&file.text, tree, style)).collect::<Vec<_>>();
    let named = words.map(|lang| format::translated(trees, lang)).unwrap_or_default();
    // As much as leaves the meaning alone.
    let styles = [(&named, false), (&named, true), (&BTreeMap::new(), false)].map(|(names, keep_units)| Style { words, keep_units, names: names.clone(), ..Style::default() });
    for style in styles.into_iter().filter(|_| words.is_some()) {
        let written: Vec<String> = files.iter().zip(trees).map(|(file, tree)| format::format(&file.text, tree, &style)).collect();
        if same_plan(trees, &written) {
            return written;
        }
    }
    all(&Style { words, keep_units: true, ..Style::default() })
}

/// A file's text as it is to be written, each item with the tree that it had.
fn sound(text: &str, tree: &File, style: &Style) -> String {
    let written = format::format(text, tree, style);
    // What stays as it was means what it meant.
    if written == text {
        return written;
    }
    let (again, _) = parse::parse(SourceId::default(), &written);
    let texts = stretches(text, tree).zip(stretches(&written, &again));
    let same: Vec<bool> = tree.items.iter().zip(&again.items).zip(texts).map(|((item, again), (before, after))| before == after || format!("{:#?}", item.kind) == format!("{:#?}", again.kind)).collect();
    let whole = tree.items.len() == again.items.len();
    if whole && same.iter().all(|same| *same) {
        return written;
    }
    let changed = |place: usize| !whole || !same[place];
    let kept: Vec<_> = tree.items.iter().enumerate().filter(|(place, _)| changed(*place)).map(|(_, item)| item.span).filter(|span| !style.kept.contains(span)).collect();
    // Each round keeps one more item as it was typed; where that is not enough, the whole file stays.
    if kept.is_empty() {
        return text.to_string();
    }
    sound(text, tree, &Style { kept: [style.kept.clone(), kept].concat(), ..style.clone() })
}

/// The text of each item, to where the next begins.
fn stretches<'t>(text: &'t str, tree: &File) -> impl Iterator<Item = &'t str> {
    let starts: Vec<usize> = tree.items.iter().map(|item| item.span.start as usize).chain([text.len()]).collect();
    (1..starts.len()).map(move |at| text.get(starts[at - 1]..starts[at]).unwrap_or_default().trim_end())
}

/// Whether texts come to the plan that trees come to, wherever everything stands.
fn same_plan(trees: &[File], written: &[String]) -> bool {
    let again: Vec<File> = written.iter().enumerate().map(|(at, text)| parse::parse(SourceId(u32::try_from(at).unwrap_or(u32::MAX)), text).0).collect();
    let (before, said) = check::check(trees);
    let (after, said_again) = check::check(&again);
    !any_error(&said) && !any_error(&said_again) && format!("{before:#?}") == format!("{after:#?}")
}
