//! Named defects put into an item, one at a time: an item and the text of its file in; the item with each defect that its
//! words allow, out.
//!
//! Only the tree is changed. Whether what comes out still means anything is left to check, whether a test notices to
//! those who ask. A further kind of defect is one more line in [`WHOLE`] or in `expr::KINDS`.

mod expr;
mod item;
mod step;

#[cfg(test)]
mod tests;

use crate::base::Span;
use crate::model::ast::{Expr, Item};
use crate::model::defect::Defect;

/// An item with one defect.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub defect: Defect,
    /// The words that would be written otherwise.
    pub span: Span,
    pub before: Words,
    pub after: Words,
    /// The limit of a comparison; of a rounding, what is rounded.
    pub about: Option<Expr>,
    /// `None` where the whole item is left out.
    pub item: Option<Item>,
}

/// Something that a rule file says, for eyes: a tree, to be written and compared with the other; or just the words that differ.
#[derive(Clone, Debug)]
pub enum Words {
    Tree(Expr),
    Text(String),
}

/// What is tried on an item as a whole, beside its expressions.
const WHOLE: &[fn(&Item, &str) -> Vec<Mutant>] = &[item::scopes, item::conditions, item::grades, item::wholes, item::measures, item::standards, item::shares];

/// Every mutant, in the order of the places in the text.
pub fn mutants(item: &Item, text: &str) -> Vec<Mutant> {
    let mut found: Vec<Mutant> = WHOLE.iter().flat_map(|kind| kind(item, text)).collect();
    let mut walked = item.clone();
    for nth in 0.. {
        let Some(expr) = walked.nth_expression_mut(nth) else { break };
        for change in expr::changes(expr, text) {
            let mut changed = item.clone();
            if let Some(place) = changed.nth_expression_mut(nth) {
                let before = std::mem::replace(place, change.after.clone());
                let (before, after) = change.shown.unwrap_or((before, change.after));
                found.push(Mutant { defect: change.defect, span: before.span, before: Words::Tree(before), after: Words::Tree(after), about: change.about, item: Some(changed) });
            }
        }
    }
    found.sort_by_key(|mutant| (mutant.span.start, mutant.defect));
    found
}
