//! Articles as JSON objects: lines of a `.jsonl` file, elements of a `.json` file; and the fields that they have.

use super::charset;
use super::problem::Problem;
use super::{Content, DOCUMENT_BYTES, Form, Raw, too_large};
use reader::{Known, Media};
use serde_json::{Map, Value};
use std::io::BufRead;

/// Fields of an article, with other names that collections of news give them. The first that is there counts.
const FIELDS: &[(&str, &[&str])] = &[
    ("text", &["text", "maintext", "plain_text", "article", "body", "content"]),
    ("html", &["html"]),
    ("title", &["title", "headline"]),
    ("published", &["published", "date_publish", "published_date", "publish_date", "date"]),
    ("outlet", &["outlet", "publisher", "sitename"]),
    ("origin", &["origin"]),
    ("byline", &["byline", "authors", "author"]),
    ("language", &["language", "lang"]),
    ("url", &["url"]),
];

/// The name under which an article has a text, if `has` says that it has a field of that name.
pub fn text_field(has: impl Fn(&str) -> bool) -> Option<&'static str> {
    let names =
        FIELDS.iter().filter(|(field, _)| matches!(*field, "text" | "html")).flat_map(|(_, names)| names.iter());
    names.copied().find(|name| has(name))
}

/// The article that a JSON object holds.
///
/// # Errors
/// It is no JSON object, or has no text.
pub fn content(bytes: &[u8]) -> Result<Content, String> {
    let decoded = charset::decode(bytes, Some("utf-8"), false);
    let fields: Map<String, Value> = serde_json::from_str(&decoded.text).map_err(|e| malformed(&e, &decoded.text))?;
    let mut content = of_fields(fields)?;
    content.replaced = decoded.replaced;
    Ok(content)
}

fn malformed(error: &serde_json::Error, text: &str) -> String {
    if error.is_data() && !text.trim_start().starts_with('{') {
        return "is no JSON object; write one {\"text\": …} for each article".to_string();
    }
    // The place inside the object is told by its column: the line is that of the file.
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    format!("malformed JSON: {said} at column {}", error.column())
}

fn of_fields(mut fields: Map<String, Value>) -> Result<Content, String> {
    let mut take = |field: &str| {
        let names = FIELDS.iter().find(|(known, _)| *known == field).map_or(&[][..], |(_, names)| names);
        let name = names.iter().find(|name| fields.get(**name).is_some_and(|value| !value.is_null()))?;
        fields.shift_remove(*name)
    };
    let string = |value: Option<Value>| match value {
        Some(Value::String(text)) => Some(text).filter(|text| !text.trim().is_empty()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let (text, html) = (string(take("text")), string(take("html")));
    let known = Known {
        published: string(take("published")),
        outlet: string(take("outlet")),
        origin: string(take("origin")),
        title: string(take("title")),
        language: string(take("language")),
        url: string(take("url")),
        byline: match take("byline") {
            Some(Value::Array(names)) => names.into_iter().filter_map(|name| string(Some(name))).collect(),
            other => string(other).into_iter().collect(),
        },
    };
    let (text, media) = match (text, html) {
        (Some(text), _) => (text, Media::Text),
        (None, Some(html)) => (html, Media::Html),
        (None, None) => return Err("has no field `text` (or `html`), or it is empty".to_string()),
    };
    Ok(Content { text, media, known, extra: fields, ..Content::default() })
}

/// Takes JSON lines apart. `emit` returns whether to go on.
pub fn lines(path: &str, input: &mut dyn BufRead, emit: &mut dyn FnMut(Result<Raw, Problem>) -> bool) {
    let (mut line, mut number) = (0u64, 0u64);
    loop {
        line += 1;
        let mut bytes = Vec::new();
        let taken = read_line(input, &mut bytes);
        let result = match taken {
            Ok(Taken::End) => return,
            Ok(Taken::Line) => {
                if line == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
                    bytes.drain(..3);
                }
                if bytes.trim_ascii().is_empty() {
                    continue;
                }
                number += 1;
                Ok(Raw { line: Some(line), ..Raw::new(format!("{path}#{number}"), Form::Article, bytes) })
            }
            Ok(Taken::TooLong) => {
                number += 1;
                Err(Problem::skipped(path, too_large()).at(line))
            }
            Err(error) => {
                emit(Err(Problem::io(path, &error).at(line)));
                return;
            }
        };
        if !emit(result) {
            return;
        }
    }
}

enum Taken {
    Line,
    TooLong,
    End,
}

/// Reads one line without its end. Of one that is too long nothing is kept, and reading goes on behind it.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<Taken> {
    let (mut any, mut too_long) = (false, false);
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            break;
        }
        any = true;
        let end = available.iter().position(|b| *b == b'\n');
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        too_long |= line.len() + part.len() > DOCUMENT_BYTES;
        match too_long {
            true => *line = Vec::new(),
            false => line.extend_from_slice(part),
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(match (any, too_long) {
        (false, _) => Taken::End,
        (true, true) => Taken::TooLong,
        (true, false) => Taken::Line,
    })
}

