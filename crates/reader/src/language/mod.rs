//! Sentences, tokens, parts of speech and dependency trees.

mod clause;
mod lemma;
pub mod linear;
mod mend;
mod model;
pub mod network;
pub mod parser;
mod rounded;
mod split;
pub mod tagger;
mod tagset;
mod tokens;
pub use lemma::{lemma, lemma_into, regular};
pub(crate) use mend::is_unit;
pub use model::{BadModel, Model, Scratch, input};
pub use split::split;
pub use tagset::{Deprel, Upos, Xpos};
pub(crate) use tokens::is_apostrophe;

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

    /// Whether token `above` is `index` itself or stands on its way to the root.
    pub fn is_ancestor(&self, above: usize, index: usize) -> bool {
        self.path(index).any(|at| at == above)
    }

    /// Token `index`, its head, the head's head, and so on to the root.
    pub fn path(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        // A damaged tree may go in circles: no path is longer than the sentence.
        let next = |at: &usize| self.tokens.get(*at).and_then(|t| (t.head != Token::ROOT).then_some(t.head as usize));
        std::iter::successors(Some(index), next).take(self.tokens.len())
    }

    /// The smallest span that holds token `index` and all that depends on it, directly or not.
    pub fn subtree(&self, index: usize) -> Span {
        let mut span = self.tokens[index].span;
        for (at, token) in self.tokens.iter().enumerate() {
            if !span.contains(token.span) && self.is_ancestor(index, at) {
                span = span.cover(token.span);
            }
        }
        span
    }

    /// The index of the root.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head == Token::ROOT && t.deprel == Deprel::Root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::BlockKind;
    use crate::page::Block;

    fn read(text: &str) -> Sentence {
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let mut sentence = split(text, &[block]).remove(0);
        Model::shipped().parse(text, &mut sentence);
        sentence
    }

    fn at(text: &str, sentence: &Sentence, word: &str) -> usize {
        sentence.tokens.iter().position(|t| t.span.of(text) == word).unwrap()
    }

    #[test]
    fn a_sentence_of_news_gets_its_tree() {
        // A name is one word by the time that the parser sees it (`reading.rs`).
        let text = "The Russian minister called the U.S. Secretary of State on Tuesday, the ministry said.";
        let sentence = read(text);
        let find = |word| at(text, &sentence, word);
        let called = find("called");
        assert!(sentence.parsed);
        assert_eq!(sentence.tokens[called].upos, Upos::Verb);
        assert_eq!(sentence.tokens[called].xpos, Xpos::VBD);
        assert_eq!(sentence.tokens[find("Secretary")].deprel, Deprel::Obj);
        assert_eq!(sentence.head(find("Secretary")), Some(called));
        assert_eq!(sentence.tokens[find("ministry")].deprel, Deprel::Nsubj);
        let subject = sentence.children(called).find(|i| sentence.tokens[*i].deprel == Deprel::Nsubj).unwrap();
        assert_eq!(sentence.subtree(subject).of(text), "The Russian minister");
        assert!(sentence.is_ancestor(called, find("Russian")));
        assert!(!sentence.is_ancestor(find("Russian"), called));
    }

    #[test]
    fn any_tokens_get_one_tree() {
        for text in ["", "?", "… – —", "a b c d e f", "!!! (( )) [", "MOSCOW, Nov. 11. /TASS/.", "中文 句子 。 é"]
        {
            let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
            for mut sentence in split(text, &[block]) {
                Model::shipped().parse(text, &mut sentence);
                let roots = sentence.tokens.iter().filter(|t| t.deprel == Deprel::Root).count();
                assert_eq!(roots, 1);
                let root = sentence.root().unwrap();
                assert!((0..sentence.tokens.len()).all(|i| sentence.is_ancestor(root, i)), "{text}");
            }
        }
    }

    #[test]
    fn very_long_input_is_read_in_pieces() {
        let text = "word ".repeat(50_000);
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let sentences = split(&text, &[block]);
        assert_eq!(sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), 50_000);
        assert!(sentences.iter().all(|s| s.tokens.len() <= 1000));
    }
}
