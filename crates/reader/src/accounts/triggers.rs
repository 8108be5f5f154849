//! Which sentences are worth a tree: those that hold the words of a rule that could find something in them.
//!
//! A tree costs more than all else together, and most sentences that hold such a word ("support", "address", "line") can be
//! told to carry nothing before they have one: by the other words of the rule, by their parts of speech, and by how many
//! sides are in them. Every test here is necessary for what `accounts` finds, and errs on the side of more.

use super::rules::{Asker, Effect, Rule, WordClass, inflections};
use crate::language::{Sentence, Token, Upos};
use crate::who::QuickMap;

/// The words of all rules by the forms that they take.
#[derive(Clone, Debug, Default)]
pub struct Triggers {
    /// By form, lower case.
    words: QuickMap<Box<[u8]>, Word>,
    entries: Vec<Entry>,
    /// Lists of forms of which a sentence must hold one, with their numbers.
    lists: QuickMap<Vec<String>, u32>,
}

/// What a form is to the rules.
#[derive(Clone, Debug, Default)]
struct Word {
    /// Numbers of the entries whose meaning it carries.
    carries: Vec<u32>,
    /// Numbers of the lists that it is in.
    stands_in: Vec<u32>,
}

/// One entry of a rule.
#[derive(Clone, Debug)]
struct Entry {
    class: WordClass,
    /// Numbers of the lists of forms of its other words.
    others: Vec<u32>,
    gives: Carries,
    /// It counts only beside a length of time.
    needs_duration: bool,
}

/// What the words of a sentence can carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carries {
    /// A contact, though one side alone be named in the sentence.
    pub contact: bool,
    /// A contact, if both sides are in the sentence or it also carries a turn.
    pub contact_of_two: bool,
    /// A turn: what became of a contact.
    pub turn: bool,
    /// A turn that may stand without its contact.
    pub alone: bool,
    /// The same, if the side that takes it is in the sentence.
    pub alone_by_somebody: bool,
}

impl Carries {
    /// Whether the sentence can carry a contact. `sides` is how many sides can be in it at most.
    pub fn a_contact(self, sides: usize) -> bool {
        self.contact || self.contact_of_two && (self.turn || sides >= 2)
    }

    /// Whether it can carry what became of a contact told before.
    pub fn a_turn(self, sides: usize) -> bool {
        self.alone || self.alone_by_somebody && sides >= 1
    }

    fn add(&mut self, other: Carries) {
        self.contact |= other.contact;
        self.contact_of_two |= other.contact_of_two;
        self.turn |= other.turn;
        self.alone |= other.alone;
        self.alone_by_somebody |= other.alone_by_somebody;
    }
}

impl Triggers {
    /// Adds the words of a rule.
    pub fn add(&mut self, rule: &Rule) {
        for (class, words) in &rule.words {
            let mut gives = Carries::default();
            match rule.effect {
                Effect::Contact(_) if rule.strict && !rule.needs_recipient => gives.contact_of_two = true,
                Effect::Contact(_) => gives.contact = true,
                Effect::Turn(_) | Effect::Dispute(_) => {
                    gives.turn = true;
                    let by_somebody = rule.initiator == Some(Asker::By) && *class == WordClass::Verb;
                    let alone = rule.alone || rule.alone_negated;
                    (gives.alone, gives.alone_by_somebody) = (alone && !by_somebody, alone && by_somebody);
                }
            }
            // A noun of several words ends in the one that carries the meaning, and so does "too short".
            let head = match class {
                WordClass::Verb => 0,
                WordClass::Noun | WordClass::Adjective => words.len().saturating_sub(1),
            };
            let mut others: Vec<Vec<String>> = words.iter().map(|word| inflections(word)).collect();
            if head >= others.len() {
                continue;
            }
            let forms = others.remove(head);
            // "Led a delegation", "asked for a truce": one of the words that it must have.
            for needed in [&rule.objects, &rule.asks_for].into_iter().filter(|words| !words.is_empty()) {
                others.push(needed.iter().flat_map(|word| inflections(word)).collect());
            }
            let others = others.into_iter().map(|forms| self.list(forms)).collect();
            let number = self.entries.len() as u32;
            self.entries.push(Entry { class: *class, others, gives, needs_duration: rule.needs_duration });
            for form in forms {
                add_once(&mut self.words.entry(form.into_bytes().into()).or_default().carries, number);
            }
        }
    }

