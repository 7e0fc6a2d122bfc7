//! Sentences judged: how many rows breach, which share satisfies, step by step, and the rows that weigh most: those that
//! broke it, never those that kept it.

use crate::base::{Number, Unit};
use crate::builtin::tally;
use crate::eval::{At, World, over_what_may_be_zero, share_of, truth_outcome};
use crate::model::op::Compare;
use crate::model::plan::{Amount, Node, Quantity, Sentence, Step, StepOf};
use crate::model::reduced::{State, Tally};
use crate::model::value::{Cause, Range, Truth, Value, add_new};
use crate::model::verdict::{Figure, Form, Judged, Limit, May, Outcome, Part};

use super::comparison::{figure, flip};
use super::few::{of_few, of_few_known};
use super::{Judge, MOST_ROWS, blank, despite, may};

/// A tally whose rows are listed.
#[derive(Clone, Copy)]
pub(super) struct Tallied<'s> {
    pub id: usize,
    /// What was said of its members.
    pub said: &'s [(u32, Truth)],
    /// How many rows the question does not apply to.
    pub left: u64,
    /// Why members are unknown.
    pub causes: &'s [Cause],
    /// The answer of a row that breaks it.
    pub breaching: Truth,
    /// Whether any row is listed, or they are but counted.
    pub lists: bool,
}

/// So many times the rows that are listed are held before the least of them are dropped.
const SLACK: usize = 16;

