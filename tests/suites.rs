//! Runs every Markdown suite of the project: its own, those of the packs, and the pages of the manual.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use heng::base::{Lang, Sources};
use heng::diag::show::{Style, render};
use heng::suite::{self, Suite};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every folder that may hold suites, and whether each of its files must be one.
fn folders() -> Vec<(PathBuf, bool)> {
    let packs = std::fs::read_dir(root().join("rules")).into_iter().flatten().flatten().map(|pack| (pack.path().join("tests"), true));
    let mut folders: Vec<_> = [(root().join("tests/suites"), true), (root().join("docs/manual"), false)].into_iter().chain(packs).filter(|(folder, _)| folder.is_dir()).collect();
    folders.sort();
    folders
}

fn run(path: &Path) -> Suite {
    let text = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let shown = path.strip_prefix(root()).unwrap_or(path).display().to_string();
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    suite::run(&text, &shown, &|name| suite::packs::find(&folder, name))
}

fn failures(suite: &Suite) -> String {
    let style = Style { lang: Lang::En, color: false, width: 100 };
    let shown = |said| render(said, &Sources::default(), style);
    let mut text: String = suite.faults.iter().map(shown).collect();
    for case in &suite.cases {
        for failure in &case.failures {
            let _ = write!(text, "{}:{} {}\n{}{}", suite.path, case.line, case.name, shown(&failure.said), failure.detail.en);
        }
    }
    text
}

#[test]
fn every_suite_passes() {
    let (mut cases, mut wrong) = (0, String::new());
    for (folder, must) in folders() {
        for path in suite::packs::markdown(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display())) {
            let found = run(&path);
            cases += found.cases.len();
            wrong += &failures(&found);
            if must && found.cases.is_empty() && found.faults.is_empty() {
                wrong += &[found.path.as_str(), " holds no case\n"].concat();
            }
        }
    }
    // Not through the test's own output, which is shown only on failure.
    let _ = writeln!(std::io::stdout(), "{cases} cases of suites ran");
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(cases > 0, "there is no suite");
}

/// A suite that could not fail would be worth nothing.
#[test]
fn a_wrong_expectation_fails() {
    let text = "# a\n```heng\nruel X\n```\n```diagnostics\n```\n";
    let found = suite::run(text, "a.md", &|name| suite::packs::find(&root(), name));
    assert_eq!((found.passed(), found.failed()), (0, 1));
    let updated = suite::run(&found.updated, "a.md", &|name| suite::packs::find(&root(), name));
    assert_eq!((updated.passed(), updated.failed()), (1, 0), "{}", found.updated);
    assert_eq!(updated.updated, found.updated);
}

#[test]
fn a_case_without_expectation_fails() {
    let found = suite::run("# a\n```heng\n```\n", "a.md", &|name| suite::packs::find(&root(), name));
    assert_eq!(found.failed(), 1);
    let found = suite::run("# a\nnothing\n", "a.md", &|name| suite::packs::find(&root(), name));
    assert!(found.cases.is_empty());
}
