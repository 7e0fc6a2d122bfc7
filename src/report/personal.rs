//! What may not appear in clear: personal columns, the keys and names made of them, and values read from them.
//! In their place stands a mask that is the same wherever the same value stood.

use crate::base::Text;
use crate::base::mask::SIGN;
use crate::model::plan::{ColumnKind, Plan};
use crate::model::table::Tables;
use crate::model::value::CellRef;
use crate::model::verdict::{Figure, Filled, Finding, Form, Judged, Limit, Part};

use super::mask::Masks;
use super::page::Page;

impl Masks {
    /// A personal cell of a column of this kind. Only a text has a mask of its own: of numbers, days, codes, yes and no
    /// there are so few that what is alike would give them away.
    pub(super) fn mask_cell(&self, kind: ColumnKind, raw: &str) -> String {
        match kind {
            ColumnKind::Text => self.mask(raw),
            _ if raw.trim().is_empty() => String::new(),
            _ => SIGN.to_string(),
        }
    }
}

/// The key behind a masked one, as long as some row has it; anything else as it is.
pub fn unmasked(plan: &Plan, tables: &Tables, masks: &Masks, key: &str) -> String {
    if !key.starts_with(SIGN) {
        return key.to_string();
    }
    let personal = tables.tables.iter().enumerate().filter(|(table, _)| plan.has_personal_key(*table));
    let mut keys = personal.flat_map(|(_, table)| table.keys.iter());
    let clear = keys.find_map(|own| masks.after(key, own).filter(|codes| codes.is_empty() || codes.starts_with('-')).map(|codes| format!("{own}{codes}")));
    clear.unwrap_or_else(|| key.to_string())
}

