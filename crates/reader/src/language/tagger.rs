//! Parts of speech, by a greedy linear model that goes from left to right.
//!
//! (Averaged perceptron: Collins, "Discriminative training methods for hidden Markov models", 2002; features after Ratnaparkhi
//! 1996 and Toutanova et al. 2003. What a word to the right may be is seen through the set of tags it had in training.)

use super::linear::{Weights, mix, spread};

/// What the models see of a word by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexical {
    /// Hash of the lower-case form, digits made equal.
    pub word: u64,
    /// Hash of the form as written.
    form: u64,
    /// Hashes of the first 1 to 4 bytes in lower case.
    prefix: [u64; 4],
    /// Hashes of the last 1 to 5 bytes in lower case.
    suffix: [u64; 5],
    /// Capitals, digits, hyphens and length.
    shape: u64,
    /// Group of words that occur in like places, 0 if unknown.
    pub cluster: u8,
    /// The set of tags that the word had in training, 0 if it was rare.
    ambiguity: u8,
    /// Its number in the vocabulary, 0 if unknown.
    pub id: u16,
}

impl Lexical {
    /// Looks at `form`, at place `index` of its sentence.
    pub fn of(form: &str, lexicon: &Lexicon) -> Lexical {
        let mut lower = [0u8; 48];
        let mut length = 0;
        let (mut upper, mut digits, mut letters, mut hyphen, mut dot) = (0u32, 0u32, 0u32, false, false);
        let mut shape = 17u64;
        let mut last = 0u8;
        let mut exact = 99u64;
        let mut put = |bytes: &[u8]| {
            for byte in bytes {
                // The middle of a very long word is forgotten; its end is kept.
                if length == lower.len() {
                    lower.copy_within(8.., 0);
                    length -= 8;
                }
                lower[length] = *byte;
                length += 1;
            }
        };
        for c in form.chars() {
            exact = mix(exact, u64::from(c));
            let kind = if c.is_ascii_lowercase() {
                put(&[c as u8]);
                letters += 1;
                b'x'
            } else if c.is_ascii_uppercase() {
                put(&[c.to_ascii_lowercase() as u8]);
                letters += 1;
                upper += 1;
                b'X'
            } else if c.is_ascii_digit() {
                put(b"0");
                digits += 1;
                b'd'
            } else if super::tokens::is_apostrophe(c) {
                put(b"'");
                b'\''
            } else if c.is_alphabetic() {
                let small = c.to_lowercase().next().unwrap_or(c);
                let mut buffer = [0; 4];
                put(small.encode_utf8(&mut buffer).as_bytes());
                letters += 1;
                if small == c {
                    b'x'
                } else {
                    upper += 1;
                    b'X'
                }
            } else {
                let mut buffer = [0; 4];
                put(c.encode_utf8(&mut buffer).as_bytes());
                hyphen |= c == '-';
                dot |= c == '.';
                b'.'
            };
            if kind != last {
                shape = mix(shape, u64::from(kind));
                last = kind;
            }
        }
        let lower = &lower[..length];
        let hash = |bytes: &[u8]| bytes.iter().fold(bytes.len() as u64, |h, b| mix(h, u64::from(*b)));
        let mut lexical = Lexical { form: exact, word: hash(lower), ..Lexical::default() };
        for (n, prefix) in lexical.prefix.iter_mut().enumerate() {
            *prefix = hash(&lower[..(n + 1).min(length)]);
        }
        for (n, suffix) in lexical.suffix.iter_mut().enumerate() {
            *suffix = hash(&lower[length.saturating_sub(n + 1)..]);
        }
        let all_upper = letters > 1 && upper == letters;
        let flags = u64::from(upper > 0)
            | u64::from(all_upper) << 1
            | u64::from(digits > 0) << 2
            | u64::from(hyphen) << 3
            | u64::from(dot) << 4
            | u64::from(letters == 0) << 5;
        lexical.shape = mix(shape, flags);
        (lexical.ambiguity, lexical.cluster, lexical.id) = lexicon.find(lexical.word);
        lexical
    }

