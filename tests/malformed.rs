//! Data as they should not be, through the real command: which fault ends with which status, what is said of it, at which
//! line and under which words, and that nothing else is touched by it.
//!
//! Each case changes one sound folder. What is said is listed whole, as `CODE file:line words underlined`: nothing more may
//! be said. A fatal case ends with 2 and an empty standard output, and a further bad cell, in another file, is still listed.
//! Any other case ends with 0, 1 or 3, and the findings that differ from those of the sound folder are listed whole.
//!
//! Rules that nest deeper than there is room for end with 2 and a message at their place, whichever command reads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use heng::base::{Lang, SourceId, Sources};
use heng::diag::show::{Style, render};
use heng::diag::{self, Diagnostic};
use heng::load;
use heng::model::plan::Plan;

const PACK: &str = "\
pack small 1.0 \"小标准\"

codes kind \"类别\"
  primary \"小学\" 211
  junior \"初中\" 311

table county \"区县\"
  key code \"区县代码\" text

table school \"学校\"
  key code \"学校代码\" text
  in county by county_code \"区县代码\"
  column name \"学校名称\" text
  column kind \"类别\" one of kind
  column pupils \"学生数\" whole number in pupil
  column area \"面积\" number in m2
  column rate \"比例\" number
  column boarding \"寄宿\" yes/no
  column since \"成立日期\" date

table class \"班级\"
  key code \"班级代码\" text
  in school by school_code \"学校代码\"
  column size \"人数\" whole number in pupil

rule SIZE \"规模\"
  for each school
  require pupils <= 2000

rule AREA \"面积\"
  for each school
  require area >= 4000 m2

rule KIND \"类别\"
  for each school
  require kind = primary

rule RATE \"比例\"
  for each school
  require rate >= 0.5

rule BOARD \"寄宿\"
  for each school
  require not boarding

rule SINCE \"成立\"
  for each school
  require since <= 2010-01-01

rule CLASS \"班额\"
  for each school
  require every class has size <= 45

rule ALL \"全县\"
  for each county
  require sum(pupils across school) <= 3000
";

const COUNTY: &str = "区县代码\nC1\nC2\n";

const SCHOOL: &str = "\
学校代码,区县代码,学校名称,类别,学生数,面积,比例,寄宿,成立日期
S1,C1,一小,小学,900,4500,0.9,否,2001-09-01
S2,C1,二小,小学,1200,6000,0.8,否,2005-09-01
S3,C2,三中,初中,2100,9000,0.4,是,2011-09-01
";

const CLASS: &str = "\
班级代码,学校代码,人数
K1,S1,45
K2,S1,44
K3,S2,45
K4,S3,46
";

/// What the sound folder comes to.
const SOUND: i32 = 1;

struct Case {
    name: &'static str,
    files: BTreeMap<&'static str, Vec<u8>>,
    ends: i32,
    says: Vec<String>,
    changes: Vec<String>,
}

fn case(name: &'static str) -> Case {
    let files = [("county.csv", COUNTY), ("school.csv", SCHOOL), ("class.csv", CLASS)].map(|(name, text)| (name, text.as_bytes().to_vec()));
    Case { name, files: files.into(), ends: SOUND, says: Vec::new(), changes: Vec::new() }
}

impl Case {
    /// With other words in a file, at the one place where they stand.
    fn swap(mut self, file: &'static str, from: &str, to: impl AsRef<[u8]>) -> Case {
        let bytes = &self.files[file];
        let found: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(from.as_bytes())).collect();
        assert_eq!(found.len(), 1, "{}: `{from}` stands once in {file}", self.name);
        let (before, after) = (&bytes[..found[0]], &bytes[found[0] + from.len()..]);
        self.files.insert(file, [before, to.as_ref(), after].concat());
        self
    }

    /// With a file of these bytes.
    fn file(mut self, file: &'static str, bytes: impl AsRef<[u8]>) -> Case {
        self.files.insert(file, bytes.as_ref().to_vec());
        self
    }

    fn gone(mut self, file: &str) -> Case {
        self.files.remove(file);
        self
    }

    fn says(mut self, says: &[&str]) -> Case {
        self.says.extend(says.iter().map(ToString::to_string));
        self
    }

    /// Ends with 2; a bad cell in another file is said too.
    fn fatal(mut self, says: &[&str]) -> Case {
        let (file, from, to, line) = if self.files.get("class.csv").is_some_and(|bytes| bytes == CLASS.as_bytes()) { ("class.csv", "K2,S1,44", "K2,S1,四十四", "class.csv:3 四十四") } else { ("school.csv", ",4500,", ",许多,", "school.csv:2 许多") };
        self = self.swap(file, from, to);
        self.ends = 2;
        let bad = format!("W0302 {line}");
        self.says(&[&bad]).says(says)
    }

    /// Goes on, with these findings other than those of the sound folder: `RULE unit outcome`.
    fn changes(mut self, ends: i32, changes: &[&str]) -> Case {
        self.ends = ends;
        self.changes.extend(changes.iter().map(ToString::to_string));
        self
    }
}

