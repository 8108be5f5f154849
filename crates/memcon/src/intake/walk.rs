//! From paths to the bytes of each document, in order: folders, compressed files and archives are opened on the way.

use super::problem::Problem;
use super::{DOCUMENT_BYTES, Form, Raw, articles, formats, table, too_large};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far a compressed file may expand. News text packs 3 to 10 times, markup with its repetitions 30 times; what packs
/// hundreds of times was made to do harm, or holds nothing.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many times its size a compressed file may have in all, once it is past `free`.
    pub ratio: u64,
    /// Bytes that any compressed file may expand to.
    pub free: u64,
    /// Bytes that one outer file may expand to in all.
    pub total: u64,
    /// How many files a zip may hold.
    pub entries: usize,
    /// How many layers of compression and archives may lie in one another.
    pub layers: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { ratio: 200, free: 64 << 20, total: 1 << 40, entries: 1_000_000, layers: 4 }
    }
}

/// What a walk comes across.
pub type Found = Result<Raw, Problem>;

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    One(Form),
    JsonLines,
    Json,
    Csv,
    Parquet,
    Feed,
    Warc,
    Gzip,
    Zstd,
    Zip,
}

/// What the end of a name says of a file.
const ENDINGS: &[(&str, Kind)] = &[
    ("txt", Kind::One(Form::Text)),
    ("text", Kind::One(Form::Text)),
    ("md", Kind::One(Form::Markdown)),
    ("html", Kind::One(Form::Html)),
    ("htm", Kind::One(Form::Html)),
    ("xhtml", Kind::One(Form::Html)),
    ("eml", Kind::One(Form::Mail)),
    ("pdf", Kind::One(Form::Pdf)),
    ("jsonl", Kind::JsonLines),
    ("ndjson", Kind::JsonLines),
    ("json", Kind::Json),
    ("csv", Kind::Csv),
    ("tsv", Kind::Csv),
    ("parquet", Kind::Parquet),
    ("rss", Kind::Feed),
    ("atom", Kind::Feed),
    ("xml", Kind::Feed),
    ("warc", Kind::Warc),
    ("wet", Kind::Warc),
    ("gz", Kind::Gzip),
    ("zst", Kind::Zstd),
    ("zip", Kind::Zip),
];

impl Kind {
    fn of_name(name: &str) -> Option<Kind> {
        let file = name.rsplit('/').next()?;
        let ending = file.rsplit_once('.')?.1.to_ascii_lowercase();
        ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
    }

    /// What the first bytes say, for a file whose name says nothing.
    fn of_content(head: &[u8]) -> Kind {
        const MAGIC: &[(&[u8], Kind)] = &[
            (b"\x1F\x8B", Kind::Gzip),
            (b"\x28\xB5\x2F\xFD", Kind::Zstd),
            (b"PK\x03\x04", Kind::Zip),
            (b"PAR1", Kind::Parquet),
            (b"WARC/", Kind::Warc),
            (b"%PDF-", Kind::One(Form::Pdf)),
        ];
        if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
            return *kind;
        }
        let text = String::from_utf8_lossy(head.get(..1024).unwrap_or(head)).to_ascii_lowercase();
        let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
        let first_line = text.lines().next().unwrap_or_default().trim_end();
        match () {
            () if text.starts_with('<') && is_feed(head) => Kind::Feed,
            () if text.starts_with("<!doctype html") || text.contains("<html") || text.contains("<body") => {
                Kind::One(Form::Html)
            }
            () if text.starts_with('{') && first_line.ends_with('}') && first_line.len() > 2 => Kind::JsonLines,
            () if text.starts_with('{') || text.starts_with("[{") || text.starts_with("[\n") => Kind::Json,
            () => Kind::One(Form::Text),
        }
    }
}

/// A walk over paths.
pub struct Walk<'a> {
    /// Bounds on what compressed files expand to.
    pub limits: Limits,
    /// Bytes read from files so far, for a progress bar.
    pub progress: Arc<AtomicU64>,
    /// A file to leave out where it is met in a folder: the manifest itself.
    pub leave_out: Option<PathBuf>,
    /// Takes what is found; returns whether to go on.
    pub emit: &'a mut dyn FnMut(Found) -> bool,
    /// Whether `emit` has said to stop.
    pub stopped: bool,
}

