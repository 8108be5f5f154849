//! From the words that name a source to the speaker: an entity of the cast, its name, its government, its kind of voice.

use super::passage::{Class, Passage, class};
use crate::codes::VoiceKind;
use crate::span::Span;
use crate::who::{Cast, Entity, EntityKind, MentionKind};
use std::ops::Range;

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The words that name them.
    pub span: Option<Span>,
    /// The speaker, as an index into the cast's entities.
    pub entity: Option<usize>,
    /// As the text calls them.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 or the organization's code.
    pub government: Option<String>,
    /// What kind of voice it is.
    pub voice: VoiceKind,
}

/// Those who spoke so far, last one last; what "he" and "the official" lead back to.
#[derive(Default)]
pub(super) struct Memory {
    spoke: Vec<Speaker>,
}

impl Memory {
    /// Who spoke last.
    pub fn last(&self) -> Option<&Speaker> {
        self.spoke.last()
    }

    /// Remembers who spoke.
    pub fn add(&mut self, speaker: &Speaker) {
        self.spoke.push(speaker.clone());
    }

    /// The last one of whom `fits` is true.
    fn recall(&self, fits: impl Fn(&Speaker) -> bool) -> Option<&Speaker> {
        self.spoke.iter().rev().find(|speaker| fits(speaker))
    }
}

/// The speaker named by the words `source`.
pub(super) fn resolve(passage: &Passage, source: Range<usize>, memory: &Memory) -> Speaker {
    let span = passage.span(source.clone());
    let text = span.map(|span| span.of(passage.text)).unwrap_or_default();
    let entities = &passage.cast.entities;
    let pronoun = source.len() == 1 && passage.class(source.start) == Class::Pronoun;
    let named = span.and_then(|span| entity_of(passage, span));
    if let Some(index) = named
        && let Some(entity) = entities.get(index)
    {
        let name = if entity.person.is_some() { entity.name.clone() } else { name_of(entity, text, pronoun) };
        return Speaker {
            span,
            entity: Some(index),
            name: Some(name),
            government: entity.government.clone(),
            voice: voice_of(entity, text),
        };
    }
    let back = if pronoun {
        let person = passage.is(source.start, "he") || passage.is(source.start, "she");
        memory
            .recall(|speaker| !person || is_person(passage.cast, speaker))
            .cloned()
            .or_else(|| person.then(|| last_person(passage, source.start)).flatten())
    } else if passage.is(source.start, "the") {
        let head = head_noun(text).to_lowercase();
        let has_head = |name: &str| same_head(name, &head) || name.split(' ').any(|w| w.eq_ignore_ascii_case(&head));
        let office = |speaker: &Speaker| entities.get(speaker.entity?)?.office.as_deref().map(has_head);
        memory.recall(|speaker| speaker.name.as_deref().is_some_and(has_head) || office(speaker) == Some(true)).cloned()
    } else {
        None
    };
    if let Some(before) = back {
        return Speaker { span, ..before };
    }
    let government =
        span.and_then(|span| passage.mentions(span).find_map(|m| entities.get(m.entity)?.government.clone()));
    let voice = noun_voice(text).unwrap_or(if government.is_some() { VoiceKind::Official } else { VoiceKind::Expert });
    Speaker { span, entity: None, name: (!text.is_empty()).then(|| text.to_string()), government, voice }
}

/// The speaker that a turn's label names.
pub(super) fn labelled(passage: &Passage, label: Span) -> Speaker {
    let name = label.of(passage.text);
    let family = name.split_whitespace().last().unwrap_or_default().to_lowercase();
    let named = |entity: &&Entity| {
        let full = entity.person.as_deref().unwrap_or(&entity.name).to_lowercase();
        entity.kind == EntityKind::Person && full.split(' ').next_back() == Some(family.as_str())
    };
    let entity = passage.mentions(label).next().map(|m| m.entity);
    let entity = entity.or_else(|| passage.cast.entities.iter().position(|e| named(&e)));
    match entity.and_then(|index| Some((index, passage.cast.entities.get(index)?))) {
        Some((index, entity)) => Speaker {
            span: Some(label),
            entity: Some(index),
            name: Some(entity.name.clone()),
            government: entity.government.clone(),
            voice: voice_of(entity, name),
        },
        None => Speaker {
            span: Some(label),
            entity: None,
            name: Some(name.to_string()),
            government: None,
            voice: VoiceKind::Official,
        },
    }
}

