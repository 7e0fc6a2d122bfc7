//! What could stand at a place: the grammar's rules turned into words that people know, in both languages.

use crate::base::Text;
use crate::diag::catalog::choice;
use crate::model::word;

use super::grammar::Rule;

/// How many things a message lists at most.
const MOST: usize = 8;

/// What could stand here, as a list for each language. Rules that mean the same are named once.
pub fn expected(rules: &[Rule]) -> Text {
    let mut rules = rules.to_vec();
    rules.sort_by_key(|rule| rank(*rule));
    let things: Vec<(String, String)> = rules.iter().map(|rule| thing(*rule)).collect();
    // What has a word in one language only is named by it in the other too, if nothing else can be said there.
    let one = |mine: fn(&(String, String)) -> &String, other: fn(&(String, String)) -> &String| {
        let named = |pick: fn(&(String, String)) -> &String| {
            let mut list: Vec<Text> = Vec::new();
            for thing in things.iter().map(pick).filter(|thing| !thing.is_empty()) {
                if !list.iter().any(|known| known.en == *thing) {
                    list.push(thing.into());
                }
            }
            list.truncate(MOST);
            list
        };
        let list = named(mine);
        choice(&if list.is_empty() { named(other) } else { list })
    };
    Text { en: one(|thing| &thing.0, |thing| &thing.1).en, zh: one(|thing| &thing.1, |thing| &thing.0).zh }
}

/// Whether a value or a condition could go on here, so that a word before may be half of one.
pub fn goes_on(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| matches!(rule, Rule::chain | Rule::r_ge | Rule::said_of_rows | Rule::k_where | Rule::k_de | Rule::k_link | Rule::k_say_zh | Rule::add))
}

/// What is more likely meant comes first.
fn rank(rule: Rule) -> u8 {
    match rule {
        Rule::EOI => 3,
        Rule::within | Rule::within_zh | Rule::earlier | Rule::earlier_zh | Rule::given_zh | Rule::rising | Rule::each_term | Rule::in_term | Rule::term_said | Rule::term_label | Rule::term_type
        | Rule::comma | Rule::sep | Rule::per | Rule::k_before | Rule::k_per | Rule::k_for_every | Rule::unit_of | Rule::k_years | Rule::k_months => 2,
        Rule::chain | Rule::r_ge | Rule::r_le | Rule::r_eq | Rule::r_gt | Rule::r_lt | Rule::r_ne => 0,
        _ => 1,
    }
}

/// The words that could stand here, in every spelling.
pub fn spellings(rules: &[Rule]) -> Vec<&'static str> {
    rules.iter().flat_map(|rule| words_of(*rule)).flat_map(word::Word::spellings).collect()
}

fn words_of(rule: Rule) -> Vec<&'static word::Word> {
    let family = match rule {
        Rule::head => "i_",
        Rule::clause => "c_",
        Rule::tail | Rule::chain => "r_",
        Rule::aggregate => "a_",
        _ => return word::word(id_of(rule).as_str()).into_iter().collect(),
    };
    word::family(family).collect()
}

/// The word that a rule begins with, where it always begins with one.
fn id_of(rule: Rule) -> String {
    match rule {
        Rule::and => "k_and".into(),
        Rule::or => "k_or".into(),
        Rule::one_of => "k_one_of".into(),
        Rule::not_one_of => "k_not_one_of".into(),
        Rule::known => "k_known".into(),
        Rule::missing => "k_missing".into(),
        Rule::between | Rule::bounds => "k_between".into(),
        Rule::only => "k_in".into(),
        Rule::ordered => "k_best_first".into(),
        Rule::personal => "k_personal".into(),
        Rule::open => "k_open".into(),
        Rule::blank_means => "k_blank".into(),
        Rule::may_be_negative => "k_may_be_negative".into(),
        Rule::source => "k_source".into(),
        Rule::per => "k_per".into(),
        Rule::of_whom => "k_of_whom".into(),
        Rule::the_rest => "k_the_rest".into(),
        Rule::otherwise => "k_otherwise".into(),
        Rule::whole => "t_whole".into(),
        Rule::number_type | Rule::fraction_type => "t_number".into(),
        Rule::text_type => "t_text".into(),
        Rule::yes_no => "t_yes_no".into(),
        Rule::ym_type => "t_ym".into(),
        Rule::date_type => "t_date".into(),
        Rule::one_of_codes => "t_one_of".into(),
        Rule::term_type => "t_school_year".into(),
        Rule::in_term | Rule::within | Rule::within_zh => "k_this_school_year".into(),
        Rule::earlier => "k_years_earlier".into(),
        Rule::earlier_zh => "k_years_earlier_zh".into(),
        Rule::rising => "k_rising".into(),
        Rule::in_unit => "k_in_unit".into(),
        Rule::by_codes => "k_by".into(),
        Rule::each | Rule::each_term => "k_each".into(),
        Rule::every => "k_every".into(),
        Rule::status => "k_met".into(),
        other => format!("{other:?}"),
    }
}

fn thing(rule: Rule) -> (String, String) {
    if matches!(rule, Rule::r_ge | Rule::r_le | Rule::r_eq | Rule::r_gt | Rule::r_lt | Rule::r_ne) {
        return thing(Rule::chain);
    }
    if let Some(word) = word::word(&id_of(rule)) {
        return (word.en.first().map(|en| format!("`{en}`")).unwrap_or_default(), word.zh.first().map(|zh| format!("“{zh}”")).unwrap_or_default());
    }
    let (en, zh) = match rule {
        Rule::name | Rule::bare | Rule::place | Rule::rule_range | Rule::code_id | Rule::role | Rule::own_of => ("a name", "名称"),
        Rule::pack_id => ("the pack's id", "标准的标识"),
        Rule::version => ("a version as `1.0`", "版本号，如 1.0"),
        Rule::text | Rule::title => ("a text in quotes", "引号内的文字"),
        Rule::number | Rule::amount | Rule::quantity | Rule::percent | Rule::signed | Rule::signed_quantity => ("a number", "数"),
        Rule::constant | Rule::valued => ("a value", "数值"),
        Rule::date | Rule::window => ("a date as 2017-04-19", "日期，如 2017年4月19日"),
        Rule::unit_of | Rule::unit_word | Rule::written_unit => ("a unit", "计量单位"),
        Rule::body => ("a condition or a sentence", "条件或句子"),
        Rule::logic | Rule::comparison | Rule::population | Rule::segments => ("a condition", "条件"),
        Rule::sum | Rule::operand | Rule::simple | Rule::reference | Rule::group => ("a value", "值"),
        Rule::chain => ("a comparison as `>=`", "比较词，如“不低于”"),
        Rule::said_zh => ("", "“中 至少 …”"),
        Rule::said_of_rows | Rule::said_of_rules => ("`where`, `are` or `met`", ""),
        Rule::arm => ("a case as `primary 45`", "一种情形，如“小学 45”"),
        Rule::lp => ("`(`", "“（”"),
        Rule::rp => ("`)`", "“）”"),
        Rule::rb => ("`]`", "“]”"),
        Rule::comma | Rule::sep => ("`,`", "“，”"),
        Rule::equals => ("`=`", "“=”"),
        Rule::EOI => ("the end of the clause", "本项结束"),
        _ => ("", ""),
    };
    (en.to_string(), zh.to_string())
}