    /// The number of a list of forms.
    fn list(&mut self, forms: Vec<String>) -> u32 {
        if let Some(number) = self.lists.get(&forms) {
            return *number;
        }
        let number = self.lists.len() as u32;
        for form in &forms {
            add_once(&mut self.words.entry(form.as_bytes().into()).or_default().stands_in, number);
        }
        self.lists.insert(forms, number);
        number
    }

    /// What the words of a sentence can carry; by their parts of speech too, where it is `tagged`.
    pub fn carried(&self, text: &str, sentence: &Sentence, tagged: bool) -> Carries {
        let mut lower = [0u8; 24];
        let word = |token| lower_case(text, token, &mut lower).and_then(|form| Some((token, self.words.get(form)?)));
        let words: Vec<(&Token, &Word)> = sentence.tokens.iter().filter_map(word).collect();
        let holds = |list: &u32| words.iter().any(|(_, word)| word.stands_in.contains(list));
        let mut found = Carries::default();
        for (token, word) in words.iter().filter(|(token, _)| token.span.len() >= 3) {
            for entry in word.carries.iter().filter_map(|number| self.entries.get(*number as usize)) {
                // "Had dinner": what helps other verbs is one of its own in a phrase.
                let phrase = entry.class == WordClass::Verb && token.upos == Upos::Aux && !entry.others.is_empty();
                let fits = (!tagged || entry.class.fits(token.upos) || phrase || is_misread(text, token, entry.class))
                    && entry.others.iter().all(holds)
                    && (!entry.needs_duration || holds_length_of_time(text, sentence));
                if fits {
                    found.add(entry.gives);
                }
            }
        }
        found
    }
}

fn add_once(numbers: &mut Vec<u32>, number: u32) {
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}

impl WordClass {
    /// Whether a word that was tagged so can be of this class.
    fn fits(self, upos: Upos) -> bool {
        match self {
            WordClass::Verb => upos == Upos::Verb,
            WordClass::Noun => matches!(upos, Upos::Noun | Upos::Propn),
            WordClass::Adjective => matches!(upos, Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun),
        }
    }
}

/// Whether the tagger may have taken a past tense for another word: "having telephoned".
fn is_misread(text: &str, token: &Token, class: WordClass) -> bool {
    class == WordClass::Verb
        && matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Adv | Upos::X)
        && token.span.of(text).ends_with("ed")
}

/// A word in lower case; `None` for what is none of a rule's.
fn lower_case<'b>(text: &str, token: &Token, buffer: &'b mut [u8; 24]) -> Option<&'b [u8]> {
    let form = text.get(token.span.range())?.as_bytes();
    let buffer = buffer.get_mut(..form.len())?;
    buffer.copy_from_slice(form);
    buffer.make_ascii_lowercase();
    Some(buffer)
}

/// Whether a word of the sentence can tell how long something lasted.
fn holds_length_of_time(text: &str, sentence: &Sentence) -> bool {
    let mut lower = [0u8; 24];
    sentence.tokens.iter().any(|token| lower_case(text, token, &mut lower).is_some_and(is_length_of_time))
}

/// Whether a word can tell how long something lasted, up to a day: "90-minute", "hours", "daylong".
fn is_length_of_time(form: &[u8]) -> bool {
    const UNITS: &[&[u8]] = &[b"minute", b"hour", b"min", b"mins", b"hr", b"hrs", b"day"];
    form.split(|byte| *byte == b'-').any(|part| {
        let part = part.strip_suffix(b"long").unwrap_or(part);
        UNITS.contains(&part) || part.strip_suffix(b"s").is_some_and(|part| UNITS.contains(&part))
    })
}
