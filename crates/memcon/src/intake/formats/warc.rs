//! Web archives. Each answer of a server that is a page or a text is a document; everything else in them is passed over.

use crate::intake::problem::Problem;
use crate::intake::{DOCUMENT_BYTES, Form, Raw, guarded, too_large};
use fastwarc::stream_io::traits::IntoWarcReader;
use fastwarc::warc::iter::ArchiveIterator;
use fastwarc::warc::record::{WarcRecord, WarcRecordType};
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// Forms of an archived answer by its content type.
const TYPES: &[(&str, Form)] = &[
    ("text/html", Form::Html),
    ("application/xhtml+xml", Form::Html),
    ("text/plain", Form::Text),
    ("text/markdown", Form::Markdown),
    ("application/pdf", Form::Pdf),
    ("message/rfc822", Form::Mail),
];

/// Takes a web archive apart, already decompressed. `emit` returns whether to go on.
pub fn records(path: &str, input: Box<dyn Read + Send>, emit: &mut dyn FnMut(Result<Raw, Problem>) -> bool) {
    let reader = BufReader::with_capacity(256 << 10, Forward(input));
    let mut archive =
        ArchiveIterator::new(reader).with_stream_detect(false).with_parse_http(false).with_quirks_mode(true);
    for number in 1.. {
        let name = format!("{path}#{number}");
        let next = guarded(|| match archive.next() {
            None => Ok(None),
            Some(Err(error)) => Err(error.to_string()),
            Some(Ok(record)) => Ok(Some(record)),
        });
        let record = match next {
            Ok(None) if number == 1 => {
                emit(Err(Problem::skipped(path, "is no web archive (WARC)")));
                return;
            }
            Ok(None) => return,
            Ok(Some(record)) => record,
            Err(what) => {
                emit(Err(Problem::skipped(&name, format!("the archive is damaged from here on: {what}"))));
                return;
            }
        };
        let mut record = record.borrow_mut();
        let result = match guarded(|| document(&name, &mut record)) {
            Ok(result) => result,
            Err(what) => Err(Problem::skipped(&name, what)),
        };
        if !emit(result) {
            return;
        }
    }
}

