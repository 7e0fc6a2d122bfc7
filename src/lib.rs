pub mod base;
pub mod builtin;
pub mod check;
pub mod diag;
pub mod eval;
pub mod judge;
pub mod model;
pub mod reduce;
