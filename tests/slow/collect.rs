//! Aggregates: every row of the table is asked whether it belongs, each time anew.

use heng::base::{Number, Term};
use heng::model::op::{Aggregate, Spread};
use heng::model::plan::{AggregateDef, Collect, Level, Node, Type};
use heng::model::value::Absent;

use super::interval::{End, Interval, whole};
use super::rows::{Here, Row, World};
use super::statistic::{statistic, unknown};
use super::value::{Answer, Kind, Val};

/// A row that belongs, surely or possibly, and what is collected of it.
#[derive(Clone, Debug)]
pub struct Member {
    pub sure: bool,
    pub value: Val,
    pub weight: Option<Val>,
}

/// A row of an aggregate's level, its codes, and the codes that the unit asked carries.
struct Group {
    row: Row,
    codes: Vec<(usize, u16)>,
    carried: Vec<(usize, u16)>,
    /// The period asked, of an aggregate by periods.
    term: Option<Term>,
}

/// Rows by what was said of them; `[sure, possible]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub yes: [usize; 2],
    pub no: [usize; 2],
    pub open: [usize; 2],
    /// Rows are missing altogether, so that nothing is known.
    pub incomplete: bool,
}

impl Counts {
    pub fn sure(&self) -> usize {
        self.yes[0] + self.no[0] + self.open[0]
    }

    pub fn possible(&self) -> usize {
        self.yes[1] + self.no[1] + self.open[1]
    }
}

