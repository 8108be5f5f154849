//! Flat names of people, organizations and places, known to the tables or not.
//!
//! A linear model tags each word as outside, or as the first or a further word of one of the three kinds; the best sequence is
//! found by dynamic programming (Viterbi 1967). It weighs the word and its neighbours, how they are written, what the tables
//! and the rules of `hints.rs` say of them, and what the rest of the document tells of the same word (Chieu and Ng 2002).

use super::EntityKind;
use super::hints;
use super::lexicon::Map;
use super::scan::{Shape, Words};
use super::words::*;
use super::world::{Entry, Form, World};
use crate::language::Sentence;
use crate::language::linear::{Sparse, Weights, mix, spread};
use crate::span::Span;
use std::sync::LazyLock;

/// Outside (0), the first word of a person's, an organization's or a place's name (1 to 3), a further one (4 to 6). The last
/// is never given; training needs somewhere to move weight to.
pub const CLASSES: usize = 8;

/// How many tags a word can get.
const TAGS: usize = 7;

const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// What a word can be, whatever its weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Never part of a name.
    Outside,
    /// Only between the words of a name ("of").
    Inner,
    /// Any.
    Free,
}

/// What a word by itself is in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// Nothing that matters here.
    Open,
    /// An organization's name.
    Organization,
    /// A country's or city's name.
    Place,
    /// An adjective, a people or a weekday: no name.
    Nothing,
}

/// A sentence as the model sees it, one entry a word.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// Where each word stands.
    pub spans: Vec<Span>,
    /// Whether each word is a form of address or a rank.
    pub titles: Vec<bool>,
    /// What each word can be.
    pub roles: Vec<Role>,
    /// What the tables say of each word by itself.
    pub alone: Vec<Alone>,
    /// Whether a hyphen joins each word to the one before.
    pub joined: Vec<bool>,
    /// Whether each word goes on a Korean or Chinese given name after a hyphen between blanks ("Cho Hyun - dong").
    pub bridged: Vec<bool>,
    /// The features of each word that can be something.
    pub features: Vec<Vec<u64>>,
}

/// The feature of the tag before.
#[inline]
pub fn transition(tag: u8) -> u64 {
    spread(mix(0x7A65, u64::from(tag)))
}

/// What the document tells of a word by one of its occurrences.
mod told {
    pub const TITLE_BEFORE: usize = 0;
    pub const GIVEN_BEFORE: usize = 1;
    pub const LOWER: usize = 2;
    pub const PLACE_BEFORE: usize = 3;
    pub const IN_ORGANIZATION: usize = 4;
    pub const BRACKETED: usize = 5;
    pub const SPEAKS: usize = 6;
    pub const HINT_PERSON: usize = 7;
    pub const HINT_ORGANIZATION: usize = 8;
    pub const HINT_PLACE: usize = 9;
    pub const ENDS_RUN: usize = 10;
    pub const ALONE: usize = 11;
    pub const POSSESSIVE: usize = 12;
    pub const COUNT: usize = 13;
}

type Counts = [u8; told::COUNT];

/// A word with what its sentence tells of it.
struct Seen {
    /// Lower case.
    lower: u64,
    /// As it is written.
    cased: u64,
    /// One bit for each of `told`.
    tells: u16,
    /// The run of capitalised words that it stands in: half open.
    run: (u32, u32),
    /// What the tables say: kind of entry, and whether it is the first word.
    table: u8,
    /// What `well_known.csv` says, likewise.
    known: u8,
    /// What the rules say: a tag.
    hint: u8,
    shape: u8,
}

fn hash(bytes: impl Iterator<Item = char>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, c| mix(hash, c as u64))
}

/// How a word is written, one byte: case, joiner before it, digits in it.
fn shape(words: &Words, at: usize) -> u8 {
    let Some(word) = words.get(at) else { return 31 };
    let shape = match word.shape {
        Shape::Lower => 0,
        Shape::Capital => 1,
        Shape::Initial => 2,
        Shape::Upper => 3,
        Shape::Digit => 4,
        Shape::Sign => 5,
    };
    let joiner = match word.before {
        None => 0,
        Some('-') => 1,
        Some('\'') => 2,
        Some(_) => 3,
    };
    shape * 4 + joiner
}

