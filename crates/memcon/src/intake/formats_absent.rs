//! Stands in for `formats` in a build without them: each is told as a problem, none is taken for something else.

use super::Content;
use super::problem::Problem;
use super::table::Emit;
use std::io::{self, Read};

fn absent(what: &str) -> String {
    format!("this build does not read {what}; build it with the feature `formats`")
}

/// A web archive.
pub fn warc(path: &str, _: Box<dyn Read + Send>, emit: Emit) {
    emit(Err(Problem::skipped(path, absent("web archives"))));
}

/// A feed.
pub fn feed(path: &str, _: &[u8], emit: Emit) {
    emit(Err(Problem::skipped(path, absent("feeds"))));
}

/// A Parquet table.
pub fn parquet<T>(path: &str, _: T, _: bool, emit: Emit) {
    emit(Err(Problem::skipped(path, absent("Parquet"))));
}

/// A table held in memory.
pub fn in_memory(bytes: Vec<u8>) -> Vec<u8> {
    bytes
}

/// An e-mail message.
pub fn mail(_: &[u8]) -> Result<Content, String> {
    Err(absent("e-mail"))
}

/// A PDF.
pub fn pdf(_: &[u8]) -> Result<Content, String> {
    Err(absent("PDF"))
}

/// A stream that is packed with zstd.
pub fn zstd(_: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    Err(io::Error::other(absent("zstd")))
}