// What is fatal: it is uncertain which rows there are, or to whom they belong ------------------------------------------------

fn fatal_cases() -> Vec<Case> {
    let utf16: Vec<u8> = SCHOOL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let none = |line: &str| format!("E0309 school.csv:1 {line}");
    vec![
        // Bytes.
        case("two bytes of a character of three").swap("school.csv", "二小", b"\xe4\xba").fatal(&["E0304 school.csv:3 ***"]),
        case("a byte that no encoding has").swap("school.csv", "二小", b"\xff\xff").fatal(&["E0304 school.csv:3 ***"]),
        case("two lines with bad bytes").swap("school.csv", "二小", b"\xff").swap("school.csv", "三中", b"\xff").fatal(&["E0304 school.csv:3 ***", "E0304 school.csv:4 ***"]),
        case("a file that ends within a character").file("school.csv", &SCHOOL.as_bytes()[..SCHOOL.find("是,2011").unwrap_or(0) + 2]).fatal(&["E0304 school.csv:4 ***"]),
        case("UTF-16 without a mark").file("school.csv", &utf16).fatal(&[&none("***,***,***")]),
        case("a file of NUL bytes").file("school.csv", [0; 4096]).fatal(&[&none("***")]),
        case("a picture named .csv").file("school.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f").fatal(&[&none("***")]),
        case("a workbook named .csv").file("school.csv", b"PK\x03\x04\x14\0\x06\0xl/workbook.xml").fatal(&["E0303"]),
        case("an old workbook named .csv").file("school.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").fatal(&["E0303"]),
        // Quotes and rows.
        case("a quote that is never closed").swap("school.csv", "二小", "\"二小").fatal(&["E0307 school.csv:3 \""]),
        case("a quote that closes too early").swap("school.csv", "二小", "\"二\"小").fatal(&["E0307 school.csv:3 \""]),
        case("a quote on the last line").swap("class.csv", "K4,S3", "K4,\"S3").fatal(&["E0307 class.csv:5 \""]),
        case("a row that is too short").swap("school.csv", ",是,2011-09-01", "").fatal(&["E0308 school.csv:4 S3,C2,三中,初中,2100,9000,0.4"]),
        case("a file that ends within a row").swap("school.csv", ",初中,2100,9000,0.4,是,2011-09-01\n", "").fatal(&["E0308 school.csv:4 S3,C2,三中"]),
        case("thousands that cut a cell in two").swap("school.csv", "1200", "1,200").fatal(&["E0308 school.csv:3 S2,C1,二小,小学,1,200,6000,0.8,否,***"]),
        case("the classes of a row that was lost are not called strays").swap("school.csv", ",0.8,否,2005-09-01", "").fatal(&["E0308 school.csv:3 S2,C1,二小,小学,1200,6000"]),
        case("separators of two kinds").swap("school.csv", "S2,C1,二小,小学,1200,6000,0.8,否,2005-09-01", "S2;C1;二小;小学;1200;6000;0.8;否;2005-09-01").fatal(&["E0308 school.csv:3 S2;C1;二小;小学;1200;6000;0.8;否;2005-09-01"]),
        // Headers.
        case("an empty file").file("school.csv", "").fatal(&[&none("")]),
        case("a file of blanks").file("school.csv", "\n \n\t\n\u{3000}\n").fatal(&[&none("")]),
        case("a byte order mark and nothing else").file("school.csv", "\u{feff}").fatal(&[&none("")]),
        case("no header").file("school.csv", SCHOOL.split_once('\n').map_or("", |(_, rows)| rows)).fatal(&[&none("***,***,***,***,***,***,***,***,***")]),
        case("a header that is not in its table").file("school.csv", CLASS.replace("学校代码", "学校编码")).fatal(&[&none("***,***,***")]),
        case("a header below ten lines of titles").file("school.csv", "标题\n".repeat(12) + SCHOOL).fatal(&[&none("***")]),
        case("a decimal comma with two digits").swap("school.csv", "1200", "\"12,00\"").fatal(&["W0302 school.csv:3 12,00", "E0325 school.csv:3 12,00"]),
        case("a decimal comma with four digits").swap("school.csv", "1200", "\"1,2000\"").fatal(&["W0302 school.csv:3 1,2000", "E0325 school.csv:3 1,2000"]),
        case("one column twice").swap("school.csv", "面积,比例", "面积,面积").fatal(&["W0301 school.csv:1 学校代码,区县代码,学校名称,类别,学生数,面积,面积,寄宿,成立日期", "E0310 school.csv:1 面积"]),
        case("one column by its title and its id").swap("class.csv", "人数\n", "人数,size\n").swap("class.csv", "K1,S1,45\nK2,S1,44\nK3,S2,45\nK4,S3,46", "K1,S1,45,45\nK2,S1,44,44\nK3,S2,45,45\nK4,S3,46,46").fatal(&["E0310 class.csv:1 人数"]),
        case("no key column").swap("school.csv", "学校代码,", "编号,").fatal(&["N0301 school.csv:1 编号", "E0311 school.csv:1 编号,区县代码,学校名称,类别,学生数,面积,比例,寄宿,成立日期"]),
        case("no link column").swap("class.csv", "学校代码,", "学校,").fatal(&["E0312 class.csv:1 班级代码,学校,人数"]),
        // Keys.
        case("a blank key").swap("school.csv", "S3,C2", ",C2").fatal(&["E0313 school.csv:4 ", "E0316 class.csv:5 S3"]),
        case("a key that is a sign for nothing").swap("class.csv", "K4,", "—,").fatal(&["E0313 class.csv:5 —"]),
        case("a key that shows nothing").swap("class.csv", "K4,", "\u{200b}\u{3000},").fatal(&["E0313 class.csv:5 \u{200b}\u{3000}"]),
        case("a key twice").swap("class.csv", "K4,", "K3,").fatal(&["E0314 class.csv:5 K3"]),
        case("a key twice, once full-width and with blanks").swap("class.csv", "K4,", "　Ｋ３ ,").fatal(&["E0314 class.csv:5 　Ｋ３ "]),
        case("a key three times").swap("class.csv", "K2,", "K1,").swap("class.csv", "K4,", "K1,").fatal(&["E0314 class.csv:3 K1", "E0314 class.csv:5 K1"]),
        case("a key that a spreadsheet has spoiled").swap("class.csv", "K4,", "2.10100001E+09,").fatal(&["E0317 class.csv:5 2.10100001E+09"]),
        case("a link that a spreadsheet has spoiled").swap("class.csv", "K4,S3", "K4,2.1E+09").fatal(&["E0317 class.csv:5 2.1E+09"]),
        // Links.
        case("a blank link").swap("class.csv", "K4,S3", "K4,").fatal(&["E0315 class.csv:5 "]),
        case("a link to nowhere").swap("class.csv", "K4,S3", "K4,S9").fatal(&["E0316 class.csv:5 S9"]),
        case("one link to nowhere in many rows").swap("class.csv", "K3,S2", "K3,S9").swap("class.csv", "K4,S3", "K4,S9").fatal(&["E0316 class.csv:4 S9"]),
        case("a link in other letters").swap("class.csv", "K4,S3", "K4,s3").fatal(&["E0316 class.csv:5 s3"]),
        case("a link that lost its zeros").swap("school.csv", "S3,C2", "003,C2").swap("class.csv", "K4,S3", "K4,3").fatal(&["E0316 class.csv:5 3"]),
        case("a link that gained a decimal").swap("school.csv", "S3,C2", "2103,C2").swap("class.csv", "K4,S3", "K4,2103.0").fatal(&["E0316 class.csv:5 2103.0"]),
        case("a table that only others name, below two counties").gone("school.csv").says(&["E0319"]).ends(2),
        // Percents, files.
        case("percents beside plain numbers").swap("school.csv", "0.8", "80%").fatal(&["E0318 school.csv:3 80%"]),
        case("two files for one table").file("学校.csv", SCHOOL).fatal(&["E0302"]),
        // Several at once.
        case("a fault in every file")
            .swap("county.csv", "C2", "C1")
            .swap("school.csv", "三中", "\"三中")
            .swap("class.csv", "K4,S3", "K3,")
            .says(&["E0314 county.csv:3 C1", "E0307 school.csv:4 \"", "E0314 class.csv:5 K3", "E0315 class.csv:5 "])
            .ends(2),
        case("six faults in one file")
            .swap("school.csv", "S1,C1,一小,小学,900", "S1,C1,一小,中学,-900")
            .swap("school.csv", "S2,C1,二小,小学,1200,6000", "S1,,二小,小学,12.5,6000")
            .swap("school.csv", ",是,2011-09-01", ",是")
            .gone("class.csv")
            .says(&["W0303 school.csv:2 中学", "W0305 school.csv:2 -900", "E0314 school.csv:3 S1", "E0315 school.csv:3 ", "W0306 school.csv:3 12.5", "E0308 school.csv:4 S3,C2,三中,初中,2100,9000,0.4,是"])
            .ends(2),
    ]
}

