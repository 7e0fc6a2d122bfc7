//! `heng verify` and `heng diff` as processes: what they print, and the status with which they end.

use serde_json::Value;

#[path = "common/place.rs"]
mod place;

use place::{Done, Place};

const PACK: &str = "\
pack room 1.0 \"教室\" / \"Rooms\"

codes stage \"学段\"
  primary \"小学\"
  junior \"初中\"

table school \"学校\"
  key code \"学校代码\" text
  column stage \"学段\" one of stage
  column pupils \"学生数\" whole number in pupil
  column area \"面积\" number in m2

parameter largest \"规模上限\" by stage in pupil
  from 2020-01-01  primary 100, junior 120  source \"第二条\"
  from 2026-09-01  primary 90, junior 120  source \"第二条\"

rule AREA \"生均面积\" / \"Area per pupil\"
  cites \"第一条\"
  for each school
  require area / pupils >= 6 m2/pupil

rule SIZE \"规模\" / \"Size\"
  for each school
  require pupils <= largest[stage]
";

const SCHOOLS: &str = "学校代码,学段,学生数,面积\nS1,小学,95,600\nS2,小学,95,540\nS3,初中,115,\nS4,初中,125,900\n";

/// With the report `a.json` of the pack and the data as they are.
fn place(name: &str) -> Place {
    let place = Place::new(name);
    place.file("pack/pack.heng", PACK).file("data/school.csv", SCHOOLS);
    audit(&place, "pack", "data", "2026-03-01", "a.json");
    place
}

fn audit(place: &Place, pack: &str, data: &str, day: &str, report: &str) {
    let done = place.heng(&format!("audit {pack} --data {data} --as-of {day} --format json={report}"));
    assert_ne!(done.status, 2, "{}", done.err);
}

/// The pack with its limits changed, and the data with its figures.
fn changed(place: &Place, rules: &[(&str, &str)], data: &[(&str, &str)]) {
    let apply = |text: &str, edits: &[(&str, &str)]| edits.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to));
    place.file("pack2/pack.heng", &apply(PACK, rules)).file("data2/school.csv", &apply(SCHOOLS, data));
}

fn json(done: &Done) -> Value {
    serde_json::from_str(&done.out).expect("JSON")
}

/// What moved the finding of this rule and unit, as `data+rule together`.
fn cause(found: &Value, rule: &str, key: &str) -> String {
    let all = found["findings"].as_array().expect("findings");
    let one = all.iter().find(|one| one["rule"] == rule && one["unit"]["key"] == key).unwrap_or_else(|| panic!("{rule} {key}"));
    let factors: Vec<&str> = one["cause"]["factors"].as_array().expect("factors").iter().filter_map(Value::as_str).collect();
    format!("{} {} {}", one["change"].as_str().unwrap_or_default(), factors.join("+"), one["cause"]["manner"].as_str().unwrap_or_default())
}

#[test]
fn a_report_that_is_judged_again_is_identical() {
    let place = place("verify-same");
    place.heng("verify a.json").ends(0).prints("Identical: judged again from 1 input file and 1 pack (1 rule file), 8 findings as recorded");
    place.heng("verify a.json --lang zh").ends(0).prints("一致：据 1 个数据文件、1 套标准（1 个规则文件）重新判定，8 条结论均与报告相同");
}

#[test]
fn options_and_settings_of_the_report_are_used_again() {
    let place = Place::new("verify-options");
    place.file("pack/pack.heng", PACK).file("data/schools-2026.csv", &SCHOOLS.replace("学生数", "在校生").replace(',', ";").replace("115;", "115;待核"));
    place.file("heng.toml", "packs = [\"pack\"]\nas_of = \"2026-03-01\"\nmissing = [\"待核\"]\ndata = [{path = \"data/schools-2026.csv\", table = \"school\", delimiter = \";\"}]\n[aliases.school]\npupils = [\"在校生\"]\n");
    let done = place.heng("audit --unit S2 --unit S3 --rule AREA --strict --fail-level veto --format json=a.json");
    assert_ne!(done.status, 2, "{}", done.err);
    // What the report records is enough: the settings may be gone, and the files elsewhere.
    place.remove("heng.toml");
    place.heng("verify a.json").ends(0).prints("2 findings as recorded");
    place.rename("data/schools-2026.csv", "elsewhere/school.csv");
    place.rename("pack/pack.heng", "rules/pack.heng");
    place.heng("verify a.json --data elsewhere --pack rules").ends(0).prints("Identical");
}

