//! Sentences about rows and counted columns: each step with its own share, numerator ÷ denominator.

use crate::base::{Text, Unit};
use crate::model::op::Bound;
use crate::model::plan::{AggregateDef, Amount, Node, NodeKind, Quantity, Sentence, Step, StepOf};

use super::clause::{clause, such};
use super::formula::none_at_all;
use super::limit::bound;
use super::name;
use super::phrase::{Reader, article, both, bracketed, detail, line};
use super::rows::{one, population, population_and};
use super::value::{quotient, value};
use super::{number, sentence};

/// A sentence as one phrase, for where it stands inside something else.
pub(super) fn inline(reader: Reader, said: &Sentence) -> Text {
    let steps: Vec<Text> = said.steps.iter().enumerate().map(|(at, step)| statement(reader, said.quantity, step, at)).collect();
    Text::join(&steps, ", of whom ", "，其中")
}

/// A sentence as lines: a statement and its reckoning for each step. `head` opens the first.
pub(super) fn lines(reader: Reader, head: &Text, said: &Sentence) -> Vec<Text> {
    let step = |(at, step): (usize, &Step)| {
        let statement = sentence::statement(reader, said.quantity, step, at);
        let whom = Text::new("Of whom: ", "其中：");
        let head = if at == 0 { head } else { &whom };
        let mut lines = vec![line(&both!("{head}{statement}", "{head}{statement}", head, statement))];
        lines.extend(reckoning(reader, said.quantity, step).iter().map(detail));
        lines
    };
    let mut lines: Vec<Text> = said.steps.iter().enumerate().flat_map(step).collect();
    if said.steps.len() > 1 {
        lines.push(detail(&Text::new("every step must hold; each has its own denominator, as said", "以上各步须同时满足，分母各不相同，以所列为准")));
    }
    lines
}

fn statement(reader: Reader, quantity: Quantity, step: &Step, at: usize) -> Text {
    match &step.of {
        StepOf::Columns { whole, part } => of_columns(reader, step, whole, part),
        StepOf::Rows(tally) => {
            let tally = &reader.plan.aggregates[*tally];
            let Some(said) = tally.operand.as_ref() else { return Text::default() };
            match quantity {
                Quantity::Every | Quantity::All => of_every(reader, quantity, tally, said),
                Quantity::No => {
                    let row = one(reader, tally, Some(said));
                    both!("there must be no {row}", "不得有{row}", row)
                }
                Quantity::Bounds => of_some(reader, step, tally, said, at),
            }
        }
    }
}

fn of_every(reader: Reader, quantity: Quantity, tally: &AggregateDef, said: &Node) -> Text {
    let (row, rows, said) = (one(reader, tally, None), population(reader, tally), clause(reader.of(tally.over), said));
    let counter = name::counter(&reader.plan.tables[tally.over]);
    match quantity {
        Quantity::All => both!("for all {rows}: {said}", "全部{rows}均须：{said}", rows, said),
        _ => both!("for every {row}: {said}", "每{counter}{row}均须：{said}", row, counter, said),
    }
}

/// `among the teachers with eligible, those with rotated are at least 10% (10% itself included)`.
fn of_some(reader: Reader, step: &Step, tally: &AggregateDef, said: &Node, at: usize) -> Text {
    let (rows, those) = (population(reader, tally), such(reader.of(tally.over), said));
    let bound = amount(step, &reader.plan.tables[tally.over].counted_in);
    let many = matches!(step.amount, Amount::Share(_));
    match (many, at) {
        (true, _) => both!("among the {rows}, those{those} make up {bound}", "{rows}中，{those}所占比例{bound}", rows, those, bound),
        (false, _) => both!("among the {rows}, those{those} number {bound}", "{rows}中，{those}{bound}", rows, those, bound),
    }
}

fn of_columns(reader: Reader, step: &Step, whole: &Node, part: &Node) -> Text {
    let bound = amount(step, &super::value::unit(&part.ty));
    let (whole, part) = (value(reader, whole), value(reader, part));
    match step.amount {
        Amount::Share(_) => both!("{part}, as a share of {whole}, is {bound}", "{part}占{whole}的比例{bound}", part, whole, bound),
        Amount::Rows(_) => both!("{part}, out of {whole}, is {bound}", "{whole}中，{part}{bound}", part, whole, bound),
    }
}

