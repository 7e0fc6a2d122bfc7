//! What is personal stands in clear in no format, unless it is asked for.

use crate::base::Lang;
use crate::model::value::{CauseCode, Place};
use crate::model::verdict::{Few, Figure, Filled, Form, Limit, Outcome, Part, Wording};
use crate::report::{self, Page};

use super::build::*;

const SECRETS: [&str; 3] = ["T0007", "王小明", "4321"];

/// Everything that could tell who it is: the unit, the value, the cells, reasons, texts, rows, branches, filters.
fn telling() -> World {
    let mut world = world();
    let mut paid = pay_judged();
    paid.cells = vec![at(TEACHER, 0, 0), at(TEACHER, 2, 0), at(TEACHER, 3, 0)];
    paid.reason = vec![cause(CauseCode::Unreadable, Place::Cell(at(TEACHER, 3, 0))), cause(CauseCode::NotFiled, Place::Row { of: TEACHER, row: 0, table: CLASS })];
    let mut open = paid.clone();
    open.outcome = Outcome::Undecided;
    let mut named = paid.clone();
    named.form = Form::Plain;
    named.value = Figure::Text("王小明".into());
    named.limit = Limit::Plain { op: crate::model::op::Compare::Eq, text: "T0007".into() };
    named.few = Few { value: true, limit: true, working: false };
    let row = Part::Row { table: TEACHER, row: 0, name: "王小明".into(), key: "T0007".into(), judged: Box::new(paid.clone()) };
    let branch = Part::Branch { rule: 4, unit: Some("T0007".into()), row: Some(0), outcome: Outcome::NotMet, judged: Some(Box::new(paid.clone())), grade: None, attainment: None };
    let step = Part::Step(Box::new(paid.clone()));
    let rows = crate::model::verdict::Judged { parts: vec![row, branch], ..judged(Outcome::NotMet, Form::Rows) };
    let nested = crate::model::verdict::Judged { parts: vec![step], ..judged(Outcome::NotMet, Form::Several) };
    let teacher = || asks(TEACHER, 0, "T0007", "王小明");
    let hole = |value: &str| Wording::Hole { value: value.into(), few: true };
    let written = |text: &str| Wording::Written(text.into());
    let message = Filled(vec![hole("王小明"), written("（"), hole("T0007"), written("）月工资 "), hole("4321"), written(" 元")]);
    let said = |judged| crate::model::verdict::Finding { message: Some(message.clone()), advice_text: Some("请核对 王小明 T0007".into()), ..finding(4, teacher(), judged) };
    world.verdict.findings = vec![finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), rows), said(paid), said(open), said(named), said(nested)];
    world
}

fn everything(page: &Page) -> String {
    let alone: String = page.verdict.findings.iter().map(|finding| report::finding(page, finding)).collect();
    [report::json(page), report::csv(page), report::text(page), alone].concat()
}

#[test]
fn no_format_tells_who_it_is() {
    let world = telling();
    for lang in [Lang::En, Lang::Zh] {
        let mut page = world.page(lang);
        page.options.units = vec!["T0007".into()];
        let all = everything(&page);
        for secret in SECRETS {
            assert!(!all.contains(secret), "{secret} stands in: {}", all.lines().find(|line| line.contains(secret)).unwrap_or(""));
        }
        assert!(all.contains(&page.masks.mask("T0007")) && all.contains(&page.masks.mask("王小明")));
    }
}

#[test]
fn the_mask_is_the_same_wherever_the_value_stood() {
    let world = telling();
    let page = world.page(Lang::Zh);
    let report: serde_json::Value = serde_json::from_str(&report::json(&page)).expect("JSON");
    let finding = &report["findings"][1];
    assert_eq!(finding["unit"]["key"], finding["cells"][0]["raw"]);
    assert_eq!(finding["unit"]["name"], finding["cells"][1]["raw"]);
    assert_eq!(finding["value"]["text"]["zh"], finding["cells"][2]["raw"]);
    assert_eq!(finding["margin"], serde_json::Value::Null);
    assert!(report::csv(&page).contains(&[page.masks.mask("T0007"), page.masks.mask("王小明")].join(",")));
}

#[test]
fn a_run_that_asks_for_it_sees_it() {
    let world = telling();
    let page = Page { show_personal: true, ..world.page(Lang::Zh) };
    let all = everything(&page);
    assert!(SECRETS.iter().all(|secret| all.contains(secret)) && !all.contains('某'));
}

#[test]
fn what_is_not_personal_stays_in_clear() {
    let world = world();
    assert!(report::text(&world.page(Lang::Zh)).contains("浑河小学（小学部） 面积不足"));
}
