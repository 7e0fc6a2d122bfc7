//! What is personal stands in clear nowhere: in no report, no message, no comparison and no failure of a test, in neither
//! language, unless the run asks for it.

#[path = "common/place.rs"]
mod place;

use place::{Done, Place};

/// Every form that reads a personal column: alone, beside another, as limit, over rows, picked out, through a link.
const PACK: &str = r#"pack staff 1.0 "教师" / "Staff"

codes rank "职级" best first
  senior "高级"
  junior "初级"

table school "学校"
  key     code "学校代码"    text
  column  head "校长"       text, personal
  column  quota "编制数"     whole number
  column  sick "病假人数"    whole number, personal
  column  leave "休假人数"   whole number, personal

table teacher "教师" / "teachers"
  key     id "教师编号"      text, personal
  in      school by school_code "学校代码"
  name    named
  column  named "姓名"      text, personal
  column  pay "月工资"       number in yuan, personal
  column  born "出生日期"    date, personal
  column  kin "联系人"       text, personal
  column  hours "课时"       number in hour
  column  fit "健康"        yes/no, personal

table lesson "授课"
  key     item "编号"         text
  in      teacher by teacher_id "教师编号"
  column  length "时长"      number in hour

rule PAY "工资"
  for      each teacher
  require  pay >= 5000 yuan
  message  "{named}（{id}）月工资 {pay}，联系人 {kin}"
  remedy   "请联系 {named}"

rule TURNED "反写"
  for      each teacher
  require  hours * 500 <= pay / 1 yuan * 1 hour

rule BORN "年龄"
  for      each teacher
  require  born >= 1990-01-01

rule FIT "健康"
  for      each teacher
  require  fit

rule KIN "联系人"
  for      each teacher
  require  kin is known

rule BOTH "两项"
  for      each teacher
  require  pay >= 5000 yuan
  require  born >= 1990-01-01

rule LESSONS "授课时长"
  for      each teacher
  require  every lesson has length <= 2 hour

rule LESSON "授课"
  for      each lesson
  require  length <= 2 hour

rule EVERY "逐人"
  for      each school
  require  every teacher has pay >= 5000 yuan

rule MOST "最高"
  for      each school
  require  max(pay across teacher) <= 6000 yuan

rule SPREAD "差异"
  for      each school
  require  variation(pay across teacher, equal weights) <= 0.1

rule COLUMNS "计数列"
  for      each school
  require  sick <= 10% of leave

rule LIMIT "以个人信息为限"
  for      each school
  require  quota <= sick

rule COUNTED "达标项"
  for      each teacher
  require  at least 2 of PAY, BORN met, the rest at least 50% of standard
"#;

const SCHOOLS: &str = "学校代码,校长,编制数,病假人数,休假人数\nS1,ZQHEAD甲,7,8675309,8675999\nS2,ZQHEAD乙,9000000,8675301,\n";
const TEACHERS: &str = "\
教师编号,学校代码,姓名,月工资,出生日期,联系人,课时,健康\n\
ZQKEY01,S1,ZQNAME子,4817.53,1987-06-05,ZQKIN一,20,是\n\
ZQKEY02,S1,ZQNAME丑,7719.31,1993-11-23,ZQKIN二,20,否\n\
ZQKEY03,S2,ZQNAME寅,ZQPAY不详,1988年13月77日,,20,\n\
ZQKEY04,S2,ZQNAME卯,,,,,是\n";
const LESSONS: &str = "编号,教师编号,时长\nL1,ZQKEY01,1\nL2,ZQKEY02,3\nL3,ZQKEY03,不详\n";

/// What no output may hold. The lists of digits are figures as they are written, rounded and exact.
const SECRETS: &[&str] = &["ZQ", "4817", "7719", "771931", "481753", "1987-06", "1993-11", "1988年", "86753", "86759", "13月77"];

fn place(name: &str) -> Place {
    let place = Place::new(name);
    // A key of its own, so that its masks are always the same.
    place.file("heng.toml", "").file(".heng/mask.key", &format!("{}\n", "5a".repeat(32)));
    place.file("pack/pack.heng", PACK).file("data/school.csv", SCHOOLS).file("data/teacher.csv", TEACHERS).file("data/lesson.csv", LESSONS);
    place
}

