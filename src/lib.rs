pub mod base;
pub mod diag;
pub mod model;
pub mod say;
