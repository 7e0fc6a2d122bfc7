//! Persons in reports: masks that nobody can turn back or mix up, units named by their masks, figures of one or two that
//! stand nowhere, and figures of three that do.

#[path = "common/place.rs"]
mod place;

use std::collections::BTreeSet;
use std::fs;

use place::{Done, Place};

const PACK: &str = r#"pack adults 1.0 "成人" / "Adults"

table school "学校" / "schools"
  key     code "学校代码"   text

table teacher "教师" / "teachers"
  key     id "编号"         text, personal
  in      school by school "学校", open
  name    named
  column  named "姓名"      text
  column  pay "工资"        number in yuan
  column  sick "病"         yes/no
  column  post "岗位"       text, open
  column  hours "课时"      whole number in hour, open

rule SUM "合计"
  for each school
  require sum(pay across teacher where hours = 10) >= 9000000 yuan

rule MEAN "平均"
  for each school
  require mean(pay across teacher where hours = 10) >= 9000000 yuan

rule SHARE "比例"
  for each school
  require at least 99% of teacher are sick

rule SICK "病者"
  for each school
  require count(teacher where sick) <= 0 teacher

rule WEIGHED "加权"
  for each school
  require count(teachers where hours = 10) >= 99% of count(teachers), counted by pay

rule EVERY "按数配备"
  for each school
  require count(teacher) >= 1000 teacher for every 1 of sum(pay across teacher where hours = 10), part counted

rule LIMIT "以此为限"
  for each school
  require count(teacher) >= sum(pay across teacher where hours = 10) / 1 yuan * 1 teacher

rule OPEN "公开数"
  for each school
  require sum(hours across teacher) >= 1000 hour

rule PRODUCT "乘积"
  for each teacher
  require hours * pay >= 100000000

rule BRANCH "分支"
  for each teacher
  require (if sick then 1 else 0) + hours / 1 hour >= 1000
"#;

/// S1 has one of 10 hours, S2 two, S3 three; the file has columns that the pack does not declare.
const TEACHERS: &str = "\
编号,学校,姓名,工资,病,岗位,课时,手机,住址\n\
ZU93,S1,ZU甲,4321.17,是,语文,10,ZU139,ZU和平区\n\
ZU92,S2,ZU乙,5111.23,否,数学,10,ZU138,ZU大东区\n\
ZU91,S2,ZU丙,5222.34,否,数学,10,ZU137,ZU铁西区\n\
ZU84,S3,ZU丁,6001,是,语文,10,ZU136,ZU皇姑区\n\
ZU83,S3,ZU戊,6002,是,语文,10,ZU135,ZU浑南区\n\
ZU82,S3,ZU己,6003,是,语文,10,ZU134,ZU于洪区\n\
ZU81,S3,ZU庚,7777.77,否,语文,11,ZU133,ZU苏家屯\n";

/// As they are written, rounded, summed and divided.
const SECRETS: &[&str] = &["ZU", "4321", "432117", "5111", "5222", "10333.57", "1033357", "5166.7", "7777", "6001", "6002", "6003"];

const DAY: &str = "--as-of 2026-09-01";

fn place(name: &str) -> Place {
    let place = Place::new(name);
    place.file("heng.toml", "").file("p/pack.heng", PACK).file("d/teacher.csv", TEACHERS).file("d/school.csv", "学校代码\nS1\nS2\nS3\n");
    place
}

#[track_caller]
fn silent(done: &Done, what: &str) {
    let key = "5a".repeat(32);
    for text in [&done.out, &done.err] {
        for secret in SECRETS.iter().copied().chain([key.as_str()]) {
            let line = text.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{what}: `{secret}` stands in: {}", line.unwrap_or_default());
        }
    }
}

fn masks(text: &str) -> BTreeSet<String> {
    text.split('某').skip(1).map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>()).filter(|mask| mask.len() >= 16).collect()
}

fn finding(report: &serde_json::Value, rule: &str, unit: &str) -> serde_json::Value {
    let found = report["findings"].as_array().and_then(|all| all.iter().find(|one| one["rule"] == format!("adults/{rule}") && one["unit"]["key"] == unit));
    found.cloned().unwrap_or_default()
}

fn report(place: &Place, more: &str) -> serde_json::Value {
    serde_json::from_str(&place.heng(&format!("audit p --data d {DAY} --format json {more}")).out).expect("JSON")
}

