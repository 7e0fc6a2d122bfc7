//! What the language can compute by itself, on values alone: interval arithmetic, Kleene's joints, aggregates, spreads, indices of inequality.
//! Knows nothing of syntax or of files.

pub mod aggregate;
mod inequality;
pub mod interval;
pub mod logic;
mod order;
pub mod round;
pub mod spread;
mod statistic;
#[cfg(test)]
mod tests;
pub mod tally;
pub mod total;