impl Judge<'_> {
    pub(super) fn sentence(&self, sentence: &Sentence, world: &World, at: At) -> Judged {
        let is_chain = sentence.steps.len() > 1;
        let steps: Vec<Judged> = sentence.steps.iter().map(|step| self.step(sentence.quantity, step, is_chain, world, at)).collect();
        let [_, _, ..] = steps.as_slice() else {
            return steps.into_iter().next().unwrap_or_else(|| blank(Form::Rows));
        };
        let outcome = Outcome::join(steps.iter().map(|step| step.outcome));
        let deciding = steps.iter().find(|step| step.outcome == outcome).or(steps.last()).cloned().unwrap_or_else(|| blank(Form::OfWhom));
        let deciding = if matches!(outcome, Outcome::NotMet | Outcome::Undecided) { deciding } else { steps.last().cloned().unwrap_or(deciding) };
        let mut cells = Vec::new();
        add_new(&mut cells, steps.iter().flat_map(|step| step.cells.iter().copied()));
        let possible: Vec<May> = steps.iter().map(Judged::possible).collect();
        Judged { outcome, may: May::join(&possible), despite: Vec::new(), form: Form::OfWhom, cells, parts: steps.into_iter().map(|step| Part::Step(Box::new(step))).collect(), ..deciding }
    }

    fn step(&self, quantity: Quantity, step: &Step, is_chain: bool, world: &World, at: At) -> Judged {
        let value = world.step(quantity, step, at).required();
        let judged = Judged { outcome: truth_outcome(&value), may: may(&value), reason: value.causes, ..blank(Form::Share) };
        match &step.of {
            StepOf::Rows(tally) => {
                let open = State { incomplete: true, ..State::default() };
                let state = world.state(*tally, at);
                let state = state.as_deref().unwrap_or(&open);
                // What is divided by 0 counts where the sentence fails by it.
                let of_rows = tally::required_of_rows(quantity, step.bound);
                let read = of_rows.map_or(state.tally, |of_rows| state.read(of_rows));
                let said = of_rows.map_or_else(|| state.said.clone(), |of_rows| state.said_read(of_rows));
                let mut judged = self.row_step(quantity, step, *tally, (state, &read), judged);
                let breaching = match quantity {
                    Quantity::Every | Quantity::All => Truth::False,
                    Quantity::No => Truth::True,
                    Quantity::Bounds => breaching(&judged),
                };
                // A step of a chain that is met says what it has to by its figure.
                let lists = !(is_chain && judged.outcome == Outcome::Met);
                self.list_rows(&Tallied { id: *tally, said: &said, left: read.left, causes: &state.causes, breaching, lists }, &mut judged, world, at);
                judged
            }
            StepOf::Columns { whole, part } => self.column_step(step, (whole, part), judged, world, at),
        }
    }

    fn row_step(&self, quantity: Quantity, step: &Step, tally: usize, (state, read): (&State, &Tally), mut judged: Judged) -> Judged {
        let unit = self.plan.tables[self.plan.aggregates[tally].over].counted_in.clone();
        let unknown = |range: Range| if state.incomplete { Range::at_least(range.low.unwrap_or(Number::ZERO)) } else { range };
        let count = |range: Range, op: Compare, limit: &Number| (figure(&Value::range(unknown(range)), &unit), Limit::Number { number: limit.clone(), unit: unit.clone(), op, rest: None });
        match (quantity, &step.amount) {
            (Quantity::Bounds, Amount::Share(wanted)) => {
                let (share, absent) = tally::share(read);
                let value = if state.incomplete { Value::range(Range::UNKNOWN) } else { Value::range(share).absent(absent) };
                judged.value = figure(&value, &Unit::percent());
                judged.limit = Limit::Number { number: wanted.clone(), unit: Unit::percent(), op: step.bound.compare(), rest: None };
                judged.margin = share_margin(&judged.value, wanted, step.bound.compare());
                judged.parts.push(Part::Share { numerator: unknown(read.satisfied()), denominator: unknown(read.members()), outside: None });
                flip(&mut judged);
            }
            (Quantity::Bounds, Amount::Rows(rows)) => {
                judged.form = Form::Count;
                (judged.value, judged.limit) = count(read.satisfied(), step.bound.compare(), rows);
                judged.margin = share_margin(&judged.value, rows, step.bound.compare());
            }
            (quantity, _) => {
                judged.form = Form::Rows;
                let breached = if quantity == Quantity::No { read.satisfied() } else { read.breached() };
                (judged.value, judged.limit) = count(breached, Compare::Le, &Number::ZERO);
                judged.margin = share_margin(&judged.value, &Number::ZERO, Compare::Le);
            }
        }
        judged.show = if judged.form == Form::Share { 2 } else { 0 };
        if judged.outcome == Outcome::NotApplicable {
            judged.value = Figure::None;
            judged.margin = None;
        }
        if self.rests_on_persons(tally) {
            let (asked, satisfied) = (read.members(), read.satisfied());
            judged.few.value = match judged.form {
                Form::Share => of_few(&satisfied) || of_few(&asked),
                Form::Count => of_few(&satisfied),
                // That nobody breaches is the figure of nobody.
                _ => of_few(&asked) && judged.value != figure(&Value::number(Number::ZERO), &unit),
            };
            // Bounds rest on the rows that are known.
            judged.few.value |= matches!(judged.value, Figure::Bounds { .. }) && of_few_known(read);
        }
        judged
    }

    /// The rows of a tally as parts: those that break it, worst first; of an undecided sentence those
    /// that leave it open. Then how many rows there are of each kind. What is unknown of a settled one is told as such.
    pub(super) fn list_rows(&self, tallied: &Tallied, judged: &mut Judged, world: &World, at: At) {
        let Tallied { id, said, left, causes, breaching, lists } = *tallied;
        let aggregate = &self.plan.aggregates[id];
        let Some(says) = &aggregate.operand else { return };
        let outcome = |truth: Truth| match truth {
            Truth::Unknown => Outcome::Undecided,
            truth if truth == breaching => Outcome::NotMet,
            _ => Outcome::Met,
        };
        let shown = match judged.outcome {
            _ if !lists => None,
            Outcome::Undecided => Some(Truth::Unknown),
            // Neither too many nor too few: nobody broke it.
            Outcome::Met if is_exact(&judged.limit) => None,
            _ => Some(breaching),
        };
        let listed = |row: u32, truth: Truth| {
            let mut part = Judged { outcome: outcome(truth), ..self.judged(says, world, At { term: at.term, ..At::row(aggregate.over, row) }) };
            // How far it is from not breaching: what is true of too many is the worse the more it is so.
            let breach = if breaching == Truth::True { part.margin.as_ref().map(|margin| -margin) } else { part.margin.clone() };
            if breaching == Truth::True {
                // What is said of the row is just what none, or fewer, may be: its limit would read the wrong way round.
                (part.limit, part.margin, part.rounding_flips) = (Limit::None, None, false);
            }
            let key = self.key(world, aggregate.over, row);
            let name = self.row_name(world, aggregate.over, row);
            (breach, key.clone(), Part::Row { table: aggregate.over, row, name, key, judged: Box::new(part) })
        };
        let of = |wanted: Truth| said.iter().filter(move |(_, truth)| *truth == wanted);
        let mut rows: Vec<(Option<Number>, String, Part)> = Vec::new();
        for (row, truth) in shown.into_iter().flat_map(of) {
            rows.push(listed(*row, *truth));
            // Of a table of a million rows no more are held than are listed, or nearly.
            if rows.len() / SLACK >= self.most_rows {
                rows.sort_by(worst_first);
                rows.truncate(self.most_rows);
            }
        }
        // By how far a personal figure is off, whose is the least and whose the greatest could be told.
        if rows.iter().any(|(_, _, part)| matches!(part, Part::Row { judged, .. } if judged.few.any())) {
            for (margin, ..) in &mut rows {
                *margin = None;
            }
        }
        rows.sort_by(worst_first);
        rows.truncate(self.most_rows);
        for (_, _, part) in rows.iter().take(MOST_ROWS) {
            if let Part::Row { judged: row, .. } = part {
                add_new(&mut judged.cells, row.cells.iter().copied());
            }
        }
        if self.lists_open() && judged.outcome == Outcome::NotMet && shown.is_some() {
            let mut open: Vec<(Option<Number>, String, Part)> = of(Truth::Unknown).map(|(row, truth)| listed(*row, *truth)).collect();
            open.sort_by(|one, other| one.1.cmp(&other.1));
            rows.extend(open);
        }
        judged.parts.extend(rows.into_iter().map(|(_, _, part)| part));
        let counted = |wanted: Outcome| said.iter().filter(|(_, truth)| outcome(*truth) == wanted).count() as u64;
        let asked = said.len() as u64 + left;
        if matches!(judged.outcome, Outcome::Met | Outcome::NotMet) {
            add_new(&mut judged.despite, causes.iter().copied());
        }
        judged.parts.push(Part::Counts { asked, met: counted(Outcome::Met), not_met: counted(Outcome::NotMet), undecided: counted(Outcome::Undecided), not_applicable: left });
    }

    fn column_step(&self, step: &Step, (whole, part): (&Node, &Node), mut judged: Judged, world: &World, at: At) -> Judged {
        let (all, some) = (world.value(whole, at), world.value(part, at));
        judged.despite = despite(judged.outcome, &[&all, &some]);
        judged.few.value = self.few(&[whole, part], &[], world, at).value;
        judged.cells = world.cells(whole, at);
        add_new(&mut judged.cells, world.cells(part, at));
        let unit = super::working::unit_of(whole);
        match &step.amount {
            Amount::Share(wanted) => {
                let share = if all.as_range().may_be_zero() {
                    let open = all.as_range().single().is_none().then(|| over_what_may_be_zero(some.as_range(), all.as_range())).flatten();
                    Value::range(open.unwrap_or(Range::UNKNOWN))
                } else {
                    share_of(&some, &all)
                };
                judged.value = figure(&share, &Unit::percent());
                judged.limit = Limit::Number { number: wanted.clone(), unit: Unit::percent(), op: step.bound.compare(), rest: None };
                judged.margin = share_margin(&judged.value, wanted, step.bound.compare());
                let written = |range: &Range| Range { low: range.low.as_ref().map(|low| unit.from_base(low)), high: range.high.as_ref().map(|high| unit.from_base(high)) };
                judged.parts.push(Part::Share { numerator: written(some.as_range()), denominator: written(all.as_range()), outside: None });
            }
            Amount::Rows(rows) => {
                judged.form = Form::Count;
                judged.show = 0;
                judged.value = figure(&some, &unit);
                judged.limit = Limit::Number { number: unit.from_base(rows), unit: unit.clone(), op: step.bound.compare(), rest: None };
                judged.margin = share_margin(&judged.value, &unit.from_base(rows), step.bound.compare());
            }
        }
        flip(&mut judged);
        judged
    }
}

