//! The clauses of a rule.

use crate::base::Span;
use crate::model::ast::{Each, GradeLine, Quoted, Rule};
use crate::model::word;

use super::declare::Clause;
use super::write::Writer;

impl Writer<'_> {
    pub fn rule_clause(&self, rule: &Rule, id: &str, span: Span) -> Option<Clause> {
        Some(match id {
            "c_cites" => {
                let here: Vec<String> = rule.cites.iter().filter(|text| span.holds(text.span)).map(|text: &Quoted| self.text(text)).collect();
                self.said(id, self.list(&here, "、"))
            }
            "c_for" => self.said(id, self.list(&rule.each.iter().map(|each| self.each(each)).chain(rule.term.iter().map(|term| self.term_clause(term))).collect::<Vec<_>>(), "，")),
            "c_when" => {
                let (word, body) = self.said(id, self.body(rule.when.as_ref()?));
                (word, body)
            }
            "c_require" => self.said(id, self.body(rule.require.iter().rfind(|body| span.holds(body.span))?)),
            "c_grade" => self.said(id, self.grade_line(rule.grades.iter().find(|line| span.holds(line.span))?)),
            "c_message" => self.said(id, self.text(&rule.message.as_ref()?.words)),
            "c_remedy" => self.said(id, self.text(&rule.remedy.as_ref()?.words)),
            "c_show" => self.show(rule.show?),
            "c_in_force" => self.said(id, self.window(rule.in_force.as_ref()?)),
            "c_withdrawn" => self.said(id, self.withdrawn(rule.withdrawn.as_ref()?)),
            _ => return None,
        })
    }

    /// `basic when …`, `otherwise not qualified`.
    fn grade_line(&self, line: &GradeLine) -> String {
        let grade = self.grade_word(line.grade);
        match &line.when {
            Some(when) => format!("{grade} {} {}", self.word("k_when"), self.body(when)),
            None => format!("{} {grade}", self.word("k_otherwise")),
        }
    }

    fn each(&self, each: &Each) -> String {
        let only = each.only.as_ref().map_or_else(String::new, |only| format!(" {}{}", self.word("k_in"), self.listed(&self.names(only))));
        format!("{} {}{only}", self.each_word(each.span, "k_each"), self.rows(&each.rows))
    }

    /// 每所, 每名 and their like stay as they were written.
    pub fn each_word(&self, span: Span, id: &str) -> String {
        let typed = self.slice(span);
        let spellings = word::word(id).map(|word| word.zh.as_slice()).unwrap_or_default();
        let kept = spellings.iter().find(|spelling| typed.starts_with(spelling.as_str())).filter(|_| self.is_zh());
        kept.cloned().unwrap_or_else(|| self.word(id).to_string())
    }
}
