//! What a layer says of its own standard, held against the layer above: for every key and every day.

use std::cmp::Ordering;

use crate::base::{Span, Text, Unit};
use crate::diag::catalog::{ClaimUnchecked, ExceptionLooser, ExceptionUnwaived, LooserThanSaid, LooserWithoutWaiver, NotComparable, NotLooser, OverrideChangesNothing, ReplacesUnsourced, WaiverNotNeeded};
use crate::model::ast::Claim;
use crate::model::keys::Keys;
use crate::model::plan::{Amount, Constant, DatedDef, ExceptionDef, Key, Node, NodeKind, OverrideDef, Overridden, ParameterDef, ParameterKey, Plan, RuleDef, SetDef, Type};

use super::Checker;
use super::direction::{Looker, Target, Way};
use super::strictness::strictness;

/// One value beside that of the layer above: greater is stricter.
struct Compared {
    order: Ordering,
    new: (Text, Span),
    old: (Text, Span),
    /// For which key and from which day.
    place: Text,
}

/// Why stricter and looser cannot be told apart.
struct Unchecked {
    why: Text,
    at: Vec<(Span, Text)>,
}

impl Checker<'_> {
    /// Every override, once all is known of what it is held against.
    pub(super) fn compare_layers(&mut self) {
        for at in 0..self.plan.overrides.len() {
            let layer = self.plan.overrides[at].clone();
            let compared = match layer.of {
                Overridden::Parameter(parameter) => self.values_compared(at, parameter),
                Overridden::Rule(rule) => self.rulings_compared(at, rule),
            };
            match compared {
                Ok(compared) => self.claimed(&layer, &compared),
                // What was not understood may be the very rule that compares something with it.
                Err(_) if self.baseless || self.doubtful.contains(&true) => {}
                Err(unchecked) if layer.claim == Claim::Replaces => self.not_comparable(at, &layer, unchecked),
                Err(unchecked) => self.unchecked(&layer, unchecked),
            }
        }
        for rule in 0..self.plan.rules.len() {
            self.exceptions_compared(rule);
        }
    }

    /// What replaces and cannot be compared stands upon a source, and is told wherever it is told.
    fn not_comparable(&mut self, at: usize, layer: &OverrideDef, unchecked: Unchecked) {
        self.plan.overrides[at].comparable = false;
        let name = self.name_of_override(layer);
        let has_source = match (&layer.ruling, layer.values.as_slice()) {
            (Some(ruling), _) => !ruling.cites.is_empty(),
            (None, values) => !values.is_empty() && values.iter().all(|dated| dated.source.is_some()),
        };
        if has_source {
            self.say(NotComparable { name, why: unchecked.why }, layer.span, Text::new("replaced here", "在此替换"));
        } else {
            let clause = if layer.ruling.is_some() { Text::new("cites", "依据") } else { Text::new("source", "出处") };
            self.say(ReplacesUnsourced { name, why: unchecked.why, clause }, layer.span, Text::new("replaced here", "在此替换"));
        }
        for (span, label) in unchecked.at {
            self.beside(span, label);
        }
    }

    /// Exceptions of a lower layer that nobody approved: what surely lets some pass is refused, what may is told.
    fn exceptions_compared(&mut self, rule: usize) {
        let def = self.plan.rules[rule].clone();
        for exception in def.exceptions.iter().filter(|exception| exception.pack != def.pack && exception.waiver.is_none()) {
            let name = Text::from(&exception.names.id);
            let compared = self.exception_beside(&def, exception);
            match compared.map(|compared| compared.into_iter().find(|one| one.order == Ordering::Less)) {
                Ok(Some(looser)) => {
                    let message = ExceptionLooser { name, rule: (&def.names.id).into(), new: looser.new.0.clone(), old: looser.old.0.clone() };
                    self.both_places(message, &looser);
                }
                Ok(None) => {}
                Err(_) => {
                    self.say(ExceptionUnwaived { name, rule: (&def.names.id).into() }, exception.span, Text::new("declared here", "声明于此"));
                    self.beside(def.span, Text::new("the rule of the layer above", "上级标准的指标"));
                }
            }
        }
    }

    /// What an exception asks beside what the rule asks. Errors: another thing is asked, or another layer asks it.
    fn exception_beside(&self, def: &RuleDef, exception: &ExceptionDef) -> Result<Vec<Compared>, Unchecked> {
        let Some(first) = def.requirements().next() else { return Err(asks_otherwise(def.span)) };
        if exception.require.is_empty() {
            let (new, old) = ((Text::new("exempt", "豁免"), exception.span), (asked(&self.plan, first), first.span));
            return Ok(vec![Compared { order: Ordering::Less, new, old, place: Text::default() }]);
        }
        let between = def.layers.iter().filter_map(|at| self.plan.overrides.get(*at)).any(|layer| layer.pack != exception.pack);
        if !def.grades.is_empty() || between {
            return Err(asks_otherwise(def.span));
        }
        ruling_beside(&self.plan, &Keys::new(&self.plan), &def.require, &exception.require, def)
    }

    fn name_of_override(&self, layer: &OverrideDef) -> Text {
        match layer.of {
            Overridden::Parameter(parameter) => self.plan.parameters[parameter].names.short(),
            Overridden::Rule(rule) => Text::from(&self.plan.rules[rule].names.id),
        }
    }

    fn unchecked(&mut self, layer: &OverrideDef, unchecked: Unchecked) {
        let name = self.name_of_override(layer);
        self.say(ClaimUnchecked { name, claim: claim_word(layer.claim), why: unchecked.why }, layer.span, Text::new("claimed here", "在此声明"));
        for (span, label) in unchecked.at {
            self.beside(span, label);
        }
    }

    fn claimed(&mut self, layer: &OverrideDef, compared: &[Compared]) {
        let find = |order: Ordering| compared.iter().find(|one| one.order == order);
        let name = self.name_of_override(layer);
        match (layer.claim, find(Ordering::Less), find(Ordering::Greater)) {
            (Claim::Stricter, Some(looser), _) => {
                let message = LooserThanSaid { name, place: looser.place.clone(), new: looser.new.0.clone(), old: looser.old.0.clone() };
                self.both_places(message, looser);
            }
            (Claim::Looser, _, Some(stricter)) => {
                let message = NotLooser { name, place: stricter.place.clone(), new: stricter.new.0.clone(), old: stricter.old.0.clone() };
                self.both_places(message, stricter);
            }
            (_, Some(looser), _) if layer.waiver.is_none() => {
                let message = LooserWithoutWaiver { name, place: looser.place.clone(), new: looser.new.0.clone(), old: looser.old.0.clone() };
                self.both_places(message, looser);
            }
            (_, None, None) if !compared.is_empty() => self.say(OverrideChangesNothing { name }, layer.span, super::unlabelled()),
            (_, None, Some(_)) => {
                if let Some(waiver) = &layer.waiver {
                    self.say(WaiverNotNeeded { name }, waiver.span, super::unlabelled());
                }
            }
            _ => {}
        }
    }

    fn both_places(&mut self, message: impl Into<crate::diag::Diagnostic>, compared: &Compared) {
        let new = Text::new(format!("{} here", compared.new.0.en), format!("此处为 {}", compared.new.0.zh));
        let old = Text::new(format!("{} in the layer above", compared.old.0.en), format!("上级标准为 {}", compared.old.0.zh));
        self.say(message, compared.new.1, new);
        self.beside(compared.old.1, old);
    }

    /// Each value that the layer sets beside the one above, where the parameter acts one way only.
    fn values_compared(&self, at: usize, parameter: usize) -> Result<Vec<Compared>, Unchecked> {
        let def = &self.plan.parameters[parameter];
        let raised = self.acts(Target::Parameter(parameter))?;
        let mut found = Vec::new();
        for dated in &def.dated {
            for set in dated.set.iter().filter(|set| set.by == at) {
                let Some(than_span) = set.than_span else { continue };
                let place = place(self, def, dated, set);
                let new = set.keys.as_ref().map_or(dated.otherwise.as_ref(), |keys| dated.value_of(keys));
                let (Some(new), Some(old)) = (new, &set.than) else {
                    return Err(Unchecked { why: Text::new(format!("the layer above has no value{}", place.en), format!("上级标准{}没有规定", place.zh)), at: vec![(than_span, Text::new("no value here", "此处没有规定"))] });
                };
                let order = if raised == Way::Down { compare(new, old) } else { compare(new, old).reverse() };
                found.push(Compared { order, new: (words(new, &def.ty), set.span), old: (words(old, &def.ty), than_span), place });
            }
        }
        Ok(found)
    }

    /// Whether raising something makes rules harder to meet (`Down`), or easier (`Up`).
    fn acts(&self, target: Target) -> Result<Way, Unchecked> {
        let mut looker = Looker::new(&self.plan, target);
        let mut rules: [Option<usize>; 2] = [None, None];
        for rule in 0..self.plan.rules.len() {
            match looker.rule(rule) {
                Way::Up => rules[0] = rules[0].or(Some(rule)),
                Way::Down => rules[1] = rules[1].or(Some(rule)),
                Way::Mixed => {
                    let at = vec![(looker.mixed.unwrap_or(self.plan.rules[rule].span), Text::new("here it may help or hurt", "在此处可宽可严"))];
                    return Err(Unchecked { why: Text::new("it is used where a change may help some and hurt others", "其用处在变动时对有的对象更宽、对有的更严"), at });
                }
                Way::Nowhere => {}
            }
        }
        let span = |rule: usize| self.plan.rules[rule].span;
        match rules {
            [_, Some(down)] if matches!(target, Target::Rule(_)) => Err(Unchecked { why: Text::new("a rule is met where this one is not", "有指标以本项不达标为达标"), at: vec![(span(down), Text::new("this rule", "这项指标"))] }),
            [Some(up), Some(down)] => Err(Unchecked {
                why: Text::new("in one rule it is the least that is asked, in another the most", "它在一项指标中是下限，在另一项中是上限"),
                at: vec![(span(down), Text::new("raising it asks more", "提高则更严")), (span(up), Text::new("raising it asks less", "提高则更宽"))],
            }),
            [None, Some(_)] => Ok(Way::Down),
            [Some(_), None] => Ok(Way::Up),
            [None, None] => Err(Unchecked { why: Text::new("no rule compares anything with it", "没有指标用它作比较"), at: Vec::new() }),
        }
    }

    /// What a rule asks instead, requirement by requirement, beside each that may stand above it.
    fn rulings_compared(&self, at: usize, rule: usize) -> Result<Vec<Compared>, Unchecked> {
        let def = &self.plan.rules[rule];
        let Some(ruling) = &self.plan.overrides[at].ruling else { return Ok(Vec::new()) };
        if ruling.when.is_some() {
            return Err(cannot("it changes when the rule applies", "它改变了适用条件", def.span));
        }
        self.acts(Target::Rule(rule))?;
        let keys = Keys::new(&self.plan);
        let mut found = Vec::new();
        for above in self.above(at, def)? {
            found.extend(ruling_beside(&self.plan, &keys, above, &ruling.require, def)?);
        }
        Ok(found)
    }

    /// What may be asked on the days of a layer were it not there: by each layer above from the lowest up, as far as one
    /// that stands on all of these days; where none does, also by the rule itself. Errors: that is graded.
    fn above<'p>(&'p self, at: usize, def: &'p RuleDef) -> Result<Vec<&'p [Node]>, Unchecked> {
        let days = self.plan.overrides[at].period.within(def.in_force);
        let layers: Vec<&OverrideDef> = def.layers.iter().take_while(|layer| **layer != at).map(|layer| &self.plan.overrides[*layer]).collect();
        let mut found = Vec::new();
        for layer in layers.into_iter().rev().filter(|layer| layer.period.within(days).has_days()) {
            let Some(ruling) = layer.ruling.as_ref().filter(|ruling| !ruling.require.is_empty()) else { continue };
            found.push(ruling.require.as_slice());
            if layer.period.covers(days) {
                return Ok(found);
            }
        }
        if !def.grades.is_empty() {
            return Err(asks_otherwise(def.span));
        }
        found.push(&def.require);
        Ok(found)
    }
}