/// Law 16: every command, form and language, with the value of every personal and every undeclared cell marked.
#[test]
fn what_is_masked_stands_in_no_output() {
    let place = place("persons-everywhere");
    place.file(".heng/mask.key", &("5a".repeat(32) + "\n"));
    place.file("d2/teacher.csv", &TEACHERS.replace("4321.17", "4321.18")).file("d2/school.csv", "学校代码\nS1\nS2\nS3\n");
    for lang in ["en", "zh"] {
        let base = format!("--data d {DAY} --lang {lang}");
        for words in ["audit p", "audit p --remedy", "audit p --format json --remedy", "audit p --format csv", "audit p --format junit", "check p", "remedy --pack p", "remedy --pack p --format json", "audit p --unit ZU93", "explain SUM --unit S1 --pack p", "explain SUM --unit S1 --pack p --format json", "explain SHARE --unit S2 --pack p", "explain PRODUCT --unit ZU93 --pack p"] {
            let done = place.heng(&format!("{words} {base}"));
            assert_ne!(done.status, 2, "{words}: {}", done.err);
            silent(&without_three(&done), &format!("{words} {lang}"));
        }
        for format in ["text", "json"] {
            silent(&without_three(&place.heng(&format!("diff d d2 --pack p {DAY} --lang {lang} --format {format}"))), "diff");
        }
    }
    place.heng(&format!("audit p --data d {DAY} --format json=r.json"));
    silent(&without_three(&place.heng("verify r.json")), "verify");
    place.file("d/teacher.csv", &TEACHERS.replace("4321.17", "9321.17"));
    for lang in ["en", "zh"] {
        let done = place.heng(&format!("verify r.json --lang {lang}"));
        assert!(!done.out.contains("9321"), "{}", done.out);
        silent(&without_three(&done), "verify of other data");
    }
}

/// What R50 leaves open: sums, means and quantities of three.
fn without_three(done: &Done) -> Done {
    let open = ["18006", "6002", "25783.77", "2578377"];
    let strip = |text: &str| open.iter().fold(text.to_string(), |text, open| text.replace(open, "_"));
    Done { status: done.status, out: strip(&done.out), err: strip(&done.err) }
}

#[test]
fn figures_of_one_or_two_are_masked_and_those_of_three_are_not() {
    let place = place("persons-few");
    let report = report(&place, "--remedy");
    for rule in ["SUM", "MEAN"] {
        for (unit, is_shown) in [("S1", false), ("S2", false), ("S3", true)] {
            let found = finding(&report, rule, unit);
            assert_eq!(found["value"]["exact"].is_string(), is_shown, "{rule} {unit} {}", found["value"]);
            assert_eq!(found["margin"].is_object(), is_shown, "{rule} {unit}");
            assert_eq!(found["limit"]["exact"], "9000000", "the limit rests on nobody");
            assert_eq!(found["outcome"], "not_met", "an outcome is told for everybody");
        }
    }
    // Of S1 one is sick of one; of S2 nobody of two; of S3 three of four.
    for (unit, value) in [("S1", "某"), ("S2", "某"), ("S3", "3/4")] {
        let found = finding(&report, "SHARE", unit);
        let shown = found["value"]["exact"].as_str().or(found["value"]["text"]["zh"].as_str());
        assert_eq!(shown, Some(value), "{unit}");
        let parts = found["parts"].as_array().map_or(0, Vec::len);
        assert_eq!(parts > 0, unit == "S3", "{unit} {}", found["parts"]);
    }
    for (unit, value) in [("S1", "某"), ("S2", "0"), ("S3", "3")] {
        let found = finding(&report, "SICK", unit);
        let shown = found["value"]["exact"].as_str().or(found["value"]["text"]["zh"].as_str());
        assert_eq!(shown, Some(value), "{unit}");
    }
    // The limit is a figure of few, the value is not: it is a count of all.
    for (unit, is_shown) in [("S1", false), ("S2", false), ("S3", true)] {
        let found = finding(&report, "LIMIT", unit);
        assert!(found["value"]["exact"].is_string(), "{unit} {}", found["value"]);
        assert_eq!(found["limit"]["exact"].is_string(), is_shown, "{unit} {}", found["limit"]);
        assert_eq!(found["margin"].is_object(), is_shown, "{unit}");
    }
    // What rests on no personal column is shown, of one person too.
    let open = finding(&report, "OPEN", "S1");
    assert_eq!(open["value"]["exact"], "10");
    assert_eq!(open["margin"]["exact"], "-990");
    assert!(open["remedy"][0]["change"]["exact"].is_string(), "{}", open["remedy"]);
    assert!(open["cells"].as_array().is_some_and(|cells| cells[0]["raw"] == "10"));
}