impl World<'_> {
    /// The group of an aggregate's level to which the row at hand, or the unit asked, belongs.
    fn group(&self, def: &AggregateDef, here: &Here) -> Option<Group> {
        let row = self.above(here.row, def.at.table)?;
        let term = self.asked_term(def, here).ok()?;
        let mut codes = Vec::new();
        for (at, list) in def.at.codes.iter().enumerate() {
            let carried = here.codes.iter().find(|(of, _)| of == list).map(|(_, code)| *code);
            let read = || {
                let column = def.code_columns.get(at)?;
                match self.cell(self.above_by(here.row, Some(column.table), def.role)?, column.column).kind {
                    Kind::Code(code) => code,
                    _ => None,
                }
            };
            codes.push((*list, carried.or_else(read)?));
        }
        Some(Group { row, codes, carried: here.codes.clone(), term })
    }

    /// Whether rows that there should be are not there at all.
    fn incomplete(&self, def: &AggregateDef, group: &Group) -> bool {
        let over = def.over;
        if !self.handed_in(over) {
            return true;
        }
        // The parts of a whole are as complete as the wholes are.
        let over = self.plan.tables[over].split.as_ref().map_or(over, |split| split.of);
        let Some(filer) = self.plan.tables[over].filed_by else { return false };
        let role = self.plan.tables[over].filed_as;
        let rows = self.rows(Some(over));
        self.rows(Some(filer)).iter().any(|(filer_row, _)| {
            let beneath = self.above(*filer_row, group.row.table()) == Some(group.row);
            let over_it = self.above(group.row, Some(filer)) == Some(*filer_row);
            let is_anybodys = def.role.is_some() && def.role != role;
            (beneath || over_it || is_anybodys) && !rows.iter().any(|(row, _)| self.above_by(*row, Some(filer), role) == Some(*filer_row) && self.of_term(*row, group.term).yes)
        })
    }

    /// Rows of the group that pass the filter, with whether they surely do.
    fn belonging(&self, def: &AggregateDef, group: &Group, also: &[&Node]) -> Vec<(Here, bool)> {
        let mut found = Vec::new();
        for (row, sure) in self.rows(Some(def.over)) {
            if self.above_by(row, def.at.table, def.role) != Some(group.row) {
                continue;
            }
            let here = Here { row, codes: group.carried.clone(), term: group.term, each: false };
            let mut in_it = if sure { Answer::YES } else { Answer::OPEN };
            in_it = in_it.and(self.of_term(row, group.term));
            for asked in self.code_answers(def, group, row).into_iter().chain(def.filter.iter().chain(also.iter().copied()).map(|node| self.value(node, &here).as_answer())) {
                // What does not apply to a row does not make it a member.
                in_it = in_it.and(Answer { yes: asked.yes, no: asked.no || asked.none, none: false });
            }
            if in_it.yes {
                found.push((here, !in_it.no));
            }
        }
        found
    }

    fn code_answers(&self, def: &AggregateDef, group: &Group, row: Row) -> Vec<Answer> {
        let ask = |(at, (_, wanted)): (usize, &(usize, u16))| {
            let column = def.code_columns[at];
            let Some(row) = self.above_by(row, Some(column.table), def.role) else { return Answer::OPEN };
            match self.cell(row, column.column).kind {
                Kind::Code(Some(code)) => Answer::truth(code == *wanted),
                _ => Answer::OPEN,
            }
        };
        group.codes.iter().enumerate().map(ask).collect()
    }

    /// Members with operands; a row whose operand does not apply leaves.
    fn members(&self, def: &AggregateDef, group: &Group) -> Vec<Member> {
        let mut members = Vec::new();
        for (here, sure) in self.belonging(def, group, &[]) {
            let value = def.operand.as_ref().map_or_else(|| Val::answer(Answer::YES), |node| self.value(node, &here));
            let weight = def.weight.as_ref().map(|node| self.value(node, &here));
            let absent = weight.as_ref().map_or(value.absent, |weight| weight.absent.or(value.absent));
            // R20: what weighs nothing is none, and what may weigh nothing may be none.
            let number = weight.as_ref().filter(|weight| matches!(weight.kind, Kind::Number(_)));
            let nothing = Interval::exactly(&Number::ZERO);
            let is_none = number.is_some_and(|weight| weight.absent == Absent::No && weight.as_interval() == nothing);
            let may_be_none = number.is_some_and(|weight| weight.as_interval().holds_zero());
            if absent != Absent::Yes && !is_none {
                members.push(Member { sure: sure && absent == Absent::No && !may_be_none, value, weight });
            }
        }
        members
    }

    pub fn tally(&self, id: usize, here: &Here, earlier: &[&Node], fails: Option<bool>) -> Counts {
        let def = &self.plan.aggregates[id];
        let Some(group) = self.group(def, here) else { return Counts { incomplete: true, ..Counts::default() } };
        let mut counts = Counts { incomplete: self.incomplete(def, &group), ..Counts::default() };
        for (here, sure) in self.belonging(def, &group, earlier) {
            let said = def.operand.as_ref().map_or(Answer::YES, |node| fails.map_or_else(|| self.value(node, &here).as_answer(), |fails| self.asked(node, &here, fails)));
            let at = usize::from(!sure || said.none);
            match (said.yes, said.no) {
                (true, true) => counts.open[at] += 1,
                (true, false) => counts.yes[at] += 1,
                (false, true) => counts.no[at] += 1,
                (false, false) => {}
            }
        }
        counts
    }

    pub fn aggregate(&self, id: usize, here: &Here) -> Val {
        let def = &self.plan.aggregates[id];
        let Some(group) = self.group(def, here) else { return nothing_known(def) };
        if self.incomplete(def, &group) {
            return nothing_known(def);
        }
        let what = match def.what {
            // As a value, a tally is the share of which something is true.
            Collect::Tally | Collect::Value(Aggregate::Share) => return self.share_aggregate(def, &group),
            Collect::Value(what) => what,
        };
        let members = self.members(def, &group);
        match what {
            Aggregate::Count | Aggregate::Share => count(&members),
            Aggregate::CountDistinct => count_distinct(&members),
            Aggregate::Sum => Val::interval(sum(&members)),
            Aggregate::Mean if def.weight.is_some() => weighted_mean(&members),
            Aggregate::Mean => mean(&members),
            Aggregate::Min => extreme(&members, def, false),
            Aggregate::Max => extreme(&members, def, true),
            Aggregate::Median => median(&members),
            Aggregate::Variation(spread) => variation(&members, spread),
            Aggregate::Statistic(what) => statistic(&members, what),
            Aggregate::Total { months } => Val::interval(super::total::total(&members, months)),
        }
    }

    /// R10, each row with its weight.
    fn share_aggregate(&self, def: &AggregateDef, group: &Group) -> Val {
        let zero = || Interval::exactly(&Number::ZERO);
        let (mut yes, mut no) = ([zero(), zero()], [zero(), zero()]);
        let (mut sure_rows, mut rows) = (0, 0);
        for member in self.members(def, group) {
            let said = member.value.as_answer();
            let weight = member.weight.as_ref().map_or_else(|| Interval::exactly(&Number::ONE), Val::as_interval);
            rows += 1;
            sure_rows += usize::from(member.sure);
            // The first of each pair is sure, the second adds what may be.
            let surely = |certain: bool| usize::from(!(member.sure && certain));
            if said.yes {
                yes[surely(!said.no)] = yes[surely(!said.no)].plus(&weight);
            }
            if said.no {
                no[surely(!said.yes)] = no[surely(!said.yes)].plus(&weight);
            }
        }
        let absent = if rows == 0 { Absent::Yes } else if sure_rows == 0 { Absent::Maybe } else { Absent::No };
        let weighted = def.weight.is_some();
        let (low, high) = (share_end(&yes[0].low, &no[0].plus(&no[1]).high), share_end(&yes[0].plus(&yes[1]).high, &no[0].low));
        let interval = match (low, high) {
            (Some(low), Some(high)) => Interval { low, high },
            // No row counts at one of the ends: unweighted, then whoever comes agrees.
            (None, Some(high)) if !weighted => Interval { low: End::At(Number::ONE), high },
            (Some(low), None) if !weighted => Interval { low, high: End::At(Number::ZERO) },
            _ => Interval::ALL,
        };
        Val::interval(interval).absent(absent)
    }
}