/// What is asked instead beside what one layer above asks, requirement by requirement. Errors: something else is asked.
fn ruling_beside<'p>(plan: &Plan, keys: &Keys, above: &'p [Node], require: &'p [Node], def: &RuleDef) -> Result<Vec<Compared>, Unchecked> {
    let conjuncts = |require: &'p [Node]| require.iter().flat_map(Node::conjuncts).collect::<Vec<_>>();
    let (old, new) = (conjuncts(above), conjuncts(require));
    let mut found = Vec::new();
    for old in &old {
        match new.iter().find_map(|new| Some((new, strictness(plan, keys, old, new)?))) {
            Some((new, order)) => found.push(Compared { order, new: (asked(plan, new), new.span), old: (asked(plan, old), old.span), place: Text::default() }),
            None => found.push(no_longer(plan, keys, old, above, &new)?),
        }
    }
    if new.len() > old.len()
        && let Some(more) = new.iter().find(|new| !old.iter().any(|old| strictness(plan, keys, old, new).is_some()))
    {
        found.push(Compared { order: Ordering::Greater, new: (Text::new("one more", "另加一项"), more.span), old: (Text::new("what is asked", "要求"), def.span), place: Text::default() });
    }
    Ok(found)
}

/// A requirement that is gone: surely looser where all that is still asked was asked before, and no more of it.
fn no_longer(plan: &Plan, keys: &Keys, gone: &Node, above: &[Node], new: &[&Node]) -> Result<Compared, Unchecked> {
    let was_asked = |new: &Node| above.iter().flat_map(Node::conjuncts).any(|old| strictness(plan, keys, old, new).is_some_and(|order| order != Ordering::Greater));
    match new.first() {
        Some(first) if new.iter().all(|new| was_asked(new)) => Ok(Compared { order: Ordering::Less, new: (Text::new("no longer asked", "不再要求"), first.span), old: (asked(plan, gone), gone.span), place: Text::default() }),
        _ => Err(asks_otherwise(gone.span)),
    }
}