const WAGES: &str = r#"pack wages 1.0

table school "学校" / "schools"
  key     code "学校代码" text

table teacher "教师" / "teachers"
  key     id "编号"       text, personal
  in      school by school "学校", open
  column  pay "工资"      number in yuan
  column  extra "津贴"    number in yuan
  column  sick "病"       yes/no

"#;

/// Of every rule that is asked of S1, of four persons, the figure is none of theirs.
const WORKED: &str = r#"rule MEDIAN "中位数"
  for each school
  require median(pay across teacher) >= 9000 yuan

rule TENTH "三成位"
  for each school
  require percentile(30%, pay across teacher) >= 9000 yuan

rule GAP "差"
  for each school
  require max(pay across teacher) - min(pay across teacher) <= 10 yuan

rule TWICE "两倍"
  for each school
  require max(pay across teacher) - 2 * min(pay across teacher) between -20 yuan and -10 yuan

rule NAMED "引用"
  for each school
  require MEDIAN met

rule GROUPS "按数配备"
  for each school
  require count(teacher) >= 1 teacher for every 3 of max(pay across teacher), part counted
"#;

const FORMS: &[&str] = &["audit p", "audit p --remedy", "audit p --format json --remedy", "audit p --format csv", "audit p --format junit", "remedy --pack p", "remedy --pack p --format json"];

/// What every command, form and language prints of a pack with schools `d` that are changed to `d2`.
fn everything(place: &Place, rules: &[&str], units: &[&str]) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for lang in ["en", "zh"] {
        let mut run = |words: String| {
            let done = place.heng(&format!("{words} {DAY} --lang {lang}"));
            assert_ne!(done.status, 2, "{words}: {}", done.err);
            told.push((words, done.out + &done.err));
        };
        for form in FORMS {
            run(format!("{form} --data d"));
        }
        run("audit p --data d --format csv=all.csv --violations rows.csv".into());
        for (rule, unit) in rules.iter().flat_map(|rule| units.iter().map(move |unit| (rule, unit))) {
            run(format!("explain {rule} --unit {unit} --pack p --data d"));
            run(format!("explain {rule} --unit {unit} --pack p --data d --format json"));
        }
        run("diff d d2 --pack p".into());
        run("diff d d2 --pack p --format json".into());
        told.push((format!("violations {lang}"), place.read("rows.csv")));
    }
    told
}

#[test]
fn no_arithmetic_shows_what_one_person_has() {
    let place = Place::new("persons-working");
    let teachers = "编号,学校,工资\nZU1,S1,4111\nZU2,S1,5222\nZU3,S1,6333\nZU4,S1,7444\n";
    place.file("heng.toml", "").file("p/pack.heng", &format!("{WAGES}{WORKED}")).file("d/school.csv", "学校代码\nS1\n").file("d/teacher.csv", teachers);
    place.file("d2/school.csv", "学校代码\nS1\n").file("d2/teacher.csv", &teachers.replace("6333", "6339"));
    for (what, text) in everything(&place, &["MEDIAN", "TENTH", "GAP", "TWICE", "GROUPS"], &["S1"]) {
        for secret in ["4111", "5222", "6333", "6339", "7444"] {
            let line = text.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{what}: `{secret}` stands in: {}", line.unwrap_or_default());
        }
    }
    // The figures are of four, and stay; in clear there is the arithmetic too.
    place.heng(&format!("audit p --data d {DAY}")).prints("5777.50 yuan").prints("5110.90 yuan").prints("3333.00 yuan").prints("-778.00 yuan");
    let clear = place.heng(&format!("audit p --data d {DAY} --show-personal"));
    clear.prints("5222 + (6333 − 5222) × 0.5 = 5777.50 yuan").prints("7444 − 4111 = 3333.00 yuan").prints("7444 make 2482 groups");
}

const BOUNDED: &str = r#"rule SUM "合计"
  for each school
  require sum(pay across teacher) >= 9000000 yuan

rule MEAN "平均"
  for each school
  require mean(pay across teacher) >= 9000000 yuan

rule MIN "最低"
  for each school
  require min(pay across teacher) >= 9000000 yuan

