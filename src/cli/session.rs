//! One run of the command: the reader's language, what the terminal can show, the rule texts read so far, the settings.

use std::cell::OnceCell;
use std::ffi::OsString;
use std::io::IsTerminal;

use crate::base::{Lang, Sources};
use crate::model::plan::Plan;
use crate::model::table::Tables;
use crate::report::{MaskKey, Masks};
use crate::diag::show::{Style, render};
use crate::diag::{Diagnostic, any_error};

use super::key;
use super::output::{self, For};
use super::project::Project;

/// The run cannot go on. Why has been said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

pub struct Session {
    pub sources: Sources,
    pub project: Project,
    style: Style,
    project_said: Vec<Diagnostic>,
    /// The key of masks, once it was needed.
    mask_key: OnceCell<MaskKey>,
}

impl Session {
    /// Settles the language before anything is said: `--lang`, then heng.toml, then the system's.
    pub fn begin(words: &[OsString]) -> Session {
        let (project, project_said) = Project::upward();
        let lang = lang_of(words).or(project.settings.lang).or_else(system_lang).unwrap_or_default();
        let style = Style { lang, color: std::io::stderr().is_terminal() && output::wanted(), width: output::width() };
        Session { sources: Sources::default(), project, style, project_said, mask_key: OnceCell::new() }
    }

    pub fn lang(&self) -> Lang {
        self.style.lang
    }

    pub fn style(&self) -> Style {
        self.style
    }

    /// Says what is wrong with the settings that were found, now that they count.
    pub fn read_project(&mut self) -> Result<(), Stopped> {
        let said = std::mem::take(&mut self.project_said);
        self.hear(&said)
    }

    /// The masks of a run. Where nothing is masked, no key is asked for and none is made.
    pub fn masks(&self, plan: &Plan, tables: &Tables, show_personal: bool) -> Result<Masks, Stopped> {
        Ok(if show_personal { Masks::plain(MaskKey::of_suites()) } else { Masks::of(plan, tables, self.mask_key(plan, show_personal)?) })
    }

    /// What a run without a project makes its key of: the files that it reads, of which the first counts.
    pub fn seed_masks<'b>(&self, files: impl Iterator<Item = &'b [u8]>) {
        if self.project.path.is_none() && self.mask_key.get().is_none() {
            let _ = self.mask_key.set(MaskKey::of_files(files));
        }
    }

    /// The key of masks for a plan.
    pub fn mask_key(&self, plan: &Plan, show_personal: bool) -> Result<MaskKey, Stopped> {
        self.any_mask_key(!show_personal && (0..plan.tables.len()).any(|table| plan.has_personal(table)))
    }

    /// The key of masks, where anything is masked.
    pub fn any_mask_key(&self, masks: bool) -> Result<MaskKey, Stopped> {
        if !masks {
            return Ok(MaskKey::of_suites());
        }
        if let Some(key) = self.mask_key.get() {
            return Ok(key.clone());
        }
        let found = self.need(key::of_project(self.project.path.as_deref()))?;
        self.say(&found.said.into_iter().collect::<Vec<_>>());
        Ok(self.mask_key.get_or_init(|| found.key).clone())
    }

    /// Says messages on standard error.
    pub fn say(&self, said: &[Diagnostic]) {
        let text: Vec<String> = said.iter().map(|one| render(one, &self.sources, self.style)).collect();
        output::aside(&text.join("\n"));
    }

    /// Says messages; stops if any of them is an error.
    pub fn hear(&self, said: &[Diagnostic]) -> Result<(), Stopped> {
        self.say(said);
        if any_error(said) { Err(Stopped) } else { Ok(()) }
    }

    /// Says why the run cannot go on.
    pub fn stop<T>(&self, why: impl Into<Diagnostic>) -> Result<T, Stopped> {
        self.say(&[why.into()]);
        Err(Stopped)
    }

    /// What was read, or why it could not be.
    pub fn need<T>(&self, read: Result<T, Box<Diagnostic>>) -> Result<T, Stopped> {
        read.or_else(|why| self.stop(*why))
    }

    /// The result, on standard output.
    pub fn result(&self, text: &str) -> Result<(), Stopped> {
        self.need(output::result(text, For::People))
    }

    /// A result that programs read, if `is_data`; else the same as [`Session::result`].
    pub fn result_as(&self, text: &str, is_data: bool) -> Result<(), Stopped> {
        self.need(output::result(text, if is_data { For::Programs } else { For::People }))
    }
}

/// `--lang zh` or `--lang=zh` anywhere before `--`.
fn lang_of(words: &[OsString]) -> Option<Lang> {
    let mut words = words.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--").or_else(|| word.to_str().is_none().then_some("")));
    while let Some(word) = words.next() {
        if word == "--lang" {
            return words.next().and_then(Lang::parse);
        }
        if let Some(tag) = word.strip_prefix("--lang=") {
            return Lang::parse(tag);
        }
    }
    None
}

/// As POSIX orders them: the first that is set and not empty counts.
fn system_lang() -> Option<Lang> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    Lang::parse(&["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set)?)
}