    /// Hashes of its last three and its last two letters, its first three, and its shape.
    pub fn looks(&self) -> [u16; 4] {
        [self.suffix[2], self.suffix[1], self.prefix[2], self.shape].map(|hash| (spread(mix(hash, 3)) >> 7) as u16)
    }
}

/// What is known of single words: the set of tags seen in training, their cluster, and their number.
///
/// Slots of 8 bytes: check (4), ambiguity set (1), cluster (1), number (2).
#[derive(Clone, Copy)]
pub struct Lexicon<'a> {
    slots: &'a [u8],
    mask: usize,
}

/// Length of a slot.
const SLOT: usize = 8;

impl<'a> Lexicon<'a> {
    /// Reads a lexicon. `None` if its size is no power of two of slots.
    pub fn read(bytes: &'a [u8]) -> Option<Lexicon<'a>> {
        let count = bytes.len() / SLOT;
        (count.is_power_of_two() && bytes.len().is_multiple_of(SLOT))
            .then_some(Lexicon { slots: bytes, mask: count - 1 })
    }

    /// Writes a lexicon of `rows`: hash of the word ([`Lexical::word`]), ambiguity set, cluster and number, not all 0.
    pub fn write(rows: &[(u64, u8, u8, u16)]) -> Vec<u8> {
        let count = (rows.len() * 3 / 2 + 1).next_power_of_two();
        let mut bytes = vec![0u8; count * SLOT];
        for (word, ambiguity, cluster, id) in rows {
            let word = spread(*word);
            let mut at = word as usize & (count - 1);
            while bytes[at * SLOT + 4..(at + 1) * SLOT] != [0; 4] {
                at = (at + 1) & (count - 1);
            }
            let [low, high] = id.to_le_bytes();
            bytes[at * SLOT..at * SLOT + 4].copy_from_slice(&((word >> 32) as u32).to_le_bytes());
            bytes[at * SLOT + 4..(at + 1) * SLOT].copy_from_slice(&[*ambiguity, *cluster, low, high]);
        }
        bytes
    }

    /// Ambiguity set, cluster and number of a word.
    fn find(&self, word: u64) -> (u8, u8, u16) {
        let word = spread(word);
        for step in 0..=self.mask {
            let at = (word as usize).wrapping_add(step) & self.mask;
            let Some([a, b, c, d, content @ ..]) = self.slots.get(at * SLOT..(at + 1) * SLOT) else { break };
            let [ambiguity, cluster, low, high] = content else { break };
            if content == [0; 4] {
                break;
            }
            if u32::from_le_bytes([*a, *b, *c, *d]) == (word >> 32) as u32 {
                return (*ambiguity, *cluster, u16::from_le_bytes([*low, *high]));
            }
        }
        (0, 0, 0)
    }
}

/// The tag of a place before or after the sentence.
const OUTSIDE: u64 = 254;

/// The features of the word at `index`. `tags`: those of the words before it.
pub fn features(words: &[Lexical], index: usize, tags: &[u8], out: &mut Vec<u64>) {
    out.clear();
    let outside = Lexical { word: 1, ..Lexical::default() };
    let word = |offset: isize| index.checked_add_signed(offset).and_then(|i| words.get(i)).unwrap_or(&outside);
    let seen = |n: usize| index.checked_sub(n).and_then(|i| tags.get(i)).map_or(OUTSIDE, |t| u64::from(*t));
    let w = word(0);
    let (l1, l2, r1, r2) = (word(-1), word(-2), word(1), word(2));
    let (t1, t2) = (seen(1), seen(2));
    let mut template = 0u64;
    let mut add = |values: &[u64]| {
        template += 1;
        let hash = values.iter().fold(template.wrapping_mul(0xD6E8_FEB8_6659_FD93), |h, v| mix(h, *v));
        out.push(spread(mix(hash, 0)));
    };
    add(&[w.word]);
    add(&[w.form]);
    add(&[w.prefix[0], w.suffix[0]]);
    add(&[w.prefix[1]]);
    add(&[w.prefix[2]]);
    add(&[w.prefix[3]]);
    add(&[w.suffix[0]]);
    add(&[w.suffix[1]]);
    add(&[w.suffix[2]]);
    add(&[w.suffix[3]]);
    add(&[w.suffix[4]]);
    add(&[w.shape, u64::from(index == 0)]);
    add(&[w.shape, w.suffix[2]]);
    add(&[w.shape, l1.shape, r1.shape]);
    add(&[l1.word]);
    add(&[l2.word]);
    add(&[r1.word]);
    add(&[r2.word]);
    add(&[l1.word, w.word]);
    add(&[w.word, r1.word]);
    add(&[l1.word, r1.word]);
    add(&[r1.suffix[2], w.suffix[1]]);
    add(&[l1.suffix[2]]);
    add(&[r1.suffix[2]]);
    add(&[u64::from(w.ambiguity), u64::from(r1.ambiguity)]);
    add(&[u64::from(w.ambiguity), t1]);
    add(&[u64::from(w.cluster)]);
    add(&[u64::from(w.cluster), u64::from(r1.cluster)]);
    add(&[u64::from(l1.cluster), u64::from(w.cluster)]);
    add(&[t1]);
    add(&[t1, t2]);
    add(&[t1, w.word]);
    add(&[t1, w.suffix[2]]);
    add(&[t1, t2, w.word]);
    add(&[t1, u64::from(w.ambiguity), u64::from(r1.ambiguity)]);
    let (a0, a1, a2) = (u64::from(w.ambiguity), u64::from(r1.ambiguity), u64::from(r2.ambiguity));
    let (c1, c2) = (u64::from(r1.cluster), u64::from(r2.cluster));
    add(&[t1, r1.word]);
    add(&[a0, a1, a2]);
    add(&[t1, t2, a0, a1]);
    add(&[t1, a1, w.suffix[1]]);
    add(&[t1, w.shape, r1.shape]);
    add(&[t1, c1]);
    add(&[t1, u64::from(w.cluster), c1]);
    add(&[a0, c1, c2]);
    add(&[w.word, c1]);
    add(&[t1, w.word, a1]);
    add(&[w.suffix[2], w.prefix[2]]);
    add(&[w.shape, t1, w.suffix[1]]);
}

/// Tags the words, the best class at each place, from left to right; `leads` holds by how much it leads the next best.
pub fn tag<W: Weights>(
    weights: &W,
    classes: usize,
    words: &[Lexical],
    tags: &mut Vec<u8>,
    leads: &mut Vec<i32>,
    buffer: &mut Vec<u64>,
) {
    tags.clear();
    leads.clear();
    let mut scores = [0i32; 256];
    let classes = classes.min(scores.len());
    // A whole number of registers.
    let scores = &mut scores[..classes.next_multiple_of(32)];
    for index in 0..words.len() {
        features(words, index, tags, buffer);
        scores.fill(0);
        weights.add(buffer, scores);
        let (best, lead) = best_with_lead(&scores[..classes]);
        tags.push(best);
        leads.push(lead);
    }
}

/// The class with the highest score, the first of equals, and by how much it leads.
fn best_with_lead(scores: &[i32]) -> (u8, i32) {
    let (mut best, mut first, mut second) = (0, i32::MIN, i32::MIN);
    for (class, score) in scores.iter().enumerate() {
        if *score > first {
            (best, second, first) = (class, first, *score);
        } else if *score > second {
            second = *score;
        }
    }
    (best as u8, first.saturating_sub(second))
}

/// The class with the highest score, the first of equals.
pub fn best(scores: &[i32]) -> u8 {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best as u8
}
