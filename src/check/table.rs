//! Tables, their columns and parents, and the tables that a split makes.

use crate::base::{Number, Span, Text, Unit};
use crate::diag::catalog::{BlankMeansOther, BlankOfKey, BoundsOfNoNumber, BoundsTurned, CircleOfTables, ClauseMissing, ManyWays, NegativeMeansNothing, NoPart, OpenAndPersonal, OpenKey, UnknownName, UnknownTable, choice, quoted};
use crate::model::ast::{self, ColumnType, ItemKind, Meaning, Name};
use crate::model::plan::{Blank, ColumnDef, ColumnKind, ParentDef, PartDef, SplitDef, TableDef, Titles};

use super::index::{Index, suggest};
use super::{Checker, titles, unlabelled};

impl<'a> Checker<'a> {
    /// First every table's name, so that parents may stand later in the file; then what they say.
    pub(super) fn tables(&mut self, items: impl Iterator<Item = &'a ast::Item> + Clone) {
        let mut tables = Vec::new();
        let mut splits = Vec::new();
        for item in items {
            let (id, quoted) = match &item.kind {
                ItemKind::Table(table) => (&table.id, &table.titles),
                ItemKind::Split(split) => (&split.into, &split.titles),
                _ => continue,
            };
            let place = self.plan.tables.len();
            let names = titles(&id.text, quoted);
            if let Err(first) = self.tables.add(&names, place) {
                self.twice(id, Some(self.plan.tables[first].span));
                continue;
            }
            let counted_in = Unit::of_rows(&names.id, names.short());
            self.plan.tables.push(TableDef { names, key: Vec::new(), parents: Vec::new(), columns: Vec::new(), called: None, counted_in, filed_by: None, filed_as: None, evidence: None, period: None, split: None, span: id.span });
            self.columns.push(Index::default());
            self.measures.push(Index::default());
            match &item.kind {
                ItemKind::Table(table) => tables.push((place, table)),
                ItemKind::Split(split) => splits.push((place, split)),
                _ => {}
            }
        }
        for (place, table) in &tables {
            self.table(*place, table);
        }
        for (place, split) in splits {
            self.split(place, split);
        }
        self.refuse_circles();
        self.refuse_open_keys();
        for (place, table) in tables {
            self.filed_as(place, table);
        }
    }

    /// By which role the rows belong to those who file them, where there is more than one way. Errors: said.
    fn filed_as(&mut self, place: usize, table: &ast::Table) {
        let (Some(name), Some(by)) = (&table.filed_by, self.plan.tables[place].filed_by) else { return };
        let roles = self.plan.roles_between(place, by);
        let lines: Vec<Text> = roles.iter().map(|link| self.plan.role_name(*link)).map(|role| Text::new(format!("`filed by {} as {role}`", name.text), format!("“每个 {} 作为 {role} 必报”", name.text))).collect();
        match &table.filed_as {
            None if roles.is_empty() => {}
            None => self.say(ManyWays { words: name.text.as_str().into(), lines: choice(&lines) }, name.span, unlabelled()),
            Some(role) => self.plan.tables[place].filed_as = self.role_towards(place, role, Some(by), &lines),
        }
    }

    fn table(&mut self, place: usize, table: &ast::Table) {
        let mut parts: Vec<(Span, usize)> = Vec::new();
        for key in &table.keys {
            if let Some(blank) = &key.blank_means {
                self.say(BlankOfKey { column: key.id.text.as_str().into() }, blank.span, unlabelled());
            }
            if let Some(column) = self.add_column(place, key) {
                parts.push((key.id.span, column));
            }
        }
        for parent in &table.parents {
            self.parent(place, parent);
        }
        for column in &table.columns {
            self.add_column(place, column);
        }
        for name in &table.key_of {
            let Some(column) = self.own_column(place, name) else { continue };
            match parts.iter().find(|(_, known)| *known == column) {
                Some((first, _)) => self.twice(name, Some(*first)),
                None => parts.push((name.span, column)),
            }
            let blank = table.columns.iter().filter(|said| said.id.text == self.plan.tables[place].columns[column].names.id).find_map(|said| said.blank_means.as_ref());
            if let Some(blank) = blank {
                self.say(BlankOfKey { column: name.text.as_str().into() }, blank.span, unlabelled());
            }
        }
        parts.sort_by_key(|(span, _)| span.start);
        self.plan.tables[place].key = parts.into_iter().map(|(_, column)| column).collect();
        self.period(place, table);
        if let Some(called) = &table.called {
            self.plan.tables[place].called = self.own_column(place, called);
        }
        if table.counted_in.is_some() {
            self.plan.tables[place].counted_in = self.unit(table.counted_in.as_ref());
        }
        if let Some(columns) = &table.evidence {
            self.evidence_table(place, columns);
        }
        if let Some(filed_by) = &table.filed_by {
            self.plan.tables[place].filed_by = self.table_named(filed_by);
        }
    }

