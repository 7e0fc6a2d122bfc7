//! Clauses: each read alone and put into the item that it belongs to.

use crate::base::fold::half_width_text;
use crate::base::Number;
use crate::diag::catalog as say;
use crate::model::ast::{BlankMeans, Code, Column, ColumnType, Constant, Dated, Each, Grade, GradeLine, ItemKind, Meaning, Own, Parent, Part, Quoted, Template, Valued, Window};
use crate::model::when::When;
use crate::model::word;

use super::cut::Piece;
use super::grammar::Rule;
use super::rules;
use super::term::term_kind;
use super::token::{Build, Kids, Made, Node, has, kids};

/// Clauses that an item has at most once.
pub fn single(rule: Rule) -> bool {
    use Rule::{approved, authority, called, checked, counted_in, definition, document, evidence_for, exempt, extends, filed_by, for_each, in_force, message, period, priority, remedy, show, when, withdrawn};
    matches!(
        rule,
        authority | document | in_force | called | counted_in | filed_by | evidence_for | period | checked | for_each | when | message | remedy | show | definition | extends | approved | exempt | priority | withdrawn
    )
}

impl<'t> Build<'t> {
    /// Puts a clause into its item. Errors: the clause does not belong there, or holds something impossible.
    pub fn clause(&self, item: &mut ItemKind, node: Node<'t>) -> Made<()> {
        let rule = node.as_rule();
        let parts = kids(node.clone());
        let known = match item {
            ItemKind::Pack(pack) => self.pack_clause(pack, rule, parts, &node)?,
            ItemKind::Codes(codes) if rule == Rule::code => {
                codes.codes.push(self.code(parts)?);
                true
            }
            ItemKind::Codes(_) => false,
            ItemKind::Table(table) => self.table_clause(table, rule, parts, &node)?,
            ItemKind::Split(split) => self.split_clause(split, rule, parts, &node)?,
            ItemKind::Parameter(parameter) => self.parameter_clause(parameter, rule, parts, &node)?,
            ItemKind::Measure(measure) => self.measure_clause(measure, rule, parts, &node)?,
            ItemKind::Rule(ruling) => self.rule_clause(ruling, rule, parts, &node)?,
            ItemKind::Override(layer) => self.override_clause(layer, rule, parts, &node)?,
            ItemKind::Waiver(waiver) => self.waiver_clause(waiver, rule, parts)?,
            ItemKind::Exception(exception) => self.exception_clause(exception, rule, parts, &node)?,
        };
        if known { Ok(()) } else { Err(self.misplaced(item, &node)) }
    }

    fn misplaced(&self, item: &ItemKind, node: &Node<'t>) -> Box<crate::diag::Diagnostic> {
        let id = match item {
            ItemKind::Pack(_) => "i_pack",
            ItemKind::Codes(_) => "i_codes",
            ItemKind::Table(_) => "i_table",
            ItemKind::Split(_) => "i_split",
            ItemKind::Parameter(_) => "i_parameter",
            ItemKind::Measure(_) => "i_measure",
            ItemKind::Rule(_) => "i_rule",
            ItemKind::Override(_) => "i_override",
            ItemKind::Waiver(_) => "i_waiver",
            ItemKind::Exception(_) => "i_exception",
        };
        let span = self.span(node);
        let words = super::fault::clause_words(self.slice(span));
        let span = crate::base::Span { end: span.start + u32::try_from(words.len()).unwrap_or(0), ..span };
        let text = |id: &str| word::word(id).map(word::Word::text).unwrap_or_default();
        self.fault(say::Misplaced { word: words.into(), item: text(id), home: text(home(node.as_rule())) }, span)
    }

    fn quoted(&self, parts: &mut Kids<'t>) -> Made<Quoted> {
        Ok(self.text(&parts.next(self)?))
    }