rule MAX "最高"
  for each school
  require max(pay across teacher) <= 1 yuan

rule BOTH "两项合计"
  for each school
  require sum(pay + extra across teacher) >= 9000000 yuan

rule TOGETHER "两个合计"
  for each school
  require sum(pay across teacher) + sum(extra across teacher) >= 9000000 yuan

rule SHARE "比例"
  for each school
  require at least 99% of teacher are sick

rule OTHER "另一写法"
  for each school
  require count(teacher where sick) >= 99% of count(teacher)

rule LIMIT "以此为限"
  for each school
  require count(teacher) <= sum(pay across teacher) / 1 yuan * 1 teacher
"#;

/// One known of three in A, two of four in B, three of four in C, none in D.
const BLANKS: &str = "\
编号,学校,工资,津贴,病\n\
ZUA1,A,50001,,是\nZUA2,A,,,\nZUA3,A,,,\n\
ZUB1,B,61007,,是\nZUB2,B,61009,,否\nZUB3,B,,,\nZUB4,B,,,\n\
ZUC1,C,70001,,是\nZUC2,C,70002,,是\nZUC3,C,70003,,是\nZUC4,C,,,\n\
ZUD1,D,,,\nZUD2,D,,,\nZUD3,D,,,\n";

#[test]
fn bounds_that_rest_on_one_or_two_are_masked_and_those_of_three_are_not() {
    let place = Place::new("persons-bounds");
    let schools = "学校代码\nA\nB\nC\nD\n";
    place.file("heng.toml", "").file("p/pack.heng", &format!("{WAGES}{BOUNDED}")).file("d/school.csv", schools).file("d/teacher.csv", BLANKS);
    place.file("d2/school.csv", schools).file("d2/teacher.csv", &BLANKS.replace("50001", "50003"));
    // As they are, as a mean of all, as a share of one of three and of two of four.
    let secrets = ["50001", "50003", "16667", "61007", "61009", "122016", "30504", "33.33%", "\"1/3\""];
    for (what, text) in everything(&place, &["SUM", "MEAN", "MIN", "MAX", "BOTH", "SHARE"], &["A", "B"]) {
        for secret in secrets {
            let line = text.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{what}: `{secret}` stands in: {}", line.unwrap_or_default());
        }
    }
    let report: serde_json::Value = serde_json::from_str(&place.heng(&format!("audit p --data d {DAY} --format json")).out).expect("JSON");
    let all = report["findings"].as_array().expect("findings");
    for (rule, low) in [("SUM", "210006"), ("MEAN", "105003/2"), ("MAX", "70003"), ("BOTH", "210006"), ("TOGETHER", "210006"), ("SHARE", "3/4"), ("OTHER", "3/4")] {
        for unit in ["A", "B", "C", "D"] {
            let found = all.iter().find(|found| found["rule"] == format!("wages/{rule}") && found["unit"]["key"] == unit).expect("a finding");
            let shown = found["bounds"]["low"]["exact"].as_str().filter(|low| *low != "0");
            assert_eq!(shown, (unit == "C").then_some(low), "{rule} {unit}: {} {}", found["value"], found["bounds"]);
        }
    }
}

#[test]
fn no_remedy_gives_a_masked_figure() {
    let place = place("persons-remedy");
    let out = place.heng(&format!("remedy PRODUCT BRANCH --pack p --data d {DAY}")).out;
    // 100000000 ÷ 4321.17 is 23141.9; to be sick is worth one hour.
    for told in ["23142", "23132", "to 999", "to 1000", "990 hour", "989"] {
        let lines: Vec<&str> = out.lines().filter(|line| line.contains(told) && line.contains("raise")).collect();
        assert!(lines.is_empty(), "{told}: {lines:?}");
    }
    assert!(out.contains("what would be enough is not shown: it would tell a personal figure"));
    let report = report(&place, "--remedy");
    for found in report["findings"].as_array().expect("findings").iter().filter(|found| ["adults/PRODUCT", "adults/BRANCH"].contains(&found["rule"].as_str().unwrap_or(""))) {
        for remedy in found["remedy"].as_array().expect("remedies") {
            assert!(remedy["change"].is_null() && remedy["cell"].is_null(), "{remedy}");
        }
    }
}