impl Case {
    fn ends(mut self, status: i32) -> Case {
        self.ends = status;
        self
    }

    /// One cell of the second school, in the column of this sound text, and the message that it gets.
    fn cell(self, sound: &'static str, cell: &str, code: &str, rule: &str) -> Case {
        let quoted = if cell.contains([',', '\n']) { format!("\"{cell}\"") } else { cell.to_string() };
        let row = SCHOOL.lines().nth(2).unwrap_or_default();
        let says = format!("{code} school.csv:3 {cell}");
        let mut changes = vec![format!("{rule} S2 undecided")];
        if rule == "SIZE" {
            // The county's sum hangs on the cell too.
            changes.push("ALL C1 undecided".into());
        }
        let mut made = self.swap("school.csv", row, row.replacen(sound, &quoted, 1));
        made.changes = changes;
        made.says(&[&says])
    }

    /// The same, in the column of pupils.
    fn pupils(self, cell: &str, code: &str) -> Case {
        self.cell("1200", cell, code, "SIZE")
    }
}

// What leaves one cell uncertain: listed, and the run goes on ----------------------------------------------------------------

fn cell_cases() -> Vec<Case> {
    let huge = "9".repeat(400);
    vec![
        case("words for a number").pupils("很多", "W0302"),
        case("a number in Chinese letters").pupils("一千二百", "W0302"),
        case("about so many").pupils("约1200", "W0302"),
        case("from so many to so many").pupils("1100-1200", "W0302"),
        case("a blank in a number").pupils("1 200", "W0302"),
        case("two decimal points").pupils("1.2.0", "W0302"),
        case("a unit of another kind").pupils("1200㎡", "W0302"),
        case("money for pupils").pupils("￥1200", "W0302"),
        case("percent for pupils").pupils("80%", "W0302"),
        case("a hexadecimal number").pupils("0x4B0", "W0302"),
        case("digits of another script").pupils("١٢٠٠", "W0302"),
        case("circled digits").pupils("①②", "W0302"),
        case("no number").pupils("NaN", "W0302"),
        case("endless").pupils("inf", "W0302"),
        case("a power beyond any spreadsheet").pupils("1e99999", "W0302"),
        case("a number of 400 digits").says(&[&format!("W0302 school.csv:3 {}", &huge[..80])]).swap("school.csv", "1200", &huge).changes(SOUND, &["SIZE S2 undecided", "ALL C1 undecided"]),
        case("a formula").pupils("=SUM(A1:A9)", "W0302"),
        case("a lost reference").pupils("#REF!", "W0302"),
        case("a division by zero").pupils("#DIV/0!", "W0302"),
        case("a value error").pupils("#VALUE!", "W0302"),
        case("not available").pupils("#N/A", "W0302"),
        case("a column too narrow to show").pupils("########", "W0302"),
        case("an apostrophe before a number").pupils("'1200", "W0302"),
        case("a zero-width blank inside a number").pupils("12\u{200b}00", "W0302"),
        case("a byte order mark inside a number").pupils("12\u{feff}00", "W0302"),
        case("letters from right to left").pupils("\u{202e}0021", "W0302"),
        case("a letter for a digit").pupils("12OO", "W0302"),
        case("a line break inside a cell").swap("school.csv", "1200", "\"1200\n人左右\"").says(&["W0302 school.csv:3 1200\\u{a}人左右"]).changes(SOUND, &["SIZE S2 undecided", "ALL C1 undecided"]),
        case("a NUL byte inside a number").swap("school.csv", "1200", "12\u{0}00").says(&["W0302 school.csv:3 12\\u{0}00"]).changes(SOUND, &["SIZE S2 undecided", "ALL C1 undecided"]),
        case("half a pupil").pupils("1200.5", "W0306"),
        case("fewer than no pupils").pupils("-1200", "W0305"),
        case("a long minus").pupils("−1200", "W0305"),
        case("an area below nothing").cell("6000", "-1", "W0305", "AREA"),
        case("a kind outside its list").cell("小学", "高中", "W0303", "KIND"),
        case("a kind with a letter too many").cell("小学", "小学校", "W0303", "KIND"),
        case("the number of no kind").cell("小学", "999", "W0303", "KIND"),
        case("neither yes nor no").cell("否", "也许", "W0302", "BOARD"),
        case("the thirtieth of February").cell("2005-09-01", "2005-02-30", "W0304", "SINCE"),
        case("the thirteenth month").cell("2005-09-01", "2005/13/01", "W0304", "SINCE"),
        case("a day without a month").cell("2005-09-01", "2005-09-00", "W0304", "SINCE"),
        case("a day as a spreadsheet counts it").cell("2005-09-01", "38596", "W0302", "SINCE"),
        case("words for a date").cell("2005-09-01", "去年九月", "W0302", "SINCE"),
        case("a year for a date").cell("2005-09-01", "2005", "W0302", "SINCE"),
        case("two bad cells in one row").swap("school.csv", "1200,6000", "十二,六千").says(&["W0302 school.csv:3 十二", "W0302 school.csv:3 六千"]).changes(SOUND, &["SIZE S2 undecided", "AREA S2 undecided", "ALL C1 undecided"]),
        case("a cell that decides nothing any more").swap("school.csv", "2100", "许多").says(&["W0302 school.csv:4 许多"]).changes(SOUND, &["SIZE S3 undecided", "ALL C2 undecided"]),
        case("a class of unknown size beside one that is too large").swap("class.csv", "K4,S3,46", "K4,S3,46\nK5,S3,?").says(&["W0302 class.csv:6 ?"]),
        case("a class of unknown size").swap("class.csv", "K3,S2,45", "K3,S2,?").says(&["W0302 class.csv:4 ?"]).changes(SOUND, &["CLASS S2 undecided"]),
        case("a column that is not there").file("school.csv", SCHOOL.replace("学生数", "学生总数")).says(&["W0301 school.csv:1 学校代码,区县代码,学校名称,类别,学生总数,面积,比例,寄宿,成立日期"]).changes(SOUND, &["SIZE S1 undecided", "SIZE S2 undecided", "SIZE S3 undecided", "ALL C1 undecided", "ALL C2 undecided"]),
    ]
}

