//! A folder of its own for a test of the command, and what the command does there.
#![allow(dead_code, reason = "each test that includes this page uses a part of it")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Empty at the start, gone at the end.
pub struct Place(PathBuf);

impl Place {
    pub fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("heng-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Place(path)
    }

    pub fn file(&self, path: &str, text: &str) -> &Place {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a file");
        self
    }

    pub fn bytes(&self, path: &str, bytes: &[u8]) {
        fs::write(self.0.join(path), bytes).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("a file")
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.0.join(path)).expect("a file");
    }

    pub fn rename(&self, from: &str, to: &str) {
        let to = self.0.join(to);
        fs::create_dir_all(to.parent().expect("a folder above")).expect("a folder");
        fs::rename(self.0.join(from), to).expect("renamed");
    }

    pub fn heng(&self, words: &str) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
        command.current_dir(&self.0).args(words.split_whitespace()).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(name);
        }
        let output = command.env("LANG", "en_GB.UTF-8").output().expect("the command runs");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Done { status: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub struct Done {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    #[track_caller]
    pub fn ends(&self, status: i32) -> &Done {
        assert_eq!(self.status, status, "{}{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Done {
        assert!(self.err.contains(words), "`{words}` is not in:\n{}", self.err);
        self
    }

    #[track_caller]
    pub fn prints(&self, words: &str) -> &Done {
        assert!(self.out.contains(words), "`{words}` is not in:\n{}", self.out);
        self
    }
}