    fn parent(&mut self, place: usize, parent: &ast::Parent) {
        let Some(above) = self.table_named(&parent.table) else { return };
        let known = self.columns[place].one(&parent.column.text);
        if known.is_some() {
            // The column has its titles where it is declared.
            self.no_title(&parent.titles);
        }
        let column = known.or_else(|| {
            let names = titles(&parent.column.text, &parent.titles);
            self.push_column(place, &parent.column, ColumnDef { names, ty: ColumnKind::Text, unit: Unit::plain(), blank_means: None, is_fraction: false, personal: false, open: parent.open, low: None, high: None, span: parent.span })
        });
        if let Some(column) = column {
            let role = parent.role.as_ref().map(|role| role.text.clone());
            self.plan.tables[place].parents.push(ParentDef { table: above, column, role, optional: parent.optional });
        }
    }

    pub(super) fn add_column(&mut self, place: usize, column: &ast::Column) -> Option<usize> {
        let before = self.missed;
        let (ty, unit) = self.column_type(&column.ty);
        if self.missed > before {
            // A column of an unknown unit or code list: what is said of it cannot be judged right or wrong.
            let names = column.titles.iter().map(|title| title.text.as_str()).chain([column.id.text.as_str()]);
            self.lost.extend(names.map(crate::base::fold));
            return None;
        }
        let mut low = (!unit.is_plain()).then_some(Number::ZERO);
        let mut high = None;
        if let Some((from, to)) = &column.between {
            (low, high) = self.declared_bounds(column, ty, &unit, from, to);
        }
        if column.open && column.personal {
            self.say(OpenAndPersonal { column: column.id.text.as_str().into() }, column.span, unlabelled());
        }
        let is_number = matches!(ty, ColumnKind::Whole | ColumnKind::Number);
        if column.negative && !(is_number && column.between.is_none()) {
            self.say(NegativeMeansNothing { column: column.id.text.as_str().into() }, column.span, unlabelled());
        }
        if column.negative {
            low = None;
        }
        let blank_means = column.blank_means.as_ref().and_then(|blank| self.blank(column, blank, ty, &unit, (low.as_ref(), high.as_ref())));
        let names = titles(&column.id.text, &column.titles);
        self.push_column(place, &column.id, ColumnDef { names, ty, unit, blank_means, is_fraction: matches!(column.ty, ColumnType::Fraction), personal: column.personal, open: column.open, low, high, span: column.span })
    }

    /// `between a and b`, in base units. Errors: on what is no number, in another unit, the greater end first.
    fn declared_bounds(&mut self, column: &ast::Column, ty: ColumnKind, unit: &Unit, from: &ast::Quantity, to: &ast::Quantity) -> (Option<Number>, Option<Number>) {
        let place = from.span.to(to.span);
        if !matches!(ty, ColumnKind::Whole | ColumnKind::Number) {
            self.say(BoundsOfNoNumber { column: column.id.text.as_str().into() }, place, unlabelled());
            return (None, None);
        }
        let mut bound = |written: &ast::Quantity| {
            let own = if written.percent { Unit::percent() } else if written.unit.is_some() { self.unit(written.unit.as_ref()) } else { unit.clone() };
            // A percent beside plain numbers is a plain ratio.
            if !own.same_dimension(unit) && !super::unit::is_counted(written) {
                self.units_differ((&own, written.span), (unit, column.span));
            }
            own.to_base(&written.number)
        };
        let (low, high) = (bound(from), bound(to));
        if high < low {
            self.say(BoundsTurned { low: (&from.number).into(), high: (&to.number).into() }, place, unlabelled());
            return (None, None);
        }
        (Some(low), Some(high))
    }

