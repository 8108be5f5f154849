//! Who stands at the places of a rule: by the tree, by the order of words where the tree fails, by the person who speaks.

use super::Party;
use super::finder::{Finder, Found};
use super::grammar;
use super::words::{Occurrence, misread_verb};
use crate::codes::Role;
use crate::language::{Deprel, Upos, Xpos};
use crate::who::{EntityKind, MentionKind};
use std::borrow::Cow;

/// Nouns for those who act for what is named after or before them: "officials of NATO", "Peru's negotiators".
pub(super) const ACTS_FOR: &[&str] = &[
    "administration",
    "adversary",
    "adviser",
    "advisor",
    "agency",
    "aide",
    "alliance",
    "ally",
    "ambassador",
    "army",
    "attaché",
    "authority",
    "bloc",
    "both",
    "cabinet",
    "caller",
    "capital",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "chargé",
    "chief",
    "colleague",
    "commander",
    "commission",
    "commissioner",
    "committee",
    "consul",
    "council",
    "counterpart",
    "country",
    "delegate",
    "delegation",
    "department",
    "deputy",
    "diplomat",
    "director",
    "duo",
    "embassy",
    "emir",
    "emirate",
    "emissary",
    "emperor",
    "envoy",
    "faction",
    "federation",
    "foe",
    "four",
    "general",
    "government",
    "governor",
    "group",
    "guarantor",
    "guest",
    "head",
    "host",
    "house",
    "impostor",
    "intelligence",
    "interlocutor",
    "junta",
    "king",
    "kingdom",
    "lawmaker",
    "leader",
    "leadership",
    "mediator",
    "member",
    "military",
    "minister",
    "ministry",
    "mission",
    "monarch",
    "movement",
    "nation",
    "navy",
    "negotiator",
    "neighbor",
    "neighbour",
    "number",
    "office",
    "officer",
    "official",
    "one",
    "opponent",
    "organization",
    "other",
    "pair",
    "palace",
    "parliament",
    "participant",
    "partner",
    "party",
    "person",
    "policymaker",
    "politician",
    "pope",
    "power",
    "prankster",
    "predecessor",
    "premier",
    "president",
    "prince",
    "princess",
    "quad",
    "quartet",
    "queen",
    "rebel",
    "regime",
    "representative",
    "republic",
    "rival",
    "secretariat",
    "secretary",
    "senator",
    "service",
    "side",
    "signatory",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "staff",
    "state",
    "statesman",
    "successor",
    "sultan",
    "team",
    "three",
    "trio",
    "troika",
    "two",
    "union",
];

/// Verbs for what is said against a contact by those who had no part in it.
const OUTSIDE: &[&str] = &[
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "deplore",
    "downplay",
    "lambast",
    "mock",
    "play",
    "protest",
    "question",
    "ridicule",
    "slam",
];

