//! Standards of two plans: whether they say the same, and one plan's rules with the other's values.

use crate::model::plan::{DatedDef, Key, ParameterDef, ParameterKey, Plan};

/// The rules of one plan with the values of the other's standards, where both have a standard of that name and shape.
pub fn mixed(rules: &Plan, values: &Plan) -> Plan {
    let mut plan = rules.clone();
    for parameter in &mut plan.parameters {
        let taken = standard(values, parameter, rules).map(|other| (dated(other, values, rules), other.checked_up_to));
        if let Some((dated, checked_up_to)) = taken {
            parameter.dated = dated;
            parameter.checked_up_to = checked_up_to;
        }
    }
    plan
}

/// Whether all standards that both have say the same on every day.
pub fn same_standards(a: &Plan, b: &Plan) -> bool {
    let same = |parameter: &ParameterDef| match standard(b, parameter, a).map(|other| (dated(other, b, a), other.checked_up_to)) {
        Some((dated, checked)) => checked == parameter.checked_up_to && text(&dated) == text(&parameter.dated),
        None => true,
    };
    a.parameters.iter().all(same)
}

/// Whether two plans are the same but for the values of their standards.
pub fn same_but_standards(a: &Plan, b: &Plan) -> bool {
    let bare = |plan: &Plan| {
        let mut plan = plan.clone();
        for parameter in &mut plan.parameters {
            parameter.dated = Vec::new();
            parameter.checked_up_to = None;
        }
        // Places in files are left out of this form.
        format!("{plan:#?}")
    };
    bare(a) == bare(b)
}

fn text(dated: &[DatedDef]) -> String {
    format!("{dated:#?}")
}

/// The standard of the same id in the pack of the same id, by the same keys.
fn standard<'p>(plan: &'p Plan, wanted: &ParameterDef, of: &Plan) -> Option<&'p ParameterDef> {
    let pack = |plan: &Plan, parameter: &ParameterDef| plan.packs.get(parameter.pack).map(|pack| pack.id.clone());
    let keys = |plan: &Plan, parameter: &ParameterDef| {
        let key = |key: &ParameterKey| match key {
            ParameterKey::Codes(list) => plan.codes.get(*list).map(|list| list.names.id.clone()).unwrap_or_default(),
            ParameterKey::Text => String::new(),
        };
        parameter.by.iter().map(key).collect::<Vec<_>>()
    };
    plan.parameters.iter().find(|found| found.names.id == wanted.names.id && pack(plan, found) == pack(of, wanted) && keys(plan, found) == keys(of, wanted) && same_kind(found, wanted))
}

fn same_kind(a: &ParameterDef, b: &ParameterDef) -> bool {
    use crate::model::plan::Type;
    match (&a.ty, &b.ty) {
        (Type::Number(a), Type::Number(b)) => a.same_dimension(b),
        (a, b) => a == b,
    }
}

/// The dated values with their codes as the other plan numbers them. A code that the other does not have falls away.
fn dated(parameter: &ParameterDef, own: &Plan, other: &Plan) -> Vec<DatedDef> {
    let code = |list: &ParameterKey, key: &Key| match (list, key) {
        (ParameterKey::Codes(list), Key::Code(at)) => {
            let list = own.codes.get(*list)?;
            let id = &list.codes.get(usize::from(*at))?.names.id;
            let there = other.codes.iter().find(|there| there.names.id == list.names.id)?;
            let place = there.codes.iter().position(|code| code.names.id == *id)?;
            u16::try_from(place).ok().map(Key::Code)
        }
        (_, key) => Some(key.clone()),
    };
    let keys = |keys: &[Key]| parameter.by.iter().zip(keys).map(|(list, key)| code(list, key)).collect::<Option<Vec<Key>>>();
    let one = |dated: &DatedDef| DatedDef { values: dated.values.iter().filter_map(|(own, value)| Some((keys(own)?, value.clone()))).collect(), ..dated.clone() };
    parameter.dated.iter().map(one).collect()
}
