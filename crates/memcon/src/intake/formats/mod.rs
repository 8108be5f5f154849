//! Forms of documents that take a parser of their own: web archives, feeds, e-mail, PDF, Parquet, zstd.

mod feed;
mod mail;
mod parquet;
mod pdf;
mod warc;

pub use feed::entries as feed;
pub use mail::content as mail;
pub use parquet::rows as parquet;
pub use pdf::content as pdf;
pub use warc::records as warc;

use std::io::{self, Read};

/// A table held in memory, as the Parquet reader takes it.
pub fn in_memory(bytes: Vec<u8>) -> bytes::Bytes {
    bytes.into()
}

/// Opens a stream that is packed with zstd.
pub fn zstd(packed: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut decoder = zstd::stream::read::Decoder::new(packed)?;
    // A window of more than 128 MB is no archive's choice.
    decoder.window_log_max(27)?;
    Ok(Box::new(decoder))
}
