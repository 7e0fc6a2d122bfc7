//! Random programs and tables for the laws.

use super::slow;

pub mod data;
pub mod dice;
pub mod lower;
pub mod program;
pub mod schema;
pub mod trial;
pub mod writer;
pub mod yearly;
