//! Reads with the order taken away from the choices of the grammar: every choice may go either way, every repetition may
//! stop early. A text that then has two trees is one that the grammar settles by order alone, and a person perhaps
//! otherwise. Inside words (`@` and `$` rules) the order stands.

use std::collections::HashMap;
use std::rc::Rc;

use pest_meta::ast::{Expr, Rule, RuleType};

/// How many trees of one stretch are kept: one more than there should be.
const MOST: usize = 2;

#[derive(Debug, PartialEq, Eq)]
pub struct Tree {
    pub rule: String,
    pub from: usize,
    pub to: usize,
    pub kids: Vec<Rc<Tree>>,
}

type Forest = Vec<Rc<Tree>>;
/// Where a reading ends, and the trees that it may have made until there.
type Ends = Vec<(usize, Vec<Forest>)>;

pub struct Grammar(HashMap<String, Rule>);

impl Grammar {
    pub fn read(texts: &[&str]) -> Grammar {
        let whole = texts.join("\n");
        let pairs = pest_meta::parser::parse(pest_meta::parser::Rule::grammar_rules, &whole).expect("a grammar");
        let rules = pest_meta::parser::consume_rules(pairs).expect("rules");
        Grammar(rules.into_iter().map(|rule| (rule.name.clone(), rule)).collect())
    }

    /// The trees of a whole text, as far as they are kept.
    pub fn trees(&self, entry: &str, text: &str) -> Vec<Rc<Tree>> {
        let mut reading = Reading { rules: &self.0, text, known: HashMap::new() };
        let ends = reading.rule(entry, 0);
        ends.iter().filter(|(end, _)| *end == text.len()).flat_map(|(_, forests)| forests.iter().flatten().cloned()).collect()
    }
}

struct Reading<'g> {
    rules: &'g HashMap<String, Rule>,
    text: &'g str,
    known: HashMap<(String, usize), Rc<Ends>>,
}

/// A character class that is built in.
fn is_of(class: &str, c: char) -> bool {
    match class {
        "ANY" => true,
        "ASCII" => c.is_ascii(),
        "ASCII_DIGIT" => c.is_ascii_digit(),
        "ASCII_ALPHANUMERIC" => c.is_ascii_alphanumeric(),
        "XID_START" => pest::unicode::XID_START(c),
        "XID_CONTINUE" => pest::unicode::XID_CONTINUE(c),
        other => panic!("the grammar uses {other}, which is not known here"),
    }
}

/// What reads nothing and makes nothing.
fn nothing(at: usize) -> Ends {
    vec![(at, vec![Vec::new()])]
}

fn add(ends: &mut Ends, end: usize, forest: Forest) {
    match ends.iter_mut().find(|known| known.0 == end) {
        Some((_, forests)) if forests.len() < MOST && !forests.contains(&forest) => forests.push(forest),
        Some(_) => {}
        None => ends.push((end, vec![forest])),
    }
}