#[test]
fn remedies_of_the_report_are_worked_out_again() {
    let place = Place::new("verify-remedies");
    place.file("pack/pack.heng", PACK).file("data/school.csv", SCHOOLS);
    let done = place.heng("audit pack --data data --as-of 2026-03-01 --remedy --format json=a.json");
    assert_eq!(done.status, 1, "{}", done.err);
    assert!(place.read("a.json").contains("raise 面积 by 30 m2"), "{}", place.read("a.json"));
    place.heng("verify a.json").ends(0).prints("Identical").prints("8 findings as recorded");
    // Of data that have changed, the remedies are others too.
    place.file("data/school.csv", &SCHOOLS.replace("S2,小学,95,540", "S2,小学,95,550"));
    place.heng("verify a.json").ends(1).prints("AREA S2: ").prints("remedy");
}

#[test]
fn what_has_changed_is_named() {
    let place = place("verify-changed");
    place.file("data/school.csv", &SCHOOLS.replace("S2,小学,95,540", "S2,小学,90,540"));
    let done = place.heng("verify a.json");
    done.ends(1).prints("Data files that have changed (1)\n  data/school.csv (school): sha256 recorded ");
    done.prints("Findings that differ (2, of 8 recorded)").prints("AREA S2: outcome not met → met; value 5.68 m2/pupil → 6.00 m2/pupil; margin -0.315789473684… → 0");
    place.heng("verify a.json --lang zh").ends(1).prints("已变动的数据文件（1）").prints("AREA S2：结论 不达标 → 达标；实际 5.68 平方米/生 → 6.00 平方米/生");
}

#[test]
fn rule_files_that_changed_came_and_went_are_named() {
    let place = place("verify-rules");
    place.file("pack/pack.heng", &PACK.replace(">= 6 m2", ">= 5 m2")).file("pack/more.heng", "advice MORE \"另\"\n  for each school\n  require area >= 1 m2\n");
    let done = place.heng("verify a.json");
    done.ends(1).prints("Rule files that have changed (2)").prints("pack/more.heng: there now, and not recorded").prints("pack/pack.heng: sha256 recorded ");
    done.prints("MORE S1: not in the report (met now)").prints("AREA S2: outcome not met → met; ");
}

#[test]
fn a_comment_changes_a_file_and_no_finding() {
    let place = place("verify-comment");
    place.file("pack/pack.heng", &format!("{PACK}\n# a comment\n"));
    place.heng("verify a.json").ends(1).prints("Rule files that have changed (1)").prints("None of the 8 findings differs");
    place.heng("verify a.json --lang zh").ends(1).prints("8 条结论均无不同");
}

#[test]
fn what_is_not_there_cannot_be_verified() {
    let place = place("verify-gone");
    place.remove("data/school.csv");
    place.heng("verify a.json").ends(2).says("the data of `school`, recorded as `data/school.csv`, are not found");
    place.heng("verify a.json --lang zh").ends(2).says("找不到“school”的数据");
    place.heng("verify nowhere.json").ends(2).says("`nowhere.json` cannot be read");
}

