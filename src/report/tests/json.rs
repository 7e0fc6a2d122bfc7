use std::sync::Arc;

use serde_json::Value;

use crate::base::{Lang, Number, Real, Unit};
use crate::model::op::Compare;
use crate::model::value::Range;
use crate::model::verdict::{Figure, Form, Limit, Outcome, Part};
use crate::report;

use super::build::*;

fn parsed(world: &World) -> Value {
    serde_json::from_str(&report::json(&world.page(Lang::En))).expect("JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn a_finding_as_the_contract_shows_it() {
    let mut world = world();
    world.verdict.findings.retain(|finding| finding.rule == 1 && finding.outcome == Outcome::NotMet);
    let text = report::json(&world.page(Lang::En));
    let findings = text.split_once("\"findings\": ").expect("findings").1;
    assert_eq!(
        findings,
        r#"[
    {
      "rule": "sample/AREA",
      "title": {
        "zh": "生均用房面积",
        "en": "Area per pupil"
      },
      "kind": "rule",
      "cites": "第六条（四）",
      "message": {
        "zh": "浑河小学（小学部） 面积不足",
        "en": "浑河小学（小学部） 面积不足"
      },
      "advice_text": null,
      "part_of": [
        "sample/WHOLE"
      ],
      "unit": {
        "table": "section",
        "key": "2101-primary",
        "name": "浑河小学（小学部）",
        "county": "210102"
      },
      "outcome": "not_met",
      "grade": null,
      "value": {
        "exact": "2023/450",
        "decimal": "4.49555555555…",
        "shown": "4.50",
        "unit": "m2/pupil"
      },
      "limit": {
        "exact": "9/2",
        "decimal": "4.5",
        "op": ">=",
        "set_by": "sample",
        "checked": true
      },
      "margin": {
        "exact": "-1/225",
        "decimal": "-0.00444444444444…"
      },
      "rounding_flips": true,
      "reason": [],
      "cells": [
        {
          "source": "school.csv",
          "row": 2,
          "column": "教学及辅助用房总面积",
          "raw": "４２４６"
        },
        {
          "source": "school.csv",
          "row": 2,
          "column": "室内体育用房面积",
          "raw": "200"
        },
        {
          "source": "school.csv",
          "row": 2,
          "column": "小学学生人数",
          "raw": "900"
        }
      ],
      "parts": [],
      "remedy": [],
      "span": {
        "source": "rules/sample/resources.heng",
        "line": 5,
        "column": 1
      }
    }
  ]
}
"#
    );
}

#[test]
fn the_fields_of_the_contract_in_its_order() {
    let report = parsed(&world());
    assert_eq!(keys(&report), ["schema", "tool", "as_of", "options", "mask_key", "packs", "inputs", "outcome", "summary", "findings"]);
    assert_eq!(keys(&report["options"]), ["rules", "counties", "units", "set", "strict", "fail_level"]);
    assert_eq!(keys(&report["packs"][0]), ["id", "version", "digest", "extends", "path", "files"]);
    assert_eq!(keys(&report["inputs"][0]), ["table", "path", "rows", "digest", "encoding"]);
    assert_eq!(keys(&report["summary"]), ["met", "not_met", "undecided", "not_applicable", "exempt", "rules", "counties", "worst", "best", "to_fill"]);
    assert_eq!(keys(&report["summary"]["rules"][0]), ["rule", "asked", "of", "met", "not_met", "undecided", "not_applicable", "exempt", "worst", "best"]);
    assert_eq!(keys(&report["summary"]["counties"][0]), ["county", "outcome", "levels", "vetoes"]);
    for finding in report["findings"].as_array().expect("findings") {
        let mut fields = keys(finding);
        fields.retain(|field| *field != "bounds");
        assert_eq!(fields, ["rule", "title", "kind", "cites", "message", "advice_text", "part_of", "unit", "outcome", "grade", "value", "limit", "margin", "rounding_flips", "reason", "cells", "parts", "remedy", "span"]);
    }
    assert_eq!(report["summary"]["rules"][2]["of"], 3);
    assert_eq!(report["summary"]["not_met"], 5);
}

#[test]
fn the_same_bytes_in_every_language_and_at_every_width() {
    let world = world();
    let english = report::json(&world.page(Lang::En));
    let wide = report::Page { width: 200, color: true, ..world.page(Lang::Zh) };
    assert_eq!(english, report::json(&wide));
    assert_eq!(english, report::json(&world.page(Lang::En)));
}

#[test]
fn what_is_unknown_has_bounds_and_a_reason_with_its_cell() {
    let report = parsed(&world());
    let open = &report["findings"][3];
    assert_eq!(open["value"], Value::Null);
    assert_eq!(open["bounds"]["low"]["exact"], "0");
    assert_eq!(open["bounds"]["high"], Value::Null);
    assert_eq!(open["reason"][0]["code"], "missing");
    assert_eq!(open["reason"][0]["cell"]["row"], 3);
    assert_eq!(open["reason"][0]["text"]["zh"], "教学及辅助用房总面积 未填（school.csv 第3行）");
}

