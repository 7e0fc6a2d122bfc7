//! Expressions, by recursion on the plan's nodes.

use std::cmp::Ordering;

use heng::base::{Number, YearMonth};
use heng::model::keys::Keys;
use heng::model::op::{Aggregate, Arith, Compare, Rounding};
use heng::model::plan::{Collect, Constant, DatedDef, Key, Node, NodeKind, ParameterKey, Type};
use heng::model::value::Absent;

use super::collect::Member;
use super::interval::{End, Interval, round};
use super::rows::{Here, World, unknown};
use super::term::is_nowhere;
use super::value::{AboveAll, Answer, Kind, Val, hull_of};

impl World<'_> {
    pub fn value(&self, node: &Node, here: &Here) -> Val {
        match &*node.kind {
            NodeKind::Number(number) => Val::number(number),
            NodeKind::Text(text) => Val::of(Kind::Text(Some(text.clone()))),
            NodeKind::Truth(truth) => Val::answer(Answer::truth(*truth)),
            NodeKind::Date(date) => Val::of(Kind::Date(Some(*date))),
            NodeKind::YearMonth(month) => Val::of(Kind::Month(Some(*month))),
            NodeKind::Term(term) => Val::of(Kind::Term(Some(*term))),
            NodeKind::InTerm { when, of } => self.in_term(*when, of, here),
            NodeKind::Rising { of, since } => self.rising(of, *since, here),
            NodeKind::Code(code) => Val::of(Kind::Code(Some(*code))),
            NodeKind::Column(at) => match self.above(here.row, Some(at.table)) {
                Some(row) => self.cell(row, at.column),
                None if is_nowhere(here.row) => unknown(&self.plan.tables[at.table].columns[at.column]),
                None => Val::none(),
            },
            NodeKind::Through { link, of } => match self.through(*link, here.row) {
                Some(row) => self.value(of, &Here { row, ..here.clone() }),
                None => match &*of.kind {
                    NodeKind::Column(at) if is_nowhere(here.row) => unknown(&self.plan.tables[at.table].columns[at.column]),
                    NodeKind::Column(_) => Val::none(),
                    _ => Val::interval(Interval::ALL),
                },
            },
            NodeKind::UnitCode(nth) => Val::of(Kind::Code(here.codes.get(*nth).map(|(_, code)| *code))),
            NodeKind::AsOf => Val::of(Kind::Date(Some(self.as_of))),
            NodeKind::Measure(id) => self.measure(*id, here),
            NodeKind::Parameter { id, keys } => self.parameter(*id, keys, here),
            NodeKind::Aggregate(id) => self.aggregate(*id, here),
            NodeKind::Neg(of) => self.map(of, here, Interval::negated),
            NodeKind::Arith(op, a, b) => self.arith(*op, a, b, here),
            NodeKind::Round(how, of) => self.round(*how, of, &node.ty, here),
            NodeKind::ForEvery { amount, every, of, part_counted } => self.for_every(amount, every, of, *part_counted, here),
            NodeKind::If { cond, then, otherwise } => self.choose(cond, then, otherwise, here),
            NodeKind::ByCase { of, arms, otherwise } => self.by_case(of, arms, otherwise.as_ref(), here),
            NodeKind::DateShift { months, of } => self.shift(*months, of, here),
            NodeKind::Whole { months, touched: false, from, to } => self.whole_between(*months, from, to, here),
            NodeKind::Whole { months, touched: true, from, to } => self.touched(*months, from, to, here),
            NodeKind::Not(of) => Val::answer(self.value(of, here).as_answer().not()),
            NodeKind::And(list) => Val::answer(list.iter().map(|node| self.value(node, here).as_answer()).reduce(Answer::and).unwrap_or(Answer::YES)),
            NodeKind::Or(list) => Val::answer(list.iter().map(|node| self.value(node, here).as_answer()).reduce(Answer::or).unwrap_or(Answer::NO)),
            NodeKind::Compare(op, a, b) => Val::answer(self.comparison(*op, a, b, here, None)),
            NodeKind::Between { of, low, high } => self.between(of, low, high, here, None),
            NodeKind::OneOf { of, list, negated } => self.one_of(of, list, *negated, here, None),
            NodeKind::Known { of, negated } => self.known(of, *negated, here),
            NodeKind::Sentence(sentence) => Val::answer(self.sentence(sentence, here, None).answer),
            NodeKind::Evidence(def) => Val::answer(self.evidence(def, here)),
            NodeKind::Status { .. } | NodeKind::Rules(_) if is_nowhere(here.row) => Val::answer(Answer::OPEN),
            NodeKind::Status { rule, wanted } => Val::answer(self.status(*rule, *wanted, here)),
            NodeKind::Rules(rules) => Val::answer(Answer::of_outcome(self.rules(rules, here).0)),
        }
    }

    fn measure(&self, id: usize, here: &Here) -> Val {
        let def = &self.plan.measures[id];
        match self.above(here.row, Some(def.of)) {
            Some(row) => self.value(&def.body, &Here { row, ..here.clone() }),
            None if is_nowhere(here.row) => Val::interval(Interval::ALL),
            None => Val::none(),
        }
    }

    fn map(&self, of: &Node, here: &Here, f: impl Fn(&Interval) -> Interval) -> Val {
        let of = self.value(of, here);
        Val::interval(f(&of.as_interval())).absent(of.absent)
    }

    fn parameter(&self, id: usize, keys: &[Node], here: &Here) -> Val {
        let def = &self.plan.parameters[id];
        let keys: Vec<Val> = keys.iter().map(|key| self.value(key, here)).collect();
        let absent = keys.iter().fold(Absent::No, |all, key| all.or(key.absent));
        let standing = self.layers_of(id);
        if absent == Absent::Yes || standing.is_empty() {
            return Val::none();
        }
        let mut ways: Vec<Vec<Option<Key>>> = vec![Vec::new()];
        for (at, (key, by)) in keys.iter().zip(&def.by).enumerate() {
            let list = match by {
                ParameterKey::Codes(list) => Some(*list),
                ParameterKey::Text => None,
            };
            let named: Vec<Key> = standing.iter().flat_map(|dated| &dated.values).filter_map(|(keys, _)| keys.get(at).cloned()).collect();
            let candidates = self.candidates(key, list, &named);
            ways = ways.iter().flat_map(|way| candidates.iter().map(move |key| [&way[..], std::slice::from_ref(key)].concat())).collect();
        }
        let found = hull_of(ways.iter().map(|way| look_up(&standing, way)));
        Val { absent: if absent == Absent::Maybe && found.absent == Absent::No { Absent::Maybe } else { found.absent }, ..found }
    }

    /// What a key may be: itself; if unknown, every code of its list, or every text that is named and any other.
    fn candidates(&self, key: &Val, list: Option<usize>, named: &[Key]) -> Vec<Option<Key>> {
        match (&key.kind, list) {
            (Kind::Code(Some(code)), _) => vec![Some(Key::Code(*code))],
            (Kind::Text(Some(text)), _) => vec![Some(Key::Text(text.clone()))],
            (_, Some(list)) => (0..self.plan.codes[list].codes.len()).map(|code| u16::try_from(code).ok().map(Key::Code)).collect(),
            (_, None) => named.iter().cloned().map(Some).chain([None]).collect(),
        }
    }

    fn arith(&self, op: Arith, a: &Node, b: &Node, here: &Here) -> Val {
        let (left, right) = (self.value(a, here), self.value(b, here));
        let absent = left.absent.or(right.absent);
        let (x, y) = (left.as_interval(), right.as_interval());
        if absent == Absent::Yes {
            return Val::none();
        }
        let done = match op {
            Arith::Add => x.plus(&y),
            Arith::Sub => x.plus(&y.negated()),
            Arith::Mul => x.times(&y),
            Arith::Div => return self.quotient(a, b, &left, &right),
        };
        Val::interval(done).absent(absent)
    }

    /// R20, sentence by sentence.
    pub fn quotient(&self, a: &Node, b: &Node, left: &Val, right: &Val) -> Val {
        let absent = left.absent.or(right.absent);
        let (x, y) = (left.as_interval(), right.as_interval());
        if absent == Absent::Yes {
            return Val::none();
        }
        if !y.holds_zero() {
            return Val::interval(x.over(&y)).absent(absent);
        }
        let zero = End::At(Number::ZERO);
        let nothing = Interval::exactly(&Number::ZERO);
        let counted = self.counts_rows(b);
        let share = counted && self.of_rows_counted(a, b);
        // Where the divisor is 0, a counted one makes 0 ÷ 0 a question that nobody asks.
        let unasked = counted && x.holds_zero();
        let perhaps_unasked = if unasked { Absent::Maybe } else { absent };
        match y == nothing {
            true if counted && x == nothing => Val::none(),
            true if x.low > zero => Val::interval(Interval::ALL).absent(absent).above_all(AboveAll::Surely),
            // Of no rows counted there is no share, whatever the rest is.
            false if share => divide_by_count(&x, &y, self.least_count(b).as_ref(), absent),
            false if x.low >= zero && y.low >= zero => Val::interval(x.over_what_may_be_zero(&y)).absent(perhaps_unasked).above_all(AboveAll::Perhaps),
            _ => Val::interval(Interval::ALL).absent(perhaps_unasked),
        }
    }

    /// Whether a numerator comes from rows that the denominator counts: then it is nothing where they are none.
    fn of_rows_counted(&self, a: &Node, b: &Node) -> bool {
        let b = self.opened(b);
        let NodeKind::Aggregate(whole) = &*b.kind else { return false };
        let whole = &self.plan.aggregates[*whole];
        if whole.what != Collect::Value(Aggregate::Count) {
            return false;
        }
        let a = self.opened(a);
        match &*a.kind {
            NodeKind::Round(_, of) => self.of_rows_counted(of, b),
            NodeKind::Arith(Arith::Mul, one, other) => self.of_rows_counted(one, b) || self.of_rows_counted(other, b),
            NodeKind::Arith(Arith::Div, of, by) => self.of_rows_counted(of, b) && matches!(*by.kind, NodeKind::Number(_)),
            NodeKind::Arith(Arith::Add | Arith::Sub, one, other) => [one, other].into_iter().all(|one| self.of_rows_counted(one, b)),
            NodeKind::Aggregate(part) => {
                let part = &self.plan.aggregates[*part];
                let keys = Keys::new(self.plan);
                let holds = |filter: &Node| part.filter.iter().any(|own| keys.of(own) == keys.of(filter));
                let nothing_of_nothing = matches!(part.what, Collect::Value(Aggregate::Count | Aggregate::Sum | Aggregate::CountDistinct));
                nothing_of_nothing && (part.over, &part.at, part.by) == (whole.over, &whole.at, whole.by) && whole.filter.iter().all(holds)
            }
            _ => false,
        }
    }

    /// What a measure stands for.
    fn opened<'a>(&'a self, node: &'a Node) -> &'a Node {
        match &*node.kind {
            NodeKind::Measure(id) => self.opened(&self.plan.measures[*id].body),
            _ => node,
        }
    }

    /// How a statement may turn out where one answer, `fails`, makes a requirement fail: only there may a division by 0
    /// decide. A denial turns it; conditions are not required (R20).
    pub fn asked(&self, node: &Node, here: &Here, fails: bool) -> Answer {
        match &*node.kind {
            NodeKind::Not(of) => self.asked(of, here, !fails).not(),
            NodeKind::And(list) => list.iter().map(|node| self.asked(node, here, fails)).reduce(Answer::and).unwrap_or(Answer::YES),
            NodeKind::Or(list) => list.iter().map(|node| self.asked(node, here, fails)).reduce(Answer::or).unwrap_or(Answer::NO),
            NodeKind::Compare(op, a, b) => self.comparison(*op, a, b, here, Some(fails)),
            NodeKind::Between { of, low, high } => self.between(of, low, high, here, Some(fails)).as_answer(),
            NodeKind::OneOf { of, list, negated } => self.one_of(of, list, *negated, here, Some(fails)).as_answer(),
            NodeKind::Sentence(sentence) => self.sentence(sentence, here, Some(fails)).answer,
            NodeKind::InTerm { when, of } => self.asked(of, &self.moved(*when, here), fails),
            NodeKind::Measure(id) => {
                let def = &self.plan.measures[*id];
                let up = self.above(here.row, Some(def.of)).map(|row| Here { row, ..here.clone() });
                up.map_or_else(|| self.value(node, here).as_answer(), |up| self.asked(&def.body, &up, fails))
            }
            NodeKind::If { cond, then, otherwise } => {
                let cond = self.value(cond, here).as_answer();
                let ways = [(cond.yes, then), (cond.no, otherwise)].into_iter().filter(|way| way.0).map(|way| self.asked(way.1, here, fails));
                let unasked = if cond.none { Some(Answer::NONE) } else { None };
                ways.chain(unasked).reduce(Answer::hull).unwrap_or(Answer::NONE)
            }
            _ => self.value(node, here).as_answer(),
        }
    }

    /// R20: whether a number counts rows, perhaps times a constant.
    fn counts_rows(&self, node: &Node) -> bool {
        match &*node.kind {
            NodeKind::Aggregate(id) => {
                matches!(self.plan.aggregates[*id].what, Collect::Value(Aggregate::Count | Aggregate::CountDistinct))
            }
            NodeKind::Measure(id) => self.counts_rows(&self.plan.measures[*id].body),
            NodeKind::Arith(Arith::Mul, a, b) => (self.counts_rows(a) || constant(a)) && (self.counts_rows(b) || constant(b)) && !(constant(a) && constant(b)),
            NodeKind::Arith(Arith::Add, a, b) => self.counts_rows(a) && self.counts_rows(b),
            NodeKind::Round(_, of) | NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } => self.counts_rows(of),
            NodeKind::Arith(Arith::Div, a, b) => self.counts_rows(a) && constant(b),
            _ => false,
        }
    }

    /// The least that a number made of counts is when it is more than 0.
    fn least_count(&self, node: &Node) -> Option<Number> {
        let positive = |number: &Number| (*number > Number::ZERO).then(|| number.clone());
        match &*node.kind {
            NodeKind::Number(number) => positive(number),
            NodeKind::Aggregate(_) | NodeKind::Round(..) => Some(Number::ONE),
            NodeKind::Measure(id) => self.least_count(&self.plan.measures[*id].body),
            NodeKind::InTerm { of, .. } | NodeKind::Through { of, .. } => self.least_count(of),
            NodeKind::Arith(Arith::Mul, a, b) => Some(&self.least_count(a)? * &self.least_count(b)?),
            NodeKind::Arith(Arith::Div, a, b) => self.least_count(a)?.div(&self.least_count(b)?),
            NodeKind::Arith(Arith::Add, a, b) => Some(self.least_count(a)?.min(self.least_count(b)?)),
            _ => None,
        }
    }

    fn round(&self, how: Rounding, of: &Node, ty: &Type, here: &Here) -> Val {
        let value = self.value(of, here);
        let bounds = if let Kind::Number(interval) = &value.kind { interval.clone() } else { Interval::ALL };
        let kind = match (&value.kind, how, ty) {
            (Kind::Spread(square), _, _) => Kind::Spread(square.as_ref().map(|square| round_root(how, square))),
            (Kind::Real(real), _, _) => Kind::Number(real.as_ref().map_or(Interval::ALL, |real| real.map(|number| round(how, number)))),
            (_, _, Type::Number(unit)) => Kind::Number(bounds.map(|number| unit.to_base(&round(how, &unit.from_base(number))))),
            _ => Kind::Number(Interval::ALL),
        };
        Val { kind, ..value }
    }

    fn for_every(&self, amount: &Number, every: &Number, of: &Node, part_counted: bool, here: &Here) -> Val {
        let of = self.value(of, here);
        let interval = of.as_interval();
        let zero = End::At(Number::ZERO);
        if of.absent == Absent::Yes || (interval.low == zero && interval.high == zero) {
            return Val::none();
        }
        let groups = |quantity: &Number| {
            let groups = quantity.div(every).unwrap_or(Number::ZERO);
            &(if part_counted { groups.ceil() } else { groups.floor() }) * amount
        };
        let mut due = interval.map(groups);
        if interval.holds_zero() {
            // Over what is more than 0, a part counts at once.
            due.low = End::At(if part_counted { amount.clone() } else { Number::ZERO });
            return Val::interval(due).absent(Absent::Maybe);
        }
        Val::interval(due).absent(of.absent)
    }

    /// R8: the hull of what remains possible.
    fn choose(&self, cond: &Node, then: &Node, otherwise: &Node, here: &Here) -> Val {
        let cond = self.value(cond, here).as_answer();
        let mut ways = Vec::new();
        if cond.yes {
            ways.push(self.value(then, here));
        }
        if cond.no {
            ways.push(self.value(otherwise, here));
        }
        if cond.none {
            ways.push(Val::none());
        }
        hull_of(ways)
    }

    fn by_case(&self, of: &Node, arms: &[(Vec<Key>, Node)], otherwise: Option<&Node>, here: &Here) -> Val {
        let value = self.value(of, here);
        if value.absent == Absent::Yes {
            return Val::none();
        }
        let list = match of.ty {
            Type::Code(list) => Some(list),
            _ => None,
        };
        let named: Vec<Key> = arms.iter().flat_map(|(keys, _)| keys.clone()).collect();
        let take = |key: &Option<Key>| {
            let arm = arms.iter().find(|(keys, _)| key.as_ref().is_some_and(|key| keys.contains(key))).map(|(_, node)| node);
            arm.or(otherwise).map_or_else(Val::none, |node| self.value(node, here))
        };
        let found = hull_of(self.candidates(&value, list, &named).iter().map(take));
        Val { absent: if value.absent == Absent::Maybe && found.absent == Absent::No { Absent::Maybe } else { found.absent }, ..found }
    }

    fn shift(&self, months: i32, of: &Node, here: &Here) -> Val {
        let of = self.value(of, here);
        let shifted = match &of.kind {
            Kind::Date(Some(date)) => date.plus_months(months),
            _ => None,
        };
        Val::of(Kind::Date(shifted)).absent(of.absent)
    }

    fn whole_between(&self, months: bool, from: &Node, to: &Node, here: &Here) -> Val {
        let (from, to) = (self.value(from, here), self.value(to, here));
        let begin = match &from.kind {
            Kind::Date(date) => *date,
            Kind::Month(month) => month.and_then(heng::base::YearMonth::first_day),
            _ => None,
        };
        let end = match &to.kind {
            Kind::Date(date) => *date,
            // Counted whole: up to the day after its last.
            Kind::Month(month) => month.and_then(heng::base::YearMonth::last_day).and_then(|last| last.plus_days(1)),
            _ => None,
        };
        let count = begin.zip(end).map(|(begin, end)| if months { begin.whole_months_to(end) } else { begin.whole_years_to(end) });
        let interval = count.map_or(Interval::ALL, |count| Interval::exactly(&Number::int(i64::from(count))));
        Val::interval(interval).absent(from.absent.or(to.absent))
    }

    /// R25: each month of each year is asked whether the period touches it.
    fn touched(&self, months: bool, from: &Node, to: &Node, here: &Here) -> Val {
        let (from, to) = (self.value(from, here), self.value(to, here));
        let absent = from.absent.or(to.absent);
        let member = Member { sure: true, value: from, weight: Some(to) };
        Val::interval(super::total::total(&[member], months)).absent(absent)
    }

    /// R25: a day against `n years before d` is asked whether it comes, n years later, to d; two moved days are days.
    fn both_sides(&self, a: &Node, b: &Node, here: &Here) -> (Val, Val) {
        let moved = |node: &Node| matches!(*node.kind, NodeKind::DateShift { months, .. } if months < 0);
        match (moved(a), moved(b)) {
            (false, true) => self.with_added(a, b, here),
            (true, false) => {
                let (second, first) = self.with_added(b, a, here);
                (first, second)
            }
            _ => (self.value(a, here), self.value(b, here)),
        }
    }

    fn with_added(&self, day: &Node, limit: &Node, here: &Here) -> (Val, Val) {
        let mut day = self.value(day, here);
        let mut limit = limit;
        while let NodeKind::DateShift { months, of } = &*limit.kind {
            if *months >= 0 {
                break;
            }
            day.kind = match day.kind {
                Kind::Date(Some(date)) => Kind::Date(date.plus_months(-months)),
                Kind::Month(Some(month)) => {
                    let (years, rest) = ((i32::from(month.month) - 1 - months).div_euclid(12), (i32::from(month.month) - 1 - months).rem_euclid(12));
                    let year = i16::try_from(i32::from(month.year) + years).ok();
                    Kind::Month(year.zip(i8::try_from(rest + 1).ok()).and_then(|(year, month)| YearMonth::new(year, month)))
                }
                other => other,
            };
            limit = of;
        }
        (day, self.value(limit, here))
    }

    /// Whether an earlier code is a better one.
    fn best_first(&self, node: &Node) -> bool {
        matches!(node.ty, Type::Code(list) if self.plan.codes[list].best_first)
    }

    fn comparison(&self, op: Compare, a: &Node, b: &Node, here: &Here, fails: Option<bool>) -> Answer {
        let left = self.value(a, here);
        if let Some((percent, of)) = self.other_population(a, b) {
            let whole = self.value(of, here);
            if whole.as_interval().holds_zero() {
                return compare_where(op, &self.quotient(a, of, &left, &whole), &Val::number(percent), false, fails);
            }
        }
        let (left, right) = self.both_sides(a, b, here);
        compare_where(op, &left, &right, self.best_first(a), fails)
    }

    /// Form 3, `count(a) >= 10% of count(b)`: a share of one population in another; the percent and the other.
    pub fn other_population<'a>(&self, a: &Node, b: &'a Node) -> Option<(&'a Number, &'a Node)> {
        let NodeKind::Arith(Arith::Mul, percent, of) = &*b.kind else { return None };
        let NodeKind::Number(number) = &*percent.kind else { return None };
        let is_percent = matches!(&percent.ty, Type::Number(unit) if unit.is_percent());
        let counts = |node: &Node| matches!(*node.kind, NodeKind::Aggregate(id) if self.plan.aggregates[id].what == Collect::Value(Aggregate::Count));
        (is_percent && counts(a) && counts(of)).then_some((number, of))
    }

    fn between(&self, of: &Node, low: &Node, high: &Node, here: &Here, fails: Option<bool>) -> Val {
        let best = self.best_first(of);
        let half = |op: Compare, end: &Node| {
            let (value, end) = self.both_sides(of, end, here);
            compare_where(op, &value, &end, best, fails)
        };
        let (above, below) = (half(Compare::Ge, low), half(Compare::Le, high));
        // Both halves compare one value: it does not apply to both or to neither.
        let both = above.and(below);
        let absent = if above == Answer::NONE || below == Answer::NONE { Answer::NONE } else { Answer { none: above.none || below.none, ..both } };
        Val::answer(absent)
    }

    fn one_of(&self, of: &Node, list: &[Node], negated: bool, here: &Here, fails: Option<bool>) -> Val {
        let value = self.value(of, here);
        if value.absent == Absent::Yes {
            return Val::answer(Answer::NONE);
        }
        // A list that must not hold it fails where one of it does.
        let fails = fails.map(|fails| fails != negated);
        let any = list.iter().map(|node| self.both_sides(of, node, here)).map(|(value, one)| compare_where(Compare::Eq, &Val { absent: Absent::No, ..value }, &one, false, fails)).reduce(Answer::or).unwrap_or(Answer::NO);
        let any = Answer { none: any.none || value.absent == Absent::Maybe, ..any };
        Val::answer(if negated { any.not() } else { any })
    }

    fn known(&self, of: &Node, negated: bool, here: &Here) -> Val {
        let value = self.value(of, here);
        // What does not apply is not known either.
        Val::answer(Answer::truth(value.settled() != negated))
    }
}

