//! A random pack that extends the others': values of parameters, other requirements, exceptions.

use super::dice::Dice;
use super::program::Sketch;
use super::schema::Table;
use super::writer::Writer;

/// The items of the pack, without its head.
pub fn layer(writer: &mut Writer, rules: &[Sketch]) -> Vec<String> {
    let mut items = Vec::new();
    for (parameter, values) in VALUES {
        if writer.dice.chance(1, 3) {
            writer.mark("override_parameter");
            items.push(values_of(writer.dice, parameter, values));
            items.push(waiver(writer.dice, parameter));
        }
    }
    for rule in rules {
        if writer.dice.chance(1, 6) {
            writer.mark("override_rule");
            items.push(format!("override {} replaces\n  cites \"c\"\n{}", rule.id, asked(writer, rule)));
            items.push(waiver(writer.dice, &rule.id));
        }
        let several = *writer.dice.pick(&[0, 0, 0, 1, 2, 3]);
        let mut before: Vec<String> = Vec::new();
        items.extend((0..several).map(|nth| exception(writer, rule, nth, several == 1, &mut before)));
    }
    items
}

/// What each parameter may be set to: the text behind the day.
const VALUES: [(&str, &[&str]); 5] = [
    ("flat", &["1", "5"]),
    ("cap", &["primary 1", "junior 2", "primary 4, junior 1", "otherwise 3", "primary 1, otherwise 2"]),
    ("half", &["primary 1", "junior 3"]),
    ("grid", &["urban primary 1, town junior 6", "otherwise 2", "rural junior 1, otherwise 7"]),
    ("fee", &["\"x\" 2", "\"z\" 4", "otherwise 1"]),
];

fn values_of(dice: &mut Dice, parameter: &str, values: &[&str]) -> String {
    let days: &[&[&str]] = &[&["from 2020-01-01"], &["from 2019-01-01 to 2026-03-31", "from 2026-04-01"], &["from 2026-09-01 to 2026-09-01"], &["from 2021-01-01 to 2025-12-31"], &["from 2026-09-02"]];
    let lines: Vec<String> = dice.pick(days).iter().map(|days| format!("  {days} {} source \"s\"", dice.pick(values))).collect();
    format!("override {parameter} replaces\n{}\n", lines.join("\n"))
}

fn waiver(dice: &mut Dice, of: &str) -> String {
    let to = *dice.pick(&["2027-12-31", "2026-09-01", "2026-08-31"]);
    format!("waiver {of}\n  approved by \"A\"\n  in force to {to}\n")
}

/// One requirement that makes sense for the units of a rule; a comparison where the rule is counted by its standard.
fn asked(writer: &mut Writer, rule: &Sketch) -> String {
    let frames = [rule.frame];
    let relation = *writer.dice.pick(&[">=", "<=", ">", "<"]);
    let require = if rule.standard || writer.dice.chance(1, 2) { writer.comparison_by(&frames, relation, 1) } else { writer.truth(&frames, 2) };
    format!("  require {require}\n")
}

/// One that holds for all stands alone: beside others it would be refused.
fn exception(writer: &mut Writer, rule: &Sketch, nth: usize, alone: bool, before: &mut Vec<String>) -> String {
    writer.mark("exception");
    let mut lines = vec![format!("exception {}x{nth} to {}", rule.id, rule.id)];
    let mut when = writer.truth(&[rule.frame], 1);
    // One that holds wherever another does would be refused.
    // Brackets and the name of a table change nothing of what is meant.
    let bare = |when: &str| Table::ALL.iter().fold(when.replace(['(', ')'], ""), |text, table| text.replace(&format!("{}.", table.name()), ""));
    while before.iter().any(|other| other.contains(&bare(&when)) || bare(&when).contains(other.as_str())) {
        when = writer.truth(&[rule.frame], 2);
    }
    before.push(bare(&when));
    if !writer.dice.chance(1, 12) || !alone {
        lines.push(format!("  when {when}"));
    }
    if writer.dice.chance(1, 3) {
        writer.mark("exempt");
        lines.push("  exempt".into());
    } else {
        lines.push(asked(writer, rule).trim_end().into());
    }
    if writer.dice.chance(2, 3) {
        writer.mark("priority");
        lines.push(format!("  priority {}", writer.dice.between(1, 3)));
    }
    match writer.dice.below(6) {
        0 => lines.push("  in force from 2019-10-24 to 2022-12-31".into()),
        1 => lines.push("  in force from 2026-09-01 to 2026-09-01".into()),
        _ => {}
    }
    // One that surely asks less would be refused without leave.
    format!("{}\nwaiver {}x{nth}\n  approved by \"A\"\n  in force to 2027-12-31\n", lines.join("\n"), rule.id)
}

/// Rules that hold something against each parameter, and one that counts them.
pub fn standards(dice: &mut Dice) -> Vec<String> {
    let op = [">=", "<=", ">", "<"].map(str::to_string);
    let mut asks: Vec<(&str, String)> = Vec::new();
    for parameter in ["flat", "cap[stage]", "half[stage]", "grid[area, stage]", "fee[label]"] {
        let relation = dice.pick(&op).clone();
        let forms: &[(&str, &str)] = match parameter {
            "flat" => &[("school", "quality OP PAR"), ("county", "sum(quality across school) OP 2 * PAR"), ("school", "at least 50% of class have score OP PAR"), ("school", "change OP PAR + 1"), ("school", "no class has score OP PAR")],
            "cap[stage]" | "half[stage]" => &[("section", "pupils OP PAR"), ("school", "every class has size OP PAR"), ("county, each stage", "sum(pupils across section) OP PAR"), ("school", "at most 1 of class have size OP PAR")],
            "grid[area, stage]" => &[("section", "floor OP PAR"), ("section", "floor between 0 m2 and PAR")],
            _ => &[("school", "change OP PAR"), ("school", "not (change OP PAR)")],
        };
        let (each, ask) = dice.pick(forms);
        asks.push((each, ask.replace("OP", &relation).replace("PAR", parameter)));
    }
    let mut rules: Vec<String> = asks.iter().enumerate().map(|(at, (each, ask))| format!("rule P{at}\n  for each {each}\n  require {ask}\n")).collect();
    let counted = *dice.pick(&["at least 2 of P0, P1, P2 met", "at least 3 of P0, P1, P2, P3, P4 met", "at most 1 of P0, P1, P2 not met", "all of P1, P2, P3 met", "exactly 2 of P0, P4 met"]);
    rules.push(format!("rule K\n  for each county\n  require {counted}\n"));
    rules
}
