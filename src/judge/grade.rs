//! Grades: the lines of a rule, best first, and the grades that remain possible.

use crate::eval::{At, World};
use crate::model::ast::Grade;
use crate::model::plan::Node;
use crate::model::value::add_new;
use crate::model::verdict::{Form, Grades, Judged, May, Outcome, Part};

use super::{Judge, blank};

impl Judge<'_> {
    /// The first line that holds says the grade; a line that does not apply is passed over. Where no line holds the grade
    /// is the last, and where none applies there is none.
    pub(super) fn graded(&self, lines: &[(Grade, Node)], world: &World, at: At) -> Judged {
        let parts: Vec<(Grade, Judged)> = lines.iter().map(|(grade, when)| (*grade, self.judged(when, world, at))).collect();
        let grades = possible(&parts.iter().map(|(grade, part)| (*grade, part.outcome)).collect::<Vec<_>>());
        let may = May { met: grades.may_be(Grade::Qualified) || grades.may_be(Grade::Basic), not_met: grades.may_be(Grade::NotQualified), not_applicable: grades.none };
        let mut judged = Judged { outcome: grades.outcome(), may, grades: Some(grades), ..blank(Form::Graded) };
        // What is asked of a grade that is out of reach already decides nothing.
        let decides = |grade: Grade| judged.outcome != Outcome::Undecided || grades.may_be(grade);
        add_new(&mut judged.reason, parts.iter().filter(|(grade, _)| decides(*grade)).flat_map(|(_, part)| part.reason.iter().copied()));
        for (_, part) in &parts {
            add_new(&mut judged.cells, part.cells.iter().copied());
            judged.rounding_flips |= part.rounding_flips;
        }
        judged.parts = parts.into_iter().map(|(grade, part)| Part::Operand(Box::new(Judged { grades: Some(Grades::of(grade)), ..part }))).collect();
        judged
    }
}

/// Every grade that some completion of what is unknown leads to, line by line.
fn possible(lines: &[(Grade, Outcome)]) -> Grades {
    let mut grades = Grades::default();
    // Whether the lines so far may all have been passed over, without any or with one that applied.
    let (mut silent, mut refused) = (true, false);
    for (grade, outcome) in lines {
        let [yes, no, none] = match outcome {
            Outcome::Met => [true, false, false],
            Outcome::NotMet => [false, true, false],
            Outcome::Undecided => [true; 3],
            Outcome::Exempt | Outcome::NotApplicable => [false, false, true],
        };
        if yes && (silent || refused) {
            grades = grades.with(*grade);
        }
        (silent, refused) = (silent && none, refused && (no || none) || silent && no);
    }
    if refused {
        grades = grades.with(Grade::NotQualified);
    }
    if silent { grades.or_none() } else { grades }
}

#[cfg(test)]
mod tests {
    use super::possible;
    use crate::model::ast::Grade::{Basic, NotQualified, Qualified};
    use crate::model::verdict::Grades;
    use crate::model::verdict::Outcome::{Met, NotApplicable, NotMet, Undecided};

    #[test]
    fn best_first_and_unknown_only_where_it_matters() {
        let of = |first, second| possible(&[(Qualified, first), (Basic, second)]);
        assert_eq!(of(Met, Undecided), Grades::of(Qualified));
        assert_eq!(of(NotMet, Met), Grades::of(Basic));
        assert_eq!(of(NotMet, NotMet), Grades::of(NotQualified));
        assert_eq!(of(Undecided, Met), Grades::of(Qualified).with(Basic));
        assert_eq!(of(NotApplicable, Met), Grades::of(Basic));
        assert_eq!(of(NotApplicable, NotApplicable), Grades::default().or_none());
        assert_eq!(of(Undecided, NotMet), Grades::of(Qualified).with(NotQualified));
        assert_eq!(of(Undecided, Undecided), Grades::ANY);
    }
}
