//! The vocabulary of page furniture ("Share this", "Related articles", "All rights reserved") and of function words.
//!
//! Both are tables under `data/page/` that anyone can read and extend. A phrase is written as [`fold`] writes text:
//! lower-case words with one space between them.

use std::sync::LazyLock;

/// What a phrase says about the line that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    /// An advertisement's label.
    Advert,
    /// A picture's credit or caption.
    Caption,
    /// The heading of readers' comments.
    Comments,
    /// A copyright line.
    Copyright,
    /// A note of the editors: a correction, who contributed.
    Editor,
    /// What stands only after the end of an article.
    End,
    /// Menus, log-in, players.
    Menu,
    /// Asks for money, an address or consent.
    Plea,
    /// Links to other stories.
    Related,
    /// Buttons for sharing and printing.
    Share,
}

/// Where in a line a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Line,
    Start,
    End,
    Inside,
}

#[derive(Clone, Copy)]
enum Meaning {
    Furniture(Furniture, Place),
    /// A word that carries grammar rather than matter ("the", "of").
    FunctionWord,
}

#[derive(Clone, Copy)]
struct Entry {
    phrase: &'static str,
    meaning: Meaning,
    /// One more than the index of the next entry whose first word falls in the same slot.
    next: u16,
}

/// The tables, indexed by first word.
pub(super) struct Phrases {
    slots: Vec<u16>,
    entries: Vec<Entry>,
}

/// How a line reads in the light of the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Match {
    /// Number of function words.
    pub function_words: u32,
    /// What furniture the line is.
    pub furniture: Option<Furniture>,
}

const SLOTS: usize = 2048;

/// The tables that ship with the program. They are parsed once and never change.
static SHIPPED: LazyLock<Phrases> = LazyLock::new(Phrases::parse);

/// A one-word phrase at the start marks a line as furniture only if the line has at most this many words.
const LABEL_WORDS: usize = 8;

/// A phrase at the start marks a line as a link, button or label only if the line has at most this many words.
const LINK_WORDS: usize = 30;

impl Phrases {
    /// The tables that ship with the program.
    pub(super) fn shipped() -> &'static Phrases {
        &SHIPPED
    }

    fn parse() -> Phrases {
        let mut phrases = Phrases { slots: vec![0; SLOTS], entries: Vec::with_capacity(1400) };
        for line in include_str!("../../data/page/furniture.csv").lines().skip(1) {
            let mut cells = line.splitn(3, ',');
            let (Some(what), Some(place), Some(phrase)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let (Some(what), Some(place)) = (furniture_named(what), place_named(place)) else { continue };
            phrases.add(phrase, Meaning::Furniture(what, place));
        }
        for line in include_str!("../../data/page/function_words.csv").lines().skip(1) {
            let words = line.split_once(',').map_or("", |(_, words)| words);
            words.split(' ').for_each(|word| phrases.add(word, Meaning::FunctionWord));
        }
        phrases
    }

    fn add(&mut self, phrase: &'static str, meaning: Meaning) {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        let Some(slot) = self.slots.get_mut(slot_of(first)) else { return };
        self.entries.push(Entry { phrase, meaning, next: *slot });
        *slot = self.entries.len() as u16;
    }

    /// Matches a line folded by [`fold`] against the tables. `sentence` says that the line ends as a sentence does.
    pub(super) fn match_line(&self, folded: &str, words: usize, sentence: bool) -> Match {
        let mut found = Match::default();
        let mut at = 0;
        while let Some(rest) = folded.get(at..) {
            let length = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
            let word = &rest[..length];
            let mut index = self.slots.get(slot_of(word)).copied().unwrap_or(0);
            let mut is_function_word = false;
            while let Some(entry) = (index as usize).checked_sub(1).and_then(|i| self.entries.get(i)) {
                match entry.meaning {
                    Meaning::FunctionWord => is_function_word |= entry.phrase == word,
                    Meaning::Furniture(what, place) if found.furniture.is_none() => {
                        if stands(entry.phrase, what, place, folded, at, words, sentence) {
                            found.furniture = Some(what);
                        }
                    }
                    Meaning::Furniture(..) => {}
                }
                index = entry.next;
            }
            found.function_words += u32::from(is_function_word);
            at += word.len() + 1;
        }
        found
    }
}