// What looks wrong and is not: nothing is lost ------------------------------------------------------------------------------

fn sound_cases() -> Vec<Case> {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(SCHOOL.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let wide: String = SCHOOL.lines().enumerate().map(|(at, line)| format!("{line}{}\n", if at == 0 { (0..10_000).map(|nth| format!(",多余{nth}")).collect() } else { ",".repeat(10_000) })).collect();
    let header = SCHOOL.lines().next().unwrap_or_default();
    vec![
        case("the sound folder"),
        case("UTF-16 with a mark").file("school.csv", utf16),
        case("UTF-8 with a mark").file("school.csv", format!("\u{feff}{SCHOOL}")),
        case("line ends of an old Macintosh").file("school.csv", SCHOOL.replace('\n', "\r")),
        case("line ends of Windows").file("school.csv", SCHOOL.replace('\n', "\r\n")),
        case("no line end at the end").file("school.csv", SCHOOL.trim_end()),
        case("tabs").file("school.csv", SCHOOL.replace(',', "\t")),
        case("semicolons").file("school.csv", SCHOOL.replace(',', ";")),
        case("everything between quotes").file("school.csv", SCHOOL.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\""))).collect::<String>()),
        case("full-width letters, digits and signs").swap("school.csv", "S2,C1,二小,小学,1200,6000,0.8", "Ｓ２,Ｃ１,二小,小学,１２００,６０００．０,０.８"),
        case("blanks around cells").swap("school.csv", "S2,C1,二小,小学,1200", " S2\u{3000},\u{a0}C1, 二小, 小学 ,\t1200 "),
        case("a byte order mark before a key in the middle").swap("school.csv", "S2,C1", "\u{feff}S2,C1"),
        case("zero-width blanks around a number").swap("school.csv", "1200", "\u{200b}1200\u{200b}"),
        case("thousands between quotes").swap("school.csv", "1200", "\"1,200\""),
        case("full-width thousands").swap("school.csv", "1200", "1，200"),
        case("a power of ten").swap("school.csv", "1200", "1.2E+03"),
        case("a whole number with decimals").swap("school.csv", "1200", "1200.00"),
        case("a unit behind a number").swap("school.csv", "1200,6000", "1200人,6000㎡"),
        case("dates in four forms").swap("school.csv", "2001-09-01", "2001/9/1").swap("school.csv", "2005-09-01", "2005年9月1日").swap("school.csv", "2011-09-01", "20110901"),
        case("percents in all rows").swap("school.csv", "0.9", "90%").swap("school.csv", "0.8", "80%").swap("school.csv", "0.4", "40%"),
        case("a formula, markup and a link for a name").swap("school.csv", "二小", "=HYPERLINK(\"\"http://x\"\")").swap("school.csv", "三中", "<script>alert(1)</script>"),
        case("blank lines and blank cells beyond the header").swap("school.csv", "2005-09-01\n", "2005-09-01,,,\n\n , \n"),
        case("a sum in the middle").swap("school.csv", "S2,C1", "合计,,,,3000,,,,\nS2,C1").says(&["N0302 school.csv:3 合计,,,,3000,,,,"]),
        case("the header twice").swap("school.csv", "S2,C1,", format!("{header}\nS2,C1,")).says(&[&format!("N0306 school.csv:3 {header}")]),
        case("two header lines, the second of ids").swap("class.csv", "K1,S1", "code,school_code,size\nK1,S1").says(&["N0306 class.csv:2 code,school_code,size"]),
        case("notes below").file("school.csv", format!("{SCHOOL}注：以上为年报数,,,,,,,,\n填表人：王某\n")).says(&["N0303 school.csv:5 注：以上为年报数,,,,,,,,", "N0303 school.csv:6 填表人：王某"]),
        case("titles above").file("school.csv", format!("某县学校一览表\n单位：人\n{SCHOOL}")).says(&["N0304 school.csv:1 某县学校一览表"]),
        case("a line of 1 MB").swap("school.csv", "二小", "小".repeat(350_000)),
        case("10,000 columns more").file("school.csv", wide).says(&["N0301 school.csv:1 多余0"]),
        case("control characters for a terminal").swap("school.csv", "二小", "\u{1b}[31m\u{7}二小"),
        case("signs for nothing").swap("school.csv", "1200,6000,0.8", "—,无,N/A").changes(SOUND, &["SIZE S2 undecided", "AREA S2 undecided", "RATE S2 undecided", "ALL C1 undecided"]),
        case("a header and no row").file("class.csv", "班级代码,学校代码,人数\n").changes(SOUND, &["CLASS S1 not_applicable", "CLASS S2 not_applicable", "CLASS S3 not_applicable"]),
        case("a table that is not handed in").gone("class.csv").changes(SOUND, &["CLASS S1 undecided", "CLASS S2 undecided", "CLASS S3 undecided"]),
    ]
}

