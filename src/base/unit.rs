//! Units with dimension algebra: what may be added and compared, and how scales convert exactly.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Number, Text};

/// One word for a unit: every spelling that is read, the first of each language being the one shown.
pub struct UnitWord {
    pub en: &'static [&'static str],
    pub zh: &'static [&'static str],
    dimension: &'static str,
    /// How many of the dimension's own unit it is: numerator, denominator.
    scale: (i64, i64),
    /// May follow any number as a mere counter (人 名 个 …), then taking the other side's unit.
    pub counter: bool,
}

const fn word(en: &'static [&'static str], zh: &'static [&'static str], dimension: &'static str, scale: (i64, i64), counter: bool) -> UnitWord {
    UnitWord { en, zh, dimension, scale, counter }
}

/// Every unit word: the only place.
pub const UNIT_WORDS: &[UnitWord] = &[
    word(&["m2", "m²", "㎡", "square metres", "square metre", "square meters", "square meter"], &["平方米", "㎡", "m²"], "m2", (1, 1), false),
    word(&["mu"], &["亩"], "m2", (2000, 3), false),
    word(&["yuan"], &["元"], "yuan", (1, 1), false),
    word(&["wan_yuan"], &["万元"], "yuan", (10_000, 1), false),
    word(&["pupil", "pupils"], &["人", "生"], "pupil", (1, 1), true),
    word(&["teacher", "teachers"], &["名"], "teacher", (1, 1), true),
    word(&["class", "classes"], &["班"], "class", (1, 1), true),
    word(&["room", "rooms"], &["间"], "room", (1, 1), true),
    word(&["school", "schools"], &["所"], "school", (1, 1), true),
    word(&["hour", "hours"], &["学时"], "hour", (1, 1), false),
    word(&["year", "years"], &["年"], "year", (1, 1), false),
    word(&["month", "months"], &["月"], "month", (1, 1), false),
];

/// Counters that are no unit of their own.
pub const COUNTERS: &[&str] = &["个", "项", "次"];

/// The unit word with this spelling; full-width and superscript forms are folded by the caller.
pub fn unit_word(spelling: &str) -> Option<&'static UnitWord> {
    UNIT_WORDS.iter().find(|word| word.en.contains(&spelling) || word.zh.contains(&spelling))
}

/// A unit: dimensions with their powers, a scale, and how it is written.
///
/// Equality is of the written unit; [`Unit::same_dimension`] asks what may be compared.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Unit {
    // Shared: every figure carries its unit.
    dims: Arc<BTreeMap<String, i8>>,
    scale: Scale,
    text: Arc<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Scale(Number);

impl Default for Scale {
    fn default() -> Scale {
        Scale(Number::ONE)
    }
}

impl Unit {
    /// A plain number: no dimension, scale 1, written as nothing.
    pub fn plain() -> Unit {
        Unit::default()
    }

    /// The percent: no dimension, a hundredth.
    pub fn percent() -> Unit {
        Unit { dims: Arc::default(), scale: Scale(Number::ratio(1, 100).unwrap_or(Number::ONE)), text: Arc::new("%".into()) }
    }

    pub fn from_word(word: &UnitWord) -> Unit {
        let scale = Number::ratio(word.scale.0, word.scale.1).unwrap_or(Number::ONE);
        Unit { dims: BTreeMap::from([(word.dimension.to_string(), 1)]).into(), scale: Scale(scale), text: Text::new(word.en[0], word.zh[0]).into() }
    }

    /// The unit of a count of rows: a dimension of its own, named by the table, unless a word for countable things has that
    /// name. A table `yuan` 园 is counted in 园, never in 元.
    pub fn of_rows(id: &str, title: Text) -> Unit {
        let dimension = match unit_word(id) {
            Some(word) if word.counter => return Unit::from_word(word),
            Some(_) => format!("rows of {id}"),
            None => id.to_string(),
        };
        Unit { dims: BTreeMap::from([(dimension, 1)]).into(), scale: Scale::default(), text: title.into() }
    }

    /// `self` for each `other`, written with a slash.
    pub fn over(&self, other: &Unit) -> Unit {
        let text = Text::new(format!("{}/{}", self.text.en, other.text.en), format!("{}/{}", self.text.zh, if other.text.zh == "人" { "生" } else { &other.text.zh }));
        Unit { text: text.into(), ..self.div(other) }
    }

    /// `self per number other`, as `teacher per 100 pupil`.
    pub fn per(&self, number: &Number, other: &Unit) -> Unit {
        let made = self.div(&other.scaled(number));
        let number = number.plain(6);
        let text = Text::new(format!("{} per {number} {}", self.text.en, other.text.en), format!("{} 每 {number} {}", self.text.zh, other.text.zh));
        Unit { text: text.into(), ..made }
    }

    /// The same dimensions, `times` as large.
    pub fn scaled(&self, times: &Number) -> Unit {
        Unit { scale: Scale(&self.scale.0 * times), ..self.clone() }
    }

