//! What one voice says about one contact: rules over the tree and the mentions.
//!
//! A *contact rule* finds the words that mean a contact and the parties around them; *turn rules* above it say what became
//! of it (asked for, refused, put off); mood, negation and the statement it stands in say how real it is and who answers
//! for it. The rules are data (`rules/*.md`); this module is the machine that runs them.

pub mod grammar;
pub mod rules;
pub mod triggers;

use crate::codes::{Channel, DateBasis, DisputeAbout, Role, Stance, Status, StepKind};
use crate::language::{Deprel, Sentence, Upos, Xpos, lemma};
use crate::page::Page;
use crate::said::Statement;
use crate::span::Span;
use crate::when::{TimeExpression, TimeKind};
use crate::who::{Cast, EntityKind, MentionKind};
use grammar::{Mood, Scene};
use rules::{Asker, Effect, Rule, Rules, WordClass};
use std::borrow::Cow;

/// One side of a contact, as one account tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// ISO 3166-1 alpha-3, or the organization's code.
    pub government: String,
    /// Full name, where a person is meant.
    pub person: Option<String>,
    /// Office.
    pub office: Option<String>,
    /// What it did.
    pub role: Option<Role>,
}

/// A date with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// EDTF.
    pub edtf: String,
    /// Stated or resolved.
    pub basis: DateBasis,
}

/// What an account is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A contact that its own words name.
    Contact,
    /// What became of a contact that was told before ("China declined it").
    Turn,
    /// Somebody's rejection of what was told before, on this point.
    Dispute(Option<DisputeAbout>),
}

/// What one voice says about one contact, before it is known which contact that is.
#[derive(Clone, Debug)]
pub struct Account {
    /// The rules that made it: the contact rule, then the turns from the innermost out.
    pub rules: Vec<String>,
    /// The words that the rules matched.
    pub words: Vec<Span>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The word that names the contact, or the turn.
    pub anchor: Span,
    /// The characters that carry it.
    pub evidence: Span,
    /// What it is about.
    pub subject: Subject,
    /// Through what it went, where the words say.
    pub channel: Channel,
    /// The parties that the words name.
    pub parties: Vec<Party>,
    /// Where this account leaves the contact.
    pub status: Status,
    /// The step that it tells.
    pub step: Option<StepKind>,
    /// The government that takes the step.
    pub by: Option<String>,
    /// The government that asked for the contact.
    pub initiator: Option<String>,
    /// Asserted, denied, hedged.
    pub stance: Stance,
    /// The statement that it stands in, as an index; `None` for the reporter's own voice.
    pub statement: Option<usize>,
    /// Who says so, where the sentence itself tells it without a statement ("Kyiv denies it"), as an index of the cast.
    pub voice: Option<usize>,
    /// When the contact was or is to be.
    pub when: Option<Dated>,
    /// When the step was taken, where that is another date.
    pub step_when: Option<Dated>,
    /// Where it took place.
    pub place: Option<Span>,
    /// Country of that place.
    pub place_country: Option<String>,
    /// How long it lasted.
    pub minutes: Option<f64>,
    /// What it was about.
    pub topics: Vec<Span>,
    /// Why it did not happen.
    pub reason: Option<Span>,
    /// What came of it.
    pub outcome: Option<Span>,
    /// How somebody described it.
    pub tone: Option<Span>,
    /// How often it was tried.
    pub attempts: Option<u32>,
    /// Whether its parties are only pointed at ("the two", "both"): those of the contact told last are meant.
    pub pointed: bool,
    /// Whether the words refer back ("the call", "their meeting").
    pub definite: bool,
    /// Whether the clause goes on from the one before ("then", "later that day").
    pub sequel: bool,
    /// Whether the words set it apart from one told before ("again", "another", "last met").
    pub fresh: bool,
    /// Whether its words can mean a mere attempt ("called").
    pub attempt: bool,
    /// Whether it is only thought of ("if they meet"): it may support a contact and never makes one.
    pub hypothetical: bool,
    /// How real the verb form tells it.
    pub mood: Mood,
    /// Whether it only tells at whose wish the contact came about ("at Qatar's request").
    pub at_wish: bool,
}

/// What the stage reads.
pub struct Material<'a> {
    /// The article.
    pub page: &'a Page,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Who is in it.
    pub cast: &'a Cast,
    /// Its time expressions.
    pub times: &'a [TimeExpression],
    /// Who says what.
    pub statements: &'a [Statement],
}

/// A place where the words of a rule stand.
#[derive(Clone, Debug)]
struct Occurrence<'r> {
    rule: &'r Rule,
    token: usize,
    words: Vec<usize>,
}

/// Words of a clause that tell through what "they spoke" or "a conversation" went.
const CHANNEL_WORDS: &[(&str, Channel)] = &[
    ("phone", Channel::Call),
    ("telephone", Channel::Call),
    ("hotline", Channel::Call),
    ("telephonic", Channel::Call),
    ("video", Channel::Video),
    ("videoconference", Channel::Video),
    ("virtual", Channel::Video),
    ("virtually", Channel::Video),
    ("teleconference", Channel::Video),
];

/// Words for what is sent, after "in" or "by": "told him in a letter".
const SENT_WORDS: &[&str] = &["letter", "message", "telegram", "note", "cable"];

/// Words for what somebody else has told.
const REJECTABLE: &[&str] =
    &["report", "claim", "account", "version", "story", "allegation", "assertion", "rumor", "rumour", "publication"];

/// Words for how a conversation was.
const TONES: &[&str] = &[
    "angry",
    "businesslike",
    "candid",
    "constructive",
    "cordial",
    "courteous",
    "frank",
    "friendly",
    "fruitful",
    "heated",
    "positive",
    "productive",
    "professional",
    "substantive",
    "tense",
    "testy",
    "thorough",
    "useful",
    "warm",
];

/// Words that set a contact apart from one told before.
const FRESH: &[&str] = &[
    "again",
    "another",
    "separate",
    "separately",
    "earlier",
    "previous",
    "previously",
    "second",
    "third",
    "last",
    "latest",
    "later",
    "next",
    "more",
];

/// Finds the accounts of an article, in order of their place.
pub fn find(rules: &Rules, material: &Material) -> Vec<Account> {
    let mut accounts = Vec::new();
    for (index, sentence) in material.sentences.iter().enumerate() {
        if !sentence.parsed || sentence.tokens.len() > 400 {
            continue;
        }
        let scene = Scene::new(&material.page.text, sentence, index, material.cast);
        let occurrences = occurrences(&scene, rules);
        if !occurrences.is_empty() {
            let before = accounts.len();
            Finder { scene, occurrences, material }.find(&mut accounts);
            accounts[before..].sort_by_key(|a| a.anchor.start);
        }
    }
    accounts
}

/// The places where words of rules stand in a sentence, longer entries before the shorter ones that they contain.
fn occurrences<'r>(scene: &Scene, rules: &'r Rules) -> Vec<Occurrence<'r>> {
    let mut found: Vec<Occurrence> = Vec::new();
    for token in 0..scene.lemmas.len() {
        let mut here: Vec<Occurrence> = Vec::new();
        // The form itself goes before its dictionary form: "talks" are not a talk.
        let participle = misread_verb(scene, token);
        for first in [&scene.lower[token], &scene.lemmas[token]].into_iter().chain(&participle) {
            for (_, rule, entry) in rules.starting_with(first) {
                let (class, words) = &rule.words[entry];
                if let Some((head, words)) = match_entry(scene, token, *class, words)
                    && !here.iter().any(|o| std::ptr::eq(o.rule, rule))
                {
                    here.push(Occurrence { rule, token: head, words });
                }
            }
            if !here.is_empty() {
                break;
            }
        }
        let longest = here.iter().map(|o| o.words.len()).max().unwrap_or(0);
        here.retain(|o| o.words.len() == longest);
        found.extend(here);
    }
    // "No response" is no response.
    let longer: Vec<Vec<usize>> = found.iter().map(|o| o.words.clone()).collect();
    found.retain(|o| !longer.iter().any(|w| w.len() > o.words.len() && o.words.iter().all(|t| w.contains(t))));
    found
}

/// The dictionary form of a past tense that the tagger took for a noun or an adjective: "disagreed", "chatted".
fn misread_verb(scene: &Scene, token: usize) -> Option<String> {
    let at = &scene.sentence.tokens[token];
    let taken = matches!(at.upos, Upos::Noun | Upos::Adj | Upos::Adv);
    let described = scene.child(token, &[Deprel::Det, Deprel::Cop]).is_some()
        || matches!(at.deprel, Deprel::Amod | Deprel::Compound | Deprel::Advmod);
    (taken && !described && scene.lower[token].ends_with("ed"))
        .then(|| lemma(at.span.of(scene.text), Upos::Verb).to_string())
}

/// Matches one entry whose first word stands at `token`; gives the token that carries the meaning and all matched tokens.
fn match_entry(scene: &Scene, token: usize, class: WordClass, words: &[String]) -> Option<(usize, Vec<usize>)> {
    let n = scene.lemmas.len();
    let right_class = |token: usize| match class {
        WordClass::Verb => {
            scene.sentence.tokens[token].upos == Upos::Verb || misread_verb(scene, token).is_some_and(|v| v == words[0])
        }
        WordClass::Noun => scene.is_noun(token),
        WordClass::Adjective => {
            matches!(scene.sentence.tokens[token].upos, Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun)
        }
    };
    match class {
        // A noun of several words ends in its head ("phone call"), and so does "too short".
        WordClass::Noun | WordClass::Adjective if class == WordClass::Noun || words.len() > 1 => {
            let end = token + words.len();
            let fits = end <= n
                && words.iter().enumerate().all(|(i, w)| scene.lemmas[token + i] == *w || scene.lower[token + i] == *w)
                && right_class(end - 1);
            fits.then(|| (end - 1, (token..end).collect()))
        }
        // The particles of a verb follow it, near by: "turned the offer down".
        _ => {
            if !right_class(token) {
                return None;
            }
            let mut matched = vec![token];
            for word in &words[1..] {
                let from = matched[matched.len() - 1] + 1;
                let child = scene.children(token).iter().copied().find(|c| *c >= from && scene.lower[*c] == *word);
                // "Come to the telephone": an article between counts for nothing.
                let article = scene
                    .lower
                    .get(from)
                    .is_some_and(|w| matches!(w.as_str(), "the" | "a" | "his" | "her" | "it" | "them" | "him"));
                let near = (from..n.min(from + 1 + usize::from(article)))
                    .find(|t| scene.lower[*t] == *word || scene.lemmas[*t] == *word);
                matched.push(child.or(near)?);
            }
            Some((token, matched))
        }
    }
}