#[test]
fn what_leaves_rows_uncertain_stops_the_run_and_everything_is_said() {
    hold_all(&fatal_cases());
}

#[test]
fn what_leaves_a_cell_uncertain_is_said_and_touches_nothing_else() {
    hold_all(&cell_cases());
}

#[test]
fn what_people_write_anyway_is_read() {
    hold_all(&sound_cases());
}

#[test]
fn folders_and_files_that_are_none_stop_the_run() {
    let place = Place::new("places");
    for (name, bytes) in case("").files {
        place.write(&format!("data/{name}"), &bytes);
    }
    place.write("data/staff.csv", b"a,b\n1,2\n");
    place.write("folder/school.csv/inner.txt", b"");
    place.write("other/notes.txt", b"");
    for (data, code, words) in [
        ("nowhere", "E0512", "nowhere"),
        ("data/school.csv data/school.csv", "E0302", "school.csv"),
        ("data/staff.csv", "E0301", "staff"),
        ("folder", "E0516", "folder"),
        ("folder/school.csv", "E0516", "school.csv"),
        ("other", "E0516", "other"),
    ] {
        let done = place.audit(data);
        assert_eq!(done.status, 2, "{data}\n{}", done.err);
        assert_eq!(done.out, "", "{data}");
        assert!(done.err.contains(code) && done.err.contains(words), "{data}: {code}\n{}", done.err);
    }
    let done = place.audit("data");
    assert!(done.status == SOUND && done.err.contains("N0501") && done.err.contains("staff.csv"), "{}", done.err);
}

