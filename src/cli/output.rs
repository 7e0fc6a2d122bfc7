//! Writing: results to standard output or whole into a file, all else to standard error. A closed pipe is no fault.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::diag::Diagnostic;
use crate::diag::catalog::CannotWrite;
use crate::suite::packs::why;

/// Writes a result to standard output. A reader that has gone away wants no more: that is no error.
pub fn result(text: &str) -> Result<(), Box<Diagnostic>> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Box::new(CannotWrite { path: "stdout".into(), why: why(&error) }.into())),
        _ => Ok(()),
    }
}

/// Writes to standard error. If that fails there is nobody left to tell.
pub fn aside(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Whoever may read new files.
    Anyone,
    /// Its owner alone: it holds personal data in clear.
    Owner,
}

impl For {
    pub fn of(show_personal: bool) -> For {
        if show_personal { For::Owner } else { For::Anyone }
    }
}

/// Writes a file whole: under a temporary name beside it, then renamed, so that no half of it ever stands there.
pub fn whole(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    whole_for(For::Anyone, path, text)
}

/// The same, of what not everybody may read.
pub fn whole_for(readers: For, path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    let temporary = beside(path);
    let written = write_synced(&temporary, text, readers).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Box::new(CannotWrite { path: path.display().into(), why: why(&error) }.into())
    })
}

/// Writes a new file that only its owner may read.
pub fn private(path: &Path, text: &str) -> io::Result<()> {
    write_synced(path, text, For::Owner)
}

fn write_synced(path: &Path, text: &str, readers: For) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == For::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

/// Colour on standard output: only for a terminal, and only if nobody asked for none (no-color.org).
pub fn color() -> bool {
    io::stdout().is_terminal() && wanted()
}

/// Whether colour is welcome at all.
pub fn wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Columns of the terminal, as the shell says; 100 where there is none.
pub fn width() -> usize {
    const WIDTH: usize = 100;
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.filter(|_| io::stdout().is_terminal()).map_or(WIDTH, |columns: usize| columns.clamp(40, 240))
}
