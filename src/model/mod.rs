//! The nouns of the language and of judging: what a rule file says ([`ast`]), what it means ([`plan`]),
//! what was handed in ([`table`]), what was reduced from it ([`reduced`]), what was found ([`verdict`])
//! and what would change it ([`remedy`]).

pub mod allow;
pub mod ast;
pub mod defect;
pub mod held;
pub mod keys;
pub mod layer;
pub mod layered;
pub mod explained;
pub mod line;
pub mod manner;
pub mod names;
pub mod needs;
pub mod op;
pub mod personal;
pub mod plan;
pub mod reduced;
pub mod remedy;
pub mod said;
pub mod table;
pub mod tree;
pub mod value;
pub mod verdict;
pub mod walk;
pub mod when;
pub mod word;
