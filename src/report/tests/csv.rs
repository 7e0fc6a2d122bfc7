use crate::base::Lang;
use crate::report;

use super::build::world;

#[test]
fn a_row_for_each_unit_and_a_column_for_each_rule() {
    let expected = "\u{feff}table,key,name,county,WHOLE,AREA,CLASSES,SPREAD,PAY\r
county,210102-primary,210102 小学,210102,,,,not_met,\r
school,2101,浑河小学,210102,,,not_met,,\r
school,2102,沈河小学,210102,,,undecided,,\r
section,2101-primary,浑河小学（小学部）,210102,not_met,not_met,,,\r
section,2102-primary,沈河小学（小学部）,210102,not_applicable,undecided,,,\r
teacher,某VSRWCH6VHC5PPY04,某MYX4MF2DNBVH7ERR,210102,,,,,not_met\r
";
    assert_eq!(report::csv(&world().page(Lang::En)), expected);
    assert_eq!(report::csv(&world().page(Lang::Zh)), expected);
}

#[test]
fn units_stand_by_the_keys_above_and_then_their_own() {
    let mut world = world();
    world.verdict.findings.reverse();
    assert_eq!(report::csv(&world.page(Lang::En)).lines().map(|line| line.split(',').nth(1).unwrap_or("").to_string()).collect::<Vec<_>>(), ["key", "210102-primary", "2101", "2102", "2101-primary", "2102-primary", "某VSRWCH6VHC5PPY04"]);
}

#[test]
fn a_name_from_data_can_be_no_formula_and_no_second_cell() {
    let mut world = world();
    world.verdict.findings.truncate(6);
    let names = ["=HYPERLINK(\"x\")", "a,b", "line\nbreak", "+1", "-1", "@x"];
    for (finding, name) in world.verdict.findings.iter_mut().zip(names) {
        finding.unit.name = name.into();
        finding.unit.row += 10;
        finding.unit.table = None;
        finding.unit.key = name.into();
    }
    let text = report::csv(&world.page(Lang::En));
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let read: Vec<String> = reader.records().map(|record| record.expect("a record").get(2).unwrap_or("").to_string()).collect();
    assert_eq!(read, ["'+1", "'-1", "'=HYPERLINK(\"x\")", "'@x", "a,b", "line\nbreak"]);
}
