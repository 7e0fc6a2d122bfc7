//! Random programs and tables for the laws.

pub mod data;
pub mod dice;
pub mod program;
pub mod schema;
pub mod writer;
