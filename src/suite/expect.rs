//! Lines of `expect` blocks: `RULE UNIT OUTCOME [VALUE] [because REASON…]`, read, compared with findings, written.
//! `RULE UNIT not_asked` expects that there is no finding: the unit stands outside of the rule.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Number, Text};
use crate::diag::catalog::nearest;
use crate::model::plan::Plan;
use crate::model::ast::Grade;
use crate::model::verdict::{Figure, Finding, Grades, Outcome, Verdict};

/// A line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub rule: String,
    /// Empty for the whole.
    pub unit: String,
    /// `None`: the rule is not to ask this unit.
    outcome: Option<Outcome>,
    /// Where the line says a grade instead of an outcome.
    grade: Option<Grade>,
    value: Option<String>,
    reasons: Vec<String>,
}

/// What stands before reasons, in English and in Chinese.
pub const BECAUSE: [&str; 2] = ["because", "因"];
/// The rule does not ask this unit. The first is written.
const NOT_ASKED: &[&str] = &["not_asked", "范围外"];

/// So many rules or units are named to choose from.
const MOST: usize = 12;

/// Reads a line; `None` if it is none.
pub fn line(text: &str) -> Option<Line> {
    let (head, reasons) = parted(text);
    if reasons.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let reasons = reasons.unwrap_or_default();
    let (rule, unit, outcome, value) = match head.as_slice() {
        [rule, unit, word] if NOT_ASKED.contains(&word.as_str()) => return reasons.is_empty().then(|| Line { rule: rule.clone(), unit: unit.clone(), outcome: None, grade: None, value: None, reasons }),
        [rule, unit, outcome] => (rule, unit, outcome, None),
        [rule, unit, outcome, value] => (rule, unit, outcome, Some(value.clone())),
        [rule, unit, outcome, square, value] if square == "square" => (rule, unit, outcome, Some(format!("square {value}"))),
        _ => return None,
    };
    let reasons = reasons.iter().map(|word| word.trim_end_matches(',').to_string()).collect();
    let grade = grade_of(outcome);
    let outcome = grade.map_or_else(|| outcome_of(outcome), |grade| Some(Grades::of(grade).outcome()))?;
    Some(Line { rule: rule.clone(), unit: unit.clone(), outcome: Some(outcome), grade, value, reasons })
}

/// The words of a line before `because`, and those behind it where it is said.
pub fn parted(text: &str) -> (Vec<String>, Option<Vec<String>>) {
    let mut words = words(text);
    let because = words.iter().position(|word| BECAUSE.contains(&word.as_str()));
    let reasons = because.map(|at| words.split_off(at).split_off(1));
    (words, reasons)
}

/// Words apart by blanks; between backticks blanks belong to the word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in text.split('`').enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_string());
        } else {
            words.extend(piece.split_whitespace().map(str::to_string));
        }
    }
    words
}

/// An outcome by its code or its Chinese name.
pub fn outcome_of(word: &str) -> Option<Outcome> {
    const CHINESE: [(&str, Outcome); 5] = [("达标", Outcome::Met), ("不达标", Outcome::NotMet), ("无法判定", Outcome::Undecided), ("不适用", Outcome::NotApplicable), ("豁免", Outcome::Exempt)];
    let chinese = CHINESE.iter().find(|(name, _)| *name == word).map(|(_, outcome)| *outcome);
    Outcome::ALL.into_iter().find(|outcome| outcome.code() == word).or(chinese)
}

fn grade_of(word: &str) -> Option<Grade> {
    const CHINESE: [(&str, Grade); 3] = [("合格", Grade::Qualified), ("基本合格", Grade::Basic), ("不合格", Grade::NotQualified)];
    let chinese = CHINESE.iter().find(|(name, _)| *name == word).map(|(_, grade)| *grade);
    Grade::ALL.into_iter().find(|grade| grade.code() == word).or(chinese)
}

/// What the lines of a case look for, found by its names: the rules of a plan and the findings of a verdict.
pub struct Sought<'v> {
    plan: &'v Plan,
    verdict: &'v Verdict,
    /// By its id and by its pack and id, the first rule that is called so.
    rules: BTreeMap<String, usize>,
    /// By the key of the unit and the id of the rule, in the order of the verdict.
    findings: BTreeMap<(&'v str, &'v str), Vec<usize>>,
    /// The ids that several rules have.
    alike: BTreeSet<&'v str>,
    /// What would help a line, by the rule that it names.
    helps: RefCell<BTreeMap<String, Text>>,
}

