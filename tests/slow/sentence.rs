//! What is said of rows, or of counted columns.

use heng::base::Number;
use heng::model::op::{Bound, Compare};
use heng::model::plan::{Amount, Node, Quantity, Sentence, Step, StepOf};
use heng::model::value::Absent;
use heng::model::verdict::Outcome;

use super::collect::Counts;
use super::interval::{End, Interval, whole};
use super::rows::{Here, World};
use super::value::{Answer, Val};

/// How a sentence, or one step of it, may turn out, with its figure, the limit, and which way it is bounded.
#[derive(Clone, Debug)]
pub struct Said {
    pub answer: Answer,
    pub outcome: Outcome,
    pub value: Val,
    pub limit: Number,
    pub op: Compare,
}

impl World<'_> {
    /// `fails`: the answer that makes a requirement fail, if it stands in one.
    pub fn sentence(&self, sentence: &Sentence, here: &Here, fails: Option<bool>) -> Said {
        let steps: Vec<Said> = (0..sentence.steps.len()).map(|at| self.step(sentence, at, here, fails)).collect();
        let outcome = Outcome::join(steps.iter().map(|step| step.outcome));
        let mut answer = steps.iter().map(|step| step.answer).reduce(Answer::and).unwrap_or(Answer::NONE);
        if answer.outcome() != outcome {
            // R1 speaks of outcomes: a step that may not apply leaves the whole undecided.
            answer = match outcome {
                Outcome::Undecided => Answer { none: answer.none, ..Answer::OPEN },
                settled => Answer::of_outcome(settled),
            };
        }
        let telling = steps.iter().find(|step| step.outcome == outcome && outcome <= Outcome::Undecided).or(steps.last());
        match telling {
            Some(step) => Said { answer, outcome, ..step.clone() },
            None => Said { answer, outcome, value: Val::none(), limit: Number::ZERO, op: Compare::Eq },
        }
    }

    fn step(&self, sentence: &Sentence, at: usize, here: &Here, fails: Option<bool>) -> Said {
        let step = &sentence.steps[at];
        match &step.of {
            StepOf::Rows(id) => {
                let first = self.first_filter(sentence);
                let earlier: Vec<&Node> = first.iter().chain(sentence.steps[..at].iter().filter_map(|step| self.statement(step))).collect();
                // What makes too few of them makes the sentence false; where it speaks of too many, what makes more.
                let of_row = match (sentence.quantity, step.bound) {
                    (Quantity::Every | Quantity::All, _) | (Quantity::Bounds, Bound::AtLeast) => fails,
                    (Quantity::No, _) | (Quantity::Bounds, Bound::AtMost) => fails.map(|fails| !fails),
                    (Quantity::Bounds, Bound::Exactly) => None,
                };
                of_counts(&self.tally(*id, here, &earlier, of_row), sentence.quantity, step)
            }
            StepOf::Columns { whole, part } => self.of_columns(whole, part, step, here),
        }
    }

    /// Whoever is not in the first population is in none.
    fn first_filter<'a>(&'a self, sentence: &Sentence) -> &'a [Node] {
        match sentence.steps.first().map(|step| &step.of) {
            Some(StepOf::Rows(id)) => &self.plan.aggregates[*id].filter,
            _ => &[],
        }
    }

    /// What a step says of each row.
    fn statement(&self, step: &Step) -> Option<&Node> {
        match step.of {
            StepOf::Rows(id) => self.plan.aggregates[id].operand.as_ref(),
            StepOf::Columns { .. } => None,
        }
    }

    fn of_columns(&self, whole: &Node, part: &Node, step: &Step, here: &Here) -> Said {
        let (whole, part) = (self.value(whole, here), self.value(part, here));
        let absent = whole.absent.or(part.absent);
        let exceeds = part.as_interval().low > whole.as_interval().high;
        let (decides, shown, limit) = match &step.amount {
            // R20: of what may be 0 the least is known, but it decides nothing.
            Amount::Share(share) => (part.as_interval().over(&whole.as_interval()), part.as_interval().over_what_may_be_zero(&whole.as_interval()), share),
            Amount::Rows(count) => (part.as_interval(), part.as_interval(), count),
        };
        let may = decides.compare(step.bound.compare(), &Interval::exactly(limit));
        let answer = match absent {
            Absent::Yes => Answer::NONE,
            _ if exceeds => Answer { none: absent == Absent::Maybe, ..Answer::OPEN },
            _ => Answer { none: absent == Absent::Maybe, ..Answer::may(may) },
        };
        said(answer, Val::interval(shown).absent(absent), limit, step.bound.compare())
    }
}