impl Page<'_> {
    /// Whether anything of this plan has to be hidden at all.
    pub(super) fn hides(&self) -> bool {
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
            Some((own, codes)) => format!("{}{codes}", self.masks.mask(own)),
            None => self.masks.mask(key),
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

    /// The key that somebody typed, in clear where it was typed as a mask.
    pub fn clear_key(&self, typed: &str) -> String {
        unmasked(self.plan, self.tables, &self.masks, typed)
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
            Some(own) => format!("{}{}", self.masks.mask(own), &key[own.len()..]),
            None => self.masks.mask(key),
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
            Some(own) => format!("{}{}", self.masks.mask(own), &key[own.len()..]),
            None => key.to_string(),
        }
    }

    /// A row's name as it may be shown.
    pub(super) fn veil_name(&self, table: usize, row: u32, name: &Text) -> Text {
        if !self.hides() {
            return name.clone();
        }
        if self.hides_name(table) {
            return self.masks.mask(&self.plain_name(table, row).unwrap_or_else(|| name.zh.clone())).into();
        }
        let secrets = self.secrets(Some((table, row)));
        Text { en: scrub(&name.en, &secrets), zh: scrub(&name.zh, &secrets) }
    }

    /// Whether no way to be met may tell how much: it would give a figure that may not be shown.
    pub(super) fn hides_remedy(&self, finding: &Finding) -> bool {
        self.hides() && is_of_few(&finding.judged)
    }

    /// Everything personal in the row and in the rows above it with its mask, longest first.
    fn secrets(&self, own: Option<(usize, u32)>) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut waiting: Vec<(usize, u32)> = own.map(|(table, row)| self.whole_of(table, row)).into_iter().collect();
        let mut seen = std::collections::BTreeSet::new();
        while let Some((at, row)) = waiting.pop() {
            if !seen.insert((at, row)) {
                continue;
            }
            let (Some(def), Some(table)) = (self.plan.tables.get(at), self.tables.tables.get(at)) else { break };
            for column in (0..def.columns.len()).filter(|column| self.is_personal(at, *column)) {
                let raw = table.columns.get(column).and_then(|cells| cells.get(row as usize)).map(|cell| cell.raw.trim());
                found.extend(raw.map(|raw| (raw.to_string(), self.masks.mask_cell(def.columns[column].ty, raw))));
            }
            if self.hides_key(at) {
                found.extend(table.keys.get(row as usize).map(|key| (key.to_string(), self.masks.mask(key))));
            }
            let above = def.parents.iter().zip(&table.parents).filter_map(|(parent, rows)| Some((parent.table, *rows.get(row as usize)?)));
            waiting.extend(above);
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
                secrets.extend(cells.iter().map(|cell| cell.raw.trim()).filter(|raw| text.contains(raw)).map(|raw| (raw.to_string(), self.masks.mask_cell(kind, raw))));
            }
            secrets.extend(table.keys.iter().filter(|key| self.hides_key(at) && text.contains(&***key)).map(|key| (key.to_string(), self.masks.mask(key))));
        }
        hidden_by(secrets).iter().fold(text.to_string(), |text, (secret, mask)| apart(&text, secret, mask))
    }

    /// A text of the author with its holes filled, as it may be shown.
    pub(super) fn veil_text(&self, finding: &Finding, filled: &Filled) -> Text {
        if !self.hides() {
            return filled.text(|value, _| value.clone());
        }
        let secrets = self.secrets(finding.unit.table.map(|table| (table, finding.unit.row)));
        let hide = |value: &str, few: bool| if few { masked(value, &secrets) } else { scrub(value, &secrets) };
        filled.text(|value, few| Text { en: hide(&value.en, few), zh: hide(&value.zh, few) })
    }

    /// A judgement as it may be shown, its parts left to be veiled when they are shown. `asked` is the table of its unit.
    pub(super) fn veil(&self, judged: &Judged, asked: Option<usize>) -> Judged {
        let mut veiled = judged.clone();
        if !self.hides() {
            return veiled;
        }
        if judged.few.working {
            veiled.working = Vec::new();
            veiled.parts.retain(|part| !matches!(part, Part::ForEvery { .. }));
        }
        if judged.few.any() {
            self.veil_figures(&mut veiled, asked);
        }
        for part in &mut veiled.parts {
            if let Part::Branch { judged: Some(of), attainment, .. } = part
                && is_of_few(of)
            {
                *attainment = None;
            }
        }
        veil_members(&mut veiled.parts);
        self.by_place(&mut veiled);
        veiled
    }

    /// Rows of persons, and their cells, that stand in the order of keys: in that of their rows in the file instead.
    fn by_place(&self, veiled: &mut Judged) {
        let person = |part: &Part| match part {
            Part::Row { table, row, judged, .. } if is_of_few(judged) && self.hides_key(*table) => Some(self.whole_of(*table, *row).1),
            Part::Member { table, row, .. } if self.hides_key(*table) => Some(self.whole_of(*table, *row).1),
            _ => None,
        };
        for run in veiled.parts.chunk_by_mut(|one, other| person(one).is_some() && person(other).is_some()) {
            run.sort_by_key(person);
        }
        let of_person = |cell: &CellRef| self.hides_key(usize::from(cell.table)).then_some((cell.table, cell.row));
        for run in veiled.cells.chunk_by_mut(|one, other| of_person(one).is_some() && of_person(other).is_some()) {
            run.sort_by_key(of_person);
        }
    }

    /// Masks the figures of few, and what gives them by arithmetic.
    fn veil_figures(&self, veiled: &mut Judged, asked: Option<usize>) {
        let few = veiled.few;
        if few.value {
            veiled.value = self.veil_figure(&veiled.value, &veiled.cells);
            // How many rows stand there is the figure of a sentence about rows.
            if matches!(veiled.form, Form::Rows | Form::Share | Form::Count) {
                veiled.parts.retain(|part| !matches!(part, Part::Row { .. } | Part::Counts { .. }));
                veiled.cells.retain(|cell| self.is_at_hand(*cell, asked));
            }
        }
        if few.limit {
            veiled.limit = self.veil_limit(&veiled.limit, &veiled.cells);
        }
        veiled.parts.retain(|part| !matches!(part, Part::Share { .. } | Part::ForEvery { .. }));
        (veiled.margin, veiled.attainment, veiled.rounding_flips) = (None, None, false);
        veiled.working = Vec::new();
        // Of the rows that a masked figure is collected from, an open cell may hold just that figure.
        veiled.cells.retain(|cell| self.is_at_hand(*cell, asked) || self.is_personal(usize::from(cell.table), usize::from(cell.column)));
    }

    /// Whether a cell stands in the row asked or above it.
    fn is_at_hand(&self, cell: CellRef, asked: Option<usize>) -> bool {
        let (table, count) = (usize::from(cell.table), self.plan.tables.len());
        let of_split = |asked: usize| self.plan.tables[asked].split.as_ref().map(|split| split.of);
        asked.is_some_and(|asked| asked < count && (asked == table || of_split(asked) == Some(table) || self.plan.path_up(asked, table).is_some()))
    }

    /// A value: of a text with the mask by which it is known elsewhere.
    fn veil_figure(&self, value: &Figure, cells: &[CellRef]) -> Figure {
        match value {
            Figure::Text(text) if self.is_personal_text(&text.zh, cells) => Figure::Text(self.masks.mask(&text.zh).into()),
            Figure::Number { .. } | Figure::Spread { .. } | Figure::Real(_) | Figure::Text(_) | Figure::Date(_) => Figure::Text(SIGN.into()),
            Figure::Bounds { .. } | Figure::None => Figure::None,
        }
    }

    fn veil_limit(&self, limit: &Limit, cells: &[CellRef]) -> Limit {
        match limit {
            Limit::Number { op, .. } | Limit::Figure { op, .. } => Limit::Plain { op: *op, text: SIGN.into() },
            Limit::Plain { op, text } => Limit::Plain { op: *op, text: if self.is_personal_text(&text.zh, cells) { self.masks.mask(&text.zh).into() } else { SIGN.into() } },
            Limit::Between { .. } | Limit::OneOf { .. } => Limit::None,
            other => other.clone(),
        }
    }

    /// Whether a text is that of a personal column of texts: only then has it a mask of its own.
    fn is_personal_text(&self, text: &str, cells: &[CellRef]) -> bool {
        let is_text = |cell: &CellRef| self.plan.tables.get(usize::from(cell.table)).and_then(|table| table.columns.get(usize::from(cell.column))).is_some_and(|column| column.ty == ColumnKind::Text);
        let raw = |cell: &CellRef| self.tables.tables.get(usize::from(cell.table)).and_then(|table| table.columns.get(usize::from(cell.column))?.get(cell.row as usize)).map(|cell| cell.raw.trim());
        cells.iter().any(|cell| is_text(cell) && self.is_personal(usize::from(cell.table), usize::from(cell.column)) && raw(cell) == Some(text))
    }
}

/// Whether any figure of a judgement may not be shown.
pub(super) fn is_of_few(judged: &Judged) -> bool {
    let within = |part: &Part| match part {
        Part::Row { judged, .. } | Part::Step(judged) | Part::Operand(judged) | Part::Branch { judged: Some(judged), .. } | Part::Exception { judged: Some(judged), .. } => is_of_few(judged),
        Part::Member { few, .. } => *few,
        _ => false,
    };
    judged.few.any() || judged.parts.iter().any(within)
}

/// Leaves out the members that may not be shown. Where it is but one, the spread and the others would give it: then the
/// one with the next fewest persons goes too, or that which comes first by key.
fn veil_members(parts: &mut Vec<Part>) {
    let hidden = parts.iter().filter(|part| matches!(part, Part::Member { few: true, .. })).count();
    if hidden == 1 {
        let next = parts.iter_mut().filter_map(|part| match part {
            Part::Member { few: few @ false, persons, key, .. } => Some((*persons, key.clone(), few)),
            _ => None,
        });
        if let Some((.., few)) = next.min_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1))) {
            *few = true;
        }
    }
    parts.retain(|part| !matches!(part, Part::Member { few: true, .. }));
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
