//! Reads one document and tells which contacts between governments it reports, with the characters that carry each fact.
//!
//! The crate is pure: text in, records out. It reads no file, no clock, no environment and holds no global state.
//! The modules stand in reading order; [`Reader::read`] is the whole way through.

pub mod codes;
pub mod span;

pub mod page;

pub mod language;

pub mod who;

pub mod when;

pub mod said;

pub mod accounts;

pub mod contacts;

pub mod record;

pub mod explain;

mod reading;
pub use reading::{Known, Media, Reader, Reading, Source};
