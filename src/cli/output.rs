//! The terminal: what is shown to people goes through one function, which shows what a terminal would obey instead of
//! handing it on. Results go to standard output, everything else to standard error. A closed pipe is no fault.

use std::io::{self, IsTerminal, Write};

use crate::base::shown;
use crate::diag::Diagnostic;
use crate::diag::catalog::CannotWrite;
use crate::suite::packs::why;

/// For whom a result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    People,
    /// As it is, byte for byte, unless it goes to a terminal after all.
    Programs,
}

/// Writes a result to standard output. A reader that has gone away wants no more: that is no error.
pub fn result(text: &str, whom: For) -> Result<(), Box<Diagnostic>> {
    let terminal = io::stdout().is_terminal();
    let written = match whom {
        For::Programs if !terminal => put(&mut io::stdout().lock(), text),
        For::Programs => put(&mut io::stdout().lock(), &shown(text, false)),
        For::People => put(&mut io::stdout().lock(), &shown(text, color())),
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Box::new(CannotWrite { path: "stdout".into(), why: why(&error) }.into())),
        _ => Ok(()),
    }
}

/// Writes to standard error. If that fails there is nobody left to tell.
pub fn aside(text: &str) {
    let _ = put(&mut io::stderr().lock(), &shown(text, io::stderr().is_terminal() && wanted()));
}

fn put(to: &mut impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
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