impl Finder<'_, '_> {
    /// The parties that stand at an argument, with what is coordinated with it.
    pub(super) fn parties_at(&self, token: usize, places: bool) -> Vec<Found> {
        let mut found = Vec::new();
        // "Called Lavrov and top diplomats": the parser may make the first name a part of the second.
        let slipped = |c: &usize| {
            self.scene.deprel(*c) == Deprel::Compound
                && self.scene.child(*c, &[Deprel::Cc, Deprel::Conj]).is_some()
                && self.scene.mentions_at(*c).iter().all(|m| !self.scene.mentions_at(token).contains(m))
        };
        // "Presidents Uhuru Kenyatta and Somalia's Mohamed Farmaajo": nobody owns a person.
        let person = |t: usize| {
            self.scene.mentions_at(t).iter().any(|m| {
                let entity = self.material.cast.mentions[*m].entity;
                self.material.cast.entities.get(entity).is_some_and(|e| e.person.is_some())
            })
        };
        let beside = |c: &usize| {
            self.scene.deprel(*c) == Deprel::NmodPoss
                && self.scene.child(*c, &[Deprel::Conj]).is_some()
                && person(*c)
                && person(token)
        };
        for &first in self.scene.children(token).iter().filter(|c| slipped(c) || beside(c)) {
            self.party_of_token(first, places, &mut found);
        }
        // "The presidents of Colombia, Juan Manuel Santos, and Venezuela, Nicolas Maduro": they are who they are named.
        let plural = self.scene.sentence.tokens[token].xpos == Xpos::NNS;
        let several = |t: &usize| {
            self.preposition(*t).as_deref() == Some("of") && self.scene.child(*t, &[Deprel::Conj]).is_some()
        };
        let group = self.scene.mentions_at(token).iter().any(|m| {
            let entity = self.material.cast.entities.get(self.material.cast.mentions[*m].entity);
            entity.is_some_and(|e| e.kind == EntityKind::Group)
        });
        if plural
            && !group
            && ACTS_FOR.contains(&self.scene.lemmas[token].as_str())
            && self.scene.children(token).iter().any(several)
        {
            let mut named: Vec<Found> = Vec::new();
            for t in self.scene.subtree(token) {
                let alone = self
                    .scene
                    .mentions_at_or_none(t)
                    .is_some_and(|m| self.material.cast.mentions[m].kind == MentionKind::Name);
                if alone && person(t) {
                    self.party_of_token(t, false, &mut named);
                }
            }
            let two = named.iter().any(|f| f.party.government != named[0].party.government);
            if two && named.iter().all(|f| f.party.person.is_some()) {
                return named;
            }
        }
        // "Had a call with his counterpart and a conference with the envoy": the conference is another contact.
        let all = self.scene.coordinated(token);
        // "For talks with Kagame, and on to Entebbe": where he went next is no party to the talks.
        let with = matches!(self.preposition(token).as_deref(), Some("with" | "between"));
        let onward = |t: usize| {
            with && !person(t) && matches!(self.preposition(t).as_deref(), Some("to" | "in" | "from" | "at" | "into"))
        };
        let excluded = |t: usize| self.scene.children(t).iter().any(|c| *c < t && self.scene.lower[*c] == "not");
        let joined = |t: usize| !self.names_contact(t) && !onward(t) && !excluded(t);
        for token in all.into_iter().filter(|t| *t == token || joined(*t)) {
            let led = self.leaders_of(token);
            if !led.is_empty() {
                found.extend(led);
                continue;
            }
            if !self.party_of_token(token, places, &mut found) {
                // "top officials at NATO", "the leaders of France": the head names nobody, what hangs on it does; but fans of a
                // country, or the top of a mountain in it, are not its government.
                let noun = self.scene.sentence.tokens[token].upos == Upos::Noun;
                // "A man posing as the minister" claims to.
                let poses = self.scene.children(token).iter().any(|c| {
                    matches!(
                        self.scene.lemmas[*c].as_str(),
                        "claim" | "impersonate" | "pass" | "pose" | "pretend" | "purport"
                    )
                });
                if noun
                    && !poses
                    && !ACTS_FOR.contains(&self.scene.lemmas[token].as_str())
                    && !self.names_contact(token)
                {
                    continue;
                }
                for below in self.scene.subtree(token) {
                    let near =
                        self.scene.ancestors(below).iter().take_while(|a| **a != token).chain([&below]).all(|a| {
                            // "Partners about the war of Russia": what they speak of is not who they are.
                            let topic = self.preposition(*a).is_some_and(|p| {
                                matches!(p.as_str(), "about" | "on" | "over" | "regarding" | "concerning" | "against")
                            });
                            !topic && !matches!(self.scene.deprel(*a), Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl)
                        });
                    let clause = matches!(
                        self.scene.deprel(below),
                        Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Conj
                    );
                    let before = found.len();
                    if below != token && near && !clause && self.party_of_token(below, places, &mut found) {
                        // "Indian and Chinese major generals".
                        let several = self.scene.sentence.tokens[token].xpos == Xpos::NNS;
                        if self.scene.deprel(below) == Deprel::Amod || several {
                            for other in self.scene.coordinated(below).into_iter().skip(1) {
                                self.party_of_token(other, places, &mut found);
                            }
                        }
                        // "His host" is not he, "her aides" are not she: what they share is the government at most.
                        let possessor = self.scene.mentions_at(below).iter().any(|m| {
                            let mention = &self.material.cast.mentions[*m];
                            (mention.first..mention.end).any(|t| self.scene.deprel(t) == Deprel::NmodPoss)
                        });
                        // "Member of the Political Bureau and Foreign Minister Wang Yi": the name that ends the title.
                        let titled = found[before..].iter().all(|f| f.party.person.is_none())
                            && self.scene.sentence.tokens[token].xpos == Xpos::NN;
                        if titled && let Some(holder) = self.holder_below(token, &found[before..]) {
                            found.truncate(before);
                            self.party_of_token(holder, places, &mut found);
                            break;
                        }
                        // "Aides to the two leaders, Grigoryan and Hajiyev, met": they are who they are named, not the leaders.
                        let sent = matches!(
                            self.scene.lemmas[token].as_str(),
                            "adviser"
                                | "advisor"
                                | "aide"
                                | "deputy"
                                | "emissary"
                                | "envoy"
                                | "negotiator"
                                | "representative"
                        );
                        if sent
                            && below != token
                            && self.preposition(below).is_some_and(|p| matches!(p.as_str(), "to" | "of" | "for"))
                        {
                            for of in &mut found[before..] {
                                of.party.person = None;
                                of.party.office = None;
                            }
                            self.named_beside(token, &mut found[before..]);
                        }
                        // "The presidents of the two countries" are not their ministers, who were named before.
                        let states = self.preposition(below).as_deref() == Some("of")
                            && self.scene.lemmas[below] == "country"
                            && below != token;
                        if states {
                            for state in &mut found[before..] {
                                state.party.person = None;
                                state.party.office = None;
                            }
                        }
                        if possessor || self.scene.deprel(below) == Deprel::NmodPoss {
                            if matches!(
                                self.scene.lemmas[token].as_str(),
                                "host" | "guest" | "counterpart" | "rival" | "predecessor" | "successor"
                            ) {
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

    /// Who leads a delegation that is told to be led: "a delegation headed by the deputy foreign minister".
    fn leaders_of(&self, token: usize) -> Vec<Found> {
        let scene = &self.scene;
        if !matches!(scene.lemmas[token].as_str(), "delegation" | "mission" | "team") {
            return Vec::new();
        }
        let led = |c: &&usize| {
            scene.deprel(**c) == Deprel::Acl && matches!(scene.lower[**c].as_str(), "led" | "headed" | "chaired")
        };
        let Some(led) = scene.children(token).iter().find(led) else { return Vec::new() };
        let by = |c: &&usize| self.preposition(**c).as_deref() == Some("by");
        scene.children(*led).iter().filter(by).flat_map(|c| self.parties_at(*c, false)).collect()
    }

    /// Whether a word names or describes a person.
    pub(super) fn is_person(&self, token: usize) -> bool {
        self.scene.mentions_at(token).iter().any(|m| {
            let entity = self.material.cast.entities.get(self.material.cast.mentions[*m].entity);
            entity.is_some_and(|e| e.kind == EntityKind::Person)
        })
    }

    /// "The defence ministers of the two countries, Rajnath Singh and Wei Fenghe, met": who is named right after them, one of
    /// each government.
    fn names_of_group(&self, group: usize, found: &mut [Found]) {
        let cast = self.material.cast;
        let end = cast.mentions[group].end;
        let comma = (end..(end + 5).min(self.scene.lower.len())).find(|t| self.scene.lower[*t] == ",");
        let Some(comma) = comma.filter(|comma| !(end..*comma).any(|t| self.scene.is_verb(t))) else { return };
        let stop = (comma..self.scene.lower.len())
            .find(|t| {
                self.scene.is_verb(*t) || matches!(self.scene.lower[*t].as_str(), "with" | "who" | "which" | "that")
            })
            .unwrap_or(self.scene.lower.len());
        let mut named: Vec<(&str, usize)> = Vec::new();
        for t in comma + 1..stop {
            let Some(mention) = self.scene.mentions_at_or_none(t) else { continue };
            let at = &cast.mentions[mention];
            let Some(entity) = cast.entities.get(at.entity).filter(|_| at.kind == MentionKind::Name) else { continue };
            if let Some(government) = entity.government.as_deref().filter(|_| entity.person.is_some())
                && !named.iter().any(|(g, _)| *g == government)
            {
                named.push((government, at.entity));
            }
        }
        if found.len() >= 2 && found.iter().all(|f| named.iter().any(|(g, _)| *g == f.party.government)) {
            for f in found {
                let entity = named.iter().find(|(g, _)| *g == f.party.government).map(|(_, e)| &cast.entities[*e]);
                f.party.person = entity.and_then(|e| e.person.clone());
                f.party.office = entity.and_then(|e| e.office.clone());
                f.pointed = false;
            }
        }
    }

    /// Fills in the persons named between commas after a noun phrase: "aides to the two leaders, Grigoryan and Hajiyev, met".
    fn named_beside(&self, noun: usize, found: &mut [Found]) {
        let last = self.scene.subtree(noun).into_iter().max().unwrap_or(noun);
        let verb = (noun..self.scene.lower.len()).find(|t| self.scene.is_verb(*t)).unwrap_or(last + 1);
        let cast = self.material.cast;
        for t in noun + 1..verb {
            let Some(mention) = self.scene.mentions_at_or_none(t) else { continue };
            let Some(entity) = cast.entities.get(cast.mentions[mention].entity) else { continue };
            let state = found.iter_mut().find(|f| Some(&f.party.government) == entity.government.as_ref());
            if let Some(of) =
                state.filter(|of| of.party.person.is_none() && cast.mentions[mention].kind == MentionKind::Name)
            {
                of.party.person = entity.person.clone();
                of.party.office = entity.office.clone();
            }
        }
    }

    /// The person named at the end of a title, if he is of the government that the title names.
    fn holder_below(&self, title: usize, found: &[Found]) -> Option<usize> {
        let cast = self.material.cast;
        let last = *self.scene.subtree(title).last()?;
        let person = self.scene.mentions_at_or_none(last).and_then(|m| cast.entities.get(cast.mentions[m].entity))?;
        let same = found.iter().any(|f| Some(&f.party.government) == person.government.as_ref());
        let own = !self.scene.ancestors(last).iter().take_while(|a| **a != title).chain([&last]).any(|a| {
            matches!(self.scene.deprel(*a), Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::NmodPoss)
        });
        (person.person.is_some() && same && own).then_some(last)
    }

    /// The person named right after "Zimbabwe's", whom the tree hung elsewhere.
    fn owned_person(&self, government: usize) -> Option<usize> {
        let cast = self.material.cast;
        let owner = &cast.mentions[government];
        let is = |word: &str| self.scene.lower.get(owner.end).is_some_and(|w| w == word);
        let state = cast.entities.get(owner.entity).filter(|e| e.kind == EntityKind::Government)?;
        let person = self.scene.mentions_at_or_none(owner.end + 1)?;
        let entity = cast.entities.get(cast.mentions[person].entity)?;
        let same = entity.person.is_some() && entity.government == state.government;
        ((is("'s") || is("\u{2019}s")) && same).then_some(person)
    }

    /// Adds the party that a token names; false where it names none.
    pub(super) fn party_of_token(&self, token: usize, places: bool, found: &mut Vec<Found>) -> bool {
        let cast = self.material.cast;
        if let Some(&mention) = self.scene.mentions_at(token).first() {
            if self.is_a_people(mention) {
                return false;
            }
            let mention = self.owned_person(mention).unwrap_or(mention);
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
            if plural {
                self.names_of_group(mention, &mut found[before..]);
            }
            return named;
        }
        // "At the request of the latter": the one named last before.
        if self.scene.lower[token] == "latter" {
            for t in (0..token).rev() {
                if !self.scene.mentions_at(t).is_empty() && self.party_of_token(t, false, found) {
                    return true;
                }
            }
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

    /// "Indians travelled to England": people of a country, where "the Indians" may be its side.
    fn is_a_people(&self, mention: usize) -> bool {
        let at = &self.material.cast.mentions[mention];
        let name = at.span.of(self.scene.text);
        let people =
            ["ans", "is", "Greeks", "Turks", "Kurds", "Poles", "Czechs", "Croats", "Serbs", "Swedes", "Danes", "Finns"]
                .iter()
                .any(|end| name.ends_with(end));
        let capital = matches!(name, "Paris" | "Tunis");
        let entity = self.material.cast.entities.get(at.entity);
        let article = at.first.checked_sub(1).is_some_and(|before| self.scene.lower[before] == "the");
        people
            && !capital
            && !article
            && !name.contains(' ')
            && entity.is_some_and(|e| e.kind == EntityKind::Government)
    }

    /// The government that the words after a name tell it to serve: "Karin Dahl, state secretary to the Prime Minister of
    /// Sweden", "Dr. Virta, chief of cabinet in the Office of the President of Finland".
    fn served(&self, mention: usize) -> Option<String> {
        let cast = self.material.cast;
        let scene = &self.scene;
        let at = &cast.mentions[mention];
        let titled = scene.lower.get(at.end)? == ","
            && scene.mentions_at(at.end + 1).iter().any(|m| cast.mentions[*m].entity == at.entity);
        if !titled {
            return None;
        }
        let words = at.end + 1..(at.end + 18).min(scene.lower.len());
        let title = words.take_while(|t| !scene.is_verb(*t) && scene.lower[*t] != ",");
        let served = |t: usize| {
            scene.mentions_at(t).iter().find_map(|m| {
                let other = &cast.mentions[*m];
                let under = other.first.checked_sub(1).is_some_and(|before| {
                    let the = usize::from(scene.lower[before] == "the");
                    before
                        .checked_sub(the)
                        .is_some_and(|p| matches!(scene.lower[p].as_str(), "of" | "to" | "and" | "in"))
                });
                (other.entity != at.entity && under).then(|| cast.entities.get(other.entity)?.government.clone())?
            })
        };
        title.into_iter().find_map(served)
    }

    /// A person whose country stands right after the name: "Crown Prince Mishal of Kuwait".
    pub(super) fn person_of_a_country(&self, mention: usize) -> Option<Party> {
        let cast = self.material.cast;
        let at = &cast.mentions[mention];
        let person = cast.entities.get(at.entity).filter(|e| e.kind == EntityKind::Person && e.government.is_none())?;
        let after = self.scene.lower.get(at.end)?;
        if let Some(government) = self.served(mention) {
            let (person, office) = (person.person.clone(), person.office.clone());
            return Some(Party { government, person, office, role: None });
        }
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

    pub(super) fn party_of_entity(&self, entity: usize, token: usize, places: bool, found: &mut Vec<Found>) -> bool {
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

    /// Finds the sides of a verb by the order of words where the tree did not give them: the nearest name before it in its
    /// clause, the next one after it.
    pub(super) fn fill_in(&self, contact: &Occurrence, parties: &mut Vec<Found>) {
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
                        // "With Guterres for talks on Afghanistan".
                        let aside = scene.deprel(named) == Deprel::Case
                            && matches!(
                                scene.lower[named].as_str(),
                                "for" | "on" | "about" | "over" | "during" | "after"
                            );
                        if scene.is_verb(named) || aside {
                            break;
                        }
                        if !scene.mentions_at(named).is_empty() && take(parties, named, *role) && two(parties) {
                            // "With the president of Peru and the president of Ecuador".
                            for other in self.after_and(named) {
                                take(parties, other, *role);
                            }
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
                        for other in self.after_and(t) {
                            take(parties, other, role);
                        }
                        break;
                    }
                }
            }
        }
    }

    /// What is coordinated with the name that begins at a token.
    fn after_and(&self, named: usize) -> Vec<usize> {
        let end = self.scene.mentions_at(named).iter().map(|m| self.material.cast.mentions[*m].end).max();
        let own = named..end.unwrap_or(named).max(named + 1).min(self.scene.lower.len());
        own.clone().flat_map(|t| self.scene.coordinated(t)).filter(|t| !own.contains(t)).collect()
    }

    /// The first token of the widest mention that covers a token.
    pub(super) fn first_of_mention(&self, token: usize) -> Option<usize> {
        self.scene.mentions_at(token).iter().map(|m| self.material.cast.mentions[*m].first).min()
    }

    /// The party that stands nearest before a verb in its clause, by the order of words.
    pub(super) fn named_before(&self, verb: usize) -> Vec<Found> {
        let scene = &self.scene;
        let mut found = Vec::new();
        for t in (0..verb).rev().take(12) {
            let other_verb =
                scene.is_verb(t) && !matches!(scene.deprel(t), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
            // What stands in a clause below the verb is not its subject.
            let above = scene.ancestors(t).into_iter().find(|a| scene.is_verb(*a) && *a != verb);
            // Unless it stands right before the verb: "at 5 p.m., the minister of Japan, held".
            let direct = (t + 1..verb).all(|between| scene.deprel(between) == Deprel::Punct);
            if !direct && above.is_some_and(|a| a < verb && scene.ancestors(a).contains(&verb)) {
                continue;
            }
            if other_verb || scene.deprel(t) != Deprel::NmodPoss && self.party_of_token(t, false, &mut found) {
                break;
            }
        }
        found
    }

    /// The parties that stand right after a noun under its prepositions, by the order of words: "a call between A and B".
    pub(super) fn named_after(&self, contact: &Occurrence) -> Vec<Found> {
        let scene = &self.scene;
        let mut found = Vec::new();
        // "Was thinking of meeting Wang" is tagged as if "meeting" were a thing.
        let mut under = scene.lower[contact.token] == "meeting" && scene.child(contact.token, &[Deprel::Det]).is_none();
        for t in (contact.token + 1..scene.sentence.tokens.len()).take(30) {
            let word = scene.lower[t].as_str();
            if self.names_contact(t)
                || scene.is_verb(t) && !matches!(scene.deprel(t), Deprel::Acl)
                || matches!(word, "that" | "which" | "who" | ";" | "after" | "before" | "since" | "following" | "amid")
            {
                break;
            }
            // "With President Macri, the most vocal critic of Maduro": what is told of him names no other party.
            let described = || {
                let next = scene.lower.get(t + 1).map_or("", String::as_str);
                matches!(next, "the" | "a" | "an" | "perhaps" | "arguably" | "one" | "himself" | "herself")
            };
            if word == "," && !found.is_empty() && described() {
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

    /// Arguments of the word that names a contact, with those of the verb that it is the subject of.
    pub(super) fn contact_arguments(&self, token: usize) -> Vec<grammar::Argument<'_>> {
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
        // "Will be in Lilongwe for a state visit".
        if scene.is_noun(token)
            && self.preposition(token).as_deref() == Some("for")
            && let Some(place) = scene.sentence.head(token)
            && scene.child(place, &[Deprel::Cop]).is_some()
            && matches!(scene.preposition(place).as_deref(), Some("in" | "at"))
        {
            arguments.extend(scene.arguments(place).into_iter().filter(|(f, _)| f == "subject"));
            arguments.push((Cow::Borrowed("to"), place));
        }
        // "Had Correa on the line".
        if scene.is_noun(token)
            && self.preposition(token).as_deref() == Some("on")
            && let Some(verb) =
                scene.sentence.head(token).filter(|verb| matches!(scene.lemmas[*verb].as_str(), "get" | "have"))
        {
            let sides = scene.arguments(verb).into_iter().filter(|(f, _)| matches!(f.as_ref(), "object" | "subject"));
            let sides: Vec<_> = sides.collect();
            if !sides.iter().any(|(_, t)| matches!(scene.lower[*t].as_str(), "who" | "whom")) {
                arguments.extend(sides);
            }
        }
        // "Broke off a call with the Australian leader": what the parser hung on the verb.
        if scene.is_noun(token)
            && scene.deprel(token) == Deprel::Obj
            && let Some(verb) = scene.sentence.head(token).filter(|verb| !self.names_contact(*verb))
            && !arguments.iter().any(|(f, _)| matches!(f.as_ref(), "with" | "between"))
        {
            arguments
                .extend(scene.arguments(verb).into_iter().filter(|(f, _)| matches!(f.as_ref(), "with" | "between")));
        }
        // "Kalin, the adviser, disagreed": the parser took the verb for a noun beside its subject.
        if matches!(scene.deprel(token), Deprel::Appos | Deprel::Conj)
            && misread_verb(scene, token).is_some()
            && let Some(subject) = scene.sentence.head(token)
        {
            arguments.push((Cow::Borrowed("subject"), subject));
        }
        // "The initiative is Russia's".
        if scene.is_noun(token)
            && scene.deprel(token) == Deprel::Nsubj
            && let Some(owner) = scene.sentence.head(token).filter(|h| !scene.is_verb(*h))
            && scene.children(owner).iter().any(|c| scene.lower[*c] == "'s")
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
                    // "A letter in which Museveni explains himself to Kagame".
                    let written = scene.lemmas[token] == "letter";
                    let takes = |f: &str| f == "subject" || written && f == "to";
                    arguments.extend(inside.into_iter().filter(|(f, t)| takes(f) && *t != token));
                }
            }
        }
        arguments
    }

    /// The subject of the clause in which a noun such as "a call with Blinken" stands in an oblique place.
    pub(super) fn parties_beside(&self, token: usize, turns: &[usize]) -> Vec<Found> {
        let scene = &self.scene;
        let mut at = token;
        if let Some(turn) = turns.last() {
            at = self.occurrences[*turn].token;
        }
        for _ in 0..4 {
            let Some(head) = scene.sentence.head(at) else { break };
            // "Condemned the talks with Iran": who does was not there.
            if OUTSIDE.contains(&scene.lemmas[head].as_str()) {
                return Vec::new();
            }
            if scene.is_verb(head) {
                let subjects: Vec<usize> =
                    scene.arguments(head).into_iter().filter(|(f, _)| f == "subject").map(|(_, t)| t).collect();
                // "Said so, speaking to the press after a meeting with her": who said so.
                let participle = scene.sentence.tokens[head].xpos == Xpos::VBG && scene.deprel(head) == Deprel::Advcl;
                if !(subjects.is_empty() && participle) {
                    return subjects.into_iter().flat_map(|t| self.parties_at(t, false)).collect();
                }
            }
            at = head;
        }
        Vec::new()
    }
}
