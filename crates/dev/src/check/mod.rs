//! Checks that the house keeps its promises: the docs tell the truth, the generated pages are fresh, what a crate must not
//! know it does not know, and every licence is one that the project can live with.
//!
//! Each check returns its complaints, one a line, as `file:line: what is wrong`; none means that it holds.

mod absences;
mod docs;
mod licences;
mod reference;
mod words;

use std::io::Result;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

type Check = fn(&House) -> Result<Vec<String>>;

const CHECKS: &[(&str, Check)] = &[
    ("generated pages are fresh", reference::fresh),
    ("commands and flags in the docs exist", docs::commands),
    ("paths and links in the docs exist", docs::paths),
    ("every field of the record is documented", docs::fields),
    ("every value of the codebook is documented", docs::values),
    ("no crate knows what it must not", absences::check),
    ("the project speaks of itself alone", words::check),
    ("every folder of data has its licence beside it", licences::data),
    ("every dependency may be used", licences::dependencies),
];

/// The repository, and the commands of the program that was built from it.
pub struct House {
    root: PathBuf,
    /// Files that git knows, by their path from the root, sorted.
    files: Vec<String>,
    commands: Vec<reference::Help>,
}

impl House {
    fn open() -> Result<House> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let listed = Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(&root).output()?;
        let mut files: Vec<String> = String::from_utf8_lossy(&listed.stdout).lines().map(str::to_string).collect();
        files.retain(|path| root.join(path).is_file());
        files.sort();
        Ok(House { commands: reference::help_tree()?, root, files })
    }

    fn read(&self, path: &str) -> Result<String> {
        std::fs::read_to_string(self.root.join(path))
    }

    /// The Markdown pages that people read: those at the root and under `docs/`.
    fn pages(&self) -> impl Iterator<Item = &str> {
        self.files
            .iter()
            .map(String::as_str)
            .filter(|path| path.ends_with(".md"))
            .filter(|path| !path.contains('/') || path.starts_with("docs/"))
    }
}

/// Runs every check; with `write`, writes the generated pages first.
pub fn run(write: bool) -> ExitCode {
    match run_all(write) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("check: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_all(write: bool) -> Result<usize> {
    let house = House::open()?;
    if write {
        reference::write(&house)?;
    }
    let mut complaints = 0;
    for (name, check) in CHECKS {
        let found = check(&house)?;
        println!("{} {name}", if found.is_empty() { "ok  " } else { "FAIL" });
        for complaint in &found {
            println!("     {complaint}");
        }
        complaints += found.len();
    }
    Ok(complaints)
}
