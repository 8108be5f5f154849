//! Who says what: quotations and reported speech, with source, cue, content and addressee.

use crate::codes::{StatementKind, VoiceKind};
use crate::language::Sentence;
use crate::page::Page;
use crate::span::Span;
use crate::who::Cast;

/// One statement: a quotation or reported speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Quoted or reported.
    pub kind: StatementKind,
    /// Where the speaker stands, where the text names one.
    pub source: Option<Span>,
    /// The speaker, as an index into [`Cast::entities`].
    pub speaker: Option<usize>,
    /// The speaker as the text calls it ("Nuland", "a senior State Department official"), where it is no entity too.
    pub speaker_name: Option<String>,
    /// What kind of voice it is.
    pub voice: VoiceKind,
    /// The words that report it ("told", "according to").
    pub cue: Option<Span>,
    /// Whom it was said to ("reporters").
    pub addressee: Option<Span>,
    /// The words: between the marks for a quotation, the clause for reported speech. Several where the cue interrupts it.
    pub content: Vec<Span>,
    /// Index of the statement in which this one stands ("Interfax quoted Ryabkov as saying").
    pub within: Option<usize>,
    /// Whether the cue denies ("denied that") or doubts ("is thought to have").
    pub stance: crate::codes::Stance,
}

/// Finds the statements of an article, in order of their first character.
pub fn find(page: &Page, sentences: &[Sentence], cast: &Cast) -> Vec<Statement> {
    let _ = (page, sentences, cast);
    Vec::new()
}
