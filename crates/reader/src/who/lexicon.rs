//! Words as numbers, and phrases as paths through a trie of such numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Multiplies and rotates, as rustc does: keys are the program's own words, so nobody can choose them to collide at will
/// beyond slowing their own document.
#[derive(Default, Clone, Copy)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn finish(&self) -> u64 {
        // The multiplication leaves the best bits on top; the table takes the lowest for its bucket.
        self.0.rotate_left(26)
    }
}

/// A map with the quick hash.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// The number of a word; [`Vocabulary::UNKNOWN`] if no table holds it.
pub(super) type WordId = u32;

/// Every word of the tables, each with its number.
#[derive(Default)]
pub(super) struct Vocabulary {
    ids: Map<Box<str>, WordId>,
}

impl Vocabulary {
    /// The number of every word that stands in no table.
    pub const UNKNOWN: WordId = 0;

    /// A vocabulary with room for so many words.
    pub fn with_capacity(words: usize) -> Vocabulary {
        Vocabulary { ids: Map::with_capacity_and_hasher(words, BuildHasherDefault::default()) }
    }

    /// The number of a word, a new one if it has none.
    pub fn add(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.ids.len() as WordId + 1;
        self.ids.insert(word.into(), id);
        id
    }

    /// The number of a word.
    pub fn get(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(Self::UNKNOWN)
    }

    /// How many numbers there are, the unknown one with them.
    pub fn len(&self) -> usize {
        self.ids.len() + 1
    }
}

/// Phrases with what they stand for.
pub(super) struct Trie<E> {
    next: Map<u64, u32>,
    /// By word: the node that it leads to from the root, or 0.
    first: Vec<u32>,
    /// By node: one more than the place of its first entry, or 0.
    heads: Vec<u32>,
    entries: Vec<(E, u32)>,
}

impl<E: Copy + PartialEq> Trie<E> {
    /// A trie without phrases, with room for so many.
    pub fn with_capacity(phrases: usize) -> Trie<E> {
        let next = Map::with_capacity_and_hasher(phrases, BuildHasherDefault::default());
        Trie { next, first: Vec::new(), heads: vec![0], entries: Vec::with_capacity(phrases) }
    }

    /// Adds a phrase; the same phrase may stand for several things.
    pub fn add(&mut self, phrase: &[WordId], entry: E) {
        let Some((&start, rest)) = phrase.split_first() else { return };
        let start = start as usize;
        if self.first.len() <= start {
            self.first.resize(start + 1, 0);
        }
        if self.first[start] == 0 {
            self.first[start] = self.heads.len() as u32;
            self.heads.push(0);
        }
        let mut node = self.first[start];
        for &word in rest {
            let fresh = self.heads.len() as u32;
            node = *self.next.entry(key(node, word)).or_insert(fresh);
            if node == fresh {
                self.heads.push(0);
            }
        }
        if !self.at(node).any(|e| e == entry) {
            self.put_first(node, entry);
        }
    }

    /// Puts what a phrase stands for before all else that it can stand for.
    pub fn put_first(&mut self, node: u32, entry: E) {
        let head = std::mem::replace(&mut self.heads[node as usize], self.entries.len() as u32 + 1);
        self.entries.push((entry, head));
    }

    /// The longest phrase that `words` begin with: how many words it has, and its node.
    pub fn longest(&self, words: &[WordId]) -> Option<(usize, u32)> {
        let (&start, rest) = words.split_first()?;
        let mut node = *self.first.get(start as usize)?;
        if node == 0 {
            return None;
        }
        let mut best = (self.heads[node as usize] != 0).then_some((1, node));
        for (index, &word) in rest.iter().enumerate() {
            let Some(&deeper) = self.next.get(&key(node, word)) else { break };
            node = deeper;
            if self.heads[node as usize] != 0 {
                best = Some((index + 2, node));
            }
        }
        best
    }

    /// What the phrase of a node stands for, last added first.
    pub fn at(&self, node: u32) -> impl Iterator<Item = E> + '_ {
        let mut next = self.heads.get(node as usize).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let (entry, after) = *self.entries.get((next as usize).checked_sub(1)?)?;
            next = after;
            Some(entry)
        })
    }
}

