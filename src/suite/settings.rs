//! Settings: the text of a heng.toml in, what a run takes from it out, with a located message for every fault.
//! Finding the file, and joining its paths to its folder, is left to the doors.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::{Date, Lang, Text};
use crate::diag::catalog::{SettingsSyntax, UnknownSetting, WrongSetting, choice, list};
use crate::diag::{Diagnostic, Frame, Place};
use crate::model::manner::{Bare, FirstRow, Manner};

use super::place::Lines;

/// What heng.toml may say.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub packs: Vec<String>,
    pub data: Vec<DataSource>,
    pub as_of: Option<Date>,
    pub lang: Option<Lang>,
    pub aliases: Vec<Alias>,
    /// Instead of the tokens that stand for nothing by default.
    pub missing: Option<Vec<String>>,
    pub token_is_zero: bool,
}

/// A folder of data, or one file and how to read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSource {
    pub path: String,
    pub table: Option<String>,
    pub encoding: Option<String>,
    pub delimiter: Option<u8>,
    pub manner: Manner,
    /// The columns that `manner.bare` names, and where, for messages about them.
    pub bare_at: Vec<(String, Frame)>,
}

/// Further headers for a column.
#[derive(Clone, Debug)]
pub struct Alias {
    pub table: String,
    pub column: String,
    pub headers: Vec<String>,
    /// Where the table's and the column's names stand, for messages about them.
    pub table_at: Frame,
    pub column_at: Frame,
}

const KEYS: &[&str] = &["packs", "data", "as_of", "lang", "aliases", "missing", "token_is_zero"];
const DATA_KEYS: &[&str] = &["path", "table", "encoding", "delimiter", "totals", "first_row", "decimal", "bare"];

