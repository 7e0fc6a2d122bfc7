//! What the language can compute by itself, on values alone: interval arithmetic, Kleene's joints, aggregates and spreads.
//! Knows nothing of syntax or of files.

pub mod aggregate;
pub mod interval;
pub mod logic;
pub mod round;
pub mod spread;
pub mod tally;
