pub mod base;
pub mod diag;
pub mod load;
pub mod model;