impl Walk<'_> {
    /// Walks `paths` in the order given, folders by the names in them; `-` is standard input.
    pub fn all(&mut self, paths: &[PathBuf]) {
        for path in paths {
            if self.stopped {
                return;
            }
            match path.as_os_str() == "-" {
                true => self.stream("-", Box::new(io::stdin()), true, 0),
                false => self.path(path, true, &mut Vec::new()),
            }
        }
    }

    fn give(&mut self, found: Found) -> bool {
        self.stopped = self.stopped || !(self.emit)(found);
        !self.stopped
    }

    /// One file or folder. `asked` tells that the user named it, rather than a folder above it; `above` are the folders
    /// that it lies in, resolved, so that a link back to one of them is noticed.
    fn path(&mut self, path: &Path, asked: bool, above: &mut Vec<PathBuf>) {
        let name = path.display().to_string();
        let found = match std::fs::metadata(path) {
            Ok(found) => found,
            Err(error) => {
                self.give(Err(Problem::io(&name, &error)));
                return;
            }
        };
        if found.is_dir() {
            return self.folder(path, &name, above);
        }
        if !found.is_file() && !asked {
            self.give(Err(Problem::passed_over(&name, "is no regular file")));
            return;
        }
        if !asked && Kind::of_name(&name).is_none() {
            self.give(Err(Problem::passed_over(&name, "a kind of file that is not read")));
            return;
        }
        if !asked && self.leave_out.as_deref().is_some_and(|out| path.canonicalize().is_ok_and(|path| path == out)) {
            return;
        }
        match File::open(path) {
            Ok(file) => self.file(&name, file, asked),
            Err(error) => {
                self.give(Err(Problem::io(&name, &error)));
            }
        }
    }

    fn folder(&mut self, path: &Path, name: &str, above: &mut Vec<PathBuf>) {
        let listed = path.canonicalize().and_then(|resolved| {
            let entries: io::Result<Vec<_>> = std::fs::read_dir(path)?.map(|e| Ok(e?.file_name())).collect();
            Ok((resolved, entries?))
        });
        let (resolved, mut entries) = match listed {
            Ok(listed) => listed,
            Err(error) => {
                self.give(Err(Problem::io(name, &error)));
                return;
            }
        };
        if above.contains(&resolved) {
            self.give(Err(Problem::skipped(name, format!("a link that leads back to {}", resolved.display()))));
            return;
        }
        above.push(resolved);
        entries.sort();
        for entry in entries {
            if self.stopped {
                break;
            }
            // What begins with a full stop is hidden on purpose: an editor's copy, a version control's folder.
            if !entry.as_encoded_bytes().starts_with(b".") {
                self.path(&path.join(entry), false, above);
            }
        }
        above.pop();
    }

    /// One file on disk. Zip and Parquet are read from their end, which a stream cannot do.
    fn file(&mut self, name: &str, file: File, asked: bool) {
        let mut head = [0u8; 4];
        let mut magic = || -> io::Result<usize> {
            let read = (&file).take(4).read(&mut head)?;
            io::Seek::rewind(&mut &file)?;
            Ok(read)
        };
        // A pipe cannot be rewound, and need not be: only its name then tells what it is.
        let seekable = file.metadata().is_ok_and(|found| found.is_file());
        let read = if seekable { magic() } else { Ok(0) };
        let kind = Kind::of_name(name);
        match read {
            Ok(_) if seekable && (kind == Some(Kind::Zip) || kind.is_none() && head.starts_with(b"PK\x03\x04")) => {
                let progress = self.progress.clone();
                self.zip(name, BufReader::new(Counted { inner: file, count: progress }), 0);
            }
            Ok(_) if seekable && (kind == Some(Kind::Parquet) || kind.is_none() && &head == b"PAR1") => {
                self.progress.fetch_add(file.metadata().map_or(0, |found| found.len()), Ordering::Relaxed);
                formats::parquet(name, file, asked, &mut |found| self.give(found));
            }
            Ok(_) => {
                let progress = self.progress.clone();
                self.stream(name, Box::new(Counted { inner: file, count: progress }), asked, 0);
            }
            Err(error) => {
                self.give(Err(Problem::io(name, &error)));
            }
        }
    }

    /// One stream of bytes, in as many `layers` of compression and archives as were opened for it.
    fn stream(&mut self, name: &str, input: Box<dyn Read + Send>, asked: bool, layers: usize) {
        let mut input = BufReader::with_capacity(64 << 10, input);
        let head = match head(&mut input) {
            Ok(head) => head,
            Err(error) => {
                self.give(Err(Problem::io(name, &error)));
                return;
            }
        };
        let kind = Kind::of_name(name).unwrap_or_else(|| Kind::of_content(&head));
        let mut input = BufReader::with_capacity(64 << 10, Cursor::new(head.clone()).chain(input));
        match kind {
            Kind::Json if is_feed(&head) => self.whole(name, input, |walk, bytes| {
                formats::feed(name, &bytes, &mut |found| walk.give(found));
            }),
            Kind::Feed => {
                self.whole(name, input, |walk, bytes| match is_feed(bytes.get(..4096).unwrap_or(&bytes)) || asked {
                    true => formats::feed(name, &bytes, &mut |found| walk.give(found)),
                    false => _ = walk.give(Err(Problem::passed_over(name, "is XML and no feed"))),
                })
            }
            Kind::One(form) => self.whole(name, input, |walk, bytes| _ = walk.give(Ok(Raw::new(name, form, bytes)))),
            Kind::JsonLines => articles::lines(name, &mut input, &mut |found| self.give(found)),
            Kind::Json => articles::objects(name, &mut input, &mut |found| self.give(found)),
            Kind::Csv => table::csv(name, Box::new(input), &head, asked, &mut |found| self.give(found)),
            Kind::Warc => formats::warc(name, Box::new(input), &mut |found| self.give(found)),
            Kind::Gzip | Kind::Zstd | Kind::Zip | Kind::Parquet if layers >= self.limits.layers => {
                let what = format!("more than {} archives in one another", self.limits.layers);
                self.give(Err(Problem::skipped(name, what)));
            }
            Kind::Gzip => self.compressed(name, ".gz", input, layers, |packed| {
                Ok(Box::new(flate2::read::MultiGzDecoder::new(packed)))
            }),
            Kind::Zstd => self.compressed(name, ".zst", input, layers, formats::zstd),
            // An archive inside another has to be held whole, since it is read from its end.
            Kind::Zip => self.whole(name, input, |walk, bytes| walk.zip(name, Cursor::new(bytes), layers)),
            Kind::Parquet => self.whole(name, input, |walk, bytes| {
                formats::parquet(name, formats::in_memory(bytes), asked, &mut |found| walk.give(found));
            }),
        }
    }

    /// Reads all of a stream that is one document, and hands its bytes on.
    fn whole(&mut self, name: &str, input: impl Read, then: impl FnOnce(&mut Self, Vec<u8>)) {
        let mut bytes = Vec::new();
        match input.take(DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() > DOCUMENT_BYTES => _ = self.give(Err(Problem::skipped(name, too_large()))),
            Ok(_) => then(self, bytes),
            Err(error) => _ = self.give(Err(Problem::io(name, &error))),
        }
    }

    /// Opens a compressed stream. What is in it is known by the name without its ending, or by its content.
    fn compressed<R: Read + Send + 'static>(
        &mut self,
        name: &str,
        ending: &str,
        packed: R,
        layers: usize,
        open: impl FnOnce(BufReader<Counted<R>>) -> io::Result<Box<dyn Read + Send>>,
    ) {
        let count = Arc::new(AtomicU64::new(0));
        match open(BufReader::with_capacity(64 << 10, Counted { inner: packed, count: count.clone() })) {
            Ok(input) => {
                let limited = Limited { input, packed: count, expanded: 0, limits: self.limits };
                let inner = name.strip_suffix(ending).unwrap_or(name);
                self.inner(name, inner, Box::new(limited), layers + 1);
            }
            Err(error) => _ = self.give(Err(Problem::io(name, &error))),
        }
    }

    /// A stream that is told by `name` and whose kind is that of `inner`.
    fn inner(&mut self, name: &str, inner: &str, input: Box<dyn Read + Send>, layers: usize) {
        if inner == name || Kind::of_name(inner).is_none() {
            // Nothing in the name says what it is; the content does.
            return self.renamed(name, "", input, layers);
        }
        self.renamed(name, inner, input, layers);
    }

    fn renamed(&mut self, name: &str, inner: &str, input: Box<dyn Read + Send>, layers: usize) {
        let shown = name.to_string();
        let mut give = |mut found: Found| {
            match &mut found {
                Ok(raw) => rename(&mut raw.path, inner, &shown),
                Err(problem) => rename(&mut problem.path, inner, &shown),
            }
            (self.emit)(found)
        };
        let mut walk = Walk {
            limits: self.limits,
            progress: self.progress.clone(),
            leave_out: None,
            emit: &mut give,
            stopped: false,
        };
        walk.stream(inner, input, true, layers);
        self.stopped |= walk.stopped;
    }

    /// What a file of that name holds, where its bytes are at hand and no file is.
    pub fn bytes(&mut self, name: &str, bytes: Vec<u8>) {
        self.stream(name, Box::new(Cursor::new(bytes)), true, 0);
    }

    /// Opens a zip; its files come in the order in which it lists them.
    fn zip<R: Read + io::Seek>(&mut self, name: &str, input: R, layers: usize) {
        let mut archive = match zip::ZipArchive::new(input) {
            Ok(archive) => archive,
            Err(error) => {
                self.give(Err(Problem::skipped(name, format!("is no whole zip archive: {error}; fetch it again"))));
                return;
            }
        };
        if archive.len() > self.limits.entries {
            self.give(Err(Problem::skipped(name, format!("holds more than {} files", self.limits.entries))));
            return;
        }
        for at in 0..archive.len() {
            if self.stopped {
                return;
            }
            let mut entry = match archive.by_index(at) {
                Ok(entry) => entry,
                Err(error) => {
                    self.give(Err(Problem::skipped(name, format!("file {} in it cannot be read: {error}", at + 1))));
                    continue;
                }
            };
            let inner = entry.name().map(|name| name.replace('\\', "/")).unwrap_or_else(|_| format!("{}", at + 1));
            let shown = format!("{name}/{}", inner.trim_start_matches('/'));
            let hidden = inner.split('/').any(|part| part.starts_with('.') && part != "." || part == "__MACOSX");
            if entry.is_dir() || hidden {
                continue;
            }
            if Kind::of_name(&inner).is_none() {
                self.give(Err(Problem::passed_over(&shown, "a kind of file that is not read")));
                continue;
            }
            // The library lends the entry for as long as the archive is held, and the layers below own their input:
            // what is in the entry is read here, as far as one document may go.
            let packed = Arc::new(AtomicU64::new(entry.compressed_size()));
            let limited = Limited { input: &mut entry, packed, expanded: 0, limits: self.limits };
            let mut bytes = Vec::new();
            match limited.take(ENTRY_BYTES + 1).read_to_end(&mut bytes) {
                Ok(_) if bytes.len() as u64 > ENTRY_BYTES => {
                    let what = format!("larger than {} MB inside an archive; unpack it first", ENTRY_BYTES >> 20);
                    self.give(Err(Problem::skipped(&shown, what)));
                }
                Ok(_) => self.stream(&shown, Box::new(Cursor::new(bytes)), false, layers + 1),
                Err(error) => _ = self.give(Err(Problem::io(&shown, &error))),
            }
        }
    }
}