/// `part / (part + rest)` at one corner; `None` if both are 0.
fn share_end(part: &End, rest: &End) -> Option<End> {
    match (part, rest) {
        (End::At(part), End::At(rest)) => part.div(&(part + rest)).map(End::At),
        (End::At(_), _) => Some(End::At(Number::ZERO)),
        _ => Some(End::At(Number::ONE)),
    }
}

/// R3: unknown and unbounded, but that a count is not negative.
fn nothing_known(def: &AggregateDef) -> Val {
    match (def.what, &def.ty) {
        (Collect::Value(Aggregate::Count | Aggregate::CountDistinct | Aggregate::Total { .. }), _) => Val::interval(Interval::from_zero()),
        (Collect::Value(Aggregate::Sum), _) => Val::interval(Interval::ALL),
        (_, Type::Spread) | (Collect::Value(Aggregate::Variation(_)), _) => Val::of(Kind::Spread(None)).absent(Absent::Maybe),
        (Collect::Value(Aggregate::Statistic(what)), _) => unknown(what).absent(Absent::Maybe),
        (_, Type::Date) => Val::of(Kind::Date(None)).absent(Absent::Maybe),
        (_, Type::YearMonth) => Val::of(Kind::Month(None)).absent(Absent::Maybe),
        _ => Val::interval(Interval::ALL).absent(Absent::Maybe),
    }
}

fn sure(members: &[Member]) -> Vec<Interval> {
    members.iter().filter(|member| member.sure).map(|member| member.value.as_interval()).collect()
}

fn possible(members: &[Member]) -> Vec<Interval> {
    members.iter().filter(|member| !member.sure).map(|member| member.value.as_interval()).collect()
}

/// Whether there may be no member at all.
fn emptiness(members: &[Member]) -> Absent {
    if members.is_empty() {
        Absent::Yes
    } else if members.iter().any(|member| member.sure) {
        Absent::No
    } else {
        Absent::Maybe
    }
}

fn count(members: &[Member]) -> Val {
    Val::interval(Interval::counts(sure(members).len(), members.len()))
}

