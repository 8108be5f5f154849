//! From paths to documents: what is read, in which order, and what is wrong with it.

use reader::record::Document;
use reader::{Known, Media, Source};
use std::fmt;
use std::path::{Path, PathBuf};

/// One document, decoded and ready to be read.
pub struct Input {
    /// What is recorded of it.
    pub document: Document,
    /// Its text, or HTML.
    pub text: String,
    /// Which of the two.
    pub media: Media,
    /// What is known about it from outside.
    pub known: Known,
}

impl Input {
    /// The form in which the reader takes it.
    pub fn source(&self) -> Source<'_> {
        Source { text: &self.text, media: self.media, known: self.known.clone() }
    }
}

/// What is wrong with one document. It is printed as one line and the rest goes on.
#[derive(Debug)]
pub struct Problem {
    /// The file, or the record in it.
    pub path: String,
    /// What is wrong, and the way out.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

/// What a person knows about documents that do not say it themselves.
#[derive(Default)]
pub struct Manifest {
    rows: Vec<(String, Known)>,
}

impl Manifest {
    /// Reads a CSV with a header line.
    pub fn open(path: &Path) -> Result<Manifest, String> {
        let mut table = csv::Reader::from_path(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let header = table.headers().map_err(|e| format!("{}: {e}", path.display()))?.clone();
        let mut rows = Vec::new();
        for row in table.records() {
            let row = row.map_err(|e| format!("{}: {e}", path.display()))?;
            let field = |name: &str| {
                let at = header.iter().position(|h| h == name)?;
                row.get(at).filter(|v| !v.is_empty()).map(str::to_string)
            };
            let known = Known {
                published: field("published"),
                outlet: field("outlet"),
                origin: field("origin"),
                title: field("title"),
                language: field("language"),
                url: field("url"),
            };
            rows.extend(field("path").map(|path| (path, known)));
        }
        Ok(Manifest { rows })
    }

    /// What is known of the document at `path`: the row whose path is the whole of it, or its last parts.
    pub fn known(&self, path: &str) -> Known {
        let found = self.rows.iter().find(|(row, _)| Path::new(path).ends_with(row.trim_start_matches("./")));
        found.map(|(_, known)| known.clone()).unwrap_or_default()
    }
}

/// The documents at `paths`, in order; folders sorted by name.
pub fn documents<'a>(
    paths: &'a [PathBuf],
    manifest: &'a Manifest,
) -> impl Iterator<Item = Result<Input, Problem>> + 'a {
    paths.iter().flat_map(|path| files(path)).map(|path| {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).map_err(|e| Problem { path: name.clone(), what: e.to_string() })?;
        let html = path.extension().is_some_and(|e| e == "html" || e == "htm");
        let media_type = if html { "text/html" } else { "text/plain" }.to_string();
        let known = manifest.known(&name);
        let document = Document { path: name, media_type, url: known.url.clone(), ..Document::default() };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Input { document, text, media: if html { Media::Html } else { Media::Text }, known })
    })
}

fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    let mut inside: Vec<PathBuf> = std::fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
    inside.sort();
    inside.iter().flat_map(|p| files(p)).collect()
}