fn entry_number(entry: Entry) -> u8 {
    match entry {
        Entry::Government(_, Form::Name) => 1,
        Entry::Government(_, Form::Adjective) => 2,
        Entry::Government(_, Form::People) => 3,
        Entry::Government(_, Form::Capital) => 4,
        Entry::Government(_, Form::Metonym) => 5,
        Entry::Office(_) => 6,
        Entry::Body(_) => 7,
        Entry::Person(_) => 8,
        Entry::Outlet(_) => 9,
        Entry::Place(_) => 10,
    }
}

/// The sentences of a document with the features of their words, in order.
pub fn examples(world: &World, text: &str, sentences: &[Sentence]) -> Vec<Example> {
    let hints = hints::hints(world, text, sentences);
    let mut words = Words::new(world, text);
    let mut document: Map<u64, Counts> = Map::default();
    let mut seen: Vec<Vec<Seen>> = Vec::with_capacity(sentences.len());
    let mut next_hint = 0;
    for sentence in sentences {
        words.fill(sentence);
        let of_sentence = see(&words, &hints, &mut next_hint);
        for word in &of_sentence {
            let lower_only = word.lower == word.cased;
            let counts = document.entry(word.lower).or_default();
            for (bit, count) in counts.iter_mut().enumerate() {
                if word.tells & 1 << bit != 0 || bit == told::LOWER && lower_only {
                    *count = count.saturating_add(1);
                }
            }
        }
        seen.push(of_sentence);
    }
    let mut examples = Vec::with_capacity(sentences.len());
    for (sentence, of_sentence) in sentences.iter().zip(&seen) {
        words.fill(sentence);
        examples.push(example(world, &words, of_sentence, &document));
    }
    examples
}

/// The first look at a sentence.
fn see(words: &Words, hints: &[(Span, EntityKind)], next_hint: &mut usize) -> Vec<Seen> {
    let count = words.count();
    let mut found: Vec<Seen> = Vec::with_capacity(count);
    let mut run = (0, 0);
    let mut table = (0usize, 0u8);
    let mut known = (0usize, 0u8);
    let titled = (0..count).filter(|&at| words.shape(at) == Shape::Lower && !words.has(at, FUNCTION)).take(3).count();
    for at in 0..count {
        let word = words.word(at);
        let lower = hash(word.chars().flat_map(char::to_lowercase));
        let cased = hash(word.chars());
        let capital = words.capital(at);
        if at >= run.1 {
            let mut end = at;
            while end < count
                && words.capital(end)
                && !words.possessive(end)
                && !(words.has(end, FUNCTION | CALENDAR) && words.shape(end) != Shape::Initial)
            {
                end += 1;
            }
            run = (at, end.max(at));
        }
        if at >= table.0 {
            table = match words.name_at(at) {
                Some((end, entry, _)) => (end, entry_number(entry)),
                None => (at + 1, 0),
            };
            if table.1 != 0 {
                table.1 |= 16;
            }
        } else {
            table.1 &= 15;
        }
        if at >= known.0 {
            known = match words.well_known_at(at).filter(|_| capital) {
                Some((end, kind)) => (end, 17 + kind as u8),
                None => (at + 1, 0),
            };
        } else {
            known.1 &= 15;
        }
        let place = words.get(at).map_or(0, |w| w.start);
        while hints.get(*next_hint).is_some_and(|(span, _)| span.end <= place) {
            *next_hint += 1;
        }
        let hint = match hints.get(*next_hint) {
            Some((span, kind)) if span.start <= place => {
                let class = KINDS.iter().position(|k| k == kind).unwrap_or(0) as u8;
                class + if span.start == place { 1 } else { 4 }
            }
            _ => 0,
        };
        let mut tells = 0u16;
        if capital && titled >= 2 {
            let mut tell = |bit: usize, when: bool| tells |= u16::from(when) << bit;
            let first = run.0 == at;
            let (from, to) = run;
            let before = from.checked_sub(1);
            tell(
                told::TITLE_BEFORE,
                before.is_some_and(|b| words.has(b, HOLDER))
                    || (from..at).any(|i| words.has(i, HOLDER | HONORIFIC | RANK)),
            );
            tell(told::GIVEN_BEFORE, (from..at).any(|i| words.given_name(i)));
            tell(told::PLACE_BEFORE, first && before.is_some_and(|b| words.has(b, LOCATIVE)));
            tell(told::IN_ORGANIZATION, to - from > 1 && to > 0 && words.has(to - 1, INSTITUTION));
            tell(told::BRACKETED, to - from == 1 && before.is_some_and(|b| words.is(b, "(")) && words.is(to, ")"));
            tell(told::SPEAKS, at + 1 == to && ["said", "says", "told", "added"].iter().any(|v| words.is(to, v)));
            tell(told::HINT_PERSON, hint == 1 || hint == 4);
            tell(told::HINT_ORGANIZATION, hint == 2 || hint == 5);
            tell(told::HINT_PLACE, hint == 3 || hint == 6);
            tell(told::ENDS_RUN, at + 1 == to && to - from > 1);
            tell(told::ALONE, to - from == 1 && at > 0);
            tell(told::POSSESSIVE, at + 1 == to && words.possessive(to));
        }
        found.push(Seen {
            lower,
            cased,
            tells,
            run: (run.0 as u32, run.1 as u32),
            table: table.1,
            known: known.1,
            hint,
            shape: shape(words, at),
        });
    }
    found
}

