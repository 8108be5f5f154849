//! The record's promises, each with a test that can fail.

mod copies;
mod corrections;
mod made;
mod record;