/// Whose wage is the largest is not told by the row that a remedy names.
#[test]
fn a_remedy_names_the_same_row_whatever_the_figures_are() {
    let place = place("persons-row");
    place.file("w/pack.heng", &format!("{WAGES}\nrule SUM\n  for each school\n  require sum(pay across teacher) >= 400000 yuan\n")).file("e/school.csv", "学校代码\nS1\n");
    let rows = |wages: [u32; 3]| {
        let rows: String = wages.iter().enumerate().map(|(at, wage)| format!("T{at},S1,{wage}\n")).collect();
        place.file("e/teacher.csv", &format!("编号,学校,工资\n{rows}"));
        let out = place.heng(&format!("remedy SUM --pack w --data e {DAY}")).out;
        assert!(out.contains("teacher.csv row"), "{out}");
        (2..=4).filter(|row| out.contains(&format!("teacher.csv row {row}"))).collect::<Vec<_>>()
    };
    let first = rows([50000, 60000, 70000]);
    for wages in [[70000, 60000, 50000], [50000, 80000, 70000], [60000, 60000, 60000]] {
        assert_eq!(rows(wages), first, "{wages:?}");
    }
}

#[test]
fn a_mask_cannot_be_found_by_trying() {
    let place = place("persons-tried");
    let first = place.heng(&format!("audit p --data d {DAY} --format json")).out;
    let key = place.read(".heng/mask.key");
    assert_eq!(key.trim().len(), 64);
    assert_eq!(place.read(".heng/.gitignore"), "*\n");
    assert!(!first.contains(key.trim()));
    #[cfg(unix)]
    assert_eq!(mode(&place, ".heng/mask.key"), 0o600);
    // The same key, the same masks, the same bytes.
    assert_eq!(first, place.heng(&format!("audit p --data d {DAY} --format json --lang zh")).out);
    let first_masks = masks(&first);
    // Another key, no mask in common.
    place.file(".heng/mask.key", &("00".repeat(32) + "\n"));
    let second = place.heng(&format!("audit p --data d {DAY} --format json")).out;
    assert_eq!(masks(&first).len(), 14, "seven keys and seven names");
    assert!(masks(&first).is_disjoint(&masks(&second)));
    // Without a project the key is of what is read: the same for the same files, another as soon as one byte differs.
    place.remove("heng.toml");
    let run = || masks(&place.heng(&format!("audit p --data d {DAY} --format json")).out);
    let without = run();
    assert!(without == run() && without.len() == 14 && without.is_disjoint(&first_masks));
    let unit = place.heng(&format!("audit p --data d {DAY} --rule PRODUCT --format csv")).out;
    let unit = masks(&unit).into_iter().next().unwrap_or_default();
    assert_eq!(unit.len(), 16);
    place.heng(&format!("audit p --data d {DAY} --unit 某{unit}")).ends(1);
    place.heng(&format!("audit p --data d {DAY} --format json=a.json"));
    place.heng("verify a.json").ends(0);
    place.file("d/teacher.csv", &TEACHERS.replace("6001", "6004"));
    assert!(run().is_disjoint(&without));
}

#[test]
fn a_unit_is_named_by_its_mask() {
    let place = place("persons-named");
    let report = report(&place, "");
    let units: Vec<String> = report["findings"].as_array().expect("findings").iter().filter(|found| found["rule"] == "adults/PRODUCT").filter_map(|found| found["unit"]["key"].as_str().map(str::to_string)).collect();
    assert_eq!(units.len(), 7);
    for unit in [units[0].clone(), units[3].clone(), units[6].to_lowercase()] {
        place.heng(&format!("audit p --data d {DAY} --unit {unit}")).ends(1);
        place.heng(&format!("explain PRODUCT --unit {unit} --pack p --data d {DAY}")).ends(0).prints(&unit.to_uppercase());
        place.heng(&format!("remedy PRODUCT --unit {unit} --pack p --data d {DAY}")).ends(1).prints(&unit.to_uppercase());
    }
    // What was chosen by a mask can be judged again, and is recorded by the mask.
    place.heng(&format!("audit p --data d {DAY} --unit {} --format json=one.json", units[0]));
    assert!(place.read("one.json").contains(&units[0]) && !place.read("one.json").contains("ZU93"));
    place.heng("verify one.json").ends(0);
    // An id that was typed is not repeated.
    for words in ["audit p --unit ZU77", "explain PRODUCT --unit ZU77 --pack p", "remedy PRODUCT --unit ZU77 --pack p"] {
        silent(place.heng(&format!("{words} --data d {DAY}")).ends(2), words);
    }
    place.heng(&format!("audit p --data d {DAY} --unit S9")).ends(2);
}