/// Takes a JSON file apart: one object, several in a row, or arrays of them. `emit` returns whether to go on.
pub fn objects(path: &str, input: &mut dyn BufRead, emit: &mut dyn FnMut(Result<Raw, Problem>) -> bool) {
    let mut scan = Scan { line: 1, ..Scan::default() };
    let mut found = 0u64;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) => {
                emit(Err(Problem::io(path, &error).at(scan.line)));
                return;
            }
        };
        if available.is_empty() {
            break;
        }
        let mut used = 0;
        for byte in available {
            used += 1;
            match scan.take(*byte) {
                Step::On => {}
                Step::Whole => break,
                Step::Stop(what) => {
                    emit(Err(Problem::skipped(path, what).at(scan.line)));
                    return;
                }
            }
        }
        input.consume(used);
        if let Some((line, bytes)) = scan.whole.take() {
            found += 1;
            if !emit(Ok(Raw { line: Some(line), ..Raw::new(format!("{path}#{found}"), Form::Article, bytes) })) {
                return;
            }
        }
    }
    if scan.depth > 0 {
        emit(Err(Problem::skipped(path, "malformed JSON: it ends inside an object").at(scan.started)));
    } else if found == 0 {
        emit(Err(Problem::skipped(path, "holds no JSON object")));
    }
}

/// Where the scan of a JSON file stands. It knows strings and braces, which is enough to cut objects out; each is parsed
/// in full later.
#[derive(Default)]
struct Scan {
    line: u64,
    started: u64,
    depth: usize,
    in_string: bool,
    escaped: bool,
    bytes: Vec<u8>,
    whole: Option<(u64, Vec<u8>)>,
}

enum Step {
    On,
    Whole,
    Stop(String),
}

impl Scan {
    fn take(&mut self, byte: u8) -> Step {
        self.line += u64::from(byte == b'\n');
        if self.depth == 0 {
            match byte {
                b'{' => {
                    (self.depth, self.started) = (1, self.line);
                    self.bytes.push(byte);
                }
                // A byte order mark, the brackets and commas of arrays, and space stand between objects.
                b'[' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n' | 0xEF | 0xBB | 0xBF => {}
                _ => return Step::Stop("malformed JSON: an object was expected here".to_string()),
            }
            return Step::On;
        }
        self.bytes.push(byte);
        match (self.in_string, byte) {
            (true, _) if self.escaped => self.escaped = false,
            (true, b'\\') => self.escaped = true,
            (_, b'"') => self.in_string = !self.in_string,
            (false, b'{') => self.depth += 1,
            (false, b'}') => self.depth -= 1,
            _ => {}
        }
        if self.depth == 0 {
            self.whole = Some((self.started, std::mem::take(&mut self.bytes)));
            return Step::Whole;
        }
        if self.bytes.len() > DOCUMENT_BYTES {
            return Step::Stop(too_large());
        }
        Step::On
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Found = Vec<Result<(String, Option<u64>), String>>;

    type Take = fn(&str, &mut dyn BufRead, &mut dyn FnMut(Result<Raw, Problem>) -> bool);

    fn all(take: Take, text: &str) -> Found {
        let mut found = Vec::new();
        take("f", &mut text.as_bytes(), &mut |raw| {
            found.push(raw.map(|raw| (raw.path, raw.line)).map_err(|problem| problem.to_string()));
            true
        });
        found
    }

    #[test]
    fn lines_are_numbered_and_blank_ones_passed() {
        let found = all(lines, "{\"text\":\"a\"}\r\n\n{\"text\":\"b\"}");
        assert_eq!(found, [Ok(("f#1".to_string(), Some(1))), Ok(("f#2".to_string(), Some(3)))]);
    }

    #[test]
    fn objects_are_cut_out_of_arrays() {
        let found = all(objects, "[{\"a\": \"}\\\"{\"},\n {\"b\": {}}]\n{\"c\": 1}");
        let expected = [("f#1", 1), ("f#2", 2), ("f#3", 3)].map(|(path, line)| Ok((path.to_string(), Some(line))));
        assert_eq!(found, expected);
        assert_eq!(all(objects, "[{\"a\": 1"), [Err("f:1: malformed JSON: it ends inside an object".to_string())]);
        assert_eq!(all(objects, "\n 7"), [Err("f:2: malformed JSON: an object was expected here".to_string())]);
    }

    #[test]
    fn fields_that_are_not_known_are_kept() {
        let found =
            content(br#"{"id": 7, "text": "Talks.", "author": ["A. Writer"], "desk": {"name": "north"}}"#).unwrap();
        assert_eq!(found.known.byline, ["A. Writer"]);
        assert_eq!(serde_json::to_string(&found.extra).unwrap(), r#"{"id":7,"desk":{"name":"north"}}"#);
    }

    #[test]
    fn what_is_wrong_with_an_object_is_told() {
        for (bytes, said) in [
            (&br#"{"text": "a""#[..], "malformed JSON: EOF while parsing an object at column 12"),
            (b"[1]", "is no JSON object; write one {\"text\": \u{2026}} for each article"),
            (br#"{"title": "a"}"#, "has no field `text` (or `html`), or it is empty"),
        ] {
            assert_eq!(content(bytes).unwrap_err(), said);
        }
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        assert!(content(deep.as_bytes()).unwrap_err().starts_with("malformed JSON: recursion limit"));
    }
}
