//! The program as a user runs it: one binary of tests, one module a subject.

mod bad_input;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod formats;
mod read;
mod record;
mod serve;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test, removed after it.
pub struct Folder(tempfile::TempDir);

#[allow(clippy::new_without_default, reason = "a folder is made on purpose")]
impl Folder {
    /// An empty folder.
    pub fn temporary() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("folders");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Runs the program in this folder.
    pub fn memcon(&self, args: &[&str]) -> Ran {
        self.fed(args, b"")
    }

    /// Runs the program in this folder with something on its standard input.
    pub fn fed(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_memcon"))
            .args(args)
            .current_dir(self.path())
            .env_remove("MEMCON_DB")
            .env_remove("COLUMNS")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // The program may stop reading before the end; that is its affair.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        Ran::from(child.wait_with_output().expect("the program ends"))
    }
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    /// Exit status.
    pub status: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }
}

impl Ran {
    /// Standard output as JSON lines.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
    }

    /// The paths of the documents printed.
    pub fn paths(&self) -> Vec<String> {
        let path = |line: &serde_json::Value| line["document"]["path"].as_str().unwrap_or_default().to_string();
        self.json().iter().map(path).collect()
    }

    /// Asserts the exit status and gives the run back.
    pub fn ends(self, status: i32) -> Ran {
        assert_eq!(self.status, Some(status), "{self:?}");
        self
    }
}

/// A short article in our own words.
pub const STORY: &str = "The foreign ministers of two countries spoke by telephone on Tuesday.\n\n\
    A spokesman said that the call lasted half an hour.\n";