    /// A text with its holes. Errors: a brace alone, nothing between two, or what is no value.
    fn template(&self, node: &Node<'t>) -> Made<Template> {
        const BRACES: [char; 4] = ['{', '}', '｛', '｝'];
        let words = self.text(node);
        let (begin, whole) = (words.span.start as usize, self.slice(words.span));
        let open = || self.fault(say::HoleOpen { words: words.text.as_str().into() }, words.span);
        let mut holes = Vec::new();
        let mut at = 0;
        while let Some((from, brace)) = whole[at..].char_indices().find(|(_, c)| BRACES.contains(c)).map(|(found, brace)| (at + found, brace)) {
            let inner = from + brace.len_utf8();
            let close = whole[inner..].char_indices().find(|(_, c)| BRACES.contains(c)).filter(|(_, c)| matches!(c, '}' | '｝'));
            let Some((length, close)) = close.filter(|(length, _)| matches!(brace, '{' | '｛') && !whole[inner..inner + length].trim().is_empty() && !whole[inner..inner + length].contains(['#', '＃'])) else { return Err(open()) };
            let piece = Piece { at: begin + inner, text: &whole[inner..inner + length] };
            // What stands in a text is read on whatever thread the clause is.
            if super::guard::guard(&self.places, piece)? > super::SHALLOW {
                return Err(self.fault(say::TooDeep { most: super::SHALLOW.into() }, words.span));
            }
            let tree = super::read(piece.text, Rule::one_hole).map_err(|error| Box::new(super::fault::not_understood(&self.places, piece, &error)))?;
            at = inner + length + close.len_utf8();
            let value = Build { at: piece.at, ..*self }.logic(tree)?;
            holes.push((self.places.span(begin + from, begin + at), value));
        }
        Ok(Template { words, holes })
    }

    fn pack_clause(&self, pack: &mut crate::model::ast::Pack, rule: Rule, mut parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::extends => pack.extends = Some(self.extends(parts, node)?),
            Rule::authority => pack.authority = Some(self.quoted(&mut parts)?),
            Rule::document => pack.document = Some(self.quoted(&mut parts)?),
            Rule::in_force => pack.in_force = Some(self.in_force(parts)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub fn in_force(&self, mut parts: Kids<'t>) -> Made<Window> {
        let window = parts.next(self)?;
        let made = self.window(&window)?;
        if made.from.is_none() && made.to.is_none() { Err(self.gap(&window)) } else { Ok(made) }
    }

    /// `from D to D`: the dates that stand in a node, told apart by the words before them.
    fn window(&self, node: &Node<'t>) -> Made<Window> {
        let mut window = Window { from: None, to: None, span: self.span(node) };
        let mut ending = false;
        if let (Some(first), Some(last)) = (node.clone().into_inner().find(|part| part.as_rule() == Rule::date), node.clone().into_inner().filter(|part| part.as_rule() == Rule::date).last()) {
            window.span = self.span(&first).to(self.span(&last));
        }
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::k_to => ending = true,
                Rule::date if ending => window.to = Some(self.date(&part)?),
                Rule::date => window.from = Some(self.date(&part)?),
                _ => {}
            }
        }
        match (window.from, window.to) {
            (Some(from), Some(to)) if to < from => Err(self.fault(say::TurnedDates { from: from.into(), to: to.into() }, window.span)),
            _ => Ok(window),
        }
    }

    fn code(&self, mut parts: Kids<'t>) -> Made<Code> {
        let id = self.name(&parts.next(self)?);
        let titles = self.titles(&mut parts);
        let numbers = parts.all(Rule::code_number).iter().map(|number| half_width_text(number.as_str())).collect();
        Ok(Code { id, titles, numbers })
    }

