//! Flat names of people, organizations and places, known to the tables or not: by capitals, by the words they are made of
//! and by what stands around them.

use super::EntityKind;
use super::scan::{Shape, Words};
use super::words::*;
use super::world::{Entry, Form, World};
use crate::language::Sentence;
use crate::span::Span;

/// The names in the sentences, in order, without titles, without overlap.
pub(super) fn hints(world: &World, text: &str, sentences: &[Sentence]) -> Vec<(Span, EntityKind)> {
    let mut words = Words::new(world, text);
    let mut found: Vec<(Span, EntityKind)> = Vec::new();
    // Single words whose kind the document has told, by their characters.
    let mut told: std::collections::BTreeMap<&str, EntityKind> = std::collections::BTreeMap::new();
    let mut open: Vec<(Span, &str)> = Vec::new();
    for sentence in sentences {
        words.fill(sentence);
        let mut at = 0;
        while at < words.count() {
            let Some((end, kind)) = name(world, &words, at) else {
                at += 1;
                continue;
            };
            let span = words.span((at, end));
            let form = words.text((at, end));
            match kind {
                Some(kind) => {
                    found.push((span, kind));
                    if kind == EntityKind::Person {
                        for index in at..end {
                            if words.shape(index) == Shape::Capital {
                                told.entry(words.word(index)).or_insert(kind);
                            }
                        }
                    } else {
                        told.entry(form).or_insert(kind);
                    }
                }
                None => open.push((span, form)),
            }
            at = end;
        }
    }
    // "Nana Andu … Andu": a name of several words whose last stands alone elsewhere is a person's.
    let alone: std::collections::BTreeSet<&str> =
        open.iter().map(|(_, form)| *form).filter(|form| !form.contains(' ')).collect();
    for (span, form) in &open {
        if let (Some((_, last)), None) = (form.rsplit_once(' '), told.get(form))
            && (alone.contains(last) || told.get(last) == Some(&EntityKind::Person))
        {
            found.push((*span, EntityKind::Person));
            told.entry(last).or_insert(EntityKind::Person);
        }
    }
    for (span, form) in open {
        if let Some(kind) = told.get(form) {
            found.push((span, *kind));
        }
    }
    found.sort_unstable_by_key(|(span, _)| *span);
    found
}