fn amount(step: &Step, counted_in: &Unit) -> Text {
    let (base, unit) = match &step.amount {
        Amount::Share(base) => (base, &Unit::percent()),
        Amount::Rows(base) => (base, counted_in),
    };
    let with_unit = match &step.amount {
        Amount::Share(_) => Text::from(number::bare(base, unit)),
        Amount::Rows(_) => Text { en: number::bare(base, unit), zh: number::number(base, unit).zh },
    };
    bound(step.bound, &with_unit, &Text::from(number::bare(base, unit)))
}

/// What is divided by what, and what nothing at all comes to.
fn reckoning(reader: Reader, quantity: Quantity, step: &Step) -> Vec<Text> {
    match (&step.of, &step.amount) {
        (StepOf::Columns { whole, part }, amount) => columns_reckoned(reader, whole, part, amount),
        (StepOf::Rows(tally), amount) => {
            let tally = &reader.plan.aggregates[*tally];
            let mut lines = match (quantity, amount) {
                (Quantity::Bounds, Amount::Share(_)) => share(reader, tally),
                _ => Vec::new(),
            };
            let not_filed = not_filed(reader, tally);
            if !tally.filter.is_empty() || not_filed.is_none() {
                lines.push(none(reader, quantity, step, tally));
            }
            lines.extend(not_filed);
            lines
        }
    }
}

fn share(reader: Reader, tally: &AggregateDef) -> Vec<Text> {
    let part = population_and(reader, tally, tally.operand.as_ref());
    let whole = population(reader, tally);
    vec![both!("share = the number of {part} ÷ the number of all {whole}", "比例 ＝ {part}数 ÷ {whole}数", part, whole)]
}

fn columns_reckoned(reader: Reader, whole: &Node, part: &Node, amount: &Amount) -> Vec<Text> {
    let (whole_text, part_text) = (value(reader, whole), value(reader, part));
    let mut lines = Vec::new();
    if matches!(amount, Amount::Share(_)) {
        let (whole, part) = (compound(whole, &whole_text), compound(part, &part_text));
        lines.push(quotient(&part, &whole));
    }
    lines.push(both!(
        "if {part_text} is more than {whole_text}, one of the two figures is wrong: undecided",
        "{part_text}大于{whole_text}的，说明有一项数据有误，判为“无法判定”",
        part_text,
        whole_text
    ));
    lines
}

fn compound(node: &Node, text: &Text) -> Text {
    if matches!(node.kind.as_ref(), NodeKind::Arith(..)) { bracketed(text) } else { text.clone() }
}

fn none(reader: Reader, quantity: Quantity, step: &Step, tally: &AggregateDef) -> Text {
    let rows = population(reader, tally);
    match (quantity, &step.amount, step.bound) {
        (Quantity::Bounds, Amount::Rows(_), Bound::AtLeast) => both!("where there are no {rows} at all, this is not met", "没有{rows}的，判为“不达标”", rows),
        (Quantity::No, ..) | (Quantity::Bounds, Amount::Rows(_), Bound::AtMost) => both!("where there are no {rows} at all, this is met", "没有{rows}的，判为“达标”", rows),
        (Quantity::Bounds, Amount::Rows(_), Bound::Exactly) => both!("where there are no {rows} at all, their number is 0", "没有{rows}的，个数按 0 计", rows),
        _ => none_at_all(&rows),
    }
}

/// Who must have rows in the table, and what it means if there are none.
fn not_filed(reader: Reader, tally: &AggregateDef) -> Option<Text> {
    let table = &reader.plan.tables[tally.over];
    let by = name::singular(&reader.plan.tables[table.filed_by?]);
    let rows = name::plural(table);
    let article = article(&by);
    Some(both!("{article} {by} that has handed in no {rows} at all leaves this undecided", "有{by}未报送{rows}数据的，判为“无法判定”", article, by, rows))
}
