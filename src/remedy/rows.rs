//! Rows that have to come to satisfy, or cease to; new rows like those that do; rows divided among more.

use crate::base::unit::unit_word;
use crate::base::{Number, Unit};
use crate::eval::{At, World};
use crate::model::op::Compare;
use crate::model::plan::{AggregateDef, ColumnKind, Node, NodeKind};
use crate::model::remedy::{Change, Way};
use crate::model::table::CellValue;
use crate::model::value::{Truth, ValueKind};

use super::bench::{Bench, Spot};
use super::figure::{Ease, TRIED, fewest};
use super::goal::{Found, Goal, readiest};

/// No more new rows than this are tried.
const MOST_NEW: usize = 1000;

/// What is found beside changes that stand already.
type Beside<'t> = &'t dyn Fn(&[Change]) -> Vec<Found>;

/// Cells by which a row is told apart, and the rows that it stands beneath.
type Kind = (Vec<CellValue>, Vec<u32>);

/// Rows of a table that are turned, until something holds.
pub(super) struct Turn<'t> {
    pub table: usize,
    /// What has to be brought about in each row; its place is the row's.
    pub goals: Vec<Goal<'t>>,
    pub more: bool,
    pub holds: &'t dyn Fn(&World) -> bool,
    /// New rows, where all that can be turned are not enough.
    pub new: Option<Beside<'t>>,
}

