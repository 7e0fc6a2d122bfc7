//! What may not appear in clear: personal columns, the keys and names made of them, and values read from them.
//! In their place stands a mask that is the same wherever the same value stood.

use sha2::{Digest, Sha256};

use crate::base::Text;
use crate::model::op::{Aggregate, Statistic};
use crate::model::plan::{Collect, ColumnKind, Hole, Node, NodeKind, Plan, StepOf, Told};
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

/// A personal cell of a column of this kind. Only of a text is the mask a digest: of numbers, days, codes, yes and no
/// there are so few that a digest would give them away.
pub fn mask_cell(kind: ColumnKind, raw: &str) -> String {
    match kind {
        ColumnKind::Text => mask(raw),
        _ if raw.trim().is_empty() => String::new(),
        _ => SIGN.to_string(),
    }
}

/// The key behind a masked one, as long as some row has it; anything else as it is.
pub fn unmasked(plan: &Plan, tables: &Tables, key: &str) -> String {
    if !key.starts_with(SIGN) {
        return key.to_string();
    }
    let personal = tables.tables.iter().enumerate().filter(|(table, _)| plan.has_personal_key(*table));
    let mut keys = personal.flat_map(|(_, table)| table.keys.iter());
    let clear = keys.find_map(|own| key.strip_prefix(mask(own).as_str()).filter(|codes| codes.is_empty() || codes.starts_with('-')).map(|codes| format!("{own}{codes}")));
    clear.unwrap_or_else(|| key.to_string())
}

/// How deep measures and nodes are followed: deeper than any tree that the parser lets through.
const DEEPEST: usize = 2000;

