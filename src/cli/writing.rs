//! Results on their way into files: where each goes, looked at and tried before the first is put in its place.
//!
//! What stands at a path stays what it is. A link is followed, into a pipe or a device the result is written; a file is
//! replaced whole by one that was written under a temporary name beside it, with the rights that it had.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::base::shown;
use crate::diag::Diagnostic;
use crate::diag::catalog::CannotWrite;
use crate::suite::packs::why;

use super::output::{self, For};

/// As many links may lead from one to the next.
const MOST_LINKS: usize = 40;

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Whoever may read what stands there, or may read new files.
    Anyone,
    /// Its owner alone, whoever could read what stood there: it holds personal data in clear.
    Owner,
}

impl Readers {
    pub fn of(show_personal: bool) -> Readers {
        if show_personal { Readers::Owner } else { Readers::Anyone }
    }
}

/// Results that are being written.
#[derive(Debug, Default)]
pub struct Writing {
    all: Vec<Going>,
}

/// One result.
#[derive(Debug)]
struct Going {
    /// As the user named it.
    named: PathBuf,
    way: Way,
    /// What is written at the end.
    text: String,
    whom: For,
}

#[derive(Debug)]
enum Way {
    Output,
    /// A pipe or a device: it can be written into, and not be replaced.
    Stream(File),
    File(Beside),
}

/// A temporary file beside the place that it is to take. It goes away with this value.
#[derive(Debug)]
struct Beside {
    temporary: PathBuf,
    file: File,
    at: PathBuf,
    /// Other names lead to the same file: it is written into, so that they still do.
    shared: bool,
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.temporary);
    }
}

impl Writing {
    /// Makes sure of every path. Without a path a result goes to standard output.
    pub fn begin<'p>(readers: Readers, paths: impl IntoIterator<Item = Option<&'p Path>>) -> Result<Writing, Box<Diagnostic>> {
        let mut writing = Writing::default();
        for path in paths {
            let named = path.map(Path::to_path_buf).unwrap_or_default();
            let way = path.map_or(Ok(Way::Output), |path| way(path, readers).map_err(|error| cannot(path, &error)))?;
            writing.all.push(Going { named, way, text: String::new(), whom: For::People });
        }
        Ok(writing)
    }

    /// Takes the text of the result that was named in this place. A file is written beside its place already.
    pub fn take(&mut self, at: usize, text: String, whom: For) -> Result<(), Box<Diagnostic>> {
        let Some(one) = self.all.get_mut(at) else { return Ok(()) };
        one.whom = whom;
        match &mut one.way {
            Way::File(beside) => {
                let text = if whom == For::People { shown(&text, false) } else { text.as_str().into() };
                beside.file.write_all(text.as_bytes()).and_then(|()| beside.file.sync_all()).map_err(|error| cannot(&one.named, &error))
            }
            Way::Output | Way::Stream(_) => {
                one.text = text;
                Ok(())
            }
        }
    }

    /// Puts everything in its place, what can still fail first.
    pub fn finish(mut self) -> Result<(), Box<Diagnostic>> {
        for one in &mut self.all {
            match &mut one.way {
                Way::Output => output::result(&one.text, one.whom)?,
                Way::Stream(file) => {
                    let written = file.write_all(one.text.as_bytes()).and_then(|()| file.flush());
                    written.or_else(gone).map_err(|error| cannot(&one.named, &error))?;
                }
                Way::File(_) => {}
            }
        }
        for one in &self.all {
            if let Way::File(beside) = &one.way {
                beside.settle().map_err(|error| cannot(&one.named, &error))?;
            }
        }
        Ok(())
    }
}

/// One text into one file.
pub fn whole(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    let mut writing = Writing::begin(Readers::Anyone, [Some(path)])?;
    writing.take(0, text.to_string(), For::Programs)?;
    writing.finish()
}

/// A reader that has gone away wants no more.
fn gone(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}

fn cannot(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    Box::new(CannotWrite { path: path.display().into(), why: why(error) }.into())
}

fn way(path: &Path, readers: Readers) -> io::Result<Way> {
    let at = followed(path)?;
    match fs::metadata(&at) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if found.is_file() && !is_open(&at) => {
            // Who may not write into a file may not replace it either.
            OpenOptions::new().write(true).open(&at)?;
            let beside = Beside::new(at, is_shared(&found), readers)?;
            keep(&found, &beside, readers)?;
            Ok(Way::File(beside))
        }
        // Behind what is there already: the shell may have opened it to be added to.
        Ok(_) => Ok(Way::Stream(OpenOptions::new().append(true).open(&at)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Way::File(Beside::new(at, false, readers)?)),
        Err(error) => Err(error),
    }
}

/// Where a path leads, one link after the other, also to what is not there yet. What a process has open has no other name.
pub fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_symlink() && !is_open(&at) => {
                let to = fs::read_link(&at)?;
                at = at.parent().unwrap_or(Path::new("")).join(to);
            }
            _ => return Ok(at),
        }
    }
    // The system says it in its own words.
    fs::metadata(path).map(|_| at)
}

/// Whether a path names what this process has open, as `/dev/stdout` does in the end.
fn is_open(at: &Path) -> bool {
    at.parent().and_then(|folder| folder.canonicalize().ok()).is_some_and(|folder| folder.starts_with("/proc"))
}

impl Beside {
    fn new(at: PathBuf, shared: bool, readers: Readers) -> io::Result<Beside> {
        let name = at.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let temporary = at.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = created(&temporary, readers)?;
        Ok(Beside { temporary, file, at, shared })
    }

    /// Takes its place.
    fn settle(&self) -> io::Result<()> {
        if !self.shared {
            return fs::rename(&self.temporary, &self.at);
        }
        let mut into = OpenOptions::new().write(true).truncate(true).open(&self.at)?;
        // Of what only its owner may read, the temporary file has the rights.
        into.set_permissions(self.file.metadata()?.permissions())?;
        io::copy(&mut File::open(&self.temporary)?, &mut into)?;
        into.sync_all()
    }
}

/// The rights of the file that is replaced, and its owner as far as one may give files away.
fn keep(found: &fs::Metadata, beside: &Beside, readers: Readers) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(&beside.file, Some(found.uid()), Some(found.gid()));
    }
    if readers == Readers::Owner {
        return only_owner(&beside.file);
    }
    beside.file.set_permissions(found.permissions())
}

/// Takes from everybody else the right to read, as far as the system knows such rights.
fn only_owner(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// A new file, readable by nobody else from the first byte where it is to be so.
fn created(path: &Path, readers: Readers) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    options.open(path)
}

/// Writes a new file that only its owner may read.
pub fn private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = created(path, Readers::Owner)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn is_shared(found: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(found) > 1
}

#[cfg(not(unix))]
fn is_shared(_: &fs::Metadata) -> bool {
    false
}

/// What stands at a path, the same for each of its names; nothing where nothing stands.
#[cfg(unix)]
pub fn same(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
pub fn same(_: &Path) -> Option<(u64, u64)> {
    None
}
