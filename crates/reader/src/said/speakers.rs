//! From the words that name a source to the speaker: an entity of the cast, its name, its government, its kind of voice.

use super::passage::{Class, Passage, class};
use crate::codes::VoiceKind;
use crate::span::Span;
use crate::who::{Cast, Entity, EntityKind, MentionKind, QuickMap};
use std::ops::Range;
use std::sync::LazyLock;

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

/// The speaker named by the words `source`. `embedded` tells that what is said follows, so that a pronoun may lead back
/// to a name in the same sentence ("Kerry condemned what he called …"); after its own words it does not ("Kerry, he said").
pub(super) fn resolve(passage: &Passage, source: Range<usize>, memory: &Memory, embedded: bool) -> Speaker {
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
    let head = head_noun(text).to_lowercase();
    let back = if pronoun {
        antecedent(passage, source.start, memory, embedded)
    } else if passage.is(source.start, "the") {
        let has_head = |name: &str| same_head(name, &head) || name.split(' ').any(|w| w.eq_ignore_ascii_case(&head));
        let office = |speaker: &Speaker| entities.get(speaker.entity?)?.office.as_deref().map(has_head);
        memory
            .recall(|speaker| speaker.name.as_deref().is_some_and(has_head) || office(speaker) == Some(true))
            .cloned()
            .or_else(|| {
                let media = noun_voice(text) == Some(VoiceKind::Media) && !text.contains(char::is_uppercase);
                let before = || memory.recall(|speaker| speaker.voice == VoiceKind::Media).cloned();
                let outlet = || last_of(passage, source.start, |kind| kind == EntityKind::Outlet);
                media.then(|| before().or_else(outlet)).flatten()
            })
    } else {
        None
    };
    if let Some(before) = back {
        return Speaker { span, ..before };
    }
    let government = span
        .and_then(|span| passage.mentions(span).find_map(|m| entities.get(m.entity)?.government.clone()))
        .or_else(|| issuer(passage, &source, text));
    let voice = noun_voice(text).unwrap_or(if government.is_some() { VoiceKind::Official } else { VoiceKind::Expert });
    let name = if voice == VoiceKind::Media { outlet_name(text) } else { text.split(',').next().unwrap_or(text) };
    Speaker { span, entity: None, name: (!name.is_empty()).then(|| name.to_string()), government, voice }
}

/// Whose government speaks through an organ that the text leaves nameless ("a press release", "the palace"): that of whom
/// the sentence is about, or the one before it.
fn issuer(passage: &Passage, source: &Range<usize>, text: &str) -> Option<String> {
    let organ = noun_voice(text) == Some(VoiceKind::Official) || head_noun(text).starts_with("spokes");
    if !organ {
        return None;
    }
    let acts = |kind| matches!(kind, EntityKind::Person | EntityKind::Body | EntityKind::Government);
    let of = |speaker: Option<Speaker>| speaker.and_then(|speaker| speaker.government);
    let sentence = passage.sentence_of(source.start);
    of(foremost(passage, sentence.start..source.start, acts))
        .or_else(|| of(foremost(passage, source.end..sentence.end, acts)))
        .or_else(|| of(foremost(passage, passage.sentence_of(sentence.start.checked_sub(1)?), acts)))
}

/// The name in "the Herald newspaper": its last capitalized words, or the whole phrase where it has none.
fn outlet_name(phrase: &str) -> &str {
    let mut name: Option<(usize, usize)> = None;
    let mut open = false;
    let mut at = 0;
    for word in phrase.split(' ') {
        let end = at + word.len();
        let capital = word.starts_with(char::is_uppercase) && !word.ends_with("'s") && !word.ends_with("’s");
        name = match name {
            Some((start, _)) if capital && open => Some((start, end)),
            _ if capital => Some((at, end)),
            name => name,
        };
        open = capital;
        at = end + 1;
    }
    name.and_then(|(start, end)| phrase.get(start..end)).unwrap_or(phrase)
}