impl<'v> Sought<'v> {
    pub fn new(plan: &'v Plan, verdict: &'v Verdict) -> Sought<'v> {
        let mut findings: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (at, finding) in verdict.findings.iter().enumerate() {
            let id = plan.rules.get(finding.rule).map_or("", |def| def.names.id.as_str());
            findings.entry((&finding.unit.key, id)).or_default().push(at);
        }
        let mut ids = BTreeSet::new();
        let alike = plan.rules.iter().map(|def| def.names.id.as_str()).filter(|id| !ids.insert(*id)).collect();
        Sought { plan, verdict, alike, rules: rules_called(plan), findings, helps: RefCell::default() }
    }

    /// The rule that is called so.
    pub fn rule(&self, name: &str) -> Option<usize> {
        self.rules.get(name).copied()
    }

    /// The finding that a line is about: the first, where several rules go by the name.
    pub fn finding(&self, line: &Line) -> Option<&'v Finding> {
        let name = line.rule.as_str();
        // A name is an id, or an id behind a pack and a slash.
        let ids = std::iter::once(name).chain(name.match_indices('/').map(|(slash, _)| &name[slash + 1..]));
        let found = ids.filter_map(|id| self.findings.get(&(line.unit.as_str(), id))).flatten();
        let first = found.copied().filter(|at| self.plan.is_called(self.verdict.findings[*at].rule, name)).min()?;
        self.verdict.findings.get(first)
    }

    /// The line that a finding makes. With `like`, only with the parts that the line has.
    pub fn written(&self, finding: &Finding, like: Option<&Line>) -> String {
        let rule = like.map_or_else(|| self.rule_id(finding.rule), |line| line.rule.clone());
        let mut parts = vec![ticked(&rule), ticked(&finding.unit.key), finding.judged.grades.and_then(Grades::single).map_or(finding.outcome.code(), Grade::code).to_string()];
        parts.extend(value_of(&finding.judged.value).filter(|_| like.is_none_or(|line| line.value.is_some())));
        let mut reasons: Vec<&str> = finding.judged.reason.iter().map(|cause| cause.code.code()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        if !reasons.is_empty() && like.is_none_or(|line| !line.reasons.is_empty() || line.outcome != Some(finding.outcome)) {
            parts.push(format!("because {}", reasons.join(" ")));
        }
        parts.join(" ")
    }

    /// The rule's own id; with its pack where several rules have the same.
    fn rule_id(&self, rule: usize) -> String {
        let Some(def) = self.plan.rules.get(rule) else { return String::new() };
        match self.plan.packs.get(def.pack) {
            Some(pack) if self.alike.contains(def.names.id.as_str()) => format!("{}/{}", pack.id, def.names.id),
            _ => def.names.id.clone(),
        }
    }

    /// What to do where there is no such finding.
    pub fn near(&self, line: &Line) -> Text {
        self.helps.borrow_mut().entry(line.rule.clone()).or_insert_with(|| near(line, self.plan, self.verdict)).clone()
    }
}

/// By its id and by its pack and id, the first rule that is called so.
pub fn rules_called(plan: &Plan) -> BTreeMap<String, usize> {
    let mut called = BTreeMap::new();
    for (rule, def) in plan.rules.iter().enumerate() {
        let pack = plan.packs.get(def.pack).map_or("", |pack| pack.id.as_str());
        for name in [def.names.id.clone(), format!("{pack}/{}", def.names.id)] {
            called.entry(name).or_insert(rule);
        }
    }
    called
}

fn near(line: &Line, plan: &Plan, verdict: &Verdict) -> Text {
    let rules = plan.rules.iter().map(|rule| rule.names.id.as_str());
    if !(0..plan.rules.len()).any(|rule| plan.is_called(rule, &line.rule)) {
        return match nearest(&line.rule, rules.clone()) {
            Some(near) => Text::new(format!("did you mean the rule `{near}`?"), format!("指标是否应为“{near}”？")),
            None => {
                let all = rules.take(MOST).collect::<Vec<_>>();
                Text::new(format!("the rules are {}", all.join(", ")), format!("指标有：{}", all.join("、")))
            }
        };
    }
    let units: Vec<&str> = verdict.findings.iter().filter(|finding| plan.is_called(finding.rule, &line.rule)).map(|finding| finding.unit.key.as_str()).take(MOST).collect();
    match units[..] {
        [] => Text::new("the rule asks no unit of these tables", "这些数据中没有该指标所适用的对象"),
        _ => Text::new(format!("its units are {}", units.join(", ")), format!("该指标的对象有：{}", units.join("、"))),
    }
}

