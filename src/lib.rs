#![doc = include_str!("../docs/architecture.md")]

pub mod base;
pub mod builtin;
pub mod check;
pub mod cli;
pub mod diag;
pub mod eval;
pub mod judge;
pub mod load;
pub mod model;
pub mod parse;
pub mod reduce;
pub mod report;
pub mod say;
pub mod suite;
