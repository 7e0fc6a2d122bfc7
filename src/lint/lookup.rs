//! Where rules look parameters up, and for which codes.

use crate::base::Span;
use crate::model::plan::{Key as Code, NodeKind};

use super::sight::Sight;
use super::walk::Measures;

/// A parameter that a rule needs at a place.
pub struct Lookup {
    pub rule: usize,
    pub parameter: usize,
    pub span: Span,
    /// Every choice of codes for which it is looked up there; `None` where that is not known.
    pub codes: Option<Vec<Vec<Code>>>,
}

impl Sight<'_> {
    pub fn find_lookups(&self) -> (Vec<Lookup>, bool) {
        let (mut found, mut whole) = (Vec::new(), true);
        for rule in 0..self.plan.rules.len() {
            self.afresh();
            self.each_of_rule(rule, Measures::Opened, &mut |node, facts| {
                if let NodeKind::Parameter { id, keys } = &*node.kind {
                    let codes = if self.is_by_codes(*id) { self.tuples(keys, facts) } else { None };
                    found.push(Lookup { rule, parameter: *id, span: node.span, codes });
                }
            });
            whole &= self.saw_all();
        }
        (found, whole)
    }
}