struct Finder<'a, 'r> {
    scene: Scene<'a>,
    occurrences: Vec<Occurrence<'r>>,
    material: &'a Material<'a>,
}

/// What stands at an argument: a party, with the token it was found at.
#[derive(Clone, Debug)]
struct Found {
    token: usize,
    party: Party,
    /// Whether it was found through "the two" or the like.
    pointed: bool,
    /// The entity, as an index of the cast.
    entity: Option<usize>,
}

impl Finder<'_, '_> {
    fn find(&self, accounts: &mut Vec<Account>) {
        let mut used = vec![false; self.occurrences.len()];
        for (at, contact) in self.occurrences.iter().enumerate() {
            if let Effect::Contact(channel) = contact.rule.effect {
                let turns = self.turns_over(contact);
                for turn in &turns {
                    used[*turn] = true;
                }
                used[at] = true;
                self.contact(contact, channel, &turns, accounts);
            }
        }
        for (at, turn) in self.occurrences.iter().enumerate() {
            if !used[at] {
                self.alone(turn, accounts);
            }
        }
    }

    /// The turns that a contact stands under, innermost first.
    fn turns_over(&self, contact: &Occurrence) -> Vec<usize> {
        let scene = &self.scene;
        let mut found: Vec<(usize, usize)> = Vec::new();
        // The words from which the contact can be reached, with the number of steps: itself, then up the tree through
        // links that keep it the same event.
        let mut chain = vec![contact.token];
        let mut at = contact.token;
        for _ in 0..8 {
            let Some(head) = scene.sentence.head(at) else { break };
            let passes = match scene.deprel(at) {
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Conj | Deprel::AclRelcl => true,
                Deprel::Nmod => {
                    let counted = matches!(
                        scene.lemmas[head].as_str(),
                        "round" | "series" | "number" | "set" | "kind" | "couple" | "spate" | "flurry"
                    );
                    let turn =
                        self.occurrences.iter().any(|o| o.token == head && matches!(o.rule.effect, Effect::Turn(_)));
                    (counted || turn)
                        && matches!(self.preposition(at).as_deref(), Some("of" | "for" | "on" | "to" | "about"))
                }
                // "Plans to go to Moscow for a summit".
                Deprel::Obl if self.preposition(at).as_deref() == Some("for") && scene.is_verb(head) => {
                    matches!(
                        scene.lemmas[head].as_str(),
                        "go" | "come" | "travel" | "fly" | "leave" | "arrive" | "head"
                    )
                }
                _ => {
                    // Up from an argument of a turn ("request for [a call]", "placed [a call]"): the turn stands for it.
                    self.occurrences.iter().any(|o| o.token == head && matches!(o.rule.effect, Effect::Turn(_)))
                }
            };
            if !passes {
                break;
            }
            chain.push(head);
            at = head;
        }
        for (number, turn) in self.occurrences.iter().enumerate() {
            if matches!(turn.rule.effect, Effect::Contact(_)) || turn.words.contains(&contact.token) {
                continue;
            }
            // "Denied that he had written" is no refusal; "her request was denied" is one.
            if scene.lemmas[turn.token] == "deny" && !scene.is_passive(turn.token) {
                continue;
            }
            if turn.rule.needs_duration && self.minutes(&turn.words).is_none() {
                continue;
            }
            let arguments = scene.arguments(turn.token);
            let depth = chain.iter().position(|link| {
                arguments.iter().any(|(function, token)| {
                    turn.rule.about.iter().any(|a| a == function) && scene.coordinated(*token).contains(link)
                })
            });
            if let Some(depth) = depth {
                found.push((depth, number));
            }
        }
        found.sort_unstable();
        let mut turns: Vec<usize> = found.into_iter().map(|(_, number)| number).collect();
        // What a participle tells ("the visit, planned for Sunday, was postponed") is not all.
        let inner = turns
            .iter()
            .all(|t| matches!(scene.deprel(self.occurrences[*t].token), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod));
        if inner {
            let by_order = self.turns_by_order(contact, &turns);
            turns.extend(by_order);
        }
        turns
    }

