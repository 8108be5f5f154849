//! Sentences, tokens, parts of speech and dependency trees.

mod tagset;
pub use tagset::{Deprel, Upos, Xpos};

use crate::page::Block;
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

/// Splits the blocks of an article into sentences and tokens. Sentences never cross a block.
pub fn split(text: &str, blocks: &[Block]) -> Vec<Sentence> {
    // Provisional: splits at white space, punctuation and full stops before capitals.
    let mut sentences = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let mut tokens: Vec<Token> = Vec::new();
        let flush = |tokens: &mut Vec<Token>, sentences: &mut Vec<Sentence>| {
            if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                let span = first.span.cover(last.span);
                sentences.push(Sentence { span, block: index, tokens: std::mem::take(tokens), parsed: false });
            }
        };
        let base = block.span.start as usize;
        let body = block.span.of(text);
        let mut start = None;
        for (at, ch) in body.char_indices().chain([(body.len(), ' ')]) {
            if ch.is_alphanumeric() {
                start.get_or_insert(at);
                continue;
            }
            if let Some(from) = start.take() {
                tokens.push(Token::bare(Span::new(base + from, base + at)));
            }
            if !ch.is_whitespace() {
                tokens.push(Token::bare(Span::new(base + at, base + at + ch.len_utf8())));
                let next = body[at + ch.len_utf8()..].trim_start().chars().next();
                if matches!(ch, '.' | '!' | '?')
                    && next.is_none_or(char::is_uppercase)
                    && body[at + 1..].starts_with(' ')
                {
                    flush(&mut tokens, &mut sentences);
                }
            }
        }
        flush(&mut tokens, &mut sentences);
    }
    sentences
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