#[test]
fn no_report_however_broken_is_a_panic() {
    let place = place("verify-broken");
    let whole = place.read("a.json");
    let lines: Vec<&str> = whole.lines().collect();
    for end in (0..whole.len()).step_by(97).filter(|end| whole.is_char_boundary(*end)) {
        place.file("cut.json", &whole[..end]);
        place.heng("verify cut.json").ends(2).says("E0580");
    }
    // Each line left out in turn: no whole JSON, a field that is missing, or something that nobody needs.
    for (at, _) in lines.iter().enumerate().filter(|(at, _)| at % 7 == 0 || *at < 40) {
        let kept: String = lines.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, line)| format!("{line}\n")).collect();
        place.file("torn.json", &kept);
        let done = place.heng("verify torn.json");
        assert!((0..=2).contains(&done.status), "{at}: {}{}", done.out, done.err);
    }
    for (from, to) in [("\"findings\": [", "\"findings\": 3, \"x\": ["), ("\"as_of\": \"2026-03-01\"", "\"as_of\": \"2026-02-30\""), ("\"fail_level\": \"rule\"", "\"fail_level\": \"all\"")] {
        assert!(whole.contains(from));
        place.file("bent.json", &whole.replacen(from, to, 1));
        place.heng("verify bent.json").ends(2).says("E0582");
    }
}

#[test]
fn the_same_report_differs_in_nothing() {
    let place = place("diff-same");
    place.heng("diff a.json a.json").ends(0).prints("Nothing differs");
    place.heng("diff pack pack").ends(0).prints("Nothing differs");
    place.heng("diff data data --pack pack --as-of 2026-03-01 --lang zh").ends(0).prints("没有不同");
}

#[test]
fn each_change_is_put_down_to_what_moved_it() {
    let place = place("diff-causes");
    changed(&place, &[(">= 6 m2", ">= 5 m2")], &[("S3,初中,115,", "S3,初中,115,700"), ("S4,初中,125", "S4,初中,115")]);
    audit(&place, "pack2", "data2", "2026-10-01", "b.json");
    let found = json(place.heng("diff a.json b.json --format json").ends(1));
    assert_eq!(found["schema"], "heng-diff/1");
    assert_eq!(found["factors"], serde_json::json!(["data", "rule", "date"]));
    assert_eq!(cause(&found, "room/AREA", "S2"), "newly_met rule alone");
    assert_eq!(cause(&found, "room/AREA", "S3"), "decided data alone");
    assert_eq!(cause(&found, "room/SIZE", "S1"), "newly_not_met date alone");
    assert_eq!(cause(&found, "room/SIZE", "S4"), "newly_met data alone");
    // The other way round the same moved them.
    let back = json(place.heng("diff b.json a.json --format json").ends(1));
    assert_eq!(cause(&back, "room/AREA", "S2"), "newly_not_met rule alone");
    assert_eq!(cause(&back, "room/AREA", "S3"), "undecided data alone");
    assert_eq!(cause(&back, "room/SIZE", "S1"), "newly_met date alone");
    let text = place.heng("diff a.json b.json");
    text.prints("What differs: data, rule and date").prints("AREA S2: not met 5.68 m2/pupil (limit ≥ 6) → met 5.68 m2/pupil (limit ≥ 5) · rule");
    place.heng("diff a.json b.json --lang zh").ends(1).prints("AREA S3：无法判定").prints(" · 数据").prints("变动原因\n  数据：2 条");
}

#[test]
fn what_moves_it_together_and_what_alone_is_told_apart() {
    let place = place("diff-together");
    // 5.68 becomes 5.26 with the data and the limit falls to 5.5: neither moves it alone.
    changed(&place, &[(">= 6 m2", ">= 5 m2"), ("primary 100, junior 120", "primary 94, junior 120")], &[("S2,小学,95,540", "S2,小学,95,500"), ("S1,小学,95", "S1,小学,101")]);
    audit(&place, "pack2", "data2", "2026-03-01", "b.json");
    let found = json(place.heng("diff a.json b.json --format json").ends(1));
    assert_eq!(found["factors"], serde_json::json!(["data", "rule", "parameter"]));
    assert_eq!(cause(&found, "room/AREA", "S2"), "newly_met rule alone");
    assert_eq!(cause(&found, "room/SIZE", "S1"), "newly_not_met data+parameter either");
    let back = json(place.heng("diff b.json a.json --format json").ends(1));
    assert_eq!(cause(&back, "room/SIZE", "S1"), "newly_met data+parameter together");
    place.heng("diff a.json b.json").prints("data and parameter, either alone");
    place.heng("diff b.json a.json --lang zh").prints("数据、标准值共同所致");
}

