//! Ways through the tree of an item: the expressions that it holds, each with what stands beneath it, from left to right.

use super::ast::{CaseKey, Expr, ExprKind, Item, ItemKind, Parameter, Rows, Rule, Weight};

impl Item {
    /// What asks something: a rule, what a layer asks instead, what is asked of an exception.
    pub fn ruling(&self) -> Option<&Rule> {
        match &self.kind {
            ItemKind::Rule(rule) => Some(rule),
            ItemKind::Override(layer) => Some(&layer.ruling),
            ItemKind::Exception(exception) => Some(&exception.ruling),
            _ => None,
        }
    }

    pub fn ruling_mut(&mut self) -> Option<&mut Rule> {
        match &mut self.kind {
            ItemKind::Rule(rule) => Some(rule),
            ItemKind::Override(layer) => Some(&mut layer.ruling),
            ItemKind::Exception(exception) => Some(&mut exception.ruling),
            _ => None,
        }
    }

    /// What has values: a standard, or what a layer sets instead.
    pub fn standard(&self) -> Option<&Parameter> {
        match &self.kind {
            ItemKind::Parameter(parameter) => Some(parameter),
            ItemKind::Override(layer) => Some(&layer.values),
            _ => None,
        }
    }

    pub fn standard_mut(&mut self) -> Option<&mut Parameter> {
        match &mut self.kind {
            ItemKind::Parameter(parameter) => Some(parameter),
            ItemKind::Override(layer) => Some(&mut layer.values),
            _ => None,
        }
    }

    /// The expressions that stand directly in its clauses; none for what only declares.
    pub fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.kind {
            ItemKind::Measure(measure) => measure.body.iter_mut().collect(),
            ItemKind::Rule(rule) => of_ruling(rule),
            ItemKind::Override(layer) => of_ruling(&mut layer.ruling),
            ItemKind::Exception(exception) => of_ruling(&mut exception.ruling),
            _ => Vec::new(),
        }
    }

    /// The n-th of all expressions in it, counted from 0 before what stands beneath each.
    pub fn nth_expression_mut(&mut self, nth: usize) -> Option<&mut Expr> {
        let mut waiting = self.expressions_mut();
        waiting.reverse();
        let mut passed = 0;
        while let Some(expr) = waiting.pop() {
            if passed == nth {
                return Some(expr);
            }
            passed += 1;
            let mut beneath = expr.beneath_mut();
            beneath.reverse();
            waiting.extend(beneath);
        }
        None
    }
}

impl Expr {
    /// The expressions directly beneath this one. The name of a table is none of them: it says no value.
    pub fn beneath_mut(&mut self) -> Vec<&mut Expr> {
        match &mut *self.kind {
            ExprKind::Neg(of) | ExprKind::Not(of) | ExprKind::PercentOf(_, of) | ExprKind::Known { of, .. } | ExprKind::Rounded(of, _) | ExprKind::ForEvery { of, .. } | ExprKind::InTerm(_, of) | ExprKind::ByRole(of, _) | ExprKind::Rising { of, .. } | ExprKind::Unsaid(_, of) => vec![of],
            ExprKind::DateShift { before, .. } => vec![before],
            ExprKind::Arith(_, left, right) | ExprKind::Per(left, _, right) | ExprKind::Compare(_, left, right) | ExprKind::Whole { from: left, to: right, .. } => vec![left, right],
            ExprKind::And(list) | ExprKind::Or(list) | ExprKind::Index(_, list) => list.iter_mut().collect(),
            ExprKind::Between(of, low, high) => vec![of, low, high],
            ExprKind::OneOf { of, list, .. } => std::iter::once(of).chain(list).collect(),
            ExprKind::If { cond, then, otherwise } => vec![cond, then, otherwise],
            ExprKind::ByCase { of, arms } => of.iter_mut().chain(arms.iter_mut().map(|(_, value): &mut (CaseKey, Expr)| value)).collect(),
            ExprKind::Aggregate(call) => {
                let weight = if let Weight::By(by) = &mut call.weight { Some(by) } else { None };
                call.operand.iter_mut().chain(filter(&mut call.rows)).chain(weight).collect()
            }
            ExprKind::Sentence(sentence) => {
                let whom = sentence.whom.iter_mut().map(|whom| &mut whom.says);
                filter(&mut sentence.rows).chain([&mut sentence.says]).chain(whom).collect()
            }
            // A value, a name, a document, or rules that are counted.
            _ => Vec::new(),
        }
    }
}

fn of_ruling(rule: &mut Rule) -> Vec<&mut Expr> {
    let scope = rule.each.iter_mut().filter_map(|each| each.rows.filter.as_deref_mut());
    let grades = rule.grades.iter_mut().filter_map(|line| line.when.as_mut());
    scope.chain(&mut rule.when).chain(&mut rule.require).chain(grades).collect()
}

fn filter(rows: &mut Rows) -> impl Iterator<Item = &mut Expr> {
    rows.filter.as_deref_mut().into_iter()
}
