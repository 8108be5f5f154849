//! The figures of each stage, on data that lies outside the project, against the floors of `floors.csv`.

mod contacts;
mod language;
mod page;
mod said;
mod when;
mod who;

use std::path::Path;
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

/// Scores the named stages (all if none is named), prints their figures, and fails where one is below its floor.
pub fn run(stages: &[String], shared: &Path, details: bool) -> ExitCode {
    if !shared.is_dir() {
        println!("score: no benchmark data at {}: nothing was scored", shared.display());
        return ExitCode::SUCCESS;
    }
    let reader = reader::Reader::shipped();
    let bench = Bench { shared, details, reader: &reader };
    let floors = floors();
    let mut short = 0;
    for (stage, scorer) in STAGES {
        if !stages.is_empty() && !stages.iter().any(|s| s == stage) {
            continue;
        }
        match scorer(&bench) {
            Ok(figures) => {
                for figure in figures {
                    let floor = floors.iter().find(|(name, _)| *name == figure.name).map(|(_, floor)| *floor);
                    let below = floor.is_some_and(|floor| figure.value < floor);
                    short += usize::from(below);
                    let floor = floor.map_or(String::new(), |f| format!("floor {f:.3}"));
                    let mark = if below { "BELOW" } else { "" };
                    println!("{:48} {:9.4}  {:18} {floor} {mark}", figure.name, figure.value, figure.note);
                }
            }
            Err(error) => {
                println!("{stage}: {error}");
                short += 1;
            }
        }
    }
    if short == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The floors, `name,floor` a line.
fn floors() -> Vec<(String, f64)> {
    include_str!("floors.csv")
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter_map(|(name, floor)| Some((name.to_string(), floor.trim().parse().ok()?)))
        .collect()
}
