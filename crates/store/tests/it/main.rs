//! The record's promises, each with a test that can fail.

mod corrections;
mod made;
mod record;
