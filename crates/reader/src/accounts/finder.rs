//! The machine that runs the rules over one sentence: contacts with the turns that stand over them, and turns that stand alone.

use super::grammar::{Argument, Mood, Scene};
use super::parties::ACTS_FOR;
use super::rules::{Asker, Effect, Rule};
use super::seats::{Seats, governments};
use super::values::Dates;
use super::words::{Occurrence, misread_verb};
use super::{Account, Material, Party, Subject, step_of};
use crate::codes::{Channel, Role, Stance, Status, StepKind, VoiceKind};
use crate::language::{Deprel, Xpos};
use crate::span::Span;
use crate::who::EntityKind;

/// Words for what somebody else has told.
pub(super) const REJECTABLE: &[&str] =
    &["report", "claim", "account", "version", "story", "allegation", "assertion", "rumor", "rumour", "publication"];

pub(super) struct Finder<'a, 'r> {
    pub(super) scene: Scene<'a>,
    pub(super) occurrences: Vec<Occurrence<'r>>,
    pub(super) material: &'a Material<'a>,
}

/// What stands at an argument: a party, with the token it was found at.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) token: usize,
    pub(super) party: Party,
    /// Whether it was found through "the two" or the like.
    pub(super) pointed: bool,
    /// The entity, as an index of the cast.
    pub(super) entity: Option<usize>,
}

pub(super) fn channel_of(rule: &Rule) -> Option<Channel> {
    match rule.effect {
        Effect::Contact(channel) => Some(channel),
        _ => None,
    }
}

/// One account for each pair that was contacted separately: "Kerry called the ministers of Korea and Japan" is two calls.
pub(super) fn distribute(account: Account, words: &[String]) -> Vec<Account> {
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
        } else if account.channel == Channel::Visit {
            p.role != Some(Role::Host)
        } else {
            matches!(p.role, Some(Role::Initiator | Role::Visitor))
        }
    };
    // Who carries it stands between the two.
    let (between, ends): (Vec<Party>, Vec<Party>) =
        account.parties.iter().cloned().partition(|p| p.role == Some(Role::Mediator));
    let (sources, targets): (Vec<Party>, Vec<Party>) = ends.into_iter().partition(first_side);
    // Without an initiator the first party is one side where the others are named as its partners.
    let (sources, targets) = if sources.is_empty() && apart && account.parties.len() > 2 {
        (vec![account.parties[0].clone()], account.parties[1..].to_vec())
    } else {
        (sources, targets)
    };
    // "Kurti and Vucic met separately with Borrell".
    if apart && sources.len() > 1 && targets.len() == 1 {
        let with = |source: Party| Account {
            parties: [source].into_iter().chain(targets.iter().cloned()).chain(between.iter().cloned()).collect(),
            ..account.clone()
        };
        return sources.into_iter().map(with).collect();
    }
    if !(one_to_one || apart) || (together && !apart) || sources.is_empty() || targets.len() < 2 {
        return vec![account];
    }
    targets
        .into_iter()
        .filter(|target| sources.iter().all(|s| s.government != target.government))
        .map(|target| {
            let mut one = account.clone();
            one.parties = sources.iter().cloned().chain([target]).chain(between.iter().cloned()).collect();
            one
        })
        .collect()
}

/// One account for each partner of the government that had them all.
fn one_by_one(account: Account, hub: &str) -> Vec<Account> {
    let (own, partners): (Vec<Party>, Vec<Party>) =
        account.parties.iter().cloned().partition(|party| party.government == hub);
    let asked = |partner: &Party| partner.role == Some(Role::Initiator);
    partners
        .into_iter()
        .map(|partner| Account {
            initiator: if asked(&partner) { Some(partner.government.clone()) } else { account.initiator.clone() },
            parties: own.iter().cloned().chain([partner]).collect(),
            ..account.clone()
        })
        .collect()
}

impl Finder<'_, '_> {
    pub(super) fn find(&self, accounts: &mut Vec<Account>) {
        let mut used = vec![false; self.occurrences.len()];
        let before = accounts.len();
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
        // "Denied reports that talks have begun": what is denied is told in the same breath, not before.
        let spent = accounts[before..].iter().any(|a| a.voice.is_some() && a.stance == Stance::Denied);
        // "The minister, who visited Oman, denied reports of a letter": it says itself what is denied, and that is no visit.
        let told = accounts.len() > before;
        let of_its_own = |turn: &Occurrence| {
            self.scene.arguments(turn.token).iter().any(|(function, t)| {
                function == "object"
                    && REJECTABLE.contains(&self.scene.lemmas[*t].as_str())
                    && self.scene.child(*t, &[Deprel::Nmod, Deprel::Acl, Deprel::AclRelcl, Deprel::Ccomp]).is_some()
            })
        };
        for (at, turn) in self.occurrences.iter().enumerate() {
            let dispute = matches!(turn.rule.effect, Effect::Dispute(_));
            if !used[at] && !(dispute && (spent || told && of_its_own(turn))) {
                self.alone(turn, accounts);
            }
        }
    }