fn count_distinct(members: &[Member]) -> Val {
    let mut known: Vec<&Kind> = Vec::new();
    let is_known = |member: &Member| Val { absent: Absent::No, ..member.value.clone() }.settled();
    let (mut surely, mut unknown) = (0, 0);
    for member in members.iter().filter(|member| member.sure).chain(members.iter().filter(|member| !member.sure)) {
        if !is_known(member) {
            unknown += 1;
        } else if !known.contains(&&member.value.kind) {
            known.push(&member.value.kind);
            surely += usize::from(member.sure);
        }
    }
    Val::interval(Interval::counts(surely, known.len() + unknown))
}

/// R9: a possible row adds to each end only what lowers, or raises, it.
fn sum(members: &[Member]) -> Interval {
    let zero = Interval::exactly(&Number::ZERO);
    let surely = sure(members).iter().fold(zero.clone(), |all, one| all.plus(one));
    possible(members).iter().fold(surely, |all, one| all.plus(&one.hull(&zero)))
}

fn extreme(members: &[Member], def: &AggregateDef, greatest: bool) -> Val {
    let absent = emptiness(members);
    if matches!(def.ty, Type::Date | Type::YearMonth) {
        return extreme_day(members, def, greatest).absent(absent);
    }
    let turn = |interval: &Interval| if greatest { interval.negated() } else { interval.clone() };
    let (surely, maybe): (Vec<_>, Vec<_>) = (sure(members).iter().map(turn).collect(), possible(members).iter().map(turn).collect());
    let low = surely.iter().chain(&maybe).map(|one| one.low.clone()).min().unwrap_or(End::Below);
    let high = surely.iter().map(|one| one.high.clone()).min().or_else(|| maybe.iter().map(|one| one.high.clone()).max()).unwrap_or(End::Above);
    Val::interval(turn(&Interval { low, high })).absent(absent)
}

/// Days have no intervals here: all are known, or nothing is.
fn extreme_day(members: &[Member], def: &AggregateDef, greatest: bool) -> Val {
    let settled = members.iter().all(|member| member.sure && member.value.settled());
    let mut kinds: Vec<Kind> = members.iter().map(|member| member.value.kind.clone()).collect();
    kinds.sort_by_key(|kind| match kind {
        Kind::Date(Some(date)) => (i32::from(date.year()), date.to_string()),
        Kind::Month(Some(month)) => (i32::from(month.year), month.to_string()),
        _ => (0, String::new()),
    });
    let unknown = if def.ty == Type::Date { Kind::Date(None) } else { Kind::Month(None) };
    let found = if greatest { kinds.pop() } else { kinds.into_iter().next() };
    Val::of(found.filter(|_| settled).unwrap_or(unknown))
}

fn mean(members: &[Member]) -> Val {
    let absent = emptiness(members);
    let negated: Vec<Member> = members.iter().map(|member| Member { value: Val::interval(member.value.as_interval().negated()), ..member.clone() }).collect();
    let high = Interval { low: least_mean(&negated), high: End::Above }.negated().high;
    Val::interval(Interval { low: least_mean(members), high }).absent(absent)
}

/// The least that the mean may be: every possible row comes that lowers it.
fn least_mean(members: &[Member]) -> End {
    let lows = |all: Vec<Interval>| all.into_iter().map(|one| one.low).collect::<Vec<_>>();
    let (surely, mut maybe) = (lows(sure(members)), lows(possible(members)));
    maybe.sort();
    if surely.contains(&End::Below) || maybe.contains(&End::Below) || members.is_empty() {
        return End::Below;
    }
    let average = |ends: &[End]| {
        let total = ends.iter().fold(Number::ZERO, |sum, end| match end {
            End::At(number) => &sum + number,
            _ => sum,
        });
        total.div(&whole(ends.len()))
    };
    // Trying every length of the sorted list finds the least mean without any argument about when to stop.
    (0..=maybe.len()).filter_map(|taken| average(&[&surely[..], &maybe[..taken]].concat())).min().map_or(End::Below, End::At)
}