/// The square, with its sign, of a rounded root.
fn round_root(how: Rounding, square: &Number) -> Number {
    let size = square.abs();
    let mut below = Number::ZERO;
    while (&below + &Number::ONE).square() <= size {
        below = &below + &Number::ONE;
    }
    let above = if below.square() < size { &below + &Number::ONE } else { below.clone() };
    let root = match how {
        Rounding::HalfUp(decimals) => size.root_rounded(decimals),
        Rounding::Up => if square.is_negative() { below } else { above },
        Rounding::Down => if square.is_negative() { above } else { below },
    };
    if square.is_negative() { -&root.square() } else { root.square() }
}

fn constant(node: &Node) -> bool {
    match &*node.kind {
        NodeKind::Number(_) => true,
        NodeKind::Neg(of) => constant(of),
        NodeKind::Arith(_, a, b) => constant(a) && constant(b),
        _ => false,
    }
}

/// R20: no rows, no question; else over what is more than 0, of which the least may be known.
fn divide_by_count(x: &Interval, y: &Interval, least: Option<&Number>, absent: Absent) -> Val {
    let zero = End::At(Number::ZERO);
    if y.low == zero && y.high == zero {
        return Val::none();
    }
    let quotient = match least {
        Some(least) if y.low >= zero => x.over(&Interval { low: End::At(least.clone()), high: y.high.clone() }),
        _ => Interval::ALL,
    };
    Val::interval(quotient).absent(absent.or(Absent::Maybe))
}

