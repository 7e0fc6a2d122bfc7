//! heng.toml: found from the working directory upward, or in a pack's own folder; its paths joined to where it stands.

use std::path::Path;

use crate::diag::Diagnostic;
use crate::suite::files;
use crate::suite::packs::join;
use crate::suite::settings::{DataSource, Settings, read};

pub const NAME: &str = "heng.toml";

/// Settings whose paths lead from the working directory.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub settings: Settings,
    /// The path of the file, if there is one.
    pub path: Option<String>,
}

impl Project {
    /// The nearest heng.toml at or above the working directory; none is no fault.
    pub fn upward() -> (Project, Vec<Diagnostic>) {
        let Ok(here) = std::env::current_dir() else { return (Project::default(), Vec::new()) };
        let levels = here.ancestors().enumerate().find(|(_, folder)| is_there(folder));
        match levels {
            Some((up, _)) => Project::open(&vec![".."; up].join("/")),
            None => (Project::default(), Vec::new()),
        }
    }

    /// The heng.toml of a pack's own folder.
    pub fn of_pack(pack: &str) -> Option<(Project, Vec<Diagnostic>)> {
        is_there(Path::new(pack)).then(|| Project::open(pack))
    }

    fn open(folder: &str) -> (Project, Vec<Diagnostic>) {
        let path = join(folder, NAME);
        match files::text(Path::new(&path), &path) {
            Ok(text) => {
                let (settings, said) = read(&text, &path);
                (Project { settings: within(folder, settings), path: Some(path) }, said)
            }
            Err(why) => (Project::default(), vec![*why]),
        }
    }
}

/// Whatever has this name is meant, so that one that cannot be read is told and not passed over.
fn is_there(folder: &Path) -> bool {
    std::fs::metadata(folder.join(NAME)).is_ok_and(|found| !found.is_dir())
}

fn within(folder: &str, settings: Settings) -> Settings {
    let inside = |path: String| if Path::new(&path).is_absolute() { path } else { join(folder, &path) };
    let data = settings.data.into_iter().map(|source| DataSource { path: inside(source.path), ..source }).collect();
    Settings { packs: settings.packs.into_iter().map(inside).collect(), data, ..settings }
}