fn weighted_mean(members: &[Member]) -> Val {
    let absent = emptiness(members);
    Val::interval(known_pairs(members).and_then(|pairs| centre(&pairs)).map_or(Interval::ALL, |mean| Interval::exactly(&mean))).absent(absent)
}

fn median(members: &[Member]) -> Val {
    let absent = emptiness(members);
    let values = sure(members);
    if values.len() != members.len() || values.is_empty() {
        return Val::interval(Interval::ALL).absent(absent);
    }
    // R9: all unknown values at their low end, then all at their high end.
    let middle = |end: fn(&Interval) -> &End| {
        let mut ends: Vec<&End> = values.iter().map(end).collect();
        ends.sort();
        match (ends[(ends.len() - 1) / 2], ends[ends.len() / 2]) {
            (End::At(one), End::At(other)) => End::At((one + other).div(&Number::int(2)).expect("2 is not 0")),
            (End::At(_), open) | (open, _) => open.clone(),
        }
    };
    Val::interval(Interval { low: middle(|one| &one.low), high: middle(|one| &one.high) })
}

/// Value and weight of each member, if all are settled; the weight is 1 where none is given.
pub fn known_pairs(members: &[Member]) -> Option<Vec<(Number, Number)>> {
    let pair = |member: &Member| {
        let weight = member.weight.as_ref().map_or_else(|| Some(Number::ONE), |weight| weight.as_interval().single().cloned())?;
        let value = member.value.as_interval().single()?.clone();
        member.sure.then_some((value, weight))
    };
    members.iter().map(pair).collect()
}

/// Σwx / Σw.
fn centre(pairs: &[(Number, Number)]) -> Option<Number> {
    let total = pairs.iter().fold(Number::ZERO, |sum, (value, weight)| &sum + &(value * weight));
    total.div(&pairs.iter().fold(Number::ZERO, |sum, (_, weight)| &sum + weight))
}

/// Of fewer than two, whatever is missing, there is none. R12: with any unknown value, weight or member it is undecided.
fn variation(members: &[Member], spread: Spread) -> Val {
    let unknown = Val::of(Kind::Spread(None));
    if members.len() < 2 {
        return unknown.absent(Absent::Yes);
    }
    let fewest = members.iter().filter(|member| member.sure).count();
    let Some(pairs) = known_pairs(members) else { return unknown.absent(if fewest < 2 { Absent::Maybe } else { Absent::No }) };
    Val::of(Kind::Spread(square_of_variation(&pairs, spread)))
}

/// The mean square distance from the centre, over the square of the centre, with the sign of the centre, which is that
/// of the variation. `None` where the centre is 0.
fn square_of_variation(pairs: &[(Number, Number)], spread: Spread) -> Option<Number> {
    let centre = centre(pairs)?;
    let mut distance = Number::ZERO;
    let mut total = if spread == Spread::Sample { Number::int(-1) } else { Number::ZERO };
    for (value, weight) in pairs {
        let weight = if spread == Spread::Weighted { weight } else { &Number::ONE };
        distance = &distance + &(&(value - &centre).square() * weight);
        total = &total + weight;
    }
    let square = distance.div(&total)?.div(&centre.square())?;
    Some(if centre.is_negative() { -&square } else { square })
}

/// Rows × codes of a level, all codes of each list.
pub fn units_of(level: &Level, codes: &[Vec<u16>], rows: Vec<(Row, bool)>) -> Vec<(Here, bool)> {
    let mut units: Vec<(Here, bool)> = rows.into_iter().map(|(row, sure)| (Here { row, codes: Vec::new(), term: None, each: false }, sure)).collect();
    for (list, asked) in level.codes.iter().zip(codes) {
        units = units
            .into_iter()
            .flat_map(|(here, sure)| {
                asked.iter().map(move |code| {
                    let mut here = here.clone();
                    here.codes.push((*list, *code));
                    (here, sure)
                })
            })
            .collect();
    }
    units
}