/// The value for keys in the lowest layer that has one; `None` is a text that nothing names.
fn look_up(standing: &[&DatedDef], way: &[Option<Key>]) -> Val {
    let matches = |keys: &Vec<Key>| keys.len() == way.len() && keys.iter().zip(way).all(|(key, sought)| Some(key) == sought.as_ref());
    let in_layer = |dated: &&DatedDef| dated.values.iter().find(|(keys, _)| matches(keys)).map(|(_, constant)| constant.clone()).or(dated.otherwise.clone());
    match standing.iter().find_map(in_layer).as_ref() {
        Some(Constant::Number(number)) => Val::number(number),
        Some(Constant::Date(date)) => Val::of(Kind::Date(Some(*date))),
        Some(Constant::Truth(truth)) => Val::answer(Answer::truth(*truth)),
        None => Val::none(),
    }
}

/// A comparison where one answer, `fails`, makes a requirement fail, or where there is none.
///
/// R20: what stands above every number decides only so; 0 ÷ 0 is no number, so bounds that begin at 0 decide nothing.
pub fn compare_where(op: Compare, a: &Val, b: &Val, best_first: bool, fails: Option<bool>) -> Answer {
    if a.above_all != AboveAll::No && b.above_all == AboveAll::No {
        let open = Answer { none: a.absent.or(b.absent) == Absent::Maybe, ..Answer::OPEN };
        if a.absent.or(b.absent) == Absent::Yes {
            return Answer::NONE;
        }
        let above = op.holds(Ordering::Greater);
        let Kind::Number(bounds) = &a.kind else { return open };
        let numbers_agree = bounds.low > End::At(Number::ZERO) && bounds.compare(op, &b.as_interval()) == (above, !above);
        let decides = fails == Some(above) && (a.above_all == AboveAll::Surely || numbers_agree);
        return if decides { Answer { none: open.none, ..Answer::truth(above) } } else { open };
    }
    if b.above_all != AboveAll::No && a.above_all == AboveAll::No {
        return compare_where(op.turned(), b, a, best_first, fails);
    }
    compare(op, a, b, best_first)
}

