//! The nouns of the language and of judging: what a rule file says ([`ast`]), what it means ([`plan`]),
//! what was handed in ([`table`]), what was reduced from it ([`reduced`]) and what was found ([`verdict`]).

pub mod ast;
pub mod line;
pub mod names;
pub mod op;
pub mod personal;
pub mod plan;
pub mod reduced;
pub mod table;
pub mod value;
pub mod verdict;
pub mod walk;
pub mod word;