#[test]
fn without_the_inputs_nothing_is_put_down_to_anything() {
    let place = place("diff-absent");
    place.file("data/school.csv", &SCHOOLS.replace("S2,小学,95,540", "S2,小学,90,540"));
    audit(&place, "pack", "data", "2026-03-01", "b.json");
    let done = place.heng("diff a.json b.json");
    done.ends(1).prints("AREA S2: not met").prints("What moved the findings cannot be said:\n  `data/school.csv` of A has changed since the report");
    let found = json(place.heng("diff a.json b.json --format json").ends(1));
    assert_eq!((&found["factors"], &found["findings"][0]["cause"]), (&Value::Null, &Value::Null));
    assert_eq!(found["unattributed"][0]["zh"], "A 所用的“data/school.csv”在报告之后已变动");
    // The old file is found again by what it holds, whatever it is called.
    place.file("old/2025.csv", SCHOOLS);
    place.heng("diff a.json b.json --data old").ends(1).prints(" · data");
    place.remove("data/school.csv");
    place.heng("diff a.json b.json --lang zh").ends(1).prints("B 所用的“data/school.csv”不在手边");
}

#[test]
fn packs_are_compared_by_what_they_say() {
    let place = place("diff-packs");
    let rules = [
        (">= 6 m2", ">= 6.5 m2"),
        ("primary 90, junior 120", "primary 85, junior 120"),
        ("rule SIZE \"规模\" / \"Size\"\n  for each school\n", "veto SIZE \"规模\" / \"Size\"\n  for each school where stage = primary\n  in force from 2026-01-01\n"),
        ("room 1.0", "room 1.1"),
    ];
    changed(&place, &rules, &[]);
    let done = place.heng("diff pack pack2");
    done.ends(1).prints("pack room\n  version: 1.0 → 1.1").prints("largest[primary] 90 pupils → 85 pupils from 2026-09-01\n");
    done.prints("rule AREA\n  limit 6 → 6.5, now: area ÷ pupils is at least 6.5 m2/pupil (6.5 itself included)");
    done.prints("kind: rule → veto").prints("scope: Asked: each school → Asked: each school").prints("in force: no dates → from 2026-01-01");
    place.heng("diff pack pack2 --lang zh").ends(1).prints("规模上限[小学] 90 人 → 85 人（自 2026-09-01 起）").prints("类别：指标 → 一票否决").prints("施行：未写日期 → 自 2026-01-01 起");
    // Other lines, the same meaning.
    place.file("pack3/a.heng", &PACK.replace("require area / pupils >= 6 m2/pupil", "# a comment\n  require   area / pupils ≥ 6 m2/pupil"));
    place.heng("diff pack pack3").ends(0).prints("Nothing differs");
    let found = json(place.heng("diff pack pack2 --format json").ends(1));
    assert_eq!((&found["kind"], &found["changes"][0]["what"], &found["changes"][0]["how"]), (&"packs".into(), &"pack".into(), &"changed".into()));
    place.file("pack4/a.heng", &PACK.replace("rule SIZE", "rule LARGE"));
    place.heng("diff pack pack4").ends(1).prints("rule LARGE: new\nrule SIZE: removed\n");
    place.file("pack5/a.heng", "rule\n");
    place.heng("diff pack pack5").ends(2);
}

const DECLARED: &str = "\
pack whole 1.0 \"全\" / \"All\"