fn key(node: u32, word: WordId) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// A piece of text as the lexicon sees it: a run of letters and digits, or one sign. Full stops, hyphens and apostrophes
/// are no pieces, so that "U.S.", "al-Assad" and "N'Djamena" match however a text or a tokenizer writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its characters.
    pub text: &'a str,
    /// Byte offset in the text that was cut.
    pub start: usize,
    /// The full stop, hyphen or apostrophe right before it, if any.
    pub before: Option<char>,
}

/// Cuts a text into pieces.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    let mut before = None;
    std::iter::from_fn(move || {
        loop {
            let ch = text[at..].chars().next()?;
            let start = at;
            if ch.is_alphanumeric() {
                let letters = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                at += letters;
                if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
                    return Some(Piece { text: &text[start..at], start, before: before.take() });
                }
                at = text[at..]
                    .char_indices()
                    .find(|(_, c)| !c.is_alphanumeric() && !is_mark(*c))
                    .map_or(text.len(), |(offset, _)| at + offset);
                return Some(Piece { text: &text[start..at], start, before: before.take() });
            }
            at += ch.len_utf8();
            match ch {
                '.' | '-' | '\'' => before = Some(ch),
                '\u{2019}' | '\u{2bc}' | '\u{2018}' | '`' => before = Some('\''),
                '\u{2010}' | '\u{2011}' => before = Some('-'),
                _ if ch.is_whitespace() => before = None,
                _ => {
                    before = None;
                    return Some(Piece { text: &text[start..at], start, before: None });
                }
            }
        }
    })
}

/// Whether a character only modifies the letter before it.
fn is_mark(ch: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&ch)
}

/// A word without diacritics: "Erdoğan" is "Erdogan". ASCII words, nearly all, are returned as they are.
pub(super) fn fold(word: &str) -> std::borrow::Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;
    if word.is_ascii() {
        return word.into();
    }
    let mut plain = String::with_capacity(word.len());
    for ch in word.nfd().filter(|ch| !is_mark(*ch)) {
        match ch {
            'ı' => plain.push('i'),
            'ł' => plain.push('l'),
            'Ł' => plain.push('L'),
            'ø' => plain.push('o'),
            'Ø' => plain.push('O'),
            'đ' | 'ð' => plain.push('d'),
            'Đ' => plain.push('D'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ə' => plain.push('a'),
            'Ə' => plain.push('A'),
            'þ' => plain.push_str("th"),
            _ => plain.push(ch),
        }
    }
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_drop_joiners_and_keep_signs() {
        let found: Vec<_> = pieces("the U.S.-Iran talks, N’Djamena").map(|p| (p.text, p.before)).collect();
        assert_eq!(
            found,
            [
                ("the", None),
                ("U", None),
                ("S", Some('.')),
                ("Iran", Some('-')),
                ("talks", None),
                (",", None),
                ("N", None),
                ("Djamena", Some('\''))
            ]
        );
    }

    #[test]
    fn the_longest_phrase_wins() {
        let mut words = Vocabulary::default();
        let mut trie = Trie::with_capacity(2);
        let ids = |words: &mut Vocabulary, text: &str| pieces(text).map(|p| words.add(p.text)).collect::<Vec<_>>();
        trie.add(&ids(&mut words, "Sudan"), 1);
        trie.add(&ids(&mut words, "South Sudan"), 2);
        let text = ids(&mut words, "South Sudan talks");
        let (length, node) = trie.longest(&text).expect("a phrase");
        assert_eq!((length, trie.at(node).collect::<Vec<_>>()), (2, vec![2]));
        assert_eq!(trie.longest(&[Vocabulary::UNKNOWN]), None);
    }

    #[test]
    fn folding_keeps_the_letters() {
        assert_eq!(fold("Erdoğan"), "Erdogan");
        assert_eq!(fold("Yıldırım"), "Yildirim");
        assert_eq!(fold("Wałęsa"), "Walesa");
    }
}