#[track_caller]
fn silent(done: &Done, what: &str) {
    for (stream, text) in [("output", &done.out), ("messages", &done.err)] {
        for secret in SECRETS {
            let line = text.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{what}: `{secret}` stands in the {stream}: {}\n", line.unwrap_or_default());
        }
    }
}

const AUDIT: &str = "audit pack --data data --as-of 2026-09-01";

#[test]
fn no_report_tells_who_it_is() {
    let place = place("personal-report");
    for lang in ["en", "zh"] {
        for rest in ["", "--format json", "--format csv", "--rule PAY", "--rule EVERY --rule MOST", "--unit ZQKEY01", "--unit ZQKEY01 --format json", "--strict"] {
            let done = place.heng(&format!("{AUDIT} --lang {lang} {rest}"));
            assert_ne!(done.status, 2, "{rest}: {}", done.err);
            silent(&done, &format!("audit {rest} {lang}"));
            assert!(rest == "--rule EVERY --rule MOST" || done.out.contains('某'), "{rest}");
        }
    }
}

#[test]
fn a_run_that_asks_for_it_shows_it() {
    let place = place("personal-shown");
    let done = place.heng(&format!("{AUDIT} --show-personal --format json"));
    for secret in ["ZQKEY01", "ZQNAME子", "4817.53", "1987-06-05", "8675309"] {
        done.prints(secret);
    }
    assert!(!done.out.contains('某'));
    place.heng(&format!("{AUDIT} --show-personal")).prints("ZQKEY01 ZQNAME子").prints("4817.53");
}

#[test]
fn masks_are_the_same_in_every_run() {
    let place = place("personal-stable");
    let first = place.heng(&format!("{AUDIT} --format json")).out;
    assert_eq!(first, place.heng(&format!("{AUDIT} --format json --lang zh")).out);
    // Other rows before it change nothing of a row's mask.
    let masks = |text: &str| text.split("\"key\": \"").filter(|key| key.starts_with('某')).map(|key| key.chars().take(17).collect::<String>()).collect::<std::collections::BTreeSet<_>>();
    place.file("data/teacher.csv", &TEACHERS.replace("健康\n", "健康\nAAAA,S1,甲,1,2000-01-01,乙,1,是\n"));
    let second = place.heng(&format!("{AUDIT} --format json")).out;
    assert!(masks(&first).is_subset(&masks(&second)) && masks(&first).len() == 4, "{:?}", masks(&first));
}

/// What has few possible values could be found by trying them all: its mask tells nothing of it.
#[test]
fn the_mask_of_a_figure_is_no_digest() {
    let place = place("personal-figures");
    let done = place.heng(AUDIT);
    done.prints("月工资 某\n").prints("出生日期 某\n").prints("健康 某\n").prints("value    某\n");
    let other = place.file("data/teacher.csv", &TEACHERS.replace("4817.53", "4817.54")).heng(AUDIT);
    assert_eq!(done.out, other.out);
}