/// Whether a word that is not capitalised may stand inside a name.
fn inner(words: &Words, at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let between = (at + 1..at + 3).any(|next| words.capital(next)) && at > 0;
    match word.shape {
        Shape::Digit => true,
        Shape::Lower if matches!(word.before, Some('-') | Some('\'')) => {
            // "Lima-based", "army-backed".
            ![
                "based",
                "led",
                "backed",
                "born",
                "run",
                "owned",
                "style",
                "era",
                "made",
                "bound",
                "controlled",
                "trained",
                "like",
            ]
            .iter()
            .any(|w| words.is(at, w))
        }
        Shape::Lower => {
            between
                && (words.has(at, PARTICLE)
                    || ["of", "for", "and", "the", "on", "in", "to", "with", "del", "do", "da"]
                        .iter()
                        .any(|w| words.is(at, w)))
        }
        Shape::Sign => between && ["&", ",", "."].contains(&words.word(at)),
        _ => true,
    }
}

fn example(world: &World, words: &Words, seen: &[Seen], document: &Map<u64, Counts>) -> Example {
    let mut example = Example::default();
    let headline = {
        let (mut letters, mut capitals) = (0, 0);
        for at in 0..words.count() {
            match words.shape(at) {
                Shape::Lower if !words.has(at, FUNCTION) => letters += 1,
                Shape::Capital | Shape::Upper => {
                    letters += 1;
                    capitals += 1;
                }
                _ => {}
            }
        }
        letters > 3 && capitals * 10 > letters * 8
    };
    for at in 0..words.count() {
        example.spans.push(words.span((at, at + 1)));
        // "US$5", "HK$20".
        let role = if words.capital(at) && words.is(at + 1, "$") && words.gap(at + 1).is_empty() {
            Role::Outside
        } else if words.capital(at) {
            Role::Free
        } else if inner(words, at) {
            Role::Inner
        } else {
            Role::Outside
        };
        example.roles.push(role);
        example.alone.push(alone(world, words, at));
        example.joined.push(words.get(at).is_some_and(|w| w.before == Some('-')));
        example.bridged.push(bridged(world, words, at));
        example.titles.push(words.has(at, HONORIFIC | RANK | HOLDER | HOLDERS | STANDING));
        let mut features = Vec::new();
        if role != Role::Outside {
            self::features(world, words, seen, document, headline, at, &mut features);
        }
        example.features.push(features);
    }
    example
}