    fn table_clause(&self, table: &mut crate::model::ast::Table, rule: Rule, mut parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::key => match parts.take(Rule::key_of) {
                Some(names) => table.key_of.extend(kids(names).all(Rule::name).iter().map(|name| self.name(name))),
                None => table.keys.push(self.column(parts, node)?),
            },
            Rule::column => table.columns.push(self.column(parts, node)?),
            Rule::parent => table.parents.push(self.parent(parts, node)?),
            Rule::called => table.called = Some(self.name(&parts.next(self)?)),
            Rule::counted_in => table.counted_in = Some(self.unit(parts.next(self)?)?),
            Rule::filed_by => {
                table.filed_by = Some(self.name(&parts.next(self)?));
                table.filed_as = parts.take(Rule::by_role).map(|role| Ok::<_, Box<crate::diag::Diagnostic>>(self.name(&kids(role).next(self)?))).transpose()?;
            }
            Rule::evidence_for => table.evidence = Some(self.evidence_columns(node)?),
            Rule::period => table.period = Some(self.column(parts, node)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn column(&self, mut parts: Kids<'t>, node: &Node<'t>) -> Made<Column> {
        let id = self.name(&parts.next(self)?);
        let titles = self.titles(&mut parts);
        let ty = self.column_type(parts.next(self)?)?;
        let mut column = Column { id, titles, ty, blank_means: None, personal: false, open: false, between: None, negative: false, span: self.span(node) };
        let mut said: Vec<(Rule, crate::base::Span)> = Vec::new();
        for note in parts.rest() {
            let (rule, place) = (note.as_rule(), self.span(&note));
            if let Some((_, first)) = said.iter().find(|(known, _)| *known == rule) {
                return Err(super::fault::note_twice(self, place, *first));
            }
            said.push((rule, place));
            match rule {
                Rule::personal => column.personal = true,
                Rule::open => column.open = true,
                Rule::may_be_negative => column.negative = true,
                Rule::blank_means => column.blank_means = Some(self.blank_means(note)?),
                _ => {
                    let mut ends = kids(note);
                    column.between = Some((self.quantity(ends.next(self)?)?, self.quantity(ends.next(self)?)?));
                }
            }
        }
        Ok(column)
    }

    fn blank_means(&self, note: Node<'t>) -> Made<BlankMeans> {
        let span = self.span(&note);
        let means = kids(note).next(self)?;
        let means = match means.as_rule() {
            Rule::truth => Meaning::Truth(has(&means, Rule::v_yes)),
            Rule::name => Meaning::Code(self.name(&means)),
            _ => Meaning::Number(self.quantity(means)?.number),
        };
        Ok(BlankMeans { means, span })
    }

    fn column_type(&self, node: Node<'t>) -> Made<ColumnType> {
        let rule = node.as_rule();
        // The word of a type comes first; what follows is its unit or its list.
        let mut parts = kids(node);
        let word = parts.next(self)?;
        Ok(match rule {
            Rule::whole => ColumnType::Whole(self.in_unit(&mut parts)?),
            Rule::fraction_type => ColumnType::Fraction,
            Rule::number_type => ColumnType::Number(self.in_unit(&mut parts)?),
            Rule::yes_no => ColumnType::YesNo,
            Rule::ym_type => ColumnType::YearMonth,
            Rule::date_type => ColumnType::Date,
            Rule::text_type => ColumnType::Text,
            Rule::term_type => ColumnType::Term(term_kind(&word)),
            _ => ColumnType::OneOf(self.name(&parts.next(self)?)),
        })
    }

    fn parent(&self, mut parts: Kids<'t>, node: &Node<'t>) -> Made<Parent> {
        let [table, column] = [parts.next(self)?, parts.next(self)?].map(|name| self.name(&name));
        let titles = self.titles(&mut parts);
        let role = parts.take(Rule::role).map(|role| self.name(&role));
        Ok(Parent { table, column, titles, role, optional: has(node, Rule::k_may_be_blank), open: has(node, Rule::k_open), span: self.span(node) })
    }

    fn split_clause(&self, split: &mut crate::model::ast::Split, rule: Rule, mut parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::part => split.parts.push(self.part(parts, node)?),
            Rule::shared => split.shared.extend(parts.all(Rule::name).iter().map(|name| self.name(name))),
            Rule::own => split.own.push(Own {
                id: self.name(&parts.next(self)?),
                titles: self.titles(&mut parts),
                columns: parts.rest().map(|own| self.own_of(own)).collect::<Made<_>>()?,
                span: self.span(node),
            }),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn part(&self, mut parts: Kids<'t>, node: &Node<'t>) -> Made<Part> {
        let code = self.name(&parts.next(self)?);
        let titles = self.titles(&mut parts);
        let pupils = self.name(&parts.next(self)?);
        let share: Number = self.number(&parts.next(self)?)?;
        Ok(Part { code, titles, pupils, share, span: self.span(node) })
    }

    fn own_of(&self, node: Node<'t>) -> Made<(crate::model::ast::Name, crate::model::ast::Name)> {
        let mut parts = kids(node);
        Ok((self.name(&parts.next(self)?), self.name(&parts.next(self)?)))
    }

    pub fn parameter_clause(&self, parameter: &mut crate::model::ast::Parameter, rule: Rule, mut parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::dated => parameter.dated.push(self.dated(parts, node)?),
            Rule::checked => {
                let date = parts.next(self)?;
                parameter.checked_up_to = Some((self.date(&date)?, self.span(&date)));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn dated(&self, mut parts: Kids<'t>, node: &Node<'t>) -> Made<Dated> {
        let window = self.window(node)?;
        let dates = parts.all(Rule::date);
        let span = dates.first().zip(dates.last()).map_or(window.span, |(first, last)| self.span(first).to(self.span(last)));
        let values = parts.all(Rule::valued).into_iter().map(|valued| self.valued(valued)).collect::<Made<_>>()?;
        let source = parts.take(Rule::source).map(|source| self.quoted(&mut kids(source))).transpose()?;
        Ok(Dated { window: Window { span, ..window }, values, source, span: self.span(node) })
    }

    fn valued(&self, node: Node<'t>) -> Made<Valued> {
        let span = self.span(&node);
        let mut parts: Vec<Node> = kids(node.clone()).rest().collect();
        let constant = parts.pop().ok_or_else(|| self.gap(&node))?;
        let keys = parts.iter().map(|key| self.case_key(key)).collect();
        Ok(Valued { keys, value: self.constant(kids(constant).next(self)?)?, span })
    }

    fn constant(&self, node: Node<'t>) -> Made<Constant> {
        let span = self.span(&node);
        Ok(match node.as_rule() {
            Rule::date => Constant::Date(self.date(&node)?, span),
            // What follows `no` is no name of a row that there is none of, but the source.
            Rule::v_yes => Constant::Truth(true, span),
            Rule::v_no => Constant::Truth(false, span),
            _ => Constant::Quantity(self.quantity(node)?),
        })
    }

    fn measure_clause(&self, measure: &mut crate::model::ast::Measure, rule: Rule, mut parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::definition if measure.body.is_some() => return Err(self.fault(say::Duplicate { word: "=".into() }, self.span(node))),
            Rule::definition => measure.body = Some(self.body(parts.next(self)?)?),
            Rule::show => measure.show = Some(self.decimals(&parts.next(self)?)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub fn rule_clause(&self, ruling: &mut crate::model::ast::Rule, rule: Rule, mut parts: Kids<'t>, node: &Node<'t>) -> Made<bool> {
        match rule {
            Rule::cites => ruling.cites.extend(parts.all(Rule::text).iter().map(|text| self.text(text))),
            Rule::for_each => self.for_each(ruling, parts)?,
            Rule::when => ruling.when = Some(self.body(parts.next(self)?)?),
            Rule::require => {
                let first = self.body(parts.next(self)?)?;
                match parts.more() {
                    // The first was the condition: 学段 为 小学 时，班额 不超过 45.
                    Some(asked) => {
                        ruling.when = Some(first);
                        ruling.require.push(self.body(asked)?);
                    }
                    None => ruling.require.push(first),
                }
            }
            Rule::grade => ruling.grades.push(GradeLine { grade: rules::grade(node).unwrap_or(Grade::NotQualified), when: parts.take(Rule::body).map(|body| self.body(body)).transpose()?, span: self.span(node) }),
            Rule::message => ruling.message = Some(self.template(&parts.next(self)?)?),
            Rule::remedy => ruling.remedy = Some(self.template(&parts.next(self)?)?),
            Rule::show => ruling.show = Some(self.decimals(&parts.next(self)?)?),
            Rule::in_force => ruling.in_force = Some(self.in_force(parts)?),
            Rule::withdrawn => ruling.withdrawn = Some(self.withdrawn(parts, node)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Who is asked; with the period, where it stands beside the table.
    pub fn each(&self, node: Node<'t>) -> Made<(Each, Option<When>)> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let (rows, when) = self.population_of_term(parts.next(self)?)?;
        let only = parts.take(Rule::only).map(|only| kids(only).all(Rule::name).iter().map(|name| self.name(name)).collect());
        Ok((Each { rows, only, span }, when))
    }
}

/// The item to which a clause belongs, where it belongs to one kind alone or to one kind mostly.
fn home(of: Rule) -> &'static str {
    match of {
        Rule::authority | Rule::document | Rule::extends => "i_pack",
        Rule::approved => "i_waiver",
        Rule::exempt | Rule::priority => "i_exception",
        Rule::key | Rule::column | Rule::parent | Rule::called | Rule::counted_in | Rule::filed_by | Rule::evidence_for | Rule::period => "i_table",
        Rule::part | Rule::shared | Rule::own => "i_split",
        Rule::dated | Rule::checked => "i_parameter",
        Rule::definition => "i_measure",
        Rule::code => "i_codes",
        _ => "i_rule",
    }
}