    /// The turns that the tree did not link, by the order of words: "the visit …, was postponed", "putting off the trip".
    fn turns_by_order(&self, contact: &Occurrence, known: &[usize]) -> Vec<usize> {
        let scene = &self.scene;
        if !scene.is_noun(contact.token) {
            return Vec::new();
        }
        let verb_between = |from: usize, to: usize| {
            (from..to).any(|t| {
                let plain = scene.is_verb(t) && !matches!(scene.deprel(t), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
                plain && !self.is_subordinate(t)
            })
        };
        let other_contact_between = |from: usize, to: usize| {
            self.occurrences
                .iter()
                .any(|o| matches!(o.rule.effect, Effect::Contact(_)) && (from..to).contains(&o.token))
        };
        let fits = |number: &usize| {
            let turn = &self.occurrences[*number];
            let Effect::Turn(status) = turn.rule.effect else { return false };
            if self.is_subordinate(turn.token) && !scene.is_passive(turn.token) {
                return false;
            }
            if !scene.is_verb(turn.token) || turn.words.contains(&contact.token) {
                return false;
            }
            let last = turn.words.iter().copied().max().unwrap_or(turn.token);
            let takes = |place: &str| turn.rule.about.iter().any(|a| a == place);
            let after = contact.token < turn.token;
            let (from, to, reach) =
                if after { (contact.token + 1, turn.token, 30) } else { (last + 1, contact.token, 6) };
            let fits = match (after, scene.is_passive(turn.token)) {
                (true, true) => takes("object") && status != Status::Held,
                (true, false) => takes("subject"),
                (false, passive) => takes("object") && !passive && status != Status::Held,
            };
            fits && from <= to && to - from <= reach && !verb_between(from, to) && !other_contact_between(from, to)
        };
        (0..self.occurrences.len()).filter(|number| !known.contains(number)).filter(fits).collect()
    }

    /// Whether a verb only describes a noun: "the visit planned for Sunday", "which they had planned". A finite verb without
    /// a relative pronoun that the parser hung on a noun does not.
    fn is_subordinate(&self, token: usize) -> bool {
        let scene = &self.scene;
        let finite = matches!(scene.sentence.tokens[token].xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP);
        let pronoun = || {
            scene
                .children(token)
                .iter()
                .any(|c| matches!(scene.lower[*c].as_str(), "that" | "which" | "who" | "whom" | "where" | "when"))
        };
        match scene.deprel(token) {
            Deprel::AclRelcl => true,
            Deprel::Acl => !finite || pronoun(),
            _ => false,
        }
    }

    fn preposition(&self, token: usize) -> Option<String> {
        self.scene.preposition(token)
    }

    /// The parties that stand at an argument, with what is coordinated with it.
    fn parties_at(&self, token: usize, places: bool) -> Vec<Found> {
        let mut found = Vec::new();
        for token in self.scene.coordinated(token) {
            if !self.party_of_token(token, places, &mut found) {
                // "top officials at NATO", "the leaders of France": the head names nobody, what hangs on it does.
                for below in self.scene.subtree(token) {
                    let near = self
                        .scene
                        .ancestors(below)
                        .iter()
                        .take_while(|a| **a != token)
                        .all(|a| !matches!(self.scene.deprel(*a), Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl));
                    let clause = matches!(
                        self.scene.deprel(below),
                        Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Conj
                    );
                    let before = found.len();
                    if below != token && near && !clause && self.party_of_token(below, false, &mut found) {
                        // "His host" is not he, "her aides" are not she: what they share is the government at most.
                        if self.scene.deprel(below) == Deprel::NmodPoss {
                            if matches!(self.scene.lemmas[token].as_str(), "host" | "guest" | "counterpart" | "rival") {
                                found.truncate(before);
                                continue;
                            }
                            for possessor in &mut found[before..] {
                                possessor.party.person = None;
                                possessor.party.office = None;
                            }
                        }
                        break;
                    }
                }
            }
        }
        found
    }

    /// Adds the party that a token names; false where it names none.
    fn party_of_token(&self, token: usize, places: bool, found: &mut Vec<Found>) -> bool {
        let cast = self.material.cast;
        if let Some(&mention) = self.scene.mentions_at(token).first() {
            let before = found.len();
            let mut named = self.party_of_entity(cast.mentions[mention].entity, token, places, found);
            if !named && let Some(party) = self.person_of_a_country(mention) {
                found.push(Found { token, party, pointed: false, entity: Some(cast.mentions[mention].entity) });
                named = true;
            }
            let plural = matches!(cast.mentions[mention].kind, MentionKind::Group | MentionKind::Pronoun)
                && cast.entities.get(cast.mentions[mention].entity).is_some_and(|e| e.kind == EntityKind::Group);
            let pointed =
                plural && !cast.mentions[mention].span.of(self.scene.text).chars().skip(1).any(char::is_uppercase);
            for new in &mut found[before..] {
                new.pointed = pointed;
            }
            return named;
        }
        // "We received no request": the speaker's side; "I called him": the speaker.
        let first_person = match self.scene.lower[token].as_str() {
            "i" | "me" | "my" | "myself" => Some(true),
            "we" | "us" | "our" | "ourselves" => Some(false),
            _ => None,
        };
        if let Some(alone) = first_person
            && let Some(statement) = self.statement_at(self.scene.sentence.tokens[token].span)
            && let Some(speaker) = self.material.statements[statement].speaker
            && let Some(government) = &cast.entities[speaker].government
        {
            let entity = &cast.entities[speaker];
            let party = Party {
                government: government.clone(),
                person: if alone { entity.person.clone() } else { None },
                office: if alone { entity.office.clone() } else { None },
                role: None,
            };
            found.push(Found { token, party, pointed: false, entity: Some(speaker) });
            return true;
        }
        false
    }

    /// A person whose country stands right after the name: "Crown Prince Mishal of Kuwait".
    fn person_of_a_country(&self, mention: usize) -> Option<Party> {
        let cast = self.material.cast;
        let at = &cast.mentions[mention];
        let person = cast.entities.get(at.entity).filter(|e| e.kind == EntityKind::Person && e.government.is_none())?;
        let after = self.scene.lower.get(at.end)?;
        let country = (matches!(after.as_str(), "of" | "from" | ",")).then(|| {
            (at.end + 1..(at.end + 3).min(self.scene.lower.len())).find_map(|t| self.scene.mentions_at(t).first())
        })??;
        let country = cast.entities.get(cast.mentions[*country].entity)?;
        matches!(country.kind, EntityKind::Government | EntityKind::Place).then_some(())?;
        Some(Party {
            government: country.government.clone()?,
            person: person.person.clone(),
            office: person.office.clone(),
            role: None,
        })
    }

    fn party_of_entity(&self, entity: usize, token: usize, places: bool, found: &mut Vec<Found>) -> bool {
        let cast = self.material.cast;
        let number = entity;
        let Some(entity) = cast.entities.get(number) else { return false };
        match entity.kind {
            EntityKind::Group => {
                let before = found.len();
                for &member in &entity.members {
                    if cast.entities.get(member).is_some_and(|m| m.kind != EntityKind::Group) {
                        self.party_of_entity(member, token, places, found);
                    }
                }
                found.len() > before
            }
            EntityKind::Outlet => false,
            // Who speaks for a government to the press does not take part in what is spoken of.
            EntityKind::Person if entity.office_kind.as_deref().is_some_and(|k| k.starts_with("spokes")) => true,
            EntityKind::Place if !places => false,
            _ => match &entity.government {
                Some(government) => {
                    let party = Party {
                        government: government.clone(),
                        person: entity.person.clone(),
                        office: entity.office.clone(),
                        role: None,
                    };
                    if !found.iter().any(|f| f.party == party) {
                        found.push(Found { token, party, pointed: false, entity: Some(number) });
                    }
                    true
                }
                None => false,
            },
        }
    }

    fn statement_at(&self, span: Span) -> Option<usize> {
        crate::said::innermost(self.material.statements, span)
    }

    fn contact(&self, contact: &Occurrence, channel: Channel, turns: &[usize], accounts: &mut Vec<Account>) {
        let scene = &self.scene;
        let rule = contact.rule;
        if self.is_venue(contact) {
            return;
        }
        // "Invited him to a summit": the summit is what is told of.
        if rule.status.is_some() {
            let below = scene.subtree(contact.token);
            let named = |o: &Occurrence| matches!(o.rule.effect, Effect::Contact(_)) && o.token != contact.token;
            if self.occurrences.iter().any(|o| named(o) && (below.contains(&o.token) || self.stands_under(o, contact)))
            {
                return;
            }
        }
        let mut chain = contact.words.clone();
        let mut parties: Vec<Found> = Vec::new();
        let add = |parties: &mut Vec<Found>, found: Vec<Found>, role: Option<Role>| {
            for mut f in found {
                let known = parties.iter_mut().find(|p| {
                    p.party.government == f.party.government
                        && (p.party.person == f.party.person || f.party.person.is_none())
                });
                match known {
                    Some(known) => known.party.role = known.party.role.or(role),
                    None => {
                        // A person says more than the government that stood in another place.
                        if f.party.person.is_some()
                            && let Some(bare) = parties
                                .iter_mut()
                                .find(|p| p.party.government == f.party.government && p.party.person.is_none())
                        {
                            bare.pointed = false;
                            bare.party.person = f.party.person;
                            bare.party.office = f.party.office;
                            bare.party.role = bare.party.role.or(role);
                        } else {
                            f.party.role = role;
                            parties.push(f);
                        }
                    }
                }
            }
        };
        let governments = |parties: &[Found]| {
            let mut all: Vec<&str> = parties.iter().map(|p| p.party.government.as_str()).collect();
            all.sort_unstable();
            all.dedup();
            all.len()
        };
        let arguments = self.contact_arguments(contact.token);
        for (role, places) in &rule.roles {
            for place in places {
                for (_, token) in arguments.iter().filter(|(function, _)| function == place) {
                    let territorial = matches!(role, Role::Host);
                    add(&mut parties, self.parties_at(*token, territorial), Some(*role));
                }
            }
        }
        if scene.sentence.tokens[contact.token].upos == Upos::Verb {
            if channel != Channel::Visit {
                self.fill_in(contact, &mut parties);
            }
        } else if governments(&parties) < 2 {
            add(&mut parties, self.named_after(contact), None);
        }
        // "Rejected reports that he had called": what is rejected is the report, not the call.
        let rejected = self.rejected();
        let turns: Vec<usize> = turns
            .iter()
            .copied()
            .filter(|t| {
                let same_word = |o: &Occurrence| {
                    matches!(o.rule.effect, Effect::Dispute(_)) && o.token == self.occurrences[*t].token
                };
                rejected.is_none() || !self.occurrences.iter().any(same_word)
            })
            .collect();
        let turns = turns.as_slice();
        let mut initiator = None;
        let mut by = None;
        let mut rules = vec![rule.id.clone()];
        if rule.strict && self.takes_a_thing(contact) {
            return;
        }
        // "On the margins of the ASEAN meetings" is where.
        let margin = |t: usize| matches!(scene.lemmas[t].as_str(), "margin" | "sideline" | "fringe" | "edge");
        if scene.is_noun(contact.token) && scene.sentence.head(contact.token).is_some_and(margin) {
            return;
        }
        parties.retain(|f| !scene.ancestors(f.token).into_iter().take(3).any(margin));
        if rule.needs_turn && turns.is_empty() {
            return;
        }
        // "Contacted us with the message that": it is what was told, not how.
        if channel == Channel::Message
            && scene.is_noun(contact.token)
            && self.preposition(contact.token).as_deref() == Some("with")
        {
            return;
        }
        let answered_to = |p: &Found| p.party.role == Some(Role::Recipient);
        if rule.needs_recipient && governments(&parties) >= 2 && !parties.iter().any(answered_to) {
            return;
        }
        if rule.needs_persons && turns.is_empty() {
            // "Saw him as a friend" is an opinion.
            let opinion = arguments.iter().any(|(f, _)| matches!(f.as_ref(), "as" | "clause"));
            let hosted = rule.roles.iter().any(|(role, _)| *role == Role::Host);
            let human = |p: &&Found| {
                p.party.person.is_some()
                    || p.entity
                        .and_then(|e| self.material.cast.entities.get(e))
                        .is_some_and(|e| e.kind == EntityKind::Person)
                    || matches!(scene.lemmas[p.token].as_str(), "delegation" | "team" | "mission")
            };
            let people = parties.iter().filter(human).count();
            if opinion || people == 0 || people < parties.len() && !hosted {
                return;
            }
        }
        if !rule.under.is_empty() && !self.preposition(contact.token).is_some_and(|p| rule.under.contains(&p)) {
            return;
        }
        for &number in turns {
            let turn = &self.occurrences[number];
            rules.push(turn.rule.id.clone());
            chain.extend(&turn.words);
            let turn_arguments = scene.arguments(turn.token);
            let mut side = Vec::new();
            for place in &turn.rule.by {
                for (_, token) in turn_arguments.iter().filter(|(function, _)| function == place) {
                    side.extend(self.parties_at(*token, false));
                }
            }
            if side.is_empty()
                && turn.rule.by.iter().any(|b| b == "subject")
                && scene.is_verb(turn.token)
                && !scene.is_passive(turn.token)
            {
                side = self.named_before(turn.token);
            }
            let side_government = side.first().map(|f| f.party.government.clone());
            let role = match turn.rule.initiator {
                Some(Asker::By) => Some(Role::Initiator),
                Some(Asker::Other) => Some(Role::Recipient),
                None => None,
            };
            // "Trump had asked Abe to tell the Iranians": who stands outside brings the others together at most.
            let outside = governments(&parties) >= 2
                && side_government.as_ref().is_some_and(|g| parties.iter().all(|p| p.party.government != *g));
            if outside {
                if turn.rule.step != Some(StepKind::Requested) {
                    add(&mut parties, side, Some(Role::Mediator));
                }
                by = by.or(side_government);
                continue;
            }
            add(&mut parties, side, role);
            // "Turned down an invitation from Hague to a meeting": whose invitation it was.
            for (_, token) in &turn_arguments {
                let noun = self
                    .occurrences
                    .iter()
                    .find(|o| o.token == *token && matches!(o.rule.effect, Effect::Turn(_)) && scene.is_noun(o.token));
                if let Some(noun) = noun.filter(|n| !chain.contains(&n.token)) {
                    chain.extend(&noun.words);
                    rules.push(noun.rule.id.clone());
                    let mut asker = Vec::new();
                    for (_, token) in
                        scene.arguments(noun.token).iter().filter(|(f, _)| noun.rule.by.iter().any(|b| b == f))
                    {
                        asker.extend(self.parties_at(*token, false));
                    }
                    if noun.rule.initiator == Some(Asker::By) {
                        initiator = asker.first().map(|f| f.party.government.clone()).or(initiator);
                    }
                    add(&mut parties, asker, Some(Role::Initiator));
                }
            }
            for (function, token) in &turn_arguments {
                let other_object =
                    function == "object" && !chain.contains(token) && turn.rule.initiator == Some(Asker::By);
                if matches!(function.as_ref(), "with" | "to" | "from" | "between") || other_object {
                    let places = channel == Channel::Visit && function == "to";
                    add(&mut parties, self.parties_at(*token, places), places.then_some(Role::Host));
                }
            }
            if by.is_none() || side_government.is_some() {
                by = side_government.clone().or(by);
            }
            match turn.rule.initiator {
                Some(Asker::By) => initiator = side_government.or(initiator),
                Some(Asker::Other) if initiator.is_none() => {
                    initiator = parties
                        .iter()
                        .map(|p| &p.party.government)
                        .find(|g| Some(*g) != side_government.as_ref())
                        .cloned();
                }
                _ => {}
            }
        }
        // "In a call with Blinken, Lavrov said": who speaks in the clause takes part.
        let weak = if scene.is_noun(contact.token) { self.parties_beside(contact.token, turns) } else { Vec::new() };
        // "He and his counterpart signed it at a bilateral meeting".
        let both = governments(&parties) == 0
            && governments(&weak) >= 2
            && !self.is_definite(contact.token)
            && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "at" | "in" | "during" | "after"));
        if governments(&parties) == 1 || both {
            add(&mut parties, weak, None);
        }
        let span = scene.sentence.tokens[contact.token].span;
        let statement = self.statement_at(span);
        // Who tells of it, outside of what he tells, has not taken part by telling.
        if let Some(told) = statement.map(|s| &self.material.statements[s])
            && let Some(source) = told.source
        {
            let outside = |f: &Found| {
                let at = scene.sentence.tokens[f.token].span;
                source.contains(at) && !told.content.iter().any(|content| content.contains(at))
            };
            if parties
                .iter()
                .filter(|f| !outside(f))
                .map(|f| &f.party.government)
                .any(|g| parties.iter().any(|f| !outside(f) && f.party.government != *g))
            {
                parties.retain(|f| !outside(f));
            } else {
                for f in parties.iter_mut().filter(|f| outside(f)) {
                    f.party.person = None;
                    f.party.office = None;
                }
            }
        }
        let reading = self.status(contact, turns);
        // "There was no such call": one that was spoken of.
        // "Her meetings in Dubai", "border encounters", "the Summit of the Americas": several, or the name of an event.
        let noun = scene.is_noun(contact.token) && !matches!(channel, Channel::Talks | Channel::Message);
        let several = scene.sentence.tokens[contact.token].xpos == Xpos::NNS;
        let event = contact.token > 0
            && scene.sentence.tokens[contact.token].span.of(scene.text).starts_with(char::is_uppercase)
            && !scene.child(contact.token, &[Deprel::Det]).is_some_and(|d| scene.lower[d] == "a");
        if noun && (several && !turns.iter().any(|t| self.is_failing(*t)) || event) && governments(&parties) < 2 {
            return;
        }
        // Two who go to a third place do not visit each other.
        let bound = parties.iter().any(|p| p.party.role == Some(Role::Host));
        if rule.strict && channel == Channel::Visit && !bound && governments(&parties) >= 2 {
            return;
        }
        let definite = self.is_definite(contact.token)
            || reading.negated
                && scene.is_noun(contact.token)
                && scene.children(contact.token).iter().any(|c| scene.lower[*c] == "no");
        let pronominal =
            parties.is_empty() && !scene.is_noun(contact.token) && self.has_plural_pronoun_subject(contact.token);
        let definite = definite || pronominal;
        if pronominal {
            // "They talked": who they are is for the contact told last to say.
        } else if governments(&parties) == 1
            && rule.needs_recipient
            && turns.is_empty()
            && parties[0].party.role == Some(Role::Initiator)
            && !arguments.iter().any(|(f, _)| matches!(f.as_ref(), "object" | "to" | "with"))
        {
            // "It was the United States that had reached out": whose wish the contact told before was.
            accounts.push(self.wish(contact, parties, statement));
            return;
        } else if governments(&parties) < 2 {
            // "A call from Obama", "is expected to visit later": who the other side is has been told before.
            let addressed = scene.is_noun(contact.token)
                && parties.iter().any(|p| p.party.role.is_some() && p.party.person.is_some());
            let elliptic = channel == Channel::Visit
                && !turns.is_empty()
                && !arguments.iter().any(|(f, _)| matches!(f.as_ref(), "object" | "to"));
            // "Peru had sent its first note": to whom has been told.
            let sent = rule.strict
                && channel == Channel::Message
                && !turns.is_empty()
                && parties.iter().any(|p| p.party.role == Some(Role::Initiator))
                && !arguments.iter().any(|(f, _)| f == "to")
                && turns.iter().all(|t| {
                    scene
                        .arguments(self.occurrences[*t].token)
                        .iter()
                        .all(|(f, a)| f != "to" && (f != "object" || chain.contains(a)))
                });
            // "Asked to speak", "is interested in talking by phone": with whom has been told.
            let wished = !scene.is_noun(contact.token)
                && matches!(channel, Channel::Unspecified | Channel::Call | Channel::Meeting)
                && turns.iter().any(|t| self.occurrences[*t].rule.initiator == Some(Asker::By))
                && !arguments.iter().any(|(f, _)| matches!(f.as_ref(), "object" | "to" | "with"))
                && rule.roles.iter().any(|(_, places)| places.iter().any(|p| p == "with"));
            let told = sent || wished || !rule.strict && (definite || addressed || !turns.is_empty()) || elliptic;
            if !told || parties.is_empty() && !definite && turns.is_empty() {
                return;
            }
        }
        let place_initiator = parties
            .iter()
            .find(|p| {
                // Who invites has asked.
                p.party.role == Some(Role::Initiator) || rule.status.is_some() && p.party.role == Some(Role::Host)
            })
            .map(|p| p.party.government.clone())
            .filter(|_| rule.status.is_some() || rule.roles.iter().any(|(role, _)| *role == Role::Initiator));
        let initiator = initiator.or(place_initiator);
        let mut channel = channel;
        if matches!(channel, Channel::Unspecified | Channel::Meeting | Channel::Talks) {
            let told = self.channel_told(contact.token, &chain);
            channel = told.filter(|t| *t != Channel::Message || channel == Channel::Unspecified).unwrap_or(channel);
        }
        // Words from government to government with nobody, no day and no channel are relations, not a contact.
        if rule.vague && channel == Channel::Unspecified && parties.iter().all(|p| p.party.person.is_none()) {
            return;
        }
        let dates = self.dates(&chain, turns);
        let (place, place_country) = self.place(&chain);
        if rejected.is_some() {
            rules.push("dispute-reject".to_string());
        }
        let stance = match statement.map(|s| self.material.statements[s].stance) {
            _ if rejected.is_some() && !reading.negated => Stance::Denied,
            Some(Stance::Denied) if reading.negated => Stance::Asserted,
            Some(Stance::Denied) => Stance::Denied,
            Some(Stance::Hedged) => Stance::Hedged,
            _ if reading.negated => Stance::Denied,
            _ => Stance::Asserted,
        };
        // "Denied that he had brokered the call": what is denied is the brokering; the call is taken for granted.
        let granted = matches!(stance, Stance::Denied)
            && !reading.negated
            && rejected.is_none()
            && definite
            && turns.is_empty()
            && scene.is_noun(contact.token)
            && scene.sentence.head(contact.token).is_some_and(|h| scene.is_verb(h) && scene.lemmas[h] != "be");
        let (stance, step) = if granted { (Stance::Asserted, None) } else { (stance, reading.step) };
        // "Following the summit of the two": another contact than the one that came after it.
        let elsewhere = scene.is_noun(contact.token)
            && governments(&parties) >= 2
            && turns.is_empty()
            && self
                .preposition(contact.token)
                .is_some_and(|p| matches!(p.as_str(), "following" | "after" | "since" | "before" | "of" | "from"))
            && scene.sentence.head(contact.token).is_some_and(|h| scene.is_verb(h) || scene.is_noun(h));
        let definite = definite && !elsewhere;
        // Who told the other in a letter sent it.
        let writer = (channel == Channel::Message && !scene.is_noun(contact.token))
            .then(|| parties.iter().find(|p| p.party.role == Some(Role::Participant)))
            .flatten()
            .map(|p| p.party.government.clone());
        let initiator = initiator.or(writer);
        let mut account = Account {
            rules,
            words: chain.iter().map(|t| scene.sentence.tokens[*t].span).collect(),
            sentence: scene.index,
            anchor: span,
            evidence: self.evidence(&chain, &parties, statement, &dates),
            subject: Subject::Contact,
            channel,
            parties: parties.iter().map(|f| f.party.clone()).collect(),
            status: reading.status,
            step,
            by: by.or_else(|| initiator.clone()),
            initiator,
            stance,
            statement,
            voice: rejected.flatten(),
            when: dates.contact,
            step_when: dates.step,
            place,
            place_country,
            minutes: self.minutes(&chain),
            topics: self.topics(&chain),
            reason: self.reason(&chain),
            outcome: self.outcome(&chain),
            tone: self.tone(contact.token),
            attempts: self.attempts(&chain),
            pointed: pronominal || !parties.is_empty() && parties.iter().all(|f| f.pointed),
            definite,
            sequel: self.is_sequel(&chain),
            fresh: elsewhere || self.is_fresh(contact.token, &chain),
            attempt: rule.attempt,
            hypothetical: reading.hypothetical,
            mood: reading.mood,
            at_wish: false,
        };
        account.words.sort_unstable();
        for one in distribute(account, &scene.lower) {
            accounts.push(one);
        }
    }

    /// Whether two occurrences hang on one verb: "turned down an invitation to a meeting".
    fn stands_under(&self, one: &Occurrence, other: &Occurrence) -> bool {
        let head = |o: &Occurrence| self.scene.sentence.head(o.token);
        head(one).is_some() && head(one) == head(other)
    }

    /// Whether a turn tells that it did not come about, or only that it was wished for.
    fn is_failing(&self, turn: usize) -> bool {
        !matches!(self.occurrences[turn].rule.effect, Effect::Turn(Status::Held))
    }

    /// Who took the first step to a contact that was told before.
    fn wish(&self, contact: &Occurrence, parties: Vec<Found>, statement: Option<usize>) -> Account {
        let government = parties.first().map(|f| f.party.government.clone());
        let span = self.scene.sentence.tokens[contact.token].span;
        Account {
            rules: vec![contact.rule.id.clone()],
            words: vec![span],
            sentence: self.scene.index,
            anchor: span,
            evidence: self.evidence(&contact.words, &parties, statement, &Dates::default()),
            subject: Subject::Turn,
            channel: Channel::Unspecified,
            parties: parties.into_iter().map(|f| f.party).collect(),
            status: Status::Requested,
            step: Some(StepKind::Requested),
            by: government.clone(),
            initiator: government,
            stance: Stance::Asserted,
            statement,
            voice: None,
            when: None,
            step_when: self.dates(&contact.words, &[]).contact,
            place: None,
            place_country: None,
            minutes: None,
            topics: Vec::new(),
            reason: None,
            outcome: None,
            tone: None,
            attempts: None,
            pointed: false,
            sequel: false,
            definite: true,
            fresh: false,
            attempt: false,
            hypothetical: false,
            mood: Mood::Fact,
            at_wish: true,
        }
    }

    /// Whether a verb whose object must be a party has a thing for object: "met its obligations", "told reporters".
    fn takes_a_thing(&self, contact: &Occurrence) -> bool {
        let scene = &self.scene;
        let wants_party = contact.rule.roles.iter().any(|(_, places)| places.iter().any(|p| p == "object"));
        let hosts = contact
            .rule
            .roles
            .iter()
            .any(|(role, places)| *role == Role::Visitor && places.iter().any(|p| p == "object"));
        wants_party
            && !scene.is_noun(contact.token)
            && !scene.is_passive(contact.token)
            && scene.arguments(contact.token).iter().any(|(function, token)| {
                let timed =
                    self.material.times.iter().any(|t| t.sentence == scene.index && (t.first..t.end).contains(token));
                let outlet = scene.mentions_at(*token).iter().any(|m| {
                    let entity = self.material.cast.mentions[*m].entity;
                    self.material.cast.entities.get(entity).is_some_and(|e| e.kind == EntityKind::Outlet)
                });
                let thing = outlet
                    || scene.sentence.tokens[*token].upos == Upos::Noun
                    || matches!(scene.lower[*token].as_str(), "it" | "this" | "that" | "itself");
                let placed = *token > contact.token || scene.deprel(contact.token) == Deprel::AclRelcl;
                let named =
                    scene.child(*token, &[Deprel::Appos]).is_some_and(|a| !self.parties_at(a, false).is_empty());
                function == "object"
                    && thing
                    && placed
                    && !named
                    && !timed
                    && if outlet {
                        true
                    } else if scene.sentence.tokens[*token].upos != Upos::Noun {
                        channel_of(contact.rule) != Some(Channel::Visit)
                    } else if hosts || scene.child(*token, &[Deprel::NmodPoss]).is_some() {
                        scene.mentions_at(*token).is_empty()
                    } else {
                        self.parties_at(*token, true).is_empty()
                    }
            })
    }

    /// Finds the sides of a verb by the order of words where the tree did not give them: the nearest name before it in its
    /// clause, the next one after it.
    fn fill_in(&self, contact: &Occurrence, parties: &mut Vec<Found>) {
        let scene = &self.scene;
        let n = scene.sentence.tokens.len();
        let places = |role: Role| contact.rule.roles.iter().find(|(r, _)| *r == role).map(|(_, places)| places);
        let governs = |parties: &[Found], from: usize, to: usize| parties.iter().any(|p| (from..to).contains(&p.token));
        let two = |parties: &[Found]| parties.iter().any(|p| p.party.government != parties[0].party.government);
        let take = |parties: &mut Vec<Found>, token: usize, role: Role| {
            let mut found = Vec::new();
            if scene.deprel(token) == Deprel::NmodPoss {
                return false;
            }
            if self.party_of_token(token, role == Role::Host, &mut found) {
                for mut f in found {
                    if !parties
                        .iter()
                        .any(|p| p.party.government == f.party.government && p.party.person == f.party.person)
                    {
                        f.party.role = Some(role);
                        parties.push(f);
                    }
                }
                return true;
            }
            !scene.mentions_at(token).is_empty()
        };
        if !parties.is_empty() && two(parties) {
            return;
        }
        let verb = contact.token;
        let last = contact.words.iter().copied().max().unwrap_or(contact.token);
        // "Met today at the White House with": the preposition may stand far off.
        for (role, places) in &contact.rule.roles {
            let clause = (last + 1..n).take(24).take_while(|t| {
                !(scene.is_verb(*t) && !matches!(scene.deprel(*t), Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
            });
            for t in clause {
                if places.iter().any(|p| matches!(p.as_str(), "with" | "to") && *p == scene.lower[t]) {
                    for named in (t + 1..n).take(14) {
                        if scene.is_verb(named)
                            || !scene.mentions_at(named).is_empty() && take(parties, named, *role) && two(parties)
                        {
                            break;
                        }
                    }
                }
            }
        }
        if !parties.is_empty() && two(parties) {
            return;
        }
        let last = contact.words.iter().copied().max().unwrap_or(verb);
        let is_clause_end =
            |t: usize| scene.is_verb(t) && !matches!(scene.deprel(t), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        for (role, place) in [
            (Role::Initiator, "subject"),
            (Role::Visitor, "subject"),
            (Role::Participant, "subject"),
            (Role::Host, "subject"),
        ] {
            let wanted = places(role).is_some_and(|p| p.iter().any(|p| p == place));
            if wanted && !governs(parties, 0, verb) && !scene.is_passive(verb) {
                let mut reached = None;
                for t in (0..verb).rev().take(12).take_while(|t| !is_clause_end(*t)) {
                    if take(parties, t, role) {
                        reached = Some(t);
                        break;
                    }
                }
                // "Wang Yi, director of the office and a member of the bureau, had talked": a person at the other end
                // of what is said of him.
                if reached.is_none() || scene.lower[verb.saturating_sub(2)..verb].iter().any(|w| w == ",") {
                    let named = |t: &usize| {
                        scene.mentions_at(*t).iter().any(|m| {
                            let entity = &self.material.cast.entities[self.material.cast.mentions[*m].entity];
                            entity.kind == EntityKind::Person && entity.person.is_some()
                        })
                    };
                    let far = (0..verb).rev().take(40).take_while(|t| !is_clause_end(*t)).find(named);
                    if let Some(far) = far.filter(|_| parties.iter().all(|p| p.party.person.is_none())) {
                        take(parties, far, role);
                    }
                }
                // "The emir of Qatar and the crown prince of Saudi Arabia spoke".
                if let Some(first) = reached.and_then(|t| self.first_of_mention(t))
                    && let Some(and) = (0..first).rev().take(3).find(|t| scene.lower[*t] == "and")
                    && (and + 1..first).all(|t| matches!(scene.lower[t].as_str(), "the" | "his" | "her" | "its"))
                    && let Some(before) = and.checked_sub(1)
                {
                    take(parties, before, role);
                }
            }
        }
        for (role, place) in [
            (Role::Recipient, "object"),
            (Role::Participant, "object"),
            (Role::Host, "object"),
            (Role::Visitor, "object"),
        ] {
            let wanted = places(role).is_some_and(|p| p.iter().any(|p| p == place));
            if wanted && !governs(parties, last, n) && !scene.is_passive(verb) {
                let stop = |t: usize| {
                    is_clause_end(t)
                        || scene.deprel(t) == Deprel::Punct
                        || scene.deprel(t) == Deprel::Case && !matches!(scene.lower[t].as_str(), "with" | "to")
                };
                for t in (last + 1..n).take(8).take_while(|t| !stop(*t)) {
                    if take(parties, t, role) {
                        break;
                    }
                }
            }
        }
    }

    /// The first token of the widest mention that covers a token.
    fn first_of_mention(&self, token: usize) -> Option<usize> {
        self.scene.mentions_at(token).iter().map(|m| self.material.cast.mentions[*m].first).min()
    }

    /// The party that stands nearest before a verb in its clause, by the order of words.
    fn named_before(&self, verb: usize) -> Vec<Found> {
        let scene = &self.scene;
        let mut found = Vec::new();
        for t in (0..verb).rev().take(12) {
            let other_verb =
                scene.is_verb(t) && !matches!(scene.deprel(t), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
            // What stands in a clause below the verb is not its subject.
            let above = scene.ancestors(t).into_iter().find(|a| scene.is_verb(*a) && *a != verb);
            if above.is_some_and(|a| a < verb && scene.ancestors(a).contains(&verb)) {
                continue;
            }
            if other_verb || scene.deprel(t) != Deprel::NmodPoss && self.party_of_token(t, false, &mut found) {
                break;
            }
        }
        found
    }

    /// The parties that stand right after a noun under its prepositions, by the order of words: "a call between A and B".
    fn named_after(&self, contact: &Occurrence) -> Vec<Found> {
        let scene = &self.scene;
        let mut found = Vec::new();
        // "Was thinking of meeting Wang" is tagged as if "meeting" were a thing.
        let mut under = scene.lower[contact.token] == "meeting" && scene.child(contact.token, &[Deprel::Det]).is_none();
        for t in (contact.token + 1..scene.sentence.tokens.len()).take(30) {
            let word = scene.lower[t].as_str();
            if scene.is_verb(t) && !matches!(scene.deprel(t), Deprel::Acl)
                || matches!(word, "that" | "which" | "who" | ";")
            {
                break;
            }
            if contact.rule.roles.iter().any(|(_, places)| places.iter().any(|p| p == word)) {
                under = true;
            } else if scene.deprel(t) == Deprel::Case && word != "of" {
                under = false;
            }
            if under && !scene.mentions_at(t).is_empty() && scene.deprel(t) != Deprel::NmodPoss {
                self.party_of_token(t, false, &mut found);
            }
        }
        found
    }

    /// Whether the sentence rejects an account ("brushed aside reports that", "the claim is untrue"), and who does.
    fn rejected(&self) -> Option<Option<usize>> {
        let scene = &self.scene;
        let account = scene.lemmas.iter().any(|l| REJECTABLE.contains(&l.as_str()));
        let dispute = self
            .occurrences
            .iter()
            .find(|o| matches!(o.rule.effect, Effect::Dispute(_)) && !scene.is_negated(o.token))?;
        if !account {
            return None;
        }
        let mut side = Vec::new();
        for (function, token) in scene.arguments(dispute.token) {
            if dispute.rule.by.iter().any(|b| *b == function) && !REJECTABLE.contains(&scene.lemmas[token].as_str()) {
                side.extend(self.speakers_at(token));
            }
        }
        Some(side.first().copied())
    }

    /// The entities named at a token, spokespeople included.
    fn speakers_at(&self, token: usize) -> Vec<usize> {
        self.scene.mentions_at(token).first().map(|m| self.material.cast.mentions[*m].entity).into_iter().collect()
    }

    /// Whether a noun is only where another contact took place: "met on the margins of the G7 summit".
    fn is_venue(&self, contact: &Occurrence) -> bool {
        let scene = &self.scene;
        if !scene.is_noun(contact.token) || scene.lemmas[contact.token].contains("call") {
            return false;
        }
        let own = scene
            .arguments(contact.token)
            .iter()
            .any(|(f, t)| matches!(f.as_ref(), "with" | "between" | "to") && !self.parties_at(*t, false).is_empty());
        let placed = self.preposition(contact.token).is_some_and(|p| {
            matches!(p.as_str(), "of" | "at" | "during" | "in" | "to" | "on" | "before" | "after" | "for")
        });
        !own && placed
            && scene.ancestors(contact.token).iter().any(|a| {
                self.occurrences.iter().any(|o| {
                    let contact = matches!(o.rule.effect, Effect::Contact(_)) && o.rule.status.is_none();
                    o.token == *a && contact && scene.is_verb(*a)
                })
            })
    }

    /// Whether the clause says that it goes on from what was told before.
    fn is_sequel(&self, chain: &[usize]) -> bool {
        const SEQUEL: &[&str] =
            &["then", "later", "subsequently", "afterwards", "afterward", "also", "too", "meanwhile", "instead"];
        let scene = &self.scene;
        chain.iter().any(|t| scene.children(*t).iter().any(|c| SEQUEL.contains(&scene.lower[*c].as_str())))
    }

    /// Arguments of the word that names a contact, with those of the verb that it is the subject of.
    fn contact_arguments(&self, token: usize) -> Vec<grammar::Argument<'_>> {
        let scene = &self.scene;
        let mut arguments = scene.arguments(token);
        if scene.is_noun(token)
            && matches!(scene.deprel(token), Deprel::Nsubj | Deprel::NsubjPass)
            && let Some(verb) = scene.sentence.head(token)
        {
            for (function, argument) in scene.arguments(verb) {
                if matches!(function.as_ref(), "with" | "between" | "from" | "to" | "by") {
                    arguments.push((function, argument));
                }
            }
        }
        // "The initiative is Russia's".
        if scene.is_noun(token)
            && scene.deprel(token) == Deprel::Nsubj
            && let Some(owner) = scene.sentence.head(token).filter(|h| !scene.is_verb(*h))
            && scene.children(owner).iter().any(|c| matches!(scene.lower[*c].as_str(), "'s" | "\u{2019}s"))
        {
            arguments.push((Cow::Borrowed("possessive"), owner));
        }
        // "A summit at which the presidents of Rwanda and Congo were to sign": who does what there takes part.
        if scene.is_noun(token) {
            for &clause in scene.children(token).iter().filter(|c| scene.deprel(**c) == Deprel::AclRelcl) {
                let inside = scene.arguments(clause);
                let there = inside.iter().any(|(function, argument)| {
                    *argument == token
                        && matches!(function.as_ref(), "at" | "in" | "during" | "with" | "by" | "through")
                }) || scene.children(clause).iter().any(|c| scene.lower[*c] == "where");
                if there {
                    arguments.extend(inside.into_iter().filter(|(f, t)| f == "subject" && *t != token));
                }
            }
        }
        arguments
    }

    /// The subject of the clause in which a noun such as "a call with Blinken" stands in an oblique place.
    fn parties_beside(&self, token: usize, turns: &[usize]) -> Vec<Found> {
        let scene = &self.scene;
        let mut at = token;
        if let Some(turn) = turns.last() {
            at = self.occurrences[*turn].token;
        }
        for _ in 0..4 {
            let Some(head) = scene.sentence.head(at) else { break };
            if scene.is_verb(head) {
                let subjects: Vec<usize> =
                    scene.arguments(head).into_iter().filter(|(f, _)| f == "subject").map(|(_, t)| t).collect();
                return subjects.into_iter().flat_map(|t| self.parties_at(t, false)).collect();
            }
            at = head;
        }
        Vec::new()
    }

    /// Through what the words of a clause tell that it went: "by telephone", "in a video call", "a virtual meeting".
    fn channel_told(&self, token: usize, chain: &[usize]) -> Option<Channel> {
        const MEANS: &[&str] = &["by", "on", "over", "via", "through", "in", "during", "at", "per"];
        let scene = &self.scene;
        let mut near: Vec<usize> = Vec::new();
        for &link in chain.iter().chain([&token]) {
            for &child in scene.children(link) {
                match scene.deprel(child) {
                    Deprel::Advmod | Deprel::Compound | Deprel::Amod => near.push(child),
                    Deprel::Obl | Deprel::Obj | Deprel::Nmod => {
                        let preposition = self.preposition(child);
                        let object = scene.deprel(child) == Deprel::Obj;
                        if object || preposition.as_deref().is_some_and(|p| MEANS.contains(&p)) {
                            near.push(child);
                            let describes = |c: &usize| matches!(scene.deprel(*c), Deprel::Compound | Deprel::Amod);
                            near.extend(scene.children(child).iter().copied().filter(describes));
                        }
                    }
                    _ => {}
                }
            }
            near.push(link);
        }
        // "Talked by phone before he left": near by, whatever it was hung on.
        let last = chain.iter().copied().max().unwrap_or(token);
        if scene.is_verb(token) {
            let ahead = last + 1..(last + 7).min(scene.lower.len());
            near.extend(ahead.clone().take_while(|t| !scene.is_verb(*t)).filter(|t| {
                let means = (last + 1..*t).rev().take(3).find(|p| scene.deprel(*p) == Deprel::Case);
                means.is_some_and(|p| MEANS.contains(&scene.lower[p].as_str()))
            }));
        }
        near.sort_unstable();
        near.dedup();
        let sent = near.iter().any(|t| {
            let word = scene.lower[*t].as_str();
            SENT_WORDS.contains(&word)
                && self.preposition(*t).is_some_and(|p| matches!(p.as_str(), "in" | "by" | "via" | "through"))
        });
        if sent {
            return Some(Channel::Message);
        }
        near.iter()
            .find_map(|t| CHANNEL_WORDS.iter().find(|(w, _)| scene.lemmas[*t] == *w || scene.lower[*t] == *w))
            .map(|(_, c)| *c)
    }

    fn is_definite(&self, token: usize) -> bool {
        self.scene.is_noun(token)
            && self.scene.children(token).iter().any(|c| {
                matches!(
                    self.scene.lower[*c].as_str(),
                    "the" | "this" | "that" | "their" | "his" | "her" | "these" | "its" | "such"
                ) || matches!(self.scene.deprel(*c), Deprel::NmodPoss)
            })
    }

    fn has_plural_pronoun_subject(&self, verb: usize) -> bool {
        self.scene.arguments(verb).iter().any(|(function, token)| {
            function == "subject"
                && matches!(
                    self.scene.lower[*token].as_str(),
                    "they" | "both" | "two" | "pair" | "we" | "sides" | "leaders" | "presidents" | "ministers"
                )
        })
    }

    fn is_fresh(&self, token: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        let before = token.checked_sub(1).is_some_and(|t| matches!(scene.lower[t].as_str(), "last" | "latest"));
        let once_more = scene.lower.windows(2).any(|w| w[0] == "once" && matches!(w[1].as_str(), "more" | "again"));
        before
            || once_more
            || chain.iter().chain([&token]).any(|t| {
                scene.children(*t).iter().any(|c| {
                    matches!(scene.deprel(*c), Deprel::Amod | Deprel::Advmod | Deprel::Det)
                        && FRESH.contains(&scene.lower[*c].as_str())
                })
            })
    }

    /// What mood, negation and turns together make of a contact.
    fn status(&self, contact: &Occurrence, turns: &[usize]) -> Told {
        let scene = &self.scene;
        let verbal = scene.sentence.tokens[contact.token].upos == Upos::Verb;
        let mut mood = if verbal { scene.mood(contact.token) } else { Mood::Fact };
        let mut negated = scene.is_negated(contact.token);
        let mut hypothetical = mood == Mood::Condition;
        if verbal && turns.is_empty() && scene.is_infinitive(contact.token) {
            // "is to meet", "going to talk" are plans; "hope to meet" without a rule for it is only a thought.
            let above = scene.sentence.head(contact.token).map(|h| scene.lemmas[h].as_str());
            if mood == Mood::Future
                || matches!(above, Some("be" | "go" | "have" | "fly" | "travel" | "arrive" | "come"))
                || scene.deprel(contact.token) == Deprel::Root
            {
                mood = Mood::Future;
            } else {
                hypothetical = true;
            }
        }
        let base = |mood: Mood| match mood {
            Mood::Fact | Mood::Condition => Status::Held,
            Mood::Future | Mood::Would => Status::Planned,
            Mood::Possible => Status::Possible,
        };
        let mut status = base(mood);
        let mut step = match mood {
            Mood::Fact => Some(StepKind::Held),
            Mood::Future | Mood::Would => Some(StepKind::Scheduled),
            _ => None,
        };
        if turns.is_empty() && !verbal {
            // A noun takes its time from where it stands: "ahead of talks", "before the meeting".
            let before =
                self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "before" | "ahead" | "for"));
            if before {
                status = Status::Planned;
                step = Some(StepKind::Scheduled);
            }
            if let Some(head) = scene.sentence.head(contact.token).filter(|h| scene.is_verb(*h))
                && matches!(scene.deprel(contact.token), Deprel::Nsubj | Deprel::NsubjPass)
            {
                mood = scene.mood(head);
                hypothetical |= mood == Mood::Condition;
                // "No summit took place"; but "the call did not change her mind" was made.
                let occurs = matches!(
                    scene.lemmas[head].as_str(),
                    "be" | "take"
                        | "happen"
                        | "occur"
                        | "come"
                        | "materialize"
                        | "materialise"
                        | "go"
                        | "reach"
                        | "follow"
                ) || scene.is_passive(head);
                if scene.is_negated(head) && occurs {
                    negated = true;
                }
                if mood != Mood::Fact {
                    status = base(mood);
                    step = None;
                }
            }
        }
        // "Will not go to Japan": one that was thought of and will not be.
        if verbal && turns.is_empty() && negated && mood == Mood::Future && !hypothetical {
            (status, step, negated) = (Status::Declined, Some(StepKind::Declined), false);
        }
        // "The two could not meet, as they had planned".
        let could = |c: &usize| matches!(scene.lower[*c].as_str(), "could" | "can");
        if verbal
            && turns.is_empty()
            && negated
            && mood == Mood::Possible
            && !hypothetical
            && scene.children(contact.token).iter().any(could)
        {
            (status, step, negated) = (Status::Cancelled, Some(StepKind::Cancelled), false);
        }
        for &number in turns {
            let turn = &self.occurrences[number];
            let Effect::Turn(said) = turn.rule.effect else { continue };
            let turn_mood = if scene.is_verb(turn.token) { scene.mood(turn.token) } else { Mood::Fact };
            hypothetical |= turn_mood == Mood::Condition;
            // The "no" of "no call came" is the call's, and counts once.
            let shared = scene.is_negated(contact.token)
                && scene.sentence.head(contact.token) == Some(turn.token)
                && !scene
                    .children(turn.token)
                    .iter()
                    .any(|c| matches!(scene.lower[*c].as_str(), "not" | "n't" | "never"));
            let turn_negated = scene.is_negated(turn.token) && !shared;
            let next = match (turn_negated, turn.rule.negated) {
                (true, Some(other)) => other,
                (true, None) => {
                    negated = !negated;
                    said
                }
                (false, _) => said,
            };
            let failed =
                matches!(status, Status::Postponed | Status::Cancelled | Status::Declined | Status::Unanswered);
            let pending = matches!(next, Status::Planned | Status::Possible | Status::Requested | Status::Proposed);
            if failed && pending {
                continue;
            }
            // "Will hold talks", "may place a call": the mood of a verb that only carries the contact is the contact's.
            if next == Status::Held && turn_mood != Mood::Fact && failed {
                continue;
            }
            if next == Status::Held && turn_mood != Mood::Fact {
                status = base(turn_mood);
                step = None;
                mood = turn_mood;
                continue;
            }
            if next == Status::Held && status != Status::Held && !verbal {
                // "hold" over "planned talks" says nothing more.
                continue;
            }
            // A call that was responded to was held; a request is only acknowledged.
            if turn.rule.step == Some(StepKind::Acknowledged) && !turn_negated && contact.rule.attempt {
                continue;
            }
            status = next;
            mood = turn_mood;
            step = if turn_negated && turn.rule.negated.is_some() {
                step_of(next)
            } else {
                turn.rule.step.or(step_of(next))
            };
        }
        // "Invited" is an offer, unless more is told.
        if status == Status::Held
            && let Some(own) = contact.rule.status
        {
            (status, step) = (own, step_of(own));
        }
        // "Had a meeting on his schedule": the calendar makes it a plan.
        let on_calendar = turns.iter().map(|t| self.occurrences[*t].token).chain([contact.token]).any(|t| {
            scene.children(t).iter().any(|c| {
                matches!(scene.lemmas[*c].as_str(), "schedule" | "calendar" | "agenda" | "programme" | "program")
            })
        });
        if status == Status::Held && on_calendar {
            status = Status::Planned;
            step = Some(StepKind::Scheduled);
        }
        Told { status, step, negated, hypothetical, mood }
    }

    /// A turn or dispute whose contact was told before.
    fn alone(&self, turn: &Occurrence, accounts: &mut Vec<Account>) {
        let scene = &self.scene;
        let rule = turn.rule;
        if !rule.alone {
            return;
        }
        let (subject, status) = match rule.effect {
            Effect::Turn(status) => (Subject::Turn, status),
            Effect::Dispute(about) => (Subject::Dispute(about), Status::Held),
            Effect::Contact(_) => return,
        };
        let governor = scene.sentence.head(turn.token).filter(|h| scene.is_noun(turn.token) && scene.is_verb(*h));
        // "Had refused to pick up": refused, it was not done.
        let refused = scene.deprel(turn.token) == Deprel::Xcomp
            && scene
                .sentence
                .head(turn.token)
                .is_some_and(|h| matches!(scene.lemmas[h].as_str(), "refuse" | "decline" | "fail"));
        // The "no" of "no response" is the rule's own.
        let negated = !turn.words.iter().any(|t| scene.lower[*t] == "no")
            && (scene.is_negated(turn.token) || governor.is_some_and(|verb| scene.is_negated(verb)))
            || refused;
        let (status, stance) = match (negated, rule.negated) {
            (true, Some(status)) => (status, Stance::Asserted),
            (true, None) => (status, Stance::Denied),
            (false, _) => (status, Stance::Asserted),
        };
        let arguments = self.contact_arguments(turn.token);
        // What it is about must be a word that refers back, or nothing at all; "declined to comment" is about something else.
        let refers_back = |token: usize| {
            matches!(
                scene.lower[token].as_str(),
                "it" | "that" | "this" | "them" | "so" | "request" | "offer" | "proposal" | "invitation" | "idea"
            ) || matches!(scene.lemmas[token].as_str(), "call" | "meeting")
        };
        let own = if scene.is_noun(turn.token) { scene.arguments(turn.token) } else { arguments.clone() };
        let about: Vec<usize> =
            own.iter().filter(|(f, _)| rule.about.iter().any(|a| a == f)).map(|(_, token)| *token).collect();
        let mut refers = about.is_empty() || about.iter().any(|token| refers_back(*token));
        if let Subject::Dispute(_) = subject {
            // What is rejected must be somebody's account.
            const ACCOUNTS: &[&str] = &[
                "report",
                "claim",
                "account",
                "version",
                "story",
                "comment",
                "remark",
                "statement",
                "allegation",
                "it",
                "that",
                "this",
                "assertion",
                "suggestion",
                "media",
                "newspaper",
                "readout",
            ];
            let rejects = |f: &str, t: usize| rule.by.iter().any(|b| b == f) && !scene.mentions_at(t).is_empty();
            let about: Vec<usize> = arguments
                .iter()
                .filter(|(f, t)| rule.about.iter().any(|a| a == f) && !rejects(f, *t))
                .map(|(_, t)| *t)
                .collect();
            refers = about.iter().any(|t| ACCOUNTS.contains(&scene.lemmas[*t].as_str()))
                || about.is_empty()
                    && match scene.lemmas[turn.token].as_str() {
                        "disagree" | "contradict" => true,
                        // "There was nothing of the kind", not "that nothing of the sort would happen".
                        "kind" | "sort" => scene.lower.iter().any(|w| w == "there"),
                        _ => false,
                    }
                || rule.about.is_empty() && scene.lemmas.iter().any(|l| ACCOUNTS.contains(&l.as_str()) && l.len() > 4);
        }
        let minutes = self.minutes(&turn.words);
        if !refers || rule.needs_duration && minutes.is_none() || rule.needs_negation && !negated {
            return;
        }
        let (status, stance) = if rule.needs_negation { (status, Stance::Asserted) } else { (status, stance) };
        let mut side = Vec::new();
        let mut others = Vec::new();
        for (function, token) in &arguments {
            let found = self.parties_at(*token, false);
            if rule.by.iter().any(|b| b == function) {
                side.extend(found);
            } else {
                others.extend(found);
            }
        }
        let by = side.first().map(|f| f.party.government.clone());
        // Who rejects may be a spokesman, who is no party.
        let speaker = arguments
            .iter()
            .filter(|(function, _)| rule.by.iter().any(|b| b == function))
            .flat_map(|(_, token)| self.speakers_at(*token))
            .next()
            .or_else(|| side.first().and_then(|f| f.entity));
        let initiator = match rule.initiator {
            Some(Asker::By) => by.clone(),
            Some(Asker::Other) => others.first().map(|f| f.party.government.clone()).filter(|g| Some(g) != by.as_ref()),
            None => None,
        };
        if rule.initiator == Some(Asker::By) && by.is_none() && scene.is_verb(turn.token) {
            return;
        }
        let parties: Vec<Found> = side.into_iter().chain(others).collect();
        // "Would not pick up the phone" tells of a call by itself.
        let rang = status == Status::Unanswered
            && !parties.is_empty()
            && arguments
                .iter()
                .map(|(_, t)| *t)
                .chain(turn.words.iter().copied())
                .any(|t| matches!(scene.lemmas[t].as_str(), "phone" | "telephone" | "hotline"));
        let (subject, channel) = if rang { (Subject::Contact, Channel::Call) } else { (subject, Channel::Unspecified) };
        let span = scene.sentence.tokens[turn.token].span;
        let statement = self.statement_at(span);
        let dates = self.dates(&turn.words, &[]);
        let mood = if scene.is_verb(turn.token) { scene.mood(turn.token) } else { Mood::Fact };
        accounts.push(Account {
            rules: vec![rule.id.clone()],
            words: turn.words.iter().map(|t| scene.sentence.tokens[*t].span).collect(),
            sentence: scene.index,
            anchor: span,
            evidence: self.evidence(&turn.words, &parties, statement, &dates),
            subject,
            channel,
            parties: parties.into_iter().map(|f| f.party).collect(),
            status,
            step: if negated { step_of(status) } else { rule.step.or(step_of(status)) },
            by,
            initiator,
            stance,
            statement,
            voice: if matches!(subject, Subject::Dispute(_)) { speaker } else { None },
            when: None,
            step_when: dates.step.or(dates.contact),
            place: None,
            place_country: None,
            minutes,
            topics: Vec::new(),
            reason: self.reason(&turn.words),
            outcome: None,
            tone: None,
            attempts: self.attempts(&turn.words),
            pointed: false,
            sequel: false,
            definite: !rang,
            fresh: false,
            attempt: false,
            hypothetical: mood == Mood::Condition,
            mood,
            at_wish: status == Status::Requested
                && if scene.is_noun(turn.token) {
                    self.preposition(turn.token).is_some_and(|p| matches!(p.as_str(), "at" | "on" | "upon"))
                } else {
                    // "Mr. Trump had asked for it".
                    scene.children(turn.token).iter().any(|c| scene.lower[*c] == "had")
                },
        });
    }

    /// The characters that carry an account: from its first word to its last, with the parties, with the date, and with who
    /// says so, if that stands in the same sentence.
    fn evidence(&self, chain: &[usize], parties: &[Found], statement: Option<usize>, dates: &Dates) -> Span {
        let tokens = &self.scene.sentence.tokens;
        let mut span: Option<Span> = None;
        for token in chain.iter().copied().chain(parties.iter().map(|p| p.token)).chain(dates.words.iter().copied()) {
            let mut at = tokens[token].span;
            for mention in self.scene.mentions_at(token) {
                at = at.cover(self.material.cast.mentions[*mention].span);
            }
            span = Some(span.map_or(at, |s| s.cover(at)));
        }
        let told = statement.map(|s| &self.material.statements[s]);
        for at in told.into_iter().flat_map(|s| [s.source, s.cue]).flatten() {
            if self.scene.sentence.span.contains(at) {
                span = Some(span.map_or(at, |s| s.cover(at)));
            }
        }
        span.unwrap_or(self.scene.sentence.span)
    }

    /// The dates that hang on the words of an account.
    fn dates(&self, chain: &[usize], turns: &[usize]) -> Dates {
        let scene = &self.scene;
        let mut dates = Dates::default();
        let mut spare: Option<Dated> = None;
        let last_turn = turns.last().map(|t| &self.occurrences[*t]);
        let dates_here = self.material.times.iter().filter(|t| {
            t.sentence == scene.index && matches!(t.kind, TimeKind::Date | TimeKind::Time) && t.edtf.is_some()
        });
        for time in dates_here {
            let Some(edtf) = time.edtf.clone() else { continue };
            let dated = Dated { edtf, basis: time.basis };
            let end = time.end.min(scene.sentence.tokens.len());
            let Some(head) =
                (time.first..end).find(|t| scene.sentence.head(*t).is_none_or(|h| h < time.first || h >= end))
            else {
                continue;
            };
            // The word that the date hangs on: the first verb or contact word above it.
            let above = scene.ancestors(head);
            let governor = above.iter().copied().find(|a| chain.contains(a) || self.is_event(*a));
            let before = (dates.contact.is_some(), dates.step.is_some(), spare.is_some());
            match governor {
                Some(governor) if chain.contains(&governor) => {
                    let turn = turns.iter().map(|t| &self.occurrences[*t]).find(|t| t.words.contains(&governor));
                    let on_turn = turn.is_some();
                    let takes_step = turn.is_some_and(|t| {
                        !matches!(
                            t.rule.effect,
                            Effect::Turn(Status::Held | Status::Planned | Status::Possible | Status::Proposed)
                        )
                    });
                    let goal =
                        self.preposition(head).is_some_and(|p| matches!(p.as_str(), "for" | "until" | "till" | "to"));
                    if on_turn && takes_step && !goal {
                        dates.step.get_or_insert(dated);
                    } else {
                        dates.contact.get_or_insert(dated);
                    }
                }
                None => {
                    spare.get_or_insert(dated);
                }
                // "The latest conversation of the two was in July 2020".
                Some(governor) if self.is_said_to_be(governor, chain) => {
                    dates.contact.get_or_insert(dated);
                }
                // A slip of the parser: no verb stands between the date and the words, so that it is theirs all the same.
                Some(_) if self.beside(time.first, end, chain) => {
                    spare.get_or_insert(dated);
                }
                _ => {}
            }
            if before != (dates.contact.is_some(), dates.step.is_some(), spare.is_some()) {
                dates.words.extend([time.first, end - 1]);
            }
        }
        if dates.contact.is_none() && dates.step.is_none() {
            let takes_step = last_turn.is_some_and(|t| {
                !matches!(
                    t.rule.effect,
                    Effect::Turn(Status::Held | Status::Planned | Status::Possible | Status::Proposed)
                )
            });
            if takes_step { dates.step = spare } else { dates.contact = spare }
        }
        dates
    }

    /// Whether a verb only says of the words of an account when they were: "was", "came", "dates from".
    fn is_said_to_be(&self, verb: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        matches!(scene.lemmas[verb].as_str(), "be" | "come" | "date" | "follow")
            && scene.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|s| chain.contains(&s))
    }

    /// Whether a stretch of tokens stands near some of the words of an account with no verb or clause between.
    fn beside(&self, first: usize, end: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        chain.iter().any(|word| {
            let between = if *word < first { *word + 1..first } else { end..*word };
            between.len() <= 10
                && between.clone().all(|t| {
                    !self.is_event(t)
                        && !matches!(
                            scene.lower[t].as_str(),
                            "," | ";" | ":" | "that" | "which" | "who" | "but" | "when"
                        )
                })
        })
    }

    /// Whether a word is an event of its own, so that a date below it is that event's.
    fn is_event(&self, token: usize) -> bool {
        self.scene.is_verb(token)
            || self.occurrences.iter().any(|o| o.token == token && matches!(o.rule.effect, Effect::Contact(_)))
    }

    fn place(&self, chain: &[usize]) -> (Option<Span>, Option<String>) {
        let scene = &self.scene;
        for link in chain {
            for &child in scene.children(*link) {
                let at = matches!(scene.deprel(child), Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked);
                if at
                    && self.preposition(child).is_some_and(|p| matches!(p.as_str(), "in" | "at"))
                    && let Some(&mention) = scene.mentions_at(child).first()
                {
                    let mention = &self.material.cast.mentions[mention];
                    let entity = &self.material.cast.entities[mention.entity];
                    if matches!(entity.kind, EntityKind::Place | EntityKind::Government) {
                        return (Some(mention.span), entity.government.clone());
                    }
                }
            }
        }
        (None, None)
    }

    fn minutes(&self, chain: &[usize]) -> Option<f64> {
        let scene = &self.scene;
        self.material
            .times
            .iter()
            .filter(|t| t.sentence == scene.index && t.kind == TimeKind::Duration)
            // "One day after the session" says when, not how long.
            .filter(|t| {
                let next = scene.lower.get(t.end).map_or("", String::as_str);
                !matches!(next, "after" | "before" | "later" | "earlier" | "ago" | "since" | "from")
            })
            .filter(|t| {
                (t.first..t.end.min(scene.sentence.tokens.len())).any(|token| {
                    scene.ancestors(token).iter().take(3).any(|a| {
                        chain.contains(a)
                            || matches!(scene.lemmas[*a].as_str(), "last" | "take" | "go" | "run" | "continue")
                    })
                })
            })
            .find_map(|t| t.minutes)
            .filter(|m| *m > 0.0 && *m <= 24.0 * 60.0)
    }

    fn topics(&self, chain: &[usize]) -> Vec<Span> {
        let scene = &self.scene;
        let mut topics = Vec::new();
        for link in chain {
            for &child in scene.children(*link) {
                let about = self
                    .preposition(child)
                    .is_some_and(|p| matches!(p.as_str(), "about" | "on" | "over" | "regarding" | "concerning"));
                let dated =
                    self.material.times.iter().any(|t| t.sentence == scene.index && t.first <= child && child < t.end);
                if about && !dated && matches!(scene.deprel(child), Deprel::Obl | Deprel::Nmod) {
                    let tokens = scene.subtree(child);
                    let words: Vec<usize> =
                        tokens.into_iter().filter(|t| scene.deprel(*t) != Deprel::Case || *t > child).collect();
                    let phone = words.iter().any(|t| {
                        CHANNEL_WORDS.iter().any(|(w, _)| scene.lower[*t] == *w)
                            || scene.lemmas[*t] == "sideline"
                            || scene.lemmas[*t] == "margin"
                    });
                    if let (Some(first), Some(last), false) = (words.first(), words.last(), phone) {
                        topics.push(scene.sentence.tokens[*first].span.cover(scene.sentence.tokens[*last].span));
                    }
                }
            }
        }
        topics
    }

    /// "… and agreed to speak again": what both sides undertook, in the words of the text.
    fn outcome(&self, chain: &[usize]) -> Option<Span> {
        let scene = &self.scene;
        let undertaken = |token: usize| {
            matches!(scene.lemmas[token].as_str(), "agree" | "pledge" | "promise" | "undertake")
                && scene.deprel(token) == Deprel::Conj
                && scene.is_verb(token)
        };
        let verb = chain.iter().flat_map(|link| scene.children(*link)).copied().find(|c| undertaken(*c))?;
        self.words_from(verb, &scene.subtree(verb))
    }

    /// How the contact is described: "a frank exchange", "the call was cordial and constructive".
    fn tone(&self, contact: usize) -> Option<Span> {
        let scene = &self.scene;
        if !scene.is_noun(contact) {
            return None;
        }
        let describes = |t: usize| TONES.contains(&scene.lower[t].as_str());
        let before =
            scene.children(contact).iter().copied().find(|c| scene.deprel(*c) == Deprel::Amod && describes(*c));
        let after = scene.sentence.head(contact).filter(|h| {
            matches!(scene.deprel(contact), Deprel::Nsubj) && scene.coordinated(*h).into_iter().any(describes)
        });
        let tone = before.or(after)?;
        let words: Vec<usize> = scene.coordinated(tone);
        self.words_from(words.iter().copied().min()?, &words)
    }

    /// The characters from a token to the last of some others.
    fn words_from(&self, first: usize, words: &[usize]) -> Option<Span> {
        let tokens = &self.scene.sentence.tokens;
        let last = words.iter().copied().filter(|t| *t >= first && self.scene.deprel(*t) != Deprel::Punct).max()?;
        Some(tokens[first].span.cover(tokens[last].span))
    }

    /// "Twice", "three times": how often.
    fn attempts(&self, chain: &[usize]) -> Option<u32> {
        const NUMBERS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let scene = &self.scene;
        chain.iter().flat_map(|link| scene.children(*link)).find_map(|&child| match scene.lower[child].as_str() {
            "twice" => Some(2),
            "times" => {
                let number = scene.child(child, &[Deprel::Nummod])?;
                let word = scene.lower[number].as_str();
                let spelt = NUMBERS.iter().position(|n| *n == word).map(|n| n as u32 + 1);
                spelt.or_else(|| word.parse().ok())
            }
            _ => None,
        })
    }

    fn reason(&self, chain: &[usize]) -> Option<Span> {
        let scene = &self.scene;
        let whole = |token: usize| {
            let tokens = scene.subtree(token);
            let first = tokens.first().map(|t| scene.sentence.tokens[*t].span);
            let last = tokens.last().map(|t| scene.sentence.tokens[*t].span);
            first.zip(last).map(|(a, b)| a.cover(b))
        };
        chain.iter().flat_map(|link| scene.children(*link)).find_map(|&child| {
            let mark = scene.child(child, &[Deprel::Mark, Deprel::Case]).map(|m| scene.lower[m].as_str());
            let because = matches!(mark, Some("because" | "since"));
            let citing = scene.lemmas[child] == "cite" && scene.deprel(child) == Deprel::Advcl;
            (because || citing).then(|| whole(child)).flatten()
        })
    }
}