/// Whether the word there goes on a name that a tokenizer cut at its hyphen.
fn bridged(world: &World, words: &Words, at: usize) -> bool {
    let family = |at: usize| world.given.get(words.cased(at) as usize).copied().unwrap_or(0) & 4 != 0;
    let Some((word, before)) = words.get(at).zip(at.checked_sub(1).and_then(|b| words.get(b))) else { return false };
    word.shape == Shape::Lower
        && before.shape == Shape::Capital
        && word.start == before.end + 3
        && word.end - word.start <= 6
        && (!words.has(at, FUNCTION) || words.is(at, "in"))
        && at >= 2
        && family(at - 2)
        && words.gap(at) == " - "
}

/// What the tables say of the word there by itself.
fn alone(world: &World, words: &Words, at: usize) -> Alone {
    if !words.capital(at) {
        return Alone::Open;
    }
    match words.name_at(at) {
        Some((end, Entry::Government(gov, form), node)) if end == at + 1 => match form {
            Form::Adjective | Form::People => Alone::Nothing,
            _ if world.risky.get(words.cased(at) as usize).copied().unwrap_or(false) => Alone::Open,
            // "Saudi" is said of a person too; "Luxembourg" is the land.
            _ if words.shape(at) == Shape::Capital
                && world.governments[gov as usize].name != words.word(at)
                && world.names.at(node).any(|e| matches!(e, Entry::Government(_, Form::Adjective | Form::People))) =>
            {
                Alone::Nothing
            }
            _ if world.governments[gov as usize].organization => Alone::Organization,
            _ => Alone::Place,
        },
        None if words.has(at, CALENDAR) && words.word(at).ends_with("days") => Alone::Nothing,
        _ => Alone::Open,
    }
}

/// A word's classes that matter for names.
fn classes(words: &Words, at: usize) -> u64 {
    const MATTER: Classes = HOLDER
        | HOLDERS
        | HONORIFIC
        | RANK
        | ORGAN
        | FIELD
        | STANDING
        | FORMER
        | PARTICLE
        | CALENDAR
        | FUNCTION
        | LOCATIVE
        | THE
        | INDEFINITE;
    words.get(at).map_or(1 << 40, |w| u64::from(w.classes & MATTER))
}

