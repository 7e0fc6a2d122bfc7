//! A verdict goes in, bytes for a reader come out: for a terminal, for a program, for a spreadsheet.
//!
//! What a reader sees (names, masks, reasons, places of cells) is settled on the [`Page`], once; a format only decides how
//! it looks. Nothing is judged here, and nothing is written anywhere.

mod arrange;
mod csv;
mod figure;
mod json;
mod junit;
mod layers;
mod mask;
mod page;
mod personal;
mod phrase;
mod open;
mod place;
mod remedy;
mod text;
mod violations;
pub mod xml;

#[cfg(test)]
mod tests;

pub use csv::csv;
pub use json::{explanation as explanation_json, json};
pub use junit::junit;
pub use page::{Options, PackDigest, Page, Reading, Told};
pub use arrange::arrange;
pub use mask::{MaskKey, Masks};
pub use personal::unmasked;
pub use text::{explanation, finding, remedies, text, trial};
pub use violations::violations;
