//! What a person knows about documents that do not say it themselves: a CSV with a row a document.

use super::problem::Problem;
use reader::Known;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What the program understands.
    pub known: Known,
    /// The other columns, kept with the document.
    pub extra: Map<String, Value>,
    path: Option<String>,
    line: u64,
}

/// The rows of a manifest, found by path or address.
#[derive(Debug, Default)]
pub struct Manifest {
    file: String,
    rows: Vec<Row>,
    /// Rows by the last part of their path.
    by_name: HashMap<String, Vec<usize>>,
    by_url: HashMap<String, usize>,
    /// Which rows a document was found for.
    used: Vec<AtomicBool>,
}

impl Manifest {
    /// Reads the manifest. An error says what is wrong with the file as a whole.
    pub fn open(path: &Path) -> Result<Manifest, String> {
        let file = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| Problem::io(&file, &e).to_string())?;
        let text = super::charset::decode(&bytes, None, false).text;
        Manifest::parse(file, &text)
    }

    fn parse(file: String, text: &str) -> Result<Manifest, String> {
        let mut table = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = table.headers().map_err(|e| format!("{file}:1: {e}"))?.clone();
        if !header.iter().any(|name| name == "path" || name == "url") {
            return Err(format!("{file}:1: no column `path` or `url`; the first line names the columns"));
        }
        let mut manifest = Manifest { file, ..Manifest::default() };
        for row in table.records() {
            let row = row.map_err(|e| format!("{}: {e}", manifest.file))?;
            let mut entry = Row { line: row.position().map_or(0, csv::Position::line), ..Row::default() };
            for (name, value) in header.iter().zip(row.iter()).filter(|(_, value)| !value.is_empty()) {
                let known = &mut entry.known;
                let value = value.to_string();
                match name {
                    "path" => entry.path = Some(value.replace('\\', "/")),
                    "url" => known.url = Some(value),
                    "published" => known.published = Some(value),
                    "outlet" => known.outlet = Some(value),
                    "origin" => known.origin = Some(value),
                    "title" => known.title = Some(value),
                    "language" => known.language = Some(value),
                    _ => {
                        entry.extra.insert(name.to_string(), Value::String(value));
                    }
                }
            }
            let number = manifest.rows.len();
            if let Some(name) = entry.path.as_deref().and_then(last_part) {
                manifest.by_name.entry(name.to_string()).or_default().push(number);
            } else if let Some(url) = &entry.known.url {
                manifest.by_url.entry(url.clone()).or_insert(number);
            }
            manifest.rows.push(entry);
            manifest.used.push(AtomicBool::new(false));
        }
        Ok(manifest)
    }

    /// The row of a document: the one whose path is the document's or ends it, the longest first; else the one with its
    /// address.
    pub fn row(&self, path: &str, url: Option<&str>) -> Option<&Row> {
        let by_path = last_part(path).and_then(|name| self.by_name.get(name)).and_then(|rows| {
            let fits = rows.iter().copied().filter(|at| self.rows.get(*at).is_some_and(|row| row.is_for(path)));
            fits.max_by_key(|at| (self.rows.get(*at).and_then(Row::path).map_or(0, str::len), std::cmp::Reverse(*at)))
        });
        let at = by_path.or_else(|| self.by_url.get(url?).copied())?;
        if let Some(used) = self.used.get(at) {
            used.store(true, Ordering::Relaxed);
        }
        self.rows.get(at)
    }

    /// Rows for files that do not exist: no document was found for them, and no such file lies in the working folder, in
    /// the manifest's own, in one that was read, or above one of these.
    pub fn missing(&self, paths: &[PathBuf]) -> Vec<Problem> {
        let manifest = std::path::absolute(&self.file).unwrap_or_default();
        let mut roots: Vec<PathBuf> = manifest.ancestors().skip(1).map(Path::to_path_buf).collect();
        for path in paths {
            let path = std::path::absolute(path).unwrap_or_default();
            roots.extend(path.ancestors().map(Path::to_path_buf));
        }
        roots.sort();
        roots.dedup();
        let unused = self.rows.iter().zip(&self.used).filter(|(_, used)| !used.load(Ordering::Relaxed));
        let named = unused.filter_map(|(row, _)| Some((row, row.path()?)));
        let gone = named.filter(|(_, path)| !roots.iter().any(|root| root.join(path).exists()));
        gone.map(|(row, path)| {
            Problem::skipped(&self.file, format!("a row for {path}, and no such file; correct its path")).at(row.line)
        })
        .collect()
    }
}

impl Row {
    fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Whether the row's path ends the document's, part by part.
    fn is_for(&self, path: &str) -> bool {
        let Some(row) = self.path.as_deref() else { return false };
        let row = row.trim_start_matches("./");
        path.strip_suffix(row).is_some_and(|before| before.is_empty() || before.ends_with('/') || row.starts_with('/'))
    }
}

fn last_part(path: &str) -> Option<&str> {
    path.rsplit('/').next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> Manifest {
        Manifest::parse("m.csv".to_string(), text).unwrap()
    }

    #[test]
    fn rows_match_by_the_end_of_the_path_part_by_part() {
        let m = manifest("path,published,desk\npage.txt,2001,\nx/page.txt,2002,north\nrest.txt,2003,\n");
        let published = |path: &str| m.row(path, None).and_then(|row| row.known.published.clone());
        assert_eq!(published("/a/b/page.txt").as_deref(), Some("2001"));
        assert_eq!(published("a/x/page.txt").as_deref(), Some("2002"));
        assert_eq!(published("page.txt").as_deref(), Some("2001"));
        assert_eq!(published("frontpage.txt"), None);
        assert_eq!(m.row("x/page.txt", None).unwrap().extra["desk"], "north");
    }

    #[test]
    fn rows_match_by_address() {
        let m = manifest("url,outlet\nhttps://example.org/a,Example\n");
        assert_eq!(m.row("w.warc#1", Some("https://example.org/a")).unwrap().known.outlet.as_deref(), Some("Example"));
        assert!(m.row("w.warc#2", Some("https://example.org/b")).is_none());
    }

    #[test]
    fn a_manifest_names_its_columns() {
        assert!(Manifest::parse("m.csv".into(), "file,date\na,b\n").unwrap_err().starts_with("m.csv:1: no column"));
    }
}
