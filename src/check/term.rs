//! Periods: which one a rule asks, a value is asked in, rows are collected by. Rows of several are never taken together.

use crate::base::{Number, Span, Term, TermKind, Text};
use crate::diag::catalog::{BeneathPeriods, FixedTerm, NoTermAtHand, PeriodWithoutKey, TermUnsaid, TermsDiffer, Timeless, quoted, term_lines, term_name};
use crate::model::ast::{self, Expr, ExprKind, Name};
use crate::model::plan::{ColumnKind, Level, Node, NodeKind, StepOf, Type};
use crate::model::when::When;

use super::scope::{Scope, node, unknown};
use super::{Checker, unlabelled};

/// Who is asked, as far as names alone say it: what a line with a period may begin with.
pub(super) fn asking(rule: &ast::Rule) -> Text {
    let name = |each: &ast::Each| match &*each.rows.name.kind {
        ExprKind::Name(text) if each.rows.filter.is_none() && each.only.is_none() => text.clone(),
        _ => "…".to_string(),
    };
    let names: Vec<String> = rule.each.iter().map(name).collect();
    if names.is_empty() {
        return Text::default();
    }
    Text::new(format!("for each {}", names.join(", each ")), format!("适用于：每个 {}", names.join("，每个 ")))
}

/// `year >= 2024`: a number beside a year is one.
pub(super) fn years([left, right]: [Node; 2]) -> [Node; 2] {
    let is_year = |node: &Node| node.ty == Type::Term(TermKind::Year);
    let year = |node: Node| match &*node.kind {
        NodeKind::Number(number) if matches!(&node.ty, Type::Number(unit) if unit.is_plain()) => label(number).map_or(node.clone(), |term| Node { kind: Box::new(NodeKind::Term(term)), ty: Type::Term(TermKind::Year), span: node.span }),
        _ => node,
    };
    match (is_year(&left), is_year(&right)) {
        (true, false) => [left, year(right)],
        (false, true) => [year(left), right],
        _ => [left, right],
    }
}

fn label(number: &Number) -> Option<Term> {
    Term::read(TermKind::Year, &number.exact())
}

/// Whether what is kept by one kind of period can be asked by another.
fn answers(held: TermKind, asked: TermKind) -> bool {
    held == asked || held == TermKind::Semester && asked == TermKind::SchoolYear
}