    pub fn mul(&self, other: &Unit) -> Unit {
        self.combine(other, 1, Scale(&self.scale.0 * &other.scale.0))
    }

    pub fn div(&self, other: &Unit) -> Unit {
        self.combine(other, -1, Scale(self.scale.0.div(&other.scale.0).unwrap_or(Number::ONE)))
    }

    fn combine(&self, other: &Unit, sign: i8, scale: Scale) -> Unit {
        let mut dims = BTreeMap::clone(&self.dims);
        for (dimension, power) in &*other.dims {
            let sum = dims.get(dimension).copied().unwrap_or(0).saturating_add(power.saturating_mul(sign));
            if sum == 0 {
                dims.remove(dimension);
            } else {
                dims.insert(dimension.clone(), sum);
            }
        }
        Unit { text: written(&dims).into(), dims: dims.into(), scale }
    }

    /// The unit of arithmetic: the same dimensions at scale 1.
    pub fn base(&self) -> Unit {
        Unit { scale: Scale::default(), text: written(&self.dims).into(), dims: self.dims.clone() }
    }

    pub fn same_dimension(&self, other: &Unit) -> bool {
        self.dims == other.dims
    }

    /// What it is made of: each dimension with its power.
    pub fn powers(&self) -> impl Iterator<Item = (&str, i8)> {
        self.dims.iter().map(|(dimension, power)| (dimension.as_str(), *power))
    }

    /// Ten thousand yuan, a mu, a year: not the unit that arithmetic is done in.
    pub fn is_multiple(&self) -> bool {
        !self.is_plain() && self.scale.0 != Number::ONE
    }

    pub fn is_plain(&self) -> bool {
        self.dims.is_empty()
    }

    pub fn is_percent(&self) -> bool {
        self.dims.is_empty() && self.text.en == "%"
    }

    /// Counts of things: shown without decimals.
    pub fn is_whole_thing(&self) -> bool {
        const COUNTED: &[&str] = &["m2", "yuan", "hour"];
        self.dims.len() == 1 && self.scale.0 == Number::ONE && self.dims.iter().all(|(dimension, power)| *power == 1 && !COUNTED.contains(&dimension.as_str()))
    }

    /// A number written in this unit, as a number of the base unit.
    pub fn to_base(&self, written: &Number) -> Number {
        if self.scale.0 == Number::ONE { written.clone() } else { written * &self.scale.0 }
    }

    /// A number of the base unit, as it is written in this unit.
    pub fn from_base(&self, base: &Number) -> Number {
        if self.scale.0 == Number::ONE { base.clone() } else { base.div(&self.scale.0).unwrap_or_else(|| base.clone()) }
    }

    pub fn text(&self) -> &Text {
        &self.text
    }
}

/// How a derived unit is written: its parts with powers, `m2/pupil`.
fn written(dims: &BTreeMap<String, i8>) -> Text {
    let side = |zh: bool, keep: fn(i8) -> bool| {
        let name = |dimension: &str, under: bool| match unit_word(dimension) {
            Some(_) if under && zh && dimension == "pupil" => "生".to_string(),
            Some(word) if zh => word.zh[0].to_string(),
            _ => dimension.to_string(),
        };
        let part = |(dimension, power): (&String, &i8)| {
            let name = name(dimension, *power < 0);
            if power.abs() == 1 { name } else { format!("{name}^{}", power.abs()) }
        };
        dims.iter().filter(|(_, power)| keep(**power)).map(part).collect::<Vec<_>>().join("·")
    };
    let whole = |zh: bool| match (side(zh, |power| power > 0), side(zh, |power| power < 0)) {
        (over, under) if under.is_empty() => over,
        (over, under) if over.is_empty() => format!("1/{under}"),
        (over, under) => format!("{over}/{under}"),
    };
    Text { en: whole(false), zh: whole(true) }
}

#[cfg(test)]
mod tests {
    use super::{Number, Unit, unit_word};

    fn unit(word: &str) -> Unit {
        Unit::from_word(unit_word(word).expect("a unit word"))
    }

    #[test]
    fn scales_of_one_dimension_convert_exactly() {
        let wan = unit("万元");
        assert!(wan.same_dimension(&unit("yuan")));
        assert_eq!(wan.to_base(&Number::int(3)), Number::int(30_000));
        assert_eq!(unit("亩").to_base(&Number::int(3)), Number::int(2000));
    }

    #[test]
    fn four_and_two_tenths_per_hundred() {
        let unit = unit("teacher").per(&Number::int(100), &unit("pupil"));
        assert_eq!(unit.to_base(&Number::parse("4.2").expect("a number")), Number::ratio(42, 1000).expect("not 0"));
        assert_eq!(unit.text().en, "teacher per 100 pupil");
    }

    #[test]
    fn dividing_equals_leaves_a_plain_number() {
        assert!(unit("pupil").div(&unit("pupil")).is_plain());
        assert_eq!(unit("m2").over(&unit("人")).text().zh, "平方米/生");
        assert!(!unit("m2").same_dimension(&unit("m2").over(&unit("pupil"))));
    }
}
