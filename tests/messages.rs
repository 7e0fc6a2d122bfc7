//! Every message in full: the suites hold those of rules and data, `tests/messages` those that only the command gives.
//!
//! With `HENG_UPDATE` set the outputs of `tests/messages` are written anew, to be reviewed.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use heng::base::{Lang, Sources, Span, Text};
use heng::diag::show::{Style, render};
use heng::diag::{Diagnostic, Message, catalog, pages};
use heng::suite::markdown::{Block, Section, sections};
use heng::suite::{self, packs};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn pages_of(folder: &str) -> Vec<PathBuf> {
    packs::markdown(&root().join(folder)).unwrap_or_else(|why| panic!("{folder}: {why}"))
}

/// The body of the block with this mark.
fn body<'t>(text: &'t str, section: &Section, mark: &str) -> Option<&'t str> {
    block(section, mark).and_then(|block| text.get(block.body.clone()))
}

fn block<'s>(section: &'s Section, mark: &str) -> Option<&'s Block> {
    section.blocks.iter().find(|block| block.mark.join(" ") == mark)
}

/// A folder with the files of a case, gone at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("heng-messages-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Place(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `\xff` in what is written stands for that byte.
fn bytes(written: &str) -> Vec<u8> {
    let mut parts = written.split("\\x");
    let mut bytes = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
        bytes.extend(rest.bytes());
    }
    bytes
}

#[cfg(unix)]
fn word(written: &str) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes(written))
}

#[cfg(not(unix))]
fn word(written: &str) -> OsString {
    written.into()
}

/// What the command of a case prints: its result, then its messages.
fn printed(text: &str, all: &[Section], at: usize, lang: &str) -> String {
    let place = Place::new(&format!("{at}-{lang}"));
    let mut way: Vec<usize> = std::iter::successors(Some(at), |up| all[*up].parent).collect();
    way.reverse();
    for block in way.iter().flat_map(|up| &all[*up].blocks) {
        let written = text.get(block.body.clone()).unwrap_or("");
        match block.mark.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["file", path] => place.write(path, written.as_bytes()),
            ["bytes", path] => place.write(path, &bytes(written)),
            _ => {}
        }
    }
    let words = body(text, &all[at], "command").expect("a command").trim();
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.current_dir(&place.0).args(words.split_whitespace().skip(1).map(word)).arg(format!("--lang={lang}")).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    let done = command.env("LANG", "en_GB.UTF-8").output().expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    text(&done.stdout) + &text(&done.stderr)
}

