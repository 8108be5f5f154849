//! The verbs that report what somebody says, from `data/said_verbs.csv`.
//!
//! One line a verb. `forms` are its base, third person, past, participle (only where it differs from the past) and
//! `-ing` form; `followed_by` is a word that must come next ("pointed *out*"); `stance` is how the source stands to
//! what is reported. `takes` lists what the verb reports, one letter each:
//!
//! | letter | reports | example |
//! | --- | --- | --- |
//! | `c` | a clause, with or without *that* | she said he had called |
//! | `t` | a clause, with *that* only | he noted that she had called |
//! | `q` | a direct quotation | "No," he replied |
//! | `a` | has its hearer before the clause | he told her that … |
//! | `o` | a phrase as its object | he urged her to call, he praised the "open" talks |
//! | `p` | a phrase as its object, if it is quoted | he called it "absurd" |
//! | `r` | another source as its object | he quoted her as saying that … |

use crate::codes::Stance;
use std::sync::LazyLock;

/// Which form of its verb a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "say", after an auxiliary or a plural.
    Base,
    /// "says".
    Third,
    /// "said", "wrote"; the participle too where the two are one.
    Past,
    /// "written".
    Participle,
    /// "saying".
    Gerund,
}

/// One verb of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    /// The base form.
    pub lemma: &'static str,
    /// The word that must come next, or nothing.
    pub followed_by: &'static str,
    takes: &'static str,
    /// How the source stands to what is reported.
    pub stance: Stance,
}

impl Verb {
    /// Whether the verb reports what the letter stands for.
    pub fn takes(&self, letter: char) -> bool {
        self.takes.contains(letter)
    }
}

/// A word's reading as a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// The verb.
    pub verb: Verb,
    /// Its form.
    pub form: Form,
}

/// The longest form in the table, in bytes, with room to grow.
pub(super) const LONGEST: usize = 16;

/// Every form of every verb, sorted; verbs that share a form stand in the order of the file. It is parsed once and
/// never changes.
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms: Vec<(&str, Cue)> = Vec::new();
    for line in include_str!("../../data/said_verbs.csv").lines().skip(1) {
        let mut columns = line.split(',');
        let (Some(words), Some(followed_by), Some(takes)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let stance = columns.next().and_then(Stance::parse).unwrap_or(Stance::Asserted);
        let words: Vec<&str> = words.split(' ').collect();
        let verb = Verb { lemma: words.first().copied().unwrap_or_default(), followed_by, takes, stance };
        for (index, word) in words.iter().enumerate() {
            let form = match index {
                0 => Form::Base,
                1 => Form::Third,
                2 => Form::Past,
                _ if index + 1 == words.len() => Form::Gerund,
                _ => Form::Participle,
            };
            // "put" and "read" are their own past; the finite reading is the likelier one in a report.
            forms.retain(|(known, cue)| {
                known != word || cue.verb.lemma != verb.lemma || cue.verb.followed_by != followed_by
            });
            forms.push((word, Cue { verb, form }));
        }
    }
    forms.sort_by_key(|(word, _)| *word);
    let mut ends = [[0; LONGEST + 1]; 32];
    for (word, _) in &forms {
        if let Some((place, bit)) = shape(word)
            && let Some(slot) = ends.get_mut(place.0).and_then(|row: &mut [u32; LONGEST + 1]| row.get_mut(place.1))
        {
            *slot |= bit;
        }
    }
    Forms { forms, ends }
});

/// The forms, and a quick test that nearly no other word passes.
struct Forms {
    forms: Vec<(&'static str, Cue)>,
    /// By first letter and length, the letters in which a form ends, a bit each.
    ends: [[u32; LONGEST + 1]; 32],
}

/// A word's first letter and length, and the bit of its last letter.
fn shape(word: &str) -> Option<((usize, usize), u32)> {
    let (first, last) = (word.bytes().next()?, word.bytes().next_back()?);
    Some((((first & 31).into(), word.len()), 1 << (last & 31)))
}

/// The readings of a word as a cue, in any letter case; empty for nearly every word.
pub(super) fn readings(word: &str) -> &'static [(&'static str, Cue)] {
    let mut buffer = [0u8; LONGEST];
    let Some(lower) = lower_case(word, &mut buffer) else { return &[] };
    let Forms { forms, ends } = &*FORMS;
    let known = shape(lower).and_then(|((first, length), bit)| Some(ends.get(first)?.get(length)? & bit));
    if known.unwrap_or(0) == 0 {
        return &[];
    }
    let first = forms.partition_point(|(form, _)| *form < lower);
    let count = forms.iter().skip(first).take_while(|(form, _)| *form == lower).count();
    forms.get(first..first + count).unwrap_or_default()
}

/// The word in lower case, without allocating; nothing if it is longer than any cue or not ASCII.
pub(super) fn lower_case<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let bytes = word.as_bytes();
    let target = buffer.get_mut(..bytes.len())?;
    for (to, from) in target.iter_mut().zip(bytes) {
        if !from.is_ascii() {
            return None;
        }
        *to = from.to_ascii_lowercase();
    }
    std::str::from_utf8(target).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_verb_is_found() {
        for (word, lemma, form) in [
            ("says", "say", Form::Third),
            ("Said", "say", Form::Past),
            ("TOLD", "tell", Form::Past),
            ("written", "write", Form::Participle),
            ("denying", "deny", Form::Gerund),
        ] {
            let readings: Vec<_> = readings(word).iter().map(|(_, cue)| (cue.verb.lemma, cue.form)).collect();
            assert_eq!(readings, [(lemma, form)], "{word}");
        }
        assert!(readings("table").is_empty());
        assert!(readings("сказал").is_empty());
        assert!(readings("incomprehensibilities").is_empty());
    }

    #[test]
    fn the_table_is_well_formed() {
        for line in include_str!("../../data/said_verbs.csv").lines().skip(1) {
            let columns: Vec<&str> = line.split(',').collect();
            assert_eq!(columns.len(), 4, "{line}");
            let forms = columns[0].split(' ').count();
            assert!(forms == 4 || forms == 5, "{line}");
            assert!(columns[0].split(' ').all(|form| form.len() <= LONGEST), "{line}");
            assert!(!columns[2].is_empty() && columns[2].chars().all(|c| "ctqaopr".contains(c)), "{line}");
            assert!(Stance::parse(columns[3]).is_some(), "{line}");
        }
    }
}