fn channel_of(rule: &Rule) -> Option<Channel> {
    match rule.effect {
        Effect::Contact(channel) => Some(channel),
        _ => None,
    }
}

#[derive(Default)]
struct Dates {
    /// The words of the dates that were taken.
    words: Vec<usize>,
    contact: Option<Dated>,
    step: Option<Dated>,
}

struct Told {
    status: Status,
    step: Option<StepKind>,
    negated: bool,
    hypothetical: bool,
    mood: Mood,
}

/// The step that brings a contact to a status.
pub fn step_of(status: Status) -> Option<StepKind> {
    Some(match status {
        Status::Requested => StepKind::Requested,
        Status::Unanswered => StepKind::Unanswered,
        Status::Proposed => StepKind::Proposed,
        Status::Planned => StepKind::Scheduled,
        Status::Held => StepKind::Held,
        Status::Declined => StepKind::Declined,
        Status::Lapsed => StepKind::Lapsed,
        Status::Postponed => StepKind::Postponed,
        Status::Cancelled => StepKind::Cancelled,
        Status::Possible | Status::Denied | Status::Disputed => return None,
    })
}

/// One account for each pair that was contacted separately: "Kerry called the ministers of Korea and Japan" is two calls.
fn distribute(account: Account, words: &[String]) -> Vec<Account> {
    let one_to_one =
        matches!(account.channel, Channel::Call | Channel::Message | Channel::Unspecified | Channel::Visit);
    let together =
        words.iter().any(|w| matches!(w.as_str(), "trilateral" | "conference" | "joint" | "jointly" | "together"));
    let apart = words.iter().any(|w| matches!(w.as_str(), "separately" | "separate"));
    // "Spoke to A and to B": who is spoken to are the targets; where nobody is, who asked or travelled is the source.
    let addressed = account.parties.iter().any(|p| p.role == Some(Role::Recipient));
    let first_side = |p: &Party| {
        if addressed {
            p.role != Some(Role::Recipient)
        } else {
            matches!(p.role, Some(Role::Initiator | Role::Visitor))
        }
    };
    let (sources, targets): (Vec<Party>, Vec<Party>) = account.parties.iter().cloned().partition(first_side);
    // Without an initiator the first party is one side where the others are named as its partners.
    let (sources, targets) = if sources.is_empty() && apart && account.parties.len() > 2 {
        (vec![account.parties[0].clone()], account.parties[1..].to_vec())
    } else {
        (sources, targets)
    };
    if !(one_to_one || apart) || (together && !apart) || sources.is_empty() || targets.len() < 2 {
        return vec![account];
    }
    targets
        .into_iter()
        .filter(|target| sources.iter().all(|s| s.government != target.government))
        .map(|target| {
            let mut one = account.clone();
            one.parties = sources.iter().cloned().chain([target]).collect();
            one
        })
        .collect()
}