/// The answer of a row that broke a bound: where too few satisfy it is false, where too many do it is true.
pub(super) fn breaching(judged: &Judged) -> Truth {
    let Limit::Number { number: limit, op, .. } = &judged.limit else { return Truth::False };
    let low = match &judged.value {
        Figure::Number { number, .. } => Some(number),
        Figure::Bounds { range, .. } => range.low.as_ref(),
        _ => None,
    };
    let too_many = op.is_ceiling() || *op == Compare::Eq && judged.outcome == Outcome::NotMet && low.is_some_and(|low| low > limit);
    Truth::from_bool(too_many)
}

fn is_exact(limit: &Limit) -> bool {
    matches!(limit, Limit::Number { op: Compare::Eq, .. })
}

pub(super) fn share_margin(value: &Figure, limit: &Number, op: Compare) -> Option<Number> {
    let Figure::Number { number, .. } = value else { return None };
    match op {
        _ if op.is_floor() => Some(number - limit),
        _ if op.is_ceiling() => Some(limit - number),
        _ => None,
    }
}

/// The largest breach first, those without a measure of it after, then by key.
fn worst_first(a: &(Option<Number>, String, Part), b: &(Option<Number>, String, Part)) -> std::cmp::Ordering {
    let breach = |margin: &Option<Number>| (margin.is_none(), margin.clone().unwrap_or(Number::ZERO));
    breach(&a.0).cmp(&breach(&b.0)).then_with(|| a.1.cmp(&b.1))
}
