//! Random programs: the declarations of the world, some measures, some rules.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::schema::{Dim, GRADES, RULES, Table, Terms, declarations};
use super::lower;
use super::trial::LOWER;
use super::writer::{Calm, Frame, Measure, Writer, row_of};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub declarations: Vec<String>,
    pub measures: Vec<String>,
    pub rules: Vec<String>,
    /// The items of a pack that extends the others'.
    pub lower: Vec<String>,
    /// The forms that its rules use.
    pub forms: BTreeSet<&'static str>,
}

/// What other rules need to know of a rule.
pub struct Sketch {
    pub id: String,
    pub frame: Frame,
    /// One comparison with a floor or a ceiling.
    pub standard: bool,
}

impl Program {
    pub fn text(&self) -> String {
        let upper = [&self.declarations[..], &self.measures[..], &self.rules[..]].concat().join("\n");
        if self.lower.is_empty() { upper } else { format!("{upper}{LOWER}  extends world 1.0\n\n{}", self.lower.join("\n")) }
    }

    pub fn random(dice: &mut Dice, terms: Terms, calm: Calm) -> Program {
        let mut writer = Writer { dice, terms, calm, forms: BTreeSet::new(), measures: Vec::new() };
        let mut measures = Vec::new();
        for at in 0..writer.dice.below(4) {
            measures.push(measure(&mut writer, at));
        }
        let mut rules = Vec::new();
        let mut sketches: Vec<Sketch> = Vec::new();
        for at in 0..2 + writer.dice.below(5) {
            let (text, sketch) = rule(&mut writer, &format!("R{at}"), &sketches);
            rules.push(text);
            sketches.push(sketch);
        }
        let lower = if writer.dice.chance(1, 2) { lower::layer(&mut writer, &sketches) } else { Vec::new() };
        Program { declarations: declarations(terms), measures, rules, lower, forms: writer.forms }
    }
}

fn measure(writer: &mut Writer, at: usize) -> String {
    let of = *writer.dice.pick(&[Table::County, Table::School, Table::Section, Table::Class, Table::Teacher]);
    let id = format!("m{at}");
    let frames = [row_of(of)];
    let (dim, body) = if writer.dice.chance(1, 3) {
        (None, writer.truth(&frames, 1))
    } else {
        let dim = *writer.dice.pick(&Dim::ALL);
        (Some(dim), writer.number(&frames, dim, 2))
    };
    writer.measures.push(Measure { id: id.clone(), of, dim });
    format!("measure {id} of {}\n  = {body}\n", of.name())
}

fn rule(writer: &mut Writer, id: &str, others: &[Sketch]) -> (String, Sketch) {
    let frame = *writer.dice.pick(&[
        Frame { table: None, stage: false },
        Frame { table: None, stage: true },
        row_of(Table::County),
        row_of(Table::County),
        Frame { table: Some(Table::County), stage: true },
        row_of(Table::School),
        row_of(Table::School),
        row_of(Table::School),
        row_of(Table::Section),
        row_of(Table::Section),
        row_of(Table::Class),
        row_of(Table::Teacher),
    ]);
    let frames = [frame];
    let mut lines = vec![format!("rule {id}")];
    lines.extend(asked(writer, frame));
    if writer.dice.chance(1, 5) {
        writer.mark("when");
        let when = match writer.dice.below(5) {
            0 => status(writer, frame, others),
            1 => counting(writer, frame, others),
            _ => None,
        };
        let when = when.unwrap_or_else(|| writer.truth(&frames, 1));
        lines.push(format!("  when    {when}"));
    }
    let relation = *writer.dice.pick(&[">=", "<=", ">", "<"]);
    let standard = writer.dice.chance(1, 3);
    if standard {
        lines.push(format!("  require {}", writer.comparison_by(&frames, relation, 2)));
    } else if writer.dice.chance(1, 6) {
        writer.mark("graded");
        for grade in *writer.dice.pick(&[&["qualified"][..], &["basic"], &["qualified", "basic"], &["basic", "qualified"]]) {
            lines.push(format!("  grade   {grade} when {}", requirement(writer, frames, others)));
        }
    } else {
        let count = *writer.dice.pick(&[1, 1, 1, 2]);
        if count > 1 {
            writer.mark("several");
        }
        for _ in 0..count {
            lines.push(format!("  require {}", requirement(writer, frames, others)));
        }
    }
    match writer.dice.below(14) {
        0 => lines.push("  in force from 2027-03-01".into()),
        1 => lines.push("  in force from 2020-01-01 to 2025-12-31".into()),
        _ => {}
    }
    (lines.join("\n") + "\n", Sketch { id: id.to_string(), frame, standard })
}

fn asked(writer: &mut Writer, frame: Frame) -> Option<String> {
    let mut each = Vec::new();
    if let Some(table) = frame.table {
        let guarded = writer.calm.guard && matches!(table, Table::Class | Table::Teacher);
        let filter = if guarded || writer.dice.chance(1, 3) {
            writer.mark("scope");
            writer.filter(&[frame], 1)
        } else {
            String::new()
        };
        each.push(format!("each {}{filter}", table.name()));
    }
    if frame.stage {
        writer.mark("each_code");
        each.push(if writer.dice.chance(1, 3) { "each stage in (junior)".into() } else { "each stage".into() });
    }
    if each.is_empty() { None } else { Some(format!("  for     {}", each.join(", "))) }
}

