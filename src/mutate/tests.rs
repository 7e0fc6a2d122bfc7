//! Each kind of defect is found where a rule's words allow it, and nowhere else.

use std::collections::BTreeMap;

use crate::base::SourceId;
use crate::model::ast::ItemKind;
use crate::model::defect::Defect;
use crate::parse::parse;

use super::mutants;

/// How many mutants of each kind the items of a text have.
fn kinds(text: &str) -> BTreeMap<Defect, usize> {
    let (file, said) = parse(SourceId(0), text);
    assert!(said.is_empty(), "{said:?}");
    let mut kinds = BTreeMap::new();
    for mutant in file.items.iter().flat_map(|item| mutants(item, text)) {
        *kinds.entry(mutant.defect).or_default() += 1;
    }
    kinds
}

fn clause(clause: &str) -> BTreeMap<Defect, usize> {
    kinds(&format!("rule R \"R\"\n  for each school\n  {clause}\n"))
}

#[test]
fn a_comparison() {
    let kinds = clause("require a / b >= 4.2 m2");
    assert_eq!(kinds, [(Defect::Boundary, 1), (Defect::Direction, 1), (Defect::Threshold, 4), (Defect::Ratio, 1), (Defect::RoundedBefore, 1)].into());
}

#[test]
fn rows_and_steps() {
    let kinds = clause("require at least 10% of class where small are rotated, of whom at least 20% are backbone");
    assert_eq!(kinds, [(Defect::Direction, 1), (Defect::Threshold, 4), (Defect::Filter, 1), (Defect::OfWhom, 1)].into());
}

#[test]
fn rules_that_are_counted() {
    let kinds = clause("require at least 6 of L1 to L7 met, the rest at least 85% of standard");
    assert_eq!(kinds, [(Defect::Threshold, 2), (Defect::Count, 2), (Defect::Rest, 1)].into());
}

#[test]
fn conditions() {
    let kinds = clause("when not a and kind is one of (x, y)");
    assert_eq!(kinds, [(Defect::Opposite, 1), (Defect::Junction, 1), (Defect::Condition, 4), (Defect::When, 1)].into());
}

#[test]
fn weights() {
    let kinds = clause("require variation(a across class where b, weighted by c) <= 0.5");
    assert_eq!(kinds[&Defect::Weights], 1);
    assert_eq!(kinds[&Defect::Filter], 1);
}

#[test]
fn a_standard_and_a_split() {
    let kinds = kinds("parameter p by stage\n  from 2020-01-01  primary 45, junior 50\n\nsplit school into section by stage\n  part primary pupils a share 1\n  part junior pupils b share 1.1\n");
    assert_eq!(kinds, [(Defect::Threshold, 9), (Defect::Codes, 1)].into());
}

#[test]
fn grades_documents_and_years() {
    let kinds = clause("grade qualified when evidence issued within 3 years, found met\n  grade basic when a >= a in last year\n  grade otherwise not qualified");
    assert_eq!(kinds, [(Defect::Boundary, 1), (Defect::Direction, 1), (Defect::Threshold, 2), (Defect::Period, 1), (Defect::Grade, 2), (Defect::RoundedBefore, 1)].into());
}

#[test]
fn exceptions_and_layers() {
    let kinds = kinds("exception E \"E\" to R\n  when a\n  require b >= 5\n\noverride p stricter\n  from 2020-01-01  primary 40\n");
    assert_eq!(kinds, [(Defect::Boundary, 1), (Defect::Direction, 1), (Defect::Threshold, 4), (Defect::When, 1), (Defect::Exception, 1), (Defect::Layer, 1), (Defect::RoundedBefore, 1)].into());
}

#[test]
fn what_is_not_written_has_no_defect() {
    assert!(clause("require public").is_empty());
    assert!(kinds("table school \"S\"\n  key code text\n").is_empty());
}

/// The tree is changed in one place only: everything else of the item stays.
#[test]
fn one_defect_at_a_time() {
    let text = "rule R \"R\"\n  for each school where open\n  when a > 0\n  require a >= 1\n  require b <= 2\n";
    let (file, _) = parse(SourceId(0), text);
    let shown = |item: &crate::model::ast::Item| if let ItemKind::Rule(rule) = &item.kind { vec![format!("{:#?}", rule.each), format!("{:#?}", rule.when), format!("{:#?}", rule.require.first()), format!("{:#?}", rule.require.get(1))] } else { Vec::new() };
    let before = shown(&file.items[0]);
    for mutant in mutants(&file.items[0], text) {
        let after = shown(&mutant.item.clone().expect("an item"));
        assert_eq!(before.iter().zip(&after).filter(|(one, other)| one != other).count(), 1, "{mutant:?}");
    }
}
