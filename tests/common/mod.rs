//! Random programs and tables for the laws.
#![allow(dead_code, reason = "each test takes what it needs of them")]

use super::slow;

pub mod data;
pub mod dice;
pub mod lower;
pub mod program;
pub mod schema;
pub mod trial;
pub mod writer;
pub mod yearly;
