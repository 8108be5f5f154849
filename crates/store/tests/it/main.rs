//! The record's promises, each with a test that can fail.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod copies;
mod corrections;
mod made;
mod record;
