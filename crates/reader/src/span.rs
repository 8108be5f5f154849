//! Where in a text something stands.
//!
//! Inside the reader every offset is a byte offset into the document's text. The printed record counts Unicode code
//! points, as the codebook says; [`CodePoints`] translates. The two are different types, so they cannot be mixed.

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into the document's text, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, both byte offsets.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "a span must not end before it starts");
        Span { start: start as u32, end: end as u32 }
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The characters that stand there.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A half-open range of Unicode code points into the document's text: what is printed and stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CharSpan {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// Translates byte offsets of one text into code points, in near-constant time.
pub struct CodePoints<'a> {
    text: &'a str,
    /// The number of code points before each multiple of [`STRIDE`] bytes (counted from the boundary at or before it).
    marks: Vec<u32>,
}

const STRIDE: usize = 256;

impl<'a> CodePoints<'a> {
    /// Counts `text` once.
    pub fn new(text: &'a str) -> CodePoints<'a> {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0u32;
        for (index, byte) in text.bytes().enumerate() {
            if index % STRIDE == 0 {
                marks.push(count);
            }
            // A byte that does not continue a character starts one.
            if byte & 0xC0 != 0x80 {
                count += 1;
            }
        }
        CodePoints { text, marks }
    }

    /// The number of code points before byte offset `at`, which must be a character boundary.
    pub fn at(&self, at: u32) -> usize {
        let at = at as usize;
        let mark = (at / STRIDE).min(self.marks.len().saturating_sub(1));
        let before = self.marks.get(mark).copied().unwrap_or(0) as usize;
        let tail = self.text.as_bytes()[mark * STRIDE..at].iter().filter(|b| **b & 0xC0 != 0x80).count();
        before + tail
    }

    /// The same span in code points.
    pub fn span(&self, span: Span) -> CharSpan {
        CharSpan { start: self.at(span.start), end: self.at(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "Прaгa – “Kerry” \u{1F600} ".repeat(80);
        let points = CodePoints::new(&text);
        for (expected, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte as u32), expected);
        }
        assert_eq!(points.at(text.len() as u32), text.chars().count());
        assert_eq!(CodePoints::new("").at(0), 0);
    }
}