#[test]
fn persons_stand_in_the_order_of_their_rows() {
    let place = place("persons-order");
    let out = place.heng(&format!("audit p --data d {DAY} --format json --rule PRODUCT --show-personal")).out;
    assert!(out.find("ZU91") < out.find("ZU92"), "by key where keys are shown");
    let report = report(&place, "--rule PRODUCT");
    let rows: Vec<u64> = report["findings"].as_array().expect("findings").iter().filter_map(|found| found["cells"][0]["row"].as_u64()).collect();
    let mut sorted = rows.clone();
    sorted.sort_unstable();
    assert_eq!((rows.len(), &rows), (7, &sorted));
}

#[test]
fn a_report_of_another_key_is_compared_up_to_renaming() {
    let place = place("persons-verify");
    place.heng(&format!("audit p --data d {DAY} --format json=a.json"));
    place.file(".heng/mask.key", &("07".repeat(32) + "\n"));
    place.heng("verify a.json").ends(0).prints("Identical").says("W0651");
    place.heng(&format!("audit p --data d {DAY} --format json=b.json"));
    assert_ne!(place.read("a.json"), place.read("b.json"));
    place.heng("diff a.json b.json").ends(0).says("W0651");
    // Two masks exchanged are no renaming, for each stands elsewhere too.
    let all: Vec<String> = masks(&place.read("a.json")).into_iter().collect();
    let forged = place.read("a.json").replacen(&all[0], &all[1], 1);
    place.file("forged.json", &forged);
    place.heng("verify forged.json").ends(1);
    // Another figure stays another figure.
    place.file("d/teacher.csv", &TEACHERS.replace("6001,", "6011,"));
    place.heng("verify a.json").ends(1).prints("SUM");
    place.heng("diff a.json b.json").ends(1).says("W0652");
}

/// Two persons whose keys begin alike stay two: who leaves is gone, who stays is as before.
#[test]
fn nobody_takes_the_place_of_somebody_else() {
    let place = place("persons-apart");
    place.file("after/teacher.csv", &TEACHERS.replace("ZU93,S1,ZU甲,4321.17,是,语文,10,ZU139,ZU和平区\n", "")).file("after/school.csv", "学校代码\nS1\nS2\nS3\n");
    let done = place.heng(&format!("diff d after --pack p {DAY} --format json"));
    let found: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    let text = found.to_string();
    assert!(!masks(&text).is_empty() && !text.contains("ZU"), "{text}");
    place.heng(&format!("audit p --data d {DAY} --format json=b.json"));
    place.heng(&format!("audit p --data after {DAY} --format json=c.json"));
    let keys = |path: &str| -> BTreeSet<String> {
        let report: serde_json::Value = serde_json::from_str(&place.read(path)).expect("JSON");
        report["findings"].as_array().expect("findings").iter().filter(|found| found["rule"] == "adults/PRODUCT").filter_map(|found| found["unit"]["key"].as_str().map(str::to_string)).collect()
    };
    assert_eq!((keys("b.json").len(), keys("c.json").len()), (7, 6));
    assert!(keys("c.json").is_subset(&keys("b.json")));
}

#[test]
fn a_column_that_no_rule_declares_is_shown_in_no_message() {
    let place = place("persons-undeclared");
    let edits = [
        ("ZU93,S1", "ZU92,S1"),
        ("ZU93,S1", "ZU93,S8"),
        ("ZU93,S1", ",S1"),
        ("4321.17", "ZU多"),
        ("4321.17", "-4321.17"),
        ("4321.17,是", "4321.17,ZU也"),
        ("ZU139,ZU和平区", "ZU139,ZU和平区,ZU又"),
        ("ZU139,ZU和平区", "ZU139"),
        ("ZU139,ZU和平区", "\"ZU139,ZU和平区"),
        ("编号,学校,姓名", "ZU表\n编号,学校,姓名"),
        ("编号,学校,姓名,工资,病,岗位,课时,手机,住址\n", ""),
        ("ZU93,S1,ZU甲,4321.17,是,语文,10", "合计,,,,,,"),
    ];
    for (from, to) in edits {
        assert!(TEACHERS.contains(from));
        place.file("d/teacher.csv", &TEACHERS.replacen(from, to, 1));
        for lang in ["en", "zh"] {
            silent(&without_three(&place.heng(&format!("audit p --data d {DAY} --lang {lang}"))), to);
            silent(&without_three(&place.heng(&format!("check p --data d {DAY} --lang {lang}"))), to);
        }
    }
    // Nor in a table that holds nobody.
    place.file("p/pack.heng", "table school \"学校\"\n  key code \"学校代码\" text\n  column rooms \"教室数\" whole number\nrule R \"r\"\n  for each school\n  require rooms >= 1\n").remove("d/teacher.csv");
    for row in ["S1,三,ZU139", "S1,3", "S1,3,ZU139,ZU又", "S1,\"3,ZU139", "S1,-3,ZU139"] {
        place.file("d/school.csv", &format!("学校代码,教室数,校长手机\n{row}\n"));
        silent(&place.heng(&format!("audit p --data d {DAY}")), row);
    }
}

