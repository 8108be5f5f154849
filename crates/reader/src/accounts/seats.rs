//! Who takes part in a contact: by the places of its rule, by the turns over it, and by what stands beside it.

use super::Party;
use super::finder::{Finder, Found};
use super::grammar::Argument;
use super::rules::{Asker, Effect};
use super::status::SENT_WORDS;
use super::words::Occurrence;
use crate::codes::{Channel, Role, Status, StepKind};
use crate::language::{Deprel, Upos};
use crate::who::{EntityKind, MentionKind};

/// Who takes part in a contact and who asked for it, filled as the words are gone through.
pub(super) struct Seats {
    pub(super) parties: Vec<Found>,
    /// The words of the contact and of its turns.
    pub(super) chain: Vec<usize>,
    /// Ids of the rules that found it.
    pub(super) rules: Vec<String>,
    /// Who took the first step.
    pub(super) initiator: Option<String>,
    /// Who took the step that is told.
    pub(super) by: Option<String>,
    /// Organizations after whose format it is named.
    pub(super) formats: Vec<String>,
}

impl Seats {
    pub(super) fn of(contact: &Occurrence) -> Seats {
        Seats {
            parties: Vec::new(),
            chain: contact.words.clone(),
            rules: vec![contact.rule.id.clone()],
            initiator: None,
            by: None,
            formats: Vec::new(),
        }
    }

    /// Seats those found, in `role` where they have none yet.
    fn add(&mut self, found: Vec<Found>, role: Option<Role>) {
        for mut f in found {
            let known = self.parties.iter_mut().find(|p| {
                p.party.government == f.party.government
                    && (p.party.person == f.party.person || f.party.person.is_none())
            });
            if let Some(known) = known {
                known.party.role = known.party.role.or(role);
                continue;
            }
            // A person says more than the government that stood in another place.
            let bare = self
                .parties
                .iter_mut()
                .find(|p| p.party.government == f.party.government && p.party.person.is_none())
                .filter(|_| f.party.person.is_some());
            if let Some(bare) = bare {
                bare.pointed = false;
                bare.party.person = f.party.person;
                bare.party.office = f.party.office;
                bare.party.role = bare.party.role.or(role);
            } else {
                f.party.role = role;
                self.parties.push(f);
            }
        }
    }
}