#[test]
fn no_message_about_data_tells_who_it_is() {
    let place = place("personal-load");
    let edits: &[(&str, &str, &str)] = &[
        ("teacher", "ZQKEY02,S1", "ZQKEY01,S1"),
        ("teacher", "ZQKEY02,S1", ",S1"),
        ("teacher", "ZQKEY02,S1", "ZQKEY02,S9"),
        ("teacher", "ZQKEY02,S1", "ZQKEY02,"),
        ("teacher", "ZQKEY02,S1", "ZQKEY02,S1,ZQMORE"),
        ("teacher", "ZQKEY02,S1,", ""),
        ("teacher", "ZQKEY02,S1", "\"ZQKEY02,S1"),
        ("teacher", "ZQKEY02", "2.12E+09"),
        ("teacher", "7719.31", "-7719.31"),
        ("teacher", "7719.31", "7719.31%"),
        ("teacher", "1993-11-23", "1993-11-31"),
        ("teacher", "20,否", "20,ZQ否"),
        ("teacher", "20,否", "二十,否"),
        ("teacher", "教师编号,学校代码,姓名,月工资", "教师编号,学校代码,姓名,工资"),
        ("teacher", "教师编号,学校代码", "编号,学校代码"),
        ("teacher", "教师编号,学校代码,姓名,月工资,出生日期,联系人,课时,健康\n", ""),
        ("teacher", "教师编号,学校代码", "2026年 ZQ名册\n教师编号,学校代码"),
        ("teacher", "ZQKEY04,S2,ZQNAME卯,,,,,是", "合计,,ZQNAME卯,,,,,"),
        ("teacher", "ZQKEY04,S2,ZQNAME卯,,,,,是", "填表人:ZQ,,,,,,,"),
        ("teacher", "月工资,出生日期", "姓名,出生日期"),
        ("lesson", "ZQKEY02", "ZQKEY99"),
        ("lesson", "L2,ZQKEY02", "L1,ZQKEY02"),
        ("lesson", "L2,ZQKEY02", ",ZQKEY02"),
        ("lesson", "L2,ZQKEY02", "L2,ZQKEY02,ZQ"),
        ("lesson", "L2,ZQKEY02", "\"L2,ZQKEY02"),
        ("lesson", "编号,教师编号", "编号,教师代号"),
        ("school", "8675309", "-8675309"),
        ("school", "8675309", "8675309.5"),
        ("school", "S1,ZQHEAD甲", "S1 ,ZQHEAD甲\nS1,ZQHEAD丙"),
    ];
    let text = |table: &str| match table {
        "teacher" => TEACHERS,
        "lesson" => LESSONS,
        _ => SCHOOLS,
    };
    for (at, (table, from, to)) in edits.iter().enumerate() {
        assert!(text(table).contains(from), "{from}");
        place.file(&format!("data/{table}.csv"), &text(table).replacen(from, to, 1));
        for lang in ["en", "zh"] {
            let what = format!("edit {at} {table} {lang}");
            silent(&place.heng(&format!("{AUDIT} --lang {lang}")), &what);
            silent(&place.heng(&format!("check pack/pack.heng --data data --as-of 2026-09-01 --lang {lang}")), &what);
        }
        place.file(&format!("data/{table}.csv"), text(table));
    }
}

/// A file in another encoding, and one that cannot be decoded.
#[test]
fn no_message_about_bytes_tells_who_it_is() {
    let place = place("personal-bytes");
    let path = "data/teacher.csv";
    place.file(path, TEACHERS);
    let bad: Vec<u8> = [TEACHERS.as_bytes(), b"ZQKEY05,S1,ZQNAME\xff\xfe,1,,,,\n"].concat();
    place.bytes(path, &bad);
    for lang in ["en", "zh"] {
        let done = place.heng(&format!("{AUDIT} --lang {lang}"));
        silent(done.ends(2), "bytes");
    }
}

#[test]
fn a_table_that_is_not_there_is_named_by_nobody() {
    let place = place("personal-named");
    place.remove("data/teacher.csv");
    for lang in ["en", "zh"] {
        for rest in ["", "--format json", "--format csv"] {
            silent(&place.heng(&format!("{AUDIT} --lang {lang} {rest}")), &format!("named {rest}"));
        }
    }
}

#[test]
fn no_suggestion_tells_who_it_is() {
    let place = place("personal-near");
    for lang in ["en", "zh"] {
        let done = place.heng(&format!("{AUDIT} --unit ZKEY01 --lang {lang}"));
        silent(done.ends(2), "unit");
        // A name that is not there is answered with columns that come near it, and what they hold.
        place.file("near/pack.heng", &PACK.replace("require  kin is known", "require  联系方式 is known").replace("require  length <= 2 hour\n\nrule EVERY", "require  教师编 is known\n\nrule EVERY"));
        let done = place.heng(&format!("check near --data data --as-of 2026-09-01 --lang {lang}"));
        silent(done.ends(2), "near");
    }
}