/// Whom a pronoun means that the cast leaves open.
fn antecedent(passage: &Passage, pronoun: usize, memory: &Memory, embedded: bool) -> Option<Speaker> {
    let person = passage.is(pronoun, "he") || passage.is(pronoun, "she");
    let thing = passage.is(pronoun, "it");
    let fits = |kind: EntityKind| match kind {
        EntityKind::Person => !thing,
        EntityKind::Body | EntityKind::Government | EntityKind::Organization | EntityKind::Outlet => !person,
        EntityKind::Group => !person && !thing,
        EntityKind::Place => false,
    };
    let sentence = passage.sentence_of(pronoun);
    if embedded
        && (person || thing)
        && let Some(here) = nearest(passage, sentence.start..pronoun, fits)
    {
        return Some(here);
    }
    // The one who spoke last in this block, then whom the sentence before is about.
    let first = passage.words.first().map_or(0, |word| word.span.start);
    let spoke = memory.recall(|speaker| speaks_as(passage.cast, speaker, person, thing));
    if let Some(here) = spoke.filter(|speaker| speaker.span.is_some_and(|span| span.start >= first)) {
        return Some(here.clone());
    }
    if person || thing {
        let before = sentence.start.checked_sub(1).map(|last| passage.sentence_of(last));
        let opening = before.clone().and_then(|before| opening(passage, before)).filter(|_| thing);
        let said =
            |words: &Range<usize>| words.clone().all(|i| passage.words.get(i).is_some_and(|w| w.quoted.is_some()));
        let before = before.filter(|before| !said(before));
        if let Some(subject) = before.and_then(|before| foremost(passage, before, fits)).or(opening) {
            return Some(subject);
        }
    }
    spoke.cloned().or_else(|| (person || thing).then(|| last_of(passage, pronoun, fits)).flatten())
}

/// The noun phrase that a sentence opens with, up to its first auxiliary ("His transition team would not …").
fn opening(passage: &Passage, sentence: Range<usize>) -> Option<Speaker> {
    let end = sentence.clone().take(7).find(|&i| passage.class(i) == Class::Auxiliary)?;
    let plain = |i: usize| matches!(passage.class(i), Class::Determiner | Class::Other | Class::Linking);
    let words = sentence.start..end;
    let span = passage.span(words.clone()).filter(|_| words.len() > 1 && words.clone().all(plain))?;
    let entity = |m: &crate::who::Mention| passage.cast.entities.get(m.entity)?.government.clone();
    let government = passage.mentions(span).find_map(entity);
    let name = span.of(passage.text);
    let voice = noun_voice(name).unwrap_or(VoiceKind::Official);
    Some(Speaker { span: Some(span), entity: None, name: Some(name.to_string()), government, voice })
}

/// Whether "he" (`person`), "it" (`thing`) or "they" can mean one who spoke before.
fn speaks_as(cast: &Cast, speaker: &Speaker, person: bool, thing: bool) -> bool {
    let plural = |name: &str| head_noun(name).ends_with('s');
    match speaker.entity.and_then(|entity| cast.entities.get(entity)) {
        Some(entity) if entity.kind == EntityKind::Person => !thing,
        Some(entity) if entity.kind == EntityKind::Group => !person && !thing,
        Some(_) => !person,
        None if speaker.name.is_none() => false,
        None if person => speaker.voice != VoiceKind::Media && !speaker.name.as_deref().is_some_and(plural),
        None => !thing || matches!(speaker.voice, VoiceKind::Media | VoiceKind::Official),
    }
}

/// The speaker that is the entity of a mention.
fn of_mention(passage: &Passage, mention: &crate::who::Mention) -> Option<Speaker> {
    let entity = passage.cast.entities.get(mention.entity)?;
    Some(Speaker {
        span: Some(mention.span),
        entity: Some(mention.entity),
        name: Some(entity.name.clone()),
        government: entity.government.clone(),
        voice: voice_of(entity, mention.span.of(passage.text)),
    })
}

/// The mentions in a range of words that are more than adjectives and whose entity is of a fitting kind.
fn fitting<'a>(
    passage: &Passage<'a>,
    words: Range<usize>,
    fits: impl Fn(EntityKind) -> bool,
) -> impl Iterator<Item = &'a crate::who::Mention> {
    let span = passage.span(words).unwrap_or_default();
    let cast = passage.cast;
    passage.mentions(span).filter(move |m| {
        m.kind != MentionKind::Adjective && cast.entities.get(m.entity).is_some_and(|entity| fits(entity.kind))
    })
}

/// The last fitting one in a range of words.
fn nearest(passage: &Passage, words: Range<usize>, fits: impl Fn(EntityKind) -> bool) -> Option<Speaker> {
    let mention = fitting(passage, words, fits).last()?;
    of_mention(passage, mention)
}

/// The first fitting one in a range of words.
fn foremost(passage: &Passage, words: Range<usize>, fits: impl Fn(EntityKind) -> bool) -> Option<Speaker> {
    let mention = fitting(passage, words, fits).next()?;
    of_mention(passage, mention)
}

/// The last fitting one before word `before`, in this block or, failing that, anywhere before it.
fn last_of(passage: &Passage, before: usize, fits: impl Fn(EntityKind) -> bool) -> Option<Speaker> {
    let start = passage.words.get(before)?.span.start;
    let cast = passage.cast;
    let end = cast.mentions.partition_point(|mention| mention.span.start < start);
    let mention = cast.mentions.get(..end)?.iter().rev().find(|m| {
        m.kind != MentionKind::Adjective && cast.entities.get(m.entity).is_some_and(|entity| fits(entity.kind))
    })?;
    of_mention(passage, mention)
}