#[allow(clippy::too_many_arguments)]
fn features(
    world: &World,
    words: &Words,
    seen: &[Seen],
    document: &Map<u64, Counts>,
    headline: bool,
    at: usize,
    features: &mut Vec<u64>,
) {
    let here = &seen[at];
    let lower = |offset: i32| {
        at.checked_add_signed(offset as isize).and_then(|i| seen.get(i)).map_or(offset as u64, |s| s.lower)
    };
    let shape =
        |offset: i32| at.checked_add_signed(offset as isize).and_then(|i| seen.get(i)).map_or(127, |s| s.shape) as u64;
    let index = |offset: i32| at.checked_add_signed(offset as isize).unwrap_or(usize::MAX);
    let mut template = 0u64;
    let mut add = |values: &[u64]| {
        template += 1;
        features.push(spread(values.iter().fold(mix(0xA0, template), |hash, value| mix(hash, *value))));
    };
    let known = |i: usize| world.given.get(words.cased(i) as usize).copied().unwrap_or(0) as u64;
    let (from, to) = (here.run.0 as usize, here.run.1 as usize);
    let inside = at < to;
    let hint = u64::from(here.hint);
    let table = u64::from(here.table);
    // The word and its neighbours.
    add(&[]);
    add(&[here.lower]);
    add(&[here.cased]);
    add(&[lower(-1)]);
    add(&[lower(1)]);
    add(&[lower(-2)]);
    add(&[lower(2)]);
    add(&[lower(-1), shape(0)]);
    add(&[lower(1), shape(0)]);
    add(&[lower(-2), lower(-1)]);
    add(&[lower(1), lower(2)]);
    // How they are written.
    add(&[shape(0)]);
    add(&[shape(-1), shape(0)]);
    add(&[shape(0), shape(1)]);
    add(&[shape(-1), shape(0), shape(1)]);
    add(&[shape(-2), shape(-1), shape(0), shape(1), shape(2)]);
    add(&[u64::from(at == 0), u64::from(headline), shape(0)]);
    let word = words.word(at);
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let count = letters.len();
    for length in 2..=4usize {
        let take = length.min(count);
        add(&[hash(letters[count - take..].iter().copied())]);
        add(&[hash(letters[..take].iter().copied())]);
    }
    add(&[count.min(9) as u64, shape(0)]);
    // What the tables and the rules say.
    let hint_at = |i: usize| seen.get(i).map_or(15, |s| u64::from(s.hint));
    let table_at = |i: usize| seen.get(i).map_or(63, |s| u64::from(s.table));
    add(&[hint]);
    add(&[hint, shape(0)]);
    add(&[hint, hint_at(index(-1))]);
    add(&[hint, hint_at(index(1))]);
    add(&[table]);
    add(&[table, hint]);
    add(&[table, table_at(index(-1))]);
    add(&[table, table_at(index(1))]);
    let listed = |i: usize| seen.get(i).map_or(63, |s| u64::from(s.known));
    add(&[listed(at)]);
    add(&[listed(at), hint]);
    add(&[listed(at), listed(index(-1)), listed(index(1))]);
    add(&[listed(at), table]);
    add(&[known(at)]);
    add(&[known(at), known(index(-1)), shape(0)]);
    add(&[known(at), known(index(1)), shape(1)]);
    add(&[classes(words, at), shape(0)]);
    add(&[classes(words, index(-1)), shape(-1), shape(0)]);
    add(&[classes(words, index(1)), shape(0), shape(1)]);
    // The run of capitalised words.
    if inside && to > 0 {
        let before = from.checked_sub(1);
        let (position, length) = ((at - from).min(3) as u64, (to - from).min(5) as u64);
        let kind = |i: usize| {
            u64::from(words.has(i, INSTITUTION))
                | u64::from(words.has(i, LANDSCAPE)) << 1
                | u64::from(words.given_name(i)) << 2
        };
        let last = seen[to - 1].lower;
        let first = seen[from].lower;
        let ahead = before.map_or(1, |b| seen[b].lower);
        let after = seen.get(to).map_or(2, |s| s.lower);
        add(&[position, length]);
        add(&[last, position]);
        add(&[first, position]);
        add(&[kind(to - 1), kind(from), position, length]);
        add(&[ahead, position.min(1)]);
        add(&[after, position.min(1)]);
        add(&[ahead, length, shape(0)]);
        add(&[after, length, shape(0)]);
        add(&[before.map_or(1 << 41, |b| classes(words, b)), length, kind(from)]);
        add(&[hint_at(from), hint_at(to - 1), position, length]);
        add(&[
            (from..to).fold(0, |all, i| all | known(i)),
            (from..to).fold(0, |all, i| all | kind(i)),
            position,
            length,
        ]);
        add(&[(from..at).fold(0, |all, i| all | kind(i) | known(i) << 3), known(at), kind(at)]);
        add(&[
            u64::from(words.is(to, ",")),
            seen.get(to + 1).map_or(0, |s| u64::from(s.shape)),
            u64::from(words.is(to + 1, "who")),
            position.min(1),
        ]);
        // "of", "for" and "and" join runs: what stands beyond.
        if ["of", "for", "and"].iter().any(|w| words.is(to, w)) && words.capital(to + 1) {
            let end = seen.get(to + 1).map_or(to + 1, |s| s.run.1 as usize);
            add(&[seen[to].lower, kind(from), kind(to - 1), seen.get(end.max(1) - 1).map_or(0, |s| s.lower)]);
        }
        if before.is_some_and(|b| words.is(b, "of") || words.is(b, "for") || words.is(b, "and")) {
            let whole = before.and_then(|b| b.checked_sub(1)).map_or(0, |b| seen[b].lower);
            features.push(spread(mix(mix(mix(0xB1, ahead), whole), position)));
        }
    } else {
        let before = index(-1);
        let after = index(1);
        features.push(spread(mix(mix(0xB2, here.lower), hint)));
        if let (Some(b), Some(a)) = (seen.get(before), seen.get(after)) {
            let start = seen.get(b.run.0 as usize).map_or(0, |s| s.lower);
            let last = b.lower;
            let end = seen.get((a.run.1 as usize).max(1) - 1).map_or(0, |s| s.lower);
            features.push(spread(mix(mix(0xB3, here.lower), start)));
            features.push(spread(mix(mix(0xB4, here.lower), last)));
            features.push(spread(mix(mix(0xB5, here.lower), end)));
            let kind = |run: (u32, u32)| {
                (run.0..run.1).fold(0u64, |all, i| {
                    all | u64::from(words.has(i as usize, INSTITUTION))
                        | u64::from(words.has(i as usize, LANDSCAPE)) << 1
                        | u64::from(words.given_name(i as usize)) << 2
                })
            };
            features.push(spread(mix(mix(mix(0xB6, here.lower), kind(b.run)), kind(a.run))));
        }
    }
    // What the rest of the document tells of the word.
    if let Some(counts) = document.get(&here.lower) {
        let mut bits = 0u64;
        for (bit, count) in counts.iter().enumerate() {
            let own = u8::from(here.tells & 1 << bit != 0 || bit == told::LOWER && here.lower == here.cased);
            if *count > own {
                bits |= 1 << bit;
                features.push(spread(mix(mix(0xC0, bit as u64), shape(0))));
                features.push(spread(mix(mix(mix(0xC1, bit as u64), hint), (to - from.min(to)).min(2) as u64)));
            }
        }
        features.push(spread(mix(mix(0xC2, bits & 0x3F), shape(0))));
        features.push(spread(mix(mix(0xC3, bits >> 7 & 7), hint)));
    }
}