fn requirement(writer: &mut Writer, frames: [Frame; 1], others: &[Sketch]) -> String {
    for _ in 0..8 {
        let found = match writer.dice.below(16) {
            0 | 1 => Some(writer.comparison(&frames, 2)),
            2 => Some(writer.between(&frames, 1)),
            3..=5 => writer.sentence(&frames, 2),
            6 => writer.counted_columns(&frames),
            7 => writer.another(&frames, 1),
            8 | 9 => writer.variation(&frames, 1),
            10 => counting(writer, frames[0], others),
            11 => counted_beside(writer, frames[0], others),
            12 => status(writer, frames[0], others),
            13 => writer.real(&frames, 1),
            14 => evidence(writer, frames[0]),
            _ => Some(writer.truth(&frames, 2)),
        };
        if let Some(found) = found {
            return found;
        }
    }
    writer.comparison(&frames, 1)
}

/// What is on file, of the rule itself or of another.
fn evidence(writer: &mut Writer, frame: Frame) -> Option<String> {
    if frame.stage || !matches!(frame.table, None | Some(Table::County | Table::School)) {
        return None;
    }
    writer.mark("evidence");
    let of = if writer.dice.chance(1, 2) { format!(" for {}", writer.dice.pick(&RULES)) } else { String::new() };
    let issued = *writer.dice.pick(&["", "", " issued within 3 years,", " issued within 18 months,"]);
    Some(format!("evidence{of}{issued} found {}", writer.dice.pick(&GRADES)))
}

/// Rules whose units are the same, above or beneath.
fn kin(frame: Frame, others: &[Sketch]) -> Vec<&Sketch> {
    let above = |high: Frame, low: Frame| {
        let tables = match (high.table, low.table) {
            (None, _) => true,
            (Some(high), Some(low)) => low.chain().contains(&high),
            (Some(_), None) => false,
        };
        tables && (!high.stage || low.stage)
    };
    others.iter().filter(|other| above(frame, other.frame) || above(other.frame, frame)).collect()
}

fn status(writer: &mut Writer, frame: Frame, others: &[Sketch]) -> Option<String> {
    let kin = kin(frame, others);
    if kin.is_empty() {
        return None;
    }
    writer.mark("status");
    Some(format!("{} {}", writer.dice.pick(&kin).id, *writer.dice.pick(&["met", "not met"])))
}

/// Rules that are counted, and something else.
fn counted_beside(writer: &mut Writer, frame: Frame, others: &[Sketch]) -> Option<String> {
    let found = counting(writer, frame, others)?;
    writer.mark("k_of_n_beside");
    let beside = if writer.dice.chance(1, 2) { writer.truth(&[frame], 1) } else { writer.comparison(&[frame], 1) };
    Some(format!("({found}) {} ({beside})", writer.dice.pick(&["and", "or"])))
}

/// Of so many rules no more can be asked for; nor more than three, for the others are to have a meaning.
fn most(rules: usize) -> i64 {
    i64::try_from(rules).map_or(3, |rules| rules.min(3))
}

fn counting(writer: &mut Writer, frame: Frame, others: &[Sketch]) -> Option<String> {
    let kin = kin(frame, others);
    // Percent of standard is that of one unit: the same, or one above.
    let not_beneath = |other: Frame| other.table.is_none_or(|table| frame.table.is_some_and(|own| own.chain().contains(&table))) && (frame.stage || !other.stage);
    let standards: Vec<&Sketch> = kin.iter().copied().filter(|other| other.standard && not_beneath(other.frame)).collect();
    let beneath: Vec<&Sketch> = kin.iter().copied().filter(|other| !not_beneath(other.frame)).collect();
    if !beneath.is_empty() && writer.dice.chance(1, 4) {
        writer.mark("share_of_units");
        let (bound, percent) = (*writer.dice.pick(&["at least", "at least", "at most"]), *writer.dice.pick(&["0", "25", "50", "66.5", "90", "100"]));
        let wanted = *writer.dice.pick(&["met", "met", "not met"]);
        return Some(format!("{bound} {percent}% of {} {wanted}", writer.dice.pick(&beneath).id));
    }
    let list = |some: &[&Sketch]| some.iter().map(|other| other.id.clone()).collect::<Vec<_>>().join(", ");
    if standards.len() > 1 && writer.dice.chance(1, 2) {
        writer.mark("k_of_n_rest");
        let k = writer.dice.between(0, most(standards.len()));
        return Some(format!("at least {k} of {} met, the rest at least {}% of standard", list(&standards), *writer.dice.pick(&[50, 85, 90])));
    }
    if kin.len() < 2 {
        return None;
    }
    if writer.dice.chance(1, 3) {
        writer.mark("all_of_rules");
        return Some(format!("all of {} met", list(&kin)));
    }
    if writer.dice.chance(1, 3) {
        writer.mark("k_of_n_graded");
        let (bound, k) = (*writer.dice.pick(&["at least", "at least", "at most", "exactly"]), writer.dice.between(0, most(kin.len())));
        let (grade, rest) = (*writer.dice.pick(&["qualified", "qualified", "basic", "not qualified", "met"]), *writer.dice.pick(&["", ", the rest basic"]));
        return Some(format!("{bound} {k} of {} {grade}{rest}", list(&kin)));
    }
    writer.mark("k_of_n");
    let bound = *writer.dice.pick(&["at least", "at least", "at most", "exactly"]);
    let status = if writer.dice.chance(1, 3) { "not met" } else { "met" };
    let k = if bound != "exactly" && beneath.is_empty() && writer.dice.chance(1, 5) { "50%".to_string() } else { writer.dice.between(0, most(kin.len())).to_string() };
    Some(format!("{bound} {k} of {} {status}", list(&kin)))
}