/// How many governments are among them.
pub(super) fn governments(parties: &[Found]) -> usize {
    let mut all: Vec<&str> = parties.iter().map(|p| p.party.government.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

impl Finder<'_, '_> {
    /// Whether the words are no contact of their own: a venue, a question, or what a contact named below tells.
    pub(super) fn is_told_elsewhere(&self, contact: &Occurrence) -> bool {
        let scene = &self.scene;
        let rule = contact.rule;
        if self.is_venue(contact) {
            return true;
        }
        // "Which of them rang the other": nobody is said to have.
        let asked_who = |(f, t): &Argument| {
            f == "subject"
                && (scene.lower[*t] == "which"
                    || scene.children(*t).iter().chain([t]).any(|c| scene.lower[*c] == "which"))
                && scene.deprel(contact.token) != Deprel::AclRelcl
        };
        if !scene.is_noun(contact.token) && self.contact_arguments(contact.token).iter().any(asked_who) {
            return true;
        }
        // "Invited him to a summit": the summit is what is told of.
        if rule.status.is_some() {
            let mut below = scene.subtree(contact.token);
            // "Asked for more time, since consultations went on": why is told beside.
            for &clause in scene.children(contact.token).iter().filter(|c| scene.is_circumstance(**c)) {
                let beside = scene.subtree(clause);
                below.retain(|t| !beside.contains(t));
            }
            // "Is due in Kyiv, where she will meet Yatsenyuk": that is told by itself.
            let there = |o: &Occurrence| {
                matches!(scene.deprel(o.token), Deprel::AclRelcl | Deprel::AdvclRelcl)
                    && scene.children(o.token).iter().any(|c| scene.lower[*c] == "where")
            };
            let named =
                |o: &Occurrence| matches!(o.rule.effect, Effect::Contact(_)) && o.token != contact.token && !there(o);
            if self.occurrences.iter().any(|o| named(o) && (below.contains(&o.token) || self.stands_under(o, contact)))
            {
                return true;
            }
        }
        false
    }

    /// What stands at the places of a contact, wherever the tree hung it.
    pub(super) fn places_of(&self, contact: &Occurrence) -> Vec<Argument<'_>> {
        let scene = &self.scene;
        let rule = contact.rule;
        let mut arguments = self.contact_arguments(contact.token);
        // "Get hold of Mr Lavrov": what hangs on the noun of the phrase.
        for &word in contact.words.iter().filter(|w| **w != contact.token && scene.deprel(**w) == Deprel::Obj) {
            arguments.extend(scene.arguments(word));
        }
        // "Called in the ambassador": the parser takes a particle for a preposition.
        for (function, argument) in &mut arguments {
            let particle =
                |w: &&usize| scene.deprel(**w) == Deprel::Case && scene.sentence.head(**w) == Some(*argument);
            if contact.words.iter().skip(1).any(|w| particle(&w)) && self.is_person(*argument) {
                *function = "object".into();
            }
        }
        // "Led a delegation to Paris": where it went may hang on the delegation.
        let led: Vec<usize> = arguments
            .iter()
            .filter(|(f, t)| f == "object" && rule.objects.contains(&scene.lemmas[*t]))
            .map(|(_, t)| *t)
            .collect();
        arguments.extend(led.into_iter().flat_map(|t| scene.arguments(t)).filter(|(f, _)| f == "to"));
        // "Spoke by video conference with Merkel".
        if !scene.is_noun(contact.token) {
            for link in self.means(contact.token) {
                arguments.extend(scene.arguments(link).into_iter().filter(|(f, _)| f == "with"));
            }
        }
        arguments
    }

    /// Seats who stands at the places that the contact's rule names.
    pub(super) fn seat_by_rule(
        &self,
        contact: &Occurrence,
        channel: Channel,
        arguments: &[Argument],
        seats: &mut Seats,
    ) {
        let scene = &self.scene;
        let rule = contact.rule;
        for (role, places) in &rule.roles {
            for place in places {
                // "Met his counterparts, not with Vucic".
                let excluded = |t: usize| scene.children(t).iter().any(|c| *c < t && scene.lower[*c] == "not");
                for (_, token) in arguments.iter().filter(|(function, t)| function == place && !excluded(*t)) {
                    // A letter "to Turkey" goes to its government.
                    let addressed = *role == Role::Recipient && channel == Channel::Message;
                    // "The call had come from Abu Dhabi".
                    let came = place == "from"
                        && scene.deprel(contact.token) == Deprel::Nsubj
                        && scene.sentence.head(contact.token).is_some_and(|verb| scene.lemmas[verb] == "come");
                    let territorial = *role == Role::Host || addressed || came;
                    let mut found = self.parties_at(*token, territorial);
                    let body = |f: &Found| {
                        f.entity
                            .and_then(|e| self.material.cast.entities.get(e))
                            .is_some_and(|e| e.kind == EntityKind::Organization)
                    };
                    let in_person = !matches!(channel, Channel::Call | Channel::Message | Channel::Unspecified);
                    if place == "modifier" && in_person && self.names_a_city(*token) {
                        continue;
                    }
                    if place == "modifier" && in_person && found.len() == 1 && found.iter().all(body) {
                        seats.formats.push(found[0].party.government.clone());
                    }
                    // "A trip to the summit in Lima".
                    if found.is_empty() && territorial && !addressed && self.names_contact(*token) {
                        let place = scene.arguments(*token).into_iter().filter(|(f, _)| f == "in");
                        found = place.flat_map(|(_, place)| self.parties_at(place, true)).collect();
                    }
                    seats.add(found, Some(*role));
                }
            }
        }
        if scene.sentence.tokens[contact.token].upos == Upos::Verb {
            if channel != Channel::Visit {
                self.fill_in(contact, &mut seats.parties);
            }
        } else if governments(&seats.parties) < 2 {
            seats.add(self.named_after(contact), None);
        }
        if rule.summons {
            self.seat_summoned(arguments, seats);
        }
    }

    /// "The government summoned the Chinese ambassador to Japan": no government summons its own.
    fn seat_summoned(&self, arguments: &[Argument], seats: &mut Seats) {
        let scene = &self.scene;
        let envoys: Vec<usize> =
            arguments.iter().filter(|(f, _)| f == "object").flat_map(|(_, t)| scene.coordinated(*t)).collect();
        let sent_by =
            envoys.first().and_then(|t| self.parties_at(*t, false).first().map(|f| f.party.government.clone()));
        let accredited: Vec<Found> = envoys
            .iter()
            .flat_map(|t| scene.arguments(*t))
            .filter(|(f, _)| matches!(f.as_ref(), "to" | "in"))
            .flat_map(|(_, t)| self.parties_at(t, true))
            .chain(envoys.iter().filter_map(|t| self.accredited_to(*t)))
            .filter(|f| Some(&f.party.government) != sent_by.as_ref())
            .collect();
        let own = |f: &Found| f.party.role == Some(Role::Initiator) && Some(&f.party.government) == sent_by.as_ref();
        for f in seats.parties.iter_mut().filter(|f| own(f)) {
            f.party.role = Some(Role::Recipient);
        }
        if !seats.parties.iter().any(|f| f.party.role == Some(Role::Initiator)) {
            seats.add(accredited, Some(Role::Initiator));
        }
    }

    /// Seats whom a turn over the contact names: who asked, declined, sent, brought the others together.
    pub(super) fn seat_by_turn(
        &self,
        contact: &Occurrence,
        channel: Channel,
        turn: &Occurrence,
        arguments: &[Argument],
        seats: &mut Seats,
    ) {
        let scene = &self.scene;
        let rule = contact.rule;
        seats.rules.push(turn.rule.id.clone());
        seats.chain.extend(&turn.words);
        let turn_arguments = scene.arguments(turn.token);
        let mut side = Vec::new();
        for place in &turn.rule.by {
            for (_, token) in turn_arguments.iter().filter(|(function, _)| function == place) {
                // "Sent a letter proposing talks": who sent it proposes.
                let sent = scene.is_noun(*token) && SENT_WORDS.contains(&scene.lemmas[*token].as_str());
                if sent {
                    for sender in self.senders(*token) {
                        side.extend(self.parties_at(sender, false));
                    }
                } else {
                    side.extend(self.parties_at(*token, false));
                }
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
        // "Began visits to Kenya and Tunisia": who began them went there.
        let tour = channel == Channel::Visit && seats.parties.iter().all(|p| p.party.role == Some(Role::Host));
        // "Held a meeting with A and B": who held it took part.
        let with = arguments.iter().chain(&turn_arguments).any(|(f, _)| f == "with")
            && !arguments.iter().any(|(f, _)| f == "between")
            // "Made calls to the leaders of Romania and Bulgaria".
            || channel == Channel::Call
                && turn.rule.initiator == Some(Asker::By)
                && arguments.iter().chain(&turn_arguments).any(|(f, _)| f == "to");
        // "Took calls from Merkel and Macron": who takes them is the other end of each.
        // "Talks which Qatar had mediated": who mediates never does.
        let mediates = turn.rule.roles.iter().any(|(role, _)| *role == Role::Mediator);
        // "Sent letters to A and B".
        let addressed = turn.rule.initiator == Some(Asker::By)
            && channel == Channel::Message
            && (seats.parties.iter().all(|p| p.party.role == Some(Role::Recipient))
                || turn_arguments
                    .iter()
                    .any(|(f, t)| f == "to" && seats.parties.iter().all(|p| scene.subtree(*t).contains(&p.token))));
        if addressed {
            for f in &mut seats.parties {
                f.party.role = Some(Role::Recipient);
            }
        }
        let outside = mediates
            || !addressed
                && governments(&seats.parties) >= 2
                && turn.rule.initiator != Some(Asker::Other)
                && !tour
                && !(with && matches!(turn.rule.effect, Effect::Turn(Status::Held)))
                && side_government.as_ref().is_some_and(|g| seats.parties.iter().all(|p| p.party.government != *g));
        if outside {
            if turn.rule.step != Some(StepKind::Requested) {
                seats.add(side, Some(Role::Mediator));
            }
            seats.by = seats.by.take().or(side_government);
            return;
        }
        // "Khan proposed that their ministers meet": who asks for it need not take part. "Handed over a letter from his
        // president": nor does who brings it.
        let named = governments(&seats.parties) >= 2
            && !tour
            && !with
            && !matches!(turn.rule.effect, Effect::Turn(Status::Held))
            || channel == Channel::Message
                && seats.parties.iter().any(|p| Some(&p.party.government) == side_government.as_ref())
                && seats.parties.iter().any(|p| p.party.role == Some(Role::Initiator));
        if named {
            for f in &mut side {
                f.party.person = None;
                f.party.office = None;
            }
        }
        seats.add(side, role);
        // "Turned down an invitation from Hague to a meeting": whose invitation it was.
        for (_, token) in &turn_arguments {
            let noun = self
                .occurrences
                .iter()
                .find(|o| o.token == *token && matches!(o.rule.effect, Effect::Turn(_)) && scene.is_noun(o.token));
            if let Some(noun) = noun.filter(|n| !seats.chain.contains(&n.token)) {
                seats.chain.extend(&noun.words);
                seats.rules.push(noun.rule.id.clone());
                let mut asker = Vec::new();
                for (_, token) in
                    scene.arguments(noun.token).iter().filter(|(f, _)| noun.rule.by.iter().any(|b| b == f))
                {
                    asker.extend(self.parties_at(*token, false));
                }
                if noun.rule.initiator == Some(Asker::By) {
                    let asker = asker.first().map(|f| f.party.government.clone());
                    seats.initiator = asker.or(seats.initiator.take());
                }
                seats.add(asker, Some(Role::Initiator));
            }
        }
        // "Proposed talks to India": what the parser hung on the talks.
        if turn.rule.initiator == Some(Asker::By) && channel != Channel::Visit && scene.is_noun(contact.token) {
            for (_, token) in arguments.iter().filter(|(f, _)| f == "to") {
                seats.add(self.parties_at(*token, true), Some(Role::Recipient));
            }
        }
        // "Conveyed a message to Iran through Oman".
        for (role, places) in rule.roles.iter().filter(|(role, _)| *role == Role::Mediator) {
            for (_, token) in turn_arguments.iter().filter(|(f, _)| places.iter().any(|p| p == f)) {
                seats.add(self.parties_at(*token, true), Some(*role));
            }
        }
        for (function, token) in &turn_arguments {
            let other_object =
                function == "object" && !seats.chain.contains(token) && turn.rule.initiator == Some(Asker::By);
            if matches!(function.as_ref(), "with" | "to" | "from" | "between") || other_object {
                // "Sent notes to Britain and France": a letter to a country goes to its government.
                let territorial = matches!(channel, Channel::Visit | Channel::Message) && function == "to";
                let role = match channel {
                    Channel::Visit => Role::Host,
                    _ => Role::Recipient,
                };
                seats.add(self.parties_at(*token, territorial), territorial.then_some(role));
            }
        }
        if side_government.is_some() {
            seats.by = side_government.clone();
        }
        match turn.rule.initiator {
            Some(Asker::By) => seats.initiator = side_government.or(seats.initiator.take()),
            Some(Asker::Other) if seats.initiator.is_none() => {
                // "Jordan's calls to Syria went unanswered": who was called asked for nothing.
                let others = || seats.parties.iter().filter(|p| Some(&p.party.government) != side_government.as_ref());
                let called = |p: &&Found| p.party.role == Some(Role::Recipient);
                let asker = others().find(|p| !called(p)).or_else(|| others().next());
                seats.initiator = asker.map(|p| p.party.government.clone());
            }
            _ => {}
        }
    }

    /// Seats who stands in the clause of a contact that is a noun: "in a call with Blinken, Lavrov said". False where nobody
    /// met anybody.
    pub(super) fn seat_beside(
        &self,
        contact: &Occurrence,
        channel: Channel,
        turns: &[usize],
        arguments: &[Argument],
        seats: &mut Seats,
    ) -> bool {
        let scene = &self.scene;
        let rule = contact.rule;
        // "In a call with Blinken, Lavrov said": who speaks in the clause takes part.
        // "Because of Speaker Pelosi's visit": hers, whoever else does something in the sentence.
        let owned = arguments
            .iter()
            .any(|(f, t)| f == "possessive" && self.is_person(*t) && self.parties_at(*t, false).is_empty());
        let weak =
            if scene.is_noun(contact.token) && !owned { self.parties_beside(contact.token, turns) } else { Vec::new() };
        // "Offered the king his help in a call": to whom he offered it took the call.
        let mut weak = weak;
        if channel == Channel::Call
            && seats.parties.is_empty()
            && turns.is_empty()
            && governments(&weak) == 1
            && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "in" | "during" | "on"))
            && let Some(verb) = scene.ancestors(contact.token).into_iter().find(|a| scene.is_verb(*a))
        {
            let objects = scene.arguments(verb).into_iter().filter(|(f, t)| f == "object" && self.is_person(*t));
            weak.extend(objects.flat_map(|(_, t)| self.parties_at(t, false)));
        }
        // "In a letter dated May 9, Trump urged Erdogan": to whom he said so it went.
        if channel == Channel::Message
            && seats.parties.is_empty()
            && turns.is_empty()
            && governments(&weak) == 1
            && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "in" | "by" | "through"))
            && let Some(verb) = scene.sentence.head(contact.token).filter(|verb| scene.is_verb(*verb))
        {
            let addressed = scene.arguments(verb).into_iter().filter(|(f, t)| f == "object" && self.is_person(*t));
            let addressed: Vec<Found> = addressed.flat_map(|(_, t)| self.parties_at(t, false)).collect();
            seats.add(addressed, Some(Role::Recipient));
        }
        // "In a letter to Morales and Piñera, Vazquez offered": who offered wrote it.
        if channel == Channel::Message
            && scene.is_noun(contact.token)
            && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "in" | "by" | "through"))
            && !seats.parties.is_empty()
            && seats.parties.iter().all(|p| p.party.role == Some(Role::Recipient))
        {
            let senders = self.parties_beside(contact.token, turns);
            let other = |f: &Found| seats.parties.iter().all(|p| p.party.government != f.party.government);
            let senders: Vec<Found> = senders.into_iter().filter(other).collect();
            seats.add(senders, Some(Role::Initiator));
        }
        // "He and his counterpart signed it at a bilateral meeting".
        let both = governments(&seats.parties) == 0
            && governments(&weak) >= 2
            && !self.is_definite(contact.token)
            && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "at" | "in" | "during" | "after"));
        // "Disclosed at a session of the Security Council": who speaks there meets nobody by that.
        let assembly = matches!(channel, Channel::Meeting | Channel::Video | Channel::Talks)
            && turns.is_empty()
            && self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "at" | "in" | "during" | "after"))
            && seats.parties.len() == 1
            && seats.parties.iter().all(|f| {
                let entity = f.entity.and_then(|e| self.material.cast.entities.get(e));
                entity.is_some_and(|e| matches!(e.kind, EntityKind::Organization | EntityKind::Body))
                    && scene
                        .children(contact.token)
                        .iter()
                        .any(|c| scene.subtree(*c).contains(&f.token) && self.preposition(*c).is_none_or(|p| p == "of"))
            });
        if assembly {
            return false;
        }
        // "“This was the minister's call,” he said": whoever says so points at a call of others.
        let points = scene.child(contact.token, &[Deprel::NmodPoss]).is_some()
            && scene
                .child(contact.token, &[Deprel::Nsubj])
                .is_some_and(|s| matches!(scene.lower[s].as_str(), "this" | "that" | "it"));
        // "Said so after a trilateral meeting with the presidents of Poland and Lithuania".
        let with = |f: &Found| arguments.iter().any(|(p, t)| p == "with" && scene.subtree(*t).contains(&f.token));
        let with_several = governments(&seats.parties) >= 2
            && seats.parties.iter().all(with)
            && self
                .preposition(contact.token)
                .is_some_and(|p| matches!(p.as_str(), "after" | "following" | "during" | "at"));
        if (governments(&seats.parties) == 1 || both || with_several) && !points {
            // "Pleaded for his life in a call to Widodo": who pleaded made it.
            let to = channel == Channel::Call
                && arguments.iter().any(|(f, _)| f == "to")
                && seats.parties.iter().all(|p| p.party.role == Some(Role::Recipient))
                && weak.iter().all(|w| seats.parties.iter().all(|p| p.party.government != w.party.government));
            seats.add(weak, to.then_some(Role::Initiator));
        }
        // "Marco Rubio, on the phone with David Lammy, said".
        if governments(&seats.parties) == 1 && !rule.under.is_empty() {
            seats.add(self.named_before(contact.token), None);
        }
        true
    }

    /// Who tells of it, outside of what he tells, has not taken part by telling; "we" are not he who says so alone.
    pub(super) fn unseat_tellers(&self, statement: Option<usize>, seats: &mut Seats) {
        let scene = &self.scene;
        // Who tells of it, outside of what he tells, has not taken part by telling.
        if let Some(told) = statement.map(|s| &self.material.statements[s])
            && let Some(source) = told.source
        {
            let outside = |f: &Found| {
                let at = scene.sentence.tokens[f.token].span;
                source.contains(at) && !told.content.iter().any(|content| content.contains(at))
            };
            if seats
                .parties
                .iter()
                .filter(|f| !outside(f))
                .map(|f| &f.party.government)
                .any(|g| seats.parties.iter().any(|f| !outside(f) && f.party.government != *g))
            {
                seats.parties.retain(|f| !outside(f));
            } else {
                for f in seats.parties.iter_mut().filter(|f| outside(f)) {
                    f.party.person = None;
                    f.party.office = None;
                }
            }
        }
        // "We did not ask for it": not he who says so alone.
        for f in
            seats.parties.iter_mut().filter(|f| matches!(scene.lower[f.token].as_str(), "we" | "us" | "our" | "ours"))
        {
            f.party.person = None;
            f.party.office = None;
        }
    }

    /// Whose letter it is: "his letter", "a letter from", or who sent it.
    fn senders(&self, letter: usize) -> Vec<usize> {
        let scene = &self.scene;
        let own =
            scene.arguments(letter).into_iter().filter(|(f, _)| matches!(f.as_ref(), "possessive" | "from" | "by"));
        let mut senders: Vec<usize> = own.map(|(_, token)| token).collect();
        if senders.is_empty()
            && scene.deprel(letter) == Deprel::Obj
            && let Some(verb) = scene.sentence.head(letter)
        {
            senders =
                scene.arguments(verb).into_iter().filter(|(f, _)| f == "subject").map(|(_, token)| token).collect();
        }
        senders
    }

    /// The government to which an envoy's title says that he is accredited ("ambassador to Japan"), where the text names it by
    /// itself too.
    fn accredited_to(&self, envoy: usize) -> Option<Found> {
        let cast = self.material.cast;
        let title = cast.mentions[*self.scene.mentions_at(envoy).first()?].span.of(self.scene.text);
        let state = cast.mentions.iter().find_map(|m| {
            let entity = cast.entities.get(m.entity)?;
            let named = matches!(entity.kind, EntityKind::Government | EntityKind::Place);
            let name = m.span.of(self.scene.text);
            let to = ["to", "in"].iter().any(|word| title.contains(&format!(" {word} {name}")));
            (named && to).then(|| entity.government.clone())?
        })?;
        let party = Party { government: state, person: None, office: None, role: None };
        Some(Found { token: envoy, party, pointed: false, entity: None })
    }

    /// Whether a word is a city that may stand for its government: "the Washington talks" are held there.
    fn names_a_city(&self, token: usize) -> bool {
        const COUNTRIES: &[&str] = &["America", "Britain", "England", "Holland", "Burma"];
        self.scene.mentions_at(token).iter().any(|m| {
            let mention = &self.material.cast.mentions[*m];
            let name = mention.span.of(self.scene.text);
            let country = self.material.cast.entities.get(mention.entity);
            mention.kind == MentionKind::Name
                && !COUNTRIES.contains(&name)
                && name.chars().skip(1).all(char::is_lowercase)
                && country.is_some_and(|e| {
                    e.kind == EntityKind::Government
                        && !e.name.split(' ').any(|word| word.starts_with(name.get(..3).unwrap_or(name)))
                })
        })
    }
}
