pub mod base;
pub mod cli;
pub mod diag;
pub mod model;
pub mod suite;