#[test]
fn rules_that_nest_too_deep_are_said_at_their_place() {
    let place = Place::sound();
    for (name, rules, code, line) in [
        ("forward", chain(500, |at| format!("m{} + 1", at + 1)), "E0244", "= m213 + 1"),
        ("backward", chain(500, |at| format!("m{} + 1", at.wrapping_sub(1))), "E0244", "= m212 + 1"),
        ("choices", chain(500, |at| format!("if pupils > {at} then m{} else 1", at + 1)), "E0244", "then m213 else 1"),
        ("names alone", chain(500, |at| format!("m{}", at + 1)), "E0244", "= m320"),
        ("doubled forty times", chain(40, |at| format!("m{} + m{}", at + 1, at + 1)), "E0245", "measure m"),
        ("sums in brackets", bracketed(10, 100), "E0109", "pupils + 1 + 1"),
        ("more sums than there may be brackets", bracketed(100, 127), "E0109", "+ 1 + 1"),
    ] {
        place.write("deep/rules.heng", rules.as_bytes());
        for words in READERS {
            let done = place.run(words);
            assert_eq!(done.status, 2, "{name}: {words}\n{}", done.err);
            assert!(done.err.contains(code) && done.err.contains("rules.heng:") && done.err.contains(line), "{name}: {words}\n{}", done.err);
        }
        // Chains are no matter of spelling.
        let done = place.run("fmt --check deep");
        assert_eq!(done.status, if code == "E0109" { 2 } else { 1 }, "{name}\n{}", done.err);
    }
}