fn said(answer: Answer, value: Val, limit: &Number, op: Compare) -> Said {
    Said { answer, outcome: answer.outcome(), value, limit: limit.clone(), op }
}

fn of_counts(counts: &Counts, quantity: Quantity, step: &Step) -> Said {
    let (bound, limit, value, answer) = match (quantity, &step.amount) {
        (Quantity::Every | Quantity::All, _) => (Bound::AtMost, Number::ZERO, breaches(counts.no, counts), every(counts)),
        (Quantity::No, _) => (Bound::AtMost, Number::ZERO, breaches(counts.yes, counts), no(counts)),
        (Quantity::Bounds, Amount::Rows(limit)) => {
            let value = breaches(counts.yes, counts);
            let may = value.as_interval().compare(step.bound.compare(), &Interval::exactly(limit));
            (step.bound, limit.clone(), value, Answer::may(may))
        }
        (Quantity::Bounds, Amount::Share(limit)) => {
            let value = share(counts);
            let may = value.as_interval().compare(step.bound.compare(), &Interval::exactly(limit));
            let answer = match value.absent {
                Absent::Yes => Answer::NONE,
                absent => Answer { none: absent == Absent::Maybe, ..Answer::may(may) },
            };
            (step.bound, limit.clone(), value, answer)
        }
    };
    if counts.incomplete {
        // Nothing is known; a count still has an answer, where a share of nothing has none.
        let counts = quantity == Quantity::No || quantity == Quantity::Bounds && matches!(step.amount, Amount::Rows(_));
        let is_share = quantity == Quantity::Bounds && matches!(step.amount, Amount::Share(_));
        // Of those that are there so much is known, and no end.
        let value = if is_share { Interval::ALL } else { Interval { high: End::Above, ..value.as_interval() } };
        return said(if counts { Answer::OPEN } else { Answer::ANYTHING }, Val::interval(value), &limit, bound.compare());
    }
    said(answer, value, &limit, bound.compare())
}

/// How many rows are of this kind, at least and at most.
fn breaches(kind: [usize; 2], counts: &Counts) -> Val {
    Val::interval(Interval::counts(kind[0], kind[0] + kind[1] + counts.open[0] + counts.open[1]))
}

fn every(counts: &Counts) -> Answer {
    if counts.no[0] > 0 {
        return Answer::NO;
    }
    let some = counts.sure() > 0;
    Answer {
        yes: some || counts.yes[1] + counts.open[1] > 0,
        no: counts.open[0] + counts.no[1] + counts.open[1] > 0,
        none: !some,
    }
}

fn no(counts: &Counts) -> Answer {
    Answer { yes: counts.yes[0] == 0, no: counts.yes[0] + counts.yes[1] + counts.open[0] + counts.open[1] > 0, none: false }
}

/// R10.
fn share(counts: &Counts) -> Val {
    if counts.sure() + counts.possible() == 0 {
        return Val::none();
    }
    let absent = if counts.sure() == 0 { Absent::Maybe } else { Absent::No };
    let fail = counts.no[0] + counts.open[0] + counts.no[1] + counts.open[1];
    let pass = counts.yes[0] + counts.open[0] + counts.yes[1] + counts.open[1];
    // Where the end's population is empty, only rows of the other kind can make one.
    let low = whole(counts.yes[0]).div(&whole(counts.yes[0] + fail)).unwrap_or(Number::ONE);
    let high = whole(pass).div(&whole(pass + counts.no[0])).unwrap_or(Number::ZERO);
    Val::interval(Interval { low: End::At(low), high: End::At(high) }).absent(absent)
}
