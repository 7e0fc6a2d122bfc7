//! What may not appear in clear: personal columns, the keys and names made of them, and values read from them.
//! In their place stands a mask that is the same wherever the same value stood.

use sha2::{Digest, Sha256};

use crate::base::Text;
use crate::model::op::Aggregate;
use crate::model::plan::{Collect, Node, NodeKind, Plan, StepOf};
use crate::model::table::Tables;
use crate::model::value::CellRef;
use crate::model::verdict::{Figure, Finding, Form, Judged, Limit, Part};

use super::page::Page;

/// What every mask begins with.
const SIGN: char = '某';

/// `某` and six hexadecimal digits of the value's digest; nothing for nothing.
pub fn mask(raw: &str) -> String {
    let raw = raw.trim();
    if raw.is_empty() {
        return String::new();
    }
    let digest = Sha256::digest(raw.as_bytes());
    let digits = digest.iter().take(3).fold(0u32, |number, byte| number * 256 + u32::from(*byte));
    format!("{SIGN}{digits:06x}")
}

/// The key behind a masked one, as long as some row has it; anything else as it is.
pub fn unmasked(plan: &Plan, tables: &Tables, key: &str) -> String {
    if !key.starts_with(SIGN) {
        return key.to_string();
    }
    let personal = plan.tables.iter().zip(&tables.tables).filter(|(def, _)| def.key.iter().any(|key| def.columns.get(*key).is_some_and(|column| column.personal)));
    let mut keys = personal.flat_map(|(_, table)| table.keys.iter());
    let clear = keys.find_map(|own| key.strip_prefix(mask(own).as_str()).filter(|codes| codes.is_empty() || codes.starts_with('-')).map(|codes| format!("{own}{codes}")));
    clear.unwrap_or_else(|| key.to_string())
}

/// How deep measures and nodes are followed: deeper than any tree that the parser lets through.
const DEEPEST: usize = 2000;