/// The best tags of a sentence. `weights` has [`CLASSES`] classes.
pub fn decode(weights: &impl Weights, example: &Example) -> Vec<u8> {
    let mut moves = [[0i32; CLASSES]; TAGS];
    for (tag, scores) in moves.iter_mut().enumerate() {
        weights.add(&[transition(tag as u8)], scores);
    }
    best(&emissions(weights, example), &moves, example)
}

/// The score of each tag for one word.
type Scores = [i32; CLASSES];

/// What the features of each word say by themselves.
fn emissions(weights: &impl Weights, example: &Example) -> Vec<Scores> {
    let score = |(role, features): (&Role, &Vec<u64>)| {
        let mut scores = [0i32; CLASSES];
        if *role != Role::Outside {
            weights.add(features, &mut scores);
        }
        scores
    };
    example.roles.iter().zip(&example.features).map(score).collect()
}

/// Lets each capitalised word follow a little what its other occurrences in the document say: one name is one thing.
fn agree(text: &str, examples: &[Example], scores: &mut [Vec<Scores>]) {
    /// How much the others weigh, of 16.
    const OTHERS: i32 = 8;
    let mut sums: Map<&str, ([i64; CLASSES], i64)> = Map::default();
    let counts = |example: &Example, at: usize| example.roles[at] == Role::Free && example.spans[at].len() > 1;
    for (example, scores) in examples.iter().zip(scores.iter()) {
        for (at, scores) in scores.iter().enumerate().filter(|(at, _)| counts(example, *at)) {
            let (sum, count) = sums.entry(example.spans[at].of(text)).or_default();
            sum.iter_mut().zip(scores).for_each(|(sum, score)| *sum += i64::from(*score));
            *count += 1;
        }
    }
    for (example, scores) in examples.iter().zip(scores.iter_mut()) {
        for (at, scores) in scores.iter_mut().enumerate().filter(|(at, _)| counts(example, *at)) {
            if let Some((sum, count)) = sums.get(example.spans[at].of(text)).filter(|(_, count)| *count > 1) {
                for (score, sum) in scores.iter_mut().zip(sum) {
                    *score = (*score * (16 - OTHERS) + (*sum / *count) as i32 * OTHERS) / 16;
                }
            }
        }
    }
}

