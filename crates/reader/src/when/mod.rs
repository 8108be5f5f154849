//! Time expressions, and the EDTF value that each has against the document's date.

mod document;
pub mod edtf;

pub use document::document_date;
pub use edtf::interval;

use crate::codes::DateBasis;
use crate::language::Sentence;
use crate::span::Span;

/// What a time expression tells (TimeML's types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day or something longer on the calendar ("Tuesday", "March 2013", "last week").
    Date,
    /// A time of day ("Tuesday evening", "3 p.m.").
    Time,
    /// A length of time ("six days", "30 minutes").
    Duration,
    /// Something that recurs ("every Monday").
    Set,
}

/// One time expression of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands, without preposition ("Tuesday", "the 14th", "six days").
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// First token in that sentence.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// What it tells.
    pub kind: TimeKind,
    /// TIMEX3 value (`2013-02-12`, `2013-W07`, `P6D`, `PRESENT_REF`, `2013-02-12TEV`).
    pub value: String,
    /// EDTF value for dates and times (`2013-02-12`, `2013-03~`, `2013-02-04/2013-02-10`), day precision at most; `None`
    /// for durations, sets and what cannot be placed.
    pub edtf: Option<String>,
    /// Whether the text gives the full date or it was counted from the document's.
    pub basis: DateBasis,
    /// For a duration, its length in minutes, where it has one.
    pub minutes: Option<f64>,
}

/// Finds every time expression. `published` is the document's date (`2013-02-16T18:47`, `2013-02`, `XXXX-12-06`), if known.
/// Tags are used where a sentence has them, to tell "Friday's talks were" from "will be".
pub fn find(text: &str, sentences: &[Sentence], published: Option<&str>) -> Vec<TimeExpression> {
    let _ = (text, sentences, published);
    Vec::new()
}