#[test]
fn rules_that_nest_as_deep_as_they_may_have_room() {
    let place = Place::sound();
    for (name, rules) in [
        ("forward", chain(200, |at| format!("m{} + 1", at + 1))),
        ("backward", chain(200, |at| format!("m{} + 1", at.wrapping_sub(1)))),
        ("choices", chain(200, |at| format!("if pupils > {at} then m{} else 1", at + 1))),
        ("names alone", chain(300, |at| format!("m{}", at + 1))),
        ("sums in brackets", bracketed(4, 125)),
        ("one sum", bracketed(1, 125)),
    ] {
        place.write("deep/rules.heng", rules.as_bytes());
        // Laying out one clause of hundreds of terms takes long.
        let formatted = ["fmt --check deep"].into_iter().filter(|_| !name.starts_with("sums"));
        for words in READERS.into_iter().chain(formatted) {
            let done = place.run(words);
            assert!((0..=1).contains(&done.status) && !done.err.contains("panicked"), "{name}: {words}\n{}\n{}", done.status, done.err);
        }
    }
}

/// What reads rules, and does something with each.
const READERS: [&str; 4] = ["check deep", "audit deep --data data --as-of 2026-09-01", "lint deep", "explain DEEP --pack deep"];

/// The small pack with measures that stand upon one another, and a rule that asks the one on top. What would stand beyond
/// the last of them is a column.
fn chain(count: usize, body: impl Fn(usize) -> String) -> String {
    let beyond = |name: String| name.replace(&format!("m{count}"), "pupils").replace(&format!("m{}", usize::MAX), "pupils");
    let measures = (0..count).map(|at| format!("\nmeasure m{at} of school\n  = {}\n", beyond(body(at))));
    let top = if body(0).contains(&usize::MAX.to_string()) { count - 1 } else { 0 };
    format!("{PACK}{}\nrule DEEP\n  for each school\n  require m{top} >= 1\n", measures.collect::<String>())
}

/// The small pack with a rule that adds so many times 1 within each of so many brackets.
fn bracketed(brackets: usize, terms: usize) -> String {
    format!("{PACK}\nrule DEEP\n  for each school\n  require {}pupils{} >= 1\n", "(".repeat(brackets), format!("{})", " + 1".repeat(terms)).repeat(brackets))
}

// How a case is held --------------------------------------------------------------------------------------------------------

/// Every case is tried before the test fails.
fn hold_all(cases: &[Case]) {
    let failed: Vec<&str> = cases.iter().filter(|case| std::panic::catch_unwind(|| hold(case)).is_err()).map(|case| case.name).collect();
    assert!(failed.is_empty(), "{} of {} cases: {failed:#?}", failed.len(), cases.len());
}