codes stage \"学段\" / \"stage\"
  primary \"小学\" / \"primary\"
  junior \"初中\" / \"junior\"

codes grade \"等级\" / \"grade\"
  primary \"甲\" / \"first\"
  junior \"乙\" / \"second\"

table county \"区县\" / \"counties\"
  key code \"区县代码\" text

table school \"学校\" / \"schools\"
  key code \"学校代码\" text
  in county by home \"所在区县\"
  column place \"就读区县\" text
  column stage \"学段\" one of stage
  column little \"小学生数\" whole number in pupil
  column middle \"初中生数\" whole number in pupil
  column area \"面积\" number in m2
  column site \"用地\" number in m2

split school into section by stage \"学段部\" / \"sections\"
  part primary \"小学部\" pupils little share 1
  part junior \"初中部\" pupils middle share 1.1
  shared area
  own space \"场地\" primary area, junior site

table class \"班级\" / \"classes\"
  key code \"班级代码\" text
  in school by school
  filed by school
  column number \"班号\" text
  column size \"人数\" whole number in pupil

table account \"年报\" / \"accounts\"
  key place \"单位\" text
  period year \"学年\" school year
  column fund \"经费\" number in yuan

table proof \"材料\" / \"documents\"
  in school by school
  evidence for rule, issued signed, found result
  column rule \"指标\" text
  column signed \"出具日期\" date
  column sealed \"盖章日期\" date
  column result \"认定\" one of stage

measure room \"生均面积\" / \"area per pupil\" of section in m2/pupil
  = area / pupils

rule FUND \"经费\" / \"Funds\"
  for each account in this school year
  require fund >= 6 yuan
";

/// Whatever of a pack decides how data are read, filed, split or asked.
#[test]
fn whatever_a_pack_declares_is_compared() {
    let place = Place::new("diff-declared");
    let changes = [
        ("in this school year", "in last school year", "now: Period: the school year before that of the as-of date", "现写明：期间：基准日所在学年的上一学年"),
        ("share 1.1", "share 1.3", "part junior: 初中部, pupils middle, share 1.1 → 初中部, pupils middle, share 1.3", "部分 junior：初中部，学生 middle，折 1.1 → 初中部，学生 middle，折 1.3"),
        ("pupils middle share", "pupils little share", "pupils little, share 1.1", "学生 little，折 1.1"),
        ("shared area\n", "shared area, site\n", "shared: area → area, site", "共用：area → area、site"),
        ("primary area, junior site", "primary site, junior site", "own space: primary area, junior site → primary site, junior site", "分列 space：primary area、junior site → primary site、junior site"),
        ("  filed by school\n", "", "filed by: school → none", "必报者：school → 无"),
        ("in county by home", "in county by away", "in: county by home → county by away", "属于：county 按 home → county 按 away"),
        ("  key code \"班级代码\" text\n", "  key number2 \"班级代码\" text\n", "key: code → number2", "主键：code → number2"),
        ("period year \"学年\" school year", "period term \"学年\" school year", "period: year → term", "期间：year → term"),
        ("issued signed", "issued sealed", "evidence: for rule, issued signed, found result → for rule, issued sealed, found result", "佐证：指标 rule，出具 signed，认定 result → "),
        ("column stage \"学段\" one of stage", "column stage \"学段\" one of grade", "column stage: 学段, one of stage → 学段, one of grade", "列 stage：学段，取自 stage → 学段，取自 grade"),
        ("\"stage\"\n  primary", "\"stage\" best first\n  primary", "codes stage\n  order: none → best first", "次序：无 → 由优到劣"),
        ("\"小学\" / \"primary\"", "\"小学\" / \"primary\" 211", "code primary: primary → primary, 211", "代码 primary：小学 → 小学，211"),
        ("  primary \"小学\" / \"primary\"\n  junior \"初中\" / \"junior\"\n", "  junior \"初中\" / \"junior\"\n  primary \"小学\" / \"primary\"\n", "codes in order: primary, junior → junior, primary", "代码次序：primary、junior → junior、primary"),
        ("of section in m2/pupil\n  = area / pupils", "of school in m2/pupil\n  = area / little", "measure room\n  of: section → school", "属于：section → school"),
    ];
    place.file("pack/a.heng", DECLARED);
    place.heng("diff pack pack").ends(0).prints("Nothing differs");
    for (from, to, en, zh) in changes {
        assert!(DECLARED.contains(from), "{from}");
        place.file("other/a.heng", &DECLARED.replacen(from, to, 1));
        place.heng("diff pack other").ends(1).prints(en);
        place.heng("diff pack other --lang zh").ends(1).prints(zh);
    }
}

