//! Grades of a rule, and the level that comes before another.

use crate::base::{Span, Text};
use crate::diag::catalog::{GradeTwice, GradesBeside, NoLevel};
use crate::model::ast::{self, Grade, RuleKind, Status};
use crate::model::plan::{Node, NodeKind, Type};

use super::scope::{Scope, node};
use super::{Checker, unlabelled};

impl Checker<'_> {
    /// A rule is judged by what it requires or by grades; that a level comes after another is a requirement. Errors: both.
    pub(super) fn refuse_both(&mut self, rule: &ast::Rule) {
        let require = rule.require.first().map(|require| require.span).or(rule.after.as_ref().map(|before| before.span));
        if let (Some(require), Some(line)) = (require, rule.grades.first()) {
            self.said.push(crate::diag::Diagnostic::from(GradesBeside {}).at(line.span, Text::new("graded here", "此处分等")).at(require, Text::new("required here", "此处要求")));
        }
    }

    /// When each grade is reached, best first. Errors: a grade stands twice.
    pub(super) fn grades(&mut self, rule: &ast::Rule, scope: &Scope) -> Vec<(Grade, Node)> {
        for (at, line) in rule.grades.iter().enumerate() {
            if rule.grades[..at].iter().any(|before| before.grade == line.grade) {
                self.say(GradeTwice {}, line.span, unlabelled());
            }
        }
        let mut grades: Vec<(Grade, Node)> = rule.grades.iter().filter_map(|line| Some((line.grade, self.truth(line.when.as_ref()?, scope)))).collect();
        grades.sort_by_key(|(grade, _)| *grade);
        grades
    }

    /// A level is reached only where the one before it is: that is its last requirement.
    pub(super) fn after(&mut self, place: usize, rule: &ast::Rule) {
        let Some(name) = &rule.after else { return };
        let Some(before) = self.rule_named(name) else {
            self.doubtful[place] = true;
            return;
        };
        if self.plan.rules[before].kind != RuleKind::Level {
            self.say(NoLevel { name: name.text.as_str().into() }, name.span, unlabelled());
        }
        self.plan.rules[place].after = Some(before);
        let mut require = std::mem::take(&mut self.plan.rules[place].require);
        self.no_level_skipped(place, &mut require, name.span);
        self.plan.rules[place].require = require;
    }

    /// What is required of a level, by itself or instead of it, ends with the level before it. Nothing required stays so.
    pub(super) fn no_level_skipped(&self, place: usize, require: &mut Vec<Node>, span: Span) {
        if let Some(before) = self.plan.rules[place].after.filter(|_| !require.is_empty()) {
            require.push(node(NodeKind::Status { rule: before, wanted: Status::Met }, Type::Truth, span));
        }
    }
}
