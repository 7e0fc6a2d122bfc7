//! From what rule files say to what they mean: [`ast::File`]s in, a [`Plan`] and messages out.
//!
//! Names are resolved by their place, units and types settled, every mistake said with its place; what could not be
//! understood is left out of the plan and agrees with everything, so that one mistake is said once. A plan that comes
//! with an error is good for reading back, not for judging.

mod allow;
mod claim;
mod codes;
mod compare;
mod evidence;
mod direction;
mod exception;
mod expr;
mod grade;
mod index;
mod layers;
mod measure;
mod merge;
mod number;
mod order;
mod override_rule;
mod parameter;
mod rows;
mod rule;
mod scope;
mod share;
mod standing;
mod statistic;
mod strictness;
mod term;
mod table;
mod title;
mod unit;
mod unsaid;

use crate::base::{Span, TermKind, Text};
use crate::diag::Diagnostic;
use crate::model::ast::{self, ItemKind, Quoted};
use crate::model::plan::{PackInfo, Period, Plan, Titles};

use index::Index;
use measure::Work;
use parameter::period;

pub use standing::standing;

/// The meaning of all files of a pack together; `pack.heng` comes first.
pub fn check(files: &[ast::File]) -> (Plan, Vec<Diagnostic>) {
    let mut checker = Checker { lost: files.iter().flat_map(|file| &file.lost).map(|word| crate::base::fold(word)).collect(), ..Checker::default() };
    let items = || files.iter().flat_map(|file| &file.items);
    checker.packs(items());
    checker.refuse_idle_titles(items());
    checker.code_lists(items());
    checker.tables(items());
    checker.refuse_beneath_periods();
    checker.parameters(items());
    checker.waivers(items());
    checker.override_values(items());
    checker.declare_measures(items());
    checker.declare_rules(items());
    checker.finish_measures();
    checker.finish_rules();
    checker.override_rules(items());
    checker.exceptions(items());
    checker.refuse_fixed_terms();
    checker.waivers_of_nothing();
    checker.order_rules();
    checker.compare_layers();
    checker.allows(files);
    checker.finish()
}

#[derive(Default)]
struct Checker<'a> {
    plan: Plan,
    said: Vec<Diagnostic>,
    codes: Index,
    /// For each code list, its codes.
    code_names: Vec<Index>,
    tables: Index,
    /// For each table, its columns.
    columns: Vec<Index>,
    parameters: Index,
    /// For each table, its measures.
    measures: Vec<Index>,
    work: Vec<Work<'a>>,
    rules: Index,
    rule_items: Vec<(usize, &'a ast::Rule)>,
    /// For each rule, whether a part of it was not understood, so that nothing more can be said of it.
    doubtful: Vec<bool>,
    /// Words of what the parser could not understand, folded.
    lost: std::collections::BTreeSet<String>,
    /// How many names were looked up and not found, said or not.
    missed: usize,
    /// The id of the rule whose clauses are being read.
    rule_at_hand: Option<String>,
    /// How many things were met that are kept by periods.
    dated: usize,
    /// The kinds of periods by which the measure at hand is kept.
    needs: Option<TermKind>,
    /// Who is asked by the rule at hand, as a line.
    asking: Text,
    /// How deep the expression at hand is nested, measures opened.
    depth: usize,
    /// How deep anything beneath it is.
    deepest: usize,
    /// How many parts have been read, measures opened.
    parts: usize,
    /// The pack that the item at hand belongs to.
    pack_of: Vec<usize>,
    /// A pack extends one that is not here: what it may name cannot be known.
    baseless: bool,
    waivers: Vec<layers::Waived>,
}

impl<'a> Checker<'a> {
    fn say(&mut self, message: impl Into<Diagnostic>, span: Span, label: Text) {
        self.said.push(message.into().at(span, label));
    }

    /// Says that a name is not there; unless it may have been declared where something was not understood.
    fn miss(&mut self, message: impl Into<Diagnostic>, name: &ast::Name) {
        self.missed += 1;
        if !self.baseless && !self.lost.contains(&crate::base::fold(&name.text)) {
            self.say(message, name.span, unlabelled());
        }
    }

    fn packs(&mut self, items: impl Iterator<Item = &'a ast::Item>) {
        let mut bases = Vec::new();
        for item in items {
            if let ItemKind::Pack(pack) = &item.kind {
                let in_force = period(pack.in_force.as_ref());
                self.plan.packs.push(PackInfo {
                    id: pack.id.text.clone(),
                    version: pack.version.clone(),
                    titles: titles(&pack.id.text, &pack.titles),
                    authority: pack.authority.as_ref().map(|quoted| quoted.text.clone()),
                    document: pack.document.as_ref().map(|quoted| quoted.text.clone()),
                    in_force,
                    extends: None,
                });
                bases.push((pack.id.span, pack.extends.as_ref()));
                self.pack_of.push(item.span.source.0 as usize);
            }
        }
        if self.plan.packs.is_empty() {
            // Rules without a `pack` line are a pack of their own: a first try should not need one.
            self.plan.packs.push(PackInfo { id: "rules".into(), version: "0".into(), titles: titles("rules", &[]), authority: None, document: None, in_force: Period::default(), extends: None });
            self.pack_of.push(0);
        }
        self.bases(&bases);
    }

    /// The pack that a place belongs to: the last whose file does not come after it.
    fn pack_at(&self, span: Span) -> usize {
        self.pack_of.iter().rposition(|first| *first <= span.source.0 as usize).unwrap_or(0)
    }

    fn finish(mut self) -> (Plan, Vec<Diagnostic>) {
        self.said.sort_by_key(|said| said.place().map(|at| (at.source, at.start)));
        self.said.dedup();
        (self.plan, self.said)
    }
}

/// An id with its titles: the first with letters beyond ASCII is the Chinese one, the first other is the English one.
fn titles(id: &str, quoted: &[Quoted]) -> Titles {
    let find = |zh: bool| quoted.iter().map(|title| title.text.as_str()).find(|title| title.is_ascii() != zh).map(str::to_string);
    Titles { id: id.to_string(), en: find(false), zh: find(true) }
}

/// No words beside the underline.
fn unlabelled() -> Text {
    Text::default()
}
