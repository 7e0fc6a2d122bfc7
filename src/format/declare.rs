//! Heads of items, and the clauses that declare something. Each is given as its word and the rest.

use crate::base::Span;
use crate::model::ast::{Allow, Codes, Column, ColumnType, Constant, Dated, EvidenceColumns, Exception, Item, ItemKind, Meaning, Measure, Name, Override, Pack, Parameter, RuleKind, Split, Table, UnitExpr, Valued};
use crate::model::line::clause_word;

use super::term::term_word;
use super::write::Writer;

/// A clause: its word, and what follows it.
pub type Clause = (String, String);

impl Writer<'_> {
    pub fn head(&self, item: &Item) -> Clause {
        let (word, rest) = match &item.kind {
            ItemKind::Pack(pack) => ("i_pack", format!("{} {}{}", self.id(&pack.id), pack.version, self.titles(&pack.titles))),
            ItemKind::Codes(codes) => {
                let ordered = if codes.best_first { format!(" {}", self.word("k_best_first")) } else { String::new() };
                ("i_codes", format!("{}{}{ordered}", self.id(&codes.id), self.titles(&codes.titles)))
            }
            ItemKind::Table(table) => ("i_table", format!("{}{}", self.id(&table.id), self.titles(&table.titles))),
            ItemKind::Split(split) => ("i_split", self.split_head(split)),
            ItemKind::Parameter(parameter) => ("i_parameter", self.parameter_head(parameter)),
            ItemKind::Measure(measure) => ("i_measure", self.measure_head(measure, item.span)),
            ItemKind::Rule(rule) => {
                let word = match rule.kind {
                    RuleKind::Rule => "i_rule",
                    RuleKind::Veto => "i_veto",
                    RuleKind::Advice => "i_advice",
                    RuleKind::Level => "i_level",
                };
                let after = rule.after.as_ref().map_or_else(String::new, |after| format!("{}{} {}", self.pick(" ", "，"), self.word("k_after"), self.id(after)));
                (word, format!("{}{}{after}", self.id(&rule.id), self.titles(&rule.titles)))
            }
            ItemKind::Override(layer) => ("i_override", self.override_head(layer)),
            ItemKind::Waiver(waiver) => ("i_waiver", format!("{}{}", self.name(&waiver.of), self.titles(&waiver.titles))),
            ItemKind::Exception(exception) => ("i_exception", self.exception_head(exception)),
        };
        (self.word(word).to_string(), rest)
    }

    fn split_head(&self, split: &Split) -> String {
        // What it goes by names a column of the parts, and the codes name the parts.
        let (table, into, by) = (self.name(&split.table), self.id(&split.into), self.id(&split.by));
        format!("{table} {} {into} {} {by}{}", self.word("k_into"), self.word("k_by"), self.titles(&split.titles))
    }

    fn parameter_head(&self, parameter: &Parameter) -> String {
        let by = if parameter.by.is_empty() { String::new() } else { format!("{}{} {}", self.pick(" ", "，"), self.word("k_by"), self.names(&parameter.by)) };
        format!("{}{}{by}{}", self.id(&parameter.id), self.titles(&parameter.titles), self.in_unit(parameter.unit.as_ref()))
    }

    /// A definition on the line of its head stays there.
    fn measure_head(&self, measure: &Measure, span: Span) -> String {
        let head = format!("{}{} {} {}{}", self.id(&measure.id), self.titles(&measure.titles), self.word("k_measured"), self.name(&measure.of), self.in_unit(measure.unit.as_ref()));
        match measure.body.as_ref().filter(|body| span.holds(body.span)) {
            Some(body) => format!("{head} = {}", self.body(body)),
            None => head,
        }
    }

    pub fn in_unit(&self, unit: Option<&UnitExpr>) -> String {
        unit.map_or_else(String::new, |unit| format!("{}{} {}", self.pick(" ", "，"), self.word("k_in_unit"), self.unit(unit)))
    }

    /// The clauses of an item that stand in a stretch: 学段 为 小学 时，班额 不超过 45 is two of them.
    pub fn clauses(&self, item: &Item, span: Span) -> Option<Vec<Clause>> {
        let clause = self.clause(item, span)?;
        let when = match &item.kind {
            ItemKind::Rule(rule) | ItemKind::Exception(Exception { ruling: rule, .. }) | ItemKind::Override(Override { ruling: rule, .. }) if clause_word(self.slice(span)) == Some("c_require") => rule.when.as_ref().filter(|when| span.holds(when.span)).and_then(|_| self.rule_clause(rule, "c_when", span)),
            _ => None,
        };
        Some(when.into_iter().chain([clause]).collect())
    }

    /// The clause of an item that stands in a stretch. `None` if nothing there is known.
    fn clause(&self, item: &Item, span: Span) -> Option<Clause> {
        let id = clause_word(self.slice(span));
        if let Some(allow) = item.allows.iter().find(|allow| span.holds(allow.span)) {
            return Some(self.allow(allow));
        }
        match &item.kind {
            ItemKind::Codes(codes) => self.code(codes, span),
            ItemKind::Measure(measure) if self.slice(span).starts_with(['=', '＝']) => Some((String::new(), format!("= {}", self.body(measure.body.as_ref()?)))),
            ItemKind::Pack(pack) => self.pack_clause(pack, id?),
            ItemKind::Table(table) => self.table_clause(table, id?, span),
            ItemKind::Split(split) => self.split_clause(split, id?, span),
            ItemKind::Parameter(parameter) => self.parameter_clause(parameter, id?, span),
            ItemKind::Measure(measure) => measure.show.filter(|_| id == Some("c_show")).map(|show| self.show(show)),
            ItemKind::Rule(rule) => self.rule_clause(rule, id?, span),
            ItemKind::Override(layer) => self.override_clause(layer, id?, span),
            ItemKind::Waiver(waiver) => self.waiver_clause(waiver, id?),
            ItemKind::Exception(exception) => self.exception_clause(exception, id?, span),
        }
    }

    /// A clause that Chinese writes with a colon.
    pub fn said(&self, id: &str, rest: String) -> Clause {
        (format!("{}{}", self.word(id), self.pick("", "：")), rest)
    }

    fn allow(&self, allow: &Allow) -> Clause {
        self.said("c_allow", format!("{} {} {} {}", allow.code, self.word("k_until_day"), self.date(allow.until), self.text(&allow.reason)))
    }

    fn plain(&self, id: &str, rest: String) -> Clause {
        (self.word(id).to_string(), rest)
    }

    pub fn show(&self, decimals: u32) -> Clause {
        self.said("c_show", format!("{decimals} {}", self.word("k_decimals")))
    }

    fn pack_clause(&self, pack: &Pack, id: &str) -> Option<Clause> {
        Some(match id {
            "c_extends" => pack.extends.as_ref().map(|base| self.said(id, format!("{} {}", base.id.text, base.version)))?,
            "c_authority" => self.said(id, self.text(pack.authority.as_ref()?)),
            "c_document" => self.said(id, self.text(pack.document.as_ref()?)),
            _ => self.said("c_in_force", self.window(pack.in_force.as_ref()?)),
        })
    }

    fn code(&self, codes: &Codes, span: Span) -> Option<Clause> {
        let code = codes.codes.iter().find(|code| span.holds(code.id.span))?;
        let numbers = if code.numbers.is_empty() { String::new() } else { format!("{}{}", self.mark(), code.numbers.join(", ")) };
        let titles = self.titles(&code.titles).replacen(' ', &self.mark().to_string(), 1);
        Some((String::new(), format!("{}{titles}{numbers}", self.id(&code.id))))
    }

    fn table_clause(&self, table: &Table, id: &str, span: Span) -> Option<Clause> {
        let within = |column: &&Column| span.holds(column.span);
        Some(match id {
            "c_key" => {
                let named: Vec<Name> = table.key_of.iter().filter(|name| span.holds(name.span)).cloned().collect();
                self.plain(id, if named.is_empty() { self.column(table.keys.iter().find(within)?) } else { self.names(&named) })
            }
            "c_period" => self.plain(id, self.column(table.period.as_ref()?)),
            "c_column" => self.plain(id, self.column(table.columns.iter().find(within)?)),
            "c_parent" => {
                let parent = table.parents.iter().find(|parent| span.holds(parent.span))?;
                let role = parent.role.as_ref().map_or_else(String::new, |role| format!(" {} {}", self.word("k_as"), self.id(role)));
                let by = format!("{}{}", self.pick(" ", "，"), self.word("k_by"));
                let blank = if parent.optional { format!("{}{}", self.pick(", ", "，"), self.word("k_may_be_blank")) } else { String::new() };
                let open = if parent.open { format!("{}{}", self.pick(", ", "，"), self.word("k_open")) } else { String::new() };
                self.plain(id, format!("{}{by} {}{}{role}{blank}{open}", self.name(&parent.table), self.id(&parent.column), self.titles(&parent.titles)))
            }
            "c_evidence" => self.plain(id, self.evidence_columns(table.evidence.as_ref()?)),
            "c_called" => self.plain(id, self.name(table.called.as_ref()?)),
            "c_counted_in" => self.plain(id, self.unit(table.counted_in.as_ref()?)),
            "c_filed_by" => {
                let role = table.filed_as.as_ref().map_or_else(String::new, |role| format!(" {} {}", self.word("k_as"), self.id(role)));
                let by = format!("{}{role}", self.name(table.filed_by.as_ref()?));
                if self.is_zh() { self.plain("k_each", format!("{by} {}", self.word("k_filed_zh"))) } else { self.plain(id, by) }
            }
            _ => return None,
        })
    }

    fn evidence_columns(&self, columns: &EvidenceColumns) -> String {
        let named = |word: &str, name: &Name| format!("{} {}", self.word(word), self.name(name));
        let mut parts = vec![self.name(&columns.rule)];
        parts.extend(columns.issued.as_ref().map(|name| named("k_issued", name)));
        parts.extend(columns.until.as_ref().map(|name| named("k_until", name)));
        parts.push(named("k_found", &columns.found));
        parts.join(self.pick(", ", "，"))
    }

    fn column(&self, column: &Column) -> String {
        let ty = match &column.ty {
            ColumnType::Whole(unit) => format!("{}{}", self.word("t_whole"), self.in_unit(unit.as_ref())),
            ColumnType::Number(unit) => format!("{}{}", self.word("t_number"), self.in_unit(unit.as_ref())),
            ColumnType::Fraction => format!("{}{}{}", self.word("t_number"), self.pick(" ", "，"), self.word("k_as_fraction")),
            ColumnType::Text => self.word("t_text").to_string(),
            ColumnType::YesNo => self.word("t_yes_no").to_string(),
            ColumnType::Date => self.word("t_date").to_string(),
            ColumnType::YearMonth => self.word("t_ym").to_string(),
            ColumnType::Term(kind) => self.word(term_word(*kind)).to_string(),
            ColumnType::OneOf(codes) => format!("{} {}", self.word("t_one_of"), self.name(codes)),
        };
        let mut notes = vec![format!("{}{}{}{ty}", self.id(&column.id), self.titles(&column.titles), self.mark())];
        notes.extend(column.blank_means.as_ref().map(|blank| format!("{} {} {}", self.word("k_blank"), self.word("k_means"), self.meaning(&blank.means))));
        notes.extend(column.personal.then(|| self.word("k_personal").to_string()));
        notes.extend(column.open.then(|| self.word("k_open").to_string()));
        notes.extend(column.between.as_ref().map(|(low, high)| self.between(&self.quantity(low), &self.quantity(high))));
        notes.extend(column.negative.then(|| self.word("k_may_be_negative").to_string()));
        notes.join(self.pick(", ", "，"))
    }

    fn meaning(&self, means: &Meaning) -> String {
        match means {
            Meaning::Number(number) => number.plain(12),
            Meaning::Truth(truth) => self.word(if *truth { "v_yes" } else { "v_no" }).to_string(),
            Meaning::Code(code) => self.name(code),
        }
    }

    pub fn between(&self, low: &str, high: &str) -> String {
        let end = self.pick(String::new(), format!(" {}", self.word("k_between_end")));
        format!("{} {low} {} {high}{end}", self.word("k_between"), self.word("k_between_and"))
    }

    fn split_clause(&self, split: &Split, id: &str, span: Span) -> Option<Clause> {
        Some(match id {
            "c_part" => {
                let part = split.parts.iter().find(|part| span.holds(part.span))?;
                let share = part.share.plain(12);
                let pupils = format!("{} {}", self.word("k_pupils"), self.name(&part.pupils));
                self.plain(id, format!("{}{} {pupils} {} {share}", self.id(&part.code), self.titles(&part.titles), self.word("k_share")))
            }
            "c_shared" => {
                let here: Vec<_> = split.shared.iter().filter(|name| span.holds(name.span)).cloned().collect();
                self.plain(id, self.names(&here))
            }
            _ => {
                let own = split.own.iter().find(|own| span.holds(own.span))?;
                let columns: Vec<String> = own.columns.iter().map(|(code, column)| format!("{} {}", self.name(code), self.name(column))).collect();
                self.plain("c_own", format!("{}{} {}", self.id(&own.id), self.titles(&own.titles), self.list(&columns, "，")))
            }
        })
    }

    pub fn parameter_clause(&self, parameter: &Parameter, id: &str, span: Span) -> Option<Clause> {
        if id == "c_checked" {
            return parameter.checked_up_to.map(|(date, _)| self.plain(id, self.date(date)));
        }
        let dated = parameter.dated.iter().find(|dated| span.holds(dated.span))?;
        Some(self.plain("c_from", self.dated(dated)))
    }

    fn dated(&self, dated: &Dated) -> String {
        let from = dated.window.from.map_or_else(String::new, |from| self.date(from));
        let to = dated.window.to.map_or_else(String::new, |to| format!(" {} {}", self.word("k_to"), self.date(to)));
        let values: Vec<String> = dated.values.iter().map(|value| self.valued(value)).collect();
        let source = dated.source.as_ref().map_or_else(String::new, |source| format!("  {} {}", self.word("k_source"), self.text(source)));
        format!("{from}{to}  {}{source}", self.list(&values, "，"))
    }

    fn valued(&self, valued: &Valued) -> String {
        let value = match &valued.value {
            Constant::Quantity(quantity) => self.quantity(quantity),
            Constant::Date(date, _) => self.date(*date),
            Constant::Truth(truth, _) => self.word(if *truth { "v_yes" } else { "v_no" }).to_string(),
        };
        valued.keys.iter().map(|key| self.case_key(key)).chain([value]).collect::<Vec<_>>().join(" ")
    }
}