/// Whether a finding is as the line says. What the line leaves out is not asked.
pub fn agrees(line: &Line, finding: Option<&Finding>) -> bool {
    let (Some(outcome), Some(finding)) = (line.outcome, finding) else { return line.outcome.is_none() && finding.is_none() };
    let reason = |wanted: &String| finding.judged.reason.iter().any(|cause| cause.code.code() == wanted);
    let grade = finding.judged.grades.and_then(Grades::single);
    outcome == finding.outcome && (line.grade.is_none() || line.grade == grade) && line.value.as_ref().is_none_or(|value| is_value(value, &finding.judged.value)) && line.reasons.iter().all(reason)
}

fn is_value(written: &str, figure: &Figure) -> bool {
    match figure {
        Figure::Number { number: found, .. } => number(written).is_some_and(|number| number == *found),
        Figure::Spread { square } => written.strip_prefix("square ").and_then(number).is_some_and(|number| number == *square),
        // To twelve digits; what is rational stands there in full.
        Figure::Real(real) => real.as_rational().map_or_else(|| written == real.decimal(), |exact| number(written).is_some_and(|number| number == *exact)),
        Figure::Text(text) => written == text.en || written == text.zh,
        Figure::Date(date) => written == date,
        Figure::None | Figure::Bounds { .. } => false,
    }
}

/// An integer, a decimal or a fraction; a percent is a hundredth.
fn number(written: &str) -> Option<Number> {
    if let Some(percent) = written.strip_suffix('%') {
        return number(percent)?.div(&Number::int(100));
    }
    match written.split_once('/') {
        Some((over, under)) => Number::parse(over)?.div(&Number::parse(under)?),
        None => Number::parse(written),
    }
}

/// The line that says that a rule does not ask a unit.
pub fn written_not_asked(line: &Line) -> String {
    [ticked(&line.rule), ticked(&line.unit), NOT_ASKED[0].to_string()].join(" ")
}

fn value_of(figure: &Figure) -> Option<String> {
    match figure {
        Figure::Number { number, .. } => Some(exact(number)),
        Figure::Spread { square } => Some(format!("square {}", exact(square))),
        Figure::Real(real) => Some(real.as_rational().map_or_else(|| real.decimal(), exact)),
        Figure::Text(text) => Some(ticked(&text.en)),
        Figure::Date(date) => Some(date.clone()),
        Figure::None | Figure::Bounds { .. } => None,
    }
}

/// A decimal where one is exact, else a fraction.
fn exact(number: &Number) -> String {
    Some(number.decimal()).filter(|decimal| !decimal.ends_with('…')).unwrap_or_else(|| number.exact())
}

fn ticked(word: &str) -> String {
    if word.contains([' ', '\t']) || word.is_empty() { format!("`{word}`") } else { word.to_string() }
}

#[cfg(test)]
mod tests {
    use super::{line, number};
    use crate::base::Number;

    #[test]
    fn lines_that_are_understood() {
        let read = line("L4 2121000001-primary not_met 2023/450").expect("a line");
        assert_eq!((read.rule.as_str(), read.unit.as_str(), read.value.as_deref()), ("L4", "2121000001-primary", Some("2023/450")));
        assert_eq!(line("V1 `a b` met").expect("a line").unit, "a b");
        assert_eq!(line("V1 S1 范围外"), line("V1 S1 not_asked"));
        assert_eq!(line("COUNTY - undecided because missing not_filed").expect("a line").reasons, ["missing", "not_filed"]);
        assert_eq!(line("CV1 210102-primary not_met square 1/4").expect("a line").value.as_deref(), Some("square 1/4"));
    }

    #[test]
    fn lines_that_are_none() {
        for text in ["", "L4", "L4 1 maybe", "L4 1 met 1 2", "L4 1 met because", "L4 1 not_asked because missing"] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn a_percent_is_a_hundredth() {
        assert_eq!(number("8.5%"), Number::ratio(17, 200));
        assert_eq!(number("1/0"), None);
    }
}