/// Runs a case both ways and compares everything with what it says.
fn hold(case: &Case) {
    let place = Place::new(&format!("case-{}", std::thread::current().name().unwrap_or_default()));
    for (name, bytes) in &case.files {
        place.write(&format!("data/{name}"), bytes);
    }
    let done = place.audit("data");
    let name = case.name;
    assert_eq!(done.status, case.ends, "{name}\n{}", done.err);
    // A frame shows what a terminal would obey as it is written in code.
    let mut due: Vec<String> = case.says.iter().map(|said| heng::base::shown(said, false).into_owned()).collect();
    due.sort();
    let said = loaded(case);
    let mut found: Vec<String> = said.iter().map(line).collect();
    found.sort();
    assert_eq!(found, due, "{name}\n{}", done.err);
    for one in &said {
        let place = one.labels.first().and_then(|label| if let diag::Place::Line(frame) = &label.place { Some(format!("data/{}:{}", frame.path, frame.line)) } else { None });
        assert!(done.err.contains(one.code) && done.err.contains(&place.unwrap_or_default()), "{name}: {}\n{}", line(one), done.err);
        for lang in [Lang::En, Lang::Zh] {
            let shown = render(one, &Sources::default(), Style { lang, color: false, width: 100 });
            assert!(!shown.contains(['\u{1b}', '\u{0}']), "{name}");
        }
    }
    assert!(!done.err.contains('\u{1b}') && !done.out.contains('\u{1b}') && !done.err.contains("panicked"), "{name}");
    if case.ends == 2 {
        assert_eq!(done.out, "", "{name}");
        return;
    }
    let sound = outcomes(&Place::sound().audit("data").out);
    let found = outcomes(&done.out);
    let mut changed: Vec<String> = found.iter().filter(|(key, outcome)| sound.get(*key) != Some(outcome)).map(|(key, outcome)| format!("{key} {outcome}")).collect();
    changed.extend(sound.keys().filter(|key| !found.contains_key(*key)).map(|key| format!("{key} is gone")));
    changed.sort();
    let mut due = case.changes.clone();
    due.sort();
    assert_eq!(changed, due, "{name}");
}

/// What the library says of the same files.
fn loaded(case: &Case) -> Vec<Diagnostic> {
    let plan = plan();
    let mut files: Vec<load::File> = case.files.iter().map(|(name, bytes)| load::File { path: (*name).to_string(), bytes: bytes.clone(), ..load::File::default() }).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    load::load(&plan, files, &load::Settings::default()).1
}

fn plan() -> Plan {
    let (tree, said) = heng::parse::parse(SourceId(0), PACK);
    assert!(said.is_empty(), "{said:?}");
    let (plan, said) = heng::check::check(&[tree]);
    assert!(said.is_empty(), "{said:?}");
    plan
}

/// `CODE file:line words`, of the first place that a message shows.
fn line(one: &Diagnostic) -> String {
    match one.labels.first().map(|label| &label.place) {
        Some(diag::Place::Line(frame)) => format!("{} {}:{} {}", one.code, frame.path, frame.line, &frame.text[frame.start..frame.end]),
        _ => one.code.to_string(),
    }
}

/// `RULE unit` to outcome, from the report.
fn outcomes(json: &str) -> BTreeMap<String, String> {
    let report: serde_json::Value = serde_json::from_str(json).expect("a report");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().map(|one| (format!("{} {}", text(&one["rule"]).trim_start_matches("small/"), text(&one["unit"]["key"])), text(&one["outcome"]))).collect()
}

struct Done {
    status: i32,
    out: String,
    err: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Done {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Done { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A folder of its own, empty at the start, gone at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("heng-malformed-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let place = Place(path);
        place.write("pack/pack.heng", PACK.as_bytes());
        place
    }

    fn sound() -> Place {
        let place = Place::new(&format!("sound-{}", std::thread::current().name().unwrap_or_default()));
        case("").files.iter().for_each(|(name, bytes)| place.write(&format!("data/{name}"), bytes));
        place
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    fn run(&self, words: &str) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
        command.current_dir(&self.0).args(words.split(' ')).args(["--lang", "en"]).stdin(Stdio::null());
        Done::from(command.output().expect("the command runs"))
    }

    fn audit(&self, data: &str) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
        command.current_dir(&self.0).args(["audit", "pack", "--as-of", "2026-09-01", "--format", "json", "--lang", "en", "--data"]).args(data.split(' ')).stdin(Stdio::null());
        Done::from(command.output().expect("the command runs"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