/// The best sequence of tags.
fn best(scores: &[Scores], moves: &[Scores; TAGS], example: &Example) -> Vec<u8> {
    const NEVER: i32 = i32::MIN / 4;
    let count = example.roles.len();
    let mut best = [NEVER; TAGS];
    best[0] = 0;
    let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(count);
    for (role, scores) in example.roles.iter().zip(scores) {
        let mut next = [NEVER; TAGS];
        let mut from = [0u8; TAGS];
        for tag in 0..TAGS {
            let allowed = match role {
                Role::Outside => tag == 0,
                Role::Inner => tag == 0 || tag > 3,
                Role::Free => true,
            };
            if !allowed {
                continue;
            }
            for before in 0..TAGS {
                let joins = tag <= 3 || before == tag || before + 3 == tag;
                if joins && best[before] > NEVER {
                    let score = best[before] + scores[tag] + moves[before][tag];
                    if score > next[tag] {
                        next[tag] = score;
                        from[tag] = before as u8;
                    }
                }
            }
        }
        best = next;
        back.push(from);
    }
    let mut tag = (0..TAGS).max_by_key(|tag| (best[*tag], std::cmp::Reverse(*tag))).unwrap_or(0) as u8;
    let mut tags = vec![0u8; count];
    for at in (0..count).rev() {
        tags[at] = tag;
        tag = back[at][tag as usize];
    }
    tags
}

/// The names that tags draw, in order.
pub fn spans(example: &Example, tags: &[u8]) -> Vec<(Span, EntityKind)> {
    let mut found: Vec<(Span, EntityKind)> = Vec::new();
    let mut last = 0;
    for (at, &tag) in tags.iter().enumerate() {
        let span = example.spans[at];
        if let Some(kind) = (tag as usize).checked_sub(1).and_then(|class| KINDS.get(class)) {
            found.push((span, *kind));
        } else if tag > 3
            && last != 0
            && let Some((whole, _)) = found.last_mut()
        {
            whole.end = span.end;
        }
        last = tag;
    }
    found
}

/// The names in the sentences by a model of [`CLASSES`] classes, in order, without titles, without overlap.
pub fn names_with(
    weights: &impl Weights,
    world: &World,
    text: &str,
    sentences: &[Sentence],
) -> Vec<(Span, EntityKind)> {
    let mut moves = [[0i32; CLASSES]; TAGS];
    for (tag, scores) in moves.iter_mut().enumerate() {
        weights.add(&[transition(tag as u8)], scores);
    }
    let examples = examples(world, text, sentences);
    let mut scores: Vec<Vec<Scores>> = examples.iter().map(|example| emissions(weights, example)).collect();
    agree(text, &examples, &mut scores);
    let mut tags: Vec<Vec<u8>> =
        examples.iter().zip(&scores).map(|(example, scores)| best(scores, &moves, example)).collect();
    settle(text, &examples, &mut tags);
    examples.iter().zip(&tags).flat_map(|(example, tags)| spans(example, tags)).collect()
}