    /// The turns that a contact stands under, innermost first.
    pub(super) fn turns_over(&self, contact: &Occurrence) -> Vec<usize> {
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
                        "round"
                            | "series"
                            | "number"
                            | "set"
                            | "kind"
                            | "couple"
                            | "date"
                            | "day"
                            | "hour"
                            | "session"
                            | "spate"
                            | "flurry"
                            | "idea"
                            | "notion"
                            | "possibility"
                            | "prospect"
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
                        "go" | "come" | "travel" | "fly" | "leave" | "arrive" | "head" | "send" | "dispatch"
                    )
                }
                // "Set to speak to the press after the summit".
                Deprel::Obl
                    if self
                        .preposition(at)
                        .is_some_and(|p| matches!(p.as_str(), "after" | "before" | "following" | "since")) =>
                {
                    false
                }
                _ => {
                    // Up from an argument of a turn ("request for [a call]", "placed [a call]"): the turn stands for it; in
                    // "agreed in talks" it does not.
                    // "The consensus that they reached when they met".
                    let meanwhile = scene.deprel(at) == Deprel::Advcl && !scene.is_infinitive(at);
                    let in_it = scene.deprel(at) == Deprel::Obl
                        && self.preposition(at).is_some_and(|p| matches!(p.as_str(), "at" | "during" | "in"));
                    !in_it
                        && !meanwhile
                        && self.occurrences.iter().any(|o| o.token == head && matches!(o.rule.effect, Effect::Turn(_)))
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
            if self.tells_another_thing(turn, contact) {
                continue;
            }
            // "The letter set out British law" sets no date.
            let out = |c: &usize| matches!(scene.lower[*c].as_str(), "out" | "off" | "aside" | "apart");
            if scene.lemmas[turn.token] == "set" && scene.children(turn.token).iter().any(out) {
                continue;
            }
            if turn.rule.needs_duration && self.minutes(&turn.words).is_none() {
                continue;
            }
            // "Had to leave": one has no leaving.
            if scene.lemmas[turn.token] == "have"
                && scene.is_infinitive(contact.token)
                && scene.sentence.head(contact.token) == Some(turn.token)
            {
                continue;
            }
            // "Sent his minister to hold talks": what is sent is a letter, not a meeting.
            let sends = matches!(
                scene.lemmas[turn.token].as_str(),
                "send" | "dispatch" | "deliver" | "hand" | "submit" | "file" | "lodge" | "address"
            );
            let goes =
                !matches!(channel_of(contact.rule), Some(Channel::Message | Channel::Call | Channel::Unspecified));
            // "Return to talks" answers no call.
            let answers = matches!(scene.lemmas[turn.token].as_str(), "return" | "answer" | "get");
            if goes && (sends && turn.rule.initiator == Some(Asker::By) || answers && scene.is_verb(turn.token)) {
                continue;
            }
            // "Reports suggest that talks have begun" proposes none.
            let tells = |c: &usize| {
                matches!(scene.deprel(*c), Deprel::Ccomp)
                    && (scene.sentence.tokens[*c].xpos == Xpos::VBD
                        || scene
                            .children(*c)
                            .iter()
                            .any(|a| matches!(scene.lower[*a].as_str(), "have" | "has" | "had" | "was" | "were")))
            };
            if scene.lemmas[turn.token] == "suggest" && scene.children(turn.token).iter().any(tells) {
                continue;
            }
            let arguments = scene.arguments(turn.token);
            // "Contradicting Trump, who said that they had talked": he whom one contradicts tells of it by himself.
            if turn.rule.effect == Effect::Dispute(None)
                && self.is_told_by_the_rejected(contact.token, turn, &arguments)
            {
                continue;
            }
            // "Which sets good dynamics": it sets no date for itself.
            let acts = scene.is_verb(turn.token)
                && !scene.is_passive(turn.token)
                && matches!(turn.rule.effect, Effect::Turn(Status::Planned | Status::Declined | Status::Cancelled))
                && scene.child(turn.token, &[Deprel::Obj]).is_some();
            let depth = chain.iter().position(|link| {
                arguments.iter().filter(|(function, _)| !(acts && function == "subject")).any(|(function, token)| {
                    turn.rule.about.iter().any(|a| a == function) && scene.coordinated(*token).contains(link)
                })
            });
            // "Was summoned but did not show up".
            let instead = turn.rule.needs_negation
                && scene.deprel(turn.token) == Deprel::Conj
                && scene.sentence.head(turn.token) == Some(contact.token);
            if let Some(depth) = depth.or(instead.then_some(0)) {
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
    pub(super) fn turns_by_order(&self, contact: &Occurrence, known: &[usize]) -> Vec<usize> {
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
        let other_contact_between = |from: usize, to: usize| (from..to).any(|t| self.names_contact(t));
        let fits = |number: &usize| {
            let turn = &self.occurrences[*number];
            let Effect::Turn(status) = turn.rule.effect else { return false };
            if self.tells_another_thing(turn, contact) {
                return false;
            }
            // "The visit to China, planned for Sunday"; but a session that is set is not the meeting before it.
            let described = scene.sentence.head(turn.token);
            if self.is_subordinate(turn.token)
                && (!scene.is_passive(turn.token)
                    || !described.is_some_and(|noun| scene.subtree(contact.token).contains(&noun)))
            {
                return false;
            }
            // "The calls, a day after talks were cancelled".
            // "The leak about the meeting did not come from us".
            let about = |subject: usize| {
                scene.subtree(subject).contains(&contact.token)
                    && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "about" | "on" | "over"))
            };
            let other = |subject: usize| subject != contact.token && (self.names_contact(subject) || about(subject));
            if scene.child(turn.token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(other) {
                return false;
            }
            if !scene.is_verb(turn.token) || turn.words.contains(&contact.token) {
                return false;
            }
            // "Flew in for talks and was expected in Doha": who flew was expected.
            let first = scene.sentence.head(turn.token).filter(|_| scene.deprel(turn.token) == Deprel::Conj);
            if first.is_some_and(|first| first < contact.token && scene.is_verb(first)) {
                return false;
            }
            // "Said after talks that Lavrov had refused": it was he, not the talks.
            if scene.child(turn.token, &[Deprel::Mark]).is_some_and(|mark| mark > contact.token) {
                return false;
            }
            // "Offered the animal during his trip": it was the animal that he offered.
            let own = scene.child(turn.token, &[Deprel::Obj]);
            if contact.token > turn.token && own.is_some_and(|own| scene.is_noun(own) && own < contact.token) {
                return false;
            }
            // "The second conversation, which sets good dynamics", "guarantees that rule out".
            let settles = matches!(status, Status::Planned | Status::Declined | Status::Cancelled);
            if contact.token < turn.token && own.is_some() && settles {
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
            // "Agreed to a process at talks in Luanda": where they agreed.
            let there =
                self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "at" | "in" | "during" | "after"));
            // "Asked for more time, since consultations went on": why is another clause.
            let other_clause =
                |t: usize| scene.deprel(t) == Deprel::Mark && scene.lower[t] != "that" && scene.lower[t] != "to";
            fits && !(there && !after)
                && from <= to
                && !(from..to).any(other_clause)
                && to - from <= reach
                && !verb_between(from, to)
                && !other_contact_between(from, to)
        };
        (0..self.occurrences.len()).filter(|number| !known.contains(number)).filter(fits).collect()
    }

    /// Whether a turn, by its words, is none of the contact's.
    fn tells_another_thing(&self, turn: &Occurrence, contact: &Occurrence) -> bool {
        let scene = &self.scene;
        let verb = scene.lemmas[turn.token].as_str();
        let arguments = || scene.arguments(turn.token);
        // "Did not show up for it" and "did not want to see her" are told by rules of their own.
        let refuses = |rule: &Rule| rule.needs_negation && matches!(rule.effect, Effect::Turn(_));
        let negated = scene.is_negated(turn.token) || scene.is_failed(turn.token);
        let own_rule = || self.occurrences.iter().any(|o| o.token == turn.token && refuses(o.rule));
        if refuses(turn.rule) != negated && (refuses(turn.rule) || own_rule()) {
            return true;
        }
        // "Suspended the dialogue, accusing Qatar of distorting the call": what it is accused of is another thing.
        let accused = |t: &usize| scene.lemmas[*t] == "accuse";
        if matches!(turn.rule.effect, Effect::Dispute(_))
            && scene.ancestors(turn.token).iter().any(accused)
            && !scene.subtree(turn.token).contains(&contact.token)
        {
            return true;
        }
        match verb {
            // "Denied that he had written" is no refusal; "her request was denied" is one.
            "deny" => !scene.is_passive(turn.token),
            // "Agreed that only talks can help" arranges none; "agreed that they would meet", "that one be held" does.
            "agree" => {
                // "Do not agree on why they did not talk".
                let asks = |t: &usize| matches!(scene.lower[*t].as_str(), "how" | "what" | "whether" | "who" | "why");
                let between = scene.ancestors(contact.token).into_iter().take_while(|t| *t != turn.token);
                let asked = between.chain([contact.token]).any(|t| scene.children(t).iter().any(asks));
                let that = scene.children(turn.token).iter().any(|c| {
                    scene.deprel(*c) == Deprel::Ccomp
                        && scene.child(*c, &[Deprel::Mark]).is_some_and(|m| scene.lower[m] == "that")
                        && scene.mood(*c) == Mood::Possible
                });
                asked || that
            }
            // "The visit comes amid a row": when it comes says nothing of whether it was.
            "come" => {
                let amid = |(preposition, _): &Argument| {
                    matches!(
                        preposition.as_ref(),
                        "amid"
                            | "amidst"
                            | "as"
                            | "after"
                            | "ahead"
                            | "before"
                            | "despite"
                            | "following"
                            | "of"
                            | "since"
                    )
                };
                arguments().iter().any(amid)
                    || scene.children(turn.token).iter().any(|c| scene.deprel(*c) == Deprel::Advcl)
            }
            // "Moved to June"; to Geneva is no other day.
            "move" => {
                !arguments().iter().any(|(f, t)| matches!(f.as_ref(), "to" | "until" | "till") && self.is_time(*t))
            }
            // "The agreement that their talks reached": only what is sent arrives.
            "arrive" | "reach" => channel_of(contact.rule) != Some(Channel::Message),
            // "Withdrew for their formal talks".
            "withdraw" | "retire" | "retreat" => {
                arguments().iter().any(|(f, t)| f == "for" && scene.subtree(*t).contains(&contact.token))
            }
            // "Asked about a meeting" wants none.
            "ask" => arguments().iter().any(|(f, t)| f == "about" && scene.subtree(*t).contains(&contact.token)),
            // "Responded to the meeting" answers no request.
            "respond" | "react" | "reply" => {
                let to = |(f, t): &Argument| f == "to" && *t == contact.token;
                arguments().iter().any(to)
                    && contact.rule.status.is_none()
                    && matches!(channel_of(contact.rule), Some(Channel::Meeting | Channel::Visit | Channel::Talks))
            }
            _ => false,
        }
    }

    /// "Contacts would be suspended", "more than a dozen requests": what becomes of all of them is no contact of its own.
    fn is_a_policy(&self, contact: &Occurrence, turns: &[usize], parties: &[Found]) -> bool {
        let scene = &self.scene;
        let several = |token: usize| scene.sentence.tokens[token].xpos == Xpos::NNS;
        let dozens = |token: usize| {
            several(token)
                && scene.subtree(token).into_iter().any(|t| {
                    t < token
                        && matches!(scene.lemmas[t].as_str(), "dozen" | "hundred" | "score" | "numerous" | "countless")
                })
        };
        let told = || turns.iter().map(|t| &self.occurrences[*t]);
        if told().any(|turn| scene.is_noun(turn.token) && dozens(turn.token)) {
            return true;
        }
        let ends = |turn: &Occurrence| {
            matches!(turn.rule.effect, Effect::Turn(Status::Postponed | Status::Cancelled | Status::Declined))
        };
        several(contact.token)
            && contact.rule.effect == Effect::Contact(Channel::Unspecified)
            && told().any(ends)
            && parties.iter().all(|f| f.party.person.is_none())
    }

    /// "She also held meetings with the ministers of Peru and Chile": whose minister she is nobody knows, and they did not meet
    /// each other.
    fn has_unknown_subject(&self, contact: &Occurrence, turns: &[usize], parties: &[Found]) -> bool {
        let scene = &self.scene;
        let event = turns.first().map_or(contact.token, |t| self.occurrences[*t].token);
        if !scene.is_verb(event) || scene.is_passive(event) {
            return false;
        }
        let arguments = scene.arguments(event);
        let Some((_, subject)) = arguments.iter().find(|(f, _)| f == "subject") else { return false };
        let single = matches!(scene.lower[*subject].as_str(), "he" | "she" | "i")
            || matches!(scene.sentence.tokens[*subject].xpos, Xpos::NN | Xpos::NNP)
                && scene.child(*subject, &[Deprel::Conj]).is_none()
                && (ACTS_FOR.contains(&scene.lemmas[*subject].as_str()) || self.is_person(*subject));
        let after = |f: &Found| f.token > event && !scene.subtree(*subject).contains(&f.token);
        single && parties.iter().all(after) && self.parties_at(*subject, false).is_empty()
    }

    /// Whether a word names a contact.
    pub(super) fn names_contact(&self, token: usize) -> bool {
        self.occurrences.iter().any(|o| o.token == token && channel_of(o.rule).is_some())
    }

    /// Whether a verb only describes a noun: "the visit planned for Sunday", "which they had planned". A finite verb without
    /// a relative pronoun that the parser hung on a noun does not.
    pub(super) fn is_subordinate(&self, token: usize) -> bool {
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

    pub(super) fn contact(&self, contact: &Occurrence, channel: Channel, turns: &[usize], accounts: &mut Vec<Account>) {
        let scene = &self.scene;
        let rule = contact.rule;
        if self.is_told_elsewhere(contact) {
            return;
        }
        let mut seats = Seats::of(contact);
        let arguments = self.places_of(contact);
        self.seat_by_rule(contact, channel, &arguments, &mut seats);
        // "Would not confirm that they had met": neither told nor denied, and nothing refused.
        let withheld = self.withheld(contact.token);
        let turns: Vec<usize> = turns
            .iter()
            .copied()
            .filter(|t| withheld.is_none_or(|verb| !scene.ancestors(verb).contains(&self.occurrences[*t].token)))
            .collect();
        let turns = turns.as_slice();
        // "Rejected reports that he had called": what is rejected is the report, not the call.
        let wrongly_told = self.is_wrongly_told(contact.token);
        let rejected =
            self.rejected(contact.token).or_else(|| self.denied_doing(contact, turns)).or(wrongly_told.then_some(None));
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
        if self.means_another_thing(contact, channel, turns, &arguments) {
            return;
        }
        seats.parties.retain(|f| !scene.ancestors(f.token).into_iter().take(3).any(|t| self.is_margin(t)));
        let answered_to = |p: &Found| p.party.role == Some(Role::Recipient);
        if rule.needs_recipient && governments(&seats.parties) >= 2 && !seats.parties.iter().any(answered_to) {
            return;
        }
        if rule.needs_persons && turns.is_empty() && self.lacks_people(rule, &seats.parties, &arguments) {
            return;
        }
        if governments(&seats.parties) >= 2 && self.has_unknown_subject(contact, turns, &seats.parties)
            || self.is_a_policy(contact, turns, &seats.parties)
        {
            return;
        }
        for &number in turns {
            self.seat_by_turn(contact, channel, &self.occurrences[number], &arguments, &mut seats);
        }
        if !self.seat_beside(contact, channel, turns, &arguments, &mut seats) {
            return;
        }
        let span = scene.sentence.tokens[contact.token].span;
        let mut statement = self.statement_at(span);
        // "The media were wrong to say": who says that they were speaks, not they.
        if let Some(told) = statement.filter(|_| wrongly_told).and_then(|s| self.material.statements[s].within) {
            statement = Some(told).filter(|s| *s < self.material.statements.len());
        }
        self.unseat_tellers(statement, &mut seats);
        let Seats { mut parties, chain, mut rules, initiator, by, formats } = seats;
        // "Tehran denied that talks with Washington had taken place": its own.
        if governments(&parties) == 1
            && let Some(Some(denier)) = rejected
            && let Some(entity) = self.material.cast.entities.get(denier)
            && let Some(government) =
                entity.government.clone().filter(|g| parties.iter().all(|p| p.party.government != *g))
            && arguments.iter().any(|(f, _)| f == "with")
        {
            let party = Party { government, person: None, office: None, role: None };
            parties.push(Found { token: contact.token, party, pointed: false, entity: None });
        }
        // "The G7 summit", "African Union-led talks": whose format it is, unless two others met in it.
        if governments(&parties) <= 2 {
            parties.retain(|f| !formats.contains(&f.party.government));
        }
        let reading = self.status(contact, turns);
        // "Riyadh said that the Iranian envoy had been summoned": what is told without an agent, who tells of it did.
        let tried = |turn: &usize| {
            let at = self.occurrences[*turn].token;
            scene.is_noun(at) && scene.sentence.head(at).is_some_and(|head| scene.is_passive(head))
        };
        let passive = scene.is_passive(contact.token)
            || turns.first().is_some_and(tried)
            || turns.first().is_some_and(|turn| scene.is_passive(self.occurrences[*turn].token));
        if rule.strict
            && passive
            && governments(&parties) == 1
            && parties.iter().all(|f| f.party.role == Some(Role::Recipient))
            && let Some(government) = self.teller(statement)
            && parties.iter().all(|f| f.party.government != government)
        {
            let party = Party { government, person: None, office: None, role: Some(Role::Initiator) };
            parties.push(Found { token: contact.token, party, pointed: false, entity: None });
        }
        // "No letter had been sent", "our ambassador was not summoned": the one that another told of.
        // "Never received a letter": so is that.
        let not_come = turns.iter().any(|t| self.is_not_received(contact, &self.occurrences[*t]));
        let unmade =
            rule.strict && (passive || not_come) && reading.negated && statement.is_some() && governments(&parties) < 2;
        // "Her meetings in Dubai", "border encounters", "the Summit of the Americas": several, or the name of an event.
        let noun = scene.is_noun(contact.token) && !matches!(channel, Channel::Talks | Channel::Message);
        let several = scene.sentence.tokens[contact.token].xpos == Xpos::NNS;
        let event = contact.token > 0
            && scene.sentence.tokens[contact.token].span.of(scene.text).starts_with(char::is_uppercase)
            && !scene.child(contact.token, &[Deprel::Det]).is_some_and(|d| scene.lower[d] == "a");
        // "It was she who placed the calls".
        let asked =
            self.is_definite(contact.token) && turns.iter().any(|t| self.occurrences[*t].rule.initiator.is_some());
        let several = several && !asked && !turns.iter().any(|t| self.is_failing(*t));
        if noun && (several || event) && governments(&parties) < 2 {
            return;
        }
        // Two who go to a third place do not visit each other.
        let bound = parties.iter().any(|p| p.party.role == Some(Role::Host));
        if rule.strict && channel == Channel::Visit && !bound && governments(&parties) >= 2 {
            return;
        }
        // "There was no such call": one that was spoken of.
        let definite = self.is_definite(contact.token)
            || reading.negated
                && scene.is_noun(contact.token)
                && scene.children(contact.token).iter().any(|c| scene.lower[*c] == "no");
        let pronominal =
            parties.is_empty() && !scene.is_noun(contact.token) && self.has_plural_pronoun_subject(contact.token);
        // "They met on Saturday, a surprise meeting that".
        let aside = scene.is_noun(contact.token)
            && matches!(scene.deprel(contact.token), Deprel::Appos | Deprel::Parataxis)
            && self.occurrences.iter().any(|o| o.token < contact.token && self.names_contact(o.token));
        let definite = definite || pronominal || unmade || aside;
        if pronominal {
            // "They talked": who they are is for the contact told last to say.
        } else if governments(&parties) == 1
            && (rule.needs_recipient && !rule.needs_persons || rule.attempt && scene.is_cleft(contact.token))
            && turns.is_empty()
            && parties[0].party.role == Some(Role::Initiator)
            && !arguments.iter().any(|(f, _)| matches!(f.as_ref(), "object" | "to" | "with"))
        {
            // "It was the United States that had reached out", "that called": whose wish or doing the contact told before was.
            // What is merely reached ("an agreement, reached in May") is not somebody.
            if contact.words.len() == 1 && scene.lemmas[contact.token] == "reach" {
                return;
            }
            accounts.push(self.wish(contact, parties, statement));
            return;
        } else if governments(&parties) < 2
            && !self.is_of_one_told(contact, channel, turns, &arguments, &parties, &chain, definite, unmade)
        {
            return;
        }
        let place_initiator = parties
            .iter()
            .find(|p| {
                // Who invites has asked.
                p.party.role == Some(Role::Initiator)
                    || rule.status == Some(Status::Proposed) && p.party.role == Some(Role::Host)
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
        let dates = self.dates(&chain, turns);
        if rule.vague
            && channel == Channel::Unspecified
            && dates.contact.is_none()
            && parties.iter().all(|p| p.party.person.is_none())
        {
            return;
        }
        let (place, place_country) = self.place(&chain);
        let denies =
            statement.is_some_and(|s| self.material.statements[s].stance == Stance::Denied) && !reading.negated;
        if rejected.is_some() || denies && withheld.is_none() {
            rules.push("dispute-reject".to_string());
        }
        let stance = match statement.map(|s| self.material.statements[s].stance) {
            _ if withheld.is_some() => Stance::Asserted,
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
        // "Came out of talks which the United States had mediated": between whom they were is not told.
        let mediated = |f: &Found| f.party.role == Some(Role::Mediator);
        if !definite && !parties.is_empty() && parties.iter().all(mediated) {
            return;
        }
        // Who told the other in a letter sent it.
        let writer = (channel == Channel::Message && !scene.is_noun(contact.token))
            .then(|| parties.iter().find(|p| p.party.role == Some(Role::Participant)))
            .flatten()
            .map(|p| p.party.government.clone());
        let initiator = initiator.or(writer);
        // "Moscow said that they had talked, a claim that Paris denied": Moscow's account stands beside the denial.
        let denier = rejected.flatten().and_then(|e| self.material.cast.entities.get(e)?.government.clone());
        let claimed = denier.is_some()
            && self.teller(statement).is_some_and(|teller| {
                Some(&teller) != denier.as_ref() && parties.iter().any(|f| f.party.government == teller)
            });
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
            hypothetical: reading.hypothetical || withheld.is_some(),
            mood: reading.mood,
            at_wish: false,
            summons: rule.summons,
            purpose: turns.is_empty() && self.is_purpose(contact.token),
        };
        account.words.sort_unstable();
        if claimed {
            let rules = account.rules.iter().filter(|rule| *rule != "dispute-reject").cloned().collect();
            accounts.push(Account { rules, stance: Stance::Asserted, voice: None, ..account.clone() });
            account.statement = None;
        }
        // "Spoke on Tuesday and again last night": twice.
        if let Some(when) = self.once_again(&chain) {
            accounts.push(Account { when: Some(when), step_when: None, fresh: true, ..account.clone() });
        }
        self.tell_apart(contact, account, &arguments, &parties, accounts);
    }

    /// Whether a contact of which the words name one side is one whose other side has been told: "a call from Obama", "is
    /// expected to visit later".
    #[allow(clippy::too_many_arguments)]
    fn is_of_one_told(
        &self,
        contact: &Occurrence,
        channel: Channel,
        turns: &[usize],
        arguments: &[Argument],
        parties: &[Found],
        chain: &[usize],
        definite: bool,
        unmade: bool,
    ) -> bool {
        let scene = &self.scene;
        let rule = contact.rule;
        let addressed =
            scene.is_noun(contact.token) && parties.iter().any(|p| p.party.role.is_some() && p.party.person.is_some());
        let elliptic = channel == Channel::Visit
            && turns.iter().any(|t| self.is_failing(*t))
            && !arguments.iter().any(|(f, _)| matches!(f.as_ref(), "object" | "to"));
        // "Peru had sent its first note": to whom has been told.
        let sent = rule.strict
            && scene.is_noun(contact.token)
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
        // "Phoned back on Wednesday".
        let returned = rule.attempt
            && !parties.is_empty()
            && scene.children(contact.token).iter().any(|c| scene.lower[*c] == "back")
            && !arguments.iter().any(|(f, _)| f == "object");
        let told = returned
            || sent
            || wished
            || unmade
            || !rule.strict && (definite || addressed || !turns.is_empty())
            || elliptic;
        told && !(parties.is_empty() && !definite && turns.is_empty())
    }

    /// Adds an account, or one for each of those who were contacted by themselves.
    fn tell_apart(
        &self,
        contact: &Occurrence,
        account: Account,
        arguments: &[Argument],
        parties: &[Found],
        accounts: &mut Vec<Account>,
    ) {
        let scene = &self.scene;
        let rule = contact.rule;
        // "Spoke with Macron, Scholz and Johnson" is one conversation; "spoke to Macron and to Scholz" are two.
        let with = arguments.iter().filter(|(f, _)| f == "with").count();
        // "With the foreign ministers of South Korea, China and Japan" may be so many.
        let group = parties.iter().filter(|f| f.party.role == Some(Role::Recipient)).any(|f| {
            scene.mentions_at(f.token).first().is_some_and(|m| {
                let entity = self.material.cast.entities.get(self.material.cast.mentions[*m].entity);
                entity.is_some_and(|e| e.kind == EntityKind::Group && !e.name.contains("official"))
            })
        });
        let joint = rule.id == "contact-speak" && with == 1 && !group && !arguments.iter().any(|(f, _)| f == "to");
        if joint && !scene.lower.iter().any(|w| matches!(w.as_str(), "separately" | "separate")) {
            accounts.push(account);
            return;
        }
        // "Held phone calls with A, B and C", "took calls from A and B": as many calls.
        let several = scene.sentence.tokens[contact.token].xpos == Xpos::NNS
            && matches!(account.channel, Channel::Call | Channel::Meeting | Channel::Message)
            && arguments.iter().any(|(f, _)| matches!(f.as_ref(), "with" | "from" | "to"));
        // "His contacts with the leaders of Azerbaijan and Armenia": his with each.
        let owner = arguments
            .iter()
            .filter(|(f, _)| f == "possessive" || f == "of" && with == 1)
            .flat_map(|(_, t)| self.parties_at(*t, false))
            .map(|f| f.party.government)
            .next();
        let several = several
            || owner.is_some()
                && scene.sentence.tokens[contact.token].xpos == Xpos::NNS
                && account.channel == Channel::Unspecified;
        let hub =
            account.by.clone().or(owner).filter(|by| {
                several && account.parties.len() > 2 && account.parties.iter().any(|p| p.government == *by)
            });
        if let Some(hub) = hub {
            accounts.extend(one_by_one(account, &hub));
            return;
        }
        for one in distribute(account, &scene.lower) {
            accounts.push(one);
        }
    }

    /// Through what a verb says that it went: "spoke by telephone", "met via video conference".
    pub(super) fn means(&self, verb: usize) -> Vec<usize> {
        let by = |token: usize| {
            self.preposition(token).is_some_and(|p| matches!(p.as_str(), "by" | "via" | "over" | "through"))
        };
        self.scene
            .children(verb)
            .iter()
            .copied()
            .filter(|c| self.scene.deprel(*c) == Deprel::Obl && by(*c) && self.names_contact(*c))
            .collect()
    }

    /// The government that answers for a statement.
    fn teller(&self, statement: Option<usize>) -> Option<String> {
        let statement = &self.material.statements[statement?];
        let speaker = statement.speaker.and_then(|s| self.material.cast.entities.get(s));
        matches!(statement.voice, VoiceKind::Official | VoiceKind::AnonymousOfficial)
            .then(|| speaker.and_then(|s| s.government.clone()).or_else(|| statement.speaker_government.clone()))?
    }

    /// Who took the first step to a contact that was told before.
    pub(super) fn wish(&self, contact: &Occurrence, parties: Vec<Found>, statement: Option<usize>) -> Account {
        let (status, step) = match contact.rule.attempt {
            true => (Status::Held, StepKind::Attempted),
            false => (Status::Requested, StepKind::Requested),
        };
        let government = parties.first().map(|f| f.party.government.clone());
        let span = self.scene.sentence.tokens[contact.token].span;
        Account {
            words: vec![span],
            evidence: self.evidence(&contact.words, &parties, statement, &Dates::default()),
            parties: parties.into_iter().map(|f| f.party).collect(),
            status,
            step: Some(step),
            by: government.clone(),
            initiator: government,
            statement,
            step_when: self.dates(&contact.words, &[]).contact,
            definite: true,
            attempt: contact.rule.attempt,
            at_wish: true,
            ..Account::of(&contact.rule.id, self.scene.index, span, Subject::Turn)
        }
    }

    /// A turn or dispute whose contact was told before.
    pub(super) fn alone(&self, turn: &Occurrence, accounts: &mut Vec<Account>) {
        let scene = &self.scene;
        let rule = turn.rule;
        if !rule.alone && !rule.alone_negated {
            return;
        }
        let (subject, status) = match rule.effect {
            Effect::Turn(status) => (Subject::Turn, status),
            Effect::Dispute(about) => (Subject::Dispute(about), Status::Held),
            Effect::Contact(_) => return,
        };
        // "Kyiv denies it" refuses nothing; "denied her request" does.
        let asked_for = |(_, t): &Argument| matches!(scene.lemmas[*t].as_str(), "request" | "access" | "permission");
        if subject == Subject::Turn
            && scene.lemmas[turn.token] == "deny"
            && !scene.is_passive(turn.token)
            && !scene.arguments(turn.token).iter().any(asked_for)
        {
            return;
        }
        // "Rumours picked up by Prague": who comes to the telephone does so by himself.
        if rule.about.is_empty() && scene.is_verb(turn.token) && scene.is_passive(turn.token) {
            return;
        }
        let governor = scene.sentence.head(turn.token).filter(|h| scene.is_noun(turn.token) && scene.is_verb(*h));
        // "Has not responded to the request": that it was made is not denied.
        let unanswered = |verb: usize| {
            let answers = |o: &Occurrence| o.token == verb && o.rule.step == Some(StepKind::Acknowledged);
            scene.is_negated(verb) && self.occurrences.iter().any(answers)
        };
        if governor.is_some_and(unanswered) {
            return;
        }
        // "Did not respond to a request for comment": the press had asked.
        let press = |word: &String| {
            matches!(
                word.as_str(),
                "comment"
                    | "comments"
                    | "inquiries"
                    | "inquiry"
                    | "interview"
                    | "journalists"
                    | "media"
                    | "queries"
                    | "query"
                    | "question"
                    | "questions"
                    | "reporters"
                    | "emails"
                    | "email"
                    | "e-mail"
                    | "e-mails"
            )
        };
        if rule.step == Some(StepKind::Acknowledged) && scene.lower.iter().any(press) {
            return;
        }
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
            matches!(scene.lower[token].as_str(), "it" | "that" | "this" | "them" | "so")
                || matches!(
                    scene.lemmas[token].as_str(),
                    "approach"
                        | "appeal"
                        | "call"
                        | "idea"
                        | "invitation"
                        | "meeting"
                        | "offer"
                        | "overture"
                        | "proposal"
                        | "request"
                )
        };
        let own = if scene.is_noun(turn.token) { scene.arguments(turn.token) } else { arguments.clone() };
        // "At the request of the Chinese side": whose it was, not what it was for.
        let whose = |f: &str, token: usize| rule.by.iter().any(|b| b == f) && !self.parties_at(token, false).is_empty();
        let about: Vec<usize> = own
            .iter()
            .filter(|(f, token)| rule.about.iter().any(|a| a == f) && !whose(f, *token))
            .map(|(_, token)| *token)
            .collect();
        let mut refers = about.is_empty() || about.iter().any(|token| refers_back(*token));
        if let Subject::Dispute(_) = subject {
            // "Things that were not true" are no account of anything.
            if matches!(scene.deprel(turn.token), Deprel::AclRelcl | Deprel::Acl | Deprel::Amod) {
                return;
            }
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
                "content",
                "quote",
                "quotation",
                "word",
            ];
            let rejects = |f: &str, t: usize| rule.by.iter().any(|b| b == f) && !scene.mentions_at(t).is_empty();
            let about: Vec<usize> = arguments
                .iter()
                .filter(|(f, t)| rule.about.iter().any(|a| a == f) && !rejects(f, *t))
                .map(|(_, t)| *t)
                .collect();
            // "Contradicting the president", "she had misquoted him".
            let contradicted = (scene.lemmas[turn.token] == "contradict" || rule.needs_persons)
                && about.iter().any(|t| !self.parties_at(*t, false).is_empty());
            refers = contradicted
                || about.iter().any(|t| ACCOUNTS.contains(&scene.lemmas[*t].as_str()))
                || about.is_empty()
                    && match misread_verb(scene, turn.token).as_deref().unwrap_or(&scene.lemmas[turn.token]) {
                        "disagree" | "contradict" => true,
                        // "There was nothing of the kind", not "that nothing of the sort would happen".
                        "kind" | "sort" => scene.lower.iter().any(|w| w == "there"),
                        _ => false,
                    }
                || rule.about.is_empty() && scene.lemmas.iter().any(|l| ACCOUNTS.contains(&l.as_str()) && l.len() > 4);
        }
        // "The request was with her office": with whom it lies has not made it, and who has is not told.
        let lies_with = scene.is_noun(turn.token)
            && scene.deprel(turn.token) == Deprel::Nsubj
            && scene
                .sentence
                .head(turn.token)
                .is_some_and(|h| scene.is_noun(h) && self.preposition(h).as_deref() == Some("with"));
        // "Exchanged best wishes".
        let wishes = turn.words.len() == 1 && scene.lower[turn.token] == "wishes" && scene.is_noun(turn.token);
        // "Staying away was a mistake": who did is told elsewhere.
        let gerund = scene.sentence.tokens[turn.token].xpos == Xpos::VBG
            && matches!(scene.deprel(turn.token), Deprel::Csubj | Deprel::Nsubj);
        // "A request for a delay": it is asked for, and not there.
        let wanted = scene.is_noun(turn.token)
            && self.preposition(turn.token).as_deref() == Some("for")
            && scene.sentence.head(turn.token).is_some_and(|h| {
                matches!(scene.lemmas[h].as_str(), "appeal" | "ask" | "call" | "plea" | "press" | "push" | "request")
            });
        // "A delay with the aircraft": of something else.
        let of_a_thing = scene.is_noun(turn.token)
            && scene.arguments(turn.token).iter().any(|(f, t)| {
                matches!(f.as_ref(), "with" | "in" | "of" | "to")
                    && !self.names_contact(*t)
                    && !self.is_time(*t)
                    && scene.is_noun(*t)
                    && scene.mentions_at(*t).is_empty()
            })
            && turn.rule.effect == Effect::Turn(Status::Postponed);
        let minutes = self.minutes(&turn.words);
        let denial_only = (rule.needs_negation || rule.alone_negated) && !negated;
        if lies_with
            || wishes
            || gerund
            || wanted
            || of_a_thing
            || !refers
            || rule.needs_duration && minutes.is_none()
            || denial_only
        {
            return;
        }
        let (status, stance) = if rule.needs_negation { (status, Stance::Asserted) } else { (status, stance) };
        let mut side = Vec::new();
        let mut others = Vec::new();
        for (function, token) in &arguments {
            // "The request came from Moscow": its government's.
            let found = self.parties_at(*token, function == "from");
            if rule.by.iter().any(|b| b == function) {
                side.extend(found);
            } else {
                others.extend(found);
            }
        }
        // "An official, who asked not to be named, disputed that version".
        if side.is_empty()
            && matches!(rule.effect, Effect::Dispute(_))
            && rule.by.iter().any(|b| b == "subject")
            && !scene.is_noun(turn.token)
            && !scene.is_passive(turn.token)
        {
            side = self.named_before(turn.token);
        }
        // "Had a call at request with his counterpart": at the counterpart's.
        let at_request =
            side.is_empty() && scene.is_noun(turn.token) && self.preposition(turn.token).as_deref() == Some("at");
        if at_request && rule.initiator == Some(Asker::By) {
            side.append(&mut others);
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
            words: turn.words.iter().map(|t| scene.sentence.tokens[*t].span).collect(),
            evidence: self.evidence(&turn.words, &parties, statement, &dates),
            channel,
            parties: parties.into_iter().map(|f| f.party).collect(),
            status,
            step: if negated { step_of(status) } else { rule.step.or(step_of(status)) },
            by,
            initiator,
            stance,
            statement,
            voice: if matches!(subject, Subject::Dispute(_)) { speaker } else { None },
            step_when: dates.step.or(dates.contact),
            minutes,
            reason: self.reason(&turn.words),
            attempts: self.attempts(&turn.words),
            definite: !rang,
            hypothetical: mood == Mood::Condition,
            mood,
            at_wish: status == Status::Requested
                && if scene.is_noun(turn.token) {
                    self.preposition(turn.token).is_some_and(|p| matches!(p.as_str(), "at" | "on" | "upon"))
                } else {
                    // "Mr. Trump had asked for it".
                    scene.children(turn.token).iter().any(|c| scene.lower[*c] == "had")
                },
            ..Account::of(&rule.id, scene.index, span, subject)
        });
    }

    /// Whether the sentence rejects an account of what a word tells ("brushed aside reports that", "the claim is untrue"), and
    /// who does.
    pub(super) fn rejected(&self, told: usize) -> Option<Option<usize>> {
        let scene = &self.scene;
        // "Said that he had asked for it, which Buenos Aires denied": the whole of it.
        let which = |o: &Occurrence| {
            scene.arguments(o.token).iter().any(|(f, t)| f == "object" && scene.lower[*t] == "which")
                || scene.children(o.token).iter().any(|c| *c > told && scene.lower[*c] == "which")
        };
        let account = scene.lemmas.iter().any(|l| REJECTABLE.contains(&l.as_str()))
            || self.occurrences.iter().any(|o| o.rule.effect == Effect::Dispute(None) && o.token > told && which(o));
        let dispute = self
            .occurrences
            .iter()
            .find(|o| o.rule.effect == Effect::Dispute(None) && scene.is_negated(o.token) == o.rule.needs_negation)?;
        // "The minister, who was visiting Oman, denied reports": the visit belongs to who denies, not to what is denied.
        let arguments = scene.arguments(dispute.token);
        let of_denier = arguments
            .iter()
            .filter(|(function, _)| dispute.rule.by.iter().any(|b| b == function))
            .any(|(_, token)| *token != told && scene.is_relative_below(told, *token));
        // "Denied the report while he visited Oman": so does what happens at the time.
        let meanwhile = scene.ancestors(told).into_iter().chain([told]).any(|link| {
            scene.deprel(link) == Deprel::Advcl
                && scene.sentence.head(link) == Some(dispute.token)
                && scene.children(link).iter().any(|c| matches!(scene.lower[*c].as_str(), "while" | "when" | "after"))
        });
        // "Called the report false: the two had spoken": what follows is what he says himself.
        let after = (dispute.token..told).any(|t| matches!(scene.lower[t].as_str(), ":" | ";"));
        let of_rejected = after || self.is_told_by_the_rejected(told, dispute, &arguments);
        // "Did not deny that they had talked but called the reports inaccurate": that they talked is granted.
        let granted = scene.ancestors(told).into_iter().chain([told]).any(|link| {
            scene.deprel(link) == Deprel::Ccomp
                && scene
                    .sentence
                    .head(link)
                    .is_some_and(|h| matches!(scene.lemmas[h].as_str(), "deny" | "dispute") && scene.is_negated(h))
        });
        if !account || of_denier || of_rejected || meanwhile || granted {
            return None;
        }
        let mut side = Vec::new();
        // "Called reports of a meeting false".
        if !scene.is_verb(dispute.token)
            && let Some(verb) = scene.ancestors(dispute.token).into_iter().find(|verb| {
                matches!(
                    scene.lemmas[*verb].as_str(),
                    "brand" | "call" | "deem" | "describe" | "dismiss" | "dub" | "label" | "reject" | "slam" | "term"
                )
            })
        {
            let subjects = scene.arguments(verb).into_iter().filter(|(function, _)| function == "subject");
            side.extend(subjects.flat_map(|(_, token)| self.speakers_at(token)));
        }
        for (function, token) in arguments {
            if dispute.rule.by.iter().any(|b| *b == function) && !REJECTABLE.contains(&scene.lemmas[token].as_str()) {
                side.extend(self.speakers_at(token));
            }
        }
        Some(side.first().copied())
    }

    /// The verb by which somebody keeps to himself whether what a word tells is so: "would not confirm that", "declined to say
    /// whether".
    fn withheld(&self, told: usize) -> Option<usize> {
        const TELLS: &[&str] = &[
            "acknowledge",
            "answer",
            "comment",
            "confirm",
            "elaborate",
            "disclose",
            "divulge",
            "know",
            "reveal",
            "say",
            "specify",
            "verify",
        ];
        let scene = &self.scene;
        let mut below = told;
        for verb in scene.ancestors(told) {
            let clause = matches!(scene.deprel(below), Deprel::Ccomp | Deprel::Advcl | Deprel::Xcomp);
            let refused = scene.deprel(verb) == Deprel::Xcomp
                && scene
                    .sentence
                    .head(verb)
                    .is_some_and(|h| matches!(scene.lemmas[h].as_str(), "decline" | "refuse") && !scene.is_negated(h));
            let neither = scene.children(verb).iter().any(|c| scene.lower[*c] == "neither");
            let keeps = scene.is_negated(verb) || refused || neither;
            // "Neither confirmed nor denied".
            let nor = scene.lemmas[verb] == "deny" && scene.children(verb).iter().any(|c| scene.lower[*c] == "nor");
            if clause && (TELLS.contains(&scene.lemmas[verb].as_str()) && keeps || nor) {
                return Some(verb);
            }
            below = verb;
        }
        None
    }

    /// Who denies having done what a contact tells, or that there was any: "denied making a call", "denied any meeting".
    fn denied_doing(&self, contact: &Occurrence, turns: &[usize]) -> Option<Option<usize>> {
        let scene = &self.scene;
        // "Denied her request for a meeting" refuses one.
        let turn = turns.iter().map(|t| self.occurrences[*t].token).filter(|t| scene.is_verb(*t));
        let told = turn.chain([contact.token]);
        let denies = |event: usize| {
            let verb = scene
                .sentence
                .head(event)
                .filter(|verb| scene.lemmas[*verb] == "deny" && !scene.is_passive(*verb) && !scene.is_negated(*verb))?;
            let done = match scene.deprel(event) {
                // "Denied him a meeting" refuses one.
                Deprel::Obj => scene.is_verb(event) || scene.child(verb, &[Deprel::Iobj]).is_none(),
                Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Conj => {
                    scene.sentence.tokens[event].xpos == Xpos::VBG
                        || scene.children(event).iter().any(|c| scene.lower[*c] == "having")
                }
                _ => false,
            };
            done.then_some(verb)
        };
        let above = scene.sentence.head(contact.token).filter(|head| scene.is_verb(*head));
        let verb = told.chain(above).find_map(denies)?;
        let arguments = scene.arguments(verb);
        let subjects = arguments.iter().filter(|(f, _)| f == "subject");
        Some(subjects.flat_map(|(_, t)| self.speakers_at(*t)).next())
    }

    /// Whether what a word tells is said to be told wrongly: "the media were wrong to say that", "it is untrue that".
    fn is_wrongly_told(&self, told: usize) -> bool {
        const SAYS: &[&str] =
            &["say", "claim", "report", "suggest", "allege", "write", "assert", "state", "insist", "tell", "announce"];
        let scene = &self.scene;
        let above = scene.ancestors(told);
        self.occurrences.iter().any(|o| {
            let rejects = o.rule.effect == Effect::Dispute(None) && !scene.is_verb(o.token);
            let at = above.iter().position(|a| *a == o.token).filter(|at| rejects && *at > 0);
            at.is_some_and(|at| {
                SAYS.contains(&scene.lemmas[above[at - 1]].as_str())
                    && scene.is_negated(o.token) == o.rule.needs_negation
            })
        })
    }

    /// Whether a word stands in what is said of him whom one contradicts: "contradicting Trump, who said that".
    fn is_told_by_the_rejected(&self, told: usize, dispute: &Occurrence, arguments: &[Argument]) -> bool {
        let rejected = |function: &str, token: usize| {
            dispute.rule.about.iter().any(|a| a == function)
                && !dispute.rule.by.iter().any(|b| b == function)
                && !self.scene.mentions_at(token).is_empty()
        };
        arguments.iter().any(|(function, token)| {
            rejected(function, *token) && *token != told && self.scene.is_relative_below(told, *token)
        })
    }

    /// Whether two occurrences hang on one verb: "turned down an invitation to a meeting".
    pub(super) fn stands_under(&self, one: &Occurrence, other: &Occurrence) -> bool {
        let head = |o: &Occurrence| self.scene.sentence.head(o.token);
        head(one).is_some() && head(one) == head(other)
    }

    /// Whether a turn tells that it did not come about, or only that it was wished for.
    pub(super) fn is_failing(&self, turn: usize) -> bool {
        !matches!(self.occurrences[turn].rule.effect, Effect::Turn(Status::Held))
    }

    pub(super) fn statement_at(&self, span: Span) -> Option<usize> {
        crate::said::innermost(self.material.statements, span)
    }

    /// The entities named at a token, spokespeople included.
    pub(super) fn speakers_at(&self, token: usize) -> Vec<usize> {
        self.scene.mentions_at(token).first().map(|m| self.material.cast.mentions[*m].entity).into_iter().collect()
    }

    pub(super) fn preposition(&self, token: usize) -> Option<String> {
        self.scene.preposition(token)
    }
}