#[test]
fn data_sets_are_compared_cell_by_cell() {
    let place = place("diff-data");
    changed(&place, &[], &[("S2,小学,95,540", "S2,小学,９５,570"), ("S3,初中,115,", "S5,初中,60,400")]);
    let done = place.heng("diff data data2 --pack pack --as-of 2026-03-01");
    done.ends(1).prints("school: rows new 1, gone 1, 面积 1").prints("Cells that have changed (1)\n  school S2 面积: 540 → 570").prints("AREA S2: not met 5.68 m2/pupil (limit ≥ 6) → met 6.00 m2/pupil (limit ≥ 6)");
    place.heng("diff data data2 --pack pack --as-of 2026-03-01 --lang zh").ends(1).prints("学校：新增 1 行，减少 1 行，面积 1 处").prints("有变动的单元格（1）");
    // The project names pack and date.
    place.file("heng.toml", "packs = [\"pack\"]\nas_of = \"2026-03-01\"\n");
    let found = json(place.heng("diff data/school.csv data2/school.csv --format json").ends(1));
    assert_eq!(found["cells"][0]["after"], "570");
    assert_eq!(found["tables"][0]["new_rows"], 1);
}

#[test]
fn a_difference_may_be_written_into_a_file() {
    let place = place("diff-format");
    place.heng("diff a.json a.json --format json=d.json --format text").ends(0).prints("Nothing differs");
    assert!(place.read("d.json").contains("\"different\": false"));
    place.heng("diff a.json a.json --format csv").ends(2).says("`text` or `json`");
}

#[test]
fn no_difference_is_written_over_what_is_compared() {
    let place = place("diff-over");
    let report = place.read("a.json");
    place.file("b.json", &report).file("other/pack.heng", PACK).file("data2/school.csv", SCHOOLS);
    place.heng("diff a.json b.json --format json=a.json").ends(2).says("`a.json` would be written over");
    place.heng("diff a.json b.json --format json=./b.json --lang zh").ends(2).says("“./b.json”会被覆盖");
    // Nor over what the reports were made of.
    place.heng("diff a.json b.json --format json=data/school.csv").ends(2).says("`data/school.csv` would be written over");
    place.heng("diff a.json b.json --format text=pack/pack.heng").ends(2).says("`pack/pack.heng` would be written over");
    place.heng("diff pack other --format json=other/d.json").ends(2).says("`other/d.json` would be written into a folder that is read");
    place.heng("diff data data2 --pack pack --as-of 2026-03-01 --format json=data2/d.csv --lang zh").ends(2).says("“data2/d.csv”会写入正在读取的文件夹");
    place.heng("diff a.json b.json --format json=x --format text=./x").ends(2).says("`./x` would be written over");
    place.heng("diff a.json b.json --format json --format text").ends(2).says("both go to the standard output");
    place.heng("diff a.json b.json --format json=").ends(2).says("--format json=");
    assert_eq!((place.read("a.json"), place.read("b.json"), place.read("data/school.csv")), (report.clone(), report, SCHOOLS.to_string()));
    place.heng("diff pack other --format json=d.json").ends(0);
}
