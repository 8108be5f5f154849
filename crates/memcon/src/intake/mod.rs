//! From paths to documents: files, folders and archives are opened in order, each document in them is found, decoded and
//! handed on. One document is held at a time, so memory does not grow with their number.
//!
//! It goes in two steps, since the first must keep the order and the second can be shared out to threads: [`walk::Walk`]
//! finds the bytes of each document ([`Raw`]), [`Raw::open`] decodes them.

pub mod articles;
pub mod charset;
pub mod dates;
mod formats;
pub mod guard;
pub mod manifest;
pub mod problem;
mod table;
pub mod walk;

pub use guard::guarded;
use manifest::Manifest;
use problem::Problem;
use reader::record::Document;
use reader::{Known, Media, Source};
use serde_json::{Map, Value};

/// The largest document that is read, in bytes. News pages take a few hundred kilobytes; what is larger is a dump of
/// something else, and would hold up every thread and all memory.
pub const DOCUMENT_BYTES: usize = 32 << 20;

/// The deepest nesting of HTML elements that is read. Pages seldom pass 60; browsers stop at 512.
const DEEPEST: usize = 2_000;

/// In what form the bytes of a document came. The name is its media type, which the store keeps to read it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// Markdown, read as the text it is.
    Markdown,
    /// HTML.
    Html,
    /// A JSON object with the fields of an article: a JSON line, a row of a table, an entry of a feed.
    Article,
    /// A saved e-mail.
    Mail,
    /// PDF.
    Pdf,
}

impl Form {
    const NAMES: &'static [(Form, &'static str)] = &[
        (Form::Text, "text/plain"),
        (Form::Markdown, "text/markdown"),
        (Form::Html, "text/html"),
        (Form::Article, "application/json"),
        (Form::Mail, "message/rfc822"),
        (Form::Pdf, "application/pdf"),
    ];

    /// The media type.
    pub fn media_type(self) -> &'static str {
        Form::NAMES.iter().find(|(form, _)| *form == self).map_or("text/plain", |(_, name)| name)
    }

    /// The form of a media type, for reading a stored document again: `Raw::new(path, form, bytes).open(…)`.
    #[allow(dead_code)]
    pub fn of_media_type(name: &str) -> Option<Form> {
        Form::NAMES.iter().find(|(_, known)| *known == name).map(|(form, _)| *form)
    }
}

/// A document as it came in, not yet decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// The file, with the record in it if it holds several (`articles.jsonl#3`).
    pub path: String,
    /// The line on which it starts, from 1, in a file of lines.
    pub line: Option<u64>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their form.
    pub form: Form,
    /// The encoding that came with it (HTTP).
    pub charset: Option<String>,
    /// Its address, where the file says it.
    pub url: Option<String>,
    /// What came with it that the program has no field for.
    pub extra: Map<String, Value>,
}

/// One document, decoded and ready to be read.
#[derive(Clone, Debug)]
pub struct Input {
    /// What is recorded of it.
    pub document: Document,
    /// Its bytes as they came, for the store; `document.media_type` tells their form.
    #[allow(dead_code)]
    pub bytes: Vec<u8>,
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

impl Raw {
    /// A document at `path` with nothing known of it.
    pub fn new(path: impl Into<String>, form: Form, bytes: Vec<u8>) -> Raw {
        Raw { path: path.into(), line: None, bytes, form, charset: None, url: None, extra: Map::new() }
    }

    /// Decodes the document and adds what the manifest knows of it. Damage is told in `problems` beside the result.
    ///
    /// # Errors
    /// The problem that keeps it from being read: it is empty, binary, too large, or lacks a text.
    pub fn open(self, manifest: &Manifest, problems: &mut Vec<Problem>) -> Result<Input, Problem> {
        let (path, line) = (self.path.clone(), self.line);
        let skipped = |what: String| Problem { line, ..Problem::skipped(&path, what) };
        if self.bytes.is_empty() {
            return Err(skipped("is empty".to_string()));
        }
        let sha256 = sha256(&self.bytes);
        let content = self.content().map_err(&skipped)?;
        if content.text.trim().is_empty() {
            return Err(skipped("holds no text".to_string()));
        }
        if content.text.len() > DOCUMENT_BYTES {
            return Err(skipped(too_large()));
        }
        if content.media == Media::Html && nested(&content.text) > DEEPEST {
            return Err(skipped(format!("elements nested more than {DEEPEST} deep; save the page as text")));
        }
        if content.replaced > 0 {
            let plural = if content.replaced == 1 { "byte was" } else { "bytes were" };
            let what = format!("{} damaged {plural} replaced", content.replaced);
            let at = line.or(content.damaged_line);
            problems.push(Problem { line: at, ..Problem::damaged(&path, what) });
        }
        let (mut known, mut extra) = (content.known, self.extra);
        extra.extend(content.extra);
        known.url = known.url.or(self.url);
        let row = manifest.row(&path, known.url.as_deref());
        if let Some(row) = row {
            known = first(row.known.clone(), known);
            extra.extend(row.extra.clone());
        }
        if let Some(given) = known.published.take() {
            known.published = dates::published(&given);
            if known.published.is_none() {
                let what =
                    format!("the date of publication {given:?} is not understood and left out; write it 2013-02-16");
                problems.push(Problem { line, ..Problem::damaged(&path, what) });
            }
        }
        let document = Document {
            path,
            sha256,
            media_type: self.form.media_type().to_string(),
            chars: 0,
            url: known.url.clone(),
            replaced_bytes: content.replaced,
            extra,
        };
        Ok(Input { document, bytes: self.bytes, text: content.text, media: content.media, known })
    }