fn cannot(en: &str, zh: &str, span: Span) -> Unchecked {
    Unchecked { why: Text::new(en, zh), at: vec![(span, Text::new("the layer above", "上级标准"))] }
}

fn asks_otherwise(span: Span) -> Unchecked {
    cannot("it asks another thing than the layer above, or in another way", "它与上级标准要求的不是同一事项，或写法不同", span)
}

/// The number that a requirement asks for.
fn asked(plan: &Plan, node: &Node) -> Text {
    let amount = |amount: &Amount| match amount {
        Amount::Share(share) => words(&Constant::Number(share.clone()), &Type::Number(Unit::percent())),
        Amount::Rows(rows) => words(&Constant::Number(rows.clone()), &Type::Number(Unit::plain())),
    };
    match &*node.kind {
        NodeKind::Compare(op, _, limit) => match &*limit.kind {
            NodeKind::Number(number) => {
                let limit = words(&Constant::Number(number.clone()), &limit.ty);
                Text::new(format!("{} {}", op.sign(), limit.en), format!("{} {}", op.sign(), limit.zh))
            }
            NodeKind::Parameter { id, .. } => {
                let name = plan.parameters[*id].names.short();
                Text::new(format!("{} {}", op.sign(), name.en), format!("{} {}", op.sign(), name.zh))
            }
            _ => Text::new("what is asked", "此要求"),
        },
        NodeKind::Sentence(sentence) => Text::join(&sentence.steps.iter().map(|step| amount(&step.amount)).collect::<Vec<_>>(), ", ", "、"),
        _ => Text::new("what is asked", "此要求"),
    }
}