impl Page<'_> {
    /// Whether anything of this plan has to be hidden at all.
    fn hides(&self) -> bool {
        !self.show_personal && self.plan.tables.iter().any(|table| table.columns.iter().any(|column| column.personal))
    }

    /// A personal column, or one that holds the personal key of another table.
    pub(super) fn is_personal(&self, table: usize, column: usize) -> bool {
        let Some(def) = self.plan.tables.get(table).filter(|_| !self.show_personal) else { return false };
        def.columns.get(column).is_some_and(|column| column.personal)
            || def.parents.iter().any(|parent| parent.column == column && parent.table < self.plan.tables.len() && parent.table != table && self.hides_own_key(parent.table))
    }

    fn hides_own_key(&self, table: usize) -> bool {
        self.plan.tables.get(table).is_some_and(|def| def.key.iter().any(|key| def.columns.get(*key).is_some_and(|column| column.personal)))
    }

    /// Rows of this table are known by a key that is personal.
    pub(super) fn hides_key(&self, table: usize) -> bool {
        let Some(def) = self.plan.tables.get(table) else { return false };
        match &def.split {
            Some(split) if split.of != table => self.hides_key(split.of),
            _ => def.key.iter().any(|key| self.is_personal(table, *key)),
        }
    }

    /// Rows of this table are called by something that is personal.
    pub(super) fn hides_name(&self, table: usize) -> bool {
        let Some(def) = self.plan.tables.get(table) else { return false };
        match (&def.split, def.called) {
            (Some(split), _) if split.of != table => self.hides_name(split.of),
            (_, Some(called)) => self.is_personal(table, called),
            _ => self.hides_key(table),
        }
    }

    /// A key as it may be shown: `own` is the part of it that is the row's own, before codes.
    pub(super) fn veil_key(&self, table: usize, row: u32, key: &str) -> String {
        if !self.hides_key(table) {
            return key.to_string();
        }
        let (table, row) = self.whole_of(table, row);
        let own = self.tables.tables.get(table).and_then(|table| table.keys.get(row as usize));
        match own.and_then(|own| key.strip_prefix(&**own).map(|codes| (own, codes))) {
            Some((own, codes)) => format!("{}{codes}", mask(own)),
            None => mask(key),
        }
    }

    /// The key of a topmost row, whose table is not said.
    pub(super) fn veil_top_key(&self, key: &str) -> String {
        self.veil_key_among(key, |table| self.plan.tables[table].parents.is_empty())
    }

    /// The name of a topmost row, whose table is not said.
    pub(super) fn veil_top_name(&self, key: &str, name: &Text) -> Text {
        let row_in = |at: usize| self.tables.tables.get(at)?.keys.iter().position(|own| **own == *key);
        let tops = (0..self.plan.tables.len()).filter(|at| self.plan.tables[*at].parents.is_empty());
        match tops.filter_map(|at| Some((at, u32::try_from(row_in(at)?).ok()?))).find(|_| self.hides()) {
            Some((table, row)) => self.veil_name(table, row, name),
            None => name.clone(),
        }
    }

    /// A key typed by the user.
    pub(super) fn veil_typed_key(&self, key: &str) -> String {
        self.veil_key_among(key, |_| true)
    }

    /// The key of a unit of this rule, whose row is not said.
    pub(super) fn veil_branch_key(&self, rule: usize, key: &str) -> String {
        let Some(table) = self.table_of(rule).filter(|table| self.hides_key(*table)) else { return key.to_string() };
        let table = self.plan.tables[table].split.as_ref().map_or(table, |split| split.of);
        let keys = self.tables.tables.get(table).map(|table| table.keys.as_slice()).unwrap_or_default();
        let begins = |own: &str| key.strip_prefix(own).is_some_and(|codes| codes.is_empty() || codes.starts_with('-'));
        match keys.iter().filter(|own| begins(own)).max_by_key(|own| own.len()) {
            Some(own) => format!("{}{}", mask(own), &key[own.len()..]),
            None => mask(key),
        }
    }

    fn veil_key_among(&self, key: &str, among: impl Fn(usize) -> bool) -> String {
        let known = |table: usize| self.tables.tables.get(table).is_some_and(|table| table.keys.iter().any(|own| **own == *key));
        let hidden = self.hides() && (0..self.plan.tables.len()).any(|table| among(table) && self.hides_key(table) && known(table));
        if hidden { mask(key) } else { key.to_string() }
    }

    /// A row's name as it may be shown.
    pub(super) fn veil_name(&self, table: usize, row: u32, name: &Text) -> Text {
        if !self.hides() {
            return name.clone();
        }
        if self.hides_name(table) {
            return mask(&self.plain_name(table, row).unwrap_or_else(|| name.zh.clone())).into();
        }
        let secrets = self.secrets(Some((table, row)));
        Text { en: scrub(&name.en, &secrets), zh: scrub(&name.zh, &secrets) }
    }

    /// Everything personal in the row and in the rows above it, longest first.
    fn secrets(&self, own: Option<(usize, u32)>) -> Vec<String> {
        let mut found = Vec::new();
        let mut next = own.map(|(table, row)| self.whole_of(table, row));
        let mut steps = 0;
        while let Some((at, row)) = next.take().filter(|_| steps < self.plan.tables.len()) {
            steps += 1;
            let (Some(def), Some(table)) = (self.plan.tables.get(at), self.tables.tables.get(at)) else { break };
            let raws = (0..def.columns.len()).filter(|column| self.is_personal(at, *column)).filter_map(|column| table.columns.get(column)?.get(row as usize));
            found.extend(raws.map(|cell| cell.raw.trim().to_string()));
            if self.hides_key(at) {
                found.extend(table.keys.get(row as usize).map(ToString::to_string));
            }
            next = def.parents.first().zip(table.parents.first().and_then(|rows| rows.get(row as usize))).map(|(parent, row)| (parent.table, *row));
        }
        // A single sign is no secret by itself, and replacing it would spoil every word that has it.
        found.retain(|secret| secret.chars().count() > 1);
        found.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        found.dedup();
        found
    }

    /// A text of the author with its holes filled, as it may be shown.
    pub(super) fn veil_text(&self, finding: &Finding, template: Option<&String>, filled: &Text) -> Text {
        if !self.hides() {
            return filled.clone();
        }
        let secrets = self.secrets(finding.unit.table.map(|table| (table, finding.unit.row)));
        let whole = self.is_secret(&finding.judged, finding.unit.table);
        let hide = |hole: &str, value: &str| if whole || self.names_personal(hole, finding.unit.table) { mask(value) } else { scrub(value, &secrets) };
        let veil = |filled: &str| match template.and_then(|template| refill(template, filled, &hide)) {
            Some(text) => text,
            None if whole => mask(filled),
            None => scrub(filled, &secrets),
        };
        Text { en: veil(&filled.en), zh: veil(&filled.zh) }
    }

    /// Whether what fills a hole may come from a personal column: a name is looked up in the row asked and above it, an
    /// expression may also read rows beneath.
    fn names_personal(&self, hole: &str, asked: Option<usize>) -> bool {
        let is_name = !hole.contains(['(', '（', '.', ' ']);
        let reaches = |table: usize| !is_name || asked.is_none_or(|asked| asked >= self.plan.tables.len() || self.plan.path_up(asked, table).is_some());
        let named = |table: usize, column: usize| self.is_personal(table, column) && self.plan.tables[table].columns[column].names.all().any(|name| hole.contains(name));
        (0..self.plan.tables.len()).any(|table| reaches(table) && (0..self.plan.tables[table].columns.len()).any(|column| named(table, column)))
    }

    /// Whether the value of this judgement is read from personal cells of the unit itself, or of a row above it.
    fn is_secret(&self, judged: &Judged, asked: Option<usize>) -> bool {
        let single = matches!(judged.form, Form::Comparison | Form::Between | Form::Plain | Form::ForEvery);
        let above = |cell: &CellRef| asked.is_some_and(|table| table < self.plan.tables.len() && self.plan.path_up(table, usize::from(cell.table)).is_some());
        single && judged.cells.iter().any(|cell| self.is_personal(usize::from(cell.table), usize::from(cell.column)) && above(cell))
    }

    /// A judgement as it may be shown, its parts left to be veiled when they are shown. `asked` is the table of its unit.
    pub(super) fn veil(&self, rule: usize, judged: &Judged, asked: Option<usize>) -> Judged {
        let mut veiled = judged.clone();
        if !self.hides() {
            return veiled;
        }
        if self.is_secret(judged, asked) {
            veiled.value = veil_figure(&judged.value);
            veiled.margin = None;
            veiled.working = Vec::new();
            if judged.cells.iter().any(|cell| judged.cells[0].column != cell.column) {
                veiled.limit = veil_limit(&judged.limit);
            }
        }
        if matches!(judged.form, Form::Variation(_)) && self.varies_personally(rule) {
            veiled.parts.retain(|part| !matches!(part, Part::Member { .. }));
        }
        veiled
    }

    /// Whether the rule measures a variation of something personal, so that each member's own value would show it.
    fn varies_personally(&self, rule: usize) -> bool {
        let require = self.rule(rule).map(|rule| rule.require.as_slice()).unwrap_or_default();
        require.iter().any(|node| self.any_node(node, DEEPEST, &|node| self.is_personal_variation(node)))
    }

    fn is_personal_variation(&self, node: &Node) -> bool {
        let NodeKind::Aggregate(at) = &*node.kind else { return false };
        let Some(def) = self.plan.aggregates.get(*at).filter(|def| matches!(def.what, Collect::Value(Aggregate::Variation(_)))) else { return false };
        let personal = |node: &Node| matches!(&*node.kind, NodeKind::Column(at) if self.is_personal(at.table, at.column));
        [&def.operand, &def.weight].into_iter().flatten().any(|node| self.any_node(node, DEEPEST, &personal))
    }

    /// Whether something is true of a node, of one beneath it, or of one in a measure that it names.
    fn any_node(&self, node: &Node, depth: usize, is: &dyn Fn(&Node) -> bool) -> bool {
        if is(node) || depth == 0 {
            return depth > 0;
        }
        let measured = match &*node.kind {
            NodeKind::Measure(at) => self.plan.measures.get(*at).map(|measure| &measure.body),
            _ => None,
        };
        children(node).into_iter().chain(measured).any(|child| self.any_node(child, depth - 1, is))
    }
}

