//! Time expressions, and the EDTF value that each has against the document's date.

mod document;
pub mod edtf;
mod grammar;
mod meaning;
mod resolve;
mod tense;
mod words;

pub use document::document_date;
pub use edtf::interval;

use crate::codes::DateBasis;
use crate::language::Sentence;
use crate::span::Span;
use grammar::{Cursor, Phrase};
use meaning::{From, Meaning};
use resolve::Calendar;
use tense::Tense;

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
    let mut atoms = Vec::new();
    let mut found: Vec<Placed> = Vec::new();
    let mut phrases = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        if !words::cut(text, sentence.span, &mut atoms) {
            continue;
        }
        phrases.clear();
        let cursor = Cursor::new(text, &atoms);
        grammar::phrases(&cursor, &mut phrases);
        for (at, phrase) in phrases.iter().enumerate() {
            let mut phrase = *phrase;
            let ahead = ahead(&atoms, &phrases, at);
            let mut open = false;
            if let Meaning::Offset { count, unit, from: From::Ahead, .. } = phrase.meaning
                && ahead.is_none()
                && matches!(atoms.get(phrase.end).map(|atom| atom.kind), Some(words::Kind::Word(_)))
            {
                // Counted from an event whose date is not told: "two weeks after the talks broke down" is a length.
                let counted = !cursor.text(phrase.first).eq_ignore_ascii_case("the");
                if counted {
                    phrase.meaning = Meaning::Length { count, unit, and: 0.0 };
                    phrase.end -= 1;
                }
                open = true;
            }
            let (Some(first), Some(last)) = (atoms.get(phrase.first), atoms.get(phrase.end.wrapping_sub(1))) else {
                continue;
            };
            found.push(Placed {
                sentence: index,
                phrase,
                span: first.span.cover(last.span),
                tense: tense::tense(text, sentence, &atoms, phrase.first, phrase.end),
                ahead,
                open,
            });
        }
    }
    let mut calendar = Calendar::new(published, found.iter().map(|placed| &placed.phrase));
    let mut expressions = Vec::with_capacity(found.len());
    for placed in &found {
        let Some(sentence) = sentences.get(placed.sentence) else { continue };
        let span = placed.span;
        let mut resolved = calendar.resolve(&placed.phrase, placed.tense, placed.sentence, placed.ahead.as_ref());
        if placed.open {
            // "the day before the talks": whenever those were.
            resolved.edtf = None;
        }
        let first = sentence.tokens.iter().position(|t| t.span.end > span.start).unwrap_or(0);
        let end = sentence.tokens.iter().rposition(|t| t.span.start < span.end).map_or(first + 1, |last| last + 1);
        expressions.push(TimeExpression {
            span,
            sentence: placed.sentence,
            first,
            end: end.max(first + 1),
            kind: resolved.kind,
            value: resolved.value,
            edtf: resolved.edtf.map(|edtf| edtf.to_string()),
            basis: resolved.basis,
            minutes: resolved.minutes,
        });
    }
    expressions
}

/// A phrase in its place.
struct Placed {
    sentence: usize,
    phrase: Phrase,
    span: Span,
    tense: Tense,
    /// What an offset counts from ("six days after the test of February 11").
    ahead: Option<Phrase>,
    /// Whether it counts from an event whose date is not told.
    open: bool,
}

/// The date that the offset at `at` counts from, if one follows in the same breath.
fn ahead(atoms: &[words::Atom], phrases: &[Phrase], at: usize) -> Option<Phrase> {
    const NEAR: usize = 8;
    let phrase = phrases.get(at)?;
    if !matches!(phrase.meaning, Meaning::Offset { from: From::Ahead, .. }) {
        return None;
    }
    let next = phrases.get(at + 1).filter(|next| next.first <= phrase.end + NEAR)?;
    let between = atoms.get(phrase.end..next.first)?;
    let broken = between.iter().any(|atom| matches!(atom.kind, words::Kind::Mark(',' | ';' | ':' | '.' | '(')));
    (!broken).then_some(*next)
}