/// Reads settings. What is wrong is left out of them and said.
pub fn read(text: &str, path: &str) -> (Settings, Vec<Diagnostic>) {
    let mut reader = Reader { lines: Lines::new(text, path), said: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    // One slip makes several errors; the first is where it was made.
    if let Some(error) = errors.first() {
        let place = reader.frame(error.span().unwrap_or(0..0));
        reader.said.push(Diagnostic::from(SettingsSyntax { why: error.message().lines().next().unwrap_or("").into() }).on(place, Text::default()));
        return (Settings::default(), reader.said);
    }
    let settings = reader.settings(table.get_ref());
    reader.said.sort_by_key(|one| one.labels.first().map(|label| if let Place::Line(frame) = &label.place { (frame.line, frame.start) } else { (0, 0) }));
    (settings, reader.said)
}

/// A date as people type it: `2026-09-01`, `2026/9/1`, `2026.9.1`, `2026年9月1日`.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches(['日', '号']);
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    let [year, month, day] = parts[..] else { return None };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

struct Reader<'t> {
    lines: Lines<'t>,
    said: Vec<Diagnostic>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "packs" => settings.packs = self.texts("packs", value).unwrap_or_default(),
                "data" => settings.data = self.data(value),
                "as_of" => settings.as_of = self.as_of(value),
                "lang" => settings.lang = self.text("lang", value).and_then(|text| self.known("lang", value, Lang::parse(&text), Text::new("`zh` or `en`", "“zh”或“en”"))),
                "aliases" => settings.aliases = self.aliases(value),
                "missing" => settings.missing = self.texts("missing", value),
                "token_is_zero" => settings.token_is_zero = self.truth("token_is_zero", value),
                unknown => self.unknown(unknown, key.span(), KEYS),
            }
        }
        settings
    }

    /// One text, one table, or a list of either.
    fn data(&mut self, value: &Value<'_>) -> Vec<DataSource> {
        match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(|one| self.source(one)).collect(),
            _ => self.source(value).into_iter().collect(),
        }
    }

    fn source(&mut self, value: &Value<'_>) -> Option<DataSource> {
        let DeValue::Table(table) = value.get_ref() else {
            return self.text("data", value).map(|path| DataSource { path, ..DataSource::default() });
        };
        let mut source = DataSource::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "path" => source.path = self.text("path", value).unwrap_or_default(),
                "table" => source.table = self.text("table", value),
                "encoding" => source.encoding = self.text("encoding", value),
                "delimiter" => source.delimiter = self.text("delimiter", value).and_then(|text| self.delimiter(value, &text)),
                "totals" => source.manner.keeps_totals = self.word("totals", value, &["keep"], |word| (word == "keep").then_some(true)).unwrap_or_default(),
                "first_row" => source.manner.first_row = self.word("first_row", value, &FirstRow::ALL.map(FirstRow::word), FirstRow::of_word),
                "decimal" => source.manner.decimal_comma = self.word("decimal", value, &[",", "."], |mark| [",", "."].contains(&mark).then_some(mark == ",")).unwrap_or_default(),
                "bare" => self.bare(value, &mut source),
                unknown => self.unknown(unknown, key.span(), DATA_KEYS),
            }
        }
        if source.path.is_empty() {
            self.wrong("path", value.span(), Text::new("the path of a file or folder", "文件或文件夹的路径"));
            return None;
        }
        Some(source)
    }

    /// One word for all columns, or one for each that is named.
    fn bare(&mut self, value: &Value<'_>, source: &mut DataSource) {
        let words = Bare::ALL.map(Bare::word);
        let DeValue::Table(columns) = value.get_ref() else {
            let all = self.word("bare", value, &words, Bare::of_word);
            source.manner.bare.extend(all.map(|bare| (Manner::ALL.to_string(), bare)));
            return;
        };
        for (column, value) in columns {
            let name = column.get_ref().to_string();
            if let Some(bare) = self.word(&format!("bare.{name}"), value, &words, Bare::of_word) {
                source.bare_at.push((name.clone(), self.frame(column.span())));
                source.manner.bare.insert(name, bare);
            }
        }
    }

    /// One of a few words.
    fn word<T>(&mut self, key: &str, value: &Value<'_>, words: &[&str], of_word: impl Fn(&str) -> Option<T>) -> Option<T> {
        let read = match value.get_ref() {
            DeValue::String(text) => of_word(text),
            _ => None,
        };
        let quoted: Vec<Text> = words.iter().map(|word| Text::new(format!("`\"{word}\"`"), format!("“\"{word}\"”"))).collect();
        self.known(key, value, read, choice(&quoted))
    }

    fn delimiter(&mut self, value: &Value<'_>, text: &str) -> Option<u8> {
        let one = match text.as_bytes() {
            [byte] if byte.is_ascii() => Some(*byte),
            _ => None,
        };
        self.known("delimiter", value, one, Text::new("one character, as `,` or `;` or `\\t`", "一个字符，如“,”“;”“\\t”"))
    }

    /// A text, or a date of TOML's own.
    fn as_of(&mut self, value: &Value<'_>) -> Option<Date> {
        let written = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(when) => when.to_string(),
            _ => String::new(),
        };
        self.known("as_of", value, date(&written), Text::new("a date, as 2026-09-01", "日期，如 2026-09-01"))
    }

    fn aliases(&mut self, value: &Value<'_>) -> Vec<Alias> {
        let due = || Text::new("a table for each table, as `[aliases.school]`", "每个数据表一节，如“[aliases.school]”");
        let DeValue::Table(tables) = value.get_ref() else {
            self.wrong("aliases", value.span(), due());
            return Vec::new();
        };
        let mut aliases = Vec::new();
        for (table, columns) in tables {
            let DeValue::Table(columns) = columns.get_ref() else {
                self.wrong(&format!("aliases.{}", table.get_ref()), columns.span(), due());
                continue;
            };
            for (column, headers) in columns {
                let key = format!("aliases.{}.{}", table.get_ref(), column.get_ref());
                let Some(headers) = self.texts(&key, headers) else { continue };
                aliases.push(Alias {
                    table: table.get_ref().to_string(),
                    column: column.get_ref().to_string(),
                    headers,
                    table_at: self.frame(table.span()),
                    column_at: self.frame(column.span()),
                });
            }
        }
        aliases
    }

    /// One text or a list of texts.
    fn texts(&mut self, key: &str, value: &Value<'_>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(list) => Some(list.iter().filter_map(|one| self.text(key, one)).collect()),
            _ => self.text(key, value).map(|one| vec![one]),
        }
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        self.known(key, value, text, Text::new("a text between quotes", "加引号的文字"))
    }

    fn truth(&mut self, key: &str, value: &Value<'_>) -> bool {
        let truth = match value.get_ref() {
            DeValue::Boolean(truth) => Some(*truth),
            _ => None,
        };
        self.known(key, value, truth, Text::new("`true` or `false`", "“true”或“false”")).unwrap_or_default()
    }

    fn known<T>(&mut self, key: &str, value: &Value<'_>, read: Option<T>, due: Text) -> Option<T> {
        if read.is_none() {
            self.wrong(key, value.span(), due);
        }
        read
    }

    fn wrong(&mut self, key: &str, at: Range<usize>, due: Text) {
        let place = self.frame(at);
        self.said.push(Diagnostic::from(WrongSetting { key: key.into(), due }).on(place, Text::default()));
    }

    fn unknown(&mut self, key: &str, at: Range<usize>, known: &[&str]) {
        let tick = |word: &&str| Text::new(format!("`{word}`"), format!("“{word}”"));
        let known = match crate::diag::catalog::nearest(key, known.iter().copied()) {
            Some(near) => tick(&near),
            None => list(&known.iter().map(tick).collect::<Vec<_>>()),
        };
        let place = self.frame(at);
        self.said.push(Diagnostic::from(UnknownSetting { key: key.into(), known }).on(place, Text::default()));
    }

    fn frame(&self, at: Range<usize>) -> Frame {
        self.lines.frame(at)
    }
}

#[cfg(test)]
mod tests {
    use super::{date, read};

    #[test]
    fn everything_that_may_stand_there() {
        let text = "packs = \"rules\"\ndata = [\"a\", {path = \"b.csv\", table = \"school\", delimiter = \";\"}]\nas_of = 2026-09-01\nlang = \"zh\"\nmissing = [\"/\"]\ntoken_is_zero = true\n[aliases.school]\ncode = [\"学校标识码\"]\n";
        let (settings, said) = read(text, "heng.toml");
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(settings.data[1].delimiter, Some(b';'));
        assert_eq!(settings.as_of, date("2026年9月1日"));
        assert_eq!(settings.aliases[0].headers, ["学校标识码"]);
    }

    #[test]
    fn faults_are_located() {
        let (_, said) = read("packs = 3\nlnag = \"zh\"\n", "heng.toml");
        let codes: Vec<_> = said.iter().map(|one| one.code).collect();
        assert_eq!(codes.len(), 2, "{codes:?}");
        assert!(said.iter().any(|one| one.help.en.contains("lang")));
        let (_, said) = read("packs = \n", "heng.toml");
        assert_eq!(said[0].code, "E0530");
    }

    #[test]
    fn days_that_are_none() {
        for text in ["", "2026-13-01", "26-9-1", "2026-9", "2026-09-01T00:00", "today"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