fn veil_figure(value: &Figure) -> Figure {
    match value {
        Figure::Number { number, .. } => Figure::Text(mask(&number.exact()).into()),
        Figure::Spread { square } => Figure::Text(mask(&square.exact()).into()),
        Figure::Real(real) => Figure::Text(mask(&real.decimal()).into()),
        Figure::Text(text) => Figure::Text(mask(&text.zh).into()),
        Figure::Date(date) => Figure::Text(mask(date).into()),
        Figure::Bounds { .. } | Figure::None => Figure::None,
    }
}

/// A limit beside a second column may be that column's value.
fn veil_limit(limit: &Limit) -> Limit {
    match limit {
        Limit::Number { number, op, .. } => Limit::Plain { op: *op, text: mask(&number.exact()).into() },
        Limit::Plain { op, text } => Limit::Plain { op: *op, text: mask(&text.zh).into() },
        Limit::Between { .. } => Limit::None,
        other => other.clone(),
    }
}

fn scrub(text: &str, secrets: &[String]) -> String {
    secrets.iter().fold(text.to_string(), |text, secret| text.replace(secret.as_str(), &mask(secret)))
}

/// The filled text with what fills each hole hidden, or `None` where it cannot be told what filled which.
fn refill(template: &str, filled: &str, hide: &dyn Fn(&str, &str) -> String) -> Option<String> {
    let mut pieces = template.split('{');
    let first = pieces.next()?;
    let mut rest = filled.strip_prefix(first)?;
    let mut made = first.to_string();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let (hole, words) = piece.split_once('}')?;
        let end = match pieces.peek() {
            None => rest.ends_with(words).then(|| rest.len() - words.len())?,
            Some(_) if words.is_empty() => return None,
            Some(_) => rest.find(words)?,
        };
        made.push_str(&hide(hole, &rest[..end]));
        made.push_str(words);
        rest = &rest[end + words.len()..];
    }
    rest.is_empty().then_some(made)
}