fn compare(new: &Constant, old: &Constant) -> Ordering {
    match (new, old) {
        (Constant::Number(new), Constant::Number(old)) => new.cmp(old),
        (Constant::Date(new), Constant::Date(old)) => new.cmp(old),
        (Constant::Truth(new), Constant::Truth(old)) => new.cmp(old),
        _ => Ordering::Equal,
    }
}

fn words(value: &Constant, ty: &Type) -> Text {
    match (value, ty) {
        (Constant::Number(number), Type::Number(unit)) if unit.is_percent() => format!("{}%", unit.from_base(number).plain(12)).into(),
        (Constant::Number(number), Type::Number(unit)) => unit.amount(&unit.from_base(number).plain(12)),
        (Constant::Number(number), _) => number.plain(12).into(),
        (Constant::Date(date), _) => (*date).into(),
        (Constant::Truth(truth), _) => if *truth { Text::new("yes", "是") } else { Text::new("no", "否") },
    }
}

/// ` for primary from 2023-03-01`.
fn place(checker: &Checker, def: &ParameterDef, dated: &DatedDef, set: &SetDef) -> Text {
    let key = |(key, by): (&Key, &ParameterKey)| match (key, by) {
        (Key::Code(code), ParameterKey::Codes(list)) => checker.plan.codes[*list].codes.get(usize::from(*code)).map_or_else(Text::default, |code| code.names.short()),
        (Key::Text(text), _) => text.as_ref().into(),
        (Key::Code(_), ParameterKey::Text) => Text::default(),
    };
    let keys = set.keys.as_ref().map_or_else(|| vec![Text::new("all others", "其余")], |keys| keys.iter().zip(&def.by).map(key).collect());
    let keys = Text::join(&keys, " ", "");
    let day = dated.period.from.map(Text::from);
    let for_keys = if keys.is_empty() { Text::default() } else { Text::new(format!(" for {}", keys.en), keys.zh) };
    let from_day = day.map_or_else(Text::default, |day| Text::new(format!(" from {}", day.en), format!("自 {} 起", day.zh)));
    Text::new(format!("{}{}", for_keys.en, from_day.en), format!("{}{}", for_keys.zh, from_day.zh))
}

fn claim_word(claim: Claim) -> Text {
    match claim {
        Claim::Stricter => Text::new("stricter", "更严"),
        Claim::Looser => Text::new("looser", "更宽"),
        Claim::Replaces => Text::new("replaces", "替换"),
    }
}
