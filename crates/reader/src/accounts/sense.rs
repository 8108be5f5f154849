//! Whether a word that can name a contact names something else here: an appeal, a language, a place, a source.

use super::finder::{Finder, Found, channel_of};
use super::grammar::Argument;
use super::parties::ACTS_FOR;
use super::rules::{Effect, Rule};
use super::words::Occurrence;
use crate::codes::{Channel, Role};
use crate::language::{Deprel, Upos, Xpos};
use crate::who::EntityKind;

impl Finder<'_, '_> {
    /// Whether a word of a rule, with what stands around it, tells of something else than a contact.
    pub(super) fn means_another_thing(
        &self,
        contact: &Occurrence,
        channel: Channel,
        turns: &[usize],
        arguments: &[Argument],
    ) -> bool {
        let scene = &self.scene;
        let rule = contact.rule;
        if rule.strict && (self.takes_a_thing(contact) || self.has_a_thing_for_subject(contact, arguments)) {
            return true;
        }
        // "Held talks to discuss water": what the talks were for.
        let purpose = matches!(scene.lemmas[contact.token].as_str(), "discuss" | "negotiate")
            && scene.is_infinitive(contact.token)
            && scene.sentence.head(contact.token).is_some_and(|head| {
                self.names_contact(head)
                    || scene.children(head).iter().any(|c| *c < contact.token && self.names_contact(*c))
            });
        if purpose {
            return true;
        }
        // "…, their third meeting this year": which of many the one just told of is.
        let counted = |c: &usize| {
            matches!(
                scene.lower[*c].as_str(),
                "first" | "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "latest"
            )
        };
        let beside = contact.token > 0
            && scene.children(contact.token).iter().any(counted)
            && scene.children(contact.token).iter().any(|c| *c < contact.token && scene.lower[*c] == ",")
            && !scene.is_verb(contact.token)
            && self.occurrences.iter().any(|o| o.token < contact.token && channel_of(o.rule).is_some())
            && !matches!(scene.deprel(contact.token), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj);
        if beside && turns.is_empty() {
            return true;
        }
        // "On the margins of the ASEAN meetings" is where.
        if scene.is_noun(contact.token) && scene.sentence.head(contact.token).is_some_and(|t| self.is_margin(t)) {
            return true;
        }
        if rule.needs_turn && turns.is_empty() {
            return true;
        }
        // "Calls for the withdrawal of troops" are appeals; "spoke English" is about a language.
        let appeal = |function: &str, t: usize| {
            function == "for" && scene.is_noun(t) && !self.is_time(t) && scene.mentions_at(t).is_empty()
        };
        if contact.words.len() == 1
            && scene.lemmas[contact.token] == "call"
            && scene.is_noun(contact.token)
            && arguments.iter().any(|(f, t)| appeal(f, *t))
        {
            return true;
        }
        let language = |t: usize| {
            scene.mentions_at(t).iter().any(|m| {
                let entity = self.material.cast.mentions[*m].entity;
                self.material.cast.entities.get(entity).is_some_and(|e| e.kind == EntityKind::Government)
            })
        };
        let spoken = scene.children(contact.token).iter().any(|c| match scene.deprel(*c) {
            Deprel::Obj => *c > contact.token && language(*c),
            Deprel::Compound | Deprel::Amod => c + 1 == contact.token && language(*c),
            _ => false,
        });
        if scene.lemmas[contact.token] == "speak" && spoken {
            return true;
        }
        if channel == Channel::Message && scene.is_noun(contact.token) {
            // "Contacted us with the message that": it is what was told, not how. "According to a leaked cable": a source.
            let beside = match self.preposition(contact.token).as_deref() {
                Some("with") => true,
                Some("according to") => scene.lemmas[contact.token] != "letter",
                _ => false,
            };
            // "Summoned the ambassador to lodge a protest": the protest was made there.
            let made_there = rule.needs_turn
                && scene.ancestors(contact.token).iter().any(|a| scene.is_verb(*a) && scene.lemmas[*a] == "summon");
            if beside || made_there {
                return true;
            }
        }
        // "Germany meet Argentina in the final".
        let sport = |t: usize| {
            matches!(
                scene.lower[t].as_str(),
                "final"
                    | "finals"
                    | "semi-final"
                    | "semifinal"
                    | "quarter-final"
                    | "quarterfinal"
                    | "play-off"
                    | "playoff"
            ) && scene.is_noun(t)
                || scene.lower[t] == "play" && scene.lower[t + 1..].iter().take(2).eq(["-", "off"])
                || matches!(scene.lower[t].as_str(), "penalties" | "goalkeeper" | "kick-off" | "midfielder" | "striker")
        };
        let nobody = |t: usize| {
            scene.mentions_at(t).iter().all(|m| {
                let entity = self.material.cast.entities.get(self.material.cast.mentions[*m].entity);
                entity.is_none_or(|e| e.kind != EntityKind::Person)
            })
        };
        let sides = arguments.iter().filter(|(f, _)| matches!(f.as_ref(), "subject" | "object" | "with"));
        if matches!(scene.lemmas[contact.token].as_str(), "meet" | "visit" | "host" | "receive")
            && (0..scene.lower.len()).any(sport)
            && sides.into_iter().all(|(_, t)| nobody(*t))
        {
            return true;
        }
        // "The envoy for the Belgrade dialogue", "negotiates in good faith".
        let office = |head: usize| {
            matches!(
                scene.lemmas[head].as_str(),
                "envoy" | "representative" | "commissioner" | "negotiator" | "spokesperson" | "coordinator"
            )
        };
        let of_office = scene.is_noun(contact.token)
            && scene.deprel(contact.token) == Deprel::Nmod
            && scene.sentence.head(contact.token).is_some_and(office)
            && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "for" | "on" | "in"));
        let faith = |(f, t): &Argument| f == "in" && scene.lemmas[*t] == "faith";
        // "Spoke on condition of anonymity", "with media representatives": to the press.
        let press = |(f, t): &Argument| {
            f == "on" && matches!(scene.lemmas[*t].as_str(), "condition" | "background" | "record" | "anonymity")
        };
        let with_press = |(f, t): &Argument| {
            matches!(f.as_ref(), "with" | "to" | "participant" | "recipient")
                && scene.subtree(*t).into_iter().take_while(|w| w <= t).any(|w| {
                    matches!(
                        scene.lemmas[w].as_str(),
                        "correspondent" | "journalist" | "media" | "press" | "reporter" | "newspaper"
                    )
                })
                && self.parties_at(*t, false).is_empty()
        };
        if arguments.iter().any(with_press) {
            return true;
        }
        if of_office || !scene.is_noun(contact.token) && arguments.iter().any(press) || arguments.iter().any(faith) {
            return true;
        }
        // "Suspended any dialogue with Qatar": relations, not talks that were set.
        let ends = |t: &usize| {
            matches!(
                scene.lemmas[self.occurrences[*t].token].as_str(),
                "suspend" | "halt" | "freeze" | "sever" | "cut" | "break" | "stop" | "end"
            )
        };
        let any = |c: &usize| matches!(scene.lower[*c].as_str(), "any" | "all" | "every");
        if scene.is_noun(contact.token) && scene.children(contact.token).iter().any(any) && turns.iter().any(ends) {
            return true;
        }
        let led = |(f, t): &Argument| f == "object" && rule.objects.contains(&scene.lemmas[*t]);
        if !rule.objects.is_empty() && !arguments.iter().any(led) {
            return true;
        }
        let asked =
            |(f, t): &Argument| matches!(f.as_ref(), "for" | "clause") && rule.asks_for.contains(&scene.lemmas[*t]);
        if !rule.asks_for.is_empty() && !arguments.iter().any(asked) {
            return true;
        }
        // "Sent a clear message to Iran by its strikes": what is meant, not what is sent.
        const MEANT: &[&str] = &[
            "clear",
            "mixed",
            "powerful",
            "positive",
            "same",
            "similar",
            "strong",
            "stark",
            "symbolic",
            "unmistakable",
        ];
        if scene.lemmas[contact.token] == "message"
            && scene.children(contact.token).iter().any(|c| MEANT.contains(&scene.lower[*c].as_str()))
        {
            return true;
        }
        // "Gave a long answer to the mention of sanctions": to words, not to a letter.
        const ANSWERED: &[&str] =
            &["appeal", "demand", "invitation", "offer", "overture", "proposal", "question", "request"];
        let to_words = || {
            let to =
                contact.words.last().map(|last| last + 1).filter(|t| scene.lower.get(*t).is_some_and(|w| w == "to"));
            to.and_then(|to| scene.sentence.head(to)).is_some_and(|t| {
                scene.is_noun(t)
                    && !self.names_contact(t)
                    && scene.mentions_at(t).is_empty()
                    && !ANSWERED.contains(&scene.lemmas[t].as_str())
            })
        };
        if matches!(scene.lemmas[contact.token].as_str(), "reply" | "response") && to_words() {
            return true;
        }
        let over =
            |words: &[&str]| turns.iter().any(|t| words.contains(&scene.lemmas[self.occurrences[*t].token].as_str()));
        // "Entities connected to the Guard", "concerns raised by the court": what describes a thing tells of no contact.
        let describes = scene.deprel(contact.token) == Deprel::Acl
            && scene.sentence.tokens[contact.token].xpos == Xpos::VBN
            && matches!(scene.lemmas[contact.token].as_str(), "connect" | "raise" | "reach")
            && !arguments.iter().any(|(f, t)| f == "with" && !self.parties_at(*t, false).is_empty());
        // "Information exchange between the three": how they work together.
        let of_things = |c: &usize| {
            const THINGS: &[&str] =
                &["academic", "cultural", "data", "information", "knowledge", "stock", "student", "youth"];
            matches!(scene.deprel(*c), Deprel::Compound | Deprel::Amod) && THINGS.contains(&scene.lemmas[*c].as_str())
        };
        let of_things =
            scene.lemmas[contact.token] == "exchange" && scene.children(contact.token).iter().any(of_things);
        if describes || of_things {
            return true;
        }
        match scene.lemmas[contact.token].as_str() {
            // "Took note of her resolve".
            "note" if over(&["take"]) && arguments.iter().any(|(f, _)| f == "of") => return true,
            // "Exchanged greetings": in the conversation that is told.
            "greetings" | "greeting" if over(&["exchange"]) => return true,
            // "Agreed to continue personal contacts": how they will deal with each other.
            "contact" | "communication" | "dialogue" | "exchange" | "discussion"
                if turns.iter().any(|t| self.is_kept_up(self.occurrences[*t].token))
                    || self.is_kept_up(contact.token) =>
            {
                return true;
            }
            _ => {}
        }
        // "Telephoned him before leaving for France": that he left is not what is told.
        let before = |c: &usize| scene.deprel(*c) == Deprel::Mark && scene.lower[*c] == "before";
        if channel == Channel::Visit
            && scene.lower[contact.token].ends_with("ing")
            && scene.children(contact.token).iter().any(before)
        {
            return true;
        }
        // "Speaking after a meeting with his counterpart": to the press.
        if scene.lower[contact.token] == "speaking"
            && scene.deprel(contact.token) == Deprel::Advcl
            && !arguments.iter().any(|(f, t)| {
                matches!(f.as_ref(), "with" | "to" | "by") && scene.sentence.head(*t) == Some(contact.token)
            })
        {
            return true;
        }
        // "Talks that were due to begin in Seoul" visit nobody.
        let event = |(f, t): &Argument| f == "subject" && self.names_contact(*t);
        if rule.status.is_some() && channel == Channel::Visit && rule.strict && arguments.iter().any(event) {
            return true;
        }
        // "Called on Russia to withdraw", "called on her for help".
        let appeals = |(f, t): &Argument| {
            f == "clause" && scene.is_infinitive(*t)
                || f == "for" && scene.mentions_at(*t).is_empty() && !self.is_time(*t)
        };
        if rule.without_clause && arguments.iter().any(appeals) {
            return true;
        }
        // "Was called to the ministry": not by telephone.
        let leads = |rule: &Rule| arguments.iter().any(|(f, t)| f == "to" && rule.toward.contains(&scene.lemmas[*t]));
        let led_there = self.occurrences.iter().any(|o| o.token == contact.token && leads(o.rule));
        if led_there == rule.toward.is_empty() {
            return true;
        }
        if !rule.under.is_empty() && !self.preposition(contact.token).is_some_and(|p| rule.under.contains(&p)) {
            return true;
        }
        false
    }

    /// "On the margins of the ASEAN meetings".
    pub(super) fn is_margin(&self, token: usize) -> bool {
        matches!(self.scene.lemmas[token].as_str(), "margin" | "sideline" | "fringe" | "edge")
    }

    /// Whether a rule that wants people finds too few: states "see" and "host" many things.
    pub(super) fn lacks_people(&self, rule: &Rule, parties: &[Found], arguments: &[Argument]) -> bool {
        let scene = &self.scene;
        // "Saw him as a friend", "saw him leave" are opinions; "hosted him to discuss trade" is none.
        let opinion = arguments.iter().any(|(f, t)| match f.as_ref() {
            "as" => true,
            "clause" => !scene.is_infinitive(*t),
            _ => false,
        });
        let hosted = rule.roles.iter().any(|(role, _)| *role == Role::Host);
        let human = |p: &&Found| {
            p.party.person.is_some()
                || p.entity
                    .and_then(|e| self.material.cast.entities.get(e))
                    .is_some_and(|e| e.kind == EntityKind::Person)
                || scene
                    .sentence
                    .head(p.token)
                    .into_iter()
                    .chain([p.token])
                    .any(|t| matches!(scene.lemmas[t].as_str(), "delegation" | "team" | "mission"))
        };
        let people = parties.iter().filter(human).count();
        opinion || people == 0 || people < parties.len() && !hosted
    }

    /// Whether a verb whose subject must be a party has a thing for subject: "exports reached", "the flight arrived".
    fn has_a_thing_for_subject(&self, contact: &Occurrence, arguments: &[Argument]) -> bool {
        let scene = &self.scene;
        let wanted = |(role, places): &(Role, Vec<String>)| {
            matches!(role, Role::Initiator | Role::Visitor) && places.iter().any(|p| p == "subject")
        };
        let subjects: Vec<usize> = arguments.iter().filter(|(f, _)| f == "subject").map(|(_, t)| *t).collect();
        !scene.is_noun(contact.token)
            && !scene.is_passive(contact.token)
            && contact.rule.roles.iter().any(wanted)
            && !subjects.is_empty()
            && subjects.iter().all(|t| {
                // "Five UN experts" act for whom they are named after.
                let named_after = scene.children(*t).iter().any(|c| {
                    matches!(scene.deprel(*c), Deprel::Compound | Deprel::Amod | Deprel::Appos)
                        && !scene.mentions_at(*c).is_empty()
                });
                let human = matches!(scene.lemmas[*t].as_str(), "man" | "woman" | "voice" | "somebody" | "someone");
                scene.sentence.tokens[*t].upos == Upos::Noun
                    && scene.mentions_at(*t).is_empty()
                    && !named_after
                    && !human
                    && !self.occurrences.iter().any(|o| o.words.contains(t))
                    && !ACTS_FOR.contains(&scene.lemmas[*t].as_str())
                    && !self.is_time(*t)
            })
    }

    /// Whether a verb gives its object a name: "called the attack a stab in the back".
    fn names_a_thing(&self, contact: &Occurrence) -> bool {
        let scene = &self.scene;
        // "Was called home".
        let home = |c: &usize| *c > contact.token && matches!(scene.lower[*c].as_str(), "home" | "off" | "names");
        if scene.lemmas[contact.token] == "call"
            && contact.words.len() == 1
            && scene.children(contact.token).iter().any(home)
        {
            return true;
        }
        let Some(object) = scene.child(contact.token, &[Deprel::Obj, Deprel::Iobj]) else { return false };
        // "What it calls the PKK's forces"; "called out Blinken"; "roads connect Kenya and Uganda".
        let out = |c: &usize| scene.deprel(*c) == Deprel::CompoundPrt && scene.lower[*c] == "out";
        // "Calling them rapists", "as they call each other".
        let named = |c: &usize| match scene.deprel(*c) {
            // "Called him for an hour, constructive in tone".
            Deprel::Xcomp => {
                *c > object
                    && scene.child(*c, &[Deprel::Mark]).is_none()
                    && !scene.lower[object..*c].iter().any(|w| w == ",")
            }
            Deprel::Mark => scene.lower[*c] == "as" && scene.lower[object] == "each",
            _ => false,
        };
        if scene.lower[object] == "what"
            || scene.lemmas[contact.token] == "call" && scene.children(contact.token).iter().any(named)
            || scene.lemmas[contact.token] == "connect"
            || scene.lemmas[contact.token] == "call" && scene.children(contact.token).iter().any(out)
        {
            return true;
        }
        !scene.is_noun(contact.token)
            && scene.children(contact.token).iter().any(|c| {
                let timed =
                    self.material.times.iter().any(|t| t.sentence == scene.index && (t.first..t.end).contains(c));
                let article = scene.child(*c, &[Deprel::Det]).map_or("", |d| &scene.lower[d]);
                object < *c
                    && !matches!(scene.deprel(*c), Deprel::Ccomp | Deprel::Conj | Deprel::Advcl)
                    && !(object..*c).any(|t| scene.is_verb(t))
                    && scene.sentence.tokens[*c].upos == Upos::Noun
                    && scene.preposition(*c).is_none()
                    && matches!(article, "a" | "an")
                    && !timed
            })
    }

    /// Whether a verb whose object must be a party has a thing for object: "met its obligations", "told reporters".
    pub(super) fn takes_a_thing(&self, contact: &Occurrence) -> bool {
        let scene = &self.scene;
        let wants_party = contact.rule.roles.iter().any(|(_, places)| places.iter().any(|p| p == "object"));
        let hosts = contact
            .rule
            .roles
            .iter()
            .any(|(role, places)| *role == Role::Visitor && places.iter().any(|p| p == "object"));
        if self.names_a_thing(contact) {
            return true;
        }
        // "Negotiated the wording with the ministers": what was negotiated may be named beside them.
        let with = contact.rule.roles.iter().any(|(_, places)| places.iter().any(|p| p == "with"))
            && scene
                .arguments(contact.token)
                .iter()
                .any(|(f, t)| f == "with" && !self.parties_at(*t, false).is_empty());
        wants_party
            && !(with && channel_of(contact.rule) == Some(Channel::Talks))
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
                // "Spoke by telephone, the website reports": what stands after a comma is no object.
                let comma = (contact.token..*token).any(|t| scene.lower[t] == ",");
                let placed = *token > contact.token && !comma || scene.deprel(contact.token) == Deprel::AclRelcl;
                // The parser may join the name after the comma as if "and" stood there.
                let named = scene
                    .child(*token, &[Deprel::Appos, Deprel::Conj])
                    .is_some_and(|a| !self.parties_at(a, false).is_empty());
                // "Called President-elect Smith": what the parser made a second object is the party.
                let beside = scene
                    .children(contact.token)
                    .iter()
                    .any(|c| c != token && scene.deprel(*c) == Deprel::Obj && !self.parties_at(*c, false).is_empty());
                function == "object"
                    && !contact.words.contains(token)
                    && thing
                    && placed
                    && !named
                    && !beside
                    && !timed
                    && if outlet {
                        true
                    } else if scene.sentence.tokens[*token].upos != Upos::Noun {
                        channel_of(contact.rule) != Some(Channel::Visit)
                    } else if hosts || scene.child(*token, &[Deprel::NmodPoss]).is_some() {
                        // "Received a delegation from Hamas"; not "received a letter".
                        let sent = matches!(scene.lemmas[*token].as_str(), "delegation" | "envoy" | "mission" | "team");
                        scene.mentions_at(*token).is_empty()
                            && !(hosts && sent && !self.parties_at(*token, false).is_empty())
                    } else {
                        self.parties_at(*token, true).is_empty()
                    }
            })
    }

    /// Whether a noun is only where another contact took place: "met on the margins of the G7 summit".
    pub(super) fn is_venue(&self, contact: &Occurrence) -> bool {
        let scene = &self.scene;
        if !scene.is_noun(contact.token) || scene.lemmas[contact.token].contains("call") {
            return false;
        }
        let carried = scene.sentence.head(contact.token).filter(|verb| self.means(*verb).contains(&contact.token));
        if carried.is_some_and(|verb| scene.is_verb(verb) && self.names_contact(verb)) {
            return true;
        }
        let own = scene.arguments(contact.token).iter().any(|(f, t)| {
            let visited = f == "to" && channel_of(contact.rule) == Some(Channel::Visit);
            matches!(f.as_ref(), "with" | "between" | "to") && !self.parties_at(*t, visited).is_empty()
        });
        let placed = self.preposition(contact.token).is_some_and(|p| {
            matches!(p.as_str(), "of" | "at" | "during" | "in" | "to" | "on" | "before" | "after" | "for")
        });
        !own && placed
            && scene.ancestors(contact.token).iter().any(|a| {
                self.occurrences.iter().any(|o| {
                    let contact = matches!(o.rule.effect, Effect::Contact(_))
                        && o.rule.status.is_none()
                        && o.rule.toward.is_empty();
                    o.token == *a && contact && scene.is_verb(*a)
                })
            })
    }

    /// Whether a word is part of a time expression.
    pub(super) fn is_time(&self, token: usize) -> bool {
        self.material.times.iter().any(|t| t.sentence == self.scene.index && (t.first..t.end).contains(&token))
    }
}