fn stands(phrase: &str, what: Furniture, place: Place, folded: &str, at: usize, words: usize, sentence: bool) -> bool {
    let Some(rest) = folded.get(at..).and_then(|rest| rest.strip_prefix(phrase)) else { return false };
    if !(rest.is_empty() || rest.starts_with(' ')) {
        return false;
    }
    match place {
        Place::Line => at == 0 && rest.is_empty(),
        Place::End => rest.is_empty() && words <= LINK_WORDS,
        // One word inside a line says little about a long line.
        Place::Inside => phrase.contains(' ') || words <= LABEL_WORDS && !sentence,
        Place::Start if at > 0 => false,
        // "Copyright 2011 …", but not "Copyright law …".
        Place::Start
            if what == Furniture::Copyright
                && rest.trim_start().starts_with(|ch: char| ch.is_ascii_digit() || ch == '©') =>
        {
            true
        }
        Place::Start if !phrase.contains(' ') => words <= LABEL_WORDS && !(sentence && words > 3),
        Place::Start => {
            words <= LINK_WORDS || matches!(what, Furniture::Plea | Furniture::Copyright | Furniture::Editor)
        }
    }
}

/// Writes `text` folded into `folded`: lower-case words with one space between, no punctuation except apostrophes
/// inside words and the signs © and ™. Returns the number of words.
pub(super) fn fold(text: &str, folded: &mut String) -> usize {
    folded.clear();
    let mut words = 0;
    let mut inside = false;
    let mut apostrophe = false;
    let mut at = 0;
    while let Some(ch) = text[at..].chars().next() {
        // Most of a text is small letters in a row.
        let letters = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        if inside && letters > 0 {
            if apostrophe {
                folded.push('\'');
                apostrophe = false;
            }
            folded.push_str(&text[at..at + letters]);
            at += letters;
            continue;
        }
        at += ch.len_utf8();
        let keep = ch.is_alphanumeric() || matches!(ch, '©' | '™');
        if keep {
            if !inside {
                if words > 0 {
                    folded.push(' ');
                }
                words += 1;
            } else if apostrophe {
                folded.push('\'');
            }
            inside = true;
            apostrophe = false;
            if ch.is_ascii() {
                folded.push(ch.to_ascii_lowercase());
            } else {
                // A Turkish capital has a dot that its small letter does not keep.
                folded.extend(ch.to_lowercase().filter(|ch| *ch != '\u{307}'));
            }
        } else if matches!(ch, '\'' | '’') && inside && !apostrophe {
            apostrophe = true;
        } else {
            inside = false;
            apostrophe = false;
        }
    }
    words
}

/// FNV-1a of a folded text, to find repeated lines.
pub(super) fn hash(folded: &str) -> u64 {
    folded.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn slot_of(word: &str) -> usize {
    let hash = hash(word);
    (hash ^ (hash >> 32)) as usize % SLOTS
}

fn furniture_named(name: &str) -> Option<Furniture> {
    Some(match name {
        "advert" => Furniture::Advert,
        "caption" => Furniture::Caption,
        "comments" => Furniture::Comments,
        "copyright" => Furniture::Copyright,
        "editor" => Furniture::Editor,
        "end" => Furniture::End,
        "menu" => Furniture::Menu,
        "plea" => Furniture::Plea,
        "related" => Furniture::Related,
        "share" => Furniture::Share,
        _ => return None,
    })
}

fn place_named(name: &str) -> Option<Place> {
    Some(match name {
        "line" => Place::Line,
        "start" => Place::Start,
        "end" => Place::End,
        "inside" => Place::Inside,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furniture(line: &str) -> Option<Furniture> {
        let mut folded = String::new();
        let words = fold(line, &mut folded);
        Phrases::shipped().match_line(&folded, words, line.ends_with('.')).furniture
    }

    #[test]
    fn every_row_of_the_tables_is_read() {
        let rows = include_str!("../../data/page/furniture.csv").lines().count() - 1;
        let furniture = Phrases::shipped();
        let read = furniture.entries.iter().filter(|e| matches!(e.meaning, Meaning::Furniture(..))).count();
        assert_eq!(read, rows);
        let mut folded = String::new();
        for entry in &furniture.entries {
            fold(entry.phrase, &mut folded);
            assert_eq!(folded, entry.phrase, "written otherwise than folded text");
        }
    }

    #[test]
    fn labels_are_furniture_and_sentences_with_the_same_words_are_not() {
        assert_eq!(furniture("Related articles:"), Some(Furniture::Related));
        assert_eq!(furniture("Related proposals were rejected by both houses."), None);
        assert_eq!(furniture("SHARE"), Some(Furniture::Share));
        assert_eq!(furniture("Share prices fell"), None);
        assert_eq!(furniture("Please support us monthly, the editor wrote."), Some(Furniture::Plea));
        assert_eq!(furniture("© 2011 The Harbour Post"), Some(Furniture::Copyright));
    }

    #[test]
    fn folding_keeps_words_only() {
        let mut folded = String::new();
        assert_eq!(fold("  The minister’s “no” — ÉTAT, 'quoted' ", &mut folded), 5);
        assert_eq!(folded, "the minister's no état quoted");
    }
}
