//! What a name means where it stands: the row at hand, the rows above it, the unit asked, the pack.

use crate::base::{Span, TermKind, Text, Unit};
use crate::diag::catalog::{Ambiguous, CodesOfWhat, ManyWays, NoSuchRole, RuleAlone, UnknownName, beneath_help, choice, code_help, list, quoted};
use crate::model::ast::{CaseKey, Expr, Name};
use crate::model::names::AS_OF;
use crate::model::plan::{ColumnKind, ColumnRef, Level, LinkRef, Node, NodeKind, Type};

use super::index::suggest;
use super::{Checker, unlabelled};

/// From the unit asked (first) to the row at hand (last).
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) frames: Vec<Level>,
    /// The kind of period at hand: that which the rule asks, or which a value is asked in.
    pub(super) term: Option<TermKind>,
    /// Whoever uses what is written here brings the period: a measure.
    pub(super) borrows: bool,
}

impl Scope {
    pub(super) fn of(level: Level) -> Scope {
        Scope { frames: vec![level], term: None, borrows: false }
    }

    /// Inside a sentence or an aggregate about rows of a table.
    pub(super) fn within(&self, table: usize) -> Scope {
        let mut frames = self.frames.clone();
        frames.push(Level { table: Some(table), ..Level::default() });
        Scope { frames, ..*self }
    }

    /// The table whose row is at hand.
    pub(super) fn table(&self) -> Option<usize> {
        self.frames.last().and_then(|frame| frame.table)
    }

    /// Whether the unit asked itself is at hand, and not a row beneath it.
    pub(super) fn is_unit(&self) -> bool {
        self.frames.len() == 1
    }
}

/// What a name stands for.
enum Found {
    Column(ColumnRef),
    Measure(usize),
}

