//! English words for one thing and for several; a unit as it stands after a number.

use super::{Text, Unit};
use super::unit::unit_word;

impl Unit {
    /// The unit after a number that is 1, or is not: `pupil`, `pupils`, `teachers per 100 pupils`, `m2/pupil`.
    pub fn english(&self, one: bool) -> String {
        english(&self.text().en, one)
    }

    /// The Chinese of the unit behind a number: `名/100 人`, where a rule writes 名 每 100 人.
    pub fn short_zh(&self) -> String {
        self.text().zh.replace(" 每 ", "/")
    }

    /// A number as it is written in this unit, with the unit behind it: `1 pupil`, `4.2 teachers per 100 pupils`; a plain
    /// number or a percent stays as it is, and so does in English a year of the calendar: nothing lasts 2,016 years.
    pub fn amount(&self, number: &str) -> Text {
        if self.is_plain() || self.text().is_empty() {
            return number.into();
        }
        if self.is_calendar_year(number) {
            return Text::new(number, format!("{number} {}", self.short_zh()));
        }
        Text::new(format!("{number} {}", self.english(number == "1")), format!("{number} {}", self.short_zh()))
    }

    fn is_calendar_year(&self, number: &str) -> bool {
        self.text().en == "year" && number.len() == 4 && number.starts_with(['1', '2']) && number.bytes().all(|digit| digit.is_ascii_digit())
    }
}

fn english(unit: &str, one: bool) -> String {
    if let Some(under) = unit.strip_prefix("1/") {
        return format!("per {under}");
    }
    if let Some((over, under)) = unit.split_once(" per ") {
        let under = under.rsplit_once(' ').map_or_else(|| under.to_string(), |(each, what)| format!("{each} {}", english(what, each == "1")));
        return format!("{} per {under}", english(over, one));
    }
    match unit_word(unit).map(|word| word.en) {
        None if one => singular_of(unit).replace('_', " "),
        _ if one || unit.contains(['/', '·', '^']) => unit.replace('_', " "),
        Some([single, several, ..]) if several.starts_with(single) => (*several).to_string(),
        Some(_) => unit.replace('_', " "),
        None => plural_word(unit),
    }
}

/// `classes`, `categories`, `pupils`; a word of another script stays as it is.
pub fn plural_word(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('y') {
        _ if !word.ends_with(|last: char| last.is_ascii_alphabetic()) => word.to_string(),
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ends(&["ss", "x", "ch", "sh"]) => format!("{word}es"),
        _ if word.ends_with('s') => word.to_string(),
        _ => format!("{word}s"),
    }
}

/// `result` for `results`, `class` for `classes`, `county` for `counties`; a word that is one already stays as it is.
pub fn singular_of(word: &str) -> String {
    const ALIKE: [&str; 8] = ["series", "species", "news", "means", "premises", "headquarters", "lens", "gas"];
    let last = word.rsplit(['_', ' ', '/']).next().unwrap_or(word);
    let is_one = ALIKE.contains(&last) || ["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    match word.strip_suffix("es").filter(|stem| ["ss", "x", "ch", "sh"].iter().any(|end| stem.ends_with(end))) {
        _ if is_one || !word.is_ascii() => word.to_string(),
        Some(stem) => stem.to_string(),
        None => match (word.strip_suffix("ies"), word.strip_suffix('s')) {
            (Some(stem), _) => format!("{stem}y"),
            (None, Some(stem)) => stem.to_string(),
            (None, None) => word.to_string(),
        },
    }
}

/// The word for one of a table whose title may be its id's plural: `school` for `schools`.
pub fn singular_word<'w>(id: &'w str, title: &'w str) -> &'w str {
    let is_plural = title != id && title.to_lowercase() == plural_word(id);
    if is_plural { id } else { title }
}

#[cfg(test)]
mod tests {
    use super::super::Number;
    use super::{Unit, plural_word, singular_of, singular_word, unit_word};

    #[test]
    fn one_and_several() {
        let unit = |word: &str| Unit::from_word(unit_word(word).expect("a unit word"));
        assert_eq!((unit("room").english(true), unit("room").english(false)), ("room".into(), "rooms".into()));
        assert_eq!(unit("teacher").per(&Number::int(100), &unit("pupil")).english(false), "teachers per 100 pupils");
        let years = ["1", "3", "999", "2016", "2016.5"].map(|number| unit("year").amount(number).en);
        assert_eq!(years, ["1 year", "3 years", "999 years", "2016", "2016.5 years"]);
        assert_eq!((unit("year").amount("2016").zh, unit("room").amount("2016").en), ("2016 年".into(), "2016 rooms".into()));
        let one = ["results", "classes", "counties", "recognition", "campus", "news", "学校", "1/pupils"].map(singular_of);
        assert_eq!(one, ["result", "class", "county", "recognition", "campus", "news", "学校", "1/pupil"]);
        assert_eq!((plural_word("county"), plural_word("学校")), ("counties".into(), "学校".into()));
        assert_eq!((singular_word("school", "Schools"), singular_word("school", "site")), ("school", "site"));
    }
}
