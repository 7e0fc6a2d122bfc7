//! Files that are read: a path in, its bytes out. Only what is a file with an end is opened: a pipe would be waited for, a
//! device never ends. How large it is, is looked at first.

use std::fs::{self, File, FileType};
use std::io::Read;
use std::path::Path;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{FileTooLarge, NotAFile, RulesNotUtf8};

use super::packs::cannot_read;

/// Bytes of the largest file that is read: places in it are counted in 32 bits.
pub const LARGEST: u64 = u32::MAX as u64;

/// The bytes of a file. `shown` is what readers know it by. Errors: it is not there or may not be read, it is no regular
/// file, it is too large.
pub fn bytes(path: &Path, shown: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let failed = |error: std::io::Error| cannot_read(shown, &error);
    // To open a pipe is to wait for it, so that its kind is asked before; and again of what was opened.
    is_file(&fs::metadata(path).map_err(failed)?, shown)?;
    let file = File::open(path).map_err(failed)?;
    let found = file.metadata().map_err(failed)?;
    is_file(&found, shown)?;
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    // A file may grow while it is read, or not know its own length.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST) { Ok(bytes) } else { Err(too_large(shown)) }
}

/// The text of a file. Errors: as of its bytes, or they are no UTF-8.
pub fn text(path: &Path, shown: &str) -> Result<String, Box<Diagnostic>> {
    String::from_utf8(bytes(path, shown)?).map_err(|_| Box::new(RulesNotUtf8 { path: shown.into() }.into()))
}

/// A folder is refused by the system, in words of its own, when it is opened.
fn is_file(found: &fs::Metadata, shown: &str) -> Result<(), Box<Diagnostic>> {
    if !found.is_file() && !found.is_dir() {
        return Err(Box::new(NotAFile { path: shown.into(), kind: kind(found.file_type()) }.into()));
    }
    if found.is_file() && found.len() > LARGEST { Err(too_large(shown)) } else { Ok(()) }
}

fn too_large(shown: &str) -> Box<Diagnostic> {
    Box::new(FileTooLarge { path: shown.into() }.into())
}

/// What else than a file or a folder something is.
#[cfg(unix)]
fn kind(found: FileType) -> Text {
    use std::os::unix::fs::FileTypeExt;
    if found.is_fifo() {
        Text::new("a pipe", "管道")
    } else if found.is_socket() {
        Text::new("a socket", "套接字")
    } else {
        Text::new("a device", "设备")
    }
}

#[cfg(not(unix))]
fn kind(_: FileType) -> Text {
    Text::new("a device", "设备")
}