#[test]
fn every_message_of_the_command_is_as_written() {
    let mut wrong = String::new();
    for path in pages_of("tests/messages") {
        let text = read(&path);
        let (all, faults) = sections(&text, "messages");
        assert!(faults.is_empty(), "{faults:?}");
        let mut updated = text.clone();
        for (at, section) in all.iter().enumerate().filter(|(_, section)| block(section, "command").is_some()).collect::<Vec<_>>().into_iter().rev() {
            // From the end of the text to its beginning, so that places stay.
            for lang in ["zh", "en"] {
                let block = block(section, &format!("output {lang}")).unwrap_or_else(|| panic!("{}: no output {lang}", section.name));
                let found = printed(&text, &all, at, lang);
                if text[block.body.clone()] != found {
                    wrong += &format!("{} line {} {}, {lang}:\n{found}\n", path.display(), section.line, section.name);
                    updated.replace_range(block.body.clone(), &found);
                }
            }
        }
        if std::env::var_os("HENG_UPDATE").is_some() && updated != text {
            fs::write(&path, updated).expect("a file");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The codes that stand at the beginning of a message in this output.
fn codes_in(output: &str) -> BTreeSet<&str> {
    output.lines().filter(|line| line.len() == 5 && line[1..].bytes().all(|byte| byte.is_ascii_digit())).collect()
}

#[test]
fn every_message_has_a_case_in_both_languages() {
    let texts: Vec<String> = ["tests/suites", "tests/messages"].into_iter().flat_map(pages_of).map(|path| read(&path)).collect();
    let mut shown: BTreeSet<String> = built().iter().map(|(message, ..)| message.code.to_string()).collect();
    shown.extend(["W0308".to_string(), "W0309".to_string()]);
    for text in &texts {
        for section in sections(text, "suite").0 {
            let of = |lang: &str| ["output", "lint"].iter().flat_map(|block| codes_in(body(text, &section, &format!("{block} {lang}")).unwrap_or(""))).map(str::to_string).collect::<BTreeSet<_>>();
            shown.extend(of("en").intersection(&of("zh")).cloned());
        }
    }
    let missing: Vec<&str> = pages().iter().map(|page| page.code).filter(|code| !shown.contains(*code)).collect();
    assert!(missing.is_empty(), "no case shows in both languages {missing:?}");
}

#[test]
fn messages_keep_their_form() {
    for path in ["tests/suites", "tests/messages"].into_iter().flat_map(pages_of) {
        let text = read(&path);
        for line in text.lines().filter(|line| ["  × ", "  ⚠ ", "  ☞ ", "  help: ", "  提示："].iter().any(|sign| line.starts_with(sign))) {
            assert!(!line.ends_with(['.', '。']), "{line}");
            let first = line.trim_start_matches([' ', '×', '⚠', '☞']).chars().next();
            assert!(!first.is_some_and(char::is_uppercase), "{line}");
        }
        let mut lang = Lang::En;
        for line in text.lines() {
            match line {
                "```output en" => lang = Lang::En,
                "```output zh" => lang = Lang::Zh,
                _ => {}
            }
            assert!(!(lang == Lang::Zh && line.starts_with("  help:")), "{line}");
        }
    }
}

/// Messages that no small case can give, each with its whole output.
fn built() -> Vec<(Diagnostic, &'static str, &'static str)> {
    fn made(message: &impl Message) -> Diagnostic {
        Diagnostic::new(message)
    }
    vec![
        (
            made(&catalog::FileTooLarge { path: Text::from("学校.csv") }),
            "E0306\n\n  × `学校.csv` is larger than 4 GiB\n  help: leave columns out that no table has\n",
            "E0306\n\n  × “学校.csv”超过 4 GiB\n  提示：删去数据表中没有的列\n",
        ),
        (
            made(&catalog::MaskKeyBroken { path: Text::from(".heng/mask.key") }),
            "E0562\n\n  × `.heng/mask.key` is no key of masks\n  help: restore it from a copy, or delete it: then a new key is made\n",
            "E0562\n\n  × “.heng/mask.key”中不是代号密钥\n  提示：请从备份恢复，或删除该文件，由程序生成新密钥\n",
        ),
        (
            made(&catalog::NoRandomBytes { why: Text::new("it is read-only", "文件夹只读") }),
            "E0563\n\n  × the operating system gives no random bytes for a key of masks: it is read-only\n  help: run it on a system that has a source of random bytes\n",
            "E0563\n\n  × 操作系统没有给出生成代号密钥所需的随机字节：文件夹只读\n  提示：请在有随机数来源的系统上运行\n",
        ),
        (
            made(&catalog::ChosenByOtherMasks { path: Text::from(".heng/mask.key") }),
            "E0564\n\n  × the units that `.heng/mask.key` chose are masked with another key\n  help: run it in the project whose key made the report\n",
            "E0564\n\n  × “.heng/mask.key”选定的对象是用另一把密钥生成的代号\n  提示：请在生成该报告的项目中运行\n",
        ),
        (
            made(&catalog::OpenAndPersonal { column: Text::from("pay") }),
            "E0565\n\n  × `pay` is both open and personal\n  help: leave one of the two words out\n",
            "E0565\n\n  × “pay”既写了公开，又写了个人信息\n  提示：请去掉其中一个\n",
        ),
        (
            made(&catalog::OpenKey { column: Text::from("pay") }),
            "E0566\n\n  × `pay` holds personal keys and cannot be open\n  help: leave `open` out\n",
            "E0566\n\n  × “pay”中是个人主键，不能公开\n  提示：请去掉“公开”\n",
        ),
        (
            made(&catalog::MaskKeyNotKept { path: Text::from(".heng/mask.key"), why: Text::new("it is read-only", "文件夹只读") }),
            "W0650\n\n  ⚠ the key of masks cannot be kept in `.heng/mask.key`: it is read-only\n  help: let the folder be written once, or copy a key into it\n",
            "W0650\n\n  ⚠ 代号密钥无法保存到“.heng/mask.key”：文件夹只读\n  提示：请允许写入该文件夹一次，或把已有密钥复制到其中\n",
        ),
        (
            made(&catalog::OtherMasks { path: Text::from(".heng/mask.key") }),
            "W0651\n\n  ⚠ the masks of `.heng/mask.key` were made with another key: they are compared up to renaming\n  help: compare them where the key of the report is, to have the same masks\n",
            "W0651\n\n  ⚠ “.heng/mask.key”的代号用的是另一把密钥，按一一对应比较\n  提示：如需代号相同，请在保存该密钥的项目中比较\n",
        ),
        (
            made(&catalog::MasksNotMatched { path: Text::from(".heng/mask.key") }),
            "W0652\n\n  ⚠ which persons of `.heng/mask.key` stand in the other report cannot be told\n  help: say where its data and its packs are: `--data PATH --pack PATH`\n",
            "W0652\n\n  ⚠ 无法得知“.heng/mask.key”中的人对应另一份报告中的谁\n  提示：请指明其数据和标准的位置：“--data 路径 --pack 路径”\n",
        ),
    ]
}

#[test]
fn messages_that_no_small_case_gives() {
    for (message, en, zh) in built() {
        let shown = |lang| render(&message, &Sources::default(), Style { lang, color: false, width: 100 });
        assert_eq!((shown(Lang::En).as_str(), shown(Lang::Zh).as_str()), (en, zh));
    }
}

/// What a suite of this many classes with unreadable cells, or this many without a key, prints in each language.
fn printed_of_rows(rows: &str) -> [String; 2] {
    let rules = "table school \"学校\"\n  key code \"学校代码\" text\n\ntable class \"班级\"\n  key code \"班级代码\" text\n  column size \"学生人数\" whole number in pupil\n  column room \"教室\" text\n";
    let text = format!("# rows\n```heng\n{rules}```\n```csv class\n班级代码,学生人数,教室\n{rows}```\n```output en\n```\n```output zh\n```\n");
    let updated = suite::run(&text, "rows.md", &|name| packs::find(&root(), name)).updated;
    let (all, _) = sections(&updated, "rows.md");
    ["en", "zh"].map(|lang| all.iter().find_map(|section| body(&updated, section, &format!("output {lang}"))).unwrap_or("").to_string())
}

#[test]
fn more_cells_are_counted() {
    let rows: String = (1..=23).map(|row| format!("{row}班,不详,101\n")).collect();
    let [en, zh] = printed_of_rows(&rows);
    assert_eq!(en.matches("W0302\n").count(), 20);
    let place = "    ╭─[class.csv:22:5]\n 22 │ 21班,不详,101\n    ·      ────\n    ╰────\n";
    let english = format!("W0308\n\n  ⚠ 3 more cells of `学生人数` cannot be used\n{place}  help: correct the column in the file that it comes from\n");
    let chinese = format!("W0308\n\n  ⚠ “学生人数”还有 3 个单元格不能采用\n{place}  提示：请在原始文件中核对该列\n");
    assert!(en.ends_with(&english), "{en}");
    assert!(zh.ends_with(&chinese), "{zh}");
}

#[test]
fn more_faults_are_counted() {
    let rows: String = (1..=1005).map(|row| format!(",{row},101\n")).collect();
    let [en, zh] = printed_of_rows(&rows);
    assert_eq!(en.matches("E0313\n").count(), 1000);
    assert!(en.ends_with("W0309\n\n  ⚠ 5 more of E0313 in this file are not shown\n  help: correct what is shown and run again\n"), "{}", &en[en.len() - 400..]);
    assert!(zh.ends_with("W0309\n\n  ⚠ 本文件还有 5 处 E0313 未列出\n  提示：先改正已列出的问题，再运行一次\n"));
}

/// What lies between two places far apart in a file is not what is meant.
#[test]
fn places_far_apart_are_shown_each_for_itself() {
    let mut sources = Sources::default();
    let text: String = (1..=300).map(|line| format!("line {line}\n")).collect();
    let id = sources.add("a.heng", text.clone());
    let at = |line: usize| text.find(&format!("line {line}\n")).map(|at| Span::new(id, at, at + 4)).expect("a line");
    let said = |first: usize, second: usize| {
        let said = Diagnostic::new(&catalog::Contradiction { of: Text::default() }).at(at(first), Text::default()).at(at(second), Text::default());
        render(&said, &sources, Style { lang: Lang::En, color: false, width: 80 })
    };
    let far = said(210, 265);
    assert!(far.contains("[a.heng:210:1]") && far.contains("[a.heng:265:1]") && !far.contains("line 211"), "{far}");
    let near = said(210, 214);
    assert!(near.contains("[a.heng:210:1]") && !near.contains("[a.heng:214:1]") && near.contains("212 │ line 212"), "{near}");
}