fn children(node: &Node) -> Vec<&Node> {
    match &*node.kind {
        NodeKind::Parameter { keys, .. } => keys.iter().collect(),
        NodeKind::Neg(of) | NodeKind::Not(of) | NodeKind::Round(_, of) | NodeKind::ForEvery { of, .. } | NodeKind::DateShift { of, .. } | NodeKind::Known { of, .. } => vec![of],
        NodeKind::Arith(_, a, b) | NodeKind::Compare(_, a, b) | NodeKind::Whole { from: a, to: b, .. } => vec![a, b],
        NodeKind::If { cond: a, then: b, otherwise: c } | NodeKind::Between { of: a, low: b, high: c } => vec![a, b, c],
        NodeKind::ByCase { of, arms, otherwise } => std::iter::once(of).chain(arms.iter().map(|(_, node)| node)).chain(otherwise).collect(),
        NodeKind::And(list) | NodeKind::Or(list) => list.iter().collect(),
        NodeKind::OneOf { of, list, .. } => std::iter::once(of).chain(list).collect(),
        NodeKind::Sentence(sentence) => sentence.steps.iter().flat_map(|step| match &step.of {
            StepOf::Columns { whole, part } => vec![whole, part],
            StepOf::Rows(_) => Vec::new(),
        }).collect(),
        _ => Vec::new(),
    }
}