/// The entity that a noun phrase is about: the last person before any "of" or "for", else the first mention that is
/// more than an adjective or a place.
fn entity_of(passage: &Passage, span: Span) -> Option<usize> {
    let entities = &passage.cast.entities;
    let kind = |entity: usize| entities.get(entity).map(|e| e.kind);
    let mut first = None;
    let mut at = span.start;
    for mention in passage.mentions(span) {
        let gap = passage.text.get(at as usize..mention.span.start as usize).unwrap_or_default();
        if mention.span.start > at && at > span.start && !gap.trim().is_empty() {
            break;
        }
        // "a spokesman for Lavrov": the name is not the head.
        if gap.split_whitespace().any(|word| matches!(class(word), Class::Linking | Class::Preposition)) {
            break;
        }
        if mention.kind != MentionKind::Adjective && kind(mention.entity) != Some(EntityKind::Place) {
            let person = kind(mention.entity) == Some(EntityKind::Person);
            // What stands between the start and a body ("two", "senior") may make it another noun phrase; the last
            // mention must reach the end of the phrase unless it is a person.
            let rest = passage.text.get(mention.span.end as usize..span.end as usize).unwrap_or_default();
            let ends = rest.trim().is_empty()
                || rest.trim_start().starts_with([',', '('])
                || rest.split_whitespace().next().is_some_and(|word| {
                    matches!(class(word), Class::Linking | Class::Preposition | Class::Relative | Class::Conjunction)
                });
            if person {
                first = Some(mention.entity);
            } else if ends {
                first = first.or(Some(mention.entity));
            }
        }
        at = mention.span.end;
    }
    first
}

/// How the record calls an entity that is no known person: by the words of the text, unless they are a pronoun.
fn name_of(entity: &Entity, text: &str, pronoun: bool) -> String {
    if pronoun { entity.name.clone() } else { text.to_string() }
}

fn voice_of(entity: &Entity, text: &str) -> VoiceKind {
    match entity.kind {
        EntityKind::Outlet => VoiceKind::Media,
        EntityKind::Person if entity.former => VoiceKind::Expert,
        EntityKind::Person if entity.person.is_none() => {
            noun_voice(text).or_else(|| noun_voice(&entity.name)).unwrap_or(VoiceKind::AnonymousOfficial)
        }
        EntityKind::Person if entity.government.is_some() => VoiceKind::Official,
        EntityKind::Person => noun_voice(text).filter(|v| *v == VoiceKind::Media).unwrap_or(VoiceKind::Expert),
        _ => VoiceKind::Official,
    }
}

/// The kind of voice that the head noun of a phrase tells, from `data/said_voices.csv`.
fn noun_voice(phrase: &str) -> Option<VoiceKind> {
    let head = head_noun(phrase).to_lowercase();
    let table = include_str!("../../data/said_voices.csv").lines().skip(1).filter_map(|line| line.split_once(','));
    table.into_iter().find(|(noun, _)| *noun == head).and_then(|(_, voice)| VoiceKind::parse(voice))
}

/// The last word of a noun phrase before its first preposition, comma or relative clause.
fn head_noun(phrase: &str) -> &str {
    let mut head = "";
    for word in phrase.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let of = class(bare);
        let ends = matches!(of, Class::Linking | Class::Preposition | Class::Relative | Class::That)
            || matches!(bare, "familiar" | "close" | "speaking" | "who" | "quoted");
        if ends && !head.is_empty() {
            break;
        }
        head = bare;
        if word.ends_with(',') {
            break;
        }
    }
    head
}

/// Whether a name's head noun is `head` or its plural.
fn same_head(name: &str, head: &str) -> bool {
    let own = head_noun(name);
    !head.is_empty() && own.eq_ignore_ascii_case(head)
}

fn is_person(cast: &Cast, speaker: &Speaker) -> bool {
    match speaker.entity.and_then(|entity| cast.entities.get(entity)) {
        Some(entity) => entity.kind == EntityKind::Person,
        None => speaker.voice != VoiceKind::Media,
    }
}

/// The last person who is named before byte `before`: one of a government (who is asked), or of none (who asks).
pub(super) fn last_named(passage: &Passage, before: u32, official: bool) -> Option<Speaker> {
    let cast = passage.cast;
    let end = cast.mentions.partition_point(|mention| mention.span.start < before);
    let fits = |entity: &Entity| entity.kind == EntityKind::Person && entity.government.is_some() == official;
    let mention = cast
        .mentions
        .get(..end)?
        .iter()
        .rev()
        .find(|mention| mention.kind == MentionKind::Name && cast.entities.get(mention.entity).is_some_and(fits))?;
    let entity = cast.entities.get(mention.entity)?;
    Some(Speaker {
        span: None,
        entity: Some(mention.entity),
        name: Some(entity.name.clone()),
        government: entity.government.clone(),
        voice: if official { voice_of(entity, "") } else { VoiceKind::Media },
    })
}

/// The last person named before word `before` in this block.
fn last_person(passage: &Passage, before: usize) -> Option<Speaker> {
    let span = passage.span(0..before)?;
    let entities = &passage.cast.entities;
    let person = |entity: usize| entities.get(entity).filter(|e| e.kind == EntityKind::Person);
    let mention = passage.mentions(span).filter(|m| person(m.entity).is_some()).last()?;
    let entity = person(mention.entity)?;
    Some(Speaker {
        span: Some(mention.span),
        entity: Some(mention.entity),
        name: Some(entity.name.clone()),
        government: entity.government.clone(),
        voice: voice_of(entity, mention.span.of(passage.text)),
    })
}