#[test]
fn comparing_and_verifying_tell_nobody() {
    let place = place("personal-diff");
    for unit in ["", "--unit ZQKEY01"] {
        place.heng(&format!("{AUDIT} {unit} --format json=a.json"));
        silent(place.heng("verify a.json").ends(0), "verify");
        place.file("data/teacher.csv", &TEACHERS.replace("4817.53", "5817.53").replace("ZQKIN一", "ZQKIN三"));
        place.file("data2/teacher.csv", TEACHERS).file("data2/school.csv", SCHOOLS).file("data2/lesson.csv", LESSONS);
        place.heng(&format!("{AUDIT} {unit} --format json=b.json"));
        for lang in ["en", "zh"] {
            for words in ["verify a.json", "diff a.json b.json", "diff a.json b.json --data data2 data", "diff a.json b.json --format json", "diff data2 data --pack pack --as-of 2026-09-01", "diff data2 data --pack pack --as-of 2026-09-01 --format json"] {
                let done = place.heng(&format!("{words} --lang {lang}"));
                silent(done.ends(1), words);
                assert!(!done.out.contains("5817"), "{words}: {}", done.out);
            }
        }
        place.file("data/teacher.csv", TEACHERS);
    }
    // A filter by a key that is masked in the report is understood again.
    place.heng(&format!("{AUDIT} --unit ZQKEY01 --format json=a.json"));
    assert!(!place.read("a.json").contains("ZQKEY01"));
    place.heng("verify a.json").ends(0).prints("Identical");
    // What was written in clear is spoken of only where that is asked for.
    place.heng(&format!("{AUDIT} --show-personal --format json=c.json"));
    place.heng("verify c.json").ends(2).says("`c.json` holds personal data in clear");
    place.heng("verify c.json --show-personal").ends(0);
    place.heng("diff a.json c.json --show-personal").ends(2).says("E0589");
    place.heng("diff data2 data --pack pack --as-of 2026-09-01 --show-personal").ends(0);
}

#[test]
fn a_test_that_fails_tells_nobody() {
    let place = place("personal-suite");
    let rules = format!("# staff\n```heng\n{PACK}```\n```csv school\n{SCHOOLS}```\n```csv teacher\n{TEACHERS}```\n```csv lesson\n{LESSONS}```\n```as-of\n2026-09-01\n```\n");
    let wrong = "## values\n```expect\nPAY ZQKEY01 met 7719.31\nPAY ZQKEY02 not_met 4817.53\nBORN ZQKEY01 met\nFIT ZQKEY02 met\nMOST S1 met 7719.31\nPAY ZQKEY99 met\n```\n## report\n```report en\nPAY ZQKEY01 ZQNAME子 4817.53\n```\n## messages\n```output en\nZQPAY不详\n```\n";
    place.file("suite.md", &format!("{rules}{wrong}"));
    for lang in ["en", "zh"] {
        let done = place.heng(&format!("test suite.md --lang {lang}"));
        // A key that no row has is the author's own.
        let out = done.out.replace("ZQKEY99", "");
        silent(&Done { status: done.status, out, err: done.err }, "test");
    }
}

/// A key that is another table's, and a yes or no that would have to be turned: who is told to turn it is told what it is.
#[test]
fn no_remedy_and_no_explanation_tells_who_it_is() {
    let place = place("personal-remedy");
    let more = "\ntable health \"体检\"\n  key     teacher_id \"教师编号\" text\n  in      teacher by teacher_id\n  column  visits \"次数\"  whole number\n\nrule VISITS \"体检次数\"\n  for      each health\n  require  visits >= 2\n\nrule ALL_FIT \"健康比例\"\n  for      each school\n  require  at least 90% of teacher where hours >= 1 hour are fit\n";
    place.file("pack/pack.heng", &format!("{PACK}{more}")).file("data/health.csv", "教师编号,次数\nZQKEY01,1\nZQKEY02,3\n");
    for lang in ["en", "zh"] {
        for (words, status) in [("remedy", 1), ("remedy --format json", 1), ("remedy VISITS", 1), ("explain VISITS --unit zz", 2), ("explain VISITS --unit ZKEY01", 2), ("remedy VISITS --unit ZKEY01", 2), ("explain ALL_FIT --unit S1", 0), ("explain ALL_FIT --unit S1 --format json", 0)] {
            let done = place.heng(&format!("{words} --pack pack --data data --as-of 2026-09-01 --lang {lang}"));
            silent(done.ends(status), &format!("{words} {lang}"));
            // What the rule asks is said of everybody.
            let told: String = done.out.lines().filter(|line| !line.trim_start().starts_with("要求")).collect();
            assert!(!told.contains("has to become yes") && !told.contains("”为“是”") && !told.contains("\"exact\": \"yes\""), "{words}: {}", done.out);
        }
    }
    let shown = place.heng("remedy ALL_FIT --pack pack --data data --as-of 2026-09-01 --show-personal");
    shown.ends(1).prints("健康 has to become yes in fact");
}