impl Page<'_> {
    /// Whether anything of this plan has to be hidden at all.
    fn hides(&self) -> bool {
        !self.show_personal && (0..self.plan.tables.len()).any(|table| self.plan.has_personal(table))
    }

    /// A personal column, or one that holds the personal key of another table.
    pub(super) fn is_personal(&self, table: usize, column: usize) -> bool {
        !self.show_personal && self.plan.is_personal(table, column)
    }

    /// Rows of this table are known by a key that is personal.
    pub(super) fn hides_key(&self, table: usize) -> bool {
        !self.show_personal && self.plan.has_personal_key(table)
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

    /// A key that begins with one that is hidden, codes behind it left as they are.
    fn veil_key_among(&self, key: &str, among: impl Fn(usize) -> bool) -> String {
        if !self.hides() {
            return key.to_string();
        }
        let tables = self.tables.tables.iter().enumerate().filter(|(table, _)| *table < self.plan.tables.len() && among(*table) && self.hides_key(*table));
        let begins = |own: &str| !own.is_empty() && key.strip_prefix(own).is_some_and(|codes| codes.is_empty() || codes.starts_with('-'));
        match tables.flat_map(|(_, table)| &table.keys).filter(|own| begins(own)).max_by_key(|own| own.len()) {
            Some(own) => format!("{}{}", mask(own), &key[own.len()..]),
            None => key.to_string(),
        }
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

    /// Everything personal in the row and in the rows above it with its mask, longest first.
    fn secrets(&self, own: Option<(usize, u32)>) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut next = own.map(|(table, row)| self.whole_of(table, row));
        let mut steps = 0;
        while let Some((at, row)) = next.take().filter(|_| steps < self.plan.tables.len()) {
            steps += 1;
            let (Some(def), Some(table)) = (self.plan.tables.get(at), self.tables.tables.get(at)) else { break };
            for column in (0..def.columns.len()).filter(|column| self.is_personal(at, *column)) {
                let raw = table.columns.get(column).and_then(|cells| cells.get(row as usize)).map(|cell| cell.raw.trim());
                found.extend(raw.map(|raw| (raw.to_string(), mask_cell(def.columns[column].ty, raw))));
            }
            if self.hides_key(at) {
                found.extend(table.keys.get(row as usize).map(|key| (key.to_string(), mask(key))));
            }
            next = def.parents.first().zip(table.parents.first().and_then(|rows| rows.get(row as usize))).map(|(parent, row)| (parent.table, *row));
        }
        hidden_by(found)
    }

    /// A text from elsewhere with everything that may not be shown hidden, wherever it came from.
    pub fn scrubbed(&self, text: &str) -> String {
        if !self.hides() {
            return text.to_string();
        }
        let mut secrets = Vec::new();
        for (at, table) in self.tables.tables.iter().enumerate().filter(|(at, _)| *at < self.plan.tables.len()) {
            for (column, cells) in table.columns.iter().enumerate().filter(|(column, _)| self.is_personal(at, *column)) {
                let kind = self.plan.tables[at].columns[column].ty;
                secrets.extend(cells.iter().map(|cell| cell.raw.trim()).filter(|raw| text.contains(raw)).map(|raw| (raw.to_string(), mask_cell(kind, raw))));
            }
            secrets.extend(table.keys.iter().filter(|key| self.hides_key(at) && text.contains(&***key)).map(|key| (key.to_string(), mask(key))));
        }
        hidden_by(secrets).iter().fold(text.to_string(), |text, (secret, mask)| apart(&text, secret, mask))
    }

    /// A text of the author with its holes filled, as it may be shown.
    pub(super) fn veil_text(&self, finding: &Finding, template: Option<&Told>, filled: &Text) -> Text {
        if !self.hides() {
            return filled.clone();
        }
        let secrets = self.secrets(finding.unit.table.map(|table| (table, finding.unit.row)));
        let whole = self.is_secret(finding.rule, &finding.judged, finding.unit.table);
        let hide = |hole: &Hole, value: &str| if whole || self.tells_personally(&hole.value) { masked(value, &secrets) } else { scrub(value, &secrets) };
        let veil = |filled: &str| match template.and_then(|template| refill(template, filled, &hide)) {
            Some(text) => text,
            None if whole => SIGN.to_string(),
            None => scrub(filled, &secrets),
        };
        Text { en: veil(&filled.en), zh: veil(&filled.zh) }
    }

    /// Whether what fills a hole may come from a personal column: of the row asked, of one above it, or of rows that are
    /// collected.
    fn tells_personally(&self, value: &Node) -> bool {
        let is_personal = |node: &Node| matches!(&*node.kind, NodeKind::Column(at) if self.is_personal(at.table, at.column));
        let collects = |node: &Node| match &*node.kind {
            NodeKind::Aggregate(at) => self.plan.aggregates.get(*at).is_some_and(|def| def.nodes().any(|node| self.any_node(node, DEEPEST, &is_personal))),
            _ => false,
        };
        self.any_node(value, DEEPEST, &|node| is_personal(node) || collects(node))
    }

    /// Whether the value of this judgement is read from personal cells of the unit itself, or of a row above it, or is that
    /// of one row beneath it.
    fn is_secret(&self, rule: usize, judged: &Judged, asked: Option<usize>) -> bool {
        let above = |cell: &CellRef| asked.is_some_and(|table| table < self.plan.tables.len() && self.plan.path_up(table, usize::from(cell.table)).is_some());
        let own = judged.cells.iter().any(|cell| self.is_personal(usize::from(cell.table), usize::from(cell.column)) && above(cell));
        own || (matches!(judged.form, Form::Comparison | Form::Between) && self.picks_personal(rule))
    }

    /// A judgement as it may be shown, its parts left to be veiled when they are shown. `asked` is the table of its unit.
    pub(super) fn veil(&self, rule: usize, judged: &Judged, asked: Option<usize>) -> Judged {
        let mut veiled = judged.clone();
        if !self.hides() {
            return veiled;
        }
        if self.is_secret(rule, judged, asked) {
            let is_text = judged.cells.iter().filter_map(|cell| self.plan.tables.get(usize::from(cell.table))?.columns.get(usize::from(cell.column))).all(|column| column.ty == ColumnKind::Text);
            veiled.value = veil_figure(&judged.value, is_text);
            veiled.margin = None;
            veiled.working = Vec::new();
            veiled.parts.retain(|part| !matches!(part, Part::Share { .. } | Part::ForEvery { .. }));
            if self.limits_personally(rule) || judged.cells.iter().any(|cell| judged.cells[0].column != cell.column) {
                veiled.limit = veil_limit(&judged.limit, is_text);
            }
        }
        for part in &mut veiled.parts {
            if let Part::Branch { rule, judged: Some(of), attainment, .. } = part
                && self.is_secret(*rule, of, self.table_of(*rule))
            {
                *attainment = None;
            }
        }
        if matches!(judged.form, Form::Variation(_)) && self.varies_personally(rule) {
            veiled.parts.retain(|part| !matches!(part, Part::Member { .. }));
        }
        veiled
    }

    /// Whether the limit of a comparison of this rule may be read from something personal.
    fn limits_personally(&self, rule: usize) -> bool {
        let personal = |node: &Node| self.any_node(node, DEEPEST, &|node| matches!(&*node.kind, NodeKind::Column(at) if self.is_personal(at.table, at.column)));
        let has_data = |node: &Node| self.any_node(node, DEEPEST, &|node| matches!(&*node.kind, NodeKind::Column(_) | NodeKind::Aggregate(_)));
        let limits = |node: &Node| match &*node.kind {
            NodeKind::Compare(_, left, right) => personal(right) && has_data(left),
            NodeKind::Between { low, high, .. } => personal(low) || personal(high),
            NodeKind::OneOf { list, .. } => list.iter().any(personal),
            _ => false,
        };
        self.requires(rule, &limits)
    }

    /// Whether the rule picks the value of one row out of a personal column: the least, the greatest, one in the middle.
    fn picks_personal(&self, rule: usize) -> bool {
        let picks = |node: &Node| {
            let NodeKind::Aggregate(at) = &*node.kind else { return false };
            let is_one = |what: Collect| matches!(what, Collect::Value(Aggregate::Min | Aggregate::Max | Aggregate::Median | Aggregate::Statistic(Statistic::Percentile(_))));
            self.plan.aggregates.get(*at).is_some_and(|def| is_one(def.what) && self.reads_personal(def.operand.as_ref()))
        };
        self.requires(rule, &picks)
    }

    fn reads_personal(&self, node: Option<&Node>) -> bool {
        node.is_some_and(|node| self.any_node(node, DEEPEST, &|node| matches!(&*node.kind, NodeKind::Column(at) if self.is_personal(at.table, at.column))))
    }

    /// Whether something is true of any node of a rule's requirements.
    fn requires(&self, rule: usize, is: &dyn Fn(&Node) -> bool) -> bool {
        self.rule(rule).is_some_and(|rule| rule.nodes(self.plan).any(|node| self.any_node(node, DEEPEST, is)))
    }

    /// Whether the rule measures a variation of something personal, so that each member's own value would show it.
    fn varies_personally(&self, rule: usize) -> bool {
        self.requires(rule, &|node| self.is_personal_variation(node))
    }

    fn is_personal_variation(&self, node: &Node) -> bool {
        let NodeKind::Aggregate(at) = &*node.kind else { return false };
        let Some(def) = self.plan.aggregates.get(*at).filter(|def| matches!(def.what, Collect::Value(Aggregate::Variation(_)))) else { return false };
        self.reads_personal(def.operand.as_ref()) || self.reads_personal(def.weight.as_ref())
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

fn veil_figure(value: &Figure, is_text: bool) -> Figure {
    match value {
        Figure::Text(text) if is_text => Figure::Text(mask(&text.zh).into()),
        Figure::Number { .. } | Figure::Spread { .. } | Figure::Real(_) | Figure::Text(_) | Figure::Date(_) => Figure::Text(SIGN.into()),
        Figure::Bounds { .. } | Figure::None => Figure::None,
    }
}

/// A limit beside a second column may be that column's value.
fn veil_limit(limit: &Limit, is_text: bool) -> Limit {
    match limit {
        Limit::Number { op, .. } | Limit::Figure { op, .. } => Limit::Plain { op: *op, text: SIGN.into() },
        Limit::Plain { op, text } => Limit::Plain { op: *op, text: if is_text { mask(&text.zh).into() } else { SIGN.into() } },
        Limit::Between { .. } => Limit::None,
        other => other.clone(),
    }
}

/// What is to be replaced, longest first. A single sign is no secret by itself, and replacing it would spoil every word
/// that has it.
fn hidden_by(mut secrets: Vec<(String, String)>) -> Vec<(String, String)> {
    secrets.retain(|(secret, _)| secret.chars().count() > 1);
    secrets.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.cmp(other)));
    secrets.dedup();
    secrets
}

