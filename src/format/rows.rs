//! Sentences about rows and about rules. English puts the condition behind the noun, Chinese before it.

use crate::base::Span;
use crate::model::ast::{EvidenceSaid, Expr, ExprKind, Grade, Name, Quantifier, Quantity, Rest, Rows, RulesSentence, Sentence, Status, Wanted, Whom};
use crate::model::op::Bound;

use super::expr::LOGIC;
use super::write::{BREAK, Writer};

impl Writer<'_> {
    /// `section where counted`, `参评 的 学段部`.
    pub fn rows(&self, rows: &Rows) -> String {
        let role = rows.role.as_ref().map_or_else(String::new, |role| format!(" {} {}", self.word("k_as"), self.id(role)));
        let name = format!("{}{role}", self.at(&rows.name, LOGIC));
        match &rows.filter {
            Some(filter) if self.is_zh() => format!("{} {} {name}", self.at(filter, LOGIC), self.word("k_de")),
            Some(filter) => format!("{name} {} {}", self.word("k_where"), self.at(filter, LOGIC)),
            None => name,
        }
    }

    pub fn sentence(&self, sentence: &Sentence, span: Span) -> String {
        let rows = self.rows(&sentence.rows);
        let says = self.at(&sentence.says, LOGIC);
        match &sentence.quantity {
            Quantifier::Every if self.is_zh() => format!("{} {rows} {}", self.each_word(span, "k_every"), self.evenly(sentence)),
            Quantifier::Every => format!("{} {rows} {} {says}", self.word("k_every"), self.link(sentence, false)),
            Quantifier::No if self.is_zh() => format!("{} {says} {} {rows}", self.word("k_none"), self.word("k_de")),
            Quantifier::No => format!("{} {rows} {} {says}", self.word("k_none"), self.link(sentence, false)),
            Quantifier::All if self.is_zh() => format!("{rows} {} {} {says}{}", self.word("k_all_zh"), self.word("k_say_zh"), self.whoms(sentence)),
            Quantifier::All => format!("{} {rows} {} {says}{}", self.word("k_all_of"), self.link(sentence, true), self.whoms(sentence)),
            Quantifier::Bound(bound, amount) => {
                let bound = self.bound(*bound, amount, self.counter());
                let whoms = self.whoms(sentence);
                if self.is_zh() {
                    format!("{rows} {} {bound} {} {says}{whoms}", self.word("k_amid_zh"), self.word("k_say_zh"))
                } else {
                    format!("{bound} {} {rows} {} {says}{whoms}", self.word("k_of"), self.link(sentence, true))
                }
            }
        }
    }

    /// What is said of every row: a comparison has 均 before its relation, all else behind it.
    fn evenly(&self, sentence: &Sentence) -> String {
        let even = self.word("k_even_zh");
        match &*sentence.says.kind {
            ExprKind::Compare(op, left, right) => format!("{} {} {even} {}", self.word("k_de"), self.side(left), self.relation_to(*op, right)),
            _ => format!("{even} {}", self.at(&sentence.says, LOGIC)),
        }
    }

    fn bound(&self, bound: Bound, amount: &Quantity, counter: &str) -> String {
        let word = self.word(match bound {
            Bound::AtLeast => "b_least",
            Bound::AtMost => "b_most",
            Bound::Exactly => "b_exactly",
        });
        let counter = if amount.percent || counter.is_empty() { String::new() } else { format!(" {counter}") };
        format!("{word} {}{counter}", self.quantity(amount))
    }

    /// 个; English counts without such a word.
    fn counter(&self) -> &'static str {
        if self.is_zh() { self.word("k_counter_zh") } else { "" }
    }

    /// `is` before what is so, `has` before what is compared.
    fn link(&self, sentence: &Sentence, several: bool) -> &'static str {
        self.nth(if is_compared(&sentence.says) { "k_has" } else { "k_is" }, usize::from(several))
    }

    fn whoms(&self, sentence: &Sentence) -> String {
        sentence.whom.iter().map(|whom| self.whom(whom)).collect()
    }

    fn whom(&self, whom: &Whom) -> String {
        let bound = self.bound(whom.bound, &whom.amount, self.counter());
        let (says, link) = (self.at(&whom.says, LOGIC), if self.is_zh() { self.word("k_say_zh") } else { self.nth("k_is", 1) });
        format!("{}{BREAK}{} {bound} {link} {says}", self.pick(",", "，"), self.word("k_of_whom"))
    }

    /// `at least 6 of L1 to L7 met, the rest at least 85% of standard`.
    pub fn counted(&self, rules: &RulesSentence) -> String {
        let list = self.list(&rules.rules.iter().map(|(from, to)| self.range(from, to.as_ref())).collect::<Vec<_>>(), "、");
        let status = match rules.wanted {
            Wanted::Status(status) => self.status_word(status),
            Wanted::Grade(grade) => self.grade_word(grade),
        };
        let rest = rules.rest.as_ref().map_or_else(String::new, |rest| self.rest(rest));
        match &rules.bound {
            Some((bound, amount)) if self.is_zh() => format!("{list} {} {} {status}{rest}", self.word("k_amid_zh"), self.bound(*bound, amount, self.nth("k_counter_zh", 1))),
            Some((bound, amount)) => format!("{} {} {list} {status}{rest}", self.bound(*bound, amount, ""), self.word("k_of")),
            None if self.is_zh() => format!("{list} {} {status}{rest}", self.word("k_all_zh")),
            None => format!("{} {list} {status}{rest}", self.word("k_all_of")),
        }
    }

    /// Rules go by their ids alone.
    fn range(&self, from: &Name, to: Option<&Name>) -> String {
        to.map_or_else(|| self.id(from), |to| format!("{} {} {}", self.id(from), self.word("k_to"), self.id(to)))
    }

    pub fn status_word(&self, wanted: Status) -> &'static str {
        self.word(if wanted == Status::Met { "k_met" } else { "k_not_met" })
    }

    /// `evidence for P4 issued within 3 years, found met`, 佐证材料 P4 3 年内 出具，认定 符合.
    pub fn evidence(&self, said: &EvidenceSaid) -> String {
        let of = said.of.as_ref().map_or_else(String::new, |of| if self.is_zh() { format!(" {}", self.id(of)) } else { format!(" {} {}", self.word("k_for_rule"), self.id(of)) });
        let issued = said.within.as_ref().map_or_else(String::new, |(number, months)| {
            let number = number.plain(12);
            if self.is_zh() {
                let within = if *months { "k_months_within_zh" } else { "k_years_within_zh" };
                format!(" {number} {} {}，", self.nth(within, 1), self.word("k_issued"))
            } else {
                format!(" {} {} {number} {},", self.word("k_issued"), self.word("k_within"), self.word(if *months { "k_months" } else { "k_years" }))
            }
        });
        let gap = if issued.ends_with('，') { "" } else { " " };
        format!("{}{of}{issued}{gap}{} {}", self.word("k_evidence"), self.word("k_found"), self.name(&said.found))
    }

    pub fn grade_word(&self, grade: Grade) -> &'static str {
        self.word(match grade {
            Grade::Qualified => "k_qualified",
            Grade::Basic => "k_basic",
            Grade::NotQualified => "k_unqualified",
        })
    }

    fn rest(&self, rest: &Rest) -> String {
        let (the_rest, standard) = (self.word("k_the_rest"), self.word("k_standard"));
        let Rest::Standard(rest) = rest else { return format!("{}{BREAK}{the_rest} {}", self.pick(",", "，"), self.word("k_basic")) };
        let rest = self.quantity(rest);
        if self.is_zh() {
            format!("，{BREAK}{the_rest} {} {standard} {} {rest}", self.word("r_ge"), self.word("k_de"))
        } else {
            format!(",{BREAK}{the_rest} {} {rest} {} {standard}", self.word("b_least"), self.word("k_of"))
        }
    }
}

fn is_compared(says: &Expr) -> bool {
    match &*says.kind {
        ExprKind::Compare(..) | ExprKind::Between(..) | ExprKind::OneOf { .. } | ExprKind::Known { .. } => true,
        ExprKind::And(list) | ExprKind::Or(list) => list.first().is_some_and(is_compared),
        _ => false,
    }
}
