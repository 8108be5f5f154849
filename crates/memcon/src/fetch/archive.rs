//! The web archive that keeps what was got: WARC 1.1 (ISO 28500), each record a gzip member of its own.

use fastwarc::warc::iter::ArchiveIterator;
use fastwarc::warc::record::WarcRecordType;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Write};
use std::path::Path;
use ureq::http::{Response, header};

/// What a server said of a page when it was last got, for asking whether it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The `ETag`.
    pub etag: Option<String>,
    /// The `Last-Modified` date.
    pub last_modified: Option<String>,
}

/// A web archive that grows.
pub struct Archive {
    file: File,
    packed: bool,
    seen: HashMap<String, Seen>,
    records: u64,
}

impl Archive {
    /// Opens an archive to add to it, or begins one; packed if its name ends in `.gz`.
    pub fn open(path: &Path) -> io::Result<Archive> {
        let seen = if path.exists() { seen(path)? } else { HashMap::new() };
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let begun = file.metadata()?.len() > 0;
        let packed = path.extension().is_some_and(|ending| ending == "gz");
        let mut archive = Archive { file, packed, seen, records: 0 };
        if !begun {
            let fields = format!("software: {}\r\nformat: WARC File Format 1.1\r\n", super::AGENT);
            archive.write("warcinfo", "", "application/warc-fields", fields.as_bytes())?;
        }
        Ok(archive)
    }

    /// What is known of an address from an earlier answer.
    pub fn seen(&self, url: &str) -> Option<&Seen> {
        self.seen.get(url)
    }

    /// Adds an answer. Its content is kept as decoded from the transfer, so the headers that told of that are left out.
    pub fn add<B>(&mut self, url: &str, answer: &Response<B>, content: &[u8]) -> io::Result<()> {
        let status = answer.status();
        let mut block =
            format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or("")).into_bytes();
        let transfer =
            [header::TRANSFER_ENCODING, header::CONTENT_ENCODING, header::CONTENT_LENGTH, header::CONNECTION];
        for (name, value) in answer.headers().iter().filter(|(name, _)| !transfer.contains(name)) {
            block.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        block.extend(format!("Content-Length: {}\r\n\r\n", content.len()).into_bytes());
        block.extend(content);
        let headers =
            format!("WARC-Target-URI: {url}\r\nWARC-Payload-Digest: sha256:{}\r\n", crate::intake::sha256(content));
        self.write("response", &headers, "application/http; msgtype=response", &block)
    }

    fn write(&mut self, kind: &str, headers: &str, content_type: &str, block: &[u8]) -> io::Result<()> {
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        self.records += 1;
        // An identifier has to be unique and needs no chance for that: it is made from what it identifies.
        let digest = crate::intake::sha256(&[format!("{now} {} {headers}", self.records).as_bytes(), block].concat());
        let part = |range: std::ops::Range<usize>| digest.get(range).unwrap_or_default();
        let id = format!("{}-{}-8{}-8{}-{}", part(0..8), part(8..12), part(12..15), part(15..18), part(18..30));
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {now}\r\n{headers}\
             Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        let record = [head.as_bytes(), block, b"\r\n\r\n"].concat();
        let bytes = match self.packed {
            true => {
                let mut member = GzEncoder::new(Vec::new(), Compression::default());
                member.write_all(&record)?;
                member.finish()?
            }
            false => record,
        };
        // One write a record: what is interrupted leaves whole records and at most a torn last one.
        self.file.write_all(&bytes)
    }
}

/// What an archive's answers say of their pages, the last of each.
fn seen(path: &Path) -> io::Result<HashMap<String, Seen>> {
    let mut seen = HashMap::new();
    let archive = ArchiveIterator::new(BufReader::new(File::open(path)?)).with_quirks_mode(true);
    for record in archive {
        // A torn end does not spoil what stands before it.
        let Ok(record) = record else { break };
        let record = record.borrow();
        let url = record.headers().get("WARC-Target-URI").map(|url| url.into_owned());
        let (WarcRecordType::Response, Some(url), Some(http)) = (record.record_type(), url, record.http_headers())
        else {
            continue;
        };
        if http.status_code() != Some(200) {
            continue;
        }
        let field = |name: &str| http.get(name).map(|value| value.into_owned());
        seen.insert(url, Seen { etag: field("ETag"), last_modified: field("Last-Modified") });
    }
    Ok(seen)
}