/// What fills a hole: by the mask of the cell that it came from, else by nothing that tells it.
fn masked(value: &str, secrets: &[(String, String)]) -> String {
    secrets.iter().find(|(secret, _)| secret == value.trim()).map_or_else(|| SIGN.to_string(), |(_, mask)| mask.clone())
}

fn scrub(text: &str, secrets: &[(String, String)]) -> String {
    secrets.iter().fold(text.to_string(), |text, (secret, mask)| text.replace(secret.as_str(), mask))
}

/// A text with a secret masked; digits within a longer number are another number.
fn apart(text: &str, secret: &str, mask: &str) -> String {
    let is_figure = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit() || sign == '.');
    let (mut made, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(secret) {
        let (before, after) = (&rest[..at], &rest[at + secret.len()..]);
        let inside = secret.starts_with(|sign: char| sign.is_ascii_digit()) && is_figure(before.chars().next_back()) || secret.ends_with(|sign: char| sign.is_ascii_digit()) && is_figure(after.chars().next());
        made.push_str(before);
        if inside { made.push_str(secret) } else { made.push_str(mask) }
        rest = after;
    }
    made + rest
}

/// The filled text with what fills each hole hidden, or `None` where it cannot be told what filled which.
fn refill(template: &Told, filled: &str, hide: &dyn Fn(&Hole, &str) -> String) -> Option<String> {
    let first = template.holes.first().map_or(template.text.len(), |hole| hole.at.start);
    let mut made = template.text.get(..first)?.to_string();
    let mut rest = filled.strip_prefix(made.as_str())?;
    for (at, hole) in template.holes.iter().enumerate() {
        let next = template.holes.get(at + 1).map(|next| next.at.start);
        let words = template.text.get(hole.at.end..next.unwrap_or(template.text.len()))?;
        let end = match next {
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
        NodeKind::Neg(of) | NodeKind::Not(of) | NodeKind::Round(_, of) | NodeKind::ForEvery { of, .. } | NodeKind::DateShift { of, .. } | NodeKind::Known { of, .. } | NodeKind::InTerm { of, .. } | NodeKind::Rising { of, .. } => vec![of],
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
