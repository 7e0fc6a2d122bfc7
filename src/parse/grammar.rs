//! The grammar itself: three pest files made into one reader. Nothing here decides anything.
#![allow(missing_docs, reason = "the rules are documented in the grammar files")]

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/lexical.pest"]
#[grammar = "../grammar/words.pest"]
#[grammar = "../grammar/language.pest"]
pub struct Grammar;