/// Whom a sentence is about, where a phrase is quoted and no verb says by whom ("He wants “open lines”").
pub(super) fn subject(passage: &Passage, words: Range<usize>) -> Option<Speaker> {
    foremost(passage, words, |kind| !matches!(kind, EntityKind::Place | EntityKind::Group))
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

/// The entity that a noun phrase is about. Its head stands at the end of what comes before any "of", "for", comma or
/// relative clause: there the last person counts, or a mention that reaches the end, or an outlet ("the Dawn newspaper").
fn entity_of(passage: &Passage, span: Span) -> Option<usize> {
    let entities = &passage.cast.entities;
    let mut chosen = None;
    let mut at = span.start;
    for mention in passage.mentions(span) {
        if mention.span.start < at {
            continue;
        }
        let gap = passage.text.get(at as usize..mention.span.start as usize).unwrap_or_default();
        // "a spokesman for Lavrov", "the envoy, a friend of Lavrov": the head has gone by.
        let passed = gap.split_whitespace().any(|word| {
            let bare = word.trim_end_matches(',');
            matches!(class(bare), Class::Linking | Class::Preposition | Class::Relative | Class::That)
        });
        if passed && at > span.start || gap.contains(',') && at > span.start && chosen.is_some() {
            break;
        }
        if passed {
            chosen = None;
        }
        at = mention.span.end;
        let Some(entity) = entities.get(mention.entity) else { continue };
        if mention.kind == MentionKind::Adjective || entity.kind == EntityKind::Place {
            continue;
        }
        let rest = passage.text.get(mention.span.end as usize..span.end as usize).unwrap_or_default();
        let mut following = rest.split_whitespace();
        let next = following.next().unwrap_or_default();
        let ends = next.is_empty()
            || rest.trim_start().starts_with([',', '(', '—', '–'])
            || matches!(
                class(next),
                Class::Linking | Class::Preposition | Class::Relative | Class::Conjunction | Class::That
            );
        let outlet = entity.kind == EntityKind::Outlet && !rest.starts_with(['\'', '’']);
        if ends || outlet {
            chosen = Some(mention.entity);
        }
    }
    chosen
}

/// How the record calls an entity that is no known person: by the words of the text, unless they are a pronoun.
fn name_of(entity: &Entity, text: &str, pronoun: bool) -> String {
    match entity.kind {
        _ if pronoun => entity.name.clone(),
        EntityKind::Outlet => outlet_name(text).to_string(),
        _ => text.to_string(),
    }
}

fn voice_of(entity: &Entity, text: &str) -> VoiceKind {
    match entity.kind {
        EntityKind::Outlet => VoiceKind::Media,
        EntityKind::Person if entity.former => VoiceKind::Expert,
        EntityKind::Person if entity.person.is_none() => {
            noun_voice(text).or_else(|| noun_voice(&entity.name)).unwrap_or(VoiceKind::AnonymousOfficial)
        }
        EntityKind::Person if entity.government.is_some() => VoiceKind::Official,
        // "Spokesman Rosa Quispe": whose she is may not be told, but her office is.
        EntityKind::Person => match noun_voice(text).or_else(|| noun_voice(entity.office.as_deref()?)) {
            Some(VoiceKind::Official | VoiceKind::AnonymousOfficial) => VoiceKind::Official,
            Some(voice) => voice,
            None => VoiceKind::Expert,
        },
        // "US media", "the Pakistani press".
        _ => noun_voice(text).filter(|v| *v == VoiceKind::Media).unwrap_or(VoiceKind::Official),
    }
}

/// Whether a phrase calls those who speak by a common noun alone: "diplomatic sources".
pub(super) fn is_voice(phrase: &str) -> bool {
    noun_voice(phrase).is_some() && !phrase.contains(',') && phrase.starts_with(char::is_lowercase)
}

/// The kind of voice that the head noun of a phrase tells, from `data/said_voices.csv`.
fn noun_voice(phrase: &str) -> Option<VoiceKind> {
    let head = head_noun(phrase).to_lowercase();
    VOICES.get(head.as_str()).copied().flatten()
}

/// The table of nouns, the first line of each.
static VOICES: LazyLock<QuickMap<&str, Option<VoiceKind>>> = LazyLock::new(|| {
    let table = include_str!("../../data/said_voices.csv").lines().skip(1).filter_map(|line| line.split_once(','));
    let mut voices = QuickMap::default();
    for (noun, voice) in table {
        voices.entry(noun).or_insert_with(|| VoiceKind::parse(voice));
    }
    voices
});

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
