//! Who is asked: units, scope, codes; and when the rule bites.

use crate::base::Text;
use crate::model::plan::{Level, RuleDef};

use super::clause::clause;
use super::{name, term};
use super::phrase::{Reader, both, line};
use super::rows::scoped;

/// Two clauses at most: the units asked, and the condition under which the rule applies to them.
pub(super) fn asked(reader: Reader, rule: &RuleDef) -> Vec<Text> {
    let mut lines = vec![line(&units(reader, rule))];
    lines.extend(term::asked(rule).map(|asked| line(&asked)));
    if let Some(when) = &rule.when {
        let when = clause(reader, when);
        lines.push(line(&both!("Only when: {when}; otherwise not applicable", "适用条件：{when}；不符合的，判为“不适用”", when)));
    }
    lines
}

fn units(reader: Reader, rule: &RuleDef) -> Text {
    let codes = codes(reader, &rule.at, &rule.codes);
    let Some(table) = rule.at.table else {
        return both!("Asked: the whole of the data, once{codes}", "适用于：全部数据，整体判定一次{codes}", codes);
    };
    let rows = name::plural(&reader.plan.tables[table]);
    match &rule.scope {
        None => {
            let each = name::each(&reader.plan.tables[table]);
            both!("Asked: {each}{codes}", "适用于：{each}{codes}", each, codes)
        }
        Some(scope) => {
            let each = scoped(reader, table, scope);
            both!("Asked: {each}{codes}; other {rows} are outside this rule: counted, not listed", "适用于：{each}{codes}。其余{rows}不在本项范围内，只计数，不列出", each, codes, rows)
        }
    }
}

/// `, once for each stage: primary, junior` / `，按学段（小学、初中）分别判定`.
fn codes(reader: Reader, at: &Level, asked: &[Vec<u16>]) -> Text {
    let one = |(list, codes): (&usize, &Vec<u16>)| {
        let title = reader.plan.codes[*list].names.short();
        let codes: Vec<Text> = codes.iter().map(|code| name::code(reader, *list, *code)).collect();
        let codes = Text::join(&codes, ", ", "、");
        both!(", once for each {title}: {codes}", "，按{title}（{codes}）分别判定", title, codes)
    };
    Text::join(&at.codes.iter().zip(asked).map(one).collect::<Vec<_>>(), "", "")
}
