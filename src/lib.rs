pub mod base;
pub mod check;
pub mod diag;
pub mod load;
pub mod model;
