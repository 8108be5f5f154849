//! The tagger and parser, put together from the bytes of the model file.

use super::clause::raise;
use super::linear::Sparse;
use super::mend::mend;
use super::network::{Context, DIMENSION, Network, best};
use super::parser::{self, Beam, NONE, Word};
use super::tagger::{self, Lexical, Lexicon};
use super::{Deprel, Sentence, Token, Upos, Xpos};
use std::borrow::Cow;
use std::ops::Range;

/// What every model file begins with.
const MAGIC: &[u8; 8] = b"MEMCLM02";

/// By how much a tag may lead and still be looked at again when the network has seen the sentence.
const UNSURE: i32 = 200;

/// The tagger and parser.
pub struct Model {
    bytes: Cow<'static, [u8]>,
    tags: Vec<(Upos, Xpos)>,
    lexicon: Range<usize>,
    tagger: Sparse,
    network: Network,
}

/// The file is no model, or a damaged one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a language model, or a damaged one")]
pub struct BadModel;

/// Room to work in, for use with many sentences.
#[derive(Default)]
pub struct Scratch {
    lexical: Vec<Lexical>,
    tags: Vec<u8>,
    leads: Vec<i32>,
    words: Vec<Word>,
    beam: Beam,
    context: Context,
    features: Vec<u64>,
}

impl Model {
    /// The model that ships with the program.
    pub fn shipped() -> Model {
        let bytes: &'static [u8] = include_bytes!("../../data/model.bin");
        Model::read(Cow::Borrowed(bytes)).expect("the shipped model is whole: a test reads it")
    }

    /// Reads a model file.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Model, BadModel> {
        let mut at = MAGIC.len();
        if bytes.get(..at) != Some(MAGIC) {
            return Err(BadModel);
        }
        let mut section = || -> Option<Range<usize>> {
            let length = u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
            let range = at + 4..(at + 4).checked_add(length)?;
            bytes.get(range.clone())?;
            at = range.end;
            Some(range)
        };
        let mut next = || section().ok_or(BadModel);
        let (names, lexicon, tagger, network) = (next()?, next()?, next()?, next()?);
        let network = Network::read(&bytes[network]).ok_or(BadModel)?;
        let tags = bytes[names]
            .chunks_exact(2)
            .map(|pair| Some((*Upos::ALL.get(pair[0] as usize)?, *Xpos::ALL.get(pair[1] as usize)?)))
            .collect::<Option<Vec<_>>>()
            .ok_or(BadModel)?;
        let tagger = Sparse::read(&bytes[tagger]).ok_or(BadModel)?;
        let model = Model { tags, lexicon, tagger, network, bytes };
        let whole = !model.tags.is_empty() && model.lexicon().is_some();
        if whole { Ok(model) } else { Err(BadModel) }
    }

    fn lexicon(&self) -> Option<Lexicon<'_>> {
        Lexicon::read(self.bytes.get(self.lexicon.clone())?)
    }

    /// Puts a model file together: its joint tags in order of their numbers, the lexicon, and the tables of the tagger and of
    /// the network.
    pub fn write(tags: &[(Upos, Xpos)], lexicon: &[u8], tables: [&[u8]; 2]) -> Vec<u8> {
        let names: Vec<u8> = tags.iter().flat_map(|(upos, xpos)| [*upos as u8, *xpos as u8]).collect();
        let mut bytes = MAGIC.to_vec();
        for section in [&names[..], lexicon].into_iter().chain(tables) {
            bytes.extend((section.len() as u32).to_le_bytes());
            bytes.extend(section);
        }
        bytes
    }

    /// Fills in tags and tree of one sentence.
    pub fn parse(&self, text: &str, sentence: &mut Sentence) {
        self.parse_with(text, sentence, &mut Scratch::default());
    }

    /// As [`Model::parse`], allocating nothing once `scratch` has grown to the size of the longest sentence.
    pub fn parse_with(&self, text: &str, sentence: &mut Sentence, scratch: &mut Scratch) {
        self.tag_with(text, sentence, scratch);
        self.parse_tagged(text, sentence, scratch);
    }

    /// Fills in the tree of the sentence that was just tagged with `scratch`, and mends its tags.
    pub fn parse_tagged(&self, text: &str, sentence: &mut Sentence, scratch: &mut Scratch) {
        // Heads are told in 16 bits.
        if sentence.tokens.len() >= NONE as usize {
            return;
        }
        let Scratch { lexical, tags, words, beam, context, leads, .. } = scratch;
        input(&self.tags, lexical, tags, words);
        parser::parse(&self.network, words, beam, context);
        for (token, node) in sentence.tokens.iter_mut().zip(beam.best()) {
            let root = node.head == NONE;
            token.head = if root { Token::ROOT } else { node.head };
            let relation = Deprel::ALL.get(node.label as usize).copied().unwrap_or(Deprel::Dep);
            token.deprel = if root { Deprel::Root } else { relation };
        }
        // Tags that were in doubt are told by the network.
        let vectors = context.levels.last().map_or(&[][..], |level| level);
        for ((token, lead), vector) in sentence.tokens.iter_mut().zip(leads.iter()).zip(vectors.chunks_exact(DIMENSION))
        {
            if *lead < UNSURE {
                let scores = self.network.tags(vector);
                if let Some((upos, xpos)) = self.tags.get(best(&scores, |tag| tag < self.tags.len())) {
                    (token.upos, token.xpos) = (*upos, *xpos);
                }
            }
        }
        raise(text, sentence);
        mend(text, sentence);
        sentence.parsed = true;
    }

    /// Fills in tags alone.
    pub fn tag_with(&self, text: &str, sentence: &mut Sentence, scratch: &mut Scratch) {
        let Some(lexicon) = self.lexicon() else { return };
        scratch.lexical.clear();
        for token in &sentence.tokens {
            let form = text.get(token.span.range()).unwrap_or("");
            scratch.lexical.push(Lexical::of(form, &lexicon));
        }
        let Scratch { lexical, tags, leads, features, .. } = &mut *scratch;
        let classes = self.tags.len();
        tagger::tag(&self.tagger, classes, lexical, tags, leads, features);
        for (token, tag) in sentence.tokens.iter_mut().zip(&scratch.tags) {
            if let Some((upos, xpos)) = self.tags.get(*tag as usize) {
                (token.upos, token.xpos) = (*upos, *xpos);
            }
        }
    }
}

/// What the parser sees of words with their tags (numbers of `tags`).
pub fn input(tags: &[(Upos, Xpos)], lexical: &[Lexical], numbers: &[u8], out: &mut Vec<Word>) {
    out.clear();
    let mut before = [0u8; 3];
    for (lexical, tag) in lexical.iter().zip(numbers) {
        let upos = tags.get(*tag as usize).map_or(Upos::X, |(upos, _)| *upos);
        out.push(Word { tag: *tag, cluster: lexical.cluster, id: lexical.id, looks: lexical.looks(), before });
        let kind = match upos {
            Upos::Punct => 0,
            Upos::Cconj => 1,
            Upos::Verb => 2,
            _ => continue,
        };
        before[kind] = before[kind].wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_whole_and_damaged_ones_are_refused() {
        let whole = Model::shipped().bytes.into_owned();
        for length in [0, 7, 8, 11, 200, whole.len() / 2, whole.len() - 1] {
            assert!(Model::read(Cow::Owned(whole[..length].to_vec())).is_err(), "{length}");
        }
        let mut other = whole.clone();
        other[0] = b'X';
        assert!(Model::read(Cow::Owned(other)).is_err());
        assert!(Model::read(Cow::Owned(whole)).is_ok());
    }
}
