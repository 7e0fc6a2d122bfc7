//! Expressions: each construct to its meaning.

use std::sync::Arc;

use crate::base::fold::half_width_text;
use crate::base::{Number, Span, Text, Unit};
use crate::diag::catalog::{CaseTwice, DeclaredTwice, KeyCount, RowsByRole, StatusOfRows, UnknownParameter, WrongType};
use crate::model::ast::{CaseKey, Expr, ExprKind, Name};
use crate::model::plan::{Key, Node, NodeKind, ParameterKey, Type};

use super::index::suggest;
use super::measure::DEEPEST;
use super::parameter::type_name;
use super::scope::{Scope, node, unit_of, unknown};
use super::{Checker, unlabelled};

impl Checker<'_> {
    /// What an expression means. `want` is the unit that a bare number takes.
    pub(super) fn expr(&mut self, expr: &Expr, scope: &Scope, want: Option<&Unit>) -> Node {
        self.depth += 1;
        self.parts += 1;
        self.deepest = self.deepest.max(self.depth);
        // Where there is no room left, the measure that led here says so.
        let meant = if self.depth > DEEPEST { unknown(expr.span) } else { self.meant(expr, scope, want) };
        self.depth -= 1;
        meant
    }

    fn meant(&mut self, expr: &Expr, scope: &Scope, want: Option<&Unit>) -> Node {
        let span = expr.span;
        match &*expr.kind {
            ExprKind::Quantity(quantity) => self.quantity(quantity, want),
            ExprKind::Text(text) => node(NodeKind::Text(Arc::from(half_width_text(text))), Type::Text, span),
            ExprKind::Date(date) => node(NodeKind::Date(*date), Type::Date, span),
            ExprKind::YearMonth(month) => node(NodeKind::YearMonth(*month), Type::YearMonth, span),
            ExprKind::Term(term) => node(NodeKind::Term(*term), Type::Term(term.kind), span),
            ExprKind::Total { months, from, to, rows } => self.total(*months, (from, to.as_ref()), rows, span, scope),
            ExprKind::InTerm(when, of) => self.in_term(*when, of, span, scope, want),
            ExprKind::Rising { of, since } => self.rising(of, *since, span, scope),
            ExprKind::Truth(truth) => node(NodeKind::Truth(*truth), Type::Truth, span),
            ExprKind::Name(text) => self.name(&Name { text: text.clone(), span }, scope),
            ExprKind::Of(table, name) => self.name_of(table, name, scope),
            ExprKind::ByRole(of, role) => {
                let of = if let ExprKind::Name(text) = &*of.kind { text.as_str() } else { "…" };
                let words = Text::new(format!("{of} as {}", role.text), format!("{of} 作为 {}", role.text));
                self.say(RowsByRole { words }, span, unlabelled());
                unknown(span)
            }
            ExprKind::Index(name, keys) => self.lookup(name, keys, scope),
            ExprKind::Neg(_) | ExprKind::Arith(..) | ExprKind::Per(..) | ExprKind::PercentOf(..) | ExprKind::Rounded(..) | ExprKind::ForEvery { .. } => self.arithmetic(expr, scope, want),
            ExprKind::If { .. } | ExprKind::ByCase { .. } => self.choice(expr, scope, want),
            ExprKind::DateShift { number, months, before } => self.date_shift(number, *months, before, span, scope),
            ExprKind::Whole { months, touched, from, to } => self.whole((*months, *touched), from, to, span, scope),
            ExprKind::Aggregate(call) => self.aggregate(call, scope),
            ExprKind::Sentence(sentence) => self.sentence(sentence, span, scope),
            ExprKind::Status { .. } | ExprKind::Rules(_) if !scope.is_unit() => {
                self.say(StatusOfRows {}, span, unlabelled());
                unknown(span)
            }
            ExprKind::Status { rule, wanted } => match self.rule_named(rule) {
                Some(rule) if self.is_heard_by_one_way(rule, span, scope) => node(NodeKind::Status { rule, wanted: *wanted }, Type::Truth, span),
                _ => unknown(span),
            },
            ExprKind::Rules(rules) => self.rules_sentence(rules, span, scope),
            ExprKind::Evidence(said) => self.evidence(said, span, scope),
            _ => self.statement(expr, scope),
        }
    }

    /// An expression that must be a yes or no.
    pub(super) fn truth(&mut self, expr: &Expr, scope: &Scope) -> Node {
        let found = self.expr(expr, scope, None);
        self.expect(found, &Type::Truth)
    }

    /// The same node if it is of this type, else a message.
    pub(super) fn expect(&mut self, found: Node, wanted: &Type) -> Node {
        let same = match (&found.ty, wanted) {
            (Type::Number(_), Type::Number(_)) | (Type::Unknown, _) => true,
            (found, wanted) => found == wanted,
        };
        if same {
            return found;
        }
        let span = found.span;
        self.say(WrongType { wanted: type_name(wanted), found: type_name(&found.ty) }, span, unlabelled());
        unknown(span)
    }

    fn lookup(&mut self, name: &Name, keys: &[Expr], scope: &Scope) -> Node {
        let Some(parameter) = self.parameters.one(&name.text) else {
            let near = suggest(&name.text, self.parameters.names().collect::<Vec<_>>().into_iter());
            self.miss(UnknownParameter { name: name.text.as_str().into(), near }, name);
            return unknown(name.span);
        };
        self.parameter_value(parameter, keys, name, scope)
    }

    /// A parameter looked up by its keys.
    pub(super) fn parameter_value(&mut self, id: usize, keys: &[Expr], name: &Name, scope: &Scope) -> Node {
        let by = self.plan.parameters[id].by.clone();
        if by.len() != keys.len() {
            let keys_wanted: Vec<String> = by.iter().map(|by| if let ParameterKey::Codes(list) = by { self.key_of(*list, scope) } else { "…".into() }).collect();
            let form = if by.is_empty() { name.text.clone() } else { format!("{}[{}]", name.text, keys_wanted.join(", ")) };
            self.say(KeyCount { name: name.text.as_str().into(), wanted: by.len().into(), found: keys.len().into(), form: form.into() }, name.span, unlabelled());
            return unknown(name.span);
        }
        let span = keys.last().map_or(name.span, |last| name.span.to(last.span));
        let keys = keys.iter().zip(by).map(|(key, by)| match by {
            ParameterKey::Codes(list) => self.code_value(key, list, scope),
            ParameterKey::Text => {
                let key = self.expr(key, scope, None);
                self.expect(key, &Type::Text)
            }
        });
        let keys: Vec<Node> = keys.collect();
        let ty = self.plan.parameters[id].ty.clone();
        node(NodeKind::Parameter { id, keys }, ty, span)
    }

    /// Where a code of this list is due: a code of the list by name, or an expression that is one.
    pub(super) fn code_value(&mut self, expr: &Expr, list: usize, scope: &Scope) -> Node {
        let text = match &*expr.kind {
            ExprKind::Name(text) | ExprKind::Text(text) => text.clone(),
            _ => {
                let found = self.expr(expr, scope, None);
                return self.expect(found, &Type::Code(list));
            }
        };
        if let Some(place) = self.code_names[list].one(&text).and_then(|place| u16::try_from(place).ok()) {
            return node(NodeKind::Code(place), Type::Code(list), expr.span);
        }
        let name = Name { text, span: expr.span };
        if matches!(&*expr.kind, ExprKind::Name(_)) && self.is_name(&name, scope) {
            let found = self.name(&name, scope);
            return self.expect(found, &Type::Code(list));
        }
        self.code_named(list, &name);
        unknown(expr.span)
    }

    fn date_shift(&mut self, number: &Number, months: bool, before: &Expr, span: Span, scope: &Scope) -> Node {
        let of = self.expr(before, scope, None);
        let of = self.expect(of, &Type::Date);
        let count = number.to_i64().and_then(|count| i32::try_from(count).ok()).and_then(|count| count.checked_mul(if months { 1 } else { 12 }));
        match count {
            Some(count) => node(NodeKind::DateShift { months: -count, of }, Type::Date, span),
            None => {
                self.say(WrongType { wanted: Text::new("a whole number", "整数"), found: number.into() }, span, unlabelled());
                unknown(span)
            }
        }
    }

    fn whole(&mut self, (months, touched): (bool, bool), from: &Expr, to: &Expr, span: Span, scope: &Scope) -> Node {
        let [from, to] = [from, to].map(|expr| {
            let found = self.expr(expr, scope, None);
            if found.ty == Type::YearMonth { found } else { self.expect(found, &Type::Date) }
        });
        let unit = crate::base::unit::unit_word(if months { "month" } else { "year" }).map_or_else(Unit::plain, Unit::from_word);
        node(NodeKind::Whole { months, touched, from, to }, Type::Number(unit), span)
    }

    fn choice(&mut self, expr: &Expr, scope: &Scope, want: Option<&Unit>) -> Node {
        match &*expr.kind {
            ExprKind::If { cond, then, otherwise } => {
                let cond = self.truth(cond, scope);
                let mut both = self.together(&[then, otherwise], scope, want);
                let (otherwise, then) = (both.pop().unwrap_or_else(|| unknown(expr.span)), both.pop().unwrap_or_else(|| unknown(expr.span)));
                let ty = self.same_type(&[&then, &otherwise]);
                node(NodeKind::If { cond, then, otherwise }, ty, expr.span)
            }
            ExprKind::ByCase { of, arms } => self.by_case(expr.span, of.as_ref(), arms, scope, want),
            _ => unknown(expr.span),
        }
    }

    fn by_case(&mut self, span: Span, of: Option<&Expr>, arms: &[(CaseKey, Expr)], scope: &Scope, want: Option<&Unit>) -> Node {
        let of = match of {
            Some(of) => self.expr(of, scope, None),
            None => self.holder_of_codes(span, arms, scope),
        };
        let list = match &of.ty {
            Type::Code(list) => Some(*list),
            Type::Text | Type::Unknown => None,
            other => {
                let found = type_name(other);
                self.say(WrongType { wanted: Text::new("a code", "代码"), found }, of.span, unlabelled());
                return unknown(span);
            }
        };
        let values = self.together(&arms.iter().map(|(_, value)| value).collect::<Vec<_>>(), scope, want);
        let ty = self.same_type(&values.iter().collect::<Vec<_>>());
        let mut cases = Vec::new();
        let mut otherwise = None;
        for ((key, _), value) in arms.iter().zip(values) {
            match (key, list) {
                (CaseKey::Otherwise(at), _) => {
                    if otherwise.replace(value).is_some() {
                        self.say(DeclaredTwice { name: "otherwise".into() }, *at, unlabelled());
                    }
                }
                (CaseKey::Name(name), Some(list)) => cases.extend(self.code_named(list, name).map(|code| (vec![Key::Code(code)], value))),
                (CaseKey::Text(text), Some(list)) => cases.extend(self.code_named(list, &Name { text: text.text.clone(), span: text.span }).map(|code| (vec![Key::Code(code)], value))),
                (CaseKey::Name(Name { text, .. }), None) => cases.push((vec![Key::Text(Arc::from(half_width_text(text)))], value)),
                (CaseKey::Text(text), None) => cases.push((vec![Key::Text(Arc::from(half_width_text(&text.text)))], value)),
            }
        }
        self.refuse_case_twice(&cases);
        node(NodeKind::ByCase { of, arms: cases, otherwise }, ty, span)
    }

    /// Of two values for one case the second would never be looked at.
    fn refuse_case_twice(&mut self, cases: &[(Vec<Key>, Node)]) {
        for (at, (keys, value)) in cases.iter().enumerate() {
            if cases[..at].iter().any(|(known, _)| known == keys) {
                self.say(CaseTwice {}, value.span, unlabelled());
            }
        }
    }

    /// Values that stand for one another must be of one type; the first that is known says which.
    fn same_type(&mut self, nodes: &[&Node]) -> Type {
        let Some(first) = nodes.iter().find(|node| node.ty != Type::Unknown) else { return Type::Unknown };
        let ty = first.ty.clone();
        // A day beside a month is taken by its month (R25).
        let is_time = |node: &&Node| matches!(node.ty, Type::Date | Type::YearMonth | Type::Unknown);
        if nodes.iter().all(is_time) && nodes.iter().any(|node| node.ty == Type::YearMonth) {
            return Type::YearMonth;
        }
        for other in nodes {
            match (&ty, &other.ty) {
                (Type::Number(left), Type::Number(right)) if !left.same_dimension(right) => self.units_differ((left, first.span), (right, other.span)),
                (Type::Number(_), Type::Number(_)) | (_, Type::Unknown) => {}
                (wanted, found) if wanted != found => {
                    let message = WrongType { wanted: type_name(wanted), found: type_name(found) };
                    self.say(message, other.span, unlabelled());
                }
                _ => {}
            }
        }
        // A bare number among others has their unit already; a plain first one would hide it.
        nodes.iter().map(|node| unit_of(node)).find(|unit| !unit.is_plain()).map_or(ty.clone(), |unit| if matches!(ty, Type::Number(_)) { Type::Number(unit) } else { ty })
    }
}