impl Checker<'_> {
    pub(super) fn period(&mut self, place: usize, table: &ast::Table) {
        let Some(column) = table.period.as_ref().and_then(|period| self.add_column(place, period)) else { return };
        let def = &mut self.plan.tables[place];
        def.period = Some(column);
        if !def.key.is_empty() {
            def.key.push(column);
        }
    }

    /// A link names a key, and a key has a row in each period.
    pub(super) fn refuse_beneath_periods(&mut self) {
        for place in 0..self.plan.tables.len() {
            let def = &self.plan.tables[place];
            let (span, table) = (def.span, def.names.short());
            let above = def.parents.iter().map(|parent| &self.plan.tables[parent.table]).find(|above| above.period.is_some());
            if let Some(above) = above.map(|above| above.names.short()) {
                self.plan.tables[place].parents.clear();
                self.say(BeneathPeriods { table, above }, span, unlabelled());
            }
        }
    }

    /// The kind of period that the rows of a table are of.
    pub(super) fn held_by(&self, table: usize) -> Option<TermKind> {
        let def = &self.plan.tables[table];
        match def.columns[def.period?].ty {
            ColumnKind::Term(kind) => Some(kind),
            _ => None,
        }
    }

    /// The kind of period at hand: of the row, else that which is asked.
    pub(super) fn term_here(&self, scope: &Scope) -> Option<TermKind> {
        scope.table().and_then(|table| self.held_by(table)).or(scope.term)
    }

    /// What a rule asks its units for. Errors: said, with `false`.
    pub(super) fn periods_asked(&mut self, place: usize, rule: &ast::Rule, level: &mut Level) -> bool {
        let held = level.table.and_then(|table| Some((self.plan.tables[table].names.short(), self.held_by(table)?)));
        let Some(clause) = &rule.term else {
            let Some((table, kind)) = held else { return true };
            let span = rule.each.first().map_or(rule.id.span, |each| each.rows.name.span);
            self.unsaid_term(table, kind, span);
            return false;
        };
        level.each = clause.each;
        self.plan.rules[place].term = clause.when;
        let asked = clause.each.or(clause.when.and_then(When::kind));
        let within = clause.each.zip(clause.when.and_then(When::kind)).filter(|(each, when)| !answers(*each, *when));
        let wrong = held.as_ref().zip(asked).filter(|((_, held), asked)| held != asked).map(|((table, held), asked)| (table.clone(), *held, asked));
        let wrong = wrong.or_else(|| within.map(|(each, when)| (term_name(each), each, when)));
        match wrong {
            Some((table, held, asked)) => self.terms_differ(table, held, asked, clause.span),
            None => true,
        }
    }

    pub(super) fn rule_scope(&self, place: usize) -> Scope {
        let def = &self.plan.rules[place];
        let held = def.at.table.and_then(|table| self.held_by(table));
        Scope { term: def.at.each.or(held).or(def.term.and_then(When::kind)), ..Scope::of(def.at.clone()) }
    }

    /// Whoever is asked for a year that is named, or for each, is not asked by the as-of date: neither may what is said of it be.
    pub(super) fn refuse_fixed_terms(&mut self) {
        let items = self.rule_items.clone();
        for (place, rule) in &items {
            let Some(clause) = rule.term.as_ref().filter(|clause| clause.each.is_some() || matches!(clause.when, Some(When::Given(_)))) else { continue };
            let asked = match (clause.each, clause.when) {
                (Some(each), _) => Text::new(format!("each {}", term_name(each).en), format!("每个{}", term_name(each).zh)),
                (None, Some(When::Given(term))) => Text::new(format!("for {term}"), format!("{term}")),
                _ => continue,
            };
            for (when, of, span) in self.fixed_terms(*place) {
                let When::Of { kind, back } = when else { continue };
                let value = self.column_called(&of);
                let name = term_name(kind);
                let words = match back {
                    0 => Text::new(format!("`in this {}`", name.en), format!("“{}”", if kind == TermKind::Year { "本年度" } else { "本学年" })),
                    _ => Text::new(format!("`in last {}`", name.en), format!("“{}”", if kind == TermKind::Year { "上年度" } else { "上一学年" })),
                };
                let line = if back == 0 { Text::from(value.clone()) } else { Text::new(format!("{value} in the year before"), format!("前一年 的 {value}")) };
                let who = asking(rule);
                let instead = if kind == TermKind::Year { Text::new(format!("`{}, in this year`", who.en), format!("“{}，本年度”", who.zh)) } else { Text::new(format!("`{}, in this school year`", who.en), format!("“{}，本学年”", who.zh)) };
                self.say(FixedTerm { words, asked: asked.clone(), line, instead }, span, unlabelled());
            }
        }
    }

    /// Every value that goes by the as-of date, in what a rule says, in exceptions to it, and in the measures that it uses.
    fn fixed_terms(&self, rule: usize) -> Vec<(When, Node, Span)> {
        let mut waiting: Vec<&Node> = self.plan.rules[rule].nodes(&self.plan).collect();
        let mut seen = vec![false; self.plan.measures.len()];
        let mut found = Vec::new();
        while let Some(node) = waiting.pop() {
            match &*node.kind {
                NodeKind::InTerm { when: when @ When::Of { .. }, of } => found.push((*when, of.clone(), node.span)),
                NodeKind::Measure(measure) if self.plan.measures.get(*measure).is_some() && !std::mem::replace(&mut seen[*measure], true) => waiting.push(&self.plan.measures[*measure].body),
                NodeKind::Aggregate(id) => waiting.extend(self.plan.aggregates[*id].nodes()),
                NodeKind::Sentence(sentence) => waiting.extend(sentence.steps.iter().filter_map(|step| if let StepOf::Rows(tally) = step.of { Some(tally) } else { None }).flat_map(|tally| self.plan.aggregates[tally].nodes())),
                _ => {}
            }
            node.each_child(&mut |child| waiting.push(child));
        }
        found.sort_by_key(|(_, _, span)| (span.source, span.start));
        found.dedup_by_key(|(_, _, span)| *span);
        found
    }

    /// What a value is called in a line to paste.
    fn column_called(&self, of: &Node) -> String {
        match &*of.kind {
            NodeKind::Column(at) => self.plan.column(*at).names.id.clone(),
            NodeKind::Measure(at) => self.plan.measures.get(*at).map_or_else(|| "…".to_string(), |measure| measure.names.id.clone()),
            _ => "…".to_string(),
        }
    }

    /// A period by which nothing in the rule is kept, nor any rule that it counts.
    pub(super) fn refuse_idle_period(&mut self, place: usize, rule: &ast::Rule, before: usize) {
        let def = &self.plan.rules[place];
        let asks_rows = def.at.table.is_some_and(|table| self.held_by(table).is_some());
        let asks = !rule.require.is_empty() || !rule.grades.is_empty();
        let kept = |other: &usize| self.plan.rules[*other].at.each.is_some() || self.plan.rules[*other].term.is_some();
        let counts = rule.term.is_some() && super::order::needed(&self.plan, place).iter().any(kept);
        if let Some(clause) = rule.term.as_ref().filter(|_| asks && !asks_rows && !counts && !self.doubtful[place] && self.dated == before) {
            self.say(Timeless { words: Text::new("what the rule asks", "本项要求"), instead: Text::new("or leave the period out", "或去掉期间") }, clause.span, unlabelled());
        }
    }

    /// The period by which rows are collected; none where they are of none. Errors: said.
    pub(super) fn by_period(&mut self, over: usize, name: &Name, scope: &Scope) -> Result<Option<TermKind>, ()> {
        let Some(held) = self.held_by(over) else { return Ok(None) };
        self.dated += 1;
        match self.term_here(scope) {
            Some(asked) if answers(held, asked) => Ok(Some(asked)),
            // The school year that holds the semester asked.
            Some(asked) if answers(asked, held) => Ok(Some(held)),
            Some(asked) => {
                let table = self.plan.tables[over].names.short();
                self.terms_differ(table, held, asked, name.span);
                Err(())
            }
            None if scope.borrows => {
                self.needs = Some(held);
                Ok(Some(held))
            }
            None => {
                let table = self.plan.tables[over].names.short();
                self.unsaid_term(table, held, name.span);
                Err(())
            }
        }
    }

    /// Rows that are of no period, of which something is said that is kept by periods.
    pub(super) fn by_inside(&self, before: usize, scope: &Scope) -> Option<TermKind> {
        (self.dated > before).then(|| self.term_here(scope).or(self.needs)).flatten()
    }

    /// Whether the period that a measure needs is at hand. Errors: said.
    pub(super) fn lends_period(&mut self, measure: usize, name: &Name, scope: &Scope) -> bool {
        let of = self.work[measure].of;
        let own = self.held_by(of);
        self.dated += usize::from(own.is_some());
        let Some(needed) = self.work[measure].needs else { return true };
        self.dated += 1;
        let title = self.work[measure].names.short();
        match self.term_here(scope) {
            Some(asked) if answers(asked, needed) => true,
            Some(asked) => self.terms_differ(title, needed, asked, name.span),
            None if scope.borrows => {
                self.needs = Some(needed);
                true
            }
            None => {
                self.unsaid_term(title, needed, name.span);
                false
            }
        }
    }

    pub(super) fn in_term(&mut self, when: When, of: &Expr, span: Span, scope: &Scope, want: Option<&crate::base::Unit>) -> Node {
        if !self.may_move(when.kind(), of, span, scope) {
            return unknown(span);
        }
        let inner = Scope { term: when.kind().or(scope.term), borrows: scope.borrows && when.kind().is_none(), ..scope.clone() };
        let before = (self.dated, self.said.len(), self.missed);
        let value = self.expr(of, &inner, want);
        if (self.dated, self.said.len(), self.missed) == before {
            self.say(Timeless { words: words(of), instead: earlier_column(of, &ending(when)) }, span, unlabelled());
            return unknown(span);
        }
        let ty = value.ty.clone();
        node(NodeKind::InTerm { when, of: value }, ty, span)
    }

    pub(super) fn rising(&mut self, of: &Expr, since: i16, span: Span, scope: &Scope) -> Node {
        if !self.may_move(None, of, span, scope) {
            return unknown(span);
        }
        let before = (self.dated, self.said.len(), self.missed);
        let value = self.number(of, scope, None);
        if (self.dated, self.said.len(), self.missed) == before {
            self.say(Timeless { words: words(of), instead: earlier_figure(of, since) }, span, unlabelled());
        }
        if value.ty == Type::Unknown {
            return unknown(span);
        }
        node(NodeKind::Rising { of: value, since }, Type::Truth, span)
    }

    /// Whether a value can be asked in another period from here. Errors: said.
    fn may_move(&mut self, kind: Option<TermKind>, of: &Expr, span: Span, scope: &Scope) -> bool {
        let Some((table, held)) = scope.table().and_then(|table| Some((table, self.held_by(table)?))) else {
            let at_hand = kind.is_some() || scope.term.is_some() || scope.borrows;
            if !at_hand && self.keeps_periods() {
                self.say(NoTermAtHand { words: words(of) }, span, unlabelled());
            }
            return at_hand || !self.keeps_periods();
        };
        let name = self.plan.tables[table].names.short();
        if let Some(asked) = kind.filter(|asked| *asked != held) {
            return self.terms_differ(name, held, asked, span);
        }
        let keyed = !self.plan.tables[table].key.is_empty();
        if !keyed {
            self.say(PeriodWithoutKey { table: name }, span, unlabelled());
        }
        keyed
    }

    /// Whether any table of the pack holds several periods: else it is no period at hand that is missing.
    fn keeps_periods(&self) -> bool {
        self.plan.tables.iter().any(|table| table.period.is_some())
    }

    fn unsaid_term(&mut self, table: Text, held: TermKind, span: Span) {
        let lines = term_lines(held, &self.asking);
        self.say(TermUnsaid { table, kind: term_name(held), lines }, span, unlabelled());
    }

    /// Says so, and is `false`.
    fn terms_differ(&mut self, table: Text, held: TermKind, asked: TermKind, span: Span) -> bool {
        self.say(TermsDiffer { table, held: term_name(held), asked: term_name(asked) }, span, unlabelled());
        false
    }
}

