//! Rules, measures and standards clause by clause: for those who compare what two plans say.

use crate::base::Text;
use crate::model::plan::{Constant, ParameterDef, ParameterKey, Period, Plan};

use super::phrase::Reader;
use super::{clause, layers, name, number, require, term, who};

/// What one rule asks, clause by clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clauses {
    /// Who is asked.
    pub asked: Text,
    pub when: Option<Text>,
    pub require: Vec<Text>,
    /// The period asked, its grades, its layers and its exceptions, a line each.
    pub further: Vec<Text>,
}

/// The values of one standard: each key in words, blank where it has none, with its values in time.
pub type Standard = Vec<(Text, Vec<(Period, Text)>)>;

/// One for each rule of the plan, in its order.
pub fn clauses(plan: &Plan) -> Vec<Clauses> {
    let of = |at: usize| {
        let rule = &plan.rules[at];
        let reader = Reader { plan, row: rule.at.table, bounds: true };
        let bare = |text: Text| Text::new(text.en.trim().trim_end_matches('.'), text.zh.trim().trim_end_matches('。'));
        Clauses {
            asked: who::asked(reader, rule).into_iter().next().map(bare).unwrap_or_default(),
            when: rule.when.as_ref().map(|when| clause::clause(reader, when)),
            further: term::asked(rule).into_iter().chain(require::graded_lines(reader, rule)).chain(layers::lines(reader, rule)).map(bare).collect(),
            require: rule.require.iter().map(|node| clause::clause(reader, node)).collect(),
        }
    };
    (0..plan.rules.len()).map(of).collect()
}

/// How each measure of the plan is reckoned, in its order.
pub fn measures(plan: &Plan) -> Vec<Text> {
    plan.measures.iter().map(|measure| super::node(plan, &measure.body)).collect()
}

/// One for each standard of the plan, in its order.
pub fn standards(plan: &Plan) -> Vec<Standard> {
    plan.parameters.iter().map(|parameter| standard(plan, parameter)).collect()
}

fn standard(plan: &Plan, parameter: &ParameterDef) -> Standard {
    let reader = Reader { plan, row: None, bounds: false };
    let mut made: Standard = Vec::new();
    let mut add = |key: Text, period: Period, value: &Constant| {
        let value = number::constant(value, &parameter.ty);
        match made.iter_mut().find(|(known, _)| *known == key) {
            Some((_, dated)) => dated.push((period, value)),
            None => made.push((key, vec![(period, value)])),
        }
    };
    for dated in &parameter.dated {
        for (keys, value) in &dated.values {
            let list = |by: &ParameterKey| if let ParameterKey::Codes(list) = by { Some(*list) } else { None };
            let words: Vec<Text> = parameter.by.iter().zip(keys).map(|(by, key)| name::key(reader, list(by), key)).collect();
            add(Text::join(&words, ", ", "、"), dated.period, value);
        }
        if let Some(value) = &dated.otherwise {
            add(Text::new("otherwise", "其余"), dated.period, value);
        }
    }
    made
}