    /// What a blank means, in base units. Errors: on a column that has no such value, or a value that it cannot hold.
    fn blank(&mut self, column: &ast::Column, blank: &ast::BlankMeans, ty: ColumnKind, unit: &Unit, (low, high): (Option<&Number>, Option<&Number>)) -> Option<Blank> {
        let wanted = match (&blank.means, ty) {
            (Meaning::Truth(truth), ColumnKind::YesNo) => return Some(Blank::Truth(*truth)),
            (Meaning::Code(name), ColumnKind::Code(list)) => return self.code_named(list, name).map(Blank::Code),
            (Meaning::Number(number), ColumnKind::Whole | ColumnKind::Number) => {
                let base = unit.to_base(number);
                let outside = low.is_some_and(|low| base < *low) || high.is_some_and(|high| base > *high);
                if !outside && (ty == ColumnKind::Number || number.is_whole()) {
                    return Some(Blank::Number(base));
                }
                Text::new("a number that the column can hold", "此列可取的数")
            }
            (_, ColumnKind::Whole | ColumnKind::Number) => Text::new("a number", "数"),
            (_, ColumnKind::YesNo) => Text::new("`yes` or `no`", "“是”或“否”"),
            (_, ColumnKind::Code(_)) => Text::new("a code of its list", "其代码表中的代码"),
            (_, ColumnKind::Text | ColumnKind::Date | ColumnKind::YearMonth | ColumnKind::Term(_)) => Text::new("nothing: only numbers, codes, and yes or no have a meaning for a blank", "不写此项：只有数、代码、是否可以规定空白的含义"),
        };
        self.say(BlankMeansOther { column: column.id.text.as_str().into(), wanted }, blank.span, unlabelled());
        None
    }

    fn column_type(&mut self, ty: &ColumnType) -> (ColumnKind, Unit) {
        match ty {
            ColumnType::Whole(unit) => (ColumnKind::Whole, self.unit(unit.as_ref())),
            ColumnType::Number(unit) => (ColumnKind::Number, self.unit(unit.as_ref())),
            ColumnType::Fraction => (ColumnKind::Number, Unit::plain()),
            ColumnType::Text => (ColumnKind::Text, Unit::plain()),
            ColumnType::YesNo => (ColumnKind::YesNo, Unit::plain()),
            ColumnType::Date => (ColumnKind::Date, Unit::plain()),
            ColumnType::YearMonth => (ColumnKind::YearMonth, Unit::plain()),
            ColumnType::Term(kind) => (ColumnKind::Term(*kind), Unit::plain()),
            ColumnType::OneOf(list) => (self.codes_named(list).map_or(ColumnKind::Text, ColumnKind::Code), Unit::plain()),
        }
    }

    fn push_column(&mut self, place: usize, id: &Name, column: ColumnDef) -> Option<usize> {
        let at = self.plan.tables[place].columns.len();
        if let Err(first) = self.columns[place].add(&column.names, at) {
            let first = self.plan.tables[place].columns[first].span;
            self.twice(id, Some(first));
            return None;
        }
        self.plan.tables[place].columns.push(column);
        Some(at)
    }

    fn split(&mut self, place: usize, split: &ast::Split) {
        let (Some(of), Some(codes)) = (self.table_named(&split.table), self.codes_named(&split.by)) else { return };
        let mut parts: Vec<PartDef> = Vec::new();
        for part in &split.parts {
            let Some(def) = self.part(of, codes, part) else { continue };
            // Two parts of one code would be two units of one key.
            if parts.iter().any(|known| known.code == def.code) {
                self.twice(&part.code, split.parts.iter().find(|first| first.code.text == part.code.text).map(|first| first.code.span));
            } else {
                parts.push(def);
            }
        }
        let Some(first) = parts.first().map(|part| part.pupils) else {
            return self.nothing_said(Text::new("a split", "折算"), Text::new("part", "部分"), split.into.span);
        };
        let pupils = ColumnDef { names: Titles { id: "pupils".into(), en: Some("pupils".into()), zh: Some("学生数".into()) }, ..self.plan.tables[of].columns[first].clone() };
        let list = &self.plan.codes[codes].names;
        let stage = ColumnDef { names: Titles { id: split.by.text.clone(), en: list.en.clone(), zh: list.zh.clone() }, ty: ColumnKind::Code(codes), unit: Unit::plain(), blank_means: None, is_fraction: false, personal: false, open: false, low: None, high: None, span: split.by.span };
        self.push_column(place, &split.by, pupils);
        self.push_column(place, &split.by, stage);
        let shared: Vec<usize> = split.shared.iter().filter_map(|name| self.own_column(of, name)).collect();
        for (column, name) in shared.iter().zip(&split.shared) {
            let column = ColumnDef { blank_means: None, ..self.plan.tables[of].columns[*column].clone() };
            self.push_column(place, name, column);
        }
        let own = split.own.iter().filter_map(|own| self.own(place, of, codes, &parts, own)).collect();
        let table = &mut self.plan.tables[place];
        table.parents = vec![ParentDef { table: of, column: 0, role: None, optional: false }];
        table.split = Some(SplitDef { of, codes, parts, shared, own });
    }