/// The name that begins there: its end, and its kind unless only the rest of the document can tell.
fn name(world: &World, words: &Words, at: usize) -> Option<(usize, Option<EntityKind>)> {
    if !words.capital(at) {
        return None;
    }
    let known = words.name_at(at);
    if let Some((end, Entry::Person(_), _)) = known {
        return Some((words.name_run(at).map_or(end, |(end, _)| end), Some(EntityKind::Person)));
    }
    let end = run(words, at, known.as_ref().map_or(at, |(end, ..)| *end));
    // An organization by its last word, its adjective with it: "Nigerian Police Force", "Ministry of Health".
    let last = end - 1;
    let of = (at..end).find(|&i| words.is(i, "of") || words.is(i, "for"));
    let core = of.map_or(last, |of| of - 1);
    let long = end - at > 1;
    if long && (words.has(core, INSTITUTION) || words.has(last, INSTITUTION)) {
        let titled = (at..end).any(|i| words.has(i, HOLDER) && i + 1 < end && !words.has(i + 1, ORGAN));
        if !titled {
            return Some((end, Some(EntityKind::Organization)));
        }
    }
    if let Some((known_end, entry, _)) = known {
        let kind = match entry {
            Entry::Government(gov, Form::Name | Form::Capital) if !world.governments[gov as usize].organization => {
                EntityKind::Place
            }
            Entry::Place(_) => EntityKind::Place,
            Entry::Government(_, Form::Adjective | Form::People) => return None,
            Entry::Government(..) | Entry::Outlet(_) => EntityKind::Organization,
            Entry::Body(_) => EntityKind::Organization,
            Entry::Office(_) => return None,
            Entry::Person(_) => EntityKind::Person,
        };
        let risky = known_end == at + 1 && world.risky.get(words.cased(at) as usize).copied().unwrap_or(false);
        if !risky || kind == EntityKind::Organization {
            // "Lagos State", "Moscow Region".
            if kind == EntityKind::Place
                && end == known_end + 1
                && words.has(known_end, LANDSCAPE)
                && words.shape(known_end) == Shape::Capital
            {
                return Some((end, Some(kind)));
            }
            return Some((known_end, Some(kind)));
        }
    }
    if words.has(at, FUNCTION | CALENDAR) {
        return None;
    }
    if words.has(at, HOLDER | HONORIFIC | RANK | HOLDERS | STANDING | FORMER) {
        return None;
    }
    let after_title = at > 0 && words.capital(at - 1) && words.has(at - 1, HOLDER | HONORIFIC | RANK)
        || at > 0 && words.has(at - 1, HOLDER);
    if after_title && let Some((end, _)) = words.name_run(at) {
        return Some((end, Some(EntityKind::Person)));
    }
    if words.shape(at) == Shape::Upper && end == at + 1 {
        return Some((end, (words.text((at, end)).len() <= 6).then_some(EntityKind::Organization)));
    }
    if long && words.has(last, LANDSCAPE) && words.shape(last) == Shape::Capital && !words.given_name(at) {
        return Some((end, Some(EntityKind::Place)));
    }
    if long && words.has(at, LANDSCAPE_FIRST) && end - at == 2 {
        return Some((end, Some(EntityKind::Place)));
    }
    let preposition = at > 0 && words.has(at - 1, LOCATIVE) && !words.is(at - 1, "within");
    if words.given_name(at) && long {
        return Some((words.name_run(at).map_or(end, |(end, _)| end), Some(EntityKind::Person)));
    }
    if preposition && end - at <= 2 {
        return Some((end, Some(EntityKind::Place)));
    }
    // Chinese, Korean and Vietnamese names.
    let family = world.given.get(words.cased(at) as usize).copied().unwrap_or(0) & 4 != 0;
    if long && family && end - at <= 3 && of.is_none() {
        return Some((words.name_run(at).map_or(end, |(end, _)| end), Some(EntityKind::Person)));
    }
    // "Ama Boateng, 45,", "Ama Boateng, who".
    let told_of = words.is(end, ",") && (words.shape(end + 1) == Shape::Digit || words.is(end + 1, "who"));
    if long && told_of && end - at <= 4 {
        return Some((end, Some(EntityKind::Person)));
    }
    let speaks = ["said", "says", "told", "added"].iter().any(|verb| words.is(end, verb)) && end - at <= 2;
    Some((end, if speaks && at > 0 { Some(EntityKind::Person) } else { None }))
}

/// The end of the run of capitalised words that begins there; "of", "and", "for", "the" may stand inside an organization's.
fn run(words: &Words, at: usize, least: usize) -> usize {
    let mut end = (at + 1).max(least);
    while end < words.count() && end < at + 9 {
        if words.possessive(end) {
            break;
        }
        if words.capital(end) && !(words.has(end, FUNCTION | CALENDAR) && words.shape(end) != Shape::Initial) {
            end += 1;
            continue;
        }
        let inner = ["of", "for", "and", "&", "the", "on", "de", "do", "da", "del", "la", "al"]
            .iter()
            .any(|w| words.is(end, w));
        if inner {
            let next = if words.is(end + 1, "the") { end + 2 } else { end + 1 };
            let institution = (at..end).any(|i| words.has(i, INSTITUTION));
            let joins = words.is(end, "of") || words.is(end, "for") || words.is(end, "on");
            let foreign = ["de", "do", "da", "del", "la", "al"].iter().any(|w| words.is(end, w));
            let and = (words.is(end, "and") || words.is(end, "&"))
                && (at..end).any(|i| words.is(i, "of") || words.is(i, "for"));
            if words.capital(next)
                && !words.has(next, CALENDAR)
                && (institution && (joins || and) || foreign || words.is(end, "&"))
            {
                end = next + 1;
                continue;
            }
        }
        break;
    }
    end
}