#[cfg(unix)]
fn mode(place: &Place, path: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(place.path(path)).expect("a file").permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn what_is_written_in_clear_only_its_owner_reads() {
    let place = place("persons-modes");
    place.heng(&format!("audit p --data d {DAY} --show-personal --format json=clear.json --format csv=clear.csv --format junit=clear.xml --format text=clear.txt"));
    for name in ["clear.json", "clear.csv", "clear.xml", "clear.txt"] {
        assert_eq!(mode(&place, name), 0o600, "{name}");
        assert!(place.read(name).contains("ZU93"), "{name}");
    }
    place.heng(&format!("audit p --data d {DAY} --format json=masked.json"));
    assert_ne!(mode(&place, "masked.json") & 0o044, 0, "a report that hides persons is for everybody");
    place.file("d2/teacher.csv", TEACHERS).file("d2/school.csv", "学校代码\nS1\nS2\nS3\n");
    place.heng(&format!("diff d d2 --pack p {DAY} --show-personal --format json=moves.json"));
    assert_eq!(mode(&place, "moves.json"), 0o600);
}

#[test]
fn a_key_that_cannot_be_used_or_kept_is_said() {
    let place = place("persons-key");
    for broken in ["", "abc\n", &"zz".repeat(32), &"5a".repeat(33)] {
        place.file(".heng/mask.key", broken);
        place.heng(&format!("audit p --data d {DAY}")).ends(2).says("E0562");
    }
    // In clear nothing is masked, and no key is asked for.
    place.heng(&format!("audit p --data d {DAY} --show-personal")).ends(1);
    let place = self::place("persons-unkept");
    place.file(".heng", "a file where the folder would be\n");
    let done = place.heng(&format!("audit p --data d {DAY}"));
    silent(&without_three(&done), "a key of the run");
    done.ends(1).says("W0650");
    // A pack without persons needs no key, and none is made.
    let place = Place::new("persons-none");
    place.file("heng.toml", "").file("p/pack.heng", "table school \"s\"\n  key code text\nrule R \"r\"\n  for each school\n  require code is known\n").file("d/school.csv", "code\nS1\n");
    place.heng(&format!("audit p --data d {DAY}")).ends(0);
    assert!(!place.path(".heng").exists());
}

#[test]
fn a_column_is_open_where_it_says_so() {
    let place = place("persons-open");
    // In both languages, and as it was.
    place.heng("fmt p --words zh").ends(0);
    let zh = place.read("p/pack.heng");
    assert!(zh.contains("学校”，公开") && zh.contains("文本，公开") && zh.contains("文本，个人信息"), "{zh}");
    place.heng("fmt p --words en").ends(0);
    let en = place.read("p/pack.heng");
    assert!(en.contains(", open") && en.contains("text, open") && en.contains("text, personal"), "{en}");
    place.heng("fmt p --check").ends(0);
    let cells = |report: serde_json::Value| finding(&report, "OPEN", "S1")["cells"][0]["raw"].clone();
    assert_eq!(cells(report(&place, "")), "10");
    place.file("p/pack.heng", &PACK.replace("whole number in hour, open", "whole number in hour"));
    let report = report(&place, "");
    assert!(finding(&report, "OPEN", "S1")["value"]["exact"].is_null(), "without it the hours of one are hers");
    place.file("p/pack.heng", &PACK.replace("text, personal", "text, personal, open"));
    place.heng("check p").ends(2).says("E0565");
    place.file("p/pack.heng", &format!("{PACK}\ntable health \"体检\"\n  key teacher \"编号\" text, open\n  in teacher by teacher\n"));
    place.heng("check p").ends(2).says("E0566");
}