/// The document that a record holds. The outer error is damage, the inner one says why it is none.
fn document(name: &str, record: &mut WarcRecord) -> Result<Result<Raw, Problem>, String> {
    let passed_over = |what: String| Ok(Err(Problem::passed_over(name, what)));
    let kind = record.record_type();
    if !matches!(kind, WarcRecordType::Response | WarcRecordType::Resource | WarcRecordType::Conversion) {
        return passed_over(format!("a {} record", kind.as_str()));
    }
    let header = |record: &WarcRecord, name: &str| record.headers().get(name).map(|value| value.into_owned());
    let url = header(record, "WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_string());
    let fetched = header(record, "WARC-Date");
    let mut content_type = header(record, "Content-Type");
    let (mut charset, mut encodings) = (None, Vec::new());
    if kind == WarcRecordType::Response && record.is_http() {
        record.parse_http().map_err(|e| e.to_string())?;
        charset = record.http_charset().map(|charset| charset.trim_matches('"').to_string());
        let Some(http) = record.http_headers() else { return passed_over("an answer without headers".to_string()) };
        if let Some(status) = http.status_code().filter(|status| *status != 200) {
            return passed_over(format!("an answer with status {status}"));
        }
        content_type = http.get("Content-Type").map(|value| value.into_owned());
        let coded = ["Transfer-Encoding", "Content-Encoding"].iter().filter_map(|name| http.get(name));
        encodings =
            coded.flat_map(|value| value.split(',').map(|e| e.trim().to_lowercase()).collect::<Vec<_>>()).collect();
    }
    let content_type = content_type.unwrap_or_default().to_lowercase();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let Some((_, form)) = TYPES.iter().find(|(known, _)| *known == essence) else {
        return passed_over(format!("an answer of type {}", if essence.is_empty() { "unknown" } else { essence }));
    };
    let Some(reader) = record.reader_mut() else { return passed_over("a record without content".to_string()) };
    let (raw, whole) = bounded(reader).map_err(|e| e.to_string())?;
    let bytes = decoded(raw, &encodings);
    let (bytes, whole) = match (bytes, whole) {
        (Ok((bytes, decoded_whole)), true) => (bytes, decoded_whole),
        (Ok(_), false) => (Vec::new(), false),
        (Err(error), _) => {
            return Ok(Err(Problem::skipped(name, format!("its compressed content is damaged: {error}"))));
        }
    };
    if !whole {
        return Ok(Err(Problem::skipped(name, too_large())));
    }
    let extra = fetched.map(|date| ("fetched".to_string(), date.into())).into_iter().collect();
    Ok(Ok(Raw { url, charset, extra, ..Raw::new(name, *form, bytes) }))
}

/// Undoes the encodings with which HTTP sent the content. Archives exist whose content was decoded and whose headers still
/// say otherwise: what does not begin as a compressed stream does is taken as it is.
fn decoded(raw: Vec<u8>, encodings: &[String]) -> io::Result<(Vec<u8>, bool)> {
    use fastwarc::stream_io::{brotli::BrotliReader, chunked::ChunkedReader, zstd::ZstdReader};
    let mut bytes = raw;
    let mut whole = true;
    for encoding in encodings {
        let gzipped = bytes.starts_with(b"\x1F\x8B");
        let chunked = bytes.first().is_some_and(u8::is_ascii_hexdigit);
        let cursor = io::Cursor::new(bytes);
        (bytes, whole) = match encoding.as_str() {
            "chunked" if chunked => bounded(&mut ChunkedReader::new(cursor.into_warc_reader()))?,
            "gzip" | "x-gzip" if gzipped => bounded(&mut flate2::read::MultiGzDecoder::new(cursor))?,
            "br" if !looks_like_text(cursor.get_ref()) => bounded(&mut BrotliReader::new(cursor.into_warc_reader()))?,
            "zstd" if cursor.get_ref().starts_with(b"\x28\xB5\x2F\xFD") => {
                bounded(&mut ZstdReader::new(cursor.into_warc_reader()))?
            }
            "deflate" if !looks_like_text(cursor.get_ref()) => bounded(&mut flate2::read::ZlibDecoder::new(cursor))?,
            _ => (cursor.into_inner(), whole),
        };
        if !whole {
            break;
        }
    }
    Ok((bytes, whole))
}

fn looks_like_text(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().first().is_some_and(|b| b.is_ascii_graphic()) && !crate::intake::charset::is_binary(bytes)
}

/// All that `input` gives, up to the size of a document, and whether that was all.
fn bounded(input: &mut dyn Read) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    input.take(DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let whole = bytes.len() <= DOCUMENT_BYTES;
    Ok((bytes, whole))
}

/// A stream that is only read forward; the archive library asks for one that can seek and does not use it.
struct Forward(Box<dyn Read + Send>);

impl Read for Forward {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Seek for Forward {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn record(kind: &str, headers: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n\
             WARC-Date: 2013-02-17T00:00:00Z\r\n{headers}Content-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn response(url: &str, http: &str, body: &[u8]) -> Vec<u8> {
        let headers = format!("WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n");
        record("response", &headers, &[format!("HTTP/1.1 {http}\r\n\r\n").as_bytes(), body].concat())
    }

    fn read(archive: Vec<u8>) -> Vec<Result<Raw, String>> {
        let mut found = Vec::new();
        records("w", Box::new(io::Cursor::new(archive)), &mut |raw| {
            found.push(raw.map_err(|problem| problem.to_string()));
            true
        });
        found
    }

    #[test]
    fn pages_are_found_and_the_rest_passed_over() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"<p>Second</p>").unwrap();
        let gzip = gzip.finish().unwrap();
        let archive = [
            record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: test\r\n"),
            response("http://a.example/1", "200 OK\r\nContent-Type: text/html; charset=iso-8859-1", b"<p>F\xFCrst</p>"),
            response("http://a.example/2", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip),
            response("http://a.example/3", "404 Not Found\r\nContent-Type: text/html", b"gone"),
            response(
                "http://a.example/4",
                "200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked",
                b"5\r\nThird\r\n0\r\n\r\n",
            ),
            response("http://a.example/5", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        ];
        let found = read(archive.concat());
        assert_eq!(found[0], Err("w#1: a warcinfo record".to_string()));
        let first = found[1].as_ref().unwrap();
        assert_eq!((first.url.as_deref(), first.charset.as_deref()), (Some("http://a.example/1"), Some("iso-8859-1")));
        assert_eq!(first.extra["fetched"], "2013-02-17T00:00:00Z");
        assert_eq!(found[2].as_ref().unwrap().bytes, b"<p>Second</p>");
        assert_eq!(found[3], Err("w#4: an answer with status 404".to_string()));
        assert_eq!(found[4].as_ref().unwrap().bytes, b"Third");
        assert_eq!(found[5], Err("w#6: an answer of type image/png".to_string()));
    }

    #[test]
    fn a_truncated_archive_gives_what_it_holds() {
        let mut archive = response("http://a.example/1", "200 OK\r\nContent-Type: text/html", b"<p>Whole</p>");
        archive.extend(response("http://a.example/2", "200 OK\r\nContent-Type: text/html", &[b'x'; 4000]));
        archive.truncate(archive.len() - 2000);
        let found = read(archive);
        assert_eq!(found[0].as_ref().unwrap().bytes, b"<p>Whole</p>");
        assert!(found.len() >= 2, "the damaged record is told");
    }
}
