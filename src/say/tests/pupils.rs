//! Blank pupils of a whole that is split, by whatever way a rule comes to read them; articles and titles in the plural.

use super::build::*;
use super::read;
use crate::base::{Lang, Number, Text, Unit};
use crate::model::op::{Arith, Compare};
use crate::model::plan::*;

/// Schools divide into sections by the pupils of two stages, whose blanks are 0; sections share `area`.
fn divided() -> Plan {
    let mut plan = plan();
    let mut parts = Vec::new();
    for (code, id, zh) in [(0, "primary_pupils", "小学学生人数"), (1, "junior_pupils", "初中学生人数")] {
        let column = ColumnDef { names: titles(id, zh), blank_means: Some(Blank::Number(n("0"))), ..plan.tables[SCHOOL].columns[0].clone() };
        parts.push(PartDef { code, names: titles(id, zh), pupils: plan.tables[SCHOOL].columns.len(), share: Number::ONE });
        plan.tables[SCHOOL].columns.push(column);
    }
    plan.tables[SECTION].columns[0].blank_means = Some(Blank::Number(n("0")));
    plan.tables[SECTION].split = Some(SplitDef { of: SCHOOL, codes: 0, parts, shared: vec![3], own: vec![] });
    plan
}

#[track_caller]
fn says_unknown(plan: &Plan, wanted: bool) {
    let (en, zh) = (read(plan, Lang::En), read(plan, Lang::Zh));
    let (unknown_en, unknown_zh) = ("where a school has a number in none of primary_pupils and junior_pupils, all of them are unknown", "同一学校的小学学生人数和初中学生人数均未填数字的，全部视为未知");
    assert_eq!((en.contains(unknown_en), zh.contains(unknown_zh)), (wanted, wanted), "{en}\n{zh}");
}

fn many(of: Node) -> Node {
    compare(Compare::Gt, of, number("0", &word("pupil")))
}

#[test]
fn a_measure_of_the_whole_reads_blank_pupils() {
    let mut plan = divided();
    let both = arith(Arith::Add, cell(&plan, SCHOOL, "primary_pupils"), cell(&plan, SCHOOL, "junior_pupils"), word("pupil"));
    let compulsory = measure(&mut plan, titles("compulsory", "义务教育"), SCHOOL, both);
    plan.rules.push(rule("G4", "规模", SCHOOL, vec![many(compulsory)]));
    says_unknown(&plan, true);
}

#[test]
fn a_scope_and_a_filter_of_rows_read_blank_pupils() {
    let mut plan = divided();
    let mut asked = rule("G6", "经费", SCHOOL, vec![compare(Compare::Gt, cell(&plan, SCHOOL, "area"), number("1", &word("m2")))]);
    asked.scope = Some(many(cell(&plan, SCHOOL, "junior_pupils")));
    plan.rules.push(asked);
    says_unknown(&plan, true);
    let junior = many(cell(&plan, SCHOOL, "junior_pupils"));
    let schools = count(&mut plan, SCHOOL, COUNTY, Some(junior));
    plan.rules.push(rule("Q1", "巩固率", COUNTY, vec![compare(Compare::Gt, schools, number("1", &word("school")))]));
    says_unknown(&plan, true);
}

#[test]
fn a_part_reads_them_by_its_pupils_and_by_what_is_shared() {
    let mut plan = divided();
    plan.rules.push(rule("L1", "学生", SECTION, vec![many(cell(&plan, SECTION, "pupils"))]));
    says_unknown(&plan, true);
    plan.rules.push(rule("L4", "面积", SECTION, vec![compare(Compare::Gt, cell(&plan, SECTION, "area"), number("1", &word("m2")))]));
    says_unknown(&plan, true);
}

#[test]
fn nothing_is_said_of_pupils_that_a_rule_does_not_read() {
    let mut plan = divided();
    plan.rules.push(rule("G5", "面积", SCHOOL, vec![compare(Compare::Gt, cell(&plan, SCHOOL, "area"), number("1", &word("m2")))]));
    says_unknown(&plan, false);
}

#[test]
fn one_of_a_table_that_is_called_by_several() {
    let mut plan = plan();
    plan.tables[TEACHER].names.en = Some("Annual results".into());
    let fresh = compare(Compare::Ge, cell(&plan, TEACHER, "terms"), number("1", &Unit::plain()));
    let fresh = measure(&mut plan, titles("fresh", "新"), TEACHER, fresh);
    plan.rules.push(rule("T", "新", TEACHER, vec![fresh]));
    let said = read(&plan, Lang::En);
    assert!(said.contains("An annual result is “fresh” when:") && said.contains("each annual result"), "{said}");
    let articles = ["incident", "hour", "university", "school", "union", "urban school"].map(|noun| super::super::phrase::article(&Text::from(noun)).en);
    assert_eq!(articles, ["an", "an", "a", "a", "a", "an"]);
}
