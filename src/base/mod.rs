//! What everything else is made of: languages, places in a text, exact numbers, units and dates.
//! Knows nothing of rules, of the language or of files.

pub mod date;
pub mod fold;
pub mod lang;
pub mod mask;
pub mod number;
pub mod plural;
pub mod source;
pub mod term;
pub mod threads;
pub mod unit;
pub mod visible;

pub use date::{Date, YearMonth};
pub use fold::{fold, half_width};
pub use lang::{Lang, Text, is_han};
pub use number::{Number, Portion, Real};
pub use source::{Source, SourceId, Sources, Span};
pub use term::{Term, TermKind};
pub use unit::Unit;
pub use visible::{is_hidden, shown, visible};
