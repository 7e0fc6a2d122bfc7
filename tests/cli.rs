//! The command as a process: what it prints where, and the status with which it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PACK: &str = "\
pack room 1.0 \"教室\" / \"Rooms\"

table county \"区县\"
  key code \"区县代码\" text

table school \"学校\"
  key code \"学校代码\" text
  in county by county_code \"区县代码\"
  column pupils \"学生数\" whole number in pupil
  column area \"面积\" number in m2

rule AREA \"生均面积\" / \"Area per pupil\"
  cites \"第一条\"
  for each school
  require area / pupils >= 6 m2/pupil
";

const SCHOOLS: &str = "学校代码,区县代码,学生数,面积\nS1,C1,100,600\nS2,C1,100,599\nS3,C2,100,\n";

/// Rules that are heard only through the one that counts them.
const COUNTED: &str = "
rule MOST \"多数\" / \"Most\"
  for each school
  require at least 1 of AREA, SIZE met

rule SIZE \"规模\" / \"Size\"
  for each school
  require pupils >= 1
";

/// A folder of its own for each test, empty at the start, gone at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("heng-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Place(path)
    }

    /// With the pack of this page and the tables that belong to it.
    fn with_pack(name: &str) -> Place {
        let place = Place::new(name);
        place.file("pack/pack.heng", PACK).file("data/school.csv", SCHOOLS);
        place
    }

    fn file(&self, path: &str, text: &str) -> &Place {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a file");
        self
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("a file")
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0).expect("a folder").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn heng(&self, words: &str) -> Done {
        Done::from(&command(&self.0, words).output().expect("the command runs"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Done {
    status: i32,
    out: String,
    err: String,
}

impl From<&Output> for Done {
    fn from(output: &Output) -> Done {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Done { status: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

impl Done {
    #[track_caller]
    fn ends(&self, status: i32) -> &Done {
        assert_eq!(self.status, status, "{}{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn says(&self, words: &str) -> &Done {
        assert!(self.err.contains(words), "`{words}` is not in:\n{}", self.err);
        self
    }

    #[track_caller]
    fn prints(&self, words: &str) -> &Done {
        assert!(self.out.contains(words), "`{words}` is not in:\n{}", self.out);
        self
    }

    #[track_caller]
    fn prints_nothing(&self) -> &Done {
        assert_eq!(self.out, "", "standard output carries the result alone");
        self
    }
}

fn command(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.current_dir(folder).args(words.split_whitespace()).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("LANG", "en_GB.UTF-8");
    command
}

const AUDIT: &str = "audit pack --data data --as-of 2026-09-01";

#[test]
fn faults_of_usage_are_said_in_both_languages_and_end_with_2() {
    let place = Place::new("usage");
    for (words, english, chinese) in [
        ("audti", "there is no command `audti`", "没有“audti”这个命令"),
        ("audit --dta x", "write `--data`", "写作“--data”"),
        ("audit --as-of", "`--as-of` has no value", "“--as-of”后面没有值"),
        ("audit x --data y --as-of 2026-02-30", "a day of the calendar", "实有的日期"),
        ("audit x --data y --fail-level all", "`veto`, `rule` or `advice`", "“veto”、“rule”或“advice”"),
        ("audit --strict --strict", "stands twice", "写了两次"),
        ("audit", "no pack of rules is named", "没有指明标准"),
        ("audit x", "no data are named", "没有指明数据"),
        ("audit x --data y", "the as-of date is missing", "缺少基准日"),
        ("audit x --data y --as-of 2026-09-01", "`x` cannot be read", "“x”无法读取"),
        ("audit x --data y --as-of 2026-09-01 --format xml", "`text`, `json`, `csv` or `junit`", "“text”“json”“csv”“junit”"),
        ("test x --format csv", "`text`, `json` or `junit`", "“text”“json”“junit”"),
        ("audit x --data y --as-of 2026-09-01 --format json --format csv", "both go to the standard output", "都写到标准输出"),
        ("explain", "`CODE|RULE` is missing", "缺少“CODE|RULE”"),
        ("explain E9999", "no message code and no rule", "既不是信息代码"),
        ("test nowhere", "`nowhere` cannot be read", "“nowhere”无法读取"),
    ] {
        place.heng(words).ends(2).prints_nothing().says(english);
        place.heng(&format!("{words} --lang=zh")).ends(2).prints_nothing().says(chinese);
    }
}

#[test]
fn help_and_version_are_results() {
    let place = Place::new("help");
    place.heng("--version").ends(0).prints(env!("CARGO_PKG_VERSION"));
    place.heng("audit --help").ends(0).prints("--as-of DATE").prints("Exit status");
    place.heng("audit --help --lang zh").ends(0).prints("退出状态");
    let done = place.heng("");
    done.ends(2).prints_nothing().says("audit");
}

#[test]
fn the_language_is_chosen_by_option_then_settings_then_system() {
    let place = Place::new("language");
    let lang = |name: &str, value: &str| Done::from(&command(&place.0, "explain E0510").env(name, value).output().expect("the command runs"));
    lang("LANG", "zh_CN.UTF-8").ends(0).prints("错误");
    lang("LC_ALL", "zh_CN.UTF-8").ends(0).prints("错误");
    lang("LC_ALL", "C").ends(0).prints("error");
    place.file("heng.toml", "lang = \"zh\"\n");
    place.heng("explain E0510").ends(0).prints("错误");
    place.heng("explain E0510 --lang en").ends(0).prints("error");
}

#[test]
fn every_message_has_a_page_in_both_languages() {
    let place = Place::new("pages");
    for page in heng::diag::pages() {
        place.heng(&format!("explain {}", page.code)).ends(0).prints(page.name);
        assert!(!page.en.is_empty() && !page.zh.is_ascii(), "{}", page.code);
    }
}

#[test]
fn settings_are_located() {
    let place = Place::new("settings");
    place.file("heng.toml", "packs = [\"pack\"]\nas_of = \"soon\"\n[aliases]\nschool = 3\n");
    place.heng("audit").ends(2).prints_nothing().says("heng.toml:2").says("heng.toml:4");
    place.file("heng.toml", "pakcs = [\"pack\"]\n");
    place.heng("audit").ends(2).says("there is no setting `pakcs`").says("write `packs`");
    place.file("heng.toml", "packs = [\"pack\"\n");
    place.heng("audit").ends(2).says("E0530");
}

#[test]
fn an_audit_prints_its_result_and_ends_with_its_verdict() {
    let place = Place::with_pack("audit");
    place.heng(AUDIT).ends(1).prints("AREA").prints("S2");
    place.heng(&format!("{AUDIT} --lang zh")).ends(1).prints("生均面积").prints("不达标");
    place.heng(&format!("{AUDIT} --county C2")).ends(3);
    place.heng(&format!("{AUDIT} --unit S1")).ends(0);
    place.heng(&format!("{AUDIT} --rule AREA")).ends(1);
    place.heng(&format!("{AUDIT} --rule room/AREA --unit S2")).ends(1);
}

#[test]
fn a_choice_that_matches_nothing_is_no_clean_report() {
    let place = Place::with_pack("nothing");
    place.heng(&format!("{AUDIT} --county C9")).ends(2).prints_nothing().says("--county C9");
    place.heng(&format!("{AUDIT} --unit S11")).ends(2).prints_nothing().says("did you mean");
    place.heng(&format!("{AUDIT} --rule AREAS")).ends(2).prints_nothing().says("did you mean `AREA`");
    place.file("data/school.csv", "学校代码,区县代码,学生数,面积\n");
    place.heng(AUDIT).ends(2).prints_nothing().says("E0519");
}

#[test]
fn missing_data_are_said() {
    let place = Place::with_pack("missing");
    place.heng("audit pack --data nowhere --as-of 2026-09-01").ends(2).prints_nothing().says("nowhere");
    place.file("other/x.csv", "a\n1\n");
    place.heng("audit pack --data other --as-of 2026-09-01").ends(2).says("N0501").says("school");
    place.heng("audit pack --data other/x.csv --as-of 2026-09-01").ends(2).prints_nothing();
    place.file("data/readme.xlsx", "");
    place.heng(AUDIT).ends(1).says("readme.xlsx");
    place.file("empty/readme.txt", "");
    place.heng("audit empty --data data --as-of 2026-09-01").ends(2).says("E0511");
}

#[test]
fn files_are_written_whole() {
    let place = Place::with_pack("formats");
    place.heng(&format!("{AUDIT} --format json=out.json --format csv=out.csv --format text")).ends(1).prints("AREA");
    let report: serde_json::Value = serde_json::from_str(&place.read("out.json")).expect("JSON");
    assert_eq!(report["schema"], "heng-report/1");
    assert!(place.read("out.csv").contains("AREA"));
    assert_eq!(place.names(), ["data", "out.csv", "out.json", "pack"], "nothing temporary is left");
    let before = place.read("out.json");
    place.heng(&format!("{AUDIT} --format json=out.json")).ends(1).prints_nothing();
    assert_eq!(before, place.read("out.json"), "the same input gives the same bytes");
    place.heng(&format!("{AUDIT} --format json=nowhere/out.json")).ends(2).says("nowhere/out.json");
    place.heng(&format!("{AUDIT} --format json=data/school.csv")).ends(2).says("E0522");
    assert_eq!(place.read("data/school.csv"), SCHOOLS);
}

#[test]
fn machine_formats_do_not_depend_on_the_language() {
    let place = Place::with_pack("machine");
    for format in ["json", "csv"] {
        let english = place.heng(&format!("{AUDIT} --format {format}"));
        let chinese = place.heng(&format!("{AUDIT} --format {format} --lang zh"));
        assert_eq!(english.out, chinese.out);
    }
}

/// 5.99 is 6 at no decimals: so it is of the part, and so of the whole that the part is of.
#[test]
fn rounding_flips_a_whole_where_it_flips_a_part() {
    let place = Place::with_pack("flips");
    let rule = |id: &str, clauses: &str| format!("rule {id}\n  for each school\n{clauses}\n");
    let several = "  require area / pupils >= 6 m2/pupil\n  require pupils >= 1 pupil\n";
    let graded = "  grade qualified when area / pupils >= 6 m2/pupil\n";
    let rules = [rule("EXACT", several), rule("SEVERAL", &format!("{several}  show 0 decimals\n")), rule("GRADED", &format!("{graded}  show 0 decimals\n"))];
    place.file("pack/more.heng", &rules.concat());
    let report: serde_json::Value = serde_json::from_str(&place.heng(&format!("{AUDIT} --format json --unit S2")).ends(1).out).expect("a report");
    let flips = |rule: &str| {
        let found = report["findings"].as_array().expect("findings").iter().find(|found| found["rule"] == rule).expect("a finding");
        (found["rounding_flips"].as_bool().expect("yes or no"), found["parts"][0]["rounding_flips"].as_bool().expect("yes or no"))
    };
    assert_eq!(["room/EXACT", "room/SEVERAL", "room/GRADED"].map(flips), [(false, false), (true, true), (true, true)]);
}

#[test]
fn no_colour_outside_a_terminal() {
    let place = Place::with_pack("colour");
    let done = place.heng(AUDIT);
    assert!(!done.out.contains('\u{1b}') && !done.err.contains('\u{1b}'));
    let done = place.heng("audit nowhere --data data --as-of 2026-09-01");
    assert!(!done.err.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let place = Place::with_pack("pipe");
    let rows: Vec<String> = (0..3000).map(|row| format!("T{row},C1,100,1\n")).collect();
    place.file("data/school.csv", &format!("学校代码,区县代码,学生数,面积\n{}", rows.concat()));
    let mut child = command(&place.0, &format!("{AUDIT} --format json")).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
    drop(child.stdout.take());
    let done = Done::from(&child.wait_with_output().expect("the command ends"));
    done.ends(1);
    assert!(!done.err.contains("panicked"), "{}", done.err);
}

#[test]
fn a_pack_with_errors_is_not_judged() {
    let place = Place::with_pack("errors");
    place.file("pack/more.heng", "rule MORE \"其他\"\n  for each school\n  require pupils >= 1 pupil\n\nrule BAD \"错误\"\n  for each school\n  require pupil_count >= 1 pupil\n\nrule WORSE \"更错\"\n  for each school\n  require pupil_counts >= 1 pupil\n");
    place.heng(AUDIT).ends(2).prints_nothing().says("more.heng:7");
    let done = place.heng("check pack");
    done.ends(2).says("pupil_count");
    assert!(done.out.starts_with("2 of 4 rules understood; the 3rd (pack/more.heng line 5) and the 4th (pack/more.heng line 9) were not\n"), "{}", done.out);
    let done = place.heng("check pack --lang zh");
    assert!(done.out.starts_with("4 项指标中，读懂 2 项；未读懂的是第 3 项（pack/more.heng 第 5 行）、第 4 项（pack/more.heng 第 9 行）\n"), "{}", done.out);
}

#[test]
fn check_reads_every_rule_back() {
    let place = Place::with_pack("check");
    place.heng("check pack").ends(0).prints("1 of 1 rules understood").prints("AREA");
    place.heng("check pack/pack.heng --lang zh").ends(0).prints("读懂 1 项").prints("生均面积");
    place.heng("explain AREA --pack pack").ends(0).prints("pack/pack.heng:12").prints("require area / pupils >= 6 m2/pupil");
    place.heng("explain ARAE --pack pack").ends(2).says("did you mean `AREA`");
}

#[test]
fn packs_and_data_may_stand_in_settings() {
    let place = Place::with_pack("project");
    place.file("heng.toml", "packs = [\"pack\"]\ndata = [\"data\"]\nas_of = 2026-09-01\n").file("below/here/x", "");
    place.heng("audit").ends(1);
    let below = Done::from(&command(&place.0.join("below/here"), "audit --format json").output().expect("the command runs"));
    below.ends(1).prints("../../data/school.csv");
    place.file("heng.toml", "packs = [\"pack\"]\ndata = [\"data\"]\nas_of = 2026-09-01\n[aliases.school]\narea = \"建筑面积\"\n");
    place.file("data/school.csv", &SCHOOLS.replace("面积", "建筑面积"));
    place.heng("audit").ends(1);
    place.file("heng.toml", "packs = [\"pack\"]\ndata = [\"data\"]\nas_of = 2026-09-01\n[aliases.school]\naera = \"建筑面积\"\n");
    place.heng("audit").ends(2).says("heng.toml:5").says("did you mean `area`");
}

#[test]
fn a_pack_folder_may_hold_its_own_settings() {
    let place = Place::with_pack("own");
    place.file("pack/heng.toml", "data = \"../data\"\nas_of = \"2026-09-01\"\n");
    place.heng("audit pack").ends(1);
    place.heng("audit pack --data data").ends(2).says("as-of date");
}

#[test]
fn two_packs_are_judged_together() {
    let place = Place::with_pack("two");
    place.file("more/pack.heng", "pack more 1.0 \"其他\"\n\nrule PUPILS \"学生数\"\n  for each school\n  require pupils >= 50 pupil\n");
    place.heng("audit more pack --data data --as-of 2026-09-01").ends(1).prints("AREA").prints("PUPILS");
    let one = place.heng("audit more pack --data data --as-of 2026-09-01 --format json");
    let two = place.heng("audit pack more --data data --as-of 2026-09-01 --format json");
    assert_eq!(one.out, two.out, "packs come by their ids");
}

const SUITE: &str = "# Rooms\n\n```use\npack\n```\n\n```as-of\n2026-09-01\n```\n\n```csv school\n学校代码,区县代码,学生数,面积\nS1,C1,100,600\nS2,C1,100,599\n```\n\n## Area\n\n```expect\nAREA S1 met 6\n```\n";

#[test]
fn suites_pass_fail_and_are_brought_up_to_date() {
    let place = Place::with_pack("suites");
    place.file("pack/tests/area.md", SUITE);
    place.heng("test pack/tests").ends(0).prints("1 passed, 0 failed");
    let wrong = SUITE.replace("AREA S1 met 6", "# kept\nAREA S1 met 7\nAREA  S2  met");
    place.file("pack/tests/area.md", &wrong);
    place.heng("test pack").ends(1).prints("0 passed, 1 failed").prints("area.md:21").prints("met 6");
    place.heng("test pack --lang zh").ends(1).prints("失败 1 个");
    place.heng("test pack --update").ends(0);
    assert_eq!(place.read("pack/tests/area.md"), SUITE.replace("AREA S1 met 6", "# kept\nAREA S1 met 6\nAREA S2 not_met"));
    place.heng("test pack").ends(0);
    place.file("pack/tests/area.md", &SUITE.replace("AREA S1 met 6\n", ""));
    place.heng("test pack").ends(1).prints("expects nothing");
    place.heng("test pack --update").ends(0);
    assert_eq!(place.read("pack/tests/area.md"), SUITE.replace("AREA S1 met 6\n", "AREA S1 met 6\nAREA S2 not_met 5.99\n"));
    place.file("pack/tests/area.md", &SUITE.replace("AREA S1", "AREA S7"));
    place.heng("test pack").ends(1).prints("its units are S1, S2");
    place.file("pack/tests/area.md", "# nothing\n");
    place.heng("test pack").ends(2);
}

const JUDGED: &str = "--pack pack --data data --as-of 2026-09-01";

#[test]
fn a_remedy_is_told_in_both_languages() {
    let place = Place::with_pack("remedy");
    place.heng(&format!("remedy {JUDGED}")).ends(1).prints("1 not met, 1 undecided").prints("raise 面积 by 1 m2, from 599 to 600 (data/school.csv row 3)").prints("面积 is blank");
    place.heng(&format!("remedy {JUDGED} --lang zh")).ends(1).prints("面积 增加 1 平方米（由 599 改为 600，data/school.csv 第3行）").prints("先补报或核实：面积 未填");
    place.heng(&format!("remedy AREA --unit S1 {JUDGED}")).ends(0).prints("no remedy is needed");
    place.heng(&format!("remedy AREA --unit S1 {JUDGED} --lang zh")).ends(0).prints("无需补救");
    place.heng(&format!("remedy --unit S2 {JUDGED} --format xml")).ends(2).prints_nothing().says("`text` or `json`");
    place.heng("remedy").ends(2).prints_nothing().says("E0510");
    place.heng("remedy --pack pack").ends(2).prints_nothing().says("E0515");
}

#[test]
fn a_remedy_stands_in_the_report_where_it_is_asked_for() {
    let place = Place::with_pack("report");
    let report = |words: &str| -> serde_json::Value { serde_json::from_str(&place.heng(words).ends(1).out).expect("JSON") };
    let plain = report(&format!("{AUDIT} --format json"));
    assert!(plain["findings"].as_array().expect("findings").iter().all(|finding| finding["remedy"] == serde_json::json!([])));
    let told = report(&format!("{AUDIT} --remedy --format json"));
    let remedy = &told["findings"][1]["remedy"][0];
    assert_eq!(remedy["cell"], serde_json::json!({"source": "data/school.csv", "row": 3, "column": "面积"}));
    assert_eq!((&remedy["change"], &remedy["least"]), (&serde_json::json!({"exact": "1", "unit": "m2"}), &serde_json::json!(true)));
    assert_eq!(report(&format!("remedy {JUDGED} --format json"))["findings"], told["findings"]);
    place.heng(&format!("{AUDIT} --remedy")).ends(1).prints("raise 面积 by 1 m2");
    assert!(!place.heng(AUDIT).out.contains("raise"));
}

#[test]
fn a_finding_is_explained() {
    let place = Place::with_pack("explain");
    place.heng(&format!("explain AREA --unit S2 {JUDGED}")).ends(0).prints("599 ÷ 100 = 5.99 m2/pupil").prints("data/school.csv row 3: 面积 599, 学生数 100").prints("raise 面积 by 1 m2").prints("set by   room");
    place.heng(&format!("explain room/AREA --unit S2 {JUDGED} --lang zh")).ends(0).prints("599 ÷ 100 = 5.99 平方米/生").prints("面积 增加 1 平方米");
    let text = place.heng(&format!("explain AREA --unit S2 {JUDGED} --format json"));
    let explained: serde_json::Value = serde_json::from_str(&text.ends(0).out).expect("JSON");
    assert_eq!((&explained["schema"], &explained["finding"]["unit"]["key"]), (&"heng-explanation/1".into(), &"S2".into()));
    assert_eq!(explained["finding"]["remedy"][0]["change"]["exact"], "1");
    place.file("data/school.csv", "学校代码,区县代码,学生数,面积\nS1,C1,100,600\n");
    place.heng(&format!("explain AREA {JUDGED}")).ends(0).prints("S1: met");
}

#[test]
fn personal_figures_stay_hidden_in_remedies() {
    let place = Place::new("personal");
    place.file("pack/pack.heng", "pack pay 1.0 \"工资\"\n\ntable teacher \"教师\"\n  key code \"编号\" text, personal\n  column pay \"月工资\" whole number in yuan, personal\n\nrule PAY \"工资\"\n  for each teacher\n  require pay >= 4000 yuan\n");
    place.file("data/teacher.csv", "编号,月工资\nT7001,3211\nT7002,4100\n");
    for words in ["remedy", "remedy --format json", "remedy --lang zh"] {
        let done = place.heng(&format!("{words} --pack pack --data data --as-of 2026-09-01"));
        done.ends(1);
        assert!(!["3211", "789", "T7001"].iter().any(|secret| done.out.contains(secret)), "{}", done.out);
    }
    place.heng("remedy --pack pack --data data --as-of 2026-09-01 --show-personal").ends(1).prints("raise 月工资 by 789 yuan, from 3211 to 4000");
    let done = place.heng("explain PAY --unit T7003 --pack pack --data data --as-of 2026-09-01");
    done.ends(2).says("E0560");
    assert!(!done.err.contains("T7001"), "{}", done.err);
}

/// A lower pack finds the one that it extends in a folder beside its own, and the report says who set each limit.
#[test]
fn a_base_is_found_beside_and_named_in_the_report() {
    let place = Place::with_pack("layers");
    place.file("pack/limit.heng", "parameter least in m2/pupil\n  from 2020-01-01  5\n\nrule LEAST\n  for each school\n  require area / pupils >= least\n");
    place.file("city/pack.heng", "pack city 2.0\n  extends room 1.0\n\noverride least stricter\n  from 2024-01-01  6  source \"city order\"\n\nexception NEW to AREA\n  exempt\n  in force to 2020-12-31\n\nwaiver NEW\n  approved by \"the ministry\"\n  in force to 2020-12-31\n");
    let report = place.heng("audit city --data data --as-of 2026-09-01 --format json");
    let report: serde_json::Value = serde_json::from_str(&report.ends(1).out).expect("a report");
    let packs: Vec<(&str, Option<&str>)> = report["packs"].as_array().expect("packs").iter().map(|pack| (pack["id"].as_str().expect("an id"), pack["extends"].as_str())).collect();
    assert_eq!(packs, [("city", Some("room 1.0")), ("room", None)]);
    let of = |rule: &str| report["findings"].as_array().expect("findings").iter().find(|finding| finding["rule"] == rule).expect("a finding");
    let limit = &of("room/LEAST")["limit"];
    assert_eq!((limit["set_by"].as_str(), limit["layer"]["claim"].as_str(), limit["layer"]["above"].as_str(), limit["layer"]["than"]["exact"].as_str()), (Some("city"), Some("stricter"), Some("room"), Some("5")));
    assert_eq!(limit["source"], "city order");
    assert_eq!(of("room/AREA")["limit"]["set_by"], "room");
    let layers: Vec<(&str, bool)> = report["summary"]["layers"].as_array().expect("layers").iter().map(|layer| (layer["id"].as_str().expect("an id"), layer["in_force"].as_bool().expect("yes or no"))).collect();
    assert_eq!(layers, [("city/NEW", false), ("city/least", true)]);
    place.heng("check city room/none").ends(2).says("cannot be read");
    place.heng("explain LEAST --pack city").ends(0).prints("set by city, stricter than room's 5 m2/pupil");
}

const STALE: &str = "\
pack stale 1.0

parameter least in m2
  from 2016-01-01  100
  checked up to 2020-01-01

parameter most in pupil
  from 2016-01-01  45
  checked up to 2020-01-01

table school
  key code text
  column area number in m2
  column pupils whole number in pupil

table class
  key code text
  in school by school_code
  column size whole number in pupil

rule SOUND
  for each school
  require pupils >= 10 pupil

rule FLOOR
  for each school
  require area >= least

rule GRADED
  for each school
  grade qualified when area >= least
  grade basic when pupils >= 5 pupil

rule TWO
  for each school
  require at least 2 of GRADED, SOUND qualified

rule BASIC
  for each school
  require at least 0 of GRADED, SOUND qualified, the rest basic

rule REST
  for each school
  require at least 1 of FLOOR, SOUND met, the rest at least 85% of standard

rule EVERY
  for each school
  require every class has size <= most

rule LARGE
  for each school
  require count(class where size > most) = 0
";

/// Asked strictly, nothing rests on a standard that nobody has checked: no grade, no percent of standard, no count of rows.
#[test]
fn nothing_rests_on_a_standard_that_was_not_checked() {
    let place = Place::new("strict");
    place.file("pack/pack.heng", STALE);
    place.file("data/school.csv", "code,area,pupils\nS1,120,100\nS2,,100\n").file("data/class.csv", "code,school_code,size\nk1,S1,40\nk2,S2,40\n");
    let report = |words: &str| -> serde_json::Value {
        let done = place.heng(&format!("audit pack --data data --as-of 2026-09-01 --format json{words}"));
        serde_json::from_str(&done.ends(3).out).expect("a report")
    };
    let outcome = |report: &serde_json::Value, rule: &str, unit: &str| {
        let found = report["findings"].as_array().expect("findings").iter().find(|found| found["rule"] == format!("stale/{rule}") && found["unit"]["key"] == unit).expect("a finding");
        let is_unchecked = found["reason"].as_array().expect("reasons").iter().any(|reason| reason["code"] == "not_checked");
        (found["outcome"].as_str().expect("an outcome").to_string(), is_unchecked)
    };
    let (met, undecided, unchecked) = (("met".to_string(), false), ("undecided".to_string(), false), ("undecided".to_string(), true));
    let (asked, strictly) = (report(""), report(" --strict"));
    for rule in ["FLOOR", "GRADED", "TWO", "BASIC", "REST", "EVERY", "LARGE"] {
        assert_eq!((outcome(&asked, rule, "S1"), outcome(&strictly, rule, "S1")), (met.clone(), unchecked.clone()), "{rule}");
    }
    assert_eq!((outcome(&asked, "GRADED", "S2"), outcome(&strictly, "GRADED", "S2")), (undecided, unchecked.clone()));
    assert_eq!((outcome(&asked, "BASIC", "S2"), outcome(&strictly, "BASIC", "S2")), (met.clone(), unchecked));
    assert_eq!(outcome(&strictly, "SOUND", "S2"), met);
    let best = |report: &serde_json::Value| report["summary"]["rules"].as_array().expect("rules").iter().find(|rule| rule["rule"] == "stale/GRADED").expect("the rule")["best"].clone();
    assert_eq!((best(&asked), best(&strictly)), ("met".into(), "undecided".into()));
}

#[test]
fn a_lint_ends_with_what_it_found() {
    let place = Place::with_pack("lint");
    place.heng("lint pack").ends(1).prints("W0617");
    let pack = PACK.replace("\"区县\"\n", "\"区县\" / \"counties\"\n").replace("\"学校\"\n", "\"学校\" / \"schools\"\n");
    place.file("pack/pack.heng", &pack).heng("lint pack").ends(0).prints("nothing found");
    let doubtful = |allow: &str| pack.replace(">= 6 m2/pupil", &format!("<= 6 m2/pupil{allow}"));
    place.file("pack/pack.heng", &doubtful(""));
    place.heng("lint pack").ends(1).prints("W0614").prints("1 finding");
    place.heng("lint pack --lang zh").ends(1).prints("W0614").prints("1 处疑点");
    place.heng("lint pack --format json").ends(1).prints("\"schema\": \"heng-lint/1\"").prints("\"code\": \"W0614\"").prints("\"line\": 15");
    place.heng("lint pack --format xml").ends(2).prints_nothing().says("`text` or `json`");
    place.file("pack/pack.heng", &doubtful("\n  allow W0614 until 2026-08-31 \"第一条\""));
    place.heng("lint pack").ends(0).prints("W0614 set aside up to 2026-08-31").prints("1 set aside");
    place.heng("lint pack --as-of 2026-08-31").ends(0);
    place.heng("lint pack --as-of 2026-09-01").ends(1).prints("W0614").prints("W0630");
    place.file("heng.toml", "as_of = \"2026-09-01\"\npacks = [\"pack\"]\n");
    place.heng("lint").ends(1).prints("W0630");
    place.heng("lint --as-of never").ends(2).prints_nothing().says("a day of the calendar");
    place.file("pack/pack.heng", &pack.replace("pupils >=", "pupil >="));
    place.heng("lint").ends(2).prints_nothing().says("E0201");
}

/// What fails a pipeline that reads `JUnit` is what the exit status hears, and nothing else.
#[test]
fn junit_fails_what_the_exit_status_hears() {
    let place = Place::new("junit-heard");
    place.file("pack/pack.heng", &format!("{PACK}{COUNTED}")).file("data/school.csv", "学校代码,区县代码,学生数,面积\nS1,C1,100,599\n").file("data/county.csv", "区县代码\nC1\n");
    let audit = |more: &str| {
        let done = place.heng(&format!("audit pack --data data --as-of 2026-09-01 --format junit {more}"));
        (done.status, done.out)
    };
    let (status, out) = audit("");
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("failures=\"0\"") && out.contains("<skipped message=\"not met: heard only through the rule that counts it\"/>"), "{out}");
    let (_, out) = audit("--lang zh");
    assert!(out.contains("<skipped message=\"不达标：仅通过计入它的指标影响结论\"/>"), "{out}");
    // Asked for by its name it is heard by itself.
    let (status, out) = audit("--rule AREA");
    assert!(status == 1 && out.contains("<failure "), "{out}");
}