/// The largest file inside a zip, in bytes: such a file is held in memory.
const ENTRY_BYTES: u64 = 256 << 20;

/// Whether the beginning of a file is that of a feed.
fn is_feed(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    ["<rss", "<feed", "<rdf:RDF", "jsonfeed.org/version"].iter().any(|mark| head.contains(mark))
}

/// The first bytes of a stream, without taking them from it for good: the caller puts them back.
fn head(input: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.take(4096).read_to_end(&mut head)?;
    Ok(head)
}

/// Puts `shown` in place of `inner` at the beginning of a path, so that what lies in a compressed file is told by that
/// file's own name.
fn rename(path: &mut String, inner: &str, shown: &str) {
    if let Some(rest) = path.strip_prefix(inner) {
        *path = format!("{shown}{rest}");
    }
}

/// Counts the bytes that are read.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: io::Seek> io::Seek for Counted<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A decompressed stream that fails where it grows past the limits.
struct Limited<R> {
    input: R,
    packed: Arc<AtomicU64>,
    expanded: u64,
    limits: Limits,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.expanded += read as u64;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        if self.expanded > self.limits.total {
            return Err(io::Error::other(format!("expands to more than {} GB", self.limits.total >> 30)));
        }
        if self.expanded > self.limits.free && self.expanded / packed > self.limits.ratio {
            let what =
                format!("expands more than {} times, as a decompression bomb does; not read on", self.limits.ratio);
            return Err(io::Error::other(what));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn walk(limits: Limits, paths: &[PathBuf]) -> Vec<String> {
        let mut found = Vec::new();
        let mut emit = |one: Found| {
            found.push(match one {
                Ok(raw) => format!("{} {}", raw.path, raw.bytes.len()),
                Err(problem) => problem.to_string(),
            });
            true
        };
        Walk { limits, progress: Arc::default(), leave_out: None, emit: &mut emit, stopped: false }.all(paths);
        found
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn shown(folder: &Path, found: &[String]) -> Vec<String> {
        found.iter().map(|line| line.replace(&format!("{}/", folder.display()), "")).collect()
    }

    #[test]
    fn compressed_files_are_read_through() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.jsonl.gz"), gzip(b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n")).unwrap();
        std::fs::write(at("b.txt.gz"), [gzip(b"one "), gzip(b"two")].concat()).unwrap();
        let inner = zip(&[("x/page.txt", b"page"), ("x/.hidden.txt", b"no"), ("pic.png", b"png")]);
        std::fs::write(at("c.zip"), zip(&[("d.zip", &inner), ("e.txt.gz", &gzip(b"deep"))])).unwrap();
        let found = walk(Limits::default(), &[folder.path().to_path_buf()]);
        let expected = [
            "a.jsonl.gz#1 12",
            "a.jsonl.gz#2 12",
            "b.txt.gz 7",
            "c.zip/d.zip/x/page.txt 4",
            "c.zip/d.zip/pic.png: a kind of file that is not read",
            "c.zip/e.txt.gz 4",
        ];
        assert_eq!(shown(folder.path(), &found), expected);
    }

    #[test]
    fn bombs_do_not_go_off() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let limits = Limits { ratio: 50, free: 10_000, total: 1 << 20, entries: 3, layers: 2 };
        std::fs::write(at("a.jsonl.gz"), gzip(&vec![b' '; 500_000])).unwrap();
        std::fs::write(at("b.zip"), zip(&[("zeros.txt", &vec![b'0'; 500_000])])).unwrap();
        std::fs::write(at("c.zip"), zip(&[("1.txt", b""), ("2.txt", b""), ("3.txt", b""), ("4.txt", b"")])).unwrap();
        std::fs::write(at("d.gz"), gzip(&gzip(&gzip(b"down here")))).unwrap();
        let found = shown(folder.path(), &walk(limits, &[folder.path().to_path_buf()]));
        for (line, says) in found.iter().zip([
            "expands more than 50 times",
            "expands more than 50 times",
            "more than 3 files",
            "more than 2 archives",
        ]) {
            assert!(line.contains(says), "{line}");
        }
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn the_content_says_what_the_name_does_not() {
        for (head, kind) in [
            (&b"{\"text\": \"a\"}\n{}"[..], Kind::JsonLines),
            (b"{\n \"text\": 1}", Kind::Json),
            (b"<!DOCTYPE html><html>", Kind::One(Form::Html)),
            (b"<?xml version='1.0'?><rss version='2.0'>", Kind::Feed),
            (b"WARC/1.1\r\n", Kind::Warc),
            (b"They spoke <on the record>.", Kind::One(Form::Text)),
        ] {
            assert_eq!(Kind::of_content(head), kind);
        }
        assert_eq!(Kind::of_name("a/b.d/PAGE.HTM"), Some(Kind::One(Form::Html)));
        assert_eq!(Kind::of_name("a.txt/b"), None);
    }
}
