//! The figures of each stage, on data that lies outside the project, against the floors of `floors.csv`.

mod contacts;
mod language;
mod page;
mod said;
mod when;
mod who;

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// One measured number.
#[derive(Clone, Debug)]
pub struct Figure {
    /// `stage/data/what`, as it stands in the floors file.
    pub name: String,
    /// The value; for most, between 0 and 1.
    pub value: f64,
    /// What it was counted over, for a reader ("412/510").
    pub note: String,
}

impl Figure {
    /// A rate of `right` out of `of`.
    pub fn rate(name: &str, right: usize, of: usize) -> Figure {
        let value = if of == 0 { 0.0 } else { right as f64 / of as f64 };
        Figure { name: name.to_string(), value, note: format!("{right}/{of}") }
    }
}

/// F1 of a precision and a recall.
pub fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// What is handed to each stage's scorer.
pub struct Bench<'a> {
    /// The folder with `data/` and `gold/`.
    pub shared: &'a Path,
    /// Whether to print what was missed, spurious or wrong.
    pub details: bool,
    /// The program's knowledge.
    pub reader: &'a reader::Reader,
}

impl Bench<'_> {
    /// The lines of a JSONL file under the shared folder, gzipped or not.
    pub fn lines(&self, path: &str) -> std::io::Result<Vec<serde_json::Value>> {
        use std::io::{BufRead, BufReader, Read};
        let file = std::fs::File::open(self.shared.join(path))?;
        let source: Box<dyn Read> =
            if path.ends_with(".gz") { Box::new(flate2::read::MultiGzDecoder::new(file)) } else { Box::new(file) };
        BufReader::new(source).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
    }
}

type Scorer = fn(&Bench) -> std::io::Result<Vec<Figure>>;

const STAGES: &[(&str, Scorer)] = &[
    ("page", page::score),
    ("language", language::score),
    ("who", who::score),
    ("when", when::score),
    ("said", said::score),
    ("contacts", contacts::score),
];

/// Scores the named stages (all if none is named), prints their figures, and fails where one is beyond its floor, where a
/// figure with a floor was not measured, or where the data is not what the floors were taken on.
pub fn run(stages: &[String], shared: &Path, details: bool) -> ExitCode {
    if !shared.is_dir() {
        println!("score: no benchmark data at {}: nothing was scored", shared.display());
        return ExitCode::SUCCESS;
    }
    if let Some(unknown) = stages.iter().find(|stage| STAGES.iter().all(|(name, _)| name != stage)) {
        let names: Vec<&str> = STAGES.iter().map(|(name, _)| *name).collect();
        println!("score: no stage {unknown}; there are {}", names.join(", "));
        return ExitCode::FAILURE;
    }
    let reader = reader::Reader::shipped();
    let bench = Bench { shared, details, reader: &reader };
    let rows = floors();
    let mut short = 0;
    let mut complain = |what: String| {
        println!("{what}");
        short += 1;
    };
    let mut data: BTreeSet<String> = BTreeSet::new();
    for (stage, scorer) in STAGES {
        if !stages.is_empty() && !stages.iter().any(|s| s == stage) {
            continue;
        }
        let figures = scorer(&bench).unwrap_or_else(|error| {
            complain(format!("{stage}: {error}"));
            Vec::new()
        });
        for figure in &figures {
            data.extend(figure.name.split('/').nth(1).map(str::to_string));
            let floor = rows.iter().find(|(name, _)| *name == figure.name).map(|(_, floor)| floor);
            let beyond = floor.is_some_and(|floor| !floor.holds(figure.value));
            let floor = floor.map_or(String::new(), Floor::to_string);
            let line = format!("{:48} {:9.4}  {:18} {floor}", figure.name, figure.value, figure.note);
            if beyond { complain(format!("{line} BEYOND")) } else { println!("{}", line.trim_end()) }
        }
        for (name, floor) in &rows {
            let of_stage = name.strip_prefix(stage).is_some_and(|rest| rest.starts_with('/'));
            if of_stage && figures.iter().all(|figure| figure.name != *name) {
                complain(format!("{name:48} was not measured; {floor}"));
            }
        }
    }
    for name in data {
        let Some(digest) = digest(shared, &name) else { continue };
        let row = format!("data/{name}");
        match rows.iter().find(|(name, _)| *name == row) {
            Some((_, Floor::Digest(taken))) if *taken != digest => {
                complain(format!("{row:48} is {digest}; the floors were taken on {taken}"));
            }
            Some(_) => {}
            None => println!("{row:48} is {digest}; no row of floors.csv says so"),
        }
    }
    if short == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One row of `floors.csv`.
#[derive(Clone, Debug, PartialEq)]
enum Floor {
    /// The figure is to be at least this: `0.75`.
    AtLeast(f64),
    /// The figure is to be at most this: `<=100`.
    AtMost(f64),
    /// The digest of the data that the floors were taken on (rows `data/NAME`).
    Digest(String),
}

impl Floor {
    fn parse(name: &str, text: &str) -> Option<Floor> {
        if name.starts_with("data/") {
            return Some(Floor::Digest(text.to_string()));
        }
        match text.strip_prefix("<=") {
            Some(most) => most.parse().ok().map(Floor::AtMost),
            None => text.parse().ok().map(Floor::AtLeast),
        }
    }

    fn holds(&self, value: f64) -> bool {
        match self {
            Floor::AtLeast(least) => value >= *least,
            Floor::AtMost(most) => value <= *most,
            Floor::Digest(_) => true,
        }
    }
}

impl std::fmt::Display for Floor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Floor::AtLeast(least) => write!(f, "at least {least:.3}"),
            Floor::AtMost(most) => write!(f, "at most {most:.3}"),
            Floor::Digest(digest) => write!(f, "{digest}"),
        }
    }
}

/// The rows of the floors file, `name,floor` a line.
fn floors() -> Vec<(String, Floor)> {
    include_str!("floors.csv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .filter_map(|(name, floor)| Some((name.to_string(), Floor::parse(name, floor.trim())?)))
        .collect()
}

/// SHA-256, shortened to 16 hexadecimal digits, over the names and bytes of the files in `data/NAME` of the shared folder,
/// sorted by name; of `seeds/` for the seeds, of `gold/` for its other files. `None` where there is no such folder.
fn digest(shared: &Path, name: &str) -> Option<String> {
    let folder = match name {
        "seeds" => shared.join("seeds"),
        "gold" | "cases" | "merged" => shared.join("gold"),
        _ => shared.join("data").join(name),
    };
    let mut folders = vec![folder];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.strip_prefix(shared).ok()?.to_string_lossy().as_bytes());
        hasher.update(std::fs::read(&file).ok()?);
    }
    Some(hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_floors_file_is_understood_and_they_are_sorted() {
        let lines: Vec<&str> = include_str!("floors.csv").lines().skip(1).collect();
        assert_eq!(floors().len(), lines.len());
        let names: Vec<String> = floors().into_iter().map(|(name, _)| name).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "sorted by name, none twice: {names:?}");
    }

    #[test]
    fn a_floor_holds_from_above_and_a_ceiling_from_below() {
        assert!(Floor::AtLeast(0.5).holds(0.5) && !Floor::AtLeast(0.5).holds(0.4));
        assert!(Floor::AtMost(0.5).holds(0.5) && !Floor::AtMost(0.5).holds(0.6));
        assert_eq!(Floor::parse("a/b/c", "<=100"), Some(Floor::AtMost(100.0)));
    }
}
