//! Stretches of a text by code points, as the record counts them.

/// Finds code points of one text in near-constant time.
pub struct Characters<'a> {
    text: &'a str,
    /// The byte offset of every [`STRIDE`]th code point.
    marks: Vec<usize>,
}

const STRIDE: usize = 64;

impl<'a> Characters<'a> {
    /// Counts `text` once.
    pub fn new(text: &'a str) -> Characters<'a> {
        Characters { text, marks: text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect() }
    }

    /// The byte offset of code point `at`; the length of the text where it ends before.
    pub fn byte(&self, at: usize) -> usize {
        let Some(mark) = self.marks.get(at / STRIDE) else { return self.text.len() };
        let rest = self.text.get(*mark..).unwrap_or_default();
        rest.char_indices().nth(at % STRIDE).map_or(self.text.len(), |(byte, _)| mark + byte)
    }

    /// The characters from `start` up to `end`, both in code points; fewer where the text ends before.
    pub fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(self.byte(start)..self.byte(end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_agree_with_counting() {
        let text = "Прaгa – “Kerry” \u{1F600} ".repeat(20);
        let characters = Characters::new(&text);
        for start in 0..text.chars().count() {
            let expected: String = text.chars().skip(start).take(7).collect();
            assert_eq!(characters.slice(start, start + 7), expected);
        }
        assert_eq!(characters.slice(5, 2), "");
        assert_eq!(characters.slice(9999, 99999), "");
    }
}