/// Takes forms of address and ranks off the names of people, and gives an abbreviation the kind of the name before its
/// brackets, in the whole document: "the Economic Community (EC) … EC"; none, if it is short for common words.
fn settle(text: &str, examples: &[Example], tags: &mut [Vec<u8>]) {
    let mut short: Map<&str, Option<u8>> = Map::default();
    for (example, tags) in examples.iter().zip(tags.iter_mut()) {
        for at in 0..tags.len() {
            if tags[at] == 1 && example.titles[at] {
                tags[at] = 0;
                if let Some(next) = tags.get_mut(at + 1).filter(|t| **t == 4) {
                    *next = 1;
                }
            }
        }
        for at in 0..tags.len() {
            if at > 0 && example.bridged[at] && tags[at - 1] == 4 {
                tags[at] = 4;
            }
            let ends = tags.get(at + 1).is_none_or(|next| *next < 4);
            // "UN" is no place, and "UAE" no organization, whatever stands around them.
            if ends && matches!((tags[at], example.alone[at]), (3, Alone::Organization) | (2, Alone::Place)) {
                tags[at] = 5 - tags[at];
            }
            // "Palestine-Israel", "EU-Nigeria", "Sino-Indian": each for itself.
            if at > 0
                && example.joined[at]
                && tags[at] > 3
                && example.alone[at] != Alone::Open
                && example.alone[at - 1] != Alone::Open
            {
                let own = |alone: Alone| match alone {
                    Alone::Organization => 2,
                    Alone::Place => 3,
                    _ => 0,
                };
                if tags[at - 1] < 4 {
                    tags[at - 1] = own(example.alone[at - 1]);
                }
                tags[at] = own(example.alone[at]);
            }
            // "Argentine", "West African": no names.
            if ends && example.alone[at] == Alone::Nothing && matches!(tags[at], 1..=3 | 6) {
                let mut from = at;
                while from > 0 && tags[from] > 3 {
                    from -= 1;
                }
                tags[from..=at].fill(0);
            }
        }
        let word = |at: usize| example.spans[at].of(text);
        for at in 3..tags.len().saturating_sub(1) {
            let letters = word(at).chars().filter(|c| c.is_uppercase()).count();
            if word(at - 1) != "(" || word(at + 1) != ")" || letters < 2 {
                continue;
            }
            let first = |at: usize| word(at).chars().next().and_then(|c| c.to_uppercase().next());
            let before = tags[at - 2];
            if before != 0 {
                short.entry(word(at)).or_insert(Some((before - 1) % 3));
            } else if example.roles[at - 2] == Role::Outside
                && (at.saturating_sub(letters + 4)..at - 1).any(|i| tags[i] == 0 && first(i) == first(at))
            {
                short.entry(word(at)).or_insert(None);
            }
        }
    }
    for (example, tags) in examples.iter().zip(tags.iter_mut()) {
        for at in 0..tags.len() {
            let alone = tags[at] < 4 && tags.get(at + 1).is_none_or(|next| *next < 4);
            if alone
                && example.roles[at] == Role::Free
                && let Some(class) = short.get(example.spans[at].of(text))
            {
                tags[at] = class.map_or(0, |class| class + 1);
            }
        }
    }
}

/// The model that ships. It is read once and never changes.
static SHIPPED: LazyLock<Option<Sparse>> = LazyLock::new(|| Sparse::read(include_bytes!("../../data/names.bin")));

/// The names in the sentences, by the model that ships.
pub(super) fn names(world: &World, text: &str, sentences: &[Sentence]) -> Vec<(Span, EntityKind)> {
    SHIPPED.as_ref().map_or_else(Vec::new, |weights| names_with(weights, world, text, sentences))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::BlockKind;
    use crate::page::Block;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, EntityKind)]) {
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let sentences = crate::language::split(text, &[block]);
        let found = names(&World::shipped(), text, &sentences);
        let found: Vec<(&str, EntityKind)> = found.iter().map(|(span, kind)| (span.of(text), *kind)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_that_no_table_holds() {
        use EntityKind::{Organization, Person, Place};
        check(
            "Mr Kwadwo Anokyebeng, a spokesman for the Ministry of Fisheries, told reporters in Bolgatoma that he would sue.",
            &[("Kwadwo Anokyebeng", Person), ("Ministry of Fisheries", Organization), ("Bolgatoma", Place)],
        );
    }

    #[test]
    fn abbreviations_follow_what_they_are_short_for() {
        check("The growth of gross national income (GNI) is slow. GNI fell in Kenya.", &[("Kenya", EntityKind::Place)]);
    }

    #[test]
    fn odd_input_is_no_trouble() {
        let world = World::shipped();
        for text in ["", "(((", "A (B) C (DD) (EE)", "Mr. Mr. Mr.", "\u{301}X\u{301}", "İSTANBUL (AP) -", "of Of of Of"]
        {
            let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
            let sentences = crate::language::split(text, &[block]);
            for (span, _) in names(&world, text, &sentences) {
                assert!(text.get(span.range()).is_some());
            }
        }
        assert!(Sparse::read(include_bytes!("../../data/names.bin")).is_some());
    }
}