impl Reading<'_> {
    fn rule(&mut self, name: &str, at: usize) -> Rc<Ends> {
        let key = (name.to_string(), at);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let made = Rc::new(self.made(name, at));
        self.known.insert(key, made.clone());
        made
    }

    fn made(&mut self, name: &str, at: usize) -> Ends {
        let Some(rule) = self.rules.get(name) else { return self.ordered(&Expr::Ident(name.into()), at).map(nothing).unwrap_or_default() };
        let tree = |to: usize, kids: Forest| vec![Rc::new(Tree { rule: name.into(), from: at, to, kids })];
        match rule.ty {
            RuleType::Atomic | RuleType::CompoundAtomic => self.ordered(&rule.expr, at).map(|to| vec![(to, vec![tree(to, Vec::new())])]).unwrap_or_default(),
            RuleType::Silent => self.free(&rule.expr, at),
            RuleType::Normal | RuleType::NonAtomic => {
                let ends = self.free(&rule.expr, at);
                ends.into_iter().map(|(to, forests)| (to, forests.into_iter().map(|kids| tree(to, kids)).collect())).collect()
            }
        }
    }

    /// Every way to read an expression from a place.
    fn free(&mut self, expr: &Expr, at: usize) -> Ends {
        match expr {
            Expr::Ident(name) => self.rule(name, at).to_vec(),
            Expr::PosPred(of) => if self.free(of, at).is_empty() { Vec::new() } else { nothing(at) },
            Expr::NegPred(of) => if self.free(of, at).is_empty() { nothing(at) } else { Vec::new() },
            Expr::Seq(first, second) => {
                let mut ends = Ends::new();
                for (end, forests) in self.free(first, at) {
                    self.then(&mut ends, second, (at, end), &forests);
                }
                ends
            }
            Expr::Choice(one, other) => {
                let mut ends = self.free(one, at);
                for (end, forests) in self.free(other, at) {
                    for forest in forests {
                        add(&mut ends, end, forest);
                    }
                }
                ends
            }
            Expr::Opt(of) => self.perhaps(of, at),
            Expr::Rep(of) => self.repeated(of, at),
            Expr::RepOnce(of) => self.free(&Expr::Seq(of.clone(), Box::new(Expr::Rep(of.clone()))), at),
            _ => self.ordered(expr, at).map(nothing).unwrap_or_default(),
        }
    }

    /// What follows a first part that ended at `to`. Blanks between are skipped, unless the second part reads nothing.
    fn then(&mut self, ends: &mut Ends, second: &Expr, (from, to): (usize, usize), before: &[Forest]) {
        let start = if to == from { to } else { self.skipped(to) };
        for (end, forests) in self.free(second, start) {
            for (first, second) in before.iter().flat_map(|first| forests.iter().map(move |second| (first, second))) {
                add(ends, if end == start { to } else { end }, [first.as_slice(), second].concat());
            }
        }
    }

    fn perhaps(&mut self, of: &Expr, at: usize) -> Ends {
        let mut ends = nothing(at);
        for (end, forests) in self.free(of, at).into_iter().filter(|(end, _)| *end > at) {
            for forest in forests {
                add(&mut ends, end, forest);
            }
        }
        ends
    }

    fn repeated(&mut self, of: &Expr, at: usize) -> Ends {
        let mut ends = nothing(at);
        let mut next = 0;
        while let Some((to, before)) = ends.get(next).cloned() {
            let mut more = Ends::new();
            self.then(&mut more, of, (at, to), &before);
            for (end, forests) in more.into_iter().filter(|(end, _)| *end > to) {
                for forest in forests {
                    add(&mut ends, end, forest);
                }
            }
            next += 1;
        }
        ends
    }

    /// The place behind blanks and comments.
    fn skipped(&self, at: usize) -> usize {
        let blank = |at: usize| ["WHITESPACE", "COMMENT"].iter().find_map(|rule| self.ordered(&Expr::Ident((*rule).into()), at)).filter(|end| *end > at);
        std::iter::successors(Some(at), |at| blank(*at)).last().unwrap_or(at)
    }

    /// As the parser itself reads: the first choice that holds, and as much as can be.
    fn ordered(&self, expr: &Expr, at: usize) -> Option<usize> {
        let next = self.text[at..].chars().next();
        match expr {
            Expr::Str(text) => self.text[at..].starts_with(text.as_str()).then(|| at + text.len()),
            Expr::Range(low, high) => next.filter(|c| (low.chars().next()..=high.chars().next()).contains(&Some(*c))).map(|c| at + c.len_utf8()),
            Expr::Ident(name) if name == "SOI" => (at == 0).then_some(at),
            Expr::Ident(name) if name == "EOI" => (at == self.text.len()).then_some(at),
            Expr::Ident(name) => match self.rules.get(name) {
                Some(rule) => self.ordered(&rule.expr, at),
                None => next.filter(|c| is_of(name, *c)).map(|c| at + c.len_utf8()),
            },
            Expr::PosPred(of) => self.ordered(of, at).map(|_| at),
            Expr::NegPred(of) => self.ordered(of, at).is_none().then_some(at),
            Expr::Seq(first, second) => self.ordered(first, at).and_then(|at| self.ordered(second, at)),
            Expr::Choice(one, other) => self.ordered(one, at).or_else(|| self.ordered(other, at)),
            Expr::Opt(of) => Some(self.ordered(of, at).unwrap_or(at)),
            Expr::Rep(of) => std::iter::successors(Some(at), |at| self.ordered(of, *at).filter(|end| end > at)).last(),
            Expr::RepOnce(of) => self.ordered(of, at).and_then(|at| self.ordered(&Expr::Rep(of.clone()), at)),
            Expr::RepExact(of, count) => (0..*count).try_fold(at, |at, _| self.ordered(of, at)),
            Expr::RepMinMax(of, least, most) => {
                let ends: Vec<usize> = std::iter::successors(Some(at), |at| self.ordered(of, *at)).take(*most as usize + 1).collect();
                (ends.len() > *least as usize).then(|| ends[ends.len() - 1])
            }
            other => panic!("the grammar uses {other:?}, which is not known here"),
        }
    }
}

/// A tree as a line, keywords left out.
pub fn shown(tree: &Tree, text: &str) -> String {
    if tree.kids.is_empty() {
        return format!("{}‹{}›", tree.rule, text[tree.from..tree.to].trim());
    }
    let kids: Vec<String> = tree.kids.iter().filter(|kid| !kid.rule.starts_with("k_")).map(|kid| shown(kid, text)).collect();
    format!("({} {})", tree.rule, kids.join(" "))
}

/// Where two trees of one text part, shown from the smallest stretch that is read in two ways.
pub fn parting(one: &Tree, other: &Tree, text: &str) -> String {
    let alike = one.rule == other.rule && one.kids.len() == other.kids.len();
    let differing: Vec<(&Rc<Tree>, &Rc<Tree>)> = one.kids.iter().zip(&other.kids).filter(|(one, other)| one != other).collect();
    match differing[..] {
        [(one, other)] if alike && (one.from, one.to, &one.rule) == (other.from, other.to, &other.rule) => parting(one, other, text),
        _ => format!("`{}`\n  {}\n  {}", text[one.from..one.to].trim(), shown(one, text), shown(other, text)),
    }
}