/// How a statement of comparison may turn out. `best_first`: an earlier code is the greater.
pub fn compare(op: Compare, a: &Val, b: &Val, best_first: bool) -> Answer {
    if a.absent.or(b.absent) == Absent::Yes {
        return Answer::NONE;
    }
    if a.above_all != AboveAll::No || b.above_all != AboveAll::No {
        return Answer { none: a.absent.or(b.absent) == Absent::Maybe, ..Answer::OPEN };
    }
    let exact = |ordering: Option<Ordering>| ordering.map_or((true, true), |ordering| (op.holds(ordering), !op.holds(ordering)));
    let may = match (&a.kind, &b.kind) {
        (Kind::Spread(a), Kind::Spread(b)) => exact(a.as_ref().zip(b.as_ref()).map(|(a, b)| a.cmp(b))),
        (Kind::Spread(square), Kind::Number(limit)) => against_root(op, square.as_ref(), limit),
        (Kind::Number(limit), Kind::Spread(square)) => against_root(op.turned(), square.as_ref(), limit),
        (Kind::Real(real), Kind::Number(limit)) => real.as_ref().map_or((true, true), |real| real.compare(op, limit)),
        (Kind::Number(limit), Kind::Real(real)) => real.as_ref().map_or((true, true), |real| limit.compare(op, real)),
        (Kind::Number(a), Kind::Number(b)) => a.compare(op, b),
        (Kind::Truth { yes: a, no: b }, Kind::Truth { yes: c, no: d }) => exact((a != b && c != d).then(|| a.cmp(c))),
        (Kind::Text(a), Kind::Text(b)) => exact(a.as_ref().zip(b.as_ref()).map(|(a, b)| a.cmp(b))),
        (Kind::Date(a), Kind::Date(b)) => exact(a.zip(*b).map(|(a, b)| a.cmp(&b))),
        // Month with month.
        (Kind::Date(a), Kind::Month(b)) => exact(a.zip(*b).map(|(a, b)| (a.year(), a.month()).cmp(&(b.year, b.month)))),
        (Kind::Month(a), Kind::Date(b)) => exact(a.zip(*b).map(|(a, b)| (a.year, a.month).cmp(&(b.year(), b.month())))),
        (Kind::Month(a), Kind::Month(b)) => exact(a.zip(*b).map(|(a, b)| a.cmp(&b))),
        (Kind::Term(a), Kind::Term(b)) => exact(a.zip(*b).filter(|(a, b)| a.kind == b.kind).map(|(a, b)| a.cmp(&b))),
        (Kind::Code(a), Kind::Code(b)) => exact(a.zip(*b).map(|(a, b)| if best_first { b.cmp(&a) } else { a.cmp(&b) })),
        _ => (true, true),
    };
    Answer { none: a.absent.or(b.absent) == Absent::Maybe, ..Answer::may(may) }
}

/// A root against a limit: by its square, after the sign.
fn against_root(op: Compare, square: Option<&Number>, limit: &Interval) -> (bool, bool) {
    // An unknown variation may be anything at all (R12).
    let Some(square) = square else { return (true, true) };
    let signed = |number: &Number| if number.is_negative() { -&number.square() } else { number.square() };
    Interval::exactly(square).compare(op, &limit.map(signed))
}