/// Where the figure of an earlier year is a column of its own.
fn earlier_column(of: &Expr, ending: &str) -> Text {
    match &*of.kind {
        ExprKind::Name(text) => {
            let column = format!("{text}{ending}");
            Text::new(format!("where the other figure is a column of its own, write `{column}`"), format!("另一期数值单列一栏的，写成“{column}”"))
        }
        _ => Text::new("or leave the period out", "或去掉期间"),
    }
}

fn earlier_figure(of: &Expr, since: i16) -> Text {
    match &*of.kind {
        ExprKind::Name(text) => {
            let line = format!("{text} >= {text}_{since}");
            Text::new(format!("where the figure of {since} is a column of its own, write `{line}`"), format!("{since} 年数值单列一栏的，写成“{line}”"))
        }
        _ => Text::new("or leave the period out", "或去掉期间"),
    }
}

fn ending(when: When) -> String {
    match when {
        When::Of { kind: TermKind::Year, .. } => "_last_year".to_string(),
        When::Of { .. } => "_last_school_year".to_string(),
        When::Given(term) => format!("_{}", term.year),
        When::Earlier(1) => "_year_before".to_string(),
        When::Earlier(years) => format!("_{years}_years_before"),
    }
}

/// What a value is called in a message.
fn words(of: &Expr) -> Text {
    match &*of.kind {
        ExprKind::Name(text) => quoted(&text.as_str().into()),
        _ => Text::new("this value", "这个值"),
    }
}