impl Bench<'_> {
    /// The fewest of these rows: those first of which the most is already true that is said later, then those that need
    /// the least change.
    pub fn turn(&self, turn: &Turn, rows: &[u32], later: &[usize], given: &[Change]) -> Vec<Found> {
        let mut ways: Vec<(usize, Found, u32)> = Vec::new();
        for row in rows {
            let goals: Vec<Goal> = turn.goals.iter().map(|goal| Goal { spot: Spot { row: *row, table: Some(turn.table), ..goal.spot.clone() }, ..goal.clone() }).collect();
            let first = if turn.more { self.solve_all(&goals, given).into_iter().next() } else { self.any_of(&goals, given) };
            let tells = |change: &Change| matches!(change, Change::Number { cell, .. } if usize::from(cell.table) == turn.table && self.tells_apart(turn.table, usize::from(cell.column)));
            if let Some(first) = first.filter(|first| !first.changes.is_empty() && !first.changes.iter().any(tells)) {
                ways.push((self.untrue_later(later, turn.table, *row), first, *row));
            }
        }
        ways.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| readiest(&one.1, &other.1)));
        let changes = |count: usize| ways.iter().take(count).flat_map(|(_, way, _)| way.changes.iter().cloned()).collect::<Vec<_>>();
        let holds = |count: usize| self.tried(&[given, &changes(count)].concat(), true, |world| (turn.holds)(world)) == Some(true);
        let Some(count) = counted(&holds, ways.len()) else {
            // All of them are not enough: then new rows beside them.
            let all = changes(ways.len());
            return turn.new.filter(|_| turn.more && !all.is_empty()).map_or_else(Vec::new, |new| new(&all));
        };
        let proven = ways.iter().take(count).all(|(_, way, _)| way.proven);
        let only_figures = changes(count).iter().all(|change| matches!(change, Change::Number { .. }));
        let turned = ways.iter().take(count).map(|(_, _, row)| *row).collect();
        let way = if only_figures { Way::Cells } else { Way::Rows { table: turn.table, rows: turned, more: turn.more } };
        vec![Found { way, changes: changes(count), ease: Ease::default(), proven, bound: TRIED, weight: Number::count(count) }]
    }

    fn any_of(&self, goals: &[Goal], given: &[Change]) -> Option<Found> {
        let mut found: Vec<Found> = goals.iter().flat_map(|goal| self.solve(goal, given)).collect();
        found.sort_by(readiest);
        found.into_iter().next()
    }

    /// How many of the later statements are not true of a row.
    fn untrue_later(&self, later: &[usize], table: usize, row: u32) -> usize {
        let untrue = |tally: &&usize| {
            let says = self.plan.aggregates[**tally].operand.as_ref();
            says.is_some_and(|says| self.tried(&[], false, |world| world.value(says, At::row(table, row)).as_truth()) != Some(Truth::True))
        };
        later.iter().filter(untrue).count()
    }

    /// Rows of a count's table that come in, or leave, by what its conditions ask.
    ///
    /// `undo` says whether what is recorded as yes may be turned to no.
    pub fn turned_rows(&self, goal: &Goal, id: usize, more: bool, undo: bool, given: &[Change]) -> Vec<Found> {
        let def = &self.plan.aggregates[id];
        if def.filter.is_empty() {
            return Vec::new();
        }
        let is_member = |world: &World, row: u32| def.filter.iter().fold(Truth::True, |known, node| known.and(world.value(node, place(def, goal, row).at()).as_truth()));
        let wanted = if more { Truth::False } else { Truth::True };
        let rows = self.tried(given, true, |world| world.rows_of_group(def, goal.spot.at()).into_iter().filter(|row| is_member(world, *row) == wanted).collect::<Vec<_>>());
        let goals = def.filter.iter().map(|node| Goal { wanted: more, undo, ..Goal::met(node, place(def, goal, 0)) }).collect();
        let holds = |world: &World| goal.holds(world);
        let new = |all: &[Change]| beside(all, self.new_rows(goal, id, &[given, all].concat()));
        self.turn(&Turn { table: def.over, goals, more, holds: &holds, new: Some(&new) }, &rows.unwrap_or_default(), &[], given)
    }

    pub fn new_rows(&self, goal: &Goal, id: usize, given: &[Change]) -> Vec<Found> {
        let def = &self.plan.aggregates[id];
        let conditions: Vec<&Node> = def.filter.iter().collect();
        self.add_rows(def, &conditions, goal, &|world| goal.holds(world), given)
    }

    /// New rows like one that satisfies: of the same group, or of another moved beneath the unit.
    pub fn add_rows(&self, def: &AggregateDef, conditions: &[&Node], goal: &Goal, holds: &dyn Fn(&World) -> bool, given: &[Change]) -> Vec<Found> {
        if self.plan.tables[def.over].split.is_some() {
            return Vec::new();
        }
        let like = self.tried(given, true, |world| {
            let satisfies = |row: &u32| conditions.iter().all(|node| world.value(node, place(def, goal, *row).at()).as_truth() == Truth::True);
            let own = world.rows_of_group(def, goal.spot.at()).into_iter().find(satisfies).map(|row| (row, None));
            let role = def.role.filter(|link| link.table == def.over).map(|link| link.parent);
            let parent = role.or_else(|| self.plan.tables[def.over].parents.iter().position(|parent| Some(parent.table) == def.at.table));
            let elsewhere = || parent.zip((0..count(world.rows(def.over))).find(satisfies)).map(|(parent, row)| (row, Some((parent, goal.spot.row))));
            own.or_else(elsewhere)
        });
        let Some((like, under)) = like.flatten() else { return Vec::new() };
        let changes = |rows: usize| vec![Change::Add { table: def.over, like, under, rows: rows as u64 }];
        let enough = |rows: usize| self.tried(&[given, &changes(rows)].concat(), true, holds) == Some(true);
        let rows = counted(&enough, MOST_NEW);
        rows.map(|rows| Found { way: Way::NewRows { table: def.over }, changes: changes(rows), ease: Ease::default(), proven: true, bound: TRIED, weight: Number::count(rows) }).into_iter().collect()
    }

    /// Rows whose own whole number is above its limit, divided among more rows of their kind.
    pub fn divide(&self, tally: usize, says: &Node, rows: &[u32], given: &[Change], wanted: bool) -> Option<Found> {
        let table = self.plan.aggregates[tally].over;
        let NodeKind::Compare(op, left, limit) = &*says.kind else { return None };
        let op = if wanted { *op } else { op.opposite() };
        let NodeKind::Column(column) = &*left.kind else { return None };
        let whole = self.plan.column(*column).ty == ColumnKind::Whole && self.plan.tables[column.table].split.is_none();
        // Rooms and classes are divided, people are not.
        if !op.is_ceiling() || column.table != table || !whole || self.holds_people(table) {
            return None;
        }
        let mut changes = Vec::new();
        for (alike, limit) in self.alike(table, column.column, limit, rows, given)? {
            changes.push(self.division((table, column.column), &alike, &limit, op)?);
        }
        let weight = Number::count(changes.len());
        (!changes.is_empty()).then_some(Found { way: Way::Divide, changes, ease: Ease { pupils: true, ..Ease::default() }, proven: true, bound: TRIED, weight })
    }

    /// Whether the rows of a table are people: counted so, or with what is personal in them.
    fn holds_people(&self, table: usize) -> bool {
        let counted = &self.plan.tables[table].counted_in;
        let people = ["pupil", "teacher"].iter().filter_map(|word| unit_word(word)).any(|word| Unit::from_word(word).same_dimension(counted));
        people || self.plan.has_personal(table)
    }

    /// Whether a column says which rows are of one kind, so that nobody raises or lowers it: codes, and whole numbers
    /// without a unit, as a grade.
    fn tells_apart(&self, table: usize, column: usize) -> bool {
        let def = &self.plan.tables[table].columns[column];
        matches!(def.ty, ColumnKind::Code(_)) || def.ty == ColumnKind::Whole && def.unit.is_plain()
    }

    /// The rows by their limit, by what they stand beneath, and by everything by which such rows are told apart.
    fn alike(&self, table: usize, column: usize, limit: &Node, rows: &[u32], given: &[Change]) -> Option<Vec<(Vec<u32>, Number)>> {
        let columns: Vec<usize> = (0..self.plan.tables[table].columns.len()).filter(|place| *place != column && self.tells_apart(table, *place)).collect();
        let mut kinds: Vec<(Kind, Vec<u32>, Number)> = Vec::new();
        for row in rows {
            let (kind, limit) = self.tried(given, false, |world| {
                let cells = columns.iter().map(|place| world.tables.tables[table].columns[*place][*row as usize].value.clone()).collect::<Vec<_>>();
                let above = world.tables.tables[table].parents.iter().filter_map(|rows| rows.get(*row as usize).copied()).collect::<Vec<_>>();
                let value = world.value(limit, At::row(table, *row));
                let ValueKind::Number(range) = &value.kind else { return None };
                Some(((cells, above), range.single()?.clone()))
            })??;
            match kinds.iter_mut().find(|(known, _, same)| *known == kind && *same == limit) {
                Some((_, rows, _)) => rows.push(*row),
                None => kinds.push((kind, vec![*row], limit)),
            }
        }
        Some(kinds.into_iter().map(|(_, rows, limit)| (rows, limit)).collect())
    }

    /// The fewest rows among which the total fits.
    fn division(&self, (table, column): (usize, usize), rows: &[u32], limit: &Number, op: Compare) -> Option<Change> {
        let narrow = |place: usize| u16::try_from(place).ok();
        let mut total = Number::ZERO;
        for row in rows {
            total = &total + &self.number(crate::model::value::CellRef { table: narrow(table)?, column: narrow(column)?, row: *row })?;
        }
        let most = if op.is_strict() { &limit.ceil() - &Number::ONE } else { limit.floor() };
        let into = Some(total).filter(|_| most > Number::ZERO)?.div(&most)?.ceil().to_i64()?;
        Some(Change::Divide { table, column, rows: rows.to_vec(), into: u64::try_from(into).ok()? })
    }
}

/// What is found after these changes, with them.
pub(super) fn beside(changes: &[Change], found: Vec<Found>) -> Vec<Found> {
    found.into_iter().map(|one| Found { way: Way::Cells, changes: [changes, &one.changes].concat(), ..one }).collect()
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// A row of an aggregate as its conditions see it: with the codes of the unit that asks.
fn place<'g>(def: &'g AggregateDef, goal: &Goal<'g>, row: u32) -> Spot<'g> {
    Spot { table: Some(def.over), row, codes: if def.at.codes.is_empty() { Vec::new() } else { goal.spot.codes.clone() }, level: Some(&def.at), term: goal.spot.term }
}

/// The fewest rows that are enough, where more are never worse.
fn counted(enough: &dyn Fn(usize) -> bool, most: usize) -> Option<usize> {
    let count = |rows: i64| usize::try_from(rows).unwrap_or(usize::MAX);
    fewest(&|rows| enough(count(rows)), i64::try_from(most).ok()?).map(count)
}