#[test]
fn a_variation_is_known_by_its_square() {
    let mut world = world();
    world.verdict.findings[6].judged.value = Figure::Spread { square: number("1/3") };
    let report = parsed(&world);
    let spread = &report["findings"][6];
    assert_eq!(spread["value"]["exact"], Value::Null);
    assert_eq!(spread["value"]["square"], "1/3");
    assert_eq!(spread["value"]["decimal"], "0.577350269189…");
    assert_eq!(spread["margin"]["exact"], Value::Null);
    assert_eq!(spread["margin"]["decimal"], "-0.0773502691896…");
    assert_eq!(keys(&spread["parts"][0]), ["unit", "value", "weight", "term", "share"]);
}

#[test]
fn an_index_that_is_no_fraction_has_a_decimal_and_nothing_exact() {
    let mut world = world();
    let one = Number::ONE;
    let judged = |real: Real| crate::model::verdict::Judged { value: Figure::Real(Arc::new(real)), limit: limit(Compare::Le, "0.5", Unit::plain()), ..judged(Outcome::NotMet, Form::Comparison) };
    world.verdict.findings[6].judged = judged(Real::logs(vec![(one.clone(), number("2"))], one.clone(), one));
    let report = parsed(&world);
    let found = &report["findings"][6];
    assert_eq!(found["value"].to_string(), r#"{"exact":null,"decimal":"0.693147180559…","shown":"0.69","unit":null}"#);
    assert_eq!(found["margin"].to_string(), r#"{"exact":null,"decimal":"-0.193147180559…"}"#);
    // Where it is rational after all it is a number like others.
    world.verdict.findings[6].judged = judged(Real::rational(number("4/7")));
    let report = parsed(&world);
    let found = &report["findings"][6];
    assert_eq!(found["value"].to_string(), r#"{"exact":"4/7","decimal":"0.571428571428…","shown":"0.57","unit":null}"#);
    assert_eq!(found["margin"].to_string(), r#"{"exact":"-1/14","decimal":"-0.0714285714285…"}"#);
}

#[test]
fn a_percent_is_the_plain_ratio_and_shown_with_its_sign() {
    let mut world = world();
    let range = |text: &str| Range::exactly(number(text));
    let parts = vec![Part::Share { numerator: range("28"), denominator: Range::between(number("312"), number("314")), outside: Some(4) }];
    let judged = crate::model::verdict::Judged { value: figure("7/78", Unit::percent()), limit: limit(Compare::Ge, "1/10", Unit::percent()), parts, ..judged(Outcome::NotMet, Form::Share) };
    world.verdict.findings = vec![finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), judged)];
    let report = parsed(&world);
    let share = &report["findings"][0];
    assert_eq!(share["value"].to_string(), r#"{"exact":"7/78","decimal":"0.0897435897435…","shown":"8.97%","unit":null}"#);
    assert_eq!(share["limit"]["exact"], "1/10");
    assert_eq!(share["parts"][0].to_string(), r#"{"numerator":{"exact":"28","decimal":"28"},"denominator":{"exact":null,"low":{"exact":"312","decimal":"312"},"high":{"exact":"314","decimal":"314"}},"outside":4}"#);
}

#[test]
fn limits_of_the_other_forms() {
    let mut world = world();
    let unit = per_pupil();
    let limits = [
        (Limit::Between { low: number("50"), high: number("99"), unit }, r#"{"low":{"exact":"50","decimal":"50"},"high":{"exact":"99","decimal":"99"},"op":"between","set_by":"sample","checked":true}"#),
        (Limit::OneOf { list: vec!["III".into()], negated: false }, r#"{"one_of":[{"zh":"III","en":"III"}],"set_by":"sample","checked":true}"#),
        (Limit::Plain { op: Compare::Eq, text: "是".into() }, r#"{"text":{"zh":"是","en":"是"},"op":"=","set_by":"sample","checked":true}"#),
        (Limit::Unknown { op: Compare::Ge }, r#"{"exact":null,"decimal":null,"op":">=","set_by":"sample","checked":true}"#),
        (Limit::None, "null"),
    ];
    for (limit, expected) in limits {
        world.verdict.findings = vec![finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), crate::model::verdict::Judged { limit, ..judged(Outcome::NotMet, Form::Plain) })];
        assert_eq!(parsed(&world)["findings"][0]["limit"].to_string(), expected);
    }
}

#[test]
fn an_exact_text_that_is_too_long_leaves_its_decimal() {
    let mut world = world();
    let mut long = number("1");
    for _ in 0..450 {
        long = &long * &Number::int(9_999_999_967);
    }
    let judged = crate::model::verdict::Judged { value: Figure::Number { number: long, unit: Unit::plain() }, ..judged(Outcome::Met, Form::Comparison) };
    world.verdict.findings = vec![finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), judged)];
    let report = parsed(&world);
    assert_eq!(report["findings"][0]["value"]["exact"], Value::Null);
    assert!(report["findings"][0]["value"]["decimal"].as_str().is_some_and(|text| text.starts_with("99999851")));
}

#[test]
fn a_cell_without_a_file_is_known_by_table_and_key() {
    let mut world = world();
    let judged = crate::model::verdict::Judged { cells: vec![at(COUNTY, 0, 0)], ..judged(Outcome::Met, Form::Plain) };
    world.verdict.findings = vec![finding(2, asks(SCHOOL, 0, "2101", "浑河小学"), judged)];
    assert_eq!(parsed(&world)["findings"][0]["cells"][0].to_string(), r#"{"source":null,"row":null,"column":"区县代码","raw":"210102","table":"county","key":"210102"}"#);
}
