//! How high the tree of an expression is: all that is done with it later goes as deep.

use crate::diag::catalog as say;
use crate::model::ast::{AggregateCall, Expr, ExprKind, Rows, Sentence, Weight};

use super::token::{Build, Made};

/// How high the tree of one clause may be. Brackets alone stay beneath it; sums within brackets, many times over, may not.
pub const HEIGHT: usize = 512;

impl Build<'_> {
    /// The same expression. Errors: it is higher than any later step has room for.
    pub fn low_enough(&self, expr: Expr) -> Made<Expr> {
        if height(&expr) > HEIGHT {
            return Err(self.fault(say::TooDeep { most: HEIGHT.into() }, expr.span));
        }
        Ok(expr)
    }
}

/// Without recursion: there is no room to be sure of before it is known.
fn height(expr: &Expr) -> usize {
    let mut waiting = vec![(expr, 1)];
    let mut beneath = Vec::new();
    let mut highest = 0;
    while let Some((expr, height)) = waiting.pop() {
        highest = highest.max(height);
        each_beneath(&expr.kind, &mut beneath);
        waiting.extend(beneath.drain(..).map(|expr| (expr, height + 1)));
    }
    highest
}

fn each_beneath<'e>(kind: &'e ExprKind, into: &mut Vec<&'e Expr>) {
    match kind {
        ExprKind::Quantity(_) | ExprKind::Text(_) | ExprKind::Date(_) | ExprKind::YearMonth(_) | ExprKind::Term(_) | ExprKind::Truth(_) | ExprKind::Name(_) | ExprKind::Of(..) | ExprKind::Status { .. } | ExprKind::Rules(_) | ExprKind::Evidence(_) => {}
        ExprKind::Neg(of) | ExprKind::Not(of) | ExprKind::PercentOf(_, of) | ExprKind::Known { of, .. } | ExprKind::Rounded(of, _) | ExprKind::ForEvery { of, .. } | ExprKind::InTerm(_, of) | ExprKind::ByRole(of, _) | ExprKind::Rising { of, .. } | ExprKind::Unsaid(_, of) | ExprKind::DateShift { before: of, .. } => into.push(of),
        ExprKind::Arith(_, left, right) | ExprKind::Per(left, _, right) | ExprKind::Compare(_, left, right) | ExprKind::Whole { from: left, to: right, .. } => into.extend([left, right]),
        ExprKind::And(list) | ExprKind::Or(list) | ExprKind::Index(_, list) => into.extend(list),
        ExprKind::Between(of, low, high) => into.extend([of, low, high]),
        ExprKind::OneOf { of, list, .. } => into.extend(std::iter::once(of).chain(list)),
        ExprKind::If { cond, then, otherwise } => into.extend([cond, then, otherwise]),
        ExprKind::ByCase { of, arms } => into.extend(of.iter().chain(arms.iter().map(|(_, value)| value))),
        ExprKind::Total { from, to, rows, .. } => into.extend(std::iter::once(from).chain(to).chain(of_rows(rows))),
        ExprKind::Aggregate(AggregateCall { operand, rows, weight, .. }) => {
            let weight = if let Weight::By(by) = weight { Some(by) } else { None };
            into.extend(operand.iter().chain(of_rows(rows)).chain(weight));
        }
        ExprKind::Sentence(Sentence { rows, says, whom, .. }) => into.extend(of_rows(rows).chain([says]).chain(whom.iter().map(|whom| &whom.says))),
    }
}

/// The rows may be a counted column.
fn of_rows(rows: &Rows) -> impl Iterator<Item = &Expr> {
    std::iter::once(&rows.name).chain(rows.filter.as_deref())
}
