//! What is said of rows: aggregates, and sentences with their `of whom`.

use crate::base::{Number, Span, TermKind, Text, Unit};
use crate::diag::catalog::{ManyWays, NotBeneath, NotRows, SharePercent, VariationWeights, WhichCodes, WrongType, choice, quoted};
use crate::model::ast::{self, AggregateCall, Expr, ExprKind, Name, Quantifier, Rows, Weight};
use crate::model::op::{Aggregate, Bound, Statistic};
use crate::model::plan::{AggregateDef, Amount, Collect, ColumnKind, ColumnRef, Level, LinkRef, Node, NodeKind, Quantity, Sentence, Step, StepOf, Type};

use super::parameter::type_name;
use super::scope::{Scope, node, unit_of, unknown};
use super::{Checker, unlabelled};

/// Rows of a table, seen from the unit that speaks of them.
struct Group {
    over: usize,
    at: Level,
    role: Option<LinkRef>,
    code_columns: Vec<ColumnRef>,
    by: Option<TermKind>,
    scope: Scope,
}

/// Which way up is meant was not said, and a message says so.
struct Unsettled;

impl Checker<'_> {
    pub(super) fn aggregate(&mut self, call: &AggregateCall, scope: &Scope) -> Node {
        let Some(group) = self.group(&call.rows, scope) else { return unknown(call.span) };
        let before = self.dated;
        let filter: Vec<Node> = call.rows.filter.iter().map(|filter| self.truth(filter, &group.scope)).collect();
        let operand = call.operand.as_ref().map(|operand| match call.what {
            Aggregate::Share => self.truth(operand, &group.scope),
            Aggregate::CountDistinct => self.told_apart(operand, &group.scope),
            _ => self.number(operand, &group.scope, None),
        });
        let weight = match &call.weight {
            Weight::By(by) => Some(self.number(by, &group.scope, None)),
            _ => None,
        };
        if matches!((call.what, &call.weight), (Aggregate::Variation(_), Weight::Unsaid)) {
            self.say(VariationWeights {}, call.span, unlabelled());
            return unknown(call.span);
        }
        let Some(what) = self.statistic(call) else { return unknown(call.span) };
        let lost = filter.iter().chain(&operand).chain(&weight).any(|node| node.ty == Type::Unknown);
        if lost {
            return unknown(call.span);
        }
        let group = Group { by: group.by.or_else(|| self.by_inside(before, scope)), ..group };
        let ty = self.collected(what, group.over, operand.as_ref());
        let what = if what == Aggregate::Share { Collect::Tally } else { Collect::Value(what) };
        let id = self.push(what, group, (filter, operand, weight), ty.clone(), call.span);
        node(NodeKind::Aggregate(id), ty, call.span)
    }

    fn collected(&self, what: Aggregate, over: usize, operand: Option<&Node>) -> Type {
        match what {
            Aggregate::Count => Type::Number(self.plan.tables[over].counted_in.clone()),
            Aggregate::Variation(_) => Type::Spread,
            Aggregate::Statistic(of) if of.is_real() => Type::Real,
            Aggregate::Sum | Aggregate::Mean | Aggregate::Min | Aggregate::Max | Aggregate::Median | Aggregate::Statistic(Statistic::Percentile(_) | Statistic::Range) => {
                Type::Number(operand.map_or_else(Unit::plain, unit_of))
            }
            // Its unit is that of the call: years or months.
            Aggregate::Total { .. } | Aggregate::CountDistinct | Aggregate::Share | Aggregate::Statistic(_) => Type::Number(Unit::plain()),
        }
    }

    fn push(&mut self, what: Collect, group: Group, (filter, operand, weight): (Vec<Node>, Option<Node>, Option<Node>), ty: Type, span: Span) -> usize {
        self.plan.aggregates.push(AggregateDef { what, over: group.over, at: group.at, role: group.role, code_columns: group.code_columns, filter, operand, weight, by: group.by, ty, span });
        self.plan.aggregates.len() - 1
    }

    /// The rows that are spoken of, beneath the nearest unit that they stand beneath.
    fn group(&mut self, rows: &Rows, scope: &Scope) -> Option<Group> {
        let group = self.grouped(rows, scope)?;
        let by = self.by_period(group.over, &table_word(&rows.name)?, scope).ok()?;
        Some(Group { by, ..group })
    }

    /// Rows of every period alike: for what lasts from one to another.
    fn group_of_all_periods(&mut self, rows: &Rows, scope: &Scope) -> Option<Group> {
        self.grouped(rows, scope)
    }

    fn grouped(&mut self, rows: &Rows, scope: &Scope) -> Option<Group> {
        let Some(name) = table_word(&rows.name) else {
            let found = match &*rows.name.kind {
                ExprKind::Name(text) => text.clone(),
                ExprKind::Of(table, column) => format!("{}.{}", table.text, column.text),
                _ => "…".into(),
            };
            self.say(NotRows { found: found.into() }, rows.name.span, unlabelled());
            return None;
        };
        let over = self.table_named(&name)?;
        // What does not stand above the row at hand cannot be asked from it: a school is no unit of an incident.
        let beneath = |level: &&Level| {
            level.table.is_none_or(|above| {
                let at_hand = scope.table().is_none_or(|here| self.plan.path_up(here, above).is_some());
                at_hand && above != over && self.plan.path_up(over, above).is_some()
            })
        };
        let Some(at) = scope.frames.iter().rev().find(beneath).cloned() else {
            let unit = scope.table().map_or_else(|| Text::new("the whole", "全体"), |table| self.plan.tables[table].names.short());
            let table = self.plan.tables[over].names.short();
            self.say(NotBeneath { table, unit }, rows.span, unlabelled());
            return None;
        };
        let role = self.way_up(over, &at, rows, scope).ok()?;
        let code_columns = at.codes.iter().map(|list| self.code_column(over, (&at, role), *list, rows.span)).collect::<Option<Vec<_>>>()?;
        Some(Group { over, at, role, code_columns, by: None, scope: scope.within(over) })
    }

    /// By which role the rows stand beneath the unit that speaks of them; no role where there is one way. Errors: said.
    fn way_up(&mut self, over: usize, at: &Level, rows: &Rows, scope: &Scope) -> Result<Option<LinkRef>, Unsettled> {
        let name = table_word(&rows.name).ok_or(Unsettled)?;
        let roles = at.table.map_or_else(Vec::new, |above| self.plan.roles_between(over, above));
        let lines = |checker: &Self| -> Vec<Text> { roles.iter().map(|link| role_line(&name.text, checker.plan.role_name(*link))).collect() };
        if let (Some(here), Some(above)) = (scope.table(), at.table)
            && here != above
            && !self.plan.roles_between(here, above).is_empty()
        {
            let lines: Vec<Text> = self.plan.roles_between(here, above).iter().map(|link| quoted(&self.plan.role_name(*link).into())).collect();
            self.say(ManyWays { words: self.plan.tables[above].names.short(), lines: choice(&lines) }, rows.span, unlabelled());
            return Err(Unsettled);
        }
        let Some(said) = &rows.role else {
            if roles.is_empty() {
                return Ok(None);
            }
            let lines = lines(self);
            self.say(ManyWays { words: name.text.as_str().into(), lines: choice(&lines) }, rows.span, unlabelled());
            return Err(Unsettled);
        };
        let lines = lines(self);
        self.role_towards(over, said, at.table, &lines).map(Some).ok_or(Unsettled)
    }

    /// How long periods of rows last together, of whatever period of the table they are.
    pub(super) fn total(&mut self, months: bool, (from, to): (&Expr, Option<&Expr>), rows: &Rows, span: Span, scope: &Scope) -> Node {
        let Some(group) = self.group_of_all_periods(rows, scope) else { return unknown(span) };
        let before = self.dated;
        let filter: Vec<Node> = rows.filter.iter().map(|filter| self.truth(filter, &group.scope)).collect();
        let operand = self.expr(from, &group.scope, None);
        let end = to.map(|to| self.expr(to, &group.scope, None));
        let lost = filter.iter().chain(end.iter()).chain([&operand]).any(|node| node.ty == Type::Unknown);
        if lost || !self.is_period_of_time(&operand, end.as_ref(), months) {
            return unknown(span);
        }
        let group = Group { by: self.by_inside(before, scope).filter(|_| self.held_by(group.over).is_none()), ..group };
        let unit = crate::base::unit::unit_word(if months { "month" } else { "year" }).map_or_else(Unit::plain, Unit::from_word);
        let id = self.push(Collect::Value(Aggregate::Total { months }), group, (filter, Some(operand), end), Type::Number(unit.clone()), span);
        node(NodeKind::Aggregate(id), Type::Number(unit), span)
    }

    /// Two days or months, or one label whose length is known. Errors: said.
    fn is_period_of_time(&mut self, from: &Node, to: Option<&Node>, months: bool) -> bool {
        let is_day = |node: &Node| matches!(node.ty, Type::Date | Type::YearMonth);
        let wrong = match to {
            Some(to) => [from, to].into_iter().find(|node| !is_day(node)),
            None => Some(from).filter(|node| months || !matches!(node.ty, Type::Term(_))),
        };
        let Some(wrong) = wrong else { return true };
        let wanted = if to.is_some() { Text::new("a date, or a year and month", "日期或年月") } else { Text::new("`BEGIN to END`, two dates; or for whole years one label, a school year or a semester", "“起 至 止”两个日期（求年数时也可为一个学年或学期）") };
        self.say(WrongType { wanted, found: type_name(&wrong.ty) }, wrong.span, unlabelled());
        false
    }

    /// The column that says which code of a list a row of `over` belongs to: its own, or the nearest above.
    fn code_column(&mut self, over: usize, (at, role): (&Level, Option<LinkRef>), list: usize, span: Span) -> Option<ColumnRef> {
        let mut near = vec![over];
        while !near.is_empty() {
            let columns = |table: &usize| self.plan.tables[*table].columns.iter().enumerate().filter(|(_, column)| column.ty == ColumnKind::Code(list)).map(|(column, _)| ColumnRef { table: *table, column }).collect::<Vec<_>>();
            let found: Vec<ColumnRef> = near.iter().flat_map(columns).collect();
            match found.as_slice() {
                [one] if role.is_some() || self.plan.roles_between(over, one.table).is_empty() => return Some(*one),
                [] => {}
                [..] => {
                    self.which_codes(over, list, Text::new("more than one column", "不止一列"), span);
                    return None;
                }
            }
            near = near.iter().filter(|table| Some(**table) != at.table).flat_map(|table| self.plan.tables[*table].parents.iter().map(|parent| parent.table)).collect();
            near.sort_unstable();
            near.dedup();
        }
        self.which_codes(over, list, Text::new("no column", "没有这样的列"), span);
        None
    }

    fn which_codes(&mut self, over: usize, list: usize, how: Text, span: Span) {
        let message = WhichCodes { table: self.plan.tables[over].names.short(), list: self.plan.codes[list].names.short(), how };
        self.say(message, span, unlabelled());
    }

    /// A sentence about rows, or about counted columns.
    pub(super) fn sentence(&mut self, sentence: &ast::Sentence, span: Span, scope: &Scope) -> Node {
        let is_table = table_word(&sentence.rows.name).is_some_and(|name| self.tables.one(&name.text).is_some());
        let bounded = matches!(sentence.quantity, Quantifier::Bound(..));
        let steps = if !is_table && bounded && sentence.rows.filter.is_none() { self.column_steps(sentence, scope) } else { self.row_steps(sentence, scope) };
        let quantity = match sentence.quantity {
            Quantifier::Every => Quantity::Every,
            Quantifier::All => Quantity::All,
            Quantifier::No => Quantity::No,
            Quantifier::Bound(..) => Quantity::Bounds,
        };
        match steps {
            Some(steps) => node(NodeKind::Sentence(Sentence { quantity, steps, span }), Type::Truth, span),
            None => unknown(span),
        }
    }

    /// Each step is said of the rows of which every earlier statement is true.
    fn row_steps(&mut self, sentence: &ast::Sentence, scope: &Scope) -> Option<Vec<Step>> {
        let first = self.group(&sentence.rows, scope)?;
        let before = self.dated;
        let mut members: Vec<Node> = sentence.rows.filter.iter().map(|filter| self.truth(filter, &first.scope)).collect();
        let (bound, amount) = match &sentence.quantity {
            Quantifier::Bound(bound, amount) => (*bound, self.amount(amount)),
            Quantifier::No => (Bound::AtMost, Amount::Rows(Number::ZERO)),
            Quantifier::Every | Quantifier::All => (Bound::AtLeast, Amount::Share(Number::ONE)),
        };
        let mut said = vec![(bound, amount, &sentence.says, sentence.rows.span.to(sentence.says.span))];
        for whom in &sentence.whom {
            said.push((whom.bound, self.amount(&whom.amount), &whom.says, whom.span));
        }
        let mut steps = Vec::new();
        for (bound, amount, says, span) in said {
            let says = self.truth(says, &first.scope);
            if says.ty == Type::Unknown || members.iter().any(|member| member.ty == Type::Unknown) {
                return None;
            }
            let by = first.by.or_else(|| self.by_inside(before, scope));
            let group = Group { by, over: first.over, at: first.at.clone(), role: first.role, code_columns: first.code_columns.clone(), scope: first.scope.clone() };
            let tally = self.push(Collect::Tally, group, (members.clone(), Some(says.clone()), None), Type::Truth, span);
            steps.push(Step { bound, amount, of: StepOf::Rows(tally), span });
            members.push(says);
        }
        Some(steps)
    }

    /// Over counted columns each step's whole is the part of the step before.
    fn column_steps(&mut self, sentence: &ast::Sentence, scope: &Scope) -> Option<Vec<Step>> {
        let Quantifier::Bound(bound, amount) = &sentence.quantity else { return None };
        let mut whole = self.number(&sentence.rows.name, scope, None);
        let mut said = vec![(*bound, self.amount(amount), &sentence.says, sentence.rows.span.to(sentence.says.span))];
        for whom in &sentence.whom {
            said.push((whom.bound, self.amount(&whom.amount), &whom.says, whom.span));
        }
        let mut steps = Vec::new();
        for (bound, amount, says, span) in said {
            let unit = unit_of(&whole);
            let part = self.number(says, scope, Some(&unit));
            if part.ty == Type::Unknown || whole.ty == Type::Unknown {
                return None;
            }
            if !unit.same_dimension(&unit_of(&part)) {
                self.units_differ((&unit, whole.span), (&unit_of(&part), part.span));
                return None;
            }
            let amount = match amount {
                Amount::Rows(rows) => Amount::Rows(unit.to_base(&rows)),
                share @ Amount::Share(_) => share,
            };
            steps.push(Step { bound, amount, of: StepOf::Columns { whole, part: part.clone() }, span });
            whole = part;
        }
        Some(steps)
    }

    fn amount(&mut self, amount: &ast::Quantity) -> Amount {
        if !amount.percent {
            return Amount::Rows(amount.number.clone());
        }
        let share = Unit::percent().to_base(&amount.number);
        if share.is_negative() || share > Number::ONE {
            self.say(SharePercent { amount: format!("{}%", amount.number).into() }, amount.span, unlabelled());
        }
        Amount::Share(share)
    }
}

/// Rows of a table by one of its roles, as they are written.
fn role_line(table: &str, role: &str) -> Text {
    Text::new(format!("`{table} as {role}`"), format!("“{table} 作为 {role}”"))
}

/// A name that may be a table's; anything else than a name is none.
fn table_word(expr: &Expr) -> Option<Name> {
    match &*expr.kind {
        ExprKind::Name(text) => Some(Name { text: text.clone(), span: expr.span }),
        _ => None,
    }
}
