//! The key of masks: kept beside heng.toml, made on first use; where it cannot be kept, one of the run. It is told to
//! nobody.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diag::Diagnostic;
use crate::diag::catalog::{CannotRead, MaskKeyBroken, MaskKeyNotKept, NoRandomBytes};
use crate::report::MaskKey;
use crate::suite::packs::why;

use super::writing;

/// The folder beside heng.toml, and the file in it.
const FOLDER: &str = ".heng";
const FILE: &str = "mask.key";

/// A key, and a warning where it could not be kept.
pub struct Found {
    pub key: MaskKey,
    pub said: Option<Diagnostic>,
}

/// The key of the project whose heng.toml stands at a path; without one, a key of the run. Errors: what stands there is
/// no key or cannot be read, or the system gives no random bytes.
pub fn of_project(settings: Option<&str>) -> Result<Found, Box<Diagnostic>> {
    let Some(settings) = settings else { return Ok(Found { key: MaskKey::new(&fresh()?), said: None }) };
    let folder = Path::new(settings).with_file_name(FOLDER);
    let path = folder.join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => return read(&path, &text),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
        Err(error) => return Err(Box::new(CannotRead { path: path.display().into(), why: why(&error) }.into())),
    }
    let secret = fresh()?;
    match keep(&folder, &path, &secret) {
        // Of two runs that make a key at once, the first is heard.
        Ok(()) => fs::read_to_string(&path).map_err(|error| Box::new(CannotRead { path: path.display().into(), why: why(&error) }.into())).and_then(|text| read(&path, &text)),
        Err(error) => Ok(Found { key: MaskKey::new(&secret), said: Some(MaskKeyNotKept { path: path.display().into(), why: why(&error) }.into()) }),
    }
}

/// Where the key of a project stands, or will stand.
pub fn path_of(settings: &str) -> PathBuf {
    Path::new(settings).with_file_name(FOLDER).join(FILE)
}

fn read(path: &Path, text: &str) -> Result<Found, Box<Diagnostic>> {
    match bytes(text.trim()) {
        Some(secret) => Ok(Found { key: MaskKey::new(&secret), said: None }),
        None => Err(Box::new(MaskKeyBroken { path: path.display().into() }.into())),
    }
}

fn fresh() -> Result<[u8; 32], Box<Diagnostic>> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| Box::new(Diagnostic::from(NoRandomBytes { why: error.into() })))?;
    Ok(secret)
}

/// 64 hexadecimal digits.
fn bytes(text: &str) -> Option<[u8; 32]> {
    let mut secret = [0; 32];
    if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(secret)
}

/// Writes a key that is not there yet. The folder keeps itself out of version control before the key stands in it.
fn keep(folder: &Path, path: &Path, secret: &[u8; 32]) -> io::Result<()> {
    fs::create_dir(folder).or_else(there)?;
    fs::File::create_new(folder.join(".gitignore")).and_then(|mut file| file.write_all(b"*\n")).or_else(there)?;
    let temporary: PathBuf = folder.join(format!(".{FILE}.{}.part", std::process::id()));
    let text = super::run::hex(secret) + "\n";
    let written = writing::private(&temporary, &text).and_then(|()| fs::hard_link(&temporary, path).or_else(there));
    let _ = fs::remove_file(&temporary);
    written
}

/// What is there already need not be made.
fn there(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(error) }
}
