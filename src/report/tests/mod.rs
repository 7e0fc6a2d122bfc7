//! Whole reports of small counties made by hand.

mod build;
mod csv;
mod json;
mod personal;
mod text;
