//! What a new user does and sees, replayed: the transcripts of `tests/fresh`, the README, and the outputs shown in the
//! changelog. `UPDATE=1 cargo test --test fresh` writes the outputs of the transcripts anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// A folder that is empty at the start and gone at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("heng-fresh-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Place(path)
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the terminal shows: messages, then the result, then the status where it is not 0.
fn heng(folder: &Path, words: &str, language: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.current_dir(folder).args(words.split_whitespace()).stdin(Stdio::null());
    command.env("LC_ALL", language).env("COLUMNS", "100").env("NO_COLOR", "1");
    let done = command.output().expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let status = done.status.code().filter(|status| *status != 0).map(|status| format!("(exit status {status})\n"));
    format!("{}{}{}", text(&done.stderr), text(&done.stdout), status.unwrap_or_default())
}

/// A fenced block: the words after its fence, and its lines.
struct Block {
    info: String,
    text: String,
    /// The lines of the page between which it stands, fences not included.
    from: usize,
    to: usize,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        open = match (open, line.strip_prefix("```")) {
            (None, Some(info)) => Some(Block { info: info.into(), text: String::new(), from: number + 1, to: number + 1 }),
            (Some(block), Some(_)) => {
                found.push(Block { to: number, ..block });
                None
            }
            (Some(block), None) => Some(Block { text: format!("{}{line}\n", block.text), ..block }),
            (None, None) => None,
        };
    }
    found
}

/// Plays a page from the top: a block with a path is written, one that begins with `$` is run.
fn play(path: &str, language: &str) {
    let page = read(path);
    let place = Place::new(&path.replace('/', "-"));
    let mut lines: Vec<String> = page.lines().map(str::to_string).collect();
    let mut runs = 0;
    let mut edits = Vec::new();
    for block in blocks(&page) {
        if let Some(command) = block.text.lines().next().and_then(|line| line.strip_prefix("$ heng")) {
            let shown = format!("$ heng{command}\n{}", heng(&place.0, command, language));
            runs += 1;
            edits.push((block.from..block.to, shown));
        } else if let Some((_, file)) = block.info.split_once(' ') {
            place.file(file, &block.text);
        }
    }
    assert!(runs > 0, "{path} runs nothing");
    for (range, shown) in edits.into_iter().rev() {
        lines.splice(range, shown.lines().map(str::to_string));
    }
    let played = lines.join("\n") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join(path), played).expect("the transcript is written");
    } else {
        assert_eq!(page, played, "{path} shows what is no longer so; UPDATE=1 writes it anew");
    }
}

#[test]
fn a_first_rule_in_english() {
    play("tests/fresh/english.md", "en_GB.UTF-8");
}

#[test]
fn a_first_rule_in_chinese() {
    play("tests/fresh/chinese.md", "zh_CN.UTF-8");
}

/// The words after `heng`, or after `cargo run … --`.
fn command_of(line: &str) -> Option<&str> {
    line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("heng ")).or_else(|| line.strip_prefix("$ heng "))
}

#[test]
fn the_finding_of_the_readme_is_real() {
    let page = read("README.md");
    let blocks = blocks(&page);
    let audit = blocks.iter().filter(|block| block.info == "sh").flat_map(|block| block.text.lines()).find_map(command_of).expect("a command");
    let finding = blocks.iter().find(|block| block.info == "text").expect("a finding");
    let shown = heng(&root(), audit, "en_GB.UTF-8");
    assert!(shown.contains(&finding.text), "the finding of README.md is not in what `heng {audit}` prints:\n{shown}");
    assert!(root().join(".ci/run").is_file() && page.contains("bash .ci/run"));
}

#[test]
fn the_rule_of_the_readme_reads_the_same_in_both_languages() {
    let page = read("README.md");
    let rules: Vec<String> = blocks(&page).into_iter().filter(|block| block.info == "heng").map(|block| block.text).collect();
    assert_eq!(rules.len(), 2, "one rule in two languages");
    let said: Vec<String> = rules.iter().enumerate().map(|(at, rule)| reading(at, rule)).collect();
    let body = |said: &str| said.lines().filter(|line| line.starts_with("  ")).map(str::to_string).collect::<Vec<_>>();
    assert_eq!(body(&said[0]), body(&said[1]));
    assert!(said.iter().all(|said| said.starts_with("1 of 1 rules understood") && !said.contains("exit status")), "{said:?}");
}

/// The rule read back, among the tables and standards of the pack.
fn reading(at: usize, rule: &str) -> String {
    let place = Place::new(&format!("readme-{at}"));
    for file in fs::read_dir(root().join("rules/quality-balance")).expect("the pack").flatten() {
        let (name, path) = (file.file_name().to_string_lossy().into_owned(), file.path());
        let text = fs::read_to_string(&path).unwrap_or_default();
        let judges = text.lines().any(|line| ["rule ", "veto ", "exception "].iter().any(|word| line.starts_with(word)));
        if Path::new(&name).extension().is_some_and(|ending| ending == "heng") && !judges {
            place.file(&name, &text);
        }
    }
    place.file("99-readme.heng", rule);
    heng(&place.0, "check .", "en_GB.UTF-8")
}

/// Each shown line is a line of what the command prints, in that order; `…` stands for lines left out.
fn replay(path: &str, lang: &str) -> usize {
    let page = read(path);
    assert!(!page.contains("<!-- output"), "an output is still to be shown");
    let blocks = blocks(&page);
    let consoles = blocks.iter().filter(|block| block.info == "console");
    for block in consoles.clone() {
        let mut shown = block.text.lines();
        let command = shown.next().and_then(command_of).expect("a command first");
        let real = heng(&root(), command, lang);
        let mut lines = real.lines().map(str::trim_end);
        for line in shown.filter(|line| line.trim() != "…") {
            assert!(lines.any(|real| real == line.trim_end()), "{path}: `{line}` is not where `heng {command}` would print it");
        }
    }
    consoles.count()
}

#[test]
fn the_outputs_of_the_changelog_are_real() {
    assert!(replay("docs/changelog.md", "en_GB.UTF-8") > 0);
}

#[test]
fn the_outputs_of_the_manuals_are_real() {
    let [english, chinese] = [replay("docs/manual/en.md", "en_GB.UTF-8"), replay("docs/manual/zh.md", "zh_CN.UTF-8")];
    assert!(english > 0 && english == chinese, "one manual shows what the other does not");
}