    fn part(&mut self, of: usize, codes: usize, part: &ast::Part) -> Option<PartDef> {
        let code = self.code_named(codes, &part.code)?;
        let pupils = self.own_column(of, &part.pupils)?;
        Some(PartDef { code, names: titles(&part.code.text, &part.titles), pupils, share: part.share.clone() })
    }

    fn own(&mut self, place: usize, of: usize, codes: usize, parts: &[PartDef], own: &ast::Own) -> Option<Vec<Option<usize>>> {
        let mut columns = vec![None; parts.len()];
        for (code, column) in &own.columns {
            let place = code.span;
            let id = self.code_named(codes, code)?;
            let column = self.own_column(of, column)?;
            match parts.iter().position(|part| part.code == id) {
                Some(part) if columns[part].is_none() => columns[part] = Some(column),
                Some(_) => self.twice(code, None),
                None => self.say(NoPart { code: code.text.as_str().into() }, place, unlabelled()),
            }
        }
        let first = columns.iter().flatten().next().copied()?;
        let column = ColumnDef { names: titles(&own.id.text, &own.titles), span: own.span, blank_means: None, ..self.plan.tables[of].columns[first].clone() };
        self.push_column(place, &own.id, column)?;
        Some(columns)
    }

    /// The table of this name.
    pub(super) fn table_named(&mut self, name: &Name) -> Option<usize> {
        let found = self.tables.one(&name.text);
        if found.is_none() {
            let near = if self.plan.tables.is_empty() {
                Text::new(format!("say what a row is: a line `table {}`, and under it `column …` for each column of its file", name.text), format!("请先写明数据表：一行“数据表 {}”，其下每列一行“列 …”", name.text))
            } else {
                suggest(&name.text, self.tables.names().collect::<Vec<_>>().into_iter())
            };
            self.miss(UnknownTable { name: name.text.as_str().into(), near }, name);
        }
        found
    }

    /// A column of this very table.
    pub(super) fn own_column(&mut self, table: usize, name: &Name) -> Option<usize> {
        let found = self.columns[table].one(&name.text);
        if found.is_none() {
            let near = suggest(&name.text, self.columns[table].names().collect::<Vec<_>>().into_iter());
            let here = quoted(&self.plan.tables[table].names.short());
            self.miss(UnknownName { name: name.text.as_str().into(), here, near }, name);
        }
        found
    }

    pub(super) fn nothing_said(&mut self, item: Text, clause: Text, span: crate::base::Span) {
        self.say(ClauseMissing { item, clause }, span, unlabelled());
    }

    /// A table that stands above itself would make every look upward endless: its parents are dropped.
    fn refuse_circles(&mut self) {
        for start in 0..self.plan.tables.len() {
            if self.reaches(start, start, self.plan.tables.len()) {
                let (name, span) = (self.plan.tables[start].names.id.clone(), self.plan.tables[start].span);
                self.plan.tables[start].parents.clear();
                self.say(CircleOfTables { name: name.into() }, span, unlabelled());
            }
        }
    }

    /// A column that holds the keys of persons is no less personal than these.
    fn refuse_open_keys(&mut self) {
        let columns = self.plan.tables.iter().enumerate().flat_map(|(at, table)| table.columns.iter().enumerate().map(move |(column, def)| (at, column, def)));
        let open = columns.filter(|(at, column, def)| def.open && self.plan.links_to_person(*at, *column));
        let found: Vec<_> = open.map(|(.., def)| (def.names.id.clone(), def.span)).collect();
        for (column, span) in found {
            self.say(OpenKey { column: column.into() }, span, unlabelled());
        }
    }

    fn reaches(&self, from: usize, to: usize, steps: usize) -> bool {
        steps > 0 && self.plan.tables[from].parents.iter().any(|parent| parent.table == to || self.reaches(parent.table, to, steps - 1))
    }
}