    fn content(&self) -> Result<Content, String> {
        match self.form {
            Form::Text | Form::Markdown => Content::text(&self.bytes, self.charset.as_deref(), Media::Text),
            Form::Html => Content::text(&self.bytes, self.charset.as_deref(), Media::Html),
            Form::Article => articles::content(&self.bytes),
            Form::Mail => formats::mail(&self.bytes),
            Form::Pdf => formats::pdf(&self.bytes),
        }
    }
}

/// What a document holds, once decoded.
#[derive(Debug, Default)]
pub struct Content {
    /// Text or HTML.
    pub text: String,
    /// Which of the two.
    pub media: Media,
    /// What it says of itself in fields of its own.
    pub known: Known,
    /// Fields that the program has no place for.
    pub extra: Map<String, Value>,
    /// Bytes that were replaced.
    pub replaced: usize,
    /// The line of the first of them, from 1.
    pub damaged_line: Option<u64>,
}

impl Content {
    /// Decodes text or HTML.
    fn text(bytes: &[u8], charset: Option<&str>, media: Media) -> Result<Content, String> {
        if charset::is_binary(bytes) {
            return Err("is not text; give the page as text or HTML".to_string());
        }
        let decoded = charset::decode(bytes, charset, media == Media::Html);
        Ok(Content {
            text: decoded.text,
            media,
            replaced: decoded.replaced,
            damaged_line: decoded.first_line,
            ..Content::default()
        })
    }
}

/// What `given` says, and what `otherwise` says where it says nothing.
fn first(given: Known, otherwise: Known) -> Known {
    Known {
        published: given.published.or(otherwise.published),
        outlet: given.outlet.or(otherwise.outlet),
        origin: given.origin.or(otherwise.origin),
        title: given.title.or(otherwise.title),
        language: given.language.or(otherwise.language),
        url: given.url.or(otherwise.url),
        byline: if given.byline.is_empty() { otherwise.byline } else { given.byline },
    }
}

/// What is said of a document that is larger than is read.
pub fn too_large() -> String {
    format!("larger than {} MB; split it into its articles", DOCUMENT_BYTES >> 20)
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    use std::fmt::Write;
    sha2::Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// How deep the elements of a page are nested, at most: tags opened and not closed. Elements that have no end tag, or
/// may lack one, are not counted.
fn nested(html: &str) -> usize {
    const OPEN_ENDED: &[&str] = &[
        "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
        "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    let (mut depth, mut deepest) = (0usize, 0usize);
    for tag in html.split('<').skip(1) {
        let closing = tag.starts_with('/');
        let rest = tag.trim_start_matches('/');
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = rest.get(..length).unwrap_or_default();
        if length == 0 || OPEN_ENDED.iter().any(|open| open.eq_ignore_ascii_case(name)) {
            continue;
        }
        let closed = rest.find('>').is_some_and(|end| end > 0 && rest.as_bytes().get(end - 1) == Some(&b'/'));
        match (closing, closed) {
            (true, _) => depth = depth.saturating_sub(1),
            (false, true) => {}
            (false, false) => depth += 1,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(raw: Raw) -> (Result<Input, Problem>, Vec<Problem>) {
        let mut problems = Vec::new();
        (raw.open(&Manifest::default(), &mut problems), problems)
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let what = |form, bytes: &[u8]| open(Raw::new("x", form, bytes.to_vec())).0.unwrap_err().what;
        assert_eq!(what(Form::Text, b""), "is empty");
        assert_eq!(what(Form::Text, b" \n\t"), "holds no text");
        assert!(what(Form::Text, b"GIF89a\0\0\0").starts_with("is not text"));
        assert!(what(Form::Html, "<div>".repeat(100_000).as_bytes()).starts_with("elements nested"));
        assert!(what(Form::Text, &vec![b'a'; DOCUMENT_BYTES + 1]).starts_with("larger than 32 MB"));
    }

    #[test]
    fn damage_is_told_and_the_document_read() {
        let (input, problems) = open(Raw::new("x.txt", Form::Text, b"Lavrov spoke.\nKerry \xFF called.".to_vec()));
        assert_eq!(input.unwrap().document.replaced_bytes, 1);
        assert_eq!(problems[0].to_string(), "x.txt:2: 1 damaged byte was replaced");
    }

    #[test]
    fn depth_counts_what_is_open() {
        assert_eq!(nested("<p><div><br/><span>x</span><i>y</i></div><a/>3 < 4"), 2);
    }

    #[test]
    fn sha256_is_the_standard_one() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
