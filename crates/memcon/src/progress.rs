//! How far a long reading has come: a bar on standard error, on a terminal only.

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A bar over the bytes of the files, with documents a second and the time left.
pub struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    documents: Arc<AtomicU64>,
}

impl Progress {
    /// Starts the bar. How much there is to read is counted beside, so that reading need not wait for it.
    pub fn start(paths: &[PathBuf]) -> Progress {
        let (bytes, documents) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        if !std::io::stderr().is_terminal() {
            return Progress { bar: ProgressBar::hidden(), bytes, documents };
        }
        let bar = ProgressBar::new(0);
        let counted = documents.clone();
        let rate = move |state: &ProgressState, out: &mut dyn Write| {
            let seconds = state.elapsed().as_secs_f64().max(0.001);
            let documents = counted.load(Ordering::Relaxed);
            let _ = write!(out, "{documents} documents, {:.0} a second", documents as f64 / seconds);
        };
        let style = ProgressStyle::with_template("{bar:24} {percent}% · {documents} · {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("documents", rate));
        let (paths, counting) = (paths.to_vec(), bar.clone());
        std::thread::spawn(move || {
            let mut visited = 0;
            counting.set_length(paths.iter().map(|path| size(path, 0, &mut visited)).sum());
        });
        Progress { bar, bytes, documents }
    }

    /// The counter of bytes read.
    pub fn bytes(&self) -> Arc<AtomicU64> {
        self.bytes.clone()
    }

    /// One more document is done.
    pub fn document(&self) {
        self.documents.fetch_add(1, Ordering::Relaxed);
        self.bar.set_position(self.bytes.load(Ordering::Relaxed));
    }

    /// Does what prints on standard output. The bar is in the way only where both are one terminal.
    pub fn printing<T>(&self, print: impl FnOnce() -> T) -> T {
        if std::io::stdout().is_terminal() { self.aside(print) } else { print() }
    }

    /// Does what prints on standard error, without the bar in the way.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Bytes of the files at and below `path`. It only feeds the bar: what cannot be read counts nothing, and links and very
/// deep folders are not followed.
fn size(path: &Path, depth: usize, visited: &mut usize) -> u64 {
    const MOST: usize = 2_000_000;
    *visited += 1;
    let found = if depth == 0 { std::fs::metadata(path) } else { std::fs::symlink_metadata(path) };
    match found {
        Ok(found) if found.is_dir() && depth < 64 && *visited < MOST => {
            let inside = std::fs::read_dir(path).into_iter().flatten().flatten();
            inside.map(|entry| size(&entry.path(), depth + 1, visited)).sum()
        }
        Ok(found) if found.is_file() => found.len(),
        _ => 0,
    }
}