impl Checker<'_> {
    /// A bare name in an expression.
    pub(super) fn name(&mut self, name: &Name, scope: &Scope) -> Node {
        if AS_OF.contains(&name.text.as_str()) {
            return node(NodeKind::AsOf, Type::Date, name.span);
        }
        if let Some(found) = self.in_scope(name, scope) {
            return self.found(&found, name, scope);
        }
        if let Some(code) = self.unit_code(&name.text, scope) {
            return node(NodeKind::UnitCode(code), Type::Code(scope.frames[0].codes[code]), name.span);
        }
        if let Some(parameter) = self.parameters.one(&name.text) {
            return self.parameter_value(parameter, &[], name, scope);
        }
        if self.rules.one(&name.text).is_some() {
            self.say(RuleAlone { name: name.text.as_str().into() }, name.span, unlabelled());
            return unknown(name.span);
        }
        let near = self.as_code(name, scope).or_else(|| self.as_beneath(name, scope)).unwrap_or_else(|| self.near(name, scope));
        let here = scope.table().map_or_else(|| Text::new("a rule that asks no table", "未写明数据表的指标"), |table| quoted(&self.plan.tables[table].names.short()));
        self.miss(UnknownName { name: name.text.as_str().into(), here, near }, name);
        unknown(name.span)
    }

    /// A code stands beside the column that holds it.
    fn as_code(&self, name: &Name, scope: &Scope) -> Option<Text> {
        let holder = self.code_columns_at_hand(scope, |list| self.holds_codes(list, &[&name.text])).into_iter().next()?;
        Some(code_help(&name.text, &self.plan.column(holder).names))
    }

    /// The nearest column that holds the codes of all cases, or the code of the unit asked. Errors: none, or more than one.
    pub(super) fn holder_of_codes(&mut self, span: Span, arms: &[(CaseKey, Expr)], scope: &Scope) -> Node {
        let names: Vec<&str> = arms.iter().filter_map(|(key, _)| if let CaseKey::Name(name) = key { Some(name.text.as_str()) } else { None }).collect();
        let columns = self.code_columns_at_hand(scope, |list| self.holds_codes(list, &names));
        let place = scope.frames[0].codes.iter().position(|list| self.holds_codes(*list, &names));
        match (&columns[..], place) {
            ([one], _) => self.found(&Found::Column(*one), &Name { text: String::new(), span }, scope),
            ([], Some(place)) => node(NodeKind::UnitCode(place), Type::Code(scope.frames[0].codes[place]), span),
            _ => {
                let names: Vec<Text> = names.into_iter().map(|name| quoted(&name.into())).collect();
                self.say(CodesOfWhat { codes: list(&names) }, span, unlabelled());
                unknown(span)
            }
        }
    }

    /// What a key of these codes is written as here: the nearest column that holds them, else the list.
    pub(super) fn key_of(&self, list: usize, scope: &Scope) -> String {
        let holder = self.code_columns_at_hand(scope, |held| held == list).into_iter().next();
        holder.map_or_else(|| self.plan.codes[list].names.id.clone(), |holder| self.plan.column(holder).names.id.clone())
    }

    fn holds_codes(&self, list: usize, names: &[&str]) -> bool {
        names.iter().all(|name| self.plan.codes[list].codes.iter().any(|code| code.names.all().any(|known| known == *name)))
    }

    /// The columns of such codes in the nearest table that has any: the row's own, then its parents' outward.
    fn code_columns_at_hand(&self, scope: &Scope, wanted: impl Fn(usize) -> bool) -> Vec<ColumnRef> {
        let of = |table: usize| self.plan.tables[table].columns.iter().enumerate().filter(|(_, column)| matches!(column.ty, ColumnKind::Code(list) if wanted(list))).map(move |(column, _)| ColumnRef { table, column });
        self.plan.outward(scope.table()).map(|near| near.into_iter().flat_map(of).collect::<Vec<_>>()).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// A column of rows beneath the one at hand is summed, or said of each of them.
    fn as_beneath(&self, name: &Name, scope: &Scope) -> Option<Text> {
        let here = scope.table()?;
        let beneath = |table: &usize| *table != here && self.plan.path_up(*table, here).is_some() && self.plan.tables[*table].columns.iter().any(|column| column.names.all().any(|known| known == name.text));
        let table = (0..self.plan.tables.len()).find(beneath)?;
        let number = self.plan.tables[table].columns.iter().any(|column| matches!(column.ty, ColumnKind::Whole | ColumnKind::Number) && column.names.all().any(|known| known == name.text));
        Some(beneath_help(&name.text, &self.plan.tables[table].names, number))
    }

    /// `table.column`.
    pub(super) fn name_of(&mut self, table: &Name, name: &Name, scope: &Scope) -> Node {
        if let Some(link) = self.role(&table.text, scope) {
            return self.by_role(link, table, name, scope);
        }
        let Some(table) = self.table_named(table) else { return unknown(name.span) };
        let above = scope.table().is_some_and(|here| self.plan.path_up(here, table).is_some());
        let found = if above { self.at_table(table, name) } else { None };
        match found {
            Some(found) => self.found(&found, name, scope),
            None => {
                let near = suggest(&name.text, self.columns[table].names().collect::<Vec<_>>().into_iter());
                let here = quoted(&self.plan.tables[table].names.short());
                self.miss(UnknownName { name: name.text.as_str().into(), here, near }, name);
                unknown(name.span)
            }
        }
    }

    /// The link of this role: of the row at hand, else of the nearest row above it that has one.
    fn role(&self, name: &str, scope: &Scope) -> Option<LinkRef> {
        self.roles_outward(scope.table()?).find(|link| self.plan.role_name(*link) == name)
    }

    /// The links with a role, of a table and then of those above it.
    pub(super) fn roles_outward(&self, from: usize) -> impl Iterator<Item = LinkRef> {
        let links = |table: usize| self.plan.tables[table].parents.iter().enumerate().filter(|(_, parent)| parent.role.is_some()).map(move |(parent, _)| LinkRef { table, parent });
        self.plan.outward(Some(from)).flatten().flat_map(links)
    }

    /// The link of this role, of a table or of one above it, by which a way leads up to another. Errors: `None`, said with the
    /// lines that could be written.
    pub(super) fn role_towards(&mut self, from: usize, role: &Name, to: Option<usize>, lines: &[Text]) -> Option<LinkRef> {
        let leads = |link: &LinkRef| to.is_some_and(|to| self.plan.leads_up(self.plan.tables[link.table].parents[link.parent].table, to));
        let found = self.roles_outward(from).find(|link| self.plan.role_name(*link) == role.text && leads(link));
        if found.is_none() {
            let lines = choice(lines);
            let roles = if lines.en.is_empty() { Text::new("leave the role out", "去掉角色") } else { Text::new(format!("write {}", lines.en), format!("写成{}", lines.zh)) };
            self.say(NoSuchRole { role: role.text.as_str().into(), table: self.plan.tables[from].names.short(), roles }, role.span, unlabelled());
        }
        found
    }

    /// `urban.head`: of the row that the role leads to, or of what stands above that row.
    fn by_role(&mut self, link: LinkRef, role: &Name, name: &Name, scope: &Scope) -> Node {
        if !self.is_one_way(link.table, role, scope.table()) {
            return unknown(name.span);
        }
        let first = self.plan.tables[link.table].parents[link.parent].table;
        let Some(table) = self.nearest_from(first, &name.text) else {
            let near = suggest(&name.text, self.columns[first].names().collect::<Vec<_>>().into_iter());
            let here = quoted(&self.plan.tables[first].names.short());
            self.miss(UnknownName { name: name.text.as_str().into(), here, near }, name);
            return unknown(name.span);
        };
        if !self.is_one_way(table, name, Some(first)) {
            return unknown(name.span);
        }
        let Some(found) = self.at_table(table, name) else { return unknown(name.span) };
        let of = self.settled(&found, name, scope);
        if of.ty == Type::Unknown {
            return of;
        }
        let ty = of.ty.clone();
        node(NodeKind::Through { link, of }, ty, name.span)
    }

    /// Whether there is one way up from the row at hand to a table. Errors: said, with the roles of which one must be named.
    fn is_one_way(&mut self, to: usize, name: &Name, here: Option<usize>) -> bool {
        let roles = here.map_or_else(Vec::new, |here| self.plan.roles_between(here, to));
        if roles.is_empty() {
            return true;
        }
        let lines: Vec<Text> = roles.iter().map(|link| self.line_by_role(*link, to, name)).collect();
        self.say(ManyWays { words: name.text.as_str().into(), lines: choice(&lines) }, name.span, unlabelled());
        false
    }

    /// `urban.head`; where a nearer table has a column of that name, a measure of the table that the role leads to.
    fn line_by_role(&self, link: LinkRef, to: usize, name: &Name) -> Text {
        let role = self.plan.role_name(link);
        let first = self.plan.tables[link.table].parents[link.parent].table;
        if self.nearest_from(first, &name.text) == Some(to) {
            return quoted(&format!("{role}.{}", name.text).into());
        }
        let (table, above) = (self.plan.tables[first].names.short(), &self.plan.tables[to].names.id);
        Text::new(format!("`{role}.M` with a measure M of `{}` that is `{above}.{}`", table.en, name.text), format!("“{role}.M”（M 是“{}”的计算项，等于“{above}.{}”）", table.zh, name.text))
    }

    /// Whether a name means something in an expression here.
    pub(super) fn is_name(&self, name: &Name, scope: &Scope) -> bool {
        self.nearest_table(&name.text, scope).is_some() || self.unit_code(&name.text, scope).is_some() || self.parameters.one(&name.text).is_some()
    }

    /// The nearest column or measure of this name: the row's own, then its parents' outward.
    fn in_scope(&mut self, name: &Name, scope: &Scope) -> Option<Found> {
        let table = self.nearest_table(&name.text, scope)?;
        self.at_table(table, name)
    }

    fn nearest_table(&self, name: &str, scope: &Scope) -> Option<usize> {
        self.nearest_from(scope.table()?, name)
    }

    fn nearest_from(&self, table: usize, name: &str) -> Option<usize> {
        self.plan.outward(Some(table)).flatten().find(|table| self.columns[*table].find(name).len() + self.measures[*table].find(name).len() > 0)
    }

    fn at_table(&mut self, table: usize, name: &Name) -> Option<Found> {
        let columns = self.columns[table].find(&name.text).to_vec();
        let measures = self.measures[table].find(&name.text).to_vec();
        match (columns.as_slice(), measures.as_slice()) {
            ([], []) => None,
            ([column], []) => Some(Found::Column(ColumnRef { table, column: *column })),
            ([], [measure]) => Some(Found::Measure(*measure)),
            _ => {
                let ids: Vec<Text> = columns.iter().map(|column| &self.plan.tables[table].columns[*column].names.id).chain(measures.iter().map(|measure| &self.work[*measure].names.id)).map(|id| quoted(&id.into())).collect();
                self.say(Ambiguous { name: name.text.as_str().into(), list: choice(&ids) }, name.span, unlabelled());
                columns.first().map(|column| Found::Column(ColumnRef { table, column: *column }))
            }
        }
    }

    fn found(&mut self, found: &Found, name: &Name, scope: &Scope) -> Node {
        let (table, id) = match found {
            Found::Column(at) => (at.table, &self.plan.column(*at).names.id),
            Found::Measure(measure) => (self.work[*measure].of, &self.work[*measure].names.id),
        };
        // A case that says no name goes by the column that holds its codes.
        let text = if name.text.is_empty() { id.clone() } else { name.text.clone() };
        if !self.is_one_way(table, &Name { text, span: name.span }, scope.table()) {
            return unknown(name.span);
        }
        self.settled(found, name, scope)
    }

    /// What was found, by a way that is settled.
    fn settled(&mut self, found: &Found, name: &Name, scope: &Scope) -> Node {
        let span = name.span;
        match found {
            Found::Column(at) => {
                self.dated += usize::from(self.plan.tables[at.table].period.is_some());
                let ty = self.plan.column(*at).value_type();
                node(NodeKind::Column(*at), ty, span)
            }
            Found::Measure(measure) => {
                let ty = self.measure_type(*measure, span);
                if !self.lends_period(*measure, name, scope) {
                    return unknown(span);
                }
                node(NodeKind::Measure(*measure), ty, span)
            }
        }
    }

    /// The place of this code list among those of the unit asked.
    fn unit_code(&self, name: &str, scope: &Scope) -> Option<usize> {
        let list = self.codes.one(name)?;
        scope.frames.first()?.codes.iter().position(|code| *code == list)
    }

    /// What comes near a name, with the table that has it.
    fn near(&self, name: &Name, scope: &Scope) -> Text {
        let mut tables: Vec<usize> = scope.table().into_iter().collect();
        let mut at = 0;
        while at < tables.len() {
            for parent in &self.plan.tables[tables[at]].parents {
                if !tables.contains(&parent.table) {
                    tables.push(parent.table);
                }
            }
            at += 1;
        }
        let names = tables.iter().flat_map(|table| self.columns[*table].names().chain(self.measures[*table].names())).chain(self.parameters.names());
        suggest(&name.text, names.collect::<Vec<_>>().into_iter())
    }
}

pub(super) fn node(kind: NodeKind, ty: Type, span: Span) -> Node {
    Node { kind: Box::new(kind), ty, span }
}

/// What stands where something was not understood: it agrees with everything.
pub(super) fn unknown(span: Span) -> Node {
    node(NodeKind::Truth(false), Type::Unknown, span)
}

/// The unit of a number; plain for anything else.
pub(super) fn unit_of(node: &Node) -> Unit {
    match &node.ty {
        Type::Number(unit) => unit.clone(),
        _ => Unit::plain(),
    }
}
